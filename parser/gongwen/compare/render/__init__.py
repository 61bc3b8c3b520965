"""Showing a comparison: each form of output is a module with a function ``render`` that takes a Comparison.

To add a form, write such a module and name it in FORMATS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import takewhile
from typing import Any

from gongwen import schemas
from gongwen.compare.changes import Change, DamagedPlace, Diff, Fact, Relation, UnitState
from gongwen.messages import Language, title
from gongwen.model import Notice

# Control characters but tab and line feed, and format characters, which could turn a text around or hide a part of it.
_UNSEEN = dict.fromkeys(
    [
        *range(9),
        *range(11, 32),
        *range(0x7F, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    ],
    "·",
)
FORMATS = ("terminal", "json", "markdown", "html", "patch")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two notices, what changed between them, and the JSON of either as it was published.

    ``with_spans`` asks a patch to turn the places in the source, too.
    """

    old: Notice
    new: Notice
    diff: Diff
    old_record: Any
    new_record: Any
    with_spans: bool = False


def render(comparison: Comparison, form: str) -> str:
    """The comparison in one of FORMATS, as text that ends in a line feed."""
    show: Callable[[Comparison], str] = import_module(f"{__name__}.{form}").render
    return show(comparison)


def relation_title(relation: Relation, language: str) -> str:
    """What the new notice is to the old one, in words, in the language "en" or "zh"."""
    return schemas.codelist("relations")[relation.kind][f"title_{language}"]


def reasons(relation: Relation, language: Language = "zh") -> str:
    """What speaks for a relation, as people write it: 发文字号相同 …; the share of common sentences last."""
    codes = schemas.codelist("relation_evidence")
    told = []
    for evidence in relation.evidence:
        values = " → ".join(dict.fromkeys(value for value in (evidence.old, evidence.new) if value))
        told.append(
            f"{codes[evidence.code][f'title_{language}']}{':' if language == 'en' and values else ''} {values}".strip()
        )
    if not told:
        return ""
    return f"（{'；'.join(told)}）" if language == "zh" else f" ({'; '.join(told)})"


def kind_title(kind: str, language: str) -> str:
    """A kind of change in words, in the language "en" or "zh"."""
    return schemas.codelist("change_kinds")[kind][f"title_{language}"]


def said(change: Change, side: str, language: Language = "zh") -> str | None:
    """``before`` or ``after`` of a change, for people: a role by its name, a unit with its role, no heading above as the top level."""
    value: str | None = getattr(change, side)
    if value and change.kind in ("unit-role-changed", "unit-role-differs"):
        return title("roles", value, language)
    if value and change.kind in ("unit-added", "unit-removed", "unit-first", "unit-second") and change.fact:
        state = change.fact.before or change.fact.after
        if not isinstance(state, UnitState) or not state.role:
            return value
        role = title("roles", state.role, language)
        return f"{value}（{role}）" if language == "zh" else f"{value} ({role})"
    if change.kind == "lead-changed" and value and change.fact:
        return "、".join(_leads(change.fact, side, language))
    if (
        value is None
        and change.kind.endswith("-moved")
        and not change.kind.startswith(("target", "milestone", "sentence", "task-d", "section-d"))
    ):
        return "顶层" if language == "zh" else "top level"
    return value


def _leads(fact: Fact, side: str, language: Language) -> Iterator[str]:
    """The units that led before, or lead after, each with what it is now, or was, if the task names it then."""
    for changed in fact.roles:
        ours, other = (changed.before, changed.after) if side == "before" else (changed.after, changed.before)
        if ours != "lead":
            continue
        if not other:
            yield changed.name
            continue
        role, was = title("roles", other, language), side == "after"
        if language == "zh":
            yield f"{changed.name}（{'原' if was else '现'}{role}）"
        else:
            yield f"{changed.name} ({'was' if was else 'now'} {role})"


def everywhere(change: Change) -> bool:
    """Whether a change is about the whole notice: a unit that was renamed, an edit that came again, a term that moved in many places."""
    return change.kind == "unit-renamed" or change.times is not None


def within(change: Change) -> tuple[str, ...]:
    """The labels of what a change is about, outermost first: of the item itself, or of the one that a unit or target stands in."""
    if everywhere(change):
        return ()
    places = change.new or change.old
    first = places[0]
    part = change.kind.startswith(("unit", "target", "milestone", "citation", "header", "lead"))
    if part and _is_gone(change) and change.new:
        return (*first.path, first.label)
    if part:
        return first.path
    if len(places) > 1 and change.old and change.new:
        above = zip(*(place.path for place in places), strict=False)
        return tuple(labels[0] for labels in takewhile(lambda labels: len(set(labels)) == 1, above))
    return (*first.path, first.label)


def name(change: Change, language: Language = "zh") -> str:
    """What a change of a header field, a target or a unit's role is about, where ``within`` says only where it stands; whether it is damaged."""
    told = _name(change, language)
    if not any(isinstance(place, DamagedPlace) for place in (*change.old, *change.new)):
        return told
    return f"{told}〔原文受损〕" if language == "zh" else f"{told} [damaged]".strip()


def _name(change: Change, language: Language) -> str:
    if change.kind == "sentence-moved":
        return f"{change.old[0].label} → {change.new[0].label}"
    if change.times and change.edit_class is None:
        return f"×{change.times}"
    if change.kind.startswith("wording-"):
        edit_class = title("edit_classes", change.edit_class or "term", language)
        return f"{edit_class} ×{change.times}"
    if not change.kind.startswith(("header", "target", "milestone", "unit-role")):
        return ""
    places = change.old if _is_gone(change) else change.new
    said = change.before if change.after is None else change.after if change.before is None else None
    if change.kind.startswith("target") and said and places[0].label in said:
        return ""  # a goal that one side has is shown whole
    return places[0].label + (f" … {places[-1].label}" if len(places) > 1 else "")


def _is_gone(change: Change) -> bool:
    """Whether the old notice alone has what a change is about; the place in the new one is then the item where it would stand."""
    of_term = change.kind in ("milestone-moved", "milestone-differs")
    return change.kind.endswith(("-removed", "-dropped", "-first")) or (of_term and change.after is None)


def visible(text: str) -> str:
    """``text`` with a middle dot for each character that can't be seen, or that changes how others are."""
    return text.translate(_UNSEEN)
