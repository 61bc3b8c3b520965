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

A key that isn't listed here or a value of another type is refused: a misspelt key would be lost silently.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from gongwen.document import Correction
from gongwen.errors import SourceError
from gongwen.model import Origin

_ORIGIN = ("url", "retrieved", "license", "publisher")
_CORRECTION = ("found", "replacement", "reason")


def fetch(source: Path) -> bytes | None:
    """The bytes of the file beside ``source``; None where there is none. SourceError where it cannot be read."""
    path = source.with_suffix(".toml")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SourceError("invalid-sidecar", str(error), path=str(path)) from error


def parse(data: bytes | None, source: Path) -> tuple[Origin | None, tuple[Correction, ...]]:
    """Origin and corrections that ``data`` states of ``source``, in the order of the file; (None, ()) if there is none.

    Raises SourceError ("invalid-sidecar") that names the file and the key.
    """
    if data is None:
        return None, ()
    path = source.with_suffix(".toml")
    try:
        stated = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError("invalid-sidecar", str(error), path=str(path)) from error
    for key in stated.keys() - {"origin", "correction"}:
        _refuse(path, f"unknown key {key!r}; expected [origin] and [[correction]]")
    origin = _origin(path, stated["origin"]) if "origin" in stated else None
    corrections = stated.get("correction", [])
    if not isinstance(corrections, list):
        _refuse(path, "correction must be a list of tables: write [[correction]]")
    return origin, tuple(_correction(path, number, table) for number, table in enumerate(corrections, 1))


def _origin(path: Path, table: Any) -> Origin:
    values = _strings(path, "origin", table, _ORIGIN)
    return Origin(*(values.get(key) for key in _ORIGIN))


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
