"""Tables: whatever carries them, each row comes back with its units and its term, or a finding tells that it doesn't."""

from __future__ import annotations

import tomllib
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

import gongwen
from gongwen.document import Piece, Source
from gongwen.lexicon import vocabulary
from gongwen.lexicon.columns import head_of
from gongwen.model import Notice
from gongwen.outline import outline
from gongwen.text import Text
from table_generator import CARRIERS, MERGES, Made, make

CASES = tomllib.loads((Path(__file__).parent / "cases" / "table.toml").read_text(encoding="utf-8"))["case"]
LETTER = (
    "云河市人民政府关于印发重点任务的通知",
    "云政发〔2031〕7号",
    "各县（区）人民政府：",
    "现将任务印发给你们。",
    "云河市人民政府",
    "2031年3月5日",
    "附件",
    "重点任务表",
)
BEHIND = ("二、保障措施", "（一）加强领导。各地要高度重视。")
SEEDS = range(8)
LEAST = {"none": 1.0, "applied": 1.0, "dropped": 0.97, "padded": 0.97}
RUN_TOGETHER = 0.9
TELLING = {"merged-cells", "broken-cells", "unread-row", "unread-table", "unread-clause", "task-without-units"}


def possible(carrier: str, merges: str) -> bool:
    if merges == "applied":
        return carrier == "html"
    if merges == "padded":
        return carrier in ("markdown", "pipes", "pipes-between", "tabs")
    return merges == "none" or carrier not in ("html", "run-together")


def in_a_letter(made: Made, folder: Path) -> Notice:
    if made.suffix == ".html":
        page = "".join(f"<p>{line}</p>" for line in LETTER) + made.source + "".join(f"<p>{line}</p>" for line in BEHIND)
        source = f"<html><body>{page}</body></html>"
    else:
        source = "\n\n".join([*LETTER, made.source, *BEHIND])
    path = folder / f"table{made.suffix}"
    path.write_text(source, encoding="utf-8")
    return gongwen.parse_file(path)


@pytest.mark.parametrize(
    ("carrier", "merges"), [(carrier, merges) for carrier in CARRIERS for merges in MERGES if possible(carrier, merges)]
)
def test_rows_come_back_whatever_carries_them(carrier: str, merges: str, tmp_path: Path) -> None:
    right = rows = 0
    for seed in SEEDS:
        made = make(seed, carrier, merges, page_breaks=seed % 3 == 0)
        notice = in_a_letter(made, tmp_path)
        told = {finding.code for finding in notice.findings} & TELLING
        tasks = {task.text.rstrip("。"): task for task in notice.tasks}
        assert len(notice.tasks) <= len(made.lines)
        for line in made.lines:
            rows += 1
            task = tasks.get(line.task.rstrip("。")) or tasks.get(line.task.rstrip("。").rpartition("。")[2])
            if task is None:
                assert told or carrier == "run-together", line
                continue
            units = [unit.name for unit in task.responsible_units]
            same = units == "、".join(filter(None, (line.lead, line.support))).split("、")
            same = same and (task.deadline_text or "") == line.term
            assert same or told, (line, units, task.deadline_text)
            right += same
        markers = [section.marker for section in notice.sections]
        assert markers[-2:] == ["二、", "（一）"]
        assert carrier == "run-together" or len(markers) == 2
    assert right >= (RUN_TOGETHER if carrier == "run-together" else LEAST[merges]) * rows


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_table_that_closes_a_letter_takes_neither_its_signature_nor_its_date(carrier: str, tmp_path: Path) -> None:
    head, sign = LETTER[:4], LETTER[4:6]
    for seed in SEEDS:
        made = make(seed, carrier, "none")
        if carrier == "html":
            lines = [*(f"<p>{line}</p>" for line in head), made.source, *(f"<p>{line}</p>" for line in sign)]
            source, name = f"<html><body>{''.join(lines)}</body></html>", "notice.html"
        else:
            source, name = "\n\n".join([*head, made.source, *sign]), "notice.txt"
        (tmp_path / name).write_text(source, encoding="utf-8")
        notice = gongwen.parse_file(tmp_path / name)
        assert notice.issue_date == "2031-03-05"
        assert len(notice.tasks) <= len(made.lines)
        assert not any(unit.name == LETTER[4] for task in notice.tasks for unit in task.responsible_units)
        assert [task.deadline for task in notice.tasks if task.deadline_text == "6月底前"] == [
            "2031-06" for line in made.lines if line.term == "6月底前" and carrier != "run-together"
        ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    value = case["input"].strip("\n")
    source = Source(value, (Piece("text", 0, len(value)),), (), (), None, "", "text", "utf-8")
    structure, findings = outline(Text(value), source)
    found = structure.text.value
    grids = [
        [
            "|".join(found[cell.start : cell.end].replace("\n", "/") if cell else "" for cell in row)
            for row in table.rows
        ]
        for table in structure.tables
    ]
    assert grids == [case["rows"]]
    assert [finding.code for finding in findings] == case.get("findings", [])


@pytest.mark.parametrize("group", ["供水领域", "整治任务", "民生项目", "防汛"])
@pytest.mark.parametrize("carrier", ["html", "markdown", "pipes", "tabs"])
def test_a_group_in_the_first_row_is_no_head(carrier: str, group: str, tmp_path: Path) -> None:
    rows = [
        ["序号", "任务", "责任单位"], [group], ["1", "整修东渠两段", "市水利局"], ["二、除险加固"], ["2", "加固堤防", "市住建局"],
    ]  # fmt: skip
    if carrier == "html":
        cells = ["".join(f"<td{' colspan=3' if len(row) == 1 else ''}>{cell}</td>" for cell in row) for row in rows]
        source = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    else:
        between, edge = {"markdown": (" | ", "|"), "pipes": ("｜", "｜"), "tabs": ("\t", "")}[carrier]
        texts = [edge + between.join([*row, *[""] * (3 - len(row))]) + edge for row in rows]
        source = "\n".join([*texts[:1], *(["|---|---|---|"] if carrier == "markdown" else []), *texts[1:]])
    made = Made((), source, ".html" if carrier == "html" else ".md")
    tasks = in_a_letter(made, tmp_path).tasks
    assert [(task.title, task.text, task.responsible_units[0].name) for task in tasks] == [
        (group, "整修东渠两段", "市水利局"), ("除险加固", "加固堤防", "市住建局"),
    ]  # fmt: skip


def test_heads_that_no_table_knows_stand_over_some_that_are_known(tmp_path: Path) -> None:
    heads = "<tr><td rowspan=2>序号<td rowspan=2>干什么<td colspan=2>谁来干<tr><td>牵头单位<td>配合单位"
    rows = (
        "<tr><td>1<td>整治内涝点<td>市城管局<td>市水务局<tr><td>2<td>修订防汛预案，组织演练<td>市应急管理局<td>市财政局"
    )
    tasks = in_a_letter(Made((), f"<table>{heads}{rows}</table>", ".html"), tmp_path).tasks
    assert [(task.text, [(unit.name, unit.role) for unit in task.responsible_units]) for task in tasks] == [
        ("整治内涝点", [("市城管局", "lead"), ("市水务局", "support")]),
        ("修订防汛预案，组织演练", [("市应急管理局", "lead"), ("市财政局", "support")]),
    ]


def test_heads_fewer_than_columns_stand_over_those_that_are_alike(tmp_path: Path) -> None:
    source = (
        "序号\t工作任务\t责任单位\n1\t招商引资\t组织赴外招商活动，落实奖补政策。\t市商务局\t10月底前\n"
        "2\t营商环境\t推行一件事一次办，压减办理环节。\t市行政审批局\t9月底前"
    )
    tasks = in_a_letter(Made((), source, ".txt"), tmp_path).tasks
    assert [(task.title, task.responsible_units[0].name, task.deadline) for task in tasks] == [
        ("招商引资", "市商务局", "2031-10"),
        ("营商环境", "市行政审批局", "2031-09"),
    ]


def test_heads_of_which_one_is_known_stand_over_numbered_rows(tmp_path: Path) -> None:
    source = "序号\n惠民承诺\n承办\n兑现期\n1\n新建社区食堂，覆盖城区\n市民政局\n10月底前\n2\n改造农贸市场\n市商务局\n12月底前"
    notice = in_a_letter(Made((), source, ".txt"), tmp_path)
    assert [(task.text, task.responsible_units[0].name, task.deadline) for task in notice.tasks] == [
        ("新建社区食堂，覆盖城区", "市民政局", "2031-10"),
        ("改造农贸市场", "市商务局", "2031-12"),
    ]
    assert "unknown-heads" in {finding.code for finding in notice.findings}


BROKEN_HEADS = "序号\n园区名称\n实施单位\n地点\n主要内容\n建设\n周期（年）\n总投资\n（亿元）"


def test_heads_broken_over_lines_are_one_each_also_where_they_are_repeated(tmp_path: Path) -> None:
    rows = [
        ["1", "东河数字产业园", "东河建设有限公司", "东河区", "建设研发楼、仓库，配套道路。", "2029-2032", "7.2"],
        ["2", "青禾县冷链产业园", "青禾县商务局", "青禾县", "建设冷库三座，购置冷藏车。", "2031-2033", "4"],
        ["3", "白杨软件园", "白杨镇政府", "白杨镇", "改造旧厂房，引进企业入驻。", "2031", "3"],
    ]
    source = "\n".join([BROKEN_HEADS, *rows[0], *rows[1], BROKEN_HEADS, *rows[2]])
    notice = in_a_letter(Made((), source, ".txt"), tmp_path)
    assert [
        (task.title, task.responsible_units[0].name, task.text, task.deadline, task.deadline_text)
        for task in notice.tasks
    ] == [(row[1], row[2], row[4], row[5][-4:], row[5]) for row in rows]
    assert not {finding.code for finding in notice.findings} & {"broken-cells", "merged-cells", "unread-row"}


def test_a_name_that_may_be_two_cells_is_told(tmp_path: Path) -> None:
    row = "1\n高铁经济\n生态圈\n东河建设有限公司\n东河区\n建设研发楼、仓库，配套道路。\n2029-2032\n7.2"
    row += "\n2\n青禾县冷链产业园\n青禾县商务局\n青禾县\n建设冷库三座，购置冷藏车。\n2031-2033\n4"
    notice = in_a_letter(Made((), BROKEN_HEADS + "\n" + row, ".txt"), tmp_path)
    assert "broken-cells" in {finding.code for finding in notice.findings}


def test_a_new_word_for_a_role_is_right_in_heads_at_once() -> None:
    assert head_of("兜底单位") is None or head_of("兜底单位").role is not None  # type: ignore[union-attr]
    rows = vocabulary.terms("roles")
    with vocabulary.replaced("roles", (*rows, rows[0]._replace(text="兜底", example="县财政局兜底"))):
        column = head_of("县级兜底部门")
        assert column is not None
        assert (column.kind, column.role, column.level) == ("unit", "县级兜底部门", "县")


def test_spans_of_a_broken_page_cost_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<table>" + "<tr><td rowspan=65534 colspan=1000>市水利局<td>修渠" * 1000 + "</table>", encoding="utf-8"
    )
    tracemalloc.start()
    gongwen.parse_file(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000


def test_a_long_group_whose_number_stands_only_in_its_first_row_ends_no_table(tmp_path: Path) -> None:
    rows = [f"整修第{number}段渠道，清理淤积。\n{number % 12 + 1}月底前\n县水利局\n" for number in range(40)]
    head = "序号\n类别\n任务名称\n完成时间\n责任单位\n1\n水利\n"
    path = tmp_path / "notice.txt"
    path.write_text(
        "青禾县人民政府关于印发2023年任务清单的通知\n青政发〔2023〕1号\n各乡镇：\n现印发。\n2023年1月4日\n2023年任务清单\n"
        + head + "".join(rows), encoding="utf-8"
    )  # fmt: skip
    found = gongwen.parse_file(path).tasks
    assert [task.responsible_units[0].name for task in found] == ["县水利局"] * 40


def test_a_group_above_a_row_with_a_long_list_of_units_ends_no_table(tmp_path: Path) -> None:
    units = "△县发改局，县经信局、县财政局、县商务局、县市场监管局、县统计局、县大数据局、县交通局，其他县级有关部门"
    row = "{}.修渠平台\n建成修渠平台，实现线上报修。\n6月底前，完成平台框架，{}。\n{}\n"
    rows = [row.format(number, "接入数据" * 9, units if number % 2 else "县水利局") for number in range(1, 7)]
    path = tmp_path / "notice.txt"
    path.write_text(
        "青禾县人民政府关于印发2023年任务清单的通知\n青政发〔2023〕1号\n各乡镇：\n现印发。\n2023年1月4日\n2023年任务清单\n"
        "项目名称\n工作目标\n2023年工作任务\n责任单位\n一、水利\n" + "".join(rows[:3]) + "二、水利应用\n" + "".join(rows[3:]),
        encoding="utf-8",
    )  # fmt: skip
    found = gongwen.parse_file(path).tasks
    assert [len(task.responsible_units) for task in found] == [9, 1, 9, 1, 9, 1]


TABLE_NOTICE = "青禾县水利局关于修渠的通知\n各乡镇：\n请落实。\n青禾县水利局\n2024年3月2日\n附件\n{caption}\n{table}\n"


def test_quarters_of_a_schedule_date_its_steps() -> None:
    table = "序号\t重点任务\t进度安排\t责任单位\n1\t改造主干渠\t一季度完成立项；二季度开工；年底竣工\t县水利局\n2\t新建泵站\t上半年完成选址\t县住建局"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务分解表", table=table))
    assert [[step.date for step in task.milestones] for task in notice.tasks] == [
        ["2024-03", "2024-06", "2024-12"],
        ["2024-06"],
    ]


@pytest.mark.parametrize("head", ["完成时限", "进度安排", "时间安排", "工作进度安排", "季度安排"])
def test_the_dated_steps_of_a_schedule_are_no_text_of_the_task(head: str) -> None:
    table = f"序号\t工作任务\t{head}\t责任单位\n1\t新建东渠\t3月底前完成设计；10月完工\t县水利局\n2\t改造泵站\t4—6月：招标。7—11月：施工，并网。\t县住建局"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务分解表", table=table))
    assert [(task.title, task.text, task.deadline) for task in notice.tasks] == [
        (None, "新建东渠", "2024-10"),
        (None, "改造泵站", "2024-11"),
    ]
    assert [[step.date for step in task.milestones] for task in notice.tasks] == [
        ["2024-03", "2024-10"],
        ["2024-06", "2024-11"],
    ]


@pytest.mark.parametrize("head", ["任务安排", "工作安排", "重点安排"])
@pytest.mark.parametrize("tasks", [("新建东渠", "改造泵站"), ("新建东渠，落实管护责任。", "改造泵站，更换老旧设备。")])
def test_an_arrangement_without_dates_is_what_is_to_be_done(head: str, tasks: tuple[str, str]) -> None:
    table = f"序号\t{head}\t责任单位\n1\t{tasks[0]}\t县水利局\n2\t{tasks[1]}\t县住建局"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert tuple(task.text for task in notice.tasks) == tasks


def test_steps_on_rows_of_their_own_are_the_tasks_of_what_is_merged_over_them(tmp_path: Path) -> None:
    rows = "<tr><td rowspan=2>新建东渠<td>3月：完成设计并报批<td>县水利局<tr><td>9月：开工，年底完工<td>县住建局"
    source = f"<table><tr><td>工作任务<td>时间安排<td>责任单位{rows}</table>"
    tasks = in_a_letter(Made((), source, ".html"), tmp_path).tasks
    assert [(task.title, task.text, task.deadline) for task in tasks] == [
        ("新建东渠", "3月：完成设计并报批", "2031-03"),
        ("新建东渠", "9月：开工，年底完工", "2031-12"),
    ]


@pytest.mark.parametrize(
    ("task", "deadline"),
    [
        ("3月开工，9月投入使用。", "2024-09"),
        ("6月底前完成招标；年底前主体封顶", "2024-12"),
        ("3—6月：完成设计；9月投入使用，全年正常供水。", "2024-09"),
        ("3月开工，9月投入使用，实现城乡同网。", None),
        ("加快推进，3月开工，9月投入使用。", None),
    ],
)
def test_a_task_that_is_a_schedule_is_due_with_its_last_step(task: str, deadline: str | None) -> None:
    table = f"项目名称\t工作内容\t责任单位\n东渠\t{task}\t县水利局\n西渠\t清理淤积，加固堤防，确保安全度汛。\t县水利局"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务分解表", table=table))
    assert [task.deadline for task in notice.tasks] == [deadline, None]


QUOTAS = "| 县（区） | 小区数（个） | 建筑面积（万平方米） | 补助（万元） |\n|---|---|---|---|\n| 合计 | 4 | 5 | 9 |\n| 东河区 | 3 | 2.5 | 4 |\n| 青禾县 | 1 | 2.5 | 5 |"


@pytest.mark.parametrize(
    ("title", "caption", "goals"),
    [
        ("关于下达2031年老旧小区改造计划的通知", "2031年老旧小区改造表", 4),
        ("关于印发2031年老旧小区改造方案的通知", "2031年老旧小区改造表", 0),
        ("关于下达2031年老旧小区改造计划的通知", "老旧小区基本情况", 0),
    ],
)
def test_quotas_of_a_notice_that_assigns_them_are_goals_but_for_money(title: str, caption: str, goals: int) -> None:
    notice = gongwen.parse("\n".join([LETTER[4] + title, *LETTER[1:7], caption, QUOTAS]))
    found = [(goal.scope and goal.scope.text, goal.value, goal.unit, goal.deadline) for goal in notice.targets]
    assert len(found) == goals
    assert not goals or found[:2] == [("东河区", "3", "个", "2031"), ("东河区", "2.5", "万平方米", "2031")]
    assert len(notice.tables) == (0 if goals else 1)


@pytest.mark.parametrize("between", ["｜", "\t"])
def test_a_long_name_of_an_office_is_a_unit(between: str) -> None:
    rows = [
        ["序号", "工作任务", "责任单位"], ["1", "开展演练", "市优化营商环境暨推进行政审批制度改革工作领导小组办公室"], ["2", "更新通讯录", "市应急管理局"],
    ]  # fmt: skip
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table="\n".join(map(between.join, rows))))
    assert [task.responsible_units[0].name for task in notice.tasks] == [row[2] for row in rows[1:]]


def test_aligned_rows_may_lack_cells_and_stand_in_groups() -> None:
    table = (
        "任务                牵头单位          完成时限\n一、改革任务\n修订考核办法        市委组织部        3月底前\n"
        "开展半年督查        市政府督查室      7月底前\n\n二、日常任务\n公布考核结果                          12月底前"
    )
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [(task.title, task.text, task.deadline) for task in notice.tasks] == [
        ("改革任务", "修订考核办法", "2024-03"),
        ("改革任务", "开展半年督查", "2024-07"),
        ("日常任务", "公布考核结果", "2024-12"),
    ]
    assert "merged-cells" in {finding.code for finding in notice.findings}


@pytest.mark.parametrize(
    "table",
    [
        "序号    工作任务                    责任单位      完成时限\n        修订考核办法，完善考核\n1                                   市委组织部    3月底前\n"
        "        指标体系\n2       开展半年督查                市督查室      7月底前\n3       公布考核结果                市委组织部    12月底前",
        "序号    工作任务                    责任单位      完成时限\n1       修订考核办法                市委组织部    3月底前\n        开展半年督查，形成\n"
        "2                                   市督查室      7月底前\n        通报",
        "工作任务       责任单位      完成时限\n修订考核办法，完善考核指标体系        市委组织部    3月底前\n开展半年督查    市督查室      7月底前",
    ],
    ids=["number in the middle", "number in the middle below a short row", "columns that overlap"],
)
def test_a_table_whose_columns_or_rows_are_uncertain_is_told_and_not_read(table: str) -> None:
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert "unread-table" in {finding.code for finding in notice.findings}
    assert not notice.tasks


def test_quotas_of_several_years_are_due_in_each_and_sums_beside_them_are_none() -> None:
    table = "市\t县（区）\t2031年\t2033年\t合计\n云河市\t东河区\t20\t30\t50\n云河市\t青禾县\t40\t38\t78\n云河市\t小计\t60\t68\t128"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="2031—2033年公路建设任务分解表（单位：公里）", table=table))
    assert [(goal.scope and goal.scope.text, goal.value, goal.unit, goal.deadline) for goal in notice.targets] == [
        ("东河区", "20", "公里", "2031"),
        ("东河区", "30", "公里", "2033"),
        ("青禾县", "40", "公里", "2031"),
        ("青禾县", "38", "公里", "2033"),
    ]


def test_quotas_below_the_caption_of_a_period_are_due_with_its_end() -> None:
    table = "县（区）\t任务（公里）\n东河区\t20\n青禾县\t40"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="2031—2033年公路建设任务分解表", table=table))
    assert [goal.deadline for goal in notice.targets] == ["2033", "2033"]


def test_years_below_one_head_and_how_things_were_in_another() -> None:
    table = "序号\t指标\t2023年实绩\t目标值\t\n\t\t\t2025年\t2030年\n1\t绿地率（%）\t38.1\t39\t40\n2\t收集率（%）\t70\t75\t80以上"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="主要指标", table=table))
    assert [
        (goal.indicator, goal.value, goal.deadline, goal.baseline and goal.baseline.value) for goal in notice.targets
    ] == [
        ("绿地率", "39", "2025", "38.1"),
        ("绿地率", "40", "2030", "38.1"),
        ("收集率", "75", "2025", "70"),
        ("收集率", "80", "2030", "70"),
    ]


def test_a_goal_in_words_beside_the_measures_is_the_title_of_the_task() -> None:
    table = "工作目标\t主要措施\t牵头科室\n全面推行电子签章\t制定管理办法，开展培训。\t信息科\n档案数字化率达到90%\t购置扫描设备，组织加工。\t办公室"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [task.title for task in notice.tasks] == ["全面推行电子签章", "档案数字化率达到90%"]


def test_a_cell_that_says_who_has_which_role_is_one_clause() -> None:
    table = "｜序号｜任务｜责任分工｜\n｜1｜建设底座｜牵头单位：县水利局；配合单位：县住建局、县财政局｜\n｜2｜开放清单｜县工信局牵头，县商务局配合｜"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [(task.text, [(unit.name, unit.role) for unit in task.responsible_units]) for task in notice.tasks] == [
        ("建设底座", [("县水利局", "lead"), ("县住建局", "support"), ("县财政局", "support")]),
        ("开放清单", [("县工信局", "lead"), ("县商务局", "support")]),
    ]


@pytest.mark.parametrize("head", ["责任单位及责任人", "责任单位和联系人", "责任单位"])
def test_people_beside_units_are_no_units(head: str) -> None:
    table = f"序号\t工作内容\t{head}\t时间要求\n1\t摸排隐患，建立台账\t县应急局 王建国\t4月底\n2\t组织检查\t县水利局 李志强\t5月底"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [[unit.name for unit in task.responsible_units] for task in notice.tasks] == [["县应急局"], ["县水利局"]]


def test_rows_on_one_line_end_in_terms_too() -> None:
    table = "序号重点任务责任单位完成时限1打通断头路。县住建局10月底前2新建公园五个。县园林绿化中心8月底前3更新站台。县交通局长期坚持"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [
        (task.text, task.responsible_units[0].name, task.deadline, task.deadline_text) for task in notice.tasks
    ] == [
        ("打通断头路。", "县住建局", "2024-10", "10月底前"),
        ("新建公园五个。", "县园林绿化中心", "2024-08", "8月底前"),
        ("更新站台。", "县交通局", None, "长期坚持"),
    ]


def test_figures_of_a_past_year_are_no_goals_whatever_their_head() -> None:
    table = "指标名称\t单位\t2023年完成\t2024年目标\n新建幼儿园\t所\t4\t6\n优良天数比率\t%\t84.2\t≥85"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="主要目标", table=table))
    assert [(goal.value, goal.deadline, goal.baseline and goal.baseline.value) for goal in notice.targets] == [
        ("6", "2024", "4"),
        ("85", "2024", "84.2"),
    ]


def test_how_much_of_a_task_is_to_be_done_is_a_goal_due_with_its_row() -> None:
    table = "序号\t任务名称\t目标数\t单位\t责任单位\t完成时限\n1\t新建充电桩\t1200\t个\t县发改局\t12月底前\n2\t新增公交车\t80\t辆\t县交通局\t9月底前"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务分解表", table=table))
    assert [(task.text, task.deadline) for task in notice.tasks] == [
        ("新建充电桩", "2024-12"),
        ("新增公交车", "2024-09"),
    ]
    assert [(goal.indicator, goal.value, goal.unit, goal.deadline) for goal in notice.targets] == [
        ("新建充电桩", "1200", "个", "2024-12"),
        ("新增公交车", "80", "辆", "2024-09"),
    ]


def test_quotas_with_a_cell_a_line_need_but_the_head_of_the_places() -> None:
    table = "单位：万亩\n县（区）\n新建\n改造提升\n东河区\n1.2\n0.5\n青禾县\n3\n1.1\n合计\n4.2\n1.6"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="2024年农田建设任务分解表", table=table))
    assert [(goal.scope and goal.scope.text, goal.indicator, goal.value, goal.unit) for goal in notice.targets] == [
        ("东河区", "新建", "1.2", "万亩"),
        ("东河区", "改造提升", "0.5", "万亩"),
        ("青禾县", "新建", "3", "万亩"),
        ("青禾县", "改造提升", "1.1", "万亩"),
    ]


def test_a_marker_is_no_part_of_the_name_of_a_group_in_a_column() -> None:
    table = "领域 | 序号 | 任务 | 责任单位\n一、教育 | 1 | 扩建职业学院 | 县教育局\n2 | 组建教育集团 | 县教育局\n二、医疗 | 3 | 建设急救站点 | 县卫健局"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [task.title for task in notice.tasks] == ["教育", "教育", "医疗"]


def test_totals_of_several_years_stand_in_brackets() -> None:
    table = "序号\t指标名称\t单位\t2020年\t2025年\n1\t新建水渠\t公里\t—\t〔450〕\n2\t灌溉率\t%\t60\t80"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="主要指标", table=table))
    assert [(goal.indicator, goal.value, goal.unit) for goal in notice.targets] == [
        ("新建水渠", "450", "公里"),
        ("灌溉率", "80", "%"),
    ]


def test_few_words_beside_units_and_terms_are_tasks_though_the_table_has_no_heads() -> None:
    table = "1｜改造主干渠｜县水利局｜2024年6月底\n2｜新建泵站｜县住建局｜2024年12月底\n3｜清理河道｜县农业农村局｜2024年9月底"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务分解表", table=table))
    assert [(task.text, task.responsible_units[0].name, task.deadline) for task in notice.tasks] == [
        ("改造主干渠", "县水利局", "2024-06"),
        ("新建泵站", "县住建局", "2024-12"),
        ("清理河道", "县农业农村局", "2024-09"),
    ]
    assert "no-heads" in {finding.code for finding in notice.findings}


def test_a_marker_that_opens_the_cell_of_a_task_is_its_number() -> None:
    table = "重点任务\t具体举措\t责任单位\t完成时限\n防汛\t1.修建水渠42公里。\t县水利局\t2024年11月底\n抗旱\t2.清理泵站。3.检修水闸。\t县水利局\t2024年12月底"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务分解表", table=table))
    assert [(task.marker, task.title, task.text) for task in notice.tasks] == [
        ("1.", "防汛", "修建水渠42公里。"),
        (None, "抗旱", "2.清理泵站。3.检修水闸。"),
    ]
    assert [(goal.text, goal.deadline) for goal in notice.targets] == [("修建水渠42公里", "2024-11")]


@pytest.mark.parametrize(
    "table",
    [
        "县区\t造林任务（亩）\n东河区\t1200\n青禾县\t800\n合计\t2000",
        "单位\t东河区\t青禾县\t合计\n造林任务（亩）\t1200\t800\t2000",
        "县区\t造林任务（亩）\t县区\t造林任务（亩）\n东河区\t1200\t青禾县\t800",
    ],
    ids=["upright", "places side by side", "in two blocks"],
)
def test_quotas_are_those_of_their_places_however_the_table_stands(table: str) -> None:
    notice = gongwen.parse(TABLE_NOTICE.format(caption="2024年造林任务分解表", table=table))
    assert [(goal.scope and goal.scope.text, goal.value, goal.unit) for goal in notice.targets] == [
        ("东河区", "1200", "亩"),
        ("青禾县", "800", "亩"),
    ]


def test_how_much_of_a_task_is_to_be_done_each_year_is_not_the_task() -> None:
    table = "序号\t任务\t2024年目标\t2025年目标\t责任单位\n1\t改造水厂\t改造2座\t改造3座\t县水利局\n2\t清淤\t清淤20处\t清淤30处\t县城管局"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [task.text for task in notice.tasks] == ["改造水厂", "清淤"]


def test_what_one_year_brings_of_a_task_is_what_is_to_be_done() -> None:
    table = (
        "名称\t主要内容\t2024年目标\t责任单位\n"
        "供水平台\t建设全县统一的供水平台，接入各乡镇的泵站和水厂的运行数据。\t9月底前，完成平台的总体设计，接入县城的两座水厂。\t县水利局\n"
        "防汛平台\t建设全县统一的防汛平台，接入各乡镇的水库和河道的水位数据。\t11月底前，完成平台的采购，接入县城以上的三座水库。\t县应急局"
    )
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [(task.text[:6], [step.date for step in task.milestones]) for task in notice.tasks] == [
        ("9月底前，完", ["2024-09"]),
        ("11月底前，", ["2024-11"]),
    ]


def test_the_plan_that_a_head_names_dates_its_goals() -> None:
    table = "指标名称\t单位\t“十四五”目标\n灌溉面积\t万亩\t20\n自来水普及率\t%\t92"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="主要指标", table=table))
    assert [(goal.value, goal.deadline) for goal in notice.targets] == [("20", "2025"), ("92", "2025")]


def test_merged_cells_of_a_table_in_tags_count_for_each_row_that_they_cover() -> None:
    table = (
        "<table><tr><th>序号</th><th>任务</th><th>牵头单位</th><th>配合单位</th><th>时限</th></tr>\n"
        "<tr><td>1</td><td>修渠</td><td rowspan='2'>县水利局</td><td>县财政局</td><td>2024年6月</td></tr>\n"
        "<tr><td>2</td><td>清淤</td><td></td><td>2024年9月</td></tr>\n"
        "<tr><td colspan=4>二、供水</td></tr><tr><td>3</td><td>建厂</td><td>县住建局</td><td>县水利局</td><td>2024年10月</td></tr></table>"
    )
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [
        (task.title, task.text, [f"{unit.name} {unit.role}" for unit in task.responsible_units], task.deadline)
        for task in notice.tasks
    ] == [
        (None, "修渠", ["县水利局 lead", "县财政局 support"], "2024-06"),
        (None, "清淤", ["县水利局 lead"], "2024-09"),
        ("供水", "建厂", ["县住建局 lead", "县水利局 support"], "2024-10"),
    ]


def test_a_plan_of_dated_steps_is_the_schedule_of_its_task() -> None:
    table = "序号\t事项\t牵头单位\t推进计划\n1\t推行电子病历\t县卫生健康局\t3月底前制定方案；9月底前上线运行\n2\t配置除颤仪\t县红十字会\t10月底前"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [(task.text, task.deadline) for task in notice.tasks] == [
        ("推行电子病历", "2024-09"),
        ("配置除颤仪", "2024-10"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "序号\t任务\t责任单位\t时限\n一\t防洪\n1\t修渠\t县水利局\t6月底\n二\t供水\n2\t建厂\t县住建局\t9月底\n3\t换管\t县住建局\t10月底",
        "<table><tr><td>序号</td><td>任务</td><td>责任单位</td><td>时限</td></tr><tr><td>一</td><td>防洪</td><td></td><td></td></tr>"
        "<tr><td>1</td><td>修渠</td><td>县水利局</td><td>6月底</td></tr><tr><td>二</td><td colspan=3>供水</td></tr>"
        "<tr><td>2</td><td>建厂</td><td>县住建局</td><td>9月底</td></tr><tr><td>3</td><td>换管</td><td>县住建局</td><td>10月底</td></tr></table>",
        "<table><tr><td>序号</td><td>任务</td><td>责任单位</td><td>时限</td></tr><tr><td colspan=3>一、防洪</td><td></td></tr>"
        "<tr><td>1</td><td>修渠</td><td>县水利局</td><td>6月底</td></tr><tr><td>二、供水</td></tr>"
        "<tr><td>2</td><td>建厂</td><td>县住建局</td><td>9月底</td></tr><tr><td>3</td><td>换管</td><td>县住建局</td><td>10月底</td></tr></table>",
        "序号\n任务\n责任单位\n时限\n一\n防洪\n1\n修渠\n县水利局\n6月底\n二\n供水\n2\n建厂\n县住建局\n9月底\n3\n换管\n县住建局\n10月底",
    ],
    ids=["number and name, tabs", "number and name, tags", "merged over some columns", "number and name, lines"],
)
def test_a_row_that_only_names_a_group_is_no_task(table: str) -> None:
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [(task.title, task.text, task.deadline) for task in notice.tasks] == [
        ("防洪", "修渠", "2024-06"),
        ("供水", "建厂", "2024-09"),
        ("供水", "换管", "2024-10"),
    ]


HEADS_AND_ROW = "<tr><td>序号</td><td>任务</td><td>责任单位</td><td>时限</td></tr><tr><td>1</td><td>修渠</td><td>县水利局</td><td>6月底</td></tr>"
LAST_ROW = "<tr><td>2</td><td>建厂</td><td>县住建局</td><td>9月底</td></tr>"


def test_a_remark_between_rows_is_neither_a_task_nor_a_group() -> None:
    note = "<tr><td colspan=4>备注：以下任务由各乡镇同步推进，时间另行通知。</td></tr>"
    tables = (
        f"<table>{HEADS_AND_ROW}{note}{LAST_ROW}</table>",
        "| 序号 | 任务 | 责任单位 | 时限 |\n|--|--|--|--|\n| 1 | 修渠 | 县水利局 | 6月底 |\n| 注：每月报送进展。 | | | |\n| 2 | 建厂 | 县住建局 | 9月底 |",
    )
    for table in tables:
        notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
        assert [(task.title, task.text) for task in notice.tasks] == [(None, "修渠"), (None, "建厂")]


def test_a_sentence_alone_in_its_row_is_a_task_without_units() -> None:
    table = f"<table>{HEADS_AND_ROW}<tr><td></td><td><p>整治沿线环境，</p><p>清运垃圾。</p></td><td></td><td></td></tr>{LAST_ROW}</table>"
    notice = gongwen.parse(TABLE_NOTICE.format(caption="任务表", table=table))
    assert [(task.title, task.text, len(task.responsible_units)) for task in notice.tasks] == [
        (None, "修渠", 1),
        (None, "整治沿线环境，\n清运垃圾。", 0),
        (None, "建厂", 1),
    ]
    assert "task-without-units" in [finding.code for finding in notice.findings]
