"""Publishing: notices as files of many formats, each made by a module of its own behind one interface.

A publisher takes the notices one by one, in the order of their ids, and keeps none of them: what it needs to remember
grows with a line per notice at most. To add a format, write a module with a subclass of ``Publisher`` and name it here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NamedTuple

from gongwen.errors import GongwenError
from gongwen.model import Notice
from gongwen.publish.files import Output
from gongwen.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice on its way out: as the model has it, with its text and ledger, as plain data, and as published bytes.

    ``text.source`` is the decoded source that all spans index, ``text.value`` the published wording of all of it;
    ``data`` is what ``json`` (the bytes of dist/notices/<id>.json) says.
    """

    notice: Notice
    text: Text
    data: dict[str, Any]
    json: bytes


class Publisher(ABC):
    """Turns notices into the files of one format, below ``output``."""

    def __init__(self, output: Output) -> None:
        self.output = output

    @abstractmethod
    def add(self, entry: Entry) -> None:
        """Take the next notice. Entries come sorted by id, each id once."""

    def finish(self) -> None:  # noqa: B027 - most have nothing to do then
        """All notices were taken: write what is about all of them. Publishers finish in the order of FORMATS."""

    def abandon(self) -> None:  # noqa: B027 - most hold nothing open
        """The build failed: let go of what is open. Files that were begun and not committed vanish by themselves."""


class Format(NamedTuple):
    """An output that can be asked for: who makes it (module:class), and which files below dist/ are its own.

    ``files`` are globs: what matches and was not written by this build is left over from another and goes.
    ``committed`` says that equal notices give equal bytes with every version of the libraries used.
    """

    name: str
    publisher: str
    files: tuple[str, ...]
    committed: bool
    description: str


FORMATS = (
    Format("tables", "csv_tables:CsvTables", ("tables/*.csv",), True, "tables as CSV"),
    Format("parquet", "parquet:ParquetTables", ("tables/*.parquet",), False, "tables as Parquet"),
    Format("sqlite", "sqlite:SqliteDatabase", ("gongwen.db",), False, "an SQLite database with search"),
    Format("datasette", "datasette:DatasetteMetadata", ("metadata.json",), True, "what Datasette shows with it"),
    Format("akn", "akoma_ntoso:AkomaNtoso", ("akn/*.xml",), True, "Akoma Ntoso 3.0 XML"),
    Format("codelists", "codelists:Codelists", ("schema/codelists/*.csv",), True, "the code lists"),
    Format("types", "types:Types", ("types/*",), True, "types for TypeScript and Python"),
    Format("site", "site:Site", ("site/**/*",), True, "a web site of static files"),
    Format("catalog", "catalog:Catalog", ("catalog.jsonld",), True, "a DCAT catalogue in JSON-LD"),
    Format(
        "datapackage", "datapackage:DataPackage", ("datapackage.json",), True, "a Data Package of all that is committed"
    ),
)
"""All outputs beside the notices themselves, in the order in which they finish: the last ones describe the others' files."""

NAMES = tuple(format.name for format in FORMATS)


@contextmanager
def publishing(folder: Path, names: Iterable[str] = NAMES) -> Iterator[Callable[[Entry], None]]:
    """Everything in ``names`` at once, into ``folder``: call what this yields with each entry, sorted by id.

    Leaving the block finishes the files and removes what an earlier build left of these formats; an exception in it
    leaves the files that are made at the end as they were. KeyError for a name that is none of NAMES; GongwenError
    where a format's library is not installed.

    The last formats describe all files of dist/, so its notices, sources, ledgers, index and schema are to be written,
    and what no notice owns any more removed, before the block ends.
    """
    known = {format.name: format for format in FORMATS}
    chosen = sorted((known[name] for name in set(names)), key=FORMATS.index)
    with ExitStack() as stack:
        outputs = [stack.enter_context(Output(folder)) for _ in chosen]
        publishers: list[Publisher] = []

        def publish(entry: Entry) -> None:
            for publisher in publishers:
                publisher.add(entry)

        try:
            for format, output in zip(chosen, outputs, strict=True):
                publishers.append(_publisher(format)(output))
            yield publish
            for format, publisher in zip(chosen, publishers, strict=True):
                publisher.finish()
                publisher.output.commit()
                publisher.output.sweep(format.files)
        except BaseException:
            for publisher in publishers:
                publisher.abandon()
            raise


def _publisher(format: Format) -> type[Publisher]:
    try:
        found: type[Publisher] = resolve_name(f"{__name__}.{format.publisher}")
    except ModuleNotFoundError as error:
        message = f"{format.description} ({format.name}) need {error.name}, which is not installed: the extra `publish` brings it"
        raise GongwenError(message) from error
    return found
