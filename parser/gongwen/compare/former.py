"""A record of schema 1 beside one of schema 2: what schema 1 could not say is compared on neither side.

Else each term that schema 2 reads in a heading or in a sentence would be told as added, though the text is the same. Schema 1 states the
terms of tasks in their clauses and rows, and those of goals in their sentences; it has no dated steps and no recurrence of tasks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from gongwen.model import Notice, Target, Task

_Due = TypeVar("_Due", Task, Target)
_OF_TASKS = ("clause", "row", "person")
_OF_GOALS = ("stated", "head", "heading", "person")


def is_former(notice: Notice) -> bool:
    """Whether a notice was read from a record of schema 1, which has no coverage."""
    return notice.coverage is None


def alike(old: Notice, new: Notice) -> tuple[Notice, Notice]:
    """Both notices; where one is of schema 1, the other without what that could not say."""
    if is_former(old) == is_former(new):
        return old, new
    return (old, _reduced(new)) if is_former(old) else (_reduced(old), new)


def _reduced(notice: Notice) -> Notice:
    return replace(
        notice,
        tasks=tuple([_task(task) for task in notice.tasks]),
        targets=tuple([_target(target) for target in notice.targets]),
    )


def _task(task: Task) -> Task:
    task = replace(task, recurrence=None, milestones=(), measures=())
    return task if task.deadline_rule in _OF_TASKS else _without_term(task)


def _target(target: Target) -> Target:
    target = replace(target, baseline=None, scope=None, strength="required")
    return target if target.deadline_rule in _OF_GOALS else _without_term(target)


def _without_term(item: _Due) -> _Due:
    return replace(item, deadline=None, due_on=None, deadline_text=None, deadline_rule=None, deadline_spans=())
