"""From fragments to a grid: the columns by their heads and contents, the rows put into place, merged cells in every place they cover."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from gongwen.document import Cell, Extent
from gongwen.lexicon.columns import Column, Kind, classify, head_of, is_head, look, main_column, misfit
from gongwen.outline.table_alignment import GROUP, Fragment, Placed, align, price
from gongwen.outline.table_carriers import Raw, trimmed, width_of

Row = tuple[Cell | None, ...]

_SURELY_NO_CELL = 24  # misfit: a cell that isn't of its column
_STATED_IS_EMPTY = 1
_STATED_UNITS = 4
_REGULAR = 4  # how much better another reading of a row must be than the one that its signs give
_MOST_ALIGNED = 40  # columns: the time of an alignment grows with their square
_NO_HEAD = 4
_SPREAD = 2
_SAMPLE = 12
_FILLED_FROM_ABOVE: frozenset[Kind] = frozenset({"number", "group", "task", "indicator", "region"})


class Grid(NamedTuple):
    """Rows of cells, the heads first. ``unread`` are the rows that fit no columns, ``filled`` the rows for which a cell above is assumed."""

    rows: list[Row]
    unread: list[Extent]
    filled: list[Extent]
    columns: tuple[Column, ...]


def grid_of_rows(rows: Sequence[Raw], value: str, ruled: bool) -> Grid | None:
    """The grid of rows whose borders are known, though merged cells may be missing; None if nothing says that they are a table."""
    texts = [[value[cell[0] : cell[1]] if cell else "" for cell in trimmed(row.cells)] for row in rows]
    header = next((index for index, row in enumerate(texts[:4]) if is_head(row)), None)
    if header is None:
        full = [index for index, row in enumerate(texts) if len(row) > 1]
        if not full or (not ruled and len(full) < 3):
            return None
        header = full[0] if ruled and len(texts) > full[0] + 1 else -1
        counts = {len(row) for row in texts if len(row) > 1}
        if header < 0 and len(counts) > 1:
            return None
    body = rows[header + 1 :]
    wide = [row for row in body if len(trimmed(row.cells)) > 1]
    if not wide:
        return None
    heads = list(trimmed(rows[header].cells)) if header >= 0 else []
    width = max(width_of(wide), len(heads))
    if width < 2:
        return None
    samples = _samples([[value[cell[0] : cell[1]] if cell else "" for cell in row.cells] for row in body], width)
    places = _spread([value[head[0] : head[1]] if head else "" for head in heads], samples, width)
    names: list[tuple[int, int] | None] = [None] * width
    for place, head in zip(places, heads, strict=True):
        names[place] = head
    columns = tuple(
        [classify(value[name[0] : name[1]] if name else "", samples[place]) for place, name in enumerate(names)]
    )
    if header < 0 and not any(column.kind in ("unit", "time", "amount", "number") for column in columns):
        return None
    found = Grid([], [], [], columns)
    if header >= 0:
        found.rows.append(_header_row(names))
    head_texts = [text for text in texts[header] if text] if header >= 0 else []
    for index in range(header + 1, len(rows)):
        row, words = rows[index], texts[index]
        if head_texts and [text for text in words if text] == head_texts:
            continue
        cells = [cell for cell in row.cells if cell]
        if not cells:
            continue
        extent = Extent(cells[0][0], cells[-1][1])
        placed, stated = _placed(row, value, columns, first=len(found.rows) <= 1)
        cut = len(placed) < width and not stated
        _take(found, placed, [Cell(*cell) for cell in cells], extent, stated, cut)
    return found


def _header_row(names: Sequence[tuple[int, int] | None]) -> Row:
    return tuple([Cell(*name) if name else None for name in names])


def _samples(body: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """For each column cells of the rows that have as many as there are columns; of all rows where none has."""
    full = (
        [row for row in body if len(row) == width and row[-1]]
        or [row for row in body if len(row) == width]
        or list(body)
    )
    return [[row[place] for row in full[:40] if place < len(row)] for place in range(width)]


def _spread(heads: Sequence[str], samples: Sequence[Sequence[str]], width: int) -> list[int]:
    """The column that each head stands over, where a head may be merged over several columns: in order, at least cost."""
    count = len(heads)
    if count == width:
        return list(range(width))
    if not count:
        return []
    if width > _MOST_ALIGNED:
        return list(range(min(count, width)))

    def cost(head: str, place: int) -> int:
        known = head_of(head)
        cells = [cell for cell in samples[place][:_SAMPLE] if cell.strip()]
        if not known or not cells:
            return _NO_HEAD
        return sum(misfit(cell, known.kind) for cell in cells) // len(cells)

    best: list[tuple[int, tuple[int, ...]]] = [
        (0, ()),
        *[(10**9, ())] * width,
    ]  # by how many columns are covered: cost, places so far
    for head in heads:
        now: list[tuple[int, tuple[int, ...]]] = [(10**9, ())] * (width + 1)
        for end in range(1, width + 1):
            for begin in range(end):
                if best[begin][0] >= 10**9:
                    continue
                fit, place = min((cost(head, place), -place) for place in range(begin, end))
                total = best[begin][0] + fit + _SPREAD * (end - begin - 1)
                if total < now[end][0]:
                    now[end] = total, (*best[begin][1], -place)
        best = now
    return list(best[width][1])


def _placed(row: Raw, value: str, columns: Sequence[Column], first: bool) -> tuple[list[Placed], frozenset[int]]:
    """Where the cells of a row go, and the columns whose cells the row states to be empty."""
    cells = row.cells if len(row.cells) <= len(columns) else trimmed(row.cells)
    fragments: list[Fragment] = []
    gaps = 0
    for cell in cells:
        if cell is None:
            gaps += 1
        else:
            fragments.append(Fragment(*cell, value[cell[0] : cell[1]], "cell", gaps))
            gaps = 0
    if len(columns) > _MOST_ALIGNED:  # nobody merges cells in a table as wide as that
        return [
            Placed(0, place, misfit(at.text, columns[place].kind)) for place, at in enumerate(fragments[: len(columns)])
        ], frozenset()
    found = align(fragments, columns, first, one_row=True)
    if any(at.row for at in found):  # it is one row, whatever its cells look like
        found = _in_one_row(fragments, columns)
    if len(cells) > len(columns) or len(fragments) < 2:
        return found, frozenset()
    stated = [place for place, cell in enumerate(cells) if cell is None]
    regular = [
        Placed(0, place, misfit(value[cell[0] : cell[1]], columns[place].kind))
        for place, cell in enumerate(cells)
        if cell
    ]
    kept = sum(at.cost for at in regular) + sum(
        _STATED_UNITS if columns[place].kind == "unit" else _STATED_IS_EMPTY for place in stated
    )
    if len(cells) < len(columns):
        kept = price(regular, columns)
    main = main_column(columns)
    if main in stated:
        kept += 10
    if kept <= price(found, columns) + (_REGULAR if len(cells) == len(columns) else 0):
        return regular, frozenset(stated) if len(cells) == len(columns) else frozenset()
    return found, frozenset()


def _in_one_row(fragments: Sequence[Fragment], columns: Sequence[Column]) -> list[Placed]:
    """The cheapest places of fragments that are all of one row."""
    width, count = len(columns), len(fragments)
    if count > width:
        return [Placed(0, GROUP, 99)] * count
    fits = [[misfit(fragment.text, column.kind) for column in columns] for fragment in fragments]
    best: dict[int, tuple[int, tuple[int, ...]]] = {-1: (0, ())}
    for index in range(count):
        now: dict[int, tuple[int, tuple[int, ...]]] = {}
        for place in range(index, width - (count - index) + 1):
            ways = [
                (total + fits[index][place], (*places, place)) for last, (total, places) in best.items() if last < place
            ]
            if ways:
                now[place] = min(ways)
        best = now
    _, places = min(best.values())
    return [Placed(0, place, fits[index][place]) for index, place in enumerate(places)]


def grid_of_fragments(fragments: Sequence[Fragment], heads: Sequence[Fragment], names: Sequence[Column | None]) -> Grid:
    """The grid of fragments whose rows aren't known, below ``heads``; a column of numbers may be without a head.

    ``names`` are the columns as the heads alone tell them.
    """
    titles: list[Fragment | None] = list(heads)
    kinds: list[Column] = [name or classify(head.text, ()) for head, name in zip(heads, names, strict=True)]
    hidden = _hidden_numbers(fragments, kinds)
    if hidden is not None:
        titles.insert(hidden, None)
        kinds.insert(hidden, Column("number", "", known_by="contents"))
    kinds = [
        column if column.known_by == "head" or column.kind == "number" else column._replace(kind="task")
        for column in kinds
    ]
    placed = align(fragments, kinds)
    columns = []
    for place, title in enumerate(titles):
        cells = [fragment.text for fragment, at in zip(fragments, placed, strict=True) if at.column == place]
        columns.append(classify(title.text, cells) if title else kinds[place])
    if columns != kinds:
        placed = align(fragments, columns)
    found = Grid([], [], [], tuple(columns))
    found.rows.append(tuple([Cell(title.start, title.end) if title else None for title in titles]))
    begin = 0
    while begin < len(fragments):
        end = begin + 1
        while end < len(fragments) and placed[end].row == placed[begin].row:
            end += 1
        stretch = [Cell(fragment.start, fragment.end) for fragment in fragments[begin:end]]
        _take(found, placed[begin:end], stretch, Extent(stretch[0].start, stretch[-1].end), frozenset(), False)
        begin = end
    return found


def _hidden_numbers(fragments: Sequence[Fragment], kinds: Sequence[Column]) -> int | None:
    """Where a column of numbers stands that has no head, None if there is none: behind what precedes the first number of a row."""
    if any(column.kind == "number" for column in kinds) or not fragments:
        return None
    last = first = 0
    for index, fragment in enumerate(fragments):
        if look(fragment.text).number == last + 1:
            first = first if last else index
            last += 1
    if last < 2 or last * 2 * (len(kinds) + 1) < len(fragments) or first >= len(kinds):
        return None
    return first


def _take(
    found: Grid, placed: Sequence[Placed], cells: Sequence[Cell], extent: Extent, stated: frozenset[int], cut: bool
) -> None:
    """Add a row to ``found``: as a row of the grid, a group, or an unread row.

    ``stated`` are the columns whose cells it states to be empty; ``cut`` says that cells are missing in it for certain.
    """
    columns = found.columns
    width = len(columns)
    if all(at.column == GROUP for at in placed):
        if len(placed) == 1 and placed[0].cost < _SURELY_NO_CELL:
            found.rows.append((cells[0],) * width)
        else:
            found.unread.append(extent)
        return
    row: list[Cell | None] = [None] * width
    for at, cell in zip(placed, cells, strict=True):
        if at.column == GROUP or at.cost >= _SURELY_NO_CELL:
            found.unread.append(extent)
            return
        above = row[at.column]
        row[at.column] = Cell(above.start, cell.end) if above else cell
    if all(cell is None or columns[place].kind == "number" for place, cell in enumerate(row)):
        found.rows.append(tuple(row))  # of a form that nobody filled in
        return
    behind_heads = islice(reversed(found.rows), max(len(found.rows) - 1, 0))
    last = next((before for before in behind_heads if len(set(before)) > 1), None)
    group = found.rows[-1] if len(found.rows) > 1 and len(set(found.rows[-1])) == 1 else None
    assumed = False
    if last:
        for place in _missing(row, columns, stated, cut):
            if group and columns[place].kind in ("group", "task"):
                continue
            row[place] = last[place]
            assumed = assumed or (last[place] is not None and columns[place].kind in ("unit", "time", "person"))
    main = main_column(columns)
    if main >= 0 and row[main] is None:
        found.unread.append(extent)
        return
    if assumed or _lacks_units(row, columns, stated, last is not None):
        found.filled.append(extent)
    found.rows.append(tuple(row))


def _lacks_units(row: Sequence[Cell | None], columns: Sequence[Column], stated: frozenset[int], below: bool) -> bool:
    """Whether a row has fewer lists of units than columns for them, so that it isn't certain which is missing, or merged with the one above."""
    units = [place for place, column in enumerate(columns) if column.kind == "unit"]
    return below and len(units) > 1 and any(row[place] is None and place not in stated for place in units)


def _missing(row: Sequence[Cell | None], columns: Sequence[Column], stated: frozenset[int], cut: bool) -> list[int]:
    """The columns of a row whose cells are merged with those above.

    They are those before its first cell, and the names of groups before what is to be done; beside it, the first column of units where
    another cell tells that the row was cut short.
    """
    filled = [place for place, cell in enumerate(row) if cell]
    main = main_column(columns)
    units = [place for place, column in enumerate(columns) if column.kind == "unit"]
    missing = []
    for place, column in enumerate(columns):
        if row[place] or place == main:
            continue
        leading = place < filled[0]
        if column.kind == "number":
            if leading:
                missing.append(place)
        elif column.kind in _FILLED_FROM_ABOVE:
            if place < max(main, 0):
                missing.append(place)
        elif column.kind in ("unit", "person"):
            first_of_units = not units or place == units[0]
            if (
                leading
                or (first_of_units and place not in stated)
                or (first_of_units and place in stated and len(units) == 1)
            ):
                missing.append(place)
        elif column.kind == "time" and (leading or cut):
            missing.append(place)
    return missing
