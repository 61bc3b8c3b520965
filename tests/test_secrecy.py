"""Markings of secrecy: each form of the table is refused, wherever it stands and whatever would hide it; a notice about secrets is read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from gongwen import analysis, corpus, pipeline, read, secrecy
from gongwen.document import Correction
from gongwen.errors import SourceError
from gongwen.lexicon.secrecy import Row, compile_forms, rows
from gongwen.secrecy import find_marking
from packages import docx, paragraph, run, sheet_rows, xlsx, zipped
from page_writer import Sheet, ofd, pdf, set_text
from timing import assert_linear

ROOT = Path(__file__).parent.parent
CASES = tomllib.loads((ROOT / "tests" / "cases" / "secrecy.toml").read_text(encoding="utf-8"))
NUMBER = "青禾政办发〔2023〕15号"
NOTICE = f"{NUMBER}\n青禾县人民政府办公室关于做好防汛工作的通知\n各乡镇人民政府：\n一、检修泵站。汛前完成。（县水利局负责）\n青禾县人民政府办公室\n2023年4月6日\n"
MARKED = [row for row in rows() if row.kind != "about"]
ABOUT = [row for row in rows() if row.kind == "about"]


def name(row: Row) -> str:
    return f"{row.kind} {row.code} {row.example}".encode("unicode_escape").decode()


def refused(markup: str, path: str = "a.txt") -> bool:
    """Whether the notice ``markup`` is refused as secret; any other error is one of the test."""
    try:
        pipeline.parse_source(read.from_text(markup, path))
    except SourceError as error:
        if error.code != "classified":
            raise
        return True
    return False


@pytest.mark.parametrize("row", MARKED, ids=name)
def test_a_marking_is_refused(row: Row) -> None:
    assert refused(f"{row.example}\n{NOTICE}")
    assert find_marking(f"{NOTICE}\n{row.example}\n")
    assert find_marking("菜单\n" * 150 + f"\n{row.example}\n\n{NOTICE}")


@pytest.mark.parametrize("row", [row for row in MARKED if row.expression], ids=name)
def test_each_row_does_its_work(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the row, its example is no marking: no row is there for nothing, and no example for another row."""
    without = compile_forms([each for each in rows() if each is not row])
    monkeypatch.setattr(secrecy, "forms", lambda: without)
    secrecy._judge.cache_clear()
    found = find_marking(row.example)
    secrecy._judge.cache_clear()
    assert found is None


@pytest.mark.parametrize("row", ABOUT, ids=name)
def test_a_notice_about_secrets_is_read(row: Row) -> None:
    assert row.reason
    assert not refused(f"{NOTICE}{row.example}\n各单位要落实责任。\n")
    assert find_marking(f"{NOTICE}{row.example}\n".replace("防汛", "保密")) is None


@pytest.mark.parametrize("text", CASES["refused"])
def test_other_markings_are_refused(text: str) -> None:
    assert find_marking(text)


@pytest.mark.parametrize("text", CASES["read"])
def test_other_texts_about_secrets_are_read(text: str) -> None:
    assert find_marking(text) is None


def test_a_list_of_the_degrees_does_not_hide_a_marking() -> None:
    degrees = "绝密\n30年\n机密\n20年\n秘密\n10年\n"
    assert not refused(NOTICE + degrees)
    assert refused(f"机密★1年\n{NOTICE}{degrees}")
    assert refused(f"机密\n{NOTICE}{'各单位要落实责任。' * 9}\n" + "落实责任。\n" * 9 + degrees)


@pytest.mark.parametrize(("found", "replacement"), [("绝密", ""), ("绝", "不"), ("绝密\n", "公开\n")])
def test_no_correction_hides_a_marking(found: str, replacement: str) -> None:
    source = read.from_text(f"绝密\n{NOTICE}")
    corrected = replace(source, corrections=(Correction(found, replacement, "核对"),))
    with pytest.raises(SourceError, match="marked 绝密 in line 1"):
        pipeline.parse_source(corrected)


def test_a_marking_that_only_a_stage_uncovers_is_refused() -> None:
    source = read.from_text(f"绝宓\n{NOTICE}")
    corrected = replace(source, corrections=(Correction("绝宓", "绝密", "核对"),))
    with pytest.raises(SourceError, match="after the step “corrections”"):
        pipeline.parse_source(corrected)
    assert refused(f"&#32477;密\n{NOTICE}")


BODY = "".join(f"<p>{line}</p>" for line in NOTICE.splitlines())
PAGES = [
    '<head><meta name="密级" content="机密"></head><body>{}</body>',
    '<head><meta name="Classification" content="机密"></head><body>{}</body>',
    "<body><table><tr><td>密级</td><td>机密</td><td>索引号</td><td>001</td></tr></table>{}</body>",
    "<body><table><tr><th>索引号</th><th>密级</th></tr><tr><td>001</td><td>机密</td></tr></table>{}</body>",
    "<body><dl><dt>密级</dt><dd>机密</dd></dl>{}</body>",
    "<body><p>机<br>密</p>{}</body>",
    "<body><p>机<b>密</b></p>{}</body>",
    "<body><p><bdo dir=rtl>密机</bdo></p>{}</body>",
    "<body><ul>" + "<li><a href=x>菜单</a></li>" * 200 + "</ul><p>机密★1年</p>{}</body>",
    "<body>{}<div>密级：<span>秘密</span></div></body>",
    "<body><p><ruby>机<rt>ji</rt>密<rt>mi</rt></ruby></p>{}</body>",
    "<body><p>机<span hidden>甲</span>密</p>{}</body>",
    "<body><p>机<del>甲</del>密</p>{}</body>",
    "<body><p hidden>机密★1年</p>{}</body>",
    "<body><p><span style='display:none'>机</span><span style='display:none'>密</span></p>{}</body>",
    "<body><img src=x alt=机密>{}</body>",
    "<body>密级：<input value=机密>{}</body>",
    "<body>密级：<select><option>绝密<option selected>机密<option>秘密</select>{}</body>",
    "<body><div data-classification=机密></div>{}</body>",
    "<body><!-- 密级：机密 -->{}</body>",
    '<body><script>var notice = {"密级": "机密"};</script>{}</body>',
    "<head><style>p.a::before{content:'机密'}</style></head><body>{}</body>",
    "<body><noscript><p>密级：机密</p></noscript>{}</body>",
    "<body><template>机密★1年</template>{}</body>",
    "<body><svg><text>机密</text></svg>{}</body>",
    "<body><p>机&#x336;密&#xFE00;</p>{}</body>",
    "<body><p>&#8238;密机&#8236;</p>{}</body>",
    "<body><ol><li>机密<li>关于防汛</ol>{}</body>",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_marking_of_a_page_is_refused(page: str) -> None:
    assert refused(f"<html>{page.replace('{}', BODY)}</html>", "a.html")


LINES = NOTICE.splitlines()
PARAGRAPHS = "".join(map(paragraph, LINES))
ROWS = sheet_rows(*({f"A{number}": line} for number, line in enumerate(LINES, 1)))
PROPERTY = "<a xmlns:v='v'><title>关于防汛</title><property name='密级'><v:lpwstr>机密</v:lpwstr></property></a>"


def with_part(package: bytes, name: str, part: str, old: str = "") -> bytes:
    """A package with a part more, or with ``part`` in place of ``old`` in one."""
    with ZipFile(BytesIO(package)) as archive:
        files: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
        files[name] = archive.read(name).decode().replace(old, part) if old else part
    return zipped(files)


def sheet(*texts: tuple[float, float, float, str]) -> list[Sheet]:
    return [Sheet([*set_text(LINES)[0].texts, *texts])]


FILES = {
    "header of DOCX": lambda: docx(PARAGRAPHS, header=paragraph("机密★1年")),
    "hidden in DOCX": lambda: docx(paragraph(run("机密", "<w:vanish/>")) + PARAGRAPHS),
    "deleted in DOCX": lambda: docx(
        "<w:p><w:del><w:r><w:delText>机密★1年</w:delText></w:r></w:del></w:p>" + PARAGRAPHS
    ),
    "property of DOCX": lambda: with_part(docx(PARAGRAPHS), "docProps/custom.xml", PROPERTY),
    "keyword of XLSX": lambda: with_part(
        xlsx(("表", "visible", ROWS)), "docProps/core.xml", "<a><keywords>机密</keywords></a>"
    ),
    "name of a sheet": lambda: xlsx(("机密", "visible", ROWS)),
    "hidden sheet": lambda: xlsx(("表", "visible", ROWS), ("旧", "hidden", sheet_rows({"A1": "机密★1年"}))),
    "outside of a page of OFD": lambda: ofd(sheet((80, -60, 16, "机密★1年"))),
    "title of OFD": lambda: with_part(
        ofd(sheet()),
        "OFD.xml",
        "<ofd:DocBody><ofd:DocInfo><ofd:Title>机密★1年</ofd:Title></ofd:DocInfo>",
        "<ofd:DocBody>",
    ),
    "down the margin of PDF": lambda: pdf(sheet((40, 60, 16, "机"), (40, 80, 16, "密"))),
    "title of PDF": lambda: pdf(
        sheet(),
        more="/Info 7 0 R",
        forms=[f"<</Title<FEFF{'机密★1年'.encode('utf-16-be').hex()}>/Keywords<FEFFD800>>>".encode()],
    ),
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_a_marking_of_a_file_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(SourceError) as refusal:
        pipeline.parse_source(read.from_bytes(make()))
    assert refusal.value.code == "classified"


@pytest.mark.parametrize("make", [lambda: docx(PARAGRAPHS), lambda: pdf(sheet()), lambda: ofd(sheet())])
def test_a_file_without_a_marking_is_read(make: Callable[[], bytes]) -> None:
    assert pipeline.parse_source(read.from_bytes(make())).notice.title


def test_the_name_of_a_file_marks_it(tmp_path: Path) -> None:
    path = tmp_path / "机密★1年 通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    with pytest.raises(SourceError, match="in the file's name"):
        analysis.parse_file(path)


def test_no_source_of_the_repository_is_taken_for_a_secret() -> None:
    folders = [ROOT / "source", ROOT / "examples" / "source"]
    for path in [
        *(path for folder in folders for path in corpus.sources(folder)),
        *ROOT.glob("tests/golden/*/source.*"),
    ]:
        assert find_marking(read.open_source(path).text) is None


@pytest.mark.parametrize(
    "unit", ["密", "机密", "机密、", "密级：", "密级：机密的", "\n密", "机\n密封\n", "密级\n机密。的\n", "□机密"]
)
def test_time_grows_with_the_length(unit: str) -> None:
    assert_linear(lambda times: unit * times, find_marking, 5_000)
