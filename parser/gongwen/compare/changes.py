"""What a comparison finds: changes, each with its place in both notices.

The classes mirror schema/diff.schema.json; the kinds of change are listed in schema/codelists/change_kinds.csv.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongwen.lexicon.dimensions import measure
from gongwen.model import Amount, Span

SCHEMA_VERSION = "2.0.0"

_OPPOSITES = {"added": "removed", "raised": "lowered", "split": "merged", "own": "dropped", "widened": "narrowed"}
_OPPOSITES |= {"second": "first", "higher": "lower"}
_MIRROR = _OPPOSITES | {theirs: ours for ours, theirs in _OPPOSITES.items()}
_OTHER_WAY = {f"old-{verb}-new": f"new-{verb}-old" for verb in ("cites", "amends", "corrects")}
_OTHER_WAY |= {theirs: ours for ours, theirs in _OTHER_WAY.items()}

RelationKind = Literal["same", "revision", "yearly", "draft-final", "correction", "amends", "cascade", "sister", "none"]
EditClass = Literal["term", "punctuation", "reference"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to believe in a relation. ``code`` is one of schema/codelists/relation_evidence.csv; ``old`` and ``new`` are what was
    compared, as text.
    """

    code: str
    old: str | None
    new: str | None

    def mirror(self) -> Evidence:
        return Evidence(_OTHER_WAY.get(self.code, self.code), self.new, self.old)


@dataclass(frozen=True, slots=True)
class Relation:
    """What the new notice is to the old one: the kind is one of schema/codelists/relations.csv."""

    kind: RelationKind
    evidence: tuple[Evidence, ...]

    def mirror(self) -> Relation:
        return Relation(self.kind, tuple(evidence.mirror() for evidence in self.evidence))


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
class DamagedPlace(Place):
    """A place that overlaps damage that wasn't undone; written where it is so, and nowhere else."""

    damaged: bool = True


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a text: code points of that text, end excluded."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of wording: a fragment of the text before became a fragment of the text after; either may be empty.

    ``counted`` is false where another change tells it, or where only blanks differ.
    """

    before: Fragment
    after: Fragment
    counted: bool = True

    def mirror(self) -> Edit:
        return Edit(self.after, self.before, self.counted)


@dataclass(frozen=True, slots=True)
class GoalState:
    """A goal as one of the notices has it."""

    indicator: str | None
    value: str | None
    value_max: str | None
    unit: str | None
    amount: Amount | None
    bound: str | None
    deadline: str | None


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit as one of the notices has it; ``role`` is null where a change is about the unit everywhere."""

    name: str
    role: str | None


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """A dated step of a task as one of the notices has it."""

    text: str
    date: str


State = GoalState | UnitState | MilestoneState


@dataclass(frozen=True, slots=True)
class RoleChange:
    """What a unit was in a task and what it is; null where the task does not name it."""

    name: str
    before: str | None
    after: str | None

    def mirror(self) -> RoleChange:
        return RoleChange(self.name, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Fact:
    """What changed, as data: one side is null where there is none. ``ratio`` is the amount after, as a share of that before.

    ``roles`` are those of the units between which the lead went, the old leads first.
    """

    before: State | None
    after: State | None
    ratio: str | None
    roles: tuple[RoleChange, ...] = ()

    def mirror(self) -> Fact:
        turned = tuple(sorted((role.mirror() for role in self.roles), key=lambda role: role.before != "lead"))
        return fact(self.after, self.before, turned)


def fact(before: State | None, after: State | None, roles: tuple[RoleChange, ...] = ()) -> Fact:
    """The fact that something was one way and is another, with the ratio of the amounts where both measure the same."""
    amounts = [state.amount if isinstance(state, GoalState) else None for state in (before, after)]
    return Fact(before, after, ratio(amounts[0], amounts[1]) if amounts[0] and amounts[1] else None, roles)


def ratio(before: Amount, after: Amount) -> str | None:
    """``after`` as a share of ``before``, to two digits behind the point or two that count; None where they measure different things,
    or are ranges whose ends changed otherwise.

    >>> ratio(Amount("1200", None, "名"), Amount("2500", None, "人")), ratio(Amount("300", None, "个"), Amount("4", None, "个"))
    ('2.08', '0.013')
    >>> ratio(Amount("3", "7", "倍"), Amount("3", "4", "倍")), ratio(Amount("3", "5", "个"), Amount("6", "10", "个"))
    (None, '2')
    """
    old, new = (measure(amount.unit or "") for amount in (before, after))
    if old.dimension != new.dimension or not Decimal(before.number):
        return None
    ends = [(before.number, after.number)]
    if before.number_max or after.number_max:
        ends.append((before.number_max or before.number, after.number_max or after.number))
    shares = {Decimal(upper) * new.factor / (Decimal(lower) * old.factor) for lower, upper in ends}
    if len(shares) > 1:
        return None
    share = shares.pop()
    digits = max(2, 1 - share.adjusted()) if share else 2
    text = f"{round(share, digits):f}"
    return text.rstrip("0").rstrip(".") or "0"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    ``old`` and ``new`` are its places: several for a split, a merger, or a run of items that changed alike. Where
    something was added inside a thing that is there on both sides, the other side's place is that thing. ``before`` and
    ``after`` are what changed, in words, and ``edits`` how, where both are texts. ``field`` names the field, where the
    kind leaves that open. ``edit_class`` and ``times`` say of an edit that came again what sort it is and how often it stands; ``times``
    alone in how many places a term moved alike.
    """

    kind: str
    field: str | None
    old: tuple[Place, ...]
    new: tuple[Place, ...]
    before: str | None
    after: str | None
    edits: tuple[Edit, ...] = ()
    fact: Fact | None = None
    edit_class: EditClass | None = None
    times: int | None = None

    def mirror(self) -> Change:
        """The same change, as seen when the notices are swapped."""
        edits = tuple(edit.mirror() for edit in self.edits)
        return Change(
            mirror_kind(self.kind),
            self.field,
            self.new,
            self.old,
            self.after,
            self.before,
            edits,
            self.fact.mirror() if self.fact else None,
            self.edit_class,
            self.times,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """Items (ids of tasks and sections) of one notice that are those of the other. One side is empty where there is none."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    def mirror(self) -> Match:
        return Match(self.new, self.old)


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """A sentence of an item: code points of the item's text, end excluded, and its places in the source."""

    item: str
    start: int
    end: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SentenceLink:
    """A sentence of the old notice that lives on in one of the new. ``share`` says how much of what both say they have in common."""

    old: SentencePlace
    new: SentencePlace
    share: float

    def mirror(self) -> SentenceLink:
        return SentenceLink(self.new, self.old, self.share)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Units of two governments that have the same function."""

    old: str
    new: str
    function: str

    def mirror(self) -> Counterpart:
        return Counterpart(self.new, self.old, self.function)


@dataclass(frozen=True, slots=True)
class Diff:
    """The relation of one notice to another, and all changes between them.

    ``matches`` pairs their items, in the order of reading both side by side; ``links`` pairs the sentences of these.
    ``counterparts`` are units with the same function, if the notices are of two governments. If the relation
    is "none", no changes are listed.
    """

    old_id: str
    new_id: str
    relation: Relation
    changes: tuple[Change, ...]
    matches: tuple[Match, ...]
    links: tuple[SentenceLink, ...]
    counterparts: tuple[Counterpart, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.changes) or not self.common

    @property
    def common(self) -> bool:
        """Whether the relation is other than none."""
        return self.relation.kind != "none"


def mirror_kind(kind: str) -> str:
    """The kind of the same change, as seen when the notices are swapped.

    >>> mirror_kind("task-added"), mirror_kind("target-lowered"), mirror_kind("task-moved")
    ('task-removed', 'target-raised', 'task-moved')
    """
    thing, _, event = kind.rpartition("-")
    return f"{thing}-{_MIRROR.get(event, event)}"
