"""Pages in a real browser: what we read of any page is what Chromium shows of it, and its lists bear the numbers that Chromium counts.

What innerText has though nobody sees it, or hasn't though everybody does (what sheets put before and behind elements, pages in frames),
is compared with the PDF that Chromium prints. Pages are made by chance, and mutated. Three differences are meant: what is struck out, readings above characters and marks of notes
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
# What stands in an <object> without data is shown once the browser has given the object up, which it does between two frames.
SHOWN = """async () => {
  if (document.querySelector('object')) await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const e of document.querySelectorAll('del,s,strike,ruby rt,ruby rtc,rp')) e.remove();
  return document.documentElement.innerText;
}"""
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
        tab.goto(ADDRESS)  # until all is loaded: objects and frames end after the document itself
        return tab

    return opened


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))


def text(markup: str) -> str:
    """What we read, without the numbers of lists and what style sheets put into the page."""
    lines = []
    for line in read(markup).lines:
        shown = line.text
        for start, end in sorted(line.numbers + line.styled, reverse=True):
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


HIDDEN = [
    *(
        f"<p>一、落实<span style='{style}'>隐藏</span>责任。"
        for style in (
            "font-size:0", "font-size:0px;color:#000", "font:0/0 a", "font-size:14px", "opacity:0", "opacity:.0", "opacity:0.5", "position:absolute;left:-9999px",
            "left:-9999px", "position:absolute;top:-999em", "display:block;margin-left:-9999px", "display:inline-block;text-indent:-9999px;width:1px",
            "position:absolute;clip:rect(0 0 0 0)", "position:absolute;clip:rect(1px,1px,1px,1px)", "clip:rect(0 0 0 0)", "clip-path:inset(50%);position:absolute",
            "display:block;height:0;overflow:hidden", "display:block;max-height:0;overflow-y:hidden", "height:0;overflow:hidden",
            "display:inline-block;transform:scale(0)", "display:inline-block;transform:scale(.5)", "display:block;height:0;padding-bottom:3em;overflow:hidden",
        )
    ),
    "<style>.o{font-size:0}.r{font-size:14px}.e{font-size:2em}</style><div class=o>甲<span class=r>乙<b>丙</b></span><span class=e>丁</span></div>戊",
    "甲<span style='transform:scale(0)'>乙</span><div style='text-indent:-9999px'><p style='text-indent:0'>丙</p>丁</div><div style='display:contents;position:absolute;left:-9999px'>戊</div>",
    "<style>.o{opacity:0}.o p{opacity:1}</style><div class=o>甲<p>乙</p></div>丙",
    "<style>.o{font-size:0}.o{font-size:12px}.p{font-size:12px!important}</style><p class=o>甲<p class=p style='font-size:0'>乙",
    "<style>.o{.i{display:none}&.j{display:none}b &{display:none}@media print{.k{display:none}}}</style><div class=o>甲<p class=i>乙</p>丙<p class=k>丁</p></div><div class='o j'>戊</div><b><i class=o>己</i></b>",
    "<style>p:not(.a,.b),h5:is(.a,.b){display:none}</style><p>甲<p class=a>乙<h5>丙</h5><h5 class=b>丁</h5>",
    "甲<div popover>乙</div><div popover style='display:block;position:static'>丙</div>",
    "甲<iframe srcdoc='&lt;style>.h{display:none}&lt;/style>&lt;p>乙&lt;p class=h>丙&lt;ol>&lt;li>丁' width=500 height=300>戊</iframe>己<iframe hidden srcdoc=庚></iframe>",
]  # fmt: skip
GENERATED = [
    "<style>h2:before{content:'一、'}p::after{content:'（完）'}</style><h2>落实责任</h2><p>限期完成",
    "<style>p:before{content:attr(data-no) '、';color:red}</style><p data-no=二>落实责任<p>限期完成",
    "<style>body{counter-reset:a}h2{counter-reset:b}h2:before{counter-increment:a;content:counter(a,simp-chinese-informal)'、'}"
    "h3:before{counter-increment:b;content:'（'counter(b,cjk-ideographic)'）'}</style><h2>甲</h2><h3>乙</h3><h3>丙</h3><h2>丁</h2><div><h3>戊</h3></div>",
    "<style>ol{counter-reset:i;list-style:none}li{counter-increment:i}li:before{content:counters(i,'.')' '}</style>"
    "<ol><li>甲<ol><li>乙<li>丙</ol><li>丁<ol><li>戊</ol></ol><ol><li>己</ol>",
    "<style>ol{list-style:none}.s{counter-reset:k 3}.k>li{counter-increment:k 2}.k>li:before{content:'('counter(k,lower-latin)') '}</style>"
    "<ol class='k s'><li>甲<li>乙</ol><ol><li>丙</ol><ol class=k><li>丁</ol>",
    "<style>tr{counter-increment:r}td:first-child:before{content:counter(r)}</style><table><tr><td><td>甲<tr><td><td>乙</table><table><tr><td>丙<tr><td>丁</table>",
    "<style>i{counter-set:n 7}b{counter-increment:n}b:after{content:counter(n,upper-roman)}</style><b>甲</b><i>乙</i><b>丙</b><p hidden><b>丁</b></p><b>戊</b>",
    "<style>p:before{content:'甲';display:none}p:after{content:'乙'/'丙';visibility:hidden}h3:after{content:none}h3:before{content:normal}</style><p>丁<h3>戊</h3>",
    "<style>p{visibility:hidden}p:before{content:'甲'}p:after{content:'乙';visibility:visible}</style><p>丙</p>丁",
    "<p>落实<q>先建<q>机制</q>后建</q>",
    "<p>电话<bdo dir=rtl>甲乙丙</bdo><span style='direction:rtl;unicode-bidi:bidi-override'>丁戊</span>",
]  # fmt: skip


FIRST = "<!DOCTYPE html><html lang=zh><div>始<b>始</b><i>始<b>始</b></i></div>"
"""Where no font has Chinese, the PDF names all characters of a font but the first: this one, which counts on neither side."""


def painted(tab: Any) -> str:
    """The text of the page as it is painted: that of the PDF that Chromium prints of it as on a screen."""
    pdf = pytest.importorskip("pypdfium2").PdfDocument
    tab.emulate_media(media="screen")
    return "".join(page.get_textpage().get_text_range() for page in pdf(tab.pdf(width="1200px", height="3000px")))


@pytest.mark.parametrize("markup", [*HIDDEN, *GENERATED])
def test_what_is_painted_is_read(show: Show, markup: str) -> None:
    ours = bare("".join([line.text for line in read(FIRST + markup).lines]))
    theirs = bare(painted(show(FIRST + markup)))
    assert sorted(ours.replace("始", "")) == sorted(
        theirs.replace("始", "")
    )  # a PDF has its text in the order in which it was painted


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
