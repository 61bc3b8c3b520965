"""Values that overlap damage which wasn't undone say so: ``damaged`` is true of them, in the model and in the JSON.

Damage is what a finding calls unresolved, and each character that stands for a lost one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace

from gongwen.characters import SUSPICIOUS
from gongwen.extract.structure.places import Places
from gongwen.model import HeaderSpans, Notice, Part, Section, Span, Task, Value
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


def with_damage(notice: Notice, text: Text) -> Notice:
    """``notice`` with its damaged values marked; the same one where nothing is damaged."""
    found = [(span.start, max(span.end, span.start + 1)) for span in _damage(notice, text)]
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


def _damage(notice: Notice, text: Text) -> Iterator[Span]:
    yield from (finding.span for finding in notice.findings if finding.code == "unresolved-damage" and finding.span)
    yield from (text.to_source(*match.span()) for match in SUSPICIOUS.finditer(text.value))


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
