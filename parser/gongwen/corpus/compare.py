"""Whether two builds of the same notices are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from filecmp import cmp
from fnmatch import fnmatchcase
from pathlib import Path
from pkgutil import resolve_name

from gongwen import publish
from gongwen.corpus.staging import INDEX, files
from gongwen.publish import RECORD, Format


def different(first: Path, second: Path, formats: Iterable[Format]) -> Iterator[str]:
    """The names of the files of ``formats`` that say something else in the one folder than in the other, or are in one only."""
    owners = [(glob, format) for format in (RECORD, *formats) for glob in format.files]
    there, here = set(files(first)), set(files(second))
    for name in there | here:
        format = RECORD if name == INDEX else next((owner for glob, owner in owners if fnmatchcase(name, glob)), None)
        if format and not (name in there & here and _same(format, first / name, second / name)):
            yield name


def _same(format: Format, one: Path, other: Path) -> bool:
    if cmp(one, other, shallow=False):
        return True
    if format.rows is None:
        return False
    same: bool = resolve_name(f"{publish.__name__}.{format.rows}")(one, other)
    return same
