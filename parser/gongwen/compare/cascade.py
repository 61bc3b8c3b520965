"""What lower governments make of a plan: for each task and goal of the upper one, what became of it in each of the lower ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from gongwen.compare import Change, Diff, diff
from gongwen.compare.changes import GoalState, Place
from gongwen.compare.items import Item, items
from gongwen.model import Notice

Status = Literal["carried-out", "narrowed", "widened", "dropped", "own"]


class CascadeRow(NamedTuple):
    """A task (or item) or a goal of the upper plan and what the lower plan makes of it; ``upper`` is empty for what is its own.

    ``share`` is the lower goal's amount as a share of the upper one's; ``term`` says how its deadline stands to the upper one's.
    """

    thing: Literal["task", "goal"]
    lower_id: str
    status: Status
    upper: tuple[str, ...]
    lower: tuple[str, ...]
    upper_value: str | None
    lower_value: str | None
    share: str | None
    term: Literal["earlier", "later", "same"] | None


def cascade(upper: Notice, lowers: Sequence[Notice]) -> Iterator[CascadeRow]:
    """The rows of each lower notice, in the order of the upper one's items, what is the lower one's own behind."""
    for lower in lowers:
        found = diff(upper, lower)
        yield from _task_rows(found, upper, lower)
        yield from _goal_rows(found, lower)


def _task_rows(found: Diff, upper: Notice, lower: Notice) -> Iterator[CascadeRow]:
    labels: list[dict[str, Item]] = [{item.id: item for item in items(notice)} for notice in (upper, lower)]
    extent = {
        place.item: change.kind.rpartition("-")[2]
        for change in found.changes
        if change.kind.endswith(("-narrowed", "-widened"))
        for place in change.new
    }
    for match in found.matches:
        old, new = [labels[0][item] for item in match.old], [labels[1][item] for item in match.new]
        if any(item.is_heading or item.kind in ("paragraph", "part") or _explains(item) for item in (*old, *new)):
            continue
        status: Status = "own" if not old else "dropped" if not new else "carried-out"
        if status == "carried-out":
            for item in new:
                if extent.get(item.id) in ("narrowed", "widened"):
                    status = "narrowed" if extent[item.id] == "narrowed" else "widened"
        names = tuple(item.label for item in old), tuple(item.label for item in new)
        yield CascadeRow("task", lower.id, status, *names, None, None, None, None)


def _explains(item: Item) -> bool:
    """Whether a section stands in an annex: what is to be done there are tasks."""
    above = item.parent
    while above and above.kind != "part":
        above = above.parent
    return above is not None and item.kind == "section"


def _goal_rows(found: Diff, lower: Notice) -> Iterator[CascadeRow]:
    for change in found.changes:
        if not change.kind.startswith("target-") or change.fact is None:
            continue
        before, after = change.fact.before, change.fact.after
        status: Status = "carried-out"
        if not isinstance(before, GoalState):
            status = "own"
        elif not isinstance(after, GoalState):
            status = "dropped"
        states = [state if isinstance(state, GoalState) else None for state in (before, after)]
        asked, done = (f"{state.value or ''}{state.unit or ''}" or None if state else None for state in states)
        names = _goal_names(change, change.old, states[0]), _goal_names(change, change.new, states[1])
        yield CascadeRow("goal", lower.id, status, *names, asked, done, change.fact.ratio, _term(states[0], states[1]))


def _goal_names(change: Change, places: Sequence[Place], state: GoalState | None) -> tuple[str, ...]:
    return tuple(place.label for place in places) if state else ()


def _term(upper: GoalState | None, lower: GoalState | None) -> Literal["earlier", "later", "same"] | None:
    if not (upper and lower and upper.deadline and lower.deadline):
        return None
    if upper.deadline == lower.deadline:
        return "same"
    return "earlier" if lower.deadline < upper.deadline else "later"
