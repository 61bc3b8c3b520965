"""Whether a text is a notice at all. News, speeches and tables come as files of the same sites and must not be read as one.

A notice shows itself by any of: a kind in its title, a number, recipients, a signature, the plan that it issues, a clause
that makes units responsible. What has none of them is no notice, but for a text that is divided as official documents are, or a table of goals:
that may be a plan or rules whose head was lost, and a finding says so. The figures in a text without any of them are targets only where numbered
headings make it look like the text of a plan: in news they are results. Nor are those of a speech or a report to an assembly, which tells
what was reached beside what shall be, unless a section or a chapter of its own reports the former (一、2023年工作回顾): those behind it set
goals then.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gongwen.document import Outline
from gongwen.extract.goals import tables as goal_tables
from gongwen.extract.goals.chapters import chapters
from gongwen.extract.header.fields import Header
from gongwen.lexicon import headings
from gongwen.lexicon.line_words import listeners
from gongwen.model import Section, Task

_HEAD = 2_000  # characters in which a speech has addressed its listeners
_HEADINGS = 2  # numbered headings and items of a text that may be a plan without its head
_OFFICIAL = re.compile(
    r"[（(]?[一二三四五六七八九十]+(?:、|[）)])|第[一二三四五六七八九十百零〇\d]+[编章节条]"
)  # 一、（一）第一章 第一条


class Doubt(NamedTuple):
    """Why a text is no notice, by the code of the finding that says so, and whether the goals in it are read all the same."""

    code: str
    has_goals: bool


def doubt(outline: Outline, header: Header, sections: tuple[Section, ...], tasks: tuple[Task, ...]) -> Doubt | None:
    """What speaks against ``outline`` being of a notice; None where it is one."""
    if header.document_number is None and listeners().search(outline.text.value, 0, _HEAD):
        return Doubt("work-report", True) if _reviews(outline, sections) else Doubt("speech", False)
    if (
        header.kind
        or header.document_number
        or header.recipients
        or any(issuer.basis == "signature" for issuer in header.issuers)
        or any(part.kind == "plan" for part in outline.parts)
        or tasks
    ):
        return None
    if any(goal_tables.is_of_goals(outline, table) for table in outline.tables):
        return Doubt("missing-head", True)
    divided = sum(1 for section in sections if section.marker and _OFFICIAL.match(section.marker)) >= _HEADINGS
    return Doubt("missing-head" if divided else "not-a-notice", len(sections) >= _HEADINGS)


def _reviews(outline: Outline, sections: tuple[Section, ...]) -> bool:
    """Whether a section or a chapter reports what was reached, and others follow it."""
    told = [headings.reports(section.title) for section in sections if section.title and section.level == 1]
    unnumbered = [chapter.reports for chapter in chapters(outline, None) if chapter.reports or chapter.term]
    return any(one and not all(row[at:]) for row in (told, unnumbered) for at, one in enumerate(row))
