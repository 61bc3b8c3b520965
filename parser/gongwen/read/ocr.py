"""Images of pages, recognized by rapidocr (the extra ``ocr``): characters with boxes for the geometry of pages.

What stands under a red seal is read on the red channel, on which red ink is white. A recognizer is sure of much that is wrong
(of a date under a seal, too), so what it doubts is a finding and what it doesn't is no proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from math import atan2, cos, sin
from statistics import median
from typing import Any, NamedTuple
from unicodedata import east_asian_width
from warnings import catch_warnings

from gongwen.document import Reading
from gongwen.errors import SourceError
from gongwen.read.draft import Draft
from gongwen.read.extras import OCR, installed, missing
from gongwen.read.pages import Glyph, Page, box_of, compose, named
from gongwen.read.rules import Rule

_WIDTH = 595.0  # points: that of a sheet of A4, which a page is taken to be
_SURE = 0.9  # of a line, from 0 to 1: below it the recognizer doubts
_MOST_PIXELS = 120_000_000
_MOST_PAGES = 500
_SEAL = (55.0, 190.0)  # points: a seal is 42 mm wide, others up to 45 and down to 30
_LONG = 16  # halves of a Chinese character: the width of a shorter line tells no size
_ALIKE = 0.15  # of the size of type: lines of one text differ by less, as they are measured


class _Seen(NamedTuple):
    """A line as recognized, in points: its text, the box of it, how sure the recognizer is."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    score: float


def read(data: bytes, path: str | None = None) -> Reading:
    """The text of an image, or of a file of images (TIFF).

    Raises SourceError: "missing-extra" without rapidocr, "unreadable" for an image that is broken or too large.
    """
    if not installed(OCR):
        raise missing("ocr", "an image", path)
    draft = Draft()
    pages = [recognize(image, number) for number, image in enumerate(images(data, path), 1)]
    draft.doubt("recognized-text", pages=named([page.number for page in pages]))
    return compose(pages, draft)


def images(data: bytes, path: str | None) -> Iterator[Any]:
    """The images of a file as arrays of rows of red, green, blue."""
    import numpy
    from PIL import Image, ImageSequence

    try:
        with catch_warnings(action="ignore"), Image.open(BytesIO(data)) as opened:
            if getattr(opened, "n_frames", 1) > _MOST_PAGES or opened.width * opened.height > _MOST_PIXELS:
                raise SourceError("unreadable", "this image is too large", path=path)
            for frame in ImageSequence.Iterator(opened):
                yield numpy.asarray(frame.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise SourceError("unreadable", f"this image is broken: {error}", path=path) from error


def recognize(image: Any, number: int) -> Page:
    """The page that an array of rows of red, green, blue shows: its characters, its ruled lines, its seals aside."""
    high, wide = image.shape[:2]
    scale = _WIDTH / wide if high >= wide else _WIDTH * 842 / 595 / wide
    page = Page(number, wide * scale, high * scale, [])
    seals = _seals(image, scale)
    seen = _lines(image, scale)
    kept, stamped = (_under_seals(image, scale, seals, seen)) if seals else (seen, [])
    sizes = _sizes(kept)
    for line in kept:
        page.glyphs += _glyphs(line, sizes)
    for line in stamped:
        page.aside.append(("image", line.text, box_of(page, [Glyph("", *line[1:5], 1)])))
    page.rules = list(_rules(image, scale))
    return page


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def _lines(image: Any, scale: float) -> list[_Seen]:
    """The lines that the recognizer sees, straightened where the page is askew."""
    found = _engine()(image[:, :, ::-1])  # it takes blue, green, red
    if found.boxes is None or not len(found.boxes):
        return []
    quads = [[(float(x) * scale, float(y) * scale) for x, y in box] for box in found.boxes]
    angle = _angle(quads)
    lines = []
    for quad, text, score in zip(quads, found.txts, found.scores, strict=True):
        points = [_turned(x, y, -angle) for x, y in quad]
        top, bottom = (points[0][1] + points[1][1]) / 2, (points[2][1] + points[3][1]) / 2
        left, right = (points[0][0] + points[3][0]) / 2, (points[1][0] + points[2][0]) / 2
        if text.strip():
            lines.append(_Seen(text.strip(), left, top, right, bottom, float(score)))
    return lines


def _angle(quads: Sequence[Sequence[tuple[float, float]]]) -> float:
    """By how much the lines of a page are askew, in radians: the median of the long ones."""
    slopes = [
        atan2(quad[1][1] - quad[0][1], quad[1][0] - quad[0][0]) for quad in quads if quad[1][0] - quad[0][0] > 100
    ]
    angle = median(slopes) if len(slopes) > 2 else 0.0
    return angle if 0.003 < abs(angle) < 0.3 else 0.0


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)


def _sizes(lines: Sequence[_Seen]) -> list[float]:
    """The sizes of type on a page, that of most of its text first: lines whose sizes differ by what is measured have one."""
    measured = sorted(_measured(line) for line in lines if _units(line.text) >= _LONG)
    found: list[float] = []
    while measured:
        size = median(measured)
        found.append(size)
        measured = [other for other in measured if abs(other - size) >= _ALIKE * size]
    return found or [16.0]


def _units(text: str) -> int:
    """The width of a text in halves of a Chinese character."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def _measured(line: _Seen) -> float:
    """The size of the type of a line: by its width where that is long enough to tell, else by its height."""
    units = _units(line.text)
    return 2 * (line.right - line.left) / units if units >= _LONG else 0.9 * (line.bottom - line.top)


def _glyphs(line: _Seen, sizes: Sequence[float]) -> Iterator[Glyph]:
    """The characters of a line, set side by side in its box."""
    measured = _measured(line)
    size = min(sizes, key=lambda each: abs(each - measured))
    if abs(measured - size) > 1.5 * _ALIKE * size:
        size = measured
    step = (line.right - line.left) / max(_units(line.text), 1)
    middle = (line.top + line.bottom) / 2
    left = line.left
    for character in line.text:
        right = left + step * _units(character)
        yield Glyph(character, left, middle - size / 2, right, middle + size / 2, size, line.score >= _SURE)
        left = right


# --- seals


def _red(image: Any) -> Any:
    """Where an image is red."""
    red, green, blue = (image[:, :, channel].astype("int16") for channel in range(3))
    return (red > 120) & (red - green > 60) & (red - blue > 60)


def _seals(image: Any, scale: float) -> list[tuple[float, float, float, float]]:
    """The boxes of what is red, round and as large as a seal."""
    import cv2

    mask = _red(image).astype("uint8")
    if not mask.any():
        return []
    reach = max(round(2 / scale), 1)
    joined = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_RECT, (reach, reach)))
    _, _, found, _ = cv2.connectedComponentsWithStats(joined)
    seals = []
    for left, top, wide, high, _ in found[1:]:
        if (
            _SEAL[0] < wide * scale < 2 * _SEAL[1]
            and _SEAL[0] < high * scale < _SEAL[1]
            and wide < 2.2 * high < 4 * wide
        ):
            seals.append((left * scale, top * scale, (left + wide) * scale, (top + high) * scale))
    return seals


def _under_seals(
    image: Any, scale: float, seals: Sequence[tuple[float, float, float, float]], seen: list[_Seen]
) -> tuple[list[_Seen], list[_Seen]]:
    """The lines of the page with those under seals read anew on the red channel; and what the seals themselves say."""
    import numpy

    top = min(seal[1] for seal in seals)
    bottom = max(seal[3] for seal in seals)
    first, last = max(round((top - 20) / scale), 0), min(round((bottom + 20) / scale), image.shape[0])
    strip = numpy.repeat(image[first:last, :, :1], 3, axis=2)
    anew = [
        line._replace(top=line.top + first * scale, bottom=line.bottom + first * scale) for line in _lines(strip, scale)
    ]
    covered = [line for line in seen if any(_meets(line, seal) for seal in seals)]
    kept = [line for line in seen if line not in covered]
    stamped = [line for line in covered if not any(_same_place(line, other) for other in anew)]
    kept += [
        line
        for line in anew
        if any(_meets(line, seal) for seal in seals) or any(_same_place(line, other) for other in covered)
        if not any(_same_place(line, other) for other in kept)
    ]
    return kept, stamped


def _meets(line: _Seen, seal: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = seal
    return line.left < right and left < line.right and line.top < bottom and top < line.bottom


def _same_place(line: _Seen, other: _Seen) -> bool:
    """Whether two lines overlap by more than half of the height of one and at all in width."""
    overlap = min(line.bottom, other.bottom) - max(line.top, other.top)
    beside = min(line.right, other.right) - max(line.left, other.left)
    return overlap > 0.5 * min(line.bottom - line.top, other.bottom - other.top) and beside > 0


def _rules(image: Any, scale: float) -> Iterator[Rule]:
    """The ruled lines of an image: dark runs longer than any stroke of a character."""
    import cv2

    dark = (cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) < 140).astype("uint8")
    length = max(round(45 / scale), 3)
    for shape in ((length, 1), (1, length)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        _, _, found, _ = cv2.connectedComponentsWithStats(lines)
        for left, top, wide, high, _ in found[1:2_000]:
            x, y = left * scale, top * scale
            if min(wide, high) * scale > 6:
                continue  # an area
            if shape[0] > 1:
                yield Rule(x, y + high * scale / 2, x + wide * scale, y + high * scale / 2)
            else:
                yield Rule(x + wide * scale / 2, y, x + wide * scale / 2, y + high * scale)
