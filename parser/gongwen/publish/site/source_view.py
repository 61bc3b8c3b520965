"""The text as found beside the published text, as markup: written here and not by a template, since it is most of the site.

A block that was published as it was found is one paragraph across both columns; any other is two. A value carries its place
in the source as ``data-at`` (start-end) and its number n in its id, vn; where it stands twice, ``data-value`` leads from one side
to the other. A repair is ``del`` on the one side and ``ins`` on the other, with its number as ``data-repair``. A place that no value holds is ``mark``
with what became of it as ``data-coverage`` and the reason as its title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from markupsafe import Markup

from gongwen.model import Notice, Span
from gongwen.publish.places import Shown
from gongwen.publish.site import labels
from gongwen.publish.site.facing import Facing, Part, Row, Run

_BY_A_READER = ("chosen", "stated")  # repairs that somebody had to judge can be reached by the keyboard


def source_view(
    notice: Notice, facing: Facing, rows: Sequence[Row], found_lang: str, place: Callable[[Span], Shown | None]
) -> Markup:
    """The rows of the source view; ``found_lang`` is the language of the source, ``place`` says where in its file a span is."""
    return Markup("".join(_View(notice, facing, found_lang, place).lines(rows)))


class _View:
    def __init__(self, notice: Notice, facing: Facing, found_lang: str, place: Callable[[Span], Shown | None]) -> None:
        self._place = place
        self._values = facing.values
        self._page = f"../notices/{notice.id}.html"
        self._judged = {index for index, repair in enumerate(notice.repairs) if repair.confidence in _BY_A_READER}
        self._lang = "" if found_lang == "zh-Hans" else f' lang="{found_lang}"'

    def lines(self, rows: Sequence[Row]) -> Iterator[str]:
        for number, row in enumerate(rows, 1):
            yield f"<div class=row id=b{number}>"
            if at := self._place(row.span):
                yield f'<p class="at note">{labels.label(at.key, **at.values)}</p>'
            if row.found == row.published:
                yield f"<p class=both>{self._both(row.published)}</p>"
            else:
                yield f"<p class=found{self._lang}>{self._found(row.found)}</p>"
                yield f"<p class=published>{self._published(row.published)}</p>"
            yield "</div>\n"

    def _both(self, parts: Sequence[Part]) -> str:
        return "".join(self._linked(part, _anchor(part)) for part in parts)

    def _published(self, parts: Sequence[Part]) -> str:
        return "".join(self._linked(part, "") for part in parts)

    def _linked(self, part: Part, anchor: str) -> str:
        runs = "".join(self._run(run, "ins", linked=part.value is None) for run in part.runs)
        if part.value is None:
            return runs
        value = self._values[part.value]
        if value.status is not None:
            return f"<mark data-coverage={value.status}{anchor} {labels.attribute('title', value.label)}>{runs}</mark>"
        at = self._place(value.span)
        title = f" {labels.attribute('title', at.key, **at.values)}" if at else ""
        pair = f" data-value={part.value + 1}"
        return (
            f"<a{anchor or pair}{title} href={self._page}#{value.anchor} data-kind={value.label}"
            f" data-at={value.span.start}-{value.span.end}>{runs}</a>"
        )

    def _found(self, parts: Sequence[Part]) -> str:
        return "".join(self._marked(part) for part in parts)

    def _marked(self, part: Part) -> str:
        runs = "".join(self._run(run, "del", linked=False) for run in part.runs)
        if part.value is None:
            return runs
        pair = f" data-value={part.value + 1}" if self._values[part.value].status is None else ""
        return f"<span{_anchor(part)}{pair}>{runs}</span>"

    def _run(self, run: Run, tag: str, *, linked: bool) -> str:
        text = escape(run.text)
        if run.repair is None:
            return text
        if linked and run.repair in self._judged:
            text = f"<a href=#repair-{run.repair + 1} data-repair={run.repair + 1}>{text}</a>"
        return f"<{tag} data-repair={run.repair + 1}>{text}</{tag}>"


def _anchor(part: Part) -> str:
    """The place that links lead to: the first part of a value."""
    return f" id=v{part.value + 1}" if part.first and part.value is not None else ""
