"""The site as files: what its pages say, that every link leads somewhere, and that no text of a notice becomes markup."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import orjson
import pytest
from lxml import html

import gongwen
import gongwen.publish.site
import publishing_examples
import site_examples
from gongwen import corpus, schemas
from gongwen.compare.header import FIELDS
from gongwen.compare.render import Comparison
from gongwen.model import Notice, Origin, Span, Target
from gongwen.publish.record import to_json
from gongwen.publish.site import labels, pages, search
from gongwen.publish.site.facing import Facing, values
from gongwen.publish.site.matrix import matrix
from gongwen.publish.site.timeline import timeline
from gongwen.publish.site.versions import families

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
MANY = 12
PER_PAGE = 5  # of any list, in the site of many notices
HOSTILE = "\"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;{{ 7 * 7 }}\u2028</title>"


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_examples.build(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        for size in ("_NOTICES_PER_PAGE", "_UNITS_PER_PAGE", "_DUTIES_PER_PAGE"):
            patch.setattr(gongwen.publish.site, size, PER_PAGE)
        return publishing_examples.build(tmp_path_factory.mktemp("many"), ["site"], MANY) / "site"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a notice that has markup wherever text can stand."""
    folder = tmp_path_factory.mktemp("hostile")
    example = publishing_examples.entry()
    notice = _poisoned(example.notice)
    data = to_json(notice)
    poisoned = replace(example, notice=notice, data=orjson.loads(data), json=data)
    return publishing_examples.publish(folder, ["site"], [poisoned]) / "site"


@pytest.fixture(params=["examples", "many", "hostile"])
def site(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def test_every_link_leads_somewhere_inside_and_none_outside(examples: Path, many: Path) -> None:
    for folder in (examples, many):
        anchors = {str(path): set(page.xpath("//@id")) for path, page in site_examples.pages(folder)}
        files = {str(path) for path in folder.parent.rglob("*") if path.is_file()}
        for path, page in site_examples.pages(folder):
            for element, attribute, link, _ in page.iterlinks():
                if element.get("rel") == "external noreferrer":
                    assert link.startswith("https://"), link  # where a source was found
                    continue
                assert not re.match(r"[a-z]+:|/", link), f"{path}: {link} leaves the site"
                address, fragment = urldefrag(link)
                target = os.path.normpath(path.parent / unquote(address)) if address else str(path)
                assert target in files, f"{path}: {element.tag}@{attribute} {link}"
                assert not fragment or fragment in anchors[target], f"{path}: {link}"


def test_every_page_links_its_data(site: Path) -> None:
    for path, page in site_examples.pages(site):
        [data] = page.xpath("//link[@rel='alternate' and @type='application/json']/@href")
        assert page.xpath(f"//footer//a[@href='{data}']"), path


def test_ids_are_unique_on_each_page(site: Path) -> None:
    for path, page in site_examples.pages(site):
        repeated = [name for name, count in Counter(page.xpath("//@id")).items() if count > 1]
        assert not repeated, f"{path}: {repeated}"


def test_every_page_obeys_a_strict_policy(site: Path) -> None:
    for path, page in site_examples.pages(site):
        assert page.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY], path
        assert not page.xpath("//style | //script[not(@src)] | //script[normalize-space()]"), path
        assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]"), path


def test_no_text_of_a_notice_becomes_markup(hostile: Path) -> None:
    shown = 0
    for path, page in site_examples.pages(hostile):
        assert not page.xpath("//img | //@onerror | //@href[starts-with(., 'javascript')]"), path
        assert all(
            script.get("src").startswith("../" if path.parent != hostile else "assets/")
            for script in page.iter("script")
        ), path
        shown += page.text_content().count("<script>alert('x')</script><img src=x onerror=alert(1)>&amp;{{ 7 * 7 }}")
    assert shown > 20


def test_hostile_text_stays_text_in_the_data_scripts(hostile: Path) -> None:
    [record] = (hostile / "search").glob("notice-*.js")
    assert _shard(record)["title"] == HOSTILE


def test_pages_are_chinese_and_every_label_is_known(site: Path) -> None:
    for path, page in site_examples.pages(site):
        assert page.get("lang") == "zh-Hans"
        for element in page.xpath("//*[@data-t]"):
            label = labels.labels()[element.get("data-t")]
            shown = label.zh.format_map({name.removeprefix("data-"): value for name, value in element.items()})
            assert element.text_content() == shown, path


def test_each_field_of_a_head_that_can_change_has_a_label() -> None:
    names = [field.name for field in FIELDS] + ["masthead", "contents"]
    assert [name for name in names if f"field.{name}" not in labels.labels()] == []


def test_labels_have_two_languages_that_take_the_same_values() -> None:
    keys = [
        line.split(",")[0]
        for line in (Path(labels.__file__).parent / "strings.csv").read_text("utf-8").splitlines()[1:]
    ]
    assert keys == sorted(set(keys))
    for key in keys:
        label = labels.labels()[key]
        assert label.zh, key
        assert label.en, key
        assert set(re.findall(r"\{\w+\}", label.zh)) == set(re.findall(r"\{\w+\}", label.en)), key


def test_every_label_is_used() -> None:
    folder = Path(labels.__file__).parent.parent
    sources = "".join(
        path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".py", ".js"}
    )
    own = {
        key
        for key in labels.labels()
        if key.split(".")[0] not in {path.stem for path in (schemas.folder() / "codelists").glob("*.csv")}
    }
    unused = {
        key
        for key in own
        if f'"{key}"' not in sources and not key.startswith(("facet.", "facet_of.", "field.", "short."))
    }
    assert not unused


def test_lean_templates_say_the_same(examples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def said(page: html.HtmlElement) -> list[object]:
        """All of a page but the elements that a label alone stands in: its text, its tags, its links and ids."""
        words = "".join("".join(page.itertext()).split())
        tags = Counter(element.tag for element in page.iter() if isinstance(element.tag, str) and element.tag != "span")
        return [
            words,
            tags,
            page.xpath("//@href"),
            page.xpath("//@id"),
            page.xpath("//@data-t"),
            page.xpath("//@class"),
        ]

    monkeypatch.setattr(pages, "lean", lambda source: source)
    pages._templates.cache_clear()
    try:
        plain = site_examples.build(tmp_path)
    finally:
        pages._templates.cache_clear()
    compared = 0
    for path, page in site_examples.pages(examples):
        other = site_examples.parse(plain / path.relative_to(examples))
        assert said(page) == said(other), path
        compared += (plain / path.relative_to(examples)).stat().st_size > path.stat().st_size
    assert compared > 50


def test_the_matrix_says_who_does_what(examples: Path) -> None:
    for notice in _notices(examples):
        page = _page(examples, notice)
        shown = set()
        for row in page.xpath("//table[@class='matrix']/tbody/tr"):
            unit = row.xpath("string(th)")
            for number, cell in enumerate(row.xpath("td")[:-1], 1):
                shown |= {(unit, number, chip.get("data-t").removeprefix("short.")) for chip in cell.xpath("b")}
        names = {unit.id: unit.name for unit in notice.units}
        stated = {
            (names[unit.unit_id], number, unit.role)
            for number, task in enumerate(notice.tasks, 1)
            for unit in task.responsible_units
        }
        assert shown == stated, notice.id


def test_a_matrix_that_no_page_can_hold_is_left_out() -> None:
    notice = publishing_examples.entry().notice
    task = notice.tasks[0]
    crowd = tuple(replace(task.responsible_units[0], unit_id=f"unit-{number}") for number in range(300))
    assert matrix(replace(notice, tasks=(replace(task, responsible_units=crowd),) * 300)) is None


def test_the_page_of_a_notice_shows_all_its_tasks_and_targets(examples: Path) -> None:
    for notice in _notices(examples):
        page = _page(examples, notice)
        assert len(page.xpath("//article[starts-with(@id, 'task-')]")) == len(notice.tasks)
        assert len(page.xpath("//li[starts-with(@id, 'target-')]")) == len(notice.targets)
        assert len(page.xpath("//li[starts-with(@id, 'section-')]")) == len(notice.sections)
        for number, task in enumerate(notice.tasks, 1):
            [article] = page.xpath(f"//article[@id='task-{number}']")
            assert (task.title or "") in article.text_content()
            assert task.text in article.text_content()


def test_the_source_view_loses_no_character_of_either_text(examples: Path) -> None:
    for notice in _notices(examples):
        page = site_examples.parse(examples / "sources" / f"{notice.id}.html")
        source = (examples.parent / "sources" / f"{notice.id}.txt").read_bytes().decode()
        rows = page.xpath("//div[@class='row']")
        found = ["".join(row.xpath("p[@class='found' or @class='both']")[0].itertext()) for row in rows]
        published = ["".join(row.xpath("p[@class='published' or @class='both']")[0].itertext()) for row in rows]
        assert found == [_line(source[block.span.start : block.span.end]) for block in notice.blocks]
        assert published == [_line(block.text) for block in notice.blocks]


def test_a_value_of_the_source_view_leads_to_its_place_on_the_page_of_the_notice(examples: Path) -> None:
    for notice in _notices(examples):
        page = site_examples.parse(examples / "sources" / f"{notice.id}.html")
        source = (examples.parent / "sources" / f"{notice.id}.txt").read_bytes().decode()
        for value in page.xpath("//div[@class='row']//a[@data-at]"):
            start, end = map(int, value.get("data-at").split("-"))
            number = value.get("data-value") or value.get("id").removeprefix("v")
            counterpart = page.xpath(
                f"//p[@class='found']/span[@data-value='{number}']"
                f" | //p[@class='both']/a[@data-value='{number}' or @id='v{number}']"
            )
            assert "".join(part.text_content() for part in counterpart) == source[start:end].replace("\n", "")


def test_marked_values_do_not_overlap_and_are_the_shortest_at_their_place(examples: Path) -> None:
    for notice in _notices(examples):
        marked = Facing(notice).values
        assert all(one.span.end <= other.span.start for one, other in pairwise(marked))
        for value in values(notice):
            rivals = [
                other.span
                for other in marked
                if other.span.start < value.span.end and value.span.start < other.span.end
            ]
            assert value.span in rivals or any(
                span.end - span.start <= value.span.end - value.span.start for span in rivals
            ), value


def test_a_repair_is_marked_with_its_evidence(examples: Path) -> None:
    notice = next(notice for notice in _notices(examples) if notice.repairs)
    page = site_examples.parse(examples / "sources" / f"{notice.id}.html")
    for number, repair in enumerate(notice.repairs, 1):
        [row] = page.xpath(f"//tr[@id='repair-{number}']")
        assert (repair.evidence_zh or "") in row.text_content()
        assert row.xpath("td/@data-en") == [repair.evidence or ""]
        marks = page.xpath(f"//div[@class='facing']//del[@data-repair='{number}']")
        assert "".join(mark.text_content() for mark in marks) == repair.before * len(repair.spans)


def test_a_citation_leads_to_the_document_where_it_is_held(examples: Path) -> None:
    links = {
        (path.stem, link)
        for path, page in site_examples.pages(examples)
        if path.parent.name == "notices"
        for link in page.xpath("//ul[@class='citations']//a[@class='see']/@href")
    }
    by_number = {notice.document_number.text: notice.id for notice in _notices(examples) if notice.document_number}
    city, successor, district = (
        by_number["例政办发〔2021〕8号"],
        by_number["例政办发〔2024〕5号"],
        by_number["范政办〔2021〕15号"],
    )
    assert {(successor, f"{city}.html"), (district, f"{city}.html")} <= links


def test_a_notice_lists_those_that_cite_it_and_each_leads_to_the_citation(examples: Path) -> None:
    forward, back = set(), set()
    for notice in _notices(examples):
        page = _page(examples, notice)
        for link in page.xpath("//section[@id='citations']//a[@class='see']/@href"):
            forward.add((notice.id, link.removesuffix(".html")))
        for link in page.xpath("//section[@id='citing']//a/@href"):
            other, _, anchor = link.partition(".html#")
            back.add((other, notice.id))
            [citation] = _page(examples, by_id(examples, other)).xpath(f"//*[@id='{anchor}']")
            assert f"{notice.id}.html" in citation.xpath(".//a/@href")
    assert forward == back
    assert forward


def by_id(site: Path, id: str) -> Notice:
    return next(notice for notice in _notices(site) if notice.id == id)


def test_a_task_shows_its_number_steps_goals_citations_and_doubtful_places(examples: Path) -> None:
    shown: Counter[str] = Counter()
    for notice in _notices(examples):
        page = _page(examples, notice)
        targets = {target.id: number for number, target in enumerate(notice.targets, 1)}
        citations = {citation.id: number for number, citation in enumerate(notice.citations, 1)}
        for number, task in enumerate(notice.tasks, 1):
            [card] = page.xpath(f"//*[@id='task-{number}']")
            assert card.xpath(".//a[@class='permalink']")[0].text == (task.marker or str(number))
            links = set(card.xpath(".//ul[@class='milestones']//a/@href"))
            wanted = {f"#target-{targets[id]}" for id in task.target_ids}
            wanted |= {f"#citation-{citations[id]}" for id in task.citation_ids}
            assert {link for link in links if link.startswith(("#target", "#citation"))} == wanted
            assert len(card.xpath(".//ul[@class='milestones']//time")) == len(task.milestones)
            doubtful = [
                finding
                for finding in notice.findings
                if finding.span
                and finding.severity != "info"
                and any(span.start <= finding.span.start < span.end for span in (*task.spans, *task.clause_spans))
            ]
            text = card.text_content()
            assert all(labels.plain(f"finding_codes.{finding.code}") in text for finding in doubtful)
            repaired = any(
                span.start <= place.start < span.end
                for repair in notice.repairs
                for place in repair.spans
                for span in (*task.spans, *task.clause_spans)
            )
            assert ("已修复" in text) == repaired
            shown.update(goals=len(task.target_ids), citations=len(task.citation_ids), findings=len(doubtful))
            shown.update(repaired=repaired)
    assert all(shown[name] for name in ("goals", "citations", "findings", "repaired")), shown


def test_versions_of_a_plan_are_compared_one_by_one(examples: Path) -> None:
    by_number = {notice.document_number.text: notice for notice in _notices(examples) if notice.document_number}
    first, second, third = (by_number[f"例政办发〔{number}号"] for number in ("2021〕8", "2024〕5", "2026〕3"))
    expected = {f"{first.id}--{second.id}.html", f"{second.id}--{third.id}.html"}
    assert {path.name for path in (examples / "changes").glob("*.html")} == expected
    for notice in (first, second, third):
        listed = _page(examples, notice).xpath("//ol[@class='versions']/li")
        assert [item.text_content().split()[0] for item in listed] == [
            first.issue_date,
            second.issue_date,
            third.issue_date,
        ]
    for name in expected:
        page = site_examples.parse(examples / "changes" / name)
        told = orjson.loads((examples / "changes" / name).with_suffix(".json").read_bytes())["changes"]
        assert len(page.xpath("//section[@class='topic']/ul/li")) == len(told) > 0


def test_the_page_of_changes_has_a_table_whose_places_are_in_both_sources(examples: Path) -> None:
    for path in (examples / "changes").glob("*.html"):
        page = site_examples.parse(path)
        content = orjson.loads(path.with_suffix(".json").read_bytes())
        assert [line.text for line in page.xpath("//ul[@class='headline']/li")] == [
            line["zh"] for line in content["headline"]
        ]
        table = page.xpath("//table[@class='changed']/tbody/tr")
        assert table
        kinds = page.xpath("//select[@data-filter='kinds']/option/@value")
        assert {kind for row in table for kind in row.get("data-kinds").split()} == set(kinds) - {""}
        for link in page.xpath("//table[@class='changed']//a/@href"):
            target, _, anchor = link.partition("#")
            assert site_examples.parse(path.parent / target).xpath(f"//*[@id='{anchor}']")


def test_the_page_of_changes_names_annexes_and_the_paragraphs_behind_a_list() -> None:
    rules = (
        "青禾县水库管理办法\n第一条　下列水库应当巡查：\n（一）小型水库；\n（二）中型水库。\n{paragraph}\n第二条　本办法自2030年1月1日起施行。\n"
        "附件：{annex}\n\n附件\n{annex}\n一、北山水库。库容{size}万立方米。\n"
    )
    old, new = (
        gongwen.parse(rules.format(paragraph=paragraph, annex=annex, size=size))
        for paragraph, annex, size in (
            ("巡查每月不少于一次。", "水库名单", 30),
            ("巡查每周不少于一次，并作记录。", "水库与水闸名单", 40),
        )
    )
    diff = gongwen.diff(old, new)
    named = {place.item for change in diff.changes for place in (*change.old, *change.new)}
    assert any("/" in item for item in named if item)
    assert any(item.startswith("part-") for item in named if item)
    _, page = pages.changes_page(Comparison(old, new, diff, old.to_dict(), new.to_dict()))
    links = re.findall(r'<h3>.*?href="?\.\./(sources|notices)/.*?>(.*?)</a>', page.decode())
    assert {("sources", "巡查每月不少于一次。"), ("sources", "附件 水库名单")} <= set(links)


@pytest.mark.parametrize(
    "case",
    tomllib.loads((Path(__file__).parent / "cases" / "plan_versions.toml").read_text("utf-8"))["case"],
    ids=lambda case: case["name"],
)
def test_which_titles_are_versions_of_one_plan(case: dict[str, str]) -> None:
    wanted: dict[str, list[str]] = {}
    for number, letter in enumerate(case["expect"]):
        wanted.setdefault(letter, []).append(str(number))
    found = families(("例州市人民政府", str(number), title) for number, title in enumerate(case["titles"]))
    assert list(found) == [family for family in wanted.values() if len(family) > 1]


def test_the_pages_of_units_hold_every_responsibility_once_for_each_date(site: Path) -> None:
    shown: Counter[tuple[str, int | None, int | None, str, str | None, str | None]] = Counter()
    for path in sorted((site / "units").glob("*.json")):
        if not path.stem.startswith(("index", "list")):
            content = orjson.loads(path.read_bytes())
            dated, recurring = content["dated"], content["recurring"]
            assert [duty["due_on"] for duty in dated] == sorted(duty["due_on"] for duty in dated)
            undated = [
                {"notice": notice["notice"], **duty}
                for notice in content["notices"]
                for duty in notice["responsibilities"]
            ]
            lines = [*dated, *recurring, *undated]
            shown.update(
                (duty["notice"], get("task"), get("duty"), duty["name"], get("role") or duty["verb"], get("date"))
                for duty in lines
                for get in [duty.get]
            )
            page = site_examples.parse(path.with_suffix(".html"))
            assert len(page.xpath("//section[@class='duties']//ul/li")) == len(lines)
    listed = {
        link.rpartition("/")[2]
        for path, page in site_examples.pages(site)
        if path.parent.name == "units"
        for link in page.xpath("//ul[@class='units']//a/@href")
    }
    named = {path.name for path in (site / "units").glob("*.html") if path.stem != "index"}
    assert {name for name in named if re.fullmatch(r"[0-9a-f]{12}.html", name)} <= listed <= named
    records = [orjson.loads(path.read_bytes()) for path in (site.parent / "notices").glob("*.json")]
    stated: Counter[tuple[str, int | None, int | None, str, str, str | None]] = Counter(
        (record["id"], number, None, unit["name"], unit["role"], date)
        for record in records
        for number, task in enumerate(record["tasks"], 1)
        for unit in task["responsible_units"]
        for date in [step["date"] for step in task["milestones"]] or [task["deadline"]]
    )
    stated += Counter(
        (record["id"], None, number, actor["name"], actor["verb"], date)
        for record in records
        for number, duty in enumerate(record["duties"], 1)
        for actor in duty["actors"]
        for date in [step["date"] for step in duty["milestones"]] or [None]
    )
    assert shown == stated or site.parent.name.startswith("hostile")


def test_the_front_page_offers_what_there_is_and_says_how_to_cite(tmp_path: Path) -> None:
    folder = publishing_examples.build(tmp_path, ["site", "jsonl", "tables"], 1)
    page = site_examples.parse(folder / "site" / "index.html")
    offered = page.xpath("//section[@id='downloads']//a/@href")
    assert "../notices.jsonl" in offered
    assert {f"../tables/{path.name}" for path in (folder / "tables").glob("*.csv")} <= set(offered)
    assert "../feed.atom" not in offered
    assert all((folder / "site" / link).resolve().is_file() for link in offered)
    publishing_examples.build(tmp_path, ["site"], 1)  # what an earlier build left is offered still
    assert site_examples.parse(folder / "site" / "index.html").xpath("//section[@id='downloads']//a/@href") == offered
    assert "公文开放数据[DB/OL]" in page.xpath("//section[@id='cite']")[0].text_content()
    assert page.xpath("//section[@id='about']//a[@rel='external noreferrer']")


def test_the_list_is_paged_and_holds_every_notice_once(many: Path) -> None:
    pages = [many / "index.html", *sorted((many / "list").glob("*.html"), key=lambda path: int(path.stem))]
    listed = [
        link
        for page in pages
        for link in site_examples.parse(page).xpath("//ol[@class='notices']//a[@class='title']/@href")
    ]
    assert len(pages) == 3
    assert len(listed) == len(set(listed)) == MANY


def test_the_index_of_pairs_finds_exactly_what_the_fields_hold(examples: Path) -> None:
    settings = _shard(examples / "search" / "settings.js")
    places = [
        identifier
        for number in range(-(-settings["notices"] // settings["names"]))
        for identifier in _shard(examples / "search" / f"names-{number}.js")
    ]
    held: dict[str, dict[str, int]] = {}
    for shard in range(settings["shards"]):
        for gram, differences in _shard(examples / "search" / f"pairs-{shard}.js").items():
            code, codes = 0, []
            for difference in differences:
                code += difference
                codes.append(code)
            held[gram] = {places[code // 64]: code % 64 for code in codes}
    expected: dict[str, dict[str, int]] = {}
    for notice in _notices(examples):
        for gram, fields in search.grams(search.record(notice, {})).items():
            expected.setdefault(gram, {})[notice.id] = fields
    assert held == expected


def test_the_record_of_a_notice_holds_all_of_its_text(examples: Path) -> None:
    left_out = {"blank", "furniture", "title", "page-meta", "page-table", "rule"}
    for notice in _notices(examples):
        record = _shard(examples / "search" / f"notice-{notice.id}.js")
        searched = "".join(text for _, text in search.fields(record))
        lacking = [
            block.text
            for block in notice.blocks
            if block.kind not in left_out and not set(re.findall(r"\w", block.text)) <= set(searched)
        ]
        assert not lacking
        deadlines = {target.deadline for target in notice.targets if target.deadline}
        assert all(deadline in searched for deadline in deadlines)


def test_pairs_of_syllables_are_those_of_titles_and_names() -> None:
    record = {
        "title": "银行",
        "number": None,
        "issuers": "",
        "date": None,
        "units": [["科协", None, None]],
        "tasks": [["一、", "书车", "阅读", ""]],
        "passages": [("b1", "湿地")],
    }
    syllables = {gram: bits for gram, bits in search.grams(record).items() if " " in gram}
    assert syllables == {
        "yin ": 1,
        "xing ": 1,
        "hang ": 1,
        "yin xing": 1,
        "yin hang": 1,
        "ke ": 2,
        "xie ": 2,
        "ke xie": 2,
        "shu ": 4,
        "che ": 4,
        "ju ": 4,
        "shu che": 4,
        "shu ju": 4,
    }


def test_the_pairs_of_a_notice_come_in_ranges_and_each_shard_has_one() -> None:
    found = {f"{first}{second}": 4 for first in "一乙二十丁" for second in "厂七卜人入"}
    packed = [search.pack_grams(found), search.pack_grams({"一厂": 1})]
    shards = dict(search.shard_files(packed, 8, range(8)))
    by_twos = [dict(search.shard_files(packed, 8, range(first, first + 2))) for first in range(0, 8, 2)]
    assert {name: content for some in by_twos for name, content in some.items()} == shards
    assert len(shards) == 8  # one without a pair is a file as well: what is missing is missing
    assert sum(content.count(b"[") - 1 for content in shards.values()) == len(found)


def test_a_shard_depends_on_its_own_pairs_alone() -> None:
    found = {f"{first}{second}": 4 for first in "一乙二十丁" for second in "厂七卜人入"}
    changed = {**dict(reversed(found.items())), "一厂": 8}  # in whatever order they come
    before, after = (
        [search.pack_grams(found), search.pack_grams(second), search.pack_grams(found)] for second in (found, changed)
    )
    for shards in (8, 64, 256):
        keys, others = (
            [search.shard_key(list(map(search.sums, packed)), shards, shard) for shard in range(shards)]
            for packed in (before, after)
        )
        stale = [shard for shard, (key, other) in enumerate(zip(keys, others, strict=True)) if key != other]
        made, anew = (dict(search.shard_files(packed, shards, range(shards))) for packed in (before, after))
        differ = [shard for shard, name in enumerate(made) if made[name] != anew[name]]
        assert len(differ) == 1
        assert set(differ) <= set(stale)
        assert len(stale) <= max(1, shards // 64)  # those that share a range of pairs
        assert dict(search.shard_files(after, shards, stale)).items() <= anew.items()


def test_the_facets_of_the_list_are_columns(examples: Path) -> None:
    facets = _shard(examples / "search" / "facets-0.js")
    names = _shard(examples / "search" / "names-0.js")
    notices = {notice.id: notice for notice in _notices(examples)}
    for place, id in enumerate(names):
        kinds, rows = facets["kind"]
        assert (kinds[rows[place]] or None) == notices[id].kind
        years, rows = facets["year"]
        assert years[rows[place]] == (notices[id].issue_date or "")[:4]
    assert any(plan is not None for plan in facets["plan"])


def test_search_ignores_width_case_and_the_kind_of_bracket() -> None:
    assert search.fold("例政办〔２０２１〕８号ＡI") == search.fold("例政办[2021]8号ai") == "例政办(2021)8号ai"


def test_search_folds_characters_apart_as_the_page_does() -> None:
    assert search.fold("A\u030c") == "a\u030c"


def test_a_larger_collection_has_more_shards_and_a_small_one_has_one() -> None:
    assert [search.shard_count(postings) for postings in (0, 1, 20_000, 20_001, 100_000)] == [1, 1, 1, 2, 8]


def test_the_time_line_runs_from_the_first_deadline_to_what_has_none() -> None:
    template = publishing_examples.entry().notice.targets[0]
    dates = [("2025", None), (None, None), ("2024-06", None), (None, "每年"), ("2025-03", None), ("2024-06", None)]
    moments = timeline([_due(template, *date) for date in dates])
    assert [(moment.date or moment.recurrence, len(moment.targets)) for moment in moments] == [
        ("2024-06", 2),
        ("2025-03", 1),
        ("2025", 1),
        ("每年", 1),
        (None, 1),
    ]


def test_the_time_line_has_the_steps_of_tasks_and_of_duties() -> None:
    text = (
        "青禾县水利局关于修渠的通知\n各乡镇：\n一、修渠\n（一）2025年6月底前修好主渠。（县水利局负责）\n"
        "二、保障\n县财政局要在2025年3月底前拨付资金。\n青禾县水利局\n2025年1月2日"
    )
    notice = gongwen.parse(text)
    moments = timeline(notice.targets, notice.tasks, notice.duties)
    assert [(moment.date, [(step.of, step.number) for step in moment.steps]) for moment in moments] == [
        ("2025-03", [("duty", 1)]),
        ("2025-06", [("task", 1)]),
    ]


def test_links_name_a_task_by_the_marker_that_the_text_gives_it(examples: Path) -> None:
    told = 0
    for path in (examples / "notices").glob("*.html"):
        page = site_examples.parse(path)
        for link in page.xpath("//section[@id='targets']//a[starts-with(@href, '#task-')]"):
            marker = page.xpath("string(//article[@id=$id]//a[@class='permalink'])", id=link.get("href")[1:])
            if not marker.isdecimal():
                assert "".join(link.itertext()).strip().startswith(marker)
                told += 1
    assert told


def test_the_same_notices_give_the_same_bytes(examples: Path, tmp_path: Path) -> None:
    again = site_examples.build(tmp_path)
    names = sorted(path.relative_to(examples) for path in examples.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert all((examples / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_no_notices_make_a_site_that_says_so(tmp_path: Path) -> None:
    publishing_examples.build(tmp_path, ["site"], 0)
    assert not site_examples.parse(tmp_path / "site" / "index.html").xpath("//ol[@class='notices']/li/a")
    assert _shard(tmp_path / "site" / "search" / "settings.js")["notices"] == 0


def test_an_example_says_that_it_is_invented() -> None:
    for path in corpus.sources(site_examples.EXAMPLES):
        assert re.search("[虚虛][构構]", path.read_text("utf-8")), path.name


def _notices(site: Path) -> list[Notice]:
    from gongwen import from_json

    return [from_json(orjson.loads(path.read_bytes())) for path in sorted((site.parent / "notices").glob("*.json"))]


def _page(site: Path, notice: Notice) -> html.HtmlElement:
    return site_examples.parse(site / "notices" / f"{notice.id}.html")


def _shard(path: Path) -> Any:
    """What a data script assigns."""
    return orjson.loads(path.read_text("utf-8").partition(" = ")[2].removesuffix(";\n"))


def _line(text: str) -> str:
    return text.rstrip("\r\n")


def _due(target: Target, deadline: str | None, recurrence: str | None) -> Target:
    return replace(target, deadline=deadline, recurrence=recurrence)


def _poisoned(notice: Notice) -> Notice:
    """``notice`` with markup in every kind of text that a page shows."""
    return replace(
        notice,
        source=replace(notice.source, origin=Origin("javascript:alert(1)", None, HOSTILE, HOSTILE)),
        title=HOSTILE,
        issuers=tuple(replace(issuer, name=HOSTILE) for issuer in notice.issuers),
        recipients=tuple(replace(recipient, name=HOSTILE) for recipient in notice.recipients),
        units=tuple(replace(unit, name=f"{HOSTILE}{unit.id}", full_name=None) for unit in notice.units),
        citations=tuple(replace(citation, title=HOSTILE, alias=HOSTILE) for citation in notice.citations),
        sections=tuple(replace(section, marker=HOSTILE, title=HOSTILE, text=HOSTILE) for section in notice.sections),
        targets=tuple(replace(target, text=HOSTILE, indicator=HOSTILE, unit=HOSTILE) for target in notice.targets),
        tasks=tuple(
            replace(
                task,
                title=HOSTILE,
                text=HOSTILE,
                clause=HOSTILE,
                responsible_units=tuple(replace(unit, name=HOSTILE) for unit in task.responsible_units),
            )
            for task in notice.tasks
        ),
        repairs=tuple(replace(repair, before=HOSTILE, evidence=HOSTILE) for repair in notice.repairs),
        findings=tuple(
            replace(finding, code=HOSTILE, message=HOSTILE, message_zh=HOSTILE, span=Span(0, 3))
            for finding in notice.findings
        ),
    )
