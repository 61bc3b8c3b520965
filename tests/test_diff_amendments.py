"""What an amending instrument orders, what becomes of the document, and what a comparison of both tells."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

import gongwen
from gongwen import compare
from gongwen.cli import main
from gongwen.compare.amendments import operations
from gongwen.compare.consolidation import consolidate

RULES = """青石县河道管理办法
第一条 为了加强河道管理，制定本办法。
第二条 县水利部门负责河道管理。
乡镇水利部门协助管理。
第三条 禁止下列行为：
（一）倾倒垃圾；
（二）擅自采砂；
（三）围垦河道。
第四条 每年组织清淤一次，费用由乡镇承担。
第五条 违反本办法的，责令改正，并处罚款。
第六条 本办法自2020年1月1日起施行。
"""
DECISION = """青石县人民政府关于修改《青石县河道管理办法》的决定
青石政发〔2025〕3号
县人民政府决定对《青石县河道管理办法》作如下修改：
{}
青石县人民政府
2025年3月2日
"""
PLAN = """青石县人民政府办公室关于印发青石县护鸟行动方案的通知
青石政办〔2023〕7号
各乡镇人民政府：
现将《青石县护鸟行动方案》印发给你们，请认真贯彻执行。
青石县人民政府办公室
2023年3月5日
青石县护鸟行动方案
为保护候鸟，制定本方案。
一、主要任务
1.培育讲解员。开展观鸟培训，培养120名讲解员。（责任单位：县林业局）
2.修缮鸟塔。加固塔身，保留巢口。（责任单位：县文旅局）
3.设立救护站。开通救护热线。（责任单位：县林业局）
"""
NOTICE = """青石县人民政府办公室关于废止和修改部分文件的通知
青石政办〔2024〕9号
各乡镇人民政府：
决定对《青石县护鸟行动方案》（青石政办〔2023〕7号）作如下调整：
一、废止第二项。
二、将第一项“培养120名讲解员”修改为“培养150名讲解员”。
青石县人民政府办公室
2024年4月2日
"""


@pytest.mark.parametrize(
    ("order", "gone", "come"),
    [
        ("一、将第二条第二款中的“水利部门”修改为“水行政主管部门”。", "乡镇水利部门协助", "乡镇水行政主管部门协助"),
        ("一、删去第五条中的“，并处罚款”。", "并处罚款", "责令改正。"),
        ("一、第三条第二项予以废止。", "擅自采砂", "围垦河道"),
        ("一、第四条修改为：“第四条 每两年组织清淤一次。”", "每年组织", "每两年组织清淤一次"),
        ("一、在第四条“组织清淤”后增加“、疏浚”。", "清淤一次", "组织清淤、疏浚一次"),
        ("一、增加一条，作为第五条：“第五条 鼓励公众举报。”", None, "鼓励公众举报"),
        ("一、将第四条中的“乡镇”修改为“县财政”。", "乡镇承担", "县财政承担"),
    ],
)
def test_an_operation_is_applied_and_the_rest_stands(order: str, gone: str | None, come: str) -> None:
    done = consolidate(gongwen.parse(RULES), [gongwen.parse(DECISION.format(order))])
    assert done.unapplied == []
    assert len(done.applied) == 1
    assert come in done.text
    assert gone is None or gone not in done.text
    assert "为了加强河道管理" in done.text
    kept = "".join(stretch.text for line in done.lines for stretch in line.stretches if stretch.state != "added")
    assert kept == "".join(block.text for block in done.base.blocks)


def test_an_operation_that_finds_nothing_changes_nothing_and_is_listed() -> None:
    done = consolidate(gongwen.parse(RULES), [gongwen.parse(DECISION.format("一、将第九条中的“甲”修改为“乙”。"))])
    assert done.applied == []
    assert [operation.text for _, operation in done.unapplied] == ["将第九条中的“甲”修改为“乙”。"]
    assert done.text == "".join(block.text for block in done.base.blocks)


def test_an_instrument_on_another_document_changes_nothing() -> None:
    done = consolidate(gongwen.parse(RULES), [gongwen.parse(NOTICE)])
    assert not done.applied
    assert not done.unapplied


def test_a_plan_orders_nothing() -> None:
    assert operations(gongwen.parse(PLAN)) == []


def test_the_comparison_tells_what_the_instrument_changes_and_nothing_else() -> None:
    base, instrument = gongwen.parse(PLAN), gongwen.parse(NOTICE)
    diff = compare.diff(base, instrument)
    assert diff.relation.kind == "amends"
    assert {(change.kind, change.old[0].label) for change in diff.changes} == {
        ("task-removed", "2.修缮鸟塔"),
        ("target-raised", "讲解员"),
    }
    back = compare.diff(instrument, base)
    assert {change.mirror() for change in back.changes} == set(diff.changes)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    names = []
    for name, text in (("base.txt", PLAN), ("notice.txt", NOTICE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        names.append(str(tmp_path / name))
    return names


def test_the_command_marks_each_change_with_its_instrument(files: list[str]) -> None:
    result = CliRunner().invoke(main, ["consolidate", *files])
    assert result.exit_code == 0
    assert "培养150名讲解员〔2〕" in result.stdout
    assert "〔1〕 青石政办〔2024〕9号：废止第二项。" in result.stdout
    assert "修缮鸟塔" not in result.stdout


def test_the_json_of_the_command_holds_every_stretch(files: list[str]) -> None:
    record = orjson.loads(CliRunner().invoke(main, ["consolidate", *files, "--format", "json"]).stdout_bytes)
    assert [applied["verb"] for applied in record["applied"]] == ["revoke", "replace"]
    states = {stretch["state"] for line in record["lines"] for stretch in line["stretches"]}
    assert states == {"kept", "removed", "added"}


def test_an_operation_that_is_not_applied_shows_in_the_exit_code(files: list[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text(NOTICE.replace("培养120名讲解员", "培养900名讲解员"), encoding="utf-8")
    result = CliRunner().invoke(main, ["consolidate", files[0], str(bad)])
    assert result.exit_code == 1
    assert "未能适用" in result.stdout
    assert CliRunner().invoke(main, ["consolidate", files[0], "no-such-file"]).exit_code == 2


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        ("一、废止《青石县河道管理办法》。", "document-revoked"),
        ("一、将第九条中的“渔业”修改为“水产”。", "amendment-unapplied"),
    ],
)
def test_what_becomes_of_a_whole_document_and_an_order_without_a_place_are_told(order: str, kind: str) -> None:
    found = compare.diff(gongwen.parse(RULES), gongwen.parse(DECISION.format(order)))
    assert found.relation.kind == "amends"
    assert [change.kind for change in found.changes] == [kind]


BARE = DECISION.replace("关于修改《青石县河道管理办法》的决定", "关于《青石县河道管理办法》有关事项的通知").replace(
    "作如下修改", "说明如下"
)
"""An instrument that says by its operations alone that it amends."""
CHANGES = "修改 修订 调整 变更 更改 替换 改".split()
REMOVALS = "废止 删去 删除 取消 撤销 停止执行 不再执行".split()
ADDITIONS = "增加 增补 补充 加入 新增".split()


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        *((f"一、将第四条中的“乡镇”{verb}为“县财政”。", "section-reworded") for verb in CHANGES),
        *((f"一、“由乡镇承担”{verb}为“由县财政承担”。", "section-reworded") for verb in CHANGES),
        *((f"一、{verb}第五条。", "section-removed") for verb in REMOVALS),
        *((f"一、第五条{verb}。", "section-removed") for verb in REMOVALS),
        *((f"一、在第五条后{verb}一条：“第六条 定期巡查。”", "section-added") for verb in ADDITIONS),
    ],
)
def test_each_verb_that_orders_a_change_makes_a_notice_an_amendment(order: str, kind: str) -> None:
    found = compare.diff(gongwen.parse(RULES), gongwen.parse(BARE.format(order)))
    assert found.relation.kind == "amends"
    assert [change.kind for change in found.changes] == [kind]


@pytest.mark.parametrize(
    "order",
    [
        "《青石县护鸟行动方案》（青石政办〔2023〕7号）第二项停止执行，其余条款继续有效。",
        "对《青石县护鸟行动方案》（青石政办〔2023〕7号）作出修改：删除第2项。",
        "《青石县护鸟行动方案》（青石政办〔2023〕7号）第2项自本通知印发之日起不再执行。",
        "将《青石县护鸟行动方案》（青石政办〔2023〕7号）第2项删去。",
    ],
)
def test_a_sentence_that_names_the_document_and_an_item_removes_the_item_only(order: str) -> None:
    heading, rest = NOTICE.split("决定对")
    instrument = gongwen.parse(heading + order + "\n" + rest.split("。\n")[-1])
    done = consolidate(gongwen.parse(PLAN), [instrument])
    assert [applied.operation.verb for applied in done.applied] == ["revoke"]
    assert "修缮鸟塔" not in done.text
    assert "设立救护站" in done.text
    assert "培育讲解员" in done.text


CORRECTION = """{}
各乡镇人民政府：
《青石县护鸟行动方案》（青石政办〔2023〕7号）印发后，发现有误，现更正如下：
{}
特此更正。
青石县人民政府办公室
2023年3月20日
"""


@pytest.mark.parametrize(
    "order",
    [
        "一、“培养120名讲解员”应为“培养150名讲解员”。",
        "一、“培养120名讲解员”应更正为“培养150名讲解员”。",
        "一、第一项“培养120名讲解员”，应当改为“培养150名讲解员”。",
        "一、“培养150名讲解员”误写为“培养120名讲解员”。",
    ],
)
@pytest.mark.parametrize("head", ["青石县人民政府办公室关于更正《青石县护鸟行动方案》的通知", "勘误"])
def test_a_correction_is_applied(head: str, order: str) -> None:
    base, instrument = gongwen.parse(PLAN), gongwen.parse(CORRECTION.format(head, order))
    found = compare.diff(base, instrument)
    assert found.relation.kind == "correction"
    assert "new-corrects-old" in {evidence.code for evidence in found.relation.evidence}
    assert [(change.kind, change.old[0].label) for change in found.changes] == [("target-raised", "讲解员")]
    assert set(found.changes) == {change.mirror() for change in compare.diff(instrument, base).changes}
    assert "培养150名讲解员" in consolidate(base, [instrument]).text


def test_a_corrected_copy_is_compared_word_by_word() -> None:
    found = compare.diff(gongwen.parse(PLAN), gongwen.parse(PLAN.replace("120名", "150名")))
    assert found.relation.kind == "correction"
    assert [change.kind for change in found.changes] == ["target-raised"]


TERMED = RULES.replace("自2020年1月1日起施行。", "自2020年1月1日起施行，{}。")


@pytest.mark.parametrize(
    ("term", "order", "now", "end"),
    [
        ("有效期至2025年12月31日", "有效期延长至2027年12月31日", "有效期至2027年12月31日", "2027-12-31"),
        ("有效期至2025年12月31日", "有效期延长2年", "有效期至2027年12月31日", "2027-12-31"),
        ("有效期5年", "有效期再延长3年", "有效期8年", "2027-12-31"),
        ("有效期为5年", "有效期顺延至2026年6月30日", "有效期至2026年6月30日", "2026-06-30"),
        ("有效期5年", "继续执行，执行期限延长1年", "有效期6年", "2025-12-31"),
    ],
)
def test_an_extension_changes_the_period_of_validity_that_the_document_states(
    term: str, order: str, now: str, end: str
) -> None:
    base = gongwen.parse(TERMED.format(term))
    instrument = gongwen.parse(BARE.format(f"一、《青石县河道管理办法》{order}。"))
    done = consolidate(base, [instrument])
    assert [applied.operation.verb for applied in done.applied] == ["extend"]
    assert f"起施行，{now}。" in done.text
    found = compare.diff(base, instrument)
    assert found.relation.kind == "amends"
    assert [(change.kind, change.field, change.after) for change in found.changes] == [
        ("header-changed", "effective.end", end)
    ]
    assert {change.mirror() for change in compare.diff(instrument, base).changes} == set(found.changes)


@pytest.mark.parametrize(
    ("term", "order"),
    [("没有期限", "有效期延长2年"), ("有效期5年", "有效期延长6个月"), ("有效期5年", "有效期延长若干年")],
)
def test_an_extension_of_what_is_not_stated_or_cannot_be_reckoned_is_not_applied(term: str, order: str) -> None:
    base = gongwen.parse(TERMED.format(term))
    done = consolidate(base, [gongwen.parse(BARE.format(f"一、《青石县河道管理办法》{order}。"))])
    assert not done.applied
    assert [operation.verb for _, operation in done.unapplied] == ["extend"]


@pytest.mark.parametrize(
    ("order", "kind", "words"),
    [
        ("一、第四条暂停执行。", "section-suspended", "暂停执行"),
        ("一、暂停实施第四条。", "section-suspended", "暂停实施"),
        (
            "一、第四条自2025年4月1日起暂缓执行至2026年3月31日。",
            "section-suspended",
            "自2025年4月1日起暂缓执行至2026年3月31日",
        ),
        ("一、《青石县河道管理办法》中止执行。", "document-suspended", "中止执行"),
    ],
)
def test_what_is_suspended_stands_and_says_so(order: str, kind: str, words: str) -> None:
    base, instrument = gongwen.parse(RULES), gongwen.parse(BARE.format(order))
    done = consolidate(base, [instrument])
    assert not done.unapplied
    assert f"（{words}）" in done.text
    assert done.text.replace(f"（{words}）", "") == "".join(block.text for block in base.blocks)
    found = compare.diff(base, instrument)
    assert found.relation.kind == "amends"
    assert [(change.kind, change.after) for change in found.changes] == [(kind, words)]
    assert {change.mirror() for change in compare.diff(instrument, base).changes} == set(found.changes)


ARTICLES = """青石县河道管理办法
第一条 为了加强河道管理，制定本办法。
第二条 县水利部门负责河道管理。
乡镇水利部门协助管理。
第三条 申请清淤的，应当提交下列材料：
（一）申请书；
（二）图纸。
水利部门在五日内答复。
第四条 每年组织清淤一次。
第五条 违反本办法的，责令改正。
第六条 本办法自2020年1月1日起施行。
"""


@pytest.mark.parametrize(
    ("orders", "text"),
    [
        pytest.param(
            "一、第二条第二款修改为：“乡镇水利站协助管理。”", "乡镇水利站协助管理。", id="one of two paragraphs"
        ),
        pytest.param(
            "一、将第二条第一款修改为：“县水行政主管部门负责河道管理。”",
            "第二条 县水行政主管部门负责河道管理。",
            id="the first paragraph keeps the number",
        ),
        pytest.param("一、删去第二条第一款。", "第二条 ", id="what is left keeps the number"),
        pytest.param(
            "一、第三条第一款修改为：“清淤应当提交：”\n第二款修改为：“三日内答复。”",
            "第三条 清淤应当提交：\n（一）申请书；\n（二）图纸。\n三日内答复。",
            id="a list stays below what announces it, and a paragraph is one of the article named before",
        ),
        pytest.param("一、将第五条改为第七条：“第七条 罚款。”", "第七条 罚款。", id="a new number and a new text"),
        pytest.param(
            "一、第三条第二项修改为：“（二）竣工图纸。”",
            "（二）竣工图纸。\n水利部门在五日内答复。",
            id="the last element of a list",
        ),
        pytest.param(
            "一、第二条第一款删去，第二款改为第一款，其中“乡镇”修改为“街道”。",
            "街道水利部门协助管理。",
            id="paragraphs go by the numbers that they had",
        ),
        pytest.param("一、将第四条的次数由一次调整至两次。", "每年组织清淤两次。", id="to, not into"),
        pytest.param("一、将第五条改为第七条。", "第七条 违反本办法的，责令改正。", id="a new number alone"),
        pytest.param(
            "一、增加一条，作为第四条：“鼓励举报。”\n二、将第四条改为第五条，增加一款，作为第五条第一款：“清淤由县统一组织。”",
            "第四条　鼓励举报。\n第五条 清淤由县统一组织。\n每年组织清淤一次。",
            id="what is put in goes by the numbers that are to be",
        ),
        pytest.param(
            "一、第四条改为二条，作为第四条、第五条，修改为：\n“第四条 每两年清淤。\n“第五条 费用由县承担。”",
            "第四条 每两年清淤。\n第五条 费用由县承担。",
            id="an article becomes two",
        ),
        pytest.param(
            "一、删去第四条。\n《青石县河道管理办法》根据本决定修改，并对条文顺序作相应调整。",
            "第四条 违反本办法的，责令改正。\n第五条 本办法自",
            id="the articles are numbered anew",
        ),
        pytest.param(
            "一、将第二条第二款中的“乡镇”修改为“街道”，“管理”修改为“治理”。",
            "第二条 县水利部门负责河道管理。\n街道水利部门协助治理。",
            id="a place holds for all that is replaced in a sentence",
        ),
    ],
)
def test_orders_on_articles_and_paragraphs(orders: str, text: str) -> None:
    done = consolidate(gongwen.parse(ARTICLES), [gongwen.parse(DECISION.format(orders))])
    assert done.unapplied == []
    assert text in done.text
    assert "水利部门在五日内答复" in done.text or "三日内答复" in done.text
    kept = "".join(stretch.text for line in done.lines for stretch in line.stretches if stretch.state != "added")
    assert kept == "".join(block.text for block in done.base.blocks)


def test_a_second_instrument_names_places_by_the_numbers_of_the_first() -> None:
    first = DECISION.format("一、将第四条改为第五条，第五条改为第六条，第六条改为第七条。")
    second = DECISION.format("一、将第五条中的“一次”修改为“两次”。")
    done = consolidate(gongwen.parse(ARTICLES), [gongwen.parse(first), gongwen.parse(second)])
    assert done.unapplied == []
    assert "第五条 每年组织清淤两次。" in done.text


ORDER = NOTICE.replace("决定对《青石县护鸟行动方案》（青石政办〔2023〕7号）作如下调整：\n", "").replace(
    "一、废止第二项。\n二、将第一项“培养120名讲解员”修改为“培养150名讲解员”。", "{}"
)
PLACED = "《青石县护鸟行动方案》（青石政办〔2023〕7号）"


@pytest.mark.parametrize(
    ("order", "kinds"),
    [
        (f"暂停执行{PLACED}第二项。", ["task-suspended"]),
        (f"废止{PLACED}中的第二项、第三项。", ["task-removed", "task-removed"]),
        (f"{PLACED}第二项责任单位增加“县住建局”。", ["unit-added"]),
        (f"{PLACED}第二项责任单位增加县住建局、县财政局。", ["unit-added", "unit-added"]),
        (f"{PLACED}第二项标题之外增加三处“钢架”。", ["amendment-unapplied"]),
        (f"废止《青石县护鱼行动方案》、{PLACED}。", ["document-revoked"]),
        (f"{PLACED}中“县文旅局”统一修改为“县文化和旅游局”。", ["wording-replaced"]),
    ],
)
def test_an_order_on_a_plan_is_told_by_what_it_does(order: str, kinds: list[str]) -> None:
    base, instrument = gongwen.parse(PLAN), gongwen.parse(ORDER.format(order))
    found = compare.diff(base, instrument)
    assert found.relation.kind == "amends"
    assert [change.kind for change in found.changes] == kinds
    assert {change.mirror() for change in compare.diff(instrument, base).changes} == set(found.changes)
