"""Checks data against the published schema and returns all problems as values.

Two engines do it. A build checks every notice with jsonschema-rs (``problems``), which takes a hundredth of the time. A person who
asks about a file is told in the words of jsonschema, the reference implementation (``validate``). Tests hold the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs
import orjson

from gongwen import schemas
from gongwen.errors import SchemaError
from gongwen.model import Notice

if TYPE_CHECKING:
    import jsonschema
    from jsonschema.exceptions import ValidationError

_LONGEST = 300  # characters of a message, which may quote a value of any length
_POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*+)*+")


class Problem(NamedTuple):
    """A violation of the schema. ``path`` is a JSON path to the value, as ``$.tasks[4].text``."""

    path: str
    message: str


def validate(record: Any, schema: str = "notice") -> list[Problem]:
    """All problems of a record against schema/<schema>.schema.json, with the messages of jsonschema; an empty list if it is valid.

    ``record`` is a Notice, the bytes or the text of its JSON, or the result of json.loads. Raises ValueError if it is not JSON.
    """
    if isinstance(record, str | bytes):
        record = orjson.loads(record)
    elif isinstance(record, Notice):
        record = record.to_dict()
    return explained(record, schema)


@cache
def validator(schema: str = "notice") -> jsonschema_rs.Draft202012Validator:
    """The compiled validator of schema/<schema>.schema.json, with formats asserted. Raises SchemaError if the schema is invalid."""
    path = schemas.folder() / f"{schema}.schema.json"
    try:
        return jsonschema_rs.Draft202012Validator(orjson.loads(path.read_bytes()), validate_formats=True)
    except (OSError, ValueError) as error:
        raise SchemaError(f"{path.name}: {error}") from error


@cache
def reference(schema: str = "notice") -> jsonschema.Draft202012Validator:
    """The validator of schema/<schema>.schema.json by the reference implementation, formats asserted."""
    import jsonschema

    formats = jsonschema.FormatChecker(["date"])
    formats.checks("json-pointer")(lambda value: not isinstance(value, str) or bool(_POINTER.fullmatch(value)))
    path = schemas.folder() / f"{schema}.schema.json"
    return jsonschema.Draft202012Validator(orjson.loads(path.read_bytes()), format_checker=formats)


def problems(data: Any, schema: str = "notice") -> Iterator[Problem]:
    """All problems of ``data`` that jsonschema-rs finds, in the order of the schema; none means that it is valid."""
    try:
        for error in validator(schema).iter_errors(data):
            yield Problem(json_path(error.instance_path), error.message)
    except ValueError as error:  # a value that is nested some hundred times
        yield Problem("$", f"can't be checked: {error}")


def explained(data: Any, schema: str = "notice") -> list[Problem]:
    """The problems that the reference implementation finds, in its words; then those at places where the other alone finds one.

    Such is a line feed at the end of a text: the reference lets the $ of a pattern stand before it. What is nested too deeply for
    either is a problem, too.
    """
    found = list(problems(data, schema))
    try:
        errors = list(reference(schema).iter_errors(data))
    except RecursionError:
        errors = []
    known = {json_path(list(error.absolute_path)) for error in errors}
    told = [
        Problem(json_path(list(cause.absolute_path)), cause.message) for error in errors for cause in _causes(error)
    ]
    told += [problem for problem in found if problem.path not in known]
    return [Problem(problem.path, _shortened(problem.message)) for problem in told]


def _causes(error: ValidationError) -> Iterator[ValidationError]:
    """What is wrong with a value that may also be null, rather than that it is neither the one nor the other."""
    within = [each for each in error.context or () if (each.validator, each.validator_value) != ("type", "null")]
    if not within:
        yield error
    for each in within:
        yield from _causes(each)


def _shortened(message: str) -> str:
    half = _LONGEST // 2
    return message if len(message) <= _LONGEST else f"{message[:half]} … {message[-half:]}"


def json_path(path: list[str | int]) -> str:
    """``["tasks", 4, "text"]`` as ``$.tasks[4].text``."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
