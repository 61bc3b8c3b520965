"""Plain text and Markdown: which lines are the notice, which came with the copy."""

from __future__ import annotations

import re

from gongwen.document import Piece
from gongwen.read.furniture import is_furniture

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\S+\s*|\s+")
_ENDED = re.compile(r"[。！？]\s")
_LONG = 150  # characters: a shorter text is no notice in one line
_EDGE = 10  # lines of text at either end, where furniture stands


def pieces(text: str) -> tuple[Piece, ...]:
    """Pieces of kind "text" and "furniture" that tile ``text``, each of whole lines.

    In a copy that lost its line feeds, what stands between two blanks counts as a line.
    """
    unit = _WORD if _run_together(text) else _LINE
    lines = [match for match in unit.finditer(text) if not match[0].isspace()]
    edges = lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]
    found: list[Piece] = []
    position = 0
    for line in edges:
        if is_furniture(line[0]):
            start, end = line.span()
            if start > position:
                found.append(Piece("text", position, start))
            found.append(Piece("furniture", start, end))
            position = end
    if position < len(text):
        found.append(Piece("text", position, len(text)))
    return tuple(found)


def _run_together(text: str) -> bool:
    return len(text) > _LONG and "\n" not in text.strip() and len(_ENDED.findall(text)) > 1
