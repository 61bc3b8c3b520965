"""What the rules of layout look for in a text: where a paragraph may begin and where a sentence ends."""

from __future__ import annotations

import re

NUMERAL = "[一二三四五六七八九十百]"

# A sign that opens a numbered heading or item. Only layout reads it; the levels are found by the outline.
MARKER = re.compile(
    rf"{NUMERAL}{{1,4}}、|[（(](?:{NUMERAL}{{1,4}}|\d{{1,2}})[）)]|\d{{1,2}}[.．、](?!\d)|\d{{1,2}}[）)]|\d(?:\.\d){{1,3}}\s"
    rf"|第\s?{NUMERAL}{{1,4}}\s?[章条节编]|附\s?件\s?\d{{0,2}}[:：.\s]|[①-⑳]"
)

SENTENCE_END = "。！？"
