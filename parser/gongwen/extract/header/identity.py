"""The id of a notice: readable ASCII, and a function of its source alone, so that adding another notice never renames it.

A numbered notice is its organ code in pinyin, year and serial. Two governments may share an organ code (宁政发 is Nanjing's and
Ningxia's), and a notice may be found twice, issued anew or copied by another site. So a hash ends the id: of the address where the source
was retrieved, if that is stated, which a mended source keeps; else of its text. No name that may be read better one day is a part of it.
"""

from __future__ import annotations

from hashlib import sha256

from gongwen.lexicon.readings import pinyin
from gongwen.model import DocumentNumber

_HASH_DIGITS = 8  # 32 bits: enough for the notices with the same number or date


def identify(number: DocumentNumber | None, issue_date: str | None, url: str | None, text_sha256: str) -> str:
    """The id, as ``fuzhouzhengbanmi-2022-24-63f1a1b9``; ``url`` is where the source was found, ``text_sha256`` the hash of its decoded text."""
    own = (sha256(url.encode()).hexdigest() if url else text_sha256)[:_HASH_DIGITS]
    if number is None or number.organ_code is None or number.serial is None:
        return f"{issue_date or 'undated'}-{own}"
    parts = [pinyin(number.organ_code), number.year, number.serial, own]
    return "-".join(str(part) for part in parts if part is not None)
