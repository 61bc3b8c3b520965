"""What a comparison finds: changes, each with its place in both notices.

The classes mirror schema/diff.schema.json; the kinds of change are listed in schema/codelists/change_kinds.csv.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongwen.model import Span

SCHEMA_VERSION = "1.0.0"

_OPPOSITES = {"added": "removed", "raised": "lowered", "split": "merged"}
_MIRROR = _OPPOSITES | {theirs: ours for ours, theirs in _OPPOSITES.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in one of the notices.

    ``pointer`` is a JSON Pointer (RFC 6901) into the notice's JSON; ``item`` the id of the task or section that it is or
    stands in; ``path`` the labels of the headings above it, outermost first; ``spans`` index the decoded source.
    """

    pointer: str
    item: str | None
    label: str
    path: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a text: code points of that text, end excluded."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of wording: a fragment of the text before became a fragment of the text after; either may be empty."""

    before: Fragment
    after: Fragment

    def mirror(self) -> Edit:
        return Edit(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    ``old`` and ``new`` are its places: several for a split, a merger, or a run of items that changed alike. Where
    something was added inside a thing that is there on both sides, the other side's place is that thing. ``before`` and
    ``after`` are what changed, in words, and ``edits`` how, where both are texts. ``field`` names the field, where the
    kind leaves that open.
    """

    kind: str
    field: str | None
    old: tuple[Place, ...]
    new: tuple[Place, ...]
    before: str | None
    after: str | None
    edits: tuple[Edit, ...] = ()

    def mirror(self) -> Change:
        """The same change, as seen when the notices are swapped."""
        edits = tuple(edit.mirror() for edit in self.edits)
        return Change(mirror_kind(self.kind), self.field, self.new, self.old, self.after, self.before, edits)


@dataclass(frozen=True, slots=True)
class Match:
    """Items (ids of tasks and sections) of one notice that are those of the other. One side is empty where there is none."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    def mirror(self) -> Match:
        return Match(self.new, self.old)


@dataclass(frozen=True, slots=True)
class Diff:
    """All that changed between two notices.

    ``matches`` pairs their items, in the order of a reader who has both beside one another. Where ``common`` is false,
    the notices have next to nothing in common, and no changes are listed.
    """

    old_id: str
    new_id: str
    common: bool
    changes: tuple[Change, ...]
    matches: tuple[Match, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.changes) or not self.common


def mirror_kind(kind: str) -> str:
    """The kind of the same change, as seen when the notices are swapped.

    >>> mirror_kind("task-added"), mirror_kind("target-lowered"), mirror_kind("task-moved")
    ('task-removed', 'target-raised', 'task-moved')
    """
    thing, _, event = kind.rpartition("-")
    return f"{thing}-{_MIRROR.get(event, event)}"
