"""How the bytes of a source become characters.

A byte order mark decides, if text comes out; then what is valid UTF-8 is UTF-8. Of the legacy encodings (GB 18030 with its subset GBK,
Big5 with the Hong Kong supplement) and of UTF-16 without a mark, the winner is the reading with the largest share of frequent
Chinese characters. What a page declares of itself is only tried first, since servers convert pages without changing the declaration.
Two encodings of old mail write Chinese in ASCII: HZ and ISO-2022-CN are read; what ISO 2022 has besides is refused by its name.
A few bytes that are wrong or missing refuse nothing: each such place is one U+FFFD in the text.
"""

from __future__ import annotations

import codecs
import re
import sys
from array import array
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import zip_longest

from gongwen.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_LEGACY = ("gb18030", "big5hkscs")
_DECLARED = re.compile(rb"<meta\b[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_-]{2,20})", re.I)
_HEAD = 4096
_SAMPLE_BYTES = 1 << 18
_HANDLER = "gongwen.lost"
_LOST = "\udfff"  # stands for lost bytes until the encoding is chosen: no encoding makes it
_RUN = re.compile(f"{_LOST}+")
_STRETCH = re.compile(rb"[\x00-\x2f]+|[^\x00-\x2f]+")  # what lies between bytes that are no part of a longer character
_NEAR = 1000  # characters before and bytes behind a byte that can't be read, where one may be missing
_COST_OF_TWO, _COST_OF_ONE, _COST_OF_ASCII = (
    -2.0,
    -2.1,
    -2.3,
)  # a lost pair, a lost byte, a pair with a byte that may be ASCII
_SAMPLE = 20_000  # characters that are enough to judge a reading
_FEW = 20  # characters that are too few to judge it
_IMPLAUSIBLE = 0.05  # Chinese prose has more than half, a wrong reading a hundredth

# Frequent in official texts of either script; a wrong reading of the bytes hardly ever hits them.
_FREQUENT = re.compile(
    "[的一是在不了有和人这中大为上个国我以要时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进"
    "等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合因由其些然前外天政四日社义事平形相全表间样与关各重新线内"
    "通意见人市区县省局厅委办公室府号印知建设管施保工服务科技农村企单位责任牵头完推各个，。、：；（）“”《》"
    "這為個國時來們發對會動過說產種後學經進電裡現實兩體機當點從業應開關義樣間與線內見區縣廳辦號設務農單責牽頭]"
)
_SOUND = re.compile(f"{_FREQUENT.pattern}|[ -~\n]")
_SWITCH = re.compile(rb"\x1b\$[()*+]?[@-Z]|\x1b[()][@-Z]")
_SWITCHES = {
    b"\x1b$)A": "ISO-2022-CN",
    b"\x1b$)G": "ISO-2022-CN with CNS 11643",
    b"\x1b$*H": "ISO-2022-CN with CNS 11643",
    b"\x1b$)E": "ISO-2022-CN-EXT",
    b"\x1b$)C": "ISO-2022-KR",
    b"\x1b$@": "ISO-2022-JP",
    b"\x1b$B": "ISO-2022-JP",
}
_SHIFTED = re.compile(rb"\x0e([^\x0e\x0f]*+)\x0f?")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a]")


def decode(data: bytes, *, path: str | None = None, markup: bool = False) -> tuple[str, str]:
    """The characters of ``data``, without its byte order mark, and the name of the encoding.

    Where bytes are no character of the encoding there is one U+FFFD. ``markup`` says that the bytes may declare their encoding.
    Raises SourceError ("undecodable") if no encoding fits but for a few places, or if what comes out is no text.
    """
    text, encoding = _decode(data, path, markup)
    if len(_BINARY.findall(text)) * 20 > len(text):
        raise SourceError(
            "undecodable", "more than a twentieth of it is control characters: this is no text", path=path
        )
    return text, encoding


def _decode(data: bytes, path: str | None, markup: bool) -> tuple[str, str]:
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            text = _lossy(data[len(mark) :], codec)
            # What is valid UTF-8 was meant as such; nearly all bytes are valid UTF-16.
            if _is_lost(text) or (codec != "utf-8" and _is_noise(text)):
                raise SourceError("undecodable", f"it is marked as {codec}, but its bytes are not", path=path)
            return text.replace(_LOST, "\ufffd"), name
    with suppress(UnicodeDecodeError):
        if "\x00" not in (text := data.decode()):
            return _seven_bit(data, path) or (text, "utf-8")
    samples = {codec: _lossy(_sample(data, codec), codec) for codec in _codecs(data, markup)}
    codec = max(samples, key=lambda codec: _plausibility(samples[codec]))
    sample = samples[codec]
    judged = codec != "utf-8" and len(sample) >= _FEW
    if _plausibility(sample) < _IMPLAUSIBLE and (judged or _is_lost(sample)):
        raise SourceError("undecodable", "no encoding makes Chinese text of its bytes", path=path)
    return _lossy(data, codec).replace(_LOST, "\ufffd"), codec


def _seven_bit(data: bytes, path: str | None) -> tuple[str, str] | None:
    """The text and the encoding of ``data``, all ASCII, if it switches to Chinese in the way of HZ or of ISO 2022."""
    if not data.isascii():
        return None
    if switched := _SWITCH.search(data):
        name = _SWITCHES.get(switched[0], "ISO-2022")
        if any(found != b"\x1b$)A" for found in _SWITCH.findall(data)):
            raise SourceError("undecodable", f"it is in {name}, of which only GB 2312 is read", path=path)
        shifted = _SHIFTED.sub(lambda match: bytes(byte | 0x80 if byte > 0x20 else byte for byte in match[1]), data)
        text = _lossy(_SWITCH.sub(b"", shifted), "gb2312")
        if not _is_lost(text):
            return text.replace(_LOST, "\ufffd"), "iso-2022-cn"
        raise SourceError("undecodable", "it switches to Chinese as ISO-2022-CN does, but its bytes are not", path=path)
    if b"~{" in data:
        with suppress(UnicodeDecodeError):
            if _plausibility(text := data.decode("hz")) >= _IMPLAUSIBLE:
                return text, "hz"
    return None


def _codecs(data: bytes, markup: bool) -> tuple[str, ...]:
    """The encodings that the bytes could be in, likeliest first."""
    declared = _DECLARED.search(data[:_HEAD]) if markup else None
    legacy = _LEGACY[::-1] if declared and declared[1].lower().startswith(b"big5") else _LEGACY
    return ("utf-8", *legacy, "utf-16-le", "utf-16-be")


def _sample(data: bytes, codec: str) -> bytes:
    """The bytes by which a reading is judged: all, or of many those of the first lines that aren't ASCII."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    if codec.startswith("utf-16"):
        return data[:_SAMPLE_BYTES]
    return b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_SAMPLE_BYTES]


def _lossy(data: bytes, codec: str) -> str:
    """``data`` in ``codec``, with one ``_LOST`` for each stretch of bytes that is no character of it."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        if codec.startswith("utf-16") and len(data) % 2:
            return _RUN.sub(_LOST, _in_step(data, codec))
        if codec in _LEGACY:
            text = "".join([_stretch(match[0], codec) for match in _STRETCH.finditer(data)])
        else:
            text = data.decode(codec, _HANDLER)
        return _RUN.sub(_LOST, text)


def _in_step(data: bytes, codec: str) -> str:
    """UTF-16 of an odd number of bytes: one is missing or too many, behind which all characters are out of step. It is taken to stand where
    what is read before it in one step, and behind it in the other, reads best.
    """
    steps = [_units(data[start : len(data) - (len(data) - start) % 2], codec) for start in (0, 1)]
    worths = [[len(_SOUND.findall(units, at, at + _NEAR)) for at in range(0, len(units), _NEAR)] for units in steps]
    best = _best_switch(*worths)
    first = max(best - 1, 0) * _NEAR
    inner = [[_worth(unit) for unit in units[first : first + 2 * _NEAR]] for units in steps]
    place = first + _best_switch(*inner)
    behind = 2 * place + 1
    if place + 1 < len(steps[1]) and _worth(steps[1][place]) < 0:
        behind += 2  # a byte too many stood within a character
    return data[: 2 * place].decode(codec, _HANDLER) + _LOST + data[behind:].decode(codec, _HANDLER)


def _units(data: bytes, codec: str) -> str:
    """The units of UTF-16, each as the character of its number."""
    units = array("H", data)
    if (codec == "utf-16-be") == (sys.byteorder == "little"):
        units.byteswap()
    return "".join(map(chr, units))


def _best_switch(before: Sequence[float], behind: Sequence[float]) -> int:
    """Where to go over from the worths of one reading to those of another, so that their sum is greatest."""
    total = sum(behind)
    best, most = 0, total
    for place, (one, other) in enumerate(zip_longest(before, behind, fillvalue=0), 1):
        total += one - other
        if total > most:
            best, most = place, total
    return best


def _is_lost(text: str) -> bool:
    """Whether so much of ``text`` is lost that it is none: more than one place and than a twentieth, or all of it."""
    lost = text.count(_LOST)
    return lost > max(1, len(text) // 20) or (lost > 0 and not text.replace(_LOST, "").strip())


def _stretch(data: bytes, codec: str) -> str:
    """A stretch of bytes in a legacy encoding, of which some may be wrong or missing; each that is, with what is near it, is aligned."""
    view, parts, position = memoryview(data), [], 0
    while True:
        try:
            parts.append(str(view[position:], codec))
            return "".join(parts)
        except UnicodeDecodeError as error:
            sound = str(view[position : position + error.start], codec)
            bad = position + error.start
        parts.append(sound[:-_NEAR])
        first = bad - len(sound[-_NEAR:].encode(codec))
        aligned = _align(data[first : bad + _NEAR], codec)
        if bad + _NEAR < len(data):  # the window may end within a character
            del aligned[-4:]
        parts += [part for part, _ in aligned]
        position = first + sum(length for _, length in aligned)


def _align(data: bytes, codec: str) -> list[tuple[str, int]]:
    """``data`` as characters and losses, each with the number of its bytes, in the way that reads best.

    A wrong byte spoils its character; a missing one puts all that follow out of step. Of all ways to get to a place, the one of
    the greatest worth is kept.
    """
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]  # for each place: worth, where its last part begins, that part
    for end in range(1, len(data) + 1):
        choices = [(best[end - 1][0] + _COST_OF_ONE, end - 1, _LOST)]
        if data[end - 1] < 0x80:
            choices.append((best[end - 1][0], end - 1, chr(data[end - 1])))
        if end > 1:
            cost = _COST_OF_TWO if codec == "big5hkscs" or data[end - 1] >= 0x80 else _COST_OF_ASCII
            choices.append((best[end - 2][0] + cost, end - 2, _LOST))
        for length in (2, 4)[: end // 2]:
            if data[end - length] >= 0x80 and (character := _character(data[end - length : end], codec)):
                choices.append((best[end - length][0] + _worth(character), end - length, character))
        best.append(max(choices))
    parts, place = [], len(data)
    while place:
        _, start, part = best[place]
        parts.append((part, place - start))
        place = start
    return parts[::-1]


@lru_cache(maxsize=32_768)
def _character(data: bytes, codec: str) -> str | None:
    """The one character that ``data`` is in ``codec``, None where it is none."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None


@lru_cache(maxsize=32_768)
def _worth(character: str) -> float:
    """How much a character speaks for a reading: it is frequent in official texts, of the common set, or rare."""
    if _FREQUENT.match(character):
        return 1.0
    for codec, last in (("gb2312", 0xD8), ("big5", 0xC7)):  # up to their first levels: 3,755 and 5,401 characters
        with suppress(UnicodeEncodeError):
            if character.encode(codec)[0] < last:
                return 0.5
    return -0.5


def _mark_lost(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return _LOST, error.end


def _is_noise(text: str) -> bool:
    """Whether ``text`` is for the greater part neither ASCII nor Chinese, and long enough to tell."""
    sample = text[:_SAMPLE]
    return (
        len(sample) >= _FEW
        and 2 * len(_NOT_ASCII.findall(sample)) > len(sample)
        and _plausibility(sample) < _IMPLAUSIBLE
    )


def _plausibility(text: str) -> float:
    """The share of frequent Chinese characters, less control and lost characters, in what is no ASCII; at most 1."""
    sample = text[:_SAMPLE]
    flaws = len(_BINARY.findall(sample)) + sample.count(_LOST)
    return (len(_FREQUENT.findall(sample)) - flaws) / max(1, len(_NOT_ASCII.findall(sample)) + flaws)


codecs.register_error(_HANDLER, _mark_lost)
