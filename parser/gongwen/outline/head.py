"""The head of a notice: number, title, recipients, fields, and what a page puts around them.

Number, recipients, date and labelled fields are each found by their own grammar (``gongwen.outline.elements``) wherever they
stand on the first page; the title is what stands between them. The head ends where the evidence for it is greatest: what a head
has speaks for it, prose and numbered items against it, and a line that is neither, however long or odd, ends nothing.

A title may run over several lines, and pages say it twice. Candidates compete: of those that end as titles do, the one that
stands beside number and recipients, names its organ and its subject, then the last, as the notice itself writes it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from gongwen.lexicon import document_kinds, labels, titles
from gongwen.lexicon.boilerplate import heads_links
from gongwen.lexicon.parties import is_organ, names_classes, title_organs
from gongwen.lexicon.places import named_place
from gongwen.outline import wording
from gongwen.outline.elements import WEIGHTS, Element, elements
from gongwen.outline.lines import Line

_WINDOW = 240  # lines that aren't blank: the first page, with all menus above it
_REACH = 24  # lines without evidence below the last one that has some
_LONGEST_TITLE = 400  # characters of all its lines: what is longer is a list of links
_SHORTEST_TITLE = 10  # characters of a title that names no kind of document
_AGAIN = 1  # the weight of an element of a kind that was there before
_SUBJECT = "主旨"  # of a letter of Taiwan: what it says stands for a title
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTER = "函"
_STANDS_IN_HEAD = frozenset(("title", "candidate"))
_VALUES = frozenset(
    ("candidate", "title", "date", "document-number", "page-table", "furniture")
)  # kinds of lines that may be a value; the name of a site is one of 来源
_BELOW_A_TITLE = frozenset(("blank", "document-number", "date", "page-table", "furniture", "urgency"))
_TYPED = labels.TYPED | {"validity"}


class _Piece(NamedTuple):
    """An element of a line: the line's index, and whether it is the last of its line."""

    line: int
    element: Element
    evidence: int


class Head:
    """Reads the head: gives its lines their kinds, parts those that hold several elements, finds the title and what fields state.

    ``end`` is the index of the first line below the head; ``title`` are the indices of the lines of the title; ``statements`` are
    the fields: label, and where the value stands. ``stated`` are the titles that the page states.
    """

    def __init__(self, lines: list[Line], stated: Collection[str] = ()) -> None:
        self.lines = lines
        self.stated = {titles.fold(title) for title in stated}
        self.title: list[int] = []
        self.statements: list[tuple[str, int, int]] = []
        self._read: set[int] = set()  # the lines of fields, by identity, that the source doesn't know as such
        pieces = self._pieces()
        self.end = self._take(pieces, self._border(pieces))
        self._fields()
        self._choose([at for at in range(self.end) if lines[at].kind in _STANDS_IN_HEAD])
        self._address()

    # where it ends

    def _pieces(self) -> list[_Piece]:
        """The elements on the first page, with the evidence of each."""
        found: list[_Piece] = []
        seen: set[str] = set()
        idle = 0
        for at, line in enumerate(self.lines):
            if line.kind:
                if line.kind == "table-row":
                    found.append(_Piece(at, Element("text", 0, len(line.text), 0), WEIGHTS["text"]))
                continue
            if wording.is_contents(line.text) or len(found) > _WINDOW:
                break
            if found and (wording.begins_news(line.text) or heads_links(line.text)):
                break
            if line.style and line.style != "bare":
                found.append(_Piece(at, Element("text", 0, len(line.text), 0), WEIGHTS["text"]))
                continue
            for element in elements(line.text):
                evidence = element.weight
                if evidence > 0:
                    evidence = _AGAIN if element.kind in seen else evidence
                    seen.add(element.kind)
                idle = 0 if evidence else idle + 1
                found.append(_Piece(at, element, evidence))
            if idle > _REACH and seen & {"title", "recipients"}:
                break
        return found

    @staticmethod
    def _border(pieces: Sequence[_Piece]) -> int:
        """How many of the pieces are the head's: those before the last place at which the evidence is greatest.

        Lines without evidence below belong to it, too, up to the first that speaks against it; but nothing below recipients does.
        """
        best = total = border = 0
        for number, piece in enumerate(pieces, 1):
            total += piece.evidence
            if piece.evidence > 0 and total >= best:
                best, border = total, number
        if border and pieces[border - 1].element.kind == "recipients":
            return border
        while border < len(pieces) and pieces[border].evidence == 0:
            border += 1
        return border

    # what its lines are

    def _take(self, pieces: Sequence[_Piece], border: int) -> int:
        """Give the lines of the first ``border`` pieces their kinds, a line to each; the index of the line behind them."""
        shift = end = 0
        for number, piece in enumerate(pieces[:border]):
            at, element = piece.line + shift, piece.element
            line = self.lines[at]
            if line.kind == "table-row":
                continue
            following = pieces[number + 1] if number + 1 < len(pieces) else None
            if following and following.line == piece.line:
                self.lines.insert(at + 1, line.cut(following.element.start - element.start))
                shift += 1
            line.text = line.text[: element.end - element.start]
            line.kind, line.style = ("remark" if element.kind == "text" else element.kind), None
            if line.kind == "page-table":
                self._read.add(id(line))
            end = at + 1
        return end

    def _fields(self) -> None:
        """Note what the labelled lines of the head state; a label that ends a line has its value in the next one."""
        lines = self.lines
        at = -1
        while (at := at + 1) < self.end:
            line = lines[at]
            if id(line) not in self._read or not (found := labels.fields(line.text)):
                continue
            for field in found:
                if field.end > field.start:
                    self.statements.append((field.label, line.at + field.start, line.at + field.end))
            if found[0].label == _SUBJECT and not self.title and not self._is_announced():
                self._take_subject(at, found[0].start)
                continue
            last = found[-1]
            below = self._below(at)
            if last.end == last.start and below < self.end and self._is_value(last.field, below):
                value = lines[below]
                if value.kind != "document-number":
                    value.kind = "page-table"
                self.statements.append((last.label, value.at, value.stop))

    def _is_announced(self) -> bool:
        """Whether the head has a title that names its kind, and not only the organ of a letter (某县政府　函)."""
        kinds = [document_kinds.kind(line.text) for line in self.lines[: self.end] if line.kind in _STANDS_IN_HEAD]
        return any(kind is not None and kind[0] != _LETTER for kind in kinds)

    def _take_subject(self, at: int, start: int) -> None:
        """Make what 主旨 says, from ``start`` in line ``at``, the title."""
        subject = self.lines[at].cut(start)
        subject.kind = "title"
        self.lines.insert(at + 1, subject)
        self.title = [at + 1]
        self.end += 1

    def _is_value(self, field: str, at: int) -> bool:
        """Whether line ``at`` is the value of the label above it; words that any label could have need another label below."""
        line = self.lines[at]
        if line.kind not in _VALUES or (line.kind == "page-table" and labels.fields(line.text)):
            return False
        if not labels.fits(field, line.text):
            return False
        return field in _TYPED or not _HAN.search(line.text) or self._beside(at, 1) == "page-table"

    def _below(self, at: int) -> int:
        """The nearest line below that isn't blank."""
        return next((n for n in range(at + 1, len(self.lines)) if self.lines[n].kind != "blank"), len(self.lines))

    # the title

    def _choose(self, candidates: Sequence[int]) -> None:
        """Choose the title among the lines that could belong to one; the others are the masthead."""
        groups = self._groups(candidates)
        if self.title:
            for at in candidates:
                if at not in self.title:
                    self.lines[at].kind = "letterhead" if titles.is_whole(self.lines[at].text) else "masthead"
            return
        chosen = max(groups, key=lambda group: (self._evidence(group), group[0]), default=None)
        same: list[list[int]] = []
        if chosen is not None:
            words = titles.fold(joined(self.lines, chosen))
            if words.startswith("关于"):  # the page may say it with the organs that issue it
                chosen = next((group for group in groups if self._completes(group, words)), chosen)
                words = titles.fold(joined(self.lines, chosen))
            if len(words) <= _LONGEST_TITLE and self._may_be(chosen, words):
                same = [group for group in groups if titles.fold(joined(self.lines, group)) == words]
                self.title = min(
                    reversed(same), key=len
                )  # unbroken if it can be had, and as the notice itself writes it
        for group in groups:
            for at in group:
                self.lines[at].kind = "title" if group in same else "masthead"

    def _address(self) -> None:
        """Make the line below the title that names classes of organs and nothing else the recipients, though its colon is missing."""
        if not self.title or any(line.kind == "recipients" for line in self.lines[: self.end]):
            return
        at = self.title[-1] + 1
        while at < self.end and self.lines[at].kind in _BELOW_A_TITLE:
            at += 1
        if at < self.end and self.lines[at].kind == "masthead" and names_classes(self.lines[at].text):
            self.lines[at].kind = "recipients"

    def _evidence(self, group: Sequence[int]) -> int:
        """How much says that the lines of ``group`` are the title."""
        text = joined(self.lines, group)
        beside = {self._beside(group[0], -1), self._beside(group[-1], 1)}
        return (
            4 * titles.is_whole(text)
            + 2 * titles.speaks(text)
            + 2 * any(True for _ in title_organs(text))
            + len(beside & {"document-number", "recipients", "letterhead", "date", "adoption"})
            + 3 * (titles.fold(text) in self.stated)
            - 6 * titles.is_column(text)
            - 4 * (len(text) < 5)
        )

    def _beside(self, at: int, step: int) -> str:
        """The kind of the nearest line above or below that isn't blank; empty at the edge of the head."""
        at += step
        while 0 <= at < len(self.lines) and self.lines[at].kind == "blank":
            at += step
        return self.lines[at].kind if 0 <= at < len(self.lines) else ""

    def _may_be(self, group: Sequence[int], words: str) -> bool:
        """Whether the lines are a title at all: a whole one, or a phrase that is no name and no column of a site."""
        text = joined(self.lines, group)
        if titles.is_column(text):
            return False
        return titles.is_whole(text) or (len(words) >= _SHORTEST_TITLE and not is_organ(words))

    def _completes(self, group: Sequence[int], words: str) -> bool:
        """Whether a group of lines is the title ``words`` with the names of organs before it."""
        whole = titles.fold(joined(self.lines, group))
        return len(whole) > len(words) and whole.endswith(words) and is_organ(whole.removesuffix(words))

    def _groups(self, candidates: Sequence[int]) -> list[list[int]]:
        """The candidates in groups that each may be a title: lines that follow one another, up to a word that titles end in."""
        groups: list[list[int]] = []
        for at in candidates:
            line = self.lines[at]
            if groups and all(between.kind == "blank" for between in self.lines[groups[-1][-1] + 1 : at]):
                last = groups[-1]
                begun = joined(self.lines, last)
                one, other = titles.fold(begun), titles.fold(line.text)
                if (
                    not _is_complete(line.text, begun)
                    and not (titles.is_column(line.text) or other.startswith(one) or _repeats(one, other))
                    and (
                        not (titles.is_whole(begun) or titles.is_column(begun))
                        or titles.goes_on(line.text)
                        or titles.ends_title_of(begun, line.text)
                    )
                ):
                    last.append(at)
                    continue
            groups.append([at])
        return groups


def _repeats(begun: str, title: str) -> bool:
    """Whether the line ``begun`` is a teaser of the ``title`` below it: the title, cut or with words that follow it on another page."""
    return len(title) >= _SHORTEST_TITLE and begun.startswith(title)


def _is_complete(text: str, begun: str) -> bool:
    """Whether ``text`` is a title with the organ that issues, so that the line ``begun`` above it is no part: a column of the page, the
    letterhead with the organ's whole name.

    >>> columns = ("政策文件库", "青溪县财政局", "山前省青溪县水利局", "青溪县政府转发")
    >>> [_is_complete("青溪县水利局关于修渠的通知", begun) for begun in columns]
    [True, False, True, False]
    """
    if not titles.is_whole(text) or not titles.tells(text):
        return False
    organs = [text[start:end] for start, end in title_organs(text)]
    if not organs or titles.tells(begun):
        return False
    if named_place(begun):
        return len(begun) > len(organs[0]) and begun.endswith(organs[0])
    return named_place(organs[0]) is not None


def joined(lines: Sequence[Line], numbers: Sequence[int]) -> str:
    """A title over several lines as one."""
    return "".join([lines[at].text for at in numbers])
