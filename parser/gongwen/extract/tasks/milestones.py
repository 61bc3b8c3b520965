"""Milestones: every dated step of a task, with the words that the date governs, and the deadline of the task as a whole.

A term (2021年底前, 到2025年, 6月底前) governs its clause and the clauses behind it, up to the end of the sentence or the next term; the period
of a stage in brackets (动员部署阶段（4月1日至4月20日）) governs what stands before it, until its last day.
A term in the clause of responsibility or in the row governs the whole task, and so does one in a heading above or at the head of the
task where it has no other. A goal that a term governs from farther away (the head of its paragraph, the line that introduces a list) is
a milestone, too. A period that counts from the notice itself (印发后30日内, 3年内) is resolved from the date of issue. Terms of procedures
(5个工作日内), what is past and what is compared with are none: see ``gongwen.lexicon.deadlines.sets_a_term``. In a table of tasks a bare date at
the head of a clause dates a step: 3—6月：完成设计；9月投入使用.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongwen.document import Extent, Outline
from gongwen.extract.structure.places import Places
from gongwen.extract.tasks import tables as task_tables
from gongwen.lexicon import deadlines, goals, markers, reasons, vocabulary
from gongwen.lexicon.deadlines import Deadline
from gongwen.model import DeadlineRule, Milestone, Part, Section, Span, Target, Task

_SENTENCE_END = re.compile(r"[。；！？\n\t]")
_CLAUSE_END = re.compile(r"[，：。；！？\n\t]")
_YEAR = re.compile(r"(?<![—–－\-~～至到])(20[0-9]{2})年(?!至|到|[—–－-]|底|前)")  # not of a period: 2023—2025年
_LONGEST_LEAD = 6  # characters before a term that heads a sentence: 力争, 确保
_REACH_OF_VERB = 8  # characters behind a year
_REACH = 400  # characters of a sentence on either side of a term
_OF_THE_WHOLE = ("clause", "row", "heading")  # the rules of deadlines that stand outside of the task's text
_EDGES = "，。；：、！？ \n\t"
_JOINS = "、和及与"
_MOST_LISTED = 4  # terms beside one


@vocabulary.compiled
def _list_marker() -> re.Pattern[str]:
    return re.compile(f"(?<=[：，；。！])(?:{markers.clause_marker()}|{markers.inner_marker().pattern})")


def year_of_terms(parts: Sequence[Part], issue_year: int | None) -> int | None:
    """The year of terms that name none (6月底前): that of a plan for one year, if it is later than the year of issue."""
    return max(_plan_year(parts) or 0, issue_year or 0) or None


def _plan_year(parts: Sequence[Part]) -> int | None:
    """The year of a plan for one year, which its title or that of the letter names: 2024年防汛工作要点."""
    for part in parts:
        if part.period and part.period.start and part.period.start[:4] == (part.period.end or "")[:4]:
            return int(part.period.start[:4])
        if part.kind in ("letter", "plan") and part.title and (named := _YEAR.search(part.title)):
            return int(named[1])
    return None


class Steps:
    """The dated steps that stretches of a notice state.

    ``year`` is that of terms that name none: see ``year_of_terms``.
    """

    def __init__(self, outline: Outline, issue_date: str | None, year: int | None) -> None:
        self.text, self.value = outline.text, outline.text.value
        self.cells = [cell for table in outline.tables for cell in task_tables.wordings(self.value, table)]
        self.issue_date = issue_date
        self.issue_year = int(issue_date[:4]) if issue_date else None
        self.year = year
        self._deadlines: dict[tuple[int, int], list[Deadline]] = {}

    def terms(
        self, start: int, end: int, schedule: bool = False, surely: bool = False, title: bool = False
    ) -> list[tuple[Deadline, str, DeadlineRule]]:
        """The terms in [start, end), each with its date and its rule; in a cell of a table, or any ``schedule``, also bare dates.

        ``surely`` leaves out what may be a mere date: outside of tasks the text tells, too, what has been done. So does ``title``, but for the
        year whose work the heading names (2030年重点任务).
        """
        found: list[tuple[Deadline, str, DeadlineRule]] = []
        cell = self._cell_at(start)
        if schedule or (cell and end <= cell.extent.end):
            steps = deadlines.steps(self.value, start, end, (cell.year if cell else None) or self.year)
            found += [(step, step.date, "stated") for step in steps if step.date]
        told = Places((step.start, step.end) for step, *_ in found) if found else None
        for term in deadlines.in_heading(self.value, start, end, self.year) if title else self._found(start, end):
            if told and told.touches(term.start, term.end):
                continue
            if surely and not (
                deadlines.is_due(self.value, term)
                or deadlines.counts_from_the_notice(self.value, term)
                or self._is_to_come(term)
            ):
                continue
            if term.date and (
                (surely and self._is_to_come(term))
                or deadlines.sets_a_term(self.value, term, self.issue_year)
                or (not title and deadlines.dates_a_step(self.value, term, self.issue_year))
            ):
                found.append((term, term.date, "stated"))
            elif self.issue_date and (date := deadlines.counted_from(self.value, term, self.issue_date)):
                found.append((term, date, "relative"))
        if self.issue_date and not (schedule or surely or title or cell):
            others = Places((term.start, term.end) for term, *_ in found)
            more = deadlines.steps_in_text(self.value, start, end, self.issue_date)
            found += [
                (step, step.date, "stated") for step in more if step.date and not others.touches(step.start, step.end)
            ]
        return sorted(found, key=lambda term: term[0].start)

    def _is_to_come(self, term: Deadline) -> bool:
        """Whether a mere date lies behind that of issue and says when something is done: 2025年7月，总结验收. A year alone begins names, too
        (2025年技改项目申报书): a verb must follow it."""
        if not self.issue_date or not term.date or term.date <= self.issue_date[: len(term.date)]:
            return False
        if not self.value[term.start].isdecimal() or not deadlines.heads_a_clause(self.value, term):
            return False  # in the years of a plan (“十四五”时期) things are as often as they are done
        if self.value.startswith("，", term.end):
            return True
        by_month = len(term.date) > 4 and deadlines.dates_a_step(self.value, term, self.issue_year)
        return by_month or goals.acts(self.value[term.end : term.end + _REACH_OF_VERB])

    def _found(self, start: int, end: int) -> list[Deadline]:
        """What ``deadlines.find`` finds: of a sentence both its terms and what comes again in it are asked for."""
        if (start, end) not in self._deadlines:
            self._deadlines[start, end] = deadlines.find(self.value, start, end, self.year)
        return self._deadlines[start, end]

    def recurring(self, extent: Extent) -> Extent | None:
        """The first term that comes again, as 每年2月底前; None where a text has none."""
        for term in self._found(*extent):
            if term.recurrence and term.end - term.start > len(term.recurrence):
                return Extent(term.start, term.end)
        return None

    def _cell_at(self, position: int) -> task_tables.Wording | None:
        """The last cell that says what is to be done and begins at ``position`` or before it."""
        at = bisect_right(self.cells, position, key=lambda cell: cell.extent.start) - 1
        return self.cells[at] if at >= 0 else None

    def stated(self, extent: Extent, schedule: bool = False, surely: bool = False) -> Iterator[Milestone]:
        """The steps that a text dates itself; see ``terms``."""
        terms = self.terms(*extent, schedule, surely)
        for index, (term, date, rule) in enumerate(terms):
            first, last = self._listed(terms, index)
            low = max(extent.start, term.start - _REACH)
            if first:
                low = max(low, terms[first - 1][0].end)
            ends = _SENTENCE_END if deadlines.is_stage(self.value, term) else _CLAUSE_END
            begins = [match.end() for match in ends.finditer(self.value, low, term.start)]
            start = begins[-1] if begins else low
            governs = terms[last][0].end
            end = self._end_of_sentence(governs, extent.end)
            following = terms[last + 1][0].start if last + 1 < len(terms) else extent.end
            if following < end:
                stops = list(_CLAUSE_END.finditer(self.value, governs, following))
                end = stops[-1].start() if stops else following
            place = self.trimmed(start, end)
            if place and not (
                (rule == "relative" or deadlines.ends_period(self.value, term))
                and reasons.code("sentence", self.value[slice(*place)])
            ):
                yield self.milestone(date, place, rule)
                if rule == "stated":
                    for item in self._further(governs, end, min(following, extent.end)):
                        yield self.milestone(date, item, "head")

    def _listed(self, terms: Sequence[tuple[Deadline, str, DeadlineRule]], index: int) -> tuple[int, int]:
        """The first and the last of the terms that are listed with one of them, which govern the same words: 到2025年、2030年，分别…."""
        first = last = index
        while first and index - first < _MOST_LISTED and self._joined(terms[first - 1][0], terms[first][0]):
            first -= 1
        while (
            last + 1 < len(terms) and last - index < _MOST_LISTED and self._joined(terms[last][0], terms[last + 1][0])
        ):
            last += 1
        return first, last

    def _joined(self, one: Deadline, other: Deadline) -> bool:
        return other.start - one.end == 1 and self.value[one.end] in _JOINS

    def _end_of_sentence(self, start: int, end: int) -> int:
        closing = _SENTENCE_END.search(self.value, start, min(end, start + _REACH))
        return closing.start() if closing else min(end, start + _REACH)

    def _further(self, start: int, end: int, limit: int) -> Iterator[Extent]:
        """The further items of a list that a term heads, the first of which its sentence holds: 年底前：一是建站；二是修渠。"""
        marker = _list_marker()
        if not marker.search(self.value, start, end):
            return
        while end < limit and self.value[end] != "\n" and (opens := marker.match(self.value, end + 1)):
            start, end = opens.end(), self._end_of_sentence(opens.end(), limit)
            if place := self.trimmed(start, end):
                yield place

    def trimmed(self, start: int, end: int) -> Extent | None:
        """The extent without stops and blanks at its ends; None where nothing is left."""
        words = self.value[start:end]
        start += len(words) - len(words.lstrip(_EDGES))
        end = start + len(words.strip(_EDGES))
        return Extent(start, end) if start < end else None

    def milestone(self, date: str, place: Extent, rule: DeadlineRule) -> Milestone:
        text = self.value[place.start : place.end]
        return Milestone("", date, deadlines.due_on(date), text, rule, self.text.to_source(*place))


def with_milestones(
    steps: Steps, tasks: Sequence[Task], sections: Sequence[Section], targets: Sequence[Target]
) -> tuple[Task, ...]:
    """``tasks`` with their milestones, and with a deadline where a heading or the head of their text states it."""
    reading = _Reading(steps, sections, targets)
    return tuple([reading.dated(task) for task in tasks])


class _Reading:
    def __init__(self, steps: Steps, sections: Sequence[Section], targets: Sequence[Target]) -> None:
        self.steps, self.text, self.value = steps, steps.text, steps.value
        self.sections = {section.id: section for section in sections}
        self.targets: dict[str, list[Target]] = {}
        for target in targets:
            for task_id in target.task_ids if target.deadline else ():
                self.targets.setdefault(task_id, []).append(target)

    def dated(self, task: Task) -> Task:
        extents = [Extent(*self.text.from_source(span.start, span.end)) for span in task.spans]
        schedule = self._schedule(task)
        stated = [step for extent in extents for step in self.steps.stated(extent)]
        of_schedule = [step for extent in schedule for step in self.steps.stated(extent, schedule=True)]
        if task.deadline_rule == "clause":
            of_schedule = [replace(step, rule="clause") for step in of_schedule]
        stated += of_schedule
        governed = list(self._of_goals(task, stated))
        task = self._with_deadline(task, extents)
        apart = not schedule and not any(_overlap(due, span) for due in task.deadline_spans for span in task.spans)
        within_year = any(
            step.date[:4] == task.deadline != step.date for step in stated
        )  # steps that say more than the year
        whole = (
            self._of_the_whole(task, extents)
            if apart and not within_year and task.deadline_rule in _OF_THE_WHOLE
            else ()
        )
        governed += [
            step
            for step in whole
            if not any(step.date == other.date and _overlap(step.span, other.span) for other in governed)
        ]
        found = sorted((*stated, *governed), key=lambda step: (step.span.start, step.date))
        number = task.id.rpartition("-")[2]
        milestones = [replace(step, id=f"milestone-{number}-{place}") for place, step in enumerate(found, 1)]
        return replace(task, milestones=tuple(milestones))

    def _schedule(self, task: Task) -> tuple[Extent, ...]:
        """The term of a row or a clause, where it dates several steps: 3月：开工；12月：通车, 第一批6月底；第二批12月底."""
        if task.deadline_rule not in ("row", "clause"):
            return ()
        found = [Extent(*self.text.from_source(span.start, span.end)) for span in task.deadline_spans]
        return tuple([at for at in found if len({date for _, date, _ in self.steps.terms(*at, schedule=True)}) > 1])

    def _of_goals(self, task: Task, stated: Sequence[Milestone]) -> Iterator[Milestone]:
        """The goals of a task that a term governs from outside of their sentence."""
        told = {(step.date, span) for step in stated for span in (step.span,)}
        for target in self.targets.get(task.id, ()):
            # a goal that is repeated stands in several tasks
            span = next((at for at in target.spans if any(_overlap(at, own) for own in task.spans)), target.spans[0])
            inside = any(date == target.deadline and _overlap(span, place) for date, place in told)
            stated_elsewhere = (
                target.deadline_rule == "stated"
                and not any(_overlap(due, own) for due in target.deadline_spans for own in task.spans)
                and task.deadline != target.deadline
            )
            if target.deadline and not inside and (stated_elsewhere or target.deadline_rule in ("head", "heading")):
                place = Extent(*self.text.from_source(span.start, span.end))
                rule: DeadlineRule = "heading" if target.deadline_rule == "heading" else "head"
                yield self.steps.milestone(target.deadline, place, rule)

    def _of_the_whole(self, task: Task, extents: Sequence[Extent]) -> Iterator[Milestone]:
        """The task itself, as the step that its deadline dates: its heading, where that states it."""
        own = self.sections.get(task.section_ids[0]) if task.section_ids else None
        if own and own.title_span and any(_overlap(own.title_span, due) for due in task.deadline_spans):
            extents = [Extent(*self.text.from_source(own.title_span.start, own.title_span.end))]
        if task.deadline and task.deadline_rule and extents and (place := self.steps.trimmed(*extents[-1])):
            yield self.steps.milestone(task.deadline, place, task.deadline_rule)

    def _with_deadline(self, task: Task, extents: Sequence[Extent]) -> Task:
        """The task with the deadline that a heading above states, or the head of its text, if its clause and its row state none."""
        if task.deadline or task.deadline_text:
            return task
        for section in self._headings(task):
            if section.title_span:
                place = self.text.from_source(section.title_span.start, section.title_span.end)
                terms = self.steps.terms(*place, title=True)
                if len(terms) == 1:
                    return self._due(task, terms[0], "heading")
        terms = [term for extent in extents for term in self.steps.terms(*extent)]
        if len(terms) == 1 and deadlines.begins(self.value, terms[0][0]) - extents[0].start <= _LONGEST_LEAD:
            return self._due(task, terms[0], "head")
        return task

    def _due(self, task: Task, term: tuple[Deadline, str, DeadlineRule], rule: DeadlineRule) -> Task:
        found, date, own = term
        return replace(
            task,
            deadline=date,
            due_on=deadlines.due_on(date),
            deadline_text=self.value[found.start : found.end],
            deadline_rule="relative" if own == "relative" else rule,
            deadline_spans=(self.text.to_source(found.start, found.end),),
        )

    def _headings(self, task: Task) -> Iterator[Section]:
        """The sections that a task stands in, the innermost first, those with a heading."""
        at = self.sections.get(task.section_ids[0]) if task.section_ids else self.sections.get(task.group_id or "")
        while at:
            if at.titled:
                yield at
            at = self.sections.get(at.parent or "")


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
