"""A workbook of all notices, tables/gongwen.xlsx: a 任务分工表 first, then a sheet for each table. Needs XlsxWriter (the extra ``publish``).

Every cell is a text, also by its format, so that no program takes one for a formula or a date, even when it is edited. The head of a
sheet is frozen, filters, and stands on every printed page. A sheet that is full goes on in another of its name with a number; a text
longer than a cell takes is cut, and says so.

The texts of the cells are escaped while a notice is prepared; all of a notice become rows at once when it is taken. Rows and cells name no
place (r), since they stand in order. XlsxWriter makes the workbook around them when all notices were taken. Rows of notices that have
not changed are read from the workbook of the last build: which are whose was noted when they were written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import ZipFile

import orjson
import xlsxwriter

from gongwen.publish import Before, Entry, Part, Publisher
from gongwen.publish.archive import UNDATED, chunks, settle
from gongwen.publish.assignments import HEADS, assignments
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.files import Output, naming
from gongwen.publish.joined import Standing
from gongwen.publish.tables import Columns, columns_of, notice_tables

FILE = "tables/gongwen.xlsx"
ASSIGNMENTS = "任务分工表"

_MOST_ROWS = 1 << 20  # of a sheet, by the format
_MOST_CHARACTERS = 32_767  # of a cell, by the format, in units of UTF-16
_CUT = "…（全文见 JSON）"
_WIDTHS = (44, 14, 18, 18, 14, 24, 20, 16, 14, 14)  # of the 任务分工表: on paper, a page wide, it can be read
_WIDTH = 18
_A4 = 9
_LARGE = 1 << 30  # bytes of the rows of a sheet
_HEAD, _CELL, _WRAPPED = 1, 2, 3  # formats, by their numbers in the file
_NEXT_CELL, _NEXT_ROW = b"\x1f", b"\x1e"  # signs that no XML has
_BETWEEN_CELLS, _BETWEEN_ROWS = "\ud800", "\ud801"  # signs that no text has
_END = b"</t></is></c>"
_ROW, _ROW_END = b"<row>", b"</row>"  # as no text has them, which is escaped
_HEAD_BYTES = 1 << 16  # what stands before the rows is shorter
_WHOLE = "A1:XFD1048576"
_MARKUP = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def prepare(entry: Entry) -> Part:
    """The texts of each sheet that has some of this notice, by the sheet's name."""
    return Part(data=_sheets(entry.data, columns_of(entry)))


class Workbook(Publisher):
    """Writes tables/gongwen.xlsx."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._path = output.begin(FILE)
        folder = output.scratch("sheets/rows").parent
        self._open = ExitStack()
        self._notices = [id for id in before.notices if id not in before.gone] if before else []
        standing = self._standing(before) if before else iter(())
        self._sheets = {name: _Sheet(name, heads, folder, next(standing, None)) for name, heads in _heads().items()}

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        self._notices.append(id)
        with naming(self.output.published / FILE):
            for name, rows in data.items():
                self._sheets[name].add(id, rows)

    def finish(self) -> None:
        with naming(self.output.published / FILE):
            for sheet in self._sheets.values():
                sheet.finish()
            _write(self._sheets.values(), self.about, self._path)
        self._notices.sort()
        sheets = self._sheets.values()
        if all(len(sheet.counts) == 1 for sheet in sheets):
            self.output.pieces[FILE] = tuple(chain.from_iterable(sheet.lengths(self._notices) for sheet in sheets))

    def abandon(self) -> None:
        for sheet in self._sheets.values():
            sheet.close()
        self._open.close()

    def _standing(self, before: Before) -> Iterator[Standing]:
        """What the last build left of each sheet. One whose sheets go on in others has noted no pieces."""
        book = self._open.enter_context(ZipFile(before.folder / FILE))
        pieces, count = before.pieces[FILE], len(before.notices)
        for number, start in enumerate(range(0, len(pieces), count), 1):
            rows = self._open.enter_context(book.open(f"xl/worksheets/sheet{number}.xml"))
            rows.seek(rows.read(_HEAD_BYTES).index(_ROW_END) + len(_ROW_END))
            yield Standing(zip(before.notices, pieces[start : start + count], strict=True), before.gone, rows.read)


def workbook(notice: dict[str, Any]) -> bytes:
    """The workbook of one published notice (its JSON)."""
    content = io.BytesIO()
    rows = _sheets(notice, {table.name: table.columns(notice) for table in notice_tables()})
    with TemporaryDirectory() as folder:
        sheets = {name: _Sheet(name, heads, Path(folder)) for name, heads in _heads().items()}
        try:
            for name, texts in rows.items():
                sheets[name].add(notice["id"], texts)
            _write(sheets.values(), UNSTATED, content)
        finally:
            for sheet in sheets.values():
                sheet.close()
    return content.getvalue()


class _Sheet:
    """The rows of a sheet, and of those that continue it, in files of ``folder``; ``standing`` are those of the last build."""

    def __init__(self, name: str, heads: Sequence[str], folder: Path, standing: Standing | None = None) -> None:
        self.name, self.heads = name, heads
        self._folder = folder
        self._standing = standing or Standing()
        style = _WRAPPED if name == ASSIGNMENTS else _CELL
        self._start = b'<c s="%d" t="inlineStr"><is><t xml:space="preserve">' % style
        self._empty = self._start + _END, b'<c s="%d"/>' % style
        self._streams: list[IO[bytes]] = []
        self._lengths: dict[str, int] = {}
        self.counts: list[int] = []  # of each, with its head
        self._begin()

    def add(self, id: str, texts: bytes) -> None:
        """Add the rows of a notice, as ``_joined`` gives them."""
        for rows in self._standing.before(id):
            self._append(rows)
        texts = texts.replace(_NEXT_CELL, _END + self._start).replace(_NEXT_ROW, _END + _ROW_END + _ROW + self._start)
        whole = (_ROW + self._start + texts + _END + _ROW_END).replace(*self._empty)
        self._append(whole)
        self._lengths[id] = len(whole)

    def finish(self) -> None:
        """All notices were added."""
        for rows in self._standing.before(None):
            self._append(rows)

    def lengths(self, notices: Iterable[str]) -> Iterator[int]:
        """How many bytes each of ``notices`` has, when all were added."""
        lengths = self._standing.lengths | self._lengths
        return (lengths.get(id, 0) for id in notices)

    def _append(self, rows: bytes) -> None:
        count, room = rows.count(_ROW), _MOST_ROWS - self.counts[-1]
        if count > room:
            split = rows.split(_ROW_END)
            self._streams[-1].write(b"".join(row + _ROW_END for row in split[:room]))
            self.counts[-1] += room
            self._begin()
            self._append(_ROW_END.join(split[room:]))
            return
        self.counts[-1] += count
        self._streams[-1].write(rows)

    def parts(self) -> Iterator[tuple[str, int, IO[bytes]]]:
        """The name of each sheet, the number of its rows, and those without the head."""
        for number, (count, stream) in enumerate(zip(self.counts, self._streams, strict=True), 1):
            yield self.name if number == 1 else f"{self.name} {number}", count, stream

    def close(self) -> None:
        for stream in self._streams:
            stream.close()

    def _begin(self) -> None:
        name = self.name.encode().hex()  # in a locale of ASCII no file can have a Chinese name
        self._streams.append((self._folder / f"{name}-{len(self._streams) + 1}").open("w+b"))
        self.counts.append(1)


def _heads() -> dict[str, Sequence[str]]:
    """The heads of each sheet."""
    return {ASSIGNMENTS: HEADS} | {table.name: [field.name for field in table.fields] for table in notice_tables()}


def _sheets(notice: Mapping[str, Any], tables: Mapping[str, Columns]) -> dict[str, bytes]:
    """The texts of each sheet."""
    shown = {ASSIGNMENTS: _joined(list(assignments(notice)))}
    shown |= {name: _joined([*zip(*map(_texts, columns), strict=True)]) for name, columns in tables.items()}
    return {name: texts for name, texts in shown.items() if texts}


def _texts(column: Sequence[Any]) -> Sequence[str]:
    """The values of a column as texts."""
    return [value if type(value) is str else "" if value is None else cell_text(value) for value in column]


def _joined(rows: Sequence[Sequence[str]]) -> bytes:
    """The texts of rows in XML: _NEXT_CELL stands between two cells, _NEXT_ROW between two rows."""
    texts = _BETWEEN_ROWS.join([_BETWEEN_CELLS.join(row) for row in rows])
    if len(texts) * 2 > _MOST_CHARACTERS:
        texts = _BETWEEN_ROWS.join([_BETWEEN_CELLS.join(map(cell_text, row)) for row in rows])
    if _MARKUP.search(texts):
        texts = _escaped(texts)
    return texts.replace(_BETWEEN_CELLS, "\x1f").replace(_BETWEEN_ROWS, "\x1e").encode()


def cell_text(value: Any) -> str:
    """A value as the text of its cell.

    >>> cell_text(True), cell_text(3), cell_text(["甲"]), len(cell_text("字" * 40_000))
    ('true', '3', '["甲"]', 32767)
    """
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    if len(text) * 2 > _MOST_CHARACTERS and len(units := text.encode("utf-16-le")) // 2 > _MOST_CHARACTERS:
        return units[: (_MOST_CHARACTERS - len(_CUT)) * 2].decode("utf-16-le", errors="ignore") + _CUT
    return text


def _escaped(text: str) -> str:
    """``text`` in XML; a character that XML has no place for by its number, as the format writes it."""
    return _MARKUP.sub(lambda match: _NAMED.get(match[0]) or f"_x{ord(match[0]):04X}_", text)


def _write(sheets: Iterable[_Sheet], about: About, target: Path | IO[bytes]) -> None:
    """The workbook of ``sheets``: that which XlsxWriter makes of the heads, with the rows put in."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"title": about.title, "created": UNDATED})
    texts = {"num_format": "@", "valign": "top"}
    head = book.add_format({**texts, "bold": True, "bottom": 1})
    cell, wrapped = book.add_format(texts), book.add_format({**texts, "text_wrap": True})
    # XlsxWriter numbers formats when they are first asked for, which the columns of the first sheet would do in another order.
    numbers = tuple(format._get_xf_index() for format in (head, cell, wrapped))
    assert numbers == (_HEAD, _CELL, _WRAPPED)
    parts: list[IO[bytes]] = []
    for each in sheets:
        for name, count, rows in each.parts():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, each.heads, head)
            widths = _WIDTHS if each.name == ASSIGNMENTS else (_WIDTH,) * len(each.heads)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width, wrapped if each.name == ASSIGNMENTS else cell)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, count - 1), len(each.heads) - 1)
            sheet.ignore_errors({"number_stored_as_text": _WHOLE})
            sheet.set_paper(_A4)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            parts.append(rows)
    book.close()
    by_name = {f"xl/worksheets/sheet{number}.xml": part for number, part in enumerate(parts, 1)}

    def contents(name: str, content: IO[bytes]) -> Iterator[bytes]:
        if name not in by_name:
            yield from chunks(name, content)
            return
        whole = re.sub(rb'<dimension ref="[^"]*"/>', b"", content.read())  # it is that of the head alone
        start, end, rest = whole.partition(b"</sheetData>")
        yield start
        by_name[name].seek(0)
        yield from chunks(name, by_name[name])
        yield end + rest

    made.seek(0)
    settle(made, target, contents, large=any(rows.seek(0, io.SEEK_END) > _LARGE for rows in parts))
