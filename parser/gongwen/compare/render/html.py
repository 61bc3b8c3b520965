"""The comparison as one self-contained page: what changed, then both texts side by side.

Nothing is loaded and nothing runs: the page has no script, its style is allowed by hash, and a Content-Security-Policy forbids
all else. Every text is escaped.
"""

from __future__ import annotations

import base64
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from itertools import chain

from gongwen.compare.changes import Change, Match
from gongwen.compare.header import FIELDS
from gongwen.compare.items import Item, items
from gongwen.compare.render import Comparison, kind_title, name, reasons, relation_title, visible, within
from gongwen.compare.render.headline import headline
from gongwen.compare.render.pieces import Piece, one_side, wording
from gongwen.compare.wording import Tokenize, edits, tokenizer
from gongwen.model import Notice
from gongwen.schemas import codelist

_AROUND = 24  # characters shown beside an edit in the list of changes

_STYLE = """
:root { color-scheme: light dark; --went: #ffd7d5; --came: #ccffd8; --line: #8886; }
@media (prefers-color-scheme: dark) { :root { --went: #67060c; --came: #033a16; } }
body { font: 1rem/1.7 system-ui, sans-serif; margin: 1.5rem auto; max-width: 90rem; padding: 0 1rem; }
h1 { font-size: 1.25rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
td, th { border: 1px solid var(--line); padding: .4rem .6rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; white-space: pre-line; }
ol { padding-inline-start: 2.5rem; } li { margin: .3rem 0; }
del { background: var(--went); } ins { background: var(--came); text-decoration: underline; }
.kind { font-weight: 600; } .where, .units { color: GrayText; } .label { font-weight: 600; }
tr:target td { outline: 2px solid Highlight; }
.summary { width: auto; } .number { text-align: end; }
"""


def render(comparison: Comparison) -> str:
    digest = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"{_name(comparison.old)} → {_name(comparison.new)}"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="zh-Hans">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_escaped(title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            f"<h1>{_escaped(title)}</h1>",
            *_headline(comparison),
            *_changes(comparison),
            *_side_by_side(comparison),
            "</body>",
            "</html>",
            "",
        ]
    )


def _headline(comparison: Comparison) -> Iterator[str]:
    """What the one is to the other, and why; then what a reader should know first."""
    found = comparison.diff.relation
    title = f'{relation_title(found, "zh")} <span lang="en">{relation_title(found, "en")}</span>'
    yield f"<p><strong>{title}</strong> {_escaped(reasons(found))}</p>"
    if lines := headline(comparison.diff):
        yield '<ul class="headline">'
        for line in lines:
            yield f"<li>{_escaped(line.zh)}</li>"
        yield "</ul>"


def _changes(comparison: Comparison) -> Iterator[str]:
    diff = comparison.diff
    if not diff:
        yield "<p>没有差异。 <span lang=en>Nothing differs.</span></p>"
        return
    if not diff.common:
        yield "<p>两份文件没有共同内容。 <span lang=en>These two have nothing in common.</span></p>"
        return
    row = {item: at for at, mate in enumerate(diff.matches) for item in chain(mate.old, mate.new)}
    yield '<table class="summary">'
    for kind, count in Counter(change.kind for change in diff.changes).items():
        english = kind_title(kind, "en")
        yield f'<tr><th scope="row">{kind_title(kind, "zh")} <span lang="en">{english}</span></th><td class="number">{count}</td></tr>'
    yield "</table>"
    yield '<h2>变更 <span lang="en">Changes</span></h2>'
    yield "<ol>"
    for change in diff.changes:
        yield f"<li>{_change(change, row)}</li>"
    yield "</ol>"


def _change(change: Change, row: dict[str, int]) -> str:
    rows = [row[place.item] for place in chain(change.new, change.old) if place.item in row]
    kind = f'<span class="kind">{kind_title(change.kind, "zh")}</span>'
    where = _escaped(" › ".join(filter(None, (*within(change), name(change)))))
    link = f'<a href="#row-{rows[0]}">{where}</a>' if rows else where
    return f'{kind} <span class="where">{link}</span><br>{_marked(wording(change, _AROUND))}'


def _side_by_side(comparison: Comparison) -> Iterator[str]:
    old, new = comparison.old, comparison.new
    tokenize = tokenizer(unit.name for notice in (old, new) for unit in notice.units)
    yield '<h2>对照 <span lang="en">Side by side</span></h2>'
    yield "<table>"
    yield f'<thead><tr><th scope="col">{_escaped(_name(old))}</th><th scope="col">{_escaped(_name(new))}</th></tr></thead>'
    yield "<tbody>"
    for field in FIELDS:
        before, after = field.read(old)[0], field.read(new)[0]
        if before or after:
            here, there = (_cell(field.term, text, "") for text in _sides(before or "", after or "", tokenize))
            yield _row(here, there, "")
    by_id = [{item.id: item for item in items(notice)} for notice in (old, new)]
    for at, mate in enumerate(comparison.diff.matches):
        yield _row(*_cells(mate, by_id, tokenize), f' id="row-{at}"')
    yield "</tbody>"
    yield "</table>"


def _row(old: str, new: str, attributes: str) -> str:
    return f"<tr{attributes}><td>{old}</td><td>{new}</td></tr>"


def _cells(mate: Match, by_id: Sequence[dict[str, Item]], tokenize: Tokenize) -> tuple[str, str]:
    old, new = ([by_id[side][item] for item in ids] for side, ids in enumerate((mate.old, mate.new)))
    if len(old) == len(new) == 1:
        labels = _sides(f"{old[0].marker or ''}{old[0].title}", f"{new[0].marker or ''}{new[0].title}", tokenize)
        texts = _sides(old[0].text, new[0].text, tokenize)
        units = _sides(_units(old[0]), _units(new[0]), tokenize)
        before, after = zip(labels, texts, units, strict=True)
        return _cell(*before), _cell(*after)
    if not old or not new:
        mark = "ins" if new else "del"
        cells = [
            f"<{mark}>{_cell(*map(_escaped, (_heading(item), item.text, _units(item))))}</{mark}>" for item in old + new
        ]
        return ("", "".join(cells)) if new else ("".join(cells), "")
    return _parts(old), _parts(new)


def _parts(items: Sequence[Item]) -> str:
    """One side of a split or merger: the parts below one another, each as it stands."""
    return "<hr>".join(_cell(*map(_escaped, (_heading(item), item.text, _units(item)))) for item in items)


def _heading(item: Item) -> str:
    return f"{item.marker or ''}{item.title}"


def _cell(label: str, text: str, units: str) -> str:
    parts = (("label", label), ("text", text), ("units", units))
    return "<br>".join(f'<span class="{name}">{part}</span>' for name, part in parts if part)


def _units(item: Item) -> str:
    """The units of a task by their roles: 牵头单位：甲；责任单位：乙、丙."""
    by_role: defaultdict[str, list[str]] = defaultdict(list)
    for unit in item.units:
        by_role[codelist("roles")[unit.role]["title_zh"]].append(unit.name)
    return "；".join(f"{role}：{'、'.join(names)}" for role, names in by_role.items())


def _sides(before: str, after: str, tokenize: Tokenize) -> tuple[str, str]:
    found = edits(before, after, tokenize)
    return _marked(one_side(before, found, "before")), _marked(one_side(after, found, "after"))


def _marked(pieces: Iterable[Piece]) -> str:
    tags = {"kept": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    return "".join(tags[piece.kind].format(_escaped(piece.text)) for piece in pieces)


def _name(notice: Notice) -> str:
    number = f"（{notice.document_number.text}）" if notice.document_number else ""
    return (notice.title or notice.id) + number


def _escaped(text: str) -> str:
    return escape(visible(text))
