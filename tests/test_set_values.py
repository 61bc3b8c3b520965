"""Values that people set beside a source: in the published JSON, with what follows from them, or refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

import gongwen
from gongwen import corpus
from gongwen.errors import CorrectionError, SourceError
from gongwen.extract import set_values
from gongwen.load import from_json
from gongwen.publish.site.paths import notice_path

NOTICE = """某县人民政府办公室关于印发节水行动方案的通知
某政办发〔2023〕12号
各乡镇人民政府，县政府各部门：
    现将《节水行动方案》印发给你们，请认真贯彻执行。本通知自印发之日起施行。
某县人民政府办公室
2023年5月6日

节水行动方案
一、主要目标
到2025年，全县万元GDP用水量下降16%，节水灌溉面积达到2万亩以上。
二、重点任务
（一）推进农业节水。2024年6月底前完成灌区改造。（县农业农村局牵头，县水利局配合；完成时限：2025年12月底前）
（二）推进工业节水。推广节水工艺。（县工信局负责）
"""


def folder(tmp_path: Path, *sets: tuple[str, Any, Any], text: str = NOTICE, more: str = "") -> Path:
    source = tmp_path / "source"
    source.mkdir(exist_ok=True)
    (source / "a.txt").write_text(text, encoding="utf-8")
    (source / "a.toml").write_text(more + "".join(map(table, sets)), encoding="utf-8")
    return source


def table(entry: tuple[str, Any, Any]) -> str:
    pointer, old, value = entry
    lines = ["[[set]]", f"pointer = {orjson.dumps(pointer).decode()}"]
    lines += [
        f"{key} = {orjson.dumps(given).decode()}"
        for key, given in (("old", old), ("value", value))
        if given is not None
    ]
    return "\n".join([*lines, 'reason = "见原件"', 'who = "县档案馆"', "when = 2026-01-31", "", ""])


def notice(tmp_path: Path, *sets: tuple[str, Any, Any]) -> gongwen.Notice:
    return gongwen.parse_file(folder(tmp_path, *sets) / "a.txt")


def test_a_set_value_is_published_and_listed_and_survives_a_round_trip(tmp_path: Path) -> None:
    source = folder(tmp_path, ("/targets/1/bound", "at_least", "more_than"), ("/tasks/1/deadline", None, "2024-06"))
    summary = corpus.build_folder(source, tmp_path / "dist", ["site"])
    assert not summary.unpublished
    [row] = summary.published
    data = (tmp_path / "dist" / "notices" / f"{row.id}.json").read_bytes()
    assert gongwen.validate(orjson.loads(data)) == []
    read = from_json(data)
    assert (read.targets[1].bound, read.tasks[1].deadline, read.tasks[1].due_on) == (
        "more_than",
        "2024-06",
        "2024-06-30",
    )
    assert (read.tasks[1].deadline_rule, read.tasks[1].deadline_text) == ("person", None)
    assert [(each.pointer, each.old, each.value, each.who, each.confidence) for each in read.field_corrections] == [
        ("/targets/1/bound", "at_least", "more_than", "县档案馆", "stated"),
        ("/tasks/1/deadline", None, "2024-06", "县档案馆", "stated"),
    ]
    page = (tmp_path / "dist" / "site" / notice_path(row.id)).read_text(encoding="utf-8")
    assert "/tasks/1/deadline" in page
    assert "县档案馆" in page


def test_the_header_is_set_before_anything_is_derived_from_it(tmp_path: Path) -> None:
    read = notice(
        tmp_path,
        ("/issue_date", "2023-05-06", "2023-06-05"),
        ("/document_number/text", "某政办发〔2023〕12号", "某政办发〔2023〕21号"),
        ("/title", "某县人民政府办公室关于印发节水行动方案的通知", "某县节水行动意见"),
    )
    assert (read.issue_date, read.spans.issue_date) == ("2023-06-05", None)
    assert read.effective is not None
    assert read.effective.start == "2023-06-05"
    assert read.document_number is not None
    assert (read.document_number.serial, read.document_number.span) == (21, None)
    assert read.id.startswith("mouzhengbanfa-2023-21-")
    assert (read.title, read.kind, read.spans.kind) == ("某县节水行动意见", "意见", None)
    assert read.coverage == gongwen.parse(NOTICE).coverage


def test_a_missing_date_of_issue_can_be_stated(tmp_path: Path) -> None:
    text = NOTICE.replace("2023年5月6日\n", "")
    source = folder(tmp_path, ("/issue_date", None, "2023-05-06"), text=text)
    read = gongwen.parse_file(source / "a.txt")
    assert read.issue_date == "2023-05-06"
    assert "no-issue-date" not in [found.code for found in read.findings]


def test_a_finding_that_no_longer_holds_goes_with_the_value(tmp_path: Path) -> None:
    text = NOTICE.replace("2023年5月6日\n", "").replace(
        "（县工信局负责）\n", "（县工信局负责）\n某县人民政府办公室 2023年5月8日印发\n"
    )
    assert "issue-date-from-publication" in [found.code for found in gongwen.parse(text).findings]
    source = folder(tmp_path, ("/issue_date", "2023-05-08", "2023-05-06"), text=text)
    assert "issue-date-from-publication" not in [found.code for found in gongwen.parse_file(source / "a.txt").findings]


def test_a_number_and_its_unit_give_the_amount(tmp_path: Path) -> None:
    read = notice(tmp_path, ("/targets/1/value", "2", "2.5"), ("/targets/1/unit", "万亩", "亩"))
    assert read.targets[1].amount == gongwen.Amount("2.5", None, "亩")


def test_a_person_decides_whether_a_number_is_a_goal(tmp_path: Path) -> None:
    [goal, *_] = gongwen.parse(NOTICE).targets
    assert notice(tmp_path, ("/targets/0/probability", goal.probability, 0)).targets[0].probability == 0


def test_a_role_says_that_a_person_set_it(tmp_path: Path) -> None:
    unit = notice(tmp_path, ("/tasks/0/responsible_units/1/role", "support", "lead")).tasks[0].responsible_units[1]
    assert (unit.role, unit.role_basis, unit.role_text) == ("lead", "person", "配合")


def test_why_names_the_person(tmp_path: Path) -> None:
    source = folder(tmp_path, ("/document_number/text", "某政办发〔2023〕12号", "某政办发〔2023〕21号"))
    for pointer in ("/document_number", "/document_number/text"):
        decision = gongwen.analyze_file(source / "a.txt").why(pointer)
        assert decision is not None
        assert "县档案馆" in decision.reason


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (("/tasks/1/deadline", "2024", "2025"), "the data have nothing (null) there, not “2024”"),
        (("/tasks/9/deadline", "2024", "2025"), "no such place"),
        (("/tasks/0/milestones/7/date", "2024", "2025"), "no such place"),
        (("/issue_date", "2023-05-07", "2023-05-08"), "the data have “2023-05-06” there"),
        (("/tasks/0/due_on", "2025-12-31", "2025-12-30"), "derived from the date beside it"),
        (("/document_number/serial", 12, 13), "set that"),
        (("/tasks/0/text", "a", "b"), "[[correction]]"),
        (("/units/0/full_name", None, "某县"), "[[correction]]"),
        (("/id", "a", "b"), "the program states it"),
        (("/source/path", "a", "b"), "the program states it"),
        (("/targets/0/spans", "a", "b"), "a place or a reference"),
        (("/tasks/0/deadline_rule", "clause", "row"), "set that value"),
        (("/targets/0/amount/number", "16", "17"), "value, value_max and unit"),
        (("tasks", "a", "b"), "no JSON pointer"),
        (("/tasks/-1/deadline", "a", "b"), "no JSON pointer"),
        (("/tasks/00/deadline", "a", "b"), "no JSON pointer"),
        (("/__class__/x", "a", "b"), "[[correction]]"),
        (("/tasks/0/deadline", "2025-12", "2025-13"), "must be a date"),
        (("/tasks/0/deadline", "2025-12", "2025-02-30"), "must be a date"),
        (("/issue_date", "2023-05-06", "2023"), "must be a day"),
        (("/targets/0/bound", "equal", "atleast"), "must be one of equal, at_least"),
        (("/targets/0/strength", "required", None), "must be one of required, strive"),
        (("/targets/0/value", "16", "1,6"), "must be a decimal number"),
        (("/targets/0/value", "16", None), "must be a decimal number"),
        (("/targets/0/value_max", None, "12"), "below its start"),
        (("/targets/0/probability", 0.99, 0.5), "must be 1"),
        (("/targets/0/direction", "decrease", None), "set the other one, too"),
        (("/kind", "通知", " "), "must be words"),
        (("/document_number/text", "某政办发〔2023〕12号", "12"), "must be a document number"),
        (("/tasks/0/deadline", "2025-12", "2026"), "/tasks/0/milestones/1/date has the same date"),
        (("/targets/0/probability", "0.99", 1), "the data have 0.99 there, not “0.99”"),
    ],
)
def test_what_does_not_fit_is_the_row_of_its_source_with_file_and_place(
    tmp_path: Path, entry: tuple[str, Any, Any], said: str
) -> None:
    summary = corpus.build_folder(folder(tmp_path, entry), tmp_path / "dist", ["jsonl"])
    [failure] = summary.unpublished
    assert (failure.path, failure.code) == ("a.txt", "invalid-sidecar")
    assert failure.message.startswith("a.toml, set 1: ")
    assert entry[0] in failure.message
    assert said in failure.message


def test_what_would_contradict_can_be_set_together(tmp_path: Path) -> None:
    read = notice(tmp_path, ("/tasks/0/deadline", "2025-12", "2026"), ("/tasks/0/milestones/1/date", "2025-12", "2026"))
    assert (read.tasks[0].due_on, read.tasks[0].milestones[1].due_on) == ("2026-12-31", "2026-12-31")


def test_a_value_is_set_once(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match=r"set 2: .*set 1 sets it, too"):
        notice(tmp_path, ("/kind", "通知", "意见"), ("/kind", "通知", "函"))


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ('pointer = "/kind"', "neither 'old' nor 'value'"),
        ('value = "函"\nreason = "a"\nwho = "b"\nwhen = 2026-01-31', "lacks 'pointer'"),
        ('pointer = "/kind"\nvalue = "函"\nreason = "a"\nwho = " "\nwhen = 2026-01-31', "lacks 'who'"),
        ('pointer = "/kind"\nvalue = "函"\nreason = "a"\nwho = "b"\nwhen = "now"', "'when' must be a date"),
        ('pointer = "/kind"\nvalue = "函"\nreason = "a"\nwho = "b"\nwhen = 2026-01-31T10:00:00', "'when' must be"),
        ('pointer = "/kind"\nvalue = true\nreason = "a"\nwho = "b"\nwhen = 2026-01-31', "'value' must be"),
        ('pointer = "/kind"\nvalue = nan\nreason = "a"\nwho = "b"\nwhen = 2026-01-31', "'value' must be"),
        ('pointer = "/kind"\nvalue = "函"\nnow = 1', "unknown key 'now'"),
        (
            'pointer = "/kind"\nold = "函"\nvalue = "函"\nreason = "a"\nwho = "b"\nwhen = 2026-01-31',
            "'old' and 'value' are the same",
        ),
    ],
)
def test_a_set_that_is_not_whole_is_refused(tmp_path: Path, sidecar: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        gongwen.parse_file(folder(tmp_path, more=f"[[set]]\n{sidecar}\n") / "a.txt")


def test_the_docs_name_the_pointers_that_may_be_set() -> None:
    for docs in ("docs/review.md", "docs/review.zh.md"):
        text = Path(docs).read_text(encoding="utf-8")
        assert [pointer for pointer in set_values.pointers() if f"`{pointer}`" not in text] == [], docs


def correction(found: str, replacement: str, occurrence: int | None = None) -> str:
    named = "" if occurrence is None else f"occurrence = {occurrence}\n"
    return f'[[correction]]\nfound = "{found}"\nreplacement = "{replacement}"\nreason = "见原件"\n{named}'


def test_a_correction_says_how_many_places_it_changes(tmp_path: Path) -> None:
    analysis = gongwen.analyze_file(folder(tmp_path, more=correction("节水", "省水")) / "a.txt")
    places = NOTICE.count("节水")
    [told] = [found for found in analysis.notice.findings if found.code == "correction-places"]
    assert dict(told.params) == {"text": "节水", "n": str(places)}
    assert told.span is not None
    assert analysis.text.source[told.span.start : told.span.end] == "节水"
    [repair] = [repair for repair in analysis.notice.repairs if repair.rule == "correction"]
    assert len(repair.spans) == places


def test_a_correction_names_one_place(tmp_path: Path) -> None:
    read = gongwen.parse_file(folder(tmp_path, more=correction("节水", "省水", 2)) / "a.txt")
    [repair] = [repair for repair in read.repairs if repair.rule == "correction"]
    assert [span.start for span in repair.spans] == [NOTICE.index("节水", NOTICE.index("节水") + 1)]
    assert "correction-places" not in [found.code for found in read.findings]


@pytest.mark.parametrize("occurrence", ["0", '"1"', "true", "1.0", "99999999999"])
def test_an_occurrence_is_a_number(tmp_path: Path, occurrence: str) -> None:
    more = correction("节水", "省水") + f"occurrence = {occurrence}\n"
    with pytest.raises(SourceError, match="occurrence"):
        gongwen.parse_file(folder(tmp_path, more=more) / "a.txt")


def test_an_occurrence_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="occurrence 9 of “灌区”, which the source contains 1 times"):
        gongwen.parse_file(folder(tmp_path, more=correction("灌区", "灌溉区", 9)) / "a.txt")


def test_a_sidecar_without_its_source_is_reported(tmp_path: Path) -> None:
    source = folder(tmp_path)
    (source / "gone.toml").write_text(correction("a", "b"), encoding="utf-8")
    (source / "gongwen.toml").write_text('title = "某县公文"\n', encoding="utf-8")
    summary = corpus.build_folder(source, tmp_path / "dist", ["jsonl"])
    assert [(failure.path, failure.code) for failure in summary.unpublished] == [
        ("gone.toml", "sidecar-without-source")
    ]
    assert "gone.*" in summary.unpublished[0].message
    assert len(summary.published) == 1
