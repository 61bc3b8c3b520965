"""How well repair undoes damage of known models, injected here into clean texts.

    python bench/repair.py [FOLDER… [--held-out N] [--part K/N]] [--traditional] [--texts 40] [--seed S] [--wrong] [--fields]

The damage is a second implementation of each model, in terms of bytes alone, with lists of characters and orders drawn at
random (from a seed). Without a folder the fixtures of the tests are damaged; with ``--held-out N`` each N-th file below the
folders, which are the files that ``tools/make_ngrams.py --hold-out N`` did not count. ``--part 0/2`` takes every second of them, by a hash of
the name: tune on one part, and measure on the other.

A place is a run of characters that the damage cut or lost. It is *right* if exactly these characters are back; *part* if some
are, none of them wrong, and a finding names the rest; *abstained* if it was left alone and a finding names it; *silent* if something
is missing without one; *wrong* otherwise. A place where neighbouring bytes are lost (a hole) can't be whole, so places are scored in part, too:
*restored* is the sum over the places of the share of their characters that are back, by the number of places.

Wrong decodings are counted in lines: of those that a chain of one or two decodings leaves whole, how many come back exactly.
``--fields`` compares what is published of a damaged notice with what is published of the clean one: of the values of the clean
notice, the share that the damaged one has, too; and the time that parsing the one takes, in times of the other.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from time import process_time

import opencc
from pypinyin import Style, pinyin

from gongwen import parse
from gongwen.errors import SourceError
from gongwen.model import Notice, Span
from gongwen.repair import repair
from gongwen.repair.models.notes import NOTE
from gongwen.text import Text

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "tests"), str(ROOT / "tools")]

from make_ngrams import texts  # noqa: E402

from damage_model import FOLDING, LOST, SENTENCE_ENDS, Damaged, damage, spots  # noqa: E402

TUNING_SEED = 20221  # the margins of gongwen.repair.engine were set with others
LENGTH = 3000
LEAST = 300
LOST_CHARACTER = "\ufffd"
BRACKETED = re.compile(r"\([^()]*\)")  # a note, which is scored by itself
HAN = re.compile("[\u4e00-\u9fff]")


def judged(found: str, clean: str, is_told: bool) -> tuple[str, float]:
    """How what was ``found`` at a place, LOST_CHARACTER for what isn't restored, compares with ``clean``; the share that is back."""
    found, clean = found.translate(FOLDING), clean.translate(FOLDING)
    if found == clean:
        return "right", 1.0
    back = len(found) - found.count(LOST_CHARACTER)
    if not back:
        return "abstained" if is_told else "silent", 0.0
    if not re.fullmatch(".+?".join(map(re.escape, found.split(LOST_CHARACTER))), clean, re.DOTALL):
        return "wrong", 0.0
    return "part" if is_told else "silent", back / len(clean)


def restored_in(text: Text, first: int, last: int, edited: list[Span]) -> str:
    """What ``copy[first:last]`` is in the text, LOST_CHARACTER for each stretch of it that stayed, which no span ``edited``."""
    found, at = "", first
    for start, end in [*((span.start, span.end) for span in edited), (last, last)]:
        found += LOST_CHARACTER * bool(BRACKETED.sub("", text.source[at : min(start, last)]))
        if end > at and start < last:
            found += text.value[slice(*text.from_source(max(start, at), min(end, last)))]
        at = max(at, end)
    return found


def score(clean: str, damaged: Damaged, wrong: list[str]) -> tuple[Counter[str], float]:
    """Counts of places (right, part, wrong, abstained, silent) and of the gaps between the other characters (exact, inexact); the sum of restored shares."""
    text, findings = repair(Text(damaged.copy))
    told = [finding.span for finding in findings if finding.span]
    touched = [span for _, _, span in text.ledger({"lost-bytes"})]
    edited = sorted([*touched, *(span for _, _, span in text.ledger({"pinyin-note"}))], key=attrgetter("start"))
    places = [*damaged.places, len(damaged.copy)]
    counts: Counter[str] = Counter()
    restored = 0.0
    for start, end in spots(damaged.places):
        first = places[start - 1] + 1 if start else 0
        last = places[end]
        found = NOTE.sub("", text.value[slice(*text.from_source(first, last))])  # notes are scored by themselves
        is_told = any(span.start < last and span.end > first for span in told)
        is_touched = any(span.start < last and span.end > first for span in touched)
        if is_touched:
            found = NOTE.sub("", restored_in(text, first, last, edited))
        elif found.translate(FOLDING) != clean[start:end].translate(FOLDING):
            found = LOST_CHARACTER
        kind, share = judged(found, clean[start:end], is_told)
        restored += share
        counts[kind] += 1
        if kind in ("wrong", "silent"):
            context = f"{clean[start - 6 : start]}[{clean[start:end]}]{clean[end : end + 6]}"
            wrong.append(f"{kind}: {context} became [{found}], in the copy {damaged.copy[first - 6 : last + 6]!r}")
    for number in range(len(clean) - 1):
        if LOST not in places[number : number + 2]:
            begin, end = places[number], places[number + 1]
            noted = end - begin > 1
            pair = text.value[slice(*text.from_source(begin, end + 1))].translate(FOLDING)
            exact = pair == clean[number : number + 2].translate(FOLDING)
            counts[f"{'noted' if noted else 'plain'} {'exact' if exact else 'inexact'}"] += 1
    return counts, restored


def decoded(line: str, chain: tuple[str, ...]) -> str | None:
    """A line after wrong decodings, "written read as read" each; None where one of them loses a byte."""
    try:
        for step in chain:
            written, read = step.split(" as ")
            data = line.encode(written)
            if read == "cp1252":
                line = "".join(bytes([byte]).decode(read, "ignore") or chr(byte) for byte in data)
            else:
                line = data.decode(read)
    except UnicodeError:
        return None
    return line


def score_decodings(clean: str, chain: tuple[str, ...], share: float, chance: random.Random) -> Counter[str]:
    """Counts of lines that came back (right) and that did not (wrong) after ``chain`` in a ``share`` of them."""
    lines = clean.split("\n")
    damaged = [
        copy if not line.isascii() and chance.random() < share and (copy := decoded(line, chain)) else line
        for line in lines
    ]
    found = repair(Text("\n".join(damaged)))[0].value.split("\n")
    pairs = [(line, after) for line, copy, after in zip(lines, damaged, found, strict=True) if copy != line]
    return Counter("right" if line == after else "wrong" for line, after in pairs)


def fields(notice: Notice) -> dict[str, Counter[object]]:
    """The published values by which a damaged notice is compared with the clean one."""
    number = notice.document_number
    return {
        "document number": Counter([number.text] if number else ()),
        "title": Counter([notice.title] if notice.title else ()),
        "date": Counter([notice.issue_date] if notice.issue_date else ()),
        "recipients": Counter(party.name for party in notice.recipients),
        "sections": Counter((section.marker, section.titled and section.title) for section in notice.sections),
        "links": Counter(
            (task.marker, unit.name, unit.role) for task in notice.tasks for unit in task.responsible_units
        ),
    }


def timed(text: str) -> tuple[Notice | None, float]:
    """The notice, None where the text is refused, and the seconds that parsing it took."""
    start = process_time()
    try:
        notice = parse(text)
    except SourceError:
        notice = None
    return notice, process_time() - start


def is_in(path: Path, part: str) -> bool:
    """Whether a file is in part K of N, "K/N", by a hash of its name."""
    number, parts = map(int, part.split("/"))
    return sha256(path.name.encode()).digest()[0] % parts == number


def clean_texts(folders: list[Path], held_out: int, part: str, traditional: bool, limit: int) -> Iterator[str]:
    """Texts that GBK can write, with the ASCII punctuation that the damage leaves."""
    converter = opencc.OpenCC("s2t") if traditional else None
    found = [item for item in texts(folders, held_out, held_out=bool(held_out)) if is_in(item[0], part)]
    random.Random(1).shuffle(found)
    for _, text in found:
        if limit == 0:
            return
        text = repair(Text(text[:LENGTH]))[0].value
        if len(HAN.findall(text)) < LEAST:
            continue
        if converter:
            text = "".join(map(converter.convert, text))
        text = text.encode("gbk", "ignore").decode("gbk")
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


DECODINGS = ("utf-8 as latin-1", "utf-8 as cp1252", "utf-8 as gb18030", "gbk as latin-1", "gbk as cp1252")

MODELS = {"notes": (True, False), "marks": (False, True), "notes and marks": (True, True)}
"""Name of a model → whether it puts notes behind characters, and marks before sentence ends."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path, default=[ROOT / "tests"])
    arguments.add_argument("--held-out", type=int, default=0, metavar="N")
    arguments.add_argument(
        "--part", default="0/1", metavar="K/N", help="part K of N of the texts, by a hash of the name"
    )
    arguments.add_argument("--traditional", action="store_true", help="convert the texts to traditional script first")
    arguments.add_argument("--texts", type=int, default=40, help="how many texts at most")
    arguments.add_argument("--wrong", action="store_true", help="show the places that came out wrong or silent")
    arguments.add_argument("--seed", type=int, default=TUNING_SEED)
    arguments.add_argument("--fields", action="store_true", help="compare the fields of damaged and of clean notices")
    options = arguments.parse_args()
    ends: Counter[tuple[str, str]] = Counter()
    seconds: Counter[str] = Counter()
    decodings: Counter[str] = Counter()
    chance = random.Random(options.seed)
    restored = dict.fromkeys(MODELS, 0.0)
    totals: dict[str, Counter[str]] = {name: Counter() for name in MODELS}
    wrong: list[str] = []
    number = changed = 0
    for clean in clean_texts(options.folders, options.held_out, options.part, options.traditional, options.texts):
        number += 1
        changed += repair(Text(clean))[0].value != clean
        for first in DECODINGS:
            chain = (first, chance.choice(DECODINGS)) if chance.random() < 0.5 else (first,)
            decodings += score_decodings(clean, chain, chance.choice((0.1, 1.0)), chance)
        published, spent = timed(clean) if options.fields else (None, 0.0)
        for name, (with_notes, with_marks) in MODELS.items():
            notes = a_list(clean, options.traditional, chance) if with_notes else {}
            copy = damage(clean, notes, SENTENCE_ENDS if with_marks else (), fold=chance.random() < 0.5)
            counts, share = score(clean, copy, wrong)
            totals[name] += counts
            restored[name] += share
            if published:
                damaged, needed = timed(copy.copy)
                seconds["clean"] += spent
                seconds["damaged"] += needed
                kept = fields(damaged) if damaged else {}
                for field, values in fields(published).items():
                    ends[field, "all"] += values.total()
                    ends[field, "kept"] += (values & kept[field]).total() if kept else 0
    print(f"texts {number}, of which changed while clean {changed}")
    for name, total in totals.items():
        counts = [total[kind] for kind in ("right", "part", "abstained", "silent", "wrong")]
        print(
            f"{name}: places {sum(counts)}: " + "right {}, part {}, abstained {}, silent {}, wrong {}".format(*counts)
        )
        if total["right"]:
            precision = total["right"] / (total["right"] + total["wrong"])
            print(
                f"  precision {precision:.4f}, recall {total['right'] / sum(counts):.4f}, restored {restored[name] / sum(counts):.4f}"
            )
        print(
            f"  notes {total['noted exact'] + total['noted inexact']}: removed exactly {total['noted exact']}; "
            f"other characters changed {total['plain inexact']}"
        )
    print(f"wrong decodings: lines {decodings.total()}: right {decodings['right']}, wrong {decodings['wrong']}")
    if options.fields:
        shares = [
            f"{field} {ends[field, 'kept'] / most:.3f}"
            for field, kind in ends
            if kind == "all" and (most := ends[field, kind])
        ]
        print(
            f"fields: {', '.join(shares)}; time {seconds['damaged'] / seconds['clean']:.1f} times that of the clean notices"
        )
    if options.wrong:
        print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
