"""The record of a notice: its JSON, and the ledger that leads from its source to its published wording."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from gongwen.document import Decision, Token
from gongwen.lexicon import vocabulary
from gongwen.lexicon.tables import TABLES
from gongwen.model import Notice
from gongwen.publish import Entry, Part
from gongwen.publish.places import places_json
from gongwen.text import Layer, Text

_STYLE = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def prepare(entry: Entry) -> Part:
    """The files that are the notice itself: its JSON, its source as decoded, its ledger, the places of its file."""
    id = entry.notice.id
    files = {
        f"sources/{id}.txt": entry.text.source.encode(),
        f"ledgers/{id}.json": ledger_json(entry.notice, entry.text),
        f"notices/{id}.json": entry.json,
    }
    if entry.places:
        files[f"places/{id}.json"] = places_json(entry.notice, entry.places, entry.reader)
    return Part(files)


def to_json(notice: Notice) -> bytes:
    """The notice as published: UTF-8, indented by two, keys in the order of the model, a line feed at the end."""
    return orjson.dumps(notice, option=_STYLE)


def ledger_json(notice: Notice, text: Text) -> bytes:
    """Every edit between the decoded source and the published text, in layers, so that anyone can replay and undo it.

    Replaying: for each layer in order, replace [start, end) of the text so far by ``after``, for all its edits at once.
    """
    ledger = {
        "notice_id": notice.id,
        "source_text_sha256": notice.source.text_sha256,
        "characters_before": len(text.source),
        "characters_after": len(text.value),
        "layers": [{"name": layer.name, "edits": list(_edits(layer))} for layer in text.layers],
    }
    return orjson.dumps(ledger, option=_STYLE)


def decision_json(pointer: str, decision: Decision, text: Text) -> bytes:
    """Why the value at ``pointer`` is read so: the rule, its reason, and the tokens with the rows of the vocabulary behind them.

    Spans are those of the decoded source, as in the notice.
    """
    record = {
        "pointer": pointer,
        "accepted": decision.accepted,
        "rule": decision.rule,
        "reason": decision.reason,
        "spans": [text.to_source(*extent) for extent in decision.extents],
        "tokens": [
            {
                "kind": token.kind,
                "text": text.value[token.start : token.end],
                "span": text.to_source(token.start, token.end),
                "table": token.table,
                "term": token.word,
                "code": code_of(token),
            }
            for token in decision.tokens
        ],
    }
    return orjson.dumps(record, option=_STYLE)


def code_of(token: Token) -> str | None:
    """The code of the row of the vocabulary that a token was known by, None where there is no such row."""
    if token.table not in TABLES or token.word is None:
        return None
    return vocabulary.codes(token.table).get(token.word)


def _edits(layer: Layer) -> Iterator[dict[str, Any]]:
    for edit in layer.edits:
        row: dict[str, Any] = {
            "start": edit.start,
            "end": edit.end,
            "before": layer.before[edit.start : edit.end],
            "after": edit.after,
            "rule": edit.rule,
            "confidence": edit.confidence,
        }
        if edit.evidence is not None:
            row["evidence"] = edit.evidence
        if edit.cuts:
            row["cuts"] = edit.cuts
        yield row
