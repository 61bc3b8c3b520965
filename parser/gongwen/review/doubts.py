"""What a person should look at in a notice, in the order of the source.

These are the findings, the open places of its coverage and the suspects among its goals, goals of low probability, and repairs that
the language model chose. Each comes with the values nearby that may be set (``gongwen.extract.set_values``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from gongwen import schemas
from gongwen.document import Occurrence
from gongwen.messages import Language, title
from gongwen.model import (
    Bound,
    Change,
    Direction,
    Finding,
    Notice,
    Role,
    SetScalar,
    Severity,
    Span,
    Strength,
    Target,
)
from gongwen.pipeline import Parsed

Sort = Literal["finding", "open", "goal", "repair"]

_SURE = 0.8
"""The probability from which a goal needs no look."""
_LONGEST_WORDING = 200  # characters of a place that can be corrected as a whole
_MOST_VALUES = 12  # of a doubt

_COVERED = ("unread-number", "unread-date", "unread-organ", "unread-document-number", "unread-row", "unread-places")
"""Findings that repeat open places of the coverage."""
_OF_PEOPLE = ("correction-places",)
_HEADER: dict[str, tuple[str, ...]] = {
    "no-title": ("/title",),
    "title-conflict": ("/title",),
    "no-kind": ("/kind",),
    "no-document-number": ("/document_number/text",),
    "document-number-conflict": ("/document_number/text",),
    "document-number-unplaced": ("/document_number/text",),
    "document-number-unreadable": ("/document_number/text",),
    "no-issue-date": ("/issue_date",),
    "date-conflict": ("/issue_date",),
    "date-unreadable": ("/issue_date",),
    "issue-date-from-publication": ("/issue_date",),
    "missing-head": ("/title", "/document_number/text", "/issue_date"),
}
"""The values of the header that a finding is about, by its code."""
_NEARBY: dict[str, tuple[str, ...]] = {
    "number": ("value", "value_max", "unit", "bound", "probability"),
    "ambiguous-number": ("value", "value_max", "unit"),
    "date": ("deadline", "date", "start", "end"),
    "organ": ("role",),
    "organ_in_clause": ("role",),
    "unclosed-clause": ("role",),
    "unread-clause": ("role",),
    "unread-words": ("role",),
}
"""The values near a place that may answer it, by the kind of the place or the code of the finding."""


class Value(NamedTuple):
    """A value that may be set: its pointer, what it is now, and the codes that it can be (the code list and its codes), if it is one of some."""

    pointer: str
    value: SetScalar
    codelist: str | None = None
    codes: tuple[str, ...] = ()
    optional: bool = True

    @property
    def name(self) -> str:
        """The last step of the pointer; of /document_number/text the one before."""
        steps = self.pointer.split("/")
        return steps[-2] if steps[-1] == "text" else steps[-1]


@dataclass(frozen=True)
class Doubt:
    """Something to look at: its sort, what is said of it in both languages, its place, values that answer it.

    ``wording`` is the text of the place and which of its occurrences in the source that is, where it can be corrected.
    """

    sort: Sort
    severity: Severity
    title: dict[Language, str]
    message: dict[Language, str]
    span: Span | None
    values: tuple[Value, ...] = ()
    wording: tuple[str, int | None] | None = None


def doubts(parsed: Parsed) -> list[Doubt]:
    """What is doubtful in a notice, in the order of the source; what has no place comes first."""
    values = _Values(parsed.notice)
    source = parsed.text.source
    found = [
        *_findings(parsed.notice, values, source),
        *_open(parsed.coverage, values, source),
        *_goals(parsed.notice, values, source),
        *_repairs(parsed.notice, source),
    ]
    return sorted(
        found,
        key=lambda doubt: (
            (-1, -1) if doubt.span is None else (doubt.span.start, doubt.span.end),
            get_args(Sort).index(doubt.sort),
        ),
    )


def _findings(notice: Notice, values: _Values, source: str) -> Iterator[Doubt]:
    for finding in notice.findings:
        if finding.code in _OF_PEOPLE or finding.code in _COVERED:
            continue
        if finding.code in _HEADER and values.settled.issuperset(_HEADER[finding.code]):
            continue
        yield Doubt(
            "finding",
            finding.severity,
            _titles("finding_codes", finding.code),
            {"zh": finding.message_zh, "en": finding.message},
            finding.span,
            _answers(finding, values),
            _wording(source, finding.span),
        )


def _answers(finding: Finding, values: _Values) -> tuple[Value, ...]:
    if finding.code in _HEADER:
        return tuple(value for pointer in _HEADER[finding.code] if (value := values.of_header(pointer)))
    return values.near(finding.span, _NEARBY.get(finding.code, ()))


def _open(coverage: tuple[Occurrence, ...], values: _Values, source: str) -> Iterator[Doubt]:
    for place in coverage:
        if not place.is_open and not place.is_suspect:
            continue
        known = place.code in schemas.codelist("coverage_codes")
        said = ("coverage_codes", str(place.code)) if known else ("coverage_statuses", place.status)
        row = schemas.codelist(said[0])[said[1]]
        yield Doubt(
            "goal" if place.is_suspect else "open",
            "info",
            _titles("coverage_kinds", place.kind),
            {"zh": row["title_zh"], "en": row["title_en"]},
            place.span,
            values.near(place.span, _NEARBY.get(place.kind, ())),
            _wording(source, place.span),
        )


def _goals(notice: Notice, values: _Values, source: str) -> Iterator[Doubt]:
    for number, target in enumerate(notice.targets):
        if target.probability is None or target.probability >= _SURE:
            continue
        if f"/targets/{number}/probability" in values.settled:
            continue
        share = f"{round(target.probability * 100)}%"
        span = target.value_span or target.spans[0]
        yield Doubt(
            "goal",
            "info",
            {"zh": "可能不是目标", "en": "May be no goal"},
            {
                "zh": f"“{target.text}”是目标的概率为 {share}",
                "en": f"“{target.text}” is a goal with a probability of {share}",
            },
            span,
            values.of_target(number, target),
            _wording(source, span),
        )


def _repairs(notice: Notice, source: str) -> Iterator[Doubt]:
    for repair in notice.repairs:
        if repair.confidence != "chosen":
            continue
        shown = f"“{repair.before or '∅'}” → “{repair.after or '∅'}”"
        reasons = {"zh": repair.evidence_zh or repair.evidence or "", "en": repair.evidence or ""}
        for span in repair.spans:
            yield Doubt(
                "repair",
                "info",
                _titles("repair_rules", repair.rule),
                {"zh": f"{shown} {reasons['zh']}".strip(), "en": f"{shown} {reasons['en']}".strip()},
                span,
                (),
                _wording(source, span),
            )


def _titles(codelist: str, code: str) -> dict[Language, str]:
    if code not in schemas.codelist(codelist):
        return {"zh": code, "en": code}
    return {"zh": title(codelist, code, "zh"), "en": title(codelist, code, "en")}


def _wording(source: str, span: Span | None) -> tuple[str, int | None] | None:
    """The text of a place, and which of its occurrences that is; None instead of a number if it is the only one."""
    if span is None or not 0 < span.end - span.start <= _LONGEST_WORDING:
        return None
    found = source[span.start : span.end]
    before, within = source.count(found, 0, span.end - 1), source.count(found, 0, span.end)
    if within == before:  # an occurrence that overlaps the one before is not counted, as a correction doesn't count it
        return None
    return found, None if within == 1 and source.find(found, span.end) < 0 else within


class _Values:
    """The values of a notice that may be set, by place; those that people set already are settled."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.settled = {each.pointer for each in notice.field_corrections}
        self._placed = sorted(self._all(), key=lambda placed: (placed[0].start, placed[0].end))

    def of_header(self, pointer: str) -> Value | None:
        notice = self.notice
        if pointer in self.settled:
            return None
        if pointer == "/kind":
            kinds = tuple(schemas.codelist("document_kinds"))
            return Value(pointer, notice.kind, "document_kinds", kinds, optional=False)
        if pointer == "/document_number/text":
            return Value(pointer, notice.document_number.text if notice.document_number else None, optional=False)
        if pointer == "/issue_date":
            return Value(pointer, notice.issue_date)
        return Value(pointer, notice.title, optional=False)

    def near(self, span: Span | None, names: tuple[str, ...]) -> tuple[Value, ...]:
        """The values of those ``names`` that were read at places which overlap ``span``."""
        if span is None or not names:
            return ()
        found = [
            value
            for at, value in self._placed
            if at.start < span.end and span.start < at.end and value.pointer.rpartition("/")[2] in names
        ]
        return tuple({value.pointer: value for value in found}.values())[:_MOST_VALUES]

    def of_target(self, number: int, target: Target) -> tuple[Value, ...]:
        """The values of a goal, first whether it is one."""
        at = f"/targets/{number}/"
        every = [
            Value(at + "probability", target.probability, "goal", ("1", "0"), optional=False),
            Value(at + "indicator", target.indicator),
            Value(at + "direction", target.direction, "directions", get_args(Direction)),
            Value(at + "change", target.change, "changes", get_args(Change)),
            Value(at + "bound", target.bound, "bounds", get_args(Bound)),
            Value(at + "value", target.value, optional=False),
            Value(at + "value_max", target.value_max),
            Value(at + "unit", target.unit),
            Value(at + "deadline", target.deadline),
            Value(at + "strength", target.strength, "strengths", get_args(Strength), optional=False),
        ]
        if target.value is None:
            every = [value for value in every if value.name not in ("probability", "value", "value_max", "unit")]
        elif target.probability is None:
            every = every[1:]
        return tuple(value for value in every if value.pointer not in self.settled)

    def _all(self) -> Iterator[tuple[Span, Value]]:
        """Every value that may be set, with each place that it was read from."""
        notice = self.notice
        for number, target in enumerate(notice.targets):
            for value in self.of_target(number, target):
                spans = (target.value_span,) if value.name in ("value", "value_max", "unit") else target.spans
                if value.name == "deadline":
                    spans = (*target.deadline_spans, *target.spans)
                yield from ((span, value) for span in spans if span)
        for number, task in enumerate(notice.tasks):
            due = Value(f"/tasks/{number}/deadline", task.deadline)
            steps = [
                (milestone.span, Value(f"/tasks/{number}/milestones/{at}/date", milestone.date, optional=False))
                for at, milestone in enumerate(task.milestones)
            ]
            roles = [
                (
                    unit.span,
                    Value(f"/tasks/{number}/responsible_units/{at}/role", unit.role, "roles", get_args(Role), False),
                )
                for at, unit in enumerate(task.responsible_units)
            ]
            for span, value in (*((span, due) for span in (*task.deadline_spans, *task.spans)), *steps, *roles):
                if value.pointer not in self.settled:
                    yield span, value
        if notice.effective:
            for name, date in (("start", notice.effective.start), ("end", notice.effective.end)):
                if f"/effective/{name}" not in self.settled:
                    yield from ((span, Value(f"/effective/{name}", date)) for span in notice.effective.spans)
