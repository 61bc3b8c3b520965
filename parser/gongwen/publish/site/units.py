"""Which unit a name means over all notices, and what it is responsible for in one of them.

An organ is known by its organ_id; any other unit, whose government is unknown, by its name in the notices of one issuer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from gongwen.lexicon.divisions import division, place_name
from gongwen.model import Notice, Task, Unit

_KEY_DIGITS = 12  # 48 bits: a million units share no key but by a rare accident
_CENTRE = "中央"


class Identity(NamedTuple):
    """A unit over all notices. ``scope`` is the place whose unit it is, or the issuers that name it."""

    key: str
    name: str
    scope: str


class Assigned(NamedTuple):
    """A unit in a task of a notice, or in a dated step of it; tasks count from 1. ``name`` is the unit's name as written.

    ``due_on`` is the last day of ``date``, ``step`` the words that the date governs; all are None where the task has no date.
    """

    unit: str
    notice: str
    task: int
    task_title: str
    date: str | None
    due_on: str | None
    step: str | None
    name: str
    role: str
    role_basis: str


def identities(notice: Notice) -> dict[str, Identity]:
    """The units that are responsible for something in ``notice``, by their ids there, in the order of the text."""
    names = "、".join(issuer.name for issuer in notice.issuers)
    responsible = {unit.unit_id for task in notice.tasks for unit in task.responsible_units}
    return {unit.id: _identity(unit, notice, names) for unit in notice.units if unit.id in responsible}


def _identity(unit: Unit, notice: Notice, issuers: str) -> Identity:
    name = unit.full_name or unit.name
    if unit.organ_id is None:
        meant = f"{issuers or notice.id}\n{unit.name}"
        key = sha256(meant.encode()).hexdigest()[:_KEY_DIGITS]
        return Identity(key, name, issuers or notice.title or notice.id)
    of = unit.organ_id.partition("-")[0]
    return Identity(unit.organ_id, name, place_name(division(of)) if of.isdecimal() else _CENTRE)


def assigned(notice: Notice, units: Mapping[str, Identity]) -> Iterator[Assigned]:
    """Every unit of every task, in the order of the text, once for each dated step of it."""
    for number, task in enumerate(notice.tasks, 1):
        dated = _dated(task)
        for unit in task.responsible_units:
            key = units[unit.unit_id].key
            for date, due_on, step in dated:
                yield Assigned(
                    key, notice.id, number, heading(task), date, due_on, step, unit.name, unit.role, unit.role_basis
                )


def _dated(task: Task) -> Sequence[tuple[str | None, str | None, str | None]]:
    """The dates of a task with their steps; the step is None where the date is that of the whole task."""
    steps = [(step.date, step.due_on, None if step.span in task.spans else step.text) for step in task.milestones]
    return steps or [(task.deadline, task.due_on, None)]


def heading(task: Task) -> str:
    """The title of a task, or its text, which the page cuts."""
    return task.title or task.text
