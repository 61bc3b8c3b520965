"""What is to be said of the data as a whole, wherever a format says it: title, publisher, licence, sources, version.

A publisher states it of data of its own in ``gongwen.toml``, in the folder of the sources:

    title = "…"
    description = "…"
    base_url = "https://…/"     # where dist/ will lie
    publisher = { name = "…", url = "https://…" }
    contact = { name = "…", email = "…", url = "https://…" }
    license = { name = "CC-BY-4.0", title = "…", url = "https://…" }

All of it is optional. A key that isn't listed here or a value of another type is refused: a misspelt key would be lost silently.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from gongwen.errors import GongwenError
from gongwen.model import SCHEMA_VERSION

FILE = "gongwen.toml"


class License(NamedTuple):
    """Terms of use: an identifier of the Open Definition, what to call them, where to read them."""

    name: str
    title: str
    url: str | None


class Source(NamedTuple):
    """Where data came from: what to call it, where to find it, the terms it is under."""

    title: str
    url: str | None
    terms: str


class Agent(NamedTuple):
    """Who publishes the data."""

    name: str
    url: str | None = None


class Contact(NamedTuple):
    """Whom to ask about the data: one of them is given at least."""

    name: str | None = None
    email: str | None = None
    url: str | None = None


NAME = "gongwen"
VERSION = SCHEMA_VERSION
TITLE = "Official notices of Chinese governments (公文) as open data"
DESCRIPTION = (
    "Notices with the plans that they issue: headings, tasks, responsible units and their roles, targets and cited documents, "
    "each traceable to the characters of the source that it was read from."
)
NOTICES = License(
    "other-pd",
    "Official documents, not protected by copyright in China (《中华人民共和国著作权法》第五条)",
    "http://www.npc.gov.cn/npc/c30834/202011/272b72cdb759458d94c9b875350b1ab5.shtml",
)
"""The terms of the notices themselves."""
ADDED = License("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
"""The terms of what the data add to them, where the publisher states no others: structure, identifiers, derived values, repairs."""
LANGUAGE = "zh-Hans"
KEYWORDS = ("公文", "政府信息公开", "任务分工", "open government data", "China")
SOURCES = (
    Source("Notices published by the governments that issued them", None, NOTICES.title),
    Source("国家地名信息库, codes of administrative divisions (GB/T 2260)", "https://dmfw.mca.gov.cn/", "CC BY 4.0"),
)


class About(NamedTuple):
    """What a publisher states of the data. ``base_url`` ends in a slash; ``license`` are the terms of what the data add to the notices."""

    title: str = TITLE
    description: str = DESCRIPTION
    base_url: str | None = None
    publisher: Agent | None = None
    contact: Contact | None = None
    license: License = ADDED

    def uri(self, name: str) -> str:
        """A name for the published file ``name`` that stays the same: its address, or a URN where no base URL is stated.

        >>> About(base_url="https://example.org/").uri("notices/x.json")
        'https://example.org/notices/x.json'
        >>> About().uri("notices/x.json")
        'urn:uuid:1959ef25-68e0-5182-a5d6-51a41e90baad'
        """
        return self.base_url + quote(name) if self.base_url else uuid5(NAMESPACE_URL, f"{NAME}:{name}").urn


UNSTATED = About()
"""What is said of data whose publisher states nothing."""


def read_about(folder: Path) -> About:
    """What gongwen.toml in ``folder`` states, UNSTATED where there is none. GongwenError that names the file and the key."""
    path = folder / FILE
    try:
        stated = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return UNSTATED
    except (OSError, ValueError, RecursionError) as error:
        raise GongwenError(f"{path}: {error}") from error
    _check_keys(path, "the file", stated, About._fields)
    values: dict[str, Any] = {}
    for key, value in stated.items():
        if key in _TABLES:
            values[key] = _table(path, key, value)
        else:
            values[key] = _address(path, key, value) if key == "base_url" else _text(path, key, value)
    if url := values.get("base_url"):
        values["base_url"] = url if url.endswith("/") else f"{url}/"
    return About(**values)


def _table(path: Path, name: str, stated: Any) -> Any:
    kind, needed = _TABLES[name]
    if not isinstance(stated, dict):
        _refuse(path, f"{name} must be a table with {', '.join(kind._fields)}")
    _check_keys(path, name, stated, kind._fields)
    values: dict[str, str | None] = {
        key: (_address if key == "url" else _text)(path, f"{name}.{key}", value) for key, value in stated.items()
    }
    if missing := [key for key in needed if key not in values]:
        _refuse(path, f"{name} has no {missing[0]}")
    if not values:
        _refuse(path, f"{name} is empty")
    if kind is License:
        values = {"title": values["name"], "url": None, **values}
    return kind(**values)


_TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "publisher": (Agent, ("name",)),
    "contact": (Contact, ()),
    "license": (License, ("name",)),
}


def _check_keys(path: Path, where: str, stated: dict[str, Any], known: tuple[str, ...]) -> None:
    for key in stated:
        if key not in known:
            _refuse(path, f"{where} has an unknown key {key!r}; expected {', '.join(known)}")


def _text(path: Path, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        _refuse(path, f"{key} must be a line of text")
    return value


def _address(path: Path, key: str, value: Any) -> str:
    """A public address: http or https, without a user's name, a query or a fragment."""
    text = _text(path, key, value)
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        fine = False
    if not fine or " " in text:
        _refuse(path, f"{key} must be an address that begins with http:// or https://, without a user's name")
    if key == "base_url" and (parts.query or parts.fragment):
        _refuse(path, f"{key} must be the address of a folder, without ? or #")
    return text


def _refuse(path: Path, message: str) -> NoReturn:
    raise GongwenError(f"{path}: {message}")
