"""Files that hold the notices one behind the other: a head, a piece of each notice, a tail.

Where the last build left such a file, its pieces are copied as they stand, and only those of notices that are new or changed are
put between them: which bytes are whose was noted when it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack

from gongwen.publish import Before, Publisher
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.files import Output

_AT_ONCE = 1 << 20  # bytes


class Standing:
    """The pieces of the last build, in order: how many bytes each notice has, and which notices are ``gone``.

    ``read`` gives as many of the next bytes as it is asked for. ``lengths`` are the bytes of the pieces that were copied, by notice.
    """

    def __init__(
        self,
        pieces: Iterable[tuple[str, int]] = (),
        gone: frozenset[str] = frozenset(),
        read: Callable[[int], bytes] = bytes,
    ) -> None:
        self._pieces = iter(pieces)
        self._gone = gone
        self._read = read
        self._next = next(self._pieces, None)
        self.lengths: dict[str, int] = {}

    def before(self, notice: str | None) -> Iterator[bytes]:
        """The pieces that stay and stand before that of ``notice``, or all that are left: those that follow one another at once."""
        run = 0
        while self._next and (notice is None or self._next[0] < notice):
            id, length = self._next
            if id in self._gone:
                if run:
                    yield self._read(run)
                run = 0
                self._read(length)
            elif length:
                self.lengths[id] = length
                run += length
            if run >= _AT_ONCE:
                yield self._read(run)
                run = 0
            self._next = next(self._pieces, None)
        if run:
            yield self._read(run)


class Joined(Publisher):
    """Writes a file for each of ``heads``: to the path and with the head that stand there, of the pieces of that name."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._open = ExitStack()
        self._notices = [id for id in before.notices if id not in before.gone] if before else []
        self._files = {
            name: _File(output, path, head, self._standing(before, path, len(head)) if before else Standing())
            for name, (path, head) in self.heads().items()
        }

    def heads(self) -> Mapping[str, tuple[str, bytes]]:
        """The path of each file, and its head, by the name of its pieces."""
        raise NotImplementedError

    def tail(self) -> bytes:
        """What stands at the end of each file."""
        return b""

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        self._notices.append(id)
        for name, piece in data.items():
            self._files[name].add(id, piece)

    def finish(self) -> None:
        self._notices.sort()
        for file in self._files.values():
            file.finish(self.tail(), self._notices)

    def abandon(self) -> None:
        self._open.close()

    def _standing(self, before: Before, path: str, start: int) -> Standing:
        file = self._open.enter_context((before.folder / path).open("rb"))
        file.seek(start)
        return Standing(zip(before.notices, before.pieces[path], strict=True), before.gone, file.read)


class _File:
    def __init__(self, output: Output, name: str, head: bytes, standing: Standing) -> None:
        self._output, self._name = output, name
        self._stream = output.stream(name)
        self._stream.write(head)
        self._standing = standing
        self._lengths: dict[str, int] = {}

    def add(self, id: str, piece: bytes) -> None:
        """The piece of a notice; they come in the order of the ids."""
        self._stream.writelines(self._standing.before(id))
        self._stream.write(piece)
        self._lengths[id] = len(piece)

    def finish(self, tail: bytes, notices: Iterable[str]) -> None:
        """The end of the file, which has the pieces of ``notices``, in their order."""
        self._stream.writelines(self._standing.before(None))
        self._stream.write(tail)
        lengths = self._standing.lengths | self._lengths
        self._output.pieces[self._name] = tuple(lengths.get(id, 0) for id in notices)
