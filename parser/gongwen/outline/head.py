"""The head of a notice: number, title, recipients, and what a page puts around them (GB/T 9704, 7.2-7.3.2).

It ends at the recipients, or at the first line that is a sentence or a numbered item. What is neither number nor date nor page
data before that is the title: a title may run over several lines, and pages say it twice. The last one counts, and
of two that are the same the one with fewer lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongwen.outline import wording
from gongwen.outline.lines import Line

_LONGEST_TITLE_LINE = 120
_LONGEST_TITLE = 400  # characters of all its lines: what is longer is a list of links
_MOST_TITLE_LINES = 40  # with everything that pages put above a title
_SHORTEST_TITLE = 10  # characters of a title that names no kind of document
_LONGEST_RECIPIENTS = 1000


class Head:
    """Reads the head: gives its lines their kinds and finds where it ends, the title, and what a page table in it states."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.title: list[int] = []
        self.statements: list[tuple[str, int, int]] = []  # label, and where the value is
        self.end = self._read()

    def _read(self) -> int:
        lines = self.lines
        candidates: list[int] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            if candidates and wording.BEGINS_OTHER.match(line.text):
                break
            if line.kind:
                at += 1
                continue
            if len(candidates) > _MOST_TITLE_LINES:
                break
            if (
                (line.style and line.style != "bare")
                or len(line.text) > _LONGEST_RECIPIENTS
                or wording.CONTENTS.match(line.text)
            ):
                break
            self._part(at)
            kind = self._kind(line)
            if kind == "page-table":
                at = self._page_table(at)
                continue
            if kind is None:
                break
            if kind == "title":
                candidates.append(at)
            line.kind = kind
            at += 1
            if kind == "recipients":
                break
        self._choose(candidates)
        return at

    @staticmethod
    def _kind(line: Line) -> str | None:
        """What a line of the head is; None where it is a line of the text."""
        text = line.text
        if wording.PAGE_LABEL.match(text):
            return "page-table"
        if wording.NUMBER_LINE.fullmatch(text):
            return "document-number"
        if known := wording.HEAD_LINE.match(text):
            return str(known.lastgroup).replace("_", "-")
        if wording.RECIPIENTS.match(text):
            return "recipients"
        if text.endswith(wording.SENTENCE_END) or len(text) > _LONGEST_TITLE_LINE or "\t" in text:
            return None
        return None if "，" in text and not wording.SPEAKS_AS_TITLE.search(text) else "title"

    def _part(self, at: int) -> None:
        """Part a line that holds two of the head's elements, separated by a blank or (a number first) a dash."""
        line = self.lines[at]
        text = line.text
        if glued := wording.NUMBER_FIRST.match(text):
            self.lines.insert(at + 1, line.cut(glued.end()))
            line.text = line.text.rstrip("-—－ ")
            return
        if (
            (label := wording.PAGE_LABEL.search(text, 1))
            and text[label.start()] in "[【"
            and not wording.PAGE_LABEL.match(text)
        ):
            self.lines.insert(at + 1, line.cut(label.start()))
            return
        if (
            parted := wording.GLUED_TITLE.match(text)
            or wording.ADDRESSED.match(text)
            or (text[-1:] in "）)" and wording.DATED_TITLE.match(text))
        ):
            self.lines.insert(at + 1, line.cut(parted.end()))
            return
        blank = text.find(" ")
        while blank > 0:
            left, right = text[:blank], text[blank + 1 :]
            if wording.NUMBER_LINE.fullmatch(left) or (
                wording.ENDS_TITLE.search(left)
                and (wording.RECIPIENTS.match(right) or wording.NUMBER_LINE.match(right))
            ):
                self.lines.insert(at + 1, line.cut(blank + 1))
                return
            blank = text.find(" ", blank + 1)

    def _page_table(self, at: int) -> int:
        """Read the labels and values of a line of page data; a label that ends the line has its value in the next one."""
        line = self.lines[at]
        line.kind = "page-table"
        labels = list(wording.PAGE_LABEL.finditer(line.text))
        ends = [label.start() for label in labels[1:]] + [len(line.text)]
        for label, end in zip(labels, ends, strict=True):
            value = line.text[label.end() : end].rstrip()
            if value:
                self.statements.append((label["label"], line.at + label.end(), line.at + label.end() + len(value)))
        at += 1
        if labels[-1].end() == len(line.text):
            while at < len(self.lines) and self.lines[at].kind == "blank":
                at += 1
            if at < len(self.lines) and not self.lines[at].kind and not wording.PAGE_LABEL.match(self.lines[at].text):
                value_line = self.lines[at]
                if len(value_line.text) <= _LONGEST_TITLE_LINE and not wording.RECIPIENTS.match(value_line.text):
                    value_line.kind, value_line.style = "page-table", None
                    self.statements.append((labels[-1]["label"], value_line.at, value_line.stop))
                    at += 1
        return at

    def _choose(self, candidates: Sequence[int]) -> None:
        """Choose the title among the lines that could belong to one; the others are the masthead."""
        groups = self._groups(candidates)
        if not groups:
            return
        chosen = next((group for group in reversed(groups) if self._is_whole(group)), groups[-1])
        words = wording.fold(joined(self.lines, chosen))
        if words.startswith("关于"):  # the page may say it with the organs that issue it
            chosen = next((group for group in groups if self._completes(group, words)), chosen)
            words = wording.fold(joined(self.lines, chosen))
        same: list[list[int]] = []
        if len(words) <= _LONGEST_TITLE and (
            self._is_whole(chosen) or (len(words) >= _SHORTEST_TITLE and not wording.NO_TITLE.match(words))
        ):
            same = [group for group in groups if wording.fold(joined(self.lines, group)) == words]
            self.title = min(reversed(same), key=len)  # unbroken if it can be had, and as the notice itself writes it
        for group in groups:
            if group not in same:
                for at in group:
                    self.lines[at].kind = "masthead"

    def _completes(self, group: Sequence[int], words: str) -> bool:
        """Whether a group of lines is the title ``words`` with the names of organs before it."""
        whole = wording.fold(joined(self.lines, group))
        return (
            len(whole) > len(words) and whole.endswith(words) and bool(wording.ORGAN.search(whole.removesuffix(words)))
        )

    def _is_whole(self, group: Sequence[int]) -> bool:
        return bool(wording.ENDS_TITLE.search(joined(self.lines, group)))

    def _groups(self, candidates: Sequence[int]) -> list[list[int]]:
        """The candidates in groups that each may be a title: lines that follow one another, up to a word that titles end in."""
        groups: list[list[int]] = []
        for at in candidates:
            line = self.lines[at]
            if groups and all(between.kind == "blank" for between in self.lines[groups[-1][-1] + 1 : at]):
                last = groups[-1]
                begun = wording.fold(joined(self.lines, last))
                if not wording.fold(line.text).startswith(begun) and (
                    not self._is_whole(last)
                    or wording.CONTINUES_TITLE.match(line.text)
                    or wording.ends_title_of(joined(self.lines, last), line.text)
                ):
                    last.append(at)
                    continue
            groups.append([at])
        return groups


def joined(lines: Sequence[Line], numbers: Sequence[int]) -> str:
    """A title over several lines as one."""
    return "".join([lines[at].text for at in numbers])
