"""The types, compiled by their own compilers against published JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publishing_examples import build, entries

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"), ["types"], 0) / "types"


@pytest.fixture(scope="module")
def published() -> list[str]:
    return [example.json.decode() for example in entries(2)]


def compiler() -> Path | None:
    """The TypeScript compiler of the project or of the machine."""
    found = shutil.which("tsc", path=str(ROOT / "node_modules" / ".bin")) or shutil.which("tsc")
    return Path(found) if found else None


def broken(notice: str) -> str:
    """A notice with a role that no code list has."""
    assert '"lead"' in notice
    return notice.replace('"lead"', '"boss"')


def check_typescript(folder: Path, types: Path, notices: list[str]) -> str:
    tsc = compiler()
    if tsc is None:
        pytest.skip("no TypeScript compiler: npm install typescript")
    shutil.copy(types / "notice.d.ts", folder)
    values = "".join(f"export const notice{at}: Notice = {notice};\n" for at, notice in enumerate(notices))
    (folder / "check.ts").write_text(f'import type {{ Notice }} from "./notice";\n{values}', "utf-8")
    command = [str(tsc), "--strict", "--noEmit", "--exactOptionalPropertyTypes", "check.ts"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


def test_published_notices_have_the_typescript_types(tmp_path: Path, types: Path, published: list[str]) -> None:
    assert check_typescript(tmp_path, types, published) == ""


def test_typescript_tells_a_notice_that_has_not(tmp_path: Path, types: Path, published: list[str]) -> None:
    assert "is not assignable to type" in check_typescript(tmp_path, types, [broken(published[0])])


def check_python(folder: Path, types: Path, notices: list[str]) -> str:
    shutil.copy(types / "notice_types.py", folder)
    values = "".join(f"NOTICE{at}: Notice = {json.loads(notice)!r}\n" for at, notice in enumerate(notices))
    (folder / "check.py").write_text(f"from notice_types import Notice\n\n{values}", "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--config-file=", "check.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


def test_published_notices_have_the_python_types(tmp_path: Path, types: Path, published: list[str]) -> None:
    assert check_python(tmp_path, types, published).startswith("Success")


def test_python_tells_a_notice_that_has_not(tmp_path: Path, types: Path, published: list[str]) -> None:
    assert "incompatible type" in check_python(tmp_path, types, [broken(published[0])]).lower()
