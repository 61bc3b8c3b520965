"""Coverage: each place of a text is used, explained, unread or undecided, without asking the extractors."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import orjson
import pytest
from click.testing import CliRunner

import gongwen
from gongwen import schemas
from gongwen.cli import main
from gongwen.document import KINDS, STATUSES
from gongwen.extract.coverage import scan
from gongwen.lexicon import vocabulary
from timing import assert_linear

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
        ("培育30家企业。", "number", [("30家", "unread", None)]),
        ("培训1000人并给予补助。", "number", [("1000人", "unread", None)]),
        ("对首次认定的给予奖励，最高10万元。", "number", [("10万元", "explained", "aid")]),
        ("创建无废工厂、无废学校等120个。", "number", [("120个", "unread", None)]),
        ("统筹巡查、清淤等2项工作。", "number", [("2项", "explained", "listed_count")]),
        ("推广5G和12345热线。", "number", []),
        ("落实“四个全面”。", "number", [("四个", "explained", "name_part")]),
        ("到2030年，河道更清。", "date", [("2030年", "unread", None)]),
        ("到2020年，河道更清。", "date", [("2020年", "explained", "past")]),
        ("收到申请之日起3日内办结。", "date", [("3日内", "explained", "procedure")]),
        ("水务站3个工作日内完成审核。", "date", [("3个工作日内", "explained", "procedure")]),
        ("请于3个工作日内报送。", "date", [("3个工作日内", "unread", None)]),
        (
            "自2030年1月1日起至2032年12月31日，免征水费。",
            "date",
            [("2030年1月1日", "explained", "procedure"), ("2032年12月31日", "explained", "procedure")],
        ),
        ("对企业返还保险费的50%。", "number", [("50%", "explained", "aid")]),
        ("扣除时按30%计算。", "number", [("30%", "undecided", None)]),
        ("抓好上述49个项目。", "number", [("49个", "explained", "listed_count")]),
        ("县财政局要做好工作。", "organ", [("财政局", "unread", None)]),
        ("经县财政局同意后实行。", "organ", [("财政局", "explained", "authority")]),
        ("由财政部门负责，在平台办理。", "organ", []),
        (
            "县财政局、某学院、县水利局等单位要巡查。",
            "organ",
            [("财政局", "unread", None), ("水利局", "unread", None)],
        ),
        (
            "成员由县财政局、县水利局担任。",
            "organ",
            [("财政局", "explained", "membership"), ("水利局", "explained", "membership")],
        ),
        ("县财政局组织开展了检查。", "organ", [("财政局", "explained", "past")]),
        ("县财政局规划发展处处长出席。", "organ", [("财政局", "explained", "membership")]),
        ("县水利局会同县财政局评审。", "organ", [("水利局", "unread", None), ("财政局", "undecided", None)]),
        ("推进水系连通、县疾控中心改革。", "organ", [("疾控中心", "explained", "mentioned")]),
        ("（县财政局牵头）", "organ_in_clause", [("财政局", "unread", None)]),
        ("详见云政发〔2028〕7号。", "document_number", [("详见云政发〔2028〕7号", "unread", None)]),
        ("执行云政发〔5328〕07号。", "document_number", [("执行云政发〔5328〕07号", "unread", None)]),
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
    file.write_text(NOTICE.replace("已建成水渠5公里", "县水利局委托专家"), encoding="utf-8")
    result = CliRunner().invoke(main, ["coverage", str(file), "--fail-over", "50%"])
    assert result.exit_code == 0
    assert "numbers: 1 used, 1 explained, 0 unread, 0 undecided" in result.stdout
    shown = CliRunner().invoke(main, ["coverage", str(file), "--all", "--format", "json"])
    record = orjson.loads(shown.stdout)
    assert record["summary"]["number"] == {"found": 2, "used": 1, "explained": 1, "unread": 0, "undecided": 0}
    places = [NOTICE[:0] + place["text"] for place in record["places"]]
    assert "30座" in places
    bad = tmp_path / "open.txt"
    bad.write_text("青禾县关于修渠的报告\n县财政局委托专家评审。\n县水利局委托专家评审。\n", encoding="utf-8")
    failed = CliRunner().invoke(main, ["coverage", str(tmp_path), "--fail-over", "0.01"])
    assert failed.exit_code == 1
    assert failed.stdout.index("open.txt") < failed.stdout.index("notice.txt")
    assert CliRunner().invoke(main, ["coverage", str(bad), "--fail-over", "many"]).exit_code == 2


def test_a_build_publishes_what_is_open_and_the_counts(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notice.txt").write_text(NOTICE.replace("已建成水渠5公里", "县水利局委托专家"), encoding="utf-8")
    summary = gongwen.build(tmp_path / "in", tmp_path / "out")
    [row] = summary.published
    record = orjson.loads((tmp_path / "out" / "coverage" / f"{row.id}.json").read_bytes())
    schema = orjson.loads((schemas.folder() / "coverage.schema.json").read_bytes())
    jsonschema.validate(record, schema)
    published = (tmp_path / "out" / "notices" / f"{row.id}.json").read_bytes()
    counts = orjson.loads(published)["coverage"]
    open_places = sum(kind["unread"] + kind["undecided"] for kind in counts.values() if isinstance(kind, dict))
    assert len(record["places"]) == open_places + counts["suspects"]
    assert row.coverage["unread"] + row.coverage["undecided"] == open_places
    assert row.coverage["found"] == sum(kind["found"] for kind in counts.values() if isinstance(kind, dict))


def test_the_codes_are_the_code_lists() -> None:
    rows = {term.code for term in vocabulary.terms("coverage_words")}
    assert rows - {"commitment"} <= set(schemas.codelist("coverage_codes"))
    assert list(KINDS) == list(schemas.codelist("coverage_kinds"))
    assert list(STATUSES) == list(schemas.codelist("coverage_statuses"))


def test_time_is_linear() -> None:
    text = "到2030年建成泵站30座，县财政局要负责《办法》（云政发〔2028〕7号）"
    assert_linear(lambda size: text * size, scan, 400)


def test_the_page_of_a_notice_counts_its_numbers(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notice.txt").write_text(NOTICE, encoding="utf-8")
    [row] = gongwen.build(tmp_path / "in", tmp_path / "out").published
    page = (tmp_path / "out" / "site" / "notices" / f"{row.id}.html").read_text(encoding="utf-8")
    source = (tmp_path / "out" / "site" / "sources" / f"{row.id}.html").read_text(encoding="utf-8")
    assert re.search('<mark data-coverage=explained [^>]*title="既往情况"[^>]*>5公里</mark>', source)
    assert "3 个数字：1 个已进入数据，2 个已说明原因，0 个待核查" in page


def test_a_date_is_held_by_a_step_of_the_same_date_only() -> None:
    text = NOTICE.replace("到2030年底建成泵站30座。", "2030年6月底前完成清淤，沿用2027年的办法。")
    found = {one.text: one.status for one in gongwen.analyze(text).coverage if one.kind == "date"}
    assert found["2030年6月底"] == "used"
    assert found["2027年"] == "explained"


def test_the_number_of_a_cited_document_may_stand_again() -> None:
    text = NOTICE.replace("二、奖补。", "二、奖补。申请《河道管护办法》（云政发〔2028〕7号）中的补助。")
    found = [one for one in gongwen.analyze(text).coverage if one.kind == "document_number"]
    assert [(one.status, one.code) for one in found] == [("used", None), ("used", None), ("explained", "restated")]


def test_the_number_of_a_cited_public_notice_may_stand_again_behind_its_organs() -> None:
    cited = "《河道管护公告》（水利部 财政部公告2028年第9号）"
    text = NOTICE.replace("二、奖补。", f"二、奖补。依据{cited}申请补助，参见{cited}。")
    found = [one for one in gongwen.analyze(text).coverage if one.text == "公告2028年第9号"]
    assert [(one.status, one.code) for one in found] == [("used", None), ("explained", "restated")]


def test_the_offices_in_a_list_of_people_are_membership() -> None:
    value = "王　刚 县水利局局长\n李小明 县财政局副局长\n赵梅 县教育局\n".replace("　", "")
    assert [(found.kind, found.status, found.code) for found in scan(value) if found.kind == "organ"] == [
        ("organ", "explained", "membership")
    ] * 3


RULES = """青禾县河道管护办法
第一条 巡查由两名专家进行，县水利局委托专家评审。
（一）县财政局每季度评审，检查泵站3座；
第二条 县水利局和有关单位负责巡查。到2030年，泵站一般为5座。
"""


def test_articles_lay_down_rules_but_for_duties_and_goals() -> None:
    found = {one.text: (one.status, one.code) for one in gongwen.analyze(RULES).coverage if one.kind == "number"}
    assert (found["两名"], found["3座"]) == (("explained", "rule"),) * 2
    assert found["5座"] != ("explained", "rule")
    assert [
        (found.status, found.code)
        for found in scan("县水利局（含下属单位）负责巡查。县水利局抽样评审。", 2029, [(0, 40)])
        if found.kind == "organ"
    ] == [("undecided", None), ("explained", "rule")]


def test_a_bulletin_of_statistics_reports() -> None:
    text = "青禾县2028年国民经济和社会发展统计公报\n一、农业\n新建泵站30座，粮食产量5万吨。\n"
    assert {one.code for one in gongwen.analyze(text).coverage if one.kind == "number"} == {"background"}


def test_the_unit_of_a_column_is_no_number() -> None:
    assert [found for found in scan("投资额（万元）\n面积（千亩）") if found.kind == "number"] == []
