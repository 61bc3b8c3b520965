"""The comparison as one self-contained page: the 新旧对照表, what changed item by item, then both texts side by side, with links to where they were found.

Nothing is loaded and nothing runs: the page has no script, its style is allowed by hash, and a Content-Security-Policy forbids
all else. The filters by kind and unit are radio buttons that the style looks at (``:has``). Every text is escaped.
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
from gongwen.compare.render.pieces import Piece, folded, wording
from gongwen.compare.render.table import HEADS, Marked, Marker, Row, marked_rows, marker
from gongwen.model import Notice
from gongwen.schemas import codelist

_WEB = ("https://", "http://")
_AROUND = 24  # characters shown beside an edit in the list of changes

_BESIDE = 40  # … and in the tables of a narrow page, which folds the rest
_FAR = '<span class="far"><span>{}</span></span>'

_STYLE = """
:root { color-scheme: light dark; --went: #ffd7d5; --came: #ccffd8; --line: #8886; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --went: #67060c; --came: #033a16; --page: #121212; } }
body { font: 1rem/1.7 system-ui, sans-serif; margin: 1.5rem auto; max-width: 90rem; padding: 0 1rem; background: var(--page); }
h1 { font-size: 1.25rem; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: separate; border-spacing: 0; width: 100%; table-layout: fixed; border: solid var(--line); border-width: 1px 0 0 1px; }
td, th { border: solid var(--line); border-width: 0 1px 1px 0; padding: .4rem .6rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; white-space: pre-line; }
thead th { position: sticky; top: 0; background: var(--page); }
ol { padding-inline-start: 2.5rem; } li { margin: .3rem 0; overflow-wrap: anywhere; }
del { background: var(--went); } ins { background: var(--came); text-decoration: underline; }
.kind { font-weight: 600; } .where, .units { color: GrayText; } .changed .where { font-size: .85rem; } .label { font-weight: 600; }
tr:target td { outline: 2px solid Highlight; }
fieldset { border: 1px solid var(--line); margin: .5rem 0; padding: .3rem .6rem; } legend, summary { color: GrayText; }
fieldset label { display: inline-block; margin-inline-end: 1rem; overflow-wrap: anywhere; }
.changed col.text { width: 32%; } .changed col.short { width: 12%; } .whole { display: none; }
@media (max-width: 44rem) {
  body { padding: 0 .6rem; } ol { padding-inline-start: 1.5rem; }
  .changed, .changed tbody, .changed tr, .changed td { display: block; } .changed thead { display: none; } .changed { border: 0; }
  .changed tr { margin-bottom: 1rem; border-top: 1px solid var(--line); } .changed td { border-width: 0 1px 1px; } .changed td:empty { display: none; }
  .whole { display: block; margin: .5rem 0; }
  body:not(:has(#whole:checked)) .far > span { display: none; } body:not(:has(#whole:checked)) .far::before { content: "…"; }
  .changed td::before { content: attr(data-head); display: block; color: GrayText; font-size: .85rem; }
}
@media print {
  @page { size: A4 landscape; } body { margin: 0; max-width: none; padding: 0; font-size: 9pt; } .filters { display: none; }
  thead th { position: static; } tr, li { break-inside: avoid; } h2 { break-after: avoid; } a { color: inherit; text-decoration: none; }
  del, ins { background: none; }
}
"""


def render(comparison: Comparison) -> str:
    table = list(marked_rows(comparison))
    kinds = list(dict.fromkeys(fate.kind for row, *_ in table for fate in row.fates))
    units = list(dict.fromkeys(unit for row, *_ in table for unit in row.units))
    style = _STYLE + "".join(_rules("kind", len(kinds))) + "".join(_rules("unit", len(units)))
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
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
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f"<h1>{_escaped(title)}</h1>",
            *_headline(comparison),
            *_table(comparison, table, kinds, units),
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
    for head, notice in (
        ('原文 <span lang="en">Before</span>', comparison.old),
        ('现文 <span lang="en">After</span>', comparison.new),
    ):
        if source := _source(notice):
            yield f"<p>{head} {source}</p>"
    if lines := headline(comparison.diff):
        yield '<ul class="headline">'
        for line in lines:
            yield f"<li>{_escaped(line.zh)}</li>"
        yield "</ul>"


def _rules(name: str, count: int) -> Iterator[str]:
    """The rules of a filter: while one of its buttons but the first is on, rows without its class are hidden."""
    for at in range(count):
        yield f"body:has(#{name}-{at}:checked) .changed tbody tr:not(.{name}-{at}) {{ display: none; }}\n"


def _table(
    comparison: Comparison, table: Sequence[Marked], kinds: Sequence[str], units: Sequence[str]
) -> Iterator[str]:
    """The 新旧对照表 with its filters."""
    if not table:
        return
    yield '<h2>新旧对照表 <span lang="en">Changed items</span></h2>'
    yield '<div class="filters">'
    titles = [f'{kind_title(kind, "zh")} <span lang="en">{kind_title(kind, "en")}</span>' for kind in kinds]
    yield from _filter("kind", '变更类型 <span lang="en">Kind</span>', titles)
    if len(units) > 1:
        yield from _filter("unit", '责任单位 <span lang="en">Unit</span>', [_escaped(unit) for unit in units])
    yield "</div>"
    yield '<label class="whole"><input type="checkbox" id="whole"> 显示全文 <span lang="en">Whole texts</span></label>'
    yield '<table class="changed">'
    yield '<colgroup><col class="text"><col class="text"><col class="short"><col class="short"><col class="short"></colgroup>'
    heads = "".join(f'<th scope="col">{zh} <span lang="en">{en}</span></th>' for zh, en in HEADS)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    of_item = {item: at for at, mate in enumerate(comparison.diff.matches) for item in chain(mate.old, mate.new)}
    number_of = {kind: at for at, kind in enumerate(kinds)}, {unit: at for at, unit in enumerate(units)}
    for row, *sides in table:
        classes = [f"kind-{number_of[0][fate.kind]}" for fate in row.fates]
        classes += [f"unit-{number_of[1][unit]}" for unit in row.units]
        at = [of_item[place.item] for place in chain(row.new, row.old) if place.item in of_item]
        texts = [
            f'<span class="where">{_escaped(head)}</span>\n{text}' if head and text else text
            for head, text in zip(row.heads, (_marked(folded(side, _BESIDE)) for side in sides), strict=True)
        ]
        cells = [*texts, _escaped(row.number), _escaped(row.lead), "\n".join(_fates(row, at[0] if at else None))]
        shown = "".join(f'<td data-head="{zh} {en}">{cell}</td>' for (zh, en), cell in zip(HEADS, cells, strict=True))
        yield f'<tr class="{" ".join(dict.fromkeys(classes))}">{shown}</tr>'
    yield "</tbody>"
    yield "</table>"


def _fates(row: Row, at: int | None) -> Iterator[str]:
    """What became of something, a line for each kind, with a link to where both texts stand side by side."""
    for kind, details in row.fates_by_kind.items():
        title = f'{kind_title(kind, "zh")} <span lang="en">{kind_title(kind, "en")}</span>'
        shown = title if at is None else f'<a href="#row-{at}">{title}</a>'
        yield f"{shown}：{_escaped('；'.join(details))}" if details else shown


def _filter(name: str, legend: str, titles: Sequence[str]) -> Iterator[str]:
    """Radio buttons, of which the first shows all."""
    yield f"<details><summary>{legend}</summary><fieldset><legend>{legend}</legend>"
    yield f'<label><input type="radio" name="{name}" checked> 全部 <span lang="en">All</span></label>'
    for at, title in enumerate(titles):
        yield f'<label><input type="radio" name="{name}" id="{name}-{at}"> {title}</label>'
    yield "</fieldset></details>"


def _changes(comparison: Comparison) -> Iterator[str]:
    diff = comparison.diff
    if not diff:
        yield "<p>没有差异。 <span lang=en>Nothing differs.</span></p>"
        return
    if not diff.common:
        yield "<p>两份文件没有共同内容。 <span lang=en>These two have nothing in common.</span></p>"
        return
    row = {item: at for at, mate in enumerate(diff.matches) for item in chain(mate.old, mate.new)}
    yield '<h2>变更 <span lang="en">Changes</span></h2>'
    counts = Counter(change.kind for change in diff.changes)
    told = "；".join(
        f'{kind_title(kind, "zh")} <span lang="en">{kind_title(kind, "en")}</span> {n}' for kind, n in counts.items()
    )
    yield f"<p>{told}</p>"
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
    mark = marker(comparison)
    yield '<h2>对照 <span lang="en">Side by side</span></h2>'
    yield '<table class="facing">'
    yield f'<thead><tr><th scope="col">{_escaped(_name(old))}</th><th scope="col">{_escaped(_name(new))}</th></tr></thead>'
    yield "<tbody>"
    for field in FIELDS:
        before, after = field.read(old)[0], field.read(new)[0]
        if before or after:
            here, there = (_cell(field.term, text, "") for text in _sides(before or "", after or "", mark))
            yield _row(here, there, "")
    by_id = [{item.id: item for item in items(notice)} for notice in (old, new)]
    for at, mate in enumerate(comparison.diff.matches):
        yield _row(*_cells(mate, by_id, mark), f' id="row-{at}"')
    yield "</tbody>"
    yield "</table>"


def _row(old: str, new: str, attributes: str) -> str:
    return f"<tr{attributes}><td>{old}</td><td>{new}</td></tr>"


def _cells(mate: Match, by_id: Sequence[dict[str, Item]], mark: Marker) -> tuple[str, str]:
    old, new = ([by_id[side][item] for item in ids] for side, ids in enumerate((mate.old, mate.new)))
    if len(old) == len(new) == 1:
        labels = _sides(f"{old[0].marker or ''}{old[0].title}", f"{new[0].marker or ''}{new[0].title}", mark)
        texts = _sides(old[0].text, new[0].text, mark)
        units = _sides(_units(old[0]), _units(new[0]), mark)
        before, after = zip(labels, texts, units, strict=True)
        return _cell(*before), _cell(*after)
    if not old or not new:
        tag = "ins" if new else "del"
        cells = [
            f"<{tag}>{_cell(*map(_escaped, (_heading(item), item.text, _units(item))))}</{tag}>" for item in old + new
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


def _sides(before: str, after: str, mark: Marker) -> tuple[str, str]:
    old, new = (_marked(folded(side, _BESIDE)) for side in mark(before, after))
    return old, new


def _marked(pieces: Iterable[Piece]) -> str:
    tags = {"kept": "{}", "far": _FAR, "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    return "".join(tags[piece.kind].format(_escaped(piece.text)) for piece in pieces)


def _name(notice: Notice) -> str:
    number = f"（{notice.document_number.text}）" if notice.document_number else ""
    return (notice.title or notice.id) + number


def _source(notice: Notice) -> str:
    """Where a notice was found: a link only to a web page."""
    address = (notice.source.origin.url if notice.source.origin else None) or ""
    shown = _escaped(address)
    return f'<a href="{shown}" rel="external noreferrer">{shown}</a>' if address.startswith(_WEB) else shown


def _escaped(text: str) -> str:
    return escape(visible(text))
