"""Items: the tree of numbered headings, from the order in which the markers nest in this document.

A stack holds the open styles of markers. A marker of an open style closes everything below that style; one of a new style
opens a level below the last. Nothing says that （一） stands above 1. or below: the document does. Counters may run on across groups
(1…19 under （一）…（十）), start again, or skip a style.

Where a line could open with a marker or with a number (4.2021年启动…, 3.89万座…), the counter decides: it is a marker if it is
the number that the style expects next. The counter also tells a slip of the pen (2、 after 1.) from a new level: a style that
opens with the very number that an open style of the same numerals waits for is that style.
"""

from __future__ import annotations

import re
from collections.abc import Set

from gongwen.document import Extent, Item
from gongwen.lexicon import markers, vocabulary
from gongwen.lexicon.headings import run_in
from gongwen.lexicon.markers import IN_SERIES, numerals_of, value
from gongwen.outline.closing import settle_closing
from gongwen.outline.lines import Line
from gongwen.outline.series import Opening, settle

# A figure and a point before a digit: a marker before a year (4.2021年) or a name (10.5G), a decimal before a measure (3.89万座).
_DIGITS = re.compile(r"[0-9０-９]++(?:[.．][0-9０-９]++)?")
_FIGURES_ALONE = re.compile(r"[0-9０-９.．、 ]*+$")
_NO_SIGN = " \t\u3000\xa0\ufffd"  # blanks, and the place of a lost point
_POINT = re.compile(r"[.．]")
_YEAR_OR_NAME = re.compile(r"[0-9]{4}年|[0-9]{1,2}[A-Za-z]")

_OPENING, _CLOSING = "（(〔［[【", "）)〕］]】"
_NOTE_AT_END = re.compile(r"（[^（）]*+）$")
_BRACKETED = re.compile(r"【(?P<title>[^【】\n]{1,40})】")
_LONGEST_SENTENCE = 40  # characters of an item that is one sentence and may be a heading
_LONGEST_OF_ARTICLE = 20  # of the headings that articles have, where they have any


@vocabulary.compiled
def _enumerator() -> re.Pattern[str]:
    return re.compile(markers.enumerator())


@vocabulary.compiled
def _unit() -> re.Pattern[str]:
    """The unit of a decimal number at the head of a line."""
    return re.compile(rf"[ ]?(?:[万亿%％元倍米亩吨千百]|{vocabulary.alternation('measures', 'decimal')})")


@vocabulary.compiled
def _names_a_role() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("roles", "label"))


class Levels:
    """The stack of open styles while the lines of one part are read in order.

    ``chapters`` are the lines, by identity, whose whole numbers head decimals; ``series`` the styles that are sure to count here.
    """

    def __init__(self, chapters: Set[int] = frozenset(), series: Set[str] = frozenset()) -> None:
        self._chapters, self._series = chapters, series
        self._open: list[tuple[str, int]] = []  # style, index of its last item; outermost first
        self._depth: dict[str, int] = {}  # of an open style, its place in the stack
        self._last: dict[str, int] = {}

    def accepts(self, line: Line, number: int | None) -> bool:
        """Whether what the line opens with is a marker, and not the beginning of its text."""
        style, rest = line.style, line.text[line.body - line.at :]
        if style == "bare":
            return line.kind == "table-row" or id(line) in self._chapters
        if style in IN_SERIES:
            return style in self._series and (number == 1 or number == self._last.get(style, 0) + 1)
        if _FIGURES_ALONE.match(line.text):
            return False  # a cell
        if style in ("decimal", "deep_decimal"):
            return (number == 1 or number == self._last.get(style, 0) + 1) and not _unit().match(rest)
        if style != "figure" or not (digits := _DIGITS.match(rest)) or _YEAR_OR_NAME.match(rest):
            return True
        return number == self._last.get(style, 0) + 1 and not _unit().match(rest, digits.end())

    def place(self, style: str, number: int | None, index: int) -> tuple[int, int | None]:
        """(level, parent) of item ``index``, which opens with a marker of ``style``."""
        stack, depths = self._open, self._depth
        depth = depths.get(style)
        if depth is None and number is not None and number > 1:
            style = self._meant(style, number)
            depth = depths.get(style)
        if depth is None:
            depth = len(stack)
        while len(stack) > depth:
            del depths[stack.pop()[0]]
        parent = stack[-1][1] if stack else None
        stack.append((style, index))
        depths[style] = depth
        if number is not None:
            self._last[style] = number
        return depth + 1, parent

    def _meant(self, style: str, number: int) -> str:
        """The open style that waits for ``number`` in the same numerals; ``style`` itself where there is none."""
        for other, _ in self._open:
            if numerals_of(other) == numerals_of(style) and self._last.get(other) == number - 1:
                return other
        return style


def read_items(lines: list[Line], part: int, items: list[Item]) -> None:
    """Append the items of ``lines``, which are those of one part, to ``items``, and give the lines their kinds: heading, item or paragraph."""
    first = len(items)
    chapters = _chapters(lines)
    for line in lines:
        if id(line) in chapters:
            line.kind = ""  # no paragraph
    levels = Levels(chapters, _counted(lines))
    listed_by = markers.list_sign()
    headed = _articles_have_headings(lines)
    _settle_enumerations(lines)
    listed = False  # whether the item before ends in a semicolon: then this one is of a list of phrases, or closes it
    labelled = False  # whether its heading is a label: 泵站类：检修设备；
    current: Item | None = None
    sentences: list[tuple[int, Extent]] = []
    openings: list[Opening] = []
    for line in lines:
        style = line.style
        if style and (not line.kind or line.kind == "table-row"):
            marker = line.text[: line.body - line.at].rstrip(_NO_SIGN)
            number = value(marker)
            accepted = levels.accepts(line, number)
            if not accepted and style == "decimal" and (point := _POINT.search(marker)):
                line.style = style = "figure"  # 5.5G基站: not 5.5, but perhaps 5.
                line.body = line.at + point.end()
                marker = marker[: point.end()]
                number = value(marker)
                accepted = levels.accepts(line, number)
            if accepted:
                level, parent = levels.place(style, number, len(items))
                current = Item(marker, number, level, parent, line.at, line.stop, None, [], part)
                closes = listed and line.text.find("。") == len(line.text) - 1 and not (labelled and "：" in line.text)
                plain = not headed if style == "article" else closes
                if sentence := _read_heading(line, current, plain):
                    sentences.append((len(items), sentence))
                if style != "article" and not line.kind:
                    openings.append(_opening(line, current, len(items)))
                listed = line.text[-1] in "；;"
                labelled = current.title is not None and line.text.startswith("：", current.title.end - line.at)
                items.append(current)
                if not line.kind:
                    line.kind = "item" if current.paragraphs else "heading"
                continue
        if line.kind in ("", "paragraph"):
            line.kind = "list-item" if listed_by.match(line.text) else "paragraph"
        if current is None or line.kind not in ("paragraph", "list-item", "table-row"):
            continue
        current.end = line.stop
        if line.kind == "table-row" and current.title is None and not current.paragraphs:
            line.body = line.at  # the number of a row stands alone: its text is in the next cell
            _read_heading(line, current, False)
        else:
            current.paragraphs.append(Extent(line.at, line.stop))
    for index, sentence in sentences:
        _promote(items, index, sentence)
    settle(openings, {item.parent for item in items})
    settle_closing(lines, items, first)


def _chapters(lines: list[Line]) -> set[int]:
    """The lines, by identity, of whole numbers without a point that head decimals: 2治水提质 above 2.1关停排口.

    Where there is one, those that count up to it and on from it are some, too: 3附则.
    """
    found: set[int] = set()
    run: list[Line] = []  # lines that count 1, 2, 3 …
    headed = False  # whether one of them heads decimals
    for line in lines:
        if line.kind not in ("", "paragraph") or line.style not in ("bare", "decimal"):
            continue
        marker = line.text[: line.body - line.at].rstrip(_NO_SIGN)
        if line.style == "decimal":
            headed |= bool(run) and _POINT.split(marker.rstrip("、")) == [str(len(run)), "1"]
        elif value(marker) == len(run) + 1:
            run.append(line)
        elif value(marker) == 1:
            found.update(map(id, run if headed else ()))
            run, headed = [line], False
    found.update(map(id, run if headed else ()))
    return found


def _counted(lines: list[Line]) -> set[str]:
    """The styles among those that need a series of which the first two are there."""
    seen: dict[str, set[int | None]] = {}
    for line in lines:
        if line.style in IN_SERIES and not line.kind:
            seen.setdefault(line.style, set()).add(value(line.text[: line.body - line.at].rstrip(_NO_SIGN)))
    return {style for style, numbers in seen.items() if {1, 2} <= numbers}


def _settle_enumerations(lines: list[Line]) -> None:
    """Take the style from lines that open with 一是 or 二是 but are sentences: they hold the next one too, or none stands below them.

    Items of this style come in a row of lines, each with its own number: 一是… and 二是… on the next one.
    """
    numbered: list[tuple[Line, int]] = []
    for line in lines:
        if line.style == "first_is" and not line.kind:
            number = value(line.text[: line.body - line.at]) or 0
            verb = line.text[line.body - line.at - 1]
            if any(
                value(other[0]) == number + 1 and other[0][-1] == verb for other in _enumerator().finditer(line.text)
            ):
                line.style = None
            else:
                numbered.append((line, number))
    for before, (line, number), behind in zip(
        [0, *[n for _, n in numbered]], numbered, [*[n for _, n in numbered[1:]], 0], strict=False
    ):
        if not (number == before + 1 > 1 or (number == 1 and behind == 2)):
            line.style = None


def _read_heading(line: Line, item: Item, plain: bool) -> Extent | None:
    """Fill in the title and the first paragraph of the item that ``line`` opens.

    ``plain`` says that it has no heading, whatever it looks like. Gives the extent of the line's words if they are one
    sentence: whether that is a heading, what follows will tell.
    """
    rest = line.text[line.body - line.at :]
    words = rest.lstrip()
    start = line.body + len(rest) - len(words)
    if not words:
        return None
    if bracketed := _BRACKETED.match(words):
        item.title = Extent(start + 1, start + bracketed.end("title"))
        _own_text(item, words, bracketed.end(), start)
        return None
    heading = words[: _before_clause(words)]
    length = 0 if plain else _article_heading(words) if line.style == "article" else run_in(heading)
    if words[-1] == "。" and "，" in words[:length] and words[length:] in ("。", words[len(heading) :]):
        length = 0  # a sentence, not a heading, unless something stands below it
    if length and length == len(heading) < len(words):
        item.title = Extent(start, start + len(heading.rstrip()))
        _own_text(item, words, length, start)
        return None
    if length:
        item.title = Extent(start, start + length)
        _own_text(item, words, length + 1, start)
        return None
    item.paragraphs.append(Extent(start, line.stop))
    single = words.find("。") == len(words) - 1 and len(words) <= _LONGEST_SENTENCE
    return Extent(start, line.stop - 1) if single and not plain and line.style != "article" else None


def _opening(line: Line, item: Item, index: int) -> Opening:
    """How ``item``, the one of that index, begins on ``line``; ``_read_heading`` has read it."""
    first = item.title or (item.paragraphs[0] if item.paragraphs else Extent(line.stop, line.stop))
    more = line.text[first.end + 1 - line.at :].lstrip()
    goes_on = more != "" and not (more[0] in _OPENING and more[-1] in _CLOSING)
    return Opening(index, item, line, Extent(first.start, line.stop), goes_on)


def _before_clause(words: str) -> int:
    """How much of ``words``, a heading, stands before the bracket at its end that says who is responsible; all where there is none."""
    stop = len(words.removesuffix("。"))
    if words[stop - 1 : stop] not in tuple(_CLOSING) or "。" in words[:stop]:
        return len(words)
    if stop < len(words) and not run_in(words):
        return len(words)  # too long for a heading
    depth = 0
    for at in range(stop - 1, -1, -1):
        if words[at] in _CLOSING:
            depth += 1
        elif words[at] in _OPENING:
            depth -= 1
            if depth == 0:
                return at if _names_a_role().search(words, at) else len(words)
    return len(words)


def _articles_have_headings(lines: list[Line]) -> bool:
    """Whether at least half of the articles begin with a short phrase: those of rules begin with their text, those of some plans with a heading."""
    articles = short = 0
    for line in lines:
        if line.style == "article":
            articles += 1
            short += _article_heading(line.text[line.body - line.at :].lstrip()) > 0
    return 2 * short >= articles


def _article_heading(words: str) -> int:
    """As ``run_in`` of an article: a phrase that no sentence of its own follows, or that is long, is its text."""
    length = run_in(words)
    phrase = _NOTE_AT_END.sub("", words[:length])
    return length if len(phrase) <= _LONGEST_OF_ARTICLE and length + 1 != len(words) else 0


def _own_text(item: Item, words: str, length: int, start: int) -> None:
    text = words[length:].lstrip()
    if text:
        end = start + len(words)
        item.paragraphs.append(Extent(end - len(text), end))


def _promote(items: list[Item], index: int, sentence: Extent) -> None:
    """A sentence alone on its line is the heading of what stands below it, if anything does."""
    item = items[index]
    has_children = index + 1 < len(items) and items[index + 1].parent == index
    if has_children or len(item.paragraphs) > 1:
        item.title = sentence
        del item.paragraphs[0]
