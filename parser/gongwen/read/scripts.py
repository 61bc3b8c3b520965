"""Raised and lowered characters: a power is not the digits beside it, and the mark of a note is no text."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"[\[［〔【(（]?(?:\d{1,2}|[①-⑳*])[\]］〕】)）]?")
_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


def read_script(text: str, before: str, *, raised: bool) -> tuple[str, str]:
    """What raised or lowered ``text`` says behind the character ``before``, and its kind: "" for text, "note-reference".

    >>> read_script("5", "0", raised=True), read_script("2", "m", raised=True), read_script("1", "局", raised=True)
    (('⁵', ''), ('2', ''), ('1', 'note-reference'))
    """
    if raised and before and not before.isascii() and _REFERENCE.fullmatch(text):
        return text, "note-reference"
    if before.isdigit():
        return text.translate(_RAISED if raised else _LOWERED), ""
    return text, ""
