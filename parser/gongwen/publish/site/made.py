"""The files that need what all notices say: the functions of the calls that the site makes when all were seen.

They are a module of their own, named by its calls, so that the process that makes the calls goes without templates and comparisons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import orjson

from gongwen.compare import diff
from gongwen.compare.render import Comparison, render
from gongwen.load import from_json
from gongwen.model import Notice
from gongwen.publish.dataset import About
from gongwen.publish.site import pages, search
from gongwen.publish.site.downloads import Download
from gongwen.publish.site.facts import Listed
from gongwen.publish.site.paths import data_path, notice_path
from gongwen.publish.site.prepare import fill
from gongwen.publish.site.spool import Citing, Duty, Named


def _site(*made: tuple[str, bytes]) -> dict[str, bytes]:
    return {f"site/{name}": content for name, content in made}


def _shown(page: tuple[str, bytes], data: object) -> dict[str, bytes]:
    name, _ = page
    return _site(page, (data_path(name), orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE)))


def list_page(
    page: int, count: int, notices: Sequence[Listed], total: int, about: About, offered: Sequence[Download]
) -> dict[str, bytes]:
    return _site(pages.list_page(page, count, notices, total, about, offered))


def units_page(page: int, count: int, units: Sequence[Named], total: int) -> dict[str, bytes]:
    return _shown(pages.units_page(page, count, units, total), [unit._asdict() for unit in units])


def unit_page(unit: Named, page: int, count: int, duties: Sequence[Duty]) -> dict[str, bytes]:
    notices = []
    undated = (duty for duty in duties if not duty.due_on and not duty.recurrence)
    for (notice, title, issue_date), members in groupby(undated, key=lambda duty: duty[:3]):
        duties_there = [_stated(zip(Duty._fields[3:], duty[3:], strict=True)) for duty in members]
        notices.append({"notice": notice, "title": title, "issue_date": issue_date, "responsibilities": duties_there})
    dated = [_stated(duty._asdict().items()) for duty in duties if duty.due_on]
    recurring = [_stated(duty._asdict().items()) for duty in duties if duty.recurrence and not duty.due_on]
    data = {
        **unit._asdict(),
        "page": page,
        "pages": count,
        "dated": dated,
        "recurring": recurring,
        "notices": notices,
    }
    return _shown(pages.unit_page(unit, page, count, duties), data)


def _stated(values: Iterable[tuple[str, object]]) -> dict[str, object]:
    """The values that there are: of the dates, roles and verbs of a duty most are none."""
    return {name: value for name, value in values if value is not None}


def notice_page(
    id: str,
    data: Mapping[str, bytes],
    held: Mapping[str, str],
    citing: Sequence[Citing],
    cited_by: int,
    versions: Sequence[Listed],
) -> dict[str, bytes]:
    return _site((notice_path(id), fill(data["page"], pages.filling(id, held, citing, cited_by, versions))))


def search_inputs() -> dict[str, bytes]:
    return _site(*search.input_files())


def shards(notices: Sequence[Mapping[str, bytes]], shards: int, wanted: Sequence[int]) -> dict[str, bytes]:
    return _site(*search.shard_files((data["grams"] for data in notices), shards, wanted))


def changes_page(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, bytes]:
    (old_notice, old_record), (new_notice, new_record) = _record(old), _record(new)
    comparison = Comparison(old_notice, new_notice, diff(old_notice, new_notice), old_record, new_record)
    path, page = pages.changes_page(comparison)
    return _site(
        (path, page),
        (
            data_path(path),
            orjson.dumps(orjson.loads(render(comparison, "json")), option=orjson.OPT_APPEND_NEWLINE),
        ),
    )


@lru_cache(maxsize=2)  # a version is the later one of one comparison, and the earlier one of the next
def _record(data: Mapping[str, bytes]) -> tuple[Notice, Any]:
    record = orjson.loads(data["record"])
    return from_json(record), record
