"""Responsibility clauses: where they stand in a notice, and which of them are no clauses.

A clause stands in brackets of any shape behind the sentences that it closes, or unbracketed behind a label, as a line of its
own (责任单位：…) or as the end of a paragraph. Lines that follow one another and name different roles (牵头单位：… 配合单位：…,
完成时限：…) are one clause. What it takes to believe that a text is a clause depends on its evidence:

    a label      enough wherever it stands, if what it labels can be names
    a verb       （…负责）, where it closes a sentence or a paragraph, and most names are like names of units
    names alone  （市发改委、市财政局）, behind the end of a sentence or at the end of a paragraph, and every name is one

A notice may agree on conventions: that the first of a list leads (列第一位者为牵头单位，下同), or those with a mark (标△的为牵头单位), is
applied from there on to lists that name no roles themselves; that somebody is responsible for everything (以下均需…落实，不再列出) is only reported.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongwen.document import BESIDE_THE_NOTICE, Extent, Outline
from gongwen.extract import task_tables
from gongwen.extract.clause_grammar import (
    BOXED_LABEL,
    CLOSING,
    FIRST_LEADS,
    LABEL,
    LONGEST_NAME,
    OPENING,
    Name,
    Reading,
    read,
)
from gongwen.extract.elision import with_readings
from gongwen.findings import finding
from gongwen.lexicon.units import LEVELS, ends_like, is_class
from gongwen.model import Finding, Role
from gongwen.text import Text


@dataclass(frozen=True, slots=True)
class Clause:
    """A responsibility clause: its extents in the text (brackets and labels included), whom it names, and until when.

    ``alone`` says that it is a paragraph of its own, which may close more than the item before it. In a table ``closes`` are the
    cells that say what is to be done, and ``title`` the cell before them, if two do.
    """

    extents: tuple[Extent, ...]
    names: tuple[Name, ...]
    when: Extent | None
    alone: bool
    title: Extent | None = None
    closes: tuple[Extent, ...] = ()

    @property
    def start(self) -> int:
        return self.extents[0].start

    @property
    def end(self) -> int:
        return self.extents[-1].end


_SCAN = re.compile(rf"[{re.escape(OPENING + CLOSING)}：:\n]")
_HINT = re.compile("[责牵配协主承参支指落实推监]")
_LABEL_AT_END = re.compile(rf"(?:^|(?<=[。；;！？!?”）)\s*])){LABEL.format(name='label')}[：:]$")
_LABELLED = re.compile(rf"\s?{LABEL.format(name='label')}[：:]")
_TIME_LABEL = re.compile(
    r"(?:^|(?<=[。；;！？!?”）)\s*]))[完时责工计整]?[一-鿿]{0,4}(?:时限|时间|期限|进度|节点)[：:]$"
)
_LABEL_TAILS = frozenset(
    "单位 部门 处室 科室 股室 机构 主体 一方 牵头 负责 落实 责任 配合 协办 主办 参与 协助 时限 时间 期限 进度 节点".split()
)
_TIME_TAILS = frozenset("时限 时间 期限 进度 节点".split())
_BOXED = re.compile(BOXED_LABEL)
_LABELS_UNITS = re.compile("单位|部门|处室|机构|主体|牵头|责任|负责|落实")  # 参与采写：张三 labels people
_OPENS_ALONE = re.compile("牵头|责任|负责|落实|主责|配合")
_NAMES_BELOW = re.compile(r"\s*+[^：:。！？!?0-9A-Za-z《》“”\n]{3,}+(?=\n|\Z)")
_LIST = re.compile(r"[^：:。！？!?0-9A-Za-z《》“”\n]{3,}")
_HOTLINE = re.compile("[0-9]{4,6}[一-鿿]{2}")  # 12345热线受理中心 is named after its number
_NO_NAME = re.compile(
    r"[《》%％！？!?=+]"
    r"|的(?![各有相关市县区省级]{0,6}(?:部门|单位|机构)$"  # 县级办理行政许可的部门
    r"|[^的]{2,30}(?:指挥部|领导小组|工作组|专班|委员会)(?:办公室|办|成员单位)?$)"  # …感染的肺炎疫情防控指挥部办公室
)
_SCOPE_WORD = re.compile("不再|以下|均[需涉由]")
_DOUBTFUL = re.compile(r"\A[0-9]|[《》%％！？!?=+的“不以均]")  # what stands in every name that isn't plausible
_SCOPE = re.compile(r"(?:以下|下列|上述|以上|各项|本方案)[^。；\n]{0,60}(?:均|都)[^。；\n]{0,60}不再[^。；\n]{0,12}")
_MARKED_LEAD = re.compile(r"[标带注加有][^，。；\n]{0,6}?([△▲★☆●◆*＊])[”\"）)]?[^，。；\n]{0,8}为[^，。；\n]{0,4}牵头")
_OUTSIDE = BESIDE_THE_NOTICE | {"contents", "imprint"}
_BACKWARDS = re.compile("上述|以上|^注|备注|说明")
_SENTENCE_END = "。；;！？!?”\n"
_DEEPEST = 3  # brackets within a clause: 各县（市、区）, a note; what nests deeper is no clause
_WIDEST_GAP = 12  # blanks, line feeds and a separator between lines that are one clause
_SHORTEST_TASK = 12  # what stands before the names of a person's offices is shorter: 李明（市委，市农办）
_LONGEST_LABEL = 16


def clauses(outline: Outline) -> tuple[tuple[Clause, ...], tuple[Finding, ...]]:
    """The clauses of the text and of its tables in order, and what a reader should know of them."""
    finder = _Finder(outline.text)
    finder.scan()
    finder.leave_out([Extent(piece.start, piece.end) for piece in outline.pieces if piece.kind in _OUTSIDE])
    value = outline.text.value
    for table in outline.tables:
        for row in task_tables.rows(value, table):
            finder.unread(row.unread)
            if row.names:
                finder.found.append(
                    Clause(row.extents, with_readings(row.names), row.when, False, row.title, row.texts)
                )
    if outline.tables:
        finder.found.sort(key=lambda clause: clause.start)
    return finder.settle(), tuple(finder.findings)


class _Finder:
    """One pass over a text: open brackets, the line that it is in, the clauses found so far."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.value = text.value
        self.found: list[Clause] = []
        # Where a convention begins to hold: by its mark, None where the first of a list leads.
        self.leads_from: dict[str | None, int] = {}
        self.findings: list[Finding] = []

    def scan(self) -> None:
        value = self.value
        line, skip = 0, 0
        opened: list[list[int]] = []  # place and depth of what it holds, for each bracket that is open
        for mark in _SCAN.finditer(value):
            at = mark.start()
            if at < skip:
                continue
            sign = mark[0]
            if sign == "\n":
                if opened:
                    self._unclosed(opened, line, at)
                    opened.clear()
                line = at + 1
            elif sign in OPENING:
                opened.append([at, 0])
            elif sign in CLOSING:
                if opened:
                    start, depth = opened.pop()
                    if opened:
                        opened[-1][1] = max(opened[-1][1], depth + 1)
                    if depth <= _DEEPEST and at - start > 3:
                        if not opened and _BOXED.match(value, start):
                            skip = self._unbracketed(start, at, line)
                        else:
                            self._bracketed(start, at + 1, line)
            elif not opened and value[at - 2 : at] in _LABEL_TAILS:
                skip = self._labelled(at, line)
        if opened:
            self._unclosed(opened, line, len(value))

    def leave_out(self, extents: list[Extent]) -> None:
        """Drop what was found in ``extents``: web furniture, page data, a table of contents."""
        starts = [extent.start for extent in extents]
        self.found = [
            clause
            for clause in self.found
            if not (place := bisect_right(starts, clause.start)) or clause.start >= extents[place - 1].end
        ]

    def unread(self, extents: Iterable[Extent]) -> None:
        """Report clauses in which no name could be read."""
        for extent in extents:
            self._report("unread-clause", *extent)

    def settle(self) -> tuple[Clause, ...]:
        """The clauses that name somebody, with the conventions of the notice applied."""
        if "不再" in self.value:
            for match in _SCOPE.finditer(self.value):
                self._report("scope-convention", *match.span(), text=match[0])
        found = [clause for clause in self.found if clause.names]
        self._stated_conventions(found)
        return tuple([self._ranked(clause) for clause in found])

    def _bracketed(self, start: int, end: int, line: int) -> None:
        """Add the brackets [start, end) if they hold a clause; it replaces what was found inside them."""
        value = self.value
        hinted = _HINT.search(value, start + 1, end - 1)
        after = value[end : end + 1]
        before = value[start - 1] if start > line else "\n"
        at_end = after in ("", "\n") or (after in "。；;" and value[end + 1 : end + 2] in ("", "\n"))
        if not hinted and not ((before in _SENTENCE_END or at_end) and _LIST.fullmatch(value, start + 1, end - 1)):
            return
        if hinted and FIRST_LEADS.match(value, start + 1, end - 1):
            adjacent = self.found and self.found[-1].end == start
            self._agree(None, self.found[-1].start if adjacent else start)
            return
        reading = read(value, start + 1, end - 1)
        if reading is None:
            return
        names = _plausible_names(reading)
        if reading.evidence == "label":
            if names and not any(ends_like(name.text) or _LABELS_UNITS.search(name.role_text or "") for name in names):
                return
        else:
            behind = before in _SENTENCE_END
            if not (behind or after in ("", "\n") or after in "。；;（〔［["):
                return
            if not (_verb_speaks if reading.evidence == "verb" else _names_speak)(reading.names, names):
                return
            if reading.evidence == "list" and not behind and (len(names) < 2 or start - line < _SHORTEST_TASK):
                return
        self._add(reading, names, Extent(start, end), line)

    def _labelled(self, colon: int, line: int) -> int:
        """Add the clause whose label ends at ``colon``. Return where reading goes on."""
        window = max(line, colon - _LONGEST_LABEL)
        head = self.value[window : colon + 1]
        label = _LABEL_AT_END.search(head) or _TIME_LABEL.search(head)
        if not label or (label.start() == 0 and window > line):
            return colon
        return self._unbracketed(window + label.start(), colon, line)

    def _unbracketed(self, start: int, label: int, line: int) -> int:
        """Add the clause with a label in [start, label], up to the end of its sentence or line. Return where reading goes on."""
        value = self.value
        stop = value.find("\n", label)
        stop = len(value) if stop < 0 else stop
        end = value.find("。", label, stop)
        while end >= 0 and _LABELLED.match(value, end + 1, stop):
            end = value.find("。", end + 1, stop)
        end = stop if end < 0 else end
        if not value[label + 1 : end].strip():  # the names stand on the line below
            below = _NAMES_BELOW.match(value, stop)
            if not below:
                return label
            end = below.end()
        reading = read(value, start, end)
        alone = not value[line:start].strip()
        if reading is None:
            if value[label - 2 : label] in _TIME_TAILS:
                self._join(Clause((Extent(start, end),), (), Extent(label + 1, end), alone))
            return end
        names = _plausible_names(reading)
        if any(_OPENS_ALONE.search(name.role_text or "") for name in names):
            self._add(reading, names, Extent(start, end), line)
        return end

    def _unclosed(self, opened: list[list[int]], line: int, end: int) -> None:
        """Read a labelled bracket that nothing closes before the paragraph ends."""
        for start, _ in opened[-_DEEPEST:]:
            if _LABELLED.match(self.value, start + 1, end):
                reading = read(self.value, start + 1, end)
                if reading:
                    names = _plausible_names(reading)
                    self._add(reading, names, Extent(start, end), line)
                    self._report("unclosed-clause", start, end)
                return

    def _add(self, reading: Reading, names: tuple[Name, ...], extent: Extent, line: int) -> None:
        if not names:
            self.unread((extent,))
            return
        while self.found and self.found[-1].start > extent.start:
            self.found.pop()
        if reading.first_leads:
            self._agree(None, extent.start)
        self._join(Clause((extent,), with_readings(names), reading.when, not self.value[line : extent.start].strip()))

    def _join(self, clause: Clause) -> None:
        """Append ``clause``, or make it one with the clause right before it where the two share out the roles."""
        last = self.found[-1] if self.found else None
        if last and not self.value[last.end : min(last.end + _WIDEST_GAP, clause.start)].strip("；;，,\n 　*"):
            roles = {name.role_text for name in last.names}
            apart = all(name.basis == "stated" and name.role_text not in roles for name in clause.names)
            if (
                apart
                and None not in roles
                and clause.start - last.end < _WIDEST_GAP
                and not (last.when and clause.when)
            ):
                self.found[-1] = Clause(
                    last.extents + clause.extents, last.names + clause.names, last.when or clause.when, last.alone
                )
                return
        self.found.append(clause)

    def _stated_conventions(self, found: list[Clause]) -> None:
        """Note the conventions that running text states, outside clauses."""
        value = self.value
        if "为" not in value or "牵头" not in value or not found:
            return
        starts = [clause.start for clause in found]
        for match in FIRST_LEADS.finditer(value):
            start = match.start()
            place = bisect_right(starts, start)
            if place and start < found[place - 1].end:
                continue
            sentence = value[max(value.rfind("\n", 0, start), value.rfind("。", 0, start)) + 1 : start]
            self._agree(None, 0 if _BACKWARDS.search(sentence) or start > found[-1].end else start)
        for match in _MARKED_LEAD.finditer(value):
            self._agree(match[1], 0)

    def _agree(self, mark: str | None, start: int) -> None:
        self.leads_from[mark] = min(start, self.leads_from.get(mark, start))

    def _ranked(self, clause: Clause) -> Clause:
        """``clause`` with the lead that a convention gives it, if one holds there and the clause names no roles itself."""
        names = clause.names
        if len(names) < 2 or any(name.role != "responsible" for name in names):
            return clause
        for mark, start in self.leads_from.items():
            if start > clause.start:
                continue
            leads = [self.value[name.start - 1] == mark if mark else name is names[0] for name in names]
            if any(leads):
                roles: list[Role] = ["lead" if lead else "support" for lead in leads]
                ranked = [
                    name._replace(role=role, basis="first_listed") for name, role in zip(names, roles, strict=True)
                ]
                return replace(clause, names=tuple(ranked))
        return clause

    def _report(self, code: str, start: int, end: int, **params: str) -> None:
        self.findings.append(finding(code, self.text.to_source(start, end), **params))


def plausible(name: str) -> bool:
    """Whether ``name`` can be a name at all, going by its length and by what no name holds.

    >>> plausible("市发展改革委"), plausible("12345热线受理中心"), plausible("3个示范中心"), plausible("“一窗受理”的情况")
    (True, True, False, False)
    """
    if not 1 < len(name) <= LONGEST_NAME:
        return False
    if not _DOUBTFUL.search(name):
        return True
    if _SCOPE_WORD.search(name) or _NO_NAME.search(name):
        return False
    if name[0].isdigit() and not (_HOTLINE.match(name) and ends_like(name, "organ")):
        return False
    return "“" not in name or ends_like(name)


def _plausible_names(reading: Reading) -> tuple[Name, ...]:
    return tuple([name for name in reading.names if plausible(name.text)])


def _verb_speaks(all_names: tuple[Name, ...], names: tuple[Name, ...]) -> bool:
    """Whether names with a verb are a clause: all can be names, save what a convention says, and most are like names of units."""
    if len(names) < len(all_names) and not _are_names(all_names):
        return False
    return len(names) <= 2 * sum(ends_like(name.text) for name in names) and len(names) > 0


def _names_speak(all_names: tuple[Name, ...], names: tuple[Name, ...]) -> bool:
    """Whether names alone are a clause: all, save what a convention says, are like names of units, most of organs or classes, and a level says whose."""
    if len(names) < len(all_names) and not _are_names(all_names):
        return False
    levelled = sum(name.text[0] in LEVELS or is_class(name.text) for name in names)
    organs = sum(ends_like(name.text, "organ") or is_class(name.text) for name in names)
    return levelled > 0 and 2 * organs >= len(names) and all(ends_like(name.text) for name in names)


def _are_names(names: tuple[Name, ...]) -> bool:
    """Whether all can be names, save what a convention says: 以下均需各镇落实，不再列出."""
    return all(plausible(name.text) or _SCOPE_WORD.search(name.text) for name in names)
