"""Every finding is in its code list, with the severity that stands there, and every code of the list is one that is made."""

from __future__ import annotations

import ast
from pathlib import Path

import gongwen
from gongwen import schemas

TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in Path(gongwen.__file__).parent.rglob("*.py")}
FINDINGS = schemas.codelist("finding_codes")
SEVERITIES = schemas.codelist("severities")


def strings(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_findings_are_made_as_their_code_list_says() -> None:
    """Wherever the code writes a severity beside a code, both stand so in the table."""
    made = 0
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            match strings(node.args[:2]) if isinstance(node, ast.Call) else []:
                case [code, severity] if severity in SEVERITIES:
                    made += 1
                    assert code in FINDINGS, f"{path.name}: {code}"
                    assert FINDINGS[code]["severity"] == severity, f"{path.name}: {code}"
    assert made


def test_no_code_of_the_list_is_left_over() -> None:
    written = {node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert FINDINGS.keys() <= written
