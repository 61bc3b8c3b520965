"""The latest notices as an Atom feed (RFC 4287), feed.atom.

A notice is dated by its issue date, or else by the day on which its source was fetched; one without either can't stand in a feed. The
feed's own date is that of its latest notice, never the clock's. Links are relative to the feed, or to the publisher's base URL.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappush, heappushpop
from typing import Any

from lxml import etree

from gongwen.model import Notice
from gongwen.publish import Before, Entry, Part, Publisher, dataset
from gongwen.publish.dataset import About
from gongwen.publish.files import Output, Written
from gongwen.publish.xml import clean

FILE = "feed.atom"
LATEST = 100
"""The most notices that the feed has."""

_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES: Any = {None: _ATOM}  # the stubs of lxml know no default namespace
_XML = "http://www.w3.org/XML/1998/namespace"
_EPOCH = "1970-01-01"  # the date of a feed without a notice


def prepare(entry: Entry) -> Part:
    """The date of the notice, empty where it has none, and what its entry says beside its name and links."""
    date = date_of(entry.notice) or ""
    return Part(data={"date": date.encode(), "said": etree.tostring(_said(entry.notice, date), encoding="UTF-8")})


class Feed(Publisher):
    """Writes feed.atom. It remembers the latest notices only."""

    def __init__(self, output: Output, before: Before | None = None, about: About = dataset.UNSTATED) -> None:
        super().__init__(output, before, about)
        self._latest: list[tuple[str, str, bytes]] = []  # a heap of (date, id, what the entry says)

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        if date := data["date"].decode():
            push = heappush if len(self._latest) < LATEST else heappushpop
            push(self._latest, (date, id, data["said"]))

    def describe(self, files: Mapping[str, Written]) -> None:
        latest = sorted(self._latest, key=lambda each: each[1])
        latest.sort(key=lambda each: each[0], reverse=True)
        feed = _element("feed")
        feed.set(f"{{{_XML}}}lang", dataset.LANGUAGE)
        if self.about.base_url:
            feed.set(f"{{{_XML}}}base", self.about.base_url)
        feed.extend(
            [
                _text("id", self.about.uri(FILE)),
                _text("title", self.about.title),
                _text("subtitle", self.about.description),
                _text("updated", _time(latest[0][0] if latest else _EPOCH)),
                _person(self.about.publisher or dataset.Agent(dataset.NAME)),
                _link("self", FILE, "application/atom+xml"),
            ]
        )
        if "site/index.html" in files:
            feed.append(_link("alternate", "site/index.html", "text/html"))
        feed.append(_text("rights", self.about.license.title))
        for _, id, said in latest:
            feed.append(self._entry(id, said, files))
        etree.indent(feed)
        self.output.write(FILE, etree.tostring(feed, xml_declaration=True, encoding="UTF-8") + b"\n")

    def _entry(self, id: str, said: bytes, files: Mapping[str, Written]) -> etree._Element:
        entry = etree.fromstring(said)
        entry.insert(0, _text("id", self.about.uri(f"notices/{id}.json")))
        for name, kind in ((f"site/notices/{id}.html", "text/html"), (f"notices/{id}.json", "application/json")):
            if name in files:
                entry.append(_link("alternate", name, kind))
        return entry


def date_of(notice: Notice) -> str | None:
    """The day of a notice in time: that of its issue, or else that on which its source was fetched."""
    origin = notice.source.origin
    return notice.issue_date or (origin.retrieved if origin else None)


def _said(notice: Notice, date: str) -> etree._Element:
    number = notice.document_number.text if notice.document_number else None
    entry = _element("entry")
    entry.append(_text("title", notice.title or number or notice.id))
    if date:
        entry.extend([_text("updated", _time(date)), _text("published", _time(date))])
    entry.extend([_person(dataset.Agent(issuer.name)) for issuer in notice.issuers])
    if notice.kind:
        entry.append(_element("category", term=notice.kind))
    entry.append(_text("summary", "，".join([*filter(None, [number]), f"任务{len(notice.tasks)}项"])))
    if notice.source.origin and notice.source.origin.url:
        entry.append(_link("via", notice.source.origin.url))
    return entry


def _time(date: str) -> str:
    """The beginning of the day in China."""
    return f"{date}T00:00:00+08:00"


def _element(name: str, **attributes: str) -> etree._Element:
    return etree.Element(f"{{{_ATOM}}}{name}", {key: clean(value) for key, value in attributes.items()}, _NAMESPACES)


def _text(name: str, text: str) -> etree._Element:
    element = _element(name)
    element.text = clean(text)
    return element


def _person(agent: dataset.Agent) -> etree._Element:
    author = _element("author")
    author.append(_text("name", agent.name))
    if agent.url:
        author.append(_text("uri", agent.url))
    return author


def _link(relation: str, address: str, kind: str | None = None) -> etree._Element:
    return _element("link", rel=relation, href=address, **({"type": kind} if kind else {}))
