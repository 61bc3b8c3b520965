"""The commands of docs/building.md run, and give what the page says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import orjson
import pytest

pytest.importorskip("distributed", reason="Dask is not installed (the extra `dask`)")

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "building.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


def test_the_page_has_its_commands() -> None:
    assert [command.split()[0] for command in COMMANDS] == ["dask"] * 2 + ["gongwen"] * 4


def test_the_commands_run_and_a_cluster_gives_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "my-notices"
    source.mkdir()
    rows = []
    for path in sorted((ROOT / "examples" / "source").glob("*.txt"))[:4]:
        (source / path.name).write_bytes(path.read_bytes())
        rows.append({"path": path.name, "bytes": b64encode(path.read_bytes()).decode(), "sidecar": None})
    (tmp_path / "crawl.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    expected = tmp_path / "expected"
    run(f"gongwen build my-notices {expected} --workers 0", tmp_path)
    scheduler, worker, by_address, local, table, partitioned = COMMANDS
    started = [start(scheduler, tmp_path), start(worker, tmp_path)]
    try:
        run(by_address, tmp_path)
    finally:
        for each in reversed(started):
            each.terminate()
            each.wait(30)
    assert contents(tmp_path / "open-data") == contents(expected)
    for command in (local, table):
        run(command.replace("open-data", "other-data"), tmp_path)
        assert contents(tmp_path / "other-data") == contents(expected)
    run(partitioned, tmp_path)
    [part] = (tmp_path / "partitions" / "notices").iterdir()
    assert len(part.read_bytes().splitlines()) == 4


def contents(dist: Path) -> dict[str, bytes]:
    files = (path for path in dist.rglob("*") if path.is_file() and path.suffix != ".db")
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in files}


def words(command: str) -> list[str]:
    """A command of the page as this Python runs it."""
    program, *rest = shlex.split(command)
    if program == "gongwen":
        return [sys.executable, "-m", "gongwen", *rest, "--no-cache"]
    return [sys.executable, "-m", "dask", *rest]


def run(command: str, folder: Path) -> None:
    done = subprocess.run(words(command), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def start(command: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__PRELOAD": "[]"}
    return subprocess.Popen(
        words(command), cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
