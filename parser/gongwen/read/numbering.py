"""Automatic numbers as Word counts them (ECMA-376 part 1, 17.9; where Word does otherwise, as Word does).

A paragraph refers to an instance of a list (``num``) and a level; the instance refers to an abstract definition, which
holds the counters: instances share them. What a level shows is its text with ``%1`` to ``%9`` filled with the counters
of the levels so far.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LEVELS = 9
_PLACEHOLDER = re.compile("%([1-9])")
_CUSTOM_ZEROS = re.compile(r"(0*1),")  # 001, 002, 003, …
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}
_MOST = 1 << 31


class Level(NamedTuple):
    """One level of a definition. ``restart``: the level (from 1) whose use restarts it; 0 never, None any above.

    ``style`` is the paragraph style that is linked to the level; ``legal`` shows all numbers in it as decimals;
    ``suffix`` stands between the marker and the text.
    """

    start: int = 0
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    style: str | None = None
    restart: int | None = None
    legal: bool = False


class Instance(NamedTuple):
    """An instance of a list: its abstract definition, the levels that it defines anew, the numbers that it starts at."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Marker(NamedTuple):
    """What Word shows before a paragraph, and the form of its numbers where it is none that we know."""

    text: str
    suffix: str
    unknown: str = ""


@dataclass(slots=True)
class Counter:
    """Counts the numbered paragraphs of a story, in order."""

    definitions: Mapping[str, Mapping[int, Level]]
    instances: Mapping[str, Instance]
    _numbers: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def level(self, number: str, index: int) -> Level | None:
        """Level ``index`` (from 0) of instance ``number``; None where it isn't defined."""
        instance = self.instances.get(number)
        if instance is None:
            return None
        return instance.levels.get(index) or self.definitions.get(instance.definition, {}).get(index)

    def linked(self, number: str, style: str) -> int | None:
        """The level of instance ``number`` that paragraph style ``style`` is linked to."""
        return next(
            (index for index in range(LEVELS) if (found := self.level(number, index)) and found.style == style), None
        )

    def count(self, number: str, index: int) -> Marker | None:
        """Count a paragraph of level ``index`` of instance ``number``: its marker, None where the file defines none."""
        level = self.level(number, index)
        if level is None:
            return None
        instance = self.instances[number]
        numbers = self._numbers.setdefault(instance.definition, [None] * LEVELS)
        current = numbers[index]
        if index in instance.starts and (number, index) not in self._started:
            self._started.add((number, index))
            current = None
        start = instance.starts.get(index, level.start)
        numbers[index] = start if current is None else min(current + 1, _MOST)
        for deeper in range(index + 1, LEVELS):
            below = self.level(number, deeper)
            if below is None or below.restart is None or index < below.restart:
                numbers[deeper] = None
        return self._show(number, index, level, numbers)

    def _show(self, number: str, index: int, level: Level, numbers: list[int | None]) -> Marker:
        unknown = ""

        def fill(match: re.Match[str]) -> str:
            nonlocal unknown
            place = int(match[1]) - 1
            shown = self.level(number, place)
            if shown is None:
                return ""
            value = numbers[place]
            text = spell(shown.start if value is None else value, "decimal" if level.legal else shown.format)
            if text is None:
                unknown = shown.format
            return text if text is not None else str(value)

        if any(int(place) > index + 1 for place in _PLACEHOLDER.findall(level.text)):
            return Marker("", "")  # MS-OI29500, 2.1.283: a number of a deeper level, and nothing is shown
        text = _PLACEHOLDER.sub(fill, level.text)
        return Marker(text, _SUFFIXES.get(level.suffix, "\t") if text else "", unknown)


def spell(value: int, format: str) -> str | None:
    """``value`` in a number format of ECMA-376 (17.18.59); None for a format that isn't known.

    What a format has no sign for is decimal, as in Word.

    >>> spell(12, "chineseCountingThousand"), spell(3, "decimalEnclosedCircle"), spell(28, "lowerLetter")
    ('十二', '③', 'bb')
    """
    if format.startswith("custom:"):
        zeros = _CUSTOM_ZEROS.match(format.removeprefix("custom:").strip() + ",")
        return str(value).zfill(len(zeros[1])) if zeros else None
    if format in _ROWS:
        row = _ROWS[format]
        return row[value - 1] if 0 < value <= len(row) else str(value)
    make = _FORMATS.get(format)
    return make(value) if make else None


def _thousands(digits: str, units: str, zero: str, *, ones: str) -> Callable[[int], str]:
    """Numbers with 十, 百, 千, 万. ``ones``: before which of these signs, at the head of a number below 20 or anywhere, 一 is left out."""

    def make(value: int) -> str:
        if value == 0:
            return zero or digits[0]
        if not 0 < value < 100_000_000:
            return str(value)
        groups = [value % 10_000] if value < 10_000 else [value // 10_000, value % 10_000]
        shown = ""
        for place, group in enumerate(groups):
            if shown and group and group < 1000:
                shown += zero
            gap = False
            for power in (3, 2, 1, 0):
                digit = group // 10**power % 10
                if digit == 0:
                    gap = gap or (bool(shown) and group // 10**power > 0)
                    continue
                if gap:
                    shown += zero
                    gap = False
                unit = units[power - 1] if power else ""
                left_out = digit == 1 and unit and (ones == "all" or (ones == "first" and not shown and power == 1))
                shown += ("" if left_out else digits[digit]) + unit
            if place == 0 and len(groups) == 2:
                shown += units[3]
        return shown

    return make


def _digits(digits: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", digits)
    return lambda value: str(value).translate(table) if value >= 0 else str(value)


def _tens_then_digits(value: int) -> str:
    """一 to 九十九, then digit by digit with ○."""
    return _COUNTING(value) if 0 < value < 100 else _digits("○一二三四五六七八九")(value)


def _roman(value: int) -> str:
    if not 0 < value <= 32_767:
        return str(value)
    shown = ""
    for worth, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True
    ):
        shown += sign * (value // worth)
        value %= worth
    return shown


def _letter(value: int) -> str:
    """A to Z, AA, BB, … ZZ, AAA: up to thirty times, as Word does."""
    if not 0 < value <= 780:
        return str(value)
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _chicago(value: int) -> str:
    return "*†‡§"[(value - 1) % 4] * ((value - 1) // 4 + 1) if 0 < value <= 400 else str(value)


_COUNTING = _thousands("零一二三四五六七八九", "十百千万", "〇", ones="first")
_FULL_WIDTH = _digits("０１２３４５６７８９")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ENCLOSED = "".join(chr(first + index) for first in (0x2460,) for index in range(20))

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _FULL_WIDTH,
    "decimalFullWidth2": _FULL_WIDTH,
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "chicago": _chicago,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda value: _letter(value).lower(),
    "chineseCounting": _tens_then_digits,
    "taiwaneseCounting": _tens_then_digits,
    "chineseCountingThousand": _COUNTING,
    "taiwaneseCountingThousand": _thousands("零一二三四五六七八九", "十百千萬", "零", ones="first"),
    "japaneseCounting": _thousands("〇一二三四五六七八九", "十百千万", "", ones="all"),
    "taiwaneseDigital": _digits("○一二三四五六七八九"),
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
    "koreanDigital2": _digits("零一二三四五六七八九"),
    "chineseLegalSimplified": _thousands("零壹贰叁肆伍陆柒捌玖", "拾佰仟萬", "零", ones=""),
    "ideographLegalTraditional": _thousands("零壹貳參肆伍陸柒捌玖", "拾佰仟萬", "零", ones=""),
    "japaneseLegal": _thousands("零壱弐参四伍六七八九", "拾百阡萬", "", ones=""),
    "none": lambda value: "",
    "bullet": lambda value: "",
}
_ROWS: dict[str, str | list[str]] = {
    "decimalEnclosedCircle": _ENCLOSED,
    "decimalEnclosedCircleChinese": _ENCLOSED,
    "decimalEnclosedParen": "".join(chr(0x2474 + index) for index in range(20)),
    "decimalEnclosedFullstop": "".join(chr(0x2488 + index) for index in range(20)),
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "ideographZodiacTraditional": [_STEMS[index % 10] + _BRANCHES[index % 12] for index in range(60)],
    "aiueo": "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽ",
    "irohaFullWidth": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
}
