"""Tags of HTML in a text that is no page: Markdown may hold them (CommonMark 0.31, sections 4.6 and 6.6), and fields of databases do.

A tag goes, a comment, too. Where a browser begins a new line at it, one begins, if its line has text on both sides; between two cells of
a row stands a tab. What is raised, lowered or struck out keeps its tags: without them it would say something else (10<sup>5</sup>).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.text import Edit

_INLINE = "a|abbr|b|big|code|em|font|i|img|ins|mark|small|span|strong|u|wbr"
_BLOCK = (  # <br> is a mark of Markdown: in a cell it is a blank
    "address|article|aside|blockquote|caption|center|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre"
    "|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_LONGEST = 2_000  # characters of a tag with its attributes, and of a comment
_ATTRIBUTES = rf"(?:\s[^<>]{{0,{_LONGEST}}}+)?/?"
_TAG = rf"<(?:/?(?:{_INLINE}|{_BLOCK}){_ATTRIBUTES}>|!--(?:[^-]|-(?!->)){{0,{_LONGEST}}}+-->)"
_TAGS = re.compile(rf"{_TAG}(?:\s*+{_TAG})*+", re.I)
_ONE = re.compile(_TAG, re.I)
_IS_BLOCK = re.compile(rf"</?(?:{_BLOCK})\b", re.I)
_ROW = re.compile(r"</?tr\b", re.I)
_NEXT_CELL = re.compile(rf"</t[dh]\s*+>\s*+<t[dh]{_ATTRIBUTES}>", re.I)


def remove_tags(value: str) -> Iterator[Edit]:
    """The edits that take the tags out of ``value``, in order."""
    if "<" not in value:
        return
    for run in _TAGS.finditer(value):
        start, end = run.span()
        if _NEXT_CELL.search(run[0]) and not _ROW.search(run[0]):
            yield Edit(start, end, "\t", "markup-tag")
        elif _IS_BLOCK.search(run[0]):
            # One line feed at most: a paragraph can't end in the middle of what stands for a tag.
            inside = value[start - 1 : start] not in ("", "\n") and value[end : end + 1] not in ("", "\n")
            yield Edit(start, end, "\n" if inside or "\n" in _ONE.sub("", run[0]) else "", "markup-tag")
        else:
            yield from (Edit(start + tag.start(), start + tag.end(), "", "markup-tag") for tag in _ONE.finditer(run[0]))
