"""Links: the goals that stand in a task and the documents that it names, and the section and the task of each place that names one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from gongwen.model import Citation, CitationMention, Section, Span, Target, Task


class Linked(NamedTuple):
    """The tasks and the citations of a notice, each with the ids of the other."""

    tasks: tuple[Task, ...]
    citations: tuple[Citation, ...]


def linked(
    tasks: Sequence[Task], sections: Sequence[Section], targets: Sequence[Target], citations: Sequence[Citation]
) -> Linked:
    """``tasks`` with the ids of their targets and of the citations that their text or their heading mentions, in order; ``citations`` with
    the section and the task of each mention."""
    goals: dict[str, list[str]] = {}
    for target in targets:
        for task_id in target.task_ids:
            goals.setdefault(task_id, []).append(target.id)
    mentioned = Index((mention.span, citation.id) for citation in citations for mention in citation.mentions)
    order = {citation.id: place for place, citation in enumerate(citations)}
    by_task = Index((span, task.id) for task in tasks for span in (*task.spans, *task.clause_spans))
    by_section = Innermost(sections)

    def placed(mention: CitationMention) -> CitationMention:
        holding = next(by_task.holding(mention.span), None)
        return replace(mention, section_id=by_section.holding(mention.span), task_id=holding)

    return Linked(
        tuple(
            [
                replace(
                    task,
                    target_ids=tuple(goals.get(task.id, ())),
                    citation_ids=tuple(sorted(mentioned.within(*task.spans), key=order.__getitem__)),
                )
                for task in tasks
            ]
        ),
        tuple(
            [
                replace(citation, mentions=tuple([placed(mention) for mention in citation.mentions]))
                for citation in citations
            ]
        ),
    )


class Index:
    """Places with the ids of what stands there, by offset. Places of one id don't overlap."""

    def __init__(self, places: Iterable[tuple[Span, str]]) -> None:
        self._places = sorted((span.start, span.end, id) for span, id in places)
        self._starts = [start for start, _, _ in self._places]

    def within(self, *spans: Span) -> set[str]:
        """The ids of what stands within one of ``spans``."""
        return {
            id
            for span in spans
            for _, end, id in self._places[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
            if end <= span.end
        }

    def holding(self, span: Span) -> Iterator[str]:
        """The id of the last place that begins no later than ``span``, if it holds it."""
        at = bisect_right(self._starts, span.start) - 1
        if at >= 0 and span.end <= self._places[at][1]:
            yield self._places[at][2]


class Innermost:
    """The sections of a notice, by place. They nest, and stand in document order."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = {section.id: section for section in sections}
        self._ordered = sections
        self._starts = [section.span.start for section in sections]

    def holding(self, span: Span) -> str | None:
        """The id of the innermost section that holds ``span``."""
        at = bisect_right(self._starts, span.start) - 1
        section = self._ordered[at] if at >= 0 else None
        while section and section.span.end < span.end:
            section = self._sections.get(section.parent or "")
        return section.id if section else None
