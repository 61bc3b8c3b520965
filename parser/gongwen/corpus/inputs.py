"""Where sources come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gongwen import read
from gongwen.corpus.report import Failure
from gongwen.errors import SourceError
from gongwen.read import readable


def sources(folder: Path) -> list[Path]:
    """The files under ``folder`` that should be notices, in the order of their paths.

    Hidden files, the .toml files that stand beside sources, and READMEs are none.
    """
    return read.list_sources(folder)


def fetched(folder: Path, paths: Sequence[Path]) -> Iterator[tuple[str, read.Given] | Failure]:
    """The bytes of each of ``paths`` with its name, the path below ``folder`` in UTF-8; or why it can't be read."""
    for path in paths:
        name = readable(path.relative_to(folder).as_posix())
        try:
            yield name, read.fetch(path, folder)
        except SourceError as error:
            yield Failure(name, error.code, str(error).removeprefix(f"{readable(path)}: "))
