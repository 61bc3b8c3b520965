"""The three promises, over every source in the repository: nothing is lost, nothing is invented, the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from random import Random

import pytest

import notice_generator
from gongwen import analyze, corpus, pipeline, read
from gongwen.errors import GongwenError
from gongwen.pipeline import Parsed
from gongwen.repair import repair
from gongwen.text import Text
from mutations import mutated
from promises import broken

ROOT = Path(__file__).parent.parent
CASES = tomllib.loads((ROOT / "tests" / "cases" / "promises.toml").read_text(encoding="utf-8"))["case"]
SOURCES = [
    *corpus.sources(ROOT / "source"),
    *corpus.sources(ROOT / "examples" / "source"),
    *sorted((ROOT / "tests" / "golden").glob("*/source.*")),
]


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def parsed(request: pytest.FixtureRequest) -> Parsed:
    return pipeline.parse_source(read.open_source(request.param))


def test_a_source_of_the_repository_keeps_the_promises(parsed: Parsed) -> None:
    assert list(broken(parsed)) == []


def test_repair_is_idempotent(parsed: Parsed) -> None:
    repaired, _ = repair(Text(parsed.text.source))
    assert repair(Text(repaired.value))[0].value == repaired.value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_text_that_broke_a_promise_keeps_it(case: dict[str, str]) -> None:
    parsed = pipeline.parse_source(read.from_text(case["input"]))
    assert list(broken(parsed)) == []
    if "expect" in case:
        assert parsed.text.value == case["expect"]


@pytest.mark.parametrize("seed", range(120))
def test_mutated_notices_keep_the_promises(seed: int) -> None:
    """A sample of what `make fuzz` does for as long as it is given."""
    chance = Random(seed)
    stock = [path for path in SOURCES if path.suffix in (".txt", ".html")]
    text, other = (path.read_text("utf-8") for path in chance.choices(stock, k=2))
    try:
        parsed = pipeline.parse_source(read.from_bytes(mutated(text, seed, other).encode()))
    except GongwenError:
        return
    assert list(broken(parsed)) == []


@pytest.mark.parametrize("seed", range(80))
def test_every_answer_about_an_invented_notice_is_right_or_has_a_finding(seed: int) -> None:
    made = notice_generator.make(seed)
    assert list(notice_generator.wrong(made, analyze(made.source.encode()))) == [], made.recipe


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """Sets come in another order in each: what depends on it would differ."""
    for seed in ("1", "2"):
        command = (sys.executable, "-m", "gongwen", "build", ROOT / "examples" / "source", tmp_path / seed)
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True)
    one, two = (
        {path.relative_to(tmp_path / seed): path.read_bytes() for path in (tmp_path / seed).rglob("*.*")}
        for seed in ("1", "2")
    )
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []
