"""Spots where an edit cut characters in two, so that the copy was decoded a byte out of step, and what may have stood there.

Such a spot begins with a ``?``: a lead byte that lost its trail byte. From there on, each character of the copy holds the
trail byte of one original character and the lead byte of the next, until a byte that stands alone, or another edit, ends it.
So each two neighbours of the copy hold an original character, its lead byte in the one and its trail byte in the other: a
*joint*. Most joints have one filling. Where bytes are lost between them, a joint may have been filled by two or more
characters, joined by pairs without a character, which vanished; at both ends of a run single bytes are lost.

The fillings are the edges of a graph of hypotheses, which is read once from the left. The language of official texts and of
the copy itself tells how likely each is (gongwen.repair.language), with the characters behind it, which the copy shows. The
likeliest path is proven when the edits of the copy, applied to it, give the copy exactly (gongwen.repair.byte_edits). What
each of its fillings is sure by is the cost of the likeliest path that has something else there.

What a ``?`` can stand for, by the bytes that it ate:

* a lead byte and the byte before a marked pair, which follows: ``?。``;
* a lead byte and the ``(`` of a note, whose rest follows: ``?qǐng)``;
* a trail byte and either of these, or an ASCII character such as a line feed: the end of a run out of step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from heapq import nsmallest
from itertools import combinations, pairwise
from math import exp, inf, log
from operator import attrgetter
from typing import NamedTuple

from gongwen.lexicon import ngrams
from gongwen.lexicon.readings import read_as
from gongwen.repair import gbk
from gongwen.repair.byte_edits import Edits, copies, fold
from gongwen.repair.engine import Candidate, Piece, Place
from gongwen.repair.gbk import Pair
from gongwen.repair.language import CONTEXT, Language
from gongwen.repair.models.notes import NOTE, ORPHAN, READING
from gongwen.repair.sequence import Markers

_NOTED = re.compile(rf"({READING})\)")
_BRACKETED = re.compile(rf"\(({READING})\)")
_EATEN = "\n .-/%"  # ASCII that the end of a run may have eaten
_CLOSING = '"'  # and before a sentence end, in a copy that has it
_COUNTED = re.compile("[0-9.%)）年月日个個项項万萬亿億家人名条條元号號届屆倍次]")  # what follows a digit
_WIDE = {character: (0xA3, ord(character) + 0x80) for character in "(),:;?!"}
"""The pairs of the punctuation that a copy may have folded to half width."""

_LONGEST = 160  # characters of the copy that a spot may span
_WIDTH = 3  # hypotheses that are followed at a time
_MOST_JUDGED = 6  # ends of a spot that are proven, the likeliest first
_AHEAD = 3  # characters behind a filling that say how likely it is
_UNKNOWN = 3.5  # cost of a character behind a filling that isn't certain
_SLACK = 7.0  # a filling that costs so much more than the likeliest beside it is given up
_PLAIN = 2.4  # mean cost of a filling and of what follows below which nothing is missing there
_ODD = 3.0  # and above which more than two characters may have stood there
_FIRSTS, _LASTS = 5, 3  # characters before a vanished pair, and behind it for each of them, that are weighed
_LEAST = 4.0  # cost of what closes a chain, with what follows, at least
_VARIES = 2.0  # by which what follows may be likelier behind a chain than behind what is known to fill the joint
_WEIGHED = 3  # times as many are weighed by the next character alone
_LONGEST_CHAIN = 4  # characters that may be joined by vanished pairs
_TORN = 8  # characters at the edge of a spot that are
_KEPT = 6  # fillings of a joint that are followed
_MOST_HIDDEN = 2  # pairs in one spot that are listed though the copy never shows them whole
_MOST_PLACES = 5  # that may be such pairs
_AROUND = 64  # characters of the copy on each side that are searched for the context
_MOST_STEPS = 40_000  # of the search in one text: one is to ask which characters are likely next
_MOST_STEPS_HERE = 2_000  # of it at one place
_LINE = 200  # characters of a paragraph on each side in which brackets pair up
_PAIRS = (("(", ")"), ("《", "》"), ("“", "”"), ("〔", "〕"))
_BRACKETS = re.compile("[()（）《》“”〔〕]")
_UNCLOSED = 2.5  # cost of a bracket without its other half
_UNSEEN = 1.5  # cost of a listed character that no note of the copy shows whole
_SHOWN = 4  # other fillings that are named


class _Node:
    """A hypothesis: what the copy up to ``at`` may stand for, as far as what follows depends on it."""

    __slots__ = ("at", "begun", "context", "cost", "edges", "pending", "rest")

    def __init__(self, at: int, pending: int, begun: int, context: str) -> None:
        self.at = at  # the next character of the copy
        self.pending = pending  # the lead byte that waits for its trail byte; 0: none, in step again
        self.begun = begun  # where in the copy it stands
        self.context = context  # the last characters, folded
        self.cost = inf  # of the likeliest way here
        self.edges: list[_Edge] = []  # that lead here
        self.rest = inf  # cost of the likeliest way from here to an end


class _Edge(NamedTuple):
    """A filling between two hypotheses."""

    start: _Node
    cost: float
    text: str
    guesses: int  # how much of it is supposed without a trace in the copy


class _Filling(NamedTuple):
    """What may fill a joint: its cost, that with the characters which follow, what it is and how much of it is supposed."""

    rank: float
    cost: float
    text: str
    folded: str
    guesses: int


_NOTHING = _Filling(0.0, 0.0, "", "", 0)


@cache
def _leads(pending: int) -> tuple[int, ...]:
    """The lead byte that waits for its trail byte, or all that make a pair without a character behind trail byte -``pending``."""
    return (pending,) if pending > 0 else gbk.vacant_leads()[-pending]


@cache
def _completed(pending: int, trail: int) -> ngrams.Class:
    """The characters that ``trail`` completes."""
    column = gbk.column(trail)
    return ngrams.Class(column[lead] for lead in _leads(pending) if lead in column)


@cache
def _torn(pending: int) -> ngrams.Class:
    """The characters whose trail byte could be taken for a lead byte, so that it ate what followed."""
    rows = map(gbk.row, _leads(pending))
    return ngrams.Class(character for row in rows for trail, character in row.items() if trail in gbk.LEADS)


@cache
def _vanishing(pending: int) -> ngrams.Class:
    """The characters whose trail byte can lead a pair without a character, which leaves no trace."""
    vacant, rows = gbk.vacant_leads(), map(gbk.row, _leads(pending))
    return ngrams.Class(character for row in rows for trail, character in row.items() if trail in vacant)


@cache
def _vanishing_before(trail: int, lead: int) -> tuple[tuple[float, str], ...]:
    """Those behind a vanished pair that begins with ``trail`` whose trail byte and ``lead`` are another, with their cost by themselves."""
    vacant, characters = gbk.vacant_leads(), _vanishing(-trail)
    return tuple(
        [
            (cost, character)
            for cost, folded in characters.ranked
            for character in characters.written[folded]
            if lead in vacant[character.encode("gbk")[1]]
        ]
    )


@cache
def _ending_in(trail: int) -> ngrams.Class:
    """The characters with this trail byte."""
    return ngrams.Class(gbk.column(trail).values())


@cache
def _with_note(note: str) -> Mapping[int, Mapping[int, str]]:
    """Lead byte → trail byte → character, of those that may be read like this."""
    found: dict[int, dict[int, str]] = {}
    for character in sorted(read_as(note)):
        if pair := gbk.pair(character):
            found.setdefault(pair[0], {})[pair[1]] = character
    return found


@cache
def _shown(pair: Pair) -> str:
    """What the copy may show for a pair: its character, in half width, too, if it can be folded."""
    character = bytes(pair).decode("gbk")
    return character + fold(character) if fold(character) != character else character


class _Copy:
    """A damaged copy and the edits of its damage, as far as it shows them."""

    def __init__(self, value: str, edits: Edits, language: Language) -> None:
        self.value = value
        self.edits = edits
        self.language = language
        self.steps = 0  # of the search so far
        self.marks = [(pair, _shown(pair)) for pair in sorted(edits.marks)]
        shown = "".join(shown for _, shown in self.marks)
        marked = f"|[{re.escape(shown)}]|\\?[{re.escape(shown)}]" if shown else ""
        self.spot = re.compile(rf"(?<!\?\?)\?(?!\?\?)(?={READING}\){marked})")
        self.chains = _chains(language.intact)
        self._noted: dict[tuple[str, int], list[tuple[str, int, bool]]] = {}
        self._between: dict[Pair, float] = {}

    def marked(self, at: int) -> list[Pair]:
        """The marked pairs that the copy may show at ``at``."""
        character = self.value[at : at + 1]
        return [pair for pair, shown in self.marks if character in shown] if character else []

    def noted(self, note: str, pending: int) -> Sequence[tuple[str, int, bool]]:
        """The characters that may be on the list with this note and complete ``pending``.

        Each with its trail byte and whether the copy shows it nowhere. A character that stands in the copy without a
        note is not on the list.
        """
        found = self._noted.get((note, pending))
        if found is None:
            found = self._noted[note, pending] = []
            for lead in _leads(pending):
                for trail, character in _with_note(note).get(lead, {}).items():
                    known = self.edits.notes.get((lead, trail))
                    at = -1 if known else self.value.find(character)
                    if known == note if known else at < 0 or self.value.startswith(f"({note})", at + 1):
                        found.append((character, trail, not known and at < 0))
        return found

    def between(self, left: str, right: str) -> float:
        """The cost of any character, whatever it is, that vanished pairs join to both of these."""
        before, after = gbk.pair(left), gbk.pair(right)
        vacant = gbk.vacant_leads()
        if before is None or after is None or after[0] not in vacant.get(before[1], ()):
            return inf
        known = self._between.get((before[1], after[0]))
        if known is None:
            leads = _vanishing_before(before[1], after[0])
            share = sum([exp(-cost - self.language.novelty(character)) for cost, character in leads])
            known = self._between[before[1], after[0]] = -log(share) if share else inf
        return known

    def is_edited(self, pair: Pair | None) -> bool:
        """Whether the copy would show an edit where these two bytes meet."""
        return pair in self.edits.notes or pair in self.edits.marks


def places(value: str, edits: Edits, language: Language) -> Iterator[Place]:
    """The spots of ``value``, a copy whose damage has ``edits``, in order.

    A hostile text may have any number of them, so a spot has no candidates once the search took too long.
    """
    copy = _Copy(value, edits, language)
    at = 0
    sequence = Markers()
    before = ""  # what was decided so far of what stands before ``at``
    while match := copy.spot.search(value, at):
        start = match.start()
        between = NOTE.sub("", value[at:start])
        sequence.read(between)
        before = (before + between)[-_LINE:]
        language.expected, language.numbers = sequence.expected(), sequence.numbers()
        search = _Search(copy, start, before)
        place = search.place() if copy.steps <= _MOST_STEPS else search.unsearched()
        yield place
        read = place.best.text if place.best else NOTE.sub("", value[start : place.end])
        sequence.read(read, is_restored=True)
        before += read
        at = place.end


class _Search:
    """The search at one spot."""

    def __init__(self, copy: _Copy, start: int, before: str) -> None:
        self.copy = copy
        self.value = copy.value
        self.language = copy.language
        self.start = start
        self.left = before[-1:]
        self.line = before[before.rfind("\n") + 1 :]
        self.root = _Node(start, 0, start, ngrams.fold(before[-CONTEXT:]))
        self.root.cost = 0.0
        self.layers: dict[int, dict[tuple[int, str], _Node]] = {}  # place in the copy → what waits for its character
        self.complete: dict[tuple[int, str], _Node] = {}  # in step again
        self._followed: dict[tuple[int, int], str] = {}
        self._likeliest = inf  # cost of the likeliest hypothesis that goes on from the same place, with what follows

    def place(self) -> Place:
        """The spot, with the likeliest candidate that is proven."""
        self._explore()
        if not self.complete:
            return self.unsearched()
        nodes = list(self.complete.values())
        end = max(node.at for node in nodes)
        after = self._in_step(end, CONTEXT)
        following = {at: ngrams.fold(NOTE.sub("", self.value[at:end])) + after for at in {node.at for node in nodes}}
        rest = NOTE.sub("", self.value[end : self._end_of_line(end)])
        costs = self.language.costs
        judged: list[tuple[float, int, _Node, list[tuple[_Edge, _Node]]]] = []
        for number, node in enumerate(nodes):
            path = _path(node)
            text = "".join([edge.text for edge, _ in path])
            self.rest = NOTE.sub("", self.value[node.at : end]) + rest
            node.rest = sum(costs(node.context, following[node.at])) + self._unclosed(text)
            judged.append((node.cost + node.rest, number, node, path))
        self.rest = rest
        judged.sort(key=lambda item: item[:2])
        literal = sum(costs(self.root.context, ngrams.fold(self.value[self.start : end]) + after))
        literal += self._unclosed(self.value[self.start : end])
        for cost, _, node, path in judged[:_MOST_JUDGED]:
            if self._proves("".join([edge.text for edge, _ in path]), node.at):
                best = self._candidate(cost, node, path, following[node.at])
                return Place(self.start, best.end, best, literal, len(self._nodes()))
        return self.unsearched()

    def _nodes(self) -> list[_Node]:
        return [*(node for layer in self.layers.values() for node in layer.values()), *self.complete.values()]

    def _candidate(self, cost: float, node: _Node, path: list[tuple[_Edge, _Node]], following: str) -> Candidate:
        """The candidate that ``path`` to ``node`` is, with what each of its fillings is sure by."""
        edges = [(edge, target) for target in self._nodes() for edge in target.edges]
        edges.sort(key=lambda item: -item[1].at)
        for edge, target in edges:
            edge.start.rest = min(edge.start.rest, edge.cost + target.rest)
        through = [
            (total - cost, edge.start.at, target.at, edge)
            for edge, target in edges
            if (total := edge.start.cost + edge.cost + target.rest) < inf
        ]
        text = "".join([edge.text for edge, _ in path])
        folded = ngrams.fold(text)
        costs = self.language.costs(self.root.context, folded + following)
        words = [cost * ("\u4e00" <= each <= "\u9fff") for cost, each in zip(costs, folded + following, strict=True)]
        pieces: list[Piece] = []
        done = 0
        for edge, target in path:
            if not edge.text:
                continue
            first, last = edge.start.at, target.at
            rivals: list[tuple[float, str]] = []
            for margin, start, end, other in through:
                if start < last and end > first and other.text and (other.text, start, end) != (edge.text, first, last):
                    if _BRACKETS.search(other.text + edge.text) and (start, end) == (first, last):
                        swapped = text[:done] + other.text + text[done + len(edge.text) :]
                        margin += self._unclosed(swapped) - self._unclosed(text)
                    rivals.append((margin, other.text if (start, end) == (first, last) else ""))
            rivals.sort()
            behind = done + len(edge.text)
            unknown = self._unknown(edge, costs[done:behind])
            margin = rivals[0][0] if rivals else inf
            if _BRACKETS.search(edge.text) and self._unclosed(text[:done] + text[behind:]) < self._unclosed(text):
                margin = 0.0  # half of a pair is no sure piece
            starts = (edge.start.begun, *[first] * (len(edge.text) - 1))
            others = tuple(dict.fromkeys(other for _, other in rivals if other))[:_SHOWN]
            odd = max(map(sum, zip(words[done:behind], [*words[done + 1 : behind + 1], 0.0], strict=False)))
            piece = Piece(edge.text, starts, margin, unknown, odd, edge.guesses, others)
            if self.value[last - 1] == "?" and edge.text[-1] < "\x80" and len(edge.text) > 1:
                pieces += _eaten(piece, rivals, last - 1)
            else:
                pieces.append(piece)
            done = behind
        return Candidate(cost, node.at, tuple(pieces), sum(costs[: len(text)]))

    def _unknown(self, edge: _Edge, costs: list[float]) -> float:
        """The margin of a chain over one with any other character between two of its own; ``costs`` are those of its characters."""
        text, folded = edge.text, ngrams.fold(edge.text)
        margins = [
            self.copy.between(text[at - 1], text[at]) + ngrams.character_cost("", folded[at]) - costs[at]
            for at in range(1, len(text))
            if text[at] > "\x80"
        ]
        return min(margins, default=inf)

    def unsearched(self) -> Place:
        """The spot without candidates."""
        end = self._end_of_remnant()
        remnant = ngrams.fold(self.value[self.start : end])
        return Place(self.start, end, None, sum(self.language.costs(self.root.context, remnant)), 0)

    def _end_of_remnant(self) -> int:
        """Where what the damage left at this spot ends, if no candidate explains it: before the next ASCII character."""
        match = re.compile(rf"\?+(?:{READING}\))?[^\x00-\x7f]*+").match(self.value, self.start)
        assert match
        return max(self.start + 1, min(match.end(), self.start + _LONGEST))

    def _unclosed(self, text: str) -> float:
        """The cost of the brackets and quotation marks of the paragraph that don't pair up if ``text`` stands here."""
        paragraph = fold(self.line + text + self.rest)
        return _UNCLOSED * sum(abs(paragraph.count(left) - paragraph.count(right)) for left, right in _PAIRS)

    def _end_of_line(self, start: int) -> int:
        """Where the paragraph that goes on at ``start`` ends, or becomes unreadable."""
        for end in (self.value.find("\n", start, start + _LINE), self.value.find("?", start, start + _LINE)):
            if end >= 0:
                return end
        return min(len(self.value), start + _LINE)

    def _proves(self, candidate: str, end: int) -> bool:
        """Whether the edits make what the copy shows up to ``end`` of a candidate, with some hidden pairs on the list."""
        shown = fold(self.value[self.start : end + 1])
        text = self.left + candidate + self.value[end : end + 1]
        notes, marks = self.copy.edits
        left = gbk.pair(self.left)
        before = fold(f"{self.left}({notes[left]})" if left is not None and left in notes else self.left)
        hidden = self._hidden(candidate, end)
        return any(
            outcome.startswith(before + shown)
            for size in range(min(len(hidden), _MOST_HIDDEN) + 1)
            for chosen in combinations(hidden, size)
            for outcome in copies(text, Edits({**notes, **dict(chosen)}, marks))
        )

    def _hidden(self, candidate: str, end: int) -> list[tuple[Pair, str]]:
        """The pairs in a candidate that may be listed though no note of the copy shows them whole."""
        data = (self.left + candidate).encode("gbk", "ignore")
        return [
            ((lead, trail), note)
            for note in _NOTED.findall(self.value, self.start, end)
            for lead, following in pairwise(data)
            if (lead, following) not in self.copy.edits.notes
            for _, trail, _ in self.copy.noted(note, lead)
            if trail == following
        ][:_MOST_PLACES]

    def _explore(self) -> None:
        """Follows the likeliest hypotheses until all are in step again."""
        self._begin(self.root)
        end = min(len(self.value), self.start + _LONGEST)
        last = self.copy.steps + _MOST_STEPS_HERE
        done = self.start
        while True:
            at = min((at for at in self.layers if at > done), default=end)
            if at >= end or self.copy.steps > last:
                return
            done = at
            beam = list(self.layers[at].values())
            ranked = [(self._rank(node), number, node) for number, node in enumerate(beam)]
            ended = nsmallest(_WIDTH, self.complete.values(), key=attrgetter("cost"))
            limit = min([min(ranked)[0], *(self._whole_cost(node, at) for node in ended)]) + _SLACK
            self._likeliest = inf
            is_begun = not beam[0].edges[0].text  # what a note stands behind isn't known: nothing tells these apart yet
            for rank, _, node in nsmallest(len(beam) if is_begun else _WIDTH, ranked):
                if rank > limit:
                    break
                if node.pending:
                    self._go_on(node)
                else:
                    self._begin(node)

    def _whole_cost(self, node: _Node, at: int) -> float:
        """The cost of a hypothesis that is in step with what follows it in the copy, as far as that of one that has come to ``at``."""
        return node.cost + sum(self.language.costs(node.context, self._in_step(node.at, at - node.at + _AHEAD)))

    def _rank(self, node: _Node) -> float:
        """The cost of a hypothesis with the characters that follow it, as far as they are certain."""
        if not node.pending:
            return node.cost
        following = self._following(node.at, node.pending, is_torn=not node.edges[0].text)
        return node.cost + self._ahead(node.context, following)

    def _ahead(self, context: str, following: str) -> float:
        """The cost of what follows ``context``: ``following``, or from some character on what isn't known."""
        cost = least = _UNKNOWN * _AHEAD
        for added in self.language.costs(context, following):
            cost += added - _UNKNOWN
            least = min(least, cost)
        return least

    def _begin(self, node: _Node) -> None:
        """Goes on from a hypothesis that is in step at a ``?`` with what can begin there."""
        at = node.at
        if orphan := ORPHAN.match(self.value, at):
            last = _path(node)[-1][0].text[-1:] if node is not self.root else self.left
            if left := gbk.pair(last or self.left):
                for _, trail, is_unseen in self.copy.noted(orphan[1], left[1]):
                    if trail in gbk.LEADS:
                        none = _Filling(0.0, _UNSEEN * is_unseen, "", "", int(is_unseen))
                        self._add(node, none, orphan.end(), trail, at)
            return
        for trail, lead in self.copy.marked(at + 1):
            followed = self._following(at + 2, lead)
            fillings = self._fillings(node.context, _ending_in(trail), followed, _TORN, _NOTHING, True)
            for filling in fillings:
                self._add(node, filling, at + 2, lead, at + 1)

    def _go_on(self, node: _Node) -> None:
        """Goes on from a hypothesis out of step with the next character of the copy."""
        at = node.at
        character = self.value[at]
        if self.value.startswith("????", at):
            return  # no edit leaves so many
        if character == "?":
            self._end(node)
        if pair := _WIDE.get(character) or gbk.pair(character):
            trail, lead = pair
            if lead < 0x80:
                self._join(node, trail, at + 1, 0, chr(lead))
            else:
                self._join(node, trail, self._after_note(at + 1), lead)
        elif character < "\x80":
            self._join(node, ord(character), self._after_note(at + 1), 0)

    def _join(self, node: _Node, trail: int, at: int, lead: int, suffix: str = "") -> None:
        """Adds what may stand between the pending byte of ``node`` and ``trail``; the copy goes on ``at`` with ``lead`` pending."""
        followed = (ngrams.fold(suffix) + self._following(at, lead))[:_AHEAD]
        is_noted = at > node.at + 1  # so that a character on the list may stand here
        found = self._filled(node, partial(_completed, trail=trail), followed, 1, is_noted)
        for chain in self.copy.chains.get((node.pending, trail), ()):
            found.append(self._as_filling(node.context, chain, followed))
        for filling in _likely(found):
            self._add(node, self._with_suffix(node.context, filling, suffix) if suffix else filling, at, lead, node.at)

    def _filled(
        self, node: _Node, closing: Callable[[int], ngrams.Class], followed: str, most: int, is_noted: bool = False
    ) -> list[_Filling]:
        """What may follow ``node``: one of the characters ``closing`` its pending byte, or more, joined by vanished pairs.

        ``most`` are the characters that close it without a vanished pair; ``followed`` stands behind, folded.
        """
        language, pending = self.language, node.pending
        is_torn = not node.edges[
            0
        ].text  # by a note between its two bytes, so that the edit of its own pair didn't meet it
        found = self._fillings(node.context, closing(pending), followed, most, _NOTHING, is_noted or is_torn)
        best = min((filling.rank for filling in found), default=inf)
        if best <= _PLAIN * (1 + _AHEAD) and closing is not _torn:
            self._likeliest = min(self._likeliest, node.cost + best)
            return found
        limit = (
            min(best, self._likeliest - node.cost) + _SLACK
        )  # what costs more is given up, here or among the hypotheses
        least = _LEAST
        begun: list[tuple[float, _Filling]] = [(0.0, _NOTHING)]
        for length in range(2, _LONGEST_CHAIN + 1):
            if best <= _ODD * (1 + _AHEAD):
                longest = max(2, 1 + len(min(found, default=_NOTHING).text))  # one more may always be hidden
                if length > longest + (closing is _torn or is_torn):
                    break
                least = max(least, min((each.rank - each.cost for each in found), default=0.0) - _VARIES)
            longer: list[tuple[float, _Filling]] = []
            for _, start in begun:
                before = -start.text.encode("gbk")[-1] if start.text else pending
                context = (node.context + start.folded)[-CONTEXT:]
                self.copy.steps += 1
                vanishing = _vanishing(before)
                for cost, folded in language.likeliest(context, vanishing, _FIRSTS if length == 2 else _LASTS):
                    if start.cost + cost + least > limit:
                        break
                    for character in vanishing.written[folded]:
                        if (is_torn and not start.text) or not self.copy.is_edited(gbk.pair(character)):
                            total = start.cost + cost + language.novelty(character)
                            longer.append(
                                (total, _Filling(0.0, total, start.text + character, start.folded + folded, length - 1))
                            )
            begun = nsmallest(_FIRSTS if length == 2 else _LASTS, longer)
            for _, start in begun:
                if start.cost + least > limit:
                    break
                context = (node.context + start.folded)[-CONTEXT:]
                ends = closing(-start.text.encode("gbk")[-1])
                found += self._fillings(context, ends, followed, _LASTS, start, is_noted, limit - least)
                best = min([best, *(filling.rank for filling in found)])
                limit = min(limit, best + _SLACK)
        self._likeliest = min(self._likeliest, node.cost + best)
        return found

    def _fillings(
        self,
        context: str,
        characters: ngrams.Class,
        followed: str,
        most: int,
        start: _Filling,
        is_noted: bool = False,
        limit: float = inf,
    ) -> list[_Filling]:
        """The ``most`` likely of ``characters`` behind ``start``, whose context ends in it, ranked with what follows.

        What costs more than ``limit`` without it is left out.
        """
        language = self.language
        self.copy.steps += 1
        next_one = followed[:1]
        choices: list[tuple[float, float, str, str]] = []
        for cost, folded in language.likeliest(context, characters, most * _WEIGHED):
            if start.cost + cost > limit:
                break
            after = (context + folded)[-CONTEXT:]
            rank = cost + min(ngrams.character_cost(folded, next_one), _UNKNOWN) if next_one else cost
            choices.append((rank, cost, folded, after))
        found: list[_Filling] = []
        for _, cost, folded, after in nsmallest(most, choices):
            ahead = self._ahead(after, followed)
            for character in characters.written[folded]:
                if is_noted or not self.copy.is_edited(gbk.pair(character)):
                    total = start.cost + cost + language.novelty(character)
                    text = start.text + character
                    found.append(_Filling(total + ahead, total, text, start.folded + folded, start.guesses))
        return found

    def _as_filling(self, context: str, text: str, followed: str) -> _Filling:
        folded = ngrams.fold(text)
        total = sum(self.language.costs(context, folded)) + sum(map(self.language.novelty, text))
        ahead = self._ahead((context + folded)[-CONTEXT:], followed)
        return _Filling(total + ahead, total, text, folded, len(text) - 1)

    def _with_suffix(self, context: str, filling: _Filling, suffix: str) -> _Filling:
        """The filling with an ASCII character behind it, which the copy shows."""
        form = ngrams.fold(suffix)
        cost = self.language.cost((context + filling.folded)[-CONTEXT:], form)
        return filling._replace(cost=filling.cost + cost, text=filling.text + suffix, folded=filling.folded + form)

    def _end(self, node: _Node) -> None:
        """Goes on with the ``?`` that ends the run: a trail byte and what it ate."""
        value, at, context, pending = self.value, node.at, node.context, node.pending
        if orphan := ORPHAN.match(value, at):
            known = {item[0]: item[2] for item in self.copy.noted(orphan[1], pending)}

            def noted(before: int) -> ngrams.Class:
                items = self.copy.noted(orphan[1], before)
                known.update((character, is_unseen) for character, _, is_unseen in items)
                return ngrams.Class(character for character, trail, _ in items if trail in gbk.LEADS)

            for filling in _likely(self._filled(node, noted, self._following(orphan.end(), 0), _LASTS, is_noted=True)):
                unseen = known[filling.text[-1]]
                cost = filling.cost + _UNSEEN * unseen
                self._add(node, filling._replace(cost=cost, guesses=filling.guesses + unseen), orphan.end(), 0, at)
            return
        if self.copy.marked(at + 1) or at + 1 == len(value):
            for filling in _likely(self._filled(node, _torn, self._in_step(at + 1, _AHEAD), _TORN)):
                self._add(
                    node, filling._replace(guesses=filling.guesses + 1), at + 1, 0, at
                )  # that nothing is lost here
        if value.startswith("?", at + 1) and (following := self.copy.marked(at + 2)):
            for pair, _ in self.copy.marks:  # the pair itself was torn, by the mark of what follows
                for trail, lead in following:
                    if trail == pair[1]:
                        end = bytes(pair).decode("gbk")
                        followed = ngrams.fold(end) + self._following(at + 3, lead)
                        for filling in _likely(self._filled(node, _torn, followed, _TORN)):
                            self._add(node, self._with_suffix(context, filling, end), at + 3, lead, at + 2)
        if not self.copy.marked(at + 1):
            digits = "0123456789" * bool(_COUNTED.match(value, at + 1))
            comma = "," * ("," in self.language.intact)  # rather a wide one that was folded, but nothing tells
            self._eaten(node, _EATEN + comma + digits)
        elif _CLOSING in self.language.intact:
            self._eaten(node, _CLOSING)

    def _eaten(self, node: _Node, suffixes: str) -> None:
        """Adds the ends of a run that ate an ASCII character, one of ``suffixes``."""
        at, value = node.at, self.value
        followed = self._following(at + 1, 0)
        choices: list[tuple[float, str, _Filling]] = []
        for form in dict.fromkeys(map(ngrams.fold, suffixes)):
            choices += [(filling.rank, form, filling) for filling in self._filled(node, _torn, form + followed, _TORN)]
        for _, form, filling in nsmallest(2 * _KEPT, choices):
            for suffix in suffixes:
                if ngrams.fold(suffix) == form:
                    chosen = self._with_suffix(node.context, filling, suffix)
                    cost = chosen.cost + self.language.eaten(filling.text, suffix, value[at + 1 : at + 6])
                    self._add(node, chosen._replace(cost=cost, guesses=filling.guesses + 1), at + 1, 0, at)

    def _add(self, node: _Node, filling: _Filling, at: int, pending: int, begun: int) -> None:
        """Adds ``filling`` behind ``node``; the copy goes on ``at``, with the lead byte ``pending`` that ``begun`` there."""
        context = (node.context + filling.folded)[-CONTEXT:]
        if pending or self.copy.spot.match(self.value, at):
            key = pending, context[-ngrams.ORDER + 1 :]
            layer = self.layers.setdefault(at, {})
            target = layer.get(key)
            if target is None:
                target = layer[key] = _Node(at, pending, begun, context)
        else:
            end = at, context[-ngrams.ORDER + 1 :]
            target = self.complete.get(end)
            if target is None:
                target = self.complete[end] = _Node(at, 0, begun, context)
        cost = node.cost + filling.cost
        target.edges.append(_Edge(node, filling.cost, filling.text, filling.guesses))
        if cost < target.cost:
            target.cost, target.context = cost, context

    def _following(self, at: int, pending: int, is_torn: bool = False) -> str:
        """The characters, folded, that follow ``at`` if no byte is lost there: at most _AHEAD."""
        known = self._followed.get((at, pending))
        if known is None:
            known = self._followed[at, pending] = ngrams.fold(self._read_on(at, pending, is_torn))
        return known

    def _read_on(self, at: int, pending: int, is_torn: bool) -> str:
        found, value = "", self.value
        while pending and len(found) < _AHEAD and at < len(value):
            character = value[at]
            pair = _WIDE.get(character) or gbk.pair(character) or (ord(character), 0)
            direct = gbk.column(pair[0]).get(pending) if pair[0] in gbk.TRAILS else None
            noted = self._after_note(at + 1)
            if not direct or (noted == at + 1 and not is_torn and self.copy.is_edited((pending, pair[0]))):
                return found
            found += direct
            if 0 < pair[1] < 0x80:
                found += chr(pair[1])
            pending = pair[1] if pair[1] >= 0x80 else 0
            at, is_torn = noted, False
        return found if pending else found + self._in_step(at, _AHEAD - len(found))

    def _in_step(self, at: int, length: int) -> str:
        """The characters, folded, that the copy shows from ``at`` on, up to the next spot."""
        after = NOTE.sub("", self.value[at : at + _AROUND])
        if stop := self.copy.spot.search(after):
            after = after[: stop.start()]
        return ngrams.fold(after[: max(0, length)])

    def _after_note(self, at: int) -> int:
        """Where the copy goes on behind ``at``, after a note if there is one."""
        note = _BRACKETED.match(self.value, at)
        return note.end() if note else at


def _eaten(piece: Piece, rivals: list[tuple[float, str]], at: int) -> list[Piece]:
    """What ends a run as two pieces: the characters of which a byte is left, and the ASCII character that a ``?`` ``at`` ate."""
    character, eaten = piece.text[:-1], piece.text[-1]
    others = min((margin for margin, other in rivals if other[:-1] != character), default=inf)
    same = [(margin, other[-1]) for margin, other in rivals if other[:-1] == character]
    least = min((margin for margin, other in rivals if not other.endswith(eaten)), default=inf)
    shown = tuple(dict.fromkeys(other[:-1] for _, other in rivals if other and other[:-1] != character))[:_SHOWN]
    return [
        piece._replace(text=character, starts=piece.starts[:-1], margin=others, others=shown),
        Piece(eaten, (at,), least, inf, 0.0, 0, tuple(other for _, other in same)),
    ]


def _likely(found: list[_Filling]) -> Iterator[_Filling]:
    """The likeliest of ``found``, each once."""
    limit = min((filling.rank for filling in found), default=0.0) + _SLACK
    kept: set[str] = set()
    for filling in sorted(found):
        if filling.rank > limit or len(kept) == _KEPT:
            return
        if filling.text not in kept:
            kept.add(filling.text)
            yield filling


def _path(node: _Node) -> list[tuple[_Edge, _Node]]:
    """The likeliest way to ``node``: its edges, each with where it leads."""
    path: list[tuple[_Edge, _Node]] = []
    while node.edges:
        edge = min(node.edges, key=lambda edge: edge.start.cost + edge.cost)
        path.append((edge, node))
        node = edge.start
    return path[::-1]


def _chains(text: str) -> dict[Pair, list[str]]:
    """The stretches of ``text`` whose neighbours are joined by pairs without a character, by their first and their last byte."""
    vacant = gbk.vacant_leads()
    found: dict[Pair, dict[str, None]] = {}
    data = [gbk.pair(character) for character in text]
    for start, first in enumerate(data):
        left, end = first, start + 1
        while (
            left
            and end < len(data)
            and end - start < 4
            and (right := data[end])
            and right[0] in vacant.get(left[1], ())
        ):
            assert first is not None
            end += 1
            found.setdefault((first[0], right[1]), {})[text[start:end]] = None
            left = right
    return {key: list(chains) for key, chains in found.items()}
