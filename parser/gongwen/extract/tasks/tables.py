"""Tables of tasks: which column says what, and who is responsible row by row.

Heads and contents say what the columns hold (``gongwen.lexicon.columns``): what is to be done, who does it in which role, until when. What is
to be done is the last column of sentences; the column before it is its title. A cell of units that is merged over several rows is the
clause of each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongwen.document import Cell, Extent, Table, Token
from gongwen.extract.clauses.grammar import Name, read
from gongwen.lexicon import conventions, deadlines
from gongwen.lexicon.columns import WORDS, Column, Heads, heads_group, look, main_column, read_heads, table_kind
from gongwen.lexicon.conventions import Convention
from gongwen.lexicon.line_words import remark
from gongwen.lexicon.markers import group_marker, sure_marker
from gongwen.model import Role

_WORDS = re.compile("[一-鿿]{2}")
_LEADING_DATE = re.compile(r"(?=[0-9]{1,4}[年月\-—－~～至])[0-9年月日底前中上下旬\-—－~～至—]{2,16}(?=[：:])")
_STOPS = "，；。、"
_CAPTION_LINES, _LONGEST_CAPTION = 3, 60
_YEAR = re.compile("(?<![—–－~至到-])(20[0-9]{2})年(?![—–－~至到-])")
_FURTHER_MARKER = re.compile(r"[。；;\n]\s*[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]")
_ANNUAL = "年度"
_FEWEST_ROWS = 2  # of a table without heads
_TOLD = frozenset(("unit", "time"))  # the kinds of columns that a reader wants to know how we told them
_NO_WORDING = frozenset("unit time number person region measure".split())


class Row(NamedTuple):
    """A row of a table of tasks: what is to be done, who does it, and until when.

    ``title`` is the cell before the task's where two columns say it, ``number`` that of its number; ``extents`` are the cells of the
    units, ``unread`` those in which none could be read. ``year`` is the one that a term without a year is meant for: the head's or the
    caption's. ``asks`` tells whether the table has a column of units. ``conventions`` are those that the cells state, ``tokens`` what was read
    in them.
    """

    title: Extent | None
    texts: tuple[Extent, ...]
    names: tuple[Name, ...]
    when: Extent | None
    extents: tuple[Extent, ...]
    unread: tuple[Extent, ...]
    conventions: tuple[Convention, ...] = ()
    tokens: tuple[Token, ...] = ()
    number: Extent | None = None
    year: int | None = None
    asks: bool = True


class TaskTable(NamedTuple):
    """A table of tasks: its rows, the first of those in which somebody has to do nothing that is said, how many there are, and which
    heads don't tell what their column holds (two words apart by 、; "" where the table has no heads)."""

    rows: tuple[Row, ...]
    unread: Extent | None
    unread_rows: int
    told_by_cells: str | None


def read_table(value: str, table: Table, own: frozenset[str] = frozenset()) -> TaskTable | None:
    """What ``table`` says of who does what; None if it isn't a table of tasks. A cell merged over several rows counts for each.

    A row of one text is the name of the group below it, which titles the rows that have no title of their own.
    """
    grid = [[value[cell.start : cell.end].strip() if cell else "" for cell in row] for row in table.rows]
    heads = _heads(grid)
    if heads is None:
        return None
    year = _year(value, table, heads.columns)
    annual = _annual(value, table, heads)
    repeated = grid[: heads.rows]
    found: list[Row] = []
    unread: list[Extent] = []
    group: Extent | None = None
    numbered = next((place for place, column in enumerate(heads.columns) if column.kind == "number"), None)
    numbers = [row[numbered] for row in grid[heads.rows :] if numbered is not None and numbered < len(row)]
    for cells, texts in zip(table.rows[heads.rows :], grid[heads.rows :], strict=True):
        if texts in repeated:
            continue
        if heads_group(texts, heads.columns, numbers):
            group = next(
                Extent(cell.start, cell.end)
                for cell, text in zip(reversed(cells), reversed(texts), strict=True)
                if cell and text
            )
            group = _without_marker(value, group)
            continue
        row = _row(value, heads.columns, cells, year, own)
        if row and row.when is None:
            row = row._replace(when=annual)
        if row:
            found.append(row if row.title else row._replace(title=group))
        elif name := _group(value, heads.columns, cells):
            group = name
        elif left := _without_task(value, heads.columns, cells):
            unread.append(left)
    told = [column for column in heads.columns if column.known_by == "contents" and column.kind in _TOLD]
    names = "、".join([re.sub(r"\s", "", column.head) for column in told]) if heads.rows else ""
    return TaskTable(tuple(found), unread[0] if unread else None, len(unread), names if told else None)


def _heads(grid: Sequence[Sequence[str]]) -> Heads | None:
    """The heads of a table of tasks; None for any other table. One without heads must say by its cells who does what, in most rows."""
    heads = read_heads(grid)
    if table_kind(heads.columns) != "tasks":
        return None
    if not heads.rows:
        units = [place for place, column in enumerate(heads.columns) if column.kind == "unit"]
        complete = sum(any(place < len(row) and row[place] for place in units) for row in grid)
        if len(grid) < _FEWEST_ROWS or not units or 2 * complete <= len(grid):
            return None
    return heads


def _group(value: str, columns: Sequence[Column], cells: Sequence[Cell | None]) -> Extent | None:
    """The name of a group of rows, without its marker: the text of a row that holds no other, if it stands over several columns, or in one of
    texts or numbers, and is no number."""
    filled = {cell for cell in cells if cell and value[cell.start : cell.end].strip()}
    if len(filled) != 1:
        return None
    cell = filled.pop()
    places = [place for place, other in enumerate(cells) if other == cell]
    if len(places) == 1 and columns[places[0]].kind not in WORDS | {"number"}:
        return None
    words = value[cell.start : cell.end].strip()
    if look(words).number is not None or remark().match(words):
        return None
    if look(words).sentence and not group_marker().match(words):
        return None
    return _without_marker(value, Extent(cell.start, cell.end))


def _without_marker(value: str, name: Extent) -> Extent:
    """The name of a group without the marker before it: 一、教育."""
    words = value[slice(*name)]
    start = name.start + len(words) - len(words.lstrip())
    marker = group_marker().match(value, start, name.end)
    return Extent(marker.end() if marker else start, name.start + len(words.rstrip()))


def _without_task(value: str, columns: Sequence[Column], cells: Sequence[Cell | None]) -> Extent | None:
    """Where a row stands that names units, but nothing to be done."""
    for _, column, extent in _cells(value, columns, cells):
        if column.kind == "unit" and _WORDS.search(value, *extent):
            return extent
    return None


class Wording(NamedTuple):
    """A cell that says in words what is to be done; ``dated`` tells whether its row has a term of its own, ``year`` is the table's."""

    extent: Extent
    dated: bool
    year: int | None


def wordings(value: str, table: Table) -> Iterator[Wording]:
    """The cells of ``table`` in which goals may stand in words, in order; none if it isn't a table of tasks."""
    grid = [[value[cell.start : cell.end].strip() if cell else "" for cell in row] for row in table.rows]
    heads = _heads(grid)
    if heads is None:
        return
    year = _year(value, table, heads.columns)
    numbered = any(column.kind == "number" for column in heads.columns)
    last = -1
    for cells in table.rows[heads.rows :]:
        stated = list(_cells(value, heads.columns, cells))
        dated = any(column.kind == "time" for _, column, _ in stated)
        for _, column, extent in stated:
            if column.kind not in _NO_WORDING and extent.start > last:
                last = extent.start
                if column.kind == "task" and not numbered and (marker := _number_of_its_own(value, extent)):
                    extent = Extent(marker.end, extent.end)
                words = value[extent.start : extent.end]
                end = extent.start + len(words.rstrip())
                yield Wording(Extent(end - len(words.strip()), end), dated, year)


def _year(value: str, table: Table, columns: Sequence[Column]) -> int | None:
    """The year that the heads or the caption of a table name."""
    for column in columns:
        if column.kind in ("time", "task") and column.year:
            return int(column.year[:4])
    caption = _year_of_caption(value, table)
    return int(caption[1]) if caption else None


def _year_of_caption(value: str, table: Table) -> re.Match[str] | None:
    """The year in the caption of a table, a short line above it."""
    end = table.start
    for _ in range(_CAPTION_LINES):
        start = value.rfind("\n", 0, max(end - 1, 0)) + 1
        line = value[start:end].strip()
        if (
            line
            and len(line) <= _LONGEST_CAPTION
            and not line.endswith("。")
            and (year := _YEAR.search(value, start, end))
        ):
            return year
        end = start
    return None


def _annual(value: str, table: Table, heads: Heads) -> Extent | None:
    """The year in which all rows are due, where the head of what is to be done says that they are for a year: 年度目标, 2029年目标."""
    if not heads.rows:
        return None
    main = main_column(heads.columns)
    for row in table.rows[: heads.rows]:
        cell = row[main] if main < len(row) else None
        head = value[cell.start : cell.end] if cell else ""
        if cell and (year := _YEAR.search(value, cell.start, cell.end)):
            return Extent(*year.span())
        if _ANNUAL in head and (year := _year_of_caption(value, table)):
            return Extent(*year.span())
    return None


def _cells(value: str, columns: Sequence[Column], row: Sequence[Cell | None]) -> Iterator[tuple[int, Column, Extent]]:
    """The cells of a row that hold something, each with its column; one that is merged over columns comes once."""
    last = None
    for place, (column, cell) in enumerate(zip(columns, row, strict=False)):
        if cell is not None and cell != last and value[cell.start : cell.end].strip():
            yield place, column, Extent(cell.start, cell.end)
        last = cell


def _number_of_its_own(value: str, task: Extent) -> Extent | None:
    """The marker that opens the cell of a task or of its title (3.修渠), unless the cell lists several things: 1.修渠；2.清淤."""
    start = task.start + len(value[slice(*task)]) - len(value[slice(*task)].lstrip())
    marker = sure_marker().match(value, start, task.end)
    if (
        not marker
        or _FURTHER_MARKER.search(value, marker.end(), task.end)
        or not value[marker.end() : task.end].strip()
    ):
        return None
    return Extent(*marker.span())


def _row(
    value: str, columns: Sequence[Column], cells: Sequence[Cell | None], year: int | None, own: frozenset[str]
) -> Row | None:
    """A row from its cells; None for the name of a group, and where nothing is to be done."""
    stated = list(_cells(value, columns, cells))
    main = main_column(columns)
    task = next((extent for place, _, extent in stated if place == main), None)
    if task is None or look(value[task.start : task.end]).nothing:
        return None
    if len({extent for _, _, extent in stated}) < 2 and not _is_told_alone(value, cells, main, task):
        return None
    names: list[Name] = []
    agreed: list[Convention] = []
    tokens: list[Token] = []
    read_cells, unread = [], []
    for _, column, extent in stated:
        if column.kind != "unit":
            continue
        role = column.role or ""
        reading = read(value, *extent, role, own)
        stated_names = tuple([name for name in reading.names if name.known or not look(name.text).person])
        known = sum(name.known for name in stated_names)
        if known and 2 * known >= len(stated_names):
            names += _ranked(value, role, stated_names)
            agreed += reading.conventions
            tokens += reading.tokens
            read_cells.append(extent)
        elif _WORDS.search(value, *extent):
            unread.append(extent)
    when = next((extent for _, column, extent in stated if column.kind == "time"), None)
    if when is None:
        when = _last_step(value, task, year)
    titles = [extent for place, column, extent in stated if column.kind in ("task", "group") and place < main]
    title = _without_marker(value, titles[-1]) if titles and titles[-1] != task else None
    number = next((extent for _, column, extent in stated if column.kind == "number"), None)
    if number is None and (own_number := _number_of_its_own(value, task)):
        number, task = own_number, Extent(own_number.end, task.end)
    if number is None and title and (own_number := _number_of_its_own(value, title)):
        number, title = own_number, Extent(own_number.end, title.end)
    asks = any(column.kind == "unit" for column in columns)
    return Row(
        title,
        (task,),
        tuple(names),
        when,
        tuple(read_cells),
        tuple(unread),
        tuple(agreed),
        tuple(tokens),
        number,
        year,
        asks,
    )


def _is_told_alone(value: str, cells: Sequence[Cell | None], main: int, task: Extent) -> bool:
    """Whether the only cell of a row is a sentence in the column of what is to be done, and neither a remark nor merged over columns, as names
    of groups are."""
    words = value[slice(*task)].strip()
    return look(words).sentence and cells.count(cells[main]) == 1 and not remark().match(words)


def _last_step(value: str, task: Extent, year: int | None) -> Extent | None:
    """The date of the last step of a task whose steps are dated one by one, with which it ends: 3月：设计；6月：开工, 3月开工，9月投用."""
    steps = deadlines.steps(value, *task, year or deadlines.ANY_YEAR)
    if not steps:
        return None
    words = value[slice(*task)].rstrip(_STOPS + " \n")
    closing = task.start + max(words.rfind(sign) for sign in _STOPS) + 1
    begins = steps[0].start == task.start + len(words) - len(words.lstrip())
    if _LEADING_DATE.match(value, *task) or (len(steps) > 1 and begins and steps[-1].start >= closing):
        return Extent(steps[-1].start, steps[-1].end)
    return None


def _ranked(value: str, head: str, names: tuple[Name, ...]) -> Sequence[Name]:
    """``names`` with the leads that the head of their column tells (逗号前为牵头单位; 第一个为牵头单位)."""
    agreed = next(conventions.find(head), None) if len(names) > 1 else None
    if agreed is None or agreed.kind == "scope":
        return names
    roles: list[Role] = ["lead" if leads else "support" for leads in agreed.leads(value, names)]
    return [name._replace(role=role, basis="first_listed") for name, role in zip(names, roles, strict=True)]
