"""What a comparison needs to know of a record, one reader for each kind of fact: the place where a new version of the schema shows.

A goal's amount, bound and words; the lines at the head of a law.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from gongwen.compare.changes import GoalState
from gongwen.lexicon import dimensions, vocabulary
from gongwen.model import Notice, Span, Target

_NUMBER = re.compile(r"[0-9０-９]++(?:[.．][0-9０-９]++)*+[%％‰]?")
_ABOUT_THE_NUMBER = ("at_least", "at_most", "more_than", "less_than", "about", "strive", "ensure", "to")
_TERMS = re.compile(
    r"(?:[到至截]|截至|截止)?[0-9０-９]{4}年(?:[0-9]{1,2}月)?[底末前内]*|十[一二三四五六七八九]五[”\"]?(?:期间|时期|末)?"
)
_SCOPE = re.compile(r"全[省市县区州盟旗国]|本[省市县区]|[我][省市县区]")
_IN_FORCE = re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日[起\s　]*(?:施行|实施|生效)")

# Where a line goes on with another event: …通过　2015年10月9日…批准　根据2021年9月28日…修正. The dates of one are joined: …通过、2015年….
_EVENT = re.compile(r"(?<![、和与自从至到据于])(?=(?:根据)?[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)")

_DATED = re.compile(r"[0-9]{4}年")  # another line at the head is a second title, a name of a site


@vocabulary.compiled
def _bounds() -> re.Pattern[str]:
    """How a number bounds a goal, and how firmly it is set; words of one character may be part of another one."""
    words = {term.text for code in _ABOUT_THE_NUMBER for term in vocabulary.terms("goal_words", code=code)}
    return re.compile("|".join(sorted([re.escape(word) for word in words if len(word) > 1], key=len, reverse=True)))


class Quantity(NamedTuple):
    """The number of a goal in basic units of its dimension; ``high`` is the upper end of a range, else the same as ``low``."""

    low: Decimal
    high: Decimal
    dimension: str


def quantity(target: Target) -> Quantity | None:
    """How much a target is; None for one without a number."""
    if target.value is None:
        return None
    measure = dimensions.measure(target.unit or "")
    try:
        low = Decimal(target.value) * measure.factor
        high = low if target.value_max is None else Decimal(target.value_max) * measure.factor
    except InvalidOperation:
        return None
    return Quantity(low, high, measure.dimension)


def course(target: Target) -> str | None:
    """Whether the number is what is reached, or by how much something changes; 新增 counts what is made, as 建成 does."""
    return target.direction if target.change == "by" and "新增" not in target.text else None


def state(target: Target) -> GoalState:
    """A target as a change tells it."""
    return GoalState(
        indicator=target.indicator,
        value=target.value,
        value_max=target.value_max,
        unit=target.unit,
        amount=target.amount,
        bound=target.bound,
        deadline=target.deadline,
    )


def goal_words(target: Target) -> str:
    """What a target is about: its words without its number and unit, its term, its bound and the place that it is for."""
    words = target.text
    for part in (target.deadline_text, f"{target.value_text or ''}{target.unit or ''}", target.value_text):
        if part:
            words = words.replace(part, "", 1)
    for pattern in (_TERMS, _NUMBER, _bounds(), _SCOPE):
        words = pattern.sub("", words)
    return words


def plan_title(notice: Notice) -> str | None:
    """The title of the plan that a notice issues."""
    plan = notice.part("plan")
    return plan.title if plan else None


def titles(notice: Notice) -> list[str]:
    """What a notice is called: by the title of its plan, and by its own."""
    return [title for title in (plan_title(notice), notice.title) if title]


class Line(NamedTuple):
    """A line of the head of a document: its words, its place, and the index of its block."""

    text: str
    span: Span
    at: int


def lines_of(notice: Notice, *kinds: str) -> list[Line]:
    """The blocks of some kinds, blanks evened out."""
    return [
        Line(" ".join(block.text.split()), block.span, at)
        for at, block in enumerate(notice.blocks)
        if block.kind in kinds and block.text.strip()
    ]


def adoptions(notice: Notice) -> list[Line]:
    """What the head of a law says of who adopted and amended it, event by event; not what it says of its coming into force."""
    found = [
        line._replace(text=event.removesuffix("根据").strip(" （()）"))
        for line in lines_of(notice, "masthead", "adoption")
        for event in _EVENT.split(line.text)
    ]
    return [line for line in found if _DATED.search(line.text) and not _IN_FORCE.search(line.text)]
