"""What a build says of each source: its row in the index, or why it was not published."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from gongwen import schemas
from gongwen.model import Notice


@dataclass(frozen=True, slots=True)
class Row:
    """What the index says of a published notice.

    ``findings`` counts them by severity, ``coverage`` the places of its text by what became of them. ``copies`` are the ids of other
    notices with its number and its issuers: the same notice from another source, or issued anew.
    """

    id: str
    document_number: str | None
    title: str | None
    kind: str | None
    issuers: tuple[str, ...]
    issue_date: str | None
    path: str
    counts: dict[str, int]
    findings: dict[str, int]
    source_sha256: str
    json_sha256: str
    coverage: dict[str, int] = field(default_factory=dict)
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not published, and why. ``code`` is one of schema/codelists/finding_codes.csv.

    ``trace`` says, for an error of the program itself, where it happened: the traceback.
    """

    path: str
    code: str
    message: str
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of a build."""

    published: tuple[Row, ...]
    unpublished: tuple[Failure, ...]

    @property
    def fine(self) -> bool:
        """Whether everything was published, and without an error-level finding."""
        return not self.unpublished and not any(row.findings["error"] for row in self.published)


def row_of(notice: Notice, data: bytes) -> Row:
    """The row of a notice that is published as ``data``."""
    findings: Counter[str] = Counter(finding.severity for finding in notice.findings)
    return Row(
        id=notice.id,
        document_number=notice.document_number.text if notice.document_number else None,
        title=notice.title,
        kind=notice.kind,
        issuers=tuple(issuer.name for issuer in notice.issuers),
        issue_date=notice.issue_date,
        path=notice.source.path or "",
        counts={name: len(getattr(notice, name)) for name in ("sections", "tasks", "targets", "units", "citations")},
        findings={severity: findings[severity] for severity in schemas.codelist("severities")},
        source_sha256=notice.source.sha256,
        json_sha256=sha256(data).hexdigest(),
        coverage=_totals(notice),
    )


def _totals(notice: Notice) -> dict[str, int]:
    """The places of all kinds together."""
    totals: Counter[str] = Counter()
    if notice.coverage is not None:
        kinds = asdict(notice.coverage)
        for name in ("suspects", "damaged_places"):
            totals[name] = kinds.pop(name)
        for counts in kinds.values():
            totals.update(counts)
    return {
        name: totals[name]
        for name in ("found", "used", "explained", "unread", "undecided", "suspects", "damaged_places")
    }


def row_from(data: dict[str, Any]) -> Row:
    """The row that was written as JSON."""
    return Row(**(data | {"issuers": tuple(data["issuers"])}))


def internal_error(path: str, error: Exception) -> Failure:
    """The failure of a source on which the program itself failed, with what a developer needs to find out why."""
    kind, frames = type(error).__name__, traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno} in {frames[-1].name})" if frames else ""
    trace = "".join(traceback.format_exception(error))
    return Failure(path, "internal-error", f"the program failed on it: {kind}: {error}{where}", trace)
