"""The catalogue, read by two JSON-LD libraries: they agree, and every statement that it makes is a triple."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongwen.errors import GongwenError
from gongwen.publish.catalog import CONTEXT, named_by_hash
from publishing_examples import build, entry

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

BASE = "https://example.org/data/catalog.jsonld"
SCHEMA = "https://schema.org/"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"), ["tables", "catalog"], 3)


@pytest.fixture
def catalog(dist: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((dist / "catalog.jsonld").read_text("utf-8"))
    return found


def statements(node: dict[str, Any]) -> Iterator[object]:
    """What a node of the JSON states: its types, each value of each property; a list is a chain of two triples an item."""
    types = node.get("@type", [])
    yield from [types] if isinstance(types, str) else types
    for name, value in node.items():
        values = value if isinstance(value, list) else [value]
        if name.startswith("@"):
            continue
        term = CONTEXT.get(name, {})
        if isinstance(term, dict) and term.get("@container") == "@list":
            yield name
            yield from values * 2
        else:
            yield from values
        for nested in values:
            if isinstance(nested, dict):
                yield from statements(nested)


def test_no_statement_is_lost(dist: Path, catalog: dict[str, Any]) -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed (the group `dev`)")
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed (the group `dev`)")
    expected = sum(1 for node in catalog["@graph"] for _ in statements(node))
    quads = jsonld.to_rdf(catalog, {"base": BASE})
    graph = rdflib.Graph().parse(dist / "catalog.jsonld", format="json-ld", publicID=BASE)
    assert (sum(map(len, quads.values())), len(graph)) == (expected, expected)


def test_a_notice_is_legislation_derived_from_its_source(dist: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed (the group `dev`)")
    graph = rdflib.Graph().parse(dist / "catalog.jsonld", format="json-ld", publicID=BASE)
    notice = entry(2).notice
    node = rdflib.URIRef(f"https://example.org/data/notices/{notice.id}.json")
    prov, schema = rdflib.Namespace("http://www.w3.org/ns/prov#"), rdflib.Namespace(SCHEMA)
    assert (node, rdflib.RDF.type, schema.Legislation) in graph
    assert str(graph.value(node, schema.legislationIdentifier)) == "青政办〔2023〕2号"
    assert graph.value(node, schema.legislationDate).toPython().isoformat() == "2023-05-09"
    assert str(graph.value(node, prov.wasDerivedFrom)) == named_by_hash(notice.source.sha256)
    assert (graph.value(node, prov.wasGeneratedBy), rdflib.RDF.type, prov.Activity) in graph
    [issuer] = graph.items(graph.value(node, schema.legislationPassedBy))
    assert str(graph.value(issuer, schema.name)) == "青石市人民政府办公室"


def test_the_dataset_names_its_files_with_size_and_hash(dist: Path, catalog: dict[str, Any]) -> None:
    files = {node["downloadURL"]: node for node in catalog["@graph"] if node["@type"] == "dcat:Distribution"}
    assert {"tables/tasks.csv", "index.json"} < files.keys()
    for name, node in files.items():
        content = (dist / name).read_bytes()
        assert (node["byteSize"], node["checksum"]["checksumValue"]) == (
            str(len(content)),
            hashlib.sha256(content).hexdigest(),
        )
    [dataset] = [node for node in catalog["@graph"] if node["@id"] == "#dataset"]
    assert sorted(dataset["distribution"]) == sorted(node["@id"] for node in files.values())
    assert dataset["temporal"] == {"@type": "dct:PeriodOfTime", "startDate": "2023-05-09", "endDate": "2023-05-09"}


def test_a_date_of_building_comes_from_source_date_epoch_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert "modified" not in _dataset(tmp_path / "plain")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert _dataset(tmp_path / "dated")["modified"] == "2023-11-14T22:13:20+00:00"


def test_a_date_of_building_that_is_none_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2023-11-14")
    with pytest.raises(GongwenError, match="SOURCE_DATE_EPOCH is 2023-11-14"):
        build(tmp_path, ["catalog"], 1)


def _dataset(folder: Path) -> dict[str, Any]:
    graph = json.loads((build(folder, ["catalog"], 1) / "catalog.jsonld").read_text("utf-8"))["@graph"]
    [found] = [node for node in graph if node["@id"] == "#dataset"]
    assert isinstance(found, dict)
    return found
