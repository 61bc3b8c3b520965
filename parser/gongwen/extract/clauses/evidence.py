"""What it takes to believe that a text is a responsibility clause: its evidence, and where it stands.

a label      enough wherever it stands, if it says that it labels units (责任单位：) and something follows, or stands with names of units
a role       （…负责）, where it closes a sentence or a paragraph, and most of what stands there is names of units
nothing else  县水利局牵头，县财政局配合。 as a paragraph of its own: names that are known, each with its word, and no other words
names alone  （市发改委、市财政局）, the same, and a level or a class says whose they are. Behind the end of a sentence brackets and
             place are evidence, too: there, as many names may be of unknown ending, or words unread, as names are known
a series     （教育部、财政部）, （东山区、南城县）: names that say by nothing whose they are, behind the last sentence of several paragraphs
"""

from __future__ import annotations

from typing import NamedTuple

from gongwen.document import Decision, Extent
from gongwen.extract.clauses.grammar import Name, Reading
from gongwen.lexicon import divisions
from gongwen.lexicon.organs import organ
from gongwen.lexicon.units import LEVELS, ending, ends_like, names_class

_LONGEST_SAID = 20  # characters of a name in a sentence
_SHORTEST_TASK = 12  # what stands before the names of a person's offices is shorter: 李明（市委，市农办）

REASONS = {
    "column": "its column is one of units",
    "labelled": "a label says that units follow",
    "labelled-names": "a word of responsibility labels names of units",
    "role": "names of units stand with a word of responsibility, where a sentence or a paragraph ends",
    "paragraph": "the paragraph is nothing but names of units and what each has to do",
    "names-behind-sentence": "names of units stand in brackets behind the end of a sentence",
    "names-at-end": "names of units stand in brackets at the end of a paragraph",
    "series": "names of units alone stand in brackets at the ends of several paragraphs",
    "alone": "no name says by a level or a class whose unit it is, and no other paragraph ends in such brackets",
    "convention": "a convention of the notice makes somebody responsible for each task",
    "no-unit": "no name of a unit can be read in it",
    "labels-others": "its label isn't one of units, and no name of a unit follows",
    "within-sentence": "it stands within a sentence",
    "prose": "less than half of what stands in it is names of units",
    "whose": "no name says by a level, a place or a class whose unit it is",
    "few": "outside of a sentence's end one name, or a bracket behind few words, is no clause",
}


class Place(NamedTuple):
    """Where brackets stand: behind the end of a sentence, at the end of one or of a paragraph, behind so many characters of it.

    ``room`` is None where they are a line of their own below words that end no sentence.
    """

    behind: bool
    closes: bool
    room: int | None


def judge(reading: Reading, extent: Extent, place: Place | None) -> Decision:
    """Whether what was read at ``extent`` is a clause, and why; ``place`` is None on a labelled line, which is a place of its own."""
    rule = _rule(reading, place)
    accepted = rule in _ACCEPT
    return Decision(accepted, rule, REASONS[rule], (extent,), reading.tokens)


def in_series(decision: Decision) -> Decision:
    """``decision`` on brackets that stand alone, where others of the kind stand in the notice."""
    return decision._replace(accepted=True, rule="series", reason=REASONS["series"])


_ACCEPT = frozenset({"labelled", "labelled-names", "role", "names-behind-sentence", "names-at-end"})


def judge_paragraph(reading: Reading, extent: Extent, last: bool = False) -> Decision:
    """The same of a paragraph without a label or brackets, which must be nothing but a clause; of its ``last`` sentence, whose names must
    also say whose they are, since prose ends in verbs of duty, too.

    It ends in the word for the role: one that ends in what a unit has to do (县水利局负责水渠的业务指导) is a duty of its own.
    """
    doubtful = any(token.kind in ("unknown", "unread", "blank") for token in reading.tokens)
    whole = (
        reading.evidence == "role"
        and _last_word(reading) == "role"
        and bool(reading.names)
        and not doubtful
        and all(name.known for name in reading.names)
        and not (last and any(len(name.text) > _LONGEST_SAID or not _says_whose(name, True) for name in reading.names))
    )
    rule = "paragraph" if whole else "prose"
    return Decision(whole, rule, REASONS[rule], (extent,), reading.tokens)


def _last_word(reading: Reading) -> str:
    """The kind of the last token, but for a term behind it: …按职责分工负责，2025年6月底前完成."""
    return next((token.kind for token in reversed(reading.tokens) if token.kind not in ("time", "separator")), "")


def _rule(reading: Reading, place: Place | None) -> str:
    names = reading.names
    known = [name for name in names if name.known]
    if not names:
        return "no-unit"
    if reading.evidence == "label":
        # The last token may be an entry of a list of nouns.
        if any(token.kind == "label" for token in reading.tokens[:-1]):
            return "labelled"
        return "labelled-names" if 2 * len(known) > len(names) else "labels-others"
    if place is None or not (place.behind or place.closes or place.room is None):
        return "within-sentence"
    doubtful = len(names) - len(known) + sum(token.kind in ("unread", "blank") for token in reading.tokens)
    if reading.evidence == "role":
        return "role" if len(known) + place.behind >= max(1, doubtful) else "prose"
    if len(known) < max(1, doubtful):
        return "prose"
    if place.behind and not doubtful and reading.when:
        return "names-behind-sentence"  # （规划科、基建中心，9月）: who, and until when
    sure = place.behind and place.closes and not doubtful
    sure = sure and (any(ending(name.text) for name in known) or any(token.kind == "etc" for token in reading.tokens))
    sure = sure and 2 * sum(_is_authority(name.text) for name in known) > len(known)
    if not any(_says_whose(name, len(names) > 1) for name in known):
        return "alone" if sure else "whose"
    if 2 * sum(ends_like(name.text, "organ") or names_class(name.text) for name in known) < len(known):
        return "alone" if sure else "prose"
    if place.behind:
        return "names-behind-sentence"
    if doubtful:
        return "prose"
    room = place.room is None or place.room >= _SHORTEST_TASK
    return "names-at-end" if len(names) > 1 and room else "few"


_BUILT = "事业单位"
_AUTHORITIES = "部委办局厅署处科股司会行队"
"""What the names of those who have duties end in; 馆, 园, 院 and 站 end those of what is built as well."""


def _is_authority(text: str) -> bool:
    """Whether a name is that of an authority, of a place, or of what a place has: 规划科, 南昌市, 绵阳师范学院; not 图书馆 or 开发区."""
    if divisions.leading(text) or divisions.leading_short_name(text) or divisions.by_short_name(text):
        return True
    found = ending(text)
    return found is not None and found.code not in ("noun", "general") and text[-1] in _AUTHORITIES


def _says_whose(name: Name, listed: bool) -> bool:
    """Whether a name says whose unit it is; of several that are ``listed``, the name of a place or of an organ that is known does so, too.

    One such name in brackets is more often a signature: （青溪县统计局）.
    """
    text = name.text
    if text[0] in LEVELS or names_class(text):
        return True
    known = organ(text)
    of_authority = known is not None and known.kind != _BUILT  # 图书馆 may be what is built
    return listed and (of_authority or divisions.leading(text) is not None)
