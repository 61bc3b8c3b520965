"""A web site of static files: the list with its search, a page for each notice, its source and each unit, and changes.

Nothing of it needs a server, a network or, to be read, a script. The pages are written when all notices were seen, since
they link to one another; until then a temporary database holds what they need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from itertools import groupby, islice
from typing import TypeVar

import orjson

from gongwen.load import from_json
from gongwen.model import Notice, Task, Unit
from gongwen.publish import Entry, Publisher
from gongwen.publish.files import Output
from gongwen.publish.site import labels, pages, search
from gongwen.publish.site.spool import Duty, Listed, Named, Spool
from gongwen.publish.site.versions import families

_NOTICES_PER_PAGE = 50
_UNITS_PER_PAGE = 200
_DUTIES_PER_PAGE = 100
_KEY_DIGITS = 12

T = TypeVar("T")


class Site(Publisher):
    """Writes site/: what is about one notice alone at once, all that links to others at the end."""

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self._spool = Spool()

    def add(self, entry: Entry) -> None:
        notice = entry.notice
        self._write(*pages.source_page(notice, entry.text))
        keys = unit_keys(notice)
        self._write(*search.record_file(notice.id, _search_record(notice, keys)))
        self._spool.add_notice(
            _listed(notice), notice.plan.title if notice.plan else None, entry.json, entry.text.source
        )
        self._spool.add_grams(notice.id, search.grams(_searched(notice)))
        scope = _scope(notice)
        units = {unit.id: unit for unit in notice.units}
        self._spool.add_duties(
            (
                (key, units[identifier].full_name or units[identifier].name, _scope_of(units[identifier], scope))
                for identifier, key in keys.items()
            ),
            (
                (
                    keys[unit.unit_id],
                    notice.id,
                    number,
                    task_title(task),
                    task.deadline,
                    unit.name,
                    unit.role,
                    unit.role_basis,
                )
                for number, task in enumerate(notice.tasks, 1)
                for unit in task.responsible_units
            ),
        )

    def finish(self) -> None:
        spool = self._spool
        spool.add_versions(list(families(spool.titles())))
        self._write_assets()
        self._write_lists()
        self._write_units()
        self._write_search()
        for listed in spool.notices():
            record, source = spool.record(listed.id)
            notice = from_json(orjson.loads(record))
            self._write(
                *pages.notice_page(notice, source, unit_keys(notice), self._held(notice), spool.versions(notice.id))
            )
        spool.close()

    def abandon(self) -> None:
        self._spool.close()

    def _write(self, path: str, content: bytes) -> None:
        self.output.write(f"site/{path}", content)

    def _write_assets(self) -> None:
        for asset in sorted(files(__package__).joinpath("assets").iterdir(), key=lambda asset: asset.name):
            self._write(f"assets/{asset.name}", asset.read_bytes())
        self._write("assets/labels.js", labels.script())

    def _write_lists(self) -> None:
        total = self._spool.count_notices()
        count = max(1, -(-total // _NOTICES_PER_PAGE))
        batches = _batches(self._spool.notices(), _NOTICES_PER_PAGE)
        for page in range(1, count + 1):
            self._write(*pages.list_page(page, count, next(batches, []), total))

    def _write_units(self) -> None:
        total = sum(1 for _ in self._spool.units())
        count = max(1, -(-total // _UNITS_PER_PAGE))
        batches = _batches(self._spool.units(), _UNITS_PER_PAGE)
        for page in range(1, count + 1):
            units = next(batches, [])
            self._write(*pages.units_page(page, count, units, total))
            self._write(
                pages.numbered("units/index", "units/list-{}", page, ".json"), _json([unit._asdict() for unit in units])
            )
        for unit, rows in groupby(self._spool.duties(), key=lambda row: row[0]):
            count = -(-unit.duties // _DUTIES_PER_PAGE)
            for page, duties in enumerate(_batches((duty for _, duty in rows), _DUTIES_PER_PAGE), 1):
                self._write(*pages.unit_page(unit, page, count, duties))
                content = {
                    **unit._asdict(),
                    "page": page,
                    "pages": count,
                    "responsibilities": [duty._asdict() for duty in duties],
                }
                self._write(
                    pages.numbered(f"units/{unit.key}", f"units/{unit.key}-{{}}", page, ".json"), _json(content)
                )

    def _write_search(self) -> None:
        shards = search.shard_count(self._spool.count_grams())
        self._write(*search.settings_file(self._spool.count_notices(), shards))
        for path, content in search.name_files(listed.id for listed in self._spool.notices()):
            self._write(path, content)
        for path, content in search.index_files(self._spool.grams(shards)):
            self._write(path, content)

    def _held(self, notice: Notice) -> dict[str, str]:
        """The notice that each citation names, by the id of the citation, where it is among these."""
        held = {}
        for citation in notice.citations:
            number = citation.document_number.text if citation.document_number else None
            found = self._spool.find(number, citation.title)
            if found and found != notice.id:
                held[citation.id] = found
        return held


def unit_keys(notice: Notice) -> dict[str, str]:
    """The page of each responsible unit of ``notice``, by the unit's id: a hash of whose unit it is and its name.

    区科协 is another unit in another district. A name is taken to mean the same unit in all notices of one government:
    of the division of the unit where it is certain, else of the issuer's, else of the issuers by name.
    """
    scope = _scope(notice)
    responsible = {unit.unit_id for task in notice.tasks for unit in task.responsible_units}
    return {
        unit.id: sha256(f"{_scope_of(unit, scope)}\n{unit.full_name or unit.name}".encode()).hexdigest()[:_KEY_DIGITS]
        for unit in notice.units
        if unit.id in responsible
    }


def task_title(task: Task) -> str:
    """The title of a task, or the beginning of its text."""
    return task.title or pages.excerpt(task.text)


def _scope(notice: Notice) -> str:
    issuers = {issuer.unit_id for issuer in notice.issuers}
    divisions = [unit.division for unit in notice.units if unit.id in issuers and unit.division]
    return divisions[0] if divisions else "、".join(issuer.name for issuer in notice.issuers)


def _scope_of(unit: Unit, scope: str) -> str:
    return "" if unit.full_name else unit.division or scope


def _listed(notice: Notice) -> Listed:
    number = notice.document_number.text if notice.document_number else None
    issuers = "、".join(issuer.name for issuer in notice.issuers)
    return Listed(
        notice.id, number, notice.title, issuers, notice.issue_date, len(notice.tasks), len(unit_keys(notice))
    )


def _searched(notice: Notice) -> Iterator[tuple[int, str]]:
    yield search.TITLE, notice.title or ""
    yield search.TITLE, notice.document_number.text if notice.document_number else ""
    for unit in notice.units:
        yield search.UNIT, unit.name
        yield search.UNIT, unit.full_name or ""
    for task in notice.tasks:
        yield search.TASK, task.title or ""
        yield search.TASK, task.text


def _search_record(notice: Notice, keys: dict[str, str]) -> dict[str, object]:
    listed = _listed(notice)
    return {
        "id": notice.id,
        "title": notice.title,
        "number": listed.number,
        "issuers": listed.issuers,
        "date": notice.issue_date,
        "units": [[unit.name, unit.full_name, keys.get(unit.id)] for unit in notice.units],
        "tasks": [[task.title, task.text] for task in notice.tasks],
    }


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
