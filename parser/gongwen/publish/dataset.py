"""What is to be said of the data as a whole, wherever a format says it: title, licence, sources, version."""

from __future__ import annotations

from typing import NamedTuple

from gongwen.model import SCHEMA_VERSION


class License(NamedTuple):
    """Terms of use: an identifier of the Open Definition, what to call them, where to read them."""

    name: str
    title: str
    url: str | None


class Source(NamedTuple):
    """Where data came from: what to call it, where to find it, the terms it is under."""

    title: str
    url: str | None
    terms: str


NAME = "gongwen"
VERSION = SCHEMA_VERSION
TITLE = "Official notices of Chinese governments (公文) as open data"
DESCRIPTION = (
    "Notices with the plans that they issue: headings, tasks, responsible units and their roles, targets and cited documents, "
    "each traceable to the characters of the source that it was read from."
)
NOTICES = License(
    "other-pd",
    "Official documents, not protected by copyright in China (《中华人民共和国著作权法》第五条)",
    "http://www.npc.gov.cn/npc/c30834/202011/272b72cdb759458d94c9b875350b1ab5.shtml",
)
"""The terms of the notices themselves."""
ADDED = License("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
"""The terms of what the data add to them: structure, identifiers, derived values, repairs."""
LANGUAGE = "zh-Hans"
KEYWORDS = ("公文", "政府信息公开", "任务分工", "open government data", "China")
SOURCES = (
    Source("Notices published by the governments that issued them", None, NOTICES.title),
    Source("国家地名信息库, codes of administrative divisions (GB/T 2260)", "https://dmfw.mca.gov.cn/", "CC BY 4.0"),
)
