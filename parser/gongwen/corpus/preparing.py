"""All sources of a build, each prepared once: what became of them, their bundles in a store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from gongwen.corpus.engines import Engine
from gongwen.corpus.inputs import Inputs
from gongwen.corpus.prepare import Prepared, Task, prepare
from gongwen.corpus.progress import Watch
from gongwen.corpus.report import Failure, Row, Summary, row_from
from gongwen.corpus.store import Store
from gongwen.corpus.workers import Broken, Call, Raised
from gongwen.publish.bundles import pack

Outcome = tuple[Row, str] | Failure
"""What became of a source: its row with the key of its bundle, or why it is not published."""


def prepare_all(
    inputs: Inputs, parts: tuple[str, ...], bundles: Store, engine: Engine, watch: Watch, *, keep_all: bool = False
) -> list[Outcome]:
    """What became of each of ``inputs``, in their order; the bundles are in ``bundles``. ``keep_all`` is as of ``Task``."""
    outcomes: dict[int, Outcome] = {}
    sent: dict[int, tuple[int, str, str]] = {}  # by the number of the call: position, name, key

    def calls() -> Iterator[Call]:
        for position, found in enumerate(watch("reading", inputs, inputs.count)):
            if isinstance(found, Failure):
                outcomes[position] = found
                continue
            task = Task(*found, parts, keep_all)
            key = bundles.key(task)
            if bundle := bundles.find(key):
                outcomes[position] = _outcome(bundle.head, key)
                continue
            sent[len(sent)] = position, task.name, key
            yield Call(_prepare_into, (bundles, key, task)) if engine.shares_files else Call(prepare, (task,))

    for number, outcome in engine.map(calls()):
        position, name, key = sent[number]
        if isinstance(outcome, Raised):
            raise outcome.error
        if isinstance(outcome, Broken):
            outcomes[position] = Failure(name, *outcome)
        else:
            head = outcome if isinstance(outcome, dict) else _keep(bundles, key, outcome)
            outcomes[position] = _outcome(head, key)
    return [outcomes[position] for position in sorted(outcomes)]


def _prepare_into(bundles: Store, key: str, task: Task) -> dict[str, Any]:
    """Prepare a notice and keep its bundle; its head, which says what became of it."""
    return _keep(bundles, key, prepare(task))


def _keep(bundles: Store, key: str, outcome: Prepared | Failure) -> dict[str, Any]:
    """Keep the bundle of a notice; its head.

    What went wrong with the source is kept too, but no fault of the program and nothing that depends on the machine.
    """
    if isinstance(outcome, Prepared):
        bundles.add(key, outcome.bundle)
        return {"row": asdict(outcome.row)}
    head = {"failure": asdict(outcome)}
    if outcome.code not in ("internal-error", "memory-limit"):
        bundles.add(key, pack(head, {}))
    return head


def _outcome(head: dict[str, Any], key: str) -> Outcome:
    return Failure(**head["failure"]) if "failure" in head else (row_from(head["row"]), key)


def without_doubles(outcomes: Iterable[Outcome]) -> tuple[Summary, dict[str, str]]:
    """Which sources are published and which not, the first of two with the same id; the keys of the bundles by id."""
    rows: dict[str, Row] = {}
    keys: dict[str, str] = {}
    failures: list[Failure] = []
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
            continue
        row, key = outcome
        if row.id in rows:
            failures.append(Failure(row.path, "duplicate-id", f"has the id {row.id}, as {rows[row.id].path} has"))
        else:
            rows[row.id], keys[row.id] = row, key
    return Summary(tuple(_with_copies(rows.values())), tuple(failures)), dict(sorted(keys.items()))


def _with_copies(rows: Collection[Row]) -> Iterator[Row]:
    """Each row with the ids of the others that have its number and its issuers."""
    same: dict[tuple[str | None, tuple[str, ...]], list[str]] = {}
    for row in rows:
        same.setdefault((row.document_number, row.issuers), []).append(row.id)
    for row in rows:
        others = same[row.document_number, row.issuers] if row.document_number else [row.id]
        yield replace(row, copies=tuple(sorted(set(others) - {row.id})))
