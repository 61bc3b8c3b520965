"""The registry of organs: which organ a name means, in the notice of a government and at a date.

An organ's id is a function of the government that it belongs to and of what it is for, so that it is the same in every notice,
whatever the organ is called there. Its first part is the code of the division (GB/T 2260), or ``cn`` for an organ of
the centre and for one that is known by its own name in the whole country; the second is the function (organ_functions.tsv), the name
in pinyin for an organ of central_organs.tsv and vertical_organs.tsv, and for any other the name in pinyin with four digits of its
hash, since different names may be read alike:

    县人社局 of 嘉鱼县 → 421221-renshe;  水利部 → cn-shuilibu;  县丝绸中心 → 421221-sichouzhongxin-5c1d

The identity is decided apart from the full name: an organ whose full name is not certain has its id all the same.
schema/README.md says what can change an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple

from gongwen.lexicon import divisions, vocabulary
from gongwen.lexicon.divisions import Division
from gongwen.lexicon.organs import COLLECTIVE, Function, Organ, functions, has_no_level, is_vertical, organ
from gongwen.lexicon.readings import pinyin
from gongwen.lexicon.reference import rows
from gongwen.lexicon.units import LEVELS, is_class, modifier, split_level

CENTRE = "cn"
"""The first part of ids of organs that belong to no division."""


class Jurisdiction(NamedTuple):
    """The government that a notice speaks for: a division's, or the centre's; neither where that is unknown."""

    place: Division | None = None
    central: bool = False

    @property
    def code(self) -> str | None:
        """What the ids of its organs begin with."""
        return CENTRE if self.central else self.place.code if self.place else None


class Identity(NamedTuple):
    """What a name stands for. ``candidates`` are full names that it could have, ``unresolved`` is the finding that says why it has none."""

    organ_id: str | None
    full_name: str | None
    kind: str | None
    division: str | None
    collective: bool = False
    candidates: tuple[str, ...] = ()
    unresolved: str | None = None


class Entry(NamedTuple):
    """A row of central_organs.tsv. Dates are years, months or days; ``local`` are names that mean another organ in a local notice;
    ``again`` tells an organ from a younger one of the same name."""

    name: str
    again: str
    short_names: tuple[str, ...]
    kind: str
    valid_from: str
    valid_until: str
    successors: tuple[str, ...]
    organ_codes: tuple[str, ...]
    local: frozenset[str]

    @property
    def id(self) -> str:
        """The organ's id: its name in pinyin, and since when, if another one had the name before."""
        return f"{CENTRE}-{pinyin(self.name)}{self.again}"


class _Pattern(NamedTuple):
    """A row of vertical_organs.tsv: what stands before the place and behind it, or the whole name where it has none."""

    before: str
    behind: str
    has_place: bool
    template: str
    kind: str
    valid_from: str
    valid_until: str
    certain: bool

    def place_in(self, name: str) -> str | None:
        """The words of ``name`` that stand in the place of the place, empty where the pattern has none; None if it is another name."""
        if not self.has_place:
            return "" if name == self.before else None
        place = name[len(self.before) : len(name) - len(self.behind)]
        fits = len(place) in _LENGTHS_OF_PLACES and name.startswith(self.before) and name.endswith(self.behind)
        return place if fits else None


_LENGTHS_OF_PLACES = range(2, 13)
_NATION = "中华人民共和国"
_PLACEHOLDER = re.compile(r"\{.\}")
_NOTE = re.compile(r"[（(][^（()）]*[)）]$")
_BRACKETS = re.compile(r"[（(〔﹝)）〕﹞、]")
_PLURAL = ("部门", "单位", "企业", "机构", "高校", "院校", "学校", "组织", "团体", "运营商")
# Names whose place stands inside, by what the rest of the name is when the place stands before it.
_INSIDE = (
    (re.compile("(?:中国共产主义青年团|共青团|团)(.+?)委(?:员会)?"), "团委"),
    (re.compile("(?:中国人民政治协商会议|政协)(.+?)委员会"), "政协"),
    (re.compile("(?:中国共产党|中共)(.+)"), ""),
)
_INSIDE_CENTRAL = re.compile("(.{2,}?[部会局署院团行])([^部会署院]{1,12}?[厅室司局])")
_OFFICE = re.compile("(.{2,})(办公[厅室])")
_GOVERNMENT = re.compile("(?:人民)?政府$")
_BUREAUS = ("局", "厅", "委", "委员会", "部", "署")
_ITS_OWN = re.compile(rf"\A(?:本|[{LEVELS}])?[局厅委部署](?:机关|内)|\A机关各")
_SAID_TO_BE_OF = re.compile(
    rf"(?P<level>本|[{LEVELS}])?(?P<bureau>[局厅委])(?:机关)?(?P<office>[^局厅委机长].+(?:[处室科局司办队站所院]|中心))"
)
_BARE_OFFICE = re.compile("(?![本局厅委])[一-鿿]{2,14}(?:[处室科司队站所]|中心)")
_SURELY_OFFICES = ("处", "室", "科", "司")
_PERHAPS_OFFICES = ("队", "站", "所", "中心")
# Short names drop 和 before anything else: what has it is whole (住房和城市更新局; 住房城市更新局 may be short for it).
_SPELLED_OUT = re.compile("(?!党|委)[^和、及与]{2,10}(?<![局厅委办部院])和[^和、及与]{2,10}(?:局|厅|委员会)")
_OF_GOVERNMENT = "人民政府"
_COMMITTEE = re.compile("管委会$")
_NATIONAL = re.compile("中国|中华|全国")
_SHORT_GOVERNMENT = re.compile("(?<!人民)政府")
_WITH_OFFICES = ("政府部门", "党委部门", "人大政协", "群团", "垂直管理", "法院", "检察院")
_COUNTRYWIDE = ("企业", "高校")
_SUCCEEDED_FOR = 8  # months for which the name of an organ still stands in documents after the reform that ended it
_LONGEST_SLUG = 12  # characters of a name that go into an id
_MUNICIPALITIES = ("11", "12", "31", "50")


@lru_cache(maxsize=8192)  # the notices of a government name the same units
def identify(name: str, home: Jurisdiction, date: str | None) -> Identity:
    """Which organ ``name`` means in a notice of ``home`` of ``date`` (ISO 8601, as precise as it is known).

    >>> identify("市人社局", Jurisdiction(divisions.division("360100")), "2022-03-01")[:4]
    ('360100-renshe', '南昌市人力资源和社会保障局', '政府部门', '360100')
    >>> identify("水利部", Jurisdiction(), "2022")[:3]
    ('cn-shuilibu', '水利部', '政府部门')
    """
    bare = _NOTE.sub("", name) or name
    place, stem = _place(bare, home)
    if _is_collective(name, place):
        return _collective(name, place, home)
    national = _central(bare, home, date)
    if national:
        return national
    if place and not stem:
        return _government(place)
    known = organ(stem) or organ(stem.removeprefix("委员会"))
    if known and known.kind != COLLECTIVE and not is_vertical(stem):
        return _local(stem, known, _seat(stem, place, home), home, date)
    vertical = _vertical(bare, stem, place, home, date)
    if vertical:
        return vertical
    inside = _within_central(bare, home, date)
    if inside:
        return inside
    office = _OFFICE.fullmatch(bare)
    if office and (of := _known(office[1], home, date)):
        full = of.full_name and of.full_name + office[2]
        return of._replace(organ_id=f"{of.organ_id}-{pinyin(office[2])}", full_name=full, candidates=())
    if place is None and (town := divisions.by_short_name(bare, home.place)):
        return _government(town)
    return _unknown(bare, stem, place, home)


class House(NamedTuple):
    """The organ that issues a notice, of whose offices the notice may speak by their own names alone; ``to_its_own`` says that it is
    addressed to them (局机关各处室)."""

    organ: Identity
    to_its_own: bool


def house(issuers: Sequence[str], recipients: Iterable[str], home: Jurisdiction, date: str | None) -> House | None:
    """The one organ, not a government, that issues a notice; an office (X局办公室) issues for its organ. None where several do."""
    if len(issuers) != 1:
        return None
    office = _OFFICE.fullmatch(issuers[0])
    meant = identify(office[1] if office else issuers[0], home, date)
    if not meant.organ_id or not meant.full_name or not meant.full_name.endswith(_BUREAUS):
        return None
    return House(meant, any(_ITS_OWN.search(name) for name in recipients))


def office_of(name: str, house: House) -> Identity | None:
    """The office of the organ that issues the notice, if ``name`` is one's: 省局计量处; 计量处, where the notice is addressed to its offices.

    Offices (处, 室, 科) and what the text calls a part of the organ get its name before theirs; of a centre or a team without
    that word it stays unknown what its whole name is.

    >>> jiangxi = Jurisdiction(divisions.division("360000"))
    >>> own = house(["江西省市场监管局"], ["省局机关各处室"], jiangxi, "2020")
    >>> [office_of(name, own).full_name for name in ("省局计量处", "计量处", "信息中心")]
    ['江西省市场监督管理局计量处', '江西省市场监督管理局计量处', None]
    >>> office_of("省财政厅", own), office_of("市局计量处", own)
    (None, None)
    """
    if is_class(name) or modifier().search(name):
        return None
    said = _SAID_TO_BE_OF.fullmatch(name)
    if said and _is_meant(said["level"], said["bureau"], house.organ):
        return named_office(said["office"], house)
    if (
        not house.to_its_own
        or not _BARE_OFFICE.fullmatch(name)
        or split_level(name)
        or divisions.leading_short_name(name)
    ):
        return None
    if name.endswith(_SURELY_OFFICES):
        return named_office(name, house)
    if name.endswith(_PERHAPS_OFFICES):
        return named_office(name, house)._replace(full_name=None, unresolved="unknown-organ")
    return None


def named_office(name: str, house: House) -> Identity:
    """The office of that name of the organ that issues the notice."""
    of = house.organ
    own = pinyin(name) if _OFFICE.fullmatch("某局" + name) else _slug(name)
    full = f"{of.full_name}{name}"
    return of._replace(organ_id=f"{of.organ_id}-{own}", full_name=full, candidates=(), unresolved=None)


def _is_meant(level: str | None, bureau: str, of: Identity) -> bool:
    """Whether 省局, 局 or 委 is the organ ``of``: 市委 is the party's committee, 市局 not the bureau of a province."""
    full = of.full_name or ""
    if not full.removesuffix("员会").endswith(bureau):
        return False
    at = divisions.division(of.division) if of.division else None
    return level is None or level == "本" or (bureau != "委" and at is not None and at.name.endswith(level))


def _known(name: str, home: Jurisdiction, date: str | None) -> Identity | None:
    """The organ ``name``, if the tables know it and it belongs to a known government."""
    meant = identify(name, home, date)
    return meant if meant.organ_id and meant.kind in _WITH_OFFICES and meant.unresolved != "unknown-organ" else None


@cache
def central_organs() -> dict[str, tuple[Entry, ...]]:
    """The central organs by each of their names, those that there are today first."""
    found: dict[str, tuple[Entry, ...]] = {}
    names: dict[str, int] = {}
    for row in reversed(rows("central_organs")):
        names[row["name"]] = names.get(row["name"], 0) + 1
        again = f"-{row['valid_from'][:4]}" if names[row["name"]] > 1 else ""
        entry = Entry(
            row["name"],
            again,
            tuple(filter(None, row["short_names"].split("|"))),
            row["kind"],
            row["valid_from"],
            row["valid_until"],
            tuple(filter(None, row["successors"].split("|"))),
            tuple(filter(None, row["organ_codes"].split("|"))),
            frozenset(filter(None, row["local"].split("|"))),
        )
        for name in (entry.name, *entry.short_names):
            found[name] = tuple(sorted((*found.get(name, ()), entry), key=lambda entry: entry.valid_until != ""))
    return found


@cache
def _patterns() -> dict[str, tuple[_Pattern, ...]]:
    """The rows of vertical_organs.tsv, for short names and for the full ones that they are made into, by the last two characters; the longest first."""
    known: dict[str, _Pattern] = {}
    for row in sorted(rows("vertical_organs"), key=lambda row: row["certain"]):  # of equal ones the certain counts
        for written in (row["template"], row["pattern"]):
            parts = _PLACEHOLDER.split(written)
            if len(parts) <= 2 and "{Q}" not in written and "{省}" not in written:
                before, behind = parts if len(parts) == 2 else (written, "")
                term = (row["template"], row["kind"], row["valid_from"], row["valid_until"], row["certain"] == "yes")
                known[written] = _Pattern(before, behind, len(parts) == 2, *term)
    found: dict[str, tuple[_Pattern, ...]] = {}
    for pattern in sorted(known.values(), key=lambda pattern: -len(pattern.before + pattern.behind)):
        last = (pattern.behind or pattern.before)[-2:]
        found[last] = (*found.get(last, ()), pattern)
    return found


@cache
def _endings() -> dict[str, dict[str, str]]:
    return {row["ending"]: row for row in rows("organ_endings")}


def _ending(name: str) -> dict[str, str] | None:
    """The row of the longest known ending of ``name``."""
    endings = _endings()
    return next((endings[name[at:]] for at in range(len(name)) if name[at:] in endings), None)


def kind_by_ending(name: str) -> str | None:
    """The kind of an organ by the longest known ending of its name.

    >>> kind_by_ending("青禾大学"), kind_by_ending("推进工作专班"), kind_by_ending("桥头")
    ('高校', '临时议事', None)
    """
    found = _ending(name)
    return found["kind"] if found else None


def _is_whole(name: str, place: Division | None) -> bool:
    """Whether ``name`` is a full name by itself: by its ending alone (某某大学), or where it begins with the place or the country
    whose organ it is: 福建省数字福建建设领导小组办公室, 中国电子学会. ``place`` is the division that it names in full.
    """
    ending = _ending(name)
    if ending is None or split_level(name):
        return False
    if ending["whole"] == "place":
        seat = divisions.leading_short_name(name) if place is None else None
        named = place is not None and name.startswith(place.name)
        begins = named or _NATIONAL.match(name) or (seat is not None and seat.code.endswith("00"))
        return bool(begins) and not _SHORT_GOVERNMENT.search(name)
    return ending["whole"] == "yes"


def _place(name: str, home: Jurisdiction) -> tuple[Division | None, str]:
    """The division that ``name`` names or means by its level word, and the rest of the name."""
    for expression, rest in _INSIDE:
        if match := expression.fullmatch(name):
            name = match[1] + rest
            break
    found = divisions.leading(name, home.place)
    if found:
        return found
    own = split_level(name)
    if own is None:
        return None, name
    level, stem = own
    above = divisions.chain(home.place) if home.place else ()
    return next((division for division in above if division.name.endswith(level)), None), stem


@vocabulary.compiled
def _concerned() -> re.Pattern[str]:
    """What says no more than that the units of a class are concerned: 县直各相关部门 and 县直有关部门 are one class."""
    return re.compile(rf"各?(?:{vocabulary.alternation('unit_words', 'head', 'concerned')})各?")


def _is_collective(name: str, place: Division | None) -> bool:
    if modifier().search(name) or is_class(name) or name.endswith(_PLURAL):
        return True
    return place is None and re.match(rf"[{LEVELS}][（(〔﹝]", name) is not None


def _collective(name: str, place: Division | None, home: Jurisdiction) -> Identity:
    code = place.code if place and place.name != name else None
    of = code or home.code
    words = _concerned().sub("有关", _GOVERNMENT.sub("", _BRACKETS.sub("", name)))
    return Identity(f"{of}-{_slug(words)}" if of and words else None, None, COLLECTIVE, code, True)


def _central(name: str, home: Jurisdiction, date: str | None) -> Identity | None:
    """The central organ of that name: in a local notice only by a name that no organ of its own has."""
    found = central_organs().get(name.removeprefix(_NATION) or name, ())
    if not home.central:
        found = tuple([entry for entry in found if name not in entry.local])
    if not found:
        return None
    entry = next((entry for entry in found if _in_force(entry.valid_from, entry.valid_until, date)), None)
    if entry:
        return Identity(entry.id, entry.name, entry.kind, None)
    return Identity(found[0].id, None, found[0].kind, None, unresolved="organ-not-in-force")


def _within_central(name: str, home: Jurisdiction, date: str | None) -> Identity | None:
    """An office or a department inside of a central organ: 财政部办公厅, 工业和信息化部规划司."""
    inside = _INSIDE_CENTRAL.fullmatch(name)
    whole = _central(inside[1], home, date) if inside and inside[1] in central_organs() else None
    if not inside or not whole or divisions.named(inside[2]):
        return None
    full = whole.full_name and whole.full_name + inside[2]
    return whole._replace(organ_id=f"{whole.organ_id}-{_slug(inside[2])}", full_name=full)


def _vertical(name: str, stem: str, place: Division | None, home: Jurisdiction, date: str | None) -> Identity | None:
    """The organ of a ministry in a place: 江西银保监局, 省通信管理局, 国家税务总局某市税务局."""
    outdated: Identity | None = None
    for pattern in (*_patterns().get(name[-2:], ()), *_patterns().get(name[-1], ())):
        written = pattern.place_in(name)
        if written:
            at = _named(written, home)
            if at is None and (split_level(name) or has_no_level(name)):  # 铁路监管局 names no place 监管
                continue
        elif written is not None or pattern.place_in(stem) == "":
            at, written = (place or home.place), ""
        else:
            continue
        found = _of_pattern(pattern, at, written, home)
        if _in_force(pattern.valid_from, pattern.valid_until, date):
            return found
        outdated = outdated or found._replace(full_name=None, candidates=(), unresolved="organ-not-in-force")
    return outdated


def _named(words: str, home: Jurisdiction) -> Division | None:
    found = divisions.leading(words, home.place)
    if found:
        return None if found[1] else found[0]
    return divisions.by_short_name(words, home.place)


def _of_pattern(pattern: _Pattern, at: Division | None, written: str, home: Jurisdiction) -> Identity:
    what = pinyin(_PLACEHOLDER.sub("", pattern.template))
    if at is None and not written:
        return Identity(
            f"{home.code}-{what}" if home.code else None, None, pattern.kind, None, unresolved="unknown-jurisdiction"
        )
    if at is None:  # a place that is no division: 拱北, 黄埔
        full = re.sub(r"\{[Pp]\}", written, pattern.template)
        whole = "{" not in full and pattern.certain
        return Identity(f"{CENTRE}-{_slug(full)}", full if whole else None, pattern.kind, None)
    province = divisions.chain(at)[-1]
    full = (
        pattern.template.replace("{P}", divisions.place_name(at))
        .replace("{p}", divisions.short_name(at))
        .replace("{省}", divisions.short_name(province))
    )
    certain = pattern.certain and "{" not in full
    return Identity(
        f"{at.code}-{what}",
        full if certain else None,
        pattern.kind,
        at.code,
        unresolved=None if certain else "unknown-full-name",
    )


def _seat(stem: str, place: Division | None, home: Jurisdiction) -> Division | None:
    """The division whose organ it is: that of the name, else that of the notice; a department (厅) is one of a province."""
    at = place or home.place
    if at and place is None and stem.endswith("厅"):
        return divisions.chain(at)[-1]
    return at


def _local(stem: str, known: Organ, at: Division | None, home: Jurisdiction, date: str | None) -> Identity:
    """An organ of a government that the tables know."""
    function = functions().get(known.function)
    what = known.function or _slug(known.stem)
    if at is None:
        of = home.code
        return Identity(f"{of}-{what}" if of else None, None, known.kind, None, unresolved="unknown-jurisdiction")
    identity = Identity(f"{at.code}-{what}", None, known.kind, at.code)
    if function and not _in_force(function.valid_from, function.valid_until, date):
        return identity._replace(unresolved="organ-not-in-force")
    if function and _is_branch(function, at):
        return identity._replace(unresolved="unknown-full-name")
    names = function.names[_level(at)] if function else ()
    whole = known.stem if known.certain else None
    if whole is None and function and len(names) == 1 and known.stem in _every_name(function):
        whole = names[0]
    if (
        whole is None
        and (known.name in names or _SPELLED_OUT.fullmatch(known.name))
        and not any(_shortens(known.name, other) for other in names)
    ):
        whole = known.name
    template = function.template if function else "{P}{stem}"
    if whole:
        return identity._replace(full_name=_full(template, whole, at))
    could = tuple([_full(template, other, at) for other in names]) if known.stem in names and len(names) > 1 else ()
    return identity._replace(candidates=could, unresolved="ambiguous-unit" if could else "unknown-full-name")


def _every_name(function: Function) -> set[str]:
    return {name for names in function.names.values() for name in names}


def _shortens(short: str, name: str) -> bool:
    """Whether ``name`` is longer than ``short`` and has its characters in their order: 规划局 is short for 城乡规划局, 投资促进局 not for 招商局."""
    rest = iter(name)
    return short != name and all(character in rest for character in short)


def _full(template: str, stem: str, at: Division) -> str:
    level = at.name[-1] if at.name[-1] in LEVELS else "省"
    return template.replace("{P}", divisions.place_name(at)).replace("{stem}", stem).replace("{级}", level)


def _level(at: Division) -> str:
    return "municipality" if at.level == "province" and at.code.startswith(_MUNICIPALITIES) else at.level


def _is_branch(function: Function, at: Division) -> bool:
    if at.level != "county" or not function.branch:
        return False
    return function.branch == "county" or (at.name.endswith("区") and not at.code.startswith(_MUNICIPALITIES))


def _government(at: Division) -> Identity:
    """A place stands for its government."""
    return Identity(f"{at.code}-renmin_zhengfu", divisions.place_name(at) + _OF_GOVERNMENT, "政府", at.code)


def _unknown(name: str, stem: str, place: Division | None, home: Jurisdiction) -> Identity:
    """An organ that no table knows: its name alone says which it is."""
    written = name
    name, stem = (_with_committee(words) for words in (name, stem))
    kind = kind_by_ending(name)
    tells_all = _is_whole(name, place)  # of a committee's short name, what else is short isn't known: 漳州高新区管委会
    whole = name if tells_all and name == written else None
    why = None if whole else "unknown-organ"
    if place is None and (tells_all or kind in _COUNTRYWIDE) and split_level(name) is None:
        seat = divisions.leading_short_name(name)
        of = seat.code if seat else CENTRE
        return Identity(f"{of}-{_slug(name)}", whole, kind, seat.code if seat else None, unresolved=why)
    owner = place.code if place else home.code
    if owner is None:
        return Identity(None, whole, kind, None, unresolved="unknown-jurisdiction")
    of_party = "委" in name.removesuffix(stem)  # 市委网络安全和信息化委员会办公室, whose full name has 中共…委员会
    if whole is None and place and not of_party and _SPELLED_OUT.fullmatch(stem):
        whole, why = divisions.place_name(place) + stem, None
    return Identity(f"{owner}-{_slug(stem)}", whole, kind, place.code if place else None, unresolved=why)


def _with_committee(name: str) -> str:
    """``name``; that of a zone (``committee`` in organ_endings.tsv) as its committee's, which it stands for, and 管委会 written out.

    >>> _with_committee("北山经开区"), _with_committee("北山经开区管委会"), _with_committee("北山军分区")
    ('北山经开区管理委员会', '北山经开区管理委员会', '北山军分区')
    """
    found = _ending(name)
    return name + "管理委员会" if found and found["whole"] == "committee" else _COMMITTEE.sub("管理委员会", name)


def _slug(words: str) -> str:
    """``words`` in pinyin, with digits of their hash, so that no two of them are alike; brackets and other signs are no words."""
    words = "".join(character for character in words if character.isalnum())
    return f"{pinyin(words[:_LONGEST_SLUG])}-{sha256(words.encode()).hexdigest()[:4]}"


def _in_force(valid_from: str, valid_until: str, date: str | None) -> bool:
    """Whether an organ of these dates was there at ``date``, or until shortly before; always where no date is known."""
    if date is None:
        return True
    at = _months(date, late=False)
    return (not valid_from or _months(valid_from, late=False) <= _months(date, late=True)) and (
        not valid_until or at <= _months(valid_until, late=True) + _SUCCEEDED_FOR
    )


def _months(date: str, late: bool) -> int:
    """The months from year 0 to ``date``; a year alone is its first month, or its last."""
    year, _, rest = date.partition("-")
    return int(year) * 12 + (int(rest[:2]) if rest else 12 if late else 1)


@cache
def _issuers_by_code() -> tuple[tuple[str, str | None], ...]:
    """Organ codes (机关代字) with the ids of the organs that use them, the longest code first."""
    known = {row["code"]: identify(row["issuer"], Jurisdiction(), None).organ_id for row in rows("organ_codes")}
    for entries in central_organs().values():
        for entry in entries:
            known.update((code, entry.id) for code in entry.organ_codes if len(code) > 1 and not entry.valid_until)
    return tuple(sorted(known.items(), key=lambda row: -len(row[0])))


@lru_cache(maxsize=4096)
def issuer_of(organ_code: str) -> str | None:
    """The id of the organ whose code ``organ_code`` is, or begins with; None where no table has it. A code of one character is in use everywhere.

    >>> issuer_of("国办发"), issuer_of("皖政办秘"), issuer_of("青政办")
    ('cn-guowuyuanbangongting', '340000-zhengfu_bangongting', '630000-zhengfu_bangongting')
    """
    return next((organ for code, organ in _issuers_by_code() if organ_code.startswith(code)), None)


class Facts(NamedTuple):
    """What the tables know of an organ: when there was such an organ, the ids of those before and after it, and the table."""

    valid_from: str | None
    valid_until: str | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    table: str


def facts(organ_id: str) -> Facts | None:
    """What the tables know of the organ; None where its id was made of its name.

    >>> facts("341202-weisheng_jisheng").successors, facts("cn-shuilibu").table
    (('341202-weisheng_jiankang',), 'central_organs')
    """
    of, _, what = organ_id.partition("-")
    if of == CENTRE:
        return _central_facts().get(organ_id)
    function = functions().get(what)
    if function:
        before = tuple([f"{of}-{other.id}" for other in functions().values() if other.successor == what])
        after = (f"{of}-{function.successor}",) if function.successor else ()
        return Facts(function.valid_from or None, function.valid_until or None, before, after, "organ_functions")
    return _vertical_facts().get(what)


def earlier_ids(organ_id: str, names: Iterable[str]) -> tuple[str, ...]:
    """The ids under which data made with other tables can have the organ: those that each of its ``names`` would have if no table
    knew it, and those of organ_redirects.tsv. Sorted.

    >>> earlier_ids("420106-renshe", ["区人社局", "武昌区人力资源局"])
    ('420106-renliziyuanju-a7ab', '420106-rensheju-8a76')
    """
    of = organ_id.partition("-")[0]
    at = divisions.division(of) if of.isdecimal() else None
    home = Jurisdiction(at, central=at is None)
    bare = [_NOTE.sub("", name) or name for name in names]
    by_name = {_unknown(name, stem, place, home).organ_id for name in bare for place, stem in [_place(name, home)]}
    found = by_name | set(_redirected().get(organ_id, ()))
    return tuple(sorted(id for id in found if id and id != organ_id))


@cache
def _redirected() -> dict[str, tuple[str, ...]]:
    """The ids that an organ had before, by the one that it has now."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("organ_redirects"):
        found[row["now"]] = (*found.get(row["now"], ()), row["organ_id"])
    return found


@cache
def _central_facts() -> dict[str, Facts]:
    entries = {entry.id: entry for listed in central_organs().values() for entry in listed}
    ids: dict[str, str] = {}
    for entry in entries.values():
        ids.setdefault(entry.name, entry.id)
    after = {id: tuple([ids[name] for name in entry.successors if name in ids]) for id, entry in entries.items()}
    before: dict[str, list[str]] = {}
    for id, successors in after.items():
        for successor in successors:
            before.setdefault(successor, []).append(id)
    return {
        id: Facts(
            entry.valid_from or None, entry.valid_until or None, tuple(before.get(id, ())), after[id], "central_organs"
        )
        for id, entry in entries.items()
    }


@cache
def _vertical_facts() -> dict[str, Facts]:
    return {
        pinyin(_PLACEHOLDER.sub("", row["template"])): Facts(
            row["valid_from"] or None, row["valid_until"] or None, (), (), "vertical_organs"
        )
        for row in rows("vertical_organs")
    }
