"""Names of values in a notice: JSON pointers, which count from 0 (/tasks/3), and ids, which count from 1 (task-4).

>>> import gongwen
>>> notice = gongwen.parse("某县水利局关于修渠的通知\\n各镇：\\n一、修渠。修好渠道。（县水利局负责）\\n")
>>> pointer_of(notice, "task-1/responsible_units/0")
'/tasks/0/responsible_units/0'
>>> value_at(notice, "/tasks/0/responsible_units/0").name, id_at(notice, "/tasks/0/responsible_units/0")
('县水利局', 'task-1')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from gongwen.model import Notice


def pointer_of(notice: Notice, name: str) -> str:
    """The JSON pointer that ``name`` means: itself, or that of the object whose id it is, with the steps behind the id."""
    id, slash, steps = name.partition("/")
    for field in fields(notice) if id else ():
        values = getattr(notice, field.name)
        for index, value in enumerate(values if isinstance(values, tuple) else ()):
            if getattr(value, "id", None) == id:
                return f"/{field.name}/{index}{slash}{steps}"
    return name


def value_at(notice: Notice, pointer: str) -> Any:
    """What stands at ``pointer``. Raises LookupError where nothing does."""
    *_, value = _way(notice, pointer)
    return value


def id_at(notice: Notice, pointer: str) -> str | None:
    """The id of the value at ``pointer``, or of the innermost object around it that has one; the notice's own does not count."""
    ids = [value.id for value in _way(notice, pointer) if hasattr(value, "id")]
    return ids[-1] if ids else None


def _way(notice: Notice, pointer: str) -> Iterator[Any]:
    """The values from the notice, not included, down to the one at ``pointer``."""
    value: Any = notice
    if not pointer.startswith("/"):
        raise LookupError(pointer)
    for step in pointer.split("/")[1:]:
        if isinstance(value, tuple) and step.isascii() and step.isdigit():
            value = value[int(step)]
        elif is_dataclass(value) and step in {field.name for field in fields(value)}:
            value = getattr(value, step)
        else:
            raise LookupError(pointer)
        yield value
