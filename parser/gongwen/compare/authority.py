"""Of which place an issuer is, and at which level of government, by its name; and what its function is.

Known places are looked up (GB/T 2260); others are read by how their names end. An issuer without a place that ends as organs of
the state do is a national one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from gongwen.compare.facts import plan_title
from gongwen.lexicon import divisions
from gongwen.lexicon.organs import functions, organ
from gongwen.lexicon.units import is_class
from gongwen.model import Notice

NATION, PROVINCE, PREFECTURE, COUNTY, TOWNSHIP = range(5)

_LEVELS = {"province": PROVINCE, "prefecture": PREFECTURE, "county": COUNTY}
_NATION = re.compile(
    r"中华人民共和国|中共中央|中央|国务院|国家|全国|最高人民|(?!关于)[^省市县区州旗镇乡关于]{2,12}?(?:部(?!门|分|署|队)|总局|总署|委员会)"
)
_PLACES = (
    (PROVINCE, re.compile(r"[^省市县区州]{2,6}?(?:省|自治区)")),
    (PREFECTURE, re.compile(r"[^省市县区]{2,10}?(?:自治州|[州盟]|地区|市)(?!场|政|级|直)")),
    (COUNTY, re.compile(r"[^省市]{1,12}?(?:自治县|县|自治旗|旗|区)(?!域|块|级|直)")),
    (TOWNSHIP, re.compile(r"[^省市县区]{1,8}?(?:街道|镇|乡)(?=人民政府|政府|办事处|党)")),
)
_PARTY = re.compile(r"^中共(?!中央)|^中国共产党")
_LEVEL_WORD = re.compile(
    r"^(?:国家(?!级)|[省市州盟县区旗镇乡]|自治[区州县])(?!级|直|场|容|域)|^(?:全|本)[省市州盟县区旗]"
)
_LEVELS_OF_CLASS = re.compile(r"[省市县区州盟旗镇乡、（）()]|自治|街道|级|直")
_SUFFIX = re.compile(r"(?:委员会|办公室|办公厅|(?:监督)?管理[局厅]|总局|总署|人民政府|政府|中心|[厅局委办部署])$")


class Authority(NamedTuple):
    """Where an issuer stands. ``place`` is the name of its smallest place, None for the nation or where the name has none."""

    place: str | None
    level: int | None


def authority(notice: Notice) -> Authority:
    """The place and level of the issuer of ``notice``: by the names of the issuers, else by its title or the plan's."""
    names = [issuer.name for issuer in notice.issuers]
    names += [title for title in (notice.title, plan_title(notice)) if title]
    for name in names:
        if (found := read_authority(name)).level is not None:
            return found
    return Authority(None, None)


@cache
def read_authority(name: str) -> Authority:
    """The place and the level that a name begins with.

    >>> read_authority("阜阳市颍州区人民政府办公室"), read_authority("青岚市林业局")
    (Authority(place='颍州区', level=3), Authority(place='青岚市', level=2))
    >>> read_authority("教育部办公厅"), read_authority("数字乡村建设方案")
    (Authority(place=None, level=0), Authority(place=None, level=None))
    """
    name = _PARTY.sub("", name)
    if known := divisions.leading(name):
        division, rest = known
        below = read_place(rest, _LEVELS[division.level] + 1)
        return below if below.level is not None else Authority(division.name, _LEVELS[division.level])
    found = read_place(name, PROVINCE)
    if found.level is None and _NATION.match(name):
        return Authority(None, NATION)
    return found


def read_place(name: str, first: int) -> Authority:
    """The chain of places that ``name`` begins with, from level ``first`` down; the smallest of them."""
    found = Authority(None, None)
    for level, pattern in _PLACES:
        if level >= first and (match := pattern.match(name)):
            found, name = Authority(match[0], level), name[match.end() :]
    return found


def is_below(lower: str, upper: str) -> bool | None:
    """Whether the place ``lower`` lies in ``upper``; None where the table of places does not know one of them.

    >>> is_below("达州市", "四川省"), is_below("达州市", "安徽省"), is_below("青岚市", "苍梧省")
    (True, False, None)
    """
    below, above = divisions.leading(lower), divisions.leading(upper)
    return above[0] in divisions.chain(below[0]) if below and above else None


@cache
def function(name: str) -> str:
    """What a unit is for, whatever its place and level: by which counterparts of two governments are known.

    >>> function("省文化和旅游厅"), function("市文旅局"), function("青岚市丝绸局")
    ('wenhua_lvyou', 'wenhua_lvyou', '丝绸')
    >>> function("各市人民政府"), function("各县（区）政府")
    ('各政府', '各政府')
    """
    if is_class(name):
        return _LEVELS_OF_CLASS.sub("", name).replace("人民政府", "政府")
    bare = without_place(name)
    if known := organ(bare):
        if known.function:
            return known.function
        bare = known.stem
    return _without_sort(bare)


def bare_name(name: str) -> str:
    """A name of a unit without its place, its level and the word for a sort of unit.

    >>> bare_name("县文化广电体育和旅游局")
    '文化广电体育旅游'
    """
    return _without_sort(without_place(name))


def _without_sort(name: str) -> str:
    return _SUFFIX.sub("", name).replace("和", "") or name


def stem(name: str) -> str:
    """The whole name of an organ without its place, as far as it is known: 经济和信息化局 for 区经信局."""
    known = organ(without_place(name))
    return known.stem if known else without_place(name)


def follows(name: str, former: str) -> bool | None:
    """Whether the organ ``name`` took over from ``former``, by the table of functions; None where it does not know both.

    >>> follows("县应急管理局", "县安监局"), follows("县体育局", "县教育局"), follows("县丝绸局", "县茶叶局")
    (True, False, None)
    """
    after, before = (organ(without_place(one)) for one in (name, former))
    if not (after and before and after.function and before.function):
        return None
    function, passed = before.function, {before.function}
    while function != after.function:
        function = functions()[function].successor
        if not function or function in passed:
            return False
        passed.add(function)
    return True


def without_place(name: str) -> str:
    """A name without the place and the level that it begins with."""
    if known := divisions.leading(name):
        name = known[1]
    else:
        found = name
        for _, pattern in _PLACES:
            if match := pattern.match(found):
                found = found[match.end() :]
        name = found if len(found) > 1 else name
    return _LEVEL_WORD.sub("", name) or name
