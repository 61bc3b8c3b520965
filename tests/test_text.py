"""Text and its ledger: every edit can be replayed and undone, and every span finds its way to the source and back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.model import Span
from gongwen.text import Edit, Text, replay, undo


@st.composite
def edits(draw: st.DrawFn, value: str) -> list[Edit]:
    """Edits of ``value`` in order and apart from one another, some with a cut inside."""
    borders = sorted(draw(st.sets(st.integers(0, len(value)), max_size=8)))
    made = []
    for start, end in zip(borders[::2], borders[1::2], strict=False):
        after = draw(st.text("甲乙丙a(", max_size=4))
        cuts = ((1, 1),) if end - start > 1 and len(after) > 1 and draw(st.booleans()) else ()
        made.append(Edit(start, end, after, "test", cuts=cuts))
    return made


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text with up to three layers, one of which may replace characters one for one."""
    text = Text(draw(st.text("政府办公室(qū)， \n", max_size=30)))
    for number in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            text = text.apply(f"layer {number}", draw(edits(text.value)))
        else:
            text = text.substitute(f"layer {number}", text.value.replace("室", "厅"), "test")
    return text


@given(texts())
def test_the_ledger_replays_and_undoes(text: Text) -> None:
    forward = [[(edit.start, edit.end, edit.after) for edit in layer.edits] for layer in text.layers]
    backward = [
        [(edit.start, edit.end, layer.before[edit.start : edit.end], edit.after) for edit in layer.edits]
        for layer in text.layers
    ]
    assert replay(text.source, forward) == text.value
    assert undo(text.value, backward) == text.source


@given(texts(), st.data())
def test_a_span_of_the_result_comes_back_with_all_that_it_holds(text: Text, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text.value)))
    end = data.draw(st.integers(start, len(text.value)))
    span = text.to_source(start, end)
    assert 0 <= span.start <= span.end <= len(text.source)
    if span.start < span.end:
        back_start, back_end = text.from_source(span.start, span.end)
        assert back_start <= start <= end <= back_end


@given(st.text("政府(qū)\n", max_size=20))
def test_pieces_of_a_text_map_to_pieces_of_the_source_in_order(source: str) -> None:
    text = Text(source).apply(
        "notes", [Edit(at, at + 1, "", "test") for at, character in enumerate(source) if character == "("]
    )
    spans = [text.to_source(at, at + 1) for at in range(len(text.value))]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert [text.quote(span) for span in spans] == list(text.value)


def test_a_value_that_begins_at_a_cut_is_cut_out_of_its_repair() -> None:
    text = Text("缩小??破展").apply("repair", [Edit(2, 6, "。科普供", "bytes", cuts=((2, 1),))])
    assert text.value == "缩小。科普供"
    span = text.to_source(3, 6)
    assert span == Span(4, 6)
    assert text.quote(span) == "科普供"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Text("政府").apply("bad", [Edit(0, 2, "", "test"), Edit(1, 2, "办", "test")])


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    text = Text("政府")
    assert text.apply("none", [Edit(0, 1, "政", "test")]) is text
    assert text.substitute("none", "政府", "test") is text
