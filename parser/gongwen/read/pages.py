"""Pages of characters with boxes become paragraphs and grids: one geometry for PDF, OFD and recognized images.

Coordinates are points (1/72 inch) from the upper left corner of a page. Ruled lines make grids, whose cells gather their
characters; the other characters make lines, from top to bottom. A line goes on in the next one where it is full: where
the first word of the next line would not have fitted; an indent begins a paragraph. What stands again and again at the
edge of pages is a head or a foot, and goes behind the body, as footnotes do.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from gongwen.document import Box, Reading
from gongwen.errors import SourceError
from gongwen.read.draft import JOIN, Draft, DraftCell, Line
from gongwen.read.extras import OCR, command, installed
from gongwen.read.grid import caption_rows, holds_data
from gongwen.read.rules import Lattice, Rule, find_lattices
from gongwen.read.scripts import read_script

_PAGE_NUMBER = re.compile(
    r"[^\w\s]{0,6}\s*(?:第\s*)?\d{1,4}\s*页?\s*[^\w\s]{0,6}|[一—]{1,2}\s*\d{1,4}\s*[一—]{1,2}|第\s*\d+\s*页\W{0,3}共\s*\d+\s*页|\d+\s*/\s*\d+"
)
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")
_CLOSING = "，。、；：？！）》」』】〕〉”’％%,.;:?!)]}…—·"
_OPENING = "（《「『【〔〈“‘([{"
_SENTENCE_END = "。！？"
_HANG = re.compile(r"(?:[：:]|[0-9０-９]{1,2}[.．、]|[）)])\s*$")
_MARKER = re.compile(
    r"[（(]?[一二三四五六七八九十百]{1,4}[）)、]|[（(]?\d{1,3}[）)．.、]|第[一二三四五六七八九十百\d]{1,5}[章条节]|附件|[①-⑳]"
)
_NOTE_MARK = re.compile(r"[\[［〔（(]?[0-9①-⑳*]")
_SMALL = 0.8  # of the size of its line: a smaller character is raised or lowered
_EDGE = 0.12  # of a page's height, where heads and feet stand
_MARGIN = 0.08  # of a page's height, where nothing of the text stands
_FOOT = 2  # lines at either edge of a page that can be heads or feet
_GAP = 0.5  # of the size of characters: between Chinese ones a wider gap is a blank
_WIDE_GAP = 1.6  # and a gap as wide as this separates columns
_FEWEST_IN_COLUMNS = 6  # lines, for a gap in all of them to part columns
_LATIN_GAP = 0.16
_STRUCK = (0.3, 0.8)  # of a character's height, from its top: where a line strikes it out
_NEAR_STRUCK = 0.35  # of the size of type: so near to the edges of characters such a line begins and ends
_MOST_STRUCK = 1_000  # characters that one line strikes out
_TALLEST = 100  # points: what is taller is no type of a text


class Glyph(NamedTuple):
    """A character: what it says, its box, the size of its type; ``sure`` is false where who recognized it was not, ``struck`` true where
    a line strikes it out."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    sure: bool = True
    struck: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Page:
    """A page (from 1): its size, its characters in any order, its ruled lines; ``aside`` are lines that are no text of it."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule] = field(default_factory=list)
    aside: list[tuple[str, str, Box]] = field(default_factory=list)

    def shows(self, glyph: Glyph) -> bool:
        """Whether a character stands on the page, or at least reaches into it."""
        return glyph.right > 0 and glyph.bottom > 0 and glyph.left < self.width and glyph.top < self.height


def laid_on(page: Page, seen: Page, box: Box) -> None:
    """Put what was recognized in an image on the page, which has the image in ``box``."""
    across, down = (box.right - box.left) / seen.width, (box.bottom - box.top) / seen.height

    def at(x: float, y: float) -> tuple[float, float]:
        return box.left + x * across, box.top + y * down

    page.glyphs = [
        glyph._replace(
            left=at(glyph.left, 0)[0],
            right=at(glyph.right, 0)[0],
            top=at(0, glyph.top)[1],
            bottom=at(0, glyph.bottom)[1],
            size=glyph.size * down,
        )
        for glyph in seen.glyphs
    ]
    page.rules = [Rule(*at(*rule[:2]), *at(*rule[2:])) for rule in seen.rules]
    page.aside += [
        (kind, text, Box(page.number, *at(place.left, place.top), *at(place.right, place.bottom)))
        for kind, text, place in seen.aside
    ]


@dataclass(slots=True, eq=False)
class Row:
    """A line of a page: its characters from left to right."""

    page: Page
    glyphs: list[Glyph]
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    size: float = 0
    kind: str = "text"
    column: tuple[float, int] | None = None  # where its zone of columns begins, and which column it is of

    def __post_init__(self) -> None:
        self.glyphs.sort(key=lambda glyph: (glyph.left, glyph.right))
        inked = [glyph for glyph in self.glyphs if not glyph.text.isspace()] or self.glyphs
        self.left, self.right = inked[0].left, max(glyph.right for glyph in inked)
        self.size = _usual(inked)
        usual = [glyph for glyph in inked if glyph.size > _SMALL * self.size] or inked
        self.top, self.bottom = min(glyph.top for glyph in usual), max(glyph.bottom for glyph in usual)

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True, eq=False)
class Grid:
    """A table of one or more pages: rows of cells, each with its lines and what it covers."""

    page: Page
    top: float
    columns: tuple[float, ...]
    rows: list[list[GridCell]]


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell: its column, the rows and columns it covers, its inner edges, its lines."""

    column: int
    rows: int
    columns: int
    left: float
    right: float
    lines: list[Row]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines).strip()


Item = Row | Grid


def compose(pages: Sequence[Page], draft: Draft | None = None) -> Reading:
    """The text of ``pages``: paragraphs and grids, then heads and feet of pages, footnotes and what else stands aside."""
    draft = draft or Draft()
    for page in pages:
        _strike(page)
    items = [_items(page) for page in pages]
    _mark_edges(items)
    for page_items in items:
        _mark_small(page_items)
    _write(pages, items, draft)
    for page, page_items in zip(pages, items, strict=True):
        for item in page_items:
            if isinstance(item, Row) and item.kind != "text":
                line = Line(item.kind)
                _put(line, item, draft)
                draft.beside.append(line)
        for kind, text, box in page.aside:
            line = Line(kind)
            line.add(text, box)
            draft.beside.append(line)
    return draft.reading()


def report_scans(draft: Draft, pages: Sequence[Page], scans: Sequence[int], what: str, path: str | None) -> None:
    """Refuse a file whose pages are images; say which pages are, where some hold text.

    Raises SourceError ("no-text-layer").
    """
    if scans and len(scans) == len(pages):
        message = f"the pages of this {what} are images, a scan: its text must be recognized (OCR) first"
        if not installed(OCR):
            message += f"; what does that is not installed: {command('ocr')}"
        raise SourceError("no-text-layer", message, path=path)
    if scans:
        draft.doubt("unread-image", pages=named(scans), count=len(pages))


def named(pages: Sequence[int]) -> str:
    """Pages by their numbers, the first twenty."""
    return ", ".join(map(str, pages[:20])) + (", …" if len(pages) > 20 else "")


def _usual(glyphs: Sequence[Glyph]) -> float:
    """The size of type that most of the characters have."""
    return Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0] or 1


# --- lines and grids of a page


def _strike(page: Page) -> None:
    """Mark the characters that ruled lines strike out, and take these lines from the page: they begin and end with characters."""
    lines: dict[
        int, list[tuple[float, int]]
    ] = {}  # the left edges of characters, by each point of height where one may be struck
    for index, glyph in enumerate(page.glyphs):
        high, low = (glyph.top + share * (glyph.bottom - glyph.top) for share in _STRUCK)
        if low - high < _TALLEST:
            for height in range(int(high), int(low) + 1):
                lines.setdefault(height, []).append((glyph.left, index))
    for line in lines.values():
        line.sort()
    struck: set[int] = set()
    kept: list[Rule] = []
    for rule in page.rules:
        found = _under(page, rule, lines.get(int(rule.top), [])) if rule.is_horizontal else []
        struck.update(found)
        if not found:
            kept.append(rule)
    if struck:
        page.rules = kept
        page.glyphs = [
            glyph._replace(struck=True) if index in struck else glyph for index, glyph in enumerate(page.glyphs)
        ]


def _under(page: Page, rule: Rule, line: Sequence[tuple[float, int]]) -> list[int]:
    """The characters that a line strikes out, by their numbers; none where it is no such line."""
    first = bisect_left(line, (rule.left - _NEAR_STRUCK * _TALLEST, 0))
    found: list[int] = []
    for left, index in line[first : first + _MOST_STRUCK]:
        if left > rule.right:
            break
        glyph = page.glyphs[index]
        if left >= rule.left - _NEAR_STRUCK * glyph.size and left + glyph.right < 2 * rule.right:
            high, low = (glyph.top + share * (glyph.bottom - glyph.top) for share in _STRUCK)
            if high <= rule.top <= low:
                found.append(index)
    if not found:
        return []
    glyphs = [page.glyphs[index] for index in found]
    size = _NEAR_STRUCK * glyphs[0].size
    begins = abs(min(glyph.left for glyph in glyphs) - rule.left) <= size
    ends = abs(max(glyph.right for glyph in glyphs) - rule.right) <= size
    return found if begins and ends else []


def _items(page: Page) -> list[Item]:
    """The lines and grids of a page, from top to bottom."""
    glyphs = page.glyphs
    found: list[Item] = []
    for lattice in find_lattices(page.rules):
        inside = [glyph for glyph in glyphs if lattice.holds(glyph)]
        cells = lattice.gather(inside)
        grid = _grid(page, lattice, cells) if cells else None
        if grid:
            taken = set(map(id, inside))
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
            found.append(grid)
    found += _columns(page, sorted(_lines(page, glyphs), key=lambda row: (row.top, row.left)))
    found.sort(key=_order)
    return found


def _order(item: Item) -> tuple[float, int, float, float]:
    """The order of reading: from top to bottom, in columns one after the other."""
    if isinstance(item, Grid):
        return item.top, 0, item.top, 0
    zone, column = item.column or (item.top, 0)
    return zone, column, item.top, item.left


def _columns(page: Page, rows: list[Row]) -> list[Row]:
    """The lines, those that run over the gap between two columns of text parted there.

    A gap parts columns where it stands in the same place in many lines, one below the other, and the text before it is as wide
    as it can be in most of them: cells of a table without ruled lines are not.
    """
    found: list[Row] = []
    zone: list[Row] = []
    gap: tuple[float, float] | None = None
    for row in [*rows, None]:
        narrowed = _narrowed(gap, row) if row is not None else None
        if row is not None and narrowed:
            zone.append(row)
            gap = narrowed
            continue
        found += _parted(page, zone, gap)
        zone = [row] if row is not None else []
        gap = _widest_gap(row) if row is not None else None
    return found


def _gaps(row: Row) -> list[tuple[float, float]]:
    inked = [glyph for glyph in row.glyphs if not glyph.text.isspace()]
    return [
        (before.right, after.left) for before, after in pairwise(inked) if after.left - before.right > 0.9 * row.size
    ]


def _widest_gap(row: Row) -> tuple[float, float] | None:
    return max(_gaps(row), key=lambda gap: gap[1] - gap[0], default=None)


def _narrowed(gap: tuple[float, float] | None, row: Row) -> tuple[float, float] | None:
    """What the gap between columns is with one more line; None where the line runs over it."""
    if gap is None:
        return None
    if row.right <= gap[0] + 1 or row.left >= gap[1] - 1:
        return gap
    for left, right in _gaps(row):
        left, right = max(left, gap[0]), min(right, gap[1])
        if right - left > 0.6 * row.size:
            return left, right
    return None


def _parted(page: Page, zone: list[Row], gap: tuple[float, float] | None) -> list[Row]:
    """The lines of a zone as those of two columns; as they are where it is none."""
    if gap is None or len(zone) < _FEWEST_IN_COLUMNS:
        return zone
    middle = (gap[0] + gap[1]) / 2
    sides: list[list[Row]] = [[], []]
    for row in zone:
        for column in (0, 1):
            glyphs = [glyph for glyph in row.glyphs if (glyph.left + glyph.right > 2 * middle) == bool(column)]
            if any(not glyph.text.isspace() for glyph in glyphs):
                sides[column].append(Row(page, glyphs, column=(zone[0].top, column)))
            elif glyphs and sides[column]:
                sides[column][-1].glyphs += glyphs
            elif glyphs:
                return zone
    if any(len(side) < _FEWEST_IN_COLUMNS for side in sides):
        return zone
    reach = max(row.right for row in sides[0])
    full = sum(reach - row.right < 1.2 * row.size for row in sides[0])
    wide = min(max(row.right for row in side) - min(row.left for row in side) for side in sides)
    if full <= 0.6 * len(sides[0]) or wide <= 9 * zone[0].size:
        return zone
    parted: list[Row] = []
    number, before = 0, None
    for row in (each for side in sides for each in _columns(page, side)):  # which may be two columns themselves
        number += before is not None and row.column != before
        before = row.column
        row.column = (zone[0].top, number)
        parted.append(row)
    return parted


def _lines(page: Page, glyphs: Iterable[Glyph]) -> list[Row]:
    """The characters as lines: those that overlap in height by half belong together."""
    groups: list[tuple[list[Glyph], list[float]]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.middle, glyph.left)):
        if groups:
            group, (top, bottom) = groups[-1]
            overlap = min(bottom, glyph.bottom) - max(top, glyph.top)
            if overlap >= 0.5 * max(min(bottom - top, glyph.bottom - glyph.top), 0.1):
                group.append(glyph)
                if glyph.bottom - glyph.top > 0.8 * (bottom - top):
                    groups[-1][1][:] = min(top, glyph.top), max(bottom, glyph.bottom)
                continue
        groups.append(([glyph], [glyph.top, glyph.bottom]))
    rows = [Row(page, part) for group, _ in groups for part in _apart(group)]
    return [row for row in rows if not row.text.isspace()]


def _apart(group: list[Glyph]) -> list[list[Glyph]]:
    """A line, and the characters that share its height but stand over others of it: a reading, a stamp."""
    usual = _usual(group)
    middle = median(glyph.middle for glyph in group)
    inked = [glyph for glyph in group if not glyph.text.isspace()]
    odd = [glyph for glyph in inked if glyph.size < _SMALL * usual or abs(glyph.middle - middle) > 0.2 * usual]
    if not odd:
        return [group]
    strange = set(map(id, odd))
    boxes = sorted((glyph.left, glyph.right) for glyph in inked if id(glyph) not in strange)
    over = set()
    for glyph in odd:
        at = bisect_right(boxes, (glyph.left, float("inf")))
        near = boxes[max(at - 1, 0) : at + 1]
        if any(
            min(right, glyph.right) - max(left, glyph.left) > 0.4 * (glyph.right - glyph.left) for left, right in near
        ):
            over.add(id(glyph))
    if not over:
        return [group]
    if any(abs(glyph.middle - middle) > 0.2 * usual and glyph.size >= _SMALL * usual for glyph in odd):
        over = strange  # a line of its own that reaches into this one
    return [[glyph for glyph in group if id(glyph) not in over], [glyph for glyph in group if id(glyph) in over]]


def _grid(page: Page, lattice: Lattice, cells: dict[tuple[int, int], list[Glyph]]) -> Grid | None:
    """The grid of a lattice; None where it frames one text only."""
    rows: list[list[GridCell]] = [[] for _ in range(len(lattice.ys) - 1)]
    for (row, column), (high, wide) in sorted(lattice.cells.items()):
        lines = _lines(page, cells.get((row, column), ()))
        left, right = lattice.xs[column], lattice.xs[column + wide]
        rows[row].append(GridCell(column, high, wide, left, right, lines))
    if sum(len(row) for row in rows) < 2:
        return None
    return Grid(page, lattice.ys[0], lattice.xs, rows)


# --- heads, feet, notes


def _mark_edges(items: Sequence[list[Item]]) -> None:
    """Give the lines at the edges of pages that are heads or feet of pages their kinds."""
    seen: Counter[tuple[str, str, int]] = Counter()
    edges: list[tuple[Row, str, Row | None]] = []
    for page_items in items:
        for kind, ordered in (("page-header", page_items), ("page-footer", page_items[::-1])):
            for index, item in enumerate(ordered[:_FOOT]):
                if not isinstance(item, Row):
                    break
                behind = ordered[index + 1] if index + 1 < len(ordered) else None
                edges.append((item, kind, behind if isinstance(behind, Row) else None))
                seen[_edge(item, kind)] += 1
    for row, kind, behind in edges:
        height = row.page.height
        outer = row.bottom < _EDGE * height if kind == "page-header" else row.top > (1 - _EDGE) * height
        number = _PAGE_NUMBER.fullmatch(row.text.strip()) and _outermost(row, kind, height)
        margin = row.bottom < _MARGIN * height if kind == "page-header" else row.top > (1 - _MARGIN) * height
        alone = behind is None or abs(behind.middle - row.middle) > 1.8 * max(row.size, behind.size)
        repeated = seen[_edge(row, kind)] > 1
        if number or (behind is not None and alone and (margin or (outer and repeated))):
            row.kind = kind


def _outermost(row: Row, kind: str, height: float) -> bool:
    return row.bottom < 0.15 * height if kind == "page-header" else row.top > 0.82 * height


def _edge(row: Row, kind: str) -> tuple[str, str, int]:
    """What a head or foot has in common on all pages: its words but for numbers, and its height."""
    return kind, _DIGITS.sub("0", _BLANKS.sub("", row.text)), round(row.middle / 6)


def _mark_small(items: list[Item]) -> None:
    """Readings above characters, and notes at the foot of the page, by their smaller type."""
    rows = [item for item in items if isinstance(item, Row) and item.kind == "text"]
    if not rows:
        return
    body = _usual([glyph for row in rows for glyph in row.glyphs])
    above: Row | None = None
    for row, below in pairwise(rows):
        letters = all(
            glyph.text.isspace() or (glyph.text.isalpha() and not _is_han(glyph.text)) for glyph in row.glyphs
        )
        squeezed = row.size < 0.65 * below.size or (above is not None and above.bottom - row.top > 0.3 * row.size)
        within = below.left - row.size <= row.left and row.right <= below.right + row.size
        if letters and squeezed and within and below.top - row.bottom < 0.5 * below.size:
            row.kind = "ruby"
        else:
            above = row
    referred = {glyph.text for row in rows for glyph in row.glyphs if glyph.size < _SMALL * row.size}
    for index in range(len(rows) - 1, 0, -1):
        row = rows[index]
        if row.top < 0.4 * row.page.height or not (row.size < 0.92 * body or _is_below_separator(row, rows[index - 1])):
            continue
        if row.glyphs[0].text in referred and _NOTE_MARK.match(row.text):
            for note in rows[index:]:
                if note.kind == "text":
                    note.kind = "footnote"


def _is_han(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or character >= "\uf900"


def _is_below_separator(row: Row, above: Row) -> bool:
    """Whether a short ruled line parts a line from the one above it, as it parts notes from the text."""
    return any(
        rule.is_horizontal and above.middle < rule.top < row.middle and rule.right - rule.left < 0.45 * row.page.width
        for rule in row.page.rules
    )


# --- paragraphs


class _Margins(NamedTuple):
    left: float
    right: float


def _margins(rows: Sequence[Row], width: float) -> _Margins | None:
    """Where the lines of the text begin and end; None where too few are long."""
    wide = [row for row in rows if row.right - row.left > 0.5 * width]
    if len(wide) < 3:
        return None
    lefts, rights = sorted(row.left for row in rows), sorted(row.right for row in wide)
    few = max(len(rows) // 20, 1)  # lines that stand out, of a stamp or a note
    left = next((here for here, there in zip(lefts, lefts[few:], strict=False) if there - here < 4), wide[0].left)
    return _Margins(min(left, min(row.left for row in wide) + 4), rights[-1 - len(rights) // 10])


_Block = tuple[int, tuple[float, int] | None]
"""A page by its number, or a column of one: what has margins of its own."""


def _block(row: Row) -> _Block:
    return row.page.number, row.column


def _all_margins(rows: Sequence[Row]) -> dict[_Block, _Margins]:
    """The margins of each page and column that holds lines of the text."""
    blocks: dict[_Block, list[Row]] = {}
    alike: dict[int, list[Row]] = {}
    for row in rows:
        blocks.setdefault(_block(row), []).append(row)
        if row.column is None:
            alike.setdefault(round(row.page.width / 3), []).append(row)
    shared = {width: _margins(own, own[0].page.width) for width, own in alike.items()}
    margins = {}
    for block, own in blocks.items():
        left, right = min(row.left for row in own), max(row.right for row in own)
        width = own[0].page.width
        if own[0].column is not None:
            margins[block] = _margins(own, right - left) or _Margins(left, right)
        else:
            found = _margins(own, width) if len(own) >= 12 else None
            margins[block] = found or shared[round(width / 3)] or _Margins(left, max(right, width - left))
    return margins


def _write(pages: Sequence[Page], items: Sequence[list[Item]], draft: Draft) -> None:
    """Write the paragraphs and grids of all pages into the draft."""
    text = [[item for item in page_items if not isinstance(item, Row) or item.kind == "text"] for page_items in items]
    rows = [item for page_items in text for item in page_items if isinstance(item, Row)]
    margins = _all_margins(rows)
    pitch = _pitch(rows)
    indented = _indented(rows, margins)
    previous: Row | None = None
    line: Line | None = None
    grid: Grid | None = None
    for page_items in text:
        for item in page_items:
            if isinstance(item, Grid):
                if grid is not None and previous is None and _goes_on(grid, item):
                    _extend(grid, item, draft)
                else:
                    _flush(grid, draft)
                    grid = item
                previous = line = None
                continue
            _flush(grid, draft)
            grid = None
            if line is None or previous is None or not _continues(previous, item, margins, pitch, indented=indented):
                line = Line()
                draft.lines.append(line)
            elif _needs_blank(previous, item):
                line.add(" ", JOIN)
            _put(line, item, draft)
            previous = item
    _flush(grid, draft)
    draft.lines = [line for line in draft.lines if line.length or line.cells]  # but for those that are struck out


def _pitch(rows: Sequence[Row]) -> float:
    """How far apart the lines of a paragraph are, in sizes of their type."""
    steps = [
        (below.middle - row.middle) / row.size
        for row, below in pairwise(rows)
        if row.page is below.page and abs(row.size - below.size) < 0.1 * row.size and below.middle > row.middle
    ]
    return median(steps) if steps else 1.5


def _indented(rows: Sequence[Row], margins: dict[_Block, _Margins]) -> bool:
    """Whether paragraphs of the text begin with an indent: most lines that follow a line that isn't full do."""
    starts = [
        below.left - margins[_block(below)].left > 1.2 * below.size
        for row, below in pairwise(rows)
        if margins[_block(row)].right - row.right > 2.5 * row.size
    ]
    return sum(starts) * 2 > len(starts)


def _continues(row: Row, below: Row, margins: dict[_Block, _Margins], pitch: float, *, indented: bool) -> bool:
    """Whether ``below`` is the next line of the paragraph that ``row`` belongs to."""
    if abs(row.size - below.size) > 0.12 * max(row.size, below.size) or _has_columns(row):
        return False
    step = below.middle - row.middle
    if _block(row) == _block(below) and not 0.5 * row.size < step <= 1.4 * pitch * row.size:
        return False
    here, there = margins[_block(row)], margins[_block(below)]
    before, behind = row.left - here.left, here.right - row.right
    room = before + behind if _is_centred(before, behind, row.size) else behind
    if room > _first_word(below) + 0.35 * row.size:
        return False
    indent = below.left - there.left
    if indent < 0.6 * below.size:
        starts = (
            not indented and row.text.rstrip()[-1:] in _SENTENCE_END + "：；" and _MARKER.match(below.text.lstrip())
        )
        return not starts
    if (
        _is_centred(indent, there.right - below.right, below.size)
        and row.left - here.left < 2.2 * row.size
        and below.size > 1.15 * _body_size(row)
    ):
        return True
    return _hangs(row, below, indent)


def _has_columns(row: Row) -> bool:
    """Whether wide gaps part the line, as in an imprint."""
    inked = [glyph for glyph in row.glyphs if not glyph.text.isspace()]
    return any(after.left - before.right > 2 * _WIDE_GAP * row.size for before, after in pairwise(inked))


def _is_centred(before: float, behind: float, size: float) -> bool:
    """Whether a line with this room before and behind it stands in the middle."""
    return before > 0.4 * size and abs(before - behind) < 0.6 * size


def _body_size(row: Row) -> float:
    """The size of type that most of the page has."""
    return _usual(row.page.glyphs)


def _hangs(row: Row, below: Row, indent: float) -> bool:
    """Whether ``below`` begins under the text behind a marker of ``row``, as the items of a list do."""
    if 1.5 * below.size < indent < 2.5 * below.size or _MARKER.match(below.text.lstrip()):
        return False
    for index, glyph in enumerate(row.glyphs):
        if abs(glyph.left - below.left) < 0.25 * below.size:
            return bool(_HANG.search("".join(each.text for each in row.glyphs[:index])))
    return False


def _first_word(row: Row) -> float:
    """The width of what stands together at the head of a line: a character with the marks that can't be parted from it."""
    glyphs = [glyph for glyph in row.glyphs if not glyph.text.isspace()]
    end = 0
    while end < len(glyphs) and glyphs[end].text in _OPENING:
        end += 1
    if end < len(glyphs):
        word = _is_latin(glyphs[end].text)
        end += 1
        while (
            word
            and end < len(glyphs)
            and _is_latin(glyphs[end].text)
            and glyphs[end].left - glyphs[end - 1].right < 0.15 * row.size
        ):
            end += 1
    while end < len(glyphs) and glyphs[end].text in _CLOSING:
        end += 1
    return glyphs[max(end, 1) - 1].right - glyphs[0].left if glyphs else 0


def _is_latin(text: str) -> bool:
    return text.isascii() and (text.isalnum() or text in "%.-+/")


def _needs_blank(row: Row, below: Row) -> bool:
    """Whether a blank stands between two lines of a paragraph: between two Latin words."""
    before, after = row.text.rstrip()[-1:], below.text.lstrip()[:1]
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


class _Way(NamedTuple):
    """How characters stand in a line: those that stand alike are one run. ``raised`` is None for those that are neither raised nor lowered."""

    sure: bool
    struck: bool
    raised: bool | None


def _put(line: Line, row: Row, draft: Draft) -> None:
    """Add the characters of ``row`` to ``line``; raised ones by their meaning; a blank where a gap stands for one."""
    stretched = _stretch(row)
    previous: Glyph | None = None
    run: list[Glyph] = []
    way = _Way(True, False, None)
    for glyph in row.glyphs:
        own = _Way(glyph.sure, glyph.struck, _raised(row, glyph) if previous is not None else None)
        blank = _blank(previous, glyph, row.size, stretched) if previous is not None and not glyph.struck else ""
        if run and (blank or own != way):
            _put_run(line, row, run, way, draft)
            run = []
        if blank:
            line.add(blank, JOIN)
        run.append(glyph)
        previous, way = glyph, own
    if run:
        _put_run(line, row, run, way, draft)


def _put_run(line: Line, row: Row, run: list[Glyph], way: _Way, draft: Draft) -> None:
    """Add characters that stand alike to ``line``, or behind the body where they are no text."""
    text, kind = "".join(glyph.text for glyph in run), "deleted" if way.struck else ""
    if way.raised is not None and not way.struck:
        text, kind = read_script(text, (line.text or " ")[-1], raised=way.raised)
    target = line
    if kind:
        target = Line(kind, anchor=(line, line.length))
        draft.beside.append(target)
    start = target.length
    target.add(text, box_of(row.page, run))
    if not way.sure:
        draft.doubt("doubtful-recognition", target, start, target.length, text=text)


def _raised(row: Row, glyph: Glyph) -> bool | None:
    """Whether a small character of a line of the text stands above its middle (True) or below it (False); None where it does neither."""
    small = glyph.size < _SMALL * row.size and not glyph.text.isspace() and not _is_han(glyph.text)
    if not small or row.kind != "text" or abs(glyph.middle - row.middle) <= 0.08 * row.size:
        return None
    return glyph.middle < row.middle


def box_of(page: Page, glyphs: Sequence[Glyph]) -> Box:
    """The box around characters of a page."""
    return Box(
        page.number,
        round(min(glyph.left for glyph in glyphs), 1),
        round(min(glyph.top for glyph in glyphs), 1),
        round(max(glyph.right for glyph in glyphs), 1),
        round(max(glyph.bottom for glyph in glyphs), 1),
    )


def _stretch(row: Row) -> float:
    """The gap that stands between all characters of a line that is spread out (a letterhead)."""
    gaps = [after.left - before.right for before, after in pairwise(row.glyphs)]
    usual = median(gaps) if len(gaps) > 2 else 0
    return max(usual, 0)


def _blank(before: Glyph, after: Glyph, size: float, stretched: float) -> str:
    """The blank that the gap between two characters stands for: "", a space, or a tab where columns part."""
    if before.text.isspace() or after.text.isspace():
        return ""
    gap = after.left - before.right - stretched
    if gap > _WIDE_GAP * size:
        return "\t"
    latin = before.text.isascii() and after.text.isascii() and before.text.isalnum() and after.text.isalnum()
    return " " if gap > (_LATIN_GAP if latin else _GAP) * size else ""


# --- grids


def _goes_on(grid: Grid, below: Grid) -> bool:
    """Whether a table that ends one page goes on in the one that begins the next: its columns are the same."""
    if grid.page is below.page or len(grid.columns) != len(below.columns):
        return False
    shift = below.columns[0] - grid.columns[0]
    return all(abs(there - here - shift) < 3 for here, there in zip(grid.columns, below.columns, strict=True))


def _extend(grid: Grid, below: Grid, draft: Draft) -> None:
    """Add the rows of ``below`` to ``grid``: a repeated head goes aside, a row that was cut is whole again."""
    rows = below.rows
    head = 0
    while (
        head < min(len(rows), len(grid.rows))
        and head < 3
        and _says(rows[head]) == _says(grid.rows[head])
        and any(_says(rows[head]))
    ):
        head += 1
    for cell in (cell for row in rows[:head] for cell in row):
        for row in cell.lines:
            line = Line("page-header")
            _put(line, row, draft)
            draft.beside.append(line)
    rows = rows[head:]
    if rows and grid.rows and _is_rest(grid.rows, rows[0]):
        for cell in rows[0]:
            for above in grid.rows[-1]:
                if above.column == cell.column:
                    above.lines += cell.lines
        rows = rows[1:]
    grid.rows += rows
    grid.page = below.page


def _says(row: list[GridCell]) -> list[str]:
    return [_BLANKS.sub("", cell.text) for cell in row]


def _is_rest(rows: list[list[GridCell]], row: list[GridCell]) -> bool:
    """Whether a row is the rest of one that the end of the page cut: it has no number where the rows above have one."""
    last = rows[-1]
    if [cell.column for cell in last] != [cell.column for cell in row] or any(cell.rows > 1 for cell in (*last, *row)):
        return False
    return bool(last[0].text.strip()) and not row[0].text.strip() and any(cell.text for cell in row)


def _flush(grid: Grid | None, draft: Draft) -> None:
    """Write a grid: rows of cells where it holds data, else the lines of its cells."""
    if grid is None:
        return
    rows = [[cell for cell in row if cell.lines] for row in grid.rows]
    kept = [index for index, row in enumerate(rows) if row]
    texts = [[cell.text for cell in rows[index]] for index in kept]
    captions = caption_rows(texts)
    data = holds_data(texts[captions:])
    table: list[Line] = []
    for place, index in enumerate(kept):
        line = Line()
        for cell in rows[index]:
            if cell is not rows[index][0]:
                line.add("\t", JOIN)
            start = line.length
            _put_cell(line, cell, draft)
            reach = sum(index <= each < index + cell.rows for each in kept)
            line.cells.append(DraftCell(start, line.length, cell.column, max(reach, 1), cell.columns))
        draft.lines.append(line)
        if place >= captions:
            table.append(line)
    if data:
        draft.tables.append(table)


def _put_cell(line: Line, cell: GridCell, draft: Draft) -> None:
    """The lines of a cell in one: those that are full go on, between others stands a blank."""
    left = min((row.left for row in cell.lines), default=cell.left)
    margin = max(left - cell.left, 1)
    previous: Row | None = None
    for row in cell.lines:
        if previous is not None:
            room = cell.right - margin - previous.right
            inner = max(each.right for each in cell.lines) - previous.right
            full = min(room, max(inner, 0) if len(cell.lines) > 2 else room) <= _first_word(row) + 0.35 * row.size
            if not full or _needs_blank(previous, row):
                line.add(" ", JOIN)
        _put(line, row, draft)
        previous = row
