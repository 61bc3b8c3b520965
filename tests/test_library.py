"""The library: what the package offers to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gongwen

TEXT = (
    "某县水利局關於修渠的通知\n各鎮：\n一、修渠。到2025年，新建渠道80公里。（縣水利局負責）\n某县水利局\n2023年5月4日\n"
)


def test_a_notice_is_parsed_from_text_and_from_bytes_alike() -> None:
    from_text, from_bytes = gongwen.parse(TEXT), gongwen.parse(TEXT.encode())
    assert from_text == from_bytes
    assert gongwen.parse(TEXT.encode("gb18030")).tasks == from_text.tasks


@pytest.mark.parametrize("data", [None, 7, ["一、修渠"], Path("notice.txt")], ids=lambda data: type(data).__name__)
def test_anything_else_is_a_type_error_that_says_what_it_takes(data: object) -> None:
    with pytest.raises(TypeError, match=f"str or bytes, not {type(data).__name__}; .*parse_file take a path"):
        gongwen.parse(data)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(TypeError):
        gongwen.analyze(data)  # type: ignore[arg-type]


def test_every_quoted_value_is_traced_to_the_source() -> None:
    analysis = gongwen.analyze(TEXT)
    for unit in analysis.notice.units:
        for spelling in unit.spellings:
            for span in spelling.spans:
                trace = analysis.trace(span)
                assert (trace.published, trace.source) == (spelling.name, TEXT[span.start : span.end])
                at = slice(*trace.published_at)
                assert analysis.text.value[at] == spelling.name
    whole = analysis.trace(gongwen.Span(0, len(TEXT)))
    assert (whole.source, whole.published) == (TEXT, analysis.text.value)
    assert {edit.after for edit in whole.edits} >= {"关", "县", "镇"}
    for edit in whole.edits:
        assert TEXT[edit.span.start : edit.span.end] == edit.before
    with pytest.raises(ValueError, match="leaves the source"):
        analysis.trace(gongwen.Span(0, len(TEXT) + 1))


def test_an_analysis_gives_the_reasons() -> None:
    analysis = gongwen.analyze(TEXT)
    decision = analysis.why("/tasks/0")
    assert decision
    assert decision.accepted
    assert analysis.why("task-1") == decision != analysis.why("task-1/responsible_units/0") is not None
    assert analysis.why("task-2") is analysis.why("") is None


def test_a_file_is_analyzed_with_its_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.with_suffix(".toml").write_text('[origin]\nurl = "https://example.org/1"\n', encoding="utf-8")
    notice = gongwen.analyze_file(path).notice
    assert notice.source.origin
    assert notice.source.origin.url == "https://example.org/1"
    assert notice == gongwen.parse_file(path) == gongwen.parse_file(str(path))


def test_a_notice_as_plain_data_is_its_published_json() -> None:
    notice = gongwen.parse(TEXT)
    assert notice.to_dict() == json.loads(gongwen.to_json(notice))
    assert gongwen.from_json(json.dumps(notice.to_dict()).encode()) == notice


def test_validate_takes_notices_records_and_json() -> None:
    notice = gongwen.parse(TEXT)
    for record in (notice, notice.to_dict(), gongwen.to_json(notice), gongwen.to_json(notice).decode()):
        assert gongwen.validate(record) == []
    broken = notice.to_dict() | {"kind": 7}
    assert {problem.path for problem in gongwen.validate(broken)} == {"$.kind"}
    with pytest.raises(ValueError):  # noqa: PT011  # the message is the JSON parser's
        gongwen.validate("{")


def test_a_folder_is_built_and_read_as_frames(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    source, dist = tmp_path / "source", tmp_path / "dist"
    source.mkdir()
    (source / "notice.txt").write_text(TEXT, encoding="utf-8")
    summary = gongwen.build(source, dist, formats=["tables"])
    assert summary.fine
    frames = gongwen.frames(dist)
    assert list(frames["targets"].value) == [80]
    assert frames["targets"].value.dtype == "Float64"
    assert list(frames["responsibilities"].name) == ["县水利局"]
    assert isinstance(frames["targets"].spans[0], list)
    joined = frames["task_targets"].merge(frames["targets"], on="target_id")
    assert len(joined) == 1
    with pytest.raises(gongwen.GongwenError, match="has no tables"):
        gongwen.frames(tmp_path)


def test_everything_that_is_offered_is_there() -> None:
    assert all(hasattr(gongwen, name) for name in gongwen.__all__)
    assert not [
        name
        for name in dir(gongwen.model)
        if name[0].isupper()
        and name not in gongwen.__all__
        and isinstance(getattr(gongwen.model, name), type)
        and getattr(gongwen.model, name).__module__ == "gongwen.model"
    ]
