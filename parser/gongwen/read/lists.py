"""The numbers that a browser puts before the items of a list (HTML, 4.4.5; CSS Counter Styles)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selectolax.lexbor import LexborNode

from gongwen.read.numbering import spell
from gongwen.read.style import Style

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_UNNUMBERED = ("none", "disc", "circle", "square")
# Counter styles of CSS by the names that Word has for them, and the range in which they are used; the sign behind the number.
_STYLES = {
    "lower-roman": ("lowerRoman", 3999, "."),
    "upper-roman": ("upperRoman", 3999, "."),
    "cjk-decimal": ("ideographDigital", 10**9, "、"),
    "cjk-ideographic": ("chineseCountingThousand", 9999, "、"),
    "simp-chinese-informal": ("chineseCountingThousand", 9999, "、"),
    "trad-chinese-informal": ("chineseCountingThousand", 9999, "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", 9999, "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", 9999, "、"),
    "cjk-heavenly-stem": ("ideographTraditional", 10, "、"),
    "cjk-earthly-branch": ("ideographZodiac", 12, "、"),
}
_SERIES = ("cjk-heavenly-stem", "cjk-earthly-branch")  # they go on in figures


class Counter:
    """The count of one list. ``numbered_by_hand`` says of its items whether they bring numbers of their own."""

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str | None],
        style: Style,
        node: LexborNode,
        numbered_by_hand: Callable[[Sequence[LexborNode]], bool],
    ) -> None:
        items = [item for item in node.iter() if item.tag == "li"]
        stated = _TYPES.get(attributes.get("type") or "", "decimal") if tag == "ol" else "disc"
        self._form = style.list_type or stated
        self._by_hand = not items or numbered_by_hand(items)
        backwards = tag == "ol" and "reversed" in attributes
        self._step = -1 if backwards else 1
        start = _integer(attributes.get("start")) if tag == "ol" else None
        self._next = start if start is not None else len(items) if backwards else 1

    def next(self, attributes: dict[str, str | None], style: Style) -> str:
        """The number of the next item as it is shown, "" where none is."""
        value = _integer(attributes.get("value"))
        number = self._next if value is None else value
        self._next = number + self._step
        form = style.list_type or _TYPES.get(attributes.get("type") or "", self._form)
        return "" if self._by_hand or form in _UNNUMBERED else marker(number, form)


def _integer(stated: str | None) -> int | None:
    """A number of an attribute, as HTML reads it: what follows its digits doesn't count."""
    text = (stated or "").strip()
    digits = text[1:] if text[:1] in ("-", "+") else text
    digits = digits[: len(digits) - len(digits.lstrip("0123456789"))]
    return int(digits) * (-1 if text.startswith("-") else 1) if 0 < len(digits) < 10 else None


def marker(number: int, form: str) -> str:
    """``number`` in a counter style, with the sign behind it; decimal where the style has no sign for it.

    >>> marker(4, "decimal"), marker(28, "lower-alpha"), marker(4, "upper-roman"), marker(12, "cjk-ideographic")
    ('4.', 'ab.', 'IV.', '十二、')
    """
    shown, sign = _in_form(number, form)
    return shown + sign


def number_in(number: int, form: str) -> str:
    """``number`` in a counter style, as a style sheet shows it: without a sign behind it.

    >>> number_in(4, "decimal"), number_in(12, "cjk-ideographic"), number_in(3, "none")
    ('4', '十二', '')
    """
    if form in _UNNUMBERED:
        return {"disc": "•", "circle": "◦", "square": "▪"}.get(form, "")
    return _in_form(number, form)[0]


def _in_form(number: int, form: str) -> tuple[str, str]:
    """``number`` in a counter style, and the sign that stands behind it in a list."""
    if form == "decimal-leading-zero":
        return (f"{number:02d}" if number >= 0 else f"-{-number:02d}"), "."
    if form.endswith(("alpha", "latin")) and number > 0:
        word = ""
        while number:
            number, letter = divmod(number - 1, 26)
            word = chr(ord("A") + letter) + word
        return (word if form.startswith("upper") else word.lower()), "."
    name, last, sign = _STYLES.get(form, ("", 0, ""))
    if 0 < number <= last:
        shown = spell(number, name) or ""
        return (shown if form == "cjk-decimal" else shown.replace("〇", "零")), sign
    return _in_form(number, "cjk-decimal") if form in _SERIES and number > 0 else (str(number), ".")
