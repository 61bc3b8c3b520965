"""Titles: how they end and go on, the document that one issues, the years that a document is for."""

from __future__ import annotations

import re
from typing import NamedTuple

from gongwen.lexicon import vocabulary
from gongwen.lexicon.numerals import integer

_BRACKET = "[（(][^（）()]{1,40}[）)]"
_NAMED = re.compile(r"《[^《》\n]{0,200}》")
_ADDITION = re.compile(r"[（(][^（）()]*[年版批稿度][）)]")
_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇零○一二三四五六七八九]{3})"
_TO = r"[-—–－~～至到]{1,2}"
_PERIOD = re.compile(
    rf"(?P<first>{_YEAR})年?{_TO}(?P<last>{_YEAR})年?度?"
    rf"|(?<![0-9〔\[])(?P<year>{_YEAR})年(?![0-9]{{1,2}}月|[修版第])度?"
    r"""|[“"]?(?P<plan>十[一二三四五六七八九])五[”"]?(?!年)"""
)
_YEARS_ALONE = re.compile(rf"{_YEAR}年?{_TO}{_YEAR}年?")
_FIRST_YEAR_OF_TENTH_PLAN = 2001  # 十五 began in 2001, and each later plan begins five years after the one before it
_SHORT = 10  # characters: too short for a title below a longer line
_FOLD = str.maketrans(dict.fromkeys(" \t\u3000《》“”\"'‘’〈〉<>«»（）()") | dict.fromkeys("—–－―", "-"))


class Period(NamedTuple):
    """The first and the last year of a period, and where in the title it stands."""

    first: int
    last: int
    start: int
    end: int


@vocabulary.compiled
def ending() -> re.Pattern[str]:
    """What titles end in: a word of document_kinds.tsv, with brackets behind it (试行, 2022版) and the mark that closes a quotation."""
    kinds = vocabulary.alternation("document_kinds", "title")
    first = vocabulary.first_characters("document_kinds", "title")
    return re.compile(rf"(?=[{first}])(?P<kind>{kinds})(?:{_BRACKET})*+[”》»]?(?:{_BRACKET})*+$")


@vocabulary.compiled
def _last_characters() -> frozenset[str]:
    """What titles end in, as characters: most lines are told by it to be none."""
    return frozenset("）)”》»\n").union([kind[-1] for kind in vocabulary.words("document_kinds", "title")])


@vocabulary.compiled
def endings() -> re.Pattern[str]:
    """The same anywhere in a text that goes on behind the title."""
    kinds = vocabulary.alternation("document_kinds", "title")
    first = vocabulary.first_characters("document_kinds", "title")
    return re.compile(rf"(?=[{first}])(?P<kind>{kinds})(?:{_BRACKET})?[”》»]?(?:{_BRACKET})?")


@vocabulary.compiled
def _speaks() -> re.Pattern[str]:
    issue, about = (
        vocabulary.alternation("title_words", code="issue"),
        vocabulary.alternation("title_words", code="about"),
    )
    return re.compile(f"{about}|{issue}|《|«|{ending().pattern}")


@vocabulary.compiled
def _tells() -> re.Pattern[str]:
    return re.compile("|".join([vocabulary.alternation("title_words", code=code) for code in ("about", "issue")]))


@vocabulary.compiled
def _issue_word() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("title_words", code="issue"))


@vocabulary.compiled
def _goes_on() -> re.Pattern[str]:
    status = vocabulary.alternation("title_words", code="status")
    return re.compile(rf"的|[（(](?:[^（）()]*[年版批稿][）)]|[^（）()]*年|{status})")


@vocabulary.compiled
def _rest() -> re.Pattern[str]:
    return re.compile(rf"的(?:{vocabulary.alternation('document_kinds', 'rest')})$")


@vocabulary.compiled
def _issues() -> re.Pattern[str]:
    issue, kinds = (
        vocabulary.alternation("title_words", code="issue"),
        vocabulary.alternation("document_kinds", "issues"),
    )
    return re.compile(rf"(?:{issue})(?P<issued>.{{2,150}}?)的(?:{kinds})(?:[（(][^（）()]*[）)])?$")


@vocabulary.compiled
def _columns() -> re.Pattern[str]:
    columns = vocabulary.alternation("title_words", code="column")
    return re.compile(rf"(?:[^，。：]{{2,20}} )?(?:{columns})(?:[ >|]{{1,3}}(?:{columns}))*")


def is_quoted(title: str) -> bool:
    """Whether the whole of ``title`` stands in one pair of 《》, as where a page cites the title of its own document.

    >>> is_quoted("《某县关于印发《修渠办法》的通知》"), is_quoted("《修渠办法》和《节水办法》"), is_quoted("《修渠办法》的解读")
    (True, False, False)
    """
    depth = 0
    for at, sign in enumerate(title):
        depth += (sign == "《") - (sign == "》")
        if depth <= 0:
            return at == len(title) - 1 > 0
    return False


def is_whole(text: str) -> bool:
    """Whether ``text`` ends as a title does.

    >>> is_whole("某县关于修渠的通知"), is_whole("某县修渠办法（试行）"), is_whole("某县人民政府关于修")
    (True, True, False)
    """
    return text[-1:] in _last_characters() and ending().search(text, max(0, len(text) - 150)) is not None


def speaks(text: str) -> bool:
    """Whether ``text`` speaks as titles do: of what it is about, of what is issued, or in its last word."""
    return bool(_speaks().search(text))


def tells(text: str) -> bool:
    """Whether ``text`` tells what something is about, or what is issued: names and codes of organs don't."""
    return bool(_tells().search(text))


def issues(text: str) -> bool:
    """Whether ``text`` says that a document is issued: 关于印发, 关于转发."""
    return bool(_issue_word().search(text))


def is_column(text: str) -> bool:
    """Whether ``text`` is the name of a column of a site: 通知公告, 政策文件.

    >>> is_column("政策文件"), is_column("某县水利局 通知公告"), is_column("某县水利局通知")
    (True, True, False)
    """
    return bool(_columns().fullmatch(text))


def goes_on(text: str) -> bool:
    """Whether ``text`` goes on with a title that could be whole: its period, its status, or the end of 关于…措施｜的通知."""
    return bool(_goes_on().match(text) or _YEARS_ALONE.fullmatch(text))


def is_addition(text: str) -> bool:
    """Whether ``text`` is a bracket that belongs to the title above it: its period, its edition.

    >>> is_addition("（2024—2026年）"), is_addition("（征求意见稿）"), is_addition("（2024年3月 某县水利局）")
    (True, True, False)
    """
    return bool(_ADDITION.fullmatch(text))


def ends_title_of(line: str, rest: str) -> bool:
    """Whether ``rest`` goes on with the title ``line``, though that ends in a word that could end one.

    >>> ends_title_of("某县关于进一步规范", "水库管理的通知"), ends_title_of("某行业智能制造标准体系", "建设指南（2022版）")
    (True, True)
    >>> ends_title_of("通知公告", "某县水库管理办法"), ends_title_of("某县关于修渠的通知", "某县关于修渠的通知")
    (False, False)
    """
    if any(word in rest for word in vocabulary.words("title_words", code="about")) or fold(rest) == fold(line):
        return False
    if any(word in line for word in vocabulary.words("title_words", code="about")):
        return bool(_rest().search(rest)) and not _rest().search(line)
    return len(fold(rest)) <= _SHORT <= len(line) and is_whole(rest)


def fold(text: str) -> str:
    """What two copies of one title have in common."""
    return text.translate(_FOLD)


def named(text: str) -> list[str]:
    """The titles that ``text`` names in 《》."""
    return [name[1:-1] for name in _NAMED.findall(text)]


def issued(title: str) -> tuple[int, int] | None:
    """Where ``title`` names the document that the notice issues; None where it names none.

    >>> title = "某县关于印发某县水利工作要点的通知"
    >>> start, end = issued(title)
    >>> title[start:end]
    '某县水利工作要点'
    """
    match = _issues().search(title)
    return match.span("issued") if match else None


def period(title: str) -> Period | None:
    """The period that ``title`` names: a range of years before a single one. Years in 《》 and of what it issues are another's.

    >>> period("某县水利行动方案（2024—2026年）"), period("某县2024年水利工作要点"), period("某县“十四五”水利规划")
    (Period(first=2024, last=2026, start=9, end=19), Period(first=2024, last=2024, start=2, end=7), Period(first=2021, last=2025, start=2, end=7))
    >>> period("关于印发某县规划（2021—2025年）的通知"), period("某县水利条例")
    (None, None)
    """
    others = [match.span() for match in _NAMED.finditer(title)]
    if at := issued(title):
        others.append(at)
    found = [
        match for match in _PERIOD.finditer(title) if not any(start <= match.start() < end for start, end in others)
    ]
    ranges = [match for match in found if match["first"]] or found
    if not ranges:
        return None
    match = ranges[-1]
    if match["plan"]:
        first = _FIRST_YEAR_OF_TENTH_PLAN + 5 * ((integer(match["plan"]) or 0) - 10)
        return Period(first, first + 4, *match.span())
    first = integer(match["first"] or match["year"]) or 0
    last = integer(match["last"]) or 0 if match["last"] else first
    return Period(first, last, *match.span()) if first <= last else None


@vocabulary.compiled
def _sort() -> re.Pattern[str]:
    words = vocabulary.alternation("title_words", "subject", "sort")
    return re.compile(rf"[\d０-９〇○一二三四五六七八九十]++[年度]*+|第[批轮期版]|[“”—–\-~～至《》]|{words}")


def without_sort(title: str) -> str:
    """What a title is about: without years, numbers, marks and the words for a sort of paper or a wave of work.

    >>> without_sort("例州市2026年全民科学素质工作要点"), without_sort("例州市全民科学素质提升行动实施方案")
    ('例州市全民科学素质', '例州市全民科学素质')
    """
    return _sort().sub("", title)
