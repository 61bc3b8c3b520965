"""Tasks: what each responsibility clause closes, and the numbered items beside such tasks that have no clause.

A clause closes the text since the clause before it, within the smallest numbered item that it stands in. A clause that is a
paragraph of its own behind the last of several items, none of which has one, closes them all. A clause in a heading covers
the items below it as long as they have none of their own. A row of a table says itself what is closed. The text of an item
that is one sentence is that sentence, though its heading is the same words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from gongwen.document import Decision, Decisions, Extent, Item, Outline
from gongwen.extract.clauses.clauses import Clause, Clauses, Scope
from gongwen.extract.clauses.grammar import Name
from gongwen.extract.units import Registry
from gongwen.findings import finding
from gongwen.lexicon import deadlines, markers
from gongwen.lexicon.headings import run_in
from gongwen.model import Finding, ResponsibleUnit, Section, Task

_QUOTED = 12  # characters
_LONGEST_OWN = 20  # characters of a heading without a number
_LEFT_OVER = "。；;，,、 　\n"


@dataclass(slots=True)
class _Draft:
    """A task before it is published: the item that names it, the items that it covers, the extents of its text, who is responsible."""

    item: int | None
    covers: Sequence[int]
    extents: list[Extent]
    clause: Clause | None
    names: tuple[Name, ...]
    group: int | None = None  # the item that a row of a table stands in
    heading: Extent | None = None  # of its own, within the text of the item

    @property
    def start(self) -> int:
        return self.extents[0].start if self.extents else self.clause.start if self.clause else 0


class Tasks(NamedTuple):
    """The tasks of a notice in order, what a reader should know of them, and what they rest on."""

    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]
    decisions: Decisions


def tasks(
    outline: Outline, sections: Sequence[Section], stated: Clauses, registry: Registry, year: int | None
) -> Tasks:
    """The tasks that the clauses of a notice make, and those of the items beside them.

    ``sections`` are those of ``outline``, item by item; ``year`` is that of deadlines that name none.
    """
    items, clauses = outline.items, stated.clauses
    starts = [item.start for item in items]
    places = [_item_of(clause, items, starts) for clause in clauses]
    ends = _subtree_ends(items)
    drafts = list(_closed(outline, clauses, places, ends))
    _read_headings(drafts, outline.text.value)
    open_items = list(_without_clause(items, places, {index for draft in drafts for index in draft.covers}, ends))
    drafts += [
        _Draft(index, (index,), list(items[index].paragraphs), None, _by_scope(items[index], stated.scopes))
        for index in open_items
    ]
    if open_items:
        drafts.sort(
            key=lambda draft: (
                items[draft.item].start if draft.clause is None and draft.item is not None else draft.start
            )
        )
    publisher = _Publisher(outline, sections, registry, year)
    published = tuple([publisher.task(f"task-{number}", draft) for number, draft in enumerate(drafts, 1)])
    findings = tuple(
        [
            finding("task-without-units", sections[draft.item].span, marker=sections[draft.item].marker)
            for draft in drafts
            if draft.item is not None and not draft.names
        ]
    ) + tuple(
        [
            finding("task-without-units", task.spans[0], marker=task.marker or task.text[:_QUOTED])
            for task, draft in zip(published, drafts, strict=True)
            if draft.clause and draft.clause.closes and draft.clause.asks and not draft.names
        ]
    )
    return Tasks(published, findings, partial(_decisions, drafts, stated.scopes))


def _by_scope(item: Item, scopes: Sequence[Scope]) -> tuple[Name, ...]:
    """Whom conventions make responsible for an item that has no clause."""
    names: tuple[Name, ...] = ()
    for scope in scopes:
        if scope.start <= item.start < scope.end:
            names += scope.names_beside(names)
    return names


def _decisions(drafts: Sequence[_Draft], scopes: Sequence[Scope]) -> Iterator[tuple[str, Decision]]:
    """What each task rests on: its clause, or the convention that holds for it; and each of its units."""
    for number, draft in enumerate(drafts):
        stated = [draft.clause.decision] if draft.clause and draft.clause.decision else []
        stated += [scope.decision for scope in scopes if any(name.basis == "convention" for name in draft.names)]
        for decision in stated[:1]:
            yield f"/tasks/{number}", decision
        for index, name in enumerate(draft.names):
            for decision in stated:
                if any(extent.start <= name.start < extent.end for extent in decision.extents):
                    yield (
                        f"/tasks/{number}/responsible_units/{index}",
                        decision._replace(extents=(Extent(name.start, name.end),)),
                    )
                    break


def _item_of(clause: Clause, items: Sequence[Item], starts: list[int]) -> int | None:
    """The smallest item that the clause stands in."""
    index = bisect_right(starts, clause.start) - 1
    return index if index >= 0 and clause.start < items[index].end else None


def _subtree_ends(items: Sequence[Item]) -> list[int]:
    """For each item the index after its last descendant."""
    ends = list(range(1, len(items) + 1))
    for index in range(len(items) - 1, -1, -1):
        parent = items[index].parent
        if parent is not None:
            ends[parent] = max(ends[parent], ends[index])
    return ends


def _closed(outline: Outline, clauses: Sequence[Clause], places: list[int | None], ends: list[int]) -> Iterator[_Draft]:
    """For each clause what it closes."""
    value, items = outline.text.value, outline.items
    held = set(places)
    last = 0
    for number, (clause, index) in enumerate(zip(clauses, places, strict=True)):
        before, last = last, clause.end
        if clause.closes:
            own = index is not None and clause.number is not None and items[index].start == clause.number.start
            row = (index,) if own and index is not None else ()
            parent = items[row[0]].parent if row else index
            yield _Draft(None, row, list(clause.closes), clause, clause.names, parent)
            continue
        if index is None:
            closed = _last_line(value, before, clause.start)
            yield _Draft(None, (), list(_cut([closed], value, before, clause.start)), clause, clause.names)
            continue
        first = _first_covered(number, clause, index, items, places, ends)
        extents: list[Extent] = []
        for covered in range(first, index + 1):
            item = items[covered]
            if covered > first and item.title:
                extents.append(item.title)
            extents += _cut(item.paragraphs, value, before, clause.start)
        if first < index:
            covers: Sequence[int] = range(first + 1, index + 1)
        elif any(below in held for below in range(index + 1, ends[index])):
            covers = (index,)
        else:
            covers = range(index, ends[index])
        yield _Draft(first, covers, extents, clause, clause.names)


def _read_headings(drafts: Sequence[_Draft], value: str) -> None:
    """Give the tasks of one item that are a paragraph each, all with a heading without a number, these headings: 绿色交通。更新公交车100辆。"""
    of_items: dict[int, list[_Draft]] = {}
    for draft in drafts:
        if draft.item is not None:
            of_items.setdefault(draft.item, []).append(draft)
    for together in of_items.values():
        headings = [_own_heading(draft, value) for draft in together]
        if len(together) > 1 and all(headings):
            for draft, heading in zip(together, headings, strict=True):
                draft.heading = heading


def _own_heading(draft: _Draft, value: str) -> Extent | None:
    """The heading that the only paragraph of a task begins with: a phrase before a full stop or a colon, with text behind it."""
    if len(draft.extents) != 1 or value[draft.extents[0].start - 1 : draft.extents[0].start] not in ("", "\n"):
        return None
    start, end = draft.extents[0]
    if sign := markers.list_sign().match(value, start, end):
        start = sign.end()
    length = run_in(value[start:end])
    if not length or length + 1 >= end - start or length > _LONGEST_OWN or "，" in value[start : start + length]:
        return None
    return Extent(start, start + length)


def _last_line(value: str, start: int, end: int) -> Extent:
    """The last line of ``value[start:end]`` that holds text."""
    while end > start and value[end - 1].isspace():
        end -= 1
    return Extent(max(start, value.rfind("\n", start, end) + 1), end)


def _first_covered(
    number: int, clause: Clause, index: int, items: Sequence[Item], places: list[int | None], ends: list[int]
) -> int:
    """The group of items that the clause closes as a whole, if it stands by itself behind the last of them; else its own item."""
    parent = items[index].parent
    if not clause.alone or parent is None or ends[parent] != index + 1 or index - parent < 2:
        return index
    above = places[number - 1] if number else None
    return index if above is not None and above >= parent else parent


def _cut(paragraphs: Sequence[Extent], value: str, start: int, end: int) -> Iterator[Extent]:
    """The parts of ``paragraphs`` in [start, end), without the punctuation that a clause before them left over."""
    for number in range(bisect_right(paragraphs, start, key=attrgetter("end")), len(paragraphs)):
        paragraph = paragraphs[number]
        if paragraph.start >= end:
            break
        first, last = max(paragraph.start, start), min(paragraph.end, end)
        while first < last and value[first] in _LEFT_OVER:
            first += 1
        while first < last and value[last - 1] in " 　\n":
            last -= 1
        if first < last:
            yield Extent(first, last)


def _without_clause(
    items: Sequence[Item], places: list[int | None], covered: set[int], ends: list[int]
) -> Iterator[int]:
    """The items that stand beside items with clauses, most of which have one, and have none."""
    held = set(places)
    groups: dict[tuple[int | None, int, int], list[int]] = {}
    for index, item in enumerate(items):
        groups.setdefault((item.parent, item.level, item.part), []).append(index)
    for group in groups.values():
        having = sum(index in held for index in group)
        if having and 2 * having >= len(group):
            for index in group:
                if index not in covered and not any(below in held for below in range(index, ends[index])):
                    yield index


def _words(value: str, extent: Extent) -> Extent | None:
    """The extent without the blanks around it; None where nothing else stands there."""
    words = value[extent.start : extent.end]
    start = extent.start + len(words) - len(words.lstrip())
    return Extent(start, start + len(words.strip())) if words.strip() else None


class _Publisher:
    """Makes tasks out of drafts: ids, quoted text, spans of the source."""

    def __init__(self, outline: Outline, sections: Sequence[Section], registry: Registry, year: int | None) -> None:
        self.items, self.text, self.value = outline.items, outline.text, outline.text.value
        self.sections, self.registry, self.year = sections, registry, year
        self.part_at = outline.part_at

    def task(self, id: str, draft: _Draft) -> Task:
        text, value, clause = self.text, self.value, draft.clause
        marker = title = group = None
        texts = extents = draft.extents
        if clause and clause.title:
            title = value[clause.title.start : clause.title.end].strip()
        if draft.item is not None:
            item = self.items[draft.item]
            marker = item.marker
            group = None if item.parent is None else self.sections[item.parent].id
            if item.title:
                end = min(item.title.end, clause.start) if clause else item.title.end
                title = value[item.title.start : end].strip() or None
                if not extents:
                    extents = [Extent(item.title.start, max(end, item.title.start))]
                    if value.startswith("。", end):
                        title, extents = None, [Extent(item.title.start, end + 1)]
                        texts = extents
            if draft.heading:
                title = value[slice(*draft.heading)]
                texts = extents = [Extent(draft.heading.end + 1, extents[0].end)]
        elif draft.group is not None:
            group = self.sections[draft.group].id
        if clause and clause.number:
            marker = value[clause.number.start : clause.number.end].strip()
        when = _words(value, clause.when) if clause and clause.when else None
        deadline_text = value[when.start : when.end] if when else None
        year = clause.year if clause and clause.year else self.year
        stated = deadlines.of_cell(deadline_text, year) if deadline_text else None
        due = stated.date if stated else None
        return Task(
            id=id,
            part_id=f"part-{self.part_at(draft.start) + 1}",
            marker=marker,
            title=title,
            text="\n".join([value[start:end] for start, end in texts]),
            group_id=group,
            section_ids=tuple([self.sections[index].id for index in draft.covers]),
            deadline=due,
            due_on=deadlines.due_on(due) if due else None,
            deadline_text=deadline_text,
            deadline_rule=("row" if clause and clause.closes else "clause") if deadline_text else None,
            deadline_spans=(text.to_source(*when),) if when else (),
            recurrence=stated.recurrence if stated else None,
            milestones=(),
            measures=(),
            target_ids=(),
            citation_ids=(),
            clause="\n".join([value[start:end] for start, end in clause.extents]) or None if clause else None,
            clause_spans=tuple([text.to_source(start, end) for start, end in clause.extents]) if clause else (),
            responsible_units=self._units(draft.names),
            spans=tuple([text.to_source(start, end) for start, end in extents]),
        )

    def _units(self, names: tuple[Name, ...]) -> tuple[ResponsibleUnit, ...]:
        ids, organs, spans = self.registry.ids, self.registry.organ_ids, self.registry.spans
        return tuple(
            [
                ResponsibleUnit(text, reading, ids[text], organs[text], role, role_text, basis, open, spans[start, end])
                for start, end, text, role, role_text, basis, open, reading, *_ in names
            ]
        )
