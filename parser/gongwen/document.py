"""What the stages hand on to one another: the source as read, and the outline of its normalized text.

All offsets of a Source are code points of its decoded text; all offsets of an Outline are code points of the
normalized text (``Outline.text.value``), which ``Text.to_source`` maps back. Start included, end excluded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from gongwen.model import FieldCorrection, Finding, Origin, PartKind, Span
from gongwen.text import Text

BESIDE_THE_NOTICE = frozenset(
    "furniture remark page-meta page-table page-header page-footer deleted moved-from hidden comment footnote note-reference "
    "ruby image field-code".split()
)
"""The kinds of pieces that a file holds beside the text of the notice: no stage reads a fact of the notice in them."""


class Extent(NamedTuple):
    """A stretch of text: offsets of its first character and of the one after its last."""

    start: int
    end: int


class Token(NamedTuple):
    """A stretch of a text that was read as one of a kind; ``table`` and ``word`` name the row of the vocabulary that it was known by."""

    kind: str
    start: int
    end: int
    table: str | None = None
    word: str | None = None


class Decision(NamedTuple):
    """Why a stage took a stretch of the text for what it publishes, or didn't.

    ``rule`` is a word for the rule that decided, ``reason`` the same in a sentence for people; ``tokens`` are what was read there.

    A stage that decides returns its decisions beside its result, as ``Decisions``: a call that makes pairs of a JSON pointer into
    the published notice and the decision that it rests on. Nothing is made before somebody asks (``gongwen explain --why``), so all that a
    stage has to do is to keep what it decided on; a ``functools.partial`` of a function of its module does, which can be pickled. See
    ``gongwen.extract.tasks.tasks``.
    """

    accepted: bool
    rule: str
    reason: str
    extents: tuple[Extent, ...]
    tokens: tuple[Token, ...] = ()


Decisions = Callable[[], Iterable[tuple[str, Decision]]]


class Piece(NamedTuple):
    """A stretch of text of one kind (see schema/codelists/block_kinds.csv)."""

    kind: str
    start: int
    end: int


class Cell(NamedTuple):
    """The text of a table's cell. A merged cell stands, the same, in every place of the grid that it covers."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid: ``rows[r][c]``; None where a row has no such cell. A row ends in a line feed, cells in a tab."""

    start: int
    end: int
    rows: tuple[tuple[Cell | None, ...], ...]


class Statement(NamedTuple):
    """What a page says of the notice: label and value, where in the text, from a meta tag or from its header table."""

    origin: str
    label: str
    start: int
    end: int


class Paragraph(NamedTuple):
    """A place in a file of paragraphs: the part of the file, which paragraph of it (from 1), how many characters into it."""

    part: str
    number: int
    offset: int


class Box(NamedTuple):
    """A place on a page (from 1): left, top, right, bottom in points (1/72 inch) from the page's upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class SheetCell(NamedTuple):
    """A cell of a workbook: the name of its sheet, and its reference (B3)."""

    sheet: str
    cell: str


class Generated(NamedTuple):
    """What the file doesn't hold as characters.

    "number", a marker that the word processor or the browser counts; "field", what it makes of a field; "join", a blank between two
    stretches; "line-end"; "style", what a style sheet puts into a page; "formula", the bar of a fraction and the like.
    """

    by: str


class Place(NamedTuple):
    """Where the file has ``text[start:end]``. ``anchor`` is the offset in the text that a note or a comment hangs on."""

    start: int
    end: int
    at: Paragraph | Box | SheetCell | Generated
    anchor: int | None = None


class Reading(NamedTuple):
    """What a reader makes of a file: its text, the pieces that tile it, and what it knows of stretches of it.

    ``places`` are in order and don't overlap; a format without pages, paragraphs or cells has none. ``findings`` have their
    spans in ``text``. ``asides`` are what the file says outside of ``text``, as (place, wording): properties, meta tags.
    """

    text: str
    pieces: tuple[Piece, ...]
    tables: tuple[Table, ...] = ()
    statements: tuple[Statement, ...] = ()
    places: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()
    asides: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's correction: the text as found in the source, its replacement, the reason.

    ``occurrence`` names one of the places where the text stands, from 1; None: all of them.
    """

    found: str
    replacement: str
    reason: str
    occurrence: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source, decoded.

    ``pieces`` tile ``text``: body text is of kind "text", the rest is web furniture, page data, … ``asides`` are what the source
    says outside of ``text``, as (place, wording): its name, properties of the file, meta tags that aren't published.
    ``reader`` names what made ``places``, with its version.
    """

    text: str
    pieces: tuple[Piece, ...]
    tables: tuple[Table, ...]
    statements: tuple[Statement, ...]

    path: str | None
    sha256: str
    format: str
    encoding: str | None
    origin: Origin | None = None
    corrections: tuple[Correction, ...] = ()
    sets: tuple[FieldCorrection, ...] = ()
    places: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()
    asides: tuple[tuple[str, str], ...] = ()
    reader: str | None = None


@dataclass(slots=True)
class Item:
    """A numbered heading or item of the outline, in document order.

    ``marker`` as written, trimmed ("（一）", "1.", "第三条"); ``number`` its value; ``level`` 1 for the outermost markers
    of this document; ``parent`` an index into Outline.items. ``title`` is the heading's or the run-in heading's extent
    without its closing 。 or ：, None where the item has no title; ``paragraphs`` are the extents of its own text, the
    rest of the heading's line first; ``part`` is the index of the part of the document it stands in.
    """

    marker: str
    number: int | None
    level: int
    parent: int | None
    start: int
    end: int
    title: Extent | None
    paragraphs: list[Extent] = field(default_factory=list)
    part: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The notice itself (kind "letter", always the first), what it issues and attaches, the imprint: see codelists/part_kinds.csv.

    ``pieces`` is a range of Outline.pieces; ``title`` the extents of its heading's lines, empty for a letter without one.
    """

    kind: PartKind
    title: tuple[Extent, ...]
    pieces: range


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a normalized text: pieces that tile it, parts, the tree of items (flat, by parent), its tables."""

    text: Text
    pieces: tuple[Piece, ...]
    parts: tuple[Part, ...]
    items: tuple[Item, ...]
    tables: tuple[Table, ...]
    statements: tuple[Statement, ...]

    def part_at(self, offset: int) -> int:
        """The index of the part that the character at ``offset`` stands in."""
        return bisect_right(self.parts, offset, key=lambda part: self.pieces[part.pieces.start].start) - 1


Kind = Literal["number", "date", "organ", "organ_in_clause", "title", "document_number", "marker", "row"]
Status = Literal["used", "explained", "unread", "undecided"]

KINDS: tuple[Kind, ...] = (
    "number",
    "date",
    "organ",
    "organ_in_clause",
    "title",
    "document_number",
    "marker",
    "row",
)
STATUSES: tuple[Status, ...] = ("used", "explained", "unread", "undecided")


class Occurrence(NamedTuple):
    """An occurrence: its words, its place in the source, its status, and the code that it carries (of a used one: a suspect)."""

    kind: Kind
    text: str
    status: Status
    code: str | None
    span: Span

    @property
    def is_open(self) -> bool:
        """Whether nobody can say what it is to the notice."""
        return self.status in ("unread", "undecided")

    @property
    def is_suspect(self) -> bool:
        """Whether a value holds it that may be no goal."""
        return self.status == "used" and self.code is not None
