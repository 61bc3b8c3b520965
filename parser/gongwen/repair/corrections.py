"""Corrections by people, from the file beside a source: wording as it stands in the source, its replacement, the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gongwen.document import Correction
from gongwen.errors import CorrectionError
from gongwen.findings import finding
from gongwen.model import Finding
from gongwen.text import Edit, Text


def correct(text: Text, corrections: Sequence[Correction], path: str | None = None) -> tuple[Text, tuple[Finding, ...]]:
    """The text with every occurrence of each correction's wording replaced, or with the one that it names; a finding for each correction
    that changes several places.

    Raises CorrectionError if the wording does not stand in the source, or not so often, or if two corrections touch the same place.
    """
    edits: list[Edit] = []
    findings = []
    for correction in corrections:
        made = list(_edits(text, correction, path))
        edits += made
        if len(made) > 1:
            span = text.to_source(made[0].start, made[0].end)
            findings.append(finding("correction-places", span, text=correction.found, n=len(made)))
    edits.sort()
    for edit, following in pairwise(edits):
        if following.start < edit.end:
            found = text.value[following.start : following.end]
            raise CorrectionError(f"{_place(path)}two corrections change “{found}” (reason: {following.evidence})")
    return text.apply("corrections", edits), tuple(findings)


def _edits(text: Text, correction: Correction, path: str | None) -> Iterable[Edit]:
    places = list(_places(text.source, correction.found))
    if not places:
        raise CorrectionError(
            f"{_place(path)}the source does not contain “{correction.found}”, which a correction is to replace"
            f" (reason: {correction.reason})"
        )
    if correction.occurrence is not None:
        if correction.occurrence > len(places):
            raise CorrectionError(
                f"{_place(path)}a correction is to replace occurrence {correction.occurrence} of “{correction.found}”, which the"
                f" source contains {len(places)} times (reason: {correction.reason})"
            )
        places = [places[correction.occurrence - 1]]
    for at in places:
        reason = correction.reason  # in whatever language the person wrote it
        place = text.from_source(at, at + len(correction.found))
        yield Edit(*place, correction.replacement, "correction", reason, "stated", evidence_zh=reason)


def _places(source: str, wording: str) -> Iterator[int]:
    """Where ``wording`` stands in ``source``, without overlaps."""
    at = source.find(wording) if wording else -1
    while at >= 0:
        yield at
        at = source.find(wording, at + len(wording))


def _place(path: str | None) -> str:
    return f"{path}: " if path else ""
