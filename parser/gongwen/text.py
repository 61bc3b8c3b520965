"""Text: a string with the edits that made it from its source.

A text starts as the decoded source and grows by layers. A layer is what one stage changed: a list of edits, none
overlapping, in order. Every position is an offset in Unicode code points, start included, end excluded.

Because each layer keeps both of its sides, any span of the result maps to the source and back without comparing
texts, the ledger can be replayed on the source to give the result, and undone on the result to give the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from gongwen.model import Confidence, Span


class Edit(NamedTuple):
    """One change: ``before[start:end]`` becomes ``after``.

    ``cuts`` are the points inside a longer repair at which both sides correspond, as (offset in before, offset in
    after): a value that begins or ends at such a point can be cut out of the repair exactly.
    """

    start: int
    end: int
    after: str
    rule: str
    evidence: str | None = None
    confidence: Confidence = "certain"
    cuts: tuple[tuple[int, int], ...] = ()
    evidence_zh: str | None = None


class Layer:
    """What one stage did: the text before, the text after and the edits that lead from one to the other.

    A layer without a list of edits replaced characters one for one, all by one ``rule``.
    """

    __slots__ = ("_edits", "_points", "after", "before", "name", "rule", "same_length")

    def __init__(
        self, name: str, before: str, after: str, edits: Sequence[Edit] | None, rule: str | None = None
    ) -> None:
        self.name = name
        self.before = before
        self.after = after
        self.rule = rule
        self._edits = edits
        self.same_length = edits is None
        self._points: tuple[list[int], list[int], list[bool]] | None = None

    @property
    def edits(self) -> Sequence[Edit]:
        """The edits in order. A character-for-character layer derives them when they are asked for."""
        if self._edits is None:
            assert self.rule is not None
            pairs = enumerate(zip(self.before, self.after, strict=True))
            self._edits = [Edit(at, at + 1, new, self.rule) for at, (old, new) in pairs if old != new]
        return self._edits

    def to_before(self, start: int, end: int) -> tuple[int, int]:
        """The part of the text before that ``after[start:end]`` was made of, without removals at its edges."""
        before, after, exact = self._points or self._read_points()
        piece = bisect_right(after, start) - 1
        first = before[piece] + (start - after[piece] if exact[piece] else 0)
        if start == end:
            return first, first
        if end > after[piece + 1]:
            piece = bisect_right(after, end - 1, piece) - 1
        last = before[piece] + end - after[piece] if exact[piece] else before[piece + 1]
        return first, last

    def from_before(self, start: int, end: int) -> tuple[int, int]:
        """The part of the text after that ``before[start:end]`` became; an edit cut by the span counts as whole."""
        before, after, exact = self._points or self._read_points()
        piece = bisect_right(before, start) - 1
        first = after[piece] + (start - before[piece] if exact[piece] else 0)
        if start == end:
            return first, first
        piece = bisect_left(before, end) - 1
        last = after[piece] + end - before[piece] if exact[piece] else after[piece + 1]
        return first, max(first, last)

    def _read_points(self) -> tuple[list[int], list[int], list[bool]]:
        """Borders of the pieces on both sides, and for each piece whether it was left as it was."""
        before, after, exact = [0], [0], []
        origin = target = 0  # where the pieces so far end
        for start, end, text, _, _, _, cuts, _ in self.edits:
            if start > origin:
                target += start - origin
                exact.append(True)
                before.append(start)
                after.append(target)
            for cut_before, cut_after in (*cuts, (end - start, len(text))):
                exact.append(False)
                before.append(start + cut_before)
                after.append(target + cut_after)
            origin, target = end, after[-1]
        exact.append(True)  # what follows the last edit, perhaps nothing
        before.append(len(self.before))
        after.append(len(self.after))
        exact.append(False)  # guard: a position at the very end belongs to no piece
        self._points = before, after, exact
        return self._points


class Text:
    """A string with the layers of edits that made it out of ``source``. Immutable: each change gives a new text."""

    __slots__ = ("_moving", "layers", "source", "value")

    def __init__(self, source: str, layers: tuple[Layer, ...] = ()) -> None:
        self.source = source
        self.layers = layers
        self.value = layers[-1].after if layers else source
        self._moving = [layer for layer in layers if not layer.same_length]  # the others keep every position

    def apply(self, name: str, edits: Iterable[Edit]) -> Text:
        """The text after ``edits``: in order, not overlapping, each with its offsets in ``self.value``.

        >>> text = Text("號(hào)外").apply("repair", [Edit(1, 6, "", "pinyin-note")])
        >>> text.value, text.to_source(1, 2)
        ('號外', Span(start=6, end=7))
        """
        kept: list[Edit] = []
        pieces: list[str] = []
        position = 0
        value = self.value
        for edit in edits:
            start, end, after = edit[:3]
            if value[start:end] == after:
                continue
            if start < position or end < start or end > len(value):
                raise ValueError(
                    f"edit {edit} overlaps the one before it or leaves the text of {len(value)} characters"
                )
            kept.append(edit)
            pieces += value[position:start], after
            position = end
        if not kept:
            return self
        pieces.append(value[position:])
        return Text(self.source, (*self.layers, Layer(name, value, "".join(pieces), kept)))

    def substitute(self, name: str, after: str, rule: str) -> Text:
        """The text with each character that differs in ``after``, a string of the same length, replaced by rule ``rule``."""
        if len(after) != len(self.value):
            raise ValueError(f"a substitution keeps the length: {len(self.value)} before, {len(after)} after")
        if after == self.value:
            return self
        return Text(self.source, (*self.layers, Layer(name, self.value, after, None, rule)))

    def to_source(self, start: int, end: int) -> Span:
        """The span of the source that ``value[start:end]`` was made of."""
        for layer in reversed(self._moving):
            start, end = layer.to_before(start, end)
        return Span(start, end)

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in ``value`` of what ``source[start:end]`` became."""
        for layer in self._moving:
            start, end = layer.from_before(start, end)
        return start, end

    def quote(self, span: Span) -> str:
        """``source[span]`` replayed through the ledger: the published wording of that place."""
        start, end = self.from_source(span.start, span.end)
        return self.value[start:end]

    def ledger(self, rules: Container[str] | None = None) -> Iterator[tuple[Layer, Edit, Span]]:
        """Every edit (by one of ``rules``, if given) with its layer and the span of the source that it changed.

        The edits come in the order in which they were made.
        """
        below: list[Layer] = []
        for layer in self.layers:
            if rules is None or layer.rule is None or layer.rule in rules:
                for edit in layer.edits:
                    if rules is not None and edit.rule not in rules:
                        continue
                    start, end = edit.start, edit.end
                    for lower in reversed(below):
                        start, end = lower.to_before(start, end)
                    yield layer, edit, Span(start, end)
            if not layer.same_length:
                below.append(layer)


def replay(source: str, layers: Iterable[Iterable[tuple[int, int, str]]]) -> str:
    """The published text: ``layers`` of (start, end, after), as in a published ledger, applied to the source.

    >>> replay("號(hào)外", [[(1, 6, "")], [(0, 1, "号")]])
    '号外'
    """
    for edits in layers:
        pieces, position = [], 0
        for start, end, after in edits:
            pieces += [source[position:start], after]
            position = end
        source = "".join([*pieces, source[position:]])
    return source


def undo(value: str, layers: Sequence[Sequence[tuple[int, int, str, str]]]) -> str:
    """The source: ``layers`` of (start, end, before, after) taken back from the published text, last layer first."""
    for edits in reversed(layers):
        pieces, position, shift = [], 0, 0
        for start, end, before, after in edits:
            pieces += [value[position : start + shift], before]
            position = start + shift + len(after)
            shift += len(after) - (end - start)
        value = "".join([*pieces, value[position:]])
    return value
