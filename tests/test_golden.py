"""Golden notices: real layouts in our own words, with the whole result that a person has read and agreed to.

A folder is a notice: source.*, expected.json, note.toml (why it teaches something; ``known_failure`` where the expected
result was written by a person and isn't reached yet). ``make golden`` writes expected.json anew: then read the diff.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import orjson
import pytest

import gongwen
from gongwen.validation import problems

GOLDEN = Path(__file__).parent / "golden"


def notices() -> list[Any]:
    """The folders, each with its note; a known failure is expected to fail."""
    found = []
    for folder in sorted(GOLDEN.iterdir()):
        note = tomllib.loads((folder / "note.toml").read_text(encoding="utf-8"))
        marks = [pytest.mark.xfail(reason=note["known_failure"], strict=True)] if "known_failure" in note else []
        found.append(pytest.param(folder, note, id=folder.name, marks=marks))
    return found


@pytest.mark.parametrize(("folder", "note"), notices())
def test_golden(folder: Path, note: dict[str, str], request: pytest.FixtureRequest) -> None:
    [source] = folder.glob("source.*")
    expected = folder / "expected.json"
    actual = gongwen.to_json(gongwen.parse_file(source))
    assert list(problems(orjson.loads(actual))) == []
    if request.config.getoption("--update-golden") and "known_failure" not in note:
        expected.write_bytes(actual)
    assert expected.is_file(), "no expected.json yet: run `make golden`, then read it against the source"
    assert orjson.loads(actual) == orjson.loads(expected.read_bytes())
    assert actual == expected.read_bytes()
