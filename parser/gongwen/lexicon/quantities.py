"""Quantities as people write them: a number in digits or in Chinese numerals, its unit, and the bound behind it.

    1.68万人 · 1 200处 · 2—3家 · 2万余册 · 三四十家 · 百个 · 过千亿 · 百分之十二点五 · 三分之二 · 三成 · 一半 · 2.8:1 · 500P · 50＋ · 35微克/立方米 · 30孔 · 50、60和70家

Units of measure stand in dimensions.tsv. Any other word is a measure word right behind digits, if nothing of its phrase follows: 涵洞30孔.
A number without a unit in a list has that of the number that closes it. Groups of digits that may be one number or several are told, not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongwen.document import Extent
from gongwen.lexicon import dimensions, vocabulary
from gongwen.lexicon.numerals import decimal, integer, spoken_range


class Quantity(NamedTuple):
    """A number with its unit at ``start``, ``end``; ``number`` is a decimal, None where it has no finite one (三分之二).

    ``most`` is the end of a range, ``bound`` the place of a bound behind it (以上), ``spoken`` says that it is in Chinese numerals,
    ``known`` that the unit is in the table.
    """

    start: int
    end: int
    number: str | None
    most: str | None
    unit: str | None
    bound: Extent | None
    spoken: bool
    known: bool


TIME_UNITS = r"(?:个?工作日|个?工作小时|个?小时|分钟|秒|毫秒|天)"
_MAGNITUDE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
# 2025年 and 5月 are dates, 3级 and 5星 ranks, 8时30分 a time, 10号 a name: 年, 月, 时 … are units in the tables of goals only.
_NO_MEASURES = frozenset("年 月 日 度 个月 届 起 分 类 站 课 单 发 出 节 集 首 根 跨".split())
_LONE_SIGNS = r"[MP](?![A-Za-z0-9])|(?<=[0-9]{3})[GT](?![A-Za-z0-9])|兆(?![瓦伏赫字焦欧帕])"
_NO_OPEN_MEASURE = "年月日号时点分秒级届第星强佳后前代期线版章岁大小多余来几的了在是和及与或至到等内外上下中以之个人项百千万亿零〇一二三四五六七八九十两"
_CLOSES = r"(?=[，。；、：）)\n]|和|及|与|以[上下内]|左右|\Z)"
_DIGITS = (
    r"(?:[0-9]{1,3}(?:[ ][0-9]{3}){1,3}(?![0-9 ])(?:[.．\ue010][0-9]{1,6})?"
    r"|[0-9]{1,3}(?:[,，][0-9]{3}){1,4}(?![0-9])(?:[.．\ue010][0-9]{1,6})?"
    r"|[0-9]{1,12}(?:[.．\ue010][0-9]{1,6})?)"
)
_HAN_CHARACTERS = "一二两三四五六七八九十百千"
_HAN = rf"[{_HAN_CHARACTERS}]{{1,7}}(?:万零?[{_HAN_CHARACTERS}]{{1,7}})?(?<![十百千]千)"  # 三十千克 is 30 千克
_SHORT_NUMERAL = "番 倍 次 场次 个百分点 个工作日 个工作小时 个小时 小时 个 家 项 场 座 所 名 人 户 周".split()
_DASH = r"[-—–~～至到]{1,2}"


def _units() -> str:
    """The units of the table as alternatives, the longest first, each with what must not follow it."""
    words = sorted(dimensions.units() - _NO_MEASURES, key=lambda unit: (-len(unit), unit))
    return "|".join(map(re.escape, words))


_COUNTER = _units()
_PER = rf"(?:/{_MAGNITUDE}?(?:{_COUNTER}|年|日|度)|每(?:{_COUNTER})(?=以[上下内]|左右|[，。；、）\n]|\Z)|/[一-鿿]{{1,2}}(?=[，。；、）)以左]))?"
# 5个月 is a term, 5家年产值过亿元的企业 are firms; 20个一 and 十佳 are names; 3项目 is no number of items, nor 2人均收入 of people.
_NOT_BEHIND = r"(?!月|季度|年(?!度?(?:[产销营收纳利交出进]|主营))|世纪|周年|一[^流级]|以来|(?<=项)目|(?<=人)均|(?<=支)[配出付持撑])"
_UNIT = (
    rf"(?:(?:{_COUNTER}|{_MAGNITUDE}(?:{_COUNTER})){_NOT_BEHIND}{_PER}"
    rf"|{_MAGNITUDE}?(?:类|站|课|单|发|出|节|集|首|根|期)(?!月|季度|年|车|次高|目|程|题|生|电|费|展|行|放|日|据|点|位){_PER}"
    rf"|{_LONE_SIGNS}|万方(?![面案向式法针])|列(?![入为席举出明支])"
    rf"|(?:日|天|周)(?=内|办)"
    rf"|{_MAGNITUDE}(?![级强余多年佳赫瓦伏卡帕焦]))"
)
_LATIN = r"(?!G/)(?=[A-Zµμ]*[a-z/])[A-Za-zµμ][A-Za-z0-9µμ³²/·]{1,9}(?![A-Za-z0-9])"  # Nm³/h, μg/m³, not 5G
_OPEN = rf"(?:[一-鿿](?<![{_NO_OPEN_MEASURE}])|{_LATIN}){_CLOSES}"

# Where a quantity can begin. The full pattern is tried there only: a scan for first characters is many times faster.
_FIRST = re.compile(
    rf"(?=[0-9万{_HAN_CHARACTERS}])(?:"
    r"[0-9]{1,16}+(?:(?![年月日号〕\])）])|(?=日以?内[办审])|(?<=[短缩][0-9])(?=年)|(?<=[短缩][至到][0-9])(?=年))"
    rf"|[{_HAN_CHARACTERS}]{{1,15}}+(?:(?<=[{_HAN_CHARACTERS}]{{2}})(?![年月日号级届章条])|(?=[番倍次场个万亿家项座所名人户点小日天周成半]|分之))"
    r"|万(?=亿))"
)
_BEHIND, _INSIDE = (vocabulary.alternation("goal_words", context) for context in ("behind", "inside"))
_LIST = r"(?:[、和及与]|以及)"
_INCLUSIVE = r"(?:[（(]不?含(?:本数|[0-9][0-9.]{0,12}[^（）()]{0,4})?[）)])?"  # 5万元（含）以上, 0.58以上（含0.58）
# What sticks to a number on the left makes it a part of a name, a date, an ordinal, a version.
_QUANTITY = re.compile(
    rf"""
    (?<![0-9A-Za-z.．第〔\-—+＋×/月])(?<!(?<![每0-9])年)
    (?:
        (?P<share>[0-9]{{1,2}}/[0-9]{{1,3}}|[二三四五六七八九十]分之[一二三四五六七八九])(?=以?[上下的]|左右|[，。；、村镇县区])
      | (?P<value>{_DIGITS})
        (?:
            (?:{_MAGNITUDE}?(?:{_COUNTER})?{_DASH}(?P<upto>{_DIGITS}))?
            (?:(?P<more>{_INSIDE})?[ ]?(?P<unit>{_UNIT})|(?P<magnitude>{_MAGNITUDE})(?P<more_of>{_INSIDE})(?P<counter>{_COUNTER}))
          | (?P<open>{_OPEN})
          | (?=(?:{_LIST}{_DIGITS}){{1,8}}(?P<whole>{_UNIT}))
        )
      | 百分之(?P<percent>{_HAN}(?:点{_HAN})?)
      | (?<![{_HAN_CHARACTERS}点几数万每])(?P<han>{_HAN})(?P<more_han>{_INSIDE})?
        (?P<measure>{_MAGNITUDE}?(?:{"|".join(_SHORT_NUMERAL)})|(?:日|天)(?=内|办)|(?<=[{_HAN_CHARACTERS}]{{2}})(?:{_COUNTER}))
        (?!月|季度|年|性|[强佳大]|以来|方面|问题|时期|阶段)
      | (?<=[过破超达上])(?P<round>[百千]|万(?=亿))(?P<myriad>[亿万](?:{_COUNTER})?(?!级的))
      | (?<=[到至达过于在为])(?P<to_one>[0-9]{{1,3}}(?:\.[0-9]{{1,3}})?)(?P<one>[:：∶]1)(?![0-9.])
      | (?P<tenths>[一二三四五六七八九])成(?P<halves>五|半)?(?=以[上下]|左右|[，。；、）\n]|\Z)
      | (?<=[少低减缩降])(?P<half>一半)
      | (?:(?<=[至到])|(?<=缩短)|(?<=压缩))(?P<months>[0-9]{{1,2}})(?P<of_months>个月|(?<=[短缩至到][0-9])年)(?=以?内|[，。；、）\n]|\Z)
      | (?P<plus>[0-9]{{1,6}})(?=[＋+](?![0-9A-Za-zＮ]))
      | (?:(?<=[到至达过破于在超])|(?<=系数|指数))(?P<bare>[0-9]{{1,6}}(?:[.．\ue010][0-9]{{1,6}})?)(?=以[上下内]|左右|[，。；、）])
    )
    {_INCLUSIVE}(?P<behind>{_BEHIND})?{_INCLUSIVE}
    """,
    re.VERBOSE,
)
# Groups of digits that are neither one number nor clearly several: 3 5座, 1,2,3万元.
_AMBIGUOUS = re.compile(rf"[0-9]{{1,4}}(?:[ ,，][0-9]{{1,4}}){{1,8}}+(?![0-9.．])[ ]?(?:{_UNIT})")
_NAMES = re.compile(  # 五四村, 百千万人才
    r"(?!一二|二三|两三|三四|四五|五六|六七|七八|八九)[一二两三四五六七八九]{2,}(?![十百千万亿])|百千万"
)
_EACH_ITS_OWN = re.compile(  # 一人一档, 一企业一方案: no number of anything
    r"一[^\W\d一]{1,2}一(?=[^\W\d])|(?:(?<=一[^\W\d一])|(?<=一[^\W\d一]{2}))一"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:[ ][0-9]{3})+|(?:[,，][0-9]{3})+)(?![0-9])")


_TO_ONE = ":1"  # 18:1 is measured in this, however the colon is written
_ROUND = {"百": "100", "千": "1000", "万": "10000"}  # 过千亿, 超万亿元


def find(text: str) -> Iterator[Quantity | Extent]:
    """The quantities of ``text`` in order, and as extents the digits of which nobody can say what number they are.

    >>> [text[q[0]:q[1]] for text in ["建泵站30座、涵洞12道，藏书2万余册，培训50、60和70人次，5G和第3条"] for q in find(text)]
    ['30座', '12道', '2万余册', '50', '60', '70人次']
    >>> [(q.number, q.most, q.unit) for q in find("三四十家；十万零五千人；过千亿；1 200处") if isinstance(q, Quantity)]
    [('30', '40', '家'), ('105000', None, '人'), ('1000', None, '亿'), ('1200', None, '处')]
    """
    end = 0
    for first in _FIRST.finditer(text):
        at = first.start()
        if at < end:
            continue
        if _EACH_ITS_OWN.match(text, at):
            continue
        groups = _AMBIGUOUS.match(text, at)
        if groups and not _GROUPED.match(text, at):
            yield Extent(*groups.span())
            end = groups.end()
        elif (match := _QUANTITY.match(text, at)) and not _NAMES.match((match["han"] or "") + (match["measure"] or "")):
            yield _quantity(match)
            end = match.end()


def _quantity(match: re.Match[str]) -> Quantity:
    spoken = match["han"] or match["round"]
    written = next(
        (match[group] for group in ("value", "percent", "share", "bare", "plus", "months", "to_one") if match[group]),
        "",
    )
    number: str | None
    most: str | None
    if match["round"]:
        number, most = _ROUND[match["round"]], None
    elif match["tenths"] or match["half"]:
        tenths = integer(match["tenths"]) if match["tenths"] else 5
        number, most = str(10 * (tenths or 0) + 5 * (match["halves"] is not None)), None
    elif spoken:
        number, most = spoken_range(spoken)
    else:
        number, most = decimal(written.replace(" ", "")) if not match["share"] else None, None
    if match["upto"]:
        most = decimal(match["upto"])
    unit = (
        "%"
        if match["percent"] or match["tenths"] or match["half"]
        else match["unit"]
        or (match["to_one"] and _TO_ONE)
        or match["of_months"]
        or match["open"]
        or match["whole"]
        or match["measure"]
        or match["myriad"]
    )
    if match["counter"]:
        unit = match["magnitude"] + match["counter"]
    group = next((group for group in ("behind", "more", "more_of", "more_han") if match[group]), None)
    bound = Extent(*match.span(group)) if group else None
    return Quantity(
        match.start(),
        match.end(),
        number,
        most,
        "%" if unit == "％" else unit,
        bound,
        bool(spoken),
        match["open"] is None,
    )
