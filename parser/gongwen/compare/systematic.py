"""Edits that come again: the same one in many places, marks alone, numbers of articles that follow a renumbering; and terms that moved alike.

Each sort is told once, with its class and how many times it stands; the edits no longer count where they stand, and a change of
wording that has no other edit is left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gongwen.compare.changes import Change, Edit, EditClass, Fragment, Place
from gongwen.compare.items import Item
from gongwen.compare.matching import Group
from gongwen.model import Span

_WORDS = re.compile(r"\w++")
_NEIGHBOURS = 4  # characters beside an edit that are told with it at most
_NEARLY = 0.6  # share of the places where the words stood
_OFTEN = 3  # places in which the same edit is systematic
_LARGER = 12  # characters more than the words that a larger edit has in which they went, too
_EVERYWHERE = 10  # … in which it is, whatever else was edited there
_WORDING = ("-reworded", "-renamed")
_REFERENCE = re.compile(
    r"第[〇零一二三四五六七八九十百千0-9]++(?=[章节条款项目])|第?[（(][〇零一二三四五六七八九十百0-9]++[)）](?=项)"
)
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千0-9]++")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?")


_Sort = tuple[EditClass, str, str]


class _Occurrence(NamedTuple):
    """An edit, in which change it stands, and the how many-th edit of that change it is."""

    change: int
    at: int
    edit: Edit


def group_systematic(
    changes: Sequence[Change], groups: Sequence[Group], items: tuple[Mapping[str, Item], Mapping[str, Item]]
) -> list[Change]:
    """``changes`` with the systematic edits of wording told once, first of all. ``items`` are those of either notice by id."""
    renumbered = dict(_renumbered(groups))
    sorts: defaultdict[_Sort, list[_Occurrence]] = defaultdict(list)
    for at, change in enumerate(changes):
        if change.kind.endswith(_WORDING) and not change.kind.startswith(("target", "citation")):
            for index, edit in enumerate(change.edits):
                if edit.counted:
                    sorts[_sort(change, edit, renumbered)].append(_Occurrence(at, index, edit))
    grouped: dict[_Sort, Sequence[_Occurrence]] = {key: found for key, found in sorts.items() if key[0] != "term"}
    living = "\n".join(item.words for group in groups if group.new for item in group.old)
    grouped |= dict(_terms(sorts, changes, living))
    while amid := [key for key, found in grouped.items() if not _is_alone(found, _settled(grouped.values()), changes)]:
        for key in amid:
            del grouped[key]
    settled = _settled(grouped.values())
    told = []
    for (edit_class, before, after), found in grouped.items():
        alone = (one for one in found if _without(changes[one.change], settled[one.change]) is None)
        example = next(alone, found[0]).change
        told.append(_told(edit_class, before or None, after or None, found, example, changes, items))
    rest = [_without(change, settled[at]) if at in settled else change for at, change in enumerate(changes)]
    return [*told, *(change for change in rest if change)]


def group_terms(changes: Sequence[Change]) -> Iterator[Change]:
    """``changes`` with what moved from one term to another in many places told once: all that is due a year later."""
    alike: defaultdict[tuple[str, str | None, str | None], list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind == "milestone-moved" or change.kind.endswith("-deadline-moved"):
            alike[change.kind, change.before, change.after].append(change)
    for change in changes:
        same = alike.get((change.kind, change.before, change.after), [])
        if len(same) < _OFTEN or None in (change.before, change.after):
            yield change
        elif change is same[0]:
            old, new = (tuple(place for one in same for place in getattr(one, side)) for side in ("old", "new"))
            yield replace(change, old=old, new=new, fact=None, times=len(same))


def _settled(grouped: Iterable[Iterable[_Occurrence]]) -> dict[int, set[int]]:
    """The edits that are told once, by the changes that they stand in."""
    settled: defaultdict[int, set[int]] = defaultdict(set)
    for found in grouped:
        for occurrence in found:
            settled[occurrence.change].add(occurrence.at)
    return settled


def _is_alone(found: Sequence[_Occurrence], settled: Mapping[int, set[int]], changes: Sequence[Change]) -> bool:
    """Whether an edit is mostly all that was edited where it stands; amid other edits it is better told with these, unless it stands everywhere."""
    if len(found) >= _EVERYWHERE and any(character.isalnum() for character in found[0].edit.before.text):
        return True
    places = {occurrence.change for occurrence in found}
    alone = sum(_without(changes[at], settled[at]) is None for at in places)
    return 2 * alone >= len(places)


def _terms(
    sorts: Mapping[_Sort, Sequence[_Occurrence]], changes: Sequence[Change], text: str
) -> Iterator[tuple[_Sort, Sequence[_Occurrence]]]:
    """The edits of words that are systematic: often the same, and made nearly everywhere where the words stood, be it inside a larger edit."""
    often = {key: found for key, found in sorts.items() if key[0] == "term" and len(found) >= _OFTEN}
    times: Counter[str] = Counter()
    words: dict[_Sort, str] = {}
    for key, found in often.items():
        words[key] = _with_neighbours(key[1], key[2], found, changes)[0]
        times[words[key]] += len(found)
    for (_, before, after), found in sorts.items():
        for key in often:
            larger = len(before) <= len(key[1]) + _LARGER
            if key[1] and (before, after) != key[1:] and larger and key[2] in after and key[1] not in after:
                times[words[key]] += before.count(key[1]) * len(found)
    for key, found in often.items():
        if words[key] and times[words[key]] >= _NEARLY * text.count(words[key]):
            yield key, found


def _sort(change: Change, edit: Edit, renumbered: Mapping[str, str]) -> _Sort:
    """The class of an edit, and what makes it the same as others."""
    before, after = edit.before.text, edit.after.text
    if not any(character.isalnum() for character in before + after):
        return "punctuation", "", ""
    one, other = _reference(change.before or "", edit.before), _reference(change.after or "", edit.after)
    if one and other and renumbered.get(one) == other:
        return "reference", "", ""
    return "term", before, after


def _reference(text: str, fragment: Fragment) -> str | None:
    """The reference (第十二条) that a fragment stands in, by its number and word, if it changes nothing else."""
    for match in _REFERENCE.finditer(text, max(0, fragment.start - 8), fragment.end + 8):
        if match.start() <= fragment.start and fragment.end <= match.end() + 1:
            number = _NUMERAL.search(match[0])
            return f"{number[0] if number else ''}{text[match.end() : match.end() + 1]}"
    return None


def _renumbered(groups: Iterable[Group]) -> Iterator[tuple[str, str]]:
    """The numbers of corresponding items before and after: "十二条" → "十三条"."""
    for group in groups:
        for old in group.old:
            for new in group.new:
                markers = [_NUMERAL.search(item.marker or "") for item in (old, new)]
                if markers[0] and markers[1] and old.marker != new.marker:
                    words = [_word(item) for item in (old, new)]
                    yield f"{markers[0][0]}{words[0]}", f"{markers[1][0]}{words[1]}"


def _word(item: Item) -> str:
    marker = item.marker or ""
    return marker[-1] if marker.startswith("第") else "项"


def _told(
    edit_class: EditClass,
    before: str | None,
    after: str | None,
    found: Sequence[_Occurrence],
    shown: int,
    changes: Sequence[Change],
    items: tuple[Mapping[str, Item], Mapping[str, Item]],
) -> Change:
    """The one change for all occurrences, with the places of each; those that differ among themselves are shown by those of one change."""
    sides: tuple[dict[str, Place], dict[str, Place]] = {}, {}
    for at, _, edit in found:
        change = changes[at]
        for side, (places, fragment) in enumerate(((change.old, edit.before), (change.new, edit.after))):
            place = places[0]
            spans = _spans(place, items[side].get(place.item or ""), change, side, fragment)
            known = sides[side].get(place.pointer)
            sides[side][place.pointer] = replace(place, spans=(*(known.spans if known else ()), *spans))
    old, new = (tuple(places.values()) for places in sides)
    if edit_class == "term":
        before, after = _with_neighbours(before or "", after or "", found, changes)
        return Change("wording-replaced", None, old, new, before, after, edit_class=edit_class, times=len(found))
    example = changes[shown]
    own = {occurrence.at for occurrence in found if occurrence.change == shown}
    edits = tuple(replace(edit, counted=edit.counted and index in own) for index, edit in enumerate(example.edits))
    return replace(
        example, kind="wording-replaced", old=old, new=new, edits=edits, edit_class=edit_class, times=len(found)
    )


def _with_neighbours(
    before: str, after: str, found: Sequence[_Occurrence], changes: Sequence[Change]
) -> tuple[str, str]:
    """What went or came with the characters that stand beside it everywhere: what is put into 交通主管部门 says more than 运输 alone."""
    if before and after:
        return before, after
    left, right = [], []
    for at, _, edit in found:
        text = changes[at].after or ""
        left.append(text[max(0, edit.after.start - _NEIGHBOURS) : edit.after.start])
        right.append(text[edit.after.end : edit.after.end + _NEIGHBOURS])
    head, tail = _common_start([text[::-1] for text in left])[::-1], _common_start(right)
    return head + before + tail, head + after + tail


def _common_start(texts: Sequence[str]) -> str:
    """The characters of a word that all of ``texts`` begin with."""
    shortest = min(texts, key=len)
    same = next((at for at in range(len(shortest)) if len({text[at] for text in texts}) > 1), len(shortest))
    word = _WORDS.match(shortest[:same])
    return word[0] if word else ""


def _spans(place: Place, item: Item | None, change: Change, side: int, fragment: Fragment) -> tuple[Span, ...]:
    """Where a fragment stands in the source, as exactly as is known; an empty one stands nowhere."""
    if fragment.start == fragment.end:
        return ()
    if item is None or change.field != "text" or item.text != (change.after if side else change.before):
        return place.spans
    return item.source(fragment.start, fragment.end)


def _without(change: Change, settled: set[int]) -> Change | None:
    """The change with some edits no longer counted; None where no other is left."""
    edits = tuple(
        replace(edit, counted=edit.counted and index not in settled) for index, edit in enumerate(change.edits)
    )
    return replace(change, edits=edits) if any(edit.counted for edit in edits) else None
