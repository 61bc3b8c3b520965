"""The files of this folder that are tables, read row by row; a row that can't be right is an error that names file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongwen import schemas
from gongwen.errors import VocabularyError

_DATE = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?")


class Line(NamedTuple):
    """A row: where it stands (roles.tsv:7), and its fields."""

    place: str
    fields: list[str]


def lines(path: Path) -> tuple[list[str], Iterator[Line]]:
    """The heads of the table in the file ``path``, and its rows, each with a field for each head."""
    try:
        head, *rows = path.read_text(encoding="utf-8").splitlines() or [""]
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path.name}: the byte at {error.start} is no UTF-8") from error
    heads = head.split("\t")
    return heads, _lines(path.name, len(heads), rows)


def _lines(name: str, columns: int, rows: list[str]) -> Iterator[Line]:
    for number, row in enumerate(rows, 2):
        fields = row.split("\t")
        if len(fields) != columns:
            raise VocabularyError(f"{name}:{number}: {len(fields)} columns, not {columns}")
        yield Line(f"{name}:{number}", fields)


@contextmanager
def told(place: str) -> Iterator[None]:
    """What can't be read of the row at ``place`` (no number, no regular expression) is an error that names it."""
    try:
        yield
    except VocabularyError:
        raise
    except (ValueError, ArithmeticError, re.error) as error:
        raise VocabularyError(f"{place}: {error or 'not a number'}") from error


@cache
def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table of reference data, by its heads. Kinds are codes of unit_kinds.csv, dates years, months or days."""
    heads, found = lines(Path(__file__).with_name(f"{table}.tsv"))
    kinds = {"", *schemas.codelist("unit_kinds")}
    made = []
    for place, fields in found:
        row = dict(zip(heads, fields, strict=True))
        if row.get("kind", "") not in kinds:
            raise VocabularyError(f"{place}: the kind {row['kind']!r} is none of unit_kinds.csv")
        for column in ("valid_from", "valid_until"):
            if not _DATE.fullmatch(row.get(column, "")):
                raise VocabularyError(f"{place}: {column} is {row[column]!r}: a date is 2018, 2018-03 or 2018-03-19")
        made.append(row)
    return made
