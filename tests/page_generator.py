"""Pages made by chance: any nesting, elements that nobody knows, tags that never close or close another, styles, lists, tables."""

from __future__ import annotations

from random import Random

_WORDS = "通知 一、检修泵站，落实责任。 2023年4月6日 打印 索引号 PM2.5 甲 ABC （县水利局负责） ，。 &nbsp; &amp;lt; &#12288; 　　".split(
    " "
)
_BLOCKS = "div p section article ul ol li table tr td th tbody thead caption center blockquote h1 h2 dl dt dd form fieldset legend address details summary dialog pre figure figcaption header footer nav aside main hgroup menu dir".split()
_INLINES = "span a b i em font u strong small code label q cite bdo nobr big tt mark time abbr button object map ins kbd".split()
_UNKNOWN = "ucapcontent main-content o:p st1:chsdate x-y founder-content blink marquee foo".split()
_UNSHOWN = (
    "template noscript script style iframe textarea video audio canvas noframes noembed datalist svg title".split()
)
_STYLES = ["display:none", "display : NONE !important", "display:block", "display:inline", "visibility:hidden", "visibility:visible", "display:inline-block",
           "color:red", "white-space:pre", "display:none;display:block", "font-family:'display:none'", "display:table-cell", "content-visibility:hidden", "display:"]  # fmt: skip
_SHEETS = [".h{display:none}", "#i{visibility:hidden}", ".h.v{display:block}", "p.h{display:inline}", "@media print{.v{display:none}}", "@media screen{.m{display:none}}",
           "/* .v{display:none} */", "div > .v{display:none}", "body .h{display:block!important}", ".v:hover{display:none}", "span[title]{display:none}", "@import 'x';.m{color:red}"]  # fmt: skip


def page(seed: int, size: int = 40) -> str:
    """The page of ``seed``, with about ``size`` elements."""
    chance = Random(seed)
    parts = [chance.choice(["<!DOCTYPE html>", "", "<html><head><title>青禾县</title></head><body>", "<body>"])]
    if chance.random() < 0.4:
        parts.append(f"<style>{''.join(chance.sample(_SHEETS, 4))}</style>")
    opened: list[str] = []
    for _ in range(chance.randint(5, size)):
        what = chance.random()
        if what < 0.45:
            tag = chance.choice(chance.choice([_BLOCKS, _BLOCKS, _INLINES, _INLINES, _UNKNOWN, _UNSHOWN]))
            parts.append(f"<{tag}{_attributes(chance, tag)}>")
            if tag in ("script", "style", "iframe", "textarea", "noframes", "noembed", "noscript", "title"):
                parts.append(f"{chance.choice(_WORDS)}</{tag}>")
            else:
                opened.append(tag)
        elif what < 0.75:
            parts.append(chance.choice(_WORDS) + chance.choice(["", "", " ", "\n"]))
        elif what < 0.95 and opened:
            tag = opened.pop(chance.randrange(len(opened)) if chance.random() < 0.2 else -1)
            if chance.random() < 0.85:
                parts.append(f"</{tag}>")
        else:
            parts.append(
                chance.choice(
                    [
                        "<br>",
                        "<hr>",
                        "<!-- 注释 -->",
                        "<img alt=图>",
                        "<wbr>",
                        "</p>",
                        "</br>",
                        "<input value=钮>",
                        "10<sup>5</sup>亩",
                        "<td>",
                        "</table>",
                        "<select><option>一<option selected>二</select>",
                        "<![CDATA[甲]]>",
                    ]
                )
            )
    return "".join(parts)


def _attributes(chance: Random, tag: str) -> str:
    stated = []
    if chance.random() < 0.25:
        stated.append(f'style="{chance.choice(_STYLES)}"')
    if chance.random() < 0.2:
        stated.append(f'class="{chance.choice(["h", "v", "m", "h v", "H"])}"')
    if chance.random() < 0.05:
        stated.append(chance.choice(["hidden", "id=i", "title=甲", "hidden=until-found"]))
    if tag in ("details", "dialog") and chance.random() < 0.5:
        stated.append("open")
    if tag == "a":
        stated.append("href=x.html")
    if tag in ("td", "th") and chance.random() < 0.2:
        stated.append("colspan=2")
    if tag == "ol":
        stated.append(chance.choice(["", "start=3", "type=a", "type=I", "reversed", "start=-1", "start=x"]))
    if tag == "li" and chance.random() < 0.2:
        stated.append("value=7")
    return "".join(f" {each}" for each in stated if each)


def mutated(markup: str, seed: int) -> str:
    """``markup`` with a few stretches taken out, doubled, moved or overwritten, wherever they fall."""
    chance = Random(seed)
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(markup) + 1)
        end = min(len(markup), start + chance.choice([1, 2, 5, 30, 400]))
        piece = markup[start:end]
        kind = chance.randrange(4)
        if kind == 0:
            markup = markup[:start] + markup[end:]
        elif kind == 1:
            markup = markup[:end] + piece + markup[end:]
        elif kind == 2:
            place = chance.randrange(len(markup) + 1)
            markup = markup[:place] + piece + markup[place:]
        else:
            markup = (
                markup[:start]
                + chance.choice(
                    [
                        "<",
                        ">",
                        '"',
                        "'",
                        "&",
                        "</div>",
                        "<table>",
                        "<!--",
                        "-->",
                        "<b",
                        "\x00",
                        "<noscript>",
                        "</noscript>",
                        "<select>",
                        "<template>",
                    ]
                )
                + markup[start:]
            )
    return markup
