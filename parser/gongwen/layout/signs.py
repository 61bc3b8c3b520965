"""What the rules of layout look for in a text: how it counts its chapters and where a sentence ends."""

from __future__ import annotations

NUMERAL = "[一二三四五六七八九十百]"

SENTENCE_END = "。！？"
