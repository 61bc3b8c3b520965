"""Sets of characters that several stages speak of, to stand inside the brackets of a regular expression."""

from __future__ import annotations

import re

# Chinese characters, with the two zeros of dates (二〇二三, 二○二三).
HAN = r"\u3400-\u9fff\uf900-\ufaff〇○\U00020000-\U0003ffff"

# Chinese characters and the punctuation of Chinese text: CJK and full-width marks, quotes, dash and ellipsis.
CHINESE = HAN + "、-〟！-／：-＠［-｀｛-･“”‘’—…"

# Arrows, geometric shapes, dingbats and pictographs, by which people point at an item; not the numbers ❶ to ➓, and no zero (○).
SYMBOLS = "←-⇿⌀-⏿■-◊◌-❵➔-➿⤀-⥿⬀-⯿\U0001f300-\U0001faff\ufe0e\ufe0f\u200d"

# What stands where a character was lost: a private one, the replacement character, half of a surrogate pair.
SUSPECT = "\ue000-\uf8ff\ufffd\ud800-\udfff\U000f0000-\U0010ffff"
SUSPICIOUS = re.compile(f"[{SUSPECT}]")
