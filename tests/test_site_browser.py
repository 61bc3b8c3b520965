"""The site in a real browser: Chromium, driven by Playwright, on pages opened from a folder.

Where there is no browser these tests are skipped, and say so.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import gongwen
import gongwen.publish.site
import publishing_examples
import site_examples
from gongwen import corpus
from gongwen.compare import diff
from gongwen.compare.render import Comparison, render

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

expect = playwright.expect
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
KINDS = ("index.html", "notices", "sources", "units/index.html", "units", "changes")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

Open = Callable[..., Any]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_examples.build(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def is_failed(request: Any) -> bool:
    """Whether a request failed by itself: the browser gives up what a page that is left or closed hasn't loaded (its icon)."""
    return bool(request.failure != "net::ERR_ABORTED")


@pytest.fixture
def visit(browser: Any, site: Path) -> Iterator[Open]:
    """Opens a page of the site from its folder; at the end, no page may have broken its policy or thrown an error."""
    contexts, complaints = [], []

    def visit(path: str | Path, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "zh-CN", **options})
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url) if is_failed(request) else None)
        name, _, fragment = str(path).partition("#")
        page.goto((site / name).as_uri() + (f"#{fragment}" if fragment else ""))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints


def one_of(site: Path, kind: str) -> Path:
    """A page of each kind: the largest there is."""
    if kind.endswith(".html"):
        return Path(kind)
    pages = (path for path in (site / kind).glob("*.html") if path.name != "index.html")
    return max(pages, key=lambda path: (path.stat().st_size, path.name)).relative_to(site)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("scheme", "language"), [("light", "zh-Hans"), ("dark", "en")])
def test_axe_finds_nothing(visit: Open, site: Path, kind: str, scheme: str, language: str) -> None:
    page = visit(one_of(site, kind), color_scheme=scheme)
    if language == "en":
        page.click("#language")
    found = axe.Axe().run(page, options={"preload": False}).response["violations"]
    assert [(rule["id"], rule["impact"], rule["nodes"][0]["html"]) for rule in found] == []


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESKTOP), ("dark", PHONE)])
def test_axe_finds_nothing_in_results_with_facets(visit: Open, scheme: str, viewport: dict[str, int]) -> None:
    page = visit("index.html#q=流动收车&level=-", color_scheme=scheme, viewport=viewport)
    expect(page.locator("#results mark").first).to_have_text("流动书车")
    found = axe.Axe().run(page, options={"preload": False}).response["violations"]
    assert [(rule["id"], rule["impact"], rule["nodes"][0]["html"]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_on_a_phone(visit: Open, site: Path, kind: str) -> None:
    page = visit(one_of(site, kind), viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_phone_shows_what_changed_and_the_whole_texts_when_asked_for(browser: Any, tmp_path: Path) -> None:
    text = "第一条 " + "巡查河道并登记，" * 20 + "每{}清淤一次。\n第二条 本办法自印发之日起施行。\n"
    old, new = (gongwen.parse("青禾县河道管理办法\n" + text.format(word)) for word in "年季")
    records = [json.loads(gongwen.to_json(notice)) for notice in (old, new)]
    path = tmp_path / "changes.html"
    path.write_text(render(Comparison(old, new, diff(old, new), *records), "html"), encoding="utf-8")
    for viewport, folds in ((PHONE, True), (DESKTOP, False)):
        page = browser.new_page(viewport=viewport)
        page.goto(path.as_uri())
        far = page.locator(".far > span").first
        assert far.is_visible() is not folds
        if folds:
            page.locator("#whole").check()
            assert far.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        page.close()


def test_search_finds_a_unit_and_the_tasks_that_name_it(visit: Open) -> None:
    page = visit("index.html")
    page.fill("#query", "科协")
    page.wait_for_selector("#results > li")
    expect(page.locator("#status")).to_have_text("找到 5 件公文")
    expect(page.locator("#results > li")).to_have_count(5)
    assert "科协" in page.locator("#results mark").first.text_content()
    assert not page.locator("#list").is_visible()
    page.locator("#results .chips a", has_text="市科协").first.click()
    page.wait_for_selector("h1:has-text('市科协')")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("流动书车", 3),
        ("书", 5),
        ("例政办发[2024]5号", 2),
        ("阅读 财政局", 2),
        ("ＵＮＫＮＯＷＮ", 0),
        ("车书", 0),
        ("湿地", 1),
        ("便民服务", 1),
        ("2025-12", 1),
    ],
)
def test_search_finds_what_stands_in_titles_tasks_and_units(visit: Open, query: str, count: int) -> None:
    page = visit(f"index.html#q={query}")
    expect(page.locator("#status")).to_have_text(f"找到 {count} 件公文" if count else "未找到相关内容。")
    expect(page.locator("#results > li, #results .others > li")).to_have_count(count)


@pytest.mark.parametrize(
    ("query", "said", "found"),
    [
        ("書車", "按简体字“书车”搜索", "书车"),
        ("kexie", "按拼音“kexie”", "科协"),
        ("ke xie", "按拼音“ke xie”", "科协"),
        ("liudongshuche", "按拼音“liudongshuche”", "流动书车"),
        ("科鞋", "读音相同", "科协"),
        ("流动收车", "相差一字", "流动书车"),
        ("流动车书", "相差一字", "流动书车"),
        ("流书车", "相差一字", "流动书车"),
        ("流动书书车", "相差一字", "流动书车"),
    ],
)
def test_search_reads_other_scripts_pinyin_and_one_error(visit: Open, query: str, said: str, found: str) -> None:
    page = visit(f"index.html#q={query}")
    expect(page.locator("#results mark").first).to_have_text(found)
    expect(page.locator("#status")).to_contain_text(said)


def test_results_are_narrowed_down_by_facets_and_versions_stand_together(visit: Open) -> None:
    page = visit("index.html")
    page.click("#facets summary")
    expect(page.locator("#status")).to_have_text("找到 10 件公文")
    year = page.locator("[data-facet=year]")
    assert "（" in year.locator("option").nth(1).text_content()
    assert page.locator("#results .others a").count() >= 1
    before = page.locator("#results > li").count()
    newest = year.locator("option").nth(1).get_attribute("value")
    year.select_option(newest)
    expect(page.locator("#status")).not_to_have_text("找到 10 件公文")
    assert 0 < page.locator("#results > li").count() < before
    assert f"year={newest}" in page.url
    page.reload()
    expect(year).to_have_value(newest)
    page.fill("#query", "科协")
    page.press("#query", "Enter")
    expect(page.locator("#results mark").first).to_have_text("科协")
    for text in page.locator("#results .facts").all_inner_texts():
        assert newest in text


def test_a_missing_file_of_the_search_is_named_and_asked_for_again(browser: Any, site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    page = browser.new_page(locale="zh-CN")
    for name in ("settings", "pairs-0", "names-0", "facets-0"):
        kept = (copy / "search" / f"{name}.js").rename(copy / f"{name}.kept")
        page.goto("about:blank")
        page.goto(f"{(copy / 'index.html').as_uri()}#q=科协")
        expect(page.locator("#trouble")).to_contain_text(f"search/{name}.js")
        assert "正在搜索" not in page.inner_text("#status")
        kept.rename(copy / "search" / f"{name}.js")
        page.click("#trouble button")
        expect(page.locator("#status")).to_have_text("找到 5 件公文")
        expect(page.locator("#trouble")).to_be_empty()
    page.close()


def test_the_site_works_from_a_server_below_any_path(browser: Any, site: Path) -> None:
    with ThreadingHTTPServer(("localhost", 0), partial(Quiet, directory=str(site.parent.parent))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(locale="zh-CN")
        page.goto(f"http://localhost:{server.server_port}/{site.parent.name}/site/index.html#q=湿地")
        page.locator("#results a.title").click()
        expect(page.locator("h1")).to_contain_text("范溪湿地")
        assert (
            page.request.get(page.locator("link[rel=alternate]").evaluate("link => link.href")).json()["kind"] == "通知"
        )
        page.close()
        server.shutdown()


def test_a_search_has_an_address(visit: Open) -> None:
    page = visit("index.html")
    page.fill("#query", "湿地")
    page.press("#query", "Enter")
    page.wait_for_selector("#results > li")
    page.reload()
    page.wait_for_selector("#results > li")
    assert page.input_value("#query") == "湿地"


def test_more_results_are_loaded_when_asked_for(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gongwen.publish.site, "families", lambda titles: [])  # or all would stand in one group
    folder = publishing_examples.build(tmp_path, ["site"], 23) / "site"
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{(folder / 'index.html').as_uri()}#q=阅读")
    for shown in (10, 20, 23):
        expect(page.locator("#results > li")).to_have_count(shown)
        if shown < 23:
            expect(page.locator("#status")).to_have_text("找到 23 件公文")
            page.click("#more")
    expect(page.locator("#status")).to_have_text("找到 23 件公文")
    page.close()


def test_the_language_switches_without_a_reload_and_is_remembered(visit: Open, site: Path) -> None:
    page = visit(one_of(site, "notices"))
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    title = page.locator("h1").text_content()
    page.evaluate("window.stayed = true")
    page.click("#language")
    assert page.evaluate("[document.documentElement.lang, window.stayed]") == ["en", True]
    assert page.locator("#matrix-heading").text_content() == "Assignment of tasks"
    assert page.locator("h1").text_content() == title
    assert page.locator("h1 a").first.evaluate("link => link.closest('[lang]').lang") == "zh-Hans"
    page.reload()
    assert page.locator("#matrix-heading").text_content() == "Assignment of tasks"
    page.click("#language")
    assert page.locator("#matrix-heading").text_content() == "任务分工表"


@pytest.mark.parametrize(("locale", "shown"), [("en-GB", "en"), ("zh-TW", "zh-Hans"), ("fr", "zh-Hans")])
def test_the_language_is_that_of_the_browser(visit: Open, locale: str, shown: str) -> None:
    assert visit("index.html", locale=locale).evaluate("document.documentElement.lang") == shown


def test_the_page_is_whole_without_script(visit: Open, site: Path) -> None:
    page = visit(one_of(site, "notices"), java_script_enabled=False)
    assert page.locator("#matrix-heading").text_content() == "任务分工表"
    assert page.locator(".matrix tbody tr").count() > 5
    assert not page.locator("#language").is_visible()
    front = visit("index.html", java_script_enabled=False)
    assert not front.locator("#search").is_visible()
    assert front.locator(".notices > li").count() == 10


def test_focus_shows_where_a_value_came_from(visit: Open, site: Path) -> None:
    page = visit(one_of(site, "notices"))
    link = page.locator("#tasks .duties a").first
    name = link.text_content()
    for _ in range(300):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    panel = page.locator("#origin")
    assert panel.is_visible()
    assert page.locator("#origin-found").text_content() == name
    assert link.get_attribute("aria-describedby") == "origin"
    page.keyboard.press("Escape")
    assert not panel.is_visible()


def test_the_source_view_shows_the_counterpart_and_the_evidence(visit: Open, site: Path) -> None:
    glossed = next(path for path in (site / "sources").glob("*.html") if "(xiàn)" in path.read_text("utf-8"))
    page = visit(glossed.relative_to(site))
    value = page.locator(".published a", has_text="县文旅体局").first
    value.focus()
    found = page.locator(".found .lit")
    assert found.text_content() == "縣(xiàn)文旅體(tǐ)局"
    assert page.locator("#origin-found").text_content() == found.text_content()
    assert "(xiàn)" in page.locator("#origin-evidence").text_content()
    value.blur()
    page.locator(".found del").first.hover()
    assert page.locator("#origin").is_visible()


def test_a_task_has_an_address(visit: Open, site: Path) -> None:
    page = visit(f"{one_of(site, 'notices')}#task-5")
    assert page.locator("#task-5").evaluate(
        "task => task.matches(':target') && task.getBoundingClientRect().top < innerHeight"
    )


def test_the_dark_scheme_is_dark(visit: Open) -> None:
    brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0) / 3"
    assert visit("index.html", color_scheme="dark").evaluate(brightness) < 64
    assert visit("index.html", color_scheme="light").evaluate(brightness) > 192


def test_print_leaves_out_what_paper_cannot_use(visit: Open, site: Path) -> None:
    page = visit(one_of(site, "notices"))
    page.emulate_media(media="print")
    assert not page.locator(".contents").is_visible()
    assert not page.locator("#language").is_visible()
    assert page.locator(".matrix").is_visible()


def test_a_matrix_that_is_too_wide_for_paper_is_not_cut_off_but_left_out(visit: Open, tmp_path: Path) -> None:
    items = "".join(f"{n}.检修第{n}号泵站。（县水利局牵头，第{n}水管站配合）\n" for n in range(1, 41))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(f"青禾县水利局关于检修泵站的通知\n各乡镇：\n{items}", "utf-8")
    corpus.build(tmp_path / "in", tmp_path / "out", corpus.sources(tmp_path / "in"), ["site"])
    [path] = (tmp_path / "out" / "site" / "notices").glob("*.html")
    page = visit(path)
    assert page.locator(".matrix").is_visible()
    assert not page.locator(".on-paper").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".matrix").is_visible()
    assert page.locator(".on-paper").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_the_bar_is_one_line_on_phones(visit: Open) -> None:
    page = visit("index.html", viewport=PHONE)
    assert page.evaluate(
        "document.querySelector('.brand').getBoundingClientRect().bottom > language.getBoundingClientRect().top"
    )


def test_the_matrix_keeps_its_heads_in_view_and_lights_row_and_column(visit: Open, site: Path) -> None:
    page = visit(one_of(site, "notices"), viewport={"width": 360, "height": 400})
    region = page.locator(".scroll.tall")
    region.evaluate("region => { region.scrollTop = region.scrollHeight; region.scrollLeft = region.scrollWidth; }")
    inside = "element => { const box = element.getBoundingClientRect(), view = element.closest('.scroll').getBoundingClientRect(); return [box.top >= view.top - 1, box.left >= view.left - 1]; }"
    assert region.evaluate("region => region.scrollTop > 0 && region.scrollLeft > 0")
    assert page.locator(".matrix thead tr").last.locator("th").last.evaluate(inside)[0]
    assert page.locator(".matrix tbody tr").last.locator("th").evaluate(inside)[1]
    assert (
        page.locator(".matrix .upright").first.evaluate("title => getComputedStyle(title).writingMode") == "vertical-rl"
    )
    cell = page.locator(".matrix tbody tr").last.locator("td").nth(-2)
    cell.hover()
    index = cell.evaluate("cell => cell.cellIndex")
    assert page.locator(".matrix col").nth(index).get_attribute("class") == "lit"
    assert page.locator(".matrix .lit").count() == 2
    plain, lit = (
        page.locator(".matrix tbody tr").nth(row).evaluate("row => getComputedStyle(row.cells[1]).backgroundColor")
        for row in (0, -1)
    )
    assert plain != lit


def test_the_matrix_is_sorted_and_narrowed_down_by_role(visit: Open, site: Path) -> None:
    page = visit(one_of(site, "notices"))
    rows = page.locator(".matrix tbody tr:visible")
    everybody = rows.count()
    page.select_option("[data-of=role]", "lead")
    assert 0 < rows.count() < everybody
    assert page.locator(".matrix tbody [data-t='short.support']:visible").count() == 0
    counts = [int(count) for count in page.locator(".matrix tbody tr:visible .count").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == page.locator(".matrix tbody [data-t='short.lead']:visible").count()
    page.select_option("[data-of=role]", "")
    page.select_option("[data-of=order]", "text")
    places = rows.evaluate_all("rows => rows.map((row) => Number(row.dataset.place))")
    assert places == list(range(everybody))
    page.select_option("[data-of=order]", "name")
    names = page.locator(".matrix tbody th").all_inner_texts()
    assert names == page.evaluate("names => names.sort((a, b) => a.localeCompare(b, 'zh'))", names)


def test_titles_break_between_words(visit: Open, site: Path) -> None:
    page = visit(one_of(site, "notices"), viewport=PHONE)
    lines = page.locator("h1").evaluate(
        """h1 => {
          const range = document.createRange(), lines = new Map();
          const walker = document.createTreeWalker(h1, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            for (let at = 0; at < walker.currentNode.length; at++) {
              range.setStart(walker.currentNode, at);
              range.setEnd(walker.currentNode, at + 1);
              const top = Math.round(range.getBoundingClientRect().top);
              lines.set(top, (lines.get(top) ?? "") + range.toString());
            }
          }
          return [...lines.values()];
        }"""
    )
    assert len(lines) > 1
    title = page.locator("h1").text_content()
    words = page.evaluate(
        "title => [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)].map(({ index }) => index)",
        title,
    )
    ends = [len("".join(lines[:number])) for number in range(1, len(lines))]
    assert set(ends) <= set(words)
    assert page.locator("h1 a").first.text_content() == title
