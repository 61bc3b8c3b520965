"""Word documents of the old binary form: plain text where a converter refuses, the words for what can't be read."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from file_mutations import ends
from gongwen import read
from gongwen.document import Source
from gongwen.errors import SourceError
from packages import definition, docx, instance, level, paragraph

pytest.importorskip("doc2docx", reason="the extra `doc` is not installed")


def lines(source: Source, kind: str = "text") -> list[str]:
    """The lines of the pieces of one kind."""
    return [
        line
        for piece in source.pieces
        if piece.kind == kind
        for line in source.text[piece.start : piece.end].split("\n")
        if line
    ]


def doc(text: str, headers: str = "", boxes: str = "") -> bytes:
    """A compound file with the least that a Word document has: its text, heads of pages, text boxes; no styles (MS-DOC, 2.5)."""
    whole = text + headers + boxes + "\r"
    base = struct.pack("<HHHHHHHIBBHHII", 0xA5EC, 0xC1, 0, 0x804, 0, 0x1200, 0xBF, 0, 0, 0, 0, 0, 0, 0)
    lengths = [0, 0, 0, len(text), 0, len(headers), 0, 0, 0, len(boxes), 0, *[0] * 11]
    clx = b"\x02" + struct.pack("<I", 16) + struct.pack("<II", 0, len(whole)) + struct.pack("<HIH", 0, 2048, 0)
    places = [(0, 0)] * 93
    places[33] = (0, len(clx))
    block = (
        base
        + struct.pack("<H14H", 14, *[0] * 14)
        + struct.pack("<H22I", 22, *lengths)
        + struct.pack("<H", 93)
        + b"".join(struct.pack("<II", *place) for place in places)
        + struct.pack("<H", 0)
    )
    main = block.ljust(2048, b"\0") + whole.encode("utf-16-le")
    return compound({"WordDocument": main, "1Table": clx})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB) of streams in sectors of 512 bytes: a table of sectors, a directory, the streams."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end]
    body = b""
    entries = [("Root Entry", 5, end, 0)]
    for name, content in streams.items():
        padded = content.ljust(max(4096, -(-len(content) // sector) * sector), b"\0")
        first = len(table)
        table += [*range(first + 1, first + len(padded) // sector), end]
        body += padded
        entries.append((name, 2, first, len(padded)))
    directory = b""
    for index, (name, kind, first, size) in enumerate(entries):
        encoded = (name + "\0").encode("utf-16-le")
        child = 1 if index == 0 else free
        right = 2 if index == 1 and len(entries) > 2 else free
        directory += encoded.ljust(64, b"\0") + struct.pack("<HBB3I", len(encoded), kind, 1, free, right, child)
        directory += bytes(36) + struct.pack("<IQ", first, size)
    fat = struct.pack("<128I", *table, *[free] * (128 - len(table)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    return header + fat + directory.ljust(sector, b"\0") + body


TEXT = "关于清淤工作的通知\r各镇人民政府：\r现通知如下。\x13 PAGE \x141\x15\x0b另行印发。\r任务\x07单位\x07\x07"


WHOLE = doc(TEXT, headers="丰泽县公报\r", boxes="丰泽县人民政府文件\r")
BODY = ["关于清淤工作的通知", "各镇人民政府：", "现通知如下。1", "另行印发。"]


def test_a_document_is_rewritten_and_its_lost_text_boxes_stand_first() -> None:
    source = read.from_bytes(WHOLE, "notice.txt")
    assert source.format == "doc"
    assert lines(source) == ["丰泽县人民政府文件", *BODY, "任务单位"]
    (finding,) = source.findings
    assert finding.span
    assert source.text[finding.span.start : finding.span.end] == "丰泽县人民政府文件"
    assert source.places[-1].end == len(source.text)


def test_plain_text_where_the_converter_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("a frame without a height")

    monkeypatch.setattr("doc2docx.convert", refuse)
    source = read.from_bytes(WHOLE)
    assert lines(source) == [*BODY, "任务\t单位", "丰泽县人民政府文件"]
    assert lines(source, "page-header") == ["丰泽县公报"]
    assert lines(source, "field-code") == [" PAGE "]
    assert [finding.code for finding in source.findings] == ["plain-reading"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (compound({"WordDocument": b"\0" * 99}), "unreadable"),
        (compound({"Workbook": b"1"}), "unsupported-format"),
        (compound({"EncryptedPackage": b"1"}), "encrypted"),
        (doc(TEXT)[:1500], "unreadable"),
    ],
    ids=["no text", "a workbook", "password", "cut off"],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read.from_bytes(data, "notice.doc")
    assert refusal.value.code == code


def test_without_its_library_a_document_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "doc2docx", None)
    with pytest.raises(SourceError, match=r"pip install 'gongwen\[doc\]'") as refusal:
        read.from_bytes(doc(TEXT))
    assert refusal.value.code == "missing-extra"


def test_spoiled_documents_end_in_a_notice_or_one_error() -> None:
    assert ends(doc(TEXT), 100)["doc"] > 5


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice, which makes such documents, is not installed")
def test_numbers_of_a_document_that_libreoffice_wrote(tmp_path: Path) -> None:
    lists = definition("0", level(0, "chineseCountingThousand", "%1、"), level(1, "decimal", "%2."))
    body = (
        paragraph("总体要求", num="1", level=0)
        + paragraph("清淤。", num="1", level=1)
        + paragraph("保障", num="1", level=0)
    )
    (tmp_path / "notice.docx").write_bytes(docx(body, numbering=lists + instance("1", "0")))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "notice.docx")],
        check=True,
    )
    assert lines(read.open_source(tmp_path / "notice.doc")) == ["一、总体要求", "1.清淤。", "二、保障"]
