"""Images: the words for those that aren't read, and with the extra `ocr` what is read from them, dates under seals too."""

from __future__ import annotations

import sys
from difflib import SequenceMatcher
from importlib.util import find_spec
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

from gongwen import read
from gongwen.document import Source
from gongwen.errors import SourceError
from page_writer import Sheet, pdf, set_text

needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra `ocr` is not installed")
WIDTHS = str.maketrans(":,()", "：，（）")
IMAGES = {
    "PNG": b"\x89PNG\r\n\x1a\n",
    "JPEG": b"\xff\xd8\xff\xe0",
    "TIFF": b"II*\0",
    "another TIFF": b"MM\0*",
    "BMP": b"BM6\0\x0c\0\0\0\0\0....",
}


def lines(source: Source, kind: str = "text") -> list[str]:
    """The lines of the pieces of one kind."""
    return [
        line
        for piece in source.pieces
        if piece.kind == kind
        for line in source.text[piece.start : piece.end].split("\n")
        if line
    ]


@pytest.mark.parametrize("data", IMAGES.values(), ids=IMAGES)
def test_without_its_library_an_image_names_the_command(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(SourceError, match=r"pip install 'gongwen\[ocr\]'") as refusal:
        read.from_bytes(data, "scan.docx")
    assert refusal.value.code == "missing-extra"


def test_without_its_library_a_scan_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2")
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(SourceError, match=r"pip install 'gongwen\[ocr\]'") as refusal:
        read.from_bytes(pdf([Sheet(image=True)]))
    assert refusal.value.code == "no-text-layer"


NOTICE = [
    "^丰泽县人民政府办公室关于做好清淤工作的通知",
    "各镇人民政府，县政府有关部门：",
    "为做好河道清淤工作，经县政府同意，现就有关事项通知如下，请结合实际，认真组织实施。",
    "一、疏浚河道。年底前疏浚河道12公里，整治渠道30公里。（县水利局牵头，县财政局配合）",
    ">丰泽县人民政府办公室",
    ">2024年3月9日",
]


def picture(*, seal: bool = False, size: int = 1654) -> Any:
    """The notice as an image of a page, perhaps with a red seal over signature and date."""
    pdfium, draw = pytest.importorskip("pypdfium2"), pytest.importorskip("PIL.ImageDraw")
    with pdfium.PdfDocument(pdf(set_text(NOTICE))) as document:
        image = document[0].render(scale=size / 595).to_pil().convert("RGB")
    if seal:
        pen = draw.Draw(image)
        scale = size / 595
        middle, reach = (460 * scale, 340 * scale), 58 * scale
        box = [middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach]
        pen.ellipse(box, outline=(220, 20, 20), width=round(4 * scale))
        under = image.load()
        for x in range(round(middle[0] - 16 * scale), round(middle[0] + 16 * scale)):
            for y in range(round(middle[1] - 16 * scale), round(middle[1] + 16 * scale)):
                if sum(under[x, y]) > 380:  # ink of a seal over black type leaves it black
                    pen.point((x, y), (220, 20, 20))
    return image


def png(image: Any, format: str = "PNG", **more: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format, **more)
    return buffer.getvalue()


@needs_ocr
def test_a_page_is_read() -> None:
    source = read.from_bytes(png(picture()), "notice.txt")
    assert source.format == "image"
    found, written = lines(source), [line.lstrip("^>") for line in NOTICE]
    assert len(found) == len(written)
    for line, wanted in zip(found, written, strict=True):
        assert SequenceMatcher(None, line.translate(WIDTHS), wanted).ratio() > 0.9
    assert "recognized-text" in {finding.code for finding in source.findings}
    assert source.places[0].at[0] == 1


@needs_ocr
def test_a_date_under_a_seal_is_read_on_the_red_channel() -> None:
    assert lines(read.from_bytes(png(picture(seal=True))))[-2:] == ["丰泽县人民政府办公室", "2024年3月9日"]


@needs_ocr
def test_a_scan_in_a_pdf_and_a_file_of_pages_are_read() -> None:
    page = picture()
    for data in (png(page, "PDF"), png(page, "TIFF", save_all=True, append_images=[page])):
        source = read.from_bytes(data)
        assert "2024年3月9日" in lines(source)
        assert {place.at[0] for place in source.places if len(place.at) == 5} <= {1, 2}


@needs_ocr
def test_what_is_doubtful_is_reported_at_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = SimpleNamespace(
        boxes=[[(200, y), (900, y), (900, y + 50), (200, y + 50)] for y in (200, 300)],
        txts=["各镇人民政府认真组织实施。", "县水刊局负责清淤工作。"],
        scores=[0.99, 0.7],
    )
    monkeypatch.setattr("gongwen.read.ocr._engine", lambda: lambda _: seen)
    source = read.from_bytes(png(picture()))
    (finding,) = (finding for finding in source.findings if finding.code == "doubtful-recognition")
    assert finding.span
    assert source.text[finding.span.start : finding.span.end] == "县水刊局负责清淤工作。" == finding.params["text"]


@needs_ocr
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n...", b"II*\0...."], ids=["PNG", "TIFF"])
def test_a_broken_image_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as refusal:
        read.from_bytes(data)
    assert refusal.value.code == "unreadable"
