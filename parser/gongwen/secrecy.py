"""A document that is marked secret isn't published: it is refused, with the marking and its place.

The marking (密级, GB/T 9704-2012, 7.2.2) is one of the degrees 绝密, 机密, 秘密, alone in a line or among what else such a line
says (period, number of the copy, urgency, …), behind a label, or in one of the other forms of lexicon/secrecy.tsv. It is looked
for on every line of the source as decoded, in what the source says outside of its text, and on every text that the stages
make of it, so that neither a correction nor a repair can hide a marking.

A document that is *about* secrecy is no marked one: a line that lists several degrees marks nothing, nor do several degrees
on lines near to one another (a table of the degrees), nor the cells below the head 密级 of a list of secret matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, takewhile
from typing import NamedTuple

from gongwen.document import Source
from gongwen.errors import SourceError
from gongwen.lexicon.secrecy import Forms, fold, forms, tokens
from gongwen.text import Text

_LINE = 120  # characters: a longer line says more than a marking
_HINT = re.compile("[密宻㊙]")
_NEAR = 6  # lines with text between the degrees of a list or table of degrees
_LETTERS = 3  # characters: what a line of a marking that is split into lines has at most
_SPLIT = 12  # lines of a marking that is split into lines
_BROKEN = re.compile(r"[绝机秘]\s*+\Z")
_CELL = re.compile(r"\t|\||\s{2,}")
_HEAD = re.compile(r"密\s{0,4}级|保密[级等][别级]")


class Marking(NamedTuple):
    """A marking as it stands, and the number of its line, from 1."""

    wording: str
    line: int


class _Verdict(NamedTuple):
    """What a line says: the marking, whether it stands alone (a list could hold it), its degree. No marking: None."""

    wording: str
    degree: str
    alone: bool


def refuse_classified(source: Source) -> None:
    """Raise SourceError ("classified") if ``source`` carries a marking: in its text, or beside it."""
    if marking := find_marking(source.text):
        _refuse(marking.wording, f"in line {marking.line}", source.path)
    for place, wording in source.asides:
        for said in (wording, f"{place.rpartition(' ')[2]}\t{wording}"):
            if marking := find_marking(said):
                _refuse(marking.wording, f"in {place}", source.path)


def refuse_classified_layers(text: Text, path: str | None) -> None:
    """Raise SourceError ("classified") if any of the texts that led to ``text`` carries a marking."""
    for layer in text.layers:
        if marking := find_marking(layer.after):
            _refuse(marking.wording, f"in line {marking.line} of the text after the step “{layer.name}”", path)


def find_marking(text: str) -> Marking | None:
    """The first marking of secrecy in ``text``.

    >>> find_marking("机密★1年\\n青禾政办发〔2023〕15号")
    Marking(wording='机密★1年', line=1)
    >>> find_marking("国家秘密分为绝密、机密、秘密三级。") is None
    True
    """
    if not _HINT.search(text):
        return None
    table = forms()
    lines = text.splitlines()
    hinted = [number for number, line in enumerate(lines) if _HINT.search(line)]
    verdicts = [(number, verdict) for number in hinted if (verdict := _judge(lines[number]))]
    alone = [(number, verdict) for number, verdict in verdicts if verdict.alone]
    for number, verdict in verdicts:
        if not verdict.alone or not (
            _is_listed(number, verdict.degree, alone, lines) or _is_cell(number, lines, table)
        ):
            return Marking(verdict.wording, number + 1)
    return next(_split(lines, hinted, table), None) or next(_below(lines, hinted, table), None)


@lru_cache(maxsize=65_536)
def _judge(line: str) -> _Verdict | None:
    """The marking that one line holds. Cached, since most lines stay the same from one text to the next."""
    table = forms()
    folded = fold(line, table).strip()
    if verdict := _marks(folded, table):
        return verdict
    for pattern in table.inside:
        if match := pattern.search(folded):
            return _Verdict(match[0].strip(), "", alone=False)
    # Shown from right to left, by signs of direction or by markup that the text doesn't keep.
    return _marks(folded[::-1], table) if len(folded) <= _LINE else None


def _marks(folded: str, table: Forms) -> _Verdict | None:
    """The marking of a line that says nothing else, or that goes on with the letterhead or the title."""
    found, labelled, end = [], False, 0
    for token in tokens(folded[: _LINE + 1], table):
        end = token.end()
        labelled |= token.lastgroup == "label"
        if token.lastgroup == "degree":
            found.append("".join(token[0].split())[:2])
    if len(set(found)) != 1:
        return None
    if end == len(folded):
        return _Verdict(folded, found[0], alone=not labelled and "★" not in folded)
    if folded[end - 1] in " ])】〕〗\t" and table.title.match(folded, end):
        return _Verdict(folded[:end].strip(), found[0], alone=False)
    return None


def _is_listed(number: int, degree: str, alone: list[tuple[int, _Verdict]], lines: list[str]) -> bool:
    """Whether another degree stands alone near the line ``number``, as in a list or table of the degrees."""
    for other, verdict in alone:
        first, last = sorted((number, other))
        if verdict.degree != degree and last - first <= 4 * _NEAR:
            between = sum(1 for line in lines[first:last] if not line.isspace() and line)
            if between <= _NEAR:
                return True
    return False


def _is_cell(number: int, lines: list[str], table: Forms) -> bool:
    """Whether the line is a cell of a list of secret matters that lost its borders: below 密级 beside other such heads."""
    for head in range(number - 1, -1, -1):
        if _HINT.search(lines[head]) and _HEAD.fullmatch(fold(lines[head], table).strip()):
            beside = [
                line for line in lines[max(0, head - 6) : head + 7] if table.list_heads.search(line) and len(line) < 12
            ]
            return len(beside) > 1
    return False


def _split(lines: list[str], hinted: list[int], table: Forms) -> Iterator[Marking]:
    """Markings that stand on several lines: a character or two on each, or with a break inside the degree.

    ``hinted`` are the lines that hold a character of 密级; only these and the short ones around them are folded.
    """
    for number in hinted:
        folded = _short(lines[number], table)
        reach = _SPLIT if len(folded) <= _LETTERS else 1
        shown = list(islice(_shown(lines, range(number - 1, -1, -1), table), reach))
        if not folded or not shown:
            continue
        above = shown[0][1]
        if _BROKEN.search(above) and (verdict := _marks(above + folded, table)):
            yield Marking(verdict.wording, number + 1)
        if _BROKEN.search(above) and any(pattern.search(above + folded) for pattern in table.inside):
            yield Marking(above + folded, number + 1)
        before = list(takewhile(_is_part, shown))[::-1]
        if len(folded) > _LETTERS or not before:
            continue
        behind = takewhile(_is_part, islice(_shown(lines, range(number + 1, len(lines)), table), _SPLIT - 1))
        if verdict := _marks("".join([part for _, part in (*before, (number, folded), *behind)]), table):
            yield Marking(verdict.wording, before[0][0] + 1)


def _shown(lines: list[str], numbers: Iterable[int], table: Forms) -> Iterator[tuple[int, str]]:
    """Those of the lines ``numbers`` that may be of a marking, folded, each with its number."""
    return ((number, folded) for number in numbers if (folded := _short(lines[number], table)))


def _is_part(line: tuple[int, str]) -> bool:
    """Whether a line holds so little that it may be a part of a marking that is split into lines."""
    return len(line[1]) <= _LETTERS


def _short(line: str, table: Forms) -> str:
    """A short line folded; "" for one that is blank or too long to be of a marking."""
    return fold(line, table).strip() if 0 < len(line) <= _LINE else ""


def _below(lines: list[str], hinted: list[int], table: Forms) -> Iterator[Marking]:
    """Markings in the one row of values below a row of labels that describes the document."""
    for number in hinted:
        if number == 0 or not _HEAD.search(above := fold(lines[number - 1], table)):
            continue
        line = lines[number]
        heads, cells = _CELL.split(above.strip()), _CELL.split(fold(line, table).strip())
        following = _CELL.split(fold(lines[number + 1], table).strip()) if number + 1 < len(lines) else []
        if not table.document_heads.search(above) or len(following) == len(heads):
            continue
        for head, cell in zip(heads, cells, strict=False):
            if _HEAD.fullmatch(head.strip()) and (verdict := _marks(cell.strip(), table)):
                yield Marking(verdict.wording, number + 1)


def _refuse(wording: str, place: str, path: str | None) -> None:
    raise SourceError("classified", f"marked {wording} {place}: classified documents are not read", path=path)
