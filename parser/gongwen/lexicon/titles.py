"""What a title says beside its kind: the document that it issues, the years that the document is for."""

from __future__ import annotations

import re
from typing import NamedTuple

from gongwen.lexicon import vocabulary
from gongwen.lexicon.numerals import integer

_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇零○一二三四五六七八九]{3})"
_TO = r"[-—–－~～至到]{1,2}"
_NAMED = re.compile(r"《[^《》\n]{0,200}》")
_PERIOD = re.compile(
    rf"(?P<first>{_YEAR})年?{_TO}(?P<last>{_YEAR})年?度?"
    rf"|(?<![0-9〔\[])(?P<year>{_YEAR})年(?![0-9]{{1,2}}月)度?"
    r"""|[“"]?(?P<plan>十[一二三四五六七八九])五[”"]?(?!年)"""
)
_FIRST_YEAR_OF_TENTH_PLAN = 2001  # 十五 began in 2001, and each later plan begins five years after the one before it


class Period(NamedTuple):
    """The first and the last year of a period, and where in the title it stands."""

    first: int
    last: int
    start: int
    end: int


@vocabulary.compiled
def _issues() -> re.Pattern[str]:
    kinds = vocabulary.alternation("document_kinds", "issues")
    return re.compile(
        r"(?:印发|转发|批转|发布|公布|下达|颁布|颁发)(?P<issued>.{2,150}?)的(?:"
        + kinds
        + r")(?:[（(][^（）()]*[）)])?$"
    )


def issued(title: str) -> tuple[int, int] | None:
    """Where ``title`` names the document that the notice issues; None where it names none.

    >>> title = "某县关于印发某县水利工作要点的通知"
    >>> start, end = issued(title)
    >>> title[start:end]
    '某县水利工作要点'
    """
    match = _issues().search(title)
    return match.span("issued") if match else None


def period(title: str) -> Period | None:
    """The period that ``title`` names: a range of years before a single one. Years in 《》 and of what it issues are another's.

    >>> period("某县水利行动方案（2024—2026年）"), period("某县2024年水利工作要点"), period("某县“十四五”水利规划")
    (Period(first=2024, last=2026, start=9, end=19), Period(first=2024, last=2024, start=2, end=7), Period(first=2021, last=2025, start=2, end=7))
    >>> period("关于印发某县规划（2021—2025年）的通知"), period("某县水利条例")
    (None, None)
    """
    others = [match.span() for match in _NAMED.finditer(title)]
    if at := issued(title):
        others.append(at)
    found = [
        match for match in _PERIOD.finditer(title) if not any(start <= match.start() < end for start, end in others)
    ]
    ranges = [match for match in found if match["first"]] or found
    if not ranges:
        return None
    match = ranges[-1]
    if match["plan"]:
        first = _FIRST_YEAR_OF_TENTH_PLAN + 5 * ((integer(match["plan"]) or 0) - 10)
        return Period(first, first + 4, *match.span())
    first = integer(match["first"] or match["year"]) or 0
    last = integer(match["last"]) or 0 if match["last"] else first
    return Period(first, last, *match.span()) if first <= last else None
