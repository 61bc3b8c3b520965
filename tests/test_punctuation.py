"""Chinese punctuation: what people wrote down, and what holds for every text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import punctuation
from gongwen.text import Text, replay
from timing import assert_linear

CASES = tomllib.loads((Path(__file__).parent / "cases" / "punctuation.toml").read_text(encoding="utf-8"))
PIECES = st.sampled_from(
    [*",:;!?()（）[]\"'〔〕", "中国", "泵站", "WTO", "2023", "1", "号", "\n", " ", "﹐", "｢", "Ａ", "％", "”"]
)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_case(case: dict[str, str]) -> None:
    assert punctuation.normalize(Text(case["input"])).value == case["expect"]


@pytest.mark.parametrize("case", CASES["untouched"], ids=lambda case: case["name"])
def test_untouched(case: dict[str, str]) -> None:
    text = Text(case["text"])
    assert punctuation.normalize(text) is text


@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_any_text_keeps_its_length_and_replays(value: str) -> None:
    text = punctuation.normalize(Text(value))
    assert len(text.value) == len(value)
    assert (
        replay(value, [[(edit.start, edit.end, edit.after) for edit in layer.edits] for layer in text.layers])
        == text.value
    )


@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_second_pass_changes_nothing(value: str) -> None:
    once = punctuation.normalize(Text(value))
    assert punctuation.normalize(once).value == once.value


@pytest.mark.parametrize("unit", ["(", ")", "（", '"', "[2023]", "中,", "(a"])
def test_time_grows_with_the_length(unit: str) -> None:
    assert_linear(lambda times: Text("中" + unit * times), punctuation.normalize, 8_000)
