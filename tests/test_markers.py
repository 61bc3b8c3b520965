"""Markers: every form of the table opens items in every layout, and without its row it doesn't."""

from __future__ import annotations

import re

import pytest

import gongwen
from gongwen.lexicon import markers, vocabulary
from gongwen.lexicon.vocabulary import Term

FORMS = [form for form in vocabulary.terms("markers") if form.code != "bare"]
HAN = "一二三四五六七八九"
SERIES = {sign: [chr(ord(sign) + number) for number in range(9)] for sign in "㈠⒈⑴①❶Ⅰ㊀⓵"}
SERIES |= {"甲": list("甲乙丙丁戊己庚辛壬"), "壹": list("壹贰叁肆伍陆柒捌玖"), "字": list("abcdefghi")}
WORK = "检修沿河三座老旧泵站并清理进水口的淤泥和杂草以便在汛期前排涝"


def marker(form: Term, number: int) -> str:
    """The marker of this form with this number; figures before the last one are 1."""
    written = "".join(SERIES[sign][number - 1] if sign in SERIES else sign for sign in form.text)
    written = re.sub("汉(?=.*汉)", "六", written) if form.text.count("汉") > 1 else written
    *above, last = re.split("(?=数)", written) if "数" in written else [written]
    return "".join(above).replace("数", "1") + last.replace("数", str(number)).replace("汉", HAN[number - 1])


def plain(lines: list[str]) -> str:
    return "\n".join(f"{line}，按月通报。" for line in lines)


def wrapped(lines: list[str]) -> str:
    """Lines of 28 characters (GB/T 9704, 5.2.3), cut within sentences; every paragraph fills its last line."""
    paragraphs = [(line + WORK * 3)[: 28 * 2] for line in lines]
    return "\n".join(part[at : at + 28] for part in paragraphs for at in (0, 28))


def on_one_line(lines: list[str]) -> str:
    return "\u3000\u3000".join(f"{line}，{WORK}，按月通报。" for line in lines)


LAYOUTS = {"plain": plain, "wrapped": wrapped, "one line": on_one_line}


def read(form: Term, layout: str) -> list[str]:
    behind = " " if form.code in ("volume", "chapter", "section", "article", "decimal", "deep_decimal") else ""
    lines = [f"{marker(form, number)}{behind}{WORK}" for number in range(1, 6)]
    return [section.marker for section in gongwen.parse(LAYOUTS[layout](lines)).sections]


def contexts(form: Term) -> list[str]:
    return list(LAYOUTS) if not form.contexts or "wrap" in form.contexts else ["plain"]


@pytest.mark.parametrize(
    ("form", "layout"),
    [(form, layout) for form in FORMS for layout in contexts(form)],
    ids=lambda part: getattr(part, "text", part),
)
def test_every_form_opens_items_in_every_layout(form: Term, layout: str) -> None:
    # Copies write the points and brackets in either width; normalized text has one.
    expected = [marker(form, number).translate(str.maketrans("()", "（）")) for number in range(1, 6)]
    assert read(form, layout) == expected


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.text)
def test_each_form_does_something(form: Term) -> None:
    assert markers.any_marker()
    with vocabulary.replaced("markers", tuple([other for other in vocabulary.terms("markers") if other != form])):
        assert [read(form, layout) for layout in contexts(form)] != [
            [marker(form, number) for number in range(1, 6)] for _ in contexts(form)
        ]


@pytest.mark.parametrize("sign", ["★", "●", "■", "◆", "□", "✅", "☑", "➢", "👉", "🔹", "▶️", "★★"])
def test_symbols_before_a_marker_are_no_part_of_it(sign: str) -> None:
    text = f"{sign}一、检修泵站。汛前完成。\n{sign} 二、清理河道。汛前完成。"
    assert [section.marker for section in gongwen.parse(text).sections] == ["一、", "二、"]


@pytest.mark.parametrize("sign", vocabulary.terms("marker_signs", "item"), ids=lambda sign: sign.text)
def test_a_sign_in_the_place_of_a_marker_opens_an_item_without_a_number(sign: Term) -> None:
    text = f"一、目标\n{sign.text}河道水质达到三类。\n{sign.text}建成泵站20座。"
    kinds = [block.kind for block in gongwen.parse(text).blocks]
    assert kinds == ["heading", "list-item", "list-item"]
    others = tuple([other for other in vocabulary.terms("marker_signs") if other != sign])
    with vocabulary.replaced("marker_signs", others):
        assert "list-item" not in [block.kind for block in gongwen.parse(text).blocks]
