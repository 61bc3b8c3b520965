"""The page on damage is true: of the copies that it shows, the tools make what it says."""

from __future__ import annotations

import re
from pathlib import Path

import ftfy
import opencc
import pytest

from gongwen.repair import repair
from gongwen.text import Text

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "damage.md").read_text(encoding="utf-8")
CHINESE = (DOCS / "damage.zh.md").read_text(encoding="utf-8")
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
TO_SIMPLIFIED = opencc.OpenCC("t2s")


def table(heading: str, page: str = PAGE) -> list[list[str]]:
    """The rows of the table below a heading, with the characters that a page can't show written out."""
    lines = [line for line in page.split(f"## {heading}\n")[1].split("\n## ")[0].split("\n") if line.startswith("| ")]
    plain = [ESCAPE.sub(lambda match: chr(int(match[1], 16)), line) for line in lines]
    return [line[2:-2].split(" | ") for line in plain[1:]]


@pytest.mark.parametrize("row", table("Comparison with other tools"), ids=lambda row: row[0])
def test_what_tools_make_of_a_copy(row: list[str]) -> None:
    _, copy, *expected = row
    made = [repair(Text(copy))[0].value, ftfy.fix_text(copy), TO_SIMPLIFIED.convert(copy)]
    assert made == [copy if text == "unchanged" else text for text in expected]


@pytest.mark.parametrize("row", table("Wrong decodings"), ids=lambda row: row[0])
def test_a_wrong_decoding_shows_the_copy_and_is_undone(row: list[str]) -> None:
    kind, original, copy, _ = row
    written, read = ("utf-8" if "UTF-8" in kind else "gb18030"), ("gb18030" if "as GBK" in kind else "cp1252")
    assert original.encode(written).decode(read) == copy
    assert repair(Text(copy))[0].value == original


def test_the_chinese_page_shows_the_same_copies() -> None:
    english, chinese = table("Comparison with other tools"), table("与其他工具比较", CHINESE)
    assert [row[1:] for row in chinese] == [[cell.replace("unchanged", "不变") for cell in row[1:]] for row in english]
    for heading, translated in (
        ("Wrong decodings", "错误解码"),
        ("Copies edited byte by byte in GBK", "在GBK中逐字节改动的副本"),
    ):
        assert [row[1:3] for row in table(translated, CHINESE)] == [row[1:3] for row in table(heading)]
