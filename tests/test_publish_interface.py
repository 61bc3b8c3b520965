"""What holds for every publisher: files appear whole, nothing stale stays, nothing is kept, equal input gives equal bytes."""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from gongwen import corpus
from gongwen.errors import GongwenError
from gongwen.publish import FORMATS, NAMES, PARTS, Before, Format, chosen, prepare, publisher
from gongwen.publish.files import Output
from publishing_examples import build, entries, entry


def files(folder: Path) -> set[str]:
    """The names of all files in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    committed = [format for format in FORMATS if format.committed]
    names = [format.name for format in committed]
    first, second = (build(tmp_path / folder, names, 3) for folder in ("first", "second"))
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [name for name in files if (first / name).read_bytes() != (second / name).read_bytes()] == []


def test_every_file_is_claimed_by_the_format_that_made_it(tmp_path: Path) -> None:
    base = files(build(tmp_path / "alone", [], 1))
    for format in FORMATS:
        made = files(build(tmp_path / format.name, [format.name], 1)) - base
        assert made
        assert all(any(fnmatchcase(name, glob) for glob in format.files) for name in made), format.name


def test_files_of_notices_that_are_gone_are_removed(tmp_path: Path) -> None:
    build(tmp_path, ["akn"], 2)
    assert len(list((tmp_path / "akn").iterdir())) == 2
    build(tmp_path, ["akn"], 1)
    assert [path.stem for path in (tmp_path / "akn").iterdir()] == [entry(1).notice.id]


def test_a_build_that_fails_leaves_all_files_of_the_build_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(tmp_path, NAMES, 1)
    before = {name: (folder / name).read_bytes() for name in files(folder)}

    def fail(*_: object) -> None:
        raise RuntimeError("interrupted")

    monkeypatch.setattr("gongwen.publish.datapackage.DataPackage.describe", fail)  # the last thing that is made
    with pytest.raises(RuntimeError, match="interrupted"):
        build(tmp_path, NAMES, 2)
    assert {name: (folder / name).read_bytes() for name in files(folder)} == before


@pytest.mark.parametrize("format", [format for format in FORMATS if format.publisher], ids=lambda format: format.name)
def test_no_publisher_keeps_the_notices(format: Format, tmp_path: Path) -> None:
    parts = [format.part] if format.part else []
    data = [(example.notice.id, prepare(example, parts)) for example in entries(25)]
    output = Output(tmp_path / "staging", tmp_path / "dist")
    maker = publisher(format)(output)
    held = []
    try:
        for number, (id, prepared) in enumerate(data, 1):
            if format.part:
                maker.take(id, prepared[format.part].data)
            if number in (5, 25):  # the first ones fill caches
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
            elif number == 1:
                tracemalloc.start()
    finally:
        tracemalloc.stop()
        maker.abandon()
        with output:
            pass
    # Parquet holds lines until they fill a group.
    assert format.name == "parquet" or (held[1] - held[0]) / 20 < len(entry().json) / 8


@pytest.mark.parametrize("name", ["tables", "jsonl", "calendar", "workbook"])
def test_files_of_pieces_are_brought_up_to_date_by_what_has_changed_alone(name: str, tmp_path: Path) -> None:
    [format] = chosen([name])
    assert format.revised
    data = {example.notice.id: prepare(example, [format.part or ""])[format.part or ""].data for example in entries(6)}
    ids = sorted(data)

    def made(folder: str, taken: list[str], before: Before | None = None) -> Output:
        with Output(tmp_path / folder, tmp_path / "dist") as output:
            maker = publisher(format)(output, before)
            for id in taken:
                maker.take(id, data[id])
            maker.finish()
            maker.abandon()
            output.close()
        return output

    old = made(
        "old", [id for id in ids if id != ids[2]]
    )  # the third is new, the first and the fifth are taken again, the last goes
    pieces = {path: file.pieces for path, file in old.written.items()}
    before = Before(
        tmp_path / "old", frozenset([ids[0], ids[4], ids[5]]), tuple(id for id in ids if id != ids[2]), pieces
    )
    revised, anew = made("revised", [ids[0], ids[2], ids[4]], before), made("anew", ids[:5])
    assert revised.written == anew.written
    assert all(sum(file.pieces) for path, file in anew.written.items() if path == "notices.jsonl")


@pytest.mark.parametrize("part", PARTS)
def test_what_is_prepared_can_be_sent_and_says_the_same_each_time(part: str) -> None:
    first, second = prepare(entry(), [part]), prepare(entry(), [part])
    assert pickle.loads(pickle.dumps(first)) == first == second
    bytes_ = [*first[part].files.values(), *first[part].data.values()]
    assert bytes_
    assert all(isinstance(content, bytes) for content in bytes_)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError, match="docx"):
        chosen(["docx"])


def test_a_missing_library_is_named_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongwen.publish.find_spec", lambda name: None)
    with pytest.raises(GongwenError, match=r"Parquet .*pyarrow.*the extra `publish`"):
        corpus.build(tmp_path / "source", tmp_path / "dist", [], ["sqlite", "parquet"])
    assert not (tmp_path / "dist").exists()


def test_rows_that_a_database_refuses_are_refused_while_the_notice_is_prepared() -> None:
    example = entry()
    for change in (
        {"tasks": [example.data["tasks"][0]] * 2},
        {"recipients": [{**example.data["recipients"][0], "unit_id": "unit-99"}]},
        {"units": [{**example.data["units"][0], "name": None}, *example.data["units"][1:]]},
    ):
        with pytest.raises(ValueError, match=r"same task_id|no row of units|name is missing"):
            prepare(replace(example, data={**example.data, **change}), ["rows"])


def test_a_file_that_says_the_same_is_left_alone(tmp_path: Path) -> None:
    build(tmp_path, NAMES, 2)
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in files(tmp_path)}
    build(tmp_path, NAMES, 2)
    changed = [name for name, time in before.items() if (tmp_path / name).stat().st_mtime_ns != time]
    assert not [name for name in changed if "/" in name and not name.startswith("tables/")]


def test_no_output_leads_out_of_its_folder(tmp_path: Path) -> None:
    output = Output(tmp_path / "staging", tmp_path / "dist")
    for name in ("../x", "a/../../x", "/x"):
        with pytest.raises(ValueError, match="leads out"):
            output.write(name, b"")


def test_no_library_of_a_format_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, gongwen.publish, gongwen; print([name for name in ('pyarrow', 'sqlite3', 'jinja2', 'xlsxwriter', 'docx') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_examples_are_notices_by_the_schema() -> None:
    from gongwen.validation import problems

    assert [problem for example in entries(2) for problem in problems(example.data)] == []
