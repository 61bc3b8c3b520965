"""Writes as many sources as are wanted, made by varying the invented notices of this repository.

A copy has another number, another date and another place than its model, so that it is a notice of its own, with units of its
own place; the copies of one model for one place are versions of one plan. Equal arguments give equal files.
Run from the root of the repository: python bench/sources.py FOLDER COUNT
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

MODELS = (
    "examples/source/*.txt",
    "examples/source/*.html",
    "tests/golden/*/source.*",
    "tests/fixtures/*/source.txt",
    "source/*.txt",
)
PLACES = 25  # a place comes back after so many copies of one model
_NAMES = "东西南北中上下新安长平永清高石"
_PLACE = re.compile("例州|样江|青禾|青石|示例")
_NUMBER = re.compile(r"(?<=[〔\[［])\d{4}([〕\]］])\d+(?=[号號])")
_DATE = re.compile(r"20\d\d(?=年\d{1,2}月\d{1,2}日)")


def models() -> list[Path]:
    """The notices to vary, in a fixed order."""
    return [path for glob in MODELS for path in sorted(Path().glob(glob)) if path.stem != "README"]


def vary(text: str, copy: int, serial: int) -> str:
    """Copy ``copy`` of a notice, with the number ``serial``."""
    place = copy % PLACES
    name = _NAMES[place % len(_NAMES)] + _NAMES[place // len(_NAMES) + 7]
    year = 2000 + copy % 26
    varied = _PLACE.sub(lambda found: name if found[0] != "示例" else found[0], text)
    varied = _DATE.sub(str(year), varied)
    varied, numbered = _NUMBER.subn(rf"{year}\g<1>{serial}", varied, count=1)
    return varied if numbered else varied.replace("。", f"，并报告第{serial}期。", 1)


def write(folder: Path, count: int) -> None:
    """``count`` sources below ``folder``, a hundred to a folder."""
    originals = [(path, path.read_text(encoding="utf-8")) for path in models()]
    for number in range(count):
        path, text = originals[number % len(originals)]
        target = folder / f"{number // 100:04}" / f"{number:06}{path.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(vary(text, number // len(originals), number + 1), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
