"""What an amending instrument orders: its operations on the documents that it names.

The sentences of such instruments follow a small language (立法技术规范（试行）（二）, 法律修正案 and 修改决定; notices imitate it): a place in the
document (第三条第二款, 第二项), quoted words, and a verb, from amendment_words.tsv. Quoted words may hold whole paragraphs; they are put aside
first, so that no full stop inside them ends a sentence. What reads like an order and fits no form of one is an operation that is
unread: it is listed, and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from gongwen.lexicon import vocabulary
from gongwen.lexicon.numerals import integer
from gongwen.model import Notice, Span

Verb = Literal[
    "revoke", "replace", "rewrite", "delete", "insert", "assign", "add", "renumber", "revoke-document",
    "suspend", "suspend-document", "extend", "reorder", "unread",
]  # fmt: skip

_NUMERAL = r"[〇零一二两三四五六七八九十百0-9０-９]{1,5}"
_QUOTE = r"⟦[0-9]+⟧"
_TITLE = r"《[^《》]*+(?:《[^《》]*+》[^《》]*+)*+》"
_NUMBER = r"[（(]?[^（()）《》，。；⟦⟧]{2,16}〔[0-9]{4}〕[0-9]{1,5}号[）)]?"
_DOCUMENTS = rf"{_TITLE}(?:{_NUMBER})?+(?:[、和及]{_TITLE}(?:{_NUMBER})?+)*+"
_MARKER = re.compile(rf"^[ \u3000]*(?:{_NUMERAL}[、．.]|[（(]{_NUMERAL}[）)])")
_DOCUMENT = re.compile(rf"(?P<title>{_TITLE})(?:[（(](?P<number>[^（()）]{{2,20}}号)[）)])?|(?P<bare>{_NUMBER})")
_SENTENCE = re.compile(r"(?<=[。；])|(?<=\n)(?!⟦)")  # the text that an order announces may stand on the next line

WIDTHS = ("annex", "volume", "chapter", "section", "article", "paragraph", "item", "point")
"""The places of a document, the widest first, by the codes of their words."""


def words(code: str, context: str = "order") -> str:
    """The words of one code, as an expression."""
    return f"(?:{vocabulary.alternation('amendment_words', context, code)})"


class _Grammar(NamedTuple):
    """The expressions of orders; the first form that a sentence holds at a place says what it orders.

    (?P<at>…) are places, (?P<old>…) and (?P<new>…) quotations, (?P<onto>…) the numbers that a place, or what is put in, has from then on.
    """

    forms: tuple[tuple[Verb, re.Pattern[str]], ...]
    ordering: re.Pattern[str]
    steps: re.Pattern[str]


@vocabulary.compiled
def changed() -> str:
    """What puts words in the place of others: 修改为, 应为."""
    should = words("should")
    return rf"(?:(?:{words('manner')}|{should})*{words('change')}{words('said')}?为|{should}为)"


@vocabulary.compiled
def _grammar() -> _Grammar:
    manner, said = words("manner"), words("said")
    step = rf"(?:第[（(]?{_NUMERAL}[）)]?(?:{vocabulary.alternation('amendment_words', 'place')})|[（(]{_NUMERAL}[）)]{words('item', 'place')}?|{words('annex', 'place')}{_NUMERAL}?)"
    place = rf"{step}+"
    places = rf"{place}(?:[、，和及至到]{place})*"
    change, gone, grown = changed(), rf"(?:{manner}*{words('revoke')})", rf"(?:{manner}*{words('add')})"
    clause = (
        rf"(?:{vocabulary.alternation('roles', 'label')})(?:{vocabulary.alternation('unit_nouns', 'label', 'unit')})"
    )
    paused = rf"{words('pause')}(?:{vocabulary.alternation('effect_words', 'sentence', 'applies')}|{words('applies')})"
    paused = rf"(?:自[^，。；⟦⟧]{{1,20}}起)?{paused}"
    pause = rf"{paused}(?:[至到][^，。；⟦⟧]{{1,16}})?"
    term = f"(?:{vocabulary.alternation('effect_words', 'sentence', 'term')})"
    of = rf"(?:{_DOCUMENTS}[的中]*)?"
    unlike = rf"(?![的中]*(?:{step}|{_QUOTE}))"  # a document goes as a whole only where no place in it stands before the verb or behind it
    within = rf"(?:(?!{step})[^。；：⟦⟧]){{0,24}}?"
    orders: tuple[tuple[Verb, str], ...] = (
        ("add", rf"(?:在?(?P<at>{place})(?P<behind>之?后)?[中内下的]?)?{grown}(?:{_NUMERAL})?(?P<unit>{vocabulary.alternation('amendment_words', 'added')})(?:[，,]?{manner}?{words('becomes')}(?P<onto>{places}))?[：:，,]*(?P<new>{_QUOTE})"),
        ("add", rf"{grown}(?P<onto>{place})[：:，,]*(?P<new>{_QUOTE})"),
        ("insert", rf"在?(?P<at>{places})?[中的]*(?P<old>{_QUOTE})之?(?P<side>后|前){grown}{said}*[：:，,]?(?P<new>{_QUOTE})"),
        ("assign", rf"在?(?P<at>{places})[中的]*(?P<clause>{clause})中?{grown}[：:]?(?P<new>{_QUOTE}(?:[、，和及]{_QUOTE})*|[^，。；：⟦⟧]{{2,60}})"),
        ("insert", rf"在?(?P<at>{places})(?:{said}|[中的])*{grown}{said}*[：:，,]?(?P<new>{_QUOTE})"),
        ("replace", rf"[将把]?(?P<at>{places})?(?:[中的由从]|{said}|{clause})*(?P<old>{_QUOTE}){said}?[，,]?{change}[：:]?(?P<new>{_QUOTE})"),
        ("replace", rf"[将把]?(?P<at>{places})?[中的由从]*(?P<new>{_QUOTE})被?{words('mistaken')}[成为]?(?P<old>{_QUOTE})"),
        ("delete", rf"(?P<at>{places})(?:[中的]|{said}|{clause})*{gone}(?P<old>{_QUOTE})"),
        ("delete", rf"{gone}(?P<at>{places})?[中的]*(?P<old>{_QUOTE})"),
        ("delete", rf"(?P<at>{places})?(?:[中的]|{said}|{clause})*(?P<old>{_QUOTE}){said}?{gone}"),
        ("rewrite", rf"[将把]?(?P<at>{place})(?:{words('renumber')}|{words('change')})为{_NUMERAL}(?:{vocabulary.alternation('amendment_words', 'added')})[，,]?{manner}?{words('becomes')}(?P<onto>{places})[，,]?并?{change}[：:，,\n]*(?P<new>{_QUOTE})"),
        ("renumber", rf"(?P<at>{place}){manner}?{words('renumber')}为(?P<onto>{place})(?:(?:[，,]?并?{change})?[：:]\n?(?P<new>{_QUOTE}))?"),
        ("rewrite", rf"[将把]?(?P<at>{place})(?:的?{said})?{change}[：:，,\n]*(?P<new>{_QUOTE})"),
        ("replace", rf"[将把]?(?P<at>{places})?[^，。；⟦⟧]{{0,12}}?由(?P<old>[^，。；：⟦⟧]{{1,40}}?)(?:{change}|{manner}*{words('change')}[至到])(?P<new>[^，。；：⟦⟧]{{1,40}})"),
        ("extend", rf"{term}[^，。；⟦⟧]{{0,8}}?{words('extend')}为?(?P<new>[至到]?[^，。；⟦⟧]{{1,12}})"),
        ("extend", rf"{words('extend')}(?:{_TITLE})?(?:{_NUMBER})?的?{term}(?P<new>[至到][^，。；⟦⟧]{{1,12}})"),
        ("suspend", rf"(?P<pause>{paused}){of}(?P<at>{places})"),
        ("suspend", rf"(?P<at>{places})(?:的?{said})?{manner}?(?P<pause>{pause})"),
        ("suspend-document", rf"(?P<pause>{paused})(?P<documents>{_DOCUMENTS}){unlike}"),
        ("suspend-document", rf"(?P<documents>{_DOCUMENTS}){within}(?P<pause>{pause}){unlike}"),
        ("revoke", rf"{gone}{of}(?P<at>{places})"),
        ("revoke", rf"(?P<at>{places})(?:的?{said})?(?:自[^，。；⟦⟧]{{1,20}}起)?{gone}"),
        ("revoke-document", rf"{gone}(?P<documents>{_DOCUMENTS}){unlike}"),
        ("revoke-document", rf"(?P<documents>{_DOCUMENTS}){within}{gone}{unlike}"),
        ("reorder", rf"{words('sequence')}[^，。；⟦⟧]{{0,4}}?{manner}*[^，。；⟦⟧]{{0,2}}?(?:{words('change')}|{words('renumber')})"),
    )  # fmt: skip
    verb, named = rf"(?:{change}|{gone}|{grown}|{pause})", rf"(?:{places}|{_QUOTE})"
    ordering = re.compile(rf"{named}[^，。；]{{0,12}}?{verb}|{verb}[^，。；]{{0,6}}?{named}")
    steps = rf"第?[（(]?(?P<number>{_NUMERAL})[）)]?(?P<word>{vocabulary.alternation('amendment_words', 'place')})?|(?P<annex>{words('annex', 'place')})(?P<which>{_NUMERAL})?"
    return _Grammar(tuple((verb, re.compile(form)) for verb, form in orders), ordering, re.compile(steps))


class Step(NamedTuple):
    """A step of a place: the number of a 条, 款, 项, …; ``word`` is empty where only the number stands, as in （三）."""

    number: int
    word: str

    @property
    def width(self) -> int:
        """How wide the place is: the index of its code in WIDTHS; what has only a number is an item (项)."""
        return WIDTHS.index(_widths().get(self.word, "item"))


@vocabulary.compiled
def _widths() -> dict[str, str]:
    return vocabulary.codes("amendment_words", "place")


Locator = tuple[Step, ...]


class Operation(NamedTuple):
    """What an instrument orders at some places of a document, with the sentence that does and where it stands in the instrument.

    ``old`` are the words that are replaced, deleted, or beside which something is put in; ``new`` what comes, by how long or until when
    the document's validity is extended, or the words by which a place is suspended. ``before`` says that it comes before ``old``, and not behind.
    ``onto`` are the numbers, as they are written, that a place gets, or what is put in; what has none is put behind the place if ``behind``,
    else into it; ``unit`` is what is put in (条), or the label behind which units are (责任单位). ``document`` is how the instrument names the document: title and number, as far as it gives them.
    """

    verb: Verb
    places: tuple[Locator, ...]
    old: str | None
    new: str | None
    before: bool
    behind: bool
    unit: str | None
    onto: tuple[str, ...]
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
    above: Locator = ()  # the place that the orders of a numbered paragraph are on: 第二款 goes on from 第五条第一款
    at = 0
    for sentence in _SENTENCE.split(bare):
        start = at
        at += len(sentence)
        said = _MARKER.sub("", sentence)
        named = _document(said) or document
        if said != sentence or named != document:
            above = ()
        document = named
        whole = _restored(said.strip(), quotes)
        place = _origin(start, bare, quotes)
        block = max((index for index, begins in starts if begins <= place), default=0)
        last: tuple[Locator, ...] = ()
        for verb, groups in read(said):
            where = tuple(_below(one, above) for one in locators(groups.get("at") or ""))
            above = where[0] if where else above
            last = where = where or (last if groups.get("old") else ())
            documents = [_named(match) for match in _DOCUMENT.finditer(groups.get("documents") or "")]
            old, new, onto = groups.get("old"), groups.get("new"), groups.get("onto")
            for of in documents or [document]:
                found.append(
                    Operation(
                        verb,
                        where,
                        _restored(old, quotes) if old else None,
                        _restored(new, quotes) if new else groups.get("pause"),
                        groups.get("side") == "前",
                        bool(groups.get("behind")),
                        groups.get("unit") or groups.get("clause"),
                        tuple(re.split("[、，和及]", onto)) if onto else (),
                        of,
                        whole,
                        block,
                        (notice.blocks[block].span,),
                    )
                )
    return found


def read(sentence: str) -> Iterator[tuple[Verb, dict[str, str | None]]]:
    """What a sentence orders, from left to right, quotations put aside; each stretch of it is read once.

    >>> [(verb, groups["at"]) for verb, groups in read("将第三条改为第四条，删去第五条")]
    [('renumber', '第三条'), ('revoke', '第五条')]
    """
    at = 0
    grammar = _grammar()
    while at < len(sentence):
        matches = [
            (match.start(), rank, match)
            for rank, (_, form) in enumerate(grammar.forms)
            if (match := form.search(sentence, at))
        ]
        start, rank, match = min(matches, key=lambda row: row[:2], default=(len(sentence), 0, None))
        if grammar.ordering.search(sentence, at, start):
            yield "unread", {}
        if match is None:
            return
        yield grammar.forms[rank][0], match.groupdict()
        at = max(match.end(), at + 1)


def _body(notice: Notice) -> tuple[str, list[tuple[int, int]]]:
    """The text of a notice, and where each of its blocks begins in it: (index of the block, offset)."""
    text, starts = "", []
    for index, block in enumerate(notice.blocks):
        if block.kind in ("heading", "item", "paragraph", "list-item", "annex-title", "closing"):
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


def _named(match: re.Match[str]) -> tuple[str | None, str | None]:
    """The title and the number by which a document is named."""
    return (match["title"][1:-1], match["number"]) if match["title"] else (None, match["bare"].strip("（()）"))


def _document(sentence: str) -> tuple[str | None, str | None] | None:
    """The document that a sentence names: the last one before its order."""
    found = None
    for match in _DOCUMENT.finditer(sentence):
        if match["title"]:
            found = match["title"][1:-1], match["number"]
        elif found is None or not found[1]:
            found = found[0] if found else None, match["bare"].strip("（()）")
    return found


def locators(text: str) -> Iterator[Locator]:
    """The places that a list of them names; a later one may leave out what the first one says (第三条第一项、第二项)."""
    first: Locator = ()
    for piece in re.split(r"[、，和及]", text):
        found = []
        for match in _grammar().steps.finditer(piece):
            number = integer(match["number"] or match["which"] or "1")
            if number is not None:
                found.append(Step(number, match["word"] or match["annex"] or ""))
        if found:
            first = _below(tuple(found), first)
            yield first


def _below(place: Locator, above: Locator) -> Locator:
    """A place that leaves out what the one named before says: 第二款 behind 第三条第一款."""
    return tuple(step for step in above if step.width < place[0].width) + place
