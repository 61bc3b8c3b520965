"""The engine that undoes damage: candidates that prove, the likeliest by a margin, and a finding where none wins.

A *model of damage* is a forward function: what a copy shows for an original. Its module finds the places where it may have
been at work and proposes originals for them; a proposal counts only if the forward function, applied to it, gives exactly
what stands there. What is decided here is the same for all models: among the proven candidates, and the reading that nothing
is damaged, the likeliest is taken as far as it is sure: each of its pieces must be likelier than anything else there by a margin
that grows with what it supposes. Between sure pieces, U+FFFD stands for the others, with a finding that has their candidates. Where
few are sure, the beginning is restored and the rest of the place stays as it is, with a finding, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, Protocol

from gongwen.findings import finding
from gongwen.model import Finding
from gongwen.text import Edit, Text

_MARGINS = (4.7, 5.0, 6.5, 7.5, 9.5)
"""Natural units of likelihood by which a piece must be likelier than others, by how much it supposes without a trace in the copy."""
_LEAST_HIDING = 0.45  # share of a margin that is asked for in any copy
_LEAST_STRANGE = 0.7  # and of the cost of what is strange
_READABLE = 6.5  # mean cost of the characters of a candidate that is taken in part
_SURE = 15.0  # margin by which a candidate is likelier than what stands there, to prove damage by itself
_LEAST_SURE = 0.5  # share of the characters of a candidate that are sure where others between them are lost
_GARBLED = 6.5  # mean cost of characters that are no text
_UNKNOWN = 7.5  # margin that a piece with guesses must have over what nobody thought of
_FAR, _UNKNOWN_FAR = 8.0, 6.5  # margin of a piece without a rival, and what is enough then
_BESIDE = 2.0  # times the margin that is asked for beside what isn't sure
_STRANGE = (
    11.2  # cost of two characters, one behind the other, that official texts hardly ever have, if any copy hid so much
)
_PLAIN_MARGIN = 3.0  # by which what stands there must be likelier than any candidate, to be left in peace
_SHOWN = 4  # candidates that a finding or an edit names
_LONGEST_SHOWN = 40  # characters of each of them

_DASH = "—"
LOST = "\ufffd"
"""What stands for characters that can't be decided between others that can."""


class Piece(NamedTuple):
    """A part of a candidate that is decided as one: what fills a gap between two bytes of the copy.

    ``starts`` are the places in the copy at which its characters begin; ``margin`` is by how much it is likelier than
    anything else that was thought of, in natural units, the rest being what is likeliest then, and ``unknown`` the same over what
    was not; ``strange`` is what its least likely character and the one behind it cost; ``guesses`` says how much of it is supposed without a trace in the copy; ``others`` are the likeliest of what else it
    may have been.
    """

    text: str
    starts: tuple[int, ...]
    margin: float
    unknown: float
    strange: float
    guesses: int
    others: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """What may have stood at a place: the copy up to ``end`` stands for the ``pieces``.

    ``cost`` is that of the candidate and of what follows it in the copy; ``own`` that of its characters alone.
    """

    cost: float
    end: int
    pieces: tuple[Piece, ...]
    own: float

    @property
    def text(self) -> str:
        return "".join([piece.text for piece in self.pieces])


class Place(NamedTuple):
    """A place of the copy where a model may have been at work, and the likeliest candidate that is proven.

    ``literal`` is the cost of what the copy shows, if that is how it was; ``tried`` is how many hypotheses were compared.
    """

    start: int
    end: int
    best: Candidate | None
    literal: float
    tried: int

    def candidates(self) -> list[str]:
        """The best candidate, and what it is with another reading of one of its pieces."""
        if self.best is None:
            return []
        pieces = self.best.pieces
        texts = [piece.text for piece in pieces]
        others = sorted((piece.margin, number) for number, piece in enumerate(pieces) if piece.others)
        return [
            "".join(texts),
            *("".join([*texts[:number], pieces[number].others[0], *texts[number + 1 :]]) for _, number in others),
        ]


class Decision(NamedTuple):
    """What is taken for ``copy[start:end]``: the sure pieces of the best candidate, and LOST for each stretch of others.

    ``lost`` are those stretches: where they begin and end in the copy, and what they may have been.
    """

    place: Place
    start: int
    end: int
    text: str
    cuts: tuple[tuple[int, int], ...]
    lost: tuple[tuple[int, int, tuple[str, ...]], ...]
    margin: float

    @property
    def is_whole(self) -> bool:
        best = self.place.best
        return best is not None and not self.lost and self.end == best.end


class Model(Protocol):
    """A model of damage: a module of gongwen.repair.models has one, as ``undo``."""

    def __call__(self, text: Text, /) -> tuple[Text, tuple[Finding, ...]]:
        """The text with this damage undone, and a finding for each place that isn't; undamaged text comes back as it is."""


def is_plain(place: Place) -> bool:
    """Whether what stands there is likelier than any candidate: no damage."""
    if not place.best:
        return place.literal < _GARBLED * (place.end - place.start)
    return place.literal + _PLAIN_MARGIN < place.best.cost


def is_doubtful(place: Place) -> bool:
    """Whether the place may as well be as it was: no proof of damage by itself."""
    return place.literal < (place.best.cost + _SURE if place.best else _GARBLED * (place.end - place.start))


def decide(place: Place, hiding: float = 1.0) -> Decision | None:
    """What is taken for the place: the pieces of the best candidate that are sure; None if too few are.

    ``hiding`` scales the margin: how easily the copy hides something, so that more may have stood there than was compared.
    """
    best = place.best
    if best is None:
        return None
    literal = place.literal - best.cost
    sure = [literal >= _MARGINS[0] and _is_sure(piece, hiding) for piece in best.pieces]
    doubted = True
    while (
        doubted
    ):  # beside what isn't sure, the context is a guess, and between two such pieces nothing supposed is sure
        beside = [not all(sure[max(0, at - 1) : at + 2]) for at in range(len(sure))]
        alone = [not (any(sure[max(0, at - 1) : at]) or any(sure[at + 1 : at + 2])) for at in range(len(sure))]
        firm = [
            is_sure
            and (
                not doubtful
                or piece.text == "\n"  # whatever the sentence before it ends in
                or (_is_sure(piece, hiding, _BESIDE) and not (piece.guesses and is_alone))
            )
            for piece, is_sure, doubtful, is_alone in zip(best.pieces, sure, beside, alone, strict=True)
        ]
        doubted, sure = firm != sure, firm
    if not all(sure):
        if best.own > _READABLE * len(best.text):
            return None
        known = sum(len(piece.text) for piece, is_sure in zip(best.pieces, sure, strict=True) if is_sure)
        is_end_of_line = sure[-1] and best.pieces[-1].text == "\n"  # without it the next item would be lost
        if known < _LEAST_SURE * len(best.text) and not is_end_of_line:
            return _beginning(place, best, sure)
    return _in_parts(place, best, sure)


def _is_sure(piece: Piece, hiding: float, times: float = 1.0) -> bool:
    if (piece.others or piece.guesses) and any(character.isdigit() or character in " ," for character in piece.text):
        return False  # the language doesn't tell one number from another, nor a blank or a comma from a mark that was swallowed
    if piece.guesses and piece.text.count(_DASH) % 2:
        return False  # a dash (——) is two characters
    share = max(_LEAST_HIDING, hiding) * times
    if (
        piece.strange * max(_LEAST_STRANGE, hiding) > _STRANGE
        or piece.margin < _MARGINS[min(piece.guesses, len(_MARGINS) - 1)] * share
    ):
        return False
    unknown = _UNKNOWN * share
    return not piece.guesses or piece.unknown >= (min(unknown, _UNKNOWN_FAR) if piece.margin >= _FAR else unknown)


def _in_parts(place: Place, best: Candidate, sure: list[bool]) -> Decision:
    """The sure pieces of the best candidate, with LOST for each stretch between them."""
    text = ""
    cuts: list[tuple[int, int]] = []
    lost: list[tuple[int, int, tuple[str, ...]]] = []
    for is_sure, group in groupby(zip(best.pieces, sure, strict=True), key=itemgetter(1)):
        pieces = [piece for piece, _ in group]
        if is_sure:
            for piece in pieces:
                _cut(cuts, place, best.end, piece.starts, len(text))
                text += piece.text
        else:
            _cut(cuts, place, best.end, pieces[0].starts[:1], len(text))
            text += LOST
            whole = "".join([piece.text for piece in pieces])
            others = [whole, *pieces[0].others] if len(pieces) == 1 else [whole]
            lost.append((pieces[0].starts[0], pieces[-1].starts[-1] + 1, tuple(others)))
    margin = min(piece.margin for piece, is_sure in zip(best.pieces, sure, strict=True) if is_sure)
    return Decision(place, place.start, best.end, text, tuple(cuts), tuple(lost), margin)


def _beginning(place: Place, best: Candidate, sure: list[bool]) -> Decision | None:
    """The beginning of the best candidate, as far as it is sure; the copy stays as it is from there on."""
    size = sure.index(False)
    pieces, rest = best.pieces[:size], best.pieces[size:]
    if not pieces or pieces[-1].text[-1].isspace():
        return None
    end = rest[0].starts[0]
    if not place.start < end < best.end or end == pieces[-1].starts[-1]:
        return None
    text = ""
    cuts: list[tuple[int, int]] = []
    for piece in pieces:
        _cut(cuts, place, end, piece.starts, len(text))
        text += piece.text
    lost = (
        end,
        best.end,
        tuple(candidate[len(text) :] for candidate in place.candidates() if candidate.startswith(text)),
    )
    return Decision(place, place.start, end, text, tuple(cuts), (lost,), min(piece.margin for piece in pieces))


def _cut(cuts: list[tuple[int, int]], place: Place, end: int, starts: tuple[int, ...], after: int) -> None:
    """Adds where characters that begin at ``starts`` in the copy stand in the text: from ``after`` on (see Edit.cuts)."""
    for number, at in enumerate(starts):
        if (cuts[-1][0] if cuts else 0) < at - place.start < end - place.start:
            cuts.append((at - place.start, after + number))


def edit(value: str, decision: Decision, rule: str, name: str, name_zh: str) -> Edit:
    """The edit that a decision is, with its evidence; ``name`` and ``name_zh`` are what the model is called in it."""
    place, start, end, text, cuts, _, margin = decision
    best = place.best
    assert best is not None
    original, *others = place.candidates()
    evidence = f"{name}, applied to “{original}”, gives exactly “{value[start : best.end]}”; "
    evidence_zh = f"对“{original}”施加{name_zh}，恰得“{value[start : best.end]}”；"
    if others:
        shown = ", ".join(f"“{other[:_LONGEST_SHOWN]}”" for other in others[: _SHOWN - 1])
        evidence += f"of {place.tried} hypotheses compared it is likelier by {margin:.1f} nats than {shown}"
        evidence_zh += f"在比较的{place.tried}个假设中，其似然比{shown.replace(', ', '、')}高 {margin:.1f} 奈特"
    else:
        evidence += "no other likely candidate does"
        evidence_zh += "没有其他可能的候选"
    return Edit(start, end, text, rule, evidence, "chosen" if others else "proven", cuts, evidence_zh)


def unresolved(text: Text, start: int, end: int, candidates: Iterable[str]) -> Finding:
    """The finding that ``text.value[start:end]`` is damaged and not restored."""
    shown = "、".join(f"“{candidate[:_LONGEST_SHOWN]}”" for candidate in list(dict.fromkeys(candidates))[:_SHOWN])
    return finding("unresolved-damage", text.to_source(start, end), text=text.value[start:end], candidates=shown or "—")
