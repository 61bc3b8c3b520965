"""Many notices: walks the sources, runs the pipeline, and decides what is written to dist/.

The sources are read twice. The first pass finds out what each will be published as; only then is anything written, and
first an index without the notices that are about to change. So an interrupted build leaves whole files, and an index
that matches what it names. No pass keeps more of a notice than its row of the index.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

import orjson

from gongwen import publish, read, schemas
from gongwen.errors import CorrectionError, SourceError, TargetError
from gongwen.model import SCHEMA_VERSION
from gongwen.pipeline import Parsed, parse_source
from gongwen.publish.files import Output
from gongwen.publish.record import ledger_json, to_json
from gongwen.read import readable
from gongwen.validate import problems

Item = TypeVar("Item")

_OWN_FILES = ("notices/*.json", "sources/*.txt", "ledgers/*.json", "schema/*.json")


@dataclass(frozen=True, slots=True)
class Row:
    """What the index says of a published notice. ``findings`` counts them by severity."""

    id: str
    document_number: str | None
    title: str | None
    kind: str | None
    issuers: tuple[str, ...]
    issue_date: str | None
    path: str
    counts: dict[str, int]
    findings: dict[str, int]
    source_sha256: str
    json_sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not published, and why. ``code`` is one of schema/codelists/finding_codes.csv.

    ``trace`` says, for an error of the program itself, where it happened: the traceback.
    """

    path: str
    code: str
    message: str
    trace: str | None = None


def internal_error(path: str, error: Exception) -> Failure:
    """The failure of a source on which the program itself failed, with what a developer needs to find out why."""
    kind, (*_, place) = type(error).__name__, traceback.extract_tb(error.__traceback__)
    where = f"{Path(place.filename).name}:{place.lineno} in {place.name}"
    trace = "".join(traceback.format_exception(error))
    return Failure(path, "internal-error", f"the program failed on it: {kind}: {error} ({where})", trace)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    published: tuple[Row, ...]
    unpublished: tuple[Failure, ...]

    @property
    def fine(self) -> bool:
        """Whether everything was published, and without an error-level finding."""
        return not self.unpublished and not any(row.findings["error"] for row in self.published)


def sources(folder: Path) -> list[Path]:
    """The files under ``folder`` that should be notices, in the order of their paths.

    Hidden files, the .toml files that stand beside sources, and READMEs are none.
    """
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix != ".toml"
        and path.stem.upper() != "README"
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


class Watch(Protocol):
    """Passes items on, and shows people how many of them are done."""

    def __call__(self, label: str, items: Sequence[Item], /) -> Iterable[Item]: ...


def unwatched(label: str, items: Sequence[Item], /) -> Iterable[Item]:
    """A Watch that shows nothing."""
    return items


def build(
    folder: Path, dist: Path, paths: Sequence[Path], formats: Iterable[str] = publish.NAMES, watch: Watch = unwatched
) -> Summary:
    """Publish ``paths``, sources below ``folder``, into ``dist``: the notices, their texts and ledgers, and ``formats``.

    A source that fails is reported in the summary and left out. Raises TargetError where ``dist`` is no place for
    data of ours, OSError where it can't be written.
    """
    _check_target(folder, dist)
    rows: dict[str, Row] = {}
    failures: list[Failure] = []
    for path in watch("reading", paths):
        name = path.relative_to(folder).as_posix()
        try:
            row = _row(parse_source(read.open_source(path), name))
        except (SourceError, CorrectionError) as error:
            reason = str(error).removeprefix(f"{readable(path)}: ")
            failures.append(Failure(readable(name), error.code, reason))
            continue
        except Exception as error:  # a fault of ours must not take the other notices with it
            failures.append(internal_error(readable(name), error))
            continue
        if row.id in rows:
            failures.append(Failure(name, "duplicate-id", f"has the id {row.id}, as {rows[row.id].path} has"))
        else:
            rows[row.id] = row
    _write(folder, dist, [rows[id] for id in sorted(rows)], formats, watch)
    return Summary(tuple(rows.values()), tuple(failures))


def _check_target(folder: Path, dist: Path) -> None:
    """A build replaces and removes files: TargetError where they could be other people's, or the sources themselves."""
    if dist.resolve() == folder.resolve() or folder.resolve() in dist.resolve().parents:
        raise TargetError(
            f"{dist}: lies in the folder of the sources, and would be read as sources: name another folder"
        )
    if dist.is_dir() and any(dist.iterdir()) and not _is_index(dist / "index.json"):
        raise TargetError(f"{dist}: holds files, but no index.json of an earlier build: name a new or an empty folder")


def _is_index(path: Path) -> bool:
    try:
        return "notices" in orjson.loads(path.read_bytes())
    except (OSError, ValueError, TypeError):
        return False


def _write(folder: Path, dist: Path, rows: list[Row], formats: Iterable[str], watch: Watch) -> None:
    with publish.publishing(dist, formats) as add, Output(dist) as output:
        _announce(output, rows)
        for name, content in _schema_files():
            output.write(f"schema/{name}", content)
        for row in watch("publishing", rows):
            parsed = parse_source(read.open_source(folder / row.path), row.path)
            data = to_json(parsed.notice)
            output.write(f"sources/{row.id}.txt", parsed.text.source.encode())
            output.write(f"ledgers/{row.id}.json", ledger_json(parsed.notice, parsed.text))
            output.write(f"notices/{row.id}.json", data)
            add(publish.Entry(parsed.notice, parsed.text, orjson.loads(data), data))
        output.write("index.json", _index(rows))
        output.sweep(_OWN_FILES)


def _announce(output: Output, rows: list[Row]) -> None:
    """Take out of the index the notices that this build will change or remove; the index of a first build is empty."""
    staying = {row.id: row.json_sha256 for row in rows}
    index = output.folder / "index.json"
    old = orjson.loads(index.read_bytes())["notices"] if _is_index(index) else []
    output.write("index.json", _index([entry for entry in old if staying.get(entry["id"]) == entry["json_sha256"]]))


def _index(rows: list[Row] | list[dict[str, Any]]) -> bytes:
    index = {"schema_version": SCHEMA_VERSION, "notices": rows}
    return orjson.dumps(index, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _row(parsed: Parsed) -> Row:
    """The row of a notice; SourceError ("invalid-notice") where it breaks the schema."""
    notice = parsed.notice
    data = to_json(notice)
    if broken := next(problems(orjson.loads(data)), None):
        raise SourceError(
            "invalid-notice", f"breaks the schema: {broken.path}: {broken.message}", path=notice.source.path
        )
    findings: Counter[str] = Counter(finding.severity for finding in notice.findings)
    return Row(
        id=notice.id,
        document_number=notice.document_number.text if notice.document_number else None,
        title=notice.title,
        kind=notice.kind,
        issuers=tuple(issuer.name for issuer in notice.issuers),
        issue_date=notice.issue_date,
        path=notice.source.path or "",
        counts={name: len(getattr(notice, name)) for name in ("sections", "tasks", "targets", "units", "citations")},
        findings={severity: findings[severity] for severity in schemas.codelist("severities")},
        source_sha256=notice.source.sha256,
        json_sha256=sha256(data).hexdigest(),
    )


def _schema_files() -> Iterator[tuple[str, bytes]]:
    """The schemas, as the data needs them beside it; their code lists are published by a format of its own."""
    for path in sorted(schemas.folder().glob("*.schema.json")):
        yield path.name, path.read_bytes()
