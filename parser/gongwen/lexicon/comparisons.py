"""Goals without a number that words of comparison set: 高于全省平均水平, 位居全国前列, 清零.

comparison = subject? (高于 | 低于) others (平均水平) | subject? (位居 | 进入) (前列) | subject? state (清零, 全覆盖)

goal_words.tsv and outcome_words.tsv have the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.lexicon import goals, vocabulary

_LONGEST = 26  # characters


def _goal_words(context: str, code: str | None = None) -> str:
    return vocabulary.alternation("goal_words", context, code)


def _others() -> str:
    """What others reach, or what was reached a year before: 平均水平, 上年同期."""
    return rf"{_goal_words('compared', 'others')}|(?:{_goal_words('compared', 'year_before')})(?:同期|水平)?|20[0-9]{{2}}年同期"


@vocabulary.compiled
def _ends() -> re.Pattern[str]:
    """Where a comparison ends; ``_whole`` reads it up to there. Looking for a first character before all else is seven times faster."""
    first = "2应" + "".join([vocabulary.first_characters("goal_words", context) for context in ("compared", "clause")])
    return re.compile(f"(?=[{first}])(?:{_others()}|{_goal_words('compared', 'rank')}|{goals.results().pattern})")


@vocabulary.compiled
def _whole() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_goal_words('comparison')})[^，。；、\n0-9]{{0,20}}(?:{_others()})\Z"
        rf"|(?:{_goal_words('rank')})[^，。；、\n0-9]{{0,14}}(?:{_goal_words('compared', 'rank')})\Z"
        rf"|(?P<state>{goals.results().pattern})\Z"
    )


def find(value: str) -> Iterator[re.Match[str]]:
    """The comparisons and states in ``value``, in order of their ends; the group ``state`` where a match is a state.

    >>> [match[0] for match in find("增速高于全省平均水平，总量位居前列，隐患清零，水平提高")]
    ['高于全省平均水平', '位居前列', '清零']
    """
    for end in _ends().finditer(value):
        if match := _whole().search(value, max(0, end.start() - _LONGEST), end.end()):
            yield match


@vocabulary.compiled
def _setting() -> re.Pattern[str]:
    return re.compile(_goal_words("sets"))


def sets(words: str) -> bool:
    """Whether ``words``, a clause with a comparison or a state, make it a goal: 力争, 基本."""
    return _setting().search(words) is not None


@vocabulary.compiled
def _standing() -> re.Pattern[str]:
    return re.compile(rf"{vocabulary.alternation('outcome_words', 'comparison', 'stands')}|对(?!标)[^，]*的")


def tells_how_things_are(words: str) -> bool:
    """Whether ``words``, what stands around a comparison or a state in its clause, keep it from being a goal: 目前, 对…的."""
    return _standing().search(words) is not None
