"""The same prepare step over a Dask cluster: each node runs the same limited worker as a build on one machine.

Dask schedules chunks of calls, starts those again that were on a node that died, and gives each result once. A chunk that
kills the processes that take it, whatever the limits, is split at the end, and the one source that does it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from gongwen.corpus.engines import Here, make_limited
from gongwen.corpus.limits import Limits
from gongwen.corpus.store import program
from gongwen.corpus.workers import Broken, Call
from gongwen.errors import GongwenError

try:
    from distributed import Client, Future, KilledWorker, LocalCluster, as_completed
except ModuleNotFoundError as missing:
    raise GongwenError(
        f"a cluster needs {missing.name}, which is not installed: pip install 'gongwen[dask]'"
    ) from missing

_CALLS_AT_ONCE = 16  # in a chunk: long enough that Dask's own work, about a millisecond, does not count
_CHUNKS_AHEAD = 3  # for each thread of the cluster
_PATIENCE = 60  # seconds until a scheduler must have answered, and have a worker

Numbered = tuple[int, Call]


class OverDask:
    """Makes calls on the cluster of ``client``."""

    shares_files = False

    def __init__(self, client: Client, limits: Limits) -> None:
        self._client = client
        self._limits = limits

    def map(self, calls: Iterable[Call], /) -> Iterator[tuple[int, Any]]:
        """See Engine."""
        numbered = enumerate(calls)
        sent: dict[Future, list[Numbered]] = {}
        suspects: list[Numbered] = []
        done = as_completed()
        for chunk in self._chunks(numbered, self._wanted()):
            self._send(chunk, sent, done)
        for future in done:
            chunk = sent.pop(future)
            try:
                yield from zip((number for number, _ in chunk), future.result(), strict=True)
            except KilledWorker:
                suspects += chunk
            future.release()
            for chunk in self._chunks(numbered, self._wanted() - len(sent)):
                self._send(chunk, sent, done)
        for number, call in suspects:  # alone, since what a process had waiting when it died is suspected, too
            try:
                [outcome] = self._client.submit(_make, [call], self._limits, pure=False).result()
            except KilledWorker:
                message = "the processes of the cluster that prepared it died, one after the other"
                outcome = Broken("internal-error", message)
            yield number, outcome

    def _wanted(self) -> int:
        """How many chunks are to be on their way."""
        threads: int = sum(self._client.nthreads().values())
        return _CHUNKS_AHEAD * max(1, threads)

    def _chunks(self, numbered: Iterator[Numbered], count: int) -> Iterator[list[Numbered]]:
        for _ in range(count):
            if not (chunk := list(islice(numbered, _CALLS_AT_ONCE))):
                return
            yield chunk

    def _send(self, chunk: Sequence[Numbered], sent: dict[Future, list[Numbered]], done: Any) -> None:
        # not pure: Dask would take equal chunks for one, and remember their results
        future = self._client.submit(_make, [call for _, call in chunk], self._limits, pure=False)
        sent[future] = list(chunk)
        done.add(future)


@contextmanager
def cluster(address: str, count: int, limits: Limits, scratch: Path) -> Iterator[OverDask]:
    """The cluster whose scheduler is at ``address``; for "local", one of ``count`` processes of this machine.

    Files of a local cluster lie in ``scratch``. GongwenError where there is no such cluster, or where its nodes run another
    program than this: they would prepare the notices otherwise.
    """
    if address == "local":
        with (
            LocalCluster(
                n_workers=max(1, count),
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                local_directory=str(scratch),
                silence_logs=50,
            ) as own,
            Client(own) as client,
        ):
            yield OverDask(client, limits)
        return
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise GongwenError(f"{address}: no scheduler of Dask answers there ({error})") from error
    with client:
        _check(client, address)
        yield OverDask(client, limits)


def _check(client: Client, address: str) -> None:
    """GongwenError where a node of the cluster is missing or runs another program."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        programs = client.run(program)
    except TimeoutError as error:
        raise GongwenError(f"{address}: the scheduler has no workers") from error
    except ModuleNotFoundError as error:
        raise GongwenError(f"{address}: gongwen is not installed on its workers") from error
    others = sorted(worker for worker, other in programs.items() if other != _own_program())
    if others:
        raise GongwenError(
            f"{others[0]}: has another version of gongwen, of its libraries or of Python than this machine"
        )


def _own_program() -> bytes:
    return program()


def _make(calls: Sequence[Call], limits: Limits) -> list[Any]:
    """The outcomes of ``calls`` on a node: those that keep no limits themselves under ``limits``."""
    return (
        make_limited(calls, limits) if all(call.limited for call in calls) else [made for _, made in Here().map(calls)]
    )
