"""A web site of static files: the list with its search, a page for each notice, its source and each unit, and changes.

Nothing of it needs a server, a network or, to be read, a script. The pages are written when all notices were seen, since
they link to one another; until then a temporary database holds what they need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from importlib.resources import files
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeVar

import orjson

from gongwen.compare import diff
from gongwen.compare.render import Comparison, render
from gongwen.load import from_json
from gongwen.model import Notice
from gongwen.publish import Entry, Publisher
from gongwen.publish.files import Output
from gongwen.publish.site import labels, pages, search
from gongwen.publish.site.spool import Identity, Listed, Spool
from gongwen.publish.site.units import assigned, identities
from gongwen.publish.site.versions import families

_NOTICES_PER_PAGE = 50
_UNITS_PER_PAGE = 200
_DUTIES_PER_PAGE = 100

T = TypeVar("T")


class Site(Publisher):
    """Writes site/: what is about one notice alone at once, all that links to others at the end."""

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self._spool = Spool()

    def add(self, entry: Entry) -> None:
        notice, spool = entry.notice, self._spool
        units = identities(notice)
        self._write(*pages.source_page(notice, entry.text))
        self._write(*search.record_file(notice, units))
        plan = notice.part("plan")
        spool.add_notice(_listed(notice, units), plan.title if plan else None, entry.json, entry.text.source)
        spool.add_grams(notice.id, search.grams(search.fields(notice)))
        spool.add_duties(units.values(), assigned(notice, units))

    def finish(self) -> None:
        with closing(self._spool):
            self._spool.add_versions(families(self._spool.titles()))
            self._write_assets()
            self._write_lists()
            self._write_units()
            self._write_search()
            self._write_notices()
            self._write_changes()

    def abandon(self) -> None:
        self._spool.close()

    def _write(self, path: str, content: bytes) -> None:
        self.output.write(f"site/{path}", content)

    def _write_with_data(self, page: tuple[str, bytes], data: object) -> None:
        path, content = page
        self._write(path, content)
        self._write(pages.data_path(path), orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))

    def _write_assets(self) -> None:
        for asset in sorted(files(__package__).joinpath("assets").iterdir(), key=lambda asset: asset.name):
            self._write(f"assets/{asset.name}", asset.read_bytes())
        self._write("assets/labels.js", labels.script())

    def _write_lists(self) -> None:
        total = self._spool.count_notices()
        for page, count, notices in _paged(self._spool.notices(), total, _NOTICES_PER_PAGE):
            self._write(*pages.list_page(page, count, notices, total))

    def _write_units(self) -> None:
        total = sum(1 for _ in self._spool.units())
        for page, count, units in _paged(self._spool.units(), total, _UNITS_PER_PAGE):
            self._write_with_data(pages.units_page(page, count, units, total), [unit._asdict() for unit in units])
        for unit, rows in groupby(self._spool.duties(), key=itemgetter(0)):
            for page, count, duties in _paged((duty for _, duty in rows), unit.duties, _DUTIES_PER_PAGE):
                responsibilities = [duty._asdict() for duty in duties]
                data = {**unit._asdict(), "page": page, "pages": count, "responsibilities": responsibilities}
                self._write_with_data(pages.unit_page(unit, page, count, duties), data)

    def _write_search(self) -> None:
        shards = search.shard_count(self._spool.count_grams())
        self._write(*search.settings_file(self._spool.count_notices(), shards))
        for path, content in search.name_files(listed.id for listed in self._spool.notices()):
            self._write(path, content)
        for path, content in search.index_files(self._spool.grams(shards)):
            self._write(path, content)

    def _write_notices(self) -> None:
        for listed in self._spool.notices():
            record, source = self._spool.record(listed.id)
            notice = from_json(orjson.loads(record))
            versions = self._spool.versions(notice.id)
            self._write(*pages.notice_page(notice, source, identities(notice), self._held(notice), versions))

    def _write_changes(self) -> None:
        for earlier, later in self._spool.version_pairs():
            old_record, new_record = (orjson.loads(self._spool.record(each)[0]) for each in (earlier, later))
            old, new = from_json(old_record), from_json(new_record)
            comparison = Comparison(old, new, diff(old, new), old_record, new_record)
            path, page = pages.changes_page(comparison)
            self._write(path, page)
            self._write(pages.data_path(path), render(comparison, "json").encode())

    def _held(self, notice: Notice) -> dict[str, str]:
        """The notice that each citation names, by the id of the citation, where it is among these."""
        held = {}
        for citation in notice.citations:
            number = citation.document_number.text if citation.document_number else None
            found = self._spool.find(number, citation.title)
            if found and found != notice.id:
                held[citation.id] = found
        return held


def _listed(notice: Notice, units: Mapping[str, Identity]) -> Listed:
    number = notice.document_number.text if notice.document_number else None
    issuers = "、".join(issuer.name for issuer in notice.issuers)
    return Listed(notice.id, number, notice.title, issuers, notice.issue_date, len(notice.tasks), len(units))


def _paged(items: Iterable[T], total: int, size: int) -> Iterator[tuple[int, int, list[T]]]:
    """Page, number of pages, and the items on it; a page without items where there are none."""
    count = max(1, -(-total // size))
    iterator = iter(items)
    for page in range(1, count + 1):
        yield page, count, list(islice(iterator, size))
