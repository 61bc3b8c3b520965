"""The word for a format whose reader is an extra of this package that isn't installed."""

from __future__ import annotations

from gongwen.errors import SourceError


def missing(extra: str, what: str, path: str | None) -> SourceError:
    """The error that names the command which installs ``extra``."""
    command = f"pip install 'gongwen[{extra}]'"
    return SourceError("missing-extra", f"this is {what}; what reads it is not installed: {command}", path=path)
