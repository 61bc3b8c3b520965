"""Responsibility clauses: what people wrote down, and what holds for every text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clause_examples import gridded, outlined
from gongwen.document import Cell, Table
from gongwen.extract.clauses.clauses import Clause, clauses
from gongwen.extract.tasks import tables as task_tables
from timing import assert_linear

CASES = tomllib.loads((Path(__file__).parent / "cases" / "clause.toml").read_text(encoding="utf-8"))["case"]
FRAGMENTS = st.sampled_from(
    "县水利局|各县（市、区）|、|，|；|。|：|（|）|〔|〕|\n| |责任单位|牵头单位：|配合|负责|按职责分工|会同|等|等有关部门|和|完成时限：|2027年6月底前"
    "|排在第一位的为牵头单位，下同|年内修路三条|不再列出|以下均由|△".split("|")
)


def written(clause: Clause, value: str) -> str:
    """A clause as the cases write it."""
    units = [
        f"{name.text} {name.role}{'…' if name.open else ''}{f' = {name.reading}' if name.reading else ''}"
        for name in clause.names
    ]
    when = f" | {value[clause.when.start : clause.when.end]}" if clause.when else ""
    return ", ".join(units) + when


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    text = case["input"].strip("\n")
    found = clauses(outlined(text)).clauses
    assert [written(clause, text) for clause in found] == case["expect"]


@given(st.lists(FRAGMENTS, max_size=60).map("".join))
@example("县水利局责任单位、不再列出各县（市、区）牵头单位：各县（市、区）")
def test_names_are_quoted_and_clauses_stand_in_order(text: str) -> None:
    found, scopes, findings = clauses(outlined(text))
    end = 0
    for clause in found:
        places = [*clause.extents, *(scope.extent for scope in scopes)]  # a convention may name units for the clause
        assert clause.names
        for extent in clause.extents:
            assert end <= extent.start < extent.end <= len(text)
            end = extent.end
        for name in clause.names:
            assert text[name.start : name.end] == name.text
            assert any(place.start <= name.start and name.end <= place.end for place in places)
    for finding in findings:
        assert finding.span is not None
        assert finding.span.end <= len(text)


def test_findings_say_what_was_not_applied_and_what_does_not_close() -> None:
    text = "修路。（县交通局负责，以下均需各乡镇落实，不再列出）\n架桥。（责任单位：县住建局"
    found, _, findings = clauses(outlined(text))
    assert [[name.text for name in clause.names] for clause in found] == [["县交通局"], ["县住建局", "各乡镇"]]
    assert {finding.code for finding in findings} == {"scope-convention", "unclosed-clause"}


def test_what_nobody_has_filled_in_and_what_can_not_be_read_is_told() -> None:
    text = "修路。（责任单位：____________）\n架桥。（牵头单位：如实填写）\n挖井。（责任单位：县水利局，青师大）\n种树。（县林业局验收）"
    findings = clauses(outlined(text)).findings
    assert [(at.code, at.span and text[at.span.start : at.span.end]) for at in findings] == [
        ("blank-form", "____________"),
        ("unread-clause", "（牵头单位：如实填写）"),
        ("unknown-unit", "青师大"),
        ("unread-words", "验收"),
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "（",
        "（县水利局负责",
        "责任单位：",
        "责任单位：甲。",
        "完成时限：",
        "县水利局、",
        "县委和",
        "按",
        "排第一",
        "（责任单位：县水利局、",
        "）（",
    ],
)
def test_time_grows_with_the_length_only(hostile: str) -> None:
    assert_linear(lambda times: outlined("修路。（" + hostile * times + "负责）" + "）" * times), clauses, 4_000)


def read_rows(value: str, table: Table) -> tuple[task_tables.Row, ...]:
    found = task_tables.read_table(value, table)
    assert found is not None
    return found.rows


def test_a_table_without_known_heads_is_read_by_its_cells_and_says_so() -> None:
    body = [
        ["整治河道，清理岸线", "县水利局", "6月底"],
        ["修建泵站，改造涵洞", "县住建局、县财政局", "7月底"],
        ["修建码头", "县交通局", "9月底"],
    ]
    for heads, told in ([["民生实事", "谁来做", "何时做好"]], "谁来做、何时做好"), ([], ""):
        value, table = gridded([*heads, *body])
        found = task_tables.read_table(value, table)
        assert found is not None
        assert found.told_by_cells == told
        assert [[name.text for name in row.names] for row in found.rows] == [
            ["县水利局"],
            ["县住建局", "县财政局"],
            ["县交通局"],
        ]
        (code,) = [one.code for one in clauses(outlined(value, (table,))).findings]
        assert code == ("unknown-heads" if told else "no-heads")


def test_a_row_that_names_units_but_no_task_is_told() -> None:
    value, table = gridded([["工作任务", "责任单位"], ["修渠五条", "县水利局"], ["", "县交通局"], ["", "县财政局"]])
    found, _, findings = clauses(outlined(value, (table,)))
    assert [[name.text for name in clause.names] for clause in found] == [["县水利局"]]
    assert [(one.code, one.params, one.span and value[one.span.start : one.span.end]) for one in findings] == [
        ("row-without-task", {"rows": "2"}, "县交通局")
    ]


def test_the_name_of_a_group_titles_its_rows() -> None:
    value, table = gridded([["工作任务", "责任单位"], ["一、防洪", "一、防洪"], ["修渠五条", "县水利局"]])
    table = Table(table.start, table.end, (table.rows[0], (table.rows[1][0],) * 2, table.rows[2]))
    [row] = read_rows(value, table)
    assert row.title is not None
    assert value[slice(*row.title)] == "防洪"


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("责任单位（逗号前为牵头单位）", "县水利局，县财政局、各乡镇", "lead support support"),
        ("责任单位（第一个为牵头单位）", "县水利局、县财政局、各乡镇", "lead support support"),
        ("责任单位", "县水利局，县财政局、各乡镇", "responsible responsible responsible"),
    ],
)
def test_the_head_of_a_column_may_say_who_leads(head: str, cell: str, expected: str) -> None:
    value, table = gridded([["工作任务", head], ["修渠五条", cell]])
    [row] = read_rows(value, table)
    assert [name.role for name in row.names] == expected.split()


def test_a_cell_of_units_in_which_none_is_read_is_told() -> None:
    value, table = gridded([["工作任务", "责任单位"], ["修渠五条", "另行确定"], ["打井", "/"], ["换泵", "县农机局"]])
    found, _, findings = clauses(outlined(value, (table,)))
    assert [[name.text for name in clause.names] for clause in found] == [[], [], ["县农机局"]]
    assert [(finding.code, finding.span and value[finding.span.start : finding.span.end]) for finding in findings] == [
        ("unread-clause", "另行确定")
    ]


def test_rows_of_a_table_with_merged_cells() -> None:
    lines = [
        ["序号", "工作任务", "工作内容", "牵头单位", "责任单位", "完成时限"],
        ["1", "修路", "修机耕道路三条", "县交通局", "县财政局、各乡镇", "2027年6月"],
        ["2", "架桥", "架公路桥一座", "县住建局", "县财政局", "长期"],
        ["3", "架桥", "架人行桥两座", "县住建局", "县财政局", "长期"],
        ["二、植树", "二、植树", "二、植树", "二、植树", "二、植树", "二、植树"],
        ["4", "植树", "植树千株", "", "县林业局等", ""],
    ]
    merged = {(3, 3): (2, 3), (3, 4): (2, 4)}
    value, cells = "", {}
    for row, line in enumerate(lines):
        for column, word in enumerate(line):
            cells[row, column] = Cell(len(value), len(value) + len(word))
            value += word + "\t"
        value += "\n"
    grid = tuple(tuple(cells[merged.get((row, column), (row, column))] for column in range(6)) for row in range(6))
    table = Table(0, len(value), (grid[0], *grid[1:4], (cells[4, 0],) * 6, grid[5]))
    rows = read_rows(value, table)
    assert [[value[extent.start : extent.end] for extent in row.texts] for row in rows] == [
        ["修机耕道路三条"],
        ["架公路桥一座"],
        ["架人行桥两座"],
        ["植树千株"],
    ]
    assert [[(name.text, name.role, name.role_text) for name in row.names] for row in rows] == [
        [
            ("县交通局", "lead", "牵头单位"),
            ("县财政局", "responsible", "责任单位"),
            ("各乡镇", "responsible", "责任单位"),
        ],
        [("县住建局", "lead", "牵头单位"), ("县财政局", "responsible", "责任单位")],
        [("县住建局", "lead", "牵头单位"), ("县财政局", "responsible", "责任单位")],
        [("县林业局", "responsible", "责任单位")],
    ]
    found = clauses(outlined(value, (table,))).clauses
    assert [clause.when and value[clause.when.start : clause.when.end] for clause in found] == [
        "2027年6月",
        "长期",
        "长期",
        None,
    ]
