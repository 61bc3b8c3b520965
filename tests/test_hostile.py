"""Bad input: a clear error or a notice with findings, never a traceback, and never more than time that grows with the length."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongwen
from gongwen import pipeline, read
from gongwen.errors import GongwenError, SourceError
from gongwen.model import Span
from hostile_texts import BODY, HEAD, TAIL, TEXTS
from promises import broken
from timing import assert_linear, seconds


def check(source: str) -> None:
    """A text keeps the promises."""
    assert list(broken(pipeline.parse_source(read.from_text(source)))) == []


FRAGMENTS = st.sampled_from(
    ["一、", "（一）", "1.", "2.5万元", "①", "第三条", "附件1", "\n", "　　", " ", "（", "）", "[", "〔", "《", "》", "责任单位：", "牵头", "配合", "负责", "县水利局", "、",
     "，", "。", "；", "：", "到2025年", "达到", "12.5%", "以上", "每年", "等", "（排名第一的为牵头单位，下同）", "号", "〔2023〕15号", "2023年4月6日", "各乡镇人民政府：",
     "关于印发方案的通知", "??", "(qū)", "區(qū)", "?", "\t", "\r\n", "&quot;", "⼀", "\ufeff", "\u200b", "著", "顯著", "2.0 和", "以下简称", "抄送：", "印发", "\x00", "\ue010"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(FRAGMENTS, min_size=1, max_size=60).map("".join))
def test_any_text_becomes_a_valid_notice_or_a_clear_error(source: str) -> None:
    try:
        notice = gongwen.parse(source)
    except SourceError:
        return
    check(source)
    assert gongwen.to_json(gongwen.parse(source)) == gongwen.to_json(notice)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_characters_become_a_valid_notice_or_a_clear_error(source: str) -> None:
    try:
        check(source)
    except SourceError:
        return


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\x00" * 100, b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b"%PDF-1.7 ...", b"PK\x03\x04" + b"x" * 100, bytes(range(128, 256)) * 3],
                         ids=["empty", "blank", "nul", "png", "pdf", "zip", "undecodable"])  # fmt: skip
def test_what_is_no_text_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        pipeline.parse_source(read.from_bytes(data, "bad.txt"))
    assert str(caught.value).startswith("bad.txt: ")


@pytest.mark.parametrize("mark", ["绝密", "机密★1年", "秘密", "機密", "密级：秘密", "绝　密"])
def test_a_classified_text_is_refused(mark: str) -> None:
    with pytest.raises(SourceError, match="classified") as caught:
        gongwen.parse(f"{mark}\n{HEAD}{BODY}{TAIL}")
    assert caught.value.code == "classified"


def test_state_secrets_may_be_talked_about() -> None:
    notice = gongwen.parse(f"{HEAD}一、总体要求\n严格保守国家秘密，不得泄露工作秘密。\n{TAIL}")
    assert notice.document_number is not None


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        (HEAD.split("\n", 1)[1] + BODY + TAIL, "document_number"),
        (HEAD + BODY, "issue_date"),
        (HEAD + TAIL, "tasks"),
        (HEAD + "一、重点任务\n1.检修泵站。汛前完成检修。\n" + TAIL, "tasks"),
        ("今天天气很好，我们去公园散步。\n", "title"),
    ],
    ids=["number", "date", "tasks", "units", "no notice"],
)
def test_what_the_text_does_not_say_is_empty(source: str, missing: str) -> None:
    notice = gongwen.parse(source)
    assert not getattr(notice, missing)
    check(source)


def test_what_is_missing_is_a_finding() -> None:
    codes = {finding.code for finding in gongwen.parse("今天天气很好，我们去公园散步。\n").findings}
    assert {"no-title", "no-document-number", "no-issue-date"} <= codes


def parse(source: str) -> None:
    with suppress(GongwenError):
        gongwen.parse(source)


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS.keys())
def test_time_grows_with_the_length_only(make: Callable[[int], str]) -> None:
    """A quick look; `make bench-growth` measures exponents up to a megabyte."""
    assert_linear(make, parse, 1_500)


def test_a_nine_megabyte_line_is_read_in_seconds() -> None:
    source = "各级政府要加强领导" * (9_000_000 // 27)
    assert seconds(lambda: parse(source), repetitions=1) < 20


def test_two_numbers_of_its_own_are_a_finding() -> None:
    notice = gongwen.parse("青禾政办发〔2023〕15号\n" + HEAD.replace("15号", "16号") + BODY + TAIL)
    assert "document-number-conflict" in {finding.code for finding in notice.findings}


def test_lone_surrogates_are_an_error_and_no_traceback() -> None:
    with pytest.raises(SourceError):
        gongwen.parse("青禾县\ud800")


def test_spans_are_plain_offsets() -> None:
    notice = gongwen.parse(HEAD + BODY + TAIL)
    assert notice.document_number is not None
    assert notice.document_number.span == Span(0, len("青禾政办发〔2023〕15号"))
