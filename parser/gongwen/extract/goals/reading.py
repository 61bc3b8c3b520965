"""The goals of running text: each number that could be one with what speaks for and against it, comparisons, and results without a number.

A deadline governs what follows it in its sentence; at the head of a sentence, the rest of the paragraph; in a heading or a
paragraph that ends in a colon, what stands below. 每年 governs the rest of its sentence.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from heapq import merge
from operator import attrgetter
from typing import NamedTuple, TypeVar

from gongwen.document import Extent, Outline, Piece
from gongwen.extract.goals.chapters import Chapter, chapters
from gongwen.extract.goals.goal import Goal, GoalBaseline, Weighed
from gongwen.extract.goals.grammar import indicator, is_year_compared_with, responsible, subject_of, without_lead
from gongwen.extract.tasks import tables as task_tables
from gongwen.lexicon import comparisons, deadlines, dimensions, headings, markers, quantities, vocabulary
from gongwen.lexicon import goals as goal_words
from gongwen.lexicon.deadlines import Deadline
from gongwen.lexicon.goal_evidence import (
    BESIDE_A_GOAL,
    GOVERNED_BY_DEADLINE,
    IN_A_REPORT,
    IN_GOALS_SECTION,
    LEAD,
    PART_OF_NO_GOAL,
    PAST,
    RECURRING,
    THRESHOLD,
    UNDER_A_DATED_HEADING,
    Evidence,
    shown,
    weight,
)
from gongwen.lexicon.goals import Meaning, Sign
from gongwen.lexicon.quantities import Quantity
from gongwen.lexicon.units import ends_like
from gongwen.model import Strength

_CELL = "table-cell"
_RUNNING = {"paragraph", "list-item", "item", "heading", _CELL, "closing"}
# A tab ends a cell of a table; a bracket counts as a whole, if it closes.
_SENTENCE_END = re.compile(r"[。；！？\n\t]")
_CLAUSE_END = re.compile(r"[，。；：！？\n\t（(](?:(?<=[（(])[^（）()\n]{0,80}[）)])?")
_EACH = "分别"
_OF_WHICH = "其中"
_LIST_MARK = re.compile(r"[、和及与]|以及")
_REACH = 150  # characters on either side of a number that speak for or against it: a longer clause is a list
_INTRODUCES = ("：\n", "：")
_LONGEST_INTRODUCTION = 80  # characters before a colon
_LONGEST_PLACE = 6  # characters of the name of a place in a list of places, known or not
_EDGES = "，。；：、！？ \n"
_LONGEST_LEAD = 6  # characters before a deadline that heads a sentence: 力争, 确保
_NEAREST_DEADLINES = 8  # deadlines and recurrences before a number that may govern it
_SHORTEST_GOAL = 6  # characters
_LONGEST_DATE = 14  # characters of a date at the head of a clause, with 力争
# 由45%提高到80%: the first number is what the second is compared with.
_FROM = re.compile(r"[由从](?:[^，。；、由从0-9]{0,6}(?:20[0-9]{2}年(?:底|末)?的?)?)?(?:平均|[约近])?\Z")
_CAME_FROM = re.compile(
    r"[由从][^，。；、由从]{0,12}[0-9][^，。；、]{0,12}[到至为](?:20[0-9]{2}年(?:底|末)?的?)?(?:平均|[约近])?\Z"
)
_YEARLY = "年均"
_BRACKET = re.compile(r"[（(](?=其中|[^（）()]*[0-9])")  # what it says of parts, not 首台（套）
_DATE_AT_END = re.compile(r"20[0-9]{2}年(?:底|末)?的\Z")  # 提高到2022年的80%
_LONGEST_TITLE = 150  # characters
_LARGEST_OF_NAMES = 20  # Chinese numerals up to here name and list things: 三个阶段, 十大工程
_LONGEST_SENTENCE = 900  # characters
_LONGEST_CLAUSE = 300  # characters: a longer stretch without a stop is a list or a lost table


@vocabulary.compiled
def _list_head() -> re.Pattern[str]:
    """The marker of a list within a sentence, at the head of a clause: 一是新建泵站20座；二是…"""
    return re.compile(rf"[，。；：、 ]*{markers.clause_marker()}")


@vocabulary.compiled
def _on_to() -> re.Pattern[str]:
    """What leads from the number that a goal starts from to the one that is to be reached: 由45%提高到80%."""
    bound = vocabulary.alternation("goal_words", "behind")
    manner = vocabulary.alternation("indicator_words", code="lead")
    change = vocabulary.alternation("goal_words", "change")
    return re.compile(rf"(?:{bound}|左右)?(?:{manner})?(?:{change})[到至为]")


@vocabulary.compiled
def _own_period() -> re.Pattern[str]:
    """A period of its own, which ends what recurs: 每年举办一次，3年建成100个."""
    aim = vocabulary.alternation("goal_words", "aim")
    return re.compile(rf"[，；](?:{aim}|用)?(?:[0-9]|[一二两三四五六七八九])年(?![年度均级])")


class _Shared(NamedTuple):
    """Numbers that 分别, which stands at ``at``, ties to the subjects before it, one each."""

    at: int
    numbers: list[Quantity]


class Reading:
    """One reading of a text, line by line."""

    def __init__(self, outline: Outline, issue_date: str | None, year: int | None) -> None:
        self.value = outline.text.value
        self.pieces = outline.pieces
        self.items = outline.items
        self.issue_date = issue_date
        self.issue_year = int(issue_date[:4]) if issue_date else None
        self.year = year  # of terms that name none
        self.chapters = list(chapters(outline, self.issue_year))
        # Cells say in sentences what is to be done in tables of tasks only; figures in others are for goal_tables.
        self.cells = [wording for table in outline.tables for wording in task_tables.wordings(self.value, table)]
        self.item_starts = [item.start for item in outline.items]
        self.reports = (
            any(headings.reports(self.value[start:end]) for start, end in outline.parts[0].title)
            if outline.parts
            else False
        )
        self.in_report: list[bool] = []  # by item: whether it stands in a section that reports how things are
        self.in_goals: list[bool] = []  # by item: whether it stands in a section of goals
        # By item: whether it stands in one whose sentences set goals from one that opens with a term on.
        self.in_general: list[bool] = []
        self.carried = _Carried()
        self.weighed: list[Weighed] = []  # numbers that could be goals
        self.ambiguous: list[Extent] = []  # digits of which nobody can say what number they are
        self.standing: list[Deadline | None] = []  # by item: the deadline that its headings state
        titles = [self.value[item.title.start : item.title.end] if item.title else "" for item in outline.items]
        # 一、总体要求和主要目标 with （一）总体要求 and （二）主要目标 below it: goals stand in the latter only.
        told_below = {
            item.parent for item, title in zip(outline.items, titles, strict=True) if headings.sets_goals(title)
        }
        for item, title in zip(outline.items, titles, strict=True):
            above = item.parent
            inherits = above is not None and self.in_goals[above] and above not in told_below
            self.in_goals.append(headings.sets_goals(title) or inherits)
            self.in_general.append(headings.is_general(title) or (above is not None and self.in_general[above]))
            reported = above is not None and self.in_report[above] and not headings.sets_goals(title)
            self.in_report.append(headings.reports(title) or reported)
            stated = None
            if item.title and "年" in title:
                stated = next(
                    (d for d in deadlines.in_heading(self.value, *item.title, self.issue_year) if d.date and d.stated),
                    None,
                )
            self.standing.append(stated or (None if above is None else self.standing[above]))

    def goals(self) -> Iterator[Goal]:
        """The goals of every line of running text, in order."""
        lines = list(self._lines())
        starts = [line.start for line in lines]
        stated: dict[int, tuple[list[Quantity], list[re.Match[str]]]] = {}
        for number in self._numbers():
            stated.setdefault(bisect_right(starts, number.start) - 1, ([], []))[0].append(number)
        for match in comparisons.find(self.value):
            stated.setdefault(bisect_right(starts, match.start()) - 1, ([], []))[1].append(match)
        goals_below = any(self.in_goals) or any(self.in_general)
        dated = {cell.extent.start for cell in self.cells if cell.dated}
        for at, line in enumerate(lines):
            if line.kind not in _RUNNING:
                continue
            if at in stated:
                numbers, compared = stated[at]
                numbers = [number for number in numbers if number.end <= line.end]
                compared = [match for match in compared if match.end() <= line.end]
                yield from _Line(self, line, numbers, compared, line.start in dated).goals()
            elif self.value.endswith(_INTRODUCES, line.start, line.end) or (
                goals_below
                and (item := self.item_at(line.end - 1)) is not None
                and (self.in_goals[item] or self.in_general[item])
            ):
                yield from _Line(self, line, [], [], line.start in dated).goals()

    def _lines(self) -> Iterator[Piece]:
        """The pieces of the text, with the cells of tables of tasks that may hold goals in the place of rows."""
        cells = [Piece(_CELL, *cell.extent) for cell in self.cells]
        pieces = [piece for piece in self.pieces if piece.kind != "table-row"]
        return merge(pieces, cells, key=attrgetter("start"))

    def _numbers(self) -> Iterator[Quantity]:
        """The numbers of the text that may be goals: those of titles are none."""
        for found in quantities.find(self.value):
            if isinstance(found, Extent):
                self.ambiguous.append(found)
            elif not self._in_a_title(found.start):
                yield found

    def _in_a_title(self, position: int) -> bool:
        window = max(0, position - _LONGEST_TITLE)
        return self.value.rfind("《", window, position) > self.value.rfind("》", window, position)

    def reports_at(self, item: int | None, position: int) -> bool:
        """Whether the document, the section or the chapter tells how things are: 统计公报, 一、发展基础."""
        if self.reports or (item is not None and self.in_report[item]):
            return True
        chapter = self._chapter_at(position)
        return chapter is not None and chapter.reports

    def standing_at(self, item: int | None, position: int) -> Deadline | None:
        """The term that the headings above state: those of the sections, the nearest first, and that of the chapter."""
        if item is not None and self.standing[item]:
            return self.standing[item]
        chapter = self._chapter_at(position)
        return chapter.term if chapter else None

    def _chapter_at(self, position: int) -> Chapter | None:
        at = bisect_right(self.chapters, position, key=attrgetter("start")) - 1
        return self.chapters[at] if at >= 0 else None

    def stands_in(self, item: int | None, outer: int) -> bool:
        """Whether an item is ``outer`` or stands below it."""
        while item is not None and item > outer:
            item = self.items[item].parent
        return item == outer

    def item_at(self, position: int) -> int | None:
        index = bisect_right(self.item_starts, position) - 1
        return index if index >= 0 else None


class _Carried(NamedTuple):
    """What a paragraph that ends in a colon or stands among goals says of what follows it in ``item``: its term, its place."""

    deadline: Deadline | None = None
    place: Extent | None = None
    item: int | None = None


class _Introduction(NamedTuple):
    """What a colon introduces, up to the full stop, and the whole place (全市) that stands before the colon."""

    start: int
    end: int
    place: Extent | None


_Found = TypeVar("_Found", Quantity, Deadline)


def _starting_within(found: list[_Found], start: int, end: int) -> list[_Found]:
    """Those of ``found``, which are in order, that begin between two offsets: a line may hold thousands."""
    begin = attrgetter("start")
    return found[bisect_left(found, start, key=begin) : bisect_left(found, end, key=begin)]


class _Line:
    """A paragraph or an item with the numbers and the comparisons in it."""

    def __init__(
        self,
        reading: Reading,
        piece: Piece,
        numbers: list[Quantity],
        comparisons: list[re.Match[str]],
        dated: bool,
    ) -> None:
        self.dated = dated  # by the row of a table
        self.reading = reading
        self.value = reading.value
        self.numbers, self.comparisons = numbers, comparisons
        self.item = reading.item_at(piece.end - 1)
        own = reading.items[self.item] if self.item is not None else None
        opens = own is not None and piece.start <= own.start < piece.end
        sign = None if opens else markers.list_sign().match(self.value, piece.start, piece.end)
        # A marker is no word of a goal.
        self.start = own.start + len(own.marker) if own and opens else sign.end() if sign else piece.start
        self.end = piece.end
        self.sentence_ends = _bounded(
            [match.end() for match in _SENTENCE_END.finditer(self.value, piece.start, piece.end)],
            piece.start,
            piece.end,
            _LONGEST_SENTENCE,
        )
        breaks = list(_CLAUSE_END.finditer(self.value, piece.start, piece.end))
        self.clause_ends = _bounded(
            [match.end() for match in breaks if match.end() - match.start() == 1],
            piece.start,
            piece.end,
            _LONGEST_CLAUSE,
        )
        self.brackets = [match.span() for match in breaks if match.end() - match.start() > 1]
        self.deadlines = [
            deadlines.resolved(self.value, found, reading.issue_date)
            for found in deadlines.find(self.value, piece.start, piece.end, reading.year)
        ]
        self.heads = [
            found
            for found in self.deadlines
            if deadlines.is_set(self.value, found)
            and deadlines.sets_a_term(self.value, found, self.reading.issue_year)
            and self._heads_its_sentence(found)
        ]
        self.introductions = list(self._introductions())
        if reading.carried.item is not None and not reading.stands_in(self.item, reading.carried.item):
            reading.carried = _Carried()
        self.goals_from = self._goals_from(sign is not None)
        introduces = self.value.endswith(_INTRODUCES, piece.start, piece.end)
        head = self.heads[-1] if self.heads and (introduces or self.goals_from is not None) else None
        if introduces and head is None:
            head = self._term_before_colon()
        of_goals = self.goals_from is not None or (self.heads and self.item is not None)
        place = self.introductions[-1].place if introduces and of_goals and self.introductions else None
        if head or place:
            reading.carried = _Carried(head or reading.carried.deadline, place or reading.carried.place, self.item)
        self.of_sentences: dict[int, list[Evidence]] = {}
        self.of_goals: set[int] = set()  # starts of the sentences that set a goal with a number
        self.taken: set[int] = set()  # starts of the clauses that set a goal with a number or a comparison

    def _goals_from(self, listed: bool) -> int | None:
        """Where in the line goals are set even without numbers; None where they aren't.

        In a section of goals that is the whole line; in one that says what a plan is about, the sentences from one that opens with a term
        on (到2026年，…), and the items of a list (``listed``) below it.
        """
        if self.item is None or self.reading.reports_at(self.item, self.start):
            return None
        if self.reading.in_goals[self.item]:
            return self.start
        if not self.reading.in_general[self.item]:
            return None
        if self.heads:
            return self._within(self.sentence_ends, self.heads[0].start).start
        carried = self.reading.carried
        return self.start if listed and carried.deadline and carried.item == self.item else None

    def _in_goals(self, position: int) -> bool:
        return self.goals_from is not None and position >= self.goals_from

    def _term_before_colon(self) -> Deadline | None:
        """The term with which a line ends that introduces what stands below it: 经过三年努力，到2023年底：."""
        last = self.deadlines[-1] if self.deadlines else None
        if last is None or not last.date or self.end - last.end > _LONGEST_LEAD:
            return None
        return last if deadlines.sets_a_term(self.value, last, self.reading.issue_year) else None

    def goals(self) -> Iterator[Goal]:
        found = [*self._quantified(), *self._compared()]
        if self.goals_from is not None:
            found += self._qualitative(self.goals_from)
        return iter(sorted(found, key=lambda goal: goal.place))

    # goals with a number

    def _quantified(self) -> Iterator[Goal]:
        sentence_of_last_goal = -1
        last: Goal | None = None
        set_goals: set[int] = set()  # starts of the numbers that are goals
        places = self._places()
        for number, place in zip(self.numbers, places, strict=True):
            clause = self._clause(number.start)
            shared = self._shared(clause, number)
            sentence = self._within(self.sentence_ends, number.start)
            if self._is_baseline(number, clause):
                continue
            deadline, recurrence = self._governing(number.start, clause, sentence)
            if shared and (listed := self._listed_deadlines(shared, sentence)):
                deadline = listed[shared.numbers.index(number)]
                place = self._with_deadlines(place, listed)
            evidence = self._evidence(number, clause, sentence, shared)
            if not self._is_to_come(deadline):
                evidence += shown("grown", _DATE_AT_END.sub("", self.value[clause.start : number.start]))
                evidence += shown("grown-sentence", self.value[sentence.start : sentence.end])
            if self.dated or (deadline and deadlines.is_set(self.value, deadline)):
                evidence.append(GOVERNED_BY_DEADLINE)
            if recurrence:
                evidence.append(RECURRING)
            if sentence.start == sentence_of_last_goal:
                evidence.append(BESIDE_A_GOAL)
            outer = self._number_of_whole(number, sentence)
            if outer is not None and outer.start not in set_goals:
                evidence.append(PART_OF_NO_GOAL)
            self.reading.weighed.append(Weighed(Extent(number.start, number.end), tuple(evidence)))
            if weight(evidence) < THRESHOLD:
                continue
            set_goals.add(number.start)
            sentence_of_last_goal = sentence.start
            self.taken.add(clause.start)
            self.of_goals.add(sentence.start)
            above = last if last and last.number and sentence.start <= last.number.start else None
            last = self._goal(number, place, clause, sentence, deadline, recurrence, shared, above)
            last.evidence = tuple(evidence)
            yield last

    def _shared(self, clause: Extent, number: Quantity) -> _Shared | None:
        """The numbers of a clause that 分别 ties to the subjects before it, if ``number`` is one of them."""
        low = max(clause.start, number.start - _REACH)
        at = self.value.find(_EACH, low, number.start)
        if at < 0:
            return None
        numbers = _starting_within(self.numbers, at + 1, clause.end)
        return _Shared(at, numbers) if len(numbers) > 1 else None

    def _is_baseline(self, number: Quantity, clause: Extent) -> bool:
        """Whether a number is the one that a goal starts from: 由45%提高到80%."""
        return bool(
            _on_to().match(self.value, number.end, clause.end)
            and _FROM.search(self.value, max(clause.start, number.start - _REACH), number.start)
        )

    def _listed_deadlines(self, shared: _Shared, sentence: Extent) -> list[Deadline]:
        """The deadlines that 分别 gives to the numbers where as many are listed: 到2025年、2030年，分别达到80%和95%."""
        listed = [found for found in _starting_within(self.deadlines, sentence.start, shared.at) if found.date]
        together = all(
            _LIST_MARK.fullmatch(self.value, one.end, other.start) for one, other in itertools.pairwise(listed)
        )
        return listed if together and len(listed) == len(shared.numbers) else []

    def _evidence(self, number: Quantity, clause: Extent, sentence: Extent, shared: _Shared | None) -> list[Evidence]:
        """What speaks for the number being a goal and against it, but for what governs it."""
        value = self.value
        start, end = max(clause.start, number.start - _REACH), min(clause.end, number.end + _REACH)
        first = (
            max(start, shared.numbers[0].start) if shared else number.start
        )  # what stands before them is said of all
        before, written = _DATE_AT_END.sub("", value[start:first]), value[number.start : number.end]
        after = value[number.end : end].rstrip("，。；：、（(\n")
        found = [
            *shown("before", before),
            *shown("lead", before[-LEAD:]),
            *shown("number", written),
            *shown("after", after),
            *shown("clause", value[start:end]),
            *shown("around", f"{before}\0{written}\0{after}"),
        ]
        if "元" in written or "亿" in written:
            found += shown("money", after)
        if number.spoken:
            named = number.number is None or Decimal(number.number) <= _LARGEST_OF_NAMES
            found += shown("chinese" if named else "spoken", before or "。")
        if sentence.start not in self.of_sentences:
            self.of_sentences[sentence.start] = shown("sentence", value[sentence.start : sentence.end])
        found += self.of_sentences[sentence.start]
        if self._in_goals(number.start):
            found.append(IN_GOALS_SECTION)
        if self.reading.reports_at(self.item, number.start):
            found.append(IN_A_REPORT)
        elif (above := self.reading.standing_at(self.item, number.start)) and above.date:
            found.append(UNDER_A_DATED_HEADING)
        if self._is_past(number.start, sentence):
            found.append(PAST)
        return found

    def _goal(
        self,
        number: Quantity,
        place: Extent,
        clause: Extent,
        sentence: Extent,
        deadline: Deadline | None,
        recurrence: Deadline | None,
        shared: _Shared | None,
        above: Goal | None,
    ) -> Goal:
        """The goal that a number sets; ``above`` is the goal before it in the same sentence."""
        first, last = (shared.numbers[0], shared.numbers[-1]) if shared else (number, number)
        before = self.value[self._after_deadline(place.start, deadline, first.start) : first.start]
        after = _BRACKET.split(self.value[last.end : place.end], maxsplit=1)[0]
        unit = number.unit
        subject = before.partition(_EACH)[0]
        bound = number.bound
        if shared:
            subjects = _LIST_MARK.split(subject)
            if len(subjects) == len(shared.numbers):
                own = subjects[shared.numbers.index(number)]
                # 电视、网络覆盖率: what all measure may stand in the last alone, behind as many characters as the others have.
                lengths = {len(one) for one in subjects[:-1]}
                tail = subjects[-1][len(own) :] if len(lengths) == 1 and own is not subjects[-1] else ""
                subject = subject if len(lengths) > 1 and len(subjects[-1]) > len(own) + 1 else own + tail
            bound = bound or last.bound  # 分别达到95%和80%以上
            whole = last.unit or ""
            if unit and unit != whole and whole.startswith(unit) and _LIST_MARK.match(self.value, number.end):
                unit = whole  # 4个、2个工作日以内
        baseline = None
        if came_from := _CAME_FROM.search(subject):
            baseline = self._start(came_from, first.start - len(before), unit)
            subject = subject[: came_from.start()]
        scope = goal_words.scope(before)
        # 培育企业100家，其中河口县40家、青禾县30家: the places share what is counted before them.
        same = above is not None and _same_dimension(unit, above.unit)
        if scope is None and same and above and self._names_another_place(before, above.scope):
            scope = 0, len(before)
        if scope and subject.startswith(before[: scope[1]]):
            does = without_lead(before[scope[1] :].removeprefix("重点").lstrip("均各"))
            heads = not indicator(before[: scope[0]], "") and not goal_words.whole(before)
            if goal_words.is_short_verb(does):
                subject = ""  # 每县建1个示范园: 示范园 are counted
            elif goal_words.acts(does) or (heads and not does):
                subject = does
        at = first.start - len(before)
        low = clause.start if shared else place.start
        goes_on = (
            above
            and above.number
            and (clause.start <= above.number.start or self.value.startswith(_OF_WHICH, clause.start))
        )
        meant = self._meaning(low, first.start, bound, unit, above if goes_on else None)
        if recurrence is None and (yearly := self.value.rfind(_YEARLY, low, number.start)) >= 0:
            recurrence = Deadline(yearly, yearly + len(_YEARLY), None, _YEARLY, False)
        strength, striving = self._strength(sentence, first.start, deadline)
        if (
            baseline is None
            and meant.direction
            and (compared := goal_words.compared_with(self.value, clause.start, first.start))
        ):
            baseline = GoalBaseline(None, None, compared[1], compared[0])
        named = Extent(at + scope[0], at + scope[1]) if scope else self._whole_place(number.start, sentence)
        listed = above.indicator if above and not subject and same else None
        return Goal(
            "quantified",
            self._with_deadlines(place, [deadline] if deadline else []),
            value=number.number,
            value_max=number.most,
            value_text=self.value[number.start : number.end],
            unit=unit,
            meaning=meant,
            signs=_signs(*meant.signs, striving, recurrence),
            number=Extent(number.start, number.end),
            baseline=baseline,
            strength=strength,
            scope=named,
            indicator=indicator(subject, after) or listed or self._subject_before(clause),
            deadline=deadline,
            recurrence=recurrence.recurrence if recurrence else None,
            item=self.item,
        )

    def _whole_place(self, position: int, sentence: Extent) -> Extent | None:
        """The whole place that a goal is for: 全市, named last before it in its sentence, or in what introduces it with a colon."""
        if wide := goal_words.whole(self.value[sentence.start : position]):
            return Extent(sentence.start + wide[0], sentence.start + wide[1])
        at = bisect_right(self.introductions, position, key=attrgetter("start")) - 1
        if at < 0:
            return self.reading.carried.place
        return self.introductions[at].place if position < self.introductions[at].end else None

    def _names_another_place(self, words: str, other: Extent | None) -> bool:
        """Whether ``words`` are the name of a place, known or not, behind the number of ``other``, which is one by its name: not 全市 or 各县."""
        return (
            other is not None
            and len(words) <= _LONGEST_PLACE
            and ends_like(words, "place")
            and goal_words.is_named(self.value[slice(*other)])
        )

    def _introductions(self) -> Iterator[_Introduction]:
        """What introduces with a colon in this line: 到2025年，全市要达到：."""
        stop, behind = -1, self.start
        while (colon := self.value.find("：", behind, self.end)) >= 0:
            low = max(behind, colon - _LONGEST_INTRODUCTION)
            begin = max(low, *(self.value.rfind(mark, low, colon) + 1 for mark in "。！？\n"))
            behind = colon + 1
            if begin == colon:
                continue
            if stop < behind:
                stop = self.value.find("。", behind, self.end)
                stop = self.end if stop < 0 else stop
            wide = goal_words.whole(self.value[begin:behind])
            place = Extent(begin + wide[0], begin + wide[1]) if wide else None
            yield _Introduction(behind, stop, place)

    def _meaning(self, low: int, number: int, behind: Extent | None, unit: str | None, above: Goal | None) -> Meaning:
        """How a number is meant. One of a list that has no verb of its own changes as the one before it: 新增泵站10座、水闸5座，其中…3座."""
        meant = goal_words.meaning(self.value, low, number, behind, unit)
        if above is None or above.meaning is None or above.meaning.change != "by":
            return meant
        if meant.direction or goal_words.acts_in(self.value, low, number):
            return meant
        if not _same_dimension(unit, above.unit):
            return meant
        changing = [sign for sign in above.signs if "direction" in sign.tells]
        return meant._replace(direction=above.meaning.direction, change="by", signs=(*changing, *meant.signs))

    def _start(self, came_from: re.Match[str], offset: int, unit: str | None) -> GoalBaseline | None:
        """What the number of a goal is raised or lowered from: the number in 由2019年的45%提高到."""
        start, end = offset + came_from.start(), offset + came_from.end()
        number = next(iter(_starting_within(self.numbers, start, end)), None)
        if number is None or number.number is None:
            return None
        dated = next((found.date for found in _starting_within(self.deadlines, start, number.start)), None)
        return GoalBaseline(number.number, number.unit or unit, dated, Extent(start, number.end))

    def _places(self) -> list[Extent]:
        """For each number the words that state its goal: its clause, cut between two numbers at the mark that lists them.

        分别 ties the numbers of a clause to one another: 分别达到65%和55% is quoted whole for both.
        """
        clauses = [self._clause(number.start) for number in self.numbers]
        places = []
        start = -1
        for index, (number, clause) in enumerate(zip(self.numbers, clauses, strict=True)):
            start = max(start, clause.start)
            end = clause.end
            together = self.value.find(_EACH, max(clause.start, number.start - _REACH), number.start) >= 0
            if index + 1 < len(clauses) and clauses[index + 1] == clause and not together:
                mark = _LIST_MARK.search(self.value, number.end, self.numbers[index + 1].start)
                end = mark.start() if mark else clause.end
                places.append(self._trim(start, end))
                start = mark.end() if mark else start
            else:
                places.append(self._trim(clause.start if together else start, end))
        return places

    def _with_deadlines(self, place: Extent, listed: list[Deadline]) -> Extent:
        """The place with the clause before it, where that says nothing but deadlines: 到2025年，… or 到2025年、2030年，…"""
        if not listed or listed[0].start >= place.start or listed[0].start < self.start:
            return place
        between = self.value[listed[-1].end : place.start]
        return Extent(listed[0].start, place.end) if between.strip("，： ") == "" else place

    @staticmethod
    def _after_deadline(start: int, deadline: Deadline | None, end: int) -> int:
        """Where the words between ``start`` and ``end`` begin once a deadline at their head is left out."""
        return (
            max(start, deadline.end)
            if deadline and deadline.start <= start + _LONGEST_LEAD and deadline.end <= end
            else start
        )

    def _subject_before(self, clause: Extent) -> str | None:
        """What the clause before speaks of, for a clause that has no subject of its own: …的比例年均增长…，到2025年力争达到12.5%."""
        previous = self._clause(clause.start - 1) if clause.start > self.start else None
        if previous is None:
            return None
        words = self.value[previous.start : previous.end].rstrip("，。；：")
        subject = subject_of(words)
        return indicator(subject, "") if subject else None

    # goals without a number

    def _compared(self) -> Iterator[Goal]:
        for match in self.comparisons:
            clause = self._clause(match.start())
            sentence = self._within(self.sentence_ends, match.start())
            words = self.value[clause.start : match.start()] + self.value[match.end() : clause.end]
            if (
                clause.start in self.taken
                or comparisons.tells_how_things_are(words)
                or self.reading.reports_at(self.item, match.start())
            ):
                continue
            deadline, recurrence = self._governing(match.start(), clause, sentence)
            closes = self.value[match.end() : clause.end].strip("，。；\n") == ""
            beside = closes and match["state"] is not None and sentence.start in self.of_goals
            if not (
                self._in_goals(match.start())
                or beside
                or (deadline and deadline.date)
                or comparisons.sets(words + match[0])
            ):
                continue
            self.taken.add(clause.start)
            place = self._trim(clause.start, clause.end)
            state = match["state"] is not None
            bound = goal_words.comparison(self.value, *match.span())
            strength, striving = self._strength(sentence, match.start(), deadline)
            yield Goal(
                "qualitative" if state else "relative",
                self._with_deadlines(place, [deadline] if deadline else []),
                meaning=Meaning(None, None, bound[0], ()) if bound else None,
                signs=_signs(bound[1] if bound else None, striving, recurrence),
                strength=strength,
                scope=self._whole_place(match.start(), sentence),
                indicator=indicator(
                    self.value[self._after_deadline(place.start, deadline, match.start()) : match.start()], ""
                ),
                deadline=deadline,
                recurrence=recurrence.recurrence if recurrence else None,
                item=self.item,
            )

    def _qualitative(self, first: int) -> Iterator[Goal]:
        """Among goals, each clause from ``first`` on that states an outcome and has no number."""
        title = self.reading.items[self.item].title if self.item is not None else None
        start = max(self.start, title.end) if title and title.start >= self.start else self.start
        for end in [*self.clause_ends, self.end]:
            place = self._trim(start, end)
            clause_start, start = start, end
            if clause_start < first:
                continue
            words = self.value[place.start : place.end]
            if clause_start in self.taken or len(words) < _SHORTEST_GOAL or self.value[end - 1 : end] == "：":
                continue
            sentence = self._within(self.sentence_ends, clause_start)
            deadline, recurrence = self._governing(clause_start, Extent(clause_start, end), sentence)
            own = deadline if deadline and place.start <= deadline.start < place.end else None
            said = self.value[own.end : place.end] if own and own.end - place.start <= _LONGEST_DATE else words
            if len(said) < _SHORTEST_GOAL or said[-1].isdecimal() or not goal_words.states_outcome(said):
                continue
            strength, striving = self._strength(sentence, place.end, deadline)
            yield Goal(
                "qualitative",
                place,
                strength=strength,
                signs=_signs(striving, recurrence),
                deadline=deadline,
                recurrence=recurrence.recurrence if recurrence else None,
                item=self.item,
            )

    # where things stand

    def _within(self, ends: list[int], position: int) -> Extent:
        index = bisect_right(ends, position)
        return Extent(ends[index - 1] if index else self.start, ends[index] if index < len(ends) else self.end)

    def _bracket(self, position: int) -> Extent | None:
        """The brackets around a position, with their signs."""
        index = bisect_right(self.brackets, (position, self.end)) - 1
        return Extent(*self.brackets[index]) if index >= 0 and position < self.brackets[index][1] else None

    def _number_of_whole(self, number: Quantity, sentence: Extent) -> Quantity | None:
        """The number before brackets in which ``number`` is a part of it: 59人（其中水利组2人）."""
        bracket = self._bracket(number.start)
        if bracket is None or not self.value.startswith(_OF_WHICH, bracket.start + 1):
            return None
        index = bisect_left(self.numbers, bracket.start, key=attrgetter("start")) - 1
        return self.numbers[index] if index >= 0 and self.numbers[index].start >= sentence.start else None

    def _clause(self, position: int) -> Extent:
        """The clause at a position; what stands in brackets is a clause of its own for the numbers in it."""
        if bracket := self._bracket(position):
            start, end = bracket
            marks = [at for at in range(start + 1, position) if self.value[at] in "，；：。"]
            stops = [at for at in range(position, end - 1) if self.value[at] in "，；：。"]
            return Extent((marks[-1] if marks else start) + 1, stops[0] if stops else end - 1)
        return self._within(self.clause_ends, position)

    def _trim(self, start: int, end: int) -> Extent:
        """The extent without stops and blanks at its ends, 一是 before it and a clause of responsibility behind it."""
        if head := _list_head().match(self.value, start, end):
            start = head.end()
        words = self.value[start:end].rstrip(_EDGES)
        if clause := responsible().search(words):
            words = words[: clause.start()]
        end = start + len(words.rstrip(_EDGES + "（("))
        return Extent(min(end, start + len(words) - len(words.lstrip("，。；：、 -—－"))), end)

    def _governing(self, position: int, clause: Extent, sentence: Extent) -> tuple[Deadline | None, Deadline | None]:
        """The deadline and the recurrence that govern a position: the nearest before it in the sentence, else one at the head of an
        earlier sentence of the line, else one behind it in its clause, else what stands above."""
        recurrence: Deadline | None = None
        index = bisect_right(self.deadlines, (position,))
        # among goals, a term governs what stands behind a semicolon, too
        low = (
            max(self.start, self.value.rfind("。", self.start, position) + 1)
            if self._in_goals(position)
            else sentence.start
        )
        for found in reversed(self.deadlines[max(0, index - _NEAREST_DEADLINES) : index]):
            if found.start < low:
                break
            if found.recurrence:
                if found.start >= sentence.start and not _own_period().search(self.value, found.end, position):
                    recurrence = recurrence or found
            elif self._sets_a_term(found) and (found.start >= clause.start or deadlines.is_set(self.value, found)):
                return found, recurrence
        for found in self.deadlines[index : index + 1]:
            if found.start < clause.end and found.date and self._sets_a_term(found):
                return found, recurrence
        head = bisect_right(self.heads, (position,)) - 1
        if head >= 0:
            return self.heads[head], recurrence
        return self.reading.carried.deadline or self.reading.standing_at(self.item, position), recurrence

    def _strength(self, sentence: Extent, end: int, deadline: Deadline | None) -> tuple[Strength, Sign | None]:
        """Whether what is set at ``end`` is striven for: a word before the term holds up to the full stop, too (力争到2025年，…；…)."""
        said = goal_words.strength(self.value, sentence.start, end)
        stop = self.value.rfind("。", self.start, end) + 1
        if said is None and deadline and max(self.start, stop) <= deadline.start < sentence.start:
            opening = self._within(self.sentence_ends, deadline.start)
            said = goal_words.strength(self.value, opening.start, deadline.start)
        return said or ("required", None)

    def _sets_a_term(self, found: Deadline) -> bool:
        year = self.reading.issue_year
        return deadlines.sets_a_term(self.value, found, year) or deadlines.dates_a_step(self.value, found, year)

    def _is_to_come(self, deadline: Deadline | None) -> bool:
        """Whether a term of the year of issue or a later one governs: by then something grows, it hasn't grown."""
        issued = self.reading.issue_year
        return bool(deadline and deadline.date and issued and int(deadline.date[:4]) >= issued)

    def _is_past(self, position: int, sentence: Extent) -> bool:
        """Whether the nearest date before a position in its sentence lies before the year of issue.

        在2019年基础上 doesn't count, nor does when a document was issued that the sentence goes by: 根据某通知（2019年第5号）.
        """
        issued = self.reading.issue_year
        index = bisect_right(self.deadlines, (position,)) - 1
        if not issued or index < 0:
            return False
        found = self.deadlines[index]
        if found.start < sentence.start or not found.date or int(found.date[:4]) >= issued:
            return False
        bracket = self._bracket(found.start)
        if bracket and not bracket.start <= position < bracket.end:
            return False
        clause = self._within(self.clause_ends, found.start)
        if position >= clause.end and goal_words.leads_in(self.value[clause.start : found.start]):
            return False
        return not is_year_compared_with(self.value, found.end) and self.value[found.start - 1 : found.start] not in (
            "较",
            "比",
        )

    def _heads_its_sentence(self, found: Deadline) -> bool:
        """Whether a term stands at the beginning of its sentence, or behind what only leads up to it: 根据县里的方案，到2025年，…"""
        start = self._within(self.sentence_ends, found.start).start
        if found.start - start <= _LONGEST_LEAD:
            return True
        clauses = self.value[start : found.start].split("，")
        led = clauses.pop() == "" and all(goal_words.leads_in(clause.lstrip()) for clause in clauses)
        return led and not any(start <= number.start < found.start for number in self.numbers)


def _same_dimension(one: str | None, other: str | None) -> bool:
    return dimensions.measure(one or "").dimension == dimensions.measure(other or "").dimension


def _signs(*found: Sign | Deadline | None) -> tuple[Sign, ...]:
    """The words that tell how a goal is meant, in order; a deadline among them is a recurrence."""
    signs = [
        Sign(sign.start, sign.end, ("recurrence",)) if isinstance(sign, Deadline) else sign for sign in found if sign
    ]
    return tuple(sorted(signs))


def _bounded(ends: list[int], start: int, end: int, longest: int) -> list[int]:
    """The ends of clauses or sentences, with ends added where none stands within ``longest`` characters."""
    bounded = []
    for position in [*ends, end]:
        while position - start > longest:
            start += longest
            bounded.append(start)
        bounded.append(position)
        start = position
    return bounded
