"""The outline: what people wrote down, what holds for every text, and the findings."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongwen
from gongwen import schemas
from gongwen.document import Cell, Outline, Source, Table
from gongwen.document import Piece as SourcePiece
from gongwen.model import Finding
from gongwen.outline import outline
from gongwen.text import Text
from timing import assert_linear

CASES = tomllib.loads((Path(__file__).parent / "cases" / "outline.toml").read_text(encoding="utf-8"))["case"]
LINES = st.sampled_from(
    "一、|（二）|3.|4.2021年|（5）|第六条|1 |1.2|①|附件|附件：1.|目录|序号|序号任务单位|抄送：|1|某县人民政府|某县人民政府关于某事的通知"
    "|各乡镇：|2020年1月2日|（此件公开）|某局 2020年1月2日|某事。|（|《|\u3000|".split("|")
)


def read(text: str) -> tuple[Outline, tuple[Finding, ...]]:
    source = Source(text, (SourcePiece("text", 0, len(text)),), (), (), None, "", "text", "utf-8")
    return outline(Text(text), source)


def tree(structure: Outline) -> list[str]:
    """The items as the cases write them."""
    value = structure.text.value
    return [
        f"{'  ' * (item.level - 1)}{item.marker} {value[item.title.start : item.title.end] if item.title else '-'}"
        for item in structure.items
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    structure, _ = read(case["input"].strip("\n"))
    value = structure.text.value
    assert tree(structure) == case["expect"].strip("\n").splitlines()
    if "parts" in case:
        assert [part.kind for part in structure.parts] == case["parts"]
    if "kinds" in case:
        assert [piece.kind for piece in structure.pieces] == case["kinds"]
    if "tables" in case:
        grids = [
            [[value[cell.start : cell.end] if cell else "" for cell in row] for row in table.rows]
            for table in structure.tables
        ]
        assert grids == case["tables"]


@given(st.lists(st.tuples(LINES, LINES, st.sampled_from(["\n", "\n\n", " ", ""])), max_size=40))
def test_pieces_tile_and_parents_come_first(parts: list[tuple[str, str, str]]) -> None:
    text = "".join("".join(part) for part in parts)
    structure, findings = read(text)
    assert "".join(text[piece.start : piece.end] for piece in structure.pieces) == text
    assert [index for part in structure.parts for index in part.pieces] == list(range(len(structure.pieces)))
    assert {piece.kind for piece in structure.pieces} <= schemas.codelist("block_kinds").keys()
    assert {finding.code for finding in findings} <= schemas.codelist("finding_codes").keys()
    for index, item in enumerate(structure.items):
        assert text.startswith(item.marker, item.start)
        assert item.level == (1 if item.parent is None else structure.items[item.parent].level + 1)
        assert item.parent is None or item.parent < index
        for start, end in [*item.paragraphs, *([item.title] if item.title else [])]:
            assert item.start < start <= end <= item.end
            assert "\n" not in text[start:end]
    for table in structure.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end for row in table.rows for cell in row if cell)
    assert all(finding.span is None or finding.span.end <= len(text) for finding in findings)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("一、甲\n三、乙", "numbering-gap", "三、"),
        ("一、甲\n（二）乙", "numbering-gap", "（二）"),
        ("一、甲\n一、乙", "numbering-duplicate", "一、"),
        ("由某局（含某站落实。", "unclosed-bracket", "（"),
        (
            "各村：\n某镇人民政府要在今年年底之前完成全部沟渠的清理、护坡的加固、水泵的更换，并且对所有的井",
            "truncated",
            "井",
        ),
    ],
)
def test_finding(text: str, code: str, place: str) -> None:
    _, findings = read(text)
    [finding] = findings
    assert finding.code == code
    assert finding.span is not None
    assert text[finding.span.start : finding.span.end] == place


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n1、乙\n2、丙\n二、丁",
        "（一）甲\n（二）乙\n（3）丙",
        "一、甲\n1.乙\n2.丙\n二、丁\n3.戊",
        "一、甲\n1.乙\n二、丁\n1.戊",
        "（一）甲（乙）《丙》。",
    ],
)
def test_no_finding(text: str) -> None:
    assert read(text)[1] == ()


def hostile(lines: int) -> list[str]:
    chance = random.Random(0)
    markers = [
        "一、",
        "（二）",
        "3.",
        "（4）",
        "⑤",
        "第六条",
        "1.2 ",
        "附件",
        "目录",
        "序号\n任务\n单位",
        "某局 2020年1月1日",
    ]
    return [
        "\n".join(chance.choice(markers) + "某事" for _ in range(lines)),
        "（" * lines,
        "某局 2020年1月1日\n" * lines,
        "某事项 " * lines,
        "附件：1.某\n" * lines,
        "序号\n任务\n单位\n1\n" + "某\n" * lines,
    ]


@pytest.mark.parametrize("kind", range(len(hostile(1))))
def test_time_grows_with_the_text(kind: int) -> None:
    assert_linear(lambda lines: hostile(lines)[kind], read, 2_000)


def test_what_the_source_knows_of_its_lines() -> None:
    """Furniture and the rows of tables open no items."""
    rows = [
        ["序号", "类别", "工作任务", "责任单位"],
        ["1", "水利", "修渠。全长十里。", "镇水利站"],
        ["2", "交通", "架桥", "镇交通站"],
    ]
    page = "1.首页\n一、任务\n" + "".join("\t".join(row) + "\n" for row in rows)
    start = page.index("序号")
    at, grid = start, []
    for row in rows:
        cells = []
        for cell in row:
            cells.append(Cell(at, at + len(cell)))
            at += len(cell) + 1
        grid.append(tuple(cells))
    pieces = (SourcePiece("furniture", 0, 5), SourcePiece("text", 5, len(page)))
    source = Source(page, pieces, (Table(start, len(page), tuple(grid)),), (), None, "", "html", "utf-8")
    structure, _ = outline(Text(page), source)
    assert tree(structure) == ["一、 任务"]
    assert [piece.kind for piece in structure.pieces] == ["furniture", "heading", "table-row", "table-row", "table-row"]
    assert structure.tables == source.tables


def test_a_plan_that_begins_as_the_one_before_it_and_numbers_its_items_anew_is_another() -> None:
    plans = [
        f"青禾县{topic}工作方案\n为做好{topic}工作，制定本方案。\n一、总体要求\n做好{topic}。\n二、任务\n修渠。\n"
        for topic in ("防汛", "抗旱")
    ]
    head = (
        "青禾县人民政府关于印发两个方案的通知\n各乡镇人民政府：\n现将方案印发给你们。\n青禾县人民政府\n2023年4月6日\n"
    )
    notice = gongwen.parse(head + "".join(plans))
    assert [part.title for part in notice.parts[1:]] == ["青禾县防汛工作方案", "青禾县抗旱工作方案"]
    assert [section.part_id for section in notice.sections] == ["part-2", "part-2", "part-3", "part-3"]
