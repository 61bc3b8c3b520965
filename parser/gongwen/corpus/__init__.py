"""Many notices: reads the sources, and decides what is written to dist/.

A build has two steps. *Prepare*: each source is read once and becomes a bundle of all that is published of it, in workers, in
any order; bundles stay in a cache. *Take*: the bundles are put together as files, in the order of the ids. Between the two
stands the only thing that depends on all notices: which of two with the same id is published.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongwen import publish
from gongwen.corpus import engines, staging, store
from gongwen.corpus.compare import different
from gongwen.corpus.inputs import TABLES, Files, Inputs, Table, sources
from gongwen.corpus.limits import Limits
from gongwen.corpus.memory import Memory
from gongwen.corpus.partitions import PartitionedSummary, write_partitions
from gongwen.corpus.preparing import prepare_all, without_doubles
from gongwen.corpus.progress import Watch, unwatched
from gongwen.corpus.report import Failure, Row, Summary
from gongwen.corpus.store import Store, default_cache
from gongwen.corpus.take import put_together
from gongwen.errors import TargetError
from gongwen.publish.dataset import read_about

__all__ = [
    "TABLES",
    "Failure",
    "Files",
    "Inputs",
    "Limits",
    "Options",
    "PartitionedSummary",
    "Row",
    "Summary",
    "Table",
    "build",
    "build_folder",
    "build_from",
    "build_partitioned",
    "cores",
    "default_cache",
    "differences",
    "sources",
    "unwatched",
]


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a build. Except for ``keep_all`` they do not change its result.

    ``workers`` is the number of processes on this machine, each notice under ``limits``; 0 uses this process only, without
    limits. ``engine`` is None for these processes, "local" for a Dask cluster of as many processes, or the address
    of a Dask scheduler. ``cache`` is the folder of the bundles between builds, or None, ``cache_limit`` its size in
    bytes at most. ``keep_all`` also publishes texts that are not notices, with a finding.
    """

    workers: int = 0
    limits: Limits = field(default_factory=Limits)
    engine: str | None = None
    cache: Path | None = None
    cache_limit: int = store.LIMIT
    keep_all: bool = False


def build(
    folder: Path,
    dist: Path,
    paths: Sequence[Path],
    formats: Iterable[str] = publish.NAMES,
    watch: Watch = unwatched,
    options: Options | None = None,
) -> Summary:
    """Publish ``paths``, sources below ``folder``, into ``dist``; see ``build_from``."""
    return build_from(Files(folder, paths), dist, formats, watch, options)


def build_folder(
    source: str | Path,
    dist: str | Path,
    formats: Iterable[str] = publish.NAMES,
    watch: Watch = unwatched,
    options: Options | None = None,
) -> Summary:
    """Publish all sources in the folder ``source`` in ``dist``, as ``gongwen build`` does; see ``build_from``.

    By default it runs in one process, without limits and without a cache; ``options`` change that.
    """
    folder = Path(source)
    return build(folder, Path(dist), sources(folder), formats, watch, options)


def build_from(
    inputs: Inputs,
    dist: Path,
    formats: Iterable[str] = publish.NAMES,
    watch: Watch = unwatched,
    options: Options | None = None,
) -> Summary:
    """Publish ``inputs`` in ``dist``: the notices, their texts and ledgers, and ``formats``.

    A source that fails is reported in the summary and left out, and so is a page of several notices that fails. Raises TargetError where ``dist`` is no place for
    data of ours, OSError where it can't be written, GongwenError where a format's library is not installed or there is no such
    cluster, or where gongwen.toml beside the sources can't be read.
    """
    options = options or Options()
    chosen = publish.chosen(formats)
    for format in chosen:
        publish.require(format)
    _check_apart(inputs, dist)
    about = read_about(inputs.home)
    with ExitStack() as stack:
        work = stack.enter_context(staging.staging(dist))
        kept = (
            stack.enter_context(store.opened(options.cache / "notices", options.cache_limit)) if options.cache else None
        )
        here = stack.enter_context(engines.local(options.workers, options.limits))
        bundles = kept or Store(work / "bundles")
        with engines.engine(options.engine, here, options.workers, options.limits, work / "cluster") as engine:
            outcomes = prepare_all(inputs, publish.parts_of(formats), bundles, engine, watch, keep_all=options.keep_all)
        summary, keys = without_doubles(outcomes)
        memory = Memory(options.cache / "folders", dist, about) if options.cache else None
        failed = put_together(dist, work, summary.published, bundles, keys, chosen, here, watch, memory, about)
    return replace(summary, unpublished=(*summary.unpublished, *failed))


def build_partitioned(
    inputs: Inputs, dist: Path, watch: Watch = unwatched, options: Options | None = None
) -> PartitionedSummary:
    """Publish ``inputs`` in ``dist`` as partitions, for data too large for one folder: see partitions.py.

    Whoever works must see ``dist``, the nodes of a cluster, too. Errors as of ``build_from``.
    """
    options = options or Options()
    publish.require(publish.chosen(["parquet"])[0])
    _check_apart(inputs, dist)
    with ExitStack() as stack:
        work = stack.enter_context(staging.staging(dist))
        here = stack.enter_context(engines.local(options.workers, options.limits))
        engine = stack.enter_context(
            engines.engine(options.engine, here, options.workers, options.limits, work / "cluster")
        )
        return write_partitions(
            inputs, dist.resolve(), work.resolve(), engine, options.limits, watch, keep_all=options.keep_all
        )


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def differences(
    inputs: Inputs,
    dist: Path,
    formats: Iterable[str] = publish.NAMES,
    watch: Watch = unwatched,
    options: Options | None = None,
) -> list[str]:
    """The files of ``dist`` that a fresh build of ``inputs`` gives otherwise, or that only one of them has, by name.

    Of formats whose bytes depend on how they came about the rows are compared. Errors as of ``build``.
    """
    options = replace(options or Options(), cache=None)
    with staging.staging(dist) as work:
        fresh = work / "fresh"
        build_from(inputs, fresh, formats, watch, options)
        return sorted(different(dist, fresh, publish.chosen(formats)))


def _check_apart(inputs: Inputs, dist: Path) -> None:
    """TargetError where what is published would be read as a source by the next build."""
    folder = inputs.folder
    if folder and (dist.resolve() == folder.resolve() or folder.resolve() in dist.resolve().parents):
        raise TargetError(
            f"{dist}: lies in the folder of the sources, and would be read as sources: name another folder"
        )
