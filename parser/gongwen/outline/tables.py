"""Tables that were flattened to text: the header row is recognized and the rows are read back.

Copies lose tables in two ways. Either each cell became a line, or each row did, its cells run together:

    序号                              序号重点任务牵头单位配合单位
    主要任务                          一、完善基础设施
    责任单位                          1建设通信网络。市工信局市科技局、市财政局
    1                                2建设云平台。市大数据局市财政局
    建设通信网络
    市工信局

The header names the columns, and a row begins with the number that is due, in a column of its own (序号) or before the first cell
(1.打井); a numbered heading between rows (一、) names a group and may start the count again. What the columns hold tells the
cells (``gongwen.outline.table_lines``, ``gongwen.outline.table_runs``). A row whose cells can't be told stays text, numbered
but without cells, and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from gongwen.document import Cell, Extent, Source, Table
from gongwen.outline.lines import Line
from gongwen.outline.table_lines import Row, broken_names, stacked
from gongwen.outline.table_runs import run_together
from gongwen.text import Text

_COLUMN = re.compile(
    r"[^（）()]*?(?:序号|任务|内容|项目|名称|单位|部门|时限|时间|目标|计划|领导|备注|安排|事项|措施|要求|进度|人)(?:[（(][^（）()]*[）)])?(?:名称|安排|要求)?"
)
_UNITS = re.compile(r"单位|部门|牵头|配合|责任|协办|主办")
_DUTIES = re.compile(r"牵头|配合|责任|协办|主办|承办")
_TASK_WORDS = ("任务", "事项", "内容", "措施", "项目", "工作", "名称")
_TASKS = re.compile("|".join(_TASK_WORDS))
_END_OF_TABLE = re.compile(r"附[ 　]*件|表 ?[0-9一二三四五六七八九十]|注[：:]|备注[：:]|说明[：:]|[（(]注")
HEADS_OF_UNITS = frozenset(
    f"{role}{who}" for role in "责任 牵头 主办 承办 配合 实施 落实".split() for who in ("单位", "部门")
)
"""The heads of columns of units, by which a table without a column of numbers is recognized."""
_NAMED_BY_FIGURE = re.compile("[0-9][A-Z]")  # 5G, 3D: such a name stands right behind the number of its row
_MOST_COLUMNS = 15
_LONGEST_HEAD = 14
_LONGEST_ROW = 60  # lines


def tables_of_source(lines: list[Line], text: Text, source: Source) -> list[Table]:
    """The tables that the source knows, by offsets of ``text``.

    The rows of a table of tasks (with the columns 序号, a task, and who is responsible) are numbered items: their lines get the style bare.
    """
    value = text.value
    by_start = {line.at: line for line in lines if line.kind == "table-row"}
    tables = []
    for table in source.tables:
        rows = tuple(tuple(cell and Cell(*text.from_source(*cell)) for cell in row) for row in table.rows)
        start, end = text.from_source(table.start, table.end)
        tables.append(Table(start, end, rows))
        header = [value[cell.start : cell.end].strip() if cell else "" for cell in rows[0]] if rows else []
        if (
            not header
            or header[0] != "序号"
            or not any(map(_UNITS.search, header))
            or not any(map(_TASKS.search, header))
        ):
            continue
        column = next(index for word in _TASK_WORDS for index, name in enumerate(header) if word in name)
        for row in rows[1:]:
            number, task = row[0], row[column] if column < len(row) else None
            if number and value[number.start : number.end].isdecimal() and (line := by_start.get(number.start)):
                line.style, line.body = "bare", number.end
                line.task = task.start if task and line.body <= task.start < line.stop else 0
    return tables


class Found(NamedTuple):
    """The flattened tables of a text; the line feeds that break names in them; the rows of units whose cells can't be told apart."""

    tables: list[Table]
    breaks: list[Extent]
    unread: list[Extent]


def find_tables(lines: list[Line]) -> Found:
    """The flattened tables among ``lines``; their rows get the kind table-row, the lines that begin a row the style bare."""
    found = Found([], [], [])
    cuts: dict[int, int] = {}
    at = 0
    while at < len(lines):
        line = lines[at]
        header = at if line.text.startswith("序号") and not line.kind else _header_of_stacked(lines, at)
        if header is None:
            at += 1
            continue
        reader = _Reader(lines, header)
        table, behind = reader.read()
        at = max(behind, at + 1)
        if table:
            found.tables.append(table)
            found.breaks.extend(reader.breaks)
            found.unread.extend(reader.unread)
            cuts |= reader.cuts
    if cuts:
        lines[:] = [part for line in lines for part in _cut(line, cuts.get(line.at))]
    return found


def _cut(line: Line, border: int | None) -> Iterator[Line]:
    """A row of cells that run together, parted behind what is to be done."""
    yield line
    if border is not None:
        rest = line.cut(border - line.at)
        rest.kind = line.kind
        yield rest


def _header_of_stacked(lines: list[Line], at: int) -> int | None:
    """Where the header begins that the column of units at line ``at`` belongs to, if its names are lines and none is 序号."""
    if lines[at].text not in HEADS_OF_UNITS:
        return None
    first = at
    while first and at - first < _MOST_COLUMNS and _names_a_column(lines[first - 1]):
        first -= 1
    return first if at - first >= 2 else None


def _names_a_column(line: Line) -> bool:
    return not line.kind and not line.style and len(line.text) <= _LONGEST_HEAD and bool(_COLUMN.fullmatch(line.text))


class _Reader:
    """Reads one table whose header begins at a line.

    Where no column holds numbers the first cell of a row begins with one (1.打井), and rows come only as cells on lines of their own.
    """

    def __init__(self, lines: list[Line], header: int) -> None:
        self.lines = lines
        self.header = header
        self.columns: list[str] = []
        self.breaks: list[Extent] = []
        self.unread: list[Extent] = []
        self.cuts: dict[int, int] = {}  # where a line begins, and where what is to be done ends on it without a stop

    def read(self) -> tuple[Table | None, int]:
        """The table, None where no row follows the header; and the first line behind it."""
        lines = self.lines
        cells, first = self._header()
        rows: list[list[Line]] = []
        last, restart, at = 0, True, first
        while at < len(lines) and cells:
            line = lines[at]
            number = next(
                (number for number in ((last + 1, 1) if restart else (last + 1,)) if self._begins_row(line, number)), 0
            )
            if line.kind == "blank":
                at += 1
            elif number:
                rows.append([line])
                if self._has_numbers:
                    line.style, line.body = "bare", line.at + len(str(number))
                last, restart, at = number, False, at + 1
            elif rows and self._repeats_header(at, first):
                at += first - self.header
            elif heading := self._group(at, last):
                restart, at = True, at + heading
            elif rows and not self._ends(at, rows[-1], last + 1):
                line.style = None
                rows[-1].append(line)
                at += 1
            else:
                break
        if not rows:
            return None, self.header + 1
        for line in (*lines[self.header : first], *(line for row in rows for line in row)):
            if line.kind != "blank":
                line.kind = "table-row"
        grid: list[tuple[Cell | None, ...]] = [tuple(cells)]
        for row in rows:
            read = self._rows(row)
            grid += [tuple(row_of_cells) for row_of_cells in read]
            if not read and any(map(_DUTIES.search, self.columns)):
                self.unread.append(Extent(row[0].at, row[-1].stop))
        return Table(lines[self.header].start, rows[-1][-1].end, tuple(grid)), at

    def _header(self) -> tuple[list[Cell], int]:
        """The cells of the header, and the first line behind it."""
        line = self.lines[self.header]
        cells: list[Cell] = []
        if self._one_line_a_cell:
            at = self.header
            while at < len(self.lines) and len(cells) <= _MOST_COLUMNS:
                line = self.lines[at]
                if line.kind != "blank":
                    if line.style or len(line.text) > _LONGEST_HEAD or line.text[-1] in "。；，：":
                        break
                    cells.append(Cell(line.at, line.stop))
                    self.columns.append(line.text)
                at += 1
            return (cells, at) if 2 < len(cells) <= _MOST_COLUMNS else ([], at)
        if len(line.text) > 80 or line.text[-1] in "。；，：":
            return [], self.header + 1
        for match in _COLUMN.finditer(line.text):
            cell = Cell(line.at + match.start(), line.at + match.end())
            if cells and match[0][0] in "和及":
                cell = Cell(cells.pop().start, cell.end)
            cells.append(cell)
        self.columns = [line.text[cell.start - line.at : cell.end - line.at].strip() for cell in cells]
        return (cells, self.header + 1) if len(cells) > 2 else ([], self.header + 1)

    @property
    def _one_line_a_cell(self) -> bool:
        return self.lines[self.header].text == "序号" or not self._has_numbers

    @property
    def _has_numbers(self) -> bool:
        return self.lines[self.header].text.startswith("序号")

    def _begins_row(self, line: Line, due: int) -> bool:
        number = str(due)
        if not self._has_numbers:
            return line.style == "figure" and line.text.startswith(number) and not line.text[len(number)].isdigit()
        if self._one_line_a_cell:
            return line.text == number
        rest = line.text[len(number) :]
        return (
            line.text.startswith(number)
            and bool(rest)
            and rest[0] not in ".．、年月日个项%％"
            and (not rest[0].isdecimal() or bool(_NAMED_BY_FIGURE.match(rest)))
        )

    def _repeats_header(self, at: int, first: int) -> bool:
        """Whether the header, which ends before line ``first``, stands again at ``at``: it does at the head of each page."""
        header = self.lines[self.header : first]
        return all(line.text == other.text for line, other in zip(header, self.lines[at:], strict=False))

    def _group(self, at: int, last: int) -> int:
        """How many lines the heading at ``at`` has, if it is one that parts two groups of rows: a row begins below it or its subheadings."""
        length = 0
        lines = self.lines[at : at + 6]
        for place, line in enumerate(lines):
            if line.style in ("han", "han_brackets") and len(line.text) <= 60:
                length = length or 1
            elif length and place and lines[place - 1].body == lines[place - 1].stop and line.kind != "blank":
                length = length if place > 1 else 2  # the line before is a marker alone: its title is on this one
            elif line.kind != "blank":
                return length if self._begins_row(line, 1) or self._begins_row(line, last + 1) else 0
        return 0

    def _ends(self, at: int, row: list[Line], due: int) -> bool:
        """Whether the table ends before line ``at``, though no row begins there."""
        line = self.lines[at]
        if line.kind or len(row) >= _LONGEST_ROW or _END_OF_TABLE.match(line.text):
            return True
        if self._one_line_a_cell:
            if line.text == "序号":  # another table
                return True
            return len(row) >= len(self.columns) and (
                self.lines[at - 1].kind == "blank" or line.style in ("han", "han_brackets", "chapter")
            )
        if any(self._begins_row(following, due) for following in self.lines[at + 1 : at + 4]):
            return False
        return self.lines[at - 1].kind == "blank" or line.style not in (None, "bare") or row[-1].text.endswith("。")

    def _rows(self, row: list[Line]) -> list[Row]:
        """The rows of cells that the lines of one number make: none if they can't be told, several that share their first cells."""
        if not self._has_numbers:
            self.breaks += broken_names(row)
            return stacked(row, self.columns)
        number = Cell(row[0].at, row[0].body)
        if self._one_line_a_cell:
            self.breaks += broken_names(row[1:])
            return [[number, *cells] for cells in stacked(row[1:], self.columns[1:])] if len(row) > 1 else []
        if any(following.start != line.end or following.at != following.start for line, following in pairwise(row)):
            return []  # an indent or an empty line between: offsets in the joined text wouldn't be offsets in the row
        each = [self._borders([line]) for line in row]
        found = each if len(each) == 1 or all(each) else [self._borders(row)]
        return [[number, *cells] for cells in found if cells]

    def _borders(self, row: list[Line]) -> Row | None:
        line = row[0]
        begin = line.body - line.at if line.style == "bare" else 0
        borders = run_together("\n".join([line.text for line in row]), begin, self.columns[1:])
        if borders is None:
            return None
        task = next(end for at in borders if at for end in at[1:])
        if task < len(line.text) and line.text[task - 1] != "。":
            self.cuts[line.at] = line.at + task
        return [Cell(line.at + at[0], line.at + at[1]) if at else None for at in borders]
