"""From fragments to a grid: the columns by their heads and contents, the rows put into place, merged cells in every place they cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from gongwen.document import Cell, Extent
from gongwen.lexicon.columns import (
    Column,
    Kind,
    classify,
    head_of,
    heads_group,
    is_head,
    is_head_of_places,
    look,
    main_column,
    misfit,
)
from gongwen.lexicon.line_words import remark
from gongwen.outline.table_alignment import GROUP, Fragment, Placed, align, price
from gongwen.outline.table_carriers import Raw, trimmed, width_of

Row = tuple[Cell | None, ...]
Heads = list[list[Fragment | None]]
"""Heads by columns, a list for each row of them."""

_SURELY_NO_CELL = 24  # misfit: a cell that isn't of its column
_STATED_IS_EMPTY = 1
_STATED_UNITS = 4
_REGULAR = 4  # how much better another reading of a row must be than the one that its signs give
_REGULAR_LINES = 8  # the same where line feeds alone part the cells
_MOST_ALIGNED = 40  # columns: the time of an alignment grows with their square
_NO_HEAD = 4
_LIKE_ITS_HEAD = 3  # misfit
_SPREAD = 2
_SAMPLE = 12
_FILLED_FROM_ABOVE: frozenset[Kind] = frozenset({"number", "group", "task", "indicator", "region"})


class Grid(NamedTuple):
    """Rows of cells, the ``heads`` first. ``unread`` are the rows that fit no columns, ``filled`` the rows for which a cell above is assumed,
    ``broken`` those with a cell on several lines of which it isn't certain that they are one."""

    rows: list[Row]
    unread: list[Extent]
    filled: list[Extent]
    columns: tuple[Column, ...]
    heads: int = 1
    broken: tuple[Extent, ...] = ()


def grid_of_rows(rows: Sequence[Raw], value: str, ruled: bool) -> Grid | None:
    """The grid of rows whose borders are known, though merged cells may be missing; None if nothing says that they are a table."""
    texts = [[value[cell[0] : cell[1]] if cell else "" for cell in trimmed(row.cells)] for row in rows]
    header = next(
        (index for index, row in enumerate(texts[:4]) if is_head(row) or is_head_of_places(texts[index:])), None
    )
    if header is None:
        full = [index for index, row in enumerate(texts) if len(row) > 1]
        if not full or (not ruled and len(full) < 3):
            return None
        header = full[0] if ruled and len(texts) > full[0] + 1 else -1
        counts = {len(row) for row in texts if len(row) > 1}
        if header < 0 and len(counts) > 1:
            return None
    two = 0 <= header < len(texts) - 1 and _is_second_row_of_heads(texts[header + 1])
    wide = [row for row in rows[header + 1 + two :] if len(trimmed(row.cells)) > 1]
    if not wide:
        return None
    width = max(width_of(wide), len(texts[header]) if header >= 0 else 0)
    if width < 2:
        return None
    samples = _samples([[_text(cell, value) for cell in row.cells] for row in rows[header + 1 + two :]], width)
    names = _merged_heads(_heads_of(rows[header], value), _heads_of(rows[header + 1], value), samples) if two else []
    if header >= 0 and not names:
        names = [_over_columns(_heads_of(rows[header], value, whole=False), samples)]
    lowest = names[-1] if names else [None] * width
    columns = tuple([classify(head.text if head else "", samples[place]) for place, head in enumerate(lowest)])
    if header >= 0 and is_head_of_places(texts[header:]):
        columns = (columns[0]._replace(kind="indicator"), *[column._replace(kind="amount") for column in columns[1:]])
    if header < 0 and not any(column.kind in ("unit", "time", "amount", "number") for column in columns):
        return None
    found = Grid(list(map(_header_row, names)), [], [], columns, len(names))
    below = header + max(len(names), 1)
    numbers = [row[0] for row in texts[below:] if row and columns[0].kind == "number"]
    head_texts = [[text for text in row if text] for row in texts[max(header, 0) : below]]
    for index in range(below, len(rows)):
        row, words = rows[index], texts[index]
        if [text for text in words if text] in head_texts:
            continue
        cells = [cell for cell in row.cells if cell]
        if not cells:
            continue
        extent = Extent(cells[0][0], cells[-1][1])
        if len(cells) == 1 and remark().match(_text(cells[0], value)):
            found.rows.append((Cell(*cells[0]),) * width)
            continue
        if heads_group(words, columns, numbers):
            number, name = Cell(*cells[0]), Cell(*cells[-1])
            at = main_column(columns)
            found.rows.append(tuple([number if not place else name if place == at else None for place in range(width)]))
            continue
        placed, stated = _placed(row, value, columns, first=len(found.rows) <= found.heads)
        cut = len(placed) < width and not stated
        _take(found, placed, [Cell(*cell) for cell in cells], extent, stated, cut)
    return found


def _text(cell: tuple[int, int] | None, value: str) -> str:
    return value[cell[0] : cell[1]] if cell else ""


def _heads_of(row: Raw, value: str, whole: bool = True) -> list[Fragment | None]:
    """The cells of a row of heads, without the empty ones at its end unless it is asked for as a ``whole``."""
    cells = row.cells if whole else trimmed(row.cells)
    return [Fragment(*cell, _text(cell, value), "cell") if cell else None for cell in cells]


def _over_columns(heads: Sequence[Fragment | None], samples: Sequence[Sequence[str]]) -> list[Fragment | None]:
    """``heads`` by columns, of which there may be more: a head stands over one, and over those beside it whose cells are like what it says."""
    names: list[Fragment | None] = [None] * len(samples)
    for head, (begin, end, place) in zip(
        heads, _spread([head.text if head else "" for head in heads], samples), strict=False
    ):
        for column in range(begin, end):
            if column == place or (head and _misfit_of_head(head.text, samples[column]) <= _LIKE_ITS_HEAD):
                names[column] = head
    return names


def _is_second_row_of_heads(row: Sequence[str]) -> bool:
    return len([text for text in row if text]) > 1 and is_head(row, second=True)


def _merged_heads(
    upper: Sequence[Fragment | None], lower: Sequence[Fragment | None], samples: Sequence[Sequence[str]]
) -> Heads:
    """Two rows of heads by columns, none of them empty: one of the upper row is merged over those of the lower one, the others over both rows.

    The cells that merged heads cover are empty, or are missing. None where the rows don't fit the columns.
    """
    width = len(samples)
    if len(upper) == len(lower) == width:
        above = list(upper)
        for place in range(1, width):
            if above[place] is None and lower[place]:
                above[place] = above[place - 1]
        return [above, [head or above[place] for place, head in enumerate(lower)]]
    over, under = list(filter(None, upper)), list(filter(None, lower))
    if len(over) + len(under) - 1 != width:
        return []
    kinds = {known.kind for head in under if (known := head_of(head.text))}
    readings: list[Heads] = [
        [
            [*over[:place], *[head] * len(under), *over[place + 1 :]],
            [*over[:place], *under, *over[place + 1 :]],
        ]
        for place, head in enumerate(over)
        if (known := head_of(head.text)) is None or known.kind in kinds
    ]
    return min(readings, default=[], key=lambda reading: _misfit_of_heads(reading[-1], samples))


def _misfit_of_heads(heads: Sequence[Fragment | None], samples: Sequence[Sequence[str]]) -> int:
    return sum([_misfit_of_head(head.text, sample) for head, sample in zip(heads, samples, strict=True) if head])


def _misfit_of_head(head: str, sample: Sequence[str]) -> int:
    """How unlike the cells below a head are to what it says they hold."""
    known = head_of(head)
    cells = [cell for cell in sample[:_SAMPLE] if cell.strip()]
    if not known or not cells:
        return _NO_HEAD
    return sum(misfit(cell, known.kind) for cell in cells) // len(cells)


def _header_row(heads: Sequence[Fragment | None]) -> Row:
    return tuple([Cell(head.start, head.end) if head else None for head in heads])


def _samples(body: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """For each column cells of the rows that have as many as there are columns; of all rows where none has."""
    full = (
        [row for row in body if len(row) == width and row[-1]]
        or [row for row in body if len(row) == width]
        or list(body)
    )
    return [[row[place] for row in full[:40] if place < len(row)] for place in range(width)]


def _spread(heads: Sequence[str], samples: Sequence[Sequence[str]]) -> Sequence[tuple[int, int, int]]:
    """The columns [begin, end) that each head covers, and the one among them that it stands over: in order, at least cost."""
    width, count = len(samples), len(heads)
    if count >= width or width > _MOST_ALIGNED:
        return [(place, place + 1, place) for place in range(min(count, width))]
    if not count:
        return []
    best: list[tuple[int, tuple[tuple[int, int, int], ...]]] = [
        (0, ()),
        *[(10**9, ())] * width,
    ]  # by how many columns are covered: cost, places so far
    for head in heads:
        now: list[tuple[int, tuple[tuple[int, int, int], ...]]] = [(10**9, ())] * (width + 1)
        for end in range(1, width + 1):
            for begin in range(end):
                if best[begin][0] >= 10**9:
                    continue
                fit, place = min((_misfit_of_head(head, samples[place]), -place) for place in range(begin, end))
                total = best[begin][0] + fit + _SPREAD * (end - begin - 1)
                if total < now[end][0]:
                    now[end] = total, (*best[begin][1], (begin, end, -place))
        best = now
    return best[width][1]


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
    fragments = list(_with_numbered_groups(fragments))
    two_rows = _two_rows(fragments, heads, names)
    titles: list[Fragment | None] = list(two_rows[-1] if two_rows else heads)
    if two_rows:
        names = [head_of(head.text) if head else None for head in titles]
    kinds: list[Column] = [
        name or classify(head.text if head else "", ()) for head, name in zip(titles, names, strict=True)
    ]
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
    placed = _a_cell_a_column(fragments, placed, columns)
    rows_of_heads = two_rows or [titles]
    found = Grid(list(map(_header_row, rows_of_heads)), [], [], tuple(columns), len(rows_of_heads))
    begin = 0
    broken: list[Extent] = []
    while begin < len(fragments):
        end = begin + 1
        while end < len(fragments) and placed[end].row == placed[begin].row:
            end += 1
        stretch = [Cell(fragment.start, fragment.end) for fragment in fragments[begin:end]]
        extent = Extent(stretch[0].start, stretch[-1].end)
        rows = len(found.rows)
        _take(found, placed[begin:end], stretch, extent, frozenset(), False)
        if len(found.rows) > rows and _is_broken(fragments[begin:end], placed[begin:end], columns):
            broken.append(extent)
        begin = end
    return found._replace(broken=tuple(broken))


def _with_numbered_groups(fragments: Sequence[Fragment]) -> Iterator[Fragment]:
    """``fragments`` with the number and the name of a group as one, where rows count in figures: 一 | 防洪工程 | 1 | …"""
    numbers = [look(fragment.text).number is not None for fragment in fragments]
    figures = [counted and fragment.text[0].isdecimal() for counted, fragment in zip(numbers, fragments, strict=True)]
    grouped = 2 * sum(figures) > sum(numbers)
    at = 0
    while at < len(fragments):
        number = fragments[at]
        if grouped and numbers[at] and not figures[at] and figures[at + 2 : at + 3] == [True] and not numbers[at + 1]:
            name = fragments[at + 1]
            yield name._replace(text=f"{number.text.rstrip('、.．')}、{name.text}", border=number.border)
            at += 2
        else:
            yield number
            at += 1


def _is_broken(fragments: Sequence[Fragment], placed: Sequence[Placed], columns: Sequence[Column]) -> bool:
    """Whether lines of a row were put into one cell though each might be one: names of things and places, units that aren't sure, a name before
    what is to be done, a sentence in a column of remarks."""
    main = main_column(columns)
    for (one, other), (above, below) in zip(pairwise(fragments), pairwise(placed), strict=True):
        if above.column != below.column or below.column == GROUP or other.border != "line":
            continue
        kind, before, behind = columns[below.column].kind, look(one.text), look(other.text)
        if kind == "unit":
            broken = not (before.units == behind.units == 3 or one.text[-1] in "、，；")
        elif below.column == main:
            broken = columns[main].wide and before.units > 1 and not before.sentence
        else:
            broken = kind in _FILLED_FROM_ABOVE or behind.sentence
        if broken:
            return True
    return False


def _a_cell_a_column(
    fragments: Sequence[Fragment], placed: Sequence[Placed], columns: Sequence[Column]
) -> list[Placed]:
    """``placed``, where a numbered row that has as many cells as there are columns has one in each, unless that is much less likely."""
    found = list(placed)
    width = len(columns)
    starts = [index for index, at in enumerate(placed) if at.column == 0]
    if columns[0].kind != "number":
        return found
    for start, end in pairwise([*starts, len(fragments)]):
        row = placed[start].row
        if end - start != width or placed[end - 1].row != row:
            continue
        regular = [
            Placed(row, place, misfit(fragments[start + place].text, column.kind))
            for place, column in enumerate(columns)
        ]
        if max(at.cost for at in regular) >= _SURELY_NO_CELL:
            continue
        if price(regular, columns) <= price(placed[start:end], columns) + _REGULAR_LINES:
            found[start:end] = regular
    return found


def _two_rows(fragments: Sequence[Fragment], heads: Sequence[Fragment], names: Sequence[Column | None]) -> Heads:
    """The heads by columns where they are two rows: numbered rows are a cell shorter than there are heads, as one is merged over several below it,
    which come last. None where they are one row."""
    width = len(heads) - 1
    number = next((place for place, name in enumerate(names) if name and name.kind == "number"), None)
    starts = [index for index, fragment in enumerate(fragments) if look(fragment.text).number is not None]
    rows = list(pairwise([*starts, len(fragments)]))
    if number != 0 or 2 * sum(end - start == width for start, end in rows) <= len(rows):
        return []
    whole = [start for start, end in rows if end - start == width][:_SAMPLE]
    samples = [[fragments[start + place].text for start in whole] for place in range(width)]
    readings = [
        _merged_heads(heads[:-count], heads[-count:], samples)
        for count in (2, 3)
        if count + 1 < len(heads) and len({name and name.kind for name in names[-count:]}) == 1 and names[-1]
    ]
    best = min(filter(None, readings), key=lambda reading: _misfit_of_heads(reading[-1], samples), default=[])
    return best if best and _misfit_of_heads(best[-1], samples) < _misfit_of_heads(heads[:-1], samples) else []


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
    behind_heads = islice(reversed(found.rows), len(found.rows) - found.heads)
    last = next((before for before in behind_heads if len(set(before)) > 1), None)
    group = found.rows[-1] if len(found.rows) > found.heads and len(set(found.rows[-1])) == 1 else None
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
