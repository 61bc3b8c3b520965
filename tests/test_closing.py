"""The closing text of a part, and when a document applies."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import gongwen

CASES = tomllib.loads((Path(__file__).parent / "cases" / "closing.toml").read_text(encoding="utf-8"))["case"]
HEAD = "青禾县水利局关于管渠的通知\n各乡镇：\n现通知如下：\n"
FOOT = "\n青禾县水利局\n2022年4月15日\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    text = HEAD + case["text"] + FOOT
    notice = gongwen.parse(text)
    assert (notice.parts[0].closing or "") == case["closing"]
    assert "\n".join([text[span.start : span.end] for span in notice.parts[0].closing_spans]) == case["closing"]
    assert notice.sections[-1].text == case["last"]
    effect = notice.effective
    assert ([effect.start or "", effect.end or "", effect.rule] if effect else []) == case.get("effective", [])
    assert [issuer.name for issuer in notice.issuers] == ["青禾县水利局"]


def test_closing_text_is_of_no_task() -> None:
    [task] = gongwen.parse(
        f"{HEAD}一、修渠。修好。（县水利局负责）\n各乡镇要加强领导。\n本通知自印发之日起施行。{FOOT}"
    ).tasks
    assert task.text == "修好。"
