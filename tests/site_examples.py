"""The site of the invented notices in examples/, as `gongwen build` makes it, and its pages parsed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import html

from gongwen import corpus

EXAMPLES = Path(__file__).parent.parent / "examples" / "source"


def build(dist: Path) -> Path:
    """Build the examples into ``dist``, with the site and no other format; gives the site's folder."""
    summary = corpus.build(EXAMPLES, dist, corpus.sources(EXAMPLES), ["site"])
    assert not summary.unpublished, summary.unpublished
    return dist / "site"


def pages(site: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    """Every page of a site with its document."""
    for path in sorted(site.rglob("*.html")):
        yield path, parse(path)


def parse(path: Path) -> html.HtmlElement:
    """The document at ``path``."""
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
