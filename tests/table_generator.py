"""Tables with known rows, as the carriers have them: what a reader should get back is known by construction."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

CARRIERS = (
    "html",
    "markdown",
    "pipes",
    "pipes-between",
    "tabs",
    "drawn",
    "lines",
    "spaced-lines",
    "one-line",
    "run-together",
    "aligned",
    "aligned-by-count",
    "aligned-wrapped",
)
MERGES = ("none", "applied", "dropped", "padded")

_PLACES = "青石 白杨 沙河 梨园 北塘 南营 云岭 松林".split()
_WORKS = (
    "整治{}段河道三公里，加固两岸堤防", "新建{}泵站两座。", "完成{}片区雨污分流改造", "开展{}水库除险加固。按季度报送进展。",
    "铺设{}供水管网，实现城乡同网", "建设{}数字灌区", "清理{}河面漂浮物，落实长效管护", "编制{}防汛应急预案并组织演练",
)  # fmt: skip
_UNITS = (
    "市水利局", "市财政局", "市住房城乡建设局", "市农业农村局", "市发展改革委", "各县（区）人民政府", "市生态环境局", "市应急管理局",
    "市大数据局", "市交通运输局",
)  # fmt: skip
_TERMS = ("6月底前", "9月底前", "12月底前", "2031年6月", "全年", "长期坚持", "2031年12月底")
_GROUPS = ("防洪减灾", "供水保障", "河湖管护", "智慧水利")


class Line(NamedTuple):
    """A row: its group, number, what is to be done, who leads, who supports, until when."""

    group: str
    number: str
    task: str
    lead: str
    support: str
    term: str


class Made(NamedTuple):
    """A table: its rows as they are meant, its source, and the suffix of the file that would hold it."""

    lines: tuple[Line, ...]
    source: str
    suffix: str


def make(seed: int, carrier: str, merges: str, *, spaced_heads: bool = False, page_breaks: bool = False) -> Made:
    """A table of tasks of this carrier, in which equal neighbours of groups, units and terms are merged."""
    chance = random.Random(f"{seed}/{carrier}/{merges}")
    grouped = chance.random() < 0.5 and carrier != "run-together"
    supported = chance.random() < 0.5 and carrier != "run-together"
    termed = chance.random() < 0.7 and carrier != "run-together"
    rows: list[Line] = []
    works = [work.format(place) for work in _WORKS for place in _PLACES]
    chance.shuffle(works)
    group, lead, term = chance.choice(_GROUPS), chance.choice(_UNITS), chance.choice(_TERMS)
    for number in range(1, chance.randint(4, 12)):
        group = group if chance.random() < 0.6 else chance.choice(_GROUPS)
        again = merges != "none" and number > 1 and chance.random() < 0.3
        if not again:
            lead = "、".join(chance.sample(_UNITS, chance.choice((1, 1, 2))))
            term = chance.choice(_TERMS)
        support = "、".join(chance.sample(_UNITS, chance.choice((1, 2)))) if supported else ""
        rows.append(Line(group if grouped else "", str(number), works[number], lead, support, term if termed else ""))
    heads = ["序号", *(["类别"] if grouped else []), chance.choice(("工作任务", "重点任务", "主要内容"))]
    heads += ["牵头单位", "配合单位"] if supported else ["责任单位"]
    heads += [chance.choice(("完成时限", "时限要求"))] if termed else []
    cells = [
        [
            line.number,
            *([line.group] if grouped else []),
            line.task,
            line.lead,
            *([line.support] if supported else []),
            *([line.term] if termed else []),
        ]
        for line in rows
    ]
    merged = {place for place, head in enumerate(heads) if head in ("类别", "责任单位")} if merges != "none" else set()
    above: list[str] | None = None
    shown: list[list[str | None]] = []
    for row in cells:
        shown.append(
            [
                None if above and place in merged and row[place] == above[place] else cell
                for place, cell in enumerate(row)
            ]
        )
        above = row
    breaks = {len(shown) // 2} if page_breaks else set()
    source = _CARRY[carrier](heads, shown, breaks, merges)
    return Made(tuple(rows), source, ".html" if carrier == "html" else ".md")


Shown = Sequence[Sequence[str | None]]
Carry = Callable[[Sequence[str], Shown, set[int], str], str]


def _html(heads: Sequence[str], rows: Shown, breaks: set[int], merges: str) -> str:
    parts = ["<table><tr>", *[f"<th>{head}</th>" for head in heads], "</tr>"]
    for index, row in enumerate(rows):
        parts.append("<tr>")
        for place, cell in enumerate(row):
            if cell is None:
                continue
            span = 1
            while index + span < len(rows) and rows[index + span][place] is None:
                span += 1
            parts.append(f"<td rowspan={span}>{cell}</td>" if span > 1 else f"<td>{cell}</td>")
        parts.append("</tr>")
    return "".join([*parts, "</table>"])


def _cells(row: Sequence[str | None], merges: str) -> list[str]:
    """The cells that a copy has: merged ones are missing, so that the row is shorter, or padded at its end."""
    kept = [cell for cell in row if cell is not None]
    return kept + [""] * (len(row) - len(kept)) if merges == "padded" else kept


def _signed(before: str, between: str, behind: str, ruled: bool) -> Carry:
    def carry(heads: Sequence[str], rows: Shown, breaks: set[int], merges: str) -> str:
        lines = [before + between.join(heads) + behind]
        if ruled:
            lines.append(before + between.join("---" for _ in heads) + behind)
        for index, row in enumerate(rows):
            if index in breaks:
                lines.append(lines[0])
            lines.append(before + between.join(_cells(row, merges)) + behind)
        return "\n".join(lines)

    return carry


def _drawn(heads: Sequence[str], rows: Shown, breaks: set[int], merges: str) -> str:
    width = 12
    rule = "├" + "┼".join("─" * width for _ in heads) + "┤"
    lines = [rule.replace("├", "┌").replace("┼", "┬").replace("┤", "┐")]
    for row in [heads, *rows]:
        cells = [cell or "" for cell in row]
        height = max(-(-len(cell) // width) for cell in cells) or 1
        for part in range(height):
            lines.append(
                "│" + "│".join(cell[part * width : (part + 1) * width].ljust(width, "　") for cell in cells) + "│"
            )
        lines.append(rule)
    return "\n".join(lines)


def _lines(heads: Sequence[str], rows: Shown, breaks: set[int], merges: str, gap: str = "\n") -> str:
    cells = list(heads)
    for index, row in enumerate(rows):
        cells += list(heads) if index in breaks else []
        cells += [cell for cell in row if cell]
    return gap.join(cells)


def _spaced_lines(heads: Sequence[str], rows: Shown, breaks: set[int], merges: str) -> str:
    return _lines(heads, rows, breaks, merges, "\n\n")


def _one_line(heads: Sequence[str], rows: Shown, breaks: set[int], merges: str) -> str:
    return " ".join("|" + "|".join(cell or "" for cell in row) + "|" for row in [heads, *rows])


def _run_together(heads: Sequence[str], rows: Shown, breaks: set[int], merges: str) -> str:
    return "\n".join("".join(cell or "" for cell in row) for row in [heads, *rows])


def _aligned(width: int, wrapped: int = 0) -> Carry:
    """Cells in columns apart by blanks, where a Chinese character is as wide as ``width`` others; long ones are broken after ``wrapped`` characters."""

    def carry(heads: Sequence[str], rows: Shown, breaks: set[int], merges: str) -> str:
        shown = [heads]
        for index, row in enumerate(rows):
            shown += [heads] if index in breaks else []
            shown.append([cell or "" for cell in row])
        longest = [max(map(len, column)) for column in zip(*shown, strict=True)]
        longest = [min(length, wrapped) if wrapped else length for length in longest]
        lines = []
        for row in shown:
            height = max(-(-len(cell) // length) for cell, length in zip(row, longest, strict=True)) or 1
            for part in range(height):
                pieces = [cell[part * length : (part + 1) * length] for cell, length in zip(row, longest, strict=True)]
                padded = [
                    piece + " " * (width * length - sum(width if ord(sign) > 255 else 1 for sign in piece) + 3)
                    for piece, length in zip(pieces, longest, strict=True)
                ]
                lines.append("".join(padded).rstrip())
        return "\n".join(lines)

    return carry


_CARRY: dict[str, Carry] = {
    "html": _html,
    "markdown": _signed("| ", " | ", " |", True),
    "pipes": _signed("｜", "｜", "｜", False),
    "pipes-between": _signed("", " | ", "", False),
    "tabs": _signed("", "\t", "", False),
    "drawn": _drawn,
    "lines": _lines,
    "spaced-lines": _spaced_lines,
    "one-line": _one_line,
    "run-together": _run_together,
    "aligned": _aligned(2),
    "aligned-by-count": _aligned(1),
    "aligned-wrapped": _aligned(2, 12),
}
