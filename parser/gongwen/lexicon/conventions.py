"""Conventions: what a notice agrees on for many clauses at once.

first       列第一位的为牵头单位，下同            the first of a list leads, or the first two (前两位)
mark        标△的为牵头单位                    who is marked leads, before the name or behind it
separator   逗号前为牵头单位，下同              who stands before the first ， leads
scope       以下均需各县落实，不再列出           somebody is responsible for every task below (上述: above, 各项: all)

A convention about leads may say who the others are (其余为配合单位). One about tasks is a sentence, or the end of one, that closes with words
such as 不再列出. Before them it says in any order

    what    以上, 以下各项任务, 文中, or nothing     whom it leaves out    除明确的部门外
    who     由各乡镇, 均含各乡镇, 各乡镇              what they do          落实, 均为责任单位, 对本辖区负总责
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from gongwen.lexicon import vocabulary
from gongwen.lexicon.numerals import integer
from gongwen.lexicon.unit_names import CLOSING, OPENING

_STOP = r"、，,；;。：:\s" + re.escape(OPENING + CLOSING)
_SEPARATORS = {"逗": "，", "分": "；", "顿": "、", "冒": "：", "句": "。", "斜": "/", "空": " "}
_SIGN_WORDS = "逗分顿冒句空"
_SIGNS = "、，,；;：:/／|｜—"
_QUOTES = "\"'“”‘’「」" + re.escape(OPENING + CLOSING)
_ALIKE = str.maketrans("／,;:｜\u3000", "/，；：| ")
MARKS = "△▲★☆●◆■□◎○*＊#※"


class Placed(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Convention(NamedTuple):
    """A convention at ``[start, end)``: its kind, the mark or separator that it is about, how many lead, and to what it applies.

    Of one of scope, ``[units, units_end)`` is what says who is responsible, the tasks are those "below", "above", or "all", and
    ``told`` says that it names the tasks.
    """

    kind: str
    start: int
    end: int
    sign: str = ""
    number: int = 1
    where: str = "below"
    units: int = 0
    units_end: int = 0
    told: bool = True

    def leads(self, text: str, names: Sequence[Placed]) -> list[bool]:
        """For each of the ``names`` of a list, which stand in ``text``, whether it leads."""
        if self.kind == "mark":
            return [self.sign in (text[name.start - 1], text[name.end : name.end + 1]) for name in names]
        border = self.number
        if self.kind == "separator":
            gaps = [text[name.end : following.start] for name, following in pairwise(names)]
            border = next((index for index, gap in enumerate(gaps, 1) if self.sign in gap.translate(_ALIKE)), 0)
        return [index < border for index in range(len(names))]


@vocabulary.compiled
def _expression() -> re.Pattern[str]:
    """The conventions about who leads, each with what it says of the others."""
    leads = rf"(?:{vocabulary.alternation('roles', 'label', 'lead')}|第一责任)"
    nouns = vocabulary.alternation("unit_nouns", "label", "unit")
    lead = rf"(?:{leads}(?:责任)?(?:{nouns})|(?:{nouns})(?:负责)?{leads}|{leads}(?=[{_STOP}]|$))"
    signs = rf"[{_SIGN_WORDS}][号格]|斜[杠线]|[{_QUOTES}][{_SIGNS}][{_QUOTES}]号?"
    others = rf"(?:[，,；;、]?(?:其[他余它]|(?:{signs})?(?:之|以)?后面?)[^{_STOP}]{{0,8}}[为是][^{_STOP}]{{0,10}})?"
    so = rf"{others}(?:[，,；;]?\s?(?:以)?下同)?"
    sign = rf"(?:(?P<word>[{_SIGN_WORDS}])[号格]|斜[杠线]|[{_QUOTES}](?P<sign>[{_SIGNS}])[{_QUOTES}]号?)"
    return re.compile(
        rf"""(?=[排列位第首前逗分顿冒句斜空标带注加有{_QUOTES}{MARKS}])(?:
          (?P<first>(?:(?<![一-鿿])|(?<=[中里内栏务项位门]))(?:
              [排列位][^{_STOP}]{{0,8}}?(?:第一|首)
            | 第一[位个家名] | 首[位个家]
            | (?:[排列位][^{_STOP}]{{0,8}}?)?前(?P<count>[0-9一二两三四五])[位个家名]
            )[^{_STOP}]{{0,10}}?{lead}{so})
        | (?P<separator>{sign}(?:之|以)?前面?[^{_STOP}]{{0,6}}[为是][^{_STOP}]{{0,4}}?{lead}{so})
        | (?P<mark>[标带注加有][^{_STOP}]{{0,6}}?[“"（(]?(?P<by>[{MARKS}])[”"）)]?[^{_STOP}]{{0,8}}为[^{_STOP}]{{0,4}}?{lead}{so})
        | (?P<bare>(?<![一-鿿])(?P<alone>[{MARKS}])[号的]?(?:{nouns})?为[^{_STOP}]{{0,4}}?{lead}{so})
        )""",
        re.VERBOSE,
    )


@vocabulary.compiled
def _closing() -> re.Pattern[str]:
    """What says that those who are responsible for many tasks aren't named again: ，以下不再列出."""
    where, matter = "|".join([_words(code) for code in _WHERE]), _words("matter")
    named = rf"(?:(?:{vocabulary.alternation('roles', 'label')})?(?:{vocabulary.alternation('unit_nouns', 'label', 'unit')}))?"
    return re.compile(
        rf"[，,；;、]\s?(?P<says>(?P<where>{where})?(?:{matter})*[中里内]?{named}(?:{_words('no_more')})[^{_STOP}]{{0,8}}?(?:{_words('listed')})[^{_STOP}]{{0,4}})"
    )


@vocabulary.compiled
def _what() -> re.Pattern[str]:
    """What a convention is about, at the beginning of its sentence: 以上各项任务中."""
    where = "|".join([_words(code) for code in _WHERE])
    return re.compile(rf"(?P<where>{where})(?:[^{_STOP}]{{0,4}}?(?:{_words('matter')})+)?[中内里]?的?")


@vocabulary.compiled
def _exception() -> re.Pattern[str]:
    """Whom it leaves out, or to what it applies: 除明确的部门外, 涉及各乡镇的."""
    return re.compile(rf"除[^{_STOP}]{{1,30}}?外[，,]?|[^{_STOP}]{{1,20}}的[，,]")


@vocabulary.compiled
def _before_names() -> re.Pattern[str]:
    """What leads up to the names behind it: 均需, 负责单位均含, 由; but not 均为责任单位, which stands behind names."""
    roles = f"(?:{vocabulary.alternation('roles', 'label')}|{vocabulary.alternation('roles', 'verb')})"
    asks = f"(?:{_words('comprises')}|{_words('must', None)}|{_words('opening', None)}|为)"
    return re.compile(
        rf"[^{_STOP}]{{0,16}}?(?:(?:{_words('every')})(?:{asks})*(?!{asks}|(?:[^{_STOP}]{{1,10}}的)?{roles})|(?<![^{_STOP}]){asks}+(?!(?:[^{_STOP}]{{1,10}}的)?{roles}))"
    )


def _words(code: str, context: str | None = "convention") -> str:
    return vocabulary.alternation("clause_words", context, code)


_WHERE = {"backward": "above", "forward": "below", "whole": "all"}
_LONGEST = 120  # characters of a convention about tasks
_SIGN = re.compile("[为是不恕首前]|第一")  # one of these is in each convention


def match(text: str, start: int, end: int) -> Convention | None:
    """The convention about leads that begins at ``start``, None where none does.

    >>> match("列首位的为牵头单位，下同", 0, 12).kind, match("逗号前为牵头单位", 0, 8).sign
    ('first', '，')
    """
    found = _expression().match(text, start, end)
    return _about_leads(found) if found else None


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Convention]:
    """The conventions that ``text[start:end]`` states, in order.

    >>> def scopes(text):
    ...     return [(at.where, text[at.units : at.units_end]) for at in find(text)]
    >>> scopes("以下均需各县落实，不再列出"), scopes("各项任务除县直部门外，各镇均为责任单位，文中不再标注")
    ([('below', '各县落实')], [('all', '各镇均为责任单位')])
    """
    end = len(text) if end is None else end
    if not _SIGN.search(text, start, end):
        return
    leads = [_about_leads(found) for found in _expression().finditer(text, start, end)]
    scopes = [
        at for closing in _closing().finditer(text, start, end) if (at := _about_tasks(text, start, closing, leads))
    ]
    behind = start
    for at in sorted([*leads, *scopes], key=lambda at: at.start):
        if at.start >= behind:
            yield at
            behind = at.end


def _about_leads(found: re.Match[str]) -> Convention:
    start, end = found.span()
    if found["first"]:
        return Convention(
            "first", start, end, number=(integer(found["count"].replace("两", "二")) or 1) if found["count"] else 1
        )
    if found["separator"]:
        sign = _SEPARATORS[found["word"] or "斜"] if not found["sign"] else found["sign"].translate(_ALIKE)
        return Convention("separator", start, end, sign)
    return Convention("mark", start, end, found["by"] or found["alone"])


def _about_tasks(text: str, start: int, closing: re.Match[str], leads: list[Convention]) -> Convention | None:
    """The convention about tasks that ``closing`` ends: it begins with what it is about, or with the part of the sentence before it."""
    segments = list(_segments(text, max(start, closing.start() - _LONGEST), closing.start(), leads))
    if not segments:
        return None
    begin, whole = segments[-1]
    told = None
    for at, first in reversed(segments):
        if what := _what().match(text, at, closing.start()):
            begin, whole, told = at, first, what
            break
    else:
        for at, first in reversed(segments[:-1]):
            if not _exception().match(text, at, closing.start()):
                break
            begin, whole = at, first
    at = told.end() if told else begin
    if exception := _exception().match(text, at, closing.start()):
        at = exception.end()
    if what := _what().match(text, at, closing.start()):
        told, at = told or what, what.end()
    if leading := _before_names().match(text, at, closing.start()):
        at = leading.end()
    word = (told or closing)["where"]
    where = (
        _WHERE[next(code for code in _WHERE if word in vocabulary.words("clause_words", code=code))] if word else "all"
    )
    own = not told and not whole  # names that stand behind others in a clause are of it, too
    return Convention(
        "scope",
        closing.start("says") if own else begin,
        closing.end(),
        where=where,
        units=at,
        units_end=closing.start(),
        told=word is not None,
    )


def _segments(text: str, start: int, end: int, leads: list[Convention]) -> Iterator[tuple[int, bool]]:
    """Where the parts of the sentence that ends at ``end`` begin, up to commas outside brackets, and whether each is its first.

    The sentence begins behind a stop, a colon, a bracket that is open, another convention, or a bracket before what it is about.
    """
    begin, depth, commas = start, 0, []
    last = bisect_right(leads, end, key=lambda lead: lead.start) - 1
    behind = leads[last].end if last >= 0 else 0  # of the convention before, whatever stands between
    for at in range(end - 1, start - 1, -1):
        sign = text[at]
        if not depth and sign in CLOSING and _what().match(text, at + 1, end):
            begin = at + 1
            break
        depth += (sign in CLOSING) - (sign in OPENING)
        if depth < 0 or (not depth and sign in "。；;：:！？\n") or at < behind:
            begin = at + 1
            break
        if not depth and sign in "，,":
            commas.append(at + 1)
    while begin < end and text[begin] in "，, \u3000":
        begin += 1
    starts = [begin, *(comma for comma in reversed(commas) if comma > begin)]
    return iter([(at, at == begin) for at in starts if at < end])
