"""Spots where the damage cut characters in two, so that the copy was decoded a byte out of step.

Such a spot begins with a ``?``: a lead byte that lost its trail byte. From there on, each character of the copy holds the
trail byte of one original character and the lead byte of the next, until a byte that stands alone ends it. Reading those
bytes in step again leaves a few unknown: the candidates. A candidate is proven when the damage, applied to it, gives the copy
exactly; among the proven ones the language of official texts and of the copy itself chooses, and where it hardly prefers
one, nobody does.

What a ``?`` can stand for, by the bytes that it ate:

* a lead byte and the ``(`` of a note, whose rest follows: ``?qǐng)``;
* a lead byte and the first half of ``??``, which is what the bytes of a full-width question mark became;
* a trail byte and an ASCII character: the end of a run out of step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from heapq import nsmallest
from itertools import combinations, islice, pairwise
from math import exp, inf, log
from typing import NamedTuple

from gongwen.lexicon import ngrams
from gongwen.lexicon.readings import read_as
from gongwen.repair import gbk
from gongwen.repair.notes import NOTE, READING

_SPOT = re.compile(rf"(?<!\?)\?(?:(?={READING}\))|\?(?!\?(?!{READING}\))))")
_ORPHAN = re.compile(rf"\?({READING})\)")
_NOTED = re.compile(rf"({READING})\)")
_BRACKETED = re.compile(rf"\(({READING})\)")
_EATEN = "\n ,.:;!()-/0123456789"  # ASCII that the end of a run may have eaten

_LONGEST = 64  # characters of the copy that a spot may span
_WIDTH = 12  # hypotheses that are followed at a time
_MOST_CANDIDATES = 4  # that are proven, the likeliest first
_MOST_JUDGED = 8  # hypotheses that are compared closely
_MOST_COMPLETE = 16  # hypotheses that are in step again
_SLACK = 8.0  # a hypothesis that costs so much more than the best beside it is given up
_RIVAL = 13.0  # and is not compared closely
_REACH = 6.0  # and one with a vanished pair that costs so much more than the best without

_GUESSES_OF_NOTE = 2  # what stood before it could be any character that is read so
_GUESSES_OF_UNSEEN = 3  # and one that the copy shows nowhere else is a guess indeed
_GUESSES_OF_EATEN = 4  # an eaten character could be any punctuation, or a line end
_LIKELY = 4  # characters that are followed where a byte allows many
_VANISHING = 3  # hypotheses that are followed into the unlikely: a vanished pair, an eaten character
_TORN = 10  # characters that may stand before a vanished pair
_MOST_VANISHED = 3  # pairs that vanished one behind the other
_MOST_HIDDEN = 2  # pairs in one spot that are listed though the copy never shows them whole
_MOST_PLACES = 5  # that may be such pairs
_CONTEXT = 48  # characters of the copy on each side that are searched for the context
_NEAR = 20_000  # characters of the copy that show how it speaks
_MOST_STEPS = 1_500  # characters of spots that are searched in one text

_MARGIN = 3.0  # natural units of likelihood by which a candidate must win
_MARGIN_OF_GUESS = 1.6  # and more for what left no trace in the copy
_STRANGE = 10.0  # cost of a character that official texts hardly ever have there
_SETTLED = 800  # characters after which a copy is as likely to keep to its own as to bring new ones
_OTHER_FORM = 4.0  # and more of one that the copy always writes in another form
_UNSEEN = 1.0  # cost of a listed character that no note of the copy shows whole
_OWN = 0.3  # weight of what the copy itself says elsewhere, beside that of official texts
_PLAIN = 0.7  # cost below which official texts need no help
_DISCOUNT = 0.75  # of a count in the copy, since what is seen once may be chance

_A3, _BF = gbk.QUESTION_MARK


class Candidate(NamedTuple):
    """What may have stood at a spot: the copy up to ``end`` stands for ``text``.

    ``starts`` are the places in the copy at which the characters of ``text`` begin; ``guesses`` weighs what it supposes
    without a trace in the copy: pairs that vanished, what was eaten, what else was listed; ``cost`` is that of the
    candidate and of what follows it in the copy, the same stretch for all candidates.
    """

    cost: float
    end: int
    text: str
    starts: tuple[int, ...]
    guesses: int


class Spot(NamedTuple):
    """A spot of the copy and its proven candidates, the likeliest first; none where nothing explains it.

    ``tried`` is how many candidates were compared; ``margin`` is by how much the next best candidate, or what the copy
    shows, costs more than the first; ``worst`` is the cost of the strangest character in the first one and behind it.
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
        needed = _MARGIN + _MARGIN_OF_GUESS * self.candidates[0].guesses
        return self.margin >= needed and self.worst <= _STRANGE


class _Hypothesis(NamedTuple):
    cost: float
    at: int  # the next character of the copy
    pending: int  # what waits for a trail byte: see _leads; 0: nothing, in step again
    text: str
    context: str  # the last characters, folded
    starts: tuple[int, ...]
    begun: int  # where in the copy the pending character begins
    guesses: int  # see Candidate


def _unseen(hypothesis: _Hypothesis) -> _Hypothesis:
    """The hypothesis if it needs a listed character that no note of the copy shows whole."""
    return hypothesis._replace(cost=hypothesis.cost + _UNSEEN, guesses=hypothesis.guesses + _GUESSES_OF_UNSEEN)


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
def _before_a3() -> ngrams.Class:
    """The characters whose trail byte makes half of a full-width question mark."""
    return ngrams.Class(gbk.column(_A3).values())


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


class _Copy:
    """A damaged copy and the list of its damage, as far as whole notes show it."""

    def __init__(self, value: str, notes: Mapping[str, str]) -> None:
        self.value = value
        self.steps = 0  # of the search so far
        self.near = value[:_NEAR]
        self.plain = NOTE.sub("", self.near)
        self.characters = frozenset(self.plain)
        self.new = log(1 + len(self.plain) / _SETTLED)  # cost of a character that stands nowhere else in the copy
        self.listed = {pair: note for character, note in notes.items() if (pair := gbk.pair(character))}
        self._novelty: dict[str, float] = {}
        self._shares: dict[tuple[str, str], float] = {}
        self._noted: dict[tuple[str, int], list[tuple[str, int, bool]]] = {}

    def novelty(self, character: str) -> float:
        """The cost of a character that stands nowhere else in the copy, or only in another form: 开 and 開, ， and a comma."""
        cost = self._novelty.get(character)
        if cost is None:
            if character in self.characters:
                cost = 0.0
            else:
                cost = self.new + (not self.characters.isdisjoint(ngrams.forms(character))) * _OTHER_FORM
            self._novelty[character] = cost
        return cost

    def share(self, two: tuple[str, str]) -> float:
        """How often the first of two characters is followed by the second in the copy, between 0 and 1."""
        share = self._shares.get(two)
        if share is None:
            together = self.plain.count("".join(two))
            share = self._shares[two] = (together - _DISCOUNT) / self.plain.count(two[0]) if together else 0.0
        return share

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
                    known = self.listed.get((lead, trail))
                    at = -1 if known else self.near.find(character)
                    if known == note if known else at < 0 or self.near.startswith(f"({note})", at + 1):
                        found.append((character, trail, not known and at < 0))
        return found


def spots(value: str, notes: Mapping[str, str]) -> Iterator[Spot]:
    """The spots of ``value``, a copy whose damage has ``notes`` on its list (character → note), in order.

    A hostile text may have any number of them, so the search ends at a spot without candidates when it took too long.
    """
    copy = _Copy(value, notes)
    at = 0
    while match := _SPOT.search(value, at):
        if copy.steps > _MOST_STEPS:
            yield Spot(match.start(), match.end(), (), 0.0, inf, 0)
            return
        copy.steps += 1
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
        self.limit = inf  # of the cost of a hypothesis
        before = NOTE.sub("", copy.value[max(0, start - _CONTEXT) : start])
        self.left = before[-1:]
        self.context = ngrams.fold(before)[-ngrams.ORDER + 1 :]

    def spot(self) -> Spot | None:
        """The spot, or None if nothing that proves reads better than what stands there."""
        complete = self._complete()
        if not complete:
            return None
        end = max(hypothesis.at for hypothesis in complete)
        after = NOTE.sub("", self.value[end : end + _CONTEXT])[: ngrams.ORDER - 1]
        following = {at: NOTE.sub("", self.value[at:end]) + after for at in {found.at for found in complete}}
        ranked = sorted(
            (found.cost + sum(self._costs(found.context, following[found.at])), found) for found in complete
        )
        literal = sum(self._costs(self.context, self.value[self.start : end] + after))
        limit = min(literal, ranked[0][0] + _RIVAL)
        judged = [self._judged(found, following[found.at]) for cost, found in ranked[:_MOST_JUDGED] if cost < limit]
        judged.sort()
        proven = list(islice((item for item in judged if self._proves(item[2])), _MOST_CANDIDATES))
        if not proven:
            return None
        cost, worst, best = proven[0]
        rivals = [
            literal,
            *(item[0] for item in judged[:1] if item is not proven[0]),
            *(item[0] for item in proven[1:2]),
        ]
        noted = _GUESSES_OF_NOTE if _ORPHAN.search(self.value, self.start, end) else 0
        candidates = tuple(
            Candidate(cost, found.at, found.text, found.starts, found.guesses + noted) for cost, _, found in proven
        )
        return Spot(self.start, best.at, candidates, min(rivals) - cost, worst, len(ranked))

    def _judged(self, hypothesis: _Hypothesis, following: str) -> tuple[float, float, _Hypothesis]:
        """The cost of the hypothesis and of what follows, and that of its strangest character, if the copy has its say."""
        official = self._costs(self.context, hypothesis.text + following)
        length = len(hypothesis.text)
        costs = [
            cost if cost < _PLAIN else -log((1 - _OWN) * exp(-cost) + _OWN * self.copy.share(two))
            for cost, two in zip(official, pairwise(self.left + hypothesis.text + following), strict=False)
        ]
        return hypothesis.cost - sum(official[:length]) + sum(costs), max(costs[: length + 1]), hypothesis

    @staticmethod
    def _costs(context: str, text: str) -> list[float]:
        """The cost of each character of ``text`` after ``context``, which is folded."""
        return ngrams.text_costs(context + ngrams.fold(text), len(context))

    def _proves(self, hypothesis: _Hypothesis) -> bool:
        """Whether the damage makes what the copy shows of what the hypothesis says, with some hidden pairs on its list."""
        shown = self.value[self.start : hypothesis.at + 1]
        text = self.left + hypothesis.text + self.value[hypothesis.at : hypothesis.at + 1]
        left = gbk.pair(self.left)
        before = f"{self.left}({self.copy.listed[left]})" if left in self.copy.listed else self.left
        hidden = self._hidden(hypothesis)
        return any(
            outcome.startswith(before + shown)
            for size in range(min(len(hidden), _MOST_HIDDEN) + 1)
            for chosen in combinations(hidden, size)
            for outcome in gbk.outcomes(text, {**self.copy.listed, **dict(chosen)})
        )

    def _hidden(self, hypothesis: _Hypothesis) -> list[tuple[gbk.Pair, str]]:
        """The pairs in the hypothesis that may be listed though no note of the copy shows them whole."""
        data = (self.left + hypothesis.text).encode("gbk", "ignore")
        return [
            ((lead, trail), note)
            for note in _NOTED.findall(self.value, self.start, hypothesis.at)
            for lead, following in pairwise(data)
            if (lead, following) not in self.copy.listed
            for _, trail, _ in self.copy.noted(note, lead)
            if trail == following
        ][:_MOST_PLACES]

    def _complete(self) -> list[_Hypothesis]:
        """The hypotheses that are in step again, found by following the likeliest."""
        complete: list[_Hypothesis] = []
        waiting: dict[int, list[_Hypothesis]] = {}
        found = self._begin(_Hypothesis(0.0, self.start, 0, "", self.context, (), self.start, 0))
        end = min(len(self.value), self.start + _LONGEST)
        while True:
            for hypothesis in found:
                if hypothesis.pending:
                    waiting.setdefault(hypothesis.at, []).append(hypothesis)
                elif _SPOT.match(self.value, hypothesis.at):
                    found += self._begin(hypothesis)
                else:
                    complete.append(hypothesis)
            if not waiting or (at := min(waiting)) >= end:
                return nsmallest(_MOST_COMPLETE, complete)
            self.copy.steps += 1
            beam = sorted(waiting.pop(at))
            if beam[0].text:  # before the first character nothing tells them apart
                beam = beam[:_WIDTH]
            limit = beam[0].cost + _SLACK
            beam = [hypothesis for hypothesis in beam if hypothesis.cost < limit]
            found = self._go_on(beam, at)
            self.limit = min(found).cost + _REACH if found else inf
            found += self._go_on(self._vanish(beam), at)
            self.limit = inf

    def _begin(self, hypothesis: _Hypothesis) -> list[_Hypothesis]:
        """The hypothesis, in step so far, with what begins at the ``?`` there."""
        at = hypothesis.at
        found: list[_Hypothesis] = []
        if orphan := _ORPHAN.match(self.value, at):
            if left := gbk.pair(hypothesis.text[-1:] or self.left):
                for _, trail, is_unseen in self.copy.noted(orphan[1], left[1]):
                    if trail in gbk.LEADS:
                        begun = hypothesis._replace(at=orphan.end(), pending=trail, begun=at)
                        found.append(_unseen(begun) if is_unseen else begun)
            return found
        hypothesis = hypothesis._replace(begun=at)
        self._extend(found, hypothesis, _one("？"), at + 2)
        self._extend(found, hypothesis, _before_a3(), at + 2, _BF, at + 1, most=_WIDTH)
        return found

    def _vanish(self, beam: list[_Hypothesis]) -> list[_Hypothesis]:
        """The likeliest hypotheses if pairs without a character, which leave no trace, stood before the next byte."""
        vanished: list[_Hypothesis] = []
        if beam[0].text:
            beam = beam[:_VANISHING]
        for _ in range(_MOST_VANISHED):
            found: list[_Hypothesis] = []
            for hypothesis in beam:
                at = hypothesis.at
                self._extend(found, hypothesis, _vanishing(hypothesis.pending), at, begun=at, most=_TORN)
            beam = [
                torn._replace(pending=-torn.text[-1].encode("gbk")[1], guesses=torn.guesses + 1)
                for torn in nsmallest(_TORN, found)
            ]
            vanished += beam
            beam = beam[:_VANISHING]
        return vanished

    def _go_on(self, beam: list[_Hypothesis], at: int) -> list[_Hypothesis]:
        """The hypotheses of ``beam`` after the next characters of the copy."""
        value, character = self.value, self.value[at]
        found: list[_Hypothesis] = []
        if orphan := _ORPHAN.match(value, at):
            for hypothesis in beam:
                for noted, trail, is_unseen in self.copy.noted(orphan[1], hypothesis.pending):
                    if trail in gbk.LEADS:
                        known = _unseen(hypothesis) if is_unseen else hypothesis
                        self._extend(found, known, _one(noted), orphan.end())
        elif value.startswith("??", at):
            for hypothesis in beam:
                self._extend(found, hypothesis, _torn(hypothesis.pending), at + 2, suffixes="？")
                self._extend(found, hypothesis, _completed(hypothesis.pending, _A3), at + 2, _BF, at + 1)
        elif character == "?":
            for hypothesis in beam:
                eaten = hypothesis._replace(guesses=hypothesis.guesses + _GUESSES_OF_EATEN)
                self._extend(found, eaten, _torn(hypothesis.pending), at + 1, suffixes=_EATEN, most=_VANISHING)
        elif character < "\x80":
            for hypothesis in beam:
                self._extend(
                    found, hypothesis, _completed(hypothesis.pending, ord(character)), self._after_note(at + 1)
                )
        elif pair := gbk.pair(character):
            trail, lead = pair
            if lead < 0x80:
                for hypothesis in beam:
                    self._extend(found, hypothesis, _completed(hypothesis.pending, trail), at + 1, suffixes=chr(lead))
            else:
                end = self._after_note(at + 1)
                for hypothesis in beam:
                    self._extend(found, hypothesis, _completed(hypothesis.pending, trail), end, lead, at)
        return found

    def _extend(
        self,
        found: list[_Hypothesis],
        hypothesis: _Hypothesis,
        characters: ngrams.Class,
        at: int,
        pending: int = 0,
        begun: int = 0,
        suffixes: str = "",
        most: int = _LIKELY,
    ) -> None:
        """Adds to ``found`` the hypothesis with each of the ``most`` likely ``characters`` as its next one.

        The copy goes on ``at``; one of ``suffixes``, if there are any, stood behind.
        """
        cost, _, _, text, context, starts, start, guesses = hypothesis
        starts = (*starts, start)
        for added, folded in ngrams.likeliest(context, characters, most):
            if cost + added > self.limit:
                return
            after = context[-2:] + folded
            for character in characters.written[folded]:
                total = cost + added + self.copy.novelty(character)
                if not suffixes:
                    found.append(_Hypothesis(total, at, pending, text + character, after, starts, begun, guesses))
                for suffix in suffixes:
                    found.append(
                        _Hypothesis(
                            total,
                            at,
                            pending,
                            text + character + suffix,
                            (after + ngrams.fold(suffix))[-3:],
                            (*starts, at - 1),
                            begun,
                            guesses,
                        )
                    )

    def _after_note(self, at: int) -> int:
        """Where the copy goes on behind ``at``, after a note if there is one."""
        note = _BRACKETED.match(self.value, at)
        return note.end() if note else at
