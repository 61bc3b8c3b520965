"""Bad input: a clear error or a notice with findings, never a traceback, and never more than time that grows with the length."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongwen
from gongwen import pipeline, read
from gongwen.errors import GongwenError, SourceError
from gongwen.model import Notice, Span
from gongwen.validation import problems
from timing import assert_linear, seconds

HEAD = "青禾政办发〔2023〕15号\n青禾县人民政府办公室关于做好防汛工作的通知\n各乡镇人民政府：\n"
BODY = "一、工作目标\n到2025年，新建泵站3座。\n二、重点任务\n1.检修泵站。汛前完成检修。（县水利局负责）\n"
TAIL = "青禾县人民政府办公室\n2023年4月6日\n"


def check(notice: Notice, source: str) -> None:
    """What holds for every notice: valid, nothing lost, every span inside the source."""
    assert list(problems(orjson.loads(gongwen.to_json(notice)))) == []
    assert notice.blocks[0].span.start == 0
    assert notice.blocks[-1].span.end == len(source)
    for one, other in zip(notice.blocks, notice.blocks[1:], strict=False):
        assert one.span.end == other.span.start
    text = pipeline.parse_source(read.from_text(source)).text
    assert "".join(block.text for block in notice.blocks) == text.value
    for block in notice.blocks:
        assert text.quote(block.span) == block.text


FRAGMENTS = st.sampled_from(
    ["一、", "（一）", "1.", "2.5万元", "①", "第三条", "附件1", "\n", "　　", " ", "（", "）", "[", "〔", "《", "》", "责任单位：", "牵头", "配合", "负责", "县水利局", "、",
     "，", "。", "；", "：", "到2025年", "达到", "12.5%", "以上", "每年", "等", "（排名第一的为牵头单位，下同）", "号", "〔2023〕15号", "2023年4月6日", "各乡镇人民政府：",
     "关于印发方案的通知", "??", "(qū)", "區(qū)", "?", "\t", "\r\n", "&quot;", "⼀", "\ufeff", "\u200b", "著", "顯著", "2.0 和", "以下简称", "抄送：", "印发", "\x00", "\ue010"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=60).map("".join))
def test_any_text_becomes_a_valid_notice_or_a_clear_error(source: str) -> None:
    try:
        notice = gongwen.parse(source)
    except SourceError:
        return
    check(notice, source)
    assert gongwen.to_json(gongwen.parse(source)) == gongwen.to_json(notice)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_become_a_valid_notice_or_a_clear_error(source: str) -> None:
    try:
        notice = gongwen.parse(source)
    except SourceError:
        return
    check(notice, source)


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
    check(notice, source)


def test_what_is_missing_is_a_finding() -> None:
    codes = {finding.code for finding in gongwen.parse("今天天气很好，我们去公园散步。\n").findings}
    assert {"no-title", "no-document-number", "no-issue-date"} <= codes


HOSTILE: dict[str, Callable[[int], str]] = {
    "one long line": lambda n: "政府工作" * n,
    "open brackets": lambda n: HEAD + "（" * n,
    "nested brackets": lambda n: HEAD + "（" * n + "县水利局负责" + "）" * n,
    "nested titles": lambda n: HEAD + "《" * n + "办法" + "》" * n,
    "brackets that never close": lambda n: HEAD + "（责任单位：县水利局、" * n,
    "markers out of order": lambda n: HEAD + "".join(f"{n - i}.事项。\n（{i % 9}）\n" for i in range(n // 4)),
    "digits": lambda n: HEAD + "一、目标\n" + "1" * n + "%",
    "numbers": lambda n: HEAD + "一、目标\n到2025年，达到" + "12.5%、" * n,
    "dates": lambda n: HEAD + "2023年4月6日\n" * n,
    "question marks": lambda n: "區(qū)域" * 5 + "?" * n,
    "notes": lambda n: "區(qū)" * n,
    "blanks": lambda n: HEAD + "政 " * n,
    "ideographic blanks": lambda n: HEAD + "政府。　　" * n,
    "tabs": lambda n: HEAD + "工作任务\t责任单位\n" * n,
    "quotes": lambda n: HEAD + '"政府' * n,
    "units": lambda n: HEAD + "1.检修。（" + "县水利局、" * n + "县财政局负责）",
    "words of responsibility": lambda n: HEAD + "1.检修（" + "责任" * n,
    "manners": lambda n: HEAD + "1.检修（" + "各自" * (n // 2),
    "verbs": lambda n: HEAD + "1.检修（" + "配合" * (n // 2) + "检修）",
    "labelled lines": lambda n: HEAD + "一、目标\n" + "责任单位：平均\n" * (n // 8),
    "conjunctions": lambda n: HEAD + "1.检修。（" + "县水利局和" * n + "县财政局负责）",
    "line feeds": lambda n: HEAD + "\n" * n,
    "signatures": lambda n: HEAD + "青禾县水利局\n" * n + "2023年4月6日\n",
    "whole notices in one line": lambda n: (HEAD + BODY + TAIL).replace("\n", "　　") * (n // 20),
    "citations": lambda n: HEAD + "根据《关于加强管理的通知》（青政发〔2020〕1号，以下简称《通知》）" * (n // 8),
}


def parse(source: str) -> None:
    with suppress(GongwenError):
        gongwen.parse(source)


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length_only(make: Callable[[int], str]) -> None:
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
