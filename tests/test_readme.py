"""The examples of the READMEs run and say what they show."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import orjson
import pytest

import gongwen

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_session_of_the_first_screen_runs(name: str) -> None:
    failed, attempted = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert attempted
    assert not failed


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_json_of_the_first_screen_is_what_comes_out(name: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    [line] = re.findall(r'gongwen\.parse\("([^"]+)"\)', readme)[:1]
    shown = orjson.loads(re.findall(r"```json\n(.*?)```", readme, re.DOTALL)[0])
    made = orjson.loads(gongwen.to_json(gongwen.parse(line)))["tasks"][0]
    units = shown.pop("responsible_units")
    assert {key: made[key] for key in shown} == shown
    assert [{key: unit[key] for key in units[0]} for unit in made["responsible_units"]] == units


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README.zh.md",
        "CONTRIBUTING.md",
        "schema/README.md",
        "schema/README.zh.md",
        "schema/CHANGELOG.md",
        "source/README.md",
        "docs/using-the-data.md",
        "docs/diff.md",
        "docs/building.md",
    ],
)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
