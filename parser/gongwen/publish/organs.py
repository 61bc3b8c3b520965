"""Who is who over all notices: organs.json, and the same as a table, organs.csv.

An organ is what the units of notices with one ``organ_id`` are. What the notices call it is gathered from them; when there was such an
organ, and which came before and after it, is what the tables of organs know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from gongwen.lexicon import divisions, registry
from gongwen.publish import Before, Entry, Part, Publisher
from gongwen.publish.csv_tables import cells, lines
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.definitions import Type
from gongwen.publish.files import Output
from gongwen.publish.tables import Field, Table

FILE = "organs.json"
TABLE_FILE = "organs.csv"

_CENTRAL = "central"


class _Gathered:
    """What the notices say of an organ: its names, in the order in which they are met, and in how many notices they stand."""

    def __init__(self) -> None:
        self.kind: str | None = None
        self.collective = False
        self.full_names: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.notices = 0


def prepare(entry: Entry) -> Part:
    """The organs that the notice names."""
    units = [
        [unit.organ_id, unit.full_name, unit.kind, unit.collective, [spelling.name for spelling in unit.spellings]]
        for unit in entry.notice.units
        if unit.organ_id
    ]
    return Part(data={"organs": orjson.dumps(units)})


class Organs(Publisher):
    """Writes organs.json and organs.csv. It remembers the organs, of which there are far fewer than mentions."""

    def __init__(self, output: Output, before: Before | None = None, about: About = UNSTATED) -> None:
        super().__init__(output, before, about)
        self._organs: dict[str, _Gathered] = {}

    def take(self, id: str, data: Mapping[str, bytes]) -> None:
        for organ_id, full_name, kind, collective, names in orjson.loads(data["organs"]):
            gathered = self._organs.setdefault(organ_id, _Gathered())
            gathered.kind = gathered.kind or kind
            gathered.collective = gathered.collective or collective
            gathered.notices += 1
            for counted, said in ((gathered.full_names, [full_name] if full_name else []), (gathered.names, names)):
                for name in said:
                    counted[name] = counted.get(name, 0) + 1

    def finish(self) -> None:
        organs = [_organ(organ_id, self._organs[organ_id]) for organ_id in sorted(self._organs)]
        self.output.write(
            FILE, orjson.dumps({"organs": organs}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )
        table = organs_table()
        rows = cells(table, [[organ[field.name] for organ in organs] for field in table.fields])
        self.output.write(TABLE_FILE, lines([[field.name for field in table.fields]]) + lines(rows))


def _organ(organ_id: str, gathered: _Gathered) -> dict[str, Any]:
    code = organ_id.partition("-")[0]
    place = divisions.division(code) if code.isdecimal() else None
    known = registry.facts(organ_id)
    names = sorted(gathered.names, key=lambda name: (-gathered.names[name], name))
    full_names = sorted(gathered.full_names, key=lambda name: (-gathered.full_names[name], name))
    full_name = full_names[0] if full_names else None
    return {
        "organ_id": organ_id,
        "name": full_name or names[0],
        "full_name": full_name,
        "kind": gathered.kind,
        "collective": gathered.collective,
        "level": place.level if place else _CENTRAL if known else None,
        "division": place.code if place else None,
        "division_name": divisions.full_name(place) if place else None,
        "names": [name for name in dict.fromkeys([*full_names[1:], *names]) if name != full_name],
        "valid_from": known.valid_from if known else None,
        "valid_until": known.valid_until if known else None,
        "predecessors": list(known.predecessors) if known else [],
        "successors": list(known.successors) if known else [],
        "aliases": list(registry.earlier_ids(organ_id, names)),
        "known_by": known.table if known else "name",
        "notices": gathered.notices,
    }


_ABOUT: dict[str, tuple[Type, str, bool]] = {
    "organ_id": ("string", "The organ; schema/README.md says what it is made of.", True),
    "name": ("string", "Its full name, or else the name by which most notices call it.", True),
    "full_name": ("string", "Its full name, where that is certain.", False),
    "kind": ("string", "What kind of organ it is; schema/codelists/unit_kinds.csv explains it.", False),
    "collective": ("boolean", "Whether it is a class of units.", True),
    "level": ("string", "The level of its government: central, province, prefecture or county.", False),
    "division": ("string", "The GB/T 2260 code of its division.", False),
    "division_name": ("string", "The name of the division with those above it.", False),
    "names": ("strings", "The other names by which notices call it, those of most notices first.", True),
    "valid_from": ("string", "Since when there is such an organ: a year, a month or a day.", False),
    "valid_until": ("string", "Until when there was such an organ.", False),
    "predecessors": ("strings", "The organs that it came from.", True),
    "successors": ("strings", "The organs that came of it.", True),
    "aliases": ("strings", "Ids under which data made with other tables of organs can have it.", True),
    "known_by": ("string", "The table by which it is known, or name where its id is made of its name.", True),
    "notices": ("integer", "In how many notices it is named.", True),
}


def organs_table() -> Table:
    """The organs as a table."""
    fields = tuple([Field(name, type, about, required, None) for name, (type, about, required) in _ABOUT.items()])
    return Table("organs", "Organs (机构)", "A row for each organ that the notices name.", fields, ("organ_id",))
