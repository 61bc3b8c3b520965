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
from gongwen.model import Notice


def amendment_changes(
    base: Notice, instrument: Notice, compare: Callable[[Notice, Notice], Iterable[Change]]
) -> Iterator[Change]:
    """The changes of ``base`` by ``instrument``. ``compare`` tells the changes from one version of a document to another."""
    from gongwen.analysis import parse  # only an amendment needs the parser

    done = consolidate(base, [instrument])
    if done.applied and done.text.strip():
        for change in compare(base, parse(done.text)):
            if not change.kind.startswith("header") and (cause := _cause(change, done.applied)):
                yield replace(change, new=(_place(cause.operation, change),))
    elif done.applied:
        for applied in done.applied:
            text = "".join(block.text for block in base.blocks).strip()
            whole = Place("", None, base.title or base.id, (), tuple(block.span for block in base.blocks[:1]))
            yield Change("document-revoked", None, (whole,), (_place(applied.operation),), text, None)
    for _, operation in done.unapplied:
        yield Change("amendment-unapplied", None, (), (_place(operation),), None, operation.text)


def _cause(change: Change, applied: Iterable[Applied]) -> Applied | None:
    """The operation that a change comes from: one on the item that it is about."""
    items = {place.item for place in change.old if place.item}
    for one in applied:
        if items.intersection(one.items) or (not change.old and one.operation.verb == "add"):
            return one
    return None


def _place(operation: Operation, change: Change | None = None) -> Place:
    """Where an operation stands in its instrument; named as what it changes."""
    label = change.old[0].label if change and change.old else operation.text
    path = change.old[0].path if change and change.old else ()
    return Place(f"/blocks/{operation.block}", None, label, path, operation.spans)
