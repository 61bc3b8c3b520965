"""Spots where an edit cut characters in two, so that the copy was decoded a byte out of step, and what may have stood there.

Such a spot begins with a ``?``: a lead byte that lost its trail byte. From there on, each character of the copy holds the
trail byte of one original character and the lead byte of the next, until a byte that stands alone, or another edit, ends it.
Reading those bytes in step again leaves a few unknown: the candidates. A candidate is proven when the edits of the copy,
applied to it, give the copy exactly (gongwen.repair.byte_edits); the language of official texts and of the copy itself
tells how likely each is (gongwen.repair.language).

What a ``?`` can stand for, by the bytes that it ate:

* a lead byte and the byte before a marked pair, which follows: ``?。``;
* a lead byte and the ``(`` of a note, whose rest follows: ``?qǐng)``;
* a trail byte and either of these, or an ASCII character such as a line feed: the end of a run out of step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from heapq import nsmallest
from itertools import combinations, pairwise
from math import inf
from typing import NamedTuple

from gongwen.lexicon import ngrams
from gongwen.lexicon.readings import read_as
from gongwen.repair import gbk
from gongwen.repair.byte_edits import Edits, copies, fold
from gongwen.repair.engine import Candidate, Place
from gongwen.repair.gbk import Pair
from gongwen.repair.language import CONTEXT, Language
from gongwen.repair.models.notes import NOTE, ORPHAN, READING
from gongwen.repair.sequence import Markers

_NOTED = re.compile(rf"({READING})\)")
_BRACKETED = re.compile(rf"\(({READING})\)")
_EATEN = "\n .-/%"  # ASCII that the end of a run may have eaten
_COUNTED = re.compile("[0-9.%)）年月日个個项項万萬亿億家人名条條元号號届屆倍次]")  # what follows a digit
_WIDE = {character: (0xA3, ord(character) + 0x80) for character in "(),:;?!"}
"""The pairs of the punctuation that a copy may have folded to half width."""

_LONGEST = 160  # characters of the copy that a spot may span
_WIDTH = 6  # hypotheses that are followed at a time
_MOST_CANDIDATES = 6  # that are proven, the likeliest first
_MOST_KEPT = 16  # with those that differ from the best in one place
_MOST_EDGES = 5  # characters at the begin of a place, and at its end, that are weighed against the best
_MOST_JUDGED = 12  # hypotheses that are compared closely
_MOST_COMPLETE = 48  # hypotheses that are in step again
_SLACK = 8.0  # a hypothesis that costs so much more than the best beside it is given up
_RIVAL = 13.0  # and is not compared closely
_REACH = 5.0  # and one with a vanished pair that costs so much more than the best without
_PLAIN = 1.8  # cost of a character below which nothing is missing before it
_LIKELY = 6  # characters that are followed where a byte allows many
_ALIKE = 2  # of them that end in the same characters
_VANISHING = 3  # hypotheses that are followed into the unlikely: a vanished pair, an eaten character
_TORN = 4  # characters that may stand before a vanished pair
_CLOSING = 4  # characters that may end such a chain
_CHAINS = 4  # chains of vanished pairs that are followed at a time
_LONGEST_CHAIN = 5  # characters in a chain of vanished pairs
_MOST_REFINED = 2  # times that a better chain is looked for
_FOLLOWED = 5.0  # a hypothesis that costs so much more than the best beside it is not followed into a vanished pair
_FOLLOWING = 2  # hypotheses with a vanished pair that are followed into another
_MOST_VANISHED = 3  # pairs that vanished one behind the other
_MOST_HIDDEN = 2  # pairs in one spot that are listed though the copy never shows them whole
_MOST_PLACES = 5  # that may be such pairs
_AROUND = 64  # characters of the copy on each side that are searched for the context
_MOST_STEPS = 60_000  # of the search in one text: one is to ask which characters are likely next
_MOST_STEPS_HERE = 800  # of it at one place
_LINE = 200  # characters of a paragraph on each side in which brackets pair up
_PAIRS = (("(", ")"), ("《", "》"), ("“", "”"), ("〔", "〕"))
_UNCLOSED = 2.5  # cost of a bracket without its other half
_UNSEEN = 1.5  # cost of a listed character that no note of the copy shows whole


class _Hypothesis(NamedTuple):
    cost: float
    at: int  # the next character of the copy
    pending: int  # what waits for a trail byte: see _leads; 0: nothing, in step again
    text: str
    context: str  # the last characters, folded
    starts: tuple[int, ...]
    begun: int  # where in the copy the pending character begins
    guesses: int


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
    return ngrams.Class(map(_before_vacant, _leads(pending)))


@cache
def _before_vacant(lead: int) -> str:
    """Those of them with this lead byte."""
    vacant = gbk.vacant_leads()
    return ngrams.known("".join([character for trail, character in gbk.row(lead).items() if trail in vacant]))


@cache
def _ending_in(trail: int) -> ngrams.Class:
    """The characters with this trail byte."""
    return ngrams.Class(gbk.column(trail).values())


@cache
def _one(character: str) -> ngrams.Class:
    return ngrams.Class(character)


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
        self._noted: dict[tuple[str, int], list[tuple[str, int, bool]]] = {}

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
        read = place.candidates[0].text if place.candidates else NOTE.sub("", value[start : place.end])
        sequence.read(read, is_restored=True)
        before += read
        at = place.end


class _Search:
    """The search at one spot: a beam of hypotheses that reads the copy once, from the left."""

    def __init__(self, copy: _Copy, start: int, before: str) -> None:
        self.copy = copy
        self.value = copy.value
        self.language = copy.language
        self.start = start
        self.limit = inf  # of the cost of a hypothesis
        self.left = before[-1:]
        self.context = ngrams.fold(before[-CONTEXT:])
        self.line = before[before.rfind("\n") + 1 :]

    def place(self) -> Place:
        """The spot, with the candidates that prove."""
        nothing = self.unsearched()
        complete = self._complete()
        if not complete:
            return nothing
        end = max(hypothesis.at for hypothesis in complete)
        after = NOTE.sub("", self.value[end : end + _AROUND])
        if stop := self.copy.spot.search(after):
            after = after[: stop.start()]
        after = ngrams.fold(after[:CONTEXT])
        following = {at: ngrams.fold(NOTE.sub("", self.value[at:end])) + after for at in {item.at for item in complete}}
        self.rest = NOTE.sub("", self.value[end : self._end_of_line(end)])
        judged = sorted(
            (
                found.cost
                + sum(self.language.costs(found.context, following[found.at]))
                + self._unclosed(found.text + NOTE.sub("", self.value[found.at : end])),
                found,
            )
            for found in complete
        )
        literal = sum(self.language.costs(self.context, ngrams.fold(self.value[self.start : end]) + after))
        literal += self._unclosed(self.value[self.start : end])
        limit = judged[0][0] + _RIVAL
        proven: list[tuple[float, _Hypothesis]] = []
        for cost, hypothesis in judged[:_MOST_JUDGED]:
            if cost > limit or len(proven) == _MOST_CANDIDATES:
                break
            if all(hypothesis.text != known.text or hypothesis.at != known.at for _, known in proven) and self._proves(
                hypothesis
            ):
                proven.append((cost, hypothesis))
        if not proven:
            return nothing
        proven = self._refined(proven, following)
        candidates = tuple(self._candidate(cost, item, following[item.at]) for cost, item in proven[:_MOST_KEPT])
        return Place(self.start, candidates[0].end, candidates, literal, len(judged))

    def _refined(
        self, proven: list[tuple[float, _Hypothesis]], following: Mapping[int, str]
    ) -> list[tuple[float, _Hypothesis]]:
        """``proven`` with what differs from the best in a chain of vanished pairs alone, the likeliest first.

        Vanished pairs leave no trace, so any number of characters can have stood there: what may have is looked for again
        with all that is known of both sides.
        """
        known = {hypothesis.text for _, hypothesis in proven}
        for _ in range(_MOST_REFINED):
            cost, best = proven[0]
            after = following[best.at]
            own = self._cost_of(best, best.text, after)
            found: list[tuple[float, _Hypothesis]] = []
            for text in self._edges(best, after):
                if text not in known:
                    known.add(text)
                    total = cost + self._cost_of(best, text, after) - own
                    found.append((total, best._replace(text=text, cost=total)))
            for start, end in _chains(best.text):
                for text in self._chain(best, start, end, after):
                    if text not in known:
                        known.add(text)
                        chain = len(text) - len(best.text) + end - start
                        starts = (*best.starts[: start + 1], *[best.starts[end - 1]] * (chain - 1), *best.starts[end:])
                        guesses = best.guesses + len(text) - len(best.text)
                        total = cost + self._cost_of(best, text, after) - own
                        found.append((total, best._replace(text=text, starts=starts, guesses=guesses, cost=total)))
            proved = [
                item for item in nsmallest(_MOST_KEPT, found) if item[0] < cost + _RIVAL and self._proves(item[1])
            ]
            proven = sorted([*proven, *proved])
            if proven[0][1] is best:
                break
        return proven

    def _edges(self, best: _Hypothesis, after: str) -> list[str]:
        """The text of ``best`` with the likeliest others in the place of a first or a last character of which a byte is lost."""
        text = best.text
        edges: list[tuple[int, int, list[str]]] = []
        first = gbk.pair(text[0])
        if first and self.copy.marked(self.start + 1):
            edges.append((0, 1, [*gbk.column(first[1]).values()]))
        if self.value[best.at - 1] == "?":
            at = len(text) - (2 if text[-1] < "\x80" and len(text) > 1 else 1)
            if last := gbk.pair(text[at]):
                torn = [character for trail, character in gbk.row(last[0]).items() if trail in gbk.LEADS]
                suffixes = _EATEN if at + 1 < len(text) else ("",)
                if at + 1 < len(text) and _COUNTED.match(self.value, best.at):
                    suffixes = (*_EATEN, *self._likely_digits(best))
                edges.append((at, len(text), [one + suffix for one in torn for suffix in suffixes]))
        found: list[str] = []
        for start, end, choices in edges:
            context = (self.context + ngrams.fold(text[:start]))[-CONTEXT:]
            right = (ngrams.fold(text[end : end + ngrams.ORDER - 1]) + after)[: ngrams.ORDER - 1]
            costs = self.language.costs
            novelty = self.language.novelty
            alone = [choice for choice in choices if ngrams.known(choice[0])]
            judged = [
                (sum(costs(context, ngrams.fold(choice) + right)) + novelty(choice[0]), choice) for choice in alone
            ]
            found += [text[:start] + choice + text[end:] for _, choice in nsmallest(_MOST_EDGES, judged)]
        return found

    def _likely_digits(self, best: _Hypothesis) -> list[str]:
        """The two likeliest digits that may have been eaten at the end of ``best``."""
        after = self.value[best.at : best.at + 5]
        return sorted("0123456789", key=lambda digit: self.language.eaten(best.text[:-1], digit, after))[:2]

    def _cost_of(self, best: _Hypothesis, text: str, after: str) -> float:
        """The cost of ``text`` in the place of what ``best`` says."""
        costs = self.language.costs(self.context, ngrams.fold(text) + after)
        eaten = 0.0
        if self.value[best.at - 1] == "?" and text[-1] < "\x80":
            eaten = self.language.eaten(text[:-1], text[-1], self.value[best.at : best.at + 5])
        return sum(costs) + sum(map(self.language.novelty, text)) + self._unclosed(text) + eaten

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

    def _chain(self, best: _Hypothesis, start: int, end: int, after: str) -> list[str]:
        """The text of ``best`` with the likeliest other chains in the place of the characters from ``start`` to ``end``."""
        language, text = self.language, best.text
        right = (ngrams.fold(text[end:]) + after)[: ngrams.ORDER - 1]
        first, last = gbk.pair(text[start]), gbk.pair(text[end - 1])
        assert first is not None
        assert last is not None
        torn = self.value[best.at - 1] == "?" and end >= len(text) - 1
        begun = [(0.0, (self.context + ngrams.fold(text[:start]))[-CONTEXT:], "", first[0])]
        complete: list[tuple[float, str]] = []
        for _ in range(_LONGEST_CHAIN):
            found: list[tuple[float, str, str, int]] = []
            limit = min(complete)[0] + _REACH if complete else inf
            for cost, context, chain, pending in begun:
                closing = _torn(pending) if torn else _completed(pending, last[1])
                for added, folded in language.likeliest(context, closing, _CLOSING):
                    for character in closing.written[folded]:
                        total = cost + added + language.novelty(character)
                        total += sum(language.costs((context + folded)[-CONTEXT:], right))
                        complete.append((total, chain + character))
                vanishing = _vanishing(pending)
                for added, folded in language.likeliest(context, vanishing, _TORN):
                    if cost + added > limit:
                        break
                    for character in vanishing.written[folded]:
                        trail = character.encode("gbk")[1]
                        found.append(
                            (
                                cost + added + language.novelty(character),
                                (context + folded)[-CONTEXT:],
                                chain + character,
                                -trail,
                            )
                        )
            begun = nsmallest(_CHAINS, found)
        return [text[:start] + chain + text[end:] for _, chain in nsmallest(_MOST_CANDIDATES, complete)]

    def unsearched(self) -> Place:
        """The spot without candidates."""
        end = self._end_of_remnant()
        remnant = ngrams.fold(self.value[self.start : end])
        return Place(self.start, end, (), sum(self.language.costs(self.context, remnant)), 0)

    def _end_of_remnant(self) -> int:
        """Where what the damage left at this spot ends, if no candidate explains it: before the next ASCII character."""
        match = re.compile(rf"\?+(?:{READING}\))?[^\x00-\x7f]*+").match(self.value, self.start)
        assert match
        return max(self.start + 1, min(match.end(), self.start + _LONGEST))

    def _candidate(self, cost: float, hypothesis: _Hypothesis, following: str) -> Candidate:
        text = ngrams.fold(hypothesis.text)
        costs = self.language.costs(self.context, text + following)
        return Candidate(
            cost,
            hypothesis.at,
            hypothesis.text,
            hypothesis.starts,
            tuple(costs[: len(text) + 1]),
            self._guesses(hypothesis),
        )

    def _guesses(self, hypothesis: _Hypothesis) -> tuple[int, ...]:
        """For each character how much up to it is supposed: vanished pairs, and at the end what a ``?`` ate and whatever else."""
        vacant, guesses, total = gbk.vacant_leads(), [], 0
        data = [gbk.pair(character) for character in hypothesis.text]
        for left, right in pairwise([*data, None]):
            guesses.append(total)
            total += bool(left and right and right[0] in vacant.get(left[1], ()))
        guesses[-1] = max(total, hypothesis.guesses) + (self.value[hypothesis.at - 1] == "?")
        return tuple(guesses)

    def _proves(self, hypothesis: _Hypothesis) -> bool:
        """Whether the edits make what the copy shows of what the hypothesis says, with some hidden pairs on the list."""
        shown = fold(self.value[self.start : hypothesis.at + 1])
        text = self.left + hypothesis.text + self.value[hypothesis.at : hypothesis.at + 1]
        notes, marks = self.copy.edits
        left = gbk.pair(self.left)
        before = fold(f"{self.left}({notes[left]})" if left is not None and left in notes else self.left)
        hidden = self._hidden(hypothesis)
        return any(
            outcome.startswith(before + shown)
            for size in range(min(len(hidden), _MOST_HIDDEN) + 1)
            for chosen in combinations(hidden, size)
            for outcome in copies(text, Edits({**notes, **dict(chosen)}, marks))
        )

    def _hidden(self, hypothesis: _Hypothesis) -> list[tuple[Pair, str]]:
        """The pairs in the hypothesis that may be listed though no note of the copy shows them whole."""
        data = (self.left + hypothesis.text).encode("gbk", "ignore")
        return [
            ((lead, trail), note)
            for note in _NOTED.findall(self.value, self.start, hypothesis.at)
            for lead, following in pairwise(data)
            if (lead, following) not in self.copy.edits.notes
            for _, trail, _ in self.copy.noted(note, lead)
            if trail == following
        ][:_MOST_PLACES]

    def _complete(self) -> list[_Hypothesis]:
        """The hypotheses that are in step again, found by following the likeliest."""
        complete: list[_Hypothesis] = []
        waiting: dict[int, list[_Hypothesis]] = {}
        found = self._begin(_Hypothesis(0.0, self.start, 0, "", self.context, (), self.start, 0))
        end = min(len(self.value), self.start + _LONGEST)
        last = self.copy.steps + _MOST_STEPS_HERE
        while True:
            for hypothesis in found:
                if hypothesis.pending or self.copy.spot.match(self.value, hypothesis.at):
                    waiting.setdefault(hypothesis.at, []).append(hypothesis)
                else:
                    complete.append(hypothesis)
            if not waiting or (at := min(waiting)) >= end or self.copy.steps > last:
                return nsmallest(_MOST_COMPLETE, complete)
            beam = _distinct(sorted(waiting.pop(at)))
            limit = beam[0].cost + _SLACK
            beam = [hypothesis for hypothesis in beam if hypothesis.cost < limit]
            found = []
            doubtful: dict[tuple[int, str], list[_Hypothesis]] = {}
            for hypothesis in beam:
                if not hypothesis.pending:
                    found += self._begin(hypothesis)
                    continue
                following = self._go_on([hypothesis], at)
                found += following
                key = hypothesis.pending, hypothesis.context[-ngrams.ORDER + 1 :]
                if key in doubtful:
                    doubtful[key].append(hypothesis)
                elif (
                    len(doubtful) < _VANISHING
                    and hypothesis.cost < beam[0].cost + _FOLLOWED
                    and (not following or self.value[at] == "?" or min(following).cost - hypothesis.cost > _PLAIN)
                ):
                    doubtful[key] = [hypothesis]
            followed = self._vanish([alike[0] for alike in doubtful.values()], at, min(found).cost if found else inf)
            found += followed
            for first, *others in doubtful.values():
                for other in others:
                    found += [
                        _behind(other, first, item)
                        for item in followed
                        if item.starts[: len(first.starts)] == first.starts and item.text.startswith(first.text)
                    ]

    def _begin(self, hypothesis: _Hypothesis) -> list[_Hypothesis]:
        """The hypothesis, in step so far, with what begins at the ``?`` there."""
        at = hypothesis.at
        found: list[_Hypothesis] = []
        if orphan := ORPHAN.match(self.value, at):
            if left := gbk.pair(hypothesis.text[-1:] or self.left):
                for _, trail, is_unseen in self.copy.noted(orphan[1], left[1]):
                    if trail in gbk.LEADS:
                        begun = hypothesis._replace(at=orphan.end(), pending=trail, begun=at)
                        found.append(_unseen(begun) if is_unseen else begun)
            return found
        hypothesis = hypothesis._replace(begun=at)
        for trail, lead in self.copy.marked(at + 1):
            self._extend(found, hypothesis, _ending_in(trail), at + 2, lead, at + 1, most=16)
        return found

    def _vanish(self, beam: list[_Hypothesis], at: int, likely: float) -> list[_Hypothesis]:
        """The hypotheses of ``beam`` after the next characters of the copy, if pairs without a character stood before.

        Such pairs leave no trace. ``likely`` is the cost of the best hypothesis that does without them.
        """
        complete: list[_Hypothesis] = []
        for _ in range(_MOST_VANISHED):
            self.limit = likely + _REACH
            found: list[_Hypothesis] = []
            for hypothesis in beam:
                self._extend(found, hypothesis, _vanishing(hypothesis.pending), at, begun=at, most=_TORN)
            beam = [
                torn._replace(pending=-torn.text[-1].encode("gbk")[1], guesses=torn.guesses + 1)
                for torn in nsmallest(_TORN, found)
            ]
            if not beam:
                break
            beam = [torn for torn in beam if torn.cost < self.limit]
            following = self._go_on(beam, at)
            complete += following
            likely = min([likely, *(hypothesis.cost for hypothesis in following)])
            beam = beam[:_FOLLOWING]
        self.limit = inf
        return complete

    def _go_on(self, beam: list[_Hypothesis], at: int) -> list[_Hypothesis]:
        """The hypotheses of ``beam`` after the next characters of the copy."""
        character = self.value[at]
        found: list[_Hypothesis] = []
        if self.value.startswith("????", at):
            return found  # no edit leaves so many
        if character == "?":
            self._end(found, beam, at)
        if pair := _WIDE.get(character) or gbk.pair(character):
            trail, lead = pair
            if lead < 0x80:
                for hypothesis in beam:
                    self._extend(found, hypothesis, _completed(hypothesis.pending, trail), at + 1, suffixes=chr(lead))
            else:
                end = self._after_note(at + 1)
                for hypothesis in beam:
                    self._extend(found, hypothesis, _completed(hypothesis.pending, trail), end, lead, at)
        elif character < "\x80":
            for hypothesis in beam:
                self._extend(
                    found, hypothesis, _completed(hypothesis.pending, ord(character)), self._after_note(at + 1)
                )
        return found

    def _end(self, found: list[_Hypothesis], beam: list[_Hypothesis], at: int) -> None:
        """Adds to ``found`` the hypotheses of ``beam`` if the ``?`` at ``at`` ends the run: a trail byte and what it ate."""
        value = self.value
        if orphan := ORPHAN.match(value, at):
            for hypothesis in beam:
                for noted, trail, is_unseen in self.copy.noted(orphan[1], hypothesis.pending):
                    if trail in gbk.LEADS:
                        known = _unseen(hypothesis) if is_unseen else hypothesis
                        self._extend(found, known, _one(noted), orphan.end())
            return
        if self.copy.marked(at + 1):
            for hypothesis in beam:
                self._extend(found, hypothesis, _torn(hypothesis.pending), at + 1)
        if value.startswith("?", at + 1) and (following := self.copy.marked(at + 2)):
            for pair, _ in self.copy.marks:  # the pair itself was torn, by the mark of what follows
                for trail, lead in following:
                    if trail == pair[1]:
                        for hypothesis in beam:
                            self._extend(
                                found,
                                hypothesis,
                                _torn(hypothesis.pending),
                                at + 3,
                                lead,
                                at + 2,
                                suffixes=(bytes(pair).decode("gbk"),),
                            )
        if self.copy.marked(at + 1):
            return
        suffixes = _EATEN + "0123456789" if _COUNTED.match(value, at + 1) else _EATEN
        for hypothesis in beam[:_VANISHING]:
            eaten = hypothesis._replace(guesses=hypothesis.guesses + 1)
            self._extend(found, eaten, _torn(hypothesis.pending), at + 1, suffixes=suffixes, most=_LIKELY)

    def _extend(
        self,
        found: list[_Hypothesis],
        hypothesis: _Hypothesis,
        characters: ngrams.Class,
        at: int,
        pending: int = 0,
        begun: int = 0,
        suffixes: Sequence[str] = "",
        most: int = _LIKELY,
    ) -> None:
        """Adds to ``found`` the hypothesis with each of the ``most`` likely ``characters`` as its next one.

        The copy goes on ``at``; one of ``suffixes``, if there are any, stood behind.
        """
        self.copy.steps += 1
        cost, _, _, text, context, starts, start, guesses = hypothesis
        starts = (*starts, start)
        language = self.language
        for added, folded in language.likeliest(context, characters, most):
            if cost + added > self.limit:
                return
            after = (context + folded)[-CONTEXT:]
            for character in characters.written[folded]:
                total = cost + added + language.novelty(character)
                if not suffixes:
                    found.append(_Hypothesis(total, at, pending, text + character, after, starts, begun, guesses))
                for suffix in suffixes:
                    form = ngrams.fold(suffix)
                    choice = language.eaten(text + character, suffix, self.value[at : at + 5])
                    found.append(
                        _Hypothesis(
                            total + language.cost(after, form) + choice,
                            at,
                            pending,
                            text + character + suffix,
                            (after + form)[-CONTEXT:],
                            (*starts, at - 1),
                            begun,
                            guesses,
                        )
                    )

    def _after_note(self, at: int) -> int:
        """Where the copy goes on behind ``at``, after a note if there is one."""
        note = _BRACKETED.match(self.value, at)
        return note.end() if note else at


def _chains(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of ``text`` whose neighbours are joined by pairs without a character."""
    data = [gbk.pair(character) for character in text]
    vacant = gbk.vacant_leads()
    start = None
    for at, (left, right) in enumerate(pairwise([*data, None])):
        joined = left is not None and right is not None and right[0] in vacant.get(left[1], ())
        if joined and start is None:
            start = at
        elif not joined and start is not None:
            yield start, at + 1
            start = None


def _distinct(hypotheses: list[_Hypothesis]) -> list[_Hypothesis]:
    """The likeliest of the sorted ``hypotheses``, at most two of those that go on in the same way."""
    if not hypotheses[0].text:  # before the first character nothing tells them apart
        return hypotheses
    kept: list[_Hypothesis] = []
    times: dict[tuple[int, str], int] = {}
    for hypothesis in hypotheses:
        key = hypothesis.pending, hypothesis.context[-ngrams.ORDER + 1 :]
        times[key] = number = times.get(key, 0) + 1
        if number <= _ALIKE:
            kept.append(hypothesis)
            if len(kept) == _WIDTH:
                break
    return kept


def _behind(other: _Hypothesis, first: _Hypothesis, followed: _Hypothesis) -> _Hypothesis:
    """What ``followed`` adds to ``first``, added to ``other``, which ends alike."""
    added = followed.text[len(first.text) :]
    return followed._replace(
        cost=followed.cost + other.cost - first.cost,
        text=other.text + added,
        context=(other.context + ngrams.fold(added))[-CONTEXT:],
        starts=other.starts + followed.starts[len(first.starts) :],
        guesses=followed.guesses + other.guesses - first.guesses,
    )


def _unseen(hypothesis: _Hypothesis) -> _Hypothesis:
    """The hypothesis if it needs a listed character that no note of the copy shows whole."""
    return hypothesis._replace(cost=hypothesis.cost + _UNSEEN, guesses=hypothesis.guesses + 1)
