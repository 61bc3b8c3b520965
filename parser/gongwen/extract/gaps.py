"""Gaps: the fields that a notice should have and this one doesn't state, as findings, so that null is never silent."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.extract.header import Header
from gongwen.extract.nature import Doubt
from gongwen.model import Finding, Task

_EXPECTED = (
    ("title", "no-title", "the text states no title"),
    ("document_number", "no-document-number", "neither the text nor its page states a document number"),
    ("issuers", "no-issuer", "neither a signature nor the title nor the page names an issuer"),
    ("issue_date", "no-issue-date", "neither the text nor its page states a date of issue"),
)
"""(field of the header, code of the finding, message)."""


def gaps(header: Header, tasks: tuple[Task, ...], doubt: Doubt | None) -> Iterator[Finding]:
    """What is missing: all that makes a notice, header fields that every one has (GB/T 9704-2012, 7.2 and 7.3), and tasks."""
    if doubt:
        yield Finding("not-a-notice", "info", doubt.reason)
    for field, code, message in _EXPECTED:
        if not getattr(header, field):
            yield Finding(code, "warning", message)
    if not tasks:
        yield Finding("no-tasks", "info", "no clause makes a unit responsible for a task")
