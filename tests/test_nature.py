"""Whether a text is a notice at all, and what is not read from one that is none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

import gongwen
from gongwen.cli import main

CASES = tomllib.loads((Path(__file__).parent / "cases" / "nature.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_nature(case: dict[str, Any]) -> None:
    notice = gongwen.parse(case["input"])
    doubts = {"not-a-notice", "missing-head", "speech", "work-report"} & {finding.code for finding in notice.findings}
    doubted = bool(doubts)
    assert doubted is not case.get("notice", False)
    assert doubts <= {case["code"]} if "code" in case else "missing-head" not in doubts
    assert len(notice.targets) == case["targets"]
    assert not notice.recipients or not doubted


def _folder(folder: Path) -> Path:
    folder.mkdir()
    (folder / "list.txt").write_text("buy milk\n", "utf-8")
    (folder / "memo.txt").write_text("To all staff\nThe office closes at 5 pm.\n", "utf-8")
    (folder / "notice.txt").write_text(
        "样政发〔2021〕7号\n样江县人民政府关于修渠的通知\n各乡镇：\n请落实。\n样江县人民政府\n2021年3月2日\n", "utf-8"
    )
    return folder


def test_what_is_no_notice_is_not_published_as_one(tmp_path: Path) -> None:
    source, cache = _folder(tmp_path / "source"), tmp_path / "cache"
    for keep_all, published in ((False, ["notice.txt"]), (True, ["list.txt", "memo.txt", "notice.txt"])):
        summary = gongwen.build(
            source, tmp_path / "dist", ["jsonl"], options=gongwen.Options(cache=cache, keep_all=keep_all)
        )
        assert [row.path for row in summary.published] == published
        assert [(failure.path, failure.code) for failure in summary.unpublished] == [
            (name, "not-a-notice") for name in ("list.txt", "memo.txt") if not keep_all
        ]
        lines = (tmp_path / "dist" / "notices.jsonl").read_bytes().splitlines()
        kinds = {record["source"]["path"]: record["kind"] for record in map(orjson.loads, lines)}
        assert kinds == {name: "通知" if name == "notice.txt" else None for name in published}
    assert not summary.fine


def test_the_command_says_how_to_publish_it_all_the_same(tmp_path: Path) -> None:
    words = [
        "publish",
        str(_folder(tmp_path / "source")),
        str(tmp_path / "dist"),
        "--only",
        "jsonl",
        "--workers",
        "0",
        "--no-cache",
    ]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "memo.txt: not published: is not a notice: " in result.output
    assert "--keep-all" in result.output
    assert "3 published" in CliRunner().invoke(main, [*words, "--keep-all"]).output
