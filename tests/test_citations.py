"""Citations: which documents a text names, each once, with all its mentions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongwen
from gongwen.document import Outline, Piece
from gongwen.extract.citations import citations
from gongwen.text import Text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "citation.toml").read_text(encoding="utf-8"))["case"]


def paragraphs(text: str) -> Outline:
    """The outline of a text without items: each line is a paragraph."""
    pieces, start = [], 0
    for line in text.splitlines(keepends=True) or [""]:
        pieces.append(Piece("paragraph", start, start + len(line)))
        start += len(line)
    return Outline(Text(text), tuple(pieces), (), (), (), ())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_citations(case: dict[str, Any]) -> None:
    found, _ = citations(paragraphs(case["input"].strip()), case.get("own", ()))
    listed = [
        [c.title, c.document_number.text if c.document_number else "", c.alias or "", len(c.mentions)] for c in found
    ]
    assert listed == case["expect"]


def test_two_numbers_for_one_title_are_reported() -> None:
    text = "见《护林办法》（山前政发〔2020〕1号），又见《护林办法》（山前政发〔2021〕1号）。"
    found, findings = citations(paragraphs(text))
    assert [c.document_number.text for c in found if c.document_number] == [
        "山前政发〔2020〕1号",
        "山前政发〔2021〕1号",
    ]
    assert [finding.code for finding in findings] == ["citation-number-conflict"]


def test_the_own_number_is_no_citation() -> None:
    outline = paragraphs("根据山前政发〔2020〕1号和山前政发〔2020〕2号文件办理。")
    found, _ = citations(outline, (), "山前政发〔2020〕2号")
    assert [c.document_number.text for c in found if c.document_number] == ["山前政发〔2020〕1号"]


@given(
    st.lists(
        st.sampled_from(
            [
                "《",
                "》",
                "〈",
                "〉",
                "（",
                "）",
                "关于种树的意见",
                "山前政发〔2020〕1号",
                "以下简称",
                "“",
                "”",
                "根据",
                "，",
                "\n",
            ]
        ),
        max_size=40,
    )
)
def test_every_span_is_a_mention(parts: list[str]) -> None:
    outline = paragraphs("".join(parts))
    found, _ = citations(outline)
    for citation in found:
        assert citation.span == citation.mentions[0].span
        assert list(citation.mentions) == sorted(citation.mentions, key=lambda mention: mention.span.start)
        assert citation.title or citation.document_number
        if citation.title:
            assert citation.title in outline.text.value
        if citation.document_number:
            assert citation.document_number.span
            assert outline.text.quote(citation.document_number.span).endswith("山前政发〔2020〕1号")


@pytest.mark.parametrize(
    ("behind", "cited"),
    [
        ("给你们，请遵照执行。", []),
        ("，请遵照执行。", []),
        ("。", []),
        ("施行。", []),
        ("了《清淤办法》等文件。", ["河道管护办法", "清淤办法"]),
    ],
)
def test_what_a_notice_issues_is_no_citation(behind: str, cited: list[str]) -> None:
    notice = gongwen.parse(
        "青禾县人民政府办公室关于做好河道工作的通知\n各乡镇人民政府：\n"
        f"现将《河道管护办法》予以印发{behind}\n一、修渠。好。（县水利局负责）\n"
    )
    assert [citation.title for citation in notice.citations] == cited
