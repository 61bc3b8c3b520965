"""Workbooks: values as the sheet shows them, grids with merged cells, what is hidden, formulas without a value."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from file_mutations import ends
from gongwen import read
from gongwen.document import Generated, SheetCell, Source
from gongwen.pipeline import parse_source
from gongwen.read.numberformat import show
from packages import sheet_rows, xlsx
from timing import assert_linear

FORMATS = tomllib.loads((Path(__file__).parent / "cases" / "number_formats.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [(code, value, shown) for code, rows in FORMATS.items() for value, shown in rows.items()],
)
def test_number_formats(code: str, value: str, shown: str) -> None:
    assert show(value, code) == shown


def test_the_calendar_of_1904() -> None:
    assert show("0", "yyyy-m-d", since_1904=True) == "1904-1-1"


@given(st.text(alphabet='0#?.,%;[]@"\\_*yMdhsEe+-/aA年DBNum1GAMP<>=9 ', max_size=20), st.floats(-1e12, 1e12))
def test_any_format_shows_something(code: str, value: float) -> None:
    assert isinstance(show(str(value), code), str)


def lines(source: Source, kind: str = "text") -> list[str]:
    """The lines of the pieces of one kind."""
    return [
        line
        for piece in source.pieces
        if piece.kind == kind
        for line in source.text[piece.start : piece.end].split("\n")
        if line
    ]


def grid(source: Source, table: int = 0) -> list[list[str | None]]:
    return [[cell and source.text[cell.start : cell.end] for cell in row] for row in source.tables[table].rows]


TASKS = sheet_rows(
    {"A1": "丰泽县清淤任务表"},
    {"A2": "序号", "B2": "重点任务", "D2": "责任单位", "E2": "完成时限", "F2": "完成率"},
    {"A3": '<c r="A3"><v>1</v></c>', "B3": "疏浚河道", "D3": "县水利局", "E3": '<c r="E3" s="1"><v>45657</v></c>', "F3": '<c r="F3" s="2"><v>.95</v></c>'},
    {"A4": '<c r="A4"><f>A3+1</f><v>2</v></c>', "B4": "加固堤坝\n（含涵闸）", "D4": '<c r="D4" t="s"><v>0</v></c>', "F4": '<c r="F4"><f>F3*1</f></c>'},
    {"A5": "3", "B5": "草案", "D5": "县财政局"},
    {"A6": "4", "B6": "巡查", "C6": "内部", "D6": "各镇", "E6": "长期"},
    {"A7": "备注：第一个为牵头单位。"},
    hidden=(5,),
)  # fmt: skip
MERGED = '<cols><col min="3" max="3" hidden="1"/></cols><mergeCells><mergeCell ref="A1:F1"/><mergeCell ref="B3:B4"/><mergeCell ref="E3:E4"/><mergeCell ref="A7:F7"/></mergeCells>'
FOOT = '<headerFooter><oddFooter>&amp;C第&amp;P页 &amp;"宋体,常规"&amp;9丰泽县</oddFooter></headerFooter>'
BOOK = xlsx(
    ("任务", "visible", TASKS + MERGED + FOOT),
    ("旧稿", "hidden", sheet_rows({"A1": "作废"})),
    formats=('yyyy"年"m"月"d"日"', "0%"),
    strings="<si><r><t>县住</t></r><r><t>建局</t></r><rPh><t>zhu</t></rPh></si>",
    comments='<comment ref="D3"><text><t>待核</t></text></comment>',
)


def test_a_sheet_is_a_grid() -> None:
    source = read.from_bytes(BOOK)
    assert source.format == "xlsx"
    assert lines(source)[0] == "丰泽县清淤任务表"
    note = ["备注：第一个为牵头单位。"] * 5
    assert grid(source) == [
        ["序号", "重点任务", "责任单位", "完成时限", "完成率"],
        ["1", "疏浚河道", "县水利局", "2024年12月31日", "95%"],
        ["2", "疏浚河道", "县住建局", "2024年12月31日", ""],
        ["4", "巡查", "各镇", "长期", None],
        note,
    ]
    assert lines(source, "comment") == ["待核"]
    assert lines(source, "page-footer") == ["第 页 丰泽县"]
    hidden = lines(source, "hidden")
    assert "3\t草案\t县财政局" in hidden  # a hidden row
    assert "内部" in hidden  # a hidden column
    assert "作废" in hidden  # a hidden sheet
    assert "加固堤坝 （含涵闸）" in hidden  # what a merged cell covers


def test_a_formula_without_a_value_is_reported_at_its_cell() -> None:
    source = read.from_bytes(BOOK)
    (finding,) = source.findings
    assert (finding.code, "F4" in finding.message) == ("formula-without-value", True)
    assert finding.span
    assert source.text[: finding.span.start].endswith("县住建局\t")
    assert lines(source, "field-code") == ["A3+1", "F3*1"]


def test_places_name_cells() -> None:
    source = read.from_bytes(BOOK)
    found = {
        source.text[place.start : place.end]: place.at for place in source.places if isinstance(place.at, SheetCell)
    }
    assert found["县水利局"] == SheetCell("任务", "D3")
    assert found["作废"] == SheetCell("旧稿", "A1")
    ends = [0, *(place.end for place in source.places)]
    assert [place.start for place in source.places] == ends[:-1]
    shown = "".join(
        source.text[place.start : place.end] for place in source.places if not isinstance(place.at, Generated)
    )
    assert Counter(shown)["泽"] == 2


def test_struck_out_and_raised_characters() -> None:
    def run(text: str, font: str) -> str:
        return f"<r><rPr>{font}</rPr><t>{text}</t></r>"

    field = run("高标准农田10", "") + run("5", '<vertAlign val="superscript"/>') + run("亩", '<strike val="0"/>')
    units = run("县水利局", "") + run("1", '<vertAlign val="superscript"/>') + run("、县财政局", "<strike/>")
    rows = sheet_rows(
        {"A1": "任务", "B1": "责任单位", "C1": "完成时限"},
        {"A2": f'<c r="A2" t="inlineStr"><is>{field}</is></c>', "B2": '<c r="B2" t="s"><v>0</v></c>', "C2": '<c r="C2" s="1"><v>2023</v></c>'},
        {"A3": "清淤", "B3": "各镇", "C3": "2024"},
        {"A4": '<c r="A4" s="1" t="str"><v>作废</v></c>'},
    )  # fmt: skip
    book = xlsx(("任务", "visible", rows), formats=("General",), strings=f"<si>{units}</si>", struck=1)
    source = read.from_bytes(book)
    assert grid(source) == [
        ["任务", "责任单位", "完成时限"],
        ["高标准农田10⁵亩", "县水利局", ""],
        ["清淤", "各镇", "2024"],
    ]
    assert lines(source, "deleted") == ["、县财政局", "2023", "作废"]
    assert lines(source, "note-reference") == ["1"]


def test_tasks_of_a_sheet() -> None:
    notice = parse_source(read.from_bytes(BOOK)).notice
    assert [[unit.name for unit in task.responsible_units] for task in notice.tasks][:2] == [["县水利局"], ["县住建局"]]
    assert notice.source.format == "xlsx"


def test_merged_cells_that_overlap_or_never_end() -> None:
    merges = "".join(f'<mergeCell ref="A{row}:XFD1048576"/>' for row in range(1, 400))
    rows = [{f"A{row}": "甲", f"B{row}": "乙"} for row in range(1, 400)]
    source = read.from_bytes(xlsx(("表", "visible", sheet_rows(*rows) + f"<mergeCells>{merges}</mergeCells>")))
    assert "甲" in source.text


def test_a_value_far_away_costs_nothing() -> None:
    far = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="9"><c r="?"><v>x</v></c></row></sheetData>'
    assert lines(read.from_bytes(xlsx(("表", "visible", far)))) == ["x", "1"]


def test_time_is_linear() -> None:
    def make(count: int) -> bytes:
        rows = [{f"A{row}": "甲", f"B{row}": f'<c r="B{row}"><v>{row}</v></c>'} for row in range(1, count)]
        merges = "".join(f'<mergeCell ref="A{row}:A{row + 1}"/>' for row in range(1, count, 2))
        columns = "".join(f'<col min="1" max="{count}" hidden="0"/>' for _ in range(count))
        return xlsx(("表", "visible", f"{columns}{sheet_rows(*rows)}<mergeCells>{merges}</mergeCells>"))

    assert_linear(make, read.from_bytes, 400)


def test_spoiled_workbooks_end_in_a_notice_or_one_error() -> None:
    assert ends(BOOK, 200)["xlsx"] > 20
