"""A published JSON back into a Notice: the type hints of the model say what may stand where.

A reader is made once for each type and cached. Most objects of a notice have values of the same types at the same fields, so an object looks
up which of its fields need reading by the types that it has. Keys that the model does not know are left alone, since a later minor
version of the schema may add some; a value that does not fit is an error that names its place as a JSON Pointer (RFC 6901).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import orjson

from gongwen.errors import RecordError
from gongwen.model import SCHEMA_VERSION, Notice
from gongwen.upgrade import upgraded

Read = Callable[[Any], Any]


class Reader(NamedTuple):
    """What reads values of a type: called with a value, it returns that of the model, or raises RecordError.

    Values of the types ``plain`` are those of the model as they are.
    """

    read: Read
    plain: frozenset[type] = frozenset()


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
    notice: Notice = _reader(Notice).read(data)
    return notice


@cache
def _reader(hint: Any) -> Reader:
    """What reads values of the type ``hint``."""
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
        inner = [argument for argument in arguments if argument is not NoneType]
        return _optional(_reader(inner[0]) if len(inner) == 1 else _one_kind_of(inner))
    return _scalar(hint)


def _object(model: Any) -> Reader:
    names = [field.name for field in fields(model)]
    get = itemgetter(*names)
    to_read: dict[
        tuple[type, ...], list[tuple[int, Read]]
    ] = {}  # by the types of all values: places, and what reads them

    @cache
    def readers() -> list[Reader]:  # made when the first object arrives, so that a class may hold itself
        hints = get_type_hints(model)
        return [_reader(hints[name]) for name in names]

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _unfit(value, "an object")
        try:
            values = list(get(value)) if len(names) > 1 else [get(value)]
        except KeyError as error:
            raise RecordError(f"/{error.args[0]}", "is missing") from None
        types = tuple(map(type, values))
        if types not in to_read:
            to_read[types] = [
                (place, reader.read)
                for place, (reader, found) in enumerate(zip(readers(), types, strict=True))
                if found not in reader.plain
            ]
        for place, read_value in to_read[types]:
            try:
                values[place] = read_value(values[place])
            except RecordError as error:
                raise _within(names[place], error) from None
        made = model(*values)
        if value.get("damaged") is True:  # an optional property, written where it is true
            object.__setattr__(made, "damaged", True)
        return made

    return Reader(read)


def _array(element: Reader) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise _unfit(value, "an array")
        try:
            return tuple(map(element.read, value))
        except RecordError:
            for index, entry in enumerate(value):
                _read_at(index, entry, element)
            raise

    return Reader(read)


def _mapping(element: Reader) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _unfit(value, "an object")
        return {name: _read_at(name, entry, element) for name, entry in value.items()}

    return Reader(read)


def _one_of(allowed: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if value not in allowed:
            raise _unfit(value, "one of " + ", ".join(map(str, allowed)))
        return value

    return Reader(read)


def _optional(inner: Reader) -> Reader:
    return Reader(lambda value: None if value is None else inner.read(value), inner.plain | {NoneType})


def _scalar(kind: type) -> Reader:
    names = {str: "a string", int: "an integer", float: "a number", bool: "true or false"}

    def read(value: Any) -> Any:
        if kind is float and type(value) is int:  # JSON may write 1 for 1.0
            return float(value)
        if type(value) is not kind:  # not isinstance: true is no integer
            raise _unfit(value, names[kind])
        return value

    return Reader(read, frozenset([kind]))


def _one_kind_of(kinds: list[Any]) -> Reader:
    """What reads a value of any of the scalars ``kinds``."""
    readers = [_scalar(kind) for kind in kinds]

    def read(value: Any) -> Any:
        for kind, reader in zip(kinds, readers, strict=True):
            if type(value) is kind or (kind is float and type(value) is int):
                return reader.read(value)
        raise _unfit(value, "a string or a number")

    return Reader(read, frozenset(kinds))


def _read_at(step: str | int, value: Any, reader: Reader) -> Any:
    """``value``, which stands at ``step`` of an array or an object; an error names the step."""
    try:
        return reader.read(value)
    except RecordError as error:
        raise _within(step, error) from None


def _within(step: str | int, error: RecordError) -> RecordError:
    """``error``, whose place is that in the value at ``step``."""
    return RecordError(f"/{step}{error.place}", error.problem)


def _unfit(value: Any, wanted: str) -> RecordError:
    found = {dict: "an object", list: "an array", NoneType: "null"}.get(type(value)) or repr(value)
    return RecordError("", f"must be {wanted}, not {found if len(found) <= 40 else found[:39] + '…'}")
