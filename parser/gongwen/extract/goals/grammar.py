"""The small language in which goals are set.

goal       = deadline? subject? verb? bound? number unit bound? object?
comparison = subject? (高于 | 低于 | 走在) others (平均水平 | 前列)

到2025年，全区技能人才总量 达到 1.68 万人 · 新增 500 家 上云企业 · 掌上执法率 达到 90 % 以上 · 运营成本 降低 20 %
"""

from __future__ import annotations

import re

from gongwen.lexicon import dates, markers, quantities, vocabulary
from gongwen.lexicon import goals as goal_words

_MARKER = r"[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)、.．]"
_DATES = (
    rf"[到至]?20[0-9]{{2}}年(?:[0-9]{{1,2}}月|{dates.PART_OF_YEAR})?(?:年?[底末])?(?:之?前|起)?"
    r"|(?:[0-9]|[一二两三四五六七八九])年内?(?=[建培新完实打引形])"
)
_PART_OF_YEAR = rf"(?:{dates.PART_OF_YEAR}[底末]?|[0-9]{{1,2}}月[底末]?|年[底末])(?:之?前)?"
_EACH_TIME = "每(?:[半两]?年度?|季度|[月周日天])"
_LONGEST_TAIL = 6  # characters: 较2020年
_LONGEST_WHOLE = 32  # characters: 压缩至法定办理时限的
_LONGEST_INDICATOR = 40  # characters


def _reach() -> str:
    return vocabulary.alternation("goal_words", "verb", "reach")


def _make(context: str) -> str:
    return vocabulary.alternation("goal_words", context, "make")


@vocabulary.compiled
def _reached() -> re.Pattern[str]:
    bound = vocabulary.alternation("goal_words", "before", "at_least")
    value = vocabulary.alternation("indicator_words", "end", "value")
    return re.compile(rf"(?:{_reach()}|{bound}|{value}|[到至于过为])(?:约|近)?\Z")


@vocabulary.compiled
def _made() -> re.Pattern[str]:
    manner = vocabulary.alternation("indicator_words", "verb", "made")
    bracketed = "|".join(
        term.expression for term in vocabulary.terms("goal_words", "lead", "make") if "（" in term.text
    )  # 新（改、扩）建
    return re.compile(
        rf"(?:(?:{manner})*+(?:(?:{_make('lead')})[或并和]?)+|(?:{bracketed}))(?!后|率|量|区(?![域级块])|数(?![字据智学码控]))(?=..)"
    )


@vocabulary.compiled
def _changed() -> re.Pattern[str]:
    changes = "|".join([vocabulary.alternation("goal_words", context) for context in ("object", "share")])
    return re.compile(rf"(?:{changes})(?!率|值|工程|行动|机)(?=..)")


@vocabulary.compiled
def _where() -> re.Pattern[str]:
    """Where something is done: 在化工等领域选择1000家企业."""
    field = vocabulary.alternation("indicator_words", "where", "field")
    return re.compile(rf"\A在.{{2,50}}?(?:{field})(?:各|中|内)?\Z")


@vocabulary.compiled
def _verbs() -> re.Pattern[str]:
    return re.compile(f"(?:{_make('lead')})+")


@vocabulary.compiled
def _part_of() -> re.Pattern[str]:
    """What a share is one of, which is no part of what changes or is bounded: 时限压缩至法定时限的, 份额不低于采购总额的."""
    change = vocabulary.alternation("goal_words", "change")
    return re.compile(
        rf"(?:(?:(?:{change})[到至]|达到){goal_words.OF_WHAT}|(?:{goal_words.bounds_of_shares()}){goal_words.OF_WHAT_IS_BOUNDED})\Z"
    )


@vocabulary.compiled
def _lead() -> re.Pattern[str]:
    words = vocabulary.alternation("indicator_words", code="lead")
    return re.compile(
        rf"\A[-—]*(?:{_MARKER}|{markers.clause_marker()})?(?:{words}|[，：]|{_DATES}|{_PART_OF_YEAR}|{_EACH_TIME})*+"
    )


@vocabulary.compiled
def _tail() -> re.Pattern[str]:
    words = vocabulary.alternation("indicator_words", code="tail")
    bound = vocabulary.alternation("goal_words", "before")
    change = vocabulary.alternation("goal_words", "change")
    return re.compile(
        rf"(?:(?:{change})[到至]|{_make('verb')}|{_reach()}|{bound}|{words}|较上年度?|[较比]?20[0-9]{{2}}年|再[降增提]|{_PART_OF_YEAR}|{_EACH_TIME}|{goal_words.per_unit()}|(?<![0-9半两])年)\Z"
    )


def indicator(before: str, after: str) -> str | None:
    """What is measured or counted: the words before the number without the verbs that lead to it, else those behind it.

    >>> indicator("全区技能人才总量达到", ""), indicator("新增", "上云企业"), indicator("机关内部", "部门接入系统"), indicator("达到", "")
    ('全区技能人才总量', '上云企业', '机关内部部门接入系统', None)
    """
    subject = _lead().sub("", before, count=1).removesuffix("“")
    if part := _part_of().search(subject, max(0, len(subject) - _LONGEST_WHOLE)):
        return _whole(subject[: part.start()])
    if subject == "为":
        return None  # 为40户居民提供净水: who is served, and with what
    reached = bool(_reached().search(subject, max(0, len(subject) - _LONGEST_TAIL)))
    for _ in range(4):
        tail = _tail().search(subject, max(0, len(subject) - _LONGEST_TAIL))
        if tail is None or (subject[: tail.start()].endswith("性") and _verbs().fullmatch(tail[0])):
            break  # 补贴性培训, but 可靠性达到
        subject = subject[: tail.start()]
    for leading in (_made(), _changed()):
        if found := leading.match(subject):
            subject = subject[found.end() :]
    subject = _where().sub("", subject)
    if _verbs().fullmatch(subject):  # 选拔资助不少于100名技师: 技师 are counted
        subject = ""
    counted = "" if reached and subject else after.removeprefix("的")
    return _whole((subject + counted).removeprefix("的"))  # 到2025年的30家企业


_PAIRS = {"”": "“", "）": "（", ")": "(", "》": "《", "’": "‘"}
_EMPTY = re.compile(r"“”|（）|\(\)|《》")


def _whole(words: str) -> str | None:
    """``words`` if they are a whole phrase, None where they are torn: within quotes or brackets, or with a number that ends in them.

    Signs at either end whose other half is missing are left out: it stands beside the number.
    """
    words = _EMPTY.sub("", words).strip("、，：； ")
    for _ in range(3):
        opened: list[int] = []
        loose: list[int] = []
        for at, sign in enumerate(words):
            if sign in _PAIRS.values():
                opened.append(at)
            elif sign in _PAIRS and opened and words[opened[-1]] == _PAIRS[sign]:
                opened.pop()
            elif sign in _PAIRS:
                loose.append(at)
        loose += opened
        if not loose:
            break
        if loose not in ([0], [len(words) - 1]):
            return None
        words = words.strip(words[loose[0]]).strip("、，：； ")
    if not 1 < len(words) <= _LONGEST_INDICATOR or not re.search("[一-鿿A-Za-z]", words):
        return None
    if _verbs().fullmatch(words):
        return None
    ended = [one for one in quantities.find(words) if words[one[1] :] == "" or words[one[1]] in "、，；：）"]
    return None if ended else words or None


@vocabulary.compiled
def _subject() -> re.Pattern[str]:
    """What a clause says that something changes or is reached speaks of, behind the time: 到2025年，服务业比重年均提高…"""
    manner = "|".join([vocabulary.alternation("indicator_words", code=code) for code in ("pace", "lead", "tail")])
    verbs = vocabulary.alternation("goal_words", "states")
    return re.compile(
        rf"(?:[^，]{{0,12}}(?:时期|期间|(?<=[0-9])年[底末]?|[年月][底末]))?(?P<subject>.{{2,40}}?)(?:{manner})?(?:{verbs})"
    )


def without_lead(words: str) -> str:
    """``words`` without what leads to them: 每年引进人才, 力争达到.

    >>> without_lead("每年引进")
    '引进'
    """
    return _lead().sub("", words, count=1)


def subject_of(clause: str) -> str | None:
    """What ``clause`` says of that it changes or reaches a value, None where it says nothing of the kind.

    >>> subject_of("全省服务业比重年均提高1个百分点"), subject_of("修好水渠")
    ('全省服务业比重', None)
    """
    found = _subject().match(clause)
    return found["subject"] if found else None


@vocabulary.compiled
def responsible() -> re.Pattern[str]:
    """A clause of responsibility behind a goal."""
    words = "|".join([vocabulary.alternation("roles", code=code) for code in ("lead", "answer", "support")])
    return re.compile(rf"[（(\[〔][^（）()\[\]〔〕]*(?:{words})[^（）()]*[）)\]〕]?\Z")


@vocabulary.compiled
def _basis() -> re.Pattern[str]:
    return re.compile(rf"年?的?(?:基础|水平|{vocabulary.alternation('goal_words', 'change')})")


def is_year_compared_with(value: str, end: int) -> bool:
    """Whether the date that ends at ``end`` says when something stood otherwise: 在2019年基础上, 较2019年下降."""
    return _basis().match(value, end) is not None
