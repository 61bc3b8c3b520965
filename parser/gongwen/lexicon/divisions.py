"""Administrative divisions down to counties by GB/T 2260 (divisions_gb2260.tsv, see README.md): codes and names of places.

The table has today's names; a place that is not in it (renamed, dissolved) stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongwen.lexicon.reference import lines

_PEOPLES = re.compile(
    "(?:(?:蒙古|藏|苗|彝|壮|布依|朝鲜|侗|白|土家|哈尼|傣|傈僳|景颇|羌|回|哈萨克|柯尔克孜|满|瑶|黎|佤|畲|拉祜|水|东乡|纳西|土|达斡尔|仫佬|布朗|撒拉|毛南"
    "|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各)族|(?:蒙古|回|藏|哈萨克|柯尔克孜|维吾尔|壮)族?)+$"
)
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
    _, rows = lines(Path(__file__).with_name("divisions_gb2260.tsv"))
    codes: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for _, fields in rows:
        code, name = fields[:2]
        codes[code] = "\t".join(fields)
        for written in {name, _without_peoples(name)}:
            names.setdefault(written, []).append(code)
    heads: dict[str, dict[str, list[str]]] = {}
    for name in sorted(names, key=len, reverse=True):
        heads.setdefault(name[:_HEAD], {})[name] = names[name]
    return codes, heads


def _without_peoples(name: str) -> str:
    """The name of an autonomous prefecture as people write it: 黔西南州 for 黔西南布依族苗族自治州."""
    if not name.endswith("自治州"):
        return name
    return without_peoples(name.removesuffix("自治州")) + "州"


def without_peoples(name: str) -> str:
    """A name without the peoples at its end, if a name is left: 大化 for 大化瑶族."""
    bare = _PEOPLES.sub("", name)
    return bare if len(bare) > 1 else name


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


def full_name(place: Division) -> str:
    """The name of a division with those above it.

    >>> full_name(division("341202"))
    '安徽省阜阳市颍州区'
    """
    return _tables()[0][place.code].split("\t")[4]


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
    return tuple([short_name(division(code)) for code in _tables()[0] if code.endswith("0000")])


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


def short_name(place: Division) -> str:
    """The name of a division as names of organs give it without its level: 江西, 内蒙古, 南昌, 颍州; 泾县 has no shorter one.

    >>> short_name(division("450000")), short_name(division("360100"))
    ('广西', '南昌')
    """
    if place.level == "province":
        return place.name[: 3 if place.name.startswith(("内蒙古", "黑龙江")) else 2]
    return place.name[:-1] if place.name[-1] in "市县区旗盟" and len(place.name) > _HEAD else place.name


@cache
def _short_names() -> dict[str, list[Division]]:
    """The divisions by their names without level, the largest first."""
    found: dict[str, list[Division]] = {}
    order = {"province": 0, "prefecture": 1, "county": 2}
    for place in sorted(map(division, _tables()[0]), key=lambda place: (order[place.level], place.code)):
        found.setdefault(short_name(place), []).append(place)
    return found


def by_short_name(name: str, within: Division | None = None) -> Division | None:
    """The division that ``name``, without level, is of: the one in ``within``, else the only one of the largest level.

    >>> by_short_name("江西").code, by_short_name("嘉鱼").name, by_short_name("鼓楼")
    ('360000', '嘉鱼县', None)
    """
    found = _short_names().get(name, [])
    near = [place for place in found if within and (within in chain(place) or place in chain(within))] or found
    largest = [place for place in near if place.level == near[0].level]
    return largest[0] if len(largest) == 1 else None


@cache
def _seats() -> re.Pattern[str]:
    """The names of provinces and prefectures without level, the longest first."""
    names = [name for name, places in _short_names().items() if places[0].level != "county"]
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def named_in(text: str) -> Iterator[re.Match[str]]:
    """Where ``text`` names a province or a prefecture, without its level.

    >>> [match[0] for match in named_in("江西省和青岛市的企业")]
    ['江西', '青岛']
    """
    return _seats().finditer(text)


def leading_short_name(name: str) -> Division | None:
    """The division whose name, without level, ``name`` begins with: 南昌大学.

    >>> leading_short_name("南昌大学").code, leading_short_name("大学")
    ('360100', None)
    """
    return next((place for end in (4, 3, 2) if end < len(name) and (place := by_short_name(name[:end]))), None)
