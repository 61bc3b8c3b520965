"""Sections: every numbered heading and item of the outline as published, index by index with ``outline.items``.

An item without a heading of its own is named by its opening words, as people do who cite it; ``titled`` says so.
"""

from __future__ import annotations

from gongwen.document import Extent, Outline
from gongwen.model import Section

_OPENING = 12  # characters that name an item without a heading


def sections(outline: Outline) -> tuple[Section, ...]:
    """One section for each item of ``outline``, in document order, with the ids section-1, section-2, …"""
    text, value = outline.text, outline.text.value
    found = []
    for index, item in enumerate(outline.items):
        title = item.title
        if title is None and item.paragraphs:
            start, end = item.paragraphs[0]
            title = Extent(start, min(end, start + _OPENING))
        found.append(
            Section(
                id=f"section-{index + 1}",
                part_id=f"part-{item.part + 1}",
                marker=item.marker,
                number=item.number,
                level=item.level,
                parent=None if item.parent is None else f"section-{item.parent + 1}",
                title=None if title is None else value[title.start : title.end],
                titled=item.title is not None,
                text="\n".join([value[start:end] for start, end in item.paragraphs]),
                span=text.to_source(item.start, item.end),
                title_span=None if title is None else text.to_source(title.start, title.end),
                paragraphs=tuple([text.to_source(start, end) for start, end in item.paragraphs]),
            )
        )
    return tuple(found)
