"""One notice as a Word document: what it says of itself, its 任务分工表, and its text as published. Needs python-docx (the extra ``publish``)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from gongwen.publish.archive import UNDATED, settle
from gongwen.publish.assignments import HEADS, assignments

_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]"
)  # what XML can't hold, and what Word would take for a break
_TITLES = ("title", "plan-title", "annex-title", "adoption")
_UNSHOWN = frozenset(
    (
        "blank byline comment deleted field-code furniture hidden image moved-from note-reference page-footer page-header "
        "page-meta page-number page-table remark ruby rule"
    ).split()
)
"""Blocks that are no text of the notice."""
_COLUMNS = len(HEADS) - 2  # but for the name of the notice and the id of the task


def word_document(notice: Mapping[str, Any]) -> bytes:
    """The document of a published notice (its JSON)."""
    document = docx.Document()
    _prepare(document)
    document.core_properties.author = "gongwen"
    document.core_properties.title = _clean(notice["title"] or notice["id"])[:255]
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = UNDATED
    document.add_heading(_clean(notice["title"] or notice["id"]), 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, value in _facts(notice):
        document.add_paragraph(_clean(f"{name}：{value}"))
    rows = list(assignments(notice))
    if rows:
        document.add_heading("任务分工表", 1)
        table = document.add_table(1, _COLUMNS, "Table Grid")
        _fill(table.rows[0], HEADS, bold=True)
        _repeat(table.rows[0])
        for row in rows:
            _fill(table.add_row(), row)
    document.add_heading("正文", 1)
    for block in notice["blocks"]:
        if block["kind"] not in _UNSHOWN:
            _add(document, block["kind"], _clean(block["text"]).strip())
    made, settled = io.BytesIO(), io.BytesIO()
    document.save(made)
    made.seek(0)
    settle(made, settled)
    return settled.getvalue()


def _prepare(document: Any) -> None:
    """A page across, as tables of tasks have it, and a font for Chinese."""
    [section] = document.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for style in document.styles:
        fonts = style.element.find(f".//{qn('w:rFonts')}")
        if fonts is not None:
            fonts.set(qn("w:eastAsia"), "宋体")
    document.styles["Normal"].font.size = Pt(10.5)


def _facts(notice: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    number, origin = notice["document_number"], notice["source"]["origin"]
    for name, value in (
        ("发文字号", number and number["text"]),
        ("发文机关", "、".join(issuer["name"] for issuer in notice["issuers"])),
        ("成文日期", notice["issue_date"]),
        ("主送机关", "、".join(recipient["name"] for recipient in notice["recipients"])),
        ("原文", origin and origin["url"]),
        ("标识", notice["id"]),
    ):
        if value:
            yield name, value


def _fill(row: Any, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts[:_COLUMNS], strict=True):
        cell.paragraphs[0].add_run(_clean(text)).bold = bold


def _repeat(row: Any) -> None:
    """Let the row stand at the top of each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add(document: Any, kind: str, text: str) -> None:
    if kind in _TITLES:
        document.add_heading(text, 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind == "heading":
        document.add_heading(text, 2)
    else:
        document.add_paragraph(text)


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)
