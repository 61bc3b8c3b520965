"""Milestones and deadlines of tasks: what people wrote down."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import gongwen

CASES = tomllib.loads((Path(__file__).parent / "cases" / "milestone.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    notice = gongwen.parse(case["input"].strip("\n"))
    found = [
        [
            f"{task.deadline} {task.deadline_rule}" if task.deadline else "",
            *[f"{step.date} {step.rule}: {step.text}" for step in task.milestones],
        ]
        for task in notice.tasks
    ]
    assert found == case["expect"]


def test_links_lead_from_a_task_to_its_targets_and_citations() -> None:
    text = "一、修渠。依据《水利条例》，2025年底前建成泵站30座以上。（责任单位：县水利局）\n二、架桥。（责任单位：县交通局）"
    notice = gongwen.parse(text)
    [first, second] = notice.tasks
    assert first.target_ids == tuple(target.id for target in notice.targets)
    assert first.citation_ids == tuple(citation.id for citation in notice.citations)
    assert (len(first.target_ids), len(first.citation_ids)) == (1, 1)
    assert second.target_ids == second.citation_ids == ()
