"""The engine that undoes damage: candidates that prove, the likeliest by a margin, and a finding where none wins.

A *model of damage* is a forward function: what a copy shows for an original. Its module finds the places where it may have
been at work and proposes originals for them; a proposal counts only if the forward function, applied to it, gives exactly
what stands there. What is decided here is the same for all models: among the proven candidates, and the reading that nothing
is damaged, the likeliest is taken if it is likelier than the others by a margin that grows with what it supposes. Where the
whole of a place can't be decided but its beginning can, the beginning is restored. What stays has a finding with its candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import inf
from typing import NamedTuple, Protocol

from gongwen.findings import finding
from gongwen.model import Finding
from gongwen.text import Edit, Text

_MARGINS = (3.2, 4.7, 6.2, 7.5, 9.5)
"""Natural units of likelihood by which a candidate must win, by how much it supposes without a trace in the copy."""
_LEAST_HIDING = (0.62, 0.6)  # share of a margin that is asked for in any copy, without guesses and with some
_STRANGE = (11.0, 10.0)  # cost of a character that official texts hardly ever have there, without guesses and with some
_READABLE = 6.5  # mean cost of the characters of a candidate of which only the beginning is taken
_SURE = 15.0  # margin that makes up for it
_BLANK = re.compile(r"\s")  # at the end of a beginning: may be any other blank, or a sign that closes
_GARBLED = 6.5  # mean cost of characters that are no text
_UNREADABLE = 7.5  # and of those that are surely none
_PLAIN_MARGIN = 3.0  # by which what stands there must be likelier than any candidate, to be left in peace
_SHOWN = 4  # candidates that a finding or an edit names
_LONGEST_SHOWN = 40  # characters of each of them


class Candidate(NamedTuple):
    """What may have stood at a place: the copy up to ``end`` stands for ``text``.

    ``starts`` are the places in the copy at which the characters of ``text`` begin; ``cost`` is that of the candidate and
    of what follows it in the copy, the same stretch for all candidates; ``strange`` is the cost of each character;
    ``guesses`` says for each character how much up to it is supposed without a trace in the copy.
    """

    cost: float
    end: int
    text: str
    starts: tuple[int, ...]
    strange: tuple[float, ...]
    guesses: tuple[int, ...]


class Place(NamedTuple):
    """A place of the copy where a model may have been at work, and its proven candidates, the likeliest first.

    ``literal`` is the cost of what the copy shows, if that is how it was; ``tried`` is how many candidates were compared.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    literal: float
    tried: int


class Decision(NamedTuple):
    """What is taken for ``copy[start:end]``: the first ``length`` characters of the best candidate; its margin over others."""

    place: Place
    start: int
    end: int
    length: int
    margin: float

    @property
    def text(self) -> str:
        return self.place.candidates[0].text[: self.length]

    @property
    def is_whole(self) -> bool:
        return self.length == len(self.place.candidates[0].text)


class Model(Protocol):
    """A model of damage: a module of gongwen.repair.models has one, as ``undo``."""

    def __call__(self, text: Text, /) -> tuple[Text, tuple[Finding, ...]]:
        """The text with this damage undone, and a finding for each place that isn't; undamaged text comes back as it is."""


def is_plain(place: Place) -> bool:
    """Whether what stands there is likelier than any candidate: no damage."""
    if not place.candidates:
        return place.literal < _GARBLED * (place.end - place.start)
    return place.literal + _PLAIN_MARGIN < place.candidates[0].cost


def is_doubtful(place: Place) -> bool:
    """Whether the place may as well be as it was: no proof of damage by itself."""
    return place.literal < (
        place.candidates[0].cost + _SURE if place.candidates else _GARBLED * (place.end - place.start)
    )


def decide(place: Place, hiding: float = 1.0) -> Decision | None:
    """What is taken for the place: the best candidate, or the beginning that all likely ones share; None if nothing is sure.

    ``hiding`` scales the margin: how easily the copy hides something, so that more may have stood there than was compared.
    """
    if not place.candidates:
        return None
    best, *others = place.candidates
    length = len(best.text)
    shortest = 1 if others else length
    for size in range(length, shortest - 1, -1):
        rival = place.literal
        for other in others:
            if size == length or other.text[:size] != best.text[:size]:
                rival = min(rival, other.cost)
        margin = rival - best.cost
        guesses = best.guesses[size - 1]
        needed = _MARGINS[min(guesses, len(_MARGINS) - 1)] * max(_LEAST_HIDING[bool(guesses)], hiding)
        strange = _STRANGE[bool(guesses)]
        if size < length and sum(best.strange[:length]) > _READABLE * length:
            return None
        if margin >= needed and (margin >= _SURE or max(best.strange[: size + 1]) <= strange):
            if size == length:
                return Decision(place, place.start, best.end, size, margin)
            if _BLANK.match(best.text[size - 1]):
                continue
            if place.start < (end := best.starts[size]) < best.end and best.starts[size] > best.starts[size - 1]:
                return Decision(place, place.start, end, size, margin)
    return None


def edit(value: str, decision: Decision, rule: str, name: str, name_zh: str) -> Edit:
    """The edit that a decision is, with its evidence; ``name`` and ``name_zh`` are what the model is called in it."""
    place, start, end, length, margin = decision
    best, *others = place.candidates
    cuts: list[tuple[int, int]] = []
    for after, at in enumerate(best.starts[:length]):
        before = at - start
        if (cuts[-1][0] if cuts else 0) < before < end - start:
            cuts.append((before, after))
    evidence = f"{name}, applied to “{best.text}”, gives exactly “{value[start : best.end]}”; "
    evidence_zh = f"对“{best.text}”施加{name_zh}，恰得“{value[start : best.end]}”；"
    if others:
        shown = ", ".join(f"“{other.text[:_LONGEST_SHOWN]}”" for other in others[: _SHOWN - 1])
        evidence += f"of {place.tried} candidates compared it is likelier by {margin:.1f} nats than {shown}"
        evidence_zh += f"在比较的{place.tried}个候选中，其似然比{shown.replace(', ', '、')}高 {margin:.1f} 奈特"
    else:
        evidence += "no other likely candidate does"
        evidence_zh += "没有其他可能的候选"
    return Edit(start, end, decision.text, rule, evidence, "chosen" if others else "proven", tuple(cuts), evidence_zh)


def unresolved(text: Text, start: int, end: int, candidates: Iterable[str]) -> Finding:
    """The finding that ``text.value[start:end]`` is damaged and not restored."""
    shown = "、".join(f"“{candidate[:_LONGEST_SHOWN]}”" for candidate in list(dict.fromkeys(candidates))[:_SHOWN])
    return finding("unresolved-damage", text.to_source(start, end), text=text.value[start:end], candidates=shown or "—")


def rest(decision: Decision) -> Iterator[str]:
    """The candidates for what follows the beginning that was decided."""
    for candidate in decision.place.candidates:
        if candidate.text.startswith(decision.text):
            yield candidate.text[decision.length :]


NEVER = inf
"""The cost of what can't have stood there."""
