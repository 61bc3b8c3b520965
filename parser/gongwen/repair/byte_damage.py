"""Undoes the damage of a copy that was edited byte by byte in GBK: notes of the reading, and characters cut in two.

The clean text was encoded as GBK; each pair of bytes on a list of characters, at any alignment, got the reading in brackets
behind it; each pair of bytes A3 BF became ``??``; then the bytes were decoded again. So notes are removed
(gongwen.repair.notes), and where a note or a ``??`` cut a character in two, the bytes are put in step again
(gongwen.repair.spots).
"""

from __future__ import annotations

from operator import itemgetter

from gongwen.findings import finding
from gongwen.model import Finding
from gongwen.repair.notes import listed, removals
from gongwen.repair.spots import Spot, spots
from gongwen.text import Edit, Text

_SHOWN = 4  # candidates that a finding lists


def undo_byte_damage(text: Text) -> tuple[Text, tuple[Finding, ...]]:
    """The text with this damage undone, and a finding for each spot that stays undecided."""
    value = text.value
    characters = listed(value)
    if not characters:
        return text, ()
    found = list(spots(value, {character: entry.notes[0] for character, entry in characters.items()}))
    decided = [spot for spot in found if spot.is_decided]
    between = zip([0, *(spot.end for spot in decided)], [*(spot.start for spot in decided), len(value)], strict=True)
    edits = sorted(
        [*removals(value, characters, between), *(_edit(value, spot) for spot in decided)], key=itemgetter(0)
    )
    undecided = tuple(_unresolved(text, spot) for spot in found if not spot.is_decided)
    return text.apply("byte-damage", edits), undecided


def _unresolved(text: Text, spot: Spot) -> Finding:
    likely = "、".join(f"“{candidate.text}”" for candidate in spot.candidates[:_SHOWN])
    span = text.to_source(spot.start, spot.end)
    return finding("unresolved-damage", span, text=text.value[spot.start : spot.end], candidates=likely or "—")


def _edit(value: str, spot: Spot) -> Edit:
    best, *others = spot.candidates
    length = spot.end - spot.start
    cuts: list[tuple[int, int]] = []
    for after, place in enumerate(best.starts):
        before = place - spot.start
        if (cuts[-1][0] if cuts else 0) < before < length:
            cuts.append((before, after))
    evidence = f"the damage applied to “{best.text}” gives exactly “{value[spot.start : spot.end]}”; "
    if others:
        evidence += (
            f"of {spot.tried} candidates official texts prefer it by {spot.margin:.1f} nats to “{others[0].text}”"
        )
    else:
        evidence += "no other likely candidate does"
    return Edit(spot.start, spot.end, best.text, "lost-bytes", evidence, "chosen" if others else "proven", tuple(cuts))
