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
    places: dict[tuple[str, str, str, Confidence, str | None], list[Span]] = {}
    repairing = _repairing()
    for layer, (start, end, after, rule, evidence, confidence, _), span in text.ledger(repairing):
        places.setdefault((rule, layer.before[start:end], after, confidence, evidence), []).append(span)
    return tuple(
        Repair(rule, before, after, confidence, evidence, tuple(spans))
        for (rule, before, after, confidence, evidence), spans in places.items()
    )
