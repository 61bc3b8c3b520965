"""Typed facts of a comparison: units by the identity of their organs, dated steps, goals that go with their sentences."""

from __future__ import annotations

import pytest

from gongwen import compare, parse
from gongwen.compare import Change
from gongwen.compare.changes import MilestoneState
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
