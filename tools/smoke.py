"""Builds the wheel, installs it into an empty environment outside the checkout, and uses it there as a stranger would.

What a checkout hides shows up here: a table or schema missing from the wheel, a dependency that only tests install. The wheel
and the source distribution must have the same bytes when built from a copy whose files have other dates and modes.
Run from the root of the repository: python tools/smoke.py
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

NOTICE = Path("source/000_84bd1b8d845f832a.txt")
PINNED = Path("requirements/build.txt")
PACKAGED = (
    "parser",
    "schema",
    "pyproject.toml",
    ".gitignore",
    "README.md",
    "README.zh.md",
    "CHANGELOG.md",
    "LICENSE",
    "LICENSE-DATA.md",
)
"""What the wheel and the source distribution are made of."""


def run(*command: str | Path, **options: object) -> str:
    """Run a command, show what it says if it fails, and return its output."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, encoding="utf-8", **options
    )  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return str(done.stdout)


def main() -> None:
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    with TemporaryDirectory() as name:
        folder = Path(name)
        wheel, source = distributions(Path.cwd(), folder / "built")
        copy_privately(folder / "copy")
        for first, second in zip((wheel, source), distributions(folder / "copy", folder / "again"), strict=True):
            assert first.read_bytes() == second.read_bytes(), f"{first.name} depends on dates or modes of files"
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / "bin" / "python"
        run(python, *pip, "install", "--constraint", without_hashes(folder), wheel)
        notice = json.loads(run(python, "-m", "gongwen", "parse", NOTICE.resolve(), cwd=folder))
        assert len(notice["tasks"]) == 19, "the installed package reads the notice otherwise than the checkout"
        run(
            python,
            "-m",
            "gongwen",
            "publish",
            "--only",
            "tables,akn",
            NOTICE.parent.resolve(),
            folder / "dist",
            cwd=folder,
        )
        [published] = (folder / "dist" / "notices").glob("*.json")
        run(python, "-m", "gongwen", "validate", published, cwd=folder)
    print("the wheel works outside the checkout, and has the same bytes wherever it is built")


def distributions(checkout: Path, folder: Path) -> tuple[Path, Path]:
    """The wheel and the source distribution of ``checkout``, built into ``folder``."""
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=checkout)
    [wheel], [source] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, source


def copy_privately(folder: Path) -> None:
    """Copy what is packaged to ``folder``, as a checkout under umask 077 has it."""
    folder.mkdir()
    for name in PACKAGED:
        if Path(name).is_dir():
            shutil.copytree(name, folder / name, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(name, folder / name)
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def without_hashes(folder: Path) -> Path:
    """The pinned versions as pip constraints, which take no hashes."""
    lines = [line.split("\\")[0].strip() for line in PINNED.read_text(encoding="utf-8").splitlines()]
    path = folder / "constraints.txt"
    path.write_text("\n".join(line for line in lines if "==" in line and not line.startswith("#")), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
