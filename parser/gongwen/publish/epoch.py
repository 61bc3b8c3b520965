"""The date of a build, for formats that have a place for one: what SOURCE_DATE_EPOCH says, never the clock.

See https://reproducible-builds.org/specs/source-date-epoch/: seconds since 1970, UTC.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from gongwen.errors import GongwenError


def build_time() -> datetime | None:
    """The time that SOURCE_DATE_EPOCH gives; None where it is not set. GongwenError where it gives no time."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if seconds else None
    except (ValueError, OverflowError, OSError) as error:
        raise GongwenError(f"SOURCE_DATE_EPOCH is {seconds}, which is no number of seconds: {error}") from error
