"""Units: every organ named as issuer, recipient or in a responsibility clause, once, with all names that the notice calls it by; and the
organs that running text says have to act (县水利局负责…), where their full names are certain.

Which organ a name means is decided by ``gongwen.lexicon.registry`` with the jurisdiction of the notice and its date:

    区科协 in a notice of 阜阳市颍州区 → organ 341202-kexie, full name 阜阳市颍州区科学技术协会

The offices of the organ that issues the notice may stand by their own names: 省局计量处, and 计量处 in a notice to 局机关各处室.
Names that mean one organ (省工业和信息化厅, 工业和信息化厅) are one unit; a name whose organ is unknown is a unit of its own. A finding says
why a unit has no full name. Names of classes (各乡镇街道, 有关部门) are collective and never expanded: who belongs to them
changes with time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gongwen.extract.clauses.clauses import Clause, Scope
from gongwen.extract.header.fields import Mention
from gongwen.findings import finding
from gongwen.lexicon.registry import House, Identity, Jurisdiction, house, identify, named_office, office_of
from gongwen.model import Finding, Party, Span, Spelling, Unit
from gongwen.text import Text


class Registry(NamedTuple):
    """The units of a notice; their ids, and those of their organs, by name as written; and the spans of their mentions."""

    units: tuple[Unit, ...]
    ids: dict[str, str]
    organ_ids: dict[str, str | None]
    spans: dict[tuple[int, int], Span]
    findings: tuple[Finding, ...]
    home: Jurisdiction
    house: House | None
    issue_date: str | None

    def who(self, name: str) -> tuple[str | None, str | None]:
        """The unit, if it is one of the notice's under whatever name, and the organ that ``name`` means in running text."""
        if name in self.ids:
            return self.ids[name], self.organ_ids[name]
        organ_id = _identity(name, self.home, self.house, self.issue_date).organ_id
        same = next((unit.id for unit in self.units if organ_id and unit.organ_id == organ_id), None)
        return same, organ_id

    def parties(self, text: Text, mentions: Iterable[Mention]) -> tuple[Party, ...]:
        """The issuers or recipients that ``mentions`` name."""
        return tuple(
            [
                Party(at.name, self.ids[at.name], self.organ_ids[at.name], text.to_source(at.start, at.end), at.basis)
                for at in mentions
            ]
        )


def register(
    text: Text,
    issuers: Sequence[Mention],
    recipients: Sequence[Mention],
    clauses: Sequence[Clause | Scope],
    home: Jurisdiction,
    issue_date: str | None = None,
    acting: Iterable[Mention] = (),
) -> Registry:
    """Every unit that the notice of ``home`` names, in order of first mention, behind them those that are only ``acting`` in running text.

    Organs are those that there were at ``issue_date``.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    readings: dict[str, str] = {}
    for mention in (*issuers, *recipients):
        places.setdefault(mention.name, []).append((mention.start, mention.end))
        if mention.reading:
            readings[mention.name] = mention.reading
    for clause in clauses:
        for unit_name in clause.names:
            places.setdefault(unit_name.text, []).append((unit_name.start, unit_name.end))
            if unit_name.reading:
                readings[unit_name.text] = unit_name.reading
    spans_of = {extent: text.to_source(*extent) for extents in places.values() for extent in extents}
    issuing = house([at.name for at in issuers], [at.name for at in recipients], home, issue_date)
    named = {
        name: (
            _identity(readings.get(name, name), home, issuing, issue_date),
            tuple([spans_of[at] for at in sorted(extents)]),
        )
        for name, extents in sorted(places.items(), key=lambda entry: min(entry[1]))
    }
    whole = {identity.full_name: identity for identity, _ in named.values() if identity.full_name}
    for name, (identity, spans) in named.items():
        here = [whole[full] for full in identity.candidates if full in whole and _abbreviates(name, full)]
        if len(here) == 1:  # 市文旅局, which the notice calls 市文化广电和旅游局 elsewhere
            named[name] = here[0], spans
    if issuing:
        offices = {identity.organ_id for identity, _ in named.values() if identity.full_name}
        for name, (identity, spans) in named.items():
            office = named_office(name, issuing)  # 登记注册局, which the notice calls 省局登记注册局 elsewhere
            if identity.unresolved == "unknown-organ" and office.organ_id in offices:
                named[name] = office, spans
    for name, extents in _elsewhere(acting, places).items():
        identity = _identity(name, home, issuing, issue_date)
        if identity.full_name:
            spans_of |= {extent: text.to_source(*extent) for extent in extents}
            named[name] = identity, tuple([spans_of[at] for at in extents])
    same: dict[str, list[str]] = {}
    for name, (identity, _) in named.items():
        same.setdefault(identity.organ_id or name, []).append(name)
    units: list[Unit] = []
    ids: dict[str, str] = {}
    findings: list[Finding] = []
    for number, names in enumerate(same.values(), 1):
        identities = [named[name][0] for name in names]
        meant = next((identity for identity in identities if identity.full_name), identities[0])
        spellings = tuple([Spelling(name, named[name][1]) for name in names])
        spans = tuple(sorted((span for spelling in spellings for span in spelling.spans), key=lambda span: span.start))
        ids.update(dict.fromkeys(names, f"unit-{number}"))
        units.append(_unit(f"unit-{number}", names[0], meant, spellings, spans))
        if meant.unresolved:
            params = {"candidates": "、".join(meant.candidates)} if meant.candidates else {}
            findings.append(finding(meant.unresolved, spans[0], name=names[0], **params))
    organ_ids = {name: identity.organ_id for name, (identity, _) in named.items()}
    return Registry(tuple(units), ids, organ_ids, spans_of, tuple(findings), home, issuing, issue_date)


def _abbreviates(name: str, full: str) -> bool:
    """Whether the characters of ``name`` stand in ``full``, in this order: 市文旅局 and 青禾市文化广电和旅游局."""
    rest = iter(full)
    return all(character in rest for character in name)


def _elsewhere(acting: Iterable[Mention], places: Mapping[str, object]) -> dict[str, list[tuple[int, int]]]:
    """Where the names that only act in running text stand, by name."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at in acting:
        if at.name not in places:
            found.setdefault(at.name, []).append((at.start, at.end))
    return found


def _identity(name: str, home: Jurisdiction, issuing: House | None, date: str | None) -> Identity:
    """What ``name`` stands for: an office of the organ that issues the notice, or what the tables say."""
    return (office_of(name, issuing) if issuing else None) or identify(name, home, date)


def _unit(id: str, name: str, meant: Identity, spellings: tuple[Spelling, ...], spans: tuple[Span, ...]) -> Unit:
    return Unit(
        id,
        name,
        meant.organ_id,
        meant.full_name,
        meant.kind,
        meant.division,
        meant.collective,
        meant.candidates,
        spellings,
        spans,
    )
