"""Breaks texts by chance and looks whether the promises hold: nothing lost, nothing invented, the same bytes, a fixed point.

Every other round composes a notice with known answers (tests/notice_generator.py) in a layout and with damage: each answer must be right or have
a finding where it stands. The other rounds take an invented notice of tests/ or examples/, or a file below the FOLDERS that are given, delete, double, move and exchange stretches, lines and tags of it, and parse it. What breaks a promise or raises anything but the errors of the
package is made as short as it still breaks, and written to build/fuzz/, with the reason. A failure goes into tests/cases/promises.toml in
invented words, never in those of a real document.

Run from the root of the repository: python tools/fuzz.py [--seconds N] [--seed N] [FOLDERS …]
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import monotonic

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import notice_generator
import promises
from gongwen import analyze, pipeline, read, to_json
from gongwen.errors import GongwenError
from mutations import mutated

FOUND = Path("build/fuzz")
OWN = ("tests/golden/*/source.*", "tests/fixtures/*/source.txt", "examples/source/*.txt", "examples/source/*.html")
_LONGEST = 12_000  # characters of a text to mutate: longer ones cost rounds and break no other rules


def fault(text: str) -> str | None:
    """The first promise that ``text`` breaks, None if it is read well or refused in words."""
    try:
        source = read.from_bytes(text.encode("utf-8", "replace"))
        parsed = pipeline.parse_source(source)
    except GongwenError:
        return None
    except Exception:
        return traceback.format_exc(limit=-2)
    try:
        if to_json(pipeline.parse_source(source).notice) != to_json(parsed.notice):
            return "a second run gives other bytes"
        return next(promises.broken(parsed), None)
    except GongwenError as error:
        return f"fixed point: the text is refused: {error.code}"
    except Exception:
        return "again: " + traceback.format_exc(limit=-2)


def kind(said: str) -> str:
    """What two failures of one cause have in common: the promise, or the line of code that raised."""
    if "Traceback" in said:
        return next((line.strip() for line in reversed(said.splitlines()) if line.strip().startswith("File")), said)
    return " ".join(word for word in said.split(":")[0].split() if not word[-1].isdigit())


def shortest(text: str, fails: Callable[[str], bool], deadline: float) -> str:
    """``text`` without all the lines, then the characters, that it fails without."""
    for parts, joint in ((text.split("\n"), "\n"), (None, "")):
        pieces = list(text) if parts is None else parts
        size = max(1, len(pieces) // 2)
        while True:
            at = 0
            while at < len(pieces) and monotonic() < deadline:
                rest = pieces[:at] + pieces[at + size :]
                if rest and fails(joint.join(rest)):
                    pieces = rest
                else:
                    at += size
            if size == 1:
                break
            size //= 2
        text = joint.join(pieces)
    return text


def texts(folders: list[Path]) -> list[str]:
    """Texts to mutate: those of the folders, else the invented ones of the repository."""
    paths = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".txt", ".md", ".html", ".xml")
    ]
    if not folders:
        paths = [path for glob in OWN for path in sorted(Path().glob(glob))]
    return [path.read_bytes().decode("utf-8", "replace") for path in paths]


def rounds(stock: list[str], seed: int) -> Iterator[str]:
    """Mutated texts without end."""
    chance = Random(seed)
    while True:
        text = chance.choice(stock)
        if len(text) > _LONGEST:
            start = chance.randrange(len(text) - _LONGEST + 1)
            text = text[start : start + _LONGEST]
        yield mutated(text, chance.randrange(1 << 40), chance.choice(stock))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--seconds", type=float, default=60, help="time budget (60)")
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    end = monotonic() + given.seconds
    kinds: Counter[str] = Counter()
    count = 0
    for text in rounds(texts(given.folders), given.seed):
        if monotonic() > end:
            break
        count += 1
        made = notice_generator.make(given.seed * 1_000_003 + count)
        if wrong := list(notice_generator.wrong(made, analyze(made.source.encode()))):
            kinds["answers"] += 1
            print(f"answers of the notice {made.recipe}", *wrong, sep="\n  ", flush=True)
        said = fault(text)
        if said is None:
            continue
        what = kind(said)
        kinds[what] += 1
        if kinds[what] > 2:
            continue
        short = shortest(
            text, lambda each, what=what: (again := fault(each)) is not None and kind(again) == what, monotonic() + 20
        )
        FOUND.mkdir(parents=True, exist_ok=True)
        name = FOUND / f"{given.seed}-{count}.txt"
        name.write_text(short, encoding="utf-8", newline="")
        print(f"{name}: {len(short)} characters\n  {short!r}\n  {fault(short)}", flush=True)
    print(
        f"{count} texts, {kinds.total()} broken"
        + "".join(f"\n  {times:5} {what}" for what, times in kinds.most_common())
    )
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
