"""Blocks: the pieces of the outline with the spans of the source that they cover.

Conservation is a property of the spans: they cover the source once, without a gap. What was removed between two pieces
(an indent, a note of the reading) goes with the piece that it led into.
"""

from __future__ import annotations

from gongwen.document import Outline
from gongwen.model import Block, Span


def blocks(outline: Outline) -> tuple[Block, ...]:
    """The pieces of ``outline`` in order, as blocks that tile ``outline.text.source``."""
    text = outline.text
    ends = [text.to_source(piece.end - 1, piece.end).end for piece in outline.pieces[:-1]]
    borders = [0, *ends, len(text.source)]
    return tuple(
        Block(piece.kind, text.value[piece.start : piece.end], Span(start, end))
        for piece, start, end in zip(outline.pieces, borders, borders[1:], strict=False)
    )
