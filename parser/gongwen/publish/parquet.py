"""The tables as Parquet, typed: dates are dates, numbers doubles, lists lists. Needs pyarrow (``pip install gongwen[publish]``)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq

from gongwen.publish import Before, Publisher
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.definitions import Type
from gongwen.publish.files import Output, naming
from gongwen.publish.tables import Columns, Table, notice_tables

_ROWS = 4_096  # held of each table until they are written as one row group

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
        for name, columns in data.items():
            self._files[name].add(orjson.loads(columns))

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
        self._columns: Columns = [[] for _ in table.fields]
        self._old = _without(before, name, self._schema) if before else None
        self._writer = pq.ParquetWriter(output.begin(name), self._schema, compression="zstd")
        self.close = self._writer.close

    def add(self, columns: Columns) -> None:
        for held, column in zip(self._columns, columns, strict=True):
            held += column
        if len(self._columns[0]) >= _ROWS and self._old is None:
            self._write()

    def finish(self) -> None:
        with naming(self._published):
            self._write()
            self.close()

    def _write(self) -> None:
        rows = arrow_table(self._table, self._columns)
        if self._old is not None:
            both = pa.concat_tables([self._old, rows])
            rows = both.take(pc.sort_indices(both["notice_id"]))  # a stable sort: each notice keeps its order
        with naming(self._published):
            self._writer.write_table(rows, row_group_size=None if self._old is None else _ROWS)
        for held in self._columns:
            held.clear()


def arrow_table(table: Table, columns: Columns) -> pa.Table:
    """The columns of ``table`` as an Arrow table with its schema."""
    schema = arrow_schema(table)
    arrays = [
        pa.array(column, pa.string()).cast(kind) if field.type in _WRITTEN_AS_TEXT else pa.array(column, kind)
        for field, column, kind in zip(table.fields, columns, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def same_rows(one: Path, other: Path) -> bool:
    """Whether two files have the same rows in the same order."""
    return bool(pq.read_table(one).equals(pq.read_table(other)))


def _without(before: Before, name: str, schema: pa.Schema) -> pa.Table:
    old = pq.read_table(before.folder / name, schema=schema)
    if not before.gone:
        return old
    ids = pj.read_json(io.BytesIO(b"".join(orjson.dumps({"id": id}) + b"\n" for id in before.gone)))
    return old.filter(pc.invert(pc.is_in(old["notice_id"], ids["id"].combine_chunks())))


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
