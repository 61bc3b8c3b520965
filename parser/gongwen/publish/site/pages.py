"""The pages: what each template is given, and the templates themselves.

A page lies at a fixed path below the site and links to others by relative paths, so that the site works from a folder,
under any address, and without a server. Autoescape is on for all of them: no text of a notice is ever markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from gongwen.compare import Diff
from gongwen.model import Notice, ResponsibleUnit
from gongwen.publish.site import labels
from gongwen.publish.site.changes import tally, topics, wording
from gongwen.publish.site.facing import Facing, rows
from gongwen.publish.site.matrix import matrix
from gongwen.publish.site.spool import Duty, Identity, Listed, Named
from gongwen.publish.site.timeline import timeline
from gongwen.publish.site.units import heading
from gongwen.text import Text

ROLES = ("lead", "responsible", "support")
_EXCERPT = 96  # characters of the source shown for a value: both ends of it where it is longer

_OPENING = 20  # characters by which a paragraph without a heading is named


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(t=labels.label, code=labels.code, attr=labels.attribute, plain=labels.plain, ROLES=ROLES)
    environment.filters["excerpt"] = excerpt
    return environment


def render(template: str, path: str, **context: Any) -> bytes:
    """The page at ``path`` below the site; ``root`` is the way from it to the site's own folder."""
    page = _templates().get_template(template).render(path=path, root="../" * path.count("/"), **context)
    return page.encode()


def excerpt(text: str) -> str:
    """``text`` on one line, without its middle where it is long.

    >>> excerpt("各鄉(xiāng)、鎮(zhèn)\\n")
    '各鄉(xiāng)、鎮(zhèn)'
    """
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT // 2]}…{line[-_EXCERPT // 2 :]}"


def source_page(notice: Notice, text: Text) -> tuple[str, bytes]:
    """The text as found beside the published text."""
    facing = Facing(notice)
    path = f"sources/{notice.id}.html"
    found_lang = {"traditional": "zh-Hant", "simplified": "zh-Hans"}.get(notice.source.script, "zh")
    return path, render(
        "source.html", path, notice=notice, facing=facing, rows=rows(notice, text, facing), found_lang=found_lang
    )


def notice_page(
    notice: Notice, source: str, units: Mapping[str, Identity], held: Mapping[str, str], versions: Sequence[Listed]
) -> tuple[str, bytes]:
    """The page of a notice. ``units`` are known by their ids in it, ``held`` are the notices that its citations name."""
    facing = Facing(notice)
    path = f"notices/{notice.id}.html"
    covering = {section: number for number, task in enumerate(notice.tasks, 1) for section in task.section_ids}
    return path, render(
        "notice.html",
        path,
        notice=notice,
        matrix=matrix(notice),
        moments=timeline(notice.targets),
        sections={section.id: section for section in notice.sections},
        task_numbers={task.id: number for number, task in enumerate(notice.tasks, 1)},
        target_numbers={target.id: number for number, target in enumerate(notice.targets, 1)},
        covering=covering,
        by_role=by_role,
        units=units,
        held=held,
        versions=versions,
        changes_path=changes_path,
        anchor=facing.anchor,
        found=lambda span: source[span.start : span.end],
    )


def changes_page(old: Notice, new: Notice, diff: Diff) -> tuple[str, bytes]:
    """What changed from one version of a plan to the next."""
    path = changes_path(old.id, new.id)
    items = {notice.id: _items(notice) for notice in (old, new)}
    return path, render(
        "changes.html",
        path,
        old=old,
        new=new,
        diff=diff,
        items=items,
        topics=topics(diff.changes),
        tally=tally(diff.changes),
        wording=wording,
    )


def changes_path(old: str, new: str) -> str:
    """Where the changes between two notices are shown."""
    return f"changes/{old}--{new}.html"


def _items(notice: Notice) -> dict[str, tuple[str, str]]:
    """Address and name of each block, section and task of a notice, by the ids that a comparison gives them."""
    source, page = f"sources/{notice.id}.html", f"notices/{notice.id}.html"
    found = {
        f"block-{number}": (f"{source}#b{number}", _opening(block.text))
        for number, block in enumerate(notice.blocks, 1)
    }
    for number, section in enumerate(notice.sections, 1):
        found[section.id] = f"{page}#section-{number}", f"{section.marker}{section.title or ''}"
    for number, task in enumerate(notice.tasks, 1):
        found[task.id] = f"{page}#task-{number}", f"{task.marker or ''}{heading(task)}"
    return found


def _opening(text: str) -> str:
    line = text.strip()
    return line if len(line) <= _OPENING else line[:_OPENING] + "…"


def by_role(units: Iterable[ResponsibleUnit]) -> list[tuple[str, list[ResponsibleUnit]]]:
    """The units of a task, by role: who leads first."""
    grouped: dict[str, list[ResponsibleUnit]] = {role: [] for role in ROLES}
    for unit in units:
        grouped[unit.role].append(unit)
    return [(role, members) for role, members in grouped.items() if members]


def list_page(page: int, pages: int, listed: Sequence[Listed], total: int) -> tuple[str, bytes]:
    """A page of the list of notices; the first is the front page."""
    path = numbered("index", "list/{}", page)
    return path, render(
        "index.html", path, page=page, pages=pages, notices=listed, total=total, paths=_paths("index", "list/{}", pages)
    )


def units_page(page: int, pages: int, units: Sequence[Named], total: int) -> tuple[str, bytes]:
    """A page of the list of units."""
    path = numbered("units/index", "units/list-{}", page)
    return path, render(
        "units.html",
        path,
        page=page,
        pages=pages,
        units=units,
        total=total,
        paths=_paths("units/index", "units/list-{}", pages),
    )


def unit_page(unit: Named, page: int, pages: int, duties: Sequence[Duty]) -> tuple[str, bytes]:
    """A page of what a unit is responsible for."""
    path = numbered(f"units/{unit.key}", f"units/{unit.key}-{{}}", page)
    return path, render(
        "unit.html",
        path,
        page=page,
        pages=pages,
        unit=unit,
        duties=duties,
        paths=_paths(f"units/{unit.key}", f"units/{unit.key}-{{}}", pages),
    )


def numbered(first: str, others: str, page: int, suffix: str = ".html") -> str:
    """The path of page ``page``, from 1, of a list that starts at ``first``."""
    return (first if page == 1 else others.format(page)) + suffix


def _paths(first: str, others: str, pages: int) -> list[str]:
    return [numbered(first, others, page) for page in range(1, pages + 1)]
