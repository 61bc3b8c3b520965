"""Which item of the new notice is which item of the old one.

Items are matched by what they say, never by their number, and what is surest comes first:

1. what says the same, word for word: in the same order below the same heading, then once on either side; then what has the same title
   below the same title, whatever became of its text;
2. what says much the same, wherever it stands: the optimal assignment over similarities; elements of a list first inside the
   list that theirs became, since lists of one article are alike;
3. among the rest, the parts of an item that was split, and the items of which one was made;
4. what says something like it; and where all was written anew, what has a name of its own in its title, or shares what next to nothing else says;
5. headings and short items, for which the context speaks too: the items above and below that are matched by now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import NamedTuple

from gongwen.compare.alignment import common_runs
from gongwen.compare.assignment import assign
from gongwen.compare.items import Item
from gongwen.compare.similarity import CONTAINED, PART, TITLES, Bag, Index, Likeness, Profile, bag

_SURE = 0.5  # the least similarity of a pair that is found before parts of items are looked for
_ALIKE = 0.27  # the least similarity of a pair by what it says
_DISTINCT = 2.5  # … which must share so many pairs of characters that hardly another item has
_ANEW = 0.15  # … of a pair that was written anew …
_EVIDENT = 5.0  # … which must share as much that next to nothing else says
_TITLED = 3.0  # … or most of their titles, and so much of them
_NAMED = 4  # pairs of characters that an item must have to be known by its title
_BEARERS = 3  # items of either notice that may have a name in their title for it to tell of one thing
_FITTING = 0.38  # … and with its context
_HINT = 0.2  # the least similarity by what it says of a pair that has not the same items below
_UNTITLED = 0.35  # … and whose titles share nothing
_LISTED = 0.25  # the least similarity of elements of one list
_ORDER = 0.1  # weight of standing at the same place of a list
_PARENT = 0.3  # weight of standing below the same item, against 1 for what the items say
_CHILDREN = 1.0  # weight of having the same items below
_ROUNDS = 6  # of looking at the context, which each round makes clearer one level further
_SIBLINGS = 400  # pairs of children without a partner that are compared below one pair of items
_MOVED_OUT = 0.5  # share of a part that the whole has lost to it


_NAME = re.compile(r"“([^“”]{2,12})”")


class Group(NamedTuple):
    """Items that correspond: one and one; one and several, a split; several and one, a merger; or one side alone."""

    old: tuple[Item, ...]
    new: tuple[Item, ...]


def match(likeness: Likeness) -> list[Group]:
    """All items of both notices in groups; each item is in one."""
    pairing = _Pairing(likeness)
    pairing.add(_same_row(pairing))
    pairing.add(_same_words(pairing))
    pairing.add(_same_title(pairing))
    pairing.add(assign(_recognized(pairing, _SURE, elements=False)))
    while found := assign(_listed(pairing)):  # a list may stand in an element of another
        pairing.add(found)
    pairing.add(assign(_recognized(pairing, _SURE)))
    splits = pairing.parts(likeness.old, likeness.new, pairing.new_of, pairing.old_of)
    mergers = pairing.parts(likeness.new, likeness.old, pairing.old_of, pairing.new_of)
    pairing.add(assign(_distinct(_recognized(pairing, _ALIKE), pairing)))
    pairing.add(assign(_anew(pairing)))
    for _ in range(_ROUNDS):
        if not (found := assign(_in_context(pairing))):
            break
        pairing.add(found)
    return list(_groups(pairing, splits, mergers))


class _Pairing:
    """The pairs found so far, and the parts of wholes."""

    def __init__(self, likeness: Likeness) -> None:
        self.likeness = likeness
        self.old = likeness.old
        self.new = likeness.new
        self.profile = {profile.item: profile for profile in chain(self.old, self.new)}
        self.new_of: dict[Item, Item] = {}
        self.old_of: dict[Item, Item] = {}
        self.absorbed: set[Item] = set()

    def add(self, pairs: Iterable[tuple[Item, Item]]) -> None:
        for old, new in pairs:
            self.new_of[old] = new
            self.old_of[new] = old

    def is_free(self, item: Item) -> bool:
        return item not in self.new_of and item not in self.old_of and item not in self.absorbed

    def candidates(self, least: int) -> dict[tuple[Profile, Profile], None]:
        """Pairs worth comparing, of items without a partner and with ``least`` pairs of characters.

        Each goes with those that share its rarest pairs; looked for from both sides.
        """
        old, new = (
            [profile for profile in side if self.is_free(profile.item) and len(profile.pairs) >= least]
            for side in (self.old, self.new)
        )
        if not old or not new:
            return {}
        among_old, among_new = Index(old, self.likeness), Index(new, self.likeness)
        found = dict.fromkeys((a, b) for a in old for b in among_new.candidates(a))
        found.update(dict.fromkeys((a, b) for b in new for a in among_old.candidates(b)))
        return found

    def parts(
        self, wholes: Iterable[Profile], parts: Iterable[Profile], part_of: dict[Item, Item], whole_of: dict[Item, Item]
    ) -> dict[Item, list[Item]]:
        """For each item of ``wholes`` that was divided, its parts, in order. Headings alone are no parts.

        A part has no partner; the whole has most of what it says, and the whole's own partner has not. Where a whole has
        no partner and one part, that is its partner.
        """
        free = [part for part in parts if part.item.text and self.is_free(part.item) and len(part.pairs) >= PART]
        if not free:
            return {}
        # What stayed as it was has lost nothing.
        changed = [whole for whole in wholes if not self._is_unchanged(whole.item, part_of)]
        index = Index(changed, self.likeness)
        found: defaultdict[Item, list[Item]] = defaultdict(list)
        for part in free:
            if whole := self._whole(part, index, part_of):
                found[whole].append(part.item)
        for whole, items in list(found.items()):
            if rest := part_of.get(whole):
                items.append(rest)
            elif len(items) == 1:
                part_of[whole], whole_of[items[0]] = items[0], whole
                del found[whole]
                continue
            items.sort(key=lambda item: item.at)
            self.absorbed.update(items, [whole])
        return found

    def _is_unchanged(self, item: Item, partner: Mapping[Item, Item]) -> bool:
        return item in partner and partner[item].words == item.words

    def _whole(self, part: Profile, wholes: Index, part_of: dict[Item, Item]) -> Item | None:
        """The item that ``part`` was most of a part of.

        What counts is what weighs in either, not the set phrases that all articles of a law share; within one list any words do.
        """
        weight: Callable[[Bag], int] = len if part.item.is_element else self.likeness.weight
        all_of_it = weight(part.pairs)
        best, most = None, _MOVED_OUT * all_of_it
        for whole in wholes.candidates(part):
            if (
                weight(part.pairs & whole.pairs) < CONTAINED * all_of_it
                or whole.item in self.absorbed
                or not self._in_one_list(part.item, whole.item, part_of)
                or not comparable(part.item, whole.item)
            ):
                continue
            rest = part_of.get(whole.item)
            together = bag(part.item.words + (rest.words if rest else ""))
            moved = weight(together & whole.pairs) - (weight(self.profile[rest].pairs & whole.pairs) if rest else 0)
            if moved >= most:
                best, most = whole.item, moved
        return best

    def _in_one_list(self, part: Item, whole: Item, part_of: Mapping[Item, Item]) -> bool:
        """Whether a part that is an element of a list stands in the list that the whole's own became; all else may go anywhere."""
        if not (part.is_element or whole.is_element):
            return True
        return whole.parent is not None and part_of.get(whole.parent) is part.parent


def comparable(old: Item, new: Item) -> bool:
    """Whether one can have become the other: a task a mere section, but a paragraph no section, and no article a chapter's heading."""
    for kind in ("paragraph", "part"):
        if (old.kind == kind) != (new.kind == kind):
            return False
    return old.is_heading == new.is_heading or bool(old.title and new.title)


def _same_row(pairing: _Pairing) -> Iterator[tuple[Item, Item]]:
    """What says the same below an item that says the same, in the same order."""
    rows = [[_signature(profile.item) for profile in side] for side in (pairing.old, pairing.new)]
    for run in common_runs(*rows):
        for step in range(run.length):
            yield pairing.old[run.a + step].item, pairing.new[run.b + step].item


def _signature(item: Item) -> tuple[bool, str, str]:
    return item.kind == "paragraph", item.words, item.parent.words if item.parent else ""


def _same_words(pairing: _Pairing) -> Iterator[tuple[Item, Item]]:
    """What says the same, once on either side, wherever it stands; short items may do so by chance."""
    by_words: defaultdict[tuple[bool, str], tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, (found, partner) in enumerate(((pairing.old, pairing.new_of), (pairing.new, pairing.old_of))):
        for profile in found:
            if profile.item not in partner and len(profile.pairs) >= PART:
                by_words[profile.item.kind == "paragraph", profile.item.words][side].append(profile.item)
    for olds, news in by_words.values():
        if len(olds) == len(news) == 1:
            yield olds[0], news[0]


def _same_title(pairing: _Pairing) -> Iterator[tuple[Item, Item]]:
    """Items with text whose title stands once on either side below the same title."""
    by_title: defaultdict[tuple[str, str], tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, profiles in enumerate((pairing.old, pairing.new)):
        for item in (profile.item for profile in profiles):
            if item.title and item.text:
                by_title[item.title, item.parent.title if item.parent else ""][side].append(item)
    for olds, news in by_title.values():
        if len(olds) == len(news) == 1 and all(map(pairing.is_free, (*olds, *news))) and comparable(*olds, *news):
            yield olds[0], news[0]


def _recognized(pairing: _Pairing, least: float, elements: bool = True) -> list[tuple[float, Item, Item]]:
    return [
        (score, a.item, b.item)
        for a, b in pairing.candidates(PART)
        if (elements or not (a.item.is_element or b.item.is_element))
        and comparable(a.item, b.item)
        and (score := pairing.likeness.similarity(a, b)) >= least
    ]


def _distinct(edges: Iterable[tuple[float, Item, Item]], pairing: _Pairing) -> Iterator[tuple[float, Item, Item]]:
    """Those pairs that share more than what any item says, and something of their titles unless they are rather alike."""
    likeness = pairing.likeness
    for score, old, new in edges:
        a, b = pairing.profile[old], pairing.profile[new]
        if old.title and new.title and not a.title & b.title and score < _UNTITLED:
            continue
        if likeness.differ(a, b):
            continue
        shared = a.pairs & b.pairs
        if likeness.weight(filter(likeness.is_rare, shared)) >= _DISTINCT * likeness.rare:
            yield score, old, new


def _anew(pairing: _Pairing) -> Iterator[tuple[float, Item, Item]]:
    """Items with titles that were written anew: known by a name in quotation marks, by most of the title, or by rare words of the text."""
    likeness = pairing.likeness
    bearers = [_named(profiles) for profiles in (pairing.old, pairing.new)]
    for a, b in pairing.candidates(_NAMED):
        old, new = a.item, b.item
        if not (old.title and new.title and comparable(old, new)) or old.is_heading:
            continue  # what a heading stands above tells more of it than its words
        score = likeness.similarity(a, b)
        if score < _ANEW or likeness.differ(a, b):
            continue
        titles = likeness.weight(a.title & b.title)
        alike = likeness.alike_in_title(a, b)
        name = any(
            name in old.title and name in new.title and max(len(held[name]) for held in bearers) <= _BEARERS
            for name in (*_NAME.findall(old.title), *_NAME.findall(new.title))
        )
        rare = likeness.weight(filter(likeness.is_rare, a.pairs & b.pairs)) >= _EVIDENT * likeness.rare
        if name or rare or (alike >= TITLES and titles >= _TITLED * likeness.rare):
            yield score + alike + name, old, new


def _named(profiles: Iterable[Profile]) -> defaultdict[str, list[Item]]:
    """The items that have each name in quotation marks in their titles."""
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for profile in profiles:
        for name in dict.fromkeys(_NAME.findall(profile.item.title)):
            found[name].append(profile.item)
    return found


def _listed(pairing: _Pairing) -> list[tuple[float, Item, Item]]:
    """Elements of lists of corresponding items; of those that are equally alike, the ones at the same place of their lists."""
    found = []
    for a, b in pairing.new_of.items():
        free_old, free_new = (
            [child for child in item.children if child.is_element and pairing.is_free(child)] for item in (a, b)
        )
        if len(free_old) * len(free_new) <= _SIBLINGS:
            for old, new in product(free_old, free_new):
                similarity = pairing.likeness.similarity(pairing.profile[old], pairing.profile[new])
                if similarity >= _LISTED and comparable(old, new):
                    places = (a.children.index(old) / len(a.children), b.children.index(new) / len(b.children))
                    found.append((similarity + _ORDER * (1 - abs(places[0] - places[1])), old, new))
    return found


def _in_context(pairing: _Pairing) -> list[tuple[float, Item, Item]]:
    candidates = pairing.candidates(1)
    for a, b in pairing.new_of.items():
        free_old = [pairing.profile[child] for child in a.children if pairing.is_free(child)]
        free_new = [pairing.profile[child] for child in b.children if pairing.is_free(child)]
        if len(free_old) * len(free_new) <= _SIBLINGS:
            candidates.update(dict.fromkeys(product(free_old, free_new)))
        if a.parent and b.parent and pairing.is_free(a.parent) and pairing.is_free(b.parent):
            candidates[pairing.profile[a.parent], pairing.profile[b.parent]] = None
    return [
        (score, a.item, b.item)
        for a, b in candidates
        if comparable(a.item, b.item) and (score := _similarity_in_context(a, b, pairing)) >= _FITTING
    ]


def _similarity_in_context(old: Profile, new: Profile, pairing: _Pairing) -> float:
    """What either says, whether the items above are the same, and how many of those below are; 0 where only the context speaks."""
    a, b = old.item, new.item
    similarity = score = pairing.likeness.similarity(old, new)
    weight = 1.0
    same_parent = pairing.new_of.get(a.parent) is b.parent if a.parent else b.parent is None
    if same_parent or (a.parent in pairing.new_of and b.parent in pairing.old_of):
        score += _PARENT * same_parent
        weight += _PARENT
    together = 0
    if a.children and b.children:
        together = sum(1 for child in a.children if child in pairing.new_of and pairing.new_of[child].parent is b)
        score += _CHILDREN * 2 * together / (len(a.children) + len(b.children))
        weight += _CHILDREN
    titled = a.title and b.title and a.text and b.text
    if titled and not together and pairing.likeness.differ(old, new):
        return 0.0  # that both are what is left below one heading doesn't make them one
    if a.title and b.title and not together and not old.title & new.title:
        return score / weight if similarity >= _UNTITLED else 0.0
    return score / weight if together or similarity >= _HINT else 0.0


def _groups(
    pairing: _Pairing, splits: Mapping[Item, Sequence[Item]], mergers: Mapping[Item, Sequence[Item]]
) -> Iterator[Group]:
    yield from (Group((whole,), tuple(parts)) for whole, parts in splits.items())
    yield from (Group(tuple(parts), (whole,)) for whole, parts in mergers.items())
    for profile in pairing.old:
        if profile.item not in pairing.absorbed:
            partner = pairing.new_of.get(profile.item)
            yield Group((profile.item,), (partner,) if partner else ())
    for profile in pairing.new:
        if profile.item not in pairing.absorbed and profile.item not in pairing.old_of:
            yield Group((), (profile.item,))
