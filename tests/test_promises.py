"""The three promises, over every source in the repository: nothing is lost, nothing is invented, the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pytest

from gongwen import corpus, pipeline, read, to_json
from gongwen.model import Notice, Span
from gongwen.pipeline import Parsed
from gongwen.publish.record import edits, ledger_json
from gongwen.repair import repair
from gongwen.text import Text, replay, undo
from gongwen.validation import problems

ROOT = Path(__file__).parent.parent
SOURCES = [
    *corpus.sources(ROOT / "source"),
    *corpus.sources(ROOT / "examples" / "source"),
    *sorted((ROOT / "tests" / "golden").glob("*/source.*")),
]


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def parsed(request: pytest.FixtureRequest) -> Parsed:
    return pipeline.parse_source(read.open_source(request.param))


def spans(node: Any) -> Iterator[dict[str, int]]:
    """Every span below ``node``."""
    if isinstance(node, dict):
        if node.keys() == {"start", "end"}:
            yield node
        for value in node.values():
            yield from spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans(value)


def quoted(notice: Notice) -> Iterator[tuple[str, str, list[Span]]]:
    """(what it is, its wording, its places) of every quoted value."""
    if notice.title is not None and notice.spans.title is not None:
        yield "title", notice.title, [notice.spans.title]
    for part in notice.parts:
        yield f"{part.id}.title", part.title or "", list(part.title_spans)
        yield f"{part.id}.preamble", part.preamble or "", list(part.preamble_spans)
        yield f"{part.id}.closing", part.closing or "", list(part.closing_spans)
        if part.period:
            yield f"{part.id}.period", part.period.text, [part.period.span]
    if notice.effective:
        yield "effective", notice.effective.text, list(notice.effective.spans)
    for party in (*notice.issuers, *notice.recipients):
        yield "party", party.name, [party.span]
    for passage in (*notice.copied_to, *notice.notes, *notice.attachments, *notice.signers):
        yield "passage", passage.text, [passage.span]
    for unit in notice.units:
        for span in unit.spans:
            yield unit.id, unit.name, [span]
    for section in notice.sections:
        if section.titled and section.title is not None and section.title_span is not None:
            yield f"{section.id}.title", section.title, [section.title_span]
        yield f"{section.id}.text", section.text, list(section.paragraphs)
    for task in notice.tasks:
        if task.text:
            yield f"{task.id}.text", task.text, list(task.spans)
        if task.clause is not None:
            yield f"{task.id}.clause", task.clause, list(task.clause_spans)
        for mention in task.responsible_units:
            yield f"{task.id} {mention.name}", mention.name, [mention.span]
    for target in notice.targets:
        yield target.id, target.text, [target.spans[0]]


def bare(text: str) -> str:
    """A wording without white space: a title over two lines is published on one."""
    return "".join(text.split())


def test_the_blocks_tile_the_source(parsed: Parsed) -> None:
    blocks = parsed.notice.blocks
    assert blocks[0].span.start == 0
    assert blocks[-1].span.end == len(parsed.text.source)
    assert all(one.span.end == other.span.start for one, other in pairwise(blocks))
    assert "".join(block.text for block in blocks) == parsed.text.value
    for block in blocks:
        assert parsed.text.quote(block.span) == block.text


def test_every_quoted_value_is_its_span_replayed(parsed: Parsed) -> None:
    for what, wording, places in quoted(parsed.notice):
        assert bare("".join(map(parsed.text.quote, places))) == bare(wording), what


def test_every_span_lies_in_the_source(parsed: Parsed) -> None:
    for span in spans(orjson.loads(to_json(parsed.notice))):
        assert 0 <= span["start"] <= span["end"] <= len(parsed.text.source)


def test_the_published_ledger_replays_and_undoes(parsed: Parsed) -> None:
    layers = orjson.loads(ledger_json(parsed.notice, parsed.text))["layers"]
    backward = [edits(layer) for layer in layers]
    forward = [[(start, end, after) for start, end, _, after in layer] for layer in backward]
    assert replay(parsed.text.source, forward) == parsed.text.value
    assert undo(parsed.text.value, backward) == parsed.text.source


def test_repair_and_normalization_are_idempotent(parsed: Parsed) -> None:
    repaired, _ = repair(Text(parsed.text.source))
    assert repair(Text(repaired.value))[0].value == repaired.value
    again = pipeline.parse_source(read.from_text(parsed.text.value))
    assert again.text.value == parsed.text.value


def test_every_id_that_is_named_exists(parsed: Parsed) -> None:
    notice = parsed.notice
    ids = [
        item.id
        for items in (notice.parts, notice.sections, notice.tasks, notice.targets, notice.units, notice.citations)
        for item in items
    ]
    assert len(set(ids)) == len(ids)
    named: set[str | None] = {party.unit_id for party in (*notice.issuers, *notice.recipients)}
    named.update(section.parent for section in notice.sections)
    named.update(item.part_id for items in (notice.sections, notice.tasks) for item in items)
    for task in notice.tasks:
        named.update(mention.unit_id for mention in task.responsible_units)
        named.update((*task.section_ids, task.group_id))
    for target in notice.targets:
        named.update((target.section_id, *target.task_ids))
    assert named - {None} <= set(ids)


def test_the_notice_is_valid(parsed: Parsed) -> None:
    assert list(problems(orjson.loads(to_json(parsed.notice)))) == []


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """Sets come in another order in each: what depends on it would differ."""
    for seed in ("1", "2"):
        command = (sys.executable, "-m", "gongwen", "build", ROOT / "examples" / "source", tmp_path / seed)
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True)
    one, two = (
        {path.relative_to(tmp_path / seed): path.read_bytes() for path in (tmp_path / seed).rglob("*.*")}
        for seed in ("1", "2")
    )
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []
