"""feed.atom: what RFC 4287 requires, dated by the notices alone, under addresses that stay the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from gongwen.model import Notice
from gongwen.publish import Entry
from gongwen.publish.dataset import About, Agent
from gongwen.publish.feed import LATEST, Feed, date_of, prepare
from gongwen.publish.files import Output
from publishing_examples import build, entry

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(folder: Path, entries: list[Entry], about: About | None = None) -> etree._Element:
    """The feed of ``entries``, which are taken as a build takes them."""
    publisher = Feed(Output(folder / "staging", folder / "dist"), None, about or About())
    for each in entries:
        publisher.take(each.notice.id, prepare(each).data)
    publisher.describe({})
    return etree.parse(folder / "staging" / "feed.atom").getroot()


def dated(id: str, issue_date: str | None, retrieved: str | None = None) -> Entry:
    """A notice of the given dates."""
    example = entry()
    assert example.notice.source.origin
    origin = replace(example.notice.source.origin, retrieved=retrieved)
    source = replace(example.notice.source, origin=origin)
    notice: Notice = replace(example.notice, id=id, issue_date=issue_date, source=source)
    return replace(example, notice=notice)


def said(element: etree._Element, path: str) -> list[str]:
    found: Any = element.xpath(path, namespaces=ATOM)
    return [str(text) for text in found]


def test_an_entry_has_its_name_its_date_and_links_to_what_is_published(tmp_path: Path) -> None:
    dist = build(tmp_path, ["feed"], 2)
    root = etree.parse(dist / "feed.atom").getroot()
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for required in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:entry/a:id", "a:entry/a:updated"):
        assert all(said(root, f"{required}/text()")), required
    first, second = root.findall("a:entry", ATOM)
    assert said(second, "a:title/text()") == [entry(2).notice.title]
    assert said(second, "a:published/text()") == ["2023-05-09T00:00:00+08:00"]
    assert said(second, "a:author/a:name/text()") == ["青石市人民政府办公室"]
    assert said(second, "a:link/@href") == ["https://example.org/notice", "notices/qingzhengban-2023-0002.json"]
    assert (dist / said(first, "a:link[@type='application/json']/@href")[0]).is_file()


def test_the_latest_come_first_and_a_notice_without_an_issue_date_has_the_day_of_its_retrieval(tmp_path: Path) -> None:
    entries = [dated("a", "2021-01-01"), dated("b", None, "2023-06-01"), dated("c", None), dated("d", "2022-01-01")]
    assert [date_of(each.notice) for each in entries] == ["2021-01-01", "2023-06-01", None, "2022-01-01"]
    root = feed(tmp_path, entries)
    assert [date[:10] for date in said(root, "a:entry/a:updated/text()")] == ["2023-06-01", "2022-01-01", "2021-01-01"]
    assert said(root, "a:updated/text()") == ["2023-06-01T00:00:00+08:00"]


def test_the_feed_has_so_many_notices_and_no_more(tmp_path: Path) -> None:
    entries = [dated(f"n{day:03}", f"2020-{1 + day // 28:02}-{1 + day % 28:02}") for day in range(LATEST + 20)]
    dates = said(feed(tmp_path, entries), "a:entry/a:updated/text()")
    assert len(dates) == LATEST
    assert min(dates).startswith(str(entries[20].notice.issue_date))


def test_names_stay_and_are_addresses_where_the_publisher_has_one(tmp_path: Path) -> None:
    first, again = (said(feed(tmp_path / name, [entry()]), "//a:id/text()") for name in ("first", "again"))
    assert first == again
    assert all(name.startswith("urn:uuid:") for name in first)
    about = About(title="青禾县公文", base_url="https://data.example/qinghe/", publisher=Agent("青禾县政府办"))
    stated = feed(tmp_path / "stated", [entry()], about)
    assert said(stated, "//a:id/text()") == [
        "https://data.example/qinghe/feed.atom",
        "https://data.example/qinghe/notices/qingzhengban-2023-0001.json",
    ]
    assert said(stated, "a:title/text()") + said(stated, "a:author/a:name/text()") == ["青禾县公文", "青禾县政府办"]
    assert stated.base == "https://data.example/qinghe/"
