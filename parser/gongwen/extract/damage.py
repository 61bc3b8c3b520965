"""Values that overlap damage which wasn't undone say so: ``damaged`` is true of them, in the model and in the JSON.

Damage is what a finding calls unresolved, and each character that stands for a lost one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace

from gongwen.characters import SUSPICIOUS
from gongwen.extract.structure.places import Places
from gongwen.model import Finding, HeaderSpans, Notice, Part, Section, Span, Task, Value
from gongwen.text import Text

_NO_VALUES = frozenset(
    "jurisdiction page coverage source spans repairs field_corrections findings blocks units".split()
)
"""Fields of a notice that hold no values that were read, or hold them again."""
_OWN_PLACES = {
    Section: ("title_span", "paragraphs"),  # its span holds its children, too
    Part: ("title_spans", "preamble_spans", "closing_spans"),
    Task: ("spans", "clause_spans"),
}


def damage_of(findings: Iterable[Finding], text: Text) -> list[tuple[int, int]]:
    """Where the source is damaged: the places that the findings are on and each character that stands for a lost one, in order, parted."""
    spans = [found.span for found in findings if found.code == "unresolved-damage" and found.span]
    spans += [text.to_source(*match.span()) for match in SUSPICIOUS.finditer(text.value)]
    parted: list[tuple[int, int]] = []
    for start, end in sorted((span.start, max(span.end, span.start + 1)) for span in spans):
        if parted and start < parted[-1][1]:
            parted[-1] = parted[-1][0], max(end, parted[-1][1])
        else:
            parted.append((start, end))
    return parted


def with_damage(notice: Notice, found: list[tuple[int, int]]) -> Notice:
    """``notice`` with the values marked that overlap the places ``found``; the same one where nothing is damaged."""
    if not found:
        return notice
    places = Places(found)
    for field in fields(notice):
        if field.name not in _NO_VALUES:
            _mark(getattr(notice, field.name), places)
    header = [getattr(notice.spans, field.name) for field in fields(notice.spans)]
    own = [span and replace(span) for span in header]  # other values may have the same span
    for span in own:
        if span and _touches((span,), places):
            _set(span)
    return replace(notice, spans=HeaderSpans(*own))


def _mark(value: object, places: Places) -> None:
    """Mark ``value`` and what it holds, as far as they overlap the places."""
    if isinstance(value, tuple):
        for one in value:
            _mark(one, places)
    elif is_dataclass(value) and not isinstance(value, Span):
        if isinstance(value, Value) and _touches(_places_of(value), places):
            _set(value)
        for field in fields(value):
            _mark(getattr(value, field.name), places)


def _places_of(value: Value) -> Iterator[Span]:
    names = _OWN_PLACES.get(type(value), ("span", "spans"))
    for held in (getattr(value, name, None) for name in names):
        if isinstance(held, Span):
            yield held
        elif held:
            yield from held


def _touches(spans: Iterable[Span], places: Places) -> bool:
    return any(places.touches(span.start, max(span.end, span.start + 1)) for span in spans)


def _set(value: Value) -> None:
    object.__setattr__(value, "damaged", True)
