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
from gongwen.corpus.inputs import sources
from gongwen.corpus.limits import Limits
from gongwen.corpus.memory import Memory
from gongwen.corpus.preparing import prepare_all, without_doubles
from gongwen.corpus.progress import Watch, unwatched
from gongwen.corpus.report import Failure, Row, Summary
from gongwen.corpus.store import Store, default_cache
from gongwen.corpus.take import put_together
from gongwen.errors import TargetError

__all__ = [
    "Failure",
    "Limits",
    "Options",
    "Row",
    "Summary",
    "build",
    "cores",
    "default_cache",
    "differences",
    "sources",
    "unwatched",
]


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is done; what it gives is the same whatever they say.

    ``workers`` is the number of processes that prepare notices under ``limits``; 0 stays in this one, without limits.
    ``cache`` is the folder of the bundles between builds, None for none, ``cache_limit`` the bytes that it may take.
    """

    workers: int = 0
    limits: Limits = field(default_factory=Limits)
    cache: Path | None = None
    cache_limit: int = store.LIMIT


def build(
    folder: Path,
    dist: Path,
    paths: Sequence[Path],
    formats: Iterable[str] = publish.NAMES,
    watch: Watch = unwatched,
    options: Options | None = None,
) -> Summary:
    """Publish ``paths``, sources below ``folder``, into ``dist``: the notices, their texts and ledgers, and ``formats``.

    A source that fails is reported in the summary and left out. Raises TargetError where ``dist`` is no place for
    data of ours, OSError where it can't be written, GongwenError where a format's library is not installed.
    """
    options = options or Options()
    chosen = publish.chosen(formats)
    for format in chosen:
        publish.require(format)
    _check_apart(folder, dist)
    with ExitStack() as stack:
        work = stack.enter_context(staging.staging(dist))
        kept = (
            stack.enter_context(store.opened(options.cache / "notices", options.cache_limit)) if options.cache else None
        )
        engine = stack.enter_context(engines.local(options.workers, options.limits))
        bundles = kept or Store(work / "bundles")
        outcomes = prepare_all(folder, paths, publish.parts_of(formats), bundles, engine, watch)
        summary, keys = without_doubles(outcomes)
        memory = Memory(options.cache / "folders", dist) if options.cache else None
        put_together(dist, work, summary.published, bundles, keys, chosen, engine, watch, memory)
    return summary


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def differences(
    folder: Path,
    dist: Path,
    paths: Sequence[Path],
    formats: Iterable[str] = publish.NAMES,
    watch: Watch = unwatched,
    options: Options | None = None,
) -> list[str]:
    """The files of ``dist`` that a fresh build of ``paths`` gives otherwise, or that only one of them has, by name.

    Of formats whose bytes depend on how they came about the rows are compared. Errors as of ``build``.
    """
    options = replace(options or Options(), cache=None)
    with staging.staging(dist) as work:
        fresh = work / "fresh"
        build(folder, fresh, paths, formats, watch, options)
        return sorted(different(dist, fresh, publish.chosen(formats)))


def _check_apart(folder: Path, dist: Path) -> None:
    """TargetError where what is published would be read as a source by the next build."""
    if dist.resolve() == folder.resolve() or folder.resolve() in dist.resolve().parents:
        raise TargetError(
            f"{dist}: lies in the folder of the sources, and would be read as sources: name another folder"
        )
