"""Names of organs in the head and the signature: who issues a notice, and whom it is addressed to."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What names of organs end in; a plural of organs (各部门, 有关单位) ends so too.
_ORGAN_END = "政府|委员会|办公[室厅]|[厅局部院署委办会处组室社站队所馆台科团区园校场行庭]|指挥部|中心|公司|集团|银行|总行|大学|学院|医院|法院|检察院|企业|机构|部门|单位"
ORGAN = re.compile(rf"(?:{_ORGAN_END})(?:[（(][^（）()]{{1,30}}[）)])?$")
_TOP_LEVEL = re.compile(r"[（(〔][^（）()〔〕\n]*+[）)〕]|(?P<comma>[，,；;])|(?P<pause>、)")
_RECIPIENT_END = re.compile(
    r"(?:政府|委员会|部门|单位|机构|[厅局委办院部]|公司|集团|企业|中心|学校|院校|大学|中学|小学|兵团)(?:[（(][^（）()]{1,40}[）)])?$"
)
# Between two organs: blanks, 、 or nothing, where one ends in 办公厅 and another name follows, or a government follows its committee.
_BETWEEN = re.compile(
    r"[ \t\u3000、，\\]+|(?<=办公[厅室])(?=[\u4e00-\u9fff]{4})|(?<=[省市县区州]委)(?=[\u4e00-\u9fff]{1,12}人民政府)"
)
_TITLE_PREFIX = re.compile(
    r"(?!转发|批转|印发)(?P<organs>[^《》〈〉“”，。；：]{2,200}?)(?:关于|印发|转发|批转|发布|公布|颁布|颁发|下达|(?:令|公告|通告|公报|函)(?:$|：))"
)
_NUMBERED = re.compile(r"等[一二三四五六七八九十0-9]{0,3}(?:个|家)?(?:部门|单位|部委|厅局|委办局)$")
# 省长　张三: an order is signed by a person.
_OFFICE = "(?:代?(?:主席|总理|省长|市长|州长|县长|区长|旗长|部长|主任|局长|厅长|署长|行长|会长|院长|秘书长))"
PERSON = re.compile(rf"{_OFFICE}[ 　：:]*(?P<name>[\u4e00-\u9fff·](?:[ 　]?[\u4e00-\u9fff·]){{1,4}})$")
# What stands among the names of a signature without being one: an office alone, a bracket, an address, a number.
NO_NAME = re.compile(
    rf"{_OFFICE}(?:[（(][^（）()]*[）)])?$|[（(][^（）()]*[）)]$|.*(?:[@]|[0-9]号|施行|\.[a-z]{{2,4}}$)"
)


def split_recipients(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the recipients in ``text``, the 主送机关 line without its colon.

    Commas and semicolons part them; 、 does so only where no comma stands and every part ends as an organ's name does
    (国务院各部委、各直属机构), so that 各乡、镇人民政府 stays whole.

    >>> text = "各乡、镇人民政府，各街道办事处"
    >>> [text[start:end] for start, end in split_recipients(text)]
    ['各乡、镇人民政府', '各街道办事处']
    """
    marks = list(_TOP_LEVEL.finditer(text))
    cuts = [mark.span() for mark in marks if mark["comma"]]
    if not cuts:
        cuts = [mark.span() for mark in marks if mark["pause"]]
        if not all(_RECIPIENT_END.search(part) for part in _parts(text, cuts)):
            cuts = []
    start = 0
    for cut, following in [*cuts, (len(text), len(text))]:
        name = text[start:cut].strip()
        if name:
            at = text.index(name, start)
            yield at, at + len(name)
        start = following


def _parts(text: str, cuts: list[tuple[int, int]]) -> list[str]:
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def split_signature(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the organs that sign in one line: several stand apart by blanks or 、, if each ends as an organ's name does."""
    cuts = [match.span() for match in _BETWEEN.finditer(text)]
    parts = _parts(text, cuts)
    if not all(ORGAN.search(part) for part in parts):
        yield 0, len(text)
        return
    at = 0
    for part in parts:
        at = text.index(part, at)
        yield at, at + len(part)
        at += len(part)


def title_organs(title: str) -> Iterator[tuple[int, int]]:
    """Offsets of the organs that a title begins with: 某县人民政府 of 某县人民政府关于…的通知.

    >>> [slice(*at) for at in title_organs("教育部 财政部关于做好某项工作的通知")]
    [slice(0, 3, None), slice(4, 7, None)]
    """
    match = _TITLE_PREFIX.match(title)
    if not match:
        return
    organs = _NUMBERED.sub("", match["organs"].rstrip())
    for start, end in split_signature(organs):
        if ORGAN.search(organs[start:end]):
            yield start, end
