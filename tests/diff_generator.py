"""Pairs of plans with a script of what changed between them, put as people put it.

A plan with a believable outline is drawn from stocks of phrases (diff_phrases.py), then edited: k edits of random kinds, each at a place of
its own, each with the changes that a comparison should report for it. Whoever merges two tasks, divides one, or carries a sentence to
another task writes it anew: other verbs, another order, less of it. In every other pair the whole plan is written anew like that. What follows
from an edit (the tasks behind an added one get another number) is worked out from both plans.

``pair`` makes two versions of one plan, ``sisters`` the plans of two counties, ``cascade`` that of a province and that of a county.

A change is told as a fact: (kind, keys of what it is about), by keys that survive renumbering.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from diff_phrases import (
    CLOSINGS,
    GOALS,
    MATTERS,
    MEASURES,
    NEW_NAMES,
    ORGANS,
    PLACES,
    PROVINCIAL,
    SAFEGUARDS,
    TITLES,
    TOPICS,
    UNITS,
)
from gongwen.compare import Change, Diff
from gongwen.model import Role
from notice_builder import Built, Chapter, Draft, Goal, Heading, Job, Source

Fact = tuple[str, ...]

ASPECTS = "place title text units goals".split()
ROLES: tuple[Role, ...] = ("lead", "support", "responsible")


@dataclass
class Clause:
    """One measure about one noun, in one of its wordings."""

    noun: str
    measure: int
    way: int

    @property
    def text(self) -> str:
        return MEASURES[self.measure][self.way].format(n=self.noun)


@dataclass
class Saying:
    """A sentence: clauses, and perhaps a set phrase behind them."""

    key: str
    clauses: list[Clause]
    closing: str | None = None
    mark: str = "。"

    @property
    def text(self) -> str:
        said = [clause.text for clause in self.clauses] + ([self.closing] if self.closing else [])
        return "，".join(said) + self.mark


@dataclass
class Aim:
    """A goal: what it measures, in one of its wordings, its number in units of one, by when."""

    key: str
    noun: str
    sort: int
    way: int
    value: int
    unit: str
    deadline: int

    @property
    def goal(self) -> Goal:
        value = f"{self.value / 10_000:g}" if self.unit.startswith("万") else str(self.value)
        return Goal(self.key, self.noun, value, self.unit, str(self.deadline), GOALS[self.sort][0][self.way])


@dataclass
class Task:
    """A task about one matter, or about several that were drawn together."""

    key: str
    title: str
    sayings: list[Saying]
    units: dict[str, Role]
    aims: list[Aim] = field(default_factory=list)

    @property
    def job(self) -> Job:
        said = [saying.text for saying in self.sayings]
        return Job(self.key, self.title, said, dict(self.units), [aim.goal for aim in self.aims])


@dataclass
class Group:
    key: str
    title: str
    tasks: list[Task]


@dataclass
class Plan:
    """A plan as what it means, from which the words are made."""

    place: str
    topic: str
    number: str
    date: str
    recipients: list[str]
    basis: list[Source]
    groups: list[Group]
    safeguards: list[Heading]
    running: bool

    def tasks(self) -> list[Task]:
        return [task for group in self.groups for task in group.tasks]

    @property
    def draft(self) -> Draft:
        headings = [Heading(group.key, group.title, [task.job for task in group.tasks]) for group in self.groups]
        return Draft(
            self.number,
            f"{self.place}{self.topic}三年行动方案",
            f"{self.place}人民政府办公室",
            self.recipients,
            self.date,
            self.basis,
            [
                Chapter("chapter-tasks", "重点任务", headings),
                Chapter("chapter-safeguards", "保障措施", self.safeguards),
            ],
            self.running,
        )


class Pair(NamedTuple):
    """Two plans, what the one is to the other, and what changed between them.

    What became of the words of ``untold`` (tasks that were merged or split) has no single right answer, and is not compared.
    """

    old: Built
    new: Built
    relation: str
    expected: frozenset[Fact]
    untold: frozenset[str]


def pair(seed: int, edits: int, size: int = 18, anew: bool | None = None) -> Pair:
    """A plan of about ``size`` tasks and its successor after ``edits`` edits; ``anew`` says that all of it is written in other words."""
    rng = random.Random(seed)
    before = _Writer(rng).plan(size)
    editor = _Editor(rng, copy.deepcopy(before))
    editor.run(edits)
    if seed % 2 if anew is None else anew:
        editor.write_anew()
    # A number is given once: another text under it is another copy of the document.
    relation = "revision" if editor.plan.number != before.number else "correction"
    return _pair(before, editor, relation, _renumbered)


def sisters(seed: int, edits: int = 6, size: int = 12) -> Pair:
    """The plans of two counties: one text, of which the second county made its own."""
    rng = random.Random(seed)
    before = _Writer(rng).plan(size)
    editor = _Editor(rng, copy.deepcopy(before))
    editor.run(edits, SISTER_EDITS)
    after = editor.plan
    after.place = rng.choice([place for place in PLACES if place != before.place])
    after.number = f"{after.place[:1]}政办〔2025〕{rng.randint(1, 99)}号"
    after.date = f"2025-0{rng.randint(4, 9)}-1{rng.randint(0, 9)}"
    editor.facts = {(_between_sisters(fact[0]), *fact[1:]) for fact in editor.facts}
    return _pair(before, editor, "sister", None)


def _between_sisters(kind: str) -> str:
    """What a change is called between sister places, of which none came before the other."""
    thing, _, event = kind.rpartition("-")
    if event == "moved":
        return f"{thing}-differs"
    names = {"added": "second", "removed": "first", "raised": "higher", "lowered": "lower"}
    return f"{thing}-{names.get(event, 'differs')}"


def cascade(seed: int, edits: int = 6, size: int = 12) -> Pair:
    """The plan of a province, and that of a county that carries it out."""
    rng = random.Random(seed)
    before = _Writer(rng).plan(size)
    editor = _Editor(rng, copy.deepcopy(before))
    for task in editor.plan.tasks():
        for aim in task.aims:
            aim.deadline = min(aim.deadline, 2030)
    editor.run(edits, CASCADE_EDITS)
    editor.share_goals()
    for plan, place, number in ((before, "苍梧省", "苍政办"), (editor.plan, before.place, "青政办")):
        plan.place, plan.number = place, f"{number}〔2025〕{rng.randint(1, 99)}号"
    editor.plan.date = "2025-08-11"
    for task in before.tasks():
        task.units = {_provincial(name): role for name, role in task.units.items()}
    # Who is gone bore the name of the province's department.
    editor.facts = {(*fact[:2], _provincial(fact[2])) if fact[0] == "unit-removed" else fact for fact in editor.facts}
    return _pair(before, editor, "cascade", None)


def _provincial(name: str) -> str:
    """The province's department for that of a county."""
    bare = name.removeprefix("县")
    return f"省{PROVINCIAL.get(bare, bare)}"


def _pair(
    before: Plan,
    editor: _Editor,
    relation: str,
    follows: Callable[[Plan, Plan, Built, Built, set[str]], Iterator[Fact]] | None,
) -> Pair:
    old, new = Built(before.draft), Built(editor.plan.draft)
    told = set(editor.facts)
    if follows:
        told |= set(follows(before, editor.plan, old, new, editor.apart))
    return Pair(old, new, relation, frozenset(told), frozenset(editor.untold))


def facts(diff: Diff, found: Pair) -> set[Fact]:
    """What ``diff`` reports, in the terms of the script."""
    told: set[Fact] = set()
    for change in diff.changes:
        told |= {
            fact
            for fact in _facts(change, found.old, found.new)
            if not (fact[0].startswith("sentence-") or fact[0].endswith(("-reworded", "-renamed")))
            or fact[0] == "sentence-moved"
            or fact[0].startswith(("target", "citation", "unit"))
            or not found.untold.intersection(fact[1:])
        }
    return told


def _facts(change: Change, old: Built, new: Built) -> Iterator[Fact]:
    kind = change.kind
    keys = [
        [built.key[place.item] for place in places if place.item in built.key]
        for built, places in ((old, change.old), (new, change.new))
    ]
    event = kind.rpartition("-")[2]
    if kind == "wording-replaced":  # the same edit in several places, among them headings, which say nothing else
        yield from (("section-renamed", key) for key in keys[1] if key.startswith("group"))
    elif kind.startswith("header"):
        yield kind, change.field or ""
    elif kind in ("unit-renamed", "lead-changed", "unit-exchanged", "lead-differs", "unit-differs"):
        yield (kind, *keys[1][:1], change.before or "", change.after or "")
    elif kind.startswith("unit"):
        yield kind, keys[1][0], (change.old if kind in ("unit-removed", "unit-first") else change.new)[0].label
    elif kind.startswith(("target", "citation")):
        ends = [(old, place) for place in change.old] + [(new, place) for place in change.new]
        table = kind.partition("-")[0]
        named = {
            built.key[f"{table}-{int(place.pointer.split('/')[-1]) + 1}"]
            for built, place in ends
            if f"/{table}s/" in place.pointer
        }
        for key in named:
            yield kind, key
    elif kind == "sentence-moved":
        yield kind, keys[0][0], keys[1][0]
    elif event in ("split", "merged", "regrouped"):
        yield (kind, *sorted(keys[0]), "→", *sorted(keys[1]))
    elif kind.startswith("section") and event in ("added", "removed", "own", "dropped", "first", "second"):
        yield kind, (keys[0] or keys[1])[0]
    else:
        for key in dict.fromkeys(keys[1] or keys[0]):
            yield kind, key


def _renumbered(before: Plan, after: Plan, old: Built, new: Built, apart: set[str]) -> Iterator[Fact]:
    """What stayed in its place and has another number."""
    tasks = {task.key for task in before.tasks()}
    for key, marker in old.marker.items():
        if key not in apart and new.marker.get(key, marker) != marker:
            yield "task-renumbered" if key in tasks else "section-renumbered", key


class _Writer:
    """Draws what a plan says. Each noun is used up once, so that no two tasks are about the same."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._count = 0
        self._round = 0
        self._matters: list[str] = []
        self.units = [f"县{name}" for name in UNITS]

    def key(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def matter(self) -> tuple[str, list[str]]:
        """A matter and its nouns; a large plan has several places (第2片区) for each."""
        if not self._matters:
            self._round += 1
            self._matters = self.rng.sample(sorted(MATTERS), len(MATTERS))
        name = self._matters.pop()
        again = "" if self._round == 1 else f"{'东西南北中'[self._round % 5]}{_SITES[self._round // 5 % len(_SITES)]}"
        return again + name, [again + noun for noun in MATTERS[name].split()]

    def saying(self, nouns: Sequence[str], clauses: int | None = None) -> Saying:
        rng = self.rng
        measures = rng.sample(range(len(MEASURES)), clauses or rng.choice([1, 2, 2]))
        said = [Clause(rng.choice(nouns), measure, rng.randrange(3)) for measure in measures]
        return Saying(self.key("saying"), said, rng.choice([None, None, *CLOSINGS[:2]]) if rng.random() < 0.6 else None)

    def task(self) -> Task:
        rng = self.rng
        matter, nouns = self.matter()
        names = rng.sample(self.units, rng.randint(2, 5))
        roles: list[Role] = ["responsible"] * len(names)
        if rng.random() < 0.7:
            roles[0] = "lead"
        title = rng.choice(rng.choice(TITLES)).format(m=matter)
        sayings = [self.saying([noun]) for noun in rng.sample(nouns, rng.randint(2, 4))]
        aims = [self.aim(noun) for noun in rng.sample(nouns, rng.choice([0, 0, 1, 1, 2]))]
        return Task(self.key("task"), title, sayings, dict(zip(names, roles, strict=True)), aims)

    def aim(self, noun: str) -> Aim:
        rng = self.rng
        sort = rng.randrange(len(GOALS))
        unit = rng.choice(GOALS[sort][1])
        value = rng.randint(30, 80) if unit == "%" else rng.randint(20, 900) * (100 if "人" in unit else 1)
        return Aim(self.key("target"), noun, sort, rng.randrange(3), value, unit, rng.randint(2026, 2030))

    def group(self) -> Group:
        tasks = [self.task() for _ in range(self.rng.randint(2, 5))]
        return Group(self.key("group"), f"{self.matter()[0]}攻坚行动", tasks)

    def source(self) -> Source:
        rng = self.rng
        kind = rng.choice(["意见", "规划", "实施方案"])
        title = f"关于{rng.choice(['加强', '推进', '规范', '支持'])}{self.matter()[0]}工作的{kind}"
        number = f"{rng.choice(ORGANS)}〔{rng.randint(2019, 2024)}〕{rng.randint(1, 90)}号"
        return Source(self.key("citation"), title, number)

    def plan(self, size: int) -> Plan:
        rng = self.rng
        basis = [self.source() for _ in range(rng.randint(2, 4))]
        groups: list[Group] = []
        while sum(len(group.tasks) for group in groups) < size:
            groups.append(self.group())
        safeguards = [
            Heading(self.key("measure"), title, [], list(sentences)) for title, *sentences in rng.sample(SAFEGUARDS, 3)
        ]
        return Plan(
            place=rng.choice(PLACES),
            topic=rng.choice(TOPICS),
            number=f"青政办〔2025〕{rng.randint(1, 99)}号",
            date="2025-03-04",
            recipients=["各乡镇人民政府", "县政府各部门", "县直各单位"],
            basis=basis,
            groups=groups,
            safeguards=safeguards,
            running=rng.random() < 0.5,
        )


_SITES = "片区 新城 老城 园区 湖区 山区 沿江 港区 坝区 台地".split()


class _Editor:
    """Edits a plan and writes down what changed.

    A task can be moved, renamed, reworded, given other units and goals, all of it; but each of that once, so that every edit
    can be told from the others.
    """

    def __init__(self, rng: random.Random, plan: Plan) -> None:
        self.rng = rng
        self.plan = plan
        self.writer = _Writer(rng)
        self.writer._count = 10_000
        self.writer._round = 1
        used = str(plan)
        self.writer._matters = [name for name in rng.sample(sorted(MATTERS), len(MATTERS)) if name not in used]
        self.facts: set[Fact] = set()
        self.apart: set[str] = set()  # moved, split, merged: their numbers are not told beside that
        self.untold: set[str] = set()
        self._touched: set[str] = set()
        self._original = {task.key for task in plan.tasks()}

    def run(self, count: int, edits: Sequence[Callable[[_Editor], bool]] | None = None) -> None:
        done = tries = 0
        while done < count and tries < 40 * count:
            done += self.rng.choice(edits or EDITS)(self)
            tries += 1

    def free(self, task: Task, aspect: str | None = None) -> bool:
        """Whether nothing was done yet to a task, or to one aspect of it: its place, title, text, units, goals."""
        aspects = [aspect] if aspect else ASPECTS
        return not self._touched.intersection([task.key, *(f"{task.key}:{name}" for name in aspects)])

    def touch(self, task: Task, aspect: str | None = None) -> None:
        self._touched.add(f"{task.key}:{aspect}" if aspect else task.key)

    def take(self, aspect: str | None = None, least_sayings: int = 0) -> tuple[Group, Task] | None:
        """A task that nothing was done to yet, or not to this aspect of it, with its group."""
        free = [
            (group, task)
            for group in self.plan.groups
            for task in group.tasks
            if self.free(task, aspect) and len(task.sayings) >= least_sayings and len(group.tasks) > 1
        ]
        if not free:
            return None
        group, task = self.rng.choice(free)
        self.touch(task, aspect)
        return group, task

    def tell(self, *fact: str) -> bool:
        self.facts.add(fact)
        return True

    def rewrite(self, saying: Saying, thorough: bool = True) -> Saying:
        """The same said in other words: each clause in another wording, or some of them; perhaps in another order."""
        rng = self.rng
        new = copy.deepcopy(saying)
        for clause in new.clauses:
            if thorough or rng.random() < 0.6:
                clause.way = rng.choice([way for way in range(3) if way != clause.way])
        if rng.random() < 0.3:
            new.clauses.reverse()
        if rng.random() < 0.3:
            new.closing = None
        return new

    def write_anew(self) -> None:
        """The tasks that stayed as they were, in other words."""
        for task in self.plan.tasks():
            if task.key in self._original and self.free(task, "text"):
                said = [saying.text for saying in task.sayings]
                task.sayings = [self.rewrite(saying, thorough=False) for saying in task.sayings]
                if [saying.text for saying in task.sayings] != said:
                    self.touch(task, "text")
                    self.tell("task-reworded", task.key)

    def add_task(self) -> bool:
        group = self.rng.choice(self.plan.groups)
        task = self.writer.task()
        group.tasks.insert(self.rng.randint(0, len(group.tasks)), task)
        self._touched.add(task.key)
        return self.tell("task-added", task.key)

    def remove_task(self) -> bool:
        if not (taken := self.take()):
            return False
        group, task = taken
        group.tasks.remove(task)
        return self.tell("task-removed", task.key)

    def move_task(self) -> bool:
        if len(self.plan.groups) < 2 or not (taken := self.take("place")):
            return False
        group, task = taken
        other = self.rng.choice([one for one in self.plan.groups if one is not group])
        group.tasks.remove(task)
        other.tasks.insert(self.rng.randint(0, len(other.tasks)), task)
        self.apart.add(task.key)
        return self.tell("task-moved", task.key)

    def reword_task(self) -> bool:
        if not (taken := self.take("text", least_sayings=2)):
            return False
        task = taken[1]
        at = self.rng.randrange(len(task.sayings))
        match self.rng.randrange(3):
            case 0:
                task.sayings[at] = self.rewrite(task.sayings[at])
            case 1:
                nouns = [clause.noun for saying in task.sayings for clause in saying.clauses]
                task.sayings.insert(at, self.writer.saying([self.rng.choice(nouns)]))
            case _:
                del task.sayings[at]
        return self.tell("task-reworded", task.key)

    def rename_task(self) -> bool:
        if not (taken := self.take("title")):
            return False
        task = taken[1]
        for wordings in TITLES:
            for wording in wordings:
                head, _, tail = wording.partition("{m}")
                if task.title.startswith(head) and task.title.endswith(tail):
                    matter = task.title[len(head) : len(task.title) - len(tail)]
                    if any(name in matter for name in MATTERS) and not matter.endswith(("体系", "管理", "供给")):
                        task.title = self.rng.choice([other for other in wordings if other != wording]).format(m=matter)
                        return self.tell("task-renamed", task.key)
        return False

    def split_task(self) -> bool:
        if not (taken := self.take(least_sayings=4)):
            return False
        group, task = taken
        at, middle = group.tasks.index(task), len(task.sayings) // 2
        said = [self.rewrite(saying, thorough=self.rng.random() < 0.7) for saying in task.sayings]
        noun = self.rng.choice(said[middle].clauses).noun
        first = Task(self.writer.key("task"), task.title, said[:middle], dict(task.units), [])
        title = self.rng.choice(TITLES[1]).format(m=noun)
        second = Task(self.writer.key("task"), title, said[middle:], dict(task.units), task.aims)
        group.tasks[at : at + 1] = [first, second]
        self._touched |= {first.key, second.key}
        self.untold |= {task.key, first.key, second.key}
        return self.tell("task-split", task.key, "→", *sorted([first.key, second.key]))

    def merge_tasks(self) -> bool:
        free = [
            (group, a, b)
            for group in self.plan.groups
            for a, b in zip(group.tasks, group.tasks[1:], strict=False)
            if len(group.tasks) > 2 and self.free(a) and self.free(b)
        ]
        if not free:
            return False
        group, a, b = self.rng.choice(free)
        said = []
        for task in (a, b):
            kept = [self.rewrite(saying) for saying in task.sayings]
            if len(kept) > 2:
                kept.pop(self.rng.randrange(len(kept)))  # who draws two tasks together says less
            for saying in kept[:-1]:
                saying.mark = self.rng.choice("；。")
            said += kept
        title = f"统筹{a.title[-4:]}与{b.title[-4:]}" if self.rng.random() < 0.5 else a.title
        merged = Task(self.writer.key("task"), title, said, b.units | a.units, a.aims + b.aims)
        at = group.tasks.index(a)
        group.tasks[at : at + 2] = [merged]
        self._touched |= {a.key, b.key, merged.key}
        self.untold |= {a.key, b.key, merged.key}
        self._roles_of_merged(a, b, merged)
        return self.tell("task-merged", *sorted([a.key, b.key]), "→", merged.key)

    def _roles_of_merged(self, a: Task, b: Task, merged: Task) -> None:
        """Who is responsible for either is for both, in the role of the first that names it."""
        for name in merged.units:
            merged.units[name] = a.units.get(name, b.units.get(name, "responsible"))

    def move_saying(self) -> bool:
        if not (taken := self.take("text", least_sayings=3)) or not (other := self.take("text")):
            return False
        source, goal = taken[1], other[1]
        saying = source.sayings.pop(self.rng.randrange(len(source.sayings)))
        if len(saying.clauses) < 2:
            saying.clauses.append(self.writer.saying([saying.clauses[0].noun], 1).clauses[0])
            self._touched.discard(f"{goal.key}:text")
            source.sayings.append(saying)
            self.facts.add(("task-reworded", source.key))
            return True
        goal.sayings.append(self.rewrite(saying, thorough=False) if self.rng.random() < 0.5 else saying)
        return self.tell("sentence-moved", source.key, goal.key)

    def add_unit(self) -> bool:
        if not (taken := self.take("units")):
            return False
        task = taken[1]
        name = self.rng.choice([unit for unit in self.writer.units if unit not in task.units])
        task.units[name] = "responsible"
        return self.tell("unit-added", task.key, name)

    def _name(self, task: Task) -> str:
        """A unit of a task that has not been renamed, as far as there is one; not the lead."""
        names = [name for name in task.units if name not in self._touched and task.units[name] != "lead"]
        return self.rng.choice(names or list(task.units))

    def remove_unit(self) -> bool:
        if not (taken := self.take("units")) or len(taken[1].units) < 2:
            return False
        task = taken[1]
        name = self._name(task)
        del task.units[name]
        return self.tell("unit-removed", task.key, name)

    def exchange_unit(self) -> bool:
        if not (taken := self.take("units")):
            return False
        task = taken[1]
        name = self._name(task)
        free = [unit for unit in self.writer.units if unit not in task.units and unit not in self._touched]
        new = self.rng.choice(free)
        if task.units[name] == "lead":
            return False
        task.units = {new if unit == name else unit: role for unit, role in task.units.items()}
        return self.tell("unit-exchanged", task.key, name, new)

    def change_role(self) -> bool:
        if not (taken := self.take("units")):
            return False
        task = taken[1]
        name = self._name(task)
        if task.units[name] == "lead":
            return False
        task.units[name] = "support" if task.units[name] == "responsible" else "responsible"
        return self.tell("unit-role-changed", task.key, name)

    def change_lead(self) -> bool:
        """The lead and one of the others change places."""
        if not (taken := self.take("units")):
            return False
        task = taken[1]
        leads = [name for name, role in task.units.items() if role == "lead"]
        others = [name for name, role in task.units.items() if role != "lead" and name not in self._touched]
        if len(leads) != 1 or not others or leads[0] in self._touched:
            return False
        new = self.rng.choice(others)
        task.units[leads[0]], task.units[new] = task.units[new], "lead"
        return self.tell("lead-changed", task.key, leads[0], new)

    def rename_unit(self) -> bool:
        """Wherever the unit stands, though a role may change with the name."""
        old_names = [name for name in NEW_NAMES if f"县{name}" not in str(sorted(self.facts))]
        holders = {name: [task for task in self.plan.tasks() if f"县{name}" in task.units] for name in old_names}
        often = [name for name, tasks in holders.items() if tasks and all(self.free(task, "units") for task in tasks)]
        if not often:
            return False
        name = self.rng.choice(often)
        old, new = f"县{name}", f"县{NEW_NAMES[name]}"
        for task in holders[name]:
            task.units = {new if unit == old else unit: role for unit, role in task.units.items()}
            self.touch(task, "units")
        self._touched |= {old, new}
        if len(holders[name]) > 1:
            task = self.rng.choice(holders[name])
            if task.units[new] != "lead" and self.rng.random() < 0.5:
                task.units[new] = "support" if task.units[new] == "responsible" else "responsible"
                self.tell("unit-role-changed", task.key, new)
        self.writer.units.remove(old)
        return self.tell("unit-renamed", old, new)

    def _aim(self) -> tuple[Task, Aim] | None:
        free = [task for task in self.plan.tasks() if task.aims and self.free(task, "goals")]
        if not free:
            return None
        task = self.rng.choice(free)
        self.touch(task, "goals")
        return task, self.rng.choice(task.aims)

    def add_goal(self) -> bool:
        if not (taken := self.take("goals")):
            return False
        task = taken[1]
        used = {aim.noun for aim in task.aims}
        nouns = [clause.noun for saying in task.sayings for clause in saying.clauses if clause.noun not in used]
        if not nouns:
            return False
        aim = self.writer.aim(self.rng.choice(nouns))
        task.aims.append(aim)
        return self.tell("target-added", aim.key)

    def remove_goal(self) -> bool:
        if not (taken := self._aim()):
            return False
        task, aim = taken
        task.aims.remove(aim)
        return self.tell("target-removed", aim.key)

    def _turn(self, up: bool) -> bool:
        if not (taken := self._aim()):
            return False
        aim = taken[1]
        step = self.rng.randint(3, 15)
        aim.value += (step if up else -step) * (100 if "人" in aim.unit else 1)
        bound = aim.goal.bound
        if self.rng.random() < 0.5:
            aim.way = self.rng.randrange(3)  # the number changes with the words around it
        assert bound
        return self.tell("target-raised" if up else "target-lowered", aim.key)

    def raise_goal(self) -> bool:
        return self._turn(True)

    def lower_goal(self) -> bool:
        return self._turn(False)

    def convert_goal(self) -> bool:
        """The same number in another unit of measure: only the words are others."""
        if not (taken := self._aim()):
            return False
        aim = taken[1]
        other = {"人次": "万人次", "万人次": "人次", "个": "处", "处": "个"}.get(aim.unit)
        if other is None or GOALS[aim.sort][1][0] == "%" or other not in GOALS[aim.sort][1]:
            return False
        aim.unit = other
        return self.tell("target-reworded", aim.key)

    def bind_goal(self) -> bool:
        """The same number, as a lower bound or no longer as one."""
        if not (taken := self._aim()):
            return False
        aim = taken[1]
        bound = aim.goal.bound
        for way in range(3):
            before, aim.way = aim.way, way
            if aim.goal.bound != bound:
                return self.tell("target-bound-changed", aim.key)
            aim.way = before
        return False

    def carry_goal(self) -> bool:
        """A goal goes to another task, with another number."""
        if not (taken := self._aim()) or not (other := self.take("goals")):
            return False
        task, aim = taken
        task.aims.remove(aim)
        other[1].aims.append(aim)
        aim.value += self.rng.randint(3, 15) * (100 if "人" in aim.unit else 1)
        return self.tell("target-raised", aim.key)

    def move_deadline(self) -> bool:
        if not (taken := self._aim()):
            return False
        taken[1].deadline += self.rng.choice([-1, 1, 5])
        return self.tell("target-deadline-moved", taken[1].key)

    def reword_goal(self) -> bool:
        if not (taken := self._aim()):
            return False
        aim = taken[1]
        bound = aim.goal.bound
        for way in self.rng.sample(range(3), 3):
            if way != aim.way:
                before, aim.way = aim.way, way
                if aim.goal.bound == bound:
                    return self.tell("target-reworded", aim.key)
                aim.way = before
        return False

    def add_citation(self) -> bool:
        source = self.writer.source()
        self.plan.basis.append(source)
        self._touched.add(source.key)
        return self.tell("citation-added", source.key)

    def _citation(self) -> Source | None:
        free = [source for source in self.plan.basis if source.key not in self._touched]
        if not free:
            return None
        source = self.rng.choice(free)
        self._touched.add(source.key)
        return source

    def remove_citation(self) -> bool:
        if len(self.plan.basis) < 2 or not (source := self._citation()):
            return False
        self.plan.basis.remove(source)
        return self.tell("citation-removed", source.key)

    def update_citation(self) -> bool:
        if not (source := self._citation()):
            return False
        organ = source.number.partition("〔")[0]
        source.number = f"{organ}〔2025〕{self.rng.randint(1, 90)}号"
        return self.tell("citation-updated", source.key)

    def _once(self, name: str) -> bool:
        first = name not in self._touched
        self._touched.add(name)
        return first

    def change_date(self) -> bool:
        if not self._once("date"):
            return False
        self.plan.date = f"2026-0{self.rng.randint(1, 9)}-1{self.rng.randint(0, 9)}"
        return self.tell("header-changed", "issue_date")

    def change_number(self) -> bool:
        if not self._once("number"):
            return False
        self.plan.number = f"青政办〔2026〕{self.rng.randint(1, 99)}号"
        return self.tell("header-changed", "document_number")

    def change_recipients(self) -> bool:
        if not self._once("recipients"):
            return False
        self.plan.recipients.append("各园区管委会")
        return self.tell("header-changed", "recipients")

    def add_group(self) -> bool:
        group = self.writer.group()
        self.plan.groups.insert(self.rng.randint(0, len(self.plan.groups)), group)
        self._touched |= {group.key, *(task.key for task in group.tasks)}
        for task in group.tasks:
            self.tell("task-added", task.key)
        return self.tell("section-added", group.key)

    def remove_group(self) -> bool:
        free = [g for g in self.plan.groups if g.key not in self._touched and all(map(self.free, g.tasks))]
        if len(self.plan.groups) < 3 or not free or not all(t.key in self._original for g in free for t in g.tasks):
            return False
        group = self.rng.choice(free)
        self.plan.groups.remove(group)
        for task in group.tasks:
            self._touched.add(task.key)
            self.tell("task-removed", task.key)
        return self.tell("section-removed", group.key)

    def rename_group(self) -> bool:
        free = [group for group in self.plan.groups if group.key not in self._touched]
        if not free:
            return False
        group = self.rng.choice(free)
        self._touched.add(group.key)
        group.title = group.title.removesuffix("攻坚行动") + "提升工程"
        return self.tell("section-renamed", group.key)

    def _safeguard(self) -> Heading | None:
        free = [heading for heading in self.plan.safeguards if heading.key not in self._touched]
        if not free:
            return None
        heading = self.rng.choice(free)
        self._touched.add(heading.key)
        return heading

    def reword_safeguard(self) -> bool:
        if not (heading := self._safeguard()):
            return False
        heading.sentences.append(self.writer.saying(self.writer.matter()[1]).text)
        return self.tell("section-reworded", heading.key)

    def remove_safeguard(self) -> bool:
        if len(self.plan.safeguards) < 2 or not (heading := self._safeguard()):
            return False
        self.plan.safeguards.remove(heading)
        return self.tell("section-removed", heading.key)

    # What a lower government does with the plan of a higher one.

    def drop_task(self) -> bool:
        if not (taken := self.take()):
            return False
        taken[0].tasks.remove(taken[1])
        return self.tell("task-dropped", taken[1].key)

    def own_task(self) -> bool:
        group = self.rng.choice(self.plan.groups)
        task = self.writer.task()
        group.tasks.append(task)
        self._touched.add(task.key)
        return self.tell("task-own", task.key)

    def narrow_task(self) -> bool:
        if not (taken := self.take("text", least_sayings=3)):
            return False
        task = taken[1]
        task.sayings = task.sayings[: max(1, len(task.sayings) // 2)]
        return self.tell("task-narrowed", task.key)

    def widen_task(self) -> bool:
        if not (taken := self.take("text")):
            return False
        task = taken[1]
        nouns = [clause.noun for saying in task.sayings for clause in saying.clauses]
        task.sayings += [self.writer.saying([self.rng.choice(nouns)], 2) for _ in range(len(task.sayings))]
        return self.tell("task-widened", task.key)

    def own_goal(self) -> bool:
        if not self.add_goal():
            return False
        [key] = [fact[1] for fact in self.facts if fact[0] == "target-added"]
        self.facts.remove(("target-added", key))
        self._touched.add(key)
        return self.tell("target-own", key)

    def share_goals(self) -> None:
        """The lower government's share of each goal that adds up over places; its rates are its own."""
        for task in self.plan.tasks():
            if task.key not in self._original:
                continue
            for aim in task.aims:
                if aim.key in self._touched:
                    continue
                if aim.unit == "%":
                    aim.value += 2
                    self.tell("target-raised", aim.key)
                else:
                    aim.value = max(1, aim.value // self.rng.randint(5, 20))
                    self.tell("target-shared", aim.key)


EDITS: tuple[Callable[[_Editor], bool], ...] = (
    _Editor.add_task,
    _Editor.remove_task,
    _Editor.move_task,
    _Editor.reword_task,
    _Editor.rename_task,
    _Editor.split_task,
    _Editor.merge_tasks,
    _Editor.move_saying,
    _Editor.add_unit,
    _Editor.remove_unit,
    _Editor.exchange_unit,
    _Editor.change_role,
    _Editor.change_lead,
    _Editor.rename_unit,
    _Editor.add_goal,
    _Editor.remove_goal,
    _Editor.raise_goal,
    _Editor.lower_goal,
    _Editor.convert_goal,
    _Editor.bind_goal,
    _Editor.carry_goal,
    _Editor.move_deadline,
    _Editor.reword_goal,
    _Editor.add_citation,
    _Editor.remove_citation,
    _Editor.update_citation,
    _Editor.change_date,
    _Editor.change_number,
    _Editor.change_recipients,
    _Editor.add_group,
    _Editor.remove_group,
    _Editor.rename_group,
    _Editor.reword_safeguard,
    _Editor.remove_safeguard,
)
SISTER_EDITS = (
    _Editor.add_task,
    _Editor.remove_task,
    _Editor.reword_task,
    _Editor.add_unit,
    _Editor.remove_unit,
    _Editor.change_lead,
    _Editor.add_goal,
    _Editor.remove_goal,
    _Editor.raise_goal,
    _Editor.lower_goal,
    _Editor.move_deadline,
)
CASCADE_EDITS = (
    _Editor.drop_task,
    _Editor.own_task,
    _Editor.narrow_task,
    _Editor.widen_task,
    _Editor.own_goal,
    _Editor.add_unit,
    _Editor.remove_unit,
)
