"""Outline: the structure of a normalized text.

The pieces of an outline tile the text, one piece a line; its items are the numbered headings and items, flat, with their
parents; its parts are the notice itself, the plan that it issues and its annexes.
"""

from __future__ import annotations

from gongwen.document import Extent, Item, Outline, Part, Piece, Source, Statement
from gongwen.model import Finding
from gongwen.outline.checks import check
from gongwen.outline.frame import Frame
from gongwen.outline.items import read_items
from gongwen.outline.lines import lines as read_lines
from gongwen.outline.tables import find_tables, tables_of_source
from gongwen.text import Text

__all__ = ["outline"]


def outline(text: Text, source: Source) -> tuple[Outline, tuple[Finding, ...]]:
    """The outline of ``text``, the normalized text of ``source``, and what a reader should know of its structure."""
    lines = read_lines(text, source)
    tables = tables_of_source(lines, text, source) if source.tables else []
    if "序号" in text.value:
        tables += find_tables(lines)
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
    return Outline(text, pieces, parts, tuple(items), tuple(tables), statements), tuple(check(text, lines, items))
