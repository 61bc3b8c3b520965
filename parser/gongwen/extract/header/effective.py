"""施行日期 and 有效期: from when and until when a document says that it applies."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gongwen.document import Extent, Outline, Piece
from gongwen.lexicon import dates
from gongwen.lexicon.effect import Effect, begins_with_term, in_force_from, names_itself, read_effect
from gongwen.model import Effective, EffectiveRule

_HINT = re.compile("起|期|[行效施]至")
_END = re.compile("[。；\n]")
_IN_BRACKETS = re.compile("（[^（）]*）?")  # （本办法有效期两年）
_LONGEST = 300  # characters of a sentence before and behind the words that state it


class _Sentence(NamedTuple):
    """A sentence that says when a document applies, and whether it says itself that it is about this one."""

    place: Extent
    effect: Effect
    own: bool


def effective(outline: Outline, issue_date: str | None) -> Effective | None:
    """The last sentence that says from when this document applies, with those beside it that go on about it, and the dates that follow.

    A line below the title that says it comes first: it is of the version at hand, where the articles keep the day of the first one.
    What counts from the day of issue needs ``issue_date``.
    """
    below_titles = [piece for piece in outline.pieces if piece.kind == "adoption"]
    if line := _line_in_force(outline.text.value, below_titles):
        return _published(outline, [line], issue_date)
    found = list(_sentences(outline.text.value, below_titles))
    for last in range(len(found) - 1, -1, -1):
        if found[last].own:
            break
    else:
        return None
    first = last
    while first and _beside(outline.text.value, found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and _beside(outline.text.value, found[last], found[last + 1]):
        last += 1
    return _published(outline, found[first : last + 1], issue_date)


def _line_in_force(value: str, below_titles: Sequence[Piece]) -> _Sentence | None:
    """The last of the lines below the title that says no more than from when the law applies: 2024年1月1日 施行."""
    for piece in reversed(below_titles):
        words = value[piece.start : piece.end]
        if start := in_force_from(words.strip("\n")):
            at = piece.start + len(words) - len(words.lstrip())
            return _Sentence(Extent(at, at + len(words.strip())), Effect(start), True)
    return None


def _sentences(value: str, below_titles: Sequence[Piece]) -> Iterator[_Sentence]:
    """The sentences that state it; what a line below a title states (``below_titles``, in order) is about the document itself."""
    reach = 0
    for match in _HINT.finditer(value):
        if match.start() < reach:
            continue
        low, high = max(0, match.start() - _LONGEST), min(len(value), match.end() + _LONGEST)
        start = max(value.rfind(mark, low, match.start()) for mark in "。；：\n") + 1 or low
        closing = _END.search(value, match.end(), high)
        end = reach = closing.start() if closing else high
        words = value[start:end].strip()
        if _IN_BRACKETS.fullmatch(words):
            words = words.strip("（）")
        effect = read_effect(words)
        if effect is None:
            continue
        start = value.index(words, start)
        line = value[max(value.rfind("\n", low, start) + 1, low) : start]
        about_it = names_itself(line) if line else _line_ends(value, end)
        above = bisect_right(below_titles, start, key=lambda piece: piece.start) - 1
        own = (
            names_itself(words)
            or (about_it and begins_with_term(words))
            or (above >= 0 and start < below_titles[above].end)
        )
        yield _Sentence(Extent(start, start + len(words)), effect, own)


def _line_ends(value: str, at: int) -> bool:
    return value[at : at + 2].strip("。；") in ("", "\n") or value[at : at + 1] == "\n"


def _beside(value: str, one: _Sentence, other: _Sentence) -> bool:
    """Whether nothing stands between two sentences, and one goes on about what the other is about."""
    between = value[one.place.end : other.place.start]
    begins = begins_with_term(value[other.place.start : other.place.end])
    return not between.strip("。； \n") and between.count("\n") < 2 and (other.own or begins)


def _published(outline: Outline, sentences: Sequence[_Sentence], issue_date: str | None) -> Effective:
    value, effects = outline.text.value, [sentence.effect for sentence in sentences]
    start = next((effect.start for effect in effects if effect.start), None)
    end = next((effect.end for effect in effects if effect.end), None)
    rule: EffectiveRule = "stated" if start or end else "open"
    if not start and issue_date and (counted := next((effect for effect in effects if effect.from_issue), None)):
        start = (date.fromisoformat(issue_date) + timedelta(days=counted.days_after)).isoformat()
        rule = "issue_date"
    term = next((effect.term for effect in effects if effect.term), None)
    if start and not end and term and (end := dates.after_term(start, *term)) and rule == "stated":
        rule = "term"
    spans = tuple([outline.text.to_source(*sentence.place) for sentence in sentences])
    return Effective(
        text="\n".join([value[place.start : place.end] for place, *_ in sentences]),
        start=start,
        end=end,
        rule=rule,
        span=outline.text.to_source(sentences[0].place.start, sentences[-1].place.end),
        spans=spans,
    )
