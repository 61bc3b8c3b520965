"""Paragraphs and blanks: what people wrote down, and what holds for every text."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import layout
from gongwen.text import Text, replay
from timing import assert_linear

CASES = tomllib.loads((Path(__file__).parent / "cases" / "layout.toml").read_text(encoding="utf-8"))
# Little pieces that the rules speak of, so that texts made of them meet every rule.
BLANKS = ["\u3000\u3000", " ", "  ", "\t", "\n", "\r\n", "\x85"]
WORDS = "。 ： 一、 （一） 1. 第一条 教 部 泵站检修 2.0 WTO 2023年4月6日 《 》 （ ） ** #\u3000 >\t <b> </td><td> </p> <sup>".split(
    " "
)
PIECES = st.sampled_from(BLANKS + WORDS)


def restored(value: str) -> Text:
    return layout.restore(Text(value))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_case(case: dict[str, str]) -> None:
    assert restored(case["input"]).value == case["expect"]


@pytest.mark.parametrize("case", CASES["untouched"], ids=lambda case: case["name"])
def test_untouched(case: dict[str, str]) -> None:
    text = Text(case["text"])
    assert layout.restore(text) is text


@given(st.lists(PIECES, max_size=60).map("".join) | st.text())
def test_only_blanks_line_ends_and_marks_of_markdown_change(value: str) -> None:
    text = restored(value)
    assert kept(text.value) == kept(value)
    assert (
        replay(value, [[(edit.start, edit.end, edit.after) for edit in layer.edits] for layer in text.layers])
        == text.value
    )


def kept(value: str) -> str:
    return "".join(
        re.sub(r"</?[a-z][^<>]*>", "", value, flags=re.I).translate(dict.fromkeys(map(ord, "*#>\\"))).split()
    )


@given(st.lists(PIECES, max_size=60).map("".join))
def test_a_second_pass_changes_nothing(value: str) -> None:
    once = restored(value).value
    assert restored(once).value == once


WRAPPED = "为做好防汛工作落实责任按月报告不得迟报现将有关事项通知如下请认真\n" * 8


@pytest.mark.parametrize("before", ["甲。 一、乙 ", WRAPPED], ids=["", "wrapped"])
@pytest.mark.parametrize("unit", ["　", "甲 ", "甲\t", "\t", "《", "（甲 ", "**", "# ", "甲乙 丙。 "])
def test_time_grows_with_the_length(before: str, unit: str) -> None:
    assert_linear(lambda times: f"{before}{unit * times}\n{before}", restored, 8_000)
