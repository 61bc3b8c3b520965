"""How alike two items are, by what they say.

Texts are compared as bags of pairs of neighbouring characters, which are the words of Chinese near enough: that is linear
in their length, and tells apart what a text shares from the order in which it says so. A pair weighs the more the
fewer items of both notices have it: every task is to be "advanced" (推进), but only one is about lifts (电梯).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from operator import add

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

Bag = frozenset[str]


@dataclass(slots=True, eq=False)
class Profile:
    """What an item is compared by: the pairs of all that it says, those of its title, and what either weighs."""

    item: Item
    pairs: Bag
    title: Bag
    units: frozenset[str]
    position: float
    weight: float = 0.0
    title_weight: float = 0.0


def bag(text: str) -> Bag:
    """The pairs of neighbouring characters of ``text``, blanks left out; those that come again numbered by their occurrence.

    >>> sorted(bag("加强加强"))
    ['加强', '加强2', '强加']
    """
    text = "".join(text.split())
    counts = Counter(map(add, text, text[1:])) if len(text) > 1 else Counter([text] if text else [])
    again = [f"{pair}{nth}" for pair, count in counts.items() if count > 1 for nth in range(2, count + 1)]
    return frozenset(chain(counts, again))


class Index:
    """Finds the profiles that share an item's rarest pairs."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.holders: defaultdict[str, list[Profile]] = defaultdict(list)
        for profile in profiles:
            for pair in profile.pairs:
                self.holders[pair].append(profile)

    def candidates(self, profile: Profile, among: Container[Item]) -> list[Profile]:
        """The likeliest of ``among`` to be alike, at most ``_CANDIDATES``; none that shares no rare pair."""
        held = sorted(
            (len(holders), pair)
            for pair in profile.pairs
            if (holders := self.holders.get(pair)) and len(holders) <= _COMMON
        )
        votes: defaultdict[Profile, float] = defaultdict(float)
        for count, pair in held[:_RARE]:
            for holder in self.holders[pair]:
                if holder.item in among:
                    votes[holder] += 1 / count
        return sorted(votes, key=lambda holder: (-votes[holder], holder.item.at))[:_CANDIDATES]


class Likeness:
    """Measures items of two notices against one another."""

    def __init__(self, old: Sequence[Item], new: Sequence[Item]) -> None:
        self.old = _profiles(old)
        self.new = _profiles(new)
        self.among_old = Index(self.old)
        self.among_new = Index(self.new)
        count = len(self.old) + len(self.new)
        held = Counter({pair: len(holders) for pair, holders in self.among_old.holders.items()})
        held.update({pair: len(holders) for pair, holders in self.among_new.holders.items()})
        self._weights = {pair: log(1 + count / holders) for pair, holders in held.items()}
        for profile in chain(self.old, self.new):
            profile.weight = self.weight(profile.pairs)
            profile.title_weight = self.weight(profile.title)

    def weight(self, pairs: Bag) -> float:
        """What the pairs weigh together. All of them must be of items of the notices."""
        return sum(map(self._weights.__getitem__, pairs))

    def similarity(self, old: Profile, new: Profile) -> float:
        """From 0, nothing alike, to 1, the same."""
        score, weight = _TEXT * self._overlap(old.pairs, old.weight, new.pairs, new.weight), _TEXT
        if old.title and new.title:
            score += _TITLE * self._overlap(old.title, old.title_weight, new.title, new.title_weight)
            weight += _TITLE
        if old.units and new.units:
            score += _UNITS * len(old.units & new.units) / len(old.units | new.units)
            weight += _UNITS
        score += _POSITION * (1 - abs(old.position - new.position))
        return score / (weight + _POSITION)

    def _overlap(self, old: Bag, old_weight: float, new: Bag, new_weight: float) -> float:
        """The share of what both say that they have in common; a text that stands whole in another counts nearly as if alone."""
        if not old or not new:
            return 0.0
        shared = self.weight(old & new)
        lesser = min(old_weight, new_weight)
        share = 2 * shared / (old_weight + new_weight)
        if shared >= CONTAINED * lesser and min(len(old), len(new)) >= PART:
            share = max(share, _DISCOUNT * shared / lesser)
        return share


def _profiles(items: Sequence[Item]) -> list[Profile]:
    last = max(len(items) - 1, 1)
    profiles = []
    for at, item in enumerate(items):
        pairs = bag(item.words)
        units = frozenset(unit.reading or unit.name for unit in item.units)
        profiles.append(Profile(item, pairs, bag(item.title) & pairs, units, at / last))
    return profiles
