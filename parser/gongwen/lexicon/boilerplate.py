"""Boilerplate: lines that came with a copy and are not the notice's, told by the words of boilerplate.tsv.

A database vendor's citation code, share buttons, counters, footers. Only short lines at the head or the tail of a text
are held against the table: what stands deeper in a notice is its own, whatever it looks like.
"""

from __future__ import annotations

import re

from gongwen.lexicon import document_numbers, vocabulary

_LONGEST = 120  # characters: longer lines are prose
_OPEN, _CLOSE = r"[\[【(（]?", r"[\]】)）]?"
_COMMENT = re.compile(r"<!--.*-->")
_SIZES = r"[大中小](?:\s*[大中小]){1,2}"


@vocabulary.compiled
def _lines(place: str | None) -> re.Pattern[str]:
    """All forms of a line at the ``place`` "head" or "tail" of a text, or at either."""

    def words(code: str) -> str:
        return f"(?:{vocabulary.alternation('boilerplate', place, code)})"

    button = rf"{words('act')}{words('object')}?"
    forms = (
        rf"{_OPEN}\s*{words('line')}\s*{_CLOSE}[:：]?",
        rf"{words('opens')}.*",
        rf"(?:{words('before_label')}\s*[:：].{{0,80}})?.{{0,8}}{_OPEN}{words('label')}\s*{_CLOSE}\s*[:：].{{0,80}}",
        rf"{_OPEN}\s*{words('links')}\s*{_CLOSE}\s*(?:[:：].{{0,80}})?",
        rf"{_OPEN}\s*{words('size')}\s*[:：]?.{{0,12}}",
        rf"{_OPEN}\s*(?:{_SIZES}|{button}(?:\s+{button})*+)\s*{_CLOSE}(?:[\s:：|】].{{0,60}})?",
        rf"{words('menu')}(?:[\s>|·].{{0,60}})?",
        rf".{{0,60}}{words('holds')}.*",
        rf"[^\s，。；：《》【】\[\]（）()]{{2,20}}{words('site')}",
        rf"[^，。；：]{{0,20}}{words('phrase')}[^，。；：]{{0,20}}",
    )
    return re.compile("|".join([f"(?:{form})" for form in forms]))


def is_boilerplate(line: str, place: str | None = None) -> bool:
    """Whether a line at the ``place`` "head" or "tail" of a text, or at either, is one that came with the copy.

    >>> is_boilerplate("【字体：大 中 小】", "head"), is_boilerplate("打印本页 关闭窗口", "tail"), is_boilerplate("推荐：某县天气", "head")
    (True, True, True)
    >>> is_boilerplate("某县人民政府门户网站", "head"), is_boilerplate("某县人民政府门户网站管理办法", "head")
    (True, False)
    >>> is_boilerplate("字号：某政发〔2023〕7号", "head"), is_boilerplate("某县人民政府关于打印机的通知", "head")
    (False, False)
    """
    line = line.strip()
    if len(line) > _LONGEST or not line:
        return False
    return bool(_COMMENT.fullmatch(line)) or bool(
        _lines(place).fullmatch(line) and document_numbers.parse(line) is None
    )


@vocabulary.compiled
def _links() -> re.Pattern[str]:
    return re.compile(rf"{_OPEN}\s*(?:{vocabulary.alternation('boilerplate', code='links')})\s*{_CLOSE}\s*[:：]?")


def heads_links(line: str) -> bool:
    """Whether a line is the head of links to other pages.

    >>> heads_links("相关解读："), heads_links("【相关链接】"), heads_links("相关解读：某县")
    (True, True, False)
    """
    return bool(_links().fullmatch(line.strip()))
