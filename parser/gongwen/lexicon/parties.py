"""Parties: the names of organs in the head and the signature, one by one, and the people who sign.

    recipients  = name ((，|；) name)* ：     the line 主送机关 (GB/T 9704, 7.3.2); 、 parts names, too, where each is whole
    signature   = name (blank? name)*        several sign together
    title       = name (blank? name)* 关于… of a joint notice, which may end in 等八部门

A name is told by its ending (unit_endings.tsv) or names a class (各软件企业联盟).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongwen.lexicon import divisions, vocabulary
from gongwen.lexicon.organs import organ
from gongwen.lexicon.places import is_place_alone, of_places, shared_by_places
from gongwen.lexicon.units import ending, ends_like, is_bare_class, is_class, modifier

_NOTE = "(?:[（(][^（）()]{1,40}[）)])?"
_TOP_LEVEL = re.compile(r"[（(〔][^（）()〔〕\n]*+[）)〕]|(?P<comma>[，,；;ꎬ])|(?P<pause>、)")
# 各乡｜、镇人民政府: what stands behind the 、 has no name of its own, only the words of levels and classes.
_LEVEL = (
    r"(?:自治区|直辖市|计划单列市|直管市|经济特区|自治州|自治县|街道|开发区|园区|苏木|兵团"
    r"|[省市县区旗州盟乡镇村场委办局厅部处科室股司院所社队]|[（(][^（）()]{1,20}[）)])"
)
_CORPS = "新疆生产建设兵团"
_LEVELS_ALONE = re.compile(
    rf"{_LEVEL}+(?:[及和与](?:{_CORPS}|{_LEVEL}+))*"
    rf"(?:(?:党委[和及])?(?:人民政府|政府)|人民法院|人民检察院|办事处|管委会|委员会|[^，；、]{{0,12}}(?:[局厅委办部]|部门|单位|机关|协会))?{_NOTE}(?:[及和与]{_CORPS})?"
)
_NO_ORGAN = re.compile(f"{_LEVEL}+")
# 各省、自治区、直辖市及计划单列市、｜新疆生产建设兵团工业和信息化主管部门: the places before have no organ of their own.
_PLACES_ALONE = re.compile(rf"各{_LEVEL}+(?:[、及和与](?:{_CORPS}|{_LEVEL}+))+")
_PLACE_WITH_ORGAN = re.compile(rf"(?:{_CORPS}|[\u4e00-\u9fff]{{2,6}}?(?:林区|新区|示范区|试验区|实验区))[^各有相]")
_SINGLE = re.compile(r"(?:.*各)?[省市县区旗州盟乡镇村委办局厅部处科室股司]")
# Between two organs: blanks, 、 or nothing, where one ends in 办公厅 and another name follows, or a government follows its committee.
_BETWEEN = re.compile(
    r"[ \t\u3000、，,；;\\]+|(?<=办公[厅室])(?=[\u4e00-\u9fff]{4})|(?<=[省市县区州盟旗]委)(?=[\u4e00-\u9fff]{1,12}人民政府)"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:自治区|[省市县区州旗])")
_NUMBERED = re.compile(r"等[一二三四五六七八九十0-9]{0,3}(?:个|家)?(?:部门|单位|部委|厅局|委办局)$")
_NO_ADDRESS = re.compile("[。！？\n]")
_CLASS_AT_END = re.compile(r"(?:^|[，、；])[^，、；：]{0,12}各[^。！？：，、；\n]{2,30}$")
_LONGEST_ADDRESS = 1000  # characters


class Recipient(NamedTuple):
    """A recipient at [start, end) of a line, and its name with what it shares with its neighbours, if it left that out."""

    start: int
    end: int
    reading: str | None = None


@vocabulary.compiled
def _title_prefix() -> re.Pattern[str]:
    issue, about = (
        vocabulary.alternation("title_words", code="issue"),
        vocabulary.alternation("title_words", code="about"),
    )
    orders = vocabulary.alternation("document_kinds", "orders")
    return re.compile(
        rf"(?!{issue})(?P<organs>(?:[^《》〈〉“”，。；：]|“[^“”，。；：]{{1,16}}”){{2,400}}?)(?:{about}|{issue}|(?:{orders})(?:$|：))"
    )


@vocabulary.compiled
def person() -> re.Pattern[str]:
    """省长　李明: an order is signed by a person."""
    office = vocabulary.alternation("offices")
    return re.compile(rf"代?(?:{office})[ 　：:]*(?P<name>[\u4e00-\u9fff·](?:[ 　]?[\u4e00-\u9fff·]){{1,4}})$")


@vocabulary.compiled
def _no_name() -> re.Pattern[str]:
    office, applies = vocabulary.alternation("offices"), vocabulary.alternation("effect_words", code="applies")
    return re.compile(
        rf"代?(?:{office})(?:[（(][^（）()]*[）)])?$|[（(][^（）()]*[）)]$|.*(?:[@]|[0-9]号|(?:{applies})|\.[a-z]{{2,4}}$)"
    )


@vocabulary.compiled
def _sentence() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("line_words", "opens", "sentence"))


@vocabulary.compiled
def _announces() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('line_words', 'closes', 'announces')})$")


def is_organ(name: str) -> bool:
    """Whether ``name`` ends as the name of an organ does, or of a class of them; a place alone is none.

    >>> is_organ("某县水利局"), is_organ("某县人民政府（代章）"), is_organ("有关单位"), is_organ("某县"), is_organ("全社会")
    (True, True, True, False, False)
    """
    found = ending(name)
    return found is not None and found.code not in ("noun", "place")


def is_no_name(text: str) -> bool:
    """Whether a line among the names of a signature is none: an office alone, a bracket, an address, a number."""
    return bool(_no_name().match(text))


def is_address(text: str) -> bool:
    """Whether ``text``, a line with its colon, addresses the recipients: it names organs or classes of them, and announces nothing.

    >>> is_address("各乡、镇人民政府，县直有关单位："), is_address("云岭经开区、东湖新区、西山风景区管委会："), is_address("各软件企业联盟：")
    (True, True, True)
    >>> is_address("现就各项修渠工作要求如下："), is_address("责任单位：县水利局"), is_address("附件："), is_address("主要目标：")
    (False, False, False, False)
    """
    if text[-1:] not in ("：", ":") or not 3 <= len(text) <= _LONGEST_ADDRESS:
        return False
    names = text[:-1].rstrip()
    if _NO_ADDRESS.search(names) or _sentence().match(names) or _announces().search(names):
        return False
    last = names[max((at.start for at in split_recipients(names)), default=0) :]
    return ends_like(last) or bool(_CLASS_AT_END.search(names))


def names_classes(text: str) -> bool:
    """Whether a line without a colon is recipients, for each is an organ or a class of organs, and the first one is a class.

    >>> names_classes("各乡镇人民政府、县直各单位"), names_classes("各乡镇工作要点"), names_classes("山前县水利局")
    (True, False, False)
    """
    if _NO_ADDRESS.search(text) or len(text) > _LONGEST_ADDRESS:
        return False
    names = [text[at.start : at.end] for at in split_recipients(text)]
    return bool(names) and is_class(names[0]) and all(map(is_organ, names))


def split_recipients(text: str) -> Iterator[Recipient]:
    """The recipients in ``text``, the 主送机关 line without its colon.

    Commas and semicolons part them. 、 does so between two whole names, and between the names of places that share a level and an organ;
    what has no name of its own goes with the one before.

    >>> def names(text):
    ...     return [text[at.start : at.end] for at in split_recipients(text)]
    >>> names("各乡、镇人民政府，各街道办事处"), names("云岭经开区、东湖新区、西山风景区管委会")
    (['各乡、镇人民政府', '各街道办事处'], ['云岭经开区', '东湖新区', '西山风景区管委会'])
    >>> names("各省、自治区、直辖市水利厅"), names("县委各部、委、办、局，中、省驻某单位")
    (['各省、自治区、直辖市水利厅'], ['县委各部、委、办、局', '中、省驻某单位'])
    >>> names("各县（市、区）教育局、财政局"), names("各县教育局、有关学校")
    (['各县（市、区）教育局、财政局'], ['各县教育局', '有关学校'])
    >>> names("各省、自治区、直辖市及计划单列市、新疆生产建设兵团水利主管部门，有关企业")
    ['各省、自治区、直辖市及计划单列市、新疆生产建设兵团水利主管部门', '有关企业']
    >>> names("各省、自治区、直辖市人民政府及新疆生产建设兵团，有关企业")
    ['各省、自治区、直辖市人民政府及新疆生产建设兵团', '有关企业']
    >>> [at.reading for at in split_recipients("省水利厅，漳州、三明、宁德市水利局，河西、新桥街道办事处")]
    [None, '漳州市水利局', '三明市水利局', None, '河西街道办事处', None]
    """
    start = 0
    pauses: list[int] = []
    for mark in [*_TOP_LEVEL.finditer(text), None]:
        if mark and mark["pause"]:
            pauses.append(mark.start())
        elif mark is None or mark["comma"]:
            end = mark.start() if mark else len(text)
            yield from _names(text, start, pauses, end, _sharing(text, start, pauses, end))
            start, pauses = mark.end() if mark else end, []


def _sharing(text: str, start: int, pauses: list[int], end: int) -> dict[int, str]:
    """The 、 of ``text[start:end]`` behind a place that shares level and organ with the one that its list ends in, with their readings."""
    words = [text[at:to].strip() for at, to in zip([start, *(at + 1 for at in pauses)], [*pauses, end], strict=True)]
    found: dict[int, str] = {}
    last = len(words) - 1
    while last > 0:
        first = last
        while first and is_place_alone(words[first - 1]):
            first -= 1
        if shared := shared_by_places(words[last], words[first:last]):
            found |= {
                pauses[index]: of_places(words[index], shared) or words[index] + shared for index in range(first, last)
            }
        last = first - 1
    return found


def _names(text: str, start: int, pauses: list[int], end: int, sharing: dict[int, str]) -> Iterator[Recipient]:
    """The names of ``text[start:end]``, which has 、 at ``pauses``, some of them behind places ``sharing`` something."""
    borders = [*pauses, end]
    begun, each = start, ""
    for at, following in zip(borders, [*borders[1:], end], strict=True):
        name, rest = text[begun:at].strip(), text[at + 1 : following].strip()
        shared = sharing.get(at)
        if at == end or shared or (rest and ends_like(name) and not _shares(name, rest)):
            if name:
                first = text.index(name, begun)
                yield Recipient(
                    first, first + len(name), shared or (each + name if each and is_bare_class(name) else None)
                )
                if not is_bare_class(name):
                    each = class_of[0] if (class_of := modifier().match(name)) else ""
            begun = at + 1


def _shares(name: str, rest: str) -> bool:
    """Whether ``rest`` has no name of its own, but shares what ``name`` begins or ends with: 各乡、镇人民政府; 各县教育局、财政局."""
    if _LEVELS_ALONE.fullmatch(rest) and (_SINGLE.fullmatch(name) or "、" in name or _NO_ORGAN.fullmatch(name)):
        return True
    if divisions.by_short_name(name) and not is_class(rest):
        return True
    if _PLACES_ALONE.fullmatch(name) and _PLACE_WITH_ORGAN.match(rest):
        return True
    return is_class(name) and not is_class(rest) and bool(organ(rest.partition("（")[0]))


def split_signature(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the organs that sign in one line: several stand apart by blanks or 、, if each ends as an organ's name does.

    Names without anything between them are told apart by the place that each begins with.

    >>> text = "山前省水利厅山前省财政厅"
    >>> [text[start:end] for start, end in split_signature(text)]
    ['山前省水利厅', '山前省财政厅']
    """
    cuts = [match.span() for match in _BETWEEN.finditer(text)]
    if place := _PLACE.match(text):
        again = re.finditer(rf"(?<=[厅局委办会部府院]){place[0]}", text)
        cuts = sorted([*cuts, *((at.start(), at.start()) for at in again)])
    parts = [
        text[start:end].strip()
        for start, end in zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)], strict=True)
    ]
    parts = [part for part in parts if part]
    if not all(map(is_organ, parts)):
        yield 0, len(text)
        return
    at = 0
    for part in parts:
        at = text.index(part, at)
        yield at, at + len(part)
        at += len(part)


_WHOLE_NAME = re.compile(
    r"(?:[\u4e00-\u9fff]{2,16}?(?:人民政府(?:办公[厅室])?|人民代表大会常务委员会|人民法院|人民检察院|委员会|大学|学院)|国务院(?:办公厅)?)(?=[\u4e00-\u9fff《])"
)


def first_organ(title: str) -> str | None:
    """The organ with whose whole name a title begins; None where it begins with none, or with that of something it is about.

    >>> first_organ("某县人民政府工作规则"), first_organ("国务院工作规则"), first_organ("某县修渠办法"), first_organ("某县人民政府")
    ('某县人民政府', '国务院', None, None)
    """
    match = _WHOLE_NAME.match(title)
    return match[0] if match and is_organ(match[0]) else None


def title_organs(title: str) -> Iterator[tuple[int, int]]:
    """Offsets of the organs that a title begins with: 某县人民政府 of 某县人民政府关于…的通知.

    >>> [slice(*at) for at in title_organs("教育部 财政部关于做好某项工作的通知")]
    [slice(0, 3, None), slice(4, 7, None)]
    >>> [slice(*at) for at in title_organs("推进“节水县”建设领导小组办公室关于做好某项工作的通知")]
    [slice(0, 16, None)]
    """
    match = _title_prefix().match(title)
    if not match:
        return
    organs = _NUMBERED.sub("", match["organs"].rstrip())
    for start, end in split_signature(organs):
        if is_organ(organs[start:end]):
            yield start, end
