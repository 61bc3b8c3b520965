"""Places of a text that may be asked what they hold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Places:
    """Extents that may be asked what they hold."""

    def __init__(self, extents: Iterable[tuple[int, int]]) -> None:
        self._extents: list[tuple[int, int]] = []
        for start, end in sorted(extents):
            if self._extents and start <= self._extents[-1][1]:
                self._extents[-1] = (self._extents[-1][0], max(end, self._extents[-1][1]))
            else:
                self._extents.append((start, end))
        self._starts = [start for start, _ in self._extents]

    def holds(self, start: int, end: int) -> bool:
        """Whether one of the places covers [start, end)."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._extents[at][1]

    def touches(self, start: int, end: int) -> bool:
        """Whether one of the places shares a character with [start, end)."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and start < self._extents[at][1]
