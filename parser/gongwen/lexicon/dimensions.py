"""Units of measure (dimensions.tsv): what dimension each measures, and how many of the dimension's basic unit it is.

Classifiers (个, 家, 处 …) all count things: what is counted in 家 one year may be counted in 个 the next.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongwen.lexicon.reference import lines, told

_MULTIPLES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


class Measure(NamedTuple):
    """What a unit of measure stands for. A unit that the table doesn't have is a dimension by itself."""

    plain: str
    dimension: str
    factor: Decimal


@cache
def measure(unit: str) -> Measure:
    """The measure of a unit as written; a multiple before it goes into the factor, not into ``plain``.

    >>> measure("万人"), measure("公里").factor, measure("家").dimension == measure("个").dimension
    (Measure(plain='人', dimension='people', factor=Decimal('10000')), Decimal('1000'), True)
    """
    factor = Decimal(1)
    while len(unit) > 1 and unit[0] in _MULTIPLES and unit not in _table():
        factor, unit = factor.scaleb(_MULTIPLES[unit[0]]), unit[1:]
    dimension, size = _table().get(unit, (unit, Decimal(1)))
    return Measure(unit, dimension, Decimal(f"{factor * size:f}"))


def plain(value: str, value_max: str | None, unit: str | None) -> tuple[str, str | None, str | None]:
    """A number, the end of its range and its unit without the multiples (万, 亿) of the unit.

    >>> plain("1.68", None, "万人"), plain("2", "3", "家"), plain("5", None, "公里")
    (('16800', None, '人'), ('2', '3', '家'), ('5', None, '公里'))
    """
    known = measure(unit or "")
    multiple = known.factor / measure(known.plain).factor
    most = None if value_max is None else _written(Decimal(value_max) * multiple)
    return _written(Decimal(value) * multiple), most, known.plain or None


def _written(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def units() -> frozenset[str]:
    """The units of the table."""
    return frozenset(_table())


@cache
def _table() -> dict[str, tuple[str, Decimal]]:
    found = {}
    for place, (unit, dimension, factor) in lines(Path(__file__).with_name("dimensions.tsv"))[1]:
        with told(place):
            found[unit] = (dimension, Decimal(factor))
    return found
