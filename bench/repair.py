"""How well repair undoes the damage of a copy that was edited byte by byte in GBK, injected here into clean texts.

    python bench/repair.py [FOLDER… [--held-out N]] [--traditional] [--texts 40] [--lists 1] [--seed S] [--wrong]

The damage is a second implementation, in terms of bytes alone, with lists of characters and orders drawn at random (from a
seed). Without a folder the fixtures of the tests are damaged; with ``--held-out N`` each N-th file below the
folders, which are the files that ``tools/make_ngrams.py --hold-out N`` did not count.

A spot is a run of characters that the damage cut or lost. It counts as right if exactly these characters are back, as
abstained if repair left it alone. Precision is right / (right + wrong), recall right / all.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import opencc
from pypinyin import Style, pinyin

from gongwen.repair import repair
from gongwen.repair.notes import NOTE
from gongwen.text import Text

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "tests"), str(ROOT / "tools")]

from make_ngrams import texts  # noqa: E402

from damage_model import LOST, Damaged, damage, spots  # noqa: E402

TUNING_SEED = 20221  # the margins of gongwen.repair.spots were set with it, with 1 and with 2: report with others
LENGTH = 6000
LEAST = 300
PUNCTUATION = str.maketrans("（），：；", "(),:;")
HAN = re.compile("[\u4e00-\u9fff]")


def score(clean: str, damaged: Damaged, wrong: list[str]) -> Counter[str]:
    """Counts of spots (right, wrong, abstained) and of the gaps between the other characters (exact, inexact)."""
    text, _ = repair(Text(damaged.copy))
    touched = [span for _, edit, span in text.ledger() if edit.rule == "lost-bytes"]
    places = [*damaged.places, len(damaged.copy)]
    counts: Counter[str] = Counter()
    for start, end in spots(damaged.places):
        first = places[start - 1] + 1 if start else 0
        last = places[end]
        found = NOTE.sub("", text.value[slice(*text.from_source(first, last))])  # notes are scored by themselves
        edited = any(span.start < last and span.end > first for span in touched)
        kind = "right" if found == clean[start:end] else "wrong" if edited else "abstained"
        counts[kind] += 1
        if kind == "wrong":
            context = f"{clean[start - 6 : start]}[{clean[start:end]}]{clean[end : end + 6]}"
            wrong.append(f"{context} became [{found}], in the copy {damaged.copy[first - 6 : last + 6]!r}")
    for number in range(len(clean) - 1):
        if LOST not in places[number : number + 2]:
            begin, end = places[number], places[number + 1]
            noted = end - begin > 1
            pair = text.value[slice(*text.from_source(begin, end + 1))]
            counts[
                f"{'noted' if noted else 'plain'} {'exact' if pair == clean[number : number + 2] else 'inexact'}"
            ] += 1
    return counts


def clean_texts(folders: list[Path], held_out: int, traditional: bool, limit: int) -> Iterator[str]:
    """Texts that GBK can write, with the ASCII punctuation that the damage leaves."""
    converter = opencc.OpenCC("s2t") if traditional else None
    found = list(texts(folders, held_out, held_out=bool(held_out)))
    random.Random(1).shuffle(found)
    for _, text in found:
        if limit == 0:
            return
        text = repair(Text(text[:LENGTH]))[0].value
        if len(HAN.findall(text)) < LEAST:
            continue
        if converter:
            text = "".join(map(converter.convert, text))
        text = text.translate(PUNCTUATION).encode("gbk", "ignore").decode("gbk")
        limit -= 1
        yield text


def a_list(clean: str, traditional: bool, chance: random.Random) -> dict[str, str]:
    """The list of one damage: a few or hundreds of the characters of the text, in any order, with toned or plain readings."""
    characters = sorted(set(HAN.findall(clean)))
    if traditional:
        simplified = opencc.OpenCC("t2s")
        characters = [character for character in characters if simplified.convert(character) != character]
    style = chance.choice((Style.TONE, Style.NORMAL))
    chosen = chance.sample(characters, min(len(characters), chance.choice((3, 10, 30, 90, 300))))
    return {character: pinyin(character, style=style)[0][0] for character in chosen}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path, default=[ROOT / "tests"])
    arguments.add_argument("--held-out", type=int, default=0, metavar="N")
    arguments.add_argument("--traditional", action="store_true", help="convert the texts to traditional script first")
    arguments.add_argument("--texts", type=int, default=40, help="how many texts at most")
    arguments.add_argument("--wrong", action="store_true", help="show the spots that came out wrong")
    arguments.add_argument("--lists", type=int, default=1, help="how many lists are drawn for each text")
    arguments.add_argument("--seed", type=int, default=TUNING_SEED)
    options = arguments.parse_args()
    chance = random.Random(options.seed)
    total: Counter[str] = Counter()
    wrong: list[str] = []
    for clean in clean_texts(options.folders, options.held_out, options.traditional, options.texts):
        total["texts"] += 1
        total["clean texts changed"] += repair(Text(clean))[0].value != clean
        for _ in range(options.lists):
            total += score(clean, damage(clean, a_list(clean, options.traditional, chance)), wrong)
    changed = total["right"] + total["wrong"]
    spot_count = changed + total["abstained"]
    print(f"texts {total['texts']}, of which changed while clean {total['clean texts changed']}")
    print(f"spots {spot_count}: right {total['right']}, wrong {total['wrong']}, abstained {total['abstained']}")
    if changed:
        print(f"precision {total['right'] / changed:.4f}, recall {total['right'] / spot_count:.4f}")
    print(f"notes {total['noted exact'] + total['noted inexact']}: removed exactly {total['noted exact']}")
    print(f"places without a note {total['plain exact'] + total['plain inexact']}: changed {total['plain inexact']}")
    if options.wrong:
        print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
