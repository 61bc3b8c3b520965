"""The code lists: copied beside the data as they are, and as tables that other tables point into."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from gongwen import schemas
from gongwen.publish import Publisher
from gongwen.publish.tables import Field, Row, Table

DESCRIPTIONS = {
    "code": "The code, as it stands in the data.",
    "title_en": "Its name in English.",
    "title_zh": "Its name in Chinese.",
    "description": "What it means.",
    "message_en": "What a finding with this code says in English; names in braces stand for its params.",
    "message_zh": "The same in Chinese.",
    "severity": "How grave a finding with this code is.",
    "layer": "The stage that makes repairs by this rule.",
}
REFERENCES = {"severity": "severities"}


class Codelists(Publisher):
    """Copies schema/codelists/*.csv to the same place below dist/, beside the schemas that name them."""

    def finish(self) -> None:
        for path in paths():
            self.output.write(f"schema/codelists/{path.name}", path.read_bytes())


def paths() -> list[Path]:
    """The files of the code lists, sorted by name."""
    return sorted((schemas.folder() / "codelists").glob("*.csv"))


@cache
def codelist_tables() -> tuple[Table, ...]:
    """Each code list as a table, those first that others point into."""
    tables = [_table(path) for path in paths()]
    return tuple(sorted(tables, key=lambda table: table.name not in REFERENCES.values()))


def codelist_rows(table: Table) -> list[Row]:
    """The rows of a code list, in its order."""
    names = [field.name for field in table.fields]
    return [tuple(row[name] or None for name in names) for row in schemas.codelist(table.name).values()]


def _table(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    fields = tuple(Field(name, "string", DESCRIPTIONS[name], name == "code", REFERENCES.get(name)) for name in columns)
    title = path.stem.replace("_", " ").capitalize()
    return Table(path.stem, title, f"The codes of {path.stem.replace('_', ' ')}, with their names.", fields, ("code",))
