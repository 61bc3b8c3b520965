"""Punctuation of a copy typed or mangled in half width becomes the punctuation of Chinese text (GB/T 15834, GB/T 15835).

The rules, each character for character:

* ``, : ;`` beside a Chinese character, and ``! ?`` after one, become full width; never between digits (1,234 and 10:30),
  in addresses or in Latin text. A ``?`` inside a sentence may be damage, so only one that ends it counts.
* Brackets change in pairs: ``( )`` whose content or a neighbour is Chinese; of a pair with one full-width half, both are.
* A year in any bracket between an organ code and a serial (国发[2016]5号) gets 〔〕 (GB/T 9704-2012, 7.2.5).
* Straight quotes that pair up in Chinese context or stand for a half of “ ”, and corner brackets, become “ ”.
* A point that ends sentences of a text without full stops becomes 。
* Small and half-width forms (﹐ ﹔ ｡ ｢) become the ordinary ones; full-width digits, letters and ％ the half-width ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.characters import CHINESE, HAN
from gongwen.text import Text

_FORMS = str.maketrans(
    "﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞｡｢｣､･「」『』％«»"
    + "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])),
    "，、．；：？！（）｛｝〔〕。“”、·“”‘’%《》" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)
_ENDS = r"(?=[\s”’\"）)]|\Z)"  # what may follow a question mark
_FORM = re.compile("[«»﹐-﹞｡-､･「-』％０-９Ａ-Ｚａ-ｚ]")

# Each begins with the characters that it is about: a text without them is skipped over quickly.
_MARKS = re.compile(
    rf"[,:;!?](?:(?<=[{CHINESE}].)(?:(?:(?<=[,:;])|(?<=!)(?!=))[,:;!]*+(?:\?{_ENDS})?|(?<=\?){_ENDS})"
    rf"|(?<=[A-Za-z0-9)\]%][,:;])[,:;]*+(?=[{CHINESE}]))"
)
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_YEAR = re.compile(rf"[\[(（【［﹝](?<=[{HAN}].)(?:19|20)\d\d[\])）】］﹞](?= ?第?\d{{1,5}} ?号)")
_BRACKETED_LINE = re.compile(r"^[^()\n]*+[()][^\n]*+", re.M)
_BRACKET = re.compile("[()（）]")
_BRACKET_REACH = 300  # characters: a remark in brackets is shorter; a lone bracket must not pair with one far away
_QUOTED_LINE = re.compile(r'^[^\n"]*+"[^\n]*+', re.M)
_QUOTE = re.compile('["“”]')
_BESIDE = re.compile(rf"[{HAN}》〉〕】]")
_IS_HAN = re.compile(f"[{HAN}]")


# A point behind a Chinese character ends a sentence in a text whose full stops were lost to the width of its font; not behind the
# numeral that opens an item (一.).
_POINT_AS_STOP = re.compile(rf"(?<=[{HAN}）”》])(?<![一二三四五六七八九十])\.(?=[{HAN}“《（(\s]|\Z)")
_FEW_STOPS = 5


def normalize(text: Text) -> Text:
    """``text`` with Chinese punctuation where the text is Chinese; of the same length."""
    if _FORM.search(text.value):
        text = text.substitute("punctuation", text.value.translate(_FORMS), "character-form")
    value = _YEAR.sub(_with_year_brackets, text.value)
    if (
        "." in value
        and value.count("。") < _FEW_STOPS
        and len(stops := list(_POINT_AS_STOP.finditer(value))) >= _FEW_STOPS
    ):
        value = _changed(value, {stop.start(): "。" for stop in stops})
    value = _changed(value, dict(_quotes(value)))
    value = _changed(value, dict(_brackets(value)))
    value = _MARKS.sub(_widened, value)  # after the brackets: a mark may stand in Chinese context only by one
    return text.substitute("punctuation", value, "chinese-punctuation")


def _changed(value: str, changes: dict[int, str]) -> str:
    """``value`` with the characters at the offsets of ``changes`` replaced."""
    if not changes:
        return value
    pieces, position = [], 0
    for at in sorted(changes):
        pieces += [value[position:at], changes[at]]
        position = at + 1
    return "".join([*pieces, value[position:]])


def _quotes(value: str) -> Iterator[tuple[int, str]]:
    """Straight quotes: the lost half of a “ or ”, and pairs with a Chinese character inside or beside.

    In turn they open and close. A line that leaves one open has another use for them (12" 以上); there only halves change.
    """
    if '"' not in value:
        return
    for line in _QUOTED_LINE.finditer(value):
        pairs, opened = [], None
        for quote in _QUOTE.finditer(value, *line.span()):
            if quote[0] == "“" or (quote[0] == '"' and opened is None):
                opened = quote.start()
            elif opened is not None:
                pairs.append((opened, quote.start()))
                opened = None
        for start, end in pairs:
            straight = (value[start] + value[end]).count('"')
            if straight == 1 or (straight and opened is None and _stands_in_chinese(value, start, end)):
                yield start, "“"
                yield end, "”"


def _with_year_brackets(bracketed: re.Match[str]) -> str:
    """The year of a document number in the brackets that it should have."""
    return f"〔{bracketed[0][1:-1]}〕"


def _brackets(value: str) -> Iterator[tuple[int, str]]:
    """Half-width brackets that stand in Chinese context, in pairs where they pair within a line."""
    if "(" not in value and ")" not in value:
        return
    for line in _BRACKETED_LINE.finditer(value):
        opened: list[int] = []
        for bracket in _BRACKET.finditer(value, *line.span()):
            at = bracket.start()
            if value[at] in "(（":
                opened.append(at)
            elif not opened or at - opened[-1] > _BRACKET_REACH:
                yield from _lone(value, [at])
            else:
                start = opened.pop()
                full = (value[start] == "（") + (value[at] == "）")
                if full == 1 or (not full and _stands_in_chinese(value, start, at)):
                    yield start, "（"
                    yield at, "）"
        yield from _lone(value, opened)


def _stands_in_chinese(value: str, start: int, end: int) -> bool:
    """Whether the pair of marks at ``start`` and ``end`` has a Chinese character inside or beside it."""
    if _IS_HAN.search(value, start + 1, end) or _BESIDE.match(value, end + 1):
        return True
    return start > 0 and bool(_BESIDE.match(value, start - 1))


def _lone(value: str, places: list[int]) -> Iterator[tuple[int, str]]:
    """Brackets without their other half: full width beside a Chinese character."""
    for at in places:
        if value[at] in "()" and _BESIDE.search(value, max(at - 1, 0), at + 2):
            yield at, value[at].translate(_WIDE)


def _widened(marks: re.Match[str]) -> str:
    """Marks that stand in Chinese context, full width."""
    return marks[0].translate(_WIDE)
