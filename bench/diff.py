"""How well a comparison recovers what was changed, and how long it takes.

Plans are edited by a script of random edits, in the words of people who write anew (tests/diff_generator.py); every change that the
comparison reports is held against the script, and against what follows from it. Prints precision, recall and F1 for each kind of
change, then the time for 1,000 tasks against 1,000.

Run from the root of the repository: python bench/diff.py [PAIRS]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from diff_generator import Pair, cascade, facts, pair, sisters
from gongwen import compare

_EDITS = 16
_OF_TWO = 4  # one pair of two governments for so many versions of one plan


class Score:
    """Counts by kind: recovered, reported without being so, missed."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, found: Pair) -> None:
        diff = compare.diff(found.old.notice, found.new.notice)
        reported = facts(diff, found) | {("relation", diff.relation.kind)}
        expected = found.expected | {("relation", found.relation)}
        self.right.update(kind for kind, *_ in reported & expected)
        self.wrong.update(kind for kind, *_ in reported - expected)
        self.missed.update(kind for kind, *_ in expected - reported)

    @property
    def kinds(self) -> list[str]:
        return sorted({*self.right, *self.wrong, *self.missed})

    def f1(self, kind: str | None = None) -> float:
        """F1 of a kind, or of all changes."""
        right, wrong, missed = (
            count[kind] if kind else count.total() for count in (self.right, self.wrong, self.missed)
        )
        return 2 * right / (2 * right + wrong + missed) if right or wrong or missed else 1.0


def pairs(count: int) -> Iterator[Pair]:
    """Versions of plans with one to sixteen edits; among them plans of two governments."""
    for seed in range(count):
        if seed % _OF_TWO == _OF_TWO - 1:
            yield (sisters if seed % (2 * _OF_TWO) < _OF_TWO else cascade)(seed)
        else:
            found = pair(seed, 1 + seed % _EDITS)
            if found.expected:
                yield found


def main(count: int) -> None:
    score = Score()
    for found in pairs(count):
        score.add(found)
    print(f"{'kind':<24}{'right':>8}{'wrong':>8}{'missed':>8}{'F1':>8}")
    for kind in score.kinds:
        print(f"{kind:<24}{score.right[kind]:>8}{score.wrong[kind]:>8}{score.missed[kind]:>8}{score.f1(kind):>8.3f}")
    totals = "".join(f"{counts.total():>8}" for counts in (score.right, score.wrong, score.missed))
    print(f"{f'all, {count} pairs':<24}{totals}{score.f1():>8.3f}")
    large = pair(0, 400, 1000)
    start, worked = time.perf_counter(), time.process_time()
    compare.diff(large.old.notice, large.new.notice)
    sizes = " × ".join(f"{len(built.notice.tasks):,}" for built in (large.old, large.new))
    print(
        f"{sizes} tasks, 400 edits: {time.perf_counter() - start:.2f} s, {time.process_time() - worked:.2f} s of computing"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
