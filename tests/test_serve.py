"""The site on this machine: the server, and builds when a source changes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

import site_examples
from gongwen import serve


def until(found: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end
        time.sleep(0.1)


def read(address: str) -> str:
    with urlopen(address) as answer:
        text: str = answer.read().decode()
        return text


def test_the_site_is_built_again_when_a_source_changes(tmp_path: Path) -> None:
    source, dist = tmp_path / "source", tmp_path / "dist"
    source.mkdir()
    first, second, *_ = sorted(site_examples.EXAMPLES.glob("*.txt"))
    shutil.copy(first, source)
    command = [sys.executable, "-m", "gongwen", "serve", str(source), str(dist)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "log"
    with log.open("wb") as errors:
        running = subprocess.Popen(
            [*command, "--watch", "--port", "0", "--workers", "0", "--cache", str(tmp_path / "cache")],
            stderr=errors,
            env=environment,
        )
    try:
        until(lambda: "http://" in log.read_text("utf-8") or running.poll() is not None)
        found = re.search(r"http://localhost:\d+/site/", log.read_text("utf-8"))
        assert found, log.read_text("utf-8")
        address = found[0]
        assert "全部公文（1）" in read(address)
        assert read(address.removesuffix("site/")) == read(address)  # the root leads to the site
        shutil.copy(second, source)
        until(lambda: "全部公文（2）" in read(address))
        (source / first.name).unlink()
        (source / "memo.txt").write_text("buy milk\n", encoding="utf-8")
        until(lambda: "memo.txt: not published" in log.read_text("utf-8"))
        until(lambda: "全部公文（1）" in read(address))
        with pytest.raises(HTTPError):
            read(f"{address}../../log")
    finally:
        running.terminate()
        assert running.wait(60) == 128 + signal.SIGTERM


def test_what_has_no_site_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gongwen", "serve", "source", str(tmp_path), "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "没有网站" in done.stderr


def test_a_change_is_told_once_and_when_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    seen = serve.look(tmp_path)
    assert [Path(name).name for name in seen] == ["a.txt"]
    told = serve.changes(tmp_path, seen, pause=0.01)
    (tmp_path / "b.txt").write_text("b", encoding="utf-8")
    (tmp_path / "a.txt").unlink()
    (tmp_path / ".hidden" / "c.txt").write_text("c", encoding="utf-8")
    assert [Path(name).name for name in next(told)] == ["a.txt", "b.txt"]
    (tmp_path / "b.txt").write_text("bb", encoding="utf-8")
    assert [Path(name).name for name in next(told)] == ["b.txt"]
