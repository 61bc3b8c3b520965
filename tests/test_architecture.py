"""Imports point one way, as CONTRIBUTING.md draws it. When the design changes, change the picture there and here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongwen

PACKAGE = Path(gongwen.__file__).parent
STAGES = {"read", "repair", "script", "layout", "punctuation", "outline", "extract", "secrecy"}
BASE = {"model", "errors", "schemas", "characters", "findings"}
MAY_IMPORT = {
    "model": set(),
    "characters": set(),
    "errors": set(),
    "schemas": {"errors"},
    "findings": {"model", "schemas"},
    "messages": {"schemas"},
    "pointers": {"model"},
    "text": {"model"},
    "document": {"model", "text"},
    "lexicon": BASE | {"text", "document"},
    **dict.fromkeys(STAGES, BASE | {"text", "document", "lexicon"}),
    "validation": BASE,
    "upgrade": {"schemas", "lexicon"},
    "load": BASE | {"upgrade"},
    "compare": BASE | {"analysis", "text", "load", "validation", "lexicon", "messages"},
    "publish": BASE | {"text", "document", "lexicon", "compare", "load", "messages", "pointers"},
    "pipeline": BASE | STAGES | {"text", "document"},
    "analysis": BASE | {"text", "document", "pipeline", "pointers", "read"},
    "review": BASE | {"document", "messages", "pipeline"},
    "garbage": set(),
    "corpus": BASE | {"document", "garbage", "publish", "pipeline", "read", "validation"},
    "reading": BASE | {"corpus", "document", "read"},
    "compare_inputs": BASE | {"reading", "load", "pipeline", "publish", "read", "upgrade", "validation"},
    "serve": set(),
    "terminal": set(),
    "excerpt": {"terminal"},
}
RIM = {"__init__", "__main__", "cli"}
"""What may import everything."""


def imports(path: Path) -> set[str]:
    """The parts of the package that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "gongwen":
            found |= {alias.name for alias in node.names if alias.name != "__version__"}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("gongwen."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("gongwen.")}
    return found


def test_every_part_of_the_package_is_in_the_picture() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert modules == MAY_IMPORT.keys() | RIM


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_imports_point_one_way(part: str) -> None:
    paths = sorted((PACKAGE / part).rglob("*.py")) if (PACKAGE / part).is_dir() else [PACKAGE / f"{part}.py"]
    assert paths
    for path in paths:
        assert imports(path) <= MAY_IMPORT[part] | {part}, f"{path.relative_to(PACKAGE)} imports against the arrows"


SEVERAL = 3
"""Chinese words of two characters or more in one statement: so many make a list, which belongs into a table of the lexicon."""
WRITTEN_NOT_READ = {
    "repair/engine.py": "explains a repair, in Chinese",
    "repair/models/notes.py": "explains a repair, in Chinese",
    "read/numberformat.py": "the codes of number formats of spreadsheets (ECMA-376, 18.8.31)",
    "read/numbering.py": "the digits of formats of numbers of Word (ECMA-376, 17.18.59)",
    "script.py": "characters and their simplified forms, no words that texts are read by",
}


def statements(tree: ast.Module) -> Iterator[ast.AST]:
    """The statements without a body, and the conditions of the others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            yield node
        elif isinstance(node, (ast.If, ast.While)):
            yield node.test
        elif isinstance(node, ast.For):
            yield node.iter


def chinese_words(node: ast.AST) -> set[str]:
    """The Chinese words in the literals of a statement, without docstrings, sets of characters and comments of expressions."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return set()
    joined = {id(part) for text in ast.walk(node) if isinstance(text, ast.JoinedStr) for part in text.values}
    texts = [
        "".join([str(part.value) if isinstance(part, ast.Constant) else "·" for part in text.values])
        for text in ast.walk(node)
        if isinstance(text, ast.JoinedStr)
    ]
    texts += [
        text.value
        for text in ast.walk(node)
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and id(text) not in joined
    ]
    found: set[str] = set()
    for text in texts:
        plain = re.sub(r"(?m)(?:^|\s)# .*$", " ", text)
        found |= set(re.findall(r"[\u4e00-\u9fff]{2,}", re.sub(r"\[[^\]]*\]", "·", plain)))
    return found


def test_stages_hold_no_lists_of_words() -> None:
    """A word by which texts are read is a row of a table: see lexicon/README.md."""
    lists = {}
    for stage in sorted(STAGES):
        for path in sorted((PACKAGE / stage).rglob("*.py")) or [PACKAGE / f"{stage}.py"]:
            name = path.relative_to(PACKAGE).as_posix()
            for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
                if name not in WRITTEN_NOT_READ and len(words := chinese_words(node)) >= SEVERAL:
                    lists[f"{name}:{getattr(node, 'lineno', 0)}"] = sorted(words)
    assert lists == {}


def test_a_list_of_words_is_told() -> None:
    module = ast.parse(
        '"""牵头 负责 配合"""\nX = re.compile(f"(?:牵头|{y}|负责)[县市区]|配合单位")\nif a in ("牵头", "负责"):\n    pass\n'
    )
    assert [sorted(chinese_words(node)) for node in statements(module)] == [
        [],
        ["牵头", "负责", "配合单位"],
        ["牵头", "负责"],
        [],
    ]
