"""The tables as Parquet, typed: dates are dates, numbers doubles, lists lists. Needs pyarrow (``pip install gongwen[publish]``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gongwen.publish import Entry, Publisher
from gongwen.publish.definitions import Type
from gongwen.publish.files import Output
from gongwen.publish.tables import Row, Table, notice_tables

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
_CONVERTERS: dict[Type, Callable[[str], Any]] = {"date": date.fromisoformat, "number": float}


class ParquetTables(Publisher):
    """Writes tables/<table>.parquet."""

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self._files = [_File(table, output) for table in notice_tables()]

    def add(self, entry: Entry) -> None:
        for file in self._files:
            file.add(entry.data)

    def finish(self) -> None:
        for file in self._files:
            file.finish()

    def abandon(self) -> None:
        for file in self._files:
            file.close()


class _File:
    def __init__(self, table: Table, output: Output) -> None:
        self._table = table
        self._schema = arrow_schema(table)
        self._rows: list[Row] = []
        self._writer = pq.ParquetWriter(output.begin(f"tables/{table.name}.parquet"), self._schema, compression="zstd")
        self.close = self._writer.close

    def add(self, notice: dict[str, Any]) -> None:
        self._rows += self._table.rows(notice)
        if len(self._rows) >= _ROWS:
            self._write()

    def finish(self) -> None:
        self._write()
        self.close()

    def _write(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else [()] * len(self._schema)
        arrays = [_array(values, field.type) for values, field in zip(columns, self._table.fields, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()


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


def _array(values: tuple[Any, ...], type: Type) -> pa.Array[Any]:
    convert = _CONVERTERS.get(type)
    return pa.array(
        [None if value is None else convert(value) for value in values] if convert else values, _TYPES[type]
    )
