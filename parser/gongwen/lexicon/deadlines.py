"""Deadlines: 到2025年, 2020年6月底前, 2020年第三季度, 年内, “十四五”末, 三年内, 每年 … as they stand in running text.

A deadline is published as the year, month or day that it ends in ("2025", "2020-06", "2020-06-30"): the precision is the
one that is written: 2020年 is "2020", 2020年底前 is "2020-12". What counts from the notice itself (年内, 明年, 6月底前) needs the year of issue;
what counts from an event that the text doesn't date (三年内, 30个工作日内) has no date. Periods in names
(《…三年行动计划（2018—2020年）》) and document numbers are no deadlines.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from gongwen.lexicon import vocabulary
from gongwen.lexicon.numerals import integer


class Deadline(NamedTuple):
    """A deadline or a recurrence: its extent in the text, the date it ends in, the rhythm it names (每年).

    ``stated`` is False for a mere date (2020年), which says when but not until when: whether it is a deadline, its context decides.
    """

    start: int
    end: int
    date: str | None
    recurrence: str | None
    stated: bool


_UNTIL = r"[到至]?"
_YEAR = r"(?:20[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})"
_BEFORE = r"(?:(?:[上中下]午)?(?:[0-9]{1,2}(?:[：:][0-9]{2}|[时点](?:[0-9]{1,2}分|整)?)|24时)?(?:之?前|以前|为止))"  # 7月21日18：00前

_EXPRESSION = re.compile(
    rf"""
      《[^《》\n]{{0,200}}》                                  # a title: its years are a name's
    | [（(]{_YEAR}年?[—–－\-~至到]{{1,2}}{_YEAR}年[)）]          # the period in a plan's name
    | [（(](?:时间[：:])?(?:(?P<since>{_YEAR})年)?(?:(?P<from>[0-9]{{1,2}})月?(?:[0-9]{{1,2}}日|[底末初中份]|[上中下]旬)?|即日)起?
      [ ]?(?:[—–－\-~～]{{1,2}}|[至到])[ ]?(?:(?P<to_year>{_YEAR})年)?(?P<to>[0-9]{{1,2}})月(?:(?P<to_day>[0-9]{{1,2}})日|[底末初中份]|[上中下]旬)?
      止?[)）](?=[。：:\n]|\Z)                                 # the period of a stage: 动员阶段（4月1日至4月20日）
    | (?<=阶段)[（(](?:(?P<in_year>{_YEAR})年)?(?P<in>[0-9]{{1,2}})月(?:份|[底末]|[上中下]旬)?(?:之?前)?[)）](?=[。：:\n]|\Z)
    | (?P<recurrence>每(?:[半两二三]?年度?|个?季度?|学年|学期|[半两]?个?月|[半两]?周|旬|星期|[日天]|[两三]年))
      (?:的?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日|[底末份]|[上中下]旬)?|[0-9]{{1,2}}日|[年月]?[底末初]){_BEFORE})?  # 每年10月底前 has no year
    | (?P<another>(?:次|翌|第[一二三四五2-5])年度?的?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日|[底末份]|[上中下]旬)?|[年]?[底末初]){_BEFORE}?)
    | (?P<until>{_UNTIL})(?<![0-9〔\[])(?:
        (?P<first>{_YEAR}年?[—–－\-~至到]{{1,2}})?(?P<year>{_YEAR})年度?
      | (?P<relative>今年|本年度?|当年|明年|年内(?!容|部)|年底(?=前|之前|以前))
      | [“"]?(?P<plan>十[一二三四五六七八九])五[”"]?(?:规划)?(?:末|期末|期间|时期|期)
      | (?P<alone>)(?=[0-9]{{1,2}}月)
      )(?:
        (?P<month>[0-9]{{1,2}})月(?:(?P<day>[0-9]{{1,2}})日|份)?
      | 第?(?P<quarter>[一二三四1-4])季度
      | (?P<half>[上下])半年
      )?(?P<close>(?:年?[底末]|[上中下]旬|内)?{_BEFORE}?)
    | (?P<within>(?<![0-9])(?:[一二两三四五六七八九十半]{{1,3}}|[0-9]{{1,3}})个?(?:工作日|年|月|天|日|周)(?:之内|以内|内)(?!容|部))
    """,
    re.VERBOSE,
)
# Where an expression can begin. The full pattern is tried there only: a scan for first characters is many times faster.
_FIRST = re.compile(
    '[《（(每到至今本当明年次翌第“"0-9〇零○一二两三四五六七八九十半](?:'
    "(?<=[0-9])[0-9]*+|(?<=[〇零○一二两三四五六七八九十])[〇零○一二两三四五六七八九十]*+|(?<=[《每到至半次翌第])"
    r'|(?<=[（(])(?=[2二0-9即时])|(?<=[“"])(?=十)|(?<=[今本当明])(?=年)|(?<=年)(?=[内底]))'
)
_QUARTER_ENDS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_LONGEST_STAGE = 60  # characters of a line up to the period of the stage that it names
_FIRST_YEAR_AFTER_TENTH_PLAN = 2005  # 十五 ended in 2005, and each later plan ends five years after the one before it
_ENDS_SENTENCE = re.compile("[。！？\\n]")
_ENDS_CLAUSES = re.compile("[。；！？\\n]")
_NEXT_YEAR = ("次", "翌")


def find(text: str, start: int = 0, end: int | None = None, issue_year: int | None = None) -> list[Deadline]:
    """The deadlines and recurrences of ``text[start:end]`` in order, none overlapping.

    >>> [(d.date, d.recurrence) for d in find("到2025年底，每年6月底前完成；“十四五”末达到12.5%")]
    [('2025-12', None), (None, '每年'), ('2025', None)]

    A month without a year that follows a later year in its sentence is of that year, and 次年 is the year behind it:

    >>> [d.date for d in find("2024年3月底前设计，9月底前开工，次年6月底前完工。7月底前报送", issue_year=2023)]
    ['2024-03', '2024-09', '2025-06', '2023-07']

    Behind 每年2月底前 a month is of each year, too:

    >>> [(d.date, d.recurrence) for d in find("每年2月底前自评，3月底前公布；6月底前总结", issue_year=2023)]
    [(None, '每年'), (None, '每年'), ('2023-06', None)]
    """
    found: list[Deadline] = []
    before: Deadline | None = None  # the term before in the sentence, whose year holds on
    again: Deadline | None = None  # what comes again each year, before in the clauses up to a semicolon
    last = len(text) if end is None else end
    position = start
    for first in _FIRST.finditer(text, start, last):
        if first.start() < position:
            continue
        match = _EXPRESSION.match(text, first.start(), last)
        if match is None:
            continue
        position = match.end()
        if before and _ENDS_SENTENCE.search(text, before.end, match.start()):
            before = None
        if again and _ENDS_CLAUSES.search(text, again.end, match.start()):
            again = None
        if match["to"] or match["in"]:
            if match.start() - text.rfind("\n", 0, match.start()) <= _LONGEST_STAGE:
                found.append(Deadline(match.start(), match.end(), _end_of_stage(match, issue_year), None, True))
        elif match["recurrence"]:
            found.append(Deadline(*match.span(), None, match["recurrence"], True))
            before = None
            again = found[-1] if match.end() > match.end("recurrence") else None
        elif match["another"]:
            follows = before and before.date and match[0].startswith(_NEXT_YEAR)
            year = int(before.date[:4]) + 1 if before and before.date and follows else None
            before = Deadline(*match.span(), _of_another_year(match[0], year), None, True)
            found.append(before)
        elif match["within"]:
            found.append(Deadline(*match.span(), None, None, True))
        elif match["close"] is not None and (match["alone"] is None or match["close"]):
            stated = bool(match["until"] or match["close"] or match["relative"] or match["plan"] or match["first"])
            if again and match["alone"] is not None:
                again = Deadline(*match.span(), None, again.recurrence, True)
                found.append(again)
                continue
            date = _date(match, issue_year)
            if match["alone"] is not None and before and before.date and date:
                held_on = f"{before.date[:4]}{date[4:]}"
                date = max(date, held_on) if before.date <= held_on[: len(before.date)] else date
            term = Deadline(*match.span(), date, None, stated)
            found.append(term)
            if stated:
                before = term if date and len(date) > len("2025") else None
    return found


def _of_another_year(words: str, year: int | None) -> str | None:
    """The date of 次年6月底前, whose year is known; None where it isn't."""
    term = of_cell(words[1:], year) if year else None
    return term.date if term else None


def stated(text: str, issue_year: int | None = None) -> Deadline | None:
    """What a label or a table cell (完成时限：2020年6月底前) states: its last deadline with a date, else its last one, None where it has none.

    >>> stated("2020年6月底前启动，12月底前完成", 2020).date
    '2020-12'
    """
    found = find(text, issue_year=issue_year)
    dated = [deadline for deadline in found if deadline.date]
    return dated[-1] if dated else found[-1] if found else None


_PLAN = re.compile('[“"](十[一二三四五六七八九])五[”"]')


def end_of_plan(text: str, start: int, end: int) -> Deadline | None:
    """The end of the five-year plan that a caption names: “十四五”主要指标.

    >>> end_of_plan("“十四五”主要指标", 0, 9).date
    '2025'
    """
    plan = _PLAN.search(text, start, end)
    return Deadline(*plan.span(), _end_of_plan(plan[1]), None, True) if plan else None


def _end_of_plan(number: str) -> str:
    return str(_FIRST_YEAR_AFTER_TENTH_PLAN + 5 * ((integer(number) or 0) - 10))


_MONTH_IN_CELL = re.compile(
    r"(?:(?P<year>20[0-9]{2})[年./-])?(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<month>[0-9]{1,2})"
    r"(?:月(?:(?P<day>[0-9]{1,2})日)?|(?(year)(?:(?<=[./-].)|(?<=[./-]..))(?![0-9])(?:[./-](?P<day_alone>[0-9]{1,2})(?![0-9]))?|(?!)))"
    r"|(?P<close>年[底末]))"
)
_YEAR_IN_CELL = re.compile(r"(20[0-9]{2})年?(?:度|底|末)?")
_END_OF_YEAR = re.compile("年(?:底|末|内)")


_LISTED_TERMS = re.compile("[0-9月日底前末初中上下旬、和]*")  # 每年6月、12月
ANY_YEAR = 2000
"""For dates of which only the place is asked for, or whether they have one."""


@vocabulary.compiled
def _term_alone() -> re.Pattern[str]:
    """A term on its own: （完成时限：4月底前）, 完成时限：4月30日, （6月底前完成）."""
    label = vocabulary.alternation("clause_words", code="time")
    return re.compile(
        rf"[（(]?(?:(?P<label>(?:完成|办结|办理|整改|落实|截止)[一-鿿]{{0,2}}(?:{label})(?:安排|要求)?)[：:为]?|于|在)?(?P<date>[0-9年本明当][^，。；：（）()]{{1,20}}?)"
        r"(?:完成|办结)?[）)]?[。；]?"
    )


def of_term_alone(text: str, start: int, end: int, year: int | None = None) -> Deadline | None:
    """The term, if it is all that ``text[start:end]`` says about what stands before it.

    >>> [of_term_alone(words, 0, len(words), 2025).date for words in ("（完成时限：4月30日）", "完成时间2026年6月底前", "（6月底前完成）")]
    ['2025-04-30', '2026-06', '2025-06']
    >>> [of_term_alone(words, 0, len(words), 2025) for words in ("6月底前完成修渠", "4月30日", "时间：4月30日")]
    [None, None, None]
    """
    alone = _term_alone().fullmatch(text, start, end)
    if alone is None or not (alone["label"] or text[start] in "（("):
        return None
    found = of_cell(alone["date"], year)
    if found is None or not found.date or len(alone["date"]) - (found.end - found.start) > len("底之前"):
        return None
    at = alone.start("date")
    return found._replace(start=at + found.start, end=at + found.end)


def of_cell(text: str, year: int | None = None) -> Deadline | None:
    """What a cell of a column of deadlines states, where a date alone is a term: 12月, 3-4月, 2025.6, 年底前; ``year`` is that of the table.
    What comes again and what counts from something else has no date, though a month stands in it.

    >>> [of_cell(cell, 2025).date for cell in ("12月", "3-4月", "2024.6", "2024-10-15", "年底前", "第三季度", "9月开工，年底完工")]
    ['2025-12', '2025-04', '2024-06', '2024-10-15', '2025-12', '2025-09', '2025-12']
    >>> [(of_cell(cell, 2025).date, of_cell(cell, 2025).recurrence) for cell in ("每年12月底前", "每年6月、12月", "次年6月底前")]
    [(None, '每年'), (None, '每年'), (None, None)]
    """
    found = stated(text, year)
    undated = [other for other in find(text, issue_year=year or ANY_YEAR) if not other.date]

    def is_dated(match: re.Match[str]) -> bool:
        at = match.start()
        return not any(other.start <= at and _LISTED_TERMS.fullmatch(text, min(other.end, at), at) for other in undated)

    dates = [match for match in _MONTH_IN_CELL.finditer(text) if is_dated(match)]
    if dates and (not found or not found.date or found.end < dates[-1].end()):
        last = dates[-1]
        named = next((match["year"] for match in reversed(dates) if match["year"]), None)
        whole = _last(_YEAR_IN_CELL, text)
        of_year = named or (whole[1] if whole else None) or year
        month = _month(last)
        if of_year is None or (month is not None and not 1 <= month <= 12):
            return Deadline(*last.span(), None, None, True)
        date = f"{of_year}-{month:02}" if month else str(of_year)
        day = last["day"] or last["day_alone"]
        return Deadline(*last.span(), f"{date}-{int(day):02}" if day else date, None, True)
    if found and found.date:
        return found
    if (whole := _last(_YEAR_IN_CELL, text)) and not found:
        return Deadline(*whole.span(), whole[1], None, True)
    if year and (end := _END_OF_YEAR.search(text)) and is_dated(end):
        return Deadline(*end.span(), str(year) if end[0] == "年内" else f"{year}-12", None, True)
    return found


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _month(match: re.Match[str]) -> int | None:
    """The month in which a date of a cell ends; None for the second half of a year, of which the year is all that is said."""
    if match["month"]:
        return int(match["month"])
    if match["quarter"]:
        return _QUARTER_ENDS[match["quarter"]]
    return 6 if match["half"] == "上" else 12 if match["close"] else None


@vocabulary.compiled
def _year_of_work() -> re.Pattern[str]:
    """A heading that names the year whose work it heads, behind its marker or its number."""
    work = vocabulary.alternation("heading_words", "end", "work")
    return re.compile(
        rf"[^，。；：《》年]{{0,6}}(?<![0-9])(?P<year>{_YEAR})年度?[^，。；《》0-9]{{0,14}}(?:{work})\s*\Z"
    )


def in_heading(text: str, start: int, end: int, issue_year: int | None = None) -> list[Deadline]:
    """What ``find`` finds in a heading. The year whose work it heads is stated as a term, if it isn't past: 2030年重点任务, not 2030年工作回顾.

    >>> [(d.date, d.stated) for heading in ("二、2030年重点任务", "一、2030年工作回顾") for d in in_heading(heading, 0, len(heading))]
    [('2030', True), ('2030', False)]
    """
    of_work = year_of_work(text[start:end], issue_year)
    return [
        one._replace(stated=True) if of_work is not None and one.start == start + of_work else one
        for one in find(text, start, end, issue_year)
    ]


def year_of_work(heading: str, issue_year: int | None = None) -> int | None:
    """Where ``heading`` names the year whose work it heads; None where it names none, or one that is past.

    >>> year_of_work("二、2030年重点任务"), year_of_work("完成时限：2030年6月底前")
    (2, None)
    """
    heads = _year_of_work().fullmatch(heading)
    if heads is None or (issue_year and (integer(heads["year"]) or 0) < issue_year):
        return None
    return heads.start("year")


_STEP = re.compile(
    rf"(?<![^\s，。；：、（(])(?:(?P<year>{_YEAR})年)?(?:(?:[0-9]{{1,2}}月?[—–－\-~～至到]{{1,2}})?(?P<month>[0-9]{{1,2}})月"
    rf"(?:(?P<day>[0-9]{{1,2}})日|份|[上中下]旬)?+[底末]?|第?(?P<quarter>[一二三四1-4])季度末?|(?P<half>[上下])半年|年[底末])"
    rf"{_BEFORE}?(?=[：:，]|[一-鿿])(?!以来|起|至|到|的|度|[和及])"
)


def steps(text: str, start: int, end: int, year: int | None = None) -> list[Deadline]:
    """The dates that begin the steps of a schedule in ``text[start:end]``, as cells of tables of tasks have them.

    >>> [step.date for step in steps("3—6月：完成设计；三季度开工，年底投入使用", 0, 22, 2024)]
    ['2024-06', '2024-09', '2024-12']

    What stands before ``start`` is another cell or its border, and doesn't decide whether a step begins there:

    >>> [step.date for step in steps("|二季度开工；四季度竣工|", 1, 12, 2024)]
    ['2024-06', '2024-12']
    """
    found = []
    for match in _STEP.finditer(text[start:end]):
        of_year = (integer(match["year"]) if match["year"] else None) or year
        if match["month"]:
            month = int(match["month"])
        elif match["quarter"]:
            month = _QUARTER_ENDS[match["quarter"]]
        else:
            month = 6 if match["half"] == "上" else 12
        if of_year and 1 <= month <= 12:
            date = f"{of_year}-{month:02}"
            found.append(
                Deadline(
                    start + match.start(),
                    start + match.end(),
                    f"{date}-{int(match['day']):02}" if match["day"] else date,
                    None,
                    True,
                )
            )
    return found


def _end_of_stage(match: re.Match[str], issue_year: int | None) -> str | None:
    """The month or day in which the period of a stage ends, whose year may stand before its beginning alone: （2021年11月至2月）."""
    if match["in"]:
        in_year = integer(match["in_year"]) if match["in_year"] else issue_year
        return f"{in_year}-{int(match['in']):02}" if in_year and 1 <= int(match["in"]) <= 12 else None
    month, since = int(match["to"]), integer(match["since"]) if match["since"] else issue_year
    year = integer(match["to_year"]) if match["to_year"] else since
    if year is None or not 1 <= month <= 12:
        return None
    if not match["to_year"] and match["from"] and int(match["from"]) > month:
        year += 1
    return f"{year}-{month:02}-{int(match['to_day']):02}" if match["to_day"] else f"{year}-{month:02}"


def is_stage(text: str, found: Deadline) -> bool:
    """Whether what was found is the period of a stage, in the brackets behind its name: 动员阶段（4月1日至4月20日）."""
    return text[found.start] in "（("


def _date(match: re.Match[str], issue_year: int | None) -> str | None:
    """The year, month or day in which the period that was read ends."""
    if match["plan"]:
        return _end_of_plan(match["plan"])
    year = integer(match["year"]) if match["year"] else issue_year
    if year is None:
        return None
    year += match["relative"] == "明年"
    month = (
        int(match["month"])
        if match["month"]
        else _QUARTER_ENDS[match["quarter"]]
        if match["quarter"]
        else 6
        if match["half"] == "上"
        else 12
        if match["half"] or match["relative"] == "年底" or match["close"][:2].strip("年之以前内") in ("底", "末")
        else None
    )
    if month is None or not 1 <= month <= 12:
        return str(year)
    return f"{year}-{month:02}-{int(match['day']):02}" if match["day"] else f"{year}-{month:02}"


# What may follow a mere date (2020年) that is one until which something is to be done: 2020年完成…, 2020年，…
_AT_THE_TIME = re.compile(r"[，、]?(?!基础|以来|起|度|版|第|前三)(?:，|力争|全|(?:完成|实现|建成|新增|达|培|建)(?!的))")
_UP_TO_NOW = ("截至", "截止")  # 截至2022年7月 says until when things are counted
_DONE = ("已", "，已", "业已")
_AIMS = ("力争", "确保", "争取", "预计")


def sets_a_term(text: str, found: Deadline, issue_year: int | None) -> bool:
    """Whether a date of ``text`` is one until which something is to be done, not one that is past or that a measure is compared with."""
    if found.date and issue_year and int(found.date[:4]) < issue_year:
        return False
    if found.date and text[max(0, found.start - 2) : found.start + 1].endswith(_UP_TO_NOW):
        return issue_year is not None and int(found.date[:4]) > issue_year
    if text.startswith(_DONE, found.end):
        return False  # 2019年6月底前已实现
    if _tells_which(text, found) or _is_validity(text, found):
        return False
    if found.stated or text[found.start - 2 : found.start] in _AIMS or _is_last_day(text, found):
        return True
    return bool(issue_year and _AT_THE_TIME.match(text, found.end))


_OF_THOSE = re.compile("(?:对|对于|凡|凡是|凡在)\\Z")
_ATTRIBUTE = re.compile("[^，。；：！？\n]{1,40}?(?<!目)的(?!通知|要求|目标|规定|部署)")
_CONDITION = re.compile("[^，。；：！？\n]{0,60}?(?<!目)的(?=[，；])")


def _tells_which(text: str, found: Deadline) -> bool:
    """Whether a date says of whom or of what a rule speaks, not by when it is to be done.

    >>> text = "对2025年底前投产的项目给予补助；2026年6月底前未整改的，取消资格；对2020年新增贷款贴息；2026年底前完成对老桥的改造，通车"
    >>> [_tells_which(text, found) for found in find(text)]
    [True, True, True, False]
    """
    if _CONDITION.match(text, found.end):
        return True
    if not _OF_THOSE.search(text, max(found.start - 2, 0), found.start):
        return False
    return not found.stated or _ATTRIBUTE.match(text, found.end) is not None


_IN_FORCE = re.compile("(?:执行|施行|有效|沿用|延续)(?:期限?)?\\Z")


def _is_validity(text: str, found: Deadline) -> bool:
    """Whether a date says until when something holds: 政策延续执行至2023年底, 有效期至2025年6月30日."""
    return text[found.start] in "至到" and _IN_FORCE.search(text, max(found.start - 6, 0), found.start) is not None


_HEADS_A_CLAUSE = re.compile(r"(?:\A|[，。；！？、：\n.．）)])(?:其中[，：]?)?\Z")
_NO_TERM_BEFORE = re.compile(r"(?:时间|日期|时段|期间|附件)[0-9]*[：:]\Z")
_A_STEP = re.compile(
    r"(?![一-鿿]{1,3}的|年?度|版|[至到起]|以来|以后|之?后|初|之?前|以前|基础|工作|计划|预算|[上下]午|[0-9]{1,2}[:：时日月]|[0-9]{4}年)[一-鿿“0-9]"
)


def dates_a_step(text: str, found: Deadline, issue_year: int | None) -> bool:
    """Whether a mere date says when something is done that is still to come, as in the text of a task: 2020年形成统一入口.

    It stands at the head of a clause, is not of a year before that of issue, and running text follows.

    >>> text = "2020年镇街投放率80%以上；2018年建成一期；2021年度预算；2020年申报的单位"
    >>> [dates_a_step(text, found, 2019) for found in find(text)]
    [True, False, False, False]
    """
    if found.stated or not found.date or not issue_year or int(found.date[:4]) < issue_year:
        return False
    return _begins_a_step(text, found)


def _begins_a_step(text: str, found: Deadline) -> bool:
    return heads_a_clause(text, found) and _A_STEP.match(text, found.end) is not None


def heads_a_clause(text: str, found: Deadline) -> bool:
    """Whether a date stands at the head of a clause, and not behind a label (时间：2020年5月)."""
    before = text[max(0, found.start - 8) : found.start]
    return bool(_HEADS_A_CLAUSE.search(before) and not _NO_TERM_BEFORE.search(before))


def steps_in_text(text: str, start: int, end: int, issue_date: str) -> list[Deadline]:
    """The months and days without a year that say in running text when something is done that is still to come: 12月17日启动, 6月份试运行.

    >>> text = "6月份实现试运行，7月份平台上线；将1月、2月应缴的延至3月底。1月10日启动"
    >>> [step.date for step in steps_in_text(text, 0, len(text), "2021-03-01")]
    ['2021-06', '2021-07']
    """
    return [
        step
        for step in steps(text, start, end, int(issue_date[:4]))
        if step.date
        and step.date >= issue_date[: len(step.date)]
        and text[step.start - 1 : step.start] != "、"
        and not text[step.start].isspace()
        and not text.startswith(f"{step.date[:4]}年", step.start)
        and _begins_a_step(text, step)
    ]


TERM = rf"(?:{_YEAR}年)?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日|[底末份]|[上中下]旬)?|第?[一二三四1-4]季度末?|[上下]半年|{_YEAR}年[底末]?|年[底末]){_BEFORE}"
"""An expression of a term that says until when something has to be done: 2019年11月底前."""
_LAST_DAY = re.compile("截止(?:日期|时间)[为是：到至]?\\Z")
_PERIOD_BEFORE = re.compile(
    rf"(?:[自从由](?:{_YEAR}|[0-9]{{1,2}}月|[^，。；\n]{{0,8}}之日)[^，。；、\n]{{0,16}}|期(?:间|限)?[为是：][^，。；、\n]{{0,12}})\Z"
)
_DAY_BEFORE = re.compile("[0-9]{1,2}日\\Z")


def ends_period(text: str, found: Deadline) -> bool:
    """Whether a date is the last day of a period that the text names by both days: 1月1日至3月31日."""
    return text[found.start] in "至到" and _DAY_BEFORE.search(text, max(found.start - 3, 0), found.start) is not None


def _is_last_day(text: str, found: Deadline) -> bool:
    """Whether the text calls a date the last one: 截止日期为2021年8月15日."""
    return _LAST_DAY.search(text, max(found.start - 6, 0), found.start) is not None


def is_due(text: str, found: Deadline) -> bool:
    """Whether a date of ``text`` surely is one until which something has to be done: 2019年11月底前, 到2025年 at the head of a clause.

    Not the end of a period (自1月1日至3月31日) nor a time in which something happens (今年, “十四五”时期).

    >>> text = "各地于11月底前完成考核；自2020年1月至2020年3月免征"
    >>> [is_due(text, found) for found in find(text, issue_year=2020)]
    [True, False, False]
    """
    words = text[found.start : found.end]
    if is_stage(text, found) or _is_last_day(text, found):
        return True
    if _PERIOD_BEFORE.search(text, max(found.start - 28, 0), found.start) or text[found.end : found.end + 1] == "的":
        return False
    if words.endswith(("前", "为止")):
        return True
    return words[:1] == "到" and (found.start == 0 or text[found.start - 1] in "，。；：！？、\n 保争取")


# What a period counts from, where that is the notice itself. A period of days that names nothing else is a term of a procedure.
_FROM_THE_NOTICE = re.compile(r"(?:印发|发布|公布|下发|施行|实施)(?:之日|后)?起?后?[，]?\Z")
_BACKWARDS = re.compile(r"(?:近|最近|过去|此前|连续|前|满|每)\Z")
_PERIOD = re.compile(
    r"(?P<number>[0-9]{1,3}|[一二两三四五六七八九十半]{1,3})个?(?P<unit>年|月|周|天|日)(?:之内|以内|内)"
)


def begins(text: str, found: Deadline) -> int:
    """Where a term begins, with the words behind which a period counts: 自印发之日起30日内."""
    counted = _FROM_THE_NOTICE.search(text, max(0, found.start - 12), found.start)
    return counted.start() if counted and is_period(text, found) else found.start


def counts_from_the_notice(text: str, found: Deadline) -> bool:
    """Whether a period of ``text`` says that it counts from the notice: 印发后30日内, but not 3年内."""
    return bool(_FROM_THE_NOTICE.search(text, max(0, found.start - 12), found.start))


def counted_from(text: str, found: Deadline, issue_date: str) -> str | None:
    """The date on which a period of ``text`` ends that counts from the date of issue: 印发后30日内, 3年内; None where it counts from anything else.

    >>> text = "3年内建成；自印发之日起30日内备案；收到材料后30日内答复；半年内轮训"
    >>> [counted_from(text, found, "2023-02-14") for found in find(text)]
    ['2026-02', '2023-03-16', None, '2023-08']
    """
    period = _PERIOD.fullmatch(text, found.start, found.end)
    if period is None:
        return None
    unit, number = period["unit"], integer(period["number"])
    if (period["number"], unit) == ("半", "年"):
        unit, number = "月", 6
    if number is None:
        return None
    before = text[max(0, found.start - 12) : found.start]
    if not counts_from_the_notice(text, found) and (
        unit not in ("年", "月") or before[-1:] not in ("", *"。；，：！？\n 、在用于力争确保")
    ):
        return None
    if _BACKWARDS.search(before):
        return None
    issued = date.fromisoformat(issue_date)
    if unit in ("年", "月"):
        months = issued.year * 12 + issued.month - 1 + number * (12 if unit == "年" else 1)
        return f"{months // 12}-{months % 12 + 1:02}" if months // 12 < 10_000 else None
    return (issued + timedelta(days=number * (7 if unit == "周" else 1))).isoformat()


def is_set(text: str, found: Deadline) -> bool:
    """Whether it is known when what was found ends, or would be with the date of issue: 2030年底前; 5年内建成, but not 收到后30日内.

    >>> [is_set(text, find(text)[0]) for text in ("2030年底前建成", "5年内建成", "收到材料后30日内答复")]
    [True, True, False]
    """
    return found.date is not None or (is_period(text, found) and counted_from(text, found, "2000-01-01") is not None)


def is_period(text: str, found: Deadline) -> bool:
    """Whether what was found is a period, which ends as long after something as it says: 三年内."""
    return _PERIOD.fullmatch(text, found.start, found.end) is not None


def resolved(text: str, found: Deadline, issue_date: str | None) -> Deadline:
    """What was found, with the date on which it ends where it is a period that counts from the date of issue: 五年内压缩到5个工作日."""
    if found.date or not issue_date or not is_period(text, found):
        return found
    return found._replace(date=counted_from(text, found, issue_date))


def due_on(date_text: str) -> str:
    """The last day of a year, a month or a day, as a date of the calendar.

    >>> due_on("2025"), due_on("2024-02"), due_on("2024-02-10")
    ('2025-12-31', '2024-02-29', '2024-02-10')
    """
    if len(date_text) == 4:
        return f"{date_text}-12-31"
    if len(date_text) == 7:
        return f"{date_text}-{monthrange(int(date_text[:4]), int(date_text[5:]))[1]:02}"
    return date_text
