"""Targets: the goals that a notice sets, one for each number that somebody must reach, and the goals without a number.

Quantified: every candidate (a number with its unit, see ``goals.grammar``) whose words speak for a goal. Relative: a goal measured on
others or on the year before (高于全市平均水平, 低于上年). Qualitative: what else a section of goals (主要目标) states, and wherever the
words set a goal the states that words of result name (全覆盖, 清零, 应保尽保). A goal said again with the same value, unit and wording is
one target with several spans.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from gongwen.document import Decision, Decisions, Extent, Item, Outline
from gongwen.extract.goals import tables as goal_tables
from gongwen.extract.goals.goal import Goal, GoalBaseline, Weighed
from gongwen.extract.goals.reading import Reading
from gongwen.extract.goals.repeated import merged
from gongwen.findings import finding
from gongwen.lexicon import deadlines, dimensions
from gongwen.lexicon.goal_evidence import THRESHOLD, probability, weight
from gongwen.lexicon.goals import Meaning, Sign
from gongwen.model import (
    Amount,
    Baseline,
    DeadlineRule,
    Finding,
    Passage,
    Section,
    Span,
    Target,
    Task,
    Wording,
)
from gongwen.text import Text


class Goals(NamedTuple):
    """The targets of a notice, what could not be read, what the targets rest on, and what speaks for and against each number that could be one."""

    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]
    decisions: Decisions
    weighed: tuple[Weighed, ...]


def targets(
    outline: Outline,
    sections: Sequence[Section],
    tasks: Sequence[Task],
    issue_date: str | None = None,
    year: int | None = None,
    sentences: bool = True,
) -> Goals:
    """The targets of ``outline`` in order, and findings where a number can't be read. ``sections`` are those of its items, index by index; ``issue_date`` dates 三年内,
    ``year`` is that of 年内 and 6月底前.

    Of a text that may be no notice ``sentences`` is False: then only tables that say by their heads that they set goals are read.
    """
    reading = Reading(outline, issue_date, year)
    goals = merged(reading.goals(), outline.text.value) if sentences else []
    goals = sorted([*goals, *_of_tables(outline, reading.issue_year)], key=attrgetter("place"))
    task_spans = sorted((span.start, span.end, task.id) for task in tasks for span in task.spans)
    by_id = {task.id: task for task in tasks}
    text, value = outline.text, outline.text.value
    rows = _Rows(outline, task_spans)
    found = []
    for index, goal in enumerate(goals, 1):
        span = text.to_source(*goal.place)
        at = bisect_right(task_spans, (span.start, len(text.source), "")) - 1
        beside = rows.task_at(goal.place.start)
        inside = task_spans[at][2] if at >= 0 and span.start < task_spans[at][1] else beside
        task = by_id[inside] if inside else None
        spans = (span, *[text.to_source(*place) for place in goal.again])
        due = _due(goal, task, value, outline.items)
        found.append(
            Target(
                id=f"target-{index}",
                type=goal.type,
                text=value[goal.place.start : goal.place.end],
                indicator=goal.indicator,
                direction=goal.meaning.direction if goal.meaning else None,
                change=goal.meaning.change if goal.meaning else None,
                bound=goal.meaning.bound if goal.meaning else None,
                value=goal.value,
                value_max=goal.value_max,
                value_text=goal.value_text,
                unit=goal.unit,
                amount=_amount(goal),
                baseline=_baseline(text, goal.baseline) if goal.baseline else None,
                strength=goal.strength,
                scope=Passage(value[slice(*goal.scope)], text.to_source(*goal.scope)) if goal.scope else None,
                deadline=due.date,
                due_on=deadlines.due_on(due.date) if due.date else None,
                deadline_text=due.text,
                deadline_rule=due.rule,
                deadline_spans=due.spans
                if due.spans is not None
                else (text.to_source(*due.place),)
                if due.place
                else (),
                recurrence=goal.recurrence,
                probability=probability(weight(goal.evidence)) if goal.evidence else None,
                wordings=tuple(
                    [
                        Wording(value[sign.start : sign.end], sign.tells, text.to_source(sign.start, sign.end))
                        for sign in goal.signs
                    ]
                ),
                section_id=_section_at(goal, outline, sections),
                task_ids=_tasks_at(spans, task_spans) or ((beside,) if beside else ()),
                value_span=text.to_source(*goal.number) if goal.number else None,
                spans=spans,
            )
        )
    unread = [
        finding("ambiguous-number", text.to_source(*place), words=value[slice(*place)]) for place in reading.ambiguous
    ]
    return Goals(tuple(found), tuple(unread), partial(_decisions, goals), tuple(reading.weighed))


_WITHOUT_EVIDENCE = {
    "quantified": ("table", "a table that by its heads sets goals has it"),
    "relative": ("comparison", "it is measured on others or on the year before, and words set it as a goal"),
    "qualitative": (
        "result",
        "a clause of a section of goals that states a result, or words that set a state as a goal",
    ),
}
"""For each type of goal, what it rests on where no evidence is weighed: the rule, and the same for people."""


def _decisions(goals: Sequence[Goal]) -> Iterator[tuple[str, Decision]]:
    """What each goal rests on: the evidence, with its weights, or the rule that read it."""
    for index, goal in enumerate(goals):
        rule, reason = _WITHOUT_EVIDENCE[goal.type]
        if goal.evidence:
            reasons = "; ".join(f"{row.weight:+} {row.reason}" for row in goal.evidence)
            rule, reason = (
                "evidence",
                f"the evidence weighs {weight(goal.evidence)}, {THRESHOLD} are enough: {reasons}",
            )
        yield f"/targets/{index}", Decision(True, rule, reason, (goal.place, *goal.again))


def _section_at(goal: Goal, outline: Outline, sections: Sequence[Section]) -> str | None:
    """The section that a goal stands in: the one above it, unless that is of another part of the file."""
    if goal.item is None or outline.items[goal.item].part != outline.part_at(goal.place.start):
        return None
    return sections[goal.item].id


class _Rows:
    """The rows of tables in which one task stands: what another cell of such a row sets as a goal is the task's."""

    def __init__(self, outline: Outline, task_spans: Sequence[tuple[int, int, str]]) -> None:
        self._rows: list[tuple[int, int, str]] = []
        for table in outline.tables:
            rows = [{Extent(cell.start, cell.end) for cell in cells if cell} for cells in table.rows]
            standing = Counter(cell for row in rows for cell in row)
            for row in rows:
                own = [cell for cell in row if standing[cell] == 1 and cell.start < cell.end]  # not merged over rows
                held = set(_tasks_at([outline.text.to_source(*cell) for cell in own], task_spans))
                if len(held) == 1:
                    self._rows += [(cell.start, cell.end, id) for cell in own for id in held]
        self._rows.sort()

    def task_at(self, position: int) -> str | None:
        """The task of the row whose cell holds ``position``."""
        at = bisect_right(self._rows, (position, sys.maxsize, "")) - 1
        return self._rows[at][2] if at >= 0 and position < self._rows[at][1] else None


def _tasks_at(spans: Sequence[Span], tasks: Sequence[tuple[int, int, str]]) -> tuple[str, ...]:
    """The tasks, sorted by their places, that ``spans`` stand in."""
    found: dict[str, None] = {}
    for span in spans:
        at = bisect_right(tasks, (span.start, sys.maxsize, "")) - 1
        if at >= 0 and span.start < tasks[at][1]:
            found[tasks[at][2]] = None
    return tuple(found)


def _amount(goal: Goal) -> Amount | None:
    if goal.value is None:
        return None
    return Amount(*dimensions.plain(goal.value, goal.value_max, goal.unit))


def _baseline(text: Text, found: GoalBaseline) -> Baseline:
    words = text.value[found.place.start : found.place.end]
    return Baseline(found.value, found.unit, found.date, words, text.to_source(*found.place))


class _Due(NamedTuple):
    """Until when a goal is to be reached: the date, its words, and where they stand."""

    date: str | None
    text: str | None
    rule: DeadlineRule | None
    place: Extent | None = None
    spans: tuple[Span, ...] | None = None


def _due(goal: Goal, task: Task | None, value: str, items: Sequence[Item]) -> _Due:
    """The deadline of a goal: its own, else that of the clause or the row of its task."""
    found = goal.deadline
    if found is None:
        if task and task.deadline and task.deadline_rule in ("clause", "row"):
            return _Due(task.deadline, task.deadline_text, task.deadline_rule, spans=task.deadline_spans)
        return _Due(None, None, None)
    rule: DeadlineRule = "stated" if goal.place.start <= found.start < goal.place.end else "head"
    above = goal.item
    while rule == "head" and above is not None:
        title = items[above].title
        rule = "heading" if title and title.start <= found.start < title.end else rule
        above = items[above].parent
    if deadlines.is_period(value, found):
        rule = "relative"
    return _Due(found.date, value[found.start : found.end], rule, Extent(found.start, found.end))


def _of_tables(outline: Outline, issue_year: int | None) -> Iterator[Goal]:
    """The goals of the tables of indicators and quotas."""
    starts = [item.start for item in outline.items]
    for table in outline.tables:
        at = bisect_right(starts, table.start) - 1
        for goal in goal_tables.goals(outline, table, issue_year):
            yield Goal(
                "quantified",
                goal.place,
                value=goal.value,
                value_max=goal.value_max,
                value_text=goal.value_text,
                unit=goal.unit,
                meaning=Meaning(None, None, goal.bound, ()),
                signs=(Sign(*goal.sign, ("bound",)),) if goal.sign else (),
                scope=goal.scope,
                indicator=goal.indicator,
                number=goal.number,
                baseline=GoalBaseline(*goal.baseline) if goal.baseline else None,
                deadline=goal.year,
                item=at if at >= 0 else None,
            )
