"""The damage that gongwen.repair undoes, written a second time and forwards: in terms of bytes alone, with a given order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

LOST = -1


class Damaged(NamedTuple):
    """A damaged copy; ``places`` are where in it each character of the clean text stands, LOST for those cut or lost."""

    copy: str
    places: list[int]


SENTENCE_ENDS = (b"\xa1\xa3", b"\xa3\xbb", b"\xa3\xbf", b"\xa3\xa1")
SWALLOWED = b"\x03"
FOLDING = str.maketrans("（），：；？！", "(),:;?!")


def damage(clean: str, notes: Mapping[str, str], marks: tuple[bytes, ...] = (), fold: bool = False) -> Damaged:
    """What the copy shows after each character of ``notes``, in their order, got its note at every place of its bytes.

    Then a byte that the decoder swallows was put before each pair of ``marks``, and punctuation folded to half width.
    """
    data, origins = b"", []
    for number, character in enumerate(clean):
        encoded = character.encode("gbk")
        data += encoded
        origins += [number] * len(encoded)
    for character, reading in notes.items():
        data, origins = _edit(data, origins, character.encode("gbk"), f"({reading})".encode("gbk", "ignore"), 2)
    for pair in marks:
        data, origins = _edit(data, origins, pair, SWALLOWED, 0)
    damaged = _decode(data, origins, [len(character.encode("gbk")) for character in clean])
    return damaged._replace(copy=damaged.copy.translate(FOLDING)) if fold else damaged


def _edit(data: bytes, origins: list[int], pair: bytes, added: bytes, at: int) -> tuple[bytes, list[int]]:
    """``added`` put into ``data`` at each ``pair``: before it (0) or behind (2)."""
    pieces, kept, position = [], [], 0
    while (found := data.find(pair, position)) >= 0:
        pieces += [data[position : found + at], added, data[found + at : found + 2]]
        kept += [*origins[position : found + at], *[LOST] * len(added), *origins[found + at : found + 2]]
        position = found + 2
    return b"".join([*pieces, data[position:]]), kept + origins[position:]


def _decode(data: bytes, origins: list[int], sizes: list[int]) -> Damaged:
    """The characters shown: a lead byte without a trail byte eats what follows, a pair without a character vanishes."""
    copy: list[str] = []
    places = [LOST] * len(sizes)
    at = 0
    while at < len(data):
        if data[at : at + 1] == SWALLOWED:
            at += 1
            continue
        size = 1 if data[at] < 0x80 else 2
        origin = origins[at]
        trails = size == 1 or (at + 1 < len(data) and 0x40 <= data[at + 1] <= 0xFE and data[at + 1] != 0x7F)
        character = data[at : at + size].decode("gbk", "replace") if trails else "?"
        whole = origin != LOST and size == sizes[origin] and (size == 1 or (trails and origins[at + 1] == origin))
        if whole and (at == 0 or origins[at - 1] != origin):
            places[origin] = len(copy)
        if "\ufffd" not in character:
            copy.append(character)
        at += size
    return Damaged("".join(copy), places)


def spots(places: list[int]) -> Iterator[tuple[int, int]]:
    """The runs of lost characters, as offsets in the clean text."""
    start = None
    for number, place in enumerate([*places, 0]):
        if place == LOST and start is None:
            start = number
        elif place != LOST and start is not None:
            yield start, number
            start = None
