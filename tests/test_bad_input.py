"""What goes wrong around a notice: names, streams, disks, interruptions. Never a traceback, never a broken dist/."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

import gongwen.pipeline
from gongwen import corpus
from gongwen.cli import main
from gongwen.corpus.staging import STAGING
from gongwen.document import Source
from gongwen.pipeline import Parsed, parse_source

NOTICE = "青禾政办发〔2023〕{}号\n青禾县人民政府办公室关于做好防汛工作的通知\n各乡镇人民政府：\n一、检修泵站。汛前完成。（县水利局负责）\n青禾县人民政府办公室\n2023年4月6日\n"
FULL = Path("/dev/full")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(NOTICE.format(number), encoding="utf-8")
    return folder


def build(source: Path, dist: Path, only: tuple[str, ...] = ("--only", "")) -> dict[str, list[dict[str, str]]]:
    """What a build of the notices alone says of itself."""
    result = CliRunner().invoke(
        main, ["publish", str(source), str(dist), *only, "--workers", "0", "--no-cache", "--format", "json"]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit)
    summary: dict[str, list[dict[str, str]]] = orjson.loads(result.stdout)
    return summary


def indexed(dist: Path) -> Iterator[str]:
    """The ids of the index, each checked: its notice has the hash of the index, its text that of the notice."""
    index = dist / "index.json"
    for row in orjson.loads(index.read_bytes())["notices"] if index.exists() else []:
        data = (dist / "notices" / f"{row['id']}.json").read_bytes()
        assert sha256(data).hexdigest() == row["json_sha256"]
        text = (dist / "sources" / f"{row['id']}.txt").read_bytes()
        assert sha256(text).hexdigest() == orjson.loads(data)["source"]["text_sha256"]
        assert orjson.loads((dist / "ledgers" / f"{row['id']}.json").read_bytes())
        yield row["id"]


@pytest.mark.parametrize("name", ["有 空格 的 通知.txt", "two\nlines.txt", "-dash.txt", "no-suffix", "a'\"$(b).txt"])
def test_any_name_is_published(source: Path, tmp_path: Path, name: str) -> None:
    (source / name).write_text(NOTICE.format(9), encoding="utf-8")
    summary = build(source, tmp_path / "dist")
    assert name in [row["path"] for row in summary["published"]]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_utf8_is_published_as_spelled_out(source: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(source) + b"/\xff.txt")).write_text(NOTICE.format(9), encoding="utf-8")
    summary = build(source, tmp_path / "dist")
    assert [row["path"] for row in summary["published"]] == ["1.txt", "2.txt", "3.txt", "\\xff.txt"]


def test_no_character_of_a_notice_stops_a_format(source: Path, tmp_path: Path) -> None:
    for number, character in enumerate("\x01\x0b\x0c\x1b\x7f\x85\u2028\u202e\ufffe\uffff\U0001fffe\U0010ffff", 10):
        text = NOTICE.format(number).replace("做好", f"做{character}好").replace("水利局", f"水{character}利局")
        (source / f"{number}.txt").write_text(text, encoding="utf-8")
    summary = build(source, tmp_path / "dist", ())
    assert summary["unpublished"] == []


@pytest.mark.skipif(sys.platform != "linux", reason="locales of Linux")
@pytest.mark.parametrize(
    "command",
    [
        "build . ../dist --workers 0 --no-cache --lang en",
        "parse 文件\u3000名.txt",
        "explain 文件\u3000名.txt",
        "diff 文件\u3000名.txt 1.txt",
    ],
)
def test_a_locale_without_chinese_changes_nothing(source: Path, tmp_path: Path, command: str) -> None:
    (source / "文件\u3000名.txt").write_text(NOTICE.format(9).replace("一、", "二、"), encoding="utf-8")
    sent = {}
    for name, locale in (
        ("C", {"LC_ALL": "C", "PYTHONUTF8": "0"}),
        ("UTF-8", {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}),
    ):
        arguments = [
            argument.replace("\u3000", " ") for argument in command.replace("../dist", f"../{name}").split(" ")
        ]
        arguments = [argument.replace("文件 名", "文件\u3000名") for argument in arguments]
        done = subprocess.run(
            [sys.executable, "-m", "gongwen", *arguments],
            cwd=source,
            env=os.environ | locale,
            capture_output=True,
            check=False,
        )
        sent[name] = (done.returncode, done.stdout, done.stderr.replace(f"../{name}".encode(), b""))
        assert "文件".encode() in done.stderr or command.startswith(("explain", "diff"))
    assert sent["C"] == sent["UTF-8"]
    if command.startswith("build"):
        one, two = (
            {
                path.relative_to(tmp_path / name): path.read_bytes()
                for path in (tmp_path / name).rglob("*.*")
                if path.is_file()
            }
            for name in sent
        )
        assert one == two


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other files")
def test_what_is_no_regular_file_is_a_row_and_never_opened(source: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(NOTICE.format(9), encoding="utf-8")
    (source / "out.txt").symlink_to(outside / "secret.txt")
    (source / "folder").symlink_to(outside)
    (source / "broken.txt").symlink_to(source / "missing.txt")
    (source / "loop.txt").symlink_to(source / "loop.txt")
    (source / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(source / "pipe.txt")
    with (source / "large.txt").open("wb") as file:
        file.truncate(1 << 40)
    (source / "inside").mkdir()
    (source / "inside" / "4.txt").write_text(NOTICE.format(4), encoding="utf-8")
    (source / "link.txt").symlink_to("inside/4.txt")
    summary = build(source, tmp_path / "dist")
    assert [row["path"] for row in summary["published"]] == ["1.txt", "2.txt", "3.txt", "inside/4.txt"]
    refused = {row["path"]: row["code"] for row in summary["unpublished"]}
    assert refused.pop("link.txt") == "duplicate-id"
    assert refused == dict.fromkeys(
        ["broken.txt", "folder", "large.txt", "loop.txt", "out.txt", "pipe.txt", "zero.txt"], "unreadable"
    )
    said = {row["path"]: row["message"] for row in summary["unpublished"]}
    assert "leads out of the folder" in said["out.txt"]
    assert "a pipe" in said["pipe.txt"]
    assert "more than 32 MiB" in said["large.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other files")
@pytest.mark.parametrize("make", ["pipe", "zero", "folder", "large", "out"])
def test_a_sidecar_that_is_no_regular_file_is_the_row_of_its_source(source: Path, tmp_path: Path, make: str) -> None:
    sidecar = source / "2.toml"
    if make == "pipe":
        os.mkfifo(sidecar)
    elif make == "zero":
        sidecar.symlink_to("/dev/zero")
    elif make == "folder":
        sidecar.mkdir()
    elif make == "out":
        (tmp_path / "x.toml").write_text("[origin]\n", encoding="utf-8")
        sidecar.symlink_to(tmp_path / "x.toml")
    else:
        sidecar.write_text("# " + "x" * (1 << 20), encoding="utf-8")
    summary = build(source, tmp_path / "dist")
    assert [(row["path"], row["code"]) for row in summary["unpublished"]] == [("2.txt", "invalid-sidecar")]


def test_a_sidecar_may_begin_with_the_mark_of_its_encoding(source: Path, tmp_path: Path) -> None:
    (source / "2.toml").write_text('\ufeff[origin]\nurl = "https://qinghe.example/2"\n', encoding="utf-8")
    assert build(source, tmp_path / "dist")["unpublished"] == []
    assert any(b"https://qinghe.example/2" in path.read_bytes() for path in (tmp_path / "dist" / "notices").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other files")
@pytest.mark.parametrize("kind", ["link", "pipe", "file"])
def test_what_has_the_name_of_the_staging_folder_goes(source: Path, tmp_path: Path, kind: str) -> None:
    dist, outside = tmp_path / "dist", tmp_path / "outside"
    build(source, dist)
    outside.mkdir()
    (outside / "kept").touch()
    if kind == "link":
        (dist / STAGING).symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(dist / STAGING)
    else:
        (dist / STAGING).touch()
    assert build(source, dist)["unpublished"] == []
    assert not (dist / STAGING).exists()
    assert list(outside.iterdir()) == [outside / "kept"]


def test_more_than_the_limit_on_standard_input_is_refused() -> None:
    result = CliRunner().invoke(main, ["parse", "-"], input=b"\0" * (33 << 20))
    assert result.exit_code == 1
    assert "more than 32 MiB" in result.stderr


@pytest.mark.parametrize(
    ("sidecar", "code", "said"),
    [
        ("[origin", "invalid-sidecar", "2.toml: Expected ']'"),
        ("orign = 1", "invalid-sidecar", "2.toml: unknown key 'orign'"),
        (
            '[[correction]]\nfound = "没有"\nreplacement = "有"\nreason = "核对"',
            "invalid-sidecar",
            "does not contain “没有”",
        ),
    ],
    ids=["no TOML", "a misspelt key", "a correction of what isn't there"],
)
def test_a_broken_sidecar_stops_its_notice_only(
    source: Path, tmp_path: Path, sidecar: str, code: str, said: str
) -> None:
    (source / "2.toml").write_text(sidecar, encoding="utf-8")
    summary = build(source, tmp_path / "dist")
    assert [row["path"] for row in summary["published"]] == ["1.txt", "3.txt"]
    (failure,) = summary["unpublished"]
    assert (failure["path"], failure["code"]) == ("2.txt", code)
    assert said in failure["message"]


def test_a_published_json_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "notice.json").write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(main, ["parse", str(tmp_path / "notice.json")])
    assert result.exit_code == 1
    assert "JSON record" in result.stderr


def test_a_build_that_is_interrupted_anywhere_leaves_an_index_that_is_true(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dist = tmp_path / "dist"
    build(source, dist)
    before = set(indexed(dist))
    (source / "1.txt").write_text(NOTICE.format(1).replace("汛前", "五月底前"), encoding="utf-8")
    (source / "2.txt").unlink()
    (source / "4.txt").write_text(NOTICE.format(4), encoding="utf-8")
    done = 0

    def stopping(action: Callable[..., None], last: int) -> Callable[..., None]:
        def act(*arguments: Any, **options: Any) -> None:
            nonlocal done
            done += 1
            if done == last:
                raise KeyboardInterrupt
            action(*arguments, **options)

        return act

    for last in range(1, 200):
        done = 0
        with monkeypatch.context() as patch:
            for name in ("replace", "unlink", "rmdir", "mkdir"):
                patch.setattr(os, name, stopping(getattr(os, name), last))
            try:
                corpus.build(source, dist, corpus.sources(source), ())
            except KeyboardInterrupt:
                assert len(set(indexed(dist)) & before) >= 1
                continue
        break
    assert 20 < done < last
    assert len(list(indexed(dist))) == 3
    assert not (dist / STAGING).exists()


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", ["parse {0}", "explain {0}", "explain --format json {0}", "diff {0} {1}"])
@pytest.mark.parametrize("redirection", ["> /dev/full", ">&-", "| true"])
def test_output_that_goes_nowhere_is_no_traceback(source: Path, arguments: str, redirection: str) -> None:
    command = arguments.format(source / "1.txt", source / "2.txt")
    done = subprocess.run(
        f"{sys.executable} -m gongwen {command} {redirection}", shell=True, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    if redirection == "> /dev/full":
        assert "standard output: No space left" in done.stderr
        assert done.returncode == (2 if command.startswith("diff") else 1)


@pytest.mark.parametrize("arguments", ["parse -", "explain -", "validate -", "diff - {0}"])
def test_a_closed_standard_input_is_wrong_use(source: Path, arguments: str) -> None:
    command = arguments.format(source / "1.txt")
    done = subprocess.run(
        f"{sys.executable} -m gongwen {command} <&-", shell=True, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "standard input is closed" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_of_the_program_is_a_row_and_the_others_are_published(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = parse_source

    def fail(read: Source, name: str | None = None) -> Parsed:
        if name == "2.txt":
            raise IndexError("pop from empty list")
        return parse(read, name)

    monkeypatch.setattr(gongwen.pipeline, "parse_source", fail)
    summary = build(source, tmp_path / "dist")
    assert [row["path"] for row in summary["published"]] == ["1.txt", "3.txt"]
    (failure,) = summary["unpublished"]
    assert (failure["path"], failure["code"]) == ("2.txt", "internal-error")
    assert "IndexError: pop from empty list (test_bad_input.py:" in failure["message"]
    assert "Traceback" in failure["trace"]
