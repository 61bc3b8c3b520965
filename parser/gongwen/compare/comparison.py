"""Two notices compared: their relation first, then items matched, then each kind of change told by its own module. Read this first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gongwen.compare.adaptation import Adaptation, adaptation
from gongwen.compare.amended import amendment_changes
from gongwen.compare.authority import authority
from gongwen.compare.changes import Change, Diff, Match, Relation, SentenceLink, SentencePlace
from gongwen.compare.citations import citation_changes
from gongwen.compare.damage import with_damage
from gongwen.compare.drafts import without_call
from gongwen.compare.fates import settle
from gongwen.compare.former import alike
from gongwen.compare.header import header_changes
from gongwen.compare.items import Item, items
from gongwen.compare.links import Link
from gongwen.compare.matching import Group, match
from gongwen.compare.milestones import milestone_changes
from gongwen.compare.ranks import retell
from gongwen.compare.relation import relation
from gongwen.compare.similarity import Likeness
from gongwen.compare.structure import Rewordings, moved_sentences, moved_term, structure_changes, wording_changes
from gongwen.compare.systematic import group_systematic, group_terms
from gongwen.compare.targets import target_changes
from gongwen.compare.units import Registry, renaming_changes, unit_changes
from gongwen.compare.wording import Accounts, tokenizer
from gongwen.lexicon.sentences import Sentence
from gongwen.model import Notice

_CORRECTS = ("new-corrects-old", "old-corrects-new")


def compare(old: Notice, new: Notice) -> Diff:
    """What changed from ``old`` to ``new``.

    Whichever comes first, the same comparison is made and then told from the asker's side, so that swapping the notices mirrors
    every change, even where two ways of matching are equally good. The notice of the higher government comes first, then the elder.
    """
    old, new = alike(old, new)
    if _precedes(new, old):
        found = _compare(new, old)
        changes = with_damage((change.mirror() for change in found.changes), old, new)
        sides = items(old), items(new)
        matches = _aligned([mate.mirror() for mate in found.matches], *sides)
        links = _sorted([link.mirror() for link in found.links], *sides)
        counterparts = tuple(pair.mirror() for pair in found.counterparts)
        return Diff(old.id, new.id, found.relation.mirror(), _in_order(changes, matches), matches, links, counterparts)
    found = _compare(old, new)
    return replace(found, changes=tuple(with_damage(found.changes, old, new)))


def _precedes(one: Notice, other: Notice) -> bool:
    """An order of notices: the higher government's first, then the elder; their content decides between those that nothing tells apart."""
    levels = authority(one).level, authority(other).level
    if levels[0] is not None and levels[1] is not None and levels[0] != levels[1]:
        return levels[0] < levels[1]
    keys = [(notice.issue_date or "", notice.id, notice.source.text_sha256) for notice in (one, other)]
    return keys[0] < keys[1] if keys[0] != keys[1] else repr(one) < repr(other)


def _compare(old: Notice, new: Notice) -> Diff:
    old_items, new_items = items(old), items(new)
    likeness = Likeness(old_items, new_items)
    groups, links = settle(match(likeness), likeness)
    matches = _aligned(
        [Match(tuple(i.id for i in g.old), tuple(i.id for i in g.new)) for g in groups], old_items, new_items
    )
    found = relation(old, new, (old_items, new_items), links)
    told = _sorted(
        [SentenceLink(_place(a, s), _place(b, t), share) for a, s, b, t, share in links], old_items, new_items
    )
    if found.kind == "none":
        return Diff(old.id, new.id, found, (), matches, told)
    if found.kind == "amends" or any(evidence.code in _CORRECTS for evidence in found.evidence):
        return Diff(old.id, new.id, found, tuple(_amended(old, new, found)), (), ())
    by_id = {item.id: item for item in old_items}, {item.id: item for item in new_items}
    of_two = found.kind in ("cascade", "sister")
    adapts = adaptation(old, new) if of_two else None
    registry = Registry(old, new, groups, adapts)
    changes = list(_changes(old, new, groups, links, likeness, registry, adapts))
    if found.kind == "cascade":
        changes = group_systematic(changes, groups, by_id)  # each goal's term is asked for by itself
    else:
        changes = list(group_terms(group_systematic(list(_told_once(changes)), groups, by_id)))
    if adapts:
        changes = list(retell(changes, found.kind == "cascade", adapts.same))
    if found.kind == "draft-final":
        changes = list(without_call(changes, old, new))
    counterparts = tuple(registry.counterparts(groups)) if of_two else ()
    return Diff(old.id, new.id, found, _in_order(changes, matches), matches, told, counterparts)


def _amended(old: Notice, new: Notice, found: Relation) -> Iterator[Change]:
    """The changes that one of the notices makes in the other."""
    if any(evidence.code in ("new-amends-old", "new-corrects-old") for evidence in found.evidence):
        yield from amendment_changes(old, new, _versions)
    else:
        yield from (change.mirror() for change in amendment_changes(new, old, _versions))


def _versions(old: Notice, new: Notice) -> Iterator[Change]:
    """The changes between two versions of a document that are known to be that."""
    likeness = Likeness(items(old), items(new))
    groups, links = settle(match(likeness), likeness)
    yield from _told_once(_changes(old, new, groups, links, likeness, Registry(old, new, groups), None))


def _told_once(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes without those of terms of goals that are due with their task, whose term is told to have moved alike."""

    def term(change: Change) -> tuple[object, ...]:
        items = [frozenset(place.item for place in side) for side in (change.old, change.new)]
        return *items, change.before, change.after

    changes = list(changes)
    tasks = {term(change) for change in changes if change.kind == "task-deadline-moved"}
    yield from (change for change in changes if change.kind != "target-deadline-moved" or term(change) not in tasks)


def _place(item: Item, sentence: Sentence) -> SentencePlace:
    return SentencePlace(item.id, sentence.start, sentence.end, item.source(sentence.start, sentence.end))


def _changes(
    old: Notice,
    new: Notice,
    groups: Sequence[Group],
    links: Sequence[Link],
    likeness: Likeness,
    registry: Registry,
    adapts: Adaptation | None,
) -> Iterator[Change]:
    tokenize = tokenizer(unit.name for notice in (old, new) for unit in notice.units)
    citations = citation_changes(old, new, tokenize)
    targets = target_changes(old, new, groups, links, likeness, tokenize)

    def accounts(*quotations: tuple[str | None, str | None]) -> Accounts:
        settles = adapts.settles if adapts else None
        return Accounts([*citations.quotations, *quotations], registry.names, settles)

    yield from header_changes(old, new, accounts(*targets.quotations.get("", ())), tokenize)
    yield from renaming_changes(old, new, registry)
    plans = old.part("plan"), new.part("plan")
    titles = [(plans[0].title, plans[1].title)] if plans[0] and plans[1] else []
    yield from structure_changes(groups)
    within, across = _links_of(groups, links)
    across = [link for link in across if not _is_told(link, targets.quotations)]
    milestones = milestone_changes(groups, across, likeness)
    moved: defaultdict[Item, list[tuple[str | None, str | None]]] = defaultdict(list)
    for link in across:
        moved[link.old_item].append((link.old.text, None))
        moved[link.new_item].append((None, link.new.text))
    rewordings = Rewordings(links, tokenize)
    yield from moved_sentences(across, rewordings)
    for at, group in enumerate(groups):
        if group.old and group.new:
            ids = [item.id for item in (*group.old, *group.new)]
            here = [quotation for id in ids for quotation in targets.quotations.get(id, ())]
            here += [quotation for id in ids for quotation in milestones.quotations.get(id, ())]
            if len(group.old) == len(group.new) == 1 and (term := moved_term(group.old[0], group.new[0])):
                here.append(term)
            gone = [quotation for item in (*group.old, *group.new) for quotation in moved[item]]
            yield from wording_changes(group, within[at], rewordings, accounts(*titles, *here, *gone), tokenize)
            yield from unit_changes(group, registry, accounts(), tokenize)
    yield from targets.changes
    yield from milestones.changes
    yield from citations.changes


def _is_told(link: Link, quotations: Mapping[str, Sequence[tuple[str | None, str | None]]]) -> bool:
    """Whether all that a sentence says is a goal that went with it, which is told as such."""
    told = Accounts([*quotations.get(link.old_item.id, ()), *quotations.get(link.new_item.id, ())], {})
    return told.covers(link.old.text, "before") and told.covers(link.new.text, "after")


def _links_of(groups: Sequence[Group], links: Iterable[Link]) -> tuple[defaultdict[int, list[Link]], list[Link]]:
    """The links inside each of the groups, by its index; and those from one to another, as far as nothing else tells them."""
    home = {item: at for at, group in enumerate(groups) for item in (*group.old, *group.new)}
    within: defaultdict[int, list[Link]] = defaultdict(list)
    across = []
    for link in links:
        if home[link.old_item] == home[link.new_item]:
            within[home[link.old_item]].append(link)
        else:
            across.append(link)
    return within, across


def _sorted(links: Iterable[SentenceLink], old: Sequence[Item], new: Sequence[Item]) -> tuple[SentenceLink, ...]:
    """The links in the order of the new notice."""
    at_old, at_new = ({item.id: item.at for item in side} for side in (old, new))
    return tuple(
        sorted(links, key=lambda row: (at_new[row.new.item], row.new.start, at_old[row.old.item], row.old.start))
    )


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
        if change.kind.startswith("wording-") or change.times:
            return -1
        rows = [rows_new[place.item] for place in change.new if place.item in rows_new]
        rows = rows or [rows_old[place.item] for place in change.old if place.item in rows_old]
        return min(rows, default=len(matches) if change.kind.startswith("citation") else -1)

    return tuple(sorted(changes, key=row))
