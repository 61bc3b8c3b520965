"""All notices in one file, notices.jsonl: a notice a line, as JSON Lines (https://jsonlines.org/), sorted by id."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from gongwen.publish import Before, Entry, Part, Publisher
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.files import Output

FILE = "notices.jsonl"


def prepare(entry: Entry) -> Part:
    """The line of the notice."""
    return Part(data={"line": orjson.dumps(entry.data) + b"\n"})


class JsonLines(Publisher):
    """Writes notices.jsonl."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._stream = output.stream(FILE)

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        self._stream.write(data["line"])
