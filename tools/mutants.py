"""Changes the code in small ways and looks whether a test notices: what survives shows a test that is missing.

A mutant is one change: an operator, a comparison's boundary, a number, a condition, a statement, an alternative of a regular expression, or a
row of a table of the lexicon. Mutants are drawn by chance from a seed, evenly over the stages, and each is made in a copy of the
repository, in which the tests of its stage run, then those over whole notices, until one fails.

Run from the root of the repository: python tools/mutants.py [--count N] [--seed N] [--only PART] [--workers N] [--verbose]
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from random import Random
from typing import NamedTuple

PACKAGE = Path("parser/gongwen")
WHOLE = "golden promises"
TESTS = {
    "read": "read pages word workbook number ocr doc bad_input",
    "repair": "repair damage_docs text",
    "script.py": "script",
    "layout": "layout",
    "punctuation.py": "punctuation",
    "secrecy.py": "secrecy",
    "text.py": "text library",
    "outline": "outline tables markers labels closing header tasks sections",
    "extract": "clauses targets units header tasks citations milestones measures duties coverage nature deadlines places tables closing findings clause_vocabulary",
    "lexicon": "vocabulary quantities numerals clauses targets units header deadlines milestones markers labels citations coverage clause_vocabulary tables outline closing nature",
    "compare": "diff diff_facts diff_collections diff_amendments diff_assignment diff_output diff_docs",
    "publish": "publish_tables publish_akoma_ntoso publish_calendar publish_catalog publish_datapackage publish_feed publish_interface publish_json_lines publish_types publish_workbook site schema",
    "corpus": "build workers cli",
    "validation.py": "validate schema",
}
_COPIED = "parser tests schema source examples docs tools bench requirements dist".split()
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in", ast.NotIn: "in", ast.Is: "is not",
    ast.IsNot: "is",
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "//",
    ast.FloorDiv: "*",
    ast.Mod: "//",
}
_SECONDS = 240  # for the tests of one mutant: who takes longer is noticed


class Mutant(NamedTuple):
    """A change of a file: ``text[start:end]`` becomes ``after``."""

    path: Path
    kind: str
    start: int
    end: int
    after: str

    def applied(self) -> str:
        """The file with the change."""
        text = self.path.read_text(encoding="utf-8")
        return text[: self.start] + self.after + text[self.end :]

    def is_code(self) -> bool:
        """Whether Python reads the file with the change."""
        try:
            return self.path.suffix != ".py" or bool(ast.parse(self.applied()))
        except SyntaxError:
            return False

    def told(self) -> str:
        text = self.path.read_text(encoding="utf-8")
        line = text.count("\n", 0, self.start) + 1
        whole = text.splitlines()[line - 1].strip()
        return f"{self.path}:{line}: {self.kind} {text[self.start : self.end]!r} → {self.after!r} in: {whole[:150]}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """All mutants of a module or a table."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".tsv":
        at = text.index("\n") + 1
        for line in text[at:].splitlines(keepends=True):
            yield Mutant(path, "row", at, at + len(line), "")
            at += len(line)
        return
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(text[starts[line - 1] :].encode()[:column].decode())

    def extent(node: ast.expr | ast.stmt) -> tuple[int, int]:
        return offset(node.lineno, node.col_offset), offset(node.end_lineno or 0, node.end_col_offset or 0)

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            start, end = extent(node.left)[1], extent(node.comparators[0])[0]
            yield Mutant(
                path, "comparison", start, end, f" {_COMPARISONS[type(node.ops[0])]} {'(' * text[start:end].count('(')}"
            )
        elif isinstance(node, ast.BoolOp):
            for one, other in zip(node.values, node.values[1:], strict=False):
                start, end = extent(one)[1], extent(other)[0]
                word = "and" if isinstance(node.op, ast.And) else "or"
                if found := re.search(rf"\b{word}\b", text[start:end]):
                    yield Mutant(
                        path, "condition", start + found.start(), start + found.end(), "or" if word == "and" else "and"
                    )
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield Mutant(path, "condition", extent(node)[0], extent(node.operand)[0], "")
        elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC and not isinstance(node.left, ast.JoinedStr):
            start, end = extent(node.left)[1], extent(node.right)[0]
            if found := re.search(r"\+|-|\*|//|%", text[start:end]):
                yield Mutant(path, "operator", start + found.start(), start + found.end(), _ARITHMETIC[type(node.op)])
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield Mutant(path, "number", *extent(node), str(node.value + 1))
        elif isinstance(node, ast.Constant) and type(node.value) is bool:
            yield Mutant(path, "condition", *extent(node), str(not node.value))
        elif isinstance(node, (ast.Continue, ast.AugAssign)) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ):
            yield Mutant(path, "statement", *extent(node), "pass")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    start, end = extent(part)
                    for found in re.finditer(
                        r"(?<=\|)[^|()\[\]{}\\\s\"']+\||\|[^|()\[\]{}\\\s\"']+(?=\))", text[start:end]
                    ):
                        yield Mutant(path, "alternative", start + found.start(), start + found.end(), "")


def drawn(count: int, seed: int, only: str) -> list[Mutant]:
    """``count`` mutants, evenly over the stages."""
    chance = Random(seed)
    stages: dict[str, list[Path]] = {}
    for part in TESTS:
        paths = [PACKAGE / part] if part.endswith(".py") else sorted((PACKAGE / part).rglob("*.py"))
        if part == "lexicon":
            paths += sorted((PACKAGE / part).glob("*.tsv"))
        stages[part] = [path for path in paths if only in str(path)]
    stages = {part: paths for part, paths in stages.items() if paths}
    chosen: dict[Mutant, None] = {}
    pools = {part: [mutant for path in paths for mutant in mutants_of(path)] for part, paths in stages.items()}
    kinds = {part: sorted({mutant.kind for mutant in pool}) for part, pool in pools.items()}
    weight = [1 if part.endswith(".py") else 3 for part in stages]
    while len(chosen) < min(count, sum(map(len, pools.values()))):
        part = chance.choices(list(stages), weight)[0]
        kind = chance.choice(kinds[part])
        mutant = chance.choice([mutant for mutant in pools[part] if mutant.kind == kind])
        if mutant.is_code():
            chosen[mutant] = None
    return list(chosen)


def tests_of(path: Path) -> list[str]:
    part = path.relative_to(PACKAGE).parts[0]
    names = [f"tests/test_{name}.py" for name in f"{TESTS[part]} {WHOLE}".split()]
    own = [str(path)] if path.suffix == ".py" else [str(PACKAGE / "lexicon")]
    return [name for name in [*own, *names] if Path(name).exists()]


def noticed_by(mutant: Mutant, folder: Path) -> str | None:
    """The first test in ``folder``, a copy of the repository, that notices the mutant, None if it survives."""
    target = folder / mutant.path
    target.write_text(mutant.applied(), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(folder / "parser"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests_of(mutant.path)]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=_SECONDS, check=False)
        if done.returncode == 0:
            return None
        return next(
            (line for line in done.stdout.decode().splitlines() if line.startswith(("FAILED", "ERROR"))), "no test runs"
        )
    except subprocess.TimeoutExpired:
        return "takes too long"
    finally:
        shutil.copy(mutant.path, target)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--count", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--only", default="", help="a part of the paths of the files to change")
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--verbose", action="store_true", help="name the test that notices each of the others")
    given = arguments.parse_args()
    chosen = drawn(given.count, given.seed, given.only)
    alive: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        folders: SimpleQueue[Path] = SimpleQueue()
        for number in range(given.workers):
            folder = Path(place) / str(number)
            for name in _COPIED:
                shutil.copytree(name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            for path in Path().glob("*.*"):
                if path.is_file():
                    shutil.copy(path, folder)
            shutil.copy("Makefile", folder)
            folders.put(folder)

        def tried(mutant: Mutant) -> str | None:
            folder = folders.get()
            try:
                return noticed_by(mutant, folder)
            finally:
                folders.put(folder)

        with ThreadPoolExecutor(given.workers) as pool:
            for number, (mutant, noticed) in enumerate(zip(chosen, pool.map(tried, chosen), strict=True), 1):
                if noticed is None:
                    alive[mutant.path.relative_to(PACKAGE).parts[0]] += 1
                    print(f"survives: {mutant.told()}", flush=True)
                elif given.verbose:
                    print(f"noticed: {mutant.told()}\n    {noticed}", flush=True)
                if number % 20 == 0:
                    print(f"{number} of {len(chosen)}, {alive.total()} survive", flush=True)
    print(f"{alive.total()} of {len(chosen)} mutants survive: {dict(alive.most_common())}")
    return 1 if alive.total() * 20 > len(chosen) else 0


if __name__ == "__main__":
    sys.exit(main())
