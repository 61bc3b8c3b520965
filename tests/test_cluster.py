"""A build over a cluster, and builds of tables: every row once, and the bytes of a build in one process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

import failing
from gongwen import corpus
from gongwen.corpus import engines
from gongwen.corpus.limits import Limits
from gongwen.corpus.workers import Broken, Call
from gongwen.errors import GongwenError, TargetError

distributed = pytest.importorskip("distributed", reason="Dask is not installed (the extra `dask`)")
pytestmark = pytest.mark.filterwarnings("ignore")  # Dask closes what it has open when it is collected

NOTICE = "青禾政办发〔2023〕{}号\n青禾县人民政府办公室关于做好防汛工作的通知\n各乡镇人民政府：\n一、检修泵站。{}完成。（县水利局负责）\n青禾县人民政府办公室\n2023年4月6日\n"
FORMATS = ("tables", "parquet", "akn", "catalog", "datapackage")
COUNT = 200
BAD = {7: b"%PDF-1.7", 120: b"\xff\xfe\x00", 150: b" \n"}
"""One source in a hundred, about, is none."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for number in range(COUNT):
        content = BAD.get(number) or NOTICE.format(number, "汛前").encode()
        (folder / f"{number:03}.txt").write_bytes(content)
    (folder / "199.txt").write_text(NOTICE.format(5, "汛前"), encoding="utf-8")  # the text of another, so its id
    (folder / "003.toml").write_text('[origin]\npublisher = "青禾县"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[corpus.Summary, Path]:
    dist = tmp_path_factory.mktemp("expected") / "dist"
    return corpus.build(source, dist, corpus.sources(source), FORMATS), dist


@pytest.fixture(scope="module")
def scheduler() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler and two workers, as people start them, each in a process of its own."""
    code = "from distributed.cli.dask_{0} import main; main()"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}

    def start(what: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code.format(what), *arguments, "--no-dashboard"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    main = start("scheduler", "--host", "127.0.0.1", "--port", "0")
    assert main.stderr
    address = next(line.split()[-1] for line in main.stderr if "Scheduler at:" in line)
    threading.Thread(target=main.stderr.read, daemon=True).start()
    workers = [start("worker", address, "--nthreads", "1", "--no-nanny") for _ in range(2)]
    for worker in workers:
        assert worker.stderr
        threading.Thread(target=worker.stderr.read, daemon=True).start()
    with distributed.Client(address) as client:
        client.wait_for_workers(2, timeout=120)
    yield address, workers
    for each in (*workers, main):
        each.terminate()
        each.wait(30)


def contents(dist: Path) -> dict[str, bytes]:
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if path.is_file()}


def test_a_cluster_gives_the_bytes_of_one_process_though_a_worker_is_killed(
    source: Path,
    expected: tuple[corpus.Summary, Path],
    scheduler: tuple[str, list[subprocess.Popen[str]]],
    tmp_path: Path,
) -> None:
    address, workers = scheduler
    seen = 0

    def watch(label: str, items: Any, length: int | None, /) -> Iterator[Any]:
        nonlocal seen
        for item in items:
            seen += label == "reading"
            if seen == COUNT * 3 // 4:  # in the middle: the first chunks are back, others on their way
                workers[0].send_signal(signal.SIGKILL)
            yield item

    summary = corpus.build(
        source, tmp_path / "dist", corpus.sources(source), FORMATS, watch, corpus.Options(engine=address)
    )
    assert workers[0].wait(30) == -signal.SIGKILL
    assert summary == expected[0]
    assert len(summary.published) + len(summary.unpublished) == COUNT
    assert {failure.code for failure in summary.unpublished} == {
        "unreadable",
        "undecodable",
        "empty-source",
        "duplicate-id",
    }
    assert contents(tmp_path / "dist") == contents(expected[1])


def test_a_call_that_kills_every_process_is_found_by_splitting_its_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongwen.corpus.engines import dask

    monkeypatch.setattr(dask, "_CALLS_AT_ONCE", 2)
    calls = [Call(failing.double, (number,)) for number in range(6)]
    calls[3] = Call(failing.kill, (), limited=False)  # kills the process of the node itself
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        cluster.scheduler.allowed_failures = 0
        outcomes = dict(dask.OverDask(client, Limits()).map(calls))
    assert {number: outcomes[number] for number in (0, 1, 2, 4, 5)} == {0: 0, 1: 2, 2: 4, 4: 8, 5: 10}
    assert isinstance(outcomes[3], Broken)


def test_no_scheduler_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongwen.corpus.engines.dask._PATIENCE", 1)
    with (
        pytest.raises(GongwenError, match=r"tcp://127\.0\.0\.1:9: no scheduler of Dask answers there"),
        engines.engine("tcp://127.0.0.1:9", engines.Here(), 1, Limits(), tmp_path),
    ):
        pass


@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_a_table_gives_what_its_files_give(
    source: Path, expected: tuple[corpus.Summary, Path], tmp_path: Path, kind: str
) -> None:
    table = write_table(source, tmp_path / f"crawl.{kind}")
    assert corpus.build_from(corpus.Table(table), tmp_path / "dist", FORMATS) == expected[0]
    assert contents(tmp_path / "dist") == contents(expected[1])


def write_table(source: Path, path: Path) -> Path:
    """A table of the sources below a folder."""
    rows: list[dict[str, Any]] = [
        {
            "path": each.relative_to(source).as_posix(),
            "bytes": each.read_bytes(),
            "sidecar": beside.read_bytes() if (beside := each.with_suffix(".toml")).exists() else None,
        }
        for each in corpus.sources(source)
    ]
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        encoded = [
            row | {key: row[key] and b64encode(row[key]).decode() for key in ("bytes", "sidecar")} for row in rows
        ]
        path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in encoded))
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b'{"path":"a.txt"}\n[]\n{"path":"b.txt","bytes":"?"}\n{', "no source"),
        ("a.jsonl", b'{"path":3,"bytes":"eA=="}\n', "has no path"),
        ("a.parquet", b"PAR1", "is no Parquet"),
    ],
)
def test_a_broken_table_is_said_in_words(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    if name.endswith(".parquet"):
        with pytest.raises(GongwenError, match=said):
            corpus.build_from(corpus.Table(tmp_path / name), tmp_path / "dist", ())
    else:
        summary = corpus.build_from(corpus.Table(tmp_path / name), tmp_path / "dist", ())
        assert not summary.published
        assert all(said in failure.message for failure in summary.unpublished)


@pytest.mark.parametrize("workers", [0, 2])
def test_partitions_have_the_rows_of_one_folder(
    source: Path,
    expected: tuple[corpus.Summary, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    workers: int,
) -> None:
    import pyarrow.parquet as pq

    monkeypatch.setattr("gongwen.corpus.partitions._SOURCES_AT_ONCE", 60)
    dist = tmp_path / "dist"
    inputs = corpus.Files(source, corpus.sources(source))
    for _ in range(2):
        summary = corpus.build_partitioned(inputs, dist, options=corpus.Options(workers=workers))
        assert (summary.published, summary.partitions) == (len(expected[0].published), 4)
        assert Counter(summary.unpublished) == Counter(expected[0].unpublished)
    for table in (expected[1] / "tables").glob("*.parquet"):
        whole = pq.read_table(table).to_pylist()
        parts = pq.read_table(dist / "tables" / table.stem).to_pylist()
        assert sorted(map(repr, parts)) == sorted(map(repr, whole)), table.name
    notices = [orjson.loads(line) for path in (dist / "notices").iterdir() for line in path.read_bytes().splitlines()]
    assert {notice["id"]: notice for notice in notices} == {
        path.stem: orjson.loads(path.read_bytes()) for path in (expected[1] / "notices").iterdir()
    }
    with pytest.raises(TargetError, match="not partitioned"):
        corpus.build_partitioned(inputs, expected[1])


def test_the_nodes_must_run_this_program(scheduler: tuple[str, Sequence[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("gongwen.corpus.engines.dask")
    deadline = time.monotonic() + 60
    with distributed.Client(scheduler[0]) as client:
        while not client.nthreads() and time.monotonic() < deadline:
            time.sleep(0.1)
    monkeypatch.setattr("gongwen.corpus.engines.dask._own_program", lambda: b"another")
    with (
        pytest.raises(GongwenError, match="another version of gongwen"),
        engines.engine(scheduler[0], engines.Here(), 1, Limits(), Path()),
    ):
        pass
