"""Measures builds of many notices: time of the processor, by the clock, memory and bytes, against an earlier revision.

The sources are made by varying the invented notices (sources.py). Every build runs in a process of its own; time of the processor
is that of it and of all that it started. The earlier revision is taken out of git into a folder of its own and built in the
same run, in turns with this one, so that a busy machine slows both alike; ratios count.
Run from the root of the repository: python bench/build.py [COUNT [REVISION]]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from sources import write

BEFORE = "72c3ecd"  # the last revision whose builds parsed each source twice, in one process
BUILT_ANEW = (".parquet", ".xlsx", ".db")


class Measured(NamedTuple):
    """A build: seconds of the processor (all processes; the first alone) and by the clock, MB of the first at its most."""

    cpu: float
    parent: float
    wall: float
    peak: float


RUN = """
import resource, sys, time
from gongwen.cli import main
begin = time.perf_counter()
try:
    main(sys.argv[1:])
except SystemExit:
    pass
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
seconds = [usage.ru_utime + usage.ru_stime for usage in (own, others)]
print(sum(seconds), seconds[0], time.perf_counter() - begin, own.ru_maxrss / 1024, file=sys.stderr)
"""


def build(source: Path, dist: Path, *options: str, code: Path | None = None) -> Measured:
    """Build ``source`` into ``dist``, by the program in ``code`` where that is not this one."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(source.parent / "bytecode")
    if code:
        environment["PYTHONPATH"] = str(code / "parser")
    command = [sys.executable, "-c", RUN, "build", str(source), str(dist), "--format", "json", *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return Measured(*map(float, done.stderr.split()[-4:]))


def weight(dist: Path) -> int:
    """Bytes of the committed formats but the notices themselves."""
    return sum(
        path.stat().st_size
        for path in dist.rglob("*")
        if path.is_file() and path.suffix not in BUILT_ANEW and path.parent != dist / "notices"
    )


def change(source: Path) -> None:
    """Change a word of one source."""
    path = sorted(path for path in source.rglob("*.txt"))[5]
    path.write_text(path.read_text(encoding="utf-8").replace("。", "，并按月报告。", 1), encoding="utf-8")


def line(label: str, measured: Measured, count: int, base: Measured) -> None:
    print(
        f"{label:44} {measured.cpu:8.2f} s {measured.cpu / count * 1000:7.1f} ms a source"
        f"  ({measured.cpu / base.cpu:6.1%} of the baseline)  wall {measured.wall:7.1f} s ({measured.wall / base.wall:5.2f})"
        f"  parent {measured.parent / measured.cpu:4.0%}  {measured.peak:5.0f} MB",
        flush=True,
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    revision = sys.argv[2] if len(sys.argv) > 2 else BEFORE
    with tempfile.TemporaryDirectory(prefix="gongwen-bench-") as name:
        folder = Path(name)
        source, cache = folder / "source", str(folder / "cache")
        few = folder / "few"
        write(source, count)
        write(few, 3)
        code = folder / "before"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", str(code), revision], check=True)
        try:
            for each in (code, None):  # compiles the modules, which an installed program has compiled
                build(few, folder / "dist-few", code=each)
                shutil.rmtree(folder / "dist-few")
            before = build(source, folder / "dist-before", code=code)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(code)], check=True)
        base = build(source, folder / "dist", "--workers", "0", "--no-cache")
        print(f"{count} sources; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        line(f"before ({revision})", before, count, base)
        line("baseline: --workers 0 --no-cache", base, count, base)
        two = build(source, folder / "dist-two", "--workers", "2", "--cache", cache)
        line("--workers 2, an empty cache", two, count, base)
        again = build(source, folder / "dist-two", "--workers", "2", "--cache", cache)
        line("nothing changed", again, count, base)
        change(source)
        line("one source changed", build(source, folder / "dist-two", "--workers", "2", "--cache", cache), count, base)
        print(f"CPU of the baseline: {base.cpu / before.cpu:.2f} of before")
        heavy, light = weight(folder / "dist-before"), weight(folder / "dist")
        print(
            f"committed bytes without notices/: {light / 1e6:.1f} MB, {light / heavy:.2f} of before ({heavy / 1e6:.1f} MB)"
        )
        for part in sorted(
            path for path in (folder / "dist").rglob("*") if path.is_dir() and path.parent.name in ("dist", "site")
        ):
            print(
                f"  {part.relative_to(folder / 'dist')!s:20} {sum(p.stat().st_size for p in part.rglob('*') if p.is_file()) / count / 1000:8.1f} kB a source"
            )


if __name__ == "__main__":
    main()
