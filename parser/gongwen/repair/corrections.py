"""Corrections by people, from the file beside a source: wording as it stands in the source, its replacement, the reason."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from gongwen.document import Correction
from gongwen.errors import CorrectionError
from gongwen.text import Edit, Text


def correct(text: Text, corrections: Iterable[Correction], path: str | None = None) -> Text:
    """The text with every occurrence of each correction's wording replaced.

    Raises CorrectionError if the wording does not stand in the source, or if two corrections touch the same place.
    """
    edits = sorted(edit for correction in corrections for edit in _edits(text, correction, path))
    for edit, following in pairwise(edits):
        if following.start < edit.end:
            found = text.value[following.start : following.end]
            raise CorrectionError(f"{_place(path)}two corrections change “{found}” (reason: {following.evidence})")
    return text.apply("corrections", edits)


def _edits(text: Text, correction: Correction, path: str | None) -> Iterable[Edit]:
    at = text.source.find(correction.found) if correction.found else -1
    if at < 0:
        raise CorrectionError(
            f"{_place(path)}the source does not contain “{correction.found}”, which a correction is to replace"
            f" (reason: {correction.reason})"
        )
    while at >= 0:
        end = at + len(correction.found)
        reason = correction.reason  # in whatever language the person wrote it
        place = text.from_source(at, end)
        yield Edit(*place, correction.replacement, "correction", reason, "stated", evidence_zh=reason)
        at = text.source.find(correction.found, end)


def _place(path: str | None) -> str:
    return f"{path}: " if path else ""
