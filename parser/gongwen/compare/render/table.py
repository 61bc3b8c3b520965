"""新旧对照表: a row for each task, item or goal that changed: before, after, number, lead, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongwen.compare.changes import Change, GoalState
from gongwen.compare.items import Item, items
from gongwen.compare.render import Comparison, kind_title
from gongwen.compare.render.headline import written


class Row(NamedTuple):
    """``before`` and ``after`` are whole texts of either notice, labels included; ``number`` and ``lead`` say what they were and are."""

    before: str
    after: str
    number: str
    lead: str
    fate: str


def rows(comparison: Comparison) -> Iterator[Row]:
    """The rows in the order of the new notice, the goals of an item behind it."""
    diff = comparison.diff
    sides = [{item.id: item for item in items(notice)} for notice in (comparison.old, comparison.new)]
    told: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    home = {("old", item): match.old + match.new for match in diff.matches for item in match.old}
    home |= {("new", item): match.old + match.new for match in diff.matches for item in match.new}
    goals: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for change in diff.changes:
        places = [("new", place.item) for place in change.new] + [("old", place.item) for place in change.old]
        keys = dict.fromkeys(home[side, item] for side, item in places if item and (side, item) in home)
        if change.kind.startswith("target-"):
            goals[next(iter(keys), ())].append(_goal(change))
        elif change.kind != "wording-replaced":
            for key in keys:
                told[key].append(change)
    yield from goals[()]
    for match in diff.matches:
        key = match.old + match.new
        if changes := told[key]:
            old, new = ([sides[at][item] for item in ids] for at, ids in enumerate((match.old, match.new)))
            fate = "、".join(dict.fromkeys(kind_title(change.kind, "zh") for change in changes))
            yield Row(_words(old), _words(new), "", _leads(old, new), fate)
        yield from goals[key]


def _goal(change: Change) -> Row:
    number = ""
    if change.fact:
        states = [state for state in (change.fact.before, change.fact.after) if isinstance(state, GoalState)]
        number = " → ".join(filter(None, (written(state) for state in states)))
        number += f"（×{change.fact.ratio}）" if change.fact.ratio else ""
    return Row(change.before or "", change.after or "", number, "", kind_title(change.kind, "zh"))


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
