"""Words that tell a unit's name from other text: how names of organs, places and classes of units end and begin.

The endings stand in unit_endings.tsv, sorted: "organ" (局, 委员会, 公司), "place" (区, 开发区), "general" (单位, 企业).
A word that ends so is *like* a unit's name; what it takes to believe it depends on where it stands, which the grammar of
clauses knows.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

LEVELS = "省市区县州旗盟镇乡"
"""The characters by which a name says the level of its unit: 市发改委, 区科协."""

_LEVEL = re.compile(
    r"(自治区|自治州|[省州旗]|市(?!场|容|民(?![政宗族营])|政(?![府协务法研数]))|区(?!域|块)|县(?!域))(?!直|级|属)(.+)"
)
_BRACKET = re.compile(r"[（(［\[〔【﹝][^（(［\[〔【﹝）)］\]〕】﹞]{0,40}[）)］\]〕】﹞]$")
_CLASS = re.compile(
    r"(?:全市|全省|全区|全县|其他|其它|所有|本|[省市区县州旗](?:级|直|属)?)?(?:[0-9一二三四五六七八九十两]+个|各级|各有关|各相关|各类|各|有关|相关|涉及|属地|所在地|当地|驻)"
)
_COMMON_NOUNS = frozenset(
    "社会 大会 机会 一部 全部 东部 西部 南部 北部 中部 内部 外部 局部 干部 地步 试行 执行 推行 进行 运行 实行 发行 现场所 住所 工厂 环节 举办 开办 承办 主办 协办 督办 交办 催办 代办 联办 新办 一网通办 城市 小组 分组 工作组 联合 团队 大众 场所 交会 展会 年会 论坛会 博览会 培训会 座谈会 部署会 推进会 发布会".split()
)


@cache
def _endings() -> dict[str, frozenset[str]]:
    """The endings by sort; under "" those of all sorts."""
    rows = Path(__file__).with_name("unit_endings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    sorts: dict[str, frozenset[str]] = {"": frozenset()}
    for row in rows:
        sort, _, words = row.partition("\t")
        sorts[sort] = sorts.get(sort, frozenset()) | frozenset(words.split())
        sorts[""] |= sorts[sort]
    return sorts


def ends_like(name: str, sort: str = "") -> bool:
    """Whether ``name`` ends like a unit's name, of one sort ("organ", "place", "general") or any; a note in brackets at its end doesn't count.

    >>> ends_like("区农业农村局", "organ"), ends_like("各乡（镇）", "place"), ends_like("全社会")
    (True, True, False)
    """
    if name and name[-1] in "）)］]〕】﹞":
        name = _BRACKET.sub("", name)
    if name[-2:] in _COMMON_NOUNS:
        return False
    endings = _endings()[sort]
    return name[-1:] in endings or name[-2:] in endings or name[-3:] in endings or name[-4:] in endings


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
