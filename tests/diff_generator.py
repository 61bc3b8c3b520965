"""Pairs of plans with a script of what changed between them.

A plan with a believable outline is drawn from stocks of phrases, then edited: k edits of random kinds, each at a place of
its own, each with the changes that a comparison should report for it. What follows from an edit (the tasks behind an added one get
another number) is worked out from both plans.

A change is told as a fact: (kind, keys of what it is about), by keys that survive renumbering.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from gongwen.compare import Change, Diff
from gongwen.model import Role
from notice_builder import Built, Chapter, Draft, Goal, Heading, Job, Source

Fact = tuple[str, ...]

VERBS = "推进 加强 完善 优化 健全 拓展 深化 规范 夯实 培育 壮大 提升 统筹 盘活 改造 整治 畅通 扩大 创新 丰富".split()
OBJECTS = (
    "农村供水管网 老旧小区加装电梯 社区养老服务站 中小学课后服务 公共图书馆分馆 城市慢行绿道 乡镇卫生院能力 职业技能实训基地 "
    "特色农产品冷链 河湖岸线生态 政务服务一窗受理 企业用工对接 数据共享平台 夜间文化消费 非物质文化遗产传承 青年创业孵化 "
    "应急避难场所 消防水源建设 校园食品安全 城乡公交一体化 垃圾分类收运 低收入家庭帮扶 残疾人康复服务 托育服务机构 "
    "全民健身设施 旅游厕所 林下经济 高标准农田 水库除险加固 工业园区污水处理 充电基础设施 智慧停车 家政服务培训 "
    "电子商务进村 退役军人就业 法律援助站点 心理健康咨询 古树名木保护 耕地质量监测 气象灾害预警 湿地修复 燃气管道更新 "
    "建筑垃圾利用 快递进村 科技特派员 农机社会化服务 种业振兴 畜禽粪污利用 矿山复绿 噪声治理 地名文化 档案数字化 信用体系 "
    "知识产权质押 融资担保 外贸综合服务 会展品牌 工业设计 绿色工厂 光伏建筑 储能示范 算力设施 无障碍改造"
).split()
MEANS = (
    "按季度通报进展 实行清单化管理 建立联席会议制度 引入第三方评估 纳入年度考核 设立专项资金 公开办事指南 组建专家服务队 "
    "开展技能比武 推广典型做法 完善准入标准 加密巡查频次 简化申报材料 压缩办理时限 落实以奖代补 组织现场观摩 编制操作手册 "
    "畅通投诉渠道 建立问题台账 推行网格管理 开展入户走访 引导社会捐赠 盘活闲置房屋 实施分类指导 强化跨部门会商 "
    "对接省级平台 举办专题培训 探索购买服务 建立退出机制 发布年度白皮书"
).split()
FILLERS = "稳步 有序 全面 因地制宜 分批 重点 逐步 广泛 深入 持续".split()
ENDS = "形成可复制的经验 让群众就近受益 切实解决突出问题 确保取得实效 不断提高覆盖面 补齐短板弱项 激发内生动力 守住安全底线".split()
UNITS = (
    "县教育局 县财政局 县民政局 县人社局 县农业农村局 县水利局 县文旅局 县卫健委 县应急局 县市场监管局 县住建局 县交通运输局 "
    "县发改委 县科技局 县生态环境局 县自然资源局 县林业局 县商务局 县司法局 县审计局 县统计局 县医保局 县残联 县妇联 团县委 "
    "县总工会 县工商联 县科协 县气象局 县数据局 各乡镇人民政府 县城投公司"
).split()
NEW_NAMES = "县大数据发展中心 县乡村建设局 县综合行政执法局 县文化广电旅游体育局 县退役军人事务局 县投资促进中心 县国有资产服务中心".split()
INDICATORS = (
    "集中供水率 生活垃圾无害化处理率 学前教育普惠率 居民参保率 高标准农田面积 新增就业人数 图书馆总藏量 公共充电桩数量 "
    "绿化覆盖率 农机化水平 规上企业数量 培训人次 养老床位 公交线路 办件网办率 污水处理率 森林覆盖率 快递服务点 体育场地面积"
).split()
ASPECTS = "place title text units goals".split()
MEASURES = "% 万人 个 万亩 处 家 人次 条".split()
TOPICS = "民生实事 乡村振兴 营商环境 城市更新 公共服务 数字政府 绿色发展 文化惠民".split()
ORGANS = "国发 国办发 省政发 省政办发 市政发 市政办发".split()


class Pair(NamedTuple):
    """Two plans, and what changed between them."""

    old: Built
    new: Built
    expected: frozenset[Fact]


def pair(seed: int, edits: int, size: int = 18) -> Pair:
    """A plan of about ``size`` tasks and its successor after ``edits`` edits."""
    rng = random.Random(seed)
    before = _Writer(rng).draft(size)
    editor = _Editor(rng, copy.deepcopy(before))
    editor.run(edits)
    old, new = Built(before), Built(editor.draft)
    return Pair(old, new, frozenset(editor.facts | set(_renumbered(before, editor.draft, old, new, editor.apart))))


def facts(diff: Diff, old: Built, new: Built) -> Iterator[Fact]:
    """What ``diff`` reports, in the terms of the script."""
    for change in diff.changes:
        yield from _facts(change, old, new)


def _facts(change: Change, old: Built, new: Built) -> Iterator[Fact]:
    kind = change.kind
    keys = [
        [built.key[place.item] for place in places if place.item]
        for built, places in ((old, change.old), (new, change.new))
    ]
    event = kind.rpartition("-")[2]
    if kind.startswith("header"):
        yield kind, change.field or ""
    elif kind == "unit-renamed":
        yield kind, change.before or "", change.after or ""
    elif kind.startswith("unit"):
        yield (
            kind,
            keys[kind != "unit-removed"][0],
            change.old[0].label if kind == "unit-removed" else change.new[0].label,
        )
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
    elif event in ("split", "merged"):
        yield (kind, *sorted(keys[0]), "→", *sorted(keys[1]))
    elif kind.startswith("section") and event in ("added", "removed"):
        yield kind, (keys[0] or keys[1])[0]
    else:
        for key in dict.fromkeys(keys[1] or keys[0]):
            yield kind, key


def _renumbered(before: Draft, after: Draft, old: Built, new: Built, apart: set[str]) -> Iterator[Fact]:
    """What stayed in its place and has another number."""
    jobs = {job.key for job in before.jobs()}
    for key, marker in old.marker.items():
        if key not in apart and new.marker.get(key, marker) != marker:
            yield "task-renumbered" if key in jobs else "section-renumbered", key


class _Writer:
    """Draws what a plan says."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._count = 0
        self._objects = [*OBJECTS]
        self.units = [*UNITS]
        rng.shuffle(self._objects)

    def key(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def object(self) -> str:
        if not self._objects:
            self._objects = [f"{a}和{b}" for a, b in zip(OBJECTS, self.rng.sample(OBJECTS, len(OBJECTS)), strict=True)]
        return self._objects.pop()

    def sentence(self, about: str) -> str:
        rng = self.rng
        means = rng.sample(MEANS, 2)
        return f"{rng.choice(FILLERS)}{rng.choice(VERBS)}{about}，{means[0]}，{means[1]}，{rng.choice(ENDS)}。"

    def job(self) -> Job:
        rng = self.rng
        about = self.object()
        others = rng.sample(OBJECTS, rng.randint(2, 5))
        names = rng.sample(self.units, rng.randint(2, 5))
        units: dict[str, Role] = {name: "lead" if not at else "responsible" for at, name in enumerate(names)}
        goals = [self.goal() for _ in range(rng.choice([0, 0, 1, 1, 2]))]
        sentences = [self.sentence(other) for other in (about, *others)]
        return Job(self.key("task"), f"{rng.choice(VERBS)}{about}", sentences, units, goals)

    def goal(self) -> Goal:
        rng = self.rng
        indicator = f"{rng.choice(OBJECTS)}{rng.choice(INDICATORS)}"
        return Goal(
            self.key("target"), indicator, str(rng.randint(20, 900)), rng.choice(MEASURES), str(rng.randint(2026, 2030))
        )

    def heading(self) -> Heading:
        return Heading(self.key("group"), f"{self.object()}行动", [self.job() for _ in range(self.rng.randint(2, 5))])

    def source(self) -> Source:
        rng = self.rng
        title = f"关于{rng.choice(VERBS)}{rng.choice(OBJECTS)}的{rng.choice(['意见', '规划', '实施方案'])}"
        return Source(
            self.key("citation"), title, f"{rng.choice(ORGANS)}〔{rng.randint(2019, 2024)}〕{rng.randint(1, 90)}号"
        )

    def draft(self, size: int) -> Draft:
        rng = self.rng
        tasks = Chapter(self.key("chapter"), "重点任务")
        while sum(len(heading.jobs) for heading in tasks.headings) < size:
            tasks.headings.append(self.heading())
        measures = Chapter(self.key("chapter"), "保障措施")
        for title in rng.sample(["加强组织领导", "强化资金保障", "严格督促考核", "做好宣传引导", "完善政策支持"], 3):
            sentences = [self.sentence(self.rng.choice(OBJECTS)) for _ in range(3)]
            measures.headings.append(Heading(self.key("measure"), title, [], sentences))
        return Draft(
            number=f"青政办〔2025〕{rng.randint(1, 99)}号",
            title=f"青石县{rng.choice(TOPICS)}三年行动方案",
            issuer="青石县人民政府办公室",
            recipients=["各乡镇人民政府", "县政府各部门", "县直各单位"],
            date="2025-03-04",
            basis=[self.source() for _ in range(rng.randint(2, 4))],
            chapters=[tasks, measures],
            running=rng.random() < 0.5,
        )


class _Editor:
    """Edits a plan and writes down what changed.

    A task can be moved, renamed, reworded, given other units and goals, all of it; but each of that once, so that every edit
    can be told from the others.
    """

    def __init__(self, rng: random.Random, draft: Draft) -> None:
        self.rng = rng
        self.draft = draft
        self.writer = _Writer(rng)
        self.writer._count = 10_000
        used = str(draft)
        self.writer._objects = [name for name in self.writer._objects if name not in used] or self.writer._objects
        self.facts: set[Fact] = set()
        self.apart: set[str] = set()  # moved, split, merged: their numbers are not told beside that
        self._touched: set[str] = set()
        self._original = {job.key for job in draft.jobs()}

    def run(self, count: int) -> None:
        done = 0
        while done < count:
            done += self.rng.choice(EDITS)(self)

    @property
    def groups(self) -> list[Heading]:
        return self.draft.chapters[0].headings

    def free(self, job: Job, aspect: str | None = None) -> bool:
        """Whether nothing was done yet to a task, or to one aspect of it: its place, title, text, units, goals."""
        aspects = [aspect] if aspect else ASPECTS
        return not self._touched.intersection([job.key, *(f"{job.key}:{name}" for name in aspects)])

    def touch(self, job: Job, aspect: str | None = None) -> None:
        self._touched.add(f"{job.key}:{aspect}" if aspect else job.key)

    def take(self, aspect: str | None = None, least_sentences: int = 0) -> tuple[Heading, Job] | None:
        """A task that nothing was done to yet, or not to this aspect of it, with its group."""
        free = [
            (heading, job)
            for heading in self.groups
            for job in heading.jobs
            if self.free(job, aspect) and len(job.sentences) >= least_sentences and len(heading.jobs) > 1
        ]
        if not free:
            return None
        heading, job = self.rng.choice(free)
        self.touch(job, aspect)
        return heading, job

    def tell(self, *fact: str) -> bool:
        self.facts.add(fact)
        return True

    def add_task(self) -> bool:
        heading = self.rng.choice(self.groups)
        job = self.writer.job()
        heading.jobs.insert(self.rng.randint(0, len(heading.jobs)), job)
        self._touched.add(job.key)
        return self.tell("task-added", job.key)

    def remove_task(self) -> bool:
        if not (taken := self.take()):
            return False
        heading, job = taken
        heading.jobs.remove(job)
        return self.tell("task-removed", job.key)

    def move_task(self) -> bool:
        if len(self.groups) < 2 or not (taken := self.take("place")):
            return False
        heading, job = taken
        other = self.rng.choice([group for group in self.groups if group is not heading])
        heading.jobs.remove(job)
        other.jobs.insert(self.rng.randint(0, len(other.jobs)), job)
        self.apart.add(job.key)
        return self.tell("task-moved", job.key)

    def reword_task(self) -> bool:
        if not (taken := self.take("text")):
            return False
        job = taken[1]
        at = self.rng.randrange(len(job.sentences))
        match self.rng.randrange(3):
            case 0:
                job.sentences[at] = self.writer.sentence(self.rng.choice(OBJECTS))
            case 1:
                job.sentences.insert(at, self.writer.sentence(self.rng.choice(OBJECTS)))
            case _:
                old = next(means for means in MEANS if means in job.sentences[at])
                new = self.rng.choice([means for means in MEANS if means not in job.sentences[at]])
                job.sentences[at] = job.sentences[at].replace(old, new)
        return self.tell("task-reworded", job.key)

    def rename_task(self) -> bool:
        if not (taken := self.take("title")):
            return False
        job = taken[1]
        job.title = self.rng.choice([verb for verb in VERBS if verb != job.title[:2]]) + job.title[2:] + "水平"
        return self.tell("task-renamed", job.key)

    def split_task(self) -> bool:
        if not (taken := self.take(least_sentences=4)):
            return False
        heading, job = taken
        at = heading.jobs.index(job)
        middle = len(job.sentences) // 2
        first = Job(self.writer.key("task"), job.title, job.sentences[:middle], dict(job.units), [])
        second = Job(
            self.writer.key("task"),
            f"{self.rng.choice(VERBS)}{self.writer.object()}",
            job.sentences[middle:],
            dict(job.units),
            job.goals,
        )
        heading.jobs[at : at + 1] = [first, second]
        self._touched |= {first.key, second.key}
        return self.tell("task-split", job.key, "→", *sorted([first.key, second.key]))

    def merge_tasks(self) -> bool:
        free = [
            (heading, a, b)
            for heading in self.groups
            for a, b in zip(heading.jobs, heading.jobs[1:], strict=False)
            if len(heading.jobs) > 2 and self.free(a) and self.free(b)
        ]
        if not free:
            return False
        heading, a, b = self.rng.choice(free)
        merged = Job(self.writer.key("task"), a.title, a.sentences + b.sentences, b.units | a.units, a.goals + b.goals)
        for name in merged.units:
            merged.units[name] = a.units.get(name, b.units.get(name, "responsible"))
        at = heading.jobs.index(a)
        heading.jobs[at : at + 2] = [merged]
        self._touched |= {a.key, b.key, merged.key}
        return self.tell("task-merged", *sorted([a.key, b.key]), "→", merged.key)

    def add_unit(self) -> bool:
        if not (taken := self.take("units")):
            return False
        job = taken[1]
        name = self.rng.choice([unit for unit in self.writer.units if unit not in job.units])
        job.units[name] = "responsible"
        return self.tell("unit-added", job.key, name)

    def remove_unit(self) -> bool:
        if not (taken := self.take("units")):
            return False
        job = taken[1]
        name = self.rng.choice([name for name in job.units if name not in self._touched] or list(job.units))
        del job.units[name]
        return self.tell("unit-removed", job.key, name)

    def change_role(self) -> bool:
        if not (taken := self.take("units")):
            return False
        job = taken[1]
        name = self.rng.choice([name for name in job.units if name not in self._touched] or list(job.units))
        job.units[name] = self.rng.choice(
            [role for role in ("lead", "support", "responsible") if role != job.units[name]]
        )
        return self.tell("unit-role-changed", job.key, name)

    def rename_unit(self) -> bool:
        """In tasks that stay, three at least: in one alone, a renaming can't be told from an exchange."""
        holders = {
            name: [job for job in self.draft.jobs() if name in job.units and self.free(job, "units")]
            for name in self.writer.units
            if not any(name in fact for fact in self.facts)
        }
        often = [name for name, jobs in holders.items() if len(jobs) > 2]
        free = [name for name in NEW_NAMES if name not in self._touched]
        if not often or not free:
            return False
        old, new = self.rng.choice(often), self.rng.choice(free)
        for job in self.draft.jobs():
            job.units = {new if name == old else name: role for name, role in job.units.items()}
        self._touched |= {old, new}
        for job in self.rng.sample(holders[old], 3):
            self.touch(job, "units")
        self.writer.units.remove(old)
        return self.tell("unit-renamed", old, new)

    def _goal(self) -> tuple[Job, Goal] | None:
        free = [job for job in self.draft.jobs() if job.goals and self.free(job, "goals")]
        if not free:
            return None
        job = self.rng.choice(free)
        self.touch(job, "goals")
        return job, self.rng.choice(job.goals)

    def add_goal(self) -> bool:
        if not (taken := self.take("goals")):
            return False
        job = taken[1]
        goal = self.writer.goal()
        job.goals.append(goal)
        return self.tell("target-added", goal.key)

    def remove_goal(self) -> bool:
        if not (taken := self._goal()):
            return False
        job, goal = taken
        job.goals.remove(goal)
        return self.tell("target-removed", goal.key)

    def raise_goal(self) -> bool:
        if not (taken := self._goal()):
            return False
        taken[1].value = str(int(taken[1].value) + self.rng.randint(1, 300))
        return self.tell("target-raised", taken[1].key)

    def lower_goal(self) -> bool:
        if not (taken := self._goal()):
            return False
        taken[1].value = str(int(taken[1].value) - self.rng.randint(1, 19))
        return self.tell("target-lowered", taken[1].key)

    def move_deadline(self) -> bool:
        if not (taken := self._goal()):
            return False
        taken[1].deadline = str(int(taken[1].deadline) + self.rng.choice([-1, 1, 5]))
        return self.tell("target-deadline-moved", taken[1].key)

    def reword_goal(self) -> bool:
        if not (taken := self._goal()):
            return False
        taken[1].verb = "稳定保持在"
        return self.tell("target-reworded", taken[1].key)

    def add_citation(self) -> bool:
        source = self.writer.source()
        self.draft.basis.append(source)
        self._touched.add(source.key)
        return self.tell("citation-added", source.key)

    def _citation(self) -> Source | None:
        free = [source for source in self.draft.basis if source.key not in self._touched]
        if not free:
            return None
        source = self.rng.choice(free)
        self._touched.add(source.key)
        return source

    def remove_citation(self) -> bool:
        if len(self.draft.basis) < 2 or not (source := self._citation()):
            return False
        self.draft.basis.remove(source)
        return self.tell("citation-removed", source.key)

    def update_citation(self) -> bool:
        if not (source := self._citation()):
            return False
        organ = source.number.partition("〔")[0]
        source.number = f"{organ}〔2025〕{self.rng.randint(1, 90)}号"
        return self.tell("citation-updated", source.key)

    def change_date(self) -> bool:
        if "date" in self._touched:
            return False
        self._touched.add("date")
        self.draft.date = f"2026-0{self.rng.randint(1, 9)}-1{self.rng.randint(0, 9)}"
        return self.tell("header-changed", "issue_date")

    def change_number(self) -> bool:
        if "number" in self._touched:
            return False
        self._touched.add("number")
        self.draft.number = f"青政办〔2026〕{self.rng.randint(1, 99)}号"
        return self.tell("header-changed", "document_number")

    def change_recipients(self) -> bool:
        if "recipients" in self._touched:
            return False
        self._touched.add("recipients")
        self.draft.recipients.append("各园区管委会")
        return self.tell("header-changed", "recipients")

    def add_group(self) -> bool:
        heading = self.writer.heading()
        self.groups.insert(self.rng.randint(0, len(self.groups)), heading)
        self._touched |= {heading.key, *(job.key for job in heading.jobs)}
        for job in heading.jobs:
            self.tell("task-added", job.key)
        return self.tell("section-added", heading.key)

    def remove_group(self) -> bool:
        free = [g for g in self.groups if g.key not in self._touched and all(map(self.free, g.jobs))]
        if len(self.groups) < 3 or not free or not all(job.key in self._original for g in free for job in g.jobs):
            return False
        heading = self.rng.choice(free)
        self.groups.remove(heading)
        for job in heading.jobs:
            self._touched.add(job.key)
            self.tell("task-removed", job.key)
        return self.tell("section-removed", heading.key)

    def rename_group(self) -> bool:
        free = [group for group in self.groups if group.key not in self._touched]
        if not free:
            return False
        heading = self.rng.choice(free)
        self._touched.add(heading.key)
        heading.title = heading.title.removesuffix("行动") + "攻坚工程"
        return self.tell("section-renamed", heading.key)

    def reword_measure(self) -> bool:
        free = [heading for heading in self.draft.chapters[1].headings if heading.key not in self._touched]
        if not free:
            return False
        heading = self.rng.choice(free)
        self._touched.add(heading.key)
        heading.sentences.append(self.writer.sentence(self.rng.choice(OBJECTS)))
        return self.tell("section-reworded", heading.key)

    def remove_measure(self) -> bool:
        measures = self.draft.chapters[1].headings
        free = [heading for heading in measures if heading.key not in self._touched]
        if len(measures) < 2 or not free:
            return False
        heading = self.rng.choice(free)
        measures.remove(heading)
        return self.tell("section-removed", heading.key)


EDITS: tuple[Callable[[_Editor], bool], ...] = (
    _Editor.add_task,
    _Editor.remove_task,
    _Editor.move_task,
    _Editor.reword_task,
    _Editor.rename_task,
    _Editor.split_task,
    _Editor.merge_tasks,
    _Editor.add_unit,
    _Editor.remove_unit,
    _Editor.change_role,
    _Editor.rename_unit,
    _Editor.add_goal,
    _Editor.remove_goal,
    _Editor.raise_goal,
    _Editor.lower_goal,
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
    _Editor.reword_measure,
    _Editor.remove_measure,
)
