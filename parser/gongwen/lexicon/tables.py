"""What the tables of the vocabulary hold: for each its codes and the contexts that its rows may name, with what they mean.

The tables themselves are read by ``gongwen.lexicon.vocabulary``, which explains the columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class TableSpec(NamedTuple):
    """What a table is about, and what its codes and contexts mean."""

    about: str
    codes: Mapping[str, str]
    contexts: Mapping[str, str]
    forms: bool = False
    """Whether the terms are forms with stand-ins (第汉章), which their examples don't hold as they are written."""


TABLES: dict[str, TableSpec] = {
    "roles": TableSpec(
        "The words by which a responsibility clause says what a unit has to do with a task.",
        {
            "lead": "leads",
            "answer": "is responsible",
            "support": "supports",
            "join": "supports beside a unit that leads or is responsible, and is responsible where there is no other",
            "with": "makes supporters of those that follow: 会同县财政局",
        },
        {
            "label": "before a noun for units or a colon: 牵头单位：",
            "verb": "behind the names: 县水利局牵头",
            "head": "in the head of a column: 牵头单位",
            "note": "in brackets behind a name: 县水利局（牵头）",
            "between": "between the names: 县水利局会同县财政局",
        },
    ),
    "unit_nouns": TableSpec(
        "The nouns that stand for units or people behind a role word: 牵头单位, 责任人.",
        {"unit": "units", "person": "people, who are not published as units"},
        {"label": "in a label before names", "head": "in the head of a column"},
    ),
    "unit_endings": TableSpec(
        "What the names of units end in, and words that end so without being one.",
        {
            "organ": "an organ, an institution or an enterprise, whatever stands before: 局, 委员会, 公司",
            "office": "the same, but verbs end so, too: 县外办 and 督办, 县气象台 and 出台",
            "place": "a place that stands for its government or for all units in it: 区, 开发区",
            "general": "a class of units: 单位, 企业",
            "noun": "no unit, though it ends like one: 社会, 干部",
        },
        {"name": "at the end of a name"},
    ),
    "unit_words": TableSpec(
        "The words in names of units beside their endings: what makes a name that of a class, and what names share.",
        {
            "each": "names each unit of a class: 各乡镇",
            "concerned": "the same: those that are concerned",
            "all": "the same: all of them",
            "there": "the same: those of the place",
            "seat": "who governs the places before it, each: 青禾县、云岭县人民政府",
            "whole": "names an organ of the centre, which shares no level word with its neighbours: 国家税务局",
            "members": "ends the name of a class, though names of single units end so, too",
            "tail": "what a name that is known may go on with: 铁塔 + 公司",
            "central": "whom the centre writes to",
            "bare": "known as a name, but says alone of no unit that it is meant",
            "torn": "other words that begin with the last character of a name: 县财政部门 names no 财政部",
        },
        {
            "head": "at the beginning of a name, or behind its level",
            "end": "at its end",
            "recipients": "in the name of recipients",
            "run": "at its end, where cells run together",
            "alone": "as the whole name",
        },
    ),
    "clause_words": TableSpec(
        "The words of responsibility clauses beside roles, nouns and names.",
        {
            "manner": "how units act; parts of organs are named by such words, too: 组织部",
            "duty": "the same, but no organ is named so: 做好",
            "basis": "begins the words that say by what they act: 按职责分工",
            "opening": "before the first name: 由县水利局负责",
            "etc": "leaves a list open",
            "label": "before a role word in a label: 共同牵头单位",
            "time": "ends the label of a deadline: 完成时限",
            "lasting": "begins what is said instead of a deadline: 持续推进",
            "never": "stands in no name: 待定",
            "before_name": "leads up to a name that isn't the clause's: 报市水利局",
            "must": "behind a name: says that the unit has to act: 县水利局要",
            "ask": "at the head of a clause: asks those that are named next: 请各乡镇",
        },
        {"clause": "in a responsibility clause", "sentence": "in running text"},
    ),
    "document_kinds": TableSpec(
        "The words that titles of documents end in. The code is the kind (文种) of the document, "
        "other where the word names none.",
        dict.fromkeys(
            (
                "决议 决定 命令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要 方案 规划 计划 办法 细则 要点 措施 规定 规则 "
                "条例 纲要 预案 指南 标准 规范 目录 章程 公示 讲话 声明 说明 政策 解释 法"
            ).split(),
            "the kind of this name",
        )
        | {"other": "names no kind of notice"},
        {
            "title": "ends the title of a document that stands as a line of its own",
            "cited": "ends the title of a document that 《》 names",
            "issues": "ends the title of a notice that issues another document: 印发…的通知",
            "orders": "may stand right behind the organ, alone or before a colon: 财政部令",
            "rest": "may end a title on a line of its own, behind 的: …｜的通知",
        },
    ),
    "labels": TableSpec(
        "The labels by which pages, header tables and front matter describe a document. The code is the field that the value states.",
        {
            "title": "title",
            "document_number": "document number",
            "issuer": "issuer",
            "issue_date": "date of issue",
            "publish_date": "date on which the page was published",
            "validity": "whether the document is in force",
            "effective_date": "when it comes into force, or ceases to be",
            "recipients": "recipients",
            "copied_to": "who gets a copy",
            "signer": "who approved it",
            "source": "where the page has it from",
            "other": "anything else: index numbers, classes, summaries",
        },
        {
            "label": "before a value: in a line, in a cell, in front matter",
            "number": "only before a number: 字号 is the size of type, too",
            "key": "as the key of front matter or the name of a meta tag, in any case of its letters",
        },
    ),
    "markers": TableSpec(
        "The signs that open a numbered heading or item. 汉 stands for a Chinese numeral, 数 for a figure, ① for its series.",
        {
            "volume": "第一编",
            "chapter": "第一章",
            "section": "第一节",
            "han": "一、",
            "han_brackets": "（一）",
            "han_half": "一）",
            "article": "第一条",
            "first_is": "一是",
            "box": "专栏1",
            "deep_decimal": "1.1.1",
            "decimal": "1.1",
            "figure": "1.",
            "figure_brackets": "（1）",
            "figure_half": "1）",
            "circle": "①",
            "bare": "1: the number of a row of a table",
        },
        {
            "outline": "opens a line",
            "wrap": "opens a paragraph also where lines were wrapped or run together",
            "inner": "opens an item within a line, where the line feeds of an outline were lost",
        },
        forms=True,
    ),
    "marker_signs": TableSpec(
        "Signs at the beginning of a line: before a marker, which they are no part of, or in the place of one.",
        {
            "weight": "the item matters",
            "bullet": "a bullet, a box or a blank of a private font, left over from a list of a word processor",
            "dash": "opens an item without a number",
        },
        {"line": "before a marker at the beginning of a line", "item": "in the place of a marker: ——建成泵站20座"},
    ),
    "citation_words": TableSpec(
        "The words around the titles and numbers of documents by which a text cites them, issues them, or speaks of something else.",
        {
            "follows": "what is cited is followed: 根据, 落实",
            "makes": "what is cited is made, kept to or broken: 制定, 符合",
            "issues": "what is named is issued, here or by what is cited: 印发",
            "joins": "joins the number to the sentence: 和, 关于",
            "treats": "speaks of what stands before as of a document: 文件, 精神",
            "approves": "what is issued here was approved: 经县政府同意",
            "form": "a form, a certificate or a periodical, which is no document",
            "alias": "gives a document a short name",
        },
        {
            "before_number": "right before a number in a sentence",
            "before_title": "right before a title",
            "after_title": "right behind a title",
            "here": "in the sentence that issues the document that it names",
            "in_title": "in a title that names what it issues",
            "title_end": "at the end of the words in 《》",
            "in_brackets": "in brackets behind a title",
        },
    ),
    "goal_words": TableSpec(
        "The words that say of a goal in numbers which way it goes, how the number bounds it, how firmly it is set, and for whom.",
        {
            "rise": "what is measured is to grow: 提高",
            "addition": "what is counted is added, whatever links both: 新增就业达到5万人",
            "fall": "what is measured is to shrink: 降低, 压缩",
            "to": "the number is what is reached, not by how much: 提高到",
            "filler": "stands between the word and the number and says nothing of either: 分别",
            "at_least": "the number is the least: 不少于, 以上",
            "at_most": "the number is the most: 控制在, 以内",
            "more_than": "the number is to be passed: 突破",
            "less_than": "the number is not to be reached: 低于",
            "about": "the number is near: 左右",
            "strive": "the goal is striven for: 力争",
            "ensure": "the goal is required, whatever was striven for before it: 确保",
            "make": "something is made or done: 建成, 举办",
            "reach": "a value is reached: 达到, 不低于",
            "result": "a state that is a goal without a number: 清零, 全覆盖",
            "others": "what others reach: 平均水平",
            "year_before": "when it stood otherwise: 上年",
            "rank": "a place among others: 前列",
            "holds": "such a place is held or reached: 位居",
            "set": "makes a comparison or a state a goal: 基本",
            "each": "the number is for each of a class: 每县, 各乡镇",
            "per": "the number is for so many people: 每千人口",
            "whole": "the number is for a whole place: 全县",
        },
        {
            "change": "right before the number, links aside",
            "object": "… or before what changes: 新增泵站20座",
            "share": "… or before what changes, if the number is a share, a multiple or a time, or is what is reached: 提高普及率到85%",
            "link": "between such a word and the number",
            "before": "right before the number",
            "near": "… or before a verb: 至少建1个",
            "behind": "right behind the number and its unit",
            "inside": "between the number and its unit: 30余个",
            "comparison": "before what a goal without a number is compared with: 高于全省平均水平",
            "rank": "before a place among others: 位居前列",
            "compared": "at the end of what a goal without a number is compared with: 平均水平, 前列",
            "sets": "in the clause of a comparison or of a state: it is a goal, also outside of a section of goals",
            "clause": "at the end of what its clause says",
            "aim": "anywhere in the sentence before the number",
            "verb": "in the clause of the number, before it",
            "lead": "… and no part of what is counted behind it: 建成泵站, but 服务网点",
            "scope": "before the class or the place that the number is for",
            "states": "behind what a clause speaks of, which the next clause goes on with: 占比年均提高…，到2030年达到…",
        },
    ),
    "outcome_words": TableSpec(
        "The words of clauses that set a goal without a number, in a section of goals.",
        {
            "result": "what will be: 显著, 形成",
            "effort": "what is to be done: 培育, 加快",
            "lead_in": "what only leads up to a goal: 围绕, 面向",
            "stands": "how things are, or what is given: 目前, 给予",
            "strengthen": "what is done to a basis, whose heading is none of a report then: 夯实发展基础",
        },
        {
            "anywhere": "anywhere in the clause",
            "comparison": "anywhere in the clause of a comparison or of a state, which is no goal then",
            "basis": "before 基础 in a heading",
            "head": "at its beginning",
            "tail": "at its end",
        },
    ),
    "heading_words": TableSpec(
        "Headings that many plans have, what they say of the text below, and words that it begins with, where a line feed was lost.",
        {
            "heading": "a heading as a whole: 指导思想",
            "begins_text": "the beginning of the text below it: 以, 到",
            "report": "the text reports how things are: 现状",
            "goals": "the text sets goals; 目标任务 heads whole chapters of tasks",
            "general": "the text says what a plan is about; a paragraph that opens with a term sets goals",
        },
        {
            "item": "behind the marker of an item",
            "heading": "anywhere in a heading or in the title of a part",
            "end": "at its end",
        },
    ),
    "indicator_words": TableSpec(
        "The words around what a goal measures or counts that are no part of it.",
        {
            "lead": "before what is measured: 力争",
            "tail": "between what is measured and the number: 累计",
            "pace": "how something changes: 年均提高",
            "made": "before the verb that says what is made: 累计建成",
            "field": "ends the words that say where: 在化工等领域",
            "value": "has a value, which the number behind it is: 占比",
        },
        {
            "goal": "in the clause of a goal",
            "verb": "before a verb",
            "change": "before a word of change",
            "where": "at the end of the words behind 在",
            "end": "right before the number",
        },
    ),
    "column_heads": TableSpec(
        "The words that the heads of columns end in. The code is what such a column holds; columns of units and people are known by "
        "roles.tsv and unit_nouns.tsv.",
        {
            "number": "the number of the row: 序号",
            "group": "what the rows are grouped by: 类别",
            "task": "what is to be done: 工作任务",
            "outcome": "what shows that it is done: 考核要点",
            "time": "until when: 完成时限",
            "indicator": "what is measured: 指标",
            "baseline": "how it stands: 基数",
            "goal": "what is to be reached: 目标值",
            "measure": "the unit of measure: 计量单位",
            "amount": "a quantity: 面积",
            "region": "a place: 县区",
            "remark": "anything beside that: 备注",
        },
        {"head": "at the end of the head of a column"},
    ),
    "terms_in_words": TableSpec(
        "What stands in a column of deadlines without a date.",
        {"recurring": "all the time, or again and again: 长期", "relative": "a term without its year: 年底前"},
        {"cell": "as a cell, or at its beginning"},
    ),
    "measures": TableSpec(
        "The units of measure that stand in a column of their own, in the head of a column, or above a table.",
        {"measure": "a unit of measure"},
        {"cell": "as a cell, or in brackets at the end of a head"},
    ),
    "captions": TableSpec(
        "Words in the caption or in the heads of a table that say whether its figures are to be reached or report how things are.",
        {
            "goal": "to be reached: 任务分解表",
            "report": "how things are: 统计表",
            "sum": "in the first cell of a row: its sum, 合计",
            "number": "how many; names nothing that is measured",
        },
        {
            "caption": "in a caption or a head",
            "row": "as the first cell of a row",
            "head": "the rest of the head of a column of quotas",
        },
    ),
    "boilerplate": TableSpec(
        "The words of lines that came with a copy and are not the notice's: menus, buttons, counters, footers. "
        "The code says how such a line is made of them.",
        {
            "line": "the word is the line",
            "opens": "begins the line",
            "label": "stands before a colon and whatever the line says behind it",
            "before_label": "the same, where another label follows; alone it may be the notice's own",
            "links": "a label, or the head of links below",
            "size": "before the sizes of type: 大 中 小",
            "act": "what a button does",
            "object": "with what: 打印 + 本页",
            "menu": "an entry of a menu; others may stand beside it",
            "holds": "anywhere in a short line",
            "phrase": "the same, in a line without the marks of sentences",
        },
        {"head": "at the head of a copy", "tail": "at its end"},
    ),
    "line_words": TableSpec(
        "The words by which lines around the text are known: 附件：…, 抄送：…, 此件公开发布. The code is what the line is.",
        {
            "attachment": "the heading of an attachment, or an entry of their list",
            "copied_to": "organs that get a copy",
            "recipients": "recipients below the text",
            "signer": "who approved it",
            "urgency": "how urgent it is",
            "contents": "the head of a table of contents",
            "letterhead": "the letterhead",
            "note": "a note below the date",
            "imprint": "who printed it, and when",
            "printer": "the office that prints",
            "sentence": "no line of recipients, though it ends in a colon",
            "announces": "the same: what a sentence announces",
            "dateline": "the beginning of news",
            "agency": "who sends the news",
            "closing": "a paragraph behind the last item that belongs to none",
        },
        {
            "label": "before a colon",
            "alone": "the word is the line",
            "opens": "begins the line, or its bracket",
            "closes": "ends the line, or its bracket",
            "holds": "anywhere in the beginning of the line",
        },
    ),
    "title_words": TableSpec(
        "The words that make titles, beside the kinds of documents.",
        {
            "issue": "what the notice does with another document: 印发",
            "about": "before what it is about",
            "status": "the status of a document, in brackets behind its title",
            "column": "the name of a column of a site: no title",
        },
        {"title": "in a title"},
    ),
    "offices": TableSpec(
        "The offices by which people sign orders: 省长　李明.",
        {"office": "before the name of a person"},
        {"signature": "in a signature"},
    ),
    "effect_words": TableSpec(
        "The words by which a document says from when until when it applies.",
        {
            "applies": "behind a day and 起: from then on it applies",
            "term": "before a term or a last day",
            "ceases": "behind a day: it doesn't apply any more",
            "issue": "before 之日: the day of issue",
        },
        {"sentence": "in a sentence about the document itself"},
    ),
    "coverage_words": TableSpec(
        "The words near a number, a date or an organ that no value holds which say why, or that it should be held. "
        "The codes are those of coverage_codes.csv.",
        {
            "commitment": "somebody has to do it: what no value holds is unread",
            "past": "was reached, or happened, before",
            "aid": "the aid or the reward that is given",
            "condition": "the condition of a rule",
            "ordinal": "a rank or a place in an order, no amount",
            "listed_count": "counts what the text lists",
            "total": "the sum of what stands beside it",
            "membership": "who belongs to a body",
            "authority": "who has to agree",
            "mentioned": "named without having to act",
            "name_part": "a part of a name",
            "procedure": "a term of a procedure",
        },
        {
            "touching": "right before a number",
            "behind": "right behind a number",
            "clause": "in the clause of a number, if its sentence names no coming year",
            "sentence": "in the sentence of a number or a date",
            "before": "before a number in its clause",
            "date_touching": "right before a date",
            "date_behind": "right behind a date",
            "date_clause": "behind a date in its clause",
            "organ_behind": "right behind an organ",
            "organ_touching": "right before an organ",
            "organ_clause": "before an organ in its clause",
            "unit": "the unit of a number",
        },
    ),
}
