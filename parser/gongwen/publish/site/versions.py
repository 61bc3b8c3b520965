"""Which notices are versions of one plan: those of the same issuers whose titles differ in little but years and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from rapidfuzz import fuzz

_ALIKE = 85.0  # of 100: （2021—2023年） to （2024—2026年） or 实施方案 to 行动计划 keep a plan together, another subject does not
_CHANGING = re.compile(r"[\d０-９〇○一二三四五六七八九十]++|[年度第（()）—–\-~～至“”]")


def families(titles: Iterable[tuple[str, str, str]]) -> Iterator[list[str]]:
    """The ids of the versions of each plan that has several, oldest first.

    ``titles`` are (issuers, id, title), sorted by issuers and then by date. A notice joins the family whose latest
    version has the title most like its own.
    """
    for _, rows in groupby(titles, key=lambda row: row[0]):
        latest: list[str] = []
        members: list[list[str]] = []
        for _, identifier, title in rows:
            subject = _CHANGING.sub("", title)
            best, family = max(
                ((fuzz.ratio(subject, other), -index) for index, other in enumerate(latest)), default=(0.0, 0)
            )
            if best >= _ALIKE:
                latest[-family] = subject
                members[-family].append(identifier)
            else:
                latest.append(subject)
                members.append([identifier])
        yield from (family for family in members if len(family) > 1)
