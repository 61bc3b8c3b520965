"""The record of a notice: its JSON, and the ledger that leads from its source to its published wording."""

from __future__ import annotations

from typing import Any

import orjson

from gongwen.document import Decision, Token
from gongwen.lexicon import vocabulary
from gongwen.lexicon.tables import TABLES
from gongwen.messages import reason_in_chinese
from gongwen.model import Notice
from gongwen.pointers import id_at
from gongwen.publish import Entry, Part
from gongwen.publish.coverage import open_places_json
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
    files[f"coverage/{id}.json"] = open_places_json(entry.notice, entry.coverage)
    return Part(files)


def to_json(notice: Notice) -> bytes:
    """The notice as published: UTF-8, indented by two, keys in the order of the model, a line feed at the end."""
    return orjson.dumps(notice, option=_STYLE)


def ledger_json(notice: Notice, text: Text) -> bytes:
    """Every edit between the decoded source and the published text, in layers, so that anyone can replay and undo it.

    A layer lists its replacements, a line each: ``before`` became ``after`` at each of ``at``, offsets in the text so far, by one
    rule and on the same grounds. Replaying: for each layer in order, do all its replacements at once.
    """
    layers = b",\n".join(_layer(layer) for layer in text.layers)
    head = {
        "notice_id": notice.id,
        "source_text_sha256": notice.source.text_sha256,
        "characters_before": len(text.source),
        "characters_after": len(text.value),
    }
    return orjson.dumps(head)[:-1] + b',\n"layers": [' + layers + b"]}\n"


def decision_json(notice: Notice, pointer: str, decision: Decision, text: Text) -> bytes:
    """Why the value at ``pointer`` is read so: the rule, its reason, and the tokens with the rows of the vocabulary behind them.

    Spans are those of the decoded source, as in the notice.
    """
    record = {
        "pointer": pointer,
        "id": id_at(notice, pointer),
        "accepted": decision.accepted,
        "rule": decision.rule,
        "reason": decision.reason,
        "reason_zh": reason_in_chinese(decision.reason),
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


def edits(layer: dict[str, Any]) -> list[tuple[int, int, str, str]]:
    """The edits of a layer of a published ledger in order: (start, end, before, after)."""
    return sorted(
        (start, start + len(replacement["before"]), replacement["before"], replacement["after"])
        for replacement in layer["replacements"]
        for start in replacement["at"]
    )


def _layer(layer: Layer) -> bytes:
    places: dict[tuple[Any, ...], list[int]] = {}
    for edit in layer.edits:
        before = layer.before[edit.start : edit.end]
        key = (before, edit.after, edit.rule, edit.confidence, edit.evidence, edit.evidence_zh, edit.cuts)
        places.setdefault(key, []).append(edit.start)
    lines = b",\n".join(orjson.dumps(_replacement(key, at)) for key, at in places.items())
    return b'{"name": ' + orjson.dumps(layer.name) + b', "replacements": [\n' + lines + b"\n]}"


def _replacement(key: tuple[Any, ...], at: list[int]) -> dict[str, Any]:
    before, after, rule, confidence, evidence, evidence_zh, cuts = key
    row: dict[str, Any] = {"before": before, "after": after, "rule": rule, "confidence": confidence}
    if evidence is not None:
        row["evidence"] = evidence
    if evidence_zh is not None:
        row["evidence_zh"] = evidence_zh
    if cuts:
        row["cuts"] = cuts
    return {**row, "at": at}
