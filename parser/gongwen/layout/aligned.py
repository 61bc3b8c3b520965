"""Tables whose columns are parted by blanks alone, as text layers of PDF files and typed pages have them.

    序号    工作任务                    责任单位        完成时限
    1       修订考核办法，完善考核      市委组织部      3月底前
            指标体系
    2       开展半年督查                市政府督查室    7月底前

Columns stand apart by gutters, which no line writes into. A gutter is only seen where all characters have the width that the page gave them: a
Chinese one two columns (typed pages) or one (PDF readers that count characters). Where the gutters part as many columns as there are heads, each
gap becomes a tab for each column that it passes, so that the lines are rows like those of any other table. A line that goes on with the cells above
it is joined to them, if these reach the edge of their columns; whatever is doubtful is left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from gongwen.lexicon.columns import head_of, is_head, look
from gongwen.lexicon.markers import group_marker
from gongwen.text import Edit

_CELL = re.compile(r"[^\s]++(?:[ \xa0](?![ \xa0\u3000])[^\s]++)*+")
_WIDE_GAP = re.compile(
    r"[ \xa0\u3000](?<=\S.)(?:[ \xa0\u3000]++|(?<=\u3000))(?=\S)"
)  # that such a line has, far cheaper to find
_PARTED_LINE = re.compile(r"^[^\n]{0,60}?\S(?:[ \xa0\u3000]{2,}+|\u3000)\S[^\n]*$", re.M)
_LONGEST_LINE = 300  # characters
_FEWEST_HEADS = 2  # that are known
_FEWEST_ROWS = 2
_MOST_LINES = 20_000
_MOST_BETWEEN = 2  # lines between two rows
_EDGE = 2  # columns between the end of a full line and the edge of its cell


class _Cell(NamedTuple):
    """A cell of a line: its offsets in the text, its first column and the one behind its last."""

    start: int
    end: int
    left: int
    right: int


_Row = list[list[_Cell]]
"""For each column the lines of a cell."""


def part_columns(value: str) -> Iterator[Edit]:
    """The edits that part the cells of aligned tables by tabs, and put those together that were broken over several lines."""
    if not _WIDE_GAP.search(value):
        return
    behind = 0
    for match in _PARTED_LINE.finditer(value):
        if match.start() < behind or len(match[0]) > _LONGEST_LINE or "\t" in match[0]:
            continue
        heads = [cell[0] for cell in _CELL.finditer(match[0])]
        if not is_head(heads) or sum(head_of(head) is not None for head in heads) < _FEWEST_HEADS:
            continue
        for width in (_as_typed, _as_counted):
            table = _Table(value, match.start(), width)
            behind = max(behind, table.end)  # a table that isn't read isn't looked at again from its next line
            if table.is_read:
                yield from table.edits()
                break


def _as_typed(character: str) -> int:
    return 2 if east_asian_width(character) in "WFA" else 1


def _as_counted(_: str) -> int:
    return 1


def _lines(value: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines from ``start``, up to one that is too long for a row."""
    while start < len(value):
        end = value.find("\n", start)
        end = len(value) if end < 0 else end
        if end - start > _LONGEST_LINE:
            return
        yield start, end
        start = end + 1


class _Table:
    """An aligned table below the heads on the line at ``start``."""

    def __init__(self, value: str, start: int, width: Callable[[str], int]) -> None:
        self.value, self.width = value, width
        self.columns: list[tuple[int, int]] = []
        self.lines: list[list[_Cell | None]] = []
        self.apart: set[int] = set()  # the lines below an empty one
        self.end = start
        self.is_read = self._take_lines(start) and self._take_rows()

    def _cells(self, start: int, end: int) -> list[_Cell]:
        cells, at, left = [], start, 0
        for match in _CELL.finditer(self.value, start, end):
            left += sum(map(self.width, self.value[at : match.start()]))
            right = left + sum(map(self.width, match[0]))
            cells.append(_Cell(*match.span(), left, right))
            at, left = match.end(), right
        return cells

    def _take_lines(self, start: int) -> bool:
        """Take the lines that leave the gutters free, with lines between rows that name a group; whether these are a table."""
        found: list[list[_Cell]] = []
        pending: list[list[_Cell]] = []  # lines that belong to the table if a row follows
        for begin, end in _lines(self.value, start):
            cells = self._cells(begin, end)
            if "\t" in self.value[begin:end] or len(found) > _MOST_LINES:
                break
            if not found:
                self.columns = [(cell.left, cell.right) for cell in cells]
            columns = _widened(self.columns, cells) if cells else None
            if len(cells) < 2 and (columns is None or cells[0].left < columns[0][1]):
                pending.append(cells)
                if len(pending) > _MOST_BETWEEN:
                    break
                continue  # an empty line, the name of a group, the paragraph behind the table
            if columns is None:
                return False
            self.columns = columns
            found += [*pending, cells]
            pending = []
            self.end = end
        width = len(self.columns)
        for cells in found:
            line: list[_Cell | None] = [None] * width
            for cell in cells:
                line[_place(self.columns, cell) if len(cells) > 1 or cell.left >= self.columns[0][1] else 0] = cell
            if cells:
                self.lines.append(line)
            else:
                self.apart.add(len(self.lines))
        return len(self.lines) > _FEWEST_ROWS

    def _take_rows(self) -> bool:
        """Tell rows from lines that go on with the cells above; whether that is certain."""
        heads = self._texts(self.lines[0])
        body = [line for line in self.lines[1:] if self._texts(line) != heads]
        numbers = [line[0] for line in body if line[0] and any(line[1:])]
        numbered = all(look(self.value[cell.start : cell.end]).number is not None for cell in numbers)
        edges = [max(cell.right for line in self.lines if (cell := line[place])) for place in range(len(self.columns))]
        self.rows: list[_Row] = []
        for index, line in enumerate(self.lines):
            filled = [place for place, cell in enumerate(line) if cell]
            apart = self._texts(line) == heads or filled == [0]  # heads, repeated on a new page or not, and groups
            new = bool(line[0]) and (numbered or len(filled) == len(line))
            goes_on = (
                len(self.rows) > 1
                and index not in self.apart
                and not (filled == [0] and group_marker().match(self._texts(line)[0]))
                and all(self._goes_on(place, edges[place]) for place in filled)
            )
            if filled == [0] and goes_on:
                return False  # the name of a group, or the rest of the cell above
            if new or apart or (line[0] and not goes_on):
                self.rows.append([[cell] if cell else [] for cell in line])
            elif goes_on:
                for place in filled:
                    self.rows[-1][place] += filter(None, [line[place]])
            else:
                return False
        return len(self.rows) > _FEWEST_ROWS

    def _texts(self, line: Sequence[_Cell | None]) -> list[str]:
        return [self.value[cell.start : cell.end] if cell else "" for cell in line]

    def _goes_on(self, place: int, edge: int) -> bool:
        """Whether the last line of a cell reaches the edge of its column, and nothing tells that it is complete."""
        above = self.rows[-1][place]
        words = self.value[above[-1].start : above[-1].end] if above else ""
        seen = look(words)
        return (
            bool(words)
            and above[-1].right >= edge - _EDGE
            and words[-1] not in "。；"
            and not (seen.time == 2 or seen.quantity)
        )

    def edits(self) -> Iterator[Edit]:
        for row in self.rows:
            first = [cells[0] if cells else None for cells in row]
            line = self.value.rfind("\n", 0, min(cell.start for cell in first if cell)) + 1
            at, last = line, 0
            for place, cell in enumerate(first):
                if cell:
                    if cell.start > at or place > last:
                        yield Edit(at, cell.start, "\t" * (place - last), "layout-blank")
                    more = "".join([self.value[other.start : other.end] for other in row[place][1:]])
                    if more:
                        yield Edit(cell.start, cell.end, self.value[cell.start : cell.end] + more, "wrapped-cell")
                    at, last = cell.end, place
            end = max(cells[-1].end for cells in row if cells)
            if end > at and "\n" in self.value[at:end]:
                yield Edit(at, self._end_of_line(end), "", "wrapped-cell")

    def _end_of_line(self, at: int) -> int:
        end = self.value.find("\n", at)
        return len(self.value) if end < 0 else end


def _widened(columns: Sequence[tuple[int, int]], cells: Sequence[_Cell]) -> list[tuple[int, int]] | None:
    """``columns`` with the room of ``cells``; None where two of them would meet, or where two cells stand in one."""
    wide = list(columns)
    taken = -1
    for cell in cells:
        over = [place for place, (left, right) in enumerate(wide) if cell.left < right and left < cell.right]
        if not over:
            over = [place for place, (left, _) in enumerate(wide) if left > cell.right][:1] or [len(wide) - 1]
            if over[0] and cell.left - wide[over[0] - 1][1] < wide[over[0]][0] - cell.right:
                over = [over[0] - 1]
        if len(over) > 1 or over[0] <= taken:
            return None
        taken = over[0]
        left, right = wide[taken]
        wide[taken] = min(left, cell.left), max(right, cell.right)
    return wide if all(one[1] <= other[0] for one, other in pairwise(wide)) else None


def _place(columns: Sequence[tuple[int, int]], cell: _Cell) -> int:
    return next(place for place, (left, right) in enumerate(columns) if left <= cell.left < right)
