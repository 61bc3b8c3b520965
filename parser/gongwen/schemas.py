"""The published schemas and code lists: where they lie, and how they are read.

They are written by hand in schema/ at the top of the repository; an installed package carries a copy inside itself.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

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
