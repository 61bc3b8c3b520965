"""Publishing: notices as files of many formats, in two steps behind one interface.

*Prepare* is a pure function of one notice and gives its part of a format: files that are whole by themselves, and data that
go into files about all notices. It may run in any order and in any process, and whatever a format cannot write shows here,
as the failure of that notice. *Take* puts the data of all notices together, in the order of their ids: a ``Publisher``
keeps none of them, and what it remembers grows with a line per notice at most.

To add a format, write a module with a function ``prepare``, or a subclass of ``Publisher`` (of ``Joined``, where a file holds the notices one
behind the other), or both, and name it in FORMATS.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, NamedTuple

from gongwen.document import Occurrence, Place
from gongwen.errors import GongwenError
from gongwen.model import Notice
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.files import Output, Written
from gongwen.text import Text

if TYPE_CHECKING:
    from gongwen.compare.render import Comparison
    from gongwen.messages import Language


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One notice on its way out: as the model has it, with its text and ledger, as plain data, and as published bytes.

    ``text.source`` is the decoded source that all spans index, ``text.value`` the published wording of all of it;
    ``data`` is what ``json`` (the bytes of dist/notices/<id>.json) says. ``places`` say where the file has the text, if
    it has pages, paragraphs or cells, and ``reader`` what found them; ``coverage`` what became of each place of the text.
    """

    notice: Notice
    text: Text
    data: dict[str, Any]
    json: bytes
    places: tuple[Place, ...] = ()
    reader: str | None = None
    coverage: tuple[Occurrence, ...] = ()


class Part(NamedTuple):
    """What a format makes of one notice: bytes only, so that it can be kept, sent and compared.

    ``files`` are published as they are, by their paths below dist/; ``data`` are for the publisher, by names of its own.
    """

    files: Mapping[str, bytes] = {}
    data: Mapping[str, bytes] = {}


class Call(NamedTuple):
    """Files that can be made anywhere: ``function(*arguments)`` gives their contents by their names.

    ``names`` are those of the files; the key of each stands for all that it depends on beside the program, so that a file of an
    earlier build that was made by the same key can stay. ``apart``: the last argument has an entry for each file, and those files
    are made whose entries are there.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    function: Callable[..., Mapping[str, bytes]]
    arguments: tuple[Any, ...]
    apart: bool = False

    def without(self, standing: Collection[str]) -> Call | None:
        """The call for the files that are not ``standing``; None where there are none."""
        places = [place for place, name in enumerate(self.names) if name not in standing]
        if not places:
            return None
        if not self.apart:
            return self
        names, keys, entries = (
            tuple(listed[at] for at in places) for listed in (self.names, self.keys, self.arguments[-1])
        )
        return self._replace(names=names, keys=keys, arguments=(*self.arguments[:-1], entries))


class Before(NamedTuple):
    """The files of the last build in ``folder``, and the ids of the notices in them that are gone or changed since.

    ``notices`` are the ids of all that they have, sorted; ``pieces`` says of each file how many bytes are whose (see ``Written``).
    """

    folder: Path
    gone: frozenset[str]
    notices: tuple[str, ...] = ()
    pieces: Mapping[str, tuple[int, ...]] = {}


class Publisher:
    """Puts the data of all notices together as the files of one format, in ``output``.

    That of a format that is ``revised`` may be given the files of the last build: then it takes the notices that are new or
    changed only. If it has ``rows``, those that it writes are those of a build of all, but not the bytes. ``about`` is what the publisher
    of the data states of them; ``formats`` are the names of all formats that the build makes.
    """

    formats: frozenset[str] = frozenset()

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        self.output = output
        self.about = about

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        """The data of the next notice. They come sorted by id, each id once."""

    def calls(self) -> Iterable[Call]:
        """All notices were taken: the pages that need their neighbours, to be made in any order and in any process."""
        return ()

    def finish(self) -> None:
        """All notices were taken: write what is about all of them."""

    def describe(self, files: Mapping[str, Written]) -> None:
        """The last step of a format that describes ``files``, which are all that the folder will hold."""

    def abandon(self) -> None:
        """Let go of what is open, whether the build failed or not."""


class Format(NamedTuple):
    """An output that can be asked for: who prepares and who publishes it, and which files below dist/ are its own.

    ``part`` names the part of PARTS that it is made of, ``publisher`` (module:class) puts the parts together; a format without
    the one is the same whatever the notices are, one without the other consists of the files of its part. ``files`` are globs, whose * crosses slashes:
    what matches and was not written by this build is left over from another and goes. ``committed`` says that equal notices
    give equal bytes with every version of the libraries used; ``needs`` names the modules of an extra without which it
    can't be made; ``beside`` says that putting it together takes long enough for a process of its own, ``revised`` that it
    can bring the files of the last build up to date (see ``Publisher``); ``rows`` (module:function), where equal notices may give other
    bytes, tells whether two of its files have the same rows; ``last`` says that it describes the files of the others.
    """

    name: str
    part: str | None
    publisher: str | None
    files: tuple[str, ...]
    committed: bool
    description: str
    needs: tuple[str, ...] = ()
    beside: bool = False
    revised: bool = False
    rows: str | None = None
    last: bool = False


PARTS = {
    "record": "record:prepare",
    "csv": "csv_tables:prepare",
    "rows": "tables:prepare",
    "sheets": "workbook:prepare",
    "lines": "json_lines:prepare",
    "akn": "akoma_ntoso:prepare",
    "organs": "organs:prepare",
    "site": "site.prepare:prepare",
    "catalog": "catalog:prepare",
    "feed": "feed:prepare",
    "calendar": "calendar:prepare",
}
"""Who prepares each part (module:function); formats that are made of the same data share one."""

RECORD = Format(
    "record",
    "record",
    None,
    ("notices/*.json", "sources/*.txt", "ledgers/*.json", "places/*.json", "coverage/*.json", "schema/*.json"),
    True,
    "the notices themselves",
)
"""What every build writes."""

FORMATS = (
    Format(
        "tables", "csv", "csv_tables:CsvTables", ("tables/*.csv",), True, "tables as CSV", beside=True, revised=True
    ),
    Format(
        "parquet",
        "rows",
        "parquet:ParquetTables",
        ("tables/*.parquet",),
        False,
        "tables as Parquet",
        ("pyarrow",),
        beside=True,
        revised=True,
        rows="parquet:same_rows",
    ),
    Format(
        "sqlite",
        "rows",
        "sqlite:SqliteDatabase",
        ("gongwen.db",),
        False,
        "an SQLite database with search",
        beside=True,
        revised=True,
        rows="sqlite:same_rows",
    ),
    Format(
        "workbook",
        "sheets",
        "workbook:Workbook",
        ("tables/*.xlsx",),
        False,
        "a workbook with a 任务分工表 and a sheet for each table",
        ("xlsxwriter",),
        beside=True,
        revised=True,
    ),
    Format(
        "jsonl",
        "lines",
        "json_lines:JsonLines",
        ("notices.jsonl",),
        True,
        "all notices as JSON Lines",
        beside=True,
        revised=True,
    ),
    Format(
        "calendar",
        "calendar",
        "calendar:Calendar",
        ("calendar.ics",),
        True,
        "dated steps as a calendar",
        beside=True,
        revised=True,
    ),
    Format("organs", "organs", "organs:Organs", ("organs.json", "organs.csv"), True, "who is who over all notices"),
    Format("datasette", None, "datasette:DatasetteMetadata", ("metadata.json",), True, "what Datasette shows with it"),
    Format("akn", "akn", None, ("akn/*.xml",), True, "Akoma Ntoso 3.0 XML"),
    Format("codelists", None, "codelists:Codelists", ("schema/codelists/*.csv",), True, "the code lists"),
    Format(
        "vocabulary", None, "vocabulary:Vocabulary", ("vocabulary/*.csv",), True, "the words by which notices are read"
    ),
    Format("types", None, "types:Types", ("types/*",), True, "types for TypeScript and Python"),
    Format("site", "site", "site:Site", ("site/*",), True, "a web site of static files", ("jinja2",)),
    Format("feed", "feed", "feed:Feed", ("feed.atom",), True, "the latest notices as an Atom feed", last=True),
    Format(
        "catalog", "catalog", "catalog:Catalog", ("catalog.jsonld",), True, "a DCAT catalogue in JSON-LD", last=True
    ),
    Format(
        "datapackage",
        None,
        "datapackage:DataPackage",
        ("datapackage.json",),
        True,
        "a Data Package of all that is committed",
        last=True,
    ),
)
"""All outputs beside the notices themselves."""

EXPORTS = {"xlsx": ("workbook:workbook", "xlsxwriter"), "docx": ("document:word_document", "docx")}
"""Who makes an office file of one notice (module:function), and the module that it needs."""

NAMES = tuple(format.name for format in FORMATS)


def chosen(names: Iterable[str]) -> list[Format]:
    """The formats of ``names`` in the order of FORMATS; KeyError for a name that is none of NAMES."""
    known = {format.name: format for format in FORMATS}
    return sorted((known[name] for name in set(names)), key=FORMATS.index)


def missing(format: Format) -> str | None:
    """The module that ``format`` needs and that is not installed."""
    return next((name for name in format.needs if find_spec(name) is None), None)


def parts_of(names: Iterable[str]) -> tuple[str, ...]:
    """The names of the parts that the formats ``names`` are made of, the record first."""
    wanted = {format.part for format in (RECORD, *chosen(names))}
    return tuple(part for part in PARTS if part in wanted)


def prepare(entry: Entry, parts: Iterable[str]) -> dict[str, Part]:
    """The parts of one notice, by their names."""
    return {name: resolve_name(f"{__name__}.{PARTS[name]}")(entry) for name in parts}


def modules() -> list[str]:
    """The modules that prepare the parts."""
    return [f"{__name__}.{maker.partition(':')[0]}" for maker in PARTS.values()]


def require(format: Format) -> None:
    """GongwenError where the library of ``format`` is not installed."""
    if name := missing(format):
        message = (
            f"{format.description} ({format.name}) need {name}, which is not installed: the extra `publish` brings it"
        )
        raise GongwenError(message)


def exported(notice: dict[str, Any], form: str) -> bytes:
    """One published notice (its JSON) as an office file of one of EXPORTS; GongwenError where its library is not installed."""
    maker, library = EXPORTS[form]
    _require_library(form, library)
    made: bytes = resolve_name(f"{__name__}.{maker}")(notice)
    return made


def compared(comparison: Comparison, language: Language) -> bytes:
    """A comparison as a workbook; GongwenError where XlsxWriter is not installed."""
    _require_library("xlsx", "xlsxwriter")
    made: bytes = resolve_name(f"{__name__}.comparison:comparison_workbook")(comparison, language)
    return made


def _require_library(form: str, library: str) -> None:
    if find_spec(library) is None:
        raise GongwenError(f"{form} needs {library}, which is not installed: the extra `publish` brings it")


def publisher(format: Format) -> type[Publisher]:
    """Who puts ``format`` together; GongwenError where its library is not installed."""
    require(format)
    found: type[Publisher] = resolve_name(f"{__name__}.{format.publisher}")
    return found
