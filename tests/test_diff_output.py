"""The comparison as it is shown, and the command that shows it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonpatch
import openpyxl
import orjson
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from wcwidth import wcswidth

from diff_generator import pair
from gongwen import compare, from_json, parse, to_json
from gongwen.cli import main
from gongwen.compare.render import FORMATS, Comparison, render, terminal, visible
from gongwen.compare.render.headline import headline
from gongwen.compare.render.patch import patch
from gongwen.compare.render.pieces import Piece, folded, wording
from gongwen.compare.render.table import marked_rows, rows
from gongwen.errors import RecordError
from gongwen.model import Notice, Origin
from gongwen.upgrade import upgraded
from gongwen.validation import problems
from mutations import mutated

TESTS = Path(__file__).parent

HOSTILE = "</td><script>alert(1)</script>&lt;![CDATA[“'\"*_~`[x](javascript:x)\x1b[31m\u202e|"
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("a/~0"),
    lambda children: (
        st.lists(children, max_size=6) | st.dictionaries(st.text("a/~1", max_size=3), children, max_size=5)
    ),
    max_leaves=30,
)


def compared(old: Notice, new: Notice) -> Comparison:
    return Comparison(old, new, compare.diff(old, new), *(orjson.loads(to_json(notice)) for notice in (old, new)))


def annexed(first: str, second: str, title: str = "防汛物资储备清单") -> Notice:
    return parse(
        "青禾县人民政府办公室关于做好防汛工作的通知\n各乡镇：\n请各单位认真做好汛前检修的各项准备工作。\n青禾县人民政府办公室\n2024年3月1日\n"
        f"附件1\n{title}\n编织袋和救生衣由仓库统一保管发放。\n{first}附件2\n值班电话登记表\n值班电话每天核对两次。\n{second}"
    )


def test_a_paragraph_that_goes_to_another_annex_is_shown_in_all_forms() -> None:
    words = "水泵与发电机每月试运行两次并登记。\n"
    comparison = compared(annexed(words, ""), annexed("", words))
    assert [change.kind for change in comparison.diff.changes] == ["paragraph-moved"]
    assert all(words.strip() in render(comparison, form) for form in ("html", "json", "markdown"))
    assert "段落移动" in render(comparison, "markdown") or "Paragraph moved" in render(comparison, "markdown")


def test_an_annex_that_lost_its_title_is_renamed() -> None:
    old = annexed("", "")
    letter, first, second = old.parts
    new = replace(old, parts=(letter, replace(first, title=None), second))
    changes = [(change.kind, change.before, change.after) for change in compared(old, new).diff.changes]
    assert changes == [("part-renumbered", "附件1 ", "附件1"), ("part-renamed", "防汛物资储备清单", "")]


def test_evidence_and_roles_are_told_in_the_language_asked_for() -> None:
    text = "青禾县人民政府关于印发水库管理方案的通知\n青政发〔{}〕3号\n一、巡查水库。每月巡查水库。（县水利局{}，县财政局配合）\n青禾县人民政府\n{}年3月2日\n"
    comparison = compared(parse(text.format(2029, "牵头", 2029)), parse(text.format(2030, "负责", 2030)))
    english, chinese = (terminal.render(comparison, None, language) for language in ("en", "zh"))
    assert re.search(r" \(Same title: [^()（）；]+; Same government: ", english)
    assert re.search("（标题相同 [^();]+；同一地区机关 ", chinese)
    assert "Lead unit → Responsible unit" in english
    assert "牵头单位 → 责任单位" in chinese


def test_the_same_number_in_other_signs_is_no_renumbering() -> None:
    old, new = (
        parse(f"青禾县水库管理方案\n一、巡查\n{one}每月巡查水库。\n{two}每年检修泵站。\n二、保障\n")
        for one, two in (("1.", "2."), ("⒈", "⒉"))
    )
    assert not [change.kind for change in compare.diff(old, new).changes if change.kind.endswith("-renumbered")]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_compared_is_shown_in_all_forms(seed: int) -> None:
    """Mutated notices, which have what no clerk writes."""
    text = "".join(block.text for block in pair(seed % 4, 0, size=6).old.notice.blocks)
    old, new = (parse(mutated(text, number, text)) for number in (2 * seed, 2 * seed + 1))
    assert not compare.diff(old, old)
    comparison = compared(old, new)
    for form in FORMATS:
        assert render(comparison, form)


def example(seed: int = 3) -> Comparison:
    found = pair(seed, 8)
    return compared(found.old.notice, found.new.notice)


def hostile() -> Comparison:
    """A comparison with markup and control characters in a title and in every text of a task."""
    old, new = (built.notice for built in pair(5, 8)[:2])
    tasks = tuple(replace(task, title=f"{task.title}{HOSTILE}", text=f"{HOSTILE}{task.text}") for task in new.tasks)
    return compared(old, replace(new, title=f"{new.title}{HOSTILE}", tasks=tasks))


class Page(HTMLParser):
    """What a browser would see: tags, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("form", FORMATS)
def test_each_form_shows_a_comparison(form: str) -> None:
    assert render(example(), form).endswith("\n")


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_what_is_shown_is_one_of_the_two_texts(seed: int) -> None:
    """Without what came, each stretch stands in the text before; without what went, in the text after."""
    found = pair(seed, 1 + seed % 16)
    comparison = compared(found.old.notice, found.new.notice)
    for change in comparison.diff.changes:
        if not change.edits or change.before is None or change.after is None:
            continue
        pieces = list(wording(change, 12))
        for kind, whole in (("added", change.before), ("removed", change.after)):
            shown = "".join(piece.text for piece in pieces if piece.kind != kind)
            at = 0
            for stretch in shown.split("…"):
                assert stretch in whole[at:]
                at = whole.index(stretch, at) + len(stretch)


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_edits_turn_what_was_into_what_is(seed: int) -> None:
    found = pair(seed, 1 + seed % 16)
    for change in compare.diff(found.old.notice, found.new.notice).changes:
        if change.edits and change.before is not None and change.after is not None:
            text, at = "", 0
            for edit in change.edits:
                text += change.before[at : edit.before.start] + edit.after.text
                at = edit.before.end
            assert text + change.before[at:] == change.after


def test_the_headline_has_five_lines_at_most_goals_first() -> None:
    lines = [line.zh for seed in range(6) for line in headline(example(seed).diff)]
    assert any(line.startswith("目标：") and "→" in line for line in lines)
    assert all(len(headline(example(seed).diff)) <= 5 for seed in range(6))


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_each_form_for_people_says_so_where_nothing_differs(form: str) -> None:
    notice = example().old
    assert "Nothing differs." in render(compared(notice, notice), form)


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_each_form_for_people_says_so_where_nothing_is_in_common(form: str) -> None:
    page = render(compared(pair(1, 0).old.notice, pair(2, 0).old.notice), form)
    assert "nothing in common" in page


def test_the_page_holds_both_texts_and_no_markup_of_theirs() -> None:
    comparison = hostile()
    page = Page(render(comparison, "html"))
    assert "script" not in page.tags
    assert "a" in page.tags
    assert not [
        value for name, value in page.attributes if name.startswith("on") or (value or "").startswith("javascript")
    ]
    assert visible(HOSTILE) in page.text
    for notice in (comparison.old, comparison.new):
        assert all(visible(task.text) in page.text for task in notice.tasks)


def test_the_page_loads_nothing_and_its_policy_allows_its_style_alone() -> None:
    source = render(example(), "html")
    page = Page(source)
    [policy] = [value for name, value in page.attributes if name == "content" and value and "default-src" in value]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]+='; base-uri 'none'; form-action 'none'", policy
    )
    assert not {"src", "style", "onclick"} & {name for name, _ in page.attributes}
    assert {value for name, value in page.attributes if name == "href" and value and not value.startswith("#")} == set()


def test_the_page_links_to_the_web_pages_that_its_notices_come_from() -> None:
    comparison = example()
    origins = [Origin("https://example.org/old?a=1&b=2", None, None, None), Origin("javascript:x", None, None, None)]
    old, new = (
        replace(notice, source=replace(notice.source, origin=origin))
        for notice, origin in zip((comparison.old, comparison.new), origins, strict=True)
    )
    page = Page(render(replace(comparison, old=old, new=new), "html"))
    links = [value for name, value in page.attributes if name == "href" and value and not value.startswith("#")]
    assert links == ["https://example.org/old?a=1&b=2"]
    assert "javascript:x" in page.text


def test_links_of_the_page_lead_to_its_rows() -> None:
    page = Page(render(example(), "html"))
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for name, value in page.attributes if name == "href" and value} <= set(ids)


def test_markdown_escapes_what_the_texts_hold() -> None:
    page = render(hostile(), "markdown")
    assert "<script" not in page
    assert "](javascript" not in page
    assert re.search(r"(?<!\\)[*_`~|]", re.sub(r"\*\*[^*]*\*\*|`[a-z_.]+`|^\|.*\|$", "", page, flags=re.M)) is None


def test_the_terminal_gets_no_control_characters_of_the_texts() -> None:
    shown = re.sub(r"\x1b\[[0-9]+m", "", terminal.render(hostile()))
    assert not [character for character in shown if character != "\n" and not character.isprintable()]


@pytest.mark.parametrize("width", [40, 80, 123])
def test_lines_fit_the_terminal_by_cells(width: int) -> None:
    shown = re.sub(r"\x1b\[[0-9]+m", "", terminal.render(example(), width))
    assert max(map(wcswidth, shown.splitlines())) <= width


def test_what_a_narrow_page_folds_is_what_stayed_far_from_a_change() -> None:
    pieces = [
        Piece("kept", "甲" * 50),
        Piece("added", "乙"),
        Piece("kept", "丙" * 90),
        Piece("removed", "丁"),
        Piece("kept", "戊" * 15),
    ]
    found = list(folded(pieces, 20))
    assert "".join(piece.text for piece in found) == "".join(piece.text for piece in pieces)
    assert [(piece.kind, len(piece.text)) for piece in found] == [
        ("kept", 50), ("added", 1), ("kept", 20), ("far", 50), ("kept", 20), ("removed", 1), ("kept", 15),
    ]  # fmt: skip


def test_between_two_governments_what_each_says_of_its_own_place_is_not_marked() -> None:
    text = "{}关于印发{}护鸟方案的通知\n一、任务\n1.设巢箱。全县设置巢箱，由{}林业局管护{}。（责任单位：县林业局）\n2.办讲堂。每月办观鸟讲堂。（责任单位：县教育局）\n"
    old = parse(text.format("青石县人民政府", "青石县", "青石县", ""))
    new = parse(text.format("云岭县人民政府", "云岭县", "云岭县", "并巡看"))
    shown = compared(old, new)
    assert shown.diff.relation.kind == "sister"
    [(_, before, after)] = marked_rows(shown)
    assert [piece.text for piece in (*before, *after) if piece.kind != "kept"] == ["并巡看"]


def test_folding_loses_nothing() -> None:
    plain, folded = (re.sub(r"\x1b\[[0-9]+m", "", terminal.render(example(), width)) for width in (None, 60))
    assert "".join(plain.split()) == "".join(folded.split())


@settings(deadline=None)
@given(JSON_VALUES, JSON_VALUES)
def test_a_patch_turns_any_json_into_any_other(old: Any, new: Any) -> None:
    done = jsonpatch.JsonPatch(list(patch([old], [new]))).apply([old])
    assert orjson.dumps(done, option=orjson.OPT_SORT_KEYS) == orjson.dumps([new], option=orjson.OPT_SORT_KEYS)


def test_a_patch_is_small_where_little_changed() -> None:
    old = [{"id": at, "text": "甲"} for at in range(100)]
    new = [*old[:40], {"id": 100, "text": "乙"}, *old[40:]]
    assert list(patch(old, new)) == [{"op": "add", "path": "/40", "value": {"id": 100, "text": "乙"}}]


def run(*arguments: str, text: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments], input=text)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The JSON of two versions of a notice."""
    comparison = example()
    paths = tmp_path / "old.json", tmp_path / "new.json"
    for path, notice in zip(paths, (comparison.old, comparison.new), strict=True):
        path.write_bytes(to_json(notice))
    return paths


def test_the_exit_code_is_that_of_diff(files: tuple[Path, Path]) -> None:
    old, new = map(str, files)
    assert run(old, old).exit_code == 0
    assert run(old, new).exit_code == 1
    assert run(old, "no/such/file").exit_code == 2


def test_what_is_piped_is_plain(files: tuple[Path, Path]) -> None:
    assert "\x1b" not in run(*map(str, files)).stdout
    assert "\x1b" not in run(*map(str, files), "--no-color").stdout


def test_the_patch_of_the_command_turns_the_one_file_into_the_other(files: tuple[Path, Path]) -> None:
    old, new = (orjson.loads(path.read_bytes()) for path in files)
    assert (
        jsonpatch.JsonPatch(
            orjson.loads(run(*map(str, files), "--format", "patch", "--with-spans").stdout_bytes)
        ).apply(old)
        == new
    )


def test_the_table_shows_whole_texts_of_either_notice() -> None:
    comparison = example()
    table = list(rows(comparison))
    assert table
    for notice, cells in (
        (comparison.old, [row.before for row in table]),
        (comparison.new, [row.after for row in table]),
    ):
        said = "\n".join(block.text for block in notice.blocks)
        for cell in cells:
            assert all(line.partition(".")[2] in said or line in said for line in cell.splitlines())


def test_the_workbook_shows_the_table_with_marks(files: tuple[Path, Path], tmp_path: Path) -> None:
    made = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for path in made:
        assert run(*map(str, files), "--as", "xlsx", "-o", str(path), "--lang", "zh").exit_code == 1
    assert made[0].read_bytes() == made[1].read_bytes()
    book = openpyxl.load_workbook(made[0], rich_text=True)
    assert book.sheetnames == ["新旧对照表", "变更", "文件"]
    comparison, table = example(), book.worksheets[0]
    shown = [[str(cell.value or "") for cell in row[:5]] for row in table.iter_rows(min_row=2)]
    assert shown == [[row.before, row.after, row.number, row.lead, row.fate("zh")] for row in rows(comparison)]
    struck = {
        str(piece)
        for row in table.iter_rows(min_row=2)
        for cell in row[:2]
        for piece in (cell.value if isinstance(cell.value, CellRichText) else ())
        if isinstance(piece, TextBlock) and piece.font.strike
    }
    assert struck
    assert all(any(piece in row.before for row in rows(comparison)) for piece in struck)
    assert table.freeze_panes == "A2"
    assert book.worksheets[1].max_row == len(comparison.diff.changes) + 1


def test_a_workbook_of_two_notices_that_do_not_differ(files: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(str(files[0]), str(files[0]), "--as", "xlsx", "-o", str(tmp_path / "x.xlsx"))
    assert (result.exit_code, (tmp_path / "x.xlsx").exists()) == (0, True)
    assert run(str(files[0]), str(files[0]), "--as", "xlsx", "-o", str(tmp_path / "no" / "x.xlsx")).exit_code == 2
    assert run(str(files[0]), str(files[0]), "-o", str(tmp_path / "x.xlsx")).exit_code == 2


def test_filters_of_the_page_hide_by_style_alone() -> None:
    source = render(example(), "html")
    page = Page(source)
    classes = {name for key, value in page.attributes if key == "class" for name in (value or "").split()}
    buttons = [value for key, value in page.attributes if key == "id" and value and re.match("(kind|unit)-", value)]
    assert len(buttons) > 2
    assert set(buttons) <= classes
    for button in buttons:
        assert f"body:has(#{button}:checked) .changed tbody tr:not(.{button}) {{ display: none; }}" in source


def test_a_patch_leaves_places_out_unless_asked(files: tuple[Path, Path]) -> None:
    short, whole = (run(*map(str, files), "--format", "patch", *more).stdout for more in ((), ("--with-spans",)))
    assert "span" not in re.sub(r'"value": "[^"]*"', "", short)
    assert len(short) < len(whole)


def test_a_side_may_be_a_source_or_standard_input(files: tuple[Path, Path], tmp_path: Path) -> None:
    source = tmp_path / "notice.txt"
    source.write_text(
        "青石县人民政府关于做好防汛工作的通知\n各乡镇人民政府：\n请认真落实。\n青石县人民政府\n2025年3月2日\n",
        encoding="utf-8",
    )
    assert run(str(source), str(source)).exit_code == 0
    assert run("-", str(files[0]), text=files[0].read_bytes()).exit_code == 0
    assert run("-", "-").exit_code == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"id": ', "no valid JSON"),
        (b'{"id": ' + b"[" * 300 + b"]" * 300 + b"}", "its JSON cannot be written again"),
        (b'{"schema_version": "2.0.0"}', "/id is missing"),
        (b'{"schema_version": "1.0.0", "plan": 1, "sections": [3], "effective": []}', "/id is missing"),
        (b'{"schema_version": "3.0.0"}', "/schema_version is 3.0.0; this program reads 2.x"),
        (b"", "holds no text|is empty"),
        (b"\x00\x01\x02\xff\xfe" * 40, "."),
    ],
)
def test_an_error_says_which_side(content: bytes, message: str, files: tuple[Path, Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    for side, arguments in (("OLD", (bad, files[1])), ("NEW", (files[0], bad))):
        result = run(*map(str, arguments))
        assert result.exit_code == 2
        assert re.match(rf"{side}: {re.escape(str(bad))}: .*({message})", result.stderr)


def test_a_side_may_be_a_file_of_a_git_revision(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    identity = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    (tmp_path / "x.json").write_bytes(files[0].read_bytes())
    for command in (["init", "-q"], ["add", "x.json"], [*identity, "commit", "-q", "-m", "one"], ["tag", "v1"]):
        subprocess.run(["git", *command], check=True)
    (tmp_path / "x.json").write_bytes(files[1].read_bytes())
    assert run("v1:x.json", str(files[0])).exit_code == 0
    assert run("v1:x.json", "x.json").exit_code == 1
    assert "OLD: v1:y.json: no such file" in run("v1:y.json", "x.json").stderr


@pytest.mark.parametrize("name", ["--output=pwned:x", "$(touch pwned):x", "; touch pwned:x", "HEAD:x`touch pwned`"])
def test_a_revision_is_no_option_and_no_command(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--", name, name).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_json_of_the_command_is_valid(files: tuple[Path, Path]) -> None:
    assert list(problems(orjson.loads(run(*map(str, files), "--format", "json").stdout_bytes), "diff")) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": 1}, "/title must be a string, not 1"),
        ({"tasks": {}}, "/tasks must be an array, not an object"),
        ({"issuers": [None]}, "/issuers/0 must be an object, not null"),
        ({"document_number": {"text": "x"}}, "/document_number/organ_code is missing"),
    ],
)
def test_a_record_that_is_no_notice_is_refused_with_the_place(change: dict[str, Any], message: str) -> None:
    record = orjson.loads(to_json(example().old)) | change
    with pytest.raises(RecordError, match=f"^{message}"):
        from_json(record)


def test_a_role_that_is_none_is_refused() -> None:
    record = orjson.loads(to_json(example().old))
    record["tasks"][0]["responsible_units"][0]["role"] = "boss"
    with pytest.raises(
        RecordError, match="/tasks/0/responsible_units/0/role must be one of lead, support, responsible, not 'boss'"
    ):
        from_json(record)


def test_a_later_minor_version_may_have_more_keys() -> None:
    record = orjson.loads(to_json(example().old)) | {"schema_version": "2.9.0", "mood": "good"}
    assert from_json(record).id == example().old.id


def test_a_record_of_schema_1_is_compared_as_far_as_it_goes() -> None:
    """The record is the golden notice as it was published before schema 2."""
    former = TESTS / "fixtures" / "schema-1" / "lead-and-support.json"
    record = orjson.loads(former.read_bytes())
    assert list(problems(upgraded(record))) == []
    old, new = from_json(record), from_json((TESTS / "golden" / "lead-and-support" / "expected.json").read_bytes())
    assert [(part.kind, part.title) for part in old.parts] == [(part.kind, part.title) for part in new.parts]
    assert [(item.marker, item.part_id) for item in old.sections] == [
        (item.marker, item.part_id) for item in new.sections
    ]
    result = run(str(former), str(TESTS / "golden" / "lead-and-support" / "source.txt"))
    assert result.exit_code == 0, "the text is the same, and what schema 1 does not state did not come in"
    assert result.stderr.startswith("OLD is of schema 1.0.0, which has no dated steps"), "it says what is not compared"


def test_a_later_minor_version_with_a_bad_value_is_refused_with_the_place(files: tuple[Path, Path]) -> None:
    record = orjson.loads(files[0].read_bytes()) | {"schema_version": "2.99.0", "mood": "good"}
    files[1].write_bytes(orjson.dumps(record))
    assert run(str(files[0]), str(files[1])).exit_code == 0
    record["targets"][0]["value"] = "twelve"
    files[1].write_bytes(orjson.dumps(record))
    result = run(str(files[0]), str(files[1]))
    assert result.exit_code == 2
    assert result.stderr.startswith(f'NEW: {files[1]}: /targets/0/value "twelve" does not match')


@pytest.mark.parametrize(
    ("failure", "code"), [(ZeroDivisionError, 2), (RecursionError, 2), (MemoryError, 2), (KeyboardInterrupt, 130)]
)
def test_no_crash_looks_like_a_difference(
    failure: type[BaseException], code: int, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(compare, "diff", fail)
    assert run(*map(str, files)).exit_code == code


def test_a_reader_that_leaves_is_no_difference(files: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "gongwen", "diff", str(files[0]), str(files[0]), "--format", "html"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141
