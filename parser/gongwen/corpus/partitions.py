"""Publishing as partitions, for data too large for one folder: files of many notices each, written where they are prepared.

    index.json                              which partitions there are
    index/part-00000.jsonl                  the rows of the index, a line for each notice
    notices/part-00000.jsonl                the notices, a line each
    tables/<table>/part-00000.parquet       the tables

A partition is made of sources that follow one another; in it the notices are sorted by id. The rows are those of a build
into one folder, so that of two sources with the same id the first is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from gongwen.corpus import staging
from gongwen.corpus.engines import Engine, Here, make_limited, results
from gongwen.corpus.inputs import Inputs
from gongwen.corpus.limits import Limits
from gongwen.corpus.prepare import Prepared, Task, prepare
from gongwen.corpus.progress import Watch
from gongwen.corpus.report import Failure
from gongwen.corpus.workers import Broken, Call, Raised
from gongwen.errors import TargetError
from gongwen.model import SCHEMA_VERSION
from gongwen.publish.bundles import unpack
from gongwen.publish.tables import notice_tables

_SOURCES_AT_ONCE = 500
_BYTES_AT_ONCE = 32 << 20
_PARTS = ("record", "rows")
_GLOBS = ("index/part-*.jsonl", "notices/part-*.jsonl", "tables/*/part-*.parquet")


@dataclass(frozen=True, slots=True)
class PartitionedSummary:
    """What a build of partitions did: how many notices it published, whether one of them has a finding of the level error."""

    published: int
    partitions: int
    unpublished: tuple[Failure, ...]
    errors: bool

    @property
    def fine(self) -> bool:
        """Whether everything was published, and without an error-level finding."""
        return not self.unpublished and not self.errors


class _Written(NamedTuple):
    """A partition: the ids and source paths of its notices, its failures, the files by their names."""

    number: int
    notices: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]
    files: tuple[str, ...]
    errors: bool


def write_partitions(
    inputs: Inputs, dist: Path, work: Path, engine: Engine, limits: Limits, watch: Watch, *, keep_all: bool = False
) -> PartitionedSummary:
    """Publish ``inputs`` as partitions in ``dist``, by way of the staging folder ``work``. ``keep_all`` is as of ``Task``."""
    there = set(staging.files(dist))
    if staging.indexed(dist):
        raise TargetError(f"{dist}: holds a build that is not partitioned: name another folder")
    unread: list[Failure] = []
    direct = isinstance(engine, Here)
    calls = (
        Call(_write, (str(work), number, tasks, None if direct else limits), limited=False)
        for number, tasks in enumerate(_batches(inputs, unread, watch, keep_all))
    )
    made = sorted(results(engine, calls), key=lambda written: written.number)
    owners: dict[str, str] = {}
    doubles: dict[int, list[Failure]] = {}
    again: list[Call] = []
    for written in made:
        lost = [(id, path) for id, path in written.notices if id in owners]
        doubles[written.number] = [
            Failure(path, "duplicate-id", f"has the id {id}, as {owners[id]} has") for id, path in lost
        ]
        owners |= {id: path for id, path in written.notices if id not in owners}
        if lost:
            again.append(Call(_remove, (str(work), written.files, frozenset(id for id, _ in lost)), limited=False))
    for _ in results(engine, again):
        pass
    unpublished = [*unread, *(failure for written in made for failure in (*written.failures, *doubles[written.number]))]
    files = sorted(name for written in made for name in written.files)
    staging.put_index(work, dist, _index([]))
    staging.put(work, dist, files)
    staging.sweep(dist, [name for name in there - {*files} if any(fnmatchcase(name, glob) for glob in _GLOBS)])
    staging.put_index(work, dist, _index([written.number for written in made]))
    return PartitionedSummary(len(owners), len(made), tuple(unpublished), any(written.errors for written in made))


def _batches(inputs: Inputs, unread: list[Failure], watch: Watch, keep_all: bool) -> Iterator[tuple[Task, ...]]:
    """The sources, as many to a partition as it may take; those that can't be read go to ``unread`` instead."""
    batch: list[Task] = []
    size = 0
    for found in watch("reading", inputs, inputs.count):
        if isinstance(found, Failure):
            unread.append(found)
            continue
        batch.append(Task(*found, _PARTS, keep_all))
        size += len(batch[-1].given.data)
        if len(batch) == _SOURCES_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _write(work: str, number: int, tasks: Sequence[Task], limits: Limits | None) -> _Written:
    """Prepare ``tasks`` under ``limits``, and write what is published of them as a partition."""
    calls = [Call(prepare, (task,)) for task in tasks]
    outcomes = [made for _, made in Here().map(calls)] if limits is None else make_limited(calls, limits)
    failures: list[Failure] = []
    notices: dict[str, Prepared] = {}
    for task, outcome in zip(tasks, outcomes, strict=True):
        if isinstance(outcome, Raised):
            raise outcome.error
        if isinstance(outcome, Broken):
            failures.append(Failure(task.name, *outcome))
        elif isinstance(outcome, Failure):
            failures.append(outcome)
        elif outcome.row.id in notices:
            first = notices[outcome.row.id].row
            failures.append(Failure(task.name, "duplicate-id", f"has the id {first.id}, as {first.path} has"))
        else:
            notices[outcome.row.id] = outcome
    ordered = [notices[id] for id in sorted(notices)]
    part = f"part-{number:05}"
    files = {f"index/{part}.jsonl": _lines(asdict(each.row) for each in ordered)}
    parts = [unpack(each.bundle) for each in ordered]
    files[f"notices/{part}.jsonl"] = _lines(
        orjson.loads(each["record"].files[f"notices/{prepared.row.id}.json"])
        for each, prepared in zip(parts, ordered, strict=True)
    )
    for name, content in files.items():
        _store(Path(work) / name, content)
    for name in _write_tables(Path(work), part, [each["rows"].data for each in parts]):
        files[name] = b""
    errors = any(each.row.findings["error"] for each in ordered)
    listed = tuple((each.row.id, each.row.path) for each in ordered)
    return _Written(number, listed, tuple(failures), tuple(files), errors)


def _write_tables(work: Path, part: str, rows: Sequence[Mapping[str, bytes]]) -> Iterator[str]:
    import pyarrow.parquet as pq

    from gongwen.publish.parquet import read_lines

    for table in notice_tables():
        name = f"tables/{table.name}/{part}.parquet"
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(
            read_lines(table, b"".join(each.get(table.name, b"") for each in rows)), work / name, compression="zstd"
        )
        yield name


def _remove(work: str, files: Iterable[str], ids: frozenset[str]) -> None:
    """Take the notices ``ids`` out of the files of a partition."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in files:
        path = Path(work) / name
        if path.suffix == ".parquet":
            rows = pq.read_table(path)
            kept = [value.as_py() not in ids for value in rows["notice_id"]]
            pq.write_table(rows.filter(pa.array(kept, pa.bool_())), path, compression="zstd")
        else:
            lines = path.read_bytes().splitlines(keepends=True)
            _store(path, b"".join(line for line in lines if orjson.loads(line)["id"] not in ids))


def _lines(values: Iterable[Any]) -> bytes:
    return b"".join(orjson.dumps(value) + b"\n" for value in values)


def _store(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _index(numbers: Sequence[int]) -> bytes:
    index = {"schema_version": SCHEMA_VERSION, "partitions": [f"part-{number:05}" for number in numbers], "notices": []}
    return orjson.dumps(index, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
