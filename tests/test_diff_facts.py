"""Typed facts of a comparison: units by the identity of their organs, dated steps, goals that go with their sentences."""

from __future__ import annotations

import pytest

from gongwen import compare, parse
from gongwen.compare import Change
from gongwen.compare.changes import DamagedPlace, MilestoneState
from gongwen.compare.items import items
from gongwen.compare.render import name, said
from gongwen.model import Notice

NOTICE = """{place}人民政府办公室关于印发{place}农村供水三年行动方案的通知
{number}
各乡镇人民政府，县政府各部门：
现将《{place}农村供水三年行动方案》印发给你们，请认真贯彻执行。
{place}人民政府办公室
{date}
{place}农村供水三年行动方案
一、主要任务
{tasks}
"""


def notice(*tasks: str, year: int = 2024, place: str = "嘉鱼县") -> Notice:
    """A plan with some tasks, of a place that the table of divisions knows."""
    numbered = "\n".join(f"{number}.{task}" for number, task in enumerate(tasks, 1))
    return parse(NOTICE.format(place=place, number=f"嘉政办发〔{year}〕3号", date=f"{year}年2月6日", tasks=numbered))


def changes(old: Notice, new: Notice, *things: str) -> list[Change]:
    """The changes of some things (unit, lead, milestone, task …); all others must be of the header."""
    found = [change for change in compare.diff(old, new).changes if not change.kind.startswith("header")]
    assert all(change.kind.startswith(things) for change in found), found
    return found


def told(found: list[Change]) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.before, change.after) for change in found]


PIPES = "改造供水管网。更换老旧管道，加装远传水表，降低漏损。（责任单位：{})"
STATIONS = "建设加压泵站。在地势较高的村组建设泵站，保障末端水压。（责任单位：{})"
WATER = "保护水源水质。划定水源保护区，开展水质监测，公布结果。（责任单位：{})"


def with_units(pipes: str, stations: str, water: str) -> Notice:
    return notice(PIPES.format(pipes), STATIONS.format(stations), WATER.format(water))


def test_another_spelling_of_the_same_organ_is_no_change() -> None:
    old = with_units("县人社局、县水利局", "县住建局", "县卫健局")
    new = with_units("县人力资源和社会保障局、县水利局", "县住房和城乡建设局", "县卫健局")
    assert told(changes(old, new)) == []


def test_an_organ_that_took_over_is_the_same_one_under_another_name() -> None:
    old = with_units("县水利局", "县安监局", "县卫健局")
    new = with_units("县水利局", "县应急管理局", "县卫健局")
    assert told(changes(old, new, "unit")) == [("unit-renamed", "县安监局", "县应急管理局")]


def test_two_organs_with_names_alike_are_exchanged() -> None:
    old = with_units("县水利局", "县教育局", "县卫健局")
    new = with_units("县水利局", "县体育局", "县卫健局")
    assert told(changes(old, new, "unit")) == [("unit-exchanged", "县教育局", "县体育局")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("6月底前，完成管网改造设计。", "9月底前，完成管网改造设计。", ("milestone-moved", "6月底前", "9月底前")),
        ("完成管网改造设计。", "9月底前，完成管网改造设计。", ("milestone-moved", None, "9月底前")),
        ("9月底前，完成管网改造设计。", "完成管网改造设计。", ("milestone-moved", "9月底前", None)),
        ("", "10月底前，组织村民代表验收工程。", ("milestone-added", None, "10月底前，组织村民代表验收工程")),
        ("10月底前，组织村民代表验收工程。", "", ("milestone-removed", "10月底前，组织村民代表验收工程", None)),
    ],
)
def test_dated_steps(before: str, after: str, expected: tuple[str, str | None, str | None]) -> None:
    old, new = (
        notice(
            f"改造供水管网。更换老旧管道，加装远传水表，降低漏损。{step}（责任单位：县水利局)",
            STATIONS.format("县住建局"),
        )
        for step in (before, after)
    )
    [change] = changes(old, new, "milestone")
    assert (change.kind, change.before, change.after) == expected
    assert change.fact
    states = [state for state in (change.fact.before, change.fact.after) if state]
    assert all(isinstance(state, MilestoneState) and state.date.startswith("2024-") for state in states)
    assert compare.diff(new, old).changes == (change.mirror(),)


def test_a_term_in_the_same_words_of_another_year_is_no_change() -> None:
    step = (
        "改造供水管网。更换老旧管道。6月底前，新建泵站12座。9月底前，完成设计。（责任单位：县水利局；完成时限：10月底）"
    )
    old, new = notice(step, STATIONS.format("县住建局")), notice(step, STATIONS.format("县住建局"), year=2025)
    assert told(changes(old, new)) == []


ASKED = """湖北省水利厅关于落实《小水窖整治行动方案》的通知
鄂水函〔2024〕9号
各市州水利局：
按照《水利部办公厅关于实施〈小水窖整治行动方案〉的通知》（办农水〔2024〕2号），现就有关事项通知如下：
一、摸清底数。逐村登记水窖的容积、水源和用户，建立电子台账。
二、分类整治。渗漏的水窖重做防渗，废弃的水窖封填复绿。
三、报送材料。每季度结束15个工作日内报送整治台账和典型做法。
湖北省水利厅
2024年3月5日
"""
CARRIED_OUT = """咸宁市水利局关于落实《小水窖整治行动方案》的通知
咸水函〔2024〕31号
各县（市、区）水利局：
为落实《省水利厅关于落实〈小水窖整治行动方案〉的通知》（鄂水发函〔2024〕9号），通知如下：
一、请及时转发至乡镇水利站，让群众知晓。
二、每季度结束10个工作日内报送整治台账。
咸宁市水利局
2024年4月1日
"""


def test_a_notice_that_carries_out_the_one_it_cites_need_not_repeat_it() -> None:
    """The upper notice is cited by the short name of its issuer; what both cite is not one document in two editions."""
    found = compare.diff(parse(ASKED), parse(CARRIED_OUT))
    assert found.relation.kind == "cascade"
    assert {"other-level", "new-cites-old"} <= {evidence.code for evidence in found.relation.evidence}
    assert [change.kind for change in found.changes if change.kind.startswith("citation")] == [
        "citation-removed",
        "citation-added",
    ]


LEAKS = "改造供水管网。到2026年更换老旧管道{}公里，加装远传水表，降低漏损。（牵头单位：{}；配合单位：县财政局）"


def sister(pipes: str, water: str = WATER.format("县卫健局"), *more: str, place: str) -> Notice:
    return notice(pipes, STATIONS.format("县住建局"), water, *more, place=place)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            sister(LEAKS.format(80, "县水利局"), place="嘉鱼县"),
            sister(LEAKS.format(50, "县水利局"), place="大化瑶族自治县"),
            [("target-lower", "到2026年更换老旧管道80公里", "到2026年更换老旧管道50公里")],
            id="a number that is smaller was not lowered",
        ),
        pytest.param(
            sister(LEAKS.format(80, "县水利局"), place="嘉鱼县"),
            sister(LEAKS.format(80, "县住建局"), place="崇阳县"),
            [("lead-differs", "县水利局", "县住建局")],
            id="another lead",
        ),
        pytest.param(
            sister(LEAKS.format(80, "县水利局").replace("2026", "2025"), place="嘉鱼县"),
            sister(LEAKS.format(80, "县水利局"), place="崇阳县"),
            [("task-deadline-differs", "到2025年", "到2026年")],
            id="another term, told once of the task and its goal",
        ),
        pytest.param(
            sister(LEAKS.format(80, "县水利局"), place="嘉鱼县"),
            sister(
                LEAKS.format(80, "县水利局"),
                WATER.format("县卫健局"),
                "防汛抢险。储备编织袋，开展夜间演练。（责任单位：县应急局）",
                place="崇阳县",
            ),
            [("task-second", None, "防汛抢险\n储备编织袋，开展夜间演练。")],
            id="a task of the second",
        ),
        pytest.param(
            sister(
                LEAKS.format(80, "县水利局"), WATER.format("县文化广电体育和旅游局、人民银行嘉鱼县支行"), place="嘉鱼县"
            ),
            sister(LEAKS.format(80, "县水利局"), WATER.format("县文广体旅局、人民银行崇阳县支行"), place="崇阳县"),
            [],
            id="counterparts by a short name, and branches in the place",
        ),
        pytest.param(
            sister(
                LEAKS.format(80, "县水利局"),
                WATER.format("县卫健局").replace("，公布", "，做大做强嘉鱼泉水，建设供水强县，公布"),
                place="嘉鱼县",
            ),
            sister(
                LEAKS.format(80, "县水利局"),
                WATER.format("县卫健局").replace("，公布", "、做强做大大化的泉水，供水强县建设，公布"),
                place="大化瑶族自治县",
            ),
            [],
            id="another order, another mark, a particle, the name of the place",
        ),
        pytest.param(
            sister(
                LEAKS.format(80, "县水利局"),
                WATER.format("县卫健局").replace("水质监测", "12次水质监测"),
                place="嘉鱼县",
            ),
            sister(
                LEAKS.format(80, "县水利局"),
                WATER.format("县卫健局").replace("水质监测", "21次水质监测"),
                place="崇阳县",
            ),
            [("target-higher", "开展12次水质监测", "开展21次水质监测")],
            id="figures in another order are another number",
        ),
    ],
)
def test_sister_places_differ_and_nothing_changed(
    old: Notice, new: Notice, expected: list[tuple[str, str | None, str | None]]
) -> None:
    found = compare.diff(old, new)
    assert found.relation.kind == "sister"
    assert told(list(found.changes)) == expected
    assert {change.mirror() for change in compare.diff(new, old).changes} == set(found.changes)


def test_a_number_that_is_a_goal_in_one_notice_only_is_the_same_goal_where_its_sentence_lives_on() -> None:
    old = notice(PIPES.format("县水利局"), "退耕还湿。退耕还湿800公顷，补种芦苇。（责任单位：县林业局）")
    new = notice(PIPES.format("县水利局"), "退耕还湿。实施退耕还湿1.5万亩，补种芦苇。（责任单位：县林业局）")
    assert [len(one.targets) for one in (old, new)] == [0, 1]
    [change] = changes(old, new, "target")
    assert (change.kind, change.before, change.after) == ("target-raised", "退耕还湿800公顷", "实施退耕还湿1.5万亩")
    assert change.fact
    assert change.fact.ratio == "1.25"
    assert [change.mirror()] == list(compare.diff(new, old).changes)


@pytest.mark.parametrize(
    ("before", "after", "kind", "ratio"),
    [
        ("日均供餐能力达到3000份", "每天可供餐不少于0.5万份", "target-raised", "1.67"),
        ("持证率达到90%", "持证上岗率提高到95%", "target-raised", "1.06"),
        ("新增助餐点12处", "助餐点增加8处", "target-lowered", "0.67"),
        ("夏季每晚发船不少于8班", "盛夏时节每晚航班不少于12班", "target-raised", "1.5"),
    ],
)
def test_a_goal_in_other_words_is_the_only_one_that_is_measured_so(
    before: str, after: str, kind: str, ratio: str
) -> None:
    old, new = (notice(f"办好社区食堂。设立就餐区，{goal}。（责任单位：县民政局）") for goal in (before, after))
    [change] = [change for change in changes(old, new, "target", "task-reworded") if change.kind.startswith("target")]
    assert (change.kind, change.fact and change.fact.ratio) == (kind, ratio)
    assert change.mirror() in compare.diff(new, old).changes


def test_the_only_step_of_a_task_moved_though_it_was_reworded() -> None:
    old = notice("普查古树。逐株登记，2024年6月底前完成挂牌编号。2026年底前修复病株。（责任单位：县林业局）")
    new = notice("普查古树。逐株登记，2024年12月底前全部挂上编号牌。2026年底前修复病株。（责任单位：县林业局）")
    assert ("milestone-moved", "2024年6月底前", "2024年12月底前") in told(changes(old, new, "milestone", "task"))


def test_a_paragraph_that_was_given_a_number_lives_on() -> None:
    text = "请各单位于2024年8月14日前将申报书寄送至县水利局，申报书须通过系统直接生成打印。逾期不予受理，材料不退。"
    title, form = "嘉鱼县水利局关于申报项目的通知\n", "一、申报方式\n1.网上填报。进入系统填写。\n"
    old, new = parse(f"{title}{text}\n{form}"), parse(f"{title}{form}二、材料报送\n{text}\n")
    assert items(old)[0].kind == "paragraph"
    assert not [change for change in compare.diff(old, new).changes if change.kind.endswith(("-added", "-removed"))]


def test_the_one_of_two_plans_that_names_no_year_is_of_the_year_of_its_issue() -> None:
    old, new = (
        NOTICE.format(place="嘉鱼县", number=f"嘉政办发〔{year}〕3号", date=f"{year}年2月6日", tasks=f"1.{WATER}")
        for year in (2024, 2025)
    )
    new = (
        new.replace("三年", "").replace("印发嘉鱼县", "印发2025年嘉鱼县").replace("\n嘉鱼县农村", "\n2025年嘉鱼县农村")
    )
    assert compare.diff(parse(old.replace("三年", "")), parse(new)).relation.kind == "yearly"


def test_a_part_of_a_divided_task_is_known_by_its_units_and_by_where_it_stands() -> None:
    units = "（责任单位：{}）"
    old = notice(
        "规范夜市管理。划定临时摆摊区域，统一摊位样式，落实垃圾分类和油烟净化要求。"
        + units.format("县城管局、县市场监管局、县生态环境局"),
        WATER.format("县卫健局"),
    )
    parts = [
        "引导摊区有序经营。合理划出临时摊区，摊车统一设计标准。" + units.format("县城管局、县市场监管局"),
        "治理夜市环境污染。督促摊主分类投放垃圾，餐饮摊点一律加装油烟净化设备。"
        + units.format("县生态环境局、县城管局"),
    ]
    apart = "引导景区有序经营。合理布局民宿，统一设计标识。" + units.format("县文旅局")
    new = notice(*parts, WATER.format("县卫健局"))
    [split] = [change for change in compare.diff(old, new).changes if change.kind == "task-split"]
    assert split.after == "1.引导摊区有序经营 + 2.治理夜市环境污染"
    kinds = {change.kind for change in compare.diff(old, notice(apart, parts[1], WATER.format("县卫健局"))).changes}
    assert "task-added" in kinds
    assert "task-split" not in kinds


def test_a_changed_lead_says_what_each_unit_was_and_is() -> None:
    clause = "（牵头单位：{}；配合单位：{}）"
    old = notice("修缮古塔。修缮檐口。" + clause.format("县文旅局、县住建局", "县林业局"))
    new = notice("修缮古塔。修缮檐口。" + clause.format("县林业局", "县文旅局"))
    [change] = changes(old, new, "lead")
    assert change.fact
    assert [(role.name, role.before, role.after) for role in change.fact.roles] == [
        ("县文旅局", "lead", "support"),
        ("县住建局", "lead", None),
        ("县林业局", "support", "lead"),
    ]
    assert [change.mirror()] == list(compare.diff(new, old).changes)
    assert said(change, "before") == "县文旅局（现配合单位）、县住建局"
    assert said(change, "after") == "县林业局（原配合单位）"


@pytest.mark.parametrize("turned", [False, True])
def test_a_change_says_where_a_copy_is_damaged(turned: bool) -> None:
    sound = notice(PIPES.format("县水利局"), STATIONS.format("县住建局"))
    spoiled = notice(PIPES.format("县水利局").replace("远传", "远\ufffd"), STATIONS.format("县水利局"))
    old, new = (spoiled, sound) if turned else (sound, spoiled)
    found = {change.kind: change for change in changes(old, new, "task", "unit")}
    place = found["task-reworded"].old[0] if turned else found["task-reworded"].new[0]
    assert isinstance(place, DamagedPlace)
    assert not any(
        isinstance(place, DamagedPlace) for place in (*found["unit-exchanged"].old, *found["unit-exchanged"].new)
    )
    assert [name(found[kind], "en") for kind in ("task-reworded", "unit-exchanged")] == ["[damaged]", ""]


LAW = """嘉鱼县湿地保护条例
（2015年8月20日嘉鱼县第十四届人民代表大会第二次会议通过　2015年10月9日湖北省人民代表大会常务委员会批准{}）
第一条 为了保护湿地，制定本条例。
第二条 湿地分级管理。
"""


def test_the_head_of_a_law_is_compared_event_by_event() -> None:
    event = "2021年9月28日嘉鱼县第十五届人民代表大会第六次会议修正"
    found = compare.diff(parse(LAW.format("")), parse(LAW.format(f"　根据{event}")))
    assert [(change.kind, change.field, change.before, change.after) for change in found.changes] == [
        ("header-added", "masthead", None, f"根据{event}")
    ]


def test_a_law_keeps_the_number_of_the_order_that_published_it_when_it_is_amended() -> None:
    head = "嘉鱼县湿地保护办法\n（2015年8月20日嘉鱼县人民政府令第3号公布{}）\n第一条 为了保护湿地，制定本办法。\n"
    old, new = parse(head.format("")), parse(head.format("　根据2021年9月28日嘉鱼县人民政府令第8号修正"))
    assert old.document_number == new.document_number is not None
    assert compare.diff(old, new).relation.kind == "revision"


def test_from_when_a_law_applies_is_read_from_the_line_at_its_head() -> None:
    head = "嘉鱼县湿地保护条例\n2015年8月20日 嘉鱼县人民代表大会通过\n{}第一条 湿地分级管理。\n第二条 本条例自2015年10月1日起施行。\n"
    old = parse(head.format("2015年10月1日 施行\n"))
    new = parse(head.format("2021年9月28日 嘉鱼县人民代表大会常务委员会修正\n2021年11月1日 施行\n"))
    assert [(change.field, change.before, change.after) for change in compare.diff(old, new).changes] == [
        ("effective.start", "2015-10-01", "2021-11-01"),
        ("masthead", None, "2021年9月28日 嘉鱼县人民代表大会常务委员会修正"),
    ]


def test_a_term_that_task_and_goal_share_is_told_once() -> None:
    old = notice(PIPES.format("县水利局"), LEAKS.format(80, "县水利局").replace("2026", "2024"))
    new = notice(PIPES.format("县水利局"), LEAKS.format(80, "县水利局"))
    assert told(changes(old, new, "task")) == [("task-deadline-moved", "到2024年", "到2026年")]


def test_an_edit_that_stands_everywhere_is_told_once_also_amid_others_and_what_is_gone_does_not_count() -> None:
    deeds = "开闸 关闸 巡堤 清淤 测流 测雨 报汛 护坡 补植 除草 疏浚 登记".split()
    gone = [f"第{number}次检查由水利站抽签。（责任单位：县水利局）" for number in "三四五六七八九"]
    old = [f"{deed}{at}。{deed}由水利站实施，记入{deed}簿。（责任单位：县水利局）" for at, deed in enumerate(deeds, 11)]
    new = [text.replace("由水利站", "由河务所").replace("记入", "当天记入") for text in old[:7]]
    new += [text.replace("由水利站", "由河务所") for text in old[7:]]
    found = compare.diff(notice(*old, *gone), notice(*new)).changes
    assert [(change.before, change.after, change.times) for change in found if change.kind == "wording-replaced"] == [
        ("水利站", "河务所", 12)
    ]
    told_there = [[edit.after.text for edit in change.edits if edit.counted] for change in found if change.edits]
    assert told_there == [["当天"]] * 7


def test_terms_that_moved_alike_are_one_change_with_all_places() -> None:
    deeds = "开闸 关闸 巡堤 清淤".split()
    old, new = (
        notice(*(f"{deed}。{deed}由水利站实施，{year}年底前完成。（责任单位：县水利局）" for deed in deeds), year=2024)
        for year in (2025, 2026)
    )
    [change] = changes(old, new, "milestone")
    assert (change.kind, change.before, change.after, change.times) == (
        "milestone-moved",
        "2025年底前",
        "2026年底前",
        4,
    )
    assert len(change.old) == len(change.new) == 4
    assert [change.mirror()] == list(compare.diff(new, old).changes)


COMMENTS = """青禾县司法局关于《青禾县湿地保护办法（草案）》（征求意见稿）公开征求意见的通知
现将《青禾县湿地保护办法（草案）》（征求意见稿）公布，征求意见。请在2025年3月3日前，用下列方式提出：
1.写信寄至县司法局。
2.发至电子邮箱。
青禾县司法局
2025年2月3日
附件：《青禾县湿地保护办法（草案）》（征求意见稿）
附件
青禾县湿地保护办法（草案）
（征求意见稿）
第一条 为了保护湿地，制定本办法。
第二条 县林业部门每月巡查湿地，登记损毁情况。
第三条 鼓励群众举报填占湿地的行为。
"""
FINAL = """青禾县湿地保护办法
第一条 为了保护湿地，制定本办法。
第二条 县林业部门每周巡查湿地，登记损毁情况。
第三条 鼓励群众举报填占湿地的行为。
"""


def test_the_term_of_a_task_is_told_once_though_its_own_text_states_it() -> None:
    deeds = "开闸 关闸 巡堤 清淤".split()
    old, new = (
        notice(*(f"{deed}。{year}年底前，水利站实施{deed}并登记。（责任单位：县水利局）" for deed in deeds), year=2024)
        for year in (2025, 2026)
    )
    assert {task.deadline for task in new.tasks} == {"2026-12"}
    [change] = changes(old, new, "task-deadline-moved")
    assert change.times == len(deeds)


def test_the_letter_that_calls_for_comments_is_no_part_of_a_draft() -> None:
    found = compare.diff(parse(COMMENTS), parse(FINAL))
    assert found.relation.kind == "draft-final"
    kept = [change for change in found.changes if change.field != "title" and not change.kind.startswith("citation")]
    assert [(change.kind, change.before) for change in kept] == [
        ("section-reworded", "县林业部门每月巡查湿地，登记损毁情况。")
    ]
    assert {change.mirror() for change in compare.diff(parse(FINAL), parse(COMMENTS)).changes} == set(found.changes)


def test_plans_that_share_how_they_are_led_and_secured_have_nothing_in_common() -> None:
    plan = (
        "一、总体要求\n以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神。\n二、重点任务\n（一）{}（责任单位：{}）\n"
        "三、保障措施\n加强组织领导，压实工作责任，强化督促检查。\n"
    )
    old = parse("嘉鱼县湿地保护方案\n" + plan.format("恢复湿地。落实湿长制。", "县林业局"))
    new = parse("嘉鱼县跨境电商发展方案\n" + plan.format("发展电商。建设海外仓。", "县商务局"))
    assert compare.diff(old, new).relation.kind == "none"


def test_a_word_that_goes_in_a_few_places_is_not_systematic_for_the_texts_that_were_rewritten_with_it() -> None:
    names = "开闸 关闸 巡堤 清淤 测流 测雨".split()
    old = [
        f"{name}。加强{at}建设，由水利站抽查。（责任单位：县水利局）"
        for name, at in zip(names, ("闸门", "堤坝", "河道"), strict=False)
    ]
    old += [
        f"{name}。{name}时登记进出人员和船只。统筹{name}房屋建设、道路建设和院墙建设的资金来源。（责任单位：县水利局）"
        for name in names[3:]
    ]
    new = [text.replace("建设", "") for text in old[:3]]
    new += [
        f"{name}。{name}时登记进出人员和船只。钱款由乡里自筹，逐笔记账。（责任单位：县水利局）" for name in names[3:]
    ]
    kinds = [change.kind for change in compare.diff(notice(*old), notice(*new)).changes]
    assert "wording-replaced" not in kinds
