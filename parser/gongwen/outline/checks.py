"""What a reader should know of the structure: numbers that skip or come twice, brackets that never close, a text that breaks off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gongwen.characters import HAN
from gongwen.document import BESIDE_THE_NOTICE, Item
from gongwen.findings import finding
from gongwen.lexicon import labels
from gongwen.model import Finding
from gongwen.outline.lines import Line
from gongwen.text import Text

_BRACKET = re.compile(r"[（）《》〔〕【】]")
_LABEL = re.compile(rf"(?:^|[\t|｜])[ \u3000]*+(?P<label>[{HAN}](?:[ \u3000]*+[{HAN}]){{1,9}}+)[ \u3000]*+[:：](?!//)")
_BLANKS = re.compile(r"\s+")
_CLOSES = {"）": "（", "》": "《", "〕": "〔", "】": "【"}
_WHOLE = ("。", "！", "？", "”", "）", "》", "】", "］", "]", ")", "；", "：", "…")
_CHINESE = "一二三四五六七八九十百零〇○两"
_CHINESE_NUMERALS = frozenset(_CHINESE)
_NUMERALS = dict.fromkeys(map(ord, f"0123456789０１２３４５６７８９{_CHINESE}")) | str.maketrans("．()", ".（）")
_MOST_RUNS = 8
_LONG_ENOUGH_TO_END = 40  # characters: a shorter last line may be a heading, a name, a cell


def check(text: Text, lines: Sequence[Line], items: Sequence[Item]) -> Iterator[Finding]:
    """The findings on the outline of ``text``, kind by kind."""
    yield from _numbering(text, items)
    yield from _brackets(text, lines)
    yield from _end(text, lines)
    yield from _labels(text, lines)


def _labels(text: Text, lines: Sequence[Line]) -> Iterator[Finding]:
    """The labels in rows of the page's table that no table knows: what they name is read nowhere."""
    for line in lines:
        if line.kind == "page-table" and "\t" in line.text:
            for match in _LABEL.finditer(line.text):
                if not labels.is_known(_BLANKS.sub("", match["label"])):
                    place = text.to_source(line.at + match.start("label"), line.at + match.end("label"))
                    yield finding("unknown-label", place, label=match["label"])


def _numbering(text: Text, items: Sequence[Item]) -> Iterator[Finding]:
    """Gaps and repetitions among the items of one style below one parent.

    A counter may start again, run on from the group before, or go on where an inner list of the same style broke it off, or in the other
    kind of numerals; anything else than the next number of some run is worth a word.
    """
    # (part, style, whether in Chinese numerals): the last numbers of its runs, with their parents.
    runs: dict[tuple[int, str, bool], dict[int, int | None]] = {}
    told: set[tuple[int, str, bool, int]] = set()  # a number is worth one word
    for item in items:
        if item.number is None:
            continue
        chinese = not _CHINESE_NUMERALS.isdisjoint(item.marker)
        key = (item.part, _style(item.marker), chinese)
        ends, others = runs.setdefault(key, {}), runs.get((*key[:2], not chinese), {})
        number, parent = next(reversed(ends.items()), (0, None))
        before = item.number - 1
        goes_on = before in ends or before in others or (item.number == 1 and (not ends or parent != item.parent))
        (ends if before in ends else others).pop(before, None)
        ends[item.number] = item.parent
        if len(ends) > _MOST_RUNS:
            del ends[next(iter(ends))]
        if goes_on or (*key, item.number) in told:
            continue
        told.add((*key, item.number))
        span = text.to_source(item.start, item.start + len(item.marker))
        if item.number == number and parent == item.parent:
            yield finding("numbering-duplicate", span, marker=item.marker)
        elif item.number != 1:
            yield finding("numbering-gap", span, marker=item.marker, due=number + 1)


@lru_cache(maxsize=1024)
def _style(marker: str) -> str:
    """The marker without its numeral, in half width."""
    return marker.translate(_NUMERALS)


def _brackets(text: Text, lines: Sequence[Line]) -> Iterator[Finding]:
    """The outermost bracket of a line that never closes there. Brackets of a clause, a number or a title don't cross paragraphs."""
    value = text.value
    if all(value.count(opening) == value.count(closing) for closing, opening in _CLOSES.items()):
        return  # brackets that don't pair give uneven counts but for the rare two that cancel out
    for line in lines:
        words = line.text
        still_open: list[tuple[str, int]] = []
        for match in _BRACKET.finditer(words):
            opening = _CLOSES.get(match[0])
            if opening is None:
                still_open.append((match[0], match.start()))
            elif still_open and still_open[-1][0] == opening:
                still_open.pop()
        if still_open:
            bracket, offset = still_open[0]
            at = line.at + offset
            yield finding("unclosed-bracket", text.to_source(at, at + 1), bracket=bracket)


def _end(text: Text, lines: Sequence[Line]) -> Iterator[Finding]:
    """A last paragraph that stops within a sentence."""
    last = next(
        (line for line in reversed(lines) if line.kind not in BESIDE_THE_NOTICE | {"blank", "rule"}),
        None,
    )
    if (
        last
        and last.kind in ("paragraph", "list-item", "item")
        and len(last.text) > _LONG_ENOUGH_TO_END
        and not last.text.endswith(_WHOLE)
    ):
        yield finding("truncated", text.to_source(last.stop - 1, last.stop))
