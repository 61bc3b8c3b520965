"""The header, the plan and the sections: what people wrote down, and what holds for every text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import schemas
from gongwen.document import Outline, Source, Statement
from gongwen.document import Piece as SourcePiece
from gongwen.extract.header.fields import header
from gongwen.extract.structure.parts import parts
from gongwen.extract.structure.sections import sections
from gongwen.lexicon.document_kinds import kind
from gongwen.outline import outline
from gongwen.text import Text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "header.toml").read_text(encoding="utf-8"))["case"]
LINES = st.sampled_from(
    "山前政发〔2023〕3号|第3号|山前县人民政府关于修渠的通知|（试行）|各乡镇：|一、任务|请落实。|山前县水利局|省长 李明|2023年10月9日"
    "|2023年2月30日|（此件公开发布）|附件：1.表|2.图|抄送：县财政局。|某局 2023年1月2日印发|成文日期：2023-10-09|文号：|".split(
        "|"
    )
)


def read(text: str, statements: tuple[Statement, ...] = ()) -> Outline:
    source = Source(text, (SourcePiece("text", 0, len(text)),), (), statements, None, "", "text", "utf-8")
    return outline(Text(text), source)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    structure = read(case["input"].strip("\n"))
    head = header(structure)
    issued = next((part for part in parts(structure) if part.kind == "plan"), None)
    found = {
        "number": head.document_number.text if head.document_number else "",
        "title": head.title or "",
        "kind": head.kind,
        "issuers": [f"{party.name} ({party.basis})" for party in head.issuers],
        "recipients": [party.name for party in head.recipients],
        "date": head.issue_date or "",
        "signers": [passage.text for passage in head.signers],
        "notes": [passage.text for passage in head.notes],
        "attachments": [passage.text for passage in head.attachments],
        "copied_to": [passage.text for passage in head.copied_to],
        "effective": [head.effective.start, head.effective.end] if head.effective else [],
        "findings": [finding.code for finding in head.findings],
        "preamble": next((part.preamble for part in parts(structure)), None) or "",
        "plan": [issued.title or "", issued.preamble or ""] if issued else [],
    }
    expected = {key: value for key, value in case.items() if key not in ("name", "input")}
    assert expected.keys() <= found.keys(), "what a case states and nothing compares"
    assert {key: found[key] for key in expected} == expected


@given(st.lists(LINES, max_size=14))
def test_what_is_quoted_stands_at_its_place(lines: list[str]) -> None:
    text = "\n".join(lines)
    structure = read(text)
    head = header(structure)
    assert {finding.code for finding in head.findings} <= schemas.codelist("finding_codes").keys()
    assert head.kind is None or head.kind in schemas.codelist("document_kinds")
    for party in (*head.issuers, *head.recipients):
        assert text[party.start : party.end].replace("\n", "") == party.name
    for passage in (*head.notes, *head.attachments, *head.copied_to, *head.signers):
        assert text[passage.span.start : passage.span.end] == passage.text
    if head.title and head.title_span:
        assert text[head.title_span.start : head.title_span.end].replace("\n", "") == head.title
    if head.kind and head.kind_span:
        assert text[head.kind_span.start : head.kind_span.end] in (head.kind, "令")
    for section, item in zip(sections(structure), structure.items, strict=True):
        assert section.title is None or (
            section.title_span and text[section.title_span.start : section.title_span.end] == section.title
        )
        assert section.text == "\n".join(text[at.start : at.end] for at in section.paragraphs)
        assert section.titled == (item.title is not None)


def test_meta_tags_and_header_table() -> None:
    text = "山前县水利局\n2023-10-09\n山前水发[2023]6号\n修渠 - 山前县政府网\n请认真落实。"
    labels = ["发文机关", "成文日期", "文    号"]
    lines = text.split("\n")
    offsets = [sum(len(line) + 1 for line in lines[:n]) for n in range(4)]
    statements = (
        *(
            Statement("table", label, at, at + len(line))
            for label, at, line in zip(labels, offsets, lines, strict=False)
        ),
        Statement("meta", "ArticleTitle", offsets[3], offsets[3] + len(lines[3])),
    )
    page = header(read(text, statements)).page
    assert page is not None
    assert (page.issuer, page.issue_date, page.document_number) == ("山前县水利局", "2023-10-09", "山前水发〔2023〕6号")
    assert page.title == "修渠 - 山前县政府网"
    assert [field.origin for field in page.fields] == ["table", "table", "table", "meta"]


def test_an_item_without_heading_is_named_by_its_opening_words() -> None:
    [section] = sections(read("（一）对连续三年没有发生火灾的村，由镇里按照每村两千元的标准给予奖励，奖金列入预算；"))
    assert section.title == "对连续三年没有发生火灾的"
    assert not section.titled
    assert section.text.startswith(section.title)


def test_every_kind_is_a_code() -> None:
    codes = schemas.codelist("document_kinds")
    for title in ["关于某事的通知", "某令", "某复函", "某指引", "某法修正案", "某办法（试行）"]:
        found = kind(title)
        assert found is not None
        assert found[0] in codes
    assert kind("山前县水利志") is None


def test_no_number_is_taken_from_a_citation() -> None:
    text = "某县人民政府关于修渠的通知\n各乡镇：\n根据《关于水利的意见》（某发〔2021〕9号），通知如下。"
    assert header(read(text)).document_number is None


def test_issuers_in_one_field_of_the_page() -> None:
    text = "山前县水利局、山前县财政局\n修渠补助的通知\n请认真落实。"
    issuers = header(read(text, (Statement("table", "发布机构", 0, text.index("\n")),))).issuers
    assert [(issuer.name, issuer.basis) for issuer in issuers] == [("山前县水利局", "page"), ("山前县财政局", "page")]
    assert [text[issuer.start : issuer.end] for issuer in issuers] == ["山前县水利局", "山前县财政局"]
