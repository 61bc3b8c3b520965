"""Sentences that say from when until when a document applies: 本办法自2024年1月1日起施行，有效期5年.

    effect = subject? (自 (day | 印发之日) 起 (N日后)? 施行)  (，有效期 (N年 | 至 day))*     in any order, each alone, too

The words are those of effect_words.tsv and, for the subject (本办法), of document_kinds.tsv.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import NamedTuple

from gongwen.lexicon import dates, vocabulary
from gongwen.lexicon.numerals import integer

_NUMBER = "[0-9]{1,3}|[一二两三四五六七八九十半]{1,3}"


class Effect(NamedTuple):
    """What a sentence says: first and last day as ISO dates, whether the first day counts from the day of issue and how many days after it,
    a term as its number and its unit (年 or 月)."""

    start: str | None = None
    end: str | None = None
    from_issue: bool = False
    days_after: int = 0
    term: tuple[str, str] | None = None


def read_effect(sentence: str) -> Effect | None:
    """What ``sentence`` says of the time in which a document applies; None where it says nothing of it.

    >>> read_effect("本办法自2024年1月1日起施行，有效期至2028年12月31日")[:2]
    ('2024-01-01', '2028-12-31')
    >>> read_effect("本通知自印发之日起30日后施行，有效期2年")
    Effect(start=None, end=None, from_issue=True, days_after=30, term=('2', '年'))
    >>> read_effect("本措施自发布之日起三年内有效").term, read_effect("本通知执行至2029年6月30日").end
    (('三', '年'), '2029-06-30')
    >>> read_effect("从2023年7月1日起执行，暂定三年")[:1], read_effect("自公布之日起试行两年").term, read_effect("即日起生效，至2023年底前有效").end
    (('2023-07-01',), ('两', '年'), '2023-12-31')
    >>> read_effect("执行期限自印发之日起6个月止").term, read_effect("到2025年建成泵站")
    (('6', '月'), None)
    """
    applies, term = _applies().search(sentence), _term().search(sentence)
    valid = _valid_for().search(sentence)
    if not applies and not term and not valid and not _applies_until().search(sentence):
        return None
    start = _START.search(sentence) or (_FROM_TO.search(sentence, term.end()) if term else None)
    end = _UNTIL.search(sentence) or _ceases().search(sentence)
    issue = None if start else _from_issue().search(sentence)
    after = _DAYS_AFTER.search(sentence, issue.end()) if issue else None
    period = _PERIOD.search(sentence, term.start()) if term else valid
    return Effect(
        dates.days(start)[0] if start else None,
        dates.days(end)[1] if end else None,
        issue is not None,
        int(after["days"]) if after else 0,
        (period["number"], period["unit"]) if period else None,
    )


def in_force_from(line: str) -> str | None:
    """The day from which a law applies by a line at its head, which says no more.

    >>> in_force_from("2024年1月1日 施行"), in_force_from("2024年1月1日起施行"), in_force_from("2024年1月1日 县人大常委会通过")
    ('2024-01-01', '2024-01-01', None)
    """
    found = _in_force().fullmatch(line)
    return dates.days(found)[0] if found else None


def names_itself(sentence: str) -> bool:
    """Whether ``sentence`` is about the document that it stands in: 本办法, 自印发之日起."""
    return _itself().search(sentence) is not None


def begins_with_term(sentence: str) -> bool:
    """Whether ``sentence`` has no subject but begins with what it says: 有效期2年, 自2024年1月1日起施行."""
    return _without_subject().match(sentence) is not None


class Stated(NamedTuple):
    """Where a sentence states until when a document applies, and how: its last day, or a term as its number and unit."""

    start: int
    end: int
    last: str | None
    term: tuple[str, str] | None


def stated_end(sentence: str) -> Stated | None:
    """What a sentence states of the end of a document's validity.

    >>> stated_end("本办法自2024年1月1日起施行，有效期至2028年12月31日"), stated_end("本办法自2024年1月1日起施行，有效期为2年")
    (Stated(start=20, end=32, last='2028-12-31', term=None), Stated(start=20, end=23, last=None, term=('2', '年')))
    """
    if until := _UNTIL.search(sentence):
        return Stated(until.start(), until.end(), dates.days(until)[1], None)
    term = _term().search(sentence)
    if period := _PERIOD.search(sentence, term.end()) if term else _valid_for().search(sentence):
        start = term.end() if term else period.start("number")
        return Stated(start, period.end("unit"), None, (period["number"], period["unit"]))
    return None


def extended(stated: Stated, extension: str) -> str | None:
    """The words that state the new end of validity in place of ``stated``; None where that can't be reckoned.

    ``extension`` is until when (至2027年12月31日), or by how long (2年).

    >>> extended(Stated(0, 0, "2025-12-31", None), "至2027年12月31日"), extended(Stated(0, 0, "2024-02-29", None), "1年")
    ('至2027年12月31日', '至2025年2月28日')
    >>> extended(Stated(0, 0, None, ("两", "年")), "3年"), extended(Stated(0, 0, None, ("2", "年")), "6个月")
    ('5年', None)
    """
    if until := _UNTIL.match(extension):
        return until[0]
    period = _PERIOD.match(extension)
    number = integer(period["number"]) if period else None
    if period is None or number is None:
        return None
    if stated.term:
        known = integer(stated.term[0])
        return f"{known + number}{stated.term[1]}" if known and stated.term[1] == period["unit"] else None
    if stated.last is None or len(stated.last) != len("2025-12-31"):
        return None
    year, month, day = map(int, stated.last.split("-"))
    months = 12 * year + month - 1 + number * (12 if period["unit"] == "年" else 1)
    year, month = months // 12, months % 12 + 1
    return f"至{year}年{month}月{min(day, monthrange(year, month)[1])}日"


_START = re.compile(rf"(?:自|从|于|\A|(?<=[，。；为]))(?:{dates.SPAN.pattern})(?:起|开始)")
_FROM_TO = re.compile(rf"(?:{dates.SPAN.pattern})(?=(?:起)?[至到—–-])")  # 执行期限为1月1日至12月31日
_UNTIL = re.compile(rf"(?:至|到|截至|截止|[—–-])(?:{dates.SPAN.pattern})")
_PERIOD = re.compile(rf"(?P<number>{_NUMBER})个?(?P<unit>年|月)(?![0-9])")
_DAYS_AFTER = re.compile(r"(?:满)?(?P<days>[0-9]{1,3})日后")


def _words(code: str) -> str:
    return vocabulary.alternation("effect_words", code=code)


@vocabulary.compiled
def _applies() -> re.Pattern[str]:
    return re.compile(rf"起[^，。；]{{0,8}}?(?:正式|试)?(?:{_words('applies')})")


@vocabulary.compiled
def _in_force() -> re.Pattern[str]:
    return re.compile(rf"[ \u3000]*自?(?:{dates.SPAN.pattern})[ \u3000]*起?[ \u3000]*(?:{_words('applies')})[ \u3000]*")


@vocabulary.compiled
def _term() -> re.Pattern[str]:
    """A word for a term before what the term is; 在有效期内 says nothing of it."""
    return re.compile(
        rf"(?:{_words('term')})(?=(?:{_words('set')})*+(?:至|到|自|从|即|截|(?:{_NUMBER})个?[年月]|(?:{dates.SPAN_WRITTEN})))"
    )


@vocabulary.compiled
def _valid_for() -> re.Pattern[str]:
    """A term without a word for it: 起三年内有效, 起试行两年, 执行，暂定三年."""
    length = rf"(?P<number>{_NUMBER})个?(?P<unit>年|月)"
    lasting = rf"(?:起|{_words('applies')})[，]?(?:{_words('set')})*+{length}(?=[，。；]|\Z|止|(?:之内|以内|内)?有效)"
    return re.compile(lasting)


@vocabulary.compiled
def _applies_until() -> re.Pattern[str]:
    applies = _words("applies")
    return re.compile(
        rf"(?:{applies}|有效)(?:{_words('set')})*+[至到](?:{dates.SPAN_WRITTEN})|[至到](?:{dates.SPAN_WRITTEN})[前止]?有效"
    )


@vocabulary.compiled
def _ceases() -> re.Pattern[str]:
    return re.compile(rf"(?:{dates.SPAN.pattern})起?(?:自行|自动)?(?:{_words('ceases')})")


@vocabulary.compiled
def _from_issue() -> re.Pattern[str]:
    return re.compile(rf"[自从](?:本[^，。；自]{{1,8}})?(?:{_words('issue')})之日起|[自从]?即日起")


@vocabulary.compiled
def _itself() -> re.Pattern[str]:
    kinds = vocabulary.alternation("document_kinds")
    return re.compile(
        rf"(?:\A|(?<=[，、\s条自]))(?:[本此](?:{kinds}|文件|实施|[^，。；、本]{{1,12}}(?:{kinds}))|(?:以上|上述)(?:各项|各条)?(?:政策|{kinds}))"
        rf"|(?:{_words('issue')})之日"
    )


@vocabulary.compiled
def _without_subject() -> re.Pattern[str]:
    return re.compile(rf"{_term().pattern}|[自从]?(?:{dates.SPAN_WRITTEN}|即日|[^，。；]{{0,8}}之日)起")
