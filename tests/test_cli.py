"""The commands as people meet them: what they print, where, and how they end."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

import gongwen
from gongwen.cli import main
from gongwen.publish import NAMES

NOTICE = "青禾政办发〔2023〕15号\n青禾县人民政府办公室关于做好防汛工作的通知\n各乡镇人民政府：\n一、检修泵站。汛前完成。（县水利局负责）\n三、储备物资。备足沙袋。（县应急局负责）\n青禾县人民政府办公室\n2023年4月6日\n"


def run(*arguments: str | Path, data: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=data)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "good.txt").write_text(NOTICE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", sorted(main.commands))
def test_each_command_has_help_with_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert f"gongwen {command}" in result.output


def test_parse_prints_the_notice_and_its_findings_apart(source: Path) -> None:
    result = run("parse", source / "good.txt")
    assert result.exit_code == 0
    assert orjson.loads(result.stdout)["issue_date"] == "2023-04-06"
    assert "good.txt:5:1: warning: " in result.stderr
    assert "[numbering-gap]" in result.stderr
    assert "三、储备物资。备足沙袋。（县应急局负责）\n^^^^" in result.stderr


def test_parse_reads_standard_input(source: Path) -> None:
    result = run("parse", "-", data=NOTICE.encode("gb18030"))
    assert result.exit_code == 0
    assert orjson.loads(result.stdout)["source"]["encoding"] == "gb18030"


def test_parse_writes_to_a_file(source: Path, tmp_path: Path) -> None:
    assert run("parse", source / "good.txt", "-o", tmp_path / "out.json").exit_code == 0
    assert orjson.loads((tmp_path / "out.json").read_bytes())["kind"] == "通知"


def test_parse_of_a_missing_file_is_wrong_use() -> None:
    result = run("parse", "no-such-file.txt")
    assert result.exit_code == 2
    assert "no-such-file.txt" in result.stderr


def test_parse_of_an_empty_file_names_it(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("parse", tmp_path / "empty.txt")
    assert result.exit_code == 1
    assert "empty.txt: " in result.stderr
    assert "Traceback" not in result.stderr


def test_two_sources_of_one_number_are_both_published_and_linked(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "first.txt").write_text(NOTICE, encoding="utf-8")
    (source / "copy.txt").write_text(NOTICE, encoding="utf-8")
    (source / "copy.toml").write_text('[origin]\nurl = "https://example.org/copy"\n', encoding="utf-8")
    (source / "anew.txt").write_text(NOTICE.rstrip() + "\n（此件公开发布）\n", encoding="utf-8")
    ids: dict[str, str] = {}
    for names in (["first"], ["copy", "first"], ["anew", "copy", "first"]):
        some = tmp_path / "-".join(names)
        some.mkdir()
        for path in source.iterdir():
            if path.stem in names:
                shutil.copy(path, some)
        assert run("publish", some, tmp_path / f"{some.name}.dist", "--only", "tables").exit_code == 0
        index = orjson.loads((tmp_path / f"{some.name}.dist" / "index.json").read_bytes())["notices"]
        for row in index:
            assert ids.setdefault(row["path"], row["id"]) == row["id"]  # whatever else is published
            assert row["copies"] == sorted({other["id"] for other in index} - {row["id"]})
    assert len(set(ids.values())) == 3


def test_build_publishes_what_is_good_and_reports_the_rest(source: Path, tmp_path: Path) -> None:
    (source / "empty.txt").write_bytes(b"")
    (source / "secret.txt").write_text("机密★5年\n" + NOTICE, encoding="utf-8")
    (source / "twin.txt").write_text(NOTICE, encoding="utf-8")
    (source / "wrong.txt").write_text(NOTICE, encoding="utf-8")
    correction = '[[correction]]\nfound = "泵占"\nreplacement = "泵站"\nreason = "见原件"\n'
    (source / "wrong.toml").write_text(correction, encoding="utf-8")
    dist = tmp_path / "dist"
    result = run("publish", source, dist, "--only", "tables", "--format", "json")
    assert result.exit_code == 1
    summary = orjson.loads(result.stdout)
    assert [row["path"] for row in summary["published"]] == ["good.txt"]
    codes = [row["code"] for row in summary["unpublished"]]
    assert codes == ["empty-source", "classified", "duplicate-id", "invalid-sidecar"]
    index = orjson.loads((dist / "index.json").read_bytes())
    assert [row["path"] for row in index["notices"]] == ["good.txt"]


def test_a_second_build_removes_what_no_notice_owns(source: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    (source / "other.txt").write_text(NOTICE.replace("15号", "16号"), encoding="utf-8")
    assert run("publish", source, dist, "--only", "tables").exit_code == 0
    assert len(list((dist / "notices").glob("*.json"))) == 2
    (dist / "notes-of-somebody.txt").write_text("mine", encoding="utf-8")
    (source / "other.txt").unlink()
    assert run("publish", source, dist, "--only", "tables").exit_code == 0
    assert len(list((dist / "notices").glob("*.json"))) == 1
    assert (dist / "notes-of-somebody.txt").is_file()


def test_two_builds_give_the_same_bytes(source: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("publish", source, tmp_path / name, "--only", "tables,akn,catalog,datapackage").exit_code == 0
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two


def test_an_unknown_format_is_wrong_use(source: Path, tmp_path: Path) -> None:
    result = run("publish", source, tmp_path / "dist", "--only", "tables,papyrus")
    assert result.exit_code == 2
    assert "papyrus" in result.stderr


def test_explain_says_why_a_task_has_its_units(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(
        f"{NOTICE}一、修渠。修好渠道。（县水利局牵头，县财政局验收）\n", encoding="utf-8"
    )
    tasks = orjson.loads(run("parse", tmp_path / "notice.txt").stdout)["tasks"]
    number = len(tasks) - 1
    result = run("explain", tmp_path / "notice.txt", "--why", f"/tasks/{number}")
    assert result.exit_code == 0
    named, accepted = result.stdout.splitlines()[:2]
    assert named == f"/tasks/{number} (task-{number + 1}): 修渠"
    assert accepted.startswith("accepted: names of units stand with a word of responsibility")
    assert run("explain", tmp_path / "notice.txt", "--why", f"task-{number + 1}").stdout == result.stdout
    assert "    role        牵头    roles.tsv: 牵头 (lead)\n" in result.stdout
    assert "    unread      验收\n" in result.stdout
    pointer = f"/tasks/{number}/responsible_units/1"
    why = orjson.loads(run("explain", tmp_path / "notice.txt", "--why", pointer, "--format", "json").stdout)
    assert (why["pointer"], why["id"], why["accepted"], why["rule"]) == (pointer, f"task-{number + 1}", True, "role")
    assert [token["kind"] for token in why["tokens"]] == ["name", "role", "separator", "name", "unread"]
    assert {"table": "unit_endings", "term": "局", "code": "organ"}.items() <= why["tokens"][3].items()
    assert why["spans"] == [tasks[number]["responsible_units"][1]["span"]]


@pytest.mark.parametrize(
    ("pointer", "rule", "words"),
    [
        ("/title", "head", "青禾县水利局关于修渠的通知"),
        ("/document_number", "number-line", "青水〔2029〕3号"),
        ("/recipients/1", "recipient-line", "各水库"),
        ("/issuers/0", "signature", "青禾县水利局"),
        ("/issue_date", "below-signature", "2029年3月2日"),
        ("/targets/0", "evidence", "到2030年建成泵站30座"),
    ],
)
def test_explain_says_why_a_field_or_a_target_is_read_so(pointer: str, rule: str, words: str, tmp_path: Path) -> None:
    text = "青禾县水利局关于修渠的通知\n青水〔2029〕3号\n各乡镇，各水库：\n到2030年建成泵站30座。\n青禾县水利局\n2029年3月2日\n"
    (tmp_path / "notice.txt").write_text(text, encoding="utf-8")
    why = orjson.loads(run("explain", tmp_path / "notice.txt", "--why", pointer, "--format", "json").stdout)
    assert (why["accepted"], why["rule"]) == (True, rule)
    assert [text[span["start"] : span["end"]] for span in why["spans"]] == [words]


@pytest.mark.parametrize(
    ("pointer", "message"),
    [
        ("/tasks/99", "the notice has no such value"),
        ("task-99", "the first is task-1 or /tasks/0"),
        ("/sections", "no reasons are recorded"),
        ("x", "no such value"),
        ("/tasks/-1", "no such value"),
        ("/title/0", "no such value"),
        ("", "no such value"),
    ],
)
def test_explain_tells_what_nobody_decided(pointer: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    result = run("explain", tmp_path / "notice.txt", "--why", pointer)
    assert result.exit_code == 2
    assert message in result.stderr


def test_explain_says_what_was_changed(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(f"{NOTICE}請報(bào)告區(qū)域發(fā)展,區(qū)域建設\n", encoding="utf-8")
    result = run("explain", tmp_path / "notice.txt")
    assert result.exit_code == 0
    assert "8:10 ×2  (qū) → ∅  [Note of a reading, proven]\n    every 區 of the text" in result.stdout
    assert "4  Note of a reading (pinyin-note)\n" in result.stdout
    assert "1  Chinese punctuation (chinese-punctuation)\n" in result.stdout
    ledger = orjson.loads(run("explain", tmp_path / "notice.txt", "--format", "json").stdout)
    assert {made["rule"] for layer in ledger["layers"] for made in layer["replacements"]} == {
        "pinyin-note",
        "traditional-script",
        "chinese-punctuation",
    }


def test_validate_lists_all_problems_with_their_place(source: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    run("parse", source / "good.txt", "-o", good)
    assert run("validate", good).exit_code == 0
    data = orjson.loads(good.read_bytes())
    data["tasks"][0]["responsible_units"][0]["role"] = "boss"
    data["issue_date"] = "2023-02-30"
    bad = tmp_path / "bad.json"
    bad.write_bytes(orjson.dumps(data))
    result = run("validate", good, bad)
    assert result.exit_code == 1
    assert f"{bad}: $.tasks[0].responsible_units[0].role: " in result.stdout
    assert f"{bad}: $.issue_date: " in result.stdout


def test_validate_of_what_is_no_json_says_where(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"id":\n oops}', encoding="utf-8")
    result = run("validate", tmp_path / "bad.json")
    assert result.exit_code == 1
    assert "line 2, column 2" in result.stdout


def test_a_folder_with_other_peoples_files_is_left_alone(source: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "site" / "notices" / "own.json"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("{}", encoding="utf-8")
    result = run("build", source, tmp_path / "site")
    assert result.exit_code == 2
    assert "no index.json of an earlier build" in result.stderr
    assert [path for path in (tmp_path / "site").rglob("*") if path.is_file()] == [theirs]


@pytest.mark.parametrize("inside", [".", "dist"])
def test_the_sources_are_no_place_to_publish_in(source: Path, inside: str) -> None:
    assert run("build", source, source / inside).exit_code == 2
    assert [path.name for path in source.rglob("*")] == ["good.txt"]


def test_a_first_build_that_was_cut_off_can_be_repeated(source: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    assert run("publish", source, dist, "--only", "tables").exit_code == 0
    for path in dist.iterdir():
        if path.name not in ("index.json", "schema"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert run("publish", source, dist, "--only", "tables").exit_code == 0


def test_the_formats_that_help_names_are_those_there_are() -> None:
    page = " ".join(run("publish", "--help").output.replace(",", " ").split())
    assert all(f" {name} " in page.replace(".", " ") for name in NAMES)


def test_published_bytes_are_read_back(source: Path) -> None:
    notice = gongwen.parse_file(source / "good.txt")
    assert gongwen.from_json(gongwen.to_json(notice)) == notice


def test_a_folder_that_is_named_by_default_only_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["build"])
    assert result.exit_code == 2
    assert "name the folder of the notices" in result.output
    assert "'nosuch' does not exist" in CliRunner().invoke(main, ["build", "nosuch"]).output


def test_choices_of_an_option_that_is_missing_stand_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("一、修渠", encoding="utf-8")
    result = CliRunner().invoke(main, ["export", str(tmp_path / "notice.txt")])
    assert "Missing option '--as'. Choose from: xlsx, docx" in result.output
