"""Lines: the paragraphs of the normalized text, each with the marker that it may open with.

After layout and punctuation are restored one line is one paragraph. Where the source says what a line is (web furniture,
page data, a table), that is settled here; every other kind is decided by the stages that follow.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongwen.document import Source
from gongwen.lexicon import markers, vocabulary
from gongwen.text import Text

_LONGEST_OPENING = 100  # characters: indent, sign and marker, with what must stand behind it


@vocabulary.compiled
def _line() -> re.Pattern[str]:
    """A line with its marker, if it opens with one. A sign before a marker (★6.) is no part of it."""
    sign = markers.before_marker()
    return re.compile(rf"[^\S\n]*+(?:(?:{sign}[^\S\n]*+)?(?:{markers.any_marker()}))?[^\n]*+(?:\n|\Z)")


@dataclass(slots=True)
class Line:
    """A paragraph. ``start`` and ``end`` bound it with its indent and line feed; ``text`` is what it says, from ``at``.

    ``style`` is the style of the marker it opens with, which ends at ``body``: a candidate only, until the levels are known.
    """

    start: int
    end: int
    at: int
    text: str
    style: str | None
    body: int
    kind: str = ""

    @property
    def stop(self) -> int:
        """Where the text of the line ends, without trailing blanks and line feed."""
        return self.at + len(self.text)

    def cut(self, offset: int) -> Line:
        """Shorten the line to the first ``offset`` characters of its text; the line that the rest makes."""
        return self.cuts([offset])[0]

    def cuts(self, offsets: Sequence[int]) -> list[Line]:
        """Shorten the line to the characters before the first of ``offsets``; the lines that begin at each of them, which ascend."""
        made = []
        for offset, stop in pairwise([*offsets, len(self.text)]):
            rest = self.text[offset:stop]
            words = rest.lstrip()
            at = self.at + offset + len(rest) - len(words)
            end = self.at + stop if stop < len(self.text) else self.end
            made.append(Line(self.at + offset, end, at, words.rstrip(), None, at))
        self.end, self.text = self.at + offsets[0], self.text[: offsets[0]].rstrip()
        return made


def lines(text: Text, source: Source) -> list[Line]:
    """The lines of ``text`` in order; they tile it."""
    value = text.value
    found = []
    for match in _line().finditer(value):
        start, end = match.span()
        if start == end:  # the empty match behind the last line feed
            break
        style = match.lastgroup
        if style:
            at, body = match.span(style)
            found.append(Line(start, end, at, value[at:end].rstrip(), style, body))
        else:
            line = value[start:end]
            words = line.strip()
            at = end - len(line.lstrip()) if words else end
            found.append(Line(start, end, at, words, None, at, "" if words else "blank"))
    _settle(found, text, source)
    return found


def with_marker(line: Line) -> Line:
    """``line``, which was cut off another one, with the style of the marker that it opens with."""
    match = _line().match(line.text, 0, _LONGEST_OPENING)
    if match and match.lastgroup:
        line.style, line.body = match.lastgroup, line.at + match.end(match.lastgroup)
    return line


def _settle(found: list[Line], text: Text, source: Source) -> None:
    """Give the lines the kinds that the source knows of: everything but "text", and the rows of tables, whose cells open no items."""
    known = [("table-row", table.start, table.end) for table in source.tables]
    known += [(piece.kind, piece.start, piece.end) for piece in source.pieces if piece.kind != "text"]
    if not known:
        return
    starts = [line.start for line in found]
    for kind, start, end in known:
        start, end = text.from_source(start, end)
        for line in found[max(bisect_right(starts, start) - 1, 0) : bisect_right(starts, max(start, end - 1))]:
            if line.kind != "blank" and line.stop > start and line.at < end:
                line.kind, line.style = kind, None
