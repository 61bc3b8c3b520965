"""Files that appear whole or not at all: written beside their place under another name, then moved into it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

UNFINISHED = ".unfinished"


def measure(path: Path) -> tuple[int, str]:
    """The size of a file in bytes and its SHA-256, without holding it in memory."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


class Output:
    """The folder that one publisher writes to, and what it has written there.

    ``write`` replaces a file at once. ``begin`` gives a file that grows over the whole build and takes its place when
    the output is committed; without a commit, leaving the ``with`` block removes it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: set[Path] = set()
        self._begun: dict[Path, Path] = {}
        self._streams: list[BinaryIO] = []

    def write(self, name: str, content: bytes) -> None:
        """Make or replace the file ``name``, a path below the folder with slashes. A file that says so already stays."""
        path = self.folder / name
        self.written.add(path)
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + UNFINISHED)
        unfinished.write_bytes(content)
        unfinished.replace(path)

    def begin(self, name: str) -> Path:
        """Where to write the file ``name`` until it is committed; nothing is there yet."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + UNFINISHED)
        unfinished.unlink(missing_ok=True)
        self._begun[path] = unfinished
        return unfinished

    def stream(self, name: str) -> BinaryIO:
        """The file ``name``, begun and open for writing bytes; the commit closes it."""
        stream = io.BufferedWriter(io.FileIO(self.begin(name), "w"))
        self._streams.append(stream)
        return stream

    def commit(self) -> None:
        """Put every file that was begun into its place."""
        self._close()
        for path, unfinished in self._begun.items():
            unfinished.replace(path)
            self.written.add(path)
        self._begun.clear()

    def sweep(self, globs: Sequence[str]) -> None:
        """Remove the files of ``globs`` that this output did not write, and the folders that this leaves empty.

        What a build that was killed left unfinished of them goes, too.
        """
        for glob in (*globs, *(glob + UNFINISHED for glob in globs)):
            for path in sorted(self.folder.glob(glob), reverse=True):
                if path.is_dir():
                    if not any(path.iterdir()):
                        path.rmdir()
                elif path not in self.written:
                    path.unlink()

    def _close(self) -> None:
        for stream in self._streams:
            stream.close()
        self._streams.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        for unfinished in self._begun.values():
            unfinished.unlink(missing_ok=True)
        self._begun.clear()
