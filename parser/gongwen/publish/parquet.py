"""The tables as Parquet, typed: dates are dates, numbers doubles, lists lists. Needs pyarrow (``pip install gongwen[publish]``)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from shutil import copyfile

import orjson
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
        self._old: pa.Table | None = None
        self._standing: Path | None = None  # a file of the last build that has no row of a notice that is gone
        if before and _has(before.gone, before.folder / name):
            self._old = _without(before.gone, before.folder / name)
        elif before:
            self._standing = before.folder / name
        self._writer: pq.ParquetWriter | None = None

    def add(self, line: bytes) -> None:
        self._lines.append(line)
        self._bytes += len(line)
        if self._standing:
            self._old, self._standing = _without(frozenset(), self._standing), None
        if self._bytes >= _BYTES and self._old is None:
            self._write()

    def finish(self) -> None:
        with naming(self._published):
            if self._standing:
                copyfile(self._standing, self._path)
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
        if self._old is not None:
            both = pa.concat_tables([self._old, rows])
            rows = both.take(pc.sort_indices(both["notice_id"]))  # a stable sort: each notice keeps its order
        with naming(self._published):
            self._writer.write_table(rows, row_group_size=None if self._old is None else _ROWS)
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
    return pa.table(columns, names=schema.names).cast(schema)


def same_rows(one: Path, other: Path) -> bool:
    """Whether two files have the same rows in the same order."""
    return bool(pq.read_table(one).equals(pq.read_table(other)))


def _has(ids: frozenset[str], path: Path) -> bool:
    """Whether a file has rows of the notices ``ids``."""
    return bool(ids) and not ids.isdisjoint(pq.ParquetFile(path).read(["notice_id"], use_threads=False)[0].to_pylist())


def _without(ids: frozenset[str], path: Path) -> pa.Table:
    """The rows of a file that are not of the notices ``ids``."""
    old = pq.ParquetFile(path).read(use_threads=False)
    if not ids:
        return old
    gone = pj.read_json(io.BytesIO(b"".join(orjson.dumps({"id": id}) + b"\n" for id in ids)))
    return old.filter(pc.invert(pc.is_in(old["notice_id"], gone["id"].combine_chunks())))


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
