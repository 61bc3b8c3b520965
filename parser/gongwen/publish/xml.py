"""What XML can hold: every format that is written as XML asks here."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """``text`` with U+FFFD for each character that XML has not: in contents and in attributes alike."""
    return text if text.isprintable() else _NOT_XML.sub("\ufffd", text)
