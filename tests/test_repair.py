"""Repair: what people wrote down, and what holds for every text."""

from __future__ import annotations

import re
import tomllib
from math import inf
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from damage_model import SENTENCE_ENDS, damage
from gongwen.document import Correction
from gongwen.errors import CorrectionError
from gongwen.model import Span
from gongwen.repair import characters, repair
from gongwen.repair.engine import Candidate, Piece, Place, decide
from gongwen.text import Text, replay, undo
from timing import assert_linear

FOLDER = Path(__file__).parent / "damage"
FIRST_NOTICE = Path(__file__).parent.parent / "source" / "000_84bd1b8d845f832a.txt"
LIST = {
    "區": "qū",
    "學": "xué",
    "會": "huì",
    "請": "qǐng",
    "場": "chǎng",
    "實": "shí",
    "號": "hào",
    "報": "bào",
    "關": "guān",
}
CLEAN = "各區政府要會同有關部門實施科學普及,請各單位在公共場所舉辦科普報告會,學校要實施科學營。是否落實？區政府檢查。"
PIECES = st.sampled_from(
    [*"()?&;區学亳中", "(qū)", "(xue)", "區(qū)", "學(xué)", "??", "?qǐng)", "破展┙o", "鏊_", "科", "&amp;", "nbsp;", "⼈", "二○", "\u200b", "\ue000", "\ufffd", "\n"]
)  # fmt: skip


def cases(table: str) -> list[ParameterSet]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(FOLDER.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get(table, ())
    ]


@pytest.mark.parametrize("case", cases("case"))
def test_case(case: dict[str, str]) -> None:
    assert repair(Text(case["input"]))[0].value == case["expect"]


@pytest.mark.parametrize("case", cases("untouched"))
def test_untouched(case: dict[str, str]) -> None:
    text = Text(case["text"])
    assert repair(text) == (text, ())


@settings(deadline=None, max_examples=50)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=40))
def test_any_text_is_repaired_once_for_all(value: str) -> None:
    text, _ = repair(Text(value))
    assert repair(Text(text.value))[0].value == text.value
    edits = [
        [(edit.start, edit.end, layer.before[edit.start : edit.end], edit.after) for edit in layer.edits]
        for layer in text.layers
    ]
    assert replay(value, [[(start, end, after) for start, end, _, after in layer] for layer in edits]) == text.value
    assert undo(text.value, edits) == value


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    st.permutations(sorted(LIST)),
    st.integers(1, len(LIST)),
    st.lists(st.sampled_from(CLEAN.split(",")), min_size=2, max_size=8),
)
def test_what_the_damage_makes_of_clean_text_is_never_made_worse(
    order: list[str], length: int, phrases: list[str]
) -> None:
    """Whatever the list and its order, what repair changes is right; a spot that it leaves alone is named in a finding."""
    clean = ",".join(phrases)
    copy = damage(clean, {character: LIST[character] for character in order[:length]}, SENTENCE_ENDS).copy
    assume("(" in copy)  # without a note nothing tells of this damage
    text, findings = repair(Text(copy))
    left = [finding.span for finding in findings if finding.span]
    assert text.value == clean or left


def test_the_first_notice() -> None:
    text, findings = repair(Text(FIRST_NOTICE.read_text(encoding="utf-8")))
    edits = [(layer.before[edit.start : edit.end], edit) for layer in text.layers for edit in layer.edits]
    spots = {before: edit.after for before, edit in edits if edit.rule == "lost-bytes"}
    assert spots == {
        "??破展┙o": "。科普供給",
        "??茖W(xué)": "校科學",
        "?qǐng)鏊_": "場所開",
        "?qǐng)?bào)": "報",
        "?yún)^(qū)": "區",
    }
    inside = sum(before.count(")") for before in spots)
    assert sum(edit.rule == "pinyin-note" for _, edit in edits) + inside == 938
    assert all(edit.evidence and edit.confidence in ("proven", "chosen") for _, edit in edits)
    assert not findings
    assert "?" not in text.value


def test_a_value_that_begins_inside_a_repair_maps_to_its_place() -> None:
    text, _ = repair(Text("縮小??破展┙o側(cè)結(jié)構(gòu)性改革,科普供給不斷擴大,科普資源日益豐富。"))
    start = text.value.index("科普供給側")
    span = text.to_source(start, start + 5)
    assert span == Span(3, 9)
    assert text.quote(span) == "科普供給側"


def test_what_cannot_be_decided_stays_and_is_named() -> None:
    copy = "區(qū)政府會(huì)同有關(guān)部門公布中標企業??綍?shì)等"
    text, findings = repair(Text(copy))
    assert "??" in text.value
    assert {finding.code for finding in findings} == {"unresolved-damage"}
    assert findings[0].span
    assert copy[findings[0].span.start :].startswith("??")


def test_between_what_is_restored_a_sign_with_a_finding_stands_for_what_is_lost() -> None:
    clean = "各学校、科研院所要根据科研工作的特点开展工作。\n各学校要开展工作。"
    copy = damage(clean, {}, SENTENCE_ENDS).copy
    text, findings = repair(Text(copy))
    pieces = text.value.split("\n")[0].split("\ufffd")
    assert len(pieces) > 1
    assert re.fullmatch(".+?".join(map(re.escape, pieces)), clean.split("\n")[0])
    assert "、科研院" in pieces[0]
    for match in re.finditer("\ufffd", text.value):
        start = text.to_source(*match.span()).start
        at = [found for found in findings if found.span and found.span.start <= start < found.span.end]
        [named] = [found for found in at if found.code == "unresolved-damage"]
        assert "“" in named.params["candidates"]


def test_what_a_finding_is_about_stays_as_the_copy_shows_it() -> None:
    """No later round decides it with less: the notes are gone then that told which characters are on the list."""
    clean = "1.建设浮标站，提升装备水平。\n2.突破浮选技术，研发装备。\n依托高校基层组织推进整改。完善制度。开展培训。\n"
    copy = damage(clean, {"浮": "fú", "备": "bèi"}, SENTENCE_ENDS).copy
    text, findings = repair(Text(copy))
    places = [found.span for found in findings if found.code == "unresolved-damage" and found.span]
    assert places
    for span in places:
        left = text.value[slice(*text.from_source(span.start, span.end))]
        assert "\ufffd" in left or left in copy


def test_a_note_that_stays_in_a_damaged_copy_is_reported() -> None:
    text, findings = repair(Text("涪(fú)陵區(qū)有關(guān)部門(mén)要會(huì)同各縣(xiàn)實(shí)施"))
    assert text.value == "涪(fú)陵區有關部門要會同各縣實施"
    assert [(found.code, found.span) for found in findings] == [("unresolved-damage", Span(0, 5))]


def test_an_item_begins_a_line_as_the_others_do_though_the_end_before_it_is_not_certain() -> None:
    ends = ["推进整改", "推广装备"]
    items = [f"{number}.完善第{number}批设施，{ends[number % 4 == 0]}。\n" for number in range(11, 31)]
    clean = "各县 人民 政府：\n重点任务 清单 如下。\n" + "".join(items) + "突破浮选技术。\n"
    copy = damage(clean, {"浮": "fú", "备": "bèi", "政": "zhèng", "设": "shè"}, SENTENCE_ENDS).copy
    text, _ = repair(Text(copy))
    assert re.findall(r"^\d+", text.value, re.MULTILINE) == [str(number) for number in range(11, 31)]


def test_half_of_a_pair_of_brackets_is_not_sure() -> None:
    clean = "为方便停车，市区新建、增建停车场，并划定公共停车位的区域。没有按照规定建设的，由县级以上人民政府责令改正。"
    text, findings = repair(Text(damage(clean, {}, SENTENCE_ENDS).copy))
    assert text.value.count("（") == text.value.count("）")
    assert text.value == clean or findings


def test_a_place_that_stays_has_one_finding() -> None:
    _, findings = repair(Text("區(qū)政府會(huì)同有關(guān)部門公布中標企業??綍?shì)等二○二二年"))
    places = [(found.code, found.span) for found in findings]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    "copy",
    [
        "一、修好渠道。\n二、清理淤塞???。\n特此通知。\n",
        "一、修好渠道。\n二、清理淤塞?。\n特此通知。\n",
        "一、修好渠道。\n二、清理淤塞（含支渠）？?。\n特此通知。\n",
        "一、修好渠道。\n?二、清理淤塞。\n特此通知。\n",
        "一、修好渠道。\n？?（二）清理淤塞。\n特此通知。\n",
        "一、修好渠道。\n二、清淤不能松懈??!不清完不休。\n",
        "一、修好渠道。\n二、渠道规?;r清理淤塞。\n",
        "一、修好渠道。\n二、渠道設施??h級以上清理。\n",
        "一、修好渠道。\n二、渠道設施?？h級以上清理。\n",
    ],
)
def test_a_single_torn_place_is_reported_though_nothing_else_shows_damage(copy: str) -> None:
    text, findings = repair(Text(copy))
    assert text.value == copy
    assert [finding.code for finding in findings] == ["unresolved-damage"]
    span = findings[0].span
    assert span is not None
    assert "?" in copy[span.start : span.end]


@pytest.mark.parametrize(
    "copy",
    [
        "渠道修好了吗?!\n什么？！修好了。\n",
        "渠道修好了吗？\n修好了。\n",
        "问：何时清淤？？\n一、即日起。\n",
        "一、清理淤塞?\n",
        "渠道修好了吗?（一）\n",
    ],
)
def test_question_marks_of_questions_are_no_damage(copy: str) -> None:
    text, findings = repair(Text(copy))
    assert (text.value, findings) == (copy, ())


def test_a_note_of_what_everyone_reads_is_reported_where_it_may_be_by_the_author() -> None:
    text, findings = repair(Text("各县（xian）落实，各县统筹，亳(bó)州市负责"))
    assert text.value == "各县（xian）落实，各县统筹，亳(bó)州市负责"
    [found] = findings
    assert (found.code, found.span, found.params) == (
        "unresolved-damage",
        Span(1, 8),
        {"text": "县（xian）", "candidates": "“县”"},
    )


def test_lost_characters_are_counted() -> None:
    _, findings = repair(Text("甲\ufffd乙\ufffd丙\ue123"))
    assert [(finding.code, finding.span) for finding in findings] == [
        ("lost-character", Span(1, 2)),
        ("private-use-character", Span(5, 6)),
    ]


def test_corrections_come_last() -> None:
    text, _ = repair(Text("24號(hào)和9號(hào)"), (Correction("9號(hào)", "19号", "checked against the print"),))
    assert text.value == "24號和19号"
    [edit] = text.layers[-1].edits
    assert (edit.rule, edit.confidence, edit.evidence) == ("correction", "stated", "checked against the print")


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (
            "丁",
            "a.toml: the source does not contain “丁”, which a correction is to replace (reason: a slip)",
        ),
        ("", "a.toml: the source does not contain “”, which a correction is to replace (reason: a slip)"),
    ],
)
def test_a_correction_of_what_is_not_there_fails(found: str, message: str) -> None:
    with pytest.raises(CorrectionError) as error:
        repair(Text("甲乙丙"), (Correction(found, "戊", "a slip"),), "a.toml")
    assert str(error.value) == message


def test_corrections_must_not_overlap() -> None:
    with pytest.raises(CorrectionError, match="two corrections change “乙丙”"):
        repair(Text("甲乙丙"), (Correction("甲乙", "丁", "one"), Correction("乙丙", "戊", "two")))


NOTED = "區(qū)人民政府關(guān)於學(xué)習"
HOSTILE = {
    "brackets": "(",
    "question marks": "?",
    "notes": "區(qū)",
    "glosses": "亳(bó)",
    "repeated notes": "(ju)",
    "entities": "&amp;",
    "spots": NOTED + "縮小??破展┙o側",
    "marks": "?。中",
    "orphans": "?qǐng)",
    "lost": "\ufffd\ue000",
    "wrong decodings": "å…³äºŽ",
    "wrong decodings in lines": "鍏充簬�板\n",
    "letters": "Âã",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_length(piece: str) -> None:
    assert_linear(lambda length: Text(NOTED * 3 + piece * (length // len(piece))), repair, 2_000)


def test_each_damaged_character_is_replaced_in_a_text_that_has_no_other() -> None:
    for damaged, (_, plain) in characters.REPLACEMENTS.items():
        text, _ = characters.restore_characters(Text(f"县水利局{damaged}县财政局"))
        assert text.value == f"县水利局{plain}县财政局"


@pytest.mark.parametrize(
    ("text", "others", "taken"),
    [
        ("3", ("5",), None),
        (" ", ("，",), None),
        ("—活", (), None),
        ("——活", (), "——活"),
        ("超过", ("超级",), "超过"),
    ],
)
def test_numbers_blanks_and_halves_of_dashes_are_not_guessed(
    text: str, others: tuple[str, ...], taken: str | None
) -> None:
    piece = Piece(text, tuple(range(len(text))), margin=30.0, unknown=30.0, strange=1.0, guesses=1, others=others)
    sound = Piece("水渠", (9, 10), margin=inf, unknown=inf, strange=1.0, guesses=0)
    place = Place(0, 11, Candidate(2.0, 11, (sound, piece), 2.0), literal=99.0, tried=3)
    found = decide(place)
    assert found
    assert found.text == ("水渠" + taken if taken else "水渠\ufffd")
