"""Labelled fields: 发文字号：…, [成文日期] …, 索 引 号 …: what pages, header tables and front matter state of a document.

    line   = field+                         two or more may stand in one line
    field  = label mark value
    mark   = : | ] | blank | nothing        nothing before a value that can't belong to the label: 索引号0145/2020
    label  = a row of labels.tsv, spaced out or not (文　　号)

A label without a colon could be the beginning of a sentence. So it needs a value that fits the field: a number, a date, an organ.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gongwen.lexicon import dates, document_kinds, document_numbers, markers, vocabulary
from gongwen.lexicon.units import ends_like

_BLANK = r"\s"  # a class that compiles in no time: the labels hold a thousand of them
_HAN = r"\u3400-\u9fff〇"
TYPED = frozenset(("document_number", "issue_date", "publish_date", "effective_date", "issuer", "title"))
"""The fields whose values can be told from what is none."""
_NOTHING = frozenset("无 — - —— / 空".split())
_LONGEST_LINE = 400  # characters: a longer line is prose
_LONGEST_VALUE = 60  # of a value that stands behind a label without a colon
_LONGEST_STATE = 12  # of the words that say whether a document is in force
_SENTENCE = re.compile("[。！？]")
_BORDERS = " |｜│"  # between a label and its value in a table that was lost
_EDGES = " \t\xa0\u3000|｜】]"


class Labelled(NamedTuple):
    """A field of a line: its label without blanks, the code of labels.tsv, where in the line its value stands."""

    label: str
    field: str
    start: int
    end: int


@vocabulary.compiled
def _before_values() -> str:
    return vocabulary.alternation("labels", "label", blanks=f"{_BLANK}*+")


@vocabulary.compiled
def _before_numbers() -> str:
    return vocabulary.alternation("labels", "number", blanks=f"{_BLANK}*+")


@vocabulary.compiled
def _before_colons() -> str:
    return vocabulary.alternation("labels", "colon", blanks=f"{_BLANK}*+")


@vocabulary.compiled
def _marked() -> re.Pattern[str]:
    """A label with its colon or its brackets."""
    label = f"{_before_values()}|{_before_numbers()}|{_before_colons()}"
    return re.compile(
        rf"(?:[\[【]{_BLANK}*+(?P<held>{label}){_BLANK}*+[\]】]{_BLANK}*+[:：]?|(?<![{_HAN}])(?P<label>{label}){_BLANK}*+[:：]){_BLANK}*+"
    )


@vocabulary.compiled
def _glued() -> re.Pattern[str]:
    """A label with its colon, whatever stands before it."""
    return re.compile(rf"(?P<glued>{_before_values()}|{_before_numbers()}){_BLANK}*+[:：]{_BLANK}*+")


@vocabulary.compiled
def _bare() -> re.Pattern[str]:
    """A label without a mark: before a blank, a figure, a Latin letter, the border of a cell, or at the end of the line."""
    label = f"{_before_values()}|{_before_numbers()}"
    return re.compile(rf"(?<![{_HAN}])(?P<bare>{label})(?:{_BLANK}++|(?=[0-9A-Za-z〔|｜│])|\Z)")


@vocabulary.compiled
def _before() -> str:
    """What may stand before the first label of a line: blanks, borders, the bullet of a list of fields."""
    return _EDGES + markers.bullets()


@vocabulary.compiled
def _first_characters() -> frozenset[str]:
    """What the first label of a line, or its bracket, begins with: most lines are told by it to have no fields."""
    return frozenset("[【").union(
        [word[0] for context in ("label", "colon", "number") for word in vocabulary.words("labels", context)]
    )


@vocabulary.compiled
def _keys() -> dict[str, str]:
    return {term.text.lower(): term.code for term in vocabulary.terms("labels", "key")}


@vocabulary.compiled
def _states() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("effect_words", "label"))


def field(label: str) -> str:
    """The code of labels.tsv for a label, blanks and marks aside; other where it is not known.

    >>> field("文　　号："), field("PUBDATE"), field("天气")
    ('document_number', 'publish_date', 'other')
    """
    name = re.sub(r"[\s:：\[\]【】]+", "", label)
    return _keys().get(name.lower()) or vocabulary.codes("labels").get(name, "other")


_OF_MACHINE = re.compile(
    rf"\s*[{_HAN}][{_HAN}\s]{{1,11}}[:：]\s*(?:(?:{dates.WRITTEN})[0-9:：\s]*|[a-z]+://\S+|[\w.+-]+@[\w.-]+|[0-9][0-9A-Za-z/:.\s-]*)\s*\Z"
)


def states_of_machine(line: str) -> bool:
    """Whether ``line`` is a label, known or not, and a value that no sentence and no title holds: a time, an address, a number.

    >>> states_of_machine("抓取时间：2025-02-01 10:00"), states_of_machine("原文链接：https://example.org/1"), states_of_machine("时间：全年")
    (True, True, False)
    """
    return bool(_OF_MACHINE.match(line))


def is_known(label: str) -> bool:
    """Whether a label or a key is one of labels.tsv."""
    return label.lower() in _keys() or label in vocabulary.words("labels")


def is_label(text: str) -> bool:
    """Whether ``text`` is a label of labels.tsv alone, spaced out or not, as the cell of a table has it.

    >>> is_label("文　　号"), is_label("文号："), is_label("文号不明")
    (True, True, False)
    """
    return re.sub(r"[\s:：]+", "", text) in vocabulary.words("labels", "label")


def fields(line: str) -> tuple[Labelled, ...]:
    """The fields of ``line``, in order; none where it doesn't begin with a label. A value may be empty: it may stand in the next line.

    >>> line = "索引号0145/2022-1 发布机构 某县水利局 文号 某水发〔2022〕5号"
    >>> [(at.label, line[at.start : at.end]) for at in fields(line)]
    [('索引号', '0145/2022-1'), ('发布机构', '某县水利局'), ('文号', '某水发〔2022〕5号')]
    >>> fields("标题 党有新闻"), fields("来源于水库的水"), fields("主题教育的通知")
    ((), (), ())
    """
    if len(line) > _LONGEST_LINE or line.lstrip(_before())[:1] not in _first_characters():
        return ()
    marked = list(_marked().finditer(line))
    if marked and line.count("：") + line.count(":") > len(marked):
        marked = _with_glued(line, marked)
    sure = vocabulary.words("labels", "label") | vocabulary.words("labels", "colon")
    marks = [(match, _name(match) in sure) for match in marked]
    taken = [match.span() for match, _ in marks]
    for match in _bare().finditer(line):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            marks.append((match, False))
    marks.sort(key=lambda mark: mark[0].start())
    while True:
        found = _read(line, marks)
        doubtful = [
            n
            for n, (at, (_, sure)) in enumerate(zip(found, marks, strict=True))
            if not sure and not _is_value(line, at, found)
        ]
        if not doubtful:
            break
        del marks[doubtful[0]]
    return tuple(found) if found and not line[: marks[0][0].start()].strip(_before()) else ()


def _with_glued(line: str, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """``marks`` and the labels between them that follow a whole value without a blank: 发文机关：某县水利局成文日期：2023-03-02."""
    found = []
    for match, end in zip(marks, [*(other.start() for other in marks[1:]), len(line)], strict=True):
        found.append(match)
        for other in _glued().finditer(line, match.end(), end):
            before = found[-1]
            field = vocabulary.codes("labels")[_name(before)]
            if field in TYPED and fits(field, line[before.end() : other.start()].strip(_EDGES)):
                found.append(other)
    return found


def _read(line: str, marks: list[tuple[re.Match[str], bool]]) -> list[Labelled]:
    ends = [match.start() for match, _ in marks[1:]] + [len(line)]
    found = []
    for (match, _), end in zip(marks, ends, strict=False):
        label = _name(match)
        start = end - len(line[match.end() : end].lstrip(_BORDERS))
        value = line[start:end].rstrip(_EDGES)
        found.append(Labelled(label, vocabulary.codes("labels")[label], start, start + len(value)))
    return found


def _name(match: re.Match[str]) -> str:
    return re.sub(r"\s+", "", next(filter(None, match.groups())))


def _is_value(line: str, at: Labelled, beside: list[Labelled]) -> bool:
    """Whether what stands behind a label without a mark is its value."""
    value = line[at.start : at.end]
    if not value:
        return len(beside) == 1 and at.start == len(line)
    return fits(at.field, value) and (
        at.field != "other" or len(beside) > 1 or value[0].isascii() or line[at.start - 1].isspace()
    )


def fits(field: str, value: str) -> bool:
    """Whether ``value`` can be what a field states: a number, a date, an organ, a short word; and no line of its own of a head.

    >>> fits("document_number", "某政发〔2023〕7号"), fits("issue_date", "2023-03-02"), fits("issuer", "某县水利局")
    (True, True, True)
    >>> fits("document_number", "大 中 小"), fits("issue_date", "农历新年"), fits("other", "某县关于修渠的通知"), fits("other", "水利；修渠")
    (False, False, False, True)
    """
    if value in _NOTHING:
        return True
    if _SENTENCE.search(value) or ("；" in value and field in TYPED):  # keywords stand apart by ；
        return False
    match field:
        case "document_number":
            return document_numbers.parse(value) is not None
        case "issue_date" | "publish_date" | "effective_date":
            return dates.parse(value) is not None
        case "issuer" | "recipients" | "copied_to":
            return len(value) <= _LONGEST_VALUE and ends_like(value)
        case "title":
            return document_kinds.kind(value) is not None
        case "validity":
            return len(value) <= _LONGEST_STATE and _states().search(value) is not None
    return (
        len(value) <= _LONGEST_VALUE
        and document_kinds.kind(value) is None
        and document_numbers.parse(value) is None
        and not value.endswith(("：", ":"))
    )
