"""Flattened outlines: a line that holds several items, because the line feeds between them were lost, is parted into them.

    一、清理湖岸（一）组织巡查。（县水利局牵头）（二）清除淤泥。（县城管局牵头）二、加强管护…

A marker within a line opens an item if it is the next of its series: the number that follows the last one of its style, or 1, if 2
comes later in the line. It stands behind the end of a sentence, a bracket or a blank, or right behind the heading of the item above.
Figures (1. 2.) are so common in sentences that they need an item of another style before them in the line, or a clause of
responsibility that closes the item before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongwen.lexicon import markers, vocabulary
from gongwen.outline.lines import Line, with_marker

_SHORTEST = 30  # characters of a line that may hold two items
_ENDS = "。！？；：）)〕］】”… 　"
_LONGEST_HEADING = 30  # characters
_HEADING = re.compile(r"[^，。；：！？、（）()《》\s0-9]{2,30}")
_FIGURES = {"figure", "figure_brackets"}
_LONGEST_CLAUSE = 300


class _Marker(NamedTuple):
    at: int
    end: int
    style: str
    number: int


@vocabulary.compiled
def _names_a_role() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("roles", "label"))


def part(line: Line) -> Iterator[Line]:
    """The items that ``line`` holds, each a line of its own; the line itself where it holds one."""
    if line.kind or len(line.text) < _SHORTEST:
        yield line
        return
    begin = line.at
    for place, behind_heading in list(_borders(line)):
        rest = line.cut(begin + place - line.at)
        yield line
        line = rest if behind_heading else with_marker(rest)
    yield line


def _borders(line: Line) -> Iterator[tuple[int, bool]]:
    """Where the line is parted, and whether what stands before is a heading whose text goes on behind."""
    found = _items(line)
    text = line.text
    opened = [_Marker(0, line.body - line.at, line.style, 0)] if line.style else []
    items = [*opened, *found]
    for marker, following in zip(items, [*items[1:], None], strict=False):
        if marker.at:
            yield marker.at, False
        stop = following.at if following else len(text)
        heading = _HEADING.match(text, marker.end, stop)
        if found and heading and heading.end() < stop and text[heading.end()] in " 　":
            yield heading.end() + 1, True


def _items(line: Line) -> list[_Marker]:
    """The markers within the line that open items."""
    text = line.text
    candidates = [
        _Marker(match.start(), match.end(), str(match.lastgroup), markers.value(match[0]) or 0)
        for match in markers.inner_marker().finditer(text, max(1, line.body - line.at))
    ]
    if not candidates:
        return []
    last: dict[str, int] = {}  # the open styles with their last numbers, the outermost first
    above = 0  # where the heading of the item before begins
    if line.style:
        last[line.style] = markers.value(text[: line.body - line.at]) or 0
        above = line.body - line.at
    found: list[_Marker] = []
    for index, marker in enumerate(candidates):
        style, number = marker.style, marker.number
        goes_on = number == last.get(style, 0) + 1 and (
            number > 1 or any(other.style == style and other.number == 2 for other in candidates[index + 1 :])
        )
        if not goes_on or not _may_open(text, marker, above, bool(found or line.style not in (None, style))):
            continue
        while style in last and next(reversed(last)) != style:
            last.popitem()
        last[style] = number
        found.append(marker)
        above = marker.end
    return found


def _may_open(text: str, marker: _Marker, above: int, outlined: bool) -> bool:
    """Whether an item may begin at ``marker``; ``above`` is where the heading before it would begin, ``outlined`` says that there is one."""
    before = text[marker.at - 1]
    if marker.style in _FIGURES and not outlined:
        opening = max(text.rfind(sign, max(0, marker.at - _LONGEST_CLAUSE), marker.at) for sign in "（〔［【")
        return before in "）〕］】" and opening >= 0 and bool(_names_a_role().search(text, opening, marker.at))
    if before in _ENDS:
        return True
    return marker.number == 1 and outlined and bool(_HEADING.fullmatch(text, above, marker.at))
