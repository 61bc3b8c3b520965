"""Names of units in running words: where a name that begins at some place ends.

Nobody writes where a name ends and a verb begins (县财政局验收). A name is *recognized*: by its ending, or because the notice
uses it elsewhere as a name. The longest that can be one is taken, so 县委组织部 isn't cut behind 县委; what can't go on is

    等                县林业局 + 等部门
    another name      县教育局 + 县财政局, 县水利局 + 各乡镇, 各区人民政府 + 和 + 开发区管委会
    a word of duty    县水利局 + 指导各乡镇, 县财政局 + 牵头; but 县委组织部: the word with an ending is a part of the organ
    a verb            县财政局 + 督办: two characters behind a whole name that end like an office and aren't known as one

What begins in the middle of other words is no name: 报市水利局, 指导各乡镇.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gongwen.lexicon import divisions, registry, vocabulary
from gongwen.lexicon.organs import organ
from gongwen.lexicon.units import LEVELS, ending, ends_like, is_class, split_level

LONGEST_NAME = 40  # characters
OPENING = "（(［[〔【﹝〈"
CLOSING = "）)]］〕】﹞〉"

_SHORTEST_HEAD = 4  # characters of the shorter of two names that meet without a mark: 市财政局市科技局
_AND = re.compile("[以和及与](?:(?<=以)及|(?<!以)(?!其))")
_RELATED = re.compile("与[^与]{1,20}?[有相]关的")  # 与村民有关的部门
_HOTLINE = re.compile("[0-9]{4,6}[一-鿿]{2}")  # 12345热线受理中心 is named after its number
_NO_NAME = re.compile(
    r"[《》%％！？!?=+]"
    r"|的(?!(?:[各有相关所市县区省级]|其他)*(?:部门|单位|机构)(?:[和及](?:部门|单位|机构))?$"  # 县级办理行政许可的部门
    r"|[^的]{2,30}(?:指挥部|领导小组|工作组|专班|委员会)(?:办公室|办|成员单位)?$)"  # …感染的肺炎疫情防控指挥部办公室
)
_SCOPE_WORD = re.compile("不再|以下|(?:[均都皆]|一律)[需须应要涉由为是]")
_DOUBTFUL = re.compile(r"\A[0-9]|[《》%％！？!?=+的“不以均都皆律]")  # what stands in every name that isn't plausible


class NameEnd(NamedTuple):
    """Where a name ends, and the row of unit_endings.tsv that it ends like: its word and code; both are "own" for a name of the notice."""

    end: int
    code: str
    word: str


class _Border(NamedTuple):
    """A place where the words so far end like a name; ``tail`` is where the ending begins."""

    end: int
    tail: int
    term: vocabulary.Term


def name_ends(text: str, start: int, stop: int, own: frozenset[str] = frozenset()) -> Iterator[NameEnd]:
    """Where a name of a unit that begins at ``start`` may end, at most at ``stop``, the longest first.

    ``own`` are names that the notice uses elsewhere, whatever they end in. Brackets in the text belong to the name.

    >>> [at.end for at in name_ends("县委宣传部", 0, 5)], [at.end for at in name_ends("县财政局督办", 0, 6)]
    ([5, 2], [4])
    """
    stop = min(stop, start + LONGEST_NAME)
    ends: list[NameEnd] = []
    heads: list[_Border] = []
    for border in _borders(text, start, stop):
        if _is_name(text[start : border.end], border.term) and _is_one(text, start, border, heads):
            ends.append(NameEnd(border.end, border.term.code, border.term.text))
        if _etc().match(text, border.end) or joins_names(text, start, border.end, stop):
            break
        heads.append(border)
    ends += [
        NameEnd(start + len(name), "own", "own")
        for name in _central_beginnings().get(text[start : start + 2], ())
        if text.startswith(name, start, stop) and not ends_like(name)  # 共青团中央
    ]
    ends.sort()
    if own:
        known = {start + length for length in range(2, stop - start + 1) if text[start : start + length] in own}
        ends = [end for end in ends if end.end not in known] + [NameEnd(end, "own", "own") for end in known]
        ends.sort()
    return reversed(ends)


def _is_name(name: str, last: vocabulary.Term) -> bool:
    """Whether ``name``, which ends in ``last``, can be one as a whole."""
    if _is_verb(name, last) and name[0] not in LEVELS and not is_class(name) and not divisions.begins(name):
        return False
    return can_be_name(name)


def can_be_name(words: str) -> bool:
    """Whether ``words`` can be a name, whatever they end in: no name holds some signs, or a name that other words lead up to."""
    return plausible(words) and not is_led_in(words) and not _no_unit().search(words)


@vocabulary.compiled
def _no_unit() -> re.Pattern[str]:
    """Words that stand in no name: 待定, 加盖, 公章."""
    return re.compile(vocabulary.alternation("clause_words", code="never"))


def mentions_name(words: str) -> bool:
    """Whether other words lead up to a name within ``words``: 经费由县财政局保障."""
    return any(starts_name(words, match.end(), len(words)) for match in _lead_in().finditer(words))


def _borders(text: str, start: int, stop: int) -> Iterator[_Border]:
    """The places where ``text[start:…]`` ends like a unit's name; a bracket belongs to the words before it."""
    at = start
    last: _Border | None = None
    while at < stop:
        if text[at] in OPENING and at > start and (behind := _behind_bracket(text, at, stop)):
            at = behind
            if last:
                last = last._replace(end=at)
            continue
        if last:
            yield last
            last = None
        at += 1
        term = ending(text[start:at]) if text[at - 1] not in CLOSING else None
        if term and term.code != "noun" and at - start > 1:
            last = _Border(at, at - len(term.text), term)
    if last:
        yield last


def _behind_bracket(text: str, at: int, stop: int) -> int | None:
    """Where the bracket that opens at ``at`` is closed, None where it isn't."""
    depth = 0
    for place in range(at, stop):
        depth += (text[place] in OPENING) - (text[place] in CLOSING)
        if not depth:
            return place + 1
    return None


def _is_one(text: str, start: int, border: _Border, heads: list[_Border]) -> bool:
    """Whether the words up to ``border`` are one name, and not one up to one of ``heads`` with something else behind it."""
    for head in heads:
        if head.end > border.tail:
            break
        behind = text[head.end : border.end]
        whole = head.term.code == "organ"
        if (whole or head.term.code == "office") and _is_another(text, start, head.end, border):
            return False
        if whole and not is_part(behind, border.term.text):
            return False
        if _is_verb(behind, border.term) and (whole or _is_known(text[start : head.end])):
            return False
    return True


@vocabulary.compiled
def _etc() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("clause_words", code="etc"))


def joins_names(text: str, start: int, at: int, stop: int) -> int:
    """Where the second name begins if 和, 及, 与, 以及 at ``at`` join two, else 0: both must be names, the second by itself.

    人力资源和社会保障局 is one, 各区人民政府和开发区管委会 are two, 有关部门和单位 is one class.
    """
    return second_name(text, at, stop) if ends_like(text[max(start, at - LONGEST_NAME) : at]) else 0


def second_name(text: str, at: int, stop: int) -> int:
    """Where a name begins that 和, 及, 与, 以及 at ``at`` joins to what stands before, 0 if they don't."""
    word = _AND.match(text, at, stop)
    if word is None or _RELATED.match(text, at, stop):
        return 0
    second = word.end()
    right = text[second : min(stop, second + LONGEST_NAME)]
    if is_class(right) or right[:1] in LEVELS:
        return second
    lengths = [(border.end, border.term.code) for border in _borders(right, 0, len(right))]
    return second if any(end > 4 or (end > 2 and code in ("organ", "office")) for end, code in lengths) else 0


def starts_name(text: str, at: int, stop: int) -> bool:
    """Whether a name surely begins at ``at``: a level and an organ that is known, a central organ, or a class."""
    stop = min(stop, at + LONGEST_NAME)
    words = text[at:stop]
    if is_class(words):
        return any(_borders(text, at, stop))
    if words[:2] in _central_beginnings() and any(words.startswith(name) for name in _central_beginnings()[words[:2]]):
        return True
    parts = split_level(words)
    return parts is not None and any(
        organ(text[at + len(parts[0]) : border.end]) or border.term.code == "organ"
        for border in _borders(text, at, stop)
    )


@cache
def _central_beginnings() -> dict[str, tuple[str, ...]]:
    """The names of central organs of four characters or more, by their first two."""
    names: dict[str, tuple[str, ...]] = {}
    for name in sorted(registry.central_organs()):
        if len(name) > 3:
            names[name[:2]] = (*names.get(name[:2], ()), name)
    return names


def _is_known(name: str) -> bool:
    """Whether ``name`` is an organ of the lexicon with its level: 县妇联."""
    parts = split_level(name)
    return parts is not None and bool(organ(parts[1]))


def _is_another(text: str, start: int, head: int, border: _Border) -> bool:
    """Whether what stands behind a whole name, without a mark, is another name: 区财政局区住建委, 县水利局各乡镇."""
    behind = text[head : border.end]
    if is_class(behind):
        return border.term.code != "general"  # 市政府有关部门 is one class
    if text[head] not in LEVELS or min(head - start, border.end - head) < _SHORTEST_HEAD:
        return False
    parts = split_level(behind)
    if parts is None or border.term.code not in ("organ", "office"):
        return False
    return bool(organ(parts[1])) or (text[head] == text[start] and split_level(text[start:head]) is not None)


@vocabulary.compiled
def _duties() -> re.Pattern[str]:
    """The words that say what a unit does: those that parts of an organ are named by, too (组织部, 督查室), and those that none is."""
    parts = [vocabulary.alternation("roles", "verb", "join"), vocabulary.alternation("clause_words", code="manner")]
    never = [vocabulary.alternation("roles", "verb", code) for code in ("lead", "answer", "support")]
    never += [vocabulary.alternation("roles", code="with"), vocabulary.alternation("clause_words", code="duty")]
    return re.compile(f"(?P<never>{'|'.join(never)})|(?:{'|'.join(parts)})")


def is_part(words: str, last: str) -> bool:
    """Whether ``words``, the end of a name that ends in ``last``, can be of it though they begin with a word of duty: 组织部, 督查室.

    >>> is_part("组织部", "部"), is_part("推进城镇化办公室", "室"), is_part("组织开会", "会"), is_part("牵头办公室", "室")
    (True, True, False, False)
    """
    duty = _duties().match(words)
    if duty is None or organ(words):
        return True
    rest = words[duty.end() :]
    if duty["never"] or not rest or rest[0] in LEVELS or is_class(rest):
        return False
    return len(rest) > 2 or len(rest) == len(last)


def _is_verb(words: str, last: vocabulary.Term) -> bool:
    """Whether ``words`` behind a whole name are more likely a verb: 督办, 入库, 下乡 end like an office or a place."""
    return len(words) == 2 and len(last.text) == 1 and last.code != "organ" and not organ(words)


@vocabulary.compiled
def _lead_in() -> re.Pattern[str]:
    """What stands before a name without being of it: 报市水利局, 指导各乡镇."""
    words = [vocabulary.alternation("clause_words", code=code) for code in ("before_name", "manner", "duty")]
    words += [vocabulary.alternation("roles", "verb"), vocabulary.alternation("roles", code="with")]
    return re.compile(f"(?:{'|'.join(words)})(?=[{LEVELS}各有相])")


def is_led_in(name: str) -> bool:
    """Whether other words lead up to a name that begins within ``name``."""
    for match in _lead_in().finditer(name):
        behind = name[match.end() :]
        parts = split_level(behind)
        if len(behind) < 2 or is_class(behind) or (parts and organ(parts[1])):
            return len(match[0]) > 1 or not divisions.begins(name)  # 和县财政局 is of 和县
    return False


def leads_up(text: str, start: int, at: int) -> bool:
    """Whether words before ``at`` lead up to a name there that is only mentioned: 名单报至省工信厅."""
    return any(match.end() == at for match in _lead_in().finditer(text, start, at + 1))


def plausible(name: str) -> bool:
    """Whether ``name`` can be a name at all, going by its length and by what no name holds.

    >>> plausible("市发展改革委"), plausible("12345热线受理中心"), plausible("3个示范中心"), plausible("“一窗受理”的情况")
    (True, True, False, False)
    """
    if not 1 < len(name) <= LONGEST_NAME:
        return False
    if not _DOUBTFUL.search(name):
        return True
    if _SCOPE_WORD.search(name) or _NO_NAME.search(name):
        return False
    if name[0].isdigit() and not (_HOTLINE.match(name) and ends_like(name, "organ")):
        return False
    return "“" not in name or ends_like(name)
