"""A document with the changes that later instruments make to it: the consolidated text, each change marked with its instrument.

Every operation is applied to the text as the ones before it left it. What no operation names stands as it is. An operation whose place or
words are not found changes nothing, and is listed as not applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from gongwen.compare.amendments import Locator, Operation, operations
from gongwen.compare.facts import titles
from gongwen.compare.items import Item, items
from gongwen.lexicon.effect import extended, read_effect, stated_end
from gongwen.lexicon.sentences import sentences
from gongwen.model import Notice


class Stretch(NamedTuple):
    """Words of the consolidated text. ``applied`` is the number (from 1) of the operation that took them out or put them in."""

    text: str
    state: Literal["kept", "removed", "added"]
    applied: int | None


class Applied(NamedTuple):
    """An operation as it was applied: by which instrument (from 0), and to which items of the document (ids)."""

    instrument: int
    operation: Operation
    items: tuple[str, ...]


@dataclass
class Line:
    """A block of the document, or a line that was put in (``block`` is None), as stretches."""

    block: int | None
    kind: str
    stretches: list[Stretch]

    @property
    def text(self) -> str:
        """The words that stand now."""
        return "".join(stretch.text for stretch in self.stretches if stretch.state != "removed")


@dataclass
class Consolidation:
    """The consolidated text, and what was applied to it and what not."""

    base: Notice
    instruments: tuple[Notice, ...]
    lines: list[Line]
    applied: list[Applied] = field(default_factory=list)
    unapplied: list[tuple[int, Operation]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as it stands now, without marks; lines of which nothing stands are left out."""
        return "".join(line.text for line in self.lines if line.text.strip())


def consolidate(base: Notice, instruments: Sequence[Notice]) -> Consolidation:
    """``base`` as ``instruments``, in their order, leave it."""
    done = Consolidation(base, tuple(instruments), [])
    done.lines = [
        Line(index, block.kind, [Stretch(block.text, "kept", None)]) for index, block in enumerate(base.blocks)
    ]
    editor = _Editor(done)
    for number, instrument in enumerate(instruments):
        for operation in operations(instrument):
            if names(operation, base):
                editor.apply(number, operation)
    return done


def names(operation: Operation, base: Notice) -> bool:
    """Whether an operation is on ``base``: by its number, else by its title."""
    title, number = operation.document
    if number and base.document_number:
        return number == base.document_number.text
    return title is not None and any(title == name or title in name for name in titles(base))


class _Editor:
    def __init__(self, done: Consolidation) -> None:
        self.done = done
        self.items = items(done.base)
        self.blocks = {item: self._blocks(item) for item in self.items}

    def _blocks(self, item: Item) -> list[int]:
        """The blocks that an item stands in: its heading, its text, its clause."""
        spans = list(item.spans)
        if item.task:
            spans += item.task.clause_spans
        sections = {section.id: section for section in self.done.base.sections}
        ids = item.task.section_ids if item.task else (item.id,)
        spans += [section.span for id in ids if (section := sections.get(id)) and not item.children]
        return [
            index
            for index, block in enumerate(self.done.base.blocks)
            if any(span.start < block.span.end and block.span.start < span.end for span in spans)
        ]

    def apply(self, instrument: int, operation: Operation) -> None:
        mark = len(self.done.applied) + 1
        touched = self._apply(operation, mark)
        if touched is None:
            self.done.unapplied.append((instrument, operation))
        else:
            self.done.applied.append(Applied(instrument, operation, tuple(item.id for item in touched)))

    def _apply(self, operation: Operation, mark: int) -> list[Item] | None:
        """The items that the operation changed; None where it can't be applied."""
        if operation.verb == "revoke-document":
            self._remove(self.done.lines, mark)
            return list(self.items)
        if operation.verb == "extend":
            return self._extend(operation, mark)
        if operation.verb == "suspend-document":
            whole = [line for line in self.done.lines if line.kind == "title" and line.text.strip()]
            self._append(whole, f"（{operation.new}）", mark)
            return list(self.items) if whole else None
        if operation.verb in ("replace", "delete", "insert") and operation.old:
            return self._reword(operation, mark)
        found = [item for place in operation.places if (item := self.find(place))]
        if operation.verb == "add":
            return self._add(operation, found, mark)
        if len(found) != len(operation.places) or not found:
            return None
        for item in found:
            lines = [line for one in _with_children(item) for line in self._lines(one)]
            if operation.verb == "revoke":
                self._remove(lines, mark)
            elif operation.verb == "suspend":
                # What is suspended stands, with the words that suspend it.
                self._append(lines, f"（{operation.new}）", mark)
            elif operation.new is None:
                return None  # renumbered alone: the number is the place's name, which the consolidated text keeps
            elif operation.verb == "insert":
                self._append(self._lines(item), operation.new, mark)
            else:
                self._remove(lines, mark)
                self._put_behind(lines, operation.new, mark)
        return found

    def _lines(self, item: Item) -> list[Line]:
        wanted = set(self.blocks[item])
        return [line for line in self.done.lines if line.block in wanted]

    def find(self, place: Locator) -> Item | None:
        """The item at a place; None where there is none, or several."""
        scope: Item | None = None
        for step in place:
            among = scope.children if scope else self.items
            found = [item for item in among if item.number == step.number and _fits(item, step.word, scope)]
            exact = [item for item in found if step.word and (item.marker or "").endswith(step.word)]
            found = exact or [item for item in found if item.kind == "task"] or found
            if step.word in ("款", "段") and scope:
                paragraphs = [scope, *(item for item in scope.children if item.number is None)]
                found = paragraphs[step.number - 1 : step.number]
                if not found and "\n" in scope.text:
                    found = [scope]
            if len(found) != 1:
                return None
            scope = found[0]
        return scope

    def _reword(self, operation: Operation, mark: int) -> list[Item] | None:
        """Replace, delete or put in words; in the places named, else wherever the words stand."""
        old, new = operation.old or "", operation.new
        scopes = [item for place in operation.places if (item := self.find(place))]
        if operation.places and not scopes:
            # A place that several items share is the one that has the words.
            scopes = [
                item for item in self.items if item.number == operation.places[0][-1].number and old in item.words
            ]
            if len(scopes) != 1:
                return None
        lines = (
            [line for scope in scopes for one in _with_children(scope) for line in self._lines(one)]
            if scopes
            else self.done.lines
        )
        hit: list[int] = []
        for line in dict.fromkeys(map(id, lines)):
            row = next(one for one in lines if id(one) == line)
            if self._replace(row, old, new, operation, mark) and row.block is not None:
                hit.append(row.block)
        if not hit:
            return None
        return [
            item for item in self.items if set(self.blocks[item]) & set(hit) and (not scopes or _below(item, scopes))
        ]

    def _extend(self, operation: Operation, mark: int) -> list[Item] | None:
        """Put the new end of validity in the place of the one that the document states; None where it states none, or none that can be reckoned."""
        effective = self.done.base.effective
        places = effective.spans if effective else ()
        for line in self.done.lines:
            span = self.done.base.blocks[line.block].span if line.block is not None else None
            if span is None or not any(place.start < span.end and span.start < place.end for place in places):
                continue
            for sentence in sentences(line.text):
                stated = stated_end(sentence.text) if read_effect(sentence.text) else None
                new = extended(stated, operation.new or "") if stated else None
                if stated and new:
                    _splice(line, sentence.start + stated.start, sentence.start + stated.end, new, mark)
                    return [item for item in self.items if line.block in self.blocks[item]]
        return None

    def _replace(self, line: Line, old: str, new: str | None, operation: Operation, mark: int) -> bool:
        """Whether the line had the words; what is put in beside them leaves them."""
        at, found = 0, False
        while (start := line.text.find(old, at)) >= 0:
            found = True
            if operation.verb == "insert":
                place = start if operation.before else start + len(old)
                _splice(line, place, place, new or "", mark)
                at = start + len(old) + len(new or "")
            else:
                _splice(line, start, start + len(old), new or "", mark)
                at = start + len(new or "")
        return found

    def _remove(self, lines: Iterable[Line], mark: int) -> None:
        for line in lines:
            _splice(line, 0, len(line.text), "", mark)

    def _append(self, lines: Sequence[Line], text: str, mark: int) -> None:
        if lines:
            end = len(lines[-1].text.rstrip("\n"))
            _splice(lines[-1], end, end, text, mark)

    def _put_behind(self, lines: Sequence[Line], text: str, mark: int) -> None:
        at = max(self.done.lines.index(line) for line in lines) + 1 if lines else len(self.done.lines)
        added = [Line(None, "item", [Stretch(f"{line}\n", "added", mark)]) for line in text.split("\n")]
        self.done.lines[at:at] = added

    def _add(self, operation: Operation, behind: Sequence[Item], mark: int) -> list[Item] | None:
        """Put an item in: behind the one named, or before the one that has its number now, or behind the one before that number."""
        place = operation.places[0] if operation.places else ()
        above = behind[0] if behind else None
        if above is None and place:
            step = place[-1]
            above = self.find((*place[:-1], step._replace(number=step.number - 1)))
            if above is None:
                return None
        elif above is not None and operation.unit and place and "作为" in operation.text:
            # The number is taken: what has it now goes behind.
            step = place[-1]
            above = self.find((*place[:-1], step._replace(number=step.number - 1))) or above
        if above is None or operation.new is None:
            return None
        lines = [line for one in _with_children(above) for line in self._lines(one)]
        self._put_behind(lines, operation.new, mark)
        return [above]


def _fits(item: Item, word: str, scope: Item | None) -> bool:
    """Whether an item is what a step calls it: an article by its own word, an element or a task as 项."""
    marker = item.marker or ""
    if word in ("编", "章", "节", "条"):
        return (marker.startswith("第") and marker.endswith(word)) or (word == "条" and not marker.startswith("第"))
    if word in ("部分", "大项"):
        return item.parent is None or item.parent.kind == "part"
    if word in ("项", ""):
        return not marker.startswith("第") and (scope is not None or not item.children)
    return True


def _with_children(item: Item) -> Iterator[Item]:
    yield item
    for child in item.children:
        yield from _with_children(child)


def _below(item: Item, scopes: Sequence[Item]) -> bool:
    above: Item | None = item
    while above:
        if above in scopes:
            return True
        above = above.parent
    return False


def _splice(line: Line, start: int, end: int, new: str, mark: int) -> None:
    """Put ``new`` for ``text[start:end]`` of what stands in a line; what went stays beside it, marked."""
    found: list[Stretch] = []
    at, done = 0, False
    for stretch in line.stretches:
        if stretch.state == "removed":
            found.append(stretch)
            continue
        low, high = max(start - at, 0), min(end - at, len(stretch.text))
        at += len(stretch.text)
        if low > len(stretch.text) or high < 0 or (done and low >= high):
            found.append(stretch)
            continue
        low = min(low, len(stretch.text))
        high = max(high, low)
        found.append(stretch._replace(text=stretch.text[:low]))
        if high > low and stretch.state == "kept":
            found.append(Stretch(stretch.text[low:high], "removed", mark))
        if at >= end and not done:
            found.append(Stretch(new, "added", mark))
            done = True
        found.append(stretch._replace(text=stretch.text[high:]))
    line.stretches = [stretch for stretch in found if stretch.text]
