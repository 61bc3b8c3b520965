"""Pages in a real browser: what we read of any page is what Chromium shows of it, and its lists bear the numbers that Chromium counts.

Pages are made by chance, and mutated. Three differences are meant: what is struck out, readings above characters and marks of notes
are no text for us; powers have figures of their own; the innerText of Chromium leaves out the numbers of lists, which its tree of
accessibility has. White space doesn't count. Where there is no browser these tests are skipped, and say so.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gongwen.read.markup import read
from page_generator import mutated, page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
POLICY = "script-src 'none'; img-src 'none'; style-src 'unsafe-inline'; frame-src 'none'; connect-src 'none'"
ADDRESS = "http://page.test/"
SHOWN = "() => { for (const e of document.querySelectorAll('del,s,strike,rt,rtc,rp')) e.remove(); return document.documentElement.innerText }"
# Elements of HTML inside of SVG, which the parser of ours doesn't put outside as the standard wants it.
UNLIKE = re.compile(r"<svg[^>]*>(?!</svg>)", re.I)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

Show = Callable[[str], Any]


@pytest.fixture(scope="module")
def tab() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_page()
        browser.close()


@pytest.fixture
def show(tab: Any) -> Show:
    """Opens markup as a page of its own; nothing else can be reached, no script of the page runs."""

    def opened(markup: str) -> Any:
        def answer(route: Any) -> None:
            if route.request.url == ADDRESS:
                headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
                route.fulfill(status=200, headers=headers, body=markup.encode())
            else:
                route.abort()

        tab.unroute_all()
        tab.route("**/*", answer)
        tab.goto(ADDRESS, wait_until="domcontentloaded")
        return tab

    return opened


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))


def text(markup: str) -> str:
    """What we read, without the numbers of lists."""
    lines = []
    for line in read(markup).lines:
        shown = line.text
        for start, end in reversed(line.numbers):
            shown = shown[:start] + shown[end:]
        lines.append(shown)
    return bare("".join(lines))


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_any_page_is_read_as_it_is_shown(show: Show, first: int) -> None:
    for seed in range(first, first + 20):
        markup = page(seed)
        if not UNLIKE.search(markup):
            assert text(markup) == bare(show(markup).evaluate(SHOWN)), seed


def test_a_mutated_page_is_read_as_it_is_shown(show: Show) -> None:
    whole = (Path(__file__).parent / "golden" / "web-page" / "source.html").read_text(encoding="utf-8")
    for seed in range(40):
        markup = mutated(whole, seed).replace("\x00", "")
        assert text(markup) == bare(show(markup).evaluate(SHOWN)), seed


LISTS = [
    "<ol><li>甲<li>乙<li>丙</ol>",
    "<ol start=7><li>甲<li value=3>乙<li>丙<li value=x>丁</ol>",
    "<ol reversed><li>甲<li>乙<li>丙</ol>",
    "<ol reversed start=10 type=A><li>甲<li>乙</ol>",
    "<ol type=a start=26><li>甲<li>乙<li>丙</ol>",
    "<ol type=i start=8><li>甲<li>乙</ol><ol type=I start=3999><li>甲<li>乙</ol>",
    "<ol start=-1><li>甲<li>乙<li>丙</ol>",
    "<ol start=0 type=a><li>甲<li>乙</ol>",
    *(
        f"<ol style='list-style-type:{form}' start={start}><li>甲<li>乙</ol>"
        for form in ("decimal-leading-zero", "cjk-decimal", "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal",
                     "simp-chinese-formal", "trad-chinese-formal", "cjk-heavenly-stem", "cjk-earthly-branch", "upper-latin", "lower-roman")
        for start in (1, 9, 11, 20, 105, 1010)
    ),
    "<ol style='list-style:none'><li>甲<li style='list-style-type:decimal'>乙</ol>",
    "<ul><li>甲</ul><ul style='list-style:decimal inside'><li>乙<li>丙</ul>",
    "<ol><li>甲<ol><li>乙<li>丙</ol><li>丁</ol>",
    "<ol><li>甲<li type=A>乙<li>丙</ol>",
    "<style>.x{list-style-type:upper-roman}</style><ol class=x><li>甲<li>乙</ol>",
    "<ol><li>甲<li hidden>乙<li>丙</ol>",
    "<menu type=1><li>甲</menu>",
]  # fmt: skip


@pytest.mark.parametrize("markup", LISTS)
def test_items_bear_the_numbers_that_are_shown(show: Show, markup: str) -> None:
    tab = show(markup)
    session = tab.context.new_cdp_session(tab)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    shown = [node["name"]["value"] for node in nodes if node["role"]["value"] == "ListMarker"]
    numbers = [line.text[start:end] for line in read(markup).lines for start, end in line.numbers]
    # The tree has the items of a list before those of the lists in it.
    assert sorted(numbers) == sorted([bare(each) for each in shown if bare(each) not in "•◦▪■"])
