"""Conventions: what a notice agrees on for many clauses at once.

first       列第一位的为牵头单位，下同            the first of a list leads, or the first two (前两位)
mark        标△的为牵头单位                    who is marked leads, before the name or behind it
separator   逗号前为牵头单位，下同              who stands before the first ， leads
scope       以下均需各县落实，不再列出           somebody is responsible for every task below (上述: above)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from gongwen.lexicon import vocabulary
from gongwen.lexicon.numerals import integer
from gongwen.lexicon.unit_names import CLOSING, OPENING

_STOP = r"、，,；;。：:\s" + re.escape(OPENING + CLOSING)
_SEPARATORS = {"逗": "，", "分": "；", "顿": "、", "冒": "：", "句": "。"}
_MARKS = "△▲★☆●◆■□◎○*＊#※"


class Placed(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Convention(NamedTuple):
    """A convention at ``[start, end)``: its kind, the mark or separator that it is about, how many lead, and whether it looks back.

    Of one of scope, ``[units, units_end)`` is what says who is responsible.
    """

    kind: str
    start: int
    end: int
    sign: str = ""
    number: int = 1
    back: bool = False
    units: int = 0
    units_end: int = 0

    def leads(self, text: str, names: Sequence[Placed]) -> list[bool]:
        """For each of the ``names`` of a list, which stand in ``text``, whether it leads."""
        if self.kind == "mark":
            return [self.sign in (text[name.start - 1], text[name.end : name.end + 1]) for name in names]
        border = self.number
        if self.kind == "separator":
            gaps = [text[name.end : following.start] for name, following in pairwise(names)]
            border = next((index for index, gap in enumerate(gaps, 1) if self.sign in gap), 0)
        return [index < border for index in range(len(names))]


@vocabulary.compiled
def _expression() -> re.Pattern[str]:
    leads = rf"(?:{vocabulary.alternation('roles', 'label', 'lead')}|第一责任)"
    nouns = vocabulary.alternation("unit_nouns", "label", "unit")
    so = r"(?:[，,；;]?\s?(?:以)?下同)?"
    lead = rf"(?:{leads}(?:责任)?(?:{nouns})|(?:{nouns})(?:负责)?{leads}|{leads}(?=[{_STOP}]|$))"
    return re.compile(
        rf"""(?=[排列位第首前逗分顿冒句标带注加有以下上各本预])(?:
          (?P<first>(?<![一-鿿])(?:
              [排列位][^{_STOP}]{{0,8}}?(?:第一|首)
            | 第一[位个家名] | 首[位个家]
            | (?:[排列位][^{_STOP}]{{0,8}}?)?前(?P<count>[0-9一二两三四五])[位个家名]
            )[^{_STOP}]{{0,10}}?{lead}{so})
        | (?P<separator>(?P<sign>[逗分顿冒句])号(?:之|以)?前[^{_STOP}]{{0,6}}为[^{_STOP}]{{0,4}}?{lead}
            (?:[，,；;、]?(?P=sign)?号?后[^{_STOP}]{{0,6}}[为是][^{_STOP}]{{0,8}})?{so})
        | (?P<mark>[标带注加有][^{_STOP}]{{0,6}}?[“"（(]?(?P<by>[{_MARKS}])[”"）)]?[^{_STOP}]{{0,8}}为[^{_STOP}]{{0,4}}?{lead}{so})
        | (?P<scope>(?<![一-鿿])(?P<where>以下|下列|上述|以上|各项|本[方预]案)[^。；\n：:]{{0,30}}?[均都](?P<units>[^。；\n]{{2,80}}?)
            [，,]?不再[^。；，,\n{re.escape(CLOSING)}]{{0,12}})
        )""",
        re.VERBOSE,
    )


_ALL = re.compile("(?:[需须应由要]|涉及|包[括含]|含|为)*")
_SIGN = re.compile("为|不再|第一|首|前")  # one of these is in each convention
_BACKWARDS = re.compile("上述|以上|^注|备注|说明")


def match(text: str, start: int, end: int) -> Convention | None:
    """The convention that begins at ``start``, None where none does.

    >>> match("列首位的为牵头单位，下同", 0, 12).kind, match("逗号前为牵头单位", 0, 8).sign
    ('first', '，')
    """
    found = _expression().match(text, start, end)
    return _convention(found) if found else None


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Convention]:
    """The conventions that ``text[start:end]`` states, in order.

    >>> [(at.kind, "以下均需各县落实，不再列出"[at.units : at.units_end]) for at in find("以下均需各县落实，不再列出")]
    [('scope', '各县落实')]
    """
    end = len(text) if end is None else end
    if _SIGN.search(text, start, end):
        for found in _expression().finditer(text, start, end):
            yield _convention(found)


def _convention(found: re.Match[str]) -> Convention:
    start, end = found.span()
    if found["first"]:
        return Convention(
            "first", start, end, number=(integer(found["count"].replace("两", "二")) or 1) if found["count"] else 1
        )
    if found["separator"]:
        return Convention("separator", start, end, _SEPARATORS[found["sign"]])
    if found["mark"]:
        return Convention("mark", start, end, found["by"])
    units, units_end = found.span("units")
    must = _ALL.match(found.string, units, units_end)
    back = _BACKWARDS.match(found["where"]) is not None
    return Convention("scope", start, end, back=back, units=must.end() if must else units, units_end=units_end)
