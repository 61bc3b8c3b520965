"""Paragraphs and blanks: after this stage one line is one paragraph, and a blank means something.

**Line ends.** Whatever ends a line (CR LF, CR, VT, FF, NEL, the separators of Unicode) is one line feed. Empty lines stay.

**The rule of blanks.** A gap is a run of blanks (spaces of any width, tabs) inside a line.

1. At the edges of a line it goes (indents).
2. Of a table's row, a line with a tab between two texts, the tabs stay and all other blanks beside them go.
3. Between two Chinese characters it separates two phrases and stays as one plain space (自立自强 创新争先), unless both
   stand alone: a word spaced out (教　育　部, 文　　号) is closed. A wider gap ends such a word (王　刚　　李　明).
   A name is closed, too, where one of the two stands alone and an organ's name ends behind them (青岚 省 税 务局).
4. Between two characters that are both not Chinese (2.0 beta) it stays as one plain space.
5. Between a Chinese character or mark and anything else it goes (2.0 和 → 2.0和), but for one before a whole date that
   ends the line: it separates the date from a name or a label.

**Lost line feeds.** A wide gap (two ideographic spaces or four blanks) after 。！？ or before an outline marker is where
a paragraph ended. In a *run-together* text, where one line holds more than half of all characters and sentences in it
end in gaps, every wide gap and every gap between two phrases is such a place, outside of brackets and titles.

**Markdown.** The marks of headings, quotations, bold and slanted type go. A line break in a cell (<br>) is a blank.

**Tags of HTML.** See ``gongwen.layout.tags``.

**Hard-wrapped lines.** See ``gongwen.layout.wrapped``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from gongwen.characters import CHINESE, HAN
from gongwen.layout.aligned import part_columns
from gongwen.layout.signs import NUMERAL, SENTENCE_END
from gongwen.layout.tags import remove_tags
from gongwen.layout.wrapped import (
    cut_page_numbers,
    join_copies,
    join_markers,
    join_open_lists,
    join_over_page_numbers,
    join_within_brackets,
    unwrap,
)
from gongwen.lexicon import markers, units, vocabulary
from gongwen.lexicon.organs import organ
from gongwen.text import Edit, Text

_BLANKS = " \t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_GAP = re.compile(f"[{_BLANKS}]+")
_OTHER_LINE_END = re.compile(r"[\r\v\f\x1c-\x1e\x85\u2028\u2029](?:(?<=\r)\n)?")
_WITHOUT_WORDS = r"(?:#{2,6}|\*\*)[^\S\n]*+$"  # a heading, or the end of emphasis, on a line of its own
_MARKDOWN = re.compile(
    rf"^[^\S\n]*+(?P<line>(?:(?:#{{1,6}}|>)[^\S\n]++)++(?:{_WITHOUT_WORDS})?+|{_WITHOUT_WORDS})|(?P<break>(?<=[^\s\\!-~])\\$)"
    r"|(?<!\*)\*\*(?![^\S\n]*+[*#>])[^*\n]++\*\*(?!\*)"
    r"|(?P<cell_break>[^\S\n]*+<br[^\S\n]*+/?>[^\S\n]*+)"
    rf"|(?P<slanted>(?<!\*)\*(?=[（(《“{HAN}])[^*\n]{{1,300}}+(?<=[）)》”。；，：{HAN}])\*(?!\*))",
    re.M | re.I,
)
_MARKS = "，。、；：（）《》〔〕,;:()"
_IS_HAN = re.compile(f"[{HAN}]")
_IS_CHINESE = re.compile(f"[{CHINESE}·]")

_DATE = (
    r"(?:[12]\d{3}年\d{1,2}月\d{1,2}日"
    r"|[二一][〇○ＯO零０0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_DATE_ALONE = re.compile(_DATE + r"(?!\S)")
_LAST_DATE = re.compile(_DATE + r"(?=[^\S\n]*+(?:\n|\Z))")
_DATED = re.compile(r"[\d一二三四五六七八九十]日\Z")
_ARTICLE = re.compile(rf"第{NUMERAL}{{1,5}}[章条节编款篇]\Z")
_BRACKETED = re.compile(r"《[^《》\n]{0,150}+》|（[^（）\n]{0,150}+）|\([^()\n]{0,150}+\)")
_ENDED_GAP = re.compile(rf"[。！？][^\S\n]+|[^\S\n](?={NUMERAL}{{1,3}}、)")
_ROW = re.compile(r"^[^\n\t]*+\t[^\n]*+", re.M)
_CELL_SIGNS = "|｜│┃"
_SIGNED_ROW = re.compile(
    rf"^[^\n{_CELL_SIGNS}]*+[{_CELL_SIGNS}][^\n{_CELL_SIGNS}]*+[{_CELL_SIGNS}][^\n]*+", re.M
)  # cells parted by signs end no paragraph
_HALF_WIDTH = ",:;!?"
_PHRASE_END = "。！？；：）)”:;"

# A blank between two Chinese characters, one of which has a blank, a mark or the edge of the line on its other side, too.
_BESIDE_ONE = re.compile(
    rf"(?<=[{HAN}])[ \xa0](?=[{HAN}])(?:(?<=[\s{_MARKS}].[ \xa0])|(?=.[\s{_MARKS}])|(?<=^.[ \xa0])|(?=.$))", re.M
)
_PHRASES = re.compile(rf"(?<![^\s{_MARKS}])[{HAN}]++(?:[ \xa0\u3000]{{1,6}}[{HAN}]++)++")
_BETWEEN_HAN = re.compile(rf"[ \xa0\u3000](?=[ \xa0\u3000]{{0,5}}[{HAN}])(?<=[{HAN}].)")
_PHRASE = re.compile(rf"[{HAN}]++")
# A blank that separates no two phrases: see rule 5.
_NO_PHRASES = re.compile(rf"(?<=[^\s{HAN}])[ \xa0](?=[{CHINESE}])|(?<=[{CHINESE}])[ \xa0](?=[^\s{HAN}])")
_BETWEEN_FIGURES = re.compile(r"(?<=[!-~〔％])[ \xa0](?=[!-~〕％])")
_FIGURES = re.compile("(?=[0-9A-Za-z]{2})")
_LETTER_SPACED = 30  # such blanks make a text letter-spaced,
_SPACED_EVERY = 60  # if there is one in so many characters
_LONGEST_NAME = 30  # characters of an organ's name
_LONGEST_DUTY = 20  # characters: 等部门按职责分工负责
_LONG_LINE = 150  # characters: a shorter text is no notice run together


def restore(text: Text) -> Text:
    """``text`` with one paragraph a line and blanks by the rule above."""
    for edits in (
        _line_ends,
        remove_tags,
        cut_page_numbers,
        _markdown,
        part_columns,
        _letter_spacing,
        join_markers,
        unwrap,
        join_over_page_numbers,
        join_within_brackets,
        join_open_lists,
        join_copies,
        _blanks,
    ):
        text = text.apply("layout", edits(text.value))
    return text


def _line_ends(value: str) -> Iterator[Edit]:
    for match in _OTHER_LINE_END.finditer(value):
        yield Edit(*match.span(), "\n", "line-end")


def _markdown(value: str) -> Iterator[Edit]:
    """The marks of headings, quotations, emphasis and hard line breaks go; what they mark stays. A row of a table stays on its line."""
    if "*" in value or "#" in value or ">" in value or "\\" in value:
        rows = _Ranges(_signed_rows(value)) if "<" in value else None
        for match in _MARKDOWN.finditer(value):
            if match["cell_break"]:
                yield Edit(*match.span(), " " if rows and match.start() in rows else "\n", "markdown-mark")
            elif match["line"] or match["break"]:
                yield Edit(*match.span("line" if match["line"] else "break"), "", "markdown-mark")
            else:
                width = 1 if match["slanted"] else 2
                yield Edit(match.start(), match.start() + width, "", "markdown-mark")
                yield Edit(match.end() - width, match.end(), "", "markdown-mark")


def _letter_spacing(value: str) -> Iterator[Edit]:
    """The blanks of a letter-spaced text: where characters stand alone all over it, a blank beside such a one means nothing.

    Text extracted from a justified PDF is so (加 大 信 贷 支 持力 度); the blanks beside marks and figures go here, too, so that the
    lines have the width that they were printed in. A word spaced out here and there is none: see the rule of blanks.
    """
    if value.count(" ") + value.count("\xa0") < _LETTER_SPACED:
        return
    alone = [gap.span() for gap in _BESIDE_ONE.finditer(value)]
    if len(alone) < _LETTER_SPACED or len(alone) * _SPACED_EVERY < len(value):
        return
    gaps = {*alone, *(gap.span() for gap in _NO_PHRASES.finditer(value))}
    figures = [gap.span() for gap in _BETWEEN_FIGURES.finditer(value)]
    if len(figures) > len(_FIGURES.findall(value)):  # figures are spaced, too: 2 0 2 0 年
        gaps.update(figures)
    yield from (Edit(*gap, "", "spaced-word") for gap in sorted(gaps))


def _inside_names(value: str) -> Iterator[int]:
    """Where the gaps inside organs' names begin, if characters stand alone there (青岚 省 税 务局, but 县财政局 县水利局 are two) or the
    organ is known: 生态 环境厅.
    """
    for run in _phrases(value):
        words = list(_PHRASE.finditer(value, *run.span()))
        name, gaps = words[0][0], list[int]()
        for one, other in pairwise(words):
            if _continues(name, one[0], other[0]):
                gaps.append(one.end())
                name += other[0]
                continue
            if gaps and _ends_organ(name):
                yield from gaps
            name, gaps = other[0], []
        if gaps and _ends_organ(name):
            yield from gaps


def _phrases(value: str) -> Iterator[re.Match[str]]:
    """The runs of phrases with gaps between them, sought in the lines that have such a gap."""
    behind = 0
    for gap in _BETWEEN_HAN.finditer(value):
        if gap.start() >= behind:
            start, behind = value.rfind("\n", 0, gap.start()) + 1, value.find("\n", gap.start())
            behind = len(value) if behind < 0 else behind
            yield from _PHRASES.finditer(value, start, behind)


def _continues(name: str, word: str, other: str) -> bool:
    """Whether ``other`` may belong to a name that was read as far as ``word``: 省 to 青岚, 局 to 税务."""
    if len(name) + len(other) > _LONGEST_NAME:
        return False
    if min(len(word), len(_without_duty(other))) > 1:
        whole = _without_duty(name + other)
        parts = units.split_level(whole)
        return not _is_organ(name) and bool(organ(parts[1] if parts else whole))
    return not _is_organ(name) or (len(other) == 1 and _is_organ(name + other))


def _is_organ(name: str) -> bool:
    return len(name) > 1 and units.ends_like(name, "organ")


def _ends_organ(name: str) -> bool:
    """Whether ``name`` is that of an organ or a class, with what it has to do or without: 财政局负责, 各乡镇配合."""
    name = _without_duty(name)
    return _is_organ(name) or (units.is_class(name) and units.ends_like(name))


def _without_duty(name: str) -> str:
    duty = _duty().search(name, max(0, len(name) - _LONGEST_DUTY))
    return name[: duty.start()] if duty else name


@vocabulary.compiled
def _duty() -> re.Pattern[str]:
    etc = vocabulary.alternation("clause_words", code="etc")
    manner, basis = (vocabulary.alternation("clause_words", code=code) for code in ("manner", "basis"))
    return re.compile(
        rf"(?:{etc})?(?:(?:{basis})[{HAN}]{{1,10}}?)?(?:{manner})*(?:{vocabulary.alternation('roles', 'verb')})+\Z"
    )


def _blanks(value: str) -> Iterator[Edit]:
    """The rule of blanks, and the line feeds that were lost to them."""
    flat = _run_together(value)
    names = frozenset(_inside_names(value))
    kept = _Ranges(match.span() for match in _BRACKETED.finditer(value, *flat))
    rows = _Ranges(_rows(value))
    signed = _Ranges(_signed_rows(value))
    for gap in _GAP.finditer(value):
        start, end = gap.span()
        row = start in rows
        if row and "\t" in gap[0]:
            yield Edit(start, end, "\t" * gap[0].count("\t"), "layout-blank")
        elif start == 0 or end == len(value) or value[start - 1] == "\n" or value[end] == "\n":
            yield Edit(start, end, "", "layout-blank")
        elif start in names:
            yield Edit(start, end, "", "spaced-word")
        elif (
            not row
            and start not in signed
            and _ends_paragraph(value, start, end, flat[0] <= start < flat[1] and start not in kept)
        ):
            yield Edit(start, end, "\n", "paragraph-break")
        else:
            after, rule = _gap(value, start, end)
            yield Edit(start, end, after, rule)


def _rows(value: str) -> Iterator[tuple[int, int]]:
    """The lines with a tab between two texts."""
    if "\t" in value:
        yield from (match.span() for match in _ROW.finditer(value) if "\t" in match[0].strip())


def _signed_rows(value: str) -> Iterator[tuple[int, int]]:
    """The lines with two signs between cells."""
    if any(sign in value for sign in _CELL_SIGNS):
        yield from (match.span() for match in _SIGNED_ROW.finditer(value))


class _Ranges:
    """Ranges of a text, in order and apart: is an offset in one of them?"""

    def __init__(self, spans: Iterator[tuple[int, int]]) -> None:
        self._spans = list(spans)
        self._starts = [start for start, _ in self._spans]

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._spans[at][1]


def _ends_paragraph(value: str, start: int, end: int, flat: bool) -> bool:
    """Whether a paragraph ended at the gap ``value[start:end]``. ``flat``: the gap is one of a run-together text."""
    wide = value.count("\u3000", start, end) > 1 or end - start > 3
    if not (wide or flat) or _follows_article(value, start):
        return False
    before, after = value[start - 1], value[end]
    if after in "#>":  # a mark of Markdown stands at the beginning of a line of the source, or it is none
        return False
    phrases = bool(_IS_HAN.match(before) and _IS_HAN.match(after))
    if phrases and _spaced_out(value, start, end):
        return False
    marker = bool(markers.sure_marker().match(value, end))
    if wide:
        return flat or marker or before in SENTENCE_END
    if before in _PHRASE_END and _IS_CHINESE.match(after):
        return True
    dated = _DATE_ALONE.match(value, end) or _DATED.search(value, max(start - 2, 0), start)
    return phrases or marker or bool(dated) or (after in "[【" and bool(_IS_CHINESE.match(before)))


def _gap(value: str, start: int, end: int) -> tuple[str, str]:
    """What becomes of the gap ``value[start:end]`` inside a paragraph, and by which rule."""
    before, after = value[start - 1], value[end]
    # A star with a blank beside it is no mark of emphasis; without the blank it would be one.
    if "*" in (before, after) or _follows_article(value, start):
        return " ", "layout-blank"
    if _IS_HAN.match(before) and _IS_HAN.match(after):
        return ("", "spaced-word") if _spaced_out(value, start, end) else (" ", "layout-blank")
    # The punctuation is not yet normalized: 文号: 12.
    chinese = before in _HALF_WIDTH and start > 1 and _IS_CHINESE.match(value, start - 2)
    if not chinese and not _IS_CHINESE.match(before) and not _IS_CHINESE.match(after):
        return " ", "layout-blank"
    return " " if _IS_HAN.match(before) and _LAST_DATE.match(value, end) else "", "layout-blank"


def _follows_article(value: str, start: int) -> bool:
    """Whether 第三条, 第一章 or the like ends at ``start``: the blank behind it is part of the heading."""
    return value[start - 1] in "章条节编款篇" and bool(_ARTICLE.search(value, max(start - 8, 0), start))


def _spaced_out(value: str, start: int, end: int) -> bool:
    """Whether the Chinese characters on both sides of a gap stand alone, with no narrower gap to another such beside it."""
    if not (_stands_alone(value, start - 1) and _stands_alone(value, end)):
        return False
    width = end - start
    left, right = value[max(start - 1 - width, 0) : start - 1], value[end + 1 : end + 1 + width]
    before = start - 1 - (len(left) - len(left.rstrip(_BLANKS)))
    after = end + 1 + (len(right) - len(right.lstrip(_BLANKS)))
    narrower_before = start - 1 - width < before < start - 1 and _stands_alone(value, before - 1)
    narrower_after = end + 1 < after < end + 1 + width and _stands_alone(value, after)
    return not (narrower_before or narrower_after)


def _stands_alone(value: str, at: int) -> bool:
    """Whether there is a Chinese character at ``at`` and none beside it."""
    if at < 0 or not _IS_HAN.match(value, at) or _IS_HAN.match(value, at + 1):
        return False
    return at == 0 or not _IS_HAN.match(value, at - 1)


def _run_together(value: str) -> tuple[int, int]:
    """The line that holds more than half of the text, if paragraphs end inside it; else an empty range."""
    longest = max(value.split("\n"), key=len)
    if len(longest) <= max(_LONG_LINE, len(value) // 2) or sum(1 for _ in _ENDED_GAP.finditer(longest)) < 2:
        return 0, 0
    start = value.index(longest)
    return start, start + len(longest)
