"""Punctuation of a copy typed or mangled in half width becomes the punctuation of Chinese text (GB/T 15834, GB/T 15835).

The rules, each character for character:

* ``, : ;`` beside a Chinese character, and ``! ?`` after one, become full width; never between digits (1,234 and 10:30),
  in addresses or in Latin text. A ``?`` inside a sentence may be damage, so only one that ends it counts.
* Brackets change in pairs: ``( )`` whose content or a neighbour is Chinese; of a pair with one full-width half, both are.
* A year in any bracket between an organ code and a serial (国发[2016]5号) gets 〔〕 (GB/T 9704-2012, 7.2.5).
* Straight quotes that pair up within a paragraph of Chinese text, and corner brackets, become “ ”.
* Small and half-width forms (﹐ ﹔ ｡ ｢) become the ordinary ones; full-width digits, letters and ％ the half-width ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from gongwen.text import Text

_HAN = r"\u3400-\u9fff\uf900-\ufaff〇○\U00020000-\U0003ffff"
_CHINESE = _HAN + r"、-〟！-／：-＠［-｀｛-｠“”‘’—…"

_FORMS = str.maketrans(
    "﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞｡｢｣､･「」『』％"
    + "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])),
    "，、．；：？！（）｛｝〔〕。“”、·“”‘’%" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)
_FORM = re.compile("[﹐-﹞｡-､･「-』％０-９Ａ-Ｚａ-ｚ]")

# Each begins with the characters that it is about, so that a text without them is skipped over quickly.
_MARK = re.compile(
    rf"[,:;!?](?:(?<=[{_CHINESE}][,:;])|(?<=[A-Za-z0-9)\]%][,:;])(?=[{_CHINESE}])"
    rf"|(?<=[{_CHINESE}]!)(?!=)|(?<=[{_CHINESE}]\?)(?=[\s”’\"）)]|\Z))"
)
_WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}

_BRACKETED_LINE = re.compile(r"^[^()\n]*+[()][^\n]*+", re.M)
_BRACKET = re.compile("[()（）]")
_BRACKET_REACH = 300  # a remark in brackets is shorter; a lone bracket must not pair with one pages away
_IS_CHINESE = re.compile(f"[{_CHINESE}]")

_YEAR = re.compile(rf"[\[(（【［﹝](?<=[{_HAN}].)(?:19|20)\d\d[\])）】］﹞](?= ?第?\d{{1,5}} ?号)")
_QUOTED_LINE = re.compile(r'^[^\n"]*+"[^\n]*+', re.M)


def normalize(text: Text) -> Text:
    """``text`` with Chinese punctuation where the text is Chinese; of the same length."""
    if _FORM.search(text.value):
        text = text.substitute("punctuation", text.value.translate(_FORMS), "character-form")
    value = text.value
    characters = list(value)
    for match in _MARK.finditer(value):
        characters[match.start()] = _WIDE[match[0]]
    for at, mark in chain(_brackets(value), _quotes(value), _years(value)):
        characters[at] = mark
    return text.substitute("punctuation", "".join(characters), "chinese-punctuation")


def _brackets(value: str) -> Iterator[tuple[int, str]]:
    """Half-width brackets that stand in Chinese context, in pairs where they pair within a line."""
    for line in _BRACKETED_LINE.finditer(value):
        opened: list[int] = []
        for bracket in _BRACKET.finditer(value, *line.span()):
            at = bracket.start()
            if bracket[0] in "(（":
                opened.append(at)
            elif not opened or at - opened[-1] > _BRACKET_REACH:
                yield from _lone(value, [at])
            else:
                start = opened.pop()
                if _IS_CHINESE.search(value, max(start - 1, 0), at + 2):  # inside, beside, or one of the two itself
                    yield start, "（"
                    yield at, "）"
        yield from _lone(value, opened)


def _lone(value: str, places: list[int]) -> Iterator[tuple[int, str]]:
    """Brackets without their other half: full width beside a Chinese character."""
    for at in places:
        if value[at] in "()" and _IS_CHINESE.search(value, max(at - 1, 0), at + 2):
            yield at, _WIDE[value[at]]


def _quotes(value: str) -> Iterator[tuple[int, str]]:
    """Straight quotes of lines that have Chinese text and an even number of them, in turn opening and closing."""
    if '"' not in value:
        return
    for line in _QUOTED_LINE.finditer(value):
        places = [line.start() + at for at, character in enumerate(line[0]) if character == '"']
        if len(places) % 2 == 0 and _IS_CHINESE.search(line[0]):
            for turn, at in enumerate(places):
                yield at, "”" if turn % 2 else "“"


def _years(value: str) -> Iterator[tuple[int, str]]:
    """The brackets of the year of a document number."""
    for match in _YEAR.finditer(value):
        yield match.start(), "〔"
        yield match.end() - 1, "〕"
