"""Changes of the documents that a notice refers to: added, removed, updated to another number, named otherwise.

A document is the same if its number is, or its title; it is updated if its title is the same but for years and
ordinals (《…规划（2021—2025年）》 → 《…规划（2026—2030年）》) or if the same title comes with another number. Titles that are merely alike don't make one
document of what two organs numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Indel

from gongwen.compare.assignment import assign
from gongwen.compare.changes import Change, Place
from gongwen.compare.wording import Tokenize, edits
from gongwen.model import Citation, Notice

_ALIKE = 0.75
_EDITION = re.compile(r"[0-9０-９〇一二三四五六七八九十]++")


class CitationChanges(NamedTuple):
    """The changes, and what they tell of any text: the old and the new quotation."""

    changes: list[Change]
    quotations: list[tuple[str | None, str | None]]


def citation_changes(old: Notice, new: Notice, tokenize: Tokenize) -> CitationChanges:
    """What changed about the documents that the notices cite: those removed, those added, then those cited otherwise."""
    pairs = dict(_pairs(old, new))
    changes: list[Change] = []
    quotations: list[tuple[str | None, str | None]] = []
    for at, citation in enumerate(old.citations):
        place = _place(at, citation)
        if citation.id not in pairs:
            changes.append(Change("citation-removed", None, (place,), (), _written(citation), None))
            quotations.append((_written(citation), None))
    paired = set(pairs.values())
    for at, citation in enumerate(new.citations):
        if citation.id not in paired:
            changes.append(Change("citation-added", None, (), (_place(at, citation),), None, _written(citation)))
            quotations.append((None, _written(citation)))
    by_id = {citation.id: (at, citation) for at, citation in enumerate(new.citations)}
    for at, a in enumerate(old.citations):
        if a.id not in pairs:
            continue
        other, b = by_id[pairs[a.id]]
        before, after = _written(a), _written(b)
        if before != after:
            kind = "citation-updated" if _number(a) != _number(b) or _edition(a) != _edition(b) else "citation-reworded"
            found = edits(before, after, tokenize)
            changes.append(Change(kind, None, (_place(at, a),), (_place(other, b),), before, after, found))
            quotations.append((before, after))
        if a.alias != b.alias:
            change = Change("citation-reworded", "alias", (_place(at, a),), (_place(other, b),), a.alias, b.alias)
            changes.append(change)
            quotations.append((a.alias and f"（以下简称《{a.alias}》）", b.alias and f"（以下简称《{b.alias}》）"))
    return CitationChanges(changes, quotations)


def _pairs(old: Notice, new: Notice) -> Iterator[tuple[str, str]]:
    written = {_written(citation): citation.id for citation in new.citations}
    same = {citation.id: written[_written(citation)] for citation in old.citations if _written(citation) in written}
    yield from same.items()
    found = set(same.values())
    rest_old = [citation for citation in old.citations if citation.id not in same]
    rest_new = [citation for citation in new.citations if citation.id not in found]
    yield from assign((score, a.id, b.id) for a in rest_old for b in rest_new if (score := _similarity(a, b)) >= _ALIKE)


def _similarity(a: Citation, b: Citation) -> float:
    if a.document_number and b.document_number and a.document_number.text == b.document_number.text:
        return 1.0
    if not a.title or not b.title or _is_of_others(a, b):
        return 0.0
    return Indel.normalized_similarity(_subject(a.title), _subject(b.title))


def _is_of_others(a: Citation, b: Citation) -> bool:
    """Whether two citations with titles that differ are of documents of different organs, by their numbers."""
    codes = {one.document_number.organ_code for one in (a, b) if one.document_number}
    return len(codes) == 2 and _subject(a.title) != _subject(b.title)


def _subject(title: str) -> str:
    """A title without what tells editions apart, and without the name of the state, which makes all laws alike."""
    return _EDITION.sub("#", title).removeprefix("中华人民共和国")


def _written(citation: Citation) -> str:
    """As a text has it: 《title》（number）."""
    title = f"《{citation.title}》" if citation.title else ""
    number = _number(citation)
    return f"{title}（{number}）" if title and number else title or number or ""


def _number(citation: Citation) -> str | None:
    return citation.document_number.text if citation.document_number else None


def _edition(citation: Citation) -> list[str]:
    return _EDITION.findall(citation.title)


def _place(at: int, citation: Citation) -> Place:
    spans = tuple([mention.span for mention in citation.mentions])
    return Place(f"/citations/{at}", None, citation.title or _written(citation), (), spans or (citation.span,))
