"""The folder that a build works in, hidden inside dist/, and the way from there to the published files.

A build holds a lock on dist/ as long as it runs, and leaves dist/ as it is until everything is written. Then come, in this
order: an index without the notices that change, the files one by one, what no notice owns any more, the full index. So
whatever moment a build is killed at, the index names nothing that is not there, and the next build puts the rest right.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from gongwen.errors import TargetError
from gongwen.publish.files import naming

try:
    import fcntl
except ImportError:  # Windows, where builds into one folder do not see one another
    fcntl = None  # type: ignore[assignment]

STAGING = ".building"
"""The name of the staging folder inside dist/; it shows that a folder without an index is an unfinished one of ours."""
INDEX = "index.json"
_HOLDER = "holder.json"


@contextmanager
def staging(dist: Path) -> Iterator[Path]:
    """A new staging folder in ``dist``, which is locked, and checked to be a place for data of ours, until the block ends.

    Raises TargetError where it is none, or where another build is running in it; OSError where it can't be written. What a
    killed build left there is removed; so is, in the end, the staging folder, and a ``dist`` that this made and left empty.
    """
    made = not dist.exists()
    with naming(dist):
        dist.mkdir(parents=True, exist_ok=True)
    folder = dist / STAGING
    try:
        with _locked(dist, folder):
            check(dist)
            _clear(folder)
            try:
                folder.mkdir()
                (folder / _HOLDER).write_bytes(orjson.dumps(_holder()))
                yield folder
            finally:
                _clear(folder)
    finally:
        if made:
            with suppress(OSError):
                dist.rmdir()


def check(dist: Path) -> None:
    """TargetError where ``dist`` holds other people's files, a broken index, or links that lead out of it."""
    names = {entry.name for entry in os.scandir(dist)}
    if INDEX in names:
        indexed(dist)
    elif names - {STAGING} and STAGING not in names:
        raise TargetError(f"{dist}: holds files, but no index.json of an earlier build: name a new or an empty folder")
    inside = dist.resolve()
    for path, entry in _walk(dist):
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(inside):
            raise TargetError(f"{path}: is a link that leads out of the folder: remove it")


def indexed(dist: Path) -> list[dict[str, Any]]:
    """The entries of the index in ``dist``, none where there is no index; TargetError where it is none that a build wrote."""
    path = dist / INDEX
    if not path.is_file():
        if path.exists() or path.is_symlink():
            raise TargetError(f"{path}: is no file")
        return []
    try:
        index = orjson.loads(path.read_bytes())
    except ValueError as error:
        raise TargetError(f"{path}: is no JSON ({error}): it was not written by a build, or is damaged") from error
    notices = index.get("notices") if isinstance(index, dict) else None
    if not isinstance(notices, list):
        raise TargetError(f"{path}: has no list of notices: it was not written by a build")
    for number, entry in enumerate(notices):
        for key in ("id", "json_sha256"):
            if not isinstance(entry, dict) or not isinstance(entry.get(key), str):
                raise TargetError(f"{path}: /notices/{number} has no {key}: it was not written by a build")
    return notices


def files(dist: Path) -> Iterator[str]:
    """The names of all files in ``dist`` (paths with slashes), but not those of the staging folder."""
    for path, entry in _walk(dist):
        if entry.is_file(follow_symlinks=False):
            yield path[len(str(dist)) + 1 :].replace(os.sep, "/")


def put(folder: Path, dist: Path, staged: Iterable[str]) -> None:
    """Move the files ``staged`` from the staging folder to their places in ``dist``, one by one."""
    made: set[str] = set()
    for name in staged:
        parent = name.rpartition("/")[0]
        if parent not in made:
            (dist / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        with naming(dist / name):
            os.replace(f"{folder}/{name}", f"{dist}/{name}")  # noqa: PTH105 - a third of the time of Path


def put_index(folder: Path, dist: Path, content: bytes) -> None:
    """Make ``content`` the index of ``dist``."""
    with naming(dist / INDEX):
        (folder / INDEX).write_bytes(content)
        (folder / INDEX).replace(dist / INDEX)


def sweep(dist: Path, names: Sequence[str]) -> None:
    """Remove the files ``names`` from ``dist``, and the folders that this leaves empty."""
    for name in names:
        (dist / name).unlink(missing_ok=True)
    folders = {parent for name in names for parent in Path(name).parents if parent.name}
    for folder in sorted(folders, key=lambda folder: -len(folder.parts)):
        with suppress(OSError):
            (dist / folder).rmdir()


def _walk(folder: Path | str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name != STAGING:
            yield entry.path, entry
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)


@contextmanager
def _locked(dist: Path, folder: Path) -> Iterator[None]:
    """The lock of ``dist``, which the system takes back from a process that dies."""
    if fcntl is None:
        yield
        return
    file = os.open(dist, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TargetError(f"{dist}: {_said(folder)}: wait until it has finished") from None
        yield
    finally:
        os.close(file)


def _holder() -> dict[str, Any]:
    return {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _said(folder: Path) -> str:
    """Who holds the lock."""
    try:
        holder = orjson.loads((folder / _HOLDER).read_bytes())
        return f"process {holder['process']} on {holder['host']} has been building into it since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another build is running in it"


def _clear(folder: Path) -> None:
    """Remove the staging folder; what else has its name (a link, a pipe) is removed and neither followed nor opened."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
