"""The lines of a notice's published text, and the parts that they belong to: the notice, its plan, its annexes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import dropwhile, pairwise, takewhile
from typing import NamedTuple

from gongwen.document import BESIDE_THE_NOTICE
from gongwen.model import Section
from gongwen.publish import Entry

LEFT_OUT = BESIDE_THE_NOTICE
"""Kinds of blocks that belong to the copy and not to the notice."""
OPENING = {"plan-title", "annex-title", "attachment-heading"}
"""Kinds of lines that a new part begins with."""
FRONT = {
    "letterhead",
    "masthead",
    "document-number",
    "signer",
    "title",
    "adoption",
    "date",
    "recipients",
    "contents",
    *OPENING,
}
BACK = {"signature", "date", "note", "copied-to", "attachment-list", "imprint", "rule"}


class Line(NamedTuple):
    """A line of the published text, or the part of one from where a section begins: offsets in that text."""

    kind: str
    start: int
    end: int
    section: Section | None


class Part(NamedTuple):
    """The lines of a part: what stands before its text, its text, what stands after."""

    preface: list[Line]
    body: list[Line]
    conclusions: list[Line]


def parts(entry: Entry) -> list[Part]:
    """The notice itself, then each of its attachments; together all its lines, in order."""
    runs: list[list[Line]] = [[]]
    previous = None
    for line in lines(entry):
        if line.kind in OPENING and previous not in OPENING and runs[-1]:
            runs.append([])
        runs[-1].append(line)
        previous = line.kind
    return [_part(run) for run in runs]


def lines(entry: Entry) -> Iterator[Line]:
    """The lines that are not empty, cut where a section begins inside one."""
    value = entry.text.value
    sections = {_start(entry, section): section for section in entry.notice.sections}
    starts = sorted(sections)
    end = 0
    for block in entry.notice.blocks:
        start, end = end, end + len(block.text)
        stop = start + len(block.text.rstrip("\n"))
        if block.kind in LEFT_OUT or not value[start:stop].strip():
            continue
        inside = starts[bisect_left(starts, start + 1) : bisect_left(starts, stop)]
        borders = [start, *inside, stop]
        for first, last in pairwise(borders):
            yield Line(block.kind, first, last, sections.get(first))


def _start(entry: Entry, section: Section) -> int:
    """Where a section begins in the published text."""
    start, end = entry.text.from_source(section.span.start, section.span.end)
    return max(start, entry.text.value.find(section.marker, start, end))


def _part(run: list[Line]) -> Part:
    preface = list(takewhile(_is(FRONT), run))
    rest = run[len(preface) :]
    body = list(reversed(list(dropwhile(_is(BACK), reversed(rest)))))
    return Part(preface, body, rest[len(body) :])


def _is(kinds: set[str]) -> Callable[[Line], bool]:
    return lambda line: line.kind in kinds and line.section is None
