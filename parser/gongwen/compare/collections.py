"""Two collections of notices compared: which are new, which are gone, and what changed in those that both have.

A notice is the same one by its id, or by its number and issuers. The records come as published; what cannot be read is told with its name.
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
    """What changed from one collection (id → notice) to another, in the order of the ids; nothing for a notice that stayed the same.

    A source that was mended may have another id. So a notice that only one collection holds is the one of the other that alone has its
    number and its issuers.
    """
    moved = _moved(old, new)
    earlier = {moved.get(key, key): notice for key, notice in old.items()}
    for key in sorted(earlier.keys() | new.keys()):
        before, after = earlier.get(key), new.get(key)
        if before and after:
            if before != after and (changes := diff(before, after).changes):
                yield _change("changed", after, changes)
        elif after:
            yield _change("added", after, ())
        elif before:
            yield _change("removed", before, ())


def _moved(old: Mapping[str, Notice], new: Mapping[str, Notice]) -> dict[str, str]:
    """The new ids of notices by their old ones, where these differ."""
    gone, come = (_by_number(one, other) for one, other in ((old, new), (new, old)))
    return {
        gone[named][0]: come[named][0]
        for named in gone.keys() & come.keys()
        if len(gone[named]) == len(come[named]) == 1
    }


def _by_number(notices: Mapping[str, Notice], others: Mapping[str, Notice]) -> dict[tuple[str, ...], list[str]]:
    """The ids of the notices that ``others`` lacks, by their numbers and issuers."""
    found: dict[tuple[str, ...], list[str]] = {}
    for key, notice in notices.items():
        if key not in others and notice.document_number:
            named = notice.document_number.text, *(issuer.name for issuer in notice.issuers)
            found.setdefault(named, []).append(key)
    return found


def _change(event: Event, notice: Notice, changes: tuple[Change, ...]) -> NoticeChange:
    number = notice.document_number.text if notice.document_number else None
    return NoticeChange(event, notice.id, notice.title, number, changes)
