"""Calendar dates as notices write them, as ISO 8601.

GB/T 9704 (7.3.5.4) wants Arabic digits since 2012; before, Chinese numerals were the rule (二〇〇八年四月七日, with ○, O or 0 for 〇).
Notices of the Republic of China count years from 1912 (中華民國97年 = 2008). What is no date of the calendar is none.
"""

from __future__ import annotations

import re
from datetime import date

_DIGITS = str.maketrans("〇零○ＯOoО一二三四五六七八九０１２３４５６７８９", "0000000" + "123456789" + "0123456789")
_FIGURE = r"[0-9０-９〇零○ＯOoО一二三四五六七八九]"
_HAN = r"[0-9０-９〇零○一二三四五六七八九十]"

DATE = re.compile(
    rf"(?P<republic>(?:中华)?民国)?(?P<year>{_HAN}{{1,3}}|{_FIGURE}{{4}}|一百{_HAN}{{0,3}})[ ]?年[ ]?(?P<month>{_HAN}{{1,3}})[ ]?月[ ]?(?P<day>{_HAN}{{1,3}})[ ]?日"
    r"|(?P<iso_year>[12][0-9]{3})[-/.](?P<iso_month>[0-9]{1,2})[-/.](?P<iso_day>[0-9]{1,2})(?![0-9])"
)


def parse(text: str) -> str | None:
    """The first date in ``text`` as YYYY-MM-DD, None where there is none that is complete and exists.

    >>> parse("二〇二〇年二月七日"), parse("2022年08月24日"), parse("中华民国97年12月2日"), parse("2020-3-6 10:21")
    ('2020-02-07', '2022-08-24', '2008-12-02', '2020-03-06')
    >>> parse("一二年一月十二日"), parse("2020年2月30日")
    (None, None)
    """
    match = DATE.search(text)
    return value(match) if match else None


def value(match: re.Match[str]) -> str | None:
    """The date that a match of ``DATE`` writes, as YYYY-MM-DD; None where the calendar has no such day or the year lost a digit."""
    if match["iso_year"]:
        return _iso(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    year = match["year"].translate(_DIGITS)
    if match["republic"]:
        return _iso(1911 + _small(match["year"]), _small(match["month"]), _small(match["day"]))
    if len(year) != 4 or not year.isdecimal():
        return None
    return _iso(int(year), _small(match["month"]), _small(match["day"]))


def _small(numeral: str) -> int:
    """A number below 200 in Chinese numerals, below 1000 in digits: 07, 十二, 二十, 三〇, 九十七, 一百零九."""
    if numeral.startswith("一百"):
        return 100 + _small(numeral[2:] or "0")
    digits = numeral.translate(_DIGITS)
    if "十" not in digits:
        return int(digits)
    tens, _, ones = digits.partition("十")
    return (int(tens) if tens.isdecimal() else 1) * 10 + (int(ones) if ones.isdecimal() else 0)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
