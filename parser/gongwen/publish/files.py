"""Files on their way into a folder: first whole in a staging folder, then moved to their place.

The staging folder has the layout of the folder that is published, so a file's name (its path below either, with slashes)
says where it goes. What says the same as the published file is not written again.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import translate
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Self

SCRATCH = ".scratch"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


class Written(NamedTuple):
    """A file of this build. ``staged``: it lies in the staging folder; otherwise the published one says the same already.

    ``key`` stands for all that it was made of, where its maker knows (see ``Call``); ``notice`` is the id of the notice that it
    is about alone. ``pieces`` says of a file that holds the notices one behind the other how many bytes each has, in the order
    of the ids.
    """

    bytes: int
    sha256: str
    staged: bool
    key: str = ""
    notice: str = ""
    pieces: tuple[int, ...] = ()


def measure(path: Path) -> tuple[int, str]:
    """The size of a file in bytes and its SHA-256, without holding it in memory."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """An OSError in the block says which file it is about: a full disk shows where no name is at hand."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


@cache
def any_of(globs: tuple[str, ...]) -> re.Pattern[str]:
    """What matches a name that one of ``globs`` matches, whose * crosses slashes."""
    return re.compile("|".join(map(translate, globs)) or r"(?!)")


class Output:
    """What one publisher writes: ``staging`` is where, ``published`` the folder that it is meant for.

    ``write`` makes a file at once. ``begin`` gives a file that grows over the whole build; ``close`` ends those.
    """

    def __init__(self, staging: Path, published: Path) -> None:
        self.staging = staging
        self.published = published
        self.written: dict[str, Written] = {}
        self.pieces: dict[str, tuple[int, ...]] = {}  # of files that were begun: see Written
        self._begun: list[str] = []
        self._absent: set[str] = set()  # folders that are not published yet, so that nothing in them can say the same
        self._streams: dict[str, BinaryIO] = {}

    def write(self, name: str, content: bytes, *, key: str = "", notice: str = "") -> None:
        """Make the file ``name``; one that is published already with this content stays. ``key`` and ``notice`` are noted."""
        staged = not self._published(name, content)
        if staged:
            self._store(name, content)
        self.written[name] = Written(len(content), hashlib.sha256(content).hexdigest(), staged, key, notice)

    def begin(self, name: str) -> Path:
        """Where to write the file ``name`` until the output is closed; nothing is there yet."""
        path = self._place(name)
        self._begun.append(name)
        return path

    def stream(self, name: str) -> BinaryIO:
        """The file ``name``, begun and open for writing bytes."""
        stream = _Stream(self.begin(name), self.published / name)
        self._streams[name] = stream
        return stream

    def scratch(self, name: str) -> Path:
        """A place for a file of this build that is never published."""
        path = self.staging / SCRATCH / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        return path

    def close(self) -> None:
        """End the files that were begun."""
        while self._streams:
            _, stream = self._streams.popitem()
            stream.close()
        for name in self._begun:
            pieces = self.pieces.pop(name, ())
            self.written[name] = Written(*measure(self.staging / name), staged=True, pieces=pieces)
        self._begun.clear()

    def _published(self, name: str, content: bytes) -> bool:
        """Whether ``name`` is published with this content. (Here and in ``_store`` a Path would cost more than the file.)"""
        folder = name.rpartition("/")[0]
        if folder in self._absent:
            return False
        path = f"{self.published}/{name}"
        try:
            found = os.lstat(path)
        except OSError:
            if not (self.published / folder).is_dir():
                self._absent.add(folder)
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == len(content) and Path(path).read_bytes() == content

    def _store(self, name: str, content: bytes) -> None:
        try:
            try:
                file = os.open(self._path(name), _NEW, 0o666)
            except FileNotFoundError:
                file = os.open(self._place(name), _NEW, 0o666)
            try:
                done = os.write(file, content)
                while done < len(content):
                    done += os.write(file, content[done:])
            finally:
                os.close(file)
        except OSError as error:
            error.filename = f"{self.published}/{name}"
            raise

    def _place(self, name: str) -> Path:
        path = Path(self._path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _path(self, name: str) -> str:
        if name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"{name} leads out of the folder")
        return f"{self.staging}/{name}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in self._streams.values():
            stream.close()


class _Stream(io.BufferedWriter):
    """A file whose errors name the file that it becomes."""

    def __init__(self, path: Path, published: Path) -> None:
        super().__init__(_Raw(path, published))


class _Raw(io.FileIO):
    def __init__(self, path: Path, published: Path) -> None:
        super().__init__(path, "w")
        self._published = published

    def write(self, content: Any) -> int:
        with naming(self._published):
            return super().write(content)
