"""Packages made by code for tests: Word documents of a few lines, in the tests' own words."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive of ``parts``."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(targets: dict[str, str]) -> str:
    """The relations to parts by their file names: name → kind."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{name}"/>'
        for number, (name, kind) in enumerate(targets.items())
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def docx(body: str, numbering: str = "", styles: str = "", head: str = "", **beside: str) -> bytes:
    """A Word document. ``beside``: header, footer, footnotes, comments by what is in them; ``head`` stands before the root."""
    roots = {"header": "hdr", "footer": "ftr", "numbering": "numbering", "styles": "styles"}
    parts = {"numbering": numbering, "styles": styles, **beside}
    held = {name: content for name, content in parts.items() if content}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/_rels/document.xml.rels": relations({f"{name}.xml": name for name in held}),
        "word/document.xml": f"{head}<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    for name, content in held.items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
    return zipped(files)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    content: str,
    *,
    num: str | None = None,
    level: int | None = None,
    style: str | None = None,
    mark: str = "",
    more: str = "",
) -> str:
    """A paragraph; ``content`` that is no markup is text. ``mark`` are properties of its mark, ``more`` of itself."""
    inner = content if content.startswith("<") or not content else run(content)
    listed = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    listed += "" if num is None else f'<w:numId w:val="{num}"/>'
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (f"<w:numPr>{listed}</w:numPr>" if listed else "")
    return f"<w:p><w:pPr>{properties}{more}<w:rPr>{mark}</w:rPr></w:pPr>{inner}</w:p>"


def level(index: int, format: str, text: str, *, start: str = "1", more: str = "", suffix: str = "nothing") -> str:
    """A level of a list."""
    begin = f'<w:start w:val="{start}"/>' if start else ""
    return (
        f'<w:lvl w:ilvl="{index}">{begin}<w:numFmt w:val="{format}"/>{more}<w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(name: str, *levels: str) -> str:
    """The definition of a list, and what else stands in one."""
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def instance(name: str, of: str, *overrides: str) -> str:
    """An instance of a list."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def restart(index: int, at: int) -> str:
    """An instance's own start of a level."""
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, before: int = 0, more: str = "") -> str:
    """A row of cells; a cell that is no markup is a paragraph of text."""
    skipped = f'<w:gridBefore w:val="{before}"/>' if before else ""
    inner = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{skipped}{more}</w:trPr>{inner}</w:tr>"


def cell(*paragraphs: str, span: int = 1, merge: str | None = None) -> str:
    """A cell. ``merge``: "restart" where cells merge from here downwards, "" where it goes on with the one above."""
    down = "" if merge is None else f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    inner = "".join(each if each.startswith(("<w:p>", "<w:tbl>")) else paragraph(each) for each in paragraphs)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{down}</w:tcPr>{inner}</w:tc>'


S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def xlsx(
    *sheets: tuple[str, str, str], formats: tuple[str, ...] = (), strings: str = "", comments: str = "", struck: int = 0
) -> bytes:
    """A workbook of sheets: name, state, what stands in it. Style n of cells has the n-th of ``formats``, from 1; ``struck`` is struck out."""
    codes = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for index, code in enumerate(formats)
    )
    styles = "".join(
        f'<xf numFmtId="{164 + index}" fontId="{int(index + 1 == struck)}"/>' for index in range(len(formats))
    )
    fonts = "<fonts><font/><font><strike/></font></fonts>"
    names = "".join(
        f'<sheet name="{name}" sheetId="{index}" state="{state}" r:id="r{index}"/>'
        for index, (name, state, _) in enumerate(sheets)
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _SHEET_TYPES,
        "_rels/.rels": relations({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            {f"worksheets/{index}.xml": "worksheet" for index in range(len(sheets))}
            | {"styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{S}"><numFmts>{codes}</numFmts>{fonts}<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
    }
    for index, (_, _, content) in enumerate(sheets):
        files[f"xl/worksheets/{index}.xml"] = f'<worksheet xmlns="{S}">{content}</worksheet>'
    if comments:
        files["xl/worksheets/_rels/0.xml.rels"] = relations({"../comments.xml": "comments"})
        files["xl/comments.xml"] = f'<comments xmlns="{S}"><commentList>{comments}</commentList></comments>'
    return zipped(files)


def sheet_rows(*rows: dict[str, str], hidden: tuple[int, ...] = ()) -> str:
    """The rows of a sheet: reference → text, or a cell in markup."""
    made = ""
    for number, cells in enumerate(rows, 1):
        inner = "".join(
            text if text.startswith("<c") else f'<c r="{at}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for at, text in cells.items()
        )
        made += f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number in hidden else ""}>{inner}</row>'
    return f"<sheetData>{made}</sheetData>"
