"""Hard-wrapped lines, as text extracted from a PDF or a mail has them, become paragraphs again.

A text is wrapped if many of its lines end at one and the same column, and most of these within a sentence. Then a line
that reaches the column goes on in the next one, unless it ends a sentence or the next one is empty, indented or opens with
a marker. Where paragraphs are indented the indent alone decides, also after the end of a sentence. A line that ends in an
opening bracket goes on wherever the next one begins. The number of a page
between two such lines goes with its line, and so do the empty lines that a page break leaves within a sentence; one between dashes
(— 5 —, GB/T 9704-2012, 7.5) or 第5页 goes wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from gongwen.characters import HAN
from gongwen.layout.signs import SENTENCE_END
from gongwen.lexicon import dates, labels, markers, parties, titles, vocabulary
from gongwen.lexicon.line_words import PAGE_NUMBER, is_imprint, labelled
from gongwen.lexicon.units import ends_like
from gongwen.text import Edit

_FEW = 5  # fewer lines show no column
# Where lines are wrapped, in columns of which a Chinese character takes two: a printed page has 28 characters in a line
# (GB/T 9704-2012, 5.2.3), mail and reports have up to 45.
_NARROWEST, _WIDEST = 40, 96
_RAGGED = 6  # a mark may not begin a line and a number isn't cut: lines of one column differ by so much
_SHARE = 0.3  # of the lines, for a column to be the text's
_INDENTED = 0.05  # of the lines, for indents to be the text's sign of a paragraph
_OPENING = tuple("（(〔［[《«“")
_CLOSING = tuple("）)〕］]》»”")
_PAGE_BREAK = 6  # lines: a page that ends within a sentence leaves its number and a few empty lines
_ENDS_PARAGRAPH = "。！？；：:;）)〕］]》”"
_GOES_ON = tuple("、，,")
_MOST_LINES_OF_COPIES = 11  # behind the first
# What stands behind the title of a cited document begins no paragraph: （某政发〔2023〕7号）.
_NUMBER_OF_TITLE = re.compile(r"[（(][^（）()\n]{2,24}[〔\[［【][12][0-9]{3}[〕\]］】][0-9]{1,5}号[）)，,]")
_PAGE_NUMBER = re.compile(rf"\s*+(?:(?P<sure>{PAGE_NUMBER})|[—–－-]?+\s*+\d{{1,3}}+\s*+[—–－-]?+)\s*+")
_PAGE_NUMBER_ALONE = re.compile(rf"^[^\S\n]*+{PAGE_NUMBER}[^\S\n]*+\n", re.M)
_NUMBER_BETWEEN = re.compile(
    rf"(?<=\S)[^\S\n]*+\n(?:[^\S\n]*+\n){{0,3}}+[^\S\n]*+{PAGE_NUMBER}[^\S\n]*+\n(?:[^\S\n]*+\n){{0,3}}+[^\S\n]*+(?=\S)"
)

_NO_BRACKET = r"[^（(〔［\[【《）)〕］\]】》\n|｜│┃\t]"
_BROKEN_BRACKET = re.compile(
    rf"[（(〔［\[【《]{_NO_BRACKET}{{1,160}}(?:\n(?:[^\S\n]*+\n){{0,3}}[^\S\n]*+{_NO_BRACKET}{{1,160}}){{1,3}}[）)〕］\]】》]"
)
_LINE_BREAK = re.compile(r"\s*\n\s*(?P<page>[0-9]{1,3}\s*\n\s*)?")


def unwrap(value: str) -> Iterator[Edit]:
    """The edits that join the lines of a wrapped text; none for any other text."""
    lines = value.split("\n")
    column = _column(lines)
    if not column:
        return
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    indents = sum(line[:1].isspace() and not line.isspace() for line in lines) > _INDENTED * len(lines)
    index = 0
    while index + 1 < len(lines):
        line = lines[index]
        full = _width(line) >= column - _RAGGED and not _is_whole(line)
        inside = full and (indents or line.rstrip()[-1] not in SENTENCE_END + "；：")
        following, number = _next_line(lines, index)
        apart = following > index + 1
        within = number and _breaks_off(line)
        ended = line.rstrip()[-1:] in _ENDS_PARAGRAPH and not _NUMBER_OF_TITLE.match(lines[following])
        if (
            (within or (inside and not (apart and ended)))
            and _goes_on(lines[following])
            and not (ended and _signs(lines[following]))
        ):
            stop = starts[index] + len(line.rstrip())
            before, after = line.rstrip()[-1], lines[following][0]
            words = before.isascii() and after.isascii() and not (before.isdigit() and after.isdigit())
            between = " " if words else ""  # between two Latin words; a number is cut
            yield Edit(stop, starts[following], between, "page-number" if number else "line-join")
        elif line.rstrip()[-1:] in _OPENING and lines[index + 1].strip():
            following = index + 1
            indent = len(lines[following]) - len(lines[following].lstrip())
            yield Edit(starts[index] + len(line.rstrip()), starts[following] + indent, "", "line-join")
        else:
            following = index + 1
            if following + 1 < len(lines) and _is_page_number(lines[following]):
                yield Edit(starts[following], starts[following + 1], "", "page-number")
                following += 1
        index = following


def _next_line(lines: list[str], index: int) -> tuple[int, bool]:
    """The line behind the empty lines and the number of a page that follow line ``index``, and whether there is such a number.

    It is the next line where more of them follow than a page break leaves, or nothing does.
    """
    number = False
    at = index + 1
    while at < len(lines) and at - index <= _PAGE_BREAK:
        page = _PAGE_NUMBER.fullmatch(lines[at])
        if lines[at].strip() and (number or not page):
            return at, number
        number = number or page is not None
        at += 1
    return index + 1, False


_PAGE_NUMBER_AT_BEGINNING = re.compile(
    rf"^[ ]*(?:— ?(?P<dash>\d{{1,3}}) ?—|- ?(?P<hyphen>\d{{1,3}}) ?-) ?(?=[{HAN}（《])", re.M
)


def cut_page_numbers(value: str) -> Iterator[Edit]:
    """The edits that take out numbers of pages that stand, each one higher than the last, at the beginnings of lines: -2-第四条."""
    found = list(_PAGE_NUMBER_AT_BEGINNING.finditer(value))
    numbers = [int(page["dash"] or page["hyphen"]) for page in found]
    if len(found) > 1 and all(after > before for before, after in pairwise(numbers)):
        yield from (Edit(*page.span(), "", "page-number") for page in found)


def join_over_page_numbers(value: str) -> Iterator[Edit]:
    """The edits that take out numbers of pages (— 5 —, 第5页) within a list or a bracket, which they part in any text."""
    if not _PAGE_NUMBER_ALONE.search(value):
        return
    for page in _NUMBER_BETWEEN.finditer(value):
        line = value[value.rfind("\n", 0, page.start()) + 1 : page.start()]
        if _breaks_off(line):
            yield Edit(*page.span(), "", "page-number")


def join_within_brackets(value: str) -> Iterator[Edit]:
    """The edits that join the lines of a bracket that was broken within a sentence, as a page break does: （牵头部⏎⏎门：县水利局）."""
    for bracket in _BROKEN_BRACKET.finditer(value):
        gaps = list(_LINE_BREAK.finditer(value, *bracket.span()))
        if not any(
            value[gap.start() - 1] in SENTENCE_END or markers.sure_marker().match(value, gap.end()) for gap in gaps
        ):
            yield from (Edit(*gap.span(), "", "page-number" if gap["page"] else "line-join") for gap in gaps)


_OPEN_LIST = re.compile(rf"(?<=[{HAN}）)》”]、)[^\S\n]*\n(?:[^\S\n]*\n)?[^\S\n]*(?=[^\s])")


def join_open_lists(value: str) -> Iterator[Edit]:
    """The edits that join a line that ends in 、, as no paragraph does, with the next one: 各乡镇人民政府、⏎县政府各部门："""
    for gap in _OPEN_LIST.finditer(value):
        line = value[value.rfind("\n", 0, gap.start()) + 1 : gap.start()]
        following = _rest_of_line(value, gap.end())
        marker = markers.sure_marker().match(line)
        if (
            _goes_on(following)
            and not (marker and marker.end() == len(line))
            and not _OF_A_TABLE.match(line)
            and not (titles.speaks(line) and parties.is_address(following))  # a title that a site cut off
        ):
            yield Edit(*gap.span(), "", "line-join")


def _rest_of_line(value: str, at: int) -> str:
    end = value.find("\n", at)
    return value[at : end if end >= 0 else len(value)]


def join_copies(value: str) -> Iterator[Edit]:
    """The edits that join the lines of a list of those who get a copy, which ends in a stop (GB/T 9704, 7.4.2), wherever they are broken."""
    for label in _copies().finditer(value):
        gaps = list(_LINE_BREAK.finditer(value, label.end("begins"), label.end()))
        starts = [label.end("begins"), *(gap.end() for gap in gaps)]
        whole = value[label.start() : label.end()].rstrip("。")
        names = whole[max(map(whole.rfind, "，、；：\n")) + 1 :].strip()
        if ends_like(names) and not any(is_imprint(_rest_of_line(value, start).strip()) for start in starts[1:]):
            yield from (Edit(*gap.span(), "", "line-join") for gap in gaps)


@vocabulary.compiled
def _copies() -> re.Pattern[str]:
    """A labelled list of those who get a copy, over several lines of names without a label, a stop or a figure, up to its stop."""
    names = r"[^\n。：:；0-9]{1,120}"
    return re.compile(
        rf"^[^\S\n]*{labelled('copied_to')}[ ]?[：:](?P<begins>{names})(?:\n{names}){{1,{_MOST_LINES_OF_COPIES}}}。(?=[^\S\n]*$)",
        re.M,
    )


_LONE_FIGURE = re.compile(r"^[^\S\n]*[0-9０-９]{1,2}(?P<gap>[^\S\n]*\n(?:[^\S\n]*\n)?[^\S\n]*)(?=\ufffd)", re.M)


def join_markers(value: str) -> Iterator[Edit]:
    """The edits that join the figure of a marker with its item, where its point was lost and both came to stand on lines of their own: 1⏎�修渠."""
    if "\ufffd" in value:
        for figure in _LONE_FIGURE.finditer(value):
            yield Edit(*figure.span("gap"), "", "line-join")


def _breaks_off(line: str) -> bool:
    """Whether a line ends within a list or a bracket."""
    line = line.rstrip()
    return line[-1:] in _GOES_ON or sum(map(line.count, _OPENING)) > sum(map(line.count, _CLOSING))


def _is_page_number(line: str) -> bool:
    """Whether a line is the number of a page for certain: — 3 —, 第3页."""
    page = _PAGE_NUMBER.fullmatch(line)
    return page is not None and page["sure"] is not None


_CELL_SIGNS = tuple("|｜│┃║┐┤┘┓┫┛╗╣╝")
_TWO_SIGNS = re.compile(r"[|｜│┃║][^\n|｜│┃║]+[|｜│┃║]")
_OF_A_TABLE = re.compile(r"\s*[|｜│┃║─┌├└┏┣┗╔╠╚]|[^\n|｜│┃\t]*[|｜│┃\t][^\n|｜│┃\t]*[|｜│┃\t]")


def _is_row(line: str) -> bool:
    """Whether a sign between cells (|, │), or a corner of a drawn table, closes a line, or two such signs part cells in it."""
    return line.rstrip().endswith(_CELL_SIGNS) or _TWO_SIGNS.search(line) is not None


def _goes_on(line: str) -> bool:
    """Whether a line can be the rest of the paragraph before it. A row between drawn lines or signs isn't."""
    return (
        bool(line)
        and not line[0].isspace()
        and "\t" not in line
        and not _OF_A_TABLE.match(line)
        and not markers.sure_marker().match(line)
        and not labels.fields(line)
        and not is_imprint(line.rstrip())
    )


def _signs(line: str) -> bool:
    """Whether a line is a signature or its date, which may stand below a full line without an indent."""
    words = line.strip()
    return parties.is_organ(words) or dates.is_meant(words)


def _is_whole(line: str) -> bool:
    """Whether a line is whole, however long: a row of a table, a labelled field, a title, but not the end of one that is cited."""
    if "\t" in line.strip() or _is_row(line) or labels.fields(line):
        return True
    cited = line.count("《") != line.count("》") or "，" in line
    return not cited and titles.tells(line) and titles.is_whole(line.rstrip())


def _column(lines: list[str]) -> int:
    """The column at which the lines are wrapped, 0 if they aren't."""
    filled = [line for line in lines if line and not line.isspace() and not _is_row(line)]
    possible = [line for line in filled if _NARROWEST // 2 - _RAGGED <= len(line) <= _WIDEST]
    if len(possible) < max(_FEW, _SHARE * len(filled)):
        return 0
    widths = Counter(map(_width, possible))

    def reached(column: int) -> int:
        return sum(widths[width] for width in range(column - _RAGGED, column + 1))

    column = max(range(_NARROWEST, _WIDEST + 1), key=reached)
    full = [line for line in possible if column - _RAGGED <= _width(line) <= column]
    cut = sum(line.rstrip()[-1] not in SENTENCE_END + "；：" for line in full)
    return column if len(full) >= max(_FEW, _SHARE * len(filled)) and cut * 2 > len(full) else 0


def _width(line: str) -> int:
    """The columns that a line takes: in GBK a Chinese character or mark is two bytes."""
    return len(line.rstrip().encode("gbk", "replace"))
