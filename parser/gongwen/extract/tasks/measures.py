"""Measures: the sentences of a task, one by one, with the steps, goals and documents that stand in each and the units that it says have to act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongwen.document import Extent
from gongwen.extract.links import Index
from gongwen.extract.tasks.actors import actors
from gongwen.extract.units import Registry
from gongwen.lexicon.sentences import sentences
from gongwen.model import Citation, Measure, Target, Task
from gongwen.text import Text


def with_measures(
    text: Text,
    tasks: Sequence[Task],
    targets: Sequence[Target],
    citations: Sequence[Citation],
    registry: Registry,
) -> tuple[Task, ...]:
    """``tasks``, each with the sentences of its text. ``registry`` says who the organs in it are."""
    goals = Index((span, target.id) for target in targets for span in target.spans)
    documents = Index((mention.span, citation.id) for citation in citations for mention in citation.mentions)
    measured = []
    for number, task in enumerate(tasks, 1):
        found: list[Measure] = []
        steps = sorted((step.span.start, step.span.end, step.id) for step in task.milestones)
        for span in task.spans:
            start, end = text.from_source(span.start, span.end)
            for sentence in sentences(text.value[start:end]):
                place = Extent(start + sentence.start, start + sentence.end)
                at = text.to_source(*place)
                found.append(
                    Measure(
                        f"measure-{number}-{len(found) + 1}",
                        sentence.text,
                        tuple([id for first, last, id in steps if first < at.end and at.start < last]),
                        tuple(sorted(goals.within(at), key=_number)),
                        tuple(sorted(documents.within(at), key=_number)),
                        tuple(actors(text, place, registry)),
                        at,
                    )
                )
        measured.append(replace(task, measures=tuple(found)))
    return tuple(measured)


def _number(id: str) -> int:
    return int(id.rpartition("-")[2])
