"""A notice as a list of items: what a clerk would point at and say "this one changed".

An item is a task, or a section that no task stands for. A task stands for the sections that it covers, since its title and
text are theirs; where several tasks stand in one section, that section is an item above them. Paragraphs that
stand in no section (the letter's body, a preamble inside an annex) are items too, so that nothing said goes uncompared.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from gongwen.compare.changes import Place
from gongwen.model import Notice, ResponsibleUnit, Section, Span, Target, Task

Kind = Literal["task", "section", "paragraph"]

# Blocks whose text belongs to no field of its own. What else lies outside the sections is compared as a header field.
_PROSE = frozenset({"paragraph", "list-item", "table-row", "annex-title", "adoption"})
_WORDS = frozenset("编章节条款项篇部分")  # the last characters of markers that are words
_LABEL = 24  # characters of an item's text that name it, where it has no title


@dataclass(slots=True, eq=False)
class Item:
    """A task, section or paragraph. ``parent`` is the item that it stands in; ``at`` its position in the list."""

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
    def label(self) -> str:
        """How people call it: its marker and title, or its first words."""
        first = self.title or self.text.partition("\n")[0]
        if not self.title and len(first) > _LABEL:
            first = first[: _LABEL - 1] + "…"
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


def items(notice: Notice) -> list[Item]:
    """The items of ``notice`` in document order."""
    found, home = _sections_and_tasks(notice)
    found += _paragraphs(notice)
    found.sort(key=lambda item: item.spans[0].start if item.spans else 0)
    for at, item in enumerate(found):
        item.at = at
        if item.parent:
            item.parent.children.append(item)
    for target in notice.targets:
        if place := home.get(target.task_id or "") or home.get(target.section_id or ""):
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
    found: list[Item] = []
    for at, section in enumerate(notice.sections):
        parent = home.get(section.parent or "")
        match covering[section.id]:
            case [task_id]:
                if task_id not in home:
                    home[task_id] = _task(*tasks[task_id], section, parent)
                    found.append(home[task_id])
                home[section.id] = home[task_id]
            case several:
                # Several tasks in one section share its heading, which is the item above them.
                home[section.id] = _section(section, at, parent, text="" if several else section.text)
                found.append(home[section.id])
    for at, task in tasks.values():
        if task.id not in home:
            above = task.section_ids[0] if task.section_ids else task.group_id
            home[task.id] = _task(at, task, None, home.get(above or ""))
            found.append(home[task.id])
    return found, home


def _section(section: Section, at: int, parent: Item | None, text: str) -> Item:
    title, text = _split_title(section.title, section.titled, text)
    return Item(
        0,
        section.id,
        "section",
        f"/sections/{at}",
        section.marker,
        section.number,
        title,
        text,
        (section.span,),
        parent,
    )


def _task(at: int, task: Task, section: Section | None, parent: Item | None) -> Item:
    if section is None:
        return Item(0, task.id, "task", f"/tasks/{at}", None, None, "", task.text, task.spans, parent, task)
    title, text = _split_title(task.title, section.titled, task.text)
    number = section.number
    return Item(
        0,
        task.id,
        "task",
        f"/tasks/{at}",
        task.marker,
        number,
        title,
        text,
        task.spans or (section.span,),
        parent,
        task,
    )


def _split_title(title: str | None, titled: bool, text: str) -> tuple[str, str]:
    """Title and text. The first words that stand in for a heading are text."""
    if titled or not title:
        return title or "", text
    return "", text if text.startswith(title) else title + text


def _paragraphs(notice: Notice) -> list[Item]:
    taken = [span for section in notice.sections for span in (section.span, *section.paragraphs)]
    taken += [span for task in notice.tasks for span in (*task.spans, *task.clause_spans)]
    if plan := notice.part("plan"):
        taken += plan.preamble_spans
    taken.sort(key=lambda span: span.start)
    found: list[Item] = []
    at = 0
    for index, block in enumerate(notice.blocks):
        while at < len(taken) and taken[at].end <= block.span.start:
            at += 1
        inside = at < len(taken) and taken[at].start < block.span.end
        if block.kind in _PROSE and not inside and block.text.strip():
            item = Item(
                0,
                f"block-{index + 1}",
                "paragraph",
                f"/blocks/{index}",
                None,
                None,
                "",
                block.text.strip(),
                (block.span,),
                None,
            )
            found.append(item)
    return found
