"""Workers under limits: whatever happens in one is the outcome of its call, and the others go on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import failing
from gongwen.corpus import workers
from gongwen.corpus.limits import Limits
from gongwen.corpus.workers import Broken, BrokenError, Call, Raised, Workers, limited

pytestmark = pytest.mark.skipif(not workers.available, reason="no workers on this system")

LIMITS = Limits(seconds=1, memory=300)
QUICK = Limits(seconds=0.3, memory=300)  # 1.2 s by the clock


@pytest.fixture(scope="module", autouse=True)
def patient() -> Iterator[None]:
    """On a busy machine a second of the processor can take long by the clock."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gongwen.corpus.limits.PATIENCE", 100)
        yield


@pytest.fixture(scope="module")
def two() -> Iterator[Workers]:
    with Workers(2, LIMITS, ["failing"]) as found:
        yield found


@pytest.mark.parametrize(
    ("function", "code", "said"),
    [
        (failing.leave, "internal-error", "ended by itself, with the code 3"),
        (failing.kill, "internal-error", "died of SIGKILL"),
        (failing.crash, "internal-error", "died of SIGSEGV"),
        (failing.backtrack, "time-limit", "took more than 1 s of the processor"),
        (failing.hog, "memory-limit", "took more than 300 MiB of memory"),
        (failing.abort, "memory-limit", "took more than 300 MiB of memory"),
    ],
    ids=["os._exit", "SIGKILL", "SIGSEGV", "endless in C", "memory", "memory in C"],
)
def test_a_call_that_goes_wrong_is_an_outcome_and_the_others_go_on(
    two: Workers, function: object, code: str, said: str
) -> None:
    calls = [Call(failing.double, (number,)) for number in range(6)]
    calls.insert(3, Call(function, ()))  # type: ignore[arg-type]
    outcomes = dict(two.map(calls))
    assert [outcomes[number] for number in (0, 1, 2, 4, 5, 6)] == [0, 2, 4, 6, 8, 10]
    assert isinstance(outcomes[3], Broken)
    assert outcomes[3].code == code
    assert said in outcomes[3].message


def test_temporary_files_of_a_worker_that_died_go_with_the_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    with pytest.raises(BrokenError, match="SIGKILL"):
        limited(failing.die_beside_a_temporary_file, None)
    folder = Path((tmp_path / "told").read_text(encoding="utf-8"))
    assert folder.parent.name.startswith("gongwen-")
    assert not folder.parent.exists()


def test_what_a_worker_said_before_it_died_is_told(two: Workers) -> None:
    [(_, left), (_, crashed)] = sorted(two.map([Call(failing.leave, ()), Call(failing.crash, ())]))
    assert left.trace == "last words"
    assert "Segmentation fault" in crashed.trace
    assert "failing.py" in crashed.trace


def test_a_worker_that_waits_for_ever_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongwen.corpus.limits.PATIENCE", 4)
    with Workers(1, QUICK, ["failing"]) as one:
        begin = time.monotonic()
        [(_, slept), (_, doubled)] = sorted(one.map([Call(failing.sleep, ()), Call(failing.double, (4,))]))
    assert (slept.code, doubled) == ("time-limit", 8)
    assert "by the clock" in slept.message
    assert time.monotonic() - begin < 60


def test_an_exception_is_an_outcome_with_its_traceback(two: Workers) -> None:
    [(_, outcome)] = two.map([Call(failing.fail, ())])
    assert isinstance(outcome, Raised)
    assert isinstance(outcome.error, ValueError)
    assert "in fail" in outcome.trace


def test_a_worker_that_somebody_kills_does_its_call_again(two: Workers, tmp_path: Path) -> None:
    [(_, outcome)] = two.map([Call(failing.kill_once, (str(tmp_path / "killed"),))])
    assert outcome == "done"


def test_a_worker_that_says_much_is_not_stopped_by_it(two: Workers) -> None:
    [(_, outcome)] = two.map([Call(failing.chatter, ())])
    assert outcome == "said" or isinstance(outcome, Raised)


def test_calls_without_limits_may_take_long(two: Workers) -> None:
    [(_, outcome)] = two.map([Call(time.sleep, (0.1,), limited=False)])
    assert outcome is None


def test_calls_are_read_as_they_are_needed(two: Workers) -> None:
    read = 0

    def calls() -> Iterator[Call]:
        nonlocal read
        for number in range(100):
            read += 1
            yield Call(failing.double, (number,))

    outcomes = two.map(calls())
    next(outcomes)
    assert read < 12
    assert len(list(outcomes)) == 99


def test_a_single_call_raises_what_it_raises_and_what_ended_it() -> None:
    assert limited(failing.double, 21) == 42
    with pytest.raises(ValueError, match="no good"):
        limited(failing.fail, None)
    with pytest.raises(BrokenError, match="SIGSEGV") as raised:
        limited(failing.crash, None)
    assert raised.value.broken.code == "internal-error"


def test_a_module_that_is_not_installed_is_not_loaded_first() -> None:
    with Workers(1, LIMITS, ["no_such_module", "failing"]) as one:
        assert list(one.map([Call(failing.double, (3,))])) == [(0, 6)]


def test_no_process_stays_when_the_program_is_killed() -> None:
    code = (
        "import os, signal, failing; from gongwen.corpus.workers import *; from gongwen.corpus.limits import Limits\n"
        "with Workers(2, Limits(), ['failing']) as two:\n"
        "    for _ in two.map([Call(failing.double, (1,)), *[Call(failing.sleep, ())] * 2]):\n"
        "        print(os.getpid(), *[worker._process for worker in two._workers], two._nursery._process.pid, flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    processes = [int(number) for number in done.stdout.split()]
    assert len(processes) >= 3
    deadline = time.monotonic() + 20
    while any(map(_lives, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_lives, processes))


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
