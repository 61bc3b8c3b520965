"""Outline: the structure of a normalized text.

The pieces of an outline tile the text, one piece a line; its items are the numbered headings and items, flat, with their
parents; its parts are the notice itself, the plan that it issues and its annexes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from gongwen.document import Extent, Item, Outline, Part, Piece, Source, Statement, Table
from gongwen.findings import finding
from gongwen.lexicon import labels
from gongwen.model import Finding
from gongwen.outline.checks import check
from gongwen.outline.frame import Frame
from gongwen.outline.items import read_items
from gongwen.outline.lines import Line
from gongwen.outline.lines import lines as read_lines
from gongwen.outline.tables import Found, find_tables, find_unread, is_blank_form, tables_of_source
from gongwen.text import Text

__all__ = ["outline"]


def outline(text: Text, source: Source) -> tuple[Outline, tuple[Finding, ...]]:
    """The outline of ``text``, the normalized text of ``source``, and what a reader should know of its structure.

    The text of the outline is ``text`` with the cells of its tables mended: without line feeds in names, and put together where they were wrapped within columns.
    """
    lines = read_lines(text, source)
    tables = tables_of_source(text, source)
    found = find_tables(lines, text.value)
    if found.edits:
        return outline(text.apply("cells", sorted(found.edits)), source)
    tables = sorted([*tables, *found.tables], key=attrgetter("start"))
    found.unread.extend(find_unread(lines, text))
    places = [Statement(at.origin, at.label, *text.from_source(at.start, at.end)) for at in source.statements]
    stated = [text.value[at.start : at.end] for at in places if labels.field(at.label) == "title"]
    frame = Frame(lines, stated)
    lines = frame.lines
    items: list[Item] = []
    for index, part in enumerate(frame.parts):
        read_items(lines[part.first : part.last], index, items)
    statements = (*places, *(Statement("table", *at) for at in frame.statements))
    pieces = tuple(Piece(line.kind or "paragraph", line.start, line.end) for line in lines)
    parts = tuple(
        Part(part.kind, tuple(_title_line(lines[at]) for at in part.title), range(part.first, part.last))
        for part in frame.parts
    )
    findings = (*check(text, lines, items), *_of_tables(text, tables, found))
    return Outline(text, pieces, parts, tuple(items), tuple(tables), statements), findings


def _title_line(line: Line) -> Extent:
    """Where a line of a title stands; the stop of a title that is a sentence (主旨：…。) is none of it."""
    return Extent(line.at, line.stop - line.text.endswith("。"))


def _of_tables(text: Text, tables: Sequence[Table], found: Found) -> Iterator[Finding]:
    for table in tables:
        if is_blank_form(text.value, table):
            yield finding("blank-form", text.to_source(table.start, table.end))
    for unread in found.unread:
        yield finding("unread-table" if unread.whole else "unread-row", text.to_source(*unread.place), rows=unread.rows)
    for filled in found.filled:
        yield finding("merged-cells", text.to_source(*filled.place), rows=filled.rows)
    for broken in found.broken:
        yield finding("broken-cells", text.to_source(*broken.place), rows=broken.rows)
