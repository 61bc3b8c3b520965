"""PDF and OFD: paragraphs over lines and pages, grids, what stands at the edges, places, and that no character is lost."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from file_mutations import ends
from gongwen import read
from gongwen.cli import main
from gongwen.corpus.limits import Limits
from gongwen.corpus.workers import BrokenError, available, limited
from gongwen.document import Box, Generated, Source
from gongwen.errors import SourceError
from gongwen.pipeline import parse_source
from gongwen.read.pages import Glyph, Page
from packages import zipped
from page_writer import HEIGHT, LEFT, PITCH, SIZE, TOP, WIDTH, Sheet, ofd, pdf, set_text, width, wrap
from timing import assert_linear

pytest.importorskip("pypdfium2", reason="the extra `pdf` is not installed")

Writer = Callable[[Sequence[Sheet]], bytes]
both = pytest.mark.parametrize("write", [pdf, ofd], ids=["pdf", "ofd"])


def lines(source: Source, kind: str = "text") -> list[str]:
    """The lines of the pieces of one kind."""
    return [
        line
        for piece in source.pieces
        if piece.kind == kind
        for line in source.text[piece.start : piece.end].split("\n")
        if line
    ]


NOTICE = [
    "^丰泽县人民政府办公室关于印发丰泽县水利设施管护工作实施方案的通知",
    "^丰政办发〔2024〕7号",
    "各镇人民政府，县政府有关部门，各直属单位：",
    "《丰泽县水利设施管护工作实施方案》已经县政府同意，现印发给你们，请结合实际，认真组织实施，按季度报告进展情况。",
    ">丰泽县人民政府办公室",
    ">2024年3月9日",
    "^丰泽县水利设施管护工作实施方案",
    "一、总体要求",
    *(
        f"{number}.第{number}项工作。到2025年底前，完成渠道清淤{number * 3}公里、泵站检修{number}座，设施完好率达到9{number % 10}.5%以上，管护经费纳入年度预算，"
        "建立健全巡查、维修、考核制度，每月通报一次。（县水利局牵头，县财政局、县农业农村局按职责分工负责）"
        for number in range(1, 10)
    ),
    "二、保障措施",
    "加强组织领导。各镇要明确专人负责，落实工作责任。",
]


@both
def test_paragraphs_are_whole_over_lines_and_pages(write: Writer) -> None:
    sheets = set_text(NOTICE, head="丰泽县人民政府公报")
    assert len(sheets) > 1
    source = read.from_bytes(write(sheets))
    assert lines(source) == [paragraph.lstrip("^>") for paragraph in NOTICE]
    assert lines(source, "page-header") == ["丰泽县人民政府公报"] * len(sheets)
    assert lines(source, "page-footer") == [f"— {number} —" for number in range(1, len(sheets) + 1)]


@both
def test_the_notice_is_the_same_as_from_text(write: Writer) -> None:
    text = "".join(paragraph.lstrip("^>") + "\n" for paragraph in NOTICE)
    first = parse_source(read.from_bytes(write(set_text(NOTICE)))).notice
    second = parse_source(read.from_text(text)).notice
    assert [section.title for section in first.sections] == [section.title for section in second.sections]
    assert first.tasks == second.tasks
    assert first.tasks
    assert (first.title, first.document_number, first.issue_date) == (
        second.title,
        second.document_number,
        second.issue_date,
    )


@both
def test_paragraphs_without_indents(write: Writer) -> None:
    paragraphs = [
        "关于做好检修工作的通知",
        *(
            f"（{n}）各镇要在汛期来临之前完成本辖区内全部泵站、涵闸、渠道的检修任务，并且把结果报县水利局备案。"
            for n in "一二三四"
        ),
    ]
    assert lines(read.from_bytes(write(set_text(paragraphs, indent=0)))) == paragraphs


@both
def test_a_line_that_is_spread_out_and_one_of_columns(write: Writer) -> None:
    sheet = Sheet([(LEFT + index * 50, 200.0, 30.0, letter) for index, letter in enumerate("丰泽县政府文件")])
    sheet.texts += [
        (LEFT, 300, SIZE, "丰泽县人民政府办公室"),
        (LEFT + 300, 300, SIZE, "2024年3月9日印发"),
        (LEFT, 340, SIZE, "印数：9"),
    ]
    assert lines(read.from_bytes(write([sheet]))) == [
        "丰泽县政府文件",
        "丰泽县人民政府办公室\t2024年3月9日印发",
        "印数：9",
    ]


@both
def test_raised_characters_readings_and_notes(write: Writer) -> None:
    sheet = set_text(["甲" * 28, "乙" * 28, "丙" * 28], numbers=False)[0]
    line = TOP + 6 * PITCH
    head = "每亩10"
    sheet.texts += [
        (LEFT, line, SIZE, head),
        (LEFT + width(head), line - 1, 8, "5"),
        (LEFT + width(head) + 4, line, SIZE, "株，由县水利局"),
    ]
    end = LEFT + width(head) + 4 + width("株，由县水利局")
    sheet.texts += [(end, line - 1, 8, "1"), (end + 4, line, SIZE, "负责。")]
    sheet.texts += [
        (LEFT + 32, line + PITCH - 8, 7, "pi"),
        (LEFT, line + PITCH, SIZE, "清理陂塘。"),
        (LEFT, 740, 10, "1会同财政部门。"),
    ]
    source = read.from_bytes(write([sheet]))
    assert lines(source)[-2:] == ["每亩10⁵株，由县水利局负责。", "清理陂塘。"]
    assert lines(source, "note-reference") == ["1"]
    assert lines(source, "ruby") == ["pi"]
    assert lines(source, "footnote") == ["1会同财政部门。"]


def strike(sheet: Sheet, text: str, *, share: float = 0.55, within: int = 0) -> None:
    """Draw a line through the first place of ``text`` on the sheet, at a share of its height; ``within``: shorter by so many points."""
    x, y, size, line = next(each for each in sheet.texts if text in each[3])
    left = x + width(line[: line.index(text)], size)
    height = y + share * size
    sheet.rules.append((left + within, height, left + width(text, size) - within, height))


@both
def test_what_a_line_strikes_out_is_no_text(write: Writer) -> None:
    sheet = set_text(
        ["新建泵站83座，由县住建局、县水利局牵头，每月调度一次，每季度报告一次。", "全部删去。", "第二段。"],
        numbers=False,
    )[0]
    strike(sheet, "8")
    strike(sheet, "县住建局、", share=0.5)
    strike(sheet, "县住建局、", share=0.65)  # a double line
    strike(sheet, "全部删去。")
    strike(sheet, "每月调度", share=1.02)  # an underline
    strike(sheet, "牵头", within=9)  # begins and ends within characters
    source = read.from_bytes(write([sheet]))
    assert lines(source) == ["新建泵站3座，由县水利局牵头，每月调度一次，每季度报告一次。", "第二段。"]
    assert lines(source, "deleted") == ["8", "县住建局、", "全部删去。"]
    anchor = next(place.anchor for place in source.places if source.text[place.start : place.end].startswith("县住"))
    assert anchor == source.text.index("县水利局")


@both
def test_text_in_two_columns_is_read_one_after_the_other(write: Writer) -> None:
    left, right = (
        [
            f"{number}.{what}河道要在汛期来临之前完成，结果报县水利局备案，由各镇组织实施，并且按月通报进展情况。"
            for number in numbers
        ]
        for what, numbers in (("疏浚", (1, 2, 3)), ("整治", (4, 5, 6)))
    )
    sheet = Sheet([(LEFT, 60, SIZE, "任务清单")])
    for x, paragraphs in ((60.0, left), (320.0, right)):
        y = 120.0
        for paragraph in paragraphs:
            for number, line in enumerate(wrap(paragraph, 2, 13 * SIZE, SIZE)):
                sheet.texts.append((x + (2 * SIZE if number == 0 else 0), y, SIZE, line))
                y += PITCH
    assert lines(read.from_bytes(write([sheet]))) == ["任务清单", *left, *right]


@both
def test_a_table_without_ruled_lines_is_no_text_in_columns(write: Writer) -> None:
    rows = [("疏浚河道", "县水利局"), ("植树", "县林业局"), ("检修泵站与涵闸", "各镇"), ("巡查", "县应急局")] * 3
    sheet = Sheet()
    for number, (task, unit) in enumerate(rows):
        sheet.texts += [(LEFT, 120 + number * PITCH, SIZE, task), (LEFT + 250, 120 + number * PITCH, SIZE, unit)]
    assert lines(read.from_bytes(write([sheet]))) == [f"{task}\t{unit}" for task, unit in rows]


COLUMN_EDGES = (LEFT, 130.0, 330.0, 500.0)


def table(rows: Sequence[Sequence[str]], top: float, merged: tuple[int, int] | None = None) -> Sheet:
    """A ruled table of three columns; ``merged`` are the first and last row of a merged cell of the last column."""
    sheet = Sheet()
    high = 44.0
    for number in range(len(rows) + 1):
        y = top + number * high
        right = COLUMN_EDGES[2] if merged and merged[0] < number <= merged[1] else COLUMN_EDGES[3]
        sheet.rules.append((LEFT, y, right, y))
    sheet.rules += [(x, top, x, top + len(rows) * high) for x in COLUMN_EDGES]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            for index, line in enumerate(text.split("|")):
                sheet.texts.append((COLUMN_EDGES[column] + 6, top + number * high + 4 + index * 18, SIZE, line))
    return sheet


@both
def test_a_ruled_table_over_a_page_break(write: Writer) -> None:
    first = table(
        [["序号", "重点任务", "责任单位"], ["1", "疏浚河道，加固堤防并且定|期巡查", "县水利局"], ["2", "检修泵站", ""]],
        500,
        (1, 2),
    )
    first.texts.append((LEFT, 460, SIZE, "任务分工表"))
    second = table([["序号", "重点任务", "责任单位"], ["", "（含涵闸）", ""], ["3", "植树", "县林业局"]], TOP)
    second.texts.append((LEFT, 400, SIZE, "以上任务按月调度。"))
    second_page = set_text(["乙" * 30] * 3, numbers=False)[0]
    source = read.from_bytes(write([first, second, second_page]))
    assert lines(source)[0] == "任务分工表"
    assert "以上任务按月调度。" in lines(source)
    grid = [[cell and source.text[cell.start : cell.end] for cell in row] for row in source.tables[0].rows]
    assert grid == [
        ["序号", "重点任务", "责任单位"],
        ["1", "疏浚河道，加固堤防并且定期巡查", "县水利局"],
        ["2", "检修泵站", "县水利局"],
        [None, "（含涵闸）", None],
        ["3", "植树", "县林业局"],
    ]
    assert lines(source, "page-header") == ["序号", "重点任务", "责任单位"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_whose_text_is_turned(turn: int) -> None:
    sheets = set_text([*NOTICE[:3], *NOTICE[8:10]])
    for sheet in sheets:
        sheet.turn = turn
    source = read.from_bytes(pdf(sheets))
    assert lines(source) == [paragraph.lstrip("^>") for paragraph in (*NOTICE[:3], *NOTICE[8:10])]


def test_text_that_runs_aslant_stands_aside() -> None:
    sheet = set_text(["正文，按月调度。"], numbers=False)[0]
    sheet.aslant = "内部资料"
    source = read.from_bytes(pdf([sheet]))
    assert lines(source) == ["正文，按月调度。"]
    assert lines(source, "image") == ["内部资料"]


@both
def test_a_scan_is_told_to_be_one(write: Writer) -> None:
    scan = Sheet([(400, 820, 8, "某某扫描")], image=True)
    with pytest.raises(SourceError, match="scan") as refusal:
        read.from_bytes(write([scan, scan]))
    assert refusal.value.code == "no-text-layer"
    mixed = read.from_bytes(write([*set_text(NOTICE), scan]))
    assert [finding.code for finding in mixed.findings] == ["unread-image"]


def test_a_scan_in_an_ofd_is_read_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognize(image: Any, number: int) -> Page:
        glyphs = [Glyph(character, 100 + 20 * at, 100, 120 + 20 * at, 120, 20) for at, character in enumerate(image)]
        return Page(number, 595, 842, glyphs, aside=[("image", "某某公章", Box(number, 0, 0, 595, 842))])

    def images(data: bytes, path: str | None) -> Iterator[str]:
        if data == b"broken":
            raise SourceError("unreadable", "this image is broken", path=path)
        yield data.decode()

    monkeypatch.setattr("gongwen.read.ofd.installed", lambda _: True)
    monkeypatch.setattr("gongwen.read.ocr.recognize", recognize)
    monkeypatch.setattr("gongwen.read.ocr.images", images)
    scan = Sheet([(400, 820, 8, "某某扫描")], image=True)
    source = read.from_bytes(ofd([*set_text(NOTICE), scan], image="各镇人民政府：".encode()))
    assert lines(source)[-1] == "各镇人民政府："
    assert lines(source, "image") == ["某某扫描", "某某公章"]
    box = next(place.at for place in source.places if source.text[place.start : place.end] == "各镇人民政府：")
    assert isinstance(box, Box)
    x, y, wide, high = (each * 72 / 25.4 for each in (10, 20, 190, 260))  # of the image on the page
    shown = (x + 100 / 595 * wide, y + 100 / 842 * high, x + 240 / 595 * wide, y + 120 / 842 * high)
    assert box[1:] == pytest.approx(shown, abs=0.2)
    assert [finding.code for finding in source.findings] == ["recognized-text"]
    with pytest.raises(SourceError) as refusal:
        read.from_bytes(ofd([scan], image=b"broken"))
    assert refusal.value.code == "no-text-layer"


@both
def test_raised_characters_are_read_together(write: Writer) -> None:
    sheet = set_text(["甲" * 28, "乙" * 28], numbers=False)[0]
    x, y = LEFT, TOP + 4 * PITCH
    for text, raised in (("增产10", "-3"), ("吨，由县水利局", "[2]"), ("、县财政局", "①"), ("负责。", "")):
        sheet.texts.append((x, y, SIZE, text))
        x += width(text)
        if raised:
            sheet.texts.append((x, y - 1, 8, raised))
            x += width(raised, 8)
    source = read.from_bytes(write([sheet]))
    assert lines(source)[-1] == "增产10⁻³吨，由县水利局、县财政局负责。"
    assert lines(source, "note-reference") == ["[2]", "①"]


def test_wide_letters_of_an_ofd_are_one_word() -> None:
    run = '<ofd:TextObject ID="9" Boundary="30 30 90 9" Font="1" Size="5.6"><ofd:TextCode X="0" Y="5" DeltaX="2 5.5">/m2</ofd:TextCode></ofd:TextObject>'
    source = read.from_bytes(ofd([Sheet()], more=run))
    assert lines(source) == ["/m2"]


@both
def test_what_stands_outside_of_the_page_is_hidden(write: Writer) -> None:
    source = read.from_bytes(
        write([Sheet([(100, 100, 12, "各镇人民政府："), (700, 100, 12, "裁去"), (100, 900, 12, "页外")])])
    )
    assert lines(source) == ["各镇人民政府："]
    assert sorted("".join(lines(source, "hidden"))) == sorted("裁去页外")


def test_characters_of_a_symbol_font() -> None:
    sheet = Sheet([(100, 100, 12, "完成率95\uf025")])
    assert lines(read.from_bytes(ofd([sheet], font="ABCDEF+SymbolMT"))) == ["完成率95%"]
    assert lines(read.from_bytes(ofd([sheet], font="宋体"))) == ["完成率95\uf025"]


PLACED = st.tuples(
    st.floats(0, 500),
    st.floats(0, 800),
    st.sampled_from([8.0, 12.0, 16.0, 22.0]),
    st.text("县水利局1a（）。pí", min_size=1, max_size=6),
)
RULED = st.tuples(st.floats(0, 590), st.floats(0, 840), st.floats(0, 590), st.floats(0, 840)).map(
    lambda rule: (min(rule[0], rule[2]), rule[1], max(rule[0], rule[2]), rule[1]) if rule[0] > rule[1] else (rule[0], min(rule[1], rule[3]), rule[0], max(rule[1], rule[3]))
)  # fmt: skip


def overprinted(texts: list[tuple[float, float, float, str]]) -> bool:
    """Whether a character may stand on itself: printed twice in nearly one place, it is a bold one, and one for a PDF's reader."""
    return any(
        set(one[3]) & set(other[3])
        and abs(one[1] - other[1]) < max(one[2], other[2])
        and one[0] < other[0] + len(other[3]) * other[2]
        and other[0] < one[0] + len(one[3]) * one[2]
        for one, other in combinations(texts, 2)
    )


SHEETS = st.builds(
    Sheet,
    st.lists(PLACED, max_size=12, unique_by=lambda text: (text[0] // 40, text[1] // 30)).filter(
        lambda texts: not overprinted(texts)
    ),
    st.lists(RULED, max_size=8),
)


def shown(source: Source) -> Counter[str]:
    """The characters of the text that are the file's, raised ones as they stand there."""
    plain = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾₀₁₂₃₄₅₆₇₈₉₍₎", "0123456789()0123456789()")
    own = (source.text[place.start : place.end] for place in source.places if not isinstance(place.at, Generated))
    return Counter("".join(own).translate(plain))


@both
@given(sheets=st.lists(SHEETS, min_size=1, max_size=3))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_character_is_in_one_piece(write: Writer, sheets: list[Sheet]) -> None:
    sheets[0].texts.append((20, 20, 9, "始"))
    source = read.from_bytes(write(sheets))
    assert shown(source) == Counter("".join(text for sheet in sheets for *_, text in sheet.texts))
    ends = [0, *(piece.end for piece in source.pieces)]
    assert [piece.start for piece in source.pieces] == ends[:-1]
    assert ends[-1] == len(source.text)
    places = [0, *(place.end for place in source.places)]
    assert [place.start for place in source.places] == places[:-1]


@both
def test_places_name_page_and_box(write: Writer) -> None:
    source = read.from_bytes(write(set_text(NOTICE)))
    start = source.text.index("二、保障措施")
    (place,) = (each for each in source.places if each.start <= start < each.end)
    assert isinstance(place.at, Box)
    assert place.at.page == len(set_text(NOTICE))
    assert abs(place.at.left - (LEFT + 2 * SIZE)) < 1
    assert abs(place.at.right - (LEFT + 8 * SIZE)) < 1.5
    assert 0 < place.at.top < place.at.bottom < HEIGHT


def test_what_else_an_ofd_holds() -> None:
    text = '<ofd:TextObject Boundary="{} 100 60 6" Size="5.6" {}><ofd:TextCode X="0" Y="5" DeltaX="g 3 5.6">{}</ofd:TextCode></ofd:TextObject>'
    units = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{text.format(0, "", "组合文字")}</ofd:Content></ofd:CompositeGraphicUnit>'
    note = f'<ofd:Appearance Boundary="0 0 50 20">{text.format(0, "", "批注文字")}</ofd:Appearance>'
    data = ofd(set_text(["正文。"]), units=units, annotation=note)
    with ZipFile(BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    composite = '<ofd:CompositeObject Boundary="30 50 60 6" ResourceID="9"/>' + text.format(
        30, 'Visible="false"', "隐藏文字"
    )
    page = parts["Doc_0/Pages/0.xml"]
    assert isinstance(page, bytes)
    parts["Doc_0/Pages/0.xml"] = page.replace(b"</ofd:Layer>", composite.encode() + b"</ofd:Layer>")
    source = read.from_bytes(zipped(parts))
    assert lines(source) == ["正文。", "组合文字"]
    assert lines(source, "comment") == ["批注文字"]
    assert lines(source, "hidden") == ["隐藏文字"]


def test_drawings_of_drawings_end() -> None:
    inner = "".join('<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="{}"/>' for _ in range(10))
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>{inner.format(*[number + 1] * 10)}</ofd:Content></ofd:CompositeGraphicUnit>'
        for number in range(12)
    )
    data = ofd(set_text(["正文。"]), units=units)
    with ZipFile(BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    page = parts["Doc_0/Pages/0.xml"]
    assert isinstance(page, bytes)
    parts["Doc_0/Pages/0.xml"] = page.replace(b"</ofd:Layer>", b'<ofd:CompositeObject ResourceID="0"/></ofd:Layer>')
    with pytest.raises(SourceError, match="objects"):
        read.from_bytes(zipped(parts))


ENCRYPT = "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">>>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf(set_text(NOTICE), more=ENCRYPT), "encrypted"),
        (b"%PDF-1.7 ...", "unreadable"),
        (pdf(set_text(NOTICE))[:300], "unreadable"),
        (pdf([Sheet()]), "empty-source"),
        (ofd([Sheet()]), "empty-source"),
        (ofd(set_text(NOTICE))[:500], "unreadable"),
    ],
    ids=["password", "only a head", "cut off", "an empty page", "an empty page of OFD", "OFD cut off"],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read.from_bytes(data, "notice.pdf")
    assert refusal.value.code == code


def forms_in_forms() -> bytes:
    """A small PDF whose forms draw one another twice each, sixty deep: it never ends."""
    names = "".join(f"/N{number} {number} 0 R" for number in range(6, 66))
    forms = [
        f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<{names}>>>>/Length 20>>stream\n/N{number} Do /N{number} Do  \nendstream"
        for number in range(7, 66)
    ]
    return pdf([Sheet([(9, 9, 9, "始")])], forms=[form.encode() for form in forms])


@pytest.mark.skipif(not available, reason="this system has no limited processes")
def test_forms_in_forms_end_with_the_time_of_their_process() -> None:
    with pytest.raises(BrokenError):
        limited(read.from_bytes, forms_in_forms(), Limits(seconds=2))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems enforce no limit of memory")
@pytest.mark.parametrize(
    "command", ["parse {}", "explain {}", "diff {} {}", "export --as docx {}", "review {} -o {}.html", "parse -"]
)
def test_every_command_reads_a_file_within_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(read, "PATIENCE_FOR_ONE", (60, 250))
    path = tmp_path / "notice.pdf"
    path.write_bytes(forms_in_forms())
    result = CliRunner().invoke(main, command.replace("{}", str(path)).split(), input=path.read_bytes())
    assert result.exit_code in (1, 2)
    assert "took more than 250 MiB of memory, which is the limit" in result.output
    assert result.output.count("limit") == 1


def test_a_scan_is_known_before_it_is_recognized() -> None:
    scan = Sheet([(400, 820, 8, "某某扫描")], image=True)
    assert read.holds_scans(pdf([*set_text(NOTICE), scan]))
    assert not read.holds_scans(pdf(set_text(NOTICE)))
    assert not read.holds_scans(b"%PDF-1.7 ...")


@pytest.mark.skipif(not available, reason="this system has no limited processes")
def test_an_error_comes_out_of_a_limited_process_as_it_is() -> None:
    with pytest.raises(SourceError, match="broken or cut off") as refusal:
        limited(read.from_bytes, b"%PDF-1.7 ...")
    assert refusal.value.code == "unreadable"


def test_without_its_library_a_pdf_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(SourceError, match=r"pip install 'gongwen\[pdf\]'") as refusal:
        read.from_bytes(pdf(set_text(["正文。"])))
    assert refusal.value.code == "missing-extra"


def test_the_same_every_time() -> None:
    for write in (pdf, ofd):
        data = write(set_text(NOTICE))
        assert read.from_bytes(data) == read.from_bytes(data)


@both
def test_time_is_linear(write: Writer) -> None:
    def make(count: int) -> bytes:
        sheets = set_text(
            [f"第{number}项工作按月调度，由县水利局牵头，县财政局配合，年底前完成。" for number in range(count)]
        )
        for sheet in sheets:
            sheet.rules += [(LEFT, y, WIDTH - LEFT, y) for y in range(100, 700, 20)]
        return write(sheets)

    assert_linear(make, read.from_bytes, 100)


@pytest.mark.parametrize("write", [pdf, ofd], ids=["pdf", "ofd"])
def test_spoiled_files_end_in_a_notice_or_one_error(write: Writer) -> None:
    sheets = [*set_text(NOTICE[:8]), table([["序号", "任务"], ["1", "清淤"]], 300)]
    assert ends(write(sheets), 100)[write.__name__] > 10


def test_a_font_that_no_machine_has_gives_the_boxes_of_the_file() -> None:
    """The page names a font and doesn't hold it: what is read doesn't depend on the fonts that this machine has."""
    text = "㐂囍县A1，"
    glyphs = lines(read.from_bytes(pdf([Sheet([(100, 100, 20, text), (300, 300, 30, "局")])])))
    assert glyphs == [text, "局"]
    place = next(
        place.at
        for place in read.from_bytes(pdf([Sheet([(100, 100, 20, "县A1局")])])).places
        if isinstance(place.at, Box)
    )
    assert (round(place.left), round(place.right)) == (100, 160)
