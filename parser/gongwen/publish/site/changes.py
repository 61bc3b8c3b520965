"""What changed between two versions of a plan, as people read it: by item, each change with its wording cut at the edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from gongwen.compare import Change, Place

_AROUND = 24  # unchanged characters shown on each side of an edit; a longer stretch is cut in its middle


class Piece(NamedTuple):
    """A stretch of wording that stayed, went or came."""

    kind: Literal["kept", "removed", "added"]
    text: str


class Topic(NamedTuple):
    """Neighbouring changes of the same items, given by their ids; both sides are empty for what is about the whole notice."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    changes: tuple[Change, ...]


def topics(changes: Iterable[Change]) -> list[Topic]:
    """The changes in their order, those of one item together."""
    runs = groupby(changes, key=lambda change: (_items(change.old), _items(change.new)))
    return [Topic(old, new, tuple(run)) for (old, new), run in runs]


def tally(changes: Iterable[Change]) -> list[tuple[str, int]]:
    """How many changes there are of each kind, the most frequent first."""
    return Counter(change.kind for change in changes).most_common()


def _items(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.item for place in places if place.item))


def wording(change: Change) -> tuple[Piece, ...]:
    """The wording of ``change`` with its edits; without edits, all of it went or came."""
    if change.edits:
        return tuple(_edited(change))
    pieces = Piece("removed", change.before or ""), Piece("added", change.after or "")
    return tuple(piece for piece in pieces if piece.text)


def _edited(change: Change) -> Iterator[Piece]:
    before = change.before or ""
    position = 0
    for edit in change.edits:
        yield from _kept(before[position : edit.before.start], first=position == 0)
        if edit.before.text:
            yield Piece("removed", edit.before.text)
        if edit.after.text:
            yield Piece("added", edit.after.text)
        position = edit.before.end
    yield from _kept(before[position:], last=True)


def _kept(text: str, *, first: bool = False, last: bool = False) -> Iterator[Piece]:
    """What stayed between two edits, or before the first or after the last of them."""
    head, tail = 0 if first else _AROUND, 0 if last else _AROUND
    if len(text) > head + tail + 1:
        text = f"{text[:head]}…{text[len(text) - tail :]}"
    if text:
        yield Piece("kept", text)
