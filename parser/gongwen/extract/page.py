"""What the web page itself says of a notice: its meta tags and header table, kept as found, and the labels known everywhere.

The labels are those of 《政府网站发展指引》 (国办发〔2017〕47号) and of the header tables of government sites; blanks inside a label
(文　　号) don't count.
"""

from __future__ import annotations

import re

from gongwen.document import Outline, Statement
from gongwen.extract import dates, number
from gongwen.model import Page, PageField

_LABELS = {
    "title": ("ArticleTitle", "标题", "名称", "文件名称", "信息名称"),
    "document_number": ("发文字号", "文号", "文件编号", "发文文号", "公文文号", "字号"),
    "issuer": ("发文机关", "发文机构", "发文单位", "发布机构", "发布机关", "制定机关", "发文部门"),
    "issue_date": ("成文日期", "成文时间", "发文日期", "发文时间", "生成日期", "印发日期"),
    "publish_date": ("发布日期", "发布时间", "公开日期", "PubDate"),
    "validity": ("有效性", "时效性", "效力状态", "是否有效"),
}
_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels}
_NOT_A_LETTER = re.compile(r"[\s:：\[\]【】]+")


def statements(outline: Outline) -> dict[str, Statement]:
    """The first statement with a value for each of the fields of Page, those of the header table before meta tags."""
    found: dict[str, Statement] = {}
    for statement in sorted(outline.statements, key=lambda statement: statement.origin == "meta"):
        field = _FIELD_OF.get(_NOT_A_LETTER.sub("", statement.label))
        if (
            field
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
    written = number.parse(values["document_number"]) if "document_number" in values else None
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
