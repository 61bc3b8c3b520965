"""The frame of a notice: which lines are its head, its signature, its annexes, and where the plan issued with it begins.

A notice is laid out as GB/T 9704 (7.2-7.4) orders it, and copies keep that order however else they differ:

    number, title (perhaps said twice, perhaps over several lines), number, recipients        the head
    text, list of attachments, signature, date, notes                                          the rest of the letter
    heading "附件", title, text                                                                 each plan or annex
    copied to, imprint                                                                         anywhere near the end

So the head ends at the first line that is a sentence, an item or the recipients; a signature is the short lines above a
date on a line of its own; and a plan begins at the title below the letter's date, at a heading 附件, or at a line that
repeats the name of what the letter issues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongwen.outline.lines import Line

_NUMERAL = "[0-9０-９〇○零一二三四五六七八九十]"
DATE = rf"(?:中华民国|民国)?{_NUMERAL}{{1,4}}[ ]?年[ ]?{_NUMERAL}{{1,3}}[ ]?月[ ]?{_NUMERAL}{{1,3}}[ ]?日|[12][0-9]{{3}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}"

# Kinds of documents that a title ends in; 文种 of GB/T 9704 first, then what notices issue and what isn't a notice.
_KINDS = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|方案|规划|计划|办法|细则|要点|措施|规定|规则|条例|纲要|预案|指南|指引|标准|规范|目录|清单|制度|章程|准则|政策|行动|工程|分工|名单|台账|安排|表"
    "|法|解释|办法|讲话|公示|汇编|草案|建议|倡议书|声明|答复|说明|总结|设想|大纲|体系|制|机制|职责"
)
_ENDS_TITLE = re.compile(rf"(?:{_KINDS})(?:[（(][^（）()]{{1,30}}[）)])*+[”》]?(?:[（(][^（）()]{{1,30}}[）)])*+$")

_HEAD = re.compile(
    rf"""
      (?P<furniture>[^。]{{0,12}}【法宝引证码】|原文链接|https?://|来源[:：]|字体|打印|分享|浏览|发布时间|发布日期[:：]|当前位置|首页)
    | (?P<page_table>[\[【]?(?:索[ ]*引[ ]*号|主题分类|组配分类|发文机[关构]|发布机构|发文单位|公文种类|成文日期|生成日期|发文日期|发文字号|文[ ]*号|名[ ]*称|标[ ]*题|有[ ]*效[ ]*性|主[ ]*题[ ]*词|公开方式|实施日期|废止日期|发布日期)[\]】]?[ \t　]*[:：\]】].*)
    | (?P<signer>签发人[:：])
    | (?P<secrecy>(?:绝密|机密|秘密)(?:★.*)?$|特急$|加急$|特提$|平急$)
    | (?P<document_number>[（(]?(?:发文字号|文号|字号)?[:：]?[^，。；《》：]{{0,40}}?(?:[〔\[（(【［〈﹝][ ]?[0-9]{{4}}[ ]?年?[〕\])）】］〉﹞]|[0-9]{{4}}年?)[ ]?第?[ ]?[0-9]{{1,5}}[ ]?号[）)]?$
      |[（(]?[^，。；《》：]{{0,30}}?第[ ]?{_NUMERAL}{{1,7}}[ ]?号[）)]?$)
    | (?P<date>[（(]?(?:{DATE})[）)]?$)
    | (?P<adoption>[（(][^（）()]*+{_NUMERAL}++年.*[）)]$)
    | (?P<letterhead>.{{2,60}}文[ 　]*件$)
    | (?P<contents>目[ 　]*[录次]$)
    """,
    re.VERBOSE,
)
_RECIPIENTS = re.compile(
    r"(?!附件|现将|根据|为|经)[^。；！？\n]{2,}?(?:政府|委员会|部门|单位|机构|[办局厅委院校处会团部行区所社队省市县]|公司|企业|中心|集团|组织|协会|大学|学院|银行|同志|代表)(?:[（(][^（）()]{1,40}[）)])?[:：]$"
)
_TAIL = re.compile(
    rf"""
      (?P<attachment_heading>附[ 　]*[件表录][ 　]*(?:[0-9０-９一二三四五六七八九十]{{1,3}}(?:[-－—.][0-9]{{1,2}})?)?[ 　]*[:：.、]?$)
    | (?P<attachment_list>附[ 　]*件?[ 　]*(?:[0-9一二三四五六七八九十]{{1,3}})?[ 　]*[:：.、 　][ 　]*\S.*)
    | (?P<copied_to>(?:抄[ 　]*[送报]|分[ 　]*送|主[ 　]*送)[ 　]*[:：].*)
    | (?P<imprint>.{{2,60}}?(?:{DATE})[ 　]*印发$|.{{2,40}}(?:办公[室厅]|秘书[处局]).{{0,10}}印发$)
    | (?P<signer>签发人[:：].*)
    | (?P<note>[（(](?:此件|本件|联系|公开|主动公开|依申请|不予公开|本文|信息公开|有删减|[^（）()]*代章)[^\n]*[）)]$|公开(?:属性|方式|类型)[:：].*|此件.{{2,8}}公开$)
    | (?P<date>[（(]?(?:{DATE})[）)]?$)
    | (?P<contents>目[ 　]*[录次]$)
    | (?P<furniture>(?:分享|打印|关闭|字体|扫一扫|责任编辑|编辑|来源|相关解读|【相关|上一[篇条]|下一[篇条]|政策解读)[^。]{{0,60}}$)
    | (?P<rule>[-—_─━=]{{6,}}$)
    """,
    re.VERBOSE,
)
_SIGNED = re.compile(rf"(?P<names>[^。；：，、《》]{{2,200}}?)[ \u3000]*(?P<date>{DATE})$")
_SIGNATURE = re.compile(r"[^。；：，、《》！？]{2,60}$")
_ISSUES = re.compile(r"(?:印发|转发|批转|发布|公布|下达|颁布|颁发)(.{2,150}?)的(?:通知|公告|通告|决定|令|函)(?:[（(][^（）()]*[）)])?$")
_NAMED = re.compile(r"《([^》\n]{4,120})》")
_SENTENCE_END = ("。", "！", "；", "？", "，", "：", ":", ";", "”", "、")
_LONGEST_TITLE_LINE = 90
_FOLD = str.maketrans({character: None for character in " \t\u3000《》“”\"'‘’〈〉<>（）()"})


def fold(text: str) -> str:
    """What two copies of one title have in common."""
    return text.translate(_FOLD)


@dataclass(slots=True)
class PartLines:
    """A part of the document as lines: its kind, the lines of its title, and the lines [first, last) that belong to it."""

    kind: str
    first: int
    last: int
    title: list[int] = field(default_factory=list)


class Frame:
    """Decides the kinds of the lines that are not running text and cuts the document into parts."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.parts = [PartLines("letter", 0, len(lines))]
        body = self._read_head()
        self.issued = self._issued_names(body)
        self._read_rest(body)
        for part, following in zip(self.parts, self.parts[1:], strict=False):
            part.last = following.first

    # the head

    def _read_head(self) -> int:
        """Give the lines of the head their kinds; the first line behind it."""
        candidates: list[int] = []
        at = 0
        for at, line in enumerate(self.lines):
            if line.kind:
                continue
            text = line.text
            if len(text) > 1000 or (line.style and line.style != "bare"):
                break
            known = _HEAD.match(text)
            if known and known.lastgroup == "contents":
                break
            if known:
                line.kind = known.lastgroup.replace("_", "-")  # type: ignore[union-attr]
            elif text.endswith(("：", ":")):
                if _RECIPIENTS.match(text):
                    line.kind = "recipients"
                    at += 1
                break
            elif text.endswith(_SENTENCE_END) or len(text) > _LONGEST_TITLE_LINE:
                break
            else:
                candidates.append(at)
        else:
            at = len(self.lines)
        self._choose_title(candidates)
        return at

    def _choose_title(self, candidates: list[int]) -> None:
        groups: list[list[int]] = []
        group: list[int] = []
        for at in candidates:
            if group and any(self.lines[between].kind != "blank" for between in range(group[-1] + 1, at)):
                groups.append(group)
                group = []
            group.append(at)
            following = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
            if _ENDS_TITLE.search(self._joined(group)) and not following.startswith(("的", "（", "(")):
                groups.append(group)
                group = []
        if group:
            groups.append(group)
        titled = [group for group in groups if _ENDS_TITLE.search(self._joined(group))]
        if not groups:
            return
        chosen = (titled or groups)[-1]
        same = [group for group in groups if fold(self._joined(group)) == fold(self._joined(chosen))]
        chosen = min(same, key=len)
        for group in groups:
            for at in group:
                self.lines[at].kind = "title" if group in same else "masthead"
        self.parts[0].title = chosen

    def _joined(self, group: Sequence[int]) -> str:
        return "".join(self.lines[at].text for at in group)

    def _issued_names(self, body: int) -> set[str]:
        """The folded names of what the letter issues: from its title, and the titles named in its first paragraphs."""
        names = set()
        issues = _ISSUES.search(self._joined(self.parts[0].title))
        if issues:
            names.add(fold(issues[1]))
            for line in self.lines[body : body + 12]:
                if line.text and not line.style:
                    names.update(fold(name) for name in _NAMED.findall(line.text[:1000]))
        return names

    # what follows the head

    def _read_rest(self, at: int) -> None:
        lines = self.lines
        signed = False
        while at < len(lines):
            line = lines[at]
            if line.kind or not line.text or (line.style and line.style != "bare"):
                at += 1
                continue
            text = line.text
            short = len(text) <= 160
            known = _TAIL.match(text) if short else None
            kind = known.lastgroup if known else None
            if kind == "attachment_list":
                at = self._attachments(at)
            elif kind == "attachment_heading":
                at = self._annex(at)
            elif kind == "contents":
                at = self._contents(at)
            elif kind == "date":
                signed = self._signature(at) or signed
                at += 1
            elif kind:
                line.kind = kind.replace("_", "-")
                at += 1
            elif short and self._is_title_of_plan(at, signed):
                at = self._part("plan", at, at)
            elif short and text[-1] == "日" and (match := _SIGNED.match(text)):
                self._split(at, match.start("date"))
                line.kind = "signature"
                signed = self._signature(at + 1) or signed
                at += 2
            else:
                line.kind = "paragraph"
                at += 1

    def _split(self, at: int, offset: int) -> None:
        """Cut the line in two before ``offset`` of its text."""
        line = self.lines[at]
        cut = line.at + offset
        rest = Line(cut, line.end, cut, line.text[offset:], None, cut)
        line.end, line.text = cut, line.text[:offset].rstrip()
        self.lines.insert(at + 1, rest)
        for part in self.parts:
            part.last += 1

    def _above(self, at: int) -> int:
        at -= 1
        while at >= 0 and self.lines[at].kind == "blank":
            at -= 1
        return at

    def _below(self, at: int) -> int:
        at += 1
        while at < len(self.lines) and self.lines[at].kind == "blank":
            at += 1
        return at

    def _signature(self, at: int) -> bool:
        """Whether the date at ``at`` is signed: give it and the names above it their kinds."""
        lines = self.lines
        above, names = self._above(at), 0
        while above >= 0 and names < 30:
            line = lines[above]
            if line.kind == "note":
                pass
            elif line.kind in ("signature", "paragraph") and not line.style and _SIGNATURE.match(line.text):
                line.kind = "signature"
                names += 1
            else:
                break
            above = self._above(above)
        below = self._below(at)
        ends = below >= len(lines) or lines[below].kind != "" or bool(_TAIL.match(lines[below].text[:160])) or self._is_title_of_plan(below, True)
        if names or ends:
            lines[at].kind = "date"
            return True
        lines[at].kind = "paragraph"
        return False

    def _is_title_of_plan(self, at: int, signed: bool) -> bool:
        """Whether the title of the plan begins here: a line that says what the letter issues, or any title right below the signature."""
        line = self.lines[at]
        text = line.text
        if len(self.parts) > 1 and self.parts[-1].kind == "plan" and not self.parts[-1].title:
            return False
        if line.style or line.kind or text.endswith(_SENTENCE_END) or len(text) > 100 or len(text) < 4:
            return False
        if self.issued and self.parts[-1].kind == "letter":
            folded, following = fold(text), self._below(at)
            two = folded + fold(self.lines[following].text) if following < len(self.lines) else folded
            if folded in self.issued or two in self.issued:
                return True
        above = self._above(at)
        while above >= 0 and self.lines[above].kind in ("note", "copied-to", "imprint", "rule", "furniture", "attachment-list"):
            above = self._above(above)
        return signed and self.parts[-1].kind == "letter" and above >= 0 and self.lines[above].kind == "date"

    def _annex(self, at: int) -> int:
        """A heading 附件 on its own line: of a list of attachments if short numbered lines follow up to the signature, else of an annex."""
        self.lines[at].kind = "attachment-heading"
        below = self._below(at)
        if below < len(self.lines) and self.lines[below].style == "figure" and self.lines[at].text.endswith(("：", ":")):
            return self._attachments(at)
        plan = not any(part.kind == "plan" for part in self.parts) and bool(self.issued)
        return self._part("plan" if plan else "annex", at, below)

    def _attachments(self, at: int) -> int:
        """The list of attachments (7.3.4), or a heading that carries the annex's title in its line (附件1：…表)."""
        lines = self.lines
        first = lines[at]
        first.kind = "attachment-list"
        numbers = re.findall(r"[0-9]{1,2}(?=[.．、])", first.text[:12])
        number = int(numbers[0]) if numbers else 0
        below = self._below(at)
        while below < len(lines):
            line = lines[below]
            if line.style == "figure" and len(line.text) <= 120 and not line.text.endswith("。"):
                line.kind = "attachment-list"
                line.style = None
                number += 1
                below = self._below(below)
            else:
                break
        return below

    def _contents(self, at: int) -> int:
        """A table of contents: the lines up to where its first entry comes again as a heading."""
        lines = self.lines
        first = self._below(at)
        if first >= len(lines):
            lines[at].kind = "paragraph"
            return at + 1
        entry = re.split(r"[ \t\u3000.．…·]{2,}|[0-9]+$", lines[first].text)[0].strip()
        again = next((n for n in range(first + 1, min(len(lines), first + 2000)) if fold(lines[n].text) == fold(entry)), None)
        if again is None:
            lines[at].kind = "contents"
            return at + 1
        for line in lines[at:again]:
            if line.kind != "blank":
                line.kind, line.style = "contents", None
        return again

    def _part(self, kind: str, first: int, title: int) -> int:
        """A part that begins at line ``first``, its title at line ``title`` or none; the line behind the title."""
        lines = self.lines
        part = PartLines(kind, first, len(lines))
        self.parts.append(part)
        at = title
        while at < len(lines) and len(part.title) < 5:
            line = lines[at]
            if line.kind == "blank":
                at += 1
                continue
            text = line.text
            if line.kind or line.style or text.endswith(_SENTENCE_END) or len(text) > 100 or _TAIL.match(text):
                break
            if part.title and text[0] not in "（(的" and _ENDS_TITLE.search(self._joined(part.title)):
                break
            part.title.append(at)
            line.kind = "plan-title" if kind == "plan" else "annex-title"
            at += 1
        return at
