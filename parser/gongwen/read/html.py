"""A web page as one string: what the page says of the notice, then its lines, of which some are the notice.

No rule here is one site's. The string has a line for each value of the page's head (pieces "page-meta"), then all lines of
the page. The notice's body is the innermost block that holds nearly all prose of the page: lines with the marks that end
sentences, outside of links. A list whose items share the prose is a part of an article, never all of it. What stands in that block is
text, but for furniture at its edges; so are the title, the number and the address above it and the signature below it, where the page
sets them apart. Rows and lines outside of the prose that give a value to a label of the vocabulary
(索引号, 发文机关, …) are "page-table"; all else is "furniture".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from gongwen.document import Cell, Generated, Piece, Place, Reading, Statement, Table
from gongwen.errors import SourceError
from gongwen.lexicon import dates, document_numbers, labels, titles, vocabulary
from gongwen.lexicon.boilerplate import is_boilerplate
from gongwen.lexicon.line_words import behind_label
from gongwen.lexicon.parties import is_address
from gongwen.read.grid import Stated, fill_stated
from gongwen.read.markup import Block, Line, Page, read

# Names of meta tags that describe the document (《政府网站发展指引》 2017, appendix 2, and Dublin Core), in lower case.
_META = frozenset(
    "title articletitle pubdate contentsource source author sitename siteidcode sitedomain columnname columntype columnkeywords "
    "keywords description url publishdate dc.title dc.date dc.creator dc.source og:title maketime firstpublishedtime "
    "lastmodifiedtime department guid effectivetime catalog filenumber".split()
)

_BLANK = r"[\s\u3000\[\]【】]*+"


@vocabulary.compiled
def _label() -> str:
    """The labels, spaced out or not (文　　号)."""
    return "|".join(
        [
            vocabulary.alternation("labels", context, blanks="[ \\t\\xa0\\u3000]*")
            for context in ("label", "number", "colon")
        ]
    )


@vocabulary.compiled
def _label_alone() -> re.Pattern[str]:
    return re.compile(rf"{_BLANK}({_label()}){_BLANK}[:：]?\s*+")


@vocabulary.compiled
def _labelled() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=[\s\u3000|【\[:：])|^)[【\[]?({_label()}){_BLANK}[:：]\s*+")


_SHORT = 300  # characters: a longer line or cell is not one of labels and values

_NEXT_LABEL = re.compile(r"[\s\u3000|【\[:：][^\s:：\d|]{1,10}[:：]|[\s\u3000|][【\[]|\s*[】|]")

_SENTENCE = re.compile("[。；！？，]")
_PROSE_SHARE = 0.8  # of the prose of a block, for its inner block to be the better choice
_PROSE = 15  # characters: shorter lines are titles, labels and menus
_EDGE = 10  # lines of the body at either end, where furniture stands
_FEW_LINES = 8  # a title in lines of its own, number, signature, date
_MENU = 3  # lines of links in a row that make a menu
_HEAD = 100  # lines of the body in which its title is looked for below a menu
_FOOT = 30  # lines that the foot of a page has at most
_LITTLE = 0.2  # of the prose of the body
_ATTACHED = re.compile(r"附\s?件|\d{1,2}[.．、]|.*\.(?:docx?|xlsx?|pdf|wps|zip|rar|ofd)\W{0,3}$", re.I)
_TITLE = 8  # characters: shorter lines are no title of a notice
_TITLE_REACH = 25  # lines above the body in which its title is looked for
_BLANKS = re.compile(r"\s+")


def page(markup: str, *, path: str | None = None) -> Reading:
    """The page's text, the pieces that tile it, its tables of data, its statements about the notice, and what it says beside."""
    read_page = read(markup, path=path)
    if not read_page.lines:
        message = "the page shows no text; what it holds stands in frames, in scripts or in what is hidden"
        raise SourceError("empty-source", message, path=path)
    head = [(name, value) for name, value in read_page.head if _describes(name)]
    texts = [f"{name}\t{value}" for name, value in head] + [line.text for line in read_page.lines]
    texts += [left.text for left in read_page.left_out]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    offsets = starts[len(head) :]
    kinds = _kinds(read_page, [value for name, value in head if "title" in name.lower()])
    statements = [
        Statement("meta", name, start + len(name) + 1, start + len(name) + 1 + len(value))
        for (name, value), start in zip(head, starts, strict=False)
    ]
    described = [index for index, kind in enumerate(kinds) if kind != "text"]
    for index, found in _statements(read_page.lines, described):
        kinds[index] = "page-table"
        statements += [
            Statement("table", label, offsets[place] + start, offsets[place] + end)
            for label, place, start, end in found
        ]
    pieces = _tile(["page-meta"] * len(head) + kinds + [left.kind for left in read_page.left_out], starts)
    return Reading(
        "".join(f"{text}\n" for text in texts),
        tuple(pieces),
        tuple(_tables(read_page.lines, offsets)),
        tuple(statements),
        places=tuple(_generated(read_page.lines, offsets)),
        asides=(
            *((f"the meta tag {name}", value) for name, value in read_page.head if name.lower() not in _META),
            *read_page.asides,
        ),
    )


def _generated(lines: list[Line], offsets: list[int]) -> Iterator[Place]:
    """What the markup doesn't hold: the numbers of lists, and what style sheets put into the page."""
    for line, offset in zip(lines, offsets, strict=False):
        marked = [(extent, "number") for extent in line.numbers] + [(extent, "style") for extent in line.styled]
        for (start, end), by in sorted(marked):
            yield Place(offset + start, offset + end, Generated(by))


def _describes(name: str) -> bool:
    """Whether a meta tag of that name describes the document."""
    return name.lower() in _META or labels.is_known(name)


def _kinds(page: Page, titles: list[str]) -> list[str]:
    """The kind of each line: "text" for the notice, "furniture" for the rest."""
    lines = page.lines
    weights = list(accumulate(map(_prose, lines), initial=0))
    body = _body(page, weights)
    begin, end = _below_menu(lines, weights, body, titles), _above_footer(lines, weights, body)
    prose = [index for index in range(begin, end) if weights[index + 1] > weights[index]] or [end]
    first = _after_menu(lines, begin, prose[0])
    last = _before_menu(lines, prose[-1], end)
    kinds = ["furniture"] * len(lines)
    kinds[first:last] = ["text"] * (last - first)
    for index in range(first, last):
        edge = index < first + _EDGE or index >= last - _EDGE
        if edge and is_boilerplate(lines[index].text):
            kinds[index] = "furniture"
    for index in _describing(lines, range(first, prose[0])):
        kinds[index] = "furniture"
    for index in _head_above(lines, range(first, prose[0]), titles):
        kinds[index] = "text"
    for index in _closing_below(lines, first, last):
        kinds[index] = "text"
    return kinds


def _below_menu(lines: list[Line], weights: list[int], body: Block, stated: list[str]) -> int:
    """Where the body begins: below the last menu over its title, whatever stands above that (a welcome to the site's visitors)."""
    folded = [_fold(title) for title in stated]
    reach = min(body.last, body.first + _HEAD)
    title = next((index for index in range(body.first, reach) if _is_stated(lines[index], folded)), body.first)
    begin, run = body.first, 0
    for index in range(body.first, title):
        run = run + 1 if _is_navigation(lines[index]) else 0
        if run >= _MENU:
            begin = index + 1
    return begin if weights[begin] - weights[body.first] < _LITTLE * _prose_of(weights, body) else body.first


def _is_stated(line: Line, titles: Sequence[str]) -> bool:
    text = _fold(line.text)
    return len(text) >= _TITLE and (line.heading or any(text in title for title in titles))


def _prose_of(weights: list[int], block: Block) -> int:
    return weights[block.last] - weights[block.first]


def _above_footer(lines: list[Line], weights: list[int], body: Block) -> int:
    """Where the body ends: before the blocks at its end that hold a line of links or of a page's foot, little prose, and nothing that closes a notice."""
    end, block, at = body.last, body, len(body.inner)
    while at:
        at -= 1
        inner = block.inner[at]
        if inner.first == inner.last:
            continue
        if inner.last != end:
            break
        if _is_foot(lines, inner) and _prose_of(weights, inner) < _LITTLE * _prose_of(weights, body):
            end = inner.first
        else:
            block, at = inner, len(inner.inner)
    return end


def _is_foot(lines: list[Line], block: Block) -> bool:
    """Whether a block is the foot of a page: links alone, or a few lines with boilerplate among them, and none that closes a notice."""
    own = lines[block.first : min(block.last, block.first + _FOOT + 1)]
    texts = [line.text.strip() for line in own]
    return (
        len(own) <= _FOOT
        and (any(is_boilerplate(text, "tail") for text in texts) or all(map(_is_navigation, own)))
        and not any(_is_day(text) or _signs(text) or _ATTACHED.match(text) or behind_label(text) for text in texts)
    )


def _after_menu(lines: list[Line], first: int, prose: int) -> int:
    """Where the body begins behind the links at its head: one by one, or behind a whole menu."""
    while first < prose and _is_navigation(lines[first]):
        first += 1
    links = [index for index in range(first, prose) if _is_navigation(lines[index])]
    return links[-1] + 1 if len(links) >= _MENU else first


def _before_menu(lines: list[Line], prose: int, last: int) -> int:
    """Where the body ends before the links at its tail: one by one, or before a whole menu."""
    while last > prose + 1 and _is_navigation(lines[last - 1]):
        last -= 1
    run = 0
    for index in range(prose + 1, last):
        run = run + 1 if _is_navigation(lines[index]) else 0
        if run == _MENU:
            return index + 1 - run
    return last


def _describing(lines: list[Line], head: range) -> Iterator[int]:
    """The lines before the prose that describe the notice, if there are several: rows of a table, labels with their values.

    One cell that reads as a label makes no such table: a table of tasks may have a column 名称. A label that
    comes again describes parts of the notice (责任部门 of each task).
    """
    labels = Counter(lines[index].table for index in head for cell in _cells(lines[index]) if _labels(cell))
    tables = {table for table, count in labels.items() if count > 1}
    found = [index for index in head if lines[index].table in tables]
    labelled = [(index, _labelled().match(lines[index].text)) for index in head if not lines[index].cells]
    uses = Counter(label[1] for _, label in labelled if label)
    for index, label in labelled:
        if label and uses[label[1]] == 1:
            found.append(index)
            if label.end() == len(lines[index].text) and index + 1 in head and _is_value(lines, index + 1, label[1]):
                found.append(index + 1)
    return iter(found if len(found) > 1 or tables else ())


def _is_value(lines: list[Line], index: int, label: str) -> bool:
    """Whether a line is the value of the label on the line above: it fits, and could not as well be the first of a title."""
    text, field = lines[index].text.strip(), labels.field(label)
    if not labels.fits(field, text):
        return False
    return field not in ("other", "source") or (
        index + 1 < len(lines) and bool(_labelled().match(lines[index + 1].text))
    )


def _prose(line: Line) -> int:
    """How much prose a line has: its characters outside of links, if marks that end phrases stand among them. A row of labels and values
    has none, though its keywords may stand apart by ；."""
    if line.cells and 2 * sum(map(_labels, _cells(line))) >= len(line.cells):
        return 0
    own = len(line.text) - line.linked
    return own if own >= _PROSE and _SENTENCE.search(line.text) else 0


def _body(page: Page, weights: list[int]) -> Block:
    """The innermost block of two lines or more that holds nearly all prose of the block around it.

    A block around it that only adds a few lines or further prose, and neither navigation nor furniture, is taken instead: a page
    may set the title, the text and the date in cells of their own, or a plan apart from the letter above it.
    """

    def weight(block: Block) -> int:
        return weights[block.last] - weights[block.first]

    path = [page.root]
    while True:
        inner = max((each for each in path[-1].inner if each.last - each.first > 1), key=weight, default=None)
        if (
            inner is None
            or _is_list(inner, weights)
            or weight(inner) < _PROSE_SHARE * weight(path[-1])
            or not weight(inner)
        ):
            break
        path.append(inner)
    while len(path) > 1:
        outer, inner = path[-2:]
        added = page.lines[outer.first : inner.first] + page.lines[inner.last : outer.last]
        if len(added) > _FEW_LINES and weight(outer) == weight(inner):
            break
        if any(_is_navigation(line) or is_boilerplate(line.text) for line in added):
            break
        path.pop()
    return path[-1]


def _is_list(block: Block, weights: list[int]) -> bool:
    """Whether a block is a list whose items share its prose: it is part of an article, not what holds one."""
    starts = [*block.items, block.last]
    shares = [weights[end] - weights[start] for start, end in pairwise(starts)]
    return len(shares) > 1 and max(shares) < _PROSE_SHARE * (weights[block.last] - weights[block.first])


def _is_navigation(line: Line) -> bool:
    """Whether a line is mostly links that lead elsewhere; links to attachments are the notice's."""
    return line.linked * 2 > len(line.text) and not _ATTACHED.match(line.text)


def _cells(line: Line) -> list[str]:
    return [line.text[cell.start : cell.end] for cell in line.cells]


def _is_title(text: str) -> bool:
    text = text.strip()
    return titles.speaks(text) and titles.is_whole(text) and not titles.is_column(text)


def _title_above(lines: list[Line], opening: range, stated: list[str]) -> Iterator[int]:
    """The lines above the body that are or repeat the title, unless the body's opening, what stands before its prose, says it."""
    said = [_fold(lines[index].text) for index in opening]
    folded = [_fold(title) for title in stated]
    named = any(_is_title(lines[index].text) for index in opening)
    for index in range(max(0, opening.start - _TITLE_REACH), opening.start):
        line = lines[index]
        text = _fold(line.text)
        if len(text) < _TITLE or line.linked * 2 > len(line.text) or _says(said, text):
            continue
        if line.heading or any(text in title for title in folded) or (not named and _is_title(line.text)):
            yield index


def _head_above(lines: list[Line], opening: range, stated: list[str]) -> Iterator[int]:
    """The lines above the body that are of the notice's head: its title, and the nearest that are a number and an address, where the
    body's opening has none. A page may set its buttons between the head and the text."""
    yield from _title_above(lines, opening, stated)
    above = [
        index for index in range(max(0, opening.start - _TITLE_REACH), opening.start) if _stands_alone(lines[index])
    ]
    for is_of_kind in (_is_number, is_address):
        if not any(is_of_kind(lines[index].text.strip()) for index in opening):
            yield from [index for index in above if is_of_kind(lines[index].text.strip())][-1:]


def _closing_below(lines: list[Line], first: int, last: int) -> Iterator[int]:
    """The lines below the body that close the notice, up to its date and what stands in brackets under it, where the body has no date of its own."""
    if any(_is_day(lines[index].text.strip()) for index in range(max(first, last - _FEW_LINES), last)):
        return
    found: list[int] = []
    dated = False
    for index in range(last, min(last + _FEW_LINES, len(lines))):
        text = lines[index].text.strip()
        day, note = _is_day(text), text[0] in "（(" and text[-1] in "）)"
        if not _stands_alone(lines[index]) or not (note or (not dated and (day or _signs(text)))):
            break
        dated |= day
        found.append(index)
    if dated:
        yield from found


def _stands_alone(line: Line) -> bool:
    """Whether a line is no link, no row of a table, and nothing that the page says with a label."""
    return not line.cells and line.linked * 2 <= len(line.text) and not _labels(line.text)


def _is_number(text: str) -> bool:
    return document_numbers.parse(text) is not None


def _is_day(text: str) -> bool:
    """Whether a line is a date as notices write it, in words for year, month and day."""
    match = dates.DATE.fullmatch(text)
    return match is not None and match["year"] is not None


def _signs(text: str) -> bool:
    return labels.fits("issuer", text) or labels.fits("issuer", text.split()[-1])


def _says(lines: Sequence[str], title: str) -> bool:
    """Whether ``title`` is one of the lines, or several that follow one another."""
    for first in range(len(lines)):
        rest = title
        for line in lines[first:]:
            if not rest.startswith(line):
                break
            rest = rest.removeprefix(line)
            if not rest:
                return True
    return False


def _fold(text: str) -> str:
    return _BLANKS.sub("", text)


def _labels(cell: str) -> bool:
    return len(cell) <= _SHORT and bool(_label_alone().fullmatch(cell) or _labelled().search(cell))


def _statements(lines: list[Line], described: Iterable[int]) -> Iterator[tuple[int, list[tuple[str, int, int, int]]]]:
    """For each line that states something: its index, and (label, line, start, end) of the values that it completes.

    A label and its value stand in one cell or in two that follow one another, in a row or in two lines.
    """
    pending: tuple[str, int] | None = None
    for index in described:
        line = lines[index]
        spans = [(cell.start, cell.end) for cell in line.cells] or [(0, len(line.text))]
        found, labelled = [], False
        for start, end in spans:
            cell = line.text[start:end]
            if len(cell) > _SHORT:
                pending = None
                continue
            alone = _label_alone().fullmatch(cell)
            if alone and (line.cells or cell.rstrip()[-1] in ":："):
                pending, labelled = (_fold(alone[1]), index), True
                continue
            values = list(_values(cell))
            if not values and pending and index <= pending[1] + 1 and cell and _states(pending[0], cell):
                values = [(pending[0], 0, len(cell))]
            pending = None
            found += [(label, index, start + at, start + to) for label, at, to in values]
        if found or labelled:
            yield index, found


def _values(cell: str) -> Iterator[tuple[str, int, int]]:
    """Label and extent of the values that ``cell`` gives behind its labels."""
    for match in _labelled().finditer(cell):
        following = _NEXT_LABEL.search(cell, match.end() - 1)  # from the colon or blank, so that a value can be empty
        value = cell[match.end() : max(match.end(), following.start()) if following else len(cell)].rstrip(
            " \xa0\u3000|】]"
        )
        if value and _states(_fold(match[1]), value):
            yield _fold(match[1]), match.end(), match.end() + len(value)


def _states(label: str, value: str) -> bool:
    """Whether ``value`` is what the label says: behind 字号 only a number is."""
    return label in vocabulary.words("labels", "label") or labels.fits(labels.field(label), value)


def _tile(kinds: list[str], starts: list[int]) -> Iterator[Piece]:
    """Pieces of the runs of lines of text and of furniture; of any other kind each line is a piece."""
    begin = 0
    for index, kind in enumerate(kinds):
        if index + 1 == len(kinds) or kinds[index + 1] != kind or kind not in ("text", "furniture"):
            yield Piece(kind, starts[begin], starts[index + 1])
            begin = index + 1


def _tables(lines: list[Line], offsets: list[int]) -> Iterator[Table]:
    """The tables of data as grids."""
    for _, rows in groupby(
        (index for index, line in enumerate(lines) if line.table is not None), key=lambda index: lines[index].table
    ):
        indices = list(rows)
        grid = fill_stated(
            [
                [
                    Stated(Cell(offsets[index] + cell.start, offsets[index] + cell.end), cell.rows, cell.columns)
                    for cell in lines[index].cells
                ]
                for index in indices
            ]
        )
        yield Table(offsets[indices[0]], offsets[indices[-1]] + len(lines[indices[-1]].text) + 1, grid)
