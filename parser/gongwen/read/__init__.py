"""Opening sources: bytes become a Source, one decoded string tiled by its pieces. The only stage that does I/O.

It knows formats, not notices: plain text and Markdown, web pages, Word documents, workbooks, PDF, OFD. Whatever else lies in a folder of
notices is refused with a word on what it is and what to do.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from pkgutil import resolve_name
from typing import NamedTuple

from gongwen.document import Reading, Source
from gongwen.errors import SourceError
from gongwen.read import sidecar
from gongwen.read.encoding import decode
from gongwen.read.extras import OCR, installed
from gongwen.read.files import MOST_BYTES, FileError, list_sources, read_file, readable
from gongwen.read.formats import DOC, DOCX, HTML, IMAGE, OFD, PDF, TEXT, XLSX, no_document, recognise
from gongwen.read.text import read_text

__all__ = [
    "MOST_BYTES",
    "Given",
    "fetch",
    "from_bytes",
    "from_given",
    "from_text",
    "list_sources",
    "open_source",
    "readable",
]


class _Reader(NamedTuple):
    """Who reads a format that isn't a stretch of text: module:function, bytes and name to a Reading.

    ``version`` counts the changes by which the text, and so all spans, of a file may differ; ``library`` is what it stands on.
    """

    function: str
    version: int
    library: str | None = None


_READERS = {
    DOCX: _Reader("word:read", 3),
    XLSX: _Reader("workbook:read", 3),
    PDF: _Reader("pdf:read", 3, "pypdfium2"),
    OFD: _Reader("ofd:read", 3),
    DOC: _Reader("doc:read", 2, "msdoc2docx"),
    IMAGE: _Reader("ocr:read", 2, OCR),
}

FORMATS_THAT_NEED_LIMITS = frozenset({PDF, DOC, IMAGE})
"""Formats whose readers stand on libraries that a file can make hang, crash or take any memory."""

PATIENCE_FOR_ONE = (120, 1024)
"""Seconds of the processor and MiB that one such file may take when a person waits for it: a thousand pages of text take 8 s
and 320 MiB."""

PATIENCE_FOR_SCANS = (600, 6144)
"""The same for one that holds images of pages: to recognize a page takes some seconds, and the library for it gigabytes."""


class Given(NamedTuple):
    """A source as it lies there, not yet read: its bytes, and those of its sidecar file where it has one.

    ``path`` is what it is called in messages.
    """

    path: str
    data: bytes
    sidecar: bytes | None = None


def open_source(path: Path) -> Source:
    """The source at ``path``, with what its sidecar file states of it.

    Raises SourceError, with the path in its message, if it cannot be read, decoded, or isn't of a format that is read.
    """
    return from_given(fetch(path))


def fetch(path: Path, within: Path | None = None) -> Given:
    """The bytes of the source at ``path`` and of its sidecar file, regular files of ``MOST_BYTES`` at most.

    Raises SourceError where they cannot be read, or where ``within`` is a folder, named without links, and a link leads out of it.
    """
    name = readable(path)
    if within is not None and path.suffix == ".toml":  # as list_sources lists it only where it describes none
        raise SourceError("sidecar-without-source", f"no source {path.stem}.* stands beside it", path=name)
    try:
        data = read_file(path, MOST_BYTES, within)
    except FileNotFoundError as error:
        raise SourceError("unreadable", "no such file", path=name) from error
    except FileError as error:
        raise SourceError("unreadable", str(error), path=name) from error
    return Given(name, data, sidecar.fetch(path, within))


def from_given(given: Given) -> Source:
    """The source that was fetched, with what its sidecar states of it. Errors as of ``open_source``."""
    stated = sidecar.parse(given.sidecar, Path(given.path))
    source = from_bytes(given.data, given.path)
    asides = (("the file's name", Path(given.path).stem), *source.asides)
    return replace(source, asides=asides, **stated._asdict())


def needs_limits(data: bytes, path: str | None = None) -> bool:
    """Whether a source is of one of ``FORMATS_THAT_NEED_LIMITS``: who reads it should do so in a process under limits."""
    try:
        kind = recognise(data, path)
        return kind in FORMATS_THAT_NEED_LIMITS or (kind == OFD and installed(OCR))  # which recognizes its scans
    except SourceError:
        return False  # which is found again when it is read


def holds_scans(data: bytes) -> bool:
    """Whether to read a source means to recognize images of pages (OCR). Itself to be called in a process under limits."""
    try:
        kind = recognise(data, None)
        if kind == PDF:
            from gongwen.read.pdf import holds_scans as pdf_holds_scans

            return pdf_holds_scans(data)
        return kind in (IMAGE, OFD)
    except SourceError:
        return False  # which is found again when it is read


def recognizes() -> bool:
    """Whether images of pages are recognized: what does that is installed."""
    return installed(OCR)


def included(data: bytes, depth: int) -> Source:
    """The document that another one includes; ``depth`` is how many do. Raises SourceError as of ``from_bytes``, and for formats that
    Word doesn't include."""
    if recognise(data, None) == DOCX:
        from gongwen.read.word import read

        return _whole(read(data, None, depth), None, "", DOCX, None)
    if recognise(data, None) in (TEXT, HTML):
        return from_bytes(data)
    raise SourceError("unsupported-format", "a document does not include it")


def from_bytes(data: bytes, path: str | None = None) -> Source:
    """The source that ``data`` holds. Its format is recognised by its content.

    Raises SourceError if it cannot be decoded or isn't of a format that is read.
    """
    if len(data) > MOST_BYTES:
        raise SourceError("unreadable", f"more than {MOST_BYTES >> 20} MiB", path=path)
    kind, digest = recognise(data, path), sha256(data).hexdigest()
    if kind in (TEXT, HTML):
        try:
            text, encoding = decode(data, path=path, markup=kind == HTML)
        except SourceError as error:
            raise no_document(path) or error from error
        return _source(text, kind, encoding, path, digest)
    return _read_file(data, kind, path, digest)


def _read_file(data: bytes, kind: str, path: str | None, digest: str) -> Source:
    """The source in a file that isn't a stretch of text; only the module that reads it is loaded."""
    reader = _READERS[kind]
    found: Reading = resolve_name(f"{__name__}.{reader.function}")(data, path)
    said = f"{reader.function.partition(':')[0]} {reader.version}"
    if reader.library:
        from importlib.metadata import version  # not needed for text, and slow to load

        said += f" ({reader.library} {version(reader.library)})"
    edges = (
        (f"a {piece.kind.replace('-', ' ')}", line)
        for piece in found.pieces
        if piece.kind in ("page-header", "page-footer", "image")
        for line in found.text[piece.start : piece.end].splitlines()
    )
    return replace(_whole(found._replace(asides=(*found.asides, *edges)), path, digest, kind, None), reader=said)


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
        from gongwen.read.html import page  # only who reads a page loads the parser of pages

        return _whole(page(text, path=path), path, digest, kind, encoding)
    return _whole(read_text(text), path, digest, kind, encoding)


def _whole(read: Reading, path: str | None, digest: str, kind: str, encoding: str | None) -> Source:
    if not read.text.strip():
        raise SourceError("empty-source", "the source holds no text", path=path)
    return Source(
        read.text,
        read.pieces,
        read.tables,
        read.statements,
        path,
        digest,
        kind,
        encoding,
        places=read.places,
        findings=read.findings,
        asides=read.asides,
    )
