"""Traditional characters become simplified ones; the wording stays as it is.

The characters are OpenCC's (configuration t2s: characters and the phrases that decide between two readings; no regional
vocabulary, 網路 stays 网路). Three things it leaves to us:

* 著 is two words: 显著, 著作 keep it, 沿著, 著力 are written 着. Where the source is traditional, every 著 outside the words
  of ``KEPT_WITH_ZHU`` becomes 着. (OpenCC's own tw2s turns 编著 and every simplified 显著 wrong.)
* a few variants that its tables miss (``MISSED``).
* text that is simplified already. Its 乾县, 瞭望, 狼藉, 毕昇 are right as they stand, so nothing is converted but single
  strays (後, 臺) that no simplified word has; each is an edit of its own rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from gongwen.text import Text

TRADITIONAL = "traditional"
SIMPLIFIED = "simplified"
MIXED = "mixed"
UNKNOWN = "unknown"

# Words that keep 著 in simplified script, by how they begin or end.
KEPT_WITH_ZHU = (
    *(
        "显著",
        "著名",
        "名著",
        "著作",
        "编著",
        "原著",
        "土著",
        "专著",
        "论著",
        "著述",
        "著称",
        "卓著",
        "昭著",
        "巨著",
        "著者",
        "合著",
    ),
    *(
        "软著",
        "译著",
        "著录",
        "著书",
        "遗著",
        "著有",
        "拙著",
        "新著",
        "大著",
        "撰著",
        "著文",
        "彰著",
        "著译",
        "著于",
        "著编",
    ),
)

# What t2s leaves as it is, though simplified script writes it otherwise.
MISSED = {"规画": "规划", "筹画": "筹划", "擘画": "擘画", "衞": "卫", "妳": "你", "牠": "它"}

# Characters that t2s would change, yet simplified text has them rightly: 通用规范汉字表 (2013) lists them as characters of
# their own (乾 qián, 瞭 liào, 藉 jí, 徵 zhǐ, names) or they are names that are written so.
RIGHT_IN_SIMPLIFIED = frozenset("乾瞭藉徵麽夥於昇陞甦氾堃喆淼祇祗濛藹苧劄馀著菓麴谿餘鍾锺陞鬱")

# Frequent characters that exist in one script only: enough of them stand in any paragraph to tell the scripts apart.
TRADITIONAL_ONLY = re.compile(
    "[國學發會實業務開關機經濟區個時動過對這來們為與產員單設計劃資體專門業現應當點場長東車書見問間題說話語請議論記許證調進運達遠還連選"
    "組織級結給統維線綜總縣網權樣標構樓歷歸辦農連適鄉鎮鐵錢銀錄類顧領導須預頭題額願風飛養館馬驗魚點齊齡龍廠廣應廳後從復徵環術裝規視親觀覺觸]"
)
SIMPLIFIED_ONLY = re.compile(
    "[国学发会实业务开关机经济区个时动过对这来们为与产员单设计划资体专门现应当点场长东车书见问间题说话语请议论记许证调进运达远还连选"
    "组织级结给统维线综总县网权样标构楼历归办农适乡镇铁钱银录类顾领导须预头额愿风飞养馆马验鱼齐龄龙厂广厅从复环术装规视亲观觉触]"
)


def detect(value: str) -> str:
    """The script of ``value``, a code of schema/codelists/scripts.csv.

    Mixed is a text in which the rarer script has more than a tenth of the telling characters; fewer are strays.
    """
    traditional = len(TRADITIONAL_ONLY.findall(value))
    simplified = len(SIMPLIFIED_ONLY.findall(value))
    if not traditional and not simplified:
        return UNKNOWN
    share = traditional / (traditional + simplified)
    return SIMPLIFIED if share <= 0.1 else TRADITIONAL if share >= 0.9 else MIXED


def simplify(text: Text) -> Text:
    """``text`` in simplified script, character for character."""
    value = text.value
    converted = _converter()(value)
    if converted == value and "著" not in value:
        return text
    if detect(value) in (SIMPLIFIED, UNKNOWN):
        strays = "".join(old if old in RIGHT_IN_SIMPLIFIED else new for old, new in zip(value, converted, strict=True))
        return text.substitute("script", strays, "stray-traditional")
    return text.substitute("script", _correct(converted), "traditional-script")


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # its tables take 10 ms to load: only who reads a notice pays

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


_ZHU = re.compile("|".join([*KEPT_WITH_ZHU, "著"]))
_MISSED = re.compile("|".join(MISSED))


def _correct(converted: str) -> str:
    """What t2s made, with 著 → 着 and the variants that it misses."""
    if "著" in converted:
        converted = _ZHU.sub(lambda match: "着" if match[0] == "著" else match[0], converted)
    if any(variant in converted for variant in MISSED):
        converted = _MISSED.sub(lambda match: MISSED[match[0]], converted)
    return converted
