"""What a terminal is given to show: text in which no sign acts on it.

A document, a file's name or a JSON can hold characters that move the cursor, set the window's title, turn text around or hide it.
Whatever a command shows goes through ``printable``, which spells them out: ESC is shown as \\u001b, U+202E as \\u202e. The spelling
is that of JSON, so that a JSON stays the same JSON.
"""

from __future__ import annotations

import re
import unicodedata

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Bytes of a name that Python could not decode, since they or the locale are no UTF-8; each is half of a surrogate pair.
_UNDECODED = re.compile("[\udc80-\udcff]+")
_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")
_UNUSUAL = re.compile(r"[^ -~\u3000-\u3029\u4e00-\u9fff\uff01-\uff9f]")


def printable(text: str, keep: str = "") -> str:
    """``text`` with every control and format character, line separator, unassigned or half character spelled out.

    ``keep`` are characters that stay: the line feeds of a text of several lines.

    >>> printable("青禾\\u202e\\x1b[31m")
    '青禾\\\\u202e\\\\u001b[31m'
    """
    text = _UNDECODED.sub(
        lambda match: match[0].encode(errors="surrogateescape").decode(errors="backslashreplace"), text
    )
    return _UNUSUAL.sub(lambda match: match[0] if match[0] in keep else _spelled(match[0]), text)


def printable_lines(text: str) -> str:
    """``text`` as of ``printable``, with its line feeds and tabs."""
    return printable(text, "\n\t")


def printable_styled(text: str) -> str:
    """Lines that were styled by us, as of ``printable_lines``: sequences that set colours stay."""
    parts = _STYLE.split(text)
    return "".join(part if number % 2 else printable_lines(part) for number, part in enumerate(parts))


def _spelled(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) in ("Zs", "Co"):
        return character
    if character in _SHORT:
        return _SHORT[character]
    point = ord(character)
    if point < 0x10000:
        return f"\\u{point:04x}"
    high, low = divmod(point - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
