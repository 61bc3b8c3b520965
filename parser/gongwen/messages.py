"""Messages for people at the command line, in English and Chinese: the rows of messages.csv, and the titles of the code lists.

The help of commands is English in cli.py and Chinese in help_zh.csv: a row for each command and each of its options; | separates paragraphs.
The reasons of decisions, the kinds of their tokens, and the messages of errors are English where they are given; reasons_zh.csv and
refusals_zh.csv have the Chinese by the English words.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from gongwen import schemas

Language: TypeAlias = Literal["en", "zh"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
_LONGEST = 2_000  # characters of a message that is looked up: expressions with several values take time
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which POSIX has them


def language_of(environment: Mapping[str, str]) -> Language:
    """The language of the locale that the variables of ``environment`` name: Chinese for any Chinese locale, else English.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}), language_of({})
    ('zh', 'en', 'en')
    """
    locale = next((value for name in _LOCALE if (value := environment.get(name))), "")
    return "zh" if locale.partition("_")[0].partition(".")[0] == "zh" else "en"


def message(key: str, language: Language, **values: object) -> str:
    """The message of the row ``key`` with ``values`` in it. Raises KeyError for an unknown key or a value that is missing."""
    return messages()[key][language].format(**values)


def title(codelist: str, code: str, language: Language) -> str:
    """The title of a code of schema/codelists/<codelist>.csv."""
    return schemas.codelist(codelist)[code][f"title_{language}"]


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """All rows by their keys."""
    return {row["key"]: row for row in _rows("messages.csv")}


@cache
def chinese_help() -> Mapping[tuple[str, str], str]:
    """The help in Chinese by the names of the command and of the option (--format); both are empty for the program as a whole."""
    return {(row["command"], row["option"]): row["zh"] for row in _rows("help_zh.csv")}


def reason_in_chinese(reason: str) -> str:
    """The reason of a decision, or the kind of a token, in Chinese; as it is where reasons_zh.csv doesn't have it.

    >>> reason_in_chinese("a line that is a date")
    '单独成行的日期'
    >>> reason_in_chinese("the evidence weighs 5, 3 are enough: +2 a deadline governs it; +3 a value is to be reached")
    '依据合计 5 分，满 3 分即为目标：+2 受时限约束；+3 要达到某个数值'
    """
    known, patterns = _catalogue("reasons_zh.csv")
    if reason in known:
        return known[reason]
    for pattern, chinese in patterns:
        if match := pattern.fullmatch(reason):
            parts = match.groupdict()
            if "reasons" in parts:
                weighed = (part.partition(" ") for part in parts["reasons"].split("; "))
                parts["reasons"] = "；".join(f"{weight} {known.get(words, words)}" for weight, _, words in weighed)
            return chinese.format(**parts)
    return reason


def refusal_in_chinese(refusal: str) -> str:
    """The message of an error in Chinese, as far as refusals_zh.csv has it; what stands before it, as the file, stays.

    >>> refusal_in_chinese("a.pdf: this PDF has 9000 pages, more than 2000")
    'a.pdf：PDF 有 9000 页，超过 2000 页'
    >>> refusal_in_chinese("something new")
    'something new'
    """
    known, patterns = _catalogue("refusals_zh.csv")
    at = 0
    while at >= 0 and len(refusal) <= _LONGEST:
        before, words = refusal[:at].removesuffix(": "), refusal[at:]
        told = known.get(words)
        for pattern, chinese in patterns if told is None else ():
            if match := pattern.fullmatch(words):
                told = chinese.format(*map(refusal_in_chinese, match.groups()))
                break
        if told is not None:
            return f"{before}：{told}" if before else told
        at = refusal.find(": ", at)
        at = at + 2 if at >= 0 else at
    return refusal


@cache
def _catalogue(name: str) -> tuple[Mapping[str, str], Sequence[tuple[re.Pattern[str], str]]]:
    """The rows without values by their English words, and those with values as expressions: {name} is a group of that name, {0} one without."""
    rows = [(row["en"], row["zh"]) for row in _rows(name)]
    return {en: zh for en, zh in rows if "{" not in en}, [
        (re.compile(re.sub(r"\\{(\w+)\\}", _group, re.escape(en)), re.DOTALL), zh) for en, zh in rows if "{" in en
    ]


def _group(value: re.Match[str]) -> str:
    return "(.+?)" if value[1].isdecimal() else f"(?P<{value[1]}>.+?)"


def _rows(name: str) -> list[dict[str, str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))
