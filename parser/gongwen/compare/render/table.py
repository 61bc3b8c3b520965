"""新旧对照表: a row for each task, item or goal that changed: before, after, number, lead, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from gongwen.compare.adaptation import adaptation
from gongwen.compare.changes import Change, GoalState, Place
from gongwen.compare.items import Item, items
from gongwen.compare.render import Comparison, kind_title, said
from gongwen.compare.render.headline import written
from gongwen.compare.render.pieces import Piece, one_side
from gongwen.compare.wording import edits, tokenizer

HEADS = (("原文", "Before"), ("现文", "After"), ("数值", "Number"), ("牵头", "Lead"), ("去向", "Fate"))
"""The heads of the columns, in Chinese and English."""


_OF_TERM = ("target-deadline-moved", "target-deadline-differs")
_TURNS = ("lead-changed", "lead-differs", "unit-differs", "milestone-differs")


class Fate(NamedTuple):
    """What became of something: the kind of the change, and where it went, where the kind leaves that open."""

    kind: str
    detail: str

    def title(self, language: Literal["zh", "en"]) -> str:
        title = kind_title(self.kind, language)
        return f"{title}（{self.detail}）" if self.detail else title


class Row(NamedTuple):
    """``before`` and ``after`` are whole texts of either notice, labels included; ``number`` and ``lead`` say what they were and are.

    ``paired`` says that one thing became one. ``units`` are all that either side names; ``old`` and ``new`` are the places.
    """

    before: str
    after: str
    number: str
    lead: str
    fates: tuple[Fate, ...]
    paired: bool
    units: tuple[str, ...]
    old: tuple[Place, ...]
    new: tuple[Place, ...]

    @property
    def heads(self) -> tuple[str, str]:
        """What either side stands below: the item above, empty where that is not one."""
        old, new = ({place.path[-1] for place in side if place.path} for side in (self.old, self.new))
        return (old.pop() if len(old) == 1 else ""), (new.pop() if len(new) == 1 else "")

    def fate(self, language: Literal["zh", "en"]) -> str:
        return "、".join(fate.title(language) for fate in self.fates)

    @property
    def fates_by_kind(self) -> dict[str, list[str]]:
        """The kinds of the fates in their order, each with what they leave open."""
        found: dict[str, list[str]] = {}
        for fate in self.fates:
            found.setdefault(fate.kind, []).extend([fate.detail] if fate.detail else [])
        return found


def rows(comparison: Comparison) -> Iterator[Row]:
    """The rows in the order of the new notice, the goals of an item behind it. An item that only has another number is left out."""
    diff = comparison.diff
    sides = [{item.id: item for item in items(notice)} for notice in (comparison.old, comparison.new)]
    home = {("old", item): match.old + match.new for match in diff.matches for item in match.old}
    home |= {("new", item): match.old + match.new for match in diff.matches for item in match.new}
    told: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    goals: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    for change in diff.changes:
        places = [("new", place.item) for place in change.new] + [("old", place.item) for place in change.old]
        keys = dict.fromkeys(home[side, item] for side, item in places if item and (side, item) in home)
        if change.kind.startswith("target-"):
            goals[next(iter(keys), ())].append(change)
        elif not change.kind.startswith("wording-"):
            for key in keys:
                told[key].append(change)
    yield from _goals(goals[()], [], [])
    for match in diff.matches:
        key = match.old + match.new
        old, new = ([sides[at][item] for item in ids] for at, ids in enumerate((match.old, match.new)))
        if any(not change.kind.endswith("-renumbered") for change in told[key]):
            yield _item(told[key], old, new)
        yield from _goals(goals[key], old, new)


Marked = tuple[Row, list[Piece], list[Piece]]
"""A row with both of its texts in pieces."""
Marker = Callable[[str, str], tuple[list[Piece], list[Piece]]]
"""Marks in two texts what went and what came."""


def marker(comparison: Comparison) -> Marker:
    """What marks in two texts what went and what came; between two governments not what either says otherwise of its own place."""
    tokenize = tokenizer(unit.name for notice in (comparison.old, comparison.new) for unit in notice.units)
    of_two = comparison.diff.relation.kind in ("cascade", "sister")
    settles = adaptation(comparison.old, comparison.new).settles if of_two else None

    def mark(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
        found = edits(before, after, tokenize)
        if settles and before and after:
            found = tuple(edit for edit in found if not settles(edit))
        return list(one_side(before, found, "before")), list(one_side(after, found, "after"))

    return mark


def marked_rows(comparison: Comparison) -> Iterator[Marked]:
    """The rows, both texts of each in pieces: with what went and what came where one thing became one."""
    mark = marker(comparison)
    for row in rows(comparison):
        if row.before and row.after and not row.paired:
            yield row, [Piece("kept", row.before)], [Piece("kept", row.after)]
        else:
            yield row, *mark(row.before, row.after)


def _item(changes: Sequence[Change], old: Sequence[Item], new: Sequence[Item]) -> Row:
    fates = tuple(dict.fromkeys(Fate(change.kind, _detail(change)) for change in changes))
    places = tuple(item.place for item in old), tuple(item.place for item in new)
    paired = len(old) <= 1 and len(new) <= 1
    return Row(_words(old), _words(new), "", _leads(old, new), fates, paired, _units(old, new), *places)


def _detail(change: Change) -> str:
    """Where something went, which unit came or went, which number it has."""
    if change.kind == "sentence-moved":
        return f"{change.old[0].label} → {change.new[0].label}"
    if change.kind.endswith(("-moved", "-renumbered", "-exchanged", "-deadline-differs")) or change.kind in _TURNS:
        return f"{said(change, 'before') or '∅'} → {said(change, 'after') or '∅'}"
    if change.kind.startswith("unit-"):
        return " → ".join(filter(None, (said(change, "before"), said(change, "after"))))
    return ""


def _goals(changes: Sequence[Change], old: Sequence[Item], new: Sequence[Item]) -> Iterator[Row]:
    """A row for each goal with all that changed about it; one for several whose deadline moved alike."""
    of_goal: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        pointers = tuple(place.pointer for place in (*change.old, *change.new))
        of_goal.setdefault(pointers, []).append(change)
    for told in of_goal.values():
        whole = next((change for change in told if change.kind not in _OF_TERM), None)
        if whole:
            texts = whole.before or "", whole.after or ""
            places = whole.old if whole.before else (), whole.new if whole.after else ()
        else:
            places = told[0].old, told[0].new
            texts = _labels(places[0]), _labels(places[1])
        numbers = [number for change in told if (number := _number(change))]
        fates = tuple(Fate(change.kind, "") for change in told)
        yield Row(*texts, "；".join(numbers), _leads(old, new), fates, True, _units(old, new), *places)


def _number(change: Change) -> str:
    """The number or the deadline that a goal had and has."""
    if change.kind in _OF_TERM:
        return f"{change.before or '∅'} → {change.after or '∅'}"
    states = [change.fact.before, change.fact.after] if change.fact else []
    number = " → ".join(dict.fromkeys(written(state) for state in states if isinstance(state, GoalState)))
    return number + (f"（×{change.fact.ratio}）" if change.fact and change.fact.ratio not in (None, "1") else "")


def _labels(places: Sequence[Place]) -> str:
    return "、".join(place.label for place in places)


def _words(side: Sequence[Item]) -> str:
    return "\n".join(
        f"{item.label}\n{item.text}"
        if item.title and item.text
        else item.label
        if item.title
        else f"{item.marker or ''}{item.text}"
        for item in side
    )


def _leads(old: Sequence[Item], new: Sequence[Item]) -> str:
    """The leads of either side, once where they are the same."""
    named = [
        "、".join(dict.fromkeys(unit.name for item in side for unit in item.units if unit.role == "lead"))
        for side in (old, new)
    ]
    return named[1] if named[0] == named[1] else " → ".join(name or "∅" for name in named)


def _units(old: Sequence[Item], new: Sequence[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.reading or unit.name for item in (*old, *new) for unit in item.units))
