"""Targets: the goals that a text sets, and the numbers that are none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import parse
from gongwen.extract.goals.targets import targets
from gongwen.extract.structure.sections import sections
from gongwen.lexicon import goal_evidence, goals, vocabulary
from gongwen.model import Span, Target
from gongwen.outline import outline
from gongwen.pipeline import parse_source
from gongwen.read import from_text
from gongwen.text import Text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "target.toml").read_text(encoding="utf-8"))["case"]
PARTS = st.sampled_from(
    [
        "到2025年，", "每年", "力争", "建成公园", "达到", "12.5%", "3—5个", "1,200家", "百分之十", "一次", "以上", "左右", "分别", "高于全市平均水平",
        "全覆盖", "补助", "10万元", "、", "和", "，", "。", "；", "（", "）", "“", "”", "《", "》", "\n", "一、主要目标\n", "：\n", "（县教育局负责）",
    ]
)  # fmt: skip


def read(text: str) -> tuple[Target, ...]:
    """The targets of a text in a notice of 2022."""
    structure, _ = outline(Text(text), from_text(text))
    return targets(structure, sections(structure), (), "2022-04-15", 2022).targets


def test_a_period_governs_also_where_nobody_knows_from_when_it_counts() -> None:
    structure, _ = outline(
        Text(text := "5年内扶持水厂20家，与200家企业开展合作。收到申请后5日内受理2家。"), from_text(text)
    )
    found = targets(structure, sections(structure), (), None).targets
    assert [(goal.value, goal.deadline) for goal in found] == [("20", None), ("200", None)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_targets(case: dict[str, Any]) -> None:
    found = read(case["input"].strip())
    assert [
        [
            t.value,
            t.unit or "",
            " ".join(filter(None, (t.direction, t.change, t.bound))),
            t.deadline or "",
            t.recurrence or "",
            t.indicator or "",
        ]
        for t in found
        if t.type == "quantified"
    ] == case["expect"]
    assert [[t.type, t.text] for t in found if t.type != "quantified"] == case.get("other", [])


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("时限平均压缩60%以上。", {"direction": "decrease", "change": "by", "bound": "at_least"}),
        ("覆盖率由45%提高到80%。", {"direction": "increase", "change": "to", "bound": "equal", "baseline": ("45", "%", None)}),
        ("到2025年，产值较2020年增长30%。", {"change": "by", "baseline": (None, None, "2020")}),
        ("到2025年，每县至少建1个泵站。", {"bound": "at_least", "scope": "每县", "strength": "required"}),
        ("力争到2025年，建成泵站30座。", {"direction": None, "change": None, "strength": "strive", "scope": None}),
        ("力争到2025年，水质跃上新台阶；建成泵站30座。", {"strength": "strive"}),
        ("力争到2025年，水质跃上新台阶；确保建成泵站30座。", {"strength": "required"}),
        ("力争到2025年，水质跃上新台阶。建成泵站30座。", {"strength": "required"}),
        ("到2025年，东西两区各建成公园6个。", {"scope": "东西两区"}),
        ("水利实力居全省前三，到2025年建成泵站30座。", {"scope": None}),
        ("到2025年，园区水利产值占全省的20%。", {"scope": None}),
        ("到2025年，东河区建成公园10个以上。", {"scope": "东河区", "amount": ("10", None, "个")}),
        ("到2025年，技能人才达到1.68万人。", {"amount": ("16800", None, "人"), "unit": "万人", "value": "1.68"}),
        ("产值年均增长10%以上。", {"recurrence": "年均", "bound": "at_least", "direction": "increase"}),
        ("到2025年，城乡供水率分别不低于90%、75%。", {"bound": "at_least"}),
        ("到2025年，新增5G泵站、智能水表1000座。", {"direction": "increase", "change": "by"}),
        ("到2025年，产值在2020年基础上翻一番。", {"baseline": (None, None, "2020"), "deadline": "2025"}),
        ("在2025年提高灌溉率到80%。", {"baseline": None, "direction": "increase"}),
        ("灌溉对产值增长贡献达到50%。", {"direction": None, "bound": "equal"}),
        ("到2025年，各部门系统上云比例提高至80%以上。", {"direction": "increase", "change": "to", "scope": "各部门"}),
    ],
)  # fmt: skip
def test_how_a_number_is_meant(text: str, expect: dict[str, Any]) -> None:
    for target in read(text):
        start, scope, amount = target.baseline, target.scope, target.amount
        told = {
            **vars(target),
            "baseline": start and (start.value, start.unit, start.date),
            "scope": scope and scope.text,
            "amount": amount and (amount.number, amount.number_max, amount.unit),
        }
        assert {name: told[name] for name in expect} == expect
    assert read(text)


def test_all_of_a_list_change_as_the_first() -> None:
    first, second = read("到2025年，新增泵站10座、水闸5座。")
    assert (first.direction, first.change) == (second.direction, second.change) == ("increase", "by")


def test_a_goal_said_again_has_a_span_for_each_place() -> None:
    (target,) = read("到2025年，新建公园50个以上。\n完善设施，新建公园50个以上。\n")
    assert len(target.spans) == 2


def test_a_target_knows_its_task_and_section() -> None:
    notice = parse(
        "云岭县人民政府关于修路的通知\n各乡镇人民政府：\n一、修路\n到2025年，新建公路80公里。（县交通局负责）\n云岭县人民政府\n2022年5月1日\n"
    )
    (target,) = notice.targets
    assert target.task_ids == (notice.tasks[0].id,)
    assert target.section_id == notice.sections[0].id


@given(st.lists(PARTS, max_size=30))
def test_targets_quote_the_text(parts: list[str]) -> None:
    text = "山前县的" + "".join(parts)
    for target in read(text):
        span = target.spans[0]
        assert text[span.start : span.end] == target.text
        assert (target.value is None) == (target.type != "quantified") or target.value_text
        quoted: list[tuple[str | None, Span | None]] = (
            [(target.value_text, target.value_span)] if target.value_span else []
        )
        quoted += [(part.text, part.span) for part in (target.baseline, target.scope, *target.wordings) if part]
        quoted += [(target.deadline_text, span) for span in target.deadline_spans]
        for words, place in quoted:
            assert place is not None
            assert text[place.start : place.end] == words
        told = {tell for wording in target.wordings for tell in wording.tells}
        assert ("direction" in told) == (target.direction is not None)
        assert (target.direction is None) == (target.change is None)
        assert target.deadline_text is None or target.deadline_text in text
        assert len(target.text) < 1000


def test_digits_that_may_be_one_number_or_several_are_a_finding() -> None:
    notice = parse("一、修渠\n到2025年，建成泵站3 5座，投资1,2,3万元，新建渠道1,200公里。（县水利局负责）\n")
    assert [one.params["words"] for one in notice.findings if one.code == "ambiguous-number"] == ["3 5座", "1,2,3万元"]
    assert [target.value for target in notice.targets] == ["1200"]


def test_a_goal_says_what_it_starts_from_for_whom_and_how_firmly() -> None:
    notice = parse("一、修渠\n（一）灌溉。力争到2025年，各乡镇渠道完好率由2020年的45%提高到80%以上。（县水利局负责）\n")
    (target,) = notice.targets
    assert (target.direction, target.change, target.bound, target.strength) == (
        "increase",
        "to",
        "at_least",
        "strive",
    )
    assert target.baseline
    assert (target.baseline.value, target.baseline.unit, target.baseline.date) == ("45", "%", "2020")
    assert target.scope
    assert target.scope.text == "各乡镇"


def test_the_whole_place_that_introduces_goals_is_the_scope_of_each() -> None:
    notice = parse(
        "一、目标\n（一）总体。到2025年，全市要达到：新建公园12个；改造道路300公里；其中河口县：建成泵站20座。新建学校30所。\n"
        "（二）分项。到2030年，全县：\n1．新建公园15个；\n2．新建泵站40座。\n（三）其他。新建公园14个。\n"
    )
    assert [(target.value, target.scope and target.scope.text) for target in notice.targets] == [
        ("12", "全市"),
        ("300", "全市"),
        ("20", None),
        ("30", None),
        ("15", "全县"),
        ("40", "全县"),
        ("14", None),
    ]


def test_the_same_goal_in_two_tasks_belongs_to_both() -> None:
    text = "一、修渠\n（一）灌溉。到2025年，新建泵站50座以上。（县水利局负责）\n（二）排涝。到2025年，新建泵站50座以上。（县应急局负责）\n"
    (target,) = parse(text).targets
    assert target.task_ids == ("task-1", "task-2")


def test_the_number_of_a_goal_has_a_place_of_its_own() -> None:
    text = "一、修渠\n到2025年，新建泵站50座以上，投资1.5亿元。\n"
    for target in parse(text).targets:
        assert target.value_span
        assert text[target.value_span.start : target.value_span.end] == target.value_text


@pytest.mark.parametrize(
    "text",
    [
        "审核时间由十个工作日压缩至不超过二个自然日",
        "培训规模扩大至每年1000名左右",
        "领用比例从2019年的50%提升到2020年的70%",
    ],
)
def test_the_words_that_tell_how_a_goal_is_meant_stand_where_they_are_said(text: str) -> None:
    source = f"一、修渠\n（一）灌溉。到2025年，{text}。（县水利局负责）\n"
    (target, *_) = parse(source).targets
    assert target.change == "to"
    for wording in target.wordings:
        assert wording.text == source[wording.span.start : wording.span.end] != ""


def test_a_cell_of_a_table_of_tasks_sets_goals_in_its_own_words() -> None:
    found = read(
        "青禾县任务分工表\n｜1｜整治河道30条｜县水利局｜6月底｜\n".replace(
            "\n｜1", "\n｜序号｜工作任务｜责任单位｜完成时限｜\n｜1"
        )
    )
    assert [(goal.indicator, goal.value, goal.text) for goal in found] == [("整治河道", "30", "整治河道30条")]


def test_a_table_of_indicators_has_its_past_years_as_baselines_and_no_scope() -> None:
    found = read("主要指标\n｜指标｜2020年｜2025年｜责任单位｜\n｜3．绿地率（%）｜30｜35｜县林业局｜\n")
    assert [(goal.indicator, goal.value, goal.deadline, goal.scope) for goal in found] == [
        ("绿地率", "35", "2025", None)
    ]
    assert [(goal.baseline.value, goal.baseline.date) for goal in found if goal.baseline] == [("30", "2020")]


def test_a_table_of_works_sets_no_quotas() -> None:
    assert (
        read("青禾县重点任务表\n｜项目名称｜投资（亿元）｜建设地点｜\n｜青石渠｜1.2｜东河区｜\n｜泵站｜0.5｜西河县｜\n")
        == ()
    )


def test_the_probability_of_a_goal_grows_with_its_evidence() -> None:
    said = {
        target.text: target.probability
        for text in ("力争到2030年建成泵站30座以上。", "泵站30座。", "建成泵站30座。")
        for target in parse(f"青禾县水利局关于修渠的通知\n各乡镇：\n{text}\n").targets
    }
    strong, weak = said["力争到2030年建成泵站30座以上"], said["建成泵站30座"]
    assert strong is not None
    assert weak is not None
    assert 0.5 < weak < strong <= 0.99
    assert "泵站30座" not in said


def test_a_goal_without_a_number_and_one_of_a_table_have_no_probability() -> None:
    table = "附件\n主要指标\n指标\t单位\t2030年目标值\n泵站\t座\t30\n水渠\t公里\t90\n"
    notice = parse(f"青禾县水利局关于修渠的通知\n各乡镇：\n一、主要目标\n水质持续改善。\n{table}")
    assert {target.value for target in notice.targets} == {None, "30", "90"}
    assert {target.probability for target in notice.targets} == {None}


def evidence_in(text: str) -> set[tuple[str, str]]:
    """Region and reason of all that speaks for or against the numbers of ``text``."""
    source = from_text(f"青禾县水利局关于修渠的通知\n各乡镇：\n{text}。\n青禾县水利局\n2029年3月2日\n")
    return {(row.region, row.reason) for _, evidence in parse_source(source).weighed for row in evidence}


@pytest.mark.parametrize("row", goal_evidence.rows(), ids=lambda row: row.example)
def test_each_row_of_evidence_is_shown_by_its_example(row: goal_evidence.Evidence) -> None:
    assert (row.region, row.reason) in evidence_in(row.example)


@pytest.mark.parametrize(
    "row",
    [
        goal_evidence.GOVERNED_BY_DEADLINE,
        goal_evidence.RECURRING,
        goal_evidence.IN_GOALS_SECTION,
        goal_evidence.BESIDE_A_GOAL,
        goal_evidence.IN_A_REPORT,
        goal_evidence.PAST,
    ],
    ids=lambda row: row.reason,
)
def test_what_stands_around_a_number_is_evidence(row: goal_evidence.Evidence) -> None:
    assert (row.region, row.reason) in evidence_in(row.example)
    assert (row.region, row.reason) not in evidence_in("泵站30座")


def test_rows_of_evidence_can_be_told_apart() -> None:
    rows = [(row.region, row.reason) for row in goal_evidence.rows()]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("word", [term.text for term in vocabulary.terms("goal_words", "before")])
def test_a_word_that_bounds_a_number_is_no_part_of_what_is_measured(word: str) -> None:
    """A row of goal_words.tsv is right in each place: the bound is read, behind a verb and behind a name alone, and the indicator is whole."""
    bound = goals.bounds()[word]
    made = read(f"一、工作目标\n到2030年，建成泵站{word}30座。")
    reached = read(f"一、工作目标\n到2030年，水质达标率{word}80%。")
    assert [(target.indicator, target.bound) for target in (*made, *reached)] == [
        ("泵站", bound),
        ("水质达标率", bound),
    ]
