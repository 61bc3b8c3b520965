"""The words of responsibility clauses in every place where they can stand: a row in a table is right in all of them at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import gongwen
from clause_examples import Read, read, read_table
from gongwen.lexicon import vocabulary
from gongwen.lexicon.vocabulary import Term

ROLES = vocabulary.terms("roles")
ALONE = {"lead": "lead", "answer": "responsible", "support": "support", "join": "responsible"}
BESIDE = ALONE | {"join": "support"}
"""The role that a word gives to a unit, where there is no other unit, and beside one that leads."""

UNIT = "县财政局"
VERB: dict[str, Callable[[str], tuple[Read, dict[str, str]]]] = {
    "in brackets": lambda word: (read(f"修好渠道。（{UNIT}{word}）"), ALONE),
    "in other brackets": lambda word: (read(f"修好渠道。[{UNIT}{word}]"), ALONE),
    "beside a lead": lambda word: (read(f"修好渠道。（县水利局牵头，{UNIT}{word}）"), BESIDE),
    "before another": lambda word: (read(f"修好渠道。（{UNIT}{word}，县水利局牵头）"), BESIDE),
    "a line of its own": lambda word: (read(f"一、修好渠道\n（{UNIT}{word}）\n二、修好道路"), ALONE),
    "closing a paragraph": lambda word: (read(f"年内修好全县机耕道路（{UNIT}{word}）"), ALONE),
    "in a sentence's end": lambda word: (read(f"年内修好全县机耕道路（{UNIT}{word}）。"), ALONE),
    "with 等": lambda word: (read(f"修好渠道。（{UNIT}等{word}）"), ALONE),
    "with 等部门": lambda word: (read(f"修好渠道。（{UNIT}等部门{word}）"), ALONE),
    "with manner": lambda word: (read(f"修好渠道。（{UNIT}按职责分工{word}）"), ALONE),
    "in a cell": lambda word: (
        read_table(["任务", "单位名称", "责任单位"], ["修渠", "", f"县水利局牵头，{UNIT}{word}"]),
        BESIDE,
    ),
}
LABEL: dict[str, Callable[[str], tuple[Read, dict[str, str]]]] = {
    "in brackets": lambda word: (read(f"修好渠道。（{word}单位：{UNIT}）"), ALONE),
    "behind another": lambda word: (read(f"修好渠道。（牵头部门：县水利局；{word}单位：{UNIT}）"), BESIDE),
    "behind another without a mark": lambda word: (read(f"修好渠道。（牵头部门：县水利局{word}单位：{UNIT}）"), BESIDE),
    "in a box": lambda word: (read(f"修好渠道。【{word}单位】{UNIT}"), ALONE),
    "a line of its own": lambda word: (read(f"修好渠道。\n{word}单位：{UNIT}"), ALONE),
    "the second of two lines": lambda word: (read(f"修好渠道。\n牵头部门：县水利局\n{word}单位：{UNIT}"), BESIDE),
    "names on the line below": lambda word: (read(f"修好渠道。\n{word}单位：\n{UNIT}"), ALONE),
    "closing a paragraph": lambda word: (read(f"一、修渠。修好渠道。{word}单位：{UNIT}"), ALONE),
    "without a colon": lambda word: (read(f"修好渠道。（牵头部门：县水利局；{word}单位{UNIT}）"), BESIDE),
    "not closed": lambda word: (read(f"修好渠道。（{word}单位：{UNIT}"), ALONE),
    "of a level": lambda word: (read(f"修好渠道。（县级{word}单位：{UNIT}）"), ALONE),
    "with 等": lambda word: (read(f"修好渠道。（{word}单位：{UNIT}等）"), ALONE),
}
HEAD: dict[str, Callable[[str], tuple[Read, dict[str, str]]]] = {
    "of a column": lambda word: (read_table(["任务", f"{word}单位"], ["修渠", UNIT]), ALONE),
    "of a column of a level": lambda word: (read_table(["任务", f"县级{word}单位"], ["修渠", UNIT]), ALONE),
    "of a column, with a note": lambda word: (read_table(["任务", f"{word}部门（单位）"], ["修渠", UNIT]), ALONE),
}
NOTE: dict[str, Callable[[str], tuple[Read, dict[str, str]]]] = {
    "behind a name": lambda word: (read(f"修好渠道。（县水利局牵头、{UNIT}（{word}））"), BESIDE),
    "behind a name, with a noun": lambda word: (read(f"修好渠道。（县水利局牵头，{UNIT}（{word}单位））"), BESIDE),
    "in a list with a label": lambda word: (read(f"修好渠道。（责任单位：{UNIT}（{word}）、县水利局）"), BESIDE),
}
CONTEXTS = {"verb": VERB, "label": LABEL, "head": HEAD, "note": NOTE}
PLACES = [(context, place) for context, places in CONTEXTS.items() for place in places]


def wrong_in(context: str, place: str, term: Term) -> object:
    """What is wrong with the role that a word gives where it stands, None if it is right."""
    found, roles = CONTEXTS[context][place](term.text)
    units = {name: (role, basis) for clause in found.units for name, role, basis in clause}
    right = (
        len(found.units) == 1
        and units.get(UNIT) == (roles[term.code], "stated")
        and units.keys() <= {UNIT, "县水利局"}
        and not [finding for finding in found.findings if finding[0] != "unclosed-clause"]
    )
    return None if right else (term.text, found)


@pytest.mark.parametrize(("context", "place"), PLACES)
def test_a_role_word_is_right_wherever_it_stands(context: str, place: str) -> None:
    assert [wrong for term in vocabulary.terms("roles", context) if (wrong := wrong_in(context, place, term))] == []


@pytest.mark.parametrize("term", [term for term in ROLES if term.code == "with"], ids=lambda term: term.text)
@pytest.mark.parametrize(
    "text", ["（县水利局{}县财政局负责）", "（县水利局牵头，{}县财政局推进）", "（由县水利局、县林业局{}县财政局负责）"]
)
def test_a_word_that_joins_makes_supporters(term: Term, text: str) -> None:
    [units] = read("修好渠道。" + text.format(term.text)).units
    assert units[-1] == (UNIT, "support", "stated")
    assert {role for _, role, _ in units[:-1]} <= {"lead", "responsible"}


@pytest.mark.parametrize("word", ["兜底", "把关"])
def test_a_new_row_is_right_wherever_it_stands(word: str) -> None:
    new = Term(word, "answer", frozenset(), (), (), f"（县财政局{word}）", "a test")
    with vocabulary.replaced("roles", (*ROLES, new)):
        assert [wrong for context, place in PLACES if (wrong := wrong_in(context, place, new))] == []


VERBS = "验收 兜底 监管 报备 把关 督办 会办 出台 入库 带队 下乡 复核 备案 全程跟踪 审批并公示".split()
UNKNOWN_VERBS = [verb for verb in VERBS if verb not in {term.text for term in ROLES}]
AROUND = {
    "alone": "修好渠道。（县财政局{}）",
    "beside a lead": "修好渠道。（县水利局牵头，县财政局{}）",
    "before a lead": "修好渠道。（县财政局{}，县水利局牵头）",
    "behind a list": "修好渠道。（县水利局、县财政局{}）",
    "in other brackets": "修好渠道。〔县财政局{}〕",
    "a line of its own": "修好渠道。\n（县水利局、县财政局{}）",
    "under a label": "修好渠道。（责任单位：县水利局、县财政局{}）",
    "on a labelled line": "修好渠道。\n责任单位：县水利局、县财政局{}",
    "with 等": "修好渠道。（县水利局、县财政局等{}）",
    "under a convention": "修好渠道。（县财政局、县水利局{}，排在第一位的为牵头单位，下同）",
    "beside a note": "修好渠道。（县水利局（牵头）、县财政局{}）",
}


GIVEN = {
    "under a label": ("responsible", "stated"),
    "on a labelled line": ("responsible", "stated"),
    "under a convention": ("lead", "first_listed"),
}
"""What the list gives where a verb says nothing that anyone can read."""


@pytest.mark.parametrize("place", AROUND)
def test_a_verb_that_nobody_knows_ends_the_name(place: str) -> None:
    for verb in UNKNOWN_VERBS:
        found = read(AROUND[place].format(verb))
        [units] = found.units
        roles = {name: (role, basis) for name, role, basis in units}
        assert roles.keys() <= {"县财政局", "县水利局"}
        assert roles["县财政局"] == GIVEN.get(place, ("responsible", "plain"))
        assert found.findings == [("unread-words", verb)]


@pytest.mark.parametrize("head", ["责任单位", "配合单位"])
def test_a_verb_that_nobody_knows_ends_the_name_in_a_cell(head: str) -> None:
    for verb in UNKNOWN_VERBS:
        found = read_table(["任务", head], ["修渠", f"县水利局、县财政局{verb}"])
        assert [name for name, _, _ in found.units[0]] == ["县水利局", "县财政局"]
        assert found.findings == [("unread-words", verb)]


NAMED = [term for term in vocabulary.terms("unit_endings") if term.code != "noun"]
NAMES: dict[str, Callable[[str], Read]] = {
    "in a list": lambda name: read(f"修好渠道。（县水利局、{name}、县林业局）"),
    "first in a list": lambda name: read(f"修好渠道。（{name}、县水利局）"),
    "with a verb": lambda name: read(f"修好渠道。（县水利局、{name}负责）"),
    "with manner and a verb": lambda name: read(f"修好渠道。（县水利局、{name}按职责分工负责）"),
    "with two verbs": lambda name: read(f"修好渠道。（{name}牵头，县水利局配合）"),
    "with an object": lambda name: read(f"修好渠道。（{name}牵头制定方案，县水利局配合）"),
    "before an unknown verb": lambda name: read(f"修好渠道。（县水利局牵头，{name}验收）"),
    "with 等": lambda name: read(f"修好渠道。（县水利局、{name}等负责）"),
    "behind 会同": lambda name: read(f"修好渠道。（县水利局会同{name}负责）"),
    "before 和": lambda name: read(f"修好渠道。（{name}和县水利局负责）"),
    "under a label": lambda name: read(f"修好渠道。（责任单位：{name}；配合单位：县水利局）"),
    "on a labelled line": lambda name: read(f"修好渠道。\n责任单位：{name}、县水利局"),
    "in a cell": lambda name: read_table(["任务", "责任单位"], ["修渠", f"{name}、县水利局"]),
    "with a note": lambda name: read(f"修好渠道。（{name}（牵头）、县水利局）"),
}


@pytest.mark.parametrize("place", NAMES)
def test_a_name_is_recognized_by_its_ending_wherever_it_stands(place: str) -> None:
    unread = [("unread-words", "验收")] if place == "before an unknown verb" else []
    wrong = {}
    for term in NAMED:
        found = NAMES[place](term.example)
        units = [unit for clause in found.units for unit, _, _ in clause]
        if [unit for unit in units if unit not in ("县水利局", "县林业局")] != [
            term.example
        ] or found.findings != unread:
            wrong[term.text] = found
    assert wrong == {}


def test_a_name_ends_in_a_role_word_or_goes_on_behind_one() -> None:
    for text, names in {
        "（县委组织部、县水利局指导站负责）": ["县委组织部", "县水利局指导站"],
        "（县水利局指导各乡镇落实）": ["县水利局", "各乡镇"],
        "（县财政局抓好全县水库）": ["县财政局"],
        "（各责任单位、县监督管理局负责）": ["各责任单位", "县监督管理局"],
        "（含山县、和县负责）": ["含山县", "和县"],
        "（县教育局县财政局负责）": ["县教育局", "县财政局"],
    }.items():
        assert [name for clause in read(f"修好渠道。{text}").units for name, _, _ in clause] == names


def in_a_clause(term: Term) -> object:
    if term.code in ("must", "ask", "emphasis", "part"):
        [task] = gongwen.parse(f"一、修好渠道。{term.example}。（县财政局负责）").tasks
        return [actor.name for measure in task.measures for actor in measure.actors]
    return read(f"修好渠道。{term.example}")


def labelled_and_heading(term: Term) -> object:
    return read(f"修好渠道。\n{term.example}"), read_table(["任务", term.example.split("：")[0]], ["修渠", "县水利局"])


def among_names(term: Term) -> object:
    verb = "" if term.code == "noun" else "验收"
    return read(f"修好渠道。（县林业局、{term.example}{verb}）")


LIVING: dict[str, Callable[[Term], object]] = {
    "roles": in_a_clause,
    "clause_words": in_a_clause,
    "unit_nouns": labelled_and_heading,
    "unit_endings": among_names,
}
PEOPLE = vocabulary.terms("unit_nouns", code="person")
"""Whose labels and columns aren't read: what they do shows in tables that were flattened."""


@pytest.mark.parametrize("name", LIVING)
def test_each_row_does_something(name: str) -> None:
    """Without its row, the example is read in another way."""
    dead = []
    for term in vocabulary.terms(name):
        with_it = LIVING[name](term)
        with vocabulary.replaced(name, tuple([other for other in vocabulary.terms(name) if other != term])):
            if term not in PEOPLE and LIVING[name](term) == with_it:
                dead.append(term.text)
    assert dead == []
