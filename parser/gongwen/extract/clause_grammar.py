"""The grammar of responsibility clauses: who leads, who supports, who is responsible, until when.

A clause is a small language, the same in brackets, on a labelled line and in a table's cell:

    clause   = part { separator part }
    part     = [ label ] list [ verb ] | deadline | convention | other-label text
    label    = "牵头单位：" | "【责任单位】" | "配合部门：" | …        gives its role to the names up to the next label
    list     = name { separator name } [ "等" [ name ] ] [ "会同" list ]
    verb     = [ manner ] ( "牵头" | "负责" | "配合" | … )          gives its role to the names since the last label or verb
    manner   = "按职责分工" | "分别" | "共同" | …
    name     = run of other characters { bracketed note }
    deadline = "2020年6月底前" … | "持续推进" | …
    separator = "、" | "，" | "；" | "。" | blank

Read from left to right, once: marks (labels, verbs, separators, …) are found by one expression, *names are what stands
between marks*, and a label or verb reduces the names that wait for a role. What is left without one takes the label's role,
supports where a lead came before, and else is responsible. 和, 及, 与 join two names only where both sides are names
(see ``_split``): 人力资源和社会保障局 is one, 各区人民政府和开发区管委会 are two, 有关部门和单位 is one class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongwen.document import Extent
from gongwen.lexicon import vocabulary
from gongwen.lexicon.units import LEVELS, ends_like, is_class, split_level
from gongwen.model import Role, RoleBasis

OPENING = "（([［〔【﹝〈"
CLOSING = "）)]］〕】﹞〉"


class _Word(NamedTuple):
    """What a role word says of the units that it stands with, and of units that stand with no other role."""

    role: Role
    alone: Role


_MEANINGS = {
    "lead": _Word("lead", "lead"),
    "answer": _Word("responsible", "responsible"),
    "support": _Word("support", "support"),
    "join": _Word("support", "responsible"),
}
_ANSWERS, _SUPPORTS, _JOINS = _MEANINGS["answer"], _MEANINGS["support"], _MEANINGS["join"]


def meaning(role_word: str) -> _Word:
    """What a word of roles.tsv says of the units that it stands with."""
    return _MEANINGS[vocabulary.codes("roles")[role_word]]


_WORD = vocabulary.alternation("roles", "verb")
_BODY = vocabulary.alternation("unit_nouns", "label", "unit")
_STOP = r"、，,；;。：:\s" + re.escape(OPENING + CLOSING)

LABEL = rf"(?:共同|协同(?={_WORD})|其他|其它|具体|工作|第一|[{LEVELS}]级)?+(?P<{{name}}>{_WORD})(?:[（(][^{_STOP}]{{{{1,6}}}}[)）])?[^{_STOP}]{{{{0,6}}}}?"
BOXED_LABEL = (
    rf"[{re.escape(OPENING)}](?P<boxed>{_WORD})[^{_STOP}]{{0,4}}?(?:{_BODY})[{re.escape(CLOSING)}][：:]?(?=[^{_STOP}])"
)

_WHEN = rf"""(?<![一-鿿])(?:
      (?:(?:19|20)[0-9]{{2}}年|[0-9]{{1,2}}月|[上中下]半年|第[一二三四]季度|全年|年[底内]|每年)[^{_STOP}]{{0,24}}+
    | (?:持续|长期|常年|常态化|适时|立即|即时)[^{_STOP}]{{0,8}}+
    )"""

_CONVENTION = rf"""(?:[排列位][^{_STOP}]{{0,8}}?(?:第一|首)|第一[位个家名]|首[位个家])[^{_STOP}]{{0,10}}?
    (?:(?:牵头|主办|主责|主要责任|第一责任)(?:责任)?(?:{_BODY})|(?:单位|部门)(?:负责)?牵头)(?:[，,；;]?\s?下同)?"""
_BEGINS_MARK = (
    "排列位第首0-9上下全年每持长常适立即共协其具工牵主责负承配参支指落实推监为是按依根据在分联统组各结积密认抓做予会等"
)
_MARK = re.compile(
    rf"""(?=[{_STOP}{_BEGINS_MARK}]|[{LEVELS}]级)(?:  # most characters begin no mark: one look tells
      (?P<separator>(?!(?<=(?<![一-鿿])中)、省驻)[、，,；;。\s]++)  # 中、省驻某市单位 is one class
    | {BOXED_LABEL}
    | (?P<open>[{re.escape(OPENING)}])
    | (?P<close>[{re.escape(CLOSING)}])
    | (?P<colon>[：:])
    | (?P<convention>(?<![一-鿿]){_CONVENTION})
    | (?P<when>{_WHEN})
    | {LABEL.format(name="label")}(?:(?P<labelled>[：:])|(?<=单位|部门|主体)(?=\s?[^{_STOP}])(?!{_WORD}))
    | (?:为|是)(?P<named>{_WORD})(?:{_BODY})(?=[{_STOP}]|$)
    | (?P<manner>(?:(?:按照?|依照?|依据|根据|在)[^{_STOP}]{{1,14}}?)?
        (?:分工|分别|分头|共同|联合|具体|统筹|协调|组织|各自|结合实际|积极|密切|认真|抓好|做好|予以){{0,8}}+)
      (?P<verb>{_WORD})(?:(?!单位|部门|处室|考核|领导|人)(?<=牵头)|(?:{_WORD}|抓好|做好|组织|具体|相关|有关|工作){{0,8}}+(?=[{_STOP}等]|会同|$))
      (?:{_WORD})*+
    | (?P<with>会同|联合(?=[{LEVELS}各有相]))
    | (?P<open_end>(?<![高中初同平优均])等(?![级学教院])))
    """,
    re.VERBOSE,
)
FIRST_LEADS = re.compile(_CONVENTION, re.VERBOSE)
_DROPPED_AFTER_ETC = re.compile(r"(?:[0-9一二三四五六七八九十]+[个家]?|多个|多家|各)?(?:部门|单位|机构|方面)*$")
_AND = re.compile("[以和及与](?:(?<=以)及|(?<!以)(?!其))")
_LEVEL_WORDS = re.compile(rf"[{LEVELS}街道办园新开发管委会、，,或和]+$")
_COLUMN_ROLE = re.compile(_WORD)
_TIME_LABEL = re.compile("时限|时间|进度|期限|节点")
_SCOPE = re.compile(r"(?:以下|下列|上述)[^、，]{0,20}均|不再(?:单独|重复|一一)?列")
_OF_PEOPLE = re.compile("领导|人[：:]?$")  # 责任领导：, 责任人：
_ROLE_NOTE = re.compile(rf"({_WORD})(?:{_BODY})?")
LONGEST_NAME = 40  # characters
_SHORTEST_TWO = 8  # characters of two organs' names: 市财政局市科技局


class Name(NamedTuple):
    """A unit as named in a clause: its place, its role and the words that give it; ``open`` says that 等 follows.

    ``reading`` is the name with what it shares with its neighbours (see ``gongwen.extract.elision``).
    """

    start: int
    end: int
    text: str
    role: Role
    role_text: str | None
    basis: RoleBasis
    open: bool
    reading: str | None = None


class Reading(NamedTuple):
    """What a clause says. ``evidence`` is the strongest sign that it is one: a label, a verb, or the names alone."""

    names: tuple[Name, ...]
    when: Extent | None
    first_leads: bool
    evidence: str


class _Waiting:
    """A name that no label or verb has given a role yet; ``word`` is set where it has one of its own (会同, a note)."""

    __slots__ = ("end", "open", "start", "text", "word")

    def __init__(self, start: int, end: int, text: str, word: tuple[_Word, str] | None) -> None:
        self.start, self.end, self.text, self.open, self.word = start, end, text, False, word


class _Parser:
    """The state of one reading: names that wait, names that have their role, the label that holds."""

    def __init__(self, text: str, conjunctions: bool) -> None:
        self.text = text
        self.conjunctions = conjunctions
        self.waiting: list[_Waiting] = []
        self.done: list[tuple[_Waiting, _Word, str | None, RoleBasis]] = []
        self.label: tuple[_Word, str] | None = None
        self.led = False
        self.joined = False
        self.group = 0  # how many of those that wait stand before the last ， or ；
        self.after_etc = False
        self.after_verb = False
        self.ignored = False
        self.timed = False
        self.when: Extent | None = None
        self.first_leads = False

    def name(self, start: int, end: int) -> None:
        """Take what stands between two marks as a name, or as two that 和 joins."""
        text = self.text
        while start < end and text[start] in "由 　*△▲★☆●·":
            start += 1
        while end > start and text[end - 1] in " 　*":
            end -= 1
        if start == end or text.startswith("下同", start, end):
            return
        if _SCOPE.match(text, start, end):  # a convention for the tasks below names units that this clause doesn't
            self.ignored, self.timed = True, False
        if self.ignored:
            if self.timed:
                self.when = Extent(start, end)
            return
        if self.after_verb and not ends_like(text[start:end]):  # what is led: 牵头制定方案
            return
        word = (_SUPPORTS, "会同") if self.joined else None
        for first, last in _split(text, start, end) if self.conjunctions else ((start, end),):
            if self.after_etc and first == start and _DROPPED_AFTER_ETC.match(text, first, last):
                continue
            if _SHORTEST_TWO <= last - first <= LONGEST_NAME and (border := _meeting(text, first, last)):
                self.waiting.append(_Waiting(first, border, text[first:border], word))
                first = border
            self.waiting.append(_Waiting(first, last, text[first:last], word))

    def note(self, at: int, opened: int, closed: int, end: int) -> int:
        """Take a bracketed note after a name: it gives the name its role, is part of the name, or neither. Return where the name goes on."""
        content = self.text[opened + 1 : closed - 1]
        word = _ROLE_NOTE.fullmatch(content)
        if word is None and not FIRST_LEADS.match(content):
            if ends_like(content) or _LEVEL_WORDS.fullmatch(content):
                return at
            if closed < end and not _MARK.match(self.text, closed, end) and len(content) < LONGEST_NAME:
                return at
        self.name(at, opened)
        if word and self.waiting:
            self.waiting[-1].word = (meaning(word[1]), content)
        self.first_leads = self.first_leads or (word is None and FIRST_LEADS.match(content) is not None)
        return closed

    def verb(self, word: _Word, role_text: str) -> None:
        """Give the names that wait the role of a verb.

        负责 says no more than the label before it. 配合 is said of its own group only where nobody was given a role before: in
        牵头单位：甲局，乙局、丙局配合 the first is no support.
        """
        if self.label and word.role == "responsible":
            word = self.label[0]
        elif word.alone == "support" and not self.led and self.group:
            group = self.waiting[self.group :]
            del self.waiting[self.group :]
            self.flush()
            self.waiting = group
        self.reduce(word, role_text, "stated")

    def reduce(self, word: _Word, role_text: str | None, basis: RoleBasis) -> None:
        """Give the names that wait their role."""
        for name in self.waiting:
            if name.word:
                self.done.append((name, *name.word, "stated"))
            else:
                self.done.append((name, word, role_text, basis))
        self.led = self.led or (word.role == "lead" and bool(self.waiting))
        self.waiting = []
        self.group = 0
        self.joined = False

    def flush(self) -> None:
        """Give the names that wait the role of the label, or the one that is left."""
        if self.label:
            self.reduce(*self.label, "stated")
        else:
            led = self.led or any(name.word and name.word[0].role == "lead" for name in self.waiting)
            self.reduce(_JOINS if led else _ANSWERS, None, "plain")


def read(text: str, start: int, end: int, column: str | None = None) -> Reading | None:
    """Read ``text[start:end]``, without the brackets around it, as a clause; None where it names nobody.

    ``column`` is the head of the column (牵头单位) where a table's cell is read; it is the label of the cell. Whether what was
    read really is a clause depends on its evidence and on where it stands: see ``gongwen.extract.clauses``.

    >>> [(name.text, name.role) for name in read("市工信局牵头，市科技局、市财政局等配合", 0, 19).names]
    [('市工信局', 'lead'), ('市科技局', 'support'), ('市财政局', 'support')]
    """
    parser = _Parser(text, _AND.search(text, start, end) is not None)
    evidence = "list"
    if column and (head := _COLUMN_ROLE.search(column)):
        evidence = "label"
        parser.label = (meaning(head[0]), column)
    at, depth, opened = start, 0, start
    for mark in _MARK.finditer(text, start, end):
        kind = mark.lastgroup
        first, last = mark.span()
        if depth:
            depth += (kind == "open") - (kind == "close")
            if not depth:
                at = parser.note(at, opened, last, end)
            continue
        if kind == "open":
            depth, opened = 1, first
            continue
        if kind == "close" or (kind == "label" and at < first):  # a word within a name: 各牵头单位
            continue
        if kind != "colon":
            parser.name(at, first)
        at = last
        parser.after_etc = kind == "open_end"
        parser.after_verb = kind == "verb"
        if kind == "separator":
            if mark[0][0] not in "、 　":
                parser.group = len(parser.waiting)
            continue
        if kind == "verb" or kind == "named":
            evidence = "verb" if evidence == "list" else evidence
            parser.verb(meaning(mark[kind]), mark[0])
        elif kind in ("label", "labelled") and _OF_PEOPLE.search(mark[0]):
            parser.flush()
            parser.ignored, parser.timed = True, False
        elif kind == "label" or kind == "labelled" or kind == "boxed":
            evidence = "label"
            parser.flush()
            parser.label = (meaning(mark["label"] or mark["boxed"]), mark[0].strip("：:" + OPENING + CLOSING))
            parser.ignored = False
        elif kind == "colon":
            parser.flush()
            parser.ignored = True
            parser.timed = _TIME_LABEL.search(text, max(start, first - 6), first) is not None
        elif kind == "when":
            parser.when = Extent(first, last)
        elif kind == "with":
            parser.joined = True
        elif kind == "convention":
            parser.first_leads = True
        elif kind == "open_end" and parser.waiting:
            parser.waiting[-1].open = True
    parser.name(at, opened if depth else end)
    parser.flush()
    if not parser.done:
        return None
    return Reading(tuple(_names(parser.done)), parser.when, parser.first_leads, evidence)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names that 和, 及, 与, 以及 join: both sides must be names, the right one by itself, with more than a common noun."""
    for word in _AND.finditer(text, start, end):
        left = text[max(start, word.start() - LONGEST_NAME) : word.start()]
        right = text[word.end() : min(end, word.end() + LONGEST_NAME)]
        if not ends_like(left) or left.count("（") != left.count("）"):
            continue
        if (
            is_class(right)
            or right[:1] in LEVELS
            or (ends_like(right) and len(right) > 4)
            or (len(right) > 2 and ends_like(right, "organ"))
        ):
            yield start, word.start()
            start = word.end()
    yield start, end


def _meeting(text: str, start: int, end: int) -> int | None:
    """Where two organs of one level meet because the mark between them was lost (区财政局区住建委), None if they are one name."""
    for place in range(start + 4, end - 3):
        if text[place] == text[start] and text[place] in LEVELS and ends_like(text[start:place], "organ"):
            behind = text[place:end]
            if split_level(behind) and split_level(text[start:place]) and ends_like(behind, "organ"):
                return place
    return None


def _names(done: Iterable[tuple[_Waiting, _Word, str | None, RoleBasis]]) -> Iterator[Name]:
    """The names with the roles that they have beside one another."""
    answered = any(word.role != "support" for _, word, _, _ in done)
    for name, word, role_text, basis in done:
        yield Name(name.start, name.end, name.text, word.role if answered else word.alone, role_text, basis, name.open)
