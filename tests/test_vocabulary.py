"""The tables of the vocabulary: every row is well formed and does something, and a slip in one is told with its line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import gongwen
from gongwen import schemas, script
from gongwen.compare import amendments
from gongwen.document import Extent
from gongwen.errors import VocabularyError
from gongwen.extract import citations
from gongwen.extract.clauses.elision import with_readings
from gongwen.extract.clauses.grammar import Name
from gongwen.extract.coverage import scan
from gongwen.extract.goals.grammar import indicator, subject_of
from gongwen.extract.header import fields as header
from gongwen.lexicon import (
    columns,
    comparisons,
    deadlines,
    document_kinds,
    goals,
    headings,
    labels,
    parties,
    titles,
    units,
    vocabulary,
)
from gongwen.lexicon.boilerplate import is_boilerplate
from gongwen.lexicon.effect import begins_with_term, read_effect
from gongwen.lexicon.line_words import behind_label, between_pages, listeners, remark
from gongwen.lexicon.tables import TABLES, TableSpec
from gongwen.lexicon.vocabulary import COLUMNS, Term
from gongwen.outline import frame, items, table_runs, wording
from gongwen.text import Text

ROWS = [(name, term) for name in TABLES for term in vocabulary.terms(name)]


def of_kinds(term: Term) -> object:
    """What ends a title is told of the title, of a title that 《》 names, or of one that issues another."""
    text = f"为了修渠。\n一、修渠\n参考一下《{term.example}》好不好。"
    return (
        document_kinds.kind(term.example),
        titles.is_whole(term.example),
        [citation.title for citation in gongwen.parse(text).citations],
        titles.issued(f"印发某县修渠办法的{term.text}"),
    )


def of_title_words(term: Term) -> object:
    text = term.example
    return (
        titles.issued(text),
        titles.speaks("某县" + text[2:4]),
        titles.tells(text),
        titles.without_sort(text),
        titles.is_column(text),
        titles.goes_on(text[text.find("（") :]) if "（" in text else None,
        list(parties.title_organs(f"某县水利局{term.text}修渠办法")),
        [match[0] for match in [header._of_site().match(text)] if match],
    )


def of_goal_words(term: Term) -> object:
    """How the number in the example is meant, for which place, or how the comparison is meant that the example begins with."""
    text = term.example
    number = re.search(r"[0-9]+|一(?=番)", text)
    compared = [match[0] for match in comparisons.find(text)], comparisons.sets(term.text)
    if number is None:
        return goals.comparison(text, 0, len(text)), goals.results().search(text) is not None, compared
    found = re.compile(rf"(?P<inside>{goals.inside()})?(?P<unit>个百分点|.)(?P<behind>{goals.behind()})?").match(
        text, number.end()
    )
    assert found
    group = next((group for group in ("behind", "inside") if found[group]), None)
    meant = goals.meaning(text, 0, number.start(), Extent(*found.span(group)) if group else None, found["unit"])
    before = text[: number.start()]
    return (
        meant,
        goals.strength(text, 0, number.start()),
        goals.scope(before),
        goals.acts_in(text, 0, number.start()),
        indicator(before, text[found.end() :]),
        compared,
    )


def of_line_words(term: Term) -> object:
    text = term.example
    return (
        wording.kind_above(text),
        wording.kind_below(text),
        behind_label(text),
        remark().match(text) is not None,
        listeners().search(text) is not None,
        between_pages().fullmatch(text) is not None,
        wording.begins_news(text),
        wording.begins_sentence(text),
        parties.is_address(text),
        parties.is_address(text.replace("方面的各项事情", "的各单位")),
        gongwen.parse(f"某县水利局通知\n一、修渠。修好。\n{text}\n").parts[0].closing
        if term.code == "closing"
        else None,
    )


CITED: dict[str, tuple[str, Callable[[], re.Pattern[str]]]] = {
    "before_number": ("{}青政发", citations._leads_in),
    "before_title": ("{}", citations._treated_before),
    "after_title": ("{}", citations._treated_after),
    "in_title": ("{}《河道管护办法》的通知", citations._issued_in_title),
    "title_end": ("河道管护{}", citations._form),
    "in_brackets": ("以下{}《规程》", citations._alias),
}
"""For each context of the words around citations a text with a place for the word, and what reads it."""


def of_citations(term: Term) -> object:
    """Where the word is found in the text of each of its contexts; what issues a document is read in the row's own example."""
    found = [
        CITED[context][1]().search(CITED[context][0].format(term.text))
        for context in sorted(term.contexts & CITED.keys())
    ]
    if "here" in term.contexts:
        found.append(citations._issued_here().match(term.example, term.example.find("》") + 1))
    assert found
    return [match and match.span() for match in found]


def of_unit_words(term: Term) -> object:
    """Whether the example is a class, where its name ends in a run of cells, which organs it names, what its names share, whom it is of."""
    text = term.example
    return (
        units.is_class(text),
        table_runs._end_of_name(text, 0),
        [found[:3] for found in scan(text, 2029)],
        [
            name.reading
            for name in with_readings(
                tuple(
                    [
                        Name(*match.span(), match[0], "support", None, "stated", False)
                        for match in re.finditer("[^、]+", text)
                    ]
                )
            )
        ],
        gongwen.parse(text.replace("⏎", "\n")).jurisdiction,
    )


def of_amendment_words(term: Term) -> object:
    """What the example orders, quotations put aside; or what it says of its document, as a title."""
    said = re.sub("“.”", lambda match: f"⟦{'甲乙'.index(match[0][1])}⟧", term.example)
    orders = [(verb, [*amendments.locators(groups.get("at") or "")]) for verb, groups in amendments.read(said)]
    title = [re.search(amendments.words(code, "title"), term.example) is not None for code in ("draft", "corrects")]
    return orders, title


READ: dict[str, Callable[[Term], object]] = {
    "amendment_words": of_amendment_words,
    "document_kinds": of_kinds,
    "script_words": lambda term: script.simplify(Text(term.example)).value,
    "unit_words": of_unit_words,
    "citation_words": of_citations,
    "column_heads": lambda term: columns.head_of(term.example),
    "measures": lambda term: (columns.measure_in(term.example), items._unit().match(term.example) is not None),
    "terms_in_words": lambda term: columns.look(term.example).time,
    "captions": lambda term: sorted(vocabulary.words("captions", code=term.code)),
    "title_words": of_title_words,
    "line_words": of_line_words,
    "effect_words": lambda term: (
        read_effect(term.example.rstrip("。")),
        begins_with_term(term.example.split("，")[-1]),
        labels.fields(term.example),
    ),
    "goal_words": of_goal_words,
    "outcome_words": lambda term: (
        goals.states_outcome(term.example),
        comparisons.tells_how_things_are(term.example),
        headings.reports(term.example),
    ),
    "heading_words": lambda term: (
        [section.title for section in gongwen.parse(term.example).sections],
        headings.reports(term.example),
        headings.sets_goals(term.example),
        headings.tells_results(term.example),
        headings.is_general(term.example),
        [found.stated for found in deadlines.in_heading(term.example, 0, len(term.example))],
        frame._opening().match(term.example) is not None,
    ),
    "indicator_words": lambda term: (
        indicator(term.example.removesuffix("5万人"), ""),
        indicator(term.example.removesuffix("5万人"), "的人才"),
        subject_of(term.example),
    ),
    "offices": lambda term: (parties.person().search(term.example) is None, parties.is_no_name(term.text)),
    "coverage_words": lambda term: [found[3:] for found in scan(term.example.replace("⏎", "\n"), 2029)],
    "boilerplate": lambda term: (is_boilerplate(term.example, "head"), is_boilerplate(term.example, "tail")),
}
"""For each table how its examples are read; the tables that are missing here run through matrices of their own."""


@pytest.mark.parametrize(
    ("name", "term"), [row for row in ROWS if row[0] in READ], ids=lambda part: getattr(part, "text", part)
)
def test_each_row_does_something(name: str, term: Term) -> None:
    """Without its row, the example is read in another way."""
    with_it = READ[name](term)
    others = tuple([other for other in vocabulary.terms(name) if other != term])
    with vocabulary.replaced(name, others):
        assert READ[name](term) != with_it
    assert READ[name](term) == with_it


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("牵头\tleed\t*\t\t\t牵头\tnotices", "trial.tsv:2: the code 'leed' is none of lead, support"),
        ("牵头\tlead\tlabl\t\t\t牵头\tnotices", "trial.tsv:2: the context 'labl' is none of label"),
        ("牵头\tlead\t\t\t\t牵头\tnotices", "trial.tsv:2: no context; * stands for all of them"),
        ("牵头\tlead\t*\t\t\t主办\tnotices", "trial.tsv:2: the example '主办' does not hold the term '牵头'"),
        ("牵头\tlead\t*\t\t\t牵头\t", "trial.tsv:2: 牵头 has no source"),
        ("牵头\tlead\t*", "trial.tsv:2: 3 columns, not 7"),
        (
            "牵头\tlead\t*\t\t\t牵头\tnotices\n牵头\tlead\tlabel\t\t\t牵头\tnotices",
            "trial.tsv:3: 牵头 stands twice as lead",
        ),
        (
            "牵头\tlead\tlabel\t\t\t牵头\tnotices\n牵头\tsupport\t*\t\t\t牵头\tnotices",
            "trial.tsv:3: 牵头 stands as lead already; a term has one code in a context",
        ),
    ],
)
def test_a_slip_in_a_table_is_told_with_its_line(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trial.tsv").write_text("\t".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    monkeypatch.setitem(
        TABLES, "trial", TableSpec("a trial", {"lead": "leads", "support": "supports"}, {"label": "in a label"})
    )
    with pytest.raises(VocabularyError) as raised:
        vocabulary.read_table(tmp_path / "trial.tsv")
    assert str(raised.value) == message


def test_a_command_tells_a_slip_in_a_table_without_a_traceback(tmp_path: Path) -> None:
    package = tmp_path / "parser" / "gongwen"
    shutil.copytree(Path(gongwen.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "schema").symlink_to(schemas.folder())
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.txt").write_text(
        "某县水利局关于修渠的通知\n一、修渠。2030年建成泵站30座。（县水利局负责）\n", "utf-8"
    )
    for table, told in (("roles", "7"), ("dimensions", "3"), ("organ_names", "6"), ("goal_evidence", "6")):
        path = package / "lexicon" / f"{table}.tsv"
        kept = path.read_text("utf-8")
        path.write_text(kept.replace("\n", "\na slip\n", 1), "utf-8")
        for arguments in (["parse", "source/a.txt"], ["build", "source", "dist", "--workers", "0", "--no-cache"]):
            done = subprocess.run(
                [sys.executable, "-m", "gongwen", "--lang", "en", *arguments],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(tmp_path / "parser")},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 1
            assert f"{table}.tsv:2: 1 columns, not {told}" in done.stderr
            assert "Traceback" not in done.stderr
        path.write_text(kept, "utf-8")


def test_a_context_or_a_code_that_is_not_of_the_table_is_an_error() -> None:
    with pytest.raises(KeyError, match="roles has no context labl"):
        vocabulary.terms("roles", "labl")
    with pytest.raises(KeyError, match="roles has no code leed"):
        vocabulary.terms("roles", code="leed")
