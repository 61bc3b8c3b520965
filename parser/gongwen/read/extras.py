"""The word for a format whose reader is an extra of this package that isn't installed."""

from __future__ import annotations

from importlib.util import find_spec

from gongwen.errors import SourceError

OCR = "rapidocr"
"""The library that recognizes images of pages."""


def installed(module: str) -> bool:
    """Whether the library of an extra is there; it is not loaded."""
    try:
        return find_spec(module) is not None
    except ValueError:  # it was taken away by name
        return False


def command(extra: str) -> str:
    """What installs ``extra``."""
    return f"pip install 'gongwen[{extra}]'"


def missing(extra: str, what: str, path: str | None) -> SourceError:
    """The error that names the command which installs ``extra``."""
    return SourceError("missing-extra", f"this is {what}; what reads it is not installed: {command(extra)}", path=path)
