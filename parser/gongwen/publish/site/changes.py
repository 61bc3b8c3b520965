"""What changed between two versions of a plan, ordered as people ask: how much of each kind, then item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from gongwen.compare import Change, Place


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
