"""Actors: the units that running text says have to act.

    actors = opening? name ("、" name)* 等? verb        由市发展改革委、市财政局牵头做好…, 各乡镇要…, 县水利局于6月底前完成…
           | ask name ("、" name)*                      请各乡镇管好水渠
           | term "，"? name verb                       6月底前，县水利局建立台账

An actor stands at the beginning of a clause of running text, where a name surely begins, right before a word that says that it acts: a verb of roles.tsv, one of
clause_words.tsv that says that somebody must (要, 应当), or a verb of making beside a term; by what it acts may stand between (按照职责做好). Before a word for who leads or answers
(负责) any name of an organ acts, known or not. An actor isn't taken for a responsible unit, which a clause of responsibility names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from gongwen.document import Extent, Outline
from gongwen.extract.header.fields import Mention
from gongwen.extract.units import Registry
from gongwen.lexicon import deadlines, vocabulary
from gongwen.lexicon.sentences import sentences
from gongwen.lexicon.unit_names import LONGEST_NAME, name_ends, starts_name
from gongwen.lexicon.units import ends_like, open_end
from gongwen.model import Actor
from gongwen.text import Text

# 各县（市、区）人民政府 goes on behind its bracket.
_CLAUSE = re.compile(r"[，。：；！？,:;\s“”]|[（(](?![省市县区旗州盟、，]{1,8}[）)])|[）)](?<![省市县区旗州盟][）)])")
_BETWEEN = re.compile(r"[、/／]|以及|[和及与](?!其)")
_PAUSE = re.compile("、(?![^（(、]{0,8}(?:、[^（(、]{0,8}){0,2}[）)])")  # not in 各县（市、区）
_GOES_ON = re.compile("[将在要须]")  # behind a whole name the sentence goes on: 市政府将金融机构…
_ORDINAL = re.compile("(?:[一二三四五六七八九十]{1,2}是(?:要)?|[—－-]+(?:[0-9]+[—－-]+)?)")
_SHORTEST_ORGAN = 3  # characters: 政府负责 is a principle
_LONGEST_LIST = 120  # characters of the names before a verb
_RUNNING = ("paragraph", "list-item", "item", "heading", "closing")


def sentences_of(outline: Outline) -> Iterator[Extent]:
    """The sentences of running text, without the markers of items."""
    markers = {item.start: len(item.marker) for item in outline.items}
    for piece in outline.pieces:
        if piece.kind in _RUNNING:
            start = piece.start + markers.get(piece.start, 0)
            for sentence in sentences(outline.text.value[start : piece.end]):
                yield Extent(start + sentence.start, start + sentence.end)


def acting(text: Text, sentences: Iterable[Extent]) -> Iterator[Mention]:
    """The names of actors in ``sentences`` of running text, in order."""
    for sentence in sentences:
        words = text.value[sentence.start : sentence.end]
        for start, end, _ in _names(words):
            yield Mention(words[start:end], sentence.start + start, sentence.start + end)


def actors(text: Text, sentence: Extent, registry: Registry) -> Iterator[Actor]:
    """The units that a sentence, a stretch of ``text.value``, says have to act, in the order of their names."""
    words = text.value[sentence.start : sentence.end]
    for start, end, verb in _names(words):
        name = words[start:end]
        span = text.to_source(sentence.start + start, sentence.start + end)
        yield Actor(name, *registry.who(name), verb, span)


@vocabulary.derived
@lru_cache(maxsize=4096)
def _names(words: str) -> tuple[tuple[int, int, str], ...]:
    """The names in a sentence that stand before a word that says that they act, with that word."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    asked: set[int] = set()  # clauses whose subject is known: 管委会要强化平台建设
    acts = list(_acts().finditer(words))
    clauses = [0, *[match.end() for match in _CLAUSE.finditer(words)]] if acts else []
    for match in acts:
        begin = clauses[bisect_left(clauses, match.start() + 1) - 1]
        if begin in asked or match.start() - begin > _LONGEST_LIST:
            continue
        first = _subject(words, begin, match.start())
        if not match["must"] and not (
            starts_name(words, first, match.start()) or (match["answers"] and _organs(words, first, match.start()))
        ):
            continue  # 推动企业参与: without a word that asks for a subject, only a name that surely begins there acts
        if names := list(_listed(words, first, match.start())):
            # The last word that follows nothing but names: 县委组织部牵头, where 组织 is of the name.
            found[begin] = [(start, end, match["verb"]) for start, end in names]
            if match["must"]:
                asked.add(begin)
    for match in _due().finditer(words) if "前" in words else ():
        first = match.end()
        for name in name_ends(words, first, len(words)) if starts_name(words, first, len(words)) else ():
            if (made := _made().match(words, name.end)) and first not in found:
                found[first] = [(first, name.end, made[0])]
    for match in _asks().finditer(words):
        if match.end() not in found and (names := list(_leading(words, match.end()))):
            found[match.end()] = [(start, end, match["verb"]) for start, end in names]
    return tuple([name for begin in sorted(found) for name in found[begin]])


def _subject(words: str, begin: int, end: int) -> int:
    """Where the names before a word that they act may begin: at the clause, behind its number (一是), or behind 由."""
    if ordinal := _ORDINAL.match(words, begin, end):
        begin = ordinal.end()
    for match in _opening().finditer(words, begin, end):
        if match.start() == begin or starts_name(words, match.end(), end):
            return match.end()  # 办法由市财政局负责解释, but not 自由贸易试验区
    return begin


def _leading(words: str, start: int) -> Iterator[tuple[int, int]]:
    """The names that the words from ``start`` on begin with, one or a list."""
    while starts_name(words, start, len(words)):
        border = min(start + LONGEST_NAME, len(words))
        pause = _PAUSE.search(words, start, border)
        name = next(name_ends(words, start, pause.start() if pause else border), None)
        if name is None:
            return
        yield start, name.end
        between = _BETWEEN.match(words, name.end)
        if between is None:
            return
        start = between.end()


def _listed(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names that ``words[start:end]`` lists; none where anything else stands there."""
    if etc := _open_end().search(words, start, end):
        end = etc.start()
    names: list[tuple[int, int]] = []
    while start < end:
        pause = _PAUSE.search(words, start, end)
        border = min(pause.start() if pause else end, start + LONGEST_NAME)
        stop = next((name.end for name in name_ends(words, start, border) if _closes(words, name.end, end)), None)
        if stop is None or any(ends_like(words[start : go.start()]) for go in _GOES_ON.finditer(words, start, stop)):
            return
        names.append((start, stop))
        between = _BETWEEN.match(words, stop, end)
        start = between.end() if between else stop
    yield from names


def _organs(words: str, start: int, end: int) -> bool:
    """Whether ``words[start:end]`` are names of nothing but organs, known or not: 金服中心 (负责), but not 推进农贸市场 or 主要领导."""
    names = list(_listed(words, start, end))
    return bool(names) and all(
        last - first >= _SHORTEST_ORGAN
        and ends_like(words[first:last], "organ")
        and not _no_subject().match(words, first)
        and "的" not in words[first:last]
        for first, last in names
    )


def _closes(words: str, at: int, end: int) -> bool:
    return at == end or _BETWEEN.match(words, at, end) is not None


@vocabulary.compiled
def _acts() -> re.Pattern[str]:
    """The words that say that a unit acts, with the manner before them (共同牵头), and what stands between: 要, 应当, 按照职责."""
    manner = "|".join([vocabulary.alternation("clause_words", code=code) for code in ("manner", "duty", "emphasis")])
    answers = "|".join([vocabulary.alternation("roles", "verb", code) for code in ("lead", "answer")])
    # In running text 责任 behind a name is a noun, and 负责同志 are people.
    answers = rf"(?:{answers})(?!人(?![才员口力])|同志|制(?![定订作造发])|的)"
    verb = f"(?P<answers>{answers})|{vocabulary.alternation('roles', 'verb')}|{vocabulary.alternation('roles', code='with')}"
    must = vocabulary.alternation("clause_words", code="must")
    basis, part = (vocabulary.alternation("clause_words", code=code) for code in ("basis", "part"))
    first = "于在" + "".join(
        [
            vocabulary.first_characters("clause_words", code=code)
            for code in ("manner", "duty", "emphasis", "must", "basis")
        ]
        + [vocabulary.first_characters("roles", "verb"), vocabulary.first_characters("roles", code="with")]
        + [vocabulary.first_characters("goal_words", "lead", "make")]
    )
    # Looking for a first character before all else makes the search four times faster.
    return re.compile(
        rf"(?=[{first}])(?:[于在]{deadlines.TERM})?(?:(?:{basis})[^，。；、\s]{{0,6}}?(?:{part})，?)?"
        rf"(?P<verb>(?P<must>{must}|(?<=前)(?:{_making()}))|(?:{manner}){{0,4}}+(?!责任)(?:{verb})|{manner})"
    )


@vocabulary.compiled
def _due() -> re.Pattern[str]:
    """A term at the head of a clause, behind which the unit stands that has to keep it: 2019年3月底前，县水利局建立台账."""
    return re.compile(rf"(?:(?<=[，。：；！？,:;\s])|\A)(?:在|于)?{deadlines.TERM}[，,]?由?")


@vocabulary.compiled
def _asks() -> re.Pattern[str]:
    asks = vocabulary.alternation("clause_words", code="ask")
    first = vocabulary.first_characters("clause_words", code="ask")
    return re.compile(rf"(?=[现特并也{first}])(?:(?<=[，。：；！？,:;\s])|\A)[现特并也]?(?P<verb>{asks})")


@vocabulary.compiled
def _made() -> re.Pattern[str]:
    return re.compile(_making())


@vocabulary.compiled
def _no_subject() -> re.Pattern[str]:
    """What stands before a name that isn't the subject: 建立, 报."""
    return re.compile(rf"{_making()}|{vocabulary.alternation('clause_words', code='before_name')}")


def _making() -> str:
    return vocabulary.alternation("goal_words", "lead", "make")


@vocabulary.compiled
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('clause_words', code='opening')})")


@vocabulary.compiled
def _open_end() -> re.Pattern[str]:
    return re.compile(rf"{open_end()}\Z")
