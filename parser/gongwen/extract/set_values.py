"""Values that people set: the [[set]] tables of the file beside a source, checked and put in the place of what was read.

A value may be set where it is derived (dates, roles, bounds, numbers) or where it stands in the header; what depends on it is derived anew, or
the set is refused until that is set, too. Quoted wording is mended by a correction of the text, from which everything follows. A value
that is set has no place in the text: the span beside it is null, and its rule is ``person``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any, NamedTuple, NoReturn, get_args

from gongwen.document import Decision, Decisions, Outline
from gongwen.errors import CorrectionError
from gongwen.extract.header.effective import effective
from gongwen.extract.header.fields import Header
from gongwen.lexicon import deadlines, dimensions, document_kinds, document_numbers
from gongwen.model import (
    Amount,
    Bound,
    Change,
    Direction,
    FieldCorrection,
    Notice,
    Role,
    SetScalar,
    Span,
    Strength,
    Target,
    Task,
)

_POINTER = re.compile(r"(?:/(?:0|[1-9][0-9]*+|[a-z_]++))++")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_LONGEST = 2000  # characters of a value

Check = Callable[[SetScalar], str | None]
"""What is wrong with a value, in words; None if nothing is."""


def _among(*values: str | None) -> Check:
    shown = ", ".join("nothing (null)" if value is None else value for value in values)
    return lambda value: None if value in values else f"must be one of {shown}"


def _words(value: SetScalar) -> str | None:
    if isinstance(value, str) and value.strip() == value != "" and len(value) <= _LONGEST and value.isprintable():
        return None
    return f"must be words in one line, {_LONGEST} characters at most, without blanks around them"


def _partial_date(value: SetScalar) -> str | None:
    return None if isinstance(value, str) and _is_date(value) else "must be a date: 2025, 2025-06 or 2025-06-30"


def _full_date(value: SetScalar) -> str | None:
    right = isinstance(value, str) and len(value) == 10 and _is_date(value)
    return None if right else "must be a day: 2025-06-30"


def _decimal(value: SetScalar) -> str | None:
    right = isinstance(value, str) and _NUMBER.fullmatch(value) and len(value) <= 40
    return None if right else 'must be a decimal number in quotation marks: "12.5"'


def _document_number(value: SetScalar) -> str | None:
    parsed = document_numbers.parse(value) if isinstance(value, str) else None
    return (
        None
        if parsed and parsed.text == value
        else "must be a document number in its canonical form: 某政办发〔2022〕24号"
    )


def _zero_or_one(value: SetScalar) -> str | None:
    return None if value in (0, 1) else "must be 1 (it is a goal) or 0 (it is none)"


def _or_null(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


_SETTABLE: Mapping[str, Check] = {
    "/title": _words,
    "/kind": _words,
    "/issue_date": _or_null(_full_date),
    "/document_number/text": _document_number,
    "/effective/start": _or_null(_full_date),
    "/effective/end": _or_null(_full_date),
    "/targets/N/indicator": _or_null(_words),
    "/targets/N/direction": _among(*get_args(Direction), None),
    "/targets/N/change": _among(*get_args(Change), None),
    "/targets/N/bound": _among(*get_args(Bound), None),
    "/targets/N/strength": _among(*get_args(Strength)),
    "/targets/N/value": _decimal,
    "/targets/N/value_max": _or_null(_decimal),
    "/targets/N/unit": _or_null(_words),
    "/targets/N/deadline": _or_null(_partial_date),
    "/targets/N/recurrence": _or_null(_words),
    "/targets/N/probability": _zero_or_one,
    "/tasks/N/deadline": _or_null(_partial_date),
    "/tasks/N/recurrence": _or_null(_words),
    "/tasks/N/milestones/N/date": _partial_date,
    "/tasks/N/responsible_units/N/role": _among(*get_args(Role)),
}
_OF_HEADER = ("/title", "/kind", "/issue_date", "/document_number/text")

_NO_LONGER_TRUE = (("/title", "no-kind"), ("/kind", "no-kind"), ("/issue_date", "issue-date-from-publication"))
"""Findings on values of the header that no longer hold when the value is set."""

_INSTEAD = (
    (r"/(?:id|schema_version|source|findings|repairs|blocks|coverage|field_corrections|page)\b", "the program states it"),
    (r"/document_number/(?:organ_code|year|serial)", "it is derived from /document_number/text: set that"),
    (r".*/due_on", "it is derived from the date beside it: set deadline or date"),
    (r".*/amount", "it is derived from value, value_max and unit: set those"),
    (r".*(?:/spans?|_spans?|_ids?|/id)(?:/.*)?", "it is a place or a reference"),
    (r".*/(?:deadline_rule|role_basis|rule|basis)", "it says how the value beside it was read: set that value"),
    (r".*", "it is quoted or follows from the text: correct the text with [[correction]]"),
)  # fmt: skip


class _Applied(NamedTuple):
    """A set with its number in the file and its pointer in steps."""

    number: int
    given: FieldCorrection
    steps: tuple[str | int, ...]


def pointers() -> tuple[str, ...]:
    """The pointers that may be set; N stands for any index."""
    return tuple(_SETTABLE)


def may_be_set(pointer: str) -> bool:
    """Whether ``pointer`` is one of ``pointers``."""
    return _pattern(pointer) in _SETTABLE


def check(given: Sequence[FieldCorrection], path: str | None) -> None:
    """CorrectionError where a set names a pointer that may not be set or a value that does not fit there, or where two set one value."""
    seen: dict[str, int] = {}
    for number, each in enumerate(given, 1):
        if not _POINTER.fullmatch(each.pointer):
            _refuse(path, number, each, "is no JSON pointer, like /tasks/3/deadline")
        rule = _SETTABLE.get(_pattern(each.pointer))
        if rule is None:
            reason = next(words for pattern, words in _INSTEAD if re.fullmatch(pattern + r"(?:/.*)?", each.pointer))
            _refuse(path, number, each, f"may not be set, since {reason}")
        if flaw := rule(each.value):
            _refuse(path, number, each, f"the value {_shown(each.value)} {flaw}")
        if each.pointer in seen:
            _refuse(path, number, each, f"set {seen[each.pointer]} sets it, too")
        seen[each.pointer] = number


def with_header(head: Header, outline: Outline, given: Sequence[FieldCorrection], path: str | None) -> Header:
    """The header with the values that are set in it; the kind that the title says and the dates that count from the date of issue follow."""
    for number, each in enumerate(given, 1):
        if each.pointer not in _OF_HEADER:
            continue
        read = {
            "/title": head.title,
            "/kind": head.kind,
            "/issue_date": head.issue_date,
            "/document_number/text": head.document_number.text if head.document_number else None,
        }
        if not _same(read[each.pointer], each.old) and not _follows(each, given):
            _refuse(path, number, each, f"the data have {_shown(read[each.pointer])} there, not {_shown(each.old)}")
        value = str(each.value) if each.value is not None else None
        if each.pointer == "/title":
            head = replace(head, title=value, title_span=None)
            if found := document_kinds.kind(value or ""):
                head = replace(head, kind=found[0], kind_span=None)
        elif each.pointer == "/kind":
            head = replace(head, kind=value, kind_span=None)
        elif each.pointer == "/issue_date":
            head = replace(head, issue_date=value, issue_date_span=None, effective=effective(outline, value))
        else:
            head = replace(head, document_number=document_numbers.parse(value or ""))
    stated = {each.pointer for each in given}
    gone = {code for pointer, code in _NO_LONGER_TRUE if pointer in stated and (code != "no-kind" or head.kind)}
    return replace(head, findings=tuple(found for found in head.findings if found.code not in gone))


def _follows(each: FieldCorrection, given: Sequence[FieldCorrection]) -> bool:
    """Whether the value was derived anew from another set: the kind, where the title is set, too."""
    return each.pointer == "/kind" and any(other.pointer == "/title" for other in given)


def with_values(notice: Notice, given: Sequence[FieldCorrection], path: str | None) -> Notice:
    """The notice with the values set in it that are not of its header, and with all that people set listed in ``field_corrections``."""
    applied = [
        _Applied(number, each, _steps(each.pointer))
        for number, each in enumerate(given, 1)
        if each.pointer not in _OF_HEADER
    ]
    for number, each, steps in applied:
        found = _at(notice, steps)
        if found is _MISSING:
            _refuse(path, number, each, "the data have no such place")
        if not _same(found, each.old):
            _refuse(path, number, each, f"the data have {_shown(found)} there, not {_shown(each.old)}")
        if each.pointer.endswith(("/value", "/value_max", "/unit")) and _at(notice, (*steps[:-1], "value")) is None:
            _refuse(path, number, each, "the goal has no number: correct the text with [[correction]]")
    as_read = notice
    for _, each, steps in applied:
        notice = _put(notice, steps, each.value)
    for number, each, steps in applied:
        notice = _with_derived(notice, each, steps)
        if flaw := _contradiction(as_read, notice, each, steps):
            _refuse(path, number, each, flaw)
    return replace(notice, field_corrections=tuple(given))


def decisions(given: Sequence[FieldCorrection]) -> Decisions:
    """Why the values that were set are what they are."""
    return partial(_decisions, tuple(given))


def _decisions(given: Sequence[FieldCorrection]) -> Iterator[tuple[str, Decision]]:
    for each in given:
        decision = Decision(True, "person", f"{each.who} set it on {each.when}: {each.reason}", ())
        yield each.pointer, decision
        if each.pointer == "/document_number/text":
            yield "/document_number", decision


def _with_derived(notice: Notice, each: FieldCorrection, steps: tuple[str | int, ...]) -> Notice:
    """The notice with what follows from the value that was set beside it."""
    holder, name = steps[:-1], steps[-1]
    if name == "deadline":
        due = deadlines.due_on(str(each.value)) if each.value is not None else None
        rule = None if each.value is None else "person"
        for key, value in (("due_on", due), ("deadline_text", None), ("deadline_rule", rule), ("deadline_spans", ())):
            notice = _put(notice, (*holder, key), value)
    elif name == "date":
        notice = _put(notice, (*holder, "due_on"), deadlines.due_on(str(each.value)))
        notice = _put(notice, (*holder, "rule"), "person")
    elif name == "role":
        notice = _put(notice, (*holder, "role_basis"), "person")
    elif holder == ("effective",):
        notice = _put(notice, ("effective", "rule"), "person")
    elif name in ("value", "value_max", "unit"):
        target: Target = _at(notice, holder)
        amount = Amount(*dimensions.plain(target.value or "0", target.value_max, target.unit))
        notice = _put(notice, (*holder, "amount"), amount)
    return notice


def _contradiction(as_read: Notice, notice: Notice, each: FieldCorrection, steps: tuple[str | int, ...]) -> str | None:
    """What the value that was set would contradict, in words."""
    holder, name = steps[:-1], steps[-1]
    if holder[0] == "targets" and isinstance(holder[-1], int):
        target = notice.targets[holder[-1]]
        if name in ("direction", "change") and (target.direction is None) != (target.change is None):
            return "direction and change are both set or both null: set the other one, too"
        if name in ("value", "value_max") and target.value_max and float(target.value_max) < float(target.value or 0):
            return "the end of the range is below its start: set both"
        if name == "deadline":
            spans = target.spans
            for index, task in enumerate(notice.tasks):
                if task.id in target.task_ids and (left := _left(task, index, each.old, spans)):
                    return left
    elif steps[0] == "tasks" and name == "deadline" and isinstance(steps[1], int):
        task = notice.tasks[steps[1]]
        if left := _left(task, steps[1], each.old, None):
            return left
        for index, target in enumerate(notice.targets):
            if (
                task.id in target.task_ids
                and target.deadline == each.old is not None
                and target.deadline_rule in ("clause", "row")
            ):
                return f"/targets/{index}/deadline was taken from it: set that, too"
    elif holder == ("effective",) and notice.effective:
        start, end = notice.effective.start, notice.effective.end
        if start and end and end < start:
            return "it ends before it starts: set both"
    return None


def _left(task: Task, index: int, old: SetScalar, spans: Sequence[Span] | None) -> str | None:
    """A milestone of a task that still has the date ``old``, of those at ``spans`` or of all."""
    for at, milestone in enumerate(task.milestones):
        within = spans is None or any(
            milestone.span.start < span.end and span.start < milestone.span.end for span in spans
        )
        if old is not None and milestone.date == old and milestone.rule != "person" and within:
            return f"/tasks/{index}/milestones/{at}/date has the same date: set that, too"
    return None


_MISSING = object()


def _at(value: Any, steps: Sequence[str | int]) -> Any:
    for step in steps:
        if isinstance(step, int):
            if not isinstance(value, tuple) or step >= len(value):
                return _MISSING
            value = value[step]
        else:
            if not is_dataclass(value) or step not in {field.name for field in fields(value)}:
                return _MISSING
            value = getattr(value, step)
    return value


def _put(value: Any, steps: Sequence[str | int], new: Any) -> Any:
    if not steps:
        return new
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        return (*value[:step], _put(value[step], rest, new), *value[step + 1 :])
    return replace(value, **{step: _put(getattr(value, step), rest, new)})


def _steps(pointer: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() and len(step) < 10 else step for step in pointer.split("/")[1:])


def _pattern(pointer: str) -> str:
    return re.sub(r"/[0-9]++(?=/|\Z)", "/N", pointer)


def _same(found: object, stated: SetScalar) -> bool:
    return found == stated and isinstance(found, str) == isinstance(stated, str)


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value) or value < "1900":
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True


def _shown(value: object) -> str:
    shown = "nothing (null)" if value is None else f"“{value}”" if isinstance(value, str) else str(value)
    return shown if len(shown) <= 80 else shown[:79] + "…"


def _refuse(path: str | None, number: int, each: FieldCorrection, flaw: str) -> NoReturn:
    before = f"{path}: {PurePath(path).with_suffix('.toml').name}, " if path else ""
    raise CorrectionError(f"{before}set {number}: {_shown(each.pointer)}: {flaw}")
