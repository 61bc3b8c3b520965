"""Files spoiled by chance from a seed: bytes turned, members cut or taken away, XML and objects of PDF changed, documents in themselves.

Of a package (DOCX, XLSX, OFD) the members are changed and packed again, so that most of what comes out still opens; of a PDF its
objects, of which streams are unpacked and packed again. Any other file has its bytes changed.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from random import Random
from time import process_time
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import promises
from gongwen import pipeline, read
from gongwen.errors import GongwenError

Parts = dict[str, bytes]

_SLOW = 10  # seconds of the processor: no spoiled copy of a small file takes so long
_LONGEST = 100_000  # characters of a text whose promises are looked at
_LARGEST = 8 << 20  # bytes of a member after all changes
_VALUES = (
    "0 1 -1 2 9 65536 2147483647 2147483648 -2147483648 4294967296 1e999 NaN 99999999999999999999 true false none "
    "../../../../etc/passwd file:///etc/passwd http://localhost:9/ rId1 r1 word/document.xml Doc_0/Document.xml "
    "A1:XFD1048576 %1%2%3%4%5%6%7%8%9 chineseCounting general 0%"
).split()
_CHARACTERS = (
    "",
    " ",
    "\u0000",
    "\u202e",
    "\ufffe",
    "\u2028",
    "一" * 3000,
    "&amp;" * 99,
    "1" * 400,
    "机密",
    "\U0010ffff",
)
_ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)\b[^<>]*?(?:/>|>[^<>]*</\1>)")
_ATTRIBUTE = re.compile(r'\s[\w:.-]+="([^"]*)"')
_TEXT = re.compile(r">([^<>]+)<")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.S)
_TOKENS = (
    b" 0 R", b"1 0 R", b"2 0 R", b"3 0 R", b"<<", b">>", b"[", b"]", b"/Kids", b"/Parent", b"/Length 9999999", b"/Count -1", b"/N7 Do ", b"-1",
    b"1e38", b"999999999999", b"/FlateDecode", b"/Rotate 90", b"(", b")", b"BT", b"ET", b"q " * 400, b"0 0 0 0 0 0 cm ", b"/Type/ObjStm", b"\0", b"\xff",
)  # fmt: skip


class Ended(NamedTuple):
    """How a file ended: its format or the code of its error; the promise that it breaks; CPU seconds and MiB of the process."""

    code: str
    broken: str | None
    seconds: float
    memory: int


def attempt(data: bytes) -> Ended:
    """Read and parse ``data`` as a build does."""
    start = process_time()
    code, broken = "", None
    try:
        source = read.from_bytes(data)
        code = source.format
        parsed = pipeline.parse_source(source)
        if len(source.text) < _LONGEST:
            broken = next(iter([*promises.lost(parsed), *promises.misquoted(parsed)]), None)
        seconds = process_time() - start
    except GongwenError as error:
        seconds = process_time() - start
        code = getattr(error, "code", type(error).__name__)
    return Ended(code, broken, seconds, _most_memory())


def _most_memory() -> int:
    try:
        import resource
    except ImportError:  # of systems that don't count it
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def ends(data: bytes, count: int) -> Counter[str]:
    """How ``count`` spoiled copies of ``data`` end; each in a notice that keeps the promises, or in one error of reading."""
    ended: Counter[str] = Counter()
    for seed in range(count):
        end = attempt(spoiled(data, Random(seed)))
        assert end.broken is None, (seed, end.broken)
        assert end.seconds < _SLOW, seed
        ended[end.code] += 1
    return ended


def spoiled(data: bytes, chance: Random) -> bytes:
    """``data`` after one to six changes."""
    if data.startswith(b"PK"):
        return _package(data, chance)
    for _ in range(chance.choice([1, 1, 2, 3, 4, 6])):
        data = _pdf(data, chance) if b"%PDF-" in data[:1024] and chance.random() < 0.7 else _bytes(data, chance)
    return data


def _package(data: bytes, chance: Random) -> bytes:
    parts = _unpacked(data)
    if not parts or chance.random() < 0.15:  # the archive itself
        return _bytes(data, chance)
    for _ in range(chance.choice([1, 1, 2, 3, 4, 6])):
        change = chance.choice(
            [_spoil_member, _spoil_member, _change_xml, _change_xml, _change_xml, _change_xml, _exchange, _nest]
        )
        change(parts, chance)
    return _packed({name: content[:_LARGEST] for name, content in parts.items()}, chance, data)


def _unpacked(data: bytes) -> Parts:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, OSError, zlib.error):
        return {}


def _packed(parts: Parts, chance: Random, whole: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(
                name,
                whole if content == b"itself" else content,
                chance.choice([ZIP_DEFLATED, ZIP_DEFLATED, ZIP_STORED]),
            )
    return buffer.getvalue()


def _bytes(data: bytes, chance: Random) -> bytes:
    """Bytes turned, taken away, doubled; the end cut off."""
    content = bytearray(data)
    if not content:
        return data
    at = chance.randrange(len(content)) if chance.random() < 0.7 else chance.randrange(min(len(content), 2048))
    match chance.randrange(6):
        case 0:
            del content[at:]
        case 1:
            del content[at : at + chance.choice([1, 4, 40, 4000])]
        case 2:
            content[at:at] = content[at : at + chance.choice([1, 40, 4000])]
        case 3:
            for place in range(at, min(at + chance.choice([1, 8, 64]), len(content))):
                content[place] = chance.randrange(256)
        case 4:
            content[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\x80", b"\xff\xff\xff\x7f"])
        case _:
            content[at] ^= 1 << chance.randrange(8)
    return bytes(content)


def _spoil_member(parts: Parts, chance: Random) -> None:
    name = chance.choice(sorted(parts))
    content = parts[name]
    parts[name] = chance.choice([_bytes(content, chance), content[: len(content) // 2], b""])


def _exchange(parts: Parts, chance: Random) -> None:
    """A member taken away, renamed, or put in the place of another."""
    name, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    match chance.randrange(4):
        case 0 if len(parts) > 1:
            del parts[name]
        case 1:
            parts[name.upper()] = parts.pop(name)
        case 2:
            parts["../" + name] = parts[name]
        case _:
            parts[name] = parts[other]


def _nest(parts: Parts, chance: Random) -> None:
    """The document in itself: as a member that another one includes, or in the place of a member."""
    parts["word/chunk.docx"] = b"itself"
    main, listed = "word/document.xml", "word/_rels/document.xml.rels"
    if main in parts and listed in parts:
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
        parts[listed] = parts[listed].replace(
            b"</Relationships>", b'<Relationship Id="n" Type="%b" Target="chunk.docx"/></Relationships>' % kind
        )
        space = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        many = b"<w:altChunk %b r:id=%b/>" % (space, b'"n"') * chance.choice([1, 2, 30])
        parts[main] = parts[main].replace(b"</w:body>", many + b"</w:body>")
    else:
        parts[chance.choice(sorted(parts))] = b"itself"


def _change_xml(parts: Parts, chance: Random) -> None:
    names = [name for name in sorted(parts) if name.endswith((".xml", ".rels"))]
    if not names:
        return
    name = chance.choice(names)
    text = parts[name].decode("utf-8", "replace")
    change: Callable[[str, Random], str] = chance.choice(
        [_element, _element, _value, _value, _value, _words, _deeper, _tag, _prolog]
    )
    if len(text) < _LARGEST:
        parts[name] = change(text, chance).encode("utf-8", "replace")


def _pick(pattern: re.Pattern[str], text: str, chance: Random) -> re.Match[str] | None:
    start = chance.randrange(len(text) + 1)
    return pattern.search(text, start) or pattern.search(text)


def _element(text: str, chance: Random) -> str:
    """An element taken away, made many, or put elsewhere."""
    found = _pick(_ELEMENT, text, chance)
    if found is None:
        return text
    without = text[: found.start()] + text[found.end() :]
    match chance.randrange(3):
        case 0:
            return without
        case 1:
            return text[: found.end()] + found[0] * chance.choice([1, 3, 50, 2000]) + text[found.end() :]
    other = _pick(_TAG, without, chance)
    at = other.end() if other else 0
    return without[:at] + found[0] + without[at:]


def _value(text: str, chance: Random) -> str:
    """The value of an attribute."""
    found = _pick(_ATTRIBUTE, text, chance)
    if found is None:
        return text
    values = [match[1] for match in _ATTRIBUTE.finditer(text, 0, 20_000)]
    value = chance.choice([chance.choice(_VALUES), chance.choice(values or ["0"]), found[1] * 2])
    return text[: found.start(1)] + value + text[found.end(1) :]


def _words(text: str, chance: Random) -> str:
    found = _pick(_TEXT, text, chance)
    if found is None:
        return text
    return text[: found.start(1)] + chance.choice([*_CHARACTERS, *_VALUES]) + text[found.end(1) :]


def _deeper(text: str, chance: Random) -> str:
    """An element in many like it."""
    found = _pick(_ELEMENT, text, chance)
    if found is None or found[0].endswith("/>"):
        return text
    opened, closed = found[0][: found[0].index(">") + 1], f"</{found[1]}>"
    times = chance.choice([2, 40, 200, 3000])
    return text[: found.start()] + opened * times + found[0] + closed * times + text[found.end() :]


def _tag(text: str, chance: Random) -> str:
    found = _pick(_TAG, text, chance)
    return text if found is None else text[: found.start()] + text[found.end() :]


def _prolog(text: str, chance: Random) -> str:
    """A document type before the root, and an entity in the first text."""
    root = re.search(r"<[A-Za-z]", text)
    at = root.start() if root else 0
    return text[:at] + _ENTITIES + _TEXT.sub(f">{chance.choice(['&c;', '&x;'])}<", text[at:], count=1)


def _pdf(data: bytes, chance: Random) -> bytes:
    """An object taken away, doubled or exchanged, a number or a token of one changed, in streams too."""
    objects = list(_OBJECT.finditer(data))
    if not objects:
        return _bytes(data, chance)
    one, other = chance.choice(objects), chance.choice(objects)
    match chance.randrange(5):
        case 0:
            return data[: one.start()] + data[one.end() :]
        case 1:
            return (
                data[: one.start()]
                + one[0].split(b"obj")[0]
                + b"obj"
                + other[0].partition(b"obj")[2]
                + data[one.end() :]
            )
        case 2 if stream := _STREAM.search(one[0]):
            return data[: one.start()] + one[0].replace(stream[1], _stream(stream[1], chance)) + data[one.end() :]
        case 3:
            numbers = list(re.finditer(rb"-?\d+(?:\.\d+)?", one[0][:4000]))
            found = chance.choice(numbers)
            value = chance.choice([b"0", b"-1", b"1", b"2", b"3", b"999999999", b"1e9", b"0.0001", found[0] * 3])
            return data[: one.start() + found.start()] + value + data[one.start() + found.end() :]
    at = one.start() + chance.randrange(len(one[0]))
    return data[:at] + chance.choice(_TOKENS) + data[at + chance.choice([0, 0, 1, 5]) :]


def _stream(packed: bytes, chance: Random) -> bytes:
    """A stream with its bytes or tokens changed, packed again where it was."""
    try:
        text = zlib.decompress(packed.rstrip(b"\r\n"))
    except zlib.error:
        return _bytes(packed, chance)
    at = chance.randrange(len(text) + 1)
    changed = text[:at] + chance.choice(_TOKENS) * chance.choice([1, 1, 50]) + text[at + chance.choice([0, 1, 30]) :]
    return zlib.compress(chance.choice([changed, _bytes(text, chance)]))
