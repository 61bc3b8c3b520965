"""The notice as data: what is published, field by field, in the order in which it is written.

The classes mirror schema/notice.schema.json, which describes every property for people who reuse the data; a test
keeps the two alike. Nothing here knows how a notice is read or written.

Quoted values (names, titles, texts) are the normalized wording of their span; derived values (dates, decimals,
roles, ids) stand beside the quoted ones that they come from. None means: the text does not say, or it can't be decided.

The classes have no slots, since orjson writes the fields of a ``__dict__`` three times as fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import orjson

SCHEMA_VERSION = "2.0.0"

Role = Literal["lead", "support", "responsible"]
RoleBasis = Literal["stated", "first_listed", "plain", "convention", "person"]
TargetType = Literal["quantified", "relative", "qualitative"]
Direction = Literal["increase", "decrease"]
Change = Literal["to", "by"]
Bound = Literal["equal", "at_least", "at_most", "more_than", "less_than", "about"]
Strength = Literal["required", "strive"]
Telling = Literal["direction", "change", "bound", "strength", "recurrence"]
JurisdictionBasis = Literal["issuer", "title", "plan_title", "recipients", "document_number", "text"]
Severity = Literal["error", "warning", "info"]
Confidence = Literal["proven", "chosen", "stated", "certain"]
PartKind = Literal["letter", "plan", "annex", "table", "imprint"]
DeadlineRule = Literal["stated", "head", "clause", "row", "heading", "relative", "person"]
EffectiveRule = Literal["stated", "issue_date", "term", "open", "person"]
SetScalar = str | float | None


class Value:
    """What is published of a place of the source. ``damaged`` says that the place overlaps damage that wasn't undone; it is written where it
    is true, and nowhere else (see ``gongwen.extract.damage``)."""

    damaged: ClassVar[bool] = False


@dataclass(frozen=True)
class Span(Value):
    """A place in the decoded source: code points, start included, end excluded."""

    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """A caveat about the data, in English and Chinese; ``params`` are the values in its messages, by name."""

    code: str
    severity: Severity
    message: str
    message_zh: str
    params: Mapping[str, str]
    span: Span | None = None


@dataclass(frozen=True)
class DocumentNumber(Value):
    """发文字号: canonical text, organ code (机关代字), year and serial; parts that the number does not have are null."""

    text: str
    organ_code: str | None
    year: int | None
    serial: int | None
    span: Span | None = None


@dataclass(frozen=True)
class Party(Value):
    """An issuer or a recipient, by its name as written. ``basis`` says where an issuer was read: signature, letterhead, title, page."""

    name: str
    unit_id: str
    organ_id: str | None
    span: Span
    basis: str | None = None


@dataclass(frozen=True)
class Jurisdiction:
    """The government for which the notice speaks: its division (GB/T 2260), null for the centre, and the evidence."""

    division: str | None
    name: str
    basis: JurisdictionBasis
    span: Span | None


@dataclass(frozen=True)
class Print(Value):
    """印发机关 and 印发日期, from the imprint (版记)."""

    organ: str | None
    date: str | None
    span: Span


@dataclass(frozen=True)
class Period:
    """The years that the document covers by its title: （2024—2026年）, 2024年度, “十四五”."""

    start: str
    end: str
    text: str
    span: Span


@dataclass(frozen=True)
class Part(Value):
    """A document in the file: the letter, a plan that it issues, an annex, a table, the imprint.

    ``preamble`` is the text before its first heading, ``closing`` the text behind its last item that belongs to none.
    ``title`` is its spans joined, ``preamble`` and ``closing`` are theirs with a line feed between.
    """

    id: str
    kind: PartKind
    title: str | None
    preamble: str | None
    closing: str | None
    period: Period | None
    span: Span
    title_spans: tuple[Span, ...]
    preamble_spans: tuple[Span, ...]
    closing_spans: tuple[Span, ...]


@dataclass(frozen=True)
class Passage(Value):
    """A quoted piece of text: a note, an attachment's name, a unit copied to, a signer."""

    text: str
    span: Span


@dataclass(frozen=True)
class Effective(Value):
    """施行日期 and 有效期: the sentences, the dates that they give, and the rule by which these were made.

    ``text`` is its spans with a line feed between; ``span`` reaches from the first to the last of them.
    """

    text: str
    start: str | None
    end: str | None
    rule: EffectiveRule
    span: Span
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class PageField:
    """One statement of the web page about the notice: a meta tag or a cell of its header table, as found."""

    origin: Literal["meta", "table"]
    label: str
    value: str
    span: Span


@dataclass(frozen=True)
class Page:
    """What the web page itself states: all its statements, and the values of well-known labels."""

    title: str | None
    document_number: str | None
    issuer: str | None
    issue_date: str | None
    publish_date: str | None
    validity: str | None
    fields: tuple[PageField, ...]


@dataclass(frozen=True)
class CitationMention(Value):
    """A place that names a document, by its title, its number or its alias, and the section and the task that it stands in."""

    span: Span
    section_id: str | None
    task_id: str | None


@dataclass(frozen=True)
class Citation(Value):
    """A document that the text names. ``span`` is its first mention; ``organ_id`` is the organ whose code its number has."""

    id: str
    title: str
    document_number: DocumentNumber | None
    organ_id: str | None
    alias: str | None
    span: Span
    mentions: tuple[CitationMention, ...]


@dataclass(frozen=True)
class Section(Value):
    """A numbered heading or item. ``text`` is its own, without its children's; ``paragraphs`` are the spans of that text.

    ``titled`` is false where the item has no heading: ``title`` then holds its first twelve characters.
    """

    id: str
    part_id: str
    marker: str
    number: int | None
    level: int
    parent: str | None
    title: str | None
    titled: bool
    text: str
    span: Span
    title_span: Span | None
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True)
class Amount:
    """The amount of a goal without the multiples (万, 亿) of its unit, for adding and sorting: 1.68万人 is 16800 人."""

    number: str
    number_max: str | None
    unit: str | None


@dataclass(frozen=True)
class Baseline:
    """The start of a goal (由2019年的45%, 较2020年): a value with its unit, the date for which it is stated, or both."""

    value: str | None
    unit: str | None
    date: str | None
    text: str
    span: Span


@dataclass(frozen=True)
class Wording:
    """Words that express how a goal is meant: 提高 the direction, 以上 the bound."""

    text: str
    tells: tuple[Telling, ...]
    span: Span


@dataclass(frozen=True)
class Target(Value):
    """A goal that must be reached: one for each number, or one for a goal without a number.

    ``direction`` and ``change`` state whether the measured value is to grow or to shrink, to the number or by it, if the words say so;
    ``bound`` is how the number bounds it. ``value_text`` is the number as written, with its unit and its bound, ``value_span`` its place.
    ``wordings`` are the words that express direction, change, bound, strength and recurrence; they may stand before the goal and govern several.
    """

    id: str
    type: TargetType
    text: str
    indicator: str | None
    direction: Direction | None
    change: Change | None
    bound: Bound | None
    value: str | None
    value_max: str | None
    value_text: str | None
    unit: str | None
    amount: Amount | None
    baseline: Baseline | None
    strength: Strength
    scope: Passage | None
    deadline: str | None
    due_on: str | None
    deadline_text: str | None
    deadline_rule: DeadlineRule | None
    deadline_spans: tuple[Span, ...]
    recurrence: str | None
    probability: float | None
    wordings: tuple[Wording, ...]
    section_id: str | None
    task_ids: tuple[str, ...]
    value_span: Span | None
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class ResponsibleUnit(Value):
    """A unit named in a responsibility clause.

    ``reading`` is the name with a shared prefix or suffix restored (省发展改革委、工业和信息化厅 → 省工业和信息化厅) where
    that is certain; ``open`` says that the list it ends is left open (等).
    """

    name: str
    reading: str | None
    unit_id: str
    organ_id: str | None
    role: Role
    role_text: str | None
    role_basis: RoleBasis
    open: bool
    span: Span


@dataclass(frozen=True)
class Milestone(Value):
    """A dated step of a task or a duty: ``text`` is what ``date`` governs, ``due_on`` the last day of that date, ``rule`` where the date stands."""

    id: str
    date: str
    due_on: str
    text: str
    rule: DeadlineRule
    span: Span


@dataclass(frozen=True)
class Actor(Value):
    """A unit to which running text gives a duty (市发展改革委牵头做好年度评估), and the word that gives it.

    ``unit_id`` is null where nothing but running text names the unit: it is responsible for no task.
    """

    name: str
    unit_id: str | None
    organ_id: str | None
    verb: str
    span: Span


@dataclass(frozen=True)
class Measure(Value):
    """A sentence of a task: one of the things that are to be done."""

    id: str
    text: str
    milestone_ids: tuple[str, ...]
    target_ids: tuple[str, ...]
    citation_ids: tuple[str, ...]
    actors: tuple[Actor, ...]
    span: Span


@dataclass(frozen=True)
class Duty(Value):
    """A sentence outside of all tasks in which a unit has to act, or that says by when something is due.

    ``actors`` says who, ``milestones`` by when, ``recurrence`` by when each time (每年2月底前); at least one of them is there. A goal
    with a deadline is a target, no duty.
    """

    id: str
    part_id: str
    section_id: str | None
    text: str
    actors: tuple[Actor, ...]
    milestones: tuple[Milestone, ...]
    recurrence: str | None
    recurrence_span: Span | None
    target_ids: tuple[str, ...]
    citation_ids: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class Task(Value):
    """The text that ends in a responsibility clause, or a numbered item beside such tasks that has no clause.

    ``section_ids`` are the items that it covers, ``group_id`` the section that they stand in.
    """

    id: str
    part_id: str
    marker: str | None
    title: str | None
    text: str
    group_id: str | None
    section_ids: tuple[str, ...]
    deadline: str | None
    due_on: str | None
    deadline_text: str | None
    deadline_rule: DeadlineRule | None
    deadline_spans: tuple[Span, ...]
    recurrence: str | None
    milestones: tuple[Milestone, ...]
    measures: tuple[Measure, ...]
    target_ids: tuple[str, ...]
    citation_ids: tuple[str, ...]
    clause: str | None
    clause_spans: tuple[Span, ...]
    responsible_units: tuple[ResponsibleUnit, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Spelling:
    """A name by which the notice calls a unit, as written, and where."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Unit:
    """A unit named in the notice, once whatever it is called there: ``name`` is the first of its ``spellings``.

    ``organ_id`` is the same in every notice, null if the government to which it belongs is unknown. ``full_name``, ``kind`` and
    ``division`` (GB/T 2260) are given only if they are certain at the issue date; ``candidates`` are the full names that a short
    name could stand for otherwise; a collective (各乡镇街道) names a class of units.
    """

    id: str
    name: str
    organ_id: str | None
    full_name: str | None
    kind: str | None
    division: str | None
    collective: bool
    candidates: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A piece of the notice of one kind. The blocks tile the source; ``text`` is the published wording of the span."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True)
class Repair:
    """Equal edits that undid damage, followed a correction by a person, or changed a stray character."""

    rule: str
    before: str
    after: str
    confidence: Confidence
    evidence: str | None
    evidence_zh: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class FieldCorrection:
    """A value that a person set beside the source: ``pointer`` leads to it in the notice, ``old`` is what had been read there."""

    pointer: str
    old: SetScalar
    value: SetScalar
    reason: str
    who: str
    when: str
    confidence: Literal["stated"] = "stated"


@dataclass(frozen=True)
class Origin:
    """Where a source was found, as a person stated it beside the source."""

    url: str | None
    retrieved: str | None
    license: str | None
    publisher: str | None


@dataclass(frozen=True)
class SourceInfo:
    """The source as it was read. ``text_sha256`` is the hash of the decoded text in UTF-8, which all spans index.

    ``encoding`` is None for a file that isn't one stretch of encoded text (DOCX, PDF, …).
    """

    path: str | None
    sha256: str
    format: str
    encoding: str | None
    characters: int
    text_sha256: str
    script: str
    origin: Origin | None


@dataclass(frozen=True)
class HeaderSpans:
    """The places of those header fields that are plain values."""

    title: Span | None
    kind: Span | None
    issue_date: Span | None


@dataclass(frozen=True)
class GridCell(Value):
    """A cell of a table, in the first of the places that it covers; rows and columns are counted from 1, the heads among them."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    span: Span


@dataclass(frozen=True)
class Grid:
    """A table that is neither of tasks nor of goals: the heads of its columns, empty for one without, and the cells of its rows."""

    id: str
    part_id: str
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    span: Span


@dataclass(frozen=True)
class CoverageCount:
    """The places of one kind in the text, by status. ``unread`` and ``undecided`` are open."""

    found: int
    used: int
    explained: int
    unread: int
    undecided: int


@dataclass(frozen=True)
class Coverage:
    """How many places of the text values hold, by kind, counted by a scan that doesn't ask the extractors. ``suspects`` are numbers of
    published values that may be no goals, ``damaged_places`` those of damage that wasn't undone, where nobody can tell what stood there.
    """

    numbers: CoverageCount
    dates: CoverageCount
    organs: CoverageCount
    titles: CoverageCount
    document_numbers: CoverageCount
    markers: CoverageCount
    rows: CoverageCount
    organs_in_clauses: CoverageCount
    suspects: int
    damaged_places: int


@dataclass(frozen=True)
class Notice:
    """One notice, as published."""

    schema_version: str
    id: str
    document_number: DocumentNumber | None
    title: str | None
    kind: str | None
    issuers: tuple[Party, ...]
    recipients: tuple[Party, ...]
    jurisdiction: Jurisdiction | None
    issue_date: str | None
    print: Print | None
    parts: tuple[Part, ...]
    copied_to: tuple[Passage, ...]
    notes: tuple[Passage, ...]
    attachments: tuple[Passage, ...]
    signers: tuple[Passage, ...]
    effective: Effective | None
    page: Page | None
    citations: tuple[Citation, ...]
    sections: tuple[Section, ...]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    units: tuple[Unit, ...]
    tables: tuple[Grid, ...]
    coverage: Coverage | None
    source: SourceInfo
    spans: HeaderSpans
    repairs: tuple[Repair, ...]
    field_corrections: tuple[FieldCorrection, ...]
    findings: tuple[Finding, ...]
    blocks: tuple[Block, ...]

    def to_dict(self) -> dict[str, Any]:
        """The notice as plain data, as json.loads gives it for the published bytes."""
        record: dict[str, Any] = orjson.loads(orjson.dumps(self))
        return record

    def part(self, kind: PartKind) -> Part | None:
        """The first part of that kind with a title."""
        return next((part for part in self.parts if part.kind == kind and part.title), None)
