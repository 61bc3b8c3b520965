"""Changes between the plans of two governments, as they are told there.

What a lower government carries out is no change, and numbers and places of items say nothing. A task is dropped, narrowed or widened, or the lower
government's own; a goal that adds up over places is shared, and only rates are raised or lowered. Between sister places nothing
changed: something stands in the first one's plan or in the second one's, or differs. What is each place's own (header, numbers, order
and grouping of the items) is left out, and so is what is said in other words of the same meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from gongwen.compare.changes import Change, Fact, GoalState
from gongwen.lexicon.dimensions import measure

_ITEMS = ("task", "section", "paragraph", "part")
_PLACED = ("renumbered", "moved", "renamed")
_TOLD_BELOW = {"removed": "dropped", "added": "own"}
_ONE_SIDED = {"removed": "first", "added": "second"}
_COMPARED = {"raised": "higher", "lowered": "lower"} | dict.fromkeys(
    ("reworded", "renamed", "changed", "exchanged", "updated"), "differs"
)
_RATES = frozenset(
    {"share", "points", "times", "time", "days", "workdays", "months"}
)  # dimensions that don't add up over places
_MUCH = 0.25  # share of a text that was left out, or put in, from which on a task is narrowed or widened


def retell(changes: Iterable[Change], cascade: bool, same: Callable[[str, str], bool]) -> Iterator[Change]:
    """The changes, as told between two governments; ``cascade`` says that the old notice is that of the upper one, ``same`` whether two
    texts say the same of either place."""
    for change in changes:
        thing, _, event = change.kind.rpartition("-")
        if thing in ("header", "clause"):
            continue
        if event in ("reworded", "renamed") and change.before and change.after and same(change.before, change.after):
            continue
        if not cascade:
            yield from _between_sisters(change)
        elif thing in _ITEMS and event in _PLACED:
            continue
        elif thing in ("unit", "citation", "lead", "sentence", "wording"):
            yield change
        elif event in _TOLD_BELOW:
            yield replace(change, kind=f"{thing}-{_TOLD_BELOW[event]}")
        elif event in ("raised", "lowered") and _is_shared(change.fact):
            yield replace(change, kind="target-shared")
        elif event == "reworded" and thing != "target":
            yield replace(change, kind=f"{thing}-{_extent(change)}")
        else:
            yield change


def _between_sisters(change: Change) -> Iterator[Change]:
    """What two sister places do otherwise, by what a change would be called."""
    thing, _, event = change.kind.rpartition("-")
    if event in _ONE_SIDED:
        yield replace(change, kind=f"{thing}-{_ONE_SIDED[event]}")
    elif event in _COMPARED:
        yield replace(change, kind=f"{thing}-{_COMPARED[event]}")
    elif event == "moved" and (thing.endswith("-deadline") or thing == "milestone"):
        yield replace(change, kind=f"{thing}-differs")
    elif change.kind == "wording-replaced" and change.edit_class == "term":
        yield replace(change, kind="wording-differs")


def _is_shared(fact: Fact | None) -> bool:
    """Whether a goal is of a kind that adds up over places, and the lower government's is a part of the upper one's."""
    if fact is None or not isinstance(fact.before, GoalState) or fact.ratio is None:
        return False
    return measure(fact.before.unit or "").dimension not in _RATES and float(fact.ratio) <= 1


def _extent(change: Change) -> str:
    """Whether a task was narrowed or widened, by how much of it was left out or put in; else it was reworded."""
    gone = sum(len(edit.before.text) for edit in change.edits if edit.counted)
    come = sum(len(edit.after.text) for edit in change.edits if edit.counted)
    before, after = len(change.before or ""), len(change.after or "")
    if gone >= _MUCH * before and gone - come >= _MUCH * before / 2:
        return "narrowed"
    if come >= _MUCH * after and come - gone >= _MUCH * after / 2:
        return "widened"
    return "reworded"
