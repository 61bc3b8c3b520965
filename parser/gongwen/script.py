"""Traditional characters become simplified ones; the wording stays as it is.

The characters are OpenCC's (configuration t2s: characters, and the phrases that decide between two readings; no regional
vocabulary, 網路 becomes 网路). Three things it leaves to us:

* 著 is two words: 显著 and 著作 keep it, 沿著 and 著力 are written 着. In a traditional text every 著 outside the words of
  lexicon/script_words.tsv becomes 着. (OpenCC's own tw2s also turns 编著, and every 显著 of a simplified text, wrong.)
* a few variants that its tables miss (``_MISSED``).
* text that is simplified already: its 乾县, 狼藉, 毕昇 are right as they stand. There only strays (後, 臺) change, which are
  characters that no simplified text has of its own; each is an edit of a rule of its own.
"""

from __future__ import annotations

import re
from functools import cache

from gongwen.lexicon import vocabulary
from gongwen.lexicon.traditional import converter
from gongwen.text import Text

TRADITIONAL = "traditional"
SIMPLIFIED = "simplified"
MIXED = "mixed"
UNKNOWN = "unknown"

# What stands before 着 and never before 著: 意味著作为 is 意味着 + 作为.
_BEFORE_ZHE = frozenset("味随沿绕围朝向接跟执")

# What t2s leaves as it is, though simplified script writes it otherwise, and what it makes of parts of two words (說明覆蓋).
_MISSED = {"规画": "规划", "筹画": "筹划", "衞": "卫", "妳": "你", "牠": "它", "复盖": "覆盖"}

# What t2s would change although simplified texts have it rightly: characters of GB 2312 and of 通用规范汉字表 (2013), most of
# them with another meaning (乾 qián, 徵 zhǐ) or in names (昇, 陞, 於).
_RIGHT_IN_SIMPLIFIED = frozenset("乾菸薹拚捱摺吒徵夥榘於袷麴醣麽藉瞭昇陞甦扞頫勣濛苧劄谿椏迳硃祇祕嶽")

# Characters that differ between the scripts, the most frequent of official texts first.
_TELLING = tuple(
    zip(
        "發會業務關實對為國產進學區動開單設計們機經濟場當應現標資領導組織級統線體總與過來時這個員門議說長點語運達聯廣辦號條書處質農鄉鎮縣廳",
        "发会业务关实对为国产进学区动开单设计们机经济场当应现标资领导组织级统线体总与过来时这个员门议说长点语运达联广办号条书处质农乡镇县厅",
        strict=True,
    )
)
_ENOUGH = 40  # such characters tell the script of a text


def detect(value: str) -> str:
    """The script of ``value``, a code of schema/codelists/scripts.csv.

    Mixed is a text in which the rarer script has more than a tenth of the telling characters; fewer are strays.

    >>> detect("關於印發實施方案的通知"), detect("后勤"), detect("实施方案")
    ('traditional', 'unknown', 'simplified')
    """
    traditional = simplified = 0
    for old, new in _TELLING:
        traditional += value.count(old)
        simplified += value.count(new)
        if traditional + simplified >= _ENOUGH:
            break
    if not traditional and not simplified:
        return UNKNOWN
    share = traditional / (traditional + simplified)
    return SIMPLIFIED if share <= 0.1 else TRADITIONAL if share >= 0.9 else MIXED


def simplify(text: Text) -> Text:
    """``text`` in simplified script, character for character."""
    value = text.value
    converted = converter()(value)
    if converted == value:
        return text
    if detect(value) in (TRADITIONAL, MIXED):
        if "坏" in value:  # only where a text mixes the scripts: t2s would read 破坏土地 as 坏土, an old word for 坯土
            converted = "".join(["坏" if old == "坏" else new for old, new in zip(value, converted, strict=True)])
        return text.substitute("script", _correct(converted), "traditional-script")
    pairs = zip(value, converted, strict=True)
    strays = "".join(old if old == new or _is_right(old) else new for old, new in pairs)
    return text.substitute("script", strays, "stray-traditional")


@cache
def _is_right(character: str) -> bool:
    """Whether a simplified text has the character rightly: also one that t2s changes only beside others, be they parts of other words (说明覆盖, 破坏土地)."""
    return character in _RIGHT_IN_SIMPLIFIED or converter()(character) == character


def _correct(converted: str) -> str:
    """What t2s made, with 著 → 着 and the variants that it misses."""
    converted = re.sub("著", _zhu_or_zhe, converted)
    for variant, standard in _MISSED.items():
        converted = converted.replace(variant, standard)
    return converted


def _zhu_or_zhe(match: re.Match[str]) -> str:
    value, at = match.string, match.start()
    before = value[at - 1 : at]
    words = vocabulary.words("script_words", "traditional", "zhu")
    kept = before not in _BEFORE_ZHE and not words.isdisjoint((before + "著", value[at : at + 2]))
    return "著" if kept else "着"
