"""Vocabulary: the words by which notices are read, each in one row of one table that all stages share.

A table is a file ``<name>.tsv`` of this folder. Its rows say

    term         the word as normalized text has it
    code         what it means: one of the codes that ``TABLES`` lists for the table
    contexts     where it is read so, apart by blanks, from the list in ``TABLES``; ``*`` is everywhere
    not_after    what it must not follow, not_before what must not follow it: alternatives apart by blanks
    example      a text in which the row does its work: without the row it is read in another way
    source       where the word is known from: a standard with its clause, a guideline, or "notices"

Stages hold no words of their own. They ask for sets (``words``), meanings (``codes``) and alternations of an expression
(``alternation``), so that a new word is a new row and is right in every context at once. What is compiled from the tables is
made by functions under ``compiled``: when first asked for, and again after ``replaced`` has put other rows in a table's place.

A row with an unknown code or context, an example without its term, or a term that stands twice is an error at import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from gongwen.errors import VocabularyError
from gongwen.lexicon.reference import lines
from gongwen.lexicon.tables import TABLES

Compiled = TypeVar("Compiled", bound=Callable[..., Any])

COLUMNS = ("term", "code", "contexts", "not_after", "not_before", "example", "source")
_EVERYWHERE = "*"


class Term(NamedTuple):
    """A row: a word, what it means, where it is read so. ``contexts`` is empty where it is read so everywhere."""

    text: str
    code: str
    contexts: frozenset[str]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    example: str
    source: str

    @property
    def expression(self) -> str:
        """The word as a regular expression, with what must not stand beside it."""
        before = "".join([f"(?<!{re.escape(words)})" for words in self.not_after])
        behind = f"(?!{'|'.join(map(re.escape, self.not_before))})" if self.not_before else ""
        return f"{before}{re.escape(self.text)}{behind}"


def read_table(path: Path) -> tuple[Term, ...]:
    """The rows of the table in the file ``path``, whose stem names it. Raises VocabularyError at the first row that can't be right."""
    name = path.stem
    heads, rows_of_file = lines(path)
    if tuple(heads) != COLUMNS:
        raise VocabularyError(f"{path.name}:1: the columns are {', '.join(COLUMNS)}")
    spec, rows = TABLES[name], []
    seen: dict[str, dict[str, frozenset[str]]] = {}  # term → code → contexts
    for place, fields in rows_of_file:
        text, code, contexts, not_after, not_before, example, source = fields
        named = frozenset() if contexts == _EVERYWHERE else frozenset(contexts.split())
        if code not in spec.codes:
            raise VocabularyError(f"{place}: the code {code!r} is none of {', '.join(spec.codes)}")
        if unknown := named - spec.contexts.keys():
            raise VocabularyError(f"{place}: the context {min(unknown)!r} is none of {', '.join(spec.contexts)}")
        if not named and contexts != _EVERYWHERE:
            raise VocabularyError(f"{place}: no context; {_EVERYWHERE} stands for all of them")
        if not text or not (spec.forms or text in example):
            raise VocabularyError(f"{place}: the example {example!r} does not hold the term {text!r}")
        if not source:
            raise VocabularyError(f"{place}: {text} has no source")
        others = seen.setdefault(text, {})
        if code in others:
            raise VocabularyError(f"{place}: {text} stands twice as {code}")
        other = next((other for other, of in others.items() if not of or not named or of & named), None)
        if other and not spec.several:
            raise VocabularyError(f"{place}: {text} stands as {other} already; a term has one code in a context")
        others[code] = named
        rows.append(Term(text, code, named, tuple(not_after.split()), tuple(not_before.split()), example, source))
    return tuple(rows)


_ROWS: dict[str, tuple[Term, ...]] = {name: read_table(Path(__file__).with_name(f"{name}.tsv")) for name in TABLES}
_COMPILED: list[Callable[[], None]] = []


def compiled(build: Compiled) -> Compiled:
    """``build``, a function that makes something of the tables, called once for each of its arguments."""
    return derived(cache(build))  # type: ignore[return-value]  # functools types a cached function by a protocol of its own


def derived(cached: Compiled) -> Compiled:
    """``cached``, a function under functools.cache or lru_cache whose results depend on the tables."""
    _COMPILED.append(cached.cache_clear)  # type: ignore[attr-defined]
    return cached


@contextmanager
def replaced(name: str, rows: tuple[Term, ...]) -> Iterator[None]:
    """The table ``name`` with other rows while the context lasts: how tests show what a row does."""
    kept = _ROWS[name]
    _put(name, rows)
    try:
        yield
    finally:
        _put(name, kept)


def _put(name: str, rows: tuple[Term, ...]) -> None:
    _ROWS[name] = rows
    for clear in _COMPILED:
        clear()


def terms(table: str, context: str | None = None, code: str | None = None) -> tuple[Term, ...]:
    """The rows of ``table`` in its order, those of one context and one code where these are given.

    >>> [term.text for term in terms("roles", "between")]
    ['会同', '联合']
    """
    if context is not None and context not in TABLES[table].contexts:
        raise KeyError(f"{table} has no context {context}")
    if code is not None and code not in TABLES[table].codes:
        raise KeyError(f"{table} has no code {code}")
    return tuple(
        [
            term
            for term in _ROWS[table]
            if (code is None or term.code == code)
            and (context is None or not term.contexts or context in term.contexts)
        ]
    )


@compiled
def words(table: str, context: str | None = None, code: str | None = None) -> frozenset[str]:
    """The words of the rows that ``terms`` gives."""
    return frozenset([term.text for term in terms(table, context, code)])


@compiled
def codes(table: str, context: str | None = None) -> dict[str, str]:
    """What the words of ``table`` mean, by word."""
    return {term.text: term.code for term in terms(table, context)}


@compiled
def alternation(table: str, context: str | None = None, code: str | None = None, blanks: str = "") -> str:
    """The words of the rows that ``terms`` gives as alternatives of a regular expression, the longest first.

    ``blanks`` is an expression of what may stand between the characters of a word (文　号); by default nothing may.

    >>> alternation("roles", "verb", "support")
    '协作|(?<!政)协办|协助|协同|配合'
    """
    rows = sorted(terms(table, context, code), key=lambda term: (-len(term.text), term.text))
    if not rows:
        return r"(?!)"  # no word: nothing matches
    if not blanks:
        return "|".join([term.expression for term in rows])
    return "|".join(
        [term.expression.replace(re.escape(term.text), blanks.join(map(re.escape, term.text))) for term in rows]
    )


@compiled
def first_characters(table: str, context: str | None = None, code: str | None = None) -> str:
    """The characters that the words of the rows begin with, each once, as the content of a character class."""
    return "".join(sorted({re.escape(term.text[0]) for term in terms(table, context, code)}))
