"""The small language in which goals are set.

goal       = deadline? subject? verb? bound? number unit bound? object?
comparison = subject? (高于 | 低于 | 走在) others (平均水平 | 前列)

到2025年，全区技能人才总量 达到 1.68 万人 · 新增 500 家 上云企业 · 掌上执法率 达到 90 % 以上 · 运营成本 降低 20 %
"""

from __future__ import annotations

import re

from gongwen.lexicon import goals, quantities, vocabulary

REACH, DO = (vocabulary.alternation("goal_words", "verb", code) for code in ("reach", "make"))
_REACHED = re.compile(rf"(?:{REACH}|不低于|不少于|至少|率|比重|占比|总量|规模|产量|[到至于过为])(?:约|近)?\Z")
_MARKER = r"[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)、.．]"
_DATES = (
    r"[到至]?20[0-9]{2}年(?:[0-9]{1,2}月|第?[一二三四]季度|[上下]半年)?(?:年?[底末])?(?:之?前)?"
    r"|(?:[0-9]|[一二两三四五六七八九])年内?(?=[建培新完实打引形])"
)
_MADE = re.compile(
    rf"(?:累计|重点|共|线下|新(?!建|增))*+(?:(?:{vocabulary.alternation('goal_words', 'lead', 'make')})[或并和]?)+(?!后|率|量|数(?![字据智学码控]))(?=..)"
)
_CHANGED = re.compile(
    rf"(?:{vocabulary.alternation('goal_words', 'object')}|{vocabulary.alternation('goal_words', 'share')})(?!率|值|工程|行动|机)(?=..)"
)
_WHERE = re.compile("\\A在.{2,50}?(?:领域|行业|方面|地区|范围)(?:各|中|内)?\\Z")  # 在化工等领域选择1000家企业
_VERBS = re.compile(rf"(?:{vocabulary.alternation('goal_words', 'lead', 'make')})+")
_LONGEST_TAIL = 6  # characters: 较2020年
_LONGEST_INDICATOR = 40  # characters


@vocabulary.compiled
def _lead() -> re.Pattern[str]:
    words = vocabulary.alternation("indicator_words", code="lead")
    return re.compile(rf"\A[-—]*(?:{_MARKER})?(?:{words}|[，：]|{_DATES})*+")


@vocabulary.compiled
def _tail() -> re.Pattern[str]:
    words = vocabulary.alternation("indicator_words", code="tail")
    return re.compile(rf"(?:{DO}|{REACH}|{words}|较上年度?|[较比]?20[0-9]{{2}}年|再[降增提]|(?<![0-9])年)\Z")


def indicator(before: str, after: str) -> str | None:
    """What is measured or counted: the words before the number without the verbs that lead to it, else those behind it.

    >>> indicator("全区技能人才总量达到", ""), indicator("新增", "上云企业"), indicator("机关内部", "部门接入系统"), indicator("达到", "")
    ('全区技能人才总量', '上云企业', '机关内部部门接入系统', None)
    """
    subject = _lead().sub("", before, count=1).removesuffix("“")
    reached = bool(_REACHED.search(subject, max(0, len(subject) - _LONGEST_TAIL)))
    for _ in range(4):
        tail = _tail().search(subject, max(0, len(subject) - _LONGEST_TAIL))
        if tail is None:
            break
        subject = subject[: tail.start()]
    for leading in (_MADE, _CHANGED):
        if found := leading.match(subject):
            subject = subject[found.end() :]
    subject = _WHERE.sub("", subject)
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
    if _VERBS.fullmatch(words):
        return None
    ended = [one for one in quantities.find(words) if words[one[1] :] == "" or words[one[1]] in "、，；：）"]
    return None if ended else words or None


# Goals without a number. A comparison with others or with the year before, and a state that words of result name (清零), wherever the
# words set a goal; COMPARISON_END finds where one ends, RELATIVE reads it up to there …
_OTHERS = "平均水平|平均增速|平均|水平|增速|增幅|上一?年度?(?:同期|水平)?|(?:去年|20[0-9]{2}年)同期"
_RANKS = "前列|前茅|第一方阵|上游|先进行列"
_RESULTS = goals.results().pattern
COMPARISON_END = re.compile(f"{_OTHERS}|{_RANKS}|{_RESULTS}")
LONGEST_COMPARISON = 26
RELATIVE = re.compile(
    rf"(?P<more>高于|快于|优于|好于|不低于|超过)[^，。；、\n0-9]{{0,20}}(?:{_OTHERS})\Z"
    rf"|(?P<less>低于|不高于)[^，。；、\n0-9]{{0,20}}(?:{_OTHERS})\Z"
    rf"|(?P<rank>走在|位居|居|进入|跻身|保持|处于|达到)[^，。；、\n0-9]{{0,14}}(?:{_RANKS}|领先水平|先进水平)\Z"
    rf"|(?P<result>{_RESULTS})\Z"
)
SET = re.compile(
    r"力争|确保|争取|努力|实现|推进|推动|达到|基本|全部|动态|做到|不低于|不高于"
)  # words that make a comparison or a coverage a goal
NO_GOAL = re.compile(r"已|现有|目前|去年|上年|对(?!标)[^，]*的|给予|补[助贴]|奖励|的企业|裁员率")
SUBJECT = re.compile(
    r"(?:[^，]{0,12}(?:时期|期间|年|底|末))?(?P<subject>.{2,40}?)(?:年均|每年|均|力争|稳步|持续|进一步|不断|明显|显著)?(?:增长|提高|提升|下降|降低|达到|达|高于|低于|超过|突破)"
)


@vocabulary.compiled
def responsible() -> re.Pattern[str]:
    """A clause of responsibility behind a goal."""
    words = "|".join([vocabulary.alternation("roles", code=code) for code in ("lead", "answer", "support")])
    return re.compile(rf"[（(\[〔][^（）()\[\]〔〕]*(?:{words})[^（）()]*[）)\]〕]?\Z")


COMPARED_WITH = re.compile(r"年?的?(?:基础|水平|增|提高|下降|降低|减少)")  # 在2019年基础上, 较2019年下降
