"""Units: every organ named as issuer, recipient or in a responsibility clause, once for each name as written.

A name is resolved with the jurisdiction of the issuer: the level word that it begins with (区科协, 市发改委) or the place that it
names (黄埔区政府) gives the division, the lexicon gives the kind and, where it is certain, the full name:

    区科协 in a notice of 阜阳市颍州区 → division 341202, full name 阜阳市颍州区科学技术协会

市 in a district's notice is the city above it. What a short name stands for is certain only by the rules of ``gongwen.lexicon.organs``;
where it isn't, the full name is null, the candidates are listed, and a finding says so. Names of classes (各乡镇街道, 有关部门)
are collective and never expanded: who belongs to them changes with time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from gongwen.extract.clauses import Clause, Scope
from gongwen.extract.header import Mention
from gongwen.findings import finding
from gongwen.lexicon import divisions
from gongwen.lexicon.divisions import Division
from gongwen.lexicon.organs import Organ, candidates, certain, organs
from gongwen.lexicon.units import LEVELS, is_class, split_level
from gongwen.model import Finding, Party, Span, Unit
from gongwen.text import Text


class Registry(NamedTuple):
    """The units of a notice, the ids by which the rest of the notice refers to them, by name as written, and the spans of their mentions."""

    units: tuple[Unit, ...]
    ids: dict[str, str]
    spans: dict[tuple[int, int], Span]
    findings: tuple[Finding, ...]

    def parties(self, text: Text, mentions: Iterable[Mention]) -> tuple[Party, ...]:
        """The issuers or recipients that ``mentions`` name."""
        return tuple([Party(at.name, self.ids[at.name], text.to_source(at.start, at.end), at.basis) for at in mentions])


class _Resolution(NamedTuple):
    """What a name stands for."""

    full_name: str | None
    kind: str | None
    division: str | None
    collective: bool
    candidates: tuple[str, ...]


_YOUTH_LEAGUE = re.compile(r"团([省市区县州旗])委")
_CLASS = re.compile("各|有关|相关")
_PLURAL = ("部门", "单位", "企业", "机构", "高校", "院校", "学校", "组织", "团体", "运营商")
_COLLECTIVE_KIND = "集合"
_BRANCH = "分局"  # the notes of organs whose district offices are branches of the city's


def register(
    text: Text,
    issuers: Sequence[Mention],
    recipients: Sequence[Mention],
    clauses: Sequence[Clause | Scope],
    issue_year: int | None = None,
) -> Registry:
    """Every unit that the notice names, in order of first mention; organs are those that there were in ``issue_year``."""
    places: dict[str, list[tuple[int, int]]] = {}
    readings: dict[str, str] = {}
    for mention in (*issuers, *recipients):
        places.setdefault(mention.name, []).append((mention.start, mention.end))
    for clause in clauses:
        for unit_name in clause.names:
            places.setdefault(unit_name.text, []).append((unit_name.start, unit_name.end))
            if unit_name.reading:
                readings[unit_name.text] = unit_name.reading
    spans_of = {extent: text.to_source(*extent) for extents in places.values() for extent in extents}
    home = _jurisdiction(issuers)
    units: list[Unit] = []
    findings: list[Finding] = []
    for number, (name, extents) in enumerate(sorted(places.items(), key=lambda entry: min(entry[1])), 1):
        spans = tuple([spans_of[extent] for extent in sorted(extents)])
        found = _resolved(readings.get(name, name), home, issue_year)
        if found.candidates:
            choice = "、".join(found.candidates)
            findings.append(finding("ambiguous-unit", spans[0], name=name, candidates=choice))
        units.append(Unit(f"unit-{number}", name, *found, spans))
    return Registry(tuple(units), {unit.name: unit.id for unit in units}, spans_of, tuple(findings))


def _jurisdiction(issuers: Sequence[Mention]) -> Division | None:
    """The division that the first issuer with a place in its name belongs to."""
    for issuer in issuers:
        found = divisions.leading(issuer.name)
        if found:
            return found[0]
    return None


@lru_cache(maxsize=4096)  # the notices of a government name the same units
def _resolved(name: str, home: Division | None, year: int | None) -> _Resolution:
    place, stem = _place(name, home)
    if _CLASS.search(name) or is_class(name) or name.endswith(_PLURAL) or _bare_class(name, place):
        division = place.code if place and place.name != name else None
        return _Resolution(None, _COLLECTIVE_KIND, division, True, ())
    claims = tuple([claim for claim in organs(stem, year) if claim.kind != _COLLECTIVE_KIND]) if stem else ()
    kinds = {claim.kind for claim in claims}
    kind = kinds.pop() if len(kinds) == 1 else None
    if place is None or not claims:
        return _Resolution(None, kind, place.code if place else None, False, ())
    organ = certain(stem, claims)
    full = organ.full_name(divisions.place_name(place)) if organ and not _is_branch(organ, place) else None
    could = () if full or (len(claims) == 1 and not claims[0].cited) else _candidates(stem, claims, place)
    return _Resolution(full, kind, place.code, False, could)


def _place(name: str, home: Division | None) -> tuple[Division | None, str]:
    """The division that ``name`` names or means by its level word, and the rest of the name."""
    found = divisions.leading(name, home)
    if found and found[1]:
        return found
    league = _YOUTH_LEAGUE.fullmatch(name)
    own = (league[1], "团委") if league else split_level(name)
    if own is None:
        return None, name
    level, stem = own
    above = divisions.chain(home) if home else ()
    return next((division for division in above if division.name.endswith(level)), None), stem


def _bare_class(name: str, place: Division | None) -> bool:
    """Whether ``name`` is a level with another one in brackets: 县（区）人民政府."""
    return place is None and re.match(rf"[{LEVELS}][（(〔﹝]", name) is not None


def _is_branch(organ: Organ, place: Division) -> bool:
    return _BRANCH in organ.notes and place.name.endswith("区") and place.level == "county"


def _candidates(stem: str, claims: tuple[Organ, ...], place: Division) -> tuple[str, ...]:
    names = candidates(stem, claims)
    return tuple([divisions.place_name(place) + name for name in names]) if len(names) > 1 else ()
