"""What the words around the number of a goal say: which way it goes, how the number bounds it, how firmly it is set, and for whom.

    时限 压缩 60% 以上 → decrease, by, at_least · 达标率 提高到 80% → increase, to, equal · 达到 80% → no direction, equal

goal_words.tsv has the words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gongwen.lexicon import divisions, vocabulary
from gongwen.lexicon.units import ends_like
from gongwen.model import Bound, Change, Direction, Strength

_BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "more_than", "less_than", "about")
_LONGEST_COURSE = 16  # characters before the number that can hold the words
_LONGEST_SCOPE, _LONGEST_PLACE = 9, 6  # characters
_NOT_EACH = re.compile("[年月日天周季半时分次期逢万千百十0-9一两二三]|学[年期]|平方|立方|[公海]里|亩|吨|度|工作日")
_LEADS = "要在推动组织支持指导督促引导鼓励力争确保其中，、"


class Course(NamedTuple):
    """Which way a goal goes and how its number bounds it."""

    direction: Direction | None
    change: Change | None
    bound: Bound


@vocabulary.compiled
def _course() -> re.Pattern[str]:
    """What stands right before a number: a change, a bound, or both."""
    rise, fall, to = (vocabulary.alternation("goal_words", "change", code) for code in ("rise", "fall", "to"))
    bounds = "|".join([f"(?P<{code}>{vocabulary.alternation('goal_words', 'before', code)})" for code in _BOUNDS])
    made = "实现|建成|建设|新建|新增|完成|培育|达到|达|建|办|选"
    return re.compile(
        rf"(?:(?:(?P<rise>{rise})|(?P<fall>{fall}))(?P<to>{to})?[了为]?)?(?:{bounds})?(?:{made})?[了为]?(?:{bounds.replace('<', '<near_')})?"
        rf"(?:全部|分别|累计|每年)?(?P<last_about>{vocabulary.alternation('goal_words', 'before', 'about')})?[“”]?\Z"
    )


@vocabulary.compiled
def _adds() -> re.Pattern[str]:
    """Words that say of what is counted behind them that it is added: 新增泵站20座."""
    return re.compile(rf"(?:{vocabulary.alternation('goal_words', 'object', 'rise')})[^，。；、]*\Z")


@vocabulary.compiled
def _behind() -> dict[str, Bound]:
    return {term.text: bound for bound in _BOUNDS for term in vocabulary.terms("goal_words", "behind", bound)}


def course(before: str, behind: str | None) -> Course:
    """The course of a goal, from the words before its number and the bound behind it (以上), which counts for more than one before it.

    >>> course("掌上执法率达到", "以上"), course("运营成本降低", None)
    (Course(direction=None, change=None, bound='at_least'), Course(direction='decrease', change='by', bound='equal'))
    >>> course("率提高到", None), course("时限平均压缩", "以上"), course("泵站不少于", None)[2]
    (Course(direction='increase', change='to', bound='equal'), Course(direction='decrease', change='by', bound='at_least'), 'at_least')
    """
    before = before[-_LONGEST_COURSE:]
    found = _course().search(before)
    groups = found.groupdict() if found else {}
    direction: Direction | None = "increase" if groups.get("rise") else "decrease" if groups.get("fall") else None
    if direction is None and _adds().search(before):
        direction = "increase"
    change: Change | None = ("to" if groups.get("to") else "by") if direction else None
    where = ("", "near_", "last_")
    stated: Bound = next((bound for bound in _BOUNDS if any(groups.get(place + bound) for place in where)), "equal")
    return Course(direction, change, _behind().get(behind or "", stated))


@vocabulary.compiled
def _striven() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("goal_words", "aim", "strive"))


def strength(words: str) -> Strength:
    """How firmly a goal is set, from the words before its number.

    >>> strength("到2025年，力争达标率"), strength("到2025年，达标率")
    ('strive', 'required')
    """
    return "strive" if _striven().search(words) else "required"


@vocabulary.compiled
def _scopes() -> re.Pattern[str]:
    each, whole = (vocabulary.alternation("goal_words", "scope", code) for code in ("each", "whole"))
    return re.compile(rf"(?P<each>{each})|(?:{whole})(?=[省市区县州盟旗乡镇村国域])(?![村国市]际)")


def scope(words: str) -> tuple[int, int] | None:
    """Where ``words``, those before a number, name the place or the class that the number is for; None if they name none.

    >>> [words[slice(*scope(words))] for words in ("每个县至少建成", "全市建成", "各乡镇建成")]
    ['每个县', '全市', '各乡镇']
    >>> scope("每年建成"), scope("建成社区泵站")
    (None, None)
    """
    for match in reversed(list(_scopes().finditer(words))):
        if not match["each"]:
            return match.start(), match.end() + 1
        if not _NOT_EACH.match(words, match.end()) and (end := _end_of_class(words, match.end())):
            return match.start(), end
    return _place_at_head(words, len(words) - len(words.lstrip(_LEADS)))


def _place_at_head(words: str, start: int) -> tuple[int, int] | None:
    """The place that does something, by its name at the head of ``words``: 青禾区建成, but not 建设区域中心."""
    place = divisions.leading(words[start : start + 2 * _LONGEST_SCOPE])
    if place:
        return start, min(len(words), start + 2 * _LONGEST_SCOPE) - len(place[1])
    verb = _verb()
    if verb.match(words, start):
        return None
    ends = range(start + 2, min(len(words), start + _LONGEST_PLACE) + 1)
    return next(((start, end) for end in ends if ends_like(words[start:end], "place") and verb.match(words, end)), None)


def acts(words: str) -> bool:
    """Whether ``words``, those behind a place, say at once what it does: 至少建, 建成.

    >>> acts("至少建"), acts("技能人才总量")
    (True, False)
    """
    return _verb().match(words) is not None or _bounded().match(words) is not None


@vocabulary.compiled
def _bounded() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("goal_words", "before"))


@vocabulary.compiled
def _verb() -> re.Pattern[str]:
    words = "|".join([vocabulary.alternation("goal_words", "verb", code) for code in ("make", "reach")])
    return re.compile(f"(?:{words})")


def _end_of_class(words: str, start: int) -> int | None:
    """Where the name of a class ends that begins at ``start``: the shortest one with a known ending."""
    for end in range(start + 1, min(len(words), start + _LONGEST_SCOPE) + 1):
        if ends_like(words[start:end], "place") or ends_like(words[start:end], "general"):
            longer = end + 1
            while longer <= min(len(words), start + _LONGEST_SCOPE) and ends_like(words[start:longer], "place"):
                end, longer = longer, longer + 1
            return end
        if ends_like(words[start:end], "organ"):
            return end
    return None
