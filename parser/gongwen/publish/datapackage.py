"""A Data Package (version 2) of the data in dist/ that are committed: each file with its size, hash and schema.

What is rebuilt and not committed (the database, Parquet) has other bytes with every version of its library, so there is
nothing to say of it here; the pages of the site show the data and are none. The terms of the package hold for its files,
but for those that name their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import orjson

from gongwen.publish import FORMATS, Publisher, dataset
from gongwen.publish.codelists import codelist_tables
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.definitions import Type
from gongwen.publish.epoch import build_time
from gongwen.publish.files import Written, any_of
from gongwen.publish.organs import TABLE_FILE, organs_table
from gongwen.publish.tables import Field, Table, notice_tables
from gongwen.publish.vocabulary import vocabulary_tables

FILE = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

RESOURCES = (
    ("index.json", "Index of the notices"),
    ("notices/*.json", "A notice"),
    ("notices.jsonl", "All notices, a line each"),
    ("feed.atom", "The latest notices as an Atom feed"),
    ("calendar.ics", "The dated steps of all tasks as a calendar"),
    ("sources/*.txt", "The decoded source of a notice, which all spans index"),
    ("ledgers/*.json", "Every edit between the source of a notice and its published wording"),
    ("places/*.json", "Where the file of a notice has its text: pages and boxes, paragraphs, cells"),
    ("coverage/*.json", "What of a notice no value holds and nothing explains"),
    ("schema/*", "A schema of the data"),
    ("akn/*.xml", "A notice in Akoma Ntoso 3.0"),
    ("types/*", "Types of the notice's JSON"),
    ("metadata.json", "Metadata for Datasette"),
    ("catalog.jsonld", "The catalogue of the data (DCAT 3, schema.org, PROV)"),
)
"""What the files are that are no tables, by glob."""
JSON_SCHEMAS = (
    ("notices/*.json", "schema/notice.schema.json"),
    ("places/*.json", "schema/places.schema.json"),
    ("coverage/*.json", "schema/coverage.schema.json"),
)
MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".csv": "text/csv",
    ".css": "text/css",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".ts": "application/typescript",
    ".txt": "text/plain",
    ".xml": "application/xml",
}
_TYPES: dict[Type, str] = {
    "string": "string",
    "key": "string",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
    "number": "number",
    "strings": "array",
    "spans": "array",
}


class DataPackage(Publisher):
    """Writes datapackage.json, about the files that the folder will hold."""

    def describe(self, files: Mapping[str, Written]) -> None:
        stream = self.output.stream(FILE)
        stream.write(orjson.dumps(package(self.about))[:-1] + b',"resources":[')
        for number, name in enumerate(committed_files(files)):
            stream.write(b",\n" if number else b"\n")
            stream.write(orjson.dumps(resource(name, files[name])))
        stream.write(b"\n]}\n")


def package(about: About = UNSTATED) -> dict[str, Any]:
    """What is said of the package as a whole."""
    time = build_time()
    return {
        "$schema": PROFILE,
        "name": dataset.NAME,
        **({"id": about.uri(FILE), "homepage": about.base_url} if about.base_url else {}),
        "title": about.title,
        "description": about.description,
        "version": dataset.VERSION,
        **({"created": time.isoformat()} if time else {}),
        "keywords": dataset.KEYWORDS,
        **({"contributors": people} if (people := list(_contributors(about))) else {}),
        **_terms(about.license, dataset.NOTICES),
    }


def _contributors(about: About) -> Iterator[dict[str, Any]]:
    """The publisher and the contact, as far as they are stated."""
    for role, each in (("publisher", about.publisher), ("contact", about.contact)):
        if each is not None:
            said = each._asdict()
            said = {"title": said.pop("name") or said.get("email") or said["url"], "path": said.pop("url"), **said}
            yield {**{name: value for name, value in said.items() if value}, "roles": [role]}


def committed_files(names: Iterable[str]) -> Iterator[str]:
    """Those of the files ``names`` that are committed data, sorted, without the package itself."""
    built = any_of(
        tuple(glob for format in FORMATS if not format.committed or format.name == "site" for glob in format.files)
    )
    for name in sorted(names, key=lambda name: name.split("/")):
        if name != FILE and not built.match(name):
            yield name


def resource(name: str, file: Written) -> dict[str, Any]:
    """What is said of one file."""
    _, dot, ending = name.rpartition(".")  # a Path for each would take longer than all the rest
    suffix = dot + ending
    table = _tables().get(name)
    about = _table(table) if table else _file(name)
    return {
        **about,
        "path": name,
        # A file that is no table in upper case: frictionless takes a "json" with "tasks" in it for a descriptor of its own.
        "format": suffix[1:] if table else suffix[1:].upper(),
        "mediatype": MEDIA_TYPES.get(suffix, "application/octet-stream"),
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        **(_terms(dataset.NOTICES) if fnmatchcase(name, "sources/*") else {}),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """A table as Table Schema."""
    fields = [
        {
            "name": field.name,
            "type": _TYPES[field.type],
            "description": field.description,
            **({"constraints": {"required": True}} if field.required else {}),
        }
        for field in table.fields
    ]
    keys = [_foreign_key(table, field) for field in table.fields if field.refers_to]
    return {"fields": fields, "missingValues": [""], "primaryKey": table.key, **({"foreignKeys": keys} if keys else {})}


def _foreign_key(table: Table, field: Field) -> dict[str, Any]:
    [column] = next(other.key for other in _tables().values() if other.name == field.refers_to)
    reference = (
        {"fields": [column]} if field.refers_to == table.name else {"resource": field.refers_to, "fields": [column]}
    )
    return {"fields": [field.name], "reference": reference}


@cache
def _tables() -> dict[str, Table]:
    """Every table by the path of its file."""
    tables = {f"tables/{table.name}.csv": table for table in notice_tables()}
    tables |= {f"schema/codelists/{table.name}.csv": table for table in codelist_tables()}
    return tables | vocabulary_tables() | {TABLE_FILE: organs_table()}


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": table_schema(table),
    }


def _file(name: str) -> dict[str, Any]:
    about: dict[str, Any] = {"name": re.sub(r"[^a-z0-9._-]", _character, name.replace("/", "."))}
    title = next((title for glob, title in RESOURCES if fnmatchcase(name, glob)), None)
    schema = next((schema for glob, schema in JSON_SCHEMAS if fnmatchcase(name, glob)), None)
    return about | ({"title": title} if title else {}) | ({"jsonSchema": schema} if schema else {})


def _character(match: re.Match[str]) -> str:
    return f"_{ord(match[0]):x}_"


@cache
def _terms(*licenses: dataset.License) -> dict[str, Any]:
    return {
        "licenses": [
            {"name": terms.name, "title": terms.title, **({"path": terms.url} if terms.url else {})}
            for terms in licenses
        ],
        "sources": [
            {"title": f"{source.title}: {source.terms}", **({"path": source.url} if source.url else {})}
            for source in dataset.SOURCES
        ],
    }
