"""How time grows with the length, for every construct of tests/hostile_texts.py: the exponent over doublings, in time of the processor.

An exponent of 1 is linear, of 2 a square. A construct is doubled from 1/8 of SIZE bytes up to SIZE; its exponent is the slope over all
doublings, and a construct above LIMIT is measured again, for a machine that others use makes some runs slow and none fast.
Run from the root of the repository: python bench/growth.py [--size BYTES] [--only NAME]
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import gongwen
from gongwen.errors import GongwenError
from gongwen.garbage import collected_seldom
from hostile_texts import TEXTS

LIMIT = 1.15
DOUBLINGS = 3
_ATTEMPTS = 3


def repetitions(make: Callable[[int], str], size: int) -> int:
    """How many repetitions give a text of about ``size`` bytes in UTF-8."""
    trial = 4_000
    empty, grown = (len(make(count).encode()) for count in (trial, 2 * trial))
    return max(20, trial + round((size - empty) * trial / (grown - empty)))


def taken(text: str) -> float:
    gc.collect()
    start = process_time()
    with suppress(GongwenError), collected_seldom():  # as the workers of a build do
        gongwen.parse(text)
    return process_time() - start


def slope(times: list[float]) -> float:
    """The exponent: the slope of the logarithm of time over the number of doublings."""
    middle = (len(times) - 1) / 2
    weights = [at - middle for at in range(len(times))]
    return sum(weight * math.log2(time) for weight, time in zip(weights, times, strict=True)) / sum(
        w * w for w in weights
    )


def measure(make: Callable[[int], str], size: int) -> list[float]:
    """Seconds for SIZE/8, SIZE/4, SIZE/2 and SIZE; the small ones are repeated, the best counts."""
    count = repetitions(make, size)
    return [
        min(taken(make(count >> doubling)) for _ in range(1 + (doubling > 0))) for doubling in range(DOUBLINGS, -1, -1)
    ]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--size", type=int, default=1 << 20, help="bytes of the largest text (1 MB)")
    arguments.add_argument("--only", default="", help="a part of the names of the constructs to measure")
    given = arguments.parse_args()
    above = 0
    gongwen.parse(TEXTS["whole notices"](100))
    for name, make in TEXTS.items():
        if given.only not in name:
            continue
        times = measure(make, given.size)
        for _ in range(_ATTEMPTS - 1):
            if slope(times) <= LIMIT:
                break
            times = [min(pair) for pair in zip(times, measure(make, given.size), strict=True)]
        above += slope(times) > LIMIT
        print(
            f"{slope(times):5.2f} {'ABOVE' if slope(times) > LIMIT else '     '} {times[-1]:7.2f} s  {name}", flush=True
        )
    print(f"{above} above {LIMIT}")
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main())
