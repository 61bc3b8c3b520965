"""Imports point one way, as CONTRIBUTING.md draws it. When the design changes, change the picture there and here."""

from __future__ import annotations

import ast
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
    "text": {"model"},
    "document": {"model", "text"},
    "lexicon": BASE | {"text", "document"},
    **dict.fromkeys(STAGES, BASE | {"text", "document", "lexicon"}),
    "validation": BASE,
    "upgrade": {"schemas", "lexicon"},
    "load": BASE | {"upgrade"},
    "compare": BASE | {"analysis", "text", "load", "validation", "lexicon", "messages"},
    "publish": BASE | {"text", "document", "lexicon", "compare", "load", "messages"},
    "pipeline": BASE | STAGES | {"text", "document"},
    "analysis": BASE | {"text", "document", "pipeline", "read"},
    "review": BASE | {"document", "messages", "pipeline"},
    "corpus": BASE | {"publish", "pipeline", "read", "validation"},
    "compare_inputs": BASE | {"load", "pipeline", "publish", "read", "upgrade", "validation"},
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
