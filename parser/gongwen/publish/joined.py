"""Files that hold the notices one behind the other: a head, a piece of each notice, a tail.

Where the last build left such a file, its pieces are copied as they stand, and only those of notices that are new or changed are
put between them: which bytes are whose was noted when it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import accumulate
from typing import BinaryIO

from gongwen.publish import Before, Publisher
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.files import Output

_AT_ONCE = 1 << 20  # bytes


class Joined(Publisher):
    """Writes a file for each of ``heads``: to the path and with the head that stand there, of the pieces of that name."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._open = ExitStack()
        self._taken: list[str] = []
        self._old = [id for id in before.notices if id not in before.gone] if before else []
        self._files = {
            name: _File(output, path, head, self._standing(before, path, len(head)) if before else iter(()))
            for name, (path, head) in self.heads().items()
        }

    def heads(self) -> Mapping[str, tuple[str, bytes]]:
        """The path of each file, and its head, by the name of its pieces."""
        raise NotImplementedError

    def tail(self) -> bytes:
        """What stands at the end of each file."""
        return b""

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        self._taken.append(id)
        for name, piece in data.items():
            self._files[name].add(id, piece)

    def finish(self) -> None:
        notices = sorted([*self._old, *self._taken])
        for file in self._files.values():
            file.finish(self.tail(), notices)

    def abandon(self) -> None:
        self._open.close()

    def _standing(self, before: Before, path: str, start: int) -> Iterator[_Piece]:
        """The pieces of the last build that stay, in their order."""
        file = self._open.enter_context((before.folder / path).open("rb"))
        lengths = before.pieces[path]
        for id, length, end in zip(before.notices, lengths, accumulate(lengths, initial=start), strict=False):
            if length and id not in before.gone:
                yield id, file, end, length


_Piece = tuple[str, BinaryIO, int, int]
"""A notice, and where its bytes stand: a file, the place in it, how many there are."""


class _File:
    def __init__(self, output: Output, name: str, head: bytes, standing: Iterator[_Piece]) -> None:
        self._output, self._name = output, name
        self._stream = output.stream(name)
        self._stream.write(head)
        self._standing = standing
        self._next = next(standing, None)
        self._lengths: dict[str, int] = {}

    def add(self, id: str, piece: bytes) -> None:
        """The piece of a notice; they come in the order of the ids."""
        self._copy(id)
        self._stream.write(piece)
        self._lengths[id] = len(piece)

    def finish(self, tail: bytes, notices: list[str]) -> None:
        """The end of the file, which has the pieces of ``notices``, in their order."""
        self._copy(None)
        self._stream.write(tail)
        self._output.pieces[self._name] = tuple(self._lengths.get(id, 0) for id in notices)

    def _copy(self, before: str | None) -> None:
        """Copy the pieces that stand before that of the notice ``before``, or all: those that follow one another at once."""
        while self._next and (before is None or self._next[0] < before):
            _, file, start, _ = self._next
            end = start
            while self._next and self._next[2] == end and (before is None or self._next[0] < before):
                id, _, _, length = self._next
                self._lengths[id] = length
                end += length
                self._next = next(self._standing, None)
            file.seek(start)
            while start < end:
                content = file.read(min(_AT_ONCE, end - start))
                self._stream.write(content)
                start += len(content)
