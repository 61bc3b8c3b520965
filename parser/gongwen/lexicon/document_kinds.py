"""文种: the kind of a document, the last word of its title.

Article 8 of the 条例 of 2012 names fifteen; documents that aren't notices end in other words (法, 工作报告, 讲话), and get these.
A title may close with its status in brackets (试行), which is no part of the kind.
"""

from __future__ import annotations

import re

from gongwen.lexicon import vocabulary

_BRACKETS = "(?:[（(][^（）()]{1,40}[）)])*"


@vocabulary.compiled
def _kind() -> re.Pattern[str]:
    """A word that names a kind, at the end of a title."""
    return re.compile(rf"(?P<word>{vocabulary.alternation('document_kinds', 'title')})[”》]?{_BRACKETS}$")


# 财政部令：订定…标准 names the kind in front, with what it is about behind the colon.
_NAMED = re.compile(r"[^：《》，。关]{1,24}?(?P<word>令|公告|通告|函)：")

# 某市已发布两版方案, 某部出台二十条措施: what is published is another document, and the title belongs to news of it.
_REPORTS = re.compile(
    r"(?!.*关于)[^《》]{2,40}?(?:已发布|发布[第“《]|出台|推出)(?!.*的)|(?:一图读懂|解读|[^《]{0,12}解读[：:])"
)
_ISSUES = re.compile("(?!.*关于).+印发")  # 某县政府印发《某办法》; behind 关于印发《某办法》 the title goes on


def kind(title: str) -> tuple[str, int, int] | None:
    """(kind, start, end) of the word in ``title`` that names its kind; None where it ends in no such word.

    >>> kind("某县人民政府关于印发某办法（试行）的通知"), kind("某市限价管理办法（试行）")
    (('通知', 18, 20), ('办法', 6, 8))
    >>> kind("某部令：订定某标准")
    ('命令', 2, 3)
    >>> kind("某省出台二十条措施"), kind("解读《某办法》"), kind("《某办法》"), kind("某县政府印发《某办法》")
    (None, None, ('办法', 2, 4), ('办法', 8, 10))
    """
    codes = vocabulary.codes("document_kinds")
    if named := _NAMED.match(title):
        return codes[named["word"]], named.start("word"), named.end("word")
    match = _kind().search(title, max(0, len(title) - 100))
    if not match or codes[match["word"]] == "other":
        return None
    opened = title.rfind("《", 1, match.start())
    inside = opened > title.rfind("》", 0, match.start())
    if _REPORTS.match(title) or (inside and not _ISSUES.fullmatch(title, 0, opened)):
        return None  # the kind of the document that the title is about
    return codes[match["word"]], match.start("word"), match.end("word")
