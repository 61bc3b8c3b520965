"""The promises as a function: what a parsed notice breaks of them. Tests, the fuzzer and the benches ask it of every input that they have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import orjson

from gongwen import pipeline, read
from gongwen.model import Notice, Span
from gongwen.pipeline import Parsed
from gongwen.publish.record import edits, ledger_json, to_json
from gongwen.text import replay, undo
from gongwen.validation import problems


def broken(parsed: Parsed) -> Iterator[str]:
    """What does not hold for ``parsed``: nothing lost, nothing invented, valid, its text a fixed point of normalization."""
    record = orjson.loads(to_json(parsed.notice))
    for problem in problems(record):
        yield f"schema {problem.path}: {problem.message}"
    yield from lost(parsed)
    yield from misplaced(record, len(parsed.text.source))
    yield from misquoted(parsed)
    yield from unnamed(parsed.notice)
    again = pipeline.parse_source(read.from_text(parsed.text.value)).text.value
    if again != parsed.text.value:
        at = next(
            (at for at, (one, other) in enumerate(zip(again, parsed.text.value, strict=False)) if one != other),
            min(len(again), len(parsed.text.value)),
        )
        yield f"fixed point at {at}: {parsed.text.value[max(0, at - 12) : at + 12]!r} becomes {again[max(0, at - 12) : at + 12]!r}"


def lost(parsed: Parsed) -> Iterator[str]:
    """Where the blocks don't tile the source, or the ledger doesn't lead from the source to the text and back."""
    blocks, text = parsed.notice.blocks, parsed.text
    if blocks[0].span.start != 0 or blocks[-1].span.end != len(text.source):
        yield f"blocks reach from {blocks[0].span.start} to {blocks[-1].span.end} of {len(text.source)}"
    for one, other in pairwise(blocks):
        if one.span.end != other.span.start:
            yield f"blocks part at {one.span.end} and {other.span.start}"
    if "".join(block.text for block in blocks) != text.value:
        yield "the text is not that of the blocks"
    for block in blocks:
        if text.quote(block.span) != block.text:
            yield f"block at {block.span.start}: {block.text!r}, replayed {text.quote(block.span)!r}"
    backward = [edits(layer) for layer in orjson.loads(ledger_json(parsed.notice, text))["layers"]]
    forward = [[(start, end, after) for start, end, _, after in layer] for layer in backward]
    if replay(text.source, forward) != text.value:
        yield "the ledger replayed is not the text"
    if undo(text.value, backward) != text.source:
        yield "the ledger undone is not the source"


def spans(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, int]]]:
    """Every span below ``node`` with its path."""
    if isinstance(node, dict):
        if node.keys() == {"start", "end"}:
            yield path, node
        for key, value in node.items():
            yield from spans(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from spans(value, f"{path}/{number}")


def misplaced(record: Any, length: int) -> Iterator[str]:
    """Spans outside of the source."""
    for path, span in spans(record):
        if not 0 <= span["start"] <= span["end"] <= length:
            yield f"span {path}: {span} of {length}"


def quoted(parsed: Parsed) -> Iterator[tuple[str, str, list[Span]]]:
    """(what it is, its wording, its places) of every quoted value."""
    notice = parsed.notice
    if notice.title is not None and notice.spans.title is not None:
        yield "title", notice.title, [notice.spans.title]
    for part in notice.parts:
        yield f"{part.id} title", part.title or "", list(part.title_spans)
        yield f"{part.id} preamble", part.preamble or "", list(part.preamble_spans)
        yield f"{part.id} closing", part.closing or "", list(part.closing_spans)
        if part.period:
            yield f"{part.id} period", part.period.text, [part.period.span]
    if notice.effective:
        yield "effective", notice.effective.text, list(notice.effective.spans)
    for party in (*notice.issuers, *notice.recipients):
        yield "party", party.name, [party.span]
    for passage in (*notice.copied_to, *notice.notes, *notice.attachments, *notice.signers):
        yield "passage", passage.text, [passage.span]
    for unit in notice.units:
        for spelling in unit.spellings:
            for span in spelling.spans:
                yield unit.id, spelling.name, [span]
    for section in notice.sections:
        if section.titled and section.title is not None and section.title_span is not None:
            yield f"{section.id} title", section.title, [section.title_span]
        yield f"{section.id} text", section.text, list(section.paragraphs)
    for task in notice.tasks:
        if task.text:
            yield f"{task.id} text", task.text, list(task.spans)
        if task.clause is not None:
            yield f"{task.id} clause", task.clause, list(task.clause_spans)
        if task.deadline_text is not None:
            yield f"{task.id} deadline", task.deadline_text, list(task.deadline_spans)
        for mention in task.responsible_units:
            yield f"{task.id} unit", mention.name, [mention.span]
        for milestone in task.milestones:
            yield f"{task.id} milestone", milestone.text, [milestone.span]
        for measure in task.measures:
            yield f"{measure.id} text", measure.text, [measure.span]
            for actor in measure.actors:
                yield f"{measure.id} actor", actor.name, [actor.span]
    for duty in notice.duties:
        yield f"{duty.id} text", duty.text, [duty.span]
        for actor in duty.actors:
            yield f"{duty.id} actor", actor.name, [actor.span]
        for milestone in duty.milestones:
            yield f"{duty.id} milestone", milestone.text, [milestone.span]
        if duty.recurrence_span is None != (duty.recurrence is None):
            yield f"{duty.id} recurrence", duty.recurrence or "", []
    for target in notice.targets:
        yield f"{target.id} text", target.text, [target.spans[0]]
        if target.value_text is not None and target.value_span is not None:
            yield f"{target.id} value", target.value_text, [target.value_span]
        if target.deadline_text is not None:
            yield f"{target.id} deadline", target.deadline_text, list(target.deadline_spans)
        if target.scope is not None:
            yield f"{target.id} scope", target.scope.text, [target.scope.span]
        if target.baseline is not None:
            yield f"{target.id} baseline", target.baseline.text, [target.baseline.span]
        for wording in target.wordings:
            yield f"{target.id} wording", wording.text, [wording.span]
    for grid in notice.tables:
        for cells in grid.rows:
            for cell in cells:
                yield f"{grid.id} cell", cell.text, [cell.span]
    for occurrence in parsed.coverage:
        yield f"coverage {occurrence.kind}", occurrence.text, [occurrence.span]


def bare(text: str) -> str:
    """A wording without white space: a title over two lines is published on one."""
    return "".join(text.split())


def misquoted(parsed: Parsed) -> Iterator[str]:
    """Quoted values that are not their spans replayed."""
    for what, wording, places in quoted(parsed):
        replayed = "".join(map(parsed.text.quote, places))
        if bare(replayed) != bare(wording):
            yield f"quote {what}: {wording!r}, its places say {replayed!r}"


def unnamed(notice: Notice) -> Iterator[str]:
    """Ids that stand twice, and ids that are named and not there."""
    ids = [
        item.id
        for items in (
            notice.parts,
            notice.sections,
            notice.tasks,
            notice.targets,
            notice.units,
            notice.citations,
            notice.duties,
            notice.tables,
        )
        for item in items
    ]
    if len(set(ids)) != len(ids):
        yield "an id stands twice"
    named: set[str | None] = {party.unit_id for party in (*notice.issuers, *notice.recipients)}
    named.update(section.parent for section in notice.sections)
    named.update(
        item.part_id for items in (notice.sections, notice.tasks, notice.duties, notice.tables) for item in items
    )
    for task in notice.tasks:
        named.update(mention.unit_id for mention in task.responsible_units)
        named.update((*task.section_ids, task.group_id, *task.target_ids, *task.citation_ids))
        for measure in task.measures:
            named.update((*measure.target_ids, *measure.citation_ids, *(actor.unit_id for actor in measure.actors)))
    for duty in notice.duties:
        named.update((duty.section_id, *duty.target_ids, *duty.citation_ids, *(actor.unit_id for actor in duty.actors)))
    for target in notice.targets:
        named.update((target.section_id, *target.task_ids))
    for citation in notice.citations:
        for mention in citation.mentions:
            named.update((mention.section_id, mention.task_id))
    if missing := named - {None} - set(ids):
        yield f"no such ids: {sorted(map(str, missing))}"
