"""Entries for the tests of the publishers: a notice of our own words, in as many copies as a test wants.

The notice is put together by hand, so that these tests say what the publishers do with a notice and not what the
parser makes of a text. Its source is in traditional script, so that spans and published wording differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import orjson

from gongwen.corpus.engines import Here
from gongwen.corpus.progress import unwatched
from gongwen.corpus.report import row_of
from gongwen.corpus.staging import staging
from gongwen.corpus.store import Store
from gongwen.corpus.take import put_together
from gongwen.findings import finding
from gongwen.model import (
    SCHEMA_VERSION,
    Actor,
    Amount,
    Baseline,
    Block,
    Citation,
    CitationMention,
    DocumentNumber,
    Duty,
    Effective,
    FieldCorrection,
    Grid,
    GridCell,
    HeaderSpans,
    Jurisdiction,
    Measure,
    Milestone,
    Notice,
    Origin,
    Page,
    PageField,
    Part,
    Party,
    Passage,
    Period,
    Print,
    Repair,
    ResponsibleUnit,
    Role,
    Section,
    SourceInfo,
    Span,
    Spelling,
    Target,
    Task,
    Unit,
    Wording,
)
from gongwen.publish import Entry, chosen, parts_of, prepare
from gongwen.publish.bundles import pack
from gongwen.publish.dataset import UNSTATED, About
from gongwen.publish.record import to_json
from gongwen.text import Edit, Text

BLOCKS = (
    ("furniture", "首页 > 政务公开\n"),
    ("document-number", "青政辦〔2023〕{serial}號\n"),
    ("title", "青石市人民政府辦公室關於印發全民閱讀實施方案的通知\n"),
    ("recipients", "各縣人民政府,市政府各部門：\n"),
    ("paragraph", "《全民閱讀實施方案》已經市政府同意，現印發給你們。\n"),
    ("signature", "青石市人民政府辦公室\n"),
    ("date", "2023年5月9日\n"),
    ("note", "（此件公開發布）\n"),
    ("plan-title", "全民閱讀實施方案\n"),
    ("paragraph", "根據《全民閱讀促進條例》（國令〔2022〕7號，以下簡稱《條例》）制定本方案。\n"),
    ("heading", "一、主要目標\n"),
    ("paragraph", "到2025年，居民綜合閱讀率達到82.5%以上。\n"),
    ("heading", "二、重點任務\n"),
    ("item", "（一）=建設書房。依照《條例》，每年新建書房不少於3個。（市文旅局牽頭，市財政局、各縣等配合）\n"),
    ("item", "（二）組織活動。舉辦“讀書月”。\n"),
    ("blank", "\n"),
    ("imprint", "青石市人民政府辦公室 2023年5月10日印發"),
)
_SIMPLIFIED = str.maketrans(
    "辦號關於發閱讀實縣門經現給們開據進條國簡稱標綜達點務書設財鎮舉動組織牽頭個",
    "办号关于发阅读实县门经现给们开据进条国简称标综达点务书设财镇举动组织牵头个",
)


def entry(serial: int = 1) -> Entry:
    """The notice with the number ``serial``."""
    kinds = [kind for kind, _ in BLOCKS]
    lines = [line.format(serial=serial) for _, line in BLOCKS]
    source = "".join(lines)
    text = Text(source).apply(
        "punctuation", [Edit(at, at + 1, "，", "chinese-punctuation") for at, c in enumerate(source) if c == ","]
    )
    text = text.substitute("simplify", text.value.translate(_SIMPLIFIED), "traditional-script")
    notice = _Builder(text).notice(serial, kinds, lines)
    data = to_json(notice)
    return Entry(notice, text, orjson.loads(data), data)


def entries(count: int) -> Iterator[Entry]:
    """``count`` notices, sorted by id."""
    for serial in range(1, count + 1):
        yield entry(serial)


def build(folder: Path, names: Iterable[str], count: int, about: About = UNSTATED) -> Path:
    """``folder`` with the files of the formats ``names`` for ``count`` notices, and the notices' own files."""
    return publish(folder, names, entries(count), about)


def publish(folder: Path, names: Iterable[str], examples: Iterable[Entry], about: About = UNSTATED) -> Path:
    """``folder`` with the files of the formats ``names`` for ``examples``, and the notices' own files."""
    rows, keys = [], {}
    with staging(folder) as work:
        bundles = Store(work / "bundles")
        for example in examples:
            rows.append(row_of(example.notice, example.json))
            keys[example.notice.id] = sha256(example.json).hexdigest()
            bundles.add(keys[example.notice.id], pack({}, prepare(example, parts_of(names))))
        put_together(folder, work, rows, bundles, keys, chosen(names), Here(), unwatched, None, about)
    return folder


class _Builder:
    def __init__(self, text: Text) -> None:
        self.text = text

    def span(self, wording: str, after: str = "") -> Span:
        """The place of a published wording, the first one behind ``after``."""
        start = self.text.value.index(wording, self.text.value.index(after) + len(after) if after else 0)
        return self.text.to_source(start, start + len(wording))

    def number(self, text: str, code: str, year: int, serial: int) -> DocumentNumber:
        return DocumentNumber(text, code, year, serial, self.span(text))

    def unit(
        self, id: int, name: str, after: str, role: Role, role_text: str, *, open: bool = False
    ) -> ResponsibleUnit:
        return ResponsibleUnit(
            name,
            None,
            f"unit-{id}",
            "360100-wenhua_lvyou" if id == 4 else None,
            role,
            role_text,
            "stated",
            open,
            self.span(name, after),
        )

    def notice(self, serial: int, kinds: list[str], lines: list[str]) -> Notice:
        span = self.span
        source = self.text.source
        borders = [0]
        for line in lines:
            borders.append(borders[-1] + len(line))
        blocks = tuple(
            Block(kind, self.text.quote(Span(start, end)), Span(start, end))
            for kind, start, end in zip(kinds, borders, borders[1:], strict=False)
        )
        clause = "（市文旅局牵头，市财政局、各县等配合）"
        office = "青石市人民政府办公室"
        return Notice(
            schema_version=SCHEMA_VERSION,
            id=f"qingzhengban-2023-{serial:04}",
            document_number=self.number(f"青政办〔2023〕{serial}号", "青政办", 2023, serial),
            title=f"{office}关于印发全民阅读实施方案的通知",
            kind="通知",
            issuers=(Party(office, "unit-1", None, span(office, "现印发给你们。"), "signature"),),
            recipients=(
                Party("各县人民政府", "unit-2", None, span("各县人民政府"), None),
                Party("市政府各部门", "unit-3", None, span("市政府各部门"), None),
            ),
            jurisdiction=Jurisdiction(None, "中央", "document_number", None),
            issue_date="2023-05-09",
            print=Print(office, "2023-05-10", span(f"{office} 2023年5月10日印发")),
            parts=(
                Part("part-1", "letter", f"{office}关于印发全民阅读实施方案的通知", None, None, None, Span(0, len(source)), (span(f"{office}关于印发全民阅读实施方案的通知"),), (), ()),
                Part("part-2", "plan", "全民阅读实施方案", "根据《全民阅读促进条例》（国令〔2022〕7号，以下简称《条例》）制定本方案。", None, Period("2023", "2023", "2023年", span("2023年")),
                     span("全民阅读实施方案", "公开发布"), (span("全民阅读实施方案", "公开发布"),),
                     (span("根据《全民阅读促进条例》（国令〔2022〕7号，以下简称《条例》）制定本方案。"),), ()),
            ),
            copied_to=(),
            notes=(Passage("此件公开发布", span("此件公开发布")),),
            attachments=(),
            signers=(),
            effective=Effective("现印发给你们", None, None, "open", span("现印发给你们"), (span("现印发给你们"),)),
            page=Page(None, None, None, None, "2023-05-12", "有效", (PageField("table", "有效性", "有效", span("首页")),)),
            citations=(
                Citation("citation-1", "全民阅读促进条例", self.number("国令〔2022〕7号", "国令", 2022, 7), "cn-guowuyuan", "条例",
                         span("《全民阅读促进条例》（国令〔2022〕7号，以下简称《条例》）"),
                         (CitationMention(span("《全民阅读促进条例》（国令〔2022〕7号，以下简称《条例》）"), "section-2", None),
                          CitationMention(span("《条例》", "依照"), "section-3", "task-1"))),
            ),
            sections=(
                Section("section-1", "part-2", "一、", 1, 1, None, "主要目标", True, "到2025年，居民综合阅读率达到82.5%以上。",
                        span("一、主要目标\n到2025年，居民综合阅读率达到82.5%以上。"), span("主要目标"), (span("到2025年，居民综合阅读率达到82.5%以上。"),)),
                Section("section-2", "part-2", "二、", 2, 1, None, "重点任务", True, "", span("二、重点任务"), span("重点任务"), ()),
                Section("section-3", "part-2", "（一）", 1, 2, "section-2", "=建设书房", True, f"依照《条例》，每年新建书房不少于3个。{clause}",
                        span(f"（一）=建设书房。依照《条例》，每年新建书房不少于3个。{clause}"), span("=建设书房"), (span(f"依照《条例》，每年新建书房不少于3个。{clause}"),)),
                Section("section-4", "part-2", "（二）", 2, 2, "section-2", "组织活动", True, "举办“读书月”。",
                        span("（二）组织活动。举办“读书月”。"), span("组织活动"), (span("举办“读书月”。"),)),
            ),
            targets=(
                Target("target-1", "quantified", "居民综合阅读率达到82.5%以上", "居民综合阅读率", "increase", "to", "at_least", "82.5", None, "82.5", "%", Amount("82.5", None, "%"), Baseline("70", "%", "2020", "70%", Span(0, 1)), "strive", Passage("各县", span("各县", "市财政局")), "2025", "2025-12-31", "到2025年", "head", (span("居民综合阅读率达到82.5%以上"),), None, 0.97,
                       (Wording("以上", ("bound",), span("以上")),),
                       "section-1", (), Span(0, 1), (span("居民综合阅读率达到82.5%以上"),)),
                Target("target-2", "quantified", "新建书房不少于3个", "新建书房", None, None, "at_least", "3", "4", "3", "万个", Amount("30000", "40000", "个"), None, "required", None, None, None, None, None, (), "每年", 0.85,
                       (Wording("不少于", ("bound",), span("不少于")), Wording("每年", ("recurrence",), span("每年"))), "section-3", ("task-1",), None, (span("新建书房不少于3个"),)),
            ),
            tasks=(
                Task("task-1", "part-2", "（一）", "=建设书房", "依照《条例》，每年新建书房不少于3个。", "section-2", ("section-3",), None, None, None, None, (), "每年",
                     (Milestone("milestone-1-1", "2024", "2024-12-31", "每年新建书房不少于3个", "relative", span("每年新建书房不少于3个")),),
                     (Measure("measure-1-1", "依照《条例》，每年新建书房不少于3个。", ("milestone-1-1",), ("target-2",), ("citation-1",),
                              (Actor("各县", "unit-6", None, "=要", span("各县", "市财政局")), Actor("市馆", None, "360100-shiguan-0a1b", "要", Span(0, 0))),
                              span("依照《条例》，每年新建书房不少于3个。")),),
                     ("target-2",), ("citation-1",), clause, (span(clause),),
                     (
                         self.unit(4, "市文旅局", "3个", "lead", "牵头"),
                         self.unit(5, "市财政局", "3个", "support", "配合"),
                         self.unit(6, "各县", "3个", "support", "配合", open=True),
                     ),
                     (span("依照《条例》，每年新建书房不少于3个。"),)),
                Task("task-2", "part-2", "（二）", "组织活动", "举办“读书月”。", "section-2", ("section-4",), None, None, None, None, (), None, (), (), (), (), None, (), (), (span("举办“读书月”。"),)),
            ),
            duties=(
                Duty("duty-1", "part-2", "section-2", "举办“读书月”。", (Actor("各县", "unit-6", None, "=要", span("各县", "市财政局")),),
                     (Milestone("milestone-duty-1-1", "2024-03", "2024-03-31", "举办“读书月”", "stated", span("举办“读书月”")),), "每年3月底前", span("每年"), (), (), span("举办“读书月”。")),
            ),
            units=(
                Unit("unit-1", office, None, office, "政府部门", None, False, (), (Spelling(office, (span(office, "现印发给你们。"),)),), (span(office, "现印发给你们。"),)),
                Unit("unit-2", "各县人民政府", None, None, None, None, True, (), (Spelling("各县人民政府", (span("各县人民政府"),)),), (span("各县人民政府"),)),
                Unit("unit-3", "市政府各部门", None, None, None, None, True, (), (Spelling("市政府各部门", (span("市政府各部门"),)),), (span("市政府各部门"),)),
                Unit("unit-4", "市文旅局", None, None, "政府部门", None, False, ("青石市文化和旅游局", "青石市文化广电旅游局"), (Spelling("市文旅局", (span("市文旅局"),)),), (span("市文旅局"),)),
                Unit("unit-5", "市财政局", None, "青石市财政局", "政府部门", None, False, (), (Spelling("市财政局", (span("市财政局"),)),), (span("市财政局"),)),
                Unit("unit-6", "各县", None, None, None, None, True, (), (Spelling("各县", (span("各县", "市财政局"),)),), (span("各县", "市财政局"),)),
            ),
            tables=(
                Grid("table-1", "part-2", "=附表", ("“读书月”", ""), (
                    (GridCell(2, 1, 1, 2, "各县", span("各县", "市财政局")),),
                    (GridCell(3, 1, 1, 1, "", Span(0, 0)), GridCell(3, 2, 1, 1, "3个", span("3个"))),
                ), span("市财政局、各县")),
            ),
            coverage=None,
            source=SourceInfo(f"{serial}.txt", sha256(source.encode()).hexdigest(), "text", "utf-8", len(source), sha256(source.encode()).hexdigest(), "traditional",
                              Origin("https://example.org/notice", "2023-06-01", None, None)),
            spans=HeaderSpans(span(f"{office}关于印发全民阅读实施方案的通知"), span("通知"), span("2023年5月9日")),
            repairs=(Repair("chinese-punctuation", ",", "，", "certain", None, None, (span("，", "各县人民政府"),)),),
            field_corrections=(FieldCorrection("/tasks/0/recurrence", None, "每年", "r", "w", "2024-01-31"),),
            findings=(finding("title-conflict", span("（二）组织活动。举办“读书月”。"), title="@<b>the task</b> （二） names no unit"), finding("numbering-gap", marker="三", due=2)),
            blocks=blocks,
        )  # fmt: skip
