"""The wording by which the lines around the text are known: patterns of dates, numbers, titles, recipients, notes.

Only their shape is read here, to tell what kind of line it is; what they mean is read from the outline.
"""

from __future__ import annotations

import re

_NUMERAL = "[0-9０-９〇○Oo零一二三四五六七八九十]"
DATE = (
    rf"(?:(?:中华)?民国)?(?:{_NUMERAL}{{1,4}}|一百{_NUMERAL}{{0,3}})[ ]?年[ ]?{_NUMERAL}{{1,3}}[ ]?月[ ]?{_NUMERAL}{{1,3}}[ ]?日"
    r"|[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
)
_NUMBER = (
    rf"[^，。；：《》 （(]{{0,30}}(?:[〔\[（(【［〈﹝][ ]?[0-9]{{4}}[ ]?年?[〕\])）】］〉﹞]|[0-9]{{4}}年?)[ ]?第?[ ]?[0-9]{{1,5}}[ ]?号"
    rf"|[^，。；：《》（(]{{0,30}}第[ ]?{_NUMERAL}{{1,12}}(?:/[12][0-9]{{3}})?[ ]?号"
)
NUMBER_LINE = re.compile(rf"[（(]?(?:(?:发文字号|文号|字号|编号)[ ]?[:：]?[ ]?)?(?:{_NUMBER})[）)]?")
# A number glued to the title, also by a dash (某政发〔2020〕3号-某区人民政府关于…), or in the brackets of the date: （某政发〔2020〕3号 2020年2月4日）
NUMBER_FIRST = re.compile(
    rf"(?:{_NUMBER})[ ]?(?:[-—－](?=[^-—－])|(?!文)(?=[^，。：；0-9]{{2,60}}(?:关于|印发|转发)))|[（(](?:{_NUMBER})[ ]?(?=(?:{DATE})[）)]$)"
)

# A title glued to the text below it by a blank: 关于…的通告 全县渔民须…
GLUED_TITLE = re.compile(
    r"[^。；！？\n]{0,60}关于[^。；！？\n]{4,100}?的(?:通知|公告|通告|意见|决定|通报|批复|函)[ 　](?=[^（(\n]{20})"
)

# A title glued to the date in brackets below it: …的若干意见（2020年2月10日）
DATED_TITLE = re.compile(rf"[^\n]{{8,200}}[^）)](?=[（(](?:{DATE})[）)]$)")

# What titles end in: 文种 of the 条例 (article 8), then what notices issue, then what is no notice.
_TITLE_WORDS = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|方案|规划|计划|办法|细则|要点|措施|规定|规则|条例|纲要|预案|指南|指引|标准|规范|目录|清单|制度|章程|准则|政策|行动|工程|分工|名单|台账|安排|表|图"
    "|法|解释|讲话|公示|汇编|草案|建议|倡议书|声明|答复|说明|总结|设想|大纲|体系|机制|职责|模板|样本|要求|任务|领导小组"
)
ENDS_TITLE = re.compile(rf"(?:{_TITLE_WORDS})(?:[（(][^（）()]{{1,40}}[）)])*+[”》]?(?:[（(][^（）()]{{1,40}}[）)])*+$")
# What a title whose first line could be a whole one goes on with: its period, its status, or the end of 关于…措施｜的通知.
CONTINUES_TITLE = re.compile(r"的|[（(](?:[^（）()]*[年版批稿][）)]|[^（）()]*年|试行|暂行|修[订正]|草案)")
# What tells a title with a comma from a line of the text that was cut at its end.
SPEAKS_AS_TITLE = re.compile(rf"关于|印发|《|(?:{_TITLE_WORDS})(?:[（(][^（）()]{{1,40}}[）)])*+$")
_REST_OF_TITLE = re.compile(r"的(?:通知|意见|决定|公告|通告|函|批复|通报|措施|办法|方案)$")
SENTENCE_END = ("。", "！", "；", "？", "，", "：", ":", ";", "、")
NAMED = re.compile(r"《([^》\n]{4,120})》")

# The line 主送机关 (7.3.2) ends in a colon, and its last name as names of organs, or words for people, end; or it names a class (各软件企业联盟).
RECIPIENTS = re.compile(
    r"(?!附件|现将|根据|为|经|(?:尊敬的)?各位|同志们)(?:"
    r"[^。！？\n]{2,}?(?:政府|委员会|部门|单位|机构|[办局厅委院校处室会团部行区园所社队省市县州盟旗署台组]|公司|企业|中心|集团|组织|学校|大学|学院|银行|同志|代表|兵团)(?:[（(][^（）()]{1,40}[）)])?"
    r"|[^。！？：\n]*?(?<![^，、；]{8})各[^。！？：，\n]{2,30}(?<!如下|要求|事项|措施|任务|工作|内容|情况|方面|问题|目标|原则))[:：]$"
)

# The same in front of the text, where the line feed between is lost.
ADDRESSED = re.compile(
    r"(?=[^：]{0,40}各)[^。；！？：《》\n]{4,400}(?:政府|委员会|部门|单位|机构|[办局厅委部处]|公司|企业)[：:](?=[^\n]{20})"
)

# The labels of a page's header table, where a copy of the page holds it as text: 索引号：…, [发文字号] …
PAGE_LABEL = re.compile(
    r"[\[【]?(?P<label>索[ ]?引[ ]?号|主题分类|组配分类|信息分类|公文种类|体裁分类|服务对象|发文机[关构]|发布机[关构]|发文单位|制定机关|成文日期|成文时间|生成日期|发文日期|发文时间|发文字号"
    r"|文[ ]?号|文件编号|名[ ]?称|标[ ]?题|有[ ]?效[ ]?性|时效性|效力状态|主[ ]?题[ ]?词|关键词|公开方式|公开范围|公开形式|公开时限|实施日期|生效日期|失效日期|废止日期|生效时间|废止时间|发布日期|发布时间|信息来源|内容概述)[\]】]?[ ]?[:：\]】][ ]?"
)

# Further lines of the head.
HEAD_LINE = re.compile(
    rf"""
      (?P<furniture>[^。]{{0,12}}【法宝引证码】|原文链接|https?://|来源[:：]|更新时间|字体|字号[:：]|打印|分享|浏览|当前位置|首页|您?现在?的?位置)
    | (?P<signer>签发人[:：])
    | (?P<urgency>(?:特急|加急|特提|平急)$)
    | (?P<date>[（(]?(?:{DATE})[）)]?$)
    | (?P<adoption>[（(][^（）()]{{0,20}}{_NUMERAL}++年[^（）()]*+[）)]$)
    | (?P<rule>[-—_─━=]{{3,}}$)
    | (?P<page_number>[-—–－][ ]?[0-9]{{1,4}}[ ]?[-—–－]$|[0-9]{{1,4}}[ ]?/[ ]?[0-9]{{1,4}}$)
    | (?P<letterhead>[^，。：]{{2,60}}文[ ]?件$)
    | (?P<masthead>(?:档[ ]?号|保存年限|地[ ]?址|承办(?:人|单位)|联[络系](?:人|方式|电话)|电[ ]?话|传[ ]?真|电子(?:信箱|邮件|邮箱)|受文者|速别
        |密等(?:及解密条件或保密期限)?|分发名单|副本送)[ ]?[:：]|附[ ]?件[ ]?[0-9一二三四五]{{0,2}}[ ]?[:：]?$)
    """,
    re.VERBOSE,
)
CONTENTS = re.compile(r"目[ ]?[录次]$")
# Where news begins (新华社北京2月14日电), or the links below the text of a page.
BEGINS_OTHER = re.compile(
    r"【?相关(?:解读|链接|文章|文件|附件|阅读|报道)】?[:：]?$"
    r"|[^，。；：]{0,12}(?:社|报|网)[^，。；：]{0,12}[0-9]{1,2}日(?:电|讯|消息)|(?:新华社|本报|本网)记者"
)

# Lines below the text. An entry in the list of attachments has a name in the line, the heading of an attachment stands alone.
_TAIL_LINE = re.compile(
    rf"""
      (?P<attachment_heading>附[ ]?[件表录][ ]?(?:[0-9０-９一二三四五六七八九十]{{1,3}}(?:[-－—.][0-9]{{1,2}})?)?[ ]?[:：.、]?$)
    | (?P<attachment_list>附[ ]?件?[ ]?(?:[0-9一二三四五六七八九十]{{1,3}})?[ ]?[:：.、 ][ ]?[^ ].*)
    | (?P<recipients>正[ ]?本[ ]?[:：][ ]?[^ 0-9一二三四五].*)
    | (?P<copied_to>(?:抄[ ]?[送报]|分[ ]?送|主[ ]?送|副[ ]?本)[ ]?[:：].*)
    | (?P<signer>签发人[:：].*)
    | (?P<note>[（(](?:此件|本件|联系|公开|主动公开|依申请|不予公开|本文|信息公开|有删减|[^（）()]*代章)[^\n]*[）)]$|公开(?:属性|方式|类型)[:：].*|此件.{{2,8}}公开$)
    | (?P<date>[（(]?(?:{DATE})[）)]?$)
    | (?P<contents>目[ ]?[录次]$)
    | (?P<furniture>(?:分享|打印|关闭|字体|扫一扫|责任编辑|编辑|来源[:：]|相关解读|【相关|上一[篇条]|下一[篇条]|政策解读)[^。]{{0,60}}$)
    | (?P<rule>[-—_─━=]{{3,}}$)
    | (?P<page_number>[-—–－][ ]?[0-9]{{1,4}}[ ]?[-—–－]$)
    """,
    re.VERBOSE,
)
# The imprint (7.4.3): who printed it, and when, before 印发.
_IMPRINT = re.compile(rf"[^，。；：]{{2,60}}(?:(?:{DATE})[ ]?|办公[室厅].{{0,10}}|秘书[处局].{{0,10}})印发$")
# Names, date and note of the signature in one line: 某市人民政府 2020年2月4日（此件公开发布）
CLOSING = re.compile(
    rf"(?P<names>[^。；：，《》]{{2,200}}?(?:[ ]|[府会室厅局部院办委社处]))?[ ]?(?P<date>{DATE})[ ]?(?P<note>[（(][^（）()]{{2,60}}[）)])?$"
)
# Below the title of a plan: its authors, in brackets or by name, or its date.
BYLINE = re.compile(
    rf"[（(][^（）()。]{{2,80}}[）)]$|(?:[^。；：，、《》！？]{{2,30}}(?:[厅局部院署委办会处室]|政府|人民银行|中心|公司)[ ]?){{1,8}}$|(?:{DATE}|{_NUMERAL}{{4}}年{_NUMERAL}{{1,2}}月)$"
)
# The same behind the last sentence of the text, where the line feeds between are lost.
GLUED_CLOSING = re.compile(
    rf"[。！](?=(?:[^。；：，《》0-9]{{2,60}})?[ ]?(?:{DATE})[ ]?(?:[（(][^（）()]{{2,60}}[）)])?$)"
)
# A signature: a short line without the punctuation of sentences.
SIGNATURE = re.compile(r"[^。；：，、《》！？0-9]{2,60}$")
# An entry of a table of contents: dots lead to the page number.
LEADER = re.compile(r"[.．…·]{6,}[ ]?[0-9]*$")
_SHORT = 10  # characters: too short for a title below a longer line
# The name of an organ, where no date below says that it is a signature.
ORGAN = re.compile(
    r"[^。；：，、《》！？]{2,40}(?:政府|委员会|办公[室厅]|[厅局部院署委办会]|指挥部|中心|公司|集团|银行|大学)$"
)
# What stands alone in a head without being a title: the name of an organ, a date and an occasion.
NO_TITLE = re.compile(rf"(?:{DATE})|{ORGAN.pattern}")
LONGEST_CLOSING = 160

_FOLD = str.maketrans(dict.fromkeys(" \t\u3000《》“”\"'‘’〈〉<>（）()") | dict.fromkeys("—–－―", "-"))


def kind_below(text: str) -> str | None:
    """The kind of a line that stands below the text of a notice, None where its wording says nothing of the sort."""
    if text.endswith("印发") and _IMPRINT.match(text):
        return "imprint"
    known = _TAIL_LINE.match(text)
    return str(known.lastgroup).replace("_", "-") if known else None


def ends_title_of(line: str, rest: str) -> bool:
    """Whether ``rest`` goes on with the title ``line``, though that ends in a word that could end one.

    >>> ends_title_of("某县关于进一步规范", "水库管理的通知"), ends_title_of("某行业智能制造标准体系", "建设指南（2022版）")
    (True, True)
    >>> ends_title_of("通知公告", "某县水库管理办法"), ends_title_of("某县关于修渠的通知", "某县关于修渠的通知")
    (False, False)
    """
    if "关于" in rest or fold(rest) == fold(line):
        return False
    if "关于" in line:
        return bool(_REST_OF_TITLE.search(rest)) and not _REST_OF_TITLE.search(line)
    return len(fold(rest)) <= _SHORT <= len(line) and bool(ENDS_TITLE.search(rest))


def fold(text: str) -> str:
    """What two copies of one title have in common."""
    return text.translate(_FOLD)
