"""Word documents (DOCX, ECMA-376): the text as Word shows it with all revisions accepted, numbers that Word counts included.

The main part is walked once, without recursion: a stack of open elements says what a piece of text belongs to. A paragraph is a
line, a row of a table of data is a line with a tab between cells, a text box stands before its paragraph. Deleted and
moved text, hidden text, comments, notes, heads and feet of pages, names of images, readings of ruby and instructions of
fields are lines of kinds of their own behind the body, anchored where they hang.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from gongwen.document import Generated, Paragraph, Reading
from gongwen.read import symbols
from gongwen.read.draft import JOIN, Draft, DraftCell, Line
from gongwen.read.grid import WIDEST, caption_rows, holds_data
from gongwen.read.inclusion import Inclusions
from gongwen.read.numbering import LEVELS, Counter, Instance, Level, spell
from gongwen.read.package import Package
from gongwen.read.scripts import read_script

_NUMBER = Generated("number")
_FORMULA = Generated("formula")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = {
    _WORD: "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://purl.oclc.org/ooxml/drawingml/main": "a:",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic:",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic:",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "urn:schemas-microsoft-com:vml": "v:",
    "urn:schemas-microsoft-com:office:office": "o:",
}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class _Names(dict[object, str]):
    """Tag → its name with the usual prefix, "" for what we don't know; Word's own names have none."""

    def __missing__(self, tag: object) -> str:
        name = ""
        if isinstance(tag, str) and tag.startswith("{"):
            namespace, _, local = tag[1:].partition("}")
            prefix = _NAMESPACES.get(namespace)
            name = "" if prefix is None else prefix + local
        self[tag] = name
        return name


_NAME = _Names()

# Parts that hold text beside the body, by the kind of their relation, and what their text is.
_BESIDE = {
    "footnotes": "footnote",
    "endnotes": "footnote",
    "comments": "comment",
    "header": "page-header",
    "footer": "page-footer",
    "diagramData": "image",
    "chart": "image",
}
_HIDING = {"del": "deleted", "moveFrom": "moved-from", "rt": "ruby"}
_TEXTS = {"t": "", "m:t": "", "delText": "deleted", "instrText": "field-code", "delInstrText": "field-code"}
_SKIPPED = frozenset("pPr rPr tblPr tblGrid tcPr trPr sectPr sdtPr sdtEndPr rubyPr fldData ffData".split())
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_LIFTED = 6  # half points above or below the line: a raised or lowered character
_OFF = frozenset(("0", "false", "off", "none"))


def read(data: bytes, path: str | None = None, depth: int = 0) -> Reading:
    """The document in the package ``data``; ``depth`` is how many documents include it.

    Raises SourceError where a part that it needs is missing or broken.
    """
    package = Package(data, path)
    main = next((target for _, kind, target in package.relations("") if kind == "officeDocument"), "word/document.xml")
    related = package.relations(main)
    parts = {kind: target for _, kind, target in reversed(related)}
    styles = _Styles(package.xml(parts["styles"]) if parts.get("styles", "") in package else None)
    numbering = package.xml(parts["numbering"]) if parts.get("numbering", "") in package else None
    definitions, instances = _lists(numbering, styles)
    draft = Draft()
    anchors: dict[tuple[str, str], tuple[Line, int]] = {}
    document = package.xml(main)
    inclusions = Inclusions(package, {id: target for id, _, target in related}, draft, depth)
    _Story(draft, styles, Counter(definitions, instances), main, "text", anchors, inclusions).walk(document)
    for _, kind, target in related:
        if (beside := _BESIDE.get(kind)) and target in package:
            _Story(draft, styles, Counter(definitions, instances), target, beside, anchors).walk(package.xml(target))
    inclusions.report()
    return draft.reading()._replace(asides=(*package.properties(), *inclusions.asides))


def _value(element: Element | None, name: str = "val") -> str | None:
    """The value of an attribute in the namespace of the element, None where there is none."""
    if element is None:
        return None
    namespace, _, _ = element.tag.rpartition("}")
    found = element.get(f"{namespace}}}{name}")
    return found if found is not None else element.get(name)


def _child(element: Element | None, name: str) -> Element | None:
    if element is not None:
        for child in element:
            if _NAME[child.tag] == name:
                return child
    return None


def _number(element: Element | None, name: str = "val") -> int | None:
    """A whole number of an attribute; None for anything else."""
    stated = _value(element, name)
    return int(stated) if stated and re.fullmatch(r"-?[0-9]{1,10}", stated) else None


def _on(element: Element | None) -> bool | None:
    """Whether a property that is on or off is on; None where it isn't stated."""
    if element is None:
        return None
    return (_value(element) or "true").lower() not in _OFF


def _struck(properties: Element | None) -> bool | None:
    """Whether text of these properties is struck out, once or twice; None where they don't say."""
    stated = [_on(_child(properties, name)) for name in ("strike", "dstrike")]
    return None if stated == [None, None] else any(stated)


class _Style(NamedTuple):
    based_on: str | None
    number: str | None
    level: int | None
    hidden: bool | None
    struck: bool | None


class _Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default: str | None = None
        for element in root if root is not None else ():
            if _NAME[element.tag] != "style" or not (name := _value(element, "styleId")):
                continue
            listed = _child(_child(element, "pPr"), "numPr")
            self._styles[name] = _Style(
                _value(_child(element, "basedOn")),
                _value(_child(listed, "numId")),
                _number(_child(listed, "ilvl")),
                _on(_child(_child(element, "rPr"), "vanish")),
                _struck(_child(element, "rPr")),
            )
            default = (_value(element, "default") or "0").lower() not in _OFF
            if default and _value(element, "type") == "paragraph":
                self.default = name

    def chain(self, name: str | None) -> Iterator[tuple[str, _Style]]:
        """A style and those that it is based on, each once."""
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield name, style
            name = style.based_on

    def hidden(self, name: str | None) -> bool:
        """Whether text of the style is hidden."""
        return next((style.hidden for _, style in self.chain(name) if style.hidden is not None), False)

    def struck(self, name: str | None) -> bool:
        """Whether text of the style is struck out."""
        return next((style.struck for _, style in self.chain(name) if style.struck is not None), False)


def _lists(root: Element | None, styles: _Styles) -> tuple[dict[str, dict[int, Level]], dict[str, Instance]]:
    """The abstract definitions and the instances of the part of lists; links through styles are followed."""
    definitions: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    instances: dict[str, Instance] = {}
    for element in root if root is not None else ():
        kind = _NAME[element.tag]
        if kind == "abstractNum" and (name := _value(element, "abstractNumId")):
            definitions[name] = dict(_levels(element))
            if link := _value(_child(element, "numStyleLink")):
                links[name] = link
        elif kind == "num" and (name := _value(element, "numId")):
            levels: dict[int, Level] = {}
            starts: dict[int, int] = {}
            for override in element:
                index = _index(override) if _NAME[override.tag] == "lvlOverride" else None
                if index is not None:
                    levels.update(_levels(override))
                    start = _number(_child(override, "startOverride"))
                    if start is not None:
                        starts[index] = start
            instances[name] = Instance(_value(_child(element, "abstractNumId")) or "", levels, starts)
    resolved = {name: _follow(name, links, instances, styles) for name in links}
    for name, instance in instances.items():
        if instance.definition in resolved:
            instances[name] = instance._replace(definition=resolved[instance.definition])
    return definitions, instances


def _follow(name: str, links: dict[str, str], instances: dict[str, Instance], styles: _Styles) -> str:
    """The definition that a linked definition stands for."""
    seen = set()
    while name in links and name not in seen:
        seen.add(name)
        number = next((style.number for _, style in styles.chain(links[name]) if style.number), None)
        if number not in instances:
            break
        name = instances[number].definition
    return name


def _index(element: Element) -> int | None:
    """The level, from 0, that an element says that it is of; None where there is no such level."""
    index = _number(element, "ilvl")
    return index if index is not None and 0 <= index < LEVELS else None


def _levels(element: Element) -> Iterator[tuple[int, Level]]:
    for child in element:
        index = _index(child) if _NAME[child.tag] == "lvl" else None
        if index is None:
            continue
        format = _child(child, "numFmt")
        if format is None:  # one that older programs don't know, with what they take instead
            format = next((inner for inner in child.iter() if _NAME[inner.tag] == "numFmt"), None)
        name = _value(format) or "decimal"
        if name == "custom":
            name = f"custom:{_value(format, 'format') or ''}"
        look = _child(child, "rPr")
        font = _value(_child(look, "rFonts"), "ascii") or "Symbol"
        text = "" if _on(_child(look, "vanish")) else symbols.plain(_value(_child(child, "lvlText")) or "", font)
        yield (
            index,
            Level(
                start=_number(_child(child, "start")) or 0,
                format=name,
                text=text,
                suffix=_value(_child(child, "suff")) or "tab",
                style=_value(_child(child, "pStyle")),
                restart=_number(_child(child, "lvlRestart")),
                legal=bool(_on(_child(child, "isLgl"))),
            ),
        )


@dataclass(slots=True, eq=False)
class _Open:
    """A paragraph that is being read: its own line, finished ones before it (of its text boxes), its properties."""

    number: int
    style: str | None = None
    list_number: str | None = None
    list_level: int | None = None
    mark: str = ""  # "deleted", "moved-from", "hidden" where the mark at its end is; "drop-cap" for the letter that the next one begins with
    ends_section: bool = False
    runs: int = 0
    offset: int = 0
    lines: list[Line] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    beside: list[tuple[str, str, int, Line, int]] = field(default_factory=list)

    @property
    def line(self) -> Line:
        return self.lines[-1]

    @property
    def shown(self) -> bool:
        """Whether anything of it is shown."""
        return any(line.length for line in self.lines)


@dataclass(slots=True, eq=False)
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    column: int = 0
    kind: str = ""  # "deleted", "hidden" where the row is


@dataclass(slots=True, eq=False)
class _Cell:
    column: int
    columns: int
    goes_on: bool  # with the cell above
    lines: list[Line] = field(default_factory=list)
    rows: int = 1


@dataclass(slots=True, eq=False)
class _Field:
    """A complex field: what stands before its separator is its instruction."""

    instruction: bool = True
    code: str = ""


class _Format(NamedTuple):
    """How a run is shown."""

    hidden: bool = False
    struck: bool = False
    font: str | None = None
    raised: str | None = None


class _Story:
    """Walks one part: its paragraphs become lines of the draft, those of the main part in the body, others behind it."""

    def __init__(
        self,
        draft: Draft,
        styles: _Styles,
        counter: Counter,
        part: str,
        kind: str,
        anchors: dict[tuple[str, str], tuple[Line, int]],
        inclusions: Inclusions | None = None,
    ) -> None:
        self.draft = draft
        self.styles = styles
        self.counter = counter
        self.part = part
        self.kind = kind
        self.anchors = anchors
        self.inclusions = inclusions
        self.anchor: tuple[Line, int] | None = None
        self.paragraphs = 0
        self.output: list[list[Line]] = [draft.lines if kind == "text" else draft.beside]
        self.open: list[_Open] = []
        self.pending: list[_Open] = []  # paragraphs whose mark is not shown: they go on in the next one
        self.depth: list[int] = [0]  # of pending, for each open container
        self.rows: list[list[_Row]] = []
        self.removed: list[bool] = []  # for each open cell, whether it was deleted
        self.hiding: list[str] = []
        self.fields: list[_Field] = []
        self.counters: list[Counter] = []
        self.format: list[_Format] = []
        self.unpaired: set[Element] = set()
        self.scripts: list[str] = []  # of the formulas that are open: raised or lowered

    def walk(self, root: Element) -> None:
        """Read all of the part."""
        self.unpaired = _unpaired_fields(root)
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            name = _NAME[element.tag]
            if event == "start":
                if name in _SKIPPED or (name in ("mc:Choice", "mc:Fallback") and not _chosen(element)):
                    walker.skip_subtree()
                else:
                    self._enter(name, element)
            else:
                self._leave(name, element)
        self._flush()

    # --- elements

    def _enter(self, name: str, element: Element) -> None:
        match name:
            case "p":
                self._begin_paragraph(element)
            case "r":
                self._begin_run(element)
            case "t" | "m:t" | "delText" | "instrText" | "delInstrText":
                text = element.text or ""
                if _value(element, "space") is None and element.get(_XML_SPACE) != "preserve" and name != "m:t":
                    text = text.strip(" \t\r\n")
                self._text(text, _TEXTS[name])
            case "a:t":
                self._loose(element.text or "")
            case "tab" | "ptab":
                self._text("\t")
            case "br" | "cr":
                self._break()
            case "noBreakHyphen":
                self._text("-")
            case "sym":
                self._symbol(element)
            case "del" | "moveFrom" | "rt":
                self.hiding.append(_HIDING[name])
            case "m:sup" | "m:sub" if _is_script(element):
                self.scripts.append("superscript" if name == "m:sup" else "subscript")
            case "m:num" | "m:den" | "m:d" | "m:rad" | "m:nary":
                self._sign(_before_formula(name, element))
            case "fldChar":
                self._field(element)
            case "fldSimple":
                self._beside("field-code", _value(element, "instr") or "")
            case "footnoteReference" | "endnoteReference" | "commentReference":
                if self.open and (number := _value(element, "id")):
                    kind = name.removesuffix("Reference")
                    self.anchors[kind, number] = (self.open[-1].line, self.open[-1].line.length)
            case "footnote" | "endnote" | "comment":
                self.anchor = self.anchors.get((name, _value(element, "id") or ""))
                if _value(element, "type") in _SEPARATORS:
                    self.hiding.append("separator")
            case "wp:docPr" | "v:imagedata" | "v:textpath":
                self._image(name, element)
            case "txbxContent":
                self._begin_container([])
                self.counters.append(self.counter)
                self.counter = Counter(self.counter.definitions, self.counter.instances)
            case "altChunk" if self.inclusions and not self.hiding:
                self._flush()
                self.output[-1].extend(self.inclusions.include(_relation(element), in_cell=bool(self.rows)))
            case "subDoc" | "o:OLEObject" if self.inclusions:
                self.inclusions.pass_over(_relation(element))
            case "tbl":
                self.rows.append([])
            case "tr":
                self._begin_row(element)
            case "tc":
                self._begin_cell(element)

    def _leave(self, name: str, element: Element) -> None:
        match name:
            case "p":
                self._end_paragraph()
            case "r":
                self.format.pop()
            case "del" | "moveFrom" | "rt":
                self.hiding.pop()
            case "m:sup" | "m:sub" if _is_script(element):
                self.scripts.pop()
            case "m:num" | "m:den" | "m:d" | "m:rad":
                self._sign(_behind_formula(name, element))
            case "footnote" | "endnote" | "comment":
                if _value(element, "type") in _SEPARATORS:
                    self.hiding.pop()
                self.anchor = None
            case "txbxContent":
                lines = self._end_container()
                self.counter = self.counters.pop()
                if self.open:
                    self.open[-1].boxes += lines
                else:
                    self.output[-1].extend(lines)
            case "tc":
                lines = self._end_container()
                if self.removed.pop():
                    self.hiding.pop()
                elif self.rows and self.rows[-1] and self.rows[-1][-1].cells:
                    self.rows[-1][-1].cells[-1].lines = lines
                else:
                    self.output[-1].extend(lines)
            case "tr":
                if self.rows and self.rows[-1] and self.rows[-1][-1].kind:
                    self.hiding.pop()
            case "tbl":
                self._end_table(self.rows.pop())

    # --- containers

    def _begin_container(self, lines: list[Line]) -> None:
        self.output.append(lines)
        self.depth.append(len(self.pending))

    def _end_container(self) -> list[Line]:
        self._flush()
        self.depth.pop()
        return self.output.pop()

    def _flush(self) -> None:
        """Paragraphs that wait for a next one, and have none in this container, end here."""
        while len(self.pending) > self.depth[-1]:
            self._emit(self.pending.pop())

    # --- paragraphs and runs

    def _begin_paragraph(self, element: Element) -> None:
        self.paragraphs += 1
        paragraph = _Open(self.paragraphs, self.styles.default, lines=[Line(self.kind, anchor=self.anchor)])
        properties = _child(element, "pPr")
        if properties is not None:
            if (style := _value(_child(properties, "pStyle"))) is not None:
                paragraph.style = style
            listed = _child(properties, "numPr")
            paragraph.list_number = _value(_child(listed, "numId"))
            paragraph.list_level = _number(_child(listed, "ilvl"))
            if _value(_child(properties, "framePr"), "dropCap") in ("drop", "margin"):
                paragraph.mark = "drop-cap"
            paragraph.ends_section = _child(properties, "sectPr") is not None
            mark = _child(properties, "rPr")
            if _child(mark, "del") is not None:
                paragraph.mark = "deleted"
            elif _child(mark, "moveFrom") is not None:
                paragraph.mark = "moved-from"
            elif _on(_child(mark, "vanish")):
                paragraph.mark = "hidden"
        if not paragraph.mark and self.styles.hidden(paragraph.style):
            paragraph.mark = "hidden"
        self.open.append(paragraph)

    def _end_paragraph(self) -> None:
        paragraph = self.open.pop()
        before = self.pending.pop() if len(self.pending) > self.depth[-1] else None
        if before:
            self._merge(before, paragraph)
        if paragraph.mark and paragraph.shown:
            self.pending.append(paragraph)
        elif paragraph.mark or (self.hiding and not paragraph.shown):  # nothing of it is there to be counted
            self._settle_beside(paragraph)
            self.output[-1].extend(paragraph.boxes)
        else:
            self._emit(paragraph)

    def _merge(self, before: _Open, paragraph: _Open) -> None:
        """Put what ``before`` shows in front of ``paragraph``: its mark is not shown, so that both are one.

        Where the mark was deleted, and behind a drop cap, the properties of the second paragraph hold, where it is hidden those of the first.
        """
        head, *rest = paragraph.lines
        head.move(before.line)
        paragraph.lines = [*before.lines, *rest]
        paragraph.beside = before.beside + paragraph.beside
        paragraph.boxes = before.boxes + paragraph.boxes
        paragraph.runs += before.runs
        if before.mark == "hidden":
            paragraph.style, paragraph.list_number, paragraph.list_level = (
                before.style,
                before.list_number,
                before.list_level,
            )

    def _emit(self, paragraph: _Open) -> None:
        """Count the paragraph and write its lines."""
        if not (paragraph.ends_section and not paragraph.runs):
            self._count(paragraph)
        self._settle_beside(paragraph)
        self.output[-1].extend(paragraph.boxes)
        self._emit_lines(paragraph)

    def _emit_lines(self, paragraph: _Open) -> None:
        if paragraph.shown or (self.kind == "text" and not paragraph.boxes):
            self.output[-1].extend(paragraph.lines)

    def _settle_beside(self, paragraph: _Open) -> None:
        """Write what the paragraph holds beside its text; words of one kind at one place are one line."""
        last: Line | None = None
        for kind, text, at, line, offset in paragraph.beside:
            anchor = self.anchor if self.kind != "text" and not paragraph.shown else (line, offset)
            if last is None or last.kind != kind or last.anchor != anchor:
                last = Line(kind, anchor=anchor)
                self.draft.beside.append(last)
            last.add(text, Paragraph(self.part, paragraph.number, at))

    def _count(self, paragraph: _Open) -> None:
        number, level = self._listed(paragraph)
        if number is None:
            return
        marker = self.counter.count(number, level)
        line = paragraph.lines[0]
        if marker is None:
            if level or number in self.counter.instances:
                self.draft.doubt("undefined-list", line, level=level + 1)
            return
        if not marker.text:
            return
        line.prepend(marker.text + marker.suffix, _NUMBER)
        if marker.unknown:
            self.draft.doubt("unknown-number-format", line, -line.prefix, 0, form=marker.unknown)

    def _listed(self, paragraph: _Open) -> tuple[str | None, int]:
        """The list and the level (from 0) of a paragraph; (None, 0) where it has no number."""
        number, level = paragraph.list_number, paragraph.list_level
        linked = None
        if number is None:
            chain = []
            for name, style in self.styles.chain(paragraph.style):
                chain.append(name)
                if level is None and style.level is not None:
                    level = style.level
                if style.number is not None:
                    number = style.number
                    break
            if number is not None:
                linked = next(
                    (found for name in chain if (found := self.counter.linked(number, name)) is not None), None
                )
        elif level is None:
            level = next(
                (style.level for _, style in self.styles.chain(paragraph.style) if style.level is not None), None
            )
        if number is None or number.strip().lstrip("0") == "":
            return None, 0
        index = paragraph.list_level if paragraph.list_level is not None else linked if linked is not None else level
        return number, min(max(index or 0, 0), LEVELS - 1)

    def _begin_run(self, element: Element) -> None:
        if self.open:
            self.open[-1].runs += 1
        properties = _child(element, "rPr")
        hidden = _on(_child(properties, "vanish"))
        if hidden is None:
            style = _value(_child(properties, "rStyle"))
            named = style is not None and any(each.hidden is not None for _, each in self.styles.chain(style))
            hidden = self.styles.hidden(style if named else self.open[-1].style if self.open else None)
        struck = _struck(properties)
        if struck is None:
            style = _value(_child(properties, "rStyle"))
            struck = self.styles.struck(style) or self.styles.struck(self.open[-1].style if self.open else None)
        raised = _value(_child(properties, "vertAlign"))
        if raised is None and (lift := _number(_child(properties, "position"))) is not None:
            raised = "superscript" if lift >= _LIFTED else "subscript" if lift <= -_LIFTED else None
        font = _value(_child(properties, "rFonts"), "ascii")
        self.format.append(_Format(bool(hidden), struck, font, raised))

    def _state(self) -> str:
        """The kind of what stands here: "" for text, else the first reason why it isn't shown."""
        if "separator" in self.hiding:
            return "separator"
        for kind in ("deleted", "moved-from"):
            if kind in self.hiding:
                return kind
        if any(each.instruction for each in self.fields):
            return "field-code"
        if self.hiding:
            return self.hiding[-1]
        if not self.format:
            return ""
        return "hidden" if self.format[-1].hidden else "deleted" if self.format[-1].struck else ""

    def _text(self, text: str, kind: str = "") -> None:
        if not text:
            return
        format = self.format[-1] if self.format else _Format()
        raised = format.raised or (self.scripts[-1] if self.scripts else None)
        text = symbols.plain(text, format.font)
        kind = self._state() or kind
        if kind == "field-code" and self.fields:
            self.fields[-1].code += text
        if _OBJECT in text and not kind:
            text, placeholders = text.replace(_OBJECT, ""), text.count(_OBJECT)
            self._beside("image", _OBJECT * placeholders)
        if not kind and self.open and raised in ("superscript", "subscript"):
            text, kind = read_script(text, self.open[-1].line.text[-1:], raised=raised == "superscript")
            if self.scripts:  # a formula has no notes
                kind = ""
        if kind:
            self._beside(kind, text)
        elif self.open:
            paragraph = self.open[-1]
            paragraph.line.add(text, Paragraph(self.part, paragraph.number, paragraph.offset))
            paragraph.offset += len(text)
        else:
            self._loose(text)

    def _beside(self, kind: str, text: str) -> None:
        state = self._state()
        kind = state if state in ("deleted", "moved-from", "separator") else kind
        if not text or kind == "separator":
            return
        if not self.open:
            line = Line(kind, anchor=self.anchor)
            line.add(text, Paragraph(self.part, max(self.paragraphs, 1), 0))
            self.draft.beside.append(line)
            return
        paragraph = self.open[-1]
        paragraph.beside.append((kind, text, paragraph.offset, paragraph.line, paragraph.line.length))

    def _loose(self, text: str) -> None:
        """Text of a shape or a diagram that stands in no paragraph of Word."""
        if not text or self._state() == "separator":
            return
        kind = self._state() or self.kind
        line = Line(kind, anchor=self.anchor)
        line.add(text, Paragraph(self.part, max(self.paragraphs, 1), 0))
        if kind != self.kind:
            self.draft.beside.append(line)
        elif self.open:
            self.open[-1].boxes.append(line)
        else:
            self.output[-1].append(line)

    def _sign(self, text: str) -> None:
        """A sign that the structure of a formula shows."""
        if text and self.open and not self._state():
            self.open[-1].line.add(text, _FORMULA)

    def _break(self) -> None:
        if self._state() or not self.open:
            return
        paragraph = self.open[-1]
        paragraph.lines.append(Line(self.kind, anchor=self.anchor))

    def _symbol(self, element: Element) -> None:
        code, font = _value(element, "char") or "", _value(element, "font")
        if re.fullmatch("[0-9A-Fa-f]{1,5}", code) and (point := int(code, 16)) and not 0xD800 <= point < 0xE000:
            character = chr(point if point >= 0x100 else 0xF000 + point)
            self._text(symbols.plain(character, font))

    def _field(self, element: Element) -> None:
        if element in self.unpaired:
            return
        match _value(element, "fldCharType"):
            case "begin":
                self.fields.append(_Field())
            case "separate" if self.fields:
                self.fields[-1].instruction = False
            case "end" if self.fields:
                ended = self.fields.pop()
                if ended.instruction and self.open and not self._state():  # it has no result: Word shows what it says
                    self.open[-1].line.add(_overlaid(ended.code), Generated("field"))

    def _image(self, name: str, element: Element) -> None:
        if name == "wp:docPr":
            drawing = element.getparent()
            if drawing is None or next((each for each in drawing.iter() if _NAME[each.tag] == "pic:pic"), None) is None:
                return
            text = element.get("descr") or element.get("title") or element.get("name")
        else:
            office = "{urn:schemas-microsoft-com:office:office}title"
            text = element.get("string") or element.get(office)
        self._beside("image", " ".join((text or "").split()))

    # --- tables

    def _begin_row(self, element: Element) -> None:
        row = _Row()
        properties = _child(element, "trPr")
        row.column = min(max(_number(_child(properties, "gridBefore")) or 0, 0), WIDEST)
        if _child(properties, "del") is not None:
            row.kind = "deleted"
        elif _on(_child(properties, "hidden")):
            row.kind = "hidden"
        if row.kind:
            self.hiding.append(row.kind)
        if self.rows:
            self.rows[-1].append(row)

    def _begin_cell(self, element: Element) -> None:
        properties = _child(element, "tcPr")
        columns = min(max(_number(_child(properties, "gridSpan")) or 1, 1), WIDEST)
        deleted = _child(properties, "cellDel") is not None
        self.removed.append(deleted)
        if deleted:
            self.hiding.append("deleted")
            self._begin_container([])
            return
        merge, beside = _child(properties, "vMerge"), _child(properties, "hMerge")
        if self.rows and self.rows[-1]:
            row = self.rows[-1][-1]
            if beside is not None and _value(beside) != "restart" and row.cells:
                row.cells[-1].columns += columns
                row.cells.append(_Cell(row.column, 0, goes_on=True))
            else:
                row.cells.append(_Cell(row.column, columns, merge is not None and _value(merge) != "restart"))
            row.column = min(row.column + columns, WIDEST)
        self._begin_container([])

    def _end_table(self, rows: list[_Row]) -> None:
        """The rows as lines: with cells where the table holds data, else as the paragraphs that stand in them."""
        rows = [row for row in rows if not row.kind and row.cells]
        above: dict[int, _Cell] = {}
        for row in rows:
            current: dict[int, _Cell] = {}
            for cell in row.cells:
                if cell.goes_on and cell.column in above and cell.columns:
                    above[cell.column].rows += 1
                    current[cell.column] = above[cell.column]
                elif not cell.goes_on:
                    current[cell.column] = cell
            above = current
        texts = [
            ["\n".join(line.text for line in cell.lines) for cell in row.cells if not cell.goes_on] for row in rows
        ]
        captions = caption_rows(texts)
        if self.kind == "text" and holds_data(texts[captions:]):
            for row in rows[:captions]:
                self.output[-1].extend(self._loosened(row))
            table = [self._row(row) for row in rows[captions:]]
            self.output[-1].extend(table)
            self.draft.tables.append(table)
            return
        for row in rows:
            self.output[-1].extend(self._loosened(row))

    def _row(self, row: _Row) -> Line:
        line = Line(self.kind, anchor=self.anchor)
        first = True
        for cell in row.cells:
            if cell.goes_on:
                self._covered(cell, line)
                continue
            if not first:
                line.add("\t", JOIN)
            first = False
            start = line.length
            _flatten(cell.lines, line)
            line.cells.append(DraftCell(start, line.length, cell.column, cell.rows, cell.columns))
        return line

    def _covered(self, cell: _Cell, row: Line) -> None:
        """What stands in a cell that a merged one covers is not shown."""
        for hidden in cell.lines:
            if hidden.length:
                self.draft.beside.append(Line("hidden", hidden.runs, hidden.length, anchor=(row, row.length)))

    def _loosened(self, row: _Row) -> Iterator[Line]:
        """The lines of a row that only places text: side by side where each cell is a line, else one cell behind the other."""
        cells = [[line for line in cell.lines if line.length] for cell in row.cells if not cell.goes_on]
        cells = [lines for lines in cells if lines]
        if len(cells) > 1 and all(len(lines) == 1 and not lines[0].cells for lines in cells):
            joined = Line(self.kind, anchor=self.anchor)
            for index, lines in enumerate(cells):
                if index:
                    joined.add("\t", JOIN)
                _flatten(lines, joined)
            yield joined
        else:
            for lines in cells:
                yield from lines
        for cell in row.cells:
            if cell.goes_on and cell.lines:
                self._covered(cell, cell.lines[0])


_OBJECT = "\ufffc"  # stands where an object is
_READING = re.compile(
    r"EQ\b.{0,200}?\\o[^()]{0,20}\(\s*\\s\\up\s*\d+\s*\([^()]{1,40}\)\s*[,，;]\s*([^()\s]{1,20})\s*\)", re.I
)
_CIRCLED = re.compile(
    r"EQ\b.{0,200}?\\o[^()]{0,20}\(\s*(?:[○〇◯]\s*[,，;]\s*(\d{1,2})|(\d{1,2})\s*[,，;]\s*[○〇◯])\s*\)", re.I
)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _relation(element: Element) -> str:
    """The id of the part that an element refers to."""
    return element.get(_RELATION) or element.get(_STRICT_RELATION) or ""


def _is_script(element: Element) -> bool:
    """Whether a part of a formula is raised or lowered beside its base; limits of sums are not."""
    parent = element.getparent()
    return parent is not None and _NAME[parent.tag] in ("m:sSup", "m:sSub", "m:sSubSup", "m:sPre")


def _joins(element: Element) -> bool:
    """Whether a part of a fraction needs brackets in a line: 1/(2+3)."""
    text = "".join(inner.text or "" for inner in element.iter() if _NAME[inner.tag] == "m:t").strip()
    return len(text) > 1 and not text.isalnum() and not re.fullmatch(r"[0-9.,%]+", text)


def _before_formula(name: str, element: Element) -> str:
    """The sign that a formula shows before a part of it: of brackets, of a root, of a sum."""
    match name:
        case "m:d":
            begin = _child(_child(element, "m:dPr"), "m:begChr")
            return "(" if begin is None else (_value(begin) or "")[:1]
        case "m:rad":
            return "√"
        case "m:nary":
            sign = _child(_child(element, "m:naryPr"), "m:chr")
            return "∫" if sign is None else (_value(sign) or "")[:1]
    return "(" if _joins(element) else ""


def _behind_formula(name: str, element: Element) -> str:
    """The sign that a formula shows behind a part of it: of brackets, of a fraction."""
    match name:
        case "m:d":
            end = _child(_child(element, "m:dPr"), "m:endChr")
            return ")" if end is None else (_value(end) or "")[:1]
        case "m:rad":
            return ""
    return (")" if _joins(element) else "") + ("/" if name == "m:num" else "")


def _flatten(lines: list[Line], into: Line) -> None:
    """Put the lines of a cell into one, a blank between two; tabs in them count as blanks."""
    begun = False
    for line in lines:
        if not line.length:
            continue
        if begun:
            into.add(" ", JOIN)
        begun = True
        line.move(into, flat=True)


def _overlaid(code: str) -> str:
    """What a field shows that lays characters over one another (EQ \\o): a character with its reading, a number in a circle."""
    if match := _READING.search(code):
        return match[1]
    if match := _CIRCLED.search(code):
        return spell(int(match[1] or match[2]), "decimalEnclosedCircle") or ""
    return ""


def _chosen(element: Element) -> bool:
    """Whether a branch of alternative content is the one to read: the first, or the fallback where that has no text."""
    parent = element.getparent()
    branches = (
        [child for child in parent if _NAME[child.tag] in ("mc:Choice", "mc:Fallback")] if parent is not None else []
    )
    if not branches or _NAME[branches[0].tag] == "mc:Fallback" or len(branches) == 1:
        return True
    chosen = branches[0]
    if not _has_text(chosen) and _has_text(branches[-1]):
        chosen = branches[-1]
    return element is chosen


def _has_text(element: Element) -> bool:
    return any(_NAME[inner.tag] in ("t", "a:t", "m:t", "delText") and inner.text for inner in element.iter())


def _unpaired_fields(root: Element) -> set[Element]:
    """The marks of complex fields that never end: what follows such a beginning is text."""
    begun: list[list[Element]] = []
    unpaired: set[Element] = set()
    for element in root.iter():
        if _NAME[element.tag] != "fldChar":
            continue
        match _value(element, "fldCharType"):
            case "begin":
                begun.append([element])
            case "separate" if begun:
                begun[-1].append(element)
            case "end" if begun:
                begun.pop()
    for marks in begun:
        unpaired.update(marks)
    return unpaired
