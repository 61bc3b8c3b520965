"""How well a comparison recovers what was changed, and how long it takes.

Plans are edited by a script of random edits; every change that the comparison reports is held against the script, and against
what follows from it. Prints precision, recall and F1 for each kind of change, then the time for 1,000 tasks against 1,000.

Run from the root of the repository: python bench/diff.py [PAIRS]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from diff_generator import Pair, facts, pair
from gongwen import compare

_EDITS = 16


class Score:
    """Counts by kind: recovered, reported without being so, missed."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, found: Pair) -> None:
        reported = set(facts(compare.diff(found.old.notice, found.new.notice), found.old, found.new))
        self.right.update(kind for kind, *_ in reported & found.expected)
        self.wrong.update(kind for kind, *_ in reported - found.expected)
        self.missed.update(kind for kind, *_ in found.expected - reported)

    @property
    def kinds(self) -> list[str]:
        return sorted({*self.right, *self.wrong, *self.missed})

    def f1(self, kind: str | None = None) -> float:
        """F1 of a kind, or of all changes."""
        right, wrong, missed = (
            count[kind] if kind else count.total() for count in (self.right, self.wrong, self.missed)
        )
        return 2 * right / (2 * right + wrong + missed) if right or wrong or missed else 1.0


def main(pairs: int) -> None:
    score = Score()
    for seed in range(pairs):
        score.add(pair(seed, 1 + seed % _EDITS))
    print(f"{'kind':<24}{'right':>8}{'wrong':>8}{'missed':>8}{'F1':>8}")
    for kind in score.kinds:
        print(f"{kind:<24}{score.right[kind]:>8}{score.wrong[kind]:>8}{score.missed[kind]:>8}{score.f1(kind):>8.3f}")
    print(
        f"{'all, ' + str(pairs) + ' pairs':<24}{score.right.total():>8}{score.wrong.total():>8}{score.missed.total():>8}{score.f1():>8.3f}"
    )
    large = pair(0, 400, 1000)
    start, worked = time.perf_counter(), time.process_time()
    compare.diff(large.old.notice, large.new.notice)
    sizes = " × ".join(f"{len(built.notice.tasks):,}" for built in (large.old, large.new))
    print(
        f"{sizes} tasks, 400 edits: {time.perf_counter() - start:.2f} s, {time.process_time() - worked:.2f} s of computing"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
