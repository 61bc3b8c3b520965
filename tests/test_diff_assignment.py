"""The assignment problem, against SciPy's solver."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from gongwen.compare.assignment import assign, optimal
from timing import seconds

SCORES = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)),
    st.sampled_from([0.1, 0.3, 0.5, 0.5000001, 0.9]) | st.floats(0.01, 1),
)
Edge = tuple[float, int, int]


def best_sum(edges: list[Edge]) -> float:
    scores = np.zeros((200, 200))
    for score, left, right in edges:
        scores[left, right] = score
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return float(scores[rows, columns].sum())


def check(edges: list[Edge]) -> None:
    pairs = list(optimal(edges))
    score = {(left, right): score for score, left, right in edges}
    assert set(pairs) <= score.keys()
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    assert sum(score[pair] for pair in pairs) == pytest.approx(best_sum(edges))


@given(SCORES)
def test_the_sum_is_the_greatest(scores: dict[tuple[int, int], float]) -> None:
    check([(score, left, right) for (left, right), score in scores.items()])


@pytest.mark.parametrize("seed", range(20))
def test_the_sum_is_the_greatest_among_many(seed: int) -> None:
    rng = random.Random(seed)
    count = rng.randint(20, 200)
    ends = {(rng.randrange(count), rng.randrange(count)) for _ in range(rng.randint(count, 10 * count))}
    check([(rng.choice([0.25, 0.5, rng.random() + 0.001]), left, right) for left, right in sorted(ends)])


def test_a_clear_lead_is_taken_and_the_rest_is_assigned() -> None:
    edges = [(0.9, "a", "x"), (0.5, "b", "y"), (0.45, "b", "z"), (0.48, "c", "y"), (0.1, "a", "y")]
    assert sorted(assign(edges)) == [("a", "x"), ("b", "z"), ("c", "y")]


def test_a_thousand_that_all_compete_take_seconds() -> None:
    rng = random.Random(1)
    edges = [(0.5 + rng.random() / 10, at, (at + step) % 1000) for at in range(1000) for step in (0, 1, 7, 90, 333)]
    assert seconds(lambda: list(optimal(edges)), repetitions=1) < 5
