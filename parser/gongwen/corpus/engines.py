"""Where work is done: in this process, or in workers of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from gongwen.corpus import workers
from gongwen.corpus.limits import Limits
from gongwen.corpus.workers import Call, Raised, Workers

_MODULES = ("gongwen.corpus.preparing", "gongwen.corpus.take", "jinja2")


class Engine(Protocol):
    """Makes calls, in any order and in any process."""

    def map(self, calls: Iterable[Call], /) -> Iterator[tuple[int, Any]]:
        """(number of the call, outcome) of each, as they end: what it returned, ``Raised`` or ``Broken`` (see workers)."""
        ...


class Here:
    """Makes calls in this process, without limits: for debuggers, and for systems that have no workers."""

    def map(self, calls: Iterable[Call], /) -> Iterator[tuple[int, Any]]:
        """See Engine; what a function raises is raised."""
        for number, call in enumerate(calls):
            yield number, call.function(*call.arguments)


@contextmanager
def local(count: int, limits: Limits) -> Iterator[Engine]:
    """``count`` workers of this machine; none, or a system that has none, is this process."""
    if count == 0 or not workers.available:
        yield Here()
    else:
        with Workers(count, limits, _MODULES) as found:
            yield found


def results(engine: Engine, calls: Iterable[Call]) -> Iterator[Any]:
    """What ``calls`` return, as they end, of functions that do not fail: what they raise is raised, a death is an error."""
    for _, outcome in engine.map(calls):
        if isinstance(outcome, Raised):
            raise outcome.error
        if isinstance(outcome, workers.Broken):
            raise workers.BrokenError(outcome)
        yield outcome
