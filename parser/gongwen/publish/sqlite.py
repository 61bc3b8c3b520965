"""All tables as one SQLite database, with foreign keys, the description of every column, and a search that knows Chinese.

Chinese is written without blanks, so no tokenizer of FTS5 finds its words: the default one takes a whole sentence for
a word, the trigram one misses the words of two characters, which most are. So the index holds the pairs of neighbouring
characters (科普场所 as 科普 普场 场所), and a word is found as the phrase of its own pairs (``match``): every place where
LIKE finds a word of two characters or more, the index finds too, wherever the word has a letter, numeral or character.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from operator import add
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from gongwen.publish import Before, Publisher
from gongwen.publish.codelists import codelist_rows, codelist_tables
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.definitions import Type
from gongwen.publish.files import Output
from gongwen.publish.tables import Columns, Row, Table, notice_tables

FILE = "gongwen.db"

SEARCHED = {
    "notices": ("document_number", "title"),
    "parts": ("title",),
    "units": ("name", "full_name"),
    "sections": ("title", "text"),
    "tasks": ("title", "text"),
    "targets": ("text",),
    "citations": ("title", "document_number", "alias"),
    "blocks": ("text",),
}
"""The columns that the search looks into."""

_TYPES: dict[Type, str] = {
    "string": "TEXT",
    "key": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "date": "TEXT",
    "number": "REAL",
    "strings": "TEXT",
    "spans": "TEXT",
}
_SUPPORT = """
CREATE TABLE "columns" (
    "table_name" TEXT NOT NULL, "column_name" TEXT NOT NULL, "type" TEXT NOT NULL, "description" TEXT NOT NULL,
    PRIMARY KEY ("table_name", "column_name")
) STRICT;
CREATE TABLE "passages" (
    "passage_id" INTEGER PRIMARY KEY, "notice_id" TEXT NOT NULL REFERENCES "notices" ("notice_id") DEFERRABLE INITIALLY DEFERRED,
    "table_name" TEXT NOT NULL, "id" TEXT NOT NULL, "column_name" TEXT NOT NULL, "text" TEXT NOT NULL
) STRICT;
CREATE VIEW "organs" AS
    SELECT "organ_id", max("full_name") AS "full_name", max("kind") AS "kind", max("division") AS "division",
        json_group_array(DISTINCT "name") AS "names", count(DISTINCT "notice_id") AS "notices"
    FROM "units" WHERE "organ_id" IS NOT NULL GROUP BY "organ_id";
CREATE VIRTUAL TABLE "search" USING fts5("pairs", content='', columnsize=0);
INSERT INTO "search" ("search", "rank") VALUES ('hashsize', 33554432);
"""


class SqliteDatabase(Publisher):
    """Writes gongwen.db."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        path = output.begin(FILE)
        self._published = output.published / FILE
        self._tables = {table.name: table for table in notice_tables()}
        with self._naming():
            if before:
                shutil.copyfile(before.folder / FILE, path)
            self._database = sqlite3.connect(path, isolation_level=None)
            # What prepared the rows has checked the keys and references that the tables declare.
            self._database.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;"
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
            )
            self._database.execute("BEGIN")
            if before:
                self._remove(before.gone)
            else:
                self._create()
            self._passages: int = self._database.execute(
                'SELECT ifnull(max("passage_id"), 0) FROM "passages"'
            ).fetchone()[0]

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        with self._naming():
            for name, line in data.items():
                table, columns = self._tables[name], list(orjson.loads(line).values())
                self._insert(name, zip(*_stored(table, columns), strict=True), len(table.fields))
                if name in SEARCHED:
                    self._index(passages(table, columns))

    def finish(self) -> None:
        with self._naming():
            self._database.execute("""INSERT INTO "search" ("search") VALUES ('optimize')""")
            self._database.execute("COMMIT")
            self._database.close()

    def abandon(self) -> None:
        self._database.close()

    def _create(self) -> None:
        tables = [*codelist_tables(), *notice_tables()]
        for statement in ddl(tables).split(";"):
            self._database.execute(statement)
        self._insert(
            "columns",
            ((table.name, field.name, field.type, field.description) for table in tables for field in table.fields),
            4,
        )
        for table in codelist_tables():
            self._insert(table.name, codelist_rows(table), len(table.fields))

    def _remove(self, gone: Iterable[str]) -> None:
        """Take out all rows of the notices ``gone``, and what the search knows of them."""
        self._database.execute('CREATE TEMP TABLE "gone" ("id" TEXT PRIMARY KEY) WITHOUT ROWID')
        self._database.executemany('INSERT INTO "gone" VALUES (?)', ((id,) for id in gone))
        old = self._database.execute(
            'SELECT "passage_id", "text" FROM "passages" WHERE "notice_id" IN (SELECT "id" FROM "gone")'
        ).fetchall()
        self._database.executemany(
            """INSERT INTO "search" ("search", "rowid", "pairs") VALUES ('delete', ?, ?)""",
            ((number, pairs(text)) for number, text in old),
        )
        for name in ("passages", *(table.name for table in notice_tables())):
            self._database.execute(f'DELETE FROM "{name}" WHERE "notice_id" IN (SELECT "id" FROM "gone")')
        self._database.execute('DROP TABLE "gone"')

    def _insert(self, table: str, rows: Iterable[Row], width: int) -> None:
        self._database.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * width)})', rows)

    def _index(self, found: Iterable[Row]) -> None:
        numbered = [(number, *passage) for number, passage in enumerate(found, self._passages + 1)]
        self._passages += len(numbered)
        self._insert("passages", numbered, 6)
        self._database.executemany(
            'INSERT INTO "search" ("rowid", "pairs") VALUES (?, ?)',
            ((number, pairs(text)) for number, *_, text in numbered),
        )

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """A full disk is an OSError that names the database."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._published)) from error
            raise


def same_rows(one: Path, other: Path) -> bool:
    """Whether two databases have the same rows, and find the same; the order and the numbers of passages are free."""
    with closing(sqlite3.connect("file::memory:", uri=True)) as database:
        for name, path in (("one", one), ("other", other)):
            database.execute(f"ATTACH ? AS {name}", (f"file:{quote(str(path))}?mode=ro",))
        names = {name: _columns(database, name) for name in ("one", "other")}
        return names["one"] == names["other"] and all(
            _rows(database, "one", table, columns) == _rows(database, "other", table, columns)
            for table, columns in names["one"].items()
        )


def _columns(database: sqlite3.Connection, schema: str) -> dict[str, list[str]]:
    """The tables of a database and their columns, and what its search holds."""
    database.execute(f'CREATE VIRTUAL TABLE temp."{schema}_words" USING fts5vocab("{schema}", "search", "row")')
    found = database.execute(f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' ORDER BY name")
    columns = {
        name: [row[1] for row in database.execute(f'PRAGMA {schema}.table_info("{name}")') if row[1] != "passage_id"]
        for (name,) in found.fetchall()
        if not name.startswith("search")
    }
    return columns | {"words": ["term", "doc", "cnt"]}


def _rows(database: sqlite3.Connection, schema: str, table: str, columns: list[str]) -> list[Row]:
    listed = ", ".join(f'"{column}"' for column in columns)
    place = f'temp."{schema}_words"' if table == "words" else f'{schema}."{table}"'
    return database.execute(f"SELECT {listed} FROM {place} ORDER BY {listed}").fetchall()


def ddl(tables: Sequence[Table]) -> str:
    """The statements that make the database's tables."""
    keys = {table.name: table.key[-1] for table in tables}
    return "".join(_create(table, keys) for table in tables) + _SUPPORT


def passages(table: Table, columns: Columns) -> Iterator[Row]:
    """The texts that the search finds in ``columns``, as (notice id, table, id within the notice, column, text)."""
    names = [field.name for field in table.fields]
    keys = columns[names.index(table.key[-1])]
    for row in zip(columns[0], keys, *(columns[names.index(name)] for name in SEARCHED[table.name]), strict=True):
        for name, text in zip(SEARCHED[table.name], row[2:], strict=True):
            if text:
                yield row[0], table.name, str(row[1]), name, text


def pairs(text: str) -> str:
    """The neighbouring characters of ``text`` two by two, as the index holds them.

    >>> pairs("科普场所")
    '科普 普场 场所'
    """
    return " ".join(map(add, text, text[1:])) or text


def match(word: str) -> str:
    """What to ask the index for (``WHERE search MATCH ?``) to find ``word``, of two characters or more."""
    return '"' + pairs(word).replace('"', '""') + '"'


def _create(table: Table, keys: dict[str, str]) -> str:
    lines = [f'"{field.name}" {_TYPES[field.type]}{" NOT NULL" if field.required else ""}' for field in table.fields]
    lines.append("PRIMARY KEY ({})".format(", ".join(f'"{name}"' for name in table.key)))
    for field in table.fields:
        if field.refers_to:  # the column is named, though it is the key, since Datasette reads it from here
            target = f'"{field.refers_to}" ("{keys[field.refers_to]}")'
            lines.append(f'FOREIGN KEY ("{field.name}") REFERENCES {target} DEFERRABLE INITIALLY DEFERRED')
    return f'CREATE TABLE "{table.name}" (\n    ' + ",\n    ".join(lines) + "\n) STRICT;\n"


def _stored(table: Table, columns: Columns) -> Iterator[Sequence[Any]]:
    """The columns with the values that the database holds."""
    for field, column in zip(table.fields, columns, strict=True):
        write = _WRITERS.get(field.type)
        yield [None if value is None else write(value) for value in column] if write else column


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


_WRITERS: dict[Type, Callable[[Any], Any]] = {"number": float, "strings": _json, "spans": _json}
