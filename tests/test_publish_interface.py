"""What holds for every publisher: files appear whole, nothing stale stays, nothing is kept, equal input gives equal bytes."""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path

import pytest

from gongwen.errors import GongwenError
from gongwen.publish import FORMATS, publishing
from gongwen.publish.files import Output
from publishing_examples import build, entries, entry


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    committed = [format for format in FORMATS if format.committed]
    names = [format.name for format in committed]
    first, second = (build(tmp_path / folder, names, 3) for folder in ("first", "second"))
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [name for name in files if (first / name).read_bytes() != (second / name).read_bytes()] == []


def test_every_file_is_claimed_by_the_format_that_made_it(tmp_path: Path) -> None:
    for format in FORMATS:
        folder = tmp_path / format.name
        with publishing(folder, [format.name]) as publish:
            publish(entry())
        claimed = {path for glob in format.files for path in folder.glob(glob)}
        assert {path for path in folder.rglob("*") if path.is_file()} <= claimed, format.name


def test_files_of_notices_that_are_gone_are_removed(tmp_path: Path) -> None:
    build(tmp_path, ["akn"], 2)
    assert len(list((tmp_path / "akn").iterdir())) == 2
    build(tmp_path, ["akn"], 1)
    assert [path.stem for path in (tmp_path / "akn").iterdir()] == [entry(1).notice.id]


def test_a_build_that_fails_leaves_the_files_of_the_build_before(tmp_path: Path) -> None:
    names = [format.name for format in FORMATS]
    folder = build(tmp_path, names, 1)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.parent.name != "akn"}

    def fail() -> None:
        with publishing(folder, names) as publish:
            publish(entry(1))
            raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError, match="interrupted"):
        fail()
    assert {path: path.read_bytes() for path in before} == before
    assert list(folder.rglob("*.unfinished")) == []


# Parquet holds rows until they fill a group.
@pytest.mark.parametrize("name", [format.name for format in FORMATS if format.name != "parquet"])
def test_no_publisher_keeps_the_notices(name: str, tmp_path: Path) -> None:
    held = []
    with publishing(tmp_path, [name]) as publish:
        tracemalloc.start()
        for number, example in enumerate(entries(25), 1):
            publish(example)
            if number in (5, 25):  # the first ones fill caches
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
    assert (held[1] - held[0]) / 20 < len(entry().json) / 8


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="docx"), publishing(tmp_path, ["docx"]):
        pass


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "gongwen.publish.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with (
        pytest.raises(GongwenError, match=r"Parquet .*pyarrow.*the extra `publish`"),
        publishing(tmp_path, ["parquet"]),
    ):
        pass


def test_a_missing_library_lets_go_of_what_the_formats_before_have_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setitem(sys.modules, "gongwen.publish.catalog", None)
    with (
        pytest.raises(GongwenError, match="not installed"),
        publishing(tmp_path / "dist", ["sqlite", "site", "catalog"]),
    ):
        pass
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [path for path in (tmp_path / "dist").rglob("*") if path.is_file()] == []


def test_a_file_that_says_the_same_is_left_alone(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.write("a/b.txt", b"one")
    before = (tmp_path / "a/b.txt").stat().st_mtime_ns
    output.write("a/b.txt", b"one")
    assert (tmp_path / "a/b.txt").stat().st_mtime_ns == before
    output.write("a/b.txt", b"two")
    assert (tmp_path / "a/b.txt").read_bytes() == b"two"


def test_no_library_of_a_format_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, gongwen.publish, gongwen; print([name for name in ('pyarrow', 'sqlite3', 'jinja2') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_examples_are_notices_by_the_schema() -> None:
    from gongwen.validate import problems

    assert [problem for example in entries(2) for problem in problems(example.data)] == []
