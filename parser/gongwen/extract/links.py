"""Links: the goals that stand in a task, and the documents that it names, by their ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from gongwen.model import Citation, Target, Task


def with_links(tasks: Sequence[Task], targets: Sequence[Target], citations: Sequence[Citation]) -> tuple[Task, ...]:
    """``tasks``, each with the ids of its targets and of the citations that its text or its heading mentions, in their order."""
    goals: dict[str, list[str]] = {}
    for target in targets:
        if target.task_id:
            goals.setdefault(target.task_id, []).append(target.id)
    mentions = sorted((span.start, span.end, order) for order, one in enumerate(citations) for span in one.mentions)
    starts = [start for start, _, _ in mentions]
    linked = []
    for task in tasks:
        named = {
            order
            for span in task.spans
            for _, end, order in mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            if end <= span.end
        }
        ids = tuple([citations[order].id for order in sorted(named)])
        linked.append(replace(task, target_ids=tuple(goals.get(task.id, ())), citation_ids=ids))
    return tuple(linked)
