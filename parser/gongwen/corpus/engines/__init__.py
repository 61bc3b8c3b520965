"""Where work is done: in this process, in workers of this machine, or on a cluster (engines/dask.py)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from gongwen import publish
from gongwen.corpus import workers
from gongwen.corpus.limits import Limits
from gongwen.corpus.workers import Call, Raised, Workers
from gongwen.garbage import collected_seldom

MODULES = ("gongwen.corpus.preparing", "gongwen.pipeline")
"""What workers that prepare notices share."""
_BUILDING = (*MODULES, "gongwen.corpus.take", *publish.modules())


class Engine(Protocol):
    """Makes calls, in any order and in any process."""

    shares_files: bool
    """Whether those processes see the files of this one: if not, results come back whole."""

    def map(self, calls: Iterable[Call], /) -> Iterator[tuple[int, Any]]:
        """(number of the call, outcome) of each, as they end: what it returned, ``Raised`` or ``Broken`` (see workers)."""
        ...


class Here:
    """Makes calls in this process, without limits: for debuggers, and for systems that have no workers."""

    shares_files = True

    def map(self, calls: Iterable[Call], /) -> Iterator[tuple[int, Any]]:
        """See Engine; what a function raises is raised."""
        for number, call in enumerate(calls):
            yield number, call.function(*call.arguments)


@contextmanager
def local(count: int, limits: Limits) -> Iterator[Engine]:
    """``count`` workers of this machine; none, or a system that has none, is this process."""
    if count == 0 or not workers.available:
        with collected_seldom():
            yield Here()
    else:
        with Workers(count, limits, _BUILDING) as found:
            yield found


@contextmanager
def engine(address: str | None, here: Engine, count: int, limits: Limits, scratch: Path) -> Iterator[Engine]:
    """Where notices are prepared: ``here``, or the Dask cluster at ``address`` (see dask.cluster)."""
    if address is None:
        yield here
    else:
        from gongwen.corpus.engines.dask import cluster

        with cluster(address, count, limits, scratch) as found:
            yield found


_own = threading.local()


def make_limited(calls: Sequence[Call], limits: Limits) -> list[Any]:
    """The outcomes of ``calls`` in their order, made by a limited worker that belongs to this thread of this process."""
    if not workers.available:
        return [outcome for _, outcome in Here().map(calls)]
    if not hasattr(_own, "workers"):
        _own.workers = Workers(1, limits, MODULES)
    return [outcome for _, outcome in sorted(_own.workers.map(calls), key=lambda numbered: numbered[0])]


def results(engine: Engine, calls: Iterable[Call]) -> Iterator[Any]:
    """What ``calls`` return, as they end, of functions that do not fail: what they raise is raised, a death is an error."""
    for _, outcome in engine.map(calls):
        if isinstance(outcome, Raised):
            raise outcome.error
        if isinstance(outcome, workers.Broken):
            raise workers.BrokenError(outcome)
        yield outcome
