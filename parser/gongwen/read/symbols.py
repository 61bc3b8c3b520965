"""Characters of the fonts Symbol and Wingdings, which files keep as private-use points (U+F020 to U+F0FF)."""

from __future__ import annotations

import re

_SYMBOL = dict(
    zip(
        (*range(0x20, 0x7F), *range(0xA0, 0xF0), *range(0xF1, 0xFF)),
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
        "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
_WINGDINGS = dict(
    zip(
        (
            *(0x20, 0x21, 0x22, 0x23, 0x36, 0x3E, 0x3F, 0x41, 0x45, 0x46, 0x47, 0x48, 0x4A, 0x4C, 0x52),
            *range(0x5E, 0x6B),
            *(
                0x6C,
                0x6D,
                0x6E,
                0x6F,
                0x70,
                0x71,
                0x72,
                0x73,
                0x74,
                0x75,
                0x76,
                0x77,
                0x78,
                0x7A,
                0x7B,
                0x7C,
                0x7D,
                0x7E,
            ),
            *range(0x80, 0x96),
            *(0x9E, 0x9F, 0xA1, 0xA4, 0xA5, 0xA7, 0xA8, 0xAA, 0xAB, 0xAC, 0xB5, 0xB6, 0xD8, 0xDC),
            *(0xDF, 0xE0, 0xE1, 0xE2, 0xE8, 0xEF, 0xF0, 0xF1, 0xF2, 0xFB, 0xFC, 0xFD, 0xFE),
        ),
        " ✏✂✁⌛✇✍✌☜☞☝☟☺☹☼♈♉♊♋♌♍♎♏♐♑♒♓&●❍■□❐❑❒⬧⧫◆❖⬥⌧⌘❀✿❝❞⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿·•○◉◎▪◻✦★✶✪✰➢➲←→↑↓➔⇦⇨⇧⇩✗✓☒☑",
        strict=True,
    )
)
_WINGDINGS_2 = dict(zip((0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x97, 0xA3), "✗✓☒☑☒☒●□", strict=True))
_FONTS = {
    "symbol": _SYMBOL,
    "opensymbol": _SYMBOL,  # LibreOffice's, which has the points of Symbol as they are
    "wingdings": _WINGDINGS,
    "wingdings2": _WINGDINGS_2,
}
_SUBSET = re.compile(r"^[a-z]{6}\+|mt$|-?regular$|\s+")  # of the name of a font in a page


def plain(text: str, font: str | None) -> str:
    """``text`` with the private-use points that ``font`` gives a meaning as the characters that Unicode has for them.

    >>> plain("95\\uf025", "BAAAAA+SymbolMT"), plain("\\uf0fe", "Wingdings 2") == plain("\\uf0fe", None)
    ('95%', True)
    """
    if not font or text.isascii():
        return text
    table = _FONTS.get(_SUBSET.sub("", font.lower()))
    if not table:
        return text
    return "".join(
        table.get(ord(character) - 0xF000, character) if "\uf020" <= character <= "\uf0ff" else character
        for character in text
    )
