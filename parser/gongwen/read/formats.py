"""Which format a source has, by its first bytes and its name; and the word for those that are not read."""

from __future__ import annotations

import re
from pathlib import PurePath

from gongwen.errors import SourceError

TEXT = "text"
HTML = "html"

# How files that are no text begin, what they are, and what a person can do.
_SAVE_AS_TEXT = "save the document as plain text or HTML and add that"
_SIGNATURES = (
    (b"%PDF-", "PDF", "extract its text and add that"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office document (doc, xls, wps)", _SAVE_AS_TEXT),
    (b"{\\rtf", "RTF document", _SAVE_AS_TEXT),
    (b"MIME-Version:", "web archive (mht)", "save the page as HTML and add that"),
    (b"From: <Saved by", "web archive (mht)", "save the page as HTML and add that"),
    (b"\x89PNG", "PNG image", "a scan must be recognised (OCR) first"),
    (b"\xff\xd8\xff", "JPEG image", "a scan must be recognised (OCR) first"),
    (b"GIF8", "GIF image", "a scan must be recognised (OCR) first"),
    (b"BM", "BMP image", "a scan must be recognised (OCR) first"),
    (b"II*\x00", "TIFF image", "a scan must be recognised (OCR) first"),
    (b"MM\x00*", "TIFF image", "a scan must be recognised (OCR) first"),
    (b"Rar!", "RAR archive", "unpack it first"),
    (b"7z\xbc\xaf", "7-Zip archive", "unpack it first"),
    (b"\x1f\x8b", "gzip archive", "unpack it first"),
)
_ZIPPED = {
    ".docx": ("Word document (docx)", _SAVE_AS_TEXT),
    ".xlsx": ("Excel workbook (xlsx)", _SAVE_AS_TEXT),
    ".pptx": ("PowerPoint slides (pptx)", _SAVE_AS_TEXT),
    ".wps": ("WPS document", _SAVE_AS_TEXT),
    ".odt": ("OpenDocument text (odt)", _SAVE_AS_TEXT),
    ".ofd": ("OFD document", "extract its text and add that"),
}

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".jhtml"})
_HTML_START = re.compile(
    rb"\s*+(?:<!--.{0,2000}?-->\s*+)?<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)\b", re.I | re.S
)
_XML_START = re.compile(
    rb"\s*+<\?xml\b[^>]{0,200}\?>\s*+(?:<!--.{0,2000}?-->\s*+)?(<!doctype\s+html|<html)?", re.I | re.S
)
_HEAD = 4096


def recognise(data: bytes, path: str | None) -> str:
    """The format of ``data``: "text" (Markdown included) or "html".

    Raises SourceError ("unsupported-format") that names any other format and what to do.
    """
    suffix = PurePath(path).suffix.lower() if path else ""
    head = (
        data[:_HEAD].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf")
    )  # UTF-16 markup reads as ASCII without its NULs
    for signature, name, advice in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"BM" and b"\x00" not in data[:_HEAD]):
            raise _unsupported(name, advice, path)
    if data.startswith(b"PK\x03\x04"):
        raise _unsupported(
            *_ZIPPED.get(suffix, ("ZIP archive or Office document (docx, ofd)", "unpack it, or save it as text")), path
        )
    if suffix in _ZIPPED and suffix != ".wps":
        raise _unsupported(*_ZIPPED[suffix], path)
    xml = _XML_START.match(head)
    if suffix == ".xml" or (xml and not xml[1] and suffix not in _HTML_SUFFIXES):
        raise _unsupported("XML record", "extract the notice's text and add that", path)
    return HTML if suffix in _HTML_SUFFIXES or xml or _HTML_START.match(head) else TEXT


def _unsupported(name: str, advice: str, path: str | None) -> SourceError:
    return SourceError("unsupported-format", f"this is a {name}, a format that is not read; {advice}", path=path)
