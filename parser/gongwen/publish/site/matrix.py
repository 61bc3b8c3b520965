"""Who does what: the units of a notice by its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from gongwen.model import Notice, Role, Section, Task, Unit

ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
"""The roles as a reader asks for them: who leads first."""

_MOST_CELLS = 50_000  # the largest plan seen has 97 tasks and 56 units; the cells are the product, which a bad source can make huge


class Row(NamedTuple):
    """A unit with its roles in each task, in the order of the columns, and its place in the order of the text."""

    unit: Unit
    cells: tuple[tuple[Role, ...], ...]
    tasks: int
    place: int


class Group(NamedTuple):
    """Neighbouring tasks below one heading; None where they stand below none."""

    section: Section | None
    tasks: int


class Matrix(NamedTuple):
    """``rows`` start with the busiest unit; units with as many tasks keep the order of the text. ``roles`` are those that occur."""

    roles: tuple[Role, ...]
    groups: tuple[Group, ...]
    tasks: tuple[Task, ...]
    rows: tuple[Row, ...]


def matrix(notice: Notice) -> Matrix | None:
    """The units that have tasks in ``notice``, by all its tasks; None where that is more than a page can show."""
    sections = {section.id: section for section in notice.sections}
    units = {unit.id: unit for unit in notice.units}
    roles: dict[str, dict[int, list[Role]]] = {}
    for column, task in enumerate(notice.tasks):
        for responsible in task.responsible_units:
            cell = roles.setdefault(responsible.unit_id, {}).setdefault(column, [])
            if responsible.role not in cell:
                cell.append(responsible.role)
    if len(roles) * len(notice.tasks) > _MOST_CELLS:
        return None
    rows = [
        Row(
            units[identifier],
            tuple(tuple(cells.get(column, ())) for column in range(len(notice.tasks))),
            len(cells),
            place,
        )
        for place, (identifier, cells) in enumerate(roles.items())
    ]
    rows.sort(key=lambda row: -row.tasks)
    used = {role for cells in roles.values() for cell in cells.values() for role in cell}
    return Matrix(
        tuple(role for role in ROLES if role in used), _groups(notice.tasks, sections), notice.tasks, tuple(rows)
    )


def _groups(tasks: Sequence[Task], sections: dict[str, Section]) -> tuple[Group, ...]:
    runs = groupby(tasks, key=lambda task: task.group_id)
    return tuple(Group(sections.get(identifier or ""), len(list(run))) for identifier, run in runs)
