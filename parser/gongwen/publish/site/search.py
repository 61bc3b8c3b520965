"""Search without a server: an index of character pairs in shards, of which a query loads the few that it needs.

Chinese has no blanks between words, so every character and every pair of neighbours is indexed, and a query is found
where all its pairs are. What the pairs promise is checked against the record of the notice, which gives the excerpt as
well; so the answer is exact. Readings of titles and names are indexed in the same way, as pairs of syllables. All files
are classic scripts, since a page opened from a folder may not fetch.

A shard holds the pairs whose hashes lie in one range, so that shards are of one size. The pairs of a notice come in
``_BUCKETS`` ranges, so that who makes some shards reads the pairs of these alone.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from operator import add, sub
from typing import Any, NamedTuple
from zlib import crc32

import orjson

from gongwen.lexicon.readings import readings
from gongwen.lexicon.traditional import simplified_characters
from gongwen.model import Notice, Span
from gongwen.publish.site.facts import Listed
from gongwen.publish.site.units import Identity

INPUTS = ("search/readings.js", "search/traditional.js")
"""The files of ``input_files``."""
HEAD, UNIT = 1, 2
"""Where a pair stands, as bits: title, number, issuers or date; the name of a unit. The other bits are those of ``_body``."""

_FIELD_BITS = 64
_BODIES = 4  # bits that tasks and passages share in turns: pairs of one term have to meet in one of them
_POSTINGS_PER_SHARD = 20_000  # about 80 kB
_NAMES_PER_SHARD = 500
_BUCKETS = 64
_SUM = 4  # bytes of a checksum
_MOST_HASHES = 1_000_000  # remembered at once: about 100 MB
_READINGS = 2  # of a character: the usual one and the next
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_ENDS = str.maketrans("\t\r\f\v ", "\n" * 5)  # a query is divided at blanks, so no pair of it has one
_NO_TEXT = frozenset(
    "blank furniture page-header page-footer page-number page-meta page-table rule image field-code deleted hidden moved-from title".split()
)


class _Folding(dict[int, str]):
    """Each character as it is compared, made when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = unicodedata.normalize("NFKC", chr(code)).lower().translate(_BRACKETS)
        return folded


class _Hashes(dict[str, int]):
    """Where the shard of each pair lies, in 1/2³² of all, as assets/search.js computes it."""

    def __missing__(self, gram: str) -> int:
        if len(self) > _MOST_HASHES:
            self.clear()
        value = 0
        for character in gram:
            value = (value * 31 + ord(character)) & 0xFFFFFFFF
        value = self[gram] = value * 0x9E3779B1 & 0xFFFFFFFF
        return value


_FOLDING, _HASHES = _Folding(), _Hashes()


def fold(text: str) -> str:
    """``text`` as it is compared: width, case and the kind of bracket don't matter.

    Character by character, as assets/search.js does it, which must know where a hit stands in the text.
    """
    return text.translate(_FOLDING)


class Facets(NamedTuple):
    """By what results can be narrowed down. ``level`` is that of the government that speaks: its key in strings.csv."""

    year: str | None
    issuers: str
    kind: str | None
    level: str | None


def record(notice: Notice, units: Mapping[str, Identity]) -> dict[str, Any]:
    """All text of ``notice`` that is searched, as a result shows it.

    A unit is its name, full name and page; a task its marker, its title, its text, and its clause with its dates; a passage the anchor of
    its place and its text: that of a section on the notice's page (s3), of a block of the source view (b12), or of a list of the page.
    """
    return {
        "id": notice.id,
        "title": notice.title,
        "number": notice.document_number.text if notice.document_number else None,
        "issuers": "、".join(issuer.name for issuer in notice.issuers),
        "date": notice.issue_date,
        "units": [
            [unit.name, unit.full_name, units[unit.id].key if unit.id in units else None] for unit in notice.units
        ],
        "tasks": [
            [
                task.marker,
                task.title,
                task.text,
                " ".join(filter(None, [task.clause, task.deadline, *_dates(task.milestones)])),
            ]
            for task in notice.tasks
        ],
        "passages": list(_passages(notice)),
    }


def _dates(steps: Iterable[Any]) -> list[str]:
    return sorted({step.date for step in steps})


def _passages(notice: Notice) -> Iterator[tuple[str, str]]:
    """What stands outside of tasks, block by block, then the dates of goals and duties as they are published."""
    covered = sorted((span.start, span.end) for task in notice.tasks for span in (*task.spans, *task.clause_spans))
    starts = dict(
        sorted(
            (span.start, number)
            for number, section in enumerate(notice.sections, 1)
            for span in (section.span, *section.paragraphs)
        )
    )
    places = list(starts)
    for number, block in enumerate(notice.blocks, 1):
        text = block.text.strip()
        if not text or block.kind in _NO_TEXT or _within(covered, block.span):
            continue
        at = bisect_left(places, block.span.start)
        inside = at < len(places) and places[at] < block.span.end
        yield (f"s{starts[places[at]]}" if inside else f"b{number}"), text
    if dates := sorted({target.deadline for target in notice.targets if target.deadline}):
        yield "targets", " ".join(dates)
    if dates := _dates(step for duty in notice.duties for step in duty.milestones):
        yield "duties", " ".join(dates)


def _within(covered: Sequence[tuple[int, int]], span: Span) -> bool:
    """Whether one of the sorted places ``covered`` begins or lasts at the begin of ``span``, or begins in it."""
    at = bisect_left(covered, (span.end, 0)) - 1
    return at >= 0 and (covered[at][0] >= span.start or covered[at][1] >= span.end)


def fields(record: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """What of a record is searched, each text with its bit: a term is found within one text."""
    for name in ("title", "number", "issuers", "date"):
        yield HEAD, record[name] or ""
    for name, full, _ in record["units"]:
        yield UNIT, name
        yield UNIT, full or ""
    for number, (marker, title, text, rest) in enumerate(record["tasks"]):
        yield _body(number), f"{marker or ''}\n{title or ''}\n{text}\n{rest}"
    for number, (_, text) in enumerate(record["passages"]):
        yield _body(number), text


def _body(number: int) -> int:
    return 4 << number % _BODIES


def grams(record: Mapping[str, Any]) -> dict[str, int]:
    """The characters and pairs of a record, and the syllables of titles and names of units, each with the bits of its texts."""
    joined: dict[int, list[str]] = {}
    for bit, text in fields(record):
        joined.setdefault(bit, []).append(text)
    found: dict[str, int] = {}
    for bit, texts in joined.items():
        folded = fold("\n".join(texts)).translate(_ENDS)
        for gram in {*folded, *map(add, folded, folded[1:])}:
            found[gram] = found.get(gram, 0) | bit
    found = {gram: bits for gram, bits in found.items() if "\n" not in gram}
    names = [name for unit in record["units"] for name in unit[:2] if name]
    named = [(HEAD, record["title"]), *((UNIT, name) for name in names)]
    named += [(_body(number), title) for number, (_, title, _, _) in enumerate(record["tasks"])]
    for bit, text in named:
        for gram in _syllables(text or ""):
            found[gram] = found.get(gram, 0) | bit
    return found


def _syllables(text: str) -> Iterator[str]:
    """The syllables of ``text``, each with a blank behind it, and the pairs of neighbours, with a blank between."""
    read = [_read(character) for character in text]
    for syllables in read:
        yield from (f"{syllable} " for syllable in syllables)
    for before, after in pairwise(read):
        yield from (f"{first} {second}" for first in before for second in after)


@cache
def _read(character: str) -> tuple[str, ...]:
    return readings(character)[:_READINGS]


def pack_grams(found: Mapping[str, int]) -> bytes:
    """The pairs of a notice by ranges of their hashes, a line of JSON each, sorted: equal pairs give equal lines."""
    buckets: list[dict[str, int]] = [{} for _ in range(_BUCKETS)]
    for gram, bits in found.items():
        buckets[_HASHES[gram] * _BUCKETS >> 32][gram] = bits
    return b"\n".join([orjson.dumps(bucket, option=orjson.OPT_SORT_KEYS) for bucket in buckets])


def shard_count(postings: int) -> int:
    """How many shards ``postings`` entries take: a power of two, so that a growing collection seldom moves them."""
    return 1 << max(0, (postings - 1) // _POSTINGS_PER_SHARD).bit_length()


def sums(packed: bytes) -> bytes:
    """A checksum of each range of the pairs of a notice, so that a shard which they don't change can stay."""
    return b"".join(crc32(line).to_bytes(_SUM, "big") for line in packed.split(b"\n"))


def shard_key(sums: Iterable[bytes], shards: int, shard: int) -> str:
    """What stands for all that a shard depends on, by the checksums of each notice in the order of the list."""
    buckets = _buckets(shards, shard)
    digest = sha256(b"%d %d " % (shards, shard))
    digest.update(b"".join([each[buckets.start * _SUM : buckets.stop * _SUM] for each in sums]))
    return digest.hexdigest()[:32]


def _buckets(shards: int, shard: int) -> range:
    """The ranges of pairs that a shard has a part in."""
    return range(shard * _BUCKETS // shards, -(-(shard + 1) * _BUCKETS // shards))


def shard_path(shard: int) -> str:
    """The file of a shard."""
    return f"search/pairs-{shard}.js"


def shard_files(packed: Iterable[bytes], shards: int, wanted: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """The shards ``wanted`` of ``shards``, by the pairs of each notice, packed, in the order of the list.

    A shard says pair → places in the list and fields, as differences.
    """
    postings: defaultdict[str, list[int]] = defaultdict(list)
    buckets = sorted({bucket for shard in wanted for bucket in _buckets(shards, shard)})
    for place, found in enumerate(packed):
        lines = found.split(b"\n")
        first = place * _FIELD_BITS
        for bucket in orjson.loads(b"[%b]" % b",".join([lines[bucket] for bucket in buckets])):
            for gram, fields in bucket.items():
                postings[gram].append(first + fields)
    tables: dict[int, dict[str, list[int]]] = {shard: {} for shard in wanted}
    for gram in sorted(postings):
        shard = _HASHES[gram] * shards >> 32
        if shard in tables:
            codes = postings.pop(gram)
            tables[shard][gram] = [codes[0], *map(sub, codes[1:], codes)]
    for shard, table in tables.items():
        yield shard_path(shard), _script(f"pairs-{shard}", table)


def list_files(rows: Iterable[tuple[Listed, int | None]]) -> Iterator[tuple[str, bytes]]:
    """The ids of the notices in the order of the list, and their facets and versions: a column each, as values and their indexes.

    ``rows`` come with the number of the plan of which the notice is a version, if there are others.
    """
    batch: list[tuple[Listed, int | None]] = []
    number = 0
    for row in rows:
        batch.append(row)
        if len(batch) == _NAMES_PER_SHARD:
            yield from _list_files(number, batch)
            batch, number = [], number + 1
    if batch:
        yield from _list_files(number, batch)


def _list_files(number: int, rows: Sequence[tuple[Listed, int | None]]) -> Iterator[tuple[str, bytes]]:
    yield f"search/names-{number}.js", _script(f"names-{number}", [listed.id for listed, _ in rows])
    facets = [_facets(listed) for listed, _ in rows]
    columns = {name: _column([getattr(row, name) for row in facets]) for name in Facets._fields}
    versions = [plan for _, plan in rows]
    yield f"search/facets-{number}.js", _script(f"facets-{number}", {**columns, "plan": versions})


def _facets(listed: Listed) -> Facets:
    year = listed.issue_date[:4] if listed.issue_date else None
    return Facets(year, listed.issuers, listed.kind, listed.level)


def _column(values: Sequence[str | None]) -> tuple[list[str], list[int]]:
    """The distinct values in the order in which they come, and the index of each row's; an empty one for those without."""
    distinct = {value: index for index, value in enumerate(dict.fromkeys(value or "" for value in values))}
    return list(distinct), [distinct[value or ""] for value in values]


def settings_file(notices: int, shards: int) -> tuple[str, bytes]:
    """What a query must know before it loads anything."""
    return "search/settings.js", _script("settings", {"notices": notices, "shards": shards, "names": _NAMES_PER_SHARD})


def record_file(record: Mapping[str, Any]) -> tuple[str, bytes]:
    """The record of a notice."""
    name = f"notice-{record['id']}"
    return f"search/{name}.js", _script(name, record)


def input_files() -> Iterator[tuple[str, bytes]]:
    """What turns other ways to write a query into characters: traditional ones, and the syllables by which characters are read."""
    common = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    read: dict[str, list[str]] = {}
    for character in filter(None, common):
        for syllable in _read(character):
            read.setdefault(syllable, []).append(character)
    syllables = {syllable: "".join(read[syllable]) for syllable in sorted(read)}
    contents = _script("readings", syllables), _script("traditional", simplified_characters())
    return zip(INPUTS, contents, strict=True)


def _script(name: str, value: object) -> bytes:
    return b"window.gongwen.shards[" + orjson.dumps(name) + b"] = " + orjson.dumps(value) + b";\n"
