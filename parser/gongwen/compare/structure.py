"""Changes of the items themselves: added, removed, split, merged, moved, renumbered, renamed, reworded, put off.

What follows from another change is not told beside it: the items below an added section, the number of a moved task. Items that moved or
were renumbered alike, in a row, are one change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from gongwen.compare.changes import Change, Edit
from gongwen.compare.items import Item
from gongwen.compare.matching import Group
from gongwen.compare.wording import Accounts, Tokenize, edits

_NUMERAL = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千]++|[①-⑳⑴-⒇⒈-⒛]")


def structure_changes(groups: Sequence[Group]) -> Iterator[Change]:
    """Items added, removed, split, merged, moved and renumbered."""
    yield from _one_sided(groups)
    partner = {item: group.new for group in groups for item in group.old}
    pairs = [(group.old[0], group.new[0]) for group in groups if len(group.old) == len(group.new) == 1]
    moved = [pair for pair in pairs if not _same_place(*pair, partner)]
    yield from _told_once("moved", _alike(moved, lambda a, b: (_kind(a, b), a.parent, b.parent)), _path)
    stayed = set(pairs).difference(moved)
    rows = sorted(stayed, key=lambda pair: (pair[0].at + pair[1].at, pair[0].at))
    yield from _told_once("renumbered", _renumbered(rows), lambda item: item.marker or "")
    for group in groups:
        if len(group.old) + len(group.new) > 2:
            event = "split" if len(group.old) == 1 else "merged"
            kind = f"{_kind(*group.old, *group.new)}-{event}"
            before, after = (" + ".join(item.label for item in side) for side in group)
            here, there = (tuple(item.place for item in side) for side in group)
            yield Change(kind, None, here, there, before, after)


def wording_changes(group: Group, accounts: Accounts, tokenize: Tokenize) -> Iterator[Change]:
    """Title, text and deadline of corresponding items; the parts of a split or merged one are read as one text."""
    here, there = (tuple(item.place for item in side) for side in group)
    kind = _kind(*group.old, *group.new)
    before, after = ("".join(item.text for item in side) for side in group)
    if len(group.old) == len(group.new) == 1:
        [old], [new] = group
        if bool(old.title) != bool(new.title):
            # What is a heading on one side only is the beginning of the text on the other.
            before, after = old.words, new.words
        elif found := accounts.untold(old.title, new.title, edits(old.title, new.title, tokenize)):
            yield Change(f"{kind}-renamed", "title", here, there, old.title, new.title, found)
        deadlines = [item.task.deadline if item.task else None for item in (old, new)]
        if deadlines[0] != deadlines[1]:
            sooner, later = (
                (item.task.deadline_text or item.task.deadline) if item.task else None for item in (old, new)
            )
            yield Change(f"{kind}-deadline-moved", "deadline", here, there, sooner, later)
    found = accounts.untold(before, after, edits(before, after, tokenize))
    if len(group.old) != len(group.new):
        found = _without_moves(found)
    if found:
        yield Change(f"{kind}-reworded", "text", here, there, before, after, found)


def _without_moves(found: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits without what was only put elsewhere: the parts of an item need not follow its order."""
    removed = {edit.before.text.strip() for edit in found if not edit.after.text.strip()}
    inserted = {edit.after.text.strip() for edit in found if not edit.before.text.strip()}
    return tuple(edit for edit in found if (edit.before.text + edit.after.text).strip() not in removed & inserted)


def _one_sided(groups: Iterable[Group]) -> Iterator[Change]:
    """Items added or removed. A section takes with it the sections and paragraphs below; tasks are told one by one."""
    for side, event in ((0, "removed"), (1, "added")):
        alone = [group[side][0] for group in groups if not group[1 - side]]
        top: dict[Item, list[Item]] = {}
        within: dict[Item, Item] = {}
        for item in sorted(alone, key=lambda item: item.at):
            above = within.get(item.parent) if item.parent and item.kind != "task" else None
            within[item] = above or item
            top.setdefault(within[item], []).append(item)
        for item, members in top.items():
            places = tuple(member.place for member in members)
            words = "\n".join(member.words for member in members)
            yield Change(
                f"{item.kind}-{event}",
                None,
                *(((), places) if side else (places, ())),
                *((None, words) if side else (words, None)),
            )


def _same_place(old: Item, new: Item, partner: Mapping[Item, tuple[Item, ...]]) -> bool:
    if old.parent is None or new.parent is None:
        return old.parent is new.parent
    return new.parent in partner[old.parent]


def _kind(*items: Item) -> str:
    """A task, if any of the corresponding items is one."""
    return "task" if any(item.kind == "task" for item in items) else items[0].kind


def _path(item: Item) -> str | None:
    return " › ".join(item.path) or None


def _renumbered(rows: Iterable[tuple[Item, Item]]) -> Iterator[list[tuple[Item, Item]]]:
    """Those of the pairs whose markers differ, in runs: same styles of marker, same shift, nothing else of that style between."""
    runs: dict[tuple[str, str, str], tuple[int | None, list[tuple[Item, Item]]]] = {}
    for a, b in rows:
        stream = _kind(a, b), _style(a), _style(b)
        shift = None if a.number is None or b.number is None else b.number - a.number
        last, run = runs.get(stream, (shift, []))
        if run and last != shift:
            yield run
        if last != shift or not run:
            runs[stream] = shift, []
        if (a.marker or "") != (b.marker or ""):
            runs[stream][1].append((a, b))
    yield from (run for _, run in runs.values() if run)


def _style(item: Item) -> str:
    """The marker with its number left out: "第#条", "（#）"."""
    return _NUMERAL.sub("#", item.marker or "", count=1)


def _alike(
    pairs: Iterable[tuple[Item, Item]], key: Callable[[Item, Item], object]
) -> Iterable[list[tuple[Item, Item]]]:
    runs: dict[object, list[tuple[Item, Item]]] = {}
    for a, b in pairs:
        runs.setdefault(key(a, b), []).append((a, b))
    return runs.values()


def _told_once(
    event: str, runs: Iterable[list[tuple[Item, Item]]], shown: Callable[[Item], str | None]
) -> Iterator[Change]:
    """One change for each run of pairs."""
    for run in runs:
        old, new = zip(*run, strict=True)
        before, after = (_ends([shown(item) for item in side]) for side in (old, new))
        kind = f"{_kind(*old, *new)}-{event}"
        yield Change(kind, None, tuple(item.place for item in old), tuple(item.place for item in new), before, after)


def _ends(shown: Sequence[str | None]) -> str | None:
    return shown[0] if shown[0] == shown[-1] else f"{shown[0]} … {shown[-1]}"
