"""The words of the interface in Chinese and English: strings.csv of this package, and the titles of the code lists.

A page is written in Chinese and names, beside each word of its own, the key of that word; the script that switches the
language looks the key up in the same table (assets/labels.js); keys have no characters that need quotes. So a page without script is whole, and Chinese.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple

import orjson
from markupsafe import Markup

from gongwen import schemas
from gongwen.model import Finding
from gongwen.publish import codelists


class Label(NamedTuple):
    """One word or phrase; ``{n}`` stands for a value. ``en_one`` is the English for n = 1 where that differs."""

    zh: str
    en: str
    en_one: str | None = None


@cache
def labels() -> dict[str, Label]:
    """Every label by its key; the title of a code is ``<list>.<code>``, as ``roles.lead``, its message ``<list>.<code>.message``."""
    table = files(__package__).joinpath("strings.csv").read_text(encoding="utf-8")
    known = {
        row["key"]: Label(row["zh"], row["en"], row["en_one"] or None) for row in csv.DictReader(table.splitlines())
    }
    for path in codelists.paths():
        for code, row in schemas.codelist(path.stem).items():
            known[f"{path.stem}.{code}"] = Label(row["title_zh"], row["title_en"])
            if "message_zh" in row:
                known[f"{path.stem}.{code}.message"] = Label(row["message_zh"], row["message_en"])
    return known


def label(key: str, **values: object) -> Markup:
    """The Chinese label as an element that the language switch finds. KeyError for an unknown key."""
    return _label(key, _data(values), escape(plain(key, **values))) if values else _bare_label(key)


@cache
def _bare_label(key: str) -> Markup:
    return _label(key, "", escape(plain(key)))


def own(key: str, **values: object) -> Markup:
    """The Chinese label as the rest of an element that is nothing else: its last attributes, the end of its tag, the words."""
    return Markup(f" data-t={escape(key)}{_data(values)}>{escape(plain(key, **values))}")


def _label(key: str, data: str, words: str) -> Markup:
    return Markup(f"<span data-t={escape(key)}{data}>{words}</span>")


def _data(values: Mapping[str, object]) -> str:
    """The values of a label as attributes; a whole number needs no quotes."""
    quoted = (
        (name, str(value) if isinstance(value, int) else f'"{escape(str(value))}"') for name, value in values.items()
    )
    return "".join(f" data-{escape(name)}={value}" for name, value in quoted)


@cache
def role_mark(kind: str, role: str) -> Markup:
    """The label of a role, marked as such; ``kind`` is roles or, for the letter that stands for it, short."""
    key = f"{kind}.{role}"
    return Markup(f"<b data-t={escape(key)}>{escape(plain(key))}</b>")


def code(codelist: str, code: str) -> Markup:
    """The title of a code, or the code itself where its list does not hold it."""
    key = f"{codelist}.{code}"
    return label(key) if key in labels() else Markup("<code>{}</code>").format(code)


def message(finding: Finding) -> Markup:
    """What a finding says, or the message that it carries where its code is not of the list."""
    key = f"finding_codes.{finding.code}.message"
    return label(key, **finding.params) if key in labels() else Markup(escape(finding.message_zh))


def attribute(name: str, key: str, **values: object) -> Markup:
    """The attribute ``name`` with the Chinese label, and the key beside it, for use inside a tag."""
    label, name = escape(plain(key, **values)), escape(name)
    return Markup(f'{name}="{label}" data-t-{name}={escape(key)}{_data(values)}')


def plain(key: str, **values: object) -> str:
    """The Chinese label as bare text."""
    words = labels()[key].zh
    return words.format_map(values) if values else words


def script() -> bytes:
    """All labels as a classic script: modules and fetch do not work in a page that was opened from a folder."""
    table = {key: [entry.zh, entry.en, *([entry.en_one] if entry.en_one else [])] for key, entry in labels().items()}
    return b"window.gongwen = {labels: " + orjson.dumps(table) + b", shards: {}};\n"
