"""The grammar of responsibility clauses: who leads, who supports, who is responsible, until when.

A clause is a small language, the same in brackets, on a labelled line and in a table's cell:

    clause   = part { separator part }
    part     = [ label ] list [ role ] | time | convention | other
    list     = name { separator name } [ etc [ name ] ] [ with list ]

Its tokens (``gongwen.extract.clauses.tokens``) are read from left to right, once. Names wait for a role: a label gives its role to the
names up to the next label, a role to the names since the last label or role. What is left without one takes the label's role,
supports where a lead came before, and else is responsible. So is whoever stands before words that nobody can read: of
（县水利局牵头，县财政局验收） all we know is that the second has a duty of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongwen.document import Extent, Token
from gongwen.extract.clauses.tokens import tokens
from gongwen.lexicon import conventions, vocabulary
from gongwen.lexicon.conventions import Convention
from gongwen.lexicon.unit_names import CLOSING, OPENING
from gongwen.model import Role, RoleBasis


class _Word(NamedTuple):
    """What a role word says of the units that it stands with, and of units that stand with no other role."""

    role: Role
    alone: Role


_MEANINGS = {
    "lead": _Word("lead", "lead"),
    "answer": _Word("responsible", "responsible"),
    "support": _Word("support", "support"),
    "join": _Word("support", "responsible"),
}
_ANSWERS, _SUPPORTS, _JOINS = _MEANINGS["answer"], _MEANINGS["support"], _MEANINGS["join"]


def meaning(role_word: str) -> _Word:
    """What a word of roles.tsv says of the units that it stands with."""
    return _MEANINGS[vocabulary.codes("roles")[role_word]]


class Name(NamedTuple):
    """A unit as named in a clause: its place, its role and the words that give it; ``open`` says that 等 follows.

    ``reading`` is the name with what it shares with its neighbours (see ``gongwen.extract.clauses.elision``); ``known`` says that it was
    recognized, and doesn't just stand where names stand; ``joins`` that it is responsible only where nobody else is.
    ``shared`` is what follows 等 behind a place: 市政府 in 绵阳等市政府.
    """

    start: int
    end: int
    text: str
    role: Role
    role_text: str | None
    basis: RoleBasis
    open: bool
    reading: str | None = None
    known: bool = True
    joins: bool = False
    shared: str | None = None


class Reading(NamedTuple):
    """What a clause says. ``evidence`` is the strongest sign that it is one: a label, a role, or the names alone."""

    names: tuple[Name, ...]
    when: Extent | None
    conventions: tuple[Convention, ...]
    evidence: str
    tokens: tuple[Token, ...]


class _Waiting:
    """A name that no label or role word has given a role yet; ``word`` is set where it has one of its own (会同, a note), ``shared``
    where 等 and what it shares with other places follow.
    """

    __slots__ = ("known", "open", "shared", "token", "word")

    def __init__(self, token: Token, word: tuple[_Word, str] | None) -> None:
        self.token, self.word, self.open, self.known = token, word, False, token.kind == "name"
        self.shared: str | None = None


class _Parser:
    """The state of one reading: names that wait, names that have their role, the label that holds."""

    def __init__(self, text: str, column: str | None) -> None:
        self.text = text
        self.waiting: list[_Waiting] = []
        self.done: list[tuple[_Waiting, _Word, str | None, RoleBasis]] = []
        self.label: tuple[_Word, str, RoleBasis] | None = None
        self.evidence = "list"
        self.led = False
        self.joined = False
        self.group = 0  # how many of those that wait stand before the last ， or ；
        self.ignored = False  # by a label of something else
        self.timed = False  # what it labels is a time
        self.when: Extent | None = None
        self.conventions: list[Convention] = []
        self.tokens: list[Token] = []
        if column and (word := _role_of_head(column)):
            self.evidence, self.label = "label", (meaning(word), column, "stated")

    def take(self, token: Token, before_role: bool) -> None:
        """Take the next token, which stands right ``before`` a ``role``, or not."""
        kind, text = token.kind, self.text[token.start : token.end]
        if kind in ("label", "bare-label"):
            self.evidence = "label"
            self.flush()
            self.label = (meaning(token.word or ""), text.strip("：:" + OPENING + CLOSING), "stated")
            self.ignored = False
        elif kind == "new-label":
            self.flush()
            self.label = (_ANSWERS, text.strip("：:"), "plain")
            self.ignored = False
        elif kind == "other":
            self.flush()
            self.ignored, self.timed = True, is_time_label(text)
        elif kind == "convention":
            agreed = conventions.match(self.text, token.start, token.end)
            if agreed:
                self.conventions.append(agreed)
        elif self.ignored:
            if self.timed and kind != "separator":
                self.when = Extent(self.when.start if self.when else token.start, token.end)
            token = Token("other", token.start, token.end) if kind != "separator" else token
        elif kind == "time":
            self.when = Extent(token.start, token.end)
        elif kind in ("name", "unknown"):
            self.waiting.append(_Waiting(token, (_SUPPORTS, "会同") if self.joined else None))
        elif kind == "with":
            self.joined = True
        elif kind == "etc":
            if self.waiting:
                self.waiting[-1].open, self.waiting[-1].shared = True, token.word
        elif kind == "note":
            if token.word and self.waiting:
                self.waiting[-1].word = (meaning(token.word), text[1:-1])
        elif kind == "role":
            self.evidence = "role" if self.evidence == "list" else self.evidence
            self.verb(meaning(token.word or ""), text)
        elif kind == "separator":
            self.group = self.group if text[0] in "、/／ 　" else len(self.waiting)
        elif kind == "duty" or (kind == "unread" and not before_role):  # before a role: 县财政局全程负责
            self.flush(_ANSWERS)
        self.tokens.append(token)

    def verb(self, word: _Word, role_text: str) -> None:
        """Give the names that wait the role of a verb.

        负责 says no more than the label before it. 配合 is said of its own group only where nobody was given a role before: in
        牵头单位：甲局，乙局、丙局配合 the first is no support.
        """
        if self.label and word.role == "responsible":
            word = self.label[0]
        elif word.alone == "support" and not self.led and self.group:
            group = self.waiting[self.group :]
            del self.waiting[self.group :]
            self.flush()
            self.waiting = group
        self.reduce(word, role_text, "stated")

    def reduce(self, word: _Word, role_text: str | None, basis: RoleBasis) -> None:
        """Give the names that wait their role."""
        for name in self.waiting:
            if name.word:
                self.done.append((name, *name.word, "stated"))
            else:
                self.done.append((name, word, role_text, basis))
        self.led = self.led or (word.role == "lead" and bool(self.waiting))
        self.waiting = []
        self.group = 0
        self.joined = False

    def flush(self, left: _Word | None = None) -> None:
        """Give the names that wait the role of the label, or the one that is ``left``."""
        if self.label:
            self.reduce(*self.label)
        else:
            led = self.led or any(name.word and name.word[0].role == "lead" for name in self.waiting)
            self.reduce(left or (_JOINS if led else _ANSWERS), None, "plain")


def read(text: str, start: int, end: int, column: str | None = None, own: frozenset[str] = frozenset()) -> Reading:
    """Read ``text[start:end]``, without the brackets around it, as a clause.

    ``column`` is the head of the column (牵头单位) where a table's cell is read; it is the label of the cell. ``own`` are names that
    the notice uses elsewhere. Whether what was read really is a clause depends on its evidence and on where it stands: see
    ``gongwen.extract.clauses.evidence``.

    >>> [(name.text, name.role) for name in read("市工信局牵头，市科技局、市财政局等配合", 0, 19).names]
    [('市工信局', 'lead'), ('市科技局', 'support'), ('市财政局', 'support')]
    """
    parser = _Parser(text, column)
    found = tokens(text, start, end, own)
    for index, token in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        parser.take(token, following is not None and following.kind == "role" and following.start == token.end)
    parser.flush()
    return Reading(
        beside_one_another(tuple(_names(text, parser.done))),
        parser.when,
        tuple(parser.conventions),
        parser.evidence,
        tuple(parser.tokens),
    )


def is_time_label(label: str) -> bool:
    """Whether ``label`` is one of a deadline: 完成时限."""
    return _time_label().search(label) is not None


@vocabulary.compiled
def _time_label() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('clause_words', code='time')})(?:安排|要求)?[：:]?$")


@vocabulary.compiled
def _head_roles() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("roles", "head"))


def _role_of_head(column: str) -> str | None:
    word = _head_roles().search(column)
    return word[0] if word else None


def _names(text: str, done: Iterable[tuple[_Waiting, _Word, str | None, RoleBasis]]) -> Iterator[Name]:
    """The names with the roles that they have by themselves."""
    for name, word, role_text, basis in done:
        start, end = name.token.start, name.token.end
        joins = word is _JOINS
        said = text[start:end]
        yield Name(start, end, said, word.alone, role_text, basis, name.open, None, name.known, joins, name.shared)


def beside_one_another(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """``names`` with the roles that they have in one clause: who joins others supports them."""
    if not any(name.joins for name in names) or all(name.joins or name.role == "support" for name in names):
        return names
    return tuple([name._replace(role="support") if name.joins else name for name in names])
