"""Values that overlap damage which wasn't undone say so, in the model, in the JSON, and when the JSON is read again."""

from __future__ import annotations

from typing import Any

import pytest

import gongwen
from gongwen.load import from_json
from gongwen.publish.record import to_json
from gongwen.validation import validate

NOTICE = """{title}
{number}
各乡镇、{recipient}：
一、修渠。{text}（{unit}、县财政局负责）
二、清淤。{second}（县林业局负责）
青禾县水利局
2023年3月2日
"""
SOUND = {
    "title": "青禾县水利局关于修渠的通知",
    "number": "青水发〔2023〕7号",
    "recipient": "县农业局",
    "text": "到2025年，修建水渠30公里。",
    "unit": "县水务局",
    "second": "清理泵站。",
}


def damaged(record: Any, pointer: str = "") -> set[str]:
    """The pointers of all that is marked in ``record``."""
    found = {pointer} if isinstance(record, dict) and record.get("damaged") else set()
    parts = record.items() if isinstance(record, dict) else enumerate(record) if isinstance(record, list) else ()
    return found.union(*(damaged(value, f"{pointer}/{key}") for key, value in parts))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, set()),
        ({"title": "青禾县水利局关于修\ufffd的通知"}, {"/spans/title", "/parts/0"}),
        ({"recipient": "县农\ufffd局"}, {"/recipients/1"}),
        ({"unit": "县水\ufffd局"}, {"/tasks/0", "/tasks/0/responsible_units/0", "/sections/0"}),
        ({"second": "清理\ue123站。"}, {"/tasks/1", "/tasks/1/measures/0", "/sections/1"}),
        (
            {"text": "到2025年，修建\ufffd渠30公里。"},
            {
                "/sections/0",
                "/tasks/0",
                "/tasks/0/measures/0",
                "/tasks/0/milestones/0",
                "/targets/0",
            },
        ),
    ],
)
def test_a_value_that_overlaps_damage_says_so(words: dict[str, str], expected: set[str]) -> None:
    notice = gongwen.parse(NOTICE.format(**(SOUND | words)))
    assert damaged(notice.to_dict()) == expected
    assert notice.coverage
    assert notice.coverage.damaged_places == bool(words)
    assert not list(validate(notice))


def test_the_mark_is_read_again_and_absent_elsewhere() -> None:
    notice = gongwen.parse(NOTICE.format(**(SOUND | {"second": "清理\ufffd站。"})))
    again = from_json(to_json(notice))
    assert [task.damaged for task in again.tasks] == [False, True]
    assert to_json(again) == to_json(notice)
    assert b'"damaged"' not in to_json(gongwen.parse(NOTICE.format(**SOUND)))


def test_unresolved_damage_marks_its_whole_place() -> None:
    notice = gongwen.parse(NOTICE.format(**(SOUND | {"second": "清理泵站???。"})))
    [finding] = [one for one in notice.findings if one.code == "unresolved-damage"]
    assert finding.span
    assert [task.damaged for task in notice.tasks] == [False, True]
