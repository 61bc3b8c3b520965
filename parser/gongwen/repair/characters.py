"""Characters that stand for others, one for one and with certainty.

A copy out of a PDF has radicals (⼈ U+2F08) for ideographs (人), one out of a web page entities (&quot;) and invisible
characters, one out of an old Chinese system private-use points that GB 18030 has since given a place, and many a year is
written with a circle for its zero (二○二二年). Form of punctuation and width of letters are no damage: see
gongwen.punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from html import unescape

from gongwen.characters import SUSPECT, SUSPICIOUS
from gongwen.findings import finding
from gongwen.model import Finding, Span
from gongwen.text import Edit, Text

# Radicals that are whole characters too, of those that Unicode's compatibility decomposition does not cover.
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
# Radicals; signs of kanbun, which PDFs of Hong Kong have for 一 and 人 (㆒, ㆟); compatibility ideographs.
_COMPATIBILITY_BLOCKS = ((0x2E80, 0x2FDF), (0x3192, 0x319F), (0xF900, 0xFAFF))
# Private-use points that GBK and GB 18030-2000 used, and the characters that GB 18030-2022 maps there instead.
_PRIVATE_USE = dict(
    zip(
        [
            0xE5E5,  # A3A0 of GB 18030, a blank in many systems
            *range(0xE78D, 0xE797),
            0xE7C7,
            0xE7C8,
            0xE816,
            0xE817,
            0xE818,
            0xE81E,
            0xE826,
            0xE82B,
            0xE82C,
            0xE831,
            0xE832,
            0xE83B,
            0xE843,
            0xE854,
            0xE855,
            0xE864,
        ],
        "\u3000︐︒︑︓︔︕︖︗︘︙ḿǹ\U00020087\U00020089\U000200cc\u9fb4\u9fb5\u9fb6\u9fb7\U000215d7\u9fb8\U0002298f\u9fb9\u9fba\U000241fe\u9fbb",
        strict=True,
    )
)
# Fonts of Founder (方正) number the full-width forms by their code in GBK, and a PDF's text has that number as a code point:
# ， is A3AC in GBK and comes out as ꎬ, U+A3AC, a syllable of Yi. The full stop has the place of ．, and a blank that of A3A0.
_GBK_AS_CODE_POINT = {chr(0xA300 + trail): bytes([0xA3, trail]).decode("gbk") for trail in range(0xA1, 0xFF)} | {
    "\ua3a0": "\u3000",
    "\ua3ae": "。",
}
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_NUMERALS = "一二三四五六七八九〇"


def _replacements() -> dict[str, tuple[str, str]]:
    """Character → the rule and what stands in its place."""
    table = {radical: ("compatibility-character", ideograph) for radical, ideograph in _RADICALS.items()}
    for first, last in _COMPATIBILITY_BLOCKS:
        for character in map(chr, range(first, last + 1)):
            if (plain := unicodedata.normalize("NFKC", character)) != character:
                table[character] = ("compatibility-character", plain)
    for point, meaning in _GBK_AS_CODE_POINT.items():
        table[point] = ("compatibility-character", meaning)
    for point, meaning in _PRIVATE_USE.items():
        table[chr(point)] = ("private-use-character", meaning)
    return table


REPLACEMENTS = _replacements()
_ENTITY = "(?:[A-Za-z][A-Za-z0-9]{1,31}+|#[0-9]{1,7}+|#[Xx][0-9A-Fa-f]{1,6}+)"
_DAMAGE = re.compile(
    f"(?P<character>[{''.join(sorted(REPLACEMENTS))}])"
    f"|(?P<invisible>[{_INVISIBLE}]++)"
    # An entity, perhaps encoded again and again: &amp;amp;nbsp;
    rf"|(?P<entity>&(?:(?:(?:amp|#38|#x26);)++(?:{_ENTITY};)?+|{_ENTITY};))"
    f"|(?P<zero>(?<=[{_NUMERALS}])[○◯０]++)"
)
# A text of these alone needs no closer look.
_ORDINARY = re.compile(f"[^{''.join(sorted(REPLACEMENTS))}{_INVISIBLE}&○◯０{SUSPECT}]*+")


def restore_characters(text: Text) -> tuple[Text, tuple[Finding, ...]]:
    """The text with every such character replaced."""
    if _is_ordinary(text.value):
        return text, ()
    return text.apply("characters", [edit for match in _DAMAGE.finditer(text.value) if (edit := _edit(match))]), ()


def _is_ordinary(value: str) -> bool:
    match = _ORDINARY.match(value)
    return match is not None and match.end() == len(value)


def _edit(match: re.Match[str]) -> Edit | None:
    found = match[0]
    if match.lastgroup == "character":
        rule, plain = REPLACEMENTS[found]
        return Edit(match.start(), match.end(), plain, rule)
    if match.lastgroup == "invisible":
        return Edit(match.start(), match.end(), "", "invisible-character")
    if match.lastgroup == "zero":
        return Edit(match.start(), match.end(), "〇" * len(found), "numeral-zero")
    plain = _decoded(found)
    return Edit(match.start(), match.end(), plain, "html-entity") if plain != found else None


@lru_cache
def _decoded(entity: str) -> str:
    """The character of an entity that may have been encoded several times: the last name in it counts."""
    return unescape("&" + entity[1:].replace(";", "\0", entity.count(";") - 1).rpartition("\0")[2])


def suspicious_characters(text: Text) -> tuple[Finding, ...]:
    """A finding for each character that stands for something lost: private use, U+FFFD, half of a surrogate pair."""
    if _is_ordinary(text.value):
        return ()
    places: dict[str, Span] = {}
    times: Counter[str] = Counter()
    for match in SUSPICIOUS.finditer(text.value):
        times[match[0]] += 1
        if match[0] not in places:
            places[match[0]] = text.to_source(match.start(), match.end())
    return tuple(
        finding(
            "private-use-character" if unicodedata.category(character) == "Co" else "lost-character",
            span,
            character=f"U+{ord(character):04X}",
            times=times[character],
        )
        for character, span in places.items()
    )
