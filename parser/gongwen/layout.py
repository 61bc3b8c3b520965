"""Paragraphs and blanks: after this stage one line is one paragraph, and a blank means something.

**Line ends.** Whatever ends a line (CR LF, CR, VT, FF, NEL, the separators of Unicode) is one line feed. Empty lines stay.

**The rule of blanks.** A gap is a run of blanks (spaces of any width, tabs) inside a line.

1. At the edges of a line it goes (indents).
2. Of a table's row, a line with a tab between two texts, the tabs stay and all other blanks beside them go.
3. Between two Chinese characters it separates two phrases and stays as one plain space (自立自强 创新争先), unless both
   stand alone: a word spaced out (教　育　部, 文　　号) is closed. A wider gap ends such a word (王　刚　　李　明).
4. Between two characters that are both not Chinese (2.0 beta) it stays as one plain space.
5. Between a Chinese character or mark and anything else it goes (2.0 和 → 2.0和), but for one before a whole date that
   ends the line: it separates the date from a name or a label.

**Lost line feeds.** A wide gap (two ideographic spaces or four blanks) after 。！？ or before an outline marker is where
a paragraph ended. In a *run-together* text, where one line holds more than half of all characters and sentences in it
end in gaps, every wide gap and every gap between two phrases is such a place, outside of brackets and titles.

**Markdown.** The marks of headings, quotations and bold type go.

**Hard-wrapped lines.** Where most lines end at one and the same column, within a sentence, a line that reaches the
column is joined to the next one, unless that is indented, empty, or begins with a marker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from gongwen.text import Edit, Text

_HAN = r"\u3400-\u9fff\uf900-\ufaff〇○\U00020000-\U0003ffff"
_CHINESE = _HAN + r"、-〟！-／：-＠［-｀｛-･“”‘’—…·"

_SPACE = re.compile(r"\s+")
_PART = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|[^\S\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LINE_END = frozenset("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_MARKDOWN = re.compile(
    r"(?:^|(?<=[\r\v\f\x1c-\x1e\x85\u2028\u2029]))[^\S\n]*+(?P<line>(?:#{1,6}[ \t\u3000]++|>[ \t]++)++)"
    r"|(?<!\*)\*\*(?!\*)[^*\n]++\*\*(?!\*)",
    re.M,
)
_IS_HAN = re.compile(f"[{_HAN}]")
_IS_CHINESE = re.compile(f"[{_CHINESE}]")

_NUMERAL = "[一二三四五六七八九十百]"
_MARKER = re.compile(
    rf"{_NUMERAL}{{1,4}}、|[（(](?:{_NUMERAL}{{1,4}}|\d{{1,2}})[）)]|\d{{1,2}}[.．、](?!\d)|第{_NUMERAL}{{1,4}}[章条节编]|附件\d{{0,2}}[:：.\s]|[①-⑳]"
)
_DATE = re.compile(
    r"[12]\d{3}年\d{1,2}月\d{1,2}日(?!\S)|[二一][〇○ＯO零０0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日(?!\S)"
)
_DATED = re.compile(r"[\d一二三四五六七八九十]日\Z")
_ARTICLE = re.compile(rf"第{_NUMERAL}{{1,5}}[章条节编款篇]\Z")
_BRACKETED = re.compile(r"《[^《》\n]{0,150}+》|（[^（）\n]{0,150}+）|\([^()\n]{0,150}+\)")
_ENDED_GAP = re.compile(rf"[。！？][^\S\n]+|[^\S\n](?={_NUMERAL}{{1,3}}、)")
_ROW = re.compile(r"^[^\n\t]*+\t[^\n]*+", re.M)
_SENTENCE_END = "。！？"
_PHRASE_END = "。！？；：）)”:;"

_LONG_LINE = 150  # characters: a shorter text is no notice run together
_FEW_LINES = 8  # fewer lines show no column
# Where lines are wrapped: 28 characters on a printed page (GB/T 9704-2012, 5.2.3), 40 and more in mail.
_COLUMNS = (20, 80)
_RAGGED = 3  # a mark may not begin a line and a number isn't cut: lines of one column differ by so much


def restore(text: Text) -> Text:
    """``text`` with one paragraph a line and blanks by the rule above."""
    text = text.apply("layout", _markdown(text.value))
    return text.apply("layout", _edits(text.value))


def _markdown(value: str) -> Iterator[Edit]:
    """The marks of headings, quotations and emphasis go; what they mark stays."""
    if "**" in value or "# " in value or "> " in value:
        for match in _MARKDOWN.finditer(value):
            if match["line"]:
                yield Edit(*match.span("line"), "", "markdown-mark")
            else:
                yield Edit(match.start(), match.start() + 2, "", "markdown-mark")
                yield Edit(match.end() - 2, match.end(), "", "markdown-mark")


def _edits(value: str) -> Iterator[Edit]:
    flat = _run_together(value)
    kept = _Ranges(match.span() for match in _BRACKETED.finditer(value, *flat))
    rows = _Ranges(_rows(value))
    joins = _wrapped(value)
    for space in _SPACE.finditer(value):
        start, end = space.span()
        if space[0] == "\n" and not joins:
            continue
        if start == 0 or end == len(value) or not _LINE_END.isdisjoint(space[0]):
            yield from _line_ends(value, start, end, rows, joins)
        elif "\t" in space[0] and start in rows:
            yield Edit(start, end, "\t" * space[0].count("\t"), "layout-blank")
        else:
            after, rule = _gap(value, start, end, flat[0] <= start < flat[1] and start not in kept)
            yield Edit(start, end, after, rule)


def _rows(value: str) -> Iterator[tuple[int, int]]:
    """The lines with a tab between two texts."""
    if "\t" in value:
        yield from (match.span() for match in _ROW.finditer(value) if "\t" in match[0].strip())


class _Ranges:
    """Ranges of a text, in order and apart: is an offset in one of them?"""

    def __init__(self, spans: Iterator[tuple[int, int]]) -> None:
        self._spans = list(spans)
        self._starts = [start for start, _ in self._spans]

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._spans[at][1]


def _line_ends(value: str, start: int, end: int, rows: _Ranges, joins: frozenset[int]) -> Iterator[Edit]:
    """White space that holds the end of a line, or begins or ends the text."""
    for part in _PART.finditer(value, start, end):
        if part[0] == "\n" and part.start() in joins:
            yield Edit(*part.span(), "", "line-join")
        elif part[0][0] in _LINE_END:
            yield Edit(*part.span(), "\n", "line-end")
        else:
            tabs = part[0].count("\t") if part.start() in rows else 0
            yield Edit(*part.span(), "\t" * tabs, "layout-blank")


def _gap(value: str, start: int, end: int, flat: bool) -> tuple[str, str]:
    """What becomes of the gap ``value[start:end]`` inside a line, and by which rule. ``flat``: of a run-together text."""
    gap, before, after = value[start:end], value[start - 1], value[end]
    wide = gap.count("\u3000") > 1 or len(gap) > 3
    if _IS_HAN.match(before) and _ARTICLE.search(value, max(start - 8, 0), start):
        return " ", "layout-blank"
    if wide and (before in _SENTENCE_END or flat or _MARKER.match(value, end)):
        return "\n", "paragraph-break"
    if _IS_HAN.match(before) and _IS_HAN.match(after):
        if _spaced_out(value, start, end):
            return "", "spaced-word"
        return ("\n", "paragraph-break") if flat else (" ", "layout-blank")
    if flat and _ends_phrase(value, start, end):
        return "\n", "paragraph-break"
    if not _IS_CHINESE.match(before) and not _IS_CHINESE.match(after):
        return " ", "layout-blank"
    return " " if _IS_HAN.match(before) and _DATE.match(value, end) else "", "layout-blank"


def _ends_phrase(value: str, start: int, end: int) -> bool:
    """Whether a gap of a run-together text stands after a mark that ends a phrase, or before a marker, or beside a date."""
    if value[start - 1] in _PHRASE_END and _IS_CHINESE.match(value, end):
        return True
    return bool(_MARKER.match(value, end) or _DATE.match(value, end) or _DATED.search(value, max(start - 2, 0), start))


def _spaced_out(value: str, start: int, end: int) -> bool:
    """Whether the Chinese characters on both sides of a gap stand alone, with no narrower gap beside it."""
    if _IS_HAN.match(value, end + 1) or (start > 1 and _IS_HAN.match(value, start - 2)):
        return False
    width = end - start
    left = value[max(start - 1 - width, 0) : start - 1]
    right = value[end + 1 : end + 1 + width]
    beside = (left[len(left.rstrip()) :], right[: len(right) - len(right.lstrip())])
    return not any(0 < len(blanks) < width and _LINE_END.isdisjoint(blanks) for blanks in beside)


def _run_together(value: str) -> tuple[int, int]:
    """The line that holds more than half of the text, if paragraphs end inside it; else an empty range."""
    longest = max(value.split("\n"), key=len)
    if len(longest) <= max(_LONG_LINE, len(value) // 2) or sum(1 for _ in _ENDED_GAP.finditer(longest)) < 2:
        return 0, 0
    start = value.index(longest)
    return start, start + len(longest)


def _wrapped(value: str) -> frozenset[int]:
    """Offsets of the line feeds that a hard-wrapped text has inside its paragraphs."""
    lines = value.split("\n")
    filled = sorted(len(line) for line in lines if line and not line.isspace())
    if len(filled) < _FEW_LINES:
        return frozenset()
    column = filled[len(filled) * 9 // 10]
    if not _COLUMNS[0] <= column <= _COLUMNS[1] or filled[-1] > column + _RAGGED:
        return frozenset()
    if sum(1 for width in filled if width >= column - _RAGGED) * 2 < len(filled):
        return frozenset()
    joins, position = set(), 0
    for line, following in pairwise(lines):
        position += len(line)
        full = len(line) >= column - _RAGGED
        if full and following and not following[0].isspace() and not _MARKER.match(following):
            joins.add(position)
        position += 1
    return frozenset(joins)
