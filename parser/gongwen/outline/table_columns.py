"""What the columns of a table of tasks hold, going by their heads, and what is like a name in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongwen.lexicon.units import ends_like, is_class

_KINDS = {
    "person": re.compile("领导|责任人|负责人|联系人"),
    "units": re.compile("单位|部门|牵头|配合|责任|协办|主办"),
    "time": re.compile("时限|时间|期限|进度"),
}
BETWEEN_NAMES = re.compile(r"[、，,；;\s△▲★]++(?![^（(]{0,20}[）)])")
LONGEST_NAME = 24


def kinds(columns: Sequence[str]) -> list[str]:
    """What the columns with these heads hold: "person", "units", "time" or else "text"."""
    return [next((kind for kind, head in _KINDS.items() if head.search(name)), "text") for name in columns]


def is_name(text: str) -> bool:
    """Whether ``text`` ends like the name of an organ, a place, or a class that it begins like."""
    if len(text) > LONGEST_NAME:
        return False
    return ends_like(text, "organ") or ends_like(text, "place") or (is_class(text) and ends_like(text))
