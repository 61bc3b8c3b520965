"""Types for those who read the JSON in TypeScript or Python, made from the schema: types/notice.d.ts and notice_types.py.

The schema keeps to a part of JSON Schema that both languages can say: closed objects, arrays and maps of one
type, scalars that may be null, enumerations, references. Anything else is a KeyError here, never a guess.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import orjson

from gongwen import schemas
from gongwen.publish import Publisher

_WIDTH = 116
_MADE = (
    "Made from notice.schema.json, version {version}. Offsets count Unicode code points, start included, end excluded."
)


class Types(Publisher):
    """Writes types/notice.d.ts and types/notice_types.py."""

    def finish(self) -> None:
        schema = orjson.loads((schemas.folder() / "notice.schema.json").read_bytes())
        self.output.write("types/notice.d.ts", typescript(schema).encode())
        self.output.write("types/notice_types.py", python(schema).encode())


class Language(NamedTuple):
    """How a language writes the types that the schema uses."""

    scalars: dict[str, str]
    array: Callable[[str], str]
    mapping: Callable[[str], str]
    literals: Callable[[list[str]], str]


TYPESCRIPT = Language(
    {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"},
    lambda item: f"Array<{item}>",
    lambda value: f"Record<string, {value}>",
    " | ".join,
)
PYTHON = Language(
    {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"},
    lambda item: f"list[{item}]",
    lambda value: f"dict[str, {value}]",
    lambda values: f"Literal[{', '.join(values)}]",
)


def typescript(schema: dict[str, Any]) -> str:
    """The schema as TypeScript declarations."""
    lines = [f"// {_made(schema)}"]
    for name, node in _objects(schema):
        lines += ["", *_comment(node["description"], ""), f"export interface {name} {{"]
        for key, value in node["properties"].items():
            lines += [
                *_comment(value["description"], "  "),
                f"  {key}{_may_be_absent(key, node) * '?'}: {_type(value, TYPESCRIPT)};",
            ]
        lines.append("}")
    return "\n".join(lines) + "\n"


def python(schema: dict[str, Any]) -> str:
    """The schema as a Python module of TypedDicts."""
    lines = [
        f'"""{_made(schema)}"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Literal, NotRequired, TypedDict",
    ]
    for name, node in _objects(schema):
        lines += ["", "", f"class {name}(TypedDict):", f'    """{node["description"]}"""', ""]
        for key, value in node["properties"].items():
            written = _type(value, PYTHON)
            hint = f"NotRequired[{written}]" if _may_be_absent(key, node) else written
            lines += [f"    {key}: {hint}", f'    """{value["description"]}"""']
    return "\n".join(lines) + "\n"


def _may_be_absent(key: str, node: dict[str, Any]) -> bool:
    return key not in node["required"]


def _made(schema: dict[str, Any]) -> str:
    return _MADE.format(version=schema["$id"].rpartition(":")[2])


def _objects(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the schema with its name, the notice itself last."""
    yield from schema["$defs"].items()
    yield schema["title"], schema


def _type(node: dict[str, Any], language: Language) -> str:
    if "anyOf" in node:
        return " | ".join(_type(choice, language) for choice in node["anyOf"])
    if "additionalProperties" in node and "properties" not in node:
        return language.mapping(_type(node["additionalProperties"], language))
    if "$ref" in node:
        return str(node["$ref"]).removeprefix("#/$defs/")
    if "enum" in node:
        values = [orjson.dumps(value).decode() for value in node["enum"] if value is not None]
        return " | ".join(
            [language.literals(values)] * bool(values) + [language.scalars["null"]] * (None in node["enum"])
        )
    names = node["type"] if isinstance(node["type"], list) else [node["type"]]
    return " | ".join(
        language.array(_type(node["items"], language)) if name == "array" else language.scalars[name] for name in names
    )


def _comment(text: str, indent: str) -> list[str]:
    lines = textwrap.wrap(text.replace("*/", "* /"), _WIDTH - len(indent))
    if len(lines) == 1:
        return [f"{indent}/** {lines[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}" for line in lines), f"{indent} */"]
