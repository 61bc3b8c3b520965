"""Organs: what short names of offices stand for (organs.tsv, see README.md), and when that is certain.

A row has the short name, the full name without its place, the kind, further names, notes, the sources, and how the place
enters the full name where it doesn't simply stand before it ("-": no full name can be made). General knowledge without a
cited source (BK) tells a kind, but never gives a full name.

A short name is certain to stand for a full one if no other row claims it, if its characters are taken from the full name in order
(人社局 from 人力资源和社会保障局; 工商局 is no abbreviation of 市场监督管理局, only its predecessor), and if the row knows no
other full name that it could come from (文旅体局: 文化旅游体育局 or 文化和旅游体育局).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_GENERAL_KNOWLEDGE = "BK"


class Organ(NamedTuple):
    """A row of organs.tsv."""

    short: str
    full: str
    kind: str
    names: tuple[str, ...]
    notes: str
    sources: frozenset[str]
    template: str

    @property
    def cited(self) -> bool:
        """Whether a source other than general knowledge stands behind the row."""
        return bool(self.sources - {_GENERAL_KNOWLEDGE})

    def full_name(self, place: str) -> str | None:
        """The full name of this organ of ``place``; None where none can be made by rule."""
        if self.template == "-":
            return None
        return self.template.replace("{place}", place) if self.template else place + self.full


@cache
def _organs() -> dict[str, tuple[Organ, ...]]:
    """All names of organs, short and full, each with the rows that claim it."""
    rows = Path(__file__).with_name("organs.tsv").read_text(encoding="utf-8").splitlines()[1:]
    claims: dict[str, tuple[Organ, ...]] = {}
    for row in rows:
        short, full, kind, names, notes, sources, template = row.split("\t")
        organ = Organ(
            short, full, kind, tuple(filter(None, names.split("|"))), notes, frozenset(sources.split(",")), template
        )
        for name in {short, full, *organ.names}:
            claims[name] = (*claims.get(name, ()), organ)
    return claims


def organs(name: str) -> tuple[Organ, ...]:
    """The organs that ``name``, without its place, could stand for; a department of a province (厅) is found by its counterpart (局).

    >>> [organ.full for organ in organs("科协")], [organ.full for organ in organs("教体局")]
    (['科学技术协会'], ['教育局', '教育体育局', '体育局'])
    """
    known = _organs()
    if name in known:
        return known[name]
    if name.endswith("厅") and len(name) > 2:
        return tuple(
            organ._replace(
                full=organ.full[:-1] + "厅",
                names=tuple(other[:-1] + "厅" for other in organ.names if other[-1] == "局"),
            )
            for organ in known.get(name[:-1] + "局", ())
            if organ.full.endswith("局")
        )
    return ()


def certain(name: str, claims: tuple[Organ, ...]) -> Organ | None:
    """The one organ that ``name`` stands for, or None.

    >>> certain("人社局", organs("人社局")).full, certain("城管局", organs("城管局"))
    ('人力资源和社会保障局', None)
    """
    exact = [organ for organ in claims if name == organ.full]
    if exact:
        return exact[0] if exact[0].cited else None
    if len(claims) != 1:
        return None
    organ = claims[0]
    if not organ.cited or not (name == organ.short or _abbreviates(name, organ.full)):
        return None
    rivals = [other for other in organ.names if len(other) > len(name) and _abbreviates(name, other)]
    return organ if all(_abbreviates(rival, organ.full) for rival in rivals) else None


def candidates(name: str, claims: tuple[Organ, ...]) -> list[str]:
    """What an uncertain name could stand for, without place: names that it abbreviates, and the organs that share it."""
    full = [
        other
        for organ in claims
        for other in (organ.full, *organ.names)
        if len(other) > len(name) and _abbreviates(name, other)
    ]
    return list(dict.fromkeys(full or [organ.full for organ in claims]))


def _abbreviates(short: str, full: str) -> bool:
    """Whether the characters of ``short`` stand in ``full`` in the same order, the first at its beginning."""
    rest = iter(full)
    return short[0] == full[0] and all(character in rest for character in short)
