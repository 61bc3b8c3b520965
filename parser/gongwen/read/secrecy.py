"""A notice that is marked secret isn't published: it is refused, with the marking and its place.

The marking (密级, GB/T 9704-2012, 7.2.2) stands alone in a line at the head of the document, in its three degrees, with a
period after ★ where one is set (机密★1年); exported copies also label it (密级：秘密). The words 国家秘密 or 商业秘密 in
a sentence are no marking, and neither is a notice about them.
"""

from __future__ import annotations

import re

from gongwen.errors import SourceError

_HEAD = 100  # lines: the marking stands above the number and the title, which on a web page have its menus above them

_BLANK = r"[^\S\n]"
_DEGREE = rf"(?:[绝絕]{_BLANK}{{0,4}}密|[机機]{_BLANK}{{0,4}}密|秘{_BLANK}{{0,4}}密)"
_PERIOD = rf"{_BLANK}{{0,4}}[★☆*]{_BLANK}{{0,4}}(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})?{_BLANK}{{0,4}}(?:年|个月|個月|长期|長期)?"
_LABEL = rf"(?:密{_BLANK}{{0,4}}[级級]|秘密等[级級]|保密[级級][别別])[^\S\n]{{0,4}}[:：\t]"
_MARKING = re.compile(
    rf"\A{_BLANK}{{0,40}}[\[【（(〔]?(?:{_LABEL}{_BLANK}{{0,4}})?({_DEGREE}(?:{_PERIOD})?)[\]】）)〕]?{_BLANK}{{0,40}}\Z"
    rf"|\A{_BLANK}{{0,40}}({_DEGREE}{_BLANK}{{0,4}}★)"
    rf"|{_LABEL}{_BLANK}{{0,4}}({_DEGREE})"
)


def refuse_classified(text: str, *, path: str | None = None) -> None:
    """Raise SourceError ("classified") if the head of ``text`` carries a marking of secrecy."""
    for number, line in enumerate(text.split("\n", _HEAD)[:_HEAD], 1):
        if "密" in line and (marking := _MARKING.search(line)):
            message = f"marked {marking[0].strip()} in line {number}: classified documents are not read"
            raise SourceError("classified", message, path=path)
