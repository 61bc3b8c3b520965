"""What tells a goal from the other numbers of official text: the words around it, weighed.

Most numbers are no goals: aid and its ceilings, conditions, terms of procedures, what exists, what was reached. Each row of
goal_evidence.tsv is something that goals, or those others, show; the weights of the rows that hold are added, and from THRESHOLD on the
number is a goal. The weights were set on annotated plans, as a set: moving one moves the others.

Regions: ``before`` and ``after`` are the number's clause on either side of it, ``lead`` the last LEAD characters of ``before``,
``clause`` both with the number, ``sentence`` the sentence, ``number`` the number itself with unit and bound, ``around`` the
words before it, it, and the words after it with NUL between; ``chinese`` is ``before`` where the number is small and written in Chinese
numerals, ``spoken`` where it is a greater one, ``grown`` and ``grown-sentence`` are ``before`` and ``sentence`` where no term to come
governs the number, ``money`` is ``after`` where it is an amount. A row whose region is in angle brackets is a class
of words, which stands in other expressions by that name; <make>, <reach>, <row> and <time> are words of other tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from gongwen.lexicon import vocabulary
from gongwen.lexicon.quantities import TIME_UNITS
from gongwen.lexicon.reference import lines, told


class Evidence(NamedTuple):
    """Something that speaks for a number being a goal, or against it.

    ``example`` is a text whose number shows it. The expression is None where what stands around the number decides, not its words.
    ``code`` is that of coverage_codes.csv for numbers that it alone explains.
    """

    region: str
    weight: int
    expression: re.Pattern[str] | None
    example: str
    reason: str
    code: str = ""


LEAD = 16
GOVERNED_BY_DEADLINE = Evidence("", 2, None, "到2030年，泵站30座", "a deadline governs it")
RECURRING = Evidence("", 2, None, "每年泵站30座", "it is due again and again")
UNDER_A_DATED_HEADING = Evidence("", 1, None, "一、2030年重点工作\n泵站30座", "a heading above says by when")
IN_GOALS_SECTION = Evidence("", 2, None, "一、主要目标\n泵站30座", "its section sets goals")
BESIDE_A_GOAL = Evidence("", 2, None, "建成泵站30座，水渠5条", "its sentence has set a goal before")
PART_OF_NO_GOAL = Evidence("", -7, None, "安排5人（其中建成组3人）", "the number of which it is a part is no goal")
IN_A_REPORT = Evidence("", -7, None, "一、发展现状\n泵站30座", "its section reports how things are")
PAST = Evidence("", -4, None, "2020年，泵站30座", "the nearest date before it lies before the year of issue")
THRESHOLD = 3
_TABLE = Path(__file__).with_name("goal_evidence.tsv")


@cache
def rows() -> tuple[Evidence, ...]:
    """The rows of the table, without the classes of words."""
    classes = {
        "<make>": vocabulary.alternation("goal_words", "verb", "make"),
        "<reach>": vocabulary.alternation("goal_words", "verb", "reach"),
        "<row>": vocabulary.alternation("outcome_words", "tail", "row"),
        "<time>": TIME_UNITS,
    }
    found = []
    for place, (region, weight, expression, example, reason, code) in lines(_TABLE)[1]:
        if region.startswith("<"):
            classes[region] = expression
            continue
        for name, words in classes.items():
            expression = expression.replace(name, f"(?:{words})")
        with told(place):
            found.append(Evidence(region, int(weight), re.compile(expression), example, reason, code))
    return tuple(found)


@cache
def _by_region() -> dict[str, list[tuple[re.Pattern[str], Evidence]]]:
    regions: dict[str, list[tuple[re.Pattern[str], Evidence]]] = {}
    for row in rows():
        if row.expression:
            regions.setdefault(row.region, []).append((row.expression, row))
    return regions


def shown(region: str, words: str) -> list[Evidence]:
    """The evidence that ``words`` show, as words of ``region``.

    >>> [row.reason for row in shown("before", "建成泵站")]
    ['something is to be made or done']
    """
    return [row for expression, row in _by_region()[region] if expression.search(words)] if words else []


def code(before: str, number: str, after: str) -> str | None:
    """Why a number is no goal, by the words of its clause that stand around it: a code of coverage_codes.csv; None where nothing says so.

    >>> code("培育营收过", "50亿元", "的工坊15家"), code("建设", "25分钟", "便民圈"), code("建设", "25座", "泵站")
    ('condition', 'name_part', None)
    """
    words = {"before": before, "lead": before[-LEAD:], "number": number, "after": after}
    words["around"] = f"{before}\0{number}\0{after}"
    if "元" in number or "亿" in number:
        words["money"] = after
    table, regions = _with_codes()
    telling = {region for region, any_of in regions.items() if words.get(region) and any_of.search(words[region])}
    if not telling:
        return None
    for row in table:
        if row.region in telling and row.expression and row.expression.search(words[row.region]):
            return row.code
    return None


@cache
def _with_codes() -> tuple[tuple[Evidence, ...], dict[str, re.Pattern[str]]]:
    """The rows that explain a number alone, those first that speak the loudest; and for each region an expression of any of its rows."""
    table = tuple(sorted((row for row in rows() if row.code), key=lambda row: row.weight))
    regions: dict[str, list[str]] = {}
    for row in table:
        if row.expression:
            regions.setdefault(row.region, []).append(f"(?:{row.expression.pattern})")
    return table, {region: re.compile("|".join(forms)) for region, forms in regions.items()}


def weight(evidence: Iterable[Evidence]) -> int:
    """What ``evidence`` weighs together: from THRESHOLD on, the number is a goal."""
    return sum([row.weight for row in evidence])


@cache
def _calibration() -> tuple[float, float]:
    """Slope and intercept of the logistic function from weights to probabilities, as tools/fit_goals.py wrote them."""
    place, (slope, intercept, *_) = next(lines(_TABLE.with_name("goal_calibration.tsv"))[1])
    with told(place):
        return float(slope), float(intercept)


def probability(weight: int) -> float:
    """How likely a number of that weight is a goal, to two digits; nothing is certain.

    >>> probability(THRESHOLD) < probability(THRESHOLD + 2) <= 0.99
    True
    """
    slope, intercept = _calibration()
    likely = 1 / (1 + exp(-(slope * (weight - THRESHOLD) + intercept)))
    return min(max(round(likely, 2), 0.01), 0.99)
