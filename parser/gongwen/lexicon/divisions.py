"""Administrative divisions down to counties by GB/T 2260 (divisions_gb2260.tsv, see README.md): codes and names of places.

The table has today's names; a place that is not in it (renamed, dissolved) stays unresolved.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_HEAD = 2  # characters of the shortest names


class Division(NamedTuple):
    """A province, prefecture or county; ``parent`` is the code of the division above, empty for a province."""

    code: str
    name: str
    level: str
    parent: str


@cache
def _tables() -> tuple[dict[str, str], dict[str, dict[str, list[str]]]]:
    """The rows by code; and the codes by name, the longest name first, of the names with the same first characters."""
    rows = Path(__file__).with_name("divisions_gb2260.tsv").read_text(encoding="utf-8").splitlines()[1:]
    codes: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for row in rows:
        code, name, _ = row.split("\t", 2)
        codes[code] = row
        names.setdefault(name, []).append(code)
    heads: dict[str, dict[str, list[str]]] = {}
    for name in sorted(names, key=len, reverse=True):
        heads.setdefault(name[:_HEAD], {})[name] = names[name]
    return codes, heads


@cache
def division(code: str) -> Division:
    """The division with this code. Raises KeyError where there is none."""
    _, name, level, parent, _ = _tables()[0][code].split("\t")
    return Division(code, name, level, parent)


@cache
def chain(place: Division) -> tuple[Division, ...]:
    """``place`` and the divisions above it, the smallest first."""
    found = [place]
    while found[-1].parent:
        found.append(division(found[-1].parent))
    return tuple(found)


@cache
def place_name(place: Division) -> str:
    """The place as names of organs give it: a district with its city, everything else by its own name.

    >>> place_name(leading("颍州区人民政府")[0]), place_name(leading("嘉鱼县人民政府")[0])
    ('阜阳市颍州区', '嘉鱼县')
    """
    above = chain(place)[1:] if place.name.endswith("区") else ()
    return above[0].name + place.name if above and above[0].name.endswith(("市", "州", "盟")) else place.name


def begins(text: str) -> bool:
    """Whether ``text`` begins with the name of a division, be it of one place or of several.

    >>> begins("和平区政府"), begins("和区政府")
    (True, False)
    """
    return any(text.startswith(name) for name in _tables()[1].get(text[:_HEAD], ()))


def named(text: str) -> bool:
    """Whether ``text`` begins with the name of a division, whole or without its level.

    >>> named("江西银保监局"), named("江西省财政厅"), named("通信管理局")
    (True, True, False)
    """
    names = _tables()[1].get(text[:_HEAD], ())
    return any(text.startswith(name if len(name) <= _HEAD else name[:-1]) for name in names)


@cache
def _provinces() -> tuple[str, ...]:
    """The provinces as short names of organs give them: 江西, 内蒙古, 广西."""
    names = [row.split("\t")[1] for code, row in _tables()[0].items() if code.endswith("0000")]
    return tuple([name[: 3 if name.startswith(("内蒙古", "黑龙江")) else 2] for name in names])


def names_province(text: str) -> bool:
    """Whether ``text`` holds the name of a province, whole or shortened.

    >>> names_province("民航江西监管局"), names_province("通信管理局")
    (True, False)
    """
    return any(name in text for name in _provinces())


def shortened(name: str) -> bool:
    """Whether ``name`` is that of a division without its level: 江宁.

    >>> shortened("江宁"), shortened("江宁区"), shortened("江")
    (True, False, False)
    """
    if len(name) < _HEAD:
        return False
    return any(full[:-1] == name and full[-1] in "省市区县旗" for full in _tables()[1].get(name[:_HEAD], ()))


def leading(name: str, within: Division | None = None) -> tuple[Division, str] | None:
    """The division that ``name`` begins with, province and prefecture perhaps before it, and the rest of the name.

    ``within`` restricts a name that several places share to those under or above it; a name that is still shared is None.

    >>> leading("阜阳市颍州区人民政府办公室")
    (Division(code='341202', name='颍州区', level='county', parent='341200'), '人民政府办公室')
    >>> leading("鼓楼区人民政府") is None
    True
    """
    _, heads = _tables()
    found: list[Division] = []
    while True:
        for begins, codes in heads.get(name[:_HEAD], {}).items():
            if name.startswith(begins):
                here = map(division, codes)
                below = [place for place in here if not found or any(above in found for above in chain(place)[1:])]
                if below:
                    found, name = below, name.removeprefix(begins)
                    break
        else:
            break
    if len(found) > 1 and within:
        found = [place for place in found if within in chain(place) or place in chain(within)]
    return (found[0], name) if len(found) == 1 else None
