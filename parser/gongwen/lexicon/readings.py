"""Readings of Chinese characters in Hanyu Pinyin, simplified and traditional alike, with and without tone marks.

The table (readings.tsv, see README.md) has a line for each toned reading: the reading, the characters that are read so
first of all, the characters that may be read so. It is searched as one string: a notice has a hundred distinct characters
to look up, and a search costs less than a dictionary of all 26,775 would.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongwen.errors import VocabularyError

_TONES = {
    "a": "āáǎàɑ",
    "e": "ēéěèêếề",
    "g": "\N{LATIN SMALL LETTER SCRIPT G}",
    "i": "īíǐì",
    "m": "ḿ",
    "n": "ńňǹ",
    "o": "ōóǒò",
    "u": "ūúǔù",
    "v": "üǖǘǚǜ",
}
_PLAIN = str.maketrans(
    {toned: plain for plain, tones in _TONES.items() for toned in tones} | dict.fromkeys("\u0300\u0304\u030c")
)

_LATIN_END = "\u2000"

LETTERS = "a-z" + "".join(_TONES.values())
"""The letters of toned and untoned pinyin, as the inside of a regular expression's class."""


def toneless(reading: str) -> str:
    """The reading in ASCII, ü as v.

    >>> toneless("hào"), toneless("lǜ")
    ('hao', 'lv')
    """
    return reading.translate(_PLAIN)


@cache
def readings(character: str) -> tuple[str, ...]:
    """All toneless readings of ``character``, the usual one first; none for what is no Chinese character.

    >>> readings("行")
    ('xing', 'hang', 'heng')
    """
    first: list[str] = []
    others: list[str] = []
    table = _table()
    at = table.find(character) if character > _LATIN_END else -1
    while at >= 0:
        line = table.rindex("\n", 0, at) + 1
        reading, main, _ = table[line : table.index("\n", at)].split("\t")
        (first if character in main else others).append(toneless(reading))
        at = table.find(character, at + 1)
    return tuple(dict.fromkeys(first + others))


@cache
def read_as(reading: str) -> frozenset[str]:
    """The characters that may be read ``reading``, with the tone that it has or, without one, with any: usual and rare."""
    lines = (line.split("\t") for line in _table().split("\n") if line)
    key = toneless if toneless(reading) == reading else str
    return frozenset("".join(main + other for toned, main, other in lines if key(toned) == reading))


def pinyin(characters: str) -> str:
    """The usual readings in ASCII, joined; a character without one is its hexadecimal code point.

    >>> pinyin("阜州政办秘"), pinyin("一A")
    ('fuzhouzhengbanmi', 'yi41')
    """
    return "".join(readings(character)[0] if readings(character) else f"{ord(character):x}" for character in characters)


@cache
def _table() -> str:
    path = Path(__file__).with_name("readings.tsv")
    rows = path.read_text("utf-8")
    for number, row in enumerate(rows.splitlines(), 1):
        if row.count("\t") != 2:
            raise VocabularyError(f"{path.name}:{number}: {row.count(chr(9)) + 1} columns, not 3")
    return "\n" + rows
