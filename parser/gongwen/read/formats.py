"""Which format a source has, by its content; and the word for those that are not read.

A name decides only between text, a page and a record, which look alike.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from gongwen.errors import SourceError

TEXT = "text"
HTML = "html"
DOCX = "docx"
XLSX = "xlsx"
PDF = "pdf"
DOC = "doc"
IMAGE = "image"
OFD = "ofd"

_SAVE_AS_TEXT = "save the document as plain text or HTML and give that"
_SAVE_AS_HTML = "save the page as HTML and give that"
_RECOGNISE = "a scan must be recognised (OCR) first"
_UNPACK = "unpack it first"

# How files that are no text begin, what they are, and what a person can do.
_SIGNATURES = (
    (rb"\{\\rtf", "an RTF document", _SAVE_AS_TEXT),
    (rb"MIME-Version:", "a web archive (mht)", _SAVE_AS_HTML),
    (rb"From: <Saved by", "a web archive (mht)", _SAVE_AS_HTML),
    (rb"GIF8", "a GIF image", _RECOGNISE),
    (rb"Rar!", "an RAR archive", _UNPACK),
    (rb"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (rb"\x1f\x8b", "a gzip archive", _UNPACK),
)
_SIGNATURE = re.compile(b"|".join(b"(%b)" % signature for signature, _, _ in _SIGNATURES), re.S)
_IMAGE = re.compile(rb"\x89PNG|\xff\xd8\xff|BM.{4}\0{4}|II\*\0|MM\0\*", re.S)  # PNG, JPEG, BMP, TIFF
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the list of content types of an Office package, or the type of an OpenDocument, says.
_PACKAGED: tuple[tuple[bytes, str, str, str], ...] = (
    (b"wordprocessingml", DOCX, "", ""),
    (b"ms-word", DOCX, "", ""),
    (b"spreadsheetml", XLSX, "", ""),
    (b"ms-excel", "", "an Excel workbook in binary form (xlsb)", "save it as xlsx and give that"),
    (b"presentationml", "", "a PowerPoint file (pptx)", _SAVE_AS_TEXT),
    (b"opendocument", "", "an OpenDocument file (odt, ods)", "save it as DOCX or XLSX and give that"),
)
# Names of streams in a compound file (MS-CFB), which stand in it in UTF-16.
_STREAMS = (
    ("EncryptedPackage", "", ""),
    ("WordDocument", "", ""),
    ("Workbook", "an Excel workbook of the old binary form (xls)", "save it as xlsx and give that"),
    ("PowerPoint Document", "a PowerPoint file (ppt)", _SAVE_AS_TEXT),
)
_MOST_TYPES = 1 << 20  # bytes of a list of content types
_BROKEN_ZIP = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".jhtml"})
_TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown"})
# Names that people give to pages and texts, too: what is in them decides.
_DOCUMENT_SUFFIXES = frozenset({".doc", ".docx", ".wps", ".pdf", ".ofd", ".xls", ".xlsx", ".rtf", ".odt"})
_HTML_START = re.compile(
    rb"\s*+(?:<!--.{0,2000}?-->\s*+)?<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)\b", re.I | re.S
)
_XML_START = re.compile(
    rb"\s*+<\?xml\b[^>]{0,200}\?>\s*+(?:<!--.{0,2000}?-->\s*+)?(<!doctype\s+html|<html)?", re.I | re.S
)
_HEAD = 4096


def recognise(data: bytes, path: str | None) -> str:
    """The format of ``data``: "text" (Markdown included), "html", "docx", "doc", "xlsx", "pdf", "ofd" or "image".

    Raises SourceError: "unsupported-format", which names any other format and what to do; "encrypted"; "unreadable" for
    an archive that is broken.
    """
    suffix = PurePath(path).suffix.lower() if path else ""
    # UTF-16 markup reads as ASCII without its NULs.
    head = data[:_HEAD].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf")
    signature = _SIGNATURE.match(data)
    if signature and signature.lastindex:
        _, name, advice = _SIGNATURES[signature.lastindex - 1]
        raise _unsupported(name, advice, path)
    if _IMAGE.match(data):
        return IMAGE
    if b"%PDF-" in data[:_HEAD]:
        return PDF
    if data.startswith(_ZIP):
        return _packaged(data, path)
    if data.startswith(_OLE):
        return _compound(data, path)
    if suffix == ".json" and head.lstrip()[:1] in (b"{", b"["):
        raise _unsupported("a JSON record", "give the source that it was made of", path)
    xml = _XML_START.match(head)
    if suffix == ".xml" or (xml and not xml[1] and suffix not in _HTML_SUFFIXES):
        raise _unsupported("an XML record", "extract the notice's text and give that", path)
    named = suffix.isascii() and suffix[1:].isalpha()  # what stands behind the dot of 第1.2版 is no format
    if named and head.strip() and suffix not in _TEXT_SUFFIXES | _HTML_SUFFIXES | _DOCUMENT_SUFFIXES:
        raise _unsupported(f"a file named {suffix}", "text ends in .txt or .md, a page in .html", path)
    return HTML if suffix in _HTML_SUFFIXES or xml or _HTML_START.match(head) else TEXT


def no_document(path: str | None) -> SourceError | None:
    """The error for bytes that are no text though a name says that they are a document, which would have been recognised; None for
    other names."""
    suffix = PurePath(path).suffix.lower() if path else ""
    if suffix not in _DOCUMENT_SUFFIXES:
        return None
    message = (
        f"it is named {suffix}, but its bytes are neither that nor text: it is damaged, or another program encrypted it"
    )
    return SourceError("unreadable", message, path=path)


def _packaged(data: bytes, path: str | None) -> str:
    """The format of a ZIP archive, by the types that it states for its parts."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {name.lower().lstrip("/"): name for name in archive.namelist()}
            stated = b""
            for name in ("[content_types].xml", "mimetype"):
                if name in names:
                    with archive.open(names[name]) as part:
                        stated += part.read(_MOST_TYPES)
    except _BROKEN_ZIP as error:
        raise SourceError("unreadable", f"this is an archive that is broken or cut off: {error}", path=path) from error
    for mark, kind, name, advice in _PACKAGED:
        if mark in stated:
            if kind:
                return kind
            raise _unsupported(name, advice, path)
    if "ofd.xml" in names:
        return OFD
    raise _unsupported("a ZIP archive", _UNPACK, path)


def _compound(data: bytes, path: str | None) -> str:
    """The format of a compound file of Microsoft Office, by its streams."""
    for stream, name, advice in _STREAMS:
        if stream.encode("utf-16-le") in data:
            if stream == "EncryptedPackage":
                message = "this is encrypted: open it with its password and save it without"
                raise SourceError("encrypted", message, path=path)
            if stream == "WordDocument":
                return DOC
            raise _unsupported(name, advice, path)
    raise _unsupported("a compound file of Microsoft Office", _SAVE_AS_TEXT, path)


def _unsupported(name: str, advice: str, path: str | None) -> SourceError:
    return SourceError("unsupported-format", f"this is {name}, of a format that is not read; {advice}", path=path)
