"""The visible text of a web page as lines, and the tree of blocks that they stand in.

Block elements and <br> end a line; white space collapses as a browser would, and a line feed of the markup between two
Chinese characters disappears (CSS Text 3, 4.1.3). A table of data is a line for each row with a tab between cells; a
table that only places parts of a page (it holds another table, a single column, or an article in one cell) is read as
blocks. Scripts, styles, comments and whatever else a browser doesn't show are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from gongwen.errors import SourceError

_UNREAD = frozenset(
    "script style noscript template head iframe object svg audio video canvas map select textarea".split()
)
_PARAGRAPH = frozenset("p li h1 h2 h3 h4 h5 h6 pre dt dd caption figcaption summary option hr br".split())
_CONTAINER = frozenset(
    "html body div table thead tbody tfoot tr td th article section main aside header footer nav form fieldset center "
    "blockquote ul ol dl dir address details dialog figure frameset".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big button cite code del dfn em font i img input ins kbd label link mark meta nobr q s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
_BREAKING = _PARAGRAPH | _CONTAINER

_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_CJK = r"\u2e80-\u9fff\uf900-\uffef"
_SEGMENT_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*+[\r\n\f][ \t\r\n\f]*+(?=[{_CJK}])")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_LINE_FEED = re.compile(r"\r\n?|\n")
# A tag up to its end; > and < in quoted values are none. Group 1 is its attributes.
_TAG = re.compile(r"""<[A-Za-z][^\s/>]*+((?:[^>=]*+=\s*+(?:"[^"]*+"|'[^']*+')?)*+[^>=]*+)""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)""")
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none", re.I)

_LARGE = 65_536  # characters: in a smaller page even a single tag costs no time worth speaking of
_MOST_ATTRIBUTES = 5_000  # of a tag: the parser's time grows with their square
_FILES = (".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".ofd", ".zip", ".rar")  # how addresses of attachments end
_ARTICLE = 600  # characters: a cell that is longer, and holds most of its table, is an article


class GridCell(NamedTuple):
    """A cell of a row: its text's offsets in the line, and how many rows and columns it says that it covers."""

    start: int
    end: int
    rows: int
    columns: int


@dataclass(slots=True)
class Line:
    """A line of the page.

    ``linked`` counts its characters inside links to other pages; ``table`` numbers the table that it is a row of.
    """

    text: str
    linked: int = 0
    heading: bool = False
    hidden: bool = False
    table: int | None = None
    cells: list[GridCell] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """An element that can hold an article: the range of its lines, and the blocks inside it."""

    first: int
    last: int = 0
    inner: list[Block] = field(default_factory=list)


class Page(NamedTuple):
    """Lines in the order of the page, the outermost block, and the named values of its head: (name, content)."""

    lines: list[Line]
    root: Block
    head: list[tuple[str, str]]


def read(markup: str, *, path: str | None = None) -> Page:
    """The page of ``markup``. Nothing is fetched, no entity is defined, no script is run.

    Raises SourceError: "empty-source" if there is no element in it, "undecodable" if the parser makes nothing of it,
    "unreadable" if it nests too deeply to be parsed or a tag is a flood of attributes.
    """
    if len(markup) > _LARGE and (count := _most_attributes(markup)) > _MOST_ATTRIBUTES:
        raise SourceError("unreadable", f"a tag of the page has {count} attributes", path=path)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    data = _DECLARATION.sub("", markup.replace("\x00", ""), count=1).encode()
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise SourceError("undecodable", f"this is no HTML: {error}", path=path) from error
    for entry in parser.error_log:
        if entry.level == etree.ErrorLevels.FATAL:  # it stopped there, and what follows would be lost silently
            raise SourceError("unreadable", f"line {entry.line} of the page: {entry.message.strip()}", path=path)
    if root is None:
        raise SourceError("empty-source", "the page has no element", path=path)
    walk = _Walk()
    walk.visit(root)
    return Page(walk.lines, walk.root, list(_head(root)))


def _most_attributes(markup: str) -> int:
    """How many attributes the tag of ``markup`` has that may have most; tags of a length that holds few count as 0."""
    long = (tag[1] for tag in _TAG.finditer(markup) if len(tag[1]) > 2 * _MOST_ATTRIBUTES)
    return max((len(_VALUE.sub(" ", attributes).replace("/", " ").split()) for attributes in long), default=0)


def _head(root: Element) -> Iterator[tuple[str, str]]:
    """Name and content of the title and of every meta tag that has both."""
    for element in root.iter("title", "meta"):
        name = "title" if element.tag == "title" else element.get("name") or element.get("property")
        content = _WHITE.sub(" ", (element.text if element.tag == "title" else element.get("content")) or "").strip()
        if name and content:
            yield name.strip(), content


class _Walk:
    """One pass over the elements in document order, without recursion: pages nest as deep as they like."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.root = Block(0)
        self._open = [self.root]
        self._parts: list[str] = []
        self._linked = 0
        self._links = self._headings = self._verbatim = self._hidden = 0  # how many such elements are open
        self._tables = 0

    def visit(self, root: Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if not isinstance(tag, str) or tag in _UNREAD:
                if event == "start":
                    walker.skip_subtree()
                else:
                    self._text(element.tail)
            elif event == "start":
                self._enter(element, tag)
                if tag == "table" and _is_data(element):
                    self._rows(element)
                    self._open[-2].inner.pop()  # rows hold no article; the block around them may
                    walker.skip_subtree()
                else:
                    self._text(element.text)
            else:
                self._leave(element, tag)
                self._text(element.tail)
        self._end_line()
        self.root.last = len(self.lines)

    def _enter(self, element: Element, tag: str) -> None:
        if tag in _BREAKING:
            self._end_line()
        if tag not in _INLINE and tag not in _PARAGRAPH:
            block = Block(len(self.lines))
            self._open[-1].inner.append(block)
            self._open.append(block)
        self._count(element, tag, 1)

    def _leave(self, element: Element, tag: str) -> None:
        if tag in _BREAKING:
            self._end_line()
        if tag not in _INLINE and tag not in _PARAGRAPH:
            self._open.pop().last = len(self.lines) + bool(self._parts)
        self._count(element, tag, -1)

    def _count(self, element: Element, tag: str, step: int) -> None:
        self._links += step * (tag == "a" and not _is_file(element))
        self._headings += step * (tag in ("h1", "h2"))
        self._verbatim += step * (tag == "pre")
        self._hidden += step * bool(_HIDDEN.search(element.get("style") or ""))

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not self._verbatim:
            self._add(text)
            return
        for number, line in enumerate(_LINE_FEED.split(text)):
            if number:
                self._end_line()
            self._add(line)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        if self._links:
            self._linked += len(text)

    def _end_line(self) -> None:
        if not self._parts:
            return
        text = _collapse("".join(self._parts))
        if text and not text.isspace():
            self.lines.append(Line(text, self._linked, self._headings > 0, self._hidden > 0))
        self._parts.clear()
        self._linked = 0

    def _rows(self, table: Element) -> None:
        """The lines of a table of data: its caption, then its rows."""
        for part in table.iter("caption", "tr"):
            if part.tag == "caption":
                if caption := _flat(part):
                    self.lines.append(Line(caption))
                continue
            cells, position, texts = [], 0, []
            for cell in part.iterchildren("td", "th"):
                texts.append(_flat(cell))
                end = position + len(texts[-1])
                cells.append(GridCell(position, end, _covered(cell, "rowspan"), _covered(cell, "colspan")))
                position = end + 1
            if cells:
                linked = sum(len(_flat(link)) for link in part.iter("a") if not _is_file(link))
                self.lines.append(
                    Line("\t".join(texts), linked, hidden=self._hidden > 0, table=self._tables, cells=cells)
                )
        self._tables += 1


def _is_data(table: Element) -> bool:
    """Whether a table holds data: two columns or more, no other table, no article in a cell, no text outside of its cells."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[_letters(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
    columns = max((sum(1 for letters in row if letters) for row in rows), default=0)
    longest = max((max(row, default=0) for row in rows), default=0)
    total = sum(map(sum, rows))
    if columns < 2 or (longest > _ARTICLE and longest * 2 > total):
        return False
    return total + sum(map(_letters, table.iterchildren("caption"))) == _letters(table)


def _is_file(link: Element) -> bool:
    """Whether a link leads to a file, an attachment of the notice, and not to another page."""
    return (link.get("href") or "").partition("?")[0].strip().lower().endswith(_FILES)


def _letters(element: Element) -> int:
    """How many characters but blanks an element shows."""
    return len("".join(_flat(element).split()))


def _flat(element: Element) -> str:
    """The text of an element in one line: where a browser would end a line there is a space."""
    if not len(element):
        return _collapse(element.text or "")
    parts = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walker:
        tag = inner.tag
        read = isinstance(tag, str) and tag not in _UNREAD
        if read and tag in _BREAKING:
            parts.append(" ")
        if event == "start":
            if read:
                parts.append(inner.text or "")
            else:
                walker.skip_subtree()
        elif inner is not element:
            parts.append(inner.tail or "")
    return _collapse("".join(parts))


def _collapse(text: str) -> str:
    """``text`` with its white space as a browser shows it; no-break and ideographic spaces are characters of the text."""
    return _WHITE.sub(" ", _SEGMENT_BREAK.sub("", text)).strip(" ")


def _covered(cell: Element, attribute: str) -> int:
    """How many rows or columns a cell says that it covers; 1 where it says nothing sensible."""
    stated = (cell.get(attribute) or "").strip()
    return int(stated) if stated.isascii() and stated.isdigit() and 0 < len(stated) < 6 and int(stated) else 1
