"""Citations: the documents that a text names by 《title》, by （number） or by both, each once, with all its mentions.

    citation = "《" title "》" bracket*               titles inside a title stand in 〈〉, or in 《》 again
    bracket  = （ number (， number)* (，alias)? ） | （ alias ）
    alias    = 以下简称 ( 《name》 | “name” | name )     from there on 《name》 and “name” are mentions
    bare     = number                                 按照国发〔2021〕9号文件精神
    several  = code year serial ("、" serial)*          国办发〔2019〕7、8号

《》 also marks books, newspapers, forms and certificates (GB/T 15834, 4.15). A title names a document if a number stands behind it,
if it ends in the word for a kind of document, or if the words around it treat it as one (按照《…》, 《…》等国家标准). The notice's
own title and plan, and what it says that it issues (现将《…》印发给你们), are no citations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gongwen.document import BESIDE_THE_NOTICE, Extent, Outline
from gongwen.findings import finding
from gongwen.lexicon import divisions, document_numbers, vocabulary
from gongwen.lexicon.organs import organ
from gongwen.lexicon.registry import central_organs, issuer_of
from gongwen.lexicon.units import LEVELS
from gongwen.model import Citation, CitationMention, DocumentNumber, Finding

_INSIDE = r"(?:[^（）()\n]|[（(][^（）()\n]{0,60}[）)]){1,200}+"
_CODE = r"[^\s0-9，。；：、《》（）()“”〈〉〔〕\[\]【】]"
_YEAR_SERIAL = r"[〔\[【（(﹝［][0-9]{4}[〕\])）】﹞］]第?[0-9]{1,6}号"
_TITLE = re.compile(
    rf"《(?P<title>[^《》\n]++(?:《[^《》\n]*+》[^《》\n]*+)*+)》[”\"]?(?P<bare>{_CODE}{{1,20}}{_YEAR_SERIAL})?"
    rf"(?:[ \u3000]{{0,4}}[（(](?P<first>{_INSIDE})[）)])?(?:[ \u3000]{{0,4}}[（(](?P<second>{_INSIDE})[）)])?"
)
_NUMBER_END = re.compile("号")
_NUMBER_BEFORE = re.compile(rf"(?P<code>(?![.．·]){_CODE}{{1,24}}){_YEAR_SERIAL}\Z")
# An order or an announcement: 海关总署公告2020年第17号, 国务院令第427号. Whose it is ends where the kind begins.
_ANNOUNCED_BEFORE = re.compile(
    rf"(?P<organ>{_CODE}{{2,24}})(?:公告|令)[（(]?(?:(?:19|20)[0-9]{{2}}年)?第[0-9]{{1,5}}号\Z"
)
_ORGAN_BEFORE = re.compile(rf"(?P<organ>{_CODE}{{2,16}})[ 　、]\Z")
# Several serials behind one code and year: 国办发〔2019〕7、8号, 青政发〔2020〕3号、5号; of 7—9号 the first and the last, which stand there.
_LONGEST_CODE = 24  # characters
_YEAR_SERIALS = (
    r"(?P<year>[〔\[【（(﹝［][0-9]{4}[〕\])）】﹞］])"
    r"第?(?P<serials>[0-9]{1,6}号?(?:[、，,和及—–－~～至到-][ ]?[0-9]{1,6}号?){1,20})(?<=号)"
)
_SERIALS_END = re.compile(_YEAR_SERIALS)
_SERIALS = re.compile(rf"(?P<code>{_CODE}{{1,{_LONGEST_CODE}}}){_YEAR_SERIALS}")
_SERIAL = re.compile("[0-9]{1,6}号?")
_QUOTED = re.compile(r"“([^“”\n]{2,30})”")
_PART = re.compile(r"[^，,、；;\n]++")

_SENTENCE_AFTER = re.compile(r"文?件?[，。；、）]?[^\s]")


def _is_organ(name: str) -> bool:
    """Whether ``name`` is an organ's that the tables know, be it behind its place or its level."""
    behind = divisions.leading(name)
    rest = behind[1] if behind else name[1:] if name[0] in LEVELS else name
    return name in central_organs() or organ(rest) is not None


def _words(context: str, code: str | None = None) -> str:
    return vocabulary.alternation("citation_words", context, code)


@vocabulary.compiled
def _leads_in() -> re.Pattern[str]:
    """Words that lead to a number in a sentence and stick to its organ code."""
    return re.compile(rf".*(?:{_words('before_number')})")


@vocabulary.compiled
def _alias() -> re.Pattern[str]:
    return re.compile(
        rf"(?:以下|下文)?(?:{_words('in_brackets')})[:：为]?[ ]?[“《\"]?(?P<name>[^“”《》\"，。；、（）]{{2,30}})"
    )


@vocabulary.compiled
def _form() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('title_end')})\Z")


@vocabulary.compiled
def _treated_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('before_title')})了?(?:国家|我?[省市区县])?\Z")


@vocabulary.compiled
def _treated_after() -> re.Pattern[str]:
    return re.compile(rf"等?的?(?:{_words('after_title')})")


@vocabulary.compiled
def _issued_here() -> re.Pattern[str]:
    """What follows the title of a document that this notice issues: …已经县政府同意，现予印发; …印发给你们."""
    issues = _words("here", "issues")
    return re.compile(
        r"(?:[、和及与，]|以及|《[^《》\n]{1,120}》|等[^，。；\n]{0,12}|[（(][^（）()\n]{0,40}[）)])*+"
        rf"(?:(?:已|业)?经[^，。；\n]{{0,40}}(?:{_words('here', 'approves')})[^；\n]{{0,40}}(?:{issues})"
        rf"|(?:予以)?(?:{issues})(?:{_words('here', 'addressed')}|，请|。))"
    )


@vocabulary.compiled
def _issued_in_title() -> re.Pattern[str]:
    kinds = vocabulary.alternation("document_kinds", "issues")
    return re.compile(
        rf"(?:{_words('in_title')})[《〈]?([^《》〈〉]{{4,80}}?)[》〉]?(?:等[^，。]{{0,12}})?的(?:{kinds})\Z"
    )


@vocabulary.compiled
def _kind_ending() -> re.Pattern[str]:
    """What the title of a document ends in: its kind, or the number of measures that it is known by (二十条)."""
    return re.compile(
        rf"(?:{vocabulary.alternation('document_kinds', 'cited')}|[一二三四五六七八九十百0-9]{{1,3}}条)\Z"
    )


_TRAILING_BRACKETS = re.compile(r"(?:[（(][^（）()]*[）)])+\Z")
_PLACE_NAME = re.compile(r"(?:.{0,12}[省市县区州盟旗])?(?:关于)?")
_LONGEST_SHORT_NAME = 6  # characters

# Lines that name the notice itself, and what the web page adds.
_NO_TEXT = BESIDE_THE_NOTICE | {
    "title", "plan-title", "annex-title", "document-number", "letterhead", "masthead", "attachment-list", "contents",
}  # fmt: skip
_FOLD = str.maketrans(dict.fromkeys(" \t\u3000“”\"'‘’〈〉《》<>的"))  # 的 comes and goes when titles are retold


@dataclass(slots=True)
class _Document:
    """A document while its mentions are gathered; offsets are of the normalized text."""

    title: str
    number: DocumentNumber | None
    alias: str | None = None
    mentions: list[Extent] = field(default_factory=list)


def citations(
    outline: Outline, own_titles: Iterable[str | None] = (), own_number: str | None = None
) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """The documents that ``outline`` cites in the order of their first mention, and findings where they are cited inconsistently.

    ``own_titles`` are the titles of the notice and of its plans, ``own_number`` the canonical text of its number. A
    document named by its number alone has an empty title.
    """
    reading = _Reading(outline, own_titles, own_number)
    documents = reading.read()
    text = outline.text
    found = tuple(
        Citation(
            id=f"citation-{index}",
            title=document.title,
            document_number=document.number,
            organ_id=issuer_of(document.number.organ_code) if document.number and document.number.organ_code else None,
            alias=document.alias,
            span=text.to_source(*document.mentions[0]),
            mentions=tuple([CitationMention(text.to_source(*at), None, None) for at in document.mentions]),
        )
        for index, document in enumerate(documents, 1)
    )
    return found, tuple(reading.findings)


class _Reading:
    """One reading of a text: the documents found so far, by folded name and by number."""

    def __init__(self, outline: Outline, own_titles: Iterable[str | None], own_number: str | None) -> None:
        self.outline = outline
        self.value = outline.text.value
        titles = [title for title in own_titles if title]
        self.own_titles = [_fold(part) for title in titles for part in (title, *_issued_in_title().findall(title))]
        self.own_names: set[str] = set()
        self.own_number = own_number
        self.documents: list[_Document] = []
        self.by_name: dict[str, _Document] = {}
        self.by_number: dict[str, _Document] = {}
        self.places_of: dict[
            str, set[Extent]
        ] = {}  # the mentions of a number in lists of serials, which may be thousands
        self.by_alias: dict[str, tuple[_Document, int]] = {}  # and where the alias was introduced
        self.numbered: set[int] = set()  # where the numbers that stand behind a title end
        self.findings: list[Finding] = []
        self.starts = [piece.start for piece in outline.pieces]

    def read(self) -> list[_Document]:
        for match in _TITLE.finditer(self.value):
            if self._is_text(match.start()):
                self._title(match)
        for match in _NUMBER_END.finditer(self.value):
            if match.end() not in self.numbered and self._is_text(match.start()):
                self._number_alone(match.end())
        behind = 0
        for end in _SERIALS_END.finditer(self.value):  # the code before it would be looked for at every character
            if whole := _SERIALS.search(self.value, max(behind, end.start() - _LONGEST_CODE), end.end()):
                behind = whole.end()
                if self._is_text(whole.start()):
                    self._serials(whole)
        if self.by_alias:
            for match in _QUOTED.finditer(self.value):
                document, introduced = self.by_alias.get(match[1], (None, 0))
                if document and match.start() >= introduced:
                    document.mentions.append(Extent(*match.span()))
        for document in self.documents:
            document.mentions.sort()
        return sorted(self.documents, key=lambda document: document.mentions[0])

    def _is_text(self, position: int) -> bool:
        return self.outline.pieces[bisect_right(self.starts, position) - 1].kind not in _NO_TEXT

    def _title(self, match: re.Match[str]) -> None:
        title = match["title"].strip()
        found, place, alias = _brackets(match)
        if found:
            self.numbered.add(place.end)
            found = replace(found, span=self.outline.text.to_source(*place))
        name = _fold(title)
        if self._is_own(name, match, found):
            if alias:
                self.own_names.add(_fold(alias))
            return
        known = self._known(name, found)
        if known is None:
            if not (found or alias or self._is_document(title, match)):
                return
            known = _Document(title, None)
            self.documents.append(known)
        known.mentions.append(Extent(match.start(), match.end("title") + 1))
        self.by_name.setdefault(name, known)
        self.by_name.setdefault(_about(name), known)
        if found and known.number is None:
            known.number = found
            self.by_number[found.text] = known
        if alias and known.alias is None:
            known.alias = alias
            self.by_alias[alias] = known, match.end()
            self.by_name.setdefault(_fold(alias), known)

    def _number_alone(self, end: int) -> None:
        """A number in a sentence; one that fills its line or follows a label is a header's."""
        low = max(0, end - 40)
        if before := _NUMBER_BEFORE.search(self.value, low, end):
            lead = _leads_in().match(before["code"])
            start = before.start() + (lead.end() if lead else 0)
        elif announced := _ANNOUNCED_BEFORE.search(self.value, low, end):
            places = range(announced.start("organ"), announced.end("organ") - 1)
            whose = next((at for at in places if _is_organ(self.value[at : announced.end("organ")])), None)
            if whose is None:
                return
            start = self._first_of_joint(whose, low)
        else:
            return
        if self.value[start - 1 : start] in ("", "\n", "：") and not _SENTENCE_AFTER.match(self.value, end):
            return
        found = document_numbers.parse(self.value[start:end].replace("、", ""))
        if found is None or found.text == self.own_number:
            return
        place = Extent(start, end + (self.value[end - 1 : end + 1] == "号）" and "（" in self.value[start:end]))
        known = self.by_number.get(found.text)
        if known is None:
            known = self.by_number[found.text] = _Document("", replace(found, span=self.outline.text.to_source(*place)))
            self.documents.append(known)
        known.mentions.append(place)

    def _first_of_joint(self, start: int, low: int) -> int:
        """Where the first of several organs begins that issued a document together: 财政部 税务总局公告."""
        while before := _ORGAN_BEFORE.search(self.value, low, start):
            places = range(before.start("organ"), before.end("organ") - 1)
            whose = next((at for at in places if _is_organ(self.value[at : before.end("organ")])), None)
            if whose is None:
                break
            start = whose
        return start

    def _serials(self, match: re.Match[str]) -> None:
        """The numbers of a list of serials that aren't read yet; a mention is the code with the first serial, else the serial."""
        lead = _leads_in().match(match["code"])
        begin = match.start() + (lead.end() if lead else 0)
        head = self.value[begin : match.end("year")]
        for serial in _SERIAL.finditer(self.value, match.start("serials"), match.end("serials")):
            found = document_numbers.parse(f"{head}{serial[0].rstrip('号')}号")
            if found is None or found.text == self.own_number or serial.end() in self.numbered:
                continue
            place = Extent(begin if serial.start() == match.start("serials") else serial.start(), serial.end())
            known = self.by_number.get(found.text)
            if known is None:
                known = _Document("", replace(found, span=self.outline.text.to_source(*place)))
                self.by_number[found.text] = known
                self.documents.append(known)
            if found.text not in self.places_of:
                self.places_of[found.text] = set(known.mentions)
            places = self.places_of[found.text]
            if place not in places:
                places.add(place)
                known.mentions.append(place)

    def _known(self, name: str, found: DocumentNumber | None) -> _Document | None:
        """The document met before that this is: of the same number or name, where one of the two may leave out the organ before 关于."""
        if found and found.text in self.by_number:
            return self.by_number[found.text]
        about = _about(name)
        known = self.by_name.get(name) or self.by_name.get(about)
        if known is None:
            return None
        other = _fold(known.title)
        if found and known.number:
            if name == other:
                told = finding(
                    "citation-number-conflict",
                    found.span,
                    title=known.title,
                    number=known.number.text,
                    other=found.text,
                )
                self.findings.append(told)
            return None
        return known if name in (other, _about(other)) or about == other or name == _fold(known.alias or "") else None

    def _is_own(self, name: str, match: re.Match[str], found: DocumentNumber | None) -> bool:
        """Whether the title is the notice's own: one of its titles, or one that the sentence says is issued here."""
        if found:
            return found.text == self.own_number
        if name in self.own_names or any(_names(name, own) for own in self.own_titles):
            return True
        if _issued_here().match(self.value, match.end("title") + 1, match.end("title") + 300):
            self.own_names.add(name)
            return True
        return False

    def _is_document(self, title: str, match: re.Match[str]) -> bool:
        bare = _TRAILING_BRACKETS.sub("", title).rstrip('”〉"')
        if _kind_ending().search(bare):
            return True
        if _form().search(bare):
            return False
        return bool(
            _treated_before().search(self.value, max(0, match.start() - 8), match.start())
            or _treated_after().match(self.value, match.end("title") + 1)
        )


def _brackets(match: re.Match[str]) -> tuple[DocumentNumber | None, Extent, str | None]:
    """What stands behind a title: the number, its extent (empty without one), and the alias."""
    found: DocumentNumber | None = None
    place = Extent(match.end("title"), match.end("title"))
    alias: str | None = None
    for group in ("bare", "first", "second"):
        inside = match[group]
        if not inside:
            continue
        short = _alias().search(inside)
        if short and alias is None:
            alias = short["name"].strip()
        if found is None and "号" in inside:
            for part in _PART.finditer(inside, 0, short.start() if short else len(inside)):
                end = part[0].rfind("号") + 1
                if end and (found := document_numbers.parse(part[0][:end])):
                    place = Extent(match.start(group) + part.start(), match.start(group) + part.start() + end)
                    break
    return found, place, alias


def _names(name: str, own: str) -> bool:
    """Whether ``name`` is ``own``, or the end of it that stands for it: one word (分工方案), 关于…, or all but the place in front."""
    if not own.endswith(name):
        return False
    return (
        len(name) <= _LONGEST_SHORT_NAME
        or name.startswith("关于")
        or bool(_PLACE_NAME.fullmatch(own, 0, len(own) - len(name)))
    )


def _about(name: str) -> str:
    """A title without the organ in front: from 关于 or 印发 on."""
    at = name.find("关于")
    return name[at:] if at > 0 else name


def _fold(title: str) -> str:
    return title.translate(_FOLD)
