"""A prepared notice as one file: what is known of it as a whole, then the parts of all formats, each piece by its name.

The file begins with the length of its index (eight bytes), then the index as JSON, then the pieces. There is nothing in it but
JSON and bytes, so reading one runs no code, and each piece has a checksum.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import orjson

from gongwen.errors import GongwenError
from gongwen.publish import Part

_LENGTH = 8
_GUESS = 16_384  # bytes read at once: the index of most


class BundleError(GongwenError):
    """A bundle that is not whole."""


_Piece = tuple[int, int, int]
"""Where a piece begins behind the index, its length, its checksum."""


def pack(head: Mapping[str, Any], parts: Mapping[str, Part]) -> bytes:
    """The bundle of ``parts``; ``head`` is kept with them, as JSON."""
    pieces: list[bytes] = []
    placed: dict[int, _Piece] = {}  # by identity: parts share what they have in common
    index: dict[str, list[dict[str, _Piece]]] = {}
    end = 0
    for name, part in parts.items():
        index[name] = [{}, {}]
        for listed, contents in zip(index[name], part, strict=True):
            for key, content in contents.items():
                if id(content) not in placed:
                    placed[id(content)] = (end, len(content), crc32(content))
                    pieces.append(content)
                    end += len(content)
                listed[key] = placed[id(content)]
    start = orjson.dumps({"head": head, "size": end, "parts": index})
    return b"".join([len(start).to_bytes(_LENGTH, "big"), start, *pieces])


def unpack(bundle: bytes) -> dict[str, Part]:
    """The parts that ``pack`` made ``bundle`` of."""
    start = _LENGTH + int.from_bytes(bundle[:_LENGTH], "big")
    parts = orjson.loads(bundle[_LENGTH:start])["parts"]
    return {
        name: Part(
            *({key: bundle[start + at : start + at + size] for key, (at, size, _) in each.items()} for each in both)
        )
        for name, both in parts.items()
    }


class Bundle:
    """The bundle in the file ``path``. BundleError, also later, where it is not as it was packed; OSError where there is none."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        with _opened(self.path) as file:
            start = os.read(file, _GUESS)
            length = int.from_bytes(start[:_LENGTH], "big")
            size = os.fstat(file).st_size
            if not len(start) > _LENGTH or length > size:
                raise BundleError(f"{self.path} is no bundle")
            if length > len(start) - _LENGTH:
                start += os.read(file, length + _LENGTH - len(start))
        try:
            index = orjson.loads(start[_LENGTH : _LENGTH + length])
            self.head: dict[str, Any] = index["head"]
            self._parts: dict[str, list[dict[str, list[int]]]] = index["parts"]
            whole = size == _LENGTH + length + index["size"]
        except (ValueError, KeyError, TypeError) as error:
            raise BundleError(f"{self.path} is no bundle") from error
        if not whole:
            raise BundleError(f"{self.path} is not whole")
        self._start = _LENGTH + length

    @property
    def parts(self) -> set[str]:
        """The names of the parts in it."""
        return set(self._parts)

    def part(self, name: str) -> Part:
        """One part: its pieces are read when they are asked for."""
        files, data = (Pieces(self.path, self._start, listed) for listed in self._parts[name])
        return Part(files, data)


class Pieces(Mapping[str, bytes]):
    """Pieces of a bundle by their names, read when they are asked for. To be sent to other processes of this machine."""

    __slots__ = ("_listed", "_path", "_start")

    def __init__(self, path: str, start: int, listed: Mapping[str, list[int]]) -> None:
        self._path = path
        self._start = start
        self._listed = listed

    def __getitem__(self, name: str) -> bytes:
        offset, length, checksum = self._listed[name]
        with _opened(self._path) as file:
            content = _read(file, self._start + offset, length)
        return self._checked(content, checksum)

    def items(self) -> Any:
        """All pieces with their names, in one reading."""
        if not self._listed:
            return []
        first = min(offset for offset, _, _ in self._listed.values())
        last = max(offset + length for offset, length, _ in self._listed.values())
        with _opened(self._path) as file:
            run = _read(file, self._start + first, last - first)
        return [
            (name, self._checked(run[offset - first : offset - first + length], checksum))
            for name, (offset, length, checksum) in self._listed.items()
        ]

    def key(self) -> str:
        """What stands for the contents of all pieces."""
        return ",".join(f"{length}:{checksum:x}" for _, length, checksum in self._listed.values())

    def _checked(self, content: bytes, checksum: int) -> bytes:
        if crc32(content) != checksum:
            raise BundleError(f"{self._path} is damaged")
        return content

    def __hash__(self) -> int:
        return hash((self._path, self._start))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pieces) and (self._path, self._listed) == (other._path, other._listed)

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


class _opened:  # noqa: N801 - reads as a word of the language
    """A file descriptor for the time of a block: an object of io would cost more than the reading."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> int:
        self._file = os.open(self._path, os.O_RDONLY)
        return self._file

    def __exit__(self, *error: object) -> None:
        os.close(self._file)


def _read(file: int, offset: int, length: int) -> bytes:
    pieces = []
    while length and (piece := os.pread(file, length, offset)):
        pieces.append(piece)
        offset, length = offset + len(piece), length - len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
