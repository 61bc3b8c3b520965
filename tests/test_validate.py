"""The fast validator and the reference one agree, on what is valid and on where it isn't; people are told in the reference's words."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from gongwen import parse_file, to_json, validate
from gongwen.cli import main
from gongwen.validation import Problem, explained, json_path, problems, reference

NOTICE = Path(__file__).parent / "golden" / "labelled-lines" / "source.txt"
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
    found, expected = {problem.path for problem in problems(data)}, paths(reference().iter_errors(data))
    assert found == expected
    if seed % 10:
        return
    told = {problem.path for problem in explained(data)}
    assert bool(told) is bool(found)
    assert all(any(path.startswith(place) for path in told) for place in found)
    assert all(any(path.startswith(place) for place in found) for path in told)


def test_a_valid_notice_has_no_problem(valid: dict[str, Any]) -> None:
    assert list(problems(valid)) == []
    assert list(reference().iter_errors(valid)) == []


def test_problems_name_the_place_and_the_reason_in_the_words_of_the_reference(valid: dict[str, Any]) -> None:
    data = copy.deepcopy(valid)
    data["tasks"][1]["responsible_units"][0]["role"] = "boss"
    place = "$.tasks[1].responsible_units[0].role"
    assert validate(data) == [Problem(place, "'boss' is not one of ['lead', 'support', 'responsible']")]
    assert list(problems(data)) == [Problem(place, '"boss" is not one of "lead", "support" or "responsible"')]


def test_what_may_be_null_is_told_by_what_is_wrong_with_it(valid: dict[str, Any]) -> None:
    data = copy.deepcopy(valid) | {"print": {"organ": 5, "date": None}}
    assert {(problem.path, problem.message) for problem in validate(data)} == {
        ("$.print.organ", "5 is not of type 'string', 'null'"),
        ("$.print", "'span' is a required property"),
    }


def test_what_one_of_the_two_lets_pass_is_told_by_the_other(valid: dict[str, Any]) -> None:
    data = copy.deepcopy(valid) | {"id": valid["id"] + "\n"}
    assert not list(reference().iter_errors(data))
    assert [problem.path for problem in validate(data)] == ["$.id"]


def test_a_hostile_value_is_told_in_few_words(valid: dict[str, Any]) -> None:
    deep: Any = 1
    for _ in range(1000):
        deep = [deep]
    for value, place in ((deep, "$"), (["x" * 100_000], "$.title")):
        [problem] = validate(valid | {"title": value})
        assert problem.path == place
        assert len(problem.message) < 400


def test_the_command_tells_them_file_by_file(valid: dict[str, Any], tmp_path: Path) -> None:
    for name, content in (("fine", valid), ("wrong", valid | {"title": 3}), ("text", "x")):
        (tmp_path / f"{name}.json").write_bytes(orjson.dumps(content))
    result = CliRunner().invoke(
        main, ["validate", *(str(tmp_path / f"{name}.json") for name in ("fine", "wrong", "text"))]
    )
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{tmp_path}/wrong.json: $.title: 3 is not of type 'string', 'null'",
        f"{tmp_path}/text.json: $: 'x' is not of type 'object'",
    ]
