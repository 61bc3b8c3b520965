"""What the front page offers to download: the files about all notices that there are beside the site."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from gongwen.publish.definitions import DEFINITIONS


class Download(NamedTuple):
    """Files of one sort: the label that says what they are, and their names below dist/, each with what to call it."""

    label: str
    files: tuple[tuple[str, str], ...]


_CSV = tuple((f"tables/{table.name}.csv", f"{table.name}.csv") for table in DEFINITIONS)
_ALL = (  # the formats that make the files; "" is the record, which every build writes
    ("workbook", Download("download_workbook", (("tables/gongwen.xlsx", "gongwen.xlsx"),))),
    ("tables", Download("download_tables", _CSV)),
    ("sqlite", Download("download_database", (("gongwen.db", "gongwen.db"),))),
    ("jsonl", Download("download_json_lines", (("notices.jsonl", "notices.jsonl"),))),
    ("", Download("download_index", (("index.json", "index.json"),))),
    ("organs", Download("download_organs", (("organs.csv", "organs.csv"), ("organs.json", "organs.json")))),
    ("calendar", Download("download_calendar", (("calendar.ics", "calendar.ics"),))),
    ("feed", Download("download_feed", (("feed.atom", "feed.atom"),))),
    ("catalog", Download("download_catalog", (("catalog.jsonld", "catalog.jsonld"),))),
    ("datapackage", Download("download_package", (("datapackage.json", "datapackage.json"),))),
    ("", Download("download_schema", (("schema/notice.schema.json", "notice.schema.json"),))),
)


def downloads(formats: Collection[str], published: Path) -> Iterator[Download]:
    """What a build of ``formats`` makes, or an earlier one left in ``published``."""
    for format, download in _ALL:
        if not format or format in formats or (published / download.files[0][0]).exists():
            yield download
