"""What changed between two collections of notices: as JSON Lines for programs, as Markdown for a changelog of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import orjson

from gongwen.compare.collections import Event, NoticeChange
from gongwen.compare.render import kind_title, name, within
from gongwen.compare.render.markdown import escaped, marked
from gongwen.compare.render.pieces import wording

FORMATS = ("markdown", "jsonl")
_AROUND = 12  # characters shown beside an edit
_HEADINGS: dict[Event, str] = {"added": "新增文件 New", "removed": "移除文件 Gone", "changed": "变更文件 Changed"}


def render_collections(changes: Iterable[NoticeChange], form: str) -> Iterator[str]:
    """Lines, each with its line feed: one for each notice as JSON Lines, or a changelog in Markdown."""
    if form == "jsonl":
        for change in changes:
            yield orjson.dumps(change._asdict(), option=orjson.OPT_APPEND_NEWLINE).decode()
        return
    found = list(changes)
    counts = Counter(change.event for change in found)
    if not found:
        yield "没有差异。 Nothing differs.\n"
    for event, heading in _HEADINGS.items():
        if not counts[event]:
            continue
        yield f"## {heading} ({counts[event]})\n\n"
        for change in found:
            if change.event == event:
                yield f"- **{escaped(change.id)}** {escaped(' '.join(filter(None, (change.document_number, change.title))))}\n"
                yield from (f"  - {line}\n" for line in _facts(change))
        yield "\n"


def _facts(notice: NoticeChange) -> Iterator[str]:
    for change in notice.changes:
        where = escaped(" › ".join(filter(None, (*within(change), name(change)))))
        text = "".join(map(marked, wording(change, _AROUND)))
        yield f"{kind_title(change.kind, 'zh')} {where}：{text}"
