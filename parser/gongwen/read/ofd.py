"""OFD documents (GB/T 33190-2016): the characters of their pages with boxes, their ruled lines.

A page holds objects in layers, its templates stand behind it, a composite object stands for a drawing kept elsewhere. The
order of objects in the file is not the order of reading: where they stand on the page is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from lxml.etree import _Element as Element

from gongwen.document import Box, Reading
from gongwen.errors import SourceError
from gongwen.read import ocr, symbols
from gongwen.read.draft import Draft
from gongwen.read.extras import OCR, installed
from gongwen.read.package import Package
from gongwen.read.pages import Glyph, Page, box_of, compose, laid_on, named, report_scans
from gongwen.read.rules import Rule, rules_of_box

_POINTS = 72 / 25.4  # to a millimetre
_ASCENT = 0.86  # of the size of type, above the line that characters stand on
_MOST_PAGES = 3_000
_MOST_OBJECTS = 1_000_000  # of a document, those of its composite objects counted each time
_DEEPEST = 12
_MOST_STEPS = 100_000  # of a run of distances
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_STEP = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


def read(data: bytes, path: str | None = None) -> Reading:
    """The text of an OFD document. Raises SourceError: "unreadable", "encrypted", "no-text-layer" where the pages are images."""
    package = Package(data, path)
    if any(name.endswith("encryptions.xml") for name in package):
        raise SourceError("encrypted", "this OFD document is encrypted: save it without a password", path=path)
    reader = _Reader(package)
    properties: list[tuple[str, str]] = []
    for body in _children(package.xml("OFD.xml"), "DocBody"):
        properties += _properties(body)
        root = (body.findtext("{*}DocRoot") or "").strip()
        if root:
            reader.document(root)
    draft = Draft()
    recognized = reader.recognize() if installed(OCR) else []
    if recognized:
        draft.doubt("recognized-text", pages=named(recognized))
    unread = [number for number in reader.scans if number not in recognized]
    report_scans(draft, reader.pages, unread, "OFD document", path)
    return compose(reader.pages, draft)._replace(asides=tuple(properties))


def _properties(body: Element) -> Iterator[tuple[str, str]]:
    """What a document says of itself outside of its text: title, subject, keywords, what people added."""
    for about in _children(body, "DocInfo"):
        for element in about.iter():
            if wording := " ".join((element.text or "").split()):
                yield f"the property {element.get('Name') or _name(element)}", wording


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of these names, of whatever namespace."""
    if element is not None:
        for child in element:
            if _name(child) in names:
                yield child


def _numbers(text: str | None, count: int) -> list[float] | None:
    """``count`` numbers; None where there aren't so many."""
    found = [float(number) for number in _NUMBER.findall((text or "")[:2_000])]
    return found[:count] if len(found) >= count else None


class _Place(NamedTuple):
    """A part of the package that a document names: the folder that its own references start from, and its name."""

    folder: str

    def resolve(self, target: str) -> str:
        target = target.strip()
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))


class _Image(NamedTuple):
    """An image: the part of the package that holds it, and its place on the page."""

    part: str
    box: Box


@dataclass(slots=True)
class _Reader:
    """Reads the documents of a package into pages."""

    package: Package
    pages: list[Page] = field(default_factory=list)
    scans: dict[int, _Image | None] = field(default_factory=dict)
    left_over: int = _MOST_OBJECTS
    units: dict[str, Element] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)

    def document(self, name: str) -> None:
        """Read the document whose main part is ``name``."""
        name = _Place("").resolve(name)
        place = _Place(posixpath.dirname(name))
        root = self.package.xml(name)
        common = next(_children(root, "CommonData"), None)
        area = next(_children(common, "PageArea"), None)
        self.units, self.fonts, self.media = {}, {}, {}
        for each in _children(common, "PublicRes", "DocumentRes"):
            self._resources(place.resolve(each.text or ""))
        templates = {
            each.get("ID") or "": place.resolve(each.get("BaseLoc") or "") for each in _children(common, "TemplatePage")
        }
        pages = [each for holder in _children(root, "Pages") for each in _children(holder, "Page")]
        if len(pages) + len(self.pages) > _MOST_PAGES:
            raise SourceError("unreadable", f"it has more than {_MOST_PAGES} pages", path=self.package.path)
        numbers: dict[str, Page] = {}
        for each in pages:
            part = place.resolve(each.get("BaseLoc") or "")
            if part in self.package:
                numbers[each.get("ID") or ""] = self._page(self.package.xml(part), area, templates, place)
        for target in (each.text or "" for each in _children(root, "Annotations")):
            self._annotations(place.resolve(target), numbers)

    def recognize(self) -> list[int]:
        """Read the pages that are images by OCR; which ones could be read."""
        found = []
        for number, image in self.scans.items():
            if image is None or image.part not in self.package:
                continue
            try:
                picture = next(ocr.images(self.package.read(image.part), self.package.path))
            except SourceError:  # in a form that the library doesn't know (JBIG2), or broken
                continue
            page, seen = self.pages[number - 1], ocr.recognize(picture, number)
            aside = "".join(glyph.text for glyph in page.glyphs)
            if aside.strip():
                page.aside.append(("image", aside, box_of(page, page.glyphs)))
            laid_on(page, seen, image.box)
            found.append(number)
        return found

    def _resources(self, part: str) -> None:
        """Note the drawings that composite objects stand for, the names of fonts and the files of images, by their ids."""
        if part not in self.package:
            return
        root = self.package.xml(part)
        base = _Place(_Place(posixpath.dirname(part)).resolve(root.get("BaseLoc") or "."))
        for holder in _children(root, "CompositeGraphicUnits", "Fonts", "MultiMedias"):
            for each in holder:
                id = each.get("ID") or ""
                match _name(each):
                    case "CompositeGraphicUnit":
                        self.units.setdefault(id, each)
                    case "Font":
                        self.fonts.setdefault(id, each.get("FontName") or "")
                    case "MultiMedia":
                        self.media.setdefault(id, base.resolve(each.findtext("{*}MediaFile") or ""))

    def _page(self, root: Element, area: Element | None, templates: dict[str, str], place: _Place) -> Page:
        own = next(_children(root, "Area"), None)
        box = None
        for holder in (own, area):
            if box is None and holder is not None:
                box = _numbers(holder.findtext("{*}PhysicalBox"), 4)
        x, y, width, height = box or [0, 0, 210, 297]
        page = Page(len(self.pages) + 1, max(width, 1) * _POINTS, max(height, 1) * _POINTS, [])
        canvas = _Canvas(self, page, page.width * page.height)
        outer = (1.0, 0.0, 0.0, 1.0, -x, -y)
        for each in _children(root, "Template"):
            part = templates.get(each.get("TemplateID") or "", "")
            if part in self.package:
                for content in _children(self.package.xml(part), "Content"):
                    canvas.draw(content, outer)
        for each in _children(root, "PageRes"):
            self._resources(place.resolve(each.text or ""))
        for content in _children(root, "Content"):
            canvas.draw(content, outer)
        self.pages.append(page)
        if canvas.is_scan:
            self.scans[page.number] = canvas.image
        return page

    def _annotations(self, name: str, pages: dict[str, Page]) -> None:
        """Text of annotations: notes, stamps, watermarks. It stands over the page and is none of its text."""
        if name not in self.package:
            return
        place = _Place(posixpath.dirname(name))
        for each in _children(self.package.xml(name), "Page"):
            page = pages.get(each.get("PageID") or "")
            part = place.resolve(each.findtext("{*}FileLoc") or "")
            if page is None or part not in self.package:
                continue
            for note in _children(self.package.xml(part), "Annot"):
                aside = Page(page.number, page.width, page.height, [])
                canvas = _Canvas(self, aside, 0)
                for look in _children(note, "Appearance"):
                    x, y, _, _ = _numbers(look.get("Boundary"), 4) or [0, 0, 0, 0]
                    canvas.draw(look, (1, 0, 0, 1, x, y))
                text = "".join(glyph.text for glyph in aside.glyphs) or " ".join(
                    (note.findtext("{*}Remark") or "").split()
                )
                if text.strip():
                    glyphs = aside.glyphs or [Glyph("", 0, 0, page.width, page.height, 1)]
                    box = box_of(page, glyphs)
                    page.aside.append(("comment", text, box))


@dataclass(slots=True)
class _Canvas:
    """Gathers the characters and lines of the objects of a page."""

    reader: _Reader
    page: Page
    area: float
    covered: float = 0
    image: _Image | None = None  # the one that covers most

    @property
    def is_scan(self) -> bool:
        """Whether the page is an image, with no more text on it than a scanner's program writes."""
        return self.area > 0 and self.covered > 0.5 * self.area and len(self.page.glyphs) < 80

    def draw(self, root: Element, outer: _Matrix) -> None:
        """Everything in ``root``. Raises SourceError ("unreadable") where the objects of the document are a flood."""
        stack: list[tuple[Element, _Matrix, int]] = [(root, outer, 0)]
        while stack:
            element, matrix, depth = stack.pop()
            for child in reversed(element):
                self.reader.left_over -= 1
                if self.reader.left_over < 0:
                    message = f"it draws more than {_MOST_OBJECTS} objects"
                    raise SourceError("unreadable", message, path=self.reader.package.path)
                name = _name(child)
                if name in ("Layer", "PageBlock", "Content"):
                    stack.append((child, matrix, depth))
                elif name == "TextObject":
                    self._text(child, matrix)
                elif name == "PathObject":
                    self.page.rules += _rules(child, matrix)
                elif name == "ImageObject":
                    x, y, width, height = [
                        each * _POINTS for each in _numbers(child.get("Boundary"), 4) or [0, 0, 0, 0]
                    ]
                    if width * height > self.covered:
                        self.covered = width * height
                        part = self.reader.media.get(child.get("ResourceID") or "", "")
                        self.image = _Image(part, Box(self.page.number, x, y, x + width, y + height))
                elif name == "CompositeObject" and depth < _DEEPEST:
                    unit = self.reader.units.get(child.get("ResourceID") or "")
                    if unit is not None:
                        stack.append((unit, _placed(child, matrix), depth + 1))

    def _text(self, element: Element, outer: _Matrix) -> None:
        matrix = _placed(element, outer)
        stated = _numbers(element.get("Size"), 1)
        size = stated[0] if stated and stated[0] > 0 else 3.5
        stretch = _numbers(element.get("HScale"), 1)
        wide = stretch[0] if stretch and 0.1 < stretch[0] < 10 else 1.0
        scale = (abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5 or 1.0) * _POINTS
        shown = element.get("Visible", "true") != "false" and element.get("Alpha") != "0"
        font = self.reader.fonts.get(element.get("Font") or "")
        x = y = 0.0
        hidden: list[Glyph] = []
        for code in _children(element, "TextCode"):
            x = (_numbers(code.get("X"), 1) or [x])[0]
            y = (_numbers(code.get("Y"), 1) or [y])[0]
            text = symbols.plain(code.text or "", font)
            along, down = _distances(code.get("DeltaX"), len(text)), _distances(code.get("DeltaY"), len(text))
            for index, character in enumerate(text):
                step = along[index] if index < len(along) else 0.0
                full = ord(character) > 0x2E7F or character in _WIDE
                usual = 1.0 if full else 0.8 if character in _WIDE_LATIN else 0.5  # of the size of type
                width = size * wide * usual
                if 0 < step < width + (0.3 if full else 0.45) * size * wide:
                    width = step
                left, base = _at(x, y, matrix)
                right, _ = _at(x + width, y, matrix)
                left, right, base, drawn = left * _POINTS, right * _POINTS, base * _POINTS, size * scale
                glyph = Glyph(
                    character,
                    min(left, right),
                    base - _ASCENT * drawn,
                    max(left, right, min(left, right) + 0.05 * drawn),
                    base + (1 - _ASCENT) * drawn,
                    round(drawn, 2),
                )
                if character not in "\r\n":
                    (self.page.glyphs if shown and self.page.shows(glyph) else hidden).append(glyph)
                x += step if index < len(along) else width if index < len(down) and not along else 0.0
                if not along and not down:
                    x += width
                y += down[index] if index < len(down) else 0.0
        if hidden:
            box = box_of(self.page, hidden)
            self.page.aside.append(("hidden", "".join(glyph.text for glyph in hidden), box))


_WIDE_LATIN = "MWmw%@"
_WIDE = "—…“”‘’·×÷±°①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳★☆■□●○◆◇▲△"


def _distances(text: str | None, count: int) -> list[float]:
    """The distances between ``count`` characters: numbers, of which "g n d" is n times d (7.2.2.3)."""
    found: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            times, distance = next(words, "0"), next(words, "0")
            number = int(times) if times.isascii() and times.isdigit() and len(times) < 7 else 0
            found += [_float(distance)] * min(number, max(count - len(found), 0), _MOST_STEPS)
        else:
            found.append(_float(word))
        if len(found) >= count:
            break
    return found[:count]


def _float(text: str) -> float:
    match = _NUMBER.fullmatch(text)
    return float(match[0]) if match else 0.0


def _placed(element: Element, outer: _Matrix) -> _Matrix:
    """From the coordinates inside an object to those of the page: its own matrix, then its corner, then the outer one."""
    x, y, _, _ = _numbers(element.get("Boundary"), 4) or [0, 0, 0, 0]
    own = _numbers(element.get("CTM"), 6) or [1, 0, 0, 1, 0, 0]
    a, b, c, d, e, f = own
    return _product((a, b, c, d, e + x, f + y), outer)


def _product(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, l = two  # noqa: E741
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


def _at(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _rules(element: Element, outer: _Matrix) -> Iterator[Rule]:
    """The ruled lines of a path: straight strokes along an axis, and thin boxes that it fills."""
    matrix = _placed(element, outer)
    stroke, fill = element.get("Stroke", "true") != "false", element.get("Fill", "false") == "true"
    data = "".join(each.text or "" for each in _children(element, "AbbreviatedData"))
    if not (stroke or fill) or len(data) > 100_000:
        return
    steps = _STEP.findall(data)
    paths: list[list[tuple[float, float]]] = []
    at = 0
    while at < len(steps):
        match steps[at]:
            case "M" | "S" | "L" as step if at + 2 < len(steps) and not (
                steps[at + 1].isalpha() or steps[at + 2].isalpha()
            ):
                point = _at(float(steps[at + 1]), float(steps[at + 2]), matrix)
                if step == "L" and paths:
                    paths[-1].append(point)
                else:
                    paths.append([point])
                at += 3
            case "C":
                if paths:
                    paths[-1].append(paths[-1][0])
                at += 1
            case _:
                return  # a curve
    for path in paths:
        points = [(x * _POINTS, y * _POINTS) for x, y in path]
        if fill and len(points) >= 4:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield from rules_of_box(min(xs), min(ys), max(xs), max(ys), filled=not stroke)
        elif stroke:
            for (ax, ay), (bx, by) in pairwise(points):
                if abs(ax - bx) < 1 or abs(ay - by) < 1:
                    yield from rules_of_box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), filled=False)
