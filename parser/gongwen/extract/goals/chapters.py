"""Chapters that no number heads: 2023年工作回顾 and 2024年工作安排 on lines of their own, as reports to an assembly have them.

The numbering begins again in each, so that their headings stand in no section; what they say holds up to the next one of them, or to the
end of the part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gongwen.document import Outline, Piece
from gongwen.lexicon import deadlines, headings
from gongwen.lexicon.deadlines import Deadline

_LONGEST = 30  # characters of a heading
_HEADINGS = {"paragraph", "masthead"}  # the latter where one stands first in the text
_TEXT = {"paragraph", "item", "heading"}
_ENDS_TEXT = "。；，：、！？…）)"


class Chapter(NamedTuple):
    """Where a chapter begins; whether it reports how things are; the year whose work it heads."""

    start: int
    reports: bool = False
    term: Deadline | None = None


def chapters(outline: Outline, issue_year: int | None) -> Iterator[Chapter]:
    """The chapters of ``outline`` that no number heads, and its parts, which end them, in order."""
    begin = (outline.pieces[part.pieces.start].start for part in outline.parts if part.pieces)
    return chapters_of(outline.text.value, outline.pieces, begin, issue_year)


def chapters_of(value: str, pieces: Sequence[Piece], parts: Iterable[int], issue_year: int | None) -> Iterator[Chapter]:
    """The chapters among ``pieces`` of ``value``, and ``parts``, the places at which its parts begin.

    The heading names its year, and text follows: short lines on end are the cells of a table.
    """
    begun = sorted(parts)
    for piece, below in pairwise([piece for piece in pieces if piece.kind != "blank"]):
        while begun and begun[0] <= piece.start:
            yield Chapter(begun.pop(0))
        if piece.kind not in _HEADINGS:
            continue
        words = value[piece.start : piece.end].strip()
        if not 2 < len(words) <= _LONGEST or words[-1] in _ENDS_TEXT:
            continue
        if below.kind not in _TEXT or len(value[below.start : below.end].strip()) <= len(words):
            continue
        at = value.index(words, piece.start)
        dated = [found for found in deadlines.in_heading(value, at, at + len(words), issue_year) if found.date]
        if dated and headings.reports(words):
            yield Chapter(piece.start, reports=True)
        elif dated and deadlines.year_of_work(words, issue_year) is not None:
            yield Chapter(piece.start, term=dated[0])
