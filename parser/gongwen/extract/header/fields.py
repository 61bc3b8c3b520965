"""The header of a notice: who wrote to whom, when, under which number and title.

A field may be stated in several places, and they don't always agree. Each field has a fixed order of trust; the first place that
states it is published, and a place below that contradicts it gives a finding:

    document number   the head's line of its own · behind the title · the order that published it · the page
    title             the head · the page
    issuers           the signature · the letterhead · the organs that the title begins with · those below the title · the page
    issue date        the date below the signature · the date in the head · the day of the order · the page's 成文日期
    recipients        the line 主送机关

So the office that signs is the issuer, even where the title names its government. What only dates the publication (发布日期) or the
printing (印发日期) is no date of issue: it is taken where there is no other, and a finding says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from gongwen.document import BESIDE_THE_NOTICE, Decision, Decisions, Extent, Outline, Piece
from gongwen.extract.header.effective import effective
from gongwen.extract.header.page import page, statements
from gongwen.findings import finding
from gongwen.lexicon import dates, document_kinds, document_numbers, labels, titles, vocabulary
from gongwen.lexicon.line_words import behind_label, spaced
from gongwen.lexicon.parties import (
    first_organ,
    is_no_name,
    is_organ,
    person,
    split_recipients,
    split_signature,
    title_organs,
)
from gongwen.model import DocumentNumber, Effective, Finding, Page, Passage, Print, Span


class Mention(NamedTuple):
    """A party by its name, at [start, end) of the normalized text. ``basis`` says where an issuer was read, ``reading`` is the name
    with what it shares with its neighbours.
    """

    name: str
    start: int
    end: int
    basis: str | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The header fields with their places, and what a reader should know of them."""

    document_number: DocumentNumber | None
    title: str | None
    title_span: Span | None
    kind: str | None
    kind_span: Span | None
    issuers: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    issue_date: str | None
    issue_date_span: Span | None
    print: Print | None
    copied_to: tuple[Passage, ...]
    notes: tuple[Passage, ...]
    attachments: tuple[Passage, ...]
    signers: tuple[Passage, ...]
    effective: Effective | None
    page: Page | None
    findings: tuple[Finding, ...]
    decisions: Decisions


def header(outline: Outline) -> Header:
    """The header of the notice that ``outline`` is of."""
    return _Reading(outline).header()


_REASONS = {
    "head": "the lines of the head that read best as a title: by their last word, the organ that they name, and what stands beside them",
    "number-line": "a line of the head that is a document number",
    "behind-title": "a number in brackets closes the title",
    "promulgation": "the line below the title says by which order and when the document was published",
    "below-signature": "the date below the signature",
    "date-line": "a line that is a date",
    "signature": "a line of the signature names the organ",
    "letterhead": "the letterhead names the organ; the notice has no signature that says more",
    "title": "the title begins with the organ; the notice has no signature that says more",
    "recipient-line": "the line that names those to whom the notice goes, up to its colon",
    "page": "the page states it; the text of the notice doesn't",
    "publication": "the day on which the page was published: no date of issue is stated",
    "printing": "the day on which it was printed: no date of issue is stated",
}
"""For each rule by which a field is read, what it rests on, for people."""


def _decisions(outline: Outline) -> Iterator[tuple[str, Decision]]:
    """What each field rests on: the place that was trusted."""
    reading = _Reading(outline)
    head = reading.header()
    for pointer, rule, extent in reading.trusted:
        yield pointer, Decision(True, rule, _REASONS[rule], (extent,))
    for name, mentions in (("issuers", head.issuers), ("recipients", head.recipients)):
        for index, mention in enumerate(mentions):
            rule = mention.basis or ("recipient-line" if reading.letter.get("recipients") else "page")
            yield f"/{name}/{index}", Decision(True, rule, _REASONS[rule], (Extent(mention.start, mention.end),))


@vocabulary.compiled
def _of_site() -> re.Pattern[str]:
    """The title of a page up to where the name of its site follows: …的通知_青禾县人民政府, …的通知-青禾网."""
    sites = vocabulary.alternation("title_words", "behind_title", "site")
    return re.compile(rf"[^\s_|｜][^_|｜\n]*?(?=\s*(?:[_|｜\n]|\Z|\s[-—－]+\s|[-—－]+[^-—－]{{2,20}}(?:{sites})\s*\Z))")


@vocabulary.compiled
def _is_site() -> re.Pattern[str]:
    """The name of a site, which pages give in the place of an organ: 县政府网站."""
    return re.compile(rf"(?:{vocabulary.alternation('title_words', 'publisher')})\Z")


@vocabulary.compiled
def _promulgation() -> re.Pattern[str]:
    """What a line below the title says of the order by which a rule came out: 2023年1月6日某县人民政府令第3号公布."""
    issued = vocabulary.alternation("effect_words", "masthead", "issue")
    return re.compile(rf"(?P<date>{dates.WRITTEN})(?:由|经|以)?(?P<by>[^（）()，。；：、]{{0,60}}?)(?:{issued})")


_ENTRY_NUMBER = re.compile(r"[0-9]{1,2}[.．、][ 　]*")
_NAME_OF_SIGNER = re.compile("[\u4e00-\u9fff·]{2,}")
_BORDER_AT_END = re.compile(r"[\s|｜│]*[|｜│]$")  # of a table that held the title
_NUMBER_AT_END = re.compile(r"[（(]([^（）()]{2,40}号)[）)]$")
_SEALED_FOR = re.compile(r"[ 　]?[（(][^（）()]{0,30}代章?[）)]$")
_BY_AT_A_TIME = re.compile(r"[（(]?[0-9]{4}年[ 　]?[0-9]{1,2}月(?:[ 　]?[0-9]{1,2}日)?[ 　]*")


_DASHES = " -—－"  # between a number and the title that a copy put in the same line
_SAYS_NO_NUMBER = BESIDE_THE_NOTICE | {"table-row", "contents", "blank", "item", "heading"}
_LONGEST_NUMBER = 60  # characters of a line that is a number


@vocabulary.compiled
def _file() -> re.Pattern[str]:
    return re.compile(rf"[ \u3000]*{spaced('letterhead', 'closes')}$")


@vocabulary.compiled
def _printed() -> re.Pattern[str]:
    return re.compile(rf"{spaced('imprint', 'closes')}$")


class _Reading:
    """One reading of an outline: the pieces by kind, and the findings as they come up."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.text = outline.text
        self.value = outline.text.value
        self.findings: list[Finding] = []
        self.trusted: list[tuple[str, str, Extent]] = []  # pointer to a field, the rule that read it, where
        self.stated = statements(outline) if outline.statements else {}
        self.letter: dict[str, list[Piece]] = {}
        letter = outline.parts[0].pieces
        self.elsewhere: dict[str, list[Piece]] = {}
        for index, piece in enumerate(outline.pieces):
            if piece.kind not in ("item", "heading", "paragraph", "list-item", "blank"):
                places = self.letter if index in letter else self.elsewhere
                places.setdefault(piece.kind, []).append(piece)

    def header(self) -> Header:
        title, title_span, word, kind_span = self._title()
        issue_date, date_span = self._issue_date()
        return Header(
            document_number=self._number(),
            title=title,
            title_span=title_span,
            kind=word,
            kind_span=kind_span,
            issuers=tuple(self._issuers(title)),
            recipients=tuple(self._recipients()),
            issue_date=issue_date,
            issue_date_span=date_span,
            print=self._print(),
            copied_to=tuple(self._copied_to()),
            notes=tuple(self._passages("note")),
            attachments=tuple(self._attachments()),
            signers=tuple(self._signers()),
            effective=effective(self.outline, issue_date),
            page=page(self.outline),
            findings=tuple(self.findings),
            decisions=partial(_decisions, self.outline),
        )

    # what a place says

    def _says(self, piece: Piece) -> tuple[str, int]:
        """The words of a piece without the blanks around them, and where they begin."""
        raw = self.value[piece.start : piece.end]
        words = raw.strip()
        return words, piece.start + raw.index(words) if words else piece.start

    def _page_says(self, field: str) -> str:
        at = self.stated.get(field)
        return self.value[at.start : at.end].strip() if at else ""

    def _stated_by(self, field: str) -> Iterator[Extent]:
        """Where the page, or a labelled line of the head, states a field that may have several values."""
        for at in self.outline.statements:
            if labels.field(at.label) == field and self.value[at.start : at.end].strip(" -—"):
                yield Extent(at.start, at.end)

    def _all(self, kind: str) -> list[Piece]:
        return self.letter.get(kind, []) + self.elsewhere.get(kind, [])

    def _finding(self, code: str, span: Span | None, **params: str | int) -> None:
        self.findings.append(finding(code, span, **params))

    # the fields

    def _title(self) -> tuple[str | None, Span | None, str | None, Span | None]:
        lines = self.outline.parts[0].title
        stated = self._page_says("title")
        if lines:
            title = "".join([self.value[line.start : line.end] for line in lines])
            start, end = lines[0].start, lines[-1].end
            for cut in (_BORDER_AT_END.search(title), _NUMBER_AT_END.search(title)):
                if cut and (not cut.lastindex or document_numbers.parse(cut[1])):
                    end -= len(title) - cut.start()
                    title = title[: cut.start()].rstrip()
            if titles.is_quoted(title):
                title, start, end = title[1:-1], start + 1, end - 1
            self.trusted.append(("/title", "head", Extent(start, end)))
            span = self.text.to_source(start, end)
            if stated and not _alike(stated, title):
                self._finding("title-conflict", span, title=stated)
        elif at := self._titled_by_page():
            title, end, span = self.value[at.start : at.end], at.end, self.text.to_source(*at)
            self.trusted.append(("/title", "page", at))
        else:
            return None, None, None, None
        found = document_kinds.kind(title)
        if not found:
            word, kind_span = self._kind_of_letterhead()
            if not word:
                self._finding("no-kind", span)
            return title, span, word, kind_span
        word, word_start, word_end = found
        after = len(title) - word_end
        written = title[word_start:word_end]
        place = self.value.rfind(written, 0, end - after + 1) if after else end - len(written)
        return title, span, word, self.text.to_source(place, place + len(written))

    def _titled_by_page(self) -> Extent | None:
        """Where the page says the title: in its table, or in a meta tag, beside the name of the site."""
        at = self.stated.get("title")
        if at is None:
            return None
        if at.origin == "table":
            return Extent(at.start, at.end)
        parts = [Extent(*part.span()) for part in _of_site().finditer(self.value, at.start, at.end)]
        whole = [part for part in parts if titles.is_whole(self.value[part.start : part.end])]
        return max(whole, key=lambda part: part.end - part.start, default=None)

    def _kind_of_letterhead(self) -> tuple[str | None, Span | None]:
        """The kind that a letterhead names, where the title is a subject: 某县政府　函."""
        for piece in self.letter.get("letterhead", []):
            words, at = self._says(piece)
            if found := document_kinds.kind(words):
                word, start, end = found
                return word, self.text.to_source(at + start, at + end)
        return None, None

    def _number(self) -> DocumentNumber | None:
        found: list[tuple[DocumentNumber, int, int, str]] = []
        for piece in self.letter.get("document-number", []):
            words, at = self._says(piece)
            words = words.rstrip(_DASHES)
            if parsed := document_numbers.parse(words):
                found.append((parsed, at, at + len(words), "number-line"))
            else:
                self._finding("document-number-unreadable", self.text.to_source(at, at + len(words)), text=words)
        for line in self.outline.parts[0].title[-1:]:
            title = self.value[line.start : line.end]
            if (cut := _NUMBER_AT_END.search(title)) and (parsed := document_numbers.parse(cut[1])):
                found.append((parsed, line.start + cut.start(1), line.start + cut.end(1), "behind-title"))
        for promulgated, start in self._promulgations():
            if parsed := document_numbers.parse(promulgated["by"]):
                found.append((parsed, start + promulgated.start("by"), start + promulgated.end("by"), "promulgation"))
        at_page = self.stated.get("document_number")
        if at_page and (parsed := document_numbers.parse(self.value[at_page.start : at_page.end])):
            found.append((parsed, at_page.start, at_page.end, "page"))
        if not found:
            self._look_for_number()
            return None
        number_here = found[0][0]
        same = [entry for entry in found if (entry[0].year, entry[0].serial) == (number_here.year, number_here.serial)]
        first, start, end, rule = next((entry for entry in same if entry[0].organ_code), found[0])
        self.trusted.append(("/document_number", rule, Extent(start, end)))
        span = self.text.to_source(start, end)
        others = sorted(
            {other.text for other, *_ in found if other.organ_code or other.serial != first.serial} - {first.text}
        )
        if others:
            self._finding("document-number-conflict", span, number=first.text, others="、".join(others))
        return replace(first, span=span)

    def _promulgations(self) -> Iterator[tuple[re.Match[str], int]]:
        """What the lines below the title say of the document's promulgation, the last first, and where each line begins."""
        for piece in reversed(self.letter.get("adoption", [])):
            words, at = self._says(piece)
            for match in reversed(list(_promulgation().finditer(words))):
                yield match, at

    def _look_for_number(self) -> None:
        """Tell of a line that is a number, though nothing shows that it is this notice's."""
        for piece in self.outline.pieces:
            if piece.kind in _SAYS_NO_NUMBER or piece.end - piece.start > _LONGEST_NUMBER:
                continue
            words, at = self._says(piece)
            if (parsed := document_numbers.parse(words)) and parsed.organ_code and parsed.year:
                self._finding("document-number-unplaced", self.text.to_source(at, at + len(words)), number=parsed.text)
                return

    def _issue_date(self) -> tuple[str | None, Span | None]:
        signed = self.letter.get("date", [])
        below = [piece for piece in signed if self._follows_signature(piece)] or signed
        if not below and not self.letter.get("recipients"):
            below = self.elsewhere.get("date", [])[-1:]
        for piece in reversed(below):
            words, at = self._says(piece)
            span = self.text.to_source(at, at + len(words))
            if day := dates.parse(words):
                stated = dates.parse(self._page_says("issue_date"))
                if stated and stated != day:
                    self._finding("date-conflict", span, page=stated, text=day)
                rule = "below-signature" if self._follows_signature(piece) else "date-line"
                self.trusted.append(("/issue_date", rule, Extent(at, at + len(words))))
                return day, span
            self._finding("date-unreadable", span, text=words)
        for promulgated, start in self._promulgations():
            place = Extent(start + promulgated.start("date"), start + promulgated.end("date"))
            span = self.text.to_source(place.start, place.end)
            if day := dates.parse(promulgated["date"]):
                self.trusted.append(("/issue_date", "promulgation", place))
                return day, span
            self._finding("date-unreadable", span, text=promulgated["date"])
        for field in ("issue_date", "publish_date"):
            if (at_page := self.stated.get(field)) and (day := dates.parse(self._page_says(field))):
                span = self.text.to_source(at_page.start, at_page.end)
                if field == "publish_date":
                    self._finding("issue-date-from-publication", span, date=day)
                rule = "publication" if field == "publish_date" else "page"
                self.trusted.append(("/issue_date", rule, Extent(at_page.start, at_page.end)))
                return day, span
        printed = self._print()
        if printed and printed.date:
            self._finding("issue-date-from-publication", printed.span, date=printed.date)
            self.trusted.append(
                ("/issue_date", "printing", Extent(*self.text.from_source(printed.span.start, printed.span.end)))
            )
            return printed.date, printed.span
        return None, None

    def _follows_signature(self, piece: Piece) -> bool:
        signed = self.letter.get("signature", [])
        nearest = bisect_right(signed, piece.start, key=lambda other: other.end) - 1
        return nearest >= 0 and not self.value[signed[nearest].end : piece.start].strip()

    def _issuers(self, title: str | None) -> Iterator[Mention]:
        found = list(self._signed())
        if not found and title and self.outline.parts[0].title:
            found = list(self._named_in_title())
            if len(found) < 2:
                found = self._fuller(list(self._lettered()), found) or found
        else:
            found = self._fuller(found, list(self._named_in_title()))
        if not found:
            found = list(self._lettered()) or list(self._named_below_title())
        if not found and (at := self.stated.get("issuer")) and not _is_site().search(self._page_says("issuer")):
            words = self.value[at.start : at.end].strip()
            begun = self.value.index(words, at.start)
            found = [
                Mention(words[first:last], begun + first, begun + last, "page")
                for first, last in split_signature(words)
            ]
        if not found and title and self.outline.parts[0].title:
            found = list(self._begins_title(title))
        named: set[str] = set()
        for mention in found:  # a letterhead may stand there twice
            if mention.name not in named:
                named.add(mention.name)
                yield mention

    def _begins_title(self, title: str) -> Iterator[Mention]:
        """The organ with whose whole name a title begins that says no 关于: 某县人民政府工作规则."""
        place = self.value.find(title, self.outline.parts[0].title[0].start)
        organ = first_organ(title)
        if organ and place >= 0:
            yield Mention(organ, place, place + len(organ), "title")

    @staticmethod
    def _fuller(names: list[Mention], others: list[Mention]) -> list[Mention]:
        """``names``, each replaced by the one of ``others`` that says the same with more: 行政公署 by 某盟行政公署."""
        return [
            next((other for other in others if len(other.name) > len(at.name) and other.name.endswith(at.name)), at)
            for at in names
        ]

    def _signed(self) -> Iterator[Mention]:
        """The organs that sign; a name over two lines is one."""
        places = self.letter.get("signature") or (
            [] if self.letter.get("recipients") else self.elsewhere.get("signature", [])
        )
        signed: list[tuple[str, int, int]] = []
        for piece in places:
            words, at = self._says(piece)
            if person().search(words) or is_no_name(words):
                continue
            words = _SEALED_FOR.sub("", words)
            start, end = at, at + len(words)
            if signed and not is_organ(signed[-1][0]) and not self.value[signed[-1][2] : at].strip():
                begun, first, _ = signed.pop()  # the beginning of a name, or a last sentence without its stop
                if words not in {organ.name for organ in self._named_in_title()}:
                    words, start = begun + words, first
            signed.append((words, start, end))
        for words, start, end in signed:
            if end - start > len(words):
                yield Mention(words, start, end, "signature")
                continue
            for first, last in split_signature(words):
                yield Mention(words[first:last], start + first, start + last, "signature")

    def _lettered(self) -> Iterator[Mention]:
        """The organ that the letterhead names (7.2.4): 某县人民政府文件, where the title says 县人民政府."""
        for piece in self.letter.get("letterhead", []):
            words, at = self._says(piece)
            found = document_kinds.kind(words)
            organ = (words[: found[1]] if found else _file().sub("", words)).rstrip()
            if is_organ(organ):
                yield Mention(organ, at, at + len(organ), "letterhead")

    def _named_below_title(self) -> Iterator[Mention]:
        """The organs that a line below the title names with a date: （2020年6月　某市水利局）."""
        for piece in self.letter.get("adoption", []):
            words, at = self._says(piece)
            if dated := _BY_AT_A_TIME.match(words):
                start, organs = dated.end(), words[dated.end() :].rstrip("）)")
                for first, last in split_signature(organs):
                    if is_organ(organs[first:last]) and not is_no_name(organs[first:last]):
                        yield Mention(organs[first:last], at + start + first, at + start + last, "signature")
        for promulgated, start in self._promulgations():
            organ = promulgated["by"] if is_organ(promulgated["by"]) else first_organ(promulgated["by"])
            if organ:
                begun = start + promulgated.start("by")
                yield Mention(organ, begun, begun + len(organ), "signature")

    def _named_in_title(self) -> Iterator[Mention]:
        """The organs that the title begins with, those that stand whole in one of its lines."""
        lines = self.outline.parts[0].title
        joined = "".join([self.value[line.start : line.end] for line in lines])
        organs = list(title_organs(joined))
        begun = 0  # where in the joined lines the line begins
        for line in lines:
            ended = begun + line.end - line.start
            for start, end in organs:
                if begun <= start and end <= ended:
                    shift = line.start - begun
                    yield Mention(joined[start:end], shift + start, shift + end, "title")
            begun = ended

    def _signers(self) -> Iterator[Passage]:
        yield from self._passages("signer")
        for place in self._stated_by("signer"):
            for match in _NAME_OF_SIGNER.finditer(self.value, *place):
                yield Passage(match[0], self.text.to_source(*match.span()))
        for piece in self._all("signature"):
            words, at = self._says(piece)
            if signer := person().search(words):
                yield Passage(signer["name"], self.text.to_source(at + signer.start("name"), at + signer.end("name")))

    def _recipients(self) -> Iterator[Mention]:
        for piece in self.letter.get("recipients", [])[:1]:
            words, at = self._says(piece)
            label = behind_label(words)
            yield from self._addressed(words[label:], at + label)
            return
        if (stated := self.stated.get("recipients")) and not self.letter.get("recipients"):
            yield from self._addressed(self._page_says("recipients"), stated.start)

    @staticmethod
    def _addressed(words: str, at: int) -> Iterator[Mention]:
        for start, end, reading in split_recipients(words.rstrip("：:。")):
            yield Mention(words[start:end], at + start, at + end, reading=reading)

    def _copied_to(self) -> Iterator[Passage]:
        yield from self._passages("copied-to")
        for at in self._stated_by("copied_to"):
            for start, end, _ in split_recipients(self.value[at.start : at.end].rstrip("。")):
                yield Passage(
                    self.value[at.start + start : at.start + end], self.text.to_source(at.start + start, at.start + end)
                )

    def _attachments(self) -> Iterator[Passage]:
        listed = list(self._passages("attachment-list"))
        if listed and all(part.kind in ("letter", "imprint") for part in self.outline.parts):
            self._finding("attachment-missing", listed[0].span, count=len(listed))
        return iter(listed)

    def _print(self) -> Print | None:
        for piece in self._all("imprint"):
            words, at = self._says(piece)
            end = _printed().search(words)
            match = next(dates.DATE.finditer(words), None)
            organ = words[: match.start() if match else end.start() if end else len(words)].strip() or None
            return Print(organ, dates.value(match) if match else None, self.text.to_source(at, at + len(words)))
        return None

    def _passages(self, kind: str) -> Iterator[Passage]:
        for piece in self._all(kind):
            words, at = self._says(piece)
            skipped = behind_label(words) if kind != "note" else 0
            if kind == "attachment-list" and (entry := _ENTRY_NUMBER.match(words, skipped)):
                skipped = entry.end()
            rest = words[skipped:]
            named = split_recipients(rest.rstrip("。")) if kind == "copied-to" else [(0, len(rest), None)]
            for start, end, _ in named:
                if start < end:
                    yield Passage(rest[start:end], self.text.to_source(at + skipped + start, at + skipped + end))


def _alike(one: str, other: str) -> bool:
    """Whether two titles are the same but for blanks, brackets, and what one of them adds at an end (the name of a site)."""
    one, other = titles.fold(one), titles.fold(other)
    return one in other or other in one
