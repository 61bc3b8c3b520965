"""What a heading or a title says of the text below it: that it sets goals, or that it reports how things are."""

from __future__ import annotations

import re

from gongwen.lexicon import vocabulary


@vocabulary.compiled
def _report() -> re.Pattern[str]:
    anywhere, end = (vocabulary.alternation("heading_words", context, "report") for context in ("heading", "end"))
    return re.compile(rf"{anywhere}|(?:{end})\Z")


@vocabulary.compiled
def _basis_to_lay() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('outcome_words', 'basis')})[^，。；]{{0,16}}基础")


@vocabulary.compiled
def _goals() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('heading_words', 'end', 'goals')})\Z")


@vocabulary.compiled
def _general() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('heading_words', 'end', 'general')})\Z")


def reports(heading: str) -> bool:
    """Whether the text below reports how things are, so that its numbers are no goals.

    >>> reports("一、发展基础"), reports("关于工作情况的通报"), reports("夯实发展基础"), reports("统计公报")
    (True, False, False, True)
    """
    return _report().search(_basis_to_lay().sub("", heading)) is not None


def is_general(heading: str) -> bool:
    """Whether the text below says what a plan is about, before its goals and tasks, or among them.

    >>> is_general("一、总体要求"), is_general("二、重点任务")
    (True, False)
    """
    return _general().search(heading) is not None


def sets_goals(heading: str) -> bool:
    """Whether the text below sets goals.

    >>> sets_goals("（二）主要目标"), sets_goals("二、目标任务")
    (True, False)
    """
    return _goals().search(heading) is not None
