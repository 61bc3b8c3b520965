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

import gongwen.corpus.prepare
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


def build(source: Path, dist: Path) -> dict[str, list[dict[str, str]]]:
    """What a build of the notices alone says of itself."""
    result = CliRunner().invoke(main, ["publish", str(source), str(dist), "--only", "", "--format", "json"])
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
def test_a_name_that_is_no_utf8_is_refused(source: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(source) + b"/\xff.txt")).write_text(NOTICE.format(9), encoding="utf-8")
    summary = build(source, tmp_path / "dist")
    assert [(row["path"], row["code"]) for row in summary["unpublished"]] == [("\\xff.txt", "unreadable")]
    assert len(summary["published"]) == 3


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

    monkeypatch.setattr(gongwen.corpus.prepare, "parse_source", fail)
    summary = build(source, tmp_path / "dist")
    assert [row["path"] for row in summary["published"]] == ["1.txt", "3.txt"]
    (failure,) = summary["unpublished"]
    assert (failure["path"], failure["code"]) == ("2.txt", "internal-error")
    assert "IndexError: pop from empty list (test_bad_input.py:" in failure["message"]
    assert "Traceback" in failure["trace"]
