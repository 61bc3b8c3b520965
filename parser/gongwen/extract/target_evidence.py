"""What tells a goal from the other numbers of official text: the words around it, weighed.

Most numbers are no goals: aid and its ceilings, conditions, terms of procedures, what exists, what was reached. Each row of
EVIDENCE is something that goals, or those others, show; the weights of the rows that hold are added, and from THRESHOLD on the
number is a goal. The weights were set on annotated plans, as a set: moving one moves the others.

Regions: ``before`` and ``after`` are the number's clause on either side of it, ``lead`` the last LEAD characters of ``before``,
``clause`` both with the number, ``sentence`` the sentence, ``number`` the number itself with unit and bound, ``around`` the
words before it, it, and the words after it with NUL between; ``chinese`` is ``before`` where the number is small and written in Chinese
numerals, ``spoken`` where it is a greater one, ``money`` is ``after`` where it is an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from gongwen.extract.target_grammar import DO, REACH
from gongwen.lexicon.quantities import TIME_UNITS


class Evidence(NamedTuple):
    region: str
    pattern: re.Pattern[str] | None
    """None where what stands around the number decides, not its words."""
    weight: int
    reason: str


_AID = (
    "补助|补贴|奖励|奖补|奖金|资助|贴息|返还|减免|免征|免收|免缴|减半|减按|扣除|退还|缓缴|额度|担保费|保险费|租金|利率|费率|税率|缴纳|缴存|津贴|"
    "给予|一次性|最高|封顶|上限|罚款|处以|工资|薪金|税前|电价|授信|注册资本|股比|持股|每人|每户|"
    "注册费|收费(?!站)|结算价格|租赁费用|"
    "拨付|绩效分|基础分|得分|得?满分|扣分|扣[0-9]|加分|计分"
)
_INDICATOR = "率|拥有量|保有量|带宽|浓度|人数|比重|比例|占比|总量|规模|产值|产量|收入|增加值|数量|面积|能力|增速|水平|总数|用户数"

# fmt: off
EVIDENCE: tuple[Evidence, ...] = tuple(
    Evidence(region, re.compile(pattern), weight, reason)
    for region, pattern, weight, reason in (
        ("lead", rf"(?:{REACH})[^，。；]{{0,6}}\Z", 3, "a value is to be reached: 达到12.5%"),
        ("before", rf"(?:{DO})", 3, "something is to be made or done: 新增500家"),
        ("around", r"(?:打造|培育|建成|新增|开发)\0[0-9]", 2, "… right before the number: 每乡打造2家"),
        ("lead", rf"(?:{_INDICATOR})(?:年均)?.{{0,4}}\Z", 2, "an indicator and its value: 日产量100万个"),
        ("number", r"(?:以上|左右|以内|以下)\Z", 1, "the value is a bound"),
        ("lead", r"(?:至少|不少于|不低于|不超过|不高于|不小于|控制在)[^，。；]{0,4}\Z", 1, "the value is bounded by words"),
        ("before", r"是指|系指|指的是", -6, "a definition: 大型企业是指产值5亿元以上的企业"),
        ("number", r"[0-9][百千万亿]*[余多]", -2, "a figure that is rounded down tells what is: 10万余个"),
        ("before", r"为[^，。；]{0,20}(?:提供|奠定)|了[^，。；]{0,12}\Z", -3, "what was done: 建成了"),
        ("number", r"番\Z", 6, "翻一番 is nothing but a goal"),
        ("after", r"\A的?[^，。；、]{0,20}?(?:实现|具备|可在|接入|覆盖|完成|纳入|建成|开通|达到?标|上云|网上办|联网|实施)", 2, "a share is to do something: 100%实现可追溯"),
        ("sentence", r"力争|确保|争取|目标|尽快", 1, "the sentence sets a goal"),
        ("after", r"\A[^，。；]{0,12}目标", 2, "实现…的目标"),
        ("number", r"\A100[%％]\Z", 1, "all of it"),
        ("before", r"\A[^，]{0,6}全[市省县区州][^，]{0,4}\Z|各级\Z", 1, "a share of the whole place"),
        ("lead", r"累计[^，]{0,6}\Z", 1, "a total"),
        ("before", r"\A其中", 2, "a part of a goal: 其中高级技师0.3万人"),
        ("after", r"\A的[^，。；、]{1,14}[0-9]+[家户个项名]", -8, "the size of what is counted: 营收过50亿元的工坊15家"),
        ("after", r"\A[0-9]+[家户个名]", -8, "… also without 的: 年进出口额10亿元以上30家"),
        ("after", r"\A的?(?:直径|口径|半径|长的|宽的|跨度|量级)", -6, "a size: 3.8米直径"),
        ("before", r"(?:达到?|超过?|突破|占)[^，。；]{2,20}(?:总值|总量|GDP|收入|规模|产值)的[约近]?\Z", 6, "a share of a whole: 达到地区生产总值的50%"),
        ("before", r"(?:确保|力争)[^，。；]*(?:利率|成本|费率|[电气水]价)[^，。；]*\Z", 14, "a rate or a cost that is to be kept low: 确保综合费率低于2%"),
        ("before", r"(?:打造|建设|培育|形成|推出|建成|开发)[^，]*的\Z", 3, "things to be made, described before they are counted: 打造叫得响的50个品牌"),

        ("clause", rf"(?:{_AID})", -7, "an amount or a rate of aid"),
        ("sentence", rf"(?:{_AID})", -2, "the sentence is about aid"),
        ("number", r"元(?:/|以|\Z)", -1, "money is spent more often than aimed at"),
        ("number", rf"{TIME_UNITS}(?:以|之|\Z)", -4, "a term of a procedure: 24小时"),
        ("after", r"\A内?(?:办结|审结|办好|放行|通关|送达|到位|上门)(?!率)", 8, "a term in which all is to be done: 1个工作日内办结"),
        ("sentence", r"的，[^，。；]{0,6}[0-9一二三四五六七八九十]+个?(?:工作日|小时|天|日)内", -6, "… or what a condition entails: 材料齐全的，24小时内办结"),
        ("around", rf"(?:自[^，。；\0]*起|之日起|收到|接到|受理|应当|须|到期|届满)[^\0]*\0[^\0]*(?:{TIME_UNITS}|日)", -12, "… unless the term is one of a procedure: 自受理之日起5个工作日内办结"),
        ("lead", r"(?:压[缩减]|缩短|控制|最多|减[至到]|降[至到]|提速)[^，。；]{0,8}\Z", 4, "a term that is to become shorter"),
        ("after", r"\A[^，。；、]{0,14}的(?:，|企业|项目|单位|个人|人员|机构|地区|贷款|\Z)", -3, "a condition: 投资额达2000万元以上的，"),
        ("before", r"\A(?:凡|对(?!接|外|标)|如|若|当)|(?:年满|符合|低于|连续|注册|首次(?!登记|申请))", -3, "a condition: 对…达到100人的企业"),

        ("before", r"已|现有|目前|截至|截止|拥有(?!量)|原有|去年|同比(?!增长?(?:不|至少|达|超))|近年|以来|仅|曾", -4, "what is"),
        ("sentence", r"截至|目前|去年|近年来|位居|居[^，。]{0,6}第|同比(?!增长?(?:不|至少|达|超))", -3, "the sentence reports"),
        ("around", r"同比[^，。；\0]{0,6}\0[^\0]*以上\0", 7, "… unless the growth is bounded: 同比增长50%以上"),
        ("before", r"总投资|占地|建筑面积|建设面积|投资额", -4, "a project described"),
        ("around", r"\A总投资[^\0]{0,3}\0[^\0]*以上\0\Z", 4, "… unless the worth of the projects is bounded: 引进20个项目，总投资10亿元以上"),
        ("after", r"\A的?比例", -3, "a rate of a measure: 按10%的比例"),
        ("after", r"\A[^，。；]{0,20}已", -4, "what is, told behind the number"),
        ("after", r"\A[^，。；]{0,24}基础上", -5, "what is built on: 在100%网上办的基础上"),
        ("number", r"（含）", -5, "a limit that is said to be included: 首次突破1亿元（含）的"),
        ("lead", r"首次(?:突破|达到?|超过)[^，]{0,4}\Z", -4, "a condition of an award: 首次突破1亿元"),
        ("around", r"\0[^\0%％]*(?:元|平方米|人|亩|台|吨)(?:以[上下])?\0的[^，。；\0]{0,24}(?:企业|项目|单位|机构|用户|个人)", -4, "a condition: 收入不超过300万元的小微企业"),
        ("around", r"“[^”\0]{0,10}\0[0-9]+条\0”", -8, "a name: “金融15条”"),
        ("after", r"\A重点(?:工作|任务|工程)", -4, "the tasks that the notice itself lists"),
        ("after", r"\A等", -4, "a name that holds a number: 民营经济30条等政策"),
        ("after", r"\A(?:规模|以上)?的[^，。；]{1,10}(?:必须|应当|须)", -4, "a condition: 超过50人规模的食堂必须…"),
        ("before", r"(?:遴选|择优|选择|评选|认定)[^，。；]{0,40}不(?:超过|多于)\Z", -8, "the ceiling of a selection"),
        ("around", rf"[、和及与](?![^、\0]*(?:{DO}|{REACH}|各级|全[市省县]))[^、，\0等0-9]{{1,14}}\0[0-9一二三四五六七八九十]+[个类项大种]\0[^，。；、\0]", -4, "the number of the things just listed: 预约、缴费2类事项"),
        ("around", r"前\0[0-9]+[项个家批]", -5, "the first ones of a list: 前15项"),
        ("money", r"\A(?:的|以上|级)*[^，。；、0-9]{0,12}(?:企业|集群|产业|项目|园区|平台|公司)", -8, "a class of firms by size: 10亿元企业"),
        ("lead", r"(?:等|这|其他|上述|聚焦|围绕|依托|按照?|以|各|我[市省县区]|对|为|将|每|从|的)\Z", -3, "a number of known things: …等49个项目, 每个, 聚焦13个集群"),

        ("chinese", r".", -4, "Chinese numerals name and list: 一个中心, 三个阶段"),
        ("chinese", r"“[^”]*\Z", -12, "a name: “最多跑一次”"),
        ("spoken", r"“[^”]*\Z", -12, "a name: “千人计划”"),
        ("chinese", rf"(?:年内|每年|{DO})\Z", 2, "… unless the number stands right behind what is to be done: 举办一次"),
    )
)
# fmt: on
LEAD = 16
GOVERNED_BY_DEADLINE = Evidence("", None, 2, "a deadline governs it: 到2025年")
RECURRING = Evidence("", None, 2, "it is due again and again: 每年")
IN_GOALS_SECTION = Evidence("", None, 2, "it stands under 主要目标")
BESIDE_A_GOAL = Evidence("", None, 2, "its sentence has set a goal before: 建设A 10个、B 20个")
IN_A_REPORT = Evidence("", None, -7, "its section reports how things are: 发展现状")
PAST = Evidence("", None, -4, "the nearest date before it lies before the year of issue")
THRESHOLD = 3

_BY_REGION: dict[str, list[tuple[re.Pattern[str], Evidence]]] = {}
for _row in EVIDENCE:
    if _row.pattern:
        _BY_REGION.setdefault(_row.region, []).append((_row.pattern, _row))


def shown(region: str, words: str) -> list[Evidence]:
    """The evidence that ``words`` show, as words of ``region``."""
    return [row for pattern, row in _BY_REGION[region] if pattern.search(words)] if words else []


def weight(evidence: Iterable[Evidence]) -> int:
    """What ``evidence`` weighs together: from THRESHOLD on, the number is a goal."""
    return sum([row.weight for row in evidence])


@cache
def _calibration() -> tuple[float, float]:
    """Slope and intercept of the logistic function from weights to probabilities, as tools/fit_goals.py wrote them."""
    row = Path(__file__).with_name("goal_calibration.tsv").read_text(encoding="utf-8").splitlines()[1]
    slope, intercept, *_ = row.split("\t")
    return float(slope), float(intercept)


def probability(weight: int) -> float:
    """How likely a number of that weight is a goal, to two digits; nothing is certain.

    >>> probability(THRESHOLD) < probability(THRESHOLD + 2) <= 0.99
    True
    """
    slope, intercept = _calibration()
    likely = 1 / (1 + exp(-(slope * (weight - THRESHOLD) + intercept)))
    return min(max(round(likely, 2), 0.01), 0.99)
