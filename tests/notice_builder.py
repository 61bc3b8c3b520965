"""Notices put together from a draft: tests of the comparison say what they compare, without a parser between.

The text is composed line by line, and every span is the place where the words were put.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from gongwen.lexicon import dimensions
from gongwen.model import (
    SCHEMA_VERSION,
    Amount,
    Block,
    Bound,
    Citation,
    CitationMention,
    DocumentNumber,
    HeaderSpans,
    Notice,
    Part,
    Party,
    ResponsibleUnit,
    Role,
    Section,
    SourceInfo,
    Span,
    Spelling,
    Target,
    Task,
    Unit,
)

_NUMERALS = "〇一二三四五六七八九"
_ROLE_TEXT: dict[Role, str] = {"lead": "牵头", "support": "配合", "responsible": "负责"}


@dataclass
class Goal:
    """到{deadline}年，{indicator}达到{value}{unit}; ``form`` says it in other words."""

    key: str
    indicator: str
    value: str
    unit: str
    deadline: str
    form: str = "{n}达到{v}{u}"

    @property
    def text(self) -> str:
        return f"到{self.deadline}年，{self.form.format(n=self.indicator, v=self.value, u=self.unit)}"

    @property
    def bound(self) -> Bound:
        return "at_least" if self.text.endswith("以上") else "equal"


@dataclass
class Job:
    """A task: its title, the sentences of its text, its units with their roles, the goals after the sentences."""

    key: str
    title: str
    sentences: list[str]
    units: dict[str, Role] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)


@dataclass
class Heading:
    """A heading of the second level, with tasks below it, or text where it has none."""

    key: str
    title: str
    jobs: list[Job] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


@dataclass
class Chapter:
    """A heading of the first level."""

    key: str
    title: str
    headings: list[Heading] = field(default_factory=list)


@dataclass
class Source:
    """A document that the preamble refers to."""

    key: str
    title: str
    number: str


@dataclass
class Draft:
    """All that a notice says."""

    number: str
    title: str
    issuer: str
    recipients: list[str]
    date: str
    basis: list[Source]
    chapters: list[Chapter]
    running: bool = True  # whether the tasks' numbers run on from group to group

    def jobs(self) -> list[Job]:
        return [job for chapter in self.chapters for heading in chapter.headings for job in heading.jobs]


def chinese(number: int) -> str:
    """12 → 十二, for numbers below a thousand."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_NUMERALS[tens]}十"
    elif hundreds and ones:
        words += "〇"
    return words + (_NUMERALS[ones] if ones else "")


class Built:
    """The notice of a draft; ``key`` leads from the ids of its tasks, sections and targets to the draft's keys."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text = ""
        self._blocks: list[Block] = []
        self._sections: list[Section] = []
        self._tasks: list[Task] = []
        self._targets: list[Target] = []
        self._mentions: dict[str, list[Span]] = {}
        self.key: dict[str, str] = {}
        self.marker: dict[str, str] = {}
        self.notice = self._build()

    def _put(self, kind: str, text: str) -> int:
        """Where the line ``text`` begins."""
        start = len(self._text)
        self._text += text + "\n"
        self._blocks.append(Block(kind, text + "\n", Span(start, len(self._text))))
        return start

    def _party(self, name: str, start: int) -> Party:
        span = Span(start, start + len(name))
        self._mentions.setdefault(name, []).append(span)
        return Party(name, self._unit_id(name), None, span)

    def _unit_id(self, name: str) -> str:
        return f"unit-{list(self._mentions).index(name) + 1}"

    def _build(self) -> Notice:
        draft = self._draft
        number_at = self._put("document-number", draft.number)
        title_at = self._put("title", f"{draft.issuer}关于印发{draft.title}的通知")
        recipients_at = self._put("recipients", "，".join(draft.recipients) + "：")
        recipients = []
        for name in draft.recipients:
            recipients.append(self._party(name, recipients_at))
            recipients_at += len(name) + 1
        self._put("paragraph", f"《{draft.title}》已经同意，现印发给你们，请认真贯彻落实。")
        issuer = self._party(draft.issuer, self._put("signature", draft.issuer))
        year, month, day = draft.date.split("-")
        date_at = self._put("date", f"{year}年{int(month)}月{int(day)}日")
        plan_at = self._put("plan-title", draft.title)
        named = "、".join(f"《{source.title}》（{source.number}）" for source in draft.basis)
        preamble = f"根据{named}，制定本方案。"
        preamble_at = self._put("paragraph", preamble)
        citations = tuple(self._citation(at, source) for at, source in enumerate(draft.basis))
        self._body()
        title = f"{draft.issuer}关于印发{draft.title}的通知"
        title_span = Span(title_at, title_at + len(title))
        return Notice(
            schema_version=SCHEMA_VERSION,
            id="-".join(["draft", draft.date, sha256(self._text.encode()).hexdigest()[:8]]),
            document_number=self._number(draft.number, number_at),
            title=title,
            kind="通知",
            issuers=(issuer,),
            recipients=tuple(recipients),
            jurisdiction=None,
            issue_date=draft.date,
            print=None,
            parts=(
                Part("part-1", "letter", title, None, None, None, Span(0, plan_at), (title_span,), (), ()),
                Part(
                    "part-2",
                    "plan",
                    draft.title,
                    preamble,
                    None,
                    None,
                    Span(plan_at, len(self._text)),
                    (Span(plan_at, plan_at + len(draft.title)),),
                    (Span(preamble_at, preamble_at + len(preamble)),),
                    (),
                ),
            ),
            copied_to=(),
            notes=(),
            attachments=(),
            signers=(),
            effective=None,
            page=None,
            citations=citations,
            sections=tuple(self._sections),
            targets=tuple(self._targets),
            tasks=tuple(self._tasks),
            duties=(),
            units=tuple(
                Unit(
                    f"unit-{at}", name, None, None, None, None, False, (), (Spelling(name, tuple(spans)),), tuple(spans)
                )
                for at, (name, spans) in enumerate(self._mentions.items(), 1)
            ),
            tables=(),
            coverage=None,
            source=SourceInfo(
                None,
                sha256(self._text.encode()).hexdigest(),
                "text",
                "utf-8",
                len(self._text),
                sha256(self._text.encode()).hexdigest(),
                "simplified",
                None,
            ),
            spans=HeaderSpans(title_span, None, Span(date_at, date_at + 5)),
            repairs=(),
            field_corrections=(),
            findings=(),
            blocks=tuple(self._blocks),
        )

    def _number(self, text: str, at: int) -> DocumentNumber:
        code, _, rest = text.partition("〔")
        year, _, serial = rest.partition("〕")
        return DocumentNumber(text, code, int(year), int(serial.rstrip("号")), Span(at, at + len(text)))

    def _citation(self, at: int, source: Source) -> Citation:
        start = self._text.index(f"《{source.title}》（{source.number}）")
        span = Span(start, start + len(source.title) + len(source.number) + 4)
        self.key[f"citation-{at + 1}"] = source.key
        number = self._number(source.number, start + len(source.title) + 3)
        return Citation(
            f"citation-{at + 1}", source.title, number, None, None, span, (CitationMention(span, None, None),)
        )

    def _section(
        self, key: str, marker: str, number: int, level: int, parent: str | None, title: str, text: str
    ) -> str:
        id = f"section-{len(self._sections) + 1}"
        line = f"{marker}{title}。{text}" if text else f"{marker}{title}"
        start = self._put("item" if text else "heading", line)
        at = start + len(marker)
        paragraphs = (Span(at + len(title) + 1, start + len(line)),) if text else ()
        span = Span(start, start + len(line))
        section = Section(
            id, "part-2", marker, number, level, parent, title, True, text, span, Span(at, at + len(title)), paragraphs
        )
        self._sections.append(section)
        self.key[id] = key
        self.marker[key] = marker
        return id

    def _body(self) -> None:
        count = 0
        for chapter_number, chapter in enumerate(self._draft.chapters, 1):
            numeral = chinese(chapter_number)
            top = self._section(chapter.key, f"{numeral}、", chapter_number, 1, None, chapter.title, "")
            for heading_number, heading in enumerate(chapter.headings, 1):
                text = "".join(heading.sentences)
                marker = f"（{chinese(heading_number)}）"
                group = self._section(heading.key, marker, heading_number, 2, top, heading.title, text)
                count = count if self._draft.running else 0
                for job in heading.jobs:
                    count += 1
                    self._job(job, count, group)

    def _job(self, job: Job, number: int, group: str) -> None:
        said = "".join(job.sentences) + "".join(f"{goal.text}。" for goal in job.goals)
        listed = "、".join(
            f"{name}{'' if role == 'responsible' else _ROLE_TEXT[role]}" for name, role in job.units.items()
        )
        clause = f"（{listed}负责）" if job.units else ""
        id = f"task-{len(self._tasks) + 1}"
        section = self._section(job.key, f"{number}.", number, 3, group, job.title, said + clause)
        item = self._sections[-1]
        start = item.paragraphs[0].start if item.paragraphs else item.span.end
        end = start + len(said)
        for goal in job.goals:
            at = self._text.index(goal.text, start)
            target = Target(
                id=f"target-{len(self._targets) + 1}",
                type="quantified",
                text=goal.text,
                indicator=goal.indicator,
                direction=None,
                change=None,
                bound=goal.bound,
                value=goal.value,
                value_max=None,
                value_text=goal.value,
                unit=goal.unit,
                amount=Amount(*dimensions.plain(goal.value, None, goal.unit)),
                baseline=None,
                strength="required",
                scope=None,
                deadline=goal.deadline,
                due_on=f"{goal.deadline}-12-31",
                deadline_text=f"到{goal.deadline}年",
                deadline_rule="head",
                deadline_spans=(),
                recurrence=None,
                probability=None,
                wordings=(),
                section_id=section,
                task_ids=(id,),
                value_span=None,
                spans=(Span(at, at + len(goal.text)),),
            )
            self._targets.append(target)
            self.key[target.id] = goal.key
        units = []
        at = end + 1
        for name, role in job.units.items():
            span = Span(at, at + len(name))
            self._mentions.setdefault(name, []).append(span)
            role_text = _ROLE_TEXT[role]
            units.append(ResponsibleUnit(name, None, self._unit_id(name), None, role, role_text, "stated", False, span))
            at += len(name) + 1 + (0 if role == "responsible" else len(role_text))
        task = Task(
            id=id,
            part_id="part-2",
            marker=f"{number}.",
            title=job.title,
            text=said,
            group_id=group,
            section_ids=(section,),
            deadline=None,
            due_on=None,
            deadline_text=None,
            deadline_rule=None,
            deadline_spans=(),
            recurrence=None,
            milestones=(),
            measures=(),
            target_ids=(),
            citation_ids=(),
            clause=clause or None,
            clause_spans=(Span(end, end + len(clause)),) if clause else (),
            responsible_units=tuple(units),
            spans=(Span(start, end),) if said else (),
        )
        self._tasks.append(task)
        self.key[id] = job.key


def build(draft: Draft) -> Notice:
    return Built(draft).notice
