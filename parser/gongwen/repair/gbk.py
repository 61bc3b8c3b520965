"""Pairs of bytes in GBK, and what the damage did to them.

The damage worked on bytes, so it met the pairs of its list at any alignment, also across two characters. What it left was
decoded by rules of its own: a lead byte before a byte that cannot trail became one ``?``, both bytes eaten, and a pair
without a character vanished.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from functools import cache, lru_cache

Pair = tuple[int, int]

LEADS = range(0x80, 0xFF)  # 0x80 leads to nothing, but eats a byte like the others
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@lru_cache(maxsize=1 << 15)
def pair(character: str) -> Pair | None:
    """The two bytes of a character, or None where it has one byte or none."""
    try:
        data = character.encode("gbk")
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


@cache
def row(lead: int) -> dict[int, str]:
    """Trail byte → character, of the pairs with this lead byte that have one."""
    found = _characters((lead, trail) for trail in TRAILS)
    return {trail: character for trail, character in zip(TRAILS, found, strict=True) if character}


@cache
def column(trail: int) -> dict[int, str]:
    """Lead byte → character, of the pairs with this trail byte that have one."""
    found = _characters((lead, trail) for lead in LEADS)
    return {lead: character for lead, character in zip(LEADS, found, strict=True) if character}


@cache
def vacant_leads() -> dict[int, tuple[int, ...]]:
    """Lead byte → the trail bytes that make a pair without a character with it and could themselves lead one."""
    vacant = {lead: tuple(trail for trail in TRAILS if trail in LEADS and trail not in row(lead)) for lead in LEADS}
    return {lead: trails for lead, trails in vacant.items() if trails}


def _characters(pairs: Iterable[Pair]) -> list[str]:
    """The character of each pair, empty where it has none."""
    return decode(b"\n".join(map(bytes, pairs))).split("\n")


def decode(data: bytes) -> str:
    """The characters that the copy shows for ``data``.

    >>> decode("区".encode("gbk") + b"\\xd5(" + b"\\xf8\\xa1" + b"!")
    '区?!'
    """
    return data.decode("gbk", "gongwen.copy").replace("\x03", "")


def _as_copied(error: UnicodeError) -> tuple[str, int]:
    """What the copy shows for two bytes that are no character: nothing for a pair, a question mark for others."""
    assert isinstance(error, UnicodeDecodeError)
    lead, trail = (*error.object[error.start : error.start + 2], 0)[:2]
    return "" if lead in LEADS and trail in TRAILS else "?", min(error.start + 2, len(error.object))


codecs.register_error("gongwen.copy", _as_copied)
