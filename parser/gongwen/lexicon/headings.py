"""Headings: how far the one that a text begins with runs, and what a heading or a title says of the text below it: that it sets goals, or reports."""

from __future__ import annotations

import re

from gongwen.lexicon import vocabulary

# What an item's own heading runs up to: the first stop outside of brackets, titles and quotes.
_RUN_IN = re.compile(
    r"""(?:[^。：；！？:;（《“\t\n]++
    | (?<=[0-9])[:：](?=[0-9])
    | （[^（）\n]{0,60}+） | 《[^《》\n]{0,80}+》 | “[^“”\n]{0,60}+”
    | [（《“]
    )*+""",
    re.VERBOSE,
)
# Headings are short. Measured on plans of seventy governments: run-in headings end by 40 characters, and those that hold a comma
# (疏浚河道，加固堤防) by 30; a sentence beyond that is the beginning of the text.
_LONGEST_HEADING = 60
_LONGEST_RUN_IN = 40
_LONGEST_WITH_COMMA = 30


@vocabulary.compiled
def _report() -> re.Pattern[str]:
    anywhere, end = (vocabulary.alternation("heading_words", context, "report") for context in ("heading", "end"))
    return re.compile(rf"{anywhere}|(?:{end})\Z")


@vocabulary.compiled
def _results() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("heading_words", "title", "results"))


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


def tells_results(title: str) -> bool:
    """Whether a whole text under ``title`` tells what was found or reached: a bulletin of statistics.

    >>> tells_results("青禾县2029年国民经济和社会发展统计公报"), tells_results("关于修渠的答复")
    (True, False)
    """
    return _results().search(title) is not None


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


def run_in(words: str) -> int:
    """Length of the heading that ``words``, an item without its marker, begins with; 0 where it has none.

    >>> run_in("培养人才。将科学精神融入课堂。"), run_in("总体要求"), run_in("对企业给予补助；")
    (4, 4, 0)

    In the row of a table the cell ends it.
    """
    length = _RUN_IN.match(words).end()  # type: ignore[union-attr]  # matches the empty string at least
    if length == len(words):
        return length if length <= _LONGEST_HEADING else 0
    if words[length] not in "。：:\t":
        return 0
    return length if length <= (_LONGEST_WITH_COMMA if "，" in words[:length] else _LONGEST_RUN_IN) else 0
