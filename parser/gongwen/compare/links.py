"""Which sentence lives on in which: links between the sentences of both notices, many to many.

Inside corresponding items a sentence is looked for first, then everywhere. Equal sentences are linked, then those that say much the
same (the best assignment), then what was drawn together or divided: a sentence most of which another one says, too.
Outside its own item a sentence needs evidence: what it shares must be more than two plans share by chance.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, product
from typing import NamedTuple

from gongwen.compare.assignment import assign
from gongwen.compare.items import Item
from gongwen.compare.matching import Group
from gongwen.compare.similarity import TOPICAL, Bag, Likeness, bag
from gongwen.lexicon.sentences import Sentence

_WITHIN = 0.2  # the least likeness of two sentences of corresponding items
_ACROSS = 0.45  # … of two sentences of other items
_ORPHANED = 0.33  # … if one of them is of an item that has no counterpart
_PART = 0.5  # the least share of a sentence that another one of its item says, too
_PART_ACROSS = 0.7  # … another one elsewhere
_PART_SURELY = 0.85  # … whatever else either has beside it
_EVIDENCE = 4.5  # the least that sentences of other items must share: what so many rare pairs weigh …
# … or this likeness and this weight, if both say again and again what hardly another item says
_SUBJECT = 0.24
_OF_ONE_SUBJECT = 3.5
_DISTINCT = 2.5  # … and so much of it by pairs that next to nothing else has: set phrases tell nothing of where a sentence came from
_NAMED = 1.5  # what a sentence must have of what next to nothing else says for that to tell where it belongs
_REMNANT = 0.1  # the least likeness of two sentences of corresponding items that are left over and share that much
_SURELY = 0.75  # likeness from which on a sentence moved, whatever else stayed where it was
_TABLE = 900  # pairs of sentences of corresponding items that are compared each with each
_RARE = 12  # this many of a sentence's rarest pairs look for its candidates …
_COMMON = 48  # … unless more items than this have the pair
_CANDIDATES = 6  # and this many candidates are compared in full


class Link(NamedTuple):
    """A sentence of the old notice and one of the new that says the same, or a part of it.

    ``share`` is how much of what both say they have in common, from 0 to 1; 1 for equal ones.
    """

    old_item: Item
    old: Sentence
    new_item: Item
    new: Sentence
    share: float

    @property
    def ends(self) -> tuple[tuple[Item, int], tuple[Item, int]]:
        return (self.old_item, self.old.start), (self.new_item, self.new.start)


class _Said:
    """A sentence with the pairs of characters that it is compared by, counted when they are first asked for: most have an equal."""

    def __init__(self, item: Item, sentence: Sentence, likeness: Likeness, subject: Bag) -> None:
        self.item = item
        self.sentence = sentence
        self._likeness = likeness
        self._of_item = subject

    @cached_property
    def pairs(self) -> Bag:
        return bag(self.sentence.text)

    @cached_property
    def subject(self) -> Bag:
        """Those of them that its item says again and again."""
        return self._of_item & self.pairs

    @cached_property
    def telling(self) -> list[str]:
        """The pairs that can lead to what is alike, the rarest first."""
        return self._likeness.telling(self.pairs, _COMMON)

    @cached_property
    def weight(self) -> int:
        return self._likeness.weight(self.pairs)


class Linker:
    """Finds the links. ``found`` are those so far."""

    def __init__(self, likeness: Likeness) -> None:
        self.likeness = likeness
        self._evidence, self._of_one_subject = _EVIDENCE * likeness.rare, _OF_ONE_SUBJECT * likeness.rare
        self._distinct = _DISTINCT * likeness.rare
        self.found: list[Link] = []
        self._equal: set[_Said] = set()
        self._partners: defaultdict[_Said, list[_Said]] = defaultdict(list)
        self._said: dict[Item, list[_Said]] = {}
        self._profiles = {profile.item: profile for profile in (*likeness.old, *likeness.new)}
        self._counterparts: dict[Item, Sequence[Item]] = {}
        self._kept: dict[Item, Bag] = {}

    def said(self, items: Iterable[Item]) -> list[_Said]:
        """The sentences of ``items``."""
        found = []
        for item in items:
            if item not in self._said:
                self._said[item] = [
                    _Said(item, sentence, self.likeness, self._profiles[item].subject) for sentence in item.sentences
                ]
            found += self._said[item]
        return found

    def add(self, old: _Said, new: _Said, share: float) -> None:
        self.found.append(Link(old.item, old.sentence, new.item, new.sentence, round(share, 2)))
        if old.sentence.text == new.sentence.text:
            self._equal.update((old, new))
        self._partners[old].append(new)
        self._partners[new].append(old)

    def free(self, said: Iterable[_Said]) -> list[_Said]:
        return [one for one in said if one not in self._partners]

    def _alike(self, a: _Said, b: _Said) -> float:
        """What both say, as a share of what either says."""
        both = a.weight + b.weight
        return 2 * self.likeness.weight(a.pairs & b.pairs) / both if both else 0.0

    def _contained(self, part: _Said, whole: _Said) -> tuple[float, int]:
        """What ``whole`` says of what ``part`` says, as a share and as a weight."""
        shared = self.likeness.weight(part.pairs & whole.pairs)
        return (shared / part.weight if part.weight else 0.0), shared

    def link_within(self, group: Group) -> None:
        """Link the sentences of items that correspond."""
        olds, news = self.said(group.old), self.said(group.new)
        self._link_equal(olds, news)
        free_old, free_new = self.free(olds), self.free(news)
        if len(free_old) * len(free_new) <= _TABLE:
            edges = [(score, a, b) for a, b in product(free_old, free_new) if (score := self._alike(a, b)) >= _WITHIN]
        else:
            edges = list(self._edges(free_old, free_new, _WITHIN, 0))
        self._assign(edges)
        self._link_remnants(self.free(free_old), self.free(free_new))
        for free, others, turned in ((self.free(olds), news, False), (self.free(news), olds, True)):
            if len(free) * len(others) > _TABLE:
                continue
            for part in free:
                scored = [(self._contained(part, whole)[0], -at, whole) for at, whole in enumerate(others)]
                share, _, whole = max(scored, key=lambda row: row[:2], default=(0.0, 0, part))
                if share >= _PART and self._lost(part, whole):
                    old, new = (whole, part) if turned else (part, whole)
                    self.add(old, new, self._alike(old, new))

    def _link_remnants(self, olds: Sequence[_Said], news: Sequence[_Said]) -> None:
        """Link what is left of corresponding items and has in common what next to nothing else says."""
        if len(olds) * len(news) > _TABLE:
            return
        least = _NAMED * self.likeness.rare
        scored = ((self._alike(a, b), a, b) for a, b in product(olds, news))
        self._assign(row for row in scored if row[0] >= _REMNANT and self._rare(row[1].pairs & row[2].pairs) >= least)

    def _rare(self, pairs: Iterable[str]) -> int:
        """What those of the pairs weigh that next to nothing else says."""
        return self.likeness.weight(filter(self.likeness.is_rare, pairs))

    def _lost(self, part: _Said, whole: _Said) -> bool:
        """Whether most of what ``whole`` says of ``part`` is missing in the sentence that ``whole`` is linked to already."""
        kept = frozenset(pair for other in self._partners.get(whole, ()) for pair in other.pairs)
        shared = part.pairs & whole.pairs
        return 2 * self.likeness.weight(shared & kept) <= self.likeness.weight(shared)

    def _link_equal(self, olds: Iterable[_Said], news: Iterable[_Said]) -> None:
        """Equal sentences, in their order."""
        by_text: defaultdict[str, deque[_Said]] = defaultdict(deque)
        for new in news:
            by_text[new.sentence.text].append(new)
        for old in olds:
            if same := by_text.get(old.sentence.text):
                self.add(old, same.popleft(), 1.0)

    def _assign(self, edges: Iterable[tuple[float, _Said, _Said]]) -> None:
        edges = list(edges)
        share = {(a, b): score for score, a, b in edges}
        for a, b in assign(edges):
            self.add(a, b, share[a, b])

    def link_across(self, groups: Sequence[Group]) -> None:
        """Link the sentences that have no link by now, wherever they stand."""
        olds = self._open(item for group in groups for item in group.old)
        news = self._open(item for group in groups for item in group.new)
        alone = {item for group in groups if not (group.old and group.new) for item in (*group.old, *group.new)}
        free_old, free_new = self.free(olds), self.free(news)
        self._link_unique(free_old, free_new)
        free_old, free_new = self.free(free_old), self.free(free_new)
        for group in groups:
            self._counterparts.update(dict.fromkeys(group.old, group.new))
            self._counterparts.update(dict.fromkeys(group.new, group.old))
        self._assign(
            edge
            for edge in self._edges(free_old, free_new, _SUBJECT, self._of_one_subject)
            if self._are_of_one_subject(edge[1], edge[2])
            or (
                self._shared(edge[1], edge[2]) >= self._evidence
                and (edge[0] >= _ACROSS or (edge[0] >= _ORPHANED and (edge[1].item in alone or edge[2].item in alone)))
                and (edge[0] >= _SURELY or self._may_move(edge[1], edge[2]))
            )
        )
        for parts, wholes, turned in ((free_old, news, False), (free_new, olds, True)):
            parts = self.free(parts)
            index = _Index(wholes if parts else ())
            for part in parts:
                scored = [(*self._contained(part, whole), whole) for whole in index.candidates(part)]
                share, shared, whole = max(scored, key=lambda row: row[0], default=(0.0, 0, part))
                evident = shared >= self._evidence and self._is_distinct(part, whole)
                moves = share >= _PART_SURELY or (share >= _PART_ACROSS and self._may_move(part, whole))
                if evident and moves and self._lost(part, whole):
                    old, new = (whole, part) if turned else (part, whole)
                    self.add(old, new, self._alike(old, new))

    def _may_move(self, a: _Said, b: _Said) -> bool:
        """Whether nothing that tells of a sentence's place stayed in its item: what the other sentence doesn't say, but a counterpart of the item does.

        What both share then is a turn of phrase; as it is where both items are new, and about different things.
        """
        if not (self._counterparts[a.item] or self._counterparts[b.item]):
            return not self.likeness.differ(self._profiles[a.item], self._profiles[b.item])
        return not (self._stays(a, b) or self._stays(b, a))

    def _stays(self, one: _Said, other: _Said) -> bool:
        """Whether something that tells of a sentence's place stayed there, and is not what the other one says."""
        return self._rare((one.pairs - other.pairs) & self._stayed(one.item)) >= _NAMED * self.likeness.rare

    def _stayed(self, item: Item) -> Bag:
        """What the counterparts of an item say."""
        if item not in self._kept:
            said = (self._profiles[other].pairs for other in self._counterparts[item])
            self._kept[item] = frozenset(pair for pairs in said for pair in pairs)
        return self._kept[item]

    def _shared(self, a: _Said, b: _Said) -> int:
        return self.likeness.weight(a.pairs & b.pairs)

    def _are_of_one_subject(self, a: _Said, b: _Said) -> bool:
        """Whether both sentences say again and again what hardly another item says."""
        shared = a.pairs & b.pairs
        again = [pair for pair in shared if pair[2:] == "2" and self.likeness.is_rare(pair)]
        return sum(pair[:2] not in self._stayed(a.item) & self._stayed(b.item) for pair in again) >= TOPICAL

    def _open(self, items: Iterable[Item]) -> list[_Said]:
        """The sentences that say enough to be looked for, without those that stayed as they were."""
        said = [one for one in self.said(items) if one not in self._equal]
        return [one for one in said if one.weight >= self._evidence]

    def _link_unique(self, olds: Iterable[_Said], news: Iterable[_Said]) -> None:
        """Equal sentences that stand once among those without a link."""
        by_text: defaultdict[str, tuple[list[_Said], list[_Said]]] = defaultdict(lambda: ([], []))
        for side, said in enumerate((olds, news)):
            for one in said:
                by_text[one.sentence.text][side].append(one)
        for here, there in by_text.values():
            if len(here) == len(there) == 1:
                self.add(here[0], there[0], 1.0)

    def _edges(
        self, olds: Sequence[_Said], news: Sequence[_Said], least: float, evidence: float
    ) -> Iterator[tuple[float, _Said, _Said]]:
        """Pairs of sentences that share rare pairs of characters, looked for from both sides."""
        among_new, among_old = _Index(news), _Index(olds)
        pairs = dict.fromkeys((a, b) for a in olds for b in among_new.candidates(a))
        pairs.update(dict.fromkeys((a, b) for b in news for a in among_old.candidates(b)))
        for a, b in pairs:
            shared = self.likeness.weight(a.pairs & b.pairs)
            score = 2 * shared / (a.weight + b.weight) if shared else 0.0
            if score >= least and shared >= evidence and (not evidence or self._is_distinct(a, b)):
                yield score, a, b

    def _is_distinct(self, a: _Said, b: _Said) -> bool:
        if self.likeness.are_apart(a.pairs, a.subject, b.pairs, b.subject):
            return False
        return self._rare(a.pairs & b.pairs) >= self._distinct


class _Index:
    """Finds the sentences that share the rarest pairs of one."""

    def __init__(self, said: Iterable[_Said]) -> None:
        self._holders: defaultdict[str, list[_Said]] = defaultdict(list)
        for one in said:
            for pair in one.telling:
                self._holders[pair].append(one)

    def candidates(self, one: _Said) -> list[_Said]:
        votes: defaultdict[_Said, float] = defaultdict(float)
        for pair in islice(filter(self._holders.__contains__, one.telling), _RARE):
            holders = self._holders[pair]
            for holder in holders:
                votes[holder] += 1 / len(holders)
        return sorted(votes, key=lambda said: (-votes[said], said.item.at, said.sentence.start))[:_CANDIDATES]
