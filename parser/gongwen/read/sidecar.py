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
    occurrence = 2                  # the second place in which it stands; without it, all of them

    [[set]]
    pointer = "/tasks/3/deadline"   # a JSON pointer into the published notice
    old = "2025"                    # what was read there; left out for null
    value = "2025-06"               # what it should be; left out for null
    reason = "how one knows"
    who = "who says so"
    when = 2026-01-31

The origin's address is one of http or https, without credentials. The file has 256 KiB and eight levels at most.

A key that isn't listed here or a value of another type is refused: a misspelt key would be lost silently.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urlsplit

from gongwen.document import Correction
from gongwen.errors import SourceError
from gongwen.model import FieldCorrection, Origin, SetScalar
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
_DATES = ("retrieved", "when")
_SET = ("pointer", "reason", "who", "when")


class Stated(NamedTuple):
    """What the file beside a source states of it: where it was found, corrections of its text, values that are set."""

    origin: Origin | None = None
    corrections: tuple[Correction, ...] = ()
    sets: tuple[FieldCorrection, ...] = ()


def fetch(source: Path, within: Path | None = None) -> bytes | None:
    """The bytes of the file beside ``source``; None where there is none. SourceError ("invalid-sidecar") where it can't be read."""
    path = source.with_suffix(".toml")
    try:
        return read_file(path, _MOST_BYTES, within)
    except FileNotFoundError:
        return None
    except FileError as error:
        raise SourceError("invalid-sidecar", str(error), path=readable(path)) from error


def parse(data: bytes | None, source: Path) -> Stated:
    """What ``data`` states of ``source``, in the order of the file; nothing if it is None.

    Raises SourceError ("invalid-sidecar") that names the file and the key.
    """
    if data is None:
        return Stated()
    path = source.with_suffix(".toml")
    try:
        text = data.decode("utf-8-sig")  # editors of Windows put a mark before it
        _check_depth(path, text)
        stated = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # bytes, syntax, a number of more digits than Python reads
        raise SourceError("invalid-sidecar", str(error), path=str(path)) from error
    for key in sorted(stated.keys() - {"origin", "correction", "set"}):
        _refuse(path, f"unknown key {key!r}; expected [origin], [[correction]] and [[set]]")
    origin = _origin(path, stated["origin"]) if "origin" in stated else None
    return Stated(
        origin,
        tuple(_correction(path, number, table) for number, table in _numbered(path, stated, "correction")),
        tuple(_set(path, number, table) for number, table in _numbered(path, stated, "set")),
    )


def _numbered(path: Path, stated: dict[str, Any], name: str) -> Iterator[tuple[int, Any]]:
    tables = stated.get(name, [])
    if not isinstance(tables, list):
        _refuse(path, f"{name} must be a list of tables: write [[{name}]]")
    return enumerate(tables, 1)


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
    occurrence = table.get("occurrence") if isinstance(table, dict) else None
    if occurrence is not None:
        if type(occurrence) is not int or not 0 < occurrence < 1_000_000:
            _refuse(path, f"{name}: 'occurrence' must be a number: 1 for the first place of the text")
        table = {key: value for key, value in table.items() if key != "occurrence"}
    values = _strings(path, name, table, _CORRECTION)
    for key in _CORRECTION:
        if key not in values:
            _refuse(path, f"{name} lacks {key!r}")
    if not values["found"]:
        _refuse(path, f"{name}: 'found' is empty, so it has no place in the source")
    return Correction(values["found"], values["replacement"], values["reason"], occurrence)


def _set(path: Path, number: int, table: Any) -> FieldCorrection:
    name = f"set {number}"
    if not isinstance(table, dict):
        _refuse(path, f"{name} must be a table")
    if not table.keys() & {"old", "value"}:
        _refuse(path, f"{name} has neither 'old' nor 'value'")
    scalars = {key: _scalar(path, name, key, table.get(key)) for key in ("old", "value")}
    rest = {key: value for key, value in table.items() if key not in scalars}
    values = _strings(path, name, rest, _SET)
    for key in _SET:
        if not values.get(key, "").strip():
            _refuse(path, f"{name} lacks {key!r}")
    try:
        date.fromisoformat(values["when"])
    except ValueError:
        _refuse(path, f"{name}: 'when' must be a date: 2026-01-31")
    if scalars["old"] == scalars["value"]:
        _refuse(path, f"{name}: 'old' and 'value' are the same")
    return FieldCorrection(
        values["pointer"], scalars["old"], scalars["value"], values["reason"], values["who"], values["when"]
    )


def _scalar(path: Path, name: str, key: str, value: Any) -> SetScalar:
    """A string, a number or nothing; a date becomes its ISO form."""
    if type(value) is date:
        return value.isoformat()
    if type(value) in (int, float) and abs(value) < 1e15:
        return float(value)
    if value is not None and type(value) is not str:
        _refuse(path, f"{name}: {key!r} must be a string, a number or a date")
    words: str | None = value
    return words


def _strings(path: Path, name: str, table: Any, keys: tuple[str, ...]) -> dict[str, str]:
    """The strings of a table of known keys; a date, which TOML has, becomes its ISO form."""
    if not isinstance(table, dict):
        _refuse(path, f"{name} must be a table")
    for key, value in table.items():
        if key not in keys:
            _refuse(path, f"{name} has an unknown key {key!r}; expected {', '.join(keys)}")
        if not isinstance(value, str) and not (
            key in _DATES and isinstance(value, date) and not isinstance(value, datetime)
        ):
            _refuse(path, f"{name}: {key!r} must be a string")
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in table.items()}


def _refuse(path: Path, message: str) -> NoReturn:
    raise SourceError("invalid-sidecar", message, path=str(path))
