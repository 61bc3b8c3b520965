"""Which notices are versions of one plan: those of the same issuers whose titles name the same subject.

The subject is what remains of a title without its years and numbers, without notes in brackets (（2024—2026年）,
（征求意见稿）), and without the words that say what sort of paper it is or which wave of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from gongwen.lexicon.titles import without_sort

_NOTE = re.compile(r"[（(][^（()）]*+[)）]")
_SHORTEST = 4  # characters of a subject: fewer (通知) say nothing


def families(titles: Iterable[tuple[str, str, str]]) -> Iterator[list[str]]:
    """The ids of the versions of each plan that has several, oldest first.

    ``titles`` are (issuers, id, title), sorted by issuers and then by date.
    """
    for _, rows in groupby(titles, key=lambda row: row[0]):
        members: dict[str, list[str]] = {}
        for _, identifier, title in rows:
            members.setdefault(subject(title), []).append(identifier)
        yield from (family for about, family in members.items() if len(family) > 1 and len(about) >= _SHORTEST)


def subject(title: str) -> str:
    """What a plan is about.

    >>> subject("例州市全民科学素质提升行动实施方案（2021—2025年）"), subject("例州市2026年全民科学素质工作要点")
    ('例州市全民科学素质', '例州市全民科学素质')
    """
    return without_sort(_NOTE.sub("", title))
