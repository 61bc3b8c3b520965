"""Changes of what is said about the notice as a whole: number, title, issuers, dates, recipients, plan, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gongwen.compare.changes import Change, Place
from gongwen.compare.wording import Accounts, Tokenize, edits
from gongwen.model import Notice, Party, Passage, Span

Value = tuple[str | None, Sequence[Span | None]]


class _Field(NamedTuple):
    """A header field: its name, the pointer to it, what it says with its places; and whether its change shows in its words."""

    name: str
    pointer: str
    read: Callable[[Notice], Value]
    words: bool = True


def _parties(parties: Sequence[Party]) -> Value:
    return "、".join(party.name for party in parties) or None, [party.span for party in parties]


def _passages(passages: Sequence[Passage]) -> Value:
    return "\n".join(passage.text for passage in passages) or None, [passage.span for passage in passages]


def _number(notice: Notice) -> Value:
    number = notice.document_number
    return (number.text, [number.span]) if number else (None, [])


def _print(notice: Notice, field: str) -> Value:
    return (getattr(notice.print, field), [notice.print.span]) if notice.print else (None, [])


def _effective(notice: Notice, field: str) -> Value:
    """A date alone: the sentence stands in an item or a paragraph, and is compared there."""
    return (getattr(notice.effective, field), [notice.effective.span]) if notice.effective else (None, [])


FIELDS = (
    _Field("document_number", "/document_number", _number, words=False),
    _Field("title", "/title", lambda notice: (notice.title, [notice.spans.title])),
    _Field("kind", "/kind", lambda notice: (notice.kind, [notice.spans.kind]), words=False),
    _Field("issuers", "/issuers", lambda notice: _parties(notice.issuers)),
    _Field("recipients", "/recipients", lambda notice: _parties(notice.recipients)),
    _Field("issue_date", "/issue_date", lambda notice: (notice.issue_date, [notice.spans.issue_date]), words=False),
    _Field("plan.title", "/plan/title", lambda n: (n.plan.title, [n.plan.title_span]) if n.plan else (None, [])),
    _Field(
        "plan.preamble", "/plan/preamble", lambda n: (n.plan.preamble, [n.plan.preamble_span]) if n.plan else (None, [])
    ),
    _Field("signers", "/signers", lambda notice: _passages(notice.signers)),
    _Field("attachments", "/attachments", lambda notice: _passages(notice.attachments)),
    _Field("notes", "/notes", lambda notice: _passages(notice.notes)),
    _Field("copied_to", "/copied_to", lambda notice: _passages(notice.copied_to)),
    _Field("effective.start", "/effective/start", lambda notice: _effective(notice, "start"), words=False),
    _Field("effective.end", "/effective/end", lambda notice: _effective(notice, "end"), words=False),
    _Field("print.organ", "/print/organ", lambda notice: _print(notice, "organ")),
    _Field("print.date", "/print/date", lambda notice: _print(notice, "date"), words=False),
)


def header_changes(old: Notice, new: Notice, accounts: Accounts, tokenize: Tokenize) -> Iterator[Change]:
    """The header fields that differ, in the order of a notice; what ``accounts`` tells is left out."""
    for field in FIELDS:
        (before, old_spans), (after, new_spans) = field.read(old), field.read(new)
        if before == after:
            continue
        here, there = _place(field, before, old_spans), _place(field, after, new_spans)
        if before is None or after is None:
            kind = "header-added" if before is None else "header-removed"
            yield Change(kind, field.name, here, there, before, after)
        elif not field.words:
            yield Change("header-changed", field.name, here, there, before, after)
        elif found := accounts.untold(before, after, edits(before, after, tokenize)):
            yield Change("header-changed", field.name, here, there, before, after, found)


def _place(field: _Field, value: str | None, spans: Sequence[Span | None]) -> tuple[Place, ...]:
    if value is None:
        return ()
    return (Place(field.pointer, None, field.name, (), tuple(span for span in spans if span)),)
