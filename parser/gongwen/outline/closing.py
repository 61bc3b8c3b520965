"""Closing text: the paragraphs behind the last item of a part that belong to none.

They begin with the first paragraph of the last item, beside the line that it opens with, that says so: it opens with a word of
line_words.tsv (特此通知, 联系人), or says when the document applies (本办法自…起施行). Where no item beside the last one goes on behind its
own line, neither does the last: all that stands behind its line is closing text, unless it names who is responsible. Where each item
beside it has a clause that does, what stands behind the last one's clause is closing text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongwen.document import Item
from gongwen.lexicon import vocabulary
from gongwen.lexicon.effect import begins_with_term, names_itself, read_effect
from gongwen.lexicon.line_words import spaced
from gongwen.outline.lines import Line

_STOPS = ("。", "！", "；")
_FEWEST = 3  # items of a row that show how its items look
_SENTENCE = re.compile("[^。；]+")
_STATEMENT = re.compile("[^。；：]+")  # a sentence, behind its label if it has one: 施行说明：本措施自…起施行
_AROUND = "（）()"


def settle_closing(lines: Sequence[Line], items: Sequence[Item], first: int) -> None:
    """Take the closing text of a part from its last item. ``lines`` are those of the part, ``items`` from ``first`` on are its items."""
    if len(items) == first:
        return
    last = items[-1]
    behind = [line for line in lines if line.start > last.start and last.start < line.at < last.end]
    running = []
    for line in reversed(behind):
        if line.kind not in ("paragraph", "blank"):
            break
        if line.kind == "paragraph":
            running.append(line)
    running.reverse()
    if last.title is None and not last.paragraphs:
        return
    if last.paragraphs and running and last.paragraphs[0].start >= running[0].at:
        running = running[1:]  # a heading's text, which begins on the line below
    found = next((at for at, line in enumerate(running) if _closes(line.text)), None)
    if found is None:
        terms = (at for at, line in enumerate(running) if _states_term(line.text))
        found = next((at for at in terms if not _closes(_above(lines, running[at]))), None)
    if found is None and running and _nothing_goes_on(items, first) and all(map(_is_prose, running)):
        found = 0
    if found is None and running:
        found = _behind_clause(lines, items, first, running)
    if found is None:
        return
    for line in running[found:]:
        line.kind = "closing"
    start = running[found].at
    last.paragraphs[:] = [extent for extent in last.paragraphs if extent.start < start]
    last.end = max(extent.end for extent in (*last.paragraphs, *([last.title] if last.title else [])))


def _closes(text: str) -> bool:
    if re.match(spaced("closing", "opens"), text):
        return True
    text = text.strip(_AROUND)
    return any(names_itself(sentence[0]) and read_effect(sentence[0]) for sentence in _STATEMENT.finditer(text))


def _states_term(text: str) -> bool:
    """Whether a line says nothing but until when the document applies: 有效期2年。"""
    text = text.strip(_AROUND)
    return begins_with_term(text) and len(_SENTENCE.findall(text)) == 1 and read_effect(text) is not None


def _above(lines: Sequence[Line], line: Line) -> str:
    """The text of the line above ``line`` that isn't blank."""
    return next((one.text for one in reversed(lines) if one.start < line.start and one.kind != "blank"), "")


def _nothing_goes_on(items: Sequence[Item], first: int) -> bool:
    """Whether the items beside the last one say all that they say on their own line; those of its level, where it has too few beside it."""
    row = _beside(items, first)
    return len(row) + 1 >= _FEWEST and all(len(item.paragraphs) == 1 for item in row) and bool(items[-1].paragraphs)


def _beside(items: Sequence[Item], first: int) -> list[Item]:
    """The items in a row with the last one; all of its level, where those are too few."""
    last = items[-1]
    level = [item for item in items[first:-1] if item.level == last.level]
    beside = [item for item in level if item.parent == last.parent]
    return beside if len(beside) + 1 >= _FEWEST else level


def _behind_clause(lines: Sequence[Line], items: Sequence[Item], first: int, running: Sequence[Line]) -> int | None:
    """The first of ``running``, lines of the last item, behind its clause, where each item beside it has one, too."""
    row = _beside(items, first)
    if len(row) + 1 < _FEWEST or not _is_prose(running[-1]):
        return None
    ended = {line.stop for line in lines if line.kind != "blank" and _ends_with_clause(line.text)}
    if not all(any(extent.end in ended for extent in item.paragraphs) for item in row):
        return None
    clauses = [extent for extent in items[-1].paragraphs if extent.end in ended]
    return next((at for at, line in enumerate(running) if clauses and line.at > clauses[-1].start), None)


@vocabulary.compiled
def _duty() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{vocabulary.alternation('roles')})[^。；]{{0,12}}[）)]|(?:{vocabulary.alternation('roles', 'label')})[^。；]{{0,4}}[:：]"
    )


def _is_prose(line: Line) -> bool:
    """Whether a line is running text that names nobody who is responsible."""
    return line.text.endswith(_STOPS) and _duty().search(line.text) is None


def _ends_with_clause(text: str) -> bool:
    """Whether the last sentence of a line, or the brackets that it ends with, name who is responsible."""
    text = text.rstrip("。；")
    begin = text.rfind("。") + 1
    if text.endswith("）"):
        depth = 0
        for begin in range(len(text) - 1, -1, -1):
            depth += (text[begin] == "）") - (text[begin] == "（")
            if depth == 0:
                break
    return _duty().search(text, begin) is not None
