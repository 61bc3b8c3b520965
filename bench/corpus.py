"""Reads every file below a folder, checks what must hold for each, and prints the throughput and the slowest documents.

Held for each document that is read: the promises (tests/promises.py), and that a second run gives the same bytes. What is refused is
counted by its reason.
Run: python bench/corpus.py FOLDER
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from gongwen import pipeline, read, to_json
from gongwen.errors import CorrectionError, SourceError
from promises import broken

SLOWEST = 5


def main() -> None:
    folder = Path(sys.argv[1])
    times: list[tuple[float, int, Path]] = []
    refused: Counter[str] = Counter()
    faulty = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.endswith(".gold.json"):
            continue
        begin = perf_counter()
        try:
            parsed = pipeline.parse_source(read.open_source(path))
            record = to_json(parsed.notice)
        except (SourceError, CorrectionError) as error:
            refused[error.code] += 1
            continue
        except Exception:  # the very thing that this script looks for
            faulty += 1
            print(f"{path}: {traceback.format_exc(limit=-3)}")
            continue
        times.append((perf_counter() - begin, len(parsed.text.source), path))
        found = list(broken(parsed))
        if to_json(pipeline.parse_source(read.open_source(path)).notice) != record:
            found.append("a second run gives other bytes")
        faulty += bool(found)
        for fault in found[:3]:
            print(f"{path}: {fault}")
    seconds, characters = sum(time for time, _, _ in times), sum(length for _, length, _ in times)
    print(
        f"{len(times)} read, {sum(refused.values())} refused ({', '.join(f'{code} {count}' for code, count in refused.most_common())}), {faulty} with faults"
    )
    print(
        f"{characters} characters in {seconds:.1f} s: {characters / max(seconds, 1e-9) / 1000:.0f} thousand a second on one core"
    )
    for time, length, path in sorted(times, reverse=True)[:SLOWEST]:
        print(f"  {time * 1000:7.1f} ms  {length:7} characters  {path.relative_to(folder)}")
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
