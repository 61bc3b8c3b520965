"""Measures of tasks: the sentences, what stands in them, who acts."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import gongwen

CASES = tomllib.loads((Path(__file__).parent / "cases" / "measure.toml").read_text(encoding="utf-8"))["case"]
LONG = """青禾县水利局关于修渠的通知
一、总则
依照《水利条例》修渠，依照《水利条例》管渠。
（一）修渠。依照《水利条例》，到2025年建成泵站30座以上。各乡镇要管好水渠；每年清淤。（责任单位：县水利局）
（二）架桥
1.选址。按《架桥办法》选址。
2.开工。（县交通局按《架桥办法》负责）
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    notice = gongwen.parse(case["input"].strip("\n"))
    found = [
        [
            [
                measure.text,
                *measure.milestone_ids,
                *measure.target_ids,
                *measure.citation_ids,
                *[f"{actor.name} {actor.verb}" for actor in measure.actors],
            ]
            for measure in task.measures
        ]
        for task in notice.tasks
    ]
    assert found == case["expect"]


def test_measures_hold_the_text_of_their_task_and_quote_it() -> None:
    """All characters of a task's text but blanks stand in its measures, once; spans quote what is published."""
    notice = gongwen.parse(LONG)
    for task in notice.tasks:
        assert "".join([measure.text for measure in task.measures]) == "".join(task.text.split())
        for measure in task.measures:
            assert LONG[measure.span.start : measure.span.end] == measure.text
            for actor in measure.actors:
                assert LONG[actor.span.start : actor.span.end] == actor.name


def test_a_mention_names_its_section_and_its_task() -> None:
    notice = gongwen.parse(LONG)
    tasks = {task.id: task for task in notice.tasks}
    sections = {section.id: section.marker for section in notice.sections}
    found = [
        (sections[mention.section_id or ""], tasks[mention.task_id].marker if mention.task_id else None)
        for mention in chain.from_iterable(citation.mentions for citation in notice.citations)
    ]
    assert found == [("一、", None), ("一、", None), ("（一）", "（一）"), ("1.", "1."), ("2.", "2.")]
