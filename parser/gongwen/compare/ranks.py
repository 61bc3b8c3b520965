"""Changes between the plans of two governments, as they are told there.

What a lower government carries out is no change, and numbers and places of items say nothing. A task is dropped, narrowed or widened, or the lower
government's own; a goal that adds up over places is shared, and only rates are raised or lowered. Between sister places the words stay
as they are, but what is each place's own (header, numbers) is left out, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongwen.compare.changes import Change, Fact, GoalState
from gongwen.lexicon.dimensions import measure

_ITEMS = ("task", "section", "paragraph", "part")
_PLACED = ("renumbered", "moved", "renamed")
_TOLD_BELOW = {"removed": "dropped", "added": "own"}
_RATES = frozenset(
    {"share", "points", "times", "time", "days", "workdays", "months"}
)  # dimensions that don't add up over places
_MUCH = 0.25  # share of a text that was left out, or put in, from which on a task is narrowed or widened


def retell(changes: Iterable[Change], cascade: bool) -> Iterator[Change]:
    """The changes, as told between two governments; ``cascade`` says that the old notice is that of the upper one."""
    for change in changes:
        thing, _, event = change.kind.rpartition("-")
        if thing == "header" or (thing in _ITEMS and event in _PLACED):
            continue
        if not cascade or thing in ("unit", "citation", "lead", "sentence", "wording"):
            yield change
        elif event in _TOLD_BELOW:
            yield replace(change, kind=f"{thing}-{_TOLD_BELOW[event]}")
        elif event in ("raised", "lowered") and _is_shared(change.fact):
            yield replace(change, kind="target-shared")
        elif event == "reworded" and thing != "target":
            yield replace(change, kind=f"{thing}-{_extent(change)}")
        else:
            yield change


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
