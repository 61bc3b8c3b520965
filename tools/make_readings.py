"""Makes the table of readings of Chinese characters from pypinyin's single-character data (a development dependency).

A line for each toned reading: the reading, the characters that are read so first of all, those that may be read so.
Characters outside the Basic Multilingual Plane are left out: no character set of the copies that we repair has them.
Run from the root of the repository: python tools/make_readings.py
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

TABLE = Path("parser/gongwen/lexicon/readings.tsv")
BMP_END = 0x10000


def main() -> None:
    first: defaultdict[str, list[str]] = defaultdict(list)
    other: defaultdict[str, list[str]] = defaultdict(list)
    for point, readings in sorted(PINYIN_DICT.items()):
        if point < BMP_END:
            main_reading, *others = dict.fromkeys(unicodedata.normalize("NFC", readings).split(","))
            first[main_reading].append(chr(point))
            for reading in others:
                other[reading].append(chr(point))
    with TABLE.open("w", encoding="utf-8", newline="\n") as lines:
        for reading in sorted(first.keys() | other.keys()):
            lines.write(f"{reading}\t{''.join(first[reading])}\t{''.join(other[reading])}\n")


if __name__ == "__main__":
    main()
