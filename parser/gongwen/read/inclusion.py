"""Documents in a Word document: those that it includes as its own text (altChunk), of any format, and those that it embeds.

An included document is read where it stands, as Word does when it opens the file. What can't be read, and what is only embedded (a
workbook behind an icon, a formula of an old editor), is named by a finding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gongwen.document import Cell, Paragraph, Source, Table
from gongwen.errors import SourceError
from gongwen.read.draft import Draft, DraftCell, Line

if TYPE_CHECKING:
    from gongwen.read.package import Package

_DEEPEST = 1  # documents in one another: more, and a document that includes itself some times would be read without end
_MOST = 20  # documents that one includes
_NAMED = 10
_SHOWN = (
    "text",
    "furniture",
    "page-table",
)  # what a page of the web has around its notice, a part of a document hasn't


class Inclusions:
    """Reads the documents that the document in ``package`` includes; ``targets`` are its parts by their ids, ``depth`` is how many
    documents include it."""

    def __init__(self, package: Package, targets: dict[str, str], draft: Draft, depth: int) -> None:
        self.asides: list[tuple[str, str]] = []
        """What the included documents say outside of all text."""
        self._package = package
        self._targets = targets
        self._draft = draft
        self._depth = depth
        self._read = 0
        self._unread: dict[str, None] = {}

    def include(self, id: str, *, in_cell: bool) -> list[Line]:
        """The lines of the included document, whose tables are none in a cell; what stands beside them goes behind the body."""
        part = self._targets.get(id, "")
        source = self._source(part)
        if source is None:
            self.pass_over(id)
            return []
        self.asides += source.asides
        starts: list[int] = []
        lines: list[Line] = []
        for piece in source.pieces:
            start = piece.start
            for text in source.text[piece.start : piece.end].removesuffix("\n").split("\n"):
                line = Line("text" if piece.kind in _SHOWN else piece.kind)
                line.add(text, Paragraph(part, len(lines) + 1, 0))
                starts.append(start)
                lines.append(line)
                start += len(text) + 1
        for table in () if in_cell else source.tables:
            first = bisect_right(starts, table.start) - 1
            rows = lines[first : first + len(table.rows)]
            for number, row in enumerate(rows):
                row.cells.extend(_cells(table, number, starts[first + number], row.length))
            self._draft.tables.append(rows)
        for found in source.findings:
            params: dict[str, Any] = dict(found.params)
            if found.span:
                at = bisect_right(starts, found.span.start) - 1
                self._draft.doubt(
                    found.code, lines[at], found.span.start - starts[at], found.span.end - starts[at], **params
                )
            else:
                self._draft.doubt(found.code, **params)
        self._draft.beside += [line for line in lines if line.kind != "text"]
        return [line for line in lines if line.kind == "text"]

    def pass_over(self, id: str) -> None:
        """Note a document that isn't read, by the id of its part."""
        self._unread[self._targets.get(id) or id] = None

    def report(self) -> None:
        """A finding on the documents that weren't read."""
        if self._unread:
            named = [*self._unread][:_NAMED]
            parts = ", ".join(named) + (", …" if len(self._unread) > _NAMED else "")
            self._draft.doubt("unread-part", count=len(self._unread), parts=parts)

    def _source(self, part: str) -> Source | None:
        """The document in a part; None where it can't be read."""
        from gongwen import read  # which reads this document

        self._read += 1
        if part not in self._package or self._read > _MOST or self._depth >= _DEEPEST:
            return None
        try:
            return read.included(self._package.read(part), self._depth + 1)
        except SourceError:
            return None


def _cells(table: Table, number: int, start: int, length: int) -> Iterator[DraftCell]:
    """The cells that begin in a row of ``table``, whose line begins at ``start``."""
    row = table.rows[number]
    column = 0
    while column < len(row):
        cell, wide = row[column], 1
        while column + wide < len(row) and cell is not None and row[column + wide] == cell:
            wide += 1
        if cell is not None and start <= cell.start <= start + length:
            yield DraftCell(
                cell.start - start, cell.end - start, column, _height(table.rows[number:], column, cell), wide
            )
        column += wide


def _height(rows: Sequence[Sequence[Cell | None]], column: int, cell: Cell) -> int:
    """How many rows a cell covers, of those from its own on."""
    for height, row in enumerate(rows):
        if column >= len(row) or row[column] != cell:
            return height
    return len(rows)
