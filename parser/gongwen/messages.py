"""Messages for people at the command line, in English and Chinese: the rows of messages.csv, and the titles of the code lists."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
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
    lines = files(__package__).joinpath("messages.csv").read_text(encoding="utf-8").splitlines()
    return {row["key"]: row for row in csv.DictReader(lines)}
