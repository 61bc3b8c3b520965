"""Cells that became lines: which line of a row goes to which column.

Each line goes to a column that it fits, in order, at least cost: a column may stay empty (nobody supports; the cell is merged with
the one above), and a text may have several paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from gongwen.document import Cell, Extent
from gongwen.lexicon import divisions
from gongwen.lexicon.units import LEVELS, ends_like, is_class
from gongwen.outline.lines import Line
from gongwen.outline.table_columns import BETWEEN_NAMES, LONGEST_NAME, is_name, kinds

Row = list[Cell | None]

_A_TIME = re.compile(
    r"(?:[0-9]{4}年|[0-9]{1,2}月|全年|年底|每年|持续|长期|第[一二三四]季度|上半年|下半年)[^，。；、]{0,12}"
)
_NAME_OF_PERSON = re.compile("[一-鿿][ 　]*[一-鿿]{1,2}")
_LONGEST_LIST = 300
_REMARKS = re.compile("备注|说明|来源|依据")
_TEXT_COLUMNS = ("内容", "措施", "任务", "目标", "要求")

# What it costs to put a line into a column of another kind, to go on in a column, to leave one empty.
_MISFIT = {("units", "text"): 15, ("person", "text"): 10, ("time", "text"): 12, ("text", "time"): 15}
_OTHER_MISFIT = 30
_NEXT_LINE = {"units": 12, "person": 20, "time": 12}
_NEXT_PARAGRAPH, _NEXT_PART = 6, 10
_SENTENCE_AS_NAME = 8  # below a merged cell, a sentence outside the column of sentences
_EMPTY, _EMPTY_FIRST = 14, 13


def stacked(lines: Sequence[Line], columns: Sequence[str]) -> list[Row]:
    """The rows that ``lines`` are, one line a cell or a paragraph of one; none if they don't fit the columns.

    There are several where more lists of units follow in the last column, each behind what is to be done: the cells before are merged.
    """
    holds = kinds(columns)
    looks = [_look(line.text) for line in lines]
    in_order: Row = [Cell(line.at, line.stop) for line in lines]
    even = len(lines) == len(columns)
    if even and all(look == "units" for look, hold in zip(looks, holds, strict=True) if hold == "units"):
        return [in_order]
    rows: list[Row] = []
    for first, last in _parts(looks) if holds[-1] == "units" else [(0, len(lines))]:
        places = _aligned(lines[first:last], looks[first:last], columns, holds, first > 0)
        row: Row = [None] * len(columns)
        for line, place in zip(reversed(lines[first:last]), reversed(places), strict=True):
            below = row[place]
            row[place] = Cell(line.at, below.end if below else line.stop)
        if rows:
            row[: places[0]] = rows[-1][: places[0]]
        if not _fits(row, places, looks[first:last], columns, holds):
            return [in_order] if even else []
        rows.append(row)
    return rows


def _fits(row: Row, places: Sequence[int], looks: Sequence[str], columns: Sequence[str], holds: Sequence[str]) -> bool:
    """Whether a row is likely: lists of units are in their columns and nothing else is, nobody's name has two lines, and what is empty may be."""
    empty = [place for place, cell in enumerate(row) if cell is None]
    stray = any(look == "units" != holds[place] for look, place in zip(looks, places, strict=True))
    return (
        all(look == "units" for look, place in zip(looks, places, strict=True) if holds[place] == "units")
        and not (stray and any(holds[place] == "units" for place in empty))
        and all(places.count(place) == 1 for place in set(places) if holds[place] == "person")
        and len(empty) <= len(row) // 2
        and all(place < places[0] or holds[place] != "text" or _REMARKS.search(columns[place]) for place in empty)
    )


def broken_names(lines: Sequence[Line]) -> Iterator[Extent]:
    """The line feeds within names: what stands before no name, what stands behind begins none, both together are one (市自然资源|规划局)."""
    for line, below in pairwise(lines):
        if len(line.text) > _LONGEST_LIST or below.at - line.stop != 1:
            continue
        names = [name for name in BETWEEN_NAMES.split(line.text) if name]
        before, behind = names[-1] if names else "", BETWEEN_NAMES.split(below.text, 1)[0]
        if (
            before
            and behind
            and not ends_like(before, "organ")
            and ends_like(before + behind, "organ")
            and len(before + behind) <= LONGEST_NAME
            and _begins_like_a_name(before)
            and not _begins_like_a_name(behind)
            and all(map(is_name, names[:-1]))
        ):
            yield Extent(line.stop, below.at)


def _look(text: str) -> str:
    """What a line looks like."""
    if _NAME_OF_PERSON.fullmatch(text) and not ends_like(text):
        return "person"
    if _A_TIME.fullmatch(text):
        return "time"
    if len(text) > _LONGEST_LIST or "。" in text:
        return "text"
    names = list(filter(None, BETWEEN_NAMES.split(text.removesuffix("等"))))
    if not names or not all(map(ends_like, names)) or 2 * sum(map(is_name, names)) < len(names):
        return "text"
    return "units" if any(map(_begins_like_a_name, names)) else "text"


def _begins_like_a_name(text: str) -> bool:
    return text[0] in LEVELS or is_class(text) or divisions.leading(text) is not None


def _parts(looks: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The ranges of lines that each end in a list of units."""
    begin = at = 0
    for look, group in groupby(looks):
        at += len(list(group))
        if look == "units" and begin < at - 1:
            yield begin, at
            begin = at
    if begin < len(looks):
        yield begin, len(looks)


def _aligned(
    lines: Sequence[Line], looks: Sequence[str], columns: Sequence[str], holds: Sequence[str], merged: bool
) -> list[int]:
    """For each line the column that it goes to, at least cost; the first columns may be ``merged`` with the row above."""
    wide = next((place for word in _TEXT_COLUMNS for place, name in enumerate(columns) if word in name), None)
    # The cost of the first columns if all of them are empty, by their count.
    skipped = [0, *(_EMPTY_FIRST + _EMPTY * place for place in range(len(columns)))]
    best: list[int] = []  # for each column: the cost with the last line there
    history: list[list[int]] = []
    for number, look in enumerate(looks):
        ends = number > 0 and lines[number - 1].text[-1] in "。；：;"
        costs: list[int] = []
        origins: list[int] = []
        for place, hold in enumerate(holds):
            cost, origin = (0 if merged else skipped[place]), -1
            if best:
                again = _NEXT_LINE.get(hold, _NEXT_PARAGRAPH if place == wide and ends else _NEXT_PART)
                ways = [(best[before] + skipped[place] - skipped[before + 1], before) for before in range(place)]
                cost, origin = min([(best[place] + again, place), *ways])
            misfit = 0 if look == hold else _MISFIT.get((look, hold), _OTHER_MISFIT)
            if merged and place != wide and lines[number].text[-1] == "。":
                misfit += _SENTENCE_AS_NAME
            costs.append(cost + misfit)
            origins.append(origin)
        best = costs
        history.append(origins)
    place = min(range(len(columns)), key=lambda place: best[place] - skipped[place + 1])
    places = []
    for origins in reversed(history):
        places.append(place)
        place = origins[place]
    return places[::-1]
