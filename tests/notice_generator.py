"""Invented notices with known answers: vocabulary × layout × damage, from a seed.

A notice is composed line by line; each answer (a title, a unit with its role, a goal) is noted with its place. A layout or damage then
changes the text and says where each character went, so that an answer can be sought, or a finding about it, at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from opencc import OpenCC

from damage_model import damage
from diff_phrases import GOALS, MATTERS, MEASURES, PLACES, SAFEGUARDS, TITLES, TOPICS, UNITS
from gongwen.analysis import Analysis
from gongwen.lexicon import vocabulary
from gongwen.model import Notice, Span
from notice_builder import chinese


class Answer(NamedTuple):
    """What the notice says at a place: of which kind (a field), in which words or value."""

    kind: str
    value: str
    start: int
    end: int


class Made(NamedTuple):
    """A notice as a file has it, with the answers at their places in it."""

    source: str
    answers: tuple[Answer, ...]
    recipe: str


class Laid(NamedTuple):
    """A text in a layout; ``places`` are where in it each character of the plain text stands, its end included."""

    text: str
    places: list[int]


def make(seed: int) -> Made:
    """The notice of ``seed``, in a layout and with damage of its own."""
    chance = Random(seed)
    plain, answers = _Composer(chance).notice()
    layout, spoil = chance.choice(sorted(LAYOUTS)), chance.choice(["none", "none", "notes", "folded"])
    laid = LAYOUTS[layout](plain, chance)
    if spoil != "none" and layout not in ("page", "traditional"):
        laid = _damaged(laid, spoil, chance)
    else:
        spoil = "none"
    placed = [answer._replace(start=laid.places[answer.start], end=laid.places[answer.end]) for answer in answers]
    return Made(laid.text, tuple(placed), f"{seed}: {layout}, {spoil}")


class _Composer:
    """Writes a notice of the plainest layout."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.text = ""
        self.answers: list[Answer] = []
        self.matters = chance.sample(sorted(MATTERS), len(MATTERS))

    def put(self, words: str, kind: str = "", value: str | None = None) -> None:
        if kind:
            start = len(self.text)
            self.answers.append(Answer(kind, words if value is None else value, start, start + len(words)))
        self.text += words

    def notice(self) -> tuple[str, list[Answer]]:
        chance, place = self.chance, self.chance.choice(PLACES)
        plan = f"{place}{chance.choice(TOPICS)}三年行动方案"
        self.put(f"{place[0]}政办〔2025〕{chance.randint(1, 99)}号", "document_number")
        self.put("\n")
        self.put(f"{place}人民政府办公室关于印发{plan}的通知", "title")
        self.put("\n")
        for number, name in enumerate(("各乡镇人民政府", "县政府各部门", "县直各单位")):
            self.put("，" if number else "")
            self.put(name, "recipient")
        self.put(f"：\n《{plan}》已经县政府同意，现印发给你们，请认真贯彻执行。\n")
        self.put(f"{place}人民政府办公室", "issuer")
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        self.put("\n")
        self.put(f"2025年{month}月{day}日", "issue_date", f"2025-{month:02}-{day:02}")
        self.put(f"\n{plan}\n")
        self._basis()
        self._heading("一、", "重点任务")
        number = 0
        for group in range(1, chance.randint(2, 4)):
            self._heading(f"（{chinese(group)}）", f"{self.matters.pop()}攻坚行动")
            for _ in range(chance.randint(2, 4)):
                number += 1
                self._task(number)
        self._heading("二、", "保障措施")
        for at, (title, *sentences) in enumerate(chance.sample(SAFEGUARDS, 3), 1):
            self._heading(f"（{chinese(at)}）", title, "。" + "".join(sentences))
        return self.text, self.answers

    def _basis(self) -> None:
        title = f"关于加强{self.matters.pop()}工作的意见"
        number = f"国办发〔{self.chance.randint(2019, 2024)}〕{self.chance.randint(1, 90)}号"
        self.put("根据")
        self.put(f"《{title}》（{number}）", "citation", f"{title} {number}")
        self.put("，制定本方案。\n")

    def _heading(self, marker: str, title: str, text: str = "") -> None:
        self.put(marker)
        self.put(title, "section", f"{marker} {title}")
        self.put(text + "\n")

    def _task(self, number: int) -> None:
        chance, matter = self.chance, self.matters.pop()
        nouns = MATTERS[matter].split()
        title = chance.choice(chance.choice(TITLES)).format(m=matter)
        self._heading(f"{number}.", title, "。")
        self.text = self.text[:-1]
        for _ in range(chance.randint(1, 3)):
            said = [
                chance.choice(chance.choice(MEASURES)).format(n=chance.choice(nouns))
                for _ in range(chance.choice([1, 2]))
            ]
            self.put("，".join(said) + "。")
        if chance.random() < 0.5:
            self._goal(chance.choice(nouns))
        self._clause()
        self.put("\n")

    def _goal(self, noun: str) -> None:
        chance = self.chance
        forms, units = chance.choice(GOALS)
        unit, year = chance.choice(units), chance.randint(2026, 2030)
        value = str(chance.randint(30, 80) if unit == "%" else chance.randint(100, 990))
        before, after = chance.choice(forms).format(n=noun, v="\0", u="").split("\0")
        self.put(f"到{year}年，{before}{value}{unit}", "target", f"{value} {unit} {year}")
        self.put(after + "。")

    def _clause(self) -> None:
        """Units with their roles, in one of the forms and with any words that the vocabulary has for the roles."""
        chance = self.chance
        names = [f"县{name}" for name in chance.sample(UNITS, chance.randint(2, 4))]
        lead, support = self._word("lead"), self._word("support")
        form = chance.randrange(4)
        if form == 0:
            self._units([("", names[:1], f"{lead}，", "lead"), ("", names[1:], support, "support")], "（", "）")
        elif form == 1:
            self._units(
                [(f"{lead}单位：", names[:1], "；", "lead"), (f"{support}单位：", names[1:], "", "support")], "（", "）"
            )
        elif form == 2:
            self._units([("责任单位：", names, "", "responsible")], "（", "）")
        else:
            self._units([("", names, "负责", "responsible")], "（", "）")

    def _word(self, code: str) -> str:
        rows = [
            row.text for row in vocabulary.terms("roles") if row.code == code and {"label", "verb"} <= set(row.contexts)
        ]
        plain = [word for word in rows if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", word)]
        return self.chance.choice(plain) if self.chance.random() < 0.5 else {"lead": "牵头", "support": "配合"}[code]

    def _units(self, groups: list[tuple[str, list[str], str, str]], opening: str, closing: str) -> None:
        self.put(opening)
        for label, names, behind, role in groups:
            self.put(label)
            for at, name in enumerate(names):
                self.put("、" if at else "")
                self.put(name, "unit", f"{name} {role}")
            self.put(behind)
        self.put(closing)


# layouts


def _each(plain: str, change: Callable[[str], str]) -> Laid:
    """Each character replaced by what ``change`` makes of it."""
    pieces, places, at = [], [], 0
    for character in plain:
        places.append(at)
        pieces.append(change(character))
        at += len(pieces[-1])
    return Laid("".join(pieces), [*places, at])


def _by_line(plain: str, change: Callable[[str], tuple[str, list[int]]], between: str = "\n") -> Laid:
    """Each line replaced; ``change`` gives the line and where each of its characters went, its end included."""
    pieces, places, at = [], [], 0
    for line in plain.split("\n"):
        laid, within = change(line)
        places += [at + offset for offset in within]
        pieces.append(laid)
        at += len(laid) + len(between)
    return Laid(between.join(pieces), places)


def _plain(plain: str, chance: Random) -> Laid:
    return Laid(plain, list(range(len(plain) + 1)))


def _indented(plain: str, chance: Random) -> Laid:
    return _by_line(plain, lambda line: ("　　" + line, list(range(2, len(line) + 3))))


def _apart(plain: str, chance: Random) -> Laid:
    """Line ends of Windows, with empty lines and trailing blanks."""
    return _each(plain, lambda character: " \r\n\r\n" if character == "\n" else character)


def _half_width(plain: str, chance: Random) -> Laid:
    folded = str.maketrans("（），：；〔〕", "(),:;[]")
    return Laid(plain.translate(folded), list(range(len(plain) + 1)))


def _traditional(plain: str, chance: Random) -> Laid:
    return Laid(OpenCC("s2t").convert(plain), list(range(len(plain) + 1)))


def _wrapped(plain: str, chance: Random) -> Laid:
    """Lines of 28 characters, as a page has them, two figures or half-width marks in the place of one; paragraphs are indented."""
    columns = 56

    def wrap(line: str) -> tuple[str, list[int]]:
        indent = "　　" if len(line) > columns // 2 or re.match("[一二三四五（(0-9]", line) else ""
        laid, width, within = indent, 2 * len(indent), []
        for character in line:
            wide = 2 if ord(character) > 0xFF else 1
            if width + wide > columns:
                laid, width = laid + "\n", 0
            within.append(len(laid))
            laid, width = laid + character, width + wide
        return laid, [*within, len(laid)]

    return _by_line(plain, wrap)


def _page(plain: str, chance: Random) -> Laid:
    """Paragraphs of a web page; spans refer to the text that its reader finds, one line a paragraph."""
    paragraphs = "".join(f"<p>{line}</p>" for line in plain.split("\n"))
    return Laid(f"<html><body><div class=article>{paragraphs}</div></body></html>", list(range(len(plain) + 1)))


def _run_on(plain: str, chance: Random) -> Laid:
    """Some line feeds between items are lost."""
    lost = {
        found.start() for found in re.finditer(r"\n(?=[0-9]{1,2}\.|（[一二三四五]）)", plain) if chance.random() < 0.3
    }
    pieces, places, at = [], [], 0
    for offset, character in enumerate(plain):
        places.append(at)
        if offset not in lost:
            pieces.append(character)
            at += 1
    return Laid("".join(pieces), [*places, at])


LAYOUTS: dict[str, Callable[[str, Random], Laid]] = {
    "plain": _plain,
    "indented": _indented,
    "apart": _apart,
    "half-width": _half_width,
    "traditional": _traditional,
    "wrapped": _wrapped,
    "page": _page,
    "run-on": _run_on,
}

_READINGS = {
    "县": "xiàn",
    "建": "jiàn",
    "乡": "xiāng",
    "教": "jiào",
    "务": "wù",
    "管": "guǎn",
    "化": "huà",
    "水": "shuǐ",
}


def _damaged(laid: Laid, spoil: str, chance: Random) -> Laid:
    """The text with notes behind some characters, or with its punctuation folded as well."""
    characters = chance.sample(sorted(_READINGS), 4)
    done = damage(laid.text, {character: _READINGS[character] for character in characters}, fold=spoil == "folded")
    places, at = [], 0
    for place in done.places:
        at = max(at, place)
        places.append(at)
    places.append(len(done.copy))
    return Laid(done.copy, [places[place] for place in laid.places])


# answers of the parser


def values(notice: Notice) -> Iterator[tuple[str, str, Span]]:
    """What a parsed notice answers: (kind, value, place)."""
    if notice.document_number and notice.document_number.span:
        yield "document_number", notice.document_number.text, notice.document_number.span
    if notice.title and notice.spans.title:
        yield "title", notice.title, notice.spans.title
    if notice.issue_date and notice.spans.issue_date:
        yield "issue_date", notice.issue_date, notice.spans.issue_date
    for party in notice.recipients:
        yield "recipient", party.name, party.span
    for party in notice.issuers:
        yield "issuer", party.name, party.span
    for section in notice.sections:
        yield "section", f"{section.marker} {section.title}", section.title_span or section.span
    for citation in notice.citations:
        number = citation.document_number.text if citation.document_number else None
        yield "citation", f"{citation.title} {number}", citation.span
    for target in notice.targets:
        if target.value_span:
            whole = Span(target.spans[0].start, target.value_span.end)
            yield "target", f"{target.value} {target.unit} {target.deadline}", whole
    for task in notice.tasks:
        for unit in task.responsible_units:
            yield "unit", f"{unit.name} {unit.role}", unit.span


_NEAR = 5  # characters: damage is seen up to the mark before or behind what it spoils


def wrong(made: Made, analysis: Analysis) -> Iterator[str]:
    """Answers that are neither right nor have a finding or an open place of coverage where they stand, and values that nothing in the notice says."""
    found = list(values(analysis.notice))
    caveats = [finding.span for finding in analysis.notice.findings if finding.span]
    caveats += [place.span for place in analysis.coverage if place.status != "used"]
    for answer in made.answers:
        if any(kind == answer.kind and value == answer.value and _meet(span, answer) for kind, value, span in found):
            continue
        near = answer._replace(start=answer.start - _NEAR, end=answer.end + _NEAR)
        if not any(_meet(span, near) for span in caveats):
            given = [value for kind, value, span in found if kind == answer.kind and _meet(span, answer)]
            yield f"{answer.kind} {answer.value!r}: {given or 'nothing'} and no finding"
    for kind, value, span in found:
        known = value.removesuffix(" None")  # a goal whose deadline is lost
        told = any(
            answer.kind == kind
            and _meet(span, answer)
            and (answer.value == value or answer.value.startswith(f"{known} "))
            for answer in made.answers
        )
        if not told and not any(_overlap(span, caveat) for caveat in caveats):
            yield f"{kind} {value!r} at {span.start}: nothing says so"


def _meet(span: Span, answer: Answer) -> bool:
    return span.start < answer.end and answer.start < span.end


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
