"""Duties: what running text outside of all tasks asks of units, and by when.

    duty = a sentence outside of tasks and tables with an actor, or with a dated step that is no goal
         | the sentences of a line, and behind them a term for all of them: …。（完成时限：4月底前）

市财政局负责资金保障, 各地于2019年11月底前完成考核, 请于4月10日前报送. Notices without clauses of responsibility say in such
sentences who has to do what. A speech sets no duties, nor does a text that is no notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from gongwen.document import Extent, Outline
from gongwen.extract.links import Index, Innermost
from gongwen.extract.structure.places import Places
from gongwen.extract.tasks.actors import actors
from gongwen.extract.tasks.milestones import Steps
from gongwen.extract.units import Registry
from gongwen.lexicon import deadlines, reasons
from gongwen.model import Citation, Duty, Effective, Section, Target, Task


def duties(
    outline: Outline,
    running: Iterable[Extent],
    steps: Steps,
    sections: Sequence[Section],
    tasks: Sequence[Task],
    targets: Sequence[Target],
    citations: Sequence[Citation],
    effective: Effective | None,
    registry: Registry,
) -> tuple[Duty, ...]:
    """The duties in ``running``, the sentences of the running text of ``outline``, in their order. ``effective`` is when the notice is in force: its dates are no steps."""
    text = outline.text
    taken = Places((span.start, span.end) for task in tasks for span in (*task.spans, *task.clause_spans))
    in_force = Places((span.start, span.end) for span in (effective.spans if effective else ()))
    # a heading that dates the tasks below it asks nothing of its own
    headings = Places(
        (span.start, span.end) for task in tasks if task.deadline_rule == "heading" for span in task.deadline_spans
    )
    goals = Index((span, target.id) for target in targets for span in target.spans)
    dated: dict[str, list[tuple[int, int]]] = {}
    for target in targets:
        if target.deadline:
            dated.setdefault(target.deadline, []).extend((span.start, span.end) for span in target.spans)
    due = {date: Places(extents) for date, extents in dated.items()}
    documents = Index((mention.span, citation.id) for citation in citations for mention in citation.mentions)
    innermost = Innermost(sections)
    found: list[Duty] = []
    for place, term in _with_terms(text.value, running, steps.year):
        span = text.to_source(*place)
        said = Extent(place.start, term.start) if term else place
        if taken.touches(span.start, span.end):
            continue
        who = tuple(actors(text, place, registry))
        when = [
            step
            for step in (() if in_force.touches(span.start, span.end) else steps.stated(said, surely=True))
            if (step.date not in due or not due[step.date].touches(step.span.start, step.span.end))
            and not reasons.code("sentence", step.text)
            and not headings.touches(step.span.start, step.span.end)
        ]
        if term and (governed := steps.trimmed(*said)):
            when.append(steps.milestone(term.date, governed, "clause"))
        each = steps.recurring(said)
        if not who and not when and not each:
            continue
        number = len(found) + 1
        found.append(
            Duty(
                f"duty-{number}",
                f"part-{outline.part_at(place.start) + 1}",
                innermost.holding(span),
                text.value[place.start : place.end],
                who,
                tuple([replace(step, id=f"milestone-duty-{number}-{at}") for at, step in enumerate(when, 1)]),
                text.value[slice(*each)] if each else None,
                text.to_source(*each) if each else None,
                tuple(sorted(goals.within(span), key=_number)),
                tuple(sorted(documents.within(span), key=_number)),
                span,
            )
        )
    return tuple(found)


class _Term(NamedTuple):
    """Where the words begin that state it, and its date."""

    start: int
    date: str


def _with_terms(value: str, running: Iterable[Extent], year: int | None) -> Iterator[tuple[Extent, _Term | None]]:
    """The sentences of running text in ``value``; those of a line as one, with the term, where what follows them states nothing but a term."""
    line: list[Extent] = []
    for place in running:
        found = deadlines.of_term_alone(value, *place, year) if line else None
        if found and found.date:
            yield Extent(line[0].start, place.end), _Term(place.start, found.date)
            line = []
            continue
        if line and "\n" in value[line[-1].end : place.start]:
            yield from ((sentence, None) for sentence in line)
            line = []
        line.append(place)
    yield from ((sentence, None) for sentence in line)


def _number(id: str) -> int:
    return int(id.rpartition("-")[2])
