"""What another government has to say otherwise although it means the same: its own name, its level, its counterparts.

Between a province's plan and a city's 全省 is 全市, 省教育厅 is 市教育局; that is no difference, nor is the same said in another order
(做大做强, 做强做大) or with another particle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongwen.compare.authority import Authority, authority, function
from gongwen.compare.changes import Edit
from gongwen.lexicon.divisions import without_peoples
from gongwen.model import Notice

_LEVELS = "省市县区州盟旗镇乡"
_OWN = re.compile(
    rf"(?:全|本|我|各)(?:自治[区州县]|[{_LEVELS}])|(?:自治[区州县]|[{_LEVELS}])(?=级|委|政府|人民政府|直|属|内|各|本级|$)|国家(?=级|$)"
)
_LEVEL_ENDS = re.compile(r"(?:自治[区州县旗]|[省市县区州盟旗镇乡])$")
_BRACKETS = re.compile(r"[（(][^（()）]*+[）)]$")
_NUMERALS = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿]++")
_PARTICLES = re.compile(r"[\W的地得和与及并了]")


def short_name(place: str) -> str:
    """The name of a place without its level and the peoples that it is of.

    >>> short_name("青岚市"), short_name("大化瑶族自治县"), short_name("黔西南布依族苗族自治州")
    ('青岚', '大化', '黔西南')
    """
    return without_peoples(_LEVEL_ENDS.sub("", place))


def _names(place: str) -> tuple[str, str, str]:
    """How a place is named: 大化瑶族自治县, 大化县, 大化."""
    short = short_name(place)
    return place, short + place[-1], short


def adaptation(old: Notice, new: Notice) -> Adaptation:
    """That of the notices of two governments to one another."""
    names = (unit.name for notice in (old, new) for unit in notice.units)
    return Adaptation(authority(old), authority(new), names)


class Adaptation:
    """Tells what in two texts is the same once each government's own words are neutral."""

    def __init__(self, old: Authority, new: Authority, units: Iterable[str]) -> None:
        names = {name for one in (old, new) if one.place for name in _names(one.place)}
        known = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
        self._places = re.compile("|".join(map(re.escape, known))) if known else None
        self._units = frozenset(units)

    def same(self, before: str, after: str) -> bool:
        """Whether both say the same of their own place, or name counterparts."""
        if before in self._units and after in self._units:
            return self.function(before) == self.function(after)
        return _says_the_same(before, after) or _says_the_same(self.neutral(before), self.neutral(after))

    def neutral(self, text: str) -> str:
        """The text without what is each government's own."""
        return _OWN.sub("", self.without_place(text))

    def without_place(self, text: str) -> str:
        """The text without the names of both places."""
        return self._places.sub("", text) if self._places else text

    def settles(self, edit: Edit) -> bool:
        return self.same(edit.before.text, edit.after.text)

    def function(self, unit: str) -> str:
        """What a unit is for, wherever it is; of one that is no organ of either place (人民银行大化支行), its name without the place."""
        return function(_BRACKETS.sub("", self.without_place(unit).removeprefix("中国")) or unit)


def _says_the_same(before: str, after: str) -> bool:
    """Whether both have the same words, in whatever order and with whatever marks and particles, and the same numbers in one order."""
    one, other = (_PARTICLES.sub("", text) for text in (before, after))
    return sorted(one) == sorted(other) and _NUMERALS.findall(one) == _NUMERALS.findall(other)
