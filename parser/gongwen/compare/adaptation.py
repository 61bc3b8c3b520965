"""What another government has to say otherwise although it means the same: its own name, its level, its counterparts.

Between a province's plan and a city's 全省 is 全市, 省教育厅 is 市教育局; that is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongwen.compare.authority import Authority, function
from gongwen.compare.changes import Edit

_LEVELS = "省市县区州盟旗镇乡"
_OWN = re.compile(
    rf"(?:全|本|我|各)(?:自治[区州县]|[{_LEVELS}])|(?:自治[区州县]|[{_LEVELS}])(?=级|委|政府|人民政府|直|属|内|各|本级|$)|国家(?=级|$)"
)
_NAME_ENDS = re.compile(r"(?:[^省市县区州盟旗镇乡]{0,2}族)*(?:自治[区州县旗]|[省市县区州盟旗镇乡])$")


class Adaptation:
    """Tells what in two texts is the same once each government's own words are neutral."""

    def __init__(self, old: Authority, new: Authority, units: Iterable[str]) -> None:
        names = {name for one in (old, new) if one.place for name in (one.place, _NAME_ENDS.sub("", one.place))}
        known = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
        self._places = re.compile("|".join(map(re.escape, known))) if known else None
        self._units = frozenset(units)

    def same(self, before: str, after: str) -> bool:
        """Whether both say the same of their own place, or name counterparts."""
        if before in self._units and after in self._units:
            return function(before) == function(after)
        return self.neutral(before) == self.neutral(after)

    def neutral(self, text: str) -> str:
        """The text without what is each government's own."""
        if self._places:
            text = self._places.sub("", text)
        return _OWN.sub("", text)

    def settles(self, edit: Edit) -> bool:
        return self.same(edit.before.text, edit.after.text)
