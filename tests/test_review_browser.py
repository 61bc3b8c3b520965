"""The page for reviewers in a real browser: answers become a sidecar that the build takes. Skipped where there is no browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gongwen
from gongwen import cli, corpus

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

NOTICE = """青禾县人民政府办公室关于做好防汛工作的通知
各乡镇人民政府：
一、检修泵占。汛前完成，\ue000检修泵占30座。（县水利局负责）
三、储备物资。备足“沙袋”<b>。\ufffd（县应急局负责
青禾县人民政府办公室
2023年4月6日
"""
SIDECAR = '[origin]\nurl = "https://example.org/a"\n'


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text(NOTICE, encoding="utf-8")
    (source / "a.toml").write_text(SIDECAR, encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["review", str(source), "-o", str(tmp_path / "page.html")])
    assert result.exit_code == 0, result.output
    return source


def opened(browser: Any, source: Path, **options: Any) -> tuple[Any, list[str]]:
    context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, "locale": "zh-CN", **options})
    page, complaints = context.new_page(), []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((source.parent / "page.html").as_uri())
    return page, complaints


def test_answers_become_the_sidecar_that_the_build_takes(browser: Any, source: Path, tmp_path: Path) -> None:
    page, complaints = opened(browser, source, accept_downloads=True)
    button = page.locator("button.download")
    status = page.locator("[role=status]")
    button.click()
    assert status.inner_text() == "尚未作答。"
    number = page.locator("article", has=page.locator("[data-pointer*=document_number]")).first
    number.locator("[data-pointer*=document_number]").fill("青禾政办发〔2023〕12号")
    lost = page.locator("article", has=page.locator('.wording[data-found="\\"\\\\ufffd\\""]')).first
    lost.locator(".wording").fill('"雨具"\\\n')
    button.click()
    assert status.inner_text() == "请为每条作答填写理由。"
    number.locator(".reason").fill("见原件 “印章” \\ \x7f")
    lost.locator(".reason").fill("见原件")
    button.click()
    assert status.inner_text() == "请填写复核人和日期。"
    page.fill("#who", 'O"Neil\\档案馆')
    page.fill("#when", "2026-01-31")
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == "a.toml"
    download.value.save_as(source / "a.toml")
    sidecar = (source / "a.toml").read_text(encoding="utf-8")
    assert sidecar.startswith(SIDECAR)
    assert "when = 2026-01-31" in sidecar
    assert complaints == []
    summary = corpus.build_folder(source, tmp_path / "dist", ["jsonl"])
    assert not summary.unpublished, summary.unpublished
    read = gongwen.parse_file(source / "a.txt")
    assert read.document_number is not None
    assert read.document_number.text == "青禾政办发〔2023〕12号"
    [given] = read.field_corrections
    assert (given.pointer, given.old, given.who) == ("/document_number/text", None, 'O"Neil\\档案馆')
    assert given.reason == "见原件 “印章” \\ \x7f"
    [correction] = [repair for repair in read.repairs if repair.rule == "correction"]
    assert (correction.before, correction.after) == ("\ufffd", '"雨具"\\\n')


def test_the_list_is_whole_without_a_script(browser: Any, source: Path) -> None:
    page, _ = opened(browser, source, java_script_enabled=False)
    assert page.locator("article h3").first.is_visible()
    assert not page.locator(".answer").first.is_visible()
    page.check("#english")
    assert page.get_by_text("Lost character", exact=False).first.is_visible()


@pytest.mark.parametrize(("scheme", "locale"), [("light", "zh-CN"), ("dark", "en-GB")])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing_and_it_fits(browser: Any, source: Path, scheme: str, locale: str, width: int) -> None:
    page, complaints = opened(
        browser, source, color_scheme=scheme, locale=locale, viewport={"width": width, "height": 740}
    )
    assert page.evaluate("document.documentElement.lang") == ("en" if locale == "en-GB" else "zh-Hans")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert complaints == []


def test_it_is_used_by_keyboard(browser: Any, source: Path) -> None:
    page, _ = opened(browser, source)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "doubt-1-2"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "doubt-1-1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article').id") == "doubt-1-1"
    page.keyboard.type("jk")
    assert page.evaluate("document.activeElement.value").endswith("jk")
    page.uncheck("#show-finding")
    assert page.locator("article.finding:visible").count() == 0
