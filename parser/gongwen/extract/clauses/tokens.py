"""The tokens of a responsibility clause: every character of it belongs to one of a named kind, or is a mark between two.

    label        牵头单位：  【责任单位】  配合部门：      gives its role to the names up to the next label
    bare-label   牵头：                                 the same, though it doesn't say that it labels units
    new-label    包联单位：                              labels units, by a word that isn't known
    other        联系人：张三                           a label of something else, and what it labels
    name         县水利局                              recognized: see gongwen.lexicon.unit_names
    unknown      青师大                                stands where names stand, between marks or before a verb, and ends like none
    role         按职责分工负责  牵头                    gives its role to the names since the last label or role
    manner       共同  按职责分工                        how they act, without a role
    duty         做好                                   the same, and an object follows
    object       （牵头）制定方案                        what is led or done
    note         （牵头）  （联系电话：…）                 a remark in brackets behind a name; ``word`` is the role word that it is
    with         会同                                   makes those behind it supporters
    etc          等  等部门                              leaves the list open
    and          和                                     joins two names
    separator    、  ，  ；  。  blank
    time         2020年6月底前完成  持续推进
    convention   列第一位的为牵头单位，下同                see gongwen.lexicon.conventions
    blank        ______  ××局                          a place that nobody has filled in
    unread       验收                                   what no other kind explains

Punctuation parts a clause into stretches; a stretch is read from left to right, the longest name that what follows explains
first. A word that isn't known can't become part of a name: 县财政局验收 is the name 县财政局 and the unread 验收.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongwen.document import Token
from gongwen.lexicon import conventions, dates, divisions, vocabulary
from gongwen.lexicon.organs import organ
from gongwen.lexicon.places import of_places
from gongwen.lexicon.unit_names import (
    CLOSING,
    LONGEST_NAME,
    OPENING,
    NameEnd,
    can_be_name,
    is_part,
    joins_names,
    leads_up,
    mentions_name,
    name_ends,
    second_name,
    starts_name,
)
from gongwen.lexicon.units import LEVELS, ends_like, is_class, split_level

STOP = r"、，,；;。：:/／\s" + re.escape(OPENING + CLOSING)
_MARKERS = conventions.MARKS + " 　·"
_HAN = "一-鿿"
_AND = "和及与"
_LONGEST_CACHED = 80  # characters: longer stretches are prose
_DEPARTMENT = "局厅委办部会"
_COUNTED = re.compile("[0-9]")
_LONGEST_PLACE = 5  # characters of one without its level
_LONGEST_UNKNOWN = 12  # characters of a name that ends like none
_UNKNOWN = re.compile(rf"[{_HAN}A-Za-z·]{{2,{_LONGEST_UNKNOWN}}}")
_LEVEL_WORDS = re.compile(rf"[{LEVELS}街道办园新开发管委会、，,或和]+$")


@vocabulary.compiled
def label_expression(name: str) -> str:
    """What a label consists of before its colon; the group ``name`` is its role word. It may go on in words that ``labels_units`` judges."""
    words = vocabulary.alternation("roles", "label")
    return rf"(?:[{LEVELS}]级)?+(?P<{name}>{words})(?P<{name}_rest>(?:[（(][^{STOP}]{{1,6}}[)）])?[^{STOP}]{{0,6}}?)"


@vocabulary.compiled
def boxed_expression() -> str:
    """A label in brackets of its own: 【责任单位】."""
    words = vocabulary.alternation("roles", "label")
    nouns = vocabulary.alternation("unit_nouns", "label", "unit")
    return rf"[{re.escape(OPENING)}](?P<boxed>{words})[^{STOP}]{{0,4}}?(?:{nouns})[{re.escape(CLOSING)}][：:]?(?=[^{STOP}])"


@vocabulary.compiled
def _rest_of_label() -> re.Pattern[str]:
    words = vocabulary.alternation("roles", "label")
    nouns = vocabulary.alternation("unit_nouns", "label", "unit")
    return re.compile(rf"(?:[（(][^{STOP}]{{1,6}}[)）])?(?:{words})*(?:[^{STOP}]{{0,4}}?(?P<noun>{nouns}))?")


def labels_units(rest: str) -> bool:
    """Whether ``rest``, what stands between a role word and a colon, makes a label of units: 单位, 考核单位, nothing at all, 科室.

    >>> labels_units("单位"), labels_units("（责任）单位"), labels_units(""), labels_units("领导"), labels_units("情况")
    (True, True, True, False, False)
    """
    return _rest_of_label().fullmatch(rest) is not None or ends_like("各" + rest)


def names_units(rest: str) -> bool:
    """Whether ``rest`` of a label says so itself: 单位, but not the bare 牵头：."""
    match = _rest_of_label().fullmatch(rest)
    return bool(match["noun"]) if match else ends_like("各" + rest)


@vocabulary.compiled
def new_label() -> re.Pattern[str]:
    """A label of units by a word that isn't known, without its colon: 包联单位. The group ``word`` is that word."""
    nouns = "|".join([noun for noun in vocabulary.words("unit_nouns", "label", "unit") if len(noun) > 1])
    return re.compile(rf"(?P<word>[{_HAN}]{{2,6}}?)(?:{nouns or '(?!)'})")


@vocabulary.compiled
def _marks() -> re.Pattern[str]:
    label = label_expression("label")
    nouns = vocabulary.alternation("unit_nouns", "label", "unit")
    begins = vocabulary.first_characters("roles", "label")
    return re.compile(
        rf"""(?=[{STOP}{begins}{LEVELS}_＿Xx×Ｘｘ*＊0-9上中下第全年每{vocabulary.first_characters("clause_words", code="lasting")}])(?:
          (?P<separator>(?!(?<=(?<![{_HAN}])中)、省驻)[、，,；;。/／\s]++)  # 中、省驻某市单位 is one class
        | {boxed_expression()}
        | (?P<open>[{re.escape(OPENING)}])
        | (?P<close>[{re.escape(CLOSING)}])
        | (?P<colon>[：:])
        | (?P<blank>[_＿]{{2,}}+|(?:(?<![A-Za-z])[Xx×Ｘｘ]{{2,}}+|[*＊]{{3,}}+)(?:局|{nouns})?(?=[{STOP}]|\Z))
        | (?P<time>(?<![{_HAN}]){_when()})
        | {label}(?P<labelled>[：:]|(?<=[位门])[为是](?!指|否))
        )
        """,
        re.VERBOSE,
    )


@vocabulary.compiled
def _bare_label() -> re.Pattern[str]:
    """A label whose colon was lost, at the beginning of a stretch: 配合单位县财政局."""
    verbs = vocabulary.alternation("roles", "verb")
    nouns = sorted(vocabulary.words("unit_nouns", "label", "unit"))
    ends = "|".join([f"(?<={re.escape(noun)})" for noun in nouns]) or "(?!)"
    return re.compile(rf"{label_expression('label')}(?:{ends})(?!{verbs})")


@vocabulary.compiled
def _when() -> str:
    """An expression of a time by which, or a manner in which, something is to be done."""
    lasting = vocabulary.alternation("clause_words", code="lasting")
    return rf"""(?:
          (?:(?:19|20)[0-9]{{2}}年|[0-9]{{1,2}}月|{dates.PART_OF_YEAR}|全年|年[底内]|每(?:半?年|个?季度|个?月|周))[^{STOP}]{{0,24}}+
        | (?:{lasting})[^{STOP}]{{0,8}}+)"""


@vocabulary.compiled
def _tail() -> re.Pattern[str]:
    """What may stand behind a name within a stretch."""
    verb = vocabulary.alternation("roles", "verb")
    basis = vocabulary.alternation("clause_words", code="basis")
    manner = "|".join([vocabulary.alternation("clause_words", code=code) for code in ("manner", "duty")])
    nouns = vocabulary.alternation("unit_nouns", "label", "unit")
    etc = vocabulary.alternation("clause_words", code="etc")
    every, must = (vocabulary.alternation("clause_words", code=code) for code in ("every", "must"))
    every = rf"(?:(?:{every})(?:{must})?)?"
    return re.compile(
        rf"""
          (?P<etc>(?:{etc})(?:[0-9一二三四五六七八九十]+[个家]?|多[个家]|各)?(?:(?:{nouns}|方面|地(?![区方]))(?!和?(?:{nouns}|方面)))?)
        | {every}(?:{must})?(?:为|是)(?:[^{STOP}]{{1,8}}?的)?(?P<named>{verb})(?:{nouns})
        | (?P<when>{_when()})
        | {every}(?P<manner>(?:(?:{basis})[^{STOP}]{{1,14}}?)?(?:{manner})*+)
          (?P<verb>{verb})(?:{verb}|{manner})*+(?:(?:{nouns})(?=$))?
        | (?P<how>(?:(?:{basis})[^{STOP}]{{1,14}}?)?(?:{manner})++)
        """,
        re.VERBOSE,
    )


@vocabulary.compiled
def _shared_behind_etc() -> re.Pattern[str]:
    """What leaves a list of places open and says their level, and their seat or organ: 等有关市政府, 等市（州）水利局, 等区."""
    seat = vocabulary.alternation("unit_words", "end", "seat")
    concerned = vocabulary.alternation("unit_words", "head", "concerned")
    etc, manner = (vocabulary.alternation("clause_words", code=code) for code in ("etc", "manner"))
    ends = rf"(?=\Z|{vocabulary.alternation('roles', 'verb')}|{manner})"
    return re.compile(
        rf"(?:{etc})(?:[0-9一二三四五六七八九十]{{1,3}}个?)?(?:{concerned})?"
        rf"(?P<shared>[{LEVELS}](?:[（(、和]?[{LEVELS}][）)]?)*(?:{seat}|[{_HAN}]{{1,12}}[{_DEPARTMENT}]{ends}|{ends}))"
    )


@vocabulary.compiled
def _duty_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('clause_words', code='duty')})$")


@vocabulary.compiled
def _with() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("roles", code="with"))


@vocabulary.compiled
def _role_at_end() -> re.Pattern[str]:
    verb = vocabulary.alternation("roles", "verb")
    return re.compile(rf"(?P<verb>{verb})(?:{verb})*$")


@vocabulary.compiled
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('clause_words', code='opening')})")


@vocabulary.compiled
def _role_note() -> re.Pattern[str]:
    words, nouns = vocabulary.alternation("roles", "note"), vocabulary.alternation("unit_nouns", "label", "unit")
    return re.compile(rf"(?P<word>{words})(?:{nouns})?")


def tokens(text: str, start: int, end: int, own: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens of ``text[start:end]``, a clause without the brackets around it, in order.

    ``own`` are names that the notice uses elsewhere, as ``name_ends`` takes them.
    """
    return _Reader(text, start, end, own).read()


class _Reader:
    """One pass over the marks of a clause: the stretches between them, the bracket that is open."""

    def __init__(self, text: str, start: int, end: int, own: frozenset[str]) -> None:
        self.text, self.start, self.end, self.own = text, start, end, own
        self.tokens: list[Token] = []
        self.stretch = start  # where the stretch begins that is being read

    def read(self) -> list[Token]:
        text, end = self.text, self.end
        agreed = iter(conventions.find(text, self.start, end))
        convention = next(agreed, None)
        depth, opened = 0, self.start
        for mark in _marks().finditer(text, self.start, end):
            kind = mark.lastgroup
            first, last = mark.span()
            if depth:
                depth += (kind == "open") - (kind == "close")
                if not depth:
                    self._bracket(opened, last)
                continue
            while convention and convention.end <= first:  # it stands before this mark, or behind the last one
                self._convention(convention)
                convention = next(agreed, None)
            if convention and convention.start <= first:
                continue
            if first < self.stretch:  # within a convention
                continue
            if kind == "open":
                depth, opened = 1, first
            elif kind == "labelled":
                self._label(first, last, mark)
            elif kind == "boxed":
                self._flush(first)
                self._add("label", first, last, "roles", mark["boxed"])
            elif kind == "colon":
                self._other(first, last)
            elif kind != "close":
                self._flush(first)
                self._add(kind or "", first, last)
        if convention and not depth:
            self._convention(convention)
        self._flush(opened if depth else end)
        if depth:
            self._add("unread", opened, end)
        return self.tokens

    def _add(self, kind: str, start: int, end: int, table: str | None = None, word: str | None = None) -> None:
        if start < end:
            self.tokens.append(Token(kind, start, end, table, word))
        self.stretch = end

    def _flush(self, end: int) -> None:
        """Read the stretch that ends here."""
        start, text = self.stretch, self.text
        while start < end and text[start] in _MARKERS:
            start += 1
        while end > start and text[end - 1] in " 　*":
            end -= 1
        if start < end:
            for token in _read_stretch(text[start:end], self.own):
                self.tokens.append(token._replace(start=start + token.start, end=start + token.end))
        self.stretch = end

    def _label(self, first: int, last: int, mark: re.Match[str]) -> None:
        rest = mark["label_rest"]
        before = self.text[self.stretch : first].strip(_MARKERS)
        if before and not ends_like(before) and new_label().fullmatch(before + self.text[first : last - 1]):
            first = self.stretch  # 直接责任单位
        if self.text[self.stretch : first].strip(_MARKERS) and not names_units(rest):
            self._other(last - 1, last)  # 的落实情况：
        elif labels_units(rest):
            self._flush(first)
            self._add("label" if names_units(rest) else "bare-label", first, last, "roles", mark["label"])
        else:
            self._other(last - 1, last)

    def _other(self, colon: int, end: int) -> None:
        """Take the words before the colon as a label of something else, or of units in a role that isn't known."""
        words = self.text[self.stretch : colon].strip(_MARKERS)
        label = new_label().fullmatch(words)
        self._add("new-label" if label else "other", self.stretch, end, None, label["word"] if label else None)

    def _convention(self, at: conventions.Convention) -> None:
        if at.start >= self.stretch:
            self._flush(at.start)
            self._add("convention", at.start, at.end)

    def _bracket(self, opened: int, behind: int) -> None:
        """Take a bracket behind a name: it gives the name its role, is part of the name, or neither."""
        text = self.text
        content = text[opened + 1 : behind - 1]
        word = _role_note().fullmatch(content)
        agreed = conventions.match(text, opened + 1, behind - 1)
        if word is None and agreed is None:
            if ends_like(content) or _LEVEL_WORDS.fullmatch(content):
                return
            goes_on = behind < self.end and not _marks().match(text, behind, self.end)
            if goes_on and len(content) < LONGEST_NAME and not _tail().match(text, behind, self.end):
                return
        self._flush(opened)
        if agreed:
            self._add("convention", agreed.start, agreed.end)
            self.stretch = behind
        else:
            self._add("note", opened, behind, "roles" if word else None, word["word"] if word else None)


def _read_stretch(text: str, own: frozenset[str]) -> tuple[Token, ...]:
    """The tokens of a stretch without punctuation, by offsets of it."""
    if len(text) > _LONGEST_CACHED:
        return tuple(_Stretch(text, own).read())
    return _cached_stretch(text, own)


@vocabulary.derived
@lru_cache(maxsize=8192)  # the notices of a government name the same units
def _cached_stretch(text: str, own: frozenset[str]) -> tuple[Token, ...]:
    return tuple(_Stretch(text, own).read())


_SHORT_FOR_WITH = "会"
_BEFORE_SHORT_WITH = frozenset("局厅部办")  # not 委: 管委会


class _Stretch:
    """One stretch, read from left to right."""

    def __init__(self, text: str, own: frozenset[str]) -> None:
        self.text, self.own, self.end = text, own, len(text)

    def read(self) -> Iterator[Token]:
        text, end = self.text, self.end
        at, before = 0, ""
        while at < end:
            if text[at] in _MARKERS:
                at += 1
                continue
            token = self._next(at, before)
            yield token
            at = token.end
            # What a unit does in a manner is none: 县水利局统筹｜调度.
            before = "acting" if token.kind == "manner" and before in ("name", "unknown") else token.kind

    def _next(self, at: int, before: str) -> Token:
        text, end = self.text, self.end
        if not before:
            if (label := _bare_label().match(text, at)) and labels_units(label["label_rest"]):
                return Token("label", at, label.end(), "roles", label["label"])
            if opening := _opening().match(text, at):
                return Token("opening", at, opening.end(), "clause_words", opening[0])
        if before != "object" and (second := self._and(at, before)):
            return Token("and", at, second)
        if before in ("name", "unknown") and (shared := _shared_behind_etc().match(text, at)):
            return Token("etc", at, shared.end(), None, shared["shared"])
        tail = _tail().match(text, at)
        kind = tail.lastgroup if tail else ""
        if tail and kind in ("etc", "when"):
            return Token("time" if kind == "when" else "etc", at, tail.end())
        if joined := self._joins(at):
            return Token("with", at, joined)
        if place := self._place_before_etc(at):
            return Token("name", at, place, "divisions_gb2260", text[at:place])
        name = self._name(at, before)
        if (
            name
            and not (tail and self._is_duty(tail, name))
            and (before not in ("role", "duty") or self._is_free(at, name))
        ):
            return Token("name", at, name.end, None if name.code == "own" else "unit_endings", name.word)
        if tail and (word := tail["verb"] or tail["named"]):
            return Token("role", at, tail.end(), "roles", word)
        if tail and tail["how"]:
            kind = "duty" if _duty_at_end().search(tail["how"]) else "manner"
            return Token(kind, at, tail.end(), "clause_words", tail["how"])
        if before in ("role", "duty"):
            return Token("object", at, end)
        if before in ("", "and", "with", "label", "opening", "manner"):
            border = self._before_tail(at)
            words = text[at:border]
            if divisions.shortened(words):
                return Token("name", at, border, "divisions_gb2260", words)
            if self._may_be_unit(words):
                return Token("unknown", at, border)
        return Token("unread", at, self._unread_until(at))

    def _place_before_etc(self, at: int) -> int:
        """Where a place at ``at`` ends that 等 and what it shares with others follow (绵阳等市政府); 0 where there is none."""
        for end in range(at + 2, min(at + _LONGEST_PLACE, self.end) + 1):
            if (shared := _shared_behind_etc().match(self.text, end)) and of_places(
                self.text[at:end], shared["shared"]
            ):
                return end
        return 0

    def _may_be_unit(self, words: str) -> bool:
        """Whether words that end like no unit can be the name of one, since they stand where names stand."""
        return _UNKNOWN.fullmatch(words) is not None and can_be_name(words) and not mentions_name(words)

    def _and(self, at: int, before: str) -> int:
        """Where the name behind 和 at ``at`` begins, if it joins one to the name before; 0 if it doesn't."""
        if not before and divisions.begins(self.text[at:]):  # 和县
            return 0
        if second := second_name(self.text, at, self.end):
            return second
        own = self.text[at] in _AND and any(
            name.code == "own" for name in name_ends(self.text, at + 1, self.end, self.own)
        )
        return at + 1 if own else 0

    def _name(self, at: int, before: str) -> NameEnd | None:
        """The longest name at ``at`` that what follows explains, else the longest of an organ, else the longest."""
        if before in ("name", "unknown") and not starts_name(self.text, at, self.end):
            return None
        found = list(name_ends(self.text, at, self.end, self.own))
        for name in found:
            explained = name.end == self.end or self._explains(at, name.end)
            if explained and not (self._is_torn(at, name, found) and self._joins(name.end - 1)):  # 县教育厅会县财政局
                return name
        if before in ("role", "duty"):
            return None
        # What is counted is no unit, though it ends like one: 建成泵站|30座.
        found = [name for name in found if not _COUNTED.match(self.text, name.end) or self._is_known(at, name.end)]
        return next((name for name in found if self._is_whole(at, name) and not self._is_torn(at, name, found)), None)

    def _is_torn(self, at: int, name: NameEnd, found: list[NameEnd]) -> bool:
        """Whether a name that nothing explained follows is a shorter one of an organ and the first character of a verb: 县水利局会|商研判."""
        if (
            name.code != "office"
            or len(name.word) != 1
            or organ(self.text[at : name.end])
            or self._is_known(at, name.end)
        ):
            return False
        return any(
            other.end == name.end - 1
            and other.code == "organ"
            and len(other.word) == 1
            and self._is_known(at, other.end)
            for other in found
        )

    def _is_known(self, at: int, end: int) -> bool:
        """Whether a name is of an organ that is known, with its level or without."""
        parts = split_level(self.text[at:end])
        return bool(organ(parts[1] if parts else self.text[at:end]))

    def _is_whole(self, at: int, name: NameEnd) -> bool:
        """Whether a name that words follow which nothing explains ends there: of an organ, or one that says whose it is or that it is a class."""
        if name.code in ("organ", "own"):
            return True
        if self._before_tail(name.end - 1) - name.end < 2:  # 黄山旅游股份: no verb is so short
            return False
        words = self.text[at : name.end]
        return name.code == "office" or words[0] in LEVELS or is_class(words)

    def _explains(self, start: int, at: int) -> bool:
        """Whether a token that may follow a name stands at ``at``."""
        if joins_names(self.text, start, at, self.end) or starts_name(self.text, at, self.end):
            return True
        return _tail().match(self.text, at) is not None or self._joins(at) > 0

    def _joins(self, at: int) -> int:
        """Where a name begins that 会同 at ``at`` joins, or 会 behind an organ (县教育厅会县财政局), 0 if none does."""
        word = _with().match(self.text, at)
        if word:
            return word.end() if self._name(word.end(), "with") else 0
        short = self.text[at] == _SHORT_FOR_WITH and self.text[at - 1 : at] in _BEFORE_SHORT_WITH
        return at + 1 if short and at + 1 < self.end and starts_name(self.text, at + 1, self.end) else 0

    def _is_duty(self, tail: re.Match[str], name: NameEnd) -> bool:
        """Whether the words of duty that stand here are read as such, and not as the beginning of a name (监督管理局, 责任单位)."""
        if name.code == "own" or (name.code == "general" and name.end == self.end):
            return False
        return not is_part(self.text[tail.start() : name.end], name.word)

    def _is_free(self, at: int, name: NameEnd) -> bool:
        """Whether a name that stands right behind a role has one of its own: （县水利局指导）各乡镇落实, （牵头）县财政局."""
        if not starts_name(self.text, at, self.end):
            return False
        tail = _tail().match(self.text, name.end)
        if tail and tail["verb"]:
            return True
        return name.end == self.end and name.code == "organ"

    def _before_tail(self, at: int) -> int:
        """Where words that end like no name end: before the role or 等 that closes the stretch, else with it."""
        for tail in _tail().finditer(self.text, at + 2):
            if tail.lastgroup == "etc" or (tail.end() == self.end and (tail["verb"] or tail["named"])):
                return tail.start()
        return self.end

    def _unread_until(self, at: int) -> int:
        """Where what can't be read ends: before a name that surely begins, before the role that closes the stretch, or with it."""
        for place in range(at + 1, min(self.end - 2, at + LONGEST_NAME)):
            starts = self.text[place] in LEVELS or is_class(self.text[place : place + LONGEST_NAME])
            if starts and starts_name(self.text, place, self.end) and not leads_up(self.text, at, place):
                return place
        role = _role_at_end().search(self.text, at + 1)
        return role.start() if role else self.end
