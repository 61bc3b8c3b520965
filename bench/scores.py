"""Scores the parser against notices annotated by reading, and writes the table of scores into the READMEs.

Run: python bench/scores.py CORPUS [--write DATE]

CORPUS holds <name>.gold.json files, each beside the notice that it annotates; the scoring script, score.py, lies in a folder
above it. For a folder without annotations the coverage is printed instead, the worst notice first. With --write the table
between the markers in README.md and README.zh.md is written anew.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from gongwen import parse_file
from gongwen.errors import GongwenError
from gongwen.publish.record import to_json

READMES = {"en": Path("README.md"), "zh": Path("README.zh.md")}
TABLE = re.compile(r"(<!-- scores -->\n).*?(<!-- /scores -->)", re.DOTALL)
FIELDS = ("document_number", "issue_date", "title", "issuers", "recipients")
SETS = ("sections", "assignments", "assignments_without_role", "citations", "targets")
WORDS = {
    "en": {
        "head": "| | precision | recall | F1 |",
        "sections": "sections",
        "assignments": "assignments of units to tasks",
        "assignments_without_role": "the same, whatever the role",
        "citations": "cited documents",
        "targets": "targets",
        "document_number": "document number",
        "issue_date": "issue date",
        "title": "title",
        "issuers": "issuers",
        "recipients": "recipients",
        "fields": "Header fields right, as a share of the notices: {fields}.",
        "measured": "{notices} annotated notices, {day}.",
        "comma": ", ",
    },
    "zh": {
        "head": "| | 精确率 | 召回率 | F1 |",
        "sections": "章节",
        "assignments": "任务的责任单位及其角色",
        "assignments_without_role": "任务的责任单位（不计角色）",
        "citations": "引用文件",
        "targets": "目标",
        "document_number": "发文字号",
        "issue_date": "成文日期",
        "title": "标题",
        "issuers": "发文机关",
        "recipients": "主送机关",
        "fields": "文头要素的正确率（按公文份数计）：{fields}。",
        "measured": "共 {notices} 份人工标注的公文，{day}。",
        "comma": "，",
    },
}


def parse_all(corpus: Path, target: Path) -> None:
    """Parse each annotated notice below ``corpus`` into the same place below ``target``."""
    characters, seconds = 0, 0.0
    for gold in sorted(corpus.rglob("*.gold.json")):
        [source] = [path for path in gold.parent.glob(gold.name.removesuffix(".gold.json") + ".*") if path != gold]
        begin = perf_counter()
        try:
            notice = parse_file(source)
        except GongwenError as error:
            print(f"not parsed: {error}", file=sys.stderr)
            continue
        seconds += perf_counter() - begin
        characters += notice.source.characters
        answer = target / gold.relative_to(corpus).with_name(gold.name.removesuffix(".gold.json") + ".json")
        answer.parent.mkdir(parents=True, exist_ok=True)
        answer.write_bytes(to_json(notice))
    if seconds:
        print(
            f"{characters} characters in {seconds:.2f} s, {characters / seconds / 1000:.0f} thousand a second on one core\n"
        )


def table(result: dict[str, object], day: str, language: str) -> str:
    """The scores as a Markdown table, with what they were measured on."""
    words = WORDS[language]
    rows = [words["head"], "|---|---|---|---|"]
    for name in SETS:
        score = result[name]
        assert isinstance(score, dict)
        rows.append(f"| {words[name]} | {score['precision']:.3f} | {score['recall']:.3f} | {score['f1']:.3f} |")
    right = words["comma"].join(f"{words[field]} {result[field]:.3f}" for field in FIELDS)
    measured = words["measured"].format(notices=result["notices"], day=day)
    return "\n".join([*rows, "", words["fields"].format(fields=right), "", measured, ""])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("corpus", type=Path, nargs="?")
    arguments.add_argument("--write", metavar="DATE", help="write the table into the READMEs, with this date")
    arguments.add_argument(
        "--errors", type=int, default=0, metavar="N", help="show the first N missed and invented links of each notice"
    )
    options = arguments.parse_args()
    if options.corpus is None or not any(options.corpus.rglob("*.gold.json")):
        print(f"no annotated notices in {options.corpus or '(no CORPUS given)'}: nothing was scored against them")
        if options.corpus is not None:
            subprocess.run([sys.executable, "-m", "gongwen", "coverage", str(options.corpus)], check=True)
        return
    script = next(
        (folder / "score.py" for folder in options.corpus.resolve().parents if (folder / "score.py").is_file()), None
    )
    if script is None:
        raise SystemExit(f"no score.py in a folder above {options.corpus}")
    with TemporaryDirectory() as folder:
        parse_all(options.corpus, Path(folder))
        command = [sys.executable, str(script), str(options.corpus), folder]
        subprocess.run([*command, "--errors", str(options.errors)], check=True)
        result = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True).stdout)
    if options.write:
        for language, readme in READMES.items():
            text = readme.read_text(encoding="utf-8")
            rows = table(result, options.write, language)
            readme.write_text(TABLE.sub(lambda mark, rows=rows: mark[1] + rows + mark[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
