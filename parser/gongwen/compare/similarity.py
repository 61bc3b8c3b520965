"""How alike two texts are, by what they say.

Texts are compared as bags of pairs of neighbouring characters, which are the words of Chinese near enough: that is linear
in their length, and tells apart what a text shares from the order in which it says so. All numbers read alike.

A pair weighs the more the fewer items have it: every task is to be "advanced" (推进), but only one is about lifts (电梯). Items
are those of both notices and, since few of them say little of what is common, some hundred of other official texts, as the model
of their language expects them to be. So set phrases weigh little in a short plan, too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from math import exp, log
from operator import add

from gongwen.compare.items import Item
from gongwen.lexicon import ngrams

# Weights of what is compared; calibrated as a set on generated edits, those absent on either side drop out.
_TEXT = 6.0
_TITLE = 3.0
_UNITS = 1.0
_NUMBERS = 0.5
_POSITION = 0.3

_OFFICIAL = 20  # items of other official texts that count beside those of the notices …
_TYPICAL = 60  # … and how many characters such an item has

_HELD = 3  # items of both notices that may have a rare pair
_EXPECTED = 0.005  # share of items of official texts that may have it
_COHESION = 2.0  # nats of mutual information: 解密 has 2.2, 提高 3.2, 秘密 6.1; 家秘 0.8, 的提 -0.5
_SEAM = 0.4  # weight of a pair that nothing else has where two words meet: other words beside one make it new, not another text

_OF_DATES = frozenset("年月日底末0")  # what is due by then is no subject, nor is a number
_OWN = 4  # items of both notices that may say again and again what one of them is about
_SUBJECT_SHARED = 0.34  # of what two texts say again and again, the least share that the other one says, too, if they are about one thing
_NEAR = 0.3  # share of what two items say that speaks for one thing …
TITLES = 0.45  # … and share of their titles that says so
TOPICAL = 2  # pairs that come again in a text, for it to be known what it is about

_RARE = 24  # this many of an item's rarest pairs look for its candidates …
_COMMON = 96  # … unless more items than this have the pair
_CANDIDATES = 8  # and this many candidates are compared in full
PART = 12  # pairs that a text must have to be looked for inside another
CONTAINED = 0.65  # share of a text from which on another one can be said to contain it
_DISCOUNT = 0.8  # of a text that is wholly contained in another, against one that equals it

Bag = frozenset[str]

_WORDS = re.compile(r"\w++")
_NUMBER = re.compile(r"0++(?:[.．]0++)*+")
_FIGURES = re.compile(r"[0-9０-９]++(?:[.．][0-9０-９]++)?+|[〇零一二三四五六七八九十百千]{2,}+")


@dataclass(slots=True, eq=False)
class Profile:
    """What an item is compared by: the pairs of all that it says, those of its title, and what either weighs; ``subject`` are the pairs
    that it says again and again, and other texts don't."""

    item: Item
    pairs: Bag
    title: Bag
    units: frozenset[str]
    numbers: frozenset[str]
    position: float
    subject: Bag
    weight: int = 0
    title_weight: int = 0
    telling: Sequence[str] = ()


def bag(text: str) -> Bag:
    """The pairs of neighbouring characters of ``text``; those that come again numbered by their occurrence.

    Pairs don't reach across marks; a number is one character, 0; both scripts, half and full width read alike.

    >>> sorted(bag("加强，加强")), sorted(bag("到2025年"))
    (['加强', '加强2'], ['0年', '到0'])
    """
    pairs: list[str] = []
    for word in _clauses(text):
        pairs += map(add, word, word[1:]) if len(word) > 1 else (word,)
    counts = Counter(pairs)
    if len(counts) == len(pairs):
        return frozenset(pairs)
    again = [f"{pair}{nth}" for pair, count in counts.items() if count > 1 for nth in range(2, count + 1)]
    return frozenset(chain(counts, again))


def _clauses(text: str) -> list[str]:
    """What stands between marks; a number is one character, 0."""
    return _WORDS.findall(_NUMBER.sub("0", ngrams.fold("".join(text.split()))))


@cache
def expected(pair: str) -> float:
    """The share of items of official texts that have this pair, by the model of their language."""
    first, second = pair[0], pair[1:2]
    cost = ngrams.character_cost("", first) + (ngrams.character_cost(first, second) if second else 0.0)
    share = 1 - exp(-_TYPICAL * exp(-cost))
    return share if len(pair) <= 2 else share**2  # of one that comes again, the square will do


@cache
def is_word(pair: str) -> bool:
    """Whether two characters stand together so much more often in official texts than by chance that they are of one word."""
    first, second = pair[0], pair[1:2]
    return ngrams.character_cost("", second) - ngrams.character_cost(first, second) >= _COHESION if second else True


class _Weights(dict[str, int]):
    """What each pair weighs, reckoned when it is first asked for."""

    def __init__(self, held: Counter[str], count: int) -> None:
        super().__init__()
        self._held = held
        self._count = count

    def __missing__(self, pair: str) -> int:
        held = max(self._held[pair], 1) + _OFFICIAL * expected(pair)
        weight = round(1000 * log(1 + self._count / held))
        if self._held[pair] < 2 and not is_word(pair):
            weight = round(weight * _SEAM)
        self[pair] = weight
        return weight


class Likeness:
    """Measures items of two notices, and their sentences, against one another."""

    def __init__(self, old: Sequence[Item], new: Sequence[Item]) -> None:
        bags: dict[str, Bag] = {}  # what stayed as it was is counted once
        subjects: dict[str, Bag] = {}
        self.old = _profiles(old, bags, subjects)
        self.new = _profiles(new, bags, subjects)
        self._count = len(self.old) + len(self.new) + _OFFICIAL
        self._held: Counter[str] = Counter()
        for profile in chain(self.old, self.new):
            self._held.update(profile.pairs)
        self._weight = _Weights(self._held, self._count).__getitem__
        self.rare = round(1000 * log(1 + self._count / 2))  # what a pair weighs that one item of either notice has
        for profile in chain(self.old, self.new):
            profile.subject = frozenset(pair for pair in profile.subject if self._held[pair] <= _OWN)
            profile.weight = self.weight(profile.pairs)
            profile.title_weight = self.weight(profile.title)

    def weight(self, pairs: Iterable[str]) -> int:
        """What the pairs weigh together, in thousandths of a nat: whole numbers, whose sum no order of adding changes."""
        return sum(map(self._weight, pairs))

    def telling(self, pairs: Bag, common: int) -> list[str]:
        """Those of the pairs that can lead to what is alike: held by more items than one, by no more than ``common``; the rarest first."""
        held = self._held
        return [pair for _, pair in sorted([(held[pair], pair) for pair in pairs if 1 < held[pair] <= common])]

    def is_rare(self, pair: str) -> bool:
        """Whether hardly more items have a pair than the two that it would link, and other texts don't often, either."""
        return self._held[pair] <= _HELD and expected(pair) <= _EXPECTED

    def are_apart(self, one: Bag, one_subject: Bag, other: Bag, other_subject: Bag) -> bool:
        """Whether two texts are about different things: of what either says again and again, the other says next to nothing.

        What they share then are set phrases, however rare: 对路灯建账管理，逐项销号 and 对社团建账管理，逐项销号.
        """
        all_told = len(one_subject) + len(other_subject)
        shared = len(one_subject & other) + len(other_subject & one)
        return all_told >= TOPICAL and shared < _SUBJECT_SHARED * all_told

    def differ(self, a: Profile, b: Profile) -> bool:
        """Whether two items are about different things, and their titles don't say the same; where one alone has a subject, much in common
        speaks against it."""
        if self.alike_in_title(a, b) >= TITLES or not self.are_apart(a.pairs, a.subject, b.pairs, b.subject):
            return False
        return min(len(a.subject), len(b.subject)) >= TOPICAL or not self._is_near(a, b)

    def is_foreign(self, part: Profile, whole: Profile) -> bool:
        """Whether an item is about something that one that may hold it beside others says next to nothing of."""
        nothing: Bag = frozenset()
        apart = self.are_apart(part.pairs, part.subject, whole.pairs, nothing)
        return apart and self.alike_in_title(part, whole) < TITLES and not self._is_near(part, whole)

    def _is_near(self, a: Profile, b: Profile) -> bool:
        return 2 * self.weight(a.pairs & b.pairs) >= _NEAR * (a.weight + b.weight)

    def alike_in_title(self, a: Profile, b: Profile) -> float:
        shared = self.weight(a.title & b.title)
        return 2 * shared / (a.title_weight + b.title_weight) if shared else 0.0

    def similarity(self, old: Profile, new: Profile) -> float:
        """From 0, nothing alike, to 1, the same."""
        score, weight = _TEXT * self._overlap(old.pairs, old.weight, new.pairs, new.weight), _TEXT
        if old.title and new.title:
            score += _TITLE * self._overlap(old.title, old.title_weight, new.title, new.title_weight)
            weight += _TITLE
        if old.units and new.units:
            score += _UNITS * len(old.units & new.units) / len(old.units | new.units)
            weight += _UNITS
        if old.numbers and new.numbers:
            score += _NUMBERS * len(old.numbers & new.numbers) / len(old.numbers | new.numbers)
            weight += _NUMBERS
        score += _POSITION * (1 - abs(old.position - new.position))
        return score / (weight + _POSITION)

    def _overlap(self, old: Bag, old_weight: int, new: Bag, new_weight: int) -> float:
        """The share of what both say that they have in common; a text that stands whole in another counts nearly as if alone."""
        if not old or not new:
            return 0.0
        shared = self.weight(old & new)
        lesser = min(old_weight, new_weight)
        share = 2 * shared / (old_weight + new_weight)
        if shared >= CONTAINED * lesser and min(len(old), len(new)) >= PART:
            share = max(share, _DISCOUNT * shared / lesser)
        return share


class Index:
    """Finds the profiles that share an item's rarest pairs."""

    def __init__(self, profiles: Iterable[Profile], likeness: Likeness) -> None:
        self._likeness = likeness
        self._holders: defaultdict[str, list[Profile]] = defaultdict(list)
        for profile in profiles:
            for pair in self._telling(profile):
                self._holders[pair].append(profile)

    def _telling(self, profile: Profile) -> Sequence[str]:
        if not profile.telling:
            profile.telling = self._likeness.telling(profile.pairs, _COMMON)
        return profile.telling

    def candidates(self, profile: Profile) -> list[Profile]:
        """The likeliest to be alike, at most ``_CANDIDATES``; none that shares no rare pair."""
        votes: defaultdict[Profile, float] = defaultdict(float)
        for pair in islice(filter(self._holders.__contains__, self._telling(profile)), _RARE):
            holders = self._holders[pair]
            for holder in holders:
                votes[holder] += 1 / len(holders)
        return sorted(votes, key=lambda holder: (-votes[holder], holder.item.at))[:_CANDIDATES]


def _profiles(items: Sequence[Item], bags: dict[str, Bag], subjects: dict[str, Bag]) -> list[Profile]:
    last = max(len(items) - 1, 1)
    profiles = []
    for at, item in enumerate(items):
        pairs, title = (_bag(text, bags) for text in (item.words, item.title))
        units = frozenset(unit.reading or unit.name for unit in item.units)
        numbers = frozenset(_FIGURES.findall(item.words))
        if (subject := subjects.get(item.words)) is None:
            subject = subjects[item.words] = _subject(item)
        profiles.append(Profile(item, pairs, title & pairs, units, numbers, at / last, subject))
    return profiles


def _subject(item: Item) -> Bag:
    """The pairs that come again in another clause of a text and seldom stand in others; not those where two common words meet (工作｜推进),
    nor those of dates. What comes again in one clause is a turn of phrase: 办结一项核销一项."""
    clauses = (clause for text in (item.title, item.text) for clause in _clauses(text))
    counts = Counter(pair for clause in clauses for pair in {*map(add, clause, clause[1:])})
    again = [pair for pair, count in counts.items() if count > 1]
    common = [pair for pair in again if expected(pair) > _EXPECTED]
    ends, begins = {pair[1:] for pair in common}, {pair[:1] for pair in common}
    return frozenset(
        [
            pair
            for pair in again
            if expected(pair) <= _EXPECTED
            and not (pair[:1] in ends and pair[1:] in begins)
            and not _OF_DATES.intersection(pair)
        ]
    )


def _bag(text: str, known: dict[str, Bag]) -> Bag:
    if (found := known.get(text)) is None:
        found = known[text] = bag(text)
    return found
