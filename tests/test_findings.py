"""Every finding is made from the catalogue, in both languages, and every code of the catalogue is one that is made."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import gongwen
from gongwen import schemas
from gongwen.findings import finding, params_of
from gongwen.model import Span

TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in Path(gongwen.__file__).parent.rglob("*.py")}
FINDINGS = schemas.codelist("finding_codes")
SEVERITIES = schemas.codelist("severities")
MAKERS = {"finding", "_finding", "_report"}


CODES = [code for code, row in FINDINGS.items() if params_of(row["message_en"]) != {"reason"}]
"""The codes of findings in a notice; the others are reasons why a source is not published."""


@pytest.mark.parametrize("code", FINDINGS)
def test_both_languages_say_the_same(code: str) -> None:
    row = FINDINGS[code]
    assert params_of(row["message_en"]) == params_of(row["message_zh"])
    assert row["severity"] in SEVERITIES


@pytest.mark.parametrize("code", CODES)
def test_a_finding_is_made_of_its_row_and_nothing_else(code: str) -> None:
    params = {name: f"‹{name}›" for name in params_of(FINDINGS[code]["message_en"])}
    found = finding(code, Span(1, 2), **params)
    assert (found.code, found.severity, found.params, found.span) == (
        code,
        FINDINGS[code]["severity"],
        params,
        Span(1, 2),
    )
    for value in params.values():
        assert value in found.message
        assert value in found.message_zh
    with pytest.raises(KeyError, match=code):
        finding(code, None, **params, beside="value")


def test_a_long_value_is_shortened() -> None:
    assert finding("date-unreadable", None, text="年" * 1000).params["text"] == "年" * 199 + "…"


def test_findings_are_made_by_code_that_their_catalogue_knows() -> None:
    """Every call of a maker of findings that writes a code writes one of the list."""
    made = set()
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MAKERS:
                match node.args[:1]:
                    case [ast.Constant(value=str(code))]:
                        assert code in FINDINGS, f"{path.name}: {code}"
                        made.add(code)
    assert made


def test_no_code_of_the_list_is_left_over() -> None:
    written = {node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert FINDINGS.keys() <= written
