"""Hard-wrapped lines, as text extracted from a PDF or a mail has them, become paragraphs again.

A text is wrapped if many of its lines end at one and the same column, and most of these within a sentence. Then a line
that reaches the column goes on in the next one, unless it ends a sentence or the next one is empty, indented or opens with
a marker. Where paragraphs are indented the indent alone decides, also after the end of a sentence. A line that ends in an
opening bracket goes on wherever the next one begins. The number of a page
between two such lines goes with its line; one between dashes (— 5 —, GB/T 9704-2012, 7.5) goes wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongwen.layout.signs import SENTENCE_END
from gongwen.lexicon import markers
from gongwen.text import Edit

_FEW = 5  # fewer lines show no column
# Where lines are wrapped, in columns of which a Chinese character takes two: a printed page has 28 characters in a line
# (GB/T 9704-2012, 5.2.3), mail and reports have up to 45.
_NARROWEST, _WIDEST = 40, 96
_RAGGED = 6  # a mark may not begin a line and a number isn't cut: lines of one column differ by so much
_SHARE = 0.3  # of the lines, for a column to be the text's
_INDENTED = 0.05  # of the lines, for indents to be the text's sign of a paragraph
_OPENING = tuple("（(〔［[《«“")
_PAGE_NUMBER = re.compile(r"\s*+([—–－-]?+)\s*+\d{1,3}+\s*+([—–－-]?+)\s*+")


def unwrap(value: str) -> Iterator[Edit]:
    """The edits that join the lines of a wrapped text; none for any other text."""
    lines = value.split("\n")
    column = _column(lines)
    if not column:
        return
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    indents = sum(line[:1].isspace() and not line.isspace() for line in lines) > _INDENTED * len(lines)
    index = 0
    while index + 1 < len(lines):
        line, following = lines[index], index + 1
        inside = _width(line) >= column - _RAGGED and (indents or line.rstrip()[-1] not in SENTENCE_END + "；：")
        page = following + 1 < len(lines) and _PAGE_NUMBER.fullmatch(lines[following])
        if page and not (page[1] and page[2]) and not (inside and _goes_on(lines[following + 1])):
            page = None
        if page:
            following += 1
        if line.rstrip()[-1:] in _OPENING and lines[following].strip():
            indent = len(lines[following]) - len(lines[following].lstrip())
            yield Edit(starts[index] + len(line.rstrip()), starts[following] + indent, "", "line-join")
        elif inside and _goes_on(lines[following]):
            stop = starts[index] + len(line.rstrip())
            before, after = line.rstrip()[-1], lines[following][0]
            words = before.isascii() and after.isascii() and not (before.isdigit() and after.isdigit())
            between = " " if words else ""  # between two Latin words; a number is cut
            yield Edit(stop, starts[index + 1], between, "line-join")
        if page:
            yield Edit(starts[index + 1], starts[following], "", "page-number")
        index = following


def _goes_on(line: str) -> bool:
    """Whether a line can be the rest of the paragraph before it."""
    return bool(line) and not line[0].isspace() and not markers.sure_marker().match(line)


def _column(lines: list[str]) -> int:
    """The column at which the lines are wrapped, 0 if they aren't."""
    filled = [line for line in lines if line and not line.isspace()]
    possible = [line for line in filled if _NARROWEST // 2 - _RAGGED <= len(line) <= _WIDEST]
    if len(possible) < max(_FEW, _SHARE * len(filled)):
        return 0
    widths = Counter(map(_width, possible))

    def reached(column: int) -> int:
        return sum(widths[width] for width in range(column - _RAGGED, column + 1))

    column = max(range(_NARROWEST, _WIDEST + 1), key=reached)
    full = [line for line in possible if column - _RAGGED <= _width(line) <= column]
    cut = sum(line.rstrip()[-1] not in SENTENCE_END + "；：" for line in full)
    return column if len(full) >= max(_FEW, _SHARE * len(filled)) and cut * 2 > len(full) else 0


def _width(line: str) -> int:
    """The columns that a line takes: in GBK a Chinese character or mark is two bytes."""
    return len(line.rstrip().encode("gbk", "replace"))
