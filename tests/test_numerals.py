"""Written numbers: what people write, and that what is written is read back."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.lexicon.numerals import decimal, integer

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numeral.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["input"])
def test_number(case: dict[str, Any]) -> None:
    assert decimal(case["input"]) == case.get("expect")


def written(number: int) -> str:
    """A number below 10,000 as a Chinese numeral."""
    words, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return words or "零"


@given(st.integers(0, 9999))
def test_a_numeral_says_its_number(number: int) -> None:
    assert integer(written(number)) == number


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_no_digit_is_lost(value: object) -> None:
    digits = str(value)
    read = decimal(digits)
    assert read is not None
    assert read == (digits.rstrip("0").rstrip(".") if "." in digits else digits)


@given(st.text("一二两三十百千万亿点分之半0123456789.,%万", max_size=60))
def test_any_text_is_a_decimal_or_none(text: str) -> None:
    read = decimal(text)
    assert read is None or read.replace(".", "", 1).isdecimal()
