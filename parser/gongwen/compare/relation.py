"""What one notice is to the other: told first, since all else depends on it.

Evidence comes from numbers, dates and titles, from the places and levels of the issuers, from what the later one cites and from its
verbs of amendment, and from the sentences that both share. What the titles say of the subject is compared without places, years and the
words for a sort of paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from gongwen.compare.amendments import changed, operations, words
from gongwen.compare.authority import NATION, Authority, authority, is_below, without_place
from gongwen.compare.changes import Evidence, Relation, RelationKind
from gongwen.compare.consolidation import names
from gongwen.compare.drafts import draft
from gongwen.compare.facts import adoptions, titles
from gongwen.compare.items import Item
from gongwen.compare.links import Link
from gongwen.lexicon import vocabulary
from gongwen.lexicon.sentences import sentences
from gongwen.lexicon.titles import without_sort
from gongwen.model import Notice

_ALIKE = 0.8  # the least likeness of two subjects that are the same one
_SHORTEST = 4  # characters of a subject: fewer (通知) say nothing
_SHARED = 0.2  # share of the shorter notice's text that lives on in linked sentences and proves a common origin …
_SEVERAL = 4  # … if so many sentences do
_MOST = 0.4  # share of the shorter one's text that proves it alone
_FEW = 3  # linked sentences that prove it where one government writes about the same subject …
_SOME = 0.05  # … or the share that two governments' notices about it must have in common
_SAME_SENTENCE = 0.45  # likeness from which on a link between sentences counts for that
_BESIDE = frozenset(
    {"furniture", "page-meta", "page-table", "page-number", "page-header", "page-footer", "blank", "rule"}
)

_NOTE = re.compile(r"[（(](?![一二三四五六七八九十]++[)）])[^（()）]*+[)）]")  # but not the （二） of a sequel
_SEQUEL = re.compile(r"[（(]([一二三四五六七八九十]++)[)）]")
_YEARLY = re.compile(r"(?:19|20)[0-9]{2}(?=年度)")
_FRAME = re.compile(r"^.*?关于(?:印发|发布|转发|下发|公布)?|的(?:通知|意见|决定|公告|通告|函|批复|报告)$")
_MARKS = str.maketrans("〈〉＜＞<>", "《》《》《》")
_PART = r"第[〇零一二三四五六七八九十百0-9（）()]{1,8}[章节条款项目段]|第[一二三四五六七八九十]{1,3}部分"


@vocabulary.compiled
def _correction() -> re.Pattern[str]:
    return re.compile(words("corrects", "title"))


@vocabulary.compiled
def _amendment() -> re.Pattern[str]:
    """What proves that a notice amends the one that it cites, though the order may be of a form that isn't read."""
    change, revoke, add = (words(code, "proof") for code in ("change", "revoke", "add"))
    return re.compile(
        rf"(?:{_PART})[^。；]{{0,60}}?(?:{change}为|{revoke}|{add})"
        rf"|(?:{words('revoke')}|{add}一[条项款章节])[^。；]{{0,20}}?(?:{_PART}|{words('becomes')})|”[^。；]{{0,8}}{changed()}“"
    )


@vocabulary.compiled
def _revocation() -> re.Pattern[str]:
    return re.compile(words("revoke"))


def relation(old: Notice, new: Notice, items: tuple[Sequence[Item], Sequence[Item]], links: Sequence[Link]) -> Relation:
    """What ``new`` is to ``old``, whose items and the links between their sentences are known."""
    facts = _Facts(old, new, items, links)
    kind = _kind(facts)
    return Relation(kind, tuple(facts.evidence(kind)))


class _Facts:
    """What is known of both notices that bears on their relation."""

    def __init__(
        self, old: Notice, new: Notice, items: tuple[Sequence[Item], Sequence[Item]], links: Sequence[Link]
    ) -> None:
        self.old, self.new = old, new
        self.same_words = _words(old) == _words(new)
        self.numbers = _number(old), _number(new)
        self.same_number = self.numbers[0] is not None and self.numbers[0] == self.numbers[1]
        self.titles = tuple(notice.title or "" for notice in (old, new))
        self.authorities = authority(old), authority(new)
        pairs = [(one, other) for one in titles(old) for other in titles(new)]
        self.subjects = max((tuple(map(subject, pair)) for pair in pairs), key=_likeness, default=("", ""))
        sequels = [_SEQUEL.findall(notice.title or "") for notice in (old, new)]
        self.same_subject = _likeness(self.subjects) >= _ALIKE and sequels[0] == sequels[1]
        self.periods = period(old), period(new)
        self.cites = _cites(new, old), _cites(old, new)
        # By a short name of the issuer a successor names what it replaces, too: that is no proof of an amendment.
        titled = _cites(new, old, whole=True), _cites(old, new, whole=True)
        self.share, self.count = _shared(items, links)
        self.deeds = _share_deeds(items, links)
        self.amends = tuple(
            _amends(citing, cited, self.share >= _SHARED) if cites else None
            for citing, cited, cites in zip((new, old), (old, new), titled, strict=True)
        )

        self.corrects = tuple(
            self.share < _MOST and any(map(_correction().search, _words_of(one))) and _orders(one, other)
            for one, other in ((new, old), (old, new))
        )

    @property
    def common(self) -> bool:
        """Whether they share more than two notices share by chance, or than a call for something and its outcome do."""
        if not self.same_subject and not self.deeds:
            return False
        if self.share >= _MOST or (self.share >= _SHARED and self.count >= _SEVERAL):
            return True
        if self.same_subject and self.ranked and any(self.cites):
            return True  # who carries out what another one asks need not repeat it
        if not self.same_subject or self.count < _FEW:
            return False
        return self.share >= _SOME or self.same_issuer

    @property
    def levels(self) -> tuple[int, int] | None:
        """The levels of the issuers, where both are known."""
        one, other = self.authorities
        return None if one.level is None or other.level is None else (one.level, other.level)

    @property
    def same_issuer(self) -> bool:
        """Whether one government issued both, as far as is known."""
        return self.authorities[0] == self.authorities[1]

    @property
    def ranked(self) -> bool:
        """Whether one issuer is above the other: by the table of places where it knows both, else by their levels."""
        if not self.levels or self.levels[0] == self.levels[1]:
            return False
        upper, lower = sorted(self.authorities, key=lambda one: one.level or 0)
        return upper.level == NATION or is_below(lower.place or "", upper.place or "") is not False

    @property
    def is_of_another_year(self) -> bool:
        """Whether both are for other years; the one that names none is of the year of its issue, if the other is for one year."""
        named = [self.periods[0], self.periods[1]]
        for side, notice in enumerate((self.old, self.new)):
            if not named[side] and len(named[1 - side] or "") == len("2025") and notice.issue_date:
                named[side] = notice.issue_date[: len("2025")]
        return None not in named and named[0] != named[1]

    @property
    def amended(self) -> bool:
        """Whether the heads tell of different events: a law keeps the number of the order that published it first."""
        events = [{line.text for line in adoptions(notice)} for notice in (self.old, self.new)]
        return all(events) and events[0] != events[1]

    @property
    def other_place(self) -> bool:
        one, other = self.authorities
        return one.place is not None and other.place is not None and one.place != other.place

    def evidence(self, kind: RelationKind) -> Iterator[Evidence]:
        if self.same_words:
            yield Evidence("same-words", None, None)
        if self.same_number:
            yield Evidence("same-number", *self.numbers)
        if self.titles[0] and self.titles[0] == self.titles[1]:
            yield Evidence("same-title", *self.titles)
        elif self.same_subject:
            yield Evidence("same-subject", *self.subjects)
        for code, holds in zip(("new-cites-old", "old-cites-new"), self.cites, strict=True):
            if holds:
                yield Evidence(code, _cited(self.old), _cited(self.new))
        for code, verb in zip(("new-amends-old", "old-amends-new"), self.amends, strict=True):
            if verb:
                yield Evidence(code, verb if code[0] == "o" else None, verb if code[0] == "n" else None)
        for code, holds in zip(("new-corrects-old", "old-corrects-new"), self.corrects, strict=True):
            if holds:
                yield Evidence(code, _cited(self.old), _cited(self.new))
        one, other = self.authorities
        if self.levels and self.levels[0] != self.levels[1]:
            yield Evidence("other-level", _named(one), _named(other))
        elif self.other_place:
            yield Evidence("other-place", one.place, other.place)
        elif self.levels and self.same_issuer and kind != "same":
            yield Evidence("same-issuer", _named(one), _named(other))
        if self.periods[0] != self.periods[1] and kind in ("yearly", "revision"):
            yield Evidence("other-period", self.periods[0], self.periods[1])
        if self.old.issue_date and self.new.issue_date and self.old.issue_date != self.new.issue_date:
            yield Evidence("other-date", self.old.issue_date, self.new.issue_date)
        drafts = [draft().search(title) for title in self.titles]
        if any(drafts):
            yield Evidence("draft", *(found[0] if found else None for found in drafts))
        if not self.same_words:
            yield Evidence("shared-sentences", f"{self.share:.2f}", f"{self.share:.2f}")


def _kind(facts: _Facts) -> RelationKind:
    if facts.same_words:
        return "same"
    if any(facts.corrects):
        return "correction"
    if any(facts.amends):
        return "amends"
    corrects = [bool(_correction().search(title)) for title in facts.titles]
    if any(corrects) and any(facts.cites):
        return "correction"
    if facts.same_number and not facts.amended and not facts.other_place and (facts.common or facts.same_subject):
        return "correction"
    if not facts.common:
        return "none"
    if facts.ranked:
        return "cascade"
    if facts.other_place:
        return "sister"
    drafts = [bool(draft().search(title)) for title in facts.titles]
    if drafts[0] != drafts[1]:
        return "draft-final"
    if facts.is_of_another_year:
        return "yearly"
    return "revision"


def subject(title: str) -> str:
    """What a plan is about: its title without places, years, notes in brackets, and words for a sort of paper.

    >>> subject("例州市全民科学素质提升行动实施方案（2021—2025年）"), subject("例州市2026年全民科学素质工作要点")
    ('全民科学素质', '全民科学素质')
    """
    bare = _FRAME.sub("", _NOTE.sub("", title)) or title
    return without_sort(without_place(bare))


def period(notice: Notice) -> str | None:
    """The years that a notice is for, as its title or a part's names them (2024, 2021—2025); else the year (年度) that it speaks of most."""
    for part in notice.parts:
        if part.period:
            return "—".join(dict.fromkeys((part.period.start, part.period.end)))
    headings = [section.title or "" for section in notice.sections if section.titled]
    for texts in (headings, [block.text for block in notice.blocks if "年度" in block.text]):
        if years := [year for text in texts for year in _YEARLY.findall(text)]:
            return str(max(dict.fromkeys(years), key=years.count))
    return None


def _likeness(subjects: tuple[str, ...]) -> float:
    return Indel.normalized_similarity(*subjects) if min(map(len, subjects)) >= _SHORTEST else 0.0


def _words(notice: Notice) -> str:
    """All that is published of a notice, blanks and page furniture left out."""
    return "".join("".join(block.text.split()) for block in notice.blocks if block.kind not in _BESIDE)


def _number(notice: Notice) -> str | None:
    return notice.document_number.text if notice.document_number else None


def _cited(notice: Notice) -> str | None:
    return _number(notice) or notice.title


def _named(one: Authority) -> str:
    return one.place or "国家"


def _cites(citing: Notice, cited: Notice, whole: bool = False) -> bool:
    """Whether ``citing`` refers to ``cited``, by number or by title: the ``whole`` one, or one in which the issuer goes by a short name."""
    number, names = _number(cited), titles(cited)
    about = {_without_issuer(name) for name in names}
    return any(
        (citation.document_number and number and citation.document_number.text == number)
        or citation.title in names
        or (not whole and citation.title and _without_issuer(citation.title) in about)
        for citation in citing.citations
    )


def _without_issuer(title: str) -> str:
    """A title from 关于 on, its inner marks all alike: 《工信部关于落实〈行动方案〉的通知》 is 工业和信息化部关于落实《行动方案》的通知."""
    about = title.find("关于")
    return title[max(about, 0) :].translate(_MARKS)


def _orders(notice: Notice, cited: Notice) -> bool:
    """Whether a notice says what words of the other one should be."""
    return any(names(operation, cited) for operation in operations(notice) if operation.old and operation.new)


def _words_of(notice: Notice) -> Iterator[str]:
    """The title and the text of a notice."""
    yield notice.title or ""
    yield from (block.text for block in notice.blocks if block.kind not in _BESIDE)


def _amends(notice: Notice, cited: Notice, common: bool) -> str | None:
    """The words by which a notice changes parts of the one that it cites, or ends it and says nothing in its place."""
    named = [name for name in (_number(cited), *titles(cited)) if name]
    for block in notice.blocks:
        if block.kind not in _BESIDE:
            if match := _amendment().search(block.text):
                return match[0]
            for sentence in () if common else sentences(block.text):
                revoked = _revocation().search(sentence.text)
                if revoked and any(name in sentence.text for name in named):
                    return revoked[0]
    whole = ("extend", "suspend-document")
    ordered = (one for one in operations(notice) if (one.places or one.verb in whole) and names(one, cited))
    return next((operation.text for operation in ordered), None)


def _share_deeds(items: tuple[Sequence[Item], Sequence[Item]], links: Sequence[Link]) -> bool:
    """Whether something of a task lives on, where both notices have tasks: how a plan is led and secured is said alike in all plans."""
    if not all(any(item.task for item in side) for side in items):
        return True
    return any(link.share >= _SAME_SENTENCE and (link.old_item.task or link.new_item.task) for link in links)


def _shared(items: tuple[Sequence[Item], Sequence[Item]], links: Sequence[Link]) -> tuple[float, int]:
    """What lives on of the shorter notice, as a share of its text; and in how many sentences."""
    alike = [link for link in links if link.share >= _SAME_SENTENCE]
    told = sum(link.share * (len(link.old.text) + len(link.new.text)) for link in alike) / 2
    least = min(sum(len(sentence.text) for item in side for sentence in item.sentences) for side in items)
    return (min(told / least, 1.0) if least else 0.0), len(alike)
