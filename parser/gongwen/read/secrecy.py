"""A notice that is marked secret isn't published: it is refused, with the marking and its place.

The marking (密级, GB/T 9704-2012, 7.2.2) stands in a line at the head of the document, alone or between the copy number and
the urgency, in its three degrees, with a period after ★ where one is set (机密★1年); exported copies also label it (密级：秘密). The words 国家秘密 or 商业秘密 in
a sentence are no marking, and neither is a notice about them.
"""

from __future__ import annotations

import re

from gongwen.errors import SourceError

_HEAD = 100  # lines: the marking stands above the number and the title, which on a web page have its menus above them

_BLANK = r"[^\S\n]"
_DEGREE = (
    rf"(?:[绝絕]{_BLANK}{{0,4}}密|[机機]{_BLANK}{{0,4}}密|秘{_BLANK}{{0,4}}密|极机密|極機密|[绝絕][对對][机機]密)级?"
)
_PERIOD = rf"{_BLANK}{{0,4}}[★☆*＊·]{_BLANK}{{0,4}}(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})?{_BLANK}{{0,4}}(?:年|个月|個月|长期|長期)?"
_OF_TAIWAN = rf"密等(?:及解密[条條]件[或及]保密期限)?{_BLANK}{{0,4}}[:：]"  # where the lowest degree is 密 alone
_LABEL = rf"(?:(?:密{_BLANK}{{0,4}}[级級]|秘密等[级級]|保密[级級][别別])(?:{_BLANK}{{0,4}}[:：]|{_BLANK})|{_OF_TAIWAN}){_BLANK}{{0,4}}"
_COPY_NUMBER = rf"\d{{3,8}}{_BLANK}{{0,40}}"
_URGENCY = rf"{_BLANK}{{1,40}}(?:特[急提]|加急|急件|平急)"
_MARKING = re.compile(
    rf"\A{_BLANK}{{0,40}}(?:{_COPY_NUMBER})?[\[【（(〔［]?(?:{_LABEL})?({_DEGREE}(?:{_PERIOD})?)[\]】）)〕］]?"
    rf"(?:{_URGENCY})?{_BLANK}{{0,40}}\Z"
    rf"|\A{_BLANK}{{0,40}}(?:{_COPY_NUMBER})?({_DEGREE}{_BLANK}{{0,4}}★)"
    rf"|{_LABEL}({_DEGREE}|(?<=[:：])密{_BLANK}{{0,4}}\Z)"
)


def refuse_classified(text: str, *, path: str | None = None) -> None:
    """Raise SourceError ("classified") if the head of ``text`` carries a marking of secrecy."""
    for number, line in enumerate(text.split("\n", _HEAD)[:_HEAD], 1):
        if "密" in line and (marking := _MARKING.search(line)):
            message = f"marked {marking[0].strip()} in line {number}: classified documents are not read"
            raise SourceError("classified", message, path=path)
