"""Plain text and Markdown: which lines are the notice, which came with the copy.

A copy may begin with front matter, as static sites and crawlers write it:

    ---
    文号: 某政发〔2023〕7号
    date: 2023-10-09
    ---

Its lines are the page's metadata, as meta tags are. Tables may be written in tags of HTML, which tell more of merged cells than what is
left when the tags are taken out (``gongwen.layout.tags``). Quoted lines (> …) above the text that speak in sentences, or
follow the front matter, are a remark of whoever copied it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.document import Cell, Piece, Reading, Statement, Table
from gongwen.lexicon import document_numbers
from gongwen.lexicon.boilerplate import is_boilerplate
from gongwen.read.grid import Stated, fill_stated, holds_data

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\S+\s*|\s+")
_ENDED = re.compile(r"[。！？]\s")
_LONG = 150  # characters: a shorter text is no notice in one line
_EDGE = 10  # lines of text at either end, where furniture stands
_FENCE = re.compile(r"\s*+(?:---|\+\+\+)[ \t]*\r?\n")
_MOST_KEYS = 100  # lines of front matter
_KEY = re.compile(
    r"(?P<key>[^\s:：#>|\-][^:：\n]{0,40}?)[ \t]*[:：](?:[ \t]+|(?=[^\s/])|(?=\r?\n))[\"']?(?P<value>[^\n]*?)[\"']?\s*$"
)
_CONTINUED = re.compile(r"\s+\S|-[ \t]|#|\s*$")
_TAG_OF_TABLE = re.compile(r"<(?P<closes>/?)(?P<name>table|tr|td|th)(?P<attributes>\s[^<>]{0,2000}+)?/?>", re.I)
_ROWS, _COLUMNS = (re.compile(rf"\b{name}span\s*=\s*[\"']?([0-9]{{1,5}})", re.I) for name in ("row", "col"))
_QUOTED = re.compile(r"[ \t]*>")
_SAYS = re.compile(r"[。；！？]|https?://|[.,;] ")


def read_text(text: str) -> Reading:
    """Pieces that tile ``text``, each of whole lines, and what its front matter states.

    Their kinds are "text", "furniture", "page-meta" (a piece for each line of front matter) and "remark". In a copy that lost
    its line feeds, what stands between two blanks counts as a line.
    """
    statements: list[Statement] = []
    found = list(_front_matter(text, statements))
    begin = position = found[-1].end if found else 0
    unit = _WORD if _run_together(text) else _LINE
    lines = [match for match in unit.finditer(text, begin) if not match[0].isspace()]
    quoted = sum(_QUOTED.match(line[0]) is not None for line in lines)
    beside = bool(found)  # what was left out last ends where the line begins
    for number, line in enumerate(lines):
        behind = len(lines) - number - 1
        after, beside = beside, False
        if min(number, behind) >= _EDGE:
            continue
        if is_boilerplate(line[0], "head" if number <= behind else "tail"):
            kind = "furniture"
        elif number <= behind and 2 * quoted < len(lines) and _is_remark(line[0], after):
            kind, beside = "remark", True
        else:
            continue
        start, end = line.span()
        if start > position:
            found.append(Piece("text", position, start))
        found.append(Piece(kind, start, end))
        position = end
    if position < len(text):
        found.append(Piece("text", position, len(text)))
    return Reading(text, tuple(found), tuple(_tables_in_tags(text)), tuple(statements))


def _tables_in_tags(text: str) -> Iterator[Table]:
    """The tables of data that are written in tags of HTML; of those inside one another the inmost."""
    rows: list[list[Stated]] = []
    opened: tuple[int, int, str] | None = None  # where the table begins, where the open cell does, its attributes
    for tag in _TAG_OF_TABLE.finditer(text):
        name, closes = tag["name"].lower(), bool(tag["closes"])
        if name == "table" and not closes:
            rows, opened = [], (tag.start(), -1, "")
            continue
        if opened is None:
            continue
        first, begin, stated = opened
        if begin >= 0:
            high, wide = _covered(_ROWS.search(stated)), _covered(_COLUMNS.search(stated))
            rows[-1].append(Stated(Cell(begin, tag.start()), high, wide))
        opened = first, -1, ""
        if name == "table":
            if holds_data([[text[slice(*cell)] for cell, _, _ in row] for row in rows]):
                yield Table(first, tag.end(), fill_stated(rows))
            opened = None
        elif name == "tr":
            if not closes:
                rows.append([])
        elif not closes:
            if not rows:
                rows.append([])
            opened = first, tag.end(), tag["attributes"] or ""


def _covered(stated: re.Match[str] | None) -> int:
    return int(stated[1]) if stated else 1


def _front_matter(text: str, statements: list[Statement]) -> Iterator[Piece]:
    """The lines of front matter at the head of ``text``; what they state is appended to ``statements``."""
    opened = _FENCE.match(text)
    if not opened:
        return
    lines = [_LINE.match(text, opened.end())]
    while (line := lines[-1]) and not _FENCE.fullmatch(line[0].rstrip() + "\n"):
        if len(lines) > _MOST_KEYS or not (_KEY.match(line[0]) or _CONTINUED.match(line[0])):
            return
        lines.append(_LINE.match(text, line.end()))
    if line is None:
        return
    yield Piece("page-meta", 0, opened.end())
    for line in lines:
        if line is None:
            continue
        if (key := _KEY.match(line[0])) and key["value"]:
            at = line.start() + key.start("value")
            statements.append(Statement("meta", key["key"], at, at + len(key["value"])))
        yield Piece("page-meta", *line.span())


def _is_remark(line: str, after: bool) -> bool:
    """Whether a line is quoted and speaks in sentences, gives an address, or goes on ``after`` front matter or such a line.

    A number that is set off so is the notice's.
    """
    quoted = _QUOTED.match(line)
    if not quoted:
        return False
    words = line[quoted.end() :].strip()
    return (after or bool(_SAYS.search(words))) and document_numbers.parse(words) is None


def _run_together(text: str) -> bool:
    return len(text) > _LONG and "\n" not in text.strip() and len(_ENDED.findall(text)) > 1
