"""The damage that gongwen.repair undoes, written a second time and forwards: in terms of bytes alone, with a given order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

LOST = -1


class Damaged(NamedTuple):
    """A damaged copy; ``places`` are where in it each character of the clean text stands, LOST for those cut or lost."""

    copy: str
    places: list[int]


def damage(clean: str, notes: Mapping[str, str]) -> Damaged:
    """What the copy shows after each character of ``notes``, in their order, got its note at every place of its bytes."""
    data, origins = b"", []
    for number, character in enumerate(clean):
        encoded = character.encode("gbk")
        data += encoded
        origins += [number] * len(encoded)
    for character, reading in notes.items():
        key = character.encode("gbk")
        note = f"({reading})".encode("gbk", "ignore")
        pieces, kept, position = [], [], 0
        while (found := data.find(key, position)) >= 0:
            pieces += [data[position : found + 2], note]
            kept += [*origins[position : found + 2], *[LOST] * len(note)]
            position = found + 2
        data, origins = b"".join([*pieces, data[position:]]), kept + origins[position:]
    for match in re.finditer(b"\xa3\xbf", data):
        origins[match.start() : match.end()] = LOST, LOST
    return _decode(data.replace(b"\xa3\xbf", b"??"), origins, [len(character.encode("gbk")) for character in clean])


def _decode(data: bytes, origins: list[int], sizes: list[int]) -> Damaged:
    """The characters shown: a lead byte without a trail byte eats what follows, a pair without a character vanishes."""
    copy: list[str] = []
    places = [LOST] * len(sizes)
    at = 0
    while at < len(data):
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
