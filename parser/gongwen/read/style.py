"""What styles say of how an element is shown: those of its own, and those of the page's style sheets. Nothing is fetched.

Only what decides whether text is shown, where lines end, and how figures stand is read: display, visibility, text-decoration,
vertical-align, list-style and white-space. Sheets for print and for narrow windows don't count, nor do states (:hover) and
pseudo-elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import tinycss2  # type: ignore[import-untyped]  # it has no stubs
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

_RELEVANT = re.compile(
    r"display|visibility|text-decoration|vertical-align|list-style|white-space|content-visibility", re.I
)
_INLINE = frozenset("inline inline-block inline-flex inline-grid inline-table contents ruby ruby-base math".split())
_LIST_TYPES = frozenset(
    "none disc circle square decimal decimal-leading-zero lower-alpha lower-latin upper-alpha upper-latin lower-roman upper-roman "
    "cjk-ideographic cjk-decimal simp-chinese-informal simp-chinese-formal trad-chinese-informal trad-chinese-formal "
    "cjk-earthly-branch cjk-heavenly-stem".split()
)
_OTHER_MEDIA = re.compile(r"print|speech|max-|\bnot\b", re.I)
_OTHER_STATE = re.compile(
    r"::|:(?:hover|focus|active|visited|before|after|first-l|target|checked|disabled|enabled|host|root\b)", re.I
)
_SIMPLE = re.compile(r"(?P<id>#)|(?P<class>[.\[]|:(?!not|is|where))|(?P<tag>(?:^|[\s>+~(])[a-zA-Z])")
_NAMED = re.compile(r"(?<![\w\\-])[.#](?:[\w-]|[^\x00-\x7f])+(?![^()]*\))(?![\w\\-])")  # not those in :not(…)
_MOST_MATCHES = 20_000_000  # pairs of a rule and an element that are looked at: more is no page for readers


class Style(NamedTuple):
    """What is said of an element; None where nothing is.

    ``block`` says that lines end at it; ``inline`` that it is no box of its own; ``contained`` that what is in it is skipped, if it is a box; ``raised`` is True for superscript, False for subscript.
    """

    shown: bool | None = None
    block: bool | None = None
    inline: bool | None = None
    visible: bool | None = None
    contained: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    verbatim: bool | None = None
    list_type: str | None = None


NOTHING = Style()
Declaration = tuple[str, str, bool]
"""Property, value, whether it is important."""
Rule = tuple[str, tuple[Declaration, ...]]
"""A selector, and what it says."""


@lru_cache(maxsize=8192)
def style_of(own: str | None, sheet: tuple[Declaration, ...]) -> Style:
    """The style of an element with the attribute ``own``, for which sheets say ``sheet``, the weakest first."""
    if not own or not _RELEVANT.search(own):
        return _resolved(sheet) if sheet else NOTHING
    return _resolved((*sheet, *_declarations(own)))


@lru_cache(maxsize=4096)
def _resolved(declared: tuple[Declaration, ...]) -> Style:
    found: dict[str, bool | str | None] = {}
    for name, value, _ in sorted(declared, key=lambda declaration: declaration[2]):
        words = value.lower().split()
        if name == "display" and words:
            found["shown"] = words[0] != "none"
            found["block"] = None if words[0] == "none" else words[0] not in _INLINE
            found["inline"] = words[0] in ("inline", "contents")
        elif name == "visibility" and words:
            found["visible"] = words[0] not in ("hidden", "collapse")
        elif name == "content-visibility" and words:
            found["contained"] = words[0] == "hidden"
        elif name in ("text-decoration", "text-decoration-line"):
            found["struck"] = "line-through" in words
        elif name == "vertical-align" and words:
            found["raised"] = {"super": True, "sub": False}.get(words[0])
        elif name in ("list-style", "list-style-type"):
            if types := [word for word in words if word in _LIST_TYPES]:
                found["list_type"] = types[0]
        elif name == "white-space" and words:
            found["verbatim"] = words[0].startswith("pre") or words[0] == "break-spaces"
    return Style(**found)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _declarations(block: str) -> tuple[Declaration, ...]:
    return tuple(_read(tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True)))


def _read(nodes: list[tinycss2.ast.Node]) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "declaration" and _RELEVANT.fullmatch(
            node.lower_name.removesuffix("-type").removesuffix("-line")
        ):
            yield node.lower_name, tinycss2.serialize(node.value).strip(), node.important


def sheets(tree: LexborHTMLParser) -> dict[int, tuple[Declaration, ...]]:
    """What the page's own sheets say of its elements, by ``mem_id``, the weakest first."""
    found: dict[int, list[tuple[tuple[int, ...], int, Declaration]]] = {}
    rules: dict[str, list[tuple[int, Declaration]]] = {}
    for order, (selector, declared) in enumerate(_rules(tree)):
        rules.setdefault(selector, []).extend([(order, declaration) for declaration in declared])
    names, elements = _names(tree) if rules else (frozenset(), 0)
    left = _MOST_MATCHES
    for selector, declarations in rules.items():
        if not names.issuperset(_NAMED.findall(selector.lower())):
            continue
        left -= elements
        if left < 0:
            break
        try:
            nodes = tree.css(selector)
        except (SelectolaxError, ValueError):  # what Lexbor doesn't know, no element has
            continue
        weight = _specificity(selector)
        for node in nodes:
            found.setdefault(node.mem_id, []).extend([(weight, *declaration) for declaration in declarations])
        left -= len(nodes) * len(declarations)
    return {id: tuple([declaration for *_, declaration in sorted(rules)]) for id, rules in found.items()}


def _names(tree: LexborHTMLParser) -> tuple[frozenset[str], int]:
    """The classes and ids of the page's elements as selectors write them, in lower case, and how many elements there are."""
    names: set[str] = set()
    count = 0
    for node in tree.css("*"):
        count += 1
        attributes = node.attributes
        names.update([f".{name}" for name in (attributes.get("class") or "").lower().split()])
        if id := attributes.get("id"):
            names.add(f"#{id.lower()}")
    return frozenset(names), count


def _rules(tree: LexborHTMLParser) -> Iterator[Rule]:
    """The rules of the page's sheets in its order."""
    for node in tree.css("style"):
        text = node.text()
        if _RELEVANT.search(text) and not _OTHER_MEDIA.search(node.attributes.get("media") or ""):
            yield from _rules_of(text)


@lru_cache(maxsize=64)
def _rules_of(sheet: str) -> tuple[Rule, ...]:
    """The rules of a sheet. Cached, since the pages of a site share theirs."""
    found: list[Rule] = []
    pending = list(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))[::-1]
    while pending:
        rule = pending.pop()
        if (
            rule.type == "at-rule"
            and rule.lower_at_keyword in ("media", "supports", "layer")
            and rule.content is not None
        ):
            if not _OTHER_MEDIA.search(tinycss2.serialize(rule.prelude)):
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                pending += inner[::-1]
        elif rule.type == "qualified-rule":
            block = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            declared = tuple(_read(block))
            for selector in tinycss2.serialize(rule.prelude).split(",") if declared else ():
                if selector.strip() and not _OTHER_STATE.search(selector):
                    found.append((selector.strip(), declared))
    return tuple(found)


def _specificity(selector: str) -> tuple[int, ...]:
    kinds = [match.lastgroup for match in _SIMPLE.finditer(selector)]
    return tuple([kinds.count(kind) for kind in ("id", "class", "tag")])
