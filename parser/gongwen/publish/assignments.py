"""The tasks of a notice in the layout of a 任务分工表: a row for each task, as people who work with such tables write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Assignment(NamedTuple):
    """A row: all texts, empty where the notice does not say. Several values of a cell stand on lines of their own, units behind 、."""

    task: str
    lead: str
    support: str
    responsible: str
    deadline: str
    targets: str
    basis: str
    place: str
    notice: str
    task_id: str


HEADS = Assignment("任务", "牵头单位", "配合单位", "责任单位", "时限", "目标", "依据", "原文位置", "公文", "任务标识")
"""The head of each column."""


def assignments(notice: Mapping[str, Any]) -> Iterator[Assignment]:
    """The rows of a published notice (its JSON), in document order.

    ``place`` are the headings above the task and the characters of sources/<id>.txt, counted from 1; ``task_id`` is that of the tables.
    """
    targets = {target["id"]: target["text"] for target in notice["targets"]}
    basis = {citation["id"]: _cited(citation) for citation in notice["citations"]}
    sections = {section["id"]: section for section in notice["sections"]}
    number = notice["document_number"]
    name = (number and number["text"]) or notice["title"] or notice["id"]
    for task in notice["tasks"]:
        yield Assignment(
            _lines(_joined(task["marker"], task["title"]), task["text"]),
            _units(task, "lead"),
            _units(task, "support"),
            _units(task, "responsible"),
            _lines(*_deadlines(task)),
            _lines(*(targets[id] for id in task["target_ids"])),
            _lines(*(basis[id] for id in task["citation_ids"])),
            _lines(" › ".join(reversed(list(_above(task, sections)))), _characters(task)),
            name,
            f"{notice['id']}#{task['id']}",
        )


def _units(task: Mapping[str, Any], role: str) -> str:
    return "、".join(
        f"{unit['reading'] or unit['name']}{'等' if unit['open'] else ''}"
        for unit in task["responsible_units"]
        if unit["role"] == role
    )


def _deadlines(task: Mapping[str, Any]) -> Iterator[str | None]:
    """The deadline as written, with its last day where that says more, what recurs, and the dated steps that say something else."""
    if words := task["deadline_text"] or task["deadline"]:
        yield words if task["due_on"] in (None, words) else f"{words}（{task['due_on']}）"
    yield task["recurrence"]
    for step in task["milestones"]:
        if step["due_on"] != task["due_on"]:
            yield f"{step['due_on']}：{step['text']}"


def _cited(citation: Mapping[str, Any]) -> str:
    number = citation["document_number"]
    title = f"《{citation['title']}》" if citation["title"] else ""
    return f"{title}（{number['text']}）" if number and title else title or (number["text"] if number else "")


def _above(task: Mapping[str, Any], sections: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The headings above a task, the nearest first."""
    section = sections.get(task["group_id"])
    while section:
        yield _joined(section["marker"], section["title"])
        section = sections.get(section["parent"])


def _characters(task: Mapping[str, Any]) -> str:
    spans = task["spans"]
    return f"第{spans[0]['start'] + 1}—{spans[-1]['end']}字" if spans else ""


def _joined(*words: str | None) -> str:
    return "".join(filter(None, words))


def _lines(*texts: str | None) -> str:
    return "\n".join(filter(None, texts))
