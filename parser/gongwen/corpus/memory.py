"""What the last build left in a folder, so that the next one makes only what has changed since.

It is kept beside the cache and believed only as far as the files are as they were left: of the same size, and not written to
since. So a file that somebody changed, or that a killed build put there, is made again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from gongwen.corpus.store import program
from gongwen.publish.dataset import About
from gongwen.publish.files import Written


class Left(NamedTuple):
    """A file as it was left: ``changed`` is the time of its last change in nanoseconds; the rest is as of ``Written``."""

    bytes: int
    changed: int
    sha256: str
    key: str
    notice: str
    pieces: tuple[int, ...]


class Standing(NamedTuple):
    """What the files of a format stand for: the notices by their ids, with the keys of their bundles."""

    notices: Mapping[str, str]
    files: Mapping[str, Left]

    def kept(self, gone: frozenset[str]) -> dict[str, Written]:
        """The files that stay when the notices ``gone`` go."""
        return {
            name: Written(left.bytes, left.sha256, False, left.key, left.notice, left.pieces)
            for name, left in self.files.items()
            if left.notice not in gone
        }


class Memory:
    """What is remembered of the folder ``dist``, in a file of its own in ``folder``; ``about`` is what is stated of the data."""

    def __init__(self, folder: Path, dist: Path, about: About) -> None:
        place = sha256(os.fsencode(dist.resolve())).hexdigest()[:32]
        self._path = folder / f"{place}.json"
        self._dist = dist
        self._times: dict[str, int] = {}  # of files that were found as they were left: when they were last changed
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        self._made_by = sha256(program() + orjson.dumps([epoch, about], default=tuple)).hexdigest()

    def recall(self, formats: Iterable[str]) -> dict[str, Standing]:
        """What stands of ``formats``: those that were built by this program and whose files are as they were left."""
        try:
            known = orjson.loads(self._path.read_bytes())
            if known["made_by"] != self._made_by:
                return {}
            found = {name: _standing(known, name) for name in formats if name in known["formats"]}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        standing = {name: each for name, each in found.items() if self._untouched(each)}
        self._times = {name: left.changed for each in standing.values() for name, left in each.files.items()}
        return standing

    def note(self, notices: Mapping[str, str], made: Mapping[str, Mapping[str, Written]]) -> None:
        """Remember what stands now of the formats in ``made``, which are of ``notices``; forget what had another program."""
        try:
            known = orjson.loads(self._path.read_bytes())
            others = known["formats"] if known["made_by"] == self._made_by else {}
            lists = known["notices"]
        except (OSError, ValueError, KeyError, TypeError):
            others, lists = {}, {}
        digest = sha256(orjson.dumps(notices)).hexdigest()
        formats = others | {name: [digest, self._left(files)] for name, files in made.items()}
        used = {digest for digest, _ in formats.values()}
        lists = {name: list for name, list in {**lists, digest: notices}.items() if name in used}
        data = orjson.dumps({"made_by": self._made_by, "notices": lists, "formats": formats})
        unfinished = self._path.with_name(f".{self._path.name}-{os.getpid()}")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        unfinished.replace(self._path)

    def _left(self, files: Mapping[str, Written]) -> dict[str, Any]:
        folder = str(self._dist)
        return {
            name: [
                file.bytes,
                (not file.staged and self._times.get(name)) or os.lstat(f"{folder}/{name}").st_mtime_ns,
                file.sha256,
                file.key,
                file.notice,
                file.pieces,
            ]
            for name, file in files.items()
        }

    def _untouched(self, standing: Standing) -> bool:
        folder = str(self._dist)
        try:
            for name, left in standing.files.items():
                found = os.lstat(f"{folder}/{name}")
                if found.st_size != left.bytes or found.st_mtime_ns != left.changed:
                    return False
        except OSError:
            return False
        return True


def _standing(known: Any, name: str) -> Standing:
    digest, files = known["formats"][name]
    return Standing(
        known["notices"][digest], {path: Left._make([*left[:-1], tuple(left[-1])]) for path, left in files.items()}
    )
