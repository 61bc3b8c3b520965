"""Outline: the structure of a normalized text.

The pieces of an outline tile the text, one piece a line; its items are the numbered headings and items, flat, with their
parents; its parts are the notice itself, the plan that it issues and its annexes.
"""

from __future__ import annotations

from gongwen.document import Extent, Item, Outline, Part, Piece, Source, Statement
from gongwen.findings import finding
from gongwen.model import Finding
from gongwen.outline.checks import check
from gongwen.outline.frame import Frame
from gongwen.outline.items import read_items
from gongwen.outline.lines import lines as read_lines
from gongwen.outline.tables import HEADS_OF_UNITS, find_tables, tables_of_source
from gongwen.text import Edit, Text

__all__ = ["outline"]


def outline(text: Text, source: Source) -> tuple[Outline, tuple[Finding, ...]]:
    """The outline of ``text``, the normalized text of ``source``, and what a reader should know of its structure.

    The text of the outline is ``text`` without the line feeds that broke names in the cells of a table.
    """
    lines = read_lines(text, source)
    tables = tables_of_source(lines, text, source) if source.tables else []
    unread: list[Extent] = []
    if "序号" in text.value or any(line.text in HEADS_OF_UNITS for line in lines):
        flattened = find_tables(lines)
        if flattened.breaks:
            joins = [Edit(at.start, at.end, "", "line-join") for at in flattened.breaks]
            return outline(text.apply("cells", joins), source)
        tables += flattened.tables
        unread = flattened.unread
    frame = Frame(lines)
    lines = frame.lines
    items: list[Item] = []
    for index, part in enumerate(frame.parts):
        read_items(lines[part.first : part.last], index, items)
    statements = tuple(Statement(at.origin, at.label, *text.from_source(at.start, at.end)) for at in source.statements)
    statements += tuple(Statement("table", *at) for at in frame.statements)
    pieces = tuple(Piece(line.kind or "paragraph", line.start, line.end) for line in lines)
    parts = tuple(
        Part(part.kind, tuple(Extent(lines[at].at, lines[at].stop) for at in part.title), range(part.first, part.last))
        for part in frame.parts
    )
    findings = (*check(text, lines, items), *(_unread(text, row) for row in unread))
    return Outline(text, pieces, parts, tuple(items), tuple(tables), statements), findings


def _unread(text: Text, row: Extent) -> Finding:
    return finding("unread-row", text.to_source(row.start, row.end))
