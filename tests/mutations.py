"""Texts and pages with a few stretches deleted, doubled, moved, exchanged or overwritten, by chance from a seed."""

from __future__ import annotations

from random import Random

_SIGNS = list(
    "，。；：、？！（）()〔〕[]【】《》〈〉“”‘’\"'…—-－_|｜│\t \u3000\u00a0\n\r\x0c\u200b\ufeff\u202e\u0301\ufffd\x00?*#>&;.．·•●□①㈠⑴一十百〇0123456789％%万亿亩年月日号第条附件"
)
_TOKENS = "一、|（一）|1.|（1）|①|第一条|附件1|附件：|责任单位：|（县水利局负责）|牵头|配合|负责|县财政局、|到2025年，|6月底前|2024年6月|3.5%|以上|不低于|每年|号|〔2023〕15号|2023年4月6日|各乡镇人民政府：|关于印发方案的通知|??|?。|(qū)|區(qū)|&nbsp;|&#x4e00;|以下简称|抄送：|印发|自发布之日起施行|序号|工作任务|完成时限|县水利局要|  |\n\n|　　".split(
    "|"
)
_TAGS = "<p>|</p>|<br>|<table>|</table>|<tr>|</tr>|<td>|<td rowspan=3>|<td colspan=2>|<span>|</span>|<div>|</div>|<b>|<sup>|<del>|<!--|-->|<script>|</script>|<ol><li>|<ruby>新<rt>xin</rt></ruby>|<a href=x>|<|>|<h1>|<style>|<title>|<pre>".split(
    "|"
)


def mutated(text: str, seed: int, other: str = "") -> str:
    """``text`` after one to six changes; stretches of ``other`` are put in, too."""
    chance = Random(seed)
    page = "<" in text and ">" in text
    for _ in range(chance.choice([1, 1, 2, 3, 4, 6])):
        text = _change(text, chance, page, other)
    return text


def _change(text: str, chance: Random, page: bool, other: str) -> str:
    kind = chance.randrange(11)
    if kind <= 3:
        return _change_lines(text, chance, kind, other)
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice([0, 1, 1, 2, 5, 20, 100]))
    stretch = text[start:end]
    if kind == 4:
        return text[:start] + text[end:]
    if kind == 5:
        return text[:end] + stretch * chance.choice([1, 1, 2, 20]) + text[end:]
    if kind == 6:
        place = chance.randrange(len(text) + 1)
        return text[:place] + stretch + text[place:]
    if kind == 7:
        return text[:start] + chance.choice(_TAGS if page else _TOKENS) + text[start:]
    if kind == 8:
        return text[:start] + chance.choice(_TOKENS) + text[end:]
    if kind == 9:
        return text[:start] + _character(chance) + text[end:]
    sign = chance.choice(_SIGNS)
    return text.replace(sign, chance.choice([*_SIGNS, ""]), chance.choice([1, 3, -1]))


def _change_lines(text: str, chance: Random, kind: int, other: str) -> str:
    """Lines deleted, doubled, swapped, joined, or cut out of another text."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    if kind == 0:
        del lines[at : at + chance.choice([1, 1, 3])]
    elif kind == 1:
        lines[at:at] = lines[at : at + chance.choice([1, 1, 4])]
    elif kind == 2:
        place = chance.randrange(len(lines))
        lines[at], lines[place] = lines[place], lines[at]
    elif chance.random() < 0.5:
        lines[at : at + chance.choice([2, 3, 8])] = ["".join(lines[at : at + 2])]
    else:
        taken = other.split("\n")
        place = chance.randrange(len(taken))
        lines[at:at] = taken[place : place + chance.choice([1, 2, 6])]
    return "\n".join(lines)


def _character(chance: Random) -> str:
    """Any code point that is no surrogate, the usual planes more often."""
    code = chance.choice(
        [
            chance.randrange(0x110000),
            chance.randrange(0x3100),
            chance.randrange(0x2E00, 0xA000),
            chance.randrange(0xE000, 0x10000),
        ]
    )
    return "?" if 0xD800 <= code < 0xE000 else chr(code)
