"""A build that nothing can hurt: the same bytes however it is done, whole after whatever happens to it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from gongwen import corpus, publish
from gongwen.corpus import engines, staging, workers
from gongwen.corpus.limits import Limits
from gongwen.corpus.staging import INDEX, STAGING
from gongwen.corpus.store import Store
from gongwen.errors import TargetError

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "source"
CACHED = tuple(name for name in publish.NAMES if name not in ("site", "akn"))  # quick, and with tables of every kind
STARTED = ("tables", "sqlite", "catalog", "datapackage")  # by builds in processes of their own
NOTICE = "青禾政办发〔2023〕{}号\n青禾县人民政府办公室关于做好防汛工作的通知\n各乡镇人民政府：\n一、检修泵站。汛前完成。（县水利局负责）\n青禾县人民政府办公室\n2023年4月6日\n"

needs_workers = pytest.mark.skipif(not workers.available, reason="no workers on this system")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the examples, built in one process without a cache."""
    dist = tmp_path_factory.mktemp("expected") / "dist"
    corpus.build(EXAMPLES, dist, corpus.sources(EXAMPLES))
    return contents(dist)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for number in range(1, 5):
        (folder / f"{number}.txt").write_text(NOTICE.format(number), encoding="utf-8")
    return folder


def contents(dist: Path) -> dict[str, bytes]:
    """All files of a folder by their names, but the database, whose bytes may differ."""
    return {
        path.relative_to(dist).as_posix(): path.read_bytes()
        for path in dist.rglob("*")
        if path.is_file() and path.suffix != ".db"
    }


def build(source: Path, dist: Path, formats: tuple[str, ...] = (), **options: Any) -> corpus.Summary:
    return corpus.build(source, dist, corpus.sources(source), formats, options=corpus.Options(**options))


# --- the same, however it is done --------------------------------------------------------------------------------------


@needs_workers
@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_workers_cache_and_umask_change_no_byte(expected: dict[str, bytes], tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        for number in (1, 2):  # cold and warm
            dist = tmp_path / f"dist{number}"
            summary = build(EXAMPLES, dist, publish.NAMES, workers=2, cache=tmp_path / "cache")
            assert len(summary.published) == 10
            assert contents(dist) == expected
    finally:
        os.umask(before)


EDITS: dict[str, Callable[[Path], object]] = {
    "a word": lambda folder: edit(folder / "reading-2024.txt", "不少于300场次", "不少于310场次"),
    "a title, which other pages show": lambda folder: edit(
        folder / "reading-2024.txt", "全民阅读促进行动", "全民读书促进行动"
    ),
    "a number, which makes another id": lambda folder: edit(folder / "flood-duty.txt", "号\n", "0号\n"),
    "a unit": lambda folder: edit(folder / "reading-2026.txt", "市教育局", "市教体局"),
    "what stands beside a source": lambda folder: (folder / "flood-duty.toml").unlink(),
    "a source goes": lambda folder: (folder / "reading-2024.txt").unlink(),
    "a source comes": lambda folder: shutil.copy(ROOT / "tests/golden/web-page/source.html", folder / "new.html"),
    "a source is renamed": lambda folder: (folder / "flood-duty.txt").rename(folder / "a-flood-duty.txt"),
    "a source breaks": lambda folder: (folder / "reading-2021.txt").write_bytes(b"%PDF-"),
    "nothing": lambda folder: None,
}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_after_any_change_a_build_gives_what_a_fresh_one_gives(tmp_path: Path) -> None:
    folder, dist, cache = tmp_path / "source", tmp_path / "dist", tmp_path / "cache"
    shutil.copytree(EXAMPLES, folder)
    build(folder, dist, publish.NAMES, cache=cache)
    for what, change in EDITS.items():
        change(folder)
        build(folder, dist, publish.NAMES, cache=cache)
        assert corpus.differences(corpus.Files(folder, corpus.sources(folder)), dist) == [], what


def test_a_build_of_what_has_not_changed_writes_nothing(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "dist", CACHED, cache=tmp_path / "cache")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "dist").rglob("*") if path.is_file()}
    build(source, tmp_path / "dist", CACHED, cache=tmp_path / "cache")
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_formats_that_were_left_out_catch_up(tmp_path: Path) -> None:
    folder, dist, cache = tmp_path / "source", tmp_path / "dist", tmp_path / "cache"
    shutil.copytree(EXAMPLES, folder)
    build(folder, dist, publish.NAMES, cache=cache)
    EDITS["a word"](folder)
    build(folder, dist, ("akn",), cache=cache)
    EDITS["a unit"](folder)
    build(folder, dist, publish.NAMES, cache=cache)
    assert corpus.differences(corpus.Files(folder, corpus.sources(folder)), dist) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda dist: (dist / "tables/tasks.csv").write_text("x"),
        lambda dist: (dist / "gongwen.db").unlink(),
        lambda dist: next((dist / "notices").iterdir()).unlink(),
        lambda dist: (dist / "akn").rename(dist / "site/akn") if (dist / "akn").exists() else None,
        lambda dist: (dist / INDEX).write_text('{"notices": []}'),
        lambda dist: (dist / "notices" / "more.json").write_text("{}"),
    ],
    ids=["a file changed", "the database gone", "a file gone", "a folder moved", "the index changed", "a file more"],
)
def test_what_somebody_changed_in_the_folder_is_put_right(
    source: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    dist = tmp_path / "dist"
    build(source, dist, CACHED, cache=tmp_path / "cache")
    before = contents(dist)
    damage(dist)
    build(source, dist, CACHED, cache=tmp_path / "cache")
    assert contents(dist) == before
    assert (dist / "gongwen.db").is_file()


def test_a_bundle_that_is_damaged_is_made_again(source: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build(source, tmp_path / "one", CACHED, cache=cache)
    for bundle in (cache / "notices").rglob("*"):
        if bundle.is_file():
            bundle.write_bytes(bundle.read_bytes()[:-100])
    build(source, tmp_path / "two", CACHED, cache=cache)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_cache_keeps_to_its_limit(source: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build(source, tmp_path / "dist", cache=cache)
    sizes = [path.stat().st_size for path in (cache / "notices").rglob("*") if path.is_file()]
    assert len(sizes) == 4
    build(source, tmp_path / "dist", cache=cache, cache_limit=sum(sizes) - 1)
    assert len([path for path in (cache / "notices").rglob("*") if path.is_file()]) == 3


def test_a_bundle_depends_on_all_that_it_is_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongwen.corpus.prepare import Task
    from gongwen.read import Given

    store, task = Store(Path()), Task("a.txt", Given("/x/a.txt", b"1"), ("record",))
    others = [
        task._replace(name="b.txt"),
        task._replace(given=Given("/x/a.txt", b"2")),
        task._replace(given=Given("/x/a.txt", b"1", b"")),
        task._replace(parts=("record", "csv")),
    ]
    keys = {store.key(each) for each in (task, *others)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    keys.add(store.key(task))
    monkeypatch.setattr("gongwen.corpus.store.program", lambda: b"another program")
    keys.add(store.key(task))
    assert len(keys) == 7
    assert store.key(task._replace(given=task.given._replace(path="/y/a.txt"))) in keys


# --- one notice can't hurt the others ----------------------------------------------------------------------------------


@needs_workers
def test_a_source_that_kills_its_worker_is_a_row(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_BUILDING", (*engines._BUILDING, "spoiled"))
    for way in ("leave", "kill", "crash", "hog", "fail", "backtrack"):
        (source / f"{way}.txt").write_text(NOTICE.format(way), encoding="utf-8")
    options: dict[str, Any] = {"workers": 2, "limits": Limits(1, 400), "cache": tmp_path / "cache"}
    for _ in range(2):  # no such failure is kept
        summary = build(source, tmp_path / "dist", (), **options)
        assert [row.path for row in summary.published] == ["1.txt", "2.txt", "3.txt", "4.txt"]
        codes = {failure.path.removesuffix(".txt"): failure.code for failure in summary.unpublished}
        assert codes == {
            "backtrack": "time-limit",
            "crash": "internal-error",
            "fail": "internal-error",
            "hog": "memory-limit",
            "kill": "internal-error",
            "leave": "internal-error",
        }
    monkeypatch.undo()
    assert len(build(source, tmp_path / "dist", (), **options).published) >= 5


def test_a_page_on_which_the_program_fails_is_a_row(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that compare or join notices are made behind all notices: one that fails is left out, and made by the next build."""
    options: dict[str, Any] = {"cache": tmp_path / "cache"}
    with monkeypatch.context() as patch:
        patch.setattr("gongwen.publish.site.made.unit_page", lambda *_: [][1])
        for _ in range(2):
            summary = build(source, tmp_path / "dist", ("site",), **options)
            assert len(summary.published) == 4
            [failure] = summary.unpublished
            assert failure.path.startswith("site/units/")
            assert failure.code == "internal-error"
            assert "IndexError" in failure.message
            assert (tmp_path / "dist" / INDEX).exists()
            assert not (tmp_path / "dist" / failure.path).exists()
    assert build(source, tmp_path / "dist", ("site",), **options).fine
    assert (tmp_path / "dist" / failure.path).exists()


# --- whatever happens to a build ---------------------------------------------------------------------------------------


def test_a_second_build_says_who_holds_the_lock(source: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    with (
        staging.staging(dist),
        pytest.raises(TargetError, match=rf"process {os.getpid()} on {socket.gethostname()}.* since 20"),
    ):
        build(source, dist)
    assert len(build(source, dist).published) == 4


def test_builds_at_once_leave_one_whole_result(source: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    running = [start(source, dist) for _ in range(3)]
    said = [each.communicate()[1] for each in running]
    assert any(each.returncode == 0 for each in running)
    for each, words in zip(running, said, strict=True):
        assert each.returncode == 0 or "has been building into it since" in words or "another build" in words
    build(source, tmp_path / "fresh", STARTED)
    assert contents(dist) == contents(tmp_path / "fresh")


def test_a_build_that_is_killed_at_any_moment_is_healed_by_the_next(source: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    build(source, fresh, STARTED)
    chance = random.Random(8)
    begin = time.monotonic()
    assert end(start(source, tmp_path / "measured")) == 0
    usual = time.monotonic() - begin
    for number in range(6):
        dist = tmp_path / f"dist{number % 2}"  # the first time there is no index yet
        running = start(source, dist)
        time.sleep(usual * chance.uniform(0.2, 1))
        os.killpg(running.pid, signal.SIGKILL) if number % 3 else running.kill()
        running.communicate()
        for row in orjson.loads((dist / INDEX).read_bytes())["notices"] if (dist / INDEX).exists() else []:
            assert (dist / "notices" / f"{row['id']}.json").is_file()
    for dist in (tmp_path / "dist0", tmp_path / "dist1"):
        assert end(start(source, dist)) == 0
        assert contents(dist) == contents(fresh)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_asked_to_end_cleans_up(tmp_path: Path, number: signal.Signals) -> None:
    dist = tmp_path / "dist"
    running = start(EXAMPLES, dist)
    deadline = time.monotonic() + 60
    while not (dist / STAGING).exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(number)
    _, said = running.communicate()
    assert running.returncode != 0
    assert "Traceback" not in said
    assert not dist.exists() or not (dist / STAGING).exists()


def start(source: Path, dist: Path) -> subprocess.Popen[str]:
    """A build in a process of its own, and what that starts in a group of its own."""
    how = ["--only", ",".join(STARTED), "--no-cache", "--workers", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", "gongwen", "publish", str(source), str(dist), *how],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_interruptible,
    )


def _interruptible() -> None:
    """A shell that runs the tests in the background has them ignore SIGINT, which a child inherits."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def end(running: subprocess.Popen[str]) -> int:
    """The exit code of a build, when it has ended."""
    running.communicate()
    return running.returncode


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if not done or done.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("formats", [("tables",), ("sqlite",), ("parquet",), ("site",), ()])
@pytest.mark.parametrize("count", [0, 2])
def test_a_full_disk_leaves_nothing_behind_and_names_the_file(
    small: Path, source: Path, formats: tuple[str, ...], count: int
) -> None:
    dist = small / "dist"
    build(source, dist)
    before = contents(dist)
    for number in range(10, 60):
        (source / f"{number}.txt").write_text(NOTICE.format(number), encoding="utf-8")
    with pytest.raises(OSError, match="No space left") as raised:
        build(source, dist, formats, workers=count)
    assert str(small) in str(raised.value.filename)
    assert contents(dist) == before


def test_a_link_that_leads_out_is_refused(source: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "mine.json").write_text("{}", encoding="utf-8")
    dist = tmp_path / "dist"
    build(source, dist)
    shutil.rmtree(dist / "notices")
    (dist / "notices").symlink_to(foreign)
    with pytest.raises(TargetError, match=r"dist/notices: is a link that leads out of the folder"):
        build(source, dist)
    assert (foreign / "mine.json").is_file()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"notices":[{}]}', "/notices/0 has no id"),
        ('["notices"]', "has no list of notices"),
        ('{"notices":{}}', "has no list of notices"),
        ('{"notices":["x"]}', "/notices/0 has no id"),
        ('{"notices":[{"id":"x","json_sha256":1}]}', "/notices/0 has no json_sha256"),
        ('{"notices":[', "is no JSON"),
        ("", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("\x00", "is no JSON"),
    ],
)
def test_an_index_that_no_build_wrote_is_refused_in_words(
    source: Path, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / INDEX).write_text(content, encoding="utf-8")
    with pytest.raises(TargetError, match=said):
        build(source, tmp_path)
    assert (tmp_path / INDEX).read_text(encoding="utf-8") == content


def test_other_peoples_files_are_left_alone(source: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TargetError, match=r"holds files, but no index\.json"):
        build(source, dist)
    assert [path.name for path in dist.iterdir()] == ["letter.txt"]


def test_a_database_that_was_brought_up_to_date_finds_what_a_new_one_finds(tmp_path: Path) -> None:
    folder, dist = tmp_path / "source", tmp_path / "dist"
    shutil.copytree(EXAMPLES, folder)
    build(folder, dist, ("sqlite",), cache=tmp_path / "cache")
    EDITS["a unit"](folder)
    build(folder, dist, ("sqlite",), cache=tmp_path / "cache")
    database = sqlite3.connect(dist / "gongwen.db")
    found = database.execute(
        """SELECT "text" FROM "search" JOIN "passages" ON "passage_id" = "search"."rowid" WHERE "search" MATCH '"教体"'"""
    ).fetchall()
    database.close()
    assert found
    assert all("教体" in text for (text,) in found)
