"""A terminal that a command writes to: nothing in a document, a file's name or a JSON acts on it.

Every command runs on a pseudo-terminal, with inputs that try to.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

from gongwen import cli
from gongwen.excerpt import excerpt
from gongwen.terminal import printable, printable_lines, printable_styled

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

# A colour that we don't use, a title of the window, a C1 sequence, a backspace, signs of direction, a tag, a line separator.
HOSTILE = "\x1b[35;5m\x1b]0;own\x07\x9b31m\x08\u202e\u2066\u200f\u061c\U000e0041\u2028\x85"
# What the commands themselves send: colours, and the cursor and the line of the progress bar.
OWN = re.compile(r"\x1b\[(?:0|1|31|32|33)?m|\x1b\[\?25[lh]|\x1b\[K|\r\n|\r|\n")
NOTICE = "青禾政办发〔2023〕{}号\n青禾县人民政府办公室关于做好防汛{h}工作的通知\n各乡镇人民政府：\n一、检修{h}泵站。汛前完成。（县{h}水利局负责）\n三、储备物资{h}。备足沙袋。（县应急局负责\n（责任单位：{h}）\n二、區(qū{h})域區(qū)域區(qū)域。\n青禾县人民政府办公室\n2023年4月6日\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / f"one{HOSTILE}.txt").write_text(NOTICE.format(1, h=HOSTILE), encoding="utf-8")
    (source / f"two{HOSTILE}\nlines.txt").write_text(
        NOTICE.format(2, h=HOSTILE).replace("三、", "四、"), encoding="utf-8"
    )
    (source / f"secret{HOSTILE}.txt").write_text(f"机{HOSTILE}密★1年\n", encoding="utf-8")
    (source / f"empty{HOSTILE}.txt").write_bytes(b"")
    (source / "sidecar.txt").write_text(NOTICE.format(3, h=""), encoding="utf-8")
    (source / "sidecar.toml").write_text('"ke\\u001b[35;5my\\u202e" = 1\n', encoding="utf-8")
    (source / f"page{HOSTILE}.html").write_text(f"<html><body><p>机密{HOSTILE}</p></body></html>", encoding="utf-8")
    (source / "other.txt").write_text(NOTICE.format(4, h=""), encoding="utf-8")
    (source / "other.toml").write_text(
        '[[correction]]\nfound = "\\u001b[35;5m\\u202e"\nreplacement = ""\nreason = ""\n', encoding="utf-8"
    )
    (tmp_path / f"bad{HOSTILE}.json").write_text(f'{{"a{HOSTILE}": ', encoding="utf-8")
    wrong = {f"key{HOSTILE}": HOSTILE, "id": HOSTILE, "tasks": [{f"x{HOSTILE}": HOSTILE}], "schema_version": HOSTILE}
    (tmp_path / "wrong.json").write_bytes(orjson.dumps(wrong))
    return tmp_path


COMMANDS = [
    "build source dist --format json",
    "publish source dist --only {h}",
    "publish source dist --only tables",
    "parse source/one{h}.txt",
    "parse source/secret{h}.txt",
    "parse source/empty{h}.txt",
    "parse source/sidecar.txt",
    "parse source/other.txt",
    "parse source/page{h}.html",
    "parse missing{h}.txt",
    "parse source/one{h}.txt -o missing/{h}",
    "parse -",
    "explain source/one{h}.txt",
    "explain source/one{h}.txt --format json",
    "explain {h}",
    "coverage source --all",
    "review source",
    "review source -o made/{h}.html",
    "review source/one{h}.txt -o review{h}.html",
    "export source/one{h}.txt --as xlsx -o made/{h}.xlsx",
    "export source/secret{h}.txt --as docx",
    "coverage source/one{h}.txt --format json",
    "coverage missing{h}",
    "coverage --fail-over {h} source",
    "validate bad{h}.json wrong.json",
    "validate bad{h}.json wrong.json --format json",
    "validate {h}.json",
    "export source/one{h}.txt --as docx -o out{h}.docx",
    "diff source/one{h}.txt source/two{h}\nlines.txt",
    *(
        f"diff source/one{{h}}.txt source/two{{h}}\nlines.txt --format {form}"
        for form in ("json", "markdown", "html", "patch")
    ),
    "consolidate source/one{h}.txt source/two{h}\nlines.txt",
    "consolidate source/one{h}.txt source/two{h}\nlines.txt --format markdown",
    "consolidate source/one{h}.txt missing{h}",
    "cascade source/one{h}.txt source/two{h}\nlines.txt",
    "cascade source/one{h}.txt source/two{h}\nlines.txt --format json",
    "cascade source/one{h}.txt bad{h}.json",
    "changes source missing{h}",
    "changes bad{h}.json source",
    "changes HEAD{h} HEAD",
    "diff source/one{h}.txt source/two{h}\nlines.txt --as xlsx -o out{h}.xlsx",
    "serve source missing{h}",
    "serve missing{h} dist --watch",
    "diff missing{h} source/one{h}.txt",
    "diff HEAD{h}:x source/one{h}.txt",
    "diff wrong.json bad{h}.json",
    "{h}",
    "--{h}",
    "parse --{h}",
    "build missing{h}",
    "build source source/one{h}.txt",
    "parse --format={h} source/one{h}.txt",
]


def on_a_terminal(folder: Path, arguments: list[str]) -> str:
    """What the terminal was sent on both streams."""
    main, side = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "gongwen", *arguments], stdin=subprocess.PIPE, stdout=side, stderr=side, cwd=folder
    ) as process:
        os.close(side)
        assert process.stdin is not None
        process.stdin.write(NOTICE.format(9, h=HOSTILE).encode())
        process.stdin.close()
        sent = b"".join(iter(lambda: read(main), b""))
    os.close(main)
    assert b"Traceback" not in sent
    return sent.decode()


def read(main: int) -> bytes:
    with suppress(OSError):  # Linux reports the end of the other side as an error
        return os.read(main, 65_536)
    return b""


def acting(sent: str) -> Iterator[str]:
    """The characters in ``sent`` that a terminal acts on and that aren't the commands' own."""
    for character in OWN.sub("", sent):
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in "\t\xad":
            yield character


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_acts_on_the_terminal(folder: Path, command: str) -> None:
    arguments = [argument.replace("⎵", " ") for argument in command.replace("\n", "⏎").split(" ")]
    arguments = [argument.replace("⏎", "\n").format(h=HOSTILE) for argument in arguments]
    sent = on_a_terminal(folder, arguments)
    assert sent.strip()
    assert list(acting(sent)) == []


def test_every_command_is_driven() -> None:
    assert {command.split()[0] for command in COMMANDS} >= set(cli.main.commands)


def test_data_for_programs_stays_as_it_is(folder: Path) -> None:
    """Into a file or a pipe go the bytes that were asked for; on a terminal they are the same JSON, spelled in another way."""
    arguments = ["explain", f"source/one{HOSTILE}.txt", "--format", "json"]
    piped = subprocess.run(
        [sys.executable, "-m", "gongwen", *arguments], cwd=folder, capture_output=True, check=False
    ).stdout
    assert "\u202e".encode() in piped
    assert orjson.loads(on_a_terminal(folder, arguments)) == orjson.loads(piped)


def test_every_character_is_printable() -> None:
    for point in range(0x11_0000):
        character = chr(point)
        shown = printable(character)
        assert all(unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Zl", "Zp", "Cn") for each in shown), hex(point)
        assert printable(shown) == shown
        if shown != character:
            assert orjson.loads(f'"{shown}"') == character if not 0xD800 <= point < 0xE000 else True


def test_lines_and_colours_of_our_own_stay() -> None:
    assert printable_lines("a\n\tb\x1b[0m") == "a\n\tb\\u001b[0m"
    assert printable_styled("\x1b[31ma\x1b[0m\x1b]0;b\x07") == "\x1b[31ma\x1b[0m\\u001b]0;b\\u0007"


def test_an_excerpt_marks_the_place_of_what_is_spelled_out() -> None:
    assert excerpt("县\u202e局\x1b负责", 2, 4) == "县\\u202e局\\u001b负责\n" + " " * 8 + "^" * 8
