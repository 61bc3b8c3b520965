"""Elements of a head: what the stretches of a line are that stands around the title (GB/T 9704, 7.2 and 7.3.1-7.3.2).

    line     = element+                       copies glue what the standard puts on lines of its own
    element  = fields | number | letterhead | title | recipients | date | … | text

Each is told by a grammar of its own, wherever it stands. What is told so well that it shows that a head is there has a weight;
text that isn't of a head has a negative one; all else (a line that could be of the title, a menu) has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongwen.lexicon import dates, document_numbers, labels, markers, parties, titles, vocabulary
from gongwen.lexicon.boilerplate import is_boilerplate
from gongwen.outline import wording

_LONGEST_TITLE = 400  # characters of a title in one line; joint ones name twenty organs
_LONGEST_GLUED = 900  # characters of a line in which glued elements are looked for
_SHORTEST_TITLE = 6
_LONGEST_REST = 60  # characters of a title behind a word that could end it
_LONGEST_CODE = 24  # characters of an organ code
_LONGEST_LETTERHEAD = 100  # characters, with the number behind it
_SHORTEST_TEXT = 20  # characters of text behind recipients, for the two to be glued, where it ends in no stop
_GLUED_TO_TEXT = re.compile(r"[ \u3000](?=[^（(\s].{19})", re.S)
_BLANK = " \t\u3000\xa0"
_JOINTS = " \t\u3000\xa0-—－"
_SERIAL_AND_YEAR = re.compile(
    r"[〔\[（(【［〈﹝][ ]?(?:19|20)[0-9]{2}[ ]?年?[ ]?[〕\])）】］〉﹞][ ]?第?[ ]?[0-9]{1,5}[ ]?号"
)
_GOES_ON = re.compile("(?:[（(][^（）()]{1,40}[）)])?(?:[》”»]的?|的)")
_NUMBER_IN_BRACKETS = re.compile(r"[（(][^（）()\n]{2,30}[〔\[【［][12][0-9]{3}[〕\]】］][0-9]{1,5}号[）)](?=.)")
_TRAIL = re.compile("[^<＜《》]*[\u4e00-\u9fff] ?(?:>{1,2}|»|›|->|＞) ?[\u4e00-\u9fff][^<＜《》]*")  # 首页 > 政务公开
_HAN = re.compile("[\u4e00-\u9fff]")
_ISSUE = re.compile(r"(?!.*关于).*第[0-9一二三四五六七八九十]{1,4}期(?:[（(][^（）()]*[）)])?")  # of a gazette
_SENTENCES = re.compile("[。！？；]")


@vocabulary.compiled
def _cited() -> re.Pattern[str]:
    """What stands behind the number or the title of a document that a sentence speaks of; 文件编号 is a label."""
    treats = vocabulary.alternation("citation_words", "after_title", "treats")
    return re.compile(rf"[^\S\n]*(?:文件?(?=[要精规的，。；、）])|(?!文件)(?:{treats})|[，。；、）])")


class Element(NamedTuple):
    """A stretch of a line: its kind (of block_kinds.csv, or "text"), where it stands, and what it says for a head being there."""

    kind: str
    start: int
    end: int
    weight: int


WEIGHTS = {
    "page-table": 2,
    "document-number": 4,
    "recipients": 5,
    "letterhead": 2,
    "urgency": 1,
    "signer": 1,
    "title": 3,
    "text": -4,
}


def elements(text: str) -> list[Element]:
    """The elements of the line ``text``, in order; they cover it but for blanks between them.

    >>> text = "某县关于修渠的通知某政发〔2023〕7号各乡镇人民政府，县直各单位：为了修好水渠，做好抗旱工作，现将有关事情通知如下。"
    >>> [(element.kind, text[element.start : element.end][:9]) for element in elements(text)]
    [('title', '某县关于修渠的通知'), ('document-number', '某政发〔2023〕'), ('recipients', '各乡镇人民政府，县'), ('text', '为了修好水渠，做好')]
    """
    found, start = [], 0
    while start < len(text):
        end = start + _first(text[start:])
        words = text[start:end].rstrip(_JOINTS) if end < len(text) else text[start:]
        kind = kind_of(words)
        found.append(Element(kind, start, start + len(words), _weight(kind, words)))
        start = end
        while start < len(text) and text[start] in _JOINTS:
            start += 1
    return found


def _weight(kind: str, text: str) -> int:
    """What an element says for a head being there; fields that state the number say as much as a number does."""
    if kind == "page-table" and any(
        field.field == "document_number" and document_numbers.parse(text[field.start : field.end])
        for field in labels.fields(text)
    ):
        return WEIGHTS["document-number"]
    return WEIGHTS.get(kind, 0)


def kind_of(text: str) -> str:
    """The kind of an element that stands alone: "candidate" where it could be of a title, "text" where it is none of a head's."""
    if not text.strip():
        return "blank"
    if labels.fields(text) and not is_boilerplate(text, "head"):
        return "page-table"
    if document_numbers.parse(text) and not wording.begins_sentence(text) and len(text) <= 60:
        return "document-number"
    if document_numbers.is_unreadable(text):
        return "document-number"
    if is_boilerplate(text.lstrip(markers.bullets() + _BLANK), "head") or _TRAIL.fullmatch(text):
        return "furniture"
    if wording.kind_below(text) == "note":
        return "remark"
    if known := wording.kind_above(text):
        return known
    if parties.is_address(text):
        return "recipients"
    if parties.names_classes(text):
        return "candidate"  # recipients without their colon, below a title
    if _is_text(text):
        return "text"
    if not _HAN.search(text) or labels.states_of_machine(text) or _ISSUE.fullmatch(text):
        return "masthead"
    return "title" if titles.speaks(text) and titles.is_whole(text) and not titles.is_column(text) else "candidate"


def _is_text(text: str) -> bool:
    """Whether a line is of the text below a head, or of prose that a site put above one."""
    if text.endswith(wording.SENTENCE_END) or "\t" in text or _SENTENCES.search(text, 0, len(text) - 1):
        return True
    if len(text) > _LONGEST_TITLE:
        return True
    # 为深入贯彻…，结合实际，制定如下措施: what something is for begins no title that goes on behind a comma.
    return "，" in text and (text[0] == "为" or not titles.speaks(text))


def _first(text: str) -> int:
    """Where the second element of ``text`` begins; its length where it is one."""
    if labels.fields(text):
        return len(text)
    for cut in (_behind_letterhead, _behind_number, _behind_title, _behind_recipients):
        if (at := cut(text)) and text[at:].strip(_JOINTS):
            return at
    return len(text)


def _behind_number(text: str) -> int:
    """The end of a number that the line begins with: a code is no title, and what follows is no sentence about the number."""
    opened = text[:1] in "（(【["
    match = document_numbers.WRITTEN.match(text, opened)
    if not match or document_numbers.parse(match[0]) is None or titles.tells(match[0]):
        return 0
    if _is_title(match[0][: _code_begins(match[0])]):
        return 0
    end = match.end() + (opened and text[match.end() : match.end() + 1] in tuple("）)】]"))
    rest = text[end:].lstrip(_JOINTS)
    if _cited().match(text, end) and not rest[:1].isspace():
        return 0
    if opened and end == match.end():  # （某政发〔2023〕7号 2023年10月9日）
        return end if dates.is_meant(rest.rstrip("）)")) else 0
    goes_on = (
        text[end : end + 1] in _JOINTS
        or titles.speaks(rest[:_LONGEST_TITLE])
        or parties.is_address(rest[: rest.find("：") + 1])
    )
    return end if goes_on else 0


def _behind_title(text: str) -> int:
    """The end of a title that a number, recipients, a date in brackets, fields or the text are glued to."""
    head = text[:_LONGEST_GLUED]
    for end in _ends(head):
        if end >= _SHORTEST_TITLE and head.startswith(head[:end], end):
            return end  # said twice
    for match in _SERIAL_AND_YEAR.finditer(head):
        if at := _code_begins(head[: match.start()]):
            return at if not _cited().match(head, match.end()) and _is_title(head[:at]) else 0
    for end in _ends(head):
        rest = head[end:]
        if (number := _NUMBER_IN_BRACKETS.match(rest)) and _is_title(head[:end]):
            return end + number.end()
        if wording.DATE_IN_BRACKETS.fullmatch(rest.lstrip(_BLANK)) and end >= _SHORTEST_TITLE:
            return end
        if not _is_title(head[:end]):
            continue
        if rest[:1] in _BLANK and (labels.fields(rest.strip(_BLANK)) or _GLUED_TO_TEXT.match(rest)) and rest.strip():
            return end
        if rest.lstrip(_BLANK)[:1] in ("[", "【") and labels.fields(rest.lstrip(_BLANK)):
            return end
        colon = rest.find("：")
        if colon > 0 and parties.is_address(rest[: colon + 1].lstrip(_BLANK)):
            return end
    return 0


def _ends(text: str) -> Iterator[int]:
    """Where a title could end in ``text``: behind each word that ends titles, without the brackets that follow it and with them.

    A title that says what it issues ends in 的通知 or the like, if that stands there at all: not in 印发某县重点任务分解方案的通知.
    """
    found = [
        (end, text[match.start("kind") - 1 : match.start("kind")] == "的")
        for match in titles.endings().finditer(text, 0, _LONGEST_TITLE)
        for end in dict.fromkeys((match.end("kind"), match.end()))
        if not _GOES_ON.match(text, end)
        and not titles.endings().match(text, end)  # not in 行动计划（2029—2031年）》的通知
    ]
    for end, closes in found:
        issues = not closes and titles.issues(text[:end])
        if not issues or not any(last and end < other <= end + _LONGEST_REST for other, last in found):
            yield end


def _code_begins(text: str) -> int:
    """Where the organ code begins that ends ``text``, behind a title; 0 where no title stands before it."""
    at = 0
    for match in titles.endings().finditer(text, max(0, len(text) - 120)):
        if 2 <= len(text) - match.end() <= _LONGEST_CODE and not set(text[match.end() :]) & set("《》（），。"):
            at = match.end()
    if at == 0 and text[-1:] in ("（", "(") and titles.is_whole(text[:-1]):
        return len(text) - 1
    return at


def _is_title(text: str) -> bool:
    """Whether ``text`` is a title for certain; a word that ends titles ends none inside of a name (《修渠规则 与办法》)."""
    if len(text) < _SHORTEST_TITLE or not titles.is_whole(text) or text.count("《") > text.count("》"):
        return False
    return not _SENTENCES.search(text) and titles.tells(text)


def _behind_letterhead(text: str) -> int:
    """The end of a letterhead that something is glued to by a blank, or a number without one: 某县人民政府文件某政发〔2023〕7号."""
    at = text.find(" ")
    if at > 0 and wording.kind_above(text[:at]) in ("letterhead", "urgency"):
        return at
    number = _SERIAL_AND_YEAR.search(text, 0, _LONGEST_LETTERHEAD)
    if number is None:
        return 0
    at = wording.end_of_letterhead(text[: number.start()])
    return at if 2 <= number.start() - at <= _LONGEST_CODE else 0


def _behind_recipients(text: str) -> int:
    """The end of a line of recipients that the text is glued to."""
    colon = text.find("：")
    if colon < 0 or (len(text) - colon <= _SHORTEST_TEXT and not text.endswith(("。", "：", "；"), colon + 1)):
        return 0
    return colon + 1 if parties.is_address(text[: colon + 1]) else 0
