"""What the site remembers from notice to notice: a database in a file of the build, so that memory stays flat.

Pages link to one another (a citation to the document cited, a unit to its tasks in every notice, a plan to its other
versions), so most of them can be written only when all notices were seen.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from gongwen.publish.site.facts import Facts, Listed

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE notice (
    id TEXT PRIMARY KEY, number TEXT, title TEXT, plan TEXT, issuers TEXT NOT NULL, issue_date TEXT,
    tasks INTEGER NOT NULL, units INTEGER NOT NULL, kind TEXT, level TEXT, postings INTEGER NOT NULL
);
CREATE INDEX notice_number ON notice (number);
CREATE INDEX notice_title ON notice (title);
CREATE INDEX notice_plan ON notice (plan);
CREATE TABLE unit (key TEXT PRIMARY KEY, name TEXT NOT NULL, scope TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE duty (
    unit TEXT NOT NULL, notice TEXT NOT NULL, task INTEGER, duty INTEGER, item TEXT NOT NULL,
    date TEXT, due_on TEXT, step TEXT, recurrence TEXT, name TEXT NOT NULL, role TEXT, role_basis TEXT, verb TEXT
);
CREATE TABLE version (notice TEXT PRIMARY KEY, family INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE INDEX version_family ON version (family, position);
CREATE TABLE citation (notice TEXT NOT NULL, id TEXT NOT NULL, number TEXT, title TEXT NOT NULL);
CREATE TABLE held (notice TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, other TEXT NOT NULL);
CREATE INDEX held_notice ON held (notice);
CREATE INDEX held_other ON held (other);
"""


_TASKS = "count(DISTINCT notice || char(0) || task)"
_OTHERS = "count(DISTINCT notice || char(0) || duty)"


class Named(NamedTuple):
    """A unit with the number of its tasks, of its duties outside of tasks, and of the rows of its page: a task with several dates has several."""

    key: str
    name: str
    scope: str
    tasks: int
    others: int
    rows: int


class Duty(NamedTuple):
    """What a unit is responsible for, as its page lists it: ``item`` is the title of the task, or the words of the duty."""

    notice: str
    title: str | None
    issue_date: str | None
    task: int | None
    duty: int | None
    item: str
    date: str | None
    due_on: str | None
    step: str | None
    recurrence: str | None
    name: str
    role: str | None
    role_basis: str | None
    verb: str | None


class Citing(NamedTuple):
    """A notice that cites another: ``citation`` is the number of the citation on its page."""

    id: str
    number: str | None
    title: str | None
    issue_date: str | None
    citation: int


_MOST_CITING = 100  # notices that cite one which its page lists
_NEIGHBOURS = 5  # versions before and after one that its page names
_LISTED = "id, number, title, issuers, issue_date, tasks, units, kind, level"
_ORDER = "issue_date IS NULL, issue_date DESC, id"  # newest first, undated last


class Spool:
    """The database, in the file ``path``."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")

    def close(self) -> None:
        self._database.close()

    def add(self, facts: Facts) -> None:
        """The next notice; of units that have one key the first names it."""
        notice = facts.listed.id
        self._database.execute(
            f"INSERT INTO notice ({_LISTED}, plan, postings) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (*facts.listed, facts.plan, facts.postings),
        )
        self._database.executemany(
            "INSERT INTO citation VALUES (?,?,?,?)", ((notice, *citation) for citation in facts.citations)
        )
        self._database.executemany("INSERT OR IGNORE INTO unit VALUES (?,?,?)", facts.units)
        self._database.executemany("INSERT INTO duty VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", facts.duties)

    def add_versions(self, families: Iterable[list[str]]) -> None:
        """Each family: the ids of the versions of one plan, oldest first."""
        rows = (
            (notice, number, position)
            for number, family in enumerate(families)
            for position, notice in enumerate(family)
        )
        self._database.executemany("INSERT INTO version VALUES (?,?,?)", rows)

    def count_notices(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM notice").fetchone()[0])

    def notices(self) -> Iterator[Listed]:
        """All notices, newest first."""
        yield from map(Listed._make, self._cursor(f"SELECT {_LISTED} FROM notice ORDER BY {_ORDER}"))

    def notices_with_plans(self) -> Iterator[tuple[Listed, int | None]]:
        """All notices, newest first, each with the number of the plan that it is a version of, if there are others."""
        query = (
            f"SELECT {_LISTED}, family FROM notice LEFT JOIN version ON version.notice = notice.id ORDER BY {_ORDER}"
        )
        yield from ((Listed._make(row[:-1]), row[-1]) for row in self._cursor(query))

    def resolve_citations(self) -> None:
        """All notices were added: find those among them that citations name."""
        places: Counter[str] = Counter()
        for notice, id, number, title in self._cursor("SELECT notice, id, number, title FROM citation ORDER BY rowid"):
            places[notice] += 1
            other = self.find(number, title)
            if other and other != notice:
                self._database.execute("INSERT INTO held VALUES (?,?,?,?)", (notice, id, places[notice], other))

    def held(self, notice: str) -> dict[str, str]:
        """The notice that each citation of ``notice`` names, by the id of the citation, where it is among these."""
        return dict(self._cursor("SELECT id, other FROM held WHERE notice = ? ORDER BY rowid", (notice,)))

    def citing(self, notice: str) -> tuple[list[Citing], int]:
        """The newest notices that cite ``notice``, and the number of all."""
        rows = self._cursor(
            "SELECT notice.id, number, title, issue_date, min(place) FROM held JOIN notice ON notice.id = held.notice"
            f" WHERE other = ? GROUP BY notice.id ORDER BY {_ORDER.replace('id', 'notice.id')} LIMIT {_MOST_CITING}",
            (notice,),
        )
        found = [Citing._make(row) for row in rows]
        if len(found) < _MOST_CITING:
            return found, len(found)
        total = self._cursor("SELECT count(DISTINCT notice) FROM held WHERE other = ?", (notice,)).fetchone()[0]
        return found, int(total)

    def find(self, number: str | None, title: str) -> str | None:
        """The id of the notice with this number, or else with this title where one notice alone has it."""
        for where, value in (("number = ?1", number), ("title = ?1 OR plan = ?1", title)):
            found = self._cursor(f"SELECT id FROM notice WHERE {where} LIMIT 2", (value,)).fetchall()
            if found:
                return str(found[0][0]) if len(found) == 1 else None
        return None

    def titles(self) -> Iterator[tuple[str, str, str]]:
        """(issuers, id, title of the plan or the notice) of each notice with a title: by issuers, oldest first."""
        yield from self._cursor(
            "SELECT issuers, id, coalesce(plan, title) FROM notice WHERE coalesce(plan, title) IS NOT NULL AND issuers <> ''"
            " ORDER BY issuers, issue_date IS NULL, issue_date, id"
        )

    def versions(self, notice: str) -> list[Listed]:
        """The versions of the plan that a notice issues, itself among them, oldest first; none where it stands alone.

        Of a long series, those next to it.
        """
        return [
            Listed._make(row)
            for row in self._cursor(
                f"SELECT {_LISTED} FROM version AS own JOIN version AS other USING (family) JOIN notice ON notice.id = other.notice"
                " WHERE own.notice = ? AND abs(other.position - own.position) <= ? ORDER BY other.position",
                (notice, _NEIGHBOURS),
            )
        ]

    def version_pairs(self) -> Iterator[tuple[str, str]]:
        """Each version with the next one of its plan."""
        yield from self._cursor(
            "SELECT old.notice, new.notice FROM version AS old JOIN version AS new"
            " ON new.family = old.family AND new.position = old.position + 1 ORDER BY old.family, old.position"
        )

    def units(self) -> Iterator[Named]:
        """All units that are responsible for something, by scope, the busiest first."""
        yield from map(
            Named._make,
            self._cursor(
                f"SELECT key, unit.name, scope, {_TASKS} AS tasks, {_OTHERS} AS others, count(*)"
                " FROM unit JOIN duty ON unit.key = duty.unit"
                " GROUP BY key ORDER BY scope, tasks DESC, others DESC, unit.name, key"
            ),
        )

    def duties(self) -> Iterator[tuple[Named, Duty]]:
        """Every duty with its unit: all of one unit together, by date, then what recurs, then the rest, of the newest notices first."""
        for row in self._cursor(
            f"WITH named AS (SELECT unit, {_TASKS} AS tasks, {_OTHERS} AS others, count(*) AS lines FROM duty GROUP BY unit)"
            " SELECT key, unit.name, scope, named.tasks, named.others, named.lines, notice.id, notice.title, issue_date,"
            " task, duty, item, date, due_on, step, recurrence, duty.name, role, role_basis, verb"
            " FROM unit JOIN duty ON unit.key = duty.unit JOIN named ON unit.key = named.unit"
            " JOIN notice ON notice.id = duty.notice"
            " ORDER BY key, due_on IS NULL, due_on, recurrence IS NULL, issue_date IS NULL, issue_date DESC, notice.id,"
            " task IS NULL, task, duty.rowid"
        ):
            yield Named._make(row[:6]), Duty._make(row[6:])

    def count_postings(self) -> int:
        """The entries of the index of the search."""
        return int(self._database.execute("SELECT ifnull(sum(postings), 0) FROM notice").fetchone()[0])

    def _cursor(self, query: str, values: tuple[str | int | None, ...] = ()) -> sqlite3.Cursor:
        return self._database.cursor().execute(query, values)
