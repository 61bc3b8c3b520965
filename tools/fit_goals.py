"""Fit the probability that a number is a goal to annotated plans: a logistic function of the weight of what speaks for it.

    python tools/fit_goals.py CORPUS [--write]

CORPUS holds <name>.gold.json beside each source (targets: quote, value). Each number that the parser weighs is a goal if a target has its value and
words that overlap. Slope and intercept maximize the likelihood, with a weak prior (L2) that keeps them finite. Printed are figures for each plan
left out in turn (Brier score; how many goals there are at each probability); --write writes parser/gongwen/lexicon/goal_calibration.tsv.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import unicodedata
from collections.abc import Sequence
from math import exp
from pathlib import Path
from typing import NamedTuple

from gongwen import read
from gongwen.lexicon.goal_evidence import THRESHOLD, weight
from gongwen.pipeline import parse_source

TABLE = Path(__file__).parents[1] / "parser/gongwen/lexicon/goal_calibration.tsv"
_PRIOR = 0.01  # strength of the prior on slope and intercept
_STEPS = 60
_BINS = (0.0, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 1.01)


class Number(NamedTuple):
    """A number that was weighed, and whether it is a goal."""

    weight: int
    is_goal: bool


def fold(text: str) -> str:
    return re.sub(r"[\s“”\"'‘’.,，]+", "", unicodedata.normalize("NFKC", text))


def numbers(gold: Path) -> list[Number]:
    """The numbers that the parser weighs in the source beside ``gold``."""
    record = json.loads(gold.read_text(encoding="utf-8"))
    stem = gold.name.removesuffix(".gold.json")
    [source] = [path for path in gold.parent.glob(f"{stem}.*") if path.suffix in (".txt", ".md", ".html", ".htm")]
    parsed = parse_source(read.open_source(source))
    value = parsed.text.value
    quotes = [(fold(target["quote"]), str(target["value"])) for target in record["targets"]]
    found = []
    for place, evidence in parsed.weighed:
        low, high = max(0, place.start - 8), place.end + 4
        words, around = fold(value[place.start : place.end]), fold(value[low:high])
        goal = any(words in quote and (around in quote or _shares(around, quote)) for quote, _ in quotes)
        found.append(Number(weight(evidence), goal))
    return found


def _shares(around: str, quote: str) -> bool:
    """Whether most of the words around a number stand in a quote."""
    return any(around[start : start + 6] in quote for start in range(max(1, len(around) - 5)))


def fit(data: Sequence[Number]) -> tuple[float, float]:
    """Slope and intercept, by Newton's method."""
    slope, intercept = 0.5, 0.0
    for _ in range(_STEPS):
        a = b = 0.0
        aa = ab = bb = _PRIOR
        ab = 0.0
        a -= _PRIOR * slope
        b -= _PRIOR * intercept
        for one, goal in data:
            x = one - THRESHOLD
            p = 1 / (1 + exp(-(slope * x + intercept)))
            a += (goal - p) * x
            b += goal - p
            aa += p * (1 - p) * x * x
            ab += p * (1 - p) * x
            bb += p * (1 - p)
        determinant = aa * bb - ab * ab
        slope += (bb * a - ab * b) / determinant
        intercept += (aa * b - ab * a) / determinant
    return slope, intercept


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path, nargs="+")
    arguments.add_argument("--write", action="store_true", help="write the table")
    given = arguments.parse_args()
    plans = {gold: numbers(gold) for folder in given.corpus for gold in sorted(folder.rglob("*.gold.json"))}
    plans = {gold: found for gold, found in plans.items() if found}
    everything = [number for found in plans.values() for number in found]
    left_out: list[tuple[float, bool]] = []
    for gold, found in plans.items():
        slope, intercept = fit([number for other, more in plans.items() if other != gold for number in more])
        left_out += [(1 / (1 + exp(-(slope * (n.weight - THRESHOLD) + intercept))), n.is_goal) for n in found]
    brier = sum((p - goal) ** 2 for p, goal in left_out) / len(left_out)
    print(
        f"{len(plans)} plans, {len(everything)} numbers, {sum(n.is_goal for n in everything)} goals; each plan left out in turn:"
    )
    print(f"Brier score {brier:.4f}")
    for low, high in itertools.pairwise(_BINS):
        inside = [(p, goal) for p, goal in left_out if low <= p < high]
        if inside:
            mean, share = sum(p for p, _ in inside) / len(inside), sum(goal for _, goal in inside) / len(inside)
            print(
                f"  {low:.2f}–{min(high, 1):.2f}: {len(inside):5} numbers, mean probability {mean:.2f}, goals {share:.2f}"
            )
    slope, intercept = fit(everything)
    print(f"slope {slope:.3f}, intercept {intercept:.3f}")
    if given.write:
        row = f"{slope:.3f}\t{intercept:.3f}\t{len(plans)}\t{len(everything)}\n"
        TABLE.write_text("slope\tintercept\tplans\tnumbers\n" + row, encoding="utf-8")


if __name__ == "__main__":
    main()
