"""Word documents: numbers as Word counts them, what isn't text, grids, places, and that nothing is lost or invented."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from file_mutations import ends
from gongwen import read
from gongwen.document import Generated, Paragraph, Source
from gongwen.errors import SourceError
from gongwen.pipeline import parse_source
from gongwen.read.numbering import spell
from packages import W, cell, definition, docx, instance, level, paragraph, restart, row, run, table, zipped
from timing import assert_linear

NUMBERS = tomllib.loads((Path(__file__).parent / "cases" / "word_numbers.toml").read_text(encoding="utf-8"))


def lines(source: Source, kind: str = "text") -> list[str]:
    """The lines of the pieces of one kind."""
    return [
        line
        for piece in source.pieces
        if piece.kind == kind
        for line in source.text[piece.start : piece.end].split("\n")
        if line
    ]


def opened(*body: str, **parts: str) -> Source:
    return read.from_bytes(docx("".join(body), **parts))


@pytest.mark.parametrize(
    ("format", "number", "shown"),
    [(format, int(number), shown) for format, rows in NUMBERS.items() for number, shown in rows.items()],
)
def test_forms_of_numbers(format: str, number: int, shown: str) -> None:
    assert spell(number, format) == shown


PLAN = definition(
    "0",
    level(0, "chineseCountingThousand", "%1、", more='<w:pStyle w:val="one"/>'),
    level(1, "chineseCountingThousand", "（%2）", more='<w:pStyle w:val="two"/>'),
    level(2, "decimal", "%3."),
)
CHAPTERS = definition(
    "1",
    level(0, "chineseCountingThousand", "第%1章", suffix="space"),
    level(1, "chineseCountingThousand", "第%2条", more='<w:lvlRestart w:val="0"/>', suffix="tab"),
)
LEGAL = definition(
    "2",
    level(0, "chineseCounting", "%1、"),
    level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
    level(2, "decimal", "%1.%2.%3", more='<w:lvlRestart w:val="1"/>'),
)
ODD = definition(
    "3",
    level(0, "decimal", "%2."),  # a number of a level below its own
    level(1, "decimal", "%2)", start=""),
    level(2, "bullet", "\uf0b7"),
    level(3, "bullet", "\uf0d8", more='<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'),
)
LISTS = (
    PLAN + CHAPTERS + LEGAL + ODD
    + definition("4", '<w:numStyleLink w:val="list"/>')
    + definition("5", '<w:numStyleLink w:val="turning"/>')
    + instance("1", "0") + instance("2", "1") + instance("3", "2") + instance("4", "3") + instance("5", "4")
    + instance("6", "5") + instance("7", "0", restart(0, 1)) + instance("8", "0", restart(0, 8))
    + instance("9", "0", f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "附%1：")}</w:lvlOverride>')
    + instance("10", "99")
)  # fmt: skip
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="plain"/>
<w:style w:type="paragraph" w:styleId="one"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="two"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="like-two"><w:basedOn w:val="two"/></w:style>
<w:style w:type="paragraph" w:styleId="bare"><w:basedOn w:val="one"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="list"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="turning"><w:pPr><w:numPr><w:numId w:val="6"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>
"""
# Paragraphs as (list, level or style), and the markers that Word shows before them.
COUNTED: dict[str, list[tuple[str | None, int | str | None, str]]] = {
    "levels restart below the ones above": [
        ("1", 0, "一、"), ("1", 1, "（一）"), ("1", 1, "（二）"), ("1", 2, "1."), ("1", 0, "二、"), ("1", 1, "（一）"), ("1", 2, "1."),
    ],
    "levels by the styles that are linked to them": [
        (None, "one", "一、"), (None, "two", "（一）"), (None, "like-two", "（二）"), (None, "one", "二、"), (None, "two", "（一）"),
    ],
    "list 0 takes the number away, in the style and on the paragraph": [
        (None, "one", "一、"), (None, "bare", ""), ("0", "one", ""), (None, "one", "二、"),
    ],
    "instances share the counters of their definition": [("1", 0, "一、"), ("9", 0, "附2："), ("1", 0, "三、")],
    "an instance restarts once": [
        ("1", 0, "一、"), ("1", 0, "二、"), ("8", 0, "八、"), ("8", 0, "九、"), ("1", 0, "十、"), ("7", 0, "一、"), ("1", 0, "二、"), ("7", 0, "三、"),
    ],
    "articles go on over chapters": [
        ("2", 0, "第一章 "), ("2", 1, "第一条\t"), ("2", 1, "第二条\t"), ("2", 0, "第二章 "), ("2", 1, "第三条\t"),
    ],
    "a restart that only an upper level causes": [
        ("3", 0, "一、"), ("3", 1, "1.1"), ("3", 2, "一.1.1"), ("3", 1, "1.2"), ("3", 2, "一.2.2"), ("3", 0, "二、"), ("3", 1, "2.1"), ("3", 2, "二.1.1"),
    ],
    "levels that nothing has counted yet show their start": [("3", 1, "1.1"), ("3", 0, "一、")],
    "a number of a deeper level shows nothing": [("4", 0, ""), ("4", 0, "")],
    "a level without a start begins at zero": [("4", 1, "0)"), ("4", 1, "1)")],
    "bullets of symbol fonts": [("4", 2, "•"), ("4", 3, "➢")],
    "links through a list style": [("5", 0, "一、"), ("5", 1, "（一）"), ("1", 0, "二、")],
    "no level stated": [("1", None, "一、"), ("1", None, "二、")],
}  # fmt: skip


@pytest.mark.parametrize("case", COUNTED)
def test_numbers_as_word_counts_them(case: str) -> None:
    body, expected = "", []
    for number, (listed, at, marker) in enumerate(COUNTED[case]):
        text = f"内容{chr(ord('甲') + number)}"
        by_style = isinstance(at, str)
        body += paragraph(text, num=listed, level=None if by_style else at, style=at if by_style else None)  # type: ignore[arg-type]
        expected.append(f"{marker}{text}")
    assert lines(opened(body, numbering=LISTS, styles=STYLES)) == expected


@pytest.mark.parametrize(
    ("listed", "at"), [("6", 0), ("10", 0), ("1", 7)], ids=["a circle", "no definition", "no such level"]
)
def test_a_list_that_is_not_defined_is_reported(listed: str, at: int) -> None:
    source = opened(paragraph("疏浚河道", num=listed, level=at), numbering=LISTS, styles=STYLES)
    assert lines(source) == ["疏浚河道"]
    (finding,) = source.findings
    assert finding.code == "undefined-list"
    assert finding.span
    assert source.text[finding.span.start : finding.span.end] == "疏浚河道"


def test_a_form_of_numbers_that_is_not_known_is_reported() -> None:
    source = opened(
        paragraph("疏浚河道", num="1", level=0),
        numbering=definition("0", level(0, "runes", "%1.")) + instance("1", "0"),
    )
    assert lines(source) == ["1.疏浚河道"]
    (finding,) = source.findings
    assert finding.span
    assert source.text[finding.span.start : finding.span.end] == "1."


def test_which_paragraphs_count() -> None:
    deleted = '<w:del w:id="1" w:author="x"/>'
    body = [
        paragraph("甲事", num="1", level=0),
        paragraph("", num="1", level=0),  # an empty one counts and shows
        paragraph("", num="1", level=0, more="<w:sectPr/>"),  # one that only ends a section doesn't
        paragraph("<w:del>" + run("乙事").replace("w:t", "w:delText") + "</w:del>", num="1", level=0, mark=deleted),
        paragraph(run("丙事", "<w:vanish/>"), num="1", level=0, mark="<w:vanish/>"),
        paragraph("丁事", num="1", level=0, mark=deleted),  # goes on in the next paragraph, whose number holds
        paragraph("戊事", num="1", level=1),
        paragraph("己事", num="1", level=0, mark="<w:vanish/><w:specVanish/>"),  # a heading that runs in
        paragraph("庚事"),
    ]
    source = opened(*body, numbering=LISTS)
    assert lines(source) == ["一、甲事", "二、", "（一）丁事戊事", "三、己事庚事"]
    assert lines(source, "deleted") == ["乙事"]
    assert lines(source, "hidden") == ["丙事"]


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark.format("begin") + code + mark.format("separate") + result + mark.format("end")


def test_what_stands_beside_the_text() -> None:
    box = f"<w:txbxContent>{paragraph('丰泽县人民政府文件')}</w:txbxContent>"
    body = [
        paragraph(
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        paragraph(
            run("各镇")
            + f"<w:ins>{run('、街道')}</w:ins>"
            + "<w:del><w:r><w:delText>和农场</w:delText></w:r></w:del>"
            + run("办事处")
            + run("（内部）", "<w:vanish/>")
            + run("不印", '<w:rStyle w:val="secret"/>')
            + "<w:r><w:commentReference w:id='4'/></w:r>"
            + run("："),
        ),
        paragraph(
            "<w:moveFrom>" + run("按季通报。") + "</w:moveFrom>"
            + field(" REF a ", run("按月调度"))
            + run("，每亩10") + run("5", '<w:vertAlign w:val="superscript"/>')
            + run("株，县水利局") + run("1", '<w:vertAlign w:val="superscript"/>')
            + "<w:r><w:footnoteReference w:id='2'/></w:r>" + run("负责") + "<w:r><w:noBreakHyphen/></w:r>"
            + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + "<w:r><w:br/></w:r>" + run("另行通知。"),
        ),
        paragraph(
            "<w:r><w:ruby><w:rt>" + run("pí") + "</w:rt><w:rubyBase>" + run("陂") + "</w:rubyBase></w:ruby></w:r>"
            + '<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="印章"/><a:graphic><pic:pic/></a:graphic></wp:anchor></w:drawing></w:r>'
            + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("塘清淤。"),
        ),
    ]  # fmt: skip
    source = opened(
        *body,
        styles=STYLES,
        header=paragraph("丰泽县公报"),
        footer=paragraph(run("— ") + field("PAGE", run("1")) + run(" —")),
        comments=f'<w:comment w:id="4">{paragraph("是否加农场？")}</w:comment>',
        footnotes=f'<w:footnote w:type="separator" w:id="0">{paragraph("——")}</w:footnote><w:footnote w:id="2">{paragraph("会同财政部门。")}</w:footnote>',
    )
    assert lines(source) == [
        "丰泽县人民政府文件",
        "各镇、街道办事处：",
        "按月调度，每亩10⁵株，县水利局负责-☑",
        "另行通知。",
        "陂塘清淤。",
    ]
    beside = {
        "deleted": ["和农场"],
        "hidden": ["（内部）不印"],
        "moved-from": ["按季通报。"],
        "field-code": ["REF a", "PAGE"],
        "note-reference": ["1"],
        "ruby": ["pí"],
        "image": ["印章"],
        "page-header": ["丰泽县公报"],
        "page-footer": ["— 1 —"],
        "comment": ["是否加农场？"],
        "footnote": ["会同财政部门。"],
    }
    assert {kind: [line.strip() for line in lines(source, kind)] for kind in beside} == beside
    assert {piece.kind for piece in source.pieces} == beside.keys() | {"text"}
    anchored = {
        source.text[place.start : place.end]: source.text[place.anchor - 3 : place.anchor]
        for place in source.places
        if place.anchor is not None
    }
    assert anchored["和农场"] == "、街道"
    assert anchored["是否加农场？"] == "办事处"
    assert anchored["会同财政部门。"] == "水利局"


def formula(markup: str) -> str:
    """A formula: its parts without the prefix, and their text."""
    parts = re.sub("<(/?)(?=[a-zA-Z])", lambda tag: f"<{tag[1]}m:", markup)
    return f"<m:oMath>{re.sub('[^<>]+(?=<)', lambda text: f'<m:r><m:t>{text[0]}</m:t></m:r>', parts)}</m:oMath>"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<sSup><e>10</e><sup>5</sup></sSup>", "10⁵"),
        ("<sSub><e>CO</e><sub>2</sub></sSub>", "CO2"),
        ("<sSup><e>县</e><sup>1</sup></sSup>", "县1"),  # a formula has no notes
        ("<f><num>1</num><den>2</den></f>", "1/2"),
        ("<f><num>a+b</num><den>3.5</den></f>", "(a+b)/3.5"),
        ("<f><num><f><num>1</num><den>2</den></f></num><den>3</den></f>", "1/2/3"),
        ("<d><e>a</e></d>", "(a)"),
        ('<d><dPr><begChr m:val="["/><endChr m:val=""/></dPr><e>a</e></d>', "[a"),
        ("<rad><deg/><e>9</e></rad>", "√9"),
        ('<nary><naryPr><chr m:val="∑"/></naryPr><sub>1</sub><sup>9</sup><e>x</e></nary>', "∑19x"),
    ],
)
def test_a_formula_in_a_line(markup: str, shown: str) -> None:
    source = opened(paragraph(run("面积") + formula(markup) + run("亩")))
    assert lines(source) == [f"面积{shown}亩"]
    assert "note-reference" not in {piece.kind for piece in source.pieces}


def test_what_is_struck_out_is_deleted_and_what_is_lifted_is_raised() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="struck"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:dstrike/></w:rPr></w:style>'
    )
    source = opened(
        paragraph(run("泵站") + run("8", "<w:strike/>") + run("3座", '<w:strike w:val="0"/>') + run("，县财政局", '<w:rStyle w:val="struck"/>') + run("。")),
        paragraph(run("旧条") + run("留", '<w:dstrike w:val="0"/>'), style="old"),
        paragraph(run("面积10") + run("4", '<w:position w:val="8"/>') + run("亩，县水利局") + run("1", '<w:position w:val="10"/>') + run("负责") + run("文件", '<w:position w:val="20"/>')),
        styles=styles,
    )  # fmt: skip
    assert lines(source) == ["泵站3座。", "留", "面积10⁴亩，县水利局负责文件"]
    assert lines(source, "deleted") == ["8", "，县财政局", "旧条"]
    assert lines(source, "note-reference") == ["1"]


def test_a_level_whose_number_is_hidden_counts_and_shows_none() -> None:
    hidden = definition(
        "0", level(0, "decimal", "%1.", more="<w:rPr><w:vanish/></w:rPr>"), level(1, "decimal", "%1.%2")
    )
    body = [
        paragraph("甲事", num="1", level=0),
        paragraph("乙事", num="1", level=0),
        paragraph("丙事", num="1", level=1),
    ]
    assert lines(opened(*body, numbering=hidden + instance("1", "0"))) == ["甲事", "乙事", "2.1丙事"]


def test_a_drop_cap_begins_the_paragraph_behind_it() -> None:
    cap = '<w:framePr w:dropCap="drop" w:lines="2"/>'
    body = [
        paragraph("县", more=cap),
        paragraph("水利局牵头。", num="1", level=0),
        paragraph("框", more='<w:framePr w:w="9"/>'),
    ]
    assert lines(opened(*body, numbering=LISTS)) == ["一、县水利局牵头。", "框"]


def test_a_deleted_cell_is_none_of_its_row() -> None:
    removed = '<w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr>' + paragraph("县财政局") + "</w:tc>"
    source = opened(table(row("任务", "责任单位", "时限"), row("清淤", removed, "县水利局", "三月")))
    assert grids(source) == [[["任务", "责任单位", "时限"], ["清淤", "县水利局", "三月"]]]
    assert lines(source, "deleted") == ["县财政局"]


GRID = table(
    row(cell("序号", merge="restart"), cell("事项", span=2), cell("责任单位")),
    row(cell("", merge=""), "类别", "内容", "牵头单位"),
    row(cell(paragraph("", num="1", level=2)), cell("水利", merge="restart"), "清淤", cell("县水利局", "县财政局")),
    row(cell(paragraph("", num="1", level=2)), cell("", merge=""), "护坡", "县住建局"),
    row("备注", before=1),
)


def including(*parts: tuple[str, str | bytes], body: str = "") -> Source:
    """As ``including_bytes``, read."""
    return read.from_bytes(including_bytes(*parts, body=body))


def including_bytes(*parts: tuple[str, str | bytes], body: str = "") -> bytes:
    """A document whose body includes these parts, between two paragraphs."""
    chunks = "".join(f'<w:altChunk r:id="rId9{number}"/>' for number in range(len(parts)))
    whole = docx(paragraph("文前。") + chunks + body + paragraph("文后。"))
    with ZipFile(BytesIO(whole)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        listed = archive.read("word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    own = "".join(
        f'<Relationship Id="rId9{number}" Type="{kind}" Target="{name}"/>' for number, (name, _) in enumerate(parts)
    )
    files["word/_rels/document.xml.rels"] = listed.replace("</Relationships>", own + "</Relationships>")
    return zipped(files | {f"word/{name}": data for name, data in parts})


def test_documents_that_a_document_includes_are_read_where_they_stand() -> None:
    page = "<html><head><title>页题</title></head><body><p>网页一。</p><table><tr><th>序号<th>任务<th>单位<tr><td>1<td>修渠<td>水利局</table></body></html>"
    inner = docx(paragraph("内文一。") + table(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁"))))
    source = including(("a.html", page), ("b.docx", inner), ("c.txt", "文本一。\n文本二。"))
    assert lines(source) == [
        "文前。", "网页一。", "序号\t任务\t单位", "1\t修渠\t水利局", "内文一。", "甲\t乙", "丙\t丁", "文本一。", "文本二。", "文后。",
    ]  # fmt: skip
    assert grids(source) == [[["序号", "任务", "单位"], ["1", "修渠", "水利局"]], [["甲", "乙"], ["丙", "丁"]]]
    assert {place.at.part for place in source.places if isinstance(place.at, Paragraph)} == {
        "word/document.xml", "word/a.html", "word/b.docx", "word/c.txt",
    }  # fmt: skip
    assert source.findings == ()


def test_documents_that_are_not_read_are_named() -> None:
    shape = '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rId77"/></w:object></w:r></w:p>'
    source = including(("a.rtf", r"{\rtf1 x}"), ("b.docx", b"PK\3\4cut off"), body=shape)
    assert [line for line in lines(source) if line] == ["文前。", "文后。"]
    [finding] = source.findings
    assert (finding.code, finding.params) == ("unread-part", {"count": "3", "parts": "word/a.rtf, word/b.docx, rId77"})


def test_a_document_that_includes_itself_ends() -> None:
    innermost = including(("a.html", "<p>甲</p>"))
    assert lines(innermost) == ["文前。", "甲", "文后。"]
    data = docx(paragraph("最内。"))
    for _ in range(3):
        data = including_bytes(("b.docx", data))
    source = read.from_bytes(data)
    assert lines(source) == ["文前。"] * 2 + ["文后。"] * 2
    assert [finding.code for finding in source.findings] == ["unread-part"]
    many = including(*((f"{number}.txt", "甲") for number in range(25)))
    assert lines(many).count("甲") == 20
    assert [finding.params["count"] for finding in many.findings] == ["5"]


def test_a_marking_in_an_included_document_is_refused() -> None:
    with pytest.raises(SourceError, match="机密"):
        parse_source(including(("a.html", "<p hidden>机密★1年</p><p>甲。</p>")))
    with pytest.raises(SourceError, match="机密"):
        parse_source(including(("a.html", "<meta name=密级 content=机密><p>甲。</p>")))


def grids(source: Source) -> list[list[list[str | None]]]:
    return [
        [[cell and source.text[cell.start : cell.end] for cell in row] for row in each.rows] for each in source.tables
    ]


def test_a_table_is_a_grid_with_its_merged_cells_and_numbers() -> None:
    source = opened(paragraph("任务分工表"), GRID, paragraph("完。"), numbering=LISTS)
    assert grids(source) == [
        [
            ["序号", "事项", "事项", "责任单位"],
            ["序号", "类别", "内容", "牵头单位"],
            ["1.", "水利", "清淤", "县水利局 县财政局"],
            ["2.", "水利", "护坡", "县住建局"],
            [None, "备注", None, None],
        ]
    ]
    assert lines(source)[0] == "任务分工表"
    assert lines(source)[-1] == "完。"


def test_tables_that_only_place_text_are_lines() -> None:
    letterhead = table(row("丰政办〔2024〕7号", "签发人：某某"))
    imprint = table(row(cell("抄送：县委办公室。", span=2)), row("丰泽县人民政府办公室", "2024年3月9日印发"))
    frame = table(row(cell(paragraph("各镇："), paragraph("现通知如下。"), table(row("甲", "乙"), row("丙", "丁")))))
    source = opened(letterhead, frame, imprint)
    assert lines(source) == [
        "丰政办〔2024〕7号\t签发人：某某",
        "各镇：",
        "现通知如下。",
        "甲\t乙",
        "丙\t丁",
        "抄送：县委办公室。",
        "丰泽县人民政府办公室\t2024年3月9日印发",
    ]
    assert grids(source) == [[["甲", "乙"], ["丙", "丁"]]]


def test_the_notice_is_the_same_as_from_text() -> None:
    body = [
        ("丰泽县人民政府办公室关于印发《丰泽县清淤工作方案》的通知", None), ("丰政办〔2024〕7号", None), ("各镇人民政府：", None),
        ("现印发给你们，请认真执行。", None), ("丰泽县人民政府办公室", None), ("2024年3月9日", None), ("丰泽县清淤工作方案", None),
        ("总体要求", 0), ("工作任务", 0), ("疏浚河道。年底前疏浚河道12公里。（县水利局牵头，县财政局配合）", 1), ("修复护坡。（县住建局负责）", 1),
    ]  # fmt: skip
    markers = ["", "", "", "", "", "", "", "一、", "二、", "（一）", "（二）"]
    counted = opened(
        *(paragraph(text, num="1" if at is not None else None, level=at) for text, at in body), numbering=LISTS
    )
    written = read.from_text("".join(f"{marker}{text}\n" for marker, (text, _) in zip(markers, body, strict=True)))
    assert counted.text == written.text
    first, second = parse_source(counted).notice, parse_source(written).notice
    assert (first.sections, first.tasks, first.targets, first.blocks) == (
        second.sections,
        second.tasks,
        second.targets,
        second.blocks,
    )
    assert first.source.format == "docx"
    assert first.source.encoding is None


def held(data: bytes) -> Counter[str]:
    """The characters that the parts of a document hold."""
    found: Counter[str] = Counter()
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                for element in etree.fromstring(archive.read(name)).iter():
                    if element.tag in {f"{{{W}}}{each}" for each in ("t", "delText", "instrText")}:
                        found.update((element.text or "").replace("\n", " "))
    return found


def read_back(source: Source) -> Counter[str]:
    """The characters of the text that its places say to be the file's."""
    return Counter(
        "".join(source.text[place.start : place.end] for place in source.places if not isinstance(place.at, Generated))
    )


WORDS = st.text(alphabet="县水利局负责修渠。（）、1２ a\u3000", max_size=8)
PARAGRAPHS = st.builds(
    paragraph,
    st.lists(
        st.one_of(
            st.builds(run, WORDS, st.sampled_from(["", "<w:vanish/>", "<w:b/>"])),
            WORDS.map(lambda text: f"<w:del>{run(text).replace('w:t', 'w:delText')}</w:del>"),
            WORDS.map(lambda text: f"<w:moveFrom>{run(text)}</w:moveFrom>"),
            WORDS.map(lambda text: field("PAGE", run(text))),
            WORDS.map(lambda text: f"<w:r><w:txbxContent>{paragraph(text)}</w:txbxContent></w:r>"),
        ),
        max_size=4,
    ).map("".join),
    num=st.sampled_from([None, "0", "1", "2", "3", "8", "99"]),
    level=st.sampled_from([None, 0, 1, 2, 8]),
    mark=st.sampled_from(["", "", "<w:del/>", "<w:vanish/>"]),
)
CELLS = st.builds(
    lambda content, span, merge: cell(content, span=span, merge=merge),
    PARAGRAPHS,
    st.integers(1, 3),
    st.sampled_from([None, None, "restart", ""]),
)
ROWS = st.lists(CELLS, min_size=1, max_size=3).map(lambda cells: row(*cells))
TABLES = st.lists(ROWS, min_size=1, max_size=4).map(lambda rows: table(*rows))


@given(st.lists(st.one_of(PARAGRAPHS, TABLES), max_size=6).map("".join))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_character_is_in_one_piece(body: str) -> None:
    data = docx(body + paragraph("末"), numbering=LISTS, styles=STYLES, footer=paragraph("页"))
    source = read.from_bytes(data)
    assert read_back(source) == held(data)
    ends = [0, *(piece.end for piece in source.pieces)]
    assert [piece.start for piece in source.pieces] == ends[:-1]
    assert ends[-1] == len(source.text)
    places = [0, *(place.end for place in source.places)]
    assert [place.start for place in source.places] == places[:-1]
    assert places[-1] == len(source.text)
    for each in source.tables:
        assert all(cell is None or "\n" not in source.text[cell.start : cell.end] for row in each.rows for cell in row)


def test_places_name_paragraphs() -> None:
    source = opened(
        paragraph("甲"), table(row(cell("乙"), "丙"), row("丁", "戊")), paragraph("己己"), footer=paragraph("页")
    )
    found = {
        source.text[place.start : place.end]: place.at for place in source.places if isinstance(place.at, Paragraph)
    }
    assert found["丁"] == Paragraph("word/document.xml", 4, 0)
    assert found["己己"] == Paragraph("word/document.xml", 6, 0)
    assert found["页"] == Paragraph("word/footer.xml", 1, 0)


def _deep(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph("深") + "</w:tc></w:tr></w:tbl>" * depth


BOMB = docx(f"<w:p><w:r><w:t>{'A' * (65 << 20)}</w:t></w:r></w:p>")
ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{Path(__file__).as_uri()}">]>'
REFUSED = {
    "a bomb": (BOMB, "unreadable", "more than 64 MB"),
    "entities": (docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head=ENTITIES), "unreadable", "document type"),
    "an entity outside": (docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head=OUTSIDE), "unreadable", "document type"),
    "too deep": (docx(_deep(400)), "unreadable", "word/document.xml nest deeper than in any real document"),
    "cut off": (docx(paragraph("甲"))[:400], "unreadable", "cut off"),
    "no text": (docx(""), "empty-source", "no text"),
    "no main part": (zipped({"[Content_Types].xml": "wordprocessingml"}), "unreadable", "is missing"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
    "a plain archive": (zipped({"a.txt": "甲"}), "unsupported-format", "ZIP archive"),
    "slides": (zipped({"[Content_Types].xml": "presentationml"}), "unsupported-format", "PowerPoint"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    data, code, said = REFUSED[case]
    with pytest.raises(SourceError, match=said) as refusal:
        read.from_bytes(data, "notice.docx")
    assert refusal.value.code == code


def test_a_name_decides_nothing() -> None:
    assert read.from_bytes(docx(paragraph("甲")), "notice.txt").format == "docx"
    assert read.from_bytes("关于清淤的通知\n".encode(), "notice.docx").format == "text"
    assert read.from_bytes("<html><body><p>关于清淤的通知</p></body></html>".encode(), "notice.doc").format == "html"


def test_a_million_columns_are_no_grid() -> None:
    wide = table(*(row(*(cell("甲", span=2_000_000_000, merge="restart") for _ in range(90))) for _ in range(40)))
    assert all(len(each) <= 64 for each in opened(wide).tables[0].rows)


def test_time_is_linear() -> None:
    def make(count: int) -> bytes:
        body = "".join(paragraph("清淤", num="1", level=number % 9) for number in range(count))
        cells = "".join(
            row(cell("甲", merge="restart" if number % 50 == 0 else ""), "乙", "丙") for number in range(count)
        )
        return docx(body + table(row("a", "b"), cells), numbering=LISTS, styles=STYLES)

    assert_linear(make, read.from_bytes, 300)


def test_spoiled_documents_end_in_a_notice_or_one_error() -> None:
    whole = docx(
        paragraph("清淤", num="1", level=1) + GRID + paragraph(field("PAGE", run("1")) + run("负责", "<w:vanish/>")),
        numbering=LISTS,
        styles=STYLES,
        footer=paragraph("页"),
    )
    ended = ends(whole, 200)
    assert ended["docx"] > 20
    assert ended["unreadable"] > 20


def test_the_same_bytes_whatever_the_seed_of_hashes(tmp_path: Path) -> None:
    path = tmp_path / "notice.docx"
    path.write_bytes(
        docx(GRID + paragraph("清淤", style="one"), numbering=LISTS, styles=STYLES, footer=paragraph("页"))
    )
    code = "import sys; from pathlib import Path; from gongwen import read; print(read.open_source(Path(sys.argv[1])))"
    shown = {
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(shown) == 1
