"""The tables: one definition, as data, that CSV, Parquet, SQLite and the data package all follow.

A table lists the records that stand at one place of a notice. Its columns say where in the record (or, after a slash,
in what the record stands in) their value is; type, description, code list and whether a value may be missing come from
schema/notice.schema.json, so that the tables say what the JSON says. An empty text is a missing value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

import orjson

from gongwen import schemas

Type = Literal["string", "integer", "boolean", "date", "number", "strings", "spans"]
Row = tuple[Any, ...]

POSITION = "#"
"""The place of a column that counts the records of its list, from 1."""
FIRST = "0"
"""The step to the first of a list."""


class Column(NamedTuple):
    """A column: its name, where its value is, the table that it points into, a type where the schema's is not the one."""

    name: str
    at: str
    refers_to: str | None = None
    type: Type | None = None


class Definition(NamedTuple):
    """A table of a notice's records: ``path`` leads to them, ``key`` names the columns that tell its rows apart."""

    name: str
    title: str
    description: str
    path: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


NOTICE = Column("notice_id", "/id", "notices")
SPAN = (Column("start", "span.start"), Column("end", "span.end"))

DEFINITIONS = (
    Definition(
        "notices", "Notices (公文)", "A row for each notice.", "", ("notice_id",),
        (
            Column("notice_id", "id"),
            Column("document_number", "document_number.text"),
            Column("organ_code", "document_number.organ_code"),
            Column("year", "document_number.year"),
            Column("serial", "document_number.serial"),
            Column("title", "title"),
            Column("kind", "kind"),
            Column("issuer", "issuers.0.name"),
            Column("issue_date", "issue_date"),
            Column("plan_title", "plan.title"),
            Column("print_organ", "print.organ"),
            Column("print_date", "print.date"),
            Column("effective_start", "effective.start"),
            Column("effective_end", "effective.end"),
            Column("page_publish_date", "page.publish_date"),
            Column("page_validity", "page.validity"),
            Column("source_path", "source.path"),
            Column("source_url", "source.origin.url"),
            Column("source_license", "source.origin.license"),
            Column("source_sha256", "source.sha256"),
            Column("source_format", "source.format"),
            Column("source_script", "source.script"),
            Column("source_characters", "source.characters"),
            Column("schema_version", "schema_version"),
        ),
    ),
    Definition(
        "units", "Units (单位)", "A row for each unit that a notice names, once for each name as written.", "units", ("notice_id", "unit_id"),
        (
            NOTICE,
            Column("unit_id", "id"),
            Column("name", "name"),
            Column("full_name", "full_name"),
            Column("kind", "kind"),
            Column("division", "division"),
            Column("collective", "collective"),
            Column("candidates", "candidates"),
            Column("spans", "spans"),
        ),
    ),
    Definition(
        "issuers", "Issuing organs (发文机关)", "A row for each organ that issued a notice, in its order.", "issuers", ("notice_id", "position"),
        (NOTICE, Column("position", POSITION), Column("unit_id", "unit_id", "units"), Column("name", "name"), Column("basis", "basis"), *SPAN),
    ),
    Definition(
        "recipients", "Recipients (主送机关)", "A row for each organ that a notice is addressed to, in its order.", "recipients", ("notice_id", "position"),
        (NOTICE, Column("position", POSITION), Column("unit_id", "unit_id", "units"), Column("name", "name"), *SPAN),
    ),
    Definition(
        "sections", "Sections (标题和条目)", "A row for each numbered heading or item, in document order.", "sections", ("notice_id", "section_id"),
        (
            NOTICE,
            Column("section_id", "id"),
            Column("parent_id", "parent", "sections"),
            Column("level", "level"),
            Column("marker", "marker"),
            Column("number", "number"),
            Column("title", "title"),
            Column("titled", "titled"),
            Column("text", "text"),
            *SPAN,
        ),
    ),
    Definition(
        "tasks", "Tasks (任务)", "A row for each task.", "tasks", ("notice_id", "task_id"),
        (
            NOTICE,
            Column("task_id", "id"),
            Column("group_id", "group_id", "sections"),
            Column("marker", "marker"),
            Column("title", "title"),
            Column("text", "text"),
            Column("deadline", "deadline"),
            Column("deadline_text", "deadline_text"),
            Column("clause", "clause"),
            Column("spans", "spans"),
        ),
    ),
    Definition(
        "task_sections", "Sections of tasks (任务涉及的条目)", "A row for each item that a task covers.", "tasks.section_ids", ("notice_id", "task_id", "section_id"),
        (NOTICE, Column("task_id", "/tasks/id", "tasks"), Column("section_id", "", "sections")),
    ),
    Definition(
        "responsibilities", "Responsibilities (责任分工)", "A row for each unit that a task names, with its role, in the order of the clause.",
        "tasks.responsible_units", ("notice_id", "task_id", "position"),
        (
            NOTICE,
            Column("task_id", "/tasks/id", "tasks"),
            Column("position", POSITION),
            Column("unit_id", "unit_id", "units"),
            Column("name", "name"),
            Column("reading", "reading"),
            Column("role", "role"),
            Column("role_text", "role_text"),
            Column("role_basis", "role_basis"),
            Column("open", "open"),
            *SPAN,
        ),
    ),
    Definition(
        "targets", "Targets (目标)", "A row for each goal that somebody must reach, one for each number.", "targets", ("notice_id", "target_id"),
        (
            NOTICE,
            Column("target_id", "id"),
            Column("section_id", "section_id", "sections"),
            Column("task_id", "task_id", "tasks"),
            Column("type", "type"),
            Column("text", "text"),
            Column("indicator", "indicator"),
            Column("comparator", "comparator"),
            Column("value", "value", type="number"),
            Column("value_max", "value_max", type="number"),
            Column("value_text", "value_text"),
            Column("unit", "unit"),
            Column("deadline", "deadline"),
            Column("deadline_text", "deadline_text"),
            Column("recurrence", "recurrence"),
            Column("spans", "spans"),
        ),
    ),
    Definition(
        "citations", "Citations (引用文件)", "A row for each document that a notice refers to.", "citations", ("notice_id", "citation_id"),
        (
            NOTICE,
            Column("citation_id", "id"),
            Column("title", "title"),
            Column("document_number", "document_number.text"),
            Column("alias", "alias"),
            *SPAN,
            Column("mentions", "mentions"),
        ),
    ),
    Definition(
        "repairs", "Repairs (修复)", "A row for each kind of repair that was made to a damaged source.", "repairs", ("notice_id", "position"),
        (
            NOTICE,
            Column("position", POSITION),
            Column("rule", "rule"),
            Column("before", "before"),
            Column("after", "after"),
            Column("confidence", "confidence"),
            Column("evidence", "evidence"),
            Column("spans", "spans"),
        ),
    ),
    Definition(
        "findings", "Findings (问题和提示)", "A row for each thing that a reader of a notice's data should know.", "findings", ("notice_id", "position"),
        (NOTICE, Column("position", POSITION), Column("code", "code"), Column("severity", "severity"), Column("message", "message"), *SPAN),
    ),
    Definition(
        "blocks", "Blocks (全文)", "A row for each piece of a notice's text, in order: together they are all of it.", "blocks", ("notice_id", "position"),
        (NOTICE, Column("position", POSITION), Column("kind", "kind"), Column("text", "text"), *SPAN),
    ),
)  # fmt: skip


class Field(NamedTuple):
    """A column with what the schema knows of it. ``refers_to`` names the table whose key it holds."""

    name: str
    type: Type
    description: str
    required: bool
    refers_to: str | None


class Table(NamedTuple):
    """A table as its writers want it; ``places`` leads from a chain of records to the value of each field."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    path: tuple[str, ...] = ()
    places: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def rows(self, notice: dict[str, Any]) -> Iterator[Row]:
        """The rows of one published notice, in document order."""
        for chain in _chains(notice, self.path):
            yield tuple(_value(chain, depth, steps) for depth, steps in self.places)


class Reference(NamedTuple):
    """A foreign key: the columns, the table that they point into, and the columns there."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


@cache
def notice_tables() -> tuple[Table, ...]:
    """The tables of DEFINITIONS, each after those that it points into."""
    schema = orjson.loads((schemas.folder() / "notice.schema.json").read_bytes())
    return tuple(_table(definition, schema) for definition in DEFINITIONS)


def references(table: Table, tables: Iterable[Table]) -> Iterator[Reference]:
    """The foreign keys of ``table``. A record's key is the notice's id and its own within the notice, a code's the code."""
    keys = {other.name: other.key for other in tables}
    for field in table.fields:
        if field.refers_to:
            target = keys[field.refers_to]
            yield Reference((*target[:-1], field.name), field.refers_to, target)


def _chains(notice: dict[str, Any], path: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Each record at ``path`` behind the records that it stands in and, at last, before its position in its list."""
    chains: Iterable[tuple[Any, ...]] = [(notice, 1)]
    for step in path:
        chains = [
            (*chain[:-1], record, position) for chain in chains for position, record in enumerate(chain[-2][step], 1)
        ]
    yield from chains


def _value(chain: tuple[Any, ...], depth: int, steps: Sequence[str]) -> Any:
    value = chain[depth]
    for step in steps:
        if value is None:
            return None
        value = next(iter(value), None) if step == FIRST else value[step]
    return None if value == "" else value


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
    required = column.name in key or (always and not _may_be_empty(node))
    return Field(
        column.name, column.type or _type(node), node["description"], required, column.refers_to or codelist or None
    )


def _look_up(schema: dict[str, Any], path: Iterable[str], steps: Iterable[str]) -> tuple[dict[str, Any], bool]:
    """What the schema says of the value at ``steps`` in a record at ``path``, and whether there always is one."""
    node, always = schema, True
    for name in path:
        node, _ = _item(_resolve(node["properties"][name], schema)[0], schema)
    for step in steps:
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
            [node] = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
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


_SCALARS: dict[str, Type] = {"string": "string", "integer": "integer", "boolean": "boolean"}
