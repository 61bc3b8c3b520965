"""Words that tell a unit's name from other text: how names of organs, places and classes of units end and begin.

The endings stand in unit_endings.tsv: "organ" (局, 委员会, 公司), "place" (区, 开发区), "general" (单位, 企业), and what ends so
and is no unit (社会, 干部). A word that ends so is *like* a unit's name; what it takes to believe it depends on where it stands, which the grammar of
clauses knows.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongwen.lexicon import vocabulary

LEVELS = "省市区县州旗盟镇乡"
"""The characters by which a name says the level of its unit: 市发改委, 区科协."""

_LEVEL = re.compile(
    r"(自治区|自治州|[省州旗]|市(?!场|容|民(?![政宗族营])|政(?![府协务法研数]))|区(?!域|块)|县(?!域))(?!直|级|属)(.+)"
)
_BRACKET = re.compile(r"[（(［\[〔【﹝][^（(［\[〔【﹝）)］\]〕】﹞]{0,40}[）)］\]〕】﹞]$")
_CLASS = re.compile(
    r"(?:全市|全省|全区|全县|其他|其它|所有|本|[省市区县州旗](?:级|直|属)?)?(?:[0-9一二三四五六七八九十两]+个|各级|各有关|各相关|各类|各|有关|相关|涉及|属地|所在地|当地|驻)"
)
_LONGEST_ENDING = 6  # characters


def ending(name: str) -> str | None:
    """The code of unit_endings.tsv that ``name`` ends like, None where it ends like nothing known; a note in brackets at its end doesn't count.

    The longest ending says what it is: 联席会议 is an organ, 推进会 no unit.
    """
    if name and name[-1] in "）)］]〕】﹞":
        name = _BRACKET.sub("", name)
    known = vocabulary.codes("unit_endings", "name")
    for length in range(min(_LONGEST_ENDING, len(name)), 0, -1):
        if code := known.get(name[-length:]):
            return code
    return None


def ends_like(name: str, code: str = "") -> bool:
    """Whether ``name`` ends like a unit's name: that of an "organ", a "place", a "general" class, or any of these.

    >>> ends_like("区农业农村局", "organ"), ends_like("各乡（镇）", "place"), ends_like("全社会")
    (True, True, False)
    """
    found = ending(name)
    return found == code if code else found not in (None, "noun")


def is_class(name: str) -> bool:
    """Whether ``name`` begins as the name of a class of units: 各乡镇, 有关部门, 市级有关单位.

    >>> is_class("区直各有关单位"), is_class("区科协")
    (True, False)
    """
    return _CLASS.match(name) is not None


@lru_cache(maxsize=4096)
def split_level(name: str) -> tuple[str, str] | None:
    """The level word that a name begins with and the rest, None where it begins with none.

    >>> split_level("区科协"), split_level("市场监管局"), split_level("各县")
    (('区', '科协'), None, None)
    """
    match = _LEVEL.match(name)
    return (match[1], match[2]) if match else None
