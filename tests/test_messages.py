"""The command line speaks English and Chinese: by --lang, before or behind the command, else by the locale."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import gongwen
from gongwen import cli
from gongwen import messages as tables
from gongwen.compare.render import terminal
from gongwen.extract.clauses import evidence as clause_evidence
from gongwen.extract.goals import targets
from gongwen.extract.header import fields as header
from gongwen.lexicon import goal_evidence
from gongwen.messages import chinese_help, message, messages
from gongwen.publish import coverage
from site_examples import EXAMPLES

NOTICE = "青禾县水利局通知\n一、修渠。到2030年建成泵站30座。（县水利局负责）\n"
CODE = "\n".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (cli, coverage, terminal))


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "notice.txt"
    path.parent.mkdir()
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.mark.parametrize("key", messages())
def test_both_languages_hold_the_same_values(key: str) -> None:
    row = messages()[key]
    values = {language: set(re.findall(r"\{(\w+)\}", row[language])) for language in ("en", "zh")}
    assert values["en"] <= values["zh"]
    assert message(key, "en", **dict.fromkeys(values["zh"], "x"))


def test_every_message_is_used() -> None:
    assert [key for key in messages() if f'"{key}"' not in CODE] == []


def test_every_command_and_option_has_help_in_chinese() -> None:
    known = chinese_help()
    for name, command in cli.main.commands.items():
        assert (name, "") in known
        options = [max(one.opts, key=len) for one in command.params if isinstance(one, click.Option)]
        assert [one for one in options if not {(name, one), ("build", one), ("", one)} & known.keys()] == []
    assert {name for name, _ in known} == {"", *cli.main.commands}


def test_help_is_in_the_language_asked_for() -> None:
    page = CliRunner().invoke(cli.main, ["parse", "--lang", "zh", "--help"]).stdout
    assert "用法：" in page
    assert "输出一份公文的 JSON。" in page
    assert "gongwen parse notice.txt" in page
    assert "Show this message" not in page
    assert "校验" in CliRunner().invoke(cli.main, ["--help"], env={"LC_ALL": "zh_CN.UTF-8"}).stdout
    assert "Print one notice" in CliRunner().invoke(cli.main, ["parse", "--help"], env={"LC_ALL": "C"}).stdout


@pytest.mark.parametrize(
    ("arguments", "locale", "chinese"),
    [
        (["parse"], "", False),
        (["parse"], "zh_CN.UTF-8", True),
        (["parse", "--lang", "zh"], "", True),
        (["--lang", "zh", "parse"], "", True),
        (["--lang", "zh", "parse", "--lang", "en"], "", False),
        (["parse", "--lang", "en"], "zh_TW.UTF-8", False),
    ],
)
def test_findings_are_in_the_language_asked_for(notice: Path, arguments: list[str], locale: str, chinese: bool) -> None:
    done = CliRunner().invoke(cli.main, [*arguments, str(notice)], env={"LC_ALL": locale, "LANG": ""})
    assert ("警告: 正文和网页均未注明成文日期" in done.stderr) is chinese
    assert ("warning: neither the text nor its page states a date of issue" in done.stderr) is not chinese


def test_reports_are_chinese(notice: Path, tmp_path: Path) -> None:
    build = ["publish", "--only", "tables", "--workers", "0", "--no-cache", "--lang", "zh"]
    done = CliRunner().invoke(cli.main, [*build, str(notice.parent), str(tmp_path / "out")])
    assert f"已发布 1 件，写入 {tmp_path / 'out'}；未发布 0 件" in done.stderr
    assert "个任务" not in done.stdout
    report = CliRunner().invoke(cli.main, ["coverage", "--all", "--lang", "zh", str(notice)]).stdout
    assert "1 数字: 1 已进入数据, 0 已说明原因" in report
    other = notice.with_name("other.txt")
    other.write_text(NOTICE.replace("30座", "40座"), encoding="utf-8")
    compared = CliRunner().invoke(cli.main, ["diff", "--lang", "zh", str(notice), str(other)]).stdout
    assert "目标值上调" in compared
    assert "Target" not in compared
    explained = CliRunner().invoke(cli.main, ["explain", "--lang", "zh", str(notice)]).stdout
    assert "未作任何改动。" in explained


def test_every_reason_of_a_decision_is_in_chinese_and_none_else() -> None:
    given = {row.reason for row in goal_evidence.rows()}
    given |= {value.reason for value in vars(goal_evidence).values() if isinstance(value, goal_evidence.Evidence)}
    given |= set(clause_evidence.REASONS.values()) | set(header._REASONS.values())
    given |= {reason for _, reason in targets._WITHOUT_EVIDENCE.values()}
    rows = {row["en"]: row["zh"] for row in tables._rows("reasons_zh.csv")}
    assert given <= rows.keys()
    others = {en for en in rows if "{" not in en} - given
    assert not [en for en in others if not re.fullmatch("[a-z]+", en)]  # kinds of tokens
    for en, zh in rows.items():
        assert re.findall(r"\{\w+\}", en) == re.findall(r"\{\w+\}", zh)
        assert re.search(r"[\u4e00-\u9fff]", zh)
    assert (
        tables.reason_in_chinese("A. B set it on 2026-01-31: see the seal; p. 2")
        == "A. B于 2026-01-31 设定：see the seal; p. 2"
    )
    assert tables.reason_in_chinese("something new") == "something new"


def test_why_is_told_in_chinese_without_a_word_of_english() -> None:
    source = next(path for path in sorted(EXAMPLES.glob("*.txt")) if "牵头" in path.read_text("utf-8"))
    record = gongwen.parse_file(source)
    pointers = ["/title", "/document_number", "/issue_date", "/issuers/0", "/recipients/0"]
    pointers += [f"/targets/{number}" for number in range(len(record.targets))]
    pointers += [f"/tasks/{number}" for number, task in enumerate(record.tasks) if task.clause]
    for pointer in pointers:
        result = CliRunner().invoke(cli.main, ["explain", "--lang", "zh", "--why", pointer, str(source)])
        assert result.exit_code == 0, (pointer, result.output)
        told = re.sub(r"^/.*|\[[\w-]+\]|\w+\.tsv: \S+|\(\w+\)", "", result.output)
        assert not re.search(r"[a-z]{2,}", told), told


def test_a_refusal_says_in_chinese_of_what_kind_it_is(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["parse", "--lang", "zh", str(empty)])
    assert result.exit_code == 1
    assert re.search(r"empty\.txt：[\u4e00-\u9fff]+（", result.output), result.output


def templates(path: Path) -> Iterator[str]:
    """The messages of the errors that a module raises, with {} for each value; those that are made elsewhere are left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args):
            continue
        name = ast.unparse(node.exc.func)
        given = node.exc.args[1 if name == "SourceError" else -1]
        if name not in ("SourceError", "GongwenError", "TargetError", "InputError", "CorrectionError", "FileError"):
            continue
        if isinstance(given, ast.Constant):
            yield str(given.value)
        elif isinstance(given, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in given.values)


def test_every_refusal_is_in_chinese() -> None:
    known = {re.sub(r"\{\d\}", "{}", row["en"]) for row in tables._rows("refusals_zh.csv")}
    for row in tables._rows("refusals_zh.csv"):
        assert sorted(re.findall(r"\{\d\}", row["en"])) == sorted(re.findall(r"\{\d\}", row["zh"]))
    parser = Path(str(cli.__file__)).parent
    files = [
        *sorted((parser / "read").glob("*.py")),
        *sorted((parser / "corpus").rglob("*.py")),
        *(parser / name for name in ("compare_inputs.py", "pipeline.py", "secrecy.py", "repair/corrections.py")),
    ]
    raised = {template for path in files for template in templates(path)}
    assert len(raised) > 40
    own = {template for template in raised if re.search(r"[a-z]{3}", template)}
    lacking = {each for each in own if each not in known and re.sub(r"^\{\}(?:: )?", "", each) not in known}
    assert not lacking


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["parse", "missing.txt"], "不存在"),
        (["parse"], "缺少参数"),
        (["diff", "missing.json", "missing.txt"], "没有此文件"),
        (["build", "missing"], "不存在"),
    ],
)
def test_wrong_use_is_told_in_chinese(arguments: list[str], told: str) -> None:
    output = CliRunner().invoke(cli.main, ["--lang", "zh", *arguments]).output
    assert told in output, output
