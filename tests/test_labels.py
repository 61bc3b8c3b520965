"""Labels: every row of labels.tsv in every carrier that a copy may have it in, and fields that are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import gongwen
from gongwen.lexicon import labels, vocabulary
from gongwen.lexicon.vocabulary import Term
from gongwen.model import Notice
from gongwen.pipeline import parse_source
from gongwen.read import from_bytes

TITLE = "青禾县水利局关于做好冬修工作的通知"
NUMBER = "青水发〔2023〕7号"
BODY = (
    "各乡镇人民政府：\n请抓紧修好水渠，做好冬修工作，保证灌溉。\n"
    + "请各乡镇按月通报进展。\n" * 12
    + "青禾县水利局\n2023年10月9日\n"
)
VALUES = {
    "title": TITLE,
    "document_number": NUMBER,
    "issuer": "青禾县水利局",
    "recipients": "青石县水利局",
    "copied_to": "青石县财政局",
    "issue_date": "2023-10-09",
    "publish_date": "2023-10-11",
    "effective_date": "2024-01-01",
    "validity": "有效",
    "signer": "李明",
    "source": "青禾县政府网",
    "other": "水利、水务",
}


def spaced(label: str) -> str:
    return "　".join(label)


PAGE = (
    "<html><head>{head}</head><body><table>{rows}</table><div><h1>{title}</h1><p>各乡镇人民政府：</p>"
    "<p>请抓紧修好水渠，做好冬修工作，保证灌溉。</p><p>请各单位落实，请抓紧。</p></div></body></html>"
)
CARRIERS = {
    "line with colon": ("{label}：{value}", "{fields}\n{title}\n{body}"),
    "line without": ("{label} {value}", "{fields}\n{title}\n{body}"),
    "spaced out": ("{spaced}：{value}", "{fields}\n{title}\n{body}"),
    "in brackets": ("[{label}] {value}", "{fields}\n{title}\n{body}"),
    "second of a line": ("索引号：0145/2023-1　　{label}：{value}", "{fields}\n{title}\n{body}"),
    "glued to the value before": ("成文日期：2023-10-09{label}：{value}", "{fields}\n{title}\n{body}"),
    "glued to an organ": ("发布机构：青禾县水利局{label}：{value}", "{fields}\n{title}\n{body}"),
    "second without colons": ("索引号 0145/2023-1　　{label} {value}", "{fields}\n{title}\n{body}"),
    "below the title": ("{label}：{value}", "{title}\n{fields}\n{body}"),
    "beside the number": ("{number}　　{label}：{value}", "{fields}\n{title}\n{body}"),
    "bulleted": ("  • {label}：{value}", "{fields}\n{title}\n{body}"),
    "value below a bulleted label": (
        "  • {label}：\n\n    {value}",
        "{fields}\n  • 索引号：\n\n    0145/2023-1\n{title}\n{body}",
    ),
    "value on the next line": ("{label}：\n{value}", "{fields}\n索引号：\n0145/2023-1\n{title}\n{body}"),
    "front matter": ("{label}: {value}", "---\n{fields}\n---\n\n# {title}\n\n{body}"),
    "cells": ("<tr><td>{label}</td><td>{value}</td></tr>", PAGE.replace("{rows}", "{fields}")),
    "cells with colon": ("<tr><td>编号 1</td><td>{spaced}：{value}</td></tr>", PAGE.replace("{rows}", "{fields}")),
    "meta tags": ('<meta name="{label}" content="{value}">', PAGE.replace("{head}", "{fields}")),
}
"""How a field stands, and where in the copy."""
WITH_COLON = {"line with colon", "spaced out", "second of a line", "below the title", "bulleted", "cells with colon"}
"""The carriers in which a word of sentences (致) can be a label, too."""
KEYS = {"front matter", "meta tags"}
"""The carriers that have keys of machines, too: title, PubDate."""

LABELS = vocabulary.terms("labels")
FEW = 6
"""Fields that stand in one copy."""


def notice(carrier: str, terms: Sequence[Term]) -> Notice:
    """The notice whose copy has the labels ``terms`` in ``carrier``."""
    field, copy = CARRIERS[carrier]
    fields = [
        field.format(label=term.text, spaced=spaced(term.text), value=VALUES[term.code], number=NUMBER)
        for term in terms
    ]
    text = copy.format(fields="\n".join(fields), title=TITLE, body=BODY, head="", rows="")
    return parse_source(from_bytes(text.encode(), "page.html" if text.startswith("<html") else "notice.md")).notice


def wrong(carrier: str, terms: Sequence[Term]) -> list[str]:
    """What of a notice with the labels ``terms`` is read wrong."""
    found = notice(carrier, terms)
    stated = {(field.label, field.value) for field in found.page.fields} if found.page else set()
    faults = [term.text for term in terms if (term.text, VALUES[term.code]) not in stated]
    if found.title != TITLE:
        faults.append(f"title {found.title}")
    if [party.name for party in found.recipients] != ["各乡镇人民政府"]:
        faults.append(f"recipients {found.recipients}")
    numbered = carrier == "beside the number" or any(term.code == "document_number" for term in terms)
    if numbered and (found.document_number is None or found.document_number.text != NUMBER):
        faults.append(f"number {found.document_number}")
    return faults


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_label_in_every_carrier(carrier: str) -> None:
    """Keys of machines stand in front matter and meta tags only, 字号 only before a number in the same line, 致 only before a colon."""
    terms = [
        term
        for term in LABELS
        if carrier in KEYS or "key" not in term.contexts
        if not (
            carrier in {*KEYS, "value on the next line", "value below a bulleted label"} and "number" in term.contexts
        )
        if "colon" not in term.contexts or carrier in WITH_COLON
    ]
    few = 1 if "{number}" in CARRIERS[carrier][0] else FEW
    groups = [terms[at : at + few] for at in range(0, len(terms), few)]
    assert [fault for group in groups for fault in wrong(carrier, group)] == []


@pytest.mark.parametrize("term", LABELS, ids=lambda term: term.text)
def test_without_its_row_a_label_states_nothing(term: Term) -> None:
    def read() -> object:
        return labels.field(term.text), labels.fields(f"{term.text}：{VALUES[term.code]}")

    with_it = read()
    with vocabulary.replaced("labels", tuple([other for other in LABELS if other != term])):
        assert read() != with_it


@pytest.mark.parametrize(
    "line",
    [
        "字号：大 中 小",
        "标题党的新闻",
        "来源于水库的水怎样分配",
        "主题教育活动安排",
        "名称不得更改",
        "编号规则由水利局制定",
    ],
)
def test_a_line_that_begins_as_a_label_and_is_none(line: str) -> None:
    found = gongwen.parse(f"{TITLE}\n{line}\n{BODY}")
    assert found.page is None
    assert found.recipients


def test_a_label_before_numbers_needs_one_also_where_a_line_has_more_colons() -> None:
    line = "来源：青禾县政府网 字号：大 中 小 时间：10:30"
    assert "字号" not in [field.label for field in labels.fields(line)]


def test_a_label_of_the_page_that_no_table_knows_is_told() -> None:
    rows = "<tr><td>索引号：<td>1133/2031-12<td>密封等次：<td>甲类<tr><td>发文字号：<td>云政办发〔2031〕7号<td>主题分类：<td>水利"
    text = "<p>云河市人民政府办公室关于做好防汛工作的通知<p>各县（区）人民政府：<p>一、清淤。清理河道。<p>云河市人民政府办公室<p>2031年3月5日"
    notice = gongwen.parse(f"<html><body><table>{rows}</table>{text}</body></html>".encode())
    assert notice.document_number is not None
    assert [finding.params for finding in notice.findings if finding.code == "unknown-label"] == [{"label": "密封等次"}]
