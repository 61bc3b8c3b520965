"""What an amending instrument changes in a document: the changes that its operations make, each with the operation's place.

The instrument is applied, and the consolidated text is read and compared as any later version would be. What no operation
explains is no change: the rest of the document stands. Operations that can't be applied are told as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from gongwen.compare.amendments import Operation
from gongwen.compare.changes import Change, Place
from gongwen.compare.consolidation import Applied, consolidate
from gongwen.compare.items import items
from gongwen.model import Notice


def amendment_changes(
    base: Notice, instrument: Notice, compare: Callable[[Notice, Notice], Iterable[Change]]
) -> Iterator[Change]:
    """The changes of ``base`` by ``instrument``. ``compare`` tells the changes from one version of a document to another."""
    from gongwen.analysis import parse  # only an amendment needs the parser

    done = consolidate(base, [instrument])
    suspended = [applied for applied in done.applied if applied.operation.verb.startswith("suspend")]
    for applied in suspended:
        yield from _suspensions(base, applied)
    if done.applied and done.text.strip():
        extended = next((one for one in done.applied if one.operation.verb == "extend"), None)
        told = False
        causes: list[Applied] = []
        for change in compare(base, parse(done.text)):
            if change.field == "effective.end" and extended:
                told = True
                yield replace(change, new=(_place(extended.operation, change),))
                continue
            cause = None if change.kind.startswith("header") else _cause(change, done.applied)
            # That the sentence on the term says so is the same fact; so is what is written behind a suspended item.
            if cause and cause not in suspended and not (cause is extended and told):
                causes.append(cause)
                yield replace(change, new=(_place(cause.operation, change),))
        yield from _same_in_other_words(base, [applied for applied in done.applied if applied not in causes])
    elif done.applied:
        for applied in done.applied:
            text = "".join(block.text for block in base.blocks).strip()
            whole = Place("", None, base.title or base.id, (), tuple(block.span for block in base.blocks[:1]))
            yield Change("document-revoked", None, (whole,), (_place(applied.operation),), text, None)
    for _, operation in done.unapplied:
        yield Change("amendment-unapplied", None, (), (_place(operation),), None, operation.text)


def _same_in_other_words(base: Notice, applied: Iterable[Applied]) -> Iterator[Change]:
    """Words that were replaced though a comparison takes both for the same: 县城管局 and 县城市管理局."""
    by_id = {item.id: item for item in items(base)}
    for one in applied:
        old, new, here = one.operation.old, one.operation.new, tuple(by_id[id].place for id in one.items)
        if one.operation.verb == "replace" and here and old != new:
            place = (_place(one.operation),)
            yield Change("wording-replaced", None, here, place, old, new, edit_class="term", times=len(here))


def _suspensions(base: Notice, applied: Applied) -> Iterator[Change]:
    """That the places of an operation, or all of the document, are not in force for a time."""
    operation = applied.operation
    if operation.verb == "suspend-document":
        whole = Place("", None, base.title or base.id, (), tuple(block.span for block in base.blocks[:1]))
        yield Change("document-suspended", None, (whole,), (_place(operation),), None, operation.new)
        return
    by_id = {item.id: item for item in items(base)}
    for item in (by_id[id] for id in applied.items):
        kind = f"{item.kind if item.kind in ('task', 'section') else 'section'}-suspended"
        yield Change(kind, None, (item.place,), (_place(operation),), item.words, operation.new)


def _cause(change: Change, applied: Iterable[Applied]) -> Applied | None:
    """The operation that a change comes from: one on the item that it is about, rather one on its words; for what changed everywhere one
    on its words."""
    items = {place.item for place in change.old if place.item}
    here = [one for one in applied if items.intersection(one.items)]
    if not items:
        here = [one for one in applied if not change.old and one.operation.verb == "add"]
    on_words = [one for one in (here if items else applied) if _shares(one.operation.old, change.before)]
    return next(iter([*on_words, *here]), None)


def _shares(words: str | None, others: str | None) -> bool:
    return bool(words and others) and (str(words) in str(others) or str(others) in str(words))


def _place(operation: Operation, change: Change | None = None) -> Place:
    """Where an operation stands in its instrument; named as what it changes."""
    label = change.old[0].label if change and change.old else operation.text
    path = change.old[0].path if change and change.old else ()
    return Place(f"/blocks/{operation.block}", None, label, path, operation.spans)
