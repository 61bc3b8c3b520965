"""Elision: what the names of a list leave out because a neighbour says it (省发展改革委、工业和信息化厅).

Only neighbours that nothing but a separator stands between share words, and only where it is certain: a level word is shared by
the organs behind it that the lexicon knows and by those whose names end like a department's and say no place of their own, a suffix by the places before it (天河区、黄埔区政府), 各 and 有关 by the classes
behind them (各市、县（区）人民政府).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongwen.extract.clauses.grammar import Name
from gongwen.lexicon import divisions, vocabulary
from gongwen.lexicon.organs import ELIDING, has_no_level, is_of_party, is_vertical, organ
from gongwen.lexicon.places import is_place_alone, of_places, shared_by_places
from gongwen.lexicon.units import LEVELS, ends_like, is_bare_class, is_class, modifier, split_level

_DEPARTMENT = "局厅委办"


@vocabulary.compiled
def _shared_suffix() -> re.Pattern[str]:
    return re.compile(f"(?:{vocabulary.alternation('unit_words', 'end', 'seat')})$")


@vocabulary.compiled
def _of_its_own() -> re.Pattern[str]:
    """What begins a name that leaves no level word out."""
    whole = vocabulary.alternation("unit_words", "head", "whole")
    return re.compile(rf"{whole}|[中驻原该本]|团[{LEVELS}]")


def _is_department(name: str) -> bool:
    """Whether ``name`` ends like that of a government's department and names no place: 通信管理局, but not 江西银保监局 or 国家税务局."""
    return (
        name[-1] in _DEPARTMENT
        and ends_like(name, "organ")
        and not _of_its_own().match(name)
        and not divisions.named(name)
        and not divisions.names_province(name)
    )


def with_readings(clause_names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names of a clause, those that left something out with their reading."""
    found = _readings(clause_names)
    if not any(found):
        return clause_names
    return tuple([name._replace(reading=reading) for name, reading in zip(clause_names, found, strict=True)])


def _readings(names: Sequence[Name]) -> list[str | None]:
    """For each name of a list its reading with what it shares with its neighbours, None where it is complete or it isn't certain."""
    found: list[str | None] = [None] * len(names)
    level, shared = "", ""
    for index, name in enumerate(names):
        text = name.text
        together = index > 0 and names[index - 1].end + 1 == name.start
        own = split_level(text)
        if not together:
            level = shared = ""
        if own:
            if shared and is_bare_class(text):
                found[index] = shared + text
            elif ends_like(text, "organ"):
                level = own[0]
        elif level and not is_class(text):
            known = organ(text)
            if known and (known.kind in ELIDING or (is_vertical(text) and not has_no_level(text))):
                found[index] = level + ("委" if is_of_party(text) and text[0] != "委" else "") + text
            elif not known and not has_no_level(text) and _is_department(text):
                found[index] = level + text
        class_of = modifier().match(text)
        shared = class_of[0] if class_of else ""
        if together and text[-1] in "府会处委" and not ends_like(names[index - 1].text, "organ"):
            suffix = _shared_suffix().search(text)
            before = names[index - 1].text
            if suffix and suffix.start() and ends_like(before, "place"):
                found[index - 1] = (found[index - 1] or before) + suffix[0]
    _share_levels(names, found)
    return found


def _share_levels(names: Sequence[Name], found: list[str | None]) -> None:
    """Give places without their level the level and the seat of the one that their list ends in: 甘孜、阿坝、凉山州人民政府."""
    shared = None
    for index in range(len(names) - 1, -1, -1):
        name = names[index]
        together = index + 1 < len(names) and name.end + 1 == names[index + 1].start
        if name.shared:
            shared = name.shared
            found[index] = of_places(name.text, shared) or found[index]
        elif together and shared and is_place_alone(name.text):
            found[index] = of_places(name.text, shared) or found[index]
        else:
            shared = shared_by_places(name.text)
