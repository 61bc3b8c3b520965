"""The page: what is doubtful, the source beside the value, and fields for answers, in Chinese and English.

It is one file that loads nothing: style and script are allowed by their hashes, and a Content-Security-Policy forbids all else. Every text is
escaped; what the script needs stands as JSON in attributes. Without script the list is whole; the fields show only with it.
"""

from __future__ import annotations

import base64
import csv
import json
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath
from typing import NamedTuple, get_args

from gongwen import schemas
from gongwen.model import Notice, Span
from gongwen.review.doubts import Doubt, Sort, Value

_AROUND = 40  # characters of the source shown on each side of a place
_LONGEST = 400  # characters of a place that are shown
_TOLD_BY_SCRIPT = ("lacks_who", "lacks_reason", "no_answer", "answers", "save_as")


class Reviewed(NamedTuple):
    """A notice and what is doubtful in it; ``path`` is where its file lies, ``sidecar`` what the file beside it says now."""

    path: str
    notice: Notice
    source: str
    doubts: Sequence[Doubt]
    sidecar: str | None = None


class Unreviewed(NamedTuple):
    """A source that could not be read, and why."""

    path: str
    message: str


def render(reviewed: Sequence[Reviewed], failed: Sequence[Unreviewed] = ()) -> str:
    """The page of these notices, in their order."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    told = {key: [_labels()[key]["zh"], _labels()[key]["en"]] for key in _TOLD_BY_SCRIPT}
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="zh-Hans">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_labels()['title']['zh']} · {_labels()['title']['en']}</title>",
            f"<style>{style}</style>",
            "</head>",
            f"<body {_data('words', told)}>",
            "<main>",
            f"<h1>{_label('title')}</h1>",
            f"<p>{_label('intro')}</p>",
            *_options(reviewed),
            *_contents(reviewed),
            *(line for at, one in enumerate(reviewed, 1) for line in _notice(at, one)),
            *_failed(failed),
            "</main>",
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _options(reviewed: Sequence[Reviewed]) -> Iterator[str]:
    yield f"<fieldset><legend>{_label('language')}</legend>"
    yield '<label><input type="radio" name="language" id="chinese" checked> <span lang="zh-Hans">中文</span></label>'
    yield '<label><input type="radio" name="language" id="english"> <span lang="en">English</span></label></fieldset>'
    yield f"<fieldset><legend>{_label('show')}</legend>"
    for sort in get_args(Sort):
        count = sum(doubt.sort == sort for one in reviewed for doubt in one.doubts)
        yield f'<label><input type="checkbox" id="show-{sort}" checked> {_label("sort." + sort)} {count}</label>'
    yield "</fieldset>"
    yield f'<fieldset class="person" hidden><legend>{_label("reviewer")}</legend><p class="soft">{_label("keys")}</p>'
    yield f'<label for="who">{_label("who")}</label><input type="text" id="who" autocomplete="name" maxlength="200">'
    yield f'<label for="when">{_label("when")}</label><input type="date" id="when"></fieldset>'


def _contents(reviewed: Sequence[Reviewed]) -> Iterator[str]:
    if len(reviewed) > 1:
        yield f"<nav><h2>{_label('notices')}</h2><ul>"
        for at, one in enumerate(reviewed, 1):
            yield f'<li><a href="#notice-{at}">{_escaped(one.notice.title or one.path)}</a> {len(one.doubts)}</li>'
        yield "</ul></nav>"


def _notice(at: int, one: Reviewed) -> Iterator[str]:
    file = PurePosixPath(one.path).with_suffix(".toml")
    yield f'<section id="notice-{at}" {_data("file", str(file))} {_data("sidecar", one.sidecar or "")} aria-labelledby="title-{at}">'
    yield f'<h2 id="title-{at}" lang="zh">{_escaped(one.notice.title or one.path)}</h2>'
    yield f'<p class="soft">{_escaped(one.path)}</p>'
    if one.notice.field_corrections:
        yield f"<details><summary>{_label('settled')} {len(one.notice.field_corrections)}</summary><ul>"
        for each in one.notice.field_corrections:
            yield (
                f"<li><code>{_escaped(each.pointer)}</code> {_shown(each.old)} → {_shown(each.value)}"
                f" {_escaped(each.reason)} · {_escaped(each.who)} · {_escaped(each.when)}</li>"
            )
        yield "</ul></details>"
    if not one.doubts:
        yield f"<p>{_label('nothing')}</p></section>"
        return
    for number, doubt in enumerate(one.doubts, 1):
        yield from _doubt(f"{at}-{number}", doubt, one.source)
    yield f'<p class="answer" hidden><button type="button" class="download">{_label("download")}</button> <code>{_escaped(str(file))}</code></p>'
    yield '<p role="status"></p>'
    yield "</section>"


def _doubt(id: str, doubt: Doubt, source: str) -> Iterator[str]:
    yield f'<article class="{doubt.sort}" id="doubt-{id}" tabindex="-1" aria-labelledby="head-{id}">'
    badge = _both(
        schemas.codelist("severities")[doubt.severity]["title_zh"],
        schemas.codelist("severities")[doubt.severity]["title_en"],
    )
    yield f'<h3 id="head-{id}"><span class="badge {doubt.severity}">{badge}</span>{_both(doubt.title["zh"], doubt.title["en"])}</h3>'
    yield f"<p>{_both(doubt.message['zh'], doubt.message['en'])}</p>"
    yield f'<div class="beside"><div>{_excerpt(source, doubt.span)}</div><div>'
    if doubt.values:
        yield f'<ul class="values" aria-label="{_labels()["values"]["zh"]} {_labels()["values"]["en"]}">'
        for number, value in enumerate(doubt.values, 1):
            yield from _value(f"{id}-{number}", value)
        yield "</ul>"
    if doubt.values or doubt.wording:
        yield '<div class="answer" hidden>'
        if doubt.wording:
            found, occurrence = doubt.wording
            shown = found if _escaped(found) == escape(found) else ""
            yield f'<label for="text-{id}">{_label("new_text")}</label>'
            yield (
                f'<textarea id="text-{id}" class="wording" rows="1" lang="zh" {_data("found", found)}'
                f" {_data('occurrence', occurrence)}>\n{escape(shown)}</textarea>"
            )
        yield f'<label for="reason-{id}">{_label("reason")}</label><input type="text" id="reason-{id}" class="reason" maxlength="2000">'
        yield f'<label class="looked"><input type="checkbox" class="looked-at"> {_label("looked")}</label>'
        yield "</div>"
    yield "</div></div></article>"


def _excerpt(source: str, span: Span | None) -> str:
    if span is None:
        return f'<p class="soft">{_label("no_place")}</p>'
    line = source.count("\n", 0, span.start) + 1
    before = source[max(0, span.start - _AROUND) : span.start]
    after = source[span.end : span.end + _AROUND]
    found = source[span.start : span.end]
    found = found if len(found) <= _LONGEST else f"{found[: _LONGEST // 2]}…{found[-_LONGEST // 2 :]}"
    opening, closing = "…" if span.start > _AROUND else "", "…" if span.end + _AROUND < len(source) else ""
    where = _both(f"第 {line} 行", f"line {line}")
    quote = f"{opening}{_escaped(before)}<mark>{_escaped(found)}</mark>{_escaped(after)}{closing}"
    return f'<p class="soft">{where}</p><blockquote lang="zh">{quote}</blockquote>'


def _value(id: str, value: Value) -> Iterator[str]:
    shown = _shown(value.value) if value.codelist in (None, "goal") else _code(value.codelist, value.value)
    yield "<li>"
    yield f"<div>{_label('name.' + value.name)} <strong>{shown}</strong> <code>{_escaped(value.pointer)}</code></div>"
    yield '<div class="answer" hidden>'
    yield f'<label for="value-{id}">{_label("new_value")}<span class="soft"> {_label("name." + value.name)}</span></label>'
    about = f'id="value-{id}" {_data("pointer", value.pointer)} {_data("old", value.value)}'
    if value.codelist:
        yield f"<select {about}>{_option('keep', None)}"
        for code in value.codes:
            if code != value.value:
                yield _option((value.codelist, code), float(code) if value.codelist == "goal" else code)
        if value.optional and value.value is not None:
            yield _option("remove", "null")
        yield "</select>"
    else:
        yield f'<input type="text" {about} maxlength="2000" lang="zh">'
        if value.optional and value.value is not None:
            yield f'<label class="looked"><input type="checkbox" class="remove"> {_label("remove")}</label>'
    yield "</div></li>"


def _option(key: str | tuple[str, str], value: str | float | None) -> str:
    """An option of a value: a label, or a code of a list; without a value it keeps what is there, "null" stands for null."""
    if isinstance(key, str):
        zh, en = _labels()[key]["zh"], _labels()[key]["en"]
    else:
        zh, en = _code_titles(*key)
    stated = "" if value is None else " " + _data("value", None if value == "null" else value)
    return f"<option{stated} {_data('words', [zh, en])}>{_escaped(zh)}</option>"


def _code(codelist: str, value: object) -> str:
    return _shown(None) if value is None else _both(*_code_titles(codelist, str(value)))


def _code_titles(codelist: str, code: str) -> tuple[str, str]:
    if codelist == "goal":
        return _labels()[f"goal.{code}"]["zh"], _labels()[f"goal.{code}"]["en"]
    row = schemas.codelist(codelist).get(code, {})
    return row.get("title_zh", code), row.get("title_en", code)


def _failed(failed: Sequence[Unreviewed]) -> Iterator[str]:
    if failed:
        yield f"<section><h2>{_label('unread')}</h2><ul>"
        for one in failed:
            yield f"<li><code>{_escaped(one.path)}</code> {_escaped(one.message)}</li>"
        yield "</ul></section>"


def _shown(value: object) -> str:
    return _label("null") if value is None else _escaped(str(value))


def _label(key: str) -> str:
    return _both(_labels()[key]["zh"], _labels()[key]["en"])


def _both(zh: str, en: str) -> str:
    return f'<span class="zh" lang="zh-Hans">{_escaped(zh)}</span><span class="en" lang="en">{_escaped(en)}</span>'


def _data(name: str, value: object) -> str:
    return f'data-{name}="{escape(json.dumps(value))}"'


def _escaped(text: str) -> str:
    """``text`` in HTML; signs that show nothing, or act on what is around them, are spelled out."""
    return escape("".join(_sign(sign) for sign in text))


def _sign(sign: str) -> str:
    if sign in "\n\t" or (sign.isprintable()):
        return sign
    return " " if sign.isspace() else f"<U+{ord(sign):04X}>"


@cache
def _labels() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in csv.DictReader(_asset("labels.csv").splitlines())}


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}'"
