"""What of a notice was used and what wasn't, as data and in lines for people."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from gongwen.document import KINDS, STATUSES, Kind, Occurrence, Status
from gongwen.messages import Language, message, title
from gongwen.model import Notice

_AROUND = 12  # characters shown on either side of a place

_NAMES: dict[Kind, str] = {
    "number": "numbers",
    "date": "dates",
    "organ": "organs",
    "organ_in_clause": "organs in clauses",
    "title": "titles",
    "document_number": "document numbers",
    "marker": "markers",
    "row": "rows",
}


@dataclass(frozen=True)
class Sheet:
    """The occurrences of one file, or the sum of several: how many by kind and status."""

    name: str
    notice_id: str
    source: str
    occurrences: Sequence[Occurrence]
    counts: Counter[tuple[Kind, Status]]
    suspects: int

    @classmethod
    def of(cls, name: str, notice_id: str, source: str, occurrences: Sequence[Occurrence]) -> Sheet:
        """The sheet of one notice; ``source`` is its decoded text."""
        counts = Counter((one.kind, one.status) for one in occurrences)
        return cls(name, notice_id, source, occurrences, counts, sum(one.is_suspect for one in occurrences))

    @classmethod
    def sum(cls, name: str, sheets: Iterable[Sheet]) -> Sheet:
        """The counts of all ``sheets`` together."""
        counts: Counter[tuple[Kind, Status]] = Counter()
        suspects = 0
        for sheet in sheets:
            counts.update(sheet.counts)
            suspects += sheet.suspects
        return cls(name, "", "", (), counts, suspects)

    @property
    def open_share(self) -> float:
        """The share of what is unread or undecided in all that was found."""
        return sum(self.counts[kind, status] for kind in KINDS for status in ("unread", "undecided")) / max(
            self.counts.total(), 1
        )

    def summary(self) -> dict[str, Any]:
        """How many occurrences of each kind there are, by status, and the suspects."""
        found: dict[str, Any] = {
            kind: {"found": sum(self.counts[kind, status] for status in STATUSES)}
            | {status: self.counts[kind, status] for status in STATUSES}
            for kind in KINDS
        }
        return found | {"suspects": self.suspects}


def coverage_json(sheet: Sheet, whole: bool) -> bytes:
    """The summary of a sheet and its open places and suspects, or ``whole`` all of them, as one line of JSON."""
    places = [
        {
            "kind": one.kind,
            "text": one.text,
            "status": one.status,
            "code": one.code,
            "start": one.span.start,
            "end": one.span.end,
        }
        for one in sheet.occurrences
        if whole or one.is_open or one.is_suspect
    ]
    record = {"notice_id": sheet.notice_id, "file": sheet.name, "summary": sheet.summary(), "places": places}
    return orjson.dumps(record) + b"\n"


def open_places_json(notice: Notice, occurrences: Iterable[Occurrence]) -> bytes:
    """The open places and the suspects of a notice, one a line: see schema/coverage.schema.json."""
    head = {"notice_id": notice.id, "source_text_sha256": notice.source.text_sha256}
    places = b",\n".join([orjson.dumps(_place(one)) for one in occurrences if one.is_open or one.is_suspect])
    return orjson.dumps(head)[:-1] + b',"places":[\n' + places + b"\n]}\n"


def _place(one: Occurrence) -> dict[str, Any]:
    place: dict[str, Any] = {"kind": one.kind, "status": one.status}
    if one.code is not None:
        place["code"] = one.code
    return place | {"start": one.span.start, "end": one.span.end}


def lines(sheet: Sheet, whole: bool, language: Language = "en") -> Iterator[str]:
    """A sheet in lines for people: a count of each kind, then the open places and suspects, or ``whole`` all places."""
    chinese = language == "zh"
    yield message("open-share", language, name=sheet.name, share=f"{sheet.open_share:.1%}", suspects=sheet.suspects)
    for kind in KINDS:
        numbers = {status: sheet.counts[kind, status] for status in STATUSES}
        if total := sum(numbers.values()):
            named = {status: title("coverage_statuses", status, "zh") if chinese else status for status in STATUSES}
            counted = ", ".join(f"{count} {named[status]}" for status, count in numbers.items())
            yield f"  {total:6} {title('coverage_kinds', kind, 'zh') if chinese else _NAMES[kind]}: {counted}"
    breaks = [-1, *[match.start() for match in re.finditer("\n", sheet.source)]]
    for one in sheet.occurrences:
        if whole or one.is_open or one.is_suspect:
            line = bisect_right(breaks, one.span.start - 1)
            column = one.span.start - breaks[line - 1]
            shown: str = title("coverage_kinds", one.kind, "zh") if chinese else one.kind
            standing: str = title("coverage_statuses", one.status, "zh") if chinese else one.status
            code = title("coverage_codes", one.code, "zh") if chinese and one.code else one.code
            if one.is_suspect:
                standing = message("suspect", language)
            reason = f", {code}" if code else ""
            before = sheet.source[max(one.span.start - _AROUND, 0) : one.span.start].rpartition("\n")[2]
            behind = sheet.source[one.span.end : one.span.end + _AROUND].partition("\n")[0]
            words = sheet.source[one.span.start : one.span.end].replace("\n", " ")
            yield f"  {line}:{column}  {shown} {standing}{reason}  {before}【{words}】{behind}"
