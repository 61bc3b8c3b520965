"""What the web page itself says of a notice: its meta tags and header table, kept as found, and the labels known everywhere.

The labels are those of 《政府网站发展指引》 (国办发〔2017〕47号) and of the header tables of government sites; blanks inside a label
(文　　号) don't count.
"""

from __future__ import annotations

import re

from gongwen.document import Outline, Statement
from gongwen.lexicon import dates, document_numbers, vocabulary
from gongwen.model import Page, PageField

_FIELDS = frozenset(("title", "document_number", "issuer", "issue_date", "publish_date", "validity"))
_NOT_A_LETTER = re.compile(r"[\s:：\[\]【】]+")


def statements(outline: Outline) -> dict[str, Statement]:
    """The first statement with a value for each of the fields of Page, those of the header table before meta tags."""
    found: dict[str, Statement] = {}
    fields = vocabulary.codes("labels")
    for statement in sorted(outline.statements, key=lambda statement: statement.origin == "meta"):
        field = fields.get(_NOT_A_LETTER.sub("", statement.label), "other")
        if (
            field in _FIELDS
            and statement.end > statement.start
            and outline.text.value[statement.start : statement.end].strip("-— ")
        ):
            found.setdefault(field, statement)
    return found


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
