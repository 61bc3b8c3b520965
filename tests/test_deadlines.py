"""Deadlines: the words and the dates that people wrote down, and how long a search takes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.lexicon.deadlines import find, stated

CASES = tomllib.loads((Path(__file__).parent / "cases" / "deadline.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("name", case["input"]))
def test_deadline(case: dict[str, Any]) -> None:
    text = case["input"]
    found = [[text[d.start : d.end], d.date or "", d.recurrence or ""] for d in find(text, issue_year=2022)]
    assert found == case["expect"]


def test_without_a_year_of_issue_nothing_is_guessed() -> None:
    assert [d.date for d in find("年内启动，6月底前完成，2025年底前验收")] == [None, None, "2025-12"]


def test_a_cell_states_its_last_date() -> None:
    found = stated("2023年6月底前启动，2024年完成，长期坚持")
    assert found is not None
    assert found.date == "2024"
    assert stated("长期坚持") is None


@given(st.text("到至2025年月日底末前第三季度每年内十四五“”《》（）—，", max_size=80))
def test_found_in_order_within_the_text(text: str) -> None:
    found = find(text, issue_year=2022)
    edges = [edge for deadline in found for edge in deadline[:2]]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    for deadline in found:
        assert find(text[: deadline.end], deadline.start, issue_year=2022), "what was found stands on its own"
