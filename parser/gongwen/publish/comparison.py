"""A comparison as a workbook: the 新旧对照表, every change as a row, and what is compared. Needs XlsxWriter (the extra ``publish``).

Every cell is a text. What went is red and struck through, what came is green and underlined. The heads stand on every printed page,
and the sheets filter by their columns.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import xlsxwriter

from gongwen.compare import Place
from gongwen.compare.render import Comparison, kind_title, name, reasons, relation_title, visible, within
from gongwen.compare.render.headline import headline
from gongwen.compare.render.pieces import Piece, wording
from gongwen.compare.render.table import HEADS, marked_rows
from gongwen.messages import Language
from gongwen.model import Notice
from gongwen.publish.archive import UNDATED, settle
from gongwen.publish.workbook import cell_text

_A4 = 9
_AROUND = 24  # characters shown beside an edit in the list of changes
_LANDSCAPE = 0
_PLACES = ("原文位置", "Place before"), ("现文位置", "Place after")
_CHANGED = ("新旧对照表", "Changed items"), (*HEADS, *_PLACES), (52, 52, 20, 20, 30, 14, 14)
_CHANGES = (
    ("变更", "Changes"),
    (("类型", "Kind"), ("位置", "Place"), ("名称", "Name"), ("内容", "Wording"), ("倍数", "Ratio")),
    (20, 44, 32, 90, 10),
)
_ABOUT = ("文件", "Notices"), (("", ""), ("原文", "Before"), ("现文", "After")), (18, 70, 70)
Titles = tuple[str, str]


def comparison_workbook(comparison: Comparison, language: Language) -> bytes:
    """The workbook, its heads and kinds in Chinese or English; the texts are those of the notices."""
    made, content = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"title": f"{_named(comparison.old)} → {_named(comparison.new)}", "created": UNDATED})
    writer = _Writer(book, language)
    writer.sheet(_CHANGED, _changed(comparison, language))
    writer.sheet(_CHANGES, _changes(comparison, language))
    writer.sheet(_ABOUT, _about(comparison, language))
    book.close()
    made.seek(0)
    settle(made, content)
    return content.getvalue()


class _Writer:
    """Writes sheets of texts; a cell that is a list is written with its pieces marked."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book = book
        self._column = 0 if language == "zh" else 1
        texts = {"num_format": "@", "valign": "top"}
        self._head = book.add_format({**texts, "bold": True, "bottom": 1})
        self._cell = book.add_format({**texts, "text_wrap": True})
        marks = {
            "removed": {"font_color": "#9C0006", "font_strikeout": True},
            "added": {"font_color": "#006100", "underline": 1},
        }
        self._marks = {kind: book.add_format(mark) for kind, mark in marks.items()}
        self._wholes = {kind: book.add_format({**texts, "text_wrap": True, **mark}) for kind, mark in marks.items()}

    def sheet(
        self, outline: tuple[Titles, Sequence[Titles], Sequence[int]], rows: Iterable[Sequence[str | list[Piece]]]
    ) -> None:
        title, heads, widths = outline
        sheet = self._book.add_worksheet(title[self._column])
        sheet.write_row(0, 0, [head[self._column] for head in heads], self._head)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self._cell)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._write(sheet, last, column, [Piece("kept", value)] if isinstance(value, str) else value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, last), len(heads) - 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, _LANDSCAPE)
        sheet.repeat_rows(0)

    def _write(self, sheet: Any, row: int, column: int, found: Sequence[Piece]) -> None:
        runs = groupby((piece for piece in found if piece.text), key=lambda piece: piece.kind)
        shown = [(kind, visible("".join(piece.text for piece in run))) for kind, run in runs]
        whole = "".join(text for _, text in shown)
        if len(shown) == 1 or cell_text(whole) != whole:
            kind = shown[0][0] if len(shown) == 1 else "kept"
            sheet.write_string(row, column, cell_text(whole), self._wholes.get(kind, self._cell))
        elif shown:
            parts: list[Any] = []
            for kind, text in shown:
                parts += [self._marks[kind], text] if kind in self._marks else [text]
            sheet.write_rich_string(row, column, *parts, self._cell)


def _changed(comparison: Comparison, language: Language) -> Iterator[Sequence[str | list[Piece]]]:
    for row, *texts in marked_rows(comparison):
        yield [*texts, row.number, row.lead, row.fate(language), _characters(row.old), _characters(row.new)]


def _characters(places: Iterable[Place]) -> str:
    """The characters of the source that places take: 120–180, 200–260."""
    return "、".join(f"{span.start}–{span.end}" for place in places for span in place.spans)


def _changes(comparison: Comparison, language: Language) -> Iterator[Sequence[str | list[Piece]]]:
    for change in comparison.diff.changes:
        ratio = change.fact.ratio if change.fact else None
        shown = list(wording(change, _AROUND, language))
        yield [
            kind_title(change.kind, language),
            " › ".join(within(change)),
            name(change, language),
            shown,
            ratio or "",
        ]


def _about(comparison: Comparison, language: Language) -> Iterator[Sequence[str]]:
    old, new, diff = comparison.old, comparison.new, comparison.diff
    words = {"title": ("标题", "Title"), "number": ("发文字号", "Number"), "date": ("成文日期", "Date")}
    column = 0 if language == "zh" else 1
    yield words["title"][column], old.title or old.id, new.title or new.id
    yield words["number"][column], *((n.document_number.text if n.document_number else "") for n in (old, new))
    yield words["date"][column], old.issue_date or "", new.issue_date or ""
    yield ("来源", "Source")[column], *(_source(notice) for notice in (old, new))
    yield ("关系", "Relation")[column], f"{relation_title(diff.relation, language)}{reasons(diff.relation, language)}"
    for line in headline(diff):
        yield ("摘要", "Summary")[column], line.zh if language == "zh" else line.en


def _named(notice: Notice) -> str:
    return notice.title or notice.id


def _source(notice: Notice) -> str:
    origin = notice.source.origin
    return (origin.url if origin else None) or notice.source.path or ""
