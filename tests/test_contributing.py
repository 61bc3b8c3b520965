"""CONTRIBUTING names files that there are, and the examples of case files are cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "parser" / "gongwen"
FOLDERS = (ROOT, PACKAGE, PACKAGE / "lexicon", PACKAGE / "publish", ROOT / "tests", ROOT / "schema" / "codelists")
NAMED = re.findall(
    r"`((?:[\w.]+/)*[\w.]*(?:/|\.(?:py|tsv|csv|toml|json|md|yml)))`", (ROOT / "CONTRIBUTING.md").read_text("utf-8")
)
CASES = sorted((ROOT / "tests" / "cases").glob("*.toml"))
EXAMPLES = dict(
    re.findall(
        r"^## (\S+)\n.*?```toml\n(.*?)\n```", (ROOT / "tests" / "cases" / "README.md").read_text("utf-8"), re.S | re.M
    )
)


def test_every_file_that_contributing_names_is_there() -> None:
    of_a_notice = {"source.txt", "expected.json", "note.toml"}
    assert len(NAMED) > 60
    assert [name for name in NAMED if name not in of_a_notice and not any((at / name).exists() for at in FOLDERS)] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_format_of_cases_has_an_example(path: Path) -> None:
    assert EXAMPLES[path.name] in path.read_text(encoding="utf-8")
