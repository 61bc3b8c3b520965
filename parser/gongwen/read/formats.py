"""Which format a source has, by its first bytes and its name; and the word for those that are not read."""

from __future__ import annotations

import re
from pathlib import PurePath

from gongwen.errors import SourceError

TEXT = "text"
HTML = "html"

_SAVE_AS_TEXT = "save the document as plain text or HTML and give that"
_SAVE_AS_HTML = "save the page as HTML and give that"
_RECOGNISE = "a scan must be recognised (OCR) first"
_UNPACK = "unpack it first"

# How files that are no text begin, what they are, and what a person can do.
_SIGNATURES = (
    (rb"%PDF-", "a PDF", "extract its text and give that"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Microsoft Office document (doc, xls, wps)", _SAVE_AS_TEXT),
    (rb"\{\\rtf", "an RTF document", _SAVE_AS_TEXT),
    (rb"MIME-Version:", "a web archive (mht)", _SAVE_AS_HTML),
    (rb"From: <Saved by", "a web archive (mht)", _SAVE_AS_HTML),
    (rb"\x89PNG", "a PNG image", _RECOGNISE),
    (rb"\xff\xd8\xff", "a JPEG image", _RECOGNISE),
    (rb"GIF8", "a GIF image", _RECOGNISE),
    (rb"BM.{4}\0{4}", "a BMP image", _RECOGNISE),
    (rb"II\*\0", "a TIFF image", _RECOGNISE),
    (rb"MM\0\*", "a TIFF image", _RECOGNISE),
    (rb"Rar!", "an RAR archive", _UNPACK),
    (rb"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (rb"\x1f\x8b", "a gzip archive", _UNPACK),
)
_SIGNATURE = re.compile(b"|".join(b"(%b)" % signature for signature, _, _ in _SIGNATURES), re.S)
_ZIPPED = {
    ".docx": ("a Word document (docx)", _SAVE_AS_TEXT),
    ".xlsx": ("an Excel workbook (xlsx)", _SAVE_AS_TEXT),
    ".pptx": ("a PowerPoint file (pptx)", _SAVE_AS_TEXT),
    ".wps": ("a WPS document", _SAVE_AS_TEXT),
    ".odt": ("an OpenDocument text (odt)", _SAVE_AS_TEXT),
    ".ofd": ("an OFD document", "extract its text and give that"),
}

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".jhtml"})
_TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown"})
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
    # UTF-16 markup reads as ASCII without its NULs.
    head = data[:_HEAD].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf")
    signature = _SIGNATURE.match(data)
    if signature and signature.lastindex:
        _, name, advice = _SIGNATURES[signature.lastindex - 1]
        raise _unsupported(name, advice, path)
    if data.startswith(b"PK\x03\x04"):
        raise _unsupported(
            *_ZIPPED.get(suffix, ("a ZIP archive or Office document (docx, ofd)", "unpack it, or save it as text")),
            path,
        )
    if suffix in _ZIPPED and suffix != ".wps":
        raise _unsupported(*_ZIPPED[suffix], path)
    if suffix == ".json" and head.lstrip()[:1] in (b"{", b"["):
        raise _unsupported("a JSON record", "give the source that it was made of", path)
    xml = _XML_START.match(head)
    if suffix == ".xml" or (xml and not xml[1] and suffix not in _HTML_SUFFIXES):
        raise _unsupported("an XML record", "extract the notice's text and give that", path)
    named = suffix.isascii() and suffix[1:].isalpha()  # what stands behind the dot of 第1.2版 is no format
    if named and head.strip() and suffix not in _TEXT_SUFFIXES | _HTML_SUFFIXES:
        raise _unsupported(f"a file named {suffix}", "text ends in .txt or .md, a page in .html", path)
    return HTML if suffix in _HTML_SUFFIXES or xml or _HTML_START.match(head) else TEXT


def _unsupported(name: str, advice: str, path: str | None) -> SourceError:
    return SourceError("unsupported-format", f"this is {name}, of a format that is not read; {advice}", path=path)
