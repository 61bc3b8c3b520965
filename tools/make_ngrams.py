"""Counts the character n-grams of official texts into the language model that chooses between repairs.

    python tools/make_ngrams.py FOLDER… [--hold-out 10]

reads every .txt, .md and .html file below the folders (UTF-8 or GB18030, simplified script). Of the files in the order of
their paths, each tenth is held out, so that the benchmark can be run on texts that the model has not seen:
``python bench/repair.py FOLDER… --held-out 10``.

The model is an interpolated Kneser-Ney model of order 4, written as gongwen.lexicon.ngrams reads it. Rare n-grams are
left out, and their probability goes to the next shorter context, which keeps the table small.
"""

from __future__ import annotations

import argparse
import html
import json
import math
import re
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import opencc

from gongwen.lexicon.ngrams import COST_STEP, ORDER, TABLE, pack

DISCOUNT = 0.75
LEAST_COUNT = {1: 1, 2: 1, 3: 1, 4: 2}
REPEATED = 12  # characters of a line that is counted once, however many texts have it
BMP_HAN = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]
HALF_WIDTH, FULL_WIDTH = ",:;()?!", "，：；（）？！"
Counts = defaultdict[str, Counter[str]]


def texts(folders: list[Path], hold_out: int, held_out: bool = False) -> Iterator[tuple[Path, str]]:
    """The texts to count, or those held out: each ``hold_out``-th file in the order of the paths (0: none)."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in {".txt", ".md", ".html"})
    for number, path in enumerate(paths):
        if held_out == bool(hold_out and number % hold_out == 0):
            yield path, plain(path.read_bytes())


def plain(data: bytes) -> str:
    """The text of a file without the tags and entities of a web page."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^<>]*>", "\n", text)
    return re.sub(r"\s*\n\s*", "\n", html.unescape(text))


def folding() -> tuple[str, str]:
    """What the model reads as the same: each traditional character as its simplified one, half as full width, any digit as 0."""
    characters = [chr(point) for point in BMP_HAN]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = [(old, new) for old, new in zip(characters, simplified, strict=True) if old != new and len(new) == 1]
    pairs += zip(HALF_WIDTH, FULL_WIDTH, strict=True)
    pairs += [(chr(point), "0") for base in (ord("0"), ord("０")) for point in range(base, base + 10)]
    pairs += [(chr(base + letter), "a") for base in map(ord, "AaＡａ") for letter in range(26)]
    pairs += [(blank, "\n") for blank in " \t\r\u3000\u00a0"]
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)


def without_repeats(text_of: Iterator[str]) -> Iterator[str]:
    """The texts without the long lines that one before them has: the same notice stands in many places."""
    seen: set[str] = set()
    for text in text_of:
        lines = [line for line in text.split("\n") if len(line) < REPEATED or line not in seen]
        seen.update(lines)
        yield "\n".join(lines)


def count(text_of: Iterator[str], alphabet: dict[int, str]) -> list[Counts]:
    """For each order, context → character → how often; the last order by occurrences, the shorter ones by distinct predecessors."""
    grams: Counter[str] = Counter()
    for text in text_of:
        folded = "\n" * (ORDER - 1) + text.translate(alphabet)
        grams.update(map("".join, zip(*(folded[shift:] for shift in range(ORDER)), strict=False)))
    levels = []
    for _ in range(ORDER):
        level: Counts = defaultdict(Counter)
        for gram, times in grams.items():
            level[gram[:-1]][gram[-1]] = times
        levels.append(level)
        shorter: Counter[str] = Counter(gram[1:] for gram in grams)
        grams = shorter
    return levels[::-1]


def estimate(levels: list[Counts]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Probabilities of the n-grams kept, by context, and for each context the weight of what it leaves to the shorter one."""
    kept: dict[str, dict[str, float]] = {}
    left: dict[str, float] = {}

    def probability(context: str, character: str) -> float:
        row = kept.get(context)
        if row and character in row:
            return row[character]
        return left.get(context, 1.0) * (probability(context[1:], character) if context else 1e-6)

    for order, level in enumerate(levels, 1):
        for context, followers in level.items():
            total = sum(followers.values())
            frequent = {character: times for character, times in followers.items() if times >= LEAST_COUNT[order]}
            if not frequent:
                continue
            rest = 1 - sum(times - DISCOUNT for times in frequent.values()) / total
            row = {}
            for character, times in frequent.items():
                shorter = probability(context[1:], character) if context else 1e-6
                row[character] = (times - DISCOUNT) / total + rest * shorter
            kept[context], left[context] = row, rest
    return kept, left


def cost(probability: float) -> int:
    return min(255, round(-math.log(probability) / COST_STEP))


def write(path: Path, fold: tuple[str, str], kept: dict[str, dict[str, float]], left: dict[str, float]) -> None:
    contexts = sorted(kept, key=pack)
    keys, ends, backoffs, characters, costs = array("Q"), array("I"), array("B"), array("H"), array("B")
    for context in contexts:
        row = sorted(kept[context].items(), key=lambda item: (-item[1], item[0]))
        characters.extend(ord(character) for character, _ in row)
        costs.extend(cost(probability) for _, probability in row)
        keys.append(pack(context))
        ends.append(len(characters))
        backoffs.append(cost(left[context]))
    header = json.dumps({"fold": fold, "contexts": len(keys), "entries": len(characters)}).encode() + b"\n"
    arrays = (keys, ends, backoffs, characters, costs)
    if sys.byteorder == "big":
        for column in arrays:
            column.byteswap()
    path.write_bytes(zlib.compress(header + b"".join(column.tobytes() for column in arrays), 9))
    print(f"{path}: {len(keys)} contexts, {len(characters)} n-grams, {path.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument("--hold-out", type=int, default=10, metavar="N", help="leave out each N-th file (0: none)")
    options = arguments.parse_args()
    fold = folding()
    alphabet = dict(zip(map(ord, fold[0]), fold[1], strict=True))
    levels = count(without_repeats(text for _, text in texts(options.folders, options.hold_out)), alphabet)
    for level in levels:  # the table holds characters as two bytes
        for context in [context for context in level if max(context, default="") > "\uffff"]:
            del level[context]
        for followers in level.values():
            for character in [character for character in followers if character > "\uffff"]:
                del followers[character]
    write(TABLE, fold, *estimate(levels))


if __name__ == "__main__":
    main()
