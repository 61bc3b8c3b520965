"""Calls that go wrong in all ways, for tests of the workers; imported in a nursery, it makes sources go wrong by their names."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gongwen import pipeline
from gongwen.document import Source
from gongwen.pipeline import Parsed, parse_source


def double(number: int) -> int:
    return 2 * number


def leave(_: object = None) -> None:
    print("last words", file=sys.stderr, flush=True)
    os._exit(3)


def kill(_: object = None) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_once(marker: str) -> str:
    """Dies of SIGKILL where the file ``marker`` is not there yet."""
    if not Path(marker).exists():
        Path(marker).touch()
        kill()
    return "done"


def crash(_: object = None) -> None:
    ctypes.string_at(0)


def backtrack(_: object = None) -> None:
    """Is for ever in the engine of regular expressions, which is C and looks at no signal."""
    re.match(r"(?:a|a)*$", "a" * 64 + "b")


def sleep(_: object = None) -> None:
    time.sleep(3600)


def hog(_: object = None) -> int:
    held = []
    while True:
        held.append(bytearray(1 << 24))


def die_beside_a_temporary_file(_: object = None) -> None:
    """Dies of SIGKILL while it holds a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "file").write_text(folder, encoding="utf-8")
        Path(os.environ["TOLD"]).write_text(folder, encoding="utf-8")
        kill()


def abort(_: object = None) -> None:
    """Ends as libraries written in C do that get no more memory."""
    held = []
    try:
        while True:
            held.append(bytearray(1 << 24))
    except MemoryError:
        os.abort()


def chatter(_: object = None) -> str:
    """Says more than a pipe holds."""
    with open(2, "wb", buffering=0, closefd=False) as said:
        for _ in range(2_000):
            said.write(b"x" * 100)
    return "said"


def fail(_: object = None) -> None:
    raise ValueError("no good")


_WAYS: dict[str, Callable[[], object]] = {
    "leave": leave,
    "kill": kill,
    "crash": crash,
    "backtrack": backtrack,
    "sleep": sleep,
    "hog": hog,
    "fail": fail,
}


def _parse_or_fail(source: Source, name: str | None = None) -> Parsed:
    if way := _WAYS.get(Path(name or "").stem):
        way()
    return parse_source(source, name)


def spoil() -> None:
    """Make the sources of this process go wrong that are named after a way."""
    pipeline.__dict__["parse_source"] = _parse_or_fail
