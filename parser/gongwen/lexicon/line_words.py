"""The labels of lines around the text, as expressions: 附件：, 抄　送：, 正本：."""

from __future__ import annotations

import re

from gongwen.lexicon import dates, vocabulary

BLANKS = r"\s?"
_FIGURES = "[0-9０-９]{1,4}"
PAGE_NUMBER = (
    rf"(?:[—–－-]{{1,2}} ?{_FIGURES} ?[—–－-]{{1,2}}|{_FIGURES} ?/ ?{_FIGURES}"
    rf"|第 ?{_FIGURES} ?页(?:[ ,，/／|]{{0,3}}[共总] ?{_FIGURES} ?页)?|共 ?{_FIGURES} ?页[ ,，/／|]{{0,3}}第 ?{_FIGURES} ?页)"
)
"""The number of a page in a form that nothing else has on a line of its own: — 3 — (GB/T 9704, 7.5), 3/12, 第 3 页 共 12 页."""


@vocabulary.compiled
def spaced(code: str, context: str) -> str:
    """An expression of the words of line_words.tsv of a code and a context, spaced out or not."""
    return f"(?:{vocabulary.alternation('line_words', context, code, blanks=BLANKS)})"


@vocabulary.compiled
def labelled(code: str) -> str:
    """An expression of the labels of labels.tsv for a field, before a line of its own around the text: 抄送, 签发人."""
    return f"(?:{vocabulary.alternation('labels', 'label', code, blanks=BLANKS)})"


@vocabulary.compiled
def remark() -> re.Pattern[str]:
    """The label of a remark: 备注：."""
    return re.compile(rf"[ \u3000]*(?:{vocabulary.alternation('line_words', 'label', 'remark')})[:：][ \u3000]*")


@vocabulary.compiled
def between_pages() -> re.Pattern[str]:
    """A line between the rows of a table where a page ends: its number, or a word that says that the table goes on (续表)."""
    return re.compile(rf"{PAGE_NUMBER}|[（(]?{spaced('continued', 'alone')}[0-9一二三四五]{{0,2}}[）)]?")


@vocabulary.compiled
def listeners() -> re.Pattern[str]:
    """The line of a speech that addresses its listeners: 同志们：, 尊敬的各位来宾：."""
    opens, alone = (vocabulary.alternation("line_words", context, "listeners") for context in ("opens", "alone"))
    return re.compile(rf"^(?:尊敬的)?(?:(?:{opens})[^\n。：:]{{0,20}}|{alone})[:：!！]$", re.M)


@vocabulary.compiled
def _imprint() -> re.Pattern[str]:
    """Who printed it, when, and how many copies (GB/T 9704, 7.4.3): 某县人民政府办公室 2023年10月11日印发."""
    printer = vocabulary.alternation("line_words", "holds", "printer")
    copies = vocabulary.alternation("line_words", "closes", "copies")
    return re.compile(
        rf"(?:[^，。；：]{{0,60}}?(?:{dates.WRITTEN})[ ]?|[^，。；：]{{2,60}}?(?:{printer})[^，。；：]{{0,10}}){spaced('imprint', 'closes')}"
        rf"[ ]?(?:[（(]?(?:{copies})[ ]?[0-9]{{1,6}}[ ]?份[）)]?[。]?)?\Z"
    )


@vocabulary.compiled
def _printed() -> re.Pattern[str]:
    """The word by which a line tells that it may be one."""
    return re.compile(spaced("imprint", "closes"))


def is_imprint(text: str) -> bool:
    """Whether a line says who printed the notice: it ends in 印发 behind a date or an office.

    >>> is_imprint("某县水利局办公室 2023年10月11日印发"), is_imprint("某县人民政府办公室印发"), is_imprint("有关文件另行印发")
    (True, True, False)
    """
    return _printed().search(text) is not None and _imprint().match(text) is not None


@vocabulary.compiled
def _label() -> re.Pattern[str]:
    labels = "|".join([spaced("attachment", "label"), *map(labelled, ("signer", "copied_to", "recipients"))])
    return re.compile(rf"[（(]?(?:{labels}|附)[ \u3000]*[:：.、 \u3000]?[ \u3000]*")


def behind_label(text: str) -> int:
    """Where what a labelled line says begins; 0 where it has no label.

    >>> text = "抄　送：县财政局。"
    >>> text[behind_label(text) :]
    '县财政局。'
    """
    match = _label().match(text)
    return match.end() if match else 0
