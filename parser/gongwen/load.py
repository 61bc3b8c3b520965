"""A published JSON back into a Notice: the type hints of the model say what may stand where.

A reader is made once for each type and cached. Keys that the model does not know are left alone, since a later minor
version of the schema may add some; a value that does not fit is an error that names its place as a JSON Pointer (RFC 6901).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import orjson

from gongwen.errors import RecordError
from gongwen.model import SCHEMA_VERSION, Notice
from gongwen.upgrade import upgraded

Reader = Callable[[Any, str], Any]


def from_json(data: Any) -> Notice:
    """The notice in ``data``, a published JSON as text, bytes or parsed data; records of schema 1 are read as far as possible.

    Raises RecordError if a value is missing or does not fit the schema, or if the record follows another major version of
    the schema.
    """
    if isinstance(data, str | bytes):
        try:
            data = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise RecordError("", f"is no JSON: {error.msg}") from error
    data = upgraded(data)
    version = data.get("schema_version") if isinstance(data, dict) else None
    if isinstance(version, str) and version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise RecordError("/schema_version", f"is {version}; this program reads {SCHEMA_VERSION.split('.')[0]}.x")
    notice: Notice = _reader(Notice)(data, "")
    return notice


@cache
def _reader(hint: Any) -> Reader:
    """What reads a value of type ``hint``: called with the value and its place, it returns the value of the model."""
    origin, arguments = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _object(hint)
    if origin is tuple:
        return _array(_reader(arguments[0]))
    if origin is Mapping:
        return _mapping(_reader(arguments[1]))
    if origin is Literal:
        return _one_of(arguments)
    if origin in (Union, UnionType):
        [inner] = [argument for argument in arguments if argument is not NoneType]
        return _optional(_reader(inner))
    return _scalar(hint)


def _object(model: Any) -> Reader:
    hints = get_type_hints(model)
    names = [field.name for field in fields(model)]
    readers: list[tuple[str, Reader]] = []  # made when the first object arrives, so that a class may hold itself

    def read(value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            raise _unfit(value, place, "an object")
        for name in names:
            if name not in value:
                raise RecordError(f"{place}/{name}", "is missing")
        if not readers:
            readers.extend((name, _reader(hints[name])) for name in names)
        return model(*[read(value[name], f"{place}/{name}") for name, read in readers])

    return read


def _array(element: Reader) -> Reader:
    def read(value: Any, place: str) -> Any:
        if not isinstance(value, list):
            raise _unfit(value, place, "an array")
        return tuple([element(entry, f"{place}/{index}") for index, entry in enumerate(value)])

    return read


def _mapping(element: Reader) -> Reader:
    def read(value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            raise _unfit(value, place, "an object")
        return {name: element(entry, f"{place}/{name}") for name, entry in value.items()}

    return read


def _one_of(allowed: tuple[Any, ...]) -> Reader:
    def read(value: Any, place: str) -> Any:
        if value not in allowed:
            raise _unfit(value, place, "one of " + ", ".join(map(str, allowed)))
        return value

    return read


def _optional(inner: Reader) -> Reader:
    return lambda value, place: None if value is None else inner(value, place)


def _scalar(kind: type) -> Reader:
    names = {str: "a string", int: "an integer", float: "a number", bool: "true or false"}

    def read(value: Any, place: str) -> Any:
        if kind is float and type(value) is int:  # JSON may write 1 for 1.0
            return float(value)
        if type(value) is not kind:  # not isinstance: true is no integer
            raise _unfit(value, place, names[kind])
        return value

    return read


def _unfit(value: Any, place: str, wanted: str) -> RecordError:
    found = {dict: "an object", list: "an array", NoneType: "null"}.get(type(value)) or repr(value)
    return RecordError(place, f"must be {wanted}, not {found if len(found) <= 40 else found[:39] + '…'}")
