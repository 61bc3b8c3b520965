"""What is doubtful in each task: warnings and errors about its text, and repairs in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from gongwen.model import Finding, Notice, Span, Task

Item = TypeVar("Item")


class Doubt(NamedTuple):
    """The warnings and errors about places of a task, and the places of it that were repaired."""

    findings: tuple[Finding, ...]
    repaired: tuple[Span, ...]


def doubts(notice: Notice) -> list[Doubt]:
    """The doubtful places of each task of ``notice``, in order of the text."""
    findings = _by_place(
        (finding.span, finding) for finding in notice.findings if finding.span and finding.severity != "info"
    )
    repaired = _by_place((span, span) for repair in notice.repairs for span in repair.spans)
    return [Doubt(_inside(findings, task), _inside(repaired, task)) for task in notice.tasks]


def _by_place(items: Iterable[tuple[Span, Item]]) -> list[tuple[int, Item]]:
    return sorted(((span.start, item) for span, item in items), key=lambda placed: placed[0])


def _inside(items: Sequence[tuple[int, Item]], task: Task) -> tuple[Item, ...]:
    """Those of the sorted ``items`` that begin in the text or the clause of ``task``."""
    found: dict[int, Item] = {}
    for span in (*task.spans, *task.clause_spans) if items else ():
        at = bisect_left(items, span.start, key=lambda placed: placed[0])
        while at < len(items) and items[at][0] < span.end:
            found[at] = items[at][1]
            at += 1
    return tuple(found[at] for at in sorted(found))
