"""施行日期 and 有效期: from when and until when a document says that it applies."""

from __future__ import annotations

import re

from gongwen.document import Outline
from gongwen.lexicon import dates
from gongwen.model import Effective

_STATES = re.compile(r"起(?:正式|试)?(?:施行|执行|实施|生效)|有效期")
# A sentence about this document, not about one that it mentions.
_OWN = re.compile(
    r"本(?:通知|办法|意见|方案|规定|措施|政策|细则|条例|法|规则|决定|公告|通告|计划|规划|标准|指引|导则|文件|实施)|(?:印发|发布|公布)之日"
)
_START = re.compile(rf"自(?:{dates.DATE.pattern})起")
_END = re.compile(rf"(?:至|到|截至|截止)(?:{dates.DATE.pattern})")
_LONGEST = 300  # characters of a sentence before and behind the words that state it


def effective(outline: Outline) -> Effective | None:
    """The sentence that says from when this document applies, with the dates that it names; the last one, where several do."""
    value = outline.text.value
    if "起" not in value and "有效期" not in value:
        return None
    reach = len(value)
    for match in reversed(list(_STATES.finditer(value))):
        if match.start() >= reach:
            continue  # of a sentence that was looked at
        low, high = max(0, match.start() - _LONGEST), min(len(value), match.end() + _LONGEST)
        start = max(value.rfind(mark, low, match.start()) for mark in "。；\n") + 1 or low
        end = min((at for mark in "。；\n" if (at := value.find(mark, match.end(), high)) >= 0), default=high)
        reach = start
        sentence = value[start:end]
        if not _OWN.search(sentence):
            continue
        begins, ends = _START.search(sentence), _END.search(sentence)
        start += len(sentence) - len(sentence.lstrip())
        return Effective(
            text=sentence.strip(),
            start=dates.value(begins) if begins else None,
            end=dates.value(ends) if ends else None,
            rule="stated" if begins or ends else "open",
            span=(span := outline.text.to_source(start, end)),
            spans=(span,),
        )
    return None
