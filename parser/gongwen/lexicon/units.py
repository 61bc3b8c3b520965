"""Words that tell a unit's name from other text: how names of organs, places and classes of units end and begin.

The endings stand in unit_endings.tsv: "organ" (局, 委员会, 公司), "office" (办, 站, 队: other words end so, too), "place" (区, 开发区), "general"
(单位, 企业), and what ends so and is no unit (社会, 干部). A word that ends so is *like* a unit's name; where a name ends in running
words, ``gongwen.lexicon.unit_names`` tells.
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
_BARE_CLASS = re.compile(rf"[{LEVELS}]{{1,3}}[（(〔﹝人政]")
_BRACKET = re.compile(r"[（(［\[〔【﹝][^（(［\[〔【﹝）)］\]〕】﹞]{0,40}[）)］\]〕】﹞]$")


@vocabulary.compiled
def modifier() -> re.Pattern[str]:
    """What makes a name that of a class of which each is meant: 各, 有关, 各有关."""
    each, concerned = (vocabulary.alternation("unit_words", "head", code) for code in ("each", "concerned"))
    return re.compile(f"各?(?:{concerned})|{each}")


@vocabulary.compiled
def open_end() -> str:
    """An expression of what leaves a list of names open, at its end: 等, 等有关部门."""
    etc, nouns, concerned = (
        vocabulary.alternation("clause_words", code="etc"),
        vocabulary.alternation("unit_nouns", "label", "unit"),
        vocabulary.alternation("unit_words", "head", "concerned"),
    )
    return rf"(?:{etc})(?:{concerned})?(?:{nouns})?"


@vocabulary.compiled
def _class() -> re.Pattern[str]:
    members = "|".join([vocabulary.alternation("unit_words", "head", code) for code in ("all", "there")])
    return re.compile(
        r"(?:全[省市区县]|其[他它]|所有|本|[省市区县州旗](?:级|直|属)?)?"
        rf"(?:[0-9一二三四五六七八九十两]+个|{modifier().pattern}|{members})"
    )


@vocabulary.compiled
def _endings() -> dict[str, tuple[vocabulary.Term, ...]]:
    """The rows of unit_endings.tsv by the character that they end in, the longest first."""
    rows: dict[str, list[vocabulary.Term]] = {}
    for term in sorted(vocabulary.terms("unit_endings", "name"), key=lambda term: -len(term.text)):
        rows.setdefault(term.text[-1], []).append(term)
    return {last: tuple(terms) for last, terms in rows.items()}


def ending(name: str) -> vocabulary.Term | None:
    """The row of unit_endings.tsv that ``name`` ends like, None where it ends like nothing known; a note in brackets at its end doesn't count.

    The longest ending says what it is: 联席会议 is an organ, 推进会 no unit.

    >>> ending("县联席会议").text, ending("县科协（县科技馆）").code, ending("尽快")
    ('联席会议', 'office', None)
    """
    if name and name[-1] in "）)］]〕】﹞":
        name = _BRACKET.sub("", name)
    for term in _endings().get(name[-1:], ()):
        if name.endswith(term.text) and not (term.not_after and name[: -len(term.text)].endswith(term.not_after)):
            return term
    return None


def ends_like(name: str, code: str = "") -> bool:
    """Whether ``name`` ends like a unit's name: that of an "organ" (or an office), a "place", a "general" class, or any of these.

    >>> ends_like("区农业农村局", "organ"), ends_like("各乡（镇）", "place"), ends_like("全社会")
    (True, True, False)
    """
    found = ending(name)
    if found is None or found.code == "noun":
        return False
    return not code or found.code == code or (code == "organ" and found.code == "office")


def is_class(name: str) -> bool:
    """Whether ``name`` begins as the name of a class of units: 各乡镇, 有关部门, 市级有关单位.

    >>> is_class("区直各有关单位"), is_class("区科协")
    (True, False)
    """
    return _class().match(name) is not None


def names_class(name: str) -> bool:
    """Whether the whole of ``name`` is the name of a class of units, with what tells them apart before it: 拖欠账款的所有单位."""
    return is_class(name) or is_class(name.rpartition("的")[2])


def is_bare_class(name: str) -> bool:
    """Whether ``name`` is a class without the word that makes it one, which a name before it may have: 各乡、｜镇人民政府; 县（市、区）政府.

    >>> is_bare_class("县人民政府"), is_bare_class("县（市、区）政府"), is_bare_class("县水利局")
    (True, True, False)
    """
    return split_level(name) is not None and _BARE_CLASS.match(name) is not None


@lru_cache(maxsize=4096)
def split_level(name: str) -> tuple[str, str] | None:
    """The level word that a name begins with and the rest, None where it begins with none.

    >>> split_level("区科协"), split_level("市场监管局"), split_level("各县")
    (('区', '科协'), None, None)
    """
    match = _LEVEL.match(name)
    return (match[1], match[2]) if match else None
