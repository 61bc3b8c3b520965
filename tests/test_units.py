"""Units: names resolved where that is certain, and the tables behind it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongwen.extract.header import Mention
from gongwen.extract.units import register
from gongwen.lexicon import divisions
from gongwen.lexicon.organs import certain, organs
from gongwen.text import Text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "unit.toml").read_text(encoding="utf-8"))["case"]
LEXICON = Path(divisions.__file__).parent


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']} of {case['issuer']}")
def test_case(case: dict[str, Any]) -> None:
    issuer, name = case["issuer"], case["name"]
    text = Text(f"{issuer}：{name}")
    at = len(issuer) + 1
    registry = register(
        text, [Mention(issuer, 0, len(issuer))], [Mention(name, at, at + len(name))], [], case.get("year")
    )
    unit = registry.units[-1]
    assert (unit.name, unit.full_name, unit.kind, unit.division) == (
        name,
        case.get("full_name"),
        case.get("kind"),
        case.get("division"),
    )
    assert unit.collective is case.get("collective", False)
    assert list(unit.candidates) == case.get("candidates", [])
    assert [finding.code for finding in registry.findings] == ["ambiguous-unit"] * bool(unit.candidates)


def test_a_unit_stands_once_for_each_name_in_order_of_first_mention() -> None:
    text = Text("区科协 区教育局 区科协")
    registry = register(text, [Mention("区科协", 8, 11), Mention("区教育局", 4, 8)], [Mention("区科协", 0, 3)], [])
    assert [(unit.id, unit.name, len(unit.spans)) for unit in registry.units] == [
        ("unit-1", "区科协", 2),
        ("unit-2", "区教育局", 1),
    ]
    assert [party.unit_id for party in registry.parties(text, [Mention("区教育局", 4, 8, "signature")])] == ["unit-2"]


def test_general_knowledge_gives_no_full_name() -> None:
    assert organs("老科协")[0].sources == {"BK"}
    assert certain("老科协", organs("老科协")) is None


@pytest.mark.parametrize("table", sorted(path.name for path in LEXICON.glob("*.tsv") if path.name != "readings.tsv"))
def test_tables_are_rectangular_and_without_repetition(table: str) -> None:
    rows = (LEXICON / table).read_text(encoding="utf-8").splitlines()
    assert len({row.count("\t") for row in rows}) == 1
    assert len(rows) == len(set(rows))


def test_every_division_leads_up_to_a_province() -> None:
    rows = (LEXICON / "divisions_gb2260.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        code, *_, full_name = row.split("\t")
        above = divisions.chain(divisions.division(code))
        assert above[-1].level == "province"
        assert full_name.startswith(above[-1].name)
        assert full_name.endswith(above[0].name)
