"""Cells that lost their borders: which text goes to which row and column, at least cost.

A table that was copied comes as fragments in reading order. What parts two of them is certain (the end of a row, the border of a
cell) or not (a line feed, which may also break a cell). Merged cells stand once, so that later rows are shorter. Each fragment is put
into a column whose kind it fits (``gongwen.lexicon.columns.misfit``), in order; columns may be passed over, at a cost that says how often
cells of that kind are merged or empty; a row ends where going on costs more than beginning a new one. A line between rows that fits
no column names a group. The cheapest reading of all is found by dynamic programming, in time linear in the number of fragments.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongwen.lexicon.columns import FIGURES, Column, look, main_column, misfit
from gongwen.lexicon.markers import group_marker

GROUP = -1
"""The column of a line between rows."""


class Fragment(NamedTuple):
    """A stretch of text that is a cell or a line of one, its offsets, and what parts it from the fragment before.

    ``border`` is "row" or "cell" where that is certain, "line" where it may also be a line feed within a cell; ``gaps`` are the
    empty cells that stand before it.
    """

    start: int
    end: int
    text: str
    border: str
    gaps: int = 0


class Placed(NamedTuple):
    """Where a fragment goes: its row, counted from 0, its column or GROUP, and what that costs."""

    row: int
    column: int
    cost: int


_IMPOSSIBLE = 10_000
# What it costs to leave a column empty: at the beginning of a row, where cells are merged with those above, and elsewhere.
_MERGED = {"number": 5, "group": 1, "unit": 9, "person": 8, "time": 7, "remark": 3, "outcome": 4, "measure": 5}
_EMPTY = {"number": 9, "group": 3, "unit": 9, "person": 7, "time": 5, "remark": 1, "outcome": 5, "measure": 6}
_UNFILLED = 15  # any other column
_SECOND_OF_UNITS = 3  # a supporter need not be
_BESIDE_MAIN = 4  # a column of text that isn't the one of what is to be done
_STATED_GAP = 1
_FIRST_ROW = 6  # nothing stands above the first row that its cells could be merged with
_NEW_ROW = 2
# What it costs to go on in a cell after a line feed.
_NEXT_LINE = {"unit": 9, "person": 22, "time": 12, "remark": 4, "number": 40, "measure": 40, "region": 30}
_NEXT_PARAGRAPH, _NEXT_PART, _NEXT_NAME = 5, 8, 3
_NUMBER_NOT_DUE = 14
_GROUP_LINE = 7
_NOT_A_GROUP = 30


def align(
    fragments: Sequence[Fragment], columns: Sequence[Column], first_row: bool = True, one_row: bool = False
) -> list[Placed]:
    """Where each of ``fragments`` goes among ``columns``; ``first_row`` says that nothing stands above, ``one_row`` that they are a row."""
    if not fragments:
        return []
    costs = _Costs(columns)
    width = len(columns)
    due = {0, 1, 2} if one_row else _due_numbers(fragments)
    best: list[int] = []
    history: list[list[tuple[int, bool]]] = []
    fits: list[list[int]] = []
    for index, fragment in enumerate(fragments):
        before = fragments[index - 1] if index else None
        fit = costs.fit(fragment, index in due)
        now: list[int] = []
        origins: list[tuple[int, bool]] = []
        if before is None:
            opening = _FIRST_ROW if first_row else 0
            for place in range(width):
                now.append(fit[place] + costs.merged[place] + (opening * place if place else 0))
                origins.append((-2, True))
            now.append(fit[width])
            origins.append((-2, True))
        else:
            new_row, origin = min(
                [(best[place] + costs.trailing[place], place) for place in range(width)] + [(best[width], width)]
            )
            new_row += 0 if fragment.border == "row" or fragment.gaps else _NEW_ROW
            for place in range(width):
                way, source, opens = new_row + costs.merged[place], origin, True
                if fragment.border != "row":
                    for earlier in range(place):
                        going_on = best[earlier] + costs.passed(earlier, place, fragment.gaps)
                        if going_on < way or (going_on == way and opens):
                            way, source, opens = going_on, earlier, False
                    if fragment.border == "line":
                        again = best[place] + costs.again(place, before.text, fragment.text)
                        if again < way:
                            way, source, opens = again, place, False
                now.append(way + fit[place])
                origins.append((source, opens))
            now.append(new_row + fit[width])
            origins.append((origin, True))
        best = now
        history.append(origins)
        fits.append(fit)
    place = min(range(width + 1), key=lambda place: best[place] + (costs.trailing[place] if place < width else 0))
    found: list[tuple[int, bool, int]] = []
    for index in range(len(fragments) - 1, -1, -1):
        source, opens = history[index][place]
        found.append((place, opens, fits[index][place]))
        place = source
    placed, row = [], -1
    for place, opens, cost in reversed(found):
        row += opens
        placed.append(Placed(row, GROUP if place == width else place, cost))
    return placed


def price(placed: Sequence[Placed], columns: Sequence[Column]) -> int:
    """What the misfits of ``placed`` cost, and the columns that a single row of them leaves empty."""
    costs = _Costs(columns)
    total = sum(at.cost for at in placed)
    last = -1
    for at in placed:
        if at.column == GROUP:
            continue
        if last < 0:
            total += costs.merged[at.column]
        elif at.column > last:
            total += costs.passed(last, at.column, 0)
        last = at.column
    return total + (costs.trailing[last] if last >= 0 else 0)


def _due_numbers(fragments: Sequence[Fragment]) -> set[int]:
    """The indices of the fragments that are the next number of a row, or 1 where the count begins again."""
    due: set[int] = set()
    last = 0
    for index, fragment in enumerate(fragments):
        number = look(fragment.text).number
        if number is not None and (number == last + 1 or (number == 1 and last)):
            due.add(index)
            last = number
    return due


class _Costs:
    """The costs of a table with these columns."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        kinds = [column.kind for column in columns]
        self.main = main_column(columns)
        first_unit = kinds.index("unit") if "unit" in kinds else -1
        self.numbered = "number" in kinds

        def unfilled(place: int, table: dict[str, int]) -> int:
            kind = kinds[place]
            if kind == "unit" and place != first_unit:
                return _SECOND_OF_UNITS
            if kind in ("task", "goal", "indicator") and place != self.main:
                return _BESIDE_MAIN if kind == "task" and place < self.main else _BESIDE_MAIN + 3
            return table.get(kind, _UNFILLED)

        self._merged = [unfilled(place, _MERGED) for place in range(len(columns))]
        self._empty = [unfilled(place, _EMPTY) for place in range(len(columns))]
        self.merged = [sum(self._merged[:place]) for place in range(len(columns) + 1)]
        self.trailing = [sum(self._empty[place + 1 :]) for place in range(len(columns))]
        self._until = [sum(self._empty[:place]) for place in range(len(columns) + 1)]

    def passed(self, earlier: int, place: int, gaps: int) -> int:
        """What it costs to pass from a column on to a later one of the same row, over ``gaps`` cells that are stated to be empty."""
        skipped = place - earlier - 1
        if gaps >= skipped:
            return _STATED_GAP * skipped + 3 * (gaps - skipped)
        return self._until[place] - self._until[earlier + 1]

    def again(self, place: int, before: str, text: str) -> int:
        """What it costs to go on in a column after a line feed."""
        column = self.columns[place]
        if column.kind in FIGURES:
            return 40
        if column.kind == "unit":
            if before[-1] in "、，,；;（(" or text[0] in "、，,；;）)":
                return 0
            return _NEXT_NAME if look(text).units == 3 else _NEXT_LINE["unit"]
        if column.kind in _NEXT_LINE:
            return _NEXT_LINE[column.kind]
        return _NEXT_PARAGRAPH if place == self.main and before[-1] in "。；：;:，、" else _NEXT_PART

    def fit(self, fragment: Fragment, due: bool) -> list[int]:
        """What it costs to put ``fragment`` into each column; the last cost is that of a line between rows."""
        seen = look(fragment.text)
        fits = []
        for place, column in enumerate(self.columns):
            cost = misfit(fragment.text, column.kind)
            if column.kind == "number" and seen.number is not None and not due:
                cost += _NUMBER_NOT_DUE
            elif (self.numbered and due and column.kind in FIGURES) or (
                place == self.main and column.kind == "task" and seen.length <= 2
            ):
                cost += 3
            fits.append(cost)
        if seen.number is not None or seen.quantity or seen.time == 2 or seen.nothing:
            group = _NOT_A_GROUP
        else:
            marked = group_marker().match(fragment.text) is not None
            group = (
                (1 if marked and seen.length <= 40 else _GROUP_LINE)
                + (0, 3, 8, 14)[seen.units]
                + 14 * seen.sentence * (not marked)
            )
        fits.append(group)
        return fits
