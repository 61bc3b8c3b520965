"""Which unit a name means over all notices, and what it is responsible for in one of them.

区科协 is another unit in another district. A full name, where it is certain, is the unit; any other name is taken to mean
the same unit in all notices of one government: of the division of the unit or else of the issuer, by GB/T 2260, where that
is certain, else of the issuers by name. A notice without an issuer speaks of units of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from gongwen.lexicon.divisions import division, place_name
from gongwen.model import Notice, Task

_KEY_DIGITS = 12  # 48 bits: a million units share no key but by a rare accident


class Identity(NamedTuple):
    """A unit over all notices. ``scope`` is the place whose unit it is, or the issuers that name it."""

    key: str
    name: str
    scope: str


class Assigned(NamedTuple):
    """A unit in a task of a notice; tasks count from 1. ``name`` is the unit's name as written."""

    unit: str
    notice: str
    task: int
    task_title: str
    deadline: str | None
    name: str
    role: str
    role_basis: str


def identities(notice: Notice) -> dict[str, Identity]:
    """The units that are responsible for something in ``notice``, by their ids there, in the order of the text."""
    issuing = {issuer.unit_id for issuer in notice.issuers}
    home = next((unit.division for unit in notice.units if unit.id in issuing and unit.division), None)
    names = "、".join(issuer.name for issuer in notice.issuers)
    speaker = names or notice.id
    responsible = {unit.unit_id for task in notice.tasks for unit in task.responsible_units}
    found = {}
    for unit in notice.units:
        if unit.id in responsible:
            code = unit.division or home
            meant = unit.full_name or f"{code or speaker}\n{unit.name}"
            key = sha256(meant.encode()).hexdigest()[:_KEY_DIGITS]
            found[unit.id] = Identity(
                key,
                unit.full_name or unit.name,
                place_name(division(code)) if code else names or notice.title or notice.id,
            )
    return found


def assigned(notice: Notice, units: Mapping[str, Identity]) -> Iterator[Assigned]:
    """Every unit of every task, in the order of the text."""
    for number, task in enumerate(notice.tasks, 1):
        for unit in task.responsible_units:
            key = units[unit.unit_id].key
            yield Assigned(key, notice.id, number, heading(task), task.deadline, unit.name, unit.role, unit.role_basis)


def heading(task: Task) -> str:
    """The title of a task, or its text, which the page cuts."""
    return task.title or task.text
