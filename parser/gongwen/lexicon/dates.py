"""Calendar dates as notices write them, as ISO 8601.

GB/T 9704 (7.3.5.4) wants Arabic digits since 2012; before, Chinese numerals were the rule (二〇〇八年四月七日, with ○, O or 0 for 〇,
and 廿 or 卅 for the tens of a day). Notices of the Republic of China count years from 1912 (中華民國97年 = 2008). What is no date
of the calendar is none; a line that means to be one is told by ``is_meant``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from gongwen.lexicon.numerals import integer

_ZERO = "〇零○ＯOoО"
_DIGITS = str.maketrans(f"{_ZERO}一二三四五六七八九０１２３４５６７８９", "0" * len(_ZERO) + "1234567890123456789")
_TENS = {"十": 1, "廿": 2, "卅": 3}
_FIGURE = f"[0-9０-９{_ZERO}一二三四五六七八九]"
_NUMERAL = f"[0-9０-９{_ZERO}一二三四五六七八九十廿卅]"
_BLANK = "[ \u3000\xa0]{0,2}"
_REPUBLIC = "(?:中[华華])?民[国國]"

DATE = re.compile(
    rf"(?<![0-9０-９])(?P<republic>{_REPUBLIC})?{_BLANK}(?P<year>{_FIGURE}(?:{_BLANK}{_FIGURE}){{3}}|{_NUMERAL}{{1,3}}|一百{_NUMERAL}{{0,3}}){_BLANK}年"
    rf"{_BLANK}(?P<month>{_NUMERAL}{{1,3}}|元){_BLANK}月{_BLANK}(?P<day>{_NUMERAL}{{1,3}}){_BLANK}[日号]"
    r"|(?<![0-9])(?P<iso_year>[12][0-9]{3})[-/.](?P<iso_month>[0-9]{1,2})[-/.](?P<iso_day>[0-9]{1,2})(?![0-9])"
)
WRITTEN = re.sub(r"\?P<\w+>", "?:", DATE.pattern)
"""The same without names of groups, to stand in other expressions."""
PART_OF_YEAR = r"(?:第?[一二三四1-4]季度|[上下]半年)"
"""A part of a year, behind which 末 or 前 may stand."""
_YEAR = rf"(?:{_REPUBLIC})?{_BLANK}{_NUMERAL}(?:{_BLANK}{_NUMERAL}){{1,5}}{_BLANK}年"
_SIGNS_LOST = re.compile(r"20[0-9]{2}年[0-9]{2,4}日?|20[0-4][0-9](?:0?[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])日?")
_MEANT = re.compile(rf"{_YEAR}(?=[^\n]*[月日])(?:{_NUMERAL}|[年月日号元×＿_XxＸ \u3000\xa0]){{1,16}}")


_HOLIDAYS = {"元旦": (1, 1), "五一": (5, 1), "国庆": (10, 1)}
SPAN = re.compile(
    rf"(?P<whole>{WRITTEN})|(?P<of_year>[12][0-9]{{3}})年(?:"
    rf"(?P<holiday>{'|'.join(_HOLIDAYS)})|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年"
    rf"|(?P<of_month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}|元)月|(?=[初底末])|度?(?=起|[至到]|[，。；]|\Z))(?P<edge>[初底末])?"
)
"""A day, or a part of the calendar that begins and ends with one: 2024年元旦, 2023年第三季度, 2023年底."""
SPAN_WRITTEN = re.sub(r"\?P<\w+>", "?:", SPAN.pattern)


def days(match: re.Match[str]) -> tuple[str | None, str | None]:
    """The first and the last day of what a match of ``SPAN`` writes; None where the calendar has no such day.

    >>> [days(SPAN.search(text)) for text in ("2024年元旦", "2023年第三季度", "2023年底", "2024年2月")]
    [('2024-01-01', '2024-01-01'), ('2023-07-01', '2023-09-30'), ('2023-12-31', '2023-12-31'), ('2024-02-01', '2024-02-29')]
    >>> days(SPAN.search("2023年13月"))
    (None, None)
    """
    if match["whole"]:
        day = parse(match["whole"])
        return day, day
    year = int(match["of_year"])
    if match["holiday"]:
        day = _iso(year, *_HOLIDAYS[match["holiday"]])
        return day, day
    first, last = 1, 12
    if match["quarter"]:
        first = 3 * (integer(match["quarter"]) or 0) - 2
        last = first + 2
    elif match["half"]:
        first, last = (1, 6) if match["half"] == "上" else (7, 12)
    elif match["of_month"]:
        first = last = 1 if match["of_month"] == "元" else integer(match["of_month"]) or 0
    if not 1 <= first <= last <= 12:
        return None, None
    begin, end = _iso(year, first, 1), f"{year}-{last:02}-{monthrange(year, last)[1]:02}"
    return {"初": (begin, begin), "底": (end, end), "末": (end, end)}.get(match["edge"] or "", (begin, end))


def parse(text: str) -> str | None:
    """The first date in ``text`` as YYYY-MM-DD, None where there is none that is complete and exists.

    >>> parse("二〇二〇年二月七日"), parse("2022年08月24日"), parse("中华民国97年12月2日"), parse("2020-3-6 10:21")
    ('2020-02-07', '2022-08-24', '2008-12-02', '2020-03-06')
    >>> parse("二○ ○ 三年六月廿二日"), parse("2021年元月5号")
    ('2003-06-22', '2021-01-05')
    >>> parse("一二年一月十二日"), parse("2020年2月30日")
    (None, None)
    """
    match = DATE.search(text)
    return value(match) if match else None


def is_meant(text: str) -> bool:
    """Whether all of ``text`` means to be a date, though it may be none of the calendar: misprinted, incomplete, left blank.

    >>> is_meant("2018年10日11日"), is_meant("2023年  月  日"), is_meant("二〇二三年十月"), is_meant("2023年10月9日"), is_meant("2017年428")
    (True, True, True, True, True)
    >>> is_meant("2023年度"), is_meant("2023年10月起"), is_meant("三年行动")
    (False, False, False)
    """
    return bool(DATE.fullmatch(text) or _MEANT.fullmatch(text) or _SIGNS_LOST.fullmatch(text))


def value(match: re.Match[str]) -> str | None:
    """The date that a match of ``DATE`` writes, as YYYY-MM-DD; None where the calendar has no such day or the year lost a digit."""
    if match["iso_year"]:
        return _iso(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    month = 1 if match["month"] == "元" else _small(match["month"])
    if match["republic"]:
        return _iso(1911 + _small(match["year"]), month, _small(match["day"]))
    year = re.sub(_BLANK, "", match["year"]).translate(_DIGITS)
    if len(year) != 4 or not year.isdecimal():
        return None
    return _iso(int(year), month, _small(match["day"]))


def after_term(start: str, number: str, unit: str) -> str | None:
    """The last day of a term of ``number`` ``unit`` (年 or 月) that begins on the day ``start``: its anniversary is the first day after it.

    >>> after_term("2022-04-15", "5", "年"), after_term("2022-04-15", "六", "月"), after_term("2023-08-31", "半", "年")
    ('2027-04-14', '2022-10-14', '2024-02-29')
    """
    months = 6 if number == "半" else (integer(number) or 0) * (12 if unit == "年" else 1)
    first = date.fromisoformat(start)
    if (number == "半" and unit != "年") or not months or months > 12 * 100:
        return None
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    following = next(day for day in range(first.day, 0, -1) if _iso(year, month + 1, day))
    last = date(year, month + 1, following)
    return (last - timedelta(days=1) if following == first.day else last).isoformat()


def _small(numeral: str) -> int:
    """A number below 200 in Chinese numerals, below 1000 in digits: 07, 十二, 廿六, 三〇, 九十七, 一百零九."""
    if numeral.startswith("一百"):
        return 100 + _small(numeral[2:] or "0")
    sign = next((sign for sign in _TENS if sign in numeral), None)
    if sign is None:
        return int(numeral.translate(_DIGITS))
    tens, _, ones = numeral.partition(sign)
    tens, ones = tens.translate(_DIGITS), ones.translate(_DIGITS)
    return (int(tens) if tens.isdecimal() else _TENS[sign]) * 10 + (int(ones) if ones.isdecimal() else 0)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
