"""Changes of who is responsible: units added to a task, taken from it, given another role; units renamed throughout.

A unit is told apart by its name, with a shared prefix restored. One name that gives way to another wherever it stood is one
renaming, not a removal and an addition in every task.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from rapidfuzz.distance import Indel

from gongwen.compare.assignment import assign
from gongwen.compare.changes import Change, Place
from gongwen.compare.items import Item
from gongwen.compare.matching import Group
from gongwen.compare.wording import Accounts, Tokenize, edits
from gongwen.model import Notice, ResponsibleUnit

_EVERYWHERE = 0.8  # share of the tasks with either name in which one stands for the other
_OFTEN = 2  # as many tasks prove a renaming; fewer do if the names are alike, too
_NAMES_ALIKE = 0.6
_BRACKETS = "（）()〔〕[]［］【】〈〉<>"


def renamings(groups: Sequence[Group]) -> dict[str, str]:
    """Old name → new name, for units whose one name is gone and whose other name is new, in the same tasks."""
    sides = [(_by_name(group.old), _by_name(group.new)) for group in groups if group.old and group.new]
    names_old = {name for group in groups for name in _by_name(group.old)}
    names_new = {name for group in groups for name in _by_name(group.new)}
    held_old = Counter(name for old, _ in sides for name in old)
    held_new = Counter(name for _, new in sides for name in new)
    together: Counter[tuple[str, str]] = Counter()
    for old, new in sides:
        gone = [name for name in old if name not in names_new]
        come = [name for name in new if name not in names_old]
        together.update((a, b) for a, b in product(gone, come) if old[a].role == new[b].role)
    edges = []
    for (a, b), count in together.items():
        share = count / max(held_old[a], held_new[b])
        likeness = Indel.normalized_similarity(a, b)
        if share >= _EVERYWHERE and (count >= _OFTEN or likeness >= _NAMES_ALIKE):
            edges.append((share + likeness, a, b))
    return dict(assign(edges))


def renaming_changes(old: Notice, new: Notice, renamed: Mapping[str, str]) -> Iterator[Change]:
    """One change for each renaming, with all mentions of either name."""
    for before, after in renamed.items():
        yield Change("unit-renamed", None, (_mentions(old, before),), (_mentions(new, after),), before, after)


def unit_changes(group: Group, renamed: Mapping[str, str], tokenize: Tokenize) -> Iterator[Change]:
    """What changed about the units of corresponding tasks; the parts of a split or merged task together have its units."""
    old = {renamed.get(name, name): unit for name, unit in _by_name(group.old).items()}
    new = _by_name(group.new)
    here, there = tuple(item.place for item in group.old), tuple(item.place for item in group.new)
    changed = False
    for name, unit in old.items():
        if name not in new:
            changed = True
            yield Change("unit-removed", None, (_place(group.old, unit),), there, unit.name, None)
        elif new[name].role != unit.role:
            changed = True
            places = (_place(group.old, unit),), (_place(group.new, new[name]),)
            yield Change("unit-role-changed", "role", *places, unit.role, new[name].role)
    for name, unit in new.items():
        if name not in old:
            changed = True
            yield Change("unit-added", None, here, (_place(group.new, unit),), None, unit.name)
    if not changed and len(group.old) == len(group.new) == 1:
        yield from _clause_changes(group.old[0], group.new[0], renamed, tokenize)


def _clause_changes(old: Item, new: Item, renamed: Mapping[str, str], tokenize: Tokenize) -> Iterator[Change]:
    """The clause, where it names the same units in the same roles in other words or another order."""
    before, after = ((item.task.clause or "" if item.task else "").strip(_BRACKETS) for item in (old, new))
    if before and after and (found := Accounts((), renamed).untold(before, after, edits(before, after, tokenize))):
        yield Change("clause-reworded", "clause", (old.place,), (new.place,), before, after, found)


def _by_name(items: Iterable[Item]) -> dict[str, ResponsibleUnit]:
    """The units of all ``items``, each name once, with the first role that it has."""
    found: dict[str, ResponsibleUnit] = {}
    for item in items:
        for unit in item.units:
            found.setdefault(unit.reading or unit.name, unit)
    return found


def _place(items: Iterable[Item], unit: ResponsibleUnit) -> Place:
    """Where a unit stands among those of ``items``."""
    item, at = next((item, at) for item in items for at, other in enumerate(item.units) if other is unit)
    pointer = f"{item.pointer}/responsible_units/{at}"
    return Place(pointer, item.id, unit.name, (*item.path, item.label), (unit.span,))


def _mentions(notice: Notice, name: str) -> Place:
    """All places of a unit, by its name or by the reading of its name."""
    named = [unit for task in notice.tasks for unit in task.responsible_units if (unit.reading or unit.name) == name]
    ids = {unit.unit_id for unit in named}
    found = [(at, unit.spans) for at, unit in enumerate(notice.units) if unit.id in ids]
    spans = {span for _, spans in found for span in spans} or {unit.span for unit in named}
    pointer = f"/units/{found[0][0]}" if found else "/units"
    return Place(pointer, None, name, (), tuple(sorted(spans, key=lambda span: (span.start, span.end))))
