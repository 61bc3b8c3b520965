"""Numbers and dates of a spreadsheet as it shows them, by their number formats (ECMA-376 part 1, 18.8.30 and 18.8.31).

A format has up to four sections (positive; negative; zero; text), each a row of digit places, literals and parts of dates.
What a format can ask for and no document needs (widths of blanks, colours, fill characters) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from gongwen.read.numbering import spell

# The formats that have a number and no code in the file, as the Chinese version shows them (18.8.30).
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒",
    34: "上午/下午h时mm分", 35: "上午/下午h时mm分ss秒", 36: "yyyy年m月", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-;@", 42: "¥#,##0;-¥#,##0;-;@", 43: "#,##0.00;-#,##0.00;-;@", 44: "¥#,##0.00;-¥#,##0.00;-;@",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日",
    54: "m月d日", 55: "上午/下午h时mm分", 56: "上午/下午h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<half>AM/PM|A/P|上午/下午)'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|[eE]+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>[%％])|(?P<slash>/)|(?P<text>@)|(?P<literal>.)",
    re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_NUMERALS = {"DBNum1": ("chineseCountingThousand", "ideographDigital"), "DBNum2": ("chineseLegalSimplified", "")}
_LEGAL_DIGITS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_WEEKDAYS = "一二三四五六日"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LAST_DAY = 2_958_465  # 9999-12-31
_LONGEST_CODE = 255
_MOST_DIGITS = 30


class _Section(NamedTuple):
    """A section of a format: its tokens as (kind, text), the condition that it holds under, the numerals that it asks for."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    numerals: str | None
    is_date: bool


def show(value: str, code: str, *, since_1904: bool = False) -> str:
    """The number ``value`` in the format ``code``; ``value`` as it stands where it is no number or the format is broken.

    >>> show("0.95", "0%"), show("45657", "yyyy年m月d日"), show("1234.5", "#,##0.00")
    ('95%', '2024年12月31日', '1,234.50')
    """
    try:
        number = Decimal(f"{float(value):.15g}")
    except (ValueError, InvalidOperation):
        return value
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return value
    sections = _sections(code[:_LONGEST_CODE])
    section, number = _choose(sections, number)
    if section is None:
        return _general(number)
    if section.is_date:
        return _show_date(number, section, since_1904=since_1904) or _general(number)
    return _show_number(number, section)


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    sections = []
    for part in _split(code):
        tokens: list[tuple[str, str]] = []
        condition = numerals = None
        for match in _TOKEN.finditer(part):
            kind = match.lastgroup
            if kind == "bracket":
                inside = match["bracket"]
                if stated := _CONDITION.fullmatch(inside):
                    condition = (stated[1], _decimal(stated[2]))
                elif inside in _NUMERALS:
                    numerals = inside
                elif inside.startswith("$"):
                    tokens.append(("literal", inside[1:].partition("-")[0]))
                elif inside.lower().strip("hms") == "" and inside:
                    tokens.append(("elapsed", inside.lower()))
            elif kind in ("quoted", "escaped", "literal"):
                tokens.append(("literal", match[kind]))
            elif kind:
                tokens.append((kind, match[kind]))
        is_date = any(kind in ("date", "elapsed", "half") for kind, _ in tokens)
        sections.append(_Section(tuple(tokens), condition, numerals, is_date))
    return tuple(sections)


def _split(code: str) -> list[str]:
    """The sections of a format, parted at semicolons outside of quotes."""
    parts, current = [], ""
    for match in _TOKEN.finditer(code):
        if match[0] == ";":
            parts.append(current)
            current = ""
        else:
            current += match[0]
    return [*parts, current]


def _choose(sections: Sequence[_Section], number: Decimal) -> tuple[_Section | None, Decimal]:
    """The section for a number, and the number as that section shows it: a section for negatives brings its own sign."""
    shown = [section for section in sections if not any(kind == "text" for kind, _ in section.tokens)]
    if not shown:
        return None, number
    for section in shown:
        if section.condition and _holds(section.condition, number):
            return section, number
    plain = [section for section in shown if not section.condition]
    if number < 0 and len(plain) > 1:
        return plain[1], -number
    if number == 0 and len(plain) > 2:
        return plain[2], number
    return (plain[0] if plain else None), number


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, bound = condition
    return {
        "<": number < bound, ">": number > bound, "=": number == bound,
        "<=": number <= bound, ">=": number >= bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _general(number: Decimal) -> str:
    """A number without a format: all its digits, as short as can be."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _show_number(number: Decimal, section: _Section) -> str:
    kinds = [kind for kind, _ in section.tokens]
    if "slash" in kinds and "digit" in kinds:  # a fraction: as a decimal, which says the same
        return _general(number)
    if not any(kind in ("digit", "general") for kind in kinds):
        return ("-" if number < 0 else "") + "".join(text for kind, text in section.tokens if kind == "literal")
    number *= Decimal(100) ** kinds.count("percent")
    digits = [index for index, kind in enumerate(kinds) if kind == "digit"]
    last = digits[-1] if digits else len(kinds)
    scale = 0
    while last + scale + 1 < len(kinds) and kinds[last + scale + 1] == "comma":
        scale += 1
    number /= Decimal(1000) ** scale
    point = kinds.index("point") if "point" in kinds else None
    exponent = kinds.index("exponent") if "exponent" in kinds else None
    ending = exponent if exponent is not None else len(kinds)
    before = [index for index in digits if index < (point if point is not None else ending)]
    behind = [index for index in digits if point is not None and point < index < ending]
    power = 0
    if exponent is not None and number:
        power = number.adjusted() - max(len(before) - 1, 0)
        number = number.scaleb(-power)
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    needed = sum(section.tokens[index][1] == "0" for index in before)
    whole = whole.lstrip("0").rjust(needed, "0")
    grouped = any(kind == "comma" for kind in kinds[(before or [0])[0] : (before or [0])[-1]])
    if grouped:
        whole = f"{int(whole or '0'):,}" if whole else whole
    optional = sum(section.tokens[index][1] != "0" for index in behind)
    while optional and fraction.endswith("0"):
        fraction, optional = fraction[:-1], optional - 1
    if section.numerals and not behind and not power:
        whole = spell(int(rounded), _NUMERALS[section.numerals][0]) or whole
    text, placed = "-" if number < 0 and rounded else "", False
    for index, (kind, shown) in enumerate(section.tokens):
        if kind == "digit" and index in before and not placed:
            text, placed = text + whole, True
        elif kind == "point":
            text += ("" if placed else whole) + (f".{fraction}" if fraction else "")
            placed = True
        elif kind == "exponent":
            text += f"E{'+' if power >= 0 and shown == 'E+' else '-' if power < 0 else ''}{abs(power):02}"
        elif kind == "general":
            text += _general(abs(number))
        elif kind in ("literal", "percent", "slash"):
            text += shown
    return text


def _show_date(number: Decimal, section: _Section, *, since_1904: bool) -> str | None:
    """A date or time; None where the number is none."""
    serial = float(number) + (1462 if since_1904 else 0)
    if not 0 <= serial < _LAST_DAY + 1:
        return None
    seconds = round(serial * 86_400)
    fractions = any(kind == "digit" for kind, _ in section.tokens)
    if fractions:
        seconds = int(serial * 86_400)
    day, second = divmod(seconds, 86_400)
    shown = _Date(day, second)
    halves = any(kind == "half" for kind, _ in section.tokens)
    tokens = section.tokens
    text = ""
    for index, (kind, part) in enumerate(tokens):
        if kind == "date":
            text += shown.part(part.lower(), _is_minute(tokens, index), halves=halves, numerals=section.numerals)
        elif kind == "elapsed":
            divisor = {"h": 3600, "m": 60, "s": 1}[part[0]]
            text += str(seconds // divisor).zfill(len(part))
        elif kind == "half":
            morning, afternoon = part.split("/")
            text += morning if second < 43_200 else afternoon
        elif kind in ("literal", "slash", "point", "comma"):
            text += part
        elif kind == "digit":
            text += str(int((serial * 86_400 % 1) * 10)) if text.endswith(".") else ""
    return text


class _Date(NamedTuple):
    """A day by its number in the calendar of spreadsheets, in which 1900 is a leap year, and a second of it."""

    day: int
    second: int

    def part(self, part: str, minute: bool, *, halves: bool, numerals: str | None) -> str:
        """What a part of a format (yyyy, m, dd, …) shows."""
        if self.day == 60:  # 1900-02-29, which never was
            year, month, day, weekday = 1900, 2, 29, 2
        else:
            when = date(1899, 12, 31) + timedelta(self.day if self.day < 60 else self.day - 1)
            year, month, day, weekday = when.year, when.month, when.day, when.weekday()
        hour, rest = divmod(self.second, 3600)
        match part[0]:
            case "y" | "e":
                text = str(year) if len(part) > 2 or part[0] == "e" else f"{year % 100:02}"
                if numerals == "DBNum1":
                    return spell(int(text), "ideographDigital") or text
                return text.translate(_LEGAL_DIGITS) if numerals else text
            case "m" if minute:
                return str(rest // 60).zfill(min(len(part), 2))
            case "m" if len(part) > 2:
                return _MONTHS[month - 1] if len(part) == 3 else datetime(2000, month, 1).strftime("%B")  # noqa: DTZ001
            case "m":
                number = month
            case "d" | "a" if part[0] == "a" or len(part) > 2:
                return ("" if part == "aaa" else "星期") + _WEEKDAYS[weekday]
            case "d":
                number = day
            case "h":
                number = (hour % 12 or 12) if halves else hour
            case _:
                number = rest % 60
        if numerals:
            return spell(number, _NUMERALS[numerals][0]) or str(number)
        return str(number).zfill(min(len(part), 2))


def _is_minute(tokens: Sequence[tuple[str, str]], index: int) -> bool:
    """Whether m stands for minutes: behind hours, or before seconds."""
    if tokens[index][1].lower()[0] != "m" or len(tokens[index][1]) > 2:
        return False
    before = next((text for kind, text in reversed(tokens[:index]) if kind in ("date", "elapsed")), "")
    behind = next((text for kind, text in tokens[index + 1 :] if kind in ("date", "elapsed")), "")
    return before.lower().startswith("h") or behind.lower().startswith("s")
