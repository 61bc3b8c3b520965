"""The comparison for a terminal: a line for each change, its kind in a column, coloured by ANSI sequences.

What went stands in [-brackets-], what came in {+brackets+}, as wdiff has it, so that nothing is lost without colour; who prints to a
pipe strips the sequences (``click.echo`` does). Lines are folded by the cells that characters take, two for a Chinese one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from wcwidth import wcswidth, wcwidth

from gongwen.compare.changes import Change
from gongwen.compare.render import Comparison, everywhere, kind_title, name, reasons, relation_title, within
from gongwen.compare.render.headline import headline
from gongwen.compare.render.pieces import Piece, wording
from gongwen.messages import Language, message
from gongwen.model import Notice

_AROUND = 12  # characters shown beside an edit
_SPELLED = 160  # characters that are shown of what went or came as a whole

_BOLD, _RED, _GREEN, _YELLOW, _RESET = "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[0m"
_COLOURS = {"removed": _RED, "added": _GREEN, "lowered": _RED, "raised": _GREEN}
_COLOURS |= {"first": _RED, "second": _GREEN, "lower": _RED, "higher": _GREEN}
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "kept": ("", "")}
Styled = tuple[str, str]


def render(comparison: Comparison, width: int | None = None, language: Language = "en") -> str:
    """The changes by item. ``width`` is that of the terminal, in cells; None leaves long lines as they are."""
    diff = comparison.diff
    lines = [*_head("---", comparison.old, _RED, width), *_head("+++", comparison.new, _GREEN, width)]
    lines += _fold([(_BOLD, relation_title(diff.relation, language)), ("", reasons(diff.relation, language))], 4, width)
    for line in headline(diff):
        lines += _fold([("", f"  {line.zh if language == 'zh' else line.en}")], 4, width)
    if not diff.common:
        lines.append(message("nothing-common", language))
    elif not diff.changes:
        lines.append(message("nothing-differs", language))
    column = max((wcswidth(kind_title(change.kind, language)) for change in diff.changes), default=0)
    for title, changes in groupby(diff.changes, lambda change: _title(change, language)):
        lines += ["", *_fold([(_BOLD, title)], 0, width)]
        for change in changes:
            lines += _change(change, column, width, language)
    return "\n".join(lines) + "\n"


def _head(mark: str, notice: Notice, colour: str, width: int | None) -> Iterator[str]:
    number = f"{notice.document_number.text} " if notice.document_number else ""
    return _fold([(colour, f"{mark} {number}{notice.title or notice.id}")], 4, width)


def _title(change: Change, language: Language) -> str:
    """What changes are shown together below."""
    if change.kind.startswith("header"):
        return message("of-header", language)
    if change.kind.startswith("citation"):
        return message("of-citations", language)
    if everywhere(change):
        return message("everywhere", language)
    elsewhere = message("the-whole" if len(change.new) > 1 else "outside-items", language)
    return " › ".join(within(change)) or elsewhere


def _change(change: Change, column: int, width: int | None, language: Language) -> Iterator[str]:
    kind = kind_title(change.kind, language)
    event = change.kind.rpartition("-")[2]
    label = f"  {kind}{' ' * (column - wcswidth(kind))}  "
    segments: list[Styled] = [(_COLOURS.get(event, _YELLOW), label)]
    if subject := name(change, language):
        segments.append(("", f"{subject}: "))
    # What one side alone has is counted there; the other side's places are where it would stand.
    sides = [side for side, text in ((change.old, change.before), (change.new, change.after)) if text is not None]
    count = max(map(len, sides or (change.old, change.new)))
    segments += [(_colour(piece), _marked(piece)) for piece in _shown(change, language)]
    if count > 1 and not change.times and event in ("moved", "renumbered", "added", "removed", "first", "second"):
        segments.append(("", f" ({count})"))
    return _fold(segments, column + 4, width)


def _shown(change: Change, language: Language) -> Iterator[Piece]:
    for piece in wording(change, _AROUND, language):
        text = piece.text
        yield piece._replace(text=text if len(text) <= _SPELLED else text[: _SPELLED - 1] + "…")


def _colour(piece: Piece) -> str:
    return _COLOURS.get(piece.kind, "")


def _marked(piece: Piece) -> str:
    opening, closing = _MARKS[piece.kind]
    return f"{opening}{piece.text}{closing}"


def _fold(segments: Iterable[Styled], indent: int, width: int | None) -> Iterator[str]:
    """The segments in lines of ``width`` cells, those after the first indented; what would move the cursor is shown as ·."""
    line: list[str] = []
    used = 0
    for style, text in segments:
        line.append(style)
        for character in " ".join(text.split("\n")):
            cells = wcwidth(character)
            if cells <= 0:
                character, cells = "·", 1
            if width is not None and used + cells > max(width, indent + 2):
                yield "".join([*line, _RESET])
                line, used = [" " * indent, style], indent
            line.append(character)
            used += cells
        if style:
            line.append(_RESET)
    yield "".join(line)
