"""Places that stand by their own names in a list whose last says the level and the organ of all of them.

甘孜、阿坝、凉山州人民政府        甘孜州人民政府, 阿坝州人民政府
河西、新桥街道办事处              河西街道办事处
漳州、三明、宁德市水利局          漳州市水利局: an organ that is no seat, or none, is shared by places of the gazetteer only
黔东南、铜仁等市（州）政府        黔东南州政府, 铜仁市政府: of several levels each place has its own
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongwen.lexicon import divisions, vocabulary
from gongwen.lexicon.organs import organ
from gongwen.lexicon.units import LEVELS, ends_like, is_class

_ZONE = "(?:开发|风景|度假|示范|园|新)区"
_OWN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_ONLY_LEVELS = re.compile(rf"(?:[{LEVELS}]|自治|直辖|街道|开发区|园区)+")
_SEVERAL = re.compile(rf"(?P<levels>[{LEVELS}](?:[（(、和]?[{LEVELS}][）)]?)+)(?P<seat>[^{LEVELS}].*|)")


@vocabulary.compiled
def _shared() -> re.Pattern[str]:
    seat = vocabulary.alternation("unit_words", "end", "seat")
    return re.compile(
        rf"(?P<shared>(?:街道|[镇乡])(?:{seat})?|(?:{_ZONE}|[{LEVELS}])(?:{seat})|[{LEVELS}](?:[（(、和][{LEVELS}][）)]?)*(?P<of>[\u4e00-\u9fff]{{2,20}}|))\Z"
    )


def shared_by_places(name: str, places: Sequence[str] = ()) -> str | None:
    """The level and the organ that ``name``, a place with both, may share with the ``places`` before it; None where it has none to share.

    >>> shared_by_places("凉山州人民政府"), shared_by_places("新桥街道"), shared_by_places("各县水利局"), shared_by_places("县水利局")
    ('州人民政府', '街道', None, None)
    """
    if is_class(name):
        return None
    for own in (2, 3, 4):
        if found := _shared().match(name, own):
            return found["shared"] if found["of"] is None or all(map(divisions.shortened, places)) else None
    return None


def is_place_alone(word: str) -> bool:
    """Whether ``word`` can be a place without its level: it is one, or ends like no unit and isn't only levels.

    >>> is_place_alone("三明"), is_place_alone("河西"), is_place_alone("河西镇"), is_place_alone("各镇")
    (True, True, False, False)
    """
    if not _OWN_NAME.fullmatch(word):
        return False
    return divisions.shortened(word) or not (
        ends_like(word) or is_class(word) or organ(word) or _ONLY_LEVELS.fullmatch(word)
    )


def of_places(word: str, shared: str) -> str | None:
    """``word``, a place alone, with what it shares if that makes the name of a place in the gazetteer; of several levels with its own.

    >>> of_places("阿坝", "州人民政府"), of_places("铜仁", "市（州）政府"), of_places("财政", "镇政府")
    ('阿坝州人民政府', '铜仁市政府', None)
    """
    several = _SEVERAL.fullmatch(shared)
    levels = [level for level in several["levels"] if level in LEVELS] if several else [shared]
    for level in levels:
        name = word + level + (several["seat"] if several else "")
        found = divisions.leading(name)
        if found and not found[1].startswith(tuple(LEVELS)) and len(name) - len(found[1]) > len(word):
            return name
    return None


_NAMED = re.compile(
    "(?P<place>[一-鿿]{2,8}?(?:自治[区州县旗]|[省市县区州盟旗乡镇]|街道|苏木))(?=(?:委|人民政府|政府|办事处|党政办|[一-鿿]{1,10}[局委办厅]))"
)


def named_place(name: str) -> str | None:
    """The place whose government or organ ``name`` begins with, in a table or not.

    >>> named_place("青溪县人民政府办公室"), named_place("青溪县水利局"), named_place("省水利厅")
    ('青溪县', '青溪县', None)
    """
    found = _NAMED.match(name)
    return found["place"] if found else None
