"""Organs: what short names of offices stand for (organs.tsv, see README.md), and when that is certain.

A row has the short name, the full name without its place, the kind, further names, notes, the sources, how the place enters
the full name where it doesn't simply stand before it ("-": no full name can be made), and the year since which there has been
such an organ: in an older notice the name means something else. General knowledge without a
cited source (BK) tells a kind, but never gives a full name.

A short name is certain to stand for a full one if no other row claims it, if it is the row's own short name or leaves out nothing but
what official shortening does (人力资源社会保障局, 发展改革委; 自然资源局 is another name than 自然资源和规划局, 工商局 a predecessor of
市场监督管理局), and if the row knows no other full name that it could come from (文旅体局: 文化旅游体育局 or 文化和旅游体育局).
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
    since: int

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
        short, full, kind, names, notes, sources, template, since = row.split("\t")
        others = tuple(filter(None, names.split("|")))
        organ = Organ(short, full, kind, others, notes, frozenset(sources.split(",")), template, int(since or 0))
        for name in {short, full, *organ.names}:
            claims[name] = (*claims.get(name, ()), organ)
    return claims


def organs(name: str, year: int | None = None) -> tuple[Organ, ...]:
    """The organs that ``name``, without its place, could stand for in ``year``.

    A department of a province (厅) is found by its counterpart (局).

    >>> [organ.full for organ in organs("科协")], [organ.full for organ in organs("教体局")]
    (['科学技术协会'], ['教育局', '教育体育局', '体育局'])
    """
    known = _organs()
    claims = known.get(name, ())
    if not claims and name.endswith("厅") and len(name) > 2:
        claims = tuple([_of_province(organ) for organ in known.get(name[:-1] + "局", ()) if organ.full.endswith("局")])
    if year is not None:
        claims = tuple([organ for organ in claims if organ.since <= year])
    return claims


def _of_province(organ: Organ) -> Organ:
    names = tuple([other[:-1] + "厅" for other in organ.names if other.endswith("局")])
    return organ._replace(short=organ.short[:-1] + "厅", full=organ.full[:-1] + "厅", names=names)


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
    if not organ.cited or not (name == organ.short or _shortens(name, organ.full)):
        return None
    rivals = [other for other in organ.names if len(other) > len(name) and _abbreviates(name, other)]
    return organ if all(_abbreviates(rival, organ.full) for rival in rivals) else None


def candidates(name: str, claims: tuple[Organ, ...]) -> list[str]:
    """What an uncertain name could stand for, without place: the full names that it abbreviates in the row that it heads.

    >>> candidates("文旅体局", organs("文旅体局"))
    ['文化旅游体育局', '文化和旅游体育局']
    """
    heads = [organ for organ in claims if name == organ.short]
    full = [other for organ in heads for other in (organ.full, *organ.names) if _abbreviates(name, other)]
    return [other for other in dict.fromkeys(full) if len(other) > len(name)]


def _abbreviates(short: str, full: str) -> bool:
    """Whether the characters of ``short`` stand in ``full`` in the same order, the first at its beginning."""
    rest = iter(full)
    return short[0] == full[0] and all(character in rest for character in short)


def _shortens(short: str, full: str) -> bool:
    """Whether ``short`` is ``full`` without 和 and the second halves of 监督管理, 委员会, 办公室."""
    return _shortened(short) == _shortened(full)


def _shortened(name: str) -> str:
    return name.replace("监督管理", "监管").replace("委员会", "委").replace("办公室", "办").replace("和", "")
