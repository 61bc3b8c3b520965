"""The forward function of copies that were edited byte by byte in GBK: what such a copy shows for a text.

The clean text was encoded as GBK. Pairs of bytes on a list were edited wherever their two bytes met, at any alignment, one
pair of the list after the other: a *noted* pair got a reading in brackets behind it, a *marked* pair a byte before it that
the decoder swallows. Then the bytes were decoded again, by rules of the decoder's own: a lead byte before a byte that cannot
trail became one ``?``, both bytes eaten, and a pair without a character vanished. At last some sites folded ``（），：；？！`` to
half width.

Where an edit hit the two halves of neighbours, the copy is out of step from there on, until a byte that stands alone or
another edit ends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from gongwen.repair import gbk
from gongwen.repair.gbk import Pair

MARK = b"\x03"
"""A byte that the decoder swallows where a character could begin; any such byte does."""

SENTENCE_ENDS: tuple[Pair, ...] = ((0xA1, 0xA3), (0xA3, 0xBB), (0xA3, 0xBF), (0xA3, 0xA1))
"""The pairs that are known to be marked in real copies: 。 ； ？ ！"""

_FOLDING = str.maketrans("（），：；？！", "(),:;?!")
_MOST_OVERLAPS = 6  # of edited pairs in one stretch; each doubles the orders to try


class Edits(NamedTuple):
    """The list of a copy: noted pairs with what was put behind them, and marked pairs."""

    notes: Mapping[Pair, str]
    marks: frozenset[Pair]


def fold(text: str) -> str:
    """The text with the punctuation that some copies folded to half width.

    >>> fold("（一）是？")
    '(一)是?'
    """
    return text.translate(_FOLDING)


def copies(text: str, edits: Edits) -> Iterator[str]:
    """What the copy shows for ``text``, folded, for each order in which the list can have run.

    The order matters where two edited pairs share a byte: an edit between the two bytes of a pair keeps it from being met.

    >>> list(copies("　（五）加快", Edits({}, frozenset(SENTENCE_ENDS))))
    ['?。ㄎ澹┘涌?']
    >>> list(copies("校科學", Edits({(0x8C, 0x57): "xué"}, frozenset(SENTENCE_ENDS))))
    ['??茖W(xué)']
    """
    data = text.encode("gbk", "ignore")
    notes, marks = edits
    places = [at for at in range(len(data) - 1) if (pair := (data[at], data[at + 1])) in notes or pair in marks]
    overlaps = [at for at in places if at + 1 in places]
    if len(overlaps) > _MOST_OVERLAPS:
        return
    for left_first in product((False, True), repeat=len(overlaps)):
        first = dict(zip(overlaps, left_first, strict=True))
        pieces: list[bytes] = []
        position = 0
        done: set[int] = set()
        for at in places:
            pair = data[at], data[at + 1]
            is_note = pair in notes
            if at - 1 in done and first[at - 1] and (data[at - 1], data[at]) in notes:
                continue  # the note of the pair on the left has torn this one
            if at in first and not first[at] and (data[at + 1], data[at + 2]) in marks:
                continue  # the mark of the pair on the right has
            done.add(at)
            cut = at + 2 if is_note else at
            edit = f"({notes[pair]})".encode("gbk", "ignore") if is_note else MARK
            pieces += [data[position:cut], edit]
            position = cut
        yield fold(gbk.decode(b"".join([*pieces, data[position:]])))
