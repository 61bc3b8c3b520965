"""Messages for people at the command line, in English and Chinese: the rows of messages.csv, and the titles of the code lists.

The help of commands is English in cli.py and Chinese in help_zh.csv: a row for each command and each of its options; | separates paragraphs.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from gongwen import schemas

Language: TypeAlias = Literal["en", "zh"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
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


def _rows(name: str) -> list[dict[str, str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))
