"""Plain text and Markdown: which lines are the notice, which came with the copy.

Copies from databases and web pages carry lines at their head and tail that are not the notice's: a vendor's citation
code, share buttons, counters. ``_FURNITURE`` is the table of them; a short line that one of its patterns matches whole is
furniture if it is one of the first or the last lines. What stands deeper in a notice is its own, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongwen.document import Piece

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_EDGE = 10  # lines of text at either end
_LONGEST = 120  # characters: longer lines are prose

_FURNITURE = re.compile(
    "|".join(
        f"(?:{pattern})"
        for pattern in (
            r".{0,12}【法宝引证码】.*",  # 北大法宝
            r".{0,8}(?:原文链接|来源网址|本文网址|原文地址|文章链接)\s*[:：].*",
            r"<!--.*-->",
            r"(?:当前|您的|您现在的)位置\s*[:：].*",
            r"[\[【(（]?\s*字体(?:大小)?\s*[:：]?.{0,12}",
            r"[【\[(（]\s*(?:大\s*中\s*小|打印|关闭|返回).{0,20}",
            r"(?:分享|分享到|分享至|打印|打印本页|关闭|关闭窗口|返回顶部|返回列表|收藏|保存|下载|复制链接|字号)(?:[\s:：|].{0,40})?",
            r"(?:浏览|点击|访问|阅读)(?:次数|量|数)\s*[:：]?\s*\d*\s*次?",
            r"扫一扫.{0,20}|.{0,10}扫描?二维码.{0,20}",
            r"(?:责任编辑|责编|编辑|审核|初审|终审|校对|录入)\s*[:：].{0,30}",
            r"(?:来源|信息来源|稿源|文章来源|发布时间|发布日期)\s*[:：].{0,60}",
            r"(?:上一篇|下一篇|上一条|下一条|相关链接|相关文章|相关附件|相关稿件|相关解读|相关阅读)\s*[:：]?.{0,60}",
            r"(?:首页|网站地图|联系我们|关于我们|设为首页|加入收藏)(?:[\s>|·].{0,60})?",
            r".{0,40}(?:ICP备|公网安备)\s*\d.*|(?:主办|承办|版权所有|网站标识码)\s*[:：].{0,60}",
        )
    )
)


def pieces(text: str) -> tuple[Piece, ...]:
    """Pieces of kind "text" and "furniture" that tile ``text``, each of whole lines."""
    lines = [match for match in _LINE.finditer(text) if not match[0].isspace()]
    edges = lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]
    found = [line.span() for line in edges if len(line[0]) <= _LONGEST and _FURNITURE.fullmatch(line[0].strip())]
    return tuple(_tile(found, len(text)))


def _tile(furniture: Sequence[tuple[int, int]], length: int) -> Iterator[Piece]:
    position = 0
    for start, end in furniture:
        if start > position:
            yield Piece("text", position, start)
        yield Piece("furniture", start, end)
        position = end
    if length > position:
        yield Piece("text", position, length)
