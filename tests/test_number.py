"""发文字号 and dates: every spelling that people wrote down, and what holds for all."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.lexicon import dates, document_numbers

FOLDER = Path(__file__).parent / "cases"
NUMBERS = tomllib.loads((FOLDER / "number.toml").read_text(encoding="utf-8"))["case"]
DATES = tomllib.loads((FOLDER / "date.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: case["name"])
def test_number(case: dict[str, Any]) -> None:
    parsed = document_numbers.parse(case["input"])
    if "expect" not in case:
        assert parsed is None
        return
    assert parsed is not None
    assert [parsed.text, parsed.organ_code or False, parsed.year or False, parsed.serial] == case["expect"]


@pytest.mark.parametrize("case", DATES, ids=lambda case: case["name"])
def test_date(case: dict[str, Any]) -> None:
    assert dates.parse(case["input"]) == case.get("expect")


@given(
    code=st.text("甲乙丙丁政办发函", min_size=1, max_size=8),
    year=st.integers(1950, 2099),
    serial=st.integers(1, 9999),
    brackets=st.sampled_from(["〔〕", "[]", "（）", "()", "【】"]),
    ordinal=st.sampled_from(["", "第"]),
)
def test_spellings_of_one_number_are_one(code: str, year: int, serial: int, brackets: str, ordinal: str) -> None:
    parsed = document_numbers.parse(f"{code}{brackets[0]}{year}{brackets[1]}{ordinal}{serial:03}号")
    assert parsed is not None
    assert parsed.text == f"{code}〔{year}〕{serial}号"
    assert document_numbers.parse(parsed.text) == parsed


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read(day: date) -> None:
    assert dates.parse(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert (
        dates.parse(
            "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
            + f"年{han(day.month)}月{han(day.day)}日"
        )
        == day.isoformat()
    )


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else "一二三四五六七八九"[tens - 1])
        + ("十" if tens else "")
        + ("" if not ones else "一二三四五六七八九"[ones - 1])
    )


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    document_numbers.parse(text)
    dates.parse(text)
