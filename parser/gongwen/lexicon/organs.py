"""Names of organs of local government, party and people's organizations, without their place: what each stands for.

organ_names.tsv has a row for each name as it is written (人社局), with the whole name behind it (人力资源和社会保障局), whether the name alone
fixes that (*certain*), and the *function* whose organ it is, if it is that of a function: 工信局 and 经信局 are names of the one organ
that a government has for industry. organ_functions.tsv has the functions, with the names that their organs have at each level
of government. README.md says what a row needs and what the sources are.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from gongwen.lexicon.reference import rows

COLLECTIVE = "集合"
"""The kind of names that stand for a class of units: 各乡镇."""

ELIDING = frozenset({"政府部门", "党委部门", "群团", "事业单位", "法院", "检察院"})
"""The kinds whose organs leave out a level word that the name before them in a list has: 省发展改革委、工业和信息化厅."""

_VERTICAL = "垂直管理"
_COLUMN_OF_LEVEL = {"province": "p", "municipality": "m", "prefecture": "c", "county": "x"}


class Function(NamedTuple):
    """What a government has an organ for. ``names`` are the organ's, by level; ``template`` makes its full name.

    ``certain`` holds the levels at which every government's organ has the first of the names; ``branch`` says where it is a branch of the
    organ above ("district": in city districts, "county": in all counties).
    """

    id: str
    kind: str
    names: dict[str, tuple[str, ...]]
    certain: frozenset[str]
    template: str
    branch: str
    valid_from: str
    valid_until: str
    successor: str


class Organ(NamedTuple):
    """What a name of an organ stands for: ``stem`` is the whole name without place, ``certain`` says that the name fixes it."""

    name: str
    function: str
    stem: str
    certain: bool
    kind: str


@cache
def functions() -> dict[str, Function]:
    """The functions by their ids."""
    return {
        row["function"]: Function(
            row["function"],
            row["kind"],
            {level: tuple(filter(None, row[level].split("|"))) for level in _COLUMN_OF_LEVEL},
            frozenset([level for level, letter in _COLUMN_OF_LEVEL.items() if letter in row["certain"]]),
            row["template"] or "{P}{stem}",
            row["branch"],
            row["valid_from"],
            row["valid_until"],
            row["successor"],
        )
        for row in rows("organ_functions")
    }


@cache
def _vertical() -> dict[str, Organ]:
    """The patterns of vertical organs that are whole names: 税务局."""
    return {
        row["pattern"]: Organ(row["pattern"], "", row["pattern"], False, row["kind"])
        for row in rows("vertical_organs")
        if "{" not in row["pattern"]
    }


def is_vertical(name: str) -> bool:
    """Whether the organ ``name`` is one of a ministry in a place, which is named by patterns of its own: 税务局, 气象局."""
    return name in _vertical()


@cache
def _of_the_centre() -> frozenset[str]:
    """The names, without place, of organs of a ministry that no level word stands before, since their full names have the place without
    its level: 江西能源监管办 is 国家能源局江西监管办公室; but 江西省税务局.
    """
    places = ("{p}", "{P}")
    return frozenset(
        row["pattern"].removeprefix("{p}")
        for row in rows("vertical_organs")
        if row["kind"] == _VERTICAL and "{p}" in row["template"] and "{P}" not in row["template"]
    ) - frozenset(
        row["pattern"].removeprefix(place)
        for row in rows("vertical_organs")
        for place in places
        if "{P}" in row["template"]
    )


def has_no_level(name: str) -> bool:
    """Whether ``name``, without place, is that of an organ of a ministry that takes no level word: 能源监管办, 海关, but not 税务局."""
    return name in _of_the_centre()


@cache
def _organs() -> dict[str, Organ]:
    """The organs of the tables by their names."""
    return _vertical() | {
        row["name"]: Organ(row["name"], row["function"], row["stem"], row["certain"] == "yes", row["kind"])
        for row in rows("organ_names")
    }


def organ(name: str) -> Organ | None:
    """What ``name``, without its place, stands for; None where it is the name of no known organ.

    A department of a province (厅) is found by its counterpart (局).

    >>> organ("人社局").stem, organ("科协").function, organ("丝绸局")
    ('人力资源和社会保障局', 'kexie', None)
    """
    known = _organs()
    found = known.get(name)
    if found is None and name.endswith("厅") and len(name) > 2:
        counterpart = known.get(name[:-1] + "局")
        if counterpart and counterpart.stem.endswith("局"):
            return counterpart._replace(name=name, stem=counterpart.stem[:-1] + "厅")
    return found


def is_of_party(name: str) -> bool:
    """Whether the organ ``name`` is one of the party's, before whose name 委 stands behind the level word: 宣传部, 网信办.

    >>> is_of_party("宣传部"), is_of_party("财政局")
    (True, False)
    """
    found = organ(name)
    function = functions().get(found.function) if found else None
    return function is not None and "中共" in function.template and function.kind == "党委部门"
