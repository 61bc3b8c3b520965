"""Goals and dated steps on a time line: by date, then what recurs, then what has no date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from gongwen.model import Duty, Milestone, Span, Target, Task


class Step(NamedTuple):
    """A dated step of the task, or of the duty, with this number, from 1."""

    of: Literal["task", "duty"]
    number: int
    milestone: Milestone


class Moment(NamedTuple):
    """The goals and steps due at one time. ``date`` is an ISO date, a month or a year; ``recurrence`` is as written (每年)."""

    kind: Literal["deadline", "recurrence", "undated"]
    date: str | None
    recurrence: str | None
    targets: tuple[Target, ...]
    steps: tuple[Step, ...]


def timeline(targets: Sequence[Target], tasks: Sequence[Task] = (), duties: Sequence[Duty] = ()) -> tuple[Moment, ...]:
    """The moments of goals, tasks and duties in order; a year stands after the months in it, since it ends later.

    A step that says nothing but a goal due at the same time is left to the goal.
    """
    moments: dict[tuple[str | None, str | None], tuple[list[Target], list[Step]]] = {}
    told: set[tuple[str | None, Span]] = set()
    for target in targets:
        key = (target.deadline, None if target.deadline else target.recurrence)
        moments.setdefault(key, ([], []))[0].append(target)
        told.update((target.deadline, span) for span in target.spans)
    steps = [Step("task", number, step) for number, task in enumerate(tasks, 1) for step in task.milestones]
    steps += [Step("duty", number, step) for number, duty in enumerate(duties, 1) for step in duty.milestones]
    for step in steps:
        if (step.milestone.date, step.milestone.span) not in told:
            moments.setdefault((step.milestone.date, None), ([], []))[1].append(step)
    ordered = sorted(moments, key=lambda key: (key[0] is None, key[1] is None, (key[0] or "") + "~"))
    return tuple(
        Moment(
            "deadline" if date else "recurrence" if recurrence else "undated",
            date,
            recurrence,
            tuple(moments[date, recurrence][0]),
            tuple(moments[date, recurrence][1]),
        )
        for date, recurrence in ordered
    )
