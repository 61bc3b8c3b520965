"""What people state beside a source: ``<name>.toml`` next to ``<name>.txt`` says where it was found and corrects it.

    [origin]
    url = "https://…"
    retrieved = 2022-09-01
    license = "…"
    publisher = "…"

    [[correction]]
    found = "text as it stands in the source"
    replacement = "what it should be"
    reason = "how one knows"

The origin's address is one of http or https, without credentials. The file has 256 KiB and eight levels at most.

A key that isn't listed here or a value of another type is refused: a misspelt key would be lost silently.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from gongwen.document import Correction
from gongwen.errors import SourceError
from gongwen.model import Origin
from gongwen.read.files import FileError, read_file, readable

_ORIGIN = ("url", "retrieved", "license", "publisher")
_MOST_BYTES = 256 << 10  # 256 KiB
_DEEPEST = 8
# Strings of several lines and of one, basic and literal, and comments.
_STRING = re.compile(
    r""""{3}(?:[^"\\]|\\.|"(?!""))*+"{3,5}|'{3}(?:[^']|'(?!''))*+'{3,5}|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|#[^\n]*+""",
    re.S,
)
_LONG_KEY = re.compile(rf"(?:[\w-]++[ \t]*+\.[ \t]*+){{{_DEEPEST}}}")
_LONG_NUMBER = re.compile(r"[\d_]{1000}")
_BRACKET = re.compile(r"[\[\]{}]")
_CORRECTION = ("found", "replacement", "reason")


def fetch(source: Path, within: Path | None = None) -> bytes | None:
    """The bytes of the file beside ``source``; None where there is none. SourceError ("invalid-sidecar") where it can't be read."""
    path = source.with_suffix(".toml")
    try:
        return read_file(path, _MOST_BYTES, within)
    except FileNotFoundError:
        return None
    except FileError as error:
        raise SourceError("invalid-sidecar", str(error), path=readable(path)) from error


def parse(data: bytes | None, source: Path) -> tuple[Origin | None, tuple[Correction, ...]]:
    """Origin and corrections that ``data`` states of ``source``, in the order of the file; (None, ()) if there is none.

    Raises SourceError ("invalid-sidecar") that names the file and the key.
    """
    if data is None:
        return None, ()
    path = source.with_suffix(".toml")
    try:
        text = data.decode()
        _check_depth(path, text)
        stated = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # bytes, syntax, a number of more digits than Python reads
        raise SourceError("invalid-sidecar", str(error), path=str(path)) from error
    for key in stated.keys() - {"origin", "correction"}:
        _refuse(path, f"unknown key {key!r}; expected [origin] and [[correction]]")
    origin = _origin(path, stated["origin"]) if "origin" in stated else None
    corrections = stated.get("correction", [])
    if not isinstance(corrections, list):
        _refuse(path, "correction must be a list of tables: write [[correction]]")
    return origin, tuple(_correction(path, number, table) for number, table in enumerate(corrections, 1))


def _check_depth(path: Path, text: str) -> None:
    """Refuse what nests too deeply before it is parsed: the parser's time and stack grow with the depth."""
    bare = _STRING.sub("x", text)
    if _LONG_KEY.search(bare):
        _refuse(path, f"a key has more than {_DEEPEST} parts")
    if _LONG_NUMBER.search(bare):
        _refuse(path, "a number has more than a thousand digits")
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth = max(0, depth + (1 if bracket[0] in "[{" else -1))
        if depth > _DEEPEST:
            _refuse(
                path, f"more than {_DEEPEST} brackets are open in line {bare.count(chr(10), 0, bracket.start()) + 1}"
            )


def _origin(path: Path, table: Any) -> Origin:
    values = _strings(path, "origin", table, _ORIGIN)
    if "url" in values and (flaw := _flaw(values["url"])):
        _refuse(path, f"origin: 'url' {flaw}")
    return Origin(*(values.get(key) for key in _ORIGIN))


def _flaw(url: str) -> str | None:
    """What keeps ``url`` from being a public address; None if nothing does."""
    if not url.isprintable() or " " in url:
        return "holds blanks or control characters"
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # raises for what is no number
    except ValueError as error:
        return f"is no address: {error}"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is not an address that begins with http:// or https://"
    if "@" in parts.netloc:
        return "holds a user's name or password, which would be published"
    return None


def _correction(path: Path, number: int, table: Any) -> Correction:
    name = f"correction {number}"
    values = _strings(path, name, table, _CORRECTION)
    for key in _CORRECTION:
        if key not in values:
            _refuse(path, f"{name} lacks {key!r}")
    if not values["found"]:
        _refuse(path, f"{name}: 'found' is empty, so it has no place in the source")
    return Correction(*(values[key] for key in _CORRECTION))


def _strings(path: Path, name: str, table: Any, keys: tuple[str, ...]) -> dict[str, str]:
    """The strings of a table of known keys; a date, which TOML has, becomes its ISO form."""
    if not isinstance(table, dict):
        _refuse(path, f"{name} must be a table")
    for key, value in table.items():
        if key not in keys:
            _refuse(path, f"{name} has an unknown key {key!r}; expected {', '.join(keys)}")
        if not isinstance(value, str) and not (key == "retrieved" and isinstance(value, date)):
            _refuse(path, f"{name}: {key!r} must be a string")
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in table.items()}


def _refuse(path: Path, message: str) -> NoReturn:
    raise SourceError("invalid-sidecar", message, path=str(path))
