"""Series: headings come in series. Where few items of many seem to have one, those merely begin with a short sentence.

"8.对出险客户，做到应赔快赔。鼓励…" looks like an item with a run-in heading, until one sees that the fourteen items beside it begin
with sentences too long for one. A series is what one counter counts: the items of a style until their numbers start again.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import NamedTuple

from gongwen.document import Extent, Item
from gongwen.outline.lines import Line

# Measured on plans of seventy governments: a series has headings on nearly all of its items, or a short sentence at the head of
# one in five at most.
_SHORTEST = 4
_ONE_IN = 4


class Opening(NamedTuple):
    """How item ``at`` begins: its line, where its words stand on it, and whether more than brackets follows their first stop."""

    at: int
    item: Item
    line: Line
    words: Extent
    goes_on: bool


def settle(openings: Iterable[Opening], parents: Set[int | None]) -> None:
    """Take the headings from the items of each series in which they are the exception.

    ``parents`` are the indices of the items that stand above others: what stands alone above others is a heading anyway.
    """
    for series in _series(openings):
        headed = sum(opening.item.title is not None and opening.goes_on for opening in series)
        unheaded = sum(opening.item.title is None for opening in series)
        if headed + unheaded >= _SHORTEST and _ONE_IN * headed <= headed + unheaded:
            for opening in series:
                if opening.goes_on or (opening.item.end == opening.words.end and opening.at not in parents):
                    _unhead(opening)


def _series(openings: Iterable[Opening]) -> list[list[Opening]]:
    found: list[list[Opening]] = []
    running: dict[str | None, list[Opening]] = {}  # by style
    for opening in openings:
        series = running.get(opening.line.style)
        if series is None or (opening.item.number or 0) <= (series[-1].item.number or 0):
            series = running[opening.line.style] = []
            found.append(series)
        series.append(opening)
    return found


def _unhead(opening: Opening) -> None:
    """Make the run-in heading of the item, if it has one, the beginning of its text."""
    item, words = opening.item, opening.words
    if item.title is None or item.title.end == words.end:
        return
    item.title = None
    opening.line.kind = "item"
    if item.paragraphs and item.paragraphs[0].start < words.end:
        item.paragraphs[0] = words
    else:
        item.paragraphs.insert(0, words)
