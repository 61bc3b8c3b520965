"""Putting prepared notices together as the files of dist/, in the staging folder.

Files that are about one notice alone are copied from its bundle, in any order. Formats that put all notices together take
them in the order of their ids, each format in a process of its own. Pages that need their neighbours come last. Where the last
build is remembered, only what has changed since is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import orjson

from gongwen import publish, schemas
from gongwen.corpus import staging
from gongwen.corpus.engines import Engine, results
from gongwen.corpus.memory import Memory, Standing
from gongwen.corpus.progress import Watch
from gongwen.corpus.report import Failure, Row, internal_error
from gongwen.corpus.staging import INDEX
from gongwen.corpus.staging import files as files_in
from gongwen.corpus.store import Store
from gongwen.corpus.workers import Call
from gongwen.model import SCHEMA_VERSION
from gongwen.publish import RECORD, Before, Format
from gongwen.publish.bundles import Bundle
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.files import Output, Written, any_of, measure

Files = dict[str, Written]
T = TypeVar("T")

_FORMATS = {format.name: format for format in (RECORD, *publish.FORMATS)}
_NOTICES_AT_ONCE = 16  # copied by one call
_PAGES_AT_ONCE = 16  # calls for pages that one worker makes at a time


class Made(NamedTuple):
    """What a call made: files by the name of their format, and the pages that could not be made."""

    files: Mapping[str, Files]
    failed: tuple[Failure, ...] = ()


class Notice(NamedTuple):
    """A prepared notice: its id, the key of its bundle, and the bundle's file."""

    id: str
    key: str
    bundle: str


class Place(NamedTuple):
    """Where files are made, where they are meant for, what the publisher states of them, and the names of the formats."""

    staging: Path
    dist: Path
    about: About = UNSTATED
    formats: frozenset[str] = frozenset()

    def output(self) -> Output:
        """An output in this place."""
        return Output(self.staging, self.dist)


class Plan(NamedTuple):
    """What is to be made of one format: ``kept`` stays as the last build left it; ``gone`` are the notices that it had and that
    are changed or no more, ``fresh`` those that it has to take."""

    format: Format
    standing: Standing | None
    gone: frozenset[str]
    fresh: tuple[Notice, ...]
    kept: Files

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return self.standing is not None and not self.gone and not self.fresh


def put_together(
    dist: Path,
    work: Path,
    rows: Sequence[Row],
    bundles: Store,
    keys: dict[str, str],
    formats: Sequence[publish.Format],
    engine: Engine,
    watch: Watch,
    memory: Memory | None,
    about: About = UNSTATED,
) -> tuple[Failure, ...]:
    """Publish ``rows`` in ``dist``, by way of the staging folder ``work``; their bundles have ``keys``, by id, sorted.

    Where ``memory`` knows what the last build left, only what has changed is made. Returns the pages on which the program failed:
    they are left out, the rest is published, and the next build tries again.
    """
    standing = memory.recall((RECORD.name, *publish.NAMES)) if memory else {}
    notices = [Notice(id, key, str(bundles.path(key))) for id, key in keys.items()]
    plans = [_plan(format, notices, standing.get(format.name)) for format in (RECORD, *formats)]
    there = set(files_in(dist))
    if all(each.idle for each in plans) and there == {name for each in standing.values() for name in each.files}:
        return ()
    index = _index(sorted(rows, key=lambda row: row.id))
    place = Place(work, dist, about, frozenset(format.name for format in formats))
    made, failed = _take(place, notices, plans, there, index, engine, watch)
    files = {name: file for portion in made.values() for name, file in portion.items()}
    staying = {row.id: row.json_sha256 for row in rows}
    announced = [entry for entry in staging.indexed(dist) if staying.get(entry["id"]) == entry["json_sha256"]]
    staging.put_index(work, dist, _index(announced))
    staging.put(work, dist, sorted(name for name, file in files.items() if file.staged and name != INDEX))
    owned = any_of(tuple(glob for format in (RECORD, *formats) for glob in format.files))
    staging.sweep(dist, [name for name in there - files.keys() if owned.match(name)])
    staging.put_index(work, dist, index)
    if memory and not failed:
        memory.note(keys, made)
    return failed


def _plan(format: Format, notices: Sequence[Notice], standing: Standing | None) -> Plan:
    """What is to be made of ``format``, of which ``standing`` is what the last build left."""
    if standing is None:
        return Plan(format, None, frozenset(), tuple(notices), {})
    now = {notice.id: notice.key for notice in notices}
    gone = frozenset(id for id, key in standing.notices.items() if now.get(id) != key)
    fresh = tuple(notice for notice in notices if standing.notices.get(notice.id) != notice.key)
    return Plan(format, standing, gone, fresh, standing.kept(gone))


def _take(
    place: Place,
    notices: Sequence[Notice],
    plans: Sequence[Plan],
    there: Collection[str],
    index: bytes,
    engine: Engine,
    watch: Watch,
) -> tuple[dict[str, Files], tuple[Failure, ...]]:
    """The files of each format, by its name: all that ``plans`` say, of ``notices``, which are sorted by id; and the pages that failed.

    ``there`` are the names of the files that are published, ``index`` is what the index will say.
    """
    made = {each.format.name: each.kept if each.idle else _of_notices(each.kept) for each in plans}
    busy = [each for each in plans if not each.idle]
    failed: list[Failure] = []
    with ExitStack() as stack:
        joined, describing = (
            [
                stack.enter_context(closing(_Joined(place, each)))
                for each in some
                if each.format.publisher and not each.format.beside and each.format.last is last
            ]
            for some, last in ((busy, False), (plans, True))
        )
        pages = _joining(notices, (*joined, *describing), made)
        calls = chain(_beside(place, notices, busy), _copies(place, busy), pages)
        for portion in watch("publishing", results(engine, calls), None):
            for name, files in portion.files.items():
                made[name] |= files
            failed += portion.failed
        for join in joined:
            made[join.plan.format.name] |= join.finish()
        output = place.output()
        output.write(INDEX, index)
        made[RECORD.name] |= output.written | _schema_files(place)
        for join in describing:
            made[join.plan.format.name] = join.describe(_all_files(place, made, there))
    return made, tuple(sorted(failed, key=lambda failure: failure.path))


def _of_notices(files: Files) -> Files:
    return {name: file for name, file in files.items() if file.notice}


def _beside(place: Place, notices: Sequence[Notice], plans: Iterable[Plan]) -> Iterator[Call]:
    """A call for each format that puts its files together in a process of its own."""
    for each in plans:
        if each.format.beside:
            before = _before(place, each) if len(each.fresh) < len(notices) // 2 else None
            yield Call(_together, (place, each.format, before, each.fresh if before else notices), limited=False)


def _before(place: Place, plan: Plan) -> Before | None:
    """What the last build left of a format that can bring it up to date."""
    if plan.standing is None or not plan.format.revised:
        return None
    pieces = {name: left.pieces for name, left in plan.standing.files.items()}
    if plan.format.rows is None and not all(pieces.values()):  # which bytes are whose is not known
        return None
    return Before(place.dist, plan.gone, tuple(plan.standing.notices), pieces)


def _together(place: Place, format: Format, before: Before | None, notices: Sequence[Notice]) -> Made:
    assert format.part is not None
    with place.output() as output:
        publisher = publish.publisher(format)(output, before, place.about)
        try:
            for notice in notices:
                publisher.take(notice.id, Bundle(notice.bundle).part(format.part).data)
            publisher.finish()
        finally:
            publisher.abandon()
        output.close()
    return Made({format.name: output.written})


def _copies(place: Place, plans: Iterable[Plan]) -> Iterator[Call]:
    """Calls that copy what is about one notice alone out of the bundles."""
    wanted: dict[Notice, list[Format]] = {}
    for each in plans:
        if each.format.part:
            for notice in each.fresh:
                wanted.setdefault(notice, []).append(each.format)
    for batch in _batches(wanted.items(), _NOTICES_AT_ONCE):
        yield Call(_copy, (place, batch), limited=False)


def _copy(place: Place, notices: Iterable[tuple[Notice, Sequence[Format]]]) -> Made:
    made: dict[str, Files] = {}
    for notice, formats in notices:
        bundle = Bundle(notice.bundle)
        for format in formats:
            output = place.output()
            for name, content in bundle.part(format.part or "").files.items():
                output.write(name, content, notice=notice.id)
            made.setdefault(format.name, {}).update(output.written)
    return Made(made)


class _Joined:
    """A format whose publisher joins all notices in this process, and has the pages made elsewhere."""

    def __init__(self, place: Place, plan: Plan) -> None:
        self.plan = plan
        self._place = place
        self._output = place.output()
        self._publisher = publish.publisher(plan.format)(self._output, None, place.about)
        self._publisher.formats = place.formats

    def take(self, id: str, bundle: Bundle) -> None:
        """The next notice."""
        if self.plan.format.part:
            self._publisher.take(id, bundle.part(self.plan.format.part).data)

    def calls(self, made: Mapping[str, Files]) -> Iterator[Call]:
        """Calls for the pages; those that the last build made of the same are put into ``made`` instead."""
        name, kept = self.plan.format.name, self.plan.kept
        stale = []
        for call in self._publisher.calls():
            keyed = zip(call.names, call.keys, strict=True)
            standing = {path: kept[path] for path, key in keyed if path in kept and kept[path].key == key}
            made[name].update(standing)
            if wanted := call.without(standing):
                stale.append(wanted)
                if len(stale) == _PAGES_AT_ONCE:
                    yield Call(_pages, (self._place, name, tuple(stale)), limited=False)
                    stale.clear()
        if stale:
            yield Call(_pages, (self._place, name, tuple(stale)), limited=False)

    def finish(self) -> Files:
        """Write the rest; all files that were written here."""
        self._publisher.finish()
        self._output.close()
        return self._output.written

    def describe(self, files: Files) -> Files:
        """Write what describes ``files``, which are all that there will be; all files that were written here."""
        self._publisher.describe(files)
        self._output.close()
        return self._output.written

    def close(self) -> None:
        """Let go of what is open."""
        self._publisher.abandon()
        with self._output:
            pass


def _joining(notices: Iterable[Notice], joined: Sequence[_Joined], made: Mapping[str, Files]) -> Iterator[Call]:
    """Calls for the pages of all ``joined``, which take the notices first: each bundle is opened once."""
    for notice in notices if joined else ():
        bundle = Bundle(notice.bundle)
        for join in joined:
            join.take(notice.id, bundle)
    for join in joined:
        yield from join.calls(made)


def _pages(place: Place, name: str, calls: Iterable[publish.Call]) -> Made:
    """The pages of ``calls``. What compares or joins notices may fail on some of them: that costs this page, not the others."""
    output = place.output()
    failed = []
    for call in calls:
        keys = dict(zip(call.names, call.keys, strict=True))
        try:
            contents = call.function(*call.arguments)
        except Exception as error:  # an error of the program
            failed.append(internal_error(call.names[0], error))
            continue
        for path, content in contents.items():
            output.write(path, content, key=keys[path])
    return Made({name: output.written}, tuple(failed))


def _all_files(place: Place, made: Mapping[str, Files], there: Iterable[str]) -> Files:
    """All files that there will be: those of ``made``, and of those that are ``there`` what belongs to other formats."""
    files: Files = {}
    for portion in made.values():
        files |= portion
    gone = any_of(tuple(glob for name in made for glob in _FORMATS[name].files))
    for name in there:
        if name not in files and not gone.match(name):
            files[name] = Written(*measure(place.dist / name), staged=False)
    return files


def _schema_files(place: Place) -> Files:
    """The schemas, as the data needs them beside it; their code lists are published by a format of its own."""
    output = place.output()
    for path in sorted(schemas.folder().glob("*.schema.json")):
        output.write(f"schema/{path.name}", path.read_bytes())
    notice = (schemas.folder() / "notice.schema.json").read_bytes()
    output.write("schema/notice.reader.schema.json", schemas.for_readers(notice))
    return output.written


def _batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    iterator = iter(items)
    while batch := tuple(islice(iterator, size)):
        yield batch


def _index(rows: Sequence[Row] | Sequence[dict[str, Any]]) -> bytes:
    index = {"schema_version": SCHEMA_VERSION, "notices": rows}
    return orjson.dumps(index, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
