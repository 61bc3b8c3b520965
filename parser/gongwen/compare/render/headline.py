"""The comparison in five lines at most, by weight: goals in numbers, leads, terms, what was dropped, what is new.

Between sister places nothing was dropped or is new: the last lines are what only the first or only the second one has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gongwen.compare.changes import Change, Diff, GoalState

_SHOWN = 3  # changes that a line names; the rest are counted
_LONGEST = 24  # characters of a name in a line


class Line(NamedTuple):
    """A line of the headline in both languages."""

    zh: str
    en: str


def headline(diff: Diff) -> list[Line]:
    """What a reader should know first; nothing where nothing of that sort changed."""
    return [
        line for title_zh, title_en, tell in _LINES if (line := _line(title_zh, title_en, list(tell(diff.changes))))
    ]


def _line(title_zh: str, title_en: str, told: Sequence[str]) -> Line | None:
    if not told:
        return None
    shown, more = told[:_SHOWN], len(told) - _SHOWN
    rest_zh, rest_en = ([f"另有{more}项"], [f"{more} more"]) if more > 0 else ([], [])
    return Line(f"{title_zh}：{'；'.join([*shown, *rest_zh])}", f"{title_en}: {'; '.join([*shown, *rest_en])}")


def _goals(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        event = change.kind.removeprefix("target-")
        if not change.kind.startswith("target-") or event not in _OF_NUMBERS:
            continue
        before, after = (change.fact.before, change.fact.after) if change.fact else (None, None)
        if isinstance(before, GoalState) and isinstance(after, GoalState):
            ratio = f"（×{change.fact.ratio}）" if change.fact and change.fact.ratio else ""
            yield f"{_short(after.indicator or change.after or '')} {written(before)} → {written(after)}{ratio}"


def _leads(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        if change.kind in ("lead-changed", "lead-differs"):
            yield f"{_short(change.new[0].path[-1] if change.new[0].path else '')} {change.before} → {change.after}"


def _terms(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        term = change.kind in ("milestone-moved", "milestone-differs") or "-deadline-" in change.kind
        if term or change.field in ("effective.start", "effective.end"):
            gone = not change.new or (change.kind.startswith("milestone-") and change.after is None)
            label = (change.old if gone else change.new)[0].label
            label = f"{_short(label)} ×{change.times}" if change.times else _short(label)
            yield f"{label} {change.before or '∅'} → {change.after or '∅'}"


def _with(*events: str) -> Callable[[Sequence[Change]], Iterator[str]]:
    """Tells what came, went or stands on one side only, by the last words of the kinds of change."""

    def tell(changes: Sequence[Change]) -> Iterator[str]:
        for change in changes:
            thing, _, event = change.kind.rpartition("-")
            if event in events and thing in ("task", "section", "part", "target"):
                yield _short((change.new if event in _OF_NEW else change.old)[0].label)

    return tell


_OF_NEW = ("added", "own", "second")
_OF_NUMBERS = ("raised", "lowered", "shared", "bound-changed", "higher", "lower", "bound-differs")
_LINES: tuple[tuple[str, str, Callable[[Sequence[Change]], Iterator[str]]], ...] = (
    ("目标", "Goals", _goals),
    ("牵头", "Leads", _leads),
    ("时限", "Terms", _terms),
    ("取消", "Dropped", _with("removed", "dropped")),
    ("新增", "New", _with("added", "own")),
    ("仅前者有", "Only the first", _with("first")),
    ("仅后者有", "Only the second", _with("second")),
)
_BOUNDS = {"at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<", "about": "≈"}


def written(state: GoalState) -> str:
    """A goal's number with its bound: ≥2500人."""
    high = f"—{state.value_max}" if state.value_max else ""
    return f"{_BOUNDS.get(state.bound or '', '')}{state.value or ''}{high}{state.unit or ''}"


def _short(text: str) -> str:
    """A name in a line, without the mark that ends its sentence: the line has marks of its own."""
    text = text.rstrip("；;。，,")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
