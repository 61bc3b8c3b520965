"""The sentences of a text: what ends with 。！？； or with its line, marks that close a quotation behind it included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SENTENCE = re.compile(r"[^。！？；\n]*+(?:[。！？；]++[”’）》」』]*+|\n|\Z)")


class Sentence(NamedTuple):
    """A sentence and its place in the text of its item: code points, end excluded."""

    start: int
    end: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text``, blanks around them left out.

    >>> [sentence.text for sentence in sentences("巡查河道；记录（一日一报。）立即处置。")]
    ['巡查河道；', '记录（一日一报。）', '立即处置。']
    """
    for match in _SENTENCE.finditer(text):
        found = match[0]
        if words := found.strip():
            start = match.start() + found.index(words)
            yield Sentence(start, start + len(words), words)
