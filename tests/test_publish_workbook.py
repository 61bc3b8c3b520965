"""The workbook and the office files of one notice: the 任务分工表, texts that no program takes for a formula, equal bytes."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from gongwen.cli import main
from gongwen.publish import exported
from gongwen.publish.assignments import HEADS, Assignment, assignments
from gongwen.publish.tables import notice_tables
from publishing_examples import build, entry

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (the group `dev`)")
pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed (the extra `publish`)")

FILE = "tables/gongwen.xlsx"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:openpyxl")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"), ["workbook"], 2) / FILE


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


@pytest.fixture
def few_rows(monkeypatch: pytest.MonkeyPatch) -> int:
    """Sheets that are full after three rows."""
    monkeypatch.setattr("gongwen.publish.workbook._MOST_ROWS", 3)
    return 3


def rows(sheet: Any) -> list[list[str]]:
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_a_task_is_a_row_as_people_write_it() -> None:
    first, second = assignments(entry().data)
    assert first == Assignment(
        task="（一）=建设书房\n依照《条例》，每年新建书房不少于3个。",
        lead="市文旅局",
        support="市财政局、各县等",
        responsible="",
        deadline="每年\n2024-12-31：每年新建书房不少于3个",
        targets="新建书房不少于3个",
        basis="《全民阅读促进条例》（国令〔2022〕7号）",
        place=first.place,
        notice="青政办〔2023〕1号",
        task_id="qingzhengban-2023-0001#task-1",
    )
    heading, characters = first.place.splitlines()
    assert heading == "二、重点任务"
    start, end = (int(number) for number in characters.strip("第字").split("—"))
    assert entry().text.source[start - 1 : end] == "依照《條例》，每年新建書房不少於3個。"
    assert second[1:7] == ("", "", "", "", "", "")


def test_a_deadline_stands_as_written_with_its_last_day() -> None:
    data = entry().data
    task = data["tasks"][0]
    stated = {"deadline": "2024-06", "due_on": "2024-06-30", "deadline_text": "2024年6月底前", "recurrence": None}
    step = {**task["milestones"][0], "due_on": "2024-06-30"}
    [first, _] = assignments({**data, "tasks": [{**task, **stated, "milestones": [step]}, data["tasks"][1]]})
    assert first.deadline == "2024年6月底前（2024-06-30）"


def test_the_workbook_has_the_assignments_and_a_sheet_for_each_table(book: Any) -> None:
    assert book.sheetnames == ["任务分工表", *(table.name for table in notice_tables())]
    shown = rows(book["任务分工表"])
    assert shown[0] == list(HEADS)
    assert shown[1:] == [list(row) for serial in (1, 2) for row in assignments(entry(serial).data)]
    [units] = [table for table in notice_tables() if table.name == "units"]
    assert [row[1:3] for row in rows(book["units"])[1:7]] == [list(row[1:3]) for row in units.rows(entry(1).data)]


def test_every_cell_is_a_text_and_every_head_is_frozen_and_filters(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert "=建设书房" in {cell for row in rows(book["tasks"]) for cell in row}


def test_cells_of_the_assignments_are_wrapped_and_heads_alone_are_bold(book: Any) -> None:
    for number, sheet in enumerate(book.worksheets):
        if sheet.max_row > 1:
            head, cell = sheet["A1"], sheet["A2"]
            assert head.font.b
            assert not cell.font.b
            assert cell.border.bottom.style is None
            assert bool(cell.alignment.wrap_text) == (number == 0)


def test_equal_notices_give_equal_bytes_whatever_the_rights_of_files(path: Path, tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        again = build(tmp_path, ["workbook"], 2) / FILE
    finally:
        os.umask(mask)
    assert again.read_bytes() == path.read_bytes()
    with ZipFile(path) as archive:  # version 2.0, which every program reads
        assert {member.extract_version for member in archive.infolist()} == {20}


def test_a_full_sheet_goes_on_in_another_and_a_cut_text_says_so(few_rows: int) -> None:
    data = entry().data
    long = {**data, "tasks": [{**data["tasks"][0], "text": "字" * 40_000}, data["tasks"][1]]}
    book = openpyxl.load_workbook(io.BytesIO(exported(long, "xlsx")))
    pieces = [name for name in book.sheetnames if name.startswith("units")]
    assert pieces[:3] == ["units", "units 2", "units 3"]
    assert [name for piece in pieces for _, _, name, *_ in rows(book[piece])[1:]] == [
        unit["name"] for unit in data["units"]
    ]
    cell = rows(book["任务分工表"])[1][0]
    assert len(cell) == 32_767
    assert cell.endswith("字…（全文见 JSON）")


def test_libreoffice_opens_it(path: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    words = [office, home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir"]
    subprocess.run([*words, str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "gongwen.csv").read_text("utf-8")
    assert text.startswith(",".join(HEADS))
    assert "（一）=建设书房" in text


def test_a_notice_becomes_a_word_document() -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed (the extra `publish`)")
    data = entry().data
    content = exported({**data, "title": "关于\x07阅读的通知"}, "docx")
    assert content == exported({**data, "title": "关于\x07阅读的通知"}, "docx")
    document = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "关于 阅读的通知"
    assert {"发文字号：青政办〔2023〕1号", "成文日期：2023-05-09", "一、主要目标"} < set(texts)
    assert not any("首页" in text for text in texts)
    [table] = document.tables
    shown = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert shown == [tuple(HEADS[:8]), *(tuple(row[:8]) for row in assignments(data))]


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_export_writes_a_file_named_by_the_notice(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notice.json").write_bytes(entry().json)
    result = CliRunner().invoke(main, ["export", "notice.json", "--as", form])
    assert result.exit_code == 0, result.output
    made = (tmp_path / f"qingzhengban-2023-0001.{form}").read_bytes()
    piped = CliRunner().invoke(main, ["export", "notice.json", "--as", form, "-o", "-"])
    assert piped.stdout_bytes == made


@pytest.mark.parametrize(("form", "text"), [("xlsx", "buy milk"), ("docx", "Minutes\n1. Lunch at noon.\n")])
def test_what_is_not_a_notice_is_not_exported_unless_asked_for(
    form: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "memo.txt").write_text(text, "utf-8")
    refused = CliRunner().invoke(main, ["export", "memo.txt", "--as", form, "--lang", "en"])
    assert refused.exit_code == 1
    assert refused.stderr.startswith("memo.txt: not a notice: the text has no title with a kind of document")
    assert [path.name for path in tmp_path.iterdir()] == ["memo.txt"]
    assert CliRunner().invoke(main, ["export", "memo.txt", "--as", form, "--keep-all"]).exit_code == 0
    assert len(list(tmp_path.glob(f"*.{form}"))) == 1


def test_a_notice_whose_name_leads_elsewhere_is_not_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here" / "notice.json").write_bytes(entry().json.replace(b"qingzhengban-2023-0001", b"../outside"))
    assert CliRunner().invoke(main, ["export", "notice.json", "--as", "docx"]).exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_a_library_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongwen.publish.find_spec", lambda name: None)
    (tmp_path / "notice.json").write_bytes(entry().json)
    result = CliRunner().invoke(main, ["export", str(tmp_path / "notice.json"), "--as", "xlsx"])
    assert result.exit_code == 1
    assert "xlsx needs xlsxwriter, which is not installed" in result.output
