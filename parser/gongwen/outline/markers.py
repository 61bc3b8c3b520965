"""Markers: the signs that open a numbered heading or item at the beginning of a line, by style.

GB/T 9704 (7.3.3) knows 一、 （一） 1. （1）; laws and rules add 第一编, 第一章, 第一节, 第一条; copies add full-width and half-width
forms, ①, 1）, 1、 and the decimal numbering 1.1 of emergency plans. Two markers are of one style if they differ in their
numeral only; the width of their punctuation is no part of the style.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = "[一二三四五六七八九十百零〇○两]"
_FIGURE = "[0-9０-９]"
_PRIVATE_POINT = "\ue010"  # in the fonts of some editors a point, which copies keep as they find it

# The styles. Of two that match, the first is meant.
_STYLES = {
    "volume": rf"第 ?{_HAN}{{1,4}}+ ?(?:编|分编|篇|部分)(?![的之])",
    "chapter": rf"第 ?(?:{_HAN}{{1,4}}+|{_FIGURE}{{1,3}}+) ?章(?![的之])",
    "section": rf"第 ?{_HAN}{{1,4}}+ ?节(?![的之])",
    "han": rf"{_HAN}{{1,4}}+ ?[、．.]",
    "han_brackets": rf"[（(〔] ?{_HAN}{{1,4}}+ ?[）)〕][、．]?|[㈠-㈩]",
    "han_half": rf"{_HAN}{{1,3}}+[）)]",
    "article": rf"第 ?(?:{_HAN}{{1,6}}+|{_FIGURE}{{1,4}}+) ?条(?:之{_HAN}{{1,2}}+)?(?![第规的款和与至、，])",
    "deep_decimal": r"[0-9]{1,2}+(?:[.．][0-9]{1,2}+){2,3}+(?![0-9.．])[.．、]?",
    "decimal": r"[0-9]{1,2}+[.．][0-9]{1,2}+(?![0-9.．])[.．、]?",
    "figure": rf"{_FIGURE}{{1,3}}+ ?[.．、{_PRIVATE_POINT}]|[⒈-⒛]",
    "figure_brackets": rf"[（(] ?{_FIGURE}{{1,3}}+ ?[）)][、．.]?|[⑴-⒇]",
    "figure_half": rf"{_FIGURE}{{1,2}}+ ?[）)]",
    "circle": "[①-⑳㉑-㉟❶-❿]",
    "bare": rf"{_FIGURE}{{1,2}}+(?![0-9０-９年月日号个.．])",
}
# Styles of one kind of numerals may stand for one another by a slip of the pen: 1. and then 2、.
NUMERALS = {
    style: "figures" if style in ("figure", "figure_brackets", "figure_half", "bare") else style for style in _STYLES
}

# One alternative per style; the name of the group that matched is the style.
MARKER = "|".join(f"(?P<{style}>{pattern})" for style, pattern in _STYLES.items())

_ENCLOSED = {
    chr(first + number): number + 1
    for first, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10), (0x2776, 10))
    for number in range(count)
} | {chr(0x3251 + number): number + 21 for number in range(15)}
_DIGITS = {
    digit: value
    for value, row in enumerate(("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for digit in row
}
_NUMERAL = re.compile(rf"{_FIGURE}++|{_HAN}++")


@lru_cache(maxsize=1024)
def value(marker: str) -> int | None:
    """The number that a marker gives; of a decimal marker its last number.

    >>> value("（十二）"), value("第一百零三条"), value("４．"), value("⑪"), value("1.2.3")
    (12, 103, 4, 11, 3)
    """
    if marker[0] in _ENCLOSED:
        return _ENCLOSED[marker[0]]
    numerals = _NUMERAL.findall(marker.split("之")[0])
    return _integer(numerals[-1]) if numerals else None


def _integer(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for character in numeral:
        power = {"十": 10, "百": 100}.get(character)
        if power is None:
            digit = _DIGITS[character]
        else:
            total, digit = total + (digit or 1) * power, 0
    return total + digit
