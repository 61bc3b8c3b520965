"""The comparison as JSON, for programs: schema/diff.schema.json says what is in it."""

from __future__ import annotations

from collections import Counter

import orjson

from gongwen.compare.changes import SCHEMA_VERSION
from gongwen.compare.render import Comparison
from gongwen.compare.render.headline import headline
from gongwen.model import Notice


def render(comparison: Comparison) -> str:
    diff = comparison.diff
    counts = Counter(change.kind for change in diff.changes)
    record = {
        "schema_version": SCHEMA_VERSION,
        "old": _notice(comparison.old),
        "new": _notice(comparison.new),
        "relation": diff.relation,
        "headline": [line._asdict() for line in headline(diff)],
        "counts": dict(sorted(counts.items())),
        "changes": diff.changes,
        "matches": diff.matches,
        "links": diff.links,
        "counterparts": diff.counterparts,
    }
    return orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _notice(notice: Notice) -> dict[str, str | None]:
    """What identifies a notice, and the text that the spans of its places index."""
    return {
        "id": notice.id,
        "title": notice.title,
        "document_number": notice.document_number.text if notice.document_number else None,
        "issue_date": notice.issue_date,
        "text_sha256": notice.source.text_sha256,
    }
