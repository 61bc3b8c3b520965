"""Changes whose places overlap damage that wasn't undone say so, as the values of a notice do: what differs there may be the copy's fault alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from gongwen.characters import SUSPICIOUS
from gongwen.compare.changes import Change, DamagedPlace, Place
from gongwen.model import Notice, Span


def with_damage(changes: Iterable[Change], old: Notice, new: Notice) -> Iterator[Change]:
    """The changes, their damaged places marked; the same ones where nothing is damaged."""
    sides = _damage_of(old), _damage_of(new)
    for change in changes:
        here, there = (
            tuple(_marked(place, damage) for place in places)
            for places, damage in zip((change.old, change.new), sides, strict=True)
        )
        yield change if (here, there) == (change.old, change.new) else replace(change, old=here, new=there)


def _damage_of(notice: Notice) -> list[tuple[int, int]]:
    """Where the source is damaged, in order: the places of findings, and characters that stand for lost ones; of a text that was edited, all of it."""
    found = [finding.span for finding in notice.findings if finding.code == "unresolved-damage" and finding.span]
    for block in notice.blocks:
        exact = len(block.text) == block.span.end - block.span.start
        for match in SUSPICIOUS.finditer(block.text):
            at = block.span.start + match.start()
            found.append(Span(at, at + 1) if exact else block.span)
    return sorted({(span.start, max(span.end, span.start + 1)) for span in found})


def _marked(place: Place, damage: list[tuple[int, int]]) -> Place:
    if not any(_touches(span, damage) for span in place.spans):
        return place
    return DamagedPlace(**{field.name: getattr(place, field.name) for field in fields(place)})


def _touches(span: Span, damage: list[tuple[int, int]]) -> bool:
    """Whether a place overlaps one of those, which are in order and hardly overlap themselves."""
    at = bisect_left(damage, (span.end, 0))
    return at > 0 and damage[at - 1][1] > span.start
