"""Places: published for files with pages, paragraphs or cells, true to the file, and shown in the source view."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import html

from gongwen import corpus, schemas
from gongwen.document import Box, Paragraph, Place
from gongwen.model import Span
from gongwen.publish.places import Places, Shown
from packages import docx, paragraph, sheet_rows, xlsx
from page_writer import ofd, set_text

NOTICE = [
    "^丰泽县人民政府办公室关于做好清淤工作的通知",
    "^丰政办发〔2024〕7号",
    "各镇人民政府：",
    "一、疏浚河道。年底前疏浚河道12公里。（县水利局牵头，县财政局配合）",
    ">丰泽县人民政府办公室",
    ">2024年3月9日",
]
ROWS = [
    {"A1": "丰泽县人民政府办公室关于清淤任务的通知"},
    {"A2": "序号", "B2": "任务", "C2": "责任单位"},
    {"A3": "1", "B3": "疏浚河道", "C3": "县水利局"},
    {"A4": "2", "B4": "护坡", "C4": "县住建局"},
]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    source = folder / "source"
    source.mkdir()
    (source / "a.docx").write_bytes(docx("".join(paragraph(line.lstrip("^>")) for line in NOTICE)))
    (source / "b.ofd").write_bytes(ofd(set_text([line.replace("7号", "8号") for line in NOTICE])))
    (source / "c.xlsx").write_bytes(xlsx(("任务", "visible", sheet_rows(*ROWS))))
    (source / "d.txt").write_text(
        "\n".join(line.lstrip("^>") for line in NOTICE).replace("7号", "9号"), encoding="utf-8"
    )
    summary = corpus.build(source, folder / "dist", corpus.sources(source))
    assert not summary.unpublished
    return folder / "dist"


def notices(dist: Path) -> dict[str, Any]:
    """The notices by the names of their sources."""
    found = (json.loads(path.read_text(encoding="utf-8")) for path in dist.glob("notices/*.json"))
    return {notice["source"]["path"]: notice for notice in found}


def places(dist: Path, source: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        (dist / "places" / f"{notices(dist)[source]['id']}.json").read_text(encoding="utf-8")
    )
    return data


def test_only_files_with_places_have_a_file_of_them(dist: Path) -> None:
    ids = {notices(dist)[source]["id"] for source in ("a.docx", "b.ofd", "c.xlsx")}
    assert {path.stem for path in dist.glob("places/*")} == ids


@pytest.mark.parametrize("source", ["a.docx", "b.ofd", "c.xlsx"])
def test_places_cover_the_text_and_keep_the_schema(dist: Path, source: str) -> None:
    data, notice = places(dist, source), notices(dist)[source]
    schema = json.loads((schemas.folder() / "places.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    assert data["source_text_sha256"] == notice["source"]["text_sha256"]
    ends = [0, *(run["end"] for run in data["places"])]
    assert [run["start"] for run in data["places"]] == ends[:-1]
    assert ends[-1] == notice["source"]["characters"]
    assert data["reader"].split()[0] in ("word", "ofd", "workbook")


@pytest.mark.parametrize(
    ("source", "unit", "shown"),
    [
        ("a.docx", "县财政局", "第 4 段（word/document.xml）"),
        ("b.ofd", "县财政局", "第 1 页（"),
        ("c.xlsx", "县住建局", "工作表“任务”单元格 C4"),
    ],
)
def test_the_source_view_names_the_place_of_each_value(dist: Path, source: str, unit: str, shown: str) -> None:
    page = html.parse(
        str(dist / "site" / "sources" / f"{notices(dist)[source]['id']}.html"), html.HTMLParser(encoding="utf-8")
    )
    (value,) = page.xpath(f"//p[@class='published' or @class='both']//a[.='{unit}']")
    assert value.get("title").startswith(shown)
    assert shown[:5] in value.xpath("string(ancestor::div[@class='row']/p[contains(@class, 'at')])")


def test_a_value_in_a_line_has_its_part_of_the_box() -> None:
    found = Places("县水利局ab", [Place(0, 6, Box(2, 100, 50, 200, 66))])
    assert found.find(Span(4, 6)) == Shown("at_page", {"n": 2, "box": "180, 50, 200, 66"})
    assert Places("文", [Place(0, 1, Paragraph("word/document.xml", 3, 0))]).find(Span(0, 1)) == Shown(
        "at_paragraph", {"n": 3, "part": "word/document.xml"}
    )
    assert Places("文", []).find(Span(0, 1)) is None
