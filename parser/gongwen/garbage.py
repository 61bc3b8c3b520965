"""How often Python looks for garbage in cycles while notices are worked on.

A notice is many small objects that go when nobody needs them any more. Hardly any of them is in a cycle, so the usual pace of the
collector (every 700 new objects) costs a tenth of a build and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_PACE = (50_000, 20, 20)  # new objects between two collections of the youngest; of those between two of the older


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Collect garbage seldom in this process until the block ends."""
    before = gc.get_threshold()
    gc.set_threshold(*_PACE)
    try:
        yield
    finally:
        gc.set_threshold(*before)
