"""Responsibility clauses: where they stand in a notice, and what the conventions of the notice add to them.

A clause stands in brackets of any shape behind the sentences that it closes, or unbracketed behind a label, as a line of its
own (责任单位：…) or as the end of a paragraph. Lines that follow one another and name different roles (牵头单位：… 配合单位：…,
完成时限：…) are one clause. Whether a text is a clause, ``gongwen.extract.clauses.evidence`` decides; what of it can't be read is told in
findings.

A notice may agree on conventions (``gongwen.lexicon.conventions``): that the first of a list leads, or who stands before the first ，,
or those with a mark, is applied from there on to lists that name no roles themselves; who is responsible for every task below joins
their clauses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

from gongwen.characters import SYMBOLS
from gongwen.document import BESIDE_THE_NOTICE, Decision, Extent, Outline, Table
from gongwen.extract.clauses.elision import with_readings
from gongwen.extract.clauses.evidence import REASONS, Place, in_series, judge, judge_paragraph
from gongwen.extract.clauses.grammar import Name, Reading, beside_one_another, is_time_label, read
from gongwen.extract.clauses.tokens import boxed_expression, label_expression, labels_units, new_label
from gongwen.extract.tasks import tables as task_tables
from gongwen.findings import finding
from gongwen.lexicon import conventions, deadlines, vocabulary
from gongwen.lexicon.conventions import Convention
from gongwen.lexicon.line_words import remark
from gongwen.lexicon.unit_names import CLOSING, OPENING
from gongwen.lexicon.units import ends_like
from gongwen.model import Finding, Role
from gongwen.text import Text


@dataclass(frozen=True, slots=True)
class Clause:
    """A responsibility clause: its extents in the text (brackets and labels included), whom it names, and until when.

    ``alone`` says that it is a paragraph of its own, which may close more than the item before it. In a table ``closes`` are the
    cells that say what is to be done, ``title`` the cell before them, if two do, ``number`` that of the row, ``year`` the one that a term
    without a year is meant for, ``asks`` whether the table has a column of units; a row that names nobody has no extents. ``decision``
    tells why it is a clause.
    """

    extents: tuple[Extent, ...]
    names: tuple[Name, ...]
    when: Extent | None
    alone: bool
    title: Extent | None = None
    closes: tuple[Extent, ...] = ()
    decision: Decision | None = None
    number: Extent | None = None
    year: int | None = None
    asks: bool = True

    @property
    def start(self) -> int:
        return self.closes[0].start if self.closes else self.extents[0].start

    @property
    def end(self) -> int:
        return (self.extents or self.closes)[-1].end


@dataclass(frozen=True, slots=True)
class Scope:
    """Who a convention makes responsible for every task in ``[start, end)``; it is stated at ``extent``."""

    extent: Extent
    reading: Reading
    start: int
    end: int

    @property
    def names(self) -> tuple[Name, ...]:
        return self.names_beside(())

    @property
    def decision(self) -> Decision:
        return Decision(True, "convention", REASONS["convention"], (self.extent,), self.reading.tokens)

    def names_beside(self, others: tuple[Name, ...]) -> tuple[Name, ...]:
        """The names, but for those of ``others``, with the roles that they have in a task beside them.

        Where no word says what they have to do, they join those that lead, and are responsible like others that are.
        """
        named = {name.text for name in others}
        led = any(name.role == "lead" for name in others)
        names = tuple([name for name in with_readings(self.reading.names) if name.text not in named])
        joined = [
            name._replace(basis="convention", joins=name.joins or (led and name.role_text is None)) for name in names
        ]
        return beside_one_another((*others, *joined))[len(others) :]


class Clauses(NamedTuple):
    """The clauses of a notice in order, its conventions for tasks as a whole, and what a reader should know of them."""

    clauses: tuple[Clause, ...]
    scopes: tuple[Scope, ...]
    findings: tuple[Finding, ...]


_SCAN = re.compile(rf"[{re.escape(OPENING + CLOSING)}：:\n]|[为是](?<=[位门].)(?!指|否)")
_NAMES_BELOW = re.compile(r"\s*+[^：:。！？!?0-9A-Za-z《》“”\n]{3,}+(?=\n|\Z)")
# … with terms behind them: 县水利局、县财政局，6月开工
_LIST = re.compile(
    r"[^：:。！？!?0-9A-Za-z《》“”\n]{3,}+(?:(?<=[，,；;])(?:(?:19|20)[0-9]{2}年|[0-9]{1,2}月)[^：:。！？!?A-Za-z《》“”\n]{0,40})?"
)
_OUTSIDE = BESIDE_THE_NOTICE | frozenset(
    "contents imprint title document-number recipients date signer copied-to masthead letterhead urgency".split()
)
_BEHIND_SENTENCE = re.compile(r"[。；;！？!?][”’]?\s*\Z")
_DEEPEST = 3  # brackets within a clause: 各县（市、区）, a note; what nests deeper is no clause
_FEWEST_OF_SERIES = 2  # paragraphs that end in names in brackets
_LIKE_SERIES = frozenset({"names-behind-sentence", "role", "labelled"})
_WIDEST_GAP = 12  # blanks, line feeds and a separator between lines that are one clause
_LONGEST_LABEL = 16
_LONGEST_PARAGRAPH, _SHORTEST_PARAGRAPH = 150, 4  # characters of a paragraph that is nothing but a clause
_LONGEST_TERM = 24  # characters of a term behind the word for a role
_LONGEST_ROLE = 6  # characters of the words for a role
_MOST_SCOPES = 16  # conventions for tasks as a whole; a notice has one or two
_TOLD = {
    "unread": ("unread-words", "text"),
    "new-label": ("unread-words", "text"),
    "unknown": ("unknown-unit", "name"),
}  # findings about tokens, by kind


@vocabulary.compiled
def _backwards() -> re.Pattern[str]:
    """What makes a sentence speak of the clauses before it."""
    remarks = vocabulary.alternation("line_words", "label", "remark")
    return re.compile(rf"{vocabulary.alternation('clause_words', code='backward')}|^\s*(?:{remarks})")


@vocabulary.compiled
def _no_more() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("clause_words", code="no_more"))


@vocabulary.compiled
def _hint() -> re.Pattern[str]:
    """Characters that words of responsibility begin with: what has none of them names units at most."""
    return re.compile(f"[{vocabulary.first_characters('roles')}]")


@vocabulary.compiled
def _label_tails() -> frozenset[str]:
    """The last two characters of labels, units' and deadlines'."""
    words, nouns = vocabulary.words("roles", "label"), vocabulary.words("unit_nouns", "label")
    times = vocabulary.words("clause_words", code="time")
    return frozenset([(word + noun)[-2:] for word in words for noun in ("", *nouns)] + [time[-2:] for time in times])


@vocabulary.compiled
def _signs() -> str:
    """The signs that may stand before a label, as the content of a class: ——牵头单位：…"""
    return re.escape("".join(sorted({sign[-1] for sign in vocabulary.words("marker_signs")}))) + SYMBOLS


@vocabulary.compiled
def _ink() -> re.Pattern[str]:
    return re.compile(rf"[^\s{_signs()}]")


@vocabulary.compiled
def _words() -> re.Pattern[str]:
    """Anything but blanks, signs and what parts two clauses."""
    return re.compile(rf"[^\s；;，,{_signs()}]")


@vocabulary.compiled
def _label_at_end() -> re.Pattern[str]:
    times = vocabulary.alternation("clause_words", code="time")
    qualified = "(?:(?=[^：:]*[：:]$)[一-鿿]{1,5}?)??"  # 直接责任单位：
    begins = rf"(?:^|(?<=[。；;！？!?”）)\]］〕】\s{_signs()}]))"
    return re.compile(rf"{begins}(?:{qualified}{label_expression('label')}|[一-鿿]{{0,5}}?(?:{times}))[：:为是]$")


@vocabulary.compiled
def _role_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('roles', 'verb')})\Z")


@vocabulary.compiled
def _labelled() -> re.Pattern[str]:
    times = vocabulary.alternation("clause_words", code="time")
    return re.compile(rf"\s?[一-鿿]{{0,5}}?(?:{label_expression('label')}|(?:{times}))[：:]")


@vocabulary.compiled
def _boxed() -> re.Pattern[str]:
    return re.compile(boxed_expression())


def clauses(outline: Outline, own: frozenset[str] = frozenset()) -> Clauses:
    """The clauses of the text and of its tables in order, and what a reader should know of them.

    ``own`` are names of units that the notice uses elsewhere: its issuers and recipients.
    """
    own = frozenset([name for name in own if len(name) > 1 and not ends_like(name)])
    finder = _Finder(outline, own)
    finder.find()
    further = finder.own_names()
    if further - own:
        finder = _Finder(outline, own | further)
        finder.find()
    return finder.settle()


class _Finder:
    """One pass over a text: open brackets, the line that it is in, the clauses found so far."""

    def __init__(self, outline: Outline, own: frozenset[str]) -> None:
        self.outline = outline
        self.text: Text = outline.text
        self.value = outline.text.value
        self.own = own
        self.found: list[Clause] = []
        # The conventions about leads, each by what it says, from where it first holds.
        self.agreed: dict[tuple[str, str, int], tuple[int, Convention]] = {}
        self.findings: list[Finding] = []
        self.readings: list[Reading] = []
        # Names in brackets behind the last sentence of a paragraph that are responsible only if others are named so, too.
        self.alone: list[tuple[Reading, Decision, int]] = []
        # Lines with a label that isn't known, by their labels: they are clauses where a notice has several.
        self.labelled: dict[str, list[tuple[Reading, Decision, int]]] = {}

    def find(self) -> None:
        """Find the clauses of the text and of its tables."""
        outline = self.outline
        self.scan()
        self.leave_out([Extent(piece.start, piece.end) for piece in outline.pieces if piece.kind in _OUTSIDE])
        tables = [(table, task_tables.read_table(self.value, table, self.own)) for table in outline.tables]
        rows = [row for _, read_table in tables if read_table for row in read_table.rows]
        self.leave_out(sorted(extent for row in rows for extent in row.extents))  # a cell of units is one clause
        for table, read_table in tables:
            if read_table:
                self._add_table(table, read_table)
        if outline.tables:
            self.found.sort(key=lambda clause: clause.start)

    def _add_table(self, table: Table, found: task_tables.TaskTable) -> None:
        for row in found.rows:
            self.unread(row.unread)
            self._add_row(row)
        if found.unread:
            self._report("row-without-task", *found.unread, rows=str(found.unread_rows))
        if found.told_by_cells is not None:
            first = next(cell for row in table.rows for cell in row if cell)
            code = "unknown-heads" if found.told_by_cells else "no-heads"
            params = {"heads": found.told_by_cells} if found.told_by_cells else {}
            self._report(code, first.start, first.end, **params)

    def _add_row(self, row: task_tables.Row) -> None:
        for agreed in row.conventions:
            self._agree(agreed, (row.texts or row.extents)[0].start)
        decision = Decision(True, "column", REASONS["column"], row.extents, row.tokens) if row.names else None
        names = with_readings(row.names)
        self.found.append(
            Clause(
                row.extents,
                names,
                row.when,
                False,
                row.title,
                row.texts,
                decision,
                row.number,
                row.year,
                row.asks,
            )
        )

    def scan(self) -> None:
        value, tails = self.value, _label_tails()
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
                else:
                    self._paragraph(line, at)
                line = at + 1
            elif sign in OPENING:
                opened.append([at, 0])
            elif sign in CLOSING:
                if opened:
                    start, depth = opened.pop()
                    if opened:
                        opened[-1][1] = max(opened[-1][1], depth + 1)
                    if depth <= _DEEPEST and at - start > 3:
                        if not opened and _boxed().match(value, start):
                            skip = self._unbracketed(start, at, line)
                        else:
                            self._bracketed(start, at + 1, line)
            elif not opened and value[at - 2 : at] in tails:
                skip = self._labelled(at, line)
        if opened:
            self._unclosed(opened, line, len(value))
        else:
            self._paragraph(line, len(value))
        self._add_series()

    def _add_series(self) -> None:
        """Add the brackets that stand alone, if several paragraphs of the notice end in such."""
        like = sum(clause.decision is not None and clause.decision.rule in _LIKE_SERIES for clause in self.found)
        alike = [(reading, in_series(decision), line) for reading, decision, line in self.alone]
        if len(self.alone) + like < _FEWEST_OF_SERIES:
            alike = []
        for lines in self.labelled.values():
            alike += lines if len(lines) >= _FEWEST_OF_SERIES else []
        for reading, decision, line in alike:
            extent = decision.extents[0]
            alone = self._is_alone(extent.start, line)
            self.found.append(Clause((extent,), with_readings(reading.names), reading.when, alone, decision=decision))
        if alike:
            self.found.sort(key=attrgetter("start"))

    def _paragraph(self, line: int, end: int) -> None:
        """Add the line [line, end), or its last sentence, if it is a clause without brackets or a label: 县水利局牵头，县财政局配合。"""
        last = self.value.rfind("。", max(line, end - _LONGEST_PARAGRAPH), max(line, end - 1)) + 1
        for start in dict.fromkeys((line, last)):
            if start < line or end - start > _LONGEST_PARAGRAPH or (self.found and self.found[-1].end > start):
                continue
            note = remark().match(self.value, start, end) if start == line else None
            first = note.end() if note else start
            stop = first + len(self.value[first:end].rstrip("。；; \u3000"))
            comma = self.value.rfind("，", max(first, stop - _LONGEST_TERM), stop)
            if stop - first < _SHORTEST_PARAGRAPH or not any(
                _role_at_end().search(self.value, max(first, end_of_role - _LONGEST_ROLE), end_of_role)
                for end_of_role in (stop, comma)
                if end_of_role > first
            ):
                continue
            reading = self._read(first, stop)
            decision = judge_paragraph(reading, Extent(note.start() if note else first, stop), last=start > line)
            if decision.accepted:
                self._add(reading, decision, line)
                return

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

    def own_names(self) -> frozenset[str]:
        """Names of unknown ending that the clauses use where nothing but a name can stand: before 、, 等 or a role."""
        value, found = self.value, set()
        for reading in self.readings:
            for token, following in zip(reading.tokens, reading.tokens[1:], strict=False):
                goes_on = following.kind == "separator" and value[following.start] == "、"
                if token.kind == "unknown" and (goes_on or following.kind in ("role", "etc")):
                    found.add(value[token.start : token.end])
        return frozenset(found) if any(self._extends(found)) else frozenset()

    def _extends(self, names: set[str]) -> Iterator[bool]:
        """For each token that couldn't be read whether it begins with one of ``names``, which would tell where its verb begins."""
        for reading in self.readings:
            for token in reading.tokens:
                if token.kind == "unknown":
                    words = self.value[token.start : token.end]
                    yield any(words[:length] in names for length in range(2, len(words)))

    def settle(self) -> Clauses:
        """The clauses that name somebody, with the conventions of the notice applied."""
        found = [clause for clause in self.found if clause.names or clause.closes]
        stated = self._stated()
        self._apply_to_lists(stated, found)
        for clause in found:
            self._tell(clause)
        scopes = list(self._scopes(stated))
        ranked = [self._ranked(clause) for clause in found]
        joined = tuple([_with_scopes(clause, scopes) for clause in ranked])
        return Clauses(joined, tuple(scopes), tuple(self.findings))

    def _tell(self, clause: Clause) -> None:
        """Report what of a clause can't be read."""
        for token in clause.decision.tokens if clause.decision else ():
            if token.kind == "blank":
                self._report("blank-form", token.start, token.end)
            elif token.kind in _TOLD:
                code, param = _TOLD[token.kind]
                self._report(code, token.start, token.end, **{param: self.value[token.start : token.end].rstrip("：:")})

    def _read(self, start: int, end: int) -> Reading:
        reading = read(self.value, start, end, own=self.own)
        self.readings.append(reading)
        return reading

    def _bracketed(self, start: int, end: int, line: int) -> None:
        """Add the brackets [start, end) if they hold a clause; it replaces what was found inside them."""
        if self._dates_the_last(start, end):
            return
        value = self.value
        hinted = _hint().search(value, start + 1, end - 1)
        after = value[end : end + 1]
        at_end = after in ("", "\n") or (after in "。；;" and value[end + 1 : end + 2] in ("", "\n"))
        behind = _BEHIND_SENTENCE.search(value, max(0, start - _WIDEST_GAP), start) is not None
        if not hinted and not ((behind or at_end or start == line) and _LIST.fullmatch(value, start + 1, end - 1)):
            return
        agreed = conventions.match(value, start + 1, end - 1)
        if agreed and agreed.kind != "scope":
            adjacent = self.found and self.found[-1].end == start
            self._agree(agreed, self.found[-1].start if adjacent else start)
            return
        reading = self._read(start + 1, end - 1)
        closes = after in ("", "\n") or after in "。；;（〔［["
        if reading.conventions and not any(name.known for name in reading.names):
            for agreed in reading.conventions:
                self._agree(agreed, start)
            return
        decision = judge(
            reading, Extent(start, end), Place(behind, closes, start - line if behind or start > line else None)
        )
        if decision.accepted:
            self._add(reading, decision, line)
        elif decision.rule == "alone":
            self.alone.append((reading, decision, line))
        elif reading.evidence == "label" and decision.rule == "no-unit" and len(reading.tokens) > 1:
            self._names_nobody(reading, Extent(start, end))

    def _dates_the_last(self, start: int, end: int) -> bool:
        """Whether the brackets hold a term alone, which is that of the clause right before them: （县水利局负责）（完成时限：6月底前）."""
        last = self.found[-1] if self.found else None
        if last is None or last.end != start or last.when:
            return False
        term = deadlines.of_term_alone(self.value, start, end, deadlines.ANY_YEAR)
        if term is None:
            return False
        extents = (*last.extents, Extent(start, end))
        self.found[-1] = replace(last, extents=extents, when=Extent(term.start, term.end))
        return True

    def _labelled(self, colon: int, line: int) -> int:
        """Add the clause whose label ends at ``colon``. Return where reading goes on."""
        window = max(line, colon - _LONGEST_LABEL)
        label = _label_at_end().search(self.value[window : colon + 1])
        if not label:
            return self._newly_labelled(colon, line)
        if label.start() == 0 and window > line:
            return colon
        if label["label"] and not labels_units(label["label_rest"]):
            return colon
        return self._unbracketed(window + label.start(), colon, line)

    def _newly_labelled(self, colon: int, line: int) -> int:
        """The same of a line with a label that isn't known: it goes on with the clause above it, or waits for others with that label."""
        ink = _ink().search(self.value, line, colon)
        if ink is None or not new_label().fullmatch(self.value, ink.start(), colon):
            return colon
        start, stop = ink.start(), self.value.find("\n", colon)
        stop = len(self.value) if stop < 0 else stop
        reading = self._read(start, stop)
        decision = judge(reading._replace(evidence="label"), Extent(start, stop), None)
        if not decision.accepted:
            return colon
        if self.found and not _words().search(self.value, self.found[-1].end, start):
            self._add(reading, decision, line)
        else:
            self.labelled.setdefault(self.value[start:colon], []).append((reading, decision, line))
        return stop

    def _unbracketed(self, start: int, label: int, line: int) -> int:
        """Add the clause with a label in [start, label], up to the end of its sentence or line. Return where reading goes on."""
        value = self.value
        stop = value.find("\n", label)
        stop = len(value) if stop < 0 else stop
        end = value.find("。", label, stop)
        while end >= 0 and _labelled().match(value, end + 1, stop):
            end = value.find("。", end + 1, stop)
        end = stop if end < 0 else end
        if not _ink().search(value, label + 1, end):  # the names stand on the line below
            below = _NAMES_BELOW.match(value, stop)
            if not below:
                return label
            end = below.end()
        reading = self._read(start, end)
        decision = judge(reading, Extent(start, end), None)
        if decision.accepted:
            self._add(reading, decision, line)
        elif is_time_label(value[start : label + 1]):
            self._join(Clause((Extent(start, end),), (), Extent(label + 1, end), self._is_alone(start, line)))
        elif decision.rule == "no-unit" and any(token.kind in ("label", "blank") for token in reading.tokens):
            self._names_nobody(reading, Extent(start, end))
        return end

    def _names_nobody(self, reading: Reading, extent: Extent) -> None:
        """Report a labelled clause without names: a form that wasn't filled in, or words that can't be read."""
        blanks = [token for token in reading.tokens if token.kind == "blank"]
        for token in blanks:
            self._report("blank-form", token.start, token.end)
        if not blanks:
            self.unread((extent,))

    def _unclosed(self, opened: list[list[int]], line: int, end: int) -> None:
        """Read a labelled bracket that nothing closes before the paragraph ends."""
        for start, _ in opened[-_DEEPEST:]:
            if _labelled().match(self.value, start + 1, end):
                reading = self._read(start + 1, end)
                decision = judge(reading, Extent(start, end), None)
                if decision.accepted:
                    self._add(reading, decision, line)
                    self._report("unclosed-clause", start, end)
                return

    def _is_alone(self, start: int, line: int) -> bool:
        """Whether nothing but signs stands before ``start`` in its line."""
        return _ink().search(self.value, line, start) is None

    def _add(self, reading: Reading, decision: Decision, line: int) -> None:
        extent = decision.extents[0]
        while self.found and self.found[-1].start > extent.start:
            self.found.pop()
        for agreed in reading.conventions:
            self._agree(agreed, extent.start)
        alone = self._is_alone(extent.start, line)
        self._join(Clause((extent,), with_readings(reading.names), reading.when, alone, decision=decision))

    def _join(self, clause: Clause) -> None:
        """Append ``clause``, or make it one with the clause right before it where the two share out the roles."""
        last = self.found[-1] if self.found else None
        if last and not _words().search(self.value, last.end, min(last.end + _WIDEST_GAP, clause.start)):
            roles = {name.role_text for name in last.names}
            apart = all(name.role_text is not None and name.role_text not in roles for name in clause.names)
            if (
                apart
                and None not in roles
                and clause.start - last.end < _WIDEST_GAP
                and not (last.when and clause.when)
            ):
                self.found[-1] = Clause(
                    last.extents + clause.extents,
                    beside_one_another(last.names + clause.names),
                    last.when or clause.when,
                    last.alone,
                    decision=_joined(last.decision, clause.decision, clause.extents),
                )
                return
        self.found.append(clause)

    def _stated(self) -> list[Convention]:
        """The conventions that the text states anywhere."""
        value = self.value
        leads = any(word in value for word in vocabulary.words("roles", "label", "lead"))
        return list(conventions.find(value)) if leads or _no_more().search(value) else []

    def _apply_to_lists(self, stated: list[Convention], found: list[Clause]) -> None:
        """Note the conventions about leads that running text states, outside clauses."""
        value = self.value
        starts = [clause.start for clause in found]
        for agreed in stated:
            place = bisect_right(starts, agreed.start)
            if agreed.kind == "mark":
                self._agree(agreed, 0)
            elif agreed.kind != "scope" and not (place and agreed.start < found[place - 1].end):
                before = max(value.rfind("\n", 0, agreed.start), value.rfind("。", 0, agreed.start))
                sentence = value[before + 1 : agreed.start]
                back = _backwards().search(sentence) or not found or agreed.start > found[-1].end
                self._agree(agreed, 0 if back else agreed.start)

    def _agree(self, agreed: Convention, start: int) -> None:
        key = agreed.kind, agreed.sign, agreed.number
        if agreed.kind != "scope" and (key not in self.agreed or start < self.agreed[key][0]):
            self.agreed[key] = start, agreed

    def _ranked(self, clause: Clause) -> Clause:
        """``clause`` with the leads that a convention gives it, if one holds there and the clause names no roles itself.

        Of several it is the last that was agreed on before.
        """
        names = clause.names
        if len(names) < 2 or any(name.role != "responsible" for name in names):
            return clause
        for start, agreed in sorted(self.agreed.values(), key=lambda entry: -entry[0]):
            if start <= clause.start and any(leads := agreed.leads(self.value, names)):
                roles: list[Role] = ["lead" if lead else "support" for lead in leads]
                ranked = [
                    name._replace(role=role, basis="first_listed") for name, role in zip(names, roles, strict=True)
                ]
                return replace(clause, names=tuple(ranked))
        return clause

    def _scopes(self, stated: list[Convention]) -> Iterator[Scope]:
        """The conventions that make somebody responsible for every task from there on, above, or in their whole part of
        the text; what a letter agrees on holds in the plans below it, too.
        """
        pieces = self.outline.pieces
        parts = [
            (
                pieces[part.pieces.start].start,
                len(self.value) if part.kind == "letter" else pieces[part.pieces.stop - 1].end,
            )
            for part in self.outline.parts
            if len(part.pieces)
        ]
        number = 0
        for agreed in stated:
            if agreed.kind != "scope":
                continue
            reading = read(self.value, agreed.units, agreed.units_end, own=self.own)
            at = Extent(agreed.start, agreed.end)
            if not agreed.told and (reading.evidence == "list" or not reading.names):
                continue
            number += 1
            if not any(name.known for name in reading.names) or number > _MOST_SCOPES:
                self._report("unread-convention", *at, text=self.value[at.start : at.end])
                continue
            self._report("scope-convention", *at, text=self.value[at.start : at.end])
            start, end = next((part for part in parts if part[0] <= at.start < part[1]), (0, len(self.value)))
            yield Scope(
                at,
                reading,
                at.end if agreed.where == "below" else start,
                at.start if agreed.where == "above" else end,
            )

    def _report(self, code: str, start: int, end: int, **params: str) -> None:
        self.findings.append(finding(code, self.text.to_source(start, end), **params))


def _joined(one: Decision | None, other: Decision | None, extents: tuple[Extent, ...]) -> Decision | None:
    """The decision on two lines that are one clause."""
    if one is None or other is None:
        found = one or other
        return found and found._replace(extents=found.extents + (extents if other is None else ()))
    return one._replace(extents=one.extents + other.extents, tokens=one.tokens + other.tokens)


def _with_scopes(clause: Clause, scopes: list[Scope]) -> Clause:
    """``clause`` with those whom a convention makes responsible for every task where it stands."""
    names = clause.names
    for scope in scopes:
        if scope.start <= clause.start < scope.end:
            names += scope.names_beside(names)
    return clause if len(names) == len(clause.names) else replace(clause, names=names)
