"""What Datasette shows with the database: ``datasette dist/gongwen.db --metadata dist/metadata.json``.

The search is a query of its own: it takes the word apart into pairs of characters, as the index holds them.
"""

from __future__ import annotations

from typing import Any

import orjson

from gongwen.publish import Publisher, dataset
from gongwen.publish.codelists import codelist_tables
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.sqlite import FILE
from gongwen.publish.tables import Table, notice_tables

FACETS = {
    "notices": ("kind", "issuer", "year"),
    "units": ("kind", "division", "collective"),
    "sections": ("level",),
    "tasks": ("deadline",),
    "responsibilities": ("role", "role_basis", "name"),
    "targets": ("type", "direction", "bound", "unit", "deadline"),
    "findings": ("severity", "code"),
    "repairs": ("rule", "confidence"),
    "blocks": ("kind",),
}
LABELS = {"notices": "title", "units": "name", "sections": "title", "tasks": "title", "citations": "title"}

SEARCH = """
WITH RECURSIVE "pairs" ("at", "pair") AS (
    SELECT 1, substr(:word, 1, 2)
    UNION ALL
    SELECT "at" + 1, substr(:word, "at" + 1, 2) FROM "pairs" WHERE "at" < length(:word) - 1
)
SELECT "notice_id", "table_name", "id", "column_name", "text"
FROM "search" JOIN "passages" ON "passage_id" = "search"."rowid"
WHERE "search" MATCH (SELECT '"' || replace(group_concat("pair", ' '), '"', '""') || '"' FROM "pairs")
ORDER BY "passage_id"
""".strip()


class DatasetteMetadata(Publisher):
    """Writes metadata.json."""

    def finish(self) -> None:
        self.output.write(
            "metadata.json", orjson.dumps(metadata(self.about), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )


def metadata(about: About = UNSTATED) -> dict[str, Any]:
    """The metadata as Datasette reads them."""
    agent = about.publisher
    [database] = FILE.split(".")[:1]
    return {
        "title": about.title,
        "description": about.description,
        "license": about.license.title,
        **({"license_url": about.license.url} if about.license.url else {}),
        **({"about": agent.name} if agent else {}),
        **({"about_url": agent.url} if agent and agent.url else {}),
        "source": "; ".join(f"{source.title} ({source.terms})" for source in dataset.SOURCES),
        "databases": {
            database: {
                "tables": {table.name: _table(table) for table in (*notice_tables(), *codelist_tables())}
                | {name: {"hidden": True} for name in ("columns", "passages", "search")},
                "queries": {
                    "search": {
                        "title": "Search (全文检索)",
                        "description": "Finds a word of two characters or more in titles, texts, units, targets and citations.",
                        "params": ["word"],
                        "sql": SEARCH,
                    }
                },
            }
        },
    }


def _table(table: Table) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "title": table.title,
        "description": table.description,
        "columns": {field.name: field.description for field in table.fields},
    }
    if table.name in FACETS:
        shown["facets"] = list(FACETS[table.name])
    if table.name in LABELS:
        shown["label_column"] = LABELS[table.name]
    return shown
