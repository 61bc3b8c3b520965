"""Spots where the damage cut characters in two, so that the copy was decoded a byte out of step.

Such a spot begins with a ``?``: a lead byte that lost its trail byte. From there on, each character of the copy holds the
trail byte of one original character and the lead byte of the next, until a byte that stands alone ends it. Reading those
bytes in step again leaves a few unknown: the candidates. A candidate is proven when the damage, applied to it, gives the copy
exactly; among the proven ones the language of official texts chooses, and where it hardly prefers one, nobody does.

What a ``?`` can stand for, by the bytes that it ate:

* a lead byte and the ``(`` of a note, whose rest follows: ``?qǐng)``;
* a lead byte and the first half of ``??``, which is what the bytes of a full-width question mark became;
* a trail byte and an ASCII character: the end of a run out of step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from heapq import nsmallest
from itertools import count, islice, pairwise
from math import inf
from typing import NamedTuple

from gongwen.lexicon import ngrams
from gongwen.lexicon.readings import read_as, toneless
from gongwen.repair import gbk
from gongwen.repair.notes import NOTE, READING

_SPOT = re.compile(rf"(?<!\?)\?(?:(?={READING}\))|\?(?!\?(?!{READING}\))))")
_ORPHAN = re.compile(rf"\?({READING})\)")
_NOTED = re.compile(rf"({READING})\)")
_BRACKETED = re.compile(rf"\(({READING})\)")
_EATEN = "\n ,.:;!()-/0123456789"  # ASCII that the end of a run may have eaten

_LONGEST = 32  # characters of the copy that a spot may span
_WIDTH = 12  # hypotheses that are followed at a time
_MOST_COMPLETE = 128  # hypotheses that are in step again
_MOST_CANDIDATES = 5  # that are proven, the likeliest first
_SLACK = 10.0  # a hypothesis that costs so much more than the best beside it is given up
_GUESSES_OF_EATEN = 3  # an eaten character could be any punctuation, or a line end
_REACH = 8.0  # a guess is given up that costs so much more than the best candidate without one
_VANISHING = 3  # hypotheses that are followed into the unlikely: a vanished pair, an eaten character
_MOST_GUESSES = 1  # vanished pairs in one spot
_CONTEXT = 48  # characters of the copy on each side that are searched for the context
_MOST_SPOTS = 200  # that are searched in one text

_MARGIN = 1.5  # natural units of likelihood by which a candidate must win
_MARGIN_OF_GUESS = 2.5  # and more for what left no trace in the copy
_STRANGE = 11.5  # cost of a character that official texts hardly ever have there
_STRANGE_OF_GUESS = 3.0  # and less where something left no trace, since more may have than is searched for
_NEW = 2.5  # cost of a character that stands nowhere else in the copy: one in twelve of what the model expects

_A3, _BF = gbk.QUESTION_MARK


class Candidate(NamedTuple):
    """What may have stood at a spot: the copy up to ``end`` stands for ``text``.

    ``starts`` are the places in the copy at which the characters of ``text`` begin; ``guesses`` counts the pairs and the
    ASCII characters that left no trace; ``cost`` is that of the candidate and
    of what follows it in the copy, the same stretch for all candidates.
    """

    cost: float
    end: int
    text: str
    starts: tuple[int, ...]
    guesses: int


class Spot(NamedTuple):
    """A spot of the copy and its proven candidates, the likeliest first; none where nothing explains it.

    ``tried`` is how many candidates were compared; ``margin`` is by how much the next best candidate, or what the copy shows, costs more than the first; ``worst`` is the
    cost of the strangest character in the first one and right behind it.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    margin: float
    worst: float
    tried: int

    @property
    def is_decided(self) -> bool:
        """Whether the first candidate is plausible and clearly the best."""
        if not self.candidates:
            return False
        guesses = self.candidates[0].guesses
        return (
            self.margin >= _MARGIN + _MARGIN_OF_GUESS * guesses and self.worst <= _STRANGE - _STRANGE_OF_GUESS * guesses
        )


class _Hypothesis(NamedTuple):
    cost: float
    at: int  # the next character of the copy
    pending: int  # the lead byte that waits for its trail byte; 0: in step again
    text: str
    starts: tuple[int, ...]
    begun: int  # where in the copy the pending character begins
    guesses: int = 0  # pairs and ASCII characters that left no trace


class _Step(NamedTuple):
    """What the next characters of the copy say, whatever lead byte waits for its trail byte.

    ``completed`` gives the characters that pending lead bytes may have become, ``suffixes`` what may have stood behind.
    """

    completed: Callable[[Iterable[int]], Iterable[str]]
    at: int
    pending: int = 0
    begun: int = 0
    suffixes: str | tuple[str, ...] = ("",)


def _nothing(leads: Iterable[int]) -> str:
    """No character waits to be completed."""
    return ""


@cache
def _row(lead: int) -> dict[int, str]:
    """Trail byte → character, of the characters with this lead byte that official texts use."""
    return {trail: character for trail, character in gbk.row(lead).items() if ngrams.knows(character)}


@cache
def _column(trail: int) -> dict[int, str]:
    """Lead byte → character, of the characters with this trail byte that official texts use."""
    return {lead: character for lead, character in gbk.column(trail).items() if ngrams.knows(character)}


@cache
def _before_vacant(lead: int) -> dict[str, tuple[int, ...]]:
    """The characters with this lead byte whose trail byte can lead a pair without a character; the leads that follow it."""
    row = _row(lead)
    return {row[trail]: leads for trail, leads in gbk.vacant_leads().items() if trail in row}


def _completed(trail: int, leads: Iterable[int]) -> list[str]:
    """The characters with one of these lead bytes and this trail byte."""
    column = _column(trail)
    return [column[lead] for lead in leads if lead in column]


def _torn(rows: Iterable[Mapping[int, str]]) -> list[str]:
    """The characters of ``rows`` whose trail byte could be taken for a lead byte, so that it ate what followed."""
    return [character for row in rows for trail, character in row.items() if trail in gbk.LEADS]


class _Copy:
    """A damaged copy and the list of its damage, as far as whole notes show it."""

    def __init__(self, value: str, notes: Mapping[str, str]) -> None:
        self.value = value
        self.characters = frozenset(value)
        self.listed = {pair: note for character, note in notes.items() if (pair := gbk.pair(character))}
        self._noted: dict[str, dict[int, dict[int, str]]] = {}

    def noted(self, note: str) -> dict[int, dict[int, str]]:
        """Lead byte → trail byte → character, of those that may be on the list with this note.

        A character that stands in the copy without a note is not on the list.
        """
        if note not in self._noted:
            pairs = {pair: character for character in read_as(toneless(note)) if (pair := gbk.pair(character))}
            found: dict[int, dict[int, str]] = {}
            for (lead, trail), character in pairs.items():
                if self.listed.get((lead, trail)) == note or character not in self.characters:
                    found.setdefault(lead, {})[trail] = character
            self._noted[note] = found
        return self._noted[note]


def spots(value: str, notes: Mapping[str, str]) -> Iterator[Spot]:
    """The spots of ``value``, a copy whose damage has ``notes`` on its list (character → note), in order.

    A hostile text may have any number of them, so the search ends at a spot without candidates after two hundred.
    """
    copy = _Copy(value, notes)
    at = 0
    for number in count():
        match = _SPOT.search(value, at)
        if not match:
            return
        if number == _MOST_SPOTS:
            yield Spot(match.start(), match.end(), (), 0.0, inf, 0)
            return
        spot = _Search(copy, match.start()).spot()
        if not spot and (orphan := _ORPHAN.match(value, match.start())):
            spot = Spot(match.start(), orphan.end(), (), 0.0, inf, 0)
        if spot:
            yield spot
        at = spot.end if spot else match.end()


class _Search:
    """The search at one spot: a beam of hypotheses that reads the copy once, from the left."""

    def __init__(self, copy: _Copy, start: int) -> None:
        self.copy = copy
        self.value = copy.value
        self.start = start
        self.limit = inf  # what costs more cannot come near the best candidate known
        before = NOTE.sub("", copy.value[max(0, start - _CONTEXT) : start])
        self.left = before[-1:]
        self.context = ngrams.fold(before)[-ngrams.ORDER + 1 :]

    def spot(self) -> Spot | None:
        """The spot, or None if nothing but what stands there explains it.

        A pair without a character vanished from the copy without a trace, so it may have stood anywhere. What the copy
        says without such a guess tells how much one may cost.
        """
        spot = None
        for guesses in range(_MOST_GUESSES + 1):
            spot = self._judge(self._complete(guesses)) or spot
        return spot

    def _judge(self, complete: list[_Hypothesis]) -> Spot | None:
        """The spot that the hypotheses make, if one of them proves and reads better than the copy."""
        if not complete:
            return None
        end = max(hypothesis.at for hypothesis in complete)
        after = NOTE.sub("", self.value[end : end + _CONTEXT])[: ngrams.ORDER - 1]
        literal = sum(self._costs(self.value[self.start : end] + after))
        scored = []
        for hypothesis in complete:
            costs = self._costs(hypothesis.text + NOTE.sub("", self.value[hypothesis.at : end]) + after)
            for number, character in enumerate(hypothesis.text):
                if character not in self.copy.characters:
                    costs[number] += _NEW
            if (cost := sum(costs)) < literal:
                scored.append((cost, max(costs[: len(hypothesis.text) + 1]), hypothesis))
        proven = list(islice((item for item in sorted(scored) if self._proves(item[2])), _MOST_CANDIDATES))
        if not proven:
            return None
        cost, worst, best = proven[0]
        self.limit = best.cost + _REACH if best.at == end else cost
        second = proven[1][0] if len(proven) > 1 else literal
        candidates = tuple(
            Candidate(cost, found.at, found.text, found.starts, found.guesses) for cost, _, found in proven
        )
        return Spot(self.start, best.at, candidates, second - cost, worst, len(scored))

    def _costs(self, text: str) -> list[float]:
        """The cost of each character of ``text`` at this spot."""
        return ngrams.text_costs(self.context + ngrams.fold(text), len(self.context))

    def _proves(self, hypothesis: _Hypothesis) -> bool:
        """Whether the damage makes what the copy shows of what the hypothesis says."""
        shown = self.value[self.start : hypothesis.at + 1]
        text = self.left + hypothesis.text + self.value[hypothesis.at : hypothesis.at + 1]
        notes = {**self.copy.listed, **self._hidden(text, _NOTED.findall(shown))}
        left = gbk.pair(self.left)
        before = f"{self.left}({notes[left]})" if left in notes else self.left
        return any(outcome.startswith(before + shown) for outcome in gbk.outcomes(text, notes))

    def _hidden(self, text: str, orphans: list[str]) -> dict[gbk.Pair, str]:
        """The listed pairs in ``text`` that no note of the copy shows whole, only one of ``orphans``."""
        data = text.encode("gbk", "ignore")
        return {
            (lead, trail): orphan
            for lead, trail in pairwise(data)
            for orphan in orphans
            if (lead, trail) not in self.copy.listed and trail in self.copy.noted(orphan).get(lead, {})
        }

    def _complete(self, guesses: int) -> list[_Hypothesis]:
        """The hypotheses that are in step again, found by following the likeliest; with up to ``guesses`` guesses."""
        complete: list[_Hypothesis] = []
        waiting: dict[int, list[_Hypothesis]] = {}
        found: Iterable[_Hypothesis] = self._begin()
        end = min(len(self.value), self.start + _LONGEST)
        while True:
            for hypothesis in found:
                (waiting.setdefault(hypothesis.at, []) if hypothesis.pending else complete).append(hypothesis)
            if not waiting or (at := min(waiting)) >= end:
                return nsmallest(_MOST_COMPLETE, complete)
            beam = sorted(waiting.pop(at))
            if beam[0].text:  # before the first character nothing tells them apart
                beam = beam[:_WIDTH]
            limit = min(beam[0].cost + _SLACK, self.limit)
            beam = [hypothesis for hypothesis in beam if hypothesis.cost < limit]
            found = self._go_on(beam, at, guesses)

    def _begin(self) -> Iterator[_Hypothesis]:
        start = self.start
        nothing = _Hypothesis(0.0, start, 0, "", (), start)
        if orphan := _ORPHAN.match(self.value, start):
            if left := gbk.pair(self.left):
                for trail in self.copy.noted(orphan[1]).get(left[1], {}):
                    if trail in gbk.LEADS:
                        yield nothing._replace(at=orphan.end(), pending=trail)
            return
        yield from self._extend(nothing, "？", _Step(_nothing, start + 2))
        yield from self._extend(nothing, _column(_A3).values(), _Step(_nothing, start + 2, _BF, start + 1))

    def _go_on(self, beam: list[_Hypothesis], at: int, guesses: int) -> Iterator[_Hypothesis]:
        """The hypotheses of ``beam`` after the next characters of the copy."""
        for step in self._steps(at):
            for hypothesis in beam:
                yield from self._extend(hypothesis, step.completed((hypothesis.pending,)), step)
            if len(step.suffixes) == 1:
                able = [hypothesis for hypothesis in beam if hypothesis.guesses < guesses]
                for hypothesis in able[:_VANISHING] if beam[0].text else able:
                    yield from self._vanish(hypothesis, step)

    def _steps(self, at: int) -> Iterator[_Step]:
        value, found = self.value, self.value[at]
        if orphan := _ORPHAN.match(value, at):
            noted = self.copy.noted(orphan[1])
            yield _Step(lambda leads: _torn(noted.get(lead, {}) for lead in leads), orphan.end())
        elif value.startswith("??", at):
            yield _Step(lambda leads: _torn(map(_row, leads)), at + 2, suffixes="？")
            yield _Step(lambda leads: _completed(_A3, leads), at + 2, _BF, at + 1)
        elif found == "?":
            yield _Step(lambda leads: _torn(map(_row, leads)), at + 1, suffixes=_EATEN)
        elif found < "\x80":
            yield _Step(lambda leads: _completed(ord(found), leads), self._after_note(at + 1))
        elif pair := gbk.pair(found):
            trail, lead = pair
            if lead < 0x80:
                yield _Step(lambda leads: _completed(trail, leads), at + 1, suffixes=chr(lead))
            else:
                yield _Step(lambda leads: _completed(trail, leads), self._after_note(at + 1), lead, at)

    def _vanish(self, hypothesis: _Hypothesis, step: _Step) -> Iterator[_Hypothesis]:
        """The hypotheses if a pair without a character, which leaves no trace, stood before the step."""
        gone = _Step(_nothing, hypothesis.at, 0, hypothesis.at)
        first = _before_vacant(hypothesis.pending)
        for torn in nsmallest(_VANISHING, self._extend(hypothesis, first, gone)):
            second = step.completed(first[torn.text[-1]])
            yield from self._extend(torn._replace(guesses=torn.guesses + 1), second, step)

    def _extend(self, hypothesis: _Hypothesis, characters: Iterable[str], step: _Step) -> Iterator[_Hypothesis]:
        """The hypothesis with each of ``characters`` as its next character, but for the hopeless ones."""
        found = "".join(characters)
        if not found:
            return
        cost, _, _, text, starts, begun, guesses = hypothesis
        context = (self.context + ngrams.fold(text))[-ngrams.ORDER + 1 :]
        costs = ngrams.costs(context, ngrams.fold(found))
        limit = min(self.limit - cost, min(costs) + _SLACK)
        ranked = [item for item in zip(costs, found, strict=True) if item[0] < limit]
        if len(step.suffixes) > 1:
            ranked = nsmallest(_VANISHING, ranked)
            guesses += _GUESSES_OF_EATEN
        for added, character in ranked:
            for suffix in step.suffixes:
                places = (*starts, begun, *[step.at - 1] * len(suffix))
                yield _Hypothesis(
                    cost + added, step.at, step.pending, text + character + suffix, places, step.begun, guesses
                )

    def _after_note(self, at: int) -> int:
        """Where the copy goes on behind ``at``, after a note if there is one."""
        note = _BRACKETED.match(self.value, at)
        return note.end() if note else at
