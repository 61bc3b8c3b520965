"""The date of a build, for formats that have a place for one: what SOURCE_DATE_EPOCH says, never the clock.

See https://reproducible-builds.org/specs/source-date-epoch/: seconds since 1970, UTC.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime


def build_time() -> datetime | None:
    """The time that SOURCE_DATE_EPOCH gives; None where it is not set."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else None
