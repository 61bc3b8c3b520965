"""Checks data against the published schema and returns all problems as values.

The engine is jsonschema-rs, which names the same paths as jsonschema and takes a hundredth of its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import jsonschema_rs
import orjson

from gongwen import schemas
from gongwen.errors import SchemaError
from gongwen.model import Notice


class Problem(NamedTuple):
    """One way in which data breaks its schema. ``path`` is a JSON path to the value, as ``$.tasks[4].text``."""

    path: str
    message: str


def validate(record: Any, schema: str = "notice") -> list[Problem]:
    """All problems of a record against schema/<schema>.schema.json; none means that it is valid.

    ``record`` is a notice of ours, the bytes or the text of its JSON, or what json.loads makes of them. Raises ValueError where it is no JSON.
    """
    if isinstance(record, str | bytes):
        record = orjson.loads(record)
    elif isinstance(record, Notice):
        record = record.to_dict()
    return list(problems(record, schema))


@cache
def validator(schema: str = "notice") -> jsonschema_rs.Draft202012Validator:
    """The compiled validator of schema/<schema>.schema.json, formats asserted; SchemaError if that is no valid schema."""
    path = schemas.folder() / f"{schema}.schema.json"
    try:
        return jsonschema_rs.Draft202012Validator(orjson.loads(path.read_bytes()), validate_formats=True)
    except (OSError, ValueError) as error:
        raise SchemaError(f"{path.name}: {error}") from error


def problems(data: Any, schema: str = "notice") -> Iterator[Problem]:
    """All problems of ``data``, in the order of the schema; none means that it is valid."""
    for error in validator(schema).iter_errors(data):
        yield Problem(json_path(error.instance_path), error.message)


def json_path(path: list[str | int]) -> str:
    """``["tasks", 4, "text"]`` as ``$.tasks[4].text``."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
