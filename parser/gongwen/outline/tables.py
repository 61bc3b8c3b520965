"""Tables that were flattened to text: the header row is recognized and the rows are read back.

Copies lose tables in two ways. Either each cell became a line, or each row did, its cells run together:

    序号                              序号重点任务牵头单位配合单位
    主要任务                          一、完善基础设施
    责任单位                          1建设通信网络。市工信局市科技局、市财政局
    1                                2建设云平台。市大数据局市财政局
    建设通信网络
    市工信局

The header begins with 序号, and a row with the number that is due; a numbered heading between rows (一、) names a group and starts the
count again. Of cells on lines of their own, those of a row beyond the number of columns are paragraphs of the column that
holds the text (…内容, …任务). Of cells run together, the text ends with its last 。 and the lists of units part where one
name follows another without punctuation. A row that doesn't come out even stays text, numbered but without cells.
"""

from __future__ import annotations

import re
from itertools import pairwise

from gongwen.document import Cell, Source, Table
from gongwen.outline.lines import Line
from gongwen.text import Text

_COLUMN = re.compile(
    r"[^（）()]*?(?:序号|任务|内容|项目|名称|单位|部门|时限|时间|目标|领导|备注|安排|事项|措施|要求|进度|人)(?:[（(][^（）()]*[）)])?(?:名称)?"
)
_UNITS = re.compile(r"单位|部门|牵头|配合|责任|协办|主办")
_TEXT_COLUMNS = ("内容", "措施", "任务", "目标", "要求")
_TASK_WORDS = ("任务", "事项", "内容", "措施", "项目", "工作", "名称")
_TASKS = re.compile("|".join(_TASK_WORDS))
# 市工信局市委网信办: an organ's name ends and the next begins.
_NEXT_UNIT = re.compile(r"(?<=[局委办部院厅会室府协联])(?=[市区县省州旗盟各](?!委员))")
_END_OF_TABLE = re.compile(r"附[ 　]*件|注[：:]|备注[：:]|说明[：:]|[（(]注")
_MOST_COLUMNS = 15
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


def find_tables(lines: list[Line]) -> list[Table]:
    """The flattened tables among ``lines``; their rows get the kind table-row, the lines that begin a row the style bare."""
    tables = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.kind and line.text.startswith("序号"):
            table, at = _Reader(lines, at).read()
            if table:
                tables.append(table)
        else:
            at += 1
    return tables


class _Reader:
    """Reads one table whose header begins at a line."""

    def __init__(self, lines: list[Line], header: int) -> None:
        self.lines = lines
        self.header = header
        self.columns: list[str] = []

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
                line.style, line.body = "bare", line.at + len(str(number))
                last, restart, at = number, False, at + 1
            elif self._is_group(at, last):
                restart, at = True, at + 1
            elif rows and not self._ends(at, rows[-1]):
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
        grid = [tuple(cells), *(tuple(row) for row in (self._cells(row) for row in rows) if row)]
        return Table(lines[self.header].start, rows[-1][-1].end, tuple(grid)), at

    def _header(self) -> tuple[list[Cell], int]:
        """The cells of the header, and the first line behind it."""
        line = self.lines[self.header]
        cells: list[Cell] = []
        if line.text == "序号":
            at = self.header
            while at < len(self.lines) and len(cells) <= _MOST_COLUMNS:
                line = self.lines[at]
                if line.kind != "blank":
                    if line.style or len(line.text) > 14 or line.text[-1] in "。；，：":
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
        return self.lines[self.header].text == "序号"

    def _begins_row(self, line: Line, due: int) -> bool:
        number = str(due)
        if self._one_line_a_cell:
            return line.text == number
        rest = line.text[len(number) :]
        return (
            line.text.startswith(number)
            and bool(rest)
            and rest[0] not in ".．、年月日个项%％"
            and (not rest[0].isdecimal() or rest[:2] == "5G")
        )

    def _is_group(self, at: int, last: int) -> bool:
        """Whether a numbered heading that parts two groups of rows stands at ``at``: a row begins below it, or below its subheadings."""
        for line in self.lines[at : at + 6]:
            if line.style in ("han", "han_brackets") and len(line.text) <= 60:
                continue
            if line.kind != "blank":
                return line is not self.lines[at] and (self._begins_row(line, 1) or self._begins_row(line, last + 1))
        return False

    def _ends(self, at: int, row: list[Line]) -> bool:
        """Whether the table ends before line ``at``, though no row begins there."""
        line = self.lines[at]
        if line.kind or len(row) >= _LONGEST_ROW or _END_OF_TABLE.match(line.text):
            return True
        if self._one_line_a_cell:
            return len(row) >= len(self.columns) and (
                self.lines[at - 1].kind == "blank" or line.style in ("han", "han_brackets", "chapter")
            )
        return self.lines[at - 1].kind == "blank" or line.style not in (None, "bare") or row[-1].text.endswith("。")

    def _cells(self, row: list[Line]) -> list[Cell] | None:
        number = Cell(row[0].at, row[0].body)
        cells = self._stacked(row[1:]) if self._one_line_a_cell else self._run_together(row)
        return [number, *cells] if cells else None

    def _stacked(self, row: list[Line]) -> list[Cell] | None:
        """Cells of lines: what is beyond the number of columns belongs to the column of text."""
        columns = self.columns[1:]
        more = len(row) - len(columns)
        if more < 0:
            return None
        wide = next((index for word in _TEXT_COLUMNS for index, name in enumerate(columns) if word in name), None)
        if more and wide is None:
            return None
        cells, at = [], 0
        for index in range(len(columns)):
            last = at + (more if index == wide else 0)
            cells.append(Cell(row[at].at, row[last].stop))
            at = last + 1
        return cells

    def _run_together(self, row: list[Line]) -> list[Cell] | None:
        """Cells of one line: the text up to its last 。, then the lists of units, one a column."""
        units = self.columns[2:]
        if not all(_UNITS.search(name) for name in units):
            return None
        text = "\n".join(line.text for line in row)
        if any(following.start != line.end or following.at != following.start for line, following in pairwise(row)):
            return None  # an indent or an empty line between: offsets in the joined text wouldn't be offsets in the row
        begin = row[0].body - row[0].at
        stop = text.rfind("。") + 1
        if stop <= begin:
            return None
        cuts = [match.start() + stop for match in _NEXT_UNIT.finditer(text[stop:])]
        if len(cuts) != len(units) - 1:
            return None
        borders = [begin, stop, *cuts, len(text)]
        origin = row[0].at
        return [Cell(origin + start, origin + end) for start, end in pairwise(borders)]
