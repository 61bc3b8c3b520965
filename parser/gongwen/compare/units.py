"""Changes of who is responsible: units added to a task, taken from it, exchanged, given another role; another lead; units renamed throughout.

A unit is told apart by the id of its organ, else by its name with a shared prefix restored. It is renamed where the registry says that the
organ goes by another name or that the one took over from the other; or where a name gives way to another wherever it stood, often
enough or, if the registry does not know both, to one like it. Units of different places are different ones. Where the lead goes from one unit to another, that is one fact, with what the roles of both were and are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from rapidfuzz.distance import Indel

from gongwen.compare.adaptation import Adaptation
from gongwen.compare.assignment import assign
from gongwen.compare.authority import bare_name, follows, function, read_authority, stem, without_place
from gongwen.compare.changes import Change, Counterpart, Place, RoleChange, UnitState, fact
from gongwen.compare.identity import unit_keys, unit_name
from gongwen.compare.items import Item
from gongwen.compare.matching import Group
from gongwen.compare.wording import Accounts, Tokenize, edits
from gongwen.model import Notice, ResponsibleUnit

_EVERYWHERE = 0.8  # share of the tasks with the old name in which the new one stands for it
_MOSTLY = 0.5  # … and of those with the new name, unless the names are alike
_OFTEN = 2  # as many tasks prove a renaming; fewer do if the names are alike, too
_ALWAYS = 3  # … of two organs that the registry knows as different ones
_NAMES_ALIKE = 0.6
_OF_ONE_HEAD = 0.5  # … of names that begin alike: 林业局, 林草局
_BRACKETS = "（）()〔〕[]［］【】〈〉<>"

Units = dict[str, "_Held"]


@dataclass(frozen=True, slots=True)
class _Held:
    """A unit that the items of a group name: what it is there, in which item, and at which place of its clause."""

    unit: ResponsibleUnit
    item: Item
    at: int

    @property
    def place(self) -> Place:
        pointer = f"{self.item.pointer}/responsible_units/{self.at}"
        return Place(pointer, self.item.id, self.unit.name, (*self.item.path, self.item.label), (self.unit.span,))

    @property
    def state(self) -> UnitState:
        return UnitState(self.unit.name, self.unit.role)


class Registry:
    """What tells the units of both notices apart, and which of them were renamed: old key → new key.

    Between two governments, whose words ``adaptation`` makes neutral, a unit is told apart by its function, and nothing is renamed.
    """

    def __init__(self, old: Notice, new: Notice, groups: Sequence[Group], adaptation: Adaptation | None = None) -> None:
        self._old, self._new = unit_keys(old, new)
        if adaptation:
            names = tuple(self._old), tuple(self._new)
            self._old, self._new = ({name: adaptation.function(name) for name in side} for side in names)
            short = dict(_abbreviated(self._old, self._new))
            self._old = {name: short.get(key, key) for name, key in self._old.items()}
        self.renamed = {} if adaptation else dict(self._renamings(groups))
        self.names = dict(self._names(groups))

    def _names(self, groups: Sequence[Group]) -> Iterator[tuple[str, str]]:
        """The names, as written, of units that are the same or were renamed: an edit that puts the new one says nothing else."""
        for group in groups:
            old, new = self.old_units(group.old), self.new_units(group.new)
            for key, held in old.items():
                other = new.get(self.renamed.get(key, key))
                if other and other.unit.name != held.unit.name:
                    yield held.unit.name, other.unit.name

    def old_units(self, items: Iterable[Item]) -> Units:
        """The units of items of the old notice, each once, with the first role that it has."""
        return self._units(items, self._old)

    def new_units(self, items: Iterable[Item]) -> Units:
        return self._units(items, self._new)

    def _units(self, items: Iterable[Item], keys: Mapping[str, str]) -> Units:
        found: Units = {}
        for item in items:
            for at, unit in enumerate(item.units):
                found.setdefault(keys[unit_name(unit)], _Held(unit, item, at))
        return found

    def counterparts(self, groups: Sequence[Group]) -> Iterator[Counterpart]:
        """The units of both notices that have the same function in corresponding items, each pair once, in the order of the new notice."""
        found: dict[Counterpart, None] = {}
        for group in groups:
            old, new = self.old_units(group.old), self.new_units(group.new)
            for key, held in new.items():
                if key in old and old[key].unit.name != held.unit.name:
                    found[Counterpart(old[key].unit.name, held.unit.name, key)] = None
        yield from found

    def mentioned(self, notice: Notice, side: Literal["old", "new"], key: str) -> list[ResponsibleUnit]:
        """The mentions of a unit in the tasks of one of the notices, in their order."""
        keys = self._old if side == "old" else self._new
        named = (unit for task in notice.tasks for unit in task.responsible_units if keys[unit_name(unit)] == key)
        return sorted(named, key=lambda unit: unit.span.start)

    def _renamings(self, groups: Sequence[Group]) -> Iterator[tuple[str, str]]:
        sides = [(self.old_units(group.old), self.new_units(group.new)) for group in groups if group.old and group.new]
        names = _by_key(self._old), _by_key(self._new)
        for key, before in names[0].items():
            if key in names[1] and _has_other_name(before, names[1][key]):
                yield key, key
        held_old = Counter(key for old, _ in sides for key in old)
        held_new = Counter(key for _, new in sides for key in new)
        together: Counter[tuple[str, str]] = Counter()
        for old, new in sides:
            gone = [key for key in old if key not in names[1]]
            come = [key for key in new if key not in names[0]]
            together.update(product(gone, come))
        edges = []
        for (a, b), count in together.items():
            first, second = min(names[0][a]), min(names[1][b])
            likeness = _likeness(first, second)
            if count < _EVERYWHERE * held_old[a] or likeness is None:
                continue
            known = follows(second, first)
            if known:
                yield a, b
            elif known is None and (
                _is_like(first, second, likeness) or (count >= _OFTEN and count >= _MOSTLY * held_new[b])
            ):
                edges.append((count / held_old[a] + likeness, a, b))
        yield from assign(edges)


def _abbreviated(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The functions whose units go by a shorter or longer name in the other notice (文化广电体育和旅游局, 文广体旅局), the likeliest pairs."""
    known = frozenset(old.values()), frozenset(new.values())
    gone = {bare_name(name): key for name, key in old.items() if key not in known[1]}
    come = {bare_name(name): key for name, key in new.items() if key not in known[0]}
    edges = []
    for (one, a), (other, b) in product(gone.items(), come.items()):
        short, long = sorted((one, other), key=len)
        rest = iter(long)
        if short[:1] == long[:1] and 2 * len(short) >= len(long) and all(character in rest for character in short):
            edges.append((len(short) / len(long), a, b))
    yield from assign(edges)


def _by_key(keys: Mapping[str, str]) -> dict[str, set[str]]:
    """The names of each unit."""
    found: dict[str, set[str]] = {}
    for name, key in keys.items():
        found.setdefault(key, set()).add(name)
    return found


def _has_other_name(before: set[str], after: set[str]) -> bool:
    """Whether none of the names of one organ stands for what one of the others stands for."""
    return before.isdisjoint(after) and {stem(name) for name in before}.isdisjoint(stem(name) for name in after)


def _likeness(one: str, other: str) -> float | None:
    """How alike the names of two units are without their places; None where they are of different places."""
    places = read_authority(one).place, read_authority(other).place
    if None not in places and places[0] != places[1]:
        return None
    if function(one) == function(other):
        return 1.0
    return Indel.normalized_similarity(without_place(one), without_place(other))


def _is_like(one: str, other: str, likeness: float) -> bool:
    """Whether two names are alike enough for one to be the other's new one."""
    one, other = without_place(one), without_place(other)
    return likeness >= (_OF_ONE_HEAD if one[:1] == other[:1] else _NAMES_ALIKE)


def renaming_changes(old: Notice, new: Notice, registry: Registry) -> Iterator[Change]:
    """One change for each renaming, with all mentions of either name, which is told as it is written first."""
    for before, after in registry.renamed.items():
        here = _mentions(old, registry.mentioned(old, "old", before))
        there = _mentions(new, registry.mentioned(new, "new", after))
        told = fact(UnitState(here.label, None), UnitState(there.label, None))
        yield Change("unit-renamed", None, (here,), (there,), here.label, there.label, (), told)


def unit_changes(group: Group, registry: Registry, accounts: Accounts, tokenize: Tokenize) -> Iterator[Change]:
    """What changed about the units of corresponding items; those of split or merged ones are taken together."""
    old = {registry.renamed.get(key, key): held for key, held in registry.old_units(group.old).items()}
    new = registry.new_units(group.new)
    here, there = (tuple(item.place for item in side) for side in group)
    told = list(_lead_changes(old, new))
    settled = {name for names, _ in told for name in names}
    yield from (change for _, change in told)
    gone = {name: held for name, held in old.items() if name not in new and name not in settled}
    come = {name: held for name, held in new.items() if name not in old and name not in settled}
    for a, b in _exchanged(gone, come):
        before, after = gone.pop(a), come.pop(b)
        told_fact = fact(before.state, after.state)
        names = before.unit.name, after.unit.name
        yield Change("unit-exchanged", None, (before.place,), (after.place,), *names, (), told_fact)
        settled.add(a)
    changed = bool(settled or gone or come)
    for name, held in old.items():
        if name in gone:
            yield Change("unit-removed", None, (held.place,), there, held.unit.name, None, (), fact(held.state, None))
        elif name in new and name not in settled and new[name].unit.role != held.unit.role:
            changed = True
            other = new[name]
            roles = held.unit.role, other.unit.role
            told_fact = fact(held.state, other.state)
            yield Change("unit-role-changed", "role", (held.place,), (other.place,), *roles, (), told_fact)
    for held in come.values():
        yield Change("unit-added", None, here, (held.place,), None, held.unit.name, (), fact(None, held.state))
    if not changed and len(group.old) == len(group.new) == 1:
        yield from _clause_changes(group.old[0], group.new[0], accounts, tokenize)


def _lead_changes(old: Units, new: Units) -> Iterator[tuple[set[str], Change]]:
    """That the lead went from some units to others, and which units that settles; not where one side knows no lead."""
    leads_old, leads_new = ([name for name, held in side.items() if held.unit.role == "lead"] for side in (old, new))
    lost = [name for name in leads_old if name not in leads_new]
    won = [name for name in leads_new if name not in leads_old]
    if not (lost and won):
        return
    before, after = "、".join(old[name].unit.name for name in lost), "、".join(new[name].unit.name for name in won)
    places = tuple(old[name].place for name in lost), tuple(new[name].place for name in won)
    roles = [_role_change(name, old, new) for name in (*lost, *won)]
    alone = len(lost) == len(won) == 1
    told = fact(old[lost[0]].state if alone else None, new[won[0]].state if alone else None, tuple(roles))
    yield {*lost, *won}, Change("lead-changed", "role", *places, before, after, (), told)


def _role_change(name: str, old: Units, new: Units) -> RoleChange:
    here, there = old.get(name), new.get(name)
    held = there or here
    assert held
    return RoleChange(held.unit.name, here.unit.role if here else None, there.unit.role if there else None)


def _exchanged(gone: Units, come: Units) -> list[tuple[str, str]]:
    """Units of which one came for the other: in the same role, and at the same place of the clause, the only ones, or with like names."""
    edges = []
    for (a, before), (b, after) in product(gone.items(), come.items()):
        if before.unit.role != after.unit.role:
            continue
        alone = [sum(held.unit.role == before.unit.role for held in side.values()) == 1 for side in (gone, come)]
        likeness = _likeness(unit_name(before.unit), unit_name(after.unit)) or 0.0
        if before.at == after.at or all(alone) or likeness >= _NAMES_ALIKE:
            edges.append((0.1 + likeness + (before.at == after.at), a, b))
    return assign(edges)


def _clause_changes(old: Item, new: Item, accounts: Accounts, tokenize: Tokenize) -> Iterator[Change]:
    """The clause, where it names the same units in the same roles in other words or another order."""
    before, after = ((item.task.clause or "" if item.task else "").strip(_BRACKETS) for item in (old, new))
    if before and after and (found := accounts.settle(before, after, edits(before, after, tokenize))):
        yield Change("clause-reworded", "clause", (old.place,), (new.place,), before, after, found)


def _mentions(notice: Notice, named: Sequence[ResponsibleUnit]) -> Place:
    """All places of a unit, of which some mentions are known."""
    ids = {unit.unit_id for unit in named}
    found = [(at, unit.spans) for at, unit in enumerate(notice.units) if unit.id in ids]
    spans = {span for _, spans in found for span in spans} or {unit.span for unit in named}
    pointer = f"/units/{found[0][0]}" if found else "/units"
    return Place(pointer, None, named[0].name, (), tuple(sorted(spans, key=lambda span: (span.start, span.end))))
