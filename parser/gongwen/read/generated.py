"""The text that a style sheet puts before and behind an element (CSS Generated Content 3), and the counters that it counts with (CSS Lists 3).

Exports of word processors and of Markdown number their headings and lists so. Icons and ornaments are no text: what has neither a letter
or figure nor a Chinese mark, and what stands in private-use characters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import tinycss2  # type: ignore[import-untyped]  # it has no stubs

from gongwen.read.lists import number_in

_MARKS = re.compile(r"[\w\u2014\u2018-\u201d\u3001-\u301f\uff01-\uff5e]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_STATED = re.compile(r"([^\s()]+)(?:\s+([+-]?[0-9]{1,9})(?![\w.]))?")
_QUOTES = ("“”", "‘’")
_LONGEST = 200  # characters: a page can repeat them at every element
_DEEPEST = 50  # counters of one name in one another


class _Part(NamedTuple):
    """A part of a value: a text as it stands, an attribute, one counter or all of a name, a quotation mark."""

    kind: str
    text: str
    form: str = "decimal"
    between: str | None = None


class Counters:
    """The counters that are open at a place of the page. A counter lives in the siblings behind the element that begins it, and in what is in them."""

    def __init__(self, left: int) -> None:
        self.left = left  # characters that may still be spelled
        self._depth = 0
        # By name the depth of the element that began each counter and its value, the outermost first.
        self._open: dict[str, list[tuple[int, int]]] = {}
        self._begun: dict[int, list[str]] = {}  # depth → counters that elements of that depth began

    def enter(self, operations: tuple[tuple[str, str], ...]) -> None:
        """Begin an element, which does ``operations``."""
        self._depth += 1
        for operation, stated in operations:
            for name, number in _STATED.findall(stated):
                if name != "none":
                    self._count(operation, name, int(number) if number else int(operation == "increment"))

    def leave(self) -> None:
        """End the element that was begun last, and the counters of the elements in it."""
        for name in self._begun.pop(self._depth + 1, ()):
            values = self._open.get(name)
            if values and values[-1][0] > self._depth:
                values.pop()
        self._depth -= 1

    def _count(self, operation: str, name: str, number: int) -> None:
        values = self._open.setdefault(name, [])
        if values and operation == "reset" and values[-1][0] == self._depth:  # a sibling's, which ends here
            values.pop()
        if operation == "reset" or not values:
            values.append((self._depth, number))
            self._begun.setdefault(self._depth, []).append(name)
        else:
            depth, value = values[-1]
            values[-1] = (depth, number if operation == "set" else value + number)

    def values(self, name: str) -> list[int]:
        """The values of the counters of a name, the outermost first."""
        return [value for _, value in self._open.get(name, ())] or [0]

    def copy(self) -> Counters:
        """The counters as they are now."""
        other = Counters(self.left)
        other._depth = self._depth
        other._open = {name: [*values] for name, values in self._open.items()}
        other._begun = {depth: [*names] for depth, names in self._begun.items()}
        return other


def spell(content: str, attributes: dict[str, str | None], counters: Counters, quoted: int) -> str:
    """The text that the value ``content`` of a pseudo-element gives, ``quoted`` quotations deep; "" where it is none.

    >>> spell('"（" counter(a) "）"', {}, Counters(99), 0), spell('"\\\\e601"', {}, Counters(99), 0), spell("attr(no)", {"no": "一、"}, Counters(99), 0)
    ('（0）', '', '一、')
    """
    text = "".join([_said(part, attributes, counters, quoted) for part in _parts(content)])
    text = _PRIVATE.sub("", text)
    counters.left -= len(text)
    return text if _MARKS.search(text) and len(text) <= _LONGEST else ""


def quotation_mark(quoted: int, closing: bool) -> str:
    """The mark at an end of a quotation that stands in ``quoted`` others."""
    return _QUOTES[min(quoted, 1)][closing]


def _said(part: _Part, attributes: dict[str, str | None], counters: Counters, quoted: int) -> str:
    match part.kind:
        case "attr":
            return attributes.get(part.text) or ""
        case "counter":
            values = counters.values(part.text)
            shown = values[-1:] if part.between is None else values[-_DEEPEST:]
            return (part.between or "").join([number_in(value, part.form) for value in shown])
        case "quote":
            return quotation_mark(quoted, part.text == "close-quote")
    return part.text


@lru_cache(maxsize=1024)
def _parts(content: str) -> tuple[_Part, ...]:
    found: list[_Part] = []
    for node in tinycss2.parse_component_value_list(content, skip_comments=True):
        if node == "/":  # how it is read aloud
            break
        if node.type == "string":
            found.append(_Part("text", node.value))
        elif node.type == "ident" and node.lower_value in ("open-quote", "close-quote"):
            found.append(_Part("quote", node.lower_value))
        elif node.type == "function":
            said = [each.value for each in node.arguments if each.type in ("ident", "string")]
            if node.lower_name == "attr" and said:
                found.append(_Part("attr", said[0].lower()))
            elif node.lower_name == "counter" and said:
                found.append(_Part("counter", said[0], "".join(said[1:2]) or "decimal"))
            elif node.lower_name == "counters" and len(said) > 1:
                found.append(_Part("counter", said[0], "".join(said[2:3]) or "decimal", said[1]))
    return tuple(found)
