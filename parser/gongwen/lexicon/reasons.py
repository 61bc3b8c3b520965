"""The words of coverage_words.tsv: why a number, a date or an organ is no commitment, or that it is one."""

from __future__ import annotations

import re
from typing import Literal

from gongwen.lexicon import vocabulary


@vocabulary.compiled
def _words(context: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """An expression of the rows for one context, and the codes of their words."""
    rows = vocabulary.terms("coverage_words", context)
    if not rows:
        return None
    return re.compile(vocabulary.alternation("coverage_words", context)), {row.text: row.code for row in rows}


def code(context: str, words: str, at: Literal["start", "end", "in"] = "in") -> str | None:
    """The code of the word for ``context`` that ``words`` begins with, ends with, or holds."""
    known = _words(context)
    if known is None or not words:
        return None
    pattern, codes = known
    if at == "start":
        match = pattern.match(words)
        return codes[match[0]] if match else None
    if at == "end":
        return next((codes[match[0]] for match in pattern.finditer(words) if match.end() == len(words)), None)
    match = pattern.search(words)
    return codes[match[0]] if match else None
