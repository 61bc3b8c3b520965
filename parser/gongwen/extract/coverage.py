"""What was used of a text and what wasn't, and why: a scan that knows the vocabulary, but nothing of what the extractors decided.

It looks for what a reader would want used: numbers with units, dates and periods, organs, 《titles》, document numbers, markers of items and
rows of tables. Each occurrence is

    used         the span of a published value of its kind holds it: a number is used by a value, not by a sentence that contains it
    explained    a row of coverage_words.tsv or a rule of structure says why no value holds it, by a code of coverage_codes.csv
    unread       a rule recognizes a commitment that no value holds: a verb of completion before a number, an organ that has to act
    undecided    none of these

A number that a value holds though it carries a code is a suspect: it may be no goal. What decides stands near the occurrence, so that
time is linear: at most _REACH characters on either side.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from gongwen.document import STATUSES, Kind, Occurrence, Piece, Status
from gongwen.extract.goals.chapters import chapters_of
from gongwen.extract.structure.places import Places
from gongwen.findings import finding
from gongwen.lexicon import (
    divisions,
    document_numbers,
    goal_evidence,
    goals,
    headings,
    markers,
    mentions,
    organs,
    reasons,
    reference,
    registry,
    vocabulary,
)
from gongwen.lexicon.units import ends_like, open_end
from gongwen.model import Coverage, CoverageCount, Finding, Notice, Span
from gongwen.text import Text

_REACH = 120
_NOTHING_IN = frozenset(
    "boilerplate furniture contents page-footer page-header page-number page-meta page-table field-code hidden deleted "
    "moved-from comment note-reference ruby byline masthead".split()
)
"""Kinds of blocks that say nothing of the notice itself."""


class Found(NamedTuple):
    """An occurrence at ``start``, ``end`` of the published text, and what to make of it if no value holds it."""

    kind: Kind
    start: int
    end: int
    status: Status
    code: str | None


_CLAUSE_END = re.compile("[，。；！？\n]")
_SENTENCE_END = re.compile("[。；！？\n]")
_DIGITS = re.compile("[0-9百千万亿]")
_MONEY = re.compile("元|%|％|百分之|倍")
_GRANTED = re.compile("个月|基点")  # for how long something is given, or by how much a rate falls
_NO_COUNT = re.compile(r"[%％‰倍月年日天]\Z")  # a share or a time counts nothing that a text lists
_MONTH = re.compile("([0-9]{1,2})月")
_UNTIL_YEAR = re.compile("[到至]((?:19|20)[0-9]{2})年")
_DIGIT_YEAR = re.compile("(?:19|20)[0-9]{2}")
# 自1月1日至3月31日: a period in which something holds, and the beginning of one. 从2012年的5%到2021年的7% compares.
_PERIOD = re.compile(rf"[自从][^，。；\n]{{3,16}}(?:{mentions.DASH}|起至)\Z")
_PERIOD_BEGINS = re.compile(r"[自从]\Z")
_COMPARES = re.compile(r"[的增提下降减]")
_PHASE = re.compile("[一二三四五六七八九十]期")  # 园区二期; a count of courses has figures or 个: 3期
_WORKING_DAYS = "工作日"
_ASKED = re.compile(r"请[^，。；]{0,12}\Z")
_MEMBER = re.compile("^(?P<name>[一-鿿]{2,4}) (?P<office>[^\n。；：，]{2,30})$", re.M)  # 王刚 市水利局局长
_CODE_BEFORE = re.compile("[一-鿿]{1,16} ?\\Z")
_QUOTED = re.compile("“[^“”\n]{1,16}”")
_ARTICLE = re.compile("第[^条]{1,9}条")
_LINE = re.compile("[^\n]+")
_LONGEST_CELL = 14  # characters of a line that may be a cell
_LONGEST_PLACE = 12  # characters of the names of divisions before an organ
_SHORTEST_TABLE = 6  # lines
_LEVELS = frozenset("省市县区州旗盟")
_SHORTEST_TITLE = 8  # characters of a title that stands again
# What stands between two organs of a list: 、市, 、某学院、县.
_LIST_MARK = re.compile(r"(?:[、和及与或]|以及|或者)(?:[^，。；：、\n]{2,12}、){0,3}[^，。；：、\n]{0,5}")
_LONGEST_GAP = 48  # characters between two organs of a list
_DONE = re.compile(r"(?:[近日目前]{2})?已(?!有)|[^，。；的对]{1,8}?了(?![解然])")  # 近日已下发, 组织开展了
_FIRST_LISTED = re.compile(r"[^、]*[一-鿿]{2}[^、]*(?=、)")


def _words(context: str) -> str:
    return vocabulary.alternation("coverage_words", context)


@vocabulary.compiled
def _bound() -> re.Pattern[str]:
    return re.compile(f"(?:{goals.behind()})+")


@vocabulary.compiled
def _others() -> re.Pattern[str]:
    """The other organs that issued something together with the first: 县财政局｜、县水利局联合印发."""
    together = _words("together")
    # 和 may stand in a name or between two: a part begins at each, so that there is one way to read a list.
    return re.compile(rf"(?:[、和及与]{{1,2}}+(?:(?!{together})[^，。；：、的和及与]){{1,14}}+)++(?={together})")


@vocabulary.compiled
def _attribute() -> re.Pattern[str]:
    """What stands before a date that says of what year a thing is, as a part of the clause. 力争2025年, 于2025年 say when."""
    says_when = "".join([f"(?<!{word})" for word in sorted(vocabulary.words("coverage_words", "says_when"))])
    return re.compile(rf"[^\s，、：（(\"“][一-鿿》”](?<![于在至到自从将用为])(?<!以及){says_when}\Z")


@vocabulary.compiled
def _other_words() -> re.Pattern[str]:
    """Words before an organ that are neither names nor marks between them. 由, 请, 会同 and a list of names leave it a subject."""
    leads = "".join([f"(?<!{word})" for word in sorted(vocabulary.words("coverage_words", "leads_organ"))])
    return re.compile(rf"[一-鿿》”）][一-鿿》”）]{leads}(?<![局委厅部办府院会司行社联团心队、由请和及与])\Z")


@vocabulary.compiled
def _part() -> re.Pattern[str]:
    """A part of an organ, behind which a name goes on: 规划发展处, 福建省分行."""
    return re.compile(rf"[^，。；：、的\s]{{0,12}}?(?:{_words('organ_part')})")


@vocabulary.compiled
def _open_end() -> re.Pattern[str]:
    return re.compile(open_end())


@vocabulary.compiled
def _person() -> re.Pattern[str]:
    return re.compile(f"(?:{_words('cell')})[：: ]")


@vocabulary.compiled
def _form() -> re.Pattern[str]:
    """What stands in the fields of a form: blanks to fill in, where to sign."""
    return re.compile(rf"_{{3,}}|不超过[0-9]+字|[(（](?:{_words('field')})[)）]|年\s+月\s+日")


@vocabulary.compiled
def _names() -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
    """The names of organs that the tables know, and the lengths of those that end in three characters, or are two, the longest first."""
    names = {row["name"] for row in reference.rows("organ_names")}
    names |= {name for function in organs.functions().values() for of in function.names.values() for name in of}
    names |= registry.central_organs().keys()
    classes = {row["name"] for row in reference.rows("organ_names") if row["kind"] == organs.COLLECTIVE}
    names -= classes | vocabulary.words("unit_words", "alone", "bare")
    names = {name for name in names if len(name) > 1}
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[-3:], set()).add(len(name))
    return frozenset(names), {end: tuple(sorted(of, reverse=True)) for end, of in lengths.items()}


@cache
def _central() -> frozenset[str]:
    return frozenset([name for name in registry.central_organs() if len(name) > 2])


@vocabulary.compiled
def _name_ends() -> re.Pattern[str]:
    """Where a name may end: behind one of the characters that names end in, if the one before fits."""
    before: dict[str, set[str]] = {}
    for ending in _names()[1]:
        before.setdefault(ending[-1], set()).add(ending[-2])
    return re.compile("|".join([f"{end}(?<=[{''.join(sorted(of))}]{end})" for end, of in sorted(before.items())]))


_BRACKET = re.compile(r"[（(【][^（()）【】\n。]{2,600}[）)】]")


@vocabulary.compiled
def _roles() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("roles"))


@vocabulary.compiled
def _labels() -> re.Pattern[str]:
    """A line whose label makes organs responsible: 责任单位：."""
    roles, nouns = vocabulary.alternation("roles"), vocabulary.alternation("unit_nouns", "label")
    return re.compile(rf"^[^\n。，：]{{0,6}}?(?:{roles}|责任)(?:{nouns})[:：][^\n]{{1,600}}", re.M)


def _duties(value: str) -> Iterator[tuple[int, int]]:
    """The brackets and the lines that make organs responsible."""
    for match in _BRACKET.finditer(value):
        if _roles().search(match[0]):
            yield match.span()
    for match in _labels().finditer(value):
        yield match.span()


def _members(value: str) -> Iterator[tuple[int, int]]:
    """The offices in lists of people, one a line: three lines or more of a person's name, a blank, and an office."""
    lines = [match for match in _MEMBER.finditer(value) if not ends_like(match["name"])]
    if len(lines) > 2:
        yield from (match.span("office") for match in lines)


def scan(value: str, issue_year: int | None = None, articles: Iterable[tuple[int, int]] = ()) -> list[Found]:
    """The occurrences in the text ``value`` in order, as if no value held any of them; ``articles`` are where it lays down rules.

    >>> [(value[f.start:f.end], f.status, f.code) for value in ["到2025年建成泵站30座。已建成水渠5公里。"] for f in scan(value, 2024) if f.kind == "number"]
    [('30座', 'unread', None), ('5公里', 'explained', 'past')]
    """
    return sorted(_Scan(value, issue_year, articles).all(), key=lambda found: (found.start, found.end))


def _document_numbers(value: str) -> Iterator[tuple[int, int]]:
    """The document numbers: what stands in brackets with a year is one behind the code of an organ."""
    for match in mentions.DOCUMENT_NUMBER.finditer(value):
        if value[match.start()] in "令公":
            yield match.span()
        elif code := _CODE_BEFORE.search(value[max(match.start() - 17, 0) : match.start()]):
            yield match.start() - len(code[0]), match.end()


def _behind_organ(number: str) -> int:
    """Where the number of an order or a public notice begins behind its organs, which a scan doesn't take in: 财政部|公告2020年第9号."""
    return next((at.start() for at in mentions.DOCUMENT_NUMBER.finditer(number) if number[at.start()] in "令公"), 0)


def _found(pattern: re.Pattern[str], first: re.Pattern[str], value: str) -> Iterator[tuple[int, int]]:
    """The matches of ``pattern`` that begin where ``first`` matches."""
    end = 0
    for at in first.finditer(value):
        if at.start() >= end and (match := pattern.match(value, at.start())):
            end = match.end()
            yield match.span()


class _Scan:
    """One pass over a text."""

    def __init__(self, value: str, issue_year: int | None, articles: Iterable[tuple[int, int]]) -> None:
        self.value = value
        self.issue_year = issue_year
        self.articles = Places(articles)
        self.titles = [match.span() for match in mentions.TITLE.finditer(value)]
        self.numbers = list(_document_numbers(value))
        self.names = Places([*self.titles, *(match.span() for match in _QUOTED.finditer(value))])
        self.duties = Places(_duties(value))
        self.members = Places(_members(value))
        self.sentence_ends = [0, *(match.end() for match in _SENTENCE_END.finditer(value))]

    def all(self) -> Iterator[Found]:
        for start, end in self.titles:
            yield Found("title", start, end, *self._judge_title(start, end))
        for start, end in self.numbers:
            yield Found("document_number", start, end, "unread", None)
        taken = [(start, end) for start, end in self.numbers]
        marked = list(self._markers())
        yield from marked
        taken += [(found.start, found.end) for found in marked]
        yield from self._rows({found.start for found in marked})
        held = Places(taken)
        when = [at for at in _found(mentions.DATE, mentions.FIRST_OF_DATE, self.value) if not held.touches(*at)]
        for start, end in when:
            yield Found("date", start, end, *self._judge_date(start, end))
        held = Places([*taken, *when])
        for start, end in _found(mentions.number(), mentions.FIRST_OF_NUMBER, self.value):
            if not held.touches(start, end):
                yield Found("number", start, end, *self._judge_number(start, end))
        yield from self._organs()

    def _markers(self) -> Iterator[Found]:
        pattern = re.compile(markers.any_marker())
        listed_by = markers.list_sign()
        for line in _LINE.finditer(self.value):
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            match = pattern.match(self.value, start, line.end())
            if match and match.lastgroup != "bare" and match.end() < line.end():
                yield Found("marker", start, match.end(), "undecided", None)
            elif sign := listed_by.match(self.value, start, line.end()):
                yield Found("marker", start, sign.end(), "undecided", None)

    def _rows(self, marked: set[int]) -> Iterator[Found]:
        """Lines with cells apart by tabulators, and runs of six short lines or more without the marks of sentences."""
        run: list[tuple[int, int]] = []
        heads: list[int] = []  # short lines that end in a colon, since the last line of text: 组长：
        for line in _LINE.finditer(self.value):
            words = line[0].strip()
            if not words:
                continue
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            short = len(words) <= _LONGEST_CELL and start not in marked
            if "\t" in words:
                yield Found("row", start, start + len(words), "undecided", None)
            elif short and words[-1] not in "。；：，！？:;":
                run.append((start, start + len(words)))
                continue
            elif short and words[-1] in "：:":
                heads.append(start)
            yield from self._cells(run, heads)
            run = []
            if not short:
                heads = []
        yield from self._cells(run, heads)

    def _cells(self, run: Sequence[tuple[int, int]], heads: Sequence[int]) -> Iterator[Found]:
        """A run of lines as cells, if it is long enough to be a table."""
        if len(run) < _SHORTEST_TABLE:
            return
        status: Status = "explained"
        if any(_person().match(self.value, start) for start in (*heads, *(start for start, _ in run))):
            code = "membership"
        elif any(_form().search(self.value, start, end) for start, end in run):
            code = "blank_form"
        else:
            status, code = "undecided", None
        for start, end in run:
            yield Found("row", start, end, status, code)

    def _organs(self) -> Iterator[Found]:
        names, lengths = _names()
        value = self.value
        found: list[tuple[int, int]] = []
        for match in _name_ends().finditer(value):
            end = match.end()
            for length in (*lengths.get(value[max(end - 3, 0) : end], ()), *lengths.get(value[end - 2 : end], ())):
                start = end - length
                if start >= 0 and value[start:end] in names and self._is_name(start, end):
                    while found and found[-1][0] >= start:  # 县财政 in 县财政局
                        found.pop()
                    if not found or found[-1][1] <= start:
                        found.append((start, end))
                    break
        numbers = Places(self.numbers)  # 县财联〔2030〕5号
        for (start, end), (first, last) in zip(found, self._lists(found), strict=True):
            if numbers.holds(start, end):
                continue
            if self.duties.holds(start, end):
                yield Found("organ_in_clause", start, end, "unread", None)
            else:
                yield Found("organ", start, end, *self._judge_organ(start, end, first, last))

    def _lists(self, found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """For each organ where the list of organs begins and ends that it stands in."""
        group: list[tuple[int, int]] = []
        for start, end in found:
            gap = _LONGEST_GAP + 1 if not group else start - group[-1][1]
            if gap > _LONGEST_GAP or not _LIST_MARK.fullmatch(self.value, group[-1][1], start):
                yield from itertools.repeat((group[0][0], group[-1][1]) if group else (0, 0), len(group))
                group = []
            group.append((start, end))
        yield from itertools.repeat((group[0][0], group[-1][1]) if group else (0, 0), len(group))

    def _is_name(self, start: int, end: int) -> bool:
        """Whether a known name is one here: 财政部 not in 财政部门, 台办 not in 平台办理; a short one of a local organ needs its level."""
        if self.value[end - 1 : end + 1] in vocabulary.words("unit_words", "end", "torn"):
            return False
        return end - start > 3 or self.value[start:end] in _central() or self.value[start - 1 : start] in _LEVELS

    def _near(self, start: int, end: int) -> tuple[str, str, str]:
        """The clause before, the clause behind, the sentence before."""
        above = bisect_right(self.sentence_ends, start) - 1
        sentence = self.value[max(start - _REACH, self.sentence_ends[above]) : start]
        last = _CLAUSE_END.search(self.value, end, end + _REACH)
        behind = self.value[end : last.start() if last else end + _REACH]
        return sentence[sentence.rfind("，") + 1 :], behind, sentence

    def _rest(self, end: int) -> str:
        """The rest of the sentence behind ``end``."""
        stop = _SENTENCE_END.search(self.value, end, end + _REACH)
        return self.value[end : stop.start() if stop else end + _REACH]

    def _judge_number(self, start: int, end: int) -> tuple[Status, str | None]:
        if self.names.holds(start, end):
            return "explained", "name_part"
        before, behind, sentence = self._near(start, end)
        around = self._beside(before, start, end, behind)
        if around == "name_part":
            return "explained", around
        if _PHASE.fullmatch(self.value, start, end):
            return "explained", "ordinal"
        money = any(sign.search(self.value, start, end) for sign in (_MONEY, _GRANTED))
        if money and (reasons.code("fine", sentence) or reasons.code("fine", self._rest(end))):
            return "explained", "penalty"
        code = reasons.code("touching", before, "end") or reasons.code("behind", behind, "start")
        if code == "condition" and not money:
            code = None  # 年收入10亿元的企业, but not 培育30家企业
        code = code or reasons.code("unit", self.value[end - 1 : end]) or around
        code = code or reasons.code("sentence", before) or reasons.code("sentence", behind)
        if money:
            # 给予奖励，最高10万元; 收入突破1亿元、5亿元的，分别给予…: what is given is named once for all amounts
            code = code or reasons.code("sentence", sentence) or reasons.code("sentence", self._rest(end))
        elif code == "aid":
            code = None  # 培训1000人并给予补助
        asked = code in (None, "listed_count") and reasons.code("before", before) == "commitment"
        many = len(_DIGITS.findall(self.value, start, end)) > 2
        if code == "listed_count" and (asked or many):
            code = None  # 创建无废工厂、无废学校等120个
        elif code == "listed_count" and _NO_COUNT.search(self.value, start, end):
            code = "aid" if reasons.code("sentence", sentence + behind) == "aid" else None  # 按保险费的50%给予补助
        if code is None and not self._looks_ahead(sentence):
            code = reasons.code("clause", before) or reasons.code("clause", behind)
        if code == "commitment":
            return "unread", None
        if code:
            return "explained", code
        if self._looks_back(sentence):
            return "explained", "past"
        if asked:
            return "unread", None
        return self._left_open(start, sentence)

    def _left_open(self, start: int, sentence: str = "") -> tuple[Status, str | None]:
        """What no word explains: in an article it is part of a rule, unless its sentence says by when something will be."""
        if self.articles.holds(start, start + 1) and not self._looks_ahead(sentence):
            return "explained", "rule"
        return "undecided", None

    def _judge_title(self, start: int, end: int) -> tuple[Status, str | None]:
        code = reasons.code("title_touching", self.value[max(start - 4, 0) : start], "end") or reasons.code(
            "title_end", self.value[start + 1 : end - 1], "end"
        )
        return ("explained", code) if code else ("undecided", None)

    def _beside(self, before: str, start: int, end: int, behind: str) -> str | None:
        """What the words around a number say of it, its bound taken with it: 培育年出口1亿元|以上|企业5家."""
        bound = _bound().match(behind)
        length = bound.end() if bound else 0
        return goal_evidence.code(before, self.value[start : end + length], behind[length:])

    def _judge_date(self, start: int, end: int) -> tuple[Status, str | None]:
        if self.names.holds(start, end):
            return "explained", "name_part"
        before, behind = self._near(start, end)[:2]
        compares = _COMPARES.match(behind) is not None
        if _PERIOD.search(before) and not compares:
            return "explained", "procedure"  # 自1月1日至3月31日免征
        if before.endswith(("到", "至")) and self._is_coming(start):
            return "unread", None
        if _WORKING_DAYS in self.value[start:end] and not _ASKED.search(before):
            return "explained", "procedure"  # 3个工作日内完成审核: from when on, the case tells
        code = (
            reasons.code("date_touching", before[-8:], "end")
            or reasons.code("date_behind", behind.lstrip(" "), "start")
            or reasons.code("sentence", before)
            or reasons.code("sentence", behind)
        )
        if code == "aid":  # by when, how long or of what year it is given: 1年内给予贴息, 给予2020年贴息
            words = self.value[start:end]
            alone = _DIGIT_YEAR.match(words) and not _MONTH.search(words)
            return "explained", "mentioned" if alone else "procedure" if words.endswith("内") else "condition"
        if code:
            return "explained", code
        year = _DIGIT_YEAR.match(self.value, start)
        if year and self.issue_year and int(year[0]) < self.issue_year:
            return "explained", "past"
        if _PERIOD_BEGINS.search(before) and not compares:
            return "explained", "procedure"  # 自1月1日至3月31日免征
        until = self.value[end - 1] in "底末内" or behind[:1] in ("前", "底", "末", "内")
        if not until and _attribute().search(before):
            return "explained", "mentioned"  # 做好2020年全省市场监管工作
        if reasons.code("date_clause", behind):
            return "unread", None
        return self._left_open(start)

    def _judge_organ(self, start: int, end: int, first: int, last: int) -> tuple[Status, str | None]:
        """What an organ is named for, by the words around the list from ``first`` to ``last`` that it stands in."""
        if self.names.holds(start, end):
            return "explained", "name_part"
        if self.members.holds(start, end):
            return "explained", "membership"
        before, behind = self._near(first, first)[0], self._near(last, last)[1]
        if together := _others().match(behind):
            behind = behind[together.end() :]
        if code := reasons.code("organ_behind", behind, "start"):
            if etc := _open_end().match(behind):  # 县财政局等部门要…
                code = reasons.code("organ_behind", behind[etc.end() :], "start") or code
            if code != "commitment":
                return "explained", code
            return ("explained", "past") if _DONE.match(behind) else ("unread", None)
        if part := _part().match(behind):
            behind = behind[part.end() :]
            if code := reasons.code("organ_behind", behind, "start"):
                return ("unread", None) if code == "commitment" else ("explained", code)
        led = before.rstrip("省市县区州旗盟委本我")
        if code := reasons.code("organ_touching", led, "end") or reasons.code("organ_clause", before):
            return "explained", code
        if code := reasons.code("organ_after", behind):
            return "explained", code
        if self._is_object(first, before):
            return "explained", "mentioned"
        if _DONE.match(behind):
            return "explained", "past"
        if reasons.code("organ_duty", self._rest(last)) or reasons.code("leads_organ", led, "end"):
            return "undecided", None  # 县水利局会同县财政局、…
        if (listed := _FIRST_LISTED.match(before)) and not ends_like(listed[0]):
            return "explained", "mentioned"  # 建设信息网、大数据中心
        return self._left_open(start)

    def _is_object(self, start: int, before: str) -> bool:
        """Whether other words than names come before an organ in its clause: 用好中国证监会政策 says nothing that it does."""
        words = before.rstrip("省市县区州旗盟委本我各全")
        if divisions.begins(before) and len(before) <= _LONGEST_PLACE:
            return False  # 某省统计局服务业处
        return bool(words) and _other_words().search(words) is not None

    def _is_coming(self, start: int) -> bool:
        year = _DIGIT_YEAR.match(self.value, start)
        return year is not None and (self.issue_year is None or int(year[0]) >= self.issue_year)

    def _looks_back(self, sentence: str) -> bool:
        """Whether the sentence opens with a year that is past, and names none to come: 2015年，建成泵站30座."""
        year = _DIGIT_YEAR.match(sentence)
        return (
            not self._looks_ahead(sentence)
            and year is not None
            and self.issue_year is not None
            and int(year[0]) < self.issue_year
        )

    def _looks_ahead(self, sentence: str) -> bool:
        """Whether the sentence says by when something will be: 到2025年."""
        year = None
        for match in _UNTIL_YEAR.finditer(sentence):
            year = int(match[1])
        return year is not None and (self.issue_year is None or year >= self.issue_year)


class _Dated:
    """The clauses of values that have a date without a place of its own: they hold the dates that say the same year or month."""

    def __init__(self, notice: Notice) -> None:
        extents: dict[str, list[tuple[int, int]]] = {}
        for span, date in _dated(notice):
            for key in ("", date[:4], date[4:7]):
                extents.setdefault(key, []).append((span.start, span.end))
        self._places = {key: Places(of) for key, of in extents.items()}

    def hold(self, words: str, start: int, end: int) -> bool:
        year, month = _DIGIT_YEAR.search(words), _MONTH.search(words)
        key = year[0] if year else f"-{int(month[1]):02}" if month else ""
        return key in self._places and self._places[key].touches(start, end)


def _dated(notice: Notice) -> Iterator[tuple[Span, str]]:
    """The places where the date of a milestone, or of coming into force, may stand, with that date."""
    for task in notice.tasks:
        for step in task.milestones:
            yield step.span, step.date
            if step.rule in ("head", "heading"):
                yield from ((span, step.date) for span in task.spans)
    for duty in notice.duties:
        yield from ((duty.span if step.rule == "clause" else step.span, step.date) for step in duty.milestones)
    if notice.effective:
        for span in notice.effective.spans:
            yield from ((span, date) for date in (notice.effective.start, notice.effective.end) if date)


def coverage(text: Text, notice: Notice) -> tuple[Occurrence, ...]:
    """All occurrences in ``text``, the published text of ``notice``, in order, each with what became of it."""
    year = int(notice.issue_date[:4]) if notice.issue_date else None
    used = _used(notice)
    dated = _Dated(notice)
    stated = (notice.document_number, *(citation.document_number for citation in notice.citations))
    known = {
        text[start:] for number in stated if number for text in [number.text] for start in (0, _behind_organ(text))
    }
    starts = [block.span.start for block in notice.blocks]
    own = "".join([notice.title or "", *(part.title or "" for part in notice.parts)])
    doubts = {finding.code for finding in notice.findings}
    sets_nothing: frozenset[Kind] = frozenset()
    if "not-a-notice" in doubts:
        sets_nothing = frozenset(("number", "date", "organ", "title", "row"))
    elif "speech" in doubts:
        sets_nothing = frozenset(("number",))
    reported = Places((span.start, span.end) for span in (*_reports(notice), *_reporting_chapters(text, notice, year)))
    again = Places(_repeated(text.value, [notice.title, *(part.title for part in notice.parts)]))
    issuers = {party.name for party in notice.issuers}
    articles = [text.from_source(span.start, span.end) for span in _articles(notice)]
    made = []
    for kind, start, end, status, code in scan(text.value, year, articles):
        span = text.to_source(start, end)
        block = notice.blocks[bisect_right(starts, span.start) - 1].kind if notice.blocks else ""
        first, last = span.start, max(span.end, span.start + 1)
        if any(places.touches(first, last) for places in used[kind]) or (
            kind == "date" and dated.hold(text.value[start:end], first, last)
        ):
            status = "used"
            code = code if kind == "number" and code not in _NO_DOUBT else None
        elif block in _NOTHING_IN:
            status, code = "explained", "boilerplate"
        elif (
            kind == "document_number" and (read := document_numbers.parse(text.value[start:end])) and read.text in known
        ) or (kind == "title" and text.value[start + 1 : end - 1] in own):
            status, code = "explained", "restated"
        elif kind in _REPORTED and status != "explained" and block == "adoption":
            status, code = "explained", "past"
        elif (
            kind in _REPORTED
            and status != "explained"
            and (again.holds(start, end) or (kind == "organ" and _line_at(text.value, start, end) in issuers))
        ):
            status, code = "explained", "restated"
        elif kind == "marker" and block in ("attachment-list", "list-item"):
            status = "used"
        elif kind in sets_nothing and status != "explained":
            status, code = "explained", "kind"
        elif status != "explained" and kind in _REPORTED and reported.touches(first, last):
            status, code = "explained", "background"
        made.append(Occurrence(kind, text.value[start:end], status, code, span))
    return tuple(made)


_NO_DOUBT = ("name_part", "rule", None)
"""Codes that a number which is a goal may have."""
_REPORTED: tuple[Kind, ...] = ("number", "date", "organ")
"""What commits nobody in a section that tells how things are."""


def _line_at(value: str, start: int, end: int) -> str:
    """The line that holds an organ, if it is short enough to be a signature."""
    low, high = max(start - _LONGEST_PLACE, 0), end + 2 * _LONGEST_PLACE
    begin, stop = value.rfind("\n", low, start) + 1 or low, value.find("\n", end, high)
    return value[begin : stop if stop >= 0 else high].strip()


def _articles(notice: Notice) -> Iterator[Span]:
    """The texts of the articles of rules, and of the items in them."""
    inside: set[str] = set()
    for section in notice.sections:
        if _ARTICLE.match(section.marker) or section.parent in inside:
            inside.add(section.id)
            yield from section.paragraphs


def _repeated(value: str, titles: Iterable[str | None]) -> Iterator[tuple[int, int]]:
    """Where the titles of the notice and of its parts stand."""
    for title in {title for title in titles if title and len(title) >= _SHORTEST_TITLE}:
        yield from (match.span() for match in re.finditer(re.escape(title), value))


def _reports(notice: Notice) -> Iterator[Span]:
    """The texts of the parts and sections whose titles, or headings above them, say that they report how things are."""
    reporting: set[str] = set()
    for part in notice.parts:
        if part.title and headings.tells_results(part.title):
            yield part.span
    for section in notice.sections:
        title = section.title if section.titled and section.title else ""
        if headings.reports(title) or (section.parent in reporting and not headings.sets_goals(title)):
            reporting.add(section.id)
            yield from section.paragraphs


def _reporting_chapters(text: Text, notice: Notice, year: int | None) -> Iterator[Span]:
    """The chapters without a number that report how things are: 2023年工作回顾."""
    ends = accumulate(len(block.text) for block in notice.blocks)  # they tile the text
    pieces = [Piece(block.kind, end - len(block.text), end) for block, end in zip(notice.blocks, ends, strict=True)]
    begin = (text.from_source(part.span.start, part.span.end)[0] for part in notice.parts)
    found = list(chapters_of(text.value, pieces, begin, year))
    for chapter, following in itertools.zip_longest(found, found[1:]):
        if chapter.reports:
            yield text.to_source(chapter.start, following.start if following else len(text.value))


_UNREAD: dict[Kind, str] = {
    "number": "unread-number",
    "date": "unread-date",
    "organ": "unread-organ",
    "organ_in_clause": "unread-organ",
    "document_number": "unread-document-number",
}
"""The codes of the findings for what is unread, by kind."""
_EACH_AS_A_FINDING = 5  # places of a code; the rest is counted


def unread(occurrences: Iterable[Occurrence]) -> Iterator[Finding]:
    """A finding for each unread place, up to a number of them for each code, and one that counts the rest."""
    found: dict[str, list[Occurrence]] = {}
    for one in occurrences:
        if one.status == "unread":
            found.setdefault(_UNREAD[one.kind], []).append(one)
    for code, places in sorted(found.items()):
        for one in places[:_EACH_AS_A_FINDING]:
            yield finding(code, one.span, words=one.text)
        if rest := places[_EACH_AS_A_FINDING:]:
            yield finding("unread-places", rest[0].span, count=len(rest), kind=code)


def summary(occurrences: Iterable[Occurrence], damaged: int) -> Coverage:
    """How many occurrences of each kind there are, by status, beside the places that are ``damaged``."""
    counts: Counter[tuple[Kind, Status]] = Counter()
    suspects = 0
    for one in occurrences:
        counts[one.kind, one.status] += 1
        suspects += one.is_suspect

    def count(kind: Kind) -> CoverageCount:
        each = [counts[kind, status] for status in STATUSES]
        return CoverageCount(sum(each), *each)

    return Coverage(
        numbers=count("number"),
        dates=count("date"),
        organs=count("organ"),
        titles=count("title"),
        document_numbers=count("document_number"),
        markers=count("marker"),
        rows=count("row"),
        organs_in_clauses=count("organ_in_clause"),
        suspects=suspects,
        damaged_places=damaged,
    )


def _places(spans: Iterable[Span | None]) -> Places:
    return Places((span.start, span.end) for span in spans if span is not None)


def _used(notice: Notice) -> dict[Kind, tuple[Places, ...]]:
    """The places of the values that may hold an occurrence, by its kind."""
    cells: list[Span | None] = [cell.span for table in notice.tables for row in table.rows for cell in row]
    head: list[Span | None] = [
        notice.spans.title,
        *(span for part in notice.parts for span in part.title_spans),
        *(passage.span for passage in (*notice.copied_to, *notice.attachments, *notice.signers)),
        *(field.span for field in (notice.page.fields if notice.page else ())),
        notice.print.span if notice.print else None,
    ]
    organs_: list[Span | None] = [
        *(span for unit in notice.units for span in unit.spans),
        *(party.span for party in (*notice.issuers, *notice.recipients)),
        *(actor.span for task in notice.tasks for measure in task.measures for actor in measure.actors),
        *(actor.span for duty in notice.duties for actor in duty.actors),
        *(unit.span for task in notice.tasks for unit in task.responsible_units),
    ]
    numbers: list[Span | None] = [
        *(target.value_span for target in notice.targets),
        *(span for target in notice.targets for span in target.spans[1:]),  # the same goal again
        *(target.baseline.span for target in notice.targets if target.baseline),
        *(target.scope.span for target in notice.targets if target.scope),
    ]
    when: list[Span | None] = [
        notice.spans.issue_date,
        *(part.period.span for part in notice.parts if part.period),
        *(span for target in notice.targets for span in target.deadline_spans),
        *(target.baseline.span for target in notice.targets if target.baseline),
        *(span for task in notice.tasks for span in task.deadline_spans),
        *(duty.recurrence_span for duty in notice.duties),
    ]
    cited: list[Span | None] = [mention.span for citation in notice.citations for mention in citation.mentions]
    number = [
        one.span for one in (notice.document_number, *(cited.document_number for cited in notice.citations)) if one
    ]
    marks: list[Span | None] = [
        Span(section.span.start, section.span.start + max(len(section.marker), 1))
        for section in notice.sections
        if section.span.end > section.span.start
    ]
    tasks: list[Span | None] = [span for task in notice.tasks for span in task.spans]
    lines: list[Span | None] = [
        *tasks,
        *(span for target in notice.targets for span in target.spans),
        *(section.span for section in notice.sections),
        *(passage.span for passage in notice.notes),
    ]
    anywhere = _places([*cells, *head])
    of_organs, of_dates, of_goals, of_citations = map(_places, (organs_, when, numbers, cited))
    return {
        "number": (of_goals, anywhere),
        "date": (of_dates, of_goals, anywhere),
        "organ": (of_organs, anywhere),
        "organ_in_clause": (of_organs, anywhere),
        "title": (of_citations, anywhere),
        "document_number": (_places(number), of_citations, anywhere),
        "marker": (_places([*marks, *(Span(span.start, span.start + 1) for span in tasks if span)]), anywhere),
        "row": (_places([*lines, *number]), of_organs, of_dates, of_citations, anywhere),
    }
