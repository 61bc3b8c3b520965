"""Pages for tests, laid out by code and written as PDF and as OFD: texts at places, ruled lines, images.

The PDF names a font that every reader of PDF knows (STSong-Light of Adobe-GB1) and holds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from packages import zipped

WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, COLUMNS, SIZE, PITCH = 80.0, 110.0, 27, 16.0, 28.0
"""Where text begins, how many characters a line takes, their size, how far lines are apart: as GB/T 9704 sets them."""
_CLOSING = "，。、；：？！）》”"


@dataclass
class Sheet:
    """A page: texts as (x, y of the upper edge, size, text), ruled lines as (x, y, x, y), whether it is an image.

    A PDF can be turned by quarters of a turn, its text with it, and have text aslant on it.
    """

    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    image: bool = False
    turn: int = 0
    aslant: str = ""


def width(text: str, size: float = SIZE) -> float:
    """How wide a text is: a Chinese character takes its size, another one half of it."""
    return sum(size if ord(character) > 0x7F else size / 2 for character in text)


def set_text(
    paragraphs: Sequence[str], *, indent: int = 2, lines: int = 20, numbers: bool = True, head: str = ""
) -> list[Sheet]:
    """Paragraphs set in lines and pages, with an indent, page numbers (— 1 —) and a head.

    "^" before a paragraph sets it in the middle and in larger type, ">" at the right edge.
    """
    sheets: list[Sheet] = []
    used = lines
    for paragraph in paragraphs:
        mark = paragraph[:1] if paragraph[:1] in "^>" else ""
        size = 22.0 if mark == "^" else SIZE
        for number, line in enumerate(wrap(paragraph.removeprefix(mark), 0 if mark else indent, COLUMNS * SIZE, size)):
            if used == lines:
                sheets.append(Sheet())
                used = 0
            room = COLUMNS * SIZE - width(line, size)
            x = LEFT + (room / 2 if mark == "^" else room if mark else indent * size if number == 0 else 0)
            sheets[-1].texts.append((x, TOP + used * PITCH, size, line))
            used += 1
    for number, sheet in enumerate(sheets, 1):
        if numbers:
            sheet.texts.append((270, 760, 14, f"— {number} —"))
        if head:
            sheet.texts.append((250, 45, 12, head))
    return sheets


def wrap(text: str, indent: int, room: float, size: float) -> list[str]:
    """The lines of a paragraph in ``room`` points, the first with an indent: no mark that closes begins one, no number is cut."""
    found: list[str] = []
    line, used = "", indent * size
    for word in _words(text):
        wide = width(word, size)
        if line and used + wide > room:
            found.append(line)
            line, used = "", 0
        line += word
        used += wide
    return [*found, line]


def _words(text: str) -> list[str]:
    words: list[str] = []
    for character in text:
        sticks = words and (
            character in _CLOSING or (character.isascii() and character.isalnum() and words[-1][-1].isascii())
        )
        if sticks:
            words[-1] += character
        else:
            words.append(character)
    return words


# What turns the contents of a page, so that they stand upright on one that is shown turned by so much.
_TURNED = {
    0: "",
    90: "0 1 -1 0 842 0 cm\n",
    180: "-1 0 0 -1 595 842 cm\n",
    270: "0 -1 1 0 0 595 cm\n",
}
_BOX = {0: f"{WIDTH:g} {HEIGHT:g}", 90: f"{HEIGHT:g} {WIDTH:g}"}


def pdf(sheets: Sequence[Sheet], *, more: str = "", forms: Sequence[bytes] = ()) -> bytes:
    """The pages as PDF. ``more`` goes into the trailer; ``forms`` are objects from 7 on, of which pages draw the first, N7."""
    objects: list[bytes] = [b"", b"", b"", b""]
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\n\x80\nendstream"
    kids = []
    for sheet in sheets:
        content = _TURNED[sheet.turn] + ("q 595 0 0 842 0 0 cm /I Do Q\n" if sheet.image else "")
        if sheet.aslant:
            content += (
                f"BT /F 40 Tf .7071 .7071 -.7071 .7071 150 200 Tm <{sheet.aslant.encode('utf-16-be').hex()}> Tj ET\n"
            )
        for x, y, size, text in sheet.texts:
            content += f"BT /F {size:g} Tf 1 0 0 1 {x:.2f} {HEIGHT - y - 0.88 * size:.2f} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
        for left, top, right, bottom in sheet.rules:
            content += f"{left:.2f} {HEIGHT - top:.2f} m {right:.2f} {HEIGHT - bottom:.2f} l S\n"
        data = content.encode() + (b"/N7 Do\n" if forms else b"")
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(data), data))
        kids.append(len(objects) + 1)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_BOX[sheet.turn % 180]}]/Rotate {sheet.turn}/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R/N7 7 0 R>>>>>>".encode()
        )
    objects += forms
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    objects[2] = (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
    )
    objects[3] = image
    data, offsets = b"%PDF-1.4\n", []
    for number, content_ in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content_)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R{more}>>\n"
    return data + f"{trailer}startxref\n{len(data)}\n%%EOF".encode()


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


def ofd(
    sheets: Sequence[Sheet],
    *,
    units: str = "",
    annotation: str = "",
    image: bytes = b"",
    font: str = "",
    more: str = "",
) -> bytes:
    """The pages as OFD; their text is in ``font``, their images are ``image``; ``more`` are further objects of each."""
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    }
    pages = ""
    for number, sheet in enumerate(sheets):
        inner = '<ofd:ImageObject ResourceID="9" Boundary="10 20 190 260"/>' if sheet.image else ""
        for x, y, size, text in sheet.texts:
            steps = " ".join(f"{width(character, size) * _MM:.4f}" for character in text[:-1])
            inner += (
                f'<ofd:TextObject Boundary="{x * _MM:.4f} {y * _MM:.4f} {width(text, size) * _MM:.4f} {size * _MM:.4f}" '
                f'Font="1" Size="{size * _MM:.4f}"><ofd:TextCode X="0" Y="{0.86 * size * _MM:.4f}" DeltaX="{steps}">'
                f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
            )
        inner += more
        for left, top, right, bottom in sheet.rules:
            inner += (
                f'<ofd:PathObject Boundary="{left * _MM:.4f} {top * _MM:.4f} {max(right - left, 1) * _MM:.4f} {max(bottom - top, 1) * _MM:.4f}">'
                f"<ofd:AbbreviatedData>M 0 0 L {(right - left) * _MM:.4f} {(bottom - top) * _MM:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
            )
        files[f"Doc_0/Pages/{number}.xml"] = (
            f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer>{inner}</ofd:Layer></ofd:Content></ofd:Page>"
        )
        pages += f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/{number}.xml"/>'
    area = f"<ofd:PhysicalBox>0 0 {WIDTH * _MM:.3f} {HEIGHT * _MM:.3f}</ofd:PhysicalBox>"
    notes = "<ofd:Annotations>Notes.xml</ofd:Annotations>" if annotation else ""
    files["Doc_0/Document.xml"] = (
        f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea>{area}</ofd:PageArea><ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
        f"</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{notes}</ofd:Document>"
    )
    media = '<ofd:MultiMedia ID="9" Type="Image"><ofd:MediaFile>page.png</ofd:MediaFile></ofd:MultiMedia>'
    files["Doc_0/Res.xml"] = (
        f'<ofd:Res {_OFD} BaseLoc="Images"><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>'
        f'<ofd:Fonts><ofd:Font ID="1" FontName="{font}"/></ofd:Fonts><ofd:MultiMedias>{media if image else ""}</ofd:MultiMedias></ofd:Res>'
    )
    if image:
        files["Doc_0/Images/page.png"] = image
    if annotation:
        files["Doc_0/Notes.xml"] = (
            f'<ofd:Annotations {_OFD}><ofd:Page PageID="1"><ofd:FileLoc>Note.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
        )
        files["Doc_0/Note.xml"] = f"<ofd:PageAnnot {_OFD}><ofd:Annot>{annotation}</ofd:Annot></ofd:PageAnnot>"
    return zipped(files)
