"""Columns of tables: what a column holds, going by its head and by what stands in it, whatever carries the table.

Heads end in the word that says what they are about (主要工作内容, 省级牵头单位, 目标值（2025年）). The words stand in column_heads.tsv, those of units
in roles.tsv and unit_nouns.tsv. Where no word of a list is known, or one that can mean two things (单位), the cells decide.

``misfit`` says how unlike a column's other cells a text is: the costs by which borders that were lost are found again.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from gongwen.lexicon import deadlines, divisions, markers, vocabulary
from gongwen.lexicon.units import LEVELS, ends_like, is_class

Kind: TypeAlias = Literal[
    "number", "group", "task", "outcome", "unit", "person", "time", "indicator", "baseline", "goal", "measure", "amount", "region",
    "remark",
]  # fmt: skip
FIGURES = frozenset({"baseline", "goal", "amount"})
"""The kinds of columns of numbers that measure something."""
WORDS = frozenset({"group", "task", "outcome", "indicator", "remark"})
"""The kinds of columns of text."""

BETWEEN_NAMES = re.compile(r"[、，,；;\s△▲★]++(?![^（(]{0,20}[）)])")
LONGEST_NAME = 24
LONGEST_HEAD = 30  # characters, with what stands in brackets
_LONGEST_OFFICE = 40  # characters
_LONGEST_LIST = 300
_LONGEST_UNKNOWN_HEAD = 16
_MOST_HEAD_ROWS = 3
_SHORT_NAME = 5  # characters: 办公室, 规划建设局; a longer text that ends so may be work, 建设民生服务中心
_SENTENCE = 16  # characters: what is longer is no name of a group
_JOINED = re.compile("[/／、及和与]")  # words of a head for two things in one column
_SAMPLE = 40  # cells of a column that tell what it holds


class Column(NamedTuple):
    """What a column holds. ``head`` is its head as written, ``role`` the same where it says what units have to do.

    ``level`` is the level of administration that the head names (省级牵头单位), ``year`` the year (2025年目标), ``measure`` the unit of
    measure in its brackets. ``known_by`` tells whether the head or the cells alone decided,
    ``wide`` whether the cells are sentences.
    """

    kind: Kind
    head: str
    role: str | None = None
    level: str | None = None
    year: str | None = None
    measure: str | None = None
    known_by: Literal["head", "contents"] = "head"
    wide: bool = False


_BRACKET_AT_END = re.compile(r"[（(]([^（）()\n]*+)[）)]$")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年?(?:度|末|底)?")
_BLANKS = re.compile(r"[\s　]+")
_LEVEL = re.compile(rf"[{LEVELS}](?=级|直|属|牵|主|责|配|协|承|参|有)")
_LEVELS_AT_END = re.compile(rf"[一-鿿]{{0,4}}?[{LEVELS}村][（(、]?[{LEVELS}村][{LEVELS}村、（）()]*")
"""At least two levels of administration: places of these levels stand below."""
_YEAR_ALONE = re.compile(r"(?:到|至)?(?:19|20)[0-9]{2}年?(?:度|末|底)?")


@vocabulary.compiled
def _unit_head() -> re.Pattern[str]:
    """The head of a column of units or people: the last noun says which."""
    roles = vocabulary.alternation("roles", "head")
    nouns = vocabulary.alternation("unit_nouns", "head")
    return re.compile(
        rf"[^（()）]{{0,8}}?(?:(?P<role>{roles})(?:[（(][^（）()]{{1,8}}[)）])?)?[一-鿿及和与、/]{{0,6}}?(?P<noun>{nouns})(?:名称)?"
        rf"|(?:[{LEVELS}]级|[一-鿿]{{2}})?(?P<alone>{roles})"
    )


@vocabulary.compiled
def _word_of_head() -> re.Pattern[str]:
    return re.compile(rf".*?({vocabulary.alternation('column_heads', 'head')})(?:[0-9一二三四五]|（[^（）]*）|栏)?")


@lru_cache(maxsize=4096)
def _of_head(head: str) -> Column | None:
    text = _BLANKS.sub("", head)
    if not text or len(text) > LONGEST_HEAD or text[-1] in "。；，：":
        return None
    bracket = _BRACKET_AT_END.search(text)
    bare = (text[: bracket.start()] or text) if bracket else text
    year = _YEAR.search(text)
    year_text = year[1] if year else None
    measure = measure_in(bracket[1]) if bracket else None
    level = _LEVEL.search(bare)
    if _YEAR_ALONE.fullmatch(bare):
        return Column("goal", head, None, None, year_text, measure)
    if _LEVELS_AT_END.fullmatch(text):
        return Column("region", head)
    if bare not in vocabulary.words("column_heads", "head"):
        found = _unit_head().fullmatch(bare)
        person = found and found["noun"] and vocabulary.codes("unit_nouns", "head")[found["noun"]] == "person"
        if found and person and not _names_units_beside(bare):
            return Column("person", head)
        if found and (found["role"] or found["noun"] or found["alone"]):
            return Column("unit", head, head.strip(), level[0] if level else None)
    word = _word_of_head().fullmatch(bare)
    code = vocabulary.codes("column_heads", "head")[word[1]] if word else None
    if code is None and measure:
        code = "amount"
    if code in FIGURES and any(map(_names_work, _JOINED.split(bare)[:-1])):
        code = "task"  # 建设内容及规模
    if code is None:
        return None
    return Column(code, head, None, None, year_text, measure)  # type: ignore[arg-type]  # the codes of the table are the kinds


vocabulary.derived(_of_head)


def _names_units_beside(head: str) -> bool:
    """Whether a head for people names units before them: 责任单位及责任人."""
    units = vocabulary.words("unit_nouns", "head", "unit")
    return any(part.endswith(tuple(units)) for part in _JOINED.split(head)[:-1])


def head_of(text: str) -> Column | None:
    """What a column with the head ``text`` holds, None where no word of it is known.

    >>> head_of("省级牵头单位"), head_of("主要内容").kind, head_of("目标值（2025年）").year, head_of("民生实事").kind
    (Column(kind='unit', head='省级牵头单位', role='省级牵头单位', level='省', year=None, measure=None, known_by='head', wide=False), 'task', '2025', 'task')
    """
    return _of_head(text)


@vocabulary.compiled
def _head_in_run() -> re.Pattern[str]:
    nouns = vocabulary.alternation("unit_nouns", "head")
    words = vocabulary.alternation("column_heads", "head")
    return re.compile(rf"[^（()）]{{0,12}}?(?:{nouns}|{words})(?:[（(][^（()）]*[）)])?")


def _is_bare(head: str) -> bool:
    """Whether ``head`` is a word for a column and nothing else, so that it can end the head that it follows."""
    return head in vocabulary.words("column_heads", "head")


def heads_in_line(text: str) -> list[tuple[int, int, Column]]:
    """The heads of columns that run together in ``text``, each with its offsets; what stands between or behind them belongs to none.

    >>> [text[start:end] for text in ["序号项目名称重点任务牵头单位年度目标"] for start, end, _ in heads_in_line(text)]
    ['序号', '项目名称', '重点任务', '牵头单位', '年度目标']
    """
    found: list[tuple[int, int, Column]] = []
    for match in _head_in_run().finditer(text):
        start, end = match.span()
        if found and text[start] in "和及":
            start = found.pop()[0]
        column = head_of(text[start:end])
        if found and column and (found[-1][1], found[-1][2].kind) == (start, column.kind) and _is_bare(text[start:end]):
            start = found.pop()[0]  # 项目名称, 工作内容
            column = head_of(text[start:end])
        if column is not None:
            found.append((start, end, column))
    return found


def classify(head: str, cells: Sequence[str]) -> Column:
    """What a column holds that has this head, "" for none, and these cells, of which the first ones are looked at."""
    filled = [cell for cell in cells[: 2 * _SAMPLE] if cell.strip()][:_SAMPLE]
    wide = 2 * sum(look(cell).sentence or len(cell) > _SENTENCE for cell in filled) > len(filled)
    return _classified(head, filled)._replace(wide=wide)


def _classified(head: str, filled: Sequence[str]) -> Column:
    known = head_of(head) if head else None
    looks = Counter(_kind_by_look(cell) for cell in filled)
    usual, count = looks.most_common(1)[0] if looks else ("remark", 0)
    mostly = 2 * count > len(filled)
    if known is None:
        if usual == "amount" and mostly and _count_up(filled):
            return Column("number", head, known_by="contents")
        kind: Kind = usual if mostly else "task" if any(len(cell) > 12 for cell in filled) else "remark"  # type: ignore[assignment]
        year = _YEAR.match(_BLANKS.sub("", head)) if kind == "amount" else None
        return Column(kind, head, year=year[1] if year else None, known_by="contents")
    bare = _BRACKET_AT_END.sub("", _BLANKS.sub("", head))
    if known.kind == "measure" and bare in vocabulary.words("unit_nouns", "head") and mostly and usual != "measure":
        return known._replace(kind="unit", role=head.strip())
    if (
        known.kind in FIGURES
        and (mostly or not looks["amount"])
        and (said := {"task", "unit", "time"}.intersection([usual] if mostly else looks))
    ):
        return known._replace(kind="time" if said == {"time"} else "task")
    if known.kind == "time" and 2 * looks["time"] < len(filled) and _is_of_tasks(bare, filled):
        return known._replace(kind="task")
    if known.kind in WORDS and mostly and usual == "amount" and (known.measure or known.kind == "task"):
        return known._replace(kind="amount")
    if known.kind == "region" and mostly and usual == "task":
        return known._replace(kind="remark")
    return known


def _is_of_tasks(head: str, filled: Sequence[str]) -> bool:
    """Whether a column of texts whose ``head`` ends in a word for time says what is to be done: it names work beside it (任务分解/时序进度),
    or its word may mean either (工作安排) and most cells don't begin with the date of a step."""
    *others, _ = _JOINED.split(head)
    return any(map(_names_work, others)) or (_names_work(head) and 2 * sum(map(is_schedule, filled)) <= len(filled))


def _names_work(head: str) -> bool:
    return any(word in head for word in vocabulary.words("column_heads", "head", "task"))


def is_schedule(cell: str) -> bool:
    """Whether a cell begins with the date of a step and says what is done by then: 3月底前完成设计；12月底前完工."""
    words = cell.strip()
    return look(words).time < 2 and any(
        step.start == 0 for step in deadlines.steps(words, 0, len(words), deadlines.ANY_YEAR)
    )


def _names_role(head: str) -> bool:
    found = _unit_head().fullmatch(_BRACKET_AT_END.sub("", _BLANKS.sub("", head)))
    return bool(found and (found["role"] or found["alone"]))


def _with_tasks(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """``columns`` where another one says what is to be done than their heads and cells alone tell: a schedule, or what is told in few words."""
    kinds = [column.kind for column in columns]
    task = None
    if not FIGURES.intersection(kinds) and "indicator" not in kinds:
        task = _schedule_of_tasks(columns, body)
    asks = any(column.kind == "unit" and _names_role(column.head) for column in columns) and not FIGURES.intersection(
        kinds
    )
    told = not any(column.head for column in columns) and "unit" in kinds and "time" in kinds
    if task is None and (asks or told) and not {"task", "indicator", "outcome"}.intersection(kinds):
        task = _longest_texts(columns, body)
    if task is None:
        return tuple(columns)
    return tuple([column._replace(kind="task") if place == task else column for place, column in enumerate(columns)])


def _schedule_of_tasks(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> int | None:
    """The column of terms whose steps are the tasks: no other column says what is to be done, or the one that does is merged over several steps."""
    main = main_column(columns)
    for place, column in enumerate(columns):
        if column.kind != "time":
            continue
        rows = [row for row in body if max(main, place) < len(row)]
        if 2 * sum(is_schedule(row[place]) for row in rows) <= len(rows):
            continue
        if main < 0 or columns[main].kind != "task":
            return place
        if any(
            above[main] == below[main] and above[place] != below[place] for above, below in itertools.pairwise(rows)
        ):
            return place
    return None


def _longest_texts(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> int | None:
    """The column of the longest texts of which neither the head nor the cells tell what they are (1 | 修渠 | 县水利局 | 6月底)."""
    texts = [place for place, column in enumerate(columns) if column.kind == "remark" and column.known_by == "contents"]
    return max(texts, key=lambda place: sum(len(row[place]) for row in body if place < len(row)), default=None)


_TOLD_APART = frozenset(("unit", "time", "amount", "number"))  # kinds that no head looks like


class Heads(NamedTuple):
    """The columns of a grid, and how many of its first rows are captions and heads."""

    columns: tuple[Column, ...]
    rows: int


def read_heads(grid: Sequence[Sequence[str]]) -> Heads:
    """The columns of ``grid``, texts by row and column; a cell that is merged over several places stands in each of them.

    Heads may stand on two rows, the lower one more exact; rows of one text above them are captions.
    """
    first = 0
    while first < len(grid) - 1 and len({cell for cell in grid[first] if cell}) < 2:
        first += 1
    below = first
    while (
        below < len(grid) and below - first < _MOST_HEAD_ROWS and is_head(_own_cells(grid, below, first), below > first)
    ):
        below += 1
    if below == first and first + 1 < len(grid) and all(map(may_be_head, filter(None, grid[first]))):
        own = _own_cells(grid, first + 1, first)
        if sum(map(bool, own)) > 1 and own != grid[first + 1] and is_head(own, second=True):
            below = first + 2  # heads that no table knows, one of them merged over several that are known
    if below == first and _is_unlike_what_follows(grid[first : first + 1 + _SAMPLE]):
        below += 1
    width = max(map(len, grid), default=0)
    body = [row for row in grid[below : below + 2 * _SAMPLE] if row not in grid[first:below]]
    columns = []
    for place in range(width):
        heads = list(dict.fromkeys(row[place] for row in grid[first:below] if place < len(row) and row[place]))
        cells = [row[place] for row in body if place < len(row)]
        columns.append(_with_upper_head(heads, cells))
    return Heads(_with_tasks(columns, body), below if below > first else 0)


def _own_cells(grid: Sequence[Sequence[str]], at: int, first: int) -> list[str]:
    """The texts of row ``at``, without those of cells that are merged with the row above, if that one isn't before row ``first``."""
    above = grid[at - 1] if at > first else ()
    return ["" if place < len(above) and cell == above[place] else cell for place, cell in enumerate(grid[at])]


def is_head(row: Sequence[str], second: bool = False) -> bool:
    """Whether ``row`` holds the heads of columns: most of its texts are known as such, and none is like a sentence or a number.

    Of a ``second`` row all must be known; one text that begins the row is the name of a group (教育领域).
    """
    if second and row and row[0].strip() and not any(cell.strip() for cell in row if cell != row[0]):
        return False
    texts = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
    known = sum(head_of(text) is not None for text in texts)
    if len(texts) < (1 if second else 2) or not known:
        return False
    if any(not may_be_head(text) for text in texts):
        return False
    return known == len(texts) if second else 2 * known >= len(texts) or (known > 1 and 3 * known >= len(texts))


def is_head_of_places(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of ``rows`` names places side by side, and only figures stand below them: 县区 | 东河区 | 青禾县 | 合计."""
    head, body = rows[0] if rows else (), rows[1:]
    sums = vocabulary.words("captions", "row", "sum")
    places = [text for text in head[1:] if text not in sums]
    return (
        len(places) > 1
        and all(divisions.leading(text) or ends_like(text, "place") for text in places)
        and bool(body)
        and all(look(cell).quantity or not cell for row in body for cell in row[1:])
    )


def _is_unlike_what_follows(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of ``rows`` holds heads that no table knows: in two columns or more all cells below are of one kind, and it isn't."""
    head, body = rows[0] if rows else (), rows[1:]
    if len(body) < 2 or not all(cell.strip() and may_be_head(cell) for cell in head) or len(set(head)) < len(head):
        return False
    apart = 0
    for place, cell in enumerate(head):
        kinds = {_kind_by_look(row[place]) for row in body if place < len(row) and row[place].strip()}
        apart += len(kinds) == 1 and kinds <= _TOLD_APART and _kind_by_look(cell) not in kinds
    return apart > 1


def may_be_head(text: str) -> bool:
    seen = look(text)
    if head_of(text):
        return True
    return not (seen.sentence or seen.quantity or seen.nothing or seen.length > _LONGEST_UNKNOWN_HEAD)


def _with_upper_head(heads: Sequence[str], cells: Sequence[str]) -> Column:
    column = classify(heads[-1] if heads else "", cells)
    if len(heads) < 2:
        return column
    upper = head_of(heads[0])
    if upper and column.known_by == "contents":
        return classify(heads[0], cells)
    if upper and upper.year and not column.year:
        column = column._replace(year=upper.year)
    return column


# what stands in cells

# The number of a row: 12, 12., （12）, 一, （一）, ①.
_NUMBER = re.compile(
    r"[0-9]{1,4}|[0-9]{1,3}[、.．]|[（(](?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[）)]|[一二三四五六七八九十]{1,3}[、.．]?|[①-⑳]"
)
_QUANTITY = re.compile(
    r"(?:[约超近]|>=|<=|[≥≤><＞＜±+\-－–—])?\s*[〔［\[]?[0-9][0-9,，]*(?:\.[0-9]+)?[〕］\]]?(?:\s*[-~—–～至]\s*[0-9][0-9,]*(?:\.[0-9]+)?)?\s*"
    r"(?:[%％‰]|个百分点|[万亿]?[一-鿿A-Za-z/]{0,3}(?:/[一-鿿A-Za-z]{1,4})?)?(?:以上|以下|以内|左右)?(?:[（(](?:预期|约束)性?[）)])?"
)
_NOTHING = re.compile(r"[\s_＿/／\\\-—–－·.…*＊]*")
_DATE = re.compile(
    r"(?:[0-9]{4}\s*年(?:度)?)?(?:[0-9]{1,2}\s*[-—–－~至到、]\s*)?(?:[0-9]{1,2}\s*月|第?[一二三四1-4]季度|[上下]半年)?(?:[0-9]{1,2}\s*日)?"
    r"(?:[年]?[底末初]|[上中下]旬|份)?(?:之?前|以前)?(?:完成|启动|落实|投用|建成|取得成效)?"
    r"|[0-9]{4}[-./年][0-9]{1,2}(?:[-./月][0-9]{1,2}日?)?|[0-9]{4}\s*[-—–－~]\s*[0-9]{4}年?|[0-9]{4}年?[-—–－~至到][0-9]{4}年?(?:底|末)?前?"
)
_HAS_DATE = re.compile(r"[0-9]{1,2}月|[0-9]{4}年|季度|[上下]半年|年[底末]")
_YEARS = re.compile(r"20[0-9]{2}\s*[-—–－~～至]{1,2}\s*20[0-9]{2}")  # 2016-2019
_YEAR_OF_CELL = re.compile("20[0-9]{2}")
_PERSON = re.compile("[一-鿿][ 　]*[一-鿿]{1,2}(?:[、，, ][一-鿿]{2,3})*")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_COUNTED_AT_END = re.compile("[0-9][余多]?[一-鿿]$")  # 清淤10处 is no office
_NAME_TAIL = re.compile(r"(?:[（(][^（）()]{0,12}[）)])$")
_GROUP_MARK = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、．.]")


@vocabulary.compiled
def _role_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:按职责分工)?(?:分别)?(?:{vocabulary.alternation('roles', 'verb')})+$")


@vocabulary.compiled
def _term_in_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('terms_in_words', 'cell')}).{{0,8}}")


@vocabulary.compiled
def _measures() -> re.Pattern[str]:
    words = vocabulary.alternation("measures", "cell")
    return re.compile(rf"(?:单位[：:])?[万亿]?(?:{words})(?:[、，,/][万亿]?(?:{words}))*")


def measure_in(text: str) -> str | None:
    """``text``, what stands in a bracket of a head, if it is a unit of measure (万亩).

    >>> measure_in("万亩"), measure_in("单位：%"), measure_in("2025年")
    ('万亩', '%', None)
    """
    match = _measures().fullmatch(_BLANKS.sub("", text))
    return text.partition("：")[2].strip() or text.strip() if match else None


class Look(NamedTuple):
    """What a cell looks like. ``units`` is 0 where it names no unit, up to 3 where it surely does."""

    number: int | None
    quantity: bool
    nothing: bool
    time: int
    units: int
    person: bool
    measure: bool
    sentence: bool
    length: int


@lru_cache(maxsize=8192)
def look(text: str) -> Look:
    """What a cell looks like, each of its features by itself."""
    words = text.strip()
    number = markers.value(words) if _NUMBER.fullmatch(words) else None
    short = len(words) <= 24
    nothing = bool(_NOTHING.fullmatch(words))
    quantity = short and not nothing and bool(_QUANTITY.fullmatch(words))
    time = 0
    if short and not nothing and number is None:
        if (
            (_DATE.fullmatch(words) and _HAS_DATE.search(words))
            or _YEARS.fullmatch(words)
            or _term_in_words().fullmatch(words)
        ):
            time = 2
        elif _HAS_DATE.search(words) and len(words) <= 16:
            time = 1
    elif not short and _HAS_DATE.search(words):
        time = 1
    return Look(
        number,
        quantity and time < 2,
        nothing,
        time,
        0 if nothing or quantity or time == 2 else _names_units(words),
        short and words[:1] in _SURNAMES and bool(_PERSON.fullmatch(words)) and not ends_like(words),
        len(words) <= 8 and bool(_measures().fullmatch(words)),
        "。" in words or "；" in words or len(words) > 30,
        len(words),
    )


vocabulary.derived(look)


def _names_units(text: str) -> int:
    if len(text) > _LONGEST_LIST or "。" in text[:-1]:
        return 0
    names = [_role_at_end().sub("", name) for name in BETWEEN_NAMES.split(text.rstrip("。").removesuffix("等"))]
    names = [name.rpartition("：")[2] for name in names]
    names = [_NAME_TAIL.sub("", name) or name for name in names if name]
    if not names or any(map(_COUNTED_AT_END.search, names)):
        return 0
    alike = sum(ends_like(name) for name in names)
    if 2 * alike < len(names) or not all(map(_may_be_name, names)):
        return 0
    begin = sum(begins_like_a_name(name) for name in names)
    if text[0].isdigit():
        return 1  # a class of units (3个县区), or the name of a group of rows (3个示范区)
    if alike < len(names):
        return 2 if begin else 1
    if begin or sum(map(is_name, names)) > 1:
        return 3
    return 2 if is_name(names[0]) and len(names[0]) <= _SHORT_NAME else 1


def _may_be_name(name: str) -> bool:
    """Whether ``name`` isn't too long for a name; those of offices for one purpose are longer (市…工作领导小组办公室) than any other."""
    return len(name) <= LONGEST_NAME or (
        len(name) <= _LONGEST_OFFICE and begins_like_a_name(name) and ends_like(name, "organ")
    )


def begins_like_a_name(text: str) -> bool:
    """Whether ``text`` begins with a level, a class or a place: 市水利局, 各乡镇, 东河区水利局."""
    return bool(text) and (text[0] in LEVELS or is_class(text) or divisions.leading(text) is not None)


def is_name(text: str) -> bool:
    """Whether ``text`` ends like the name of an organ, a place, or a class that it begins like."""
    if len(text) > LONGEST_NAME:
        return False
    return ends_like(text, "organ") or ends_like(text, "place") or (is_class(text) and ends_like(text))


def _count_up(cells: Sequence[str]) -> bool:
    """Whether most of ``cells`` are numbers that follow on one another, or begin again at 1."""
    numbers = [look(cell).number for cell in cells]
    due = sum(
        one is not None and other is not None and other in (one, one + 1, 1)
        for one, other in itertools.pairwise(numbers)
    )
    return numbers[0] == 1 and due * 4 >= 3 * (len(numbers) - 1)


def heads_group(row: Sequence[str], columns: Sequence[Column], numbers: Sequence[str]) -> bool:
    """Whether ``row`` is the number of a group and its name, where rows have other ``numbers``: 一 | 防洪工程 between 1 | … and 2 | …"""
    filled = [(place, text) for place, text in enumerate(row) if text]
    texts = {text for _, text in filled}
    if len(texts) != 2 or filled[0][0] >= len(columns) or columns[filled[0][0]].kind != "number":
        return False
    number, name = filled[0][1], filled[-1][1]
    figures = sum(text[:1].isdecimal() for text in numbers)
    counted = look(number).number is not None and not number[:1].isdecimal()
    return counted and 2 * figures > len(numbers) and not look(name).sentence and look(name).units < 2


def _kind_by_look(text: str) -> str:
    seen = look(text)
    if seen.number is not None:
        return "amount"
    if seen.quantity:
        return "amount"
    if seen.time == 2:
        return "time"
    if seen.measure:
        return "measure"
    if seen.units >= 2:
        return "unit"
    if seen.person:
        return "person"
    return "task" if seen.sentence or seen.length > 8 else "remark"


def misfit(text: str, kind: Kind) -> int:
    """How unlike the cells of a column of this kind ``text`` is: 0 where it is one, 40 where it can't be."""
    seen = look(text)
    if seen.nothing:
        return 2 if kind != "number" else 20
    if kind == "number":
        return 0 if seen.number is not None else 40
    if kind == "unit":
        no_name = 30 if seen.sentence or seen.quantity or seen.length > LONGEST_NAME else 14
        return (no_name, 14 if seen.sentence else 5, 1, 0)[seen.units]
    if kind == "region":
        if text.strip() in vocabulary.words("captions", "row", "sum"):
            return 0
        return 30 if seen.quantity or seen.sentence else (8, 2, 0, 0)[seen.units]
    if kind == "time":
        if _YEAR_OF_CELL.fullmatch(text.strip()):
            return 1
        return (24 if seen.units > 1 or seen.length > 40 else 16, 4, 0)[seen.time]
    if kind == "person":
        return 0 if seen.person else 24 if seen.sentence or seen.quantity else 10
    if kind == "measure":
        return 0 if seen.measure else 20
    if kind in FIGURES:
        return 0 if seen.quantity else 12 if seen.length <= 12 and not seen.units else 24
    if seen.number is not None:
        return 14
    strange = (0, 1, 3, 12)[seen.units] + (0, 1, 12)[seen.time] + 6 * seen.quantity
    if kind == "group":
        return strange + (14 if seen.sentence else 9 if seen.length > _SENTENCE or "，" in text else 0)
    if kind == "remark":
        return strange // 2 + (6 if seen.sentence else 2)
    return strange + (seen.length <= 4 and not seen.sentence) * 2


# what a table is about

TableKind: TypeAlias = Literal["tasks", "indicators", "quotas", "data"]


def table_kind(columns: Sequence[Column]) -> TableKind:
    """What a table with these columns is about: who does what, what is to be reached, how much of it where, or anything else."""
    kinds = [column.kind for column in columns]
    figures = sum(kind in FIGURES for kind in kinds)
    wide = any(column.kind == "task" and column.wide for column in columns)
    if figures and "indicator" in kinds:
        return "indicators"
    told = (
        kinds[: kinds.index("task")] if "task" in kinds else kinds
    )  # where rows are of works, the place is only where they stand
    if figures and not wide and ("region" in told or ("unit" in kinds and "task" not in kinds)):
        return "quotas"
    if "task" in kinds and "unit" in kinds:
        return "tasks"
    if figures and "task" in kinds and not wide and any(kind in ("goal", "baseline") for kind in kinds):
        return "indicators"
    if (
        wide
        and ("time" in kinds or "outcome" in kinds or "person" in kinds)
        and any(column.known_by == "head" for column in columns)
    ):
        return "tasks"
    return "data"


def main_column(columns: Sequence[Column]) -> int:
    """The column that a row isn't without: what is to be done, what is measured, or the place; -1 if there is none."""
    texts = [place for place, column in enumerate(columns) if column.kind == "task"]
    of_years = [place for place in texts if columns[place].year]
    if len(of_years) > 1:  # 2025年目标 | 2026年目标: how much of it by when
        texts = [place for place in texts if place not in of_years] or texts
    if texts:
        sentences = [place for place in texts if columns[place].wide]
        return (sentences or texts)[-1]
    for kind in ("indicator", "region", "unit"):
        for place, column in enumerate(columns):
            if column.kind == kind:
                return place
    return -1
