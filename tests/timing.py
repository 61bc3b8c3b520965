"""Tests of how time grows with the input: four times the input, about four times the time."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time
from typing import TypeVar

Input = TypeVar("Input")

_ALLOWED = 8  # times as long for four times the input: room for noise, but none for a square, which takes sixteen
_GRACE = 0.05  # seconds
_ATTEMPTS = 5


def seconds(action: Callable[[], object], repetitions: int = 3) -> float:
    """Processor time of ``action``, the best of ``repetitions``.

    The garbage collector stays off meanwhile: it would walk through all that earlier tests left, which is none of the input.
    """
    gc.collect()
    gc.disable()
    try:
        times = []
        for _ in range(repetitions):
            start = process_time()
            action()
            times.append(process_time() - start)
        return min(times)
    finally:
        gc.enable()


def assert_linear(make: Callable[[int], Input], action: Callable[[Input], object], size: int) -> None:
    """Assert that ``action`` on ``make(4 * size)`` takes no longer than growth with the length explains.

    What else the machine does may spoil a measurement, never mend one: it is enough that one attempt of a few holds.
    """
    small, large = make(size), make(4 * size)
    action(small)  # loads what is loaded once
    measured = []
    for _ in range(_ATTEMPTS):
        base, taken = seconds(lambda: action(small), 2), seconds(lambda: action(large), 1)
        if taken < _ALLOWED * base + _GRACE:
            return
        measured.append((base, taken))
    raise AssertionError(f"four times the input took, in seconds, (once, four times): {measured}")
