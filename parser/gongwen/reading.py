"""One source, read while a person waits: in a process under limits where the library of its format may hang or crash."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from gongwen import read
from gongwen.document import Source
from gongwen.errors import SourceError

Argument = TypeVar("Argument")


def read_given(given: read.Given) -> Source:
    """The source that was fetched. Raises SourceError, too, where a limit ends it or its process dies."""
    return _within_limits(read.from_given, given, given.data, given.path)


def read_bytes(data: bytes) -> Source:
    """The source that ``data`` holds. Errors as of ``read_given``."""
    return _within_limits(read.from_bytes, data, data, None)


def _within_limits(reader: Callable[[Argument], Source], argument: Argument, data: bytes, path: str | None) -> Source:
    """The source that ``reader`` makes of ``argument``, which holds ``data``."""
    if not read.needs_limits(data, path):
        return reader(argument)

    # Most sources are text and need none of this, which takes as long to load as a notice to parse.
    from gongwen.corpus.limits import Limits
    from gongwen.corpus.workers import BrokenError, limited

    try:
        limits = Limits(*read.PATIENCE_FOR_ONE)
        if read.recognizes() and limited(read.holds_scans, data, limits):
            limits = Limits(*read.PATIENCE_FOR_SCANS)
        return limited(reader, argument, limits)
    except BrokenError as error:
        raise SourceError(error.broken.code, f"it could not be read: {error}", path=path) from error
