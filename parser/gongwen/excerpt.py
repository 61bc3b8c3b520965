"""Shows a place in a text to people: line and column, the line itself, and a marker under the place.

A Chinese character is two cells wide on a terminal, so markers are counted in cells, not in characters.
"""

from __future__ import annotations

from typing import NamedTuple

from wcwidth import wcswidth, wcwidth

from gongwen.terminal import printable

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
    shown = [_shown(character) for character in text[first : min(line_end, first + _WIDTH)]]
    while sum(map(_cells, shown)) > _WIDTH:
        shown.pop()
    lead = "…" if first > line_start else ""
    before = sum(map(_cells, shown[: start - first])) + len(lead)
    marked = sum(map(_cells, shown[start - first : max(end - first, start - first + 1)]))
    return f"{lead}{''.join(shown)}\n{' ' * before}{'^' * max(1, marked)}"


def _cells(text: str) -> int:
    return max(0, wcswidth(text))


def _shown(character: str) -> str:
    """A character as it is shown in a cell or two of its own: one without a width as a middle dot."""
    spelled = printable(character)
    return spelled if len(spelled) > 1 or wcwidth(spelled) > 0 else "·"
