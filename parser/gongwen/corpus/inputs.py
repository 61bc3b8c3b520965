"""Where sources come from: files below a folder, or the rows of a table, so that a crawl needs no file for each page.

A table is Parquet or JSON Lines with the columns ``path`` (the name that is published), ``bytes`` and, where there is one,
``sidecar`` (what would stand in the .toml file beside it). In JSON, bytes are base64.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

import orjson

from gongwen import read
from gongwen.corpus.report import Failure
from gongwen.errors import GongwenError, SourceError
from gongwen.read import readable

Item = tuple[str, read.Given] | Failure
"""A source with the name that is published as its path; or why it can't be read."""

TABLES = (".parquet", ".jsonl")
_ROWS_AT_ONCE = 64


class Inputs(Protocol):
    """Sources, in a fixed order; ``count`` is how many, where that is known; ``folder`` is where they lie, if it is one.

    ``home`` is the folder in which the publisher states what holds for all of them (gongwen.toml).
    """

    @property
    def folder(self) -> Path | None: ...

    @property
    def home(self) -> Path: ...

    @property
    def count(self) -> int | None: ...

    def __iter__(self) -> Iterator[Item]: ...


@dataclass(frozen=True, slots=True)
class Files:
    """The files ``paths`` below ``folder``; their names are the paths from there."""

    folder: Path
    paths: Sequence[Path]

    @property
    def home(self) -> Path:
        return self.folder

    @property
    def count(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[Item]:
        real = self.folder.resolve()
        for path in self.paths:
            name = readable(path.relative_to(self.folder).as_posix())
            try:
                yield name, read.fetch(path, real)
            except SourceError as error:
                yield Failure(name, error.code, str(error).removeprefix(f"{readable(path)}: "))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of the Parquet or JSON Lines file ``path``. GongwenError where it is none, or has other columns."""

    path: Path
    folder: ClassVar[None] = None

    @property
    def home(self) -> Path:
        return self.path.parent

    @property
    def count(self) -> int | None:
        if self.path.suffix != ".parquet":
            return None
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return int(pq.ParquetFile(self.path).metadata.num_rows)
        except pa.ArrowInvalid:
            return None  # reading the rows says what is wrong

    def __iter__(self) -> Iterator[Item]:
        rows = _parquet(self.path) if self.path.suffix == ".parquet" else _json_lines(self.path)
        for number, row in enumerate(rows, 1):
            yield _item(row, number)


def sources(folder: Path) -> list[Path]:
    """The files under ``folder`` that should be notices, in the order of their paths.

    Hidden files, the .toml files that stand beside sources, and READMEs are none.
    """
    return read.list_sources(folder)


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise GongwenError(
            f"{path}: Parquet needs pyarrow, which is not installed: pip install 'gongwen[publish]'"
        ) from error
    try:
        file = pq.ParquetFile(path)
        names = [name for name in ("path", "bytes", "sidecar") if name in file.schema_arrow.names]
        if not {"path", "bytes"} <= set(names):
            raise GongwenError(f"{path}: has no columns path and bytes")
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=names):
            yield from batch.to_pylist()
    except pa.ArrowInvalid as error:
        raise GongwenError(f"{path}: is no Parquet: {error}") from error


def _json_lines(path: Path) -> Iterator[Any]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = orjson.loads(line)
                yield {
                    **row,
                    "bytes": b64decode(row["bytes"], validate=True),
                    "sidecar": None if row.get("sidecar") is None else b64decode(row["sidecar"], validate=True),
                }
            except (orjson.JSONDecodeError, Base64Error, KeyError, TypeError, ValueError) as error:
                yield {"path": None, "error": f"line {number} of the table is no source: {error}"}


def _item(row: Mapping[str, Any], number: int) -> Item:
    path, data, sidecar = row["path"], row.get("bytes"), row.get("sidecar")
    if isinstance(sidecar, str):
        sidecar = sidecar.encode()
    if not isinstance(path, str) or not path or not isinstance(data, bytes) or not isinstance(sidecar, bytes | None):
        said = row.get("error") or f"row {number} of the table has no path, or no bytes"
        return Failure(f"row {number}", "unreadable", said)
    return path, read.Given(path, data, sidecar)
