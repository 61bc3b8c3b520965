"""Changes of milestones: the dated steps of a task that come at another time, are new, or are gone.

A step is the same one if it says the same, its term left aside, in the items that correspond to its own. A step whose words are
still said without a term has lost the term alone. What the deadline of a goal or of the task tells is not told again; a term in the same
words (6月底前) is the same, also where another year is meant; and a step that went to another item goes with its sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

from gongwen.compare.assignment import assign
from gongwen.compare.changes import Change, MilestoneState, Place, fact
from gongwen.compare.items import Item, abridged
from gongwen.compare.links import Link
from gongwen.compare.matching import Group
from gongwen.compare.similarity import Bag, Likeness, bag
from gongwen.lexicon import deadlines
from gongwen.model import Milestone, Span

Quotation = tuple[str | None, str | None]

_ALIKE = 0.5  # the least share that two steps of corresponding items have in common
_ALONE = 0.15  # … of the only steps that have no counterpart by then
_SAID = 0.8  # share of a step's words that a text must have to say it, too
_OF_TEXT = frozenset({"stated", "relative"})  # rules of steps that their own words date
_MARKS = "，、：；。 \u3000"


class MilestoneChanges(NamedTuple):
    """The changes, and for each item (by id) what they tell of its text."""

    changes: list[Change]
    quotations: dict[str, list[Quotation]]


@dataclass(slots=True, eq=False)
class _Step:
    """A step with its term as written, the words that are left without it, and where it stands."""

    milestone: Milestone
    at: int
    item: Item
    term: str
    words: str
    said: Bag

    @property
    def place(self) -> Place:
        path = (*self.item.path, self.item.label)
        pointer = f"{self.item.pointer}/milestones/{self.at}"
        return Place(pointer, self.item.id, abridged(self.words), path, (self.milestone.span,))

    @property
    def state(self) -> MilestoneState:
        return MilestoneState(self.milestone.text, self.milestone.date)


def milestone_changes(groups: Sequence[Group], moved: Sequence[Link], likeness: Likeness) -> MilestoneChanges:
    """What changed about the steps of tasks that both notices have. ``moved`` are sentences that went to other items."""
    gone = defaultdict[str, list[Span]](list)
    for link in moved:
        for item, sentence in ((link.old_item, link.old), (link.new_item, link.new)):
            gone[item.id] += item.source(sentence.start, sentence.end)
    found = MilestoneChanges([], defaultdict(list))
    for group in groups:
        if group.old and group.new:
            olds, news = ([step for item in side for step in _steps(item, gone[item.id])] for side in group)
            pairs = dict(_pairs(olds, news, likeness))
            for a, b in pairs.items():
                if a.milestone.date != b.milestone.date and a.term != b.term:
                    _tell(found, "moved", (a.term, b.term), a, b, group)
            for step in olds:
                if step not in pairs:
                    _tell_one(found, step, "old", group, likeness)
            taken = set(pairs.values())
            for step in news:
                if step not in taken:
                    _tell_one(found, step, "new", group, likeness)
    return found


def _tell_one(
    found: MilestoneChanges, step: _Step, side: Literal["old", "new"], group: Group, likeness: Likeness
) -> None:
    """A step that one of the notices has: its term came or went, or all of it."""
    said = _is_said(step, group.new if side == "old" else group.old, likeness)
    told = step.term if said else step.milestone.text
    if side == "old":
        _tell(found, "moved" if said else "removed", (told, None), step, None, group)
    else:
        _tell(found, "moved" if said else "added", (None, told), None, step, group)


def _tell(
    found: MilestoneChanges, event: str, told: Quotation, old: _Step | None, new: _Step | None, group: Group
) -> None:
    here = (old.place,) if old else tuple(item.place for item in group.old)
    there = (new.place,) if new else tuple(item.place for item in group.new)
    states = fact(old.state if old else None, new.state if new else None)
    found.changes.append(Change(f"milestone-{event}", None, here, there, *told, (), states))
    for step in (old, new):
        if step:
            found.quotations[step.item.id].append(told)


def _steps(item: Item, moved: Sequence[Span]) -> Iterator[_Step]:
    """The steps of a task that its text dates, and that nothing else tells."""
    if item.task is None:
        return
    elsewhere = [span for target in item.targets if target.deadline for span in target.spans]
    elsewhere += [*item.task.deadline_spans, *moved]
    for at, milestone in enumerate(item.task.milestones):
        if milestone.rule not in _OF_TEXT or any(_overlap(milestone.span, span) for span in elsewhere):
            continue
        if terms := deadlines.find(milestone.text):
            term = milestone.text[terms[0].start : terms[0].end]
            words = (milestone.text[: terms[0].start] + milestone.text[terms[0].end :]).strip(_MARKS)
            if words:
                yield _Step(milestone, at, item, term, words, bag(words))


def _pairs(olds: Sequence[_Step], news: Sequence[_Step], likeness: Likeness) -> list[tuple[_Step, _Step]]:
    pairs = assign(_alike(olds, news, likeness, _ALIKE))
    paired = {step for pair in pairs for step in pair}
    rest_old, rest_new = ([step for step in side if step not in paired] for side in (olds, news))
    if len(rest_old) == len(rest_new) == 1:
        pairs += assign(_alike(rest_old, rest_new, likeness, _ALONE))
    return pairs


def _alike(
    olds: Sequence[_Step], news: Sequence[_Step], likeness: Likeness, least: float
) -> Iterator[tuple[float, _Step, _Step]]:
    for a, b in product(olds, news):
        both = likeness.weight(a.said) + likeness.weight(b.said)
        score = 2 * likeness.weight(a.said & b.said) / both if both else float(a.words == b.words)
        if score >= least:
            yield score, a, b


def _is_said(step: _Step, across: Sequence[Item], likeness: Likeness) -> bool:
    """Whether the other notice says the same without the term."""
    said = likeness.weight(step.said)
    return bool(said) and likeness.weight(step.said & bag("\n".join(item.words for item in across))) >= _SAID * said


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
