"""How one text became another, in edits that people can read.

Both texts are cut into tokens: a number with its unit of measure, a document number, a Latin word, and any name of a unit are one
token; every other character is one by itself. The tokens are aligned (longest common subsequence), edits that have
next to nothing between them are joined, replacements grow to whole words, and an insertion or removal that could
stand at several places is put where punctuation borders it: "、科协" rather than "科协、" inside "局、科协、各".

Texts are first cut where both have the same sentence, so that the work grows with their length and what differs. A stretch that
was written anew is told sentence by sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from gongwen.compare.alignment import common_runs
from gongwen.compare.changes import Edit, Fragment
from gongwen.compare.similarity import is_word
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
_WORD = 2  # characters by which an edit grows to either side at most
_KEPT = 0.4  # share of the shorter text that must stay for the rest to be told as edits
_WHOLE = 0.8  # … which is then told so however much longer the other text is …
_PART = 0.25  # … else this share of the longer one must stay, too
_SENTENCES = (
    10_000  # sentences of both texts, multiplied, up to which those of a text that was written anew are aligned
)
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
    """The edits that turn ``before`` into ``after``, in order; those of blanks alone don't count."""
    if before == after:
        return ()
    old, new = tokenize(before), tokenize(after)
    codes = _trimmed(_joined(_opcodes(old, new), old), old, new)
    codes = _touching(_whole_words(codes, old, new))
    codes = _touching(_slid(codes, old, new))
    old_offsets, new_offsets = _offsets(old), _offsets(new)
    found = []
    for code in codes:
        a, b, c, d = old_offsets[code.a], old_offsets[code.b], new_offsets[code.c], new_offsets[code.d]
        counted = "".join(before[a:b].split()) != "".join(after[c:d].split())
        found.append(Edit(Fragment(a, b, before[a:b]), Fragment(c, d, after[c:d]), counted))
    return tuple(found)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    """What differs, in order, never two that touch."""
    found: list[_Opcode] = []
    for gap in _gaps(old, new):
        found += _within(gap, old, new)
    return _touching(found)


def _within(gap: _Opcode, old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    """What differs in a stretch without equal sentences; one that was written anew is told sentence by sentence."""
    a, b, c, d = gap
    if (b - a) * (d - c) > _TABLE:
        return [gap]
    found = [
        _Opcode(a + code.src_start, a + code.src_end, c + code.dest_start, c + code.dest_end)
        for code in Indel.opcodes(old[a:b], new[c:d])
        if code.tag != "equal"
    ]
    kept = (b - a) - sum(code.b - code.a for code in found)
    if kept >= _KEPT * min(b - a, d - c) and (kept >= _WHOLE * min(b - a, d - c) or kept >= _PART * max(b - a, d - c)):
        return found
    rows, columns = _sentences(old, a, b), _sentences(new, c, d)
    if len(rows) == len(columns) == 1:
        return [gap]  # not a hundred edits around the characters that happen to recur
    found = []
    for start, end in _aligned(rows, columns, old, new):
        stretch = _Opcode(*_stretch(rows, start[0], end[0], b), *_stretch(columns, start[1], end[1], d))
        if end[0] - start[0] == end[1] - start[1] == 1:
            found += _within(stretch, old, new)
        else:
            found.append(stretch)
    return found


def _stretch(sentences: Sequence[tuple[int, int]], first: int, last: int, end: int) -> tuple[int, int]:
    """What sentences[first:last] cover; where they are none, the place between their neighbours."""
    start = sentences[first][0] if first < len(sentences) else end
    return start, sentences[last - 1][1] if first < last else start


def _sentences(tokens: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of tokens[start:end], as offsets."""
    found = []
    for at in range(start, end):
        if tokens[at] in _CLOSING:
            found.append((start, at + 1))
            start = at + 1
    return [*found, (start, end)] if start < end else found


def _aligned(
    rows: Sequence[tuple[int, int]], columns: Sequence[tuple[int, int]], old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Both lists of sentences cut alike: (start, end) of each piece in both. Those that are alike stand alone, in their order."""
    if len(rows) * len(columns) > _SENTENCES:
        yield (0, 0), (len(rows), len(columns))
        return
    alike = {
        (i, j): score
        for i, (a, b) in enumerate(rows)
        for j, (c, d) in enumerate(columns)
        if (score := Indel.normalized_similarity(old[a:b], new[c:d])) >= _KEPT
    }
    # best[i][j]: the greatest sum of likeness of pairs in order among rows[i:] and columns[j:].
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i in range(len(rows) - 1, -1, -1):
        for j in range(len(columns) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], alike.get((i, j), 0.0) + best[i + 1][j + 1])
    i = j = 0
    last = (0, 0)
    while i < len(rows) and j < len(columns):
        if (i, j) in alike and best[i][j] == alike[i, j] + best[i + 1][j + 1]:
            if last != (i, j):
                yield last, (i, j)
            yield (i, j), (i + 1, j + 1)
            i, j = last = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    if last != (len(rows), len(columns)):
        yield last, (len(rows), len(columns))


def _touching(codes: Iterable[_Opcode]) -> list[_Opcode]:
    """The edits, those made one that touch or overlap."""
    joined: list[_Opcode] = []
    for code in codes:
        if joined and code.a <= joined[-1].b and code.c <= joined[-1].d:
            joined[-1] = joined[-1]._replace(b=code.b, d=code.d)
        else:
            joined.append(code)
    return joined


def _gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    """What lies between the sentences that both texts have, in the same order."""
    rows, columns = _sentences(old, 0, len(old)), _sentences(new, 0, len(new))
    a = c = 0
    for run in common_runs([tuple(old[x:y]) for x, y in rows], [tuple(new[x:y]) for x, y in columns]):
        start, end = rows[run.a][0], rows[run.a + run.length - 1][1]
        other, other_end = columns[run.b][0], columns[run.b + run.length - 1][1]
        if (a, c) != (start, other):
            yield _Opcode(a, start, c, other)
        a, c = end, other_end
    if (a, c) != (len(old), len(new)):
        yield _Opcode(a, len(old), c, len(new))


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
            between = old[last.b : code.a]
            listed = between == ["、"] and _is_phrase(last) and _is_phrase(code)
            if kept > min(_BRIDGE, smaller) or not (_MARKS.isdisjoint(between) or listed):
                break
            code = _Opcode(last.a, code.b, last.c, code.d)
            joined.pop()
        joined.append(code)
    return joined


def _is_phrase(code: _Opcode) -> bool:
    """Whether a phrase was put for another: a mark of a list beside both is left by chance."""
    return code.b - code.a > _BRIDGE and code.d - code.c > _BRIDGE


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
    """Whether two tokens are characters of one word."""
    if len(first) != 1 or len(second) != 1 or not (first.isalpha() and second.isalpha()):
        return False
    return is_word(ngrams.fold(first + second))


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
    """What other changes tell already: edits inside them don't count as a change of wording.

    ``quotations`` are what those changes say of the text before and of the text after, None where a side has nothing;
    ``renamed`` are old and new names, which account for an edit that puts the one for the other; ``adapts`` tells edits by which
    another government says the same.
    """

    def __init__(
        self,
        quotations: Iterable[tuple[str | None, str | None]],
        renamed: Mapping[str, str],
        adapts: Callable[[Edit], bool] | None = None,
    ) -> None:
        olds, news = zip(*quotations, strict=True) if (quotations := list(quotations)) else ((), ())
        self._old = tuple(dict.fromkeys(filter(None, olds)))
        self._new = tuple(dict.fromkeys(filter(None, news)))
        self._renamed = renamed
        self._adapts = adapts

    def settle(self, before: str, after: str, found: Sequence[Edit]) -> tuple[Edit, ...]:
        """The edits, those that an account covers no longer counted; none at all where none counts."""
        if not any(edit.counted for edit in found):
            return ()
        old, new = _covered(before, self._old), _covered(after, self._new)
        if (old or new) and _rest(before, old) == _rest(after, new):
            return ()  # whichever way the texts were aligned
        settled = tuple(replace(edit, counted=edit.counted and not self._covers(edit, old, new)) for edit in found)
        return settled if any(edit.counted for edit in settled) else ()

    def covers(self, text: str, side: Literal["before", "after"]) -> bool:
        """Whether all of a text is told, but for marks."""
        covered = _covered(text, self._old if side == "before" else self._new)
        return bool(covered) and covered.issuperset(_core(Fragment(0, len(text), text)))

    def _covers(self, edit: Edit, old: set[int], new: set[int]) -> bool:
        if self._renamed.get(edit.before.text) == edit.after.text or (self._adapts and self._adapts(edit)):
            return True
        touched = _touches(edit.before, old) or _touches(edit.after, new)
        return touched and old.issuperset(_core(edit.before)) and new.issuperset(_core(edit.after))


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
