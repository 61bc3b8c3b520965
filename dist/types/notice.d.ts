// Made from notice.schema.json, version 2.0.0. Offsets count Unicode code points, start included, end excluded.

/**
 * A place in the decoded source, dist/sources/<id>.txt: offsets in Unicode code points. The wording published for it
 * is that stretch of the source with the edits of the ledger applied.
 */
export interface Span {
  /** Offset of the first character. */
  start: number;
  /** Offset after the last character. */
  end: number;
  /**
   * Only in spans, the places of header fields that are plain values: the place overlaps damage that was not undone.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A document number (发文字号): organ code, year, serial (GB/T 9704-2012, 7.2.5). */
export interface DocumentNumber {
  /**
   * The canonical form: year in 〔〕, no blanks, no 第 before the serial of an ordinary number. Derived from the span by
   * that rule.
   */
  text: string;
  /** The organ code (机关代字) that the number begins with, as 阜州政办秘; null if the number has none (第3号). */
  organ_code: string | null;
  /** The year in brackets, or before 第 in a public announcement (公告); null if the number has none. */
  year: number | null;
  /** The serial (发文顺序号). */
  serial: number | null;
  /** Its place in the source; null if it was not read from the text. */
  span: Span | null;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** An issuer (发文机关) or a recipient (主送机关). */
export interface Party {
  /** The name as written there. */
  name: string;
  /** The unit of that name, in units. */
  unit_id: string;
  /** The organ, as in units. */
  organ_id: string | null;
  /** Where it stands in the source. */
  span: Span;
  /**
   * Where an issuer was read: its signature (署名), the letterhead, the title, or the page's header; null for a
   * recipient.
   */
  basis: "signature" | "letterhead" | "title" | "page" | null;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** The government for which the notice speaks, and to whose organs its short names refer. */
export interface Jurisdiction {
  /** The GB/T 2260 code of its division; null for the centre. */
  division: string | null;
  /** The name of the division with those above it; 中央 for the centre. */
  name: string;
  /** The evidence. */
  basis: "document_number" | "issuer" | "plan_title" | "recipients" | "text" | "title";
  /** The place of the evidence; null if it is not in the text. */
  span: Span | null;
}

/**
 * The printing organ and date (印发机关, 印发日期) of the imprint (版记; GB/T 9704-2012, 7.4.3). The date differs from
 * issue_date.
 */
export interface Print {
  /** The organ that printed the notice. */
  organ: string | null;
  /** The date of printing, derived as ISO 8601 from the written one. */
  date: string | null;
  /** The line of the imprint. */
  span: Span;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** The period that a document covers, as its title states (2024—2026年, 2024年度, “十四五”). */
export interface Period {
  /** Its first year or month, derived from the words. */
  start: string;
  /** Its last year or month, derived from the words; the same as start where they name one. */
  end: string;
  /** The words that state it. */
  text: string;
  /** Where they stand in the source. */
  span: Span;
}

/** A document in the file. */
export interface Part {
  /** Its id within the notice. */
  id: string;
  /**
   * What it is: the letter (the notice itself), a plan that the letter issues, another attachment (annex), an
   * attachment that is a table, or the imprint (版记).
   */
  kind: "letter" | "plan" | "annex" | "table" | "imprint";
  /** Its title, the quotes of title_spans joined. */
  title: string | null;
  /**
   * The text before its first numbered heading or item, the quotes of preamble_spans with a line feed between; null if
   * there is none.
   */
  preamble: string | null;
  /**
   * The text behind its last item that belongs to no item (施行日期, 特此通知), the quotes of closing_spans with a line feed
   * between; null if there is none.
   */
  closing: string | null;
  /** The period that it covers, as its title states. */
  period: Period | null;
  /** Where it stands in the source, from its first line to its last. */
  span: Span;
  /** The places of the lines of its title. */
  title_spans: Array<Span>;
  /** The places of the paragraphs of its preamble. */
  preamble_spans: Array<Span>;
  /** The places of the paragraphs of its closing text. */
  closing_spans: Array<Span>;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A quoted piece of text. */
export interface Passage {
  /** The wording. */
  text: string;
  /** Where it stands in the source. */
  span: Span;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** When the notice takes effect and how long it stays in force (施行日期, 有效期, 执行期限). */
export interface Effective {
  /** The sentences that state it, the quotes of spans with a line feed between. */
  text: string;
  /** The first day in force, derived from the sentences by rule. */
  start: string | null;
  /** The last day in force, derived from the sentences by rule. */
  end: string | null;
  /**
   * How the dates were derived: as stated; counted from the date of issue (自印发之日起); the end counted from the stated
   * start by a term (有效期5年); open where neither follows.
   */
  rule: "stated" | "issue_date" | "term" | "open" | "person";
  /** Where they stand in the source, from the first to the last. */
  span: Span;
  /** The places of the sentences. */
  spans: Array<Span>;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** One statement of the web page about the notice, as found. */
export interface PageField {
  /** A meta tag of the page, or a cell of its header table. */
  origin: "meta" | "table";
  /** The name of the meta tag or the label in the table (索引号, 发文机关, …), without inner blanks. */
  label: string;
  /** Its value, as found; may be empty. */
  value: string;
  /** Where it stands in the source. */
  span: Span;
}

/** What the web page itself states about the notice: all its statements, and the values of well-known labels. */
export interface Page {
  /** The title by the page (ArticleTitle, 标题, 名称). */
  title: string | null;
  /** The number by the page (发文字号, 文号). */
  document_number: string | null;
  /** The issuer by the page (发文机关, 发布机构, ContentSource). */
  issuer: string | null;
  /** The issue date by the page (成文日期, 生成日期), derived as ISO 8601. */
  issue_date: string | null;
  /** The date of publication on the web (发布日期, PubDate), derived as ISO 8601. */
  publish_date: string | null;
  /** Whether the notice is in force, in the page's words (有效性). */
  validity: string | null;
  /** All statements of the page, in its order. */
  fields: Array<PageField>;
}

/** A place that names a document, and the section and the task that it stands in. */
export interface CitationMention {
  /** The place: title, number or alias. */
  span: Span;
  /** The innermost section that holds it. */
  section_id: string | null;
  /** The task whose text, heading or clause holds it. */
  task_id: string | null;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A document to which the text refers, listed once. */
export interface Citation {
  /** Its id within the notice. */
  id: string;
  /** Its title without 《》; empty where the text gives its number alone. */
  title: string;
  /** Its number, where one stands beside it. */
  document_number: DocumentNumber | null;
  /** The organ that issued the document, by the organ code of its number; null where no table has that code. */
  organ_id: string | null;
  /** The short name that the text gives it (以下简称…), without 《》. */
  alias: string | null;
  /** The first mention: title, number and alias. */
  span: Span;
  /** All places that name it, by title, number or alias, in order. */
  mentions: Array<CitationMention>;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A numbered heading or item (标题, 条目), in document order. */
export interface Section {
  /** Its id within the notice. */
  id: string;
  /** The part of the file that it stands in. */
  part_id: string;
  /** Its number as written: 一、 （一） 1. 第三条 */
  marker: string;
  /** The value of the marker. */
  number: number | null;
  /** Its depth, 1 for the outermost. Levels come from the order in which the markers nest in this document. */
  level: number;
  /** The section that it stands in. */
  parent: string | null;
  /**
   * The heading, or the run-in heading up to its first 。 or ：; where an item has no heading, its first words (see
   * titled).
   */
  title: string | null;
  /** Whether the title is a heading. If false, the item has no heading and title holds its first twelve characters. */
  titled: boolean;
  /** Its own text without the title and without its children's, paragraphs separated by a line feed. */
  text: string;
  /** From its marker to the end of its own text. */
  span: Span;
  /** The place of the title. */
  title_span: Span | null;
  /** The places of its own text, in order. */
  paragraphs: Array<Span>;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A number without the multiples of its unit. */
export interface Amount {
  /** The number; the lower end of a range. */
  number: string;
  /** The upper end of a range. */
  number_max: string | null;
  /** The unit as written, without 万, 亿. */
  unit: string | null;
}

/** The value or date from which a goal starts. */
export interface Baseline {
  /** The value from which it starts (由45%提高到80%: 45); null if only a date is named (较2020年). */
  value: string | null;
  /** Its unit as written, or that of the goal. */
  unit: string | null;
  /** The year, month or day for which it is stated. */
  date: string | null;
  /** The words that state it. */
  text: string;
  /** Where they stand. */
  span: Span;
}

/** Words that express how a goal is meant. */
export interface Wording {
  /** The words. */
  text: string;
  /** The properties that are derived from them. */
  tells: Array<"direction" | "change" | "bound" | "strength" | "recurrence">;
  /** The place of the words. */
  span: Span;
}

/** A goal that must be reached (目标): one for each number, or one for a goal without a number. */
export interface Target {
  /** Its id within the notice. */
  id: string;
  /** Quantified (a number), relative (measured against something else, without a number), or qualitative. */
  type: "quantified" | "relative" | "qualitative";
  /** The words of the goal. */
  text: string;
  /** What is measured (公民具备科学素质的比例); null if it can't be determined. */
  indicator: string | null;
  /** Whether what is measured is to grow or to shrink, where the words say so (提高, 新增, 压减); null otherwise. */
  direction: "increase" | "decrease" | null;
  /** Whether the number is what is reached (提高到) or by how much (提高); null where there is no direction. */
  change: "to" | "by" | null;
  /**
   * How the number bounds the goal: from the words behind it (以上) or before it (不少于); of a goal without a number how
   * it is compared with others (高于全市平均水平).
   */
  bound: "at_least" | "at_most" | "more_than" | "less_than" | "about" | "equal" | null;
  /** The number as an exact decimal, derived from value_text; the lower end of a range; null without a number. */
  value: string | null;
  /** The upper end of a range (2-3个). */
  value_max: string | null;
  /** The number as written. */
  value_text: string | null;
  /** The unit of measure as written, with its multiple: %, 万人, 场次. */
  unit: string | null;
  /** The amount without the multiples (万, 亿) of the unit, for adding and sorting; null for a goal without a number. */
  amount: Amount | null;
  /** What the number is compared with, where the words say so: 由45%提高到80%, or a column with the earlier values. */
  baseline: Baseline | null;
  /** Whether the goal is required or to be striven for (力争, 争取, 努力, 原则上). */
  strength: "required" | "strive";
  /** The place or the class to which the number applies: 每县, 各乡镇, 全市; null where the words name none. */
  scope: Passage | null;
  /** By when: a year, month or day, derived from deadline_text, which may stand before the goal and govern several. */
  deadline: string | null;
  /** The last day of the deadline. */
  due_on: string | null;
  /** The deadline as written (到2025年). */
  deadline_text: string | null;
  /** Where the deadline stands. */
  deadline_rule: "stated" | "head" | "clause" | "row" | "heading" | "relative" | "person" | null;
  /** The places of deadline_text. */
  deadline_spans: Array<Span>;
  /** How often, as written (每年, 年均). */
  recurrence: string | null;
  /**
   * How likely the number is a goal, by the words around it, calibrated on annotated plans, to two digits. Null for
   * goals without a number and for those that a table sets.
   */
  probability: number | null;
  /**
   * The words that express direction, change, bound, strength and recurrence; they may stand before the goal and
   * govern several.
   */
  wordings: Array<Wording>;
  /** The section that it stands in. */
  section_id: string | null;
  /** The tasks in which, or in whose rows of a table, it stands; several if it is repeated. */
  task_ids: Array<string>;
  /** The place of value_text; null for a goal without a number. */
  value_span: Span | null;
  /** Its places, the first mention first. A goal that is repeated is one target with several spans. */
  spans: Array<Span>;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A unit named in a responsibility clause. */
export interface ResponsibleUnit {
  /** The name as written. */
  name: string;
  /**
   * The name with the prefix or suffix that it shares with its neighbours (省发展改革委、工业和信息化厅 → 省工业和信息化厅), where that is
   * certain; null otherwise.
   */
  reading: string | null;
  /** The unit of that name, in units. */
  unit_id: string;
  /** The organ, as in units. */
  organ_id: string | null;
  /** Its role; derived by role_basis. */
  role: "lead" | "support" | "responsible";
  /** The word that gives the role, as written (牵头, 参加, 责任单位). */
  role_text: string | null;
  /** The basis of the role. */
  role_basis: "stated" | "first_listed" | "plain" | "convention" | "person";
  /** Whether the list is left open after it (等). */
  open: boolean;
  /** Where it stands in the source. */
  span: Span;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A dated step of a task or a duty. */
export interface Milestone {
  /** Its id within the notice: the number of the task, or of the duty, and its own. */
  id: string;
  /** Until when, as precise as the words: a year, a month or a day. */
  date: string;
  /** The last day of that date. */
  due_on: string;
  /** What is to be done by then: the words that the date governs. */
  text: string;
  /** Where the date stands. */
  rule: "stated" | "head" | "clause" | "row" | "heading" | "relative" | "person";
  /** The place of text. */
  span: Span;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A unit to which running text gives a duty (市发展改革委牵头做好年度评估). Not every actor is a responsible unit of the task. */
export interface Actor {
  /** As written. */
  name: string;
  /** The unit, where the notice also names it as an issuer, a recipient or a responsible unit. */
  unit_id: string | null;
  /** The organ, the same id in every notice; null where its government is unknown. */
  organ_id: string | null;
  /** The word that gives the duty: 牵头, 要, 负责. */
  verb: string;
  /** The place of name. */
  span: Span;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A sentence of a task: one of the things that are to be done. */
export interface Measure {
  /** Its id within the notice: the task's number and its own. */
  id: string;
  /** The sentence. */
  text: string;
  /** The milestones of the task whose text overlaps it. */
  milestone_ids: Array<string>;
  /** The targets that stand in it. */
  target_ids: Array<string>;
  /** The documents that it names. */
  citation_ids: Array<string>;
  /** The units to which it gives a duty, in order. */
  actors: Array<Actor>;
  /** The place of text. */
  span: Span;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/**
 * What running text outside of all tasks asks for: a sentence in which a unit has to act (市财政局负责资金保障), or that says by
 * when something is due. Of actors, milestones and recurrence at least one is there.
 */
export interface Duty {
  /** Its id within the notice. */
  id: string;
  /** The part of the file that it stands in. */
  part_id: string;
  /** The innermost section that it stands in. */
  section_id: string | null;
  /** The sentence. */
  text: string;
  /** The units to which it gives a duty, in order. */
  actors: Array<Actor>;
  /** Its dated steps, in order. A goal with a deadline is a target, no step. */
  milestones: Array<Milestone>;
  /** By when it is due each time, as written (每年2月底前). */
  recurrence: string | null;
  /** The place of recurrence. */
  recurrence_span: Span | null;
  /** The targets that stand in it. */
  target_ids: Array<string>;
  /** The documents that it names. */
  citation_ids: Array<string>;
  /** The place of text. */
  span: Span;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/**
 * A task (任务): the text that ends in a responsibility clause, or a numbered item beside such tasks that has no clause
 * of its own.
 */
export interface Task {
  /** Its id within the notice. */
  id: string;
  /** The part of the file that it stands in. */
  part_id: string;
  /** The number of the item that it belongs to, as written. */
  marker: string | null;
  /** The heading of that item, or of the paragraph of its own that the task is. */
  title: string | null;
  /** What is to be done, without marker, title and the clause. */
  text: string;
  /** The section that the item stands in. */
  group_id: string | null;
  /** The items that it covers. */
  section_ids: Array<string>;
  /** By when, derived from deadline_text. */
  deadline: string | null;
  /** The last day of the deadline. */
  due_on: string | null;
  /** The deadline as written (2025年底前): in the clause, in the row, at the head of the text or in a heading. */
  deadline_text: string | null;
  /** Where the deadline stands. */
  deadline_rule: "stated" | "head" | "clause" | "row" | "heading" | "relative" | "person" | null;
  /** The place of deadline_text. */
  deadline_spans: Array<Span>;
  /** How often it is due, as written in the clause or the row (每年). */
  recurrence: string | null;
  /** The dated steps of the task, in the order of the text. */
  milestones: Array<Milestone>;
  /** The sentences of text, in order: what is to be done, one by one. */
  measures: Array<Measure>;
  /** The targets that stand in the task. */
  target_ids: Array<string>;
  /** The documents that the task names. */
  citation_ids: Array<string>;
  /** The responsibility clause, as written; null where the item has none. */
  clause: string | null;
  /** The places of the clause. */
  clause_spans: Array<Span>;
  /** The units, in the order in which they stand. */
  responsible_units: Array<ResponsibleUnit>;
  /** The places of the text, in order. */
  spans: Array<Span>;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/** A name by which the notice calls a unit, and where. */
export interface Spelling {
  /** The name as written. */
  name: string;
  /** The places of the name, in order. */
  spans: Array<Span>;
}

/** An organ that the notice names as issuer, recipient or responsible unit, once whatever it is called there. */
export interface Unit {
  /** Its id within the notice. */
  id: string;
  /** The first of its spellings. */
  name: string;
  /**
   * The id of the organ, the same in every notice, whatever the organ is called there; schema/README.md describes what
   * can change it. Null if the government to which it belongs is unknown.
   */
  organ_id: string | null;
  /** Its full name at the issue date, from the tables of organs, where that is certain; null otherwise. */
  full_name: string | null;
  /** What kind of organ it is. */
  kind: "企业" | "派出机构" | "垂直管理" | "民主党派" | "党委" | "党委部门" | "事业单位" | "人大政协" | "政府" | "政府部门" | "临时议事" | "检察院" | "法院" | "军事机关" | "纪检监察" | "群团" | "高校" | "集合" | null;
  /** The GB/T 2260 code of its administrative division, where certain. */
  division: string | null;
  /** Whether the name stands for a class of units (各乡镇街道). */
  collective: boolean;
  /** The full names that a short name could stand for, where it is ambiguous. */
  candidates: Array<string>;
  /** The names by which the notice calls it, in order of first mention. */
  spellings: Array<Spelling>;
  /** All its mentions, in order. */
  spans: Array<Span>;
}

/** A piece of the source. The blocks cover it once, from the first character to the last. */
export interface Block {
  /** What it is. */
  kind: "adoption" | "annex-title" | "attachment-heading" | "attachment-list" | "blank" | "byline" | "comment" | "contents" | "copied-to" | "date" | "deleted" | "document-number" | "field-code" | "footnote" | "furniture" | "heading" | "hidden" | "image" | "imprint" | "item" | "letterhead" | "list-item" | "masthead" | "moved-from" | "note" | "note-reference" | "page-footer" | "page-header" | "page-meta" | "page-number" | "page-table" | "closing" | "paragraph" | "plan-title" | "recipients" | "remark" | "ruby" | "rule" | "signature" | "signer" | "table-row" | "title" | "urgency";
  /** The published wording of the span. */
  text: string;
  /** Where it stands in the source. */
  span: Span;
}

/**
 * Equal edits that undid damage, applied a correction by a person, or changed a stray character. The ledger
 * (dist/ledgers/<id>.json) holds every edit, including those of script, blanks and punctuation.
 */
export interface Repair {
  /** The rule. */
  rule: "character-form" | "chinese-punctuation" | "compatibility-character" | "correction" | "html-entity" | "invisible-character" | "layout-blank" | "line-end" | "line-join" | "lost-bytes" | "markdown-mark" | "markup-tag" | "numeral-zero" | "page-number" | "paragraph-break" | "pinyin-note" | "private-use-character" | "spaced-word" | "stray-traditional" | "traditional-script" | "wrapped-cell" | "wrong-decoding";
  /** The text before the repair. */
  before: string;
  /** The text after the repair. */
  after: string;
  /** How certain it is. */
  confidence: "proven" | "chosen" | "stated" | "certain";
  /** The reason, for people, in English; that of a correction as the person wrote it. */
  evidence: string | null;
  /** The same in Chinese; null in a record that was read from version 1. */
  evidence_zh: string | null;
  /** The places in the source. */
  spans: Array<Span>;
}

/**
 * A value that a person set in the place of the one that was read. It has no place in the source: the span of a header
 * field that was set is null, the rule or basis beside a date or a role is person.
 */
export interface FieldCorrection {
  /** The value: a JSON pointer (RFC 6901) into this notice. */
  pointer: string;
  /** What had been read there; null if nothing had. */
  old: string | number | null;
  /** What the person set; null if the text does not state it. */
  value: string | number | null;
  /** How the person knows. */
  reason: string;
  /** Who set it. */
  who: string;
  /** When it was set. */
  when: string;
  /** How certain it is: always stated, by a person. */
  confidence: "stated";
}

/** Where the source was found, as a person stated it beside the source. */
export interface Origin {
  /** Its address. */
  url: string | null;
  /** The day on which it was fetched. */
  retrieved: string | null;
  /** The licence or legal status of the text. */
  license: string | null;
  /** Who published it there. */
  publisher: string | null;
}

/** The source as it was read. */
export interface Source {
  /** Its path within the source folder, or its file name. */
  path: string | null;
  /** SHA-256 of its bytes. */
  sha256: string;
  /** The format of the file. */
  format: "text" | "markdown" | "html" | "docx" | "doc" | "xlsx" | "ofd" | "pdf" | "image";
  /** The encoding found; null for a file that isn't one stretch of encoded text (DOCX, XLSX, OFD, PDF, images). */
  encoding: string | null;
  /** The number of characters (code points) of the decoded text. */
  characters: number;
  /** SHA-256 of the decoded text in UTF-8, which all spans index and which is published as dist/sources/<id>.txt. */
  text_sha256: string;
  /** The script found. */
  script: "mixed" | "simplified" | "traditional" | "unknown";
  /** Where it was found. */
  origin: Origin | null;
}

/** The places of those header fields that are plain values. */
export interface HeaderSpans {
  /** The place of the title. */
  title: Span | null;
  /** The place of the kind, at the end of the title. */
  kind: Span | null;
  /** The place of the issue date. */
  issue_date: Span | null;
}

/** A caveat about the data. */
export interface Finding {
  /** What it is. */
  code: "ambiguous-number" | "ambiguous-unit" | "attachment-missing" | "blank-form" | "broken-cells" | "citation-number-conflict" | "classified" | "correction-places" | "date-conflict" | "date-unreadable" | "document-number-conflict" | "document-number-unplaced" | "document-number-unreadable" | "doubtful-recognition" | "duplicate-id" | "empty-source" | "encrypted" | "formula-without-value" | "internal-error" | "invalid-notice" | "invalid-sidecar" | "issue-date-from-publication" | "lost-character" | "memory-limit" | "merged-cells" | "missing-extra" | "missing-head" | "no-document-number" | "no-heads" | "no-issue-date" | "no-issuer" | "no-kind" | "no-tasks" | "no-text-layer" | "no-title" | "not-a-notice" | "numbering-duplicate" | "numbering-gap" | "organ-not-in-force" | "plain-reading" | "private-use-character" | "recognized-text" | "row-without-task" | "scope-convention" | "sidecar-without-source" | "speech" | "task-without-units" | "time-limit" | "title-conflict" | "truncated" | "unclosed-bracket" | "unclosed-clause" | "undecodable" | "undefined-list" | "unknown-full-name" | "unknown-heads" | "unknown-jurisdiction" | "unknown-label" | "unknown-number-format" | "unknown-organ" | "unknown-unit" | "unplaced-text-box" | "unread-clause" | "unread-convention" | "unread-date" | "unread-document-number" | "unread-image" | "unread-number" | "unread-organ" | "unread-part" | "unread-places" | "unread-row" | "unread-table" | "unread-words" | "unreadable" | "unresolved-damage" | "unsupported-format" | "work-report";
  /** Its severity. */
  severity: "error" | "warning" | "info";
  /** A sentence for people, in English. */
  message: string;
  /** The same in Chinese. */
  message_zh: string;
  /** The values that the messages hold, by name. */
  params: Record<string, string>;
  /** The place in the source to which it refers. */
  span: Span | null;
}

/** A table that is neither of tasks nor of goals. */
export interface Grid {
  /** Its id in this notice: table-1, table-2, … */
  id: string;
  /** The part that it stands in. */
  part_id: string;
  /** The line right above it; null where there is none. */
  caption: string | null;
  /** The heads of its columns, empty for one without. */
  columns: Array<string>;
  /** Its rows below the heads, each the cells that begin in it. */
  rows: Array<Array<GridCell>>;
  /** Where it stands in the source. */
  span: Span;
}

/** A cell of a table, in the first of the places that it covers. */
export interface GridCell {
  /** Its row, counted from 1, the heads among them. */
  row: number;
  /** Its column, counted from 1. */
  column: number;
  /** How many rows it covers. */
  rows: number;
  /** How many columns it covers. */
  columns: number;
  /** Its text; empty for an empty cell. */
  text: string;
  /** Where it stands in the source. */
  span: Span;
  /**
   * The place of the value overlaps damage that was not undone, so that the value may be wrong; see the finding there.
   * Absent otherwise.
   */
  damaged?: boolean;
}

/**
 * How many places of the text values hold, by kind, counted by a scan that uses the vocabulary but not the decisions
 * of the extractors.
 */
export interface Coverage {
  /** Numbers with units. */
  numbers: CoverageCount;
  /** Dates, periods and terms. */
  dates: CoverageCount;
  /** Organs outside of responsibility clauses. */
  organs: CoverageCount;
  /** Titles of documents in 《》. */
  titles: CoverageCount;
  /** Document numbers. */
  document_numbers: CoverageCount;
  /** Markers of items. */
  markers: CoverageCount;
  /** Rows of tables and lines that look like cells. */
  rows: CoverageCount;
  /** Organs in responsibility clauses. */
  organs_in_clauses: CoverageCount;
  /** Numbers that values hold although they may not be goals. */
  suspects: number;
  /** Places of damage that was not undone, where it is not known what stood there; each has a finding. */
  damaged_places: number;
}

/** The places of one kind in the text, by status. */
export interface CoverageCount {
  /** All places. */
  found: number;
  /** A value of the kind holds it. */
  used: number;
  /** A rule gives the reason why no value holds it. */
  explained: number;
  /** A rule recognizes a commitment that no value holds. */
  unread: number;
  /** None of these. */
  undecided: number;
}

/**
 * An official notice (公文) as open data. Text is in simplified script with Chinese punctuation. Quoted values are the
 * published wording of their span; derived values stand beside the quoted ones from which they are derived. Null: the
 * text does not state the value, or it can't be decided.
 */
export interface Notice {
  /** The version of this schema that the notice follows. */
  schema_version: string;
  /**
   * The id of the notice: the organ code in pinyin, year and serial of its number (without a number, its issue date),
   * and a hash of the address or the text of its source. A function of the source alone.
   */
  id: string;
  /** The document number (发文字号). */
  document_number: DocumentNumber | null;
  /** The title (标题). */
  title: string | null;
  /** The kind of document (文种): the last word of the title. Texts that are not notices have a kind, too (法律, 报告). */
  kind: "决议" | "决定" | "命令" | "公报" | "公告" | "通告" | "意见" | "通知" | "通报" | "报告" | "请示" | "批复" | "议案" | "函" | "纪要" | "方案" | "规划" | "计划" | "办法" | "细则" | "要点" | "措施" | "政策" | "规定" | "规则" | "条例" | "纲要" | "预案" | "指南" | "标准" | "规范" | "目录" | "章程" | "公示" | "法" | "解释" | "讲话" | "声明" | "说明" | null;
  /** The issuing organs (发文机关), in their order. */
  issuers: Array<Party>;
  /** The organs to which it is addressed (主送机关), in their order. */
  recipients: Array<Party>;
  /** The government for which the notice speaks, with the evidence; null if there is none. */
  jurisdiction: Jurisdiction | null;
  /**
   * The date of issue (成文日期), derived as ISO 8601 from the signature's date, or from the line below a rule's title
   * that says when an order published it; never the date of printing or of publication on the web.
   */
  issue_date: string | null;
  /** The imprint (印发机关, 印发日期). */
  print: Print | null;
  /** The documents in the file, in order: the letter first, then what it issues and attaches, and the imprint. */
  parts: Array<Part>;
  /** Organs that receive a copy (抄送). */
  copied_to: Array<Passage>;
  /** Notes below the date (附注): 此件公开发布, contacts. */
  notes: Array<Passage>;
  /** The attachments that the text lists (附件说明). */
  attachments: Array<Passage>;
  /** Signers (签发人). */
  signers: Array<Passage>;
  /** When it takes effect and how long it stays in force. */
  effective: Effective | null;
  /** What the web page states; null if the source is not a page. */
  page: Page | null;
  /** The documents to which it refers, by first mention. */
  citations: Array<Citation>;
  /** Every numbered heading and item, in document order. */
  sections: Array<Section>;
  /** The goals, in document order. */
  targets: Array<Target>;
  /** The tasks with their responsible units, in document order. */
  tasks: Array<Task>;
  /** What running text outside of all tasks asks of units, or says is due by a date, in document order. */
  duties: Array<Duty>;
  /** The units of the head and of clauses of responsibility by first mention, then those that only act in running text. */
  units: Array<Unit>;
  /** The tables that are neither of tasks nor of goals, as grids. */
  tables: Array<Grid>;
  /**
   * How many places of the text values hold, and how many not; null in a record that was read from version 1.
   * dist/coverage/<id>.json lists the open places.
   */
  coverage: Coverage | null;
  /** The source. */
  source: Source;
  /** Places of plain header fields. */
  spans: HeaderSpans;
  /** The repairs. */
  repairs: Array<Repair>;
  /**
   * Values of this notice that a person set beside the source, in the order of that file; empty where all values were
   * read from the text.
   */
  field_corrections: Array<FieldCorrection>;
  /** Caveats about the data. */
  findings: Array<Finding>;
  /** The pieces that tile the source. */
  blocks: Array<Block>;
}
