"""Flattened outlines: a line that holds several items, because the line feeds between them were lost, is parted into them.

    一、清理湖岸（一）组织巡查。（县水利局牵头）（二）清除淤泥。（县城管局牵头）二、加强管护…

A marker within a line opens an item if it is the next of its series: the number that follows the last one of its style, or 1, if 2
comes later. It stands behind the end of a sentence, a bracket or a blank, or right behind the heading of the item above.
Figures (1. 2.) are so common in sentences that they need an item of another style before them in the line, or a clause of
responsibility that closes the item before.

Where only some line feeds were lost, the series goes on from line to line. Then a marker within a line must show more: the first of a series
stands right behind a heading, with the second one below; a later one stands behind a sentence or a clause and opens a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongwen.lexicon import markers, titles, vocabulary
from gongwen.outline.lines import Line, with_marker

_SHORTEST = 30  # characters of a line that may hold two items
_SHORTEST_WITH_HEADING = 8  # … if it holds a heading and the first item below
_ENDS = "。！？；：）)〕］]】”… 　?"  # the last: what damage left of a full stop or of a blank before a marker
_SENTENCE_ENDS = "。！？；"
_NO_BEGINNING = tuple("，。、；：）项款条类的")  # what no text of an item begins with: 课题（一），… 第（一）项
_LONGEST_HEADING = 30  # characters
_HEADING = re.compile(r"[^，。；：！？、（）()《》\s0-9]{2,30}")
_LONG_HEADING = re.compile(r"[^。；：！？（）()\s]{2,60}(?<!第)")  # where the series shows that an item follows
_OPENS_HEADING = re.compile(r"[^，。；：！？（）()\s]{3,30}(?:。|\Z)")
_CLOSED_HEADING = re.compile(r"[^，。；：！？（）()\s]{3,30}。(?=.)")
_LONGEST_TITLE = 80  # characters
_FIGURES = {"figure", "figure_brackets"}
_LONGEST_CLAUSE = 300
_OPENING_OF = {"）": "（", "〕": "〔", "］": "［", "】": "【", "]": "[", ")": "("}


class _Marker(NamedTuple):
    at: int
    end: int
    style: str
    number: int


@vocabulary.compiled
def _usual_heading() -> re.Pattern[str]:
    """A heading that many plans have, with its text right behind it: 主要目标到2025年…."""
    heading, begins = (vocabulary.alternation("heading_words", code=code) for code in ("heading", "begins_text"))
    return re.compile(rf"(?:{heading})(?=(?:{begins})|[0-9]{{1,4}}[年月])")


@vocabulary.compiled
def _labelled() -> re.Pattern[str]:
    """Units behind a label, up to the end of what is searched."""
    roles, nouns = vocabulary.alternation("roles", "label"), vocabulary.alternation("unit_nouns", "label")
    return re.compile(rf"(?:{roles}|责任)(?:{nouns})[:：][^。；！？\n]{{2,}}。?\Z")


class _Series:
    """The items so far: the open styles with their last numbers, the outermost first, and the last numbers of all styles, which may
    run on below the next heading."""

    def __init__(self) -> None:
        self._open: dict[str, int] = {}
        self._ran: dict[str, int] = {}

    def open(self, style: str, number: int) -> None:
        """Note an item: it closes all styles that were opened below its own."""
        while style in self._open and next(reversed(self._open)) != style:
            self._open.popitem()
        self._open[style] = self._ran[style] = number

    def expects(self, style: str, number: int) -> bool:
        """Whether ``number`` is the next one of an open style."""
        return number == self._open.get(style, 0) + 1

    def runs_on(self, style: str, number: int) -> bool:
        """Whether ``number`` follows the last one of its style, whatever was opened since."""
        return number == self._ran.get(style, 0) + 1


@vocabulary.compiled
def _names_a_role() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("roles", "label"))


def parts(lines: Sequence[Line]) -> Iterator[Line]:
    """The items that ``lines`` hold, each a line of its own; a line itself where it holds one."""
    markers_of = [_markers(line) for line in lines]
    second = _second_items_below(lines, markers_of)
    series = _Series()
    opened = _opened_below(lines)
    for line, candidates, below, opens in zip(lines, markers_of, second, opened, strict=True):
        if line.kind:
            yield line
            continue
        if line.style:
            series.open(line.style, markers.value(line.text[: line.body - line.at]) or 0)
        found = _items(line, candidates, series, below, opens)
        borders = list(_borders(line, found))
        rests = line.cuts([place for place, _ in borders]) if borders else []
        yield line
        for rest, (_, behind_heading) in zip(rests, borders, strict=True):
            yield rest if behind_heading else with_marker(rest)


def _markers(line: Line) -> list[_Marker]:
    """What within the line could be the marker of an item."""
    if line.kind or len(line.text) < (_SHORTEST_WITH_HEADING if line.style else _SHORTEST):
        return []
    return [
        _Marker(match.start(), match.end(), str(match.lastgroup), markers.value(match[0]) or 0)
        for match in markers.inner_marker().finditer(line.text, max(1, line.body - line.at))
    ]


def _second_items_below(lines: Sequence[Line], markers_of: Sequence[Sequence[_Marker]]) -> list[frozenset[str]]:
    """For each line the styles in which the next first or second item below it, at the beginning of a line or within one, is a second one."""
    below: list[frozenset[str]] = []
    second: frozenset[str] = frozenset()
    for line, candidates in zip(reversed(lines), reversed(markers_of), strict=True):
        below.append(second)
        numbered = [(marker.style, marker.number) for marker in reversed(candidates)]
        if line.style and not line.kind:
            numbered.append((line.style, markers.value(line.text[: line.body - line.at]) or 0))
        for style, number in numbered:
            if number == 2:
                second |= {style}
            elif number == 1:
                second -= {style}
    return below[::-1]


def _opened_below(lines: Sequence[Line]) -> list[str | None]:
    """For each line the style of the marker that the next line opens with, if it is a first one."""
    below: list[str | None] = []
    opened: str | None = None
    for line in reversed(lines):
        below.append(opened)
        if line.kind != "blank":
            first = line.style and not line.kind and markers.value(line.text[: line.body - line.at]) == 1
            opened = line.style if first else None
    return below[::-1]


def _borders(line: Line, found: Sequence[_Marker]) -> Iterator[tuple[int, bool]]:
    """Where the line is parted, and whether what stands before is a heading whose text goes on behind."""
    text = line.text
    opened = [_Marker(0, line.body - line.at, line.style, 0)] if line.style else []
    items = [*opened, *found]
    for marker, following in zip(items, [*items[1:], None], strict=False):
        if marker.at:
            yield marker.at, False
        stop = following.at if following else len(text)
        heading = _HEADING.match(text, marker.end, stop)
        usual = _usual_heading().match(text, marker.end, stop)
        parted = found and heading and heading.end() < stop and text[heading.end()] in " 　"
        if heading and parted and text[heading.end() : stop].strip():
            yield heading.end() + 1, True
        elif usual:
            yield usual.end(), True


def _items(
    line: Line, candidates: Sequence[_Marker], series: _Series, below: frozenset[str], opened: str | None
) -> list[_Marker]:
    """The markers within the line that open items. ``series`` are the items before, which it goes on with; ``below`` are the styles of
    second items below, ``opened`` is the style of the first item that the next line opens."""
    if not candidates:
        return []
    text = line.text
    within = _Series()  # the items of this line
    above = 0  # where the heading of the item before begins
    if line.style:
        within.open(line.style, markers.value(text[: line.body - line.at]) or 0)
        above = line.body - line.at
    found: list[_Marker] = []
    last_second = {marker.style: marker.at for marker in candidates if marker.number == 2}
    shown = _shown_by_the_second(text, candidates)
    for index, marker in enumerate(candidates):
        style, number = marker.style, marker.number
        outlined = bool(found) or line.style not in (None, style)
        again = last_second.get(style, 0) > marker.at
        headed = outlined and _LONG_HEADING.fullmatch(text, above, marker.at) is not None
        goes_on = within.expects(style, number) or (number > 1 and within.runs_on(style, number))
        if marker.at in shown:
            opens = True
        elif goes_on and (number > 1 or again) and len(text) >= _SHORTEST:
            opens = _may_open(text, marker, outlined) or headed or (number == 1 and _follows_title(text, marker))
        elif number == 1:
            opens = headed and (
                style in below
                or _CLOSED_HEADING.match(text, marker.end) is not None
                or _heads_another(text, candidates[index : index + 2], below | last_second.keys(), opened)
            )
        else:
            opens = series.runs_on(style, number) and (headed or _opens_heading(text, marker))
        if not opens or text[marker.end : marker.end + 1] in _NO_BEGINNING:
            continue
        within.open(style, number)
        series.open(style, number)
        found.append(marker)
        above = marker.end
    return found


def _heads_another(text: str, candidates: Sequence[_Marker], second: frozenset[str], opened: str | None) -> bool:
    """Whether behind the first of the markers, the only one of its series, stands a heading and then the first item of another series:
    in this line, with a heading of its own or a second one behind it (``second`` are their styles), or in the next line (``opened``)."""
    marker, *following = candidates
    if not following:
        return opened not in (None, marker.style) and _LONG_HEADING.fullmatch(text, marker.end) is not None
    other = following[0]
    first = other.number == 1 and other.style != marker.style
    goes_on = first and (other.style in second or _CLOSED_HEADING.match(text, other.end) is not None)
    return goes_on and _LONG_HEADING.fullmatch(text, marker.end, other.at) is not None


def _shown_by_the_second(text: str, candidates: Sequence[_Marker]) -> set[int]:
    """Where first items begin behind a full stop or a colon, as the second one shows that comes next in their style: a clause of
    responsibility closes them."""
    shown: set[int] = set()
    first: dict[str, int] = {}
    for marker in candidates:
        if marker.number == 1 and text[marker.at - 1] in "。：":
            first[marker.style] = marker.at
        elif marker.number == 2 and marker.style in first and _follows_clause(text, marker.at):
            shown.add(first.pop(marker.style))
    return shown


def _may_open(text: str, marker: _Marker, outlined: bool) -> bool:
    """Whether what stands before ``marker`` allows an item to begin there; ``outlined`` says that there is one of another style before it."""
    if marker.style in _FIGURES and not outlined:
        return _follows_clause(text, marker.at)
    return text[marker.at - 1] in _ENDS or _follows_clause(text, marker.at)


def _follows_title(text: str, marker: _Marker) -> bool:
    """Whether a title stands before the first item of an outline: …实施方案一、总体要求."""
    return marker.style == "han" and titles.is_whole(text[max(0, marker.at - _LONGEST_TITLE) : marker.at])


def _opens_heading(text: str, marker: _Marker) -> bool:
    """Whether an item begins at ``marker``, behind a sentence or a clause of responsibility; one with a figure needs a heading."""
    behind = text[marker.at - 1] in _SENTENCE_ENDS or _follows_clause(text, marker.at)
    return behind and (marker.style not in _FIGURES or _OPENS_HEADING.match(text, marker.end) is not None)


def _follows_clause(text: str, at: int) -> bool:
    """Whether a clause of responsibility ends at ``at``: one in brackets, or a label with its units (责任单位：县水利局)."""
    opening = _OPENING_OF.get(text[at - 1])
    if opening is None:
        return bool(_labelled().search(text, max(0, at - _LONGEST_CLAUSE), at))
    depth = 0
    for start in range(at - 1, max(-1, at - 1 - _LONGEST_CLAUSE), -1):
        depth += (text[start] == text[at - 1]) - (text[start] == opening)
        if depth == 0:
            return _names_a_role().search(text, start, at) is not None
    return False
