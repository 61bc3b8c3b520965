"""Tables in text: their heads are recognized, and the rows are read back as one grid, however they are carried.

A table whose cells stand apart by signs is found by them (``gongwen.outline.table_carriers``). Else copies lose tables in two ways: each
cell becomes a line, or each row does, its cells run together:

    序号                              序号重点任务牵头单位配合单位
    主要任务                          一、完善基础设施
    责任单位                          1建设通信网络。市工信局市科技局、市财政局
    1                                2建设云平台。市大数据局市财政局
    建设通信网络
    市工信局

The heads name the columns (``gongwen.lexicon.columns``); what stands below is aligned with them (``gongwen.outline.table_grids``). The lines of
a table open no items, and what stands below it is numbered as if the table weren't there; only rows that run together are items, as they
read like an outline. A table or a row that can't be read stays text, and a finding says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import NamedTuple

from gongwen.document import Cell, Extent, Source, Table
from gongwen.lexicon import dates, labels, markers, vocabulary
from gongwen.lexicon.columns import (
    BETWEEN_NAMES,
    FIGURES,
    LONGEST_HEAD,
    LONGEST_NAME,
    Column,
    begins_like_a_name,
    head_of,
    heads_in_line,
    is_head,
    is_name,
    look,
    table_kind,
)
from gongwen.lexicon.line_words import between_pages, remark, spaced
from gongwen.lexicon.markers import value as value_of
from gongwen.lexicon.units import ends_like
from gongwen.outline import wording
from gongwen.outline.lines import Line, with_marker
from gongwen.outline.table_alignment import Fragment
from gongwen.outline.table_carriers import SIGNS, Block, find_blocks, is_rule, wrapped_cells
from gongwen.outline.table_grids import Grid, grid_of_fragments, grid_of_rows
from gongwen.outline.table_runs import run_together
from gongwen.text import Edit, Text

_NAMED_BY_FIGURE = re.compile("[0-9][A-Z]")  # 5G, 3D: such a name stands right behind the number of its row
_MOST_COLUMNS = 15
_LONGEST_HEAD_LINE = 18
_LONGEST_UNKNOWN_HEAD = 10
_LONGEST_CELL = 1_500
_LONGEST_LIST = 300
_MOST_UNREAD = 0.5  # of the rows: a table of which more can't be read isn't read
_NEAR = 6  # lines
_BRACKET_ALONE = re.compile("[（(][^（）()]+[）)]")
_LONGEST_BROKEN_WORD = 3  # of a head that goes on on the next line
_WIDE_GAP = re.compile("[ \xa0\u3000]{2,}|[\u3000\t]")
_FEWEST_HEADS = 3  # that tell a table by themselves
_LONGEST_ROW_OF_HEADS = 80
_TELLING = frozenset({"number", "unit", "time", "goal", "baseline", "measure", "amount", "person"})
_TOLD = frozenset({"task", "indicator", "region", "group"})


@vocabulary.compiled
def _end_of_table() -> re.Pattern[str]:
    """A line that stands in no table: an attachment, another table's name, a remark."""
    return re.compile(rf"{spaced('attachment', 'alone')}|表 ?[0-9一二三四五六七八九十]|{remark().pattern}|[（(]注|专栏")


class Unread(NamedTuple):
    """A table, or rows of one, that can't be read: where, and how many rows it has."""

    place: Extent
    rows: int
    whole: bool


class Found(NamedTuple):
    """The tables of a text; the edits that mend cells in them, after which they are read again; what can't be read; where cells above are taken for
    merged ones; where lines were put into one cell that may be several."""

    tables: list[Table]
    edits: list[Edit]
    unread: list[Unread]
    filled: list[Unread]
    broken: list[Unread]


def tables_of_source(text: Text, source: Source) -> list[Table]:
    """The tables that the source knows, by offsets of ``text``."""
    return [
        Table(
            *text.from_source(table.start, table.end),
            tuple([tuple([cell and _trimmed(text, cell) for cell in row]) for row in table.rows]),
        )
        for table in source.tables
    ]


def _trimmed(text: Text, cell: Cell) -> Cell:
    """Where a cell of the source stands in ``text``, without the blanks around it; those that only it consists of stay."""
    start, end = text.from_source(*cell)
    words = text.value[start:end]
    kept = words.strip()
    at = start + words.find(kept) if kept else start
    return Cell(at, at + len(kept)) if kept else Cell(start, end)


def is_blank_form(value: str, table: Table) -> bool:
    """Whether ``table`` has heads and rows in which nothing stands but their numbers: a form that nobody filled in."""
    rows = [[value[cell.start : cell.end].strip() if cell else "" for cell in row] for row in table.rows]
    return len(rows) > 1 and is_head(rows[0]) and all(_is_blank(cell) for row in rows[1:] for cell in row)


def _is_blank(text: str) -> bool:
    seen = look(text)
    return seen.nothing or seen.number is not None or not text.strip("_＿")


def find_tables(lines: list[Line], value: str) -> Found:
    """The tables among ``lines``, which are those of the text ``value``; their lines get the kind table-row."""
    found = Found([], [], [], [], [])
    lines[:] = [part for line in lines for part in _rows_apart(line)]
    interrupting = [line for line in lines if not line.kind and _interrupts(line.text)]
    for line in interrupting:
        line.kind = "blank"  # while tables are read
    _find(lines, value, found)
    found.tables.sort(key=attrgetter("start"))
    for line in interrupting:
        before = bisect_right(found.tables, line.at, key=attrgetter("start"))
        line.kind = "page-number" if before and line.at < found.tables[before - 1].end else ""
    return found


def _interrupts(text: str) -> bool:
    """Whether a line stands between the rows of a table where a page ends: its number, or 续表. 12/1 is no number of a page, but a date."""
    if len(text) > _LONGEST_UNKNOWN_HEAD or between_pages().fullmatch(text) is None:
        return False
    of_all = _PAGE_OF_ALL.fullmatch(text)
    return of_all is None or int(of_all[1]) <= int(of_all[2])


def _find(lines: list[Line], value: str, found: Found) -> None:
    """Find the tables among ``lines``."""
    blocks = list(find_blocks(lines))
    for block in blocks:
        found.edits.extend(wrapped_cells(lines, block))
    if found.edits:
        return
    for block in blocks:
        if not _states_fields(lines, block):
            _read_block(lines, value, block, found)
    for line in lines:
        if not line.kind and line.text[0] in SIGNS and not line.text.strip(SIGNS + " "):
            line.kind = "rule"
    cuts: dict[int, int] = {}
    at = 0
    while at < len(lines):
        behind = _read_at(lines, at, found, cuts)
        at = max(behind, at + 1)
    if cuts:
        lines[:] = [part for line in lines for part in _cut(line, cuts.get(line.at))]


def find_unread(lines: Sequence[Line], text: Text) -> Iterator[Unread]:
    """The tables whose heads stand apart by blanks in the source, and whose lines aren't read: their columns don't align."""
    for index, line in enumerate(lines):
        if line.kind or not line.text or len(line.text) > _LONGEST_ROW_OF_HEADS:
            continue
        place = text.to_source(line.at, line.stop)
        heads = _WIDE_GAP.split(text.source[place.start : place.end])
        if len(heads) < _FEWEST_HEADS or not all(map(head_of, heads)):
            continue
        last = index + 1
        while last < len(lines) and lines[last].kind == "" and lines[last].style in (None, "bare"):
            last += 1
        if last > index + 1:
            yield Unread(Extent(line.at, lines[last - 1].stop), last - index - 1, True)


# cells apart


def _states_fields(lines: Sequence[Line], block: Block) -> bool:
    """Whether each row of a table is labels of a page with their values: 索引号 | … | 发布机构 | …"""
    rows = [line.text for line in lines[block.first : block.last] if line.kind != "blank" and not is_rule(line)]
    return len(rows) > 1 and all(map(labels.fields, rows))


def _read_block(lines: list[Line], value: str, block: Block, found: Found) -> None:
    if block.rows:
        grid = grid_of_rows(block.rows, value, block.ruled)
    else:
        heads = _heads_of_fragments(block.loose)
        if not heads:
            return
        names = [head_of(fragment.text) for fragment in block.loose[:heads]]
        grid = grid_of_fragments(_without_heads(block.loose, heads), block.loose[:heads], names)
    if grid is None:
        return
    start = grid.rows[0][0] or next(cell for cell in grid.rows[0] if cell) if grid.rows else None
    first = block.first
    if start is not None:
        first = next(index for index in range(block.first, block.last) if lines[index].end > start.start)
        while first > block.first and is_rule(lines[first - 1]):
            first -= 1
    _keep(lines, first, block.last, grid, found)


def _heads_of_fragments(fragments: Sequence[Fragment]) -> int:
    """How many fragments at the beginning are heads of columns: up to the first end of a row, or the last one that is known as such."""
    gap = next((index for index, fragment in enumerate(fragments) if index and fragment.gaps), 0)
    if 1 < gap <= _MOST_COLUMNS and any(head_of(fragment.text) for fragment in fragments[:gap]):
        return gap
    count = known = 0
    for index, fragment in enumerate(fragments[:_MOST_COLUMNS]):
        if head_of(fragment.text):
            known, count = known + 1, index + 1
        elif not _may_be_unknown_head(fragment.text):
            break
    return count if known > 1 and 3 * known >= count else 0


def _without_heads(fragments: Sequence[Fragment], heads: int) -> list[Fragment]:
    """``fragments`` behind the heads, without the heads that are repeated on a new page."""
    words = [fragment.text for fragment in fragments[:heads]]
    kept: list[Fragment] = []
    at, border = heads, "row"
    while at < len(fragments):
        if fragments[at].text == words[0] and [fragment.text for fragment in fragments[at : at + heads]] == words:
            at, border = at + heads, "row"
            continue
        kept.append(fragments[at]._replace(border=border) if border else fragments[at])
        at, border = at + 1, ""
    return kept


def _keep(lines: list[Line], first: int, last: int, grid: Grid, found: Found) -> None:
    """Note a grid that was read from lines [first, last), or that it couldn't be."""
    for line in lines[first:last]:
        if line.kind != "blank":
            line.kind, line.style = "table-row", None
    place = Extent(lines[first].start, lines[last - 1].end)
    rows = len(grid.rows) - grid.heads
    if rows < 1 or len(grid.unread) > _MOST_UNREAD * (rows + len(grid.unread)):
        found.unread.append(
            Unread(Extent(lines[first].at, lines[last - 1].stop), max(rows, 0) + len(grid.unread), True)
        )
        return
    found.tables.append(Table(*place, tuple(grid.rows)))
    if grid.unread:
        found.unread.append(Unread(Extent(grid.unread[0].start, grid.unread[-1].end), len(grid.unread), False))
    lost = sum(below - above - 1 for above, below in pairwise(_numbers(grid, lines, first, last)) if below > above + 1)
    if lost:
        found.unread.append(Unread(Extent(lines[first].at, lines[last - 1].stop), lost, False))
    if grid.broken:
        found.broken.append(Unread(Extent(grid.broken[0].start, grid.broken[-1].end), len(grid.broken), False))
    if grid.filled:
        found.filled.append(Unread(Extent(grid.filled[0].start, grid.filled[-1].end), len(grid.filled), False))


def _numbers(grid: Grid, lines: Sequence[Line], first: int, last: int) -> Iterator[int]:
    """The numbers of the rows, in order."""
    column = next((place for place, column in enumerate(grid.columns) if column.kind == "number"), None)
    if column is None:
        return
    starts = [line.start for line in lines[first:last]]
    for row in grid.rows[grid.heads :]:
        if (cell := row[column]) is not None:
            line = lines[first + bisect_right(starts, cell.start) - 1]
            number = look(line.text[cell.start - line.at : cell.end - line.at]).number
            if number is not None:
                yield number


# a cell a line


def _read_at(lines: list[Line], at: int, found: Found, cuts: dict[int, int]) -> int:
    """Read the table whose heads begin at line ``at``, if one does; the first line behind it."""
    line = lines[at]
    if line.kind or not line.text:
        return at + 1
    if line.text.startswith("序号") and len(line.text) > _SHORTEST_RUN:
        return _RunTogether(lines, at).read(found, cuts)
    if len(line.text) > _LONGEST_HEAD_LINE or _head_by_word(line.text) is None:
        return at + 1
    heads = _heads(lines, at)
    if not heads:
        return at + 1
    body, behind = _body(lines, heads)
    if not body:
        return at + 1
    if broken := list(_broken_heads(lines, heads, body)):
        found.edits.extend(broken)
        return max(behind, body[-1] + 1)
    broken = list(_broken_names([lines[index] for index in body]))
    titles = [_fragment(lines[index], "line") for index in heads]
    names = [head_of(title.text) for title in titles]
    fragments = [_fragment(lines[index], "line") for index in body]
    fragments = _without_heads([*titles, *fragments], len(titles))
    if not fragments:
        return at + 1
    if all(_is_blank(fragment.text) for fragment in fragments):
        grid = _blank_form(fragments, titles, names)
    else:
        grid = grid_of_fragments(fragments, titles, names)
    if not _speaks(grid, len(titles)):
        return at + 1
    if grid.columns and table_kind(grid.columns) == "data" and not is_whole(grid):
        if not any(column.kind == "number" for column in grid.columns):
            return at + 1  # a form, or lines that aren't cells
        grid = grid._replace(
            unread=[*grid.unread, *[Extent(at.start, at.end) for at in map(_first, grid.rows[grid.heads :])]],
            rows=grid.rows[: grid.heads],
        )
    found.edits.extend(broken)
    last = body[-1] + 1
    _keep(lines, heads[0], last, grid, found)
    return max(behind, last)


def _blank_form(fragments: Sequence[Fragment], titles: Sequence[Fragment], names: Sequence[Column | None]) -> Grid:
    """The grid of a form in which nothing stands but the numbers of its rows."""
    number = next((place for place, name in enumerate(names) if name and name.kind == "number"), 0)
    rows: list[tuple[Cell | None, ...]] = [tuple([Cell(title.start, title.end) for title in titles])]
    for fragment in fragments:
        row: list[Cell | None] = [None] * len(titles)
        row[number] = Cell(fragment.start, fragment.end)
        rows.append(tuple(row))
    return Grid(rows, [], [], ())


def _fragment(line: Line, border: str) -> Fragment:
    return Fragment(line.at, line.stop, line.text, border)


def _first(row: Sequence[Cell | None]) -> Cell:
    return next(cell for cell in row if cell)


def is_whole(grid: Grid) -> bool:
    """Whether all cells of all rows are there but for groups: of a table that no kinds of columns hold together nothing else is believed."""
    return not grid.unread and all(all(row) for row in grid.rows)


def _speaks(grid: Grid, heads: int) -> bool:
    """Whether what stands below heads on lines of their own is surely the body of a table."""
    rows = [row for row in grid.rows[grid.heads :] if len(set(row)) > 1]
    return len(rows) > 0 and (heads > 2 or len(rows) > 1)


def _heads(lines: Sequence[Line], at: int) -> list[int]:
    """The lines from line ``at`` that are heads of columns, one a line; none if they don't name the columns of a table."""
    found: list[int] = []
    count = 0  # up to the last one that is known as a head
    words: set[str] = set()
    for index in range(at, min(len(lines), at + 3 * _MOST_COLUMNS)):
        line = lines[index]
        if line.kind == "blank":
            continue
        if line.kind or line.style or line.text in words or len(found) >= _MOST_COLUMNS:
            break
        known = _head_by_word(line.text)
        if known is None and (look(line.text).number is not None or not _may_be_unknown_head(line.text)):
            break
        found.append(index)
        words.add(line.text)
        if known:
            count = len(found)
    columns = [_head_by_word(lines[index].text) for index in found]
    if columns and columns[0] and columns[0].kind == "region":
        for last in range(len(found), 1, -1):  # the name of a place may look like a head
            if _rows_of_figures(lines, found[:last]):
                return found[:last]
    numbers = [place for place, column in enumerate(columns) if column and column.kind == "number"]
    first, before = 0, None
    if numbers:
        number = numbers[0]
        if number and (above := columns[0]) and above.year and above.kind == "task":
            first = 1  # a caption: 2025年重点任务
        before = _before_first_row(lines, found[count - 1] + 1)
        if before is not None:
            if number == first:
                count = min(count + before, len(found))  # heads of which no word is known
            elif before <= number:
                first = max(first, number - before)
    elif (
        count > 1
        and lines[found[0] + 1].kind == "blank"
        and not any(lines[index + 1].kind == "blank" for index in found[1 : count - 1])
    ):
        first = 1  # a caption, with an empty line below it
    heads = found[first:count]
    kinds = {column.kind for column in columns[first:count] if column}
    if len(heads) < 2 or not kinds & _TELLING or (len(heads) == 2 and "number" in kinds):
        return []
    numbered = "number" in kinds and before is not None
    return heads if kinds & _TOLD or len(kinds) > 2 or (numbered and len(heads) > 2) else []


def _rows_of_figures(lines: Sequence[Line], heads: Sequence[int]) -> bool:
    """Whether the name of a place and a figure for each further head, with its unit of measure where one asks for it, stand below ``heads``, twice;
    remarks may be missing."""
    kinds = [column.kind if (column := head_of(lines[index].text)) else "amount" for index in heads[1:]]
    remarks = len(kinds) - len(bare := [kind for kind in kinds if kind != "remark"])
    if not bare or set(bare) - {"amount", "goal", "task", "measure"} or set(bare) == {"measure"}:
        return False
    below = [line.text for line in lines[heads[-1] + 1 : heads[-1] + 4 * len(heads) + 1] if line.kind != "blank"]

    def is_row(cells: Sequence[str]) -> bool:
        return (
            len(cells) > len(bare)
            and not look(cells[0]).quantity
            and all(
                look(cell).measure if kind == "measure" else look(cell).quantity
                for cell, kind in zip(cells[1:], bare, strict=False)
            )
        )

    width = len(bare) + 1
    return is_row(below) and any(is_row(below[at:]) for at in range(width, width + remarks + 1))


def _before_first_row(lines: Sequence[Line], at: int) -> int | None:
    """How many lines from line ``at`` stand before the number of the first row, None where that isn't near."""
    texts = [line.text for line in lines[at : at + 3 * _NEAR] if line.kind != "blank"][:_NEAR]
    return texts.index("1") if "1" in texts else None


def _head_by_word(text: str) -> Column | None:
    """What the column holds of which ``text`` is the head, going by a word of its name and not by a unit of measure in brackets."""
    known = head_of(text) if len(text) <= LONGEST_HEAD else None
    bare = text.partition("（")[0].partition("(")[0]
    return known if known and (known.kind == "region" or not bare or head_of(bare)) else None


def _next(lines: Sequence[Line], at: int) -> int | None:
    return next((index for index in range(at, min(at + _NEAR, len(lines))) if lines[index].kind != "blank"), None)


def _may_be_unknown_head(text: str) -> bool:
    seen = look(text)
    return (
        len(text) <= _LONGEST_UNKNOWN_HEAD
        and not text[0].isdigit()
        and not (seen.sentence or seen.quantity or seen.nothing or seen.units > 1 or seen.time == 2)
        and not any(sign in text for sign in "。；，：！？、")
    )


_DATE_ALONE = re.compile(dates.WRITTEN)
_MOST_NAMES_BELOW = 8  # that sign a notice
_PAGE_OF_ALL = re.compile(r"([0-9]+) ?/ ?([0-9]+)")
_MOST_CLOSING_LINES = 3  # between the last cell of a unit or a term and those who sign: a remark, a closing sentence
_GROUP_LINES = 2  # lines of the name of a group above a row: 二、, 市场监管


def _date_of_signature(lines: Sequence[Line], at: int) -> int | None:
    """The line of the date below the names on the lines from ``at`` on, of which there may be none; None where no date follows on them."""
    names = 0
    for date in range(at, len(lines)):
        line = lines[date]
        if names > _MOST_NAMES_BELOW:
            break
        if _DATE_ALONE.fullmatch(line.text):
            return date
        if line.kind != "blank":
            if not wording.SIGNATURE.match(line.text) or not ends_like(line.text):
                break
            names += 1
    return None


def _closes(lines: Sequence[Line], date: int) -> bool:
    """Whether nothing of a notice's text stands behind line ``date``."""
    below = _next(lines, date + 1)
    return below is None or bool(wording.kind_below(lines[below].text[: wording.LONGEST_CLOSING]))


def _signs(lines: Sequence[Line], at: int, date: int, heads: int) -> bool:
    """Whether names stand on the lines from ``at`` to the date, the first of which begins a line above line ``heads``, as that of who issues a title."""
    name = lines[at].text
    return at < date and any(line.text.startswith(name) for line in lines[:heads])


class _Body:
    """Collects the lines below heads up to where the table ends."""

    def __init__(self, lines: Sequence[Line], heads: Sequence[int]) -> None:
        self.lines, self.heads = lines, heads
        columns = [head_of(lines[index].text) for index in heads]
        self.kinds = [column.kind if column else "task" for column in columns]
        self.width = len(heads)
        if "measure" in self.kinds and not self._measures_stand_below():
            self.kinds = ["unit" if kind == "measure" else kind for kind in self.kinds]  # 单位, which means either
        if "region" in self.kinds and _rows_of_figures(lines, heads):
            self.kinds = ["amount" if kind == "task" else kind for kind in self.kinds]  # 造林任务（亩）
        self.numbered = "number" in self.kinds
        self.spaced = any(lines[one].kind == "blank" for one in range(heads[0], heads[-1])) or self._cells_are_spaced()
        self.words = [lines[index].text for index in heads]
        self.last_number = 0
        self.since = 0  # lines since the last number

    def _cells_are_spaced(self) -> bool:
        """Whether an empty line stands behind each of the first cells."""
        below = self.lines[self.heads[-1] + 1 : self.heads[-1] + 2 * self.width + 1]
        return (len(below) > 4 and all(line.kind == "blank" for line in below[::2])) or all(
            line.kind == "blank" for line in below[1::2]
        )

    def _measures_stand_below(self) -> bool:
        """Whether a unit of measure stands among the cells of the first rows."""
        first = self.heads[-1] + 1
        return any(look(line.text).measure for line in self.lines[first : first + 4 * self.width])

    def read(self) -> tuple[list[int], int]:
        lines = self.lines
        body: list[int] = []
        at = self.heads[-1] + 1
        if not self.numbered and (first := _next(lines, at)) is not None and look(lines[first].text).number == 1:
            self.numbered = True
        while at < len(lines):
            line = lines[at]
            if line.kind == "blank":
                at += 1
                continue
            if self._ends(at, bool(body)):
                break
            number = look(line.text).number
            if self.numbered and number is not None and (number == self.last_number + 1 or number == 1):
                self.last_number, self.since = number, 0
            else:
                self.since += 1
            body.append(at)
            at += 1
        body = self._trimmed(body)
        return body, body[-1] + 1 if body else at

    def _ends(self, at: int, begun: bool) -> bool:
        line = self.lines[at]
        if line.kind or len(line.text) > _LONGEST_CELL or _end_of_table().match(line.text):
            return True
        if line.text == self.words[0]:
            return not self._repeats(at)
        if not begun:
            return False
        if self._is_signature(at):
            return True
        apart = self.lines[at - 1].kind == "blank" and not self.spaced
        marked = markers.group_marker().match(line.text) is not None
        if not (apart or marked):
            return self.numbered and self.since > 4 * self.width + 20 and not self._row_stands_at(at)
        if self.numbered:
            full = self.since >= self.width - 1 - sum(kind == "remark" for kind in self.kinds)
            return (full or marked) and not self._row_begins_near(at)
        return not self._row_stands_at(at)

    def _is_signature(self, at: int) -> bool:
        """Whether the names at ``at`` and the date below them sign the notice that the table closes, and are no cells of a row.

        They follow a row that ends with a cell of its last column of units or times, or with a figure where it has none of them. Who signs is who the title begins with, or
        nothing more is said below.
        """
        date = _date_of_signature(self.lines, at)
        if date is None:
            return False
        last: str | None = next((kind for kind in reversed(self.kinds) if kind in ("unit", "time")), None)
        if last is None and not FIGURES.isdisjoint(self.kinds):
            last = "figure"
        before = self._last_anchor(at)
        ends = _closes(self.lines, date)
        if before is None or (not ends and self._row_stands_at(date + 1)):
            return False
        issues = _signs(self.lines, at, date, self.heads[0])
        if before == last:
            return ends or issues
        return issues and ends and self.kinds.count("unit") == 1  # of a last row without a term

    def _last_anchor(self, at: int) -> str | None:
        """Whether a unit, a time or a figure stands last before line ``at``, behind which only cells of text or closing sentences stand."""
        skipped = 0
        for line in reversed(self.lines[self.heads[-1] + 1 : at]):
            if line.kind == "blank":
                continue
            seen = look(line.text)
            if seen.units > 1 and not seen.sentence:
                return "unit"
            if seen.time == 2:
                return "time"
            if seen.quantity and not FIGURES.isdisjoint(self.kinds):
                return "figure"
            skipped += 1
            if skipped > _MOST_CLOSING_LINES or (self.numbered and seen.number is not None):
                return None
        return None

    def _repeats(self, at: int) -> bool:
        texts = [line.text for line in self.lines[at : at + 2 * self.width] if line.kind != "blank"]
        return texts[: self.width] == self.words

    def _row_begins_near(self, at: int) -> bool:
        """Whether the number of a row stands within a few lines."""
        for line in [line for line in self.lines[at : at + 2 * _NEAR] if line.kind != "blank"][:_NEAR]:
            if line.text in (str(self.last_number + 1), "1"):
                return True
        return False

    def _row_stands_at(self, at: int) -> bool:
        """Whether, in a table without numbers, the lines from ``at`` are like a row: those that a row surely has stand among them."""
        near = [line for line in self.lines[at : at + 2 * self.width + 4] if line.kind in ("", "blank")]
        texts = [line.text for line in near if line.kind != "blank"][: self.width + _GROUP_LINES]
        return sum(self._is_anchor(text) for text in texts) >= max(1, (self.width - 1) // 2)

    def _is_anchor(self, text: str) -> bool:
        """Whether a line is like a cell of a column that no running text stands in."""
        seen = look(text)
        if "unit" in self.kinds and (seen.units > 2 or (seen.units == 2 and not seen.sentence)):
            return True
        if "time" in self.kinds and seen.time == 2:
            return True
        return seen.quantity and any(kind in FIGURES for kind in self.kinds)

    def _trimmed(self, body: list[int]) -> list[int]:
        """``body`` without the lines behind the last row: behind its last anchor there are as many as columns of text follow there."""
        anchors = [place for place, index in enumerate(body) if self._is_anchor(self.lines[index].text)]
        numbers = [place for place, index in enumerate(body) if look(self.lines[index].text).number is not None]
        strong = [place for place, kind in enumerate(self.kinds) if kind in ("unit", "time", *FIGURES)]
        if self.numbered and all(_is_blank(self.lines[index].text) for index in body):
            return body
        if not strong:
            last = numbers[-1] + self.width if self.numbered and numbers else len(body)
            return body[:last]
        if not anchors:
            return []
        weak = self.width - 1 - strong[-1]
        stop = anchors[-1] + 1
        if self.numbered and numbers and numbers[-1] > anchors[-1]:
            stop = min(numbers[-1] + self.width, len(body))
        behind = 0
        while behind < weak and stop < len(body) and not self._apart(body, stop):
            stop, behind = stop + 1, behind + 1
        return body[:stop]

    def _apart(self, body: Sequence[int], place: int) -> bool:
        return not self.spaced and body[place] - body[place - 1] > 1


def _body(lines: Sequence[Line], heads: Sequence[int]) -> tuple[list[int], int]:
    """The lines of the rows below ``heads``, and the first line behind them."""
    return _Body(lines, heads).read()


def _broken_heads(lines: Sequence[Line], heads: Sequence[int], body: Sequence[int]) -> Iterator[Edit]:
    """The edits that take out line feeds within heads, wherever these are repeated: a bracket belongs to the head before it (总投资|（亿元）), and
    where numbered rows are shorter than there are heads, a word that is none to the known one behind it (建设|周期)."""
    words = [lines[index].text for index in heads]
    joined = [place for place, word in enumerate(words) if place and _BRACKET_ALONE.fullmatch(word)]
    texts = [lines[index].text for index in body]
    starts = [place for place, text in enumerate(texts) if look(text).number is not None]
    lengths = Counter(below - above for above, below in pairwise(starts))
    usual = lengths.most_common(1)[0][0] if lengths else len(words)
    for place in range(1, len(words)):
        if len(words) - len(joined) <= usual or place in joined or len(words[place - 1]) > _LONGEST_BROKEN_WORD:
            continue
        if not head_of(words[place - 1]):
            whole = head_of(words[place - 1] + words[place])
            if whole and head_of(words[place]) and place + 1 not in joined:
                joined.append(place)
    if not joined:
        return
    cells = [*heads, *body]
    texts = words + texts
    for first, text in enumerate(texts):
        if text == words[0] and texts[first : first + len(words)] == words:
            for place in sorted(joined):
                yield Edit(lines[cells[first + place - 1]].stop, lines[cells[first + place]].at, "", "line-join")


def _broken_names(lines: Sequence[Line]) -> Iterator[Edit]:
    """The edits that take out line feeds within names: what stands before no name, what stands behind begins none, both together are one (市自然资源|规划局)."""
    for line, below in pairwise(lines):
        if len(line.text) > _LONGEST_LIST or below.at - line.stop != 1:
            continue
        names = [name for name in BETWEEN_NAMES.split(line.text) if name]
        before, behind = names[-1] if names else "", BETWEEN_NAMES.split(below.text, maxsplit=1)[0]
        if (
            before
            and behind
            and not ends_like(before, "organ")
            and ends_like(before + behind, "organ")
            and len(before + behind) <= LONGEST_NAME
            and begins_like_a_name(before)
            and not begins_like_a_name(behind)
            and not look(below.text).sentence
            and all(map(is_name, names[:-1]))
        ):
            yield Edit(line.stop, below.at, "", "line-join")


# rows that run together

_SHORTEST_RUN = 5
_LONGEST_TERM = 12  # characters
_FEWEST_ROWS_IN_LINE = 2
_ROW_OR_GROUP = re.compile(
    r"(?P<group>[一二三四五六七八九十]{1,3})、(?=[一-鿿])|(?<![0-9.．、第（(至到—-])(?P<row>[0-9]{1,2})(?=[一-鿿“])(?![个项家座处类条万亿年月日号倍批次期])"
)
_LONGEST_RUN_OF_HEADS = 80


def _cut(line: Line, border: int | None) -> Iterator[Line]:
    """A row of cells that run together, parted behind what is to be done."""
    yield line
    if border is not None:
        rest = line.cut(border - line.at)
        rest.kind = line.kind
        yield rest


def _rows_apart(line: Line) -> Iterator[Line]:
    """A line that holds a table whose heads and rows run together, parted into them; the line itself if it holds none."""
    heads = None if line.kind else _heads_within(line.text)
    rows = list(_row_starts(line.text, heads[1])) if heads else []
    if not heads or len(rows) < _FEWEST_ROWS_IN_LINE:
        yield line
        return
    places = [heads[0], heads[1], *rows]
    rests = line.cuts([place for before, place in pairwise([0, *places]) if place > before])
    yield line
    yield from map(with_marker, rests)


def _heads_within(text: str) -> tuple[int, int] | None:
    """Where heads that run together stand in a line, with rows behind them."""
    at = text.find("序号")
    while at >= 0:
        first = _ROW_OR_GROUP.search(text, at)
        heads = heads_in_line(text[at : min(first.start() if first else len(text), at + _LONGEST_RUN_OF_HEADS)])
        if len(heads) > 2 and any(column.kind == "unit" for _, _, column in heads):
            end = at + heads[-1][1]
            return (at, end) if end < len(text) else None
        at = text.find("序号", at + 2)
    return None


def _row_starts(text: str, at: int) -> Iterator[int]:
    """Where the rows of a table and the names of its groups begin in ``text`` from ``at`` on, by their numbers."""
    group = last = 0
    headed = True  # whether a heading or the heads stand right before
    while True:
        due = {str(last + 1), "1"} if headed else {str(last + 1)}
        found = (
            match
            for match in _ROW_OR_GROUP.finditer(text, at)
            if (match["group"] and value_of(match["group"]) == group + 1) or match["row"] in due
        )
        start = next((match for match in found if headed or _ends_row(text, match.start())), None)
        if start is None:
            return
        yield start.start()
        at = start.end()
        if start["group"]:
            group, headed = group + 1, True
        else:
            last, headed = int(start["row"]), False


def _ends_row(text: str, at: int) -> bool:
    """Whether a row could end at ``at``: in a unit's name, in a sentence, or in a term."""
    if text[at - 1] in "。；）" or ends_like(text[max(0, at - LONGEST_NAME) : at]):
        return True
    return any(look(text[at - length : at]).time == 2 for length in range(2, min(_LONGEST_TERM, at) + 1))


def _may_be_group(text: str) -> bool:
    """Whether a line between two rows may name a group of them: it is no part of a sentence, and names no unit."""
    return (
        len(text) <= _LONGEST_UNKNOWN_HEAD and not any(sign in text for sign in "，。；：、") and look(text).units < 2
    )


class _RunTogether:
    """Reads a table whose rows are lines, the cells run together, below a line of heads that begins with 序号."""

    def __init__(self, lines: list[Line], header: int) -> None:
        self.lines, self.header = lines, header
        self.spaced = any(line.kind == "blank" for line in lines[header + 1 : header + 2])
        self.columns: list[Column] = []

    def read(self, found: Found, cuts: dict[int, int]) -> int:
        """Note the table, if rows follow; the first line behind it."""
        lines = self.lines
        line = lines[self.header]
        if len(line.text) > _LONGEST_RUN_OF_HEADS or line.text[-1] in "。；，：":
            return self.header + 1
        heads = heads_in_line(line.text)
        if len(heads) < 3:
            return self.header + 1
        self.columns = [column for _, _, column in heads]
        cells = tuple([Cell(line.at + start, line.at + end) for start, end, _ in heads])
        rows: list[list[Line]] = []
        last, restart, at = 0, True, self.header + 1
        while at < len(lines):
            line = lines[at]
            due = (last + 1, 1) if restart else (last + 1,)
            number = next((number for number in due if self._begins_row(line, number)), 0)
            if line.kind == "blank":
                at += 1
            elif number:
                rows.append([line])
                line.style, line.body = "bare", line.at + len(str(number))
                last, restart, at = number, False, at + 1
            elif rows and line.text == lines[self.header].text:
                line.kind = "table-row"
                at += 1
            elif heading := self._group(at, last):
                restart, at = True, at + heading
            elif rows and not self._ends(at, rows[-1], last + 1):
                line.style = None
                rows[-1].append(line)
                at += 1
            else:
                break
        if not rows:
            return self.header + 1
        self._note(cells, rows, found, cuts)
        return at

    def _note(self, header: tuple[Cell, ...], rows: list[list[Line]], found: Found, cuts: dict[int, int]) -> None:
        lines = self.lines
        for line in (lines[self.header], *(line for row in rows for line in row)):
            if line.kind != "blank":
                line.kind = "table-row"
        grid: list[tuple[Cell | None, ...]] = [header]
        unread: list[Extent] = []
        for row in rows:
            read = self._rows(row, cuts)
            if not read and len(row) == 2 and _may_be_group(row[1].text) and (read := self._rows(row[:1], cuts)):
                unread.append(Extent(row[1].at, row[1].stop))
            grid += [tuple(cells) for cells in read]
            if not read:
                unread.append(Extent(row[0].at, row[-1].stop))
                row[0].style = None  # its number opens no item
        if unread:
            found.unread.append(Unread(Extent(unread[0].start, unread[-1].end), len(unread), len(grid) == 1))
        found.tables.append(Table(lines[self.header].start, rows[-1][-1].end, tuple(grid)))

    @staticmethod
    def _begins_row(line: Line, due: int) -> bool:
        number = str(due)
        rest = line.text[len(number) :]
        return (
            line.text.startswith(number)
            and bool(rest)
            and rest[0] not in ".．、年月日个项%％"
            and (not rest[0].isdecimal() or bool(_NAMED_BY_FIGURE.match(rest)))
        )

    def _group(self, at: int, last: int) -> int:
        """How many lines the heading at ``at`` has, if it is one that parts two groups of rows: a row begins below it or its subheadings."""
        near = [index for index in range(at, min(at + 2 * _NEAR, len(self.lines))) if self.lines[index].kind != "blank"]
        length = 0
        for place, index in enumerate(near[:_NEAR]):
            line = self.lines[index]
            if line.style in ("han", "han_brackets") and len(line.text) <= 60:
                length = length or index + 1 - at
            elif place == 1 and self._is_marker_alone(self.lines[near[0]]):
                length = index + 1 - at  # the line before is a marker alone: its title is on this one
            else:
                return length if self._begins_row(line, 1) or self._begins_row(line, last + 1) else 0
        return 0

    @staticmethod
    def _is_marker_alone(line: Line) -> bool:
        return line.style in ("han", "han_brackets") and line.body == line.stop

    def _ends(self, at: int, row: list[Line], due: int) -> bool:
        """Whether the table ends before line ``at``, though no row begins there."""
        line = self.lines[at]
        if (date := _date_of_signature(self.lines, at)) is not None and (
            _closes(self.lines, date) or _signs(self.lines, at, date, self.header)
        ):
            return True
        if line.kind or len(row) >= 60 or _end_of_table().match(line.text):
            return True
        if any(self._begins_row(following, due) for following in self.lines[at + 1 : at + 4]):
            return False
        apart = self.lines[at - 1].kind == "blank" and not (self.spaced and begins_like_a_name(line.text))
        return apart or line.style not in (None, "bare") or row[-1].text.endswith("。")

    def _rows(self, row: list[Line], cuts: dict[int, int]) -> list[list[Cell | None]]:
        """The rows of cells that the lines of one number make: none if they can't be told, several that share their first cells."""
        number = Cell(row[0].at, row[0].body)
        each = [self._borders([line], cuts) for line in row]
        found = each if len(each) == 1 or all(each) else [self._borders(row, cuts)]
        return [[number, *cells] for cells in found if cells]

    def _borders(self, row: list[Line], cuts: dict[int, int]) -> list[Cell | None] | None:
        line = row[0]
        begin = line.body - line.at if line.style == "bare" else 0
        joined = "\n".join([line.text for line in row])
        borders = run_together(joined, begin, self.columns[1:])
        if borders is None:
            return None
        task = next(end for at in borders if at for end in at[1:])
        if task < len(line.text) and line.text[task - 1] != "。":
            cuts[line.at] = line.at + task
        starts = list(accumulate([0, *(len(part.text) + 1 for part in row)]))[:-1]  # of the lines in the joined text

        def place(offset: int) -> int:
            at = bisect_right(starts, offset) - 1
            return row[at].at + offset - starts[at]

        kept = [(at[0], at[0] + len(joined[slice(*at)].rstrip())) if at else None for at in borders]
        return [Cell(place(at[0]), place(at[1] - 1) + 1) if at else None for at in kept]
