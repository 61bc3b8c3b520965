"""Search without a server: an index of character pairs in shards, of which a query loads the few that it needs.

Chinese has no blanks between words, so every character and every pair of neighbours is indexed, and a query is found
where all its pairs are. What the pairs promise is checked against the record of the notice, which gives the excerpt as
well; so the answer is exact. Shard and record are classic scripts, since a page opened from a folder may not fetch.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

import orjson

from gongwen.model import Notice
from gongwen.publish.site.units import Identity

TITLE, UNIT, TASK = 1, 2, 4
"""The fields a pair stands in, as bits: title or number, a unit's name, a task."""

_FIELD_BITS = 8
_POSTINGS_PER_SHARD = 20_000  # about 60 kB
_NAMES_PER_SHARD = 500
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")


def fold(text: str) -> str:
    """``text`` as it is compared: width, case and the kind of bracket don't matter.

    Character by character, as assets/search.js does it, which must know where a hit stands in the text.
    """
    return "".join(map(_folded, text))


@cache
def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lower().translate(_BRACKETS)


def grams(fields: Iterable[tuple[int, str]]) -> dict[str, int]:
    """The characters and pairs of (field, text), each with the bits of the fields that it stands in.

    >>> grams([(TITLE, "科协"), (UNIT, "科")])
    {'科': 3, '协': 1, '科协': 1}
    """
    found: dict[str, int] = {}
    for field, text in fields:
        folded = fold(text)
        for gram in (*folded, *map("".join, pairwise(folded))):
            if " " not in gram and "\n" not in gram:
                found[gram] = found.get(gram, 0) | field
    return found


def fields(notice: Notice) -> Iterator[tuple[int, str]]:
    """What of ``notice`` is searched."""
    yield TITLE, notice.title or ""
    yield TITLE, notice.document_number.text if notice.document_number else ""
    for unit in notice.units:
        yield UNIT, unit.name
        yield UNIT, unit.full_name or ""
    for task in notice.tasks:
        yield TASK, task.title or ""
        yield TASK, task.text


def shard_count(postings: int) -> int:
    """How many shards ``postings`` entries take: a power of two, so that a growing collection seldom moves them."""
    return 1 << max(0, (postings - 1) // _POSTINGS_PER_SHARD).bit_length()


def shard_files(grams: Iterable[Mapping[str, int]], shards: int, wanted: range) -> Iterator[tuple[str, bytes]]:
    """The shards ``wanted`` of ``shards``, by the pairs of each notice in the order of the list.

    A shard says pair → places in the list and fields, as differences.
    """
    tables: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    last: dict[str, int] = {}
    for place, found in enumerate(grams):
        for gram, fields in found.items():
            shard = ord(gram[0]) % shards
            if shard in wanted:
                code = place * _FIELD_BITS + fields
                tables[shard].setdefault(gram, []).append(code - last.get(gram, 0))
                last[gram] = code
    for shard in wanted:
        if tables[shard]:
            yield f"search/pairs-{shard}.js", _script(f"pairs-{shard}", dict(sorted(tables[shard].items())))


def name_files(ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The ids of the notices in the order of the list."""
    batch: list[str] = []
    number = 0
    for identifier in ids:
        batch.append(identifier)
        if len(batch) == _NAMES_PER_SHARD:
            yield f"search/names-{number}.js", _script(f"names-{number}", batch)
            batch, number = [], number + 1
    if batch:
        yield f"search/names-{number}.js", _script(f"names-{number}", batch)


def settings_file(notices: int, shards: int) -> tuple[str, bytes]:
    """What a query must know before it loads anything."""
    return "search/settings.js", _script("settings", {"notices": notices, "shards": shards, "names": _NAMES_PER_SHARD})


def record_file(notice: Notice, units: Mapping[str, Identity]) -> tuple[str, bytes]:
    """What a result shows of ``notice``: the fields that are searched, and the pages of its units."""
    record = {
        "id": notice.id,
        "title": notice.title,
        "number": notice.document_number.text if notice.document_number else None,
        "issuers": "、".join(issuer.name for issuer in notice.issuers),
        "date": notice.issue_date,
        "units": [
            [unit.name, unit.full_name, units[unit.id].key if unit.id in units else None] for unit in notice.units
        ],
        "tasks": [[task.title, task.text] for task in notice.tasks],
    }
    return f"search/notice-{notice.id}.js", _script(f"notice-{notice.id}", record)


def _script(name: str, value: object) -> bytes:
    return b"window.gongwen.shards[" + orjson.dumps(name) + b"] = " + orjson.dumps(value) + b";\n"
