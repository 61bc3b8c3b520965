"""Tables as grids, wherever they come from: which cells cover which places, and which tables hold data.

A merged cell stands, the same, in every place that it covers. A table that only places text on a page (a letterhead, an
imprint, a frame around an article) is no grid: its cells are read as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongwen.document import Cell
from gongwen.lexicon import document_numbers, labels, vocabulary

WIDEST = 64
"""Columns that a grid can have: a file that states more is broken."""
MOST_COVERED = 100_000
"""Places that the merged cells of a grid can cover beside their first ones: a file that states more is broken, and they cover none."""
_ARTICLE = 600  # characters: a cell that is longer, and holds most of its table, is an article


_FEWEST_ROWS = 4  # of a table of data that names the imprint


@vocabulary.compiled
def _imprint() -> re.Pattern[str]:
    """A cell of the imprint that a table frames: 抄送：…, 2023年10月11日印发."""
    copied = vocabulary.alternation("labels", "label", "copied_to", blanks=r"\s*")
    return re.compile(rf"\s*(?:{copied}|主题词|印发机关)|.{{0,60}}日\s*印\s*发?\s*$")


class Cover(NamedTuple):
    """A cell, the place of its upper left corner in the grid, and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int
    cell: Cell


def fill(height: int, covers: Iterable[Cover]) -> tuple[tuple[Cell | None, ...], ...]:
    """The grid of ``height`` rows in which each cell stands in all places that it covers; the first one holds a place."""
    grid: list[dict[int, Cell]] = [{} for _ in range(height)]
    left = MOST_COVERED
    for row, column, rows, columns, cell in covers:
        rows, columns = within(rows, columns, height - row, left)
        left -= rows * columns - 1
        for places in grid[row : row + max(rows, 1)]:
            for covered in range(column, min(column + max(columns, 1), WIDEST)):
                places.setdefault(covered, cell)
    return _as_tuples(grid)


class Stated(NamedTuple):
    """A cell and how many rows and columns it says that it covers, as tags of HTML do, which leave its place to be counted."""

    cell: Cell
    rows: int
    columns: int


def fill_stated(rows: Sequence[Sequence[Stated]]) -> tuple[tuple[Cell | None, ...], ...]:
    """The grid of rows of cells that stand in the first columns which no cell before them covers."""
    grid: list[dict[int, Cell]] = [{} for _ in rows]
    left = MOST_COVERED
    for number, cells in enumerate(rows):
        column = 0
        for cell, high, wide in cells:
            while column in grid[number]:
                column += 1
            if column >= WIDEST:
                break
            high, wide = within(high, wide, len(rows) - number, left)
            left -= high * wide - 1
            for places in grid[number : number + high]:
                for covered in range(column, min(column + wide, WIDEST)):
                    places.setdefault(covered, cell)
    return _as_tuples(grid)


def _as_tuples(grid: Sequence[dict[int, Cell]]) -> tuple[tuple[Cell | None, ...], ...]:
    width = max((max(places, default=-1) + 1 for places in grid), default=0)
    return tuple(tuple(places.get(column) for column in range(width)) for places in grid)


def within(rows: int, columns: int, height: int, left: int) -> tuple[int, int]:
    """How many rows and columns a merged cell covers, of ``height`` rows that follow, where ``left`` more places may be covered."""
    rows, columns = max(1, min(rows, height)), max(1, min(columns, WIDEST))
    return (rows, columns) if rows * columns - 1 <= left else (1, 1)


def caption_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the head of a table hold one text or none: captions, which stand above its columns."""
    count = 0
    for row in rows:
        if sum(bool(cell.strip()) for cell in row) > 1:
            break
        count += 1
    return count


def holds_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the table of these cells is one of data: two rows or more with two texts or more, no article, no imprint."""
    filled = [[cell for cell in row if cell and not cell.isspace()] for row in rows]
    filled = [row for row in filled if row]
    if sum(len(row) > 1 for row in filled) < 2:
        return False
    return not frames_letter(filled) and not holds_article(filled)


def frames_letter(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a small table sets what stands around a letter: its number beside who signed it, or the imprint.

    >>> frames_letter([["某政发〔2023〕7号", "签发人：李明"]]), frames_letter([["文号", "某政发〔2023〕7号"]])
    (True, False)
    """
    if len(rows) >= _FEWEST_ROWS or any(labels.is_label(cell) for row in rows for cell in row):
        return False
    return any(_imprint().match(cell) or _is_number(cell) for row in (*rows[:1], *rows[-1:]) for cell in row)


def _is_number(cell: str) -> bool:
    number = document_numbers.parse(cell)
    return number is not None and number.organ_code is not None and number.year is not None


def holds_article(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one cell holds most of a table, which is a frame around it then."""
    lengths = [len(cell) for row in rows for cell in row]
    longest = max(lengths, default=0)
    return longest > _ARTICLE and longest * 2 > sum(lengths)
