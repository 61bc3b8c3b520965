"""Marked pairs: a byte that the decoder swallows before every sentence end 。；？！ of a copy in GBK.

Where the two bytes are a sentence end, the mark leaves no trace. Where they meet across two characters, the first of these loses
its second byte: ``　（五）加快`` → ``?。ㄎ澹┘涌``. Which pairs are on the list shows in the copy: a pair whose bytes stand
together across two characters of the copy is not.
"""

from __future__ import annotations

import re
from functools import cache

from gongwen.repair import gbk
from gongwen.repair.byte_edits import SENTENCE_ENDS, fold
from gongwen.repair.gbk import Pair

_SHOWN = "".join(
    map("".join, zip(*[(c, fold(c)) for c in (bytes(p).decode("gbk") for p in SENTENCE_ENDS)], strict=True))
)
TRACE = re.compile(f"[?][{re.escape(''.join(dict.fromkeys(_SHOWN)))}]")
"""What a torn character before a marked pair leaves; also a question mark before a sentence end, which is no damage."""


def marked(value: str, intact: str) -> frozenset[Pair]:
    """The pairs that may be marked in the copy ``value``: those with a trace that don't stand together unmarked.

    ``intact`` is the copy without what is out of step.
    """
    return frozenset(
        pair for pair in SENTENCE_ENDS if _trace(pair).search(value) and not _unmarked(pair).search(intact)
    )


@cache
def _trace(pair: Pair) -> re.Pattern[str]:
    character = bytes(pair).decode("gbk")
    return re.compile(f"[?][{re.escape(character + fold(character))}]")


@cache
def _unmarked(pair: Pair) -> re.Pattern[str]:
    """Two characters across which the bytes of the pair stand together."""
    before = "".join(gbk.column(pair[0]).values())
    ends = {bytes(end).decode("gbk") for end in SENTENCE_ENDS}  # whose own mark may have come first
    after = "".join(character for character in gbk.row(pair[1]).values() if character not in ends)
    return re.compile(f"[{re.escape(before)}][{re.escape(after)}]")
