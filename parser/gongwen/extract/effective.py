"""施行日期 and 有效期: from when and until when a document says that it applies."""

from __future__ import annotations

import re

from gongwen.document import Outline
from gongwen.extract import dates
from gongwen.model import Effective

_STATES = re.compile(r"起(?:正式|试)?(?:施行|执行|实施|生效)|有效期|废止日期")
_OWN = re.compile(r"本(?:通知|办法|意见|方案|规定|措施|政策|细则|条例|法|规则|决定|公告|通告|计划|规划|标准|指引|文件|实施)|印发之日|发布之日|公布之日")
_START = re.compile(rf"自(?:{dates.DATE.pattern})起")
_END = re.compile(rf"(?:有效期[限]?(?:至|到|截至|截止)|至|到)(?:{dates.DATE.pattern})")


def effective(outline: Outline) -> Effective | None:
    """The sentence that says from when this document applies, with the dates that it names; the last one, where several do."""
    value = outline.text.value
    for match in reversed(list(_STATES.finditer(value))):
        start = max(value.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
        end = min((at for mark in "。；\n" if (at := value.find(mark, match.end())) >= 0), default=len(value))
        sentence = value[start:end]
        if len(sentence) > 300 or not _OWN.search(sentence):
            continue
        begins, ends = _START.search(sentence), _END.search(sentence)
        start += len(sentence) - len(sentence.lstrip())
        return Effective(
            text=sentence.strip(),
            start=dates.value(begins) if begins else None,
            end=dates.value(ends) if ends else None,
            span=outline.text.to_source(start, end),
        )
    return None
