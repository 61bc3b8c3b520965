"""Clauses in every place where one can stand, made for tests of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongwen.document import Cell, Outline, Table
from gongwen.extract.clauses.clauses import Clauses, clauses
from gongwen.model import Role, RoleBasis
from gongwen.text import Text


class Read(NamedTuple):
    """What was read: the units with their roles and where these come from, the deadlines, clause by clause; the findings with their words."""

    units: list[list[tuple[str, Role, RoleBasis]]]
    deadlines: list[str]
    findings: list[tuple[str, str]]


def outlined(text: str, tables: tuple[Table, ...] = ()) -> Outline:
    return Outline(Text(text), (), (), (), tables, ())


def gridded(lines: Sequence[Sequence[str]]) -> tuple[str, Table]:
    """A text and its table: a row a line, cells parted by tabs."""
    value, grid = "", []
    for line in lines:
        row = []
        for word in line:
            row.append(Cell(len(value), len(value) + len(word)))
            value += word + "\t"
        grid.append(tuple(row))
        value += "\n"
    return value, Table(0, len(value), tuple(grid))


def read(text: str, tables: tuple[Table, ...] = ()) -> Read:
    return written(text, clauses(outlined(text, tables)))


def read_table(*lines: Sequence[str]) -> Read:
    text, table = gridded(lines)
    return read(text, (table,))


def written(text: str, found: Clauses) -> Read:
    units = [[(name.text, name.role, name.basis) for name in clause.names] for clause in found.clauses]
    deadlines = [text[clause.when.start : clause.when.end] if clause.when else "" for clause in found.clauses]
    places = [(finding.code, finding.span) for finding in found.findings]
    return Read(units, deadlines, [(code, text[span.start : span.end] if span else "") for code, span in places])
