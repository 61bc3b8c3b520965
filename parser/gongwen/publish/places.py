"""Where the file of a notice has its text: pages and boxes, paragraphs, cells, as data and for people.

A place of the decoded text, which all spans index, is looked up among runs that follow one another: each has its place in the
file, or was made by the reader (a number that the word processor counts, a blank between two lines).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple
from unicodedata import east_asian_width

import orjson

from gongwen.document import Box, Paragraph, Place, SheetCell
from gongwen.model import Notice, Span


def places_json(notice: Notice, places: Sequence[Place], reader: str | None) -> bytes:
    """The runs of a decoded text, one a line: see schema/places.schema.json."""
    head = {
        "notice_id": notice.id,
        "source_text_sha256": notice.source.text_sha256,
        "format": notice.source.format,
        "reader": reader,
    }
    runs = b",\n".join(orjson.dumps(_run(place)) for place in places)
    return orjson.dumps(head)[:-1] + b',"places":[\n' + runs + b"\n]}\n"


def _run(place: Place) -> dict[str, Any]:
    run: dict[str, Any] = {"start": place.start, "end": place.end}
    match place.at:
        case Box() as box:
            run |= {"page": box.page, "box": box[1:]}
        case Paragraph(part, number, offset):
            run |= {"part": part, "paragraph": number, "offset": offset}
        case SheetCell(sheet, cell):
            run |= {"sheet": sheet, "cell": cell}
        case generated:
            run["generated"] = generated.by
    if place.anchor is not None:
        run["anchor"] = place.anchor
    return run


class Shown(NamedTuple):
    """A place in words: the key of a label of the site, and the values in it."""

    key: str
    values: dict[str, str | int]


class Places:
    """Looks up places of a decoded text."""

    def __init__(self, text: str, places: Sequence[Place]) -> None:
        self._text = text
        self._places = places
        self._starts = [place.start for place in places]

    def find(self, span: Span) -> Shown | None:
        """Where the file has ``text[span]``: on which page and in which box, in which paragraph, in which cell it begins."""
        boxes: list[Box] = []
        for index in range(max(bisect_right(self._starts, span.start) - 1, 0), len(self._places)):
            place = self._places[index]
            if place.start >= max(span.end, span.start + 1):
                break
            match place.at:
                case Paragraph(part, number):
                    return Shown("at_paragraph", {"n": number, "part": part})
                case SheetCell(sheet, cell):
                    return Shown("at_cell", {"sheet": sheet, "cell": cell})
                case Box() as box if not boxes or box.page == boxes[0].page:
                    boxes.append(self._cut(place, box, span))
        if not boxes:
            return None
        left, top = min(box.left for box in boxes), min(box.top for box in boxes)
        right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
        corners = ", ".join(f"{value:.0f}" for value in (left, top, right, bottom))
        return Shown("at_page", {"n": boxes[0].page, "box": corners})

    def _cut(self, place: Place, box: Box, span: Span) -> Box:
        """The part of a line's box that holds ``span``: a Chinese character is twice as wide as another."""
        start, end = max(place.start, span.start), min(place.end, span.end)
        whole = _width(self._text[place.start : place.end]) or 1
        step = (box.right - box.left) / whole
        left = box.left + step * _width(self._text[place.start : start])
        return box._replace(left=left, right=left + step * _width(self._text[start : max(end, start)]))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
