"""Sources: what becomes text, in which encoding, what is refused with which word, and that nothing visible is lost."""

from __future__ import annotations

import codecs
import random
import re
import tomllib
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import read
from gongwen.document import Correction, Generated, Source
from gongwen.errors import SourceError
from gongwen.lexicon.boilerplate import is_boilerplate
from gongwen.model import Origin
from gongwen.read.encoding import decode
from page_generator import mutated, page
from timing import assert_linear

CASES = Path(__file__).parent / "cases"
SIMPLIFIED = "青禾县人民政府关于做好防汛工作的通知\n各乡镇人民政府：\n一、检修泵站。\n"
TRADITIONAL = "青禾縣政府關於做好防汛工作的通知，各單位應落實責任。\n"


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def told(source: Source, kind: str) -> list[str]:
    """The lines of the pieces of one kind."""
    return [
        line
        for piece in source.pieces
        if piece.kind == kind
        for line in source.text[piece.start : piece.end].splitlines()
        if line
    ]


def tiles(source: Source) -> bool:
    """Whether the pieces cover the text once, in order."""
    ends = [0, *(piece.end for piece in source.pieces)]
    return [piece.start for piece in source.pieces] == ends[:-1] and ends[-1] == len(source.text)


@pytest.mark.parametrize("case", table("read_pages")["case"], ids=lambda case: case["name"])
def test_page(case: dict[str, Any]) -> None:
    source = read.from_text(case["input"], "page.html")
    assert tiles(source)
    assert told(source, "text") == case["text"]
    if "stated" in case:
        assert [f"{each.label} = {source.text[each.start : each.end]}" for each in source.statements] == case["stated"]
    if "furniture" in case:
        assert told(source, "furniture") == case["furniture"]
    if "left_out" in case:
        kinds = {piece.kind for piece in source.pieces} - {"text", "furniture", "page-meta", "page-table"}
        assert [f"{kind}: {line}" for kind in sorted(kinds) for line in told(source, kind)] == case["left_out"]
    if "rows" in case:
        grid = source.tables[0].rows
        assert [[cell and source.text[cell.start : cell.end] for cell in row] for row in grid] == case["rows"]


@pytest.mark.parametrize("line", table("read_lines")["furniture"])
def test_lines_that_came_with_the_copy(line: str) -> None:
    source = read.from_text(f"{line}\n{SIMPLIFIED}{line}")
    assert tiles(source)
    assert told(source, "furniture") == [line, line]


@pytest.mark.parametrize("line", table("read_lines")["text"])
def test_lines_of_the_notice(line: str) -> None:
    assert not is_boilerplate(line)


def test_front_matter_and_a_remark_are_not_the_notice() -> None:
    copy = f"---\n文号: 青政办发〔2023〕15号\ntags:\n  - 防汛\n---\n\n> 本文依《某法》收录，仅供参考。\n> 青政办发〔2023〕15号\n\n{SIMPLIFIED}"
    source = read.from_text(copy)
    assert tiles(source)
    assert told(source, "remark") == ["> 本文依《某法》收录，仅供参考。"]
    assert [(at.origin, at.label, copy[at.start : at.end]) for at in source.statements] == [
        ("meta", "文号", "青政办发〔2023〕15号")
    ]
    assert "".join(told(source, "text")).strip().startswith("> 青政办发〔2023〕15号")


def test_quoted_lines_below_front_matter_are_a_remark_without_a_sentence() -> None:
    copy = f"---\n文号: 青政办发〔2023〕15号\n---\n> 层级：镇级 类型：办法\n> 依《某法》整理\n\n{SIMPLIFIED}"
    assert told(read.from_text(copy), "remark") == ["> 层级：镇级 类型：办法", "> 依《某法》整理"]


@pytest.mark.parametrize("opening", ["---\n一、检修泵站。\n---\n", "---\n文号: 3\n", "---\n---\n"])
def test_a_rule_at_the_head_is_no_front_matter(opening: str) -> None:
    source = read.from_text(opening + SIMPLIFIED)
    assert tiles(source)
    assert source.statements == ()


@pytest.mark.parametrize("line", ["来源：某县政府办 发布时间：2023-04-07", "发布机构：某县政府办"])
def test_labelled_fields_are_furniture_at_the_tail_only(line: str) -> None:
    assert told(read.from_text(f"{line}\n{SIMPLIFIED}{line}"), "furniture") == [line]


def test_a_line_deep_in_the_notice_is_its_own() -> None:
    source = read.from_text("正文，落实责任。\n" * 15 + "浏览次数：3\n" + "正文，落实责任。\n" * 15)
    assert {piece.kind for piece in source.pieces} == {"text"}


def test_furniture_of_a_text_in_one_line() -> None:
    body = "各乡镇人民政府： 为做好防汛工作，落实责任，按月报告，不得迟报，现将有关事项通知如下，请认真执行。 " * 4
    source = read.from_text(f"关于防汛的通知 {body}县水利局 2023年4月6日 责任编辑：某某 扫一扫在手机打开当前页")
    assert tiles(source)
    assert told(source, "furniture") == ["责任编辑：某某 ", "扫一扫在手机打开当前页"]


ENCODINGS = [
    (SIMPLIFIED, "utf-8", "utf-8"),
    (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
    (SIMPLIFIED, "gbk", "gb18030"),
    (SIMPLIFIED, "gb18030", "gb18030"),
    (SIMPLIFIED, "utf-16-le", "utf-16-le"),
    (SIMPLIFIED, "utf-16-be", "utf-16-be"),
    ("\ufeff" + SIMPLIFIED, "utf-16-be", "utf-16-be"),
    (TRADITIONAL, "big5", "big5hkscs"),
    (TRADITIONAL, "gbk", "gb18030"),
    (TRADITIONAL + "埗", "big5hkscs", "big5hkscs"),
    ("亳州", "gbk", "gb18030"),
    ("\x00" + SIMPLIFIED, "utf-8", "utf-8"),
    ("plain ASCII", "ascii", "utf-8"),
]


@pytest.mark.parametrize(("text", "encoding", "name"), ENCODINGS)
def test_encoding(text: str, encoding: str, name: str) -> None:
    source = read.from_bytes(text.encode(encoding))
    assert (source.text, source.encoding) == (text.removeprefix("\ufeff"), name)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("seed", range(5))
def test_any_bytes_behind_a_mark_are_no_text(mark: bytes, seed: int) -> None:
    with pytest.raises(SourceError, match="its bytes are not"):
        read.from_bytes(mark + random.Random(seed).randbytes(4000))


@pytest.mark.parametrize(("text", "encoding", "name"), [row for row in ENCODINGS if len(row[0]) > 25])
@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_one_wrong_byte_refuses_nothing(text: str, encoding: str, name: str, suffix: str) -> None:
    """The rest is read as it was, and the place is one U+FFFD."""
    data = text.encode(encoding)
    mark = len(data) - len(text.removeprefix("\ufeff").encode(encoding.removesuffix("-sig")))
    for at in range(mark, len(data)):
        if encoding.startswith("utf-16") and at % 2 != (encoding == "utf-16-le"):
            continue  # another character, and no way to know
        spoilt = data[:at] + (b"\xdf" if encoding.startswith("utf-16") else b"\xff") + data[at + 1 :]
        source = read.from_bytes(spoilt, f"a.{suffix}")
        assert source.encoding == name
        assert source.text.count("\ufffd") == 1
        before, after = source.text.split("\ufffd")
        kept = text.removeprefix("\ufeff")
        assert kept.startswith(before) or suffix == "html"
        # The second byte of a character can be that of a letter, too.
        assert kept.endswith((after, after[1:])) or suffix == "html"
        assert len(kept) - len(before) - len(after) <= 2 or suffix == "html"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_missing_byte_costs_a_character_or_two(encoding: str) -> None:
    """Also where all that follows is out of step: the place is where both sides read best."""
    lines = [
        "青禾县人民政府关于做好防汛工作的通知",
        "各乡镇人民政府：",
        "一、检修泵站，汛前完成，落实责任，不留空档。（县水利局负责）",
        "　　2.储备物资3万件，ABC备足沙袋。",
    ]
    text = "\n".join(lines) + "\n"
    data = text.encode(encoding)
    whole = 0
    for at in range(len(data)):
        spoilt = data[:at] + data[at + 1 :]
        with suppress(UnicodeDecodeError):
            spoilt.decode(encoding)
            continue  # what is left can be read, too
        source = read.from_bytes(spoilt)
        assert source.encoding == encoding
        assert 1 <= source.text.count("\ufffd") <= 2
        whole += len(source.text) >= len(text) - 1
        wrong = sum(1 for one, other in zip(source.text.split("\n"), lines, strict=False) if one != other)
        assert wrong == 1
    assert whole


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_that_is_missing_or_too_many_in_utf_16_costs_one_place(encoding: str) -> None:
    text = SIMPLIFIED + "第3条 <p>ABC</p>\n" + SIMPLIFIED
    data = text.encode(encoding)
    for at in range(40, len(data), 7):
        for spoiled in (data[:at] + data[at + 1 :], data[:at] + b"\xff" + data[at:]):
            found, _ = decode(spoiled)
            assert found.count("\ufffd") == 1
            before, _, behind = found.partition("\ufffd")  # halves of characters may make one beside the place
            assert text.startswith(before[:-2])
            assert text.endswith(behind[2:])
            assert abs(len(before) + len(behind) - len(text)) <= 2


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-16"])
def test_a_page_that_declares_another_encoding_than_it_has(encoding: str) -> None:
    markup = f"<html><head><meta charset='big5'></head><body><p>{SIMPLIFIED}</p></body></html>"
    assert "检修泵站。" in read.from_bytes(markup.encode(encoding)).text


REFUSED = [
    (b"", "a.txt", "empty-source"),
    (b" \r\n\t", "a.txt", "empty-source"),
    (b"<html><body><script>1</script></body></html>", "a.html", "empty-source"),
    (bytes(range(256)) * 9, "a.txt", "undecodable"),
    ("é à ç ".encode("latin-1") * 30, "a.txt", "undecodable"),
    (b"\xff\xfe\x00\xd8", "a.txt", "undecodable"),
    (b"a\x00" * 40 + b"\x01" * 40, "a.txt", "undecodable"),
    (b"PK\x03\x04...", "a.docx", "unreadable"),
    (b"PK\x03\x04...", None, "unreadable"),
    (b"<?xml version='1.0'?><Record/>", "a.txt", "unsupported-format"),
    (b"<Record/>", "a.xml", "unsupported-format"),
    (b"From: <Saved by Blink>\r\n", "a.mht", "unsupported-format"),
    (b"<div>" * 5000 + b"x", "a.html", "unreadable"),
]


def test_chinese_in_ascii_is_read() -> None:
    """HZ and ISO-2022-CN, line by line as mail has them."""
    text = "青禾县人民政府\n一、检修泵站 ABC。\n"
    data = b"".join(
        b"\x1b$)A\x0e" + bytes(byte & 0x7F for byte in part.encode("gb2312")) + b"\x0f"
        if not part.isascii()
        else part.encode()
        for part in re.split(r"([ -~\n]+)", text)
        if part
    )
    assert decode(text.encode("hz")) == (text, "hz")
    assert decode(data) == (text, "iso-2022-cn")
    assert decode(b"see ~{here~} and ~") == ("see ~{here~} and ~", "utf-8")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("일이삼".encode("iso2022_kr"), "ISO-2022-KR"),
        (b"\x1b$)G\x0e!!\x0f", "CNS 11643"),
        ("日本".encode("iso2022_jp"), "ISO-2022-JP"),
    ],
)
def test_an_encoding_of_iso_2022_that_is_not_read_is_named(data: bytes, name: str) -> None:
    with pytest.raises(SourceError, match=name) as error:
        decode(data)
    assert error.value.code == "undecodable"


@pytest.mark.parametrize(("data", "path", "code"), REFUSED)
def test_refused(data: bytes, path: str | None, code: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read.from_bytes(data, path)
    assert refusal.value.code == code
    assert path is None or str(refusal.value).startswith(path)


@pytest.mark.parametrize(("data", "path"), [(bytes(range(256)) * 9, "a.pdf"), (b"\0" * 900, "a.DOCX")])
def test_what_is_no_text_is_told_by_what_its_name_says_that_it_is(data: bytes, path: str) -> None:
    with pytest.raises(
        SourceError, match=f"named {path[1:].lower()}, but its bytes are neither that nor text"
    ) as refusal:
        read.from_bytes(data, path)
    assert refusal.value.code == "unreadable"


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(SourceError, match="surrogate"):
        read.from_text("通知\ud800")


@pytest.mark.parametrize(
    "head",
    [
        "<?xml version='1.0' encoding='GBK'?>\n<!DOCTYPE html>\n<html>",
        "\n<!doctype HTML>",
        "<html>",
        "<!-- saved --><html>",
    ],
)
def test_markup_is_recognised_without_a_name(head: str) -> None:
    assert read.from_text(f"{head}<body><p>通知</p></body>").format == "html"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: not text.isspace()))
def test_a_text_is_kept_as_it_is(text: str) -> None:
    source = read.from_text(text, "a.txt")
    assert source.text == text
    assert tiles(source)


WORDS = st.sampled_from("通知 一、检修泵站，落实责任，按月报告。 2023年4月6日 打印 发布日期：2023-04-06 索引号".split())
BLOCKS = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from("div p td tr table span a li h1 b dl dt".split()),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(BLOCKS, min_size=1))
def test_nothing_visible_of_a_page_is_lost_or_invented(blocks: list[str]) -> None:
    markup = "".join(blocks)
    characters = Counter("".join(read_markup_free(markup)))
    if not characters:
        return
    source = read.from_text(f"<html><body>{markup}</body></html>", "a.html")
    assert tiles(source)
    assert Counter("".join(source.text.split())) == characters
    for each in source.statements:
        assert source.text[each.start : each.end].strip()


def read_markup_free(markup: str) -> list[str]:
    """The characters outside of tags, without blanks."""
    return "".join(part.split(">")[-1] for part in markup.split("<")).split()


@given(st.binary(max_size=200) | st.text().map(str.encode), st.sampled_from(["a.txt", "a.html"]))
def test_any_bytes_are_read_or_refused(data: bytes, path: str) -> None:
    with suppress(SourceError):
        assert tiles(read.from_bytes(data, path))


def test_cells_that_claim_to_cover_everything_stay_in_bounds() -> None:
    row = "<tr><td colspan=99999 rowspan=99999>甲</td><td colspan=x rowspan=0>乙</td></tr>"
    source = read.from_text(f"<table>{row * 300}</table>", "a.html")
    assert len(source.tables[0].rows) == 300
    assert max(map(len, source.tables[0].rows)) <= 64


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "发 ",
        "<?xml ",
        "<!--",
        "<p>甲<br>",
        "<a>链接</a><br>",
        "<noscript>",
        "<b><p>",
        "<ol><li>甲</ol>",
        "<sup>1</sup>甲",
        "<s>甲</s>",
        "<details>甲</details>",
        "<script>",
        "<a href='",
        "<select><option>",
        "<svg>甲</svg>",
        "<style>.a{display:none}</style>",
        "<q>",
        "<q>甲</q>",
        "<style>.a{.b{</style>",
        "<i style='counter-reset:a'>甲<b>",
        "<iframe srcdoc='&lt;p>甲'></iframe>",
    ],
)
def test_the_time_of_a_page_grows_with_its_length(unit: str) -> None:
    def table_of(times: int) -> str:
        return f"<table><tr><td>甲{unit * times}</td><td>乙</td></tr></table>"

    def open_page(text: str) -> None:
        with suppress(SourceError):
            read.from_text(text, "a.html")

    assert_linear(table_of, open_page, 500)


def write(folder: Path, sidecar: str) -> Path:
    (folder / "a.toml").write_text(sidecar, encoding="utf-8")
    path = folder / "a.txt"
    path.write_text(SIMPLIFIED, encoding="utf-8")
    return path


def test_sidecar(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[origin]\nurl = "https://example.org"\nretrieved = 2023-05-01\n'
        '[[correction]]\nfound = "泵占"\nreplacement = "泵站"\nreason = "见原件"\n',
    )
    source = read.open_source(path)
    assert source.origin == Origin("https://example.org", "2023-05-01", None, None)
    assert source.corrections == (Correction("泵占", "泵站", "见原件"),)


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "HTTP://example.org:8080/a?b=c#d", "https://例子.中国/公文/1.html", "http://[::1]/x@y"],
)
def test_an_address_of_the_web_is_an_origin(tmp_path: Path, url: str) -> None:
    origin = read.open_source(write(tmp_path, f'[origin]\nurl = "{url}"\n')).origin
    assert origin is not None
    assert origin.url == url


def test_brackets_dots_and_figures_in_strings_are_no_depth(tmp_path: Path) -> None:
    text = "[[[[[[[[[[{{{{" + "a." * 50 + "9" * 2_000
    sidecar = f'[[correction]]\nfound = \'{text}\'\nreplacement = "{text}"\nreason = """\n{text}""" # {text}\n'
    assert read.open_source(write(tmp_path, sidecar)).corrections[0].found == text


def test_without_a_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_text(SIMPLIFIED, encoding="utf-8")
    source = read.open_source(path)
    assert (source.origin, source.corrections, source.path) == (None, (), str(path))


FAULTY = [
    ('[origen]\nurl = "x"', "origen"),
    ('[origin]\nlink = "x"', "link"),
    ("[origin]\nurl = 1", "url"),
    ("origin = 1", "origin"),
    ('[correction]\nfound = "x"', "correction"),
    ('[[correction]]\nfound = "x"\nreplacement = "y"', "reason"),
    ('[[correction]]\nfound = ""\nreplacement = "y"\nreason = "z"', "found"),
    ("[[correction]\n", "line 1"),
    ("a = " + "[" * 100_000, "brackets"),
    ("a = " + "{a=" * 60_000, "brackets"),
    ("a = [\n" * 40_000, "line 9"),
    ("a." * 100_000 + "a = 1", "parts"),
    ("[" + "a." * 100_000 + "a]", "parts"),
    ("['a'." + '"b" . ' * 30_000 + "c]", "parts"),
    ("[origin]\nurl = " + "9" * 5_000, "digits"),
    ("[origin]\nurl = 0x" + "f" * 5_000, "string"),
    ("[origin]\nurl = \xff", "Invalid"),
    ("# " + "x" * 300_000, "256 KiB"),
    *(
        (f'[origin]\nurl = "{url}"', "url")
        for url in (
            "javascript:alert(1)", "file:///etc/passwd", "https://user:pw@example.org", "https://user@example.org/", "//example.org",
            "example.org", "https://", "http:///x", "ftp://example.org", "https://example.org:x/", "https://example.org/a b",
            "https://example.org/\\u202e", "data:text/html,x", " https://example.org", "https://[::1", "",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sidecar", "named"), FAULTY)
def test_a_faulty_sidecar_is_refused_with_file_and_key(tmp_path: Path, sidecar: str, named: str) -> None:
    with pytest.raises(SourceError, match=named) as refusal:
        read.open_source(write(tmp_path, sidecar))
    assert refusal.value.code == "invalid-sidecar"
    assert "a.toml" in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refusal:
        read.open_source(tmp_path / "missing.txt")
    assert refusal.value.code == "unreadable"


def test_any_page_is_read_whole() -> None:
    """Any nesting, any element, any mutation: no error, and every character is text or kept with the reason why it is none."""
    for seed in range(150):
        for markup in (page(seed), mutated(page(seed), seed)):
            with suppress(SourceError):
                source = read.from_text(markup, "a.html")
                assert tiles(source)
                for place in source.places:
                    assert source.text[place.start : place.end].strip()


def test_a_page_that_nests_too_deeply_is_refused_in_words() -> None:
    with pytest.raises(SourceError, match="nest 3000 deep, and 2000 at most are read; open it in a browser"):
        read.from_text("<div>" * 3000 + "通知", "a.html")


@pytest.mark.parametrize("tag", ["p", "li", "td", "br", "dd", "option", "path/"])
def test_what_closes_itself_nests_no_deeper(tag: str) -> None:
    assert "通知" in read.from_text(f"<svg>{'<g/>' * 3000}</svg>" + f"<{tag}>通知，" * 5000, "a.html").text


@pytest.mark.parametrize("depth", [300, 1900])
def test_a_deep_page_is_read(depth: int) -> None:
    for tag in ("div", "ucapcontent", "b", "table><tr><td", "ol><li", "ruby", "select", "svg"):
        markup = f"<{tag}>" * (depth // (1 + tag.count("<"))) + "<p>通知，落实责任。</p>"
        assert "通知" in read.from_text(f"<body>{markup}<p>甲", "a.html").text


def test_a_sheet_that_multiplies_text_is_refused() -> None:
    sheet = f"<style>i:before{{content:'{'甲' * 200}'}}</style>"
    with pytest.raises(SourceError, match="its style sheets put more text into the page than it holds"):
        read.from_text(f"{sheet}{'<i></i>' * 10_000}", "a.html")


def test_what_style_sheets_put_into_a_page_is_marked() -> None:
    markup = "<style>h2:before{content:'一、'}</style><h2>检修<q>泵站</q></h2><table><tr><td>甲<td><q>乙</q></table><ol><li><q>丙</q>"
    source = read.from_text(markup, "a.html")
    marked = [(source.text[place.start : place.end], place.at) for place in source.places]
    assert marked == [
        *[(text, Generated("style")) for text in ("一、", "“", "”", "“", "”")],
        ("1.", Generated("number")),
        *[(text, Generated("style")) for text in ("“", "”")],
    ]


def test_a_flood_of_attributes_is_refused() -> None:
    """The parser takes minutes for a hundred thousand of them."""
    flood = " ".join(f"a{number}='>'" for number in range(100_000))
    with pytest.raises(SourceError, match="a tag of the page has 100000 attributes"):
        read.from_bytes(f"<html><body><p {flood}>青禾县</p></body></html>".encode(), "page.html")


@pytest.mark.parametrize(
    "state",
    [":hover", ":focus", ":active", ":visited", "::before", ":after", "::first-line", ":first-letter", ":target", ":checked", ":disabled"],
)  # fmt: skip
def test_a_rule_for_a_state_or_a_part_of_an_element_hides_no_text(state: str) -> None:
    page = f"<html><head><style>p{state}{{display:none}}</style></head><body><p>一、检修泵站。</p><p>二、疏浚河道。</p></body></html>"
    assert read.from_bytes(page.encode(), "a.html").text.split("\n")[:2] == ["一、检修泵站。", "二、疏浚河道。"]
