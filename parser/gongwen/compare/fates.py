"""What became of each item: the groups of corresponding items, once it is known which sentence lives on in which.

An item without a counterpart whose sentences live on in others was merged into the one that has most of it, or was split from it; what
has no sentence that lives on was removed, or added. Two items without a counterpart, one of which lives on in the other, correspond.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongwen.compare.items import Item
from gongwen.compare.links import Link, Linker
from gongwen.compare.matching import Group, comparable
from gongwen.compare.similarity import PART, Bag, Index, Likeness, Profile, bag

_LITTLE = 0.34  # share of an item's text that must live on in another one …
_FIRM = 0.45  # … unless a sentence is so much alike
_MOST = 0.5  # share of an item's text in linked sentences that says where it went, whatever else either is about
_NEARLY_ALL = 0.7
_EVIDENT = 5.0  # what an item must share with the one that it went into, of what next to nothing else says …
_LEAST = 2.5  # … or this, if so much of it stands in each of most of its sentences
_SOME = 1.5
_SEVERAL = 2  # units that came along, for them to tell where an item went
_BESIDE = (
    1.5  # what a part must share with the whole that stands beside the whole's own counterpart, if a unit came along
)


def settle(groups: Sequence[Group], likeness: Likeness) -> tuple[list[Group], list[Link]]:
    """The groups with all that was drawn together or divided, and the links between sentences in the order of the new text."""
    linker = Linker(likeness)
    for group in groups:
        if group.old and group.new:
            linker.link_within(group)
    linker.link_across(groups)
    settled = _drawn_together(_joined(groups, linker.found, likeness), likeness)
    known = set(groups)
    for group in settled:
        if group not in known:
            linker.link_within(group)
    links = list(_standing(settled, linker.found))
    return settled, sorted(links, key=lambda link: (link.new_item.at, link.new.start, link.old_item.at, link.old.start))


def _standing(groups: Sequence[Group], links: Sequence[Link]) -> Iterator[Link]:
    """The links, without those that were worth a thought only while an item had no counterpart, and that gave it none."""
    home = {item: at for at, group in enumerate(groups) for item in (*group.old, *group.new)}
    alone = {item for group in groups if not (group.old and group.new) for item in (*group.old, *group.new)}
    for link in links:
        stray = home[link.old_item] != home[link.new_item] and link.share < _FIRM
        if not (stray and (link.old_item in alone or link.new_item in alone)):
            yield link


def _joined(groups: Sequence[Group], links: Sequence[Link], likeness: Likeness) -> list[Group]:
    """The groups; each item without a counterpart in the one that most of it went into or came from, if both are about one thing."""
    home = {item: at for at, group in enumerate(groups) for item in (*group.old, *group.new)}
    alone = {item for group in groups if not (group.old and group.new) for item in (*group.old, *group.new)}
    moved: defaultdict[tuple[Item, Item], float] = defaultdict(float)
    best: defaultdict[tuple[Item, Item], float] = defaultdict(float)
    # Lengths of the sentences of the one that live on in the other.
    told: defaultdict[tuple[Item, Item], list[int]] = defaultdict(list)
    for link in links:
        if home[link.old_item] != home[link.new_item]:
            moved[link.old_item, link.new_item] += link.share * (len(link.old.text) + len(link.new.text))
            best[link.old_item, link.new_item] = max(best[link.old_item, link.new_item], link.share)
            told[link.old_item, link.new_item].append(len(link.old.text))
            told[link.new_item, link.old_item].append(len(link.new.text))
    into = list(range(len(groups)))
    profile = {one.item: one for one in (*likeness.old, *likeness.new)}
    for (old, new), _ in sorted(moved.items(), key=lambda row: (-row[1], row[0][0].at, row[0][1].at)):
        numbered = _lost_number(old, new) and old in alone and new in alone
        if not (numbered or comparable(old, new)) or not _in_one_list(old, new, home):
            continue
        differ = likeness.differ if old in alone and new in alone else likeness.is_foreign
        for item, other in ((old, new), (new, old)):
            share = sum(told[item, other]) / max(len(item.text), 1)
            most = len(told[item, other]) > 1 and share >= _MOST
            likely = share >= _LITTLE or best[old, new] >= _FIRM
            if item in alone and (most or (likely and not differ(profile[item], profile[other]))):
                into[home[item]] = into[home[other]]
                alone -= {old, new}
    return _put_together(groups, into)


def _lost_number(old: Item, new: Item) -> bool:
    """Whether one is a paragraph and the other an item: a copy lost its number, or the plan gave it one."""
    kinds = {old.kind, new.kind}
    return "paragraph" in kinds and bool(kinds & {"section", "task"}) and not (old.is_heading or new.is_heading)


def _drawn_together(groups: Sequence[Group], likeness: Likeness) -> list[Group]:
    """The groups; each item still without a counterpart in the one that shares so much with it that next to nothing else says.

    Where two tasks are drawn together in other words, no sentence of the lesser may be alike enough to be known alone. What the whole's
    own counterpart says, too, did not come from elsewhere.
    """
    home = {item: at for at, group in enumerate(groups) for item in (*group.old, *group.new)}
    profile = {one.item: one for one in (*likeness.old, *likeness.new)}
    into = list(range(len(groups)))
    for side, parts, wholes in ((0, likeness.old, likeness.new), (1, likeness.new, likeness.old)):
        alone = [one for one in parts if len(one.pairs) >= PART and not groups[home[one.item]][1 - side]]
        index = Index([one for one in wholes if groups[home[one.item]][side]] if alone else (), likeness)
        for part in alone:
            best, most = None, _LEAST * likeness.rare
            for whole in index.candidates(part):
                mates = [profile[mate] for mate in groups[home[whole.item]][side]]
                kept = frozenset(pair for mate in mates for pair in mate.pairs)
                come = frozenset(filter(likeness.is_rare, (part.pairs & whole.pairs) - kept))
                shared = likeness.weight(come)
                beside = _brings_units(part, whole, mates, 1) and _stands_beside(part, mates)
                old, new = (part.item, whole.item) if side == 0 else (whole.item, part.item)
                if (
                    (shared >= most or (beside and not best and shared >= _BESIDE * likeness.rare))
                    and comparable(old, new)
                    and _in_one_list(old, new, home)
                    and _keeps_units(part, whole)
                    and (
                        beside
                        or _brings_units(part, whole, mates, _SEVERAL)
                        or _is_evident(part, whole, come, likeness)
                    )
                ):
                    best, most = whole.item, shared
            if best:
                into[home[part.item]] = home[best]
    return _put_together(groups, into)


def _keeps_units(part: Profile, whole: Profile) -> bool:
    """Whether half of those who were responsible for an item are for the whole, too, as far as both name units."""
    return not (part.units and whole.units) or 2 * len(part.units & whole.units) >= len(part.units)


def _brings_units(part: Profile, whole: Profile, mates: Iterable[Profile], least: int) -> bool:
    """Whether all who were responsible for an item are for the whole, ``least`` of whom its counterpart does not name."""
    come = part.units.difference(*(mate.units for mate in mates))
    return len(come) >= least and part.units <= whole.units


def _stands_beside(part: Profile, mates: Iterable[Profile]) -> bool:
    """Whether a part stands right before or behind one of the whole's counterparts, below the same heading."""
    return any(mate.item.parent is part.item.parent and abs(mate.item.at - part.item.at) == 1 for mate in mates)


def _is_evident(part: Profile, whole: Profile, pairs: Bag, likeness: Likeness) -> bool:
    """Whether the pairs that came prove where an item went: so many of one thing, or some in most of its sentences, of each another.

    The same pairs in several sentences are one turn of phrase.
    """
    foreign = likeness.is_foreign(part, whole)
    if not foreign and likeness.weight(pairs) >= _EVIDENT * likeness.rare:
        return True
    having = 0
    for sentence in part.item.sentences:
        here = bag(sentence.text) & pairs
        if likeness.weight(here) >= _SOME * likeness.rare:
            having += 1
            pairs -= here
    return having >= max(2, (_NEARLY_ALL if foreign else _MOST) * len(part.item.sentences))


def _put_together(groups: Sequence[Group], into: Sequence[int]) -> list[Group]:
    """The groups, each with those that go into it."""
    members: defaultdict[int, list[Group]] = defaultdict(list)
    for at, group in enumerate(groups):
        members[into[at]].append(group)
    return [rows[0] if len(rows) == 1 else _together(rows) for _, rows in sorted(members.items())]


def _in_one_list(old: Item, new: Item, home: Mapping[Item, int]) -> bool:
    """Whether an element stays in the list that its own became; all else may go anywhere."""
    if not (old.is_element or new.is_element):
        return True
    return old.parent is not None and new.parent is not None and home[old.parent] == home[new.parent]


def _together(groups: Sequence[Group]) -> Group:
    old = sorted((item for group in groups for item in group.old), key=lambda item: item.at)
    new = sorted((item for group in groups for item in group.new), key=lambda item: item.at)
    return Group(tuple(old), tuple(new))
