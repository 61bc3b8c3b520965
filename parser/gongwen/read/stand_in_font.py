"""The font that stands in for those that a PDF names and doesn't hold: every character is the same thin bar, as high as the line.

pdfium takes the extent of a line from the glyphs of its font and leaves out a line without one. With a font of the machine, the
same file would give another text where that font lacks a character. The bar is thinner than any character's advance, which the file
states, so that boxes follow the file alone.
"""

from __future__ import annotations

import ctypes
from functools import cache
from struct import pack
from typing import Any

_EM = 1000
_BAR = (0, -120, 10, 880)  # left, bottom, right, top
_HANDLE = 1


@cache
def use_stand_in(raw: Any) -> tuple[Any, ...]:
    """Let pdfium (``raw``, its functions) take the stand-in for every font that a file doesn't hold, in this process.

    Returns what must stay alive for as long as the library does.
    """
    font = stand_in()
    buffer = ctypes.create_string_buffer(font, len(font))

    def data(own: Any, handle: Any, table: int, target: int | None, size: int) -> int:
        if table:
            return 0
        if target and size >= len(font):
            ctypes.memmove(target, buffer, len(font))
        return len(font)

    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    calls: dict[str, Any] = {
        "Release": lambda own: None,
        "EnumFonts": lambda own, mapper: None,
        "MapFont": lambda own, weight, italic, charset, pitch, face, exact: _HANDLE,
        "GetFont": lambda own, face: _HANDLE,
        "GetFontData": data,
        "GetFaceName": lambda own, handle, target, size: 0,
        "GetFontCharset": lambda own, handle: 0,
        "DeleteFont": lambda own, handle: None,
    }
    fonts = raw.FPDF_SYSFONTINFO(version=1, **{name: kinds[name](call) for name, call in calls.items()})
    raw.FPDF_SetSystemFontInfo(ctypes.byref(fonts))
    return fonts, data


def stand_in() -> bytes:
    """The font as a TrueType file: two glyphs, and a character map that leads from every code point to the second.

    Tables and their fields are those of ISO/IEC 14496-22 (OpenType).
    """
    left, bottom, right, top = _BAR
    contour = pack(">hhhhhHH", 1, left, bottom, right, top, 3, 0)
    contour += bytes([1, 1, 1, 1]) + pack(">4h4h", left, right - left, 0, left - right, bottom, 0, top - bottom, 0)
    glyph = contour + b"\0" * (-len(contour) % 4)
    groups = pack(">HHIIIIII", 13, 0, 28, 0, 1, 0, 0x10FFFF, 1)
    tables = {
        b"cmap": pack(">HHHHI", 0, 1, 3, 10, 12) + groups,
        b"glyf": glyph,
        b"head": pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_BAR, 0, 8, 2, 1, 0),
        b"hhea": pack(">IhhhHhhhhhhhhhhhH", 0x10000, top, bottom, 0, _EM, 0, 0, right, *[0] * 8, 1),
        b"hmtx": pack(">Hhh", _EM, 0, 0),
        b"loca": pack(">III", 0, 0, len(glyph)),
        b"maxp": pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    directory, body = pack(">IHHHH", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64), b""
    for tag, table in tables.items():
        padded = table + b"\0" * (-len(table) % 4)
        checksum = sum(int.from_bytes(padded[at : at + 4]) for at in range(0, len(padded), 4)) & 0xFFFFFFFF
        directory += tag + pack(">III", checksum, 12 + len(tables) * 16 + len(body), len(table))
        body += padded
    return directory + body
