"""Goals that are said again: one goal with several places."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongwen.extract.goals.goal import Goal
from gongwen.lexicon.goal_evidence import weight

_COMPARED_GOALS = 8  # earlier goals of the same value that a goal is compared with
_SHORTEST = 6  # characters of an indicator that may leave words of another one out
# Characters: a long indicator that is said again may have a word more (智能制造领域…).
_LONG_INDICATOR, _SAID_MORE = 10, 3
_OWN_PLACE = re.compile(r"\A(?:[全我](?:省|市|区|县|州|盟|旗|乡|镇|国|域))")
_NO_WORDS = re.compile(r"[的\W_]+")


def merged(goals: Iterable[Goal], value: str) -> list[Goal]:
    """The goals, those that are said again joined to the first: same number, meaning, scope, deadline and indicator."""
    kept: list[Goal] = []
    alike: dict[tuple[object, ...], list[Goal]] = {}
    for goal in goals:
        words = value[goal.place.start : goal.place.end]
        key = (
            (goal.value, goal.value_max, goal.unit, *(goal.meaning or ())[:3])
            if goal.type == "quantified"
            else (words,)
        )
        candidates = alike.setdefault(key, [])
        known = next((other for other in candidates[-_COMPARED_GOALS:] if _same_goal(goal, other, value)), None)
        if known is None:
            kept.append(goal)
            candidates.append(goal)
        else:
            known.again.append(goal.place)
            known.deadline = known.deadline or goal.deadline
            known.recurrence = known.recurrence or goal.recurrence
            known.evidence = max(known.evidence, goal.evidence, key=weight)
    return kept


def _scope_of(goal: Goal, value: str) -> str | None:
    """The words of a goal's scope; 全县 is that of the notice, which a goal has that names none."""
    words = value[slice(*goal.scope)] if goal.scope else None
    return None if words is None or _OWN_PLACE.match(words) else words


def _same_goal(one: Goal, other: Goal, value: str) -> bool:
    if one.deadline and other.deadline and one.deadline.date != other.deadline.date:
        return False
    if _scope_of(one, value) != _scope_of(other, value):
        return False
    shorter, longer = sorted((_measured(one), _measured(other)), key=len)
    if shorter == longer:
        return True
    many = len(one.value or "") > 1  # one or two of a thing are due in many places
    if many and one.deadline and other.deadline and _leaves_words_out(shorter, longer):
        return True
    if len(shorter) < _LONG_INDICATOR or len(longer) - len(shorter) > _SAID_MORE:
        return False
    common = next((at for at, (a, c) in enumerate(zip(shorter, longer, strict=False)) if a != c), len(shorter))
    return longer.endswith(shorter[common:])


def _leaves_words_out(shorter: str, longer: str) -> bool:
    """Whether a wording begins as the longer one and leaves words of it out: 高频事项实现“一网通办”, 高频事项“一网通办”.

    What stands before the other's first words narrows it: 公共充电站 is less than 充电站.
    """
    rest = iter(longer)
    return len(shorter) >= _SHORTEST and shorter[:2] == longer[:2] and all(character in rest for character in shorter)


def _measured(goal: Goal) -> str:
    """What a goal measures, without the words for the notice's own place: 全区技能人才总量 is 技能人才总量."""
    return _OWN_PLACE.sub("", _NO_WORDS.sub("", goal.indicator or ""), count=1)
