"""How likely characters are at a place of a copy: the language of official texts, adapted to what the copy itself says.

Official texts know words and phrases (gongwen.lexicon.ngrams); the copy knows its own names, titles and terms, which a
notice says again and again. So the probability of a character is that of official texts, drawn towards what followed the
same two to six characters elsewhere in the copy, the more the longer the shared context is (Bayesian interpolation, with
the weights of ``_STRENGTH`` as pseudo-counts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
_ODD = 5.0  # cost of a blank or a comma right behind an item marker
_MARKED = re.compile(r"\n（[^）]{1,3}）\Z")
_OPENING = re.compile(r"[\s　][（(]\Z")
_YEAR = re.compile(r"(?:20[0-3]|19[4-9])[0-9](?:年|—|-)")


_WIDE = str.maketrans(",:;()?!", "，：；（）？！")


class Language:
    """The language of one copy, of which ``intact`` is the part that is surely read right."""

    def __init__(self, intact: str) -> None:
        self.intact = intact[:_NEAR]
        self._characters = frozenset(self.intact + self.intact.translate(_WIDE))
        self._new = log(1 + len(self.intact) / _SETTLED)
        self._folded = ngrams.fold(self.intact)
        self._novelty: dict[str, float] = {}
        self._counts: dict[str, int] = {}
        self._seen: dict[str, list[tuple[int, dict[str, int]]]] = {}
        self._costs: dict[tuple[str, str], float] = {}
        self._likeliest: dict[tuple[str, ngrams.Class, int], list[tuple[float, str]]] = {}
        self._places: dict[str, list[int]] = {}
        self._digits: dict[tuple[bool, str, tuple[tuple[int, float], ...]], list[float]] = {}
        self._blanks: dict[bool, dict[str, float]] = {}
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

    def cost(self, context: str, character: str) -> float:
        """The cost of ``character`` after ``context``, both folded, the context of at most CONTEXT characters."""
        cost = self._costs.get((context, character))
        return self.costs_after(context, character)[0] if cost is None or self.expected else cost

    def costs_after(self, context: str, characters: Iterable[str]) -> list[float]:
        """The cost of each of ``characters`` after ``context``, both folded, the context of at most CONTEXT characters."""
        characters = list(characters)
        found = ngrams.costs_after(context[-ngrams.ORDER + 1 :], characters)
        if context and (total := self._times(context[-1])):
            tiers = self._followers(context)
            places, last = self._places, context[-1]
            for number, character in enumerate(characters):
                share = (len(places.get(last + character, ())) + _LOOSE * exp(-found[number])) / (total + _LOOSE)
                for strength, (times, row) in zip(_STRENGTH, tiers, strict=False):
                    share = (row.get(character, 0) + strength * share) / (times + strength)
                found[number] = -log(share)
        known = self._costs
        for character, cost in zip(characters, found, strict=True):
            known[context, character] = cost
        is_marked = "）" in context and _MARKED.search(context)
        steps = self.expected.get(context[context.rfind("\n") :]) if self.expected else None
        if is_marked or steps:
            rest = 1 - sum(steps.values()) if steps else 1.0
            for number, character in enumerate(characters):
                if is_marked and character in _PAUSES:
                    found[number] += _ODD
                elif steps:
                    found[number] = -log(steps.get(character, 0.0) + rest * exp(-found[number]))
        return found

    def costs(self, context: str, text: str) -> list[float]:
        """The cost of each character of ``text`` after ``context``; both are folded."""
        whole, start = context + text, len(context)
        return [self.cost(whole[max(0, at - CONTEXT) : at], whole[at]) for at in range(start, len(whole))]

    def eaten(self, before: str, character: str, after: str) -> float:
        """The cost of ``character``, an ASCII one that left no trace, among those that the model reads as the same.

        Of the ten digits the numbers of the copy and of the years tell; of blanks and line feeds how the copy uses them.
        """
        if character in "0123456789":
            return self._digit(before, character, after)
        return self._blank(character, after[:1]) if character in _BLANKS else 0.0

    def _blank(self, blank: str, after: str) -> float:
        is_indent = after == "\u3000"
        costs = self._blanks.get(is_indent)
        if costs is None:
            counts = {each: self.intact.count(each + "\u3000") for each in _BLANKS}
            if not is_indent:
                counts = {each: self.intact.count(each) - count for each, count in counts.items()}
            total = sum(counts.values()) + _UNSEEN_BLANK * len(_BLANKS)
            costs = self._blanks[is_indent] = {
                each: -log((count + _UNSEEN_BLANK) / total) for each, count in counts.items()
            }
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
        key = context, characters, most
        expected = self.expected.get(context[context.rfind("\n") :]) if self.expected else None
        found = None if expected else self._likeliest.get(key)
        if found is None:
            found = ngrams.likeliest(context[-ngrams.ORDER + 1 :], characters, most)
            names = dict.fromkeys([character for _, character in found])
            written = characters.written
            if tiers := self._followers(context):
                names.update((character, None) for character in tiers[0][1] if character in written)
            if expected:
                names.update((character, None) for character in expected if character in written)
            found = sorted(zip(self.costs_after(context, names), names, strict=True))[:most]
            if not expected:
                self._likeliest[key] = found
        return found

    def _times(self, character: str) -> int:
        """How often the character, folded, stands in the copy."""
        times = self._counts.get(character)
        if times is None:
            times = self._counts[character] = self._folded.count(character)
        return times

    def _followers(self, context: str) -> list[tuple[int, dict[str, int]]]:
        """What follows the last two, three, … characters of ``context`` in the copy: how often, and which characters."""
        tiers = self._seen.get(context)
        if tiers is None:
            folded = self._folded
            tiers = []
            places = self._places.get(context[-2:], ())[:_MOST_PLACES] if len(context) > 1 else ()
            for length in range(2, len(context) + 1):
                if length > 2:
                    places = [at for at in places if at >= length and folded[at - length] == context[-length]]
                row: dict[str, int] = {}
                for at in places:
                    if character := folded[at : at + 1]:
                        row[character] = row.get(character, 0) + 1
                if not row:
                    break
                tiers.append((sum(row.values()), row))
            self._seen[context] = tiers
        return tiers
