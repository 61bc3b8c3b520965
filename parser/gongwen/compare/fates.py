"""What became of each item: the groups of corresponding items, once it is known which sentence lives on in which.

An item without a counterpart whose sentences live on in others was merged into the one that has most of it, or was split from it; what
has no sentence that lives on was removed, or added. Two items without a counterpart, one of which lives on in the other, correspond.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from gongwen.compare.items import Item
from gongwen.compare.links import Link, Linker
from gongwen.compare.matching import Group, comparable
from gongwen.compare.similarity import Likeness


def settle(groups: Sequence[Group], likeness: Likeness) -> tuple[list[Group], list[Link]]:
    """The groups with all that was drawn together or divided, and the links between sentences in the order of the new text."""
    linker = Linker(likeness)
    for group in groups:
        if group.old and group.new:
            linker.link_within(group)
    linker.link_across(groups)
    settled = list(_joined(groups, linker.found))
    known = set(groups)
    for group in settled:
        if group not in known:
            linker.link_within(group)
    return settled, sorted(
        linker.found, key=lambda link: (link.new_item.at, link.new.start, link.old_item.at, link.old.start)
    )


def _joined(groups: Sequence[Group], links: Sequence[Link]) -> list[Group]:
    """The groups; each item without a counterpart in the one that most of it went into or came from."""
    home = {item: at for at, group in enumerate(groups) for item in (*group.old, *group.new)}
    alone = {item for group in groups if not (group.old and group.new) for item in (*group.old, *group.new)}
    moved: defaultdict[tuple[Item, Item], float] = defaultdict(float)
    for link in links:
        if home[link.old_item] != home[link.new_item]:
            moved[link.old_item, link.new_item] += link.share * (len(link.old.text) + len(link.new.text))
    into = list(range(len(groups)))
    for (old, new), _ in sorted(moved.items(), key=lambda row: (-row[1], row[0][0].at, row[0][1].at)):
        if not comparable(old, new) or not _in_one_list(old, new, home):
            continue
        for item, other in ((old, new), (new, old)):
            if item in alone:
                into[home[item]] = into[home[other]]
                alone -= {old, new}
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
