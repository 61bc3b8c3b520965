"""Whether a text is a notice at all, and what is not read from one that is none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import gongwen

CASES = tomllib.loads((Path(__file__).parent / "cases" / "nature.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_nature(case: dict[str, Any]) -> None:
    notice = gongwen.parse(case["input"])
    doubted = not {"not-a-notice", "speech"}.isdisjoint(finding.code for finding in notice.findings)
    assert doubted is not case.get("notice", False)
    assert len(notice.targets) == case["targets"]
    assert not notice.recipients or not doubted
