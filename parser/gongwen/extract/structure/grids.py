"""The tables of a notice that are neither of tasks nor of goals, as grids.

A merged cell stands once, in its first place, with the numbers of rows and columns that it covers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from gongwen.document import Cell, Outline, Table
from gongwen.extract.goals import tables as goal_tables
from gongwen.extract.tasks import tables as task_tables
from gongwen.lexicon.columns import read_heads
from gongwen.model import Grid, GridCell
from gongwen.text import Text


def grids(outline: Outline) -> tuple[Grid, ...]:
    """The grids of ``outline`` in order, with the ids table-1, table-2, …; what its page says of the notice is none."""
    value = outline.text.value
    rows = [piece for piece in outline.pieces if piece.kind == "table-row"]
    ends = [piece.end for piece in rows]
    found: list[Grid] = []
    for table in outline.tables:
        first = bisect_right(
            ends, table.start
        )  # of the rows, which stand in order, the first that ends in the table or behind it
        if first == len(rows) or rows[first].start >= table.end:
            continue
        if any(task_tables.wordings(value, table)) or goal_tables.is_of_goals(outline, table):
            continue
        found.append(_grid(outline, table, f"table-{len(found) + 1}"))
    return tuple(found)


def _grid(outline: Outline, table: Table, id: str) -> Grid:
    text, value = outline.text, outline.text.value
    texts = [[value[cell.start : cell.end].strip() if cell else "" for cell in row] for row in table.rows]
    heads = read_heads(texts)
    caption = goal_tables.caption(value, table).lines
    return Grid(
        id=id,
        part_id=f"part-{outline.part_at(table.start) + 1}",
        caption=value[caption[-1].start : caption[-1].end].strip() if caption else None,
        columns=tuple([column.head for column in heads.columns]),
        rows=tuple([tuple(_cells(text, table.rows, number)) for number in range(heads.rows, len(table.rows))]),
        span=text.to_source(table.start, table.end),
    )


def _cells(text: Text, rows: Sequence[Sequence[Cell | None]], number: int) -> Iterator[GridCell]:
    """The cells that begin in row ``number``, counted from 0."""
    row = rows[number]
    for place, cell in enumerate(row):
        if cell is None or (place and row[place - 1] == cell):
            continue
        if number and place < len(rows[number - 1]) and rows[number - 1][place] == cell:
            continue
        wide = high = 1
        while place + wide < len(row) and row[place + wide] == cell:
            wide += 1
        while number + high < len(rows) and place < len(rows[number + high]) and rows[number + high][place] == cell:
            high += 1
        yield GridCell(
            row=number + 1,
            column=place + 1,
            rows=high,
            columns=wide,
            text=text.value[cell.start : cell.end],
            span=text.to_source(cell.start, cell.end),
        )
