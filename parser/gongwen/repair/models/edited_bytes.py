"""Copies that were edited byte by byte in GBK: notes of the reading, marked sentence ends, and characters cut in two by either.

See gongwen.repair.byte_edits for what such copying does. Which pairs are on its list is inferred from the copy: the noted
ones from whole notes (gongwen.repair.models.notes), the marked ones from what they tore (gongwen.repair.models.marks). Whole
notes are removed; where an edit cut a character in two, the bytes are put in step again (gongwen.repair.byte_search).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from gongwen.characters import HAN
from gongwen.lexicon import ngrams
from gongwen.model import Finding
from gongwen.repair import gbk
from gongwen.repair.byte_edits import Edits
from gongwen.repair.byte_search import places
from gongwen.repair.engine import Decision, Place, decide, edit, is_doubtful, is_plain, unresolved
from gongwen.repair.language import Language
from gongwen.repair.models.marks import TRACE, marked
from gongwen.repair.models.notes import NOTE, ORPHAN, READING, doubtful, listed, removals
from gongwen.text import Text

_LAYER = "byte-edits"
_NAME, _NAME_ZH = "the copy's list of edited byte pairs", "该文本特有的字节对改动"
_SAMPLE = 3_000  # characters that show how often pairs vanish
_RARE = 9.0  # cost of a character by itself that stands once in 8,000
_USUAL = 0.2  # share of neighbours joined by a pair without a character that the margins are made for
_LEAST = (1.0, 0.45)  # of that share in simplified and in traditional script, where the sample may be short
_SHARES = (0.2, 0.125)  # that are usual in simplified and in traditional script
_SEEN = 20  # neighbours as which they count: a short sample tells little
_TRADITIONAL = 8  # one of so many ideographs that has a simplified form makes a text one in traditional script
_FEW = 2  # question marks before sentence ends that clean text may have where another reading is likelier
_TELLING = 2  # characters out of step that are no chance
_IN_STEP = re.compile("[?!;。；？！\\s]")
_REMNANT = re.compile(rf"\?{{1,3}}(?:{READING}\)|[;!?。；？！])[^\n\x00-\x7f]{{0,40}}+|\?{{3}}")
_GARBLED = re.compile(rf"\?(?:{READING}\)(?:[^\x00-\x7f]{{0,8}}(?=[?@-~]))?|[?;!]{{0,2}}[^\n\x00-\x7f]*+)")
# Lost characters before a sentence end, within a phrase, or before a number: nobody types question marks so.
_TORN = re.compile(
    rf"\?{{3}}[。；！？]|(?<=[{HAN}）])(?:[?？]{{1,2}}[。；;]|\?[!！](?=[{HAN}A-Za-z0-9])|\?\?[!！](?=\S)|\?[?？]?[A-Za-z](?=[{HAN}]))"
    "|^[?？]{1,2}[（(]?[一二三四五六七八九十]+[）)、]",
    re.MULTILINE,
)
_CUT = "\0"  # stands where something garbled was, so that what is around it is not read as neighbours


def undo(text: Text) -> tuple[Text, tuple[Finding, ...]]:
    """The text with this damage undone, and a finding for each place that stays undecided."""
    value = text.value
    characters = listed(value)
    if any(layer.name == _LAYER for layer in text.layers):  # the notes are gone by which the list was known
        return text.apply(_LAYER, removals(value, characters, [(0, len(value))])), ()
    glosses = tuple(unresolved(text, start, end, (read,)) for start, end, read in doubtful(value, characters))
    torn = [match.span() for match in _TORN.finditer(value)] if "?" in value or "？" in value else []
    if not characters and not torn and not TRACE.search(value):
        return text, glosses
    notes = {pair: entry.notes[0] for character, entry in characters.items() if (pair := gbk.pair(character))}
    marks = marked(value, _GARBLED.sub("\n", value))
    if not notes and not marks:
        return text, (*glosses, *(unresolved(text, start, end, ()) for start, end in torn))
    language = Language(_GARBLED.sub(_CUT, NOTE.sub("", value)))
    decisions: list[Decision] = []
    hiding = _hiding(language.intact)
    found: list[tuple[Place, Decision | None]] = []
    unread = -1  # where the last undecided place ends: what follows at once may be out of step with it
    for place in places(value, Edits(notes, marks), language):
        if not is_plain(place) or _is_garbled(value, place) or ORPHAN.match(value, place.start):
            decision = decide(place, hiding) if place.start > unread else None
            found.append((place, decision))
            if not (decision and decision.is_whole):
                unread = max(place.end, place.best.end if place.best else 0)
    if not notes and not any(decision and _is_telling(value, decision) for _, decision in found):
        found = [(place, None) for place, _ in found]
    decisions = [decision for _, decision in found if decision]
    shows = bool(torn) or any(_is_garbled(value, place) for place, _ in found)
    is_damaged = bool(notes or decisions) or shows or len(found) > _FEW
    findings = [
        item
        for place, decision in found
        if is_damaged and not (decision and decision.is_whole)
        for item in _undecided(text, place, decision)
    ]
    if is_damaged:
        read = [(place.start, max(place.end, decision.end if decision else 0)) for place, decision in found]
        findings += [unresolved(text, start, end, ()) for start, end in _passed_over(value, read)]
    between = zip(
        [0, *(item.end for item in decisions)], [*(item.start for item in decisions), len(value)], strict=True
    )
    edits = [
        *removals(value, characters, between),
        *(edit(value, item, "lost-bytes", _NAME, _NAME_ZH) for item in decisions),
    ]
    return text.apply(_LAYER, sorted(edits, key=itemgetter(0))), (*glosses, *findings)


def _passed_over(value: str, read: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The traces of damage in ``value`` outside the places that were ``read``, in order."""
    ends = [0, *(end for _, end in read)]
    starts = [*(start for start, _ in read), len(value)]
    for first, last in zip(ends, starts, strict=True):
        for match in _REMNANT.finditer(value, first, last):
            yield match.span()


def _is_telling(value: str, decision: Decision) -> bool:
    """Whether a place proves by itself that the copy is damaged: a run out of step is restored, not a question mark alone."""
    run = _IN_STEP.sub("", value[decision.start : decision.end])
    return len(run) >= _TELLING and not is_doubtful(decision.place)


def _is_garbled(value: str, place: Place) -> bool:
    """Whether a place shows by itself that something is wrong: most characters behind the question mark are rare ones."""
    run = ngrams.fold(_IN_STEP.sub("", value[place.start : place.end]))
    rare = sum(ngrams.character_cost("", character) > _RARE for character in run)
    return len(run) >= _TELLING and rare * 2 >= len(run)


def _hiding(intact: str) -> float:
    """How often two characters of the copy are joined by a pair that would vanish, as a share of what is usual.

    In simplified script every fifth pair of neighbours is, in traditional script every eighth.
    """
    vacant = gbk.vacant_leads()
    sample = [character for character in intact[:_SAMPLE] if "\u4e00" <= character <= "\u9fff"]
    is_traditional = sum(ngrams.fold(character) != character for character in sample) * _TRADITIONAL > len(sample)
    data = [pair for character in intact[:_SAMPLE] if (pair := gbk.pair(character))]
    joined = sum(right[0] in vacant.get(left[1], ()) for left, right in pairwise(data))
    share = (joined + _SHARES[is_traditional] * _SEEN) / (len(data) + _SEEN)
    return min(1.2, max(_LEAST[is_traditional], share / _USUAL))


def _undecided(text: Text, place: Place, decision: Decision | None) -> list[Finding]:
    """The findings on what stays of a place."""
    if decision:
        return [unresolved(text, start, end, candidates) for start, end, candidates in decision.lost]
    return [unresolved(text, place.start, place.end, place.candidates())]
