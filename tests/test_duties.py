"""Duties: what running text outside of tasks asks of units, and by when."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import gongwen
from timing import assert_linear

CASES = tomllib.loads((Path(__file__).parent / "cases" / "duty.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    notice = gongwen.parse(case["input"].strip("\n"))
    found = [
        [
            duty.text,
            *[f"{actor.name} {actor.verb}" for actor in duty.actors],
            *[f"{step.date} {step.text}" for step in duty.milestones],
            *([duty.recurrence] if duty.recurrence else []),
        ]
        for duty in notice.duties
    ]
    assert found == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_value_quotes_its_place(case: dict[str, Any]) -> None:
    source = case["input"].strip("\n")
    notice = gongwen.parse(source)
    sections = {section.id: section for section in notice.sections}
    for duty in notice.duties:
        assert source[duty.span.start : duty.span.end] == duty.text
        for actor in duty.actors:
            assert source[actor.span.start : actor.span.end] == actor.name
        for step in duty.milestones:
            assert source[step.span.start : step.span.end] == step.text
        if duty.section_id:
            span = sections[duty.section_id].span
            assert span.start <= duty.span.start
            assert duty.span.end <= span.end


@pytest.mark.parametrize("words", ["请各乡镇，", "2029年6月底前，县水利局", "由县水利局", "县财政局、", "各乡镇要"])
def test_duties_take_linear_time(words: str) -> None:
    head = "青禾县人民政府关于修渠的通知\n各乡镇：\n"
    assert_linear(lambda size: head + words * size + "负责管好水渠。\n", lambda text: gongwen.parse(text), 1_000)
