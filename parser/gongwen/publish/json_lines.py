"""All notices in one file, notices.jsonl: a notice a line, as JSON Lines (https://jsonlines.org/), sorted by id."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from gongwen.publish import Entry, Part
from gongwen.publish.joined import Joined

FILE = "notices.jsonl"


def prepare(entry: Entry) -> Part:
    """The line of the notice."""
    return Part(data={"line": orjson.dumps(entry.data) + b"\n"})


class JsonLines(Joined):
    """Writes notices.jsonl."""

    def heads(self) -> Mapping[str, tuple[str, bytes]]:
        return {"line": (FILE, b"")}
