"""The frame of a notice: its parts, and the lines around the text.

A notice is laid out as GB/T 9704 (7.2-7.4) orders it, and copies keep that order however else they differ:

    number, title, recipients                                       the head
    text, list of attachments, signature, date, notes               the rest of the letter
    heading 附件, title, text                                        each plan or annex
    copied to, imprint                                              anywhere near the end

A signature is the short lines above a date on a line of its own. A plan begins at the title below the letter's date, at a heading 附件, or
at a line that repeats the name of what the letter issues.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from gongwen.lexicon import dates, document_numbers, labels, titles, vocabulary
from gongwen.lexicon.parties import is_organ, split_recipients, title_organs
from gongwen.model import PartKind
from gongwen.outline import flattened, wording
from gongwen.outline.head import Head, joined
from gongwen.outline.lines import Line, with_marker

_MOST_SIGNATURES = 30
_LONGEST_NAME = 46
_MOST_TITLE_LINES = 5
_LONGEST_TITLE_LINE = 100
_LONGEST_ENTRY = 120  # of a list of attachments
_MOST_ENTRIES = 30
_PARAGRAPHS_OF_A_LETTER = 12  # in which it names what it issues
_ENTRY_NUMBER = re.compile(r"[^0-9]{0,6}([0-9]{1,2})[.．、]")
_LEADER = re.compile(r"[ \t.．…·—-]*+[0-9]*$")  # from an entry of the contents to its page number
_CLAUSE_AT_END = re.compile(r"[（(][^（）()]*[）)]\Z")  # behind the sentence that a paragraph ends with
_LONGEST_CLAUSE = 200  # characters
_LONGEST_NOTE = 64  # characters below a date in the same line
_ENDS_LEADER = "0123456789.．…·"
_LONGEST_LEADER = 12  # characters of its end, which tell
_LONGEST_CONTENTS = 60
_FEWEST_CONTENTS = 3  # entries, where no heading announces them,
_MOST_CONTENTS = 200  # and the most of them
_SHARED_BY_SISTERS = 2  # characters: the place or the topic that the titles of plans issued together begin with
_MOST_BELOW_A_SIGNATURE = 20
_LONGEST_NUMBER = 60  # characters of a line that is a number
_STATED_BELOW = labels.TYPED | {"recipients", "copied_to", "signer"}
_CLOSES = frozenset(
    "signature date note copied-to imprint rule furniture page-table page-number document-number".split()
)
_BELOW_A_SIGNATURE = ("note", "copied-to", "imprint", "rule", "furniture", "attachment-list")


@vocabulary.compiled
def _opening() -> re.Pattern[str]:
    """The first heading of a document."""
    return re.compile(rf"一、|第一[编章篇]|{vocabulary.alternation('heading_words', 'line', 'preface')}")


def _may_sign(text: str) -> bool:
    """Whether a line above a date may be a name that signs."""
    return bool(wording.SIGNATURE.match(text))


def _is_signing_organ(text: str) -> bool:
    """Whether a line is the name of an organ, where no date below says that it is a signature."""
    return _may_sign(text) and len(text) <= _LONGEST_NAME and is_organ(text)


def _is_number(text: str) -> bool:
    """Whether a line is a document number with its organ and its year."""
    number = document_numbers.parse(text) if len(text) <= _LONGEST_NUMBER else None
    return number is not None and number.organ_code is not None and number.year is not None


def _is_same(name: str, other: str) -> bool:
    """Whether two names may mean one organ, or an office of it: 市人民政府, 某市人民政府办公室."""
    return name.startswith(other) or other.startswith(name) or name.endswith(other) or other.endswith(name)


def _entry(line: Line) -> str:
    """What a line of a table of contents says, without the leader to its page number, folded."""
    return titles.fold(_LEADER.sub("", line.text[:200]))


def _has_leader(line: Line) -> bool:
    """Whether the line is an entry of a table of contents: dots lead to its page number."""
    text = line.text
    return (
        not line.kind
        and text[-1] in _ENDS_LEADER
        and bool(wording.LEADER.search(text, max(0, len(text) - _LONGEST_LEADER)))
    )


def _part_closing(line: Line) -> list[Line]:
    """The line, parted where names, date and note of a signature stand in one line, be it behind the last sentence of the text; and
    before the title of a plan behind them."""
    text = line.text
    if not line.kind and titles.is_whole(text):
        glued = wording.GLUED_TITLE.search(text, max(0, len(text) - 2 * wording.LONGEST_CLOSING))
        if glued and titles.is_whole(glued["title"]):
            title = line.cut(glued.start("title"))
            return [*_part_closing(line), title]
    if line.kind or not text or text[-1] not in "日）)" or text.rfind("日", -_LONGEST_NOTE) < 0 or dates.is_meant(text):
        return [line]
    glued = wording.GLUED_CLOSING.search(text, max(0, len(text) - wording.LONGEST_CLOSING))
    rest = line.cut(glued.end()) if glued else line
    closing = wording.CLOSING.match(rest.text) if len(rest.text) <= wording.LONGEST_CLOSING else None
    if closing and labels.fields(rest.text):
        return [line]  # 成文日期 2022年3月18日
    parts = [line, rest] if glued else [line]
    if closing and closing["note"]:
        parts.append(rest.cut(closing.start("note")))
    if closing and closing["names"]:
        parts.insert(2 if glued else 1, rest.cut(closing.start("date")))
    return parts


@dataclass(slots=True)
class PartLines:
    """A part of the document as lines: its kind, the lines of its title, and the lines [first, last) that belong to it."""

    kind: PartKind
    first: int
    last: int = 0
    title: list[int] = field(default_factory=list)


class Frame:
    """Gives the lines that are not running text their kinds and cuts the document into parts."""

    def __init__(self, lines: list[Line], stated: Collection[str] = ()) -> None:
        lines = self.lines = [piece for item in flattened.parts(lines) for piece in _part_closing(item)]
        head = Head(lines, stated)
        self.statements = head.statements
        title = joined(lines, head.title)
        self.issuers = [title[start:end] for start, end in title_organs(title)]
        self.parts = [PartLines("letter", 0, title=head.title)]
        self._below_head = head.end  # a date in the head is none that closes the letter
        self.issued = self._names_issued(head.end)
        self._part_letter(head.end)
        self._read(head.end)
        for part, following in zip(self.parts, self.parts[1:], strict=False):
            part.last = following.first
        self.parts[-1].last = len(lines)

    def _names_issued(self, first: int) -> set[str]:
        """The folded names of what the letter issues: from its title, and the titles named in its first paragraphs."""
        names: set[str] = set()
        title = joined(self.lines, self.parts[0].title)
        if at := titles.issued(title):
            issued = title[slice(*at)]
            names.update(map(titles.fold, (issued, *issued.split("、"))))
            for line in self.lines[first : first + _PARAGRAPHS_OF_A_LETTER]:
                if not line.style:
                    names.update(map(titles.fold, titles.named(line.text[:1000])))
        return names

    def _part_letter(self, first: int) -> None:
        """Part the line in which the letter, its signature and its date, and the plan that it issues, follow one another without line feeds."""
        title = joined(self.lines, self.parts[0].title)
        named = titles.issued(title)
        issued = title[slice(*named)].strip("《》") if named else ""
        at = first
        while at < min(len(self.lines), first + _PARAGRAPHS_OF_A_LETTER):
            line = self.lines[at]
            glued = None if line.kind or line.style else self._glued_signature(line.text, issued)
            if glued:
                dated = line.cut(glued.start("date"))
                signed = [line.cut(glued.start("names"))] if glued["names"] else []
                plan = dated.cut(glued.end("date") - glued.start("date"))
                parts = [piece for piece in (line, *signed, dated, plan) if piece.end > piece.start]
                heading = next(
                    (form for form in (issued, f"《{issued}》") if issued and plan.text.startswith(form)), ""
                )
                if heading and len(plan.text) > len(heading):
                    parts.append(with_marker(plan.cut(len(heading))))
                self.lines[at : at + 1] = parts
                return
            at += 1

    def _glued_signature(self, text: str, issued: str) -> re.Match[str] | None:
        """The signature in the midst of a line: behind a sentence, or of who issues the notice before the plan that it issues."""

        def is_before_plan(found: re.Match[str]) -> bool:
            return bool(issued) and text[found.end("date") :].removeprefix("《").startswith(issued)

        found = wording.glued_signature().search(text)
        if found and (is_organ(found["names"]) if found["names"] else is_before_plan(found)):
            return found
        return next(filter(is_before_plan, wording.signed_by(self.issuers, text)), None)

    def _read(self, at: int) -> None:
        lines = self.lines
        while at < len(lines):
            line = lines[at]
            if _has_leader(line):
                line.kind, line.style = "contents", None
                at += 1
            elif line.kind or (line.style and line.style != "bare"):
                at = self._contents_without_heading(at)
            elif len(line.text) > wording.LONGEST_CLOSING:
                line.kind = "paragraph"
                at += 1
            else:
                at = self._read_short(at)

    def _read_short(self, at: int) -> int:
        """Decide what a short line is; the first line that is left to decide."""
        line = self.lines[at]
        kind = wording.kind_below(line.text)
        if kind == "attachment-list":
            return self._attachments(at)
        if kind == "attachment-heading":
            return self._annex(at)
        if kind == "contents":
            return self._contents(at)
        if kind in (None, "furniture") and self._states_below(at):
            line.kind = "page-table"
        elif kind == "date":
            self._signature(at)
        elif kind:
            line.kind = kind
        elif self._goes_on_with_copies(at):
            line.kind = "copied-to"
        elif self._is_number_below(at):
            line.kind = "document-number"
        elif self._begins_plan(at):
            if self.parts[-1].kind == "letter":
                self._sign(at, _is_signing_organ)
            return self._part("plan", at, at)
        else:
            line.kind = "paragraph"
        return at + 1

    def _states_below(self, at: int) -> bool:
        """Whether a line below the signature is labelled fields of the notice, of which it notes what they state: 文号：…

        A page, or an archive, sets below what others set above.
        """
        if not self._is_closing(at):
            return False
        line = self.lines[at]
        found = labels.fields(line.text)
        if not found or any(field.field not in _STATED_BELOW or field.start == field.end for field in found):
            return False
        self.statements += [(field.label, line.at + field.start, line.at + field.end) for field in found]
        return True

    def _is_number_below(self, at: int) -> bool:
        """Whether the number of the notice stands below its signature: none stands in its head."""
        if len(self.parts) > 1 or not _is_number(self.lines[at].text) or not self._is_closing(at):
            return False
        return all(line.kind != "document-number" for line in self.lines[: self._below_head])

    def _is_closing(self, at: int) -> bool:
        """Whether the line above belongs to what closes a document: signature, date, notes, imprint."""
        above = self._near(at, -1)
        if above < self._below_head:
            return False
        return self.lines[above].kind in _CLOSES or self._ends_with_organ(above)

    def _ends_with_organ(self, at: int) -> bool:
        """Whether line ``at`` is the organ that signs, without a date below it."""
        line = self.lines[at]
        return line.kind == "paragraph" and not line.style and _is_signing_organ(line.text)

    def _goes_on_with_copies(self, at: int) -> bool:
        """Whether the line above lists whom a copy goes to, and leaves its list open, or this one names nothing but organs.

        The list has a sentence for each group of organs (7.4.2), and copies put each on a line of its own.
        """
        above = self._near(at, -1)
        if above < 0 or self.lines[above].kind != "copied-to":
            return False
        if self.lines[above].text.endswith(("，", "、", "：")):
            return True
        names = self.lines[at].text.removesuffix("。")
        return all(is_organ(names[start:end]) for start, end, _ in split_recipients(names))

    def _near(self, at: int, step: int) -> int:
        """The nearest line above (-1) or below (1) that isn't blank."""
        at += step
        while 0 <= at < len(self.lines) and self.lines[at].kind == "blank":
            at += step
        return at

    # signature and date

    def _signature(self, at: int) -> None:
        """Decide whether the date at ``at`` closes the letter: it does below names, at the end of the text, and above a plan."""
        lines = self.lines
        names = self._sign(at, _may_sign)
        lines[at].kind = "date"
        if not names:
            below = self._near(at, 1)
            ends = (
                below >= len(lines)
                or lines[below].kind
                or wording.kind_below(lines[below].text[: wording.LONGEST_CLOSING])
            )
            if not ends and self._signs_below(below):
                lines[below].kind = "signature"
            elif not ends and not self._begins_plan(below):
                lines[at].kind = "paragraph"

    def _signs_below(self, at: int) -> bool:
        """Whether line ``at``, below a date, is the organ that signs, with the text ended there: some set the date above it."""
        if not _is_signing_organ(self.lines[at].text):
            return False
        below = self._near(at, 1)
        text = self.lines[below].text if below < len(self.lines) else ""
        return not text or wording.kind_below(text[: wording.LONGEST_CLOSING]) is not None or _is_number(text)

    def _sign(self, at: int, signs: Callable[[str], bool]) -> int:
        """Give the names directly above line ``at`` their kind; how many there are."""
        above = self._near(at, -1)
        names: list[Line] = []
        while above >= 0 and len(names) < _MOST_SIGNATURES:
            line = self.lines[above]
            if line.kind in ("signature", "paragraph") and not line.style and signs(line.text):
                names.append(line)
            elif line.kind != "note":
                break
            above = self._near(above, -1)
        names = names[: self._signing(names, above)]
        for line in names:
            line.kind = "signature"
        return len(names)

    def _signing(self, names: list[Line], above: int) -> int:
        """How many of ``names``, the lowest first, sign.

        Below a line that introduces a list (先进单位：, or a heading without text) the others are of that list: there those sign that
        the title names, or the lowest one.
        """
        if len(names) < 2 or above < 0 or not is_organ(names[0].text):
            return len(names)
        before = self.lines[above]
        said = _CLAUSE_AT_END.sub("", before.text[-_LONGEST_CLAUSE:])
        if not said.endswith(("：", ":")) and (before.style is None or said.endswith(wording.SENTENCE_END)):
            return len(names)
        issuers = [titles.fold(name) for name in self.issuers]
        named = (any(_is_same(titles.fold(line.text), issuer) for issuer in issuers) for line in names)
        return max(1, next((number for number, is_named in enumerate(named) if not is_named), len(names)))

    # plans and annexes

    def _begins_plan(self, at: int) -> bool:
        """Whether the title of the plan begins here: what the letter issues, or any title right below the letter's date."""
        line = self.lines[at]
        if line.style or line.kind or not self._may_be_title(line):
            return False
        if self.issued and self._repeats_name(at):
            return True
        if self.parts[-1].kind == "plan":
            return self._is_sister(at)
        if self.parts[-1].kind != "letter":
            return False
        above = self._near(at, -1)
        for _ in range(_MOST_BELOW_A_SIGNATURE):
            if above < 0 or self.lines[above].kind not in _BELOW_A_SIGNATURE:
                break
            above = self._near(above, -1)
        below_the_date = above >= 0 and self.lines[above].kind == "date" and above > (self.parts[0].title or [0])[-1]
        return below_the_date and (bool(self.issued) or titles.is_whole(line.text))

    def _repeats_name(self, at: int) -> bool:
        """Whether the line, alone or with the next one, is the name of something issued that has not begun yet."""
        name, below = titles.fold(self.lines[at].text), self._near(at, 1)
        names = {name}
        if below < len(self.lines):
            names.add(name + titles.fold(self.lines[below].text[:_LONGEST_TITLE_LINE]))
        found = names & self.issued
        self.issued -= found
        return bool(found)

    def _is_sister(self, at: int) -> bool:
        """Whether the title of another plan stands here: it begins as the plan's does, and the numbering below begins again."""
        title, text = joined(self.lines, self.parts[-1].title), self.lines[at].text
        if title[:_SHARED_BY_SISTERS] != text[:_SHARED_BY_SISTERS] or not titles.is_whole(text):
            return False
        following = (line for line in self.lines[at + 1 : at + 8] if line.style)
        return any(_opening().match(line.text) for line in following)

    @staticmethod
    def _may_be_title(line: Line) -> bool:
        return 4 <= len(line.text) <= _LONGEST_TITLE_LINE and not line.text.endswith(wording.SENTENCE_END)

    def _annex(self, at: int) -> int:
        """The heading 附件 on a line of its own: of a list if its entries follow, else of an attachment: the first is the plan, and so are others that the letter names as issued."""
        lines = self.lines
        below = self._near(at, 1)
        if lines[at].text.endswith(("：", ":")):
            if below < len(lines) and lines[below].style == "figure" and _ENTRY_NUMBER.match(lines[below].text):
                return self._attachments(at)
            entries = self._entries_above_signature(below)
            if entries is not None:
                return self._list(at, entries)
        lines[at].kind = "attachment-heading"
        first = all(part.kind == "letter" for part in self.parts)
        plan = bool(self.issued) and (first or (below < len(lines) and self._repeats_name(below)))
        return self._part("plan" if plan else "annex", at, below)

    def _entries_above_signature(self, at: int) -> list[int] | None:
        """The lines of a list of attachments whose numbers a copy lost, or which it dropped: those from line ``at`` to the organs that sign
        above a date (7.3.4, 7.3.5). None where the letter is signed or dated already, or where no signature follows.
        """
        lines = self.lines
        if len(self.parts) > 1 or any(line.kind in ("signature", "date") for line in lines[self._below_head : at]):
            return None
        listed: list[int] = []
        while at < len(lines) and len(listed) <= _MOST_ENTRIES + _MOST_SIGNATURES:
            line = lines[at]
            if wording.kind_below(line.text[: wording.LONGEST_CLOSING]) == "date":
                entries = len(listed)
                while entries and _is_signing_organ(lines[listed[entries - 1]].text):
                    entries -= 1
                return listed[:entries] if entries < len(listed) and entries <= _MOST_ENTRIES else None
            if line.kind or len(line.text) > _LONGEST_ENTRY or line.text.endswith("。"):
                return None
            listed.append(at)
            at = self._near(at, 1)
        return None

    def _list(self, at: int, entries: list[int]) -> int:
        """Make ``entries`` the list of attachments that line ``at`` heads; the line behind them."""
        for number in (at, *entries):
            self.lines[number].kind, self.lines[number].style = "attachment-list", None
        return self._near(entries[-1] if entries else at, 1)

    def _attachments(self, at: int) -> int:
        """The list of attachments (7.3.4): its entries are numbered and end in no stop."""
        lines = self.lines
        lines[at].kind = "attachment-list"
        first = _ENTRY_NUMBER.match(lines[at].text)
        number = int(first[1]) if first else 0
        at = self._near(at, 1)
        while at < len(lines):
            line = lines[at]
            entry = _ENTRY_NUMBER.match(line.text) if line.style == "figure" and not line.kind else None
            if not entry or int(entry[1]) != number + 1 or len(line.text) > _LONGEST_ENTRY or line.text.endswith("。"):
                break
            line.kind, line.style = "attachment-list", None
            number += 1
            at = self._near(at, 1)
        return at

    def _part(self, kind: PartKind, first: int, title: int) -> int:
        """Begin a part at line ``first``, with its title at line ``title``; the line behind the title."""
        lines = self.lines
        part = PartLines(kind, first)
        self.parts.append(part)
        at = title
        while at < len(lines) and len(part.title) < _MOST_TITLE_LINES:
            line = lines[at]
            if line.kind != "blank":
                if line.kind or line.style or not self._continues_title(part, line):
                    break
                part.title.append(at)
                line.kind = f"{kind}-title"
            at += 1
        while at < len(lines) and part.title and self._is_byline(lines[at]):
            lines[at].kind = lines[at].kind or "byline"
            at += 1
        return at

    @staticmethod
    def _is_byline(line: Line) -> bool:
        """Whether a line below a title says who wrote the plan, or when: （省教育厅 省财政厅）, 2019年9月."""
        return line.kind == "blank" or (not line.kind and not line.style and wording.is_byline(line.text))

    def _continues_title(self, part: PartLines, line: Line) -> bool:
        text = line.text
        if len(text) > _LONGEST_TITLE_LINE or text.endswith(wording.SENTENCE_END) or wording.kind_below(text):
            return False
        whole = joined(self.lines, part.title)
        return not (whole and titles.is_whole(whole)) or titles.goes_on(text)

    def _contents_without_heading(self, at: int) -> int:
        """A table of contents that nothing announces: headings without text between them, up to where the first of them comes again.
        The line behind them; the next one, where none begins at line ``at``."""
        lines = self.lines
        if lines[at].kind or not _opening().match(lines[at].text):
            return at + 1
        first = _entry(lines[at])
        end, entries = at + 1, 1
        while end < len(lines) and entries < _MOST_CONTENTS:
            line = lines[end]
            if line.kind == "blank":
                end += 1
                continue
            if line.kind or not line.style or len(line.text) > _LONGEST_CONTENTS or line.text.endswith("。"):
                break
            if _entry(line) == first:
                if entries < _FEWEST_CONTENTS:
                    break
                for entry in lines[at:end]:
                    if entry.kind != "blank":
                        entry.kind, entry.style = "contents", None
                return end
            entries += 1
            end += 1
        return at + 1

    def _contents(self, at: int) -> int:
        """A table of contents: the short lines up to where an entry comes again, or the numbering begins again, as headings."""
        lines = self.lines
        entries: dict[str, None] = {}
        end = at + 1
        while end < len(lines):
            line = lines[end]
            entry = _entry(line)
            if (
                line.kind not in ("", "blank")
                or entry in entries
                or len(entry) > _LONGEST_CONTENTS
                or "。" in line.text
            ):
                break
            if entry:
                entries[entry] = None
            end += 1
        else:
            end = at + 1
        if end < len(lines) and titles.fold(lines[end].text[:200]) not in entries:
            restarts = (n for n in range(end - 1, at + 1, -1) if _opening().match(lines[n].text))
            end = next(restarts, end)
        for line in lines[at:end]:
            if line.kind != "blank":
                line.kind, line.style = "contents", None
        return end
