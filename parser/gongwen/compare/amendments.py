"""What an amending instrument orders: its operations on the documents that it names.

The sentences of such instruments follow a small language (立法技术规范（试行）（二）, 法律修正案 and 修改决定; notices imitate it): a place in the
document (第三条第二款, 第二项), quoted words, and a verb. Quoted words may hold whole paragraphs; they are put aside first, so that no
full stop inside them ends a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from gongwen.lexicon.numerals import integer
from gongwen.model import Notice, Span

Verb = Literal[
    "revoke", "replace", "rewrite", "delete", "insert", "add", "renumber", "revoke-document",
    "suspend", "suspend-document", "extend",
]  # fmt: skip

_NUMERAL = r"[〇零一二三四五六七八九十百0-9０-９]{1,5}"
_STEP = rf"(?:第[（(]?{_NUMERAL}[）)]?(?:部分|大项|[编章节条款项目点段])|[（(]{_NUMERAL}[）)]项?|附件{_NUMERAL}?)"
_PLACE = rf"{_STEP}+"
_PLACES = rf"{_PLACE}(?:[、，和及至到]{_PLACE})*"
_QUOTE = r"⟦[0-9]+⟧"
CHANGED = r"(?:统一|应当?)?(?:(?:修改|修订|调整|变更|更改|更正|替换|改)(?:表述)?为|(?<=应)为|(?<=应当)为)"
_MISTAKEN = r"(?:被)?(?:误写|误印|误作|错写|错印|误|错)[成为]?"
_GONE = r"(?:废止|删去|删除|取消|撤销|停止执行|不再执行|失效)"
_GROWN = r"(?:增加|增补|补充|加入|新增)"
_PAUSED = r"(?:暂停|暂缓|中止)(?:执行|实施|施行|适用)"
_PAUSE = rf"(?:自[^，。；⟦⟧]{{1,20}}起)?{_PAUSED}(?:[至到][^，。；⟦⟧]{{1,16}})?"
_EXTENSION = r"(?:再)?(?:延长|顺延|延续|延期)(?:为)?(?P<new>[至到]?[^，。；⟦⟧]{1,12})"
_MARKER = re.compile(rf"^[ \u3000]*(?:{_NUMERAL}[、．.]|[（(]{_NUMERAL}[）)])")
_TITLE = r"《[^《》]*+(?:《[^《》]*+》[^《》]*+)*+》"
_NUMBER = r"[（(]?[^（()）《》，。；⟦⟧]{2,16}〔[0-9]{4}〕[0-9]{1,5}号[）)]?"

# A document goes as a whole only where no place in it stands before the verb or behind it.
# The first pattern that a sentence holds at a place says what it orders. (?P<at>) are places, (?P<old>) and (?P<new>) quotations.
_ORDERS: tuple[tuple[Verb, str], ...] = (
        ("add", rf"(?:在?(?P<after>{_PLACE})(?:之)?后)?{_GROWN}[一二两三四五六]?(?P<unit>[条款项段])(?:[，,]?(?:分别)?作为(?P<at>{_PLACE}))?[：:，,]?(?P<new>{_QUOTE})"),
        ("insert", rf"在?(?P<at>{_PLACE})?[中的]*(?P<old>{_QUOTE})(?:之)?(?P<side>后|前){_GROWN}(?:内容|规定|一句)?[：:，,]?(?P<new>{_QUOTE})"),
        ("insert", rf"在?(?P<at>{_PLACE})(?:末尾|最后|中)?{_GROWN}(?:内容|规定|一句)?[：:，,]?(?P<new>{_QUOTE})"),
        ("replace", rf"(?:[将把])?(?P<at>{_PLACES})?(?:[中的由从]|规定|有关|责任单位|牵头单位|内容|全文)*(?P<old>{_QUOTE})[，,]?{CHANGED}[：:]?(?P<new>{_QUOTE})"),
        ("replace", rf"(?:[将把])?(?P<at>{_PLACES})?[中的由从]*(?P<new>{_QUOTE}){_MISTAKEN}(?P<old>{_QUOTE})"),
        ("delete", rf"{_GONE}(?P<at>{_PLACES})?[中的]*(?P<old>{_QUOTE})"),
        ("delete", rf"(?P<at>{_PLACES})?[中的]*(?P<old>{_QUOTE})(?:予以|一并)?{_GONE}"),
        ("renumber", rf"(?P<at>{_PLACE})(?:改|调整|顺延)为(?P<as>{_PLACE})(?:[，,]并?(?:修改|改)为[：:]?(?P<new>{_QUOTE}))?"),
        ("rewrite", rf"(?:[将把])?(?P<at>{_PLACE})(?:的?(?:内容|规定))?{CHANGED}[：:，,]?(?P<new>{_QUOTE})"),
        ("replace", rf"(?:[将把])?(?P<at>{_PLACES})?[^，。；⟦⟧]{{0,12}}?由(?P<old>[^，。；：⟦⟧]{{1,40}}?){CHANGED}(?P<new>[^，。；：⟦⟧]{{1,40}})"),
        ("extend", rf"(?:有效期限?|[施执实]行期限?|实施期限?)[^，。；⟦⟧]{{0,8}}?{_EXTENSION}"),
        ("extend", rf"(?:延长|顺延|延续)(?:{_TITLE})?(?:{_NUMBER})?的?有效期限?(?P<new>[至到][^，。；⟦⟧]{{1,12}})"),
        ("suspend", rf"(?P<pause>{_PAUSED})(?P<at>{_PLACES})"),
        ("suspend", rf"(?P<at>{_PLACES})(?:的规定|规定|内容)?(?:予以|同时|一并)?(?P<pause>{_PAUSE})"),
        ("suspend-document", rf"(?P<pause>{_PAUSED})(?P<document>{_TITLE})"),
        ("suspend-document", rf"(?P<document>{_TITLE})(?:{_NUMBER})?(?:(?!{_STEP})[^。；：⟦⟧]){{0,24}}?(?P<pause>{_PAUSE})(?!{_STEP}|{_QUOTE})"),
        ("revoke", rf"{_GONE}(?P<at>{_PLACES})"),
        ("revoke", rf"(?P<at>{_PLACES})(?:的规定|规定|内容)?(?:自[^，。；⟦⟧]{{1,20}}起)?(?:予以|同时|一并)?{_GONE}"),
        ("revoke-document", rf"{_GONE}(?P<document>{_TITLE})"),
        ("revoke-document", rf"(?P<document>{_TITLE})(?:{_NUMBER})?(?:(?!{_STEP})[^。；：⟦⟧]){{0,24}}?(?:予以|同时|一并)?{_GONE}(?!{_STEP}|{_QUOTE})"),
)  # fmt: skip
_PATTERNS = tuple((verb, re.compile(pattern)) for verb, pattern in _ORDERS)
_STEPS = re.compile(
    rf"第?[（(]?(?P<number>{_NUMERAL})[）)]?(?P<word>部分|大项|[编章节条款项目点段])?|附件(?P<annex>{_NUMERAL})?"
)
_DOCUMENT = re.compile(rf"(?P<title>{_TITLE})(?:[（(](?P<number>[^（()）]{{2,20}}号)[）)])?|(?P<bare>{_NUMBER})")


class Step(NamedTuple):
    """A step of a place: the number of a 条, 款, 项, …; ``word`` is empty where only the number stands, as in （三）."""

    number: int
    word: str


Locator = tuple[Step, ...]


class Operation(NamedTuple):
    """What an instrument orders at some places of a document, with the sentence that does and where it stands in the instrument.

    ``old`` are the words that are replaced, deleted, or beside which something is put in; ``new`` what comes, by how long or until when
    the document's validity is extended, or the words by which a place is suspended. ``document`` is how the
    instrument names the document: title and number, as far as it gives them.
    """

    verb: Verb
    places: tuple[Locator, ...]
    old: str | None
    new: str | None
    before: bool
    unit: str | None
    document: tuple[str | None, str | None]
    text: str
    block: int
    spans: tuple[Span, ...]


def operations(notice: Notice) -> list[Operation]:
    """The operations that ``notice`` orders, in order; none for a notice that amends nothing."""
    text, starts = _body(notice)
    bare, quotes = _put_aside(text)
    found: list[Operation] = []
    document: tuple[str | None, str | None] = (None, None)
    at = 0
    for sentence in re.split(r"(?<=[。；\n])", bare):
        start = at
        at += len(sentence)
        said = _MARKER.sub("", sentence)
        if named := _document(said):
            document = named
        for verb, match in _orders(said):
            place = _origin(start, bare, quotes)
            block = max((index for index, begins in starts if begins <= place), default=0)
            whole = _restored(said.strip(), quotes)
            groups = match.groupdict()
            of = groups.get("document")
            found.append(
                Operation(
                    verb,
                    tuple(_locators(groups.get("at") or groups.get("after") or "")),
                    _restored(groups["old"], quotes) if groups.get("old") else None,
                    _restored(groups["new"], quotes) if groups.get("new") else groups.get("pause"),
                    groups.get("side") == "前",
                    groups.get("unit"),
                    (of.strip("《》"), None) if of else document,
                    whole,
                    block,
                    (notice.blocks[block].span,),
                )
            )
    return found


def _orders(sentence: str) -> Iterator[tuple[Verb, re.Match[str]]]:
    """What a sentence orders, from left to right; each stretch of it is read once."""
    at = 0
    while at < len(sentence):
        matches = [
            (match.start(), rank, verb, match)
            for rank, (verb, pattern) in enumerate(_PATTERNS)
            if (match := pattern.search(sentence, at))
        ]
        if not matches:
            return
        _, _, verb, match = min(matches, key=lambda row: row[:2])
        yield verb, match
        at = max(match.end(), at + 1)


def _body(notice: Notice) -> tuple[str, list[tuple[int, int]]]:
    """The text of a notice, and where each of its blocks begins in it: (index of the block, offset)."""
    text, starts = "", []
    for index, block in enumerate(notice.blocks):
        if block.kind in ("heading", "item", "paragraph", "list-item", "annex-title"):
            starts.append((index, len(text)))
            text += block.text if block.text.endswith("\n") else block.text + "\n"
    return text, starts


def _put_aside(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text with a sign for each quotation, and the quotations with the length of each in the text.

    A mark that opens a line inside a quotation opens a further paragraph of it, and nothing that has to be closed.
    """
    bare, at = "", 0
    quotes: list[tuple[int, str]] = []
    while (start := text.find("“", at)) >= 0:
        depth, end = 0, start
        for end in range(start, len(text)):
            if text[end] == "“" and not (depth and text[end - 1] == "\n"):
                depth += 1
            elif text[end] == "”":
                depth -= 1
                if not depth:
                    break
        else:
            break
        bare += f"{text[at:start]}⟦{len(quotes)}⟧"
        quotes.append((end + 1 - start, text[start + 1 : end].replace("\n“", "\n")))
        at = end + 1
    return bare + text[at:], quotes


def _restored(text: str, quotes: list[tuple[int, str]]) -> str:
    """A text with its quotations again; one that is a quotation alone without its marks."""
    if re.fullmatch(_QUOTE, text):
        return quotes[int(text[1:-1])][1]
    return re.sub(_QUOTE, lambda match: f"“{quotes[int(match[0][1:-1])][1]}”", text)


def _origin(offset: int, bare: str, quotes: list[tuple[int, str]]) -> int:
    """The offset in the whole text of what stands at ``offset`` where quotations are put aside."""
    seen = re.findall(_QUOTE, bare[:offset])
    return offset + sum(quotes[int(sign[1:-1])][0] - len(sign) for sign in seen)


def _document(sentence: str) -> tuple[str | None, str | None] | None:
    """The document that a sentence names: the last one before its order."""
    found = None
    for match in _DOCUMENT.finditer(sentence):
        if match["title"]:
            found = match["title"][1:-1], match["number"]
        elif found is None or not found[1]:
            found = found[0] if found else None, match["bare"].strip("（()）")
    return found


def _locators(text: str) -> Iterator[Locator]:
    """The places that a list of them names; a later one may leave out what the first one says (第三条第一项、第二项)."""
    first: list[Step] = []
    for piece in re.split(r"[、，和及]", text):
        steps = [
            Step(number, match["word"] or ("附件" if match[0].startswith("附件") else ""))
            for match in _STEPS.finditer(piece)
            if (number := integer(match["number"] or match["annex"] or "1")) is not None
        ]
        if not steps:
            continue
        if first and _RANK.get(steps[0].word, 9) > _RANK.get(first[0].word, 9):
            steps = [step for step in first if _RANK.get(step.word, 9) < _RANK.get(steps[0].word, 9)] + steps
        first = steps
        yield tuple(steps)


_RANK = {
    word: rank
    for rank, words in enumerate(
        (("附件",), ("编", "部分"), ("章",), ("节",), ("条", "大项"), ("款", "段"), ("项", ""), ("点", "目"))
    )
    for word in words
}
