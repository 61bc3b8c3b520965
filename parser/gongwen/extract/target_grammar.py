"""The small language in which goals are set.

goal       = deadline? subject? verb? bound? number unit bound? object?
comparison = subject? (高于 | 低于 | 走在) others (平均水平 | 前列)

到2025年，全区技能人才总量 达到 1.68 万人 · 新增 500 家 上云企业 · 掌上执法率 达到 90 % 以上 · 运营成本 降低 20 %
"""

from __future__ import annotations

import re

from gongwen.lexicon import vocabulary

_MAGNITUDE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
_COUNTED = (
    "平方公里 平方千米 平方米 立方米 标准立方米 公里 千米 公顷 米 亩 吨标准煤 吨 千克 公斤 斤 克 升 "
    "千瓦时 千瓦 兆瓦 吉瓦 度 美元 人民币 元 "
    "微克 毫克 架次 人次 场次 班次 车次 台次 户次 件次 人天 标箱 人 名 位 户 家 个点位 个 项 件 次 场 座 套 台 辆 处 所 条 种 类 期 组 支 款 本 篇 部 份 "
    "张 床 株 棵 头 只 发 羽 艘 架 班 门 堂 课时 学时 学分 课 站 片 栋 幢 间 村 对 颗 枚 块 批次 批 宗 笔 桩 例 单 册 遍 轮 成 倍 番 "
    "周 日 千伏安 千伏 海里 家次 人年 "
    "PFLOPS EFLOPS PFlops EFlops ZB EB PB TB GB MB Gbps Mbps bps 标准机架 机架 机柜"
).split()
TIME_UNITS = r"(?:个?工作日|个?工作小时|个?小时|分钟|秒|毫秒|天)"
_COUNTER = "|".join(sorted(map(re.escape, _COUNTED), key=len, reverse=True))
_PER = r"(?:/(?:平方公里|平方米|立方米|千瓦时|万人|百人|千人|吨|人|亩|户|年|天|日|秒|万元))?"
_UNIT = (
    rf"(?:个百分点|百分点|％|%|‰|{TIME_UNITS}"
    rf"|{_MAGNITUDE}?(?:{_COUNTER})(?!月|季度|年|世纪|周年|[强佳优一]|以来|(?<=项)目){_PER}"
    r"|[MP](?![A-Za-z0-9])|(?<=[0-9]{3})[GT](?![A-Za-z0-9])|万方(?![面案向式法针])|列(?![入为席举出明支])|兆(?![瓦赫字焦欧帕])"
    rf"|{_MAGNITUDE}(?![级强余多年]))"
)
_DIGITS = r"[0-9]{1,3}(?:[ ][0-9]{3}){1,3}(?![0-9 ])(?:[.．\ue010][0-9]{1,6})?|[0-9]{1,3}(?:[,，][0-9]{3}){1,4}(?![0-9])(?:[.．\ue010][0-9]{1,6})?|[0-9]{1,12}(?:[.．\ue010][0-9]{1,6})?"
_HAN = r"[一二两三四五六七八九十百千]{1,7}(?:万零?[一二两三四五六七八九十百千]{1,7})?"
_HAN_CHARACTERS = "一二两三四五六七八九十百千"

# Where a candidate can begin. The full pattern is tried there only: a scan for first characters is many times faster.
_NUMERALS = "0-9一二两三四五六七八九十百千"
NUMERAL = re.compile(
    rf"[{_NUMERALS}][{_NUMERALS}]{{0,15}}+(?:(?<=[0-9])(?![年月日号〕\])）])|(?=[番倍次场个万亿家项座所名人户点小日天]|分之))"
)

_BEHIND = vocabulary.alternation("goal_words", "behind")
# A number with its unit. What sticks to a number on the left makes it a part of a name, a date, an ordinal, a version.
CANDIDATE = re.compile(
    rf"""
    (?<![0-9A-Za-z.．第〔\-—+＋×/月])(?<!(?<![每0-9])年)
    (?:
        (?P<value>{_DIGITS})(?P<more>余|多)?
        (?:(?:{_MAGNITUDE}|[%％个家项座场])?[-—–~～至到]{{1,2}}(?P<upto>{_DIGITS}))?
        [ ]?(?P<unit>{_UNIT})
      | 百分之(?P<percent>{_HAN}(?:点{_HAN})?)
      | (?<![{_HAN_CHARACTERS}点几数万])(?P<han>{_HAN})(?P<measure>番|倍|次|场次|个百分点|{_MAGNITUDE}?(?:个工作日|个工作小时|个小时|小时|个|家|项|场|座|所|名|人|户|日(?=内|办)|天(?=内|办)))(?!月|季度|年|性|[强佳优大]|以来|方面|问题|时期|阶段)
      | (?<=[过破超达])(?P<bare_han>[百千])(?P<magnitude>亿元?|万元?)
      | (?P<plus>[0-9]{{1,6}})(?=[＋+](?![0-9]))
      | (?<=[到至达过破于在])(?P<bare>[0-9]{{1,6}}(?:[.．\ue010][0-9]{{1,6}})?)(?=以[上下内]|左右|[，。；、）])
    )
    (?:[（(]含[）)])?(?P<suffix>{_BEHIND})?
    """,
    re.VERBOSE,
)

# Groups of digits that are neither one number nor clearly several: 3 5座, 1,2,3万元.
AMBIGUOUS = re.compile(rf"[0-9]{{1,4}}(?:[ ,，][0-9]{{1,4}})+(?![0-9.．])[ ]?(?:{_UNIT})")
GROUPED = re.compile(r"[0-9]{1,3}(?:(?:[ ][0-9]{3})+|(?:[,，][0-9]{3})+)(?![0-9])")

REACH, DO = (vocabulary.alternation("goal_words", "verb", code) for code in ("reach", "make"))
_REACHED = re.compile(rf"(?:{REACH}|不低于|不少于|至少|率|比重|占比|总量|规模|产量|[到至于过为])(?:约|近)?\Z")
_LEAD = re.compile(
    r"\A[“]?(?:力争|确保|争取|其中|每年|预计|推动|尽快|逐步|进一步|目标|全面|高质量|原则上|基本|要|并|还|[，：])*+"
)
_TAIL = re.compile(
    rf"(?:{DO}|{REACH}|力争|争取|确保|原则上|基本|累计|分别|年均|每年|全部|较上年度?|较?20[0-9]{{2}}年|同比|再[降增提]|低于|高于|少于|多于|大于|小于|全面|均|不低于|不少于|至少|平均|建|约|近|到|至|为|在|过|于|共|总|再|新|将|要|和|[“”])\Z"
)
_MADE = re.compile(
    r"(?:累计|重点|共|线下|新(?!建|增))*+(?:新建|建成|建设|新增|培育|培养|打造|推出|形成|引进|举办|开展|创建|完成|实现|培训)+(?!后)(?=..)"
)
_LONGEST_TAIL = 6  # characters: 较2020年
_LONGEST_INDICATOR = 40  # characters


def indicator(before: str, after: str) -> str | None:
    """What is measured or counted: the words before the number without the verbs that lead to it, else those behind it.

    >>> indicator("全区技能人才总量达到", ""), indicator("新增", "上云企业"), indicator("机关内部", "部门接入系统"), indicator("达到", "")
    ('全区技能人才总量', '上云企业', '机关内部部门接入系统', None)
    """
    subject = _LEAD.sub("", before, count=1)
    reached = bool(_REACHED.search(subject, max(0, len(subject) - _LONGEST_TAIL)))
    for _ in range(4):
        tail = _TAIL.search(subject, max(0, len(subject) - _LONGEST_TAIL))
        if tail is None:
            break
        subject = subject[: tail.start()]
    if made := _MADE.match(subject):
        subject = subject[made.end() :]
    counted = "" if reached and subject else after.removeprefix("的").strip("”“")
    whole = (subject + counted)[:_LONGEST_INDICATOR] if counted else subject[-_LONGEST_INDICATOR:]
    return _without_half_quotes(whole.strip("、 ")) or None


def _without_half_quotes(words: str) -> str:
    """``words`` without the quotes at its ends whose other half was cut off."""
    while words[:1] == "”" or (words[:1] == "“" and words.count("“") > words.count("”")):
        words = words[1:]
    while words[-1:] == "“" or (words[-1:] == "”" and words.count("”") > words.count("“")):
        words = words[:-1]
    return words


# Goals without a number. A comparison with others, and full coverage, wherever the words set a goal; COMPARISON_END finds
# where one ends, RELATIVE reads it up to there …
COMPARISON_END = re.compile("平均水平|平均增速|平均|水平|增速|增幅|前列|前茅|第一方阵|上游|先进行列|全覆盖")
LONGEST_COMPARISON = 26
RELATIVE = re.compile(
    r"(?P<more>高于|快于|优于|不低于|超过)[^，。；、\n0-9]{0,20}(?:平均水平|平均增速|平均|水平|增速|增幅)\Z"
    r"|(?P<less>低于|不高于)[^，。；、\n0-9]{0,20}(?:平均水平|平均|水平)\Z"
    r"|(?P<rank>走在|位居|居|进入|跻身|保持|处于|达到)[^，。；、\n0-9]{0,14}(?:前列|前茅|第一方阵|上游|先进行列|领先水平|先进水平)\Z"
    r"|(?P<coverage>全覆盖)\Z"
)
SET = re.compile(r"力争|确保|争取|努力|实现|推进|推动|达到|基本")  # words that make a comparison or a coverage a goal
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
ACCOMPANY = re.compile(r"\A(?:以|围绕|坚持|通过|按照|为|在|随着|根据|深入|聚焦|立足|紧扣|对标|结合)")
# … and in a section of goals every clause that states a result.
RESULT = re.compile(
    r"显著|明显|进一步|基本|全面|更加|日益|不断|大幅|有效|初步|持续|实现|形成|建成|取得|达到|成为|走在|构建|打造|建立|健全|完善|增强|提升|提高|优化|改善|缩小|扩大|壮大|迈上|突破|普及|完成|覆盖|领先"
)
