"""A document with the changes that later instruments make to it: the consolidated text, each change marked with its instrument.

Every operation is applied to the text as the ones before it left it. What no operation names stands as it is. An operation whose place or
words are not found changes nothing, and is listed as not applied.

An instrument names places by the numbers that they had before it; what it puts in, and what it renumbers, it names by the number that
is to be (立法技术规范（试行）（二）): 增加一条，作为第九条 goes behind what is the eighth article then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from gongwen.compare.amendments import WIDTHS, Locator, Operation, Step, locators, operations
from gongwen.compare.facts import titles
from gongwen.compare.items import Item, items
from gongwen.lexicon.effect import extended, read_effect, stated_end
from gongwen.lexicon.numerals import numeral
from gongwen.lexicon.sentences import sentences
from gongwen.model import Notice, Span


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
        editor.end()
    return done


def names(operation: Operation, base: Notice) -> bool:
    """Whether an operation is on ``base``: by its number, else by its title."""
    title, number = operation.document
    if number and base.document_number:
        return number == base.document_number.text
    return title is not None and any(title == name or title in name for name in titles(base))


_ARTICLE, _PARAGRAPH = WIDTHS.index("article"), WIDTHS.index("paragraph")
_ARTICLE_MARKER = re.compile(r"\s*+第(?P<number>[〇零一二三四五六七八九十百]++)(?P<word>条)")
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百]++|[0-9]++")


class _Spot(NamedTuple):
    """A place in the text: the item that it is or stands in, its own lines, and the lines of the list below it."""

    item: Item
    lines: list[Line]
    below: list[Line]

    @property
    def all(self) -> list[Line]:
        return self.lines + self.below


class _Editor:
    def __init__(self, done: Consolidation) -> None:
        self.done = done
        self.items = items(done.base)
        self.own = {item: [done.lines[block] for block in self._blocks(item)] for item in self.items}
        self.numbers = {item: item.number for item in self.items}
        self.markers = {item: item.marker or "" for item in self.items}
        self.given: dict[Locator, _Spot | list[Line]] = {}  # what has a number by the present instrument
        self.stood = self._standing()  # the lines that it found

    def _blocks(self, item: Item) -> list[int]:
        """The blocks that an item stands in: its heading, its text, its clause."""
        spans = list(item.spans)
        if item.task:
            spans += item.task.clause_spans
        sections = {section.id: section for section in self.done.base.sections}
        ids = item.task.section_ids if item.task else (item.id,)
        # Of a section its first line: what stands behind an element of a list is the article's own.
        firsts = [section.span.start for id in ids if (section := sections.get(id)) and not item.children]
        spans += [Span(start, start + 1) for start in firsts]
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
            self.done.applied.append(Applied(instrument, operation, tuple(dict.fromkeys(item.id for item in touched))))

    def end(self) -> None:
        """The numbers that an instrument gave are those by which the next one names places."""
        for place, spot in self.given.items():
            if isinstance(spot, _Spot):
                self.numbers[spot.item] = place[-1].number
        self.given = {}
        self.stood = self._standing()

    def _standing(self) -> set[int]:
        return {id(line) for own in self.own.values() for line in own if line.text.strip()}

    def _apply(self, operation: Operation, mark: int) -> list[Item] | None:
        """The items that the operation changed; None where it can't be applied."""
        if operation.verb == "unread":
            return None
        if operation.verb == "revoke-document":
            self._remove(self.done.lines, mark)
            return list(self.items)
        if operation.verb == "reorder":
            return self._reorder(mark)
        if operation.verb == "extend":
            return self._extend(operation, mark)
        if operation.verb == "suspend-document":
            whole = [line for line in self.done.lines if line.kind == "title" and line.text.strip()]
            self._append(whole, f"（{operation.new}）", mark)
            return list(self.items) if whole else None
        if operation.verb in ("replace", "delete", "insert") and operation.old:
            return self._reword(operation, mark)
        if operation.verb == "add":
            return self._add(operation, mark)
        spots = [spot for place in operation.places if (spot := self.find(place))]
        if len(spots) != len(operation.places) or not spots:
            return None
        if len([spot for spot in spots if self._at(spot, operation, mark)]) < len(spots):
            return None
        return [spot.item for spot in spots]

    def _at(self, spot: _Spot, operation: Operation, mark: int) -> bool:
        """Do at a place what an operation orders; whether that could be done."""
        match operation.verb:
            case "revoke":
                if spot.lines and self._is_headed(spot):
                    self._rewrite(spot, "", mark)
                else:
                    self._remove(spot.all, mark)
            case "suspend":  # what is suspended stands, with the words that suspend it
                self._append(spot.all, f"（{operation.new}）", mark)
            case "insert":
                self._append(spot.lines, operation.new or "", mark)
            case "assign":
                return self._assign(spot.item, operation, mark)
            case "renumber":
                renumbered = self._renumber(spot, operation.onto[0], mark)
                if operation.new is not None:
                    self._rewrite(spot, operation.new, mark)
                return renumbered
            case _:
                self._rewrite(spot, operation.new or "", mark)
                for place in locators("、".join(operation.onto)):
                    self.given[place] = spot
        return True

    def _is_headed(self, spot: _Spot) -> bool:
        """Whether a place is the first of several paragraphs of an item, behind whose number it stands."""
        paragraphs = self._paragraphs(spot.item)
        return len(paragraphs) > 1 and spot.lines == paragraphs[0].lines and spot.all != self._whole(spot.item).all

    def _whole(self, item: Item) -> _Spot:
        """An item with all that stands below it."""
        below = [line for child in item.children for line in self._whole(child).all]
        return _Spot(item, self.own[item], below)

    def _paragraphs(self, item: Item) -> list[_Spot]:
        """The paragraphs (款) that the present instrument found in an item, each with its list."""
        found = [_Spot(item, [line], []) for line in self.own[item] if id(line) in self.stood]
        for child in item.children:
            if child.number is None or not found:
                found.append(self._whole(child))
            else:
                found[-1].below.extend(self._whole(child).all)
        return found

    def find(self, place: Locator) -> _Spot | None:
        """What stands at a place; None where there is nothing, or several things."""
        scope: _Spot | None = None
        for step in place:
            if scope and step.width == _PARAGRAPH:
                found = self._paragraphs(scope.item)[step.number - 1 : step.number]
            else:
                among = scope.item.children if scope else self.items
                fitting = [
                    item
                    for item in among
                    if self.numbers[item] == step.number and _fits(item, step.word, scope.item if scope else None)
                ]
                exact = [item for item in fitting if step.word and (item.marker or "").endswith(step.word)]
                fitting = exact or [item for item in fitting if item.kind == "task"] or fitting
                found = [self._whole(item) for item in fitting]
            if len(found) != 1:
                return None
            scope = found[0]
        return scope

    def _become(self, place: Locator) -> _Spot | list[Line] | None:
        """What a place is by the numbers that the present instrument gives."""
        if known := self.given.get(place):
            return known
        spot = self.find(place)
        moved = [given.item for given in self.given.values() if isinstance(given, _Spot)]
        return None if spot and place[-1].width != _PARAGRAPH and spot.item in moved else spot

    def _reword(self, operation: Operation, mark: int) -> list[Item] | None:
        """Replace, delete or put in words; in the places named, else wherever the words stand."""
        old = operation.old or ""
        spots = [spot for place in operation.places if (spot := self.find(place))]
        if operation.places and not spots:
            # A place that several items share is the one that has the words.
            number = operation.places[0][-1].number
            having = [item for item in self.items if self.numbers[item] == number and old in item.words]
            if len(having) != 1:
                return None
            spots = [self._whole(having[0])]
        lines = [line for spot in spots for line in spot.all] if spots else list(self.done.lines)
        unique = {id(line): line for line in lines}
        hit = {at for at, line in unique.items() if self._replace(line, old, operation.new, operation, mark)}
        if not hit:
            return None
        scopes = [spot.item for spot in spots]
        return [
            item
            for item in self.items
            if any(id(line) in hit for line in self.own[item]) and (not scopes or _below(item, scopes))
        ]

    def _assign(self, item: Item, operation: Operation, mark: int) -> bool:
        """Put units behind those that the clause of a task names behind a label."""
        clause = item.task.clause if item.task else None
        label = clause.find(operation.unit or "") if clause else -1
        if clause is None or label < 0:
            return False
        ends = [at for sign in "；;）)。\n" if (at := clause.find(sign, label)) >= 0]
        end = min(ends, default=len(clause))
        for line in self.own[item]:
            if (start := line.text.find(clause)) >= 0:
                units = re.sub("”[、，和及]“", "、", operation.new or "").strip("“”")
                _splice(line, start + end, start + end, f"、{units}", mark)
                return True
        return False

    def _renumber(self, spot: _Spot, onto: str, mark: int) -> bool:
        """Give an item another number: 第十条 becomes 第十一条, （三） becomes （四） by 改为第四项; a paragraph bears none."""
        if (paragraph := next(locators(onto), None)) and paragraph[-1].width == _PARAGRAPH:
            return True
        place, marker = next(locators(onto), None), self.markers[spot.item]
        number, numeral = _NUMERAL.search(marker), list(_NUMERAL.finditer(onto))
        if not (place and number and numeral and spot.lines and marker in spot.lines[0].text):
            return False
        digits = str(place[-1].number) if number[0].isascii() else numeral[-1][0]
        if number[0].isascii() != digits.isascii():
            return False
        start = spot.lines[0].text.index(marker) + number.start()
        _splice(spot.lines[0], start, start + len(number[0]), digits, mark)
        self.markers[spot.item] = marker[: number.start()] + digits + marker[number.end() :]
        self.given[place] = spot
        return True

    def _reorder(self, mark: int) -> list[Item] | None:
        """Number the articles anew, one behind the other; None where there are none."""
        holders = {id(own[0]): item for item, own in self.own.items() if own}
        found: list[Item] = []
        numbered = [(line, match) for line in self.done.lines if (match := _ARTICLE_MARKER.match(line.text))]
        for number, (line, match) in enumerate(numbered, 1):
            if match["number"] == numeral(number):
                continue
            _splice(line, *match.span("number"), numeral(number), mark)
            if item := holders.get(id(line)):
                found.append(item)
                self.given[(Step(number, match["word"]),)] = self._whole(item)
        return found if numbered else None

    def _rewrite(self, spot: _Spot, text: str, mark: int) -> None:
        """Put a text in the place of another, behind the number that it keeps; a list stays if the text announces one."""
        if not text.rstrip().endswith(("：", ":")):
            self._remove(spot.below, mark)
        first, *others = text.split("\n")
        head, *rest = spot.lines
        marker = self.markers[spot.item]
        start = len(head.text) - len(head.text.lstrip())
        if marker and head.text.startswith(marker, start) and not _opens(first, marker):
            behind = start + len(marker)
            start = behind + len(head.text[behind:]) - len(head.text[behind:].lstrip())
        _splice(head, start, len(head.text.rstrip("\n")), first, mark)
        self._remove(rest, mark)
        if others:
            self._put_behind([head], "\n".join(others), mark, spot.item)

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
                    return [item for item in self.items if any(line is own for own in self.own[item])]
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

    def _put_behind(self, lines: Sequence[Line], text: str, mark: int, owner: Item | None = None) -> list[Line]:
        places = [next(at for at, one in enumerate(self.done.lines) if one is line) for line in lines]
        at = max(places) + 1 if places else len(self.done.lines)
        added = [Line(None, "item", [Stretch(f"{line}\n", "added", mark)]) for line in text.split("\n")]
        self.done.lines[at:at] = added
        if owner:
            last = max(index for index, line in enumerate(self.own[owner]) if line is lines[-1])
            self.own[owner][last + 1 : last + 1] = added
        return added

    def _add(self, operation: Operation, mark: int) -> list[Item] | None:
        """Put something in: by the number that it is to have behind the one before that number, else behind the place named, or into it."""
        scope = operation.places[0] if operation.places else ()
        numbers = list(locators("、".join(operation.onto)))
        above = self._above(numbers[0], scope) if numbers else self.find(scope) if scope else None
        if above is None or operation.new is None:
            return None
        text = operation.new
        if numbers and numbers[0][-1].width == _PARAGRAPH and isinstance(above, _Spot) and numbers[0][-1].number == 1:
            self._put_first(above, text, mark)
            return [above.item]
        if numbers and numbers[0][-1].width <= _ARTICLE and not _NUMERAL.search(text[:2]):
            text = f"{operation.onto[0]}　{text}"
        if isinstance(above, _Spot):
            paragraph = operation.unit is not None and next(locators(f"第一{operation.unit}"))[0].width == _PARAGRAPH
            behind = above.lines if paragraph and not above.below else above.all
            added = self._put_behind(behind, text, mark, above.item if paragraph and not above.below else None)
        else:
            added = self._put_behind(above, text, mark)
        for number in numbers:
            self.given[number] = added
        return [above.item] if isinstance(above, _Spot) else []

    def _above(self, number: Locator, scope: Locator) -> _Spot | list[Line] | None:
        """What stands before a place that is to be, by its number; for the first paragraph of an item the one that is its first now."""
        if scope and scope[0].width < number[0].width:
            number = scope + number
        *outer, step = number
        if step.width == _PARAGRAPH:
            item = self._become(tuple(outer)) if outer else None
            if not isinstance(item, _Spot):
                return None
            paragraphs = self._paragraphs(item.item)
            wanted = max(step.number - 1, 1)
            return paragraphs[wanted - 1] if wanted <= len(paragraphs) else None
        if step.number == 1:
            return self.find(tuple(outer)) if outer else None
        return self._become((*outer, step._replace(number=step.number - 1)))

    def _put_first(self, spot: _Spot, text: str, mark: int) -> None:
        """Put a paragraph before the first one of an item, whose number it takes over."""
        head, marker = spot.lines[0], self.markers[spot.item]
        start = head.text.find(marker) + len(marker) if marker and marker in head.text else 0
        start += len(head.text[start:]) - len(head.text[start:].lstrip())
        first, second = _parted(head, start)
        first.append(Stretch(f"{text}\n", "added", mark))
        head.stretches = first
        rest = Line(head.block, head.kind, second)
        at = next(at for at, line in enumerate(self.done.lines) if line is head)
        self.done.lines.insert(at + 1, rest)
        own = next(at for at, line in enumerate(self.own[spot.item]) if line is head)
        self.own[spot.item].insert(own + 1, rest)


def _opens(text: str, marker: str) -> bool:
    """Whether a text begins with a marker of the same kind: 第八条 where 第七条 stands."""
    style = "".join(map(re.escape, marker))
    for written in _NUMERAL.findall(marker):
        style = style.replace(written, _NUMERAL.pattern, 1)
    return re.match(rf"\s*(?:{style})", text) is not None


def _parted(line: Line, at: int) -> tuple[list[Stretch], list[Stretch]]:
    """The stretches of a line before and behind ``at`` of the words that stand now."""
    before: list[Stretch] = []
    behind: list[Stretch] = []
    for stretch in line.stretches:
        length = 0 if stretch.state == "removed" else len(stretch.text)
        if not length:
            (before if at else behind).append(stretch)
            continue
        before += [stretch._replace(text=stretch.text[:at])] if at else []
        behind += [stretch._replace(text=stretch.text[at:])] if at < length else []
        at = max(at - length, 0)
    return before, behind


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
