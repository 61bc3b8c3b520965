"""Forms of markings of secrecy (密级): what they are made of, where they stand, and what only looks like one.

``secrecy.tsv`` has a row for each, with an example and a reason:

    variant   another way to write the characters of ``code``
    token     a part of a line that says nothing but how secret a document is: the degree (degree), its label, its period,
              the number of the copy, …
    form      a marking inside a line that says more; <name> in its expression stands for the tokens of that name
    layout    a way of setting a marking, read by gongwen.secrecy itself: the row is an example
    head      a head of a row of labels beside 密级, below which the degree stands: of one ``document``
    about     what is no marking: the row is an example, or (``list-head``) a head beside 密级 in a list of secret matters

Expressions are held against folded text (``fold``). In an example ⏎ is a line feed, ⇥ a tab, \\uXXXX a character that can't be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongwen.lexicon.reference import lines, told

_GAP = r"[\s·.\-_|/*]{0,6}"  # what may stand between the characters of a word: 机　密, 机·密
_NAME = re.compile(r"<([a-z]+)>")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})")
_TITLE = "before-title"
# Combining marks, variation selectors, signs of direction, joiners, soft hyphens, controls: they hide no character.
_IGNORABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0300-\u036f\u0483-\u0489\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u302a-\u302f\u3099\u309a\u3164"
    "\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_READING = re.compile(r"(?<=[\u3400-\u9fff])\([a-zü\u00e0-\u01dc]{1,7}\)")
_BLANK = re.compile("[\ue5e5\u3000\xa0]")


class Row(NamedTuple):
    """A row of the table."""

    kind: str
    code: str
    expression: str
    example: str
    reason: str


class Forms(NamedTuple):
    """The table, compiled.

    ``token`` matches one part of a line of markings; its groups "degree" and "label" took part if it is such a one.
    ``inside`` are forms inside of a line, ``title`` matches what a marking at the start of a line may stand before, ``document_heads`` and
    ``list_heads`` what stands beside the head 密级 of one document and of a list.
    """

    variants: dict[int, str]
    token: re.Pattern[str]
    inside: tuple[re.Pattern[str], ...]
    title: re.Pattern[str]
    document_heads: re.Pattern[str]
    list_heads: re.Pattern[str]


@cache
def rows() -> tuple[Row, ...]:
    """The rows of the table, in its order."""
    found = []
    for place, fields in lines(Path(__file__).with_name("secrecy.tsv"))[1]:
        with told(place):
            found.append(_row(*fields))
            re.compile(found[-1].expression)
    return tuple(found)


def _row(kind: str, code: str, expression: str, example: str, reason: str) -> Row:
    example = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), example)
    return Row(kind, code, expression, example.replace("⏎", "\n").replace("⇥", "\t"), reason)


@cache
def forms() -> Forms:
    """The table's forms."""
    return compile_forms(rows())


def compile_forms(table: Sequence[Row]) -> Forms:
    """The forms of ``table``, rows as of ``rows``."""
    tokens: dict[str, list[str]] = {}
    for row in table:
        if row.kind == "token":
            tokens.setdefault(row.code, []).append(row.expression)
    named = {code: f"(?:{'|'.join(found)})".replace("<gap>", _GAP) for code, found in tokens.items()}
    first = ("label", "degree", "document-number", "period")  # what begins with a figure is no copy number before these
    groups = [
        f"(?P<{code.replace('-', '_')}>{named[code]})"
        for code in (*first, *sorted(named.keys() - set(first)))
        if code in named
    ]
    found = [
        (row.code, _NAME.sub(lambda match: named.get(match[1], "(?!)"), row.expression))
        for row in table
        if row.kind == "form"
    ]
    return Forms(
        {ord(row.expression): row.code for row in table if row.kind == "variant"},
        re.compile("|".join([*groups, r"[^\w《》]|_"])),
        tuple(re.compile(expression) for code, expression in found if code != _TITLE),
        re.compile("|".join(expression for code, expression in found if code == _TITLE) or "(?!)"),
        *(
            re.compile("|".join(row.expression for row in table if row.code == code) or "(?!)")
            for code in ("document", "list-head")
        ),
    )


def fold(line: str, table: Forms) -> str:
    """``line`` as the expressions expect it: no character that can't be seen, plain forms, no notes of readings."""
    line = _BLANK.sub(" ", _IGNORABLE.sub("", line)).translate(table.variants)
    return _READING.sub("", unicodedata.normalize("NFKC", line).translate(table.variants))


def tokens(line: str, table: Forms) -> Iterator[re.Match[str]]:
    """The parts of a folded ``line`` from its start to the first that no token is."""
    position = 0
    while match := table.token.match(line, position):
        yield match
        position = match.end()
