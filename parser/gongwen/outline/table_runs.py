"""Cells that run together: where the columns of units begin and end in a row that is one line.

The lists of units are found first: two columns of units meet where one name ends and another begins without punctuation
(市工信局市委网信办), one list follows the last 。 of the text; what stands before and behind are the columns of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, pairwise

from gongwen.lexicon import divisions, vocabulary
from gongwen.lexicon.columns import BETWEEN_NAMES, LONGEST_NAME, Column, is_name, look
from gongwen.lexicon.organs import organ
from gongwen.lexicon.units import LEVELS, ends_like, is_class, modifier

# What rows that run together have at most: characters, places where two columns could meet, names of one list.
_LONGEST_RUN, _MOST_BORDERS, _MOST_NAMES = 2000, 100, 40
_LONGEST_OF_ORGAN = 16
_LONGEST_TERM = 12
_SEPARATORS = "、，,；;"
_END_OF_ORGAN = re.compile("(?<=[局委办部院厅会室府协联行])(?<!政府(?=[有相]关))(?=[^、，,；;。：:\\s）)])")
_PIECE = re.compile(rf"(?:[^{_SEPARATORS}。：:\n（(]|[（(][^（()）\n]{{0,20}}[)）]|[（(]){{0,{LONGEST_NAME}}}+")
_OF_HIGHER_LEVELS = re.compile("中央?[、和]?省(?:属|级)?驻[一-鿿]{0,8}?单位")
_LONGEST_REST_OF_NAME = 6


def _unit_words(context: str, code: str) -> str:
    return vocabulary.alternation("unit_words", context, code)


@vocabulary.compiled
def _class() -> re.Pattern[str]:
    """The name of a class from where it is said to be one: 县直各部门, 各乡镇（街道）, 有关市（州）人民政府."""
    general = vocabulary.alternation("unit_endings", code="general")
    seat = _unit_words("end", "seat")
    return re.compile(
        rf"[^，,；;。：:\n]{{0,12}}?(?:{general}|{_unit_words('run', 'members')}|{seat}|[市县区镇乡]{{2}}(?!（)|[市县区州旗]（[^（）]{{1,6}}）)"
        rf"(?:（单位）|{seat}|和单位)?"
    )


@vocabulary.compiled
def _tail_of_name() -> re.Pattern[str]:
    """What a name may go on with behind a name that is known: 市税务局 + 稽查局 + 等."""
    nouns = vocabulary.alternation("unit_nouns", "label", "unit")
    ends = f"{_unit_words('end', 'seat')}|{_unit_words('run', 'tail')}"
    return re.compile(rf"(?:{_unit_words('head', 'concerned')})(?:{nouns})|(?:{ends})(?![一-鿿]{{0,1}}[局委办厅])")


@vocabulary.compiled
def _classes() -> re.Pattern[str]:
    """The name of a class without a place: 有关部门, 各单位."""
    nouns = vocabulary.alternation("unit_nouns", "label", "unit")
    return re.compile(rf"(?:{modifier().pattern})(?:{nouns})\Z")


def run_together(text: str, begin: int, columns: Sequence[Column]) -> list[tuple[int, int] | None] | None:
    """The borders of the cells in ``text[begin:]``, a row without borders, None for an empty one; None if they can't be told."""
    holds = [column.kind for column in columns]
    if "unit" not in holds or len(text) > _LONGEST_RUN:
        return None
    first = holds.index("unit")
    count = holds.count("unit")
    if holds[first : first + count] != ["unit"] * count or first == 0 or holds[first - 1] == "person":
        return None  # nothing parts a person's name from that of a unit
    behind = len(columns) - first - count
    lists = _closing_lists(text, begin, count) if not behind else None
    lists = lists or (_meeting_lists(text, begin, count) if count > 1 else None)
    lists = lists or _list_behind_a_sentence(text, begin, behind == 0)
    if not lists and count == 1:
        lists = _list_before_the_end(text, begin, columns[first + 1 :])
    if lists is None:
        return None
    rest = len(text[lists[-1][1] :].removeprefix("等"))
    stop = len(text) - rest
    if (rest > 0) != (behind > 0):
        return None
    before: list[tuple[int, int] | None] = [None] * (first - 1) + [(begin, lists[0][0])]
    units: list[tuple[int, int] | None] = [*lists[:-1], (lists[-1][0], stop), *[None] * (count - len(lists))]
    after: list[tuple[int, int] | None] = [(stop, len(text)), *[None] * (behind - 1)] if behind else []
    return [*before, *units, *after]


def _closing_lists(text: str, begin: int, count: int) -> list[tuple[int, int]] | None:
    """The lists of units that are all that stands behind the last sentence."""
    stop = text.rfind("。", begin) + 1
    borders = [border.end() for border in _END_OF_ORGAN.finditer(text, stop) if text[border.end()] in LEVELS + "各"]
    if not stop or stop == len(text) or len(borders) != count - 1:
        return None
    return list(pairwise([stop, *borders, len(text)]))


def _meeting_lists(text: str, begin: int, count: int) -> list[tuple[int, int]] | None:
    """The first ``count`` lists of units that follow one another without punctuation between them."""
    for border in islice(_END_OF_ORGAN.finditer(text, begin), _MOST_BORDERS):
        end = border.end()
        certain = _begins_name(text, end)
        start = _start_of_list(text, begin, end, certain) if certain or text[end] in LEVELS else None
        if start is None:
            continue
        lists = [(start, end)]
        while len(lists) < count and (end_of_next := _end_of_list(text, lists[-1][1])):
            lists.append((lists[-1][1], end_of_next))
        if len(lists) == count and start > begin:
            return lists
    return None


def _list_behind_a_sentence(text: str, begin: int, closes: bool) -> list[tuple[int, int]] | None:
    """The list of units behind a sentence; it must be the end of the row if it ``closes`` it."""
    at = text.rfind("。", begin)
    while at >= 0:
        end = _end_of_list(text, at + 1)
        if end and (not closes or text[end:] in ("", "等")) and _names_an_organ(text[at + 1 : end]):
            return [(at + 1, end)]
        at = text.rfind("。", begin, at)
    return None


def _list_before_the_end(text: str, begin: int, behind: Sequence[Column]) -> list[tuple[int, int]] | None:
    """The list of units that ends the row, or stands before a term that does, where no stop parts it from what is to be done."""
    end = len(text)
    if behind:
        terms = [at for at in range(max(begin, end - _LONGEST_TERM), end - 1) if look(text[at:end]).time == 2]
        if [column.kind for column in behind] != ["time"] or not terms:
            return None
        end = terms[0]
    end -= len(text[:end]) - len(text[:end].removesuffix("等"))
    start = end
    for _ in range(_MOST_NAMES):
        stop = start - (start < end)  # before the separator
        first = max(text.rfind(sign, begin, stop) for sign in _SEPARATORS + "。") + 1 or begin
        name = _start_of_last_name(text, max(first, begin), stop)
        if name is None:
            break
        start = name
        if name > first or first == begin:
            break
    return [(start, end)] if begin + 1 < start < end else None


def _start_of_last_name(text: str, first: int, stop: int) -> int | None:
    """Where in ``text[first:stop]``, which has no separators, the name begins that it ends with: a known organ or a class, else any organ."""
    likely = None
    for start in range(max(first, stop - LONGEST_NAME), stop - 1):
        name = text[start:stop]
        if name.count("（") != name.count("）") or not (name[0] in LEVELS or is_class(name)):
            continue
        if is_class(name) and ends_like(name):
            return start
        if name[0] in LEVELS and organ(name[1:]):
            return start
        if ends_like(name, "organ") and len(name) > 2:
            likely = start
    return likely


def _names_an_organ(text: str) -> bool:
    """Whether a list of names has a known organ, or several names one of which is like an organ's."""
    names = [name for name in map(str.strip, BETWEEN_NAMES.split(text)) if name]
    return any(
        name[0] in LEVELS and (organ(name[1:]) or (len(names) > 1 and ends_like(name, "organ"))) for name in names
    )


def _start_of_list(text: str, begin: int, end: int, guess: bool) -> int | None:
    """Where the list of organs begins that ends at ``end``, None if none does; ``guess`` where organs that aren't known begin."""
    start = None
    for _ in range(_MOST_NAMES):
        found = _start_of_organ(text, begin, end, guess)
        if found is None:
            break
        start = found
        if start <= begin or text[start - 1] not in _SEPARATORS:
            break
        end = start - 1
    return start


def _start_of_organ(text: str, begin: int, end: int, guess: bool) -> int | None:
    """Where the organ begins that ends at ``end``: at the level word of a known one, else at the last level word."""
    levels = [at for at in range(end - 3, max(begin, end - _LONGEST_OF_ORGAN) - 1, -1) if text[at] in LEVELS]
    known = [at for at in levels if organ(text[at + 1 : end])]
    if known or not guess:
        return known[-1] if known else None
    sentence = text.rfind("。", begin, end) + 1
    return next((at for at in levels if at >= sentence and ends_like(text[at:end], "organ")), None)


def _end_of_list(text: str, at: int) -> int | None:
    """Where the list of units ends that begins at ``at``, None if none does."""
    end = None
    for _ in range(_MOST_NAMES):
        name = _end_of_name(text, at)
        if name is None:
            break
        end = name
        if text[end : end + 1] not in tuple(_SEPARATORS) and not (
            text.startswith("等", end) and is_class(text[end + 1 : end + 5])
        ):
            break
        at = end + 1
    return end


@vocabulary.derived
@lru_cache(maxsize=1024)
def _end_of_name(text: str, at: int) -> int | None:
    """Where the name ends that begins at ``at``: where a known organ does, where the next name or punctuation follows, or where it first could."""
    while text[at : at + 1] in (" ", "　"):
        at += 1
    if higher := _OF_HIGHER_LEVELS.match(text, at):
        return higher.end()
    piece = _PIECE.match(text, at)
    assert piece  # matches the empty string at least
    stop = piece.end()
    if is_class(piece[0]):
        found = _class().match(text, at, stop)
        return found.end() if found else None
    ends = [end for end in range(at + 2, stop + 1) if is_name(text[at:end]) or _classes().search(text, at, end)]
    if text[stop : stop + 1] in tuple(_SEPARATORS) and ends_like(piece[0]) and stop not in ends:
        ends.append(stop)
    if not ends:
        return None
    stem = _stem(text, at)
    known = [end for end in ends if organ(text[stem:end])] if stem > at else []
    farthest = known[-1] + _LONGEST_REST_OF_NAME if known else stop
    for end in ends:
        if (not known or known[-1] <= end) and end <= farthest and _name_may_end(text, end):
            return end
    end = known[-1] if known else ends[0]
    end = next((more for more in ends if end < more <= farthest and organ(text[end:more])), end)
    while tail := _tail_of_name().match(text, end, stop):
        end = tail.end()
    return end


def _stem(text: str, at: int) -> int:
    """Where the name that begins at ``at`` goes on behind its level word or its place; ``at`` if it begins with neither."""
    if text[at] in LEVELS:
        return at + 1
    found = divisions.leading(text[at : at + 8])
    return at + len(found[0].name) if found and text.startswith(found[0].name, at) else at


def _name_may_end(text: str, end: int) -> bool:
    """Whether what stands at ``end`` can't be part of the name before it."""
    return (
        end == len(text)
        or text[end] in _SEPARATORS
        or text[end].isdigit()
        or text.startswith("等", end)
        or _begins_name(text, end)
    )


def _begins_name(text: str, at: int) -> bool:
    """Whether a name begins at ``at``, right behind another."""
    if text[at] in LEVELS:
        return (
            text[at + 1 : at + 2] in ("委", "政")
            or is_class(text[at : at + 4])
            or any(organ(text[at + 1 : end]) for end in range(at + 3, min(at + _LONGEST_OF_ORGAN, len(text) + 1)))
        )
    if is_class(text[at : at + 4]):
        return not (text[at] in "有相" and text[at - 1] in "府委") and text[at] != "驻"
    stem = _stem(text, at)
    return stem > at and text[stem - 1] in LEVELS
