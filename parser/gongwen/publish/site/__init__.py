"""A web site of static files: the list with its search, a page for each notice, its source and each unit, and changes.

Nothing of it needs a server, a network or, to be read, a script. What is about one notice alone is prepared with it; the
pages that link to others are made when all notices were seen, each as a call that says what it depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

import orjson

from gongwen.publish import Before, Call, Publisher
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.files import Output
from gongwen.publish.site import labels, search
from gongwen.publish.site.downloads import downloads
from gongwen.publish.site.facts import read_facts
from gongwen.publish.site.paths import changes_path, data_path, list_path, notice_path, unit_path, units_path
from gongwen.publish.site.spool import Spool
from gongwen.publish.site.versions import families

_NOTICES_PER_PAGE = 50
_UNITS_PER_PAGE = 200
_DUTIES_PER_PAGE = 100
_POSTINGS_AT_ONCE = 2_000_000  # of the search's index, held in memory: about 200 MB

T = TypeVar("T")


class Site(Publisher):
    """Writes site/."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._spool = Spool(output.scratch("site.db"))
        self._data: dict[str, Mapping[str, bytes]] = {}
        self._sums: dict[str, bytes] = {}

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        self._spool.add(read_facts(data["facts"]))
        self._data[id] = data
        self._sums[id] = data["sums"]

    def calls(self) -> Iterator[Call]:
        self._spool.add_versions(families(self._spool.titles()))
        self._spool.resolve_citations()
        yield _call(search.INPUTS, "search_inputs")
        yield from self._search()
        yield from self._changes()
        yield from self._notices()
        yield from self._units()
        yield from self._lists()

    def finish(self) -> None:
        for asset in sorted(files(__package__).joinpath("assets").iterdir(), key=lambda asset: asset.name):
            self._write(f"assets/{asset.name}", asset.read_bytes())
        self._write("assets/labels.js", labels.script())
        shards = search.shard_count(self._spool.count_postings())
        self._write(*search.settings_file(self._spool.count_notices(), shards))
        for name, content in search.list_files(self._spool.notices_with_plans()):
            self._write(name, content)

    def abandon(self) -> None:
        self._spool.close()

    def _write(self, name: str, content: bytes) -> None:
        self.output.write(f"site/{name}", content)

    def _lists(self) -> Iterator[Call]:
        total = self._spool.count_notices()
        for page, count, notices in _paged(self._spool.notices(), total, _NOTICES_PER_PAGE):
            offered = list(downloads(self.formats, self.output.published)) if page == 1 else []
            yield _call([list_path(page)], "list_page", page, count, notices, total, self.about, offered)
        total = sum(1 for _ in self._spool.units())
        for page, count, units in _paged(self._spool.units(), total, _UNITS_PER_PAGE):
            yield _call(_with_data(units_path(page)), "units_page", page, count, units, total)

    def _units(self) -> Iterator[Call]:
        for unit, rows in groupby(self._spool.duties(), key=itemgetter(0)):
            for page, count, duties in _paged((duty for _, duty in rows), unit.rows, _DUTIES_PER_PAGE):
                yield _call(_with_data(unit_path(unit.key, page)), "unit_page", unit, page, count, duties)

    def _search(self) -> Iterator[Call]:
        notices = [listed.id for listed in self._spool.notices()]
        postings = self._spool.count_postings()
        shards = search.shard_count(postings)
        rounds = min(shards, 1 << max(0, (postings - 1) // _POSTINGS_AT_ONCE).bit_length())
        step = shards // rounds  # both are powers of two, so that a step takes whole ranges of pairs
        sums = [self._sums[id] for id in notices]
        data = [self._data[id] for id in notices]
        for first in range(0, shards, step):
            wanted = tuple(range(first, min(first + step, shards)))
            names = tuple(f"site/{search.shard_path(shard)}" for shard in wanted)
            keys = tuple(search.shard_key(sums, shards, shard) for shard in wanted)
            yield Call(names, keys, _made, ("shards", data, shards, wanted), apart=True)

    def _notices(self) -> Iterator[Call]:
        for listed in self._spool.notices():
            data, others = self._data[listed.id], (self._spool.held(listed.id), *self._spool.citing(listed.id))
            links = (*others, self._spool.versions(listed.id))
            depends = [_key(data), *links]
            yield _call([notice_path(listed.id)], "notice_page", listed.id, data, *links, depends=depends)

    def _changes(self) -> Iterator[Call]:
        for earlier, later in self._spool.version_pairs():
            old, new = self._data[earlier], self._data[later]
            depends = [earlier, later, _key(old), _key(new)]
            yield _call(_with_data(changes_path(earlier, later)), "changes_page", old, new, depends=depends)


def _call(names: Sequence[str], function: str, *arguments: Any, depends: Any = None) -> Call:
    """The call of ``function`` of the module ``made``, whose result depends on ``depends``, or on its arguments alone."""
    key = sha256(orjson.dumps([function, depends or arguments], default=list)).hexdigest()[:32]
    return Call(tuple(f"site/{name}" for name in names), (key,) * len(names), _made, (function, *arguments))


def _made(function: str, *arguments: Any) -> Mapping[str, bytes]:
    from gongwen.publish.site import made  # late: where the calls are made up, no page is

    files: Mapping[str, bytes] = getattr(made, function)(*arguments)
    return files


def _key(data: Mapping[str, bytes]) -> str:
    """What stands for the data of a notice."""
    key = getattr(data, "key", None)
    return str(key()) if key else sha256(b"\0".join(data.values())).hexdigest()


def _with_data(page: str) -> list[str]:
    """A page, and the JSON that says what it shows."""
    return [page, data_path(page)]


def _paged(items: Iterable[T], total: int, size: int) -> Iterator[tuple[int, int, list[T]]]:
    """Page, number of pages, and the items on it; a page without items where there are none."""
    count = max(1, -(-total // size))
    iterator = iter(items)
    for page in range(1, count + 1):
        yield page, count, list(islice(iterator, size))
