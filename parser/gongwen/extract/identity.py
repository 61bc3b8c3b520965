"""The id of a notice: readable ASCII, and a function of the notice alone, so that adding another never renames it.

A numbered notice is its organ code in pinyin, year and serial, then who issued it, since two governments may share an
organ code (宁政发 is Nanjing's and Ningxia's): the division code of the first issuer where the lexicon is certain of it, a
hash of the issuers' names otherwise. A notice without a number is its date and a hash of its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from gongwen.lexicon.readings import pinyin
from gongwen.model import DocumentNumber, Party, Unit

_HASH_DIGITS = 8  # 32 bits: enough for the notices of one government with the same number or date


def identify(
    number: DocumentNumber | None,
    issue_date: str | None,
    issuers: Sequence[Party],
    units: Sequence[Unit],
    text_sha256: str,
) -> str:
    """The id, as ``fuzhouzhengbanmi-2022-24-341202``; ``text_sha256`` is the hash of the decoded source."""
    if number is None or number.organ_code is None or number.serial is None:
        return f"{issue_date or 'undated'}-{text_sha256[:_HASH_DIGITS]}"
    parts = [pinyin(number.organ_code), number.year, number.serial, _issuer(issuers, units)]
    return "-".join(str(part) for part in parts if part is not None)


def _issuer(issuers: Sequence[Party], units: Sequence[Unit]) -> str | None:
    if not issuers:
        return None
    division = next(unit.division for unit in units if unit.id == issuers[0].unit_id)
    names = "、".join(issuer.name for issuer in issuers)
    return division or sha256(names.encode()).hexdigest()[:_HASH_DIGITS]
