"""Written numbers: 12.5, 1,234, 二十三, 一百零八, 两千, 十二点五, 百分之十, 三分之一 … as exact decimals.

Numbers in official text are written in digits or in Chinese numerals (GB/T 15835). A Chinese numeral is either a
reading with powers (一百零八 = 1×100 + 8) or a row of digits (二〇二五 = 2025). Values are decimal strings, exact: none
passes through binary floating point, and a quotient without a finite decimal (三分之一) is no value.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact

DIGITS = {
    digit: value
    for value, row in enumerate(("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for digit in row
}
POWERS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}

# The point of a decimal is a private-use character in some copies.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．\ue010", "0123456789%..", ",，")
_PLAIN = re.compile(r"[0-9]++(?:\.[0-9]++)?")
_SHARE = re.compile(r"(?P<whole>[^分]++)分之(?P<part>.++)")
_PER = {"百": "100", "千": "1000", "万": "10000"}
_HALF = {"半数", "一半"}
_LONGEST = 40  # characters: a longer row of digits is no number that anyone means to be read
_EXACT = Context(prec=2 * _LONGEST, traps=[Inexact])


def decimal(text: str) -> str | None:
    """The value of a number as a decimal string without superfluous zeros, None where ``text`` is no number or has no finite decimal.

    A percentage gives the number of its percent (12.5% → 12.5, 百分之十 → 10); 万 and 亿 multiply.

    >>> decimal("1,234"), decimal("12.50%"), decimal("一百零八"), decimal("十二点五"), decimal("百分之十"), decimal("1.68万")
    ('1234', '12.5', '108', '12.5', '10', '16800')
    >>> decimal("四分之一"), decimal("三分之一"), decimal("半数"), decimal("若干")
    ('0.25', None, '0.5', None)
    """
    value = _read(text)
    if value is None:
        return None
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


_NEIGHBOURS = re.compile("(?P<one>[一二两三四五六七八])(?P<two>[二三四五六七八九])(?P<power>[十百千万]?)")


def spoken_range(numeral: str) -> tuple[str | None, str | None]:
    """Least and most of a Chinese numeral before a measure word, where 百 and 千 stand for one of them and neighbours for a range.

    >>> spoken_range("三四十"), spoken_range("百"), spoken_range("二十三"), spoken_range("三八十")
    (('30', '40'), ('100', None), ('23', None), (None, None))
    """
    near = _NEIGHBOURS.fullmatch(numeral)
    if near and DIGITS[near["two"]] == DIGITS[near["one"]] + 1:
        return decimal(near["one"] + near["power"]), decimal(near["two"] + near["power"])
    return decimal(f"一{numeral}" if numeral in ("百", "千") else numeral), None


def numeral(number: int) -> str:
    """A number from 1 to 999 as a marker has it.

    >>> numeral(6), numeral(10), numeral(12), numeral(20), numeral(43), numeral(110), numeral(205)
    ('六', '十', '十二', '二十', '四十三', '一百一十', '二百零五')
    """
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{digits[hundreds]}百" if hundreds else ""
    middle = f"{digits[tens]}十" if tens > 1 or (tens and hundreds) else "十" if tens else ""
    return head + (middle or ("零" if hundreds and ones else "")) + (digits[ones] if ones else "")


def integer(text: str) -> int | None:
    """The value of a whole number in digits or Chinese numerals, None where ``text`` is none.

    >>> integer("二〇二五"), integer("十九"), integer("二百三"), integer("3"), integer("12.5"), integer("")
    (2025, 19, 230, 3, None, None)
    """
    value = _read(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _read(text: str) -> Decimal | None:
    if len(text) > _LONGEST:
        return None
    text = text.translate(_FULL_WIDTH)
    if text in _HALF:
        return Decimal("0.5")
    share = _SHARE.fullmatch(text)
    return _quotient(share["whole"], share["part"]) if share else _number(text.removesuffix("%").removesuffix("‰"))


def _quotient(whole: str, part: str) -> Decimal | None:
    """N分之M: the number of percent or per mille where N is 百, 千 or 万, else the quotient."""
    value, of = _number(part), _number(_PER.get(whole, whole))
    if value is None or not of:
        return None
    try:
        return value if whole in _PER else _EXACT.divide(value, of)
    except Inexact:
        return None


def _number(text: str) -> Decimal | None:
    """The value of digits or of a Chinese numeral, with 万 and 亿 behind either."""
    digits = text.rstrip("万亿")
    if _PLAIN.fullmatch(digits):
        value = Decimal(digits)
        for myriad in text[len(digits) :]:
            value = _EXACT.multiply(value, MYRIADS[myriad])
        return value
    whole, point, decimals = text.partition("点")
    number = _chinese(whole)
    if number is None or not point:
        return None if number is None else Decimal(number)
    if not decimals or any(digit not in DIGITS for digit in decimals):
        return None
    return Decimal(f"{number}.{''.join(str(DIGITS[digit]) for digit in decimals)}")


def _chinese(text: str) -> int | None:
    """The value of a Chinese numeral. A digit that ends it right behind 百, 千, 万 or 亿 counts tenths of that power (二百三 = 230).

    Only 十 stands for itself: 百, 千 and 万 without a digit (百强县, 万家企业) are words, not numbers.
    """
    if text and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    total = section = 0  # what stands before 亿 or 万, and what was read since
    digit: int | None = None
    last = myriad = 1  # the power read last, and the 万 or 亿 read last
    for at, character in enumerate(text):
        if character in DIGITS:
            if digit:
                return None
            digit, last = DIGITS[character], last if DIGITS[character] else 1
        elif character in POWERS and (at or character == "十"):
            last = POWERS[character]
            section += (1 if digit is None else digit) * last
            digit = None
        elif character in MYRIADS and at:
            section += digit or 0
            last = MYRIADS[character]
            total = total + section * last if last < myriad else (total + section) * last  # 一亿二千万, 一万亿
            myriad, section, digit = last, 0, None
        else:
            return None
    if digit is not None:
        section += digit * (last // 10 if last >= 100 else 1)
    return total + section if text else None
