"""A text in the making: lines of the body, then what stands beside it, each stretch with its place in the file.

Readers of files add lines in the order of reading; what a file holds beside the text of the notice (comments, deleted
words, heads of pages) becomes lines of kinds of their own behind the body, so that the lines of the body stay whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from typing import NamedTuple

from gongwen.document import Box, Cell, Generated, Paragraph, Piece, Place, Reading, SheetCell, Table
from gongwen.findings import finding
from gongwen.model import Finding, Span
from gongwen.read.grid import Cover, fill

At = Paragraph | Box | SheetCell | Generated

JOIN = Generated("join")
_LINE_END = Generated("line-end")


class Run(NamedTuple):
    """Characters that follow one another at one place of the file."""

    text: str
    at: At


class DraftCell(NamedTuple):
    """A cell of a row: its text's offsets in the line, its column, and how many rows and columns it covers."""

    start: int
    end: int
    column: int
    rows: int
    columns: int


@dataclass(slots=True, eq=False)
class Line:
    """A line of one kind. ``anchor`` is the line, and the offset in it, that a line behind the body hangs on.

    Offsets in a line that others remember stay good: ``prefix`` counts the characters that were put before it later, and
    ``moved`` is the line, and the offset in it, that it became a part of.
    """

    kind: str = "text"
    runs: list[Run] = field(default_factory=list)
    length: int = 0
    cells: list[DraftCell] = field(default_factory=list)
    anchor: tuple[Line, int] | None = None
    prefix: int = 0
    moved: tuple[Line, int] | None = None

    def add(self, text: str, at: At) -> None:
        """Add ``text`` at the end of the line; line feeds and separators in it count as blanks."""
        if text:
            self.runs.append(Run(text.translate(_BLANKS), at))
            self.length += len(text)

    def prepend(self, text: str, at: At) -> None:
        """Put ``text`` before the line."""
        self.runs.insert(0, Run(text, at))
        self.length += len(text)
        self.prefix += len(text)

    def move(self, into: Line, *, flat: bool = False) -> None:
        """Make the line the end of another one; ``flat``: its tabs become blanks."""
        self.moved = (into, into.length)
        for text, at in self.runs:
            into.add(text.replace("\t", " ") if flat else text, at)

    def resolve(self, offset: int) -> tuple[Line, int]:
        """The line that holds the character at ``offset`` now, and its offset there."""
        line, offset = self, offset + self.prefix
        while line.moved:
            line, shift = line.moved
            offset += shift
        return line, offset

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(run.text for run in self.runs)


_BLANKS = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


class _Doubt(NamedTuple):
    code: str
    params: dict[str, str | int]
    line: Line | None
    start: int
    end: int


class Draft:
    """Gathers lines, tables and findings of one file; ``reading`` makes one text of them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.beside: list[Line] = []
        self.tables: list[list[Line]] = []
        """The rows of each table: lines of the body with cells, one behind the other."""
        self._doubts: list[_Doubt] = []

    def doubt(
        self, code: str, at: Line | None = None, start: int = 0, end: int | None = None, **params: str | int
    ) -> None:
        """A finding on ``at[start:end]``, by default on all that the line holds so far, or on the whole file."""
        stop = end if end is not None else at.length - at.prefix if at else 0
        self._doubts.append(_Doubt(code, params, at, start, stop))

    def reading(self) -> Reading:
        """The text, tiled by pieces of whole lines, with its tables, places and findings. Empty lines stay."""
        lines = [*self.lines, *self.beside]
        starts: dict[int, int] = {}
        texts: list[str] = []
        places: list[Place] = []
        position = 0
        for line in lines:
            starts[id(line)] = position
            for text, at in line.runs:
                _place(places, position, position + len(text), at)
                texts.append(text)
                position += len(text)
            _place(places, position, position + 1, _LINE_END)
            texts.append("\n")
            position += 1
        anchored = _anchors(lines, starts)
        if anchored:
            places = [_anchor(place, anchored) for place in places]
        return Reading(
            "".join(texts),
            tuple(_pieces(lines)),
            tuple(_table(rows, starts) for rows in self.tables if rows and id(rows[0]) in starts),
            (),
            tuple(places),
            tuple(self._findings(starts)),
        )

    def _findings(self, starts: dict[int, int]) -> Iterator[Finding]:
        for code, params, line, start, end in self._doubts:
            if line is None:
                yield finding(code, None, **params)
                continue
            where, first = line.resolve(start)
            if (base := starts.get(id(where))) is not None:
                yield finding(code, Span(base + first, base + first + end - start), **params)


def join(first: Reading, second: Reading) -> Reading:
    """Two readings of one file as one, the second behind the first."""
    by = len(first.text)
    return Reading(
        first.text + second.text,
        (*first.pieces, *(piece._replace(start=piece.start + by, end=piece.end + by) for piece in second.pieces)),
        (*first.tables, *(_shifted(table, by) for table in second.tables)),
        (*first.statements, *(each._replace(start=each.start + by, end=each.end + by) for each in second.statements)),
        (
            *first.places,
            *(
                place._replace(
                    start=place.start + by,
                    end=place.end + by,
                    anchor=None if place.anchor is None else place.anchor + by,
                )
                for place in second.places
            ),
        ),
        (
            *first.findings,
            *(
                replace(each, span=each.span and Span(each.span.start + by, each.span.end + by))
                for each in second.findings
            ),
        ),
    )


def _shifted(table: Table, by: int) -> Table:
    rows = tuple(tuple(cell and Cell(cell.start + by, cell.end + by) for cell in row) for row in table.rows)
    return Table(table.start + by, table.end + by, rows)


def _place(places: list[Place], start: int, end: int, at: At) -> None:
    """Add a place, or lengthen the last one where ``at`` goes on from it."""
    if places:
        last = places[-1]
        follows = last.at == at and not isinstance(at, Box)
        if isinstance(at, Paragraph) and isinstance(last.at, Paragraph):
            follows = last.at[:2] == at[:2] and last.at.offset + last.end - last.start == at.offset
        if follows and last.end == start:
            places[-1] = last._replace(end=end)
            return
    places.append(Place(start, end, at))


def _anchors(lines: Iterable[Line], starts: dict[int, int]) -> list[tuple[int, int, int]]:
    """(start, end, anchor) of the lines that hang on others, in order."""
    found = []
    for line in lines:
        if line.anchor:
            where, offset = line.anchor[0].resolve(line.anchor[1])
            if id(where) in starts:
                start = starts[id(line)]
                found.append((start, start + line.length, starts[id(where)] + offset))
    return found


def _anchor(place: Place, anchored: Sequence[tuple[int, int, int]]) -> Place:
    index = bisect_right(anchored, place.start, key=lambda each: each[0]) - 1
    if index >= 0 and place.start < anchored[index][1] and not isinstance(place.at, Generated):
        return place._replace(anchor=anchored[index][2])
    return place


def _pieces(lines: Iterable[Line]) -> Iterator[Piece]:
    """A piece for each run of lines of one kind."""
    position = 0
    for kind, run in groupby(lines, key=lambda line: line.kind):
        end = position + sum(line.length + 1 for line in run)
        yield Piece(kind, position, end)
        position = end


def _table(rows: Sequence[Line], starts: dict[int, int]) -> Table:
    covers = chain.from_iterable(
        (
            Cover(number, cell.column, cell.rows, cell.columns, Cell(base + cell.start, base + cell.end))
            for cell in row.cells
        )
        for number, row in enumerate(rows)
        for base in (starts[id(row)],)
    )
    last = rows[-1]
    return Table(starts[id(rows[0])], starts[id(last)] + last.length + 1, fill(len(rows), covers))
