"""How one text became another, in edits that people can read.

Both texts are cut into tokens: a number with its unit of measure, a document number, a Latin word, and any name of a unit are one
token; every other character is one by itself. The tokens are aligned (longest common subsequence), edits that have
next to nothing between them are joined, replacements grow to whole words, and an insertion or removal that could
stand at several places is put where punctuation borders it: "、科协" rather than "科协、" inside "局、科协、各".

Long texts are first cut where both have the same sentence, and each once, so that the work grows with their length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from gongwen.compare.changes import Edit, Fragment
from gongwen.lexicon import ngrams

Tokenize = Callable[[str], list[str]]

_MEASURE = r"[万亿千百]*+(?:人次|场次|公里|平方米|个月|[年月日个项家户名人次场期条例倍元吨亩岁届])?+"
_NUMBER = rf"第?[0-9０-９]++(?:[.．][0-9]++)*+(?:[%％‰]|{_MEASURE})"
_NUMERAL = r"第?[〇零一二三四五六七八九十百千]{2,}+"  # also the name of a five-year plan, 十四五
_DOCUMENT_NUMBER = r"〔[0-9]{4}〕[0-9]++号"
_LATIN = r"[A-Za-z]++"
_OTHER = r"[\s\S]"

_CLOSING = frozenset("。；！？\n")
_PAUSE = frozenset("，、：）》”")
_OPENING = frozenset("（《“")
_MARKS = _CLOSING | _PAUSE

_TABLE = 16_000_000  # cells of the alignment's table, a bit each, up to which tokens are aligned as they are
_COHESION = 2.0  # nats of mutual information: 解密 has 2.2, 提高 3.2, 秘密 6.1; 家秘 0.8, 的提 -0.5
_WORD = 2  # characters by which an edit grows to either side at most
_KEPT = 0.4  # share of the shorter text that must stay for the rest to be told as edits
_BRIDGE = 4  # tokens between two edits that are joined with them, if both edits are longer

_LISTING = frozenset("、， \u3000\n")
_JOINTS = _MARKS | _OPENING | frozenset("和及以 \u3000")  # what joins one thing said to the next


class _Opcode(NamedTuple):
    """``before[a:b]`` became ``after[c:d]``; the offsets count tokens."""

    a: int
    b: int
    c: int
    d: int


def tokenizer(names: Iterable[str]) -> Tokenize:
    """What cuts texts into tokens, with each of ``names`` as one.

    >>> tokenizer(["区科协"])("到2025年区科协开展12.5%")
    ['到', '2025年', '区科协', '开', '展', '12.5%']
    """
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        if len(name) > 1:
            by_first[name[0]].append(re.escape(name[1:]))
    known = [f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items()]
    return re.compile("|".join([*known, _DOCUMENT_NUMBER, _NUMBER, _NUMERAL, _LATIN, _OTHER])).findall


def edits(before: str, after: str, tokenize: Tokenize) -> tuple[Edit, ...]:
    """The edits that turn ``before`` into ``after``, in order; differences of blanks alone are none."""
    if before == after:
        return ()
    old, new = tokenize(before), tokenize(after)
    codes = _telling(_opcodes(old, new), old, new)
    codes = _trimmed(_joined(codes, old), old, new)
    codes = _touching(_whole_words(codes, old, new))
    codes = _touching(_slid(codes, old, new))
    old_offsets, new_offsets = _offsets(old), _offsets(new)
    found = []
    for code in codes:
        a, b, c, d = old_offsets[code.a], old_offsets[code.b], new_offsets[code.c], new_offsets[code.d]
        if "".join(before[a:b].split()) != "".join(after[c:d].split()):
            found.append(Edit(Fragment(a, b, before[a:b]), Fragment(c, d, after[c:d])))
    return tuple(found)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    """What differs, in order, never two that touch."""
    found: list[_Opcode] = []
    for a, b, c, d in _gaps(old, new):
        if (b - a) * (d - c) > _TABLE:
            found.append(_Opcode(a, b, c, d))
        else:
            found += [
                _Opcode(a + code.src_start, a + code.src_end, c + code.dest_start, c + code.dest_end)
                for code in Indel.opcodes(old[a:b], new[c:d])
                if code.tag != "equal"
            ]
    return _touching(found)


def _touching(codes: Iterable[_Opcode]) -> list[_Opcode]:
    """The edits, those made one that touch or overlap."""
    joined: list[_Opcode] = []
    for code in codes:
        if joined and code.a <= joined[-1].b and code.c <= joined[-1].d:
            joined[-1] = joined[-1]._replace(b=code.b, d=code.d)
        else:
            joined.append(code)
    return joined


def _gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """What lies between the sentences that both texts have, each once and in the same order; short texts in one piece."""
    a = c = 0
    if len(old) * len(new) > _TABLE:
        for start, other, length in _anchors(old, new):
            yield a, start, c, other
            a, c = start + length, other + length
    yield a, len(old), c, len(new)


def _anchors(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The sentences in common, as (offset in old, offset in new, length), both offsets rising."""
    places = [_unique_sentences(side) for side in (old, new)]
    common = [(at, places[1][words]) for words, at in places[0].items() if words in places[1]]
    common.sort()
    lengths = {at: len(words) for words, at in places[0].items()}
    # The longest run that rises on both sides (patience sorting): ends[k] is the smallest last offset of a run of k + 1.
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, (_, at) in enumerate(common):
        k = bisect_left(ends, at)
        ends[k : k + 1] = [at]
        before.append(last[k - 1] if k else None)
        last[k : k + 1] = [index]
    run: list[int] = []
    index_or_none = last[-1] if last else None
    while index_or_none is not None:
        run.append(index_or_none)
        index_or_none = before[index_or_none]
    for index in reversed(run):
        start, other = common[index]
        yield start, other, lengths[start]


def _unique_sentences(tokens: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The sentences that stand once, with their offsets."""
    found: list[tuple[tuple[str, ...], int]] = []
    start = 0
    for at, token in enumerate(tokens):
        if token in _CLOSING:
            found.append((tuple(tokens[start : at + 1]), start))
            start = at + 1
    counts = Counter(words for words, _ in found)
    return {words: at for words, at in found if counts[words] == 1}


def _telling(codes: list[_Opcode], old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    """The edits; a text that was written anew is one edit, not a hundred around the characters that happen to recur."""
    kept = len(old) - sum(code.b - code.a for code in codes)
    return codes if kept >= _KEPT * min(len(old), len(new)) else [_Opcode(0, len(old), 0, len(new))]


def _joined(codes: Iterable[_Opcode], old: Sequence[str]) -> list[_Opcode]:
    """The edits, those made one that have less between them than they change themselves.

    Two characters that a rewritten phrase happens to keep would only cut it to pieces.
    """
    joined: list[_Opcode] = []
    for code in codes:
        while joined:
            last = joined[-1]
            kept = code.a - last.b
            smaller = min(max(last.b - last.a, last.d - last.c), max(code.b - code.a, code.d - code.c))
            if kept > min(_BRIDGE, smaller) or not _MARKS.isdisjoint(old[last.b : code.a]):
                break
            code = _Opcode(last.a, code.b, last.c, code.d)
            joined.pop()
        joined.append(code)
    return joined


def _trimmed(codes: Iterable[_Opcode], old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    """The edits without what both of their sides begin or end with, as joined ones may."""
    trimmed = []
    for a, b, c, d in codes:
        while a < b and c < d and old[a] == new[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
        trimmed.append(_Opcode(a, b, c, d))
    return trimmed


def _whole_words(codes: Sequence[_Opcode], old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    """The edits, those that put something for something else grown to whole words: 提[-高-]{+升+} is [-提高-]{+提升+}."""
    ends = [*(code.a for code in codes[1:]), len(old)]
    last = 0
    for (a, b, c, d), end in zip(codes, ends, strict=True):
        if a < b and c < d:
            for _ in range(_WORD):
                if a > last and (_one_word(old[a - 1], old[a]) or _one_word(new[c - 1], new[c])):
                    a, c = a - 1, c - 1
                if b < end and (_one_word(old[b - 1], old[b]) or _one_word(new[d - 1], new[d])):
                    b, d = b + 1, d + 1
        yield _Opcode(a, b, c, d)
        last = b


@lru_cache(maxsize=1 << 16)
def _one_word(first: str, second: str) -> bool:
    """Whether two characters stand together so much more often in official texts than by chance that they are of one word."""
    if len(first) != 1 or len(second) != 1 or not (first.isalpha() and second.isalpha()):
        return False
    first, second = ngrams.fold(first), ngrams.fold(second)
    return ngrams.character_cost("", second) - ngrams.character_cost(first, second) >= _COHESION


def _slid(found: Iterable[_Opcode], old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    """The edits; an insertion or removal moved to where its borders read best among the places where it could stand."""
    codes = list(found)
    slid: list[_Opcode] = []
    for at, code in enumerate(codes):
        first = slid[-1].b if slid else 0
        last = codes[at + 1].a if at + 1 < len(codes) else len(old)
        if code.a == code.b:
            shift = _best_shift(new, code.c, code.d, code.c - (code.a - first), code.d + (last - code.a))
        elif code.c == code.d:
            shift = _best_shift(old, code.a, code.b, first, last)
        else:
            shift = 0
        slid.append(_Opcode(*(offset + shift for offset in code)))
    return slid


def _best_shift(tokens: Sequence[str], start: int, end: int, first: int, last: int) -> int:
    """How far tokens[start:end] can move, within [first, last), so that its borders read best."""
    best, quality = 0, _quality(tokens, start, end)
    for step in (-1, 1):
        a, b = start, end
        while (
            first <= min(a, a + step)
            and max(b, b + step) <= last
            and tokens[b if step > 0 else a - 1] == tokens[a if step > 0 else b - 1]
        ):
            a, b = a + step, b + step
            if (found := _quality(tokens, a, b)) > quality:
                best, quality = a - start, found
    return best


def _quality(tokens: Sequence[str], start: int, end: int) -> float:
    """How well a cut-out reads: best as whole sentences, then as phrases with the mark that ends them."""
    return _border(tokens, start) + _border(tokens, end)


def _border(tokens: Sequence[str], at: int) -> float:
    """How well a text can be cut before ``tokens[at]``."""
    before = tokens[at - 1] if at else "\n"
    after = tokens[at] if at < len(tokens) else "\n"
    if before in _CLOSING:
        return 3
    if before in _PAUSE:
        return 2
    if after in _OPENING or after == "\n":
        return 2
    return 1 if after in _MARKS else 0


def _offsets(tokens: Iterable[str]) -> list[int]:
    """Where each token begins in the text, and where the last one ends."""
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


class Accounts:
    """What other changes tell already: edits inside them are not told again as a change of wording.

    ``quotations`` are what those changes say of the text before and of the text after, None where a side has nothing;
    ``renamed`` are old and new names, which account for an edit that puts the one for the other.
    """

    def __init__(self, quotations: Iterable[tuple[str | None, str | None]], renamed: Mapping[str, str]) -> None:
        olds, news = zip(*quotations, strict=True) if (quotations := list(quotations)) else ((), ())
        self._old = tuple(dict.fromkeys(filter(None, olds)))
        self._new = tuple(dict.fromkeys(filter(None, news)))
        self._renamed = renamed

    def untold(self, before: str, after: str, found: Sequence[Edit]) -> tuple[Edit, ...]:
        """Those of the edits that no account covers."""
        if not found:
            return ()
        old, new = _covered(before, self._old), _covered(after, self._new)
        if (old or new) and _rest(before, old) == _rest(after, new):
            return ()  # whichever way the texts were aligned
        return tuple(
            edit
            for edit in found
            if self._renamed.get(edit.before.text) != edit.after.text
            and not (
                (_touches(edit.before, old) or _touches(edit.after, new))
                and old.issuperset(_core(edit.before))
                and new.issuperset(_core(edit.after))
            )
        )


def _covered(text: str, quotations: Iterable[str]) -> set[int]:
    """The offsets of ``text`` that lie in an occurrence of one of ``quotations``."""
    covered: set[int] = set()
    for quotation in quotations:
        at = text.find(quotation)
        while at >= 0:
            covered.update(range(at, at + len(quotation)))
            at = text.find(quotation, at + len(quotation))
    return covered


def _rest(text: str, covered: set[int]) -> str:
    """What of ``text`` is not covered, without the marks of a list, which come and go with what it lists."""
    return "".join(character for at, character in enumerate(text) if at not in covered and character not in _LISTING)


def _touches(fragment: Fragment, covered: set[int]) -> bool:
    """Whether a fragment, or a neighbour of it, is covered: marks alone come and go with what they stand beside."""
    return not covered.isdisjoint(range(fragment.start - 1, fragment.end + 1))


def _core(fragment: Fragment) -> Iterator[int]:
    """The offsets of a fragment, but for what joins one thing said to the next."""
    return (at for at, character in enumerate(fragment.text, fragment.start) if character not in _JOINTS)
