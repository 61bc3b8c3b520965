"""Items: the tree of numbered headings, from the order in which the markers nest in this document.

A stack holds the open styles of markers. A marker of an open style closes everything below that style; one of a new style
opens a level below the last. Nothing says that （一） stands above 1. or below: the document does. Counters may run on across groups
(1…19 under （一）…（十）), start again, or skip a style.

Where a line could open with a marker or with a number (4.2021年启动…, 3.89万座…), the counter decides: it is a marker if it is
the number that the style expects next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongwen.document import Extent, Item
from gongwen.outline.lines import Line
from gongwen.outline.markers import RANK, value

_DOUBTFUL = re.compile(r"[0-9０-９]")
_YEAR_OR_NAME = re.compile(r"[0-9]{4}年|[0-9]{1,2}[A-Za-z]")
_QUANTITY = re.compile(r"[0-9]++(?:[.．][0-9]++)?(?:[万亿%％元倍米亩吨千百]|个百分点|公里|平方)")
_RUN_IN = re.compile(r"[^。：；！？:;\n]{1,60}")
_LONGEST_RUN_IN = 40
_LONGEST_HEADING = 60
_LONGEST_SENTENCE = 30


@dataclass(slots=True)
class _Open:
    style: str
    index: int


class Levels:
    """The stack of open styles while the lines of one part are read in order."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._last: dict[str, int] = {}

    def accepts(self, line: Line, number: int | None) -> bool:
        """Whether what the line opens with is a marker, and not the beginning of its text."""
        style = line.style
        if style == "bare":
            return False
        if style == "decimal":
            return number is not None and (number == 1 or self._last.get(style) == number - 1)
        if style != "figure":
            return True
        rest = line.text[line.body - line.at :]
        if not _DOUBTFUL.match(rest):
            return True
        if _YEAR_OR_NAME.match(rest):
            return True
        return not _QUANTITY.match(rest) and number == self._last.get(style, 0) + 1

    def place(self, style: str, number: int | None, index: int) -> tuple[int, int | None]:
        """(level, parent) of item ``index``, which opens with a marker of ``style``."""
        stack = self._open
        depth = next((depth for depth, level in enumerate(stack) if level.style == style), None)
        if depth is None:
            depth = len(stack)
        del stack[depth:]
        parent = stack[-1].index if stack else None
        stack.append(_Open(style, index))
        if number is not None:
            self._last[style] = number
        return depth + 1, parent


def read_items(lines: list[Line], first: int, last: int, part: int, items: list[Item]) -> None:
    """Append the items of the lines [first, last) to ``items``; give these lines their kinds: heading, item or paragraph."""
    levels = Levels()
    current: Item | None = None
    for line in lines[first:last]:
        if line.style and not line.kind:
            number = value(line.text[: line.body - line.at])
            if levels.accepts(line, number):
                level, parent = levels.place(line.style, number, len(items))
                current = _item(line, number, level, parent, part)
                items.append(current)
                line.kind = "item" if current.paragraphs else "heading"
                continue
            line.kind = "paragraph"
        if line.kind in ("paragraph", "table-row") and current is not None:
            current.paragraphs.append(Extent(line.at, line.stop))
            current.end = line.stop


def _item(line: Line, number: int | None, level: int, parent: int | None, part: int) -> Item:
    marker = line.text[: line.body - line.at].strip()
    rest = line.text[line.body - line.at :]
    body = line.body + len(rest) - len(rest.lstrip())
    rest = rest.strip()
    item = Item(marker, number, level, parent, line.at, line.stop, None, [], part)
    if not rest:
        return item
    length = run_in(rest)
    if length:
        item.title = Extent(body, body + length)
        after = body + length + 1
        own = line.stop - after
        if own > 0:
            skipped = len(rest[length + 1 :]) - len(rest[length + 1 :].lstrip())
            item.paragraphs.append(Extent(after + skipped, line.stop))
    else:
        item.paragraphs.append(Extent(body, line.stop))
    return item


def run_in(text: str) -> int:
    """Length of the heading that ``text``, an item without its marker, begins with; 0 where it has none.

    >>> run_in("培养人才。将科学精神融入课堂。"), run_in("总体要求"), run_in("对企业给予补助；")
    (4, 4, 0)
    """
    match = _RUN_IN.match(text)
    if not match:
        return 0
    length = match.end()
    if length == len(text):
        return length if length <= _LONGEST_HEADING else 0
    stop = text[length]
    if stop in "；;！？!?":
        return 0
    if length + 1 == len(text) and stop == "。":
        return length if length <= _LONGEST_SENTENCE and not (length > 20 and "，" in text) else 0
    return length if length <= _LONGEST_RUN_IN and not (length > 25 and "，" in text[:length]) else 0
