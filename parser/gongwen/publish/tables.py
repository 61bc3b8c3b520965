"""The tables, as CSV, Parquet, SQLite and the data package all see them.

Where a value is found is said in definitions.py. Its type, its description, its code list and whether it may be missing
come from schema/notice.schema.json, so that the tables say what the JSON says. An empty text is a missing value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import orjson

from gongwen import schemas
from gongwen.publish import Entry, Part
from gongwen.publish.definitions import DEFINITIONS, EACH, FIRST, POSITION, WRITTEN, Column, Definition, Type

Row = tuple[Any, ...]
Columns = list[list[Any]]


class Field(NamedTuple):
    """A column with what the schema knows of it. ``refers_to`` names the table whose key it holds."""

    name: str
    type: Type
    description: str
    required: bool
    refers_to: str | None


class Table(NamedTuple):
    """A table as its writers want it.

    ``key`` names the columns that tell its rows apart: one, where another table points into it. ``path`` leads to its
    records; ``places`` says for each field which record on that path has its value, and where in it.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    path: tuple[str, ...] = ()
    places: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def rows(self, notice: dict[str, Any]) -> Iterator[Row]:
        """The rows of one published notice, in document order."""
        return zip(*self.columns(notice), strict=True)

    def columns(self, notice: dict[str, Any]) -> Columns:
        """The rows of one published notice by column: all values of the first, of the second, …"""
        id = notice["id"]
        chains = list(_chains(notice, self.path))
        if not chains:
            return [[] for _ in self.fields]
        records = {depth: [chain[depth] for chain in chains] for depth, _ in self.places}
        return [
            _column(records[depth], steps, field.type, id)
            for field, (depth, steps) in zip(self.fields, self.places, strict=True)
        ]


def prepare(entry: Entry) -> Part:
    """The columns of each table that has rows of this notice as a line of JSON, {column: values}, by the table's name.

    ValueError where they are not what a database takes: every key once, every reference to a row that is there.
    """
    columns = columns_of(entry)
    _check(columns)
    return Part(
        data={table.name: _line(table, columns[table.name]) for table in notice_tables() if columns[table.name][0]}
    )


@lru_cache(maxsize=1)
def columns_of(entry: Entry) -> dict[str, Columns]:
    """The columns of each table that are of this notice, by the table's name: several formats write the same."""
    return {table.name: table.columns(entry.data) for table in notice_tables()}


@cache
def notice_tables() -> tuple[Table, ...]:
    """The tables of DEFINITIONS, each after those that it points into."""
    schema = orjson.loads((schemas.folder() / "notice.schema.json").read_bytes())
    return tuple(_table(definition, schema) for definition in DEFINITIONS)


def _chains(notice: dict[str, Any], path: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Each record at ``path`` behind the records that it stands in and, at last, before its position in its list."""
    chains: Iterable[tuple[Any, ...]] = [(notice, 1)]
    for step in path:
        chains = [
            (*chain[:-1], record, position)
            for chain in chains
            for position, record in enumerate(chain[-2] if step == EACH else chain[-2][step], 1)
        ]
    yield from chains


def _column(values: Sequence[Any], steps: Sequence[str], type: Type, id: str) -> list[Any]:
    """What stands at ``steps`` in each of ``values``, as a value of ``type``; ``id`` is that of the notice."""
    column = list(values)
    for step in steps:
        if step == FIRST:
            column = [value[0] if value else None for value in column]
        elif step == WRITTEN:
            column = [None if value is None else str(value).removesuffix(".0") for value in column]
        else:
            column = [None if value is None else value[step] for value in column]
    if type == "key":
        return [None if value is None else f"{id}#{value}" for value in column]
    if type == "number":  # a decimal string, or a number that was computed
        return [None if value is None else str(value) for value in column]
    if type == "string" and "" in column:
        return [value or None for value in column]
    return column


def _table(definition: Definition, schema: dict[str, Any]) -> Table:
    path = tuple(filter(None, definition.path.split(".")))
    places = tuple(_place(column.at, path) for column in definition.columns)
    fields = tuple(
        _field(column, definition.key, *_look_up(schema, path[:depth], steps))
        if column.at != POSITION
        else _position(column)
        for column, (depth, steps) in zip(definition.columns, places, strict=True)
    )
    return Table(definition.name, definition.title, definition.description, fields, definition.key, path, places)


def _place(at: str, path: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Which record of the chain, and the steps within it."""
    if at == POSITION:
        return -1, ()
    if at.startswith("/"):
        *outer, name = at[1:].split("/")
        return len(outer), (name,)
    return len(path), tuple(filter(None, at.split(".")))


def _position(column: Column) -> Field:
    return Field(column.name, "integer", "Its position in the notice's list, from 1.", True, None)


def _field(column: Column, key: tuple[str, ...], node: dict[str, Any], always: bool) -> Field:
    codelist = node.get("x-codelist", "").removeprefix("codelists/").removesuffix(".csv")
    type = column.type or _type(node)
    description = node["description"] + " Behind the notice's id and #." * (type == "key")
    required = column.name in key or (always and not _may_be_empty(node))
    return Field(column.name, type, description, required, column.refers_to or codelist or None)


def _look_up(schema: dict[str, Any], path: Iterable[str], steps: Iterable[str]) -> tuple[dict[str, Any], bool]:
    """What the schema says of the value at ``steps`` in a record at ``path``, and whether there always is one."""
    node, always = schema, True
    for name in path:
        node, _ = _item(node if name == EACH else _resolve(node["properties"][name], schema)[0], schema)
    for step in steps:
        if step == WRITTEN:
            continue
        node, present = _item(node, schema) if step == FIRST else _resolve(node["properties"][step], schema)
        always = always and present and step != FIRST
    return node, always


def _item(array: dict[str, Any], schema: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    item, present = _resolve(array["items"], schema)
    return {"description": array["description"]} | item, present


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """``node`` with its reference followed, its own description first; and False if the value may be null."""
    present = "null" not in node.get("type", ()) and None not in node.get("enum", ())
    while "anyOf" in node or "$ref" in node:
        own = {name: value for name, value in node.items() if name not in ("anyOf", "$ref")}
        if "anyOf" in node:
            node = next(choice for choice in node["anyOf"] if choice.get("type") != "null")  # of string or number: text
            present = False
        else:
            node = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
        node = node | own
    return node, present


def _may_be_empty(node: dict[str, Any]) -> bool:
    return _type(node) == "string" and not node.keys() & {"minLength", "pattern", "enum", "format"}


def _type(node: dict[str, Any]) -> Type:
    names = node.get("type", "string")
    name = names if isinstance(names, str) else next(name for name in names if name != "null")
    if name == "array":
        return "spans" if "$ref" in node["items"] else "strings"
    if node.get("format") == "date":
        return "date"
    return _SCALARS[name]


_SCALARS: dict[str, Type] = {"string": "string", "integer": "integer", "boolean": "boolean", "number": "number"}


def _line(table: Table, columns: Columns) -> bytes:
    names = [field.name for field in table.fields]
    return orjson.dumps(dict(zip(names, columns, strict=True)), option=orjson.OPT_APPEND_NEWLINE)


def _check(columns: Mapping[str, Columns]) -> None:
    """ValueError where a database would refuse the rows of a notice."""
    keys = {table.name: _keys(table, columns[table.name]) for table in notice_tables()}
    for table in notice_tables():
        for field, column in zip(table.fields, columns[table.name], strict=True):
            if field.required and None in column:
                raise ValueError(f"{table.name}.{field.name} is missing in a row")
            if field.refers_to in keys and (lost := {*column} - keys[field.refers_to] - {None}):
                raise ValueError(f"{table.name}.{field.name} is {min(lost)}, which no row of {field.refers_to} is")


def _keys(table: Table, columns: Columns) -> set[Any]:
    """The keys of the rows, as other tables name them."""
    named = [column for field, column in zip(table.fields, columns, strict=True) if field.name in table.key]
    keys = {*zip(*named, strict=True)}
    if len(keys) < len(named[0]):
        raise ValueError(f"two rows of {table.name} have the same {' and '.join(table.key)}")
    return {key[-1] for key in keys}
