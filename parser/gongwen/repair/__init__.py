"""Repair: undoes what copying did to the characters of a notice, and applies the corrections of people.

Damage may lie in layers, so the steps run until nothing changes any more. A step records each change as an edit with the
evidence for it, leaves the text as it is where the evidence does not decide, and then says so in a finding.
"""

from __future__ import annotations

from gongwen.document import Correction
from gongwen.model import Finding, Span
from gongwen.repair.characters import restore_characters, suspicious_characters
from gongwen.repair.corrections import correct
from gongwen.repair.models import MODELS
from gongwen.text import Text

_STEPS = (*MODELS, restore_characters)
_ROUNDS = 8  # layers of damage that are worth undoing; only hostile nesting has more


def repair(
    text: Text, corrections: tuple[Correction, ...] = (), path: str | None = None
) -> tuple[Text, tuple[Finding, ...]]:
    """The text without its damage, and findings on what could not be decided; undamaged text comes back as it is.

    ``corrections`` name wording of the source and come last, so that they may replace a repair. Raises CorrectionError
    if one cannot be applied; ``path`` is the source as its message names it.
    """
    told: dict[
        tuple[str, Span | None], Finding
    ] = {}  # a place that one round leaves as it is has its finding in the next, too
    for _ in range(_ROUNDS):
        before = text
        for step in _STEPS:
            text, undecided = step(text)
            for found in undecided:
                told.setdefault((found.code, found.span), found)
        if text is before:
            break
    text, corrected = correct(text, corrections, path)
    return text, (*told.values(), *corrected, *suspicious_characters(text))
