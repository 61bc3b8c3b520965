"""The catalogue: what the dataset is and where each notice comes from, as JSON-LD with its context inside.

DCAT 3 describes the dataset and its files, with what DCAT-AP 3 requires, schema.org the notices, PROV how they were made. All
addresses of ours are relative to the catalogue, so that it is right wherever dist/ lies, or to the base URL that the publisher
states. Who publishes the data is said where the publisher states it. A source is named by its hash (RFC 6920), which is the
same wherever the source lies.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import orjson

from gongwen import __version__
from gongwen.publish import Before, Entry, Part, Publisher, dataset
from gongwen.publish.datapackage import MEDIA_TYPES
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.epoch import build_time
from gongwen.publish.files import Output, Written, any_of

FILE = "catalog.jsonld"

CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "accessURL": {"@id": "dcat:accessURL", "@type": "@id"},
    "algorithm": {"@id": "spdx:algorithm", "@type": "@id"},
    "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": "spdx:checksum",
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "citation": "schema:citation",
    "conformsTo": {"@id": "dct:conformsTo", "@type": "@id"},
    "contactPoint": {"@id": "dcat:contactPoint", "@type": "@id"},
    "dataset": {"@id": "dcat:dataset", "@type": "@id"},
    "datePublished": {"@id": "schema:datePublished", "@type": "xsd:date"},
    "description": "dct:description",
    "distribution": {"@id": "dcat:distribution", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "encodingFormat": "schema:encodingFormat",
    "endDate": {"@id": "dcat:endDate", "@type": "xsd:date"},
    "homepage": {"@id": "foaf:homepage", "@type": "@id"},
    "identifier": "schema:identifier",
    "inLanguage": "schema:inLanguage",
    "isBasedOn": "schema:isBasedOn",
    "isPartOf": {"@id": "schema:isPartOf", "@type": "@id"},
    "keyword": "dcat:keyword",
    "landingPage": {"@id": "dcat:landingPage", "@type": "@id"},
    "language": {"@id": "dct:language", "@type": "@id"},
    "legislationDate": {"@id": "schema:legislationDate", "@type": "xsd:date"},
    "legislationIdentifier": "schema:legislationIdentifier",
    "legislationPassedBy": {"@id": "schema:legislationPassedBy", "@container": "@list"},
    "legislationType": "schema:legislationType",
    "license": {"@id": "dct:license", "@type": "@id"},
    "mediaType": {"@id": "dcat:mediaType", "@type": "@id"},
    "modified": {"@id": "dct:modified", "@type": "xsd:dateTime"},
    "name": "schema:name",
    "publisher": {"@id": "dct:publisher", "@type": "@id"},
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
PUBLISHER, CONTACT = "#publisher", "#contact"
DISTRIBUTED = ("index.json", "notices.jsonl", "feed.atom", "calendar.ics", "tables/*.csv")
"""The files that hold the data of all notices."""
SITE = "site/index.html"
_CHINESE = "http://publications.europa.eu/resource/authority/language/ZHO"


def prepare(entry: Entry) -> Part:
    """The node of the notice, and its date of issue."""
    return Part(data={"node": _line(notice_node(entry.data)), "date": (entry.data["issue_date"] or "").encode()})


class Catalog(Publisher):
    """Writes catalog.jsonld: the notices as they come, then the dataset that they are part of."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._stream = output.stream(FILE)
        base = {"@base": about.base_url} if about.base_url else {}
        self._stream.write(b'{"@context":' + orjson.dumps({**base, **CONTEXT}) + b',\n"@graph":[\n')
        self._dates: tuple[str, ...] = ()  # the first and the last

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        self._stream.write(data["node"])
        if date := data["date"].decode():
            self._dates = min((date, *self._dates)), max((date, *self._dates))

    def describe(self, files: Mapping[str, Written]) -> None:
        names = sorted(name for name in files if any_of(DISTRIBUTED).match(name))
        distributions = [distribution_node(name, files[name], self.about) for name in names]
        for node in (*_process(), *_people(self.about), *distributions):
            self._stream.write(_line(node))
        pages = [SITE] if SITE in files else []
        named = [node["@id"] for node in distributions]
        self._stream.write(_line(dataset_node(named, self._dates, self.about, pages)))
        self._stream.write(orjson.dumps(catalog_node(self.about, pages)) + b"\n]}\n")


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


def distribution_node(name: str, file: Written, about: About = UNSTATED) -> dict[str, Any]:
    """A file of the dataset as a node."""
    return {
        "@id": f"#{name}",
        "@type": "dcat:Distribution",
        "title": name,
        "accessURL": name,
        "downloadURL": name,
        "mediaType": f"https://www.iana.org/assignments/media-types/{MEDIA_TYPES[PurePosixPath(name).suffix]}",
        "byteSize": str(file.bytes),
        "checksum": _checksum(file.sha256),
        "license": _license(about),
    }


def dataset_node(
    distributions: list[str], dates: Sequence[str], about: About = UNSTATED, pages: Sequence[str] = ()
) -> dict[str, Any]:
    """The dataset as a node; ``dates`` are the first and the last issue date of its notices, as far as known, ``pages`` show it."""
    time = build_time()
    return _present(
        {
            "@id": DATASET,
            "@type": ["dcat:Dataset", "schema:Dataset"],
            "name": about.title,
            "schema:description": about.description,
            "version": dataset.VERSION,
            "keyword": list(dataset.KEYWORDS),
            "schema:license": about.license.url and {"@id": about.license.url},
            "source": [source.url for source in dataset.SOURCES if source.url],
            "temporal": {"@type": "dct:PeriodOfTime", "startDate": dates[0], "endDate": dates[-1]} if dates else None,
            "modified": time and time.isoformat(),
            "conformsTo": "datapackage.json",
            "landingPage": list(pages),
            "distribution": distributions,
            "wasGeneratedBy": BUILD,
            "contactPoint": CONTACT if about.contact else None,
            **_stated(about),
        }
    )


def catalog_node(about: About = UNSTATED, pages: Sequence[str] = ()) -> dict[str, Any]:
    """The catalogue as a node; ``pages`` show it."""
    return _present(
        {
            "@id": CATALOG,
            "@type": "dcat:Catalog",
            "dataset": DATASET,
            "homepage": next(iter(pages), None),
            **_stated(about),
        }
    )


def _stated(about: About) -> dict[str, Any]:
    """What holds for the catalogue as for its dataset."""
    return {
        "title": about.title,
        "description": about.description,
        "language": _CHINESE,
        "license": _license(about),
        "publisher": PUBLISHER if about.publisher else None,
    }


def _license(about: About) -> Any:
    terms = about.license
    return terms.url or {"@type": "dct:LicenseDocument", "title": terms.title}


def _people(about: About) -> Iterator[dict[str, Any]]:
    """The publisher and the contact, as far as they are stated."""
    if agent := about.publisher:
        yield _present({"@id": PUBLISHER, "@type": "foaf:Agent", "foaf:name": agent.name, "homepage": agent.url})
    if contact := about.contact:
        yield _present(
            {
                "@id": CONTACT,
                "@type": "vcard:Kind",
                "vcard:fn": contact.name or contact.email or contact.url,
                "vcard:hasEmail": contact.email and {"@id": f"mailto:{contact.email}"},
                "vcard:hasURL": contact.url and {"@id": contact.url},
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
