"""The assignment problem: pairs of two kinds of things, each in one pair at most, whose scores sum up to the most.

What has no edge is no pair, and nothing needs a partner. An edge that is the best of both its ends by a clear lead is taken at once;
what still competes is solved exactly, each connected part by itself, by shortest augmenting paths with potentials (Kuhn and Munkres;
in the sparse form of Jonker and Volgenant, Computing 38, 1987).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import TypeVar

_LEAD = 0.2  # by which a pair that is the best of both its ends needs no assignment

Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)


def assign(edges: Iterable[tuple[float, Left, Right]]) -> list[tuple[Left, Right]]:
    """The pairs whose scores sum up to the most. Edges are (score above 0, left, right), one for each pair of ends, in a fixed order."""
    ranked = sorted(edges, key=lambda edge: -edge[0])
    best: defaultdict[tuple[int, Hashable], list[float]] = defaultdict(list)  # the two best of each end
    for score, *ends in ranked:
        for end in enumerate(ends):
            if len(best[end]) < 2:
                best[end].append(score)
    pairs: list[tuple[Left, Right]] = []
    taken_left: set[Left] = set()
    taken_right: set[Right] = set()
    for score, left, right in ranked:
        first, second = ([*best[end], 0.0] for end in ((0, left), (1, right)))
        if score == first[0] == second[0] and score - max(first[1], second[1]) >= _LEAD:
            pairs.append((left, right))
            taken_left.add(left)
            taken_right.add(right)
    rest = [edge for edge in ranked if edge[1] not in taken_left and edge[2] not in taken_right]
    for part in _connected(rest):
        pairs += [part[0][1:]] if len(part) == 1 else optimal(part)
    return pairs


def optimal(edges: Sequence[tuple[float, Left, Right]]) -> Iterator[tuple[Left, Right]]:
    """The pairs whose scores sum up to the most, without shortcuts. In time: lefts × edges × log at worst."""
    lefts = list(dict.fromkeys(left for _, left, _ in edges))
    rights = list(dict.fromkeys(right for _, _, right in edges))
    row = {left: at for at, left in enumerate(lefts)}
    column = {right: at for at, right in enumerate(rights)}
    # A left that stays alone is paired with a column of its own, behind those of the rights, at no cost.
    costs: list[list[tuple[int, float]]] = [[(len(rights) + at, 0.0)] for at in range(len(lefts))]
    for score, left, right in edges:
        costs[row[left]].append((column[right], -score))
    for at, partner in enumerate(_matching(costs, len(rights) + len(lefts))):
        if partner < len(rights):
            yield lefts[at], rights[partner]


def _matching(costs: Sequence[Sequence[tuple[int, float]]], columns: int) -> list[int]:
    """The column of each row in the cheapest matching of all rows; ``costs`` has the (column, cost) of each row."""
    row_of: list[int | None] = [None] * columns
    column_of = [-1] * len(costs)
    price = [0.0] * columns  # of a column: the dual variable, at most 0
    for start in range(len(costs)):
        # Dijkstra over reduced costs, from one free row to the nearest free column. Those of a row and its own column are 0.
        distance: dict[int, float] = {}
        came_from: dict[int, int] = {}
        done: list[tuple[int, float]] = []
        final: set[int] = set()
        queue: list[tuple[float, int]] = []
        row, passed = start, 0.0
        while True:
            own = column_of[row]
            base = next((cost for column, cost in costs[row] if column == own), 0.0) - (price[own] if own >= 0 else 0.0)
            for column, cost in costs[row]:
                if column not in final:
                    length = passed + (cost - price[column]) - base
                    if length < distance.get(column, float("inf")):
                        distance[column], came_from[column] = length, row
                        heappush(queue, (length, column))
            while True:
                passed, nearest = heappop(queue)
                if nearest not in final and passed == distance[nearest]:
                    break
            final.add(nearest)
            holder = row_of[nearest]
            if holder is None:
                break
            done.append((nearest, passed))
            row = holder
        for column, reached in done:
            price[column] += reached - passed
        while True:
            row = came_from[nearest]
            row_of[nearest], column_of[row], nearest = row, nearest, column_of[row]
            if row == start:
                break
    return column_of


def _connected(edges: Sequence[tuple[float, Left, Right]]) -> Iterator[list[tuple[float, Left, Right]]]:
    """The edges, those together that compete for an end, directly or by way of others."""
    root: dict[tuple[int, Hashable], tuple[int, Hashable]] = {}

    def find(end: tuple[int, Hashable]) -> tuple[int, Hashable]:
        while (above := root.setdefault(end, end)) != end:
            root[end] = end = root[above]
        return end

    for _, left, right in edges:
        root[find((0, left))] = find((1, right))
    parts: defaultdict[tuple[int, Hashable], list[tuple[float, Left, Right]]] = defaultdict(list)
    for edge in edges:
        parts[find((0, edge[1]))].append(edge)
    yield from parts.values()
