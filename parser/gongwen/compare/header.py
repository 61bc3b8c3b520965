"""Changes of what is said about the notice as a whole: number, title, issuers, dates, recipients, plan, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from gongwen.compare.changes import Change, Place
from gongwen.compare.facts import Line, adoptions, lines_of
from gongwen.compare.wording import Accounts, Tokenize, edits
from gongwen.model import Notice, Span

Value = tuple[str | None, Sequence[Span | None]]
Turn = tuple[str, str]

_REPEATS = frozenset({"plan.title", "plan.preamble"})  # what another field has said already is not told of them again


class _Field(NamedTuple):
    """A header field: its name (its place in the JSON, with dots), the term for it, and what reads its value and places.

    ``words`` says that a change of it shows in its words; what is short or derived is told whole.
    """

    name: str
    term: str
    read: Callable[[Notice], Value]
    words: bool = True


def _plain(name: str) -> Callable[[Notice], Value]:
    """A plain value, whose place stands beside it in ``spans``."""
    return lambda notice: (getattr(notice, name), [getattr(notice.spans, name)])


def _part(name: str, place: str) -> Callable[[Notice], Value]:
    """A value inside an object that may be missing, with its place (``print.organ``, ``print.span``)."""
    value, span = attrgetter(name), attrgetter(place)
    whole = attrgetter(name.partition(".")[0])
    return lambda notice: (value(notice), [span(notice)]) if whole(notice) else (None, [])


def _of_plan(name: str, places: str) -> Callable[[Notice], Value]:
    """A value of the first plan that the notice issues, with its places."""

    def read(notice: Notice) -> Value:
        plan = notice.part("plan")
        return (getattr(plan, name), getattr(plan, places)) if plan else (None, [])

    return read


def _listed(name: str, text: str, joint: str) -> Callable[[Notice], Value]:
    """A list of names or passages, as one text."""

    def read(notice: Notice) -> Value:
        entries: Sequence[Any] = getattr(notice, name)
        return joint.join(getattr(entry, text) for entry in entries) or None, [entry.span for entry in entries]

    return read


FIELDS = (
    _Field("document_number", "发文字号", _part("document_number.text", "document_number.span"), words=False),
    _Field("title", "标题", _plain("title")),
    _Field("kind", "文种", _plain("kind"), words=False),
    _Field("issuers", "发文机关", _listed("issuers", "name", "、")),
    _Field("recipients", "主送机关", _listed("recipients", "name", "、")),
    _Field("issue_date", "成文日期", _plain("issue_date"), words=False),
    _Field("plan.title", "方案标题", _of_plan("title", "title_spans")),
    _Field("plan.preamble", "方案引言", _of_plan("preamble", "preamble_spans")),
    _Field("signers", "签发人", _listed("signers", "text", "、")),
    _Field("attachments", "附件", _listed("attachments", "text", "\n")),
    _Field("notes", "附注", _listed("notes", "text", "\n")),
    _Field("copied_to", "抄送", _listed("copied_to", "text", "\n")),
    # The dates alone: their sentence stands in an item or a paragraph, and is compared there.
    _Field("effective.start", "施行日期", _part("effective.start", "effective.span"), words=False),
    _Field("effective.end", "失效日期", _part("effective.end", "effective.span"), words=False),
    _Field("print.organ", "印发机关", _part("print.organ", "print.span")),
    _Field("print.date", "印发日期", _part("print.date", "print.span"), words=False),
)


def header_changes(old: Notice, new: Notice, accounts: Accounts, tokenize: Tokenize) -> Iterator[Change]:
    """The header fields that differ, in the order of a notice; what ``accounts`` tells is left out."""
    told: set[Turn] = set()
    for field in FIELDS:
        (before, old_spans), (after, new_spans) = field.read(old), field.read(new)
        if before == after:
            continue
        here, there = _place(field, old, before, old_spans), _place(field, new, after, new_spans)
        if before is None or after is None:
            kind = "header-added" if before is None else "header-removed"
            yield Change(kind, field.name, here, there, before, after)
        elif not field.words:
            yield Change("header-changed", field.name, here, there, before, after)
        elif found := accounts.settle(before, after, edits(before, after, tokenize)):
            turns = {(edit.before.text, edit.after.text) for edit in found if edit.counted}
            if not (field.name in _REPEATS and turns <= told):
                yield Change("header-changed", field.name, here, there, before, after, found)
            told |= turns
    yield from _line_changes(old, new)


def _line_changes(old: Notice, new: Notice) -> Iterator[Change]:
    """The lines at the head of a law that came or went, one by one; and its table of contents, if one has it alone."""
    lines = adoptions(old), adoptions(new)
    for side, event in ((0, "removed"), (1, "added")):
        others = {line.text for line in lines[1 - side]}
        for line in lines[side]:
            if line.text not in others:
                yield _one_sided(side, event, "masthead", "题注", line)
    contents = lines_of(old, "contents"), lines_of(new, "contents")
    for side, event in ((0, "removed"), (1, "added")):
        if contents[side] and not contents[1 - side]:
            yield _one_sided(side, event, "contents", "目录", contents[side][0])


def _one_sided(side: int, event: str, name: str, term: str, line: Line) -> Change:
    place = (Place(f"/blocks/{line.at}", None, term, (), (line.span,)),)
    places, texts = (((), place), (None, line.text)) if side else ((place, ()), (line.text, None))
    return Change(f"header-{event}", name, *places, *texts)


def _place(field: _Field, notice: Notice, value: str | None, spans: Sequence[Span | None]) -> tuple[Place, ...]:
    if value is None:
        return ()
    return (Place(_pointer(field, notice), None, field.term, (), tuple(span for span in spans if span)),)


def _pointer(field: _Field, notice: Notice) -> str:
    """Where a field stands in the JSON; its nearest object where the value was read elsewhere."""
    whole, _, rest = field.name.partition(".")
    if whole == "plan":
        return f"/parts/{next(at for at, part in enumerate(notice.parts) if part is notice.part('plan'))}/{rest}"
    return f"/{whole}/{rest}" if rest and getattr(notice, whole) is not None else f"/{whole}"
