"""Lines that came with a copy and are not the notice's: a table of them.

A database vendor's citation code, share buttons, counters, footers. Only short lines at the head or the tail of a text
are held against the table: what stands deeper in a notice is its own, whatever it looks like.
"""

from __future__ import annotations

import re

_LONGEST = 120  # characters: longer lines are prose

_PATTERNS = (
    r".{0,12}【法宝引证码】.*",  # 北大法宝
    r".{0,8}(?:原文链接|来源网址|本文网址|原文地址|文章链接)\s*[:：].*",
    r"<!--.*-->",
    r"(?:您?(?:当前|现在|目前)的?|您的?)(?:位置\s*[:：]?|在\s*[:：]).*",
    r"[\[【(（]?\s*(?:字体|字号)(?:大小)?\s*[:：]?.{0,12}",
    r"[【\[(（]\s*(?:[大中小]\s*[大中小]?\s*[大中小]?|打印.{0,6}|关闭.{0,6}|返回.{0,6})\s*[】\])）].{0,30}",
    r"[大中小](?:\s+[大中小]){1,2}",
    r"(?:分享|打印|关闭|返回|收藏|保存|下载|复制|转发)(?:到|至|本页|本文|页面|窗口|顶部|列表|首页|链接|文章|此页)?(?:[\s:：|】].{0,60})?",
    r"(?:浏览|点击|访问|阅读)(?:次数|量|数)?\s*[:：].{0,20}",
    r"扫一扫.{0,30}|[^，。；：]{0,12}扫描?[^，。；：]{0,6}二维码[^，。；：]{0,20}|.{0,6}手机(?:打开|扫码|阅读|浏览).{0,12}",
    r"[(（]?(?:责任编辑|责编|编辑|网站编辑|初审|复审|终审|校对|录入|撰稿)\s*[:：].{0,30}",
    r"(?:来源|信息来源|稿源|文章来源|发布时间|发布日期|发稿时间)\s*[:：].{0,80}",
    r"[【\[]?\s*(?:上一篇|下一篇|上一条|下一条|相关链接|相关文章|相关稿件|相关解读|相关阅读|相关新闻|政策解读|解读链接|推荐阅读|链接)\s*[】\]]?\s*[:：]?.{0,80}",
    r"(?:首页|网站首页|网站地图|联系我们|关于我们|设为首页|加入收藏|无障碍.{0,6})(?:[\s>|·].{0,60})?",
    r".{0,60}(?:ICP备|公网安备)\s*\d.*|.{0,40}(?:网站标识码|版权所有)\s*[:：]?.{0,60}",
    # A notice names who holds an event, too; the footer of a site names who keeps the site running.
    r"(?:主办(?:单位)?\s*[:：].{0,80})?技术支持(?:单位)?\s*[:：].{0,60}",
)
_FURNITURE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def is_furniture(line: str) -> bool:
    """Whether a line at the head or the tail of a text is one that came with the copy."""
    return len(line) <= _LONGEST and bool(_FURNITURE.fullmatch(line.strip()))
