"""A workbook of all notices, tables/gongwen.xlsx: a 任务分工表 first, then a sheet for each table. Needs XlsxWriter (the extra ``publish``).

Every cell is a text, also by its format, so that no program takes one for a formula or a date, even when it is edited. The head of a
sheet is frozen and filters. A sheet that is full goes on in another of its name with a number; a text longer than a cell takes is
cut, and says so.
"""

from __future__ import annotations

import errno
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import orjson
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from gongwen.publish import Before, Entry, Part, Publisher, tables
from gongwen.publish.archive import UNDATED, settle
from gongwen.publish.assignments import HEADS, assignments
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.files import Output, naming
from gongwen.publish.tables import notice_tables

FILE = "tables/gongwen.xlsx"
ASSIGNMENTS = "任务分工表"

_MOST_ROWS = 1 << 20  # of a sheet, by the format
_MOST_CHARACTERS = 32_767  # of a cell, by the format, in units of UTF-16
_CUT = "…（全文见 JSON）"
_WIDTHS = dict(zip(HEADS, (48, 18, 24, 24, 20, 36, 36, 30, 22, 24), strict=True))
_WIDTH = 18
_WHOLE = "A1:XFD1048576"


def prepare(entry: Entry) -> Part:
    """The rows of the 任务分工表, and those of each table as ``tables.prepare`` has them, all as lines of JSON."""
    return Part(data={ASSIGNMENTS: _assignments(entry.data), **tables.prepare(entry).data})


def workbook(notice: dict[str, Any]) -> bytes:
    """The workbook of one published notice (its JSON)."""
    content = io.BytesIO()
    with TemporaryDirectory() as folder:
        sheets = Sheets(Path(folder) / "made.xlsx")
        try:
            rows = {table.name: tables.lines(table, table.rows(notice)) for table in notice_tables()}
            sheets.add({ASSIGNMENTS: _assignments(notice), **rows})
            sheets.finish(content)
        finally:
            sheets.abandon()
    return content.getvalue()


def _assignments(notice: Mapping[str, Any]) -> bytes:
    return b"".join(orjson.dumps(list(row)) + b"\n" for row in assignments(notice))


class Workbook(Publisher):
    """Writes tables/gongwen.xlsx."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._path = output.begin(FILE)
        self._sheets = Sheets(output.scratch("gongwen.xlsx"), about)

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        with naming(self.output.published / FILE):
            self._sheets.add(data)

    def finish(self) -> None:
        with naming(self.output.published / FILE):
            self._sheets.finish(self._path)

    def abandon(self) -> None:
        self._sheets.abandon()


class Sheets:
    """A workbook that grows in the scratch file ``path`` until it is finished."""

    def __init__(self, path: Path, about: About = UNSTATED) -> None:
        self._path = path
        self._closed = False
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._book.use_zip64()
        self._book.set_properties({"title": about.title, "created": UNDATED})
        texts = {"num_format": "@", "valign": "top"}
        head = self._book.add_format({**texts, "bold": True, "bottom": 1})
        cell, wrapped = self._book.add_format(texts), self._book.add_format({**texts, "text_wrap": True})
        self._sheets = {ASSIGNMENTS: _Sheet(self._book, ASSIGNMENTS, HEADS, head, wrapped)}
        for table in notice_tables():
            names = [field.name for field in table.fields]
            self._sheets[table.name] = _Sheet(self._book, table.name, names, head, cell)

    def add(self, data: Mapping[str, bytes]) -> None:
        """The rows of one notice, as ``prepare`` has them."""
        for name, content in data.items():
            rows = map(orjson.loads, content.splitlines())
            self._sheets[name].add(rows if name == ASSIGNMENTS else (row.values() for row in rows))

    def finish(self, target: Path | IO[bytes]) -> None:
        """Write all of it to ``target``."""
        for sheet in self._sheets.values():
            sheet.finish()
        self._close()
        settle(self._path, target)
        self._path.unlink()

    def abandon(self) -> None:
        """Let go of what is open, finished or not."""
        with suppress(OSError):
            self._close()

    def _close(self) -> None:
        if not self._closed:
            self._closed = True
            try:
                self._book.close()
            except FileCreateError as error:  # a full disk, in a wrapping of the library's own
                raise OSError(errno.ENOSPC, str(error)) from error


class _Sheet:
    """A sheet, and those that continue it."""

    def __init__(self, book: Any, name: str, heads: Sequence[str], head: Any, cell: Any) -> None:
        self._book, self._name, self._heads, self._head, self._cell = book, name, heads, head, cell
        self._count = 0
        self._begin()

    def add(self, rows: Iterable[Iterable[Any]]) -> None:
        for row in rows:
            if self._row == _MOST_ROWS:
                self.finish()
                self._begin()
            for column, value in enumerate(row):
                if value is not None and value != "":
                    self._sheet.write_string(self._row, column, cell_text(value), self._cell)
            self._row += 1

    def finish(self) -> None:
        self._sheet.autofilter(0, 0, max(1, self._row - 1), len(self._heads) - 1)

    def _begin(self) -> None:
        self._count += 1
        self._sheet = self._book.add_worksheet(self._name if self._count == 1 else f"{self._name} {self._count}")
        self._sheet.freeze_panes(1, 0)
        self._sheet.ignore_errors({"number_stored_as_text": _WHOLE})
        for column, name in enumerate(self._heads):
            self._sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH), self._cell)
            self._sheet.write_string(0, column, name, self._head)
        self._row = 1


def cell_text(value: Any) -> str:
    """A value as the text of its cell.

    >>> cell_text(True), cell_text(3), cell_text(["甲"]), len(cell_text("字" * 40_000))
    ('true', '3', '["甲"]', 32767)
    """
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    if len(text) * 2 > _MOST_CHARACTERS and len(units := text.encode("utf-16-le")) // 2 > _MOST_CHARACTERS:
        return units[: (_MOST_CHARACTERS - len(_CUT)) * 2].decode("utf-16-le", errors="ignore") + _CUT
    return text
