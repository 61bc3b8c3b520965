"""The text: what stands before and after it as named blocks, its numbered headings and items as a hierarchy.

An element's eId is that of the element around it, its own abbreviation and its number in order among its likes; its wId
is the id of the section in the JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from gongwen import schemas
from gongwen.model import Section
from gongwen.publish import Entry
from gongwen.publish.akoma_ntoso.lines import Line
from gongwen.publish.akoma_ntoso.marks import Marked
from gongwen.publish.akoma_ntoso.names import element

TITLES = {"title", "plan-title", "annex-title"}
BY_MARKER = {"编": ("part", "part"), "章": ("chapter", "chp"), "节": ("section", "sec"), "条": ("article", "art")}
"""Elements and their abbreviations for markers that say what they number (第三条)."""
BY_LEVEL = (("section", "sec"), ("paragraph", "para"), ("point", "point"), ("indent", "indent"), ("level", "lvl"))
"""For the others (一、 （一） 1.), by level; the last one from there on."""
CLOSING = "。：:"
"""A mark that ends a run-in heading and belongs to it."""


class Body:
    """Writes the text of one part. ``prefix`` begins the eIds of the part's elements."""

    def __init__(self, entry: Entry, marked: Marked, prefix: str) -> None:
        self._text = entry.text
        self._marked = marked
        self._prefix = prefix
        self._parents = {section.parent for section in entry.notice.sections}
        self._counts: Counter[str] = Counter()

    def blocks(self, doc: etree._Element, name: str, lines: list[Line]) -> None:
        """``lines`` in the container ``name``, each a block that has the name of its kind."""
        if not lines:
            return
        container = element(doc, name, "\n", eId=f"{self._prefix}{name}")
        kinds = schemas.codelist("block_kinds")
        for line in lines:
            block = element(
                container, "block", name=kinds[line.kind]["title_zh"], eId=self._id(f"{self._prefix}{name}__block")
            )
            if line.kind in TITLES:
                title = element(block, "docTitle")
                title.tail = None
                block = title
            self._marked.write(block, line.start, line.end)

    def main(self, doc: etree._Element, lines: Iterable[Line]) -> None:
        """``lines`` as the main body: a line that begins a section opens an element, others go on in the one that is open."""
        body = element(doc, "mainBody", "\n", eId=f"{self._prefix}body")
        opened: list[tuple[str, etree._Element]] = []
        for line in lines:
            start = line.start
            if line.section:
                while opened and opened[-1][0] != line.section.parent:
                    opened.pop()
                around = opened[-1][1] if opened else body
                section, start = self._section(around, line, line.section)
                opened.append((line.section.id, section))
            if start < line.end:
                self._paragraph(self._container(*opened[-1]) if opened else body, start, line.end)
        if not len(body):
            self._paragraph(body, 0, 0)

    def _section(self, around: etree._Element, line: Line, section: Section) -> tuple[etree._Element, int]:
        """The element that ``section`` opens, with its number and heading, and where its text goes on."""
        by_level = BY_LEVEL[min(section.level, len(BY_LEVEL)) - 1]
        name, abbreviation = BY_MARKER.get(section.marker[-1], by_level)
        opened = element(around, name, "\n", eId=self._id(self._scope(around) + abbreviation), wId=section.id)
        at = min(line.start + len(section.marker), line.end)
        self._marked.write(element(opened, "num"), line.start, at)
        if section.titled and section.title_span:
            _, end = self._text.from_source(section.title_span.start, section.title_span.end)
            if self._text.value[end : end + 1] in CLOSING:
                end += 1
            end = min(end, line.end)
            self._marked.write(element(opened, "heading"), at, end)
            at = end
        return opened, at

    def _container(self, id: str, opened: etree._Element) -> etree._Element:
        """What holds the own text of a section: its content, or the introduction of its items."""
        name = "intro" if id in self._parents else "content"
        if opened[-1].tag.endswith(f"}}{name}"):
            return opened[-1]
        return element(opened, name, "\n", eId=f"{opened.get('eId')}__{name}")

    def _paragraph(self, around: etree._Element, start: int, end: int) -> None:
        self._marked.write(element(around, "p", eId=self._id(f"{self._scope(around)}p")), start, end)

    def _scope(self, around: etree._Element) -> str:
        """What the eIds of the children of ``around`` begin with."""
        return self._prefix if around.tag.endswith("}mainBody") else f"{around.get('eId')}__"

    def _id(self, base: str) -> str:
        self._counts[base] += 1
        return f"{base}_{self._counts[base]}"
