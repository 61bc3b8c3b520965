"""Two collections of notices told apart, and a plan held against those of lower governments."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from diff_generator import cascade, pair
from gongwen import to_json
from gongwen.cli import main
from gongwen.model import Notice

TESTS = Path(__file__).parent
PLAN = """青禾县人民政府办公室关于印发青禾县为老服务行动方案的通知
青政办〔2025〕7号
各乡镇人民政府：
现将《青禾县为老服务行动方案》印发给你们，请认真贯彻执行。
青禾县人民政府办公室
2025年3月2日
青禾县为老服务行动方案
一、主要任务
1.办好社区食堂。新建社区食堂{}，公开菜单和价格。
2.建设口袋公园。利用边角地块建设小型绿地，配置座椅。
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def write(folder: Path, *notices: Notice) -> Path:
    (folder / "notices").mkdir(parents=True)
    for notice in notices:
        (folder / "notices" / f"{notice.id}.json").write_bytes(to_json(notice))
    return folder


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two builds: a notice that changed, one that is gone, one that is new, one that stayed."""
    changed, gone, new, stayed = (pair(seed, 4, size=4) for seed in (1, 2, 3, 4))
    record = orjson.loads(to_json(changed.new.notice)) | {"id": changed.old.notice.id}
    old = write(tmp_path / "old", changed.old.notice, gone.old.notice, stayed.old.notice)
    fresh = write(tmp_path / "new", new.old.notice, stayed.old.notice)
    (fresh / "notices" / "changed.json").write_bytes(orjson.dumps(record))
    return old, fresh


def test_notices_that_came_went_and_changed_are_told(folders: tuple[Path, Path]) -> None:
    result = run("changes", *folders, "--format", "jsonl")
    assert result.exit_code == 1
    rows = [orjson.loads(line) for line in result.stdout.splitlines()]
    assert sorted(row["event"] for row in rows) == ["added", "changed", "removed"]
    assert all(bool(row["changes"]) == (row["event"] == "changed") for row in rows)


def test_a_collection_does_not_differ_from_itself(folders: tuple[Path, Path]) -> None:
    result = run("changes", folders[0], folders[0])
    assert result.exit_code == 0
    assert "Nothing differs." in result.stdout


def test_a_folder_without_published_notices_is_no_collection_in_which_nothing_differs(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "a.txt").write_text("嘉鱼县人民政府通知", encoding="utf-8")
    for sides in ((folders[0], sources), (sources, sources)):
        told = run("changes", *sides)
        assert told.exit_code == 2
        assert "sources: no published notices stand here" in told.stderr


def test_the_changelog_has_a_heading_for_each_sort(folders: tuple[Path, Path]) -> None:
    result = run("diff", *folders)
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if line.startswith("## ")] == [
        "## 新增文件 New (1)",
        "## 移除文件 Gone (1)",
        "## 变更文件 Changed (1)",
    ]


def test_sides_may_be_git_revisions(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    identity = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "one"], ["tag", "v1"]):
        subprocess.run(["git", *command], check=True)
    assert run("changes", "v1:old/notices", "v1:old/notices").exit_code == 0
    assert run("changes", "v1:old/notices", "v1:new/notices").exit_code == 1
    assert run("changes", "v9", "v1:new/notices").exit_code == 2
    assert run("changes", "--", "--output=pwned", "v1").exit_code == 2
    assert not (tmp_path / "pwned").exists()


def test_records_of_schema_1_are_compared(tmp_path: Path) -> None:
    former = (TESTS / "fixtures" / "schema-1" / "lead-and-support.json").read_bytes()
    (tmp_path / "old.json").write_bytes(former)
    assert run("changes", tmp_path, tmp_path).exit_code == 0


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A repository in which git calls this gongwen; what it prints and asks are the lines of docs/diff.md."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "gongwen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gongwen "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def shell(line: str) -> str:
        done = subprocess.run(line, shell=True, check=True, capture_output=True, encoding="utf-8")
        return done.stdout

    shell("git init -q && git config user.name somebody && git config user.email somebody@example.org")
    return shell


def lines_of_docs(word: str) -> list[str]:
    page = (TESTS.parent / "docs" / "diff.md").read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(page) if line.startswith(f"    git config diff.gongwen.{word}"))
    return [line.strip() for line in page[at : at + 2]]


@pytest.mark.skipif(os.name == "nt", reason="the lines are for a POSIX shell")
def test_the_diff_driver_of_the_docs_shows_changes(repository: Callable[..., str]) -> None:
    for line in lines_of_docs("command"):
        repository(line)
    source = Path("plan.txt")
    source.write_text(PLAN.format("12个"), encoding="utf-8")
    repository("git add . && git commit -qm one")
    source.write_text(PLAN.format("20个"), encoding="utf-8")
    assert "社区食堂" in repository("git diff")
    assert "12" in repository("git diff")
    Path("new.txt").write_text(PLAN.format("30个"), encoding="utf-8")
    repository("git add .")
    assert "新增文件" in repository("git diff --cached new.txt")
    repository("git commit -qm two && git rm -q new.txt")
    assert "移除文件" in repository("git diff --cached")
    assert "Target raised" in repository("git show --ext-diff --format= HEAD -- plan.txt")


@pytest.mark.skipif(os.name == "nt", reason="the lines are for a POSIX shell")
def test_the_textconv_of_the_docs_compares_the_published_text(repository: Callable[..., str]) -> None:
    for line in lines_of_docs("textconv"):
        repository(line)
    source = Path("plan.html")
    page = "<html><body>{}</body></html>"
    for number in ("12个", "20个"):
        paragraphs = "".join(f"<p>{line}</p>" for line in PLAN.format(number).splitlines())
        source.write_text(page.format(paragraphs), encoding="utf-8")
        repository("git add . && git commit -qm one")
    changed = [line for line in repository("git log -p -1 --format=").splitlines() if line[:1] in "+-"]
    assert [line[0] for line in changed[2:]] == ["-", "+"]
    assert "20个" in changed[3]
    assert "<p>" not in changed[3]


def test_a_bad_record_is_named_with_its_place(folders: tuple[Path, Path]) -> None:
    bad = folders[1] / "notices" / "changed.json"
    bad.write_bytes(b'{"schema_version": "2.0.0"}')
    result = run("changes", *folders)
    assert result.exit_code == 2
    assert f"NEW: {bad}: /id is missing" in result.stderr


def test_each_task_of_the_upper_plan_has_its_fate(tmp_path: Path) -> None:
    found = cascade(3)
    names = []
    for name, built in (("upper.json", found.old), ("lower.json", found.new)):
        (tmp_path / name).write_bytes(to_json(built.notice))
        names.append(tmp_path / name)
    result = run("cascade", *names)
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    told = {kind.removeprefix("task-") for kind, *_ in found.expected if kind.startswith("task-")}
    assert {row["status"] for row in rows if row["thing"] == "task"} >= told & {"dropped", "own", "narrowed", "widened"}
    shares = [row for row in rows if row["thing"] == "goal" and row["share"] and float(row["share"]) < 1]
    assert len(shares) == sum(kind == "target-shared" for kind, *_ in found.expected)
    as_json = orjson.loads(run("cascade", *names, "--format", "json").stdout_bytes)
    assert len(as_json) == len(rows)
    assert run("cascade", names[0], "no-such-file").exit_code == 2


def test_what_an_annex_explains_is_no_task_that_a_lower_government_drops(tmp_path: Path) -> None:
    head = "{}人民政府关于发展渠道经济的意见\n一、修渠。修好渠道，硬化渠底，装设量水堰，按月巡查渠堤。\n二、清淤。清除渠道淤泥，淤泥运往低洼农田。\n"
    (tmp_path / "upper.txt").write_text(
        head.format("湖北省") + "湖北省人民政府\n2024年3月1日\n名词解释\n1.渠道：引水的沟。\n", encoding="utf-8"
    )
    (tmp_path / "lower.txt").write_text(head.format("嘉鱼县") + "嘉鱼县人民政府\n2024年5月1日\n", encoding="utf-8")
    told = run("cascade", tmp_path / "upper.txt", tmp_path / "lower.txt").stdout
    assert told.count("carried-out") == 2
    assert "dropped" not in told


def test_a_notice_whose_id_changed_is_known_by_its_number(tmp_path: Path) -> None:
    notice = pair(5, 4, size=4).old.notice
    old = write(tmp_path / "old", notice)
    record = orjson.loads(to_json(notice)) | {"id": "mended", "title": "青禾县水利局关于修渠的通知"}
    (tmp_path / "new" / "notices").mkdir(parents=True)
    (tmp_path / "new" / "notices" / "mended.json").write_bytes(orjson.dumps(record))
    rows = [
        orjson.loads(line) for line in run("changes", old, tmp_path / "new", "--format", "jsonl").stdout.splitlines()
    ]
    assert [(row["event"], row["id"]) for row in rows] == [("changed", "mended")]


def test_the_term_of_each_goal_is_told_though_all_moved_alike_and_with_their_tasks(tmp_path: Path) -> None:
    plan = "{place}人民政府关于印发{place}供水方案的通知\n一、任务\n" + "\n".join(
        f"{number}.{name}。{{year}}年底前建成{name}{{count}}座，逐座编号建档，公布看管人姓名。（责任单位：{{level}}水利{{sort}}）"
        for number, name in enumerate(("泵站", "水塔", "蓄水池", "净水站"), 1)
    )
    upper = plan.format(place="湖北省", year=2026, count=90, level="省", sort="厅")
    lower = plan.format(place="咸宁市", year=2025, count=9, level="市", sort="局")
    names = []
    for name, text in (("upper.txt", upper), ("lower.txt", lower)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        names.append(tmp_path / name)
    rows = list(csv.DictReader(io.StringIO(run("cascade", *names).stdout)))
    shares = [(row["share"], row["term"]) for row in rows if row["thing"] == "goal" and row["share"]]
    assert set(shares) == {("0.1", "earlier")}
    assert {row["upper"] for row in rows if row["thing"] == "goal"} == {"泵站", "水塔", "蓄水池", "净水站"}
