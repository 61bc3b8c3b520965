"""Shows a place in a text to people: line and column, the line itself, and a marker under the place.

A Chinese character is two cells wide on a terminal, so markers are counted in cells, not in characters.
"""

from __future__ import annotations

from typing import NamedTuple

from wcwidth import wcswidth, wcwidth

_WIDTH = 76  # cells of the line that are shown, so that the excerpt stays on one line of a terminal of 80
_LEAD = 24  # characters shown before the place where the line is too long


class Place(NamedTuple):
    """Line and column of an offset, both from 1; a column is a character."""

    line: int
    column: int


def place(text: str, offset: int) -> Place:
    """Where ``offset`` stands in ``text``."""
    start = text.rfind("\n", 0, offset) + 1
    return Place(text.count("\n", 0, offset) + 1, offset - start + 1)


def excerpt(text: str, start: int, end: int) -> str:
    """The line of ``text`` that holds ``start``, cut to the width of a terminal, with [start, end) marked below.

    >>> print(excerpt("（一）加强组织领导。", 3, 9))
    （一）加强组织领导。
          ^^^^^^^^^^^^
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    first = max(line_start, start - _LEAD)
    shown = _printable(text[first : min(line_end, first + _WIDTH)])
    while _cells(shown) > _WIDTH:
        shown = shown[:-1]
    lead = "…" if first > line_start else ""
    before = lead + shown[: start - first]
    marked = shown[start - first : max(end - first, start - first + 1)]
    return f"{lead}{shown}\n{' ' * _cells(before)}{'^' * max(1, _cells(marked))}"


def _cells(text: str) -> int:
    return max(0, wcswidth(text))


def _printable(text: str) -> str:
    """``text`` with what would move the cursor, or has no width, shown as a middle dot."""
    return "".join(character if wcwidth(character) > 0 else "·" for character in text)
