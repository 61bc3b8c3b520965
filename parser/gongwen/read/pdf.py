"""PDF files, through pdfium (the extra ``pdf``): its characters with their boxes, its ruled lines, its images."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from math import pi
from typing import TYPE_CHECKING, Any, NamedTuple

from gongwen.document import Reading
from gongwen.errors import SourceError
from gongwen.read import ocr, symbols
from gongwen.read.draft import Draft
from gongwen.read.extras import OCR, installed, missing
from gongwen.read.pages import Glyph, Page, box_of, compose, named, report_scans
from gongwen.read.rules import Rule, rules_of_box
from gongwen.read.stand_in_font import use_stand_in

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_PAGES = 3_000
_MOST_CHARACTERS = 5_000_000
_MOST_OBJECTS = 200_000  # of a page, those of its forms included
_HYPHEN = 2  # pdfium's sign for a hyphen at the end of a line
_DEEPEST = 8  # forms in forms
_SCANNED = 0.5  # of a page, which an image covers
_FEW = 80  # characters: what a scanner's program or a stamp writes on a page that is an image


class _Contents(NamedTuple):
    """The ruled lines of a page, and how much of it an image covers."""

    rules: list[Rule]
    covered: float


def read(data: bytes, path: str | None = None) -> Reading:
    """The text of a PDF.

    Raises SourceError: "missing-extra" without pypdfium2, "encrypted", "unreadable", "no-text-layer" where the pages are images.
    """
    document, raw = _open(data, path)
    with closing(document):
        return _read(document, raw, path)


def holds_scans(data: bytes) -> bool:
    """Whether pages of a PDF are images. Raises SourceError as ``read``."""
    document, raw = _open(data, None)
    with closing(document):
        return bool(_pages(document, raw, None)[1])


def _open(data: bytes, path: str | None) -> tuple[PdfDocument, Any]:
    """The document, and the functions of pdfium."""
    try:
        import pypdfium2 as pdfium
        from pypdfium2 import raw
    except ModuleNotFoundError as error:
        raise missing("pdf", "a PDF", path) from error
    use_stand_in(raw)
    try:
        return pdfium.PdfDocument(data), raw
    except pdfium.PdfiumError as error:
        raise _broken(error, raw, path) from error


def _broken(error: Any, raw: Any, path: str | None) -> SourceError:
    if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return SourceError(
            "encrypted", "this PDF is encrypted: open it with its password and save it without", path=path
        )
    return SourceError("unreadable", "this PDF is broken or cut off", path=path)


def _pages(document: PdfDocument, raw: Any, path: str | None) -> tuple[list[Page], list[int]]:
    """All pages, and the numbers of those that are images."""
    count = len(document)
    if count > _MOST_PAGES:
        raise SourceError("unreadable", f"this PDF has {count} pages, more than {_MOST_PAGES}", path=path)
    pages: list[Page] = []
    scans: list[int] = []
    characters = 0
    for number in range(1, count + 1):
        page, covered = _page(document, number, raw)
        characters += len(page.glyphs)
        if characters > _MOST_CHARACTERS:
            raise SourceError("unreadable", f"this PDF holds more than {_MOST_CHARACTERS} characters", path=path)
        if covered > _SCANNED and sum(not glyph.text.isspace() for glyph in page.glyphs) < _FEW:
            scans.append(number)
        pages.append(page)
    return pages, scans


def _read(document: PdfDocument, raw: Any, path: str | None) -> Reading:
    draft = Draft()
    pages, scans = _pages(document, raw, path)
    if scans and installed(OCR):
        for number in scans:
            aside = "".join(glyph.text for glyph in pages[number - 1].glyphs)
            recognized = ocr.recognize(_picture(document, number), number)
            if aside.strip():
                recognized.aside.append(("image", aside, box_of(pages[number - 1], pages[number - 1].glyphs)))
            pages[number - 1] = recognized
        draft.doubt("recognized-text", pages=named(scans))
    else:
        report_scans(draft, pages, scans, "PDF", path)
    return compose(pages, draft)._replace(asides=tuple(_properties(document, raw)))


def _properties(document: PdfDocument, raw: Any) -> Iterator[tuple[str, str]]:
    """What the file says of itself outside of its text: (place, wording)."""
    for name in ("Title", "Subject", "Keywords", "Author"):
        size = raw.FPDF_GetMetaText(document.raw, name.encode(), None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDF_GetMetaText(document.raw, name.encode(), buffer, size)
        if wording := " ".join(buffer.raw.decode("utf-16-le", "replace").replace("\0", "").split()):
            yield f"the property {name}", wording


def _picture(document: PdfDocument, number: int) -> Any:
    """A page as an array of rows of red, green, blue, 200 points to the inch, but never larger than a sheet of A3 so drawn."""
    page = document[number - 1]
    wide, high = page.get_size()
    scale = min(200 / 72, 3_400 / max(wide, high, 1))
    return page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()[:, :, :3]


def _page(document: PdfDocument, number: int, raw: Any) -> tuple[Page, float]:
    """A page with its characters and lines; and how much of it an image covers. A page that is broken is empty."""
    handle = raw.FPDF_LoadPage(document.raw, number - 1)
    if not handle:
        return Page(number, 595, 842, []), 0
    try:
        text = raw.FPDFText_LoadPage(handle)
        try:
            turns = _turns(text, raw) if text else []
            frame = _Frame(raw, handle, Counter(turns).most_common(1)[0][0] if turns else 0)
            page = Page(number, frame.width, frame.height, [])
            if text:
                _add_glyphs(page, text, raw, frame, turns)
        finally:
            if text:
                raw.FPDFText_ClosePage(text)
        contents = _contents(handle, raw, frame)
        page.rules = contents.rules
        return page, contents.covered
    finally:
        raw.FPDF_ClosePage(handle)


def _turns(text: Any, raw: Any) -> list[int]:
    """In which direction each character runs, in quarters of a turn against the clock; -1 for what runs aslant."""
    found = []
    for index in range(raw.FPDFText_CountChars(text)):
        quarters = -raw.FPDFText_GetCharAngle(text, index) / (pi / 2)
        nearest = round(quarters)
        found.append(nearest % 4 if abs(quarters - nearest) < 0.06 else -1)
    return found


class _Frame:
    """A page as its text stands upright: from the coordinates of its contents to points from the upper left corner."""

    def __init__(self, raw: Any, handle: Any, turn: int) -> None:
        box = [ctypes.c_float() for _ in range(4)]
        found = raw.FPDFPage_GetCropBox(handle, *box) or raw.FPDFPage_GetMediaBox(handle, *box)
        x, y, right, top = (each.value for each in box) if found else (0.0, 0.0, 595.0, 842.0)
        self.turn = max(turn, 0)
        self.x, self.y = min(x, right), min(y, top)
        wide, high = max(abs(right - x), 1.0), max(abs(top - y), 1.0)
        self.width, self.height = (high, wide) if self.turn % 2 else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom from the upper left corner."""
        left, right, bottom, top = left - self.x, right - self.x, bottom - self.y, top - self.y
        match self.turn:
            case 1:
                return bottom, left, top, right
            case 2:
                return self.width - right, bottom, self.width - left, top
            case 3:
                return self.width - top, self.height - right, self.width - bottom, self.height - left
        return left, self.height - top, right, self.height - bottom


def _add_glyphs(page: Page, text: Any, raw: Any, frame: _Frame, turns: list[int]) -> None:
    """Add the characters that the file holds; those that pdfium makes up (blanks, line ends) are left out.

    What runs in another direction than most of the page (a watermark, a note at the edge) stands aside, and so does what stands
    outside of the page.
    """
    box = raw.FS_RECTF()
    high = 0
    aslant: list[Glyph] = []
    outside: list[Glyph] = []
    for index, turn in enumerate(turns):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        if code == _HYPHEN:
            code = ord("-")
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code < 0x20 or code in (0xFFFE, 0xFFFF) or not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        left, top, right, bottom = frame.box(box.left, box.bottom, box.right, box.top)
        size = _size(raw.FPDFText_GetFontSize(text, index), bottom - top)
        character = symbols.plain(chr(code), _font(text, index, raw)) if 0xF020 <= code <= 0xF0FF else chr(code)
        glyph = Glyph(character, left, top, right, bottom, size)
        if not page.shows(glyph):
            outside.append(glyph)
        else:
            (page.glyphs if turn == frame.turn else aslant).append(glyph)
    if outside:
        page.aside.append(("hidden", "".join(glyph.text for glyph in outside), box_of(page, outside)))
    if aslant:
        page.aside.append(("image", "".join(glyph.text for glyph in aslant), box_of(page, aslant)))


def _font(text: Any, index: int, raw: Any) -> str:
    """The name of the font of a character."""
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return name.value.decode(errors="replace")


def _size(stated: float, drawn: float) -> float:
    """The size of type: as stated, unless a matrix scales it."""
    if drawn <= 0:
        return max(stated, 0.1)
    return stated if 0.6 < stated / drawn < 1.6 else drawn


def _contents(handle: Any, raw: Any, frame: _Frame) -> _Contents:
    rules: list[Rule] = []
    covered = 0.0
    left_over = _MOST_OBJECTS
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    stack = [(raw.FPDFPage_GetObject, raw.FPDFPage_CountObjects, handle, identity, 0)]
    while stack:
        get, counted, holder, outer, depth = stack.pop()
        for index in range(min(max(counted(holder), 0), left_over)):
            left_over -= 1
            each = get(holder, index)
            kind = raw.FPDFPageObj_GetType(each)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                rules += _rules(each, raw, outer, frame)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                covered = max(covered, _share(each, raw, outer, frame))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _matrix(each, raw)
                stack.append(
                    (raw.FPDFFormObj_GetObject, raw.FPDFFormObj_CountObjects, each, _product(inner, outer), depth + 1)
                )
    return _Contents(rules, covered)


_Matrix = tuple[float, float, float, float, float, float]


def _matrix(each: Any, raw: Any) -> _Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, found):
        return (1, 0, 0, 1, 0, 0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _product(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, l = two  # noqa: E741
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


def _at(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _share(each: Any, raw: Any, outer: _Matrix, frame: _Frame) -> float:
    """How much of the page an image covers."""
    matrix = _product(_matrix(each, raw), outer)
    corners = [_at(x, y, matrix) for x in (0, 1) for y in (0, 1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, top, right, bottom = frame.box(min(xs), min(ys), max(xs), max(ys))
    wide = min(right, frame.width) - max(left, 0)
    high = min(bottom, frame.height) - max(top, 0)
    return max(wide, 0) * max(high, 0) / max(frame.width * frame.height, 1)


def _rules(each: Any, raw: Any, outer: _Matrix, frame: _Frame) -> Iterator[Rule]:
    """The ruled lines of a path: its straight strokes along an axis, and thin boxes that it fills."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(each, fill, stroke)
    if not (fill.value or stroke.value):
        return
    matrix = _product(_matrix(each, raw), outer)
    count = raw.FPDFPath_CountSegments(each)
    if count > 4_000:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    paths: list[list[tuple[float, float]]] = []
    straight = True
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(each, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            points = []
            paths.append(points)
        straight = straight and kind != raw.FPDF_SEGMENT_BEZIERTO
        points.append(_at(x.value, y.value, matrix))
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if not straight:
        return
    for path in paths:
        if fill.value and len(path) >= 4:
            xs, ys = [px for px, _ in path], [py for _, py in path]
            yield from rules_of_box(*frame.box(min(xs), min(ys), max(xs), max(ys)), filled=not stroke.value)
        elif stroke.value:
            for (ax, ay), (bx, by) in pairwise(path):
                if abs(ax - bx) < 1 or abs(ay - by) < 1:
                    box = frame.box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
                    yield from rules_of_box(*box, filled=False)
