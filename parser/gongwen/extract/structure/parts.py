"""The parts of a notice: the letter, what it issues and attaches, the imprint, each with what stands outside of its items.

The preamble of a part is its running text before its first heading or item, its closing text what stands behind its last one
and belongs to none. Both are quoted paragraph by paragraph, since contents, notes and links may stand between.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongwen.document import Extent, Outline, Part, Piece
from gongwen.lexicon import titles
from gongwen.model import Part as Published
from gongwen.model import Period, Span
from gongwen.text import Text


def parts(outline: Outline) -> tuple[Published, ...]:
    """The parts of ``outline`` in order, with the ids part-1, part-2, …"""
    first_items: dict[int, int] = {}
    for item in outline.items:
        first_items.setdefault(item.part, item.start)
    end = len(outline.text.value)
    return tuple(
        _part(outline, f"part-{index + 1}", part, first_items.get(index, end))
        for index, part in enumerate(outline.parts)
    )


def _part(outline: Outline, id: str, part: Part, first_item: int) -> Published:
    text = outline.text
    pieces = outline.pieces[part.pieces.start : part.pieces.stop]
    preamble = [
        _words(text, piece) for piece in pieces if piece.kind in ("paragraph", "list-item") and piece.start < first_item
    ]
    closing = [_words(text, piece) for piece in pieces if piece.kind == "closing"]
    said = [_words(text, piece) for piece in pieces if piece.kind != "blank"] or [Extent(0, 0)]
    return Published(
        id=id,
        kind=part.kind,
        title="".join(_quotes(text, part.title)) or None,
        preamble="\n".join(_quotes(text, preamble)) or None,
        closing="\n".join(_quotes(text, closing)) or None,
        period=_period(text, part),
        span=text.to_source(said[0].start, said[-1].end),
        title_spans=_spans(text, part.title),
        preamble_spans=_spans(text, preamble),
        closing_spans=_spans(text, closing),
    )


def _words(text: Text, piece: Piece) -> Extent:
    """The place of what a piece says, without the blanks around it."""
    raw = text.value[piece.start : piece.end]
    words = raw.strip()
    start = piece.start + raw.index(words)
    return Extent(start, start + len(words))


def _quotes(text: Text, places: Sequence[Extent]) -> list[str]:
    return [text.value[at.start : at.end] for at in places]


def _spans(text: Text, places: Sequence[Extent]) -> tuple[Span, ...]:
    return tuple([text.to_source(at.start, at.end) for at in places])


def _period(text: Text, part: Part) -> Period | None:
    """The period that the title names, where its words stand in one line of it."""
    title = "".join(_quotes(text, part.title))
    found = titles.period(title)
    begun = 0  # where in the title the line begins
    for line in part.title if found else ():
        ended = begun + line.end - line.start
        if found and begun <= found.start and found.end <= ended:
            shift = line.start - begun
            start, end = found.start + shift, found.end + shift
            return Period(str(found.first), str(found.last), text.value[start:end], text.to_source(start, end))
        begun = ended
    return None
