"""The item marker that must come next: 　（六） after （五）.

A notice counts its items, so at the begin of a paragraph the next number is far likelier than any other.
"""

from __future__ import annotations

import re

_FORMS = str.maketrans("()\u3000\t\r\xa0 ", "（）\n\n\n\n\n")
_DIGITS = "一二三四五六七八九"
_NUMERALS = "".join(_DIGITS) + "十"
_MARKER = re.compile(rf"(?:\n|\A)[\n ]*+(?:（([{_NUMERALS}]{{1,3}}|[0-9]{{1,2}})）|([{_NUMERALS}]{{1,3}})、)")
_HIGHEST = 99
_LIKELY = 0.9  # that a number in a marker is one of those expected
_BEGINS = 0.2  # that a paragraph begins with the marker expected


def numeral(number: int) -> str:
    """A number from 1 to 99 as a marker has it.

    >>> numeral(6), numeral(10), numeral(12), numeral(20), numeral(43)
    ('六', '十', '十二', '二十', '四十三')
    """
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _DIGITS[tens - 1]) + "十" if tens else "") + (_DIGITS[ones - 1] if ones else "")


_VALUES = {numeral(number): number for number in range(1, _HIGHEST + 1)}

Steps = dict[str, dict[str, float]]
"""What is written so far since the line feed → what comes next, and how likely."""


class Markers:
    """The markers of a copy, read from its begin."""

    def __init__(self) -> None:
        self._sub = self._top = self._arabic = 0  # the last （五）, 五、 and （5）
        self._restarted = False  # whether （一） could come next
        self._rest = "\n"

    def read(self, text: str) -> None:
        """Goes on reading the copy with ``text``."""
        folded = self._rest + text.translate(_FORMS)
        for match in _MARKER.finditer(folded):
            if match[2]:
                self._top, self._restarted = _VALUES.get(match[2], self._top), True
            elif match[1].isdigit():
                self._arabic = int(match[1])
            else:
                self._sub, self._restarted = _VALUES.get(match[1], self._sub), False
                self._arabic = 0
        self._rest = folded[-8:]

    def digit(self) -> str:
        """The digit with which the number of the next item （N） begins."""
        return str(self._arabic + 1)[0]

    def expected(self) -> Steps:
        """The characters of the markers that may come next, step by step."""
        shares: dict[str, float] = {}
        if self._sub and self._sub < _HIGHEST:
            shares[f"（{numeral(self._sub + 1)}）"] = 0.3 if self._restarted else 0.6
        if self._sub != 0 or not self._restarted:
            shares["（一）"] = shares.get("（一）", 0.0) + (0.4 if self._restarted else 0.1)
        else:
            shares["（一）"] = 0.7
        shares["（0）"] = 0.1
        if self._top < _HIGHEST:
            shares[f"{numeral(self._top + 1)}、"] = 0.2
        total = sum(shares.values())
        steps: Steps = {}
        for marker, share in shares.items():
            for at, character in enumerate(marker):
                row = steps.setdefault("\n" + marker[:at], {})
                row[character] = row.get(character, 0.0) + share / total
        for written, row in steps.items():
            known = sum(row.values())
            weight = _LIKELY if len(written) > 1 else _BEGINS
            for character in row:
                row[character] *= weight / known
        return steps
