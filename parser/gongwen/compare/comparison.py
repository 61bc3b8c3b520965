"""Two notices compared: items matched, then each kind of change told by its own module. Read this first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel

from gongwen.compare.changes import Change, Diff, Match
from gongwen.compare.citations import citation_changes
from gongwen.compare.header import header_changes
from gongwen.compare.items import Item, items
from gongwen.compare.matching import Group, match
from gongwen.compare.similarity import PART, Likeness
from gongwen.compare.structure import structure_changes, wording_changes
from gongwen.compare.targets import target_changes
from gongwen.compare.units import renaming_changes, renamings, unit_changes
from gongwen.compare.wording import Accounts, tokenizer
from gongwen.model import Notice

_SHARED_WORDS = 0.1  # of the shorter notice, in matched items, that prove it a version of the other
_SHARED_ITEMS = 0.03  # of the one with fewer, that prove it where the titles are alike
_SAME_TITLE = 0.8


def compare(old: Notice, new: Notice) -> Diff:
    """What changed from ``old`` to ``new``.

    Whichever comes first, the same comparison is made and then told from the asker's side, so that swapping the notices mirrors
    every change, even where two ways of matching are equally good.
    """
    if _precedes(new, old):
        found = _compare(new, old)
        changes = [change.mirror() for change in found.changes]
        matches = _aligned([mate.mirror() for mate in found.matches], items(old), items(new))
        return Diff(old.id, new.id, found.common, _in_order(changes, matches), matches)
    return _compare(old, new)


def _precedes(one: Notice, other: Notice) -> bool:
    """An order of notices, the elder first; their whole content decides between those that nothing else tells apart."""
    keys = [(notice.issue_date or "", notice.id, notice.source.text_sha256) for notice in (one, other)]
    return keys[0] < keys[1] if keys[0] != keys[1] else repr(one) < repr(other)


def _compare(old: Notice, new: Notice) -> Diff:
    old_items, new_items = items(old), items(new)
    likeness = Likeness(old_items, new_items)
    groups = match(likeness)
    matches = _aligned(
        [Match(tuple(i.id for i in g.old), tuple(i.id for i in g.new)) for g in groups], old_items, new_items
    )
    if not _related(old, new, likeness, groups):
        return Diff(old.id, new.id, False, (), matches)
    return Diff(old.id, new.id, True, _in_order(_changes(old, new, groups), matches), matches)


def _changes(old: Notice, new: Notice, groups: Sequence[Group]) -> Iterator[Change]:
    renamed = renamings(groups)
    tokenize = tokenizer(unit.name for notice in (old, new) for unit in notice.units)
    citations = citation_changes(old, new, tokenize)
    targets = target_changes(old, new, groups, tokenize)
    outside = Accounts([*citations.quotations, *targets.quotations.get("", ())], renamed)
    yield from header_changes(old, new, outside, tokenize)
    yield from renaming_changes(old, new, renamed)
    plans = old.part("plan"), new.part("plan")
    titles = [(plans[0].title, plans[1].title)] if plans[0] and plans[1] else []
    yield from structure_changes(groups)
    for group in groups:
        if group.old and group.new:
            here = [quotation for item in (*group.old, *group.new) for quotation in targets.quotations.get(item.id, ())]
            yield from wording_changes(group, Accounts([*titles, *citations.quotations, *here], renamed), tokenize)
            yield from unit_changes(group, renamed, tokenize)
    yield from targets.changes
    yield from citations.changes


def _related(old: Notice, new: Notice, likeness: Likeness, groups: Iterable[Group]) -> bool:
    """Whether one is a version of the other.

    Any two plans share a phrase and a heading. A version shares a good part of its words; or, where it was written anew,
    its title and some items of more than a few words.
    """
    pairs = {profile.item: profile.pairs for profile in (*likeness.old, *likeness.new)}
    matched = [group for group in groups if group.old and group.new]
    shared = sum(len(pairs[a] & pairs[b]) for group in matched for a in group.old for b in group.new)
    least = min(sum(len(profile.pairs) for profile in side) for side in (likeness.old, likeness.new))
    if shared >= _SHARED_WORDS * least:
        return True
    titles = [(plan.title if (plan := notice.part("plan")) else notice.title) or "" for notice in (old, new)]
    alike = Indel.normalized_similarity(*titles) >= _SAME_TITLE
    told = sum(1 for group in matched if all(len(pairs[item]) >= PART for item in (*group.old, *group.new)))
    return alike and told >= max(3, _SHARED_ITEMS * min(len(likeness.old), len(likeness.new)))


def _aligned(matches: Iterable[Match], old: Sequence[Item], new: Sequence[Item]) -> tuple[Match, ...]:
    """The matches in the order of the new notice; what it no longer has follows what it followed in the old one."""
    matches = list(matches)
    place_new = {item.id: at for at, item in enumerate(new)}
    beside = {item: place_new[mate.new[0]] for mate in matches if mate.new for item in mate.old}
    order: dict[str, tuple[int, int]] = {}
    last = -1
    for at, item in enumerate(old):
        last = beside.get(item.id, last)
        order[item.id] = last, at
    return tuple(sorted(matches, key=lambda mate: (place_new[mate.new[0]], -1) if mate.new else order[mate.old[0]]))


def _in_order(changes: Iterable[Change], matches: Sequence[Match]) -> tuple[Change, ...]:
    """The changes in the order of ``matches``; those of the header and of units everywhere first, of citations last."""
    rows_old = {item: row for row, mate in enumerate(matches) for item in mate.old}
    rows_new = {item: row for row, mate in enumerate(matches) for item in mate.new}

    def row(change: Change) -> int:
        rows = [rows_new[place.item] for place in change.new if place.item]
        rows = rows or [rows_old[place.item] for place in change.old if place.item]
        return min(rows, default=len(matches) if change.kind.startswith("citation") else -1)

    return tuple(sorted(changes, key=row))
