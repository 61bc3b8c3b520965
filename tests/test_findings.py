"""Every finding is in its code list, with the severity that stands there."""

from __future__ import annotations

import ast
from pathlib import Path

import gongwen
from gongwen import schemas

PACKAGE = Path(gongwen.__file__).parent


def test_findings_are_made_as_their_code_list_says() -> None:
    """Wherever the code writes a finding with its code and severity, both stand so in the table."""
    table = schemas.codelist("finding_codes")
    made = 0
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                code, severity = node.args[:2]
                if isinstance(code, ast.Constant) and isinstance(severity, ast.Constant):
                    made += 1
                    name = str(code.value)
                    assert name in table, f"{path.name}: {name}"
                    assert table[name]["severity"] == severity.value, f"{path.name}: {name}"
    assert made
