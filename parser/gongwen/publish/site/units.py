"""Which unit a name means over all notices, and what it is responsible for in one of them.

An organ is known by its organ_id; any other unit, whose government is unknown, by its name in the notices of one issuer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from gongwen.lexicon.divisions import division, place_name
from gongwen.model import Actor, Milestone, Notice, Span, Task, Unit

_KEY_DIGITS = 12  # 48 bits: a million units share no key but by a rare accident
_CENTRE = "中央"


class Identity(NamedTuple):
    """A unit over all notices. ``scope`` is the place whose unit it is, or the issuers that name it."""

    key: str
    name: str
    scope: str


class Assigned(NamedTuple):
    """A unit in a task of a notice, in a duty outside of tasks, or in a dated step of one. ``name`` is the unit's name as written.

    Tasks and duties count from 1; one of the two is None, and so are the role and its basis in a duty, which has a verb (牵头) instead.
    ``due_on`` is the last day of ``date``, ``step`` the words that the date governs; all are None where there is no date.
    ``recurrence`` says by when each time (每年2月底前).
    """

    unit: str
    notice: str
    task: int | None
    duty: int | None
    title: str
    date: str | None
    due_on: str | None
    step: str | None
    recurrence: str | None
    name: str
    role: str | None
    role_basis: str | None
    verb: str | None


def identities(notice: Notice) -> dict[str, Identity]:
    """The units that are responsible for something in ``notice``, by their ids there, in the order of the text."""
    names = "、".join(issuer.name for issuer in notice.issuers)
    responsible = {unit.unit_id for task in notice.tasks for unit in task.responsible_units}
    return {unit.id: _identity(unit, notice, names) for unit in notice.units if unit.id in responsible}


def _identity(unit: Unit | Actor, notice: Notice, issuers: str) -> Identity:
    name = (unit.full_name if isinstance(unit, Unit) else None) or unit.name
    if unit.organ_id is None:
        meant = f"{issuers or notice.id}\n{unit.name}"
        key = sha256(meant.encode()).hexdigest()[:_KEY_DIGITS]
        return Identity(key, name, issuers or notice.title or notice.id)
    of = unit.organ_id.partition("-")[0]
    return Identity(unit.organ_id, name, place_name(division(of)) if of.isdecimal() else _CENTRE)


def acting(notice: Notice, units: Mapping[str, Identity]) -> list[list[Identity]]:
    """Who has each duty of ``notice``: a unit of its tasks (``units``) or one that running text alone names."""
    names = "、".join(issuer.name for issuer in notice.issuers)
    named = {unit.id: unit for unit in notice.units}
    return [
        [
            units.get(actor.unit_id or "") or _identity(named.get(actor.unit_id or "", actor), notice, names)
            for actor in duty.actors
        ]
        for duty in notice.duties
    ]


def assigned(notice: Notice, units: Mapping[str, Identity], actors: Sequence[Sequence[Identity]]) -> Iterator[Assigned]:
    """Every unit of every task and of every duty, in the order of the text, once for each dated step of it."""
    for number, task in enumerate(notice.tasks, 1):
        dated = _dated(task.milestones, task.spans) or [(task.deadline, task.due_on, None)]
        for unit in task.responsible_units:
            key = units[unit.unit_id].key
            for dates in dated:
                yield Assigned(
                    key,
                    notice.id,
                    number,
                    None,
                    heading(task),
                    *dates,
                    task.recurrence,
                    unit.name,
                    unit.role,
                    unit.role_basis,
                    None,
                )
    for number, (duty, acts) in enumerate(zip(notice.duties, actors, strict=True), 1):
        dated = _dated(duty.milestones, (duty.span,)) or [(None, None, None)]
        for actor, identity in zip(duty.actors, acts, strict=True):
            for dates in dated:
                yield Assigned(
                    identity.key,
                    notice.id,
                    None,
                    number,
                    duty.text,
                    *dates,
                    duty.recurrence,
                    actor.name,
                    None,
                    None,
                    actor.verb,
                )


def _dated(
    milestones: Sequence[Milestone], whole: Sequence[Span]
) -> Sequence[tuple[str | None, str | None, str | None]]:
    """Dates with their steps; the step is None where the date is that of all that is to be done."""
    return [(step.date, step.due_on, None if step.span in whole else step.text) for step in milestones]


def heading(task: Task) -> str:
    """The title of a task, or its text, which the page cuts."""
    return task.title or task.text
