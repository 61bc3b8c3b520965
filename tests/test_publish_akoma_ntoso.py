"""Akoma Ntoso: valid by the OASIS schema, nothing dangling, and the whole text once and in order."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongwen.corpus import sources
from gongwen.model import Block, Span
from gongwen.pipeline import parse_source
from gongwen.publish import Entry
from gongwen.publish.akoma_ntoso import document
from gongwen.publish.akoma_ntoso.lines import LEFT_OUT
from gongwen.publish.akoma_ntoso.names import NAMESPACE
from gongwen.read import open_source
from gongwen.text import Text
from publishing_examples import entry

NAMES = {"a": NAMESPACE}
HIERARCHY = "self::a:part or self::a:chapter or self::a:article or self::a:section or self::a:paragraph or self::a:point or self::a:indent or self::a:level"
SCHEMAS = Path(__file__).parent / "akn"
ROOT = Path(__file__).parent.parent
SOURCES = [path for folder in ("source", "examples/source") for path in sources(ROOT / folder)]
REFERENCES = ("refersTo", "source", "as", "href")


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "akomantoso30.xsd"))


def complaints(root: etree._Element) -> list[str]:
    """What the schema says against a document, and the references in it that lead nowhere."""
    try:
        schema().assertValid(root)
        broken = []
    except etree.DocumentInvalid as error:
        broken = [str(error)]
    ids = {element.get("eId") for element in root.iter()}
    named = [name for element in root.iter() for key in REFERENCES for name in (element.get(key) or "").split()]
    return broken + [name for name in named if name.startswith("#") and name[1:] not in ids]


def find(root: etree._Element, path: str) -> list[etree._Element]:
    return cast("list[etree._Element]", root.xpath(path, namespaces=NAMES))


def text_of(root: etree._Element) -> str:
    body = cast("list[str]", root.xpath("//text()[not(ancestor::a:meta)]", namespaces=NAMES))
    return "".join(body).replace("\n", "")


def published(entry: Entry) -> str:
    lines = (block.text.strip("\n") for block in entry.notice.blocks if block.kind not in LEFT_OUT)
    return "".join(line for line in lines if line.strip())


def test_a_notice_is_valid_and_nothing_dangles() -> None:
    assert complaints(document(entry())) == []


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\x00", "\x1b"])
def test_what_xml_cannot_say_is_replaced_in_attributes_as_in_text(character: str) -> None:
    example = entry()
    unit = replace(example.notice.units[0], name=f"青石市{character}", full_name=f"青石市{character}人民政府")
    citation = replace(example.notice.citations[0], title=f"条例{character}", document_number=None)
    notice = replace(
        example.notice,
        title=f"关于{character}的通知",
        units=(unit, *example.notice.units[1:]),
        citations=(citation,),
    )
    root = document(replace(example, notice=notice))
    assert complaints(root) == []
    assert etree.fromstring(etree.tostring(root)) is not None
    assert find(root, "//a:FRBRalias[@name='标题']")[0].get("value") == "关于\ufffd的通知"


def test_the_text_is_the_published_text() -> None:
    example = entry()
    assert text_of(document(example)) == published(example)


def test_every_section_has_its_number_and_heading() -> None:
    example = entry()
    elements = find(document(example), f"//a:*[{HIERARCHY}]")
    assert [
        (
            e.get("wId"),
            e.findtext("a:num", namespaces=NAMES),
            (e.findtext("a:heading", namespaces=NAMES) or "").rstrip("。"),
        )
        for e in elements
    ] == [(section.id, section.marker, section.title) for section in example.notice.sections]
    assert [e.get("eId") for e in elements] == [
        "att_1__sec_1",
        "att_1__sec_2",
        "att_1__sec_2__para_1",
        "att_1__sec_2__para_2",
    ]


def test_responsible_units_refer_to_organizations_and_citations_to_documents() -> None:
    root = document(entry())
    units = find(root, "//a:organization[@class]")
    assert [(unit.text, unit.get("refersTo"), unit.get("class")) for unit in units] == [
        ("市文旅局", "#unit-4", "role-lead"),
        ("市财政局", "#unit-5", "role-support"),
        ("各县", "#unit-6", "role-support"),
    ]
    assert [ref.text for ref in find(root, "//a:ref")] == [
        "《全民阅读促进条例》（国令〔2022〕7号，以下简称《条例》）",
        "《条例》",
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_source_of_the_project_is_valid_and_whole(path: Path) -> None:
    parsed = parse_source(open_source(path))
    example = Entry(parsed.notice, parsed.text, {}, b"")
    root = document(example)
    assert complaints(root) == []
    assert text_of(root) == published(example)
    numbers = [(e.get("wId"), e.findtext("a:num", namespaces=NAMES)) for e in find(root, f"//a:*[{HIERARCHY}]")]
    assert numbers == [(section.id, section.marker) for section in parsed.notice.sections]
    marked = [unit.text for unit in find(root, "//a:organization[@class]")]
    assert marked == [unit.name for task in parsed.notice.tasks for unit in task.responsible_units]


def test_a_unit_that_is_not_certain_is_one_of_this_notice_only() -> None:
    root = document(entry(7))
    found = {o.get("eId"): o.get("href") or "" for o in find(root, "//a:TLCOrganization")}
    assert found["unit-4"] == "/akn/ontology/organization/cn/qingzhengban-2023-0007/unit-4"
    assert found["unit-5"].startswith("/akn/ontology/organization/cn/青")


def test_a_bare_notice_is_valid() -> None:
    example = entry()
    bare = replace(
        example.notice,
        issuers=(),
        issue_date=None,
        document_number=None,
        kind=None,
        title=None,
        units=(),
        recipients=(),
        tasks=(),
        citations=(),
        sections=(),
    )
    assert complaints(document(Entry(bare, example.text, {}, b""))) == []


KINDS = [
    "title",
    "plan-title",
    "annex-title",
    "document-number",
    "recipients",
    "paragraph",
    "heading",
    "signature",
    "date",
    "blank",
    "table-row",
    "imprint",
    "furniture",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.text(alphabet="一、。甲<&\x00\ud7ff\ufffe😀 ", max_size=4)),
        min_size=1,
        max_size=12,
    )
)
def test_lines_in_any_order_are_valid_and_whole(drawn: list[tuple[str, str]]) -> None:
    example = entry()
    source = "".join(f"{line}\n" for _, line in drawn)
    blocks, at = [], 0
    for kind, line in drawn:
        blocks.append(Block(kind, f"{line}\n", Span(at, at + len(line) + 1)))
        at += len(line) + 1
    nowhere = replace(example.notice.spans, title=None, kind=None, issue_date=None)
    notice = replace(
        example.notice,
        blocks=tuple(blocks),
        spans=nowhere,
        document_number=None,
        issuers=(),
        units=(),
        recipients=(),
        tasks=(),
        citations=(),
        sections=(),
    )
    drawn_entry = Entry(notice, Text(source), {}, b"")
    root = document(drawn_entry)
    assert complaints(root) == []
    assert text_of(root) == published(drawn_entry).replace("\x00", "\ufffd").replace("\ufffe", "\ufffd")


@pytest.mark.parametrize("marker", ["第一章", "第三条", "一、", "（一）", "1.", "①"])
def test_a_section_of_any_marker_and_level_is_valid(marker: str) -> None:
    for level in range(1, 8):
        example = entry()
        source = f"{marker}总则\n"
        section = replace(
            example.notice.sections[0],
            marker=marker,
            level=level,
            title="总则",
            span=Span(0, len(source) - 1),
            title_span=Span(len(marker), len(source) - 1),
        )
        notice = replace(
            example.notice, blocks=(Block("heading", source, Span(0, len(source))),), sections=(section,), tasks=(), citations=(), issuers=(), recipients=(),
            units=(), document_number=None, spans=replace(example.notice.spans, title=None, kind=None, issue_date=None),
        )  # fmt: skip
        assert complaints(document(Entry(notice, Text(source), {}, b""))) == []
