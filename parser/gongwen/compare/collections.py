"""Two collections of notices compared: which are new, which are gone, and what changed in those that both have.

A notice is the same one by its id. The records come as published; what cannot be read is told with its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from gongwen.compare import Change, diff
from gongwen.model import Notice

Event = Literal["added", "removed", "changed"]


class NoticeChange(NamedTuple):
    """A notice that came, went or changed, with the changes of one that did."""

    event: Event
    id: str
    title: str | None
    document_number: str | None
    changes: tuple[Change, ...]


def collection_changes(old: Mapping[str, Notice], new: Mapping[str, Notice]) -> Iterator[NoticeChange]:
    """What changed from one collection (id → notice) to another, in the order of the ids; nothing for a notice that stayed the same."""
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before and after:
            if before != after and (changes := diff(before, after).changes):
                yield _change("changed", after, changes)
        elif after:
            yield _change("added", after, ())
        elif before:
            yield _change("removed", before, ())


def _change(event: Event, notice: Notice, changes: tuple[Change, ...]) -> NoticeChange:
    number = notice.document_number.text if notice.document_number else None
    return NoticeChange(event, notice.id, notice.title, number, changes)
