"""What tells the responsible units of two notices apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongwen.compare.authority import stem, without_place
from gongwen.model import Notice, ResponsibleUnit


def unit_name(unit: ResponsibleUnit) -> str:
    """The name of a responsible unit, with a shared prefix restored."""
    return unit.reading or unit.name


def organ_name(unit: ResponsibleUnit) -> str:
    """The name of a responsible unit, written out as far as the tables know it: 县人力资源和社会保障局 for 县人社局."""
    name = unit_name(unit)
    bare = without_place(name)
    return name.removesuffix(bare) + stem(bare)


def unit_keys(old: Notice, new: Notice) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What tells the responsible units of each notice apart, by their names: the id of the organ, else the name written out.

    A name that only one of the notices resolves, or that each resolves otherwise, means one unit all the same: the government may be
    known from one of them only.
    """
    here, there = (dict(_keys(notice)) for notice in (old, new))
    same = {key: there[name] for name, key in here.items() if name in there}
    return {name: same.get(key, key) for name, key in here.items()}, there


def _keys(notice: Notice) -> Iterator[tuple[str, str]]:
    collective = {unit.id for unit in notice.units if unit.collective}
    for task in notice.tasks:
        for unit in task.responsible_units:
            resolved = unit.organ_id if unit.unit_id not in collective else None
            yield unit_name(unit), resolved or organ_name(unit)
