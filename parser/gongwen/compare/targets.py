"""Changes of targets: added, removed, raised, lowered, put off or brought forward, reworded.

A target is looked for first in the items that correspond to its own, then everywhere, since a goal can move with its sentence.
Targets of an item that was added or removed as a whole are told by that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from rapidfuzz.distance import Indel

from gongwen.compare.assignment import assign
from gongwen.compare.changes import Change, Place
from gongwen.compare.items import Item
from gongwen.compare.matching import Group
from gongwen.compare.wording import Accounts, Tokenize, edits
from gongwen.model import Notice, Target

Quotation = tuple[str | None, str | None]

_ALIKE = 0.55  # the least similarity of a pair
_MULTIPLES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_DIGITS = re.compile(r"[0-9０-９.．%％]++")


class TargetChanges(NamedTuple):
    """The changes, and for each item (by id) what they tell of its text: the words of the old and of the new target."""

    changes: list[Change]
    quotations: dict[str, list[Quotation]]


class _Side:
    """The targets of one notice, and where they stand: in which item, and with which items of the other notice that corresponds."""

    def __init__(
        self, targets: Sequence[Target], corresponding: Iterable[tuple[Sequence[Item], Sequence[Item]]]
    ) -> None:
        self.targets = targets
        self.pointer = {target: f"/targets/{at}" for at, target in enumerate(targets)}
        self.item: dict[Target, Item] = {}
        self.partners: dict[Item, Sequence[Item]] = {}
        for ours, theirs in corresponding:
            for item in ours:
                self.partners[item] = theirs
                self.item.update(dict.fromkeys(item.targets, item))

    def place(self, target: Target) -> Place:
        item = self.item.get(target)
        path = (*item.path, item.label) if item else ()
        return Place(
            self.pointer[target], item.id if item else None, target.indicator or target.text, path, target.spans
        )

    def across(self, target: Target) -> Sequence[Item] | None:
        """The items of the other notice where it should stand, none for a target outside of all items; None if nothing corresponds."""
        item = self.item.get(target)
        return () if item is None else self.partners[item] or None


def target_changes(old: Notice, new: Notice, groups: Sequence[Group], tokenize: Tokenize) -> TargetChanges:
    """What changed about the targets of ``groups`` and of the text outside of all items."""
    olds = _Side(old.targets, groups)
    news = _Side(new.targets, [(group.new, group.old) for group in groups])
    pairs = dict(_all_pairs(olds, news, groups))
    changes: list[Change] = []
    told: defaultdict[str, list[Quotation]] = defaultdict(list)

    def tell(quotation: Quotation, items: Iterable[Item | None]) -> None:
        for item in items:
            told[item.id if item else ""].append(quotation)

    moved: defaultdict[tuple[object, ...], list[Change]] = defaultdict(list)
    for a, b in pairs.items():
        found = list(_compare(a, b, olds.place(a), news.place(b), tokenize))
        for change in found:
            if change.kind == "target-deadline-moved":
                moved[olds.item.get(a), news.item.get(b), change.before, change.after].append(change)
            else:
                changes.append(change)
        if found:
            tell((a.text, b.text), (olds.item.get(a), news.item.get(b)))
            tell((a.deadline_text, b.deadline_text), (olds.item.get(a), news.item.get(b)))
    changes += map(_together, moved.values())
    for a in old.targets:
        if a not in pairs and (across := olds.across(a)) is not None:
            changes.append(
                Change("target-removed", None, (olds.place(a),), tuple(item.place for item in across), a.text, None)
            )
            tell((a.text, None), (olds.item.get(a), *across))
    paired = set(pairs.values())
    for b in new.targets:
        if b not in paired and (across := news.across(b)) is not None:
            changes.append(
                Change("target-added", None, tuple(item.place for item in across), (news.place(b),), None, b.text)
            )
            tell((None, b.text), (news.item.get(b), *across))
    return TargetChanges(changes, told)


def _all_pairs(olds: _Side, news: _Side, groups: Sequence[Group]) -> Iterator[tuple[Target, Target]]:
    """The targets that are the same one: in corresponding items, outside of all items, then wherever they stand."""
    free_old, free_new = dict.fromkeys(olds.targets), dict.fromkeys(news.targets)
    homes = [([t for item in g.old for t in item.targets], [t for item in g.new for t in item.targets]) for g in groups]
    homes.append(([t for t in free_old if t not in olds.item], [t for t in free_new if t not in news.item]))
    for here, there in homes:
        for a, b in _pairs(here, there):
            del free_old[a], free_new[b]
            yield a, b
    moved: defaultdict[str, tuple[list[Target], list[Target]]] = defaultdict(lambda: ([], []))
    for side, free in enumerate((free_old, free_new)):
        for target in free:
            moved[_words(target)][side].append(target)
    for here, there in moved.values():
        yield from _pairs(here, there)


def _together(moved: Sequence[Change]) -> Change:
    """One change for the targets of an item whose deadline moved alike."""
    old, new = (tuple(place for change in moved for place in getattr(change, side)) for side in ("old", "new"))
    return replace(moved[0], old=old, new=new)


def _compare(a: Target, b: Target, old: Place, new: Place, tokenize: Tokenize) -> Iterator[Change]:
    wording = edits(a.text, b.text, tokenize)
    told: list[Quotation] = []
    if a.deadline != b.deadline:
        told.append((a.deadline_text, b.deadline_text))
        before, after = (target.deadline_text or target.deadline for target in (a, b))
        yield Change("target-deadline-moved", None, (old,), (new,), before, after)
    if (course := _course(a, b)) is not None:
        told.append((_amount(a), _amount(b)))
        yield Change("target-raised" if course else "target-lowered", None, (old,), (new,), a.text, b.text, wording)
    if rest := Accounts(told, {}).untold(a.text, b.text, wording):
        yield Change("target-reworded", None, (old,), (new,), a.text, b.text, rest)


def _course(a: Target, b: Target) -> bool | None:
    """True: the number rose; False: it fell; None: neither, or the numbers measure different things."""
    (old, measure), (new, other) = _range(a), _range(b)
    if old is None or new is None or measure != other or old == new:
        return None
    if old[0] <= new[0] and old[1] <= new[1]:
        return True
    return False if old[0] >= new[0] and old[1] >= new[1] else None


def _range(target: Target) -> tuple[tuple[Decimal, Decimal] | None, str]:
    """The lower and the upper end of the number in plain units (1.68万人 is 16,800 人), and the unit of measure."""
    measure = target.unit or ""
    power = 0
    while measure and (multiple := _MULTIPLES.get(measure[0])) and len(measure) > 1:
        power, measure = power + multiple, measure[1:]
    if target.value is None:
        return None, measure
    low = Decimal(target.value)
    high = low if target.value_max is None else Decimal(target.value_max)
    return (low.scaleb(power), high.scaleb(power)), measure


def _amount(target: Target) -> str:
    number, unit = target.value_text or "", target.unit or ""
    return number if number.endswith(unit) else number + unit


def _pairs(old: Sequence[Target], new: Sequence[Target]) -> Iterator[tuple[Target, Target]]:
    """The best pairs: what says the same first, so that only the rest is compared each with each."""
    said = {_said(target): target for target in new}
    same = {target: said.pop(_said(target)) for target in old if _said(target) in said}
    yield from same.items()
    found = set(same.values())
    rest_old = [target for target in old if target not in same]
    rest_new = [target for target in new if target not in found]
    yield from assign((score, a, b) for a in rest_old for b in rest_new if (score := _similarity(a, b)) >= _ALIKE)


def _said(target: Target) -> tuple[str | None, ...]:
    return target.text, target.value, target.value_max, target.unit, target.deadline


def _words(target: Target) -> str:
    """What it says, numbers left aside."""
    return _DIGITS.sub("#", target.text)


def _similarity(a: Target, b: Target) -> float:
    """How alike two targets are, their numbers and deadlines left aside; a little more where these are the same, too."""
    score = 0.6 * Indel.normalized_similarity(_words(a), _words(b))
    score += 0.2 * Indel.normalized_similarity(a.indicator or _words(a), b.indicator or _words(b))
    score += 0.15 * (a.unit == b.unit)
    return score + 0.05 * (a.value == b.value and a.deadline == b.deadline)
