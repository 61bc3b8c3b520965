"""Writes the codes of schema/codelists/*.csv into the enums of the schemas that name them with x-codelist.

The tables are where a code is added; the schemas repeat them, since a validator reads nothing else. A test compares both.
Run from the root of the repository: python tools/sync_codelists.py
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

SCHEMA = Path("schema")


def codes(table: str) -> list[str]:
    with (SCHEMA / table).open(encoding="utf-8", newline="") as lines:
        return [row["code"] for row in csv.DictReader(lines)]


def fill(node: Any) -> None:
    """Replaces, below ``node``, the enum of every property with a code list."""
    if isinstance(node, dict):
        if table := node.get("x-codelist"):
            nullable = isinstance(node["type"], list)
            node["enum"] = [*codes(table), *([None] if nullable else [])]
        for value in node.values():
            fill(value)
    elif isinstance(node, list):
        for value in node:
            fill(value)


def main() -> None:
    for path in sorted(SCHEMA.glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        fill(schema)
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
