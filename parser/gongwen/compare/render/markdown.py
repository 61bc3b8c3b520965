"""The comparison in Markdown (GitHub's, with <del> and <ins>), for a page, a mail or a pull request.

Whatever the texts hold is escaped: it shows as it is, and is neither markup nor HTML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import groupby

from gongwen.compare.render import Comparison, kind_title, name, reasons, relation_title, visible, within
from gongwen.compare.render.headline import headline
from gongwen.compare.render.pieces import Piece, wording
from gongwen.compare.render.table import HEADS, marked_rows
from gongwen.model import Notice

_AROUND = 16  # characters shown beside an edit
_BLANKS = re.compile(r"\s+")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~])")


def render(comparison: Comparison) -> str:
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    diff = comparison.diff
    yield f"# {_name(comparison.old)} → {_name(comparison.new)}"
    yield ""
    yield f"**{relation_title(diff.relation, 'zh')}** {escaped(reasons(diff.relation))}"
    yield ""
    for line in headline(diff):
        yield f"- {escaped(line.zh)}"
    yield ""
    if not diff.common:
        yield "两份文件没有共同内容。 These two have nothing in common."
        return
    if not diff.changes:
        yield "没有差异。 Nothing differs."
        return
    if table := list(marked_rows(comparison)):
        yield f"| {' | '.join(f'{zh} {en}' for zh, en in HEADS)} |"
        yield f"|{' --- |' * len(HEADS)}"
        for row, *sides in table:
            texts = ["".join(map(marked, side)) for side in sides]
            cells = [*texts, *map(escaped, (row.number, row.lead, row.fate("zh")))]
            yield f"| {' | '.join(cells)} |"
        yield ""
    yield "| 变更 | Change | 数量 Count |"
    yield "| --- | --- | ---: |"
    for kind, count in Counter(change.kind for change in diff.changes).items():
        yield f"| {kind_title(kind, 'zh')} | {kind_title(kind, 'en')} | {count} |"
    for labels, changes in groupby(diff.changes, within):
        yield ""
        yield f"## {escaped(' › '.join(labels)) or '全文 The whole notice'}"
        yield ""
        for change in changes:
            subject = name(change)
            what = f" {escaped(subject)}" if subject else ""
            yield f"- **{kind_title(change.kind, 'zh')}**{what}：{''.join(map(marked, wording(change, _AROUND)))}"


def marked(piece: Piece) -> str:
    """Asterisks and tildes mark nothing where a Chinese character follows punctuation; the tags of HTML always do."""
    text = escaped(piece.text)
    return {"kept": text, "removed": f"<del>{text}</del>", "added": f"<ins>{text}</ins>"}[piece.kind]


def _name(notice: Notice) -> str:
    number = f"（{notice.document_number.text}）" if notice.document_number else ""
    return escaped((notice.title or notice.id) + number)


def escaped(text: str) -> str:
    """``text`` so that it shows as it is; line feeds and runs of blanks become one blank."""
    return _SPECIAL.sub(r"\\\1", escape(visible(_BLANKS.sub(" ", text)), quote=False))
