"""Simplified script: the readings that people wrote down, and that simplified text is left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import script
from gongwen.text import Text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "script.toml").read_text(encoding="utf-8"))
CHARACTERS = st.text(st.sampled_from("發发會会著作显顯沿名乾干後后臺于於計畫劃、 \n1a\x00𠀀"), max_size=40)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_case(case: dict[str, str]) -> None:
    text = script.simplify(Text(case["input"]))
    assert text.value == case["expect"]
    rules = {edit.rule for layer in text.layers for edit in layer.edits}
    assert rules == {case.get("rule", "traditional-script")}


@pytest.mark.parametrize("case", CASES["untouched"], ids=lambda case: case["name"])
def test_simplified_text_stays_as_it_is(case: dict[str, str]) -> None:
    text = Text(case["text"])
    assert script.simplify(text) is text


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_what_was_simplified_stays(case: dict[str, str]) -> None:
    once = script.simplify(Text(case["input"])).value
    assert script.simplify(Text(once)).value == once


@given(CHARACTERS | st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_keeps_its_length(value: str) -> None:
    assert len(script.simplify(Text(value)).value) == len(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("關於印發實施方案的通知", "traditional"),
        ("关于印发实施方案的通知", "simplified"),
        ("关于印发方案，請各單位實施，组织业务", "mixed"),
        ("北京 2023", "unknown"),
        ("", "unknown"),
    ],
)
def test_detect(value: str, expected: str) -> None:
    assert script.detect(value) == expected
