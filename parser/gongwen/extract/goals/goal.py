"""A goal as it is read from the text or from a table, before it becomes a target."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from gongwen.document import Extent
from gongwen.lexicon.deadlines import Deadline
from gongwen.lexicon.goal_evidence import Evidence
from gongwen.lexicon.goals import Meaning, Sign
from gongwen.model import Strength, TargetType


class GoalBaseline(NamedTuple):
    """What a goal starts from, and the words that say so."""

    value: str | None
    unit: str | None
    date: str | None
    place: Extent


@dataclass(slots=True)
class Goal:
    """A goal as read; offsets are of the normalized text."""

    type: TargetType
    place: Extent
    value: str | None = None
    value_max: str | None = None
    value_text: str | None = None
    unit: str | None = None
    meaning: Meaning | None = None
    signs: tuple[Sign, ...] = ()
    indicator: str | None = None
    number: Extent | None = None
    baseline: GoalBaseline | None = None
    strength: Strength = "required"
    scope: Extent | None = None
    deadline: Deadline | None = None
    recurrence: str | None = None
    item: int | None = None
    again: list[Extent] = field(default_factory=list)
    evidence: tuple[Evidence, ...] = ()


class Weighed(NamedTuple):
    """A number that could be a goal, and what speaks for and against that."""

    number: Extent
    evidence: tuple[Evidence, ...]
