"""Where bundles lie: the cache between builds, or the staging folder of one build.

A bundle's name is made of all that it depends on: the source and what stands beside it, its published path, the program with
its data, the libraries, the parts that are in it. So a bundle is never wrong, only unused, and the oldest go when the cache is
larger than its limit.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from time import time

from gongwen import schemas
from gongwen.corpus.prepare import Task
from gongwen.publish.bundles import Bundle, BundleError
from gongwen.publish.files import naming

try:
    import fcntl
except ImportError:  # Windows, where nothing is ever removed
    fcntl = None  # type: ignore[assignment]

LIMIT = 4 << 30
"""Bytes that the cache may take, unless it is told another limit."""
_FRESH = 24 * 3600  # seconds: a bundle that was used within a day is not marked again


def default_cache() -> Path | None:
    """The folder for the cache: GONGWEN_CACHE, or one among the user's own cached files; None where there is no such place."""
    named = os.environ.get("GONGWEN_CACHE")
    if named:
        return Path(named)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    caches = home / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return Path(os.environ.get("XDG_CACHE_HOME") or caches) / "gongwen"


class Store:
    """Bundles in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the bundle ``key`` lies, or would lie."""
        return self.folder / key[:2] / key

    def find(self, key: str) -> Bundle | None:
        """The bundle ``key``, if it is there and whole."""
        path = self.path(key)
        try:
            bundle = Bundle(path)
            if time() - path.stat().st_mtime > _FRESH:
                os.utime(path)
        except (OSError, BundleError):
            return None
        return bundle

    def add(self, key: str, bundle: bytes) -> None:
        """Keep ``bundle``: other processes see all of it or nothing."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{key}-{os.getpid()}")
        with naming(path):
            try:
                unfinished.write_bytes(bundle)
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise

    def key(self, task: Task) -> str:
        """The name of the bundle of ``task``."""
        digest = sha256(program())
        for piece in (
            task.name.encode(errors="surrogateescape"),
            task.given.data,
            b"" if task.given.sidecar is None else b"+" + task.given.sidecar,
            os.environ.get("SOURCE_DATE_EPOCH", "").encode(),
            ",".join(task.parts).encode(),
            b"all" if task.keep_all else b"",
        ):
            digest.update(len(piece).to_bytes(8, "big") + piece)
        return digest.hexdigest()


@contextmanager
def opened(folder: Path, limit: int = LIMIT) -> Iterator[Store]:
    """The cache in ``folder``; when no other build uses it any more, what exceeds ``limit`` bytes is removed, the oldest first."""
    folder.mkdir(parents=True, exist_ok=True)
    with naming(folder):
        file = os.open(folder, os.O_RDONLY)
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_SH)
        yield Store(folder)
    finally:
        with suppress(BlockingIOError):
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _trim(folder, limit)
        os.close(file)


def _trim(folder: Path, limit: int) -> None:
    found = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in _entries(folder)]
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= limit:
            break
        Path(path).unlink(missing_ok=True)
        total -= size


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    for shelf in os.scandir(folder):
        if shelf.is_dir(follow_symlinks=False):
            yield from (entry for entry in os.scandir(shelf.path) if entry.is_file(follow_symlinks=False))


@cache
def program() -> bytes:
    """What stands for the program: a hash of its code, its data, its schemas, and the versions of the libraries that it uses."""
    digest = sha256(sys.version.encode())
    for requirement in requires("gongwen") or ():
        with suppress(PackageNotFoundError):
            name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
            digest.update(f"{name} {version(name)}\n".encode())
    package = Path(__file__).parent.parent
    for folder in dict.fromkeys((package, schemas.folder())):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                content = path.read_bytes()
                digest.update(f"{path.relative_to(folder)}\0{len(content)}\n".encode() + content)
    return digest.digest()
