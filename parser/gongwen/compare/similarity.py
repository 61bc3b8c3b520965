"""How alike two items are, by what they say.

Texts are compared as bags of pairs of neighbouring characters, which are the words of Chinese near enough: that is linear
in their length, and tells apart what a text shares from the order in which it says so. Titles are short and are
compared character by character.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import add

from rapidfuzz.distance import Indel

from gongwen.compare.items import Item

# Weights of what is compared; calibrated as a set on generated edits, those absent on either side drop out.
_TEXT = 6.0
_TITLE = 3.0
_UNITS = 1.0
_POSITION = 0.3

_RARE = 24  # this many of an item's rarest pairs look for its candidates …
_COMMON = 48  # … unless more items than this have the pair
_CANDIDATES = 8  # and this many candidates are compared in full
PART = 16  # pairs that a text must have to be looked for inside another
CONTAINED = 0.65  # share of a text from which on another one can be said to contain it
_DISCOUNT = 0.8  # of a text that is wholly contained in another, against one that equals it


@dataclass(slots=True, eq=False)
class Profile:
    """What an item is compared by. ``pairs`` is a bag: the nth occurrence of a pair is an element of its own."""

    item: Item
    pairs: frozenset[tuple[str, int]]
    units: frozenset[str]
    position: float


def profiles(items: Sequence[Item]) -> list[Profile]:
    """The profiles of all items of a notice, in their order."""
    last = max(len(items) - 1, 1)
    return [
        Profile(item, bag(item.words), frozenset(unit.reading or unit.name for unit in item.units), at / last)
        for at, item in enumerate(items)
    ]


def bag(text: str) -> frozenset[tuple[str, int]]:
    """The pairs of neighbouring characters of ``text``, blanks left out, each numbered by its occurrence.

    >>> sorted(bag("加强加强"))
    [('加强', 0), ('加强', 1), ('强加', 0)]
    """
    text = "".join(text.split())
    counts = Counter(map(add, text, text[1:])) if len(text) > 1 else Counter([text] if text else [])
    again = ((pair, nth) for pair, count in counts.items() if count > 1 for nth in range(1, count))
    return frozenset(chain(zip(counts, repeat(0)), again))


def similarity(old: Profile, new: Profile) -> float:
    """From 0, nothing alike, to 1, the same."""
    shared = len(old.pairs & new.pairs)
    shorter, longer = sorted((len(old.pairs), len(new.pairs)))
    text = 2 * shared / (shorter + longer) if shorter else 0.0
    if shorter >= PART and shared >= CONTAINED * shorter:
        text = max(text, _DISCOUNT * shared / shorter)
    score, weight = _TEXT * text, _TEXT
    if old.item.title and new.item.title:
        score += _TITLE * Indel.normalized_similarity(old.item.title, new.item.title)
        weight += _TITLE
    if old.units and new.units:
        score += _UNITS * len(old.units & new.units) / len(old.units | new.units)
        weight += _UNITS
    score += _POSITION * (1 - abs(old.position - new.position))
    return score / (weight + _POSITION)


class Index:
    """Finds the profiles that share an item's rarest pairs."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._holders: defaultdict[tuple[str, int], list[Profile]] = defaultdict(list)
        for profile in profiles:
            for pair in profile.pairs:
                self._holders[pair].append(profile)

    def candidates(self, profile: Profile, among: Container[Item]) -> list[Profile]:
        """The likeliest of ``among`` to be alike, at most ``_CANDIDATES``; none that shares no rare pair."""
        held = sorted(
            (len(holders), pair) for pair in profile.pairs if (holders := self._holders.get(pair)) and len(holders) <= _COMMON
        )
        votes: defaultdict[Profile, float] = defaultdict(float)
        for count, pair in held[:_RARE]:
            for holder in self._holders[pair]:
                if holder.item in among:
                    votes[holder] += 1 / count
        return sorted(votes, key=lambda holder: (-votes[holder], holder.item.at))[:_CANDIDATES]
