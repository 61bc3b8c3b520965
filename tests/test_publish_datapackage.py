"""The data package, checked by frictionless: every committed file with its size, hash, terms; tables with their keys."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from gongwen.publish import FORMATS
from gongwen.publish.codelists import codelist_tables
from gongwen.publish.organs import organs_table
from gongwen.publish.tables import notice_tables
from gongwen.publish.vocabulary import vocabulary_tables
from publishing_examples import build

NAMES = [format.name for format in FORMATS if format.name not in ("parquet", "workbook")]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"), NAMES, 2)


@pytest.fixture
def package(dist: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((dist / "datapackage.json").read_text("utf-8"))
    return found


def test_every_committed_file_is_described(dist: Path, package: dict[str, Any]) -> None:
    files = {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}
    data = {name for name in files if not name.startswith("site/")} - {"datapackage.json", "gongwen.db"}
    assert {resource["path"] for resource in package["resources"]} == data
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))
    assert package["licenses"]
    assert package["sources"]
    for resource in package["resources"]:
        content = (dist / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        assert bool(resource.get("licenses")) == resource["path"].startswith("sources/"), (
            "others are under the package's"
        )
        assert resource["mediatype"] != "application/octet-stream", resource["path"]


def test_every_table_has_its_schema_keys_and_references(package: dict[str, Any]) -> None:
    tables = {resource["name"]: resource for resource in package["resources"] if resource.get("type") == "table"}
    assert tables.keys() == {
        table.name for table in (*notice_tables(), *codelist_tables(), *vocabulary_tables().values(), organs_table())
    }
    schema = tables["responsibilities"]["schema"]
    assert schema["primaryKey"] == ["task_id", "position"]
    assert {"fields": ["unit_id"], "reference": {"resource": "units", "fields": ["unit_id"]}} in schema["foreignKeys"]
    assert {"fields": ["parent_id"], "reference": {"fields": ["section_id"]}} in tables["sections"]["schema"][
        "foreignKeys"
    ]


def test_notices_name_their_json_schema(dist: Path, package: dict[str, Any]) -> None:
    schemas = {resource["jsonSchema"] for resource in package["resources"] if resource["path"].startswith("notices/")}
    assert schemas == {"schema/notice.schema.json"}
    assert (dist / "schema/notice.schema.json").is_file()


def complaints(path: Path) -> list[list[Any]]:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed (the group `dev`)")
    found: list[list[Any]] = frictionless.validate(str(path)).flatten(["type", "message"])
    return found


def test_frictionless_finds_nothing(dist: Path) -> None:
    assert complaints(dist / "datapackage.json") == []


@pytest.mark.parametrize(
    ("table", "old", "new", "complaint"),
    [
        ("tasks", b"#task-2,", b"#task-1,", "primary-key"),
        ("responsibilities", b",lead,", b",boss,", "foreign-key"),
        ("responsibilities", b"#unit-4,", b"#unit-9,", "foreign-key"),
        ("notices", b"2023-05-09", b"2023-05-0x", "type-error"),
    ],
)
def test_frictionless_finds_what_is_wrong(
    dist: Path, tmp_path: Path, table: str, old: bytes, new: bytes, complaint: str
) -> None:
    package = json.loads((dist / "datapackage.json").read_text("utf-8"))
    package["resources"] = [resource for resource in package["resources"] if resource.get("type") == "table"]
    for resource in package["resources"]:
        content = (dist / resource["path"]).read_bytes()
        if resource["name"] == table:
            assert old in content
            content = content.replace(old, new)
        (tmp_path / resource["path"]).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / resource["path"]).write_bytes(content)
        del resource["bytes"], resource["hash"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert complaint in {kind for kind, _ in complaints(tmp_path / "datapackage.json")}
