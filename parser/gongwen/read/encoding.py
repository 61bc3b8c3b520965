"""How the bytes of a source become characters.

A byte order mark decides; then what is valid UTF-8 is UTF-8. Of the legacy encodings (GB 18030 with its subset GBK,
Big5 with the Hong Kong supplement) and of UTF-16 without a mark, those that can decode every byte compete: the winner is
the reading with the largest share of frequent Chinese characters. What a page declares of itself is only tried first,
since servers convert pages without changing the declaration.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from gongwen.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_LEGACY = ("gb18030", "big5hkscs")
_DECLARED = re.compile(rb"<meta\b[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_-]{2,20})", re.I)
_HEAD = 4096
_SAMPLE = 20_000  # characters that are enough to judge a reading
_FEW = 20  # characters that are too few to judge it
_IMPLAUSIBLE = 0.05  # Chinese prose has more than half, a wrong reading a hundredth

# Frequent in official texts of either script; a wrong reading of the bytes hardly ever hits them.
_FREQUENT = re.compile(
    "[的一是在不了有和人这中大为上个国我以要时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进"
    "等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合因由其些然前外天政四日社义事平形相全表间样与关各重新线内"
    "通意见人市区县省局厅委办公室府号印知建设管施保工服务科技农村企单位责任牵头完推各个，。、：；（）“”《》"
    "這為個國時來們發對會動過說產種後學經進電裡現實兩體機當點從業應開關義樣間與線內見區縣廳辦號設務農單責牽頭]"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a]")


def decode(data: bytes, *, path: str | None = None, markup: bool = False) -> tuple[str, str]:
    """The characters of ``data``, without its byte order mark, and the name of the encoding.

    ``markup`` says that the bytes may declare their encoding. Raises SourceError ("undecodable") if no encoding fits, or
    if what comes out is no text.
    """
    text, encoding = _decode(data, path, markup)
    if len(_BINARY.findall(text)) * 20 > len(text):
        raise SourceError(
            "undecodable", "more than a twentieth of it is control characters: this is no text", path=path
        )
    return text, encoding


def _decode(data: bytes, path: str | None, markup: bool) -> tuple[str, str]:
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec), name
            except UnicodeDecodeError as error:
                message = f"it is marked as {codec}, but byte {len(mark) + error.start} is not"
                raise SourceError("undecodable", message, path=path) from error
    try:
        text = data.decode()
        if "\x00" not in text:
            return text, "utf-8"
        flaw = "it holds NULs"
    except UnicodeDecodeError as error:
        flaw = f"its byte {error.start} of {len(data)} is not UTF-8"
    text, encoding = max(_readings(data, markup), key=lambda reading: _plausibility(reading[0]), default=("", ""))
    if encoding != "utf-8" and _plausibility(text) < _IMPLAUSIBLE and not 0 < len(text) < _FEW:
        raise SourceError("undecodable", f"{flaw}, and no other encoding makes Chinese text of it", path=path)
    return text, encoding


def _readings(data: bytes, markup: bool) -> Iterator[tuple[str, str]]:
    """What the bytes could be, likeliest first."""
    declared = _DECLARED.search(data[:_HEAD]) if markup else None
    legacy = _LEGACY[::-1] if declared and declared[1].lower().startswith(b"big5") else _LEGACY
    for codec in ("utf-8", *legacy, "utf-16-le", "utf-16-be"):
        with suppress(UnicodeDecodeError):
            yield data.decode(codec), codec


def _plausibility(text: str) -> float:
    """The share of frequent Chinese characters, less control characters, in what is no ASCII; at most 1."""
    sample = text[:_SAMPLE]
    controls = len(_BINARY.findall(sample))
    return (len(_FREQUENT.findall(sample)) - controls) / max(1, len(_NOT_ASCII.findall(sample)) + controls)
