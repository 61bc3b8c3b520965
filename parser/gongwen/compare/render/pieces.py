"""A change's wording, in pieces that stayed, went or came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from gongwen.compare.changes import Change, Edit
from gongwen.compare.render import said
from gongwen.messages import Language

# What turned into what: nothing of it went or came.
_TURNED = (
    "-moved", "-renumbered", "-changed", "-split", "-merged", "-regrouped", "unit-renamed", "-exchanged", "-replaced", "-differs",
)  # fmt: skip
_NOTHING = "∅"


class Piece(NamedTuple):
    """A stretch of wording."""

    kind: Literal["kept", "far", "removed", "added"]
    text: str
    counted: bool = True


def wording(change: Change, around: int, language: Language = "zh") -> Iterator[Piece]:
    """The wording of ``change`` with its edits; without edits, all of it went or came, or one thing turned into another.

    Of what stayed, ``around`` characters are shown beside each edit.
    """
    before, after = said(change, "before", language) or "", said(change, "after", language) or ""
    if change.kind == "sentence-moved" and not change.edits:
        yield Piece("kept", after)
    elif change.kind.endswith(_TURNED) and not change.edits:
        yield Piece("kept", f"{before or _NOTHING} → {after or _NOTHING}")
    elif change.edits:
        yield from abridged(merged(before, change.edits), around)
    else:
        yield from (piece for piece in (Piece("removed", before), Piece("added", after)) if piece.text)


def merged(before: str, edits: Sequence[Edit]) -> Iterator[Piece]:
    """Both texts in one: what stayed once, what went before what came."""
    at = 0
    for edit in edits:
        for piece in (
            Piece("kept", before[at : edit.before.start]),
            Piece("removed", edit.before.text, edit.counted),
            Piece("added", edit.after.text, edit.counted),
        ):
            if piece.text:
                yield piece
        at = edit.before.end
    if at < len(before):
        yield Piece("kept", before[at:])


def folded(pieces: Sequence[Piece], around: int) -> Iterator[Piece]:
    """The pieces; what stayed and stands farther than ``around`` characters from what changed, and from the beginning, is ``far``."""
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        head, tail = around, len(piece.text) - (around if at < last else 0)
        if piece.kind != "kept" or tail - head <= around:
            yield piece
        else:
            yield Piece("kept", piece.text[:head])
            yield Piece("far", piece.text[head:tail])
            if at < last:
                yield Piece("kept", piece.text[tail:])


def one_side(text: str, edits: Sequence[Edit], side: Literal["before", "after"]) -> Iterator[Piece]:
    """One of the texts: what stayed, and what went (before) or came (after)."""
    at = 0
    for edit in edits:
        fragment = edit.before if side == "before" else edit.after
        if at < fragment.start:
            yield Piece("kept", text[at : fragment.start])
        if fragment.text:
            yield Piece("removed" if side == "before" else "added", fragment.text)
        at = fragment.end
    if at < len(text):
        yield Piece("kept", text[at:])


def abridged(pieces: Iterable[Piece], around: int) -> Iterator[Piece]:
    """The pieces, of those that stayed only ``around`` characters next to an edit that counts.

    An edit that another change tells is shown where it stands so near, since the words beside it would else be in neither text.
    """
    found = list(pieces)
    near = [distance <= around for distance in _distances(found)]
    cut = False  # whether what was shown last ends in an ellipsis
    for at, piece in enumerate(found):
        if piece.kind != "kept":
            if near[at]:
                yield piece
                cut = False
            continue
        head = around if at and near[at - 1] else 0
        tail = around if at + 1 < len(found) and near[at + 1] else 0
        text = piece.text
        if len(text) > head + tail + 1:
            text = f"{text[:head]}…{text[len(text) - tail :]}"
        if cut and text.startswith("…"):
            text = text[1:]
        if text:
            yield Piece("kept", text)
            cut = text.endswith("…")


def _distances(pieces: Sequence[Piece]) -> list[int]:
    """How many characters that stayed lie between each piece and the nearest edit that counts."""
    far = sum(len(piece.text) for piece in pieces) + 1
    distances = [far] * len(pieces)
    for order in (range(len(pieces)), range(len(pieces) - 1, -1, -1)):
        passed = far
        for at in order:
            piece = pieces[at]
            if piece.kind == "kept":
                passed += len(piece.text)
            elif piece.counted:
                passed = 0
            distances[at] = min(distances[at], passed)
    return distances
