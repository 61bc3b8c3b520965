"""Changes of targets: added, removed, raised, lowered, bound otherwise, put off or brought forward, reworded.

A target is the same one if it says the same of the same thing, whatever the number, in units of one dimension: in the items that
correspond to its own first, then anywhere, since a goal can move with its sentence or without. Where its sentence lives on with
another number of the same thing, that is what became of the target, though the number is not recognized as one there. Targets of an item
that was added or removed as a whole are told by that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import Indel

from gongwen.compare.assignment import assign
from gongwen.compare.changes import Change, GoalState, Place, fact
from gongwen.compare.facts import Quantity, course, goal_words, quantity, state
from gongwen.compare.items import Item
from gongwen.compare.links import Link
from gongwen.compare.matching import Group
from gongwen.compare.similarity import Bag, Likeness, bag
from gongwen.compare.wording import Accounts, Tokenize, edits
from gongwen.lexicon import dimensions, quantities
from gongwen.lexicon.sentences import Sentence
from gongwen.model import Amount, Notice, Span, Target

Quotation = tuple[str | None, str | None]
_Sentences = defaultdict[Item, list[tuple[Sentence, Item, Sentence]]]

_ALIKE = 0.45  # the least likeness of two targets of corresponding items
_ANYWHERE = 0.6  # … of two that stand elsewhere
_WORDS, _INDICATOR, _ORDER = 0.6, 0.4, 0.05  # weights of what is compared
_IN_ORDER = 0.6  # share of the words of two targets in one order that proves them alike
_SAME = 0.05  # what the same number and term add, to tell apart targets that are alike
_OTHER_DIMENSION = 0.55  # of the likeness of two targets that are measured in units of different dimensions
_SAID = 0.8  # share of a target's words that a text must have to say it, too
_SAID_OF = 0.5  # likeness of the words around a number to a target from which on it says what the target does
_CLAUSE = re.compile(r"[^，。；！？：\n]++")
_SHARE = dimensions.measure("%").dimension
_TABLE = 400  # pairs of targets of corresponding items that are compared each with each
_HOLDERS = 24  # targets that may share a rare pair of characters for it to find candidates


class TargetChanges(NamedTuple):
    """The changes, and for each item (by id) what they tell of its text: the words of the old and of the new target."""

    changes: list[Change]
    quotations: dict[str, list[Quotation]]


@dataclass(slots=True, eq=False)
class _Goal:
    """A target, what it is compared by, and where it stands."""

    at: int
    target: Target
    item: Item | None
    words: str
    said: Bag
    indicator: Bag
    quantity: Quantity | None

    @property
    def place(self) -> Place:
        item, target = self.item, self.target
        path = (*item.path, item.label) if item else ()
        return Place(
            f"/targets/{self.at}", item.id if item else None, target.indicator or target.text, path, target.spans
        )


class _Side:
    """The targets of one notice, in which item each stands, and with which items of the other notice that corresponds."""

    def __init__(self, notice: Notice, corresponding: Iterable[tuple[Sequence[Item], Sequence[Item]]]) -> None:
        item_of: dict[str, Item] = {}
        self.partners: dict[Item, Sequence[Item]] = {}
        for ours, theirs in corresponding:
            for item in ours:
                self.partners[item] = theirs
                item_of.update((target.id, item) for target in item.targets)
        self.goals = [self._goal(at, target, item_of.get(target.id)) for at, target in enumerate(notice.targets)]

    def _goal(self, at: int, target: Target, item: Item | None) -> _Goal:
        words = goal_words(target)
        return _Goal(at, target, item, words, bag(words), bag(target.indicator or words), quantity(target))

    def across(self, goal: _Goal) -> Sequence[Item] | None:
        """The items of the other notice where it should stand, none for a target outside of all items; None if nothing corresponds."""
        return () if goal.item is None else self.partners[goal.item] or None


def target_changes(
    old: Notice, new: Notice, groups: Sequence[Group], links: Sequence[Link], likeness: Likeness, tokenize: Tokenize
) -> TargetChanges:
    """What changed about the targets of both notices, between whose sentences there are ``links``."""
    olds = _Side(old, groups)
    news = _Side(new, [(group.new, group.old) for group in groups])
    pairs = dict(_pairs(olds, news, groups, likeness))
    changes: list[Change] = []
    told: defaultdict[str, list[Quotation]] = defaultdict(list)

    def tell(quotation: Quotation, items: Iterable[Item | None]) -> None:
        for item in items:
            told[item.id if item else ""].append(quotation)

    turned: set[_Goal] = set()
    moved: defaultdict[tuple[object, ...], list[Change]] = defaultdict(list)
    for a, b in sorted(pairs.items(), key=lambda pair: pair[0].at):
        found = list(_compare(a, b, tokenize))
        for change in found:
            if change.kind == "target-deadline-moved":
                moved[a.item, b.item, change.before, change.after].append(change)
            else:
                changes.append(change)
        if found:
            tell((a.target.text, b.target.text), (a.item, b.item))
            tell((a.target.deadline_text, b.target.deadline_text), (a.item, b.item))
    changes += map(_together, moved.values())
    paired = set(pairs.values())
    lives_on = _linked(links)
    for side, goals in (
        (0, [a for a in olds.goals if a not in pairs]),
        (1, [b for b in news.goals if b not in paired]),
    ):
        for goal in goals:
            if found_as := _as_number(goal, lives_on[side], likeness):
                turned.add(goal)
                changes.append(_turned(goal, found_as, side, tokenize))
                texts = goal.target.text, found_as.text
                tell((texts[side], texts[1 - side]), (goal.item, found_as.item))
    for a in olds.goals:
        if a in turned:
            continue
        if a not in pairs and (across := olds.across(a)) is not None and not _is_said(a, across, likeness):
            there = tuple(item.place for item in across)
            told_fact = fact(state(a.target), None)
            changes.append(Change("target-removed", None, (a.place,), there, a.target.text, None, (), told_fact))
            tell((a.target.text, None), (a.item, *across))
    for b in news.goals:
        if (
            b not in paired
            and b not in turned
            and (across := news.across(b)) is not None
            and not _is_said(b, across, likeness)
        ):
            here = tuple(item.place for item in across)
            told_fact = fact(None, state(b.target))
            changes.append(Change("target-added", None, here, (b.place,), None, b.target.text, (), told_fact))
            tell((None, b.target.text), (b.item, *across))
    return TargetChanges(changes, told)


class _Number(NamedTuple):
    """A number that says of a goal's thing something else: in which item, in which words, as a goal's state."""

    item: Item
    text: str
    spans: tuple[Span, ...]
    quantity: Quantity
    state: GoalState


def _linked(links: Iterable[Link]) -> tuple[_Sentences, _Sentences]:
    """For each item of either notice its sentences with those of the other that they live on in."""
    found: tuple[_Sentences, _Sentences] = defaultdict(list), defaultdict(list)
    for link in links:
        found[0][link.old_item].append((link.old, link.new_item, link.new))
        found[1][link.new_item].append((link.new, link.old_item, link.old))
    return found


def _as_number(goal: _Goal, lives_on: _Sentences, likeness: Likeness) -> _Number | None:
    """The number that stands for a goal's own where its sentence lives on, and is no goal there; the likeliest one."""
    best, most = None, _SAID_OF
    for sentence, item, other in lives_on.get(goal.item, ()) if goal.item and goal.quantity else ():
        if goal.target.text not in sentence.text:
            continue
        for match in _CLAUSE.finditer(other.text):
            if any(target.text in match[0] or match[0] in target.text for target in item.targets):
                continue
            numbers = [found for found in quantities.find(match[0]) if isinstance(found, quantities.Quantity)]
            measured = [number for number in numbers if number.number and _measures(number, goal)]
            if len(measured) != 1:
                continue
            number = measured[0]
            words = match[0][: number.start] + match[0][number.end :]
            if (score := _overlap(goal.said, bag(words), likeness)) >= most:
                best, most = _number_of(goal, item, other.start + match.start(), match[0], number), score
    return best


def _measures(number: quantities.Quantity, goal: _Goal) -> bool:
    of_goal = dimensions.measure(goal.target.unit or "").dimension
    return dimensions.measure(number.unit or "").dimension == of_goal


def _number_of(goal: _Goal, item: Item, start: int, text: str, number: quantities.Quantity) -> _Number:
    value, most, unit = number.number or "", number.most, number.unit
    amount = Amount(*dimensions.plain(value, most, unit))
    factor = dimensions.measure(unit or "").factor
    measured = Quantity(
        Decimal(value) * factor, Decimal(most or value) * factor, dimensions.measure(unit or "").dimension
    )
    told = GoalState(goal.target.indicator, value, most, unit, amount, None, None)
    return _Number(item, text, item.source(start, start + len(text)), measured, told)


def _turned(goal: _Goal, number: _Number, side: int, tokenize: Tokenize) -> Change:
    """That a number became another one, of which one is a goal; ``side`` says whether the goal is of the new notice."""
    item = number.item
    label = goal.target.indicator or number.text
    place = Place(item.pointer, item.id, label, (*item.path, item.label), number.spans)
    states = (state(goal.target), number.state)
    own = goal.quantity or number.quantity
    if (own.low, own.high) == (number.quantity.low, number.quantity.high):
        kind = "target-reworded"
    else:
        kind = "target-raised" if own.low <= number.quantity.low else "target-lowered"
    told = Change(
        kind,
        None,
        (goal.place,),
        (place,),
        goal.target.text,
        number.text,
        edits(goal.target.text, number.text, tokenize),
        fact(*states),
    )
    return told.mirror() if side else told


def _is_said(goal: _Goal, across: Sequence[Item], likeness: Likeness) -> bool:
    """Whether the other notice says it, too, though not recognized as a target there: nothing came or went then."""
    text = "\n".join(item.words for item in across)
    if goal.target.value is not None and (goal.target.value_text or goal.target.value) not in text:
        return False
    said = likeness.weight(goal.said)
    return bool(said) and likeness.weight(goal.said & bag(text)) >= _SAID * said


def _together(moved: Sequence[Change]) -> Change:
    """One change for the targets of an item whose deadline moved alike."""
    old, new = (tuple(place for change in moved for place in getattr(change, side)) for side in ("old", "new"))
    return replace(moved[0], old=old, new=new, fact=moved[0].fact if len(moved) == 1 else None)


def _compare(a: _Goal, b: _Goal, tokenize: Tokenize) -> Iterator[Change]:
    before, after = a.target, b.target
    wording = edits(before.text, after.text, tokenize)
    here, there, told_fact = (a.place,), (b.place,), fact(state(before), state(after))
    told: list[Quotation] = []
    sooner, later = (target.deadline_text or target.deadline for target in (before, after))
    if before.deadline != after.deadline and sooner != later:  # 6月底前 is the same term in the plan of another year
        told.append((before.deadline_text, after.deadline_text))
        yield Change("target-deadline-moved", None, here, there, sooner, later, (), told_fact)
    if kind := _turn(a, b):
        told.append((_written(before), _written(after)))
        yield Change(kind, None, here, there, before.text, after.text, wording, told_fact)
    if not kind and (rest := Accounts(told, {}).settle(before.text, after.text, wording)):
        yield Change("target-reworded", None, here, there, before.text, after.text, rest, told_fact)


def _turn(a: _Goal, b: _Goal) -> str | None:
    """What became of the number: raised or lowered, or the same with another bound; None if neither, or if it measures something else."""
    old, new = a.quantity, b.quantity
    if old is None or new is None or old.dimension != new.dimension or not _same_course(a.target, b.target):
        return None
    if (old.low, old.high) == (new.low, new.high):
        bounds = {a.target.bound, b.target.bound}
        return "target-bound-changed" if len(bounds) == 2 and None not in bounds else None
    if old.low <= new.low and old.high <= new.high:
        return "target-raised"
    return "target-lowered" if old.low >= new.low and old.high >= new.high else None


def _same_course(old: Target, new: Target) -> bool:
    """Whether both numbers are what is reached, or by how much the same way is gone: 新增12处 → 增加20处."""
    return course(old) == course(new) or (old.change == new.change == "by" and old.direction == new.direction)


def _written(target: Target) -> str:
    number, unit = target.value_text or "", target.unit or ""
    return number if number.endswith(unit) else number + unit


def _pairs(olds: _Side, news: _Side, groups: Sequence[Group], likeness: Likeness) -> Iterator[tuple[_Goal, _Goal]]:
    """The targets that are the same one: what says the same at the same place, then in corresponding items, then anywhere."""
    by_item: defaultdict[Item | None, list[_Goal]] = defaultdict(list)
    for goal in (*olds.goals, *news.goals):
        by_item[goal.item].append(goal)
    free_old, free_new = dict.fromkeys(olds.goals), dict.fromkeys(news.goals)
    homes = [(list(_of(group.old, by_item)), list(_of(group.new, by_item))) for group in groups]
    homes.append(([goal for goal in olds.goals if not goal.item], [goal for goal in news.goals if not goal.item]))
    for here, there in homes:
        for a, b in _best(here, there, likeness):
            del free_old[a], free_new[b]
            yield a, b
        for a, b in _lone(here, there, free_old, free_new):
            del free_old[a], free_new[b]
            yield a, b
    # Elsewhere only those that share a rare pair of characters are compared.
    holders: defaultdict[str, list[_Goal]] = defaultdict(list)
    for goal in free_new:
        for pair in goal.said:
            holders[pair].append(goal)
    candidates = dict.fromkeys(
        (a, b)
        for a in free_old
        for pair in sorted(a.said)
        if len(found := holders.get(pair, ())) <= _HOLDERS
        for b in found
    )
    edges = [(score, a, b) for a, b in candidates if (score := _likeness(a, b, likeness)) >= _ANYWHERE]
    yield from assign(edges)


def _of(items: Iterable[Item], by_item: dict[Item | None, list[_Goal]]) -> Iterator[_Goal]:
    for item in items:
        yield from by_item.get(item, ())


def _best(old: Sequence[_Goal], new: Sequence[_Goal], likeness: Likeness) -> Iterator[tuple[_Goal, _Goal]]:
    """The best pairs: what says the same first, so that only the rest is compared each with each."""
    said = {_said(goal.target): goal for goal in reversed(new)}
    same = {goal: said.pop(_said(goal.target)) for goal in old if _said(goal.target) in said}
    yield from same.items()
    found = set(same.values())
    rest_old = [goal for goal in old if goal not in same]
    rest_new = [goal for goal in new if goal not in found]
    if len(rest_old) * len(rest_new) > _TABLE:
        return
    last = max(len(rest_old), len(rest_new))
    edges = []
    for (i, a), (j, b) in product(enumerate(rest_old), enumerate(rest_new)):
        if (score := _likeness(a, b, likeness)) >= _ALIKE:
            edges.append((score + _ORDER * (1 - abs(i - j) / last), a, b))
    yield from assign(edges)


def _lone(
    old: Sequence[_Goal], new: Sequence[_Goal], free_old: Container[_Goal], free_new: Container[_Goal]
) -> list[tuple[_Goal, _Goal]]:
    """Of what is left of corresponding items, the goals that alone are measured so on either side, and have any words in common.

    日均供餐能力达到3000份 and 每天可供餐0.5万份 are one goal where nothing else is counted in 份.
    """
    pairs: list[tuple[_Goal, _Goal]] = []
    for key in (_unit, _dimension):
        measured: defaultdict[str, tuple[list[_Goal], list[_Goal]]] = defaultdict(lambda: ([], []))
        done = {goal for pair in pairs for goal in pair}
        for side, (goals, free) in enumerate(((old, free_old), (new, free_new))):
            for goal in goals:
                if goal.quantity and goal in free and goal not in done:
                    measured[key(goal)][side].append(goal)
        for olds, news in measured.values():
            if len(olds) == len(news) == 1 and _of_one_thing(olds[0], news[0]):
                pairs.append((olds[0], news[0]))
    return pairs


def _of_one_thing(a: _Goal, b: _Goal) -> bool:
    """Whether two goals that alone are measured so may be one: by any words in common; a share only by a longer name of what it is of (持证率, 持证上岗率)."""
    if _dimension(a) != _SHARE:
        return bool(a.said & b.said)
    short, long = sorted((a.target.indicator or "", b.target.indicator or ""), key=len)
    rest = iter(long)
    return len(short) > 1 and all(character in rest for character in short)


def _unit(goal: _Goal) -> str:
    return dimensions.measure(goal.target.unit or "").plain


def _dimension(goal: _Goal) -> str:
    return dimensions.measure(goal.target.unit or "").dimension


def _said(target: Target) -> tuple[str | None, ...]:
    return target.text, target.value, target.value_max, target.unit, target.deadline


def _likeness(a: _Goal, b: _Goal, likeness: Likeness) -> float:
    """How alike two targets are, numbers and terms left aside; 0 where one alone has a number."""
    if (a.quantity is None) != (b.quantity is None):
        return 0.0
    score = _WORDS * _overlap(a.said, b.said, likeness) + _INDICATOR * _overlap(a.indicator, b.indicator, likeness)
    if a.indicator & b.indicator:
        # Characters that follow one another in both are no proof of a common indicator alone: 政务服务事项可办, 政务服务受理率.
        likeness_in_order = Indel.normalized_similarity(a.words, b.words)
        score = max(score, likeness_in_order if likeness_in_order >= _IN_ORDER else (score + likeness_in_order) / 2)
    if a.quantity and b.quantity and a.quantity.dimension != b.quantity.dimension:
        return _OTHER_DIMENSION * score
    return score + _SAME * (a.target.value == b.target.value and a.target.deadline == b.target.deadline)


def _overlap(one: Bag, other: Bag, likeness: Likeness) -> float:
    both = likeness.weight(one) + likeness.weight(other)
    return 2 * likeness.weight(one & other) / both if both else 0.0
