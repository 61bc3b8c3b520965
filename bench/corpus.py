"""Reads every file below a folder, checks what must hold for each, and prints the throughput and the slowest documents.

Held for each document that is read: its JSON is valid, its blocks tile its source, every span lies in the source, each block's
span replays to its text, and a second run gives the same bytes. What is refused is counted by its reason.
Run: python bench/corpus.py FOLDER
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson

from gongwen import pipeline, read, to_json
from gongwen.errors import CorrectionError, SourceError
from gongwen.validation import problems

SLOWEST = 5


def faults(parsed: pipeline.Parsed, record: bytes) -> Iterator[str]:
    """What does not hold for a notice that must."""
    data, text = orjson.loads(record), parsed.text
    for problem in problems(data):
        yield f"{problem.path}: {problem.message}"
    at = 0
    for block in parsed.notice.blocks:
        if block.span.start != at:
            yield f"a block begins at {block.span.start}, the one before ends at {at}"
        if text.quote(block.span) != block.text:
            yield f"the block at {block.span.start} does not replay"
        at = block.span.end
    if at != len(text.source):
        yield f"the blocks end at {at} of {len(text.source)}"
    for path, span in spans(data):
        if not 0 <= span["start"] <= span["end"] <= len(text.source):
            yield f"{path}: {span} lies outside the source"


def spans(node: Any, path: str = "$") -> Iterator[tuple[str, dict[str, int]]]:
    """Every span below ``node`` with its path."""
    if isinstance(node, dict):
        if node.keys() == {"start", "end"}:
            yield path, node
        for key, value in node.items():
            yield from spans(value, f"{path}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from spans(value, f"{path}[{number}]")


def main() -> None:
    folder = Path(sys.argv[1])
    times: list[tuple[float, int, Path]] = []
    refused: Counter[str] = Counter()
    broken = 0
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
            broken += 1
            print(f"{path}: {traceback.format_exc(limit=-3)}")
            continue
        times.append((perf_counter() - begin, len(parsed.text.source), path))
        found = list(faults(parsed, record))
        if to_json(pipeline.parse_source(read.open_source(path)).notice) != record:
            found.append("a second run gives other bytes")
        broken += bool(found)
        for fault in found[:3]:
            print(f"{path}: {fault}")
    seconds, characters = sum(time for time, _, _ in times), sum(length for _, length, _ in times)
    print(
        f"{len(times)} read, {sum(refused.values())} refused ({', '.join(f'{code} {count}' for code, count in refused.most_common())}), {broken} with faults"
    )
    print(
        f"{characters} characters in {seconds:.1f} s: {characters / max(seconds, 1e-9) / 1000:.0f} thousand a second on one core"
    )
    for time, length, path in sorted(times, reverse=True)[:SLOWEST]:
        print(f"  {time * 1000:7.1f} ms  {length:7} characters  {path.relative_to(folder)}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
