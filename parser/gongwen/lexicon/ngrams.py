"""How likely a run of characters is in official texts: a character n-gram model of order 4, with backoff.

The model reads simplified and traditional script, half and full width, and all digits as the same (`fold`). Its table
(ngrams.bin, see README.md) is made by tools/make_ngrams.py: for each context of up to three characters, the characters
that follow it with their cost, and what it costs to fall back to the context without its first character. Costs are
negative natural logarithms of probabilities, in steps of COST_STEP.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

ORDER = 4
COST_STEP = 1 / 12
UNSEEN_COST = 20.0
TABLE = Path(__file__).with_name("ngrams.bin")


def pack(context: str) -> int:
    """A context of up to three characters as a number, so that a sorted table of numbers can be searched for it."""
    number = 0
    for character in context:
        number = number << 16 | ord(character)
    return number


class Row(NamedTuple):
    """What is known of a context: the cost of each character seen after it, and that of falling back."""

    costs: dict[str, float]
    backoff: float


class _Table(NamedTuple):
    alphabet: dict[int, str]
    keys: array[int]
    ends: array[int]
    backoffs: array[int]
    characters: str
    costs: array[int]


def fold(text: str) -> str:
    """The text as the model reads it, of the same length.

    >>> fold("區科協(3個)")
    '区科协（0个）'
    """
    return text.translate(_table().alphabet)


def forms(character: str) -> str:
    """All characters that the model reads like ``character``.

    >>> forms("区")
    '區区'
    """
    folded = fold(character)
    return _forms().get(folded, "") + folded


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for point, folded in _table().alphabet.items():
        forms[folded] = forms.get(folded, "") + chr(point)
    return forms


def known(characters: str) -> str:
    """Those of ``characters`` that official texts have, in either script."""
    alone = _row("")
    assert alone is not None
    return "".join(
        [character for character, folded in zip(characters, fold(characters), strict=True) if folded in alone.costs]
    )


def text_costs(text: str, start: int) -> list[float]:
    """The cost of each character of ``text``, folded, from ``start`` on, after the three before it."""
    return [character_cost(text[max(0, at - ORDER + 1) : at], text[at]) for at in range(start, len(text))]


@lru_cache(maxsize=1 << 16)
def character_cost(context: str, character: str) -> float:
    """The cost of ``character`` after ``context``, both folded, the context of at most three characters."""
    return cost_in(rows(context), character)


def cost_in(rows: tuple[Row, ...], character: str) -> float:
    """The cost of ``character`` after a context of which ``rows`` is known."""
    total = 0.0
    for costs, backoff in rows:
        known = costs.get(character)
        if known is not None:
            return total + known
        total += backoff
    return max(total, UNSEEN_COST)


@lru_cache(maxsize=1 << 14)
def rows(context: str) -> tuple[Row, ...]:
    """What is known of ``context``, of at most three characters, and of it without its first ones, the longest first."""
    return tuple([row for start in range(len(context) + 1) if (row := _row(context[start:])) is not None])


class Class:
    """Characters that may stand at a place, as far as official texts have them.

    ``written`` are the characters by how the model reads them; ``ranked`` is what it reads, with its cost by itself, the
    likeliest first.
    """

    __slots__ = ("ranked", "written")

    def __init__(self, characters: Iterable[str]) -> None:
        alone = _row("")
        assert alone is not None
        self.written: dict[str, str] = {}
        joined = "".join(characters)
        for character, folded in zip(joined, fold(joined), strict=True):
            if folded in alone.costs:
                self.written[folded] = self.written.get(folded, "") + character
        self.ranked = sorted((alone.costs[folded], folded) for folded in self.written)


@lru_cache(maxsize=1 << 14)
def likeliest(context: str, characters: Class, most: int) -> list[tuple[float, str]]:
    """The ``most`` likely of ``characters`` after ``context``, folded, with their cost, the likeliest first."""
    written = characters.written
    if len(written) == 1:
        return [(character_cost(context, character), character) for character in written]
    found: dict[str, float] = {}
    passed = 0.0
    for start in range(len(context)):
        if row := _row(context[start:]):
            for character in row.costs.keys() & written.keys():
                if character not in found:
                    found[character] = passed + row.costs[character]
            passed += row.backoff
    others = ((cost, character) for cost, character in characters.ranked if character not in found)
    found.update([(character, passed + cost) for cost, character in islice(others, most)])
    # Numbers are put in order much faster than pairs, and few are asked for.
    limit = sorted(found.values())[:most][-1] if found else 0.0
    return sorted([(cost, character) for character, cost in found.items() if cost <= limit])[:most]


@lru_cache(maxsize=1 << 14)
def _row(context: str) -> Row | None:
    table = _table()
    key = pack(context)
    at = bisect_left(table.keys, key)
    if at == len(table.keys) or table.keys[at] != key:
        return None
    start, end = table.ends[at - 1] if at else 0, table.ends[at]
    costs = [step * COST_STEP for step in table.costs[start:end]]
    return Row(dict(zip(table.characters[start:end], costs, strict=True)), table.backoffs[at] * COST_STEP)


@cache
def _table() -> _Table:
    data = zlib.decompress(TABLE.read_bytes())
    header_end = data.index(b"\n") + 1
    header = json.loads(data[:header_end])
    position = header_end

    def column(code: str, length: int) -> array[int]:
        nonlocal position
        values: array[int] = array(code)
        end = position + length * values.itemsize
        values.frombytes(data[position:end])
        if sys.byteorder == "big":
            values.byteswap()
        position = end
        return values

    contexts, entries = header["contexts"], header["entries"]
    keys, ends, backoffs = column("Q", contexts), column("I", contexts), column("B", contexts)
    characters = column("H", entries).tobytes().decode(f"utf-16-{sys.byteorder[0]}e", "surrogatepass")
    return _Table(
        dict(zip(map(ord, header["fold"][0]), header["fold"][1], strict=True)),
        keys,
        ends,
        backoffs,
        characters,
        column("B", entries),
    )
