"""Quantities: numbers with their units, however they are written, and what only looks like one."""

from __future__ import annotations

import pytest

from gongwen.document import Extent
from gongwen.lexicon import quantities
from timing import assert_linear


def read(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """What is written, number, end of the range and unit of each quantity."""
    found = [one for one in quantities.find(text) if not isinstance(one, Extent)]
    return [(text[one.start : one.end], one.number, one.most, one.unit) for one in found]


@pytest.mark.parametrize(
    ("text", "number", "most", "unit"),
    [
        ("泵站30座", "30", None, "座"), ("1.68万人", "1.68", None, "万人"), ("1,234户", "1234", None, "户"), ("1 200处", "1200", None, "处"),
        ("2—3家", "2", "3", "家"), ("5%至8%", "5", "8", "%"), ("2万余册", "2", None, "万册"), ("30余个", "30", None, "个"),
        ("三四十家", "30", "40", "家"), ("百个", "100", None, "个"), ("十万零五千人", "105000", None, "人"), ("三十座", "30", None, "座"), ("三十千克", "30", None, "千克"),
        ("过千亿元", "1000", None, "亿元"), ("百分之十二点五", "12.5", None, "%"), ("500P", "500", None, "P"), ("50＋", "50", None, None),
        ("35微克/立方米", "35", None, "微克/立方米"), ("10千克标准煤/吨", "10", None, "千克标准煤/吨"), ("培育20个优秀工坊", "20", None, "个"),
        ("涵洞30孔，", "30", None, "孔"), ("系数0.62，", "0.62", None, None), ("指数85以上", "85", None, None), ("三分之二以上", None, None, None), ("2/3以上", None, None, None),
    ],
)  # fmt: skip
def test_a_quantity(text: str, number: str | None, most: str | None, unit: str | None) -> None:
    ((_, *found),) = read(text)
    assert found == [number, most, unit]


@pytest.mark.parametrize(
    "text",
    ["一批项目", "一个月", "5G网络", "第3条", "2025年", "5月", "三个阶段", "十大工程", "五四村", "12345热线", "7×24小时", "5星，", "3级以上", "“10＋N”行动", "1239跨境", "2182千赫", "百千万人才", "一人一档", "一企业一方案"],
)  # fmt: skip
def test_no_quantity(text: str) -> None:
    assert read(text) == []


def test_numbers_of_a_list_have_the_unit_that_closes_it() -> None:
    assert [found[1:] for found in read("培训50、60和70人次")] == [
        ("50", None, "人次"),
        ("60", None, "人次"),
        ("70", None, "人次"),
    ]


@pytest.mark.parametrize("text", ["泵站3 5座", "投资1,2,3万元"])
def test_digits_that_may_be_one_number_or_several_are_told(text: str) -> None:
    (found,) = quantities.find(text)
    assert isinstance(found, Extent)


@pytest.mark.parametrize("piece", ["1", "1、", "1 ", "一", "1,234", "百", "1/", "12.5-", "万", "1万余"])
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda size: piece * size, lambda text: list(quantities.find(text)), 4_000)
