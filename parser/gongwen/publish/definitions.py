"""The tables as data: which records of a notice each one lists, and where in them the value of each column is.

A path leads from the notice to the records of a table ("tasks.responsible_units": a row for each unit of each task). A
column is found in its record by a path of properties ("span.start"), or in a record that its own stands in: "/id" is
the notice's id, "/tasks/id" that of the task. To add a column, add its line here; all formats have it then.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Type = Literal["string", "key", "integer", "boolean", "date", "number", "strings", "spans"]

POSITION = "#"
"""The place of a column that counts the records of its list, from 1."""
FIRST = "0"
"""The step to the first of a list."""
WRITTEN = "written"
"""The step from a value that is a string or a number to its wording."""
EACH = "*"
"""The step to each element of a list that is itself an element of a list."""


class Column(NamedTuple):
    """A column: its name, where its value is, the table that it points into, a type where the schema's is not the one.

    A "key" is an id that is unique within its notice only, so the table puts the notice's id and # before it.
    """

    name: str
    at: str
    refers_to: str | None = None
    type: Type | None = None


class Definition(NamedTuple):
    """A table of a notice's records: ``path`` leads to them, ``key`` names the columns that tell its rows apart."""

    name: str
    title: str
    description: str
    path: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


NOTICE = Column("notice_id", "/id", "notices")
SPAN = (Column("start", "span.start"), Column("end", "span.end"))

DEFINITIONS = (
    Definition(
        "notices", "Notices (公文)", "A row for each notice.", "", ("notice_id",),
        (
            Column("notice_id", "id"),
            Column("document_number", "document_number.text"),
            Column("organ_code", "document_number.organ_code"),
            Column("year", "document_number.year"),
            Column("serial", "document_number.serial"),
            Column("title", "title"),
            Column("kind", "kind"),
            Column("issuer", "issuers.0.name"),
            Column("issue_date", "issue_date"),
            Column("jurisdiction", "jurisdiction.division"),
            Column("jurisdiction_name", "jurisdiction.name"),
            Column("jurisdiction_basis", "jurisdiction.basis"),
            Column("print_organ", "print.organ"),
            Column("print_date", "print.date"),
            Column("effective_start", "effective.start"),
            Column("effective_end", "effective.end"),
            Column("effective_rule", "effective.rule"),
            Column("page_publish_date", "page.publish_date"),
            Column("page_validity", "page.validity"),
            Column("source_path", "source.path"),
            Column("source_url", "source.origin.url"),
            Column("source_license", "source.origin.license"),
            Column("source_sha256", "source.sha256"),
            Column("source_format", "source.format"),
            Column("source_script", "source.script"),
            Column("source_characters", "source.characters"),
            Column("schema_version", "schema_version"),
        ),
    ),
    Definition(
        "units", "Units (单位)", "A row for each organ that a notice names, once whatever it is called there.", "units", ("unit_id",),
        (
            NOTICE,
            Column("unit_id", "id", type="key"),
            Column("name", "name"),
            Column("organ_id", "organ_id"),
            Column("full_name", "full_name"),
            Column("kind", "kind"),
            Column("division", "division"),
            Column("collective", "collective"),
            Column("candidates", "candidates"),
            Column("spans", "spans"),
        ),
    ),
    Definition(
        "spellings", "Spellings (单位写法)", "A row for each name by which a notice calls a unit, in order of first mention.", "units.spellings", ("unit_id", "position"),
        (NOTICE, Column("unit_id", "/units/id", "units", "key"), Column("position", POSITION), Column("name", "name"), Column("spans", "spans")),
    ),
    Definition(
        "issuers", "Issuing organs (发文机关)", "A row for each organ that issued a notice, in its order.", "issuers", ("notice_id", "position"),
        (NOTICE, Column("position", POSITION), Column("unit_id", "unit_id", "units", "key"), Column("organ_id", "organ_id"), Column("name", "name"), Column("basis", "basis"), *SPAN),
    ),
    Definition(
        "recipients", "Recipients (主送机关)", "A row for each organ that a notice is addressed to, in its order.", "recipients", ("notice_id", "position"),
        (NOTICE, Column("position", POSITION), Column("unit_id", "unit_id", "units", "key"), Column("organ_id", "organ_id"), Column("name", "name"), *SPAN),
    ),
    Definition(
        "parts", "Parts (文件组成)", "A row for each document in the file of a notice: letter, plans, annexes, imprint, in order.", "parts", ("part_id",),
        (
            NOTICE,
            Column("part_id", "id", type="key"),
            Column("kind", "kind"),
            Column("title", "title"),
            Column("preamble", "preamble"),
            Column("closing", "closing"),
            Column("period_start", "period.start"),
            Column("period_end", "period.end"),
            *SPAN,
        ),
    ),
    Definition(
        "sections", "Sections (标题和条目)", "A row for each numbered heading or item, in document order.", "sections", ("section_id",),
        (
            NOTICE,
            Column("section_id", "id", type="key"),
            Column("part_id", "part_id", "parts", "key"),
            Column("parent_id", "parent", "sections", "key"),
            Column("level", "level"),
            Column("marker", "marker"),
            Column("number", "number"),
            Column("title", "title"),
            Column("titled", "titled"),
            Column("text", "text"),
            *SPAN,
        ),
    ),
    Definition(
        "tasks", "Tasks (任务)", "A row for each task.", "tasks", ("task_id",),
        (
            NOTICE,
            Column("task_id", "id", type="key"),
            Column("part_id", "part_id", "parts", "key"),
            Column("group_id", "group_id", "sections", "key"),
            Column("marker", "marker"),
            Column("title", "title"),
            Column("text", "text"),
            Column("deadline", "deadline"),
            Column("due_on", "due_on"),
            Column("deadline_text", "deadline_text"),
            Column("deadline_rule", "deadline_rule"),
            Column("recurrence", "recurrence"),
            Column("clause", "clause"),
            Column("spans", "spans"),
        ),
    ),
    Definition(
        "task_sections", "Sections of tasks (任务涉及的条目)", "A row for each item that a task covers.", "tasks.section_ids", ("task_id", "section_id"),
        (NOTICE, Column("task_id", "/tasks/id", "tasks", "key"), Column("section_id", "", "sections", "key")),
    ),
    Definition(
        "milestones", "Milestones (时间节点)", "A row for each dated step of a task, in the order of the text.", "tasks.milestones", ("milestone_id",),
        (
            NOTICE,
            Column("milestone_id", "id", type="key"),
            Column("task_id", "/tasks/id", "tasks", "key"),
            Column("date", "date"),
            Column("due_on", "due_on"),
            Column("text", "text"),
            Column("rule", "rule"),
            *SPAN,
        ),
    ),
    Definition(
        "measures", "Measures (举措)", "A row for each sentence of a task: what is to be done, one by one.", "tasks.measures", ("measure_id",),
        (
            NOTICE,
            Column("measure_id", "id", type="key"),
            Column("task_id", "/tasks/id", "tasks", "key"),
            Column("text", "text"),
            *SPAN,
        ),
    ),
    Definition(
        "actors", "Actors (行动主体)", "A row for each unit that the running text of a task says has to do something.",
        "tasks.measures.actors", ("measure_id", "position"),
        (
            NOTICE,
            Column("measure_id", "/tasks/measures/id", "measures", "key"),
            Column("position", POSITION),
            Column("unit_id", "unit_id", "units", "key"),
            Column("organ_id", "organ_id"),
            Column("name", "name"),
            Column("verb", "verb"),
            *SPAN,
        ),
    ),
    Definition(
        "duties", "Duties (正文要求)", "A row for each sentence outside of tasks in which a unit has to act, or something is due.", "duties", ("duty_id",),
        (
            NOTICE,
            Column("duty_id", "id", type="key"),
            Column("part_id", "part_id", "parts", "key"),
            Column("section_id", "section_id", "sections", "key"),
            Column("text", "text"),
            Column("recurrence", "recurrence"),
            *SPAN,
        ),
    ),
    Definition(
        "duty_actors", "Actors of duties (正文要求的主体)", "A row for each unit to which a duty is given.", "duties.actors", ("duty_id", "position"),
        (
            NOTICE,
            Column("duty_id", "/duties/id", "duties", "key"),
            Column("position", POSITION),
            Column("unit_id", "unit_id", "units", "key"),
            Column("organ_id", "organ_id"),
            Column("name", "name"),
            Column("verb", "verb"),
            *SPAN,
        ),
    ),
    Definition(
        "duty_milestones", "Milestones of duties (正文要求的时间节点)", "A row for each dated step of a duty, in the order of the text.",
        "duties.milestones", ("milestone_id",),
        (
            NOTICE,
            Column("milestone_id", "id", type="key"),
            Column("duty_id", "/duties/id", "duties", "key"),
            Column("date", "date"),
            Column("due_on", "due_on"),
            Column("text", "text"),
            Column("rule", "rule"),
            *SPAN,
        ),
    ),
    Definition(
        "task_targets", "Targets of tasks (任务的目标)", "A row for each target that stands in a task.", "tasks.target_ids", ("task_id", "target_id"),
        (NOTICE, Column("task_id", "/tasks/id", "tasks", "key"), Column("target_id", "", "targets", "key")),
    ),
    Definition(
        "task_citations", "Citations of tasks (任务的依据)", "A row for each document that a task names.", "tasks.citation_ids", ("task_id", "citation_id"),
        (NOTICE, Column("task_id", "/tasks/id", "tasks", "key"), Column("citation_id", "", "citations", "key")),
    ),
    Definition(
        "responsibilities", "Responsibilities (责任分工)", "A row for each unit that a task names, with its role, in the order of the clause.",
        "tasks.responsible_units", ("task_id", "position"),
        (
            NOTICE,
            Column("task_id", "/tasks/id", "tasks", "key"),
            Column("position", POSITION),
            Column("unit_id", "unit_id", "units", "key"),
            Column("organ_id", "organ_id"),
            Column("name", "name"),
            Column("reading", "reading"),
            Column("role", "role"),
            Column("role_text", "role_text"),
            Column("role_basis", "role_basis"),
            Column("open", "open"),
            *SPAN,
        ),
    ),
    Definition(
        "targets", "Targets (目标)", "A row for each goal that somebody must reach, one for each number.", "targets", ("target_id",),
        (
            NOTICE,
            Column("target_id", "id", type="key"),
            Column("section_id", "section_id", "sections", "key"),
            Column("type", "type"),
            Column("text", "text"),
            Column("indicator", "indicator"),
            Column("direction", "direction"),
            Column("change", "change"),
            Column("bound", "bound"),
            Column("value", "value", type="number"),
            Column("value_max", "value_max", type="number"),
            Column("value_text", "value_text"),
            Column("unit", "unit"),
            Column("amount", "amount.number", type="number"),
            Column("amount_max", "amount.number_max", type="number"),
            Column("amount_unit", "amount.unit"),
            Column("baseline", "baseline.value", type="number"),
            Column("baseline_unit", "baseline.unit"),
            Column("baseline_date", "baseline.date"),
            Column("baseline_text", "baseline.text"),
            Column("strength", "strength"),
            Column("scope", "scope.text"),
            Column("deadline", "deadline"),
            Column("due_on", "due_on"),
            Column("deadline_text", "deadline_text"),
            Column("deadline_rule", "deadline_rule"),
            Column("recurrence", "recurrence"),
            Column("probability", "probability"),
            Column("spans", "spans"),
        ),
    ),
    Definition(
        "wordings", "Wordings of targets (目标用语)", "A row for each stretch of words that tells direction, change, bound, strength or recurrence of a target.",
        "targets.wordings", ("target_id", "position"),
        (
            NOTICE,
            Column("target_id", "/targets/id", "targets", "key"),
            Column("position", POSITION),
            Column("text", "text"),
            Column("tells", "tells"),
            *SPAN,
        ),
    ),
    Definition(
        "citations", "Citations (引用文件)", "A row for each document that a notice refers to.", "citations", ("citation_id",),
        (
            NOTICE,
            Column("citation_id", "id", type="key"),
            Column("title", "title"),
            Column("document_number", "document_number.text"),
            Column("organ_id", "organ_id"),
            Column("alias", "alias"),
            *SPAN,
        ),
    ),
    Definition(
        "mentions", "Mentions of documents (引用位置)", "A row for each place that names a cited document, in order.", "citations.mentions",
        ("citation_id", "position"),
        (
            NOTICE,
            Column("citation_id", "/citations/id", "citations", "key"),
            Column("position", POSITION),
            Column("section_id", "section_id", "sections", "key"),
            Column("task_id", "task_id", "tasks", "key"),
            *SPAN,
        ),
    ),
    Definition(
        "repairs", "Repairs (修复)", "A row for each kind of repair that was made to a damaged source.", "repairs", ("notice_id", "position"),
        (
            NOTICE,
            Column("position", POSITION),
            Column("rule", "rule"),
            Column("before", "before"),
            Column("after", "after"),
            Column("confidence", "confidence"),
            Column("evidence", "evidence"),
            Column("evidence_zh", "evidence_zh"),
            Column("spans", "spans"),
        ),
    ),
    Definition(
        "field_corrections", "Values set by people (人工设定的值)", "A row for each value that a person set in the place of the one that was read.",
        "field_corrections", ("notice_id", "position"),
        (
            NOTICE,
            Column("position", POSITION),
            Column("pointer", "pointer"),
            Column("old", f"old.{WRITTEN}"),
            Column("value", f"value.{WRITTEN}"),
            Column("reason", "reason"),
            Column("who", "who"),
            Column("when", "when"),
            Column("confidence", "confidence"),
        ),
    ),
    Definition(
        "findings", "Findings (问题和提示)", "A row for each thing that a reader of a notice's data should know.", "findings", ("notice_id", "position"),
        (NOTICE, Column("position", POSITION), Column("code", "code"), Column("severity", "severity"), Column("message", "message"), Column("message_zh", "message_zh"), *SPAN),
    ),
    Definition(
        "grids", "Tables (表格)", "A row for each table of a notice that is neither of tasks nor of goals, in order.", "tables", ("table_id",),
        (NOTICE, Column("table_id", "id", type="key"), Column("part_id", "part_id", "parts", "key"), Column("caption", "caption"), Column("columns", "columns"), *SPAN),
    ),
    Definition(
        "grid_cells", "Cells of tables (单元格)", "A row for each cell of these tables below their heads; a merged cell stands once.",
        "tables.rows.*", ("table_id", "row", "column"),
        (
            NOTICE,
            Column("table_id", "/tables/id", "grids", "key"),
            Column("row", "row"),
            Column("column", "column"),
            Column("rows", "rows"),
            Column("columns", "columns"),
            Column("text", "text"),
            *SPAN,
        ),
    ),
    Definition(
        "coverage", "Coverage (覆盖情况)", "A row for each notice: how many places of each kind its text has, and what became of them.", "", ("notice_id",),
        (
            NOTICE,
            *(
                Column(f"{kind}_{count}", f"coverage.{kind}.{count}")
                for kind in ("numbers", "dates", "organs", "titles", "document_numbers", "markers", "rows", "organs_in_clauses")
                for count in ("found", "used", "explained", "unread", "undecided")
            ),
            Column("suspects", "coverage.suspects"),
            Column("damaged_places", "coverage.damaged_places"),
        ),
    ),
    Definition(
        "blocks", "Blocks (全文)", "A row for each piece of a notice's text, in order: together they are all of it.", "blocks", ("notice_id", "position"),
        (NOTICE, Column("position", POSITION), Column("kind", "kind"), Column("text", "text"), *SPAN),
    ),
)  # fmt: skip
