"""The tables as Parquet, typed: dates are dates, numbers doubles, lists lists. Needs pyarrow (``pip install gongwen[publish]``)."""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from shutil import copyfile
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq

from gongwen.publish import Before, Publisher
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.definitions import Type
from gongwen.publish.files import Output, naming
from gongwen.publish.tables import Table, notice_tables

_ROWS = 4_096  # of a row group, where rows of an earlier build are written again
_BYTES = 1 << 20  # held of each table until they are written as one row group

_TYPES: dict[Type, pa.DataType] = {
    "string": pa.string(),
    "key": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "number": pa.float64(),
    "strings": pa.list_(pa.string()),
    "spans": pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())])),
}
_WRITTEN_AS_TEXT: tuple[Type, ...] = ("date", "number")


class ParquetTables(Publisher):
    """Writes tables/<table>.parquet."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._files = {table.name: _File(table, output, before) for table in notice_tables()}

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        for name, line in data.items():
            self._files[name].add(line)

    def finish(self) -> None:
        for file in self._files.values():
            file.finish()

    def abandon(self) -> None:
        for file in self._files.values():
            file.close()


class _File:
    def __init__(self, table: Table, output: Output, before: Before | None) -> None:
        name = f"tables/{table.name}.parquet"
        self._table = table
        self._published = output.published / name
        self._schema = arrow_schema(table)
        self._lines: list[bytes] = []
        self._bytes = 0
        self._path = output.begin(name)
        self._standing = _Standing(before.folder / name, before.gone) if before else None
        self._writer: pq.ParquetWriter | None = None

    def add(self, line: bytes) -> None:
        self._lines.append(line)
        self._bytes += len(line)
        if self._bytes >= _BYTES and not self._standing:
            self._write()

    def finish(self) -> None:
        with naming(self._published):
            if self._standing and not self._lines and not self._standing.touched:
                copyfile(self._standing.path, self._path)
                return
            self._write()
            self.close()

    def close(self) -> None:
        if self._writer:
            self._writer.close()

    def _write(self) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, self._schema, compression="zstd")
        rows = read_lines(self._table, b"".join(self._lines))
        if self._standing:
            rows = self._standing.joined_with(rows)
        with naming(self._published):
            self._writer.write_table(rows, row_group_size=_ROWS if self._standing else None)
        self._lines.clear()
        self._bytes = 0


def read_lines(table: Table, lines: bytes) -> pa.Table:
    """The rows of ``table`` in ``lines``, as ``tables.prepare`` writes them, as an Arrow table with its schema."""
    schema = arrow_schema(table)
    if not lines:
        return schema.empty_table()
    as_written = pa.schema(
        [
            pa.field(field.name, pa.list_(pa.string() if field.type in _WRITTEN_AS_TEXT else _TYPES[field.type]))
            for field in table.fields
        ]
    )
    read = pj.read_json(
        io.BytesIO(lines),
        # one block: a line is never cut, however long
        read_options=pj.ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=pj.ParseOptions(explicit_schema=as_written, unexpected_field_behavior="error"),
    )
    columns = [pc.list_flatten(column) for column in read.columns]
    return pa.Table.from_arrays(columns, names=schema.names).cast(schema)  # pa.table would import pandas


def same_rows(one: Path, other: Path) -> bool:
    """Whether two files have the same rows in the same order."""
    return bool(pq.read_table(one).equals(pq.read_table(other)))


class _Standing:
    """The file ``path`` of the last build, whose rows are sorted by notice, without those of the notices ``gone``.

    Rows that stay are never looked at: runs of them are cut out of the table as it was read.
    """

    def __init__(self, path: Path, gone: frozenset[str]) -> None:
        self.path = path
        self._file = pq.ParquetFile(path)
        self._gone: list[tuple[int, int]] = []
        if gone:
            ids = self._file.read(["notice_id"], use_threads=False)[0]
            self._gone = [run for run in (_run(ids, id) for id in gone) if run[0] < run[1]]

    @property
    def touched(self) -> bool:
        """Whether it has rows of a notice that is gone."""
        return bool(self._gone)

    def joined_with(self, rows: pa.Table) -> pa.Table:
        """Its rows and ``rows``, which are sorted by notice, too."""
        old = self._file.read(use_threads=False)
        new: dict[str, pa.Table] = {}
        at = 0
        for id, run in groupby(map(str, rows["notice_id"].to_pylist())):
            count = len(list(run))
            new[id] = rows.slice(at, count)
            at += count
        places = [(_run(old["notice_id"], id)[0], id) for id in new]
        pieces, done = [], 0
        # in the order of their places, new rows before those of the same notice that are gone
        for start, end, id in sorted([(at, at, id) for at, id in places] + [(*run, "") for run in self._gone]):
            pieces.append(old.slice(done, max(0, start - done)))
            done = max(done, end)
            if id:
                pieces.append(new[id])
        return pa.concat_tables([*pieces, old.slice(done)])


def _run(ids: Any, id: str) -> tuple[int, int]:
    """The rows of a notice in the sorted column ``ids``: where they begin, or would, and where they end."""
    rows = range(len(ids))
    start = bisect_left(rows, id, key=lambda row: ids[row].as_py())
    return start, bisect_right(rows, id, lo=start, key=lambda row: ids[row].as_py())


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table, with the descriptions of its columns as metadata."""
    return pa.schema(
        [
            pa.field(
                field.name, _TYPES[field.type], nullable=not field.required, metadata={"description": field.description}
            )
            for field in table.fields
        ],
        metadata={"title": table.title, "description": table.description},
    )
