"""Datasette, started on the database and its metadata, and asked over HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest

from gongwen.publish import dataset
from gongwen.publish.sqlite import SEARCHED, passages
from gongwen.publish.tables import notice_tables
from publishing_examples import build, entries

_OPEN = build_opener(ProxyHandler({})).open  # the server is on this machine, whatever proxy there is
COUNT = 3
_PATIENCE = 30  # seconds for the server to start


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("datasette", reason="Datasette is not installed (the group `dev`)")
    dist = build(tmp_path_factory.mktemp("dist"), ["sqlite", "datasette"], COUNT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        "gongwen.db",
        "--metadata",
        "metadata.json",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, cwd=dist, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process)
            yield address
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            _OPEN(f"{address}/-/versions.json", timeout=_PATIENCE).close()
            return
        except URLError:
            time.sleep(0.1)
    process.kill()
    pytest.fail(f"Datasette did not start: {process.communicate()[1].decode()}")


def ask(server: str, path: str, **parameters: str) -> Any:
    with _OPEN(f"{server}/{path}.json?{urlencode(parameters)}", timeout=_PATIENCE) as answer:
        return json.load(answer)


def page(server: str, path: str) -> str:
    with _OPEN(f"{server}/{path}", timeout=_PATIENCE) as answer:
        return str(answer.read().decode())


def test_the_front_page_shows_title_licence_and_sources(server: str) -> None:
    shown = page(server, "")
    assert dataset.TITLE in shown
    assert dataset.ADDED.title in shown
    assert "国家地名信息库" in shown


def test_a_table_shows_title_columns_and_facets(server: str) -> None:
    shown = page(server, "gongwen/responsibilities")
    assert "Responsibilities (责任分工)" in shown
    assert "The word that gives the role, as written" in shown
    facets = ask(server, "gongwen/responsibilities")["facet_results"]
    assert {(value["value"], value["count"]) for value in facets["role"]["results"]} == {("lead", 3), ("support", 6)}


def test_the_search_finds_chinese_words_of_any_length(server: str) -> None:
    texts = [
        text
        for example in entries(COUNT)
        for table in notice_tables()
        if table.name in SEARCHED
        for *_, text in passages(table, table.columns(example.data))
    ]
    for word in ("书房", "全民阅读", "新建书房不少于", "82.5%", "读书月", "牙膏"):
        rows = ask(server, "gongwen/search", word=word, _shape="array", _size="max")
        assert sorted(row["text"] for row in rows) == sorted(text for text in texts if word in text), word
    assert not rows


def test_a_row_links_the_rows_that_it_points_into(server: str) -> None:
    assert "/gongwen/tasks/qingzhengban-2023-0001" in page(server, "gongwen/responsibilities")
