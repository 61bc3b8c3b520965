"""What a browser shows of a web page, as lines, and the tree of blocks that they stand in.

The tree is that of the HTML standard, by Lexbor, which browsers build of any markup. Block elements and <br> end a line, and so does a
bold heading that nothing but its weight parts from its text; white space collapses as in a browser, and a line feed of the markup between
two Chinese characters disappears (CSS Text 3, 4.1.3). Numbers
that a browser puts before the items of a list are text, unless the items bring numbers of their own; raised and lowered figures
are written with their own characters, so that 10⁵ is never 105. A table of data is a line for each row with a tab between cells;
a table that only places parts of a page (it holds another table, a single column, or an article in one cell) is read as blocks.

What isn't shown, or is struck out, or stands beside the text (readings above characters, marks of notes) is kept apart, with the
reason. Scripts and styles are no text; what they, comments and attributes say is told apart from all text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongwen.errors import SourceError
from gongwen.lexicon.markers import sure_marker
from gongwen.read.generated import Counters, quotation_mark, spell
from gongwen.read.grid import frames_letter, holds_article
from gongwen.read.lists import Counter
from gongwen.read.scripts import read_script
from gongwen.read.style import Sheets, Style, sheets

Node = LexborNode

_NO_TEXT = frozenset("head link meta base param source track area".split())
_CODE = ("script", "style")
# Shown only where something else can't be, or on demand, or never.
_UNSHOWN = frozenset("template noembed iframe audio video canvas textarea meter progress desc metadata".split())
_UNSHOWN_BY_DEFAULT = frozenset("noframes title datalist script style".split())  # a style can show them
_CONTROLS = frozenset("select button".split())  # what they say leads elsewhere, as links do
_BOXES = frozenset("button marquee".split())  # that stand in a line

_EMPHASIS = frozenset(("b", "strong"))
_DELETED = frozenset("del s strike".split())
_RUBY = frozenset("rt rtc rp".split())
# Of the parts of a formula (MathML), which are raised and which are lowered.
_SCRIPTS = {"msup": {1: True}, "msub": {1: False}, "msubsup": {1: False, 2: True}}
_MOST_BEFORE = 6  # nodes that stand before the last part of one: two parts, with blanks and comments
_FORMULA = frozenset("math mrow mstyle mfrac".split()) | _SCRIPTS.keys()  # blanks between their parts show nothing
_PARAGRAPH = frozenset(
    "p li h1 h2 h3 h4 h5 h6 pre xmp listing plaintext dt dd caption figcaption summary option legend hr br".split()
)
_CONTAINER = frozenset(
    "html body div table thead tbody tfoot tr td th article section main aside header footer nav form fieldset center "
    "blockquote ul ol menu dl dir address details dialog figure frameset hgroup search select optgroup svg".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img input ins kbd label map mark math nobr object "
    "output picture q rb ruby s samp small span strike strong sub sup text time tspan tt u var wbr".split()
)
_BREAKING = _PARAGRAPH | _CONTAINER
_VERBATIM = frozenset("pre xmp listing plaintext".split())
_CELLS = ("td", "th")
_ROW_GROUPS = ("thead", "tbody", "tfoot")
_ROWS = ("caption", "tr", *_ROW_GROUPS)

_CJK = r"\u2e80-\u9fff\uf900-\uffef"
_SEGMENT_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*+[\r\n\f][ \t\r\n\f]*+(?=[{_CJK}])")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_LINE_FEED = re.compile(r"\r\n?|\n")

# Comments and the elements whose content is no markup, up to their ends or that of the page; a noscript; a tag.
_SCAN = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)\b(?:.*?</(?P=raw)\s*+>|.*)"
    r"|(?P<noscript><noscript\b[^>]*+>)(?P<instead>.*?)(?:</noscript\s*+>|\Z)"
    r"""|<(?P<closing>/?)(?P<tag>[a-z][^\s/>]*+)(?P<attributes>(?:[^>=]*+=\s*+(?:"[^"]*+"|'[^']*+')?)*+[^>=]*+)""",
    re.S | re.I,
)
_NOSCRIPT = "data-noscript"  # marks what a noscript becomes: a template with its markup as text
_ASSIGNED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)""")
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_CONTENT = re.compile(r"""content\s*+:\s*+("[^"]*+"|'[^']*+')""", re.I)  # text that a style sheet puts into the page
_ANY_TAG = re.compile(r"<[^>]*+>")
_SELF_CLOSING = frozenset("p li dt dd td th tr tbody thead tfoot option optgroup rt rp rb colgroup".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_DEEPEST = 2_000
_MOST_ATTRIBUTES = 5_000  # of a tag: the parser's time grows with their square

_SPELLED = 10_000  # characters that style sheets may put into a page, beside as many as it has itself
_BORDER = "\ufdd0"  # no character: stands around what is generated while the white space of a line is read
_FRAMES = 4  # pages in one another
_LONGEST_SCRIPT = 12  # characters of a power, an index, the mark of a note
_NOTE = re.compile(r"[^#]*+#_?(?:ft|ed)n", re.I)  # how word processors address notes: #_ftn1
_HEADING = re.compile(r"[^，。；：！？、,;:]{2,30}")  # without a stop, and no beginning of a sentence
_HAN = re.compile("[\u4e00-\u9fff]")
_FILES = (".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".ofd", ".zip", ".rar")  # how addresses of attachments end
_SPOKEN = re.compile(r"[^\x00-\x7f]")


class GridCell(NamedTuple):
    """A cell of a row: its text's offsets in the line, and how many rows and columns it says that it covers."""

    start: int
    end: int
    rows: int
    columns: int


@dataclass(slots=True)
class Line:
    """A line of the page.

    ``linked`` counts its characters inside links to other pages; ``table`` numbers the table that it is a row of; ``numbers``
    are the extents of numbers of lists, ``styled`` of what style sheets put there: the markup holds neither.
    """

    text: str
    linked: int = 0
    heading: bool = False
    table: int | None = None
    cells: list[GridCell] = field(default_factory=list)
    numbers: list[tuple[int, int]] = field(default_factory=list)
    styled: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """An element that can hold an article: the range of its lines, the blocks inside it, and where its items begin if it is a list."""

    first: int
    last: int = 0
    inner: list[Block] = field(default_factory=list)
    items: list[int] = field(default_factory=list)


class LeftOut(NamedTuple):
    """What the page holds and doesn't show as text, in one line: why, by a kind of schema/codelists/block_kinds.csv."""

    kind: str
    text: str


class Page(NamedTuple):
    """Lines in the order of the page, the outermost block, the named values of its head: (name, content); what is left out,
    and what is said outside of all text: (place, wording)."""

    lines: list[Line]
    root: Block
    head: list[tuple[str, str]]
    left_out: list[LeftOut]
    asides: list[tuple[str, str]]


def read(markup: str, *, path: str | None = None) -> Page:
    """The page of ``markup``, any text. Nothing is fetched, no script is run.

    Raises SourceError ("unreadable") if elements nest too deeply or a tag is a flood of attributes.
    """
    tree, walk = _read(markup, path, 0)
    return Page(walk.lines, walk.root, list(_head(tree)), walk.left_out, walk.asides)


def _read(markup: str, path: str | None, framed: int) -> tuple[LexborHTMLParser, _Walk]:
    """The tree of ``markup``, which stands in ``framed`` frames, and what was read of it."""
    prepared, comments = _prepare(markup.replace("\x00", ""), path)
    tree = LexborHTMLParser(prepared)
    walk = _Walk(sheets(tree, prepared), Counters(_SPELLED + len(prepared)), path, framed)
    for comment in comments:
        walk.say("a comment", comment)
    for node in tree.css("script, style"):
        for wording in [node.text()] if node.tag == "script" else _CONTENT.findall(node.text()):
            walk.say(f"a {node.tag}", wording)
    if tree.root is not None:
        walk.visit(tree.root)
    walk.close()
    return tree, walk


def _prepare(markup: str, path: str | None) -> tuple[str, list[str]]:
    """The markup with the content of each noscript as text, as browsers that run scripts read it, and the comments of the page.

    Raises SourceError where the parser's time would grow with the square of the length: elements that nest deeply, and floods
    of attributes.
    """
    parts: list[str] = []
    comments: list[str] = []
    position = 0
    depth = deepest = 0
    opened: dict[str, int] = {}
    for match in _SCAN.finditer(markup):
        if match[0].startswith("<!--"):
            comments.append(match[0][4:])
        elif match["noscript"]:
            text = html.escape(match["instead"], quote=False)
            parts += markup[position : match.start()], f"<template {_NOSCRIPT}>{text}</template>"
            position = match.end()
        if not (tag := (match["tag"] or "").lower()):
            continue
        attributes = match["attributes"]
        if len(attributes) > 2 * _MOST_ATTRIBUTES:
            count = len(_ASSIGNED.sub(" ", attributes).replace("/", " ").split())
            if count > _MOST_ATTRIBUTES:
                raise SourceError("unreadable", f"a tag of the page has {count} attributes", path=path)
        if tag in _SELF_CLOSING or tag in _VOID or (attributes.endswith("/") and tag not in _BREAKING | _INLINE):
            continue
        if not match["closing"]:
            depth += 1
            opened[tag] = opened.get(tag, 0) + 1
            deepest = max(deepest, depth)
        elif opened.get(tag):
            depth -= 1
            opened[tag] -= 1
    if deepest > _DEEPEST:
        message = f"its elements nest {deepest} deep, and {_DEEPEST} at most are read; open it in a browser, copy what it shows, and give that as text"
        raise SourceError("unreadable", message, path=path)
    return _DECLARATION.sub("", "".join([*parts, markup[position:]]), count=1), comments


def _head(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Name and content of the title and of every meta tag that has both."""
    for node in tree.css("title, meta"):
        attributes = node.attributes
        name = "title" if node.tag == "title" else attributes.get("name") or attributes.get("property")
        content = node.text() if node.tag == "title" else attributes.get("content")
        content = _WHITE.sub(" ", content or "").strip()
        if name and content and not (node.tag == "title" and node.parent is not None and node.parent.tag == "svg"):
            yield name.strip(), content


class _Unseen(NamedTuple):
    """Why letters can't be seen, of what elements hand down to those in them: they are invisible, of no size, of no colour."""

    invisible: bool = False
    sizeless: bool = False
    clear: bool = False

    def within(self, style: Style) -> _Unseen:
        """The same inside an element of ``style``."""
        if style.visible is None and style.sizeless is None and style.clear is None:
            return self
        return _Unseen(
            self.invisible if style.visible is None else not style.visible,
            self.sizeless if style.sizeless is None else style.sizeless,
            self.clear if style.clear is None else style.clear,
        )


class _State(NamedTuple):
    """What holds inside the elements that are open."""

    linked: bool = False
    heading: bool = False
    verbatim: bool = False
    unseen: _Unseen = _Unseen()
    quoted: int = 0
    ruby: bool = False
    list: Counter | None = None


class _Walk:
    """One pass over the nodes in document order, without recursion but into the cells of tables of data."""

    def __init__(self, sheets: Sheets, counters: Counters, path: str | None, framed: int) -> None:
        self.lines: list[Line] = []
        self.root = Block(0)
        self.left_out: list[LeftOut] = []
        self.asides: list[tuple[str, str]] = []
        self._sheets = sheets
        self._counters = counters
        self._path = path
        self._framed = framed
        self._open = [self.root]
        self._state = _State()
        self._parts: list[str] = []
        self._generated: list[int] = []  # which of the parts the markup doesn't hold
        self._linked = 0
        self._number = ""  # of the list item whose first line is to come
        self._tables = 0

    def visit(self, top: Node) -> None:
        """Read ``top`` and what is in it."""
        pending: list[tuple[Node, _State | None]] = [(top, None)]
        while pending:
            node, outer = pending.pop()
            if outer is not None:
                self._leave(node)
                self._state = outer
            elif node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node:
                state = self._state
                if self._enter(node):
                    pending.append((node, state))
                    pending += [(child, None) for child in reversed(self._shown(node))]
                else:
                    self._state = state

    def close(self) -> None:
        """End the last line; each block has its lines then."""
        self._end_line()
        self.root.last = len(self.lines)
        blocks = [self.root]
        for block in blocks:
            block.first, block.last = min(block.first, len(self.lines)), min(block.last, len(self.lines))
            block.items = [min(item, len(self.lines)) for item in block.items]
            blocks += block.inner

    def _enter(self, node: Node) -> bool:
        """Begin an element; whether what is in it is to be read."""
        tag, attributes = node.tag or "", node.attributes
        self._listen(node, tag, attributes)
        if tag in _NO_TEXT:
            return False
        style = self._style(node, attributes)
        if tag in _CODE and not style.shown:
            return False
        if reason := self._reason(node, tag, attributes, style):
            if tag == "iframe" and self._read_frame(attributes, style):
                return False
            self._leave_out(reason, plain(node))
            if style.unseen and self._breaks(tag, style):
                self._end_line()
            return False
        if self._is_written_apart(node, tag, attributes, style):
            return False
        if self._breaks(tag, style) or (tag in _EMPHASIS and _heads_its_line(node)):
            self._end_line()
        if style.backwards or (tag == "bdo" and (attributes.get("dir") or "").lower() == "rtl"):
            self._text(plain(node)[::-1])
            return False
        if tag not in _INLINE and tag not in _PARAGRAPH:
            block = Block(len(self.lines))
            self._open[-1].inner.append(block)
            self._open.append(block)
        state = self._state
        if tag in ("ol", "ul", "menu", "dir"):
            state = state._replace(list=Counter(tag, attributes, style, node, self._is_numbered_by_hand))
        if tag in ("li", "dt"):
            self._open[-1].items.append(len(self.lines))
        if tag == "li" and state.list is not None:
            if self._number:  # of an item that begins with a list
                self._end_line(alone=True)
            self._number = state.list.next(attributes, style)
        self._state = state._replace(
            linked=state.linked
            or tag in _CONTROLS
            or (tag == "a" and "href" in attributes and not (_is_file(attributes) or _is_address(attributes))),
            heading=state.heading or tag in ("h1", "h2"),
            verbatim=(state.verbatim or tag in _VERBATIM) if style.verbatim is None else style.verbatim,
            unseen=state.unseen.within(style),
            ruby=state.ruby or tag == "ruby",
        )
        self._counters.enter(style.counters)
        self._beside(node, attributes, before=True)
        self._generate(_before_part(node))
        if tag == "q":
            self._generate(quotation_mark(self._state.quoted, closing=False))
            self._state = self._state._replace(quoted=self._state.quoted + 1)
        if tag == "table" and (rows := self._data(node)) is not None:
            self._rows(rows)
            self._leave(node)
            self._open[-1].inner.pop()  # rows hold no article; the block around them may
            return False
        return True

    def _shown(self, node: Node) -> list[Node]:
        """What is in an element, but for what elements of its kind don't show."""
        children = list(_children(node))
        if node.tag in _FORMULA:
            return [child for child in children if child.is_element_node or (child.text_content or "").strip()]
        if node.tag == "details" and "open" not in node.attributes:
            summary = next((child for child in children if child.tag == "summary"), None)
            for child in children:
                if child is not summary:
                    self._leave_out("hidden", (child.text_content or "") if child.is_text_node else plain(child))
            return [summary] if summary is not None else []
        if shown := {"select": ("option",), "svg": ("text", "foreignobject")}.get(node.tag or ""):
            self._leave_out("hidden", plain(node, shown))
            found = node.css(", ".join(shown))
            return [child for child in found if child.parent is None or child.parent.tag not in shown]
        return children

    def _leave(self, node: Node) -> None:
        tag, attributes = node.tag or "", node.attributes
        if tag == "q":
            self._generate(quotation_mark(self._state.quoted - 1, closing=True))
        self._generate(_behind_part(node))
        self._beside(node, attributes, before=False)
        self._counters.leave()
        if self._breaks(tag, self._style(node, attributes)) or (tag in _EMPHASIS and _heads_its_line(node)):
            self._end_line()
        if tag not in _INLINE and tag not in _PARAGRAPH:
            self._open.pop().last = len(self.lines) + bool(self._parts)
        if tag == "li":
            self._number = ""

    @staticmethod
    def _breaks(tag: str, style: Style) -> bool:
        return tag in _BREAKING if style.block is None else style.block or tag == "br"

    def _reason(self, node: Node, tag: str, attributes: dict[str, str | None], style: Style) -> str | None:
        """Why an element is no text: a kind of what is left out; None for one that is shown."""
        if tag == "rp" or (tag in _RUBY and self._state.ruby):
            return "ruby"
        if tag in _UNSHOWN or style.shown is False or style.unseen:
            return "hidden"
        if tag in _UNSHOWN_BY_DEFAULT and style.shown is None:
            return "hidden"
        contained = style.contained
        if (attributes.get("hidden") or "").lower() == "until-found":
            contained = contained is not False
        elif style.shown is None and not attributes.keys().isdisjoint(("hidden", "popover")):
            return "hidden"
        contained = contained or (style.indented and not any(child.tag in _BREAKING for child in node.iter()))
        if contained and not (tag not in _BREAKING | _BOXES if style.inline is None else style.inline):
            return "hidden"
        if tag in _DELETED or style.struck:
            return "deleted"
        if tag == "dialog" and "open" not in attributes and style.shown is None:
            return "hidden"
        return None

    def _read_frame(self, attributes: dict[str, str | None], style: Style) -> bool:
        """Read the page that a frame holds in its own markup, if it is shown; whether it is."""
        page = attributes.get("srcdoc")
        sizes = (attributes.get("width"), attributes.get("height"))
        hidden = (
            style.shown is False or style.unseen or style.contained or "hidden" in attributes or any(self._state.unseen)
        )
        if not page or hidden or "0" in sizes or self._framed == _FRAMES:
            return False
        _, inner = _read(page, self._path, self._framed + 1)
        self._end_line()
        blocks = [inner.root]
        for block in blocks:
            block.first, block.last = block.first + len(self.lines), block.last + len(self.lines)
            block.items = [item + len(self.lines) for item in block.items]
            blocks += block.inner
        self._open[-1].inner.append(inner.root)
        for line in inner.lines:
            line.table = None if line.table is None else line.table + self._tables
        self._tables += inner._tables
        self.lines += inner.lines
        self.left_out += inner.left_out
        self.asides += inner.asides
        return True

    def _is_written_apart(self, node: Node, tag: str, attributes: dict[str, str | None], style: Style) -> bool:
        """Whether an element was a mark of a note, or raised or lowered figures, and is dealt with."""
        note = tag == "a" and _NOTE.match(attributes.get("href") or "")
        raised = tag != "sub" and style.raised is not False
        if (part := _part(node)) and part[1] in _SCRIPTS.get(part[0], ()):
            raised = _SCRIPTS[part[0]][part[1]]
        elif not (tag in ("sup", "sub") or style.raised is not None or note):
            return False
        text = " ".join(plain(node).split())
        if len(text) > _LONGEST_SCRIPT:
            return False
        before = "".join(self._parts[-4:]).rstrip()[-1:]
        written, kind = read_script(text, before, raised=raised)
        if kind:
            self._leave_out(kind, text)
        elif written != text:
            self._add(written)
        return bool(kind) or written != text

    def _leave_out(self, kind: str, text: str) -> None:
        if text := collapse(_LINE_FEED.sub(" ", text)):
            self.left_out.append(LeftOut(kind, text))

    def _listen(self, node: Node, tag: str, attributes: dict[str, str | None]) -> None:
        """Note what an element says outside of all text."""
        if tag != "meta":
            for name, value in attributes.items():
                self.say(f"an attribute {name}", value)
        if tag == "option" and "selected" in attributes:
            self.say("the selected option", node.text())

    def say(self, place: str, wording: str | None) -> None:
        """Note what the page says outside of all text."""
        if wording and _SPOKEN.search(wording):
            self.asides.append((place, _ANY_TAG.sub("\t", wording).strip()))

    def _is_numbered_by_hand(self, items: Sequence[Node]) -> bool:
        """Whether the items of a list bring their numbers, or are a menu: of neither does a page show numbers to count."""
        by_hand = links = 0
        for item in items:
            text = collapse(plain(item))
            linked = sum(len(plain(link)) for link in item.css("a[href]") if not _is_file(link.attributes))
            by_hand += bool(text and sure_marker().match(text.strip()))
            links += linked * 2 > len(text)
        return by_hand * 2 >= len(items) or links * 2 > len(items)

    def _text(self, text: str) -> None:
        if not text:
            return
        if any(self._state.unseen):
            self._leave_out("hidden", text)
            return
        if not self._state.verbatim:
            self._add(text)
            return
        for number, line in enumerate(_LINE_FEED.split(text)):
            if number:
                self._end_line()
            self._add(line)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        if self._state.linked:
            self._linked += len(text)

    def _generate(self, text: str) -> None:
        """Add a text that the markup doesn't hold."""
        if text and not any(self._state.unseen):
            self._generated.append(len(self._parts))
            self._add(text if any(map(str.strip, self._parts)) else text.lstrip(" "))

    def _beside(self, node: Node, attributes: dict[str, str | None], before: bool) -> None:
        """Add what a sheet puts before or behind what is in an element."""
        if not (self._sheets.before if before else self._sheets.after):
            return
        style = self._sheets.beside(node.mem_id, before)
        if style.content in (None, "none", "normal") or style.shown is False:
            return
        state = self._state
        self._counters.enter(style.counters)
        text = spell(style.content, attributes, self._counters, state.quoted)
        self._counters.leave()
        if style.unseen or style.contained or style.struck:
            return
        if self._counters.left < 0:
            raise SourceError(
                "unreadable", "its style sheets put more text into the page than it holds", path=self._path
            )
        if style.block:
            self._end_line()
        self._state = state._replace(unseen=state.unseen.within(style))
        self._generate(text)
        self._state = state
        if style.block:
            self._end_line()

    def _end_line(self, alone: bool = False) -> None:
        """End the line. A number that is due stands before it; where it stays ``alone``, it is a line of its own."""
        text, generated = self._text_of_line()
        self._parts.clear()
        blank = not text or text.isspace()
        if not blank or (alone and self._number):
            number, self._number = self._number, ""
            numbers = [(0, len(number))] if number else []
            styled = [(start + len(number), end + len(number)) for start, end in generated]
            text = number if blank else number + text
            self.lines.append(Line(text, self._linked, self._state.heading, numbers=numbers, styled=styled))
        self._linked = 0

    def _text_of_line(self) -> tuple[str, list[tuple[int, int]]]:
        """The line that the parts make, its white space as it is shown, and the extents of what is generated in it."""
        if not self._generated:
            return collapse("".join(self._parts)), []
        parts = [part.replace(_BORDER, "\ufffd") for part in self._parts]
        for index in self._generated:
            parts[index] = f"{_BORDER}{parts[index]}{_BORDER}"
        self._generated.clear()
        pieces = collapse("".join(parts)).split(_BORDER)
        ends = list(accumulate(map(len, pieces)))
        return "".join(pieces), list(zip(ends[::2], ends[1::2], strict=False))

    def _style(self, node: Node, attributes: dict[str, str | None]) -> Style:
        return self._sheets.style(node.mem_id, attributes.get("style"))

    def _data(self, table: Node) -> list[_Row] | None:
        """The rows of a table of data, each cell read; a caption is a row of one. None for a table that places parts of a page.

        It holds another table, or no data (``gongwen.read.grid``).
        """
        if len(table.css("table")) > 1:
            return None
        rows: list[_Row] = []
        before = self._counters.copy()
        pending = list(table.iter())[::-1]
        while pending:
            part = pending.pop()
            tag, attributes = part.tag or "", part.attributes
            if tag not in _ROWS:
                continue
            style = self._style(part, attributes)
            reason = self._reason(part, tag, attributes, style)
            if reason:
                rows.append(_Row([], [LeftOut(reason, plain(part))]))
            elif tag in _ROW_GROUPS:
                pending += list(part.iter())[::-1]
            else:
                rows.append(_Row([], []))
                self._counters.enter(style.counters)
                for cell in [part] if tag == "caption" else [cell for cell in part.iter() if cell.tag in _CELLS]:
                    if reason := self._reason(
                        cell, cell.tag or "", cell.attributes, self._style(cell, cell.attributes)
                    ):
                        rows[-1].left_out.append(LeftOut(reason, plain(cell)))
                    else:
                        rows[-1].cells.append((cell, self._read_apart(cell)))
                self._counters.leave()
        texts = [[" ".join([line.text for line in walk.lines]) for _, walk in row.cells] for row in rows]
        if not _is_data(texts):
            self._counters = before
            return None
        return rows

    def _read_apart(self, cell: Node) -> _Walk:
        walk = _Walk(self._sheets, self._counters, self._path, self._framed)
        walk._state = self._state._replace(list=None)
        walk.visit(cell)
        walk._end_line()
        return walk

    def _rows(self, rows: list[_Row]) -> None:
        for row in rows:
            for left in row.left_out:
                self._leave_out(*left)
            texts, cells, position, linked = [], [], 0, 0
            numbers: list[tuple[int, int]] = []
            styled: list[tuple[int, int]] = []
            for node, walk in row.cells:
                self.left_out += walk.left_out
                self.asides += walk.asides
                start = position
                for line in walk.lines:
                    for extents, own in ((numbers, line.numbers), (styled, line.styled)):
                        extents += [(position + first, position + last) for first, last in own]
                    position += len(line.text) + 1
                    linked += line.linked
                texts.append(" ".join([line.text for line in walk.lines]))
                position = start + len(texts[-1])
                cells.append(GridCell(start, position, _covered(node, "rowspan"), _covered(node, "colspan")))
                position += 1
            if row.cells and row.cells[0][0].tag == "caption":
                if texts[0]:
                    self.lines.append(Line(texts[0], linked))
            elif cells:
                self.lines.append(
                    Line("\t".join(texts), linked, table=self._tables, cells=cells, numbers=numbers, styled=styled)
                )
        self._tables += 1


def _is_data(rows: list[list[str]]) -> bool:
    """Whether the table of these cells is one of data: it has two columns or more, no article, nothing of the frame of a letter."""
    filled = [[cell for cell in row if cell] for row in rows if any(row)]
    return any(len(row) > 1 for row in filled) and not holds_article(filled) and not frames_letter(filled)


class _Row(NamedTuple):
    """The cells of a row that are shown, each read, or the caption; and what is left out of it."""

    cells: list[tuple[Node, _Walk]]
    left_out: list[LeftOut]


def _children(node: Node) -> Iterator[Node]:
    """What is in ``node``, in order."""
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _heads_its_line(node: Node) -> bool:
    """Whether a bold element is the heading of the text behind it, from which nothing but its weight parts it: <b>一、自查</b>各县要…"""
    behind = node.next
    while behind is not None and behind.is_text_node and not (behind.text_content or "").strip():
        behind = behind.next
    if behind is None or not (behind.is_text_node or behind.tag in _INLINE - _EMPHASIS):
        return False
    text = plain(node).strip()
    marker = sure_marker().match(text)
    if not marker or not _HEADING.fullmatch(text, marker.end()):
        return False
    following = (behind.text_content or "") if behind.is_text_node else plain(behind)
    return bool(_HAN.match(following.strip()))


def _part(node: Node) -> tuple[str, int] | None:
    """The fraction, power or index that ``node`` is a part of, by its tag, and which of its parts; None where it is of none."""
    parent = node.parent
    if parent is None or not (parent.tag == "mfrac" or parent.tag in _SCRIPTS):
        return None
    place, before = 0, node.prev
    for _ in range(_MOST_BEFORE):
        if before is None:
            break
        place += before.is_element_node
        before = before.prev
    return parent.tag or "", place


def _before_part(node: Node) -> str:
    """What stands before a part of a fraction in a line: a bar before the second; a bracket where the part is a sum."""
    part = _part(node)
    if part is None or part[0] != "mfrac":
        return ""
    return ("/" if part[1] == 1 else "") + ("(" if _joins(node) else "")


def _behind_part(node: Node) -> str:
    part = _part(node)
    return ")" if part is not None and part[0] == "mfrac" and _joins(node) else ""


def _joins(node: Node) -> bool:
    """Whether a part of a fraction needs brackets in a line: 1/(2+3)."""
    return any(inner.tag == "mo" for inner in node.iter())


def plain(node: Node, without: Sequence[str] = ()) -> str:
    """All text in ``node`` outside of elements ``without``, with blanks where lines end; the markup of a noscript without its tags."""
    if node.tag == "template":
        text = " ".join([plain(part) for part in node.template_fragments()])
        return _ANY_TAG.sub(" ", text) if _NOSCRIPT in node.attributes else text
    if node.tag in ("noframes", "noembed", "iframe"):
        return _ANY_TAG.sub(" ", f"{node.text()} {node.attributes.get('srcdoc') or ''}")
    parts: list[str] = []
    pending = list(_children(node))[::-1]
    while pending:
        inner = pending.pop()
        if inner.is_text_node:
            parts.append(inner.text_content or "")
        elif inner.is_element_node and inner.tag not in _CODE and (inner.tag or "").lower() not in without:
            if inner.tag in _BREAKING or inner.tag in _CELLS:
                parts.append(" ")
            pending += list(_children(inner))[::-1]
    return "".join(parts)


def collapse(text: str) -> str:
    """``text`` with its white space as a browser shows it; no-break and ideographic spaces are characters of the text."""
    return _WHITE.sub(" ", _SEGMENT_BREAK.sub("", text)).strip(" ")


def _is_file(attributes: dict[str, str | None]) -> bool:
    """Whether a link leads to a file, an attachment of the notice, and not to another page."""
    return (attributes.get("href") or "").partition("?")[0].strip().lower().endswith(_FILES)


def _is_address(attributes: dict[str, str | None]) -> bool:
    """Whether a link is a way to reach somebody, whom the notice names."""
    return (attributes.get("href") or "").strip().lower().startswith(("mailto:", "tel:"))


def _covered(cell: Node, attribute: str) -> int:
    """How many rows or columns a cell says that it covers; 1 where it says nothing sensible."""
    stated = (cell.attributes.get(attribute) or "").strip()
    return int(stated) if stated.isascii() and stated.isdigit() and 0 < len(stated) < 6 and int(stated) else 1
