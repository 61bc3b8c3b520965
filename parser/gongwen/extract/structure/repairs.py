"""Repairs: the edits that undid damage, equal ones grouped.

Which rules undo damage, and which only normalize (script, blanks, punctuation), is a column of the code list
repair_rules.csv; the ledger holds the edits of both.
"""

from __future__ import annotations

from functools import cache

from gongwen import schemas
from gongwen.model import Confidence, Repair, Span
from gongwen.text import Text


@cache
def _repairing() -> frozenset[str]:
    return frozenset(code for code, row in schemas.codelist("repair_rules").items() if row["layer"] == "repair")


def repairs(text: Text) -> tuple[Repair, ...]:
    """One Repair for each distinct edit by a repairing rule, in the order of the first place of each."""
    places: dict[tuple[str, str, str, Confidence, str | None, str | None], list[Span]] = {}
    repairing = _repairing()
    for layer, edit, span in text.ledger(repairing):
        before = layer.before[edit.start : edit.end]
        key = (edit.rule, before, edit.after, edit.confidence, edit.evidence, edit.evidence_zh)
        places.setdefault(key, []).append(span)
    return tuple(Repair(*key, tuple(spans)) for key, spans in places.items())
