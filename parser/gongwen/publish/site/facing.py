"""The text as found beside the published text, cut where a value or a repair begins or ends.

Values and repairs are places of the source; on the published side they stand where the ledger puts them. Of values that
overlap, the shortest is marked: a unit's name inside a clause inside a task.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gongwen.document import Occurrence
from gongwen.model import Notice, Span
from gongwen.text import Text


class Value(NamedTuple):
    """A value of the notice at a place of the source. ``label`` names its kind; ``anchor`` is its place on the notice's page.

    ``status`` is that of a place that no value holds: explained, unread or undecided, with its reason as the label.
    """

    span: Span
    label: str
    anchor: str
    status: str | None = None


class Run(NamedTuple):
    """A stretch of text; ``repair`` is the index of the repair that made it what it is."""

    text: str
    repair: int | None


class Part(NamedTuple):
    """Runs that belong to one value, by its index, or to none. ``first`` is false where a value goes on from the block before."""

    value: int | None
    first: bool
    runs: tuple[Run, ...]


class Row(NamedTuple):
    """A block, as found and as published."""

    kind: str
    span: Span
    found: tuple[Part, ...]
    published: tuple[Part, ...]


class Facing:
    """The values that are marked in a notice, and where each place of the source stands on the page."""

    def __init__(self, notice: Notice, occurrences: Iterable[Occurrence] = ()) -> None:
        self.values = _with_places(_without_overlaps(values(notice)), occurrences)
        self._starts = [block.span.start for block in notice.blocks]
        self._marked = {value.span: index for index, value in enumerate(self.values)}

    def anchor(self, span: Span) -> str:
        """The anchor of a place of the source: of the value that stands exactly there, else of its block."""
        if span in self._marked:
            return f"v{self._marked[span] + 1}"
        return f"b{max(1, bisect_right(self._starts, span.start))}"


def values(notice: Notice) -> Iterator[Value]:
    """The values of ``notice`` that stand in its text, but its kind: the end of the title says it."""
    if notice.document_number and notice.document_number.span:
        yield Value(notice.document_number.span, "document_number", "facts")
    for span, label in ((notice.spans.title, "title"), (notice.spans.issue_date, "issue_date")):
        if span:
            yield Value(span, label, "facts")
    for issuer in notice.issuers:
        yield Value(issuer.span, "issuer", "facts")
    for recipient in notice.recipients:
        yield Value(recipient.span, "recipient", "facts")
    if notice.print:
        yield Value(notice.print.span, "print", "facts")
    for part in notice.parts:
        if part.kind == "plan":
            for span in part.title_spans:
                yield Value(span, "plan", "facts")
    for citation in notice.citations:
        for mention in citation.mentions:
            yield Value(mention.span, "citation", "citations")
    for number, target in enumerate(notice.targets, 1):
        for span in target.spans:
            yield Value(span, "target", f"target-{number}")
    for number, task in enumerate(notice.tasks, 1):
        for responsible in task.responsible_units:
            yield Value(responsible.span, f"roles.{responsible.role}", f"task-{number}")
    for number, section in enumerate(notice.sections, 1):
        if section.title_span:
            yield Value(section.title_span, "heading", f"section-{number}")


def rows(notice: Notice, text: Text, facing: Facing) -> Iterator[Row]:
    """The blocks of ``notice``, whose ledger is that of ``text``, cut at the values that ``facing`` marks and at the repairs."""
    repairs = [(span, index) for index, repair in enumerate(notice.repairs) for span in repair.spans]
    repairs.sort(key=lambda mark: (mark[0].start, mark[0].end))
    found_side = _Side(text.source, [value.span for value in facing.values], repairs)
    if text.value == text.source:  # nothing was edited: both columns are the same
        for block in notice.blocks:
            parts = found_side.parts(block.span.start, block.span.end)
            yield Row(block.kind, block.span, parts, parts)
        return
    published_side = _Side(
        text.value,
        [_published(text, value.span) for value in facing.values],
        [(_published(text, span), index) for span, index in repairs],
    )
    end = 0
    for block in notice.blocks:
        start, end = end, end + len(block.text)
        yield Row(
            block.kind,
            block.span,
            found_side.parts(block.span.start, block.span.end),
            published_side.parts(start, end),
        )


class _Side:
    """One of the two texts, with the places of the values and of the repairs in it, both in order."""

    def __init__(self, text: str, values: Sequence[Span], repairs: Sequence[tuple[Span, int]]) -> None:
        self._text = text
        self._values = _disjoint((span, index) for index, span in enumerate(values))
        self._repairs = _disjoint(repairs)

    def parts(self, start: int, end: int) -> tuple[Part, ...]:
        """``text[start:end]`` without the line feeds that end it."""
        end = start + len(self._text[start:end].rstrip("\r\n"))
        return tuple(
            Part(index, at == span.start, tuple(self._runs(at, to)))
            for at, to, (span, index) in _cut(self._values, start, end)
        )

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        if not self._repairs:
            yield Run(self._text[start:end], None)
            return
        for at, to, (_, repair) in _cut(self._repairs, start, end):
            yield Run(self._text[at:to], repair)


Mark = tuple[Span, int | None]
_UNMARKED: Mark = (Span(-1, -1), None)


def _cut(marks: Sequence[Mark], start: int, end: int) -> Iterator[tuple[int, int, Mark]]:
    """[start, end) in stretches: (start, end, the mark that covers it)."""
    position = start
    for index in range(bisect_right(marks, start, key=lambda mark: mark[0].end), len(marks)):
        span, _ = marks[index]
        if span.start >= end:
            break
        if span.start > position:
            yield position, span.start, _UNMARKED
            position = span.start
        yield position, min(span.end, end), marks[index]
        position = min(span.end, end)
    if position < end:
        yield position, end, _UNMARKED


def _disjoint(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that are not empty and do not reach into the one before."""
    kept: list[Mark] = []
    for span, index in marks:
        if span.end > span.start and (not kept or span.start >= kept[-1][0].end):
            kept.append((span, index))
    return kept


def _without_overlaps(values: Iterable[Value]) -> list[Value]:
    """The values in order of their place; of those that overlap, the shortest, and of equal ones the first."""
    kept: list[Value] = []
    for value in sorted(values, key=lambda value: value.span.end - value.span.start):
        at = bisect_left(kept, value.span.start, key=lambda other: other.span.start)
        before_clear = at == 0 or kept[at - 1].span.end <= value.span.start
        after_clear = at == len(kept) or value.span.end <= kept[at].span.start
        if value.span.end > value.span.start and before_clear and after_clear:
            kept.insert(at, value)
    return kept


def _with_places(values: list[Value], occurrences: Iterable[Occurrence]) -> list[Value]:
    """The values, and between them the places that no value holds, all in order."""
    places = [
        Value(
            one.span,
            f"coverage_codes.{one.code}" if one.status == "explained" else f"coverage_statuses.{one.status}",
            "findings",
            one.status,
        )
        for one in occurrences
        if one.status != "used" and one.kind not in ("marker", "row") and one.span.end > one.span.start
    ]
    merged: list[Value] = []
    starts = [value.span.start for value in values]
    for place in sorted(places, key=lambda value: value.span.start):
        at = bisect_left(starts, place.span.start)
        clear = (at == 0 or values[at - 1].span.end <= place.span.start) and (
            at == len(values) or place.span.end <= values[at].span.start
        )
        if clear and (not merged or merged[-1].span.end <= place.span.start):
            merged.append(place)
    return sorted([*values, *merged], key=lambda value: value.span.start)


def _published(text: Text, span: Span) -> Span:
    return Span(*text.from_source(span.start, span.end))
