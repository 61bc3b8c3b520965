"""What the words around the number of a goal say: which way it goes, how the number bounds it, how firmly it is set, and for whom.

    时限 压缩 60% 以上 → decrease, by, at_least · 达标率 提高到 80% → increase, to, equal · 达到 80% → no direction, equal

goal_words.tsv has the words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gongwen.document import Extent
from gongwen.lexicon import dimensions, divisions, quantities, vocabulary
from gongwen.lexicon.units import ends_like
from gongwen.model import Bound, Change, Direction, Strength, Telling

_LONGEST_SCOPE, _LONGEST_PLACE = 9, 6  # characters
_NOT_EACH = re.compile("[年月日天周季半时分次期逢万千百十0-9一两二三]|学[年期]|平方|立方|[公海]里|亩|吨|度|工作日")
_KINDS = ("类", "种", "项")  # 各类企业 are for nobody in particular
_OF_PEOPLE = ("长", "员", "生")  # 每名副校长 are no schools
_SHORT_VERBS = ("建", "设", "办", "配")
_LEADS = "要在推动组织支持指导督促引导鼓励力争确保其中，、"


class Sign(NamedTuple):
    """Words that say how a number is meant, and what they tell of it."""

    start: int
    end: int
    tells: tuple[Telling, ...]


class Meaning(NamedTuple):
    """How a number is meant, and the words that say so."""

    direction: Direction | None
    change: Change | None
    bound: Bound
    signs: tuple[Sign, ...]


_DATE = r"20[0-9]{2}年(?:底|末|初)?的?"
_SHARES = {"share", "points", "times", "time", "workdays", "days"}
_TIMES = {"time", "days", "months"}
_STOP = re.compile("[，。；：]")
_LONGEST_OBJECT = 16  # characters between 新增 and the number
_LONGEST_COMPARISON = 4  # characters: 不得高于
_REACH = 40  # characters before a number that can say how it is meant


_BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "more_than", "less_than", "about")


@vocabulary.compiled
def bounds() -> dict[str, Bound]:
    """What the words mean that bound a number."""
    return {term.text: bound for bound in _BOUNDS for term in vocabulary.terms("goal_words", code=bound)}


@vocabulary.compiled
def _changing() -> re.Pattern[str]:
    return re.compile(
        "|".join(
            f"(?P<{code}>{vocabulary.alternation('goal_words', 'change', code)})"
            for code in ("rise", "addition", "fall")
        )
    )


@vocabulary.compiled
def per_unit() -> str:
    """The unit that an amount is for, before it, as an expression: 降到每平方米30千瓦时."""
    per = vocabulary.alternation("goal_words", "scope", "per")
    counted = [unit for unit in dimensions.units() if dimensions.measure(unit).dimension not in _TIMES]  # 每年 recurs
    units = "|".join(map(re.escape, sorted(counted, key=lambda unit: (-len(unit), unit))))
    return rf"(?:{per}|每(?:{units}))"


@vocabulary.compiled
def _links() -> re.Pattern[str]:
    """What may stand between a word of change and the number; the group ``to`` where it says that the number is what is reached."""
    to, filler = (vocabulary.alternation("goal_words", "link", code) for code in ("to", "filler"))
    bounds = vocabulary.alternation("goal_words", "before")
    # Not possessive: in Python 3.11 a group within a possessive repetition loses its place.
    return re.compile(rf"(?:(?P<to>{to})|{filler}|{bounds}|{_DATE}|{per_unit()})*\Z")


OF_WHAT = r"[^，。；：、0-9]{2,10}的[约近]?"
"""What a share is one of, before the number: 法定时限的40%."""


OF_WHAT_IS_BOUNDED = r"[^，。；：、0-9]{2,24}的[约近]?"
"""The same behind a bound, which says that a share follows: 不低于上年度人均可支配收入的60%."""


@vocabulary.compiled
def bounds_of_shares() -> str:
    """The bounds that may stand before what a share is one of (不低于采购总额的40%), as alternatives of an expression.

    A single character (过, 近) is too often a part of another word.
    """
    return "|".join(term.expression for term in vocabulary.terms("goal_words", "before") if len(term.text) > 1)


_TO_A_SHARE = re.compile(f"(?P<to>[到至]){OF_WHAT}")


@vocabulary.compiled
def _bounding() -> re.Pattern[str]:
    """A bound right before the number, before a verb that the number follows, or before what the number is a share of."""
    near = vocabulary.alternation("goal_words", "before")
    filler = vocabulary.alternation("goal_words", "link", "filler")
    verb = vocabulary.alternation("goal_words", "near")
    whole = rf"(?P<share>{bounds_of_shares()}){OF_WHAT_IS_BOUNDED}"
    return re.compile(rf"(?:(?P<near>{near})(?:{filler}|[约近])*|(?P<far>{verb})[^，。；：、0-9]{{1,4}}|{whole})\Z")


def meaning(value: str, low: int, number: int, behind: Extent | None, unit: str | None) -> Meaning:
    """How the number at ``number`` is meant: by the words of ``value[low:number]``, and by the bound ``behind`` it if there is one."""
    low = max(low, number - _REACH)
    signs: list[Sign] = []
    direction: Direction | None = None
    change: Change | None = None
    if found := _change(value, low, number, unit):
        direction, change, signs = found
    bound: Bound = "equal"
    stated = _bounding().search(value, low, number)
    if behind:
        bound = bounds()[value[behind.start : behind.end]]
        signs.append(Sign(*behind, ("bound",)))
    elif stated:
        words = Extent(*stated.span(stated.lastgroup or 0))
        bound = bounds()[value[words.start : words.end]]
        signs.append(Sign(*words, ("bound",)))
    return Meaning(direction, change, bound, tuple(signs))


def _change(value: str, low: int, end: int, unit: str | None) -> tuple[Direction, Change, list[Sign]] | None:
    """Whether something rises or falls, to the number at ``end`` or by it, and the words that say so; the nearest such words count."""
    for word in reversed(list(_changing().finditer(value, low, end))):
        links = _links().search(value, word.end(), end)
        assert links is not None  # it matches nothing at the end of the text, too
        if _of_others().search(value, low, word.start()):  # 增速高于GDP增速1个百分点
            continue
        as_verb = word.lastgroup == "fall" and value.startswith("为", word.end())  # 缩短为7天; 增幅为 is a noun
        reached = links["to"] is not None or as_verb
        if of_what := _TO_A_SHARE.fullmatch(value, word.end(), end):  # 压缩至法定时限的40%
            signs = [Sign(*word.span(), ("direction",)), Sign(*of_what.span("to"), ("change",))]
            return "decrease" if word.lastgroup == "fall" else "increase", "to", signs
        contexts = _contexts(word[0])
        if links.start() > word.end():
            between = value[word.end() : links.start()]
            shared = unit is not None and dimensions.measure(unit).dimension in _SHARES
            if len(between) > _LONGEST_OBJECT or _STOP.search(between) or any(quantities.find(between)):
                return None
            if not ("object" in contexts or ("share" in contexts and (shared or reached))):
                continue
        direction: Direction = "decrease" if word.lastgroup == "fall" else "increase"
        if reached and word.lastgroup != "addition":
            to = links.span("to") if links["to"] else (word.end(), word.end() + 1)
            return direction, "to", [Sign(*word.span(), ("direction",)), Sign(*to, ("change",))]
        return direction, "by", [Sign(*word.span(), ("direction", "change"))]
    return None


@vocabulary.compiled
def _of_others() -> re.Pattern[str]:
    """What makes a word of change one of others, with which something is compared."""
    return re.compile(rf"(?:{vocabulary.alternation('goal_words', 'comparison')})[^，。；：、0-9]{{0,10}}\Z")


def _contexts(word: str) -> frozenset[str]:
    return next(term.contexts for term in vocabulary.terms("goal_words", "change") if term.text == word)


@vocabulary.compiled
def results() -> re.Pattern[str]:
    """A state that is a goal without a number: 清零, 全覆盖, 应保尽保."""
    return re.compile(f"{vocabulary.alternation('goal_words', 'clause', 'result')}|应(?P<must>.)尽(?P=must)")


@vocabulary.compiled
def _outcomes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What only leads up to a goal; what states a result; what states an effort."""
    head, tail = (vocabulary.alternation("outcome_words", place, "effort") for place in ("head", "tail"))
    manner = vocabulary.alternation("outcome_words", code="manner")
    return (
        re.compile(vocabulary.alternation("outcome_words", "head", "lead_in")),
        re.compile(vocabulary.alternation("outcome_words", "anywhere", "result")),
        re.compile(rf"\A[并也]?(?:{manner})*+(?:{head})|(?:{tail})\Z"),
    )


@vocabulary.compiled
def _said_to_be_a_goal() -> re.Pattern[str]:
    """A clause that leads up to others, but says itself that it is a goal: 以…为目标, 为…营造良好环境."""
    aim, serves = (vocabulary.alternation("outcome_words", code=code) for code in ("aim", "serves"))
    return re.compile(rf".*(?:{aim})\Z|为.{{2,40}}?(?:{serves})")


@vocabulary.compiled
def _row() -> re.Pattern[str]:
    """The last cell of a row of a table of indicators, whose cells are lost."""
    return re.compile(rf"(?:{vocabulary.alternation('outcome_words', 'tail', 'row')})\Z")


def leads_in(words: str) -> bool:
    """Whether ``words`` begin with what leads up to goals: 根据县政府要求, 通过三年努力.

    >>> leads_in("根据县政府要求，"), leads_in("灌溉率达到80%，")
    (True, False)
    """
    return _outcomes()[0].match(words) is not None


def states_outcome(words: str) -> bool:
    """Whether a clause of a section of goals sets one without a number: it says what will be, or what is to be done.

    >>> [states_outcome(words) for words in ("服务能力显著增强", "坚决打赢抗旱攻坚战", "为村民用水营造良好环境")]
    [True, True, True]
    >>> [states_outcome(words) for words in ("围绕服务能力显著增强", "企业是创新的主体")]
    [False, False]
    """
    lead_in, result, effort = _outcomes()
    words = words.lstrip("—-－ ")
    if _said_to_be_a_goal().match(words):
        return True
    if lead_in.match(words) or _row().search(words):
        return False
    return result.search(words) is not None or effort.search(words) is not None


@vocabulary.compiled
def behind() -> str:
    """The bounds that stand behind a number and its unit, as alternatives of an expression."""
    return vocabulary.alternation("goal_words", "behind")


@vocabulary.compiled
def inside() -> str:
    """… and those that stand between a number and its unit."""
    return vocabulary.alternation("goal_words", "inside")


@vocabulary.compiled
def _comparing() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("goal_words", "comparison"))


def comparison(value: str, start: int, end: int) -> tuple[Bound, Sign] | None:
    """How a comparison at ``start`` bounds a goal without a number, by the word that it begins with: 高于全省平均水平."""
    found = _comparing().match(value, start, end)
    if found is None:
        return None
    return bounds()[found[0]], Sign(*found.span(), ("bound",))


def _last(pattern: re.Pattern[str], value: str, start: int, end: int) -> re.Match[str] | None:
    return next(iter(reversed(list(pattern.finditer(value, start, end)))), None)


@vocabulary.compiled
def _striving() -> re.Pattern[str]:
    return re.compile(
        f"(?P<strive>{vocabulary.alternation('goal_words', 'aim', 'strive')})|{vocabulary.alternation('goal_words', 'aim', 'ensure')}"
    )


def strength(value: str, start: int, end: int) -> tuple[Strength, Sign | None] | None:
    """Whether what is set at ``end`` is striven for, by the last words in ``value[start:end]`` that say so: 力争, 确保; None without any."""
    last = _last(_striving(), value, start, end)
    if last is None:
        return None
    if last["strive"] is None:
        return "required", None
    return "strive", Sign(*last.span(), ("strength",))


_COMPARED = re.compile(
    r"(?:(?P<on>在)|[比较]|相较于?)"
    r"(?:(?P<year>20[0-9]{2})年(?:度|底|末|同期)?|上年(?:度|同期)?|上一年度?|去年(?:同期)?|“?十[一二三四]五”?(?:末|期末|时期)?)"
    r"(?(on)的?基础上?|(?:水平)?)"
)
_COMPARED_REACH = 60  # characters


def compared_with(value: str, low: int, number: int) -> tuple[Extent, str | None] | None:
    """Where ``value[low:number]`` says when what rises or falls stood otherwise, and the year if it is named: 较2020年, 比上年."""
    last = _last(_COMPARED, value, max(low, number - _COMPARED_REACH), number)
    return (Extent(*last.span()), last["year"]) if last else None


@vocabulary.compiled
def _scopes() -> re.Pattern[str]:
    per, each, whole = (vocabulary.alternation("goal_words", "scope", code) for code in ("per", "each", "whole"))
    return re.compile(
        rf"(?P<per>{per})|(?P<each>{each})|(?:{whole})(?=[省市区县州盟旗乡镇村国域])(?![村国市]际|.{{1,3}}(?:平均|水平))"
    )


def scope(words: str) -> tuple[int, int] | None:
    """Where ``words``, those before a number, name the place or the class that the number is for; None if they name none.

    >>> [words[slice(*scope(words))] for words in ("每个县至少建成", "全市建成", "各乡镇建成", "每个产业重点打造", "按照每千人口")]
    ['每个县', '全市', '各乡镇', '每个产业', '每千人口']
    >>> scope("每年建成"), scope("建成社区泵站")
    (None, None)
    """
    for match in reversed(list(_scopes().finditer(words))):
        if match["per"]:
            return match.span()
        if not match["each"]:
            if _measured_on().search(words, max(0, match.start() - _LONGEST_COMPARISON), match.start()):
                continue
            return match.start(), match.end() + 1
        if match[0] == "各" and _verb().match(words, match.end()):  # 东西两区各建成公园: each of those named before
            head = len(words) - len(words.lstrip(_LEADS))
            if ends_like(words[head : match.start()]):
                return head, match.start()
            continue
        if _NOT_EACH.match(words, match.end()) or (match[0] == "各" and words.startswith(_KINDS, match.end())):
            continue
        end = _end_of_class(words, match.end()) or (_before_verb(words, match.end()) if match[0] == "每" else None)
        if end:
            return match.start(), end
    return _place_at_head(words, len(words) - len(words.lstrip(_LEADS)))


def is_named(scope: str) -> bool:
    """Whether a scope is a place by its name.

    >>> is_named("青禾县"), is_named("全县"), is_named("各乡镇")
    (True, False, False)
    """
    return _scopes().match(scope) is None and ends_like(scope, "place")


@vocabulary.compiled
def _measured_on() -> re.Pattern[str]:
    """What makes a place one that others are compared with, not one that a goal is for: 居全省前三, 高于全省2个百分点, 占全省的30%."""
    words = "|".join([vocabulary.alternation("goal_words", context) for context in ("comparison", "rank")])
    return re.compile(rf"(?:{words}|占)\Z")


def whole(words: str) -> tuple[int, int] | None:
    """Where ``words`` last name the whole place that what follows is for: 全市.

    >>> whole("全市建成"), whole("综合实力居全省前三，新建")
    ((0, 2), None)
    """
    named = [
        match
        for match in _scopes().finditer(words)
        if not (match["each"] or match["per"])
        and not _measured_on().search(words, max(0, match.start() - _LONGEST_COMPARISON), match.start())
    ]
    return (named[-1].start(), named[-1].end() + 1) if named else None


def _place_at_head(words: str, start: int) -> tuple[int, int] | None:
    """The place that does something, by its name at the head of ``words``: 青禾区建成, but not 建设区域中心."""
    place = divisions.leading(words[start : start + 2 * _LONGEST_SCOPE])
    if place:
        return start, min(len(words), start + 2 * _LONGEST_SCOPE) - len(place[1])
    verb = _verb()
    if verb.match(words, start):
        return None
    ends = range(start + 3, min(len(words), start + _LONGEST_PLACE) + 1)  # 城镇 is no name
    return next(((start, end) for end in ends if ends_like(words[start:end], "place") and verb.match(words, end)), None)


def acts(words: str) -> bool:
    """Whether ``words``, those behind a place, say at once what it does: 至少建, 建成.

    >>> acts("至少建"), acts("技能人才总量")
    (True, False)
    """
    return any(pattern.match(words) for pattern in (_verb(), _leading(), _bounded()))


def is_short_verb(words: str) -> bool:
    """Whether ``words`` are nothing but a verb of one character, which many a noun begins with: 每县建1个, but not 每县建筑面积."""
    return words in _SHORT_VERBS


def acts_in(value: str, start: int, end: int) -> bool:
    """Whether ``value[start:end]`` holds a verb of a goal."""
    return _verb().search(value, start, end) is not None


@vocabulary.compiled
def _bounded() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("goal_words", "before"))


@vocabulary.compiled
def _leading() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("goal_words", "lead", "make"))


@vocabulary.compiled
def _verb() -> re.Pattern[str]:
    words = "|".join([vocabulary.alternation("goal_words", "verb", code) for code in ("make", "reach")])
    return re.compile(f"(?:{words})")


def _before_verb(words: str, start: int) -> int | None:
    """Where the name of a class ends that begins at ``start``, because a verb follows it: 每个产业重点打造."""
    for end in range(start + 2, min(len(words), start + _LONGEST_PLACE)):
        if _verb().match(words, end + 2 * words.startswith(("重点", "平均"), end)):
            return end - words.endswith("不", start, end)
    return None


def _end_of_class(words: str, start: int) -> int | None:
    """Where the name of a class ends that begins at ``start``: the first known ending, or one that goes on from it (各部门, 各县区)."""
    last = min(len(words), start + _LONGEST_SCOPE)
    found = None
    for end in range(start + 1, last + 1):
        if ends_like(words[start:end]) and not words.startswith(_OF_PEOPLE, end):
            found = end
        elif found and end > found + 1:
            break
    return found
