"""Markers: the signs that open a numbered heading or item at the beginning of a line, by style.

The forms stand in markers.tsv. A form is written with stand-ins for its numeral: 汉 is a Chinese numeral (一, 十二), 数 a figure
(1, 12), 字 a Latin letter (A, b), and a sign that holds its number (㈠, ⒈, ⑴, ①, ❶, Ⅰ, 甲, 壹) is its whole series. All else stands for itself, in either width, and a
blank may stand between any two. GB/T 9704 (7.3.3) knows 一、 （一） 1. （1）; laws and rules add 第一编, 第一章, 第一节, 第一条; copies
add the rest. Two markers are of one style if they differ in their numeral only; the width of their punctuation is no part of the style.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongwen.characters import SYMBOLS
from gongwen.lexicon import vocabulary
from gongwen.lexicon.numerals import integer
from gongwen.lexicon.vocabulary import Term

_HAN = "[一二三四五六七八九十百千零〇○两]"
_FIGURE = "[0-9０-９]"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STAND_INS = {"汉": f"{_HAN}{{1,6}}+", "数": f"{_FIGURE}{{1,3}}+", "字": "[A-Za-z]"}
_WIDTHS = {"（": "[（(]", "）": "[）)]", "〔": r"[〔\[]", "〕": r"[〕\]]", ".": "[.．\ufffd]", "．": "[.．\ufffd]"}
# U+FFFD stands where a point was lost.
# A figure that ends a form ends there, and may have one more stop behind it: 1.2、
_ENDS_IN_FIGURE = r"(?![0-9０-９.．])[.．、]?"

_SERIES = tuple(
    [
        tuple([chr(first + number) for number in range(count)])
        for first, count in (
            (0x2460, 20),
            (0x2474, 20),
            (0x2488, 20),
            (0x3220, 10),
            (0x2776, 10),
            (0x2160, 12),
            (0x3280, 10),
            (0x24F5, 10),
        )
    ]
    + [tuple("甲乙丙丁戊己庚辛壬癸"), tuple("壹贰叁肆伍陆柒捌玖拾")]
)
_MORE_CIRCLES = tuple([chr(0x3251 + number) for number in range(15)])  # ㉑ to ㉟ go on where ⑳ ends
_ENCLOSED = {sign: number for series in _SERIES for number, sign in enumerate(series, 1)} | {
    sign: number for number, sign in enumerate(_MORE_CIRCLES, 21)
}

IN_SERIES = frozenset({"roman", "stem", "letter", "letter_half", "letter_brackets"})
"""Styles that may as well be the beginning of a name (A.B公司): one opens an item only where the next of its series follows."""
_FIGURES = frozenset({"figure", "figure_brackets", "figure_half", "bare"})
_NUMERAL = re.compile(rf"{_FIGURE}++|{_HAN}++")


def numerals_of(style: str) -> str:
    """What numerals a style counts with: styles of one kind may stand for one another by a slip of the pen, 1. and then 2、."""
    return "figures" if style in _FIGURES else style


@vocabulary.compiled
def any_marker() -> str:
    """An expression of every marker, one named group a style; of two that match, the style that comes first in the table is meant."""
    forms = "|".join([f"(?P<{style}>{forms})" for style, forms in _styles("outline").items()])
    return f"(?=[{_first_characters('outline')}])(?:{forms})"


# Where nothing but the marker tells that a paragraph begins, figures before digits and decimals that stick to the text are numbers: 2.5万元.
_SURE = {"figure": r"(?![0-9])", "decimal": r"(?=\s)", "deep_decimal": r"(?=\s)"}


@vocabulary.compiled
def sure_marker() -> re.Pattern[str]:
    """A marker that says by itself that a paragraph begins: in text whose lines were wrapped or run together."""
    styles = [f"(?:{forms}){_SURE.get(style, '')}" for style, forms in _styles("wrap").items()]
    return re.compile("|".join([*styles, r"附\s?件\s?\d{0,2}[:：.\s]"]))


@vocabulary.compiled
def bullets() -> str:
    """The bullets that may stand before a label or a marker, one after the other."""
    return "".join(vocabulary.words("marker_signs", "label"))


@vocabulary.compiled
def before_marker() -> str:
    """An expression of the symbols and bullets that may stand before a marker, which they are no part of: ★一、, 🔹（一）, - 一、."""
    return f"(?:[{SYMBOLS}]{{1,4}}|[{re.escape(bullets())}])"


@vocabulary.compiled
def enumerator() -> str:
    """An expression of the markers of a list within sentences: 一是, 二要."""
    return f"(?:{_styles('outline')['first_is']})"


def clause_marker() -> str:
    """An expression of the markers at the head of a clause: 一是, ②."""
    return f"(?:{enumerator()}|{_styles('outline')['circle']})"


@vocabulary.compiled
def list_sign() -> re.Pattern[str]:
    """A sign that opens an item without a number, with the blanks behind it: ——, ·, ●."""
    return re.compile(rf"(?:{vocabulary.alternation('marker_signs', 'item')}|[{SYMBOLS}])[^\S\n]*+")


@vocabulary.compiled
def inner_marker() -> re.Pattern[str]:
    """A marker that may stand within a line, one named group a style."""
    forms = "|".join([f"(?P<{style}>{forms}){_SURE.get(style, '')}" for style, forms in _styles("inner").items()])
    return re.compile(f"(?=[{_first_characters('inner')}])(?:{forms})")


@vocabulary.compiled
def group_marker() -> re.Pattern[str]:
    """A marker that may open the name of a group of rows in a table: 一、, （一）, 第一章."""
    styles = _styles("outline")
    return re.compile("|".join([styles[style] for style in ("volume", "chapter", "section", "han", "han_brackets")]))


def _first_characters(context: str) -> str:
    """What markers begin with, as the content of a class: looked for first, it spares trying the group of each style everywhere."""
    signs = dict.fromkeys([form.text[0] for form in vocabulary.terms("markers", context)])
    return "".join([re.sub(r"\A\[|\].*\Z", "", _sign(sign)) for sign in signs])


def _styles(context: str) -> dict[str, str]:
    """For each style the expression of its forms, the longest first."""
    forms: dict[str, list[Term]] = {}
    for term in vocabulary.terms("markers", context):
        forms.setdefault(term.code, []).append(term)
    return {
        style: "|".join([_expression(term) for term in sorted(rows, key=lambda term: -len(term.text))])
        for style, rows in forms.items()
    }


def _expression(form: Term) -> str:
    """The form as a regular expression."""
    parts = [_sign(sign) for sign in form.text]
    behind = f"(?!{'|'.join(form.not_before)})" if form.not_before else ""
    return " ?".join(parts) + (_ENDS_IN_FIGURE if form.text.endswith("数") else "") + behind


def _sign(sign: str) -> str:
    """What a sign of a form stands for, as a regular expression."""
    return _STAND_INS.get(sign) or _WIDTHS.get(sign) or _series(sign) or re.escape(sign)


def _series(sign: str) -> str | None:
    """The series that a sign with its number belongs to, as a class of characters."""
    for series in _SERIES:
        if sign in series:
            return f"[{''.join(series)}{''.join(_MORE_CIRCLES) if series is _SERIES[0] else ''}]"
    return None


@lru_cache(maxsize=1024)
def value(marker: str) -> int | None:
    """The number that a marker gives; of a decimal marker its last number.

    >>> value("（十二）"), value("第一百零三条"), value("４．"), value("⑪"), value("1.2.3"), value("三是"), value("b）"), value("丙、")
    (12, 103, 4, 11, 3, 3, 2, 3)
    """
    if marker[0] in _ENCLOSED:
        return _ENCLOSED[marker[0]]
    numerals = _NUMERAL.findall(marker.split("之")[0])
    if numerals:
        return integer(numerals[-1])
    return next((_LETTERS.index(sign) + 1 for sign in marker.upper() if sign in _LETTERS), None)
