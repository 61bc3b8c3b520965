"""Spoils files by chance (tests/file_mutations.py) and looks whether each ends, under the limits of a build, in a notice or in one error.

The files are those below the FOLDERS that are given, of any format that is read. What ends by a limit, by the death of its process, by an
exception that is none of the package's, or breaks a promise (tests/promises.py) is written to build/fuzz/ with the reason.

Run from the root of the repository: python tools/fuzz_files.py [--count N] [--seed N] FOLDERS …
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import monotonic

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from file_mutations import Ended, attempt, spoiled
from gongwen.corpus.limits import Limits
from gongwen.corpus.workers import Broken, Call, Raised, Workers

FOUND = Path("build/fuzz")
KINDS = (".docx", ".xlsx", ".ofd", ".pdf", ".doc", ".wps")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument("--count", type=int, default=1000, help="how many files (1000)")
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    stock = [
        (path, path.read_bytes())
        for folder in given.folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in KINDS and path.stat().st_size < 2 << 20
    ]
    by_kind = {kind: [each for each in stock if each[0].suffix == kind] for kind in KINDS}
    kinds = [kind for kind in KINDS if by_kind[kind]]
    made: list[tuple[str, bytes]] = []
    for number in range(given.count):
        chance = Random(given.seed * 1_000_003 + number)
        path, data = chance.choice(by_kind[kinds[number % len(kinds)]])
        made.append((path.suffix, spoiled(data, chance)))
    ends: Counter[tuple[str, str]] = Counter()
    wrong = 0
    slowest = dict.fromkeys(kinds, (0.0, 0))
    most = 0
    start = monotonic()
    with Workers(1, Limits(), ["file_mutations"]) as workers:
        for number, outcome in workers.map(Call(attempt, (data,)) for _, data in made):
            kind, data = made[number]
            said = None
            if isinstance(outcome, Ended):
                ends[kind, outcome.code] += 1
                slowest[kind] = max(slowest[kind], (outcome.seconds, number))
                most = max(most, outcome.memory)
                said = outcome.broken
            elif isinstance(outcome, Broken):
                ends[kind, outcome.code] += 1
                said = f"{outcome.message}\n{outcome.trace or ''}"
            elif isinstance(outcome, Raised):
                ends[kind, type(outcome.error).__name__] += 1
                said = outcome.trace
            if said:
                wrong += 1
                FOUND.mkdir(parents=True, exist_ok=True)
                name = FOUND / f"{given.seed}-{number}{kind}"
                name.write_bytes(data)
                print(f"{name}: {said}", flush=True)
    for (kind, code), count in sorted(ends.items()):
        print(f"{count:6} {kind} {code}")
    for kind, (seconds, number) in slowest.items():
        print(f"{kind}: at most {seconds:.1f} s, number {number}")
    print(f"{given.count} files in {monotonic() - start:.0f} s, at most {most} MiB, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
