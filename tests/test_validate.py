"""The fast validator and the reference one agree, on what is valid and on where it isn't."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest

from gongwen import parse_file, schemas, to_json
from gongwen.validation import Problem, json_path, problems

NOTICE = Path(__file__).parent / "golden" / "labelled-lines" / "source.txt"
REFERENCE = jsonschema.Draft202012Validator(
    json.loads((schemas.folder() / "notice.schema.json").read_text(encoding="utf-8")),
    format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
)
JUNK: list[Any] = [
    None,
    "",
    "  ",
    0,
    -1,
    1.5,
    True,
    [],
    {},
    "boss",
    "2023-02-30",
    "2023-13",
    "section-0",
    ["section-1", "x"],
    {"start": 1},
    10**20,
    "１２",
]


@pytest.fixture(scope="module")
def valid() -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(to_json(parse_file(NOTICE)))
    return data


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value below ``node``."""
    steps: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for step, value in steps for place in ((*path, step), *places(value, (*path, step)))]


def mutated(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """``data`` with one to three values replaced, removed or added."""
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 3)):
        *above, step = chance.choice(places(data))
        holder: Any = data
        for part in above:
            holder = holder[part]
        action = chance.randrange(4)
        if action == 0:
            del holder[step]
        elif action == 1 and isinstance(holder, dict):
            holder[f"new_{step}"] = chance.choice(JUNK)
        else:
            holder[step] = chance.choice(JUNK)
    return data


def paths(found: Any) -> set[str]:
    return {json_path(list(error.absolute_path)) for error in found}


@pytest.mark.parametrize("seed", range(150))
def test_both_validators_find_the_same_places(valid: dict[str, Any], seed: int) -> None:
    data = mutated(valid, random.Random(seed))
    assert {problem.path for problem in problems(data)} == paths(REFERENCE.iter_errors(data))


def test_a_valid_notice_has_no_problem(valid: dict[str, Any]) -> None:
    assert list(problems(valid)) == []
    assert list(REFERENCE.iter_errors(valid)) == []


def test_problems_name_the_place_and_the_reason(valid: dict[str, Any]) -> None:
    data = copy.deepcopy(valid)
    data["tasks"][1]["responsible_units"][0]["role"] = "boss"
    [problem] = problems(data)
    assert problem == Problem(
        "$.tasks[1].responsible_units[0].role", '"boss" is not one of "lead", "support" or "responsible"'
    )
