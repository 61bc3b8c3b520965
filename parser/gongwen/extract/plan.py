"""The plan issued with a notice: its title and the text before its first heading."""

from __future__ import annotations

from gongwen.document import Outline, Part
from gongwen.model import Plan, Span


def plan(outline: Outline) -> Plan | None:
    """The first plan of ``outline``; None where the notice issues none, or one without a title."""
    for index, part in enumerate(outline.parts):
        if part.kind == "plan" and part.title:
            return _plan(outline, index, part)
    return None


def _plan(outline: Outline, index: int, part: Part) -> Plan:
    text = outline.text
    first_item = next((item.start for item in outline.items if item.part == index), len(text.value))
    paragraphs = [
        (piece.start, piece.start + len(text.value[piece.start : piece.end].rstrip()))
        for piece in outline.pieces[part.pieces.start : part.pieces.stop]
        if piece.kind == "paragraph" and piece.start < first_item
    ]
    preamble: str | None = None
    preamble_span: Span | None = None
    if paragraphs:
        preamble = "\n".join(text.value[start:end].strip() for start, end in paragraphs)
        preamble_span = text.to_source(paragraphs[0][0], paragraphs[-1][1])
    return Plan(
        title="".join(text.value[line.start : line.end] for line in part.title),
        preamble=preamble,
        title_span=text.to_source(part.title[0].start, part.title[-1].end),
        preamble_span=preamble_span,
    )
