"""Coverage: each place of a text is used, explained, unread or undecided, without asking the extractors."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

import gongwen
from gongwen.cli import main
from gongwen.extract.coverage import scan

NOTICE = """青禾县人民政府关于修渠的通知
青政发〔2029〕3号
各镇人民政府：
根据《河道管护办法》（云政发〔2028〕7号），现就修渠通知如下。
一、修渠。到2030年底建成泵站30座。已建成水渠5公里。（县水利局牵头，县财政局配合）
二、奖补。对建成泵站的村给予奖励5万元。
青禾县人民政府
2029年3月2日
"""


def judged(text: str, kind: str) -> list[tuple[str, str, str | None]]:
    return [(text[f.start : f.end], f.status, f.code) for f in scan(text, 2029) if f.kind == kind]


def test_each_place_of_a_notice_has_its_status() -> None:
    found = gongwen.analyze(NOTICE).coverage
    assert [(one.text, one.status, one.code) for one in found if one.kind == "number"] == [
        ("30座", "used", None),
        ("5公里", "explained", "past"),
        ("5万元", "explained", "aid"),
    ]
    assert {one.status for one in found if one.kind in ("document_number", "title", "organ_in_clause", "marker")} == {
        "used"
    }
    assert [one.span for one in found] == sorted((one.span for one in found), key=lambda span: (span.start, span.end))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("全县新建泵站30座。", "number", [("30座", "unread", None)]),
        ("推广5G和12345热线。", "number", []),
        ("落实“四个全面”。", "number", [("四个", "explained", "name_part")]),
        ("到2030年，河道更清。", "date", [("2030年", "unread", None)]),
        ("到2020年，河道更清。", "date", [("2020年", "explained", "past")]),
        ("收到申请之日起3日内办结。", "date", [("3日内", "explained", "procedure")]),
        ("县财政局要做好工作。", "organ", [("财政局", "unread", None)]),
        ("经县财政局同意后实行。", "organ", [("财政局", "explained", "authority")]),
        ("由财政部门负责，在平台办理。", "organ", []),
        ("（县财政局牵头）", "organ_in_clause", [("财政局", "unread", None)]),
        ("详见云政发〔2028〕7号。", "document_number", [("详见云政发〔2028〕7号", "unread", None)]),
        ("——河道更清。", "marker", [("——", "undecided", None)]),
    ],
)
def test_what_a_place_is(text: str, kind: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert judged(text, kind) == expected


def test_lines_like_cells_are_rows() -> None:
    assert len(judged("指标\n单位\n目标\n泵站\n座\n30\n渠道更清，水更多。", "row")) == 6
    assert not judged("指标\n单位\n目标\n渠道更清，水更多。", "row")


def test_the_command_lists_open_places_and_fails_over_a_share(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE.replace("已建成水渠5公里", "县水利局要巡查"), encoding="utf-8")
    result = CliRunner().invoke(main, ["coverage", str(file), "--fail-over", "50%"])
    assert result.exit_code == 0
    assert "numbers: 1 used, 1 explained, 0 unread, 0 undecided" in result.stdout
    shown = CliRunner().invoke(main, ["coverage", str(file), "--all", "--format", "json"])
    record = orjson.loads(shown.stdout)
    assert record["summary"]["number"] == {"found": 2, "used": 1, "explained": 1, "unread": 0, "undecided": 0}
    places = [NOTICE[:0] + place["text"] for place in record["places"]]
    assert "30座" in places
    bad = tmp_path / "open.txt"
    bad.write_text("青禾县关于修渠的报告\n县财政局要巡查。\n县水利局要巡查。\n", encoding="utf-8")
    failed = CliRunner().invoke(main, ["coverage", str(tmp_path), "--fail-over", "0.01"])
    assert failed.exit_code == 1
    assert failed.stdout.index("open.txt") < failed.stdout.index("notice.txt")
    assert CliRunner().invoke(main, ["coverage", str(bad), "--fail-over", "many"]).exit_code == 2
