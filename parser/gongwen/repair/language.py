"""How likely characters are at a place of a copy: the language of official texts, adapted to what the copy itself says.

Official texts know words and phrases (gongwen.lexicon.ngrams); the copy knows its own names, titles and terms, which a
notice says again and again. So the probability of a character is that of official texts, drawn towards what followed the
same two to six characters elsewhere in the copy, the more the longer the shared context is (Bayesian interpolation, with
the weights of ``_STRENGTH`` as pseudo-counts).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp, log

from gongwen.lexicon import ngrams

CONTEXT = 6
"""Characters of context that count."""

_NEAR = 20_000  # characters of the copy that show how it speaks
_LOOSE = 400.0  # pseudo-count of official texts, for a context of one character
_STRENGTH = (400.0, 60.0, 20.0, 8.0, 5.0)  # pseudo-counts of the shorter context, for contexts of two to six characters
_SETTLED = 800  # characters after which a copy is as likely to keep to its own as to bring new ones
_OTHER_FORM = 4.0  # cost of a character that the copy always writes in another form: 开 in a copy that has 開 only
_MOST_PLACES = 200  # places of one context that are looked at
_DIGITS_LEFT = 4
_BLANKS = "\n "
_PAUSES = "，、。；：\n"
_UNSEEN_BLANK = 0.2  # times that a copy counts as having a blank that it hasn't
_UNSEEN_MARKED = 0.05  # and as having one before an item: a notice sets all of them in the same way
_BEHIND_BLANKS = (re.compile("\u3000"), re.compile("[0-9]{1,2}[.．、]"))
_MARKER_KIND = 1
_ODD = 5.0  # cost of a blank or a comma right behind an item marker
_MARKED = re.compile(r"\n（[^）]{1,3}）\Z")
_OPENING = re.compile(r"[\s　][（(]\Z")
_YEAR = re.compile(r"(?:20[0-3]|19[4-9])[0-9](?:年|—|-)")


_WIDE = str.maketrans(",:;()?!", "，：；（）？！")


class _State:
    """A context as far as it counts: what official texts and the copy have behind its end.

    ``places`` are where its characters stand in the copy, as far as the copy has all of them; ``tiers`` what follows its last
    two, three, … characters there: how often, and which characters.
    """

    __slots__ = ("costs", "last", "length", "places", "rows", "tiers", "total")

    def __init__(
        self,
        rows: tuple[ngrams.Row, ...],
        last: str,
        total: int,
        tiers: tuple[tuple[int, dict[str, int]], ...],
        places: Sequence[int],
        length: int,
    ) -> None:
        self.rows, self.last, self.total, self.tiers, self.places, self.length = (
            rows,
            last,
            total,
            tiers,
            places,
            length,
        )
        self.costs: dict[str, float] = {}


class Language:
    """The language of one copy, of which ``intact`` is the part that is surely read right."""

    def __init__(self, intact: str) -> None:
        self.intact = intact[:_NEAR]
        self._characters = frozenset(self.intact + self.intact.translate(_WIDE))
        self._new = log(1 + len(self.intact) / _SETTLED)
        self._folded = ngrams.fold(self.intact)
        self._novelty: dict[str, float] = {}
        self._states: dict[str, _State] = {}
        self._likeliest: dict[tuple[_State, ngrams.Class, int], list[tuple[float, str]]] = {}
        self._sums: dict[tuple[_State, str], list[float]] = {}
        self._places: dict[str, list[int]] = {}
        self._digits: dict[tuple[bool, str, tuple[tuple[int, float], ...]], list[float]] = {}
        self._blanks: dict[int, dict[str, float]] = {}
        self.numbers: Mapping[int, float] = {}
        self.expected: Mapping[str, Mapping[str, float]] = {}
        self._index()

    def _index(self) -> None:
        places = self._places
        for at, two in enumerate(map("".join, zip(self._folded, self._folded[1:], strict=False)), 2):
            if two in places:
                places[two].append(at)
            else:
                places[two] = [at]

    def novelty(self, character: str) -> float:
        """The cost of a character that stands nowhere else in the copy, or only in another form: 开 and 開."""
        cost = self._novelty.get(character)
        if cost is None:
            if character in self._characters:
                cost = 0.0
            else:
                cost = self._new + (not self._characters.isdisjoint(ngrams.forms(character))) * _OTHER_FORM
                if "！" < character < "｟" and character not in "（），：；？％":
                    cost += 2 * _OTHER_FORM
            self._novelty[character] = cost
        return cost

    def costs(self, context: str, text: str) -> list[float]:
        """The cost of each character of ``text`` after ``context``; both are folded, the context of at most CONTEXT characters."""
        is_plain = "\n" not in context and "\n" not in text
        if is_plain:  # no item marker can begin here, so nothing but the state of the context counts
            key = self._state(context), text
            known = self._sums.get(key)
            if known is not None:
                return known
        whole, start = context + text, len(context)
        found = [self.cost(whole[max(0, at - CONTEXT) : at], whole[at]) for at in range(start, len(whole))]
        if is_plain:
            self._sums[key] = found
        return found

    def cost(self, context: str, character: str) -> float:
        """The cost of ``character`` after ``context``, both folded, the context of at most CONTEXT characters."""
        state = self._states.get(context) or self._state(context)
        cost = state.costs.get(character)
        if cost is None:
            cost = self._cost(state, character)
        return self._at_marker(context, character, cost) if "\n" in context else cost

    def _cost(self, state: _State, character: str) -> float:
        """The cost of ``character`` in this state: that in official texts, drawn towards what the copy has there."""
        cost = ngrams.cost_in(state.rows, character)
        if state.total:
            share = (len(self._places.get(state.last + character, ())) + _LOOSE * exp(-cost)) / (state.total + _LOOSE)
            for strength, (times, row) in zip(_STRENGTH, state.tiers, strict=False):
                share = (row.get(character, 0) + strength * share) / (times + strength)
            cost = -log(share)
        state.costs[character] = cost
        return cost

    def _at_marker(self, context: str, character: str, cost: float) -> float:
        """The cost of ``character`` behind the begin of a paragraph, where an item marker may stand."""
        if character in _PAUSES and "）" in context and _MARKED.search(context):
            return cost + _ODD
        if steps := self.expected.get(context[context.rfind("\n") :]):
            return -log(steps.get(character, 0.0) + (1 - sum(steps.values())) * exp(-cost))
        return cost

    def _state(self, context: str) -> _State:
        """What counts of ``context``: three characters, and more where the copy has more of it."""
        state = self._states.get(context)
        if state is None:
            size = len(context)
            if size > ngrams.ORDER and (short := self._state(context[-ngrams.ORDER :])).length < ngrams.ORDER:
                self._states[context] = short  # mostly: the copy hasn't even so much of it
                return short
            shorter = self._state(context[1:]) if size > 1 else None
            places: Sequence[int] = ()
            if size == 2:
                places = self._places.get(context, ())[:_MOST_PLACES]
            elif shorter and shorter.length == size - 1:
                folded, first = self._folded, context[0]
                places = [at for at in shorter.places if at >= size and folded[at - size] == first]
            row: dict[str, int] = {}
            for at in places:
                if character := self._folded[at : at + 1]:
                    row[character] = row.get(character, 0) + 1
            if size >= ngrams.ORDER and not row and shorter:
                state = shorter
            else:
                last = context[-1:]
                tiers = shorter.tiers if shorter else ()
                if row:
                    tiers = (*tiers, (sum(row.values()), row))
                total = shorter.total if shorter else self._folded.count(last) if last else 0
                rows = shorter.rows if shorter and size >= ngrams.ORDER else ngrams.rows(context)
                state = _State(rows, last, total, tiers, places if row else (), size if row or size < 2 else 0)
            self._states[context] = state
        return state

    def eaten(self, before: str, character: str, after: str) -> float:
        """The cost of ``character``, an ASCII one that left no trace, among those that the model reads as the same.

        Of the ten digits the numbers of the copy and of the years tell; of blanks and line feeds how the copy uses them.
        """
        if character in "0123456789":
            return self._digit(before, character, after)
        return self._blank(character, after) if character in _BLANKS else 0.0

    def _blank(self, blank: str, after: str) -> float:
        """The cost of this blank before ``after``: an indent, a number that may be an item's marker, or anything else."""
        kind = next((kind for kind, form in enumerate(_BEHIND_BLANKS) if form.match(after)), len(_BEHIND_BLANKS))
        costs = self._blanks.get(kind)
        if costs is None:
            counts = Counter(self.intact)
            for number, form in enumerate(_BEHIND_BLANKS):
                found = Counter(self.intact[match.start() - 1] for match in form.finditer(self.intact, 1))
                counts = found if number == kind else counts - found
                if number == kind:
                    break
            unseen = _UNSEEN_MARKED if kind == _MARKER_KIND else _UNSEEN_BLANK
            total = sum(counts[each] for each in _BLANKS) + unseen * len(_BLANKS)
            costs = self._blanks[kind] = {each: -log((counts[each] + unseen) / total) for each in _BLANKS}
        return costs[blank]

    def _digit(self, before: str, digit: str, after: str) -> float:
        is_marker = bool(_OPENING.search(before))
        key = is_marker, after, tuple(self.numbers.items())
        shares = self._digits.get(key)
        if shares is None:
            number = after[: _DIGITS_LEFT + 1]
            counts = [
                1.0
                + 30 * self.intact.count(each + number) * bool(number[:1].isdigit())
                + 300 * bool(_YEAR.match(each + after))
                for each in "0123456789"
            ]
            if is_marker:
                for expected, share in self.numbers.items():
                    if after.startswith((str(expected)[1:] + ")", str(expected)[1:] + "）")):
                        counts[int(str(expected)[0])] += 300 * share
            shares = self._digits[key] = [count / sum(counts) for count in counts]
        return -log(shares[int(digit)])

    def likeliest(self, context: str, characters: ngrams.Class, most: int) -> list[tuple[float, str]]:
        """The ``most`` likely of ``characters`` after ``context``, folded, with their cost, the likeliest first."""
        state = self._state(context)
        is_plain = "\n" not in context
        key = state, characters, most
        found = self._likeliest.get(key) if is_plain else None
        if found is None:
            names = dict.fromkeys(
                [character for _, character in ngrams.likeliest(context[-ngrams.ORDER + 1 :], characters, most)]
            )
            written = characters.written
            if state.tiers:
                names.update((character, None) for character in state.tiers[0][1] if character in written)
            if not is_plain and (expected := self.expected.get(context[context.rfind("\n") :])):
                names.update((character, None) for character in expected if character in written)
            found = sorted([(self.cost(context, character), character) for character in names])[:most]
            if is_plain:
                self._likeliest[key] = found
        return found
