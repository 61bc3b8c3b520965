"""What two sequences have in common, in the same order: a common subsequence in time that grows with what differs.

Equal ends are cut off, then the rest is cut at the elements that stand once on either side and in the same order on both (patience);
what lies between is aligned exactly (longest common subsequence) where it is small enough for that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

_EXACT = 250_000  # elements of both sides, multiplied, up to which a stretch is aligned exactly at once
_TABLE = 16_000_000  # … and where it has no element that stands once on either side


class Run(NamedTuple):
    """``old[a : a + length]`` equals ``new[b : b + length]``."""

    a: int
    b: int
    length: int


def common_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Run]:
    """Equal runs of both sequences, both offsets rising."""
    codes: dict[Hashable, int] = {}
    sides = [[codes.setdefault(element, len(codes)) for element in side] for side in (old, new)]
    stack = [(0, len(old), 0, len(new))]
    while stack:
        a, b, c, d = stack.pop()
        head = tail = 0
        while a + head < b and c + head < d and sides[0][a + head] == sides[1][c + head]:
            head += 1
        if head:
            yield Run(a, c, head)
            a, c = a + head, c + head
        while a < b - tail and c < d - tail and sides[0][b - tail - 1] == sides[1][d - tail - 1]:
            tail += 1
        if tail:
            # It comes last: what lies before it is told first.
            stack.append((b - tail, b, d - tail, d))
            b, d = b - tail, d - tail
        if a == b or c == d:
            continue
        size = (b - a) * (d - c)
        anchors = list(_anchors(sides[0], sides[1], a, b, c, d)) if size > _EXACT else []
        if anchors:
            ends = [(a, c), *((x + 1, y + 1) for x, y in anchors)]
            starts = [*anchors, (b, d)]
            for (here, there), (x, y) in reversed(list(zip(ends, starts, strict=True))):
                if x < b:
                    stack.append((x, x + 1, y, y + 1))
                stack.append((here, x, there, y))
        elif size <= _TABLE:
            for code in Indel.opcodes(sides[0][a:b], sides[1][c:d]):
                if code.tag == "equal":
                    yield Run(a + code.src_start, c + code.dest_start, code.src_end - code.src_start)


def _anchors(old: Sequence[int], new: Sequence[int], a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int]]:
    """The elements that stand once in either stretch, in the longest run in which they follow one another on both sides."""
    counts = Counter(old[a:b]), Counter(new[c:d])
    place = {code: at for at, code in enumerate(new[c:d], c) if counts[1][code] == 1}
    common = [(at, place[code]) for at, code in enumerate(old[a:b], a) if counts[0][code] == 1 and code in place]
    yield from rising(common)


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of ``pairs``, sorted by their first number, in which the second rises, too."""
    # ends[k] is the smallest last number of a run of k + 1 (patience sorting).
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, at) in enumerate(pairs):
        k = bisect_left(ends, at)
        ends[k : k + 1] = [at]
        before.append(last[k - 1] if k else -1)
        last[k : k + 1] = [index]
    run: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]
