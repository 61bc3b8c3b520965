"""The exceptions. Caveats about a notice that was read are not exceptions but its findings."""

from __future__ import annotations

from functools import partial


class GongwenError(Exception):
    """Base of all errors that this package raises on purpose; the message is for people."""


class SourceError(GongwenError):
    """A source that can't be published as a notice: unreadable, of an unsupported format, secret, or empty.

    ``code`` is one of the finding codes of schema/codelists/finding_codes.csv, so that programs can tell the
    reasons apart; ``path`` is the source as the caller named it, or None for a text in memory; ``reason`` is the message without it.
    """

    def __init__(self, code: str, message: str, *, path: str | None = None) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.code = code
        self.path = path
        self.reason = message

    def __reduce__(self) -> tuple[object, ...]:  # so that it comes out of another process as it was raised there
        return partial(SourceError, path=self.path), (self.code, self.reason)


class CorrectionError(GongwenError):
    """A correction in a sidecar file that cannot be applied as written."""

    code = "invalid-sidecar"


class TargetError(GongwenError):
    """A folder into which the data can't be published."""


class VocabularyError(GongwenError, ValueError):
    """A row of a table of the lexicon that can't be right; the message names the file and the line."""


class SchemaError(GongwenError):
    """The published schema is missing or invalid."""


class RecordError(GongwenError):
    """A JSON that is not a published notice. ``place`` is the path to the value that does not fit, ``problem`` what is wrong with it."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place or 'the record'} {problem}")
        self.place = place
        self.problem = problem


class InputError(GongwenError):
    """A notice to be compared that cannot be read. ``name`` is its name among the arguments: OLD, NEW, BASE …"""

    def __init__(self, name: str, argument: str, message: str) -> None:
        super().__init__(f"{name}: {argument}: {message}")
        self.name = name
