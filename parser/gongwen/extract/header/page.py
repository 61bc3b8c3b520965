"""What the web page itself says of a notice: its meta tags and header table, kept as found, and the labels known everywhere.

The labels are those of 《政府网站发展指引》 (国办发〔2017〕47号) and of the header tables of government sites; blanks inside a label
(文　　号) don't count.
"""

from __future__ import annotations

from gongwen.document import Outline, Statement
from gongwen.lexicon import dates, document_numbers, labels
from gongwen.model import Page, PageField

_WINDOW = "title"
_FIELDS = frozenset(
    ("title", "document_number", "issuer", "issue_date", "publish_date", "validity", "recipients", "copied_to")
)


def statements(outline: Outline) -> dict[str, Statement]:
    """The first statement with a value for each of the fields of Page: header table, meta tags, the title of the window."""
    found: dict[str, Statement] = {}
    for statement in sorted(outline.statements, key=_trust):
        field = labels.field(statement.label)
        if (
            field in _FIELDS
            and statement.end > statement.start
            and outline.text.value[statement.start : statement.end].strip("-— ")
        ):
            found.setdefault(field, statement)
    return found


def _trust(statement: Statement) -> int:
    """The place of a statement in the order of trust; the title of the window holds the name of the site, too."""
    return (statement.origin == "meta") + (statement.label.lower() == _WINDOW)


def page(outline: Outline) -> Page | None:
    """All that the page says, None where the source is no page or says nothing."""
    if not outline.statements:
        return None
    text = outline.text
    values = {field: text.value[at.start : at.end].strip() for field, at in statements(outline).items()}
    written = document_numbers.parse(values["document_number"]) if "document_number" in values else None
    return Page(
        title=values.get("title"),
        document_number=written.text if written else None,
        issuer=values.get("issuer"),
        issue_date=dates.parse(values.get("issue_date", "")),
        publish_date=dates.parse(values.get("publish_date", "")),
        validity=values.get("validity"),
        fields=tuple(
            PageField(
                "meta" if at.origin == "meta" else "table",
                at.label,
                text.value[at.start : at.end],
                text.to_source(at.start, at.end),
            )
            for at in outline.statements
        ),
    )
