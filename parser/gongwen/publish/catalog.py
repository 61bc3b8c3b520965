"""The catalogue: what the dataset is and where each notice comes from, as JSON-LD with its context inside.

DCAT 3 describes the dataset and its files, schema.org the notices, PROV how they were made. All addresses of ours are
relative to the catalogue, so that it is right wherever dist/ lies. A source is named by its hash (RFC 6920), which is the
same wherever the source lies.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

import orjson

from gongwen import __version__
from gongwen.publish import Before, Entry, Part, Publisher, dataset
from gongwen.publish.datapackage import MEDIA_TYPES
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.epoch import build_time
from gongwen.publish.files import Output, Written

FILE = "catalog.jsonld"

CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "algorithm": {"@id": "spdx:algorithm", "@type": "@id"},
    "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": "spdx:checksum",
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "citation": "schema:citation",
    "conformsTo": {"@id": "dct:conformsTo", "@type": "@id"},
    "dataset": {"@id": "dcat:dataset", "@type": "@id"},
    "datePublished": {"@id": "schema:datePublished", "@type": "xsd:date"},
    "description": "dct:description",
    "distribution": {"@id": "dcat:distribution", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "encodingFormat": "schema:encodingFormat",
    "endDate": {"@id": "dcat:endDate", "@type": "xsd:date"},
    "identifier": "schema:identifier",
    "inLanguage": "schema:inLanguage",
    "isBasedOn": "schema:isBasedOn",
    "isPartOf": {"@id": "schema:isPartOf", "@type": "@id"},
    "keyword": "dcat:keyword",
    "language": "dct:language",
    "legislationDate": {"@id": "schema:legislationDate", "@type": "xsd:date"},
    "legislationIdentifier": "schema:legislationIdentifier",
    "legislationPassedBy": {"@id": "schema:legislationPassedBy", "@container": "@list"},
    "legislationType": "schema:legislationType",
    "license": {"@id": "dct:license", "@type": "@id"},
    "mediaType": {"@id": "dcat:mediaType", "@type": "@id"},
    "modified": {"@id": "dct:modified", "@type": "xsd:dateTime"},
    "name": "schema:name",
    "softwareVersion": "schema:softwareVersion",
    "source": {"@id": "dct:source", "@type": "@id"},
    "startDate": {"@id": "dcat:startDate", "@type": "xsd:date"},
    "temporal": "dct:temporal",
    "title": "dct:title",
    "url": "schema:url",
    "version": "dcat:version",
    "wasAssociatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
    "wasDerivedFrom": "prov:wasDerivedFrom",
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
}

CATALOG, DATASET, BUILD, SOFTWARE = "#catalog", "#dataset", "#build", "#software"
DISTRIBUTED = ("index.json", "notices.jsonl", "feed.atom", "calendar.ics", "tables/*.csv")
"""The files that hold the data of all notices."""


def prepare(entry: Entry) -> Part:
    """The node of the notice, and its date of issue."""
    return Part(data={"node": _line(notice_node(entry.data)), "date": (entry.data["issue_date"] or "").encode()})


class Catalog(Publisher):
    """Writes catalog.jsonld: the notices as they come, then the dataset that they are part of."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._stream = output.stream(FILE)
        self._stream.write(b'{"@context":' + orjson.dumps(CONTEXT) + b',\n"@graph":[\n')
        self._dates: tuple[str, ...] = ()  # the first and the last

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        self._stream.write(data["node"])
        if date := data["date"].decode():
            self._dates = min((date, *self._dates)), max((date, *self._dates))

    def describe(self, files: Mapping[str, Written]) -> None:
        names = sorted(name for name in files if any(fnmatchcase(name, glob) for glob in DISTRIBUTED))
        distributions = [distribution_node(name, files[name]) for name in names]
        for node in (*_process(), *distributions):
            self._stream.write(_line(node))
        self._stream.write(_line(dataset_node([node["@id"] for node in distributions], self._dates)))
        self._stream.write(
            orjson.dumps({"@id": CATALOG, "@type": "dcat:Catalog", "title": dataset.TITLE, "dataset": DATASET})
            + b"\n]}\n"
        )


def _line(node: dict[str, Any]) -> bytes:
    return orjson.dumps(node) + b",\n"


def notice_node(notice: dict[str, Any]) -> dict[str, Any]:
    """A notice as a node, with its source and the documents that it cites."""
    source, page = notice["source"], notice["page"] or {}
    number = notice["document_number"]
    origin = source["origin"] and source["origin"]["url"]
    return _present(
        {
            "@id": f"notices/{notice['id']}.json",
            "@type": ["schema:Legislation", "schema:CreativeWork", "prov:Entity"],
            "identifier": notice["id"],
            "legislationIdentifier": number and number["text"],
            "name": notice["title"],
            "legislationType": notice["kind"],
            "legislationDate": notice["issue_date"],
            "datePublished": page.get("publish_date"),
            "inLanguage": dataset.LANGUAGE,
            "legislationPassedBy": [
                {"@type": "schema:Organization", "name": issuer["name"]} for issuer in notice["issuers"]
            ],
            "citation": [_cited(citation) for citation in notice["citations"]],
            "isPartOf": DATASET,
            "isBasedOn": origin and {"@type": "schema:CreativeWork", "url": origin},
            "wasDerivedFrom": {
                "@id": named_by_hash(source["sha256"]),
                "@type": "prov:Entity",
                "checksum": _checksum(source["sha256"]),
            },
            "wasGeneratedBy": BUILD,
        }
    )


def distribution_node(name: str, file: Written) -> dict[str, Any]:
    """A file of the dataset as a node."""
    return {
        "@id": f"#{name}",
        "@type": "dcat:Distribution",
        "title": name,
        "downloadURL": name,
        "mediaType": f"https://www.iana.org/assignments/media-types/{MEDIA_TYPES[PurePosixPath(name).suffix]}",
        "byteSize": str(file.bytes),
        "checksum": _checksum(file.sha256),
        "license": dataset.ADDED.url,
    }


def dataset_node(distributions: list[str], dates: Sequence[str]) -> dict[str, Any]:
    """The dataset as a node; ``dates`` are the first and the last issue date of its notices, as far as known."""
    time = build_time()
    return _present(
        {
            "@id": DATASET,
            "@type": ["dcat:Dataset", "schema:Dataset"],
            "title": dataset.TITLE,
            "name": dataset.TITLE,
            "description": dataset.DESCRIPTION,
            "schema:description": dataset.DESCRIPTION,
            "version": dataset.VERSION,
            "keyword": list(dataset.KEYWORDS),
            "language": dataset.LANGUAGE,
            "license": dataset.ADDED.url,
            "schema:license": {"@id": dataset.ADDED.url},
            "source": [source.url for source in dataset.SOURCES if source.url],
            "temporal": {"@type": "dct:PeriodOfTime", "startDate": dates[0], "endDate": dates[-1]} if dates else None,
            "modified": time and time.isoformat(),
            "conformsTo": "datapackage.json",
            "distribution": distributions,
            "wasGeneratedBy": BUILD,
        }
    )


def named_by_hash(sha256: str) -> str:
    """The name of a file by its hash (RFC 6920).

    >>> named_by_hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    'ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
    """
    return "ni:///sha-256;" + urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def _process() -> Iterator[dict[str, Any]]:
    yield {"@id": SOFTWARE, "@type": "prov:SoftwareAgent", "name": dataset.NAME, "softwareVersion": __version__}
    yield {"@id": BUILD, "@type": "prov:Activity", "wasAssociatedWith": SOFTWARE}


def _cited(citation: dict[str, Any]) -> dict[str, Any]:
    number = citation["document_number"]
    return _present(
        {"@type": "schema:CreativeWork", "name": citation["title"], "identifier": number and number["text"]}
    )


def _checksum(sha256: str) -> dict[str, Any]:
    return {"@type": "spdx:Checksum", "algorithm": "spdx:checksumAlgorithm_sha256", "checksumValue": sha256}


def _present(node: dict[str, Any]) -> dict[str, Any]:
    """``node`` without the properties that have no value."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
