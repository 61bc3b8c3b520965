"""Changes of the items themselves: added, removed, split, merged, moved, renumbered, renamed, reworded, put off.

What follows from another change is not told beside it: the items below an added section, the number of a moved task. Items that moved or
were renumbered alike, in a row, are one change. Where items were drawn together or divided, what became of their text is told sentence
by sentence, and so is a sentence that went to another item.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gongwen.compare.changes import Change, Edit, Place
from gongwen.compare.items import Item
from gongwen.compare.links import Link
from gongwen.compare.matching import Group
from gongwen.compare.wording import Accounts, Tokenize, edits
from gongwen.lexicon.sentences import Sentence

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
        if group.old and group.new and len(group.old) + len(group.new) > 2:
            kind = f"{_kind(*group.old, *group.new)}-{_event(group)}"
            before, after = (" + ".join(item.label for item in side) for side in group)
            here, there = (tuple(item.place for item in side) for side in group)
            yield Change(kind, None, here, there, before, after)


def _event(group: Group) -> str:
    if len(group.old) == 1:
        return "split"
    return "merged" if len(group.new) == 1 else "regrouped"


class Rewordings:
    """The edits by which sentences became those that they are linked to.

    Of a sentence that lives on in several, what another one of these says was neither dropped nor put in here: such edits don't count.
    """

    def __init__(self, links: Iterable[Link], tokenize: Tokenize) -> None:
        self.tokenize = tokenize
        self._of_sentence: defaultdict[tuple[Item, int], list[Link]] = defaultdict(list)
        for link in links:
            for end in link.ends:
                self._of_sentence[end].append(link)

    def of(self, link: Link) -> tuple[Edit, ...]:
        found = self._edits(link)
        if link not in self._of_sentence[link.ends[0]]:
            return found  # several links as one: see _drawn_together
        said = [self._said_by_others(link, side) for side in (0, 1)]
        return tuple(
            replace(edit, counted=edit.counted and not _is_said_elsewhere(edit, *said)) if any(said) else edit
            for edit in found
        )

    def _edits(self, link: Link) -> tuple[Edit, ...]:
        return edits(link.old.text, link.new.text, self.tokenize)

    def _said_by_others(self, link: Link, side: int) -> set[int]:
        """The offsets in one of the sentences of a link of what another sentence that it lives on in says, too."""
        said: set[int] = set()
        for other in self._of_sentence[link.ends[side]]:
            if other.ends != link.ends:
                said.update(range(len((other.new if side else other.old).text)))
                for edit in self._edits(other):
                    fragment = edit.after if side else edit.before
                    said.difference_update(range(fragment.start, fragment.end))
        return said


def _is_said_elsewhere(edit: Edit, before: set[int], after: set[int]) -> bool:
    """Whether all words of an edit are said by other sentences."""
    words = [
        (at, said)
        for fragment, said in ((edit.before, before), (edit.after, after))
        for at, character in enumerate(fragment.text, fragment.start)
        if character.isalnum()
    ]
    return bool(words) and all(at in said for at, said in words)


def wording_changes(
    group: Group, links: Sequence[Link], rewordings: Rewordings, accounts: Accounts, tokenize: Tokenize
) -> Iterator[Change]:
    """Title, text and deadline of corresponding items. ``links`` are those between their sentences."""
    if len(group.old) == len(group.new) == 1:
        yield from _pair_changes(group.old[0], group.new[0], accounts, tokenize)
        return
    kind = _kind(*group.old, *group.new)
    for link in _drawn_together(links):
        before, after = link.old.text, link.new.text
        if found := accounts.settle(before, after, rewordings.of(link)):
            here, there = _sentence(link.old_item, link.old), _sentence(link.new_item, link.new)
            yield Change(f"{kind}-reworded", "text", (here,), (there,), before, after, found)
    linked = {end for link in links for end in link.ends}
    for side, event in ((0, "removed"), (1, "added")):
        others = tuple(item.place for item in group[1 - side])
        for item in group[side]:
            for sentence in item.sentences:
                if (item, sentence.start) in linked:
                    continue
                texts = (None, sentence.text) if side else (sentence.text, None)
                if accounts.settle(texts[0] or "", texts[1] or "", edits(texts[0] or "", texts[1] or "", tokenize)):
                    place = (_sentence(item, sentence),)
                    yield Change(f"sentence-{event}", None, *((others, place) if side else (place, others)), *texts)


def _drawn_together(links: Sequence[Link]) -> Iterator[Link]:
    """The links; those of sentences that stand one behind the other and were drawn into one, or come of one, as one link."""
    of_end: defaultdict[tuple[Item, int], list[Link]] = defaultdict(list)
    for link in links:
        for end in link.ends:
            of_end[end].append(link)
    done: set[tuple[object, object]] = set()
    for link in links:
        for side in (0, 1):
            several = sorted(of_end[link.ends[side]], key=lambda one: one.ends[1 - side][1])
            ends = [one.ends[1 - side] for one in several]
            if len(several) > 1 and all(len(of_end[end]) == 1 for end in ends) and _in_a_row(ends):
                if several[0].ends == link.ends:
                    yield _joined(several, 1 - side)
                done.update(one.ends for one in several)
        if link.ends not in done:
            yield link


def _in_a_row(ends: Sequence[tuple[Item, int]]) -> bool:
    """Whether sentences, by item and offset, stand one behind the other in one item."""
    item = ends[0][0]
    starts = [sentence.start for sentence in item.sentences]
    first = starts.index(ends[0][1])
    return all(other is item for other, _ in ends) and starts[first : first + len(ends)] == [at for _, at in ends]


def _joined(links: Sequence[Link], side: int) -> Link:
    """One link for several whose sentences on one side stand one behind the other."""
    first, last = links[0], links[-1]
    item = first.new_item if side else first.old_item
    start, end = ((one.new if side else one.old) for one in (first, last))
    whole = Sentence(start.start, end.end, item.text[start.start : end.end])
    return first._replace(new=whole) if side else first._replace(old=whole)


def moved_sentences(links: Iterable[Link], rewordings: Rewordings) -> Iterator[Change]:
    """Sentences that went to an item that their own does not correspond to."""
    for link in links:
        before, after = link.old.text, link.new.text
        here, there = _sentence(link.old_item, link.old), _sentence(link.new_item, link.new)
        yield Change("sentence-moved", None, (here,), (there,), before, after, rewordings.of(link))


def _sentence(item: Item, sentence: Sentence) -> Place:
    """The place of a sentence of an item."""
    spans = item.source(sentence.start, sentence.end)
    return Place(item.pointer, item.id, item.label, item.path, spans)


def _pair_changes(old: Item, new: Item, accounts: Accounts, tokenize: Tokenize) -> Iterator[Change]:
    kind, here, there = _kind(old, new), (old.place,), (new.place,)
    before, after = old.text, new.text
    if kind != "part" and bool(old.title) != bool(new.title):
        # What is a heading on one side only is the beginning of the text on the other.
        before, after = old.words, new.words
    elif found := accounts.settle(old.title, new.title, edits(old.title, new.title, tokenize)):
        yield Change(f"{kind}-renamed", "title", here, there, old.title, new.title, found)
    if term := moved_term(old, new):
        yield Change(f"{kind}-deadline-moved", "deadline", here, there, *term)
    if found := accounts.settle(before, after, edits(before, after, tokenize)):
        yield Change(f"{kind}-reworded", "text", here, there, before, after, found)


def moved_term(old: Item, new: Item) -> tuple[str | None, str | None] | None:
    """The terms by which a task was and is due, where they differ; 6月底前 is the same one in the plan of another year."""
    deadlines = [item.task.deadline if item.task else None for item in (old, new)]
    sooner, later = ((item.task.deadline_text or item.task.deadline) if item.task else None for item in (old, new))
    return (sooner, later) if deadlines[0] != deadlines[1] and sooner != later else None


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
            words = "\n".join(member.words for member in members if member.words)
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
    """A task, if any of the corresponding items is one, else a section, if any is: a paragraph may have become an item."""
    kinds = {item.kind for item in items}
    return next((kind for kind in ("task", "section") if kind in kinds), items[0].kind)


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
        if _written(a) != _written(b):
            runs[stream][1].append((a, b))
    yield from (run for _, run in runs.values() if run)


def _written(item: Item) -> str:
    """The marker, however its signs are encoded: ⒊ and ３． say what 3. says."""
    return unicodedata.normalize("NFKC", item.marker or "")


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
