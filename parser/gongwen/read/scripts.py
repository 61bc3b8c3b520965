"""Raised and lowered characters: a power is not the digits beside it, and the mark of a note is no text."""

from __future__ import annotations

import re

# 1, [2], 〔注3〕, ①, *, 1-3
_REFERENCE = re.compile(
    r"[\[［〔【(（]?\s?(?:注释?|註|[Nn]ote)?\s?(?:\d{1,3}|[①-⑳㉑-㉟*＊※†‡])(?:\s?[,，、\-–~]\s?\d{1,3}){0,9}+\s?[\]］〕】)）]?"
)
_MARKED = re.compile(r"[\[［〔【①-⑳㉑-㉟注註*＊※†‡]")  # what no power has
_LENGTH = "米里尺"  # 亿米³: behind a unit of length, these are powers
_RAISED = str.maketrans("0123456789+-()n０１２３４５６７８９＋－−（）", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()０１２３４５６７８９＋－−（）", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")


def read_script(text: str, before: str, *, raised: bool) -> tuple[str, str]:
    """What raised or lowered ``text`` says behind the character ``before``, and its kind: "" for text, "note-reference".

    >>> read_script("5", "0", raised=True), read_script("2", "m", raised=True), read_script("1", "局", raised=True)
    (('⁵', ''), ('2', ''), ('1', 'note-reference'))
    """
    marked = before and _MARKED.search(text)
    power = before.isdigit() or (before and before in _LENGTH and text in ("2", "3"))
    if raised and (marked or (before and not before.isascii() and not power)) and _REFERENCE.fullmatch(text):
        return text, "note-reference"
    if power:
        return text.translate(_RAISED if raised else _LOWERED), ""
    return text, ""
