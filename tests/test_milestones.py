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


def test_the_deadline_of_a_task_has_its_last_day_wherever_it_stands() -> None:
    text = "县水利局关于修渠的通知\n一、2022年底前要办的事\n（一）修渠。修好主渠。（县水利局负责）\n（二）架桥。2022年6月底前，架桥三座。（县交通局负责，2023年完成）"
    heading, clause = gongwen.parse(text).tasks
    assert (heading.deadline_rule, heading.due_on) == ("heading", "2022-12-31")
    assert (clause.deadline_rule, clause.due_on) == ("clause", "2023-12-31")


def test_the_year_of_a_plan_dates_its_goals_and_its_clauses_too() -> None:
    text = (
        "青禾县水利局关于印发2022年修渠计划的通知\n各乡镇：\n一、修渠。6月底前建成泵站30座。（县水利局负责，9月底前完成）\n"
        "青禾县水利局\n2021年12月20日"
    )
    notice = gongwen.parse(text)
    assert [target.deadline for target in notice.targets] == ["2022-06"]
    assert [task.deadline for task in notice.tasks] == ["2022-09"]


def test_a_goal_in_another_cell_of_the_row_is_of_its_task_and_has_its_deadline() -> None:
    text = (
        "青禾县水利局关于修渠的通知\n各乡镇：\n青禾县水利局\n2024年3月1日\n任务分工表\n| 任务 | 目标 | 完成时限 | 责任单位 |\n|---|---|---|---|\n"
        "| 修建泵站 | 建成30处 | 2025年6月底 | 县水利局 |\n| 修建水渠 | 建成8公里 | 2024年9月 | 县农业局 |"
    )
    notice = gongwen.parse(text)
    assert [(target.value, target.deadline, target.deadline_rule) for target in notice.targets] == [
        ("30", "2025-06", "row"),
        ("8", "2024-09", "row"),
    ]
    assert [target.task_ids for target in notice.targets] == [(task.id,) for task in notice.tasks]
    assert [task.target_ids for task in notice.tasks] == [(target.id,) for target in notice.targets]
