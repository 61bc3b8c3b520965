"""Ruled lines of a page become lattices: the cells that they bound, each with the rows and columns that it covers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

_TOUCH = 2.0  # points: lines that end so near to another one meet it
_SAME = 2.5  # points: lines so near to one another are one
_THIN = 2.5  # points: a filled box that is no thicker is a line
_SHORTEST = 6.0
_MOST_RULES = 20_000
_MOST_CELLS = 40_000


class Rule(NamedTuple):
    """A ruled line, horizontal or vertical: its ends, left or upper one first."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


class Boxed(Protocol):
    """What has a box."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


_Item = TypeVar("_Item", bound=Boxed)


def rules_of_box(left: float, top: float, right: float, bottom: float, *, filled: bool) -> Iterator[Rule]:
    """The lines that a box draws: one where it is thin, its four sides where it is a frame, none where it is an area."""
    wide, high = right - left, bottom - top
    if high <= _THIN and wide >= _SHORTEST:
        yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif wide <= _THIN and high >= _SHORTEST:
        yield Rule((left + right) / 2, top, (left + right) / 2, bottom)
    elif not filled and wide > _THIN and high > _THIN:
        yield Rule(left, top, right, top)
        yield Rule(left, bottom, right, bottom)
        yield Rule(left, top, left, bottom)
        yield Rule(right, top, right, bottom)


@dataclass(slots=True)
class Lattice:
    """The borders of rows (``ys``) and columns (``xs``), and the cells: (row, column) → rows and columns that it covers."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: dict[tuple[int, int], tuple[int, int]]

    def holds(self, box: Boxed) -> bool:
        """Whether the middle of ``box`` stands in the lattice."""
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def gather(self, boxes: Iterable[_Item]) -> dict[tuple[int, int], list[_Item]]:
        """What stands in each cell that holds something."""
        corners = {
            (row + down, column + along): (row, column)
            for (row, column), (high, wide) in self.cells.items()
            for down in range(high)
            for along in range(wide)
        }
        found: dict[tuple[int, int], list[_Item]] = {}
        for box in boxes:
            row = bisect_right(self.ys, (box.top + box.bottom) / 2) - 1
            column = bisect_right(self.xs, (box.left + box.right) / 2) - 1
            place = min(max(row, 0), len(self.ys) - 2), min(max(column, 0), len(self.xs) - 2)
            found.setdefault(corners[place], []).append(box)
        return found


def find_lattices(rules: Sequence[Rule]) -> list[Lattice]:
    """The lattices that the ruled lines of a page make, from top to bottom."""
    kept = [rule for rule in rules if max(rule.right - rule.left, rule.bottom - rule.top) >= _SHORTEST][:_MOST_RULES]
    return sorted(filter(None, map(_lattice, _connected(kept))), key=lambda lattice: lattice.ys[0])


def _connected(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules in groups of those that meet."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    order = sorted(range(len(rules)), key=lambda index: rules[index].top)
    active: list[int] = []
    for index in order:
        rule = rules[index]
        active = [other for other in active if rules[other].bottom >= rule.top - _TOUCH]
        for other in active:
            if _meet(rule, rules[other]):
                parent[root(index)] = root(other)
        active.append(index)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    yield from groups.values()


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _TOUCH
        and other.left <= one.right + _TOUCH
        and one.top <= other.bottom + _TOUCH
        and other.top <= one.bottom + _TOUCH
    )


def _lattice(rules: list[Rule]) -> Lattice | None:
    """The lattice of rules that meet; None where they bound fewer than two cells."""
    level = [rule for rule in rules if rule.is_horizontal]
    upright = [rule for rule in rules if not rule.is_horizontal]
    xs, ys = _borders(rule.left for rule in upright), _borders(rule.top for rule in level)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
        return None
    below = _drawn(((rule.top, rule.left, rule.right) for rule in level), ys, xs)
    beside = _drawn(((rule.left, rule.top, rule.bottom) for rule in upright), xs, ys)
    cells = _merge(len(ys) - 1, len(xs) - 1, below, beside)
    return Lattice(xs, ys, cells) if len(cells) > 1 else None


def _borders(positions: Iterable[float]) -> tuple[float, ...]:
    """Positions, with those that are one line put together."""
    found: list[list[float]] = []
    for position in sorted(positions):
        if found and position - found[-1][-1] <= _SAME:
            found[-1].append(position)
        else:
            found.append([position])
    return tuple(sum(group) / len(group) for group in found)


def _drawn(
    rules: Iterable[tuple[float, float, float]], borders: tuple[float, ...], across: tuple[float, ...]
) -> set[tuple[int, int]]:
    """(border, step) for each step between two lines across it along which a border is drawn."""
    found = set()
    for position, start, end in rules:
        border = min(range(len(borders)), key=lambda index: abs(borders[index] - position))
        for step in range(len(across) - 1):
            middle = (across[step] + across[step + 1]) / 2
            if start - _TOUCH <= middle <= end + _TOUCH:
                found.add((border, step))
    return found


def _merge(
    rows: int, columns: int, below: set[tuple[int, int]], beside: set[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells: from each place that none covers yet as far right and down as no border is drawn."""
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in covered:
                continue
            wide = 1
            while (
                column + wide < columns and (column + wide, row) not in beside and (row, column + wide) not in covered
            ):
                wide += 1
            high = 1
            while row + high < rows and all((row + high, column + along) not in below for along in range(wide)):
                high += 1
            cells[row, column] = high, wide
            covered |= {(row + down, column + along) for down in range(high) for along in range(wide)}
    return cells
