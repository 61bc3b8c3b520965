"""Workbooks (XLSX, ECMA-376): each sheet a grid, with values as the sheet shows them.

A row is a line with a tab between cells; the rows above the first one with two cells are captions, lines of text. Formulas
stand by the values that the file holds for them; nothing is computed. Hidden rows, columns and sheets, comments, heads and
feet of pages, names of sheets, formulas and what is struck out are lines of kinds of their own behind the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml.etree import _Element as Element

from gongwen.document import Reading, SheetCell
from gongwen.read.draft import JOIN, Draft, DraftCell, Line
from gongwen.read.grid import WIDEST, caption_rows, holds_data
from gongwen.read.numberformat import BUILT_IN, show
from gongwen.read.package import Package
from gongwen.read.scripts import read_script

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.I)
_HEADING = re.compile(r"&(?:\"[^\"]*\"|[0-9]+|K[0-9A-Fa-f]{6}|[LCRBIUSXYEHOGZFA]|([PNDT])|(&))")
_MOST_COLUMNS = 16_384


class _Value(NamedTuple):
    """A cell that holds something: its row and column (from 1), what it shows, its formula."""

    row: int
    column: int
    text: str
    formula: str
    beside: tuple[tuple[str, str], ...] = ()  # what it holds and doesn't show as text: kind, text

    @property
    def name(self) -> str:
        return f"{_letters(self.column)}{self.row}"


def read(data: bytes, path: str | None = None) -> Reading:
    """The workbook in the package ``data``. Raises SourceError where a part that it needs is missing or broken."""
    package = Package(data, path)
    main = next((target for _, kind, target in package.relations("") if kind == "officeDocument"), "xl/workbook.xml")
    related = package.relations(main)
    targets = {id: target for id, _, target in related}
    kinds = {kind: target for _, kind, target in reversed(related)}
    root = package.xml(main)
    strings = list(_strings(package.xml(kinds["sharedStrings"]))) if kinds.get("sharedStrings", "") in package else []
    looks = _looks(package.xml(kinds["styles"])) if kinds.get("styles", "") in package else []
    properties = _first(root, "workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    draft = Draft()
    for sheet in _all(root, "sheet"):
        target = next(
            (targets[value] for key, value in sheet.items() if str(key).endswith("}id") and value in targets), ""
        )
        if target not in package:
            continue
        name = sheet.get("name") or ""
        reader = _Sheet(draft, name, hidden=(sheet.get("state") or "visible") != "visible")
        reader.read(package.xml(target), strings, looks, since_1904=since_1904)
        for _, kind, beside in package.relations(target):
            if beside in package and kind in ("comments", "drawing"):
                reader.beside(package.xml(beside), kind)
    return draft.reading()._replace(asides=package.properties())


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(root: Element, name: str) -> Iterator[Element]:
    """The elements below ``root`` of this name, of whatever namespace: there are two of them."""
    return root.iter(f"{{*}}{name}")


def _first(root: Element, name: str) -> Element | None:
    return next(_all(root, name), None)


class _Said(NamedTuple):
    """What a cell shows, and what it holds beside: (kind, text)."""

    text: str
    beside: tuple[tuple[str, str], ...] = ()


def _strings(root: Element) -> Iterator[_Said]:
    for element in root:
        if _local(element) == "si":
            yield _string(element)


def _string(element: Element | None) -> _Said:
    """The text of a string: its runs, without the readings of their characters, and what is struck out or refers to notes beside."""
    text = ""
    beside: list[tuple[str, str]] = []
    for child in element if element is not None else ():
        if _local(child) == "t":
            text += _unescape(child.text or "")
        elif _local(child) == "r":
            run, kind = _unescape("".join(each.text or "" for each in child if _local(each) == "t")), ""
            struck, raised = _look_of(next((each for each in child if _local(each) == "rPr"), None))
            if struck:
                kind = "deleted"
            elif raised:
                run, kind = read_script(run, text[-1:], raised=raised == "superscript")
            if kind:
                beside.append((kind, run))
            else:
                text += run
    return _Said(text, tuple(beside))


def _look_of(font: Element | None) -> tuple[bool, str | None]:
    """Whether a font strikes its text out, and whether it raises or lowers it."""
    struck, raised = False, None
    for each in font if font is not None else ():
        if _local(each) == "strike":
            struck = each.get("val") not in ("0", "false")
        elif _local(each) == "vertAlign":
            raised = each.get("val") if each.get("val") in ("superscript", "subscript") else None
    return struck, raised


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def _unescape(text: str) -> str:
    """Characters that XML can't hold stand as _x000D_ (22.4.2.4)."""
    return _ESCAPE.sub(lambda match: _character(int(match[1], 16)), text) if "_x" in text else text


def _character(point: int) -> str:
    return "\ufffd" if 0xD800 <= point < 0xE000 else chr(point)


class _Look(NamedTuple):
    """How a style shows cells: its number format, whether it strikes them out."""

    format: str = "General"
    struck: bool = False


def _looks(root: Element) -> list[_Look]:
    """How each style shows cells."""
    codes = {each.get("numFmtId"): each.get("formatCode") or "General" for each in _all(root, "numFmt")}
    listed = _first(root, "fonts")
    fonts = [_look_of(each)[0] for each in (listed if listed is not None else ())]
    styles = _first(root, "cellXfs")
    found = []
    for style in styles if styles is not None else ():
        number, font = style.get("numFmtId") or "0", _whole(style.get("fontId")) or 0
        format = codes.get(number) or BUILT_IN.get(_whole(number) or 0, "General")
        found.append(_Look(format, font < len(fonts) and fonts[font]))
    return found


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _letters(column: int) -> str:
    """The letters of a column (from 1): A, B, … AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _place(reference: str | None) -> tuple[int, int] | None:
    """Row and column (from 1) of a reference (B3)."""
    match = _REFERENCE.fullmatch(reference or "")
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


class _Sheet:
    """Reads one sheet into the draft."""

    def __init__(self, draft: Draft, name: str, *, hidden: bool) -> None:
        self.draft = draft
        self.name = name
        self.hidden = hidden
        self.cells: dict[tuple[int, int], tuple[Line, int]] = {}

    def read(self, root: Element, strings: list[_Said], looks: list[_Look], *, since_1904: bool) -> None:
        """Read cells, merged cells and what is hidden."""
        hidden_rows, values = set(), []
        number = 0
        data = _first(root, "sheetData")
        for row in data if data is not None else ():
            number = _whole(row.get("r")) or number + 1
            if row.get("hidden") in ("1", "true") or row.get("ht") == "0":
                hidden_rows.add(number)
            column = 0
            for cell in row:
                place = _place(cell.get("r"))
                column = place[1] if place else column + 1
                formula = _first(cell, "f")
                text, beside = _shown(cell, strings, looks, since_1904=since_1904)
                if text.strip() or formula is not None or beside:
                    said = "" if formula is None else formula.text or "shared"
                    values.append(_Value(number, column, text, said, beside))
        hidden_columns = _numbers(
            (each.get("min"), each.get("max"))
            for each in _all(root, "col")
            if each.get("hidden") in ("1", "true") or each.get("width") == "0"
        )
        merges = _merges(root)
        covered = _Covered(merges)
        shown: list[_Value] = []
        aside: list[_Value] = []
        for value in values:
            visible = value.row not in hidden_rows and value.column not in hidden_columns and not self.hidden
            (shown if visible and not covered.holds(value.row, value.column) else aside).append(value)
        self._rows(shown, merges)
        for row_values in _by_row(aside):
            line = Line("hidden", anchor=None)
            for index, value in enumerate(row_values):
                if index:
                    line.add("\t", JOIN)
                self._add(line, value)
            if line.length:
                self.draft.beside.append(line)
        for value in values:
            for kind, text in value.beside:
                line = Line(kind, anchor=self.cells.get((value.row, value.column)))
                line.add(text, SheetCell(self.name, value.name))
                self.draft.beside.append(line)
        self._head_and_foot(root)
        if any(value.text.strip() for value in values):
            self._line("hidden" if self.hidden else "page-header", self.name, "A1")

    def _rows(self, values: list[_Value], merges: dict[tuple[int, int], tuple[int, int]]) -> None:
        rows = [row for row in _by_row(values) if any(value.text.strip() for value in row)]
        numbers = [row[0].row for row in rows]
        columns = sorted({value.column for row in rows for value in row})
        area = len(rows) * min(len(columns), WIDEST)
        lines = []
        for row in rows:
            line = Line()
            for index, value in enumerate(row):
                if index:
                    line.add("\t", JOIN)
                start = line.length
                self._add(line, value)
                high, wide = merges.get((value.row, value.column), (1, 1))
                high = bisect_right(numbers, value.row + high - 1) - bisect_left(numbers, value.row)
                wide = bisect_right(columns, value.column + wide - 1) - bisect_left(columns, value.column)
                area -= high * min(wide, WIDEST)
                if area < 0:  # cells that are merged overlap: the file is broken
                    high = wide = 1
                line.cells.append(DraftCell(start, line.length, bisect_left(columns, value.column), high, wide))
            lines.append(line)
        self.draft.lines += lines
        texts = [[line.text[cell.start : cell.end] for cell in line.cells] for line in lines]
        first = caption_rows(texts)
        if holds_data(texts[first:]):
            self.draft.tables.append(lines[first:])

    def _add(self, line: Line, value: _Value) -> None:
        at = SheetCell(self.name, value.name)
        self.cells[value.row, value.column] = (line, line.length)
        start = line.length
        line.add(value.text.replace("\t", " "), at)
        if value.formula:
            if not value.text:
                self.draft.doubt("formula-without-value", line, start, start, cell=value.name, sheet=self.name)
            if value.formula != "shared":
                formula = Line("field-code", anchor=(line, start))
                formula.add(value.formula, at)
                self.draft.beside.append(formula)

    def _line(self, kind: str, text: str, cell: str) -> None:
        text = " ".join(text.split())
        if text:
            line = Line(kind)
            line.add(text, SheetCell(self.name, cell))
            self.draft.beside.append(line)

    def _head_and_foot(self, root: Element) -> None:
        """Heads and feet of the printed pages, without their codes of fonts."""
        holder = _first(root, "headerFooter")
        for element in holder if holder is not None else ():
            kind = "page-header" if _local(element).endswith("Header") else "page-footer"
            self._line(kind, _HEADING.sub(lambda match: match[2] or " ", element.text or ""), "A1")

    def beside(self, root: Element, kind: str) -> None:
        """Comments on cells, and text in shapes, which is shown."""
        if kind == "comments":
            for comment in _all(root, "comment"):
                line = Line("comment")
                place = _place(comment.get("ref"))
                line.anchor = self.cells.get(place) if place else None
                line.add(_string(_first(comment, "text")).text, SheetCell(self.name, comment.get("ref") or "A1"))
                if line.length:
                    self.draft.beside.append(line)
            return
        for anchor in root:
            corner = _first(anchor, "from")
            column = _whole(corner.findtext("{*}col")) if corner is not None else None
            row = _whole(corner.findtext("{*}row")) if corner is not None else None
            cell = f"{_letters((column or 0) + 1)}{(row or 0) + 1}"
            for paragraph in _all(anchor, "p"):
                text = "".join(each.text or "" for each in _all(paragraph, "t"))
                if text.strip():
                    line = Line("hidden" if self.hidden else "text")
                    line.add(text, SheetCell(self.name, cell))
                    (self.draft.beside if self.hidden else self.draft.lines).append(line)


def _shown(cell: Element, strings: list[_Said], looks: list[_Look], *, since_1904: bool) -> _Said:
    """What a cell shows, and what it holds beside; all of it is beside where its style strikes it out."""
    style = _whole(cell.get("s")) or 0
    look = looks[style] if style < len(looks) else _Look()
    said = _held(cell, strings, look.format, since_1904=since_1904)
    if look.struck and said.text.strip():
        return _Said("", (*said.beside, ("deleted", said.text)))
    return said


def _held(cell: Element, strings: list[_Said], format: str, *, since_1904: bool) -> _Said:
    value = _first(cell, "v")
    text = (value.text or "") if value is not None else ""
    match cell.get("t"):
        case "s":
            index = _whole(text.strip())
            return strings[index] if index is not None and index < len(strings) else _Said("")
        case "inlineStr":
            return _string(_first(cell, "is"))
        case "str" | "e" | "d":
            return _Said(_unescape(text))
        case "b":
            return _Said({"1": "TRUE", "0": "FALSE"}.get(text.strip(), text))
    return _Said(show(text.strip(), format, since_1904=since_1904) if text else "")


def _by_row(values: list[_Value]) -> Iterator[list[_Value]]:
    """The values row by row, each row from left to right, the first value of each cell."""
    rows: dict[int, dict[int, _Value]] = {}
    for value in values:
        rows.setdefault(value.row, {}).setdefault(value.column, value)
    for number in sorted(rows):
        yield [rows[number][column] for column in sorted(rows[number])]


def _merges(root: Element) -> dict[tuple[int, int], tuple[int, int]]:
    """The merged cells: upper left corner → rows and columns."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for element in _all(root, "mergeCell"):
        first, _, last = (element.get("ref") or "").partition(":")
        begin, end = _place(first), _place(last)
        if begin and end and end[0] >= begin[0] and end[1] >= begin[1]:
            found.setdefault(begin, (end[0] - begin[0] + 1, end[1] - begin[1] + 1))
    return found


class _Covered:
    """Which cells other cells cover: by column, the rows that merged cells cover there."""

    def __init__(self, merges: dict[tuple[int, int], tuple[int, int]]) -> None:
        self._merges = sorted(
            (row, row + high, column, column + wide) for (row, column), (high, wide) in merges.items()
        )
        self._corners = merges.keys()
        self._columns: dict[int, list[tuple[int, int]]] = {}
        for first, last, left, right in self._merges:
            for column in range(left, min(right, left + WIDEST)):
                self._columns.setdefault(column, []).append((first, last))
        self._reach = {column: _furthest(ranges) for column, ranges in self._columns.items()}

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell is covered by one whose corner it isn't."""
        if (row, column) in self._corners or column not in self._columns:
            return False
        at = bisect_right(self._columns[column], (row, 1 << 62)) - 1
        return at >= 0 and row < self._reach[column][at]


def _furthest(ranges: list[tuple[int, int]]) -> list[int]:
    """For each of the ranges, in order, how far it or one before it reaches."""
    reach, found = 0, []
    for _, last in ranges:
        reach = max(reach, last)
        found.append(reach)
    return found


def _numbers(ranges: Iterable[tuple[str | None, str | None]]) -> set[int]:
    """All numbers in the ranges, of the columns that a sheet can have."""
    found: set[int] = set()
    reached = 0
    for first, last in sorted((_whole(first) or 0, min(_whole(last) or 0, _MOST_COLUMNS)) for first, last in ranges):
        found.update(range(max(first, reached + 1), last + 1))
        reached = max(reached, last)
    return found
