"""Tables of goals: indicators with what is to be reached, quotas of places or units, and tasks with how much of each is to be done.

Each figure of a column of goals is a goal of its row: of an indicator (指标 | 2025年目标), or of a place in a table of quotas (县区 | 造林任务（亩）),
where the head or the caption says what is measured. The year is that of the column or of the caption, the unit of measure that of the
cell, of its column, of the indicator, or of the line above the table. Sums of other rows (合计) are no goals, nor is how things stood (基数).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from gongwen.document import Cell, Extent, Outline, Table
from gongwen.lexicon import deadlines, vocabulary
from gongwen.lexicon import goals as goal_words
from gongwen.lexicon.columns import (
    FIGURES,
    Column,
    Heads,
    is_head_of_places,
    main_column,
    measure_in,
    read_heads,
    table_kind,
)
from gongwen.lexicon.deadlines import Deadline
from gongwen.lexicon.markers import sure_marker
from gongwen.lexicon.numerals import decimal
from gongwen.model import Bound

_CAPTION_LINES = 4
_LONGEST_CAPTION = 60  # characters
_YEAR = re.compile("((?:19|20)[0-9]{2})(?:年|—|-)")
_LAST_YEAR = re.compile(
    "(?:(?:19|20)[0-9]{2}年?[—–－~至到-]{1,2})?((?:19|20)[0-9]{2}年?)"
)  # 2031—2033年: a period ends in its last
_YEAR_IN_HEAD = re.compile("(?:19|20)[0-9]{2}年?")
_UNITS_ABOVE = re.compile(r"(?:计量)?单位[：:]\s*([^\n，,；;）)、]+)(?P<more>[、，,])?")
_SIGNS: dict[str, Bound] = {
    **dict.fromkeys((">=", "≥"), "at_least"),
    **dict.fromkeys(("<=", "≤"), "at_most"),
    **dict.fromkeys((">", "＞"), "more_than"),
    **dict.fromkeys(("<", "＜"), "less_than"),
}
_BRACKET_AT_END = re.compile(r"[（(]([^（）()\n]*+)[）)]$")
_MONEY = "元"
_LONGEST_ROW = 400  # characters that are quoted as one goal


class Goal(NamedTuple):
    """A goal of a table: where it stands, what is measured, how much until when.

    ``year`` is the year that the column or the caption names, ``number`` the number, ``sign`` what bounds it (≥, 以上); ``scope`` is the place of a quota.
    """

    place: Extent
    value: str
    value_max: str | None
    value_text: str
    unit: str | None
    bound: Bound
    indicator: str | None
    year: Deadline | None
    number: Extent
    sign: Extent | None
    baseline: tuple[str, str | None, str | None, Extent] | None
    scope: Extent | None


class Caption(NamedTuple):
    """The lines right above a table: their extent, the year or the end of the plan's period (“十四五”), and the unit of measure that they name."""

    lines: tuple[Extent, ...]
    year: Deadline | None
    unit: str | None


def is_of_goals(outline: Outline, table: Table) -> bool:
    """Whether ``table`` sets goals: its columns are those of indicators or quotas, and its caption, its heads or the title of the notice speak of
    what is to be reached."""
    _, _, heads, basis = _read(outline, table)
    return bool(heads.rows and basis and any(_is_goal(column, basis) for column in heads.columns))


Basis: TypeAlias = Literal["table", "title"]


def _basis(outline: Outline, table: Table, grid: Sequence[Sequence[str]], heads: Heads) -> Basis | None:
    """What says that the figures of a table are to be reached: the table itself, or only the title of a notice that assigns quotas (关于下达…)."""
    value = outline.text.value
    kind = table_kind(heads.columns)
    if kind == "tasks":
        return "table" if _counts_tasks(heads.columns) else None
    if kind not in ("indicators", "quotas"):
        return None
    if any(column.kind == "goal" and (column.year or not _YEAR.fullmatch(column.head)) for column in heads.columns):
        return "table"
    words = "".join([value[start:end] for start, end in caption(value, table).lines])
    words += "".join([cell for row in grid[: heads.rows] for cell in row])
    if _says("report").search(words):
        return None
    if _says("goal").search(words):
        return "table"
    titles = [value[slice(*line)] for part in outline.parts for line in part.title if line.start < table.start]
    return "title" if kind == "quotas" and any(map(_assigns().search, titles)) else None


def _counts_tasks(columns: Sequence[Column]) -> bool:
    """Whether a column says how much of each task is to be done: 任务名称 | 目标数 | 单位 | 责任单位."""
    main = main_column(columns)
    figures = {column.kind for column in columns} & FIGURES
    return figures == {"goal"} and columns[main].kind == "task" and not columns[main].wide


def _is_goal(column: Column, basis: Basis) -> bool:
    """Whether the figures of a column are goals; money that is handed out (关于下达补助资金的通知) and sums of other columns are none."""
    money = (column.measure or "").endswith(_MONEY)
    return column.kind in ("goal", "amount") and not (basis == "title" and money) and not _is_sum(column.head)


def goals(outline: Outline, table: Table, issue_year: int | None = None) -> Iterator[Goal]:
    """The goals of ``table``, row by row, if it is a table of goals; columns of years before that of issue say how things were."""
    table, grid, heads, basis = _read(outline, table)
    if not heads.rows or not basis:
        return
    value = outline.text.value
    columns = _with_baselines(heads.columns, issue_year)
    above = caption(value, table)
    year = None if table_kind(columns) == "tasks" else above.year  # a task has a term of its own in its row
    years = [_year_of_head(value, [row[place] for row in table.rows[: heads.rows]]) for place in range(len(columns))]
    main = _place(columns) if table_kind(columns) == "quotas" else main_column(columns)
    repeated = grid[: heads.rows]
    for cells, texts in zip(table.rows[heads.rows :], grid[heads.rows :], strict=True):
        if texts in repeated or len(set(filter(None, cells))) < 2 or main >= len(cells):
            continue
        name = cells[main]
        if name is None or any(_is_sum(text) for text in texts[: main + 1]):
            continue
        for place, column in enumerate(columns):
            cell = cells[place] if place < len(cells) else None
            if not _is_goal(column, basis) or cell is None or cell == name:
                continue
            goal = _goal(value, columns, texts, cells, name, column, cell, years[place] or year, above.unit, place)
            if goal and not (basis == "title" and (goal.unit or "").endswith(_MONEY)):
                yield goal


def _with_baselines(columns: Sequence[Column], issue_year: int | None) -> tuple[Column, ...]:
    """``columns`` with those of past years as baselines, where another is to be reached."""
    past = [
        issue_year is not None
        and column.kind in ("goal", "amount")
        and column.year is not None
        and int(column.year[:4]) < issue_year
        for column in columns
    ]
    if not any(column.kind in ("goal", "amount") and not before for column, before in zip(columns, past, strict=True)):
        return tuple(columns)
    return tuple(
        [column._replace(kind="baseline") if before else column for column, before in zip(columns, past, strict=True)]
    )


def _read(outline: Outline, table: Table) -> tuple[Table, list[list[str]], Heads, Basis | None]:
    """``table`` with its quotas one below the other, its texts by row and column, its heads, and what says that it sets goals."""
    value = outline.text.value
    grid = _texts(value, table)
    if turned := _upright(table, grid):
        table = turned
        grid = _texts(value, table)
    heads = read_heads(grid)
    return table, grid, heads, _basis(outline, table, grid, heads)


def _texts(value: str, table: Table) -> list[list[str]]:
    return [[value[cell.start : cell.end].strip() if cell else "" for cell in row] for row in table.rows]


def _upright(table: Table, grid: Sequence[Sequence[str]]) -> Table | None:
    """A table of quotas with the places in its first row turned, so that they head rows; one whose columns come again beside each other
    (县区 | 任务 | 县区 | 任务) with these below each other. None for any other."""
    head, width = grid[0], len(grid[0])
    if width < 3 or len(grid) < 2 or any(len(row) != width for row in grid):
        return None
    half, odd = divmod(width, 2)
    if not odd and len(set(head[:half])) == half > 1 and list(head[:half]) == list(head[half:]):
        return Table(
            table.start, table.end, (*(row[:half] for row in table.rows), *(row[half:] for row in table.rows[1:]))
        )
    if is_head_of_places(grid):
        return Table(table.start, table.end, tuple(zip(*table.rows, strict=True)))
    return None


def _place(columns: Sequence[Column]) -> int:
    """The column of the places or units that quotas are for: the last one of places, those before which are larger (市 | 县（区）)."""
    regions = [place for place, column in enumerate(columns) if column.kind == "region"]
    return regions[-1] if regions else next((place for place, column in enumerate(columns) if column.kind == "unit"), 0)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words)


def _says(code: str) -> re.Pattern[str]:
    return _pattern(vocabulary.alternation("captions", "caption", code))


def _assigns() -> re.Pattern[str]:
    return _pattern(vocabulary.alternation("captions", "title", "goal"))


def _is_sum(text: str) -> bool:
    return re.sub(r"[\s　]", "", text) in vocabulary.words("captions", "row", "sum")


def caption(value: str, table: Table) -> Caption:
    """The short lines right above ``table``."""
    lines: list[Extent] = []
    year: Deadline | None = None
    unit: str | None = None
    end = table.start
    for _ in range(_CAPTION_LINES):
        if end <= 0:
            break
        start = value.rfind("\n", 0, end - 1) + 1
        line = value[start:end].strip()
        if line.endswith(("。", "；")) or len(line) > _LONGEST_CAPTION:
            break
        if line:
            lines.append(Extent(start, start + len(value[start:end].rstrip())))
            if year is None and (first := _YEAR.search(value, start, end)):
                found = _LAST_YEAR.match(value, first.start(), end)
                year = _of_year(value, found.span(1)) if found else None
            year = year or deadlines.end_of_plan(value, start, end)
            stated = _UNITS_ABOVE.search(value, start, end)
            if unit is None and stated and not stated["more"]:
                unit = measure_in(stated[1].strip())
        end = start
    return Caption(tuple(reversed(lines)), year, unit)


@vocabulary.compiled
def _quantity() -> re.Pattern[str]:
    """A cell that holds a goal: ≥85%, 300亿元以上, 3—5, 〔450〕, which is what tables write for a total of several years."""
    before, behind = (vocabulary.alternation("goal_words", context) for context in ("before", "behind"))
    return re.compile(
        rf"(?P<sign>{'|'.join(_SIGNS)}|{before}|达到)?\s*[〔［\[]?(?P<value>[0-9][0-9,，]*(?:\.[0-9]+)?)[〕］\]]?"
        r"(?:\s*[-~—–～至]\s*(?P<upto>[0-9][0-9,]*(?:\.[0-9]+)?))?\s*(?P<unit>[%％‰]|[万亿]?[一-鿿A-Za-z/]{0,6}?)"
        rf"(?P<suffix>{behind})?(?:[（(][^（）()]*[）)])?"
    )


def _bound(sign: str) -> Bound:
    return _SIGNS.get(sign) or goal_words.bounds().get(sign, "equal")


def _goal(
    value: str,
    columns: Sequence[Column],
    texts: Sequence[str],
    cells: Sequence[Cell | None],
    name: Cell,
    column: Column,
    cell: Cell,
    year: Deadline | None,
    unit_above: str | None,
    place: int,
) -> Goal | None:
    text = texts[place]
    match = _quantity().fullmatch(text)
    number = decimal(match["value"].replace("，", ",")) if match else None
    if match is None or number is None:
        return None
    subject = value[name.start : name.end].strip()
    if marker := sure_marker().match(subject):
        subject = subject[marker.end() :].strip()
    bracket = _BRACKET_AT_END.search(subject)
    in_name = measure_in(bracket[1]) if bracket else None
    stated = next(
        (texts[at] for at, other in enumerate(columns) if other.kind == "measure" and at < len(texts) and texts[at]),
        None,
    )
    unit = match["unit"] or stated or column.measure or in_name or unit_above
    if table_kind(columns) != "quotas":
        indicator: str | None = subject[: bracket.start()].strip() if bracket and in_name else subject
    else:
        indicator = _measured(column.head)
    written = _without_blanks(value, cell)
    bound = next((group for group in ("sign", "suffix") if match[group]), None)
    start = name.start if 0 < cell.end - name.start <= _LONGEST_ROW else cell.start
    return Goal(
        Extent(start, cell.end),
        number,
        decimal(match["upto"]) if match["upto"] else None,
        text,
        "%" if unit == "％" else unit or None,
        _bound(match[bound] if bound else ""),
        indicator or None,
        year,
        written,
        Extent(written.start + match.start(bound), written.start + match.end(bound)) if bound else None,
        _baseline(value, columns, cells, unit),
        _without_blanks(value, name) if table_kind(columns) == "quotas" else None,
    )


def _without_blanks(value: str, cell: Cell) -> Extent:
    words = value[cell.start : cell.end]
    return Extent(cell.start + len(words) - len(words.lstrip()), cell.start + len(words.rstrip()))


def _baseline(
    value: str, columns: Sequence[Column], cells: Sequence[Cell | None], unit: str | None
) -> tuple[str, str | None, str | None, Extent] | None:
    """How things stood before, from the column that says so (基数（2020年）): value, unit, date, place."""
    for column, cell in zip(columns, cells, strict=False):
        if column.kind == "baseline" and cell:
            place = _without_blanks(value, cell)
            match = _quantity().fullmatch(value[slice(*place)])
            number = decimal(match["value"].replace("，", ",")) if match else None
            if match and number:
                dated = _YEAR_IN_HEAD.search(column.head)
                return number, match["unit"] or unit, dated[0][:4] if dated else None, place
    return None


def _of_year(value: str, at: tuple[int, int]) -> Deadline:
    """The year that is written there, as a term."""
    return Deadline(*at, value[at[0] : at[0] + 4], None, True)


def _year_of_head(value: str, heads: Sequence[Cell | None]) -> Deadline | None:
    """Where the heads of a column name a year, the lowest head first."""
    for head in reversed(heads):
        if head and (found := _YEAR_IN_HEAD.search(value, *head)):
            return _of_year(value, found.span())
        if head and (end := deadlines.end_of_plan(value, head.start, head.end)):
            return end
    return None


def _measured(head: str) -> str | None:
    """What the head of a column of quotas says is measured: 造林任务（亩） → 造林; None where it says only that it is a quota."""
    words = re.sub(r"[\s　]", "", _BRACKET_AT_END.sub("", re.sub(r"[\s　]", "", head)))
    words = re.sub(
        rf"^(?:20[0-9]{{2}}年(?:度)?)|(?:{vocabulary.alternation('captions', 'caption', 'goal')})[数量值]?$", "", words
    )
    return words if len(words) > 1 and words not in vocabulary.words("captions", "head", "number") else None
