"""Made from notice.schema.json, version 2.0.0. Offsets count Unicode code points, start included, end excluded."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Span(TypedDict):
    """A place in the decoded source, dist/sources/<id>.txt: offsets in Unicode code points. The wording published for it is that stretch of the source with the edits of the ledger applied."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    damaged: NotRequired[bool]
    """Only in spans, the places of header fields that are plain values: the place overlaps damage that was not undone. Absent otherwise."""


class DocumentNumber(TypedDict):
    """A document number (发文字号): organ code, year, serial (GB/T 9704-2012, 7.2.5)."""

    text: str
    """The canonical form: year in 〔〕, no blanks, no 第 before the serial of an ordinary number. Derived from the span by that rule."""
    organ_code: str | None
    """The organ code (机关代字) that the number begins with, as 阜州政办秘; null if the number has none (第3号)."""
    year: int | None
    """The year in brackets, or before 第 in a public announcement (公告); null if the number has none."""
    serial: int | None
    """The serial (发文顺序号)."""
    span: Span | None
    """Its place in the source; null if it was not read from the text."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Party(TypedDict):
    """An issuer (发文机关) or a recipient (主送机关)."""

    name: str
    """The name as written there."""
    unit_id: str
    """The unit of that name, in units."""
    organ_id: str | None
    """The organ, as in units."""
    span: Span
    """Where it stands in the source."""
    basis: Literal["signature", "letterhead", "title", "page"] | None
    """Where an issuer was read: its signature (署名), the letterhead, the title, or the page's header; null for a recipient."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Jurisdiction(TypedDict):
    """The government for which the notice speaks, and to whose organs its short names refer."""

    division: str | None
    """The GB/T 2260 code of its division; null for the centre."""
    name: str
    """The name of the division with those above it; 中央 for the centre."""
    basis: Literal["document_number", "issuer", "plan_title", "recipients", "text", "title"]
    """The evidence."""
    span: Span | None
    """The place of the evidence; null if it is not in the text."""


class Print(TypedDict):
    """The printing organ and date (印发机关, 印发日期) of the imprint (版记; GB/T 9704-2012, 7.4.3). The date differs from issue_date."""

    organ: str | None
    """The organ that printed the notice."""
    date: str | None
    """The date of printing, derived as ISO 8601 from the written one."""
    span: Span
    """The line of the imprint."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Period(TypedDict):
    """The period that a document covers, as its title states (2024—2026年, 2024年度, “十四五”)."""

    start: str
    """Its first year or month, derived from the words."""
    end: str
    """Its last year or month, derived from the words; the same as start where they name one."""
    text: str
    """The words that state it."""
    span: Span
    """Where they stand in the source."""


class Part(TypedDict):
    """A document in the file."""

    id: str
    """Its id within the notice."""
    kind: Literal["letter", "plan", "annex", "table", "imprint"]
    """What it is: the letter (the notice itself), a plan that the letter issues, another attachment (annex), an attachment that is a table, or the imprint (版记)."""
    title: str | None
    """Its title, the quotes of title_spans joined."""
    preamble: str | None
    """The text before its first numbered heading or item, the quotes of preamble_spans with a line feed between; null if there is none."""
    closing: str | None
    """The text behind its last item that belongs to no item (施行日期, 特此通知), the quotes of closing_spans with a line feed between; null if there is none."""
    period: Period | None
    """The period that it covers, as its title states."""
    span: Span
    """Where it stands in the source, from its first line to its last."""
    title_spans: list[Span]
    """The places of the lines of its title."""
    preamble_spans: list[Span]
    """The places of the paragraphs of its preamble."""
    closing_spans: list[Span]
    """The places of the paragraphs of its closing text."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Passage(TypedDict):
    """A quoted piece of text."""

    text: str
    """The wording."""
    span: Span
    """Where it stands in the source."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Effective(TypedDict):
    """When the notice takes effect and how long it stays in force (施行日期, 有效期, 执行期限)."""

    text: str
    """The sentences that state it, the quotes of spans with a line feed between."""
    start: str | None
    """The first day in force, derived from the sentences by rule."""
    end: str | None
    """The last day in force, derived from the sentences by rule."""
    rule: Literal["stated", "issue_date", "term", "open", "person"]
    """How the dates were derived: as stated; counted from the date of issue (自印发之日起); the end counted from the stated start by a term (有效期5年); open where neither follows."""
    span: Span
    """Where they stand in the source, from the first to the last."""
    spans: list[Span]
    """The places of the sentences."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class PageField(TypedDict):
    """One statement of the web page about the notice, as found."""

    origin: Literal["meta", "table"]
    """A meta tag of the page, or a cell of its header table."""
    label: str
    """The name of the meta tag or the label in the table (索引号, 发文机关, …), without inner blanks."""
    value: str
    """Its value, as found; may be empty."""
    span: Span
    """Where it stands in the source."""


class Page(TypedDict):
    """What the web page itself states about the notice: all its statements, and the values of well-known labels."""

    title: str | None
    """The title by the page (ArticleTitle, 标题, 名称)."""
    document_number: str | None
    """The number by the page (发文字号, 文号)."""
    issuer: str | None
    """The issuer by the page (发文机关, 发布机构, ContentSource)."""
    issue_date: str | None
    """The issue date by the page (成文日期, 生成日期), derived as ISO 8601."""
    publish_date: str | None
    """The date of publication on the web (发布日期, PubDate), derived as ISO 8601."""
    validity: str | None
    """Whether the notice is in force, in the page's words (有效性)."""
    fields: list[PageField]
    """All statements of the page, in its order."""


class CitationMention(TypedDict):
    """A place that names a document, and the section and the task that it stands in."""

    span: Span
    """The place: title, number or alias."""
    section_id: str | None
    """The innermost section that holds it."""
    task_id: str | None
    """The task whose text, heading or clause holds it."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Citation(TypedDict):
    """A document to which the text refers, listed once."""

    id: str
    """Its id within the notice."""
    title: str
    """Its title without 《》; empty where the text gives its number alone."""
    document_number: DocumentNumber | None
    """Its number, where one stands beside it."""
    organ_id: str | None
    """The organ that issued the document, by the organ code of its number; null where no table has that code."""
    alias: str | None
    """The short name that the text gives it (以下简称…), without 《》."""
    span: Span
    """The first mention: title, number and alias."""
    mentions: list[CitationMention]
    """All places that name it, by title, number or alias, in order."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Section(TypedDict):
    """A numbered heading or item (标题, 条目), in document order."""

    id: str
    """Its id within the notice."""
    part_id: str
    """The part of the file that it stands in."""
    marker: str
    """Its number as written: 一、 （一） 1. 第三条"""
    number: int | None
    """The value of the marker."""
    level: int
    """Its depth, 1 for the outermost. Levels come from the order in which the markers nest in this document."""
    parent: str | None
    """The section that it stands in."""
    title: str | None
    """The heading, or the run-in heading up to its first 。 or ：; where an item has no heading, its first words (see titled)."""
    titled: bool
    """Whether the title is a heading. If false, the item has no heading and title holds its first twelve characters."""
    text: str
    """Its own text without the title and without its children's, paragraphs separated by a line feed."""
    span: Span
    """From its marker to the end of its own text."""
    title_span: Span | None
    """The place of the title."""
    paragraphs: list[Span]
    """The places of its own text, in order."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Amount(TypedDict):
    """A number without the multiples of its unit."""

    number: str
    """The number; the lower end of a range."""
    number_max: str | None
    """The upper end of a range."""
    unit: str | None
    """The unit as written, without 万, 亿."""


class Baseline(TypedDict):
    """The value or date from which a goal starts."""

    value: str | None
    """The value from which it starts (由45%提高到80%: 45); null if only a date is named (较2020年)."""
    unit: str | None
    """Its unit as written, or that of the goal."""
    date: str | None
    """The year, month or day for which it is stated."""
    text: str
    """The words that state it."""
    span: Span
    """Where they stand."""


class Wording(TypedDict):
    """Words that express how a goal is meant."""

    text: str
    """The words."""
    tells: list[Literal["direction", "change", "bound", "strength", "recurrence"]]
    """The properties that are derived from them."""
    span: Span
    """The place of the words."""


class Target(TypedDict):
    """A goal that must be reached (目标): one for each number, or one for a goal without a number."""

    id: str
    """Its id within the notice."""
    type: Literal["quantified", "relative", "qualitative"]
    """Quantified (a number), relative (measured against something else, without a number), or qualitative."""
    text: str
    """The words of the goal."""
    indicator: str | None
    """What is measured (公民具备科学素质的比例); null if it can't be determined."""
    direction: Literal["increase", "decrease"] | None
    """Whether what is measured is to grow or to shrink, where the words say so (提高, 新增, 压减); null otherwise."""
    change: Literal["to", "by"] | None
    """Whether the number is what is reached (提高到) or by how much (提高); null where there is no direction."""
    bound: Literal["at_least", "at_most", "more_than", "less_than", "about", "equal"] | None
    """How the number bounds the goal: from the words behind it (以上) or before it (不少于); of a goal without a number how it is compared with others (高于全市平均水平)."""
    value: str | None
    """The number as an exact decimal, derived from value_text; the lower end of a range; null without a number."""
    value_max: str | None
    """The upper end of a range (2-3个)."""
    value_text: str | None
    """The number as written."""
    unit: str | None
    """The unit of measure as written, with its multiple: %, 万人, 场次."""
    amount: Amount | None
    """The amount without the multiples (万, 亿) of the unit, for adding and sorting; null for a goal without a number."""
    baseline: Baseline | None
    """What the number is compared with, where the words say so: 由45%提高到80%, or a column with the earlier values."""
    strength: Literal["required", "strive"]
    """Whether the goal is required or to be striven for (力争, 争取, 努力, 原则上)."""
    scope: Passage | None
    """The place or the class to which the number applies: 每县, 各乡镇, 全市; null where the words name none."""
    deadline: str | None
    """By when: a year, month or day, derived from deadline_text, which may stand before the goal and govern several."""
    due_on: str | None
    """The last day of the deadline."""
    deadline_text: str | None
    """The deadline as written (到2025年)."""
    deadline_rule: Literal["stated", "head", "clause", "row", "heading", "relative", "person"] | None
    """Where the deadline stands."""
    deadline_spans: list[Span]
    """The places of deadline_text."""
    recurrence: str | None
    """How often, as written (每年, 年均)."""
    probability: float | None
    """How likely the number is a goal, by the words around it, calibrated on annotated plans, to two digits. Null for goals without a number and for those that a table sets."""
    wordings: list[Wording]
    """The words that express direction, change, bound, strength and recurrence; they may stand before the goal and govern several."""
    section_id: str | None
    """The section that it stands in."""
    task_ids: list[str]
    """The tasks in which, or in whose rows of a table, it stands; several if it is repeated."""
    value_span: Span | None
    """The place of value_text; null for a goal without a number."""
    spans: list[Span]
    """Its places, the first mention first. A goal that is repeated is one target with several spans."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class ResponsibleUnit(TypedDict):
    """A unit named in a responsibility clause."""

    name: str
    """The name as written."""
    reading: str | None
    """The name with the prefix or suffix that it shares with its neighbours (省发展改革委、工业和信息化厅 → 省工业和信息化厅), where that is certain; null otherwise."""
    unit_id: str
    """The unit of that name, in units."""
    organ_id: str | None
    """The organ, as in units."""
    role: Literal["lead", "support", "responsible"]
    """Its role; derived by role_basis."""
    role_text: str | None
    """The word that gives the role, as written (牵头, 参加, 责任单位)."""
    role_basis: Literal["stated", "first_listed", "plain", "convention", "person"]
    """The basis of the role."""
    open: bool
    """Whether the list is left open after it (等)."""
    span: Span
    """Where it stands in the source."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Milestone(TypedDict):
    """A dated step of a task or a duty."""

    id: str
    """Its id within the notice: the number of the task, or of the duty, and its own."""
    date: str
    """Until when, as precise as the words: a year, a month or a day."""
    due_on: str
    """The last day of that date."""
    text: str
    """What is to be done by then: the words that the date governs."""
    rule: Literal["stated", "head", "clause", "row", "heading", "relative", "person"]
    """Where the date stands."""
    span: Span
    """The place of text."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Actor(TypedDict):
    """A unit to which running text gives a duty (市发展改革委牵头做好年度评估). Not every actor is a responsible unit of the task."""

    name: str
    """As written."""
    unit_id: str | None
    """The unit, where the notice also names it as an issuer, a recipient or a responsible unit."""
    organ_id: str | None
    """The organ, the same id in every notice; null where its government is unknown."""
    verb: str
    """The word that gives the duty: 牵头, 要, 负责."""
    span: Span
    """The place of name."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Measure(TypedDict):
    """A sentence of a task: one of the things that are to be done."""

    id: str
    """Its id within the notice: the task's number and its own."""
    text: str
    """The sentence."""
    milestone_ids: list[str]
    """The milestones of the task whose text overlaps it."""
    target_ids: list[str]
    """The targets that stand in it."""
    citation_ids: list[str]
    """The documents that it names."""
    actors: list[Actor]
    """The units to which it gives a duty, in order."""
    span: Span
    """The place of text."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Duty(TypedDict):
    """What running text outside of all tasks asks for: a sentence in which a unit has to act (市财政局负责资金保障), or that says by when something is due. Of actors, milestones and recurrence at least one is there."""

    id: str
    """Its id within the notice."""
    part_id: str
    """The part of the file that it stands in."""
    section_id: str | None
    """The innermost section that it stands in."""
    text: str
    """The sentence."""
    actors: list[Actor]
    """The units to which it gives a duty, in order."""
    milestones: list[Milestone]
    """Its dated steps, in order. A goal with a deadline is a target, no step."""
    recurrence: str | None
    """By when it is due each time, as written (每年2月底前)."""
    recurrence_span: Span | None
    """The place of recurrence."""
    target_ids: list[str]
    """The targets that stand in it."""
    citation_ids: list[str]
    """The documents that it names."""
    span: Span
    """The place of text."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Task(TypedDict):
    """A task (任务): the text that ends in a responsibility clause, or a numbered item beside such tasks that has no clause of its own."""

    id: str
    """Its id within the notice."""
    part_id: str
    """The part of the file that it stands in."""
    marker: str | None
    """The number of the item that it belongs to, as written."""
    title: str | None
    """The heading of that item, or of the paragraph of its own that the task is."""
    text: str
    """What is to be done, without marker, title and the clause."""
    group_id: str | None
    """The section that the item stands in."""
    section_ids: list[str]
    """The items that it covers."""
    deadline: str | None
    """By when, derived from deadline_text."""
    due_on: str | None
    """The last day of the deadline."""
    deadline_text: str | None
    """The deadline as written (2025年底前): in the clause, in the row, at the head of the text or in a heading."""
    deadline_rule: Literal["stated", "head", "clause", "row", "heading", "relative", "person"] | None
    """Where the deadline stands."""
    deadline_spans: list[Span]
    """The place of deadline_text."""
    recurrence: str | None
    """How often it is due, as written in the clause or the row (每年)."""
    milestones: list[Milestone]
    """The dated steps of the task, in the order of the text."""
    measures: list[Measure]
    """The sentences of text, in order: what is to be done, one by one."""
    target_ids: list[str]
    """The targets that stand in the task."""
    citation_ids: list[str]
    """The documents that the task names."""
    clause: str | None
    """The responsibility clause, as written; null where the item has none."""
    clause_spans: list[Span]
    """The places of the clause."""
    responsible_units: list[ResponsibleUnit]
    """The units, in the order in which they stand."""
    spans: list[Span]
    """The places of the text, in order."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Spelling(TypedDict):
    """A name by which the notice calls a unit, and where."""

    name: str
    """The name as written."""
    spans: list[Span]
    """The places of the name, in order."""


class Unit(TypedDict):
    """An organ that the notice names as issuer, recipient or responsible unit, once whatever it is called there."""

    id: str
    """Its id within the notice."""
    name: str
    """The first of its spellings."""
    organ_id: str | None
    """The id of the organ, the same in every notice, whatever the organ is called there; schema/README.md describes what can change it. Null if the government to which it belongs is unknown."""
    full_name: str | None
    """Its full name at the issue date, from the tables of organs, where that is certain; null otherwise."""
    kind: Literal["企业", "派出机构", "垂直管理", "民主党派", "党委", "党委部门", "事业单位", "人大政协", "政府", "政府部门", "临时议事", "检察院", "法院", "军事机关", "纪检监察", "群团", "高校", "集合"] | None
    """What kind of organ it is."""
    division: str | None
    """The GB/T 2260 code of its administrative division, where certain."""
    collective: bool
    """Whether the name stands for a class of units (各乡镇街道)."""
    candidates: list[str]
    """The full names that a short name could stand for, where it is ambiguous."""
    spellings: list[Spelling]
    """The names by which the notice calls it, in order of first mention."""
    spans: list[Span]
    """All its mentions, in order."""


class Block(TypedDict):
    """A piece of the source. The blocks cover it once, from the first character to the last."""

    kind: Literal["adoption", "annex-title", "attachment-heading", "attachment-list", "blank", "byline", "comment", "contents", "copied-to", "date", "deleted", "document-number", "field-code", "footnote", "furniture", "heading", "hidden", "image", "imprint", "item", "letterhead", "list-item", "masthead", "moved-from", "note", "note-reference", "page-footer", "page-header", "page-meta", "page-number", "page-table", "closing", "paragraph", "plan-title", "recipients", "remark", "ruby", "rule", "signature", "signer", "table-row", "title", "urgency"]
    """What it is."""
    text: str
    """The published wording of the span."""
    span: Span
    """Where it stands in the source."""


class Repair(TypedDict):
    """Equal edits that undid damage, applied a correction by a person, or changed a stray character. The ledger (dist/ledgers/<id>.json) holds every edit, including those of script, blanks and punctuation."""

    rule: Literal["character-form", "chinese-punctuation", "compatibility-character", "correction", "html-entity", "invisible-character", "layout-blank", "line-end", "line-join", "lost-bytes", "markdown-mark", "markup-tag", "numeral-zero", "page-number", "paragraph-break", "pinyin-note", "private-use-character", "spaced-word", "stray-traditional", "traditional-script", "wrapped-cell", "wrong-decoding"]
    """The rule."""
    before: str
    """The text before the repair."""
    after: str
    """The text after the repair."""
    confidence: Literal["proven", "chosen", "stated", "certain"]
    """How certain it is."""
    evidence: str | None
    """The reason, for people, in English; that of a correction as the person wrote it."""
    evidence_zh: str | None
    """The same in Chinese; null in a record that was read from version 1."""
    spans: list[Span]
    """The places in the source."""


class FieldCorrection(TypedDict):
    """A value that a person set in the place of the one that was read. It has no place in the source: the span of a header field that was set is null, the rule or basis beside a date or a role is person."""

    pointer: str
    """The value: a JSON pointer (RFC 6901) into this notice."""
    old: str | float | None
    """What had been read there; null if nothing had."""
    value: str | float | None
    """What the person set; null if the text does not state it."""
    reason: str
    """How the person knows."""
    who: str
    """Who set it."""
    when: str
    """When it was set."""
    confidence: Literal["stated"]
    """How certain it is: always stated, by a person."""


class Origin(TypedDict):
    """Where the source was found, as a person stated it beside the source."""

    url: str | None
    """Its address."""
    retrieved: str | None
    """The day on which it was fetched."""
    license: str | None
    """The licence or legal status of the text."""
    publisher: str | None
    """Who published it there."""


class Source(TypedDict):
    """The source as it was read."""

    path: str | None
    """Its path within the source folder, or its file name."""
    sha256: str
    """SHA-256 of its bytes."""
    format: Literal["text", "markdown", "html", "docx", "doc", "xlsx", "ofd", "pdf", "image"]
    """The format of the file."""
    encoding: str | None
    """The encoding found; null for a file that isn't one stretch of encoded text (DOCX, XLSX, OFD, PDF, images)."""
    characters: int
    """The number of characters (code points) of the decoded text."""
    text_sha256: str
    """SHA-256 of the decoded text in UTF-8, which all spans index and which is published as dist/sources/<id>.txt."""
    script: Literal["mixed", "simplified", "traditional", "unknown"]
    """The script found."""
    origin: Origin | None
    """Where it was found."""


class HeaderSpans(TypedDict):
    """The places of those header fields that are plain values."""

    title: Span | None
    """The place of the title."""
    kind: Span | None
    """The place of the kind, at the end of the title."""
    issue_date: Span | None
    """The place of the issue date."""


class Finding(TypedDict):
    """A caveat about the data."""

    code: Literal["ambiguous-number", "ambiguous-unit", "attachment-missing", "blank-form", "broken-cells", "citation-number-conflict", "classified", "correction-places", "date-conflict", "date-unreadable", "document-number-conflict", "document-number-unplaced", "document-number-unreadable", "doubtful-recognition", "duplicate-id", "empty-source", "encrypted", "formula-without-value", "internal-error", "invalid-notice", "invalid-sidecar", "issue-date-from-publication", "lost-character", "memory-limit", "merged-cells", "missing-extra", "missing-head", "no-document-number", "no-heads", "no-issue-date", "no-issuer", "no-kind", "no-tasks", "no-text-layer", "no-title", "not-a-notice", "numbering-duplicate", "numbering-gap", "organ-not-in-force", "plain-reading", "private-use-character", "recognized-text", "row-without-task", "scope-convention", "sidecar-without-source", "speech", "task-without-units", "time-limit", "title-conflict", "truncated", "unclosed-bracket", "unclosed-clause", "undecodable", "undefined-list", "unknown-full-name", "unknown-heads", "unknown-jurisdiction", "unknown-label", "unknown-number-format", "unknown-organ", "unknown-unit", "unplaced-text-box", "unread-clause", "unread-convention", "unread-date", "unread-document-number", "unread-image", "unread-number", "unread-organ", "unread-part", "unread-places", "unread-row", "unread-table", "unread-words", "unreadable", "unresolved-damage", "unsupported-format", "work-report"]
    """What it is."""
    severity: Literal["error", "warning", "info"]
    """Its severity."""
    message: str
    """A sentence for people, in English."""
    message_zh: str
    """The same in Chinese."""
    params: dict[str, str]
    """The values that the messages hold, by name."""
    span: Span | None
    """The place in the source to which it refers."""


class Grid(TypedDict):
    """A table that is neither of tasks nor of goals."""

    id: str
    """Its id in this notice: table-1, table-2, …"""
    part_id: str
    """The part that it stands in."""
    caption: str | None
    """The line right above it; null where there is none."""
    columns: list[str]
    """The heads of its columns, empty for one without."""
    rows: list[list[GridCell]]
    """Its rows below the heads, each the cells that begin in it."""
    span: Span
    """Where it stands in the source."""


class GridCell(TypedDict):
    """A cell of a table, in the first of the places that it covers."""

    row: int
    """Its row, counted from 1, the heads among them."""
    column: int
    """Its column, counted from 1."""
    rows: int
    """How many rows it covers."""
    columns: int
    """How many columns it covers."""
    text: str
    """Its text; empty for an empty cell."""
    span: Span
    """Where it stands in the source."""
    damaged: NotRequired[bool]
    """The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there. Absent otherwise."""


class Coverage(TypedDict):
    """How many places of the text values hold, by kind, counted by a scan that uses the vocabulary but not the decisions of the extractors."""

    numbers: CoverageCount
    """Numbers with units."""
    dates: CoverageCount
    """Dates, periods and terms."""
    organs: CoverageCount
    """Organs outside of responsibility clauses."""
    titles: CoverageCount
    """Titles of documents in 《》."""
    document_numbers: CoverageCount
    """Document numbers."""
    markers: CoverageCount
    """Markers of items."""
    rows: CoverageCount
    """Rows of tables and lines that look like cells."""
    organs_in_clauses: CoverageCount
    """Organs in responsibility clauses."""
    suspects: int
    """Numbers that values hold although they may not be goals."""
    damaged_places: int
    """Places of damage that was not undone, where it is not known what stood there; each has a finding."""


class CoverageCount(TypedDict):
    """The places of one kind in the text, by status."""

    found: int
    """All places."""
    used: int
    """A value of the kind holds it."""
    explained: int
    """A rule gives the reason why no value holds it."""
    unread: int
    """A rule recognizes a commitment that no value holds."""
    undecided: int
    """None of these."""


class Notice(TypedDict):
    """An official notice (公文) as open data. Text is in simplified script with Chinese punctuation. Quoted values are the published wording of their span; derived values stand beside the quoted ones from which they are derived. Null: the text does not state the value, or it can't be decided."""

    schema_version: str
    """The version of this schema that the notice follows."""
    id: str
    """The id of the notice: the organ code in pinyin, year and serial of its number (without a number, its issue date), and a hash of the address or the text of its source. A function of the source alone."""
    document_number: DocumentNumber | None
    """The document number (发文字号)."""
    title: str | None
    """The title (标题)."""
    kind: Literal["决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要", "方案", "规划", "计划", "办法", "细则", "要点", "措施", "政策", "规定", "规则", "条例", "纲要", "预案", "指南", "标准", "规范", "目录", "章程", "公示", "法", "解释", "讲话", "声明", "说明"] | None
    """The kind of document (文种): the last word of the title. Texts that are not notices have a kind, too (法律, 报告)."""
    issuers: list[Party]
    """The issuing organs (发文机关), in their order."""
    recipients: list[Party]
    """The organs to which it is addressed (主送机关), in their order."""
    jurisdiction: Jurisdiction | None
    """The government for which the notice speaks, with the evidence; null if there is none."""
    issue_date: str | None
    """The date of issue (成文日期), derived as ISO 8601 from the signature's date, or from the line below a rule's title that says when an order published it; never the date of printing or of publication on the web."""
    print: Print | None
    """The imprint (印发机关, 印发日期)."""
    parts: list[Part]
    """The documents in the file, in order: the letter first, then what it issues and attaches, and the imprint."""
    copied_to: list[Passage]
    """Organs that receive a copy (抄送)."""
    notes: list[Passage]
    """Notes below the date (附注): 此件公开发布, contacts."""
    attachments: list[Passage]
    """The attachments that the text lists (附件说明)."""
    signers: list[Passage]
    """Signers (签发人)."""
    effective: Effective | None
    """When it takes effect and how long it stays in force."""
    page: Page | None
    """What the web page states; null if the source is not a page."""
    citations: list[Citation]
    """The documents to which it refers, by first mention."""
    sections: list[Section]
    """Every numbered heading and item, in document order."""
    targets: list[Target]
    """The goals, in document order."""
    tasks: list[Task]
    """The tasks with their responsible units, in document order."""
    duties: list[Duty]
    """What running text outside of all tasks asks of units, or says is due by a date, in document order."""
    units: list[Unit]
    """The units of the head and of clauses of responsibility by first mention, then those that only act in running text."""
    tables: list[Grid]
    """The tables that are neither of tasks nor of goals, as grids."""
    coverage: Coverage | None
    """How many places of the text values hold, and how many not; null in a record that was read from version 1. dist/coverage/<id>.json lists the open places."""
    source: Source
    """The source."""
    spans: HeaderSpans
    """Places of plain header fields."""
    repairs: list[Repair]
    """The repairs."""
    field_corrections: list[FieldCorrection]
    """Values of this notice that a person set beside the source, in the order of that file; empty where all values were read from the text."""
    findings: list[Finding]
    """Caveats about the data."""
    blocks: list[Block]
    """The pieces that tile the source."""
