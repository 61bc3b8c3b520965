"""The item marker that must come next: 　（六） after （五）.

A notice counts its items, so at the begin of a paragraph the next number is far likelier than any other.
"""

from __future__ import annotations

import re

from gongwen.lexicon.numerals import numeral

_FORMS = str.maketrans("():;?!", "（）：；？！")
_NUMERALS = "一二三四五六七八九十"
_STRETCH = re.compile(r"(\s*+)(\S++)")
_MARKER = re.compile(
    rf"（([{_NUMERALS}]{{1,3}}|[0-9]{{1,2}})）|([{_NUMERALS}]{{1,3}})、|[0-9]{{1,2}}[.．、]|第[{_NUMERALS}]{{1,3}}[章节節条條]"
)
_ENDS = "。；：？！"  # of a paragraph; another line goes on
_MOST_NUMBERS = 4  # that the next item may have
_LONGEST = 6  # characters of a marker
_HIGHEST = 99
_LIKELY = 0.9  # that a number in a marker is one of those expected
_BEGINS = 0.2  # that a paragraph begins with the marker expected
_LED = 0.99  # that a list begins behind a paragraph that ends in a colon

_VALUES = {numeral(number): number for number in range(1, _HIGHEST + 1)}

Steps = dict[str, dict[str, float]]
"""What is written so far since the line feed → what comes next, and how likely."""


class Markers:
    """The markers of a copy, read from its begin.

    The number of the next item （N） is not always certain: an indented paragraph without a marker may go on with the last item
    or lead to another list. So what may have been the last number is kept with its share.
    """

    def __init__(self) -> None:
        self._sub = self._top = 0  # the last （五） and 五、
        self._restarted = False  # whether （一） could come next
        self._arabic: dict[int, float] = {0: 1.0}  # what the last （5） may have been
        self._is_led = False  # whether a paragraph without a marker stood since
        self._last = ""  # the last character that is no blank
        self._rest = "\n"  # what may go on with a marker
        self._is_guess = False  # whether that is restored

    def read(self, text: str, is_restored: bool = False) -> None:
        """Goes on reading the copy with ``text``; where it is restored, a number （N） in it is a guess among ``numbers``."""
        self._rest += text.translate(_FORMS)
        read = 0
        for match in _STRETCH.finditer(self._rest):
            marker = _MARKER.match(match[2])
            if match.end() == len(self._rest) and len(match[2]) < _LONGEST and not marker:
                break
            read = match.end()
            if match[1]:
                self._take(match[1], marker, is_restored or self._is_guess)
            self._last = match[2][-1]
            self._is_guess = False
        self._is_guess = is_restored and read < len(self._rest)
        self._rest = self._rest[read:] or self._rest[-1:]

    def _take(self, blanks: str, marker: re.Match[str] | None, is_restored: bool) -> None:
        """Takes account of a stretch behind ``blanks`` that begins with ``marker``, if with any."""
        if not marker:
            self._is_led |= "\n" in blanks and not blanks.endswith("\n") and self._last in _ENDS
        elif marker[1] and marker[1].isdigit():
            numbers = self.numbers()
            is_guess = is_restored and max(numbers.values()) < _LIKELY
            self._arabic, self._is_led = numbers if is_guess else {int(marker[1]): 1.0}, False
        else:
            self._arabic, self._is_led = {0: 1.0}, False
            if marker[2]:
                self._top, self._restarted = _VALUES.get(marker[2], self._top), True
            elif marker[1]:
                self._sub, self._restarted = _VALUES.get(marker[1], self._sub), False

    def numbers(self) -> dict[int, float]:
        """What the number of the next item （N） may be, and how likely."""
        begins = 0.0
        if self._is_led:
            begins = _LED if self._last == "：" else 0.5
        elif self._last == "：":
            begins = 0.3
        found = {1: begins} if begins else {}
        for number, share in self._arabic.items():
            found[number + 1] = found.get(number + 1, 0.0) + share * (1 - begins)
        return dict(sorted(found.items(), key=lambda item: -item[1])[:_MOST_NUMBERS])

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
