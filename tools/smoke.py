"""Builds the wheel, installs it into an empty environment outside the checkout, and uses it there as a stranger would.

What a checkout hides shows up here: a table or schema missing from the wheel, a dependency that only tests install.
Run from the root of the repository: python tools/smoke.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

NOTICE = Path("source/000_84bd1b8d845f832a.txt")
PINNED = Path("requirements/build.txt")


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
        run(sys.executable, *pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ".")
        [wheel] = folder.glob("*.whl")
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
    print("the wheel works outside the checkout")


def without_hashes(folder: Path) -> Path:
    """The pinned versions as pip constraints, which take no hashes."""
    lines = [line.split("\\")[0].strip() for line in PINNED.read_text(encoding="utf-8").splitlines()]
    path = folder / "constraints.txt"
    path.write_text("\n".join(line for line in lines if "==" in line and not line.startswith("#")), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
