"""A notice as a list of items: what a clerk would point at and say "this one changed".

An item is a task, or a section that no task stands for. A task stands for the sections that it covers, since its title and
text are theirs; where several tasks stand in one section, that section is an item above them. A paragraph behind the numbered list of
an article is an item below the article (a 款), and heads the list that follows it. An annex is an item above all that stands
in it. Paragraphs that stand in no section (the letter's body, a preamble inside an annex) are items too, so that nothing said
goes uncompared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from gongwen.compare.changes import Place
from gongwen.lexicon.sentences import Sentence, sentences
from gongwen.model import Notice, ResponsibleUnit, Section, Span, Target, Task

Kind = Literal["task", "section", "paragraph", "part"]

# Blocks whose text belongs to no field of its own. What else lies outside the sections is compared as a header field.
_PROSE = frozenset({"paragraph", "list-item", "table-row", "closing"})
_WORDS = frozenset("编章节条款项篇部分")  # the last characters of markers that are words
_LABEL = 24  # characters of an item's text that name it, where it has no title


@dataclass(eq=False)
class Item:
    """A task, section, paragraph or part. ``parent`` is the item that it stands in; ``at`` its position in the list.

    ``spans`` are the places of the lines of ``text`` where there are as many of them.
    """

    at: int
    id: str
    kind: Kind
    pointer: str
    marker: str | None
    number: int | None
    title: str
    text: str
    spans: tuple[Span, ...]
    parent: Item | None
    task: Task | None = None
    children: list[Item] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of its text."""
        return tuple(sentences(self.text))

    def source(self, start: int, end: int) -> tuple[Span, ...]:
        """The places of ``text[start:end]``: exact where the text stands in the source as it is, else whole lines."""
        found, at = [], 0
        lines = self.text.split("\n")
        if len(lines) != len(self.spans):
            return self.spans
        for line, span in zip(lines, self.spans, strict=True):
            low, high = max(start, at), min(end, at + len(line))
            if low < high:
                exact = span.end - span.start == len(line)
                found.append(Span(span.start + low - at, span.start + high - at) if exact else span)
            at += len(line) + 1
        return tuple(found)

    @property
    def units(self) -> tuple[ResponsibleUnit, ...]:
        return self.task.responsible_units if self.task else ()

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self.title}\n{self.text}" if self.title and self.text else self.title or self.text

    @property
    def is_heading(self) -> bool:
        """Whether it only names what stands below it."""
        return bool(self.children) and not self.text

    @property
    def is_element(self) -> bool:
        """Whether it is an element of a list, which the text of the item above introduces."""
        return not self.title and self.parent is not None and bool(self.parent.text)

    @property
    def label(self) -> str:
        """How people call it: its marker and title, or its first words."""
        first = self.title or self.text.partition("\n")[0]
        if not self.title:
            first = abridged(first)
        marker = self.marker or ""
        # 第二条 stands apart from what follows; 二、 and （二） bring their own mark.
        return f"{marker}{' ' if first and marker and marker[-1] in _WORDS else ''}{first}"

    @property
    def path(self) -> tuple[str, ...]:
        """The labels of the items above it, outermost first."""
        labels: list[str] = []
        above = self.parent
        while above:
            labels.append(above.label)
            above = above.parent
        return tuple(reversed(labels))

    @property
    def place(self) -> Place:
        return Place(self.pointer, self.id, self.label, self.path, self.spans)


def abridged(text: str) -> str:
    """The first words of ``text``, by which it is named."""
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def items(notice: Notice) -> list[Item]:
    """The items of ``notice`` in document order."""
    found, home = _sections_and_tasks(notice)
    found += _paragraphs(notice)
    parts = list(_parts(notice))
    found += [part for part, _ in parts]
    starts = {part: span.start for part, span in parts}
    found.sort(key=lambda item: (starts.get(item, item.spans[0].start if item.spans else 0), item.kind != "part"))
    for at, item in enumerate(found):
        item.at = at
        if item.parent is None and item.kind != "part" and item.spans:
            item.parent = next((part for part, span in parts if span.start <= item.spans[0].start < span.end), None)
        if item.parent:
            item.parent.children.append(item)
    for target in notice.targets:
        ids = (*target.task_ids[:1], target.section_id or "")
        if place := next((home[id] for id in ids if id in home), None):
            place.targets.append(target)
    return found


def _sections_and_tasks(notice: Notice) -> tuple[list[Item], dict[str, Item]]:
    """The items of the sections and tasks, and for each id of either the item that has its text."""
    covering: defaultdict[str, list[str]] = defaultdict(list)
    for task in notice.tasks:
        for section_id in task.section_ids:
            covering[section_id].append(task.id)
    tasks = {task.id: (at, task) for at, task in enumerate(notice.tasks)}
    home: dict[str, Item] = {}
    heads: dict[Item | None, Item] = {}  # the paragraph of an article that heads its present list
    found: list[Item] = []
    for at, section in enumerate(notice.sections):
        above = home.get(section.parent or "")
        parent = heads.get(above, above)
        match covering[section.id]:
            case [task_id]:
                if task_id not in home:
                    home[task_id] = _task(*tasks[task_id], section, parent)
                    found.append(home[task_id])
                home[section.id] = home[task_id]
            case several:
                # Several tasks in one section share its heading, which is the item above them.
                item = _section(section, at, parent, text="" if several else section.text)
                home[section.id] = item
                found.append(item)
                if above and above.marker and above.marker.startswith("第") and above.marker.endswith("条"):
                    for paragraph in _paragraphs_behind(item, above):
                        found.append(paragraph)
                        if paragraph.text.endswith(("：", ":")):
                            heads[above] = paragraph
    for at, task in tasks.values():
        if task.id not in home:
            above_id = task.section_ids[0] if task.section_ids else task.group_id
            home[task.id] = _task(at, task, None, home.get(above_id or ""))
            found.append(home[task.id])
    return found, home


def _paragraphs_behind(item: Item, article: Item) -> Iterator[Item]:
    """The paragraphs behind the first one of an element of an article's list, which are the article's own; ``item`` loses them.

    An element (项) is one paragraph; what stands behind it is a paragraph (款) of the article (立法技术规范（试行）（一）, 第三部分).
    """
    first, *others = item.text.split("\n")
    if not others or item.title or len(item.spans) != len(others) + 1:
        return
    spans = item.spans
    item.text, item.spans = first, spans[:1]
    for number, (text, span) in enumerate(zip(others, spans[1:], strict=True), 2):
        yield Item(0, f"{item.id}/{number}", "section", item.pointer, None, None, "", text, (span,), article)


def _section(section: Section, at: int, parent: Item | None, text: str) -> Item:
    title, text = _split_title(section.title, section.titled, text)
    spans = section.paragraphs if text and section.paragraphs else (section.span,)
    number = section.number
    return Item(0, section.id, "section", f"/sections/{at}", section.marker, number, title, text, spans, parent)


def _task(at: int, task: Task, section: Section | None, parent: Item | None) -> Item:
    pointer = f"/tasks/{at}"
    if section is None:
        return Item(0, task.id, "task", pointer, None, None, "", task.text, task.spans, parent, task)
    title, text = _split_title(task.title, section.titled, task.text)
    spans = task.spans or (section.span,)
    return Item(0, task.id, "task", pointer, task.marker, section.number, title, text, spans, parent, task)


def _split_title(title: str | None, titled: bool, text: str) -> tuple[str, str]:
    """Title and text. The first words that stand in for a heading are text."""
    if titled or not title:
        return title or "", text
    return "", text if text.startswith(title) else title + text


def _paragraphs(notice: Notice) -> Iterator[Item]:
    taken = [span for section in notice.sections for span in (section.span, *section.paragraphs)]
    taken += [span for task in notice.tasks for span in (*task.spans, *task.clause_spans)]
    if plan := notice.part("plan"):
        taken += plan.preamble_spans
    taken.sort(key=lambda span: span.start)
    at = 0
    for index, block in enumerate(notice.blocks):
        while at < len(taken) and taken[at].end <= block.span.start:
            at += 1
        inside = at < len(taken) and taken[at].start < block.span.end
        text = block.text.strip()
        if block.kind in _PROSE and not inside and text:
            yield Item(
                0, f"block-{index + 1}", "paragraph", f"/blocks/{index}", None, None, "", text, (block.span,), None
            )


def _parts(notice: Notice) -> Iterator[tuple[Item, Span]]:
    """The annexes and tables, and the plans where there are several, each with all that it spans."""
    plans = sum(part.kind == "plan" for part in notice.parts)
    for at, part in enumerate(notice.parts):
        if part.kind in ("annex", "table") or (part.kind == "plan" and plans > 1):
            inside = [block for block in notice.blocks if part.span.start <= block.span.start < part.span.end]
            heading = next((block.text.strip() for block in inside if block.kind == "attachment-heading"), None)
            marker = f"{heading} " if heading and part.title else heading
            spans = part.title_spans or (Span(part.span.start, part.span.start + 1),)
            item = Item(0, part.id, "part", f"/parts/{at}", marker, None, part.title or "", "", spans, None)
            yield item, part.span
