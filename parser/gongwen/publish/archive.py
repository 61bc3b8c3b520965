"""Office files are ZIP archives, in which their libraries note the time and the rights of their temporary files."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST = (1980, 1, 1, 0, 0, 0)  # the first date that there is in a ZIP
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""What a document says of when it was made, where its format asks: no clock's time."""


def settle(made: Path | IO[bytes], target: Path | IO[bytes]) -> None:
    """Write the archive ``made`` to ``target`` so that equal contents give equal bytes."""
    with ZipFile(made) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _FIRST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            with old.open(name) as source, new.open(entry, "w", force_zip64=False) as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
