"""Targets on a time line: by deadline, then what recurs, then what has no date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from gongwen.model import Target


class Moment(NamedTuple):
    """The targets due at one time. ``date`` is an ISO date, a month or a year; ``recurrence`` is as written (每年)."""

    kind: Literal["deadline", "recurrence", "undated"]
    date: str | None
    recurrence: str | None
    targets: tuple[Target, ...]


def timeline(targets: Sequence[Target]) -> tuple[Moment, ...]:
    """The moments of ``targets`` in order; a year stands after the months in it, since it ends later."""
    moments: dict[tuple[str | None, str | None], list[Target]] = {}
    for target in targets:
        key = (target.deadline, None if target.deadline else target.recurrence)
        moments.setdefault(key, []).append(target)
    ordered = sorted(moments, key=lambda key: (key[0] is None, key[1] is None, (key[0] or "") + "~"))
    return tuple(
        Moment(
            "deadline" if date else "recurrence" if recurrence else "undated",
            date,
            recurrence,
            tuple(moments[date, recurrence]),
        )
        for date, recurrence in ordered
    )
