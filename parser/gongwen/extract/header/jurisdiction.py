"""Jurisdiction: the government that a notice speaks for, whose organs its short names mean (区科协, 财政局).

What the notice says of it is asked in this order of trust, and the first answer counts: who issued it; the title of the notice and
those of its plans; the recipients; the organ code of its number; the place that the text calls its own (全省, 我市) and names
more than others; the only place that it names. An office (办公室) speaks for its government, a department for the government
that it belongs to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from gongwen.extract.header.fields import Mention
from gongwen.lexicon import divisions, vocabulary
from gongwen.lexicon.divisions import Division
from gongwen.lexicon.places import named_place
from gongwen.lexicon.reference import rows
from gongwen.lexicon.registry import CENTRE, Jurisdiction, central_organs, identify
from gongwen.model import DocumentNumber, JurisdictionBasis, Part, Span
from gongwen.model import Jurisdiction as Stated
from gongwen.text import Text

_NATION = "中华人民共和国"
_OF_NO_GOVERNMENT = ("企业", "高校")
_LONGEST_OF_ORGAN = 20
_LONGEST_OF_PLACE = 30  # characters of a title in which its place stands
_OF_OURS = re.compile("[我全本]([省市州])|自治(区)")
_LEVELS_OF_OURS = "州市区省"  # the lowest first
_OFTEN = 2
_NEARLY_ALL = 0.8
_NAME_OF_PLACE = re.compile("[一-鿿]{2,8}?(?:自治[区州县旗]|[省市县区州盟旗]{1,3})")


@vocabulary.compiled
def _central_recipients() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("unit_words", "recipients", "central"))


class Home(NamedTuple):
    """What the organs of a notice are identified by, and what is published of it."""

    of: Jurisdiction
    stated: Stated | None


class _Evidence(NamedTuple):
    basis: JurisdictionBasis
    of: Jurisdiction
    span: Span | None


def jurisdiction(
    text: Text,
    issuers: Sequence[Mention],
    title: tuple[str | None, Span | None],
    parts: Sequence[Part],
    recipients: Sequence[Mention],
    number: DocumentNumber | None,
) -> Home:
    """The government that the notice speaks for, with what says so; nothing where nothing does."""
    for found in _evidence(text, issuers, title, parts, recipients, number):
        place = found.of.place
        name = divisions.full_name(place) if place else "中央"
        return Home(found.of, Stated(place.code if place else None, name, found.basis, found.span))
    return Home(Jurisdiction(), None)


def _evidence(
    text: Text,
    issuers: Sequence[Mention],
    title: tuple[str | None, Span | None],
    parts: Sequence[Part],
    recipients: Sequence[Mention],
    number: DocumentNumber | None,
) -> Iterator[_Evidence]:
    for issuer in issuers:
        if of := _of_organ(issuer.name):
            yield _Evidence("issuer", of, text.to_source(issuer.start, issuer.end))
    titles: list[tuple[JurisdictionBasis, str | None, Span | None]] = [("title", *title)]
    titles += [("plan_title", part.title, part.span) for part in parts if part.kind == "plan"]
    for basis, words, span in titles:
        if words and (of := _of_title(words)):
            yield _Evidence(basis, of, span)
    for recipient in recipients:
        span = text.to_source(recipient.start, recipient.end)
        if _central_recipients().search(recipient.name):
            yield _Evidence("recipients", Jurisdiction(central=True), span)
        elif found := divisions.leading(recipient.name):
            above = divisions.chain(found[0])
            yield _Evidence("recipients", Jurisdiction(above[1] if len(above) > 1 and not found[1] else above[0]), span)
    elsewhere = {
        name for name in map(named_place, [*(issuer.name for issuer in issuers), *filter(None, [title[0]])]) if name
    }
    of = _of_code(number.organ_code) if number and number.organ_code else None
    if number and of and (not elsewhere or (of.place and of.place.name in elsewhere)):
        yield _Evidence("document_number", of, number.span)
    if elsewhere:
        return  # it speaks for a place that is in no table, or that several places are called
    if spoken_of := _own_place(text.value) or _only_place(text.value):
        place, start, end = spoken_of
        yield _Evidence("text", Jurisdiction(place), text.to_source(start, end))


def _of_organ(name: str) -> Jurisdiction | None:
    """The government that the organ ``name`` belongs to, where the name itself says it."""
    meant = identify(name, Jurisdiction(), None)
    if meant.organ_id and meant.organ_id.startswith(CENTRE) and meant.kind not in _OF_NO_GOVERNMENT:
        return Jurisdiction(central=True)
    found = divisions.leading(name)
    if found:
        return Jurisdiction(found[0])
    return Jurisdiction(divisions.division(meant.division)) if meant.division else None


def _of_title(title: str) -> Jurisdiction | None:
    """The place that a title begins with, or that follows 关于印发 or 《 in it: the plan's own. Laws and organs of the centre begin it, too."""
    if title.startswith(_NATION) or any(title[:end] in central_organs() for end in range(3, _LONGEST_OF_ORGAN)):
        return Jurisdiction(central=True)
    for at in dict.fromkeys([0, *(match.end() for match in re.finditer("印发|关于|《", title[:_LONGEST_OF_PLACE]))]):
        if found := divisions.leading(title[at:]):
            return Jurisdiction(found[0])
    return None


@cache
def _codes() -> tuple[tuple[str, Jurisdiction], ...]:
    """Organ codes (机关代字), the longest first. A code of one character is in use everywhere."""
    known = {row["code"]: Jurisdiction(divisions.division(row["division"])) for row in rows("organ_codes")}
    for entries in central_organs().values():
        known.update(
            {code: Jurisdiction(central=True) for entry in entries for code in entry.organ_codes if len(code) > 1}
        )
    return tuple(sorted(known.items(), key=lambda row: -len(row[0])))


def _of_code(organ_code: str) -> Jurisdiction | None:
    return next((of for code, of in _codes() if organ_code.startswith(code)), None)


def _own_place(text: str) -> tuple[Division, int, int] | None:
    """The province or prefecture that the text calls its own (全省, 我市), and where it is named first.

    That is the one of the level that the text speaks of, which it names, and to which nearly all places belong that it names
    with or without their level (山东, 青岛). A plan of a city may speak of its province, too: the lower level counts.
    全区 may be a district's or an autonomous region's, so that only 自治区 tells the latter.
    """
    levels = Counter(match[1] or match[2] for match in _OF_OURS.finditer(text))
    level = next((level for level in _LEVELS_OF_OURS if levels[level] >= _OFTEN), None)
    if level is None:
        return None
    named: Counter[str] = Counter()
    first: dict[str, re.Match[str]] = {}
    for match in divisions.named_in(text):
        place = divisions.by_short_name(match[0])
        above = divisions.chain(place) if place else ()
        seat = next((division for division in above if division.level != "county" and division.name[-1] == level), None)
        if seat is None:
            continue
        named[seat.code] += 1
        if place == seat:
            first.setdefault(seat.code, match)
    for code, times in named.most_common(1):
        if code in first and times >= _OFTEN and times >= _NEARLY_ALL * named.total():
            return divisions.division(code), first[code].start(), first[code].end()
    return None


def _only_place(text: str) -> tuple[Division, int, int] | None:
    """The smallest place that the text names, if all others that it names lie around it; and where it is named first."""
    found: dict[str, tuple[Division, int, int]] = {}
    for match in _NAME_OF_PLACE.finditer(text):
        for at in range(match.start(), match.end() - 1):
            if leading := divisions.leading(text[at : match.end()]):
                if not leading[1]:
                    found.setdefault(leading[0].code, (leading[0], at, match.end()))
                break
    if not found:
        return None
    smallest = max(found.values(), key=lambda place: len(divisions.chain(place[0])))
    around = {place.code for place in divisions.chain(smallest[0])}
    return smallest if found.keys() <= around else None
