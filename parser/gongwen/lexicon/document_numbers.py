"""发文字号: the number of a document, read from its many spellings into organ code, year and serial.

GB/T 9704 (7.2.5): organ code, year in 〔〕, serial without 第 and without leading zeros, 号. Copies write the year in any
bracket, put blanks and zero-width characters anywhere, and a label (发文字号：) in front; orders and announcements have
shapes of their own. The grammar, after blanks are gone:

    number    = label? lead-in? (ordinary | annual | serial)
    ordinary  = code bracket year bracket 第? figures 号        国办发〔2020〕1号
    annual    = organ? year (年 第? | 第) figures 号                财政部公告2015年第3号
              | organ? （ year 年第 figures 号 ）                    财政部公告（2015年第3号）
    circular  = organ? 第 figures / year 号                       教育局通函第45/2021号
    serial    = organ? (第 numeral 号)                           山西省人民政府令第231号, 第24号

No number has the serial 0 or a year of another century than the last and this one: what has is damage, or no number.
"""

from __future__ import annotations

import re

from gongwen.lexicon import vocabulary
from gongwen.lexicon.numerals import integer
from gongwen.model import DocumentNumber

_BLANK = r"[\s\u3000\u200b-\u200f\u2060\ufeff\xa0]"
_OPEN, _CLOSE = r"[〔\[（(【［〈﹝［]", r"[〕\])）】］〉﹞］]"
_CODE = r"[^\s\d０-９，。；：、《》！？“”〔〕\[\]【】（）()\u200b-\u200f\ufeff]"
_YEAR, _FIGURES = r"((?:19|20)[0-9]{2})", r"0*+([1-9][0-9]{0,5})"


@vocabulary.compiled
def _label() -> re.Pattern[str]:
    labels = f"{vocabulary.alternation('labels', code='document_number')}"
    return re.compile(rf"^[\[【]?(?:{labels})[:：\]】]?")


# Words that introduce a citation and stick to the code that follows.
_LEAD_IN = re.compile(r"^(?:根据|依据|按照|依照|参照|遵照|执行|落实|贯彻|详见|参见|见|以及|和|及|与)(?=.{2})")
_YEAR_OF_ORDER = re.compile("^(?:19|20)[0-9]{2}年(?=[^0-9]{2,20}令第)")  # 2005年国务院令第427号
_ORDINARY = re.compile(
    rf"({_CODE}{{1,24}}(?:（[^（）\s]{{1,6}}）{_CODE}{{0,10}})?){_OPEN}{_YEAR}年?{_CLOSE}第?{_FIGURES}号"
)
_ANNUAL = re.compile(rf"({_CODE}{{0,40}}?)(?:第?{_YEAR}(?:年第?|第){_FIGURES}号|（{_YEAR}年第{_FIGURES}号）?)")
_CIRCULAR = re.compile(rf"({_CODE}{{0,40}})第{_FIGURES}/{_YEAR}号")
_SERIAL = re.compile(
    rf"({_CODE}{{0,40}}(?:[0-9]字)?)[（(]?第(0*+[1-9][0-9]{{0,11}}|[一二三四五六七八九十百零〇○]{{1,9}})号[）)]?"
)
# The same as it stands in a line, with its blanks; what precedes the code is up to the reader.
_BLANKS = "[ \\t\\u3000\\xa0]{0,3}"
WRITTEN = re.compile(
    rf"(?P<code>[^\s，。；：:、《》（()）]{{1,30}}){_BLANKS}{_OPEN}{_BLANKS}(?:19|20)[0-9０-９]{{2}}{_BLANKS}年?{_BLANKS}{_CLOSE}{_BLANKS}第?{_BLANKS}[0-9０-９]{{1,5}}{_BLANKS}号"
    rf"|(?P<serial>[^\s，。；：:、《》（()）]{{0,30}}?){_BLANKS}第{_BLANKS}(?:[0-9０-９]{{1,12}}(?:/(?:19|20)[0-9]{{2}})?|[一二三四五六七八九十百零〇○]{{1,9}}){_BLANKS}号"
)
# A number whose serial is left blank, or lost: 某政发〔2023〕  号.
_UNREADABLE = re.compile(
    rf"{_CODE}{{2,24}}{_OPEN}(?:{_YEAR}|[0-9×xX＿_*]{{0,4}})年?(?:{_CLOSE}第?[×xX＿_*0]*号|{_CLOSE}第?[×xX＿_*0]+|[〕\]])"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def parse(text: str) -> DocumentNumber | None:
    """The number that ``text`` is, None where it hasn't the shape of one.

    >>> parse("发文字号：晋政办发[2005] 073号").text
    '晋政办发〔2005〕73号'
    >>> parse("上海市人民政府令2018年第8号").serial, parse("省政府令 第210号").organ_code, parse("国办发")
    (8, '省政府令', None)
    >>> parse("财政部公告（2015年第3号）").text
    '财政部公告2015年第3号'
    """
    if len(text) > 200 or "号" not in text:
        return None
    bare = re.sub(_BLANK + "+", "", text).translate(_FULL_WIDTH)
    bare = _label().sub("", bare)
    if bare[:1] in ("（", "(", "【", "["):  # what stands in brackets, alone or before the date
        bare = _label().sub("", bare[1:].rstrip("）)】]"))
    bare = _YEAR_OF_ORDER.sub("", _LEAD_IN.sub("", bare))
    if match := _ORDINARY.fullmatch(bare):
        code, year, figures = match[1], int(match[2]), int(match[3])
        return DocumentNumber(f"{code}〔{year}〕{figures}号", code, year, figures)
    if match := _ANNUAL.fullmatch(bare):
        organ, year, figures = match[1], int(match[2] or match[4]), int(match[3] or match[5])
        return DocumentNumber(f"{organ}{year}年第{figures}号", organ or None, year, figures)
    if match := _CIRCULAR.fullmatch(bare):
        organ, figures, year = match[1], int(match[2]), int(match[3])
        return DocumentNumber(f"{organ}第{figures}/{year}号", organ or None, year, figures)
    if (match := _SERIAL.fullmatch(bare)) and (serial := integer(match[2])):
        written = match[2] if match[2].isdecimal() else str(serial)
        return DocumentNumber(f"{match[1]}第{written}号", match[1] or None, None, serial)
    return None


def is_unreadable(text: str) -> bool:
    """Whether ``text`` means to be a number that it doesn't state: its serial or its year is blank.

    >>> is_unreadable("某政发〔2023〕  号"), is_unreadable("某政发〔2023〕7号"), is_unreadable("某县水利局"), is_unreadable("修渠方案(2023年)")
    (True, False, False, False)
    """
    if len(text) > 60:
        return False
    bare = _label().sub("", re.sub(_BLANK + "+", "", text))
    return bool(_UNREADABLE.fullmatch(bare)) and parse(text) is None
