"""The wording by which the lines around the text are known: letterhead, signature, notes, attachments, imprint.

Only their shape is read here, to tell what kind of line it is; what they mean is read from the outline. The words stand in
line_words.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongwen.lexicon import dates, titles, vocabulary
from gongwen.lexicon.boilerplate import is_boilerplate
from gongwen.lexicon.line_words import PAGE_NUMBER, is_imprint, labelled, spaced
from gongwen.lexicon.parties import is_organ

SENTENCE_END = ("。", "！", "；", "？", "，", "：", ":", ";", "、")
LONGEST_CLOSING = 160  # characters of the names, the date and the note of a signature in one line
_NUMERAL = "[0-9０-９〇○零一二三四五六七八九十]"
_DATE = rf"(?:{dates.WRITTEN})"
_LONGEST_HEADING = 40  # characters of a line that only a word at its beginning makes boilerplate

DATE_IN_BRACKETS = re.compile(rf"[（(]{_DATE}[）)]")
# A signature: a short line without the punctuation of sentences.
SIGNATURE = re.compile(r"[^。；：，、《》！？0-9]{2,60}$")
# An entry of a table of contents: dots lead to the page number.
LEADER = re.compile(r"[.．…·]{6,}[ ]?[0-9]*$|(?<=\w)…[.．…·]+[ ]?[0-9]+$")
# A line of Markdown that is nothing but a link to a file.
_LINK = re.compile(r"(?:[-*•]\s+)?!?\[[^\[\]\n]{0,200}\]\([^()\s]{1,500}\s*\)")
_RULE = re.compile(r"[-—_─━=]{3,}$")
_PAGE_NUMBER = re.compile(rf"{PAGE_NUMBER}$")
_ADOPTION = re.compile(rf"[（(][^（）()]{{0,20}}{_NUMERAL}++年(?:[^（）()]|[（(][^（）()]*+[）)])*+[）)]$")
# Names, date and note of the signature in one line: 某市人民政府 2020年2月4日（此件公开发布）
CLOSING = re.compile(
    rf"(?P<names>[^。；：，《》]{{2,200}}?(?:[ ]|[府会室厅局部院办委社处]))?[ ]?(?P<date>{_DATE})[ ]?(?P<note>[（(][^（）()]{{2,60}}[）)])?$"
)
# The same behind the last sentence of the text, where the line feeds between are lost.
_BEHIND = r"[。！](?:[（【\[][^（）【】\[\]]{2,120}[）】\]])?"  # a sentence, with the clause that closes it
GLUED_CLOSING = re.compile(
    rf"{_BEHIND}(?=(?:[^。；：，《》0-9]{{2,60}})?[ ]?{_DATE}[ ]?(?:[（(][^（）()]{{2,60}}[）)])?$)"
)


@vocabulary.compiled
def glued_signature() -> re.Pattern[str]:
    """The same in the midst of a line: the text goes on behind them."""
    printed = spaced("imprint", "closes")
    return re.compile(
        rf"{_BEHIND}(?=(?P<names>[^。；：，《》0-9]{{4,60}}?)?[ ]?(?P<date>{_DATE})(?![ ]?{printed})[^0-9])"
    )


def signed_by(issuers: Sequence[str], text: str) -> Iterator[re.Match[str]]:
    """Where in a line the names of the title stand before a date, whatever is before them: ``names`` and ``date``.

    >>> [found.span("names") for found in signed_by(["某省水利厅", "某省林业局"], "电话 88-12 某省水利厅 某省林业局2021年5月11日方案为")]
    [(9, 20)]
    """
    if issuers:
        names = "[ ]*".join(map(re.escape, issuers))
        printed = spaced("imprint", "closes")
        yield from re.finditer(rf"(?P<names>{names})[ ]*(?P<date>{_DATE})(?![ ]*{printed})(?=[^0-9])", text)


# … and the title of the plan behind them.
GLUED_TITLE = re.compile(
    rf"{_BEHIND}(?:[^。；：，《》0-9]{{2,60}})?[ ]?{_DATE}[ ]?(?:[（(][^（）()]{{2,60}}[）)])?[ ]?(?P<title>[^。；，：0-9（(《][^。；，：\n]{{5,79}})$"
)


@vocabulary.compiled
def _above() -> re.Pattern[str]:
    """Lines of a head, beside number, title, recipients and fields."""
    return re.compile(
        rf"(?P<signer>{labelled('signer')}[ ]?[:：])"
        rf"|(?P<urgency>{spaced('urgency', 'alone')}$)"
        rf"|(?P<masthead>{spaced('attachment', 'alone')}[ ]?[0-9一二三四五]{{0,2}}[ ]?[:：]?$|{spaced('attachment', 'label')}[ ]?[:：])"
    )


_AROUND_DATE = "（()） |｜│"  # brackets, blanks, the border of a table that was lost


@vocabulary.compiled
def _letterhead() -> re.Pattern[str]:
    return re.compile(rf"(?P<organs>[^，。：《]{{2,200}}?)[ ]?{spaced('letterhead', 'closes')}")


@vocabulary.compiled
def _below() -> re.Pattern[str]:
    """Lines below the text. An entry in the list of attachments has a name in the line, the heading of an attachment stands alone."""
    attachment = spaced("attachment", "alone")
    opens, closes = spaced("note", "opens"), spaced("note", "closes")
    return re.compile(
        rf"(?P<attachment_heading>{attachment}[ ]?(?:[0-9０-９一二三四五六七八九十]{{1,3}}(?:[-－—.][0-9]{{1,2}})?)?[ ]?[:：.、]?$"
        rf"|{spaced('glossary', 'alone')}[ ]?[:：]?$)"
        rf"|(?P<attachment_list>(?:{attachment}|附)[ ]?(?:[0-9一二三四五六七八九十]{{1,3}})?[ ]?[:：.、 ][ ]?[^ ].*)"
        rf"|(?P<recipients>{labelled('recipients')}[ ]?[:：][ ]?[^ 0-9一二三四五].*)"
        rf"|(?P<copied_to>{labelled('copied_to')}[ ]?[:：].*)"
        rf"|(?P<signer>{labelled('signer')}[ ]?[:：].*)"
        rf"|(?P<imprint>{spaced('imprint', 'label')}[ ]?[:：].*)"
        rf"|(?P<note>[（(](?:{opens}[^\n]*|[^（）()]*{closes})[）)]$|{spaced('note', 'label')}[ ]?[:：].*|此件.{{2,8}}公开$)"
        rf"|(?P<date>[（(]?{_DATE}[）)]?[ |｜│]*$)"
        rf"|(?P<contents>{spaced('contents', 'alone')}$)"
    )


@vocabulary.compiled
def _news() -> re.Pattern[str]:
    """Where news begins: 某社北京2月14日电, 本报记者."""
    agency, dateline = (
        vocabulary.alternation("line_words", "holds", "agency"),
        vocabulary.alternation("line_words", "closes", "dateline"),
    )
    return re.compile(
        rf"[^，。；：]{{0,12}}(?:{agency})[^，。；：]{{0,12}}[0-9]{{1,2}}日(?:{dateline})"
        rf"|(?:{vocabulary.alternation('line_words', 'opens', 'dateline')})"
    )


@vocabulary.compiled
def _sentence() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("line_words", "opens", "sentence"))


@vocabulary.compiled
def _contents() -> re.Pattern[str]:
    return re.compile(f"{spaced('contents', 'alone')}$")


@vocabulary.compiled
def _bare_adoption() -> re.Pattern[str]:
    """A date, and behind it who adopted a law: 2030年3月2日 某省人民代表大会常务委员会第五次会议通过."""
    ends = vocabulary.alternation("line_words", "closes", "adoption")
    return re.compile(rf"{_NUMERAL}++年{_NUMERAL}+月{_NUMERAL}+日 ?[^，。；：《》（）]{{0,60}}(?:{ends})$")


def kind_above(text: str) -> str | None:
    """The kind of a line of a head that its wording alone tells, None where it says nothing of the sort."""
    if _RULE.match(text):
        return "rule"
    if _PAGE_NUMBER.match(text):
        return "page-number"
    if dates.is_meant(text.strip(_AROUND_DATE)):
        return "date"
    if (_ADOPTION.match(text) and not titles.is_addition(text)) or _bare_adoption().match(text):
        return "adoption"
    if _is_letterhead(text):
        return "letterhead"
    known = _above().match(text)
    return known.lastgroup if known else None


def _is_letterhead(text: str) -> bool:
    """Whether a line is organs with 文件 behind their names (7.2.4), and not a title that is broken at this word."""
    match = _letterhead().fullmatch(text)
    return match is not None and not titles.tells(match["organs"]) and all(map(is_organ, match["organs"].split()))


def end_of_letterhead(text: str) -> int:
    """Where the letterhead ends that ``text`` begins with; 0 where it begins with none.

    >>> end_of_letterhead("某县人民政府文件某政发"), end_of_letterhead("某县政府关于文件")
    (8, 0)
    """
    match = _letterhead().match(text)
    return match.end() if match and _is_letterhead(match[0]) else 0


def kind_below(text: str) -> str | None:
    """The kind of a line that stands below the text of a notice, None where its wording says nothing of the sort."""
    if is_imprint(text):
        return "imprint"
    if _RULE.match(text):
        return "rule"
    if _PAGE_NUMBER.match(text):
        return "page-number"
    if _LINK.fullmatch(text):
        return "furniture"
    known = _below().match(text)
    if known:
        return str(known.lastgroup).replace("_", "-")
    if dates.is_meant(text.strip(_AROUND_DATE)):
        return "date"
    return "furniture" if len(text) <= _LONGEST_HEADING and is_boilerplate(text, "tail") else None


def is_contents(text: str) -> bool:
    """Whether a line is the head of a table of contents."""
    return bool(_contents().match(text))


def begins_news(text: str) -> bool:
    """Whether news begins with the line."""
    return bool(_news().match(text))


def begins_sentence(text: str) -> bool:
    """Whether a line begins as sentences do that cite a document: 根据…, 按照…."""
    return bool(_sentence().match(text))


def is_byline(text: str) -> bool:
    """Whether a line below the title of a plan names its authors, in brackets or bare, or its date.

    >>> is_byline("（某县教育局 某县财政局）"), is_byline("某县教育局 某县财政局"), is_byline("2019年9月"), is_byline("为了修渠，制定本方案。")
    (True, True, True, False)
    """
    if re.fullmatch(r"[（(][^（）()。]{2,80}[）)]", text) or dates.is_meant(text):
        return True
    names = text.split()
    return (
        len(text) <= 240 and not re.search("[。；：，、《》！？]", text) and bool(names) and all(map(is_organ, names))
    )
