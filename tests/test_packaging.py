"""What is packaged says where it comes from and under which terms."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path

import pytest

import gongwen
from gongwen.publish import dataset

ROOT = Path(__file__).parents[1]
LEXICON = ROOT / "parser" / "gongwen" / "lexicon"
TABLES = sorted(path.name for pattern in ("*.tsv", "*.bin") for path in LEXICON.glob(pattern))


@pytest.mark.parametrize("document", [ROOT / "LICENSE-DATA.md", LEXICON / "README.md"], ids=lambda path: path.name)
def test_every_table_is_named_with_its_source(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [name for name in TABLES if f"`{name}`" not in text] == []


def test_the_licence_of_the_readings_is_that_of_pypinyin() -> None:
    files = importlib.metadata.files("pypinyin") or []
    [licence] = [file for file in files if file.name.startswith("LICENSE")]
    ours = (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")
    assert " ".join(licence.read_text().split()) in " ".join(ours.split())


def test_the_law_is_cited_with_the_same_address_in_licence_and_data() -> None:
    assert dataset.NOTICES.url
    assert dataset.NOTICES.url in (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")


def test_the_extra_all_holds_all_others() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert extras["all"] == [f"gongwen[{','.join(sorted(extras.keys() - {'all'}))}]"]


def test_the_version_is_that_of_the_package() -> None:
    assert importlib.metadata.version("gongwen") == gongwen.__version__
