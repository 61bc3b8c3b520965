"""Tasks: what each clause closes, with the items that it covers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.document import Outline, Source
from gongwen.document import Piece as SourcePiece
from gongwen.extract.clauses.clauses import clauses
from gongwen.extract.structure.sections import sections
from gongwen.extract.tasks.tasks import tasks
from gongwen.extract.units import register
from gongwen.lexicon.registry import Jurisdiction
from gongwen.model import Finding, Section, Task
from gongwen.outline import outline
from gongwen.text import Text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "task.toml").read_text(encoding="utf-8"))["case"]
LINES = st.sampled_from(
    [
        "一、主要任务",
        "（一）修路。年内修路三条。（县交通局负责）",
        "（二）架桥",
        "1.年内架桥一座。（县住建局）年内架桥两座。（责任单位：县住建局、县财政局）",
        "2.年内植树。",
        "责任单位：县林业局、各乡镇",
        "配合单位：县财政局",
        "完成时限：2027年底",
        "年内清淤十处。（责任单位：县水利局",
        "",
    ]
)


def read(text: str) -> tuple[Outline, tuple[Section, ...], tuple[Task, ...], tuple[Finding, ...]]:
    structure, _ = outline(
        Text(text), Source(text, (SourcePiece("text", 0, len(text)),), (), (), None, "", "text", "utf-8")
    )
    stated = clauses(structure)
    registry = register(structure.text, [], [], (*stated.clauses, *stated.scopes), Jurisdiction())
    numbered = sections(structure)
    made = tasks(structure, numbered, stated, registry, 2027)
    return structure, numbered, made.tasks, made.findings


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    _, numbered, found, findings = read(case["input"].strip("\n"))
    markers = {section.id: section.marker for section in numbered}
    written = [
        " / ".join(
            part or "-"
            for part in (
                task.marker,
                task.title,
                task.text.replace("\n", "|"),
                " ".join(markers[id] for id in task.section_ids),
                "、".join(unit.name for unit in task.responsible_units),
                task.deadline,
            )
        )
        for task in found
    ]
    assert written == case["expect"]
    assert len(findings) == sum(not task.responsible_units for task in found)


@given(st.lists(LINES, max_size=16).map("\n".join))
def test_every_clause_is_a_task_and_every_text_is_quoted(text: str) -> None:
    structure, numbered, found, _ = read(text)
    ids = {section.id for section in numbered}
    assert [task.id for task in found] == [f"task-{number}" for number in range(1, len(found) + 1)]
    assert sum(task.clause is not None for task in found) == len(clauses(structure).clauses)
    for task in found:
        assert ids.issuperset(task.section_ids)
        assert task.group_id is None or task.group_id in ids
        for line in filter(None, task.text.split("\n")):
            assert any(text[span.start : span.end] == line for span in task.spans)
        if task.clause:
            assert task.clause == "\n".join(text[span.start : span.end] for span in task.clause_spans)
            assert task.clause not in task.text
        for unit in task.responsible_units:
            assert text[unit.span.start : unit.span.end] == unit.name
