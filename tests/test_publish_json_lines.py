"""notices.jsonl: each notice on a line of its own, as its own file has it."""

from __future__ import annotations

import json
from pathlib import Path

from publishing_examples import build


def test_each_line_is_the_notice_of_its_own_file(tmp_path: Path) -> None:
    dist = build(tmp_path, ["jsonl"], 3)
    content = (dist / "notices.jsonl").read_bytes()
    assert content.endswith(b"\n")
    notices = [json.loads(line) for line in content.splitlines()]
    assert notices == [json.loads(path.read_bytes()) for path in sorted((dist / "notices").iterdir())]
    assert [notice["id"] for notice in notices] == sorted(notice["id"] for notice in notices)
