"""The examples of docs/using-the-data.md, run on a build of the first notice: they print what the page says.

``pytest tests/test_using_the_data.py --update-golden`` writes what they print into the page.
"""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from gongwen import corpus

ROOT = Path(__file__).parent.parent
FIRST_NOTICE = "000_84bd1b8d845f832a.txt"
PAGE = ROOT / "docs" / "using-the-data.md"
EXAMPLE = re.compile(r"(?m)^```(excel|python|sql|sh|js)\n((?:(?!```).*\n)*)```\n\n```text\n((?:(?!```).*\n)*)```$")
EXAMPLES = list(EXAMPLE.finditer(PAGE.read_text("utf-8")))
LIBRARY = re.compile(r"(?m)^(?:import|from) (\w+)")
CONDITION = re.compile(r'\w+!([A-Z]):\1,"([^"]*)"')


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra `publish`)")
    folder, source = tmp_path_factory.mktemp("dist"), ROOT / "source"
    corpus.build(source, folder, [source / FIRST_NOTICE])
    return folder


def spreadsheet(formula: str, dist: Path) -> str:
    """COUNTIFS over one table."""
    match = re.fullmatch(r"=COUNTIFS\((\w+)!.*\)\n", formula)
    assert match, f"a formula that this test can't work out: {formula}"
    with (dist / "tables" / f"{match[1]}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    conditions = [(ord(column) - ord("A"), value) for column, value in CONDITION.findall(formula)]
    assert len(conditions) == formula.count('",') + 1
    return f"{sum(all(row[column] == value for column, value in conditions) for row in rows)}\n"


def python(code: str, dist: Path) -> str:
    for library in LIBRARY.findall(code):
        if find_spec(library) is None:
            pytest.skip(f"{library} is not installed (the group `dev`)")
    return command([sys.executable, "-"], code, dist)


def sql(query: str, dist: Path) -> str:
    with closing(sqlite3.connect(dist / "gongwen.db")) as database:
        return "".join("|".join(map(str, row)) + "\n" for row in database.execute(query))


def shell(line: str, dist: Path) -> str:
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    return command(["sh"], line, dist)


def javascript(code: str, dist: Path) -> str:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    return command(["node", "-"], code, dist)


def command(words: list[str], code: str, dist: Path) -> str:
    done = subprocess.run(words, input=code, cwd=dist, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


RUN: dict[str, Callable[[str, Path], str]] = {
    "excel": spreadsheet,
    "python": python,
    "sql": sql,
    "sh": shell,
    "js": javascript,
}


@pytest.mark.parametrize(
    "number", range(len(EXAMPLES)), ids=[f"{at}-{example[1]}" for at, example in enumerate(EXAMPLES, 1)]
)
def test_an_example_prints_what_the_page_says(number: int, dist: Path, request: pytest.FixtureRequest) -> None:
    language, code, expected = EXAMPLES[number].groups()
    printed = RUN[language](code, dist)
    assert printed.strip()
    if request.config.getoption("--update-golden"):
        page = PAGE.read_text("utf-8")
        PAGE.write_text(
            page.replace(f"{code}```\n\n```text\n{expected}```", f"{code}```\n\n```text\n{printed}```"), "utf-8"
        )
        return
    assert printed == expected


def test_the_page_has_an_example_for_every_reader() -> None:
    assert {example[1] for example in EXAMPLES} == RUN.keys()
    assert {"pandas", "duckdb"} <= {library for example in EXAMPLES for library in LIBRARY.findall(example[2])}
