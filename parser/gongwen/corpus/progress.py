"""How a build shows people how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Watch(Protocol):
    """Passes items on, and shows how many of them are done; ``length`` is how many there will be, where that is known."""

    def __call__(self, label: str, items: Iterable[Item], length: int | None, /) -> Iterable[Item]: ...


def unwatched(label: str, items: Iterable[Item], length: int | None, /) -> Iterable[Item]:
    """A Watch that shows nothing."""
    return items
