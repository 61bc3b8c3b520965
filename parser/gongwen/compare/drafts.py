"""What is said of a draft, and not by it: the letter that calls for comments on it, and who sent that.

A draft that is published for comments stands behind such a letter; the final text does not. That the letter is gone is no change of the draft, nor that
its text stands in no annex any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongwen.compare.amendments import words
from gongwen.compare.changes import Change
from gongwen.lexicon import vocabulary
from gongwen.model import Notice, Span

_OF_LETTER = frozenset(
    "document_number kind issuers recipients issue_date plan.title signers attachments notes copied_to print.organ print.date".split()
)


@vocabulary.compiled
def draft() -> re.Pattern[str]:
    """The words by which a title says that a document is a draft."""
    return re.compile(words("draft", "title"))


def without_call(changes: Iterable[Change], old: Notice, new: Notice) -> Iterator[Change]:
    """The changes between a draft and the final text without those of the letter in front of the draft."""
    letters = _letter(old, new), _letter(new, old)
    changes = list(changes)
    # The annex that the draft stood in is the document itself now.
    annexes = [change for change in changes if change.kind in ("part-removed", "part-added") and any(letters)]
    annexes = [change for change in annexes if len(change.old + change.new) == 1]
    labels = {place.label for change in annexes for place in change.old + change.new}
    for change in changes:
        thing = change.kind.partition("-")[0]
        if change in annexes or (
            labels and change.kind.endswith("-moved") and {change.before, change.after} - {None} <= labels
        ):
            continue
        if thing == "header" and change.field in _OF_LETTER and any(letters):
            continue
        sides = (letters[0], change.old), (letters[1], change.new)
        told = [(letter, span) for letter, places in sides for place in places for span in place.spans]
        if thing != "header" and told and all(letter and _inside(span, letter) for letter, span in told):
            continue
        yield change


def _letter(notice: Notice, other: Notice) -> Span | None:
    """The letter of a notice whose title says that it is about a draft, where the other one has none."""
    letter = notice.part("letter") if draft().search(notice.title or "") else None
    return letter.span if letter and len(notice.parts) > 1 and len(other.parts) == 1 else None


def _inside(span: Span, whole: Span) -> bool:
    return whole.start <= span.start and span.end <= whole.end
