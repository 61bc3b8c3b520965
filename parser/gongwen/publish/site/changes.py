"""What changed between two versions of a plan, ordered as people ask: how much of each kind, then item by item."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gongwen.compare import Change, Place
from gongwen.compare.render import Comparison
from gongwen.compare.render.pieces import Piece, folded
from gongwen.compare.render.table import Row, marked_rows
from gongwen.model import Notice, Span

_AROUND = 40  # characters beside what changed that a narrow page shows


class Topic(NamedTuple):
    """Neighbouring changes of the same items, given by their ids; both sides are empty for what is about the whole notice."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    changes: tuple[Change, ...]


class Compared(NamedTuple):
    """A row of the 新旧对照表, both texts in pieces, and the addresses of their places in the views of the sources."""

    row: Row
    before: Sequence[Piece]
    after: Sequence[Piece]
    old: str | None
    new: str | None


def compared(comparison: Comparison) -> Iterator[Compared]:
    """The rows of the 新旧对照表."""
    for row, *sides in marked_rows(comparison):
        before, after = (list(folded(side, _AROUND)) for side in sides)
        yield Compared(row, before, after, _of_places(comparison.old, row.old), _of_places(comparison.new, row.new))


def _of_places(notice: Notice, places: Iterable[Place]) -> str | None:
    return address(notice, [span for place in places for span in place.spans])


def address(notice: Notice, spans: Sequence[Span]) -> str | None:
    """The block of the source view that the first of ``spans`` stands in."""
    number = bisect_right(notice.blocks, spans[0].start, key=lambda block: block.span.start) if spans else 0
    return f"sources/{notice.id}.html#b{number}" if number else None


def topics(changes: Iterable[Change]) -> list[Topic]:
    """The changes in their order, those of one item together."""
    runs = groupby(changes, key=lambda change: (_items(change.old), _items(change.new)))
    return [Topic(old, new, tuple(run)) for (old, new), run in runs]


def tally(changes: Iterable[Change]) -> list[tuple[str, int]]:
    """How many changes there are of each kind, the most frequent first."""
    return Counter(change.kind for change in changes).most_common()


def _items(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.item for place in places if place.item))
