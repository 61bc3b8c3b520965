"""The pages: what each template is given, and the templates themselves.

A page lies at a fixed path below the site and links to others by relative paths, so that the site works from a folder,
under any address, and without a server. Autoescape is on for all of them: no text of a notice is ever markup.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gongwen.compare.items import items
from gongwen.compare.render import Comparison
from gongwen.compare.render.headline import headline
from gongwen.compare.render.pieces import Piece, wording
from gongwen.document import Place
from gongwen.model import Notice, ResponsibleUnit, Role, Span
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.places import Places
from gongwen.publish.site import labels
from gongwen.publish.site.changes import address, compared, tally, topics
from gongwen.publish.site.compiled import Compiled
from gongwen.publish.site.doubts import doubts
from gongwen.publish.site.downloads import Download
from gongwen.publish.site.facing import Facing, rows
from gongwen.publish.site.facts import Listed
from gongwen.publish.site.lean import lean
from gongwen.publish.site.matrix import ROLES, matrix
from gongwen.publish.site.paths import changes_path, data_path, list_path, notice_path, unit_path, units_path
from gongwen.publish.site.source_view import source_view
from gongwen.publish.site.spool import Citing, Duty, Named
from gongwen.publish.site.timeline import timeline
from gongwen.publish.site.units import Identity, acting, heading
from gongwen.text import Text

_JUDGED = ("stated", "chosen", "proven", "certain")  # repairs that somebody or a model had to judge stand first
_EXCERPT = 96  # characters of the source shown for a value: both ends of it where it is longer
_AROUND = 24  # unchanged characters shown on each side of a change of wording
_OPENING = 20  # characters by which a paragraph without a heading is named

_TAGS = {"removed": "<del>{}</del>", "added": "<ins>{}</ins>", "far": '<span class="far"><span>{}</span></span>'}

Page = tuple[str, bytes]
"""The path of a page below the site, and its content."""


def source_page(notice: Notice, text: Text, facing: Facing, places: Sequence[Place] = ()) -> Page:
    """The text as found beside the published text, with the places of the file where it has some."""
    found_lang = {"traditional": "zh-Hant", "simplified": "zh-Hans"}.get(notice.source.script, "zh")
    place = Places(text.source, places).find
    return _page(
        "source.html",
        f"sources/{notice.id}.html",
        notice=notice,
        facing=facing,
        view=source_view(notice, facing, list(rows(notice, text, facing)), found_lang, place),
        repairs=sorted(enumerate(notice.repairs, 1), key=lambda numbered: _JUDGED.index(numbered[1].confidence)),
        found_lang=found_lang,
    )


def notice_page(notice: Notice, source: str, units: Mapping[str, Identity], facing: Facing) -> bytes:
    """The page of a notice, whose units are known by their ids in it, with holes for what ``filling`` says."""
    values = _Values(notice, source, units, facing)
    _, page = _page(
        "notice.html",
        notice_path(notice.id),
        notice=notice,
        matrix=matrix(notice),
        moments=timeline(notice.targets, notice.tasks, notice.duties),
        sections={section.id: section for section in notice.sections},
        section_numbers={section.id: number for number, section in enumerate(notice.sections, 1)},
        task_numbers={task.id: number for number, task in enumerate(notice.tasks, 1)},
        target_numbers={target.id: number for number, target in enumerate(notice.targets, 1)},
        citation_numbers={citation.id: number for number, citation in enumerate(notice.citations, 1)},
        doubts=doubts(notice),
        acting=acting(notice, units),
        covering={section: number for number, task in enumerate(notice.tasks, 1) for section in task.section_ids},
        units=units,
        anchor=facing.anchor,
        value=values.value,
        origin=values.origin,
        unit_link=values.unit_link,
        cells=_cells,
        by_role=_by_role,
    )
    return page


def filling(
    id: str, held: Mapping[str, str], citing: Sequence[Citing], cited_by: int, versions: Sequence[Listed]
) -> dict[str, str]:
    """What fills the holes in the page of the notice ``id``: links to the notices that its citations name, to those that cite it
    (the newest of ``cited_by``), and to its versions."""
    holes = {f"held-{citation}": _piece("held.html", id=other) for citation, other in held.items()}
    if citing:
        holes["citing-link"] = _piece("citing_link.html")
        holes["citing"] = _piece("citing.html", citing=citing, total=cited_by) + "\n"
    if versions:
        holes["versions-link"] = _piece("versions_link.html")
        holes["versions"] = _piece("versions.html", own=id, versions=versions, changes_path=changes_path) + "\n"
    return holes


def changes_page(comparison: Comparison) -> Page:
    """What changed from one version of a plan to the next."""
    old, new, changes = comparison.old, comparison.new, comparison.diff.changes
    rows = list(compared(comparison))
    return _page(
        "changes.html",
        changes_path(old.id, new.id),
        old=old,
        new=new,
        diff=comparison.diff,
        items={notice.id: _items(notice) for notice in (old, new)},
        headline=headline(comparison.diff),
        rows=rows,
        kinds=list(dict.fromkeys(fate.kind for row in rows for fate in row.row.fates)),
        units=list(dict.fromkeys(unit for row in rows for unit in row.row.units)),
        topics=topics(changes),
        tally=tally(changes),
        wording=lambda change: wording(change, _AROUND),
        marked=_marked,
    )


def list_page(
    page: int,
    pages: int,
    listed: Sequence[Listed],
    total: int,
    about: About = UNSTATED,
    offered: Sequence[Download] = (),
) -> Page:
    """A page of the list of notices; the first is the front page, which says what the publisher states of the data, and offers them."""
    name = None if about.title == UNSTATED.title else about.title  # the site has a title of its own in both languages
    return _page_of_list(
        "index.html", list_path, page, pages, notices=listed, total=total, about=about, name=name, offered=offered
    )


def units_page(page: int, pages: int, units: Sequence[Named], total: int) -> Page:
    """A page of the list of units."""
    return _page_of_list("units.html", units_path, page, pages, units=units, total=total)


def unit_page(unit: Named, page: int, pages: int, duties: Sequence[Duty]) -> Page:
    """A page of what a unit is responsible for."""
    return _page_of_list("unit.html", partial(unit_path, unit.key), page, pages, unit=unit, duties=duties)


def excerpt(text: str) -> str:
    """``text`` on one line, without its middle where it is long.

    >>> excerpt("各鄉(xiāng)、鎮(zhèn)\\n")
    '各鄉(xiāng)、鎮(zhèn)'
    """
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT // 2]}…{line[-_EXCERPT // 2 :]}"


def _page_of_list(template: str, path_of: Callable[[int], str], page: int, pages: int, **context: Any) -> Page:
    return _page(template, path_of(page), page=page, pages=pages, path_of=path_of, **context)


def _page(template: str, path: str, **context: Any) -> Page:
    """The page at ``path``; ``root`` is the way from it to the site's own folder."""
    page = _templates().get_template(template).render(path=path, root="../" * path.count("/"), **context)
    return path, page.encode()


def _piece(template: str, **context: Any) -> str:
    """A piece of the page of a notice."""
    return _templates().get_template(template).render(root="../", **context)


def _hole(name: str) -> Markup:
    """The place of a piece that is filled in when all notices are known: no text of a notice has a comment in it."""
    return Markup("<!--hole {}-->").format(name)


class _Lean(PackageLoader):
    """The templates, in as few bytes as say the same."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        source, path, fresh = super().get_source(environment, template)
        return lean(source), path, fresh


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=_Lean(__package__, "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        bytecode_cache=Compiled(Path(labels.__file__).read_bytes() + labels.script()),
    )
    environment.globals.update(
        t=labels.label,
        own=labels.own,
        code=labels.code,
        role_mark=labels.role_mark,
        message=labels.message,
        attr=labels.attribute,
        plain=labels.plain,
        data_path=data_path,
        hole=_hole,
    )
    # Labels without values are filters, since those of constants are evaluated when a template is compiled.
    environment.filters.update(
        excerpt=excerpt,
        t=labels.label,
        own=labels.own,
        plain=labels.plain,
        attr=lambda key, name: labels.attribute(name, key),
    )
    return environment


class _Values:
    """How a page shows the values of a notice, each with the place that it was read from.

    What stands there is shown when the value is pointed at or focused (assets/site.js): ``data-at`` is the place, start-end,
    ``data-found`` an excerpt of the source, where that is not what the page shows anyway; ``data-below`` says that the paragraph
    behind the heading shows it.
    """

    def __init__(self, notice: Notice, source: str, units: Mapping[str, Identity], facing: Facing) -> None:
        self._source = source
        self._units = units
        self._page = f"../sources/{notice.id}.html"
        self._anchor = facing.anchor

    def value(self, content: str, span: Span | None, below: str = "") -> Markup:
        """``content``, with a link to its place in the source view if it has one; ``below`` is the text of the paragraph behind it."""
        if span is None:
            return Markup(html.escape(content))
        place = self._place(span, content, below)
        return Markup(f"<a href={self._page}#{self._anchor(span)} {place}>{html.escape(content)}</a>")

    def origin(self, span: Span, shown: str = "") -> Markup:
        """The attributes of an element that shows ``shown``, which was read at ``span``."""
        return Markup(self._place(span, shown))

    def unit_link(self, unit: ResponsibleUnit) -> Markup:
        """A unit of a task, with a link to its page."""
        name = unit.reading or unit.name
        page = f"../units/{self._units[unit.unit_id].key}.html"
        link = f"<a href={page} {self._place(unit.span, name)}>{html.escape(name)}</a>"
        return Markup(f"{link}等" if unit.open else link)

    def _place(self, span: Span, shown: str, below: str = "") -> str:
        found = self._source[span.start : span.end]
        if below and found == below:
            return f"data-at={span.start}-{span.end} data-below"
        beside = "" if found == shown or (found := excerpt(found)) == shown else f' data-found="{html.escape(found)}"'
        return f"data-at={span.start}-{span.end}{beside}"


@cache
def _cell(roles: tuple[Role, ...]) -> str:
    return f"<td>{''.join(labels.role_mark('short', role) for role in roles)}"


def _cells(row: Iterable[tuple[Role, ...]]) -> Markup:
    """The cells of a row of the matrix: most of the page where many units have many tasks."""
    return Markup("".join(map(_cell, row)))


def _by_role(units: Iterable[ResponsibleUnit]) -> list[tuple[Role, list[ResponsibleUnit]]]:
    """The units of a task, by role: who leads first."""
    grouped: dict[Role, list[ResponsibleUnit]] = {role: [] for role in ROLES}
    for unit in units:
        grouped[unit.role].append(unit)
    return [(role, members) for role, members in grouped.items() if members]


def _marked(pieces: Iterable[Piece]) -> Markup:
    """Pieces of wording, with what went as ``del`` and what came as ``ins``."""
    shown = []
    for kind, text, _ in pieces:
        words = html.escape(text)
        shown.append(_TAGS.get(kind, "{}").format(words))
    return Markup("".join(shown).strip())


def _items(notice: Notice) -> dict[str, tuple[str, str]]:
    """Address and name of all that a comparison tells of, by the ids that it gives them: blocks, sections, tasks, and items of its own, which
    are annexes and the paragraphs behind the list of an article."""
    source, page = f"sources/{notice.id}.html", f"notices/{notice.id}.html"
    found = {
        f"block-{number}": (f"{source}#b{number}", _opening(block.text))
        for number, block in enumerate(notice.blocks, 1)
    }
    for number, section in enumerate(notice.sections, 1):
        found[section.id] = f"{page}#section-{number}", f"{section.marker}{section.title or ''}"
    for number, task in enumerate(notice.tasks, 1):
        found[task.id] = f"{page}#task-{number}", f"{task.marker or ''}{heading(task)}"
    for item in items(notice):
        if item.id not in found:
            found[item.id] = address(notice, item.spans) or page, item.label
    return found


def _opening(text: str) -> str:
    line = text.strip()
    return line if len(line) <= _OPENING else line[:_OPENING] + "…"
