"""Word and WPS documents of the old binary form (MS-DOC), through msdoc2docx (the extra ``doc``).

They are rewritten as DOCX and read as such. Where that isn't possible the plain text is taken from the file: without
numbers, tables and revisions, and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gongwen.document import Paragraph, Reading
from gongwen.errors import SourceError
from gongwen.read import word
from gongwen.read.draft import JOIN, Draft, Line, join
from gongwen.read.extras import missing

_PART = "WordDocument"
_LARGEST = 64 << 20  # bytes
# What the parts of a document's text are, in their order (MS-DOC, 2.3), by the names of their lengths.
_STORIES = (
    ("ccp_text", "text"),
    ("ccp_footnotes", "footnote"),
    ("ccp_headers", "page-header"),
    ("ccp_macros", "field-code"),
    ("ccp_comments", "comment"),
    ("ccp_endnotes", "footnote"),
    ("ccp_textboxes", "text"),
    ("ccp_header_textboxes", "page-header"),
)
# Marks in the text (MS-DOC, 2.4.1): ends of paragraphs, lines and pages, of cells, and the parts of fields.
_MARK = re.compile("([\r\f\x0b\x0e]|\x07+|[\x13\x14\x15])")
_NO_TEXT = dict.fromkeys([*range(0x09), *range(0x0E, 0x1E), 0x1F])


def read(data: bytes, path: str | None = None) -> Reading:
    """The text of a document.

    Raises SourceError: "missing-extra" without msdoc2docx, "encrypted", "unreadable".
    """
    try:
        import doc2docx
        from doc2docx.cfb import CompoundFileLimits
        from doc2docx.errors import EncryptedDocumentError
    except ModuleNotFoundError as error:
        raise missing("doc", "a Word or WPS document of the old binary form", path) from error
    limits = CompoundFileLimits(max_input_bytes=_LARGEST, max_stream_bytes=_LARGEST, max_directory_entries=100_000)
    with TemporaryDirectory(prefix="gongwen-") as folder:
        source, rewritten = Path(folder) / "source.doc", Path(folder) / "rewritten.docx"
        source.write_bytes(data)
        try:
            doc2docx.convert(source, rewritten, limits=limits)
            return _with_boxes(word.read(rewritten.read_bytes(), path), source, limits)
        except EncryptedDocumentError as error:
            message = "this is encrypted: open it with its password and save it without"
            raise SourceError("encrypted", message, path=path) from error
        except Exception:  # a converter meets structures that nobody has thought of
            return _plain(source, limits, path)


def _plain(source: Path, limits: Any, path: str | None) -> Reading:
    """The characters of the file, with the words of fields apart."""
    draft = Draft()
    number = 0
    try:
        for kind, _, text in _stories(source, limits):
            number = _story(draft, text, kind, number)
    except Exception as error:
        raise SourceError(
            "unreadable", f"this document of the old binary form is broken: {error}", path=path
        ) from error
    draft.doubt("plain-reading")
    return draft.reading()


def _with_boxes(found: Reading, source: Path, limits: Any) -> Reading:
    """``found`` with the text boxes that were lost when the document was rewritten, before its text, and a finding on each.

    A text box of a notice is its letterhead more often than anything else.
    """
    try:
        boxes = next((text for _, name, text in _stories(source, limits) if name == "ccp_textboxes"), "")
    except Exception:  # the rewritten document is what there is
        return found
    draft = Draft()
    _story(draft, boxes, "text", 0)
    said = "".join(found.text.split())
    draft.lines = [line for line in draft.lines if line.text.strip() and "".join(line.text.split()) not in said]
    for line in draft.lines:
        draft.doubt("unplaced-text-box", line)
    return join(draft.reading(), found) if draft.lines else found


def _stories(source: Path, limits: Any) -> Iterator[tuple[str, str, str]]:
    """The parts of the text that hold something: kind, name of their length, characters by the table of pieces."""
    from doc2docx.cfb import CompoundFile
    from doc2docx.diagnostics import ConversionReport
    from doc2docx.msdoc import FileInformationBlock, read_piece_table
    from doc2docx.msdoc.fib import FibBase

    report = ConversionReport("", "")
    compound = CompoundFile.from_path(source, limits=limits)
    main = compound.open_stream(_PART)
    block = FileInformationBlock.parse(main)
    table = compound.open_stream(FibBase.parse(main).table_stream_name)
    pieces = read_piece_table(table, main, fc_clx=block.clx.fc, lcb_clx=block.clx.lcb, report=report)
    start = 0
    for length, kind in _STORIES:
        end = min(start + max(getattr(block, length), 0), pieces.cp_end)
        if end > start:
            yield kind, length, pieces.extract(start, end, report, story="main")
        start = end


def _story(draft: Draft, text: str, kind: str, number: int) -> int:
    """Write the paragraphs of one part of the text; the number of the last one."""
    lines = draft.lines if kind == "text" else draft.beside
    number += 1
    line, offset = Line(kind), 0
    fields: list[bool] = []  # of those that are open: whether their instruction is over
    for part in _parts(text):
        if part == "\x13":
            fields.append(False)
        elif part == "\x14" and fields:
            fields[-1] = True
        elif part == "\x15" and fields:
            fields.pop()
        elif part == "\x07":
            line.add("\t", JOIN)
        elif part in "\r\f\x0b\x0e" or part[0] == "\x07":  # one mark more than cells ends a row
            if line.length or kind == "text":
                lines.append(line)
            ends = part[0] in "\r\x07"
            number += ends
            line, offset = Line(kind), 0 if ends else offset
        elif words := part.translate(_NO_TEXT):
            at = Paragraph(_PART, number, offset)
            offset += len(words)
            if all(fields):
                line.add(words, at)
            else:
                code = Line("field-code", anchor=(line, line.length))
                code.add(words, at)
                draft.beside.append(code)
    if line.length:
        lines.append(line)
    return number


def _parts(text: str) -> Iterator[str]:
    return (part for part in _MARK.split(text) if part)
