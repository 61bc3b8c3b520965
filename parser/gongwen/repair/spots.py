"""Spots where the damage cut characters in two, so that the copy was decoded a byte out of step.

Such a spot begins with a ``?``: a lead byte that lost its trail byte. From there on, each character of the copy holds the
trail byte of one original character and the lead byte of the next, until a byte that stands alone ends it. Reading those bytes
in step again leaves a few unknown: the candidates. A candidate is proven when the damage, applied to it, gives the
copy exactly; among the proven ones the language of official texts chooses, and where it hardly prefers one, nobody does.

What a ``?`` can stand for, by the bytes that it ate:

* a lead byte and the ``(`` of a note, whose rest follows: ``?qǐng)``;
* a lead byte and the first half of ``??``, which is what the bytes of a full-width question mark became;
* a trail byte and an ASCII character: the end of a run out of step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from heapq import nsmallest
from typing import NamedTuple

from gongwen.lexicon import ngrams
from gongwen.lexicon.readings import LETTERS, readings, toneless
from gongwen.repair import gbk
from gongwen.repair.notes import NOTE, READING

_SPOT = re.compile(rf"\?(?:(?={READING}\))|\?(?!\?))")
_ORPHAN = re.compile(rf"\?({READING})\)")
_BRACKETED = re.compile(rf"\(({READING})\)")
_SHORT = "\n ,.:;!()-/0123456789"  # ASCII that the end of a run may have eaten

MARGIN = 1.5  # natural units of likelihood by which a candidate must win
_LONGEST = 64  # characters of the copy that a spot may span
_WIDTH = 24  # hypotheses that are followed at a time
_SLACK = 12.0  # a hypothesis this much worse than the best beside it is given up
_DROPPING = 4  # hypotheses for which a vanished pair is tried
_CONTEXT = 48  # characters of the copy on each side from which the context is taken
_SHOWN = 4


class Candidate(NamedTuple):
    """What may have stood at a spot: the copy's characters up to ``end`` stand for ``text``.

    ``starts`` are the places in the copy at which each character of ``text`` begins.
    """

    cost: float
    end: int
    text: str
    starts: tuple[int, ...]


class Spot(NamedTuple):
    """A spot of the copy and the candidates that prove, the likeliest first. ``margin`` is how clearly the first wins."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    margin: float


class _Hypothesis(NamedTuple):
    cost: float
    at: int  # the next character of the copy
    pending: int  # the lead byte that waits for its trail byte; 0 in step
    text: str
    starts: tuple[int, ...]
    begun: int  # where in the copy the pending character begins
    hidden: tuple[tuple[gbk.Pair, str], ...] = ()  # listed pairs that no note of the copy shows whole
    vanished: bool = False


def spots(value: str, notes: Mapping[str, str]) -> Iterator[Spot]:
    """The spots of ``value``, a copy whose damage has ``notes`` on its list (character → note), in order."""
    listed = {pair: note for character, note in notes.items() if (pair := gbk.pair(character))}
    at = 0
    while match := _SPOT.search(value, at):
        spot = _Search(value, match.start(), listed).spot()
        at = match.end()
        if spot:
            yield spot
            at = spot.end


class _Search:
    """The search at one spot: a beam of hypotheses that reads the copy once, from the left."""

    def __init__(self, value: str, start: int, listed: Mapping[gbk.Pair, str]) -> None:
        self.value = value
        self.start = start
        self.listed = listed
        before = NOTE.sub("", value[max(0, start - _CONTEXT) : start])
        self.left = before[-1:]
        self.context = ngrams.fold(before)[-ngrams.ORDER + 1 :]

    def spot(self) -> Spot | None:
        """The spot, or None if nothing but what stands there explains it."""
        complete = self._complete()
        if not complete:
            return None
        end = max(hypothesis.at for hypothesis in complete)
        following = self.value[end : end + _CONTEXT]
        after = NOTE.sub("", following)[: ngrams.ORDER - 1]
        candidates = []
        for hypothesis in complete:
            tail = NOTE.sub("", self.value[hypothesis.at : end]) + after
            cost = self._cost(hypothesis.text + tail)
            candidates.append((cost, hypothesis))
        candidates.sort(key=lambda item: item[0])
        literal = self._cost(self.value[self.start : end] + after)
        proven: list[Candidate] = []
        for cost, hypothesis in candidates:
            if cost >= literal:
                break
            if self._proves(hypothesis):
                proven.append(Candidate(cost, hypothesis.at, hypothesis.text, hypothesis.starts))
        if not proven:
            return None
        best = proven[0]
        second = min([candidate.cost for candidate in proven[1:]] + [literal])
        return Spot(self.start, best.end, tuple(proven), second - best.cost)

    def _cost(self, text: str) -> float:
        return ngrams.cost(self.context + ngrams.fold(text), len(self.context))

    def _proves(self, hypothesis: _Hypothesis) -> bool:
        """Whether the damage makes the copy's characters of what the hypothesis says."""
        copy = self.value[self.start : hypothesis.at]
        notes = {**self.listed, **dict(hypothesis.hidden)}
        right = self.value[hypothesis.at : hypothesis.at + 1]
        for outcome in gbk.outcomes(self.left + hypothesis.text + right, notes):
            left_note = notes.get(gbk.pair(self.left) or (0, 0)) if self.left else None
            before = self.left + (f"({left_note})" if left_note else "")
            if outcome.startswith(before + copy + right):
                return True
        return False

    def _complete(self) -> list[_Hypothesis]:
        """The hypotheses that are in step again, found by following the likeliest."""
        complete: list[_Hypothesis] = []
        open_at: dict[int, list[_Hypothesis]] = {}

        def file(hypotheses: Iterator[_Hypothesis]) -> None:
            for hypothesis in hypotheses:
                if hypothesis.pending:
                    open_at.setdefault(hypothesis.at, []).append(hypothesis)
                else:
                    complete.append(hypothesis)

        file(self._begin())
        end = min(len(self.value), self.start + _LONGEST)
        while open_at:
            at = min(open_at)
            beam = nsmallest(_WIDTH, open_at.pop(at))
            if at >= end:
                break
            for rank, hypothesis in enumerate(beam):
                if hypothesis.cost > beam[0].cost + _SLACK:
                    break
                file(self._go_on(hypothesis))
                if rank < _DROPPING and not hypothesis.vanished:
                    file(self._go_on_after_vanished(hypothesis))
        return nsmallest(_WIDTH, complete)

    def _begin(self) -> Iterator[_Hypothesis]:
        start = self.start
        if orphan := _ORPHAN.match(self.value, start):
            left = gbk.pair(self.left) if self.left else None
            if left:
                for trail, character in gbk.row(left[1]).items():
                    note = self._note((left[1], trail), character, orphan[1])
                    if note:
                        yield _Hypothesis(0.0, orphan.end(), trail, "", (), start, note[0])
            return
        yield from self._extend(_Hypothesis(0.0, start, 0, "", (), start), {0: "？"}, start + 2, 0, start)
        alternatives = gbk.column(gbk.QUESTION_MARK[0])
        yield from self._extend(
            _Hypothesis(0.0, start, 0, "", (), start), alternatives, start + 2, gbk.QUESTION_MARK[1], start + 1
        )

    def _note(self, pair: gbk.Pair, character: str, note: str) -> tuple[tuple[tuple[gbk.Pair, str], ...]] | None:
        """Whether ``pair`` can be on the list with ``note``; what that adds to the listed pairs that the copy shows."""
        if pair in self.listed:
            return ((),) if self.listed[pair] == note else None
        if toneless(note) in readings(character) and character not in self.value:
            return (((pair, note),),)
        return None

    def _extend(
        self,
        hypothesis: _Hypothesis,
        alternatives: Mapping[int, str],
        at: int,
        pending: int,
        begun: int,
        *,
        suffix: str = "",
        vanished: bool = False,
    ) -> Iterator[_Hypothesis]:
        """The hypothesis with each of the alternatives as its next character."""
        context = (self.context + ngrams.fold(hypothesis.text))[-ngrams.ORDER + 1 :]
        characters = "".join(alternatives.values())
        starts = (*hypothesis.starts, hypothesis.begun)
        for character, cost in zip(characters, ngrams.costs(context, ngrams.fold(characters)), strict=True):
            yield _Hypothesis(
                hypothesis.cost + cost, at, pending, hypothesis.text + character + suffix, starts + (at - 1,) * len(suffix),
                begun, hypothesis.hidden, hypothesis.vanished or vanished,
            )  # fmt: skip

    def _go_on(self, hypothesis: _Hypothesis) -> Iterator[_Hypothesis]:
        """The hypotheses after the next character of the copy."""
        value, at, lead = self.value, hypothesis.at, hypothesis.pending
        found = value[at]
        row = gbk.row(lead)
        if orphan := _ORPHAN.match(value, at):
            for trail, character in row.items():
                if trail >= 0x80 and (note := self._note((lead, trail), character, orphan[1])):
                    listed = hypothesis._replace(hidden=hypothesis.hidden + note[0])
                    yield from self._extend(listed, {0: character}, orphan.end(), 0, 0)
        elif value.startswith("??", at):
            torn = {trail: character for trail, character in row.items() if trail >= 0x80}
            yield from self._extend(hypothesis, torn, at + 2, 0, 0, suffix="？")
            if gbk.QUESTION_MARK[0] in row:
                question = {0: row[gbk.QUESTION_MARK[0]]}
                yield from self._extend(hypothesis, question, at + 2, gbk.QUESTION_MARK[1], at + 1)
        elif found == "?":
            torn = {trail: character for trail, character in row.items() if trail >= 0x80}
            for ended in nsmallest(_DROPPING, self._extend(hypothesis, torn, at + 1, 0, 0)):
                for eaten in _SHORT:
                    yield ended._replace(text=ended.text + eaten, starts=(*ended.starts, at))
        elif found < "\x80":
            if character := row.get(ord(found)):
                yield from self._extend(hypothesis, {0: character}, self._after_note(at + 1), 0, 0)
        elif bytes_found := gbk.pair(found):
            if character := row.get(bytes_found[0]):
                yield from self._extend(hypothesis, {0: character}, self._after_note(at + 1), bytes_found[1], at)

    def _go_on_after_vanished(self, hypothesis: _Hypothesis) -> Iterator[_Hypothesis]:
        """The hypotheses after a pair without a character, which left no trace, and the next character of the copy."""
        found = self.value[hypothesis.at]
        bytes_found = (ord(found), 0) if found < "\x80" else gbk.pair(found)
        if not bytes_found:
            return
        trail, pending = bytes_found
        at = hypothesis.at
        first = {lead: character for lead, character in gbk.row(hypothesis.pending).items() if gbk.vacant(lead)}
        following = gbk.column(trail)
        for torn in nsmallest(_DROPPING, self._extend(hypothesis, first, at, 0, at, vanished=True)):
            lead = gbk.pair(torn.text[-1])
            assert lead is not None
            second = {lead: following[lead] for lead in gbk.vacant(lead[1]) if lead in following}
            yield from self._extend(torn, second, self._after_note(at + 1), pending, at)

    def _after_note(self, at: int) -> int:
        """Where the copy goes on behind ``at``, after the note of a listed pair if there is one."""
        note = _BRACKETED.match(self.value, at)
        return note.end() if note and note[1] in self.listed.values() else at
