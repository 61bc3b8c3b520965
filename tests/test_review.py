"""The page for people who review notices: what it lists, and that nothing of a document acts on it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

import gongwen
from gongwen import cli, read
from gongwen.pipeline import Parsed, parse_source
from gongwen.review import Doubt, Reviewed, Unreviewed, doubts, render

NOTICE = """青禾县人民政府办公室关于做好防汛工作的通知
青禾政办发〔2023〕12号
各乡镇人民政府：
一、检修泵站。汛前完成，检修泵站30座。（县水利局负责）
三、储备物资。备足沙袋。（县应急局负责
青禾县人民政府办公室
"""
HOSTILE = "</textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u202e\x00\r"


def parsed(text: str) -> Parsed:
    return parse_source(read.from_text(text), "a.txt")


def page_of(text: str, sidecar: str | None = None) -> str:
    found = parsed(text)
    return render([Reviewed("a.txt", found.notice, found.text.source, doubts(found), sidecar)])


class Tags(HTMLParser):
    """The tags of a page with their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_findings_come_with_the_values_that_answer_them() -> None:
    found = doubts(parsed(NOTICE))
    by_title = {doubt.title["en"]: doubt for doubt in found}
    assert [value.pointer for value in by_title["No date of issue"].values] == ["/issue_date"]
    assert by_title["No date of issue"].span is None
    gap = by_title["Gap in the numbering"]
    assert gap.wording is not None
    assert gap.span is not None
    assert NOTICE[gap.span.start : gap.span.end] == gap.wording[0]


def test_each_open_place_of_the_coverage_is_listed_once() -> None:
    for path in sorted(Path("tests/golden").glob("*/source.txt"))[:12]:
        found = parse_source(read.from_bytes(path.read_bytes()))
        spans = [place.span for place in found.coverage if place.is_open]
        assert [doubt.span for doubt in doubts(found) if doubt.sort == "open"] == sorted(
            spans, key=lambda span: (span.start, span.end)
        )


def test_a_goal_of_low_probability_is_listed_until_a_person_decides() -> None:
    found = parsed(NOTICE)
    [target, *_] = parsed(
        "某县水利局关于修渠的通知\n各镇：\n一、修渠。到2025年，修渠30座以上。（县水利局负责）\n"
    ).notice.targets
    doubtful = replace(found.notice, targets=(replace(target, probability=0.4),))
    [goal] = [doubt for doubt in doubts(found._replace(notice=doubtful)) if doubt.sort == "goal"]
    assert [value.name for value in goal.values][:2] == ["probability", "indicator"]
    decided = gongwen.FieldCorrection("/targets/0/probability", 0.4, 1.0, "r", "w", "2024-01-31")
    settled = replace(doubtful, field_corrections=(decided,))
    assert [doubt for doubt in doubts(found._replace(notice=settled)) if doubt.sort == "goal"] == []


def test_a_chosen_repair_is_listed_at_each_of_its_places() -> None:
    found = parsed(NOTICE)
    spans = (gongwen.Span(0, 2), gongwen.Span(20, 22))
    repair = gongwen.Repair("wrong-decoding", "a", "青", "chosen", "why", "为何", spans)
    chosen = found._replace(notice=replace(found.notice, repairs=(repair,)))
    assert [doubt.span for doubt in doubts(chosen) if doubt.sort == "repair"] == list(spans)


def test_the_wording_of_a_place_names_its_occurrence() -> None:
    found = parsed(NOTICE)
    for doubt in doubts(found):
        if doubt.wording and doubt.span:
            wording, occurrence = doubt.wording
            places = [match.start() for match in re.finditer(re.escape(wording), NOTICE)]
            assert places[(occurrence or 1) - 1] == doubt.span.start
            assert occurrence is not None or len(places) == 1


def test_the_page_is_the_same_each_time_and_loads_nothing() -> None:
    page = page_of(NOTICE)
    assert page == page_of(NOTICE)
    tags = Tags(page).found
    assert not [tag for tag, at in tags if at.keys() & {"src", "srcset", "action"}]
    assert not [at for _, at in tags if (at.get("href") or "#")[0] != "#"]
    [policy] = [at["content"] for tag, at in tags if tag == "meta" and "http-equiv" in at]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_both_languages_stand_in_the_page_without_a_script() -> None:
    page = page_of(NOTICE)
    assert "无成文日期" in page
    assert "No date of issue" in page
    fields = [at for tag, at in Tags(page).found if at.get("class") in ("answer", "person")]
    assert fields
    assert all("hidden" in at for at in fields)


def test_nothing_of_a_document_is_markup() -> None:
    text = NOTICE.replace("物资", f"物资{HOSTILE.replace(chr(0), '')}").replace("检修", "检修<b>\ue000")
    found = parsed(text)
    doubt = Doubt(
        "finding",
        "info",
        {"zh": HOSTILE, "en": HOSTILE},
        {"zh": HOSTILE, "en": HOSTILE},
        found.notice.blocks[0].span,
        (),
        (HOSTILE, 3),
    )
    title = replace(found.notice, title=HOSTILE)
    one = Reviewed(HOSTILE + "/a.txt", title, found.text.source, [*doubts(found), doubt], HOSTILE)
    plain = render([Reviewed("a.txt", found.notice, "", [], None)])
    page = render([one], [Unreviewed(HOSTILE, HOSTILE)])
    tags = Tags(page).found
    assert [tag for tag, _ in tags].count("script") == [tag for tag, _ in Tags(plain).found].count("script") == 1
    assert not [tag for tag, at in tags if tag in ("img", "b") or any(name.startswith("on") for name in at)]
    assert not re.search("[\x00\r\u202e\ue000]", page)


def test_the_command_reviews_a_folder_that_is_named_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "linked").symlink_to("source")
    monkeypatch.chdir(tmp_path)
    for folder in ("source", "linked"):
        result = CliRunner().invoke(cli.main, ["review", folder, "-o", "page.html"], catch_exceptions=False)
        assert result.exit_code == 0


def test_the_command_reviews_a_folder_and_lists_what_could_not_be_read(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text(NOTICE, encoding="utf-8")
    (source / "b.txt").write_text(NOTICE, encoding="utf-8")
    (source / "b.toml").write_text(
        '[[set]]\npointer = "/kind"\nold = "函"\nvalue = "意见"\nreason = "a"\nwho = "b"\nwhen = 2026-01-31\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(
        cli.main, ["review", str(source), "-o", str(tmp_path / "page.html"), "--lang", "en"], catch_exceptions=False
    )
    assert result.exit_code == 1
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "b.toml, set 1: “/kind”: the data have “通知” there, not “函”" in page
    assert 'id="notice-1"' in page
    assert 'id="notice-2"' not in page


@pytest.mark.parametrize("arguments", [["a.txt"], ["a.txt", "-o", "-"]])
def test_the_page_of_one_notice_goes_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(NOTICE, encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["review", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stdout.startswith("<!doctype html>")


def test_a_finding_whose_value_was_set_is_settled() -> None:
    found = parsed(NOTICE)
    date = gongwen.FieldCorrection("/issue_date", None, "2023-04-06", "r", "w", "2024-01-31")
    settled = found._replace(notice=replace(found.notice, field_corrections=(date,)))
    titles = [doubt.title["en"] for doubt in doubts(settled)]
    assert "No date of issue" in [doubt.title["en"] for doubt in doubts(found)]
    assert "No date of issue" not in titles
