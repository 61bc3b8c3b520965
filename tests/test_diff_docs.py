"""The example in docs/diff.md is what comes out. ``--update-golden`` writes it anew: then read the difference."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongwen.cli import main

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "diff.md"
SESSION = re.compile(r"(?<=```text\n)\$ gongwen (?P<arguments>[^\n]+)\n(?P<shown>.*?)(?=```)", re.DOTALL)


def test_the_example_is_what_comes_out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = PAGE.read_text(encoding="utf-8")
    session = SESSION.search(page)
    assert session
    made = CliRunner().invoke(main, session["arguments"].split()).stdout
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page[: session.start("shown")] + made + page[session.end("shown") :], encoding="utf-8")
    else:
        assert session["shown"] == made


def test_the_python_session_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, attempted = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert attempted
    assert not failed
