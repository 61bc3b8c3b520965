"""Tables of tasks: which column says what, and who is responsible row by row.

A header row names its columns: 重点任务, 工作内容 (what is to be done), 牵头单位, 责任单位, 配合单位 (who, with a role each), 完成时限
(until when). What is to be done is the last such column, the one before it is its title. A cell of units that is merged over
several rows is one clause, which closes them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongwen.document import Cell, Extent, Table, Token
from gongwen.extract.clause_grammar import Name, read
from gongwen.lexicon import conventions, vocabulary
from gongwen.lexicon.conventions import Convention
from gongwen.lexicon.units import LEVELS
from gongwen.model import Role


@vocabulary.compiled
def _head() -> re.Pattern[str]:
    """The head of a column, with what it says that the column holds."""
    roles = vocabulary.alternation("roles", "head")
    nouns = vocabulary.alternation("unit_nouns", "head", "unit")
    people = vocabulary.alternation("unit_nouns", "head", "person")
    times = vocabulary.alternation("clause_words", code="time")
    return re.compile(
        rf"""[ 　]*(?:
      (?P<number>序[ 　]*号|编号)
    | (?:[{LEVELS}]级|[一-鿿]{{2}}(?={roles}))?(?P<role>{roles})(?:[（(][一-鿿]{{1,6}}[)）])?(?:[一-鿿]{{0,4}}?)(?:{nouns})(?:[（(][^）)\n]{{0,30}}[）)])?
    | (?P<person>[一-鿿]{{0,4}}?(?:{people}))
    | (?P<when>[一-鿿]{{0,4}}?(?:{times})(?:安排|要求|节点)?)
    | (?P<task>(?:[0-9]{{4}}年度?)?[一-鿿]{{0,6}}?(?:任务|内容|事项|工作|项目|举措|措施|名称|要求|目标|要点|领域|类别|清单|计划)(?:[（(][^）)\n]{{0,12}}[）)]|分解|名称|内容|和项目|及目标|要求|事项)?)
    | (?P<other>备[ 　]*注|说明|来源|依据|成果(?:形式)?)
    )[ 　]*""",
        re.VERBOSE,
    )


_WORDS = re.compile("[一-鿿]{2}")
_LONGEST_CELL_OF_HEADER = 24


class Row(NamedTuple):
    """A row of a table of tasks, or rows that share their units: what is to be done, who does it, and until when.

    ``title`` is the cell before the task's where two columns say it; ``extents`` are the cells of the units, ``unread`` those in which
    none could be read. ``conventions`` are those that the cells state, ``tokens`` what was read in them.
    """

    title: Extent | None
    texts: tuple[Extent, ...]
    names: tuple[Name, ...]
    when: Extent | None
    extents: tuple[Extent, ...]
    unread: tuple[Extent, ...]
    conventions: tuple[Convention, ...]
    tokens: tuple[Token, ...]


class _Column(NamedTuple):
    """A column: what its head says it holds; the head as written where it gives a role."""

    kind: str
    role: str | None


def rows(value: str, table: Table, own: frozenset[str] = frozenset()) -> Iterator[Row]:
    """The rows of ``table`` that say who does what; none if no row of it is a header of tasks."""
    columns: list[_Column] | None = None
    last: Row | None = None
    for cells in table.rows:
        header = _header(value, cells)
        if header:
            columns = header
        elif columns:
            row = _row(value, list(_cells(value, columns, cells)), own)
            if row and last and row.extents and row.extents == last.extents:  # the units are merged over both rows
                last = last._replace(texts=last.texts + row.texts)
            elif row:
                if last:
                    yield last
                last = row
    if last:
        yield last


def _cells(value: str, columns: Sequence[_Column], row: Sequence[Cell | None]) -> Iterator[tuple[_Column, Extent]]:
    """The cells of a row that hold something, each with its column; one that is merged over columns comes once."""
    last = None
    for column, cell in zip(columns, row, strict=False):
        if cell is not None and cell != last and value[cell.start : cell.end].strip():
            yield column, Extent(cell.start, cell.end)
        last = cell


def _header(value: str, row: Sequence[Cell | None]) -> list[_Column] | None:
    columns = []
    for cell in row:
        match = (
            _head().fullmatch(value, cell.start, cell.end)
            if cell and cell.end - cell.start <= _LONGEST_CELL_OF_HEADER
            else None
        )
        columns.append(
            _Column(match.lastgroup or "other", value[cell.start : cell.end].strip() if match["role"] else None)
            if match and cell
            else _Column("other", None)
        )
    return columns if _of_tasks(columns) else None


def _of_tasks(columns: Sequence[_Column]) -> bool:
    """Whether these are the columns of a table of tasks."""
    return any(column.role for column in columns) and any(column.kind == "task" for column in columns)


def _row(value: str, cells: Sequence[tuple[_Column, Extent]], own: frozenset[str]) -> Row | None:
    """A row from its cells, each with its column; None where nothing is to be done, or nothing stands in the columns of units."""
    tasks = [extent for column, extent in cells if column.kind == "task"]
    names: list[Name] = []
    agreed: list[Convention] = []
    tokens: list[Token] = []
    read_cells, unread = [], []
    for column, extent in cells:
        if not column.role:
            continue
        reading = read(value, *extent, column.role, own)
        known = sum(name.known for name in reading.names)
        if known and 2 * known >= len(reading.names):
            names += _ranked(value, column.role, reading.names)
            agreed += reading.conventions
            tokens += reading.tokens
            read_cells.append(extent)
        elif _WORDS.search(value, *extent):
            unread.append(extent)
    if not tasks or not (names or unread):
        return None
    when = next((extent for column, extent in cells if column.kind == "when"), None)
    title = tasks[-2] if len(tasks) > 1 else None
    return Row(title, (tasks[-1],), tuple(names), when, tuple(read_cells), tuple(unread), tuple(agreed), tuple(tokens))


def _ranked(value: str, head: str, names: tuple[Name, ...]) -> Sequence[Name]:
    """``names`` with the leads that the head of their column tells (逗号前为牵头单位; 第一个为牵头单位)."""
    agreed = next(conventions.find(head), None) if len(names) > 1 else None
    if agreed is None or agreed.kind == "scope":
        return names
    roles: list[Role] = ["lead" if leads else "support" for leads in agreed.leads(value, names)]
    return [name._replace(role=role, basis="first_listed") for name, role in zip(names, roles, strict=True)]
