"""What styles say of how an element is shown: those of its own, and those of the page's style sheets. Nothing is fetched.

Only what decides whether text is shown, where lines end, and how figures stand is read: display, visibility, text-decoration,
vertical-align, list-style and white-space; what makes text of no size or no colour, or moves, cuts, folds or fades it away; and the
text that a sheet puts before and behind an element, with its counters. Sheets for print and for narrow windows don't count, nor do
states (:hover).

What hides is looked for only in pages that use it: most pages have hundreds of sizes and places, and none of them hides anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import tinycss2  # type: ignore[import-untyped]  # it has no stubs
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

_ALWAYS = r"display|visibility|text-decoration|vertical-align|list-style|white-space|content-visibility|unicode-bidi|direction"
_INLINE = frozenset("inline inline-block inline-flex inline-grid inline-table contents ruby ruby-base math".split())
_LIST_TYPES = frozenset(
    "none disc circle square decimal decimal-leading-zero lower-alpha lower-latin upper-alpha upper-latin lower-roman upper-roman "
    "cjk-ideographic cjk-decimal simp-chinese-informal simp-chinese-formal trad-chinese-informal trad-chinese-formal "
    "cjk-earthly-branch cjk-heavenly-stem".split()
)
# Ways of hiding: what a page that uses one holds somewhere, in lower case, and the properties that decide on it.
_WAYS: tuple[tuple[tuple[str, ...], str], ...] = (
    ((r"font(?:-size)?\s*+:\s*+[+.]?0",), "font|font-size"),
    ((r"opacity\s*+:\s*+[+.]?0",), "opacity|animation|animation-name|transition|transition-property"),
    ((r":\s*+-[0-9]{3}",), "position|left|top|text-indent|margin-left"),
    (
        (r"height\s*+:\s*+[+.]?[01](?:\.0*)?(?:px)?\b", r"width\s*+:\s*+[+.]?[01](?:\.0*)?(?:px)?\b"),
        "overflow|overflow-x|overflow-y|height|max-height|width|max-width|padding|padding-top|padding-bottom|position|float",
    ),
    ((r"clip(?:-path)?\s*+:\s*+(?:rect|inset|circle)",), "clip|clip-path|position"),
    (("scale", "translate"), "transform|scale|animation|animation-name|transition|transition-property"),
    (
        (
            r"color\s*+:\s*+(?:transparent|[a-z]{3,5}\((?:[^,)]*,){3}\s*[.0]|[a-z]{3,5}\([^)]*/\s*[.0]|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)\b)",
        ),
        "color|background-clip|-webkit-background-clip|text-shadow",
    ),
    ((r"content\s*+:",), "content|font|font-family"),
    (("counter-increment", "counter-reset", "counter-set"), "counter-increment|counter-reset|counter-set"),
)
_LENGTH = re.compile(
    r"(?P<number>[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?P<unit>px|pt|pc|in|cm|mm|r?em|ex|ch|vw|vh|%)?(?![\w%.])"
)
_PIXELS = {
    "px": 1.0,
    "pt": 1.33,
    "pc": 16.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
    "vw": 12.0,
    "vh": 8.0,
}
_FAR = -900  # pixels to the left or above, where nobody looks
_INHERITED = frozenset("inherit unset revert revert-layer currentcolor larger smaller".split())
_CUT_AWAY = re.compile(
    r"rect\((?:\s*[01](?:px)?\s*,?){4}\)|inset\(\s*(?:[5-9][0-9]|100)(?:\.[0-9]+)?%[^)]*\)|circle\(\s*0[^.0-9][^)]*\)|circle\(0\)",
    re.I,
)
_SCALED_AWAY = re.compile(r"scale(?:[XY]|3d)?\(\s*0(?:\.0*)?\s*[,)]|translate(?:X|3d)?\(\s*-[0-9]{4,}px", re.I)
_CLEAR = re.compile(
    r"transparent|[a-z]{3,5}\((?:(?:[^,)]*,){3}|[^/)]*/)\s*(?:0|0?\.0+)%?\s*\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00", re.I
)
_OTHER_MEDIA = re.compile(r"print|speech|max-|\bnot\b", re.I)
_OTHER_STATE = re.compile(
    r"::|:(?:hover|focus|active|visited|before|after|first-l|target|checked|disabled|enabled|host|root\b)", re.I
)
_BESIDE = re.compile(r"::?(before|after)$", re.I)
_SIMPLE = re.compile(r"(?P<id>#)|(?P<class>[.\[]|:(?!not|is|where))|(?P<tag>(?:^|[\s>+~(])[a-zA-Z])")
_NAMED = re.compile(r"(?<![\w\\-])[.#](?:[\w-]|[^\x00-\x7f])+(?![^()]*\))(?![\w\\-])")  # not those in :not(…)
_MOST_MATCHES = 20_000_000  # pairs of a rule and an element that are looked at: more is no page for readers
_DEEPEST = 4  # rules in rules


class Style(NamedTuple):
    """What is said of an element; None where nothing is.

    ``block`` says that lines end at it; ``inline`` that it is no box of its own; ``contained`` that what is in it is skipped, if it is a box;
    ``indented`` that the first line of a box begins far to the left of the page; ``unseen`` that nothing of it is painted where people look; ``sizeless`` and ``clear`` that its letters have no size, no colour; ``raised`` is
    True for superscript, False for subscript; ``backwards`` that its letters run from right to left. ``content``
    is the text of a pseudo-element, as the sheet writes it, ``counters`` what an element does to counters: (operation, counters).
    """

    shown: bool | None = None
    block: bool | None = None
    inline: bool | None = None
    visible: bool | None = None
    contained: bool | None = None
    indented: bool | None = None
    unseen: bool | None = None
    sizeless: bool | None = None
    clear: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    backwards: bool | None = None
    verbatim: bool | None = None
    list_type: str | None = None
    content: str | None = None
    counters: tuple[tuple[str, str], ...] = ()


NOTHING = Style()
Declaration = tuple[str, str, bool]
"""Property, value, whether it is important."""
Rule = tuple[str, tuple[Declaration, ...]]
"""A selector, and what it says."""
Rules = dict[int, tuple[Declaration, ...]]
"""What sheets say of elements, by ``mem_id``, the weakest first."""


class Sheets(NamedTuple):
    """What the sheets of a page say of its elements, of what stands before and behind them, and the properties that matter in it."""

    own: Rules
    before: Rules
    after: Rules
    watched: re.Pattern[str]

    def style(self, id: int, own: str | None) -> Style:
        """The style of an element with the attribute ``own``."""
        sheet = self.own.get(id, ())
        return _style(sheet, own or "", self.watched) if sheet or own else NOTHING

    def beside(self, id: int, before: bool) -> Style:
        """The style of what a sheet puts before or behind an element."""
        sheet = (self.before if before else self.after).get(id)
        return _resolved(sheet) if sheet else NOTHING


@lru_cache(maxsize=8192)
def _style(sheet: tuple[Declaration, ...], own: str, watched: re.Pattern[str]) -> Style:
    declared = (*sheet, *_declarations(own, watched)) if watched.search(own) else sheet
    return _resolved(declared) if declared else NOTHING


@lru_cache(maxsize=4096)
def _resolved(declared: tuple[Declaration, ...]) -> Style:
    found: dict[str, bool | str | None] = {}
    values: dict[str, str] = {}
    for name, value, _ in sorted(declared, key=lambda declaration: declaration[2]):
        words = value.lower().split()
        values[name] = value if name == "content" else value.lower()
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
        elif name in ("font", "font-size") and words:
            found["sizeless"] = _is_sizeless(words, name == "font")
        elif name == "overflow":
            values["overflow-x"], values["overflow-y"] = words[:1] * 2 or [""] * 2
    if values.keys().isdisjoint(_HIDING):
        return Style(**found)  # type: ignore[arg-type]
    boxless = values.get("display") == "contents"
    found["indented"] = _is_far(values.get("text-indent")) or None
    if (_is_folded(values) or _is_scaled_away(values)) and not boxless:
        found["contained"] = True
        if values.get("position") in ("absolute", "fixed") or values.get("float", "none") != "none":
            found["inline"] = False
    found["unseen"] = (not boxless and _is_unseen(values)) or None
    if (colour := values.get("color")) and colour not in _INHERITED and not colour.startswith("var("):
        painted = (
            "text" in (values.get("background-clip"), values.get("-webkit-background-clip")) or "text-shadow" in values
        )
        found["clear"] = bool(_CLEAR.fullmatch(colour)) and not painted
    if "rtl" in values.get("direction", "") and "override" in values.get("unicode-bidi", ""):
        found["backwards"] = True
    found["content"] = (
        None if _ICONS.search(values.get("font-family", values.get("font", ""))) else values.get("content")
    )
    counters = tuple(
        [(name, values[f"counter-{name}"]) for name in ("reset", "increment", "set") if f"counter-{name}" in values]
    )
    return Style(**found, counters=counters)  # type: ignore[arg-type]


_HIDING = frozenset(
    "opacity position text-indent margin-left overflow-x overflow-y clip clip-path transform scale color unicode-bidi content "
    "counter-increment counter-reset counter-set".split()
)
_ICONS = re.compile("icon|glyph|awesome|symbol|dingbat")  # fonts whose letters are pictures


def _pixels(value: str | None) -> float | None:
    """A length in pixels, about; None where it is none, or a share of something."""
    match = _LENGTH.fullmatch(value or "")
    if not match or match["unit"] == "%":
        return None
    number = float(match["number"])
    return number * _PIXELS[match["unit"]] if match["unit"] else number if number == 0 else None


def _is_far(value: str | None) -> bool:
    """Whether a place is far outside of the page, to the left or above."""
    place = _pixels(value)
    return place is not None and place <= _FAR


def _is_sizeless(words: list[str], shorthand: bool) -> bool | None:
    """Whether a size of letters is 0; None where it depends on the size outside."""
    if words[0] in _INHERITED:
        return None
    for word in words:
        match = _LENGTH.fullmatch(word.partition("/")[0])
        if match and (match["unit"] or float(match["number"]) == 0):
            if float(match["number"]) == 0:
                return True
            return None if match["unit"] in ("em", "ex", "ch", "%") else False
        if word.startswith(("var(", "calc(")):
            return None
    return None if shorthand else False


def _is_folded(values: dict[str, str]) -> bool:
    """Whether a box has no height or no width and cuts what stands out of it. One that is held open by its padding frames a picture."""
    for axis, sizes in (("overflow-y", ("height", "max-height")), ("overflow-x", ("width", "max-width"))):
        if values.get(axis) in ("hidden", "clip"):
            small = [size for name in sizes if (size := _pixels(values.get(name))) is not None and size <= 1]
            if small and not any(name.startswith("padding") and values[name].strip("0px ") for name in values):
                return True
    return False


def _moves(values: dict[str, str]) -> bool:
    """Whether an element fades or moves in when the page is opened, so that it is seen in the end."""
    names = ("animation", "animation-name", "transition", "transition-property")
    return any(values.get(name, "none") != "none" for name in names)


def _is_scaled_away(values: dict[str, str]) -> bool:
    """Whether a box is made so small, or moved so far, that nothing of it is seen."""
    away = _SCALED_AWAY.search(values.get("transform", "")) or values.get("scale") == "0"
    return bool(away) and not _moves(values)


def _is_unseen(values: dict[str, str]) -> bool:
    """Whether an element is painted nowhere where people look."""
    opacity = _LENGTH.fullmatch(values.get("opacity", ""))
    if opacity and float(opacity["number"]) <= 0 and not _moves(values):
        return True
    moved = values.get("position", "static") not in ("static", "sticky", *_INHERITED)
    if _is_far(values.get("margin-left")) or (moved and (_is_far(values.get("left")) or _is_far(values.get("top")))):
        return True
    absolute = values.get("position") in ("absolute", "fixed")
    return bool(
        _CUT_AWAY.fullmatch(values.get("clip-path", "")) or (absolute and _CUT_AWAY.fullmatch(values.get("clip", "")))
    )


def _declarations(block: str, watched: re.Pattern[str]) -> tuple[Declaration, ...]:
    return tuple(_read(tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True), watched))


def _read(nodes: list[tinycss2.ast.Node], watched: re.Pattern[str]) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "declaration" and watched.fullmatch(node.lower_name):
            yield node.lower_name, tinycss2.serialize(node.value).strip(), node.important


def sheets(tree: LexborHTMLParser, markup: str) -> Sheets:
    """What the sheets of a page, ``tree`` of ``markup``, say of its elements."""
    lower = markup.lower()
    watched = _watched(
        tuple([properties for signs, properties in _WAYS if any(re.search(sign, lower) for sign in signs)])
    )
    found: dict[str, dict[int, list[tuple[tuple[int, ...], int, Declaration]]]] = {"": {}, "before": {}, "after": {}}
    rules: dict[str, list[tuple[int, Declaration]]] = {}
    for order, (selector, declared) in enumerate(_rules(tree, watched)):
        rules.setdefault(selector, []).extend([(order, declaration) for declaration in declared])
    names, elements = _names(tree) if rules else (frozenset(), 0)
    left = _MOST_MATCHES
    for selector, declarations in rules.items():
        beside = _BESIDE.search(selector)
        subject = (selector[: beside.start()] if beside else selector) or "*"
        if not names.issuperset(_NAMED.findall(subject.lower())):
            continue
        left -= elements
        if left < 0:
            break
        try:
            nodes = tree.css(subject)
        except (SelectolaxError, ValueError):  # what Lexbor doesn't know, no element has
            continue
        weight = _specificity(subject)
        place = found[beside[1].lower() if beside else ""]
        for node in nodes:
            place.setdefault(node.mem_id, []).extend([(weight, *declaration) for declaration in declarations])
        left -= len(nodes) * len(declarations)
    own, before, after = (
        {id: tuple([declaration for *_, declaration in sorted(rules)]) for id, rules in place.items()}
        for place in found.values()
    )
    return Sheets(own, before, after, watched)


@lru_cache(maxsize=64)
def _watched(ways: tuple[str, ...]) -> re.Pattern[str]:
    """The properties that matter in a page that hides in these ``ways``, each with its own."""
    names = "|".join([_ALWAYS, *ways])
    return re.compile(rf"(?<![\w-])(?:{names})(?:-type|-line)?(?![\w-])", re.I)


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


def _rules(tree: LexborHTMLParser, watched: re.Pattern[str]) -> Iterator[Rule]:
    """The rules of the page's sheets in its order."""
    for node in tree.css("style"):
        text = node.text()
        if watched.search(text) and not _OTHER_MEDIA.search(node.attributes.get("media") or ""):
            yield from _rules_of(text, watched)


@lru_cache(maxsize=64)
def _rules_of(sheet: str, watched: re.Pattern[str]) -> tuple[Rule, ...]:
    """The rules of a sheet. Cached, since the pages of a site share theirs."""
    found: list[Rule] = []
    pending = [(rule, "", 0) for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)][
        ::-1
    ]
    while pending:
        rule, outer, depth = pending.pop()
        if (
            rule.type == "at-rule"
            and rule.lower_at_keyword in ("media", "supports", "layer")
            and rule.content is not None
        ):
            if not _OTHER_MEDIA.search(tinycss2.serialize(rule.prelude)):
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                pending += [(each, outer, depth) for each in inner[::-1]]
        elif rule.type == "qualified-rule":
            block = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            declared = tuple(_read(block, watched))
            inner = [each for each in block if each.type != "declaration"] if depth < _DEEPEST else []
            selectors = [_within(outer, each) for each in _alternatives(rule.prelude)] if declared or inner else []
            for selector in selectors if declared else ():
                if not _OTHER_STATE.search(_BESIDE.sub("", selector)):
                    found.append((selector, declared))
            if selectors:
                pending += [(each, f":is({','.join(selectors)})", depth + 1) for each in inner[::-1]]
    return tuple(found)


def _alternatives(prelude: list[tinycss2.ast.Node]) -> list[str]:
    """The selectors of a rule: what stands between its commas, but for those in brackets."""
    parts: list[list[tinycss2.ast.Node]] = [[]]
    for node in prelude:
        if node == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return [text for part in parts if (text := tinycss2.serialize(part).strip())]


def _within(outer: str, selector: str) -> str:
    """The selector of a rule that stands in another (CSS Nesting 1): & is what the outer rule means."""
    if not outer:
        return selector
    return selector.replace("&", outer) if "&" in selector else f"{outer} {selector}"


def _specificity(selector: str) -> tuple[int, ...]:
    kinds = [match.lastgroup for match in _SIMPLE.finditer(selector)]
    return tuple([kinds.count(kind) for kind in ("id", "class", "tag")])
