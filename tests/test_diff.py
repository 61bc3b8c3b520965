"""What a comparison promises, on generated edits and on cases of its own."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonpatch
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_generator import Pair, cascade, facts, pair, sisters
from gongwen import compare, from_json, schemas, to_json
from gongwen.compare.changes import mirror_kind
from gongwen.compare.render.patch import patch
from gongwen.compare.wording import Accounts, edits, tokenizer
from gongwen.model import Block, Notice, Span
from gongwen.validation import problems
from notice_builder import Built, Chapter, Draft, Goal, Heading, Job, Source, build
from timing import assert_linear, seconds

SEEDS = range(32)
WORDS = st.text("甲乙丙丁，。", max_size=40)
TASKS = st.lists(st.tuples(st.sampled_from(["甲组", "乙组"]), WORDS, WORDS), max_size=6)
CASES = tomllib.loads((Path(__file__).parent / "cases" / "diff_wording.toml").read_text(encoding="utf-8"))["case"]
SCRIPTED = tomllib.loads((Path(__file__).parent / "cases" / "diff.toml").read_text(encoding="utf-8"))["case"]


@cache
def generated(seed: int) -> Pair:
    return pair(seed, 1 + seed % 16)


def score(made: list[Pair]) -> float:
    """F1 of all facts of some pairs."""
    right = wrong = missed = 0
    for found in made:
        told = facts(compare.diff(found.old.notice, found.new.notice), found)
        right += len(told & found.expected)
        wrong += len(told - found.expected)
        missed += len(found.expected - told)
    return 2 * right / (2 * right + wrong + missed)


def test_a_script_of_edits_is_recovered() -> None:
    """bench/diff.py has the figures for each kind of change, over a thousand pairs."""
    assert score([generated(seed) for seed in SEEDS]) > 0.98


def test_a_script_of_edits_is_recovered_whole_where_nothing_else_was_written_anew() -> None:
    assert score([pair(seed, 4, anew=False) for seed in range(100, 112)]) > 0.99


@pytest.mark.parametrize("make", [sisters, cascade])
def test_what_two_governments_do_otherwise_is_recovered(make: Callable[[int], Pair]) -> None:
    made = [make(seed) for seed in range(20)]
    assert {compare.diff(found.old.notice, found.new.notice).relation.kind for found in made} == {made[0].relation}
    assert score(made) > 0.96


@pytest.mark.parametrize("seed", SEEDS)
def test_a_notice_does_not_differ_from_itself(seed: int) -> None:
    notice = generated(seed).new.notice
    assert not compare.diff(notice, notice)
    assert compare.diff(notice, notice).common


@pytest.mark.parametrize("seed", SEEDS)
def test_swapping_the_notices_mirrors_every_change(seed: int) -> None:
    old, new = (built.notice for built in generated(seed)[:2])
    there, back = compare.diff(old, new), compare.diff(new, old)
    assert Counter(change.mirror() for change in there.changes) == Counter(back.changes)
    assert {match.mirror() for match in there.matches} == set(back.matches)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_patch_applied_to_the_old_json_gives_the_new_one(seed: int) -> None:
    old, new = (orjson.loads(to_json(built.notice)) for built in generated(seed)[:2])
    done = jsonpatch.JsonPatch(list(patch(old, new))).apply(old)
    assert json.dumps(done) == json.dumps(new)  # as texts: the order of keys, and 1 apart from 1.0 and true


@pytest.mark.parametrize("seed", SEEDS)
def test_every_item_is_matched_once(seed: int) -> None:
    old, new = (built.notice for built in generated(seed)[:2])
    matches = compare.diff(old, new).matches
    for notice, side in ((old, "old"), (new, "new")):
        ids = [item for match in matches for item in getattr(match, side)]
        assert len(ids) == len(set(ids))
        assert {task.id for task in notice.tasks} <= set(ids)


@pytest.mark.parametrize("seed", SEEDS)
def test_edits_lead_from_the_text_before_to_the_text_after(seed: int) -> None:
    old, new = (built.notice for built in generated(seed)[:2])
    tokenize = tokenizer(unit.name for unit in (*old.units, *new.units))
    for a, b in zip(old.tasks, new.tasks, strict=False):
        text, at = "", 0
        for edit in edits(a.text, b.text, tokenize):
            assert a.text[edit.before.start : edit.before.end] == edit.before.text
            assert b.text[edit.after.start : edit.after.end] == edit.after.text
            text += a.text[at : edit.before.start] + edit.after.text
            at = edit.before.end
        assert text + a.text[at:] == b.text


@pytest.mark.parametrize("seed", SEEDS)
def test_places_lead_to_what_changed(seed: int) -> None:
    """Every pointer leads somewhere, and every span lies in the source."""
    old, new = (built.notice for built in generated(seed)[:2])
    diff = compare.diff(old, new)
    for notice, side in ((old, "old"), (new, "new")):
        record = orjson.loads(to_json(notice))
        for change in diff.changes:
            for place in getattr(change, side):
                jsonpatch.JsonPointer(place.pointer).resolve(record)
                assert all(0 <= span.start < span.end <= notice.source.characters for span in place.spans)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_notice_comes_back_from_its_json(seed: int) -> None:
    notice = generated(seed).new.notice
    assert from_json(orjson.loads(to_json(notice))) == notice


def test_all_kinds_of_edit_are_generated() -> None:
    """The sample is large enough to say something of every kind that it is about."""
    kinds = {kind for seed in SEEDS for kind, *_ in generated(seed).expected}
    kinds |= {kind for make in (cascade, sisters) for seed in range(12) for kind, *_ in make(seed).expected}
    told_otherwise = {
        kind
        for kind in schemas.codelist("change_kinds")
        if kind.startswith(("paragraph", "clause", "part", "wording", "milestone")) or kind.endswith("regrouped")
    }
    rare = {
        "header-added", "header-removed", "citation-reworded", "task-deadline-moved",
        "section-moved", "section-split", "section-merged", "section-dropped", "section-own", "section-narrowed",
        "section-widened", "sentence-added", "sentence-removed", "target-dropped", "amendment-unapplied", "document-revoked",
        "document-suspended", "section-suspended", "task-suspended",
        "section-first", "section-second", "section-differs", "sentence-first", "sentence-second", "citation-first", "citation-second",
        "citation-differs", "unit-differs", "unit-role-differs", "target-differs", "target-bound-differs", "task-deadline-differs",
    }  # fmt: skip
    assert kinds >= set(schemas.codelist("change_kinds")) - told_otherwise - rare


def test_the_kinds_mirror_one_another() -> None:
    kinds = set(schemas.codelist("change_kinds"))
    assert {mirror_kind(kind) for kind in kinds} == kinds
    assert all(mirror_kind(mirror_kind(kind)) == kind for kind in kinds)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_wording(case: dict[str, Any]) -> None:
    found = edits(case["before"], case["after"], tokenizer(case.get("names", [])))
    assert [[edit.before.text, edit.after.text] for edit in found if edit.counted] == case["edits"]
    mirrored = edits(case["after"], case["before"], tokenizer(case.get("names", [])))
    assert len(mirrored) == len(found)


@pytest.mark.parametrize("case", SCRIPTED, ids=lambda case: case["name"])
def test_changes(case: dict[str, Any]) -> None:
    old, new = (build(draft(case[side])) for side in ("old", "new"))
    found = compare.diff(old, new)
    told = [f"{change.kind}: {change.before or ''} → {change.after or ''}" for change in found.changes]
    assert told == case["changes"]


def draft(tasks: list[dict[str, Any]]) -> Draft:
    """A short plan with the tasks of a case, by group."""
    groups: dict[str, Heading] = {}
    for at, row in enumerate(tasks):
        title = row.get("group", "重点任务")
        heading = groups.setdefault(title, Heading(title, title))
        goals = [Goal(f"{at}-{n}", *goal) for n, goal in enumerate(row.get("goals", []))]
        heading.jobs.append(Job(f"task-{at}", row["title"], [row["text"]], row.get("units", {}), goals))
    basis = [Source("basis", "关于加强社区服务的意见", "省政发〔2024〕5号")]
    return Draft(
        "青政办〔2025〕8号", "青石县社区服务方案", "青石县人民政府办公室", ["各乡镇人民政府"], "2025-03-04", basis,
        [Chapter("tasks", "主要工作", list(groups.values()))],
    )  # fmt: skip


@settings(deadline=None)
@given(TASKS, TASKS)
def test_whatever_two_plans_say_swapping_them_mirrors_every_change(old: list[Any], new: list[Any]) -> None:
    """Plans of a few characters, with tasks that are empty, equal, or one another's parts."""
    notices = [
        build(draft([{"group": group, "title": title, "text": text} for group, title, text in side]))
        for side in (old, new)
    ]
    there, back = compare.diff(*notices), compare.diff(*reversed(notices))
    assert Counter(change.mirror() for change in there.changes) == Counter(back.changes)
    said = [[(task.group_id, f"{task.title}{task.text}") for task in notice.tasks] for notice in notices]
    if said[0] != said[1]:
        assert there


def test_unrelated_notices_have_nothing_in_common() -> None:
    found = compare.diff(pair(1, 0).old.notice, pair(2, 0).old.notice)
    assert not found.common
    assert found.changes == ()
    assert found


def test_what_another_change_tells_is_not_told_again() -> None:
    before, after = "到2025年达到12%，由县卫计委实施。", "到2026年达到15%，由县卫健委实施。"
    found = edits(before, after, tokenizer(["县卫计委", "县卫健委"]))
    accounts = Accounts([("到2025年达到12%", "到2026年达到15%")], {"县卫计委": "县卫健委"})
    assert len(found) == 3
    assert accounts.settle(before, after, found) == ()
    assert Accounts((), {}).settle(before, after, found) == found


def test_a_thousand_tasks_against_a_thousand_take_seconds() -> None:
    large = pair(0, 400, 1000)
    assert seconds(lambda: compare.diff(large.old.notice, large.new.notice)) < 6


def test_the_time_for_light_edits_grows_with_the_number_of_paragraphs() -> None:
    """Lines without numbers, each twentieth changed."""

    def lines(count: int) -> tuple[Notice, Notice]:
        said = [f"第{at}处河段由{at * 7 % 1000}号巡查员负责，发现漂浮物当日清理。" for at in range(count)]
        changed = [text.replace("当日清理", "两日内清理") if at % 20 == 0 else text for at, text in enumerate(said)]
        return of_lines(said), of_lines(changed)

    assert_linear(lines, lambda pair: compare.diff(*pair), 1000)


def of_lines(lines: list[str]) -> Notice:
    """A notice whose letter has these paragraphs."""
    empty = build(draft([]))
    text, blocks = "", []
    for line in lines:
        blocks.append(Block("paragraph", f"{line}\n", Span(len(text), len(text) + len(line) + 1)))
        text += f"{line}\n"
    source = replace(empty.source, characters=len(text), text_sha256=sha256(text.encode()).hexdigest())
    return replace(empty, blocks=tuple(blocks), source=source, parts=(), citations=(), sections=())


def test_the_time_for_a_text_grows_with_its_length() -> None:
    """An item of a million characters, each tenth sentence changed: a quadratic comparison would take hours."""
    old = "".join(f"第{at}句说的是社区服务的第{at}件事。" for at in range(50_000))
    new = old.replace("0句说", "0段话说")
    assert len(edits(old, new, tokenizer([]))) == 5_000
    assert seconds(lambda: edits(old, new, tokenizer([])), repetitions=1) < 5


def test_alike_tasks_by_the_thousand_are_told_apart_by_their_order() -> None:
    jobs = [
        Job(f"task{at}", "开展巡查", ["开展日常巡查，发现问题及时处置，并按月报告情况。"], {"县水利局": "lead"})
        for at in range(1000)
    ]
    plan = draft([])
    plan.chapters[0].headings = [Heading("group", "巡查", jobs)]
    one, other = build(plan), build(replace(plan))
    assert not compare.diff(one, other)
    assert seconds(lambda: compare.diff(one, other), repetitions=1) < 5


@pytest.mark.parametrize("seed", range(0, 32, 6))
def test_the_json_is_valid(seed: int) -> None:
    from gongwen.compare.render import render

    assert list(problems(orjson.loads(render(comparison(generated(seed)), "json")), "diff")) == []


def comparison(found: Pair) -> Any:
    from gongwen.compare.render import Comparison

    old, new = found.old.notice, found.new.notice
    return Comparison(old, new, compare.diff(old, new), *(orjson.loads(to_json(notice)) for notice in (old, new)))


def renamed(notice: Notice, title: str) -> Notice:
    return replace(notice, title=title)


def test_the_built_notice_is_valid() -> None:
    """What the tests compare is what the parser publishes."""
    built: Built = generated(3).old
    assert list(problems(orjson.loads(to_json(built.notice)))) == []
