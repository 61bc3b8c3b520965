"""Notes of the reading that a copy put behind characters: 區(qū).

The damage has a list of characters, and *every* occurrence of a character on it got a note. That tells it from a gloss by
the author (亳(bó)州), who explains a rare character once, and from other bracketed Latin (2.0(beta)). A note counts as one
only if it is a reading of the character right before it, with or without tones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gongwen.lexicon import ngrams
from gongwen.lexicon.readings import LETTERS, readings, toneless
from gongwen.text import Edit

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff"
_HAN = re.compile(f"[{HAN}]")
READING = f"[{LETTERS}]{{1,6}}+"
NOTE = re.compile(rf"[(（](?<=([{HAN}]).)({READING}) ?+[)）]((?:[(（]\2[)）])*+)")

ORPHAN = re.compile(rf"\?({READING})\)")
"""A note whose opening bracket was eaten, with the half of a character before it."""

_COMMON = 9.0  # cost of a character by itself: what is rarer than one in 8,000 may need a gloss
_RARE = 11.0  # what is rarer than one in 60,000 is rather glossed than listed, even in a damaged text
_OFTEN = 3  # nobody explains the same common character three times
_DAMAGED = 3  # characters surely on the list, from which on the text is known to be damaged
_WORD = 4.0  # cost of a character behind another that makes a word of both, or of their neighbours


class Listed(NamedTuple):
    """A character on the list of the damage: its notes as written (mostly one), and how we know."""

    notes: tuple[str, ...]
    evidence: tuple[str, str]


def listed(value: str) -> dict[str, Listed]:
    """The characters of ``value`` that the damage had on its list."""
    found = NOTE.findall(value)
    if not found:
        return {}
    times = Counter(found)
    noted: dict[str, int] = Counter()
    usual: set[str] = set()
    repeated: set[str] = set()
    notes: dict[str, dict[str, None]] = {}
    for (character, note, repeats), count in times.items():
        known = readings(character)
        if (plain := toneless(note)) in known:
            noted[character] += count
            notes.setdefault(character, {})[note] = None
            if plain == known[0]:
                usual.add(character)
            if repeats:
                repeated.add(character)
    bare = {character: value.count(character) - count for character, count in noted.items()}
    plain_ones = {character for character in usual if _cost(character) < _COMMON}
    sure = {
        character
        for character, count in noted.items()
        if character in repeated
        or (count >= _OFTEN and (not bare[character] or _cost(character) < _COMMON))
        or (character in plain_ones and (not bare[character] or _parts_a_word(value, character)))
    }
    damaged = len(sure) >= _DAMAGED
    traditional = all(map(_is_traditional, sure))  # so is the list then: the others were glossed
    return {
        character: Listed(tuple(notes[character]), _evidence(character, count, bare[character]))
        for character, count in noted.items()
        if character in sure
        or (damaged and character in plain_ones)
        or (
            damaged
            and not bare[character]
            and (_is_traditional(character) or (not traditional and _cost(character) < _RARE))
        )
    }


def doubtful(value: str, characters: Mapping[str, Listed]) -> Iterator[tuple[int, int, str]]:
    """The notes behind others than ``characters`` that may be damage: where each is, and the character it is behind.

    Those that explain what everyone reads, and in a copy that is known to be damaged any.
    """
    is_damaged = len(characters) >= _DAMAGED
    for match in NOTE.finditer(value):
        character, note = match.group(1, 2)
        if character in characters or toneless(note) not in (known := readings(character)):
            continue
        if is_damaged or (_cost(character) < _COMMON and toneless(note) == known[0]):
            yield match.start() - 1, match.end(), character


def _parts_a_word(value: str, character: str) -> bool:
    """Whether a note of the character stands within a word, which official texts or another place of the copy have without it."""
    for match in NOTE.finditer(value):
        if match[1] == character and (following := value[match.end() : match.end() + 1]) and _HAN.match(following):
            if character + following in value:
                return True
            if ngrams.character_cost(ngrams.fold(character), ngrams.fold(following)) < _WORD:
                return True
    return False


def removals(value: str, characters: Mapping[str, Listed], borders: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    """The removal of every note behind one of ``characters`` between the ``borders`` (start, end) in ``value``."""
    evidence: dict[tuple[str, ...], tuple[str, str]] = {
        (character, note): entry.evidence for character, entry in characters.items() for note in entry.notes
    }
    for start, end in borders:
        for match in NOTE.finditer(value, start, end):
            if reason := evidence.get(match.group(1, 2)):
                yield Edit(*match.span(), "", "pinyin-note", reason[0], "proven", evidence_zh=reason[1])


def _is_traditional(character: str) -> bool:
    return ngrams.fold(character) != character


def _cost(character: str) -> float:
    """How rare the character is in official texts."""
    return ngrams.character_cost("", ngrams.fold(character))


def _evidence(character: str, count: int, bare: int) -> tuple[str, str]:
    """The evidence in English and in Chinese."""
    if bare:
        return (
            f"{count} of {count + bare} occurrences of {character} are followed by its reading in brackets",
            f"文中“{character}”共{count + bare}处，其中{count}处后有括号注音",
        )
    return (
        f"every {character} of the text is followed by its reading in brackets: {count}",
        f"文中每处“{character}”后均有括号注音，共{count}处",
    )
