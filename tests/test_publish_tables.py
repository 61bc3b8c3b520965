"""The tables: the same rows in every format, read back without loss, joined by their keys."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import schemas
from gongwen.publish.codelists import codelist_tables
from gongwen.publish.csv_tables import cells, escape, lines, read, unescape
from gongwen.publish.sqlite import SEARCHED, match, passages
from gongwen.publish.tables import Row, Table, notice_tables
from publishing_examples import build, entries, entry

COUNT = 3
NAMES = ["tables", "sqlite", "codelists"]
TABLES = {table.name: table for table in notice_tables()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"), NAMES, COUNT)


@pytest.fixture
def database(dist: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(dist / "gongwen.db")
    yield connection
    connection.close()


def rows(table: Table) -> list[Row]:
    return [row for example in entries(COUNT) for row in table.rows(example.data)]


def test_the_tables_of_the_notice_hold_what_the_notice_holds() -> None:
    data = entry().data
    for name in (
        "sections",
        "tasks",
        "units",
        "targets",
        "citations",
        "findings",
        "blocks",
        "repairs",
        "field_corrections",
    ):
        assert len(list(TABLES[name].rows(data))) == len(data[name]) > 0, name
    responsibilities = [
        dict(zip((f.name for f in TABLES["responsibilities"].fields), row, strict=True))
        for row in TABLES["responsibilities"].rows(data)
    ]
    assert [
        (row["task_id"], row["position"], row["unit_id"], row["role"], row["open"]) for row in responsibilities
    ] == [
        ("qingzhengban-2023-0001#task-1", 1, "qingzhengban-2023-0001#unit-4", "lead", False),
        ("qingzhengban-2023-0001#task-1", 2, "qingzhengban-2023-0001#unit-5", "support", False),
        ("qingzhengban-2023-0001#task-1", 3, "qingzhengban-2023-0001#unit-6", "support", True),
    ]


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("sections", {"title_span", "paragraphs"}),
        (
            "tasks",
            {
                "section_ids",
                "clause_spans",
                "responsible_units",
                "deadline_spans",
                "milestones",
                "measures",
                "target_ids",
                "citation_ids",
            },
        ),
        ("targets", {"task_ids", "value_span", "deadline_spans", "wordings"}),
        ("citations", {"mentions"}),
        ("repairs", set()),
        ("field_corrections", set()),
        ("findings", {"params"}),
        ("blocks", set()),
        ("units", {"spellings"}),
        ("tables", {"rows"}),
    ],
)
def test_a_table_has_every_property_of_its_records(name: str, elsewhere: set[str]) -> None:
    [record, *_] = entry().data[name]
    assert {
        steps[0] for depth, steps in TABLES["grids" if name == "tables" else name].places if depth == 1
    } == record.keys() - elsewhere


@pytest.mark.parametrize("table", notice_tables(), ids=lambda table: table.name)
def test_keys_are_unique_and_references_lead_somewhere(table: Table) -> None:
    names = [field.name for field in table.fields]
    found = rows(table)
    keys = [tuple(row[names.index(name)] for name in table.key) for row in found]
    assert len(keys) == len(set(keys)) > 0
    for field in table.fields:
        column = [row[names.index(field.name)] for row in found]
        if field.required:
            assert None not in column, field.name
        if not field.refers_to:
            continue
        values = {*column} - {None}
        if field.refers_to in TABLES:
            target = TABLES[field.refers_to]
            [key] = target.key
            assert values <= {row[[f.name for f in target.fields].index(key)] for row in rows(target)}, field.name
        else:
            assert values <= schemas.codelist(field.refers_to).keys(), field.name


def test_a_column_with_a_code_list_in_the_schema_points_into_it() -> None:
    assert {field.refers_to for table in notice_tables() for field in table.fields} - {None} - TABLES.keys() == {
        "block_kinds", "bounds", "changes", "confidences", "deadline_rules", "directions", "document_kinds", "effective_rules", "finding_codes", "jurisdiction_bases", "part_kinds", "repair_rules", "role_bases", "roles", "scripts", "severities", "strengths", "target_types", "unit_kinds",
    }  # fmt: skip


@pytest.mark.parametrize("table", notice_tables(), ids=lambda table: table.name)
def test_csv_is_read_back_without_loss(table: Table, dist: Path) -> None:
    assert list(read(dist / f"tables/{table.name}.csv", table)) == rows(table)


def test_csv_is_rfc_4180_in_utf_8(dist: Path) -> None:
    content = (dist / "tables/sections.csv").read_bytes()
    assert content.startswith(b"notice_id,section_id,")
    assert content.endswith(b"\r\n")
    written = io.StringIO(newline="")
    csv.writer(written).writerows(csv.reader(io.StringIO(content.decode(), newline="")))
    assert written.getvalue().encode() == content


def test_no_text_of_a_csv_is_a_formula(dist: Path) -> None:
    for path in dist.rglob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text("utf-8"), newline="")):
            assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r")], path.name
    titles = [
        row["title"] for row in csv.DictReader(io.StringIO((dist / "tables/tasks.csv").read_text("utf-8"), newline=""))
    ]
    assert titles[0] == "'=建设书房"


@given(st.text(alphabet="'=+-@\t\r\n＝甲a1"))
def test_escaping_is_undone_and_leaves_no_formula(text: str) -> None:
    cell = escape(text)
    assert unescape(cell) == text
    assert cell[:1] not in tuple("=+-@\t\r\n＝")
    assert cell == text or cell == f"'{text}"


@given(st.lists(st.tuples(st.text(), st.text(min_size=1))))
def test_any_text_goes_through_csv(drawn: list[tuple[str, str]]) -> None:
    table = TABLES["blocks"]
    made: list[Row] = [("a-1", at, "paragraph", text or None, 0, 1) for at, (_, text) in enumerate(drawn, 1)]
    columns = [list(column) for column in zip(*made, strict=True)] or [[] for _ in table.fields]
    written = lines(cells(table, columns)).decode()
    assert [row[3] for row in csv.reader(io.StringIO(written, newline=""))] == [escape(row[3]) for row in made]


@pytest.mark.parametrize("table", notice_tables(), ids=lambda table: table.name)
def test_sqlite_has_the_rows_of_the_csv(table: Table, database: sqlite3.Connection) -> None:
    found = [
        tuple(_decoded(value, field.type) for value, field in zip(row, table.fields, strict=True))
        for row in database.execute(f'SELECT * FROM "{table.name}" ORDER BY "rowid"')
    ]
    assert found == [
        tuple(
            float(value) if field.type == "number" and value else value
            for value, field in zip(row, table.fields, strict=True)
        )
        for row in rows(table)
    ]


def _decoded(value: Any, type: str) -> Any:
    import orjson

    if type in ("strings", "spans"):
        return orjson.loads(value)
    return bool(value) if type == "boolean" else value


def test_sqlite_holds_its_foreign_keys(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = database.execute("PRAGMA foreign_key_list(responsibilities)").fetchall()
    assert {(row[2], row[3]) for row in keys} == {
        ("notices", "notice_id"), ("tasks", "task_id"), ("units", "unit_id"), ("roles", "role"), ("role_bases", "role_basis"),
    }  # fmt: skip


def test_sqlite_describes_every_column(database: sqlite3.Connection) -> None:
    described = set(database.execute("SELECT table_name, column_name FROM columns WHERE description <> ''"))
    assert described == {
        (table.name, field.name) for table in (*notice_tables(), *codelist_tables()) for field in table.fields
    }


def test_two_databases_have_the_same_content(tmp_path: Path, dist: Path) -> None:
    other = build(tmp_path, ["sqlite"], COUNT)
    assert content(dist) == content(other)


def content(folder: Path) -> dict[str, list[Row]]:
    with closing(sqlite3.connect(folder / "gongwen.db")) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT' ORDER BY name"
            )
        ]
        assert len(tables) == len(notice_tables()) + len(codelist_tables()) + 2
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


def words() -> set[str]:
    """Every stretch of two to four characters that stands in a searched text of the first notice."""
    texts = [text for name in SEARCHED for *_, text in passages(TABLES[name], TABLES[name].columns(entry().data))]
    return {text[at : at + length] for text in texts for length in (2, 3, 4) for at in range(len(text) - length + 1)}


def test_the_search_finds_what_like_finds(database: sqlite3.Connection) -> None:
    asked = [word for word in words() if any(map(str.isalnum, word))]
    missed = spurious = found = 0
    for word in asked:
        pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        like = {
            row
            for (row,) in database.execute(
                "SELECT passage_id FROM passages WHERE text LIKE ? ESCAPE '\\'", [f"%{pattern}%"]
            )
        }
        matched = {row for (row,) in database.execute("SELECT rowid FROM search WHERE search MATCH ?", [match(word)])}
        found += len(like & matched)
        missed += len(like - matched)
        spurious += len(matched - like) if word.isalnum() else 0
    assert len(asked) > 500
    assert (found > 2000, missed, spurious) == (True, 0, 0)  # recall 1.000


def test_parquet_is_typed_and_has_the_rows_of_the_csv(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (the extra `publish`)")
    build(tmp_path, ["parquet"], COUNT)
    for table in notice_tables():
        file = pq.read_table(tmp_path / f"tables/{table.name}.parquet")
        expected = [
            tuple(_typed(value, field.type) for value, field in zip(row, table.fields, strict=True))
            for row in rows(table)
        ]
        assert [tuple(row.values()) for row in file.to_pylist()] == expected, table.name
        assert file.schema.field("notice_id").metadata[b"description"]
    schema = pq.read_schema(tmp_path / "tables/notices.parquet")
    assert (str(schema.field("issue_date").type), str(schema.field("year").type)) == ("date32[day]", "int64")


def _typed(value: Any, type: str) -> Any:
    if value is None:
        return None
    converters: dict[str, Callable[[Any], Any]] = {"date": date.fromisoformat, "number": float}
    return converters[type](value) if type in converters else value


def test_an_empty_build_has_tables_with_headers(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (the extra `publish`)")
    build(tmp_path, [*NAMES, "parquet"], 0)
    for table in notice_tables():
        assert list(read(tmp_path / f"tables/{table.name}.csv", table)) == []
        assert pq.read_table(tmp_path / f"tables/{table.name}.parquet").column_names == [
            field.name for field in table.fields
        ]
