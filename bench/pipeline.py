"""Measures the whole pipeline, bytes in, validated JSON bytes out, against its floor.

The floor is what three libraries need for the parts that nobody can leave out: OpenCC to convert the clean text,
jsonschema-rs to validate the JSON, orjson to write it. Both run in this process, warm and in turns, and are measured in
time of the processor, so that a noisy machine slows both alike; what counts is the ratio. Run: python bench/pipeline.py
[SOURCE [REPETITIONS]]
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import opencc
import orjson

from gongwen import pipeline, read
from gongwen.publish.record import to_json
from gongwen.validation import validator

FIRST_NOTICE = Path("source/000_84bd1b8d845f832a.txt")


def whole(data: bytes) -> bytes:
    """The job that is measured: a source's bytes to the bytes of its validated JSON."""
    record = to_json(pipeline.parse_source(read.from_bytes(data)).notice)
    if not validator().is_valid(orjson.loads(record)):
        raise SystemExit("the notice is not valid")
    return record


def microseconds(action: Callable[[], object]) -> float:
    begin = process_time()
    action()
    return (process_time() - begin) * 1e6


def compare(label: str, data: bytes, clean: str, repetitions: int) -> float:
    """Prints how long ``data`` takes, and how many times that is the floor; returns the median ratio."""
    record = orjson.loads(whole(data))
    convert = opencc.OpenCC("t2s").convert
    valid = validator().is_valid
    floors: list[Callable[[], object]] = [
        lambda: convert(clean),
        lambda: valid(record),
        lambda: orjson.dumps(record, option=orjson.OPT_INDENT_2),
    ]
    for _ in range(10):
        whole(data), [floor() for floor in floors]
    totals, bases, ratios = [], [], []
    for _ in range(repetitions):
        total = microseconds(lambda: whole(data))
        base = [microseconds(floor) for floor in floors]
        totals.append(total)
        bases.append(base)
        ratios.append(total / sum(base))
    parts = [median(column) for column in zip(*bases, strict=True)]
    names = ("OpenCC", "jsonschema-rs", "orjson")
    floor_text = " + ".join(f"{name} {part:.0f}" for name, part in zip(names, parts, strict=True))
    print(
        f"{label:34} {median(totals):8.0f} µs   floor {sum(parts):6.0f} µs ({floor_text})   ratio {median(ratios):5.2f}"
    )
    return median(ratios)


def cold_start(path: Path) -> float:
    """Seconds that `gongwen parse` takes from a cold start, the best of three."""
    command = [sys.executable, "-m", "gongwen", "parse", str(path)]
    taken = []
    for _ in range(3):
        begin = perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        taken.append(perf_counter() - begin)
    return min(taken)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FIRST_NOTICE
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    data = path.read_bytes()
    text = pipeline.parse_source(read.from_bytes(data)).text
    repaired = next((layer.before for layer in text.layers if layer.name == "script"), text.source)
    print(f"{path}: {len(text.source)} characters, {len(repaired)} after repair, {len(text.value)} published")
    compare("clean, traditional script", repaired.encode(), repaired, repetitions)
    compare("clean, simplified script", text.value.encode(), text.value, repetitions)
    compare("as found", data, repaired, repetitions)
    print(f"gongwen parse from a cold start: {cold_start(path):.2f} s")


if __name__ == "__main__":
    main()
