"""Web pages."""

from __future__ import annotations

from gongwen.document import Piece, Statement, Table


def page(
    markup: str, *, path: str | None = None
) -> tuple[str, tuple[Piece, ...], tuple[Table, ...], tuple[Statement, ...]]:
    import lxml.html

    text = str(lxml.html.fromstring(markup).text_content())  # type: ignore[attr-defined]
    return text, (Piece("text", 0, len(text)),), (), ()
