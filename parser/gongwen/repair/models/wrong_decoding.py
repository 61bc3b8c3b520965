"""Wrong decodings: text of one encoding that was read as another, once or twice, as a whole or in single lines.

A web page in UTF-8 that was read as Latin-1 or Windows-1252 shows å…³äºŽ for 关于, one read as GBK 鍏充簬, and GBK read as
Latin-1 ¹ØÓÚ. The forward function is encoding in one and decoding in the other; nothing is lost by it as long as every byte
became a character, and then encoding back proves the original. Where bytes were lost (a ``�``), what stands whole between
them is read, and each character that isn't stays lost, with a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from gongwen.lexicon import ngrams
from gongwen.model import Confidence, Finding
from gongwen.repair import gbk
from gongwen.repair.engine import unresolved
from gongwen.repair.language import CONTEXT
from gongwen.text import Edit, Text

_WINDOWS = {character: byte for byte in range(0x80, 0xA0) if (character := bytes([byte]).decode("cp1252", "ignore"))}
_LATIN = "\x80-\xff" + "".join(map(re.escape, _WINDOWS))
_LATIN_RUN = re.compile(
    rf"[{_LATIN}][\t -~{_LATIN}\ufffd]{{2,}}|(?<![0-9])[0-9]++[{_LATIN}]{{2}}(?![ -~]{{0,8}}[{_LATIN}])"
)
_LETTERS = re.compile(f"[\xa1-\xff][ -~]?[{_LATIN}]|[{_LATIN}][ -~]?[\xa1-\xff]")


def _rows(*leads: int) -> str:
    return "".join(["".join(gbk.row(lead).values()) for lead in leads])


# What Chinese in UTF-8, or Latin letters in UTF-8, look like in GBK: rare characters, or several of a few rows together.
_GBK_TRACE = re.compile(
    f"[{_rows(0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF)}]"
    f"|[{_rows(0xC2, 0xC3)}]{{2}}|[{_rows(0xC2, 0xC3, 0xC5, 0xC6, 0xCB, 0xE2)}\ue000-\uf8ff]{{3}}"
)
_PIECE = re.compile("[^：:|\t 　]+")
_HAN = re.compile("[\u4e00-\u9fff]")
_WIDE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_ALL_WIDE = re.compile("[\x00-\x7f—]*+[\u3000-\u303f\uff00-\uffef][\x00-\x7f—\u3000-\u303f\uff00-\uffef]*+")
_COUNTED = re.compile("[0-9]([\u4e00-\u9fff])")
_EATEN = re.compile(r"(?<=[\u4e00-\u9fff])\?")
_WHOLE_BYTES = {
    "utf-8": re.compile(rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2})++"),
    "gb18030": re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\x40-\x7e\x80-\xfe])++"),
}
_ONE_CHARACTER = rb"[\xe3-\xe9\xef](?:\xff[\x80-\xbf]|[\x80-\xbf]\xff|\xff\xff)"
_LOST_PARTS = re.compile(rb"(?s)" + _ONE_CHARACTER + rb"|.+?(?=[\xe3-\xe9\xef]|\Z)")
_ONE_LOST = re.compile(_ONE_CHARACTER)
LOST = "\ufffd"
_POINTS_OF_BYTES = {**{ord(character): byte for character, byte in _WINDOWS.items()}, ord(LOST): 0xFF}
_GBK_SIGNS = {LOST: b"\xff", "€": b"\x80"}
_GBK_PIECE = re.compile(f"[{LOST}€]|[^{LOST}€]++")
_DEPTH = 2  # wrong decodings one upon the other
_LEAST = {
    "gb18030": 2,
    "utf-8": 1,
}  # Chinese characters and signs that prove an original; any two bytes may be one of GBK
_PROOF = 12.0  # natural units by which the original must be likelier than what the copy shows
_USUAL = 3.5  # cost of a character behind digits that is likely there
_READABLE = 8.5  # mean cost of a character of an original
_COST_OF_LOST = 12.0
_WHOLE = 0.75  # share of the characters that must be whole where bytes were lost
_MARGIN = 4.5  # natural units by which a character of which a byte is lost must be likelier than the others
_FREE = bytes(
    byte for byte in range(0x80, 0xA0) if byte not in _WINDOWS.values()
)  # that Windows-1252 has no character for
_TRAILS = range(0x80, 0xC0)
_JUDGED = 300  # characters by which an original is judged
_SHOWN = 40  # characters that evidence shows


class Decoding(NamedTuple):
    """Text in the encoding ``written`` whose bytes were ``read`` as another."""

    written: str
    read: str
    to_bytes: Callable[[str], bytes]
    """The bytes of the copy, those of each character one behind the other; 0xFF, which neither has, for ``LOST``. Raises UnicodeEncodeError."""


class Original(NamedTuple):
    """What a run of the copy was, by which decodings (the last one first), and where both correspond (see Edit.cuts)."""

    text: str
    decodings: tuple[Decoding, ...]
    starts: dict[int, int]  # offset in the text → offset in the copy


def _latin(text: str) -> bytes:
    """The bytes of letters of Windows-1252; its five free places, and those of Latin-1, stand for themselves."""
    return text.translate(_POINTS_OF_BYTES).encode("latin-1")


def _gbk(text: str) -> bytes:
    """The bytes of characters of GBK; a place without a character is a private-use point, 0x80 the sign of the euro."""
    return b"".join([_GBK_SIGNS.get(piece) or piece.encode("gb18030") for piece in _GBK_PIECE.findall(text)])


DECODINGS = (
    Decoding("utf-8", "windows-1252", _latin),
    Decoding("gb18030", "windows-1252", _latin),
    Decoding("utf-8", "gbk", _gbk),
)


def undo(text: Text) -> tuple[Text, tuple[Finding, ...]]:
    """The text with this damage undone, and a finding for each character of it that is lost."""
    value = text.value
    edits: list[Edit] = []
    findings: list[Finding] = []
    for start, end in _runs(value):
        run = value[start:end]
        if original := _likeliest(run):
            edits.append(_edit(start, run, original))
            points = sorted(original.starts.items())
            for match in re.finditer(LOST, original.text):
                before = bisect_right(points, (match.start(), len(run))) - 1
                after = bisect_left(points, (match.end(), 0))
                at = points[before][1] if before >= 0 else 0
                last = points[after][1] if after < len(points) else len(run)
                findings.append(unresolved(text, start + at, start + last, ()))
    return text.apply("wrong-decodings", edits), tuple(findings)


def _runs(value: str) -> Iterator[tuple[int, int]]:
    """The stretches of ``value`` that may be of a wrong decoding, in order: of Latin letters, or a line, or a piece of one."""
    latin = [match.span() for match in _LATIN_RUN.finditer(value) if _LETTERS.search(match[0])]
    others: list[tuple[int, int]] = []
    at = 0
    while trace := _GBK_TRACE.search(value, at):
        start = value.rfind("\n", 0, trace.start()) + 1
        at = value.find("\n", trace.start())
        at = len(value) if at < 0 else at
        if _likeliest(value[start:at]):
            others.append((start, at))
        else:
            others += [match.span() for match in _PIECE.finditer(value, start, at) if _GBK_TRACE.search(match[0])]
    end = 0
    for span in sorted([*latin, *others]):
        if span[0] >= end:
            yield span
            end = span[1]


def _likeliest(run: str) -> Original | None:
    """The likeliest original of ``run``, if it is likely enough."""
    forms = [run, eaten] if (eaten := _EATEN.sub(LOST, run)) != run else [run]
    for form in forms:
        if found := [(_cost(item.text), item.text, item) for item in originals(form, _DEPTH) if _is_text(item)]:
            cost, _, best = min(found)
            if cost + _PROOF < _cost(run):
                return best
    return None


def originals(run: str, depth: int) -> Iterator[Original]:
    """Everything that ``run`` may have been before at most ``depth`` wrong decodings; each gives it again.

    >>> [original.text for original in originals("å…³äºŽ", 1) if "关" in original.text]
    ['关于']
    """
    for decoding in DECODINGS:
        try:
            data = decoding.to_bytes(run)
        except UnicodeEncodeError:
            continue
        text, begins = _lossy(data, decoding) if LOST in run else _strict(data, decoding)
        if not text or text == run or text.count(LOST) > len(text) * (1 - _WHOLE):
            continue
        whole = Original(text, (decoding,), _correspondence(begins, map(decoding.to_bytes, run)))
        yield whole
        if depth > 1:
            for deeper in originals(text, depth - 1):
                starts = {new: whole.starts[old] for new, old in deeper.starts.items() if old in whole.starts}
                yield Original(deeper.text, (decoding, *deeper.decodings), starts)


def _strict(data: bytes, decoding: Decoding) -> tuple[str, list[int]]:
    """The text that ``data`` is in the encoding that was written, empty unless it is exactly that, and where each character begins."""
    try:
        text = data.decode(decoding.written)
        parts = [character.encode(decoding.written) for character in text]
    except UnicodeError:
        return "", []
    return (text, [0, *accumulate(map(len, parts))]) if b"".join(parts) == data else ("", [])


def _lossy(data: bytes, decoding: Decoding) -> tuple[str, list[int]]:
    """The same where bytes are lost: a stretch of them that is no character is one LOST, or the character that is likely there."""
    pieces: list[str] = []
    begins: list[int] = []
    position = 0
    for match in _WHOLE_BYTES[decoding.written].finditer(data + b"\n"):
        if match.start() > position:
            for part in _LOST_PARTS.finditer(data, position, match.start()):
                before = ("\n" + "".join(pieces[-CONTEXT:]))[-CONTEXT:]
                after = match[0] if part.end() == match.start() else b""
                pieces.append(_found(part[0], before, data[part.end() : part.end() + 1], after, decoding))
                begins.append(part.start())
        position = match.start()
        for character in match[0].decode(decoding.written, "replace"):
            if character == LOST:
                return "", []
            pieces.append(character)
            begins.append(position)
            position += len(character.encode(decoding.written))
    return "".join(pieces)[:-1], begins


def _found(stretch: bytes, before: str, following: bytes, after: bytes, decoding: Decoding) -> str:
    """The character that a stretch was in which bytes are lost, if one is much likelier than all others; else LOST.

    ``following`` is the byte behind it, and ``after`` what is whole there.
    """
    if decoding.written != "utf-8" or not _ONE_LOST.fullmatch(stretch):
        return LOST
    around = after.decode("utf-8")[: ngrams.ORDER - 1]
    found = sorted(
        (sum(ngrams.text_costs(ngrams.fold(before + character + around), len(before))), character)
        for whole in _filled(stretch, following, decoding)
        if (character := whole.decode("utf-8", "ignore"))
    )
    return found[0][1] if found and (len(found) == 1 or found[1][0] - found[0][0] > _MARGIN) else LOST


def _filled(stretch: bytes, following: bytes, decoding: Decoding) -> Iterator[bytes]:
    """Everything that a stretch may have been: with bytes in the place of those lost which the decoder would lose there."""
    at = stretch.rfind(b"\xff")
    if at < 0:
        yield stretch
        return
    follower = (stretch[at + 1 :] + following)[:1] or b"\n"
    for byte in _FREE if decoding.read == "windows-1252" else _TRAILS:
        if decoding.read == "windows-1252" or follower == b"\xff" or not gbk.row(byte).get(follower[0]):
            yield from _filled(stretch[:at] + bytes([byte]) + stretch[at + 1 :], following, decoding)


def _correspondence(begins: list[int], parts: Iterable[bytes]) -> dict[int, int]:
    """Offset in the original → offset in the copy, wherever a character begins on both sides."""
    copy = {position: number for number, position in enumerate([0, *accumulate(map(len, parts))])}
    return {number: copy[position] for number, position in enumerate(begins) if position in copy}


def _is_text(original: Original) -> bool:
    """Whether an original reads as Chinese: ideographs, or wide signs that are whole characters of UTF-8."""
    text = original.text[:_JUDGED]
    written = {decoding.written for decoding in original.decodings}
    least = max(_LEAST[name] for name in written)
    counted = _COUNTED.search(text)
    if counted and ngrams.character_cost("0" * (ngrams.ORDER - 1), ngrams.fold(counted[1])) < _USUAL:
        least = 1
    return (
        bool(_HAN.search(text) or (written == {"utf-8"} and _ALL_WIDE.fullmatch(text)))
        and len(_WIDE.findall(text)) >= least
        and _cost(text) < _READABLE * len(text) + _COST_OF_LOST * text.count(LOST)
    )


def _cost(text: str) -> float:
    """How unlikely the begin of ``text`` is in official texts, and what is lost of it in any."""
    judged = text[:_JUDGED]
    whole = judged.replace(LOST, "")
    return sum(ngrams.text_costs(ngrams.fold("\n" + whole), 1)) + _COST_OF_LOST * judged.count(LOST)


def _edit(start: int, run: str, original: Original) -> Edit:
    ways = ", that ".join(f"{decoding.written} read as {decoding.read}" for decoding in original.decodings[::-1])
    evidence = f"“{original.text[:_SHOWN]}” in {ways}, gives “{run[:_SHOWN]}”"
    ways_zh = "，再由 ".join(f"{decoding.written} 误读为 {decoding.read}" for decoding in original.decodings[::-1])
    evidence_zh = f"“{original.text[:_SHOWN]}”由 {ways_zh}，得到“{run[:_SHOWN]}”"
    confidence: Confidence = "chosen" if LOST in run or LOST in original.text else "proven"
    cuts = tuple((before, after) for after, before in original.starts.items() if after and before)
    return Edit(start, start + len(run), original.text, "wrong-decoding", evidence, confidence, cuts, evidence_zh)
