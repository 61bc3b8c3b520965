"""Opening sources: bytes become a Source, one decoded string tiled by its pieces. The only stage that does I/O.

It knows formats, not notices: plain text and Markdown, and web pages. Whatever else lies in a folder of notices is
refused with a word on what it is and what to do.
"""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from gongwen.document import Source
from gongwen.errors import SourceError
from gongwen.read import sidecar
from gongwen.read.encoding import decode
from gongwen.read.formats import HTML, recognise
from gongwen.read.text import pieces


def open_source(path: Path) -> Source:
    """The source at ``path``, with what its sidecar file states of it.

    Raises SourceError, with the path in its message, if it cannot be read, decoded, or isn't of a format that is read.
    """
    if (name := readable(path)) != str(path):
        raise SourceError("unreadable", "its name is not UTF-8, so that it can't be published: rename it", path=name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError("unreadable", error.strerror or str(error), path=name) from error
    origin, corrections = sidecar.load(path)
    return replace(from_bytes(data, str(path)), origin=origin, corrections=corrections)


def readable(path: Path | str) -> str:
    """``path`` as people and JSON can have it: bytes of a name that are not UTF-8 are spelled out (``\\xff``)."""
    return os.fsencode(path).decode(errors="backslashreplace")


def from_bytes(data: bytes, path: str | None = None) -> Source:
    """The source that ``data`` holds. Its format is recognised by the name in ``path``, if given, and by the content.

    Raises SourceError if it cannot be decoded or isn't of a format that is read.
    """
    kind = recognise(data, path)
    text, encoding = decode(data, path=path, markup=kind == HTML)
    return _source(text, kind, encoding, path, sha256(data).hexdigest())


def from_text(text: str, path: str | None = None) -> Source:
    """A source given as a decoded string; its hash is that of its UTF-8 bytes."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        message = f"the character at {error.start} is half of a surrogate pair: the text was decoded wrongly"
        raise SourceError("undecodable", message, path=path) from error
    return _source(text, recognise(data, path), "utf-8", path, sha256(data).hexdigest())


def _source(text: str, kind: str, encoding: str, path: str | None, digest: str) -> Source:
    if kind == HTML:
        from gongwen.read.html import page  # lxml takes 20 ms to load: only who reads a page pays

        source = Source(*page(text, path=path), path, digest, kind, encoding)
    else:
        source = Source(text, pieces(text), (), (), path, digest, kind, encoding)
    if not source.text.strip():
        raise SourceError("empty-source", "the source holds no text", path=path)
    return source
