"""Processes that work under limits, one notice after the other: whatever a library does in one, the others go on.

A *nursery* is a process without threads that loads the program once and forks workers when it is asked to, so that a worker
that died is replaced in milliseconds, whatever the calling program is made of. A worker takes calls of functions that can be
imported, one at a time, and runs each under the limits of its time and memory. One that dies, hangs or takes too much ends as
a ``Broken``, the outcome of its call.

How a reader whose library may hang or crash uses this: name its format in ``FORMATS_THAT_NEED_LIMITS`` of ``gongwen.read``,
and ``gongwen parse`` and ``explain`` run it through ``limited``; a build runs everything so. Other code calls

    outcome = limited(function, argument, limits=Limits())

which gives what ``function(argument)`` returns, raises what it raises, and raises BrokenError where it was ended. Function,
argument and result are pickled; the function is one that can be imported by its name.

Systems without fork (Windows) have no workers: there ``available`` is False, and ``limited`` calls the function as it is.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from gongwen.corpus.limits import Limits, restrict
from gongwen.errors import GongwenError
from gongwen.garbage import collected_seldom

T = TypeVar("T")
R = TypeVar("R")

available = hasattr(os, "fork") and hasattr(socket, "send_fds")
"""Whether this system can have workers."""

_LENGTH = 8
_SAID = 64 << 10  # bytes kept of what a worker wrote to its standard error
_AHEAD = 2  # calls for each worker that are made ready while the workers are busy
_LAST_WORDS = 0.5  # seconds that a worker gets to end by itself
_FORK, _WAIT = b"F", b"W"
_FAILURES = frozenset((signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP))
_NEARLY = 0.75  # of the memory that a process may have: what the limit counts and what it used differ


class Broken(NamedTuple):
    """What became of a call that was ended: ``code`` is time-limit, memory-limit or internal-error; ``trace`` is what the
    worker wrote before it died."""

    code: str
    message: str
    trace: str | None = None


class BrokenError(GongwenError):
    """A call that was ended by a limit or by the death of its process."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(broken.message)
        self.broken = broken


class Raised(NamedTuple):
    """The exception that a function raised; its traceback, which no pickle keeps, in words."""

    error: BaseException
    trace: str


class Call(NamedTuple):
    """A call to make; ``limited`` says whether the limits hold for it."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    limited: bool = True


def limited(function: Callable[[T], R], argument: T, limits: Limits | None = None) -> R:
    """What ``function(argument)`` returns, computed by a worker under ``limits``; see the head of this module."""
    if not available:
        return function(argument)
    with Workers(1, limits or Limits(), [function.__module__]) as workers:
        [(_, outcome)] = workers.map([Call(function, (argument,))])
    if isinstance(outcome, Broken):
        raise BrokenError(outcome)
    if isinstance(outcome, Raised):
        raise outcome.error
    result: R = outcome
    return result


class Workers:
    """``count`` workers; ``modules`` are loaded before they are forked. To be used in a ``with`` block, by one thread."""

    shares_files = True

    def __init__(self, count: int, limits: Limits, modules: Sequence[str] = ()) -> None:
        self._count = count
        self._limits = limits
        self._modules = modules
        self._nursery: _Nursery | None = None
        self._workers: list[_Worker] = []

    def map(self, calls: Iterable[Call]) -> Iterator[tuple[int, Any]]:
        """(number of the call, outcome) for each of ``calls``, as they end.

        An outcome is what the function returned, ``Raised`` or ``Broken``. The calls are read as they are needed. A worker
        that somebody killed from outside does its call again, once.
        """
        numbered = enumerate(calls)
        waiting: deque[tuple[int, Call]] = deque()
        again: set[int] = set()
        while True:
            self._fill(waiting, numbered)
            for worker in self._workers:
                if worker.busy is None and waiting:
                    worker.start(*waiting.popleft())
                    self._fill(waiting, numbered, ahead=1)
            busy = [worker for worker in self._workers if worker.busy is not None]
            if not busy:
                break
            self._fill(waiting, numbered, ahead=_AHEAD * self._count)
            for worker in _ready(busy):
                number, call, outcome = worker.outcome()
                if worker.dead:
                    self._workers.remove(worker)
                if isinstance(outcome, _Killed) and number not in again:
                    again.add(number)
                    waiting.appendleft((number, call))
                else:
                    yield number, outcome.broken if isinstance(outcome, _Killed) else outcome

    def _fill(
        self, waiting: deque[tuple[int, Call]], numbered: Iterator[tuple[int, Call]], ahead: int | None = None
    ) -> None:
        """Read calls until as many wait as are wanted, by default as many as there are idle workers, and have those workers."""
        wanted = ahead if ahead is not None else self._count - sum(worker.busy is not None for worker in self._workers)
        while len(waiting) < wanted and (found := next(numbered, None)) is not None:
            waiting.append(found)
        while len(self._workers) < min(self._count, len(waiting) + sum(w.busy is not None for w in self._workers)):
            if self._nursery is None:
                self._nursery = _Nursery(self._modules)
            self._workers.append(self._nursery.fork(self._limits))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end(at_once=error is not None)
        self._workers.clear()
        if self._nursery is not None:
            self._nursery.close()
            self._nursery = None


class _Killed(NamedTuple):
    """A worker was killed by somebody else."""

    broken: Broken


def _ready(busy: Sequence[_Worker]) -> list[_Worker]:
    """The workers that have an outcome, of which there is one at least when this returns."""
    while True:
        rest = min(worker.deadline for worker in busy) - monotonic()
        timeout = None if rest == float("inf") else max(0.0, rest)
        readable, _, _ = select.select([worker.socket for worker in busy], [], [], timeout)
        found = [worker for worker in busy if worker.socket in readable or worker.deadline <= monotonic()]
        if found:
            return found


class _Worker:
    """A worker as its caller sees it."""

    def __init__(self, nursery: _Nursery, process: int, end: socket.socket, said: int, limits: Limits) -> None:
        self.socket = end
        self.busy: tuple[int, Call] | None = None
        self.deadline = float("inf")
        self.dead = False
        self._nursery = nursery
        self._process = process
        self._said = said
        self._limits = limits

    def start(self, number: int, call: Call) -> None:
        """Have the worker make ``call``."""
        self.busy = number, call
        self.deadline = monotonic() + self._limits.wall if call.limited else float("inf")
        with suppress(BrokenPipeError, ConnectionResetError):  # it died while it was idle: ``outcome`` sees to it
            _send(self.socket, call)

    def outcome(self) -> tuple[int, Call, Any]:
        """The call that the worker is busy with, by its number, and what became of it."""
        assert self.busy is not None
        (number, call), late = self.busy, self.deadline <= monotonic()
        self.busy, self.deadline = None, float("inf")
        if late:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
        else:
            with suppress(EOFError, OSError, pickle.UnpicklingError):
                outcome, last = _receive(self.socket)
                if last:
                    self._bury()
                return number, call, outcome
        end, words = self._bury()
        return number, call, _reason(end, words, self._limits, late=late)

    def end(self, *, at_once: bool) -> None:
        """Let the worker go; ``at_once`` whatever it is doing."""
        if at_once:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
        self._bury()

    def _bury(self) -> tuple[_End, str]:
        """How the process ended, and what it said at last."""
        self.dead = True
        self.socket.close()
        end = self._nursery.wait(self._process)
        with os.fdopen(self._said, "rb") as said:
            return end, said.read(_SAID).decode(errors="replace").strip()


class _End(NamedTuple):
    """How a process ended: its status, as of waitpid, and the most memory that it had, in MiB."""

    status: int
    memory: int = 0


def _reason(end: _End, words: str, limits: Limits, *, late: bool) -> Broken | _Killed:
    """Why a worker died."""
    status = end.status
    if late:
        return Broken("time-limit", f"took more than {limits.wall:g} s by the clock, which is the limit", words or None)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return Broken(
                "time-limit", f"took more than {limits.seconds:g} s of the processor, which is the limit", words or None
            )
        if number in _FAILURES and end.memory > _NEARLY * limits.memory:
            # A library that gets no more memory ends the process in a way of its own.
            return Broken("memory-limit", _memory_limit(limits), words or None)
        name = signal.Signals(number).name if number in signal.valid_signals() else f"signal {number}"
        broken = Broken("internal-error", f"the process that prepared it died of {name}", words or None)
        return _Killed(broken) if number in (signal.SIGKILL, signal.SIGTERM) else broken
    code = os.waitstatus_to_exitcode(status)
    return Broken(
        "internal-error", f"the process that prepared it ended by itself, with the code {code}", words or None
    )


def _memory_limit(limits: Limits) -> str:
    return f"took more than {limits.memory} MiB of memory, which is the limit"


class _Nursery:
    """The process that forks the workers, as its user sees it."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            about = json.dumps({"path": sys.path, "control": theirs.fileno(), "modules": list(modules)})
            code = "import json, sys; about = json.loads(sys.argv[1]); sys.path[:] = about['path']; "
            self._process = subprocess.Popen(
                [sys.executable, "-c", code + "from gongwen.corpus import workers; workers.nurse(about)", about],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # a Ctrl-C at the terminal is for its user alone
            )

    def fork(self, limits: Limits) -> _Worker:
        """A new worker."""
        ours, theirs = socket.socketpair()
        said, saying = os.pipe()
        os.set_blocking(saying, False)  # who says more than a pipe holds is not stopped by it
        try:
            socket.send_fds(self._control, [_FORK], [theirs.fileno(), saying])
            _send(self._control, limits)
            process = _receive(self._control)
        except (EOFError, OSError) as error:
            ours.close()
            os.close(said)
            raise GongwenError("no process to work in could be started") from error
        finally:
            theirs.close()
            os.close(saying)
        return _Worker(self, process, ours, said, limits)

    def wait(self, process: int) -> _End:
        """The end of a worker that has ended or is about to."""
        try:
            self._control.sendall(_WAIT)
            _send(self._control, process)
            end: _End = _receive(self._control)
        except (EOFError, OSError):  # the nursery is gone, and its workers with it
            return _End(int(signal.SIGKILL))
        return end

    def close(self) -> None:
        """End the nursery and whatever workers it still has."""
        self._control.close()
        try:
            self._process.wait(_LAST_WORDS * 10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def nurse(about: dict[str, Any]) -> None:
    """The life of a nursery: forks a worker or waits for one as its user says; ends when its user is gone.

    Temporary files of its workers go with it, whatever ended them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with tempfile.TemporaryDirectory(prefix="gongwen-", ignore_cleanup_errors=True) as folder:
        tempfile.tempdir = folder
        _nurse(about)


def _nurse(about: dict[str, Any]) -> None:
    control = socket.socket(fileno=about["control"])
    for name in about["modules"]:
        with suppress(ModuleNotFoundError):  # of an extra that is not installed, so that nothing will need it
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is loaded stays shared with the workers
    living: set[int] = set()
    with suppress(EOFError, OSError):
        while True:
            order, descriptors, _, _ = socket.recv_fds(control, 1, 2)
            if order == _FORK:
                limits = _receive(control)
                process = os.fork()
                if process == 0:
                    _work(control, descriptors, limits)
                for descriptor in descriptors:
                    os.close(descriptor)
                living.add(process)
                _send(control, process)
            elif order == _WAIT:
                process = _receive(control)
                _, status, used = os.wait4(process, 0)
                living.discard(process)
                _send(control, _End(status, _mebibytes(used.ru_maxrss)))
            else:
                break
    for process in living:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    for process in living:
        os.waitpid(process, 0)


def _work(control: socket.socket, descriptors: Sequence[int], limits: Limits) -> None:
    """The life of a worker, which never returns."""
    code = 1
    try:
        control.close()
        end, saying = socket.socket(fileno=descriptors[0]), descriptors[1]
        os.dup2(saying, sys.stderr.fileno() if sys.stderr is not None else 2)
        os.close(saying)
        faulthandler.enable(2)
        with suppress(ImportError):
            import resource

            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(EOFError), collected_seldom():
            while True:
                call: Call = _receive(end)
                if not _answer(end, call, limits):
                    break
        code = 0
    finally:
        os._exit(code)


def _answer(end: socket.socket, call: Call, limits: Limits) -> bool:
    """Make a call and send what became of it; False if the worker had better be the last of its memory."""
    restrict(limits if call.limited else None)
    lean = True
    outcome: Any
    try:
        outcome = call.function(*call.arguments)
        message = pickle.dumps((outcome, not (lean := _lean(limits) or not call.limited)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        outcome = Broken("memory-limit", _memory_limit(limits))
        lean, message = False, b""
    except BaseException as error:
        outcome, lean, message = _raised(error), False, b""
    restrict(None)
    end.sendall(_framed(message or pickle.dumps((outcome, not lean), pickle.HIGHEST_PROTOCOL)))
    return lean


def _raised(error: BaseException) -> Raised:
    import traceback

    trace = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # an exception of somebody's own making
        error = RuntimeError(f"{type(error).__name__}: {error}")
    return Raised(error, trace)


def _lean(limits: Limits) -> bool:
    """Whether this process has so little memory that the next notice can have what it may."""
    import resource

    return _mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) < limits.memory // 2


def _mebibytes(most: int) -> int:
    """The most memory that a process had, as the system counts it, in MiB."""
    return most >> (20 if sys.platform == "darwin" else 10)


def _framed(message: bytes) -> bytes:
    return len(message).to_bytes(_LENGTH, "big") + message


def _send(end: socket.socket, value: Any) -> None:
    end.sendall(_framed(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)))


def _receive(end: socket.socket) -> Any:
    return pickle.loads(_exactly(end, int.from_bytes(_exactly(end, _LENGTH), "big")))


def _exactly(end: socket.socket, length: int) -> bytes:
    pieces = []
    while length:
        piece = end.recv(min(length, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
