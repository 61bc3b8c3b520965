"""Office files are ZIP archives, in which their libraries note the time and the rights of their temporary files.

A member that is opened by its name has neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

_FAST = 1  # of the levels of zlib
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""What a document says of when it was made, where its format asks: no clock's time."""


def chunks(name: str, content: IO[bytes]) -> Iterator[bytes]:
    """What the member ``name`` holds, piece by piece."""
    while piece := content.read(1 << 20):
        yield piece


def settle(
    made: IO[bytes],
    target: Path | IO[bytes],
    contents: Callable[[str, IO[bytes]], Iterable[bytes]] = chunks,
    *,
    large: bool = False,
) -> None:
    """Write the archive ``made`` to ``target`` so that equal contents give equal bytes; ``contents`` may change what a member holds.

    ``large`` says that a member may have more than 2 GiB: not every program reads an archive for such.
    """
    with ZipFile(made) as old, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_FAST) as new:
        for name in old.namelist():
            with old.open(name) as source, new.open(name, "w", force_zip64=large) as copy:
                for piece in contents(name, source):
                    copy.write(piece)
            new.getinfo(name).create_system = 0
