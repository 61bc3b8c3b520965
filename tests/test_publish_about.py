"""gongwen.toml: what a publisher states of the data, and where it is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongwen.corpus import Files, Table
from gongwen.corpus.memory import Memory
from gongwen.errors import GongwenError
from gongwen.publish.dataset import UNSTATED, About, Agent, Contact, License, read_about
from publishing_examples import build

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

STATED = """
title = "青禾县公文"
base_url = "https://data.example/qinghe"
publisher = { name = "青禾县政府办", url = "https://www.example/" }
contact = { email = "open@data.example" }
license = { name = "notspecified", title = "青禾县数据许可" }
"""


@pytest.fixture(scope="module")
def about(tmp_path_factory: pytest.TempPathFactory) -> About:
    folder = tmp_path_factory.mktemp("source")
    (folder / "gongwen.toml").write_text(STATED, "utf-8")
    return read_about(folder)


@pytest.fixture(scope="module")
def dist(about: About, tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = ["jsonl", "calendar", "datasette", "site", "catalog", "datapackage"]
    return build(tmp_path_factory.mktemp("dist"), names, 1, about)


def test_what_is_stated_is_read_and_the_rest_is_as_without_it(about: About, tmp_path: Path) -> None:
    assert about == About(
        "青禾县公文",
        UNSTATED.description,
        "https://data.example/qinghe/",
        Agent("青禾县政府办", "https://www.example/"),
        Contact(email="open@data.example"),
        License("notspecified", "青禾县数据许可", None),
    )
    assert read_about(tmp_path) == UNSTATED


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("titel = '甲'", "the file has an unknown key 'titel'; expected title, "),
        ("title = 1", "title must be a line of text"),
        ("title = 'a\\u0007'", "title must be a line of text"),
        ("publisher = '甲'", "publisher must be a table with name, url"),
        ("publisher = { url = 'https://x.example' }", "publisher has no name"),
        ("contact = {}", "contact is empty"),
        ("contact = { phone = '1' }", "contact has an unknown key 'phone'"),
        ("base_url = 'data.example'", "base_url must be an address that begins with http"),
        ("base_url = 'https://me:secret@data.example/'", "without a user's name"),
        ("base_url = 'https://data.example/?a=1'", r"base_url must be the address of a folder, without \? or #"),
        ("license = { name = 'x', url = 'javascript:alert(1)' }", "license.url must be an address"),
        ("title = ", "gongwen.toml: "),
    ],
)
def test_what_can_not_be_read_is_refused_by_its_key(stated: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "gongwen.toml").write_text(stated.replace("'", '"'), "utf-8")
    with pytest.raises(GongwenError, match=said):
        read_about(tmp_path)


def test_it_lies_beside_the_sources(tmp_path: Path) -> None:
    assert Files(tmp_path, []).home == tmp_path == Table(tmp_path / "crawl.jsonl").home


def test_the_catalogue_has_what_dcat_ap_requires(dist: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed (the group `dev`)")
    graph = rdflib.Graph().parse(dist / "catalog.jsonld", format="json-ld", publicID="https://elsewhere.example/")
    dcat, dct, foaf = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.DCTERMS, rdflib.FOAF
    vcard = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
    [catalog] = graph.subjects(rdflib.RDF.type, dcat.Catalog)
    [dataset] = graph.objects(catalog, dcat.dataset)
    for node in (catalog, dataset):
        assert str(graph.value(node, dct.title)) == "青禾县公文"
        assert str(graph.value(node, dct.description)) == UNSTATED.description
        [publisher] = graph.objects(node, dct.publisher)
        assert (publisher, rdflib.RDF.type, foaf.Agent) in graph
        assert str(graph.value(publisher, foaf.name)) == "青禾县政府办"
        assert isinstance(graph.value(node, dct.language), rdflib.URIRef)
        [terms] = graph.objects(node, dct.license)
        assert str(graph.value(terms, dct.title)) == "青禾县数据许可"
    contact = graph.value(dataset, dcat.contactPoint)
    assert str(graph.value(contact, vcard.hasEmail)) == "mailto:open@data.example"
    distributions = list(graph.objects(dataset, dcat.distribution))
    assert {str(address) for each in distributions for address in graph.objects(each, dcat.accessURL)} == {
        f"https://data.example/qinghe/{name}" for name in ("index.json", "notices.jsonl", "calendar.ics")
    }
    assert str(graph.value(dataset, dcat.landingPage)) == "https://data.example/qinghe/site/index.html"


def test_the_package_and_the_metadata_of_datasette_say_it(dist: Path) -> None:
    package: dict[str, Any] = json.loads((dist / "datapackage.json").read_text("utf-8"))
    assert package["homepage"] == "https://data.example/qinghe/"
    assert package["title"] == "青禾县公文"
    assert package["contributors"] == [
        {"title": "青禾县政府办", "path": "https://www.example/", "roles": ["publisher"]},
        {"title": "open@data.example", "email": "open@data.example", "roles": ["contact"]},
    ]
    assert package["licenses"][0] == {"name": "notspecified", "title": "青禾县数据许可"}
    metadata = json.loads((dist / "metadata.json").read_text("utf-8"))
    assert (metadata["title"], metadata["about"]) == ("青禾县公文", "青禾县政府办")
    assert "license_url" not in metadata
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed (the group `dev`)")
    assert list(frictionless.Package.metadata_validate(package)) == []


def test_the_front_page_and_the_calendar_say_it(dist: Path) -> None:
    page = (dist / "site" / "index.html").read_text("utf-8")
    for said in ("<h1>青禾县公文</h1>", 'href="https://www.example/"', "青禾县政府办", "mailto:open@data.example"):
        assert said in page
    assert "X-WR-CALNAME:青禾县公文" in (dist / "calendar.ics").read_text("utf-8")


def test_what_was_built_under_another_statement_is_made_again(about: About, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    Memory(tmp_path, tmp_path / "dist", about).note({}, {"feed": {}})
    assert Memory(tmp_path, tmp_path / "dist", about).recall(["feed"]).keys() == {"feed"}
    assert Memory(tmp_path, tmp_path / "dist", UNSTATED).recall(["feed"]) == {}
