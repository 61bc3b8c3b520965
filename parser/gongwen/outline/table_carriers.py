"""Tables whose cells stand apart in a text: pipes, tabs, lines drawn with box characters.

A sign of separation (| ｜ │, a tab) stands between the cells of a row, at the ends of lines, too, or on lines of its own, a cell a line;
or all rows stand on one line. What is found are fragments, cells as they stand; whether they make a regular grid is for
``gongwen.outline.table_alignment`` to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongwen.outline.lines import Line
from gongwen.outline.table_alignment import Fragment
from gongwen.text import Edit

SIGNS = "|｜│┃║\t"
_SIGN = re.compile(f"[{SIGNS}]")
_RULE = re.compile(
    r"[\s|｜│┃║:：\-—–─━═+=┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝]*[-—–─━═]{2}[\s|｜│┃║:：\-—–─━═+=┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝]*"
)
_DRAWN_ROWS = 3  # of a table with lines between its rows, the heads among them
_FEWEST_SIGNS = 6  # of a table with a cell on a line
_FEWEST_ON_ONE_LINE = 10  # signs of a table on one line
_MOST_LINES_BETWEEN = 2  # lines without a sign between two rows: a group, the rest of a cell
_LONGEST_CELL = 1_500  # characters


class Raw(NamedTuple):
    """A row as it stands: its cells in order, None for an empty one; a row of one cell may be a line without any sign."""

    cells: tuple[tuple[int, int] | None, ...]
    lines: tuple[int, int]


class Block(NamedTuple):
    """A table as it stands on lines [first, last): rows, or where these aren't known (``loose``) the fragments in their order.

    ``ruled`` says that a line of dashes parts heads from rows.
    """

    first: int
    last: int
    rows: tuple[Raw, ...]
    loose: tuple[Fragment, ...]
    ruled: bool


def find_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """The stretches of lines with signs of separation that may be tables, in order."""
    at = 0
    while at < len(lines):
        if not _has_sign(lines[at]):
            at += 1
            continue
        last = _end(lines, at)
        block = _read(lines, at, last)
        if block:
            yield block
        at = max(last, at + 1)


def _has_sign(line: Line) -> bool:
    return (not line.kind and bool(_SIGN.search(line.text))) or is_rule(line)


def is_rule(line: Line) -> bool:
    """Whether a line is drawn between the rows of a table."""
    return (
        line.kind in ("", "rule")
        and bool(line.text)
        and bool(_RULE.fullmatch(line.text))
        and any(sign in line.text for sign in "|｜│┃║┼┬┴╋╦╩+")
    )


def _end(lines: Sequence[Line], at: int) -> int:
    """The first line behind the block that begins at line ``at``: a few lines without a sign may stand within it."""
    last, without = at + 1, 0
    lone = _is_lone(lines[at].text)
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if line.kind == "blank":
            continue
        if _has_sign(line):
            last, without = index + 1, 0
            lone = lone or _is_lone(line.text)
        elif line.kind or without >= (_MOST_LINES_BETWEEN + 4 * lone) or len(line.text) > _LONGEST_CELL:
            break
        else:
            without += 1
    return last


def _is_lone(text: str) -> bool:
    """Whether a line holds one cell at most beside its signs, and ends or is one."""
    return (
        text[-1] in SIGNS and len(_SIGN.split(text.strip(SIGNS + " "))) == 1 and text[0] not in SIGNS
    ) or text.strip(SIGNS + " ") == ""


def _read(lines: Sequence[Line], first: int, last: int) -> Block | None:
    signed = [index for index in range(first, last) if _has_sign(lines[index])]
    ruled = any(is_rule(lines[index]) for index in signed)
    signed = [index for index in signed if not is_rule(lines[index])]
    counts = {index: sum(cell is not None for cell in split(lines[index])) for index in signed}
    wide = [index for index in signed if counts[index] > 1]
    if len(wide) < 2 and sum(len(_SIGN.findall(lines[index].text)) for index in signed) >= _FEWEST_SIGNS:
        one = next((index for index in wide if len(_SIGN.findall(lines[index].text)) >= _FEWEST_ON_ONE_LINE), None)
        if one is not None:
            return Block(one, one + 1, (), tuple(_on_one_line(lines[one])), ruled)
        if not wide or len(wide) * 4 < len(signed):
            return _a_cell_a_line(lines, first, last, ruled)
    if len(wide) < 2:
        return None
    if 3 * len(wide) < len(signed):
        return _a_cell_a_line(lines, first, last, ruled)
    above = wide[0] - 1 if wide[0] > first and is_rule(lines[wide[0] - 1]) else wide[0]
    return _rows(lines, above, last, ruled)


def split(line: Line) -> list[tuple[int, int] | None]:
    """The cells of a line between its signs, None for an empty one; what would stand outside of the first and the last sign is none."""
    return _split(line.text, line.at)


def _split(text: str, at: int) -> list[tuple[int, int] | None]:
    cells: list[tuple[int, int] | None] = []
    begin = 0
    for match in [*_SIGN.finditer(text), None]:
        end = match.start() if match else len(text)
        cell = text[begin:end]
        words = cell.strip()
        start = at + begin + len(cell) - len(cell.lstrip())
        cells.append((start, start + len(words)) if words else None)
        begin = end + 1
    if cells[0] is None and len(cells) > 1:
        del cells[0]
    if cells[-1] is None and len(cells) > 1:
        del cells[-1]
    return cells


def _rows(lines: Sequence[Line], first: int, last: int, ruled: bool) -> Block:
    """The rows of a block, a row a line. Where most rows end in a sign, one that doesn't goes on on the next line."""
    texts = [index for index in range(first, last) if lines[index].kind != "blank" and not is_rule(lines[index])]
    signed = [index for index in texts if _has_sign(lines[index])]
    closed = lines[signed[0]].text[-1] in SIGNS and 2 * sum(lines[index].text[-1] in SIGNS for index in signed) > len(
        signed
    )
    rows: list[Raw] = []
    at = 0
    value = {index: lines[index].text for index in texts}
    while at < len(texts):
        begin = texts[at]
        end = at
        if closed and _has_sign(lines[begin]) and value[begin][-1] not in SIGNS:
            while end + 1 < len(texts) and end - at < 4 and value[texts[end]][-1] not in SIGNS:
                end += 1
            if value[texts[end]][-1] not in SIGNS:
                end = at
        cells: list[tuple[int, int] | None] = []
        for index in texts[at : end + 1]:
            more = split(lines[index])
            if cells and more and cells[-1] and more[0]:
                cells[-1] = (cells[-1][0], more[0][1])
                more = more[1:]
            cells += more
        rows.append(Raw(tuple(cells), (begin, texts[end] + 1)))
        at = end + 1
    while rows and len(rows[-1].cells) < 2:
        rows.pop()
    end = rows[-1].lines[1]
    end += end < last and is_rule(lines[end])
    return Block(first, end, tuple(rows), (), ruled)


def _a_cell_a_line(lines: Sequence[Line], first: int, last: int, ruled: bool) -> Block | None:
    """A block with a cell on a line: signs on lines of their own, or behind each cell."""
    above = first
    while _is_lone(lines[first].text) and not lines[first].text.strip(SIGNS + " ") and above > 0:
        above -= 1
        if lines[above].kind != "blank":
            break
    if above < first and not lines[above].kind and not lines[above].style:
        first = above
    fragments: list[Fragment] = []
    part: list[tuple[int, str]] = []  # the lines of a cell
    gaps = 0
    for line in lines[first:last]:
        if line.kind == "blank" or is_rule(line):
            continue
        begin = 0
        for match in [*_SIGN.finditer(line.text), None]:
            end = match.start() if match else len(line.text)
            if words := line.text[begin:end].strip():
                part.append((line.at + line.text.index(words, begin), words))
            begin = end + 1
            if match and part:
                fragments.append(_fragment(part, gaps, first=not fragments))
                part, gaps = [], 0
            elif match and begin > 1:
                gaps += 1
    if part:
        fragments.append(_fragment(part, gaps, first=not fragments))
    return Block(first, last, (), tuple(fragments), ruled) if len(fragments) >= _FEWEST_SIGNS else None


def _fragment(part: Sequence[tuple[int, str]], gaps: int, first: bool) -> Fragment:
    text = "\n".join([words for _, words in part])
    return Fragment(part[0][0], part[-1][0] + len(part[-1][1]), text, "row" if first else "cell", gaps)


def _on_one_line(line: Line) -> Iterator[Fragment]:
    """The cells of a table that stands on one line; an empty one may also be the end of a row."""
    gaps, border = 0, "row"
    for cell in _split(line.text, line.at):
        if cell is None:
            gaps += 1
        else:
            yield Fragment(*cell, line.text[cell[0] - line.at : cell[1] - line.at], border, gaps)
            gaps, border = 0, "cell"


def wrapped_cells(lines: Sequence[Line], block: Block) -> list[Edit]:
    """The edits that put the cells of a drawn table together again which were wrapped within their columns.

    Where lines are drawn between the rows, all that stands between two of them is one row: the parts of a cell below its first line
    move up to it. None where no row has two lines, or the lines of one have different numbers of cells.
    """
    edits: list[Edit] = []
    segment: list[Line] = []
    rows = 0
    for line in lines[block.first : block.last]:
        if is_rule(line):
            rows += bool(segment)
            edits += _joined(segment)
            segment = []
        elif line.kind != "blank":
            segment.append(line)
    return edits if rows >= _DRAWN_ROWS else []


def _joined(segment: Sequence[Line]) -> Iterator[Edit]:
    if len(segment) < 2:
        return
    split_lines = [_split(line.text, line.at) for line in segment]
    if len({len(cells) for cells in split_lines}) > 1 or len(split_lines[0]) < 2:
        return
    for place, head in enumerate(split_lines[0]):
        more = [
            line.text[cell[0] - line.at : cell[1] - line.at]
            for line, cells in zip(segment[1:], split_lines[1:], strict=True)
            if (cell := cells[place])
        ]
        if not more:
            continue
        first = segment[0]
        if head:
            whole = first.text[head[0] - first.at : head[1] - first.at] + "".join(more)
            yield Edit(*head, whole, "wrapped-cell")
        else:
            at = _empty_cell(first, place)
            yield Edit(at, at, "".join(more), "wrapped-cell")
    yield Edit(segment[0].end, segment[-1].end, "", "wrapped-cell")


def _empty_cell(line: Line, place: int) -> int:
    """Where the empty cell number ``place`` of a line begins."""
    signs = [match.end() for match in _SIGN.finditer(line.text)]
    return line.at + ([0, *signs][place] if line.text[0] not in SIGNS else signs[place])


def width_of(rows: Sequence[Raw]) -> int:
    """How many columns rows have: the most cells that a row has, where that isn't a lone slip."""
    counts = Counter(len(trimmed(row.cells)) for row in rows)
    widths = sorted(counts, reverse=True)
    return next((width for width in widths if counts[width] > 1 or width == widths[-1] or len(rows) < 4), widths[0])


def trimmed(cells: Sequence[tuple[int, int] | None]) -> tuple[tuple[int, int] | None, ...]:
    """``cells`` without the empty ones at the end."""
    last = len(cells)
    while last and cells[last - 1] is None:
        last -= 1
    return tuple(cells[:last])
