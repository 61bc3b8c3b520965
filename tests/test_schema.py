"""The schema, the model and the code lists say the same."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

import jsonschema
import pytest

import gongwen
from gongwen import model, schemas

SCHEMA_FILES = sorted(schemas.folder().glob("*.schema.json"))
NOTICE_SCHEMA = json.loads((schemas.folder() / "notice.schema.json").read_text(encoding="utf-8"))
CODELISTS = sorted((schemas.folder() / "codelists").glob("*.csv"))

# The schema's names of objects that the model calls otherwise.
NAMES = {"SourceInfo": "Source"}
CLASSES = [item for item in vars(model).values() if is_dataclass(item) and isinstance(item, type)]


def definition(name: str) -> dict[str, Any]:
    found: dict[str, Any] = NOTICE_SCHEMA if name == "Notice" else NOTICE_SCHEMA["$defs"][NAMES.get(name, name)]
    return found


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a schema, itself included."""
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from objects(part)


def properties(node: Any, place: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every property of a schema with its place."""
    if isinstance(node, list):
        return [found for part in node for found in properties(part, place)]
    if not isinstance(node, dict):
        return []
    own = [(f"{place}/{name}", value) for name, value in node.get("properties", {}).items() if value is not True]
    return own + [found for key, value in node.items() for found in properties(value, f"{place}/{key}")]


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.name)
def test_each_schema_is_one(path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.name)
def test_the_id_of_a_schema_ends_with_the_newest_version_of_its_changelog(path: Path) -> None:
    name = path.name.removesuffix(".schema.json")
    changes = (schemas.folder() / "CHANGELOG.md").read_text(encoding="utf-8").split(f"\n## {name}\n")[1]
    [newest] = re.findall(r"^### (\S+)", changes, re.MULTILINE)[:1]
    assert json.loads(path.read_text(encoding="utf-8"))["$id"] == f"urn:x-gongwen:schema:{name}:{newest}"


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.name)
def test_each_property_is_described(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert [place for place, value in properties(schema) if not value.get("description")] == []


@pytest.mark.parametrize("model_class", CLASSES, ids=lambda item: item.__name__)
def test_the_schema_has_the_fields_of_the_model_in_their_order(model_class: type) -> None:
    schema = definition(model_class.__name__)
    names = [field.name for field in fields(model_class)]
    optional = ["damaged"] if issubclass(model_class, model.Value) else []
    assert list(schema["properties"]) == names + optional
    assert schema["required"] == names
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("model_class", CLASSES, ids=lambda item: item.__name__)
def test_the_schema_has_the_types_of_the_model(model_class: type) -> None:
    schema = definition(model_class.__name__)
    for name, hint in get_type_hints(model_class).items():
        assert kinds_of_schema(schema["properties"][name]) == kinds_of_hint(hint), f"{model_class.__name__}.{name}"


def kinds_of_hint(hint: Any) -> set[str]:
    if get_origin(hint) in (Union, UnionType):
        return set().union(*map(kinds_of_hint, get_args(hint)))
    if get_origin(hint) is Mapping:
        return {"map of " + "|".join(sorted(kinds_of_hint(get_args(hint)[1])))}
    if get_origin(hint) is tuple:
        return {"array of " + "|".join(sorted(kinds_of_hint(get_args(hint)[0])))}
    if get_origin(hint) is ClassVar:  # a mark that stands only where it is true
        return kinds_of_hint(get_args(hint)[0])
    if get_origin(hint) is Literal or hint is str:
        return {"string"}
    if is_dataclass(hint) and isinstance(hint, type):
        return {NAMES.get(hint.__name__, hint.__name__)}
    return {{bool: "boolean", int: "integer", float: "number", NoneType: "null"}[hint]}


def kinds_of_schema(schema: dict[str, Any]) -> set[str]:
    if "$ref" in schema:
        return {schema["$ref"].rsplit("/", 1)[1]}
    if "anyOf" in schema:
        return set().union(*map(kinds_of_schema, schema["anyOf"]))
    if schema.get("type") == "array":
        return {"array of " + "|".join(sorted(kinds_of_schema(schema["items"])))}
    if isinstance(schema.get("additionalProperties"), dict):
        return {"map of " + "|".join(sorted(kinds_of_schema(schema["additionalProperties"])))}
    if "type" not in schema:
        return {"null" if code is None else "string" for code in schema["enum"]}
    return set(schema["type"]) if isinstance(schema["type"], list) else {schema["type"]}


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.name)
def test_strict_validators_take_it(path: Path) -> None:
    """What ajv's strict mode refuses: a union of types beside null, and a required property that is not defined beside it."""
    for value in objects(json.loads(path.read_text(encoding="utf-8"))):
        if isinstance(value.get("type"), list):
            assert len(set(value["type"]) - {"null"}) == 1, value
        if isinstance(value.get("required"), list):
            assert set(value["required"]) <= set(value["properties"]), value


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.name)
def test_enums_are_their_code_lists(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    listed = [value for value in objects(schema) if "x-codelist" in value]
    assert listed
    for value in listed:
        codes = list(schemas.codelist(Path(value["x-codelist"]).stem))
        assert [code for code in value["enum"] if code is not None] == codes, "run tools/sync_codelists.py"


@pytest.mark.parametrize("path", CODELISTS, ids=lambda path: path.name)
def test_code_lists_are_complete(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows, "an empty code list"
    assert len({row["code"] for row in rows}) == len(rows), "a code stands twice"
    for row in rows:
        assert None not in row, f"{row}: too many cells"
        assert all(row.values()), f"{row}: an empty cell"


def test_the_literals_of_the_model_are_code_lists() -> None:
    literals = {"Role": "roles", "RoleBasis": "role_bases", "TargetType": "target_types", "Bound": "bounds", "Change": "changes", "Direction": "directions", "Strength": "strengths",
                "Severity": "severities", "DeadlineRule": "deadline_rules", "Confidence": "confidences", "PartKind": "part_kinds", "EffectiveRule": "effective_rules", "JurisdictionBasis": "jurisdiction_bases"}  # fmt: skip
    for name, table in literals.items():
        assert set(get_args(getattr(model, name))) == set(schemas.codelist(table)), name


def test_the_schema_for_readers_takes_what_a_later_version_adds_and_nothing_else() -> None:
    strict = (schemas.folder() / "notice.schema.json").read_bytes()
    reader = json.loads(schemas.for_readers(strict))
    jsonschema.Draft202012Validator.check_schema(reader)
    validator = jsonschema.Draft202012Validator(reader)
    for path in sorted((Path(__file__).parent / "golden").glob("*/expected.json")):
        record = json.loads(path.read_text("utf-8"))
        assert not list(validator.iter_errors(record))
        record |= {"schema_version": "2.7.0", "added": {"x": 1}, "kind": "新文种"}
        record["source"]["format"] = "epub"
        for finding in record["findings"]:
            finding |= {"code": "unheard-of", "added": None}
        assert not list(validator.iter_errors(record))
        assert gongwen.from_json(record).title == record["title"]
        for wrong in ({"schema_version": "3.0.0"}, {"title": 1}, {"issue_date": "soon"}):
            assert list(validator.iter_errors({**record, **wrong})), wrong
        del record["tasks"]
        assert list(validator.iter_errors(record))
    keywords = {key for node in objects(reader) for key in node}
    assert not keywords & {"x-codelist", "format", "additionalProperties"} - set(
        reader["$defs"]["Source"]["properties"]
    )
