"""The published schemas and code lists: where they lie, and how they are read.

They are written by hand in schema/ at the top of the repository; an installed package carries a copy inside itself.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from gongwen.errors import SchemaError

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "schema", _PACKAGE.parent.parent / "schema")


@cache
def folder() -> Path:
    """The folder that holds ``*.schema.json`` and ``codelists/``; SchemaError where there is none."""
    for place in _PLACES:
        if (place / "notice.schema.json").is_file():
            return place
    raise SchemaError(f"no notice.schema.json in {' or '.join(map(str, _PLACES))}: the installation is incomplete")


@cache
def codelist(name: str) -> dict[str, dict[str, str]]:
    """A code list, as code → its row, in the order of the table: ``codelist("roles")["lead"]["title_zh"]``."""
    with (folder() / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def for_readers(schema: bytes) -> bytes:
    """``schema`` for who reads data of its major version: what a later minor version adds, properties and codes, is valid.

    It has only keywords of JSON Schema's own, so that validators in a strict mode take it; every format has a pattern beside it.
    """
    opened = _opened(orjson.loads(schema))
    opened["$id"] += ":reader"
    return orjson.dumps(opened, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


_CLOSING = frozenset(["additionalProperties", "enum", "format", "x-codelist"])


def _opened(node: Any, names: bool = False) -> Any:
    """A part of a schema without what closes it; ``names`` says whether its keys name properties or definitions and are no keywords."""
    if isinstance(node, list):
        return [_opened(each) for each in node]
    if not isinstance(node, dict):
        return node
    opened = {
        key: _opened(value, not names and key in ("properties", "$defs"))
        for key, value in node.items()
        if names or key not in _CLOSING
    }
    types = opened.get("type")
    if not names and isinstance(types, list) and len(set(types) - {"null"}) > 1:
        opened["anyOf"] = [{"type": each} for each in opened.pop("type")]
    return opened
