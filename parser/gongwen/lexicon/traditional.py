"""Traditional characters and the simplified ones that stand for them, as OpenCC has them (configuration t2s)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def converter() -> Callable[[str], str]:
    """What turns traditional text into simplified text: characters, and the phrases that decide between two readings."""
    from opencc import OpenCC  # its tables take 10 ms to load: only who reads a notice pays

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified_characters() -> tuple[str, str]:
    """The characters that change where they stand alone, and what they become, in the same order.

    >>> traditional, simplified = simplified_characters()
    >>> simplified[traditional.index("書")]
    '书'
    """
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    made = converter()("\n".join(characters)).split("\n")
    pairs = [(old, new) for old, new in zip(characters, made, strict=True) if old != new]
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)
