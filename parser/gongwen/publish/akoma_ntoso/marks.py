"""What is marked inside the lines: units as organizations, cited documents as references, number, kind and date."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from gongwen.model import Notice, Span
from gongwen.publish import Entry
from gongwen.publish.akoma_ntoso.names import cited, inline
from gongwen.publish.xml import clean


class Mark(NamedTuple):
    """An element around a stretch of the published text."""

    start: int
    end: int
    name: str
    attributes: dict[str, str]


class Marked:
    """The published text of a notice with its marks. Characters that XML has not are U+FFFD."""

    def __init__(self, entry: Entry) -> None:
        self._text = clean(entry.text.value)
        self._marks: list[Mark] = []
        found = [
            Mark(*entry.text.from_source(span.start, span.end), name, attributes)
            for span, name, attributes in _marks(entry.notice)
        ]
        for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
            if mark.start < mark.end and (not self._marks or self._marks[-1].end <= mark.start):
                self._marks.append(mark)
        self._ends = [mark.end for mark in self._marks]

    def write(self, parent: etree._Element, start: int, end: int) -> None:
        """Put ``text[start:end]`` into ``parent``, an element without content, with the marks that lie in it."""
        position, last = start, None
        for index in range(bisect_right(self._ends, start), len(self._marks)):
            mark = self._marks[index]
            if mark.start >= end:
                break
            first, stop = max(mark.start, start), min(mark.end, end)
            self._append(parent, last, position, first)
            last = inline(parent, mark.name, mark.attributes)
            last.text = self._text[first:stop]
            position = stop
        self._append(parent, last, position, end)

    def _append(self, parent: etree._Element, last: etree._Element | None, start: int, end: int) -> None:
        if last is None:
            parent.text = self._text[start:end]
        else:
            last.tail = self._text[start:end]


def _marks(notice: Notice) -> Iterator[tuple[Span, str, dict[str, str]]]:
    """All that could be marked; where two overlap, the one that begins first, or is longer, stays."""
    if notice.document_number and notice.document_number.span:
        yield notice.document_number.span, "docNumber", {}
    if notice.spans.kind:
        yield notice.spans.kind, "docType", {}
    if notice.spans.issue_date and notice.issue_date:
        yield notice.spans.issue_date, "docDate", {"date": notice.issue_date}
    for party in (*notice.issuers, *notice.recipients):
        yield party.span, "organization", {"refersTo": f"#{party.unit_id}"}
    for task in notice.tasks:
        for unit in task.responsible_units:
            yield unit.span, "organization", {"refersTo": f"#{unit.unit_id}", "class": f"role-{unit.role}"}
    for citation in notice.citations:
        for mention in citation.mentions:
            yield mention.span, "ref", {"href": cited(citation)}
