"""Gaps: the fields that a notice should have and this one doesn't state, as findings, so that null is never silent."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.extract.header.fields import Header
from gongwen.extract.header.nature import Doubt
from gongwen.findings import finding
from gongwen.model import Finding, Task

_EXPECTED = {
    "title": "no-title",
    "document_number": "no-document-number",
    "issuers": "no-issuer",
    "issue_date": "no-issue-date",
}
"""Fields of the header, and the codes of the findings that they are missing."""
_TOLD = {
    "document_number": {"document-number-unreadable", "document-number-unplaced"},
    "issue_date": {"date-unreadable"},
}
"""The findings that say more of a missing field: something is stated, but can't be read."""


def gaps(header: Header, tasks: tuple[Task, ...], doubt: Doubt | None) -> Iterator[Finding]:
    """What is missing: all that makes a notice, header fields that every one has (GB/T 9704-2012, 7.2 and 7.3), and tasks."""
    if doubt:
        yield finding(doubt.code)
    told = {found.code for found in header.findings}
    for field, code in _EXPECTED.items():
        if not getattr(header, field) and not told & _TOLD.get(field, set()):
            yield finding(code)
    if not tasks:
        yield finding("no-tasks")
