"""The tables as CSV: RFC 4180 with its CR LF line ends, UTF-8 without a byte order mark, a header row.

A missing value is an empty cell, a boolean true or false, a list JSON. A spreadsheet takes a cell that begins with
= + - @ or a control character for a formula, and a notice may come from anybody; so a text that begins so, after
any number of apostrophes, gets an apostrophe in front, which ``read`` takes away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from gongwen.publish import Entry, Part
from gongwen.publish.definitions import Type
from gongwen.publish.joined import Joined
from gongwen.publish.tables import Columns, Row, Table, columns_of, notice_tables

_FORMULA = re.compile(r"'*+[=+\-@\t\r\n＝＋－＠]")  # the wide forms are formulas in East Asian editions of Excel
_FIRST = "'=+-@\t\r\n＝＋－＠"  # what a match of it begins with
_ESCAPED = re.compile(rf"'(?={_FORMULA.pattern})")


def prepare(entry: Entry) -> Part:
    """The lines of each table that has some of this notice, by the table's name."""
    columns = columns_of(entry)
    return Part(
        data={
            table.name: lines(cells(table, columns[table.name])) for table in notice_tables() if columns[table.name][0]
        }
    )


class CsvTables(Joined):
    """Writes tables/<table>.csv."""

    def heads(self) -> Mapping[str, tuple[str, bytes]]:
        return {
            table.name: (f"tables/{table.name}.csv", lines([[field.name for field in table.fields]]))
            for table in notice_tables()
        }


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """``rows`` as lines of CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def cells(table: Table, columns: Columns) -> Iterator[Sequence[Any]]:
    """The rows of ``table`` as ``lines`` takes them, which writes None and numbers by itself."""
    return zip(
        *(_WRITERS[field.type](column) for field, column in zip(table.fields, columns, strict=True)), strict=True
    )


def read(path: Path, table: Table) -> Iterator[Row]:
    """The rows of a file of ``table``, as they were before they were written: the apostrophes taken away, values typed."""
    readers = [_READERS[field.type] for field in table.fields]
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            yield tuple(read(cell) if cell else None for read, cell in zip(readers, row, strict=True))


def escape(text: str) -> str:
    """``text`` so that a spreadsheet takes it for a text.

    >>> escape("=1+1"), escape("'-"), escape("1-1"), escape("'一'")
    ("'=1+1", "''-", '1-1', "'一'")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unescape(cell: str) -> str:
    """What ``escape`` made ``cell`` of."""
    return _ESCAPED.sub("", cell, count=1) if _ESCAPED.match(cell) else cell


def _escaped(column: Sequence[str | None]) -> Sequence[str | None]:
    return [escape(text) if text and text[0] in _FIRST else text for text in column]


def _lists(column: Sequence[Any]) -> Sequence[str | None]:
    return [None if value is None else orjson.dumps(value).decode() for value in column]


def _booleans(column: Sequence[bool | None]) -> Sequence[str | None]:
    return [None if value is None else "true" if value else "false" for value in column]


def _as_they_are(column: Sequence[Any]) -> Sequence[Any]:
    return column


def _verbatim(value: str) -> str:
    return value


_WRITERS: dict[Type, Callable[[Sequence[Any]], Sequence[Any]]] = {
    "string": _escaped,
    "key": _as_they_are,
    "integer": _as_they_are,
    "boolean": _booleans,
    "date": _as_they_are,
    "number": _as_they_are,
    "strings": _lists,
    "spans": _lists,
}
_READERS: dict[Type, Callable[[str], Any]] = {
    "string": unescape,
    "key": _verbatim,
    "integer": int,
    "boolean": "true".__eq__,
    "date": _verbatim,
    "number": _verbatim,
    "strings": orjson.loads,
    "spans": orjson.loads,
}
