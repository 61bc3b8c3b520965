"""calendar.ics: iCalendar by RFC 5545, read by its own rules here and by a library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen.model import Milestone, Notice
from gongwen.publish.calendar import escape, fold, prepare
from publishing_examples import build, entry


def events(notice: Notice) -> str:
    """The unfolded events of a notice."""
    data = prepare(replace(entry(), notice=notice)).data["events"]
    return data.decode().replace("\r\n ", "")


def with_steps(*steps: Milestone) -> Notice:
    notice = entry().notice
    return replace(notice, tasks=(replace(notice.tasks[0], milestones=steps), *notice.tasks[1:]), duties=())


def uids(notice: Notice) -> dict[str, str]:
    """The UID of each event by its summary."""
    pieces = events(notice).split("BEGIN:VEVENT")[1:]
    return {_value(piece, "SUMMARY"): _value(piece, "UID") for piece in pieces}


def _value(event: str, name: str) -> str:
    return next(line.partition(":")[2] for line in event.splitlines() if line.startswith(f"{name}:"))


def test_a_library_reads_the_steps(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed (the group `dev`)")
    content = (build(tmp_path, ["calendar"], 2) / "calendar.ics").read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    read = icalendar.Calendar.from_ical(content)
    assert read.errors == []
    first, of_duty, second, _ = read.walk("VEVENT")
    assert str(of_duty["summary"]) == "举办“读书月”"
    assert "单位：各县" in str(of_duty["description"]).splitlines()
    assert first.decoded("dtstart") == date(2024, 12, 31)
    assert str(first["summary"]) == "每年新建书房不少于3个"
    description = str(first["description"]).splitlines()
    assert "任务：（一）=建设书房" in description
    assert "牵头单位：市文旅局" in description
    assert "配合单位：市财政局、各县" in description
    assert description[-1] == "qingzhengban-2023-0001#milestone-1-1"
    assert str(first["url"]) == "https://example.org/notice"
    assert first["uid"] != second["uid"]


def test_the_stamp_is_the_date_of_the_notice_or_the_day_itself() -> None:
    notice = entry().notice
    assert _value(events(notice), "DTSTAMP") == "20230509T000000Z"
    undated = replace(notice, issue_date=None, source=replace(notice.source, origin=None))
    assert _value(events(undated), "DTSTAMP") == "20241231T000000Z"


def test_a_step_keeps_its_uid_when_another_is_put_before_it() -> None:
    [step] = entry().notice.tasks[0].milestones
    later = replace(step, id="milestone-1-2")
    new = replace(step, text="先行试点")
    before, after = uids(with_steps(step)), uids(with_steps(new, later))
    assert before.items() < after.items()
    assert len(set(after.values())) == 2
    twice = events(with_steps(step, later))
    assert len({line for line in twice.splitlines() if line.startswith("UID:")}) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("一,;\\\n\rnN：é😀a\x00 "), max_size=120))
def test_what_is_escaped_and_folded_can_be_read_again(text: str) -> None:
    line = f"SUMMARY:{escape(text)}"
    folded = fold(line.encode())
    assert all(len(piece) <= 75 and piece.decode() for piece in folded.split(b"\r\n"))
    assert folded.replace(b"\r\n ", b"").decode() == line
    assert not {"\r", "\n", "\x00"} & set(line)
